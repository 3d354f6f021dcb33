//! Rules beyond one file: a report against last year's, a government against its members, one body's prose against
//! another's.

mod cases;
mod county;
mod many;
mod years;

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use nianshen::audit::{Policy, audit_file};
use nianshen::finding::{Finding, Verdict};
use nianshen::report::Digest;
use nianshen::roster::{Roster, Unit};
use nianshen::rule::{Campaign, Member, Previous, Raised, Whom};
use nianshen::rules::compare;

/// What a text says, as it is compared.
fn read(text: &str) -> Digest {
    let audit = audit_file("年报.txt", text.as_bytes(), &Policy::default());
    Digest::of(&audit.report.unwrap())
}

/// A submission.
#[derive(Clone, Debug, Default)]
struct File {
    path: String,
    digest: Digest,
    /// Its unit of the roster.
    unit: Option<usize>,
    superseded_by: Option<usize>,
    previous: Option<Digest>,
}

impl File {
    fn new(path: &str, digest: Digest) -> Self {
        Self { path: path.to_owned(), digest, ..Self::default() }
    }

    fn member(&self) -> Member<'_> {
        Member {
            path: &self.path,
            hash: None,
            received: Timestamp::UNIX_EPOCH,
            verdict: Verdict::Compliant,
            agency: self.digest.agency.as_deref(),
            year: self.digest.year,
            digest: Some(&self.digest),
            findings: &[],
            returned: None,
            unit: self.unit,
            offered: Vec::new(),
            ambiguous: false,
            superseded_by: self.superseded_by,
            previous: self.previous.as_ref().map(|digest| Previous { path: "去年.txt", digest }),
        }
    }
}

/// An inbox.
#[derive(Clone, Debug, Default)]
struct Inbox {
    files: Vec<File>,
    roster: Option<Roster>,
}

impl Inbox {
    fn of(files: Vec<File>) -> Self {
        Self { files, roster: None }
    }

    /// A report and last year's.
    fn years(now: Digest, before: Digest) -> Self {
        Self::of(vec![File { previous: Some(before), ..File::new("今年.txt", now) }])
    }

    /// What the rules beyond one file find here; those on the inbox itself left out.
    fn raised(&self) -> Vec<Raised> {
        let campaign = Campaign {
            members: self.files.iter().map(File::member).collect(),
            roster: self.roster.as_ref(),
            year: None,
            due: self.roster.iter().flat_map(|roster| vec![None; roster.units.len()]).collect(),
            days_count: false,
            today: date(2025, 1, 20),
            zone: TimeZone::UTC,
        };
        let mut raised = compare(&campaign);
        raised.retain(|raised| !raised.finding.rule.starts_with("INB") && raised.finding.rule != "ORG001");
        raised
    }

    fn codes(&self) -> Vec<&'static str> {
        self.raised().iter().map(|raised| raised.finding.rule).collect()
    }

    /// What is found in the file with this index.
    fn findings(&self, index: usize) -> Vec<Finding> {
        let own = self.raised().into_iter().filter(|raised| raised.whom == Whom::Member(index));
        own.map(|raised| raised.finding).collect()
    }
}

/// A unit of the roster.
fn unit(agency: &str, parent: Option<usize>) -> Unit {
    Unit {
        agency: agency.to_owned(),
        aliases: Vec::new(),
        level: None,
        kind: None,
        parent,
        contact: None,
        due: None,
        exempt: None,
        line: 1,
    }
}

/// Findings as a person reads them.
fn told(raised: &[Raised]) -> String {
    let mut text = String::new();
    for Raised { finding, .. } in raised {
        let line = finding.at.map_or_else(|| "-".to_owned(), |at| at.line.to_string());
        writeln!(text, "  {} {:?} line {line}", finding.rule, finding.severity).unwrap();
        writeln!(text, "    {}\n    {}", finding.message.zh, finding.message.en).unwrap();
        let figures = [("expected", &finding.expected), ("actual", &finding.actual), ("evidence", &finding.evidence)];
        for (name, value) in figures {
            if let Some(value) = value {
                writeln!(text, "    {name}: {value}").unwrap();
            }
        }
    }
    text
}
