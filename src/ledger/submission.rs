//! One row of the ledger: a file of the inbox with its latest audit, or a unit that is expected to report.

use std::sync::Arc;

use jiff::Timestamp;

use super::standing::{Expected, Standing};
use super::store::UnitKey;
use super::summary::Summary;
use super::tally::Class;
use crate::audit::{Audit, verdict_with};
use crate::finding::{Finding, Severity, Verdict};
use crate::text::Lang;

/// One file of the inbox and what its latest audit says, or a unit from which nothing has arrived.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Path below the inbox; of a unit that is expected, where the roster names it.
    pub path: Arc<str>,
    /// The path under which decisions about it are kept where it names no agency: that at which it was decided on.
    pub(super) decided_as: Arc<str>,
    /// When its content arrived; `None` before the first audit.
    pub received: Option<Timestamp>,
    /// Its latest audit in brief; `None` before the first.
    pub summary: Option<Arc<Summary>>,
    /// That audit in full, where it is kept here; otherwise it can be asked for.
    pub audit: Option<Arc<Audit>>,
    /// The unit that is expected to report, where nothing has arrived.
    pub expected: Option<Arc<Expected>>,
    /// Where it stands among the others.
    pub standing: Standing,
    /// Whether it waits for an audit, the first or another.
    pub pending: bool,
    /// Whether it is still arriving.
    pub receiving: bool,
    /// Number of errors.
    pub errors: usize,
    /// Number of warnings.
    pub warnings: usize,
    /// Number of notes.
    pub notes: usize,
    /// The name as it sorts: GB 18030 puts the common characters in the order of their pinyin.
    pub(super) collation: Vec<u8>,
    /// What a search looks through: agency, path, codes of the findings; one a line.
    pub haystack: String,
}

impl Submission {
    /// A file that was seen and not yet audited.
    pub(super) fn waiting(path: Arc<str>) -> Self {
        let mut submission = Self {
            decided_as: Arc::clone(&path),
            path,
            received: None,
            summary: None,
            audit: None,
            expected: None,
            standing: Standing::default(),
            pending: true,
            receiving: false,
            errors: 0,
            warnings: 0,
            notes: 0,
            collation: Vec::new(),
            haystack: String::new(),
        };
        submission.index();
        submission
    }

    /// A file with its audit.
    pub(super) fn audited(
        path: Arc<str>,
        received: Timestamp,
        summary: Arc<Summary>,
        audit: Option<Arc<Audit>>,
        standing: Standing,
    ) -> Self {
        let waiting = Self::waiting(path);
        let summary = Some(summary);
        let mut submission = Self { received: Some(received), pending: false, summary, audit, standing, ..waiting };
        submission.index();
        submission
    }

    /// A unit from which nothing has arrived.
    pub(super) fn expected(expected: Expected) -> Self {
        let mut submission = Self::waiting(Arc::clone(&expected.at));
        submission.pending = false;
        submission.expected = Some(Arc::new(expected));
        submission.index();
        submission
    }

    /// The same file under another name.
    pub(super) fn renamed(self, path: Arc<str>) -> Self {
        let mut submission = Self { decided_as: Arc::clone(&path), path, ..self };
        submission.index();
        submission
    }

    /// Takes in where it stands among the others.
    pub(super) fn place(&mut self, standing: Standing) {
        if self.standing != standing {
            self.standing = standing;
            self.index();
        }
    }

    /// Whether it lies beside its agency's report without being a version of it that can be read: an interpretation, a
    /// picture, a scan.
    #[must_use]
    pub fn is_beside(&self) -> bool {
        let is_none = |summary: &Arc<Summary>| !summary.is_report || summary.verdict == Verdict::Unreadable;
        self.standing.superseded_by.is_some() && self.summary.as_ref().is_some_and(is_none)
    }

    /// Everything found: by the rules for one file, then by those beyond it.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        let own = self.summary.iter().flat_map(|summary| &summary.findings);
        let expected = self.expected.iter().flat_map(|expected| &expected.findings);
        own.chain(&self.standing.raised).chain(expected)
    }

    /// The verdict; `None` before the first audit, and of a unit whose date has not come.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        if let Some(expected) = &self.expected {
            return expected.is_missing.then_some(Verdict::Missing);
        }
        Some(verdict_with(self.summary.as_ref()?.verdict, &self.standing.raised))
    }

    /// What it counts as.
    #[must_use]
    pub fn class(&self) -> Class {
        match (&self.expected, self.verdict()) {
            (_, Some(verdict)) => Class::Judged(verdict),
            (Some(_), None) => Class::Awaited,
            (None, None) => Class::Waiting,
        }
    }

    /// The agency its title names.
    #[must_use]
    pub fn agency(&self) -> Option<&str> {
        match &self.expected {
            Some(expected) => Some(&expected.agency),
            None => self.summary.as_ref()?.digest.agency.as_deref(),
        }
    }

    /// The year its title names.
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        match &self.expected {
            Some(expected) => expected.year,
            None => self.summary.as_ref()?.digest.year,
        }
    }

    /// What decisions about it are kept under: the unit of the roster, else the agency, else the file; and the year.
    #[must_use]
    pub fn unit(&self) -> UnitKey {
        let agency = self.standing.unit.as_deref().or_else(|| self.agency()).unwrap_or(&self.decided_as);
        UnitKey { agency: agency.to_owned(), year: self.year() }
    }

    /// The same by what the file alone says of itself.
    #[must_use]
    pub fn own_unit(&self) -> UnitKey {
        UnitKey { agency: self.agency().unwrap_or(&self.decided_as).to_owned(), year: self.year() }
    }

    /// The last component of its path.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// What a person would call it: the agency or, when that is unknown, the file.
    #[must_use]
    pub fn name(&self) -> &str {
        self.agency().unwrap_or_else(|| self.file_name())
    }

    /// The words of its verdict in both languages, for searching.
    #[must_use]
    pub fn verdict_words(&self) -> [&'static str; 2] {
        self.verdict().map_or(["", ""], |verdict| [verdict.words().get(Lang::Zh), verdict.words().get(Lang::En)])
    }

    /// Prepares what sorting and searching look at, so that neither does it once per comparison.
    fn index(&mut self) {
        let count = |severity| self.findings().filter(|finding| finding.severity == severity).count();
        [self.errors, self.warnings, self.notes] = [Severity::Error, Severity::Warning, Severity::Note].map(count);
        self.collation = encoding_rs::GB18030.encode(self.name()).0.into_owned();
        self.haystack = self.searchable();
    }

    fn searchable(&self) -> String {
        let mut text = format!("{}\n{}", self.agency().unwrap_or_default(), self.path);
        let mut last = "";
        for finding in self.findings() {
            if finding.rule != last {
                text.push('\n');
                text.push_str(finding.rule);
                last = finding.rule;
            }
        }
        text
    }
}
