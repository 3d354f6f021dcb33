//! From a [`Document`] to a [`Report`]: the only place that guesses.

use super::Report;
use crate::document::Document;

/// Understands a document. Cannot fail: what is unclear becomes a doubt, what is absent stays `None`.
#[must_use]
pub fn recognise(_document: &Document) -> Report {
    Report::default()
}
