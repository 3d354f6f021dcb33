//! From a [`Document`] to a [`Report`]: the only place that guesses.

mod confirmed;
mod hidden;
mod prose;
mod sequel;
mod stream;
mod tables;

use super::{Picture, Report, Source, Title};
use crate::document::{Block, Document, Place};
use stream::Stream;

/// Understands a document. Cannot fail: what is unclear becomes a doubt, what is absent stays `None`.
#[must_use]
pub fn recognise(document: &Document) -> Report {
    let (document, sequel) = sequel::part(document);
    let document = &*document;
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
    hidden::doubt(document, &mut report);
    report.pictures = pictures(document, &report);
    report.doubts.extend(sequel.iter().map(sequel::Sequel::doubt));
    report.sequel = sequel.map(|sequel| Title { text: sequel.text, source: sequel.source });
    report.recognised = document.recognised.clone();
    if report.recognised.is_any() {
        confirmed::doubt(&mut report);
    }
    report
}

/// The pictures, each with the part in which it stands.
fn pictures(document: &Document, report: &Report) -> Vec<Picture> {
    let pictures =
        document.blocks.iter().filter_map(|block| if let Block::Picture(it) = block { Some(it) } else { None });
    pictures
        .map(|picture| {
            let before = report.parts.iter().filter(|part| part.source.line < picture.number);
            Picture {
                part: before.max_by_key(|part| part.source).map_or(0, |part| part.number),
                caption: picture.caption.clone(),
                large: picture.large,
                page: if let Place::Page { page, .. } = picture.place { Some(page) } else { None },
                scan: picture.page,
                source: Source { line: picture.number, column: 1, end_line: picture.number, end_column: 2 },
            }
        })
        .collect()
}
