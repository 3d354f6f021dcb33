//! NAR008, NAR010: totals, their parts and their percentages.

use std::str::FromStr;

use super::{CONSISTENT, broken, exact};
use crate::finding::{Finding, Severity};
use crate::report::{Claim, ClaimKind, Figure};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "NAR008",
        name: "breakdown-does-not-add-up",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("总数与分项不符", "the parts do not add up to the total"),
        manual: Manual {
            basis: CONSISTENT,
            condition: words(
                "由“其中”“包括”“分别”或冒号列出的各分项之和大于总数；略小于总数的为提示",
                "parts listed behind 其中, 包括, 分别 or a colon exceed their total; a note where they fall a little short",
            ),
            example: "文字写“公开信息 37 条，其中政策文件 9 条，通知公告 30 条”",
            remedy: words("逐项核对，改正总数或分项", "check the parts and correct the total or a part"),
            exempt: "余、多、近、约等约数；写明多渠道同步发布的；“等”“主要”所列不全的；分项中的分项（多出的数正好等于其中一项的，为提示）；分项少于总数一成以上的，视为只列部分。",
        },
        check: Check::Report(breakdowns),
    },
    Rule {
        code: "NAR010",
        name: "wrong-percentage",
        severity: Severity::Note,
        scope: Scope::File,
        title: words("百分比算错", "a percentage is wrong"),
        manual: Manual {
            basis: CONSISTENT,
            condition: words(
                "分项后所写的占比与分项除以总数相差超过 0.15 个百分点（写成整数的，超过 0.65）；同比增减的百分比与文中所写本年、上年两数算得的相差同样多",
                "a percentage behind a part, or a change from last year's figure where both are stated, is off by more than 0.15 point (0.65 where it is printed without decimals)",
            ),
            example: "文字写“共 859 件，其中予以公开 258 件，占 33.9%”（应为 30.0%）",
            remedy: words("按分项和总数重新计算", "compute it again from the part and the total"),
            exempt: "为凑成 100% 而调整末位的；总数不止一个、不知以哪个为底的；没有写明上年数的同比。",
        },
        check: Check::Report(percentages),
    },
];

/// A sum short by more than one part in this many is a list that leaves something out.
const SHORT: u32 = 10;

fn breakdowns(case: &Case<'_>) -> Assessment {
    // What was charged (元) is FEE002's matter.
    let counted = |claim: &&Claim| claim.unit.as_deref() != Some("元");
    let findings = exact(case.report, ClaimKind::Breakdown).filter(counted).filter_map(breakdown).collect();
    Assessment { findings, unassessed: Vec::new() }
}

fn breakdown(claim: &Claim) -> Option<Finding> {
    let sum: Figure = claim.parts.iter().sum();
    let total = claim.value;
    let list = claim.parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ");
    // 部分信息多渠道同步发布: one item may be in several parts.
    let overlapping = ["同步发布", "同步公开", "同步推送", "重复计", "交叉", "重叠", "多渠道发布", "同时发布"];
    if sum > total && overlapping.iter().any(|word| claim.text.contains(word)) {
        return None;
    }
    let (severity, zh, en) = if sum > total {
        // 规范性文件 1 件 may be one of the 268 listed before it.
        let within = claim.parts.iter().all(|part| *part <= total) && claim.parts.contains(&(sum - total));
        let severity = if within { Severity::Note } else { Severity::Warning };
        (
            severity,
            format!("超过总数 {total}，多 {}", sum - total),
            format!("exceeds the total {total} by {}", sum - total),
        )
    } else if sum < total && claim.parts.len() > 2 && !claim.partial && (total - sum) * Figure::from(SHORT) <= total {
        (
            Severity::Note,
            format!("少于总数 {total}，少 {}", total - sum),
            format!("is {} short of the total {total}", total - sum),
        )
    } else {
        return None;
    };
    let message =
        Wording::new(format!("各分项 {list} = {sum}，{zh}"), format!("the parts {list} = {sum}: the sum {en}"));
    Some(Finding { expected: Some(sum.to_string()), ..broken("NAR008", severity, claim, &[], message) })
}

fn percentages(case: &Case<'_>) -> Assessment {
    let shares = exact(case.report, ClaimKind::Percentage).filter_map(percentage);
    let changes = exact(case.report, ClaimKind::YearOnYear).filter_map(change);
    Assessment { findings: shares.chain(changes).collect(), unassessed: Vec::new() }
}

/// Whether a stated percentage is further from the exact one than rounding and adjusting explain.
fn is_off(stated: Figure, exact: Figure) -> bool {
    let tolerance = if stated.scale() == 0 { "0.65" } else { "0.15" };
    Figure::from_str(tolerance).is_ok_and(|tolerance| (exact - stated).abs() > tolerance)
}

/// A change from last year's figure to this year's.
fn change(claim: &Claim) -> Option<Finding> {
    let [current, base] = *claim.parts.as_slice() else { return None };
    let exact = ((current - base).checked_mul(Figure::ONE_HUNDRED)?).checked_div(base)?.round_dp(2).normalize();
    if !is_off(claim.value, exact) {
        return None;
    }
    let told = |percent: Figure| {
        let (zh, en) = if percent.is_sign_negative() { ("下降", "down") } else { ("增长", "up") };
        (format!("{zh} {}%", percent.abs()), format!("{en} {}%", percent.abs()))
    };
    let ((exact_zh, exact_en), (stated_zh, stated_en)) = (told(exact), told(claim.value));
    let message = Wording::new(
        format!("本年 {current} 比上年 {base} {exact_zh}，文字写{stated_zh}"),
        format!("{current} is {exact_en} on last year's {base}, not {stated_en}"),
    );
    Some(Finding { expected: Some(format!("{exact}%")), ..broken("NAR010", Severity::Note, claim, &[], message) })
}

fn percentage(claim: &Claim) -> Option<Finding> {
    let [part, whole] = *claim.parts.as_slice() else { return None };
    let hundred = Figure::from(100);
    let share = part.checked_mul(hundred)?.checked_div(whole)?.round_dp(2);
    let stated = claim.value;
    if stated > hundred || !is_off(stated, share) {
        return None;
    }
    let share = share.normalize();
    let message = Wording::new(
        format!("{part}/{whole} 为 {share}%，文字写 {stated}%"),
        format!("{part}/{whole} is {share}%, not {stated}%"),
    );
    Some(Finding { expected: Some(format!("{share}%")), ..broken("NAR010", Severity::Note, claim, &[], message) })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::report;
    use crate::finding::Severity;
    use crate::report::{Bound, ClaimKind, Figure};

    fn found(total: i64, parts: &[i64], partial: bool) -> Option<Severity> {
        let stated = report().stating(ClaimKind::Breakdown, total, "其中若干。").but(|claim| {
            claim.parts = parts.iter().copied().map(Figure::from).collect();
            claim.partial = partial;
        });
        stated.findings().first().map(|finding| finding.severity)
    }

    #[test]
    fn parts_beyond_the_total() {
        assert_eq!(found(37, &[9, 16, 9, 1, 2], false), None);
        assert_eq!(found(37, &[9, 20, 9, 1, 2], false), Some(Severity::Warning));
        assert_eq!(found(382, &[35, 80, 2443], false), Some(Severity::Warning));
        // One may be within another.
        assert_eq!(found(560, &[268, 292, 1], false), Some(Severity::Note));
        assert_eq!(found(37, &[9, 16, 9], false), Some(Severity::Note));
        assert_eq!(found(37, &[9, 16, 9], true), None);
        assert_eq!(found(312, &[100, 104], false), None);
    }

    #[test]
    fn what_is_published_in_several_places_is_in_several_parts() {
        let found = |text: &str| {
            let stated = report().stating(ClaimKind::Breakdown, 276, text);
            stated.but(|claim| claim.parts = [210, 188].map(Figure::from).to_vec()).findings().len()
        };
        assert_eq!(found("公开信息276条，其中网站210条、公众号188条（部分信息多渠道同步发布）。"), 0);
        assert_eq!(found("公开信息276条，其中网站210条、公众号188条。"), 1);
    }

    #[test]
    fn bounds_are_no_figures() {
        let stated = report().stating(ClaimKind::Breakdown, 300, "300余条，其中其他300余条。").but(|claim| {
            claim.parts = [20, 300].map(Figure::from).to_vec();
            claim.bound = Bound::AtLeast;
        });
        assert!(stated.findings().is_empty());
    }

    #[test]
    fn changes_from_last_years_figure() {
        for (current, base, stated, wrong) in [
            (464, 413, "12", false),
            (464, 413, "12.3", false),
            (464, 413, "21.3", true),
            (22, 31, "-29", false),
            (22, 31, "29", true),
        ] {
            let sample = report().stating(ClaimKind::YearOnYear, 0, "同比变化若干。").but(|claim| {
                claim.value = stated.parse().unwrap();
                claim.parts = [current, base].map(Figure::from).to_vec();
            });
            assert_eq!(!sample.findings().is_empty(), wrong, "{stated}");
        }
    }

    #[test]
    fn percentages_within_rounding() {
        for (part, whole, stated, wrong) in
            [(862, 1046, "82.4", false), (13, 1046, "1.3", false), (258, 859, "33.9", true), (39, 47, "83", false)]
        {
            let sample = report().stating(ClaimKind::Percentage, 0, "占若干。").but(|claim| {
                claim.value = stated.parse().unwrap();
                claim.parts = [part, whole].map(Figure::from).to_vec();
            });
            assert_eq!(!sample.findings().is_empty(), wrong, "{stated}");
        }
    }
}
