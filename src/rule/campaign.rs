//! What rules beyond one file are given: everything that was submitted, who must report, and last year's reports.

use std::collections::BTreeMap;

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
    /// The report year of the campaign: as it is set, else as the reports show it.
    pub year: Option<i32>,
    /// The day by which reports are due, by unit of the roster; empty without a roster.
    pub due: Vec<Option<Date>>,
    /// Whether the days on which reports arrived are held against the days of the law. Not so where the year was never
    /// set and is long past: the files have been copied since.
    pub days_count: bool,
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
    /// The agency its title names, even where no report could be made out.
    pub agency: Option<&'a str>,
    /// The year its title names, even where no report could be made out.
    pub year: Option<i32>,
    /// Its comparable content; `None` if no report could be made out.
    pub digest: Option<&'a Digest>,
    /// What the audit of the file alone found.
    pub findings: &'a [Finding],
    /// That it was returned for correction, if it was.
    pub returned: Option<Returned>,
    /// The unit of the roster it belongs to.
    pub unit: Option<usize>,
    /// The units it may belong to, likeliest first, where none is certain.
    pub offered: Vec<usize>,
    /// Whether it could be each of those offered, and not just something like them.
    pub ambiguous: bool,
    /// The newer submission of the same agency and year that counts in its place, by index. A newer one that cannot
    /// be read counts for nobody: what could be read counts in its place too.
    pub superseded_by: Option<usize>,
    /// Last year's report of the same agency: this campaign's reports are compared with it.
    pub previous: Option<Previous<'a>>,
}

/// That a submission was returned for correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Returned {
    /// When.
    pub on: Timestamp,
    /// The day by which it must be submitted again, if one was set.
    pub until: Option<Date>,
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

    /// The submissions of one agency for one year, by the one that counts; the first that arrived comes first.
    #[must_use]
    pub fn versions(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut versions: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, member) in self.members.iter().enumerate() {
            versions.entry(member.superseded_by.unwrap_or(index)).or_default().push(index);
        }
        for group in versions.values_mut() {
            group.sort_by_key(|&index| (self.members[index].received, index));
        }
        versions
    }

    /// The day on which `member` arrived.
    #[must_use]
    pub fn day(&self, member: &Member<'_>) -> Date {
        self.zone.to_datetime(member.received).date()
    }

    /// Whether `member` is a report for the year of this campaign, or does not say for which it is.
    #[must_use]
    pub fn is_of_this_year(&self, member: &Member<'_>) -> bool {
        self.year.is_none() || member.year.is_none() || member.year == self.year
    }
}
