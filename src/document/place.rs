//! From a stretch of the rendering to the place in the file.

use serde::{Deserialize, Serialize};

use super::{Anchor, Block, Document, Source};

/// Where something stands in a file, as the file itself is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Place {
    /// In a text file. Both count from 1, columns in characters.
    Line {
        /// Line.
        line: u32,
        /// Column.
        column: u32,
    },
    /// A paragraph, from 1; tables between do not count.
    Paragraph(u32),
    /// A cell of a table. All count from 1. A row or column that a merged cell covers counts.
    Cell {
        /// Which table of the document; in a workbook which sheet.
        table: u32,
        /// Row of the table.
        row: u32,
        /// Column of the table.
        cell: u32,
    },
    /// A box on a page.
    Page {
        /// Which page, from 1.
        page: u32,
        /// The box.
        area: Rect,
    },
}

/// A box on a page, in hundredths of a point from the upper left corner of the page as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rect {
    /// Left.
    pub left: i32,
    /// Upper.
    pub top: i32,
    /// Right.
    pub right: i32,
    /// Lower.
    pub bottom: i32,
}

impl Rect {
    /// The smallest box around both.
    #[must_use]
    pub fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// Where each line of a rendering stands in its file. Empty for a text file, which is its own rendering.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// What each line shows; line `n` at index `n - 1`.
    lines: Box<[Shown]>,
}

/// What a line of the rendering shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Shown {
    /// Nothing.
    Nothing,
    /// One thing with one place.
    Whole(Place),
    /// A line of a page: its upper and lower limit, and the limits of its characters.
    Page { page: u32, top: i32, bottom: i32, edges: Box<[i32]> },
    /// A row of a table: for each of its cells the column of its first character, and its place.
    Row(Box<[(u32, Place)]>),
}

impl Places {
    /// The places in `document`.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let own = |block: &Block| matches!(block, Block::Line(line) if line.anchor == Anchor::Line);
        if document.blocks.iter().all(own) {
            return Self::default();
        }
        let mut lines: Vec<Shown> = Vec::new();
        let mut put = |number: u32, shown: Shown| {
            let index = number.saturating_sub(1) as usize;
            if lines.len() <= index {
                lines.resize(index + 1, Shown::Nothing);
            }
            lines[index] = shown;
        };
        for block in &document.blocks {
            match block {
                Block::Line(line) => put(
                    line.number,
                    match &line.anchor {
                        Anchor::Line => Shown::Whole(Place::Line { line: line.number, column: 1 }),
                        Anchor::Paragraph(number) => Shown::Whole(Place::Paragraph(*number)),
                        &Anchor::Cell { table, row, cell } => Shown::Whole(Place::Cell { table, row, cell }),
                        Anchor::Page { page, top, bottom, edges } => {
                            Shown::Page { page: *page, top: *top, bottom: *bottom, edges: edges.as_slice().into() }
                        }
                    },
                ),
                Block::Picture(picture) => put(picture.number, Shown::Whole(picture.place)),
                Block::Table(grid) => {
                    let mut rest = grid.cells.as_slice();
                    for row in 0..grid.rows {
                        let (own, below) = rest.split_at(rest.partition_point(|cell| cell.row <= row));
                        rest = below;
                        let cells = own.iter().map(|cell| (cell.at, cell.place)).collect();
                        put(grid.number + u32::from(row), Shown::Row(cells));
                    }
                }
            }
        }
        Self { lines: lines.into() }
    }

    /// Where `source` stands in the file. Of a stretch over several lines, the part on the first of them.
    #[must_use]
    pub fn at(&self, source: Source) -> Place {
        let own = Place::Line { line: source.line, column: source.column };
        match self.lines.get(source.line.saturating_sub(1) as usize) {
            None | Some(Shown::Nothing) => own,
            Some(Shown::Whole(place)) => *place,
            Some(Shown::Row(cells)) => {
                let behind = cells.partition_point(|(column, _)| *column <= source.column);
                cells.get(behind.saturating_sub(1)).map_or(own, |(_, place)| *place)
            }
            Some(Shown::Page { page, top, bottom, edges }) => {
                let count = edges.len().saturating_sub(1);
                let start = (source.column.saturating_sub(1) as usize).min(count);
                let end = if source.end_line == source.line { source.end_column as usize } else { usize::MAX };
                let end = end.saturating_sub(1).clamp(start, count);
                let edge = |index: usize| edges.get(index).copied().unwrap_or(0);
                // Where texts are printed over each other the next character may stand further left.
                let area = Rect { left: edge(start), top: *top, right: edge(end).max(edge(start)), bottom: *bottom };
                Place::Page { page: *page, area }
            }
        }
    }
}
