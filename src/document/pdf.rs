//! Portable Document Format (ISO 32000).

use super::{Document, Format, Refusal};

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where it is encrypted, damaged, or holds no text.
pub(super) fn open(_bytes: &[u8]) -> Result<Document, Refusal> {
    Err(Refusal { format: Some(Format::Pdf), reason: super::sniff::Kind::Document(Format::Pdf).unread() })
}
