//! Generated reports as documents with known cells, their tables cut, refined, torn and merged.
//!
//! `NIANSHEN_CASES` sets the number of reports per property, `NIANSHEN_SEED` replays one seed, `NIANSHEN_FAILURES` names a
//! directory for the first failing report.

mod deform;

use std::collections::HashMap;

use nianshen::audit::{Audit, Policy, audit_document};
use nianshen::document::{Builder, Fingerprint, Format, Role};
use nianshen::finding::Severity;
use nianshen::report::form::TableKind;
use nianshen::report::{CellRef, CellValue};

use crate::generate::layout::{Layout, grid};
use crate::generate::mutate::Mutation;
use crate::generate::rng::Rng;
use crate::generate::tables::{Expect, Key};
use crate::generate::{Draft, Recipe};
use deform::Sheet;

/// What is done to the tables.
#[derive(Clone, Copy, Debug, Default)]
struct Deformation {
    refined: bool,
    empty_column: bool,
    cuts: usize,
    torn: bool,
    headless: bool,
    merged: bool,
    /// One table for the whole report: headings and sentences are rows of it.
    whole: bool,
    /// Tables that are none of the form's, before and between.
    foreign: bool,
}

fn tables(draft: &Draft, how: Deformation, rng: &mut Rng) -> [Vec<Sheet>; 3] {
    let sheets = [
        Sheet::of(&grid::disclosure(&draft.tables), 2),
        Sheet::of(&grid::requests(&draft.tables, rng), 3),
        Sheet::of(&grid::disputes(&draft.tables, rng), 3),
    ];
    let mut index = 0;
    sheets.map(|sheet| {
        index += 1;
        let mut sheet = sheet;
        if how.merged {
            sheet = sheet.with_merged_figures(rng);
        }
        if how.empty_column && index == 2 {
            sheet = sheet.with_empty_column(rng);
        }
        if how.headless && index == 2 {
            sheet = sheet.without_header();
        }
        let cuts = if index == 3 { how.cuts.min(1) } else { how.cuts };
        let pages = if cuts > 0 { sheet.pages(rng, cuts, how.torn && index == 2) } else { vec![sheet] };
        pages.into_iter().map(|page| if how.refined { page.refined(rng) } else { page }).collect()
    })
}

fn document(draft: &Draft, how: Deformation) -> nianshen::document::Document {
    let mut rng = draft.rng.fork("sheets");
    let mut tables = tables(draft, how, &mut rng).into_iter();
    let mut builder = Builder::default();
    let mut put = |builder: &mut Builder, sheet: Sheet| {
        let number = builder.next_table();
        builder.table(sheet.cells(number));
    };
    let mut whole: Option<Sheet> = None;
    let mut say = |builder: &mut Builder, whole: &mut Option<Sheet>, text: &str| {
        if how.whole {
            let line = Sheet::line(text);
            *whole = Some(match whole.take() {
                None => line,
                Some(above) => above.above(line),
            });
        } else {
            builder.paragraph(text, Role::Paragraph);
        }
    };
    if how.foreign {
        let row = |a: &str, b: &str| Sheet::line(a).beside(Sheet::line(b));
        put(&mut builder, row("索引号", "000014349/2024-00001").above(row("主题分类", "政务公开")));
    }
    for line in &draft.title {
        say(&mut builder, &mut whole, line);
    }
    for paragraph in &draft.prose.preamble {
        say(&mut builder, &mut whole, paragraph);
    }
    for (part, heading) in draft.prose.headings.iter().enumerate() {
        say(&mut builder, &mut whole, heading);
        for paragraph in &draft.prose.parts[part] {
            say(&mut builder, &mut whole, paragraph);
        }
        if how.foreign && part == 0 {
            let row = |a: &str, b: &str| Sheet::line(a).beside(Sheet::line(b));
            put(&mut builder, row("行政处罚信息", "312条").above(row("政策解读", "15条")));
        }
        if (1..=3).contains(&part) {
            for sheet in tables.next().unwrap() {
                match whole.take() {
                    Some(above) => whole = Some(above.above(sheet)),
                    None => put(&mut builder, sheet),
                }
            }
            for paragraph in &draft.prose.after_table[part - 1] {
                say(&mut builder, &mut whole, paragraph);
            }
        }
    }
    if let Some(sheet) = whole {
        put(&mut builder, sheet);
    }
    builder.finish(Format::Docx, None)
}

/// The cells that were not read as written: wrong ones, and ones said to be unreadable or not there.
fn differences(draft: &Draft, audit: &Audit) -> (Vec<String>, Vec<String>) {
    let mut references: HashMap<Key, CellRef> = HashMap::new();
    for kind in TableKind::ALL {
        let form = kind.form();
        for (row, spec) in form.rows.iter().enumerate() {
            for (column, head) in form.columns.iter().enumerate() {
                references.insert((kind.id(), spec.id, head.id), CellRef::new(kind, row, column));
            }
        }
    }
    let report = audit.report.as_ref().unwrap();
    let (mut wrong, mut open) = (Vec::new(), Vec::new());
    for (key, expected) in &draft.mutated.expected {
        let cell = report.cell(references[key]);
        let value = cell.map(|cell| cell.value);
        let agrees = match (expected, value) {
            (Expect::Absent, None) => true,
            (Expect::Number(text), Some(CellValue::Number(figure))) => figure.to_string() == *text,
            (Expect::Blank, Some(CellValue::Blank)) | (Expect::Mark(_), Some(CellValue::NotApplicable)) => true,
            _ => false,
        };
        if agrees {
            continue;
        }
        let what = format!("{key:?}: expected {expected:?}, got {:?}", cell.map(|cell| (&cell.value, &cell.raw)));
        match value {
            Some(CellValue::Unreadable) | None => open.push(what),
            Some(_) => wrong.push(what),
        }
    }
    (wrong, open)
}

/// Runs `property` on reports in which one thing is changed.
fn each(how: fn(&mut Rng) -> Deformation, mutations: &[Mutation], exact: bool) {
    let cases: u64 = std::env::var("NIANSHEN_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    let replayed: Option<u64> = std::env::var("NIANSHEN_SEED").ok().and_then(|text| text.parse().ok());
    let mut failures: Vec<String> = Vec::new();
    let mut first_failing = None;
    for &mutation in mutations {
        for seed in replayed.map_or(0..cases, |seed| seed..seed + 1) {
            let draft = Recipe::new(Layout::Tabs, seed).mutation(mutation).draft();
            let how = how(&mut draft.rng.fork("deformation"));
            let document = document(&draft, how);
            let audit = audit_document("", Some(&Fingerprint::of(b"")), Ok(document.clone()), &Policy::default());
            let report = audit.report.as_ref().unwrap();
            let (wrong, open) = differences(&draft, &audit);
            let mut found: Vec<String> = Vec::new();
            let mut say =
                |what: String| found.push(format!("{mutation:?} {seed} ({}) {how:?}: {what}", draft.mutated.what));
            if let Some(first) = wrong.first() {
                say(format!("{} wrong, {first}", wrong.len()));
            } else if exact && !open.is_empty() {
                say(format!(
                    "{} open, {}; {:?}",
                    open.len(),
                    open[0],
                    report.doubts.first().map(|doubt| &doubt.message.zh)
                ));
            } else if exact && !report.doubts.is_empty() {
                say(format!("{} doubts", report.doubts.len()));
            } else if !open.is_empty() && report.doubts.is_empty() {
                say(format!("{} lost without a doubt, {}", open.len(), open[0]));
            }
            let parts: Vec<u8> = report.parts.iter().map(|part| part.number).collect();
            if parts != [1, 2, 3, 4, 5, 6] || report.agency.as_ref() != Some(&draft.agency.name) {
                say(format!("parts {parts:?}, agency {:?}", report.agency));
            }
            failures.append(&mut found);
            if !failures.is_empty() && first_failing.is_none() {
                first_failing = Some(document);
            }
            if exact && mutation == Mutation::Nothing {
                let grave = audit.findings.iter().filter(|finding| finding.severity > Severity::Note);
                failures.extend(grave.map(|finding| format!("{seed} {how:?} {} {}", finding.rule, finding.message.zh)));
            }
        }
    }
    if let (true, Some(directory)) = (first_failing.is_some(), std::env::var_os("NIANSHEN_FAILURES")) {
        let text: Vec<String> = first_failing
            .iter()
            .flat_map(|d| d.lines().into_iter().map(|l| l.into_owned() + "\n").collect::<Vec<_>>())
            .collect();
        std::fs::write(std::path::Path::new(&directory).join("grid.txt"), text.concat()).unwrap();
    }
    let shown: Vec<&str> = failures.iter().take(12).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), shown.join("\n"));
}

const ALL: [Mutation; 11] = [
    Mutation::Nothing,
    Mutation::Blank,
    Mutation::Mark,
    Mutation::DeleteRow,
    Mutation::ExtraRow,
    Mutation::RenameRow,
    Mutation::CollapseGroup,
    Mutation::Unit,
    Mutation::MarkedRow,
    Mutation::BlankColumns,
    Mutation::ChangeFigure,
];

#[test]
fn sound_grids_are_read_exactly() {
    each(
        |rng| Deformation {
            refined: rng.chance(50),
            whole: rng.chance(20),
            foreign: rng.chance(30),
            ..Deformation::default()
        },
        &ALL,
        true,
    );
}

#[test]
fn tables_cut_by_pages_are_read_exactly() {
    each(
        |rng| Deformation {
            refined: rng.chance(50),
            cuts: rng.between(1, 3),
            foreign: rng.chance(20),
            ..Deformation::default()
        },
        &ALL,
        true,
    );
}

#[test]
fn columns_that_are_none_change_nothing() {
    each(|rng| Deformation { refined: rng.chance(50), empty_column: true, ..Deformation::default() }, &ALL, true);
}

#[test]
fn torn_rows_and_lost_headers_give_no_wrong_figure() {
    each(
        |rng| Deformation {
            refined: rng.chance(50),
            cuts: rng.between(1, 3),
            torn: true,
            headless: rng.chance(30),
            empty_column: rng.chance(20),
            ..Deformation::default()
        },
        &ALL,
        false,
    );
}

#[test]
fn merged_figures_are_never_read_as_one_of_them() {
    each(
        |rng| Deformation { refined: rng.chance(50), merged: true, cuts: rng.below(2), ..Deformation::default() },
        &ALL,
        false,
    );
}
