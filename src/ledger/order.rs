//! The order in which submissions are listed.

use std::cmp::Ordering;

use super::{State, Submission};

/// What submissions are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// Worst verdict first, then most errors, then most warnings.
    #[default]
    Verdict,
    /// Name of the agency, in the order of its pinyin.
    Agency,
    /// Report year.
    Year,
    /// Number of errors, most first.
    Errors,
    /// Number of warnings, most first.
    Warnings,
    /// Path of the file.
    File,
    /// Time of arrival, latest first.
    Received,
    /// What operators decided: returned, to be looked at again, undecided, passed.
    Handling,
}

impl SortKey {
    /// All, in the order of the columns.
    pub const ALL: [Self; 8] = [
        Self::Verdict,
        Self::Agency,
        Self::Year,
        Self::Errors,
        Self::Warnings,
        Self::File,
        Self::Received,
        Self::Handling,
    ];

    /// The key `steps` columns further, around the end.
    #[must_use]
    pub fn step(self, steps: usize) -> Self {
        let at = Self::ALL.iter().position(|&key| key == self).unwrap_or(0);
        Self::ALL[(at + steps) % Self::ALL.len()]
    }
}

/// A sort key and its direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Order {
    /// What is sorted by.
    pub key: SortKey,
    /// Whether the natural order of the key is turned round.
    pub reversed: bool,
}

impl Order {
    /// Compares two submissions. Ties are broken by severity, then by path, so that the order is
    /// total and rows never change places by themselves.
    #[must_use]
    pub fn compare(self, (state_a, a): (State, &Submission), (state_b, b): (State, &Submission)) -> Ordering {
        let by_key = match self.key {
            SortKey::Verdict => worst_first(a, b),
            SortKey::Agency => a.collation.cmp(&b.collation),
            SortKey::Year => b.year().cmp(&a.year()),
            SortKey::Errors => b.errors.cmp(&a.errors),
            SortKey::Warnings => b.warnings.cmp(&a.warnings),
            SortKey::File => a.path.cmp(&b.path),
            SortKey::Received => b.received.cmp(&a.received),
            SortKey::Handling => state_a.cmp(&state_b),
        };
        let by_key = if self.reversed { by_key.reverse() } else { by_key };
        by_key.then_with(|| worst_first(a, b)).then_with(|| a.path.cmp(&b.path))
    }
}

/// Worst verdict first, then files not yet audited, then who has not reported and need not yet; among equals the most errors, then warnings.
fn worst_first(a: &Submission, b: &Submission) -> Ordering {
    let rank = |submission: &Submission| (submission.class(), submission.verdict());
    rank(a).cmp(&rank(b)).then_with(|| b.errors.cmp(&a.errors)).then_with(|| b.warnings.cmp(&a.warnings))
}
