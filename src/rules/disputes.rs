//! DIS: the table of part four.

pub(super) mod direct;

use super::cells;
use crate::finding::Severity;
use crate::report::TableKind;
use crate::report::identity::Relation;
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::text::words;

const KIND: TableKind = TableKind::Disputes;

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "DIS001",
        name: "results-do-not-add-up",
        severity: Severity::Error,
        scope: Scope::Table,
        title: words("复议或诉讼总计不等于四种结果之和", "a total of disputes is not the sum of its results"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号 附件，第四部分表格：每组“总计”是前四格之和",
                "Format notice 国办公开办函〔2021〕30号, annex, table of part four: a total sums the four cells before it",
            ),
            condition: words(
                "行政复议、未经复议直接起诉、复议后起诉任一组：总计 ≠ 结果维持 + 结果纠正 + 其他结果 + 尚未审结",
                "in one of the three groups the total is not upheld + corrected + other + pending",
            ),
            example: "行政复议 结果维持 2、结果纠正 1、其他结果 0、尚未审结 0，总计 2",
            remedy: words("核对案件台账，改正总计或分项", "check the cases and correct the total or the result"),
            exempt: "有空白或不能确定的单元格时不作判断，除非其余各数已经相等。",
        },
        check: Check::Relation(Relation::Results),
    },
    Rule {
        code: "DIS002",
        name: "table-unreadable",
        severity: Severity::Note,
        scope: Scope::Table,
        title: words("表四有不能确定的数", "figures of table 4 cannot be made out"),
        manual: Manual {
            basis: words(
                "审核原则：读不准的不判为错；该表应有 15 个数",
                "Principle of the audit: what cannot be read is never called wrong; the table has 15 figures",
            ),
            condition: words(
                "读到的数不足 15 个，或有的数不能确定属于哪一格；结论为“无法识别”",
                "fewer than 15 figures, or a figure that cannot be assigned to its cell; the verdict is unreadable",
            ),
            example: "文字版中第四部分只有 14 个数",
            remedy: words(
                "请报送单位重报可复制文字的版本，或对照原件人工核对",
                "ask for a copy with readable text, or compare with the original by hand",
            ),
            exempt: "空白单元格能确定位置的，由 DIS003 处理。",
        },
        check: Check::Report(unreadable),
    },
    Rule {
        code: "DIS003",
        name: "blank-or-bad-count",
        severity: Severity::Warning,
        scope: Scope::Table,
        title: words("表四有空白、标记或不成数的单元格", "table 4 has blank, marked or bad cells"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号 附件，第四部分表格",
                "Format notice 国办公开办函〔2021〕30号, annex, table of part four",
            ),
            condition: words(
                "单元格空白、填了“/”等标记（合为一条），或填了文字、负数、小数",
                "cells are blank or marked (one finding), or hold text, a negative or a fractional number",
            ),
            example: "行政诉讼各格填“无”",
            remedy: words("没有案件的填 0；其余填写非负整数", "write 0 where there is none; whole numbers otherwise"),
            exempt: "空白不当作 0。",
        },
        check: Check::Report(blank_or_bad),
    },
];

fn unreadable(case: &Case<'_>) -> Assessment {
    let table = case.report.table(KIND);
    let finding = table.and_then(|table| cells::doubts("DIS002", Severity::Note, case.report, table, false));
    finding.map_or_else(Assessment::holds, Assessment::broken)
}

fn blank_or_bad(case: &Case<'_>) -> Assessment {
    let Some(table) = case.report.table(KIND) else { return Assessment::holds() };
    let mut findings: Vec<_> = cells::blanks("DIS003", table).into_iter().collect();
    findings.extend(cells::bad_counts("DIS003", Severity::Warning, case.report, table));
    Assessment { findings, unassessed: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes, report};
    use crate::report::{CellRef, CellValue, TableKind};

    fn at(row: usize, column: usize) -> CellRef {
        CellRef::new(TableKind::Disputes, row, column)
    }

    #[test]
    fn a_total_that_cannot_be_right_is_the_only_likely_slip() {
        let findings = report().with(at(0, 0), "10").with(at(0, 1), "1").with(at(0, 4), "0").findings();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].rule, "DIS001");
        let likely = findings[0].likely.as_ref().unwrap();
        assert_eq!((likely.cell, likely.value.as_str()), (at(0, 4), "11"));
        assert_eq!(findings[0].message.zh, "“行政复议”总计不符：结果维持 10 + 结果纠正 1 = 11，总计 0，差 11");
    }

    #[test]
    fn a_blank_beside_a_total_is_no_error_but_a_warning() {
        assert_eq!(codes(&report().with_value(at(0, 0), "", CellValue::Blank)), ["DIS003"]);
    }

    #[test]
    fn a_missing_block_is_unreadable_and_not_wrong() {
        assert_eq!(codes(&report().without_row(TableKind::Disputes, 2)), ["DIS002"]);
    }
}
