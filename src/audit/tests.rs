//! Tests of the audit: order, verdict, policy.

use super::*;

fn finding(rule: &'static str, severity: Severity, line: u32) -> Finding {
    let at = Some(Source::Text { line, column: 1, end_line: line, end_column: 2 });
    Finding { at, ..Finding::new(rule, severity, Wording::default()) }
}

#[test]
fn worst_first_and_consequences_after_their_root() {
    let consequence = Finding { under: Some(3), ..finding("REQ001", Severity::Error, 1) };
    let findings = arrange(vec![
        finding("STR008", Severity::Note, 1),
        consequence,
        finding("FEE001", Severity::Warning, 9),
        finding("REQ003", Severity::Error, 7),
        finding("STR001", Severity::Error, 5),
    ]);
    let order: Vec<_> = findings.iter().map(|finding| (finding.rule, finding.under)).collect();
    assert_eq!(order, [("STR001", None), ("REQ003", None), ("REQ001", Some(1)), ("FEE001", None), ("STR008", None)]);
}

#[test]
fn verdicts() {
    let note = [finding("REQ004", Severity::Note, 1)];
    let warning = [finding("FEE001", Severity::Warning, 1)];
    let error = [finding("STR001", Severity::Error, 1)];
    assert_eq!(verdict(&error, true), Verdict::Noncompliant);
    assert_eq!(verdict(&warning, true), Verdict::Unreadable);
    assert_eq!(verdict(&note, true), Verdict::Unreadable);
    assert_eq!(verdict(&warning, false), Verdict::Questionable);
    assert_eq!(verdict(&note, false), Verdict::Compliant);
    assert_eq!(verdict(&[], false), Verdict::Compliant);
}

#[test]
fn codes_and_families_select_and_ignore() {
    let rule = |code| rules::find(code).unwrap();
    let policy = Policy { select: vec!["REQ".into()], ignore: vec!["REQ006".into()], ..Policy::default() };
    assert!(policy.applies(rule("REQ001")));
    assert!(!policy.applies(rule("REQ006")));
    assert!(!policy.applies(rule("STR001")));
    let policy = Policy { severity: vec![("FEE001".into(), Severity::Note)], ..Policy::default() };
    assert_eq!(policy.severity_of(rule("FEE001")), Some(Severity::Note));
    assert_eq!(policy.severity_of(rule("STR001")), None);
}

#[test]
fn what_is_no_report_says_so() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let why = |text: &str| no_report(&Report::default(), &lines(text)).map(|(why, _)| why.zh);
    assert_eq!(why("【图解】云岭市2024年年度报告").as_deref(), Some("这是年度报告的图解，不是年度报告本身"));
    assert!(why("会议通知\n请各单位参加。").unwrap().contains("不是年度报告"));
}
