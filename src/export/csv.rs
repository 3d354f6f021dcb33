//! `check --format csv`: one finding a row, for spreadsheets.
//!
//! UTF-8 with a byte order mark, so that every spreadsheet reads the Chinese right; a text that a
//! spreadsheet would take for a formula gets an apostrophe in front.

use std::io::{self, Write};

use super::{Audited, rule_name};
use crate::finding::Finding;
use crate::report::{CellRef, TableKind};
use crate::text::place;
use crate::text::{Lang, Words, printable, words};

const COLUMNS: [Words; 16] = [
    words("文件", "path"),
    words("机关", "agency"),
    words("年度", "year"),
    words("结论", "verdict"),
    words("规则", "rule"),
    words("名称", "name"),
    words("级别", "severity"),
    words("说明", "message"),
    words("部分", "part"),
    words("表", "table"),
    words("行", "row"),
    words("列", "column"),
    words("应为", "expected"),
    words("实为", "actual"),
    words("位置", "line"),
    words("原文", "evidence"),
];

/// The byte order mark and the names of the columns.
///
/// # Errors
/// Those of `out`.
pub fn header(lang: Lang, out: &mut impl Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    row(&COLUMNS.map(|column| column.get(lang).to_owned()), out)
}

/// The findings of one file, a row each; a file without findings has one row without any.
///
/// # Errors
/// Those of `out`.
pub fn report(audited: Audited<'_>, lang: Lang, out: &mut impl Write) -> io::Result<()> {
    if audited.audit.findings.is_empty() {
        return row(&fields(audited, None, lang), out);
    }
    audited.audit.findings.iter().try_for_each(|finding| row(&fields(audited, Some(finding), lang), out))
}

fn fields(audited: Audited<'_>, finding: Option<&Finding>, lang: Lang) -> [String; 16] {
    let report = audited.audit.report.as_ref();
    let of = |field: fn(&Finding) -> Option<String>| finding.and_then(field).unwrap_or_default();
    [
        audited.path.to_owned(),
        report.and_then(|report| report.agency.clone()).unwrap_or_default(),
        report.and_then(|report| report.year).map(|year| year.to_string()).unwrap_or_default(),
        audited.audit.verdict.words().get(lang).to_owned(),
        of(|finding| Some(finding.rule.to_owned())),
        of(|finding| Some(rule_name(finding.rule).to_owned())),
        finding.map(|finding| finding.severity.words().get(lang).to_owned()).unwrap_or_default(),
        finding.map(|finding| finding.message.get(lang).to_owned()).unwrap_or_default(),
        of(|finding| finding.part.map(|part| part.to_string())),
        of(|finding| finding.table.map(|table| TableKind::id(table).to_owned())),
        of(|finding| finding.cell.map(|cell| CellRef::row_label(cell).to_owned())),
        of(|finding| finding.cell.map(|cell| CellRef::column_label(cell).to_owned())),
        of(|finding| finding.expected.clone()),
        of(|finding| finding.actual.clone()),
        finding
            .and_then(|finding| finding.at)
            .map(|at| place::line_or_code(audited.audit.places.at(at)))
            .unwrap_or_default(),
        of(|finding| finding.evidence.clone()),
    ]
}

fn row(fields: &[String; 16], out: &mut impl Write) -> io::Result<()> {
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        let mark = if is_formula(field) { "'" } else { "" };
        write!(out, "\"{mark}{}\"", printable(field).replace('"', "\"\""))?;
    }
    out.write_all(b"\r\n")
}

/// Whether a spreadsheet might take `field` for a formula. A plain number is none.
fn is_formula(field: &str) -> bool {
    let start = field.trim_start().trim_start_matches(|c: char| !crate::text::is_printable(c) || c.is_whitespace());
    let sign = start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || field.starts_with(['\t', '\r', '\n']);
    let plain = start
        .strip_prefix('-')
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || c == '.'));
    sign && !plain
}
