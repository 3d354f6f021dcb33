//! A stretch of the stream as Chinese characters (labels) and values (what may stand in a cell).
//!
//! Dates, ordinals, page numbers, telephone numbers and the like are no values. A line split by tabs,
//! pipes or (in an export) commas has explicit cells, so an empty one is a [`ValueKind::Blank`]; in
//! running text a blank leaves no trace here.

use std::ops::Range;

use super::super::stream::{Stream, is_han};
use super::cells::{self, LineCell};
use super::pages;
use super::scanner::Scanner;

/// A Chinese character of a label, a header or a remark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Han {
    /// The character.
    pub(super) c: char,
    /// Its index in the stream.
    pub(super) at: usize,
    /// Index of its line in the stream.
    pub(super) line: usize,
    /// Which cell of its line it stands in, from 0; 0 where the line has no explicit cells.
    pub(super) cell: usize,
    /// The ordinal printed directly before it (3.其他), or 0.
    pub(super) ordinal: u8,
    /// Whether something other than a Chinese character stands before it.
    pub(super) starts: bool,
    /// Whether something other than a Chinese character stands after it.
    pub(super) ends: bool,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueKind {
    /// A figure.
    Number,
    /// A mark for "does not apply".
    Mark,
    /// An explicit empty cell.
    Blank,
    /// A word where a figure belongs.
    Word,
}

/// Something that may stand in a cell.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// What it is.
    pub(super) kind: ValueKind,
    /// For a number its sign, digits and decimal point, thousands separators removed.
    pub(super) digits: String,
    /// A unit printed behind it.
    pub(super) unit: Option<&'static str>,
    /// Its characters in the stream, unit included; empty for a blank.
    pub(super) range: Range<usize>,
    /// Index of its line in the stream.
    pub(super) line: usize,
    /// Whether its line has explicit cells.
    pub(super) celled: bool,
    /// Which cell of its line it is, from 0; 0 where the line has no explicit cells.
    pub(super) cell: usize,
    /// Whether it stands alone on its line.
    pub(super) alone: bool,
    /// Whether it touches a Chinese character or another value.
    pub(super) glued: bool,
    /// Whether it touches a Chinese character behind it.
    pub(super) joins: bool,
    /// How many Chinese characters of the stretch stand before it.
    pub(super) after: usize,
}

/// The tokens of a stretch.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    /// Chinese characters in order.
    pub(super) hans: Vec<Han>,
    /// Values in order.
    pub(super) values: Vec<Value>,
    /// The ordinal just read, until the label behind it begins.
    pub(super) ordinal: u8,
}

impl Tokens {
    /// Whether no more is to be read.
    pub(super) const fn is_full(&self) -> bool {
        self.values.len() >= MOST_VALUES || self.hans.len() >= MOST_HANS
    }

    /// The values that stand between the same two Chinese characters on one line, as index ranges. Values
    /// that stand alone on consecutive lines are one range, as long as they may be one row of `width`.
    pub(super) fn runs(&self, width: usize) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (index, value) in self.values.iter().enumerate() {
            match runs.last_mut() {
                Some(run)
                    if self.values[run.start].after == value.after && self.values[run.start].line == value.line =>
                {
                    run.end = index + 1;
                }
                _ => runs.push(index..index + 1),
            }
        }
        let mut joined: Vec<Range<usize>> = Vec::new();
        let mut rest = runs.as_slice();
        while let Some(first) = rest.first() {
            let same =
                |run: &&Range<usize>| run.len() == 1 && self.values[run.start].after == self.values[first.start].after;
            let singles = rest.iter().take_while(same).count();
            let behind =
                rest.get(singles).is_some_and(|run| self.values[run.start].after == self.values[first.start].after);
            if (2..=width + 2).contains(&singles) && !behind {
                joined.push(first.start..rest[singles - 1].end);
                rest = &rest[singles..];
            } else {
                joined.push(first.clone());
                rest = &rest[1..];
            }
        }
        joined
    }
}

/// More values or characters than any table has; what follows them in a region is not looked at, so that a
/// file made of figures costs no more than a report.
const MOST_VALUES: usize = 1_500;
const MOST_HANS: usize = 6_000;

/// Splits `range` of the stream into tokens.
pub(super) fn tokenise(stream: &Stream, range: Range<usize>) -> Tokens {
    let mut tokens = Tokens::default();
    if range.is_empty() {
        return tokens;
    }
    let comma_separated = is_export(stream);
    let framed = is_framed(stream, &range);
    let first_line = stream.line_of(range.start);
    let mut last_line = first_line;
    for line in first_line..stream.lines.len() {
        let limits = stream.lines[line].clone();
        if limits.start >= range.end || tokens.is_full() {
            break;
        }
        last_line = line + 1;
        let limits = limits.start.max(range.start)..limits.end.min(range.end);
        let chars: Vec<char> = stream.chars[limits.clone()].iter().map(|char| char.c).collect();
        let first = tokens.values.len();
        match cells::split(&chars, comma_separated, framed) {
            cells::Split::Noise => {}
            cells::Split::Whole => Scanner { chars: &chars, base: limits.start, line, celled: false }.scan(
                0..chars.len(),
                &mut tokens,
                stream,
            ),
            cells::Split::Cells(list) => read_cells(&chars, limits.start, line, &list, &mut tokens, stream),
        }
        if let [only] = &mut tokens.values[first..] {
            only.alone = !chars.iter().any(|&c| is_han(c))
                || chars.iter().filter(|&&c| is_han(c)).count() <= 2 && { only.unit.is_some() };
        }
    }
    pages::beside_cells(&mut tokens);
    cells_between_bars(&mut tokens, stream, first_line..last_line);
    tokens
}

/// Where a bar on a line of its own divides cells, two bars with nothing between them are a blank cell.
fn cells_between_bars(tokens: &mut Tokens, stream: &Stream, lines: Range<usize>) {
    let is_bar = |line: &usize| {
        let mut solid = stream.chars[stream.lines[*line].clone()].iter().filter(|char| !char.c.is_whitespace());
        solid.next().is_some_and(|char| char.c == '|') && solid.next().is_none()
    };
    let bars: Vec<usize> = lines.filter(is_bar).collect();
    if bars.len() < tokens.values.len() || bars.is_empty() {
        return;
    }
    tokens.values.iter_mut().for_each(|value| value.celled = true);
    for pair in bars.windows(2) {
        let hans = tokens.hans.partition_point(|han| han.line < pair[0]);
        let value = tokens.values.partition_point(|value| value.line <= pair[0]);
        // A page number or a running header between the bars is no cell, but hides whether there is one.
        let bare = (pair[0] + 1..pair[1])
            .all(|line| stream.chars[stream.lines[line].clone()].iter().all(|char| char.c.is_whitespace()));
        let empty = bare
            && tokens.hans.get(hans).is_none_or(|han| han.line > pair[1])
            && tokens.values.get(value).is_none_or(|value| value.line > pair[1]);
        if empty {
            let at = stream.lines[pair[1]].start;
            let blank = Value {
                kind: ValueKind::Blank,
                digits: String::new(),
                unit: None,
                range: at..at,
                line: pair[1],
                celled: true,
                cell: 0,
                alone: true,
                glued: false,
                joins: false,
                after: hans,
            };
            tokens.values.insert(value, blank);
        }
    }
}

/// Whether nearly every line that has bars begins with one.
fn is_framed(stream: &Stream, range: &Range<usize>) -> bool {
    let (mut framed, mut all) = (0_usize, 0_usize);
    for line in stream.lines.iter().filter(|line| line.start < range.end && line.end > range.start) {
        let mut solid = stream.chars[line.clone()].iter().map(|char| char.c).filter(|c| !c.is_whitespace()).peekable();
        let begins = solid.peek().is_some_and(|&c| cells::is_bar(c));
        if solid.filter(|&c| cells::is_bar(c)).count() >= 2 {
            all += 1;
            framed += usize::from(begins);
        }
    }
    framed * 10 >= all * 9
}

/// Whether the file is a spreadsheet saved with commas between cells.
fn is_export(stream: &Stream) -> bool {
    let is_row = |line: &&Range<usize>| {
        let chars: Vec<char> = stream.chars[(*line).clone()].iter().map(|char| char.c).collect();
        chars.contains(&',') && cells::is_comma_separated(&chars)
    };
    stream.lines.iter().filter(is_row).take(6).count() == 6
}

/// Reads a line of explicit cells. Empty cells before the label are indentation, not values.
fn read_cells(chars: &[char], base: usize, line: usize, list: &[LineCell], tokens: &mut Tokens, stream: &Stream) {
    let scanner = Scanner { chars, base, line, celled: true };
    let has_text = list.iter().any(|cell| chars[cell.range.clone()].iter().any(|&c| is_han(c)));
    // A single figure behind empty cells is indented, not the last of a row.
    let indented = !has_text && list.iter().filter(|cell| !cell.range.is_empty()).count() == 1;
    let mut open = !has_text && !indented;
    let first_value = tokens.values.len();
    let mut last_text: &[char] = &[];
    for (index, cell) in list.iter().enumerate() {
        if tokens.is_full() {
            break;
        }
        let known = tokens.values.len();
        if cell.range.is_empty() {
            if open {
                let at = base + cell.separator;
                let blank = scanner.value(ValueKind::Blank, String::new(), None, at..at, tokens.hans.len());
                tokens.values.push(Value { cell: index, ..blank });
            }
            continue;
        }
        let values_before = tokens.values.len() > first_value
            && tokens.values[first_value..].iter().any(|value| value.kind != ValueKind::Blank);
        if values_before && cells::is_word(&chars[cell.range.clone()]) {
            let range = base + cell.range.start..base + cell.range.end;
            let word = scanner.value(ValueKind::Word, String::new(), None, range, tokens.hans.len());
            tokens.values.push(Value { cell: index, ..word });
            continue;
        }
        let hans_before = tokens.hans.len();
        let inner = &chars[cell.range.clone()];
        // An export repeats a merged cell in every column it spans.
        if inner == last_text {
            continue;
        }
        Scanner { chars: inner, base: base + cell.range.start, line, celled: true }.scan(
            0..inner.len(),
            tokens,
            stream,
        );
        if tokens.hans.len() > hans_before {
            last_text = inner;
            tokens.hans[hans_before..].iter_mut().for_each(|han| han.cell = index);
        }
        open |= tokens.hans.len() > hans_before || tokens.values.len() > first_value;
        tokens.values[known..].iter_mut().for_each(|value| value.cell = index);
    }
    let line_values = &tokens.values[first_value..];
    // A line without a label and without a figure is a rule between rows, not a row of blanks.
    if !has_text && line_values.iter().all(|value| value.kind == ValueKind::Blank) {
        tokens.values.truncate(first_value);
    }
}
