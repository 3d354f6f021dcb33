//! NAR: the prose against the tables.

use crate::finding::{Finding, Severity};
use crate::report::form::requests;
use crate::report::{CellRef, Claim, ClaimKind, Figure, Report, TableKind};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope, Unassessed};
use crate::text::{Wording, Words, words};

const BASIS: Words = words(
    "国办公开办函〔2021〕30号：数据应当准确，文字与表格同一口径",
    "国办公开办函〔2021〕30号: figures must be accurate; prose and table count the same thing",
);

pub(super) static RULES: &[Rule] = &[
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
            remedy: words("对照申请登记台账，改正文字或表格", "check the register and correct the prose or the table"),
            exempt: "约数、单一渠道的件数、其他年度的件数；政府报告可能只写本级，作警告。",
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
                "文字称未收到申请而表三新收大于 0，或文字写收到若干件而表三新收与结转都是 0；县级以上政府的报告为警告",
                "the prose says none was received while the table has some, or the other way round; a warning for governments of counties and above",
            ),
            example: "文字写“未收到政府信息公开申请”，表三新收总计 2",
            remedy: words("对照申请登记台账，改正文字或表格", "check the register and correct the prose or the table"),
            exempt: "只说某一渠道（线上、信函、当面）未收到的，不算。",
        },
        check: Check::Report(none_received),
    },
];

/// Ways by which an application may come in.
const CHANNELS: [&str; 17] = [
    "线上", "线下", "网上", "网络", "网站", "信函", "邮件", "邮箱", "来信", "传真", "当面", "现场", "窗口", "书面",
    "电话", "口头", "邮寄",
];

/// The figures of table 3 that the prose may mean, as (received, carried in, handled).
fn totals(report: &Report) -> Option<(Option<Figure>, Option<Figure>, Option<Figure>)> {
    let table = report.requests.as_ref()?;
    let doubted =
        |at: CellRef| report.doubts.iter().any(|doubt| doubt.table == Some(at.table) && doubt.cells.contains(&at));
    let figure = |row| {
        let at = cell(row);
        table.figure(at).filter(|_| !doubted(at))
    };
    Some((figure(requests::NEW_RECEIVED), figure(requests::CARRIED_IN), figure(requests::TOTAL_HANDLED)))
}

const fn cell(row: usize) -> CellRef {
    CellRef::new(TableKind::Requests, row, requests::ALL)
}

/// Statements on applications received in the report year, by whatever way: no bounds, no single channel.
fn received(report: &Report) -> impl Iterator<Item = &Claim> {
    report.claims.iter().filter(|claim| {
        claim.kind == ClaimKind::ApplicationsReceived
            && !claim.approximate()
            && !is_of_other_year(report, &claim.text)
            && !is_of_one_channel(claim)
    })
}

/// Whether the sentence names years, and the report year is none of them.
fn is_of_other_year(report: &Report, text: &str) -> bool {
    let Some(year) = report.year else { return false };
    let years: Vec<i32> = text
        .match_indices('年')
        .filter_map(|(end, _)| {
            let digits: String = text[..end].chars().rev().take_while(char::is_ascii_digit).collect();
            let digits: String = digits.chars().rev().collect();
            digits.parse().ok().filter(|year| (1990..2100).contains(year))
        })
        .collect();
    let elsewhere = ["上年度", "上一年", "去年"].iter().any(|word| text.contains(word)) && !text.contains("结转");
    (!years.is_empty() && !years.contains(&year)) || (years.is_empty() && elsewhere)
}

/// Whether the statement is about one way of applying only (线上未收到).
fn is_of_one_channel(claim: &Claim) -> bool {
    let names_channel = |text: &str| CHANNELS.iter().any(|channel| text.contains(channel));
    let clauses = claim.text.split(['，', '。', '；', ',', ';']);
    let mut relevant =
        clauses.filter(|clause| clause.contains("申请") && !clause.contains("依申请公开情况") && states(clause, claim));
    let all = |clause: &str| clause.contains('均') || clause.contains('都') || clause.contains('共');
    match relevant.next() {
        None => false,
        Some(first) => std::iter::once(first).chain(relevant).all(|clause| names_channel(clause) && !all(clause)),
    }
}

/// Whether the clause is where the claim's figure stands.
fn states(clause: &str, claim: &Claim) -> bool {
    if claim.value.is_zero() {
        return ["未", "无", "没有", "0", "零"].iter().any(|word| clause.contains(word));
    }
    clause.contains(&claim.value.to_string())
}

/// Whether the issuer answers for an area and not for itself alone; 乡 and 镇 report for themselves.
fn is_government(report: &Report) -> bool {
    // 开远市2025年…: the government's name may be cut short.
    const AREAS: [char; 7] = ['省', '市', '县', '区', '旗', '州', '盟'];
    let area = |agency: &String| agency.strip_suffix("人民政府").unwrap_or(agency).ends_with(AREAS);
    report.agency.as_ref().is_some_and(area)
}

fn broken(rule: &'static str, severity: Severity, claim: &Claim, rows: &[usize], message: Wording) -> Finding {
    Finding {
        part: Some(claim.part).filter(|&part| part > 0),
        table: Some(TableKind::Requests),
        cell: rows.first().map(|&row| cell(row)),
        cells: rows.iter().map(|&row| cell(row)).collect(),
        at: Some(claim.source),
        evidence: Some(claim.text.clone()),
        actual: Some(claim.value.to_string()),
        ..Finding::new(rule, severity, message)
    }
}

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
                cells: vec![cell(requests::NEW_RECEIVED), cell(requests::CARRIED_IN), cell(requests::TOTAL_HANDLED)],
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
        let rows = [requests::NEW_RECEIVED, requests::CARRIED_IN, requests::TOTAL_HANDLED];
        let finding = broken("NAR001", severity, claim, &rows, message);
        answer.findings.push(Finding { expected: Some(new.to_string()), ..finding });
    }
    answer
}

fn none_received(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some((Some(new), carried, _)) = totals(report) else { return Assessment::holds() };
    let severity = if is_government(report) { Severity::Warning } else { Severity::Error };
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
        let rows = [requests::NEW_RECEIVED, requests::CARRIED_IN];
        let finding = broken("NAR002", severity, claim, &rows, message);
        findings.push(Finding { expected: Some(new.to_string()), ..finding });
    }
    Assessment { findings, unassessed: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes, report};
    use crate::finding::Severity;

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
    fn none_said_but_some_counted() {
        assert_eq!(codes(&report().claiming(0, "本年度未收到政府信息公开申请。")), ["NAR002"]);
        assert_eq!(codes(&report().claiming(0, "线上、线下均未收到申请。")), ["NAR002"]);
        assert_eq!(codes(&report().without_requests().claiming(2, "收到申请2件。")), ["NAR002"]);
        assert_eq!(codes(&report().without_requests().claiming(0, "未收到申请。")), [""; 0]);
    }

    #[test]
    fn one_channel_or_another_year_is_something_else() {
        for text in ["线上未收到申请。", "未收到信函申请。", "2023年未收到申请。", "网上申请渠道畅通，未收到书面申请。"]
        {
            assert_eq!(codes(&report().claiming(0, text)), [""; 0], "{text}");
        }
    }
}
