//! What was read of a file against what was read of the text form, and against what was written.

use std::collections::BTreeMap;

use nianshen::audit::{Audit, Place, Policy, audit};
use nianshen::report::form::TableKind;
use nianshen::report::{CellValue, Report};

use super::content::Content;
use super::page::{Page, Placed};
use super::shape::{Shape, Stands, Written};
use crate::generate::tables::{Expect, Key};
use crate::generate::{Draft, Recipe};
use crate::reading::compare::{differences, key_of};

/// What the promise names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Promise {
    /// The 200 cells.
    Cells,
    /// Title, agency, year, period, parts, their text, and the figures stated in it.
    Parts,
    /// Verdict, findings and doubts.
    Findings,
    /// Where every cell stands.
    Places,
}

/// What was promised and not kept, each with its first instance.
pub(crate) type Faults = BTreeMap<Promise, String>;

/// Writes a report in `shape`, reads it, and holds it against its text form.
pub(crate) fn faults(shape: Shape, recipe: Recipe) -> (Written, Faults) {
    let draft = recipe.draft();
    let written = shape.write(&draft);
    let read = audit(&written.bytes, &Policy::default());
    let faults = compare(shape, &draft, &written.stands, &read);
    (written, faults)
}

/// Holds what was read of a file against the text form of the same report.
pub(crate) fn compare(shape: Shape, draft: &Draft, stands: &Stands, read: &Audit) -> Faults {
    let text = audit(Content::of(draft).text().as_bytes(), &Policy::default());
    let mut faults = Faults::new();
    if read.report.is_none() {
        let why = read.findings.first().map_or("", |finding| finding.message.en.as_ref());
        return Faults::from([(Promise::Cells, format!("no report: {why}"))]);
    }
    let mut note = |promise, fault: Result<(), String>| {
        if let Err(fault) = fault {
            faults.insert(promise, fault);
        }
    };
    let leaves_blanks = draft.mutated.expected.values().any(|expect| *expect == Expect::Blank);
    let exact = shape.shows_blanks() || !leaves_blanks;
    note(Promise::Cells, cells(draft, shape.dresses(), exact, read));
    note(Promise::Parts, parts(&text, read));
    if exact {
        note(Promise::Findings, findings(shape.may_differ(), &text, read));
    }
    note(Promise::Places, places(draft, stands, exact, read));
    faults
}

/// Every cell as written; or, where that cannot be seen, as written or unreadable, and then a doubt says so.
fn cells(draft: &Draft, dressed: bool, exact: bool, read: &Audit) -> Result<(), String> {
    let dressed = dressed || draft.tables.dressed;
    let differences = differences(&draft.mutated.expected, dressed, read.report.as_ref());
    let doubted = read.report.as_ref().is_some_and(|report| !report.doubts.is_empty());
    if !exact && doubted && differences.iter().all(|difference| difference.doubted) {
        return Ok(());
    }
    let Some(first) = differences.first() else { return Ok(()) };
    let unreadable = differences.iter().filter(|difference| difference.doubted).count();
    let wrong: Vec<_> = differences
        .iter()
        .filter(|difference| !difference.doubted && difference.got != "no cell")
        .map(ToString::to_string)
        .collect();
    Err(format!(
        "{} cells differ: {} wrong, {unreadable} unreadable; {}",
        differences.len(),
        wrong.len(),
        wrong.first().unwrap_or(&first.to_string())
    ))
}

/// The first of two lists of facts in which they differ.
pub(crate) fn same(what: &str, text: &[String], read: &[String]) -> Result<(), String> {
    if text == read {
        return Ok(());
    }
    let gone: Vec<&String> = text.iter().filter(|fact| !read.contains(fact)).collect();
    let new: Vec<&String> = read.iter().filter(|fact| !text.contains(fact)).collect();
    let (Some(first), Some(other)) = (gone.first(), new.first()) else {
        return Err(format!("{what}: not read {gone:?}, read besides {new:?}"));
    };
    // Long facts differ in little: what they have in common at the beginning is left out.
    let common = first.chars().zip(other.chars()).take_while(|(a, b)| a == b).count().saturating_sub(20);
    let cut = |fact: &str| fact.chars().skip(common).take(160).collect::<String>();
    Err(format!(
        "{what}: {} not read, such as {:?}; {} read instead, such as {:?}",
        gone.len(),
        cut(first),
        new.len(),
        cut(other)
    ))
}

/// Title, agency, year, period, parts and claims.
pub(crate) fn parts(text: &Audit, read: &Audit) -> Result<(), String> {
    let facts = |audit: &Audit| audit.report.as_ref().map(of_parts).unwrap_or_default();
    same("parts", &facts(text), &facts(read))?;
    let claims = |audit: &Audit| audit.report.as_ref().map(of_claims).unwrap_or_default();
    same("claims", &claims(text), &claims(read))
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn of_parts(report: &Report) -> Vec<String> {
    let mut facts = vec![
        format!("title {:?}", report.title.as_ref().map(|title| bare(&title.text))),
        format!("agency {:?}, year {:?}, edition {:?}", report.agency, report.year, report.edition),
        format!("period {:?}", report.period.as_ref().map(|period| (period.from, period.to, period.damaged))),
    ];
    for part in &report.parts {
        facts.push(format!("part {} {:?} {:?} {:?}", part.number, part.ordinal, part.heading, part.wording));
        let topics: Vec<_> = part.topics.iter().map(|seen| (seen.topic, seen.headed)).collect();
        facts.push(format!("part {} topics {topics:?}", part.number));
        facts.push(format!("part {} text {:?}", part.number, bare(&part.text)));
    }
    facts
}

fn of_claims(report: &Report) -> Vec<String> {
    report.claims.iter().map(|claim| format!("{:?} {:?} {}", claim.kind, claim.value, claim.approximate())).collect()
}

/// Verdict, findings and doubts; findings of the rules `aside` are not looked at.
pub(crate) fn findings(aside: &[&str], text: &Audit, read: &Audit) -> Result<(), String> {
    let facts = |audit: &Audit| {
        let findings = audit.findings.iter().filter(|finding| !aside.contains(&finding.rule));
        let mut facts: Vec<String> = findings
            .map(|finding| {
                let likely = finding.likely.as_ref().map(|likely| (key_of(likely.cell), likely.value.to_string()));
                format!(
                    "{} {:?} part {:?} cell {:?} cells {:?} {} / {} / {:?} {:?} likely {likely:?}",
                    finding.rule,
                    finding.severity,
                    finding.part,
                    finding.cell.map(key_of),
                    finding.cells.iter().map(|&cell| key_of(cell)).collect::<Vec<_>>(),
                    finding.message.zh,
                    finding.message.en,
                    finding.expected,
                    finding.actual,
                )
            })
            .collect();
        facts.sort();
        let doubts = audit.report.iter().flat_map(|report| &report.doubts);
        facts.extend(doubts.map(|doubt| format!("doubt: {}", doubt.message.en)));
        facts.push(format!("{:?}", audit.verdict));
        facts
    };
    same("findings", &facts(text), &facts(read))
}

fn places(draft: &Draft, stands: &Stands, exact: bool, read: &Audit) -> Result<(), String> {
    let Some(report) = &read.report else { return Ok(()) };
    for at in TableKind::ALL.into_iter().flat_map(TableKind::cells) {
        let key = key_of(at);
        let Some(cell) = report.cell(at) else { continue };
        if draft.mutated.expected.get(&key) == Some(&Expect::Absent) {
            continue;
        }
        // What is in doubt has the place of its row; a blank that cannot be seen has none of its own.
        if !exact && matches!(cell.value, CellValue::Unreadable | CellValue::Blank) {
            continue;
        }
        let place = read.places.at(cell.source);
        let fault = match stands {
            Stands::InSomeCell => match place {
                Place::Cell { .. } => None,
                _ => Some("not a cell".to_owned()),
            },
            Stands::InCells(cells) => {
                (place != expected_cell(cells[&key])).then(|| format!("it stands in {:?}", cells[&key]))
            }
            Stands::OnPages(pages) => on_page(pages, key, place),
        };
        if let Some(fault) = fault {
            return Err(format!("{key:?} is said to stand at {place:?}: {fault}"));
        }
    }
    Ok(())
}

const fn expected_cell((table, row, cell): (u32, u32, u32)) -> Place {
    Place::Cell { table, row, cell }
}

/// What is wrong with a place on a page: it must lie on the right page, within it, around the characters of its
/// cell and of no other.
fn on_page(pages: &[Page], key: Key, place: Place) -> Option<String> {
    let Place::Page { page, area } = place else { return Some("not a page".to_owned()) };
    let stands = |page: &&Page| page.cells.iter().any(|placed| placed.key == key);
    let number = pages.iter().position(|page| stands(&page)).unwrap();
    let placed: &Placed = pages[number].cells.iter().find(|placed| placed.key == key).unwrap();
    if page as usize != number + 1 {
        return Some(format!("it stands on page {}", number + 1));
    }
    if area.left >= area.right || area.top >= area.bottom {
        return Some("the box is empty".to_owned());
    }
    let area = super::page::Area { left: area.left, top: area.top, right: area.right, bottom: area.bottom };
    if let Some(glyphs) = placed.glyphs {
        let (x, y) = glyphs.centre();
        if !area.holds(x, y) {
            return Some(format!("its characters stand in {glyphs:?}"));
        }
    } else {
        let (x, y) = area.centre();
        if !placed.cell.holds(x, y) {
            return Some(format!("the blank is {:?}", placed.cell));
        }
    }
    let foreign = pages[number].cells.iter().filter(|other| other.key != key).find(|other| {
        other.glyphs.is_some_and(|glyphs| {
            let (x, y) = glyphs.centre();
            area.holds(x, y)
        })
    });
    foreign.map(|other| format!("the box holds {:?} as well", other.key))
}
