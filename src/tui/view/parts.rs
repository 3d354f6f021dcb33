//! The parts of a report: an outline with topics, and the text of one part.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::finding::Severity;
use crate::report::{Part, Topic};
use crate::text::{form, pad, printable, privacy, screen};
use crate::tui::layout;
use crate::tui::model::{Detail, Item, Model};
use crate::tui::wrap::wrap;

use super::findings::headline;
use super::pen::{fence, fit, put, put_all, rule, span};

pub(super) fn draw(model: &Model, open: &Detail, buffer: &mut Buffer, area: Rect) {
    let (outline, text) = layout::parts(area);
    put_all(buffer, outline, &contents(model, open, outline.width as usize));
    let text = fence(buffer, text, model.theme.quiet());
    for (row, line) in lines(model, open, text.width as usize).iter().skip(open.part_scroll).enumerate() {
        put(buffer, text, row, line);
    }
}

/// How many rows the text of the shown part takes.
pub(super) fn rows(model: &Model) -> usize {
    let Some(open) = &model.detail else { return 0 };
    let (_, text) = layout::parts(layout::detail(model.area, false).body);
    lines(model, open, (text.width as usize).saturating_sub(2)).len()
}

/// The outline: all six parts of the form, and the topics of part one.
fn contents(model: &Model, open: &Detail, columns: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let report = open.audit.report.as_ref();
    let mut lines = Vec::new();
    for number in 1..=6 {
        let part = report.and_then(|report| report.part(number));
        let selected = number == open.part;
        let name = match part {
            None => theme.quiet(),
            Some(_) if selected => theme.title(),
            Some(_) => theme.text(),
        };
        let findings = open.audit.findings.iter().filter(|finding| finding.part == Some(number));
        let worst: Option<Severity> = findings.map(|finding| finding.severity).max();
        let (sign, style) = match (part, worst) {
            (_, Some(severity)) => (severity.sign(), theme.severity(severity)),
            (None, None) => (screen::UNKNOWN, theme.quiet()),
            (Some(_), None) => (" ", theme.text()),
        };
        lines.push(Line::from(vec![
            span(if selected { "▌" } else { " " }, theme.accent()),
            span(format!("{sign} "), style),
            span(pad(form::part(number).get(model.lang), columns.saturating_sub(4)), name),
        ]));
        if number == 1 && selected {
            lines.extend(topics(model, part, columns));
        }
    }
    lines
}

fn topics(model: &Model, part: Option<&Part>, columns: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    Topic::ALL
        .into_iter()
        .map(|topic| {
            let seen = part.and_then(|part| part.topics.iter().find(|seen| seen.topic == topic));
            let (sign, style) = match seen {
                Some(seen) if seen.headed => ("✓", theme.verdict(Some(crate::finding::Verdict::Compliant))),
                Some(_) => ("~", theme.text()),
                None => ("✗", theme.severity(Severity::Warning)),
            };
            let name = form::topic(topic).get(model.lang);
            Line::from(fit(vec![span(format!("     {sign} "), style), span(name, theme.quiet())], columns))
        })
        .collect()
}

/// The heading and the text of the selected part.
fn lines(model: &Model, open: &Detail, columns: usize) -> Vec<Line<'static>> {
    let (lang, theme) = (model.lang, model.theme);
    let message = |words: crate::text::Words| vec![Line::from(span(words.get(lang), theme.quiet()))];
    let Some(report) = &open.audit.report else { return message(screen::NO_REPORT) };
    let Some(part) = report.part(open.part) else { return message(screen::NO_PART) };
    let heading = part.heading.as_deref().map_or_else(|| screen::NO_HEADING.get(lang).into(), printable);
    let mut lines: Vec<Line<'static>> =
        wrap(&heading, columns).into_iter().map(|line| Line::from(span(line, theme.strong()))).collect();
    lines.push(Line::default());
    if part.text.trim().is_empty() {
        lines.extend(message(screen::NO_TEXT));
    }
    for paragraph in part.text.lines() {
        // Two blanks begin a paragraph, as print has it.
        let text = wrap(&format!("　　{}", privacy::mask(paragraph.trim())), columns);
        lines.extend(text.into_iter().map(|line| Line::from(span(line, theme.text()))));
    }
    let mut findings = open.audit.findings.iter().filter(|finding| finding.part == Some(open.part)).peekable();
    if findings.peek().is_some() {
        lines.push(Line::default());
        lines.push(rule(vec![span(screen::FINDINGS.get(lang), theme.quiet())], columns, theme.quiet()));
        lines.extend(findings.map(|finding| Line::from(fit(headline(model, Item::Finding(finding), false), columns))));
    }
    lines
}
