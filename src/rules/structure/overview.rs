//! STR005, STR008, STR009: what part one and the preamble should say.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::{Finding, Severity};
use crate::report::{Edition, Topic};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::extent;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "STR005",
        name: "missing-topic",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("总体情况缺少一个方面", "the overview lacks a topic"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号 附件，第一部分：主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障",
                "Annex of 国办公开办函〔2021〕30号, part one: its five topics",
            ),
            condition: words(
                "五个方面之一既没有小标题，正文也没有提到；每缺一个方面一条。正文提到而没有小标题的为提示",
                "one of the five topics has neither a heading nor words in the body; without a heading only: a note",
            ),
            example: "第一部分只写了主动公开和监督保障",
            remedy: words(
                "补写缺少的方面；没有发生的也要写明，如“未收到政府信息公开申请”",
                "add the topic; where nothing happened, say so",
            ),
            exempt: "合并叙述的方面、同义的小标题（如“政府信息公开管理”“平台载体建设”）。",
        },
        check: Check::Report(missing_topic),
    },
    Rule {
        code: "STR008",
        name: "missing-period",
        severity: Severity::Note,
        scope: Scope::File,
        title: words("没有写明统计期限", "the statistics period is not stated"),
        manual: Manual {
            basis: words(
                "通行做法（条例和格式均未明文要求）",
                "Common practice; neither the Regulations nor the form demand it",
            ),
            condition: words("全文没有统计期限的表述", "the period of the figures is stated nowhere"),
            example: "全文没有“统计期限自1月1日起至12月31日止”之类的话",
            remedy: words(
                "在前言或第六部分写明：所列数据的统计期限为报告年度1月1日至12月31日",
                "state in the preamble or in part six that the figures run from 1 January to 31 December",
            ),
            exempt: "写在前言、第一部分或第六部分都可以。",
        },
        check: Check::Report(missing_period),
    },
    Rule {
        code: "STR009",
        name: "missing-contact",
        severity: Severity::Note,
        scope: Scope::File,
        title: words("没有联系方式", "no contact is given"),
        manual: Manual {
            basis: words("通行做法（条例和格式均未明文要求）", "Common practice; not demanded by the Regulations"),
            condition: words("全文没有联系电话、地址或邮箱", "the report gives no phone, address or mailbox"),
            example: "只说“公布咨询电话”，没有写号码",
            remedy: words(
                "在前言或第六部分写明办公地址、联系电话和电子邮箱",
                "give address, phone and mailbox in the preamble or in part six",
            ),
            exempt: "三者有一即可；座机、400 号码、手机号都算电话。",
        },
        check: Check::Report(missing_contact),
    },
];

fn missing_topic(case: &Case<'_>) -> Assessment {
    let Some(part) = case.report.part(1) else {
        return Assessment::not_assessable(Wording::new("找不到第一部分", "part one is not found"));
    };
    if case.report.edition.is_some_and(|edition| edition != Edition::Form2021) {
        return Assessment::not_assessable(Wording::new(
            "旧格式没有五个方面的要求",
            "older forms do not ask for the topics",
        ));
    }
    if case.report.edition.is_none() && case.report.year.is_some_and(|year| year < 2021) {
        return Assessment::not_assessable(Wording::new(
            "五个方面的要求自2021年度起",
            "the topics are asked for since the reports for 2021",
        ));
    }
    if let Some(end) = extent::breaks_off(case.report).filter(|end| end.part == 1) {
        return end.unassessed();
    }
    let findings = Topic::ALL.into_iter().filter_map(|topic| {
        let label = topic.label();
        let seen: Vec<_> = part.topics.iter().filter(|seen| seen.topic == topic).collect();
        let (severity, at, message) = match seen.first() {
            Some(_) if seen.iter().any(|seen| seen.headed) => return None,
            Some(first) => (
                Severity::Note,
                first.source,
                Wording::new(
                    format!("“{label}”在正文中提到，没有单列小标题"),
                    format!("the topic “{}” ({label}) is treated without a heading of its own", english(topic)),
                ),
            ),
            None => (
                Severity::Warning,
                part.source,
                Wording::new(
                    format!("总体情况没有写“{label}”"),
                    format!("the overview does not treat “{}” ({label})", english(topic)),
                ),
            ),
        };
        Some(Finding {
            part: Some(1),
            at: Some(at),
            expected: Some(label.to_owned()),
            ..Finding::new("STR005", severity, message)
        })
    });
    Assessment { findings: findings.collect(), unassessed: Vec::new() }
}

const fn english(topic: Topic) -> &'static str {
    match topic {
        Topic::ProactiveDisclosure => "proactive disclosure",
        Topic::Requests => "disclosure upon request",
        Topic::InformationManagement => "information management",
        Topic::Platform => "platform",
        Topic::Supervision => "supervision",
    }
}

fn missing_period(case: &Case<'_>) -> Assessment {
    static STATED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PERIOD_PATTERN).ok());
    let stated = |text: &str| STATED.as_ref().is_some_and(|pattern| pattern.is_match(text));
    if case.report.period.is_some() || case.report.prose.iter().any(|sentence| stated(&sentence.text)) {
        return Assessment::holds();
    }
    if let Some(end) = extent::breaks_off(case.report) {
        return end.unassessed();
    }
    Assessment::broken(Finding {
        at: case.report.title.as_ref().map(|title| title.source),
        ..Finding::new(
            "STR008",
            Severity::Note,
            Wording::new("全文没有写明统计期限", "the statistics period is stated nowhere"),
        )
    })
}

fn missing_contact(case: &Case<'_>) -> Assessment {
    static CONTACT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(CONTACT_PATTERN).ok());
    let given = |text: &str| CONTACT.as_ref().is_some_and(|pattern| pattern.is_match(text));
    let report = case.report;
    if report.prose.iter().any(|sentence| given(&sentence.text)) || report.parts.iter().any(|part| given(&part.text)) {
        return Assessment::holds();
    }
    if let Some(end) = extent::breaks_off(report) {
        return end.unassessed();
    }
    Assessment::broken(Finding {
        at: report.part(6).map(|part| part.source).or_else(|| report.title.as_ref().map(|title| title.source)),
        ..Finding::new(
            "STR009",
            Severity::Note,
            Wording::new("全文没有联系电话、地址或邮箱", "the report gives no phone, address or mailbox"),
        )
    })
}

/// The period in words, its days left to other rules: 数据核定时间点为2023年12月31日, 统计期限为2023年度.
const PERIOD_PATTERN: &str = "(?:统计|报告|数据)[^，。；]{0,8}(?:期限|时限|期间|周期|时间段|时间点|时间|截止|截至|统计期)[^，。；]{0,10}(?:[0-9][0-9Oo]{2,6}\\s*年|本年度|全年)\
    |统计限";

/// A mailbox, a telephone number by its shape or after its word, an address after its word or by street and number.
const CONTACT_PATTERN: &str = "(?x)
    [A-Za-z0-9._+-]+ \\s* @ \\s* [A-Za-z0-9-]+ (?: \\. [A-Za-z0-9-]+ )+
    | (?: ^ | [^0-9] ) (?: \\(?（?0[0-9]{2,3}\\)?）? \\s* [-—–－―]? \\s* [2-9][0-9]{6,7} | 400 \\s* -? \\s* [0-9]{3,4} \\s* -? \\s* [0-9]{3,4}
        | 1[3-9][0-9]{9} ) (?: [^0-9] | $ )
    | (?: 电\\s*话 | 传\\s*真 | 热\\s*线 ) [^，。；0-9]{0,12} [0-9][0-9\\s-]{6,}
    | (?: 地\\s*址 ) [^，。；、]{0,6} [:：为] \\s* [^\\s，。；]{4,}
    | [路街道巷村] \\s* [0-9]+ \\s* 号";

#[cfg(test)]
mod tests {
    use crate::finding::Severity;
    use crate::report::Topic;
    use crate::rules::testing::{codes, report};

    #[test]
    fn a_topic_not_treated_is_a_warning_and_one_without_a_heading_a_note() {
        let mut sample = report();
        sample.report.parts[0].topics.retain(|seen| seen.topic != Topic::Platform);
        sample.report.parts[0].topics[1].headed = false;
        let findings = sample.findings();
        let severities: Vec<_> = findings.iter().map(|finding| (finding.rule, finding.severity)).collect();
        assert_eq!(severities, [("STR005", Severity::Note), ("STR005", Severity::Warning)]);
    }

    #[test]
    fn contacts_in_their_many_forms() {
        for text in [
            "电 话 ： 0953-2905699。",
            "联系电话：（0372）5123456。",
            "咨询热线400-812-3456。",
            "联系人手机13900001234。",
            "邮箱xxgk@example.gov.cn。",
            "地址：青溪县中心路大院三楼。",
            "办公地点在东风路12号。",
            "电话：2905699。",
        ] {
            let sample = report().without_contact().saying(6, text);
            assert_eq!(codes(&sample), [""; 0], "{text}");
        }
        for text in ["对外公布受理机构地址及咨询电话。", "接听12345热线325次。", "公开信息20230001234条。"]
        {
            let sample = report().without_contact().saying(6, text);
            assert_eq!(codes(&sample), ["STR009"], "{text}");
        }
    }

    #[test]
    fn a_period_that_is_nowhere_is_a_note() {
        let mut sample = report();
        sample.report.period = None;
        assert_eq!(codes(&sample), ["STR008"]);
    }
}
