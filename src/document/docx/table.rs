//! Tables: rows and cells on the grid of the table.

use super::story::Story;
use super::style::{switch, value};
use crate::document::columns::{self, CLOSE, Placed, Span};
use crate::document::flow::{COLUMNS, Cell, Piece};
use crate::document::xml::Element;

/// A cell as its row has it.
struct Written<'e, 'a> {
    element: &'e Element<'a>,
    /// Columns of the grid it spans, and its width in twentieths of a point where it states one.
    span: u16,
    width: Option<i64>,
    /// Whether it goes on the cell above.
    goes_on: bool,
}

/// A row as the table has it.
struct Row<'e, 'a> {
    /// Columns of the grid before its first cell, and their width.
    before: u16,
    indent: Option<i64>,
    cells: Vec<Written<'e, 'a>>,
    after: u16,
}

impl Story<'_> {
    /// Adds the table.
    pub(super) fn table(&mut self, table: &Element, pieces: &mut Vec<Piece>) {
        let mut rows = Vec::new();
        rows_of(table, &mut rows);
        let columns = columns_of(&rows, &grid_of(table));
        let mut cells: Vec<Cell> = Vec::new();
        for placed in columns::place(&columns, |row, cell| rows[row].cells[cell].goes_on) {
            if *self.cells == 0 {
                return;
            }
            *self.cells -= 1;
            let mut content = Vec::new();
            self.apart(rows[placed.source.0].cells[placed.source.1].element, &mut content);
            let Placed { row, column, row_span, column_span, .. } = placed;
            cells.push(Cell { row, column, row_span, column_span, content });
        }
        if !cells.is_empty() {
            pieces.push(Piece::Table(cells));
        }
    }
}

/// Adds the rows in `parent` that are there when all changes are accepted.
fn rows_of<'e, 'a>(parent: &'e Element<'a>, rows: &mut Vec<Row<'e, 'a>>) {
    for element in parent.elements() {
        match (element.space, element.name) {
            ("w", "tr") => {
                let properties = element.child("trPr");
                let is_deleted = properties.is_some_and(|properties| properties.child("del").is_some());
                if is_deleted || switch(properties, "hidden") == Some(true) {
                    continue;
                }
                // Exceptions of the row stand beside its properties, gaps before and after in them.
                let gap = |name| value(properties, name).and_then(|gap| gap.trim().parse().ok()).unwrap_or(0);
                let mut cells = Vec::new();
                cells_of(element, &mut cells);
                rows.push(Row {
                    before: gap("gridBefore"),
                    indent: properties.and_then(|properties| properties.child("wBefore")).and_then(width),
                    cells,
                    after: gap("gridAfter"),
                });
            }
            ("w", "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo") => rows_of(element, rows),
            ("mc", "AlternateContent") => {
                if let Some(chosen) = super::story::chosen(element) {
                    rows_of(chosen, rows);
                }
            }
            _ => {}
        }
    }
}

/// Adds the cells in `parent` that are there when all changes are accepted.
fn cells_of<'e, 'a>(parent: &'e Element<'a>, cells: &mut Vec<Written<'e, 'a>>) {
    for element in parent.elements() {
        match (element.space, element.name) {
            ("w", "tc") => {
                let properties = element.child("tcPr");
                if properties.is_some_and(|properties| properties.child("cellDel").is_some()) {
                    continue;
                }
                let span = value(properties, "gridSpan").and_then(|span| span.trim().parse::<u32>().ok()).unwrap_or(1);
                let span = u16::try_from(span.clamp(1, u32::from(COLUMNS))).unwrap_or(1);
                let own = properties.and_then(|properties| properties.child("tcW")).and_then(width);
                let merge = properties.and_then(|properties| properties.child("vMerge"));
                let is_start = |merge: &Element| merge.attribute("w", "val") == Some("restart");
                let tracked = properties.and_then(|properties| properties.child("cellMerge"));
                let tracked = tracked.and_then(|merge| merge.attribute("w", "vMerge"));
                let goes_on = tracked.map_or_else(|| merge.is_some_and(|merge| !is_start(merge)), |to| to == "cont");
                let across = properties.and_then(|properties| properties.child("hMerge"));
                let written = Written { element, span, width: own, goes_on };
                match cells.last_mut() {
                    Some(first) if across.is_some_and(|merge| !is_start(merge)) => {
                        first.span = first.span.saturating_add(span).min(COLUMNS);
                        first.width = first.width.zip(own).map(|(width, own)| width.saturating_add(own));
                    }
                    _ => cells.push(written),
                }
            }
            ("w", "sdt" | "sdtContent" | "customXml") => cells_of(element, cells),
            ("mc", "AlternateContent") => {
                if let Some(chosen) = super::story::chosen(element) {
                    cells_of(chosen, cells);
                }
            }
            _ => {}
        }
    }
}

/// A width in twentieths of a point, where it is one.
fn width(element: &Element) -> Option<i64> {
    if element.attribute("w", "type").is_some_and(|unit| unit != "dxa") {
        return None;
    }
    let width = element.attribute("w", "w")?.trim();
    let points = width.strip_suffix("pt").and_then(|points| points.split('.').next()?.parse::<i64>().ok());
    points.map(|points| points.saturating_mul(20)).or_else(|| width.split('.').next()?.parse().ok())
}

/// The widths of the columns of the grid, where the table states them.
fn grid_of(table: &Element) -> Vec<i64> {
    let grid = table.child("tblGrid").into_iter().flat_map(Element::elements);
    let columns = grid.filter(|column| column.is("w", "gridCol"));
    columns.map(|column| width(column).unwrap_or(0).max(0)).take(usize::from(COLUMNS)).collect()
}

/// For each row, of each cell its first column and the one behind its last.
///
/// Spans count columns of the grid. Where the rows do not come out equally wide, spans were left out, as some
/// programs do: then the widths of the cells tell where the columns are, if all of them are known.
fn columns_of(rows: &[Row], grid: &[i64]) -> Vec<Vec<Span>> {
    let total = |row: &Row| {
        let cells: u32 = row.cells.iter().map(|cell| u32::from(cell.span)).sum();
        u32::from(row.before) + cells + u32::from(row.after)
    };
    let mut totals = rows.iter().filter(|row| !row.cells.is_empty()).map(total);
    let first = totals.next();
    if totals.all(|total| Some(total) == first) {
        let columns = rows.iter().map(by_span).collect();
        let position = |limit: u16| grid.iter().take(usize::from(limit)).sum::<i64>();
        return if first == u32::try_from(grid.len()).ok() {
            columns::without_slivers(columns, position)
        } else {
            columns
        };
    }
    by_width(rows).unwrap_or_else(|| rows.iter().map(by_span).collect())
}

fn by_span(row: &Row) -> Vec<Span> {
    let mut end = row.before.min(COLUMNS);
    let next = |cell: &Written| {
        let column = end;
        end = end.saturating_add(cell.span).min(COLUMNS);
        (column, end)
    };
    row.cells.iter().map(next).collect()
}

fn by_width(rows: &[Row]) -> Option<Vec<Vec<Span>>> {
    let mut limits_of = Vec::with_capacity(rows.len());
    for row in rows {
        let mut at = if row.before == 0 { 0 } else { row.indent? };
        let mut limits = vec![at];
        for cell in &row.cells {
            at = at.saturating_add(cell.width.filter(|&width| width > CLOSE)?);
            limits.push(at);
        }
        limits_of.push(limits);
    }
    let widest = limits_of.iter().filter_map(|limits| limits.last()).max()?;
    let narrow = |limits: &&Vec<i64>| limits.len() > 1 && limits.last().is_some_and(|end| widest - end > widest / 20);
    if limits_of.iter().any(|limits| narrow(&limits)) {
        return None;
    }
    Some(columns::of_limits(&limits_of))
}
