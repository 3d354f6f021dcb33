//! The table of part two on the trial form, as printed: each item with its own heads.

use std::io::{self, Write};

use super::super::Style;
use super::{LABEL, drawn, place, right};
use crate::audit::Places;
use crate::report::form::trial::TRIAL;
use crate::report::{Cell, TrialCells};
use crate::text::{form, pad, width};

/// Columns of a figure, at least.
const FIGURE: usize = 16;

pub(super) fn table(cells: &TrialCells, places: &Places, style: Style, out: &mut impl Write) -> io::Result<()> {
    for (item, rows) in form::TRIAL_BLOCKS {
        let cell = |row: usize, column: u8| cells.cell(row, usize::from(column));
        let columns = TRIAL.rows[rows.start].columns;
        if !rows.clone().any(|row| columns.iter().any(|&column| cell(row, column).is_some())) {
            continue;
        }
        write!(out, "  {}", pad(style.word(item), LABEL))?;
        for &column in columns {
            write!(out, " │ {}", right(style.word(form::trial_column(usize::from(column))), FIGURE))?;
        }
        writeln!(out)?;
        for row in rows {
            write!(out, "  {}", pad(&format!("  {}", style.word(form::trial_row(row))), LABEL))?;
            for &column in columns {
                let text = cell(row, column).map_or_else(|| "…".to_owned(), with_unit);
                write!(out, " │ {}", right(&text, FIGURE.max(width(&text))))?;
            }
            let first = columns.iter().find_map(|&column| cell(row, column));
            writeln!(out, "{}", place(first.map(|cell| places.at(cell.source)), style))?;
        }
    }
    Ok(())
}

fn with_unit(cell: &Cell) -> String {
    drawn(cell) + cell.unit.as_deref().unwrap_or_default()
}
