//! What operators decided, read off the log of decisions: how an agency stands, and what was said of its findings.
//!
//! A decision on an agency holds for as long as the figures it rested on stay as they were: another version with
//! other figures or other faults opens the agency again. A decision on a finding is kept under the finding's
//! fingerprint, which changes with its figures by itself.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::store::{Decision, DecisionKind, FindingKey, Operator, UnitKey};
use super::submission::Submission;
use crate::finding::Finding;

/// All decisions, by agency and year.
#[derive(Debug, Default)]
pub struct Dispositions {
    by_unit: BTreeMap<UnitKey, Vec<Arc<Decision>>>,
    /// The path of a file that names no agency and was decided on, by the hash of its content.
    paths: HashMap<String, String>,
    /// The number of the newest decision taken in.
    last: i64,
}

/// Where an agency stands with the operators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Returned for rectification; nothing newer has come.
    Returned,
    /// A decision was made on other figures: it must be looked at again.
    Reopened,
    /// Nobody has decided.
    #[default]
    Open,
    /// Passed.
    Passed,
}

/// Where an agency stands, and by which decision.
#[derive(Clone, Debug, Default)]
pub struct Disposition {
    /// Where it stands.
    pub state: State,
    /// The decision that counts; `None` where nobody has decided.
    pub by: Option<Arc<Decision>>,
}

impl Dispositions {
    /// Takes in a decision. The same decision twice is one.
    pub fn take(&mut self, decision: Decision) {
        let decisions = self.by_unit.entry(decision.unit.clone()).or_default();
        if let (Some(path), Some(hash)) = (&decision.path, &decision.hash)
            && *path == decision.unit.agency
        {
            self.paths.entry(hash.clone()).or_insert_with(|| path.clone());
        }
        if let Err(place) = decisions.binary_search_by_key(&decision.id, |known| known.id) {
            self.last = self.last.max(decision.id);
            decisions.insert(place, Arc::new(decision));
        }
    }

    /// The path at which a file with the content of this `hash` that names no agency was first decided on.
    #[must_use]
    pub fn path_of(&self, hash: &str) -> Option<&str> {
        self.paths.get(hash).map(String::as_str)
    }

    /// The number of the newest decision taken in; 0 before the first.
    #[must_use]
    pub const fn last(&self) -> i64 {
        self.last
    }

    /// Every decision on `unit`, oldest first.
    #[must_use]
    pub fn log(&self, unit: &UnitKey) -> &[Arc<Decision>] {
        self.by_unit.get(unit).map_or(&[], Vec::as_slice)
    }

    /// The decisions on `unit` that nobody took back, oldest first.
    fn standing<'a>(&'a self, unit: &UnitKey) -> impl DoubleEndedIterator<Item = &'a Arc<Decision>> + use<'a> {
        let log = self.log(unit);
        let undone: HashSet<i64> = log.iter().filter_map(|decision| decision.undoes).collect();
        log.iter().filter(move |decision| !undone.contains(&decision.id) && decision.kind != DecisionKind::Undo)
    }

    /// Where the agency of `submission` stands.
    #[must_use]
    pub fn of(&self, submission: &Submission) -> Disposition {
        if self.by_unit.is_empty() {
            return Disposition::default();
        }
        let decisive =
            |kind: &DecisionKind| matches!(kind, DecisionKind::Pass | DecisionKind::Return | DecisionKind::Reopen);
        let unit = submission.unit();
        let Some(by) = self.standing(&unit).rev().find(|decision| decisive(&decision.kind)) else {
            return Disposition::default();
        };
        let basis = submission.summary.as_ref().map(|summary| summary.basis.as_str());
        let same = by.basis.is_none() || by.basis.as_deref() == basis;
        let state = match by.kind {
            DecisionKind::Pass if same => State::Passed,
            DecisionKind::Return if same => State::Returned,
            DecisionKind::Pass | DecisionKind::Return => State::Reopened,
            _ => State::Open,
        };
        Disposition { state, by: Some(Arc::clone(by)) }
    }

    /// What operators said of `finding` in the report of `unit`: the newest word of each, oldest first. Two who
    /// differ are both here.
    #[must_use]
    pub fn words_on(&self, unit: &UnitKey, finding: &Finding) -> Vec<Arc<Decision>> {
        if self.by_unit.is_empty() {
            return Vec::new();
        }
        let key = key_of(unit, finding);
        let mut words: Vec<Arc<Decision>> = Vec::new();
        for decision in self.standing(unit).filter(|decision| decision.finding.as_ref() == Some(&key)) {
            words.retain(|earlier| earlier.operator.login != decision.operator.login);
            words.push(Arc::clone(decision));
        }
        words
    }

    /// The newest decision on `unit` that can still be taken back and whose operator is as wished.
    #[must_use]
    pub fn last_by(&self, unit: &UnitKey, is_wished: impl Fn(&Operator) -> bool) -> Option<Arc<Decision>> {
        self.standing(unit).rev().find(|decision| is_wished(&decision.operator)).map(Arc::clone)
    }
}

/// What a decision on `finding` in the report of `unit` is kept under.
#[must_use]
pub fn key_of(unit: &UnitKey, finding: &Finding) -> FindingKey {
    FindingKey { rule: finding.rule.to_owned(), fingerprint: finding.fingerprint(&unit.agency) }
}
