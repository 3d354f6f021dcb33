//! The elements of `check --format json` and `ndjson`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{At, SCHEMA};
use crate::audit::Audit;
use crate::export::{Audited, Summary, manual, rule_name};
use crate::finding::{Finding, Severity, Verdict};
use crate::report::{CellRef, Edition, Source, TableKind};
use crate::text::Lang;

/// The whole document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Check {
    schema: u32,
    tool: Tool,
    summary: Summary,
    reports: Vec<ReportEntry>,
}

impl Check {
    /// The document over `reports`: files in the order of their paths, then, in the order of the roster, the agencies
    /// that have submitted nothing.
    #[must_use]
    pub fn new(summary: Summary, reports: Vec<ReportEntry>) -> Self {
        Self { schema: SCHEMA, tool: Tool::default(), summary, reports }
    }
}

/// Who wrote the document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Default for Tool {
    fn default() -> Self {
        Self { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }
    }
}

/// One audited file, or one agency that has submitted nothing: then the path is that of the roster.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReportEntry {
    path: String,
    agency: Option<String>,
    year: Option<i32>,
    edition: Option<Edition>,
    verdict: Verdict,
    /// Whether text recognition (OCR) read it from pictures of pages: nothing in it is certain.
    ocr: bool,
    findings: Vec<FindingEntry>,
    /// Findings left out because a waiver covers them.
    waived: usize,
}

/// One finding.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct FindingEntry {
    rule: &'static str,
    name: &'static str,
    severity: Severity,
    message: String,
    part: Option<u8>,
    table: Option<TableKind>,
    row: Option<&'static str>,
    column: Option<&'static str>,
    cells: Vec<CellEntry>,
    expected: Option<String>,
    actual: Option<String>,
    likely: Option<LikelyEntry>,
    at: Option<At>,
    evidence: Option<String>,
    basis: Option<&'static str>,
    help: Option<&'static str>,
    /// For a consequence: position, in `findings`, of the root cause it follows from.
    under: Option<usize>,
}

/// A cell that a finding involves.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct CellEntry {
    table: TableKind,
    row: &'static str,
    column: &'static str,
    at: Option<At>,
}

/// The one cell and value that would mend all broken relations of the table.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct LikelyEntry {
    row: &'static str,
    column: &'static str,
    value: String,
}

impl ReportEntry {
    /// The element for one file, with messages in `lang`.
    #[must_use]
    pub fn new(audited: Audited<'_>, lang: Lang) -> Self {
        let audit = audited.audit;
        let report = audit.report.as_ref();
        Self {
            path: audited.path.to_owned(),
            agency: report.and_then(|report| report.agency.clone()),
            year: report.and_then(|report| report.year),
            edition: report.and_then(|report| report.edition),
            verdict: audit.verdict,
            ocr: report.is_some_and(|report| report.recognised.is_any()),
            findings: audit.findings.iter().map(|finding| FindingEntry::new(finding, audit, lang)).collect(),
            waived: audited.waived,
        }
    }
}

impl FindingEntry {
    fn new(finding: &Finding, audit: &Audit, lang: Lang) -> Self {
        let at = |source: Source| At::of(source, &audit.places);
        let place = |cell: CellRef| audit.report.as_ref()?.cell(cell).map(|cell| at(cell.source));
        Self {
            rule: finding.rule,
            name: rule_name(finding.rule),
            severity: finding.severity,
            message: finding.message.get(lang).to_owned(),
            part: finding.part,
            table: finding.table,
            row: finding.cell.map(CellRef::row_id),
            column: finding.cell.map(CellRef::column_id),
            cells: finding
                .cells
                .iter()
                .map(|&cell| CellEntry {
                    table: cell.table,
                    row: cell.row_id(),
                    column: cell.column_id(),
                    at: place(cell),
                })
                .collect(),
            expected: finding.expected.clone(),
            actual: finding.actual.clone(),
            likely: finding.likely.as_ref().map(|likely| LikelyEntry {
                row: likely.cell.row_id(),
                column: likely.cell.column_id(),
                value: likely.value.clone(),
            }),
            at: finding.at.map(at),
            evidence: finding.evidence.clone(),
            basis: manual(finding.rule, |page| page.basis, lang),
            help: manual(finding.rule, |page| page.remedy, lang),
            under: finding.under,
        }
    }
}
