//! Small strokes that every screen is made of.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::text;

/// Writes `line` in row `row` of `area`; outside of it nothing is written.
pub(super) fn put(buffer: &mut Buffer, area: Rect, row: usize, line: &Line<'_>) {
    let area = area.intersection(buffer.area);
    if let Ok(row) = u16::try_from(row)
        && row < area.height
        && area.width > 0
    {
        buffer.set_line(area.x, area.y + row, line, area.width);
    }
}

/// Writes `lines` from the top of `area`.
pub(super) fn put_all(buffer: &mut Buffer, area: Rect, lines: &[Line<'_>]) {
    for (row, line) in lines.iter().enumerate() {
        put(buffer, area, row, line);
    }
}

/// A span of owned text.
pub(super) fn span(text: impl Into<Cow<'static, str>>, style: Style) -> Span<'static> {
    Span::styled(text, style)
}

/// `left`, then `right` pushed to the right end of `width`; `left` gives way.
pub(super) fn spread(left: Vec<Span<'static>>, right: Vec<Span<'static>>, width: usize) -> Line<'static> {
    let taken: usize = right.iter().map(|span| text::width(&span.content)).sum();
    let mut spans = fit(left, width.saturating_sub(taken + 1));
    let used: usize = spans.iter().map(|span| text::width(&span.content)).sum();
    spans.push(Span::raw(" ".repeat(width.saturating_sub(used + taken))));
    spans.extend(right);
    Line::from(spans)
}

/// `spans` cut to `width` columns.
pub(super) fn fit(spans: Vec<Span<'static>>, width: usize) -> Vec<Span<'static>> {
    let mut left = width;
    let mut kept = Vec::with_capacity(spans.len());
    for span in spans {
        let wide = text::width(&span.content);
        if wide <= left {
            left -= wide;
            kept.push(span);
        } else {
            kept.push(Span::styled(text::truncate(&span.content, left).into_owned(), span.style));
            break;
        }
    }
    kept
}

/// A horizontal rule over `width` columns with a heading in it.
pub(super) fn rule(heading: Vec<Span<'static>>, width: usize, line: Style) -> Line<'static> {
    if heading.is_empty() {
        return Line::from(span("─".repeat(width), line));
    }
    let mut spans = vec![span("── ", line)];
    spans.extend(fit(heading, width.saturating_sub(6)));
    let used: usize = spans.iter().map(|span| text::width(&span.content)).sum();
    spans.push(span(format!(" {}", "─".repeat(width.saturating_sub(used + 1))), line));
    Line::from(spans)
}

/// `text` at the right end of `columns`; longer text is cut.
pub(super) fn right(text: &str, columns: usize) -> String {
    let cut = text::truncate(text, columns);
    format!("{}{cut}", " ".repeat(columns.saturating_sub(text::width(&cut))))
}

/// A vertical line along the left side of `area`; the area to the right of it.
pub(super) fn fence(buffer: &mut Buffer, area: Rect, style: Style) -> Rect {
    for row in 0..area.height {
        put(buffer, area, row as usize, &Line::from(span("│", style)));
    }
    let (_, inner) = crate::tui::layout::right(area, area.width.saturating_sub(2));
    inner
}
