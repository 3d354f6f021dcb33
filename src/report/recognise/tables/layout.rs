//! What the complete rows of a table teach about where its cells stand, so that a short row can be read.

use super::offsets::{Offsets, Place};
use super::tokens::{Value, ValueKind};
use crate::report::recognise::stream::Stream;

/// The habits of a table's complete rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// Explicit empty cells behind the last column, if all complete rows agree.
    pub(super) trailing_blanks: Option<usize>,
    /// By depth of the label among the cells of its line: the cell in which the last column stands.
    last_cells: Vec<(usize, usize)>,
    /// For each column, the screen columns its figures take, if columns are aligned by blanks.
    columns: Option<Vec<(usize, usize)>>,
    /// Lines from cell to cell, if every cell has a line of its own.
    step: Option<usize>,
    /// The columns of lines of explicit cells.
    offsets: Offsets,
}

/// What is known of a table beside its rows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Frame {
    /// The cell of the first column by the header.
    pub(super) head: Option<usize>,
    /// Whether empty cells at the ends of lines were cut off.
    pub(super) trimmed: bool,
}

/// A row as the layout sees it.
#[derive(Default)]
pub(super) struct RowView<'a> {
    /// Its values.
    pub(super) values: Vec<&'a Value>,
    /// Screen column after the last character of each value.
    pub(super) right: Vec<usize>,
    /// Screen column of the first character of each value.
    pub(super) left: Vec<usize>,
    /// Which cell of their line the label is, where the line has explicit cells.
    pub(super) depth: Option<usize>,
    /// Whether nothing but empty lines stands between its values.
    pub(super) unbroken: bool,
    /// Whether nothing of the document stands behind it: the file may have been cut within it.
    pub(super) is_last: bool,
}

impl Layout {
    /// Learns from the rows that have `width` values.
    pub(super) fn learn(rows: &[&RowView<'_>], width: usize, frame: Frame) -> Self {
        let solid = |row: &&&RowView<'_>| row.values.iter().filter(|v| v.kind != ValueKind::Blank).count() == width;
        let full: Vec<&RowView<'_>> = rows.iter().filter(solid).copied().collect();
        let trailing_blanks = usual_trailing(rows, width);
        let lines: Vec<&&RowView<'_>> = full
            .iter()
            .filter(|row| row.values.len() == width && row.values.iter().all(|value| !value.celled))
            .collect();
        Self {
            trailing_blanks,
            last_cells: last_cells(rows, width),
            columns: aligned_columns(&lines, width),
            step: usual_step(&lines),
            offsets: Offsets::learn(rows, width, frame.head, frame.trimmed),
        }
    }

    /// For a short row, the column of each of its values, where the layout tells.
    pub(super) fn places(&self, row: &RowView<'_>, width: usize) -> Option<Vec<usize>> {
        self.places_on_line(row).or_else(|| self.places_by_line(row, width))
    }

    /// For a row of explicit cells: where its columns are.
    pub(super) fn columns<'a>(&self, row: &RowView<'a>) -> Place<'a> {
        self.offsets.place(row)
    }

    /// For a row of explicit cells on one line: which of its values is the first column's, by the rows whose
    /// label stands in the same cell.
    pub(super) fn first_value(&self, row: &RowView<'_>, width: usize) -> Option<usize> {
        let depth = row.depth?;
        let (_, last) = self.last_cells.iter().find(|(known, _)| *known == depth)?;
        let first_cell = (last + 1).checked_sub(width)?;
        row.values.iter().position(|value| value.cell == first_cell)
    }

    /// One cell a line: an empty line more than usual between two figures is a blank cell. Before the first
    /// and behind the last the distance tells nothing, so the empty lines must account for every blank.
    fn places_by_line(&self, row: &RowView<'_>, width: usize) -> Option<Vec<usize>> {
        let step = self.step.filter(|_| row.unbroken)?;
        let mut place = 0;
        let mut places = vec![place];
        for pair in row.values.windows(2) {
            let lines = pair[1].line.checked_sub(pair[0].line)?;
            if lines == 0 || !lines.is_multiple_of(step) {
                return None;
            }
            place += lines / step;
            places.push(place);
        }
        (place + 1 == width).then_some(places)
    }

    /// For a short row on one line, the column of each value by its place on the screen. A row whose only
    /// open column is the last could as well have been closed up, so it stays open.
    fn places_on_line(&self, row: &RowView<'_>) -> Option<Vec<usize>> {
        let columns = self.columns.as_ref()?;
        let line = row.values.first()?.line;
        if row.values.iter().any(|value| value.line != line || value.celled) {
            return None;
        }
        let mut places = Vec::with_capacity(row.values.len());
        for (left, right) in row.left.iter().zip(&row.right) {
            let hit = columns.iter().position(|(from, to)| left < to && right > from)?;
            if places.last().is_some_and(|last| *last >= hit) {
                return None;
            }
            places.push(hit);
        }
        (places.last() == Some(&(columns.len() - 1))).then_some(places)
    }
}

/// Empty cells behind the last printed one in most rows: the total is hardly ever left blank.
fn usual_trailing(rows: &[&RowView<'_>], width: usize) -> Option<usize> {
    let mut counts: Vec<usize> = Vec::new();
    for row in rows.iter().filter(|row| row.values.len() >= width && row.values.iter().all(|value| value.celled)) {
        if let Some(last) = row.values.iter().rposition(|value| value.kind != ValueKind::Blank) {
            let trailing = row.values.len() - 1 - last;
            counts.resize(counts.len().max(trailing + 1), 0);
            counts[trailing] += 1;
        }
    }
    let all: usize = counts.iter().sum();
    let usual = (0..counts.len()).max_by_key(|&trailing| (counts[trailing], std::cmp::Reverse(trailing)))?;
    (counts[usual] * 5 >= all * 3).then_some(usual)
}

/// For each depth of label with at least two rows, the cell in which most of them end.
fn last_cells(rows: &[&RowView<'_>], width: usize) -> Vec<(usize, usize)> {
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for row in rows.iter().filter(|row| row.values.len() >= width.min(2)) {
        let last = row.values.iter().rfind(|value| value.kind != ValueKind::Blank);
        ends.extend(row.depth.zip(last.map(|value| value.cell)));
    }
    let mut depths: Vec<usize> = ends.iter().map(|end| end.0).collect();
    depths.sort_unstable();
    depths.dedup();
    depths
        .into_iter()
        .filter_map(|depth| {
            let same: Vec<usize> = ends.iter().filter(|end| end.0 == depth).map(|end| end.1).collect();
            let count = |cell: &usize| same.iter().filter(|other| *other == cell).count();
            let usual = same.iter().copied().max_by_key(|cell| (count(cell), *cell))?;
            (same.len() >= 2 && count(&usual) * 5 >= same.len() * 3).then_some((depth, usual))
        })
        .collect()
}

/// The screen columns of each column of figures, if they never overlap and stand well apart.
fn aligned_columns(rows: &[&&RowView<'_>], width: usize) -> Option<Vec<(usize, usize)>> {
    let rows: Vec<_> = rows.iter().filter(|row| row.values.iter().all(|v| v.line == row.values[0].line)).collect();
    if rows.len() < 4 {
        return None;
    }
    let columns: Vec<(usize, usize)> = (0..width)
        .map(|column| {
            let left = rows.iter().map(|row| row.left[column]).min().unwrap_or(0);
            let right = rows.iter().map(|row| row.right[column]).max().unwrap_or(0);
            (left, right)
        })
        .collect();
    columns.windows(2).all(|pair| pair[0].1 + 2 <= pair[1].0).then_some(columns)
}

/// The distance between cells, if every complete row keeps the same.
fn usual_step(rows: &[&&RowView<'_>]) -> Option<usize> {
    let mut found: Option<usize> = None;
    for row in rows.iter().filter(|row| row.unbroken) {
        for pair in row.values.windows(2) {
            let step = pair[1].line.checked_sub(pair[0].line).filter(|step| *step > 0)?;
            if *found.get_or_insert(step) != step {
                return None;
            }
        }
    }
    found
}

/// A line longer than this is not set in columns.
const LONGEST_ROW: usize = 1_000;

/// The column of the screen at which the character at `at` of the stream begins.
pub(super) fn screen_column(stream: &Stream, at: usize) -> usize {
    let Some(line) = stream.lines.get(stream.line_of(at.saturating_sub(1))) else { return 0 };
    if line.len() > LONGEST_ROW {
        return 0;
    }
    let before = &stream.chars[line.start.min(at)..at.min(line.end)];
    before.iter().map(|char| if char.c.is_ascii() { 1 } else { 2 }).sum()
}
