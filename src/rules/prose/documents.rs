//! NAR006, NAR007: normative documents and decisions.

use super::{BASIS, broken, certain, is_government, is_own_level, name};
use crate::finding::{Finding, Severity};
use crate::report::{Bound, CellRef, Claim, ClaimKind, Edition, Report, TableKind};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope, Unassessed};
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "NAR006",
        name: "documents-differ",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("文字与表二的行政规范性文件数不一致", "prose and table 2 disagree on normative documents"),
        manual: Manual {
            basis: BASIS,
            condition: words(
                "文字写的行政规范性文件制发、废止、现行有效件数与表二该格不等；文字只写“规范性文件”的为提示",
                "documents made, repealed or in force are not what table 2 says; a note where the prose says only 规范性文件",
            ),
            example: "文字写“制发行政规范性文件 3 件”，表二本年制发件数 2",
            remedy: words(
                "对照规范性文件目录，改正文字或表格",
                "check the list of normative documents and correct the prose or the table",
            ),
            exempt: "政策文件、政策性文件不是行政规范性文件；失效不是废止；约数；政府报告只说本级的。",
        },
        check: Check::Report(documents_differ),
    },
    Rule {
        code: "NAR007",
        name: "decisions-exceed-table",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("文字的许可、处罚、强制数超过表二", "the prose has more decisions than table 2"),
        manual: Manual {
            basis: BASIS,
            condition: words(
                "文字写作出的行政许可、行政处罚、行政强制件数大于表二“本年处理决定数量”",
                "the prose counts more licences, penalties or compulsory measures than table 2",
            ),
            example: "文字写“作出行政处罚决定 57 件”，表二行政处罚 5",
            remedy: words(
                "表二填本年作出的全部处理决定，含依法不公开的；核对后改正",
                "table 2 holds all decisions of the year, published or not; check and correct",
            ),
            exempt: "文字小于表二是正常的；公示的信息条数不是决定件数。",
        },
        check: Check::Report(decisions_exceed),
    },
];

/// Table 2 of the form in force, unless the report has another.
fn is_in_force(report: &Report) -> bool {
    report.proactive_disclosure.as_ref().is_some_and(|table| table.edition == Edition::Form2021)
}

const fn at(row: usize, column: usize) -> CellRef {
    CellRef::new(TableKind::ProactiveDisclosure, row, column)
}

fn unassessed(at: CellRef) -> Unassessed {
    let why = Wording::new("表二该格空白、缺失或不能确定", "the cell of table 2 is blank, missing or in doubt");
    Unassessed { why, cells: vec![at] }
}

fn documents_differ(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let mut answer = Assessment::holds();
    if !is_in_force(report) || is_government(report) && report.claims.iter().any(|claim| is_own_level(report, claim)) {
        return answer;
    }
    for (kind, column) in [
        (ClaimKind::NormativeDocumentsMade, 0),
        (ClaimKind::NormativeDocumentsRepealed, 1),
        (ClaimKind::NormativeDocumentsInForce, 2),
    ] {
        let told: Vec<&Claim> = super::exact(report, kind).collect();
        let Some(first) = told.first() else { continue };
        let Some(figure) = certain(report, at(1, column)) else {
            answer.unassessed.push(unassessed(at(1, column)));
            continue;
        };
        if told.iter().any(|claim| claim.value == figure) {
            continue;
        }
        let severity = if first.text.contains("行政规范性文件") { Severity::Warning } else { Severity::Note };
        let (words, value) = (name(kind), first.value);
        let message = Wording::new(
            format!("文字写{} {value} 件，表二为 {figure}", words.zh),
            format!("the prose says {value} {}; table 2 has {figure}", words.en),
        );
        let finding = broken("NAR006", severity, first, &[at(1, column)], message);
        answer.findings.push(Finding { expected: Some(figure.to_string()), ..finding });
    }
    answer
}

fn decisions_exceed(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let mut answer = Assessment::holds();
    if !is_in_force(report) {
        return answer;
    }
    for (kind, row) in [(ClaimKind::Licences, 2), (ClaimKind::Penalties, 3), (ClaimKind::CompulsoryMeasures, 4)] {
        let counted = |claim: &&Claim| {
            claim.kind == kind
                && matches!(claim.bound, Bound::Exact | Bound::AtLeast)
                && claim.unit.as_deref() != Some("条")
        };
        let Some(claim) = report.claims.iter().filter(counted).max_by_key(|claim| claim.value) else { continue };
        let Some(figure) = certain(report, at(row, 3)) else {
            answer.unassessed.push(unassessed(at(row, 3)));
            continue;
        };
        if claim.value <= figure {
            continue;
        }
        let (words, value) = (name(kind), claim.value);
        let message = Wording::new(
            format!("文字写{} {value} 件，超过表二的处理决定数量 {figure}", words.zh),
            format!("the prose says {value} {}; table 2 has only {figure} decisions", words.en),
        );
        let finding = broken("NAR007", Severity::Warning, claim, &[at(row, 3)], message);
        answer.findings.push(Finding { expected: Some(figure.to_string()), ..finding });
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{codes_of, report};
    use super::at;
    use crate::finding::Severity;
    use crate::report::{Bound, ClaimKind};

    #[test]
    fn documents_by_their_full_name() {
        let made = ClaimKind::NormativeDocumentsMade;
        assert_eq!(codes_of("NAR", &report().with(at(1, 0), "2").stating(made, 2, "制发行政规范性文件2件。")), [""; 0]);
        let findings = report().stating(made, 2, "制发行政规范性文件2件。").findings();
        assert_eq!((findings[0].rule, findings[0].severity), ("NAR006", Severity::Warning));
        let findings = report().stating(made, 2, "制定规范性文件2件。").findings();
        assert_eq!((findings[0].rule, findings[0].severity), ("NAR006", Severity::Note));
    }

    #[test]
    fn decisions_above_the_table_only() {
        let with = || report().with(at(3, 3), "57");
        assert_eq!(codes_of("NAR", &with().stating(ClaimKind::Penalties, 57, "作出行政处罚57件。")), [""; 0]);
        assert_eq!(codes_of("NAR", &with().stating(ClaimKind::Penalties, 20, "公示行政处罚20余件。")), [""; 0]);
        assert_eq!(codes_of("NAR", &with().stating(ClaimKind::Penalties, 58, "作出行政处罚58件。")), ["NAR007"]);
        let near = with().stating(ClaimKind::Penalties, 60, "作出行政处罚近60件。");
        assert_eq!(codes_of("NAR", &near.but(|claim| claim.bound = Bound::AtMost)), [""; 0]);
    }
}
