//! Reading the table of part four: one row of fifteen cells under a header of three blocks.

use std::ops::Range;

use super::Reading as TableReading;
use super::builder::doubt_message;
use super::layout::{Layout, RowView};
use super::readings::{self, Reading};
use super::tokens::{self, Value, ValueKind};
use crate::report::recognise::stream::{Stream, is_han};
use crate::report::{CellRef, CellValue, Doubt, Edition, Figure, RowFound, Source, Table, TableKind};

const CELLS: usize = 15;
const BLOCK: usize = 5;

/// Reads the disputes table in `region` of the stream; `None` if there is no figure in it.
pub(super) fn read(stream: &Stream, region: Range<usize>) -> Option<TableReading> {
    let tokens = tokens::tokenise(stream, region.clone());
    let header: Vec<char> = "行政复议诉讼未经直接起诉后结果维持纠正其他尚未审结总计合件数单位".chars().collect();
    let foreign = |range: Range<usize>, line: usize| {
        tokens.hans[range].iter().filter(|han| han.line == line && !header.contains(&han.c)).count()
    };
    let has_text = |line: usize| tokens.hans.iter().any(|han| han.line == line);
    let blank_line = |line: usize| tokens.values.iter().filter(|v| v.line == line).all(|v| v.kind == ValueKind::Blank);
    let behind_header = |value: &Value| {
        let han = value.after.checked_sub(1).map(|index| tokens.hans[index]);
        han.is_some_and(|han| han.at + 1 == value.range.start && header.contains(&han.c))
    };
    // The strip is every value but those of remarks and the empty cells of the header.
    let mut values: Vec<&Value> = Vec::new();
    let mut before = 0;
    for (index, value) in tokens.values.iter().enumerate() {
        let next = tokens.values.get(index + 1).map_or(tokens.hans.len(), |next| next.after);
        let in_sentence = value.after > before && !behind_header(value);
        let remark = foreign(before..value.after, value.line) >= 4
            || in_prose(stream, value)
            || value.joins && in_sentence && foreign(value.after..next, value.line) >= 4;
        before = value.after;
        let indentation = value.kind == ValueKind::Blank && has_text(value.line) && blank_line(value.line);
        if !remark && !indentation {
            values.push(value);
        }
    }
    if values.iter().all(|value| value.kind == ValueKind::Blank) {
        return None;
    }
    keep_longest_stretch(&mut values);
    trim_blanks(&mut values);
    drop_page_numbers(&mut values);
    let end = values.iter().map(|value| value.range.end).max().unwrap_or(region.end);
    let region = region.start..end;
    let source = stream.source(region.clone()).unwrap_or(Source::START);
    let rows = vec![RowFound::Printed { source }; 3];
    let mut table = Table {
        kind: TableKind::Disputes,
        cells: vec![None; CELLS],
        rows,
        extra: Vec::new(),
        trial: None,
        edition: Edition::Form2021,
        source,
    };
    let view = RowView { values, ..RowView::default() };
    let found = readings::readings(&view, CELLS, &Layout::default());
    let mut list = found.list;
    // Digits run together have no second witness here.
    let mut ruled_out = found.cut;
    if list.len() > 1 && !ruled_out {
        let fitting: Vec<Reading> = list.iter().filter(|reading| adds_up(reading)).cloned().collect();
        // Two figures run into one look like a total left out, and a total is hardly ever left out.
        let totals_missing =
            |reading: &Reading| reading.chunks(BLOCK).any(|block| block[BLOCK - 1].value == CellValue::Blank);
        ruled_out = fitting.is_empty() || fitting.iter().all(totals_missing);
        if !fitting.is_empty() {
            list = fitting;
        }
    }
    let mut doubtful = Vec::new();
    let first = view.values.first().map_or(region.start, |value| value.range.start);
    for index in 0..CELLS {
        let at = CellRef::new(TableKind::Disputes, index / BLOCK, index % BLOCK);
        let piece = list.first().map(|first| &first[index]);
        let agreed = piece.filter(|piece| !ruled_out && list.iter().all(|other| other[index].value == piece.value));
        table.cells[at.index()] = Some(match agreed {
            Some(piece) => super::cell(stream, piece),
            None => {
                doubtful.push(at);
                super::unreadable(stream, first..end)
            }
        });
    }
    let mut doubts = Vec::new();
    if !doubtful.is_empty() {
        doubts.push(Doubt {
            message: doubt_message("行政复议、行政诉讼", view.values.len(), CELLS, &list),
            table: Some(TableKind::Disputes),
            cells: doubtful,
            source: stream.source(first..end).unwrap_or(source),
        });
    }
    Some(TableReading { table, region, doubts })
}

/// Whether a figure stands in a line of sentences.
fn in_prose(stream: &Stream, value: &Value) -> bool {
    let line = stream.lines[value.line].clone();
    if line.len() > 2_000 {
        return false;
    }
    let line = &stream.chars[line];
    let hans = line.iter().filter(|char| is_han(char.c)).count();
    let stops = line.iter().filter(|char| matches!(char.c, '。' | '；' | '，')).count();
    (8..300).contains(&hans) && stops > 0
}

/// Fifteen values without text between them are the strip; figures elsewhere are those of sentences.
fn keep_longest_stretch(values: &mut Vec<&Value>) {
    let solid = |value: &&&Value| value.kind != ValueKind::Blank;
    let count = |after: usize| values.iter().filter(solid).filter(|value| value.after == after).count();
    if let Some(after) = values.iter().map(|value| value.after).find(|&after| count(after) == CELLS) {
        values.retain(|value| value.after == after);
    }
}

/// Explicit blanks before the first and behind the last figure are indentation while there are too many.
fn trim_blanks(values: &mut Vec<&Value>) {
    let blank = |value: &Value| value.kind == ValueKind::Blank;
    while values.len() > CELLS && values.last().is_some_and(|value| blank(value)) {
        values.pop();
    }
    while values.len() > CELLS && values.first().is_some_and(|value| blank(value)) {
        values.remove(0);
    }
}

/// Numbers that stand alone on their lines beside a complete strip are page numbers.
fn drop_page_numbers(values: &mut Vec<&Value>) {
    if values.len() > CELLS && values.iter().filter(|value| !value.alone).count() == CELLS {
        values.retain(|value| !value.alone);
    }
}

/// Whether each block's total is the sum of its results, one blank allowed where something is left for it.
fn adds_up(reading: &Reading) -> bool {
    reading.chunks(BLOCK).all(|block| {
        let Some((total, parts)) = block.split_last() else { return true };
        let open = parts.iter().filter(|piece| piece.value.number().is_none()).count();
        let sum = parts.iter().filter_map(|piece| piece.value.number()).fold(Figure::ZERO, Figure::saturating_add);
        match (total.value, open) {
            (CellValue::Number(total), 0) => total == sum,
            (CellValue::Number(total), 1) => total >= sum,
            (CellValue::Blank | CellValue::NotApplicable, 0) => true,
            _ => false,
        }
    })
}
