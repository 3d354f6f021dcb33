//! The table of part three as the form prints it: outcomes beside their heading, groups in braces.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::report::form::{RowKind, requests};
use crate::report::{CellRef, RowFound, Table, TableKind};
use crate::text::{Lang, form, pad, screen, truncate, width};
use crate::tui::layout;
use crate::tui::model::{Detail, Model};
use crate::tui::wrap::wrap;

use super::cell;
use super::pen::{fit, put, right, span};

const KIND: TableKind = TableKind::Requests;
/// Columns of the vertical heading 三、本年度办理结果.
const SPINE: usize = 3;
/// Columns of the label of a group, and of its brace.
const GROUP: usize = 9;
const BRACE: usize = 2;

/// Widths of the left side and of a column of figures.
#[derive(Clone, Copy)]
struct Measure {
    label: usize,
    figure: usize,
    /// The columns there is room for: all, or some around the cursor.
    first: usize,
    shown: usize,
}

/// The narrowest left side that still names a row.
const LEAST_LABEL: usize = 22;

pub(super) fn draw(model: &Model, open: &Detail, table: &Table, buffer: &mut Buffer, area: Rect) {
    let columns = KIND.form().columns.len();
    let room = (area.width as usize).saturating_sub(SPINE + 1);
    let roomy = match (area.width, model.lang) {
        (..95, _) => 6,
        (_, Lang::Zh) => 8,
        (_, Lang::En) => 11,
    };
    // Figures are never cut for the sake of labels; wide columns are.
    let most = room.saturating_sub(34) / columns;
    let figure = (cell::widest(table) + 2).min(14).max(roomy.min(most)).max(6);
    let shown = (room.saturating_sub(LEAST_LABEL) / figure).clamp(1, columns);
    let first = layout::centred(open.cell(KIND).column as usize, columns, shown);
    let label = room.saturating_sub(figure * shown).clamp(LEAST_LABEL, 56);
    let measure = Measure { label, figure, first, shown };
    let head = head(model, open, measure);
    let (top, body) = layout::top(area, head.len().min(area.height as usize / 3) as u16);
    for (row, line) in head.iter().skip(head.len() - top.height as usize).enumerate() {
        put(buffer, top, row, line);
    }
    let rows = open.rows(KIND);
    let selected = rows.iter().position(|&row| row == open.cell(KIND).row as usize).unwrap_or(0);
    let first = layout::centred(selected, rows.len() + table.extra.len(), body.height as usize);
    let lines = rows.iter().map(|&row| line(model, open, table, row, &rows, measure));
    let extra = table.extra.iter().map(|extra| {
        let values = extra.values.join(" ");
        let words = format!(" {}: {} {values}", screen::EXTRA_ROWS.get(model.lang), extra.label);
        Line::from(span(crate::text::printable(&words).into_owned(), model.theme.quiet()))
    });
    for (at, line) in lines.chain(extra).skip(first).take(body.height as usize).enumerate() {
        put(buffer, body, at, &line);
    }
}

/// The heads of the columns, the organisations under their common head.
fn head(model: &Model, open: &Detail, measure: Measure) -> Vec<Line<'static>> {
    let (lang, theme) = (model.lang, model.theme);
    let figure = measure.figure;
    let left = SPINE + 1 + measure.label;
    let heads: Vec<Vec<String>> = (measure.first..measure.first + measure.shown)
        .map(|column| {
            let words = if figure < 11 { form::column_narrow(KIND, column) } else { form::column(KIND, column) };
            narrow(words.get(lang), figure - 1)
        })
        .collect();
    let depth = heads.iter().map(Vec::len).max().unwrap_or(1);
    let organizations = form::ORGANIZATIONS.get(lang);
    let span_width = figure * 5 - 2;
    let name = truncate(organizations, span_width.saturating_sub(4)).into_owned();
    let dashes = span_width.saturating_sub(width(&name) + 2);
    let over = format!("╭{} {name} {}╮", "─".repeat(dashes / 2), "─".repeat(dashes - dashes / 2));
    let over = truncate(&over, span_width + 2).into_owned();
    let mut lines = Vec::new();
    if measure.shown == KIND.form().columns.len() {
        lines.push(Line::from(vec![Span::raw(" ".repeat(left + figure + 1)), span(over, theme.quiet())]));
    }
    for row in 0..depth {
        let mut spans = vec![Span::raw(" ".repeat(left))];
        for (column, head) in heads.iter().enumerate() {
            // Heads stand on the lowest line, as their figures hang below.
            let word = (row + head.len()).checked_sub(depth).and_then(|at| head.get(at)).map_or("", String::as_str);
            let here = open.cell(KIND).column as usize == measure.first + column;
            let style = if here { theme.title() } else { theme.quiet() };
            spans.push(span(format!("{} ", right(word, figure - 1)), style));
        }
        lines.push(Line::from(spans));
    }
    lines
}

/// A head broken into lines of `columns`: evenly in Chinese, at blanks in English.
fn narrow(head: &str, columns: usize) -> Vec<String> {
    let total = width(head);
    if !head.is_ascii() && total > columns {
        let lines = total.div_ceil(columns);
        return wrap(head, total.div_ceil(lines).next_multiple_of(2));
    }
    wrap(head, columns)
}

/// A row of the table.
fn line(model: &Model, open: &Detail, table: &Table, row: usize, rows: &[usize], measure: Measure) -> Line<'static> {
    let theme = model.theme;
    let selected = open.cell(KIND).row as usize == row;
    let mut spans = vec![span(if selected { "▌" } else { " " }, theme.accent())];
    spans.push(span(pad(spine(model, row, rows), SPINE), theme.quiet()));
    let name = match table.rows.get(row) {
        _ if selected => theme.title(),
        Some(RowFound::Missing) => theme.quiet(),
        _ => theme.text(),
    };
    let mut label = Vec::new();
    let room = match form::group_of(KIND, row) {
        Some(group) => {
            label.push(span(brace(model, group, row), theme.quiet()));
            measure.label.saturating_sub(GROUP + BRACE)
        }
        None => measure.label,
    };
    let text = form::row(KIND, row).get(model.lang);
    let sign = match table.rows.get(row) {
        Some(RowFound::Renamed { .. }) => "~",
        Some(RowFound::Missing) => "·",
        _ => " ",
    };
    label.push(span(pad(text, room.saturating_sub(1)), name));
    label.push(span(sign, theme.severity(crate::finding::Severity::Warning)));
    spans.extend(fit(label, measure.label));
    let printed = &KIND.form().rows[row].columns;
    for &column in printed.iter().skip(measure.first).take(measure.shown) {
        spans.extend(cell::spans(model, open, table, CellRef::new(KIND, row, column as usize), measure.figure));
    }
    Line::from(spans)
}

/// The character of the vertical heading beside `row`.
fn spine(model: &Model, row: usize, rows: &[usize]) -> &'static str {
    let outcomes: Vec<usize> =
        rows.iter().copied().filter(|row| (requests::FIRST_OUTCOME..=requests::TOTAL_HANDLED).contains(row)).collect();
    let Some(at) = outcomes.iter().position(|&outcome| outcome == row) else { return "" };
    let words = form::OUTCOMES.get(model.lang);
    // In English a vertical word would be hard to read: the numbers of the form stand for it.
    if !words.is_ascii()
        && let Some((byte, c)) = words.char_indices().filter(|(_, c)| *c != '、').nth(at)
    {
        return &words[byte..byte + c.len_utf8()];
    }
    "│"
}

/// Label and brace of a group beside one of its rows.
fn brace(model: &Model, group: usize, row: usize) -> String {
    let RowKind::Group { first, last } = KIND.form().rows[group].kind else { return String::new() };
    let (first, last) = (first as usize, last as usize);
    let words = form::group_lines(group);
    let middle = (first + last) / 2;
    let label = match row {
        row if row == middle => words[0],
        row if row == middle + 1 => words[1],
        _ => crate::text::words("", ""),
    };
    let curve = match row {
        row if row == first => "╭",
        row if row == last => "╰",
        _ => "│",
    };
    format!("{}{curve} ", pad(label.get(model.lang), GROUP))
}
