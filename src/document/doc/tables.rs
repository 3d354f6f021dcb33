//! Tables, put together paragraph by paragraph ([MS-DOC] 2.4.3 to 2.4.5): every cell ends in a mark, and behind the
//! last of a row stands another, which says how the row is divided.

use std::collections::BTreeSet;

use super::rows::{Divided, Row};
use crate::document::columns::{self, Placed, Span};
use crate::document::flow::{COLUMNS, Cell, Piece, ROWS};

/// How deep tables may lie within each other.
const DEPTH: usize = 32;

/// What a paragraph ends.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// Itself.
    Paragraph,
    /// A cell.
    Cell,
    /// A row.
    Row(Row),
}

/// What has been read, and the tables that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Tables {
    done: Vec<Piece>,
    open: Vec<Open>,
}

/// A table that is being put together.
#[derive(Debug, Default)]
struct Open {
    rows: Vec<Line>,
    /// The cells of the open row.
    cells: Vec<Vec<Piece>>,
    /// What stands in the open cell.
    cell: Vec<Piece>,
}

/// A row, with what stands in its cells.
#[derive(Debug)]
struct Line {
    row: Row,
    cells: Vec<Vec<Piece>>,
}

impl Tables {
    /// Adds a paragraph that stands in as many tables as `depth` says. `cells` is how many cells there may still be.
    pub(super) fn add(&mut self, content: Vec<Piece>, depth: usize, mark: Mark, cells: &mut usize) -> Option<()> {
        let depth = if matches!(mark, Mark::Paragraph) { depth } else { depth.max(1) };
        if depth > DEPTH {
            return None;
        }
        self.close(depth, cells)?;
        self.open.resize_with(depth, Open::default);
        let Some(open) = self.open.last_mut() else {
            self.done.extend(content);
            return Some(());
        };
        open.cell.extend(content);
        match mark {
            Mark::Paragraph => {}
            Mark::Cell => open.cells.push(std::mem::take(&mut open.cell)),
            Mark::Row(row) => open.end(row),
        }
        Some(())
    }

    /// Leaves out the row that ends here.
    pub(super) fn leave_out(&mut self, depth: usize) {
        if let Some(open) = self.open.get_mut(depth.max(1) - 1) {
            open.cells.clear();
            open.cell.clear();
        }
    }

    /// Everything.
    pub(super) fn finish(mut self, cells: &mut usize) -> Option<Vec<Piece>> {
        self.close(0, cells)?;
        Some(self.done)
    }

    /// Closes the tables deeper than `depth`.
    fn close(&mut self, depth: usize, cells: &mut usize) -> Option<()> {
        while self.open.len() > depth {
            let mut open = self.open.pop()?;
            // The table ends before its row.
            open.end(Row::default());
            let table = table(open.rows, cells)?;
            match self.open.last_mut() {
                Some(outer) => outer.cell.extend(table),
                None => self.done.extend(table),
            }
        }
        Some(())
    }
}

impl Open {
    /// Ends the open row.
    fn end(&mut self, row: Row) {
        let rest = std::mem::take(&mut self.cell);
        if !rest.is_empty() {
            // What stands behind the last cell belongs to none; where there is none, it is one.
            self.cells.push(rest);
        }
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() {
            self.rows.push(Line { row, cells });
        }
    }
}

/// The table of these rows, if there are any; `None` where it is larger than is read.
fn table(mut rows: Vec<Line>, cells: &mut usize) -> Option<Option<Piece>> {
    if rows.is_empty() {
        return Some(None);
    }
    if rows.len() > usize::from(ROWS) {
        return None;
    }
    let divided: Option<Vec<Vec<Divided>>> = rows.iter().map(|line| line.row.divided(line.cells.len())).collect();
    // Where one row does not say how it is divided, the others say nothing of its columns.
    let divided = divided.unwrap_or_else(|| rows.iter().map(|line| line.row.counted(line.cells.len())).collect());
    let mut divided = divided;
    divided.iter_mut().zip(&mut rows).for_each(|(divided, line)| without_width(divided, &mut line.cells));
    let columns = columns_of(&divided)?;
    let mut placed = Vec::new();
    for cell in columns::place(&columns, |row, cell| divided[row][cell].goes_on) {
        *cells = cells.checked_sub(1)?;
        let Placed { source, row, column, row_span, column_span } = cell;
        let first = divided[source.0][source.1].first;
        let content = std::mem::take(&mut rows[source.0].cells[first]);
        placed.push(Cell { row, column, row_span, column_span, content });
    }
    Some(Some(Piece::Table(placed)))
}

/// Takes out the cells that have no width, as programs make of merged ones. Should one hold anything, it goes to the
/// cell beside it.
fn without_width(divided: &mut Vec<Divided>, cells: &mut [Vec<Piece>]) {
    let is_blank =
        |piece: &Piece| matches!(piece, Piece::Paragraph(text) | Piece::Aside(text) if text.trim().is_empty());
    let mut beside: Option<usize> = None;
    let mut first = Vec::new();
    divided.retain(|cell| {
        if cell.limits.0 < cell.limits.1 {
            if beside.is_none() {
                cells[cell.first].splice(0..0, first.drain(..));
            }
            beside = Some(cell.first);
            return true;
        }
        let mut content = std::mem::take(&mut cells[cell.first]);
        content.retain(|piece| !is_blank(piece));
        match beside {
            Some(beside) => cells[beside].append(&mut content),
            None => first.append(&mut content),
        }
        false
    });
}

/// The columns of the cells of each row: the stretches between the limits of cells in any row.
fn columns_of(rows: &[Vec<Divided>]) -> Option<Vec<Vec<Span>>> {
    let limits: BTreeSet<i64> = rows.iter().flatten().flat_map(|cell| [cell.limits.0, cell.limits.1]).collect();
    let limits: Vec<i64> = limits.into_iter().collect();
    if limits.len() > usize::from(u16::MAX) {
        return None;
    }
    let number = |limit: i64| u16::try_from(limits.partition_point(|&other| other < limit)).unwrap_or(u16::MAX);
    let span = |cell: &Divided| (number(cell.limits.0), number(cell.limits.1));
    let columns = rows.iter().map(|row| row.iter().map(span).collect()).collect();
    let columns = columns::without_slivers(columns, |limit| limits[usize::from(limit)]);
    columns.iter().flatten().all(|&(_, end)| end < COLUMNS).then_some(columns)
}
