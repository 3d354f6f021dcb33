//! Audits as they are written into the ledger and read back.
//!
//! An audit is kept in the form of the program that made it: another program makes its own, for its rules differ.
//! What is compared with next year's report is kept in words of its own beside it, which later programs read too.

use serde::{Deserialize, Serialize};

use super::summary::Summary;
use crate::audit::Audit;
use crate::report::Digest;

/// An audit as written down. The outer form never changes.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// The audit and its brief, in the form of the program that made them.
    own: Vec<u8>,
    /// What is compared, as JSON; empty for a file that is no report.
    digest: Vec<u8>,
}

/// Writes a brief; `None` if it cannot be written.
#[must_use]
pub fn pack_summary(summary: &Summary) -> Option<Vec<u8>> {
    postcard::to_stdvec(summary).ok()
}

/// Reads a brief; `None` if it is not one of this program.
#[must_use]
pub fn unpack_summary(bytes: &[u8]) -> Option<Summary> {
    postcard::from_bytes(bytes).ok()
}

/// Writes an audit with its brief; `None` if it cannot be written.
#[must_use]
pub fn pack(audit: &Audit, summary: &Summary) -> Option<Vec<u8>> {
    let own = postcard::to_stdvec(&(audit, summary)).ok()?;
    let digest = if summary.is_report { serde_json::to_vec(&summary.digest).ok()? } else { Vec::new() };
    postcard::to_stdvec(&Kept { own, digest }).ok()
}

/// Reads an audit with its brief; `None` if it is not one of this program.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Option<(Audit, Summary)> {
    let kept: Kept = postcard::from_bytes(bytes).ok()?;
    postcard::from_bytes(&kept.own).ok()
}

/// Reads what is compared, whichever program wrote it; `None` for what is no report.
#[must_use]
pub fn unpack_digest(bytes: &[u8]) -> Option<Digest> {
    let kept: Kept = postcard::from_bytes(bytes).ok()?;
    serde_json::from_slice(&kept.digest).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Policy, audit_file};

    #[test]
    fn what_went_in_comes_out() {
        let text = include_str!("../../samples/complete/青溪县数据局2024.txt");
        let mut audit = audit_file("a.txt", text.as_bytes(), &Policy::default());
        let summary = Summary::of(&audit);
        audit.slim();
        let bytes = pack(&audit, &summary).unwrap();
        assert_eq!(unpack(&bytes), Some((audit, summary.clone())));
        assert_eq!(unpack_digest(&bytes), Some(summary.digest.clone()));
        assert_eq!(unpack_summary(&pack_summary(&summary).unwrap()), Some(summary));
    }

    #[test]
    fn what_a_later_program_adds_or_leaves_out_does_not_matter() {
        let kept =
            Kept { own: b"of another program".to_vec(), digest: br#"{"agency":"x","year":2024,"new":1}"#.to_vec() };
        let bytes = postcard::to_stdvec(&kept).unwrap();
        assert_eq!(unpack(&bytes), None);
        assert_eq!(unpack_digest(&bytes).unwrap().year, Some(2024));
    }
}
