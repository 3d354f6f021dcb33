//! What the rules on the three tables share: blanks, bad counts, missing rows and doubts, gathered so that a
//! table yields one finding for a thing and not one for each cell.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::phrase;
use crate::finding::{Finding, Severity};
use crate::report::form::{CellRef, RowKind};
use crate::report::{CellValue, Edition, Report, RowFound, Table, TableKind};
use crate::text::{Lang, Wording};

/// A finding about `table` with its places filled in.
fn about(table: &Table, cells: Vec<CellRef>, code: &'static str, severity: Severity, message: Wording) -> Finding {
    Finding {
        part: Some(table.kind.part()),
        table: Some(table.kind),
        cell: cells.first().copied().filter(|_| cells.len() == 1),
        at: cells.iter().find_map(|&at| table.cell(at)).map(|cell| cell.source).or(Some(table.source)),
        cells,
        ..Finding::new(code, severity, message)
    }
}

/// One finding for all cells that are blank or carry a not-applicable mark.
pub(super) fn blanks(code: &'static str, table: &Table) -> Option<Finding> {
    let empty = |value: CellValue| -> Vec<CellRef> {
        table.kind.cells().filter(|&at| table.cell(at).is_some_and(|cell| cell.value == value)).collect()
    };
    let (blank, marked) = (empty(CellValue::Blank), empty(CellValue::NotApplicable));
    let mut zh = Vec::new();
    let mut en = Vec::new();
    if !blank.is_empty() {
        let (places_zh, places_en) = phrase::cells(&blank);
        zh.push(format!("空白 {} 格（{places_zh}）", blank.len()));
        en.push(format!("{} blank cell(s) ({places_en})", blank.len()));
    }
    if let Some(first) = marked.first() {
        let mark = table.cell(*first).map_or("/", |cell| cell.raw.as_str());
        let (places_zh, places_en) = phrase::cells(&marked);
        zh.push(format!("“{mark}”等不适用标记 {} 格（{places_zh}）", marked.len()));
        en.push(format!("{} cell(s) marked “{mark}” ({places_en})", marked.len()));
    }
    if zh.is_empty() {
        return None;
    }
    let name = phrase::table(table.kind);
    let message = Wording::new(
        format!("{}有{}，没有的应填 0", name.zh, zh.join("，")),
        format!("{} has {}; none is written 0", name.en, en.join(" and ")),
    );
    let mut cells = blank;
    cells.extend(marked);
    cells.sort_unstable();
    Some(about(table, cells, code, Severity::Warning, message))
}

/// A finding for every cell that is text, negative or fractional, and for every unit printed inside a cell.
pub(super) fn bad_counts(code: &'static str, severity: Severity, report: &Report, table: &Table) -> Vec<Finding> {
    let doubted = doubted(report, table.kind);
    let printed = table.cells.iter().enumerate().filter_map(|(index, cell)| {
        let columns = table.kind.form().columns.len();
        Some((CellRef::new(table.kind, index / columns, index % columns), cell.as_ref()?))
    });
    let mut findings = Vec::new();
    for (at, cell) in printed {
        let decimal = table.kind.form().columns[at.column as usize].decimal;
        let raw = &cell.raw;
        if cell.unit.is_none() && matches!(cell.value, CellValue::Number(figure) if is_count(figure)) {
            continue;
        }
        let (zh, en) = (phrase::cell_zh(at), phrase::cell_en(at));
        let fault = match cell.value {
            CellValue::Number(figure) if figure.is_sign_negative() && !figure.is_zero() => Some((
                severity,
                Wording::new(format!("{zh}为 {raw}，不能是负数"), format!("{en} is {raw}: it cannot be negative")),
            )),
            CellValue::Number(figure) if !decimal && !figure.fract().is_zero() => Some((
                severity,
                Wording::new(
                    format!("{zh}为 {raw}，件数应是整数"),
                    format!("{en} is {raw}: a count is a whole number"),
                ),
            )),
            CellValue::Number(figure) if !decimal && figure.scale() > 0 => Some((
                Severity::Note,
                Wording::new(
                    format!("{zh}写作 {raw}，件数不必带小数"),
                    format!("{en} is printed {raw}: a count needs no decimals"),
                ),
            )),
            CellValue::Unreadable if is_text(raw) && !doubted.contains(&at) => Some((
                severity,
                Wording::new(format!("{zh}为“{raw}”，应填数字"), format!("{en} holds “{raw}” instead of a figure")),
            )),
            _ => None,
        };
        if let Some((severity, message)) = fault {
            findings.push(Finding { actual: Some(raw.clone()), ..about(table, vec![at], code, severity, message) });
        }
        if let Some(unit) = &cell.unit {
            findings.push(Finding {
                actual: Some(raw.clone()),
                ..about(table, vec![at], code, unit_severity(unit, decimal), unit_message(&zh, &en, raw, unit, decimal))
            });
        }
    }
    findings
}

/// Whether it is printed as counts are.
fn is_count(figure: Decimal) -> bool {
    figure.scale() == 0 && !figure.is_sign_negative()
}

/// 元 in the fee cell changes the figure ten-thousandfold; any other unit is only superfluous.
fn unit_severity(unit: &str, decimal: bool) -> Severity {
    if decimal && unit.ends_with('元') && !unit.contains('万') { Severity::Warning } else { Severity::Note }
}

fn unit_message(zh: &str, en: &str, raw: &str, unit: &str, decimal: bool) -> Wording {
    if unit_severity(unit, decimal) == Severity::Warning {
        Wording::new(
            format!("{zh}为“{raw}”，本列单位是万元，带“{unit}”的金额可能差一万倍"),
            format!("{en} holds “{raw}”: the column is in 10,000 yuan, an amount in {unit} may be off by that factor"),
        )
    } else {
        Wording::new(
            format!("{zh}为“{raw}”，单元格内只填数字，不带单位“{unit}”"),
            format!("{en} holds “{raw}”: a cell takes the figure only, without the unit {unit}"),
        )
    }
}

/// Whether `raw` is words and no figure at all: digits would make it a matter of reading.
fn is_text(raw: &str) -> bool {
    !raw.is_empty() && !raw.contains(|c: char| c.is_numeric() && c.is_ascii_digit())
}

/// The cells of `kind` that a doubt concerns.
pub(super) fn doubted(report: &Report, kind: TableKind) -> Vec<CellRef> {
    let concerned = report.doubts.iter().filter(|doubt| doubt.table == Some(kind));
    concerned.flat_map(|doubt| doubt.cells.iter().copied()).collect()
}

/// One finding for everything in `table` that could not be read with certainty. Rows that are not printed are left
/// to the rule on rows where `rows_apart`.
pub(super) fn doubts(
    code: &'static str,
    severity: Severity,
    report: &Report,
    table: &Table,
    rows_apart: bool,
) -> Option<Finding> {
    let kind = table.kind;
    let rows = kind.form().rows;
    let mut cells = doubted(report, kind);
    cells.retain(|at| rows[at.row as usize].kind == RowKind::Value || table.cell(*at).is_some());
    let unread =
        |at: &CellRef| table.cell(*at).is_some_and(|cell| cell.value == CellValue::Unreadable && !is_text(&cell.raw));
    cells.extend(kind.cells().filter(unread));
    cells.sort_unstable();
    cells.dedup();
    let unprinted: Vec<CellRef> = kind
        .cells()
        .filter(|at| table.edition == Edition::Form2021 && table.cell(*at).is_none() && !cells.contains(at))
        .filter(|at| !rows_apart || table.rows.get(at.row as usize) != Some(&RowFound::Missing))
        .collect();
    let concerned: Vec<_> = report.doubts.iter().filter(|doubt| doubt.table == Some(kind)).collect();
    if cells.is_empty() && unprinted.is_empty() && concerned.is_empty() {
        return None;
    }
    let name = phrase::table(kind);
    let total = kind.cells().count();
    let mut zh = format!("{}应有 {total} 个数", name.zh);
    let mut en = format!("{} has {total} figures", name.en);
    if !unprinted.is_empty() {
        let (places_zh, places_en) = phrase::cells(&unprinted);
        let _ = write!(zh, "，缺 {} 个（{places_zh}）", unprinted.len());
        let _ = write!(en, ", {} missing ({places_en})", unprinted.len());
    }
    if !cells.is_empty() {
        let (places_zh, places_en) = phrase::cells(&cells);
        let _ = write!(zh, "，{} 个不能确定（{places_zh}），不作判断", cells.len());
        let _ = write!(en, ", {} in doubt ({places_en}) and not judged", cells.len());
    }
    let said = |lang| concerned.iter().take(3).map(|doubt| doubt.message.get(lang)).collect::<Vec<_>>();
    if !concerned.is_empty() {
        let _ = write!(zh, "：{}", said(Lang::Zh).join("；"));
        let _ = write!(en, ": {}", said(Lang::En).join("; "));
    }
    let at = concerned.first().map(|doubt| doubt.source);
    cells.extend(unprinted);
    cells.sort_unstable();
    let finding = about(table, cells, code, severity, Wording::new(zh, en));
    Some(Finding { at: at.or(finding.at), ..finding })
}
