//! Which cell of a row stands in which column of the form.

use std::ops::Range;

use super::super::readings::Piece;
use super::block::{Block, Cell};
use super::entries::Entry;
use crate::report::{CellValue, Figure};

/// What was found for a cell of the form.
#[derive(Clone, Debug)]
pub(super) enum Slot {
    /// This stands in it.
    Is(Piece),
    /// Something stands there that cannot be told, in this range of the stream.
    Doubt(Range<usize>),
    /// The table has no such column.
    Absent,
}

/// The columns of the form within one block, as columns of its sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// By the header.
    pub(super) heads: Vec<Option<Range<usize>>>,
    /// By the rows: as most of them have their cells, where these are as many as the form has columns.
    usual: Option<Vec<Range<usize>>>,
    /// Whether the rows and the header disagree, and no figure tells which is right.
    disputed: bool,
}

impl Columns {
    /// Learns the `heads.len()` columns from the rows of `block`.
    pub(super) fn learn(block: &Block, entries: &[&Entry], heads: Vec<Option<Range<usize>>>) -> Self {
        let width = heads.len();
        let mut shapes: Vec<(Vec<Range<usize>>, usize)> = Vec::new();
        for entry in entries {
            let shape: Vec<_> = entry.values[0].iter().map(|&cell| block.cells[cell].columns.clone()).collect();
            match shapes.iter_mut().find(|(known, _)| *known == shape) {
                Some((_, count)) => *count += 1,
                None => shapes.push((shape, 1)),
            }
        }
        let most = shapes.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| count * 2 > entries.len());
        let usual = most.map(|(shape, _)| shape).and_then(|shape| {
            if shape.len() == width {
                return Some(shape);
            }
            // A column without any figure is none: a ruling that is no limit of cells.
            let filled = |columns: &Range<usize>| {
                let here = |cell: &Cell| cell.columns == *columns && !cell.is_blank();
                entries.iter().any(|entry| entry.cells(block).any(here))
            };
            let solid: Vec<_> = shape.into_iter().filter(filled).collect();
            (solid.len() == width).then_some(solid)
        });
        let columns = Self { heads, usual, disputed: false };
        Self { disputed: columns.is_disputed(block, entries), ..columns }
    }

    /// As many cells as columns may still be others, if the header stands over others and a cell at one end of the
    /// rows is always empty.
    fn is_disputed(&self, block: &Block, entries: &[&Entry]) -> bool {
        let Some(usual) = &self.usual else { return false };
        let apart = |(columns, head): (&Range<usize>, &Option<Range<usize>>)| {
            head.as_ref().is_some_and(|head| !overlap(columns, head))
        };
        let empty = |columns: Option<&Range<usize>>| {
            let here = |cell: &Cell| columns == Some(&cell.columns) && !cell.is_blank();
            !entries.iter().any(|entry| entry.cells(block).any(here))
        };
        usual.iter().zip(&self.heads).any(apart) && (empty(usual.first()) || empty(usual.last()))
    }

    /// Whether nothing tells where the columns are.
    pub(super) fn are_unknown(&self) -> bool {
        self.usual.is_none() && self.heads.iter().flatten().next().is_none()
    }

    /// Whether the header names the columns in another order than the form.
    fn are_mixed(&self) -> bool {
        let starts: Vec<usize> = self.heads.iter().flatten().map(|columns| columns.start).collect();
        starts.windows(2).any(|pair| pair[0] >= pair[1])
    }

    /// The cells of `entry` by column, and whether they are sure.
    pub(super) fn place(&self, block: &Block, entry: &Entry) -> (Vec<Slot>, bool) {
        joined(entry.values.iter().map(|row| self.place_row(block, entry, row)))
    }

    fn place_row(&self, block: &Block, entry: &Entry, row: &[usize]) -> (Vec<Slot>, bool) {
        let width = self.heads.len();
        let cells: Vec<&Cell> = row.iter().map(|&cell| &block.cells[cell]).collect();
        let all = self.heads.iter().flatten().count() == width;
        if cells.len() == width && !self.are_mixed() {
            let slots = cells.iter().map(|cell| slot(cell, entry)).collect();
            let fits = |columns: &[Range<usize>]| {
                columns.iter().zip(&cells).all(|(columns, cell)| overlap(columns, &cell.columns))
            };
            let sure = match &self.usual {
                Some(usual) => (fits(usual) || is_moved(&cells)) && !self.disputed,
                None => all && fits(&self.heads.iter().flatten().cloned().collect::<Vec<_>>()),
            };
            return (slots, sure);
        }
        let known: Vec<Option<Range<usize>>> = match &self.usual {
            Some(usual) if !self.are_mixed() => usual.iter().cloned().map(Some).collect(),
            _ => self.heads.clone(),
        };
        if known.iter().flatten().next().is_none() {
            let whole = whole(&cells);
            return (vec![Slot::Doubt(whole); width], true);
        }
        if !block.is_page && is_beginning(&cells, &known) {
            let end = cells.last().map_or(0, |cell| cell.range.end);
            let blank = || Slot::Is(Piece { value: CellValue::Blank, range: end..end, unit: None });
            let here = cells.iter().map(|cell| slot(cell, entry));
            return (here.chain(std::iter::repeat_with(blank)).take(width).collect(), true);
        }
        let mut sure = true;
        let slots = known
            .iter()
            .map(|columns| {
                let Some(columns) = columns else { return Slot::Absent };
                let here: Vec<&&Cell> = cells.iter().filter(|cell| overlap(columns, &cell.columns)).collect();
                let mut solid = here.iter().filter(|cell| !cell.is_blank());
                match (here.first(), solid.next(), solid.next()) {
                    (_, Some(_), Some(_)) => Slot::Doubt(whole(&cells)),
                    (_, Some(cell), None) | (Some(cell), None, _) => {
                        // One cell for several columns: of which of them its text is, or whose was lost when they
                        // were merged, nobody can say. A row without any figure has lost none.
                        let others = known.iter().flatten().filter(|columns| overlap(columns, &cell.columns)).count();
                        let is_merged = others > 1 && !cells.iter().all(|cell| cell.is_blank());
                        if is_merged { Slot::Doubt(cell.range.clone()) } else { slot(cell, entry) }
                    }
                    (None, ..) => {
                        // Where a row lacks a cell, those behind it may have moved.
                        sure = false;
                        Slot::Doubt(whole(&cells))
                    }
                }
            })
            .collect();
        // A figure between the columns, or before the first, belongs nowhere.
        let last = known.iter().flatten().map(|columns| columns.end).max().unwrap_or(0);
        let astray = |cell: &&&Cell| {
            cell.is_figure()
                && cell.columns.start < last
                && !known.iter().flatten().any(|columns| overlap(columns, &cell.columns))
        };
        sure &= cells.iter().find(astray).is_none() && known.iter().flatten().count() == width;
        (slots, sure)
    }
}

/// Whether `cells` stand exactly in the first of the columns, and none behind them is there: a row that was ended
/// early. Where the last figure is the sum of those before it, it is hardly any other than the total, and a cell
/// before it was lost.
fn is_beginning(cells: &[&Cell], columns: &[Option<Range<usize>>]) -> bool {
    let first = columns.iter().zip(cells).all(|(columns, cell)| columns.as_ref() == Some(&cell.columns));
    if !first || cells.is_empty() || cells.len() >= columns.len() || columns.iter().any(Option::is_none) {
        return false;
    }
    let figures: Vec<Figure> = cells.iter().filter_map(|cell| cell.value.as_ref()?.value.number()).collect();
    let Some((last, before)) = figures.split_last() else { return true };
    before.is_empty() || last.is_zero() || before.iter().sum::<Figure>() != *last
}

/// Whether `cells` are a whole row that stands elsewhere than the others, as where the label of a group that spanned
/// it was lost: side by side, as many as there are columns, with a figure at either end.
fn is_moved(cells: &[&Cell]) -> bool {
    let beside = cells.windows(2).all(|pair| pair[0].columns.end == pair[1].columns.start);
    let filled = |cell: Option<&&Cell>| cell.is_some_and(|cell| cell.is_figure());
    beside && filled(cells.first()) && filled(cells.last())
}

impl Slot {
    /// What the two halves of a row have in a column.
    pub(super) fn joined(self, other: Self) -> Self {
        match (self, other) {
            (Self::Is(one), Self::Is(other)) if other.value == CellValue::Blank => Self::Is(one),
            (Self::Is(one), Self::Is(other)) if one.value == CellValue::Blank => Self::Is(other),
            (Self::Is(one), Self::Is(other)) => Self::Doubt(one.range.start..other.range.end.max(one.range.start)),
            (Self::Absent, other) | (other, Self::Absent) => other,
            (Self::Doubt(range), _) | (_, Self::Doubt(range)) => Self::Doubt(range),
        }
    }
}

/// The halves of a row as one.
pub(super) fn joined(halves: impl Iterator<Item = (Vec<Slot>, bool)>) -> (Vec<Slot>, bool) {
    let join = |above: Vec<Slot>, below: Vec<Slot>| above.into_iter().zip(below).map(|(a, b)| a.joined(b)).collect();
    halves.reduce(|(above, sure), (below, certain)| (join(above, below), sure && certain)).unwrap_or_default()
}

/// Longer words in a cell are not what somebody wrote in place of a figure.
const LONGEST_WORD: usize = 12;

/// What stands in `cell` of a row that is `entry`'s.
pub(super) fn slot(cell: &Cell, entry: &Entry) -> Slot {
    // One figure for several rows is the figure of none of them.
    let shared = cell.rows.start < entry.rows.start || cell.rows.end > entry.rows.end;
    match &cell.value {
        Some(piece) if piece.value == CellValue::Blank || !shared => Slot::Is(piece.clone()),
        None if !shared && cell.range.len() <= LONGEST_WORD && is_word(cell) => {
            Slot::Is(Piece { value: CellValue::Unreadable, range: cell.range.clone(), unit: None })
        }
        _ => Slot::Doubt(cell.range.clone()),
    }
}

/// Whether words stand in a cell in place of a figure, with nothing beside them.
fn is_word(cell: &Cell) -> bool {
    cell.text.len() == cell.range.len()
}

pub(super) fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// The stretch all of `cells` take.
pub(super) fn whole(cells: &[&Cell]) -> Range<usize> {
    let start = cells.iter().map(|cell| cell.range.start).min().unwrap_or(0);
    start..cells.iter().map(|cell| cell.range.end).max().unwrap_or(start)
}

/// Whether two cells beside each other hold the same figure: an export repeats a merged cell in every column.
fn is_repeated(one: &Cell, other: &Cell) -> bool {
    let value = |cell: &Cell| cell.value.as_ref().map(|piece| piece.value).filter(|value| value.number().is_some());
    value(one).is_some() && value(one) == value(other)
}

/// What stands beside the label of a row that has one column only, however many cells it takes.
pub(super) fn single(block: &Block, entry: &Entry) -> Slot {
    let mut solid = entry.cells(block).filter(|cell| !cell.is_blank());
    match (solid.next(), solid.next()) {
        (Some(cell), None) => slot(cell, entry),
        (None, _) => entry.cells(block).next().map_or(Slot::Absent, |cell| slot(cell, entry)),
        (Some(first), Some(second)) if is_repeated(first, second) && solid.all(|cell| is_repeated(first, cell)) => {
            slot(first, entry)
        }
        (Some(_), Some(_)) => Slot::Doubt(whole(&entry.cells(block).collect::<Vec<_>>())),
    }
}
