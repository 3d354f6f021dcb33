//! Tables: rows and cells, repeated ones as often as they count.

use super::story::Story;
use crate::document::flow::{self, COLUMNS, Cell, Piece, ROWS};
use crate::document::xml::Element;

impl Story<'_> {
    /// Adds the table.
    pub(super) fn table(&mut self, table: &Element, pieces: &mut Vec<Piece>) {
        let mut rows = Vec::new();
        rows_of(table, &mut rows);
        let mut cells = Vec::new();
        let mut row = 0;
        // Some programs leave out the places that a cell reaches into, as web pages do.
        let covers = rows.iter().any(|row| row.elements().any(|cell| cell.is("table", "covered-table-cell")));
        let mut free: Vec<u16> = Vec::new();
        for line in rows {
            if line.attribute("table", "visibility").is_some_and(|how| how != "visible") {
                continue;
            }
            let first = cells.len();
            self.row(line, row, &mut cells);
            if !covers {
                place(&mut cells[first..], &mut free);
            }
            // A row that is repeated holds the same again; without cells it leaves no trace anyway.
            let again = times(line, "number-rows-repeated").min(ROWS - row);
            let repeated: Vec<Cell> = cells[first..].to_vec();
            let weight: usize = repeated.iter().map(|cell| 1 + flow::weight(&cell.content)).sum();
            for next in 1..again {
                if weight == 0 || weight >= self.cells {
                    break;
                }
                self.cells -= weight;
                cells.extend(repeated.iter().cloned().map(|cell| Cell { row: row + next, ..cell }));
            }
            row = row.saturating_add(again);
            if row >= ROWS {
                break;
            }
        }
        if !cells.is_empty() {
            pieces.push(Piece::Table(cells));
        }
    }

    fn row(&mut self, line: &Element, row: u16, cells: &mut Vec<Cell>) {
        let mut column: u16 = 0;
        for element in line.elements().filter(|element| element.space == "table") {
            let again = times(element, "number-columns-repeated");
            if element.name == "table-cell" {
                let mut content = Vec::new();
                self.blocks(element, &mut content);
                let row_span = times(element, "number-rows-spanned");
                let column_span = times(element, "number-columns-spanned");
                let weight = 1 + flow::weight(&content);
                for next in 0..again {
                    let column = column.saturating_add(next);
                    if column >= COLUMNS || self.cells == 0 {
                        break;
                    }
                    self.cells = self.cells.saturating_sub(weight);
                    cells.push(Cell { row, column, row_span, column_span, content: content.clone() });
                }
            }
            if matches!(element.name, "table-cell" | "covered-table-cell") {
                column = column.saturating_add(again);
            }
        }
    }
}

/// Gives each cell of a row the first place that no cell before it or above it takes. `free` has for each column the
/// first row that is free.
fn place(cells: &mut [Cell], free: &mut Vec<u16>) {
    let mut column: u16 = 0;
    for cell in cells {
        while free.get(usize::from(column)).is_some_and(|&free| free > cell.row) {
            column += 1;
        }
        let end = column.saturating_add(cell.column_span).min(COLUMNS).max(column);
        free.resize(free.len().max(usize::from(end)), 0);
        free[usize::from(column)..usize::from(end)].fill(cell.row.saturating_add(cell.row_span));
        cell.column = column;
        column = end;
    }
}

/// Adds the rows in `parent`, also those of groups and of repeated heads.
fn rows_of<'e, 'a>(parent: &'e Element<'a>, rows: &mut Vec<&'e Element<'a>>) {
    for element in parent.elements().filter(|element| element.space == "table") {
        match element.name {
            "table-row" => rows.push(element),
            "table-rows" | "table-header-rows" | "table-row-group" => rows_of(element, rows),
            _ => {}
        }
    }
}

/// A count of at least 1.
fn times(element: &Element, name: &str) -> u16 {
    let count = element.attribute("table", name).and_then(|count| count.trim().parse::<u64>().ok()).unwrap_or(1);
    u16::try_from(count).unwrap_or(u16::MAX).max(1)
}
