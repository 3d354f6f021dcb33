//! The table of part two on the trial form, out of running text; and how its cells stand beside those of the form in
//! force.
//!
//! The two forms differ in rows and columns, so that each is read by its own. Some reports mix them: the header of one
//! form over rules and documents, that of the other over decisions. Which it is the headers say.

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::super::stream::Stream;
use super::labels::occurrences;
use super::tokens::{self, Tokens, ValueKind};
use super::{Reading, edition, rows};
use crate::report::form::trial::{TRIAL, column_in_force, row_in_force};
use crate::report::{CellRef, Doubt, Edition, RowFound, Table, TableKind, TrialCells};

/// The table of part two in `region` of the stream, on whichever form.
pub(super) fn read(stream: &Stream, region: Range<usize>) -> Option<Reading> {
    let kind = TableKind::ProactiveDisclosure;
    let tokens = tokens::tokenise(stream, region.clone());
    let text: Vec<char> = tokens.hans.iter().map(|han| han.c).collect();
    if edition::of(kind, &text) == Edition::Form2021 {
        return rows::read_tokens(stream, kind.form(), region, tokens);
    }
    let has = |words: &[&str]| {
        words.iter().any(|word| occurrences(&text, &word.chars().collect::<Vec<_>>()).next().is_some())
    };
    let old_stock = has(&["新制作数量", "新公开数量", "对外公开总数量"]);
    if has(&["本年处理决定数量"]) && !has(&["上一年项目数量", "采购项目数量", "采购总金额"]) {
        let mut read = rows::read_tokens(stream, kind.form(), region, tokens)?;
        if old_stock {
            stock_to_trial(&mut read);
        }
        return Some(read);
    }
    let tokens = signed_tokens(stream, &region);
    let read = rows::read_tokens(stream, &TRIAL, region, tokens)?;
    let mut table = beside(read.table);
    let new_stock = !old_stock && has(&["制发件数", "废止件数"]);
    if new_stock {
        stock_in_force(&mut table);
    }
    let doubts = read.doubts.into_iter().map(|doubt| match doubt.cells.first() {
        Some(at) if new_stock && STOCK_ROWS.contains(&usize::from(at.row)) => doubt,
        _ => in_force(doubt),
    });
    Some(Reading { table, region: read.region, doubts: doubts.collect() })
}

/// A table read by the rows and columns of the trial form as one of the form in force, with those beside.
pub(super) fn beside(table: Table) -> Table {
    let form = table.kind.form();
    let mut cells = vec![None; form.rows.len() * form.columns.len()];
    let mut found = vec![RowFound::Missing; form.rows.len()];
    for (row, spec) in TRIAL.rows.iter().enumerate() {
        let Some(own) = row_in_force(row) else { continue };
        found[own] = table.rows[row].clone();
        for column in spec.columns.iter().map(|&column| usize::from(column)) {
            if let Some(same) = column_in_force(row, column) {
                cells[form.index(own, same)].clone_from(&table.cells[TRIAL.index(row, column)]);
            }
        }
    }
    let trial = Some(TrialCells { cells: table.cells, rows: table.rows });
    Table { cells, rows: found, edition: Edition::Trial2019, trial, ..table }
}

/// A doubt about cells of the trial form, which names those that the form in force has as well.
pub(super) fn in_force(doubt: Doubt) -> Doubt {
    let cells = doubt.cells.iter().filter_map(|at| {
        let (row, column) = (usize::from(at.row), usize::from(at.column));
        Some(CellRef::new(at.table, row_in_force(row)?, column_in_force(row, column)?))
    });
    Doubt { cells: cells.collect(), ..doubt }
}

/// The rows of rules and documents and their columns, which have the same numbers on either form.
const STOCK_ROWS: Range<usize> = 0..2;
const STOCK_COLUMNS: Range<usize> = 0..3;

/// What was read of rules and documents by the form in force stands under the header of the trial form.
fn stock_to_trial(read: &mut Reading) {
    let form = read.table.kind.form();
    let mut trial = TrialCells {
        cells: vec![None; TRIAL.rows.len() * TRIAL.columns.len()],
        rows: vec![RowFound::Missing; TRIAL.rows.len()],
    };
    for (row, found) in trial.rows.iter_mut().enumerate() {
        let Some(own) = row_in_force(row) else { continue };
        found.clone_from(&read.table.rows[own]);
        for column in TRIAL.rows[row].columns.iter().map(|&column| usize::from(column)) {
            let at = &mut trial.cells[TRIAL.index(row, column)];
            if STOCK_ROWS.contains(&row) {
                *at = read.table.cells[form.index(own, column)].take();
            } else if let Some(same) = column_in_force(row, column) {
                at.clone_from(&read.table.cells[form.index(own, same)]);
            }
        }
    }
    read.doubts.iter_mut().for_each(|doubt| doubt.cells.retain(|at| !STOCK_ROWS.contains(&usize::from(at.row))));
    read.table.trial = Some(trial);
}

/// What was read of rules and documents by the trial form stands under the header of the form in force.
fn stock_in_force(table: &mut Table) {
    let form = table.kind.form();
    let Some(trial) = &mut table.trial else { return };
    for row in STOCK_ROWS {
        for column in STOCK_COLUMNS {
            table.cells[form.index(row, column)] = trial.cells[TRIAL.index(row, column)].take();
        }
    }
}

/// What agencies write before a figure under 本年增/减, and whether it makes the figure negative. Longer ones first.
const SIGNS: [(&str, bool); 9] = [
    ("增加", false),
    ("减少", true),
    ("增", false),
    ("减", true),
    ("+", false),
    ("↑", false),
    ("−", true),
    ("-", true),
    ("↓", true),
];

/// The sign that `chars` begin with: how many characters it takes, and whether it makes a figure negative.
pub(super) fn sign(chars: &[char]) -> Option<(usize, bool)> {
    let begins = |sign: &str| sign.chars().count() <= chars.len() && sign.chars().zip(chars).all(|(a, b)| a == *b);
    let (sign, negative) = SIGNS.into_iter().find(|(sign, _)| begins(sign))?;
    Some((sign.chars().count(), negative))
}

/// The tokens of `region`, in which a sign before a figure belongs to it, and the stroke of 本年增/减 is no mark.
fn signed_tokens(stream: &Stream, region: &Range<usize>) -> Tokens {
    let mut plain = stream.clone();
    let mut signs: Vec<Range<usize>> = Vec::new();
    for digit in region.clone().filter(|&at| stream.chars[at].c.is_ascii_digit()) {
        let line = stream.lines[stream.line_of(digit)].start.max(region.start);
        let begins = |start: &usize| {
            let chars: Vec<char> = stream.chars[*start..digit].iter().map(|char| char.c).collect();
            let gap = *start == line || matches!(stream.chars[start - 1].c, ' ' | '\t' | '|' | ',');
            sign(&chars).filter(|(length, _)| gap && *length == chars.len())
        };
        let starts = digit.saturating_sub(2).max(line)..digit;
        let Some((start, (_, negative))) = starts.into_iter().find_map(|start| Some((start, begins(&start)?))) else {
            continue;
        };
        plain.chars[start..digit].iter_mut().for_each(|char| char.c = ' ');
        if negative {
            plain.chars[digit - 1].c = '-';
        }
        signs.push(start..digit);
    }
    let mut tokens = tokens::tokenise(&plain, region.clone());
    for value in &mut tokens.values {
        let own = signs.iter().find(|sign| value.range.start == sign.end || value.range.start + 1 == sign.end);
        value.range.start = own.map_or(value.range.start, |sign| sign.start);
    }
    let solid = |char: &&super::super::stream::Char| !char.c.is_whitespace();
    tokens.values.retain(|value| {
        let before = stream.chars[region.start..value.range.start].iter().rfind(solid);
        let behind = stream.chars[value.range.end..].iter().find(solid);
        let stroke = value.kind == ValueKind::Mark && before.is_some_and(|char| char.c == '增');
        !(stroke && behind.is_some_and(|char| char.c == '减'))
    });
    tokens
}
