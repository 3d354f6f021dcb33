//! One cell of a table: its figure or its mark, and the sign of what is wrong with it.

use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use crate::report::{Cell, CellRef, CellValue, Figure, Table};
use crate::text::{Words, printable, screen, width};
use crate::tui::model::{Detail, Item, Model, Role, Spot};

use super::pen::{right, span};

/// What a cell shows: figures as printed; blank, not applicable, unreadable and not printed each by a
/// mark of its own.
pub(super) fn shown(cell: Option<&Cell>) -> String {
    match cell.map(|cell| cell.value) {
        Some(CellValue::Number(_)) => cell.map_or_else(String::new, |cell| printable(&cell.raw).into_owned()),
        Some(CellValue::Blank) => "␣".to_owned(),
        Some(CellValue::NotApplicable) => "／".to_owned(),
        Some(CellValue::Unreadable) => "？".to_owned(),
        None => "·".to_owned(),
    }
}

/// The state of a cell without a figure, in words.
pub(super) const fn state(cell: Option<&Cell>) -> Option<Words> {
    match cell {
        None => Some(screen::NOT_PRINTED),
        Some(cell) => match cell.value {
            CellValue::Number(_) => None,
            CellValue::Blank => Some(screen::BLANK),
            CellValue::NotApplicable => Some(screen::NOT_APPLICABLE),
            CellValue::Unreadable => Some(screen::UNREADABLE),
        },
    }
}

/// The cell at `at` in `columns` columns: the figure to the right, then one column for its sign.
pub(super) fn spans(model: &Model, open: &Detail, table: &Table, at: CellRef, columns: usize) -> Vec<Span<'static>> {
    let theme = model.theme;
    let cell = table.cell(at);
    let mark = open.marks.get(at);
    let mut style = match (mark, cell.map(|cell| cell.value)) {
        (Some(mark), _) if mark.role == Role::Involved => theme.severity(mark.severity),
        (Some(mark), _) => theme.severity(mark.severity).patch(theme.strong()),
        (None, Some(CellValue::Number(figure))) if figure == Figure::ZERO => theme.quiet(),
        (None, Some(CellValue::Number(_))) => theme.text(),
        (None, _) => theme.quiet(),
    };
    if is_followed(open, at) {
        style = style.add_modifier(Modifier::UNDERLINED);
    }
    let text = shown(cell);
    let sign = mark.map_or(" ", |mark| mark.sign());
    let room = columns.saturating_sub(1);
    let fill = room.saturating_sub(width(&text));
    let padding = span(" ".repeat(fill), Style::new());
    let figure = right(&text, room.min(width(&text)));
    if open.spot(at.table) == Spot::Cell(at) {
        // The cursor is as wide as the figure and its sign, so that both stay legible under it.
        let lead = if fill > 0 { " " } else { "" };
        let padding = span(" ".repeat(fill - lead.len()), Style::new());
        return vec![padding, span(format!("{lead}{figure}{sign}"), cursor(model, mark.map(|_| style)))];
    }
    vec![padding, span(figure, style), span(sign, mark.map_or(style, |mark| theme.severity(mark.severity)))]
}

fn cursor(model: &Model, marked: Option<Style>) -> Style {
    match marked {
        Some(style) => style.add_modifier(Modifier::REVERSED | Modifier::BOLD).remove_modifier(Modifier::UNDERLINED),
        None => model.theme.cursor(),
    }
}

/// Whether the finding being followed involves the cell.
fn is_followed(open: &Detail, at: CellRef) -> bool {
    open.following
        && matches!(open.current(), Some(Item::Finding(finding)) if finding.cells.contains(&at) || finding.cell == Some(at))
}

/// Columns that the widest figure of `table` takes.
pub(super) fn widest(table: &Table) -> usize {
    table.cells.iter().flatten().map(|cell| width(&shown(Some(cell)))).max().unwrap_or(1)
}
