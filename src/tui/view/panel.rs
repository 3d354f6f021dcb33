//! Under a table: the cell under the cursor, its identities in words and figures, and what is said of it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::finding::Severity;
use crate::report::identity::{Assessment, Identity, identities};
use crate::report::{CellRef, RowFound, Table};
use crate::text::equation::equation;
use crate::text::{form, place, printable, screen};
use crate::tui::layout;
use crate::tui::model::{Detail, Model, Spot};
use crate::tui::wrap::wrap;

use super::cell;
use super::pen::{put, put_all, rule, span};

pub(super) fn draw(model: &Model, open: &Detail, table: &Table, buffer: &mut Buffer, area: Rect) {
    let (lang, theme) = (model.lang, model.theme);
    let spot = open.spot(table.kind);
    let printed = spot.cell(table);
    let name = match spot {
        Spot::Cell(at) => form::cell(at),
        Spot::Trial { row, column } => form::trial_cell(row, column),
    };
    let mut heading = vec![span(name.get(lang).to_owned(), theme.title())];
    let value = match cell::state(printed) {
        Some(state) => format!("  {} {}", cell::shown(printed), state.get(lang)),
        None => format!("  {}", cell::shown(printed)),
    };
    heading.push(span(value, theme.strong()));
    if let Some(cell) = printed {
        heading.push(span(format!("  {}", place::name(open.audit.places.at(cell.source)).get(lang)), theme.quiet()));
    }
    let row = match spot {
        Spot::Cell(at) => table.rows.get(at.row as usize),
        Spot::Trial { row, .. } => table.trial.as_ref().and_then(|trial| trial.rows.get(row)),
    };
    if let Some(RowFound::Renamed { printed, .. }) = row {
        heading.push(span(format!("  ~「{}」", printable(printed)), theme.quiet()));
    }
    put(buffer, area, 0, &rule(heading, area.width as usize, theme.quiet()));
    let (_, body) = layout::bottom(area, area.height.saturating_sub(1));
    let columns = (body.width as usize).saturating_sub(2);
    let mut lines = Vec::new();
    // No rule speaks of what only the trial form has.
    if let Spot::Cell(at) = spot {
        lines = said(model, open, at, columns);
        lines.extend(sums(model, table, at, columns));
    }
    put_all(buffer, body, &lines);
    if lines.len() < body.height as usize && body.height > 2 {
        let legend = span(format!(" {}", screen::LEGEND.get(lang)), theme.quiet());
        put(buffer, body, body.height as usize - 1, &Line::from(legend));
    }
}

/// The likely slip at this cell, and what else the findings say of it.
fn said(model: &Model, open: &Detail, at: CellRef, columns: usize) -> Vec<Line<'static>> {
    let (lang, theme) = (model.lang, model.theme);
    let likely = open.audit.findings.iter().filter_map(|finding| finding.likely.as_ref()).find(|likely| {
        // The slip is worth knowing at every cell of its table that is involved in what is broken.
        likely.cell == at || (likely.cell.table == at.table && open.marks.get(at).is_some())
    });
    let likely = likely.map(|likely| {
        let words = screen::likely(&form::cell(likely.cell), &likely.value);
        format!(" ≠ {}{}{}", screen::LIKELY.get(lang), screen::COLON.get(lang), words.get(lang))
    });
    likely
        .into_iter()
        .flat_map(|text| wrap(&text, columns))
        .map(|line| Line::from(span(line, theme.accent().patch(theme.strong()))))
        .collect()
}

/// The identities the cell takes part in, broken ones first, short ones before long ones.
fn sums(model: &Model, table: &Table, at: CellRef, columns: usize) -> Vec<Line<'static>> {
    let mut sums: Vec<(Identity, Assessment)> = identities(table)
        .into_iter()
        .filter(|identity| identity.cells().any(|cell| cell == at))
        .map(|identity| {
            let assessment = identity.assess(table);
            (identity, assessment)
        })
        .collect();
    sums.sort_by_key(|(identity, assessment)| {
        let rank = match assessment {
            Assessment::Broken { .. } => 0,
            Assessment::NotAssessable(_) => 1,
            Assessment::Holds => 2,
        };
        (rank, identity.cells().count())
    });
    let theme = model.theme;
    let mut lines = Vec::new();
    for (identity, assessment) in sums {
        let (sign, style) = match assessment {
            Assessment::Broken { .. } => (Severity::Error.sign(), theme.severity(Severity::Error)),
            Assessment::NotAssessable(_) => ("?", theme.severity(Severity::Warning)),
            Assessment::Holds => ("✓", theme.quiet()),
        };
        let words = equation(&identity, table, &assessment);
        for (row, line) in wrap(words.get(model.lang), columns.saturating_sub(3)).into_iter().enumerate() {
            let sign = if row == 0 { sign } else { " " };
            lines.push(Line::from(span(format!(" {sign} {line}"), style)));
        }
    }
    lines
}
