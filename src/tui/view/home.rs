//! The list of agencies.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::finding::{Severity, Verdict};
use crate::ledger::{Class, SortKey, State, Submission, Tally};
use crate::text::{Lang, pad, printable, screen, truncate, width};
use crate::tui::layout;
use crate::tui::model::Model;

use super::pen::{fence, put, put_all, right, rule, span, spread};
use super::{findings, status};

pub(super) fn draw(model: &Model, buffer: &mut Buffer) {
    let at = layout::home(buffer.area);
    let tally = model.ledger.tally();
    put(buffer, at.title, 0, &title(model, tally, at.title.width as usize));
    put(buffer, at.totals, 0, &totals(model, tally, at.totals.width as usize));
    put(buffer, at.gauge, 0, &gauge(model, tally, at.gauge.width as usize));
    if model.home.rows.is_empty() {
        nothing(model, buffer, Rect { height: at.head.height + at.list.height, ..at.head });
    } else {
        let columns = Columns::new(model.lang, at.list.width as usize);
        put(buffer, at.head, 0, &head(model, columns));
        let rows = model.home.rows.iter().enumerate().skip(model.home.offset).take(at.list.height as usize);
        for (index, path) in rows {
            if let Some(submission) = model.ledger.get(path) {
                let line = row(model, columns, submission, index == model.home.at());
                put(buffer, at.list, index - model.home.offset, &line);
            }
        }
        preview(model, buffer, at.preview);
    }
    put(buffer, at.status, 0, &status::home(model, at.status.width as usize));
    put(buffer, at.footer, 0, &status::footer(model, at.footer.width as usize));
}

fn title(model: &Model, tally: Tally, columns: usize) -> Line<'static> {
    let theme = model.theme;
    let left = vec![
        span(format!(" {} ", screen::NAME.get(model.lang)), theme.title()),
        span(format!(" {}", printable(&model.inbox)), theme.quiet()),
    ];
    let counted = screen::counted(tally, model.ledger.totals());
    spread(left, vec![span(format!("{} ", counted.get(model.lang)), theme.strong())], columns)
}

/// The totals: they add up to the number of rows in the title.
fn totals(model: &Model, tally: Tally, columns: usize) -> Line<'static> {
    [("   ", true), (" ", true), (" ", false)]
        .into_iter()
        .map(|(gap, named)| counts(model, tally, gap, named))
        .find(|line| line.width() <= columns)
        .unwrap_or_default()
}

fn counts(model: &Model, tally: Tally, gap: &'static str, named: bool) -> Line<'static> {
    let theme = model.theme;
    let mut spans = Vec::new();
    for class in Class::ALL {
        let count = tally.count(class);
        if count == 0 && matches!(class, Class::Waiting | Class::Awaited | Class::Judged(Verdict::Missing)) {
            continue;
        }
        let sign = screen::sign(class);
        let style = if count == 0 { theme.quiet() } else { theme.class(class) };
        let name = if named { screen::class(class).get(model.lang) } else { "" };
        spans.push(span(format!(" {sign} {name}{}", if named { " " } else { "" }), style));
        spans.push(span(format!("{count}{gap}"), if count == 0 { style } else { style.patch(theme.strong()) }));
    }
    Line::from(spans)
}

/// The totals as lengths. Without colour the line would say nothing, so it is only a line.
fn gauge(model: &Model, tally: Tally, columns: usize) -> Line<'static> {
    if tally.rows == 0 || !model.theme.color {
        return Line::from(span("─".repeat(columns), model.theme.quiet()));
    }
    let lengths = lengths(Class::ALL.map(|class| tally.count(class)), columns);
    let spans = Class::ALL.into_iter().zip(lengths);
    spans.map(|(class, length)| span("━".repeat(length), model.theme.class(class))).collect()
}

/// Divides `columns` in proportion to `counts`. However few, what is there is seen.
fn lengths<const N: usize>(counts: [usize; N], columns: usize) -> [usize; N] {
    let present = counts.iter().filter(|&&count| count > 0).count();
    let (all, shared) = (counts.iter().sum::<usize>().max(1), columns.saturating_sub(present));
    let (mut seen, mut left) = (0, columns);
    counts.map(|count| {
        let before = seen * shared / all;
        seen += count;
        let length = (usize::from(count > 0) + seen * shared / all - before).min(left);
        left -= length;
        length
    })
}

/// Widths of the columns, by sort key; 0 for one there is no room for.
#[derive(Clone, Copy)]
struct Columns {
    widths: [usize; 8],
}

/// Below these, the verdict is its sign alone.
const NARROW: usize = 60;

/// Below these, a name that is too long is told by what it does not share with the others.
const CROWDED: usize = 80;

/// Columns of a sign that stands alone.
const MARK: usize = 2;

/// Blanks between columns.
const GAP: usize = 2;

impl Columns {
    fn new(lang: Lang, columns: usize) -> Self {
        let verdict = match lang {
            // The sign alone, as beside the totals.
            _ if columns < NARROW => MARK,
            Lang::Zh => 10,
            Lang::En => 14,
        };
        let arrived = match columns {
            ..64 => 0,
            64..100 => 5,
            _ => 10,
        };
        let year = if columns < 48 { 0 } else { 4 };
        let handling = if columns < 72 { MARK } else { 10 };
        let fixed = [verdict, year, 4, 4, arrived, handling];
        let fixed: usize = fixed.iter().filter(|&&wide| wide > 0).map(|wide| wide + GAP).sum();
        let free = columns.saturating_sub(fixed + 2 + GAP);
        let (agency, file) = match columns {
            ..96 => (free, 0),
            _ => {
                let agency = ((free - GAP) * 3 / 5).min(48);
                (agency, free - GAP - agency)
            }
        };
        Self { widths: [verdict, agency, year, 4, 4, file, arrived, handling] }
    }

    /// The columns there is room for.
    fn shown(self) -> impl Iterator<Item = SortKey> {
        SortKey::ALL.into_iter().filter(move |&key| self.get(key) > 0)
    }

    fn get(self, key: SortKey) -> usize {
        self.widths[key as usize]
    }
}

const fn is_number(key: SortKey) -> bool {
    matches!(key, SortKey::Errors | SortKey::Warnings)
}

fn head(model: &Model, columns: Columns) -> Line<'static> {
    let mut spans = vec![Span::raw(" ")];
    for key in columns.shown() {
        let name = screen::column(key).get(model.lang);
        let sorted = model.home.order.key == key;
        let wide = columns.get(key);
        let arrow = match (sorted, model.home.order.reversed) {
            (false, _) => "",
            (true, false) => "▾",
            (true, true) => "▴",
        };
        let style = if sorted { model.theme.accent() } else { model.theme.quiet() };
        if is_number(key) {
            // Beside a figure the arrow stands in the gap, so that the name stays above its figures.
            spans.push(span(format!("{}{}", right(name, wide), pad(arrow, GAP)), style));
        } else {
            // What stands over signs alone is cut short; its arrow is not.
            let room = wide + GAP - width(arrow);
            let name: String = name.chars().scan(0, |used, c| clip(used, c, room)).collect();
            spans.push(span(pad(&format!("{name}{arrow}"), wide + GAP), style));
        }
    }
    Line::from(spans)
}

/// The next character of a text that is cut at `room` columns.
fn clip(used: &mut usize, c: char, room: usize) -> Option<char> {
    *used += width(c.encode_utf8(&mut [0; 4]));
    (*used <= room).then_some(c)
}

pub(super) fn column_at(model: &Model, x: u16) -> Option<SortKey> {
    let list = layout::home(model.area).list;
    let columns = Columns::new(model.lang, list.width as usize);
    let mut end = list.x as usize + 1;
    columns.shown().find(|&key| {
        end += columns.get(key) + GAP;
        (x as usize) < end
    })
}

fn row(model: &Model, columns: Columns, submission: &Submission, selected: bool) -> Line<'static> {
    let theme = model.theme;
    let verdict = submission.verdict();
    let count = |count: usize, severity: Severity| {
        if count == 0 { theme.quiet() } else { theme.severity(severity).patch(theme.strong()) }
    };
    let name = if selected { theme.title() } else { theme.text() };
    let quiet = if selected { theme.text() } else { theme.quiet() };
    let mut spans = vec![span(if selected { "▌" } else { " " }, theme.accent())];
    for key in columns.shown() {
        let wide = columns.get(key);
        let counted = submission.summary.is_some() || verdict.is_some();
        let (cell, style) = match key {
            SortKey::Verdict => {
                let class = submission.class();
                let words = if class == Class::Waiting && submission.receiving {
                    screen::RECEIVING
                } else {
                    screen::class(class)
                };
                let words = if wide > MARK { format!(" {}", words.get(model.lang)) } else { String::new() };
                (format!("{}{words}", screen::sign(class)), theme.class(class))
            }
            SortKey::Agency => match submission.agency() {
                Some(agency) => (short(model, &printable(agency), wide), name),
                None => (printable(submission.file_name()).into_owned(), if selected { name } else { quiet }),
            },
            SortKey::Year => {
                let year = submission.year().map_or_else(|| screen::UNKNOWN.to_owned(), |year| year.to_string());
                (year, theme.text())
            }
            SortKey::Errors | SortKey::Warnings if !counted => (screen::UNKNOWN.to_owned(), theme.quiet()),
            SortKey::Errors => (submission.errors.to_string(), count(submission.errors, Severity::Error)),
            SortKey::Warnings => (submission.warnings.to_string(), count(submission.warnings, Severity::Warning)),
            SortKey::File => (printable(&submission.path).into_owned(), quiet),
            SortKey::Received => {
                let time = match submission.received {
                    _ if submission.pending => screen::WAITING_SIGN.to_owned(),
                    Some(time) => model.clock(time),
                    None => String::new(),
                };
                // A narrow column shows 09:41 of 09:41:12 and 01-12 of 2026-01-12.
                let short = match time.len() {
                    8 if wide < 8 => time[..5].to_owned(),
                    10 if wide < 10 => time[5..].to_owned(),
                    _ => time,
                };
                (short, quiet)
            }
            SortKey::Handling if wide > MARK => handling(model, submission),
            SortKey::Handling => mark(model, submission),
        };
        spans.push(span(if is_number(key) { right(&cell, wide) } else { pad(&cell, wide) }, style));
        spans.push(Span::raw(" ".repeat(GAP)));
    }
    Line::from(spans)
}

/// The name of an agency in `columns` columns: on a narrow screen without what most names begin with, rather than
/// without its end.
fn short(model: &Model, name: &str, columns: usize) -> String {
    let own = name.strip_prefix(&*model.home.shared).filter(|own| !own.is_empty() && !model.home.shared.is_empty());
    match own {
        Some(own) if width(name) > columns && (model.area.width as usize) < CROWDED => format!("…{own}"),
        _ => name.to_owned(),
    }
}

/// The same as [`handling`] in signs alone.
fn mark(model: &Model, submission: &Submission) -> (String, Style) {
    let (words, style) = handling(model, submission);
    if submission.expected.is_some() {
        return (String::new(), style);
    }
    if submission.standing.superseded_by.is_some() {
        return (screen::HIDDEN_MARK.to_owned(), style);
    }
    (words.split(' ').next().unwrap_or_default().to_owned(), style)
}

/// What operators do or did about a row: who works on it, what was decided, how long there is still time.
fn handling(model: &Model, submission: &Submission) -> (String, Style) {
    let (lang, theme) = (model.lang, model.theme);
    if let Some(expected) = &submission.expected {
        let words = expected.days_left.map(|days| screen::days_left(days).get(lang).to_owned()).unwrap_or_default();
        let soon = expected.days_left.is_some_and(|days| days <= 3);
        return (words, if soon { theme.severity(Severity::Warning) } else { theme.quiet() });
    }
    if submission.standing.superseded_by.is_some() {
        let words = if submission.is_beside() { screen::BESIDE } else { screen::OLDER_VERSION };
        return (words.get(lang).to_owned(), theme.quiet());
    }
    if !model.ledger.is_unattended() {
        let unit = submission.unit();
        let other = model.ledger.claims_on(&unit).find(|claim| claim.operator.session != model.operator.session);
        if let Some(claim) = other {
            // What was decided is seen beside who works on it.
            let decided = match model.ledger.dispositions.of(submission).state {
                State::Open => "",
                state => screen::state(state).get(lang).split(' ').next().unwrap_or_default(),
            };
            return (format!("{decided}◐ {}", printable(&claim.operator.login)), theme.accent());
        }
    }
    match model.ledger.dispositions.of(submission).state {
        State::Open => (String::new(), theme.quiet()),
        state => (screen::state(state).get(lang).to_owned(), theme.state(state)),
    }
}

/// An inbox, or a filter, that shows nothing says what to do about it.
fn nothing(model: &Model, buffer: &mut Buffer, area: Rect) {
    let scanning = model.ledger.health().is_none_or(|health| health.scanned < health.found) && model.watched;
    let (what, hint) = if !model.ledger.is_empty() {
        (screen::NOTHING_MATCHES, screen::FILTER_HINT)
    } else if scanning {
        (screen::STARTING, screen::EMPTY_HINT)
    } else {
        (screen::EMPTY_INBOX, screen::EMPTY_HINT)
    };
    let wide = area.width as usize;
    let centre = |text: &str| " ".repeat(wide.saturating_sub(width(text)) / 2);
    let (what, hint) = (what.get(model.lang), truncate(hint.get(model.lang), wide));
    let top = (area.height as usize / 3).max(1);
    put(buffer, area, top, &Line::from(span(format!("{}{what}", centre(what)), model.theme.strong())));
    put(buffer, area, top + 2, &Line::from(span(format!("{}{hint}", centre(&hint)), model.theme.quiet())));
    if model.ledger.is_empty() {
        let inbox = printable(&model.inbox).into_owned();
        let inbox = truncate(&inbox, wide).into_owned();
        put(buffer, area, top + 4, &Line::from(span(format!("{}{inbox}", centre(&inbox)), model.theme.accent())));
    }
}

/// The findings of the selected row.
fn preview(model: &Model, buffer: &mut Buffer, area: Rect) {
    if area.height < 2 {
        return;
    }
    let Some(submission) = model.home.selected.as_ref().and_then(|path| model.ledger.get(path)) else { return };
    let theme = model.theme;
    let beside = area.x > 0;
    let area = if beside { fence(buffer, area, theme.quiet()) } else { area };
    let heading = vec![
        span(printable(submission.name()).into_owned(), theme.strong()),
        span(format!("  {}", printable(&submission.path)), theme.quiet()),
    ];
    let columns = area.width as usize;
    if beside {
        put(buffer, area, 0, &Line::from(super::pen::fit(heading, columns)));
    } else {
        put(buffer, area, 0, &rule(heading, columns, theme.quiet()));
    }
    let (_, body) = layout::bottom(area, area.height - 1);
    put_all(buffer, body, &findings::preview(model, submission, columns, body.height as usize, beside));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gauge_fills_its_line_and_shows_whatever_is_there() {
        assert_eq!(lengths([1, 0, 3], 5), [1, 0, 3 + 1]);
        for counts in [[1, 0, 0, 0, 0, 0], [1, 1, 1, 0, 0, 5000], [0, 5000, 1, 1, 1, 1], [3, 0, 9, 0, 0, 1]] {
            for columns in 0..200 {
                let lengths = lengths(counts, columns);
                assert_eq!(lengths.iter().sum::<usize>(), columns, "{counts:?}");
                let is_seen = counts.iter().zip(lengths).all(|(&count, length)| (count > 0) == (length > 0));
                assert!(columns < counts.len() || is_seen, "{counts:?} on {columns}: {lengths:?}");
            }
        }
    }
}
