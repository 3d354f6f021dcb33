//! STR015: the title.

use std::sync::LazyLock;

use crate::finding::{Finding, Severity};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::period;
use crate::text::pattern::Regex;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "STR015",
    name: "missing-title",
    severity: Severity::Warning,
    scope: Scope::File,
    title: words("标题缺失或不全", "the title is missing or incomplete"),
    manual: Manual {
        basis: words(
            "国办公开办函〔2021〕30号 附件：政府信息公开工作年度报告；通行写法“机关名称＋年度＋政府信息公开工作年度报告”",
            "Annex of 国办公开办函〔2021〕30号; in practice agency, year and 政府信息公开工作年度报告",
        ),
        condition: words(
            "没有标题，或标题缺机关名称、年度或“政府信息公开工作年度报告”字样；常见变体为提示",
            "there is no title, or it lacks agency, year or the name of the report; a common variant is noted",
        ),
        example: "标题只有“工作报告”",
        remedy: words(
            "标题写作“机关全称＋年份＋年政府信息公开工作年度报告”",
            "write the full name of the agency, the year, and 政府信息公开工作年度报告",
        ),
        exempt: "标题分行、年份在前、“年度”重复出现都可以。",
    },
    check: Check::Report(missing_title),
}];

/// The name of the report as the form has it.
const PRESCRIBED: &str = "政府信息公开工作年度报告";

/// Names in use that say the same.
const VARIANTS: [&str; 9] = [
    "政府信息公开工作报告",
    "政府信息公开年度工作报告",
    "政府信息公开工作年报",
    "政府信息公开年度报告",
    "政府信息公开年报",
    "政府信息公开报告",
    "政务公开工作年度报告",
    "信息公开工作年度报告",
    "信息公开年度报告",
];

/// The year of a title.
static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"20\d\d|二[〇○零][一二三四五六七八九〇○零]{2}"));

/// A number that stands where the year should and is none: 202年, 20224年, 2O24年.
static NO_YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("[0-9][0-9Oo]{1,6}年"));

/// What variants put between the words of the name: 政府信息公开工作2023年度报告, …工作情况的年度报告.
static BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"工作(?:情况)?的?(?:20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})?"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// The variant that a title without the prescribed name uses.
fn variant(text: &str) -> Option<String> {
    if let Some(known) = VARIANTS.into_iter().find(|variant| text.contains(variant)) {
        return Some(known.to_owned());
    }
    let bare = BETWEEN.replace_all(text, "工作").replace("年年度", "年度");
    let known = VARIANTS.into_iter().chain([PRESCRIBED]).any(|name| bare.contains(name));
    let start = text.rfind("政府信息公开").filter(|_| known)?;
    Some(text[start..].trim_end_matches(['》', '”']).to_owned())
}

fn missing_title(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(title) = &report.title else {
        return Assessment::broken(Finding {
            at: report.parts.first().map(|part| part.source),
            expected: Some(PRESCRIBED.to_owned()),
            ..Finding::new("STR015", Severity::Warning, Wording::new("没有标题", "there is no title"))
        });
    };
    let text: String = title.text.chars().filter(|c| !c.is_whitespace()).collect();
    let named = text.contains(PRESCRIBED);
    let variant = if named { None } else { variant(&text) };
    let mut lacking = Vec::new();
    if report.agency.is_none() {
        lacking.push(words("机关名称", "the agency"));
    }
    // A year that only the text gives does not complete the title.
    let no_year = NO_YEAR.find(&text).map(|found| found.as_str()).filter(|text| !period::is_year(text));
    if no_year.is_none() && (report.year.is_none() || !YEAR.is_match(&text)) {
        lacking.push(words("年度", "the year"));
    }
    if !named && variant.is_none() {
        lacking.push(words("“政府信息公开工作年度报告”字样", "the words 政府信息公开工作年度报告"));
    }
    let (severity, message) = if let Some(number) = no_year.filter(|_| lacking.is_empty()) {
        (
            Severity::Warning,
            Wording::new(
                format!("标题“{text}”中的“{number}”不是有效年份"),
                format!("in the title “{text}”, “{number}” is no year"),
            ),
        )
    } else if !lacking.is_empty() {
        let zh: Vec<_> = lacking.iter().map(|words| words.zh).collect();
        let en: Vec<_> = lacking.iter().map(|words| words.en).collect();
        (
            Severity::Warning,
            Wording::new(
                format!("标题“{text}”缺{}", zh.join("、")),
                format!("the title “{text}” lacks {}", en.join(" and ")),
            ),
        )
    } else if let Some(variant) = variant {
        (
            Severity::Note,
            Wording::new(
                format!("标题写作“{variant}”，规范写法为“{PRESCRIBED}”"),
                format!("the title says “{variant}”; the form's name is “{PRESCRIBED}”"),
            ),
        )
    } else {
        return Assessment::holds();
    };
    Assessment::broken(Finding {
        at: Some(title.source),
        evidence: Some(title.text.clone()),
        expected: Some(PRESCRIBED.to_owned()),
        ..Finding::new("STR015", severity, message)
    })
}

#[cfg(test)]
mod tests {
    use crate::finding::Severity;
    use crate::rules::testing::{codes, report};

    #[test]
    fn titles() {
        let mut sample = report();
        sample.report.title = None;
        assert_eq!(codes(&sample), ["STR015"]);
        let variant = report().titled("青溪县数据局2024年度政府信息公开工作报告").findings();
        assert_eq!(variant.len(), 1);
        assert_eq!(variant[0].severity, Severity::Note);
        let other = report().titled("青溪县数据局2024年工作总结").findings();
        assert_eq!(other[0].severity, Severity::Warning);
        for (title, severity) in [
            ("青溪县数据局政府信息公开工作2024年度报告", Severity::Note),
            ("青溪县数据局关于2024年政府信息公开工作的年度报告", Severity::Note),
            ("青溪县数据局关于2024年度政府信息公开工作情况的报告", Severity::Note),
            ("青溪县数据局政府信息公开工作年度报告", Severity::Warning),
        ] {
            let findings = report().titled(title).findings();
            let found: Vec<_> = findings.iter().map(|finding| (finding.rule, finding.severity)).collect();
            assert_eq!(found, [("STR015", severity)], "{title}");
        }
        for title in ["青溪县数据局202年政府信息公开工作年度报告", "20224年度青溪县数据局政府信息公开工作年度报告"]
        {
            let findings = report().titled(title).findings();
            assert!(findings.len() == 1 && findings[0].message.zh.contains("不是有效年份"), "{title}: {findings:?}");
        }
        for title in
            ["青溪县数据局政府信息公开工作年度报告（2024年）", "青溪县数据局二〇二四年政府信息公开工作年度报告"]
        {
            assert_eq!(codes(&report().titled(title)), [""; 0], "{title}");
        }
        assert_eq!(codes(&report().titled("2024年 青溪县数据局2024年度 政府信息公开工作年度报告")), [""; 0]);
    }
}
