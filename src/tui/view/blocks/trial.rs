//! The table of part two on the trial form, under its own rows and columns.
//!
//! Of its cells, those that the form in force has as well are the ones that rules speak of.

use ratatui::text::{Line, Span};

use crate::report::form::trial::TRIAL;
use crate::report::{Table, TrialCells};
use crate::text::{form, pad, width};
use crate::tui::model::{Detail, Model, Spot};

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
    let cursor = open.spot(table.kind);
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
            let here = columns().any(|column| Spot::of_trial(row, column) == cursor);
            if here {
                selected = lines.len();
            }
            let name = format!("  {}", form::trial_row(row).get(model.lang));
            let style = if here { theme.title() } else { theme.text() };
            let mut spans = vec![span(if here { "▌" } else { " " }, theme.accent()), span(pad(&name, label), style)];
            for column in columns() {
                let spot = Spot::of_trial(row, column);
                match spot {
                    Spot::Cell(at) => spans.extend(cell::spans(model, open, table, at, wide(column))),
                    Spot::Trial { .. } => {
                        let text = cell::shown(cells.cell(row, column));
                        let style = if spot == cursor { theme.cursor() } else { theme.text() };
                        let figure = right(&text, width(&text).min(wide(column) - 1));
                        let fill = wide(column) - 1 - width(&figure);
                        spans.push(Span::raw(" ".repeat(fill)));
                        spans.push(span(format!("{figure} "), style));
                    }
                }
            }
            lines.push(Line::from(spans));
        }
    }
    (lines, selected)
}
