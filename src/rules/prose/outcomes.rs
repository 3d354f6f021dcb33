//! NAR004, NAR005: outcomes of applications, and disputes.

use std::sync::LazyLock;

use super::requests::counts_otherwise;
use super::{BASIS, broken, certain, exact, is_own_level, name, total};
use crate::finding::{Finding, Severity};
use crate::report::form::{RowKind, requests};
use crate::report::{CellRef, Claim, ClaimKind, Figure, Report, TableKind};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope, Unassessed};
use crate::text::pattern::Regex;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "NAR004",
        name: "outcomes-differ",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("文字与表三的办理结果不一致", "prose and table 3 disagree on the outcomes"),
        manual: Manual {
            basis: BASIS,
            condition: words(
                "文字写的予以公开、部分公开、不予公开、无法提供、不予处理、其他处理件数，与表三该类合计不等，\
                 也不能由该类与文字未写的其他类合并得出；文字写的办结件数，与表三办理总计不等，扣除上年结转后也不等；\
                 文字称均予以公开，而表三予以公开少于此数",
                "an outcome in the prose is neither the sum of its class in table 3 nor that sum merged with classes the prose leaves out; \
                 the number completed is not the total handled, nor that of this year's requests alone; \
                 all were granted, says the prose, and the table has fewer",
            ),
            example: "文字写“不予公开 3 件”，表三不予公开各项合计 2 件",
            remedy: words(
                "对照答复文书逐件归类，改正文字或表格",
                "class every reply again and correct the prose or the table",
            ),
            exempt: "文字把几类合并成一个数的；只写某一具体情形（属于行政查询事项等）的；政府报告只说本级的。",
        },
        check: Check::Report(outcomes_differ),
    },
    Rule {
        code: "NAR005",
        name: "disputes-differ",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("文字与表四的复议、诉讼数不一致", "prose and table 4 disagree on reconsiderations or litigations"),
        manual: Manual {
            basis: BASIS,
            condition: words(
                "文字写的因政府信息公开引起的行政复议、行政诉讼件数与表四总计不等，或称未发生而表四大于 0；诉讼为两组之和",
                "the prose's reconsiderations or litigations over disclosure are not the totals of table 4 (litigations: both blocks), or none is said and there are some",
            ),
            example: "文字写“未发生行政复议”，表四行政复议总计 2",
            remedy: words(
                "对照复议、诉讼案件台账，改正文字或表格",
                "check the register of cases and correct the prose or the table",
            ),
            exempt: "备案数；全部业务（不限于信息公开）的复议诉讼；表四总计本身不平时，与分项之和相等的也算一致；政府报告只说本级的。",
        },
        check: Check::Report(disputes_differ),
    },
];

/// The classes of table 3 as the prose names them, with their row: a row of its own, or a group.
const CLASSES: [(ClaimKind, usize); 6] = [
    (ClaimKind::ApplicationsGranted, 2),
    (ClaimKind::ApplicationsPartiallyGranted, 3),
    (ClaimKind::ApplicationsDenied, 4),
    (ClaimKind::ApplicationsUnavailable, 13),
    (ClaimKind::ApplicationsNotProcessed, 17),
    (ClaimKind::ApplicationsOther, 23),
];

/// The cells of a class and their sum, if all are certain. A group printed as one row stands for its children.
fn class(report: &Report, row: usize) -> (Vec<CellRef>, Option<Figure>) {
    let own = total(row);
    match TableKind::Requests.form().rows[row].kind {
        RowKind::Group { first, last } if certain(report, own).is_none() => {
            let children: Vec<CellRef> = (first..=last).map(|child| total(child as usize)).collect();
            let sum = children.iter().map(|&at| certain(report, at)).sum();
            (children, sum)
        }
        _ => (vec![own], certain(report, own)),
    }
}

fn outcomes_differ(case: &Case<'_>) -> Assessment {
    let report = case.report;
    if report.requests.is_none() || counts_otherwise(report) {
        return Assessment::holds();
    }
    let told: Vec<(&Claim, usize)> = CLASSES
        .iter()
        .filter_map(|&(kind, row)| {
            exact(report, kind).find(|claim| !is_own_level(report, claim)).map(|claim| (claim, row))
        })
        .collect();
    let unsaid: Option<Vec<Figure>> = CLASSES
        .iter()
        .filter(|(kind, _)| told.iter().all(|(claim, _)| claim.kind != *kind))
        .map(|&(_, row)| class(report, row).1)
        .collect();
    let mut answer = Assessment::holds();
    for (claim, row) in told {
        let (cells, sum) = class(report, row);
        let (Some(sum), Some(unsaid)) = (sum, &unsaid) else {
            let why = Wording::new(
                "表三该类有空白、缺失或不能确定的格",
                "cells of that class are blank, missing or in doubt",
            );
            answer.unassessed.push(Unassessed { why, cells });
            continue;
        };
        if claim.value == sum || merges(claim.value - sum, unsaid) {
            continue;
        }
        let (words, value) = (name(claim.kind), claim.value);
        let message = Wording::new(
            format!("文字写{} {value} 件，表三该类合计为 {sum}", words.zh),
            format!("the prose says {value} {}; the class adds up to {sum} in table 3", words.en),
        );
        let finding = broken("NAR004", Severity::Warning, claim, &cells, message);
        answer.findings.push(Finding { expected: Some(sum.to_string()), ..finding });
    }
    answer.findings.extend(completed_differ(report));
    answer.findings.extend(all_granted(report));
    answer
}

/// Words beside which 办结 is but one part of what was completed.
static PARTLY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        "其中|另|其余|剩余|余下|延期|延长|逾期|超期|合并|撤回|撤销|到期|未办|在办|正在|办理中|自然人|企业|转办|办结率",
    )
    .ok()
});

/// 办结 of applications, without a word that restricts it.
static COMPLETED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|[，。；：])(?:20\d\d年度?|全年|本年度?|当年|年内|我[局委办镇乡]|已|总?共|累计|按期|按时|如期|依法|按规定|全部|均|受理并)*",
        r"(?:办结(?:了|依申请公开|政[府务]信息公开|信息公开|的?申请|事项|件|共|计)*\d+[件宗起](?:[^次]|$)|\d+[件宗起](?:依申请公开|政[府务]信息公开|的?申请)*(?:均|已|全部|按期|按时|依法)*办结)",
    ))
    .ok()
});

/// 办结15件, where the table has handled another number: neither in all, nor of this year's alone.
fn completed_differ(report: &Report) -> Option<Finding> {
    let [new, carried, handled] =
        [requests::NEW_RECEIVED, requests::CARRIED_IN, requests::TOTAL_HANDLED].map(|row| certain(report, total(row)));
    let (new, carried, handled) = (new?, carried?, handled?);
    let told: Vec<&Claim> = exact(report, ClaimKind::ApplicationsCompleted).collect();
    let holds = |value| value == handled || (handled - carried <= value && value <= new);
    // 按期办结9件 … 延期办结4件: several numbers may add up.
    if told.iter().any(|claim| holds(claim.value)) || holds(told.iter().map(|claim| claim.value).sum()) {
        return None;
    }
    let certain = |claim: &&&Claim| {
        claim.reason.zh.contains("“办结")
            && claim.text.matches("办结").count() == 1
            && COMPLETED.as_ref().is_some_and(|pattern| pattern.is_match(&claim.text))
            && !is_own_level(report, claim)
            && !PARTLY.as_ref().is_some_and(|pattern| pattern.is_match(&claim.text))
    };
    let claim = *told.iter().find(certain)?;
    let value = claim.value;
    let message = Wording::new(
        format!("文字写办结 {value} 件，表三办理总计为 {handled}（新收 {new}、上年结转 {carried}）"),
        format!(
            "the prose says {value} were completed; table 3 has {handled} handled ({new} received, {carried} carried in)"
        ),
    );
    let cells = [requests::TOTAL_HANDLED, requests::NEW_RECEIVED, requests::CARRIED_IN].map(total);
    let finding = broken("NAR004", Severity::Warning, claim, &cells, message);
    Some(Finding { expected: Some(handled.to_string()), ..finding })
}

/// 收到12件，均予以公开.
static ALL_GRANTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<told>\d+)[件宗起]，(?:均|全部|都)(?:已|依法|按时|按期|按规定)*(?:予以公开|同意公开|准予公开)(?:答复)?(?:[，。；]|$)").ok()
});

/// All that came is said to have been granted, and the table has fewer, even without those carried on.
fn all_granted(report: &Report) -> Option<Finding> {
    let granted = certain(report, total(CLASSES[0].1))?;
    let carried_on = certain(report, total(requests::CARRIED_OUT))?;
    let claim =
        exact(report, ClaimKind::ApplicationsReceived).filter(|claim| !is_own_level(report, claim)).find(|claim| {
            let told = ALL_GRANTED.as_ref().and_then(|pattern| pattern.captures(&claim.text));
            told.is_some_and(|told| told["told"] == claim.value.to_string())
        })?;
    let value = claim.value;
    (granted < value - carried_on).then(|| {
        let message = Wording::new(
            format!("文字称收到的 {value} 件均予以公开，表三予以公开为 {granted}"),
            format!("all {value} requests were granted, says the prose; table 3 has {granted} granted"),
        );
        let finding = broken("NAR004", Severity::Warning, claim, &[total(CLASSES[0].1)], message);
        Finding { expected: Some(granted.to_string()), ..finding }
    })
}

/// Whether some of `classes` add up to `rest`, so that the prose may have merged them.
fn merges(rest: Figure, classes: &[Figure]) -> bool {
    rest > Figure::ZERO
        && (1_u32..1 << classes.len()).any(|chosen| {
            let picked = classes.iter().enumerate().filter(|(index, _)| chosen & (1 << index) != 0);
            picked.map(|(_, figure)| figure).sum::<Figure>() == rest
        })
}

/// The totals of table 4 that a claim may mean: as printed, or as the results add up to.
fn disputes(report: &Report, blocks: &[usize]) -> Option<(Vec<CellRef>, [Figure; 2])> {
    let at = |row: usize, column: usize| CellRef::new(TableKind::Disputes, row, column);
    let totals: Vec<CellRef> = blocks.iter().map(|&row| at(row, 4)).collect();
    let printed: Figure = totals.iter().map(|&at| certain(report, at)).sum::<Option<Figure>>()?;
    let results = blocks.iter().flat_map(|&row| (0..4).map(move |column| at(row, column)));
    let summed = results.map(|at| certain(report, at)).sum::<Option<Figure>>().unwrap_or(printed);
    Some((totals, [printed, summed]))
}

fn disputes_differ(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let mut answer = Assessment::holds();
    if report.disputes.is_none() || counts_otherwise(report) {
        return answer;
    }
    for (kind, blocks, zh, en) in [
        (ClaimKind::Reconsiderations, &[0][..], "行政复议", "reconsiderations"),
        (ClaimKind::Litigations, &[1, 2][..], "行政诉讼", "litigations"),
    ] {
        let told: Vec<&Claim> = exact(report, kind).filter(|claim| !is_own_level(report, claim)).collect();
        let Some(first) = told.first() else { continue };
        let Some((cells, figures)) = disputes(report, blocks) else {
            let why =
                Wording::new("表四的总计空白、缺失或不能确定", "a total of table 4 is blank, missing or in doubt");
            answer.unassessed.push(Unassessed { why, cells: Vec::new() });
            continue;
        };
        if told.iter().any(|claim| figures.contains(&claim.value)) {
            continue;
        }
        let (value, figure) = (first.value, figures[0]);
        let message = if value.is_zero() {
            Wording::new(
                format!("文字称没有{zh}，表四总计为 {figure}"),
                format!("the prose says there were no {en}; the total in table 4 is {figure}"),
            )
        } else {
            Wording::new(
                format!("文字写{zh} {value} 件，表四总计为 {figure}"),
                format!("the prose says {value} {en}; the total in table 4 is {figure}"),
            )
        };
        let finding = broken("NAR005", Severity::Warning, first, &cells, message);
        answer.findings.push(Finding { expected: Some(figure.to_string()), ..finding });
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{codes_of, report};
    use super::{Figure, merges};
    use crate::report::{CellRef, ClaimKind, TableKind};

    // The report of `testing` has 2 granted, 1 granted in part and nothing else.

    #[test]
    fn outcomes_may_be_merged() {
        let stating = |kind, value| codes_of("NAR", &report().stating(kind, value, "予以公开若干件。"));
        assert_eq!(stating(ClaimKind::ApplicationsGranted, 2), [""; 0]);
        assert_eq!(stating(ClaimKind::ApplicationsGranted, 3), [""; 0]);
        assert_eq!(stating(ClaimKind::ApplicationsGranted, 1), ["NAR004"]);
        assert_eq!(stating(ClaimKind::ApplicationsDenied, 0), [""; 0]);
        assert_eq!(stating(ClaimKind::ApplicationsDenied, 4), ["NAR004"]);
        let both = report().stating(ClaimKind::ApplicationsPartiallyGranted, 1, "部分公开1件。");
        assert_eq!(codes_of("NAR", &both.stating(ClaimKind::ApplicationsGranted, 3, "予以公开3件。")), ["NAR004"]);
        let figures = [1, 2, 4].map(Figure::from);
        assert!(merges(Figure::from(6), &figures) && !merges(Figure::from(8), &figures));
    }

    // 3 received, 1 carried in, 3 handled, 1 carried on.
    #[test]
    fn what_was_completed_is_what_was_handled() {
        let completed = |value, text: &str| {
            let sample = report().stating(ClaimKind::ApplicationsCompleted, value, text);
            codes_of("NAR004", &sample.but(|claim| claim.reason.zh = "依据“办结”".to_owned()))
        };
        for (value, text, wrong) in [
            (3, "办结3件。", false),
            // Two of this year's, beside what was carried in.
            (2, "办结2件。", false),
            (1, "办结1件。", true),
            (5, "按期办结5件。", true),
            (1, "按期办结1件，经批准延期办结2件。", false),
            (1, "其中企业申请办结1件。", false),
            (1, "通过协商办结1件。", false),
            (99, "全年办结行政审批事项99件。", false),
            (99, "全年办结99件次。", false),
            (5, "收到申请3件，5件申请均已依法办结。", true),
        ] {
            assert_eq!(completed(value, text), if wrong { &["NAR004"][..] } else { &[] }, "{text}");
        }
    }

    #[test]
    fn all_may_be_said_to_be_granted() {
        let told = |value, text: &str| codes_of("NAR004", &report().claiming(value, text));
        assert_eq!(told(3, "收到申请3件，均予以公开。"), [""; 0]);
        let fewer = report().with(CellRef::new(TableKind::Requests, 2, 6), "1");
        assert!(!codes_of("NAR004", &fewer.claiming(3, "收到申请3件，均予以公开。")).is_empty());
        let fewer = report().with(CellRef::new(TableKind::Requests, 2, 6), "1");
        assert_eq!(codes_of("NAR004", &fewer.claiming(3, "收到申请3件，均予以公开答复或者部分公开。")), [""; 0]);
    }

    #[test]
    fn disputes_count_both_blocks() {
        let total = |row| CellRef::new(TableKind::Disputes, row, 4);
        let upheld = |row| CellRef::new(TableKind::Disputes, row, 0);
        let with = || {
            let report = report().with(total(1), "1").with(upheld(1), "1");
            report.with(total(2), "2").with(upheld(2), "2")
        };
        assert_eq!(codes_of("NAR", &with().stating(ClaimKind::Litigations, 3, "行政诉讼3件。")), [""; 0]);
        assert_eq!(codes_of("NAR", &with().stating(ClaimKind::Litigations, 0, "未发生行政诉讼。")), ["NAR005"]);
        assert_eq!(codes_of("NAR", &with().stating(ClaimKind::Reconsiderations, 0, "未发生行政复议。")), [""; 0]);
        assert_eq!(codes_of("NAR", &with().stating(ClaimKind::Reconsiderations, 1, "行政复议1件。")), ["NAR005"]);
    }
}
