//! The findings of a submission: the list, and the selected one in full.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::finding::{Finding, Severity};
use crate::ledger::store::{Decision, DecisionKind};
use crate::ledger::{Expected, Submission};
use crate::rules;
use crate::text::{Words, form, pad, place, printable, screen, width};
use crate::tui::layout;
use crate::tui::model::{Detail, Item, Model};
use crate::tui::wrap::wrap;

use super::pen::{fence, fit, put, put_all, rule, span};

pub(super) fn draw(model: &Model, open: &Detail, buffer: &mut Buffer, area: Rect) {
    let theme = model.theme;
    let items: Vec<Item<'_>> = open.items().collect();
    if items.is_empty() {
        let words = format!("  ✓ {}", screen::NO_FINDINGS.get(model.lang));
        put(buffer, area, 1, &Line::from(span(words, theme.verdict(Some(open.audit.verdict)))));
        return;
    }
    let (list, below) = layout::findings(area, items.len());
    let first = layout::centred(open.item, items.len(), list.height as usize);
    for (row, (index, &item)) in items.iter().enumerate().skip(first).take(list.height as usize).enumerate() {
        let selected = index == open.item;
        let mut spans = vec![span(if selected { "▌" } else { " " }, theme.accent())];
        let mut headline = headline(model, item, selected);
        if let Some(words) = said(model, open, item).last() {
            // What operators said of it stands before its sentence.
            let at = headline.len() - 1;
            let style = if words.kind == DecisionKind::Dismiss { theme.quiet() } else { theme.accent() };
            headline.insert(at, span(format!("[{}] ", screen::kind(&words.kind).get(model.lang)), style));
        }
        spans.extend(headline);
        put(buffer, list, row, &Line::from(fit(spans, (list.width as usize).saturating_sub(1))));
    }
    let Some(item) = open.current() else { return };
    let beside = below.x > list.x;
    let inner = if beside {
        fence(buffer, below, theme.quiet())
    } else {
        put(buffer, below, 0, &rule(Vec::new(), below.width as usize, theme.quiet()));
        layout::right(layout::bottom(below, below.height.saturating_sub(1)).1, below.width.saturating_sub(1)).1
    };
    let mut lines = full(model, open, item, (inner.width as usize).saturating_sub(1));
    if lines.len() > inner.height as usize {
        // Where room is short, air goes first.
        lines.retain(|line| !line.spans.is_empty());
    }
    put_all(buffer, inner, &lines);
}

/// What operators said of an item, oldest first.
fn said(model: &Model, open: &Detail, item: Item<'_>) -> Vec<Arc<Decision>> {
    let Item::Finding(finding) = item else { return Vec::new() };
    let unit = model.ledger.get(&open.path).map(Submission::unit);
    unit.map(|unit| model.ledger.dispositions.words_on(&unit, finding)).unwrap_or_default()
}

/// One line about an item: sign, code, sentence. Consequences stand under their cause.
pub(super) fn headline(model: &Model, item: Item<'_>, selected: bool) -> Vec<Span<'static>> {
    let theme = model.theme;
    let (sign, style) = sign(model, item);
    let branch = matches!(item, Item::Finding(Finding { under: Some(_), .. }));
    let code = match item {
        Item::Doubt(_) => screen::DOUBT.get(model.lang),
        item => item.rule().unwrap_or_default(),
    };
    let message = match item {
        Item::Unassessed(_) => theme.quiet(),
        _ if selected => theme.strong(),
        _ => theme.text(),
    };
    vec![
        span(if branch { " └ " } else { " " }, theme.quiet()),
        span(format!("{sign} "), style.patch(theme.strong())),
        span(format!("{code}  "), if selected { theme.title() } else { theme.quiet() }),
        span(printable(item.message().get(model.lang)).into_owned(), message),
    ]
}

fn sign(model: &Model, item: Item<'_>) -> (&'static str, Style) {
    match item {
        Item::Finding(finding) => (finding.severity.sign(), model.theme.severity(finding.severity)),
        Item::Doubt(_) => ("?", model.theme.severity(Severity::Warning)),
        Item::Unassessed(_) => (screen::UNKNOWN, model.theme.quiet()),
    }
}

/// The findings of a row of the list, in `height` lines. Where there is room sentences are wrapped.
pub(super) fn preview(
    model: &Model,
    submission: &Submission,
    columns: usize,
    height: usize,
    wrapped: bool,
) -> Vec<Line<'static>> {
    let theme = model.theme;
    if let Some(expected) = &submission.expected {
        return awaited(model, expected);
    }
    if submission.summary.is_none() {
        return vec![Line::from(span(format!("  {}", screen::NOT_YET_AUDITED.get(model.lang)), theme.quiet()))];
    }
    if submission.findings().next().is_none() {
        let words = format!("  ✓ {}", screen::NO_FINDINGS.get(model.lang));
        return vec![Line::from(span(words, theme.verdict(submission.verdict())))];
    }
    let mut lines = Vec::new();
    for finding in submission.findings() {
        let item = Item::Finding(finding);
        let mut spans = headline(model, item, false);
        if !wrapped {
            lines.push(Line::from(fit(spans, columns)));
            continue;
        }
        spans.pop();
        let lead: usize = spans.iter().map(|span| width(&span.content)).sum();
        for text in wrap(finding.message.get(model.lang), columns.saturating_sub(lead + 1)) {
            spans.push(span(text, theme.text()));
            lines.push(Line::from(std::mem::take(&mut spans)));
            spans.push(Span::raw(" ".repeat(lead)));
        }
    }
    if lines.len() > height && height > 0 {
        let more = screen::more(lines.len() - (height - 1));
        lines.truncate(height - 1);
        lines.push(Line::from(span(format!("   {}", more.get(model.lang)), theme.quiet())));
    }
    lines
}

/// A unit that has not reported: until when, and whom to call.
fn awaited(model: &Model, expected: &Expected) -> Vec<Line<'static>> {
    let (lang, theme) = (model.lang, model.theme);
    let mut lines: Vec<Line<'static>> =
        expected.findings.iter().map(|finding| Line::from(headline(model, Item::Finding(finding), false))).collect();
    let mut field = |name: Words, text: String| {
        let label = format!(" {} ", pad(name.get(lang), 10));
        lines.push(Line::from(vec![span(label, theme.accent()), span(text, theme.text())]));
    };
    if let Some(due) = expected.due {
        let left =
            expected.days_left.map(|days| format!("  {}", screen::days_left(days).get(lang))).unwrap_or_default();
        field(screen::DUE, format!("{due}{left}"));
    }
    if let Some(contact) = &expected.contact {
        field(screen::CONTACT, printable(contact).into_owned());
    }
    lines
}

/// An item in full.
fn full(model: &Model, open: &Detail, item: Item<'_>, columns: usize) -> Vec<Line<'static>> {
    let (lang, theme) = (model.lang, model.theme);
    let (sign, style) = sign(model, item);
    let rule = item.rule().and_then(rules::find);
    let mut head = vec![span(format!("{sign} "), style.patch(theme.strong()))];
    match item {
        Item::Finding(finding) => {
            head.push(span(format!("{} ", finding.severity.words().get(lang)), style));
            head.push(span(finding.rule, theme.strong()));
        }
        Item::Doubt(_) => head.push(span(screen::DOUBT.get(lang), style)),
        Item::Unassessed(unassessed) => {
            head.push(span(format!("{} ", screen::UNASSESSED.get(lang)), style));
            head.push(span(unassessed.rule, theme.strong()));
        }
    }
    if let Some(rule) = rule {
        head.push(span(format!("  {}", rule.title.get(lang)), theme.quiet()));
    }
    let mut lines = vec![Line::from(fit(head, columns))];
    let message = wrap(item.message().get(lang), columns);
    lines.extend(message.into_iter().map(|line| Line::from(span(line, theme.strong()))));
    lines.push(Line::default());
    let mut field = |name: Words, text: &str, style: Style| lines.extend(labelled(model, name, text, style, columns));
    if let Some(place) = place(model, open, item) {
        field(screen::PLACE, &place, theme.text());
    }
    if let Item::Finding(finding) = item {
        if let Some(expected) = &finding.expected {
            let actual = finding.actual.as_deref().unwrap_or(screen::UNKNOWN);
            let figures = format!("{expected}   {} {actual}", screen::ACTUAL.get(lang));
            field(screen::EXPECTED, &figures, theme.text());
        }
        if let Some(likely) = &finding.likely {
            let words = screen::likely(&form::cell(likely.cell), &likely.value);
            field(screen::LIKELY, words.get(lang), theme.accent());
        }
        if let Some(evidence) = &finding.evidence {
            field(screen::EVIDENCE, &format!("「{}」", evidence.trim()), theme.quiet());
        }
        for words in said(model, open, item) {
            let reason = words
                .reason
                .as_deref()
                .map(|reason| format!("{}{}", screen::COLON.get(lang), printable(reason)))
                .unwrap_or_default();
            let who = printable(&words.operator.login).into_owned();
            let told = format!("{} {who} {}{reason}", model.clock(words.at), screen::kind(&words.kind).get(lang));
            field(screen::SAID, &told, theme.text());
        }
        if finding.under.is_some() {
            field(screen::NOTE_ON, screen::CONSEQUENCE.get(lang), theme.quiet());
        }
    }
    if let Some(rule) = rule {
        field(screen::REMEDY, rule.manual.remedy.get(lang), theme.text());
        field(screen::BASIS, rule.manual.basis.get(lang), theme.quiet());
    }
    lines
}

/// Where an item stands, in words.
fn place(model: &Model, open: &Detail, item: Item<'_>) -> Option<String> {
    let lang = model.lang;
    let part = match item {
        Item::Finding(finding) => finding.part,
        _ => None,
    };
    let place = match (item.cell(), part) {
        (Some(cell), _) => Some(form::cell(cell).get(lang).to_owned()),
        (None, Some(part)) => Some(form::part(part).get(lang).to_owned()),
        (None, None) => None,
    };
    let line = open.source_of(item).map(|source| place::name(open.audit.places.at(source)).get(lang).to_owned());
    let words: Vec<String> = place.into_iter().chain(line).collect();
    (!words.is_empty()).then(|| words.join("  "))
}

/// A label and wrapped text beside it.
pub(super) fn labelled(model: &Model, name: Words, text: &str, style: Style, columns: usize) -> Vec<Line<'static>> {
    let label = name.get(model.lang);
    let wide = if label.is_ascii() { 10 } else { 8 }.max(width(label) + 1);
    wrap(text, columns.saturating_sub(wide))
        .into_iter()
        .enumerate()
        .map(|(row, line)| {
            let label = pad(if row == 0 { label } else { "" }, wide);
            Line::from(vec![span(label, model.theme.accent()), span(line, style)])
        })
        .collect()
}
