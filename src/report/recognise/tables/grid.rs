//! The tables of a document whose cells are known: pages, web pages, word processors, workbooks.
//!
//! ```text
//! sheets ──► stretch ──► entries ──► columns ──► rows ──► requests, proactive, disputes
//! cells      rows that   label and   which cell  which    cells, rows,
//! with       belong to   its value   is which    row of   doubts
//! spans      a table     cells       column's    the form
//! ```
//!
//! Here the file itself says where a cell begins and ends, so labels and columns are certain wherever the grid is
//! sound, and figures are read as printed, right or wrong. A table may come in several pieces, with other columns
//! in each; a piece may begin in the middle of a row. Where the grid does not say which row or column a figure
//! belongs to, the cell is a doubt.

mod block;
mod columns;
mod disputes;
mod entries;
mod likeness;
mod proactive;
mod requests;
mod rows;
mod stretch;
mod table;
#[cfg(test)]
mod tests;
mod trial;
mod value;

use std::ops::Range;

use crate::report::recognise::stream::Stream;
use crate::report::{Doubt, Table};

/// A table as read, and the parts of the stream it takes.
#[derive(Clone, Debug)]
pub(super) struct GridReading {
    pub(super) table: Table,
    pub(super) regions: Vec<Range<usize>>,
    pub(super) doubts: Vec<Doubt>,
}

/// Reads the tables among the sheets of `stream`.
pub(super) fn read(stream: &Stream) -> Vec<GridReading> {
    if stream.sheets.is_empty() {
        return Vec::new();
    }
    let blocks = stretch::stretches(stream);
    let readings = [proactive::read(stream, &blocks), requests::read(stream, &blocks), disputes::read(stream, &blocks)];
    readings.into_iter().flatten().collect()
}
