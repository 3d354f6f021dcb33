//! The two lowest lines: what is going on, and which keys do what here.

use ratatui::text::{Line, Span};

use crate::finding::Severity;
use crate::ledger::{Health, WatchMode};
use crate::text::{printable, screen, width};
use crate::tui::keys::bindings;
use crate::tui::model::{Detail, Item, Model, Prompt, Tab};

use super::pen::{fit, span, spread};

/// A reason being typed, and the column at which the next character comes. Of a long one the end is shown.
pub(super) fn asked(model: &Model, prompt: &Prompt, columns: usize) -> (Line<'static>, usize) {
    let theme = model.theme;
    let question =
        fit(vec![span(format!(" {}", prompt.question.words.get(model.lang)), theme.title())], columns * 2 / 3);
    let used: usize = question.iter().map(|span| width(&span.content)).sum();
    let room = columns.saturating_sub(used + 2);
    let typed = printable(&prompt.text).into_owned();
    let mut shown: Vec<char> = typed.chars().collect();
    while width(&shown.iter().collect::<String>()) > room && !shown.is_empty() {
        shown.remove(0);
    }
    let shown: String = shown.into_iter().collect();
    let column = used + width(&shown);
    let mut spans = question;
    spans.push(span(shown, theme.strong()));
    spans.push(span(" ", theme.cursor()));
    (Line::from(spans), column)
}

/// What stands in the way of everything else: a reason being typed, or a notice.
fn urgent(model: &Model, columns: usize) -> Option<Line<'static>> {
    model.prompt.as_ref().map(|prompt| asked(model, prompt, columns).0).or_else(|| notice(model))
}

/// Under the list: a notice, or the filter and the health of watching.
pub(super) fn home(model: &Model, columns: usize) -> Line<'static> {
    if let Some(urgent) = urgent(model, columns) {
        return urgent;
    }
    let home = &model.home;
    if !home.typing && home.filter.is_empty() {
        return Line::from(fit(health(model), columns));
    }
    let theme = model.theme;
    let mut left = vec![span(" / ", theme.title()), span(printable(home.filter.text()).into_owned(), theme.strong())];
    if home.typing {
        left.push(span(" ", theme.cursor()));
        if home.filter.text().is_empty() {
            left.push(span(format!("  {}", screen::FILTER_HINT.get(model.lang)), theme.quiet()));
        }
    }
    let shown = format!("{} ", screen::position(home.rows.len(), model.home.count));
    spread(left, vec![span(shown, theme.accent())], columns)
}

/// Under an opened submission: a notice, the finding being followed, or health.
pub(super) fn detail(model: &Model, open: &Detail, columns: usize) -> Line<'static> {
    if let Some(urgent) = urgent(model, columns) {
        return urgent;
    }
    let theme = model.theme;
    if open.gone {
        return Line::from(span(format!(" {}", screen::GONE.get(model.lang)), theme.alarm()));
    }
    if model.ledger.get(&open.path).is_some_and(|submission| submission.pending) {
        return Line::from(span(format!(" {}", screen::AUDITING.get(model.lang)), theme.accent()));
    }
    let Some(item) = open.current().filter(|_| open.following && open.tab != Tab::Findings) else {
        return Line::from(fit(health(model), columns));
    };
    let (sign, style) = match item {
        Item::Finding(finding) => (finding.severity.sign(), theme.severity(finding.severity)),
        Item::Doubt(_) => ("?", theme.severity(Severity::Warning)),
        Item::Unassessed(_) => (screen::UNKNOWN, theme.quiet()),
    };
    let left = vec![
        span(format!(" {sign} {} ", item.rule().unwrap_or_default()), style.patch(theme.strong())),
        span(printable(item.message().get(model.lang)).into_owned(), theme.text()),
    ];
    let position = screen::position(
        open.item + 1,
        match item {
            Item::Finding(_) => open.audit.findings.len(),
            _ => open.items().count(),
        },
    );
    spread(left, vec![span(format!("{position} "), theme.quiet())], columns)
}

fn notice(model: &Model) -> Option<Line<'static>> {
    let notice = model.notice.as_ref()?;
    Some(Line::from(span(format!(" {}", notice.get(model.lang)), model.theme.accent())))
}

/// How watching goes.
fn health(model: &Model) -> Vec<Span<'static>> {
    let (lang, theme) = (model.lang, model.theme);
    if !model.watched {
        return vec![span(format!(" ○ {}", screen::NO_WATCHER.get(lang)), theme.quiet())];
    }
    let Some(health) = model.ledger.health() else {
        return vec![span(format!(" {} {}", screen::WAITING_SIGN, screen::STARTING.get(lang)), theme.quiet())];
    };
    let mut spans = vec![match health.mode {
        WatchMode::Notified => span(" ● ", theme.verdict(Some(crate::finding::Verdict::Compliant))),
        WatchMode::Polling => span(" ◌ ", theme.severity(Severity::Warning)),
    }];
    spans.push(span(screen::mode(health.mode).get(lang), theme.text()));
    let how = printable(health.how.get(lang)).into_owned();
    if !how.is_empty() {
        spans.push(span(format!(" · {how}"), theme.quiet()));
    }
    if let Some(problem) = &health.problem {
        spans.push(span(format!(" · {}", printable(problem.get(lang))), theme.alarm()));
    }
    if health.scanned < health.found {
        spans.push(span(" · ", theme.quiet()));
        spans.extend(progress(model, health));
    } else if health.queued > 0 {
        spans.push(span(format!(" · {}", screen::queued(health.queued).get(lang)), theme.text()));
    }
    if let Some(why) = model.ledger.roster_problem() {
        spans.push(span(format!(" · {}", printable(why.get(lang))), theme.alarm()));
    }
    if let Some(why) = model.ledger.unkept() {
        spans.push(span(format!(" · {}", printable(why.get(lang))), theme.alarm()));
    }
    if let Some(looked) = &health.looked {
        spans.push(span(format!(" · {}", printable(looked.get(lang))), theme.quiet()));
    }
    if let Some(time) = health.last_event {
        spans.push(span(format!(" · {}", screen::last_event(&model.clock(time)).get(lang)), theme.quiet()));
    }
    spans
}

fn progress(model: &Model, health: &Health) -> Vec<Span<'static>> {
    const LENGTH: usize = 20;
    let done = health.scanned * LENGTH / health.found.max(1);
    let theme = model.theme;
    vec![
        span(screen::scanning(health.scanned, health.found).get(model.lang).to_owned(), theme.text()),
        span(format!(" {}", "━".repeat(done)), theme.accent()),
        span("─".repeat(LENGTH - done), theme.quiet()),
    ]
}

/// The keys that matter here, as many as there is room for. The last ones, how to get help and how to
/// leave, are always there.
pub(super) fn footer(model: &Model, columns: usize) -> Line<'static> {
    // While a reason is typed, a notice must not hide it.
    if model.prompt.is_some()
        && let Some(notice) = notice(model)
    {
        return notice;
    }
    let shown: Vec<(String, &str)> = bindings(model.context())
        .filter(|binding| binding.footer)
        .map(|binding| (binding.keys[0].label(), binding.words.get(model.lang)))
        .collect();
    let wide = |(key, words): &(String, &str)| width(key) + width(words) + 4;
    let kept_last = shown.len().saturating_sub(2);
    let mut left = columns.saturating_sub(shown[kept_last..].iter().map(wide).sum());
    let theme = model.theme;
    let mut spans = vec![Span::raw(" ")];
    for (at, entry) in shown.iter().enumerate() {
        if at < kept_last {
            if wide(entry) > left {
                left = 0;
                continue;
            }
            left -= wide(entry);
        }
        spans.push(span(entry.0.clone(), theme.accent()));
        spans.push(span(format!(" {}", entry.1), theme.quiet()));
        spans.push(Span::raw("   "));
    }
    Line::from(spans)
}
