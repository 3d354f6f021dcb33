//! The frame of an opened submission: who it is, the tabs, and the pane of the current tab.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span};

use crate::finding::Severity;
use crate::ledger::State;
use crate::report::TableKind;
use crate::text::{Words, printable, screen, width};
use crate::tui::layout;
use crate::tui::model::{Detail, Model, Tab};

use super::pen::{fence, put, span, spread};
use super::{blocks, findings, panel, parts, requests, source, status};

pub(super) fn draw(model: &Model, open: &Detail, buffer: &mut Buffer) {
    let at = layout::detail(buffer.area, open.tab.table().is_some());
    put(buffer, at.title, 0, &title(model, open, at.title.width as usize));
    tabs(model, open, buffer);
    match open.tab {
        Tab::Findings => findings::draw(model, open, buffer, at.body),
        Tab::Parts => parts::draw(model, open, buffer, at.body),
        Tab::Source => source::draw(model, open, buffer, at.body),
        Tab::Proactive | Tab::Requests | Tab::Disputes => {
            if let Some(kind) = open.tab.table() {
                table(model, open, kind, buffer);
            }
        }
    }
    put(buffer, at.status, 0, &status::detail(model, open, at.status.width as usize));
    put(buffer, at.footer, 0, &status::footer(model, at.footer.width as usize));
}

fn table(model: &Model, open: &Detail, kind: TableKind, buffer: &mut Buffer) {
    let at = layout::detail(buffer.area, true);
    let (grid, below) = layout::table(at.body);
    let report = open.audit.report.as_ref();
    let Some(table) = report.and_then(|report| report.table(kind)) else {
        let words = if report.is_some() { screen::NO_TABLE } else { screen::NO_REPORT };
        put(buffer, at.body, 1, &Line::from(span(format!("  {}", words.get(model.lang)), model.theme.quiet())));
        return;
    };
    match kind {
        TableKind::Requests => requests::draw(model, open, table, buffer, grid),
        TableKind::ProactiveDisclosure | TableKind::Disputes => blocks::draw(model, open, table, buffer, grid),
    }
    panel::draw(model, open, table, buffer, below);
    if at.beside.width > 0 {
        let beside = fence(buffer, at.beside, model.theme.quiet());
        source::draw(model, open, buffer, beside);
    }
}

fn title(model: &Model, open: &Detail, columns: usize) -> Line<'static> {
    let theme = model.theme;
    let report = open.audit.report.as_ref();
    let file = open.path.rsplit('/').next().unwrap_or(&open.path);
    let agency = report.and_then(|report| report.agency.as_deref());
    let mut left = vec![
        span(format!(" {} › ", screen::NAME.get(model.lang)), theme.quiet()),
        span(printable(agency.unwrap_or(file)).into_owned(), theme.title()),
    ];
    if let Some(year) = report.and_then(|report| report.year) {
        left.push(span(format!(" {year}"), theme.strong()));
    }
    if let Some(notice) = report.and_then(|report| report.recognised.notice()) {
        let warned = format!("  ! {}", notice.get(model.lang));
        left.push(span(warned, theme.severity(Severity::Warning)));
    }
    if agency.is_some() {
        left.push(span(format!("  {}", printable(&open.path)), theme.quiet()));
    }
    let verdict = open.audit.verdict;
    let mut right = vec![span(
        format!(" {} {} ", verdict.sign(), verdict.words().get(model.lang)),
        theme.verdict(Some(verdict)).patch(theme.strong()),
    )];
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let count = open.audit.count(severity);
        if count > 0 {
            right.push(span(format!(" {}{count}", severity.sign()), theme.severity(severity)));
        }
    }
    if let Some(submission) = model.ledger.get(&open.path) {
        let state = model.ledger.dispositions.of(submission).state;
        if state != State::Open {
            right.insert(0, span(format!(" {} ", screen::state(state).get(model.lang)), theme.state(state)));
        }
        let unit = submission.unit();
        let others = model.ledger.claims_on(&unit).filter(|claim| claim.operator.session != model.operator.session);
        for claim in others.take(2) {
            right.insert(0, span(format!(" ◐ {}", printable(&claim.operator.login)), theme.accent()));
        }
    }
    right.push(Span::raw(" "));
    spread(left, right, columns)
}

const fn name(tab: Tab) -> Words {
    match tab {
        Tab::Findings => screen::FINDINGS,
        Tab::Parts => screen::PARTS,
        Tab::Proactive => screen::TABLE_TWO,
        Tab::Requests => screen::TABLE_THREE,
        Tab::Disputes => screen::TABLE_FOUR,
        Tab::Source => screen::SOURCE,
    }
}

type Label = (Tab, String, Option<Severity>);

/// Blanks between the tabs: three where there is room.
fn gap(labels: &[Label], columns: u16) -> usize {
    let taken: usize = labels.iter().map(|(_, label, worst)| width(label) + if worst.is_some() { 2 } else { 0 }).sum();
    ((columns as usize).saturating_sub(taken + 2) / (Tab::ALL.len() - 1)).clamp(1, 3)
}

/// Labels of the tabs and the sign each carries. Where there is no room for all names, only the current
/// tab has one.
fn labels(model: &Model, open: &Detail) -> Vec<Label> {
    let named = all_labels(model, open);
    let taken: usize = named.iter().map(|(_, label, worst)| width(label) + if worst.is_some() { 3 } else { 1 }).sum();
    if taken < model.area.width as usize {
        return named;
    }
    let bare =
        |(tab, label, worst): Label| (tab, if tab == open.tab { label } else { (tab.index() + 1).to_string() }, worst);
    named.into_iter().map(bare).collect()
}

fn all_labels(model: &Model, open: &Detail) -> Vec<Label> {
    Tab::ALL
        .into_iter()
        .map(|tab| {
            let mut label = format!("{} {}", tab.index() + 1, name(tab).get(model.lang));
            let worst = tab.table().and_then(|kind| open.marks.worst(kind));
            if tab == Tab::Findings && !open.audit.findings.is_empty() {
                label = format!("{label} {}", open.audit.findings.len());
            }
            (tab, label, worst)
        })
        .collect()
}

fn tabs(model: &Model, open: &Detail, buffer: &mut Buffer) {
    let area = layout::detail(buffer.area, false).tabs;
    let theme = model.theme;
    let (mut spans, mut line) = (vec![Span::raw(" ")], vec![span("─", theme.quiet())]);
    let labels = labels(model, open);
    let gap = gap(&labels, area.width);
    for (tab, label, worst) in labels {
        let current = tab == open.tab;
        let sign = worst.map_or_else(String::new, |severity| format!(" {}", severity.sign()));
        let wide = width(&label) + width(&sign);
        spans.push(span(label, if current { theme.title() } else { theme.text() }));
        spans.push(span(sign, worst.map_or(theme.text(), |severity| theme.severity(severity))));
        spans.push(Span::raw(" ".repeat(gap)));
        line.push(if current {
            span("━".repeat(wide), theme.accent())
        } else {
            span("─".repeat(wide), theme.quiet())
        });
        line.push(span("─".repeat(gap), theme.quiet()));
    }
    line.push(span("─".repeat(area.width as usize), theme.quiet()));
    put(buffer, area, 0, &Line::from(spans));
    put(buffer, area, 1, &Line::from(line));
}

pub(super) fn tab_at(model: &Model, x: u16) -> Option<Tab> {
    let open = model.detail.as_ref()?;
    let mut end = 1;
    let labels = labels(model, open);
    let gap = gap(&labels, model.area.width);
    labels.into_iter().find_map(|(tab, label, worst)| {
        end += width(&label) + if worst.is_some() { 2 } else { 0 } + gap;
        ((x as usize) < end).then_some(tab)
    })
}
