//! A web page saved with its parts (RFC 2557).

use super::{Document, Format, Refusal};

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where it is encrypted, damaged, or holds no text.
pub(super) fn open(_bytes: &[u8]) -> Result<Document, Refusal> {
    Err(Refusal { format: Some(Format::Mht), reason: super::sniff::Kind::Document(Format::Mht).unread() })
}
