//! A generated report as content: title, headings, paragraphs and tables with merged cells, in order.
//! Every renderer of a format starts here, and none of them knows how the format is read.

use crate::generate::Draft;
use crate::generate::form::{APPLICANTS, DISCLOSURE, DISPUTE_BLOCKS, FOUR, OUTCOMES, THREE, TWO};
use crate::generate::layout::grid::{self, Grid, Merge};
use crate::generate::rng::Rng;
use crate::generate::tables::{Key, Tables};

/// A report from top to bottom.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub(crate) pieces: Vec<Piece>,
}

/// What stands between two others.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// A line of the title.
    Title(String),
    /// The heading of a part, with its ordinal: 一、….
    Heading(String),
    Paragraph(String),
    Table(Sheet),
}

/// A table with merged cells.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// The part it stands in, 2 to 4.
    pub(crate) part: u8,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    /// Every cell once, row by row.
    pub(crate) cells: Vec<Cell>,
}

/// A cell of a [`Sheet`]. Rows and columns count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) row_span: usize,
    pub(crate) column_span: usize,
    pub(crate) text: String,
    /// Whether it holds a figure, or a blank or mark in its place.
    pub(crate) figure: bool,
    /// Its published name, if the form has such a cell.
    pub(crate) key: Option<Key>,
}

impl Content {
    pub(crate) fn of(draft: &Draft) -> Self {
        let mut choices = draft.rng.fork("sheets");
        let mut sheets = sheets(&draft.tables, &mut choices).into_iter();
        let prose = &draft.prose;
        let mut pieces: Vec<Piece> = draft.title.iter().cloned().map(Piece::Title).collect();
        let paragraphs = |texts: &[String]| texts.iter().cloned().map(Piece::Paragraph).collect::<Vec<_>>();
        pieces.extend(paragraphs(&prose.preamble));
        for part in 0..6 {
            pieces.push(Piece::Heading(prose.headings[part].clone()));
            pieces.extend(paragraphs(&prose.parts[part]));
            if (1..=3).contains(&part) {
                pieces.extend(sheets.next().map(Piece::Table));
                pieces.extend(paragraphs(&prose.after_table[part - 1]));
            }
        }
        Self { pieces }
    }

    pub(crate) fn title(&self) -> String {
        let lines = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Title(line) => Some(line.as_str()),
            _ => None,
        });
        lines.collect()
    }

    pub(crate) fn sheets(&self) -> impl Iterator<Item = &Sheet> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Table(sheet) => Some(sheet),
            _ => None,
        })
    }

    /// The text form, against which the others are held: a paragraph a line, cells between tabs, and nothing
    /// where a merged cell goes on.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Title(line) | Piece::Heading(line) | Piece::Paragraph(line) => text.push_str(line),
                Piece::Table(sheet) => text.push_str(&sheet.text()),
            }
            text.push('\n');
        }
        text
    }
}

impl Sheet {
    /// The cells of a row, those that begin in it.
    pub(crate) fn row(&self, row: usize) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(move |cell| cell.row == row)
    }

    /// The cell that covers a place.
    pub(crate) fn covering(&self, row: usize, column: usize) -> &Cell {
        let covers = |cell: &&Cell| {
            (cell.row..cell.row + cell.row_span).contains(&row)
                && (cell.column..cell.column + cell.column_span).contains(&column)
        };
        self.cells.iter().find(covers).unwrap()
    }

    /// For each place of a row the cell that covers it, and whether it begins there.
    pub(crate) fn places(&self, row: usize) -> impl Iterator<Item = (&Cell, bool)> {
        (0..self.columns).map(move |column| {
            let cell = self.covering(row, column);
            (cell, (cell.row, cell.column) == (row, column))
        })
    }

    fn text(&self) -> String {
        let line = |row| {
            let cells = self.places(row).map(|(cell, begins)| if begins { cell.text.as_str() } else { "" });
            cells.collect::<Vec<_>>().join("\t")
        };
        (0..self.rows).map(line).collect::<Vec<_>>().join("\n")
    }

    /// The rows `from..to` as a table of their own; what spans the cut is cut.
    pub(crate) fn cut(&self, from: usize, to: usize) -> Self {
        let mut cells = Vec::new();
        for cell in &self.cells {
            let (first, last) = (cell.row.max(from), (cell.row + cell.row_span).min(to));
            if first < last {
                cells.push(Cell { row: first - from, row_span: last - first, ..cell.clone() });
            }
        }
        cells.sort_by_key(|cell| (cell.row, cell.column));
        Self { rows: to - from, cells, ..self.clone() }
    }
}

/// The three tables.
pub(crate) fn sheets(tables: &Tables, rng: &mut Rng) -> [Sheet; 3] {
    let two = tables.two.iter().zip(&DISCLOSURE).flat_map(|(block, form)| {
        let columns = form.columns;
        block.rows.iter().flat_map(move |&(row, _, _)| columns.iter().map(move |&(column, _)| Some((TWO, row, column))))
    });
    let three = tables.three.iter().flat_map(|row| APPLICANTS.map(|(column, _)| row.id.map(|id| (THREE, id, column))));
    let four = DISPUTE_BLOCKS.into_iter().flat_map(|row| OUTCOMES.map(|(column, _)| Some((FOUR, row, column))));
    [
        sheet(2, &grid::disclosure(tables), two),
        sheet(3, &grid::requests(tables, rng), three),
        sheet(4, &grid::disputes(tables, rng), four),
    ]
}

fn sheet(part: u8, grid: &Grid, keys: impl Iterator<Item = Option<Key>>) -> Sheet {
    let mut keys = keys;
    let mut cells = Vec::new();
    for (row, slots) in grid.iter().enumerate() {
        for (column, slot) in slots.iter().enumerate().filter(|(_, slot)| slot.merge == Merge::Own) {
            let across = slots[column + 1..].iter().take_while(|slot| slot.merge == Merge::Across).count();
            let down = grid[row + 1..].iter().take_while(|slots| slots[column].merge == Merge::Down).count();
            cells.push(Cell {
                row,
                column,
                row_span: down + 1,
                column_span: across + 1,
                text: slot.text.clone(),
                figure: slot.figure,
                key: if slot.figure { keys.next().unwrap() } else { None },
            });
        }
    }
    assert_eq!(keys.next(), None);
    Sheet { part, rows: grid.len(), columns: grid[0].len(), cells }
}
