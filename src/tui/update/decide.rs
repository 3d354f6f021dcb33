//! Deciding: pass, return, reopen an agency; confirm or dismiss a finding; take it back. Nothing counts as decided
//! before whoever keeps the ledger has said that it is written down.

use std::sync::Arc;

use crate::finding::Finding;
use crate::ledger::store::{Decision, DecisionKind, Operator};
use crate::ledger::{Draft, Request, State, Submission, key_of};
use crate::text::{Wording, printable, screen};
use crate::tui::filter::Filter;
use crate::tui::keys::Action;
use crate::tui::model::{Item, Model, Prompt, Question};

/// Adds `text` to the reason.
pub(super) fn type_in(model: &mut Model, text: &str) {
    let Some(prompt) = &mut model.prompt else { return };
    prompt.editor.insert(text);
    offer(model);
}

/// Offers the units that what was typed may name, where one is asked for.
pub(super) fn offer(model: &mut Model) {
    let Some(prompt) = model.prompt.as_mut().filter(|prompt| prompt.draft.kind == DecisionKind::Match) else { return };
    let filter = Filter::new(prompt.editor.text());
    let units = model.ledger.units().iter().filter(|unit| filter.finds(unit)).cloned().collect();
    if prompt.units != units {
        prompt.units = units;
        prompt.chosen = None;
    }
}

/// What a key does while a reason is typed.
pub(super) fn act(model: &mut Model, action: Action) {
    let Some(prompt) = &mut model.prompt else { return };
    match action {
        Action::Escape => model.prompt = None,
        Action::Up | Action::Down => choose(prompt, action == Action::Down),
        Action::Accept if prompt.draft.kind == DecisionKind::Match => assign(model),
        Action::Accept if prompt.question.needed && prompt.editor.text().trim().is_empty() => {
            model.notice = Some(screen::REASON_NEEDED.into());
        }
        Action::Accept => {
            if let Some(Prompt { mut draft, editor, .. }) = model.prompt.take() {
                draft.reason = Some(editor.text().trim().to_owned()).filter(|text| !text.is_empty());
                model.outbox.push(Request::Decide(Box::new(draft)));
            }
        }
        action => {
            if prompt.editor.act(action) {
                offer(model);
            }
        }
    }
}

/// Chooses the next of the units that are offered, or the one before; around the end.
fn choose(prompt: &mut Prompt, forward: bool) {
    let count = prompt.units.len();
    prompt.chosen = match prompt.chosen {
        _ if count == 0 => None,
        None if forward => Some(0),
        None => Some(count - 1),
        Some(at) => Some((at + if forward { 1 } else { count - 1 }) % count),
    };
}

/// Takes the unit that was chosen, or that what was typed names: in full, or as the only one that it could be.
fn assign(model: &mut Model) {
    let Some(prompt) = &model.prompt else { return };
    let (typed, units) = (prompt.editor.text().trim(), &prompt.units);
    let chosen = prompt.chosen.and_then(|at| units.get(at));
    if typed.is_empty() && chosen.is_none() {
        model.notice = Some(screen::UNIT_NEEDED.into());
        return;
    }
    let exact = || units.iter().find(|unit| ***unit == *typed);
    let found: Vec<&Arc<str>> = chosen.or_else(exact).map_or_else(|| units.iter().collect(), |one| vec![one]);
    match found[..] {
        [unit] => {
            let unit = unit.to_string();
            if let Some(Prompt { mut draft, .. }) = model.prompt.take() {
                draft.reason = Some(unit);
                model.outbox.push(Request::Decide(Box::new(draft)));
            }
        }
        _ => model.notice = Some(screen::units_found(typed, &found)),
    }
}

/// Begins a decision; one that needs no reason is sent at once.
pub(super) fn begin(model: &mut Model, action: Action) {
    if let Some(why) = &model.undecidable {
        model.notice = Some(why.clone());
        return;
    }
    super::home::choose(model);
    if action == Action::Undo
        && let Some((last, false)) = last(model)
        && model.warned.replace(last.id) != Some(last.id)
    {
        let when = last.at.to_zoned(model.zone.clone()).strftime("%m-%d %H:%M").to_string();
        model.notice = Some(screen::undo_other(&last, &when));
        return;
    }
    match draft(model, action) {
        Ok((draft, None)) => model.outbox.push(Request::Decide(Box::new(draft))),
        Ok((draft, Some(question))) => {
            model.prompt = Some(Prompt::new(draft, question));
            offer(model);
        }
        Err(why) => model.notice = Some(why),
    }
}

/// The submission that is open or selected.
pub(super) fn subject(model: &Model) -> Option<&Submission> {
    let path = model.detail.as_ref().map(|open| &open.path).or(model.home.selected.as_ref())?;
    model.ledger.get(path)
}

/// The operator's last decision here that can still be taken back, and whether he made it at this dashboard: one of
/// another dashboard, or of an earlier run, only where this one has none.
fn last(model: &Model) -> Option<(Arc<Decision>, bool)> {
    let submission = subject(model)?;
    // What was assigned is kept under the name the report itself gives.
    let units = [submission.unit(), submission.own_unit()];
    let last_by = |is_wished: &dyn Fn(&Operator) -> bool| {
        let last = units.iter().filter_map(|unit| model.ledger.dispositions.last_by(unit, is_wished));
        last.max_by_key(|decision| decision.id)
    };
    let own = last_by(&|operator| operator.session == model.operator.session).map(|own| (own, true));
    own.or_else(|| last_by(&|operator| operator.login == model.operator.login).map(|other| (other, false)))
}

fn draft(model: &Model, action: Action) -> Result<(Draft, Option<Question>), Wording> {
    let submission = subject(model).ok_or(screen::NOTHING_SELECTED)?;
    if submission.expected.is_some() {
        return Err(screen::NOT_SUBMITTED.into());
    }
    let summary = submission.summary.as_ref().ok_or(screen::NOT_YET_AUDITED)?;
    let unit = submission.unit();
    let name = printable(submission.name()).into_owned();
    let mut draft = Draft {
        path: Arc::clone(&submission.path),
        hash: summary.hash.clone(),
        basis: Some(summary.basis.clone()),
        kind: DecisionKind::Pass,
        finding: None,
        reason: None,
        undoes: None,
        unit,
    };
    let question = match action {
        Action::Pass if submission.errors > 0 => {
            Some(Question { words: screen::pass_despite(&name, submission.errors), needed: true })
        }
        Action::Pass => None,
        Action::Return => {
            draft.kind = DecisionKind::Return;
            Some(Question { words: screen::why_return(&name), needed: false })
        }
        Action::Reopen => {
            if model.ledger.dispositions.of(submission).state == State::Open {
                return Err(screen::IS_OPEN.into());
            }
            draft.kind = DecisionKind::Reopen;
            None
        }
        Action::Assign => {
            if model.ledger.units().is_empty() {
                return Err(screen::NO_ROSTER.into());
            }
            draft.kind = DecisionKind::Match;
            draft.unit = submission.own_unit();
            Some(Question { words: screen::which_unit(&name), needed: true })
        }
        Action::Undo => {
            let (last, _) = last(model).ok_or(screen::NOTHING_TO_UNDO)?;
            draft.unit = last.unit.clone();
            draft.kind = DecisionKind::Undo;
            draft.undoes = Some(last.id);
            draft.finding.clone_from(&last.finding);
            None
        }
        action => {
            let finding = current(model).ok_or(screen::NO_FINDING_HERE)?;
            draft.finding = Some(key_of(&draft.unit, finding));
            if action == Action::Confirm {
                draft.kind = DecisionKind::Confirm;
                None
            } else {
                draft.kind = DecisionKind::Dismiss;
                Some(Question { words: screen::why_dismiss(finding.rule), needed: true })
            }
        }
    };
    Ok((draft, question))
}

/// The finding the operator stands on.
fn current(model: &Model) -> Option<&Finding> {
    match model.detail.as_ref()?.current()? {
        Item::Finding(finding) => Some(finding),
        _ => None,
    }
}

/// Says what was written down: the operator's own word as done, another's on the same agency as news.
pub(super) fn acknowledge(model: &mut Model, decisions: &[Decision]) {
    let here = subject(model).map(Submission::unit);
    for decision in decisions {
        let own = decision.operator.session == model.operator.session;
        if own {
            model.notice = Some(screen::decided(decision));
        } else if model.watched
            && here.as_ref() == Some(&decision.unit)
            && decision.id > model.ledger.dispositions.last()
            && !is_acknowledged(model, decisions)
        {
            model.notice = Some(screen::decided_by(decision));
        }
    }
}

/// Whether the notice says that a decision of the operator's own is written down. It stands until his next key.
fn is_acknowledged(model: &Model, news: &[Decision]) -> bool {
    let Some(notice) = &model.notice else { return false };
    let own = |decision: &Decision| {
        decision.operator.session == model.operator.session && screen::decided(decision) == *notice
    };
    let log = subject(model).map_or(&[][..], |subject| model.ledger.dispositions.log(&subject.unit()));
    news.iter().any(own) || log.iter().any(|known| own(known))
}

/// Tells the others what this operator works on: what is open on his screen.
pub(super) fn attend(model: &mut Model) {
    let unit = model.detail.as_ref().and_then(|open| model.ledger.get(&open.path)).map(Submission::unit);
    if unit != model.attended && model.undecidable.is_none() {
        model.attended.clone_from(&unit);
        model.outbox.push(Request::Attend(unit));
    }
}
