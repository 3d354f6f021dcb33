//! What lies in the inbox as a campaign: whose each submission is, which of several counts, and the report of the
//! year before. A pure function of what was submitted, of the roster and of what the operators decided.

mod group;
mod year;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::audit::Audit;
use crate::finding::{Finding, Verdict};
use crate::report::Digest;
use crate::roster::{Deadlines, Roster};
use crate::rule::{Campaign, Returned};

pub use crate::rule::{Count, Standing, State, Totals};

/// A submission as it arrived: of this campaign, or of last year's archive.
#[derive(Clone, Debug)]
pub struct Arrival<'a> {
    /// Its path as shown. Several versions of one file have the same.
    pub path: &'a str,
    /// BLAKE3 of its content, where it could be read.
    pub hash: Option<&'a str>,
    /// When it arrived.
    pub received: Timestamp,
    /// What the audit of the file alone comes to.
    pub verdict: Verdict,
    /// The agency its title names.
    pub agency: Option<&'a str>,
    /// The year its title names.
    pub year: Option<i32>,
    /// Its comparable content; `None` if no report could be made out ([`Audit::digest`]).
    pub digest: Option<&'a Digest>,
    /// What the audit of the file alone found.
    pub findings: &'a [Finding],
    /// That it was returned for correction, if it was.
    pub returned: Option<Returned>,
}

impl<'a> Arrival<'a> {
    /// The submission at `path`, by its audit. The digest was taken before the audit was slimmed.
    #[must_use]
    pub fn of(path: &'a str, received: Timestamp, audit: &'a Audit, digest: Option<&'a Digest>) -> Self {
        let report = audit.report.as_ref();
        Self {
            path,
            hash: audit.file.as_ref().map(|file| file.hash.as_str()),
            received,
            verdict: audit.verdict,
            agency: report.and_then(|report| report.agency.as_deref()),
            year: report.and_then(|report| report.year),
            digest,
            findings: &audit.findings,
            returned: None,
        }
    }
}

/// Whose submissions are, where an operator said so: the name of a unit, by the agency or by the path of a file.
pub type Matches = BTreeMap<String, String>;

/// What holds for the campaign as a whole.
#[derive(Clone, Debug)]
pub struct Terms<'a> {
    /// Who must report, if that is known.
    pub roster: Option<&'a Roster>,
    /// The local dates.
    pub deadlines: &'a Deadlines,
    /// The report year, where it is set.
    pub year: Option<i32>,
    /// Whose submissions are by the word of an operator.
    pub matches: &'a Matches,
    /// Today.
    pub today: Date,
    /// The time zone in which a time of arrival becomes a day.
    pub zone: TimeZone,
}

/// The campaign over what lies in the `inbox` and last year's `archive`. Its members stand in the order of paths,
/// those of one path in the order they arrived in.
#[must_use]
pub fn build<'a>(inbox: &[Arrival<'a>], archive: &[Arrival<'a>], terms: &Terms<'a>) -> Campaign<'a> {
    // Where nothing has arrived yet, those on a roster are to report on last year.
    let last_year = || terms.roster.map(|_| i32::from(terms.today.year()) - 1);
    let year = terms.year.or_else(|| year::shown(inbox, terms.today)).or_else(last_year);
    let due = terms
        .roster
        .map_or_else(Vec::new, |roster| roster.units.iter().map(|unit| terms.deadlines.due(unit, year)).collect());
    let members = group::members(inbox, archive, terms, year);
    let days_count = terms.year.is_some() || year == Some(i32::from(terms.today.year()) - 1);
    Campaign { members, roster: terms.roster, year, due, days_count, today: terms.today, zone: terms.zone.clone() }
}
