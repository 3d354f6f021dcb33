//! Moving inside an opened submission and between its panes.

use std::sync::Arc;

use crate::audit::Audit;
use crate::ledger::Request;
use crate::report::{CellRef, Source, TableKind};
use crate::text::{Wording, Words, screen};
use crate::tui::keys::Action;
use crate::tui::layout;
use crate::tui::model::{Detail, Model, Opening, SourceCursor, Spot, Tab};
use crate::tui::view;

pub(super) fn act(model: &mut Model, action: Action) {
    match action {
        Action::Back => return model.detail = None,
        Action::NextSubmission => return neighbour(model, true),
        Action::PreviousSubmission => return neighbour(model, false),
        _ => {}
    }
    let page = layout::detail(model.area, false).body.height.max(2) as usize - 1;
    let text_rows = view::part_rows(model);
    let Some(detail) = &mut model.detail else { return };
    let notice = match action {
        Action::NextTab => show(detail, step(detail.tab, 1)),
        Action::PreviousTab => show(detail, step(detail.tab, Tab::ALL.len() - 1)),
        Action::Show(tab) => show(detail, tab),
        Action::NextFinding => follow(detail, true),
        Action::PreviousFinding => follow(detail, false),
        Action::LikelySlip => likely(detail),
        action => match detail.tab {
            Tab::Findings => findings(detail, action, page),
            Tab::Parts => parts(detail, action, page, text_rows),
            Tab::Proactive => table(detail, TableKind::ProactiveDisclosure, action, page),
            Tab::Requests => table(detail, TableKind::Requests, action, page),
            Tab::Disputes => table(detail, TableKind::Disputes, action, page),
            Tab::Source => source(detail, action, page),
        },
    };
    model.notice = notice.map(Into::into);
}

/// Whether the submission at `path` is open.
pub(super) fn is_open(model: &Model, path: &str) -> bool {
    model.detail.as_ref().is_some_and(|open| *open.path == *path)
}

/// Opens what was to be opened, with its audit.
pub(super) fn open(model: &mut Model, audit: Arc<Audit>) {
    let Some(Opening { path, tab, begin: beginning }) = model.opening.take() else { return };
    let raised = model.ledger.get(&path).map(|submission| submission.standing.raised.clone()).unwrap_or_default();
    let mut detail = Detail::new(path, audit, &raised);
    detail.tab = tab;
    model.detail = Some(detail);
    if let Some(forward) = beginning {
        begin(model, forward);
    }
}

/// An audit has come that was asked for.
pub(super) fn opened(model: &mut Model, path: &str, audit: &Result<Arc<Audit>, Wording>) {
    let asked = model.opening.as_ref().is_some_and(|opening| *opening.path == *path);
    match audit {
        Ok(audit) if asked => open(model, Arc::clone(audit)),
        Ok(audit) if is_open(model, path) => replace(model, Arc::clone(audit)),
        Ok(_) => {}
        Err(why) => {
            model.opening = None;
            model.notice = Some(why.clone());
        }
    }
}

/// Takes in what the ledger now says of the open submission.
pub(super) fn refresh(model: &mut Model) {
    let Some(open) = &model.detail else { return };
    let Some(submission) = model.ledger.get(&open.path) else { return };
    let (path, raised) = (Arc::clone(&open.path), submission.standing.raised.clone());
    match (&submission.audit, &submission.summary) {
        (Some(audit), _) if !Arc::ptr_eq(audit, &open.own) => replace(model, Arc::clone(audit)),
        (None, Some(summary)) if summary.hash != open.own.file.as_ref().map(|file| file.hash.clone()) => {
            model.outbox.push(Request::Open(path));
        }
        _ if raised != open.raised => {
            if let Some(open) = &mut model.detail {
                open.replace(Arc::clone(&open.own), &raised);
            }
        }
        _ => {}
    }
}

fn replace(model: &mut Model, audit: Arc<Audit>) {
    let Some(open) = &mut model.detail else { return };
    let raised = model.ledger.get(&open.path).map(|submission| submission.standing.raised.clone()).unwrap_or_default();
    open.replace(audit, &raised);
}

/// Goes to the first finding, or the last, of the submission just opened.
fn begin(model: &mut Model, forward: bool) {
    let Some(detail) = &mut model.detail else { return };
    let count = detail.audit.findings.len();
    if count == 0 {
        model.notice = Some(screen::NO_FINDINGS.into());
        return;
    }
    detail.item = if forward { 0 } else { count - 1 };
    detail.following = true;
    go_to_item(detail);
}

/// Opens the row after or before the one that is open; the tab stays.
fn neighbour(model: &mut Model, forward: bool) {
    let tab = model.detail.as_ref().map_or_else(Tab::default, |detail| detail.tab);
    let at = model.home.at();
    let next = if forward { at + 1 } else { at.wrapping_sub(1) };
    if next >= model.home.rows.len() {
        return;
    }
    let height = super::home::height(model);
    model.home.select(next, height);
    super::home::open(model, tab, None);
}

fn step(tab: Tab, steps: usize) -> Tab {
    Tab::ALL[(tab.index() + steps) % Tab::ALL.len()]
}

/// Changes to `tab`. The source opens at what the pane before it spoke of.
fn show(detail: &mut Detail, tab: Tab) -> Option<Words> {
    if tab == Tab::Source
        && detail.tab != Tab::Source
        && let Some(place) = detail.passage()
    {
        look_at(detail, place);
    }
    detail.tab = tab;
    None
}

/// To the next or previous finding and its place.
fn follow(detail: &mut Detail, forward: bool) -> Option<Words> {
    let count = detail.audit.findings.len();
    if count == 0 {
        return Some(screen::NO_FINDINGS);
    }
    let mut notice = None;
    // The first step goes to the finding that is current already.
    if detail.following {
        detail.item = match (forward, detail.item) {
            (true, at) if at + 1 < count => at + 1,
            (true, _) => {
                notice = Some(screen::WRAPPED);
                0
            }
            (false, at) if at > 0 => at.min(count) - 1,
            (false, _) => {
                notice = Some(screen::WRAPPED_BACK);
                count - 1
            }
        };
    }
    detail.following = true;
    go_to_item(detail).or(notice)
}

/// To the cell whose change would mend the table: that of the current finding, or of any.
fn likely(detail: &mut Detail) -> Option<Words> {
    let findings = &detail.audit.findings;
    let current = findings.get(detail.item).and_then(|finding| finding.likely.as_ref());
    match current.or_else(|| findings.iter().find_map(|finding| finding.likely.as_ref())) {
        Some(likely) => {
            let cell = likely.cell;
            go_to_cell(detail, cell);
            None
        }
        None => Some(screen::NO_LIKELY),
    }
}

/// To the place of the current item: its cell, else its passage in the source, else its part.
fn go_to_item(detail: &mut Detail) -> Option<Words> {
    let Some(item) = detail.current() else { return Some(screen::NO_PLACE) };
    let (cell, place) = (item.cell(), item.source());
    let has_table =
        cell.is_some_and(|cell| detail.audit.report.as_ref().is_some_and(|report| report.table(cell.table).is_some()));
    match (cell, place) {
        (Some(cell), _) if has_table => go_to_cell(detail, cell),
        (_, Some(place)) => {
            look_at(detail, place);
            detail.tab = Tab::Source;
        }
        _ => {
            detail.tab = Tab::Findings;
            return Some(screen::NO_PLACE);
        }
    }
    None
}

fn go_to_cell(detail: &mut Detail, cell: CellRef) {
    detail.put(Spot::Cell(cell));
    detail.tab = Tab::of(cell.table);
}

/// Puts the cursor of the source on a passage.
fn look_at(detail: &mut Detail, place: Source) {
    let Source { line, column, .. } = place;
    detail.cursor = SourceCursor { line: line.clamp(1, detail.line_count()), column };
    detail.focus = Some(place);
}

fn show_source(detail: &mut Detail) -> Option<Words> {
    match detail.passage() {
        Some(place) => {
            look_at(detail, place);
            detail.tab = Tab::Source;
            None
        }
        None => Some(screen::NO_PLACE),
    }
}

fn findings(detail: &mut Detail, action: Action, page: usize) -> Option<Words> {
    let last = detail.items().count().saturating_sub(1);
    let to = match action {
        Action::Up => detail.item.saturating_sub(1),
        Action::Down => detail.item + 1,
        Action::PageUp => detail.item.saturating_sub(page),
        Action::PageDown => detail.item + page,
        Action::First => 0,
        Action::Last => last,
        Action::Open => {
            detail.following = true;
            return go_to_item(detail);
        }
        Action::ShowSource => {
            detail.following = true;
            return show_source(detail);
        }
        _ => return None,
    };
    detail.item = to.min(last);
    detail.following = false;
    None
}

fn parts(detail: &mut Detail, action: Action, page: usize, rows: usize) -> Option<Words> {
    let last = rows.saturating_sub(page);
    let scroll = detail.part_scroll;
    match action {
        Action::Left => (detail.part, detail.part_scroll) = (detail.part.max(2) - 1, 0),
        Action::Right => (detail.part, detail.part_scroll) = (detail.part.min(5) + 1, 0),
        Action::Up => detail.part_scroll = scroll.saturating_sub(1),
        Action::Down => detail.part_scroll = (scroll + 1).min(last),
        Action::PageUp => detail.part_scroll = scroll.saturating_sub(page),
        Action::PageDown => detail.part_scroll = (scroll + page).min(last),
        Action::First => detail.part_scroll = 0,
        Action::Last => detail.part_scroll = last,
        Action::Open | Action::ShowSource => return show_source(detail),
        _ => {}
    }
    None
}

fn table(detail: &mut Detail, kind: TableKind, action: Action, page: usize) -> Option<Words> {
    let grid = detail.grid(kind);
    let spot = detail.spot(kind);
    let at = grid.iter().position(|row| row.contains(&spot)).unwrap_or(0);
    let across = grid.get(at).and_then(|row| row.iter().position(|&other| other == spot)).unwrap_or(0);
    let last = grid.len().saturating_sub(1);
    let (to, across) = match action {
        Action::Up => (at.saturating_sub(1), across),
        Action::Down => (at + 1, across),
        Action::PageUp => (at.saturating_sub(page), across),
        Action::PageDown => (at + page, across),
        Action::First => (0, across),
        Action::Last => (last, across),
        Action::Left => (at, across.saturating_sub(1)),
        Action::Right => (at, across + 1),
        Action::Open | Action::ShowSource => return show_source(detail),
        _ => return None,
    };
    let row = grid.get(to.min(last))?;
    detail.put(*row.get(across).or(row.last())?);
    None
}

fn source(detail: &mut Detail, action: Action, page: usize) -> Option<Words> {
    let page = u32::try_from(page).unwrap_or(u32::MAX);
    let SourceCursor { line, .. } = detail.cursor;
    let last = detail.line_count();
    let to = match action {
        Action::Up => line.saturating_sub(1),
        Action::Down => line.saturating_add(1),
        Action::PageUp => line.saturating_sub(page),
        Action::PageDown => line.saturating_add(page),
        Action::First => 1,
        Action::Last => last,
        Action::Left => return across(detail, false),
        Action::Right => return across(detail, true),
        Action::Open => {
            return match (detail.spot_here(), detail.item_here()) {
                (Some(Spot::Cell(cell)), _) => {
                    go_to_cell(detail, cell);
                    None
                }
                (Some(spot), _) => {
                    detail.put(spot);
                    detail.tab = Tab::Proactive;
                    None
                }
                (None, Some(item)) => {
                    (detail.item, detail.tab) = (item, Tab::Findings);
                    None
                }
                (None, None) => Some(screen::NO_CELL_HERE),
            };
        }
        _ => return None,
    };
    let line = to.clamp(1, last);
    detail.cursor = SourceCursor { line, column: 1 };
    let first = detail.cells_on(line).next().map(|(source, _)| source);
    detail.focus = first;
    if let Some(Source { line: first, column, .. }) = detail.focus
        && first == line
    {
        detail.cursor.column = column;
    }
    None
}

/// From cell to cell along the line of the source; where it has none, from character to character.
fn across(detail: &mut Detail, forward: bool) -> Option<Words> {
    let SourceCursor { line, column } = detail.cursor;
    let starts: Vec<Source> =
        detail.cells_on(line).map(|(source, _)| source).filter(|source| source.line == line).collect();
    let begin = |source: &&Source| {
        let Source { column, .. } = source;
        *column
    };
    let target = if forward {
        starts.iter().find(|source| begin(source) > column)
    } else {
        starts.iter().rfind(|source| begin(source) < column)
    };
    if let Some(source) = target {
        look_at(detail, *source);
    } else if starts.is_empty() {
        let length = detail.audit.lines.get(line as usize - 1).map_or(1, |text| text.chars().count());
        let length = u32::try_from(length).unwrap_or(u32::MAX).max(1);
        detail.cursor.column =
            if forward { column.saturating_add(1) } else { column.saturating_sub(1) }.clamp(1, length);
        detail.focus = None;
    }
    None
}
