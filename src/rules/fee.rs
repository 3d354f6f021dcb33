//! FEE: 信息处理费, the fee that may be charged for applications.

pub(super) mod charge;
pub(super) mod terms;

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::{Finding, Severity};
use crate::report::Sentence;
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::text::{Wording, words};

pub(super) static RULES: &[Rule] = &[Rule {
    code: "FEE001",
    name: "missing-fee-statement",
    severity: Severity::Warning,
    scope: Scope::File,
    title: words("没有说明信息处理费收取情况", "the information processing fee is not mentioned"),
    manual: Manual {
        basis: words(
            "条例第四十二条；国办函〔2020〕109号；通行做法是在第六部分说明本年度收费情况",
            "Regulations art. 42; 国办函〔2020〕109号; in practice part six states what was charged",
        ),
        condition: words(
            "第六部分和全文都没有说明信息处理费的收取情况；写在其他部分的为提示",
            "neither part six nor the rest says what was charged; said elsewhere: a note",
        ),
        example: "第六部分只写“无其他需要报告的事项”",
        remedy: words(
            "在第六部分写明：本年度发出收费通知的件数、总金额和实收金额；没有收费的写明未收取",
            "state in part six the number of charge notices, the total and what was collected, or that nothing was charged",
        ),
        exempt: "“信息公开处理费”“未收取任何费用”都算说明；行政事业性收费是另一回事，不算。",
    },
    check: Check::Report(missing_statement),
}];

/// The fee by its name.
const NAMED: &str = "处理费";

/// Charges in general, as they may be spoken of where the reader knows that applications are meant.
const CHARGED: &str = "收费|收取[^，。；]{0,12}费|费用|缴费|减免";

/// Charges that are something else.
const OTHER: &str = "行政事业性收费|涉企收费|收费项目|收费目录|收费标准公开|收费清单|收费公示|未按收费通知|乱收费|\
    三公[^，。；]{0,4}费用|医疗费用|培训费用|学费|教育收费|停车收费|物业收费|价格和收费|价格收费";

fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

/// Whether the sentence speaks of charging for applications, and whether by the fee's own name.
fn speaks_of_fee(sentence: &Sentence) -> bool {
    static TOLD: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(CHARGED));
    static ELSE: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(OTHER));
    if sentence.text.contains(NAMED) {
        return true;
    }
    let (Some(told), Some(other)) = (&*TOLD, &*ELSE) else { return false };
    told.is_match(&other.replace_all(&sentence.text, ""))
}

/// Whether the sentence, standing in any part, can only mean charges for applications.
fn names_applications(sentence: &Sentence) -> bool {
    let text = &sentence.text;
    let denied = ["未", "无", "没有", "不收", "0元", "0 元"].iter().any(|word| text.contains(word));
    text.contains(NAMED) || (denied && (text.contains("申请") || text.contains("信息公开")))
}

fn missing_statement(case: &Case<'_>) -> Assessment {
    let report = case.report;
    if report.year.is_some_and(|year| year < 2021) {
        return Assessment::not_assessable(Wording::new(
            "信息处理费办法自2021年1月1日起施行",
            "the fee may be charged since 1 January 2021",
        ));
    }
    let mut speaking = report.prose.iter().filter(|sentence| speaks_of_fee(sentence));
    if speaking.clone().any(|sentence| sentence.part == 6) {
        return Assessment::holds();
    }
    if let Some(end) = super::extent::breaks_off(report) {
        return end.unassessed();
    }
    if let Some(sentence) = speaking.find(|sentence| names_applications(sentence)) {
        let (zh, en) = match sentence.part {
            0 => ("前言".to_owned(), "the preamble".to_owned()),
            number => (
                format!("第{}部分", ["一", "二", "三", "四", "五"][(number - 1).min(4) as usize]),
                format!("part {number}"),
            ),
        };
        return Assessment::broken(Finding {
            part: Some(sentence.part).filter(|&part| part > 0),
            at: Some(sentence.source(0..0)),
            evidence: Some(sentence.text.clone()),
            ..Finding::new(
                "FEE001",
                Severity::Note,
                Wording::new(
                    format!("信息处理费写在{zh}，宜写在第六部分"),
                    format!("the fee is spoken of in {en}; it belongs in part 6"),
                ),
            )
        });
    }
    let Some(part) = report.part(6) else {
        return Assessment::not_assessable(Wording::new("找不到第六部分", "part six is not found"));
    };
    // One or two characters that are no 无: the text breaks off behind the heading.
    let said = part.text.trim();
    if (1..4).contains(&said.chars().count()) && !said.starts_with('无') && !said.ends_with('。') {
        return Assessment::not_assessable(Wording::new("第六部分的文字中断", "the text breaks off in part six"));
    }
    if super::announces_attachment(&part.text) {
        return Assessment::not_assessable(Wording::new("第六部分写明见附件", "part six refers to an attachment"));
    }
    Assessment::broken(Finding {
        part: Some(6),
        at: Some(part.source),
        evidence: part.heading.clone(),
        ..Finding::new(
            "FEE001",
            Severity::Warning,
            Wording::new(
                "第六部分和全文都没有说明信息处理费的收取情况",
                "neither part 6 nor the rest says whether an information processing fee was charged",
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes, report};
    use crate::finding::Severity;

    #[test]
    fn statements_in_their_many_forms() {
        for text in [
            "本年度没有产生信息公开处理费。",
            "全年未收取任何费用。",
            "本年度未发生收费。",
            "无收费情况。",
            "本机关无收取信息处理费等情况。",
            "共收取信息处理费230元。",
        ] {
            assert_eq!(codes(&report().without_fee().saying(6, text)), [""; 0], "{text}");
        }
    }

    #[test]
    fn other_charges_are_no_statement() {
        for text in ["按时公开行政事业性收费目录。", "无其他需要报告的事项。", "公布收费项目12个。"]
        {
            assert_eq!(codes(&report().without_fee().saying(6, text)), ["FEE001"], "{text}");
        }
    }

    #[test]
    fn what_breaks_off_or_is_older_than_the_fee_is_not_judged() {
        assert_eq!(codes(&report().without_fee().without_contact().saying(6, "目")), ["STR009"]);
        assert_eq!(codes(&report().without_fee().saying(6, "无。")), ["FEE001"]);
        assert_eq!(codes(&report().without_fee().of_year(2020)), [""; 0]);
    }

    #[test]
    fn elsewhere_it_is_a_note() {
        let findings = report().without_fee().saying(1, "依申请公开未收取信息处理费。").findings();
        assert_eq!((findings[0].rule, findings[0].severity), ("FEE001", Severity::Note));
        assert_eq!(codes(&report().without_fee().saying(1, "公开涉企收费目录。")), ["FEE001"]);
    }
}
