//! What operators decided, as far as comparing rests on it: what was returned, and whose a submission is by their word.
//!
//! A decision was made on a file. It follows the file's content to whatever name it has now.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use jiff::Span;
use jiff::tz::TimeZone;

use super::clock;
use crate::campaign::Matches;
use crate::ledger::store::{Access, Decision, DecisionKind, Store, Trouble};
use crate::rule::Returned;

/// The decisions that matter here, in their order.
#[derive(Debug, Default)]
pub(super) struct Decided {
    log: Vec<Decision>,
}

impl Decided {
    /// What the ledger at `path` says, which is only looked at.
    pub(super) fn read(path: &Path) -> Result<Self, Trouble> {
        let mut decided = Self::default();
        Store::open(path, Access::ReadOnly)?
            .decisions_since(0)?
            .into_iter()
            .for_each(|decision| decided.take(decision));
        Ok(decided)
    }

    /// Takes a decision in.
    pub(super) fn take(&mut self, decision: Decision) {
        use DecisionKind::{Match, Pass, Reopen, Return, Undo};
        if matches!(decision.kind, Pass | Return | Reopen | Match | Undo) {
            self.log.push(decision);
        }
    }

    /// What was decided on the file at `from` was decided on the file that goes by `to` now.
    pub(super) fn renamed(&mut self, from: &str, to: &str) {
        for decision in self.log.iter_mut().filter(|decision| decision.path.as_deref() == Some(from)) {
            decision.path = Some(to.to_owned());
        }
    }

    /// The decisions that nobody took back.
    fn standing(&self) -> impl Iterator<Item = &Decision> {
        let undone: HashSet<i64> = self.log.iter().filter_map(|decision| decision.undoes).collect();
        self.log.iter().filter(move |decision| !undone.contains(&decision.id))
    }

    /// What stands returned, to be submitted again within so many days of `correction`.
    pub(super) fn returned(&self, correction: Option<i64>) -> Returns<'_> {
        let mut returned: Vec<&Decision> = Vec::new();
        for decision in self.standing() {
            match decision.kind {
                DecisionKind::Return => returned.push(decision),
                DecisionKind::Pass | DecisionKind::Reopen => returned.retain(|earlier| {
                    earlier.path != decision.path && !is_on(earlier, decision.path.as_deref(), decision.hash.as_deref())
                }),
                _ => {}
            }
        }
        Returns { returned, correction, zone: clock::zone() }
    }

    /// Whose submissions are by the word of an operator. What `lies` there now, by path and hash, is matched by its
    /// content too.
    pub(super) fn matches<'s>(&self, lies: impl Iterator<Item = (&'s str, Option<&'s str>)>) -> Matches {
        let assigned: Vec<&Decision> =
            self.standing().filter(|decision| decision.kind == DecisionKind::Match).collect();
        if assigned.is_empty() {
            return Matches::new();
        }
        let mut paths: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (path, hash) in lies {
            paths.entry(hash.unwrap_or_default()).or_default().push(path);
        }
        let mut matches = Matches::new();
        for decision in assigned {
            let Some(unit) = &decision.reason else { continue };
            let same = decision.hash.as_deref().and_then(|hash| paths.get(hash)).map_or(&[][..], Vec::as_slice);
            // Where the content lies elsewhere now, another file has its old name, or none.
            let old = decision.path.as_deref().filter(|path| same.is_empty() || same.contains(path));
            // The agency's later submissions are the unit's too, under whatever name of a file.
            let agency = Some(decision.unit.agency.as_str()).filter(|agency| decision.path.as_deref() != Some(agency));
            let names = agency.into_iter().chain(old).chain(same.iter().copied());
            matches.extend(names.map(|name| (name.to_owned(), unit.clone())));
        }
        matches
    }
}

/// What stands returned.
#[derive(Debug)]
pub(super) struct Returns<'d> {
    returned: Vec<&'d Decision>,
    correction: Option<i64>,
    zone: TimeZone,
}

impl Returns<'_> {
    /// That the submission at `path` with this `hash` was returned, if it stands so. Other content at that path has
    /// been submitted again.
    pub(super) fn find(&self, path: &str, hash: Option<&str>) -> Option<Returned> {
        let on = self.returned.iter().rev().find(|decision| is_on(decision, Some(path), hash))?.at;
        let until = |days: i64| on.to_zoned(self.zone.clone()).date().checked_add(Span::new().days(days)).ok();
        Some(Returned { on, until: self.correction.and_then(until) })
    }
}

/// Whether `decision` was made on the content with this `hash`; where it had none that could be read, on the file at
/// `path`.
fn is_on(decision: &Decision, path: Option<&str>, hash: Option<&str>) -> bool {
    decision.hash.as_deref() == hash && (hash.is_some() || decision.path.as_deref() == path)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::ledger::store::{Nonce, Operator, UnitKey};

    fn decision(id: i64, kind: DecisionKind, path: &str, hash: &str, word: Option<&str>) -> Decision {
        Decision {
            id,
            unit: UnitKey { agency: path.to_owned(), year: None },
            path: Some(path.to_owned()),
            hash: Some(hash.to_owned()),
            basis: None,
            kind,
            finding: None,
            reason: word.map(str::to_owned),
            undoes: None,
            at: Timestamp::from_second(id).unwrap(),
            operator: Operator { login: "li".to_owned(), host: "host".to_owned(), session: "1".to_owned() },
            nonce: Nonce::random(),
            seal: String::new(),
        }
    }

    fn decided(log: &[Decision]) -> Decided {
        let mut decided = Decided::default();
        log.iter().for_each(|decision| decided.take(decision.clone()));
        decided
    }

    #[test]
    fn what_was_assigned_follows_its_content_to_another_name() {
        let mut decided = decided(&[decision(1, DecisionKind::Match, "scan.pdf", "aa", Some("甲局"))]);
        for (lies, whose) in [
            (&[("scan.pdf", "aa")][..], &["scan.pdf"][..]),
            (&[("甲局.pdf", "aa")], &["甲局.pdf"]),
            // Another file has taken the old name.
            (&[("甲局.pdf", "aa"), ("scan.pdf", "bb")], &["甲局.pdf"]),
            // The same file was sent again with other content.
            (&[("scan.pdf", "bb")], &["scan.pdf"]),
        ] {
            let matches = decided.matches(lies.iter().map(|&(path, hash)| (path, Some(hash))));
            assert_eq!(matches.keys().collect::<Vec<_>>(), whose, "{lies:?}");
        }
        decided.renamed("scan.pdf", "甲局.pdf");
        let matches = decided.matches([("甲局.pdf", Some("bb"))].into_iter());
        assert_eq!(matches.get("甲局.pdf").map(String::as_str), Some("甲局"));
        let undo = Decision { undoes: Some(1), ..decision(2, DecisionKind::Undo, "甲局.pdf", "aa", None) };
        decided.take(undo);
        assert_eq!(decided.matches([("甲局.pdf", Some("aa"))].into_iter()), Matches::new());
    }

    #[test]
    fn what_was_returned_stays_so_under_another_name_until_it_is_passed() {
        let returned = decision(1, DecisionKind::Return, "a.txt", "aa", None);
        let passed = decision(2, DecisionKind::Pass, "b.txt", "aa", None);
        let undone = Decision { undoes: Some(2), ..decision(3, DecisionKind::Undo, "b.txt", "aa", None) };
        let log = [returned, passed, undone];
        for (decisions, path, hash, stands) in [
            (1, "a.txt", "aa", true),
            (1, "b.txt", "aa", true),
            (1, "a.txt", "bb", false),
            (2, "b.txt", "aa", false),
            (3, "b.txt", "aa", true),
        ] {
            let decided = decided(&log[..decisions]);
            assert_eq!(decided.returned(None).find(path, Some(hash)).is_some(), stands, "{decisions} {path} {hash}");
        }
    }
}
