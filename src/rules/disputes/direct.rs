//! DIS004: suits without reconsideration since the law asks for it first.

use crate::finding::{Finding, Severity};
use crate::report::{CellRef, Figure, TableKind};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::text::{Wording, words};

const KIND: TableKind = TableKind::Disputes;
/// The group 未经复议直接起诉 and its columns, the total last.
const DIRECT: usize = 1;
const COLUMNS: usize = 5;
const TOTAL: usize = 4;

/// The first year for which the law of 2023 asks for reconsideration first.
const SINCE: i32 = 2024;

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "DIS004",
    name: "direct-suit-after-2023",
    severity: Severity::Note,
    scope: Scope::Table,
    title: words("复议前置后仍有直接起诉", "suits without reconsideration although it comes first"),
    manual: Manual {
        basis: words(
            "行政复议法（2023年修订，2024年1月1日起施行）第二十三条第一款第（四）项：申请政府信息公开，行政机关不予公开的，应当先申请行政复议",
            "Administrative Reconsideration Law (2023) art. 23 (4): a refusal to disclose goes to reconsideration first",
        ),
        condition: words(
            "2024年度及以后，“未经复议直接起诉”一组有不为零的数",
            "for 2024 or later, the group “litigation direct” is not zero",
        ),
        example: "2024年度报告 未经复议直接起诉 总计 2",
        remedy: words(
            "核对案件是否应计入“复议后起诉”；属于2023年以前的案件或其他情形的不用改",
            "check whether the cases belong under “after reconsideration”; older cases and other refusals stay",
        ),
        exempt: "以前年度提起尚未审结的案件、对答复方式等其他行为不服的诉讼，可以直接起诉，所以只是提示。",
    },
    check: Check::Report(direct_suits),
}];

fn direct_suits(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(table) = report.table(KIND) else { return Assessment::holds() };
    if report.year.is_none_or(|year| year < SINCE) {
        return Assessment::holds();
    }
    let doubted = |at: CellRef| report.doubts.iter().any(|doubt| doubt.cells.contains(&at));
    let cells: Vec<(CellRef, Figure)> = (0..COLUMNS)
        .map(|column| CellRef::new(KIND, DIRECT, column))
        .filter(|&at| !doubted(at))
        .filter_map(|at| Some((at, table.figure(at).filter(|figure| *figure > Figure::ZERO)?)))
        .collect();
    let Some(&(at, figure)) = cells.iter().find(|(at, _)| at.column as usize == TOTAL).or_else(|| cells.first()) else {
        return Assessment::holds();
    };
    Assessment::broken(Finding {
        part: Some(KIND.part()),
        table: Some(KIND),
        cell: Some(at),
        cells: cells.iter().map(|&(at, _)| at).collect(),
        actual: Some(figure.to_string()),
        at: table.cell(at).map(|cell| cell.source),
        ..Finding::new(
            "DIS004",
            Severity::Note,
            Wording::new(
                format!("未经复议直接起诉 {figure} 件；2024年起不予公开的应当先复议，请核对"),
                format!("{figure} suits without reconsideration; since 2024 refusals go to reconsideration first"),
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{codes, report};

    #[test]
    fn since_2024() {
        let sued = || report().with(CellRef::new(KIND, DIRECT, 0), "2").with(CellRef::new(KIND, DIRECT, TOTAL), "2");
        assert_eq!(codes(&sued()), ["DIS004"]);
        assert_eq!(codes(&sued().of_year(2023)), [""; 0]);
    }
}
