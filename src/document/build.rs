//! Putting a document together: readers say what comes next, the builder numbers the lines and decides how
//! a table is shown as text.

use std::borrow::Cow;

use super::drawing;
use super::{
    Anchor, Block, Document, Encoding, Format, Grid, GridCell, Line, Picture, Place, Recognised, RecognisedPage, Role,
};

/// Puts a document together, block after block.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    blocks: Vec<Block>,
    /// Lines of the rendering so far.
    lines: u32,
    /// Paragraphs so far.
    paragraphs: u32,
    /// Tables so far.
    tables: u32,
    /// What of it a recognition program read from pictures.
    recognised: Recognised,
}

impl Builder {
    /// Adds a line that stands at `anchor`.
    pub fn line(&mut self, text: impl Into<String>, role: Role, anchor: Anchor) {
        let number = self.next(1);
        self.blocks.push(Block::Line(Line { number, text: text.into(), role, anchor }));
    }

    /// Adds the next paragraph. Forced line breaks in it are lines of the rendering with the paragraph's number.
    pub fn paragraph(&mut self, text: &str, role: Role) {
        self.paragraphs += 1;
        for line in text.split('\n') {
            self.line(line, role, Anchor::Paragraph(self.paragraphs));
        }
    }

    /// Adds a table with these cells. Cells need no order; their `at` is set here. Of a cell that overlaps
    /// an earlier one nothing is changed: readers resolve spans before.
    pub fn table(&mut self, mut cells: Vec<GridCell>) {
        cells.sort_by_key(|cell| (cell.row, cell.column));
        let limit = |end: fn(&GridCell) -> u16| cells.iter().map(end).max().unwrap_or(0);
        let rows = limit(|cell| cell.row.saturating_add(cell.row_span));
        let columns = limit(|cell| cell.column.saturating_add(cell.column_span));
        if rows == 0 {
            return;
        }
        let number = self.next(u32::from(rows));
        let mut grid = Grid { number, rows, columns, cells };
        let starts: Vec<u32> = drawing::draw(&grid).1;
        grid.cells.iter_mut().zip(starts).for_each(|(cell, at)| cell.at = at);
        self.blocks.push(Block::Table(grid));
    }

    /// The number of the next table: readers use it for the places of its cells.
    pub fn next_table(&mut self) -> u32 {
        self.tables += 1;
        self.tables
    }

    /// Adds a picture.
    pub fn picture(&mut self, caption: impl Into<String>, place: Place, large: bool) {
        let number = self.next(1);
        self.blocks.push(Block::Picture(Picture { number, caption: caption.into(), place, large, page: false }));
    }

    /// Adds the picture that a page consists of.
    pub fn page(&mut self, caption: impl Into<String>, place: Place) {
        let number = self.next(1);
        self.blocks.push(Block::Picture(Picture { number, caption: caption.into(), place, large: true, page: true }));
    }

    /// The number of the paragraph added last; 0 before the first.
    #[must_use]
    pub const fn paragraphs(&self) -> u32 {
        self.paragraphs
    }

    /// The same where a recognition program read all of it from pictures.
    #[must_use]
    pub fn recognised(self) -> Self {
        Self { recognised: Recognised::Everything, ..self }
    }

    /// Adds what `add` does as a page that a recognition program read from its picture, among others that are text.
    pub(super) fn recognised_page(&mut self, page: u32, add: impl FnOnce(&mut Self)) {
        let first = self.lines + 1;
        add(self);
        let own = RecognisedPage { page, first, last: self.lines };
        match &mut self.recognised {
            Recognised::Pages(pages) => pages.push(own),
            Recognised::Nothing => self.recognised = Recognised::Pages(vec![own]),
            Recognised::Everything => {}
        }
    }

    /// The document.
    #[must_use]
    pub fn finish(self, format: Format, encoding: Option<Encoding>) -> Document {
        Document { format, encoding, recognised: self.recognised, blocks: self.blocks }
    }

    fn next(&mut self, lines: u32) -> u32 {
        let number = self.lines + 1;
        self.lines += lines;
        number
    }
}

impl Grid {
    /// The rows as the rendering shows them: cells between bars, each in the line of its first row.
    #[must_use]
    pub fn rendering(&self) -> Vec<String> {
        drawing::draw(self).0
    }
}

impl Document {
    /// The lines of the rendering, line `n` at index `n - 1`.
    #[must_use]
    pub fn lines(&self) -> Vec<Cow<'_, str>> {
        let mut lines = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            match block {
                Block::Line(line) => lines.push(Cow::Borrowed(line.text.as_str())),
                Block::Picture(picture) if picture.caption.is_empty() => lines.push(Cow::Borrowed("[图片]")),
                Block::Picture(picture) => lines.push(Cow::Owned(format!("[图片：{}]", picture.caption))),
                Block::Table(grid) => lines.extend(grid.rendering().into_iter().map(Cow::Owned)),
            }
        }
        lines
    }
}
