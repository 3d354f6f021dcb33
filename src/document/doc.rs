//! The binary format of Word 97 to 2003 (MS-DOC), and of WPS.

use super::{Document, Format, Refusal};

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where it is encrypted, damaged, or holds no text.
pub(super) fn open(_bytes: &[u8]) -> Result<Document, Refusal> {
    Err(Refusal { format: Some(Format::Doc), reason: super::sniff::Kind::Document(Format::Doc).unread() })
}
