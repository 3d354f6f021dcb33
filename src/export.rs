//! What other programs and printers get: pure serialisers, one per format.
//!
//! Nothing here opens a file or knows a screen; every function turns audits into characters. The names
//! of keys are a published contract: an addition is free, a change is a break.

pub mod csv;
pub mod json;
pub mod sarif;
pub mod text;

use serde::Serialize;

use crate::audit::Audit;
use crate::finding::{Severity, Verdict};
use crate::rules;
use crate::text::{Lang, Words};

/// One audited file, as it is put out.
#[derive(Clone, Copy, Debug)]
pub struct Audited<'a> {
    /// Its path, as a person would type it.
    pub path: &'a str,
    /// What was found.
    pub audit: &'a Audit,
    /// Findings left out because a waiver covers them.
    pub waived: usize,
}

/// The numbers of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Summary {
    /// Files looked at.
    pub files: usize,
    /// Files in which a report was made out.
    pub reports: usize,
    /// Reports without error or warning.
    pub compliant: usize,
    /// Reports with warnings, without errors.
    pub questionable: usize,
    /// Reports with errors.
    pub noncompliant: usize,
    /// Files without a readable report.
    pub unreadable: usize,
    /// Agencies on the roster that have submitted nothing; they are no files.
    pub missing: usize,
    /// Findings by severity.
    pub findings: Findings,
    /// Findings left out because a waiver covers them.
    pub waived: usize,
}

/// Numbers of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "FindingCounts")]
pub struct Findings {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Notes.
    pub note: usize,
}

impl Summary {
    /// Counts one more file.
    pub fn add(&mut self, audited: Audited<'_>) {
        let is_file = audited.audit.verdict != Verdict::Missing;
        self.files += usize::from(is_file);
        self.reports += usize::from(is_file && audited.audit.report.is_some());
        match audited.audit.verdict {
            Verdict::Compliant => self.compliant += 1,
            Verdict::Questionable => self.questionable += 1,
            Verdict::Noncompliant => self.noncompliant += 1,
            Verdict::Unreadable => self.unreadable += 1,
            Verdict::Missing => self.missing += 1,
        }
        self.findings.error += audited.audit.count(Severity::Error);
        self.findings.warning += audited.audit.count(Severity::Warning);
        self.findings.note += audited.audit.count(Severity::Note);
        self.waived += audited.waived;
    }

    /// Whether anything was found at or above `severity`.
    #[must_use]
    pub const fn reaches(&self, severity: Severity) -> bool {
        let Findings { error, warning, note } = self.findings;
        match severity {
            Severity::Error => error > 0,
            Severity::Warning => error + warning > 0,
            Severity::Note => error + warning + note > 0,
        }
    }
}

/// The English name of the rule with this code; the code itself if it is in no catalogue.
pub(crate) fn rule_name(code: &'static str) -> &'static str {
    rules::find(code).map_or(code, |rule| rule.name)
}

/// A phrase of a rule's manual, where it has one.
pub(crate) fn manual(code: &str, phrase: fn(&crate::rule::Manual) -> Words, lang: Lang) -> Option<&'static str> {
    rules::find(code).map(|rule| phrase(&rule.manual).get(lang)).filter(|text| !text.is_empty())
}
