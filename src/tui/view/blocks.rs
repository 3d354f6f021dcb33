//! The tables of parts two and four, block by block.

mod trial;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::report::{CellRef, RowFound, Table, TableKind};
use crate::text::{Words, form, pad, width};
use crate::tui::layout;
use crate::tui::model::{Detail, Model, Spot};

use super::cell;
use super::pen::{put, right, span};

/// A head, and the rows under it that share its columns.
struct Block {
    head: Words,
    rows: std::ops::Range<usize>,
}

pub(super) fn draw(model: &Model, open: &Detail, table: &Table, buffer: &mut Buffer, area: Rect) {
    let kind = table.kind;
    let label = if area.width >= 100 { 36 } else { 26 };
    let figure = (cell::widest(table) + 2).max(match kind {
        TableKind::Disputes => 10,
        _ => 14,
    });
    let mut lines = Vec::new();
    let mut selected = 0;
    if let Some(cells) = &table.trial {
        let (own, at) = trial::lines(model, open, table, cells, label);
        lines.extend(own);
        selected = at;
    }
    for block in blocks(kind).into_iter().filter(|_| table.follows_form_in_force()) {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(head(model, open, kind, &block, label, figure));
        for row in block.rows {
            if is_in_row(open, kind, row) {
                selected = lines.len();
            }
            lines.push(line(model, open, table, row, label, figure));
        }
    }
    for extra in &table.extra {
        let words = format!(
            "   {}: {} {}",
            crate::text::screen::EXTRA_ROWS.get(model.lang),
            extra.label,
            extra.values.join(" ")
        );
        lines.push(Line::from(span(crate::text::printable(&words).into_owned(), model.theme.quiet())));
    }
    let first = layout::centred(selected, lines.len(), area.height as usize);
    for (row, line) in lines.iter().skip(first).take(area.height as usize).enumerate() {
        put(buffer, area, row, line);
    }
}

fn blocks(kind: TableKind) -> Vec<Block> {
    match kind {
        TableKind::ProactiveDisclosure => {
            form::PROACTIVE_BLOCKS.into_iter().map(|(head, rows)| Block { head, rows }).collect()
        }
        _ => (0..kind.form().rows.len())
            .map(|row| Block { head: form::dispute_block(row), rows: row..row + 1 })
            .collect(),
    }
}

fn head(model: &Model, open: &Detail, kind: TableKind, block: &Block, label: usize, figure: usize) -> Line<'static> {
    let theme = model.theme;
    let mut spans = vec![Span::raw(" "), span(pad(block.head.get(model.lang), label), theme.strong())];
    let form = kind.form();
    let at = open.spot(kind);
    for &column in form.rows[block.rows.start].columns {
        let name = form::column(kind, column as usize).get(model.lang);
        let is_here = |at: CellRef| at.column == column && block.rows.contains(&(at.row as usize));
        let here = matches!(at, Spot::Cell(at) if is_here(at));
        let style = if here { theme.title() } else { theme.quiet() };
        let wide = figure.max(width(name) + 2);
        spans.push(span(format!("{} ", right(name, wide - 1)), style));
    }
    Line::from(spans)
}

fn line(model: &Model, open: &Detail, table: &Table, row: usize, label: usize, figure: usize) -> Line<'static> {
    let (kind, theme) = (table.kind, model.theme);
    let selected = is_in_row(open, kind, row);
    let name = match table.rows.get(row) {
        _ if selected => theme.title(),
        Some(RowFound::Missing) => theme.quiet(),
        _ => theme.text(),
    };
    let text = match kind {
        TableKind::Disputes => String::new(),
        _ => format!("  {}", form::row(kind, row).get(model.lang)),
    };
    let mut spans = vec![span(if selected { "▌" } else { " " }, theme.accent()), span(pad(&text, label), name)];
    for &column in kind.form().rows[row].columns {
        let head = form::column(kind, column as usize).get(model.lang);
        let wide = figure.max(width(head) + 2);
        spans.extend(cell::spans(model, open, table, CellRef::new(kind, row, column as usize), wide));
    }
    Line::from(spans)
}

/// Whether the cursor is in a row of the form in force.
fn is_in_row(open: &Detail, kind: TableKind, row: usize) -> bool {
    matches!(open.spot(kind), Spot::Cell(at) if at.row as usize == row)
}
