//! CAR005: figures of the prose that are last year's.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::LazyLock;

use super::{Pair, pairs};
use crate::finding::{Finding, Severity};
use crate::report::likeness::is_formula;
use crate::report::{Digest, Figure, Source};
use crate::rule::{Campaign, Check, Manual, Raised, Rule, Scope};
use crate::rules::phrase;
use crate::text::pattern::Regex;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "CAR005",
    name: "figures-recycled",
    severity: Severity::Warning,
    scope: Scope::Years,
    title: words("文字里的数字与上年雷同", "the prose repeats last year's figures"),
    manual: Manual {
        basis: words(
            "条例第五十条：报告的是上一年度的情况；国办公开办函〔2021〕30号（四）：数据不准确的追究责任",
            "Regulations art. 50: what is reported is the year's; 国办公开办函〔2021〕30号 (4)",
        ),
        condition: words(
            "文字里三个以上不同的数字与上年报告完全相同：计量单位相同；不足 100 的，前面的词也相同",
            "three or more different figures of the prose are those of last year's report, with the same unit; below \
             100 also with the same word before them",
        ),
        example: "两年都写“公开信息 312 条、政策解读 48 篇、新媒体 1290 条”",
        remedy: words("按本年台账重新填写", "give this year's figures"),
        exempt: "不足 10 的；余、多等约数；电话、文号；单位、平台、栏目等个数；现行有效、累计等存量；引用上年作比较的。",
    },
    check: Check::Campaign(recycled),
}];

/// Least number of figures that are no coincidence.
const LEAST: usize = 3;

/// A figure of the prose.
struct Said {
    value: Figure,
    unit: String,
    /// The two characters before it.
    label: String,
    source: Source,
}

/// A figure with a unit that counts work done; 个, 家, 名 count what stays the same from year to year.
static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"([0-9][0-9,]*(?:\.[0-9]+)?)(万元|万条|万件|万次|万人次|人次|条次|条|件次|件|次|份|篇|期|场次|场|元|宗|例|起|批|字)",
    )
    .expect("a valid pattern")
});

/// Words of a clause whose figure is no figure of the year: a stock, a comparison, a number of a text.
const NOT_OF_THE_YEAR: [&str; 18] = [
    "有效",
    "累计",
    "共有",
    "现有",
    "设有",
    "建有",
    "设立",
    "覆盖",
    "历年",
    "以来",
    "上年",
    "去年",
    "上一年",
    "同期",
    "同比",
    "较",
    "相比",
    "目标",
];

/// The figures of `digest`, those left out that may lawfully stay the same.
fn said(digest: &Digest) -> Vec<Said> {
    let mut found = Vec::new();
    let own = digest.passages.iter().filter(|passage| passage.part > 0 && !is_formula(&passage.text));
    for passage in own {
        let text = &passage.text;
        for captures in FIGURE.captures_iter(text) {
            let (Some(whole), Some(number), Some(unit)) = (captures.get(0), captures.get(1), captures.get(2)) else {
                continue;
            };
            let before = &text[..number.start()];
            let clause = before.rsplit(['，', '。', '；', '：', '、', ',', ';', '（', '(']).next().unwrap_or(before);
            let is_vague = before.ends_with(['近', '约', '逾', '超', '第', '过', '.'])
                || before.ends_with(|c: char| c.is_ascii_alphanumeric());
            let after = &text[whole.end()..];
            let is_bound = after.starts_with("以上") || after.starts_with("左右");
            if is_vague || is_bound || NOT_OF_THE_YEAR.iter().any(|word| clause.contains(word)) {
                continue;
            }
            let Ok(value) = Figure::from_str(&number.as_str().replace(',', "")) else { continue };
            if value < Figure::TEN {
                continue;
            }
            let label: Vec<char> = before.chars().rev().take(2).collect();
            found.push(Said {
                value: value.normalize(),
                unit: unit.as_str().to_owned(),
                label: label.into_iter().rev().collect(),
                source: passage.source,
            });
        }
    }
    found
}

fn recycled(campaign: &Campaign<'_>) -> Vec<Raised> {
    pairs(campaign).filter_map(|pair| Some(pair.raise(finding(&pair)?))).collect()
}

fn finding(pair: &Pair<'_>) -> Option<Finding> {
    let (now, before) = (said(pair.now), said(pair.before));
    let same = |a: &Said, b: &Said| {
        a.value == b.value && a.unit == b.unit && (a.value >= Figure::ONE_HUNDRED || a.label == b.label)
    };
    // One figure said twice is one: a total and its only part, what was received and what was done.
    let mut shared: BTreeMap<Figure, &Said> = BTreeMap::new();
    for figure in now.iter().filter(|figure| before.iter().any(|other| same(figure, other))) {
        shared.entry(figure.value).or_insert(figure);
    }
    if shared.len() < LEAST {
        return None;
    }
    let mut shared: Vec<&Said> = shared.into_values().collect();
    shared.sort_by_key(|figure| (figure.source, figure.value));
    let named = || shared.iter().map(|figure| format!("{}{}{}", figure.label, figure.value, figure.unit));
    let (count, last) = (shared.len(), pair.year - 1);
    let message = Wording::new(
        format!("文字里有 {count} 个数字与{last}年报告相同：{}", phrase::list_zh(named())),
        format!("{count} figures of the prose are those of the report for {last}: {}", phrase::list_en(named())),
    );
    let passage = pair.now.passages.iter().find(|passage| passage.source == shared[0].source);
    Some(Finding {
        part: passage.map(|passage| passage.part),
        actual: Some(named().collect::<Vec<_>>().join(" ")),
        at: Some(shared[0].source),
        evidence: passage.map(|passage| passage.text.clone()),
        ..Finding::new("CAR005", Severity::Warning, message)
    })
}
