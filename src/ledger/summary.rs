//! What the ledger holds of every audit, however many there are: enough to list, to search and to compare with
//! others. The audit itself, with its text, can be fetched when somebody opens it.

use serde::{Deserialize, Serialize};

use crate::audit::Audit;
use crate::finding::{Finding, Severity, Verdict};
use crate::report::Digest;

/// An audit in brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// BLAKE3 of the content, hexadecimal, where it could be read.
    pub hash: Option<String>,
    /// What the audit of the file alone comes to.
    pub verdict: Verdict,
    /// Its findings, in its order.
    pub findings: Vec<Finding>,
    /// Whether a report was made out at all: an interpretation, a notice or a picture is none.
    pub is_report: bool,
    /// What is compared with other reports; of a file that is no report, what its title says.
    pub digest: Digest,
    /// What a decision on the report rests on: its figures, and what is wrong with it. BLAKE3, hexadecimal.
    pub basis: String,
}

impl Summary {
    /// The brief of `audit`, which must not have been slimmed yet: prose and claims are compared too.
    #[must_use]
    pub fn of(audit: &Audit) -> Self {
        let digest = audit.digest();
        let is_report = digest.is_some();
        let digest = digest.or_else(|| audit.report.as_ref().map(Digest::of)).unwrap_or_default();
        Self {
            basis: basis(&digest, &audit.findings),
            hash: audit.file.as_ref().map(|file| file.hash.clone()),
            verdict: audit.verdict,
            findings: audit.findings.clone(),
            is_report,
            digest,
        }
    }

    /// Number of findings of `severity`.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// The figures of the tables and of the prose, and every error and warning, wherever in the file they stand.
fn basis(digest: &Digest, findings: &[Finding]) -> String {
    let mut hasher = blake3::Hasher::new();
    let agency = digest.agency.as_deref().unwrap_or_default();
    for &(at, value, _) in &digest.cells {
        hasher.update(format!("{at:?}{value:?}\n").as_bytes());
    }
    for stated in &digest.stated {
        hasher.update(format!("{:?}{}\n", stated.kind, stated.value).as_bytes());
    }
    let mut faults: Vec<String> = findings
        .iter()
        .filter(|finding| finding.severity > Severity::Note)
        .map(|finding| finding.fingerprint(agency))
        .collect();
    faults.sort_unstable();
    for fault in faults {
        hasher.update(fault.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}
