//! What the text of a file amounts to: paragraphs and tables, put together character by character.

use super::table::{Content, Definition, ROWS, Row, Table};

/// Deepest nesting of tables that is kept.
const LEVELS: usize = 8;

/// Most cells and paragraphs a file may have.
pub(super) const CELLS: usize = 100_000;

/// One thing after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A paragraph; forced breaks are line feeds.
    Paragraph(String),
    /// A table.
    Table(Table),
    /// A picture, and whether it is large, as far as the file tells.
    Picture(bool),
}

/// A story that is being told.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    /// What is complete.
    pub(super) items: Vec<Item>,
    /// The open paragraph.
    text: String,
    /// Pictures in the open paragraph, or in the open table.
    pictures: Vec<bool>,
    /// The tables that are open, the innermost last.
    tables: Vec<Open>,
    /// How many cells there are.
    cells: usize,
}

/// A table that is being put together.
#[derive(Clone, Debug, Default)]
struct Open {
    table: Table,
    /// The cells of the open row.
    row: Vec<Vec<Content>>,
    /// What stands in the open cell.
    cell: Vec<Content>,
}

impl Story {
    /// How many cells and paragraphs there are.
    pub(super) const fn size(&self) -> usize {
        self.cells + self.items.len()
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn picture(&mut self, large: bool) {
        self.pictures.push(large);
    }

    /// Ends a paragraph that stands in as many tables as `level` says.
    pub(super) fn end_paragraph(&mut self, level: usize) {
        // A row that has begun is not left before its end.
        let begun = self.tables.iter().rposition(|open| !open.row.is_empty()).map_or(0, |index| index + 1);
        let level = level.max(begun);
        let text = self.take_text();
        if level == 0 {
            self.close(0);
            if !text.is_empty() {
                self.items.push(Item::Paragraph(text));
            }
            self.show_pictures();
            return;
        }
        self.open(level);
        if let (Some(open), false) = (self.tables.last_mut(), text.is_empty()) {
            open.cell.push(Content::Text(text));
        }
    }

    /// Ends a cell of the table at `level`.
    pub(super) fn end_cell(&mut self, level: usize) {
        let text = self.take_text();
        let level = level.clamp(1, LEVELS);
        if self.tables.len() < level {
            self.open(level);
        }
        if let (Some(open), false) = (self.tables.last_mut(), text.is_empty()) {
            open.cell.push(Content::Text(text));
        }
        self.close(level);
        self.cells += 1;
        if let Some(open) = self.tables.last_mut() {
            let cell = std::mem::take(&mut open.cell);
            open.row.push(cell);
        }
    }

    /// Ends a row of the table at `level`.
    pub(super) fn end_row(&mut self, level: usize, left: i32, definitions: &[Definition]) {
        let level = level.clamp(1, LEVELS);
        let text = self.take_text();
        self.close(level);
        if self.tables.len() < level {
            // The end of a row that has no cells.
            self.text = text;
            return;
        }
        let Some(open) = self.tables.last_mut() else { return };
        // What stands behind the last cell belongs to no cell; where there is none yet, it is one.
        let mut rest = std::mem::take(&mut open.cell);
        rest.extend((!text.is_empty()).then_some(Content::Text(text)));
        if !rest.is_empty() {
            open.row.push(rest);
        }
        let cells = std::mem::take(&mut open.row);
        if cells.is_empty() {
            return;
        }
        self.cells += definitions.len().saturating_sub(cells.len());
        open.table.rows.push(Row { left, definitions: definitions.to_vec(), cells });
        if open.table.rows.len() >= ROWS {
            self.close(level - 1);
        }
    }

    /// Ends everything.
    pub(super) fn finish(&mut self) {
        let text = self.take_text();
        if !text.is_empty() {
            if let Some(open) = self.tables.last_mut().filter(|open| !open.row.is_empty()) {
                open.cell.push(Content::Text(text));
            } else {
                self.close(0);
                self.items.push(Item::Paragraph(text));
            }
        }
        self.close(0);
        self.show_pictures();
    }

    fn take_text(&mut self) -> String {
        let text = std::mem::take(&mut self.text);
        let lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Makes the table at `level` the innermost.
    fn open(&mut self, level: usize) {
        let level = level.min(LEVELS);
        self.close(level);
        while self.tables.len() < level {
            self.tables.push(Open::default());
        }
    }

    /// Closes the tables deeper than `level`.
    fn close(&mut self, level: usize) {
        while self.tables.len() > level {
            let Some(mut open) = self.tables.pop() else { return };
            if !open.cell.is_empty() {
                let cell = std::mem::take(&mut open.cell);
                open.row.push(cell);
            }
            if !open.row.is_empty() {
                // The file ends, or the table does, before the row.
                let cells = std::mem::take(&mut open.row);
                let definitions = open.table.rows.last().map(|row| row.definitions.clone()).unwrap_or_default();
                let left = open.table.rows.last().map_or(0, |row| row.left);
                open.table.rows.push(Row { left, definitions, cells });
            }
            if open.table.rows.is_empty() {
                continue;
            }
            match self.tables.last_mut() {
                Some(outer) => outer.cell.push(Content::Table(open.table)),
                None => {
                    self.items.push(Item::Table(open.table));
                    self.show_pictures();
                }
            }
        }
    }

    fn show_pictures(&mut self) {
        if self.tables.is_empty() {
            self.items.extend(self.pictures.drain(..).map(Item::Picture));
        }
    }
}
