//! The roster, last year's reports and comparing, as `check` and `roster init` use them.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use nianshen::ledger::store::{Access, DecisionKind, NewDecision, Operator, Store, UnitKey};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;
use tempfile::TempDir;

use crate::program::{check, code, json, nianshen, sample, stderr, stdout};

fn report(agency: &str) -> String {
    sample(agency, [3, 1, 0, 0, 0, 0, 4])
}

fn inbox(files: &[(&str, &str)]) -> TempDir {
    let directory = TempDir::new().unwrap();
    for (name, text) in files {
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    directory
}

/// Path, agency, verdict and codes of every element of `reports`.
fn told(document: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let line = |report: &Value| {
        let codes = report["findings"].as_array().unwrap().iter().map(|finding| text(&finding["rule"]));
        let own = ["path", "agency", "verdict"].map(|key| text(&report[key]));
        own.into_iter().chain(codes).collect::<Vec<_>>().join(" ")
    };
    document["reports"].as_array().unwrap().iter().map(line).collect()
}

const ROSTER: &str =
    "机关,截止,免报\n甲县数据局,,\n甲县教育局,2024-01-20,\n甲县气象局,,垂直管理\n甲县审计局,2099-01-20,\n";

/// The rules on inboxes but that on the day of arrival.
const RULES: &str = "INB001,INB003,INB004,INB005,INB006,ORG001";

fn run(directory: &Path, options: &[&str]) -> Value {
    json(&check(directory, &[&["--format", "json", "--select", RULES, "--fail-on", "never"], options].concat()))
}

#[test]
fn who_has_not_reported_is_an_entry_of_its_own() {
    let directory = inbox(&[("a.txt", &report("甲县数据局")), ("roster.csv", ROSTER)]);
    let document = run(directory.path(), &["."]);
    assert_eq!(told(&document), ["a.txt 甲县数据局 compliant", "roster.csv 甲县教育局 missing INB001"]);
    let missing = &document["reports"][1];
    assert_eq!((&missing["year"], &missing["findings"][0]["at"]["line"]), (&2023.into(), &3.into()));
    let summary = &document["summary"];
    assert_eq!((&summary["files"], &summary["reports"], &summary["missing"]), (&1.into(), &1.into(), &1.into()));
    let options = [".", "--select", RULES];
    let said = |format: &str| stdout(&check(directory.path(), &[&options[..], &["--format", format]].concat()));
    let text = said("text");
    assert!(
        text.contains("○ missing  roster.csv  甲县教育局  2023\n  ✗ error INB001 甲县教育局: due on 2024-01-20"),
        "{text}"
    );
    assert!(
        text.contains("1 file: noncompliant 0 · unreadable 0 · questionable 0 · compliant 1 · missing 1\n"),
        "{text}"
    );
    assert!(said("csv").contains("\"roster.csv\",\"甲县教育局\",\"2023\",\"missing\",\"INB001\""));
    assert_eq!(said("ndjson").lines().count(), 2);
    let log: Value = serde_json::from_str(&said("sarif")).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "INB001");
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 3);
    assert_eq!(code(&check(directory.path(), &options)), 1);
    assert_eq!(code(&check(directory.path(), &[".", "--select", RULES, "--ignore", "INB001"])), 0);
}

#[test]
fn a_single_file_is_no_inbox_unless_the_roster_is_named() {
    let directory = inbox(&[("a.txt", &report("甲县数据局")), ("list.csv", ROSTER)]);
    assert_eq!(told(&run(directory.path(), &["a.txt"])), ["a.txt 甲县数据局 compliant"]);
    let both = ["a.txt 甲县数据局 compliant", "list.csv 甲县教育局 missing INB001"];
    assert_eq!(told(&run(directory.path(), &["a.txt", "--roster", "list.csv"])), both);
    // The roster itself is no submission.
    assert_eq!(told(&run(directory.path(), &[".", "--roster", "list.csv"])), both);
    fs::write(directory.path().join("nianshen.toml"), "[campaign]\nroster = \"list.csv\"\n").unwrap();
    assert_eq!(told(&run(directory.path(), &["a.txt"])), both[..1]);
    assert_eq!(told(&run(directory.path(), &["."])), both);
}

#[test]
fn waivers_and_baselines_cover_what_comparing_finds() {
    let directory = inbox(&[("a.txt", &report("甲县数据局")), ("roster.csv", ROSTER)]);
    let waiver = "[[waiver]]\nrule = \"INB001\"\nagency = \"甲县教育局\"\nreason = \"机构改革\"\n";
    let written = check(directory.path(), &[".", "--select", RULES, "--write-baseline", "base.json"]);
    assert_eq!(code(&written), 0);
    let known = run(directory.path(), &[".", "--baseline", "base.json"]);
    // The file of the baseline lies in the inbox, too.
    assert_eq!(known["summary"]["waived"], 1, "{known}");
    fs::remove_file(directory.path().join("base.json")).unwrap();
    fs::write(directory.path().join("nianshen.toml"), waiver).unwrap();
    let waived = run(directory.path(), &["."]);
    assert_eq!((&waived["summary"]["waived"], &waived["summary"]["findings"]["error"]), (&1.into(), &0.into()));
    fs::write(directory.path().join("nianshen.toml"), "[rules]\nseverity.INB001 = \"note\"\n").unwrap();
    assert_eq!(run(directory.path(), &["."])["summary"]["findings"]["note"], 1);
}

#[test]
fn strangers_and_versions_are_named_whatever_the_number_of_workers() {
    let mended = report("甲县数据局").replace("行政处罚 0", "行政处罚 4");
    let directory = inbox(&[
        ("a.txt", &report("甲县数据局")),
        ("b.txt", &mended),
        ("c.txt", &report("乙县数据局")),
        ("roster.csv", ROSTER),
    ]);
    let first = fs::File::options().write(true).open(directory.path().join("a.txt")).unwrap();
    first.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    let document = run(directory.path(), &["."]);
    assert_eq!(
        told(&document),
        [
            "a.txt 甲县数据局 compliant",
            "b.txt 甲县数据局 questionable INB005 INB003",
            "c.txt 乙县数据局 noncompliant ORG001",
            "roster.csv 甲县教育局 missing INB001",
        ]
    );
    let change = &document["reports"][1]["findings"][0];
    assert_eq!(
        (&change["row"], &change["expected"], &change["actual"]),
        (&"penalties".into(), &"0".into(), &"4".into())
    );
    assert_eq!(change["cells"][0]["at"], change["at"]);
    assert_eq!(change["evidence"], "行政处罚 4");
    let text = stdout(&check(directory.path(), &["."]));
    assert!(text.contains("│ 行政处罚 4\n"), "{text}");
    for format in ["text", "json", "ndjson", "csv", "sarif"] {
        let run = |jobs: &str| check(directory.path(), &[".", "--format", format, "--jobs", jobs]);
        assert_eq!(run("1"), run("8"), "{format}");
    }
}

#[test]
fn last_years_reports_are_compared_and_not_audited() {
    let last = report("甲县数据局").replace("2023", "2022");
    let directory = inbox(&[("a.txt", &report("甲县数据局")), ("2022/a.txt", &last)]);
    let paths = |options: &[&str]| {
        let document = run(directory.path(), options);
        let reports = document["reports"].as_array().unwrap().clone();
        reports.iter().map(|report| report["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&["."]), ["2022/a.txt", "a.txt"]);
    assert_eq!(paths(&[".", "--previous", "2022"]), ["a.txt"]);
    fs::write(directory.path().join("nianshen.toml"), "[campaign]\nprevious = \"2022\"\n").unwrap();
    assert_eq!(paths(&["."]), ["a.txt"]);
}

#[test]
fn a_mistake_in_what_lies_beside_is_one_clear_line() {
    let directory = inbox(&[
        ("a.txt", &report("甲县数据局")),
        ("bad.csv", "机关,上级\n甲县数据局,甲县政府\n"),
        ("two/roster.csv", ROSTER),
        ("two/roster.xlsx", ""),
    ]);
    for (options, expected) in [
        (&["a.txt", "--roster", "no.csv"][..], "no.csv: cannot read the roster: "),
        (&["a.txt", "--roster", "bad.csv"], "bad.csv:2: the parent 甲县政府 is not in the roster"),
        (&["a.txt", "--previous", "2022"], "2022: no such file or directory"),
        (&["two"], "two: holds roster.csv and roster.xlsx; keep one of them"),
    ] {
        let output = check(directory.path(), options);
        assert_eq!((code(&output), stdout(&output)), (2, String::new()), "{options:?}");
        let line = stderr(&output);
        assert!(line.starts_with(&format!("nianshen: {expected}")) && line.lines().count() == 1, "{line}");
    }
}

#[test]
fn a_workbook_is_a_roster_too() {
    let directory = inbox(&[("a.txt", &report("甲县数据局"))]);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, head) in (0..).zip(["机关", "联系电话", "截止", "免报"]) {
        sheet.write(0, column, head).unwrap();
    }
    sheet.write(1, 0, "甲县数据局").unwrap();
    sheet.write(1, 1, 6_120_001).unwrap();
    sheet.write(3, 0, "甲县教育局").unwrap();
    let date = Format::new().set_num_format("yyyy/m/d");
    sheet.write_with_format(3, 2, ExcelDateTime::from_ymd(2024, 1, 20).unwrap(), &date).unwrap();
    workbook.save(directory.path().join("roster.xlsx")).unwrap();
    let document = run(directory.path(), &["."]);
    assert_eq!(told(&document), ["a.txt 甲县数据局 compliant", "roster.xlsx 甲县教育局 missing INB001"]);
    let finding = &document["reports"][1]["findings"][0];
    assert!(finding["message"].as_str().unwrap().contains("due on 2024-01-20"), "{finding}");
    assert_eq!(finding["at"]["line"], 4);
    let roster = nianshen::roster::load(&directory.path().join("roster.xlsx"), "roster.xlsx").unwrap();
    assert_eq!(roster.units[0].contact.as_deref(), Some("6120001"));
}

#[test]
fn a_day_before_the_year_has_ended_is_named_and_does_not_count() {
    let roster = "机关,截止\n甲县数据局,\n甲县教育局,2023-01-20\n";
    let directory = inbox(&[("a.txt", &report("甲县数据局")), ("roster.csv", roster)]);
    let output = check(directory.path(), &[".", "--select", RULES, "--format", "json"]);
    assert_eq!(
        stderr(&output),
        "nianshen: roster.csv:3: 甲县教育局 is due on 2023-01-20, when the year 2023 had not ended; the day does not \
         count, correct it\n"
    );
    let missing = &json(&output)["reports"][1]["findings"][0]["message"];
    assert!(missing.as_str().unwrap().contains("due on 2024-01-31"), "{missing}");
}

#[test]
fn what_was_assigned_in_the_dashboard_holds_where_its_ledger_is_named() {
    for (agency, kept_under) in [("甲县大数据中心", "甲县大数据中心"), ("", "乡镇/a.txt")] {
        let directory = inbox(&[("in/乡镇/a.txt", &report(agency)), ("in/roster.csv", ROSTER)]);
        let ledger = TempDir::new().unwrap();
        let path = ledger.path().join("a.ledger");
        let operator = Operator { login: "li".to_owned(), host: "host".to_owned(), session: "1".to_owned() };
        let unit = UnitKey { agency: kept_under.to_owned(), year: Some(2023) };
        let assigned = NewDecision {
            path: Some("乡镇/a.txt".to_owned()),
            reason: Some("甲县数据局".to_owned()),
            ..NewDecision::new(unit, DecisionKind::Match, Timestamp::UNIX_EPOCH, operator)
        };
        Store::open(&path, Access::ReadWrite).unwrap().decide(&assigned).unwrap();
        let is_known = |options: &[&str]| {
            let document = run(directory.path(), &[&["in"], options].concat());
            let told = told(&document);
            let missing = told.iter().any(|line| line.contains("甲县数据局 missing"));
            let stranger = told.iter().any(|line| line.contains("ORG001"));
            assert_eq!(missing && !agency.is_empty(), stranger, "{told:?}");
            !missing
        };
        let path = path.to_str().unwrap();
        assert_eq!((is_known(&[]), is_known(&["--state", path])), (false, true), "{agency}");
        fs::write(directory.path().join("in/nianshen.toml"), format!("[ledger]\nfile = \"{path}\"\n")).unwrap();
        assert!(is_known(&[]), "{agency}");
        let lost = check(directory.path(), &["in", "--state", "no.ledger"]);
        assert_eq!(code(&lost), 2, "{}", stderr(&lost));
    }
}

#[test]
fn a_merged_cell_of_a_workbook_holds_for_all_its_rows() {
    let directory = TempDir::new().unwrap();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    for (column, head) in (1..).zip(["机关", "级别", "截止", "免报"]) {
        sheet.write(2, column, head).unwrap();
    }
    for (row, agency) in (3..).zip(["甲县数据局", "甲县教育局", "甲县水利局", "甲县城关镇人民政府"])
    {
        sheet.write(row, 1, agency).unwrap();
    }
    sheet.merge_range(3, 3, 4, 3, "2024-01-20", &plain).unwrap();
    // Beyond the last unit: what is merged there lists nobody.
    sheet.merge_range(5, 3, 20, 3, "2024-01-25", &plain).unwrap();
    sheet.merge_range(3, 2, 5, 2, "县级", &plain).unwrap();
    workbook.save(directory.path().join("roster.xlsx")).unwrap();
    let roster = nianshen::roster::load(&directory.path().join("roster.xlsx"), "roster.xlsx").unwrap();
    let dues: Vec<String> = roster.units.iter().map(|unit| unit.due.unwrap().to_string()).collect();
    assert_eq!(dues, ["2024-01-20", "2024-01-20", "2024-01-25", "2024-01-25"]);
    let levels: Vec<String> = roster.units.iter().map(|unit| format!("{:?}", unit.level.unwrap())).collect();
    assert_eq!(levels, ["County", "County", "County", "Township"]);
}

#[test]
fn a_roster_is_proposed_from_what_arrived() {
    let directory = inbox(&[
        ("b.txt", &report("甲县数据局")),
        ("a.txt", &report("甲县人民政府")),
        ("c.txt", &report("云岭市甲县数据局")),
        ("d.txt", &report("甲县城关镇人民政府")),
        ("scan.txt", ""),
    ]);
    let init = |options: &[&str]| {
        nianshen().current_dir(directory.path()).args(["roster", "init"]).args(options).output().unwrap()
    };
    let proposed = init(&[]);
    let expected = "\u{feff}agency,aliases,level,kind,parent,contact,due,exempt\r\n\
                    甲县人民政府,,county,government,,,,\r\n\
                    云岭市甲县数据局,甲县数据局,county,department,甲县人民政府,,,\r\n\
                    甲县城关镇人民政府,,township,government,甲县人民政府,,,\r\n";
    assert_eq!((code(&proposed), stdout(&proposed)), (0, expected.to_owned()));
    assert_eq!(
        stderr(&proposed),
        "nianshen: 3 units from 4 reports; add those that have not reported yet; 1 more files name no agency\n"
    );
    assert_eq!(code(&init(&[".", "--output", "roster.csv"])), 0);
    let kept = init(&[".", "--output", "roster.csv"]);
    assert_eq!((code(&kept), stdout(&kept)), (2, String::new()));
    assert_eq!(stderr(&kept), "nianshen: roster.csv: is there already; --force replaces it\n");
    assert_eq!(code(&init(&[".", "--output", "roster.csv", "--force", "--lang", "zh"])), 0);
    let written = fs::read_to_string(directory.path().join("roster.csv")).unwrap();
    assert!(written.starts_with("\u{feff}机关,别名,级别,类型,上级,联系人,截止,免报\r\n"), "{written}");
    let document = run(directory.path(), &["."]);
    let strangers = told(&document).iter().filter(|line| line.contains("ORG001") || line.contains("missing")).count();
    assert_eq!(strangers, 0, "{:?}", told(&document));
}
