//! REQ005: rows of the form that are missing, renamed or added.

use super::KIND;
use crate::finding::{Finding, Severity};
use crate::report::form::RowKind;
use crate::report::{CellRef, Edition, RowFound, Source, Table};
use crate::rule::{Assessment, Case};
use crate::rules::{cells, extent, phrase};
use crate::text::Wording;

pub(super) fn check(case: &Case<'_>) -> Assessment {
    let Some(table) = case.report.table(KIND).filter(|table| table.edition == Edition::Form2021) else {
        return Assessment::holds();
    };
    if let Some(end) = extent::is_cut_in(case.report, KIND) {
        return end.unassessed();
    }
    let rows = KIND.form().rows;
    let doubted = cells::doubted(case.report, KIND);
    let in_doubt = |row: usize| doubted.iter().any(|cell| cell.row as usize == row);
    // The form of 2019 prints （六）其他处理 as one row.
    let older = case.report.edition.is_some_and(|edition| edition != Edition::Form2021)
        || case.report.year.is_some_and(|year| year < 2021);
    let mut findings = Vec::new();
    let mut row = 0;
    while row < rows.len() {
        if let RowKind::Group { first, last } = rows[row].kind
            && (first..=last).all(|child| table.rows.get(child as usize) == Some(&RowFound::Missing))
        {
            let stands_for_all = older && rows[row].id == "other";
            if !stands_for_all && !(row..=last as usize).any(in_doubt) {
                findings.push(collapsed(table, row, (last - first + 1) as usize));
            }
            row = last as usize + 1;
            continue;
        }
        match table.rows.get(row) {
            Some(RowFound::Missing) if rows[row].kind == RowKind::Value && !in_doubt(row) => {
                findings.push(missing(table, row));
            }
            Some(RowFound::Renamed { printed, source }) => findings.push(renamed(row, printed, *source)),
            _ => {}
        }
        row += 1;
    }
    findings.extend(table.extra.iter().map(|extra| {
        let values = extra.values.join(" ");
        Finding {
            at: Some(extra.source),
            actual: Some(extra.label.clone()),
            ..about(
                row_cells(table, None),
                Wording::new(
                    format!("多出格式以外的行“{}”（{values}）", extra.label),
                    format!("the row “{}” ({values}) is not part of the form", extra.label),
                ),
            )
        }
    }));
    Assessment { findings, unassessed: Vec::new() }
}

fn about(cells: Vec<CellRef>, message: Wording) -> Finding {
    Finding { part: Some(KIND.part()), table: Some(KIND), cells, ..Finding::new("REQ005", Severity::Warning, message) }
}

fn row_cells(table: &Table, row: Option<usize>) -> Vec<CellRef> {
    let columns = KIND.form().columns.len();
    row.into_iter()
        .flat_map(|row| (0..columns).map(move |column| CellRef::new(KIND, row, column)))
        .filter(|&at| table.cell(at).is_some())
        .collect()
}

fn missing(table: &Table, row: usize) -> Finding {
    let label = KIND.form().rows[row].label;
    let at = CellRef::new(KIND, row, 0);
    Finding {
        at: Some(before(table, row)),
        expected: Some(label.to_owned()),
        ..about(
            (0..KIND.form().columns.len()).map(|column| CellRef::new(KIND, row, column)).collect(),
            Wording::new(
                format!("表三缺“{label}”一行"),
                format!("table 3 lacks the row “{}” ({label})", phrase::row_en(at)),
            ),
        )
    }
}

fn collapsed(table: &Table, row: usize, children: usize) -> Finding {
    let label = KIND.form().rows[row].label;
    let at = CellRef::new(KIND, row, 0);
    let source = table.cell(at).map_or_else(|| before(table, row), |cell| cell.source);
    let printed = row_cells(table, Some(row));
    let message = if printed.is_empty() {
        Wording::new(
            format!("表三缺“{label}”的全部 {children} 行"),
            format!("table 3 lacks all {children} rows of “{}” ({label})", phrase::row_en(at)),
        )
    } else {
        Wording::new(
            format!("表三“{label}”合为一行，其下 {children} 行没有分列"),
            format!("table 3 prints “{}” ({label}) as one row; its {children} rows are left out", phrase::row_en(at)),
        )
    };
    Finding { at: Some(source), ..about(printed, message) }
}

fn renamed(row: usize, printed: &str, source: Source) -> Finding {
    let label = KIND.form().rows[row].label;
    let columns = KIND.form().columns.len();
    let cells = (0..columns).map(|column| CellRef::new(KIND, row, column)).collect();
    let message = if printed.is_empty() {
        Wording::new(format!("“{label}”一行没有行名"), format!("the row “{label}” has no label"))
    } else {
        Wording::new(
            format!("行名“{printed}”与格式不符，应为“{label}”"),
            format!("the row label “{printed}” is not the form's “{label}”"),
        )
    };
    Finding {
        at: Some(source),
        expected: Some(label.to_owned()),
        actual: Some(printed.to_owned()),
        ..about(cells, message)
    }
}

/// Where a row that is not printed would be looked for: at the last row printed before it.
fn before(table: &Table, row: usize) -> Source {
    let printed = table.rows[..row].iter().rev().find_map(|found| match found {
        RowFound::Printed { source } | RowFound::Renamed { source, .. } => Some(*source),
        RowFound::Missing | RowFound::Heading => None,
    });
    printed.unwrap_or(table.source)
}
