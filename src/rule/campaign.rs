//! What rules beyond one file are given: everything that was submitted, who must report, and last year's reports.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::finding::{Finding, Verdict};
use crate::report::Digest;
use crate::roster::Roster;

/// All submissions of a campaign, as the rules beyond one file see them.
#[derive(Clone, Debug)]
pub struct Campaign<'a> {
    /// What was submitted, in the order of paths.
    pub members: Vec<Member<'a>>,
    /// Who must report, if that is known.
    pub roster: Option<&'a Roster>,
    /// The report year of the campaign, where it is set.
    pub year: Option<i32>,
    /// The day by which reports are due, by unit of the roster; empty without a roster.
    pub due: Vec<Option<Date>>,
    /// Today.
    pub today: Date,
    /// The time zone in which a time of arrival becomes a day.
    pub zone: TimeZone,
}

/// One submission.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// Its path as shown.
    pub path: &'a str,
    /// BLAKE3 of its content, where it could be read.
    pub hash: Option<&'a str>,
    /// When it arrived.
    pub received: Timestamp,
    /// What the audit of the file alone comes to.
    pub verdict: Verdict,
    /// Its comparable content; `None` if no report could be made out.
    pub digest: Option<&'a Digest>,
    /// The unit of the roster it belongs to.
    pub unit: Option<usize>,
    /// The newer submission of the same agency and year that counts in its place, by index.
    pub superseded_by: Option<usize>,
    /// Last year's report of the same agency: this campaign's reports are compared with it.
    pub previous: Option<Previous<'a>>,
}

/// Last year's report of an agency.
#[derive(Clone, Copy, Debug)]
pub struct Previous<'a> {
    /// Where it lies, as shown.
    pub path: &'a str,
    /// Its comparable content.
    pub digest: &'a Digest,
}

/// Whom a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Whom {
    /// A submission, by its index among the members.
    Member(usize),
    /// A unit of the roster that has submitted nothing, by its index.
    Unit(usize),
}

/// A finding of a rule beyond one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// Whom it is about.
    pub whom: Whom,
    /// The finding.
    pub finding: Finding,
}

impl Campaign<'_> {
    /// The members that count: those nothing newer stands for, with their index.
    pub fn current(&self) -> impl Iterator<Item = (usize, &Member<'_>)> {
        self.members.iter().enumerate().filter(|(_, member)| member.superseded_by.is_none())
    }
}
