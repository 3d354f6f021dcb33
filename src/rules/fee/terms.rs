//! FEE003: the fee and its regulation by their right names.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::{Finding, Severity};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::passage;
use crate::text::{Wording, words};

/// The regulation by its full name.
const REGULATION: &str = "政府信息公开信息处理费管理办法";

/// The fee by its name.
const FEE: &str = "信息处理费";

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "FEE003",
    name: "fee-misnamed",
    severity: Severity::Note,
    scope: Scope::File,
    title: words("信息处理费或其办法的名称有误", "the fee or its regulation is misnamed"),
    manual: Manual {
        basis: words(
            "国办函〔2020〕109号《政府信息公开信息处理费管理办法》；条例第四十二条",
            "国办函〔2020〕109号, 政府信息公开信息处理费管理办法; Regulations art. 42",
        ),
        condition: words(
            "办法的名称写错；信息处理费写作别的费（信息处置费、检索费、复制费等）；用“行政事业性收费”说明申请的收费",
            "the regulation's name is wrong; the fee is called something else; 行政事业性收费 is quoted in its place",
        ),
        example: "按照《政府信息公开信息处理费收费办法》，本年度没有收费",
        remedy: words(
            "写作“信息处理费”，办法写全称《政府信息公开信息处理费管理办法》",
            "write 信息处理费, and the regulation by its full name",
        ),
        exempt: "“信息公开处理费”“政府信息公开信息处理费”“处理费”；表二的行政事业性收费；办法的简称《办法》；2020年及以前的报告（办法自2021年1月1日起施行）。",
    },
    check: Check::Report(misnamed),
}];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// A title that speaks of the fee and of a regulation.
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"[《〈<]((?:\p{Han}{0,14})(?:处理|处置|查询|检索)费(?:\p{Han}{0,8})(?:办法|规定|细则|标准|条例))[》〉>]")
});

/// Other names for the fee, and the charges abolished in 2019.
static OTHER_FEE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "信息(?:公开)?(?:处置|服务|查询|加工|申请)费|(?:检索|复制|邮寄)(?:、(?:检索|复制|邮寄|递送))+(?:等)?(?:成本)?费|信息处理收费用|信处理费|信息处费",
    )
});

/// The administrative charges, told of as those for applications.
static CHARGES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:未|没有|无|不)[^，。；]{0,6}(?:收取|产生|发生)?[^，。；]{0,20}行政事业性收费|行政事业性收费[^，。；]{0,6}(?:0|零|为零)",
    )
});

fn misnamed(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let mut findings: Vec<Finding> = Vec::new();
    let named = report.prose.iter().any(|sentence| sentence.text.contains("处理费"));
    for sentence in &report.prose {
        let text = &sentence.text;
        for found in TITLE.captures_iter(text).filter_map(|found| found.get(1)) {
            let title = found.as_str();
            // A local regulation has a name of its own; 关于印发…的通知 holds the regulation within.
            let local = title.contains(['省', '市', '县']) || title.contains("关于") || title.contains("实施");
            if title != REGULATION && !local && title != "信息处理费管理办法" {
                let message = Wording::new(
                    format!("办法名称写作《{title}》，应为《{REGULATION}》"),
                    format!("the regulation is called 《{title}》; its name is 《{REGULATION}》"),
                );
                findings.push(Finding {
                    expected: Some(REGULATION.to_owned()),
                    actual: Some(title.to_owned()),
                    ..passage::finding("FEE003", Severity::Note, sentence, found.range(), message)
                });
            }
        }
        // 不再收取检索、复制、邮寄等费用 says that they are gone.
        let gone = |found: &crate::text::pattern::Match<'_>| {
            let clause = text[..found.start()].rsplit(['，', '。', '；']).next().unwrap_or_default();
            ["不再", "取消", "免收", "停止"].iter().any(|word| clause.contains(word))
        };
        // Before 2021 the fee had no name of its own.
        let named_since = report.year.is_none_or(|year| year >= 2021);
        let other = OTHER_FEE
            .find(text)
            .filter(|found| named_since && !passage::is_in_title(text, found.start()) && !gone(found));
        let charges = CHARGES.find(text).filter(|_| named_since && sentence.part == 6 && !named);
        if let Some(found) = other.or(charges) {
            let term = found.as_str().to_owned();
            let shown = if charges.is_some() { "行政事业性收费" } else { term.as_str() };
            let message = Wording::new(
                format!("“{shown}”不是对申请收取的费用，应写“{FEE}”"),
                format!("“{shown}” is not the fee charged for applications; that is “{FEE}”"),
            );
            findings.push(Finding {
                expected: Some(FEE.to_owned()),
                actual: Some(shown.to_owned()),
                ..passage::finding("FEE003", Severity::Note, sentence, found.range(), message)
            });
        }
    }
    Assessment { findings, unassessed: Vec::new() }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes, report};

    #[test]
    fn names_of_the_fee() {
        for (text, broken) in [
            ("按照《政府信息公开信息处理费收费办法》，没有收费。", true),
            ("按照《政府信息公开处理费管理办法》，没有收费。", true),
            ("未收取检索、复制、邮寄费。", true),
            ("按照《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》，没有收费。", false),
            ("本年度没有产生信息公开处理费。", false),
            ("不再收取检索、复制、邮寄等费用。", false),
            ("行政事业性收费为0。", false),
        ] {
            assert_eq!(codes(&report().saying(6, text)) == ["FEE003"], broken, "{text}");
        }
        let before = report().of_year(2020).saying(6, "本单位未收取检索、复制、邮寄费。");
        assert!(!codes(&before).contains(&"FEE003"));
        let charges = report().without_fee().saying(6, "本年度未收取行政事业性收费。");
        assert!(codes(&charges).contains(&"FEE003"));
    }
}
