//! REQ: the table of part three.

pub(super) mod notice;
mod rows;

use super::{cells, extent};
use crate::finding::Severity;
use crate::report::TableKind;
use crate::report::identity::Relation;
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::text::{Words, words};

const KIND: TableKind = TableKind::Requests;

const FORM: Words = words(
    "国办公开办函〔2021〕30号 附件，第三部分表格",
    "Format notice 国办公开办函〔2021〕30号, annex, table of part three",
);

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "REQ001",
        name: "requests-do-not-balance",
        severity: Severity::Error,
        scope: Scope::Table,
        title: words("申请收办数不平衡", "requests received and handled do not balance"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号 附件，第三部分表头所列勾稽关系：第一项加第二项等于第三项加第四项",
                "The relation printed in the head of the form's table: item 1 plus item 2 equals item 3 plus item 4",
            ),
            condition: words(
                "任一列：本年新收 + 上年结转 ≠ 办理结果总计 + 结转下年度继续办理",
                "in a column, received + carried in differs from total handled + carried out",
            ),
            example: "自然人列：新收 3、结转 1，总计 3、结转下年 0",
            remedy: words(
                "对照申请登记台账，核对新收、结转、办结三个数，改正写错的一格并同步改总计列",
                "check received, carried and handled against the register; correct the cell and its total",
            ),
            exempt: "有空白或不能确定的单元格时不作判断，除非其余各数已经相等。",
        },
        check: Check::Relation(Relation::Balance),
    },
    Rule {
        code: "REQ002",
        name: "outcomes-do-not-add-up",
        severity: Severity::Error,
        scope: Scope::Table,
        title: words("办理结果各项之和不等于总计", "the outcomes do not add up to the total handled"),
        manual: Manual {
            basis: FORM,
            condition: words(
                "任一列：（七）总计 ≠（一）至（六）各项之和",
                "in a column, the total handled differs from the sum of the outcomes",
            ),
            example: "自然人列：予以公开 2、部分公开 1，其余 0，总计 4",
            remedy: words(
                "逐项核对答复文书的类别；一件申请只计一种结果，部分公开不再计入其他情形",
                "check the class of every reply; one request counts under one outcome only",
            ),
            exempt: "只列一行的分组代表其子项；表中多出带数字的自设行或缺行时不作判断。",
        },
        check: Check::Relation(Relation::Outcomes),
    },
    Rule {
        code: "REQ003",
        name: "applicants-do-not-add-up",
        severity: Severity::Error,
        scope: Scope::Table,
        title: words("各类申请人之和不等于总计", "the applicants do not add up to the row's total"),
        manual: Manual {
            basis: FORM,
            condition: words(
                "任一行：总计 ≠ 自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他",
                "in a row, the total differs from the sum of the six kinds of applicants",
            ),
            example: "予以公开：自然人 2、商业企业 1，总计 2",
            remedy: words(
                "核对该行各类申请人的件数，改正分项或总计",
                "check the row and correct the part or the total",
            ),
            exempt: "有空白或不能确定的单元格时不作判断，除非其余各数已经相等。",
        },
        check: Check::Relation(Relation::Applicants),
    },
    Rule {
        code: "REQ004",
        name: "table-unreadable",
        severity: Severity::Note,
        scope: Scope::Table,
        title: words("表三有不能确定的数", "figures of table 3 cannot be made out"),
        manual: Manual {
            basis: words(
                "审核原则：读不准的不判为错；该表应有 175 个数",
                "Principle of the audit: what cannot be read is never called wrong; the table has 175 figures",
            ),
            condition: words(
                "有的数不能确定属于哪一格，或标签、个数、算术三者不一致；结论为“无法识别”",
                "a figure cannot be assigned to its cell, or labels, counts and sums disagree; the verdict is unreadable",
            ),
            example: "一行只有 6 个数，看不出空的是哪一格",
            remedy: words(
                "请报送单位重报可复制文字的版本，或对照原件人工核对",
                "ask for a copy with readable text, or compare with the original by hand",
            ),
            exempt: "位置确定的空白由 REQ006 处理，缺行由 REQ005 处理。",
        },
        check: Check::Report(unreadable),
    },
    Rule {
        code: "REQ005",
        name: "row-missing-or-renamed",
        severity: Severity::Warning,
        scope: Scope::Table,
        title: words("表三缺行、改名或多出行", "a row of table 3 is missing, renamed or added"),
        manual: Manual {
            basis: FORM,
            condition: words(
                "统一格式的行没有列出、名称被改动或截断，或多出格式以外的行",
                "a row of the form is not printed, is renamed or cut short, or a row is added",
            ),
            example: "“5.属于三类内部事务信息”一行没有列出",
            remedy: words("按统一格式恢复行名和行数", "restore the rows and labels of the form"),
            exempt: "换行断开的行名、全半角和标点差异、常见简写不算改名；2019 年试行格式由 STR012 处理。",
        },
        check: Check::Report(rows::check),
    },
    Rule {
        code: "REQ006",
        name: "blank-or-not-applicable",
        severity: Severity::Warning,
        scope: Scope::Table,
        title: words("表三有空白或不适用标记", "table 3 has blank or not-applicable cells"),
        manual: Manual {
            basis: FORM,
            condition: words(
                "表格中有空白单元格，或填了“/”“—”“无”；全表合为一条",
                "cells are blank or hold a mark such as “/”; one finding for the table",
            ),
            example: "科研机构一列全部空白",
            remedy: words("确实没有的填 0；漏填的补填", "write 0 where there is none; fill in what was left out"),
            exempt: "空白不当作 0，也不当作错误数字。",
        },
        check: Check::Report(blank),
    },
    Rule {
        code: "REQ007",
        name: "bad-count",
        severity: Severity::Error,
        scope: Scope::Table,
        title: words("表三有不成数的单元格", "a cell of table 3 is no count"),
        manual: Manual {
            basis: FORM,
            condition: words(
                "单元格填了文字、负数或小数；带单位的为提示",
                "a cell is text, negative or fractional; a unit inside it is noted",
            ),
            example: "予以公开 自然人：若干",
            remedy: words("核对底数后填写非负整数", "check the register and enter a whole number"),
            exempt: "空白、“/”、“—”、“无”由 REQ006 汇总提示。",
        },
        check: Check::Report(bad_count),
    },
];

fn unreadable(case: &Case<'_>) -> Assessment {
    if let Some(end) = extent::is_cut_in(case.report, KIND) {
        return end.unassessed();
    }
    let table = case.report.table(KIND);
    let finding = table.and_then(|table| cells::doubts("REQ004", Severity::Note, case.report, table, true));
    finding.map_or_else(Assessment::holds, Assessment::broken)
}

fn blank(case: &Case<'_>) -> Assessment {
    if let Some(end) = extent::is_cut_in(case.report, KIND) {
        return end.unassessed();
    }
    let finding = case.report.table(KIND).and_then(|table| cells::blanks("REQ006", table));
    finding.map_or_else(Assessment::holds, Assessment::broken)
}

fn bad_count(case: &Case<'_>) -> Assessment {
    let table = case.report.table(KIND);
    let findings = table.map(|table| cells::bad_counts("REQ007", Severity::Error, case.report, table));
    Assessment { findings: findings.unwrap_or_default(), unassessed: Vec::new() }
}

#[cfg(test)]
mod tests;
