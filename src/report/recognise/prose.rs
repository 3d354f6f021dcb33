//! Everything but the tables: title, agency, year, period, parts, topics, sentences.

use std::ops::Range;

use super::stream::Stream;
use crate::report::Report;

/// Reads the running text of a document into a report that has no tables yet. `tables` are the ranges
/// of the stream that belong to tables.
pub(crate) fn read(_stream: &Stream, _tables: &[Range<usize>]) -> Report {
    Report::default()
}
