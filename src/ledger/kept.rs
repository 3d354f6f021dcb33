//! Audits as they are written into the ledger and read back. A change of this form needs nothing else: audits are
//! kept under the program that made them, and another program makes its own.

use serde::{Deserialize, Serialize};

use super::summary::Summary;
use crate::audit::Audit;

/// An audit with its brief, as written down.
#[derive(Serialize, Deserialize)]
struct Kept {
    audit: Audit,
    summary: Summary,
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
pub fn pack(audit: Audit, summary: Summary) -> Option<Vec<u8>> {
    postcard::to_stdvec(&Kept { audit, summary }).ok()
}

/// Reads an audit with its brief; `None` if it is not one of this program.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Option<(Audit, Summary)> {
    postcard::from_bytes(bytes).ok().map(|Kept { audit, summary }| (audit, summary))
}
