//! The history of an agency: asked for, then read over the screen.

use crate::ledger::{History, Request};
use crate::text::screen;
use crate::tui::model::{Model, Page, Reader};

/// Asks for the history of what is open or selected.
pub(super) fn ask(model: &mut Model) {
    super::home::choose(model);
    match super::decide::subject(model) {
        Some(submission) if submission.expected.is_some() => model.notice = Some(screen::NOT_SUBMITTED.into()),
        Some(submission) => {
            let unit = submission.unit();
            let named = model.ledger.names_of(&unit);
            model.outbox.push(Request::History(unit, named));
        }
        None => model.notice = Some(screen::NOTHING_SELECTED.into()),
    }
}

/// Opens the history that has come.
pub(super) fn show(model: &mut Model, history: &History) {
    model.history = Some(Box::new(history.clone()));
    model.reader = Some(Reader { page: Page::History, scroll: 0 });
}

/// Opens who has reported and who has not.
pub(super) fn progress(model: &mut Model) {
    if model.ledger.totals().is_some() {
        model.reader = Some(Reader { page: Page::Progress, scroll: 0 });
    } else {
        model.notice = Some(screen::NO_ROSTER.into());
    }
}
