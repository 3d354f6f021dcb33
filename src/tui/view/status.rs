//! The two lowest lines: what is going on, and which keys do what here.

use ratatui::text::{Line, Span};

use crate::finding::Severity;
use crate::ledger::{Health, WatchMode};
use crate::text::{printable, screen, truncate, width};
use crate::tui::keys::bindings;
use crate::tui::model::{Detail, Editor, Item, Model, Prompt, Tab};

use super::pen::{fit, span, spread};

/// What is being typed in `columns` columns, and the column of the cursor. Of a long text the part around the cursor is
/// shown.
fn typed(model: &Model, editor: &Editor, columns: usize) -> (Vec<Span<'static>>, usize) {
    let theme = model.theme;
    let (before, behind) = editor.split();
    let mut shown = before;
    while width(shown) + 1 > columns {
        let Some(c) = shown.chars().next() else { break };
        shown = &shown[c.len_utf8()..];
    }
    // The cursor stands on the next character, with the marks on it.
    let mut next = behind.char_indices().skip(1).filter(|&(_, c)| width(c.encode_utf8(&mut [0; 4])) > 0);
    let (under, rest) = behind.split_at(next.next().map_or(behind.len(), |(at, _)| at));
    let under = if under.is_empty() { " " } else { under };
    let left = columns.saturating_sub(width(shown) + width(under));
    let at = width(shown);
    let spans = vec![
        span(printable(shown).into_owned(), theme.strong()),
        span(printable(under).into_owned(), theme.cursor()),
        span(truncate(&printable(rest), left).into_owned(), theme.strong()),
    ];
    (spans, at)
}

/// A question with what is being typed, and the column of the cursor.
pub(super) fn asked(model: &Model, prompt: &Prompt, columns: usize) -> (Line<'static>, usize) {
    let words = format!(" {}", prompt.question.words.get(model.lang));
    let mut spans = fit(vec![span(words, model.theme.title())], columns * 2 / 3);
    let used: usize = spans.iter().map(|span| width(&span.content)).sum();
    let (typed, at) = typed(model, &prompt.editor, columns.saturating_sub(used + 1));
    spans.extend(typed);
    (Line::from(spans), used + at)
}

/// The filter as it is typed, and the column of the cursor.
pub(super) fn filter(model: &Model, columns: usize) -> (Vec<Span<'static>>, usize) {
    let mut spans = vec![span(" / ", model.theme.title())];
    let (typed, at) = typed(model, &model.home.editor, columns.saturating_sub(4));
    spans.extend(typed);
    (spans, 3 + at)
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
    let shown = format!("{} ", screen::position(home.rows.len(), model.home.count));
    let mut left = if home.typing {
        filter(model, columns.saturating_sub(width(&shown))).0
    } else {
        vec![span(" / ", theme.title()), span(printable(home.filter.text()).into_owned(), theme.strong())]
    };
    if home.typing && home.filter.text().is_empty() {
        left.push(span(format!("  {}", screen::FILTER_HINT.get(model.lang)), theme.quiet()));
    }
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
