//! Reports as agencies published them, held against what a person found in them.
//!
//! They are not part of this repository: name their directory in `NIANSHEN_REPORTS` to run this. Without it the test
//! says so and passes.

use std::fs;
use std::path::{Path, PathBuf};

use nianshen::audit::{Audit, Policy, audit};
use nianshen::finding::{Severity, Verdict};
use nianshen::report::form::trial::TRIAL;
use nianshen::report::{CellRef, CellValue, Report, TableKind};

/// What one report must yield of the rules on structure, period, tables, prose, fee and wording.
struct Expected {
    /// A part of its file name.
    file: &'static str,
    agency: &'static str,
    year: i32,
    verdict: Verdict,
    /// Decisions on penalties, the only figure that is not 0.
    penalties: i64,
    must: &'static [&'static str],
    may: &'static [&'static str],
    must_not: &'static [&'static str],
}

const REPORTS: [Expected; 5] = [
    Expected {
        file: "2023-陕州区",
        agency: "三门峡市陕州区医疗保障局",
        year: 2023,
        verdict: Verdict::Questionable,
        penalties: 0,
        must: &["STR009", "STR013", "TXT004", "NAR013"],
        may: &["FEE003"],
        must_not: &["STR005", "STR006", "STR008", "FEE001", "ORG002", "NAR001", "NAR002"],
    },
    Expected {
        file: "2023-新乡县",
        agency: "新乡县医疗保障局",
        year: 2023,
        verdict: Verdict::Questionable,
        penalties: 1,
        must: &["STR008", "STR009", "TXT004", "TXT007"],
        may: &[],
        must_not: &["STR005", "NAR006", "NAR007", "NAR008", "FEE001", "TXT008"],
    },
    Expected {
        file: "2023-湛河区",
        agency: "湛河区医疗保障局",
        year: 2023,
        verdict: Verdict::Questionable,
        penalties: 0,
        must: &["FEE001", "ORG002", "TXT003", "STR008", "STR009", "NAR013"],
        may: &["TXT004"],
        must_not: &["STR004", "STR005", "REQ004", "REQ005", "NAR002"],
    },
    Expected {
        file: "2024-殷都区",
        agency: "殷都区医疗保障局",
        year: 2024,
        verdict: Verdict::Questionable,
        penalties: 57,
        must: &["FEE001", "STR005", "STR009"],
        may: &[],
        must_not: &["STR008", "PER001", "PER002", "TXT003", "NAR007", "DIS004"],
    },
    Expected {
        file: "2023-利通区",
        agency: "利通区医疗保障局",
        year: 2023,
        verdict: Verdict::Questionable,
        penalties: 0,
        must: &["TXT001", "TXT004"],
        may: &["TXT005", "TXT007", "TXT008", "FEE003", "NAR013"],
        must_not: &["STR005", "STR006", "STR008", "STR009", "STR010", "FEE001", "PRV004", "REQ004"],
    },
];

/// The rules on which [`REPORTS`] is complete: of these a report yields what it must or may, and nothing else.
const SETTLED: [&str; 69] = [
    "STR001", "STR002", "STR003", "STR004", "STR005", "STR007", "STR008", "STR009", "STR012", "STR015", "PER001",
    "PER002", "PRO001", "PRO002", "PRO006", "REQ001", "REQ002", "REQ003", "REQ004", "REQ005", "REQ006", "REQ007",
    "DIS001", "DIS002", "DIS003", "FEE001", "NAR001", "NAR002", "TXT001", "TXT003", "INB004", "STR006", "STR010",
    "STR011", "STR013", "STR014", "PER003", "PER004", "PER005", "ORG002", "ORG003", "ORG004", "PRO003", "PRO004",
    "PRO005", "DIS004", "FEE003", "TXT002", "TXT004", "TXT005", "TXT006", "TXT007", "TXT008", "PRV001", "PRV002",
    "PRV003", "NAR003", "NAR004", "NAR005", "NAR006", "NAR007", "NAR008", "NAR009", "NAR010", "NAR011", "NAR012",
    "NAR013", "REQ008", "FEE002",
];

fn find(directory: &Path, name: &str) -> PathBuf {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let named = |path: &PathBuf| path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name));
    entries.filter(|path| path.is_file()).find(named).unwrap_or_else(|| panic!("no file {name}…"))
}

#[test]
fn published_reports() {
    let Some(directory) = std::env::var_os("NIANSHEN_REPORTS") else {
        eprintln!("NIANSHEN_REPORTS is not set: published reports are not tested");
        return;
    };
    let mut wrong = Vec::new();
    for expected in &REPORTS {
        let bytes = fs::read(find(Path::new(&directory), expected.file)).unwrap();
        let audit = audit(&bytes, &Policy::default());
        wrong.extend(faults(expected, &audit).into_iter().map(|fault| format!("{}: {fault}", expected.file)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn faults(expected: &Expected, audit: &Audit) -> Vec<String> {
    let Some(report) = &audit.report else { return vec!["no report".to_owned()] };
    let mut faults = Vec::new();
    if (report.agency.as_deref(), report.year) != (Some(expected.agency), Some(expected.year)) {
        faults.push(format!("read as {:?} {:?}", report.agency, report.year));
    }
    if audit.verdict != expected.verdict && audit.verdict != Verdict::Compliant {
        faults.push(format!("{:?}", audit.verdict));
    }
    if !report.doubts.is_empty() {
        faults.push(format!("{} doubts", report.doubts.len()));
    }
    let numbers: Vec<_> = report.parts.iter().map(|part| part.number).collect();
    if numbers != [1, 2, 3, 4, 5, 6] {
        faults.push(format!("parts {numbers:?}"));
    }
    let found: Vec<&str> = audit.findings.iter().map(|finding| finding.rule).collect();
    faults.extend(expected.must.iter().filter(|code| !found.contains(code)).map(|code| format!("{code} not found")));
    for finding in &audit.findings {
        let code = finding.rule;
        let unexpected = SETTLED.contains(&code) && !expected.must.contains(&code) && !expected.may.contains(&code);
        if unexpected || expected.must_not.contains(&code) || finding.severity == Severity::Error {
            faults.push(format!("{code} found: {}", finding.message.zh));
        }
    }
    let mut count = 0;
    for at in TableKind::ALL.into_iter().flat_map(TableKind::cells) {
        let is_penalties = at.table == TableKind::ProactiveDisclosure && at.row_id() == "penalties";
        let value = if is_penalties { expected.penalties } else { 0 };
        let read = report.cell(at).and_then(|cell| cell.value.number());
        if read.map(|figure| figure.to_string()) != Some(value.to_string()) {
            faults.push(format!("{}/{}: {read:?}", name(at), at.column_id()));
        }
        count += 1;
    }
    if count != 200 {
        faults.push(format!("{count} cells"));
    }
    faults
}

fn name(at: CellRef) -> String {
    format!("{:?}.{}", at.table, at.row_id())
}

/// A document as it was published, with what a person read in it beside it.
struct Document {
    /// Its file; the `.truth.json` beside it has the same name.
    file: &'static str,
    /// Whether every cell must be read, or may be a doubt, or blank where a conversion lost it.
    exact: bool,
    /// Errors it must yield, and no others.
    errors: &'static [&'static str],
}

const DOCUMENTS: [Document; 4] = [
    Document { file: "hongze_2023.pdf", exact: true, errors: &["DIS001", "DIS001"] },
    Document { file: "shuyang_fgj_2023.html", exact: true, errors: &[] },
    Document { file: "shanghai_office_2019.html", exact: true, errors: &[] },
    Document { file: "shanghai_kewei_2024.md", exact: false, errors: &[] },
];

#[test]
fn published_documents() {
    let Some(directory) = std::env::var_os("NIANSHEN_REPORTS") else {
        eprintln!("NIANSHEN_REPORTS is not set: published documents are not tested");
        return;
    };
    let directory = Path::new(&directory).join("real");
    let mut wrong = Vec::new();
    for document in &DOCUMENTS {
        let audit = audit(&fs::read(directory.join(document.file)).unwrap(), &Policy::default());
        let truth = directory.join(document.file).with_extension("truth.json");
        let truth: serde_json::Value = serde_json::from_slice(&fs::read(truth).unwrap()).unwrap();
        let errors: Vec<&str> =
            audit.findings.iter().filter(|f| f.severity == Severity::Error).map(|finding| finding.rule).collect();
        if errors != document.errors {
            wrong.push(format!("{}: errors {errors:?}", document.file));
        }
        let Some(report) = &audit.report else {
            wrong.push(format!("{}: no report", document.file));
            continue;
        };
        let numbers: Vec<_> = report.parts.iter().map(|part| part.number).collect();
        let title = truth["title"].as_str().map(|title| title.replace(' ', ""));
        if numbers != [1, 2, 3, 4, 5, 6] || report.title.as_ref().map(|title| title.text.clone()) != title {
            wrong.push(format!("{}: parts {numbers:?}, title {:?}", document.file, report.title));
        }
        if document.exact && !report.doubts.is_empty() {
            wrong.push(format!("{}: {} doubts", document.file, report.doubts.len()));
        }
        let printed = truth["as_printed"]["table2"].as_array().filter(|_| truth["year"] == 2019);
        wrong.extend(printed.into_iter().flat_map(|rows| trial(report, rows)));
        for kind in TableKind::ALL {
            let form = kind.form();
            for (row, spec) in form.rows.iter().enumerate() {
                for (column, head) in form.columns.iter().enumerate() {
                    let Some(stated) = truth["tables"][kind.id()][spec.id].get(head.id) else { continue };
                    let read = report.cell(CellRef::new(kind, row, column)).map(|cell| cell.value);
                    let agrees = match read {
                        Some(CellValue::Number(figure)) => {
                            stated.as_str().map_or_else(|| stated.to_string(), str::to_owned) == figure.to_string()
                        }
                        Some(CellValue::Blank) => stated.is_null() || !document.exact,
                        Some(CellValue::Unreadable) | None => !document.exact,
                        Some(CellValue::NotApplicable) => false,
                    };
                    if !agrees {
                        wrong.push(format!("{} {} {}: {read:?}, not {stated}", document.file, spec.id, head.id));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What of the table of part two on the trial form differs from `printed`: labels, each with its figures.
fn trial(report: &Report, printed: &[serde_json::Value]) -> Vec<String> {
    let Some(cells) = report.proactive_disclosure.as_ref().and_then(|table| table.trial.as_ref()) else {
        return vec!["no table of the trial form".to_owned()];
    };
    let mut wrong = Vec::new();
    for (row, spec) in TRIAL.rows.iter().enumerate() {
        let raw = |&column: &u8| cells.cell(row, column.into()).map_or("none", |cell| cell.raw.as_str());
        let read: Vec<&str> = std::iter::once(spec.label).chain(spec.columns.iter().map(raw)).collect();
        let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let stated: Vec<String> = printed[row].as_array().unwrap().iter().map(text).collect();
        if read != stated {
            wrong.push(format!("{read:?}, not {stated:?}"));
        }
    }
    wrong
}

#[test]
fn the_blank_form_is_no_report() {
    let Some(directory) = std::env::var_os("NIANSHEN_REPORTS") else {
        eprintln!("NIANSHEN_REPORTS is not set: the blank form is not tested");
        return;
    };
    let bytes = fs::read(Path::new(&directory).join("real/blank_form.docx")).unwrap();
    let audit = audit(&bytes, &Policy::default());
    let found: Vec<&str> = audit.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!((found.as_slice(), audit.verdict), (&["INB004"][..], Verdict::Unreadable));
    if audit.report.is_some() {
        assert!(audit.findings[0].message.zh.contains("空白"), "{}", audit.findings[0].message.zh);
    }
}
