//! CAR: a report against the same agency's report of the year before.
//!
//! Only what both years print and what means the same on both forms is compared; a cell that is blank, marked or
//! unreadable on either side is not judged.

pub(super) mod figures;
pub(super) mod jump;
pub(super) mod name;
pub(super) mod prose;
pub(super) mod stock;

use super::agency::abbreviates;
use super::phrase;
use crate::finding::{Finding, Severity};
use crate::report::form::requests;
use crate::report::{CellRef, Digest, Edition, Figure, TableKind};
use crate::rule::{Campaign, Check, Manual, Raised, Rule, Scope, Whom};
use crate::text::{Wording, words};

pub(super) static RULES: &[Rule] = &[Rule {
    code: "CAR001",
    name: "carry-over-broken",
    severity: Severity::Error,
    scope: Scope::Years,
    title: words("上年结转与上年报告不符", "the carry-over is not last year's"),
    manual: Manual {
        basis: words(
            "国办公开办函〔2021〕30号附件表三：“上年结转”就是上年报告的“结转下年度继续办理”",
            "Annex to 国办公开办函〔2021〕30号, table 3: what is carried in is what last year's report carried out",
        ),
        condition: words(
            "表三“上年结转”的总计不等于本机关上年报告“结转下年度继续办理”的总计；总计相符而某类申请人不符的，为警告",
            "the total carried in differs from the total that the agency's report of the year before carried out; \
             where only single applicants differ, a warning",
        ),
        example: "2023年报告结转下年度 2 件，2024年报告上年结转 3 件",
        remedy: words(
            "对照上年报告和申请登记台账改正；上年报告确有错误的，先更正并说明",
            "correct it by last year's report and the register; where last year's is wrong, correct that first and say so",
        ),
        exempt: "与上年最后一版报告比较；任一方空白、填“/”或读不清的格不比；机关名称与上年不同的（合并、分设）降为警告。",
    },
    check: Check::Campaign(carry_over),
}];

/// A report and the same agency's report of the year before.
pub(super) struct Pair<'a> {
    /// Index of the report among the members.
    pub(super) index: usize,
    /// The report.
    pub(super) now: &'a Digest,
    /// That of the year before.
    pub(super) before: &'a Digest,
    /// The year reported on.
    pub(super) year: i32,
}

impl Pair<'_> {
    /// Whether table two counts the same in both years: the trial form's columns are others.
    fn is_of_one_form(&self) -> bool {
        [self.now, self.before].iter().all(|digest| digest.edition == Some(Edition::Form2021))
    }

    /// What the cell says this year and last year, where both give a figure.
    fn figures(&self, at: CellRef) -> Option<(Figure, Figure)> {
        Some((self.now.figure(at)?, self.before.figure(at)?))
    }

    /// Whether both reports give the agency one name, in full or in short.
    fn is_same_name(&self) -> bool {
        match (&self.now.agency, &self.before.agency) {
            (Some(now), Some(before)) => abbreviates(now, before) || abbreviates(before, now),
            _ => true,
        }
    }

    fn raise(&self, finding: Finding) -> Raised {
        Raised { whom: Whom::Member(self.index), finding }
    }
}

/// The reports that count, each with last year's; only where that is the year before indeed.
pub(super) fn pairs<'a>(campaign: &'a Campaign<'a>) -> impl Iterator<Item = Pair<'a>> {
    campaign.current().filter_map(|(index, member)| {
        let (now, before) = (member.digest?, member.previous?.digest);
        let year = now.year?;
        (before.year == Some(year - 1)).then_some(Pair { index, now, before, year })
    })
}

/// A column of the carry-over that differs.
struct Gap {
    at: CellRef,
    now: Figure,
    before: Figure,
}

impl Gap {
    fn is_total(&self) -> bool {
        usize::from(self.at.column) == requests::ALL
    }
}

fn carry_over(campaign: &Campaign<'_>) -> Vec<Raised> {
    pairs(campaign).filter_map(|pair| Some(pair.raise(broken_carry_over(&pair)?))).collect()
}

fn broken_carry_over(pair: &Pair<'_>) -> Option<Finding> {
    let kind = TableKind::Requests;
    if pair.before.edition == Some(Edition::Pre2019) {
        return None;
    }
    let both = |column: usize| {
        let at = CellRef::new(kind, requests::CARRIED_IN, column);
        let now = pair.now.figure(at)?;
        let before = pair.before.figure(CellRef::new(kind, requests::CARRIED_OUT, column))?;
        Some(Gap { at, now, before })
    };
    let gaps: Vec<Gap> = (0..=requests::ALL).filter_map(both).filter(|gap| gap.now != gap.before).collect();
    let total = gaps.iter().find(|gap| gap.is_total());
    let head = total.or(gaps.first())?;
    let single = || gaps.iter().filter(|gap| !gap.is_total());
    let columns_zh = phrase::list_zh(
        single().map(|gap| format!("{} {}（上年报告 {}）", phrase::column(gap.at), gap.now, gap.before)),
    );
    let columns_en = phrase::list_en(
        single().map(|gap| format!("{} {} (last year {})", phrase::column_en(gap.at), gap.now, gap.before)),
    );
    let last = pair.year - 1;
    let message = match total {
        Some(total) => {
            let gap = (total.now.checked_sub(total.before)?).abs();
            let detail = |columns: &str, open: &str, close: &str| {
                if columns.is_empty() { String::new() } else { format!("{open}{columns}{close}") }
            };
            Wording::new(
                format!(
                    "上年结转总计 {}，{last}年报告结转下年度总计 {}，差 {gap}{}",
                    total.now,
                    total.before,
                    detail(&columns_zh, "；其中", "")
                ),
                format!(
                    "{} carried in altogether; the report for {last} carried out {}, off by {gap}{}",
                    total.now,
                    total.before,
                    detail(&columns_en, ": ", "")
                ),
            )
        }
        None => Wording::new(
            format!("上年结转与{last}年报告的结转下年度分项不符：{columns_zh}"),
            format!(
                "what is carried in differs by applicant from what the report for {last} carried out: {columns_en}"
            ),
        ),
    };
    let severity = if total.is_some() && pair.is_same_name() { Severity::Error } else { Severity::Warning };
    Some(Finding {
        part: Some(kind.part()),
        table: Some(kind),
        cell: Some(head.at),
        cells: gaps.iter().map(|gap| gap.at).collect(),
        expected: Some(head.before.to_string()),
        actual: Some(head.now.to_string()),
        at: pair.now.source(head.at),
        ..Finding::new("CAR001", severity, message)
    })
}
