//! NAR009, NAR011: the prose against itself.

use std::sync::LazyLock;

use super::{CONSISTENT, broken, exact, name};
use crate::finding::{Finding, Severity};
use crate::report::{Claim, ClaimKind, Figure, Report};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::text::pattern::Regex;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "NAR009",
        name: "prose-does-not-balance",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("文字中的收办数不平衡", "received and completed do not balance in the prose"),
        manual: Manual {
            basis: CONSISTENT,
            condition: words(
                "同一部分的文字写明了收到、办结和结转的件数，而收到加上年结转不等于办结加结转下年",
                "one part of the prose gives what was received, completed and carried over, and they do not balance",
            ),
            example: "文字写“收到申请 11 件，办结 8 件，结转下年 1 件”",
            remedy: words("对照申请登记台账核对各数", "check the figures against the register"),
            exempt: "数字没有写全、差额可由未写的上年结转解释的；收到数已含上年结转的；“共办理”把结转下年的也算在内的；约数。",
        },
        check: Check::Report(balance),
    },
    Rule {
        code: "NAR011",
        name: "two-values-for-one-thing",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("同一数字前后不一", "one thing is given two values"),
        manual: Manual {
            basis: CONSISTENT,
            condition: words(
                "文字两处写同一个量（主动公开总数、收到申请、结转、复议、诉讼）而数值不同",
                "the prose states the same quantity in two places with different values",
            ),
            example: "第一部分写“收到申请 5 件”，第三部分写“收到申请 6 件”",
            remedy: words("核对后统一", "check, and use one value"),
            exempt: "不同渠道、不同单位、不同范围（全县与本级）的数；一处含上年结转、一处不含的；约数。",
        },
        check: Check::Report(two_values),
    },
];

fn balance(case: &Case<'_>) -> Assessment {
    let findings = (0..=6).filter_map(|part| unbalanced(case.report, part)).collect();
    Assessment { findings, unassessed: Vec::new() }
}

/// The first part in which what was received does not balance with what was completed.
fn unbalanced(report: &Report, part: u8) -> Option<Finding> {
    let said = |kind| {
        let mut told = exact(report, kind).filter(|claim| claim.part == part);
        let first = told.next()?;
        // Two values for one thing are NAR011's matter.
        told.all(|claim| claim.value == first.value).then_some(first)
    };
    let received = said(ClaimKind::ApplicationsReceived)?;
    let completed = said(ClaimKind::ApplicationsCompleted)?;
    let carried_in = said(ClaimKind::ApplicationsCarriedIn).map(|claim| claim.value);
    let carried_out = said(ClaimKind::ApplicationsCarriedOut).map(|claim| claim.value);
    let (came, done) = (received.value, completed.value);
    let (in_or_none, out_or_none) = (carried_in.unwrap_or_default(), carried_out.unwrap_or_default());
    let is_new = ["新收", "新增"].iter().any(|word| received.text.contains(word));
    let taken_up = ["处理", "办理"].iter().any(|word| completed.text.contains(word))
        && !["办结", "答复"].iter().any(|word| completed.text.contains(word));
    let holds = match (carried_in, carried_out) {
        // 收办 may include what was carried in; 新收 does not.
        // 累计处理92件，其中新收91件，结转1件 counts all that was taken up, and not what was brought to an end.
        (Some(carried), Some(_)) if taken_up && came + carried == done => true,
        // 办结11件，另办结上年结转2件: what was carried in is done beside what came.
        (Some(carried), Some(on)) => {
            came + carried == done + on || ((!is_new || is_done_beside(&completed.text)) && came == done + on)
        }
        // What was carried in is not said: it explains any surplus of what was done.
        (None, Some(on)) => came <= done + on,
        // What is carried on is not said: it explains any surplus of what came.
        (Some(carried), None) => done <= came + carried,
        (None, None) => true,
    };
    if holds {
        return None;
    }
    let (left, right) = (came + in_or_none, done + out_or_none);
    let message = Wording::new(
        format!(
            "文字不平衡：收到 {came} + 上年结转 {in_or_none} = {left}，办结 {done} + 结转下年 {out_or_none} = {right}"
        ),
        format!(
            "the prose does not balance: received {came} + carried in {in_or_none} = {left}, \
             completed {done} + carried on {out_or_none} = {right}"
        ),
    );
    let finding = broken("NAR009", Severity::Warning, received, &[], message);
    Some(Finding { expected: Some(right.to_string()), actual: Some(left.to_string()), ..finding })
}

/// Whether what was carried in is counted apart from what was completed.
fn is_done_beside(text: &str) -> bool {
    static BESIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"另(?:有|外)?[^，。；]{0,6}(?:办结|答复|办理)|(?:结转|转入)[^，。；]{0,12}(?:亦|也|均|已|全部)[^，。；]{0,4}(?:办结|答复)").ok()
    });
    BESIDE.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// What is one quantity, however often it is stated.
const ONE_THING: [ClaimKind; 6] = [
    ClaimKind::ProactiveTotal,
    ClaimKind::ApplicationsReceived,
    ClaimKind::ApplicationsCarriedIn,
    ClaimKind::ApplicationsCarriedOut,
    ClaimKind::Reconsiderations,
    ClaimKind::Litigations,
];

fn two_values(case: &Case<'_>) -> Assessment {
    let findings = ONE_THING.iter().filter_map(|&kind| differing(case.report, kind)).collect();
    Assessment { findings, unassessed: Vec::new() }
}

fn differing(report: &Report, kind: ClaimKind) -> Option<Finding> {
    let mut told = exact(report, kind);
    let first = told.next()?;
    let carried: Vec<Figure> = exact(report, ClaimKind::ApplicationsCarriedIn).map(|claim| claim.value).collect();
    let same = |claim: &Claim| {
        let gap = (claim.value - first.value).abs();
        // Once with what was carried in, once without: as the prose says, or as the table has it.
        let lawful = |claim: &Claim| super::requests::agrees_with_table(report, claim.value);
        let explained =
            kind == ClaimKind::ApplicationsReceived && (carried.contains(&gap) || (lawful(first) && lawful(claim)));
        gap.is_zero() || explained || claim.subject != first.subject || claim.text == first.text
    };
    let other = told.find(|claim| !same(claim))?;
    let words = name(kind);
    let message = Wording::new(
        format!("{}前后不一：一处写 {}，另一处写 {}", words.zh, first.value, other.value),
        format!("{}: {} in one place, {} in another", words.en, first.value, other.value),
    );
    let evidence = Some(format!("{} … {}", first.text, other.text));
    Some(Finding {
        evidence,
        expected: Some(first.value.to_string()),
        ..broken("NAR011", Severity::Warning, other, &[], message)
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Sample, codes, report};
    use crate::report::{ClaimKind, Subject};

    fn account(received: i64, carried_in: Option<i64>, completed: i64, carried_out: Option<i64>) -> bool {
        let mut sample = report().claiming(received, "收办情况。").stating(
            ClaimKind::ApplicationsCompleted,
            completed,
            "收办情况。",
        );
        for (kind, value) in
            [(ClaimKind::ApplicationsCarriedIn, carried_in), (ClaimKind::ApplicationsCarriedOut, carried_out)]
        {
            if let Some(value) = value {
                sample = sample.stating(kind, value, "收办情况。");
            }
        }
        codes(&sample).contains(&"NAR009")
    }

    #[test]
    fn only_what_is_said_must_balance() {
        assert!(!account(464, Some(3), 441, Some(26)));
        assert!(account(464, Some(3), 440, Some(26)));
        // 收办 with what was carried in.
        assert!(!account(3646, Some(121), 3500, Some(146)));
        assert!(account(11, None, 8, Some(1)));
        // Two came from the year before.
        assert!(!account(8, None, 10, None));
        assert!(!account(8, None, 10, Some(0)));
        assert!(!account(44, Some(0), 39, None));
        assert!(account(44, Some(0), 45, None));
    }

    #[test]
    fn what_was_carried_in_may_be_done_beside() {
        let sample = |text: &str| {
            let mut sample = report();
            for (kind, value) in [
                (ClaimKind::ApplicationsReceived, 12),
                (ClaimKind::ApplicationsCompleted, 11),
                (ClaimKind::ApplicationsCarriedIn, 2),
                (ClaimKind::ApplicationsCarriedOut, 1),
            ] {
                sample = sample.stating(kind, value, text);
            }
            codes(&sample).contains(&"NAR009")
        };
        assert!(!sample("新收12件，办结11件，另办结上年结转2件，1件结转下年。"));
        assert!(!sample("新收12件，办结11件，1件结转下年；上年结转的2件亦已办结。"));
        assert!(sample("新收12件，上年结转2件，办结11件，1件结转下年。"));
    }

    #[test]
    fn what_was_taken_up_is_not_what_was_completed() {
        let sample = |text| {
            let mut sample = report().claiming(91, "收办情况。");
            for (kind, value, text) in [
                (ClaimKind::ApplicationsCompleted, 92, text),
                (ClaimKind::ApplicationsCarriedIn, 1, "收办情况。"),
                (ClaimKind::ApplicationsCarriedOut, 4, "收办情况。"),
            ] {
                sample = sample.stating(kind, value, text);
            }
            codes(&sample).contains(&"NAR009")
        };
        assert!(!sample("累计处理申请92件。"));
        assert!(sample("累计办结申请92件。"));
    }

    #[test]
    fn one_thing_has_one_value() {
        let twice = |value| report().claiming(3, "共收到申请3件。").claiming(value, "本年度收到申请若干件。");
        // 4 is what was received and carried in.
        assert!(!codes(&twice(4)).contains(&"NAR011"));
        let differs = |sample: &Sample| codes(sample).contains(&"NAR011");
        assert!(!differs(&twice(3)));
        assert!(differs(&twice(2)));
        assert!(!differs(&twice(4).stating(ClaimKind::ApplicationsCarriedIn, 1, "上年结转1件。")));
        assert!(!differs(&twice(2).but(|claim| claim.subject = Subject::Area)));
    }
}
