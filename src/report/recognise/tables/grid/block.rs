//! A block: some rows of one sheet that belong to one table, with what each cell may mean.

use std::ops::Range;

use super::super::readings::Piece;
use super::value;
use crate::report::recognise::stream::{Sheet, SheetCell, Stream, is_han};
use crate::report::{CellValue, TableKind};

/// A cell.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// The rows of the sheet it spans.
    pub(super) rows: Range<usize>,
    /// The columns of the sheet it spans.
    pub(super) columns: Range<usize>,
    /// Its characters in the stream; empty where it is empty.
    pub(super) range: Range<usize>,
    /// Its Chinese characters.
    pub(super) text: Vec<char>,
    /// The digit printed before them as an ordinal, or 0.
    pub(super) ordinal: u8,
    /// What it means as a value; `None` for text.
    pub(super) value: Option<Piece>,
}

impl Cell {
    pub(super) fn of(stream: &Stream, cell: &SheetCell) -> Self {
        let chars = &stream.chars[cell.range.clone()];
        let text = chars.iter().map(|char| char.c).filter(|&c| is_han(c)).take(LONGEST).collect();
        let digit = chars.first().and_then(|char| char.c.to_digit(10)).and_then(|digit| u8::try_from(digit).ok());
        Self {
            rows: cell.rows.clone(),
            columns: cell.columns.clone(),
            text,
            ordinal: digit.unwrap_or(0),
            value: value::read(stream, cell.range.clone()),
            range: cell.range.clone(),
        }
    }

    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.value.as_ref().is_some_and(|piece| piece.value == CellValue::Blank)
    }

    /// Whether a figure or a mark stands in it.
    pub(super) fn is_figure(&self) -> bool {
        self.value.is_some() && !self.is_blank()
    }

    /// Whether words stand in it.
    pub(super) fn is_text(&self) -> bool {
        self.value.is_none() && !self.text.is_empty()
    }

    /// Whether its text is one of `words`.
    pub(super) fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|word| word.chars().eq(self.text.iter().copied()))
    }

    /// Whether one of `words` is in its text.
    pub(super) fn mentions(&self, words: &[&str]) -> bool {
        if self.text.is_empty() {
            return false;
        }
        let text: String = self.text.iter().collect();
        words.iter().any(|word| text.contains(word))
    }
}

/// More Chinese characters of a cell say nothing that a table needs.
const LONGEST: usize = 200;

/// Some rows of a sheet.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The table they belong to.
    pub(super) kind: TableKind,
    /// Whether its cells were told from the rulings of a page: one that is missing may be there.
    pub(super) is_page: bool,
    /// How many columns the sheet has.
    pub(super) columns: usize,
    /// The rows of the sheet.
    pub(super) rows: Range<usize>,
    /// Their characters in the stream.
    pub(super) region: Range<usize>,
    /// The cells that stand in them, by row, then by column.
    pub(super) cells: Vec<Cell>,
    /// For each row the cells that stand in it, those of rows above that reach into it included, left to right.
    by_row: Vec<Vec<usize>>,
}

/// Sizes beyond these are no table of the form; the rest of such a block is not looked at.
const MOST_ROWS: usize = 300;
const MOST_CELLS: usize = 8_000;

impl Block {
    /// `rows` of `sheet`, whose cells are `cells`.
    pub(super) fn new(kind: TableKind, sheet: &Sheet, cells: &[Cell], rows: Range<usize>, stream: &Stream) -> Self {
        let rows = rows.start..rows.end.min(rows.start + MOST_ROWS);
        let inside = |cell: &&Cell| cell.rows.start < rows.end && cell.rows.end > rows.start;
        let cells: Vec<Cell> = cells.iter().filter(inside).take(MOST_CELLS).cloned().collect();
        let mut by_row = vec![Vec::new(); rows.len()];
        for (index, cell) in cells.iter().enumerate() {
            for row in cell.rows.start.max(rows.start)..cell.rows.end.min(rows.end) {
                by_row[row - rows.start].push(index);
            }
        }
        by_row.iter_mut().for_each(|row| row.sort_by_key(|&index| cells[index].columns.start));
        let line = |row: usize| stream.lines[(sheet.line + row).min(stream.lines.len() - 1)].clone();
        let region = line(rows.start).start..line(rows.end - 1).end;
        Self { kind, is_page: sheet.is_page, columns: sheet.columns, rows, region, cells, by_row }
    }

    /// The cells in `row` of the sheet, left to right.
    pub(super) fn row(&self, row: usize) -> &[usize] {
        row.checked_sub(self.rows.start).and_then(|index| self.by_row.get(index)).map_or(&[], Vec::as_slice)
    }

    /// The cells that begin in `row`.
    pub(super) fn beginning_in(&self, row: usize) -> impl Iterator<Item = &Cell> {
        self.row(row).iter().map(|&index| &self.cells[index]).filter(move |cell| cell.rows.start == row)
    }
}
