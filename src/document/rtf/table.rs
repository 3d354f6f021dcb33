//! Tables of Rich Text Format: rows of cells, each with its right edge (specification, "Table definitions").
//!
//! There are no columns in the file. They are the stretches between the edges that occur in any row.

use crate::document::{GridCell, Place};

/// Edges nearer to each other are one; in twentieths of a point.
const TOLERANCE: i32 = 30;

/// Beginnings of rows nearer to the leftmost are at it: rows differ by the padding of their cells.
const INDENT: i32 = 150;

/// Most columns a grid may have.
const COLUMNS: usize = 1_000;

/// Most rows a grid may have.
pub(super) const ROWS: usize = 10_000;

/// How a cell of a row is defined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Definition {
    /// Its right edge.
    pub(super) right: i32,
    /// Whether it goes on from the cell above.
    pub(super) from_above: bool,
    /// Whether it goes on from the cell before.
    pub(super) from_before: bool,
}

/// What stands in a cell, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A paragraph.
    Text(String),
    /// A table in the cell.
    Table(Table),
}

/// A row: its left edge, the definitions of its cells, and what stands in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) left: i32,
    pub(super) definitions: Vec<Definition>,
    pub(super) cells: Vec<Vec<Content>>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
}

/// A cell with more characters holds running text.
const LONG: usize = 200;

/// A cell with at most so many characters may hold a label or a figure.
const SHORT: usize = 40;

impl Table {
    /// Whether it only arranges the page: other tables or running text stand in its cells.
    pub(super) fn arranges(&self) -> bool {
        let (mut own, mut nested, mut long, mut all) = (0, 0, 0, 0);
        for cell in self.rows.iter().flat_map(|row| &row.cells) {
            let length = cell.iter().map(Content::length).sum::<usize>();
            let tables = cell.iter().map(Content::values).sum::<usize>();
            nested += tables;
            own += usize::from(tables == 0 && (1..=SHORT).contains(&length));
            all += length;
            long += if length > LONG { length } else { 0 };
        }
        nested > 0 && nested >= own || long > all / 2 && own < 8
    }

    fn length(&self) -> usize {
        self.rows.iter().flat_map(|row| &row.cells).flatten().map(Content::length).sum()
    }

    fn values(&self) -> usize {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        let value = |cell: &Vec<Content>| {
            let inner = cell.iter().map(Content::values).sum::<usize>();
            let length = cell.iter().map(Content::length).sum::<usize>();
            if inner > 0 { inner } else { usize::from((1..=SHORT).contains(&length)) }
        };
        cells.map(value).sum()
    }

    /// The cells on their grid, with the table's number in their places; `None` where it has none.
    pub(super) fn grid(&self, number: u32) -> Option<Vec<GridCell>> {
        let mut rows: Vec<Vec<Span>> = self.rows.iter().map(Row::spans).collect();
        let leftmost = rows.iter().filter_map(|row| row.first()).map(|span| span.left).min()?;
        for first in rows.iter_mut().filter_map(|row| row.first_mut()) {
            if first.left.saturating_sub(leftmost) < INDENT {
                first.left = leftmost;
            }
        }
        let edges = columns(rows.iter().flatten().flat_map(|span| [span.left, span.right]));
        if edges.len() > COLUMNS + 1 || rows.len() > ROWS {
            return None;
        }
        let column_of = |edge: i32| edges.partition_point(|start| *start <= edge).saturating_sub(1);
        let mut cells: Vec<GridCell> = Vec::new();
        // For each column, the cell of the row above that begins there.
        let mut above: Vec<Option<usize>> = vec![None; edges.len()];
        for (row, spans) in rows.into_iter().enumerate() {
            let mut here: Vec<Option<usize>> = vec![None; edges.len()];
            let mut carried = String::new();
            for mut span in spans {
                if !carried.is_empty() {
                    append(&mut carried, &span.text);
                    span.text = std::mem::take(&mut carried);
                }
                let (column, end) = (column_of(span.left), column_of(span.right));
                if let Some(upper) = above[column].filter(|_| span.from_above) {
                    let cell = &mut cells[upper];
                    if column + usize::from(cell.column_span) == end {
                        cell.row_span += 1;
                        append(&mut cell.text, &span.text);
                        here[column] = Some(upper);
                        continue;
                    }
                }
                if end <= column {
                    // No wider than the tolerance: what it says goes to the cell beside it.
                    match cells.last_mut().filter(|last| usize::from(last.row) == row) {
                        Some(last) => append(&mut last.text, &span.text),
                        None => carried = span.text,
                    }
                    continue;
                }
                here[column] = Some(cells.len());
                cells.push(GridCell {
                    row: u16::try_from(row).ok()?,
                    column: u16::try_from(column).ok()?,
                    row_span: 1,
                    column_span: u16::try_from(end - column).ok()?,
                    text: span.text,
                    place: Place::Cell {
                        table: number,
                        row: u32::try_from(row + 1).ok()?,
                        cell: u32::try_from(column + 1).ok()?,
                    },
                    at: 0,
                });
            }
            above = here;
        }
        Some(cells)
    }
}

impl Content {
    fn length(&self) -> usize {
        match self {
            Self::Text(text) => text.chars().filter(|c| !c.is_whitespace()).count(),
            Self::Table(table) => table.length(),
        }
    }

    fn values(&self) -> usize {
        match self {
            Self::Text(_) => 0,
            Self::Table(table) => table.values(),
        }
    }

    /// Its paragraphs, those of tables in it cell by cell.
    pub(super) fn lines(&self, lines: &mut Vec<String>) {
        match self {
            Self::Text(text) => lines.push(text.clone()),
            Self::Table(table) => {
                for content in table.rows.iter().flat_map(|row| &row.cells).flatten() {
                    content.lines(lines);
                }
            }
        }
    }
}

/// A cell between its edges.
struct Span {
    left: i32,
    right: i32,
    from_above: bool,
    text: String,
}

impl Row {
    /// The cells between their edges, those that go on from the one before joined to it.
    fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut left = self.left;
        let count = self.definitions.len().max(self.cells.len());
        for index in 0..count {
            // A cell that is not defined is as wide as any.
            let undefined = Definition { right: left.saturating_add(1_000), ..Definition::default() };
            let mut definition = self.definitions.get(index).copied().unwrap_or(undefined);
            definition.right = definition.right.max(left);
            let mut lines = Vec::new();
            for content in self.cells.get(index).into_iter().flatten() {
                content.lines(&mut lines);
            }
            let text = lines.join("\n");
            match spans.last_mut() {
                Some(last) if definition.from_before => {
                    last.right = definition.right;
                    append(&mut last.text, &text);
                }
                _ => spans.push(Span { left, right: definition.right, from_above: definition.from_above, text }),
            }
            left = definition.right;
        }
        spans
    }
}

fn append(text: &mut String, more: &str) {
    if !more.is_empty() {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(more);
    }
}

/// The edges, each once.
fn columns(edges: impl Iterator<Item = i32>) -> Vec<i32> {
    let mut edges: Vec<i32> = edges.collect();
    edges.sort_unstable();
    let mut columns: Vec<i32> = Vec::new();
    for edge in edges {
        if columns.last().is_none_or(|last| edge.saturating_sub(*last) > TOLERANCE) {
            columns.push(edge);
        }
    }
    columns
}
