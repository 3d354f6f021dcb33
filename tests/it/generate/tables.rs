//! The three tables as a report prints them, and what a reader must make of every cell.

use std::collections::BTreeMap;

use super::figures::Figures;
use super::form::APPLICANTS;
use super::form::{DISCLOSURE, DISPUTE_BLOCKS, FOUR, GROUPS, OUTCOMES, REQUEST_ROWS, RESULTS_LABEL, THREE, TWO};

/// Table, row and column by their published names.
pub(crate) type Key = (&'static str, &'static str, &'static str);

/// What a cell must be read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    /// This figure.
    Number(String),
    /// Nothing stands there.
    Blank,
    /// A mark for "does not apply".
    Mark(String),
    /// The table has no such cell.
    Absent,
}

/// What every cell must be read as.
pub(crate) type Expected = BTreeMap<Key, Expect>;

/// A row of the table of part three as printed.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Its published name; `None` for a row the form does not have.
    pub(crate) id: Option<&'static str>,
    /// Label of 三、本年度办理结果, if it stands under it.
    pub(crate) results: Option<String>,
    /// Label of its group, if it stands under one.
    pub(crate) group: Option<String>,
    pub(crate) label: String,
    pub(crate) cells: Vec<String>,
}

/// A block of the table of part two as printed.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) item: String,
    pub(crate) columns: Vec<String>,
    /// Published name, label and cells.
    pub(crate) rows: Vec<(&'static str, String, Vec<String>)>,
}

/// The three tables as printed.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    pub(crate) two: Vec<Block>,
    pub(crate) three: Vec<Row>,
    pub(crate) four: Vec<String>,
    /// Whether a figure was printed with a separator, a full-width digit or a unit, so that only its
    /// value can be compared and not its characters.
    pub(crate) dressed: bool,
}

impl Tables {
    /// The tables of a flawless report.
    pub(crate) fn of(figures: &Figures) -> Self {
        let text = |row: &[usize]| row.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut values = figures
            .stock
            .iter()
            .map(|row| text(row))
            .chain(figures.decisions.iter().map(|count| vec![count.to_string()]))
            .chain([vec![figures.fees.clone()]]);
        let two = DISCLOSURE
            .iter()
            .map(|block| Block {
                item: block.item.to_owned(),
                columns: block.columns.iter().map(|&(_, label)| label.to_owned()).collect(),
                rows: block.rows.iter().map(|&(id, label)| (id, label.to_owned(), values.next().unwrap())).collect(),
            })
            .collect();
        let three = REQUEST_ROWS
            .iter()
            .zip(&figures.requests)
            .map(|(form, row)| Row {
                id: Some(form.id),
                results: form.result.then(|| RESULTS_LABEL.to_owned()),
                group: form.group.map(|group| GROUPS[group].1.to_owned()),
                label: form.label.to_owned(),
                cells: text(row),
            })
            .collect();
        Self { two, three, four: figures.disputes.iter().flat_map(|block| text(block)).collect(), dressed: false }
    }

    /// What must be read from these tables if nothing is hidden by the layout.
    pub(crate) fn expected(&self) -> Expected {
        let mut expected = Expected::new();
        for block in &DISCLOSURE {
            for (row, _) in block.rows {
                for (column, _) in block.columns {
                    expected.insert((TWO, row, column), Expect::Absent);
                }
            }
        }
        let rows = REQUEST_ROWS.iter().map(|row| row.id).chain(GROUPS.iter().map(|&(id, _)| id));
        for row in rows {
            for (column, _) in APPLICANTS {
                expected.insert((THREE, row, column), Expect::Absent);
            }
        }
        for (form, block) in DISCLOSURE.iter().zip(&self.two) {
            for (row, _, cells) in &block.rows {
                for (cell, (column, _)) in cells.iter().zip(form.columns) {
                    expected.insert((TWO, row, column), meaning(cell));
                }
            }
        }
        for row in &self.three {
            let Some(id) = row.id else { continue };
            for (cell, (column, _)) in row.cells.iter().zip(APPLICANTS) {
                expected.insert((THREE, id, column), meaning(cell));
            }
        }
        for (index, cell) in self.four.iter().enumerate() {
            expected.insert((FOUR, DISPUTE_BLOCKS[index / 5], OUTCOMES[index % 5].0), meaning(cell));
        }
        expected
    }

    /// Every printed cell, with its name.
    pub(crate) fn cells_mut(&mut self) -> Vec<(Key, &mut String)> {
        let mut cells = Vec::new();
        for (form, block) in DISCLOSURE.iter().zip(&mut self.two) {
            for (row, _, values) in &mut block.rows {
                for (value, &(column, _)) in values.iter_mut().zip(form.columns) {
                    cells.push(((TWO, *row, column), value));
                }
            }
        }
        for row in &mut self.three {
            let Some(id) = row.id else { continue };
            for (value, (column, _)) in row.cells.iter_mut().zip(APPLICANTS) {
                cells.push(((THREE, id, column), value));
            }
        }
        for (index, value) in self.four.iter_mut().enumerate() {
            cells.push(((FOUR, DISPUTE_BLOCKS[index / 5], OUTCOMES[index % 5].0), value));
        }
        cells
    }
}

fn meaning(cell: &str) -> Expect {
    match cell {
        "" => Expect::Blank,
        "/" | "—" | "-" | "无" => Expect::Mark(cell.to_owned()),
        figure => Expect::Number(figure.to_owned()),
    }
}
