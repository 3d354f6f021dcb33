//! Tables as cells with spans, and what programs and pages do to them.

use nianshen::document::{GridCell, Place};

use crate::generate::layout::grid::{Grid, Merge};
use crate::generate::rng::Rng;

/// A cell with its spans.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) text: String,
    pub(super) figure: bool,
}

/// A table.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Rows of the header at the top.
    pub(super) header: usize,
    pub(super) cells: Vec<Cell>,
}

impl Sheet {
    pub(super) fn of(grid: &Grid, header: usize) -> Self {
        let columns = grid.iter().map(Vec::len).max().unwrap();
        let mut cells = Vec::new();
        for (row, slots) in grid.iter().enumerate() {
            for (column, slot) in slots.iter().enumerate().filter(|(_, slot)| slot.merge == Merge::Own) {
                let wide = slots[column + 1..].iter().take_while(|slot| slot.merge == Merge::Across).count();
                let down = |row: &&Vec<_>| {
                    let slot: &crate::generate::layout::grid::Slot = &row[column];
                    slot.merge == Merge::Down
                };
                let high = grid[row + 1..].iter().take_while(down).count();
                cells.push(Cell {
                    row,
                    column,
                    rows: high + 1,
                    columns: wide + 1,
                    text: slot.text.clone(),
                    figure: slot.figure,
                });
            }
        }
        Self { rows: grid.len(), columns, header, cells }
    }

    /// Every column becomes one to three columns of a finer grid, as rulings of several rows make it.
    pub(super) fn refined(mut self, rng: &mut Rng) -> Self {
        let widths: Vec<usize> = (0..self.columns).map(|_| rng.between(1, 3)).collect();
        let start = |column: usize| widths[..column].iter().sum::<usize>();
        for cell in &mut self.cells {
            let (from, to) = (start(cell.column), start(cell.column + cell.columns));
            (cell.column, cell.columns) = (from, to - from);
        }
        self.columns = start(widths.len());
        self
    }

    /// An empty column among the figures: a ruling that is no limit of cells.
    pub(super) fn with_empty_column(mut self, rng: &mut Rng) -> Self {
        let figures: Vec<usize> = self.cells.iter().filter(|cell| cell.figure).map(|cell| cell.column).collect();
        let at = *rng.pick(&figures) + 1;
        let mut added = Vec::new();
        for cell in &mut self.cells {
            if cell.column >= at {
                cell.column += 1;
            } else if cell.column + cell.columns > at {
                cell.columns += 1;
            } else if cell.column + cell.columns == at {
                if cell.figure {
                    added.push(Cell { column: at, columns: 1, text: String::new(), ..cell.clone() });
                } else {
                    cell.columns += 1;
                }
            }
        }
        self.cells.extend(added);
        self.columns += 1;
        self
    }

    /// The header is not there.
    pub(super) fn without_header(self) -> Self {
        let (header, rows) = (self.header, self.rows);
        Self { header: 0, ..self.slice(header..rows, true) }
    }

    /// Two neighbouring figures in one cell.
    pub(super) fn with_merged_figures(mut self, rng: &mut Rng) -> Self {
        let figures: Vec<usize> = (0..self.cells.len()).filter(|&index| self.cells[index].figure).collect();
        let one = *rng.pick(&figures);
        let end = self.cells[one].column + self.cells[one].columns;
        let row = self.cells[one].row;
        let next = self.cells.iter().position(|cell| cell.figure && cell.row == row && cell.column == end);
        if let Some(next) = next {
            let taken = self.cells[next].clone();
            let keeps = rng.chance(50);
            let cell = &mut self.cells[one];
            cell.columns += taken.columns;
            if !keeps {
                cell.text = format!("{} {}", cell.text, taken.text);
            }
            self.cells.remove(next);
        }
        self
    }

    /// Some of its rows as a table of their own. A cell from above either goes on without its text or with it.
    pub(super) fn slice(&self, rows: std::ops::Range<usize>, repeats: bool) -> Self {
        let inside = |cell: &&Cell| cell.row < rows.end && cell.row + cell.rows > rows.start;
        let cut = |cell: &Cell| {
            let (from, to) = (cell.row.max(rows.start), (cell.row + cell.rows).min(rows.end));
            let text = if cell.row < rows.start && !repeats { String::new() } else { cell.text.clone() };
            Cell { row: from - rows.start, rows: to - from, text, ..cell.clone() }
        };
        let cells = self.cells.iter().filter(inside).map(cut).collect();
        Self {
            rows: rows.len(),
            columns: self.columns,
            header: self.header.min(rows.end).saturating_sub(rows.start),
            cells,
        }
    }

    /// `below` under it, with the columns of each spread over the same width.
    pub(super) fn above(mut self, below: Self) -> Self {
        let columns = self.columns.max(below.columns);
        let stretch = |sheet: &mut Self| {
            let last = sheet.columns;
            sheet
                .cells
                .iter_mut()
                .filter(|cell| cell.column + cell.columns == last)
                .for_each(|cell| cell.columns += columns - last);
        };
        let mut below = below;
        stretch(&mut self);
        stretch(&mut below);
        let rows = self.rows;
        self.cells.extend(below.cells.into_iter().map(|cell| Cell { row: cell.row + rows, ..cell }));
        Self { rows: rows + below.rows, columns, ..self }
    }

    /// A single row with one cell.
    pub(super) fn line(text: &str) -> Self {
        let cell = Cell { row: 0, column: 0, rows: 1, columns: 1, text: text.to_owned(), figure: false };
        Self { rows: 1, columns: 1, header: 0, cells: vec![cell] }
    }

    /// `other` to the right of it, both of one row.
    pub(super) fn beside(mut self, other: Self) -> Self {
        let columns = self.columns;
        self.cells.extend(other.cells.into_iter().map(|cell| Cell { column: cell.column + columns, ..cell }));
        Self { columns: columns + other.columns, ..self }
    }

    /// Pages that end in it: at the rows given, with the header again on each page or not, `torn` in the middle of
    /// the row before the end.
    pub(super) fn pages(self, rng: &mut Rng, cuts: usize, torn: bool) -> Vec<Self> {
        let mut at: Vec<usize> =
            (0..cuts).map(|_| rng.between((self.header + 1).min(self.rows - 1), self.rows - 1)).collect();
        at.sort_unstable();
        at.dedup();
        let (again, repeats) = (rng.chance(40), rng.chance(50));
        let mut pages = Vec::new();
        let mut from = 0;
        let mut carried: Option<Self> = None;
        for to in at.into_iter().chain([self.rows]) {
            let mut page = self.slice(from..to, repeats);
            if let Some(rest) = carried.take() {
                page = rest.above(page);
            }
            if from > 0 && again {
                let header = self.slice(0..self.header, true);
                page = Self { header: header.rows, ..header.above(page) };
            }
            if torn && to < self.rows {
                let (page, rest) = page.torn(rng);
                pages.push(page);
                carried = Some(rest);
            } else {
                pages.push(page);
            }
            from = to;
        }
        pages
    }

    /// The last row in two halves: the label goes on in the second, the figures stand in one of them.
    fn torn(mut self, rng: &mut Rng) -> (Self, Self) {
        let last = self.rows - 1;
        let above = rng.chance(50);
        let mut half = Vec::new();
        for cell in self.cells.iter_mut().filter(|cell| cell.row + cell.rows == self.rows) {
            let mut other = Cell { row: 0, rows: 1, ..cell.clone() };
            if cell.figure && above || cell.row < last {
                other.text = String::new();
            } else if cell.figure {
                cell.text = String::new();
            } else {
                let chars: Vec<char> = cell.text.chars().collect();
                let at = if chars.len() > 4 { rng.between(3, chars.len() - 1) } else { chars.len() };
                cell.text = chars[..at].iter().collect();
                other.text = chars[at..].iter().collect();
            }
            half.push(other);
        }
        let columns = self.columns;
        (self, Self { rows: 1, columns, header: 0, cells: half })
    }

    pub(super) fn cells(self, table: u32) -> Vec<GridCell> {
        let small = |number: usize| u16::try_from(number).unwrap();
        let place = |cell: &Cell| Place::Cell {
            table,
            row: u32::from(small(cell.row)) + 1,
            cell: u32::from(small(cell.column)) + 1,
        };
        let cell = |cell: Cell| GridCell {
            row: small(cell.row),
            column: small(cell.column),
            row_span: small(cell.rows),
            column_span: small(cell.columns),
            place: place(&cell),
            text: cell.text,
            at: 0,
        };
        self.cells.into_iter().map(cell).collect()
    }
}
