//! What is put out keeps to the published form.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{balanced, check, json, nianshen, stdout, unbalanced};

/// The published schemas; `NIANSHEN_UPDATE=1` writes them anew.
fn published(command: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/export/schema").join(format!("{command}.json"));
    let generated = nianshen().args([command, "--schema"]).output().unwrap();
    if std::env::var_os("NIANSHEN_UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &generated.stdout).unwrap();
    }
    let same = fs::read_to_string(&path).unwrap_or_default() == stdout(&generated);
    assert!(same, "the schema of {command} has changed; NIANSHEN_UPDATE=1 publishes it anew");
    json(&generated)
}

fn assert_valid(schema: &Value, instance: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<_> =
        validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
}

fn show(text: &[u8]) -> Value {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.txt");
    fs::write(&path, text).unwrap();
    json(&nianshen().args(["show", "--format", "json"]).arg(path).output().unwrap())
}

fn inbox() -> TempDir {
    let directory = TempDir::new().unwrap();
    let files: [(&str, String); 5] = [
        ("bad.txt", unbalanced()),
        ("blank.txt", balanced().replace("3.其他 0 0", "3.其他 / 0").replace("行政处罚 0", "行政处罚 无")),
        ("empty.txt", String::new()),
        ("good.txt", balanced()),
        ("other.txt", "关于召开会议的通知\n各单位：\n".to_owned()),
    ];
    for (name, text) in files {
        fs::write(directory.path().join(name), text).unwrap();
    }
    directory
}

#[test]
fn check_keeps_to_its_schema() {
    let schema = published("check");
    let document = json(&check(inbox().path(), &[".", "--format", "json"]));
    assert_valid(&schema, &document);
    let summary = &document["summary"];
    assert_eq!(summary["files"], 5);
    let sum: u64 = ["compliant", "questionable", "noncompliant", "unreadable"]
        .map(|key| summary[key].as_u64().unwrap())
        .iter()
        .sum();
    assert_eq!(sum, 5);
}

#[test]
fn show_keeps_to_its_schema() {
    let schema = published("show");
    for text in [balanced(), unbalanced(), String::new(), "通知\n".to_owned(), balanced().replace(" 0", " /")] {
        assert_valid(&schema, &show(text.as_bytes()));
    }
}

#[test]
fn lines_are_the_elements_of_the_document() {
    let directory = inbox();
    let document = json(&check(directory.path(), &[".", "--format", "json"]));
    let lines = stdout(&check(directory.path(), &[".", "--format", "ndjson"]));
    let elements: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(document["reports"], Value::Array(elements));
    let paths: Vec<_> = document["reports"].as_array().unwrap().iter().map(|report| report["path"].clone()).collect();
    assert_eq!(paths, ["bad.txt", "blank.txt", "empty.txt", "good.txt", "other.txt"]);
}

#[test]
fn keys_stand_in_the_order_of_the_contract() {
    let line = stdout(&check(inbox().path(), &["bad.txt", "--format", "ndjson"]));
    let place = |key: &str| line.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key}"));
    for keys in [
        &["path", "agency", "year", "edition", "verdict", "findings"][..],
        &["rule", "name", "severity", "message", "part", "table", "row", "column", "cells", "expected", "actual"],
        &["actual", "likely"],
        &["evidence", "basis", "help"],
    ] {
        assert!(keys.is_sorted_by_key(|key| place(key)), "{keys:?}");
    }
}

#[test]
fn a_finding_names_cell_place_and_figures() {
    let document = json(&check(inbox().path(), &["bad.txt", "--format", "json", "--select", "REQ003"]));
    let finding = &document["reports"][0]["findings"][0];
    assert_eq!(finding["rule"], "REQ003");
    assert_eq!(finding["name"], "applicants-do-not-add-up");
    assert_eq!((&finding["table"], &finding["row"]), (&"requests".into(), &"new_received".into()));
    assert_eq!(finding["cells"].as_array().unwrap().len(), 7);
    assert!(finding["at"]["line"].is_u64() && finding["at"]["column"].is_u64());
    for cell in finding["cells"].as_array().unwrap() {
        assert!(cell["at"]["line"].is_u64());
    }
}

#[test]
fn every_cell_of_the_form_is_there() {
    let document = show(balanced().as_bytes());
    let cells = |table: &str| document["tables"][table]["cells"].as_object().unwrap().clone();
    let count = |table: &str| cells(table).values().map(|row| row.as_object().unwrap().len()).sum::<usize>();
    assert_eq!((count("proactive_disclosure"), count("requests"), count("disputes")), (10, 175, 15));
    let requests = cells("requests");
    let cell = &requests["new_received"]["natural_person"];
    assert_eq!((&cell["raw"], &cell["value"], &cell["kind"]), (&"3".into(), &3.into(), &"number".into()));
    assert!(!requests.contains_key("denied"));
    let fee = &document["tables"]["proactive_disclosure"]["cells"]["fees"]["amount"];
    assert_eq!(fee["value"], "0");
}

#[test]
fn blank_and_mark_are_no_zero() {
    let text = balanced().replace("行政处罚 0", "行政处罚 /").replace("行政事业性收费 0", "行政事业性收费 38.441094");
    let document = show(text.as_bytes());
    let cells = &document["tables"]["proactive_disclosure"]["cells"];
    assert_eq!(cells["penalties"]["decisions"]["kind"], "not_applicable");
    assert_eq!(cells["penalties"]["decisions"]["value"], Value::Null);
    assert_eq!(cells["fees"]["amount"]["value"], "38.441094");
}

#[test]
fn a_file_that_is_no_report_is_shown_with_the_reason() {
    let document = show(b"");
    assert_eq!(document["file"]["bytes"], 0);
    assert_eq!(document["file"]["format"], Value::Null);
    assert_eq!(document["doubts"].as_array().unwrap().len(), 1);
}

#[test]
fn a_spreadsheet_finds_no_formula() {
    let directory = TempDir::new().unwrap();
    for name in ["=cmd()", "+1", "-1+2", "@a", "a\"b,c"] {
        fs::write(directory.path().join(name), "").unwrap();
    }
    let text = stdout(&check(directory.path(), &[".", "--format", "csv"]));
    let text = text.strip_prefix('\u{feff}').unwrap();
    let first: Vec<&str> = text.split("\r\n").skip(1).filter_map(|row| row.split(',').next()).collect();
    assert_eq!(first, ["\"'+1\"", "\"'-1+2\"", "\"'=cmd()\"", "\"'@a\"", "\"a\"\"b", ""]);
}

#[test]
fn text_quotes_the_place_aligned_for_wide_characters() {
    let text = stdout(&check(inbox().path(), &["bad.txt", "--select", "REQ003", "--color", "never"]));
    let lines: Vec<&str> = text.lines().collect();
    let quoted = lines.iter().position(|line| line.contains('│')).unwrap();
    let (line, under) = (lines[quoted], lines[quoted + 1]);
    let before = under.find('^').unwrap();
    let columns = nianshen::text::width(&under[..before]);
    let marked = under.matches('^').count();
    let cut: String = line
        .chars()
        .scan(0, |used, c| {
            let at = *used;
            *used += nianshen::text::width(&c.to_string());
            Some((at, c))
        })
        .filter(|(at, _)| (columns..columns + marked).contains(at))
        .map(|(_, c)| c)
        .collect();
    assert!(!cut.is_empty() && !cut.starts_with(' '), "{line}\n{under}");
    assert!(text.contains("1 file: noncompliant 1"), "{text}");
}

#[test]
fn sarif_names_rule_file_and_place_of_every_finding() {
    let run = check(inbox().path(), &[".", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&stdout(&run)).unwrap();
    let json: Value = serde_json::from_str(&stdout(&check(inbox().path(), &[".", "--format", "json"]))).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let artifacts = log["runs"][0]["artifacts"].as_array().unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let findings: Vec<&Value> =
        json["reports"].as_array().unwrap().iter().flat_map(|report| report["findings"].as_array().unwrap()).collect();
    assert_eq!((artifacts.len(), results.len()), (json["reports"].as_array().unwrap().len(), findings.len()));
    assert!(!results.is_empty());
    for (result, finding) in results.iter().zip(findings) {
        assert_eq!(result["ruleId"], finding["rule"]);
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
        assert_eq!((&result["level"], &result["message"]["text"]), (&finding["severity"], &finding["message"]));
        let place = &result["locations"][0]["physicalLocation"];
        let artifact = &artifacts[place["artifactLocation"]["index"].as_u64().unwrap() as usize];
        assert_eq!(place["artifactLocation"]["uri"], artifact["location"]["uri"]);
        if finding["at"].is_object() {
            assert_eq!(place["region"]["startLine"], finding["at"]["line"]);
            assert_eq!(place["region"]["startColumn"], finding["at"]["column"]);
        }
        assert_eq!(result["relatedLocations"].as_array().unwrap().len(), finding["cells"].as_array().unwrap().len());
    }
}
