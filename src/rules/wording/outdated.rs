//! TXT007: wordings that time has passed by.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::{Finding, Severity};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::passage;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "TXT007",
    name: "outdated-wording",
    severity: Severity::Note,
    scope: Scope::File,
    title: words("过时的提法", "an outdated wording"),
    manual: Manual {
        basis: words(
            "条例（2019年修订）第五条：以公开为常态、不公开为例外；机构改革和制度合并后的现行名称",
            "Regulations (2019) art. 5: disclosure is the norm; the present names of bodies and schemes",
        ),
        condition: words(
            "写“以公开为原则、不公开为例外”；2021年度以后仍称“最新修订的条例”；使用已撤销机构、已合并制度的名称",
            "the principle of 2007; 最新修订的条例 years later; names of bodies and schemes that no longer exist",
        ),
        example: "按照“以公开为原则，不公开为例外”的总体要求",
        remedy: words("改为现行提法", "use the present wording"),
        exempt: "书名号内的文件名称；“原国土资源局”“原新农合”等写明是旧称的。",
    },
    check: Check::Report(outdated),
}];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// An outdated wording, the present one, and the report year since which it is outdated.
static WORDINGS: LazyLock<[(Regex, &str, i32); 12]> = LazyLock::new(|| {
    [
        (pattern("以?公开(?:是|为)原则[，、,；]?\\s*(?:以)?不公开(?:是|为)例外"), "以公开为常态、不公开为例外", 2019),
        (
            pattern(
                "(?:最新|新近|新)(?:修订|修改|颁布)(?:实施|施行)?的?(?:《?中华人民共和国)?《?政府信息公开条例》?|新《?条例》?",
            ),
            "《中华人民共和国政府信息公开条例》",
            2022,
        ),
        (pattern("城镇居民(?:基本)?医疗保险"), "城乡居民基本医疗保险", 2020),
        (pattern("新型农村合作医疗|新农合"), "城乡居民基本医疗保险", 2020),
        (pattern("卫生和计划生育(?:局|委员会)|卫计[局委]"), "卫生健康局、卫生健康委员会", 2020),
        (pattern("国土资源局"), "自然资源局", 2020),
        (pattern("工商行政管理局|质量技术监督局|食品药品监督管理局"), "市场监督管理局", 2020),
        (pattern("安全生产监督管理局|安监局"), "应急管理局", 2020),
        (pattern("环境保护局|环保局"), "生态环境局", 2020),
        (pattern("人力资源和劳动保障局|劳动和社会保障局"), "人力资源和社会保障局", 2012),
        (pattern("政务公开工作条例"), "《政府信息公开条例》", 2008),
        (pattern("国务院法制办"), "司法部", 2019),
    ]
});

fn outdated(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(year) = report.year else {
        return Assessment::not_assessable(Wording::new("报告年度不明", "the report year is not known"));
    };
    let mut findings: Vec<Finding> = Vec::new();
    for (words, present, since) in WORDINGS.iter().filter(|(.., since)| year >= *since) {
        let hit = report.prose.iter().find_map(|sentence| {
            let text = &sentence.text;
            words
                .find_iter(text)
                .find(|found| {
                    let before = &text[..found.start()];
                    let old = before.ends_with(['原', '前', '旧', '称']) || before.ends_with("原来的");
                    let own = report.agency.as_deref().is_some_and(|agency| agency.contains(found.as_str()));
                    // 《…新修订的条例》 is a name; of a quoted principle only the title of a document is.
                    let titled = passage::is_in_title(text, found.start());
                    !old && !own && !titled
                })
                .map(|found| (sentence, found.range()))
        });
        let Some((sentence, at)) = hit else { continue };
        let printed = sentence.text[at.clone()].to_owned();
        let message = if *since == 2022 {
            Wording::new(
                format!("条例修订于2019年，{year}年度报告不宜再称“{printed}”"),
                format!("the Regulations were revised in 2019; “{printed}” is no longer news in a report for {year}"),
            )
        } else {
            Wording::new(
                format!("“{printed}”是过时的提法，现为“{present}”"),
                format!("“{printed}” is outdated; it is “{present}” now"),
            )
        };
        findings.push(Finding {
            expected: Some((*present).to_owned()),
            actual: Some(printed),
            ..passage::finding("TXT007", Severity::Note, sentence, at, message)
        });
    }
    Assessment { findings, unassessed: Vec::new() }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes_of, report};

    #[test]
    fn wordings() {
        for (text, broken) in [
            ("按照“以公开为原则，不公开为例外”的总体要求，充实内容。", true),
            ("坚持公开为原则、不公开为例外，充实内容。", true),
            ("坚持以公开为常态、不公开为例外。", false),
            ("落实最新修订的《中华人民共和国政府信息公开条例》。", true),
            ("公开城镇居民医疗保险政策。", true),
            ("由原国土资源局移交。", false),
            ("落实《以公开为原则、不公开为例外的若干意见》。", false),
        ] {
            assert_eq!(codes_of("TXT", &report().saying(1, text)) == ["TXT007"], broken, "{text}");
        }
        assert_eq!(codes_of("TXT", &report().of_year(2020).saying(2, "落实新修订的政府信息公开条例。")), [""; 0]);
    }
}
