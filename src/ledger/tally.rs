//! Totals over the inbox. They add up: the classes are all the rows.

use crate::finding::Verdict;

use super::Submission;

/// What a row of the ledger counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// It has this verdict.
    Judged(Verdict),
    /// Not yet audited.
    Waiting,
    /// Not received, and not yet due.
    Awaited,
}

impl Class {
    /// All, as the totals list them.
    pub const ALL: [Self; 7] = [
        Self::Judged(Verdict::Noncompliant),
        Self::Judged(Verdict::Unreadable),
        Self::Judged(Verdict::Questionable),
        Self::Judged(Verdict::Compliant),
        Self::Judged(Verdict::Missing),
        Self::Waiting,
        Self::Awaited,
    ];
}

/// How many submissions count as what. Versions that a newer one stands for are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows in all.
    pub rows: usize,
    /// Files that nothing newer stands for.
    pub files: usize,
    /// Files that a newer version stands for.
    pub superseded: usize,
    /// Files that lie beside a report and are no version of it that can be read.
    pub beside: usize,
    counts: [usize; Class::ALL.len()],
}

impl Tally {
    /// Counts `submissions`.
    pub fn of<'a>(submissions: impl Iterator<Item = &'a Submission>) -> Self {
        let mut tally = Self::default();
        for submission in submissions {
            if submission.is_beside() {
                tally.beside += 1;
                continue;
            }
            if submission.standing.superseded_by.is_some() {
                tally.superseded += 1;
                continue;
            }
            tally.rows += 1;
            tally.files += usize::from(submission.expected.is_none());
            let class = submission.class();
            if let Some(at) = Class::ALL.iter().position(|&known| known == class) {
                tally.counts[at] += 1;
            }
        }
        tally
    }

    /// How many there are of `class`.
    #[must_use]
    pub fn count(&self, class: Class) -> usize {
        Class::ALL.iter().position(|&known| known == class).map_or(0, |at| self.counts[at])
    }

    /// How many have `verdict`.
    #[must_use]
    pub fn judged(&self, verdict: Verdict) -> usize {
        self.count(Class::Judged(verdict))
    }
}
