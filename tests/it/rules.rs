//! Every rule's sample breaks that rule and no other; no trap breaks any.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use nianshen::audit::{Audit, Policy, audit_file};
use nianshen::finding::Verdict;
use nianshen::rule::{Check, Rule};
use nianshen::rules::{catalogue, find};

fn samples(directory: &str) -> Vec<(String, Audit)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(directory);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    // Archives are opened with the samples.
    paths.retain(|path| path.extension().is_none_or(|extension| extension != "zip"));
    paths.sort();
    let audited = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, audit_file(&file, &fs::read(path).unwrap(), &Policy::default()))
    };
    paths.into_iter().map(audited).collect()
}

fn codes(audit: &Audit) -> Vec<&'static str> {
    let mut codes: Vec<_> = audit.findings.iter().map(|finding| finding.rule).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn every_rule_has_a_sample_that_breaks_exactly_it() {
    let samples = samples("rules");
    let mut wrong = String::new();
    for (name, audit) in &samples {
        if codes(audit) != [name.as_str()] {
            writeln!(wrong, "{name}: {:?}", codes(audit)).unwrap();
        }
    }
    // What takes more than one file to break, a scan or a recognition model, has its samples beside its tests.
    let of_a_file =
        |rule: &&Rule| !matches!(rule.check, Check::Campaign(_)) && !["INB008", "INB009"].contains(&rule.code);
    for rule in catalogue().filter(of_a_file) {
        if !samples.iter().any(|(name, _)| name == rule.code) {
            writeln!(wrong, "{}: no sample", rule.code).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_trap_breaks_a_rule() {
    let mut wrong = String::new();
    for (name, audit) in samples("rules/traps").iter().chain(&samples("complete")) {
        if audit.verdict != Verdict::Compliant || !audit.findings.is_empty() {
            writeln!(wrong, "{name}: {:?} {:?}", audit.verdict, codes(audit)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn messages_of_the_samples() {
    let mut text = String::new();
    for (name, audit) in samples("rules") {
        writeln!(text, "{name} → {:?}", audit.verdict).unwrap();
        for finding in &audit.findings {
            let under = if finding.under.is_some() { "  └ " } else { "  " };
            let line = finding.at.map(|at| at.line).map_or_else(|| "-".to_owned(), |line| line.to_string());
            writeln!(text, "{under}{} {:?} line {line}", finding.rule, finding.severity).unwrap();
            writeln!(text, "    {}", finding.message.zh).unwrap();
            writeln!(text, "    {}", finding.message.en).unwrap();
            if let Some(likely) = &finding.likely {
                let cell = likely.cell;
                writeln!(text, "    likely {} / {} = {}", cell.row_id(), cell.column_id(), likely.value).unwrap();
            }
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_catalogue_is_complete_and_in_order() {
    let mut seen = std::collections::HashSet::new();
    for rule in catalogue() {
        assert!(seen.insert(rule.code), "{} twice", rule.code);
        assert!(find(rule.code).is_some());
        assert!(rule.code.len() == 6 && rule.code[..3].chars().all(|c| c.is_ascii_uppercase()));
        assert!(rule.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", rule.name);
        let manual = &rule.manual;
        for text in [manual.basis.zh, manual.basis.en, manual.condition.zh, manual.condition.en, manual.remedy.zh] {
            assert!(!text.is_empty(), "{}", rule.code);
        }
        assert!(!manual.example.is_empty() && !manual.exempt.is_empty(), "{}", rule.code);
    }
    for code in ["STR001", "PER001", "PRO006", "REQ007", "DIS003", "NAR002", "FEE001", "TXT003", "INB004", "INB007"] {
        assert!(seen.contains(code), "{code}");
    }
    assert!(catalogue().filter(|rule| matches!(rule.check, Check::Intake)).all(|rule| rule.family() == "INB"));
}

/// The rows of a table on the trial form, each with its heads, as reports print them in running text.
const TRIAL_ROWS: [&str; 12] = [
    "信息内容 本年新制作数量 本年新公开数量 对外公开总数量",
    "规章 0 0 0",
    "规范性文件 11 11 64",
    "信息内容 上一年项目数量 本年增/减 处理决定数量",
    "行政许可 412 -6 982",
    "其他对外管理服务事项 188 +9 4102",
    "行政处罚 521 +31 281",
    "行政强制 28 0 19",
    "信息内容 上一年项目数量 本年增/减",
    "行政事业性收费 28 -1",
    "信息内容 采购项目数量 采购总金额",
    "政府集中采购 120 8621.7726",
];

fn found_on_trial_form(change: &dyn Fn(&str) -> String) -> Vec<(&'static str, String)> {
    let table: Vec<String> = TRIAL_ROWS.iter().map(|row| change(row)).filter(|row| !row.is_empty()).collect();
    let text = format!(
        "云岭市青溪区水务局2020年政府信息公开工作年度报告\n一、总体情况\n我局依法公开信息12条。\n二、主动公开政府信息情况\n\
         {}\n三、收到和处理政府信息公开申请情况\n我局没有收到申请。\n",
        table.join("\n")
    );
    let findings = audit_file("", text.as_bytes(), &Policy::default()).findings.into_iter();
    let own = findings.filter(|finding| finding.rule.starts_with("PRO"));
    own.map(|finding| (finding.rule, finding.message.zh.clone())).collect()
}

#[test]
fn cells_of_the_trial_form() {
    for (row, printed, rule, says) in [
        ("规范性文件 11 11 64", "规范性文件 -1 11 64", "PRO001", "本年新制作数量"),
        ("行政事业性收费 28 -1", "行政事业性收费 -28 -1", "PRO001", "上一年项目数量"),
        ("政府集中采购 120 8621.7726", "政府集中采购 1.5 8621.7726", "PRO001", "采购项目数量"),
        ("行政强制 28 0 19", "行政强制 28 0 /", "PRO002", "“/”"),
        ("规范性文件 11 11 64", "规范性文件 / / /", "PRO002", "3 格"),
        ("行政强制 28 0 19", "行政强制 28 0", "PRO006", "行政强制"),
        ("行政强制 28 0 19", "", "PRO006", "行政强制"),
        ("政府集中采购 120 8621.7726", "", "PRO006", "政府集中采购"),
        ("规章 0 0 0", "规章 0 0 6", "PRO003", "对外公开总数量 6"),
        ("规章 0 0 0", "规章 2 2 6", "PRO003", "本年新制作数量 2"),
    ] {
        let findings = found_on_trial_form(&|line| if line == row { printed.to_owned() } else { line.to_owned() });
        let hit = findings.iter().any(|(code, message)| *code == rule && message.contains(says));
        assert!(hit, "{printed}: {findings:?}");
    }
    for (row, printed) in [
        ("行政强制 28 0 19", "行政强制 28 0 19"),
        ("行政许可 412 -6 982", "行政许可 412 减6 982"),
        ("政府集中采购 120 8621.7726", "政府集中采购 120 8621.7726万元"),
    ] {
        let findings = found_on_trial_form(&|line| if line == row { printed.to_owned() } else { line.to_owned() });
        assert_eq!(findings, [], "{printed}");
    }
}
