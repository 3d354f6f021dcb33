//! A figure of the prose changed in an otherwise flawless report is found and named.

use nianshen::audit::{Policy, audit};
use nianshen::finding::Severity;
use regex::Regex;

use super::run::cases;
use crate::generate::Recipe;
use crate::generate::encode::Encoding;
use crate::generate::layout::Layout;

/// Added to the figure: more than any merging of classes or part of a part could explain.
const SLIP: u64 = 1_001;

/// Where a figure stands in the prose, and the rule that must name it when it is wrong: one of these.
const FIGURES: [(&str, &[&str]); 8] = [
    (r"新收政府信息公开申请(\d+)件", &["NAR001", "NAR002"]),
    (r"上年结转(\d+)件", &["NAR003"]),
    (r"结转下年度(?:继续办理)?(\d+)件", &["NAR003"]),
    (r"其中予以公开(\d+)件", &["NAR004"]),
    (r"行政复议(\d+)件", &["NAR005"]),
    (r"制发行政规范性文件(\d+)件", &["NAR006"]),
    (r"行政处罚决定(\d+)件", &["NAR007"]),
    (r"其中工作动态(\d+)条", &["NAR008"]),
];

#[test]
fn a_changed_figure_of_the_prose_is_named() {
    for (pattern, codes) in FIGURES {
        let pattern = Regex::new(pattern).unwrap();
        let mut changed = 0;
        for seed in 0..cases().max(40) * 4 {
            let recipe = Recipe { encoding: Some(Encoding::Utf8), ..Recipe::new(Layout::RowPerLine, seed) };
            let text = recipe.sample().text;
            let Some(figure) = pattern.captures(&text).and_then(|found| found.get(1)) else { continue };
            let wrong = figure.as_str().parse::<u64>().unwrap() + SLIP;
            let text = format!("{}{wrong}{}", &text[..figure.start()], &text[figure.end()..]);
            let findings = audit(text.as_bytes(), &Policy::default()).findings;
            let named = findings.iter().any(|finding| {
                codes.contains(&finding.rule)
                    && finding.severity >= Severity::Warning
                    && finding.message.zh.contains(&wrong.to_string())
            });
            let found: Vec<_> = findings.iter().map(|finding| &finding.message.zh).collect();
            assert!(named, "{pattern} in seed {seed}: {wrong} is not named by {codes:?}: {found:?}");
            changed += 1;
        }
        assert!(changed > 0, "{pattern} stands in no report");
    }
}
