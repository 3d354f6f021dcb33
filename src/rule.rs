//! What a rule is: its entry in the catalogue and the shape of its check. No rule stands here.

mod campaign;
mod standing;

use crate::finding::{Finding, Severity};
use crate::report::identity::Relation;
use crate::report::{CellRef, Report};
use crate::text::{Wording, Words};

pub use campaign::{Campaign, Member, Previous, Raised, Returned, Whom};
pub use standing::{Count, Standing, State, Totals};

/// One rule of the catalogue.
#[derive(Debug)]
pub struct Rule {
    /// Code, e.g. `REQ003`; never reused.
    pub code: &'static str,
    /// English name in kebab case.
    pub name: &'static str,
    /// Severity unless the check itself lowers it.
    pub severity: Severity,
    /// What it looks at.
    pub scope: Scope,
    /// What is wrong when it is broken, in a few words.
    pub title: Words,
    /// The manual page.
    pub manual: Manual,
    /// The check.
    pub check: Check,
}

impl Rule {
    /// The first three letters of the code.
    #[must_use]
    pub fn family(&self) -> &'static str {
        &self.code[..3]
    }
}

/// The manual page of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Manual {
    /// 依据: the law, the notice or the form it rests on.
    pub basis: Words,
    /// 条件: when it is broken.
    pub condition: Words,
    /// 例: a small example.
    pub example: &'static str,
    /// 怎么改: how to correct it.
    pub remedy: Words,
    /// 不管: what it deliberately does not flag.
    pub exempt: &'static str,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One file.
    File,
    /// One table.
    Table,
    /// The same agency's report of the year before.
    Years,
    /// Several agencies.
    Agencies,
    /// The inbox.
    Inbox,
}

/// How a rule is checked.
#[derive(Clone, Copy)]
pub enum Check {
    /// A pure function of one report.
    Report(fn(&Case<'_>) -> Assessment),
    /// A relation between the cells of a table, evaluated over each of its rows or columns.
    Relation(Relation),
    /// A pure function of everything submitted: the inbox, its roster, last year's reports.
    Campaign(fn(&Campaign<'_>) -> Vec<Raised>),
    /// Not by a function of a report: raised where files are opened.
    Intake,
}

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Report(_) => "Report",
            Self::Relation(_) => "Relation",
            Self::Campaign(_) => "Campaign",
            Self::Intake => "Intake",
        })
    }
}

/// What a rule is given.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The report.
    pub report: &'a Report,
    /// The lines of the file's rendering; line `n` is at index `n - 1`.
    pub lines: &'a [&'a str],
    /// Whether the text was extracted from pages (PDF, OFD): blanks and punctuation may be the extraction's.
    pub extracted: bool,
    /// The campaign's report year, from the configuration.
    pub campaign_year: Option<i32>,
    /// Wrong wordings and their corrections, from the configuration.
    pub confusions: &'a [(String, String)],
}

/// What a rule answers. No finding and nothing unassessed means it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// Where it is broken.
    pub findings: Vec<Finding>,
    /// What it could not judge, and why.
    pub unassessed: Vec<Unassessed>,
}

impl Assessment {
    /// Nothing wrong.
    #[must_use]
    pub fn holds() -> Self {
        Self::default()
    }

    /// Broken in one place.
    #[must_use]
    pub fn broken(finding: Finding) -> Self {
        Self { findings: vec![finding], unassessed: Vec::new() }
    }

    /// Not assessable as a whole.
    #[must_use]
    pub fn not_assessable(why: Wording) -> Self {
        Self { findings: Vec::new(), unassessed: vec![Unassessed { why, cells: Vec::new() }] }
    }
}

/// Something a rule could not judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unassessed {
    /// Why not.
    pub why: Wording,
    /// The cells that stand in the way.
    pub cells: Vec<CellRef>,
}
