//! The rows of a block that carry figures, or might: label and value cells.

use std::ops::Range;

use super::super::labels::Label;
use super::block::{Block, Cell};
use super::likeness::{LIKELY, likeness};

/// A row of a table as printed: a label, and what stands beside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// Which block it stands in.
    pub(super) block: usize,
    /// Chinese characters of its label.
    pub(super) text: Vec<char>,
    /// The digit printed before them, or 0.
    pub(super) ordinal: u8,
    /// Where its label stands in the stream; `None` if it has none.
    pub(super) label: Option<Range<usize>>,
    /// The rows of the sheet it takes.
    pub(super) rows: Range<usize>,
    /// For each of them its cells beside the label, left to right.
    pub(super) values: Vec<Vec<usize>>,
    /// Whether its row may go on in the next block, or began in the one before.
    pub(super) at_edge: bool,
}

impl Entry {
    /// Its cells, row after row.
    pub(super) fn cells<'a>(&'a self, block: &'a Block) -> impl Iterator<Item = &'a Cell> {
        self.values.iter().flatten().map(|&index| &block.cells[index])
    }

    /// Whether no figure, mark or word stands beside its label.
    pub(super) fn is_blank(&self, block: &Block) -> bool {
        self.cells(block).all(Cell::is_blank)
    }
}

/// The entries of `block`, which is the one at `index`. `is_header` tells a cell of the header.
pub(super) fn entries(block: &Block, index: usize, labels: &[Label], is_header: fn(&Cell) -> bool) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    // The label cell of the entry before.
    let mut open: Option<usize> = None;
    for row in block.rows.clone() {
        let header = block.beginning_in(row).any(is_header) && !block.beginning_in(row).any(Cell::is_figure);
        let Some((leaf, values)) = (!header).then(|| divide(block, row, labels)).flatten() else {
            open = None;
            continue;
        };
        if let (Some(label), Some(entry)) = (leaf, entries.last_mut())
            && open == leaf
        {
            debug_assert!(block.cells[label].rows.contains(&row));
            entry.rows.end = row + 1;
            entry.values.push(values);
            continue;
        }
        open = leaf;
        let label = leaf.map(|leaf| &block.cells[leaf]);
        entries.push(Entry {
            block: index,
            text: label.map(|label| label.text.clone()).unwrap_or_default(),
            ordinal: label.map_or(0, |label| label.ordinal),
            label: label.map(|label| label.range.clone()),
            rows: row..row + 1,
            values: vec![values],
            at_edge: false,
        });
    }
    entries.retain(|entry| entry.values.iter().any(|row| !row.is_empty()));
    if let Some(first) = entries.first_mut() {
        first.at_edge = true;
    }
    if let Some(last) = entries.last_mut() {
        last.at_edge = true;
    }
    entries
}

/// The label cell of a row and the cells beside it; `None` for a row without any value.
fn divide(block: &Block, row: usize, labels: &[Label]) -> Option<(Option<usize>, Vec<usize>)> {
    let kind = block.kind;
    let cells = block.row(row);
    let cell = |index: usize| &block.cells[index];
    let figure = cells.iter().position(|&index| cell(index).is_figure() && cell(index).rows.start == row);
    let before = &cells[..figure.unwrap_or(cells.len())];
    let is_known = |index: &usize| labels.iter().any(|label| likeness(&cell(*index).text, label) >= LIKELY);
    let texts = || before.iter().copied().filter(|&index| cell(index).is_text());
    // Words may stand where a figure belongs, but hardly longer ones; behind the label of a group they are the
    // label of a row the form does not have.
    let is_group =
        |index: usize| labels.iter().any(|label| label.heads && likeness(&cell(index).text, label) >= LIKELY);
    let width = labels.iter().filter_map(|label| label.row).filter_map(|row| kind.form().rows.get(row));
    let width = width.map(|row| row.columns.len()).max();
    let is_label = |index: &usize| {
        let behind = cells.iter().filter(|&&other| cell(other).columns.start >= cell(*index).columns.end).count();
        cell(*index).text.len() >= 4 || cell(*index).ordinal != 0 || Some(behind) >= width
    };
    let leaf = match texts().rfind(is_known) {
        Some(known) if is_group(known) => texts().rfind(is_label).or(Some(known)),
        known => known.or_else(|| texts().next_back()),
    };
    let Some(leaf) = leaf else {
        // Figures without a label.
        figure?;
        return Some((None, cells.to_vec()));
    };
    let spans = cell(leaf).rows.len() > 1;
    let heads = |label: &&Label| label.heads && likeness(&cell(leaf).text, label) >= LIKELY;
    if spans && labels.iter().find(heads).is_some() {
        // The label of a group: that of the row itself is lost, if the group has labels beside it at all.
        let inner = |other: &&Cell| {
            other.is_text()
                && other.columns.start >= cell(leaf).columns.end
                && cell(leaf).rows.contains(&other.rows.start)
                && labels.iter().any(|label| likeness(&other.text, label) >= LIKELY)
        };
        if let Some(child) = block.cells.iter().find(inner) {
            let end = child.columns.end;
            let values: Vec<usize> = cells.iter().copied().filter(|&index| cell(index).columns.start >= end).collect();
            return Some((None, values)).filter(|_| figure.is_some());
        }
        if cell(leaf).rows.start < row {
            let end = cell(leaf).columns.end;
            let values = cells.iter().copied().filter(|&index| cell(index).columns.start >= end).collect();
            return Some((None, values)).filter(|_| figure.is_some());
        }
    }
    let end = cell(leaf).columns.end;
    let values: Vec<usize> = cells.iter().copied().filter(|&index| cell(index).columns.start >= end).collect();
    (!values.is_empty()).then_some((Some(leaf), values))
}
