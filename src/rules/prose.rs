//! NAR: the prose against the tables, and against itself.
//!
//! What the prose says was read by the claims of the report; here they are compared. A claim is never compared with a
//! cell that is in doubt, and a bound (余, 近, 1.2万) never taken for a figure.

pub(super) mod documents;
mod fold;
pub(super) mod itself;
pub(super) mod lists;
pub(super) mod outcomes;
pub(super) mod requests;
mod taken_up;
pub(super) mod vague;

pub(crate) use fold::fold;

use crate::finding::{Finding, Severity};
use crate::report::{CellRef, Claim, ClaimKind, Figure, Report, Subject, TableKind};
use crate::rules::cells;
use crate::text::{Wording, Words, words};

/// What all comparisons of prose and table rest on.
const BASIS: Words = words(
    "国办公开办函〔2021〕30号：数据应当准确，文字与表格同一口径",
    "国办公开办函〔2021〕30号: figures must be accurate; prose and table count the same thing",
);

/// What the comparisons of the prose with itself rest on.
const CONSISTENT: Words = words(
    "国办公开办函〔2021〕30号：数据应当准确，前后一致",
    "国办公开办函〔2021〕30号: figures must be accurate and agree with one another",
);

/// Exact figures of `kind`.
fn exact(report: &Report, kind: ClaimKind) -> impl Iterator<Item = &Claim> {
    report.claims.iter().filter(move |claim| claim.kind == kind && !claim.approximate())
}

/// The cell of table 3 in `row` and the column of totals.
const fn total(row: usize) -> CellRef {
    CellRef::new(TableKind::Requests, row, crate::report::form::requests::ALL)
}

/// The figure at `at`, unless it is not printed, no figure or in doubt.
fn certain(report: &Report, at: CellRef) -> Option<Figure> {
    let table = report.table(at.table)?;
    table.figure(at).filter(|_| !cells::doubted(report, at.table).contains(&at))
}

/// Whether the issuer answers for an area and not for itself alone; 乡 and 镇 report for themselves.
fn is_government(report: &Report) -> bool {
    // 开远市2025年…: the government's name may be cut short.
    const AREAS: [char; 7] = ['省', '市', '县', '区', '旗', '州', '盟'];
    let area = |agency: &String| agency.strip_suffix("人民政府").unwrap_or(agency).ends_with(AREAS);
    report.agency.as_ref().is_some_and(area)
}

/// Whether the claim is about the government's own office while the table covers the whole area.
fn is_own_level(report: &Report, claim: &Claim) -> bool {
    const LEVEL: [&str; 4] = ["本级", "政府办", "区政府", "县政府"];
    is_government(report)
        && (claim.subject == Subject::Agency || LEVEL.iter().any(|word| claim.text.contains(word)))
        && claim.subject != Subject::Area
}

/// A finding about `claim` and the cells it was compared with, the one at the centre first.
fn broken(rule: &'static str, severity: Severity, claim: &Claim, cells: &[CellRef], message: Wording) -> Finding {
    let mut places = cells.to_vec();
    places.sort_unstable();
    Finding {
        part: Some(claim.part).filter(|&part| part > 0),
        table: cells.first().map(|at| at.table),
        cell: cells.first().copied(),
        cells: places,
        at: Some(claim.source),
        evidence: Some(claim.text.clone()),
        actual: Some(claim.value.to_string()),
        ..Finding::new(rule, severity, message)
    }
}

/// A claim by its name in a message.
const fn name(kind: ClaimKind) -> Words {
    match kind {
        ClaimKind::ProactiveTotal => words("主动公开信息数", "items disclosed proactively"),
        ClaimKind::ApplicationsReceived => words("收到申请数", "requests received"),
        ClaimKind::ApplicationsCarriedIn => words("上年结转数", "requests carried in"),
        ClaimKind::ApplicationsCarriedOut => words("结转下年数", "requests carried on"),
        ClaimKind::ApplicationsGranted => words("予以公开", "granted"),
        ClaimKind::ApplicationsPartiallyGranted => words("部分公开", "partially granted"),
        ClaimKind::ApplicationsDenied => words("不予公开", "denied"),
        ClaimKind::ApplicationsUnavailable => words("无法提供", "unavailable"),
        ClaimKind::ApplicationsNotProcessed => words("不予处理", "not processed"),
        ClaimKind::ApplicationsOther => words("其他处理", "handled otherwise"),
        ClaimKind::Reconsiderations => words("行政复议件数", "reconsiderations"),
        ClaimKind::Litigations => words("行政诉讼件数", "litigations"),
        ClaimKind::NormativeDocumentsMade => words("规范性文件制发", "normative documents made"),
        ClaimKind::NormativeDocumentsRepealed => words("规范性文件废止", "normative documents repealed"),
        ClaimKind::NormativeDocumentsInForce => words("规范性文件现行有效", "normative documents in force"),
        ClaimKind::Penalties => words("行政处罚", "penalties"),
        ClaimKind::Licences => words("行政许可", "licences"),
        ClaimKind::CompulsoryMeasures => words("行政强制", "compulsory measures"),
        _ => words("数字", "figures"),
    }
}
