//! PER004: the outlook of part five.

use std::sync::LazyLock;

use super::stale::{YEAR, year_at};
use crate::finding::{Finding, Severity};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::passage;
use crate::text::pattern::Regex;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "PER004",
    name: "stale-outlook",
    severity: Severity::Warning,
    scope: Scope::File,
    title: words("下一步打算写的年份不对", "the outlook names a wrong year"),
    manual: Manual {
        basis: words(
            "国办公开办函〔2021〕30号 附件，第五部分：改进情况写报告年度和下一年度",
            "Annex of 国办公开办函〔2021〕30号, part five: what is improved this year and the next",
        ),
        condition: words(
            "第五部分的打算写的年份既不是报告年度，也不是下一年度；写成报告年度的为提示",
            "the outlook of part five names a year that is neither the report's nor the next; the report's own: a note",
        ),
        example: "2024年度报告第五部分写“2023年，我局将加强培训”",
        remedy: words(
            "改为下一年度，并核对打算是否沿用了上年文稿",
            "name the next year; check whether the text was reused",
        ),
        exempt: "“到2030年”“2035年远景目标”之类的期限；规划、方案的名称。",
    },
    check: Check::Report(stale_outlook),
}];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// What a year opens when it is the year of an outlook.
static OUTLOOK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        "^(?:度|全年)?[，,]?(?:[^，。；]{0,16}[，,])?[^，。；]{0,24}?(?:将|要|计划|拟|继续)",
        "|^(?:度)?的?(?:工作)?(?:打算|计划|思路|重点|安排)",
    ))
});

/// Words that say the text turns to what comes next.
static NEXT: LazyLock<Regex> =
    LazyLock::new(|| pattern("下一步|下步|今后|接下来|改进(?:措施|方向|打算)|整改措施|工作打算|下一阶段"));

static LAWFUL_AHEAD: LazyLock<Regex> =
    LazyLock::new(|| pattern("针对|上年|去年|以来|整改情况|修订|印发|实施的|到20|远景|规划"));

fn stale_outlook(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(own) = report.year else {
        return Assessment::not_assessable(Wording::new("报告年度不明", "the report year is not known"));
    };
    let mut findings = Vec::new();
    let mut turned = false;
    for sentence in report.prose.iter().filter(|sentence| sentence.part == 5) {
        let text = &sentence.text;
        for found in YEAR.captures_iter(text) {
            let Some((year, at)) = year_at(text, &found) else { continue };
            let rest = &text[at.end..];
            let ahead = OUTLOOK.is_match(rest) && !rest.starts_with(['底', '末', '前', '初', '至', '以']);
            // The report year itself looks ahead only where the text has turned to what is next.
            let before = turned || NEXT.is_match(&text[..at.start]);
            let past = text[at.start..].contains(['了', '已', '虽', '但']);
            let severity = match year - own {
                0 if before && !past && takes_up_work(rest) => Severity::Note,
                -6..=-1 | 2..=5 if ahead && !LAWFUL_AHEAD.is_match(text) => Severity::Warning,
                _ => continue,
            };
            findings.push(Finding {
                expected: Some((own + 1).to_string()),
                actual: Some(year.to_string()),
                ..passage::finding(
                    "PER004",
                    severity,
                    sentence,
                    at,
                    Wording::new(
                        format!("{own}年度报告的打算写的是{year}年，应为{}年", own + 1),
                        format!("the outlook of this report for {own} names {year}, not {}", own + 1),
                    ),
                )
            });
        }
        turned |= NEXT.is_match(text);
    }
    Assessment { findings, unassessed: Vec::new() }
}

/// Whether what follows a year tells of work to be done.
fn takes_up_work(rest: &str) -> bool {
    static WORK: LazyLock<Regex> =
        LazyLock::new(|| pattern("^(?:度)?[，,]?[^，。；]{0,12}?(?:将|要|拟|计划|加大|加强|继续|进一步|着力|重点)"));
    WORK.is_match(rest)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes, report};

    #[test]
    fn the_outlook() {
        for (text, broken) in [
            ("2023年，我局将进一步加强培训。", true),
            ("2022年，将从以下方面改进工作。", true),
            ("下一步，2024年我局加大公开力度。", true),
            ("2025年，我局将进一步加强培训。", false),
            ("2024年，我局公开工作取得了成效，但还要提高质量。", false),
            ("针对2023年存在的问题，要继续整改。", false),
            ("到2030年，将建成统一平台。", false),
        ] {
            assert_eq!(codes(&report().saying(5, text)) == ["PER004"], broken, "{text}");
        }
    }
}
