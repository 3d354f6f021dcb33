//! The versions of an agency's report, and what the newest changed.

use std::collections::HashMap;
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
    /// When it was first seen.
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
    /// Findings of the earlier version that are still there.
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
        let mut unmatched: HashMap<_, usize> = HashMap::new();
        for finding in &after {
            *unmatched.entry(key(finding)).or_default() += 1;
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
        let mut kept: HashMap<_, usize> = HashMap::new();
        for finding in before {
            let key = key(&finding);
            match unmatched.get_mut(&key).filter(|count| **count > 0) {
                Some(count) => {
                    *count -= 1;
                    *kept.entry(key).or_default() += 1;
                    step.left.push(finding);
                }
                None => step.corrected.push(finding),
            }
        }
        for finding in after {
            match kept.get_mut(&key(&finding)).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => step.added.push(finding),
            }
        }
        step
    }
}
