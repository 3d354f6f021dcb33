//! The table of part two on the trial form of 2019: what PRO001, PRO002, PRO003 and PRO006 say of cells that the form
//! in force does not have.

use crate::finding::{Finding, Severity};
use crate::report::form::trial::{CHANGE, TRIAL, column_in_force};
use crate::report::{Cell, CellValue, Figure, Report, RowFound, Table, TrialCells};
use crate::text::Wording;

/// A cell of the trial form: its row, its column, and what is printed there.
type Place<'a> = (usize, usize, Option<&'a Cell>);

/// The cells that the trial form has.
fn cells(trial: &TrialCells) -> impl Iterator<Item = Place<'_>> {
    TRIAL.rows.iter().enumerate().flat_map(move |(row, spec)| {
        spec.columns.iter().map(move |&column| (row, usize::from(column), trial.cell(row, usize::from(column))))
    })
}

fn name(row: usize, column: usize) -> (String, String) {
    let (row, column) = (&TRIAL.rows[row], &TRIAL.columns[column]);
    let english = |id: &str| id.replace('_', " ");
    (
        format!("“{}”行“{}”列", row.label, column.label),
        format!("row “{}”, column “{}”", english(row.id), english(column.id)),
    )
}

/// The cells in words, at most four.
fn names(places: &[Place<'_>]) -> (String, String) {
    let (zh, en): (Vec<_>, Vec<_>) = places.iter().take(4).map(|&(row, column, _)| name(row, column)).unzip();
    let more = if places.len() > 4 { ("等", " and others") } else { ("", "") };
    (format!("{}{}", zh.join("、"), more.0), format!("{}{}", en.join("; "), more.1))
}

fn finding(code: &'static str, severity: Severity, table: &Table, cell: Option<&Cell>, message: Wording) -> Finding {
    Finding {
        part: Some(table.kind.part()),
        table: Some(table.kind),
        at: Some(cell.map_or(table.source, |cell| cell.source)),
        actual: cell.map(|cell| cell.raw.clone()),
        ..Finding::new(code, severity, message)
    }
}

/// Whether the table has doubts about cells that the form in force does not name.
fn is_doubted(report: &Report, table: &Table) -> bool {
    report.doubts.iter().any(|doubt| doubt.table == Some(table.kind))
}

/// Whether every cell of the row holds a figure.
fn is_full(trial: &TrialCells, row: usize) -> bool {
    let mut columns = TRIAL.rows[row].columns.iter().map(|&column| trial.cell(row, usize::from(column)));
    columns.all(|cell| cell.is_some_and(|cell| cell.value.number().is_some()))
}

/// PRO001 for the cells that only the trial form has; the others stand in the table itself.
pub(super) fn bad_counts(report: &Report, table: &Table) -> Vec<Finding> {
    let Some(trial) = &table.trial else { return Vec::new() };
    let own = cells(trial).filter(|&(row, column, _)| column_in_force(row, column).is_none());
    let faults = own.filter_map(|(row, column, cell)| {
        let cell = cell?;
        let raw = &cell.raw;
        let (zh, en) = name(row, column);
        let change = column == usize::from(CHANGE);
        let message = match cell.value {
            CellValue::Number(figure) if !change && figure.is_sign_negative() && !figure.is_zero() => {
                Wording::new(format!("{zh}为 {raw}，不能是负数"), format!("{en} is {raw}: it cannot be negative"))
            }
            // Where the row has a gap, the amount may stand in the column beside its own.
            CellValue::Number(figure)
                if !TRIAL.columns[column].decimal && !figure.fract().is_zero() && is_full(trial, row) =>
            {
                Wording::new(format!("{zh}为 {raw}，应是整数"), format!("{en} is {raw}: a count is a whole number"))
            }
            // 持平 is an answer to how much a number changed.
            CellValue::Unreadable
                if !change && !is_doubted(report, table) && !raw.contains(|c: char| c.is_ascii_digit()) =>
            {
                Wording::new(format!("{zh}为“{raw}”，应填数字"), format!("{en} holds “{raw}” instead of a figure"))
            }
            _ => return None,
        };
        Some(finding("PRO001", Severity::Error, table, Some(cell), message))
    });
    faults.collect()
}

/// PRO002: one finding for all blanks and marks.
pub(super) fn blanks(table: &Table) -> Option<Finding> {
    let trial = table.trial.as_ref()?;
    let empty = |value: CellValue| -> Vec<Place<'_>> {
        cells(trial).filter(|(.., cell)| cell.is_some_and(|cell| cell.value == value)).collect()
    };
    let (blank, marked) = (empty(CellValue::Blank), empty(CellValue::NotApplicable));
    let mut zh = Vec::new();
    let mut en = Vec::new();
    if !blank.is_empty() {
        let (places_zh, places_en) = names(&blank);
        zh.push(format!("空白 {} 格（{places_zh}）", blank.len()));
        en.push(format!("{} blank cell(s) ({places_en})", blank.len()));
    }
    if let Some((.., Some(first))) = marked.first() {
        let (places_zh, places_en) = names(&marked);
        zh.push(format!("“{}”等不适用标记 {} 格（{places_zh}）", first.raw, marked.len()));
        en.push(format!("{} cell(s) marked “{}” ({places_en})", marked.len(), first.raw));
    }
    let first = blank.first().or(marked.first()).and_then(|(.., cell)| *cell)?;
    let message = Wording::new(
        format!("表二有{}，没有的应填 0", zh.join("，")),
        format!("table 2 has {}; none is written 0", en.join(" and ")),
    );
    Some(Finding { actual: None, ..finding("PRO002", Severity::Warning, table, Some(first), message) })
}

/// PRO006: rows and cells that are not printed, where all of the table is on the trial form.
pub(super) fn incomplete(report: &Report, table: &Table) -> Option<Finding> {
    let trial = table.trial.as_ref().filter(|_| !table.follows_form_in_force())?;
    let missing: Vec<&str> = TRIAL
        .rows
        .iter()
        .zip(&trial.rows)
        .filter(|(_, found)| **found == RowFound::Missing)
        .map(|(row, _)| row.label)
        .collect();
    let printed = |row: usize| trial.rows.get(row) != Some(&RowFound::Missing);
    let unprinted: Vec<Place<'_>> = cells(trial).filter(|&(row, _, cell)| printed(row) && cell.is_none()).collect();
    let mut zh = Vec::new();
    let mut en = Vec::new();
    if !missing.is_empty() {
        zh.push(format!("缺“{}”行", missing.join("”“")));
        en.push(format!("lacks the row(s) {}", missing.join(", ")));
    }
    if !unprinted.is_empty() {
        let (places_zh, places_en) = names(&unprinted);
        zh.push(format!("缺 {} 个数（{places_zh}）", unprinted.len()));
        en.push(format!("lacks {} figure(s) ({places_en})", unprinted.len()));
    }
    if let Some(doubt) = report.doubts.iter().find(|doubt| doubt.table == Some(table.kind)) {
        zh.push(format!("有的数不能确定，不作判断：{}", doubt.message.zh));
        en.push(format!("has figures in doubt, not judged: {}", doubt.message.en));
    }
    if zh.is_empty() {
        return None;
    }
    let message = Wording::new(format!("表二{}", zh.join("，")), format!("table 2 {}", en.join("; ")));
    Some(finding("PRO006", Severity::Warning, table, None, message))
}

/// The row of rules on the trial form, for PRO003.
const RULES: usize = 0;
const NEWLY_MADE: usize = 0;

/// The figures above 0 in the row of rules: the column, the figure and whether it counts rules made.
pub(super) fn rules(report: &Report, table: &Table) -> Vec<(&'static str, Figure, bool)> {
    let Some(trial) = table.trial.as_ref().filter(|_| !is_doubted(report, table)) else { return Vec::new() };
    let columns = TRIAL.rows[RULES].columns.iter().map(|&column| usize::from(column));
    let counted = columns.filter_map(|column| {
        let figure = trial.cell(RULES, column)?.value.number().filter(|figure| *figure > Figure::ZERO)?;
        Some((TRIAL.columns[column].label, figure, column == NEWLY_MADE))
    });
    counted.collect()
}
