//! Moving in the list of agencies, sorting and filtering it, opening a row.

use std::sync::Arc;

use crate::ledger::Request;
use crate::text::screen;
use crate::tui::filter::Filter;
use crate::tui::keys::Action;
use crate::tui::layout;
use crate::tui::model::{Editor, Model, Opening, Tab};

/// Rows of the list that are on the screen.
pub(super) fn height(model: &Model) -> usize {
    layout::home(model.area).list.height as usize
}

/// Puts the rows in order after anything about them changed.
pub(super) fn refresh(model: &mut Model) {
    let height = height(model);
    model.home.refresh(&model.ledger, height);
}

/// Who acts on a row has chosen it: new rows must not move him to another.
pub(super) fn choose(model: &mut Model) {
    if model.detail.is_none() {
        let height = height(model);
        model.home.select(model.home.at(), height);
    }
}

/// Adds `text` to the filter.
pub(super) fn type_in(model: &mut Model, text: &str) {
    model.home.editor.insert(text);
    filter(model);
}

/// Lets through what the filter as typed lets through.
fn filter(model: &mut Model) {
    let before = model.home.selected.clone();
    model.home.filter = Filter::new(model.home.editor.text());
    refresh(model);
    if model.home.selected != before {
        // His row is hidden: the first that is left is what he is looking for.
        model.home.start_over();
        refresh(model);
    }
}

/// What a key does while the filter is typed; the others are those of the list.
pub(super) fn edit(model: &mut Model, action: Action) {
    match action {
        Action::Erase if model.home.editor.text().is_empty() => model.home.typing = false,
        Action::Left
        | Action::Right
        | Action::First
        | Action::Last
        | Action::Erase
        | Action::EraseNext
        | Action::EraseWord
        | Action::Clear => {
            if model.home.editor.act(action) {
                filter(model);
            }
        }
        action => act(model, action),
    }
}

pub(super) fn act(model: &mut Model, action: Action) {
    let height = height(model);
    let at = model.home.at();
    let page = height.max(2) - 1;
    match action {
        Action::Up => model.home.select(at.saturating_sub(1), height),
        Action::Down => model.home.select(at + 1, height),
        Action::PageUp => model.home.select(at.saturating_sub(page), height),
        Action::PageDown => model.home.select(at + page, height),
        Action::First => model.home.select(0, height),
        Action::Last => model.home.select(usize::MAX, height),
        Action::Open => open(model, Tab::default(), None),
        Action::NextFinding | Action::PreviousFinding => {
            open(model, Tab::default(), Some(action == Action::NextFinding));
        }
        Action::Older => {
            model.home.older = !model.home.older;
            refresh(model);
        }
        Action::Filter => model.home.typing = true,
        Action::Accept => model.home.typing = false,
        Action::Escape => {
            model.home.typing = false;
            model.home.editor = Editor::default();
            filter(model);
        }
        Action::SortNext => sort(model, 1),
        Action::SortPrevious => sort(model, crate::ledger::SortKey::ALL.len() - 1),
        Action::Reverse => {
            model.home.order.reversed = !model.home.order.reversed;
            refresh(model);
        }
        _ => {}
    }
}

fn sort(model: &mut Model, steps: usize) {
    model.home.order.key = model.home.order.key.step(steps);
    model.home.order.reversed = false;
    refresh(model);
}

/// Opens the selected row at the tab `tab`; its audit may have to be asked for. With `begin` goes on to its first
/// finding (`true`) or its last.
pub(super) fn open(model: &mut Model, tab: Tab, begin: Option<bool>) {
    let Some(submission) = model.home.selected.as_ref().and_then(|path| model.ledger.get(path)) else { return };
    if submission.expected.is_some() {
        model.notice = Some(screen::NOT_SUBMITTED.into());
        return;
    }
    if submission.summary.is_none() {
        model.notice = Some(screen::NOT_YET_AUDITED.into());
        return;
    }
    let (path, audit) = (Arc::clone(&submission.path), submission.audit.clone());
    choose(model);
    model.opening = Some(Opening { path: Arc::clone(&path), tab, begin });
    match audit {
        Some(audit) => super::detail::open(model, audit),
        None => model.outbox.push(Request::Open(path)),
    }
}
