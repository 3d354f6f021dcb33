//! From a [`Document`] to a [`Report`]: the only place that guesses.

mod prose;
mod stream;
mod tables;

use super::Report;
use crate::document::Document;
use stream::Stream;

/// Understands a document. Cannot fail: what is unclear becomes a doubt, what is absent stays `None`.
#[must_use]
pub fn recognise(document: &Document) -> Report {
    let stream = Stream::of(document);
    let tables = tables::read(&stream);
    let mut report = prose::read(&stream, &tables.regions);
    report.edition = [&tables.proactive_disclosure, &tables.requests, &tables.disputes]
        .into_iter()
        .flatten()
        .map(|table| table.edition)
        .max();
    report.proactive_disclosure = tables.proactive_disclosure;
    report.requests = tables.requests;
    report.disputes = tables.disputes;
    report.doubts.extend(tables.doubts);
    report
}
