//! Who has reported and who has not, by level and kind.

use ratatui::text::Line;

use crate::rule::Count;
use crate::text::{pad, screen, width};
use crate::tui::model::Model;

use super::pen::{right, span};

/// Width of a column of counts.
const WIDE: usize = 9;

pub(super) fn lines(model: &Model) -> Vec<Line<'static>> {
    let (lang, theme) = (model.lang, model.theme);
    let Some(totals) = model.ledger.totals() else { return Vec::new() };
    let groups =
        totals.by_kind.iter().map(|&(level, kind, count)| (screen::group(level, kind).get(lang).to_owned(), count));
    let rows: Vec<(String, Count)> = groups.chain([(screen::ALL_UNITS.get(lang).to_owned(), totals.all)]).collect();
    let named = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0) + 2;
    let head: String = screen::PROGRESS_COLUMNS.iter().map(|words| right(words.get(lang), WIDE)).collect();
    let mut lines = vec![Line::from(span(format!(" {}{head}", pad("", named)), theme.quiet()))];
    for (at, (name, count)) in rows.iter().enumerate() {
        let name_style = if at + 1 == rows.len() { theme.strong() } else { theme.text() };
        let counts = [
            (count.units, theme.strong()),
            (count.submitted, theme.text()),
            (count.late, theme.severity(crate::finding::Severity::Warning)),
            (count.awaited, theme.text()),
            (count.missing, theme.alarm()),
            (count.exempt, theme.quiet()),
        ];
        let mut spans = vec![span(format!(" {}", pad(name, named)), name_style)];
        spans.extend(counts.map(|(count, style)| {
            let style = if count == 0 { theme.quiet() } else { style };
            span(right(&count.to_string(), WIDE), style)
        }));
        lines.push(Line::from(spans));
    }
    lines
}
