//! Which entry is which row of the form: by likeness and order, across the pieces of a table.

use std::ops::Range;

use super::super::labels::Label;
use super::block::{Block, Cell};
use super::entries::{self, Entry};
use super::likeness::{self, LIKELY, SURE};
use crate::report::TableKind;

/// The pieces of one table with their rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Indices of the blocks, in order.
    pub(super) blocks: Vec<usize>,
    /// Their rows, in order; halves of one row joined.
    pub(super) rows: Vec<Row>,
}

/// A row as printed, and which row of the form it is.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its halves: one entry, or two where a page ends in it.
    pub(super) entries: Vec<Entry>,
    /// Index of its label among the labels, and how like it is; `None` for a row of no label.
    pub(super) label: Option<(usize, u32)>,
}

impl Row {
    /// Chinese characters and ordinal of its label.
    fn key(&self) -> (Vec<char>, u8) {
        let text = self.entries.iter().flat_map(|entry| entry.text.iter().copied()).collect();
        (text, self.entries.first().map_or(0, |entry| entry.ordinal))
    }

    /// The words of its label, without blanks and ordinal, as they are taken from a text.
    pub(super) fn words(&self) -> String {
        self.key().0.into_iter().collect()
    }

    /// Its halves in which anything stands; all of it, where nothing does.
    pub(super) fn telling(&self, blocks: &[Block]) -> Vec<&Entry> {
        let solid: Vec<&Entry> = self.entries.iter().filter(|entry| !entry.is_blank(&blocks[entry.block])).collect();
        if solid.is_empty() { self.entries.iter().collect() } else { solid }
    }

    /// Whether nothing stands beside its label.
    pub(super) fn is_blank(&self, blocks: &[Block]) -> bool {
        self.entries.iter().all(|entry| entry.is_blank(&blocks[entry.block]))
    }
}

/// The table of `kind` among `blocks` with the most rows; of equals the first. `None` if hardly any is there.
pub(super) fn find(
    blocks: &[Block],
    kind: TableKind,
    labels: &[Label],
    is_header: fn(&Cell) -> bool,
    least: usize,
) -> Option<Found> {
    // Each with the labels it has so far.
    let mut tables: Vec<(Found, Vec<usize>)> = Vec::new();
    for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block.kind == kind) {
        let entries = entries::entries(block, index, labels, is_header);
        let keys: Vec<_> = entries.iter().map(|entry| (entry.text.clone(), entry.ordinal)).collect();
        let known: Vec<usize> = likeness::in_order(&keys, labels)
            .into_iter()
            .flatten()
            .filter(|known| known.1 >= SURE)
            .map(|known| known.0)
            .collect();
        // What begins before the end of the table so far and repeats it is another table.
        let begins_anew = tables.last().is_none_or(|(_, so_far)| {
            let again = known.iter().filter(|label| so_far.contains(label)).count();
            // Two halves of one row are no repetition.
            let back = known.first().zip(so_far.iter().max()).is_some_and(|(first, last)| first < last || again > 1);
            back && again > 0 && (again * 2 >= known.len() || again * 2 >= so_far.len())
        });
        if begins_anew {
            tables.push((Found::default(), Vec::new()));
        }
        if let Some((table, so_far)) = tables.last_mut() {
            table.blocks.push(index);
            table.rows.extend(entries.into_iter().map(|entry| Row { entries: vec![entry], label: None }));
            so_far.extend(known);
        }
    }
    // Of equals the first: title and headings are taken from where a file begins. A form left empty counts less.
    let filled = |table: &Found| table.rows.iter().filter(|row| !row.is_blank(blocks)).count();
    let enough = tables.into_iter().rev().filter(|(_, known)| known.len() >= least);
    let (mut table, _) = enough.max_by_key(|(table, known)| (known.len(), filled(table)))?;
    join_halves(&mut table, blocks, labels);
    name(&mut table, labels);
    Some(table)
}

/// Joins rows that a page ends in: the label goes on in the next block.
fn join_halves(table: &mut Found, blocks: &[Block], labels: &[Label]) {
    let best = |text: &[char]| labels.iter().map(|label| likeness::likeness(text, label)).max().unwrap_or(0);
    let mut joined: Vec<Row> = Vec::with_capacity(table.rows.len());
    for row in table.rows.drain(..) {
        let Some(above) = joined.last_mut() else {
            joined.push(row);
            continue;
        };
        let other_block = above.entries[0].block != row.entries[0].block;
        let edge = above.entries[0].at_edge && row.entries[0].at_edge && above.entries.len() == 1;
        if !(other_block && edge) {
            joined.push(row);
            continue;
        }
        let (one, other) = (above.key().0, row.key().0);
        let whole: Vec<char> = one.iter().chain(&other).copied().collect();
        let goes_on = if above.is_blank(blocks) || row.is_blank(blocks) {
            // 4.无正当理由 / 大量反复申请: the second half alone would do for the label, but lacks its number.
            let numbered = above.key().1 != 0 && row.key().1 == 0;
            let fits = best(&whole) > best(&other) || numbered && best(&whole) == best(&other);
            best(&whole) >= best(&one) && fits && !one.is_empty() || other.is_empty() || other == one
        } else {
            // A figure may be cut by the page as its label is: then both halves have one, and neither is known.
            other.is_empty() || best(&whole) >= SURE && best(&whole) > best(&one).max(best(&other)) && !one.is_empty()
        };
        if goes_on {
            above.entries.extend(row.entries);
        } else {
            joined.push(row);
        }
    }
    table.rows = joined;
}

/// Gives every row its label.
fn name(table: &mut Found, labels: &[Label]) {
    let keys: Vec<_> = table.rows.iter().map(Row::key).collect();
    for (row, label) in table.rows.iter_mut().zip(likeness::in_order(&keys, labels)) {
        row.label = label;
    }
}

/// Rows without a label of the form between two that have one: by their count they may be the rows that are
/// missing there. Calls `fill` with the rows and with the labels that nothing is printed under.
pub(super) fn gaps(table: &Found, labels: &[Label], mut fill: impl FnMut(&[usize], &[usize])) {
    let is_value = |label: &usize| labels[*label].row.is_some() && !labels[*label].heads;
    let mut unnamed: Vec<usize> = Vec::new();
    let mut from = 0;
    let ends = table.rows.iter().map(|row| row.label.map(|(label, _)| label)).chain([Some(labels.len())]);
    for (index, label) in ends.enumerate() {
        match label {
            None => unnamed.push(index),
            Some(label) => {
                let missing: Vec<usize> = (from..label).filter(is_value).collect();
                if !unnamed.is_empty() || !missing.is_empty() {
                    fill(&unnamed, &missing);
                }
                unnamed.clear();
                from = label + 1;
            }
        }
    }
}

/// Where the label of a row stands, if it has one.
pub(super) fn place(row: &Row) -> Option<Range<usize>> {
    row.entries.iter().find_map(|entry| entry.label.clone())
}

/// Whether the words of a row may be those of a label that nothing else is printed under.
pub(super) fn may_be(row: &Row, label: &Label) -> u32 {
    let (text, ordinal) = row.key();
    let likeness = likeness::likeness(&text, label);
    let numbered = ordinal != 0 && ordinal == label.ordinal;
    if likeness >= LIKELY || text.is_empty() { 3 } else { likeness / 30 + u32::from(numbered) }
}
