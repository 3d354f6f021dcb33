//! What was read against what was written.

use std::collections::HashMap;

use nianshen::audit::{Audit, Policy, audit};
use nianshen::finding::Severity;
use nianshen::report::form::TableKind;
use nianshen::report::{Cell, CellRef, CellValue, Report, Table};
use nianshen::text::printable;
use unicode_normalization::UnicodeNormalization;

use crate::generate::layout::Promise;
use crate::generate::tables::{Expect, Expected, Key};
use crate::generate::{Recipe, Sample};

/// The published names of a cell.
pub(crate) fn key_of(cell: CellRef) -> Key {
    (cell.table.id(), cell.row_id(), cell.column_id())
}

/// A report as written and as read.
pub(super) struct Reading {
    pub(super) recipe: Recipe,
    pub(super) sample: Sample,
    pub(super) audit: Audit,
}

/// A cell that was not read as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) key: Key,
    pub(crate) expected: Expect,
    pub(crate) got: String,
    /// Whether the reader said that it could not read the cell.
    pub(crate) doubted: bool,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (table, row, column) = self.key;
        write!(f, "{table} {row} {column}: expected {:?}, got {}", self.expected, self.got)
    }
}

impl Reading {
    pub(super) fn of(recipe: Recipe) -> Self {
        let sample = recipe.sample();
        let audit = audit(&sample.bytes, &Policy::default());
        Self { recipe, sample, audit }
    }

    pub(super) fn report(&self) -> Result<&Report, String> {
        self.audit.report.as_ref().ok_or_else(|| "no report was made out".to_owned())
    }

    pub(super) fn table(&self, id: &str) -> Result<&Table, String> {
        let kind = TableKind::ALL.into_iter().find(|kind| kind.id() == id).unwrap();
        self.report()?.table(kind).ok_or_else(|| format!("table {id} was not found"))
    }

    /// Every cell that was not read as written, in the form's order.
    pub(super) fn differences(&self) -> Vec<Difference> {
        differences(&self.sample.mutated.expected, self.sample.dressed, self.audit.report.as_ref())
    }

    /// Every cell as written; or, where the layout allows no more, right or unreadable.
    pub(super) fn figures_agree(&self) -> Result<(), String> {
        match self.recipe.layout.promise() {
            Promise::Exact => self.exact_outside(|_| false),
            Promise::RightOrDoubt => self.nothing_wrong(),
        }
    }

    /// Every cell right, unreadable, or not there because its table or row was given up, and then a
    /// doubt says so.
    pub(super) fn nothing_wrong(&self) -> Result<(), String> {
        let mut differences = self.differences();
        if !differences.is_empty() && self.report()?.doubts.is_empty() {
            return none_of(&differences);
        }
        differences.retain(|difference| !difference.doubted && difference.got != "no cell");
        none_of(&differences)
    }

    pub(super) fn exact_outside(&self, excepted: impl Fn(&Key) -> bool) -> Result<(), String> {
        let mut differences = self.differences();
        differences.retain(|difference| !excepted(&difference.key));
        none_of(&differences)
    }

    pub(super) fn right_or_unreadable(&self, within: impl Fn(&Key) -> bool) -> Result<(), String> {
        let mut differences = self.differences();
        differences.retain(|difference| within(&difference.key) && !difference.doubted);
        none_of(&differences)
    }

    /// No finding graver than `severity`.
    pub(super) fn nothing_above(&self, severity: Severity) -> Result<(), String> {
        let grave: Vec<String> = self
            .audit
            .findings
            .iter()
            .filter(|finding| finding.severity > severity)
            .map(|finding| format!("{} {}", finding.rule, printable(&finding.message.zh)))
            .collect();
        if grave.is_empty() { Ok(()) } else { Err(format!("{} findings: {}", grave.len(), grave.join(" / "))) }
    }

    /// Agency, year, six parts and five topics.
    pub(super) fn knows_title_and_parts(&self) -> Result<(), String> {
        let report = self.report()?;
        if report.agency.as_ref() != Some(&self.sample.agency.name) {
            return Err(format!("agency {:?}, not {}", report.agency, self.sample.agency.name));
        }
        if report.year.and_then(|year| usize::try_from(year).ok()) != Some(self.sample.year) {
            return Err(format!("year {:?}, not {}", report.year, self.sample.year));
        }
        let parts: Vec<u8> = report.parts.iter().map(|part| part.number).collect();
        if parts != [1, 2, 3, 4, 5, 6] {
            return Err(format!("parts {parts:?}"));
        }
        let topics = report.parts[0].topics.len();
        if topics == 5 { Ok(()) } else { Err(format!("{topics} topics")) }
    }
}

/// Every cell that was not read as it was expected to be. Of `dressed` figures only the value can be compared.
pub(crate) fn differences(expected: &Expected, dressed: bool, report: Option<&Report>) -> Vec<Difference> {
    let mut references: HashMap<Key, CellRef> = HashMap::new();
    for kind in TableKind::ALL {
        let form = kind.form();
        for row in 0..form.rows.len() {
            for column in 0..form.columns.len() {
                let cell = CellRef::new(kind, row, column);
                references.insert(key_of(cell), cell);
            }
        }
    }
    let mut differences = Vec::new();
    for (key, expected) in expected {
        let cell = report.and_then(|report| report.cell(references[key]));
        if !agrees(expected, dressed, cell) {
            differences.push(Difference {
                key: *key,
                expected: expected.clone(),
                got: cell.map_or_else(|| "no cell".to_owned(), |cell| format!("{:?} {:?}", cell.value, cell.raw)),
                doubted: cell.is_some_and(|cell| cell.value == CellValue::Unreadable),
            });
        }
    }
    differences
}

fn agrees(expected: &Expect, dressed: bool, cell: Option<&Cell>) -> bool {
    match (expected, cell) {
        (Expect::Absent, None) => true,
        (Expect::Number(text), Some(cell)) => {
            let value = cell.value.number().is_some_and(|number| number.to_string() == *text);
            value && (dressed || cell.raw == *text)
        }
        (Expect::Blank, Some(cell)) => cell.value == CellValue::Blank,
        (Expect::Mark(mark), Some(cell)) => {
            let folded: String = cell.raw.nfkc().collect();
            cell.value == CellValue::NotApplicable && (cell.raw == *mark || folded == *mark)
        }
        _ => false,
    }
}

fn none_of(differences: &[Difference]) -> Result<(), String> {
    match differences {
        [] => Ok(()),
        [first, ..] => {
            let wrong: Vec<&Difference> = differences.iter().filter(|difference| !difference.doubted).collect();
            let first = wrong.first().copied().unwrap_or(first);
            Err(format!("{} cells wrong, {} unreadable, first {first}", wrong.len(), differences.len() - wrong.len()))
        }
    }
}
