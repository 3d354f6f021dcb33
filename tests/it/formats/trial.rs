//! A report on the trial form of 2019 in several formats: its own table of part two is read, published, listed and
//! shown, and rules find in it what is wrong on that form only.

use std::fs;
use std::path::Path;

use nianshen::audit::{Policy, audit};
use nianshen::finding::Severity;
use nianshen::ledger::Event;
use nianshen::report::Edition;
use nianshen::report::form::trial::TRIAL;
use nianshen::text::Lang;
use nianshen::tui::model::Tab;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::complete;
use super::content::{Cell, Content, Piece, Sheet};
use super::page::Design;
use super::{docx, html, ofd, opendocument, page, pdf, rtf, workbook};
use crate::generate::form::HEADINGS;
use crate::generate::rng::Rng;
use crate::program::{json as parsed, nianshen, stdout};
use crate::screens::{dashboard, draw, inbox, press, text};

const ITEMS: [(&str, std::ops::Range<usize>); 5] = [
    ("第二十条第（一）项", 0..2),
    ("第二十条第（五）项", 2..4),
    ("第二十条第（六）项", 4..6),
    ("第二十条第（八）项", 6..7),
    ("第二十条第（九）项", 7..8),
];

const FIGURES: [&[&str]; 8] = [
    &["0", "0", "3"],
    &["13", "12", "168"],
    &["27", "-3", "1205"],
    &["9", "+2", "316"],
    &["41", "0", "77"],
    &["5", "", ""],
    &["8", "-1"],
    &["14", "302.55万元"],
];

/// What is published of them, in the order of the form.
fn expected() -> Value {
    let number = |raw: &str, value: Value| json!({"raw": raw, "kind": "number", "value": value});
    let count = |raw: &str| number(raw, json!(raw.parse::<i64>().unwrap()));
    let blank = || json!({"raw": "", "kind": "blank", "value": null});
    let decisions = |last: &str, change: Value, decisions: Value| json!({"projects_last_year": count(last), "change": change, "decisions": decisions});
    let stock = |made: &str, published: &str, total: &str| {
        json!({"newly_made": count(made), "newly_published": count(published), "published_total": count(total),
            "made": null, "repealed": null, "in_force": null})
    };
    json!({
        "government_rules": stock("0", "0", "3"),
        "normative_documents": stock("13", "12", "168"),
        "licensing": decisions("27", number("-3", json!(-3)), count("1205")),
        "other_services": decisions("9", number("+2", json!(2)), count("316")),
        "penalties": decisions("41", count("0"), count("77")),
        "compulsory_measures": decisions("5", blank(), blank()),
        "fees": {"projects_last_year": count("8"), "change": number("-1", json!(-1)), "amount": null},
        "procurement": {"projects": count("14"),
            "amount": {"raw": "302.55万元", "kind": "number", "value": "302.55", "unit": "万元"}},
    })
}

fn lines() -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    for (item, rows) in ITEMS {
        lines.push(vec![item.to_owned()]);
        let heads = TRIAL.rows[rows.start].columns.iter().map(|&column| TRIAL.columns[usize::from(column)].label);
        lines.push(std::iter::once("信息内容").chain(heads).map(str::to_owned).collect());
        for row in rows {
            let cells = std::iter::once(TRIAL.rows[row].label).chain(FIGURES[row].iter().copied());
            lines.push(cells.map(str::to_owned).collect());
        }
    }
    lines
}

/// The table with the last cell of a short row spread over the rest.
fn sheet() -> Sheet {
    let lines = lines();
    let mut cells = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        for (column, text) in line.iter().enumerate() {
            let column_span = if column + 1 == line.len() { 4 - column } else { 1 };
            let figure = column > 0 && line[0] != "信息内容";
            cells.push(Cell { row, column, row_span: 1, column_span, text: text.clone(), figure, key: None });
        }
    }
    Sheet { part: 2, rows: lines.len(), columns: 4, cells }
}

/// A sentence of the trial report for one of the faultless report on the form in force.
fn aged(text: &str) -> String {
    text.replace("2024", "2020").replace("〔2021〕30号", "〔2019〕60号").replace(
        "重要文件都配有问答式解读。",
        "重要文件都配有问答式解读。全年制发行政规范性文件13件，作出行政处罚决定77件，办理行政许可1205件。",
    )
}

fn content() -> Content {
    let aged = |piece| match piece {
        Piece::Title(text) => Piece::Title(aged(&text)),
        Piece::Paragraph(text) => Piece::Paragraph(aged(&text)),
        Piece::Table(table) if table.part == 2 => Piece::Table(sheet()),
        other => other,
    };
    Content { pieces: complete::content().pieces.into_iter().map(aged).collect() }
}

fn typed(line: impl Fn(&[String]) -> String) -> String {
    let aged = aged(complete::TEXT);
    let (before, rest) = aged.split_once(HEADINGS[1]).unwrap();
    let behind = &rest[rest.find(HEADINGS[2]).unwrap()..];
    let table: String = lines().iter().map(|cells| line(cells) + "\n").collect();
    format!("{before}{}\n{table}{behind}", HEADINGS[1])
}

/// The report in the formats that show which cell is which.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let (content, mut rng) = (content(), Rng::new(7));
    let design = Design::draw(&mut rng);
    let pages = page::lay_out(&content, design);
    vec![
        ("piped.txt", typed(|cells| format!("| {} |", cells.join(" | "))).into_bytes()),
        ("tabs.txt", typed(|cells| cells.join("\t")).into_bytes()),
        ("clean.html", html::render(&content, html::Manner::Clean, &mut rng).into_bytes()),
        ("word.html", html::render(&content, html::Manner::Word, &mut rng).into_bytes()),
        ("site.html", html::render(&content, html::Manner::Site, &mut rng).into_bytes()),
        ("cut.html", html::render(&content, html::Manner::Cut, &mut rng).into_bytes()),
        ("joined.html", html::render(&content, html::Manner::Joined, &mut rng).into_bytes()),
        ("plain.docx", docx::render(&content, docx::Manner::Plain, &mut rng)),
        ("fine.docx", docx::render(&content, docx::Manner::FineGrid, &mut rng)),
        ("wps.docx", docx::render(&content, docx::Manner::Wps, &mut rng)),
        ("text.odt", opendocument::text(&content, &mut rng)),
        ("sheets.xlsx", workbook::render(&content, workbook::Manner::Text)),
        ("bytes.rtf", rtf::render(&content, rtf::Chinese::Bytes)),
        ("ruled.pdf", pdf::render(&pages, design, pdf::Paint::with(pdf::Font::UniGb), &mut rng)),
        ("ruled.ofd", ofd::render(&pages, design, ofd::Spacing::Counted)),
    ]
}

fn show(bytes: &[u8], options: &[&str]) -> std::process::Output {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("报告");
    fs::write(&path, bytes).unwrap();
    nianshen().arg("show").args(options).arg(path).output().unwrap()
}

/// The cells without their places, each of which there must be.
fn without_places(mut cells: Value) -> Value {
    for cell in cells.as_object_mut().unwrap().values_mut().flat_map(|row| row.as_object_mut().unwrap().values_mut()) {
        if let Some(cell) = cell.as_object_mut() {
            assert!(cell.remove("at").is_some_and(|at| at.is_object()));
        }
    }
    cells
}

#[test]
fn every_printed_cell_is_published_under_its_name() {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/export/schema/show.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, bytes) in files() {
        let document = parsed(&show(&bytes, &["--format", "json"]));
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{name}");
        let table = &document["tables"]["proactive_disclosure"];
        assert_eq!((&document["edition"], &table["edition"]), (&json!("2019"), &json!("2019")), "{name}");
        assert_eq!(without_places(table["cells"].clone()), expected(), "{name}");
        for key in ["missing", "renamed", "extra"] {
            assert_eq!(table[key], json!([]), "{name} {key}");
        }
        assert_eq!(document["doubts"], json!([]), "{name}");
    }
}

#[test]
fn the_form_in_force_is_published_as_it_was() {
    let document = parsed(&show(complete::TEXT.as_bytes(), &["--format", "json"]));
    let table = &document["tables"]["proactive_disclosure"];
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(
        keys(&table["cells"]),
        "compulsory_measures fees government_rules licensing normative_documents penalties"
    );
    let rows: Vec<String> = table["cells"].as_object().unwrap().values().map(keys).collect();
    let stock = "in_force made repealed";
    assert_eq!(rows, ["decisions", "amount", stock, "decisions", stock, "decisions"]);
    assert_eq!(table["edition"], "2021");
}

#[test]
fn rules_find_what_is_wrong_on_that_form_only() {
    for (name, bytes) in files() {
        let read = audit(&bytes, &Policy::default());
        let report = read.report.as_ref().unwrap();
        assert_eq!(report.edition, Some(Edition::Trial2019), "{name}");
        let about = |rule: &str| rule.starts_with("PRO") || rule.starts_with("STR");
        let found = read.findings.iter().filter(|f| f.severity != Severity::Note || about(f.rule));
        let mut found: Vec<_> = found.map(|finding| (finding.rule, finding.severity)).collect();
        found.sort_unstable();
        // The two cells left blank, and the rules that a county's bureau has published.
        assert_eq!(
            found,
            [("PRO002", Severity::Warning), ("PRO003", Severity::Warning)],
            "{name}: {:?}",
            read.findings
        );
    }
}

#[test]
fn the_table_is_listed_and_shown() {
    let report = typed(|cells| cells.join("\t"));
    let listed = stdout(&show(report.as_bytes(), &["--lang", "zh"]));
    let events =
        vec![Event::audited("青溪县数据局.txt", inbox::at(1, 12), audit(report.as_bytes(), &Policy::default()))];
    let mut model = dashboard(Lang::Zh, (120, 36), events);
    press(&mut model, "<enter>3");
    let shown = text(&draw(&model));
    for screen in [&listed, &shown] {
        for (row, figures) in TRIAL.rows.iter().zip(FIGURES) {
            let line = screen.lines().find(|line| line.trim_start_matches(['▌', ' ']).starts_with(row.label));
            let line = line.unwrap_or_else(|| panic!("no {} in\n{screen}", row.label));
            let plain = |figure: &&&str| !figure.is_empty();
            for figure in figures.iter().filter(plain) {
                let figure = if std::ptr::eq(screen, &listed) { figure.trim_start_matches('+') } else { figure };
                assert!(line.contains(figure), "no {figure} in {line}");
            }
        }
        for head in TRIAL.columns {
            assert!(screen.contains(head.label), "no {} in\n{screen}", head.label);
        }
        assert!(!screen.contains("现行有效件数"), "{screen}");
    }
    let mut english = dashboard(Lang::En, (80, 24), Vec::new());
    let events = vec![Event::audited("a.txt", inbox::at(1, 12), audit(report.as_bytes(), &Policy::default()))];
    nianshen::tui::update(&mut english, nianshen::tui::Message::Inbox(events));
    press(&mut english, "<enter>3");
    assert!(text(&draw(&english)).contains("Other public services"));
}

#[test]
fn the_cursor_goes_over_every_cell_and_each_leads_to_its_source_and_back() {
    let report = typed(|cells| cells.join("\t"));
    let events = vec![Event::audited("a.txt", inbox::at(1, 12), audit(report.as_bytes(), &Policy::default()))];
    let mut model = dashboard(Lang::Zh, (120, 36), events);
    press(&mut model, "<enter>3g");
    for (row, figures) in FIGURES.into_iter().enumerate() {
        for (column, figure) in figures.iter().enumerate() {
            let detail = model.detail.as_ref().unwrap();
            let kind = TRIAL.kind;
            let spot = detail.spot(kind);
            assert_eq!(detail.grid(kind)[row][column], spot);
            let table = detail.audit.report.as_ref().unwrap().table(kind).unwrap();
            let raw = spot.cell(table).unwrap().raw.clone();
            assert_eq!(raw.trim_start_matches('+'), figure.trim_start_matches('+'));
            let at = usize::from(TRIAL.rows[row].columns[column]);
            // A count of decisions bears its name on the form in force.
            let heading = format!("{} · ", TRIAL.rows[row].label);
            let screen = text(&draw(&model));
            let line = screen.lines().find(|line| line.starts_with("── ") && line.contains(&heading));
            let line = line.unwrap_or_else(|| panic!("no {heading} in\n{screen}"));
            let column = if TRIAL.columns[at].id == "decisions" { "决定" } else { TRIAL.columns[at].label };
            assert!(line.contains(column) && line.contains(&raw) && line.contains("行"), "{line}");
            press(&mut model, "<enter>");
            let detail = model.detail.as_ref().unwrap();
            assert_eq!(detail.focus, detail.source_of_spot(kind, spot), "{heading}");
            press(&mut model, "<enter>");
            // Blanks at the end of a line have one place.
            let back = model.detail.as_mut().unwrap();
            assert!(back.tab == Tab::Proactive && (back.spot(kind) == spot || raw.is_empty()), "{heading}");
            back.put(spot);
            press(&mut model, "<right>");
        }
        press(&mut model, "<down>");
        press(&mut model, &"<left>".repeat(figures.len()));
    }
}
