//! The file's own lines, with the passage that is spoken of highlighted.

use std::collections::VecDeque;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use unicode_width::UnicodeWidthChar;

use crate::audit::Lines;
use crate::finding::Severity;
use crate::report::Source;
use crate::text::{printable, privacy, screen};
use crate::tui::layout;
use crate::tui::model::{Detail, Model, SourceCursor, Tab};

use super::pen::{put, right, span};

/// A row of the screen: a line of the file, from 0, and the characters of it that fit.
type Row = (usize, Range<usize>);

pub(super) fn draw(model: &Model, open: &Detail, buffer: &mut Buffer, area: Rect) {
    let theme = model.theme;
    let lines = &open.audit.lines;
    if lines.is_empty() {
        put(buffer, area, 1, &Line::from(span(format!("  {}", screen::NO_SOURCE.get(model.lang)), theme.quiet())));
        return;
    }
    let mut area = area;
    let notice = open.audit.report.as_ref().and_then(|report| report.recognised.notice());
    if let Some(notice) = notice.filter(|_| area.height > 1) {
        let warned = format!("! {}", notice.get(model.lang));
        put(buffer, area, 0, &Line::from(span(warned, theme.severity(Severity::Warning))));
        area = Rect { y: area.y + 1, height: area.height - 1, ..area };
    }
    let passage = open.passage();
    let cursor = match (open.tab, passage) {
        (Tab::Source, _) | (_, None) => open.cursor,
        (_, Some(Source { line, column, .. })) => SourceCursor { line, column },
    };
    let gutter = lines.len().to_string().len().max(3) + 2;
    let columns = (area.width as usize).saturating_sub(gutter + 1).max(2);
    let at = (cursor.line as usize).clamp(1, lines.len()) - 1;
    let mut characters: (usize, Vec<char>) = (usize::MAX, Vec::new());
    let styles = Styles { passage, open, model, cursor, own: open.tab == Tab::Source };
    for (row, (line, range)) in window(lines, at, cursor.column as usize, columns, area.height as usize).enumerate() {
        let here = line == at;
        let number = if range.start == 0 { right(&(line + 1).to_string(), gutter - 2) } else { " ".repeat(gutter - 2) };
        let mut spans = vec![
            span(if here { "▌" } else { " " }, theme.accent()),
            span(format!("{number} "), if here { theme.accent() } else { theme.quiet() }),
        ];
        if characters.0 != line {
            characters = (line, privacy::mask(&printable(&lines[line])).chars().collect());
        }
        let passages = styles.passages(line);
        let mut from = range.start;
        while from < range.end {
            let style = styles.at(&passages, line, from);
            let mut to = from + 1;
            while to < range.end && styles.at(&passages, line, to) == style {
                to += 1;
            }
            spans.push(span(characters.1[from..to].iter().collect::<String>(), style));
            from = to;
        }
        put(buffer, area, row, &Line::from(spans));
    }
}

/// How each character of the source looks.
struct Styles<'a> {
    model: &'a Model,
    open: &'a Detail,
    passage: Option<Source>,
    cursor: SourceCursor,
    own: bool,
}

impl Styles<'_> {
    /// What is to be seen on a line, the most important first.
    fn passages(&self, line: usize) -> Vec<(Source, Style)> {
        let theme = self.model.theme;
        let spoken_of = self.passage.into_iter().map(|passage| (passage, theme.highlight()));
        let cells = self.open.cells_on(position(line)).filter_map(|(source, cell)| {
            let mark = self.open.marks.get(cell)?;
            Some((source, theme.severity(mark.severity).patch(theme.strong())))
        });
        let prose = self.open.audit.findings.iter().filter(|finding| finding.cells.is_empty());
        let prose = prose.filter_map(|finding| {
            Some((finding.at?, theme.severity(finding.severity).add_modifier(Modifier::UNDERLINED)))
        });
        spoken_of.chain(cells).chain(prose).filter(|(source, _)| touches(*source, position(line))).collect()
    }

    fn at(&self, passages: &[(Source, Style)], line: usize, index: usize) -> Style {
        let theme = self.model.theme;
        let (line, column) = (position(line), position(index));
        if self.own && self.passage.is_none() && self.cursor == (SourceCursor { line, column }) {
            return theme.cursor();
        }
        let passage = passages.iter().find(|(source, _)| covers(*source, line, column));
        passage.map_or(theme.text(), |(_, style)| *style)
    }
}

fn position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX - 1) + 1
}

/// Whether a passage has characters on a line.
const fn touches(source: Source, line: u32) -> bool {
    let Source { line: first, end_line, .. } = source;
    first <= line && line <= end_line
}

/// Whether a passage covers the character at a line and column.
fn covers(source: Source, line: u32, column: u32) -> bool {
    let Source { line: first, column: from, end_line, end_column } = source;
    (first, from) <= (line, column) && (line, column) < (end_line, end_column)
}

/// The rows of the screen around the cursor: `height` of them where the file is long enough.
fn window(lines: &Lines, at: usize, column: usize, columns: usize, height: usize) -> impl Iterator<Item = Row> {
    let here = broken(&lines[at], columns);
    let row = here.iter().position(|range| column <= range.end).unwrap_or(here.len() - 1);
    let mut rows: VecDeque<Row> = here.into_iter().map(|range| (at, range)).collect();
    let mut cursor = row;
    let (mut above, mut below) = (at, at + 1);
    while above > 0 && cursor < height {
        above -= 1;
        for range in broken(&lines[above], columns).into_iter().rev() {
            rows.push_front((above, range));
            cursor += 1;
        }
    }
    while below < lines.len() && rows.len() - cursor < height {
        rows.extend(broken(&lines[below], columns).into_iter().map(|range| (below, range)));
        below += 1;
    }
    let first = layout::centred(cursor, rows.len(), height);
    rows.into_iter().skip(first).take(height)
}

/// A line in rows of at most `columns`; an empty line is one empty row.
fn broken(line: &str, columns: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut from, mut used, mut at) = (0, 0, 0);
    for c in printable(line).chars() {
        let width = c.width().unwrap_or(0);
        if used + width > columns {
            rows.push(from..at);
            (from, used) = (at, 0);
        }
        used += width;
        at += 1;
    }
    rows.push(from..at);
    rows
}
