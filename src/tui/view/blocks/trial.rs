//! The table of part two on the trial form, under its own rows and columns.
//!
//! The cursor goes over the cells of the form in force; those of them that the trial form has stand here as well.

use ratatui::text::{Line, Span};

use crate::report::form::trial::{TRIAL, column_in_force, row_in_force};
use crate::report::{CellRef, Table, TrialCells};
use crate::text::{form, pad, width};
use crate::tui::model::{Detail, Model};

use super::super::cell;
use super::super::pen::{right, span};

/// Columns of a figure, at least.
const FIGURE: usize = 14;

/// The lines of the table, and which of them the cursor is on.
pub(super) fn lines(
    model: &Model,
    open: &Detail,
    table: &Table,
    cells: &TrialCells,
    label: usize,
) -> (Vec<Line<'static>>, usize) {
    let theme = model.theme;
    let cursor = open.cell(table.kind);
    let widest = cells.cells.iter().flatten().map(|cell| width(&cell::shown(Some(cell)))).max().unwrap_or(1);
    let wide = |column: usize| FIGURE.max(widest + 2).max(width(form::trial_column(column).get(model.lang)) + 2);
    let mut lines = Vec::new();
    let mut selected = 0;
    for (item, rows) in form::TRIAL_BLOCKS {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        let columns = || TRIAL.rows[rows.start].columns.iter().map(|&column| usize::from(column));
        let mut head = vec![Span::raw(" "), span(pad(item.get(model.lang), label), theme.strong())];
        head.extend(columns().map(|column| {
            let name = form::trial_column(column).get(model.lang);
            span(format!("{} ", right(name, wide(column) - 1)), theme.quiet())
        }));
        lines.push(Line::from(head));
        for row in rows.clone() {
            let own = row_in_force(row);
            let here = own == Some(usize::from(cursor.row));
            if here {
                selected = lines.len();
            }
            let name = format!("  {}", form::trial_row(row).get(model.lang));
            let style = if here { theme.title() } else { theme.text() };
            let mut spans = vec![span(if here { "▌" } else { " " }, theme.accent()), span(pad(&name, label), style)];
            for column in columns() {
                match own.zip(column_in_force(row, column)) {
                    Some((own, same)) => {
                        let at = CellRef::new(table.kind, own, same);
                        spans.extend(cell::spans(model, open, table, at, wide(column)));
                    }
                    None => {
                        let text = cell::shown(cells.cell(row, column));
                        spans.push(span(format!("{} ", right(&text, wide(column) - 1)), theme.text()));
                    }
                }
            }
            lines.push(Line::from(spans));
        }
    }
    (lines, selected)
}
