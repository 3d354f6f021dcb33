//! The table of part two from its pieces.

use std::ops::Range;

use super::super::{edition, labels};
use super::GridReading;
use super::block::{Block, Cell};
use super::columns::{self, Columns, Slot, joined, single};
use super::entries::Entry;
use super::rows::{self, Row};
use super::table::Writer;
use crate::report::recognise::stream::Stream;
use crate::report::{Edition, TableKind};

/// Words of the header by which the columns of rules and documents are known.
const STOCK: [&[&str]; 3] = [&["制发"], &["废止"], &["有效"]];

/// Fewer labels are no table.
const LEAST: usize = 3;

/// Reads the table from `blocks`.
pub(super) fn read(stream: &Stream, blocks: &[Block]) -> Option<GridReading> {
    let kind = TableKind::ProactiveDisclosure;
    let form = kind.form();
    let mut labels = labels::labels(form, None);
    let own = blocks.iter().filter(|block| block.kind == kind);
    let text: Vec<char> = own.flat_map(|block| &block.cells).flat_map(|cell| cell.text.iter().copied()).collect();
    let edition = edition::of(kind, &text);
    if edition != Edition::Form2021 {
        // A row of its own beside that of licences.
        let other: Vec<char> = "其他对外管理服务事项".chars().collect();
        labels.iter_mut().for_each(|label| label.wordings.retain(|wording| *wording != other));
    }
    let found = rows::find(blocks, kind, &labels, is_header, LEAST)?;
    let width = |row: &Row| {
        let row = row.label.and_then(|(label, _)| labels[label].row);
        row.map_or(0, |row| form.rows[row].columns.len())
    };
    let stock: Vec<(usize, Columns)> = found
        .blocks
        .iter()
        .map(|&block| {
            let rows = found.rows.iter().filter(|row| width(row) == STOCK.len());
            let entries: Vec<&Entry> = rows.flat_map(|row| &row.entries).filter(|entry| entry.block == block).collect();
            (block, Columns::learn(&blocks[block], &entries, heads(&blocks[block])))
        })
        .collect();
    let place = |row: &Row, at: usize| {
        let width = form.rows[at].columns.len();
        let is_single = width == 1;
        if edition != Edition::Form2021 {
            let halves = row.telling(blocks).into_iter();
            let decisions = form.rows[at].columns == [DECISIONS];
            return joined(halves.map(|entry| {
                let slot = if decisions { decided(&blocks[entry.block], entry) } else { Slot::Absent };
                (vec![slot; width], true)
            }));
        }
        joined(row.telling(blocks).into_iter().filter_map(|entry| {
            let block = &blocks[entry.block];
            if is_single {
                return Some((vec![single(block, entry)], true));
            }
            let (_, columns) = stock.iter().find(|(index, _)| *index == entry.block)?;
            Some(columns.place(block, entry))
        }))
    };
    let writer = Writer { stream, blocks, kind, labels: &labels, found: &found };
    let mut reading = writer.write(edition, place);
    if edition != Edition::Form2021 {
        // What the rows of an older form count is not what the columns of this one count: as printed.
        reading.table.extra = found.rows.iter().filter_map(|row| writer.extra(row)).collect();
    }
    Some(reading)
}

/// The column 本年处理决定数量 of the form.
const DECISIONS: u8 = 3;

/// What stands in `entry` under 处理决定数量, which counts the same on the trial form.
fn decided(block: &Block, entry: &Entry) -> Slot {
    let above = |cell: &&Cell| cell.rows.end <= entry.rows.start && cell.mentions(&["处理决定数量"]);
    let Some(head) = block.cells.iter().rfind(above) else { return Slot::Absent };
    let under = |cell: &&Cell| columns::overlap(&cell.columns, &head.columns);
    let mut here = entry.cells(block).filter(under);
    match (here.next(), here.next()) {
        (Some(cell), None) => columns::slot(cell, entry),
        _ => Slot::Absent,
    }
}

/// Whether a cell belongs to a header.
fn is_header(cell: &Cell) -> bool {
    let words =
        ["制发件数", "废止件数", "有效件数", "处理决定数量", "收费金额", "新制作数量", "新公开数量", "公开总数量"];
    cell.is_text() && (cell.says(&["信息内容"]) || cell.text.len() <= 16 && cell.mentions(&words))
}

/// The columns of the rows of rules and documents, by the header over them.
fn heads(block: &Block) -> Vec<Option<Range<usize>>> {
    let named = |words: &[&str]| {
        let mut cells = block.cells.iter().filter(|cell| is_header(cell) && cell.mentions(words));
        cells.next().map(|cell| cell.columns.clone())
    };
    STOCK.iter().map(|words| named(words)).collect()
}
