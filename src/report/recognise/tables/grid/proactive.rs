//! The table of part two from its pieces.

use std::ops::Range;

use super::super::{edition, labels};
use super::block::{Block, Cell};
use super::columns::{Columns, joined, single};
use super::entries::Entry;
use super::rows::{self, Row};
use super::table::Writer;
use super::{GridReading, trial};
use crate::report::recognise::stream::Stream;
use crate::report::{Edition, TableKind};

/// Words of the header by which the columns of rules and documents are known.
const STOCK: [&[&str]; 3] = [&["制发"], &["废止"], &["有效"]];

/// Fewer labels are no table.
pub(super) const LEAST: usize = 3;

/// Reads the table from `blocks`.
pub(super) fn read(stream: &Stream, blocks: &[Block]) -> Option<GridReading> {
    let kind = TableKind::ProactiveDisclosure;
    let form = kind.form();
    let own = blocks.iter().filter(|block| block.kind == kind);
    let text: Vec<char> = own.flat_map(|block| &block.cells).flat_map(|cell| cell.text.iter().copied()).collect();
    if edition::of(kind, &text) != Edition::Form2021 {
        return trial::read(stream, blocks);
    }
    let labels = labels::labels(form, None);
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
        joined(row.telling(blocks).into_iter().filter_map(|entry| {
            let block = &blocks[entry.block];
            if is_single {
                return Some((vec![single(block, entry)], true));
            }
            let (_, columns) = stock.iter().find(|(index, _)| *index == entry.block)?;
            Some(columns.place(block, entry))
        }))
    };
    let writer = Writer { stream, blocks, kind, form, labels: &labels, found: &found };
    Some(writer.write(Edition::Form2021, place))
}

/// Whether a cell belongs to a header.
pub(super) fn is_header(cell: &Cell) -> bool {
    cell.is_text() && cell.says(&["信息内容"]) || is_column(cell)
}

/// Whether a cell of a header names a column.
pub(super) fn is_column(cell: &Cell) -> bool {
    let words = [
        "制发件数",
        "废止件数",
        "有效件数",
        "处理决定数量",
        "收费金额",
        "新制作数量",
        "新公开数量",
        "公开总数量",
        "项目数量",
        "本年增减",
        "采购总金额",
    ];
    cell.is_text() && cell.text.len() <= 16 && cell.mentions(&words)
}

/// The columns of the rows of rules and documents, by the header over them.
fn heads(block: &Block) -> Vec<Option<Range<usize>>> {
    let named = |words: &[&str]| {
        let mut cells = block.cells.iter().filter(|cell| is_header(cell) && cell.mentions(words));
        cells.next().map(|cell| cell.columns.clone())
    };
    STOCK.iter().map(|words| named(words)).collect()
}
