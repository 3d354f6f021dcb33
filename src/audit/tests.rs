//! Tests of the audit: order, verdict, policy.

use super::quotation::{QUOTED, surroundings};
use super::*;

fn finding(rule: &'static str, severity: Severity, line: u32) -> Finding {
    let at = Some(Source { line, column: 1, end_line: line, end_column: 2 });
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
    let lines = |text: &str| text.lines().collect::<Lines>();
    let why = |text: &str| no_report::told(&Report::default(), &lines(text)).map(|(why, _)| why.zh);
    assert_eq!(why("【图解】云岭市2024年年度报告").as_deref(), Some("这是年度报告的图解，不是年度报告本身"));
    let notice = "关于做好2024年政府信息公开工作年度报告编制工作的通知\n各单位：";
    assert_eq!(why(notice).as_deref(), Some("这是一份通知，不是年度报告"));
    assert!(why("会议通知\n请各单位参加。").unwrap().contains("不是年度报告"));
}

#[test]
fn a_title_alone_is_no_report_and_a_report_cut_short_is_not_called_wrong() {
    let read = |text: &str| audit(text.as_bytes(), &Policy::default());
    let verdict = |text: &str| read(text).verdict;
    let title = "青溪县数据局2024年政府信息公开工作年度报告\n";
    assert_eq!(verdict(title), Verdict::Unreadable);
    assert_eq!(verdict(&format!("{title}详见附件。\n")), Verdict::Unreadable);
    let cut = format!("{title}一、总体情况\n（一）主动公开。全年在县政府网站发布信息12条。\n");
    assert_eq!(verdict(&cut), Verdict::Unreadable);
    let codes: Vec<_> = read(&cut).findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(codes, ["INB004"]);
    // Without a title, the heading and the subject are enough to know what was cut short.
    let untitled = "一、总体情况\n（一）主动公开。我局依法公开政府信息，全年在网站发布信息12条，由各科\n";
    assert!(read(untitled).findings[0].message.zh.contains("中断"));
}

#[test]
fn a_blank_form_is_no_report() {
    let sample = include_str!("../../samples/complete/青溪县数据局2024.txt");
    let part = |from: &str, to: &str| {
        let (start, end) = (sample.find(from).unwrap(), sample.find(to).unwrap());
        sample[start..end].replace(|c: char| c.is_ascii_digit(), "")
    };
    let tables = part("二、主动公开政府信息情况", "五、存在的主要问题");
    for title in ["XX年政府信息公开工作年度报告", "青溪县数据局2024年政府信息公开工作年度报告"]
    {
        let form = format!("{title}\n一、总体情况\n{tables}五、存在的主要问题及改进情况\n六、其他需要报告的事项\n");
        let audit = audit(form.as_bytes(), &Policy::default());
        assert_eq!((audit.verdict, audit.findings[0].rule), (Verdict::Unreadable, "INB004"));
        assert!(audit.findings[0].message.zh.contains("空白"), "{}", audit.findings[0].message.zh);
        assert!(audit.digest().is_none());
    }
}

#[test]
fn a_long_line_is_quoted_around_the_place() {
    let lines: Lines = ["公开".repeat(200) + "数量13" + &"办理".repeat(200)].into_iter().collect();
    let at = |column| Source { line: 1, column, end_line: 1, end_column: column + 2 };
    let quoted = surroundings(at(403), &lines).unwrap();
    assert!(quoted.contains("数量13") && quoted.chars().count() == QUOTED, "{quoted}");
    assert_eq!(surroundings(at(1), &lines).unwrap().chars().count(), QUOTED);
    assert_eq!(surroundings(at(800), &lines).unwrap().chars().count(), QUOTED);
    assert_eq!(surroundings(at(3), &["  新收 13 "].iter().collect()).as_deref(), Some("新收 13"));
}
