//! The table of part three from its pieces.

use std::ops::Range;

use super::super::labels;
use super::GridReading;
use super::block::{Block, Cell};
use super::columns::{Columns, joined};
use super::rows::{self, Row};
use super::table::Writer;
use crate::report::form::requests;
use crate::report::recognise::stream::Stream;
use crate::report::{Edition, TableKind};

/// Words of the header by which the columns of the form are known.
const HEADS: [&[&str]; 7] = [
    &["自然人", "自然"],
    &["商业企业", "商业", "企业"],
    &["科研机构", "科研"],
    &["社会公益组织", "公益组织", "公益"],
    &["法律服务机构", "法律服务", "法律"],
    &["其他", "其它"],
    &["总计", "合计", "共计"],
];

/// What stands over the names of columns.
const ABOVE: [&str; 5] = ["法人或其他组织", "法人和其他组织", "法人或者其他组织", "申请人情况", "法人及其他组织"];

/// Fewer labels are no table.
const LEAST: usize = 4;

/// Reads the table from `blocks`.
pub(super) fn read(stream: &Stream, blocks: &[Block]) -> Option<GridReading> {
    let kind = TableKind::Requests;
    let labels = labels::labels(kind.form(), Some((requests::FIRST_OUTCOME, "三、本年度办理结果")));
    let found = rows::find(blocks, kind, &labels, is_header, LEAST)?;
    let mut columns: Vec<(usize, Columns)> = Vec::new();
    for &block in &found.blocks {
        let entries: Vec<_> = found
            .rows
            .iter()
            .flat_map(|row| &row.entries)
            .filter(|entry| entry.block == block && (!entry.is_blank(&blocks[block]) || entry.label.is_some()))
            .collect();
        let own = Columns::learn(&blocks[block], &entries, heads(&blocks[block]));
        // A piece without header and with rows of another count has the columns of the piece before.
        let before = columns.last().filter(|(before, _)| blocks[*before].columns == blocks[block].columns);
        let own = if own.are_unknown() { before.map_or(own, |(_, before)| before.clone()) } else { own };
        columns.push((block, own));
    }
    let writer = Writer { stream, blocks, kind, form: kind.form(), labels: &labels, found: &found };
    let place = |row: &Row, _: usize| {
        joined(row.telling(blocks).into_iter().filter_map(|entry| {
            let (_, columns) = columns.iter().find(|(block, _)| *block == entry.block)?;
            Some(columns.place(&blocks[entry.block], entry))
        }))
    };
    Some(writer.write(Edition::Form2021, place))
}

/// Whether a cell belongs to the header.
fn is_header(cell: &Cell) -> bool {
    let words = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "公益组织", "服务机构"];
    cell.is_text() && (cell.says(&words) || cell.says(&ABOVE) || cell.mentions(&["勾稽关系"]))
}

/// The columns by the header: over each column of the sheet the words of the header cells, one above the other.
fn heads(block: &Block) -> Vec<Option<Range<usize>>> {
    let none = vec![None; HEADS.len()];
    let is_header_row = |row: &usize| block.beginning_in(*row).any(is_header);
    let Some(first) = block.rows.clone().find(is_header_row) else { return none };
    // The header ends where figures or row labels begin.
    let ends = |row: &usize| {
        let cells = || block.beginning_in(*row);
        cells().any(Cell::is_figure) || cells().next().is_some() && !is_header_row(row) && !cells().any(is_piece)
    };
    let end = (first + 1..block.rows.end.min(first + MOST_ROWS)).find(ends).unwrap_or(block.rows.end);
    let mut stacks: Vec<String> = vec![String::new(); block.columns.min(MOST_COLUMNS)];
    let mut seen = vec![false; block.cells.len()];
    for row in first..end {
        for &index in block.row(row) {
            let cell = &block.cells[index];
            if std::mem::replace(&mut seen[index], true) || !cell.is_text() || cell.mentions(&["勾稽关系"]) {
                continue;
            }
            let text: String = cell.text.iter().collect();
            for stack in stacks.iter_mut().take(cell.columns.end).skip(cell.columns.start) {
                stack.push_str(&text);
            }
        }
    }
    let mut heads = none;
    for (at, stack) in stacks.iter().enumerate() {
        let stack = ABOVE.iter().fold(stack.clone(), |stack, word| stack.replace(word, ""));
        let named = |words: &&[&str]| words.iter().any(|word| stack.contains(word));
        let Some(column) = HEADS.iter().position(named) else { continue };
        match &mut heads[column] {
            None => heads[column] = Some(at..at + 1),
            Some(known) if known.end == at => known.end = at + 1,
            Some(_) => {}
        }
    }
    heads
}

/// Whether a cell may be a piece of a header whose words are cut.
fn is_piece(cell: &Cell) -> bool {
    let part = |words: &&[&str]| {
        words.iter().any(|word| cell.text.len() >= 2 && word.contains(&cell.text.iter().collect::<String>()))
    };
    cell.is_text() && HEADS.iter().any(part)
}

const MOST_ROWS: usize = 12;
const MOST_COLUMNS: usize = 300;
