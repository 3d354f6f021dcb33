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

use super::rival;
use crate::report::recognise::stream::Stream;
use crate::report::{Doubt, Table};
use block::Block;

/// A table as read, and the parts of the stream it takes.
#[derive(Clone, Debug)]
pub(super) struct GridReading {
    pub(super) table: Table,
    pub(super) regions: Vec<Range<usize>>,
    pub(super) doubts: Vec<Doubt>,
    /// Whether another table of its kind in the file says otherwise: no arithmetic tells which is meant.
    pub(super) rivalled: bool,
}

/// More tables of one kind in a file are not looked at.
const MOST_RIVALS: usize = 8;

/// Reads the tables among the sheets of `stream`.
pub(super) fn read(stream: &Stream) -> Vec<GridReading> {
    if stream.sheets.is_empty() {
        return Vec::new();
    }
    let blocks = stretch::stretches(stream);
    let readers = [proactive::read, requests::read, disputes::read];
    readers.into_iter().filter_map(|reader| alone(stream, &blocks, reader)).collect()
}

/// The table that `reader` finds, weighed against the others of its kind.
fn alone(
    stream: &Stream,
    blocks: &[Block],
    reader: fn(&Stream, &[Block]) -> Option<GridReading>,
) -> Option<GridReading> {
    let mut own = reader(stream, blocks)?;
    let mut rest = blocks.to_vec();
    for _ in 0..MOST_RIVALS {
        rest.retain(|block| !own.regions.contains(&block.region));
        let Some(other) = reader(stream, &rest).filter(|other| rival::is_whole(&other.table)) else { break };
        if let Some(doubt) = rival::dispute(&mut own.table, &other.table) {
            own.doubts.push(doubt);
            own.rivalled = true;
        }
        own.regions.extend(other.regions);
    }
    own.regions.sort_unstable_by_key(|region| region.start);
    Some(own)
}
