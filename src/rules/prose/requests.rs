//! NAR001 to NAR003, NAR012: the number of applications.

use std::sync::LazyLock;

use super::{BASIS, broken, certain, exact, is_government, is_own_level, taken_up, total};
use crate::finding::{Finding, Severity};
use crate::report::form::requests;
use crate::report::{CellRef, Claim, ClaimKind, Figure, Report};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope, Unassessed};
use crate::text::pattern::Regex;
use crate::text::{Wording, Words, words};

const REMEDY: Words =
    words("对照申请登记台账，改正文字或表格", "check the register and correct the prose or the table");

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "NAR001",
        name: "requests-differ",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("文字与表三的申请数不一致", "prose and table 3 disagree on the number of requests"),
        manual: Manual {
            basis: BASIS,
            condition: words(
                "文字中的申请件数既不等于表三的新收，也不等于新收加结转，也不等于办理总计；\
                 部门报告写明“新收”“共收到”而不等的为错误",
                "the number in the prose is neither received, nor received plus carried in, nor total handled of table 3; \
                 an error where a department says 新收 or 共收到",
            ),
            example: "文字写“共收到申请 5 件”，表三新收 3 件、结转 0 件、总计 3 件",
            remedy: REMEDY,
            exempt: "约数、单一渠道的件数、其他年度的件数；区县以上政府的文字只写本级（区政府、政府办）的，不算。",
        },
        check: Check::Report(requests_differ),
    },
    Rule {
        code: "NAR002",
        name: "none-received-but-table-has",
        severity: Severity::Error,
        scope: Scope::File,
        title: words("文字与表三在有无申请上矛盾", "prose and table 3 contradict each other on having requests"),
        manual: Manual {
            basis: BASIS,
            condition: words(
                "文字称未收到申请而表三新收大于 0，或文字写收到若干件而表三新收与结转都是 0；县级以上政府的报告，或文字另一处所写与表三相符的，为警告",
                "the prose says none was received while the table has some, or the other way round; a warning for governments of counties and above, and where the prose elsewhere has what the table has",
            ),
            example: "文字写“未收到政府信息公开申请”，表三新收总计 2",
            remedy: REMEDY,
            exempt: "只说某一渠道（线上、信函、当面）未收到的，不算；政府报告只说本级的，不算。",
        },
        check: Check::Report(none_received),
    },
    Rule {
        code: "NAR003",
        name: "carry-differs",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("文字与表三的结转数不一致", "prose and table 3 disagree on what was carried over"),
        manual: Manual {
            basis: BASIS,
            condition: words(
                "文字写的上年结转、结转下年件数与表三第二行、第四行的总计不等",
                "what the prose says was carried in or carried on is not the total of row 2 or row 4 of table 3",
            ),
            example: "文字写“结转下年 2 件”，表三“结转下年度继续办理”总计 1",
            remedy: REMEDY,
            exempt: "约数；政府报告只说本级的，不算；单元格空白或不能确定的，不作判断。",
        },
        check: Check::Report(carry_differs),
    },
    Rule {
        code: "NAR012",
        name: "all-done-but-carried",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("文字称全部办结，表三却有结转下年", "all done, says the prose; table 3 carries some on"),
        manual: Manual {
            basis: BASIS,
            condition: words(
                "文字称申请全部办结、均已办结，而表三“结转下年度继续办理”总计大于 0",
                "the prose says all applications are completed while table 3 carries some on to the next year",
            ),
            example: "文字写“均已按时办结”，表三结转下年总计 1",
            remedy: words(
                "有结转的，写明“到期的均已办结，另有若干件结转下年”；没有结转的，改正表格",
                "say that those due were completed and how many are carried on, or correct the table",
            ),
            exempt: "“到期的均已办结”“应答复的均已答复”；只说答复、不说办结的；同一处已写明结转下年件数而只说“均已办结”的。",
        },
        check: Check::Report(all_done),
    },
];

/// The figures of table 3 that the prose may mean, as (received, carried in, handled).
fn totals(report: &Report) -> Option<(Option<Figure>, Option<Figure>, Option<Figure>)> {
    report.requests.as_ref()?;
    let figure = |row| certain(report, total(row));
    Some((figure(requests::NEW_RECEIVED), figure(requests::CARRIED_IN), figure(requests::TOTAL_HANDLED)))
}

/// Statements on applications received: no bounds, and not the government's own office alone.
fn received(report: &Report) -> impl Iterator<Item = &Claim> {
    exact(report, ClaimKind::ApplicationsReceived)
        .filter(|claim| !is_own_level(report, claim) && !says(&RECOUNTED, &claim.text))
}

/// Words with which the prose says that it counts otherwise than the table: 合并办理为12件, 撤回后不计入.
pub(super) static RECOUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("不计入|未计入|不列入|合并(?:办理|处理|答复|计)|实际(?:为|受理|申请|\\d)|剔除|扣除|折合|另计").ok()
});
/// 无结转, without a word on from or to which year.
static UNDIRECTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[^下次明翌]*(?:无|没有|未有)(?:申请)?结转[^下次明翌]*$").ok());

/// Whether `pattern` is found in `text`.
pub(super) fn says(pattern: &Option<Regex>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Whether `value` is a number of applications that table 3 knows: received, received and carried in, or handled.
pub(super) fn agrees_with_table(report: &Report, value: Figure) -> bool {
    let Some((new, carried, handled)) = totals(report) else { return false };
    let both = new.zip(carried).map(|(new, carried)| new + carried);
    [new, both, handled].contains(&Some(value))
}

/// Whether the prose of a government counts something else than the table does, say its own office.
pub(super) fn counts_otherwise(report: &Report) -> bool {
    is_government(report)
        && exact(report, ClaimKind::ApplicationsReceived)
            .any(|claim| is_own_level(report, claim) || !agrees_with_table(report, claim.value))
}

/// The rows of table 3 that count applications as a whole.
pub(super) const COUNTED: [usize; 3] = [requests::NEW_RECEIVED, requests::CARRIED_IN, requests::TOTAL_HANDLED];

fn requests_differ(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some((new, carried, handled)) = totals(report) else { return Assessment::holds() };
    let both = new.zip(carried).map(|(new, carried)| new + carried);
    let told: Vec<&Claim> = received(report).filter(|claim| !claim.value.is_zero()).collect();
    let agrees = |claim: &Claim| [new, both, handled].contains(&Some(claim.value));
    let some_agrees = told.iter().any(|claim| agrees(claim));
    let mut answer = Assessment::holds();
    for claim in told.into_iter().filter(|claim| !agrees(claim)) {
        let exact = claim.text.contains("新收") || claim.text.contains("共收到");
        if some_agrees && !exact {
            continue;
        }
        let (Some(new), Some(carried), Some(handled)) = (new, carried, handled) else {
            answer.unassessed.push(Unassessed {
                why: Wording::new("表三的总计列不完整", "the totals of table 3 are incomplete"),
                cells: vec![total(requests::NEW_RECEIVED), total(requests::CARRIED_IN), total(requests::TOTAL_HANDLED)],
            });
            break;
        };
        if (new + carried).is_zero() {
            continue;
        }
        let severity = if exact && !is_government(report) { Severity::Error } else { Severity::Warning };
        let value = claim.value;
        let message = Wording::new(
            format!("文字写收到申请 {value} 件，表三新收 {new}、上年结转 {carried}、办理总计 {handled}，都不相符"),
            format!(
                "the prose says {value} requests; table 3 has {new} received, {carried} carried in, {handled} handled"
            ),
        );
        let finding = broken("NAR001", severity, claim, &COUNTED.map(total), message);
        answer.findings.push(Finding { expected: Some(new.to_string()), ..finding });
    }
    answer.findings.extend(taken_up::differs(report));
    answer
}

fn none_received(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some((Some(new), carried, _)) = totals(report) else { return Assessment::holds() };
    // Where another sentence has what the table has, it is the prose that is at odds with itself.
    let told = received(report).any(|claim| !claim.value.is_zero() && agrees_with_table(report, claim.value));
    let severity = if is_government(report) || told { Severity::Warning } else { Severity::Error };
    let mut findings = Vec::new();
    for claim in received(report) {
        let value = claim.value;
        let message = if value.is_zero() && new > Figure::ZERO {
            Wording::new(
                format!("文字称未收到申请，表三新收总计为 {new}"),
                format!("the prose says no request was received; table 3 has {new}"),
            )
        } else if !value.is_zero() && new.is_zero() && carried.is_some_and(|carried| carried.is_zero()) {
            Wording::new(
                format!("文字写收到申请 {value} 件，表三新收和上年结转都是 0"),
                format!("the prose says {value} requests; table 3 has none, neither received nor carried in"),
            )
        } else {
            continue;
        };
        let rows = [requests::NEW_RECEIVED, requests::CARRIED_IN].map(total);
        let finding = broken("NAR002", severity, claim, &rows, message);
        findings.push(Finding { expected: Some(new.to_string()), ..finding });
    }
    Assessment { findings, unassessed: Vec::new() }
}

fn carry_differs(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let mut answer = Assessment::holds();
    if counts_otherwise(report) {
        return answer;
    }
    for (kind, row, zh, en) in [
        (ClaimKind::ApplicationsCarriedIn, requests::CARRIED_IN, "上年结转", "carried in"),
        (ClaimKind::ApplicationsCarriedOut, requests::CARRIED_OUT, "结转下年", "carried on"),
    ] {
        let at = total(row);
        let told: Vec<&Claim> = exact(report, kind).filter(|claim| !is_own_level(report, claim)).collect();
        let Some(first) = told.first() else { continue };
        let Some(figure) = certain(report, at) else {
            if report.requests.is_some() {
                answer.unassessed.push(unassessed(at));
            }
            continue;
        };
        if told.iter().any(|claim| claim.value == figure) {
            continue;
        }
        // 无结转 may mean either way: it is wrong only where both rows have some.
        let undirected = row == requests::CARRIED_OUT && says(&UNDIRECTED, &first.text);
        if undirected && certain(report, total(requests::CARRIED_IN)).is_none_or(|carried| carried.is_zero()) {
            continue;
        }
        let value = first.value;
        let message = Wording::new(
            format!("文字写{zh} {value} 件，表三该行总计为 {figure}"),
            format!("the prose says {value} {en}; the total of that row in table 3 is {figure}"),
        );
        let finding = broken("NAR003", Severity::Warning, first, &[at], message);
        answer.findings.push(Finding { expected: Some(figure.to_string()), ..finding });
    }
    answer
}

fn unassessed(at: CellRef) -> Unassessed {
    let why = Wording::new("表三该格空白、缺失或不能确定", "the cell of table 3 is blank, missing or in doubt");
    Unassessed { why, cells: vec![at] }
}

fn all_done(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let at = total(requests::CARRIED_OUT);
    let counted = certain(report, at);
    let told = exact(report, ClaimKind::ApplicationsCarriedOut).map(|claim| claim.value).find(|value| !value.is_zero());
    // Where the table cannot tell, the prose may contradict itself.
    let Some(figure) = counted.or(told).filter(|figure| *figure > Figure::ZERO) else { return Assessment::holds() };
    let strong = |claim: &&Claim| ["全部", "所有"].iter().any(|word| claim.text.contains(word));
    let claim = exact(report, ClaimKind::ApplicationsAllCompleted)
        .filter(|claim| !is_own_level(report, claim) && !counts_the_handled(report, claim))
        .find(|claim| told.is_none() || strong(claim));
    let Some(claim) = claim.filter(|_| !counts_otherwise(report)) else { return Assessment::holds() };
    let message = if counted.is_some() {
        Wording::new(
            format!("文字称申请已全部办结，表三结转下年度继续办理总计为 {figure}"),
            format!("the prose says that all requests were completed; table 3 carries {figure} on to the next year"),
        )
    } else {
        Wording::new(
            format!("文字称申请已全部办结，又写结转下年 {figure} 件"),
            format!(
                "the prose says that all requests were completed, and that {figure} are carried on to the next year"
            ),
        )
    };
    let cells: &[CellRef] = if counted.is_some() { &[at] } else { &[] };
    Assessment::broken(Finding {
        expected: Some(figure.to_string()),
        ..broken("NAR012", Severity::Warning, claim, cells, message)
    })
}

/// 13件均已办结, where 13 is what table 3 has as handled: the others are not said to be done.
fn counts_the_handled(report: &Report, claim: &Claim) -> bool {
    let handled = certain(report, total(requests::TOTAL_HANDLED));
    exact(report, ClaimKind::ApplicationsCompleted)
        .any(|other| other.source.line == claim.source.line && other.text == claim.text && Some(other.value) == handled)
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{codes, report};
    use crate::finding::Severity;
    use crate::report::{ClaimKind, Subject};

    // The report of `testing` has 3 received, 1 carried in, 3 handled, 1 carried out.

    #[test]
    fn a_number_that_is_none_of_the_three() {
        for (value, text) in [(3, "共收到申请3件。"), (4, "共办理申请4件。")] {
            assert_eq!(codes(&report().claiming(value, text)), [""; 0], "{text}");
        }
        let findings = report().claiming(5, "本年新收申请5件。").findings();
        assert_eq!((findings[0].rule, findings[0].severity), ("NAR001", Severity::Error));
        let vague = report().claiming(5, "受理申请5件。").findings();
        assert_eq!((vague[0].rule, vague[0].severity), ("NAR001", Severity::Warning));
        let government = report().issued_by("青溪县人民政府").claiming(5, "共收到申请5件。").findings();
        assert_eq!((government[0].rule, government[0].severity), ("NAR001", Severity::Warning));
        let town = report().issued_by("青溪县柳河镇人民政府").claiming(5, "共收到申请5件。").findings();
        assert_eq!((town[0].rule, town[0].severity), ("NAR001", Severity::Error));
    }

    #[test]
    fn a_government_may_speak_of_its_own_office() {
        let own = |report: super::super::super::testing::Sample| report.but(|claim| claim.subject = Subject::Agency);
        let government = report().issued_by("青溪县人民政府");
        assert_eq!(codes(&own(government.claiming(2, "县政府共收到申请2件。"))), [""; 0]);
        let government = report().issued_by("青溪县人民政府");
        assert_eq!(codes(&own(government.claiming(0, "县政府未收到申请。"))), [""; 0]);
    }

    #[test]
    fn none_said_but_some_counted() {
        assert_eq!(codes(&report().claiming(0, "本年度未收到政府信息公开申请。")), ["NAR002"]);
        assert_eq!(codes(&report().without_requests().claiming(2, "收到申请2件。")), ["NAR002"]);
        assert_eq!(codes(&report().without_requests().claiming(0, "未收到申请。")), [""; 0]);
        let severity = |sample: super::super::super::testing::Sample| {
            let findings = sample.findings();
            findings.iter().find(|finding| finding.rule == "NAR002").map(|finding| finding.severity)
        };
        let none = || report().claiming(0, "此外，未收到政府信息公开申请。");
        assert_eq!(severity(none()), Some(Severity::Error));
        assert_eq!(severity(none().claiming(3, "共收到申请3件。")), Some(Severity::Warning));
    }

    #[test]
    fn what_is_counted_otherwise() {
        for text in
            ["共收到申请5件，经合并办理为3件。", "共收到申请5件，其中2件撤回后不计入。", "共收到申请5件，实际受理3件。"]
        {
            assert_eq!(codes(&report().claiming(5, text)), [""; 0], "{text}");
            assert_eq!(codes(&report().without_requests().claiming(5, text)), [""; 0], "{text}");
        }
    }

    #[test]
    fn nothing_carried_over_may_mean_either_way() {
        let out = ClaimKind::ApplicationsCarriedOut;
        let carried_in = crate::report::CellRef::new(crate::report::TableKind::Requests, 1, 6);
        let told = |text: &str| report().stating(out, 0, text);
        assert_eq!(codes(&told("收到申请3件，无结转。")), ["NAR003"]);
        let none_in = told("收到申请3件，无结转。").with(carried_in, "0");
        assert!(!codes(&none_in).contains(&"NAR003"));
        let directed = told("收到申请3件，无结转下年。").with(carried_in, "0");
        assert!(codes(&directed).contains(&"NAR003"));
    }

    #[test]
    fn what_was_carried_over() {
        let carried = |kind, value| codes(&report().stating(kind, value, "结转若干件。"));
        assert_eq!(carried(ClaimKind::ApplicationsCarriedIn, 1), [""; 0]);
        assert_eq!(carried(ClaimKind::ApplicationsCarriedOut, 1), [""; 0]);
        assert_eq!(carried(ClaimKind::ApplicationsCarriedIn, 2), ["NAR003"]);
        assert_eq!(carried(ClaimKind::ApplicationsCarriedOut, 0), ["NAR003"]);
    }

    #[test]
    fn all_done_while_one_is_carried_on() {
        let all = ClaimKind::ApplicationsAllCompleted;
        assert_eq!(codes(&report().stating(all, 0, "均已按时办结。")), ["NAR012"]);
        assert_eq!(codes(&report().without_requests().stating(all, 0, "均已按时办结。")), [""; 0]);
        let told = report().stating(ClaimKind::ApplicationsCarriedOut, 1, "结转下年1件。");
        assert_eq!(codes(&told.stating(all, 0, "其余均已办结。")), [""; 0]);
        let handled = report().stating(ClaimKind::ApplicationsCompleted, 3, "3件均已办结。");
        assert_eq!(codes(&handled.stating(all, 0, "3件均已办结。")), [""; 0]);
        let received = report().stating(ClaimKind::ApplicationsCompleted, 4, "4件均已办结。");
        assert!(codes(&received.stating(all, 0, "4件均已办结。")).contains(&"NAR012"));
    }
}
