//! `nianshen.toml`: what it changes, and what is said of a mistake.

use std::fs;

use nianshen::config::Config;
use nianshen::finding::Severity;
use tempfile::TempDir;

use crate::program::{balanced, check, code, json, stderr, unbalanced};

#[test]
fn everything_documented_is_understood() {
    let config = Config::parse(
        r#"
[rules]
select = ["REQ", "DIS001"]
ignore = ["REQ006"]
severity.REQ003 = "note"
[rules.txt004.confusions]
"时效信" = "时效性"
[campaign]
year = 2023
due = 2024-01-31
[inbox]
include = ["2023/*.txt"]
ignore = ["archive"]
settle = "300ms"
poll = "2s"
[[waiver]]
rule = "REQ001"
agency = "甲县医疗保障局"
reason = "核实无误"
until = 2024-12-31
[[waiver]]
rule = "STR"
path = "old/*"
reason = "旧稿"
"#,
        "nianshen.toml",
    )
    .unwrap();
    assert_eq!(config.policy.select, ["REQ", "DIS001"]);
    assert_eq!(config.policy.severity, [("REQ003".to_owned(), Severity::Note)]);
    assert_eq!(config.policy.year, Some(2023));
    assert_eq!(config.policy.confusions, [("时效信".to_owned(), "时效性".to_owned())]);
    assert_eq!(config.due.default.unwrap().to_string(), "2024-01-31");
    assert!(config.include.unwrap().is_match("2023/a.txt"));
    assert!(config.ignore.is_match("archive/deep/a.txt"));
    assert_eq!(config.settle.unwrap().as_millis(), 300);
    assert_eq!(config.waivers.len(), 2);
}

#[test]
fn a_mistake_is_named_with_its_line_and_the_nearest_name() {
    let cases = [
        ("[rules]\nslect = []", "n.toml:2: unknown key slect in [rules]; did you mean select?"),
        ("\n[inboks]\n", "n.toml:2: unknown key inboks; did you mean inbox?"),
        ("[rules]\nselect = [\n \"REQ001\",\n \"REQ01\"]", "n.toml:4: unknown rule REQ01; did you mean REQ001?"),
        ("[rules]\nseverity.REQ01 = \"note\"", "n.toml:2: unknown rule REQ01; did you mean REQ001?"),
        (
            "[rules]\nseverity.REQ001 = \"notes\"",
            "n.toml:2: unknown severity notes: error, warning or note; did you mean note?",
        ),
        ("[rules]\nselect = \"REQ001\"", "n.toml:2: expected an array of strings here"),
        ("[campaign]\nyear = \"2023\"", "n.toml:2: expected a report year such as 2023 here"),
        ("[campaign]\nyear = 23", "n.toml:2: expected a report year such as 2023 here"),
        ("[campaign]\ndue = \"2024-02-30\"", "n.toml:2: expected a date such as 2024-01-31 here"),
        (
            "[campaign]\ndue = { townships = 2024-01-20 }",
            "n.toml:2: unknown key townships in [campaign.due]; did you mean township?",
        ),
        (
            "[campaign]\nyear = 2024\ndue = { default = 2025-01-20, township = 2024-01-20 }",
            "n.toml:3: on 2024-01-20 the year 2024 had not ended; check due and year",
        ),
        ("[campaign]\ndue = { township = 20 }", "n.toml:2: expected a date such as 2024-01-31 here"),
        ("[campaign]\nrooster = \"a.csv\"", "n.toml:2: unknown key rooster in [campaign]; did you mean roster?"),
        ("[campaign]\nroster = 3", "n.toml:2: expected a string here"),
        ("[inbox]\nsettle = \"soon\"", "n.toml:2: expected a duration such as \"2s\", from 10ms to 60s, here"),
        ("[inbox]\nignore = [\"[\"]", "n.toml:2: bad pattern: "),
        ("[[waiver]]\nrule = \"REQ001\"\nreason = \"x\"", "n.toml:1: [[waiver]] lacks agency or path"),
        ("[[waiver]]\nrule = \"REQ001\"\nagency = \"x\"", "n.toml:1: [[waiver]] lacks reason"),
        ("[rules\n", "n.toml:1: not valid TOML: "),
    ];
    for (text, expected) in cases {
        let error = Config::parse(text, "n.toml").unwrap_err();
        assert!(error.en.starts_with(expected), "{text:?}: {}", error.en);
        assert!(error.zh.starts_with("n.toml:") && !error.zh.contains('\n'), "{}", error.zh);
    }
}

#[test]
fn a_campaign_has_days_by_kind_and_files_beside_the_configuration() {
    let text = "[campaign]\ndue = { default = 2025-01-20, township = 2025-01-15, government = 2025-03-01 }\n\
                roster = \"lists/roster.csv\"\nprevious = \"/archive/2023\"\n";
    let config = Config::parse(text, "n.toml").unwrap();
    let days = [config.due.default, config.due.township, config.due.government, config.due.department];
    let days = days.map(|day| day.map(|day| day.to_string()));
    assert_eq!(
        days.each_ref().map(Option::as_deref),
        [Some("2025-01-20"), Some("2025-01-15"), Some("2025-03-01"), None]
    );
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("nianshen.toml");
    fs::write(&path, text).unwrap();
    let config = Config::load(&path).unwrap();
    assert_eq!(config.roster, Some(directory.path().join("lists/roster.csv")));
    assert_eq!(config.previous.as_deref(), Some(std::path::Path::new("/archive/2023")));
}

#[test]
fn the_file_is_found_in_the_directory_or_above() {
    let directory = TempDir::new().unwrap();
    let deep = directory.path().join("a/b");
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("r.txt"), unbalanced()).unwrap();
    fs::write(directory.path().join("nianshen.toml"), "[rules]\nselect = [\"STR\"]\n").unwrap();
    assert_eq!(code(&check(directory.path(), &["a"])), 0);
    assert_eq!(code(&check(&deep, &["r.txt"])), 0);
    fs::write(deep.join("nianshen.toml"), "[rules]\nselect = [\"REQ\"]\n").unwrap();
    assert_eq!(code(&check(&deep, &["r.txt"])), 1);
    fs::write(directory.path().join("other.toml"), "[rules]\nselct = []\n").unwrap();
    let output = check(directory.path(), &["a", "--config", "other.toml"]);
    assert_eq!(code(&output), 2);
    assert_eq!(stderr(&output), "nianshen: other.toml:2: unknown key selct in [rules]; did you mean select?\n");
}

#[test]
fn severities_choices_and_waivers_change_the_verdict() {
    let directory = TempDir::new().unwrap();
    let configure = |text: &str| fs::write(directory.path().join("nianshen.toml"), text).unwrap();
    fs::write(directory.path().join("a.txt"), unbalanced()).unwrap();
    let run = || json(&check(directory.path(), &["a.txt", "--format", "json"]));
    let verdict = || run()["reports"][0]["verdict"].as_str().unwrap().to_owned();
    assert_eq!(verdict(), "noncompliant");
    configure("[rules]\nignore = [\"REQ\", \"NAR\"]\n");
    assert_eq!(verdict(), "compliant");
    let waiver = "reason = \"核实无误\"\nagency = \"甲县医疗保障局\"\n";
    let both = |until: &str| {
        ["REQ", "NAR"].map(|rule| format!("[[waiver]]\nrule = \"{rule}\"\n{waiver}until = {until}\n")).concat()
    };
    configure(&both("2999-12-31"));
    let document = run();
    assert_eq!(document["reports"][0]["verdict"], "compliant");
    assert!(document["summary"]["waived"].as_u64().unwrap() > 0);
    configure(&both("2020-12-31"));
    assert_eq!(verdict(), "noncompliant");
}

#[test]
fn ignored_files_are_no_submissions() {
    let directory = TempDir::new().unwrap();
    fs::create_dir(directory.path().join("archive")).unwrap();
    for name in ["a.txt", "b.md", "archive/c.txt"] {
        fs::write(directory.path().join(name), balanced()).unwrap();
    }
    fs::write(directory.path().join("nianshen.toml"), "[inbox]\ninclude = [\"*.txt\"]\nignore = [\"archive/\"]\n")
        .unwrap();
    let document = json(&check(directory.path(), &[".", "--format", "json"]));
    assert_eq!(document["summary"]["files"], 1);
    assert_eq!(document["reports"][0]["path"], "a.txt");
}

#[test]
fn what_is_no_report_obeys_the_choice_of_rules_too() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("empty.txt"), "").unwrap();
    fs::write(directory.path().join("other.txt"), "关于召开会议的通知\n各单位：\n").unwrap();
    assert_eq!(code(&check(directory.path(), &["."])), 1);
    for options in [&["--ignore", "INB004"][..], &["--ignore", "INB"], &["--select", "REQ"]] {
        let output = check(directory.path(), &[&[".", "--format", "json"], options].concat());
        assert_eq!(code(&output), 0, "{options:?}");
        assert_eq!(json(&output)["summary"]["unreadable"], 2, "{options:?}");
    }
    fs::write(directory.path().join("nianshen.toml"), "[rules]\nseverity.INB004 = \"warning\"\n").unwrap();
    assert_eq!(code(&check(directory.path(), &["."])), 0);
    assert_eq!(code(&check(directory.path(), &[".", "--fail-on", "warning"])), 1);
}

#[test]
fn a_baseline_leaves_only_what_is_new() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("a.txt"), unbalanced()).unwrap();
    let findings = |arguments: &[&str]| {
        let document = json(&check(directory.path(), &[&["a.txt", "--format", "json"], arguments].concat()));
        (document["summary"]["findings"]["error"].as_u64().unwrap(), document["summary"]["waived"].as_u64().unwrap())
    };
    let (errors, _) = findings(&[]);
    assert!(errors > 0);
    let written = check(directory.path(), &["a.txt", "--write-baseline", "base.json"]);
    assert_eq!(written.status.code(), Some(0));
    let (left, known) = findings(&["--baseline", "base.json"]);
    assert_eq!(left, 0);
    assert!(known >= errors);
    // Another figure is another finding.
    fs::write(directory.path().join("a.txt"), unbalanced().replace("行政处罚 0", "行政处罚 -3")).unwrap();
    assert_eq!(findings(&["--baseline", "base.json"]), (1, known));
    let broken = |text: &str| {
        fs::write(directory.path().join("base.json"), text).unwrap();
        let run = check(directory.path(), &["a.txt", "--baseline", "base.json", "--lang", "en"]);
        assert_eq!(run.status.code(), Some(2));
        String::from_utf8(run.stderr).unwrap()
    };
    assert!(broken("{\n\"schema\": 1}").contains("base.json:2: not a baseline"));
    assert!(broken("{\"schema\": 9, \"findings\": []}").contains("write it anew"));
}

#[test]
fn waivers_that_cover_nothing_are_named() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("a.txt"), unbalanced()).unwrap();
    let waiver = |rule: &str, rest: &str| {
        format!("[[waiver]]\nrule = \"{rule}\"\npath = \"a.txt\"\nreason = \"核实\"\nholder = \"政务公开科\"\n{rest}")
    };
    let text = waiver("REQ", "") + &waiver("DIS", "") + &waiver("NAR", "until = 2020-01-01\n");
    fs::write(directory.path().join("nianshen.toml"), text).unwrap();
    let run = check(directory.path(), &["a.txt", "--lang", "en"]);
    let told = String::from_utf8(run.stderr).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 2, "{told}");
    assert!(lines[0].contains("DIS"), "{told}");
    assert!(lines[1].contains("NAR") && lines[1].contains("ended on 2020-01-01"), "{told}");
    assert!(check(directory.path(), &["a.txt", "-q"]).stderr.is_empty());
}

#[test]
fn confusions_of_an_office_are_found() {
    let directory = TempDir::new().unwrap();
    fs::write(
        directory.path().join("a.txt"),
        balanced().replace("定期检查", "检查时效信").replace("处理费", "处理费甲"),
    )
    .unwrap();
    let rules = "[rules]\nselect = [\"TXT004\"]\n[rules.txt004]\nconfusions = { \"费甲\" = \"费乙\" }\n";
    fs::write(directory.path().join("nianshen.toml"), rules).unwrap();
    let found = json(&check(directory.path(), &[".", "--format", "json", "--fail-on", "never"]));
    let findings = found["reports"][0]["findings"].as_array().unwrap();
    let expected: Vec<&str> = findings.iter().filter_map(|finding| finding["expected"].as_str()).collect();
    assert_eq!(expected, ["时效性", "费乙"]);
}
