//! `audit`: the one function that `check` and `watch` share. Bytes in, [`Audit`] out; it cannot fail.

pub use crate::document::{Encoding, Format};
use crate::finding::{Finding, Severity, Verdict};
use crate::report::{CellRef, Report};
use crate::text::Wording;

/// Everything known about one submitted file after its audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// What the bytes turned out to be; `None` if they could not be read.
    pub file: Option<FileFacts>,
    /// The report, if one could be made out.
    pub report: Option<Report>,
    /// The verdict.
    pub verdict: Verdict,
    /// Findings: worst first, root causes before their consequences, then by place.
    pub findings: Vec<Finding>,
    /// What could not be judged, by rule.
    pub unassessed: Vec<Unassessed>,
    /// The lines of the file as text, for a source pane; line `n` is at index `n - 1`.
    pub lines: Vec<String>,
}

/// Facts about the file itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// Format by content.
    pub format: Format,
    /// Character encoding, where there is one.
    pub encoding: Option<Encoding>,
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3 of the content, hexadecimal.
    pub hash: String,
}

/// A rule that could not be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unassessed {
    /// Code of the rule.
    pub rule: &'static str,
    /// Why not.
    pub why: Wording,
    /// The cells that stand in the way.
    pub cells: Vec<CellRef>,
}

/// What the operator's configuration changes about an audit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The campaign's report year.
    pub year: Option<i32>,
    /// Codes or families to apply; empty means all.
    pub select: Vec<String>,
    /// Codes or families to leave out.
    pub ignore: Vec<String>,
    /// Severity by code.
    pub severity: Vec<(String, Severity)>,
}

impl Audit {
    /// Number of findings of `severity`; consequences folded under a root cause count too.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// Audits one file. Deterministic: the same bytes and policy give the same result.
#[must_use]
pub fn audit(bytes: &[u8], _policy: &Policy) -> Audit {
    match crate::document::open(bytes) {
        Ok(document) => {
            let report = crate::report::recognise::recognise(&document);
            Audit {
                file: Some(FileFacts {
                    format: document.format,
                    encoding: document.encoding,
                    bytes: document.bytes,
                    hash: document.hash,
                }),
                report: Some(report),
                verdict: Verdict::Compliant,
                findings: Vec::new(),
                unassessed: Vec::new(),
                lines: Vec::new(),
            }
        }
        Err(refusal) => refused(&refusal.reason),
    }
}

/// The audit of a file that could not be read at all (rule INB004).
#[must_use]
pub fn refused(reason: &Wording) -> Audit {
    Audit {
        file: None,
        report: None,
        verdict: Verdict::Unreadable,
        findings: vec![Finding::new("INB004", Severity::Error, reason.clone())],
        unassessed: Vec::new(),
        lines: Vec::new(),
    }
}
