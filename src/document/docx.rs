//! Office Open XML text (ECMA-376).

use super::{Document, Format, Refusal};

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where it is encrypted, damaged, or holds no text.
pub(super) fn open(_bytes: &[u8]) -> Result<Document, Refusal> {
    Err(Refusal { format: Some(Format::Docx), reason: super::sniff::Kind::Document(Format::Docx).unread() })
}
