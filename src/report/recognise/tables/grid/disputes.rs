//! The table of part four from its pieces: blocks side by side, one under another, or set upright.

use std::ops::Range;

use super::super::{cell, unreadable};
use super::GridReading;
use super::block::{Block, Cell};
use super::columns::Slot;
use super::entries::Entry;
use crate::report::identity::{self, Assessment};
use crate::report::recognise::stream::Stream;
use crate::report::{CellRef, CellValue, Doubt, Edition, RowFound, Source, Table, TableKind};
use crate::text::Wording;

const GROUPS: usize = 3;
const OUTCOMES: usize = 5;
const CELLS: usize = GROUPS * OUTCOMES;

/// Which group and which outcome the words over a cell, or beside it, name.
type Hint = (Option<usize>, Option<usize>);

/// A value cell with what is said of it.
#[derive(Clone, Debug)]
struct Found {
    hint: Hint,
    /// What is said over each of its columns, where the header has several over it.
    over: Vec<Hint>,
    slot: Slot,
    range: Range<usize>,
    /// Which row of which block, in order.
    row: usize,
}

/// Reads the table from `blocks`.
pub(super) fn read(stream: &Stream, blocks: &[Block]) -> Option<GridReading> {
    // The last table with the most cells; a table that repeats what is there is another one.
    let mut best: Option<(Vec<usize>, Vec<Found>)> = None;
    let mut open: (Vec<usize>, Vec<Found>) = Default::default();
    let mut headed = false;
    for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block.kind == TableKind::Disputes) {
        let (cells, has_header) = values(block);
        if open.1.len() >= CELLS && has_header {
            keep(&mut best, std::mem::take(&mut open));
        }
        headed |= has_header;
        let rows = open.1.last().map_or(0, |last| last.row + 1);
        open.0.push(index);
        open.1.extend(cells.into_iter().map(|found| Found { row: found.row + rows, ..found }));
    }
    keep(&mut best, open);
    let (pieces, cells) = best.filter(|(_, cells)| headed && cells.len() >= OUTCOMES)?;
    let regions: Vec<Range<usize>> = pieces.iter().map(|&piece| blocks[piece].region.clone()).collect();
    Some(write(stream, regions, &cells))
}

fn keep(best: &mut Option<(Vec<usize>, Vec<Found>)>, table: (Vec<usize>, Vec<Found>)) {
    let count = |table: &(Vec<usize>, Vec<Found>)| table.1.len().min(CELLS);
    if !table.1.is_empty() && best.as_ref().is_none_or(|best| count(&table) >= count(best)) {
        *best = Some(table);
    }
}

/// The value cells of a block, and whether it has any of the header.
fn values(block: &Block) -> (Vec<Found>, bool) {
    let mut found = Vec::new();
    let width = block.columns.min(MOST_COLUMNS);
    let mut over = vec![String::new(); width];
    let mut in_header = false;
    let mut has_header = false;
    let upright = is_upright(block);
    let mut count = 0;
    for row in block.rows.clone() {
        let own: Vec<&Cell> = block.beginning_in(row).collect();
        let figures = own.iter().any(|cell| cell.is_figure());
        let header = own.iter().any(|cell| is_header(cell));
        has_header |= header;
        if header && !figures && !upright {
            if !in_header {
                over.iter_mut().for_each(String::clear);
            }
            in_header = true;
            // The name of a block whose merged cells were parted stands over the empty ones behind it.
            let mut block_name = String::new();
            for cell in own.iter().filter(|cell| cell.is_text() || cell.is_blank()) {
                let text: String = cell.text.iter().collect();
                if cell.is_text() {
                    block_name = if group(&text).is_some() { text.clone() } else { String::new() };
                }
                let text = if cell.is_text() { text } else { block_name.clone() };
                over.iter_mut().take(cell.columns.end).skip(cell.columns.start).for_each(|over| over.push_str(&text));
            }
            continue;
        }
        in_header = false;
        let texts: Vec<&Cell> =
            block.row(row).iter().map(|&index| &block.cells[index]).filter(|cell| cell.is_text()).collect();
        // A sentence below the table, or a row without any figure that has words of its own, is no row of it.
        if !figures
            && !upright
            && (own.len() < OUTCOMES || own.iter().any(|cell| cell.is_text() && cell.text.len() > 8))
        {
            continue;
        }
        let entry = Entry { rows: row..row + 1, ..Entry::default() };
        for cell in own.iter().filter(|cell| !cell.is_text() || !is_header(cell)) {
            let left: String = texts
                .iter()
                .filter(|text| text.columns.end <= cell.columns.start)
                .flat_map(|text| text.text.iter())
                .collect();
            let is_label = cell.is_text()
                && texts.iter().all(|text| text.columns.start <= cell.columns.start)
                && !own.iter().any(|other| other.is_figure() && other.columns.end <= cell.columns.start);
            if is_label || upright && outcome(&left).is_none() {
                continue;
            }
            let hints = over.iter().take(cell.columns.end).skip(cell.columns.start).map(|over| hint(over));
            let mut over: Vec<Hint> = Vec::new();
            for hint in hints.filter(|hint| *hint != Hint::default()) {
                match over.iter_mut().find(|known| agree(**known, hint)) {
                    Some(known) => *known = (known.0.or(hint.0), known.1.or(hint.1)),
                    None => over.push(hint),
                }
            }
            let beside = hint(&left);
            let hint = match over.as_slice() {
                [] => beside,
                [only] => (beside.0.or(only.0), beside.1.or(only.1)),
                _ => Hint::default(),
            };
            let slot = super::columns::slot(cell, &entry);
            found.push(Found { hint, over, slot, range: cell.range.clone(), row: count });
        }
        count += 1;
    }
    (found, has_header)
}

const MOST_COLUMNS: usize = 300;

/// Whether two hints may be of one cell.
fn agree(one: Hint, other: Hint) -> bool {
    let same = |one: Option<usize>, other: Option<usize>| one.zip(other).is_none_or(|(one, other)| one == other);
    same(one.0, other.0) && same(one.1, other.1)
}

impl Found {
    /// Whether it may be the cell of this group and outcome. Over a cell that lies under a limit of the header, as
    /// rulings drawn a hair's breadth apart make it, one of the words has to name them.
    fn may_be(&self, group: usize, outcome: usize) -> bool {
        let own = (Some(group), Some(outcome));
        if self.over.len() > 1 { self.over.iter().any(|over| agree(*over, own)) } else { agree(self.hint, own) }
    }

    /// What stands in it, where only the words over it tell which cell it is.
    fn slot_by_words(&self) -> Slot {
        let is_blank = matches!(&self.slot, Slot::Is(piece) if piece.value == CellValue::Blank);
        if self.over.len() > 1 && !is_blank { Slot::Doubt(self.range.clone()) } else { self.slot.clone() }
    }
}

fn is_header(cell: &Cell) -> bool {
    let text: String = cell.text.iter().collect();
    cell.is_text() && cell.text.len() <= 14 && hint(&text) != Hint::default()
        || cell.says(&["行政诉讼", "结果", "果", "尚未", "其他"])
}

/// Whether the outcomes stand one under another.
fn is_upright(block: &Block) -> bool {
    let cells = || block.cells.iter().filter(|cell| cell.is_text());
    let named = |cell: &&Cell| outcome(&cell.text.iter().collect::<String>()).is_some();
    let rows: std::collections::BTreeSet<usize> = cells().filter(named).map(|cell| cell.rows.start).collect();
    rows.len() >= CELLS - 3
}

fn hint(text: &str) -> Hint {
    (group(text), outcome(text))
}

fn group(text: &str) -> Option<usize> {
    let known = [&["未经复议", "直接起诉"][..], &["复议后", "经复议后"], &["行政复议"]];
    let at = known.iter().position(|words| words.iter().any(|word| text.contains(word)))?;
    Some([1, 2, 0][at])
}

fn outcome(text: &str) -> Option<usize> {
    let known = ["维持", "纠正", "其他结果", "审结", "总计"];
    known
        .iter()
        .position(|word| text.contains(word))
        .or_else(|| text.contains("其它结果").then_some(2))
        .or_else(|| (text.ends_with("其他") || text.ends_with("其他果")).then_some(2))
        .or_else(|| text.ends_with("合计").then_some(4))
}

/// The table from its value cells.
fn write(stream: &Stream, regions: Vec<Range<usize>>, cells: &[Found]) -> GridReading {
    let kind = TableKind::Disputes;
    let whole = regions.first().map_or(0, |first| first.start)..regions.last().map_or(0, |last| last.end);
    let source = stream.source(whole).unwrap_or(Source::START);
    let mut table = Table {
        kind,
        cells: vec![None; CELLS],
        rows: vec![RowFound::Printed { source }; GROUPS],
        extra: Vec::new(),
        trial: None,
        edition: Edition::Form2021,
        source,
    };
    let all = cells.iter().map(|cell| cell.range.start).min().unwrap_or(0)
        ..cells.iter().map(|cell| cell.range.end.max(cell.range.start + 1)).max().unwrap_or(0);
    let (slots, sure) = assign(cells);
    let mut doubtful = Vec::new();
    let lay = |slots: &[Option<Slot>], table: &mut Table, doubtful: &mut Vec<CellRef>| {
        for (index, slot) in slots.iter().enumerate() {
            let at = CellRef::new(kind, index / OUTCOMES, index % OUTCOMES);
            table.cells[at.index()] = match slot {
                Some(Slot::Is(piece)) => Some(cell(stream, piece)),
                Some(Slot::Absent) | None => None,
                Some(Slot::Doubt(range)) => {
                    doubtful.push(at);
                    Some(unreadable(stream, if range.is_empty() { all.clone() } else { range.clone() }))
                }
            };
        }
    };
    lay(&slots, &mut table, &mut doubtful);
    let holds = || identity::identities(&table).iter().all(|identity| identity.assess(&table) == Assessment::Holds);
    if !sure && !holds() {
        doubtful.clear();
        lay(&vec![Some(Slot::Doubt(all.clone())); CELLS], &mut table, &mut doubtful);
    }
    let mut doubts = Vec::new();
    if !doubtful.is_empty() {
        doubts.push(Doubt {
            message: Wording::new(
                format!("行政复议、行政诉讼表有 {} 格无法确定：合并了单元格，或与各栏对不上", doubtful.len()),
                format!(
                    "reconsideration and litigation: {} cells cannot be told: merged, or no column fits",
                    doubtful.len()
                ),
            ),
            table: Some(kind),
            cells: doubtful,
            source: stream.source(all).unwrap_or(source),
        });
    }
    GridReading { table, regions, doubts, rivalled: false }
}

/// The cells by group and outcome, and whether that is sure.
fn assign(cells: &[Found]) -> (Vec<Option<Slot>>, bool) {
    let mut slots: Vec<Option<Slot>> = vec![None; CELLS];
    let mut put = |index: usize, slot: Slot| {
        slots[index] = Some(match slots[index].take() {
            None => slot,
            Some(known) => known.joined(slot),
        });
    };
    let mut sure = true;
    let rows: Vec<usize> = {
        let mut rows: Vec<usize> = cells.iter().map(|cell| cell.row).collect();
        rows.dedup();
        rows
    };
    let complete = |row: &[&Found]| {
        let mut places: Vec<_> = row.iter().filter_map(|cell| cell.hint.0.zip(cell.hint.1)).collect();
        places.sort_unstable();
        places.dedup();
        places.len() == row.len()
    };
    // Groups that no word names, by their order.
    let mut next_group = 0;
    let mut upright: Vec<&Found> = Vec::new();
    for row in rows {
        let row: Vec<&Found> = cells.iter().filter(|cell| cell.row == row).collect();
        // As many cells as the form has, each under its own words, are these cells wherever the rulings stand.
        let in_order = |(index, cell): (usize, &&Found)| cell.may_be(index / OUTCOMES, index % OUTCOMES);
        if row.len() == CELLS && row.iter().enumerate().all(in_order) {
            row.iter().enumerate().for_each(|(index, cell)| put(index, cell.slot.clone()));
        } else if complete(&row) {
            for cell in &row {
                if let (Some(group), Some(outcome)) = cell.hint {
                    put(group * OUTCOMES + outcome, cell.slot.clone());
                    next_group = group + 1;
                }
            }
        } else if row.len() == OUTCOMES && next_group < GROUPS {
            let own = row.iter().find_map(|cell| cell.hint.0).unwrap_or(next_group);
            let fits = row.iter().enumerate().all(|(index, cell)| cell.may_be(own, index));
            sure &= fits;
            let slot = |cell: &Found| if fits { cell.slot.clone() } else { cell.slot_by_words() };
            row.iter().enumerate().for_each(|(index, cell)| put(own * OUTCOMES + index, slot(cell)));
            next_group = own + 1;
        } else if row.len() == CELLS {
            sure = false;
            row.iter().enumerate().for_each(|(index, cell)| put(index, cell.slot_by_words()));
        } else if let [only] = row.as_slice() {
            upright.push(only);
        } else if row.iter().any(|cell| !matches!(&cell.slot, Slot::Is(piece) if piece.value == CellValue::Blank)) {
            sure &= placed_by_hint(&row, &mut put);
        }
    }
    // Upright without words for the group: fifteen in order.
    if upright.len() == CELLS && upright.iter().enumerate().all(|(i, c)| c.hint.1.is_none_or(|o| o == i % OUTCOMES)) {
        upright.iter().enumerate().for_each(|(index, cell)| put(index, cell.slot_by_words()));
    } else if !upright.is_empty() {
        sure = false;
    }
    if slots.iter().any(Option::is_some) && slots.iter().any(Option::is_none) {
        sure &=
            slots.chunks(OUTCOMES).all(|group| group.iter().all(Option::is_some) || group.iter().all(Option::is_none));
    }
    (slots, sure)
}

/// Puts those cells whose place is named; cells too many or too wide are doubts. Whether all have a place.
fn placed_by_hint(row: &[&Found], put: &mut impl FnMut(usize, Slot)) -> bool {
    let mut all = true;
    let mut known = [false; CELLS];
    for cell in row {
        match cell.hint {
            (Some(group), Some(outcome)) => {
                known[group * OUTCOMES + outcome] = true;
                put(group * OUTCOMES + outcome, cell.slot_by_words());
            }
            _ => all &= matches!(&cell.slot, Slot::Is(piece) if piece.value == CellValue::Blank),
        }
    }
    all && known.iter().all(|known| *known)
}
