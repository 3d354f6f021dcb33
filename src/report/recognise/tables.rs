//! The three tables: found, aligned with the form, and refereed by arithmetic.
//!
//! One alignment reads every layout:
//!
//! ```text
//! regions ──► tokens ──► labels ──► assign ──► readings ──► referee ──► builder
//! where the   characters which      which      what a row   which       cells,
//! tables      of labels, characters values     may mean     reading     rows,
//! stand       values     are which  are which               fits        doubts
//!                        label      row's
//! ```
//!
//! Three witnesses speak: labels (which row), counts (how many values) and arithmetic (which reading). A row
//! on which labels and counts agree is read as it stands, right or wrong. Where they leave several readings,
//! arithmetic decides or the cells stay unreadable, and a doubt says why.
//!
//! Where the file says what its cells are, [`grid`] reads them as they are. Its rendering is read like any other
//! text only where the grid holds no such table, or leaves doubts that arithmetic over the text can settle.

mod assign;
mod builder;
mod cells;
mod confirm;
mod cost;
mod edition;
mod grid;
mod head;
mod labels;
mod layout;
mod offsets;
mod pages;
mod readings;
mod referee;
mod regions;
mod rival;
mod rows;
mod scanner;
mod scrambled;
mod strip;
#[cfg(test)]
mod tests;
mod tokens;
mod trial;

use std::ops::Range;

use super::stream::Stream;
use crate::report::{Cell, CellValue, Doubt, Source, Table, TableKind};
use grid::GridReading;
use readings::Piece;
use regions::HanText;

/// What was read of the tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tables {
    /// Table of part two.
    pub(crate) proactive_disclosure: Option<Table>,
    /// Table of part three.
    pub(crate) requests: Option<Table>,
    /// Table of part four.
    pub(crate) disputes: Option<Table>,
    /// The characters of the stream that belong to tables, headers included; everything else is prose.
    pub(crate) regions: Vec<Region>,
    /// What could not be read with certainty.
    pub(crate) doubts: Vec<Doubt>,
}

/// A stretch of the stream that belongs to a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// Its characters.
    pub(crate) range: Range<usize>,
    /// The table it is certainly a piece of, where whole rows with known cells make it; `None` where its words
    /// have to tell, and its limits may be off by a header or a heading.
    pub(crate) piece_of: Option<TableKind>,
}

/// A table as read, and the part of the stream it takes.
struct Reading {
    table: Table,
    region: Range<usize>,
    doubts: Vec<Doubt>,
}

/// Finds and reads the tables of a document.
pub(crate) fn read(stream: &Stream) -> Tables {
    let mut tables = Tables::default();
    let mut open: Vec<GridReading> = Vec::new();
    for read in grid::read(stream) {
        if read.doubts.is_empty() || read.rivalled {
            tables.take_grid(read);
        } else {
            open.push(read);
        }
    }
    let (typed, rivals) = typed(stream, &tables);
    tables.regions.extend(rivals.into_iter().map(|range| Region { range, piece_of: None }));
    for read in typed {
        let beside = open.iter().position(|grid| grid.table.kind == read.table.kind);
        if beside.is_none() || settles(&read) {
            beside.map(|at| open.remove(at));
            tables.regions.push(Region { range: read.region, piece_of: None });
            tables.take(read.table, read.doubts);
        }
    }
    open.into_iter().for_each(|read| tables.take_grid(read));
    tables
}

/// Whether what the text alone says leaves nothing open where the cells did: a figure in every cell, and every
/// relation holds.
fn settles(read: &Reading) -> bool {
    let kind = read.table.kind;
    kind != TableKind::ProactiveDisclosure
        && read.doubts.is_empty()
        && kind.cells().all(|at| read.table.figure(at).is_some())
        && confirm::all_hold(&read.table)
}

/// The tables that the characters alone make out, those left out that are known already, and where others of their
/// kinds stand.
fn typed(stream: &Stream, known: &Tables) -> (Vec<Reading>, Vec<Range<usize>>) {
    let is_known = |kind| known.table(kind).is_some();
    if TableKind::ALL.into_iter().all(is_known) {
        return Default::default();
    }
    let hans = HanText::of(stream);
    let all = stream.chars.len();
    let requests =
        regions::requests(stream, &hans, 0..all).and_then(|region| rows::read(stream, TableKind::Requests, region));
    let (start, end) = requests.as_ref().map_or((all, 0), |read| (read.region.start, read.region.end));
    // In the form's order; a report that has its parts in another has its tables there too.
    let mut proactive = regions::proactive(stream, &hans, 0..start).and_then(|region| trial::read(stream, region));
    let behind = end.max(proactive.as_ref().map_or(0, |read| read.region.end));
    let mut disputes = regions::disputes(stream, &hans, behind..all).and_then(|region| strip::read(stream, region));
    if requests.is_some() {
        let from = disputes.as_ref().map_or(end, |read| read.region.end);
        let other = || regions::proactive(stream, &hans, end..all).and_then(|region| trial::read(stream, region));
        let last = || regions::proactive(stream, &hans, from..all).and_then(|region| trial::read(stream, region));
        let overlaps = |read: &Reading| {
            disputes.as_ref().is_some_and(|d| d.region.start < read.region.end && read.region.start < d.region.end)
        };
        proactive = proactive.or_else(|| other().filter(|read| !overlaps(read))).or_else(last);
        let from = proactive.as_ref().filter(|read| read.region.end <= start).map_or(0, |read| read.region.end);
        let before = || regions::disputes(stream, &hans, from..start).and_then(|region| strip::read(stream, region));
        disputes = disputes.or_else(before);
    }
    let mut read: Vec<Reading> = [proactive, requests, disputes].into_iter().flatten().collect();
    let taken =
        |region: &Range<usize>| known.regions.iter().any(|r| r.range.start < region.end && region.start < r.range.end);
    read.retain(|read| !is_known(read.table.kind) && !taken(&read.region));
    let mut rivals = Vec::new();
    // The table of part three has too many rows to be mistaken; without another of its kind there is no other report.
    read.sort_by_key(|read| read.table.kind != TableKind::Requests);
    for index in 0..read.len() {
        if read[index].table.kind != TableKind::Requests && rivals.is_empty() {
            break;
        }
        let own = read[index].region.clone();
        for among in [0..own.start, own.end..all] {
            let other = among_text(stream, &hans, read[index].table.kind, among);
            let is_free = |other: &Reading| {
                !taken(&other.region)
                    && read.iter().all(|r| r.region.end <= other.region.start || other.region.end <= r.region.start)
            };
            if let Some(other) = other.filter(|other| is_free(other) && rival::is_whole(&other.table)) {
                let doubt = rival::dispute(&mut read[index].table, &other.table);
                read[index].doubts.extend(doubt);
                rivals.push(other.region);
            }
        }
    }
    (read, rivals)
}

/// The table of `kind` that the characters `among` make out.
fn among_text(stream: &Stream, hans: &HanText, kind: TableKind, among: Range<usize>) -> Option<Reading> {
    match kind {
        TableKind::ProactiveDisclosure => {
            regions::proactive(stream, hans, among).and_then(|region| trial::read(stream, region))
        }
        TableKind::Requests => {
            regions::requests(stream, hans, among).and_then(|region| rows::read(stream, kind, region))
        }
        TableKind::Disputes => regions::disputes(stream, hans, among).and_then(|region| strip::read(stream, region)),
    }
}

impl Tables {
    /// The table of `kind`, if it is known.
    fn table(&self, kind: TableKind) -> Option<&Table> {
        match kind {
            TableKind::ProactiveDisclosure => self.proactive_disclosure.as_ref(),
            TableKind::Requests => self.requests.as_ref(),
            TableKind::Disputes => self.disputes.as_ref(),
        }
    }

    fn take_grid(&mut self, read: GridReading) {
        let piece_of = Some(read.table.kind);
        self.regions.extend(read.regions.into_iter().map(|range| Region { range, piece_of }));
        self.take(read.table, read.doubts);
    }

    fn take(&mut self, table: Table, doubts: Vec<Doubt>) {
        self.doubts.extend(doubts);
        match table.kind {
            TableKind::ProactiveDisclosure => self.proactive_disclosure = Some(table),
            TableKind::Requests => self.requests = Some(table),
            TableKind::Disputes => self.disputes = Some(table),
        }
    }
}

/// A cell as one reading has it.
fn cell(stream: &Stream, piece: &Piece) -> Cell {
    let source = stream.source(piece.range.clone()).unwrap_or_else(|| {
        // A blank has no characters: point between its neighbours.
        let at = piece.range.start.min(stream.chars.len().saturating_sub(1));
        stream.source(at..at + 1).unwrap_or(Source::START)
    });
    Cell {
        raw: stream.text(piece.range.clone()).trim().to_owned(),
        value: piece.value,
        unit: piece.unit.map(str::to_owned),
        source,
    }
}

/// A cell of which nothing is certain but the stretch of text it stands in.
fn unreadable(stream: &Stream, range: Range<usize>) -> Cell {
    Cell {
        raw: String::new(),
        value: CellValue::Unreadable,
        unit: None,
        source: stream.source(range).unwrap_or(Source::START),
    }
}
