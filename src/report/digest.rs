//! What of a report is compared with other reports: last year's, another agency's, an earlier version. Figures and
//! sentences with their places, and nothing of what only the rules for one file look at.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Bound, CellRef, CellValue, ClaimKind, Edition, Figure, Report, Source, TableKind};

/// The comparable content of one report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Digest {
    /// Full name of the agency as the title gives it.
    pub agency: Option<String>,
    /// Where the title stands.
    pub title: Option<Source>,
    /// The year reported on.
    pub year: Option<i32>,
    /// Edition of the form its tables follow.
    pub edition: Option<Edition>,
    /// Every cell that is printed, in the form's order. One that is in doubt counts as unreadable: nothing is judged by it.
    pub cells: Vec<(CellRef, CellValue, Source)>,
    /// Which of the three tables were found, in the form's order.
    pub tables: [bool; 3],
    /// Figures stated in the prose, in the order they stand.
    pub stated: Vec<Stated>,
    /// The running text, a sentence each, tables left out.
    pub passages: Vec<Passage>,
    /// Whether a recognition program read the report, or its title, from pictures of pages. Then nothing else but whose
    /// it is stands here: with what may be misread nothing is compared. Where it read only other pages, what stands on
    /// these is left out.
    pub recognised: bool,
}

/// A figure stated in the prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// What it counts.
    pub kind: ClaimKind,
    /// The figure.
    pub value: Figure,
    /// The unit printed.
    pub unit: Option<String>,
    /// How exact it says it is.
    pub bound: Bound,
    /// Where it stands.
    pub source: Source,
}

/// A sentence of the prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The part it stands in; 0 before part one.
    pub part: u8,
    /// Its text after NFKC, blanks inside Chinese removed.
    pub text: String,
    /// Where it stands.
    pub source: Source,
}

impl Digest {
    /// The comparable content of `report`.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let is_read = |source: Source| report.recognised.touches(source);
        if report.recognised.is_any() && report.title.as_ref().is_none_or(|title| is_read(title.source)) {
            return Self {
                agency: report.agency.clone(),
                year: report.year,
                title: report.title.as_ref().map(|title| title.source),
                edition: report.edition,
                recognised: true,
                ..Self::default()
            };
        }
        let doubted: BTreeSet<CellRef> = report.doubts.iter().flat_map(|doubt| doubt.cells.iter().copied()).collect();
        let value = |at: &CellRef, value, source| {
            if doubted.contains(at) || is_read(source) { CellValue::Unreadable } else { value }
        };
        let printed = |kind: TableKind| {
            let table = report.table(kind)?;
            let rows = kind.form().rows.len();
            let columns = kind.form().columns.len();
            let all = (0..rows).flat_map(move |row| (0..columns).map(move |column| CellRef::new(kind, row, column)));
            Some(all.filter_map(move |at| table.cell(at).map(|cell| (at, cell.value, cell.source))))
        };
        Self {
            agency: report.agency.clone(),
            year: report.year,
            title: report.title.as_ref().map(|title| title.source),
            edition: report.edition,
            cells: TableKind::ALL
                .into_iter()
                .filter_map(printed)
                .flatten()
                .map(|(at, printed, source)| (at, value(&at, printed, source), source))
                .collect(),
            tables: TableKind::ALL.map(|kind| report.table(kind).is_some()),
            stated: report
                .claims
                .iter()
                .filter(|claim| !is_read(claim.source))
                .map(|claim| Stated {
                    kind: claim.kind,
                    value: claim.value,
                    unit: claim.unit.clone(),
                    bound: claim.bound,
                    source: claim.source,
                })
                .collect(),
            passages: report
                .prose
                .iter()
                .filter(|sentence| !is_read(sentence.source(0..0)))
                .map(|sentence| Passage {
                    part: sentence.part,
                    text: sentence.text.clone(),
                    source: sentence.source(0..0),
                })
                .collect(),
            recognised: false,
        }
    }

    /// What the cell at `at` prints; `None` if it is not printed.
    #[must_use]
    pub fn value(&self, at: CellRef) -> Option<CellValue> {
        self.cell(at).map(|&(_, value, _)| value)
    }

    /// The figure at `at`; `None` if it is not printed, blank, a mark or unreadable.
    #[must_use]
    pub fn figure(&self, at: CellRef) -> Option<Figure> {
        self.value(at)?.number()
    }

    /// Where the cell at `at` stands.
    #[must_use]
    pub fn source(&self, at: CellRef) -> Option<Source> {
        self.cell(at).map(|&(_, _, source)| source)
    }

    fn cell(&self, at: CellRef) -> Option<&(CellRef, CellValue, Source)> {
        let index = self.cells.binary_search_by_key(&at, |&(at, _, _)| at).ok()?;
        self.cells.get(index)
    }
}
