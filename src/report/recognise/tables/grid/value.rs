//! What the characters of a cell mean as a value.

use std::ops::Range;

use super::super::readings::{self, Piece};
use super::super::scanner::{Scanner, UNITS};
use super::super::tokens::Tokens;
use crate::report::CellValue;
use crate::report::recognise::stream::Stream;

/// Longer cells hold no figure.
const LONGEST: usize = 40;

/// The value in `range` of the stream, if it is one and nothing else stands beside it: a figure with or without
/// its unit, a mark for "does not apply", or nothing at all.
pub(super) fn read(stream: &Stream, range: Range<usize>) -> Option<Piece> {
    let plain = |value| Some(Piece { value, range: range.clone(), unit: None });
    if range.len() > LONGEST {
        return None;
    }
    let chars: Vec<char> = stream.chars[range.clone()].iter().map(|char| char.c).collect();
    let solid: String = chars.iter().filter(|c| !c.is_whitespace()).collect();
    if solid.is_empty() {
        return plain(CellValue::Blank);
    }
    let is_mark = |c: char| matches!(c, '/' | '\\' | '-' | '—' | '–' | '―' | '−' | '─');
    if solid.chars().all(is_mark) || matches!(solid.as_str(), "无" | "N/A" | "n/a") {
        return plain(CellValue::NotApplicable);
    }
    if !solid.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut tokens = Tokens::default();
    Scanner { chars: &chars, base: range.start, line: 0, celled: true }.scan(0..chars.len(), &mut tokens, stream);
    let [value] = tokens.values.as_slice() else { return None };
    let piece = readings::piece(value)?;
    if value.range == range {
        return Some(piece);
    }
    // What stands behind it may only be its unit.
    let behind: String =
        (value.range.end..range.end).map(|index| stream.chars[index].c).filter(|c| !c.is_whitespace()).collect();
    let unit = UNITS.into_iter().find(|unit| *unit == behind);
    let whole = value.range.start == range.start && piece.unit.is_none();
    unit.filter(|_| whole).map(|unit| Piece { range, unit: Some(unit), ..piece })
}
