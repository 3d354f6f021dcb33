//! An opened submission: its audit and the cursors in its panes.

use std::sync::Arc;

use crate::audit::{Audit, Unassessed};
use crate::finding::Finding;
use crate::report::form::RowKind;
use crate::report::{CellRef, Doubt, Source, TableKind};
use crate::text::Wording;

use super::Marks;

/// What of a submission is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// Findings.
    #[default]
    Findings,
    /// Parts with their text.
    Parts,
    /// Table of part two.
    Proactive,
    /// Table of part three.
    Requests,
    /// Table of part four.
    Disputes,
    /// The file's own lines.
    Source,
}

impl Tab {
    /// All, in their order.
    pub const ALL: [Self; 6] =
        [Self::Findings, Self::Parts, Self::Proactive, Self::Requests, Self::Disputes, Self::Source];

    /// Its place among the tabs.
    #[must_use]
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|&tab| tab == self).unwrap_or(0)
    }

    /// The table it shows.
    #[must_use]
    pub const fn table(self) -> Option<TableKind> {
        match self {
            Self::Proactive => Some(TableKind::ProactiveDisclosure),
            Self::Requests => Some(TableKind::Requests),
            Self::Disputes => Some(TableKind::Disputes),
            _ => None,
        }
    }

    /// The tab that shows a table.
    #[must_use]
    pub const fn of(table: TableKind) -> Self {
        match table {
            TableKind::ProactiveDisclosure => Self::Proactive,
            TableKind::Requests => Self::Requests,
            TableKind::Disputes => Self::Disputes,
        }
    }
}

/// A place in the source: line and column from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceCursor {
    /// Line.
    pub line: u32,
    /// Column, in characters.
    pub column: u32,
}

/// An entry of the list of findings.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// A finding.
    Finding(&'a Finding),
    /// Something that could not be read with certainty.
    Doubt(&'a Doubt),
    /// A rule that could not be judged.
    Unassessed(&'a Unassessed),
}

impl<'a> Item<'a> {
    /// Its sentence.
    #[must_use]
    pub const fn message(self) -> &'a Wording {
        match self {
            Self::Finding(finding) => &finding.message,
            Self::Doubt(doubt) => &doubt.message,
            Self::Unassessed(unassessed) => &unassessed.why,
        }
    }

    /// The cell it is about.
    #[must_use]
    pub fn cell(self) -> Option<CellRef> {
        match self {
            Self::Finding(finding) => finding.cell.or_else(|| finding.cells.first().copied()),
            Self::Doubt(doubt) => doubt.cells.first().copied(),
            Self::Unassessed(unassessed) => unassessed.cells.first().copied(),
        }
    }

    /// Where it stands.
    #[must_use]
    pub const fn source(self) -> Option<Source> {
        match self {
            Self::Finding(finding) => finding.at,
            Self::Doubt(doubt) => Some(doubt.source),
            Self::Unassessed(_) => None,
        }
    }

    /// Code of its rule.
    #[must_use]
    pub const fn rule(self) -> Option<&'static str> {
        match self {
            Self::Finding(finding) => Some(finding.rule),
            Self::Doubt(_) => None,
            Self::Unassessed(unassessed) => Some(unassessed.rule),
        }
    }
}

/// An opened submission.
#[derive(Debug)]
pub struct Detail {
    /// Path below the inbox.
    pub path: Arc<str>,
    /// Its audit, with what comparing it with others raised.
    pub audit: Arc<Audit>,
    /// Its audit alone.
    pub own: Arc<Audit>,
    /// What comparing it with others raised.
    pub raised: Vec<Finding>,
    /// Whether the file has gone since.
    pub gone: bool,
    /// What is shown.
    pub tab: Tab,
    /// Index of the current item: findings, then doubts, then what was not assessed.
    pub item: usize,
    /// Whether the operator goes from finding to finding: then every pane says which one it is.
    pub following: bool,
    /// The part shown, 1 to 6.
    pub part: u8,
    /// First line of the part's text shown.
    pub part_scroll: usize,
    /// The cell under the cursor of each table, in the order of the tables.
    pub cells: [CellRef; 3],
    /// Where the cursor of the table of part two is on the trial form, if on a cell that only that form has.
    pub trial: Option<(usize, usize)>,
    /// The cursor in the source.
    pub cursor: SourceCursor,
    /// The passage of the source that was jumped to.
    pub focus: Option<Source>,
    /// The cells that findings point at.
    pub marks: Marks,
    /// Every printed cell with its place, in the order of the source.
    pub printed: Vec<(Source, CellRef)>,
}

impl Detail {
    /// The submission at `path`, at its findings.
    #[must_use]
    pub fn new(path: Arc<str>, own: Arc<Audit>, raised: &[Finding]) -> Self {
        let audit = together(&own, raised);
        let mut detail = Self {
            path,
            marks: Marks::of(&audit),
            printed: printed(&audit),
            audit,
            own,
            raised: raised.to_vec(),
            gone: false,
            tab: Tab::default(),
            item: 0,
            following: false,
            part: 1,
            part_scroll: 0,
            cells: TableKind::ALL.map(|kind| CellRef::new(kind, 0, 0)),
            trial: None,
            cursor: SourceCursor { line: 1, column: 1 },
            focus: None,
        };
        detail.home_cursors();
        detail
    }

    /// Takes in a newer audit of the same file; cursors stay where they can.
    pub fn replace(&mut self, own: Arc<Audit>, raised: &[Finding]) {
        let audit = together(&own, raised);
        self.own = own;
        self.raised = raised.to_vec();
        self.marks = Marks::of(&audit);
        self.printed = printed(&audit);
        self.audit = audit;
        self.gone = false;
        self.item = self.item.min(self.items().count().saturating_sub(1));
        self.cursor.line = self.cursor.line.clamp(1, self.line_count());
        self.focus = None;
        self.following = false;
    }

    /// Puts the cursor of each table on its gravest cell.
    fn home_cursors(&mut self) {
        for (at, kind) in TableKind::ALL.into_iter().enumerate() {
            let marked = kind.cells().filter_map(|cell| Some((self.marks.get(cell)?, cell)));
            if let Some((_, cell)) = marked.reduce(|best, next| if next.0 > best.0 { next } else { best }) {
                self.cells[at] = cell;
            }
        }
    }

    /// Findings, then doubts, then what was not assessed.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        let doubts = self.audit.report.iter().flat_map(|report| &report.doubts);
        let findings = self.audit.findings.iter().map(Item::Finding);
        findings.chain(doubts.map(Item::Doubt)).chain(self.audit.unassessed.iter().map(Item::Unassessed))
    }

    /// The current item.
    #[must_use]
    pub fn current(&self) -> Option<Item<'_>> {
        self.items().nth(self.item)
    }

    /// The cell under the cursor of `kind`.
    #[must_use]
    pub const fn cell(&self, kind: TableKind) -> CellRef {
        self.cells[kind as usize]
    }

    /// Lines of the source, at least one.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        u32::try_from(self.audit.lines.len()).unwrap_or(u32::MAX).max(1)
    }

    /// The printed cells on a line of the source.
    pub fn cells_on(&self, line: u32) -> impl Iterator<Item = (Source, CellRef)> {
        let begins = move |source: &Source| {
            let Source { line: first, end_line, .. } = source;
            (*first..=*end_line).contains(&line)
        };
        self.printed.iter().copied().filter(move |(source, _)| begins(source))
    }

    /// The cell at the cursor in the source, or else the first one on its line.
    #[must_use]
    pub fn cell_here(&self) -> Option<CellRef> {
        let mut here = self.cells_on(self.cursor.line);
        let under = here.find(|&(source, _)| self.is_at_cursor(source));
        under.or_else(|| self.cells_on(self.cursor.line).next()).map(|(_, cell)| cell)
    }

    /// Whether the cursor in the source is on a passage; a blank has a place and no characters.
    #[must_use]
    pub fn is_at_cursor(&self, passage: Source) -> bool {
        let (line, column) = (self.cursor.line, self.cursor.column);
        let Source { line: first, column: from, end_line, end_column } = passage;
        let begins = (first, from) <= (line, column);
        begins && ((end_line, end_column) > (line, column) || (first, from) == (line, column))
    }

    /// Index of the first item about something on the line of the cursor in the source.
    #[must_use]
    pub fn item_here(&self) -> Option<usize> {
        let here = |source: Source| {
            let Source { line, end_line, .. } = source;
            (line..=end_line).contains(&self.cursor.line)
        };
        self.items().position(|item| item.source().is_some_and(here))
    }

    /// The passage of the source that the current pane speaks of.
    #[must_use]
    pub fn passage(&self) -> Option<Source> {
        match self.tab {
            Tab::Findings => self.current().and_then(|item| self.source_of(item)),
            Tab::Parts => self.audit.report.as_ref()?.part(self.part).map(|part| part.source),
            Tab::Proactive | Tab::Requests | Tab::Disputes => {
                let kind = self.tab.table()?;
                self.source_of_spot(kind, self.spot(kind))
            }
            Tab::Source => self.focus,
        }
    }

    /// Where an item stands: its own place, or that of its cell.
    #[must_use]
    pub fn source_of(&self, item: Item<'_>) -> Option<Source> {
        item.source().or_else(|| self.source_of_cell(item.cell()?))
    }

    /// Where a cell stands.
    #[must_use]
    pub fn source_of_cell(&self, cell: CellRef) -> Option<Source> {
        self.audit.report.as_ref()?.cell(cell).map(|cell| cell.source)
    }

    /// The rows of a table that have cells: those of the form, and group rows that are printed.
    #[must_use]
    pub fn rows(&self, kind: TableKind) -> Vec<usize> {
        let table = self.audit.report.as_ref().and_then(|report| report.table(kind));
        let rows = kind.form().rows;
        (0..rows.len())
            .filter(|&row| {
                rows[row].kind == RowKind::Value
                    || table.is_some_and(|table| {
                        rows[row]
                            .columns
                            .iter()
                            .any(|&column| table.cell(CellRef::new(kind, row, column as usize)).is_some())
                    })
            })
            .collect()
    }
}

/// An audit with what comparing the submission with others raised.
fn together(own: &Arc<Audit>, raised: &[Finding]) -> Arc<Audit> {
    if raised.is_empty() { Arc::clone(own) } else { Arc::new(own.with_raised(raised)) }
}

/// Every printed cell with its place.
fn printed(audit: &Audit) -> Vec<(Source, CellRef)> {
    let Some(report) = &audit.report else { return Vec::new() };
    let mut cells = Vec::new();
    for table in TableKind::ALL.into_iter().filter_map(|kind| report.table(kind)) {
        let columns = table.kind.form().columns.len();
        for (index, cell) in table.cells.iter().enumerate() {
            if let Some(cell) = cell {
                cells.push((cell.source, CellRef::new(table.kind, index / columns, index % columns)));
            }
        }
    }
    cells.sort();
    cells
}
