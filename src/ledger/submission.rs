//! One file of the inbox with its latest audit.

use std::sync::Arc;

use jiff::Timestamp;

use crate::audit::Audit;
use crate::finding::{Severity, Verdict};
use crate::text::Lang;

/// One file of the inbox and what its latest audit says.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Path below the inbox.
    pub path: Arc<str>,
    /// When its content arrived; `None` before the first audit.
    pub received: Option<Timestamp>,
    /// Its latest audit; `None` before the first.
    pub audit: Option<Arc<Audit>>,
    /// Whether it waits for an audit, the first or another.
    pub pending: bool,
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
            path,
            received: None,
            audit: None,
            pending: true,
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
    pub(super) fn audited(path: Arc<str>, received: Timestamp, audit: Arc<Audit>) -> Self {
        let mut submission = Self {
            received: Some(received),
            pending: false,
            errors: audit.count(Severity::Error),
            warnings: audit.count(Severity::Warning),
            notes: audit.count(Severity::Note),
            audit: Some(audit),
            ..Self::waiting(path)
        };
        submission.index();
        submission
    }

    /// The same file under another name.
    pub(super) fn renamed(self, path: Arc<str>) -> Self {
        let mut submission = Self { path, ..self };
        submission.index();
        submission
    }

    /// The verdict; `None` before the first audit.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        self.audit.as_ref().map(|audit| audit.verdict)
    }

    /// The agency its title names.
    #[must_use]
    pub fn agency(&self) -> Option<&str> {
        self.audit.as_ref()?.report.as_ref()?.agency.as_deref()
    }

    /// The year its title names.
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        self.audit.as_ref()?.report.as_ref()?.year
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
        self.collation = encoding_rs::GB18030.encode(self.name()).0.into_owned();
        self.haystack = self.searchable();
    }

    fn searchable(&self) -> String {
        let mut text = format!("{}\n{}", self.agency().unwrap_or_default(), self.path);
        let mut last = "";
        for finding in self.audit.iter().flat_map(|audit| &audit.findings) {
            if finding.rule != last {
                text.push('\n');
                text.push_str(finding.rule);
                last = finding.rule;
            }
        }
        text
    }
}
