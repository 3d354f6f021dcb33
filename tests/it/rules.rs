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
    // What takes more than one file to break, or a recognition model, has its samples beside its tests.
    let of_a_file = |rule: &&Rule| !matches!(rule.check, Check::Campaign(_)) && rule.code != "INB008";
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
