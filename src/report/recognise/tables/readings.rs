//! The ways the values of a row can be read as its cells.
//!
//! As many values as cells make one reading. Otherwise each possibility is kept — a blank that left no
//! trace, a page number among the figures, digits glued together — until the relations of the table leave
//! one, or it stays a doubt.

use std::ops::Range;

use super::layout::{Layout, RowView};
use super::offsets::Place;
use super::tokens::{Value, ValueKind};
use crate::report::{CellValue, Figure};

/// A cell as one reading has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// What it means.
    pub(super) value: CellValue,
    /// Its characters in the stream; empty for a blank.
    pub(super) range: Range<usize>,
    /// Unit printed with it.
    pub(super) unit: Option<&'static str>,
}

/// The cells of a row, left to right.
pub(super) type Reading = Vec<Piece>;

/// Everything a row may mean.
#[derive(Clone, Debug, Default)]
pub(super) struct Readings {
    /// The candidates; empty if there are too many or none.
    pub(super) list: Vec<Reading>,
    /// Whether digits were cut apart to get them. A blank may hide among the digits, so that even a single
    /// way to cut them needs arithmetic to agree.
    pub(super) cut: bool,
    /// Whether none of them may be taken.
    pub(super) ruled_out: bool,
}

impl Readings {
    /// Cells of the row.
    pub(super) fn width(&self) -> usize {
        self.list.first().map_or(0, Vec::len)
    }

    /// Whether arithmetic has to decide.
    pub(super) fn is_open(&self) -> bool {
        self.list.len() > 1 || self.cut && !self.list.is_empty()
    }

    fn one(reading: Reading) -> Self {
        Self { list: vec![reading], cut: false, ruled_out: false }
    }
}

/// More readings than this are no reading.
const MOST_READINGS: usize = 400;

/// Digits that can be cut in more ways than a search of this length finds stay a doubt.
const MOST_STEPS: usize = 300_000;

/// All ways to read the values of `row` as `width` cells.
pub(super) fn readings(row: &RowView<'_>, width: usize, layout: &Layout) -> Readings {
    let values = row.values.as_slice();
    if values.is_empty() {
        return Readings::default();
    }
    let whole = values.iter().all(|value| piece(value).is_some());
    if values.iter().any(|value| value.celled) {
        if whole && let Some(reading) = celled(row, width, layout) {
            return reading;
        }
    } else if whole && values.len() == width {
        return Readings::one(pieces(values.iter().copied()));
    } else if whole
        && values.len() < width
        && let Some(places) = layout.places(row, width)
    {
        return Readings::one(place(values, width, &places));
    }
    let mut found = Readings::default();
    if whole && values.len() > width {
        leave_out(values, width, &mut found.list);
    }
    if values.len() <= width {
        // Digits that touch text, or that begin with a zero, were run together; others are cells.
        let touching = values.iter().any(|value| value.glued && value.digits.len() > 1);
        if !whole || touching && values.len() <= 2 {
            cut(values, width, &mut found.list);
            found.cut = !found.list.iter().all(is_zero);
        } else if width - values.len() <= 3 {
            insert_blanks(values, width, &mut found.list);
        }
    }
    found.list.dedup();
    if found.list.len() > MOST_READINGS {
        found.list.clear();
    }
    found
}

/// A value as a cell, unless its digits cannot be one number (a leading zero).
pub(super) fn piece(value: &Value) -> Option<Piece> {
    let meaning = match value.kind {
        ValueKind::Number => {
            let digits = value.digits.trim_start_matches('-');
            if digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.") {
                return None;
            }
            CellValue::Number(value.digits.parse::<Figure>().ok()?)
        }
        ValueKind::Mark => CellValue::NotApplicable,
        ValueKind::Blank => CellValue::Blank,
        ValueKind::Word => CellValue::Unreadable,
    };
    Some(Piece { value: meaning, range: value.range.clone(), unit: value.unit })
}

fn pieces<'a>(values: impl Iterator<Item = &'a Value>) -> Reading {
    values.filter_map(piece).collect()
}

fn blank(at: usize) -> Piece {
    Piece { value: CellValue::Blank, range: at..at, unit: None }
}

/// `values` in the given places, blanks elsewhere.
fn place(values: &[&Value], width: usize, places: &[usize]) -> Reading {
    let mut reading = Vec::with_capacity(width);
    let mut next = 0;
    for cell in 0..width {
        if places.get(next) == Some(&cell) {
            reading.extend(piece(values[next]));
            next += 1;
        } else {
            let at = values[next.min(values.len() - 1)].range.start;
            reading.push(blank(if next < values.len() { at } else { values[values.len() - 1].range.end }));
        }
    }
    reading
}

/// A row with explicit cells: the window of `width` cells that holds everything printed.
fn celled(row: &RowView<'_>, width: usize, layout: &Layout) -> Option<Readings> {
    let values = row.values.as_slice();
    let count = values.len();
    let solid = |values: &[&Value]| values.iter().filter(|value| value.kind != ValueKind::Blank).count();
    // A figure in each of as many cells side by side as there are columns.
    let first = values.iter().position(|value| value.kind != ValueKind::Blank).unwrap_or(0);
    if let Some(window) = values.get(first..first + width)
        && solid(window) == width
        && solid(values) == width
    {
        return Some(Readings::one(pieces(window.iter().copied())));
    }
    match layout.columns(row) {
        Place::At(ways) => {
            let end = values.last().map_or(0, |value| value.range.end);
            let reading = |columns: Vec<Option<&Value>>| -> Option<Reading> {
                columns.into_iter().map(|value| value.map_or_else(|| Some(blank(end)), piece)).collect()
            };
            let list = ways.into_iter().filter_map(reading).collect();
            return Some(Readings { list, cut: false, ruled_out: false });
        }
        Place::Astray => return Some(Readings::default()),
        Place::Unknown => {}
    }
    if let Some(start) = layout.first_value(row, width)
        && let Some(window) = values.get(start..start + width)
        && solid(window) == solid(values)
    {
        return Some(Readings::one(pieces(window.iter().copied())));
    }
    if count == width {
        return Some(Readings::one(pieces(values.iter().copied())));
    }
    // A merged cell that an export repeats in every column it spans.
    let mut solid = values.iter().filter(|value| value.kind != ValueKind::Blank);
    if width == 1
        && let Some(first) = solid.next()
        && solid.all(|value| value.kind == first.kind && value.digits == first.digits)
    {
        return Some(Readings::one(pieces(std::iter::once(*first))));
    }
    let first = values.iter().position(|value| value.kind != ValueKind::Blank);
    let last = values.iter().rposition(|value| value.kind != ValueKind::Blank);
    if count > width {
        let (first, last) = (first.unwrap_or(0), last.unwrap_or(0));
        if last + 1 - first > width {
            return None;
        }
        if let Some(trailing) = layout.trailing_blanks
            && count >= width + trailing
            && (count - trailing - width..=first).contains(&(count - trailing - width))
            && last < count - trailing
        {
            let start = count - trailing - width;
            return Some(Readings::one(pieces(values[start..start + width].iter().copied())));
        }
        let list = ((last + 1).saturating_sub(width)..=first.min(count - width))
            .map(|start| pieces(values[start..start + width].iter().copied()))
            .collect();
        return Some(Readings { list, cut: false, ruled_out: false });
    }
    // Fewer cells than the form has: blanks were trimmed at one end.
    let on_one_line = values.iter().all(|value| value.line == values[0].line);
    if on_one_line && width - count <= 3 && values.iter().all(|value| !value.glued) {
        let left: Vec<usize> = (0..count).collect();
        let right: Vec<usize> = (width - count..width).collect();
        let list = vec![place(values, width, &left), place(values, width, &right)];
        return Some(Readings { list, cut: false, ruled_out: false });
    }
    None
}

/// Some of the values are no cells: page numbers, which stand alone on their lines. Where every cell has a
/// line of its own, any of them may be one.
fn leave_out(values: &[&Value], width: usize, list: &mut Vec<Reading>) {
    let excess = values.len() - width;
    let alone: Vec<usize> = (0..values.len()).filter(|&i| values[i].alone).collect();
    let without = |left_out: &[usize]| pieces((0..values.len()).filter(|i| !left_out.contains(i)).map(|i| values[i]));
    if alone.len() == excess {
        list.push(without(&alone));
        return;
    }
    for (i, &first) in alone.iter().enumerate() {
        match excess {
            1 => push_new(list, without(&[first])),
            2 => alone[i + 1..].iter().for_each(|&second| push_new(list, without(&[first, second]))),
            _ => {}
        }
    }
}

fn is_zero(reading: &Reading) -> bool {
    reading.iter().all(|piece| piece.value == CellValue::Number(Figure::ZERO))
}

/// Keeps a reading unless the same figures are there already.
fn push_new(list: &mut Vec<Reading>, reading: Reading) {
    let same = |other: &Reading| other.iter().map(|piece| piece.value).eq(reading.iter().map(|piece| piece.value));
    if !list.iter().any(same) {
        list.push(reading);
    }
}

/// Blanks that left no trace, in every possible place.
fn insert_blanks(values: &[&Value], width: usize, list: &mut Vec<Reading>) {
    let mut places: Vec<usize> = (0..values.len()).collect();
    loop {
        list.push(place(values, width, &places));
        // The next combination in order.
        let Some(i) = (0..places.len()).rev().find(|&i| places[i] < width - places.len() + i) else { return };
        places[i] += 1;
        for k in i + 1..places.len() {
            places[k] = places[k - 1] + 1;
        }
    }
}

/// Digits that were run together, cut in every possible place. A cell has no leading zero.
fn cut(values: &[&Value], width: usize, list: &mut Vec<Reading>) {
    let numbers: Vec<Option<Vec<char>>> = values
        .iter()
        .map(|value| {
            let plain = value.kind == ValueKind::Number && value.range.len() == value.digits.len();
            (plain && value.digits.bytes().all(|b| b.is_ascii_digit())).then(|| value.digits.chars().collect())
        })
        .collect();
    let most: usize = numbers.iter().map(|digits| digits.as_ref().map_or(1, Vec::len)).sum();
    if most < width {
        return;
    }
    let mut cutter = Cutter {
        values,
        numbers: &numbers,
        width,
        reading: Vec::with_capacity(width),
        list,
        tied: false,
        steps: MOST_STEPS,
    };
    cutter.cut_from(0, 0);
    // Too many ways: keep those whose last cell is the sum of the others, as in every table of the form.
    if cutter.list.len() > MOST_READINGS {
        cutter.list.clear();
        cutter.tied = true;
        cutter.cut_from(0, 0);
    }
    if cutter.steps == 0 {
        cutter.list.clear();
    }
}

struct Cutter<'a> {
    values: &'a [&'a Value],
    /// The digits of each value, if it is a plain number.
    numbers: &'a [Option<Vec<char>>],
    width: usize,
    reading: Reading,
    list: &'a mut Vec<Reading>,
    /// Whether only readings whose total is right are kept.
    tied: bool,
    steps: usize,
}

impl Cutter<'_> {
    /// Cuts what follows character `from` of value `value`.
    fn cut_from(&mut self, value: usize, from: usize) {
        if self.list.len() > MOST_READINGS || self.steps == 0 {
            return;
        }
        self.steps -= 1;
        if value == self.values.len() {
            if self.reading.len() == self.width && (!self.tied || self.total_is_right()) {
                self.list.push(self.reading.clone());
            }
            return;
        }
        if self.reading.len() == self.width {
            return;
        }
        let Some(digits) = &self.numbers[value] else {
            let Some(whole) = piece(self.values[value]) else { return };
            self.reading.push(whole);
            self.cut_from(value + 1, 0);
            self.reading.pop();
            return;
        };
        let rest: usize = self.numbers[value + 1..].iter().map(|digits| digits.as_ref().map_or(1, Vec::len)).sum();
        for end in from + 1..=digits.len() {
            if end > from + 1 && digits[from] == '0' || end - from > 9 {
                break;
            }
            let left = digits.len() - end + rest;
            if self.reading.len() + 1 + left < self.width {
                break;
            }
            let last = self.reading.len() + 1 == self.width;
            if last && left > 0 {
                continue;
            }
            let number: String = digits[from..end].iter().collect();
            let Ok(figure) = number.parse::<Figure>() else { break };
            let start = self.values[value].range.start;
            let range = start + from..start + end;
            self.reading.push(Piece { value: CellValue::Number(figure), range, unit: None });
            if end == digits.len() {
                self.cut_from(value + 1, 0);
            } else {
                self.cut_from(value, end);
            }
            self.reading.pop();
        }
    }

    fn total_is_right(&self) -> bool {
        let figures: Option<Vec<Figure>> = self.reading.iter().map(|piece| piece.value.number()).collect();
        figures.is_some_and(|figures| {
            figures.split_last().is_some_and(|(total, parts)| parts.iter().sum::<Figure>() == *total)
        })
    }
}
