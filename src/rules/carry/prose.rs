//! CAR004: last year's prose handed in again.

use super::{Pair, pairs};
use crate::finding::{Finding, Severity};
use crate::report::likeness::{Names, compared, likeness, parallels};
use crate::rule::{Campaign, Check, Manual, Raised, Rule, Scope};
use crate::rules::similar::{Side, evidence, longest};
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "CAR004",
    name: "prose-recycled",
    severity: Severity::Warning,
    scope: Scope::Years,
    title: words("照搬上年文字", "last year's prose again"),
    manual: Manual {
        basis: words(
            "国办公开办函〔2021〕30号（四）：内容雷同、敷衍塞责的追究责任",
            "国办公开办函〔2021〕30号 (4): copied or perfunctory reports are answered for",
        ),
        condition: words(
            "略去数字、年份和机关、地方名称后，文字与本机关上年报告九成以上相同（按三字片段计）",
            "with figures, years and names masked, nine tenths or more of the prose are last year's, by runs of three characters",
        ),
        example: "各段只改了年份和数字，问题和措施与上年一字不差",
        remedy: words(
            "写本年的工作、本年的问题和上年措施的落实情况",
            "write of this year's work and problems, and of what became of last year's measures",
        ),
        exempt: "标题、表格、前言、联系方式、统计期限、信息处理费等固定文字不计；不足 120 字的不比。",
    },
    check: Check::Campaign(recycled),
}];

fn recycled(campaign: &Campaign<'_>) -> Vec<Raised> {
    pairs(campaign).filter_map(|pair| Some(pair.raise(finding(&pair)?))).collect()
}

fn finding(pair: &Pair<'_>) -> Option<Finding> {
    let names = Names::of(pair.now.agency.as_deref().into_iter().chain(pair.before.agency.as_deref()));
    let share = likeness(pair.now, pair.before, &names).filter(|share| share.is_at_least(9, 10))?;
    let percent = share.percent();
    let parallels = parallels(&compared(pair.now, &names), &compared(pair.before, &names));
    let sentences = longest(pair.now, &parallels);
    let first = sentences.first().and_then(|&(sentence, _)| pair.now.passages.get(sentence));
    let (year, last) = (pair.year.to_string(), (pair.year - 1).to_string());
    let message = Wording::new(
        format!("文字与{last}年报告 {percent}% 相同（数字、年份、名称不计）"),
        format!("{percent}% of the prose is that of the report for {last}, figures, years and names aside"),
    );
    Some(Finding {
        part: first.map(|passage| passage.part),
        actual: Some(format!("{percent}%")),
        at: first.map(|passage| passage.source),
        evidence: evidence(
            &Side { name: &year, digest: pair.now },
            &Side { name: &last, digest: pair.before },
            &sentences,
        ),
        ..Finding::new("CAR004", Severity::Warning, message)
    })
}
