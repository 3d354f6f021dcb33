//! What the cursor of a table can stand on: the cells of the form in force, and those that only the trial form has.

use crate::report::form::trial::{self, TRIAL};
use crate::report::{Cell, CellRef, Source, Table, TableKind};

use super::Detail;

/// A place for the cursor of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A cell of the form in force.
    Cell(CellRef),
    /// A cell that only the trial form has, by its row and column there.
    Trial {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
    },
}

impl Spot {
    /// The place of the cell in `row` and `column` of the trial form.
    #[must_use]
    pub fn of_trial(row: usize, column: usize) -> Self {
        match trial::row_in_force(row).zip(trial::column_in_force(row, column)) {
            Some((own, same)) => Self::Cell(CellRef::new(TRIAL.kind, own, same)),
            None => Self::Trial { row, column },
        }
    }

    /// The cell of `table` there, if printed.
    #[must_use]
    pub fn cell(self, table: &Table) -> Option<&Cell> {
        match self {
            Self::Cell(at) => table.cell(at),
            Self::Trial { row, column } => table.trial.as_ref()?.cell(row, column),
        }
    }
}

impl Detail {
    /// The places of a table for the cursor, row by row as they are shown.
    #[must_use]
    pub fn grid(&self, kind: TableKind) -> Vec<Vec<Spot>> {
        let table = self.audit.report.as_ref().and_then(|report| report.table(kind));
        let on_trial = table.filter(|table| table.trial.is_some());
        let trial = TRIAL.rows.iter().enumerate().filter(|_| on_trial.is_some()).map(|(row, spec)| {
            spec.columns.iter().map(|&column| Spot::of_trial(row, usize::from(column))).collect::<Vec<_>>()
        });
        let in_force = self.rows(kind).into_iter().filter(|_| on_trial.is_none_or(Table::follows_form_in_force));
        let in_force = in_force.map(|row| {
            let cells = kind.form().rows[row].columns.iter().map(|&column| CellRef::new(kind, row, column.into()));
            // What both forms have stands on the trial form.
            cells.filter(|&at| on_trial.is_none() || !trial::has(at)).map(Spot::Cell).collect::<Vec<_>>()
        });
        trial.chain(in_force).filter(|row| !row.is_empty()).collect()
    }

    /// Where the cursor of `kind` stands.
    #[must_use]
    pub fn spot(&self, kind: TableKind) -> Spot {
        let cell = Spot::Cell(self.cell(kind));
        let on_trial = self.audit.report.as_ref().and_then(|report| report.table(kind)?.trial.as_ref()).is_some();
        if !on_trial {
            return cell;
        }
        let spot = self.trial.map_or(cell, |(row, column)| Spot::Trial { row, column });
        let grid = self.grid(kind);
        let mut spots = grid.iter().flatten().copied();
        let first = spots.clone().next().unwrap_or(cell);
        if spots.any(|other| other == spot) { spot } else { first }
    }

    /// Puts the cursor of its table on a place.
    pub fn put(&mut self, spot: Spot) {
        match spot {
            Spot::Cell(at) => {
                self.cells[at.table as usize] = at;
                if at.table == TRIAL.kind {
                    self.trial = None;
                }
            }
            Spot::Trial { row, column } => self.trial = Some((row, column)),
        }
    }

    /// Where what is at a place of the table `kind` stands in the source.
    #[must_use]
    pub fn source_of_spot(&self, kind: TableKind, spot: Spot) -> Option<Source> {
        let table = self.audit.report.as_ref()?.table(kind)?;
        spot.cell(table).map(|cell| cell.source)
    }

    /// The place whose characters are at the cursor in the source, or else the first one on its line.
    #[must_use]
    pub fn spot_here(&self) -> Option<Spot> {
        let here = self.cell_here().map(Spot::Cell);
        let trial = || {
            let table = self.audit.report.as_ref()?.table(TRIAL.kind)?;
            let spots = self.grid(TRIAL.kind).into_iter().flatten();
            let mut own = spots.filter(|spot| matches!(spot, Spot::Trial { .. }));
            own.find(|spot| spot.cell(table).is_some_and(|cell| self.is_at_cursor(cell.source)))
        };
        match here {
            Some(Spot::Cell(at)) if self.source_of_cell(at).is_some_and(|source| self.is_at_cursor(source)) => here,
            _ => trial().or(here),
        }
    }
}
