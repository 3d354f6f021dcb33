//! Totals over the inbox. They add up: the verdicts and the waiting files are all the files.

use crate::finding::Verdict;

use super::Submission;

/// How many submissions have which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files in all.
    pub files: usize,
    /// With an error.
    pub noncompliant: usize,
    /// That could not be read.
    pub unreadable: usize,
    /// With warnings only.
    pub questionable: usize,
    /// Without error and warning.
    pub compliant: usize,
    /// On the roster, not received.
    pub missing: usize,
    /// Not yet audited.
    pub waiting: usize,
}

impl Tally {
    /// Counts `submissions`.
    pub fn of<'a>(submissions: impl Iterator<Item = &'a Submission>) -> Self {
        let mut tally = Self::default();
        for submission in submissions {
            tally.files += 1;
            *match submission.verdict() {
                Some(Verdict::Noncompliant) => &mut tally.noncompliant,
                Some(Verdict::Unreadable) => &mut tally.unreadable,
                Some(Verdict::Questionable) => &mut tally.questionable,
                Some(Verdict::Compliant) => &mut tally.compliant,
                Some(Verdict::Missing) => &mut tally.missing,
                None => &mut tally.waiting,
            } += 1;
        }
        tally
    }

    /// The count of one verdict; `None` asks for the files not yet audited.
    #[must_use]
    pub const fn count(&self, verdict: Option<Verdict>) -> usize {
        match verdict {
            Some(Verdict::Noncompliant) => self.noncompliant,
            Some(Verdict::Unreadable) => self.unreadable,
            Some(Verdict::Questionable) => self.questionable,
            Some(Verdict::Compliant) => self.compliant,
            Some(Verdict::Missing) => self.missing,
            None => self.waiting,
        }
    }
}
