//! What no reader reads, turned into DOCX by an office program, where the operator has named one.

use std::path::Path;

use crate::text::Wording;

/// The document `bytes` as DOCX.
pub(super) fn to_docx(_office: &Path, _bytes: &[u8]) -> Result<Vec<u8>, Wording> {
    Err(Wording::default())
}
