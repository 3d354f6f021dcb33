//! The versions of an agency's report, and what the newest changed.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;

use super::store::UnitKey;
use super::summary::Summary;
use crate::finding::{Finding, Severity};
use crate::report::Digest;
use crate::report::changes::{CellChange, SentenceChange, changes};

/// What is known of an agency's report on a year, oldest version first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The agency and year.
    pub unit: Option<UnitKey>,
    /// Every version.
    pub versions: Vec<Edition>,
    /// What the newest version changed against the one before; `None` where there is only one.
    pub step: Option<Step>,
}

/// One version of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Where it lay.
    pub path: String,
    /// When it arrived, as it is held against the day by which it was due.
    pub at: Timestamp,
    /// Its audit in brief, where that is still kept.
    pub summary: Option<Arc<Summary>>,
    /// The version, from 1, whose bytes it repeats.
    pub repeats: Option<usize>,
    /// Whether it still lies there.
    pub present: bool,
}

/// From one version to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Findings of the earlier version that are gone.
    pub corrected: Vec<Finding>,
    /// Findings of the earlier version that are still there, as they are now.
    pub left: Vec<Finding>,
    /// Findings that are new.
    pub added: Vec<Finding>,
    /// Cells that differ, in the form's order.
    pub cells: Vec<CellChange>,
    /// Sentences that differ: as they were and as they are.
    pub sentences: Vec<(Option<String>, Option<String>)>,
}

impl Step {
    /// What changed from `old` to `new` in the report of `unit`. Notes are not counted: nobody is asked to correct them.
    #[must_use]
    pub fn between(old: &Summary, new: &Summary, unit: &UnitKey) -> Self {
        let asked = |summary: &Summary| -> Vec<Finding> {
            summary.findings.iter().filter(|finding| finding.severity > Severity::Note).cloned().collect()
        };
        // Of one rule at one cell, or about one passage, other figures are still the same fault.
        let key = |finding: &Finding| {
            (finding.rule, finding.cell, finding.cell.is_none().then(|| finding.fingerprint(&unit.agency)))
        };
        let (before, after) = (asked(old), asked(new));
        let mut present: HashMap<_, VecDeque<usize>> = HashMap::new();
        for (at, finding) in after.iter().enumerate() {
            present.entry(key(finding)).or_default().push_back(at);
        }
        let changes = changes(&old.digest, &new.digest);
        let text = |digest: &Digest, at: usize| digest.passages.get(at).map(|passage| passage.text.clone());
        let sentence = |change: &SentenceChange| match *change {
            SentenceChange::Changed { before, after } => (text(&old.digest, before), text(&new.digest, after)),
            SentenceChange::Added { after } => (None, text(&new.digest, after)),
            SentenceChange::Removed { before } => (text(&old.digest, before), None),
        };
        let sentences = changes.sentences.iter().map(sentence).collect();
        let mut step = Self { cells: changes.cells, sentences, ..Self::default() };
        let mut left = BTreeSet::new();
        for finding in before {
            match present.get_mut(&key(&finding)).and_then(VecDeque::pop_front) {
                // Its figures may be others now.
                Some(at) => {
                    left.insert(at);
                    step.left.push(after[at].clone());
                }
                None => step.corrected.push(finding),
            }
        }
        let added = after.into_iter().enumerate().filter(|(at, _)| !left.contains(at));
        step.added = added.map(|(_, finding)| finding).collect();
        step
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Verdict;
    use crate::report::{CellRef, TableKind};
    use crate::text::Wording;

    fn summary(findings: &[(&'static str, usize, &str)]) -> Summary {
        let finding = |&(rule, row, message): &(&'static str, usize, &str)| Finding {
            cell: Some(CellRef::new(TableKind::Requests, row, 0)),
            ..Finding::new(rule, Severity::Error, Wording::new(message, message))
        };
        Summary {
            hash: None,
            verdict: Verdict::Noncompliant,
            findings: findings.iter().map(finding).collect(),
            is_report: true,
            digest: Digest::default(),
            basis: String::new(),
        }
    }

    #[test]
    fn what_is_left_is_quoted_as_it_is_now() {
        let old = summary(&[("REQ003", 1, "off by 9"), ("REQ003", 2, "off by 2"), ("REQ002", 1, "off by 1")]);
        let new = summary(&[("REQ001", 3, "new"), ("REQ003", 1, "off by 4"), ("REQ003", 1, "twice")]);
        let unit = UnitKey { agency: "甲局".to_owned(), year: Some(2024) };
        let step = Step::between(&old, &new, &unit);
        let told = |findings: &[Finding]| findings.iter().map(|finding| finding.message.en.clone()).collect::<Vec<_>>();
        assert_eq!(told(&step.left), ["off by 4"]);
        assert_eq!(told(&step.corrected), ["off by 2", "off by 1"]);
        assert_eq!(told(&step.added), ["new", "twice"]);
    }
}
