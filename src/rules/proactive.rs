//! PRO: the table of part two.

pub(super) mod powers;
mod trial;

use super::{cells, extent};
use crate::finding::Severity;
use crate::report::{Edition, TableKind};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::text::words;

const KIND: TableKind = TableKind::ProactiveDisclosure;

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "PRO001",
        name: "bad-count",
        severity: Severity::Error,
        scope: Scope::Table,
        title: words("表二有不成数的单元格", "a cell of table 2 is no count"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号 附件，第二部分表格；条例第二十条（一）（五）（六）（八）项",
                "Format notice 国办公开办函〔2021〕30号, annex, table of part two",
            ),
            condition: words(
                "件数单元格填了文字、负数或小数；收费金额为负数；单元格内带单位（提示，收费金额带“元”的为警告）",
                "a count is text, negative or fractional, or the fee is negative; a unit inside a cell is noted",
            ),
            example: "行政处罚 本年处理决定数量：3.5",
            remedy: words(
                "核对底数后填写非负整数；收费金额以万元为单位填写，只填数字",
                "enter a whole number, not negative; the fee in 10,000 yuan, figures only",
            ),
            exempt: "收费金额可以有小数；空白、“/”、“—”、“无”由 PRO002 汇总提示。",
        },
        check: Check::Report(bad_count),
    },
    Rule {
        code: "PRO002",
        name: "blank-or-not-applicable",
        severity: Severity::Warning,
        scope: Scope::Table,
        title: words("表二有空白或不适用标记", "table 2 has blank or not-applicable cells"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号 附件，第二部分表格",
                "Format notice 国办公开办函〔2021〕30号, annex, table of part two",
            ),
            condition: words(
                "表格中有空白单元格，或填了“/”“—”“无”；全表合为一条",
                "cells are blank or hold a mark such as “/”; one finding for the table",
            ),
            example: "规章 / / /",
            remedy: words("确实没有的填 0；漏填的补填", "write 0 where there is none; fill in what was left out"),
            exempt: "空白不当作 0，也不当作错误数字。",
        },
        check: Check::Report(blank),
    },
    Rule {
        code: "PRO006",
        name: "table-incomplete",
        severity: Severity::Warning,
        scope: Scope::Table,
        title: words("表二不完整", "table 2 is incomplete"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号 附件，第二部分表格共 10 个数",
                "Format notice 国办公开办函〔2021〕30号, annex: the table of part two has 10 figures",
            ),
            condition: words(
                "读到的数少于 10 个，或缺行，或有的数不能确定属于哪一格；2019年试行格式的表格按其八行核对",
                "fewer than 10 figures, a row missing, or a figure that cannot be assigned to its cell; a table on the trial form is held against its eight rows",
            ),
            example: "表中没有“行政强制”一行",
            remedy: words("按统一格式补齐六行十个数", "complete the six rows and ten figures of the form"),
            exempt: "更早的格式没有统一的行列；该不该用旧格式由 STR012 处理；整表缺失由 STR007 处理。",
        },
        check: Check::Report(incomplete),
    },
];

fn bad_count(case: &Case<'_>) -> Assessment {
    let Some(table) = case.report.table(KIND) else { return Assessment::holds() };
    let mut findings = cells::bad_counts("PRO001", Severity::Error, case.report, table);
    findings.extend(trial::bad_counts(case.report, table));
    Assessment { findings, unassessed: Vec::new() }
}

fn blank(case: &Case<'_>) -> Assessment {
    if let Some(end) = extent::is_cut_in(case.report, KIND) {
        return end.unassessed();
    }
    // What an older form leaves blank stands under columns of its own.
    let finding = case.report.table(KIND).and_then(|table| match table.edition {
        Edition::Form2021 => cells::blanks("PRO002", table),
        _ => trial::blanks(table),
    });
    finding.map_or_else(Assessment::holds, Assessment::broken)
}

fn incomplete(case: &Case<'_>) -> Assessment {
    if let Some(end) = extent::is_cut_in(case.report, KIND) {
        return end.unassessed();
    }
    // An older form has other rows and columns; that it was used is what STR012 says.
    let finding = case.report.table(KIND).and_then(|table| match table.edition {
        Edition::Form2021 => cells::doubts("PRO006", Severity::Warning, case.report, table, false),
        _ => trial::incomplete(case.report, table),
    });
    finding.map_or_else(Assessment::holds, Assessment::broken)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes, report};
    use crate::report::{CellRef, CellValue, TableKind};

    fn at(row: usize, column: usize) -> CellRef {
        CellRef::new(TableKind::ProactiveDisclosure, row, column)
    }

    #[test]
    fn a_fractional_decision_count_is_an_error_and_a_fractional_fee_is_not() {
        assert_eq!(codes(&report().with(at(3, 3), "3.5")), ["PRO001"]);
        assert_eq!(codes(&report().with(at(5, 4), "38.441094")), [""; 0]);
        assert_eq!(codes(&report().with(at(3, 3), "-3")), ["PRO001"]);
    }

    #[test]
    fn blanks_and_marks_make_one_finding() {
        let sample =
            report().with_value(at(0, 0), "/", CellValue::NotApplicable).with_value(at(1, 0), "", CellValue::Blank);
        assert_eq!(codes(&sample), ["PRO002"]);
    }

    #[test]
    fn a_missing_row_makes_the_table_incomplete() {
        assert_eq!(codes(&report().without_row(TableKind::ProactiveDisclosure, 4)), ["PRO006"]);
    }

    #[test]
    fn yuan_in_the_fee_cell_is_a_warning() {
        let findings = report().with_unit(at(5, 4), "251000", "元").findings();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].severity, crate::finding::Severity::Warning);
    }
}
