//! NAR013: figures that say little.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::CONSISTENT;
use crate::finding::{Finding, Severity};
use crate::report::{ClaimKind, Sentence, Topic};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::extent;
use crate::rules::structure::content::is_boilerplate;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "NAR013",
    name: "vague-figure",
    severity: Severity::Note,
    scope: Scope::File,
    title: words("数字含糊", "a vague figure"),
    manual: Manual {
        basis: CONSISTENT,
        condition: words(
            "“余”“多”跟在不是整十的数后面（105余条），或主动公开部分没有任何件数",
            "余 or 多 behind a number that is not round (105余条), or no figure at all on proactive disclosure",
        ),
        example: "全年发布信息 105 余条",
        remedy: words("写准确的件数", "give the exact number"),
        exempt: "整十、整百的概数（20余条、100多条）；18万余条。",
    },
    check: Check::Report(vague),
}];

static VAGUE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[\d,]*[1-9](?:余|多)(?:[件条篇次项份则宗起场期批]|个[^月多])").ok());

/// A figure on what was published.
static PUBLISHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\d\s*[余多万]*|[二两三四五六七八九十百千万][余多]?|[十百千万]一)(?:[件条篇项份则期场部]|个|次)")
        .ok()
});

fn vague(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let mut findings = Vec::new();
    if let Some(pattern) = &*VAGUE {
        findings.extend(report.prose.iter().filter_map(|sentence| not_round(sentence, pattern)));
    }
    let told = |sentence: &Sentence| {
        sentence.part <= 2
            && ["公开", "发布", "公布", "公示", "更新"].iter().any(|verb| sentence.text.contains(verb))
            && PUBLISHED.as_ref().is_none_or(|pattern| pattern.is_match(&sentence.text))
    };
    let claimed = report.claims.iter().any(|claim| claim.kind == ClaimKind::ProactiveTotal);
    // Of a text that could be anyone's, STR014 says so.
    let said = || report.prose.iter().any(told) || is_boilerplate(case);
    if claimed || said() || extent::breaks_off(report).is_some() {
        return Assessment { findings, unassessed: Vec::new() };
    }
    if let Some(part) = report.part(1).filter(|part| part.text.chars().count() > 60) {
        let topic = part.topics.iter().find(|seen| seen.topic == Topic::ProactiveDisclosure);
        findings.push(Finding {
            part: Some(1),
            at: Some(topic.map_or(part.source, |seen| seen.source)),
            ..Finding::new(
                "NAR013",
                Severity::Note,
                Wording::new(
                    "总体情况没有写主动公开了多少条信息",
                    "the overview gives no figure on proactive disclosure",
                ),
            )
        });
    }
    Assessment { findings, unassessed: Vec::new() }
}

fn not_round(sentence: &Sentence, pattern: &Regex) -> Option<Finding> {
    let found = pattern.find(&sentence.text)?;
    let said = found.as_str();
    Some(Finding {
        part: Some(sentence.part).filter(|&part| part > 0),
        at: Some(sentence.source_of_bytes(found.range())),
        evidence: Some(sentence.text.clone()),
        actual: Some(said.to_owned()),
        ..Finding::new(
            "NAR013",
            Severity::Note,
            Wording::new(
                format!("“{said}”：不是整数，却带“余”“多”，宜写准确的数"),
                format!("“{said}”: a number that is not round cannot be “more or less”; give the exact one"),
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{codes, report};

    #[test]
    fn a_bound_behind_a_number_that_is_not_round() {
        for (text, vague) in [
            ("全年发布共105余条。", true),
            ("发布信息68多条。", true),
            ("发布信息20余条。", false),
            ("发布信息18万余条。", false),
            ("历时3个多月。", false),
            ("发布信息105条。", false),
        ] {
            assert_eq!(codes(&report().saying(1, text)).contains(&"NAR013"), vague, "{text}");
        }
    }

    #[test]
    fn no_figure_at_all() {
        let text = "我局坚持公开为常态，及时向社会公布政策文件、工作动态和办事指南，不断扩大公开范围，回应群众关心的热点，方便群众查询，接受社会监督，群众满意。";
        assert_eq!(codes(&report().saying(1, text)), ["NAR013"]);
        assert_eq!(codes(&report().saying(1, text).saying(1, "全年发布信息12条。")), [""; 0]);
    }
}
