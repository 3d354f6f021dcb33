//! Writing the cells of a table from its rows, with a doubt for whatever the grid leaves open.

use std::ops::Range;

use super::super::confirm::all_hold;
use super::super::labels::Label;
use super::super::{cell, unreadable};
use super::GridReading;
use super::block::Block;
use super::columns::Slot;
use super::likeness::{self, SAME, SURE};
use super::rows::{self, Found, Row};
use crate::report::form::{Form, RowKind};
use crate::report::recognise::stream::Stream;
use crate::report::{CellRef, CellValue, Doubt, Edition, ExtraRow, RowFound, Source, Table, TableKind};
use crate::text::Wording;

/// What a table is written from.
pub(super) struct Writer<'a> {
    pub(super) stream: &'a Stream,
    pub(super) blocks: &'a [Block],
    pub(super) kind: TableKind,
    pub(super) form: &'static Form,
    pub(super) labels: &'a [Label],
    pub(super) found: &'a Found,
}

/// Which row of the form a printed row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    /// This one, under its own label.
    Own(usize),
    /// This one, under another label.
    Other(usize),
    /// None.
    No,
}

impl Named {
    fn row(self) -> Option<usize> {
        match self {
            Self::Own(row) | Self::Other(row) => Some(row),
            Self::No => None,
        }
    }
}

impl Writer<'_> {
    /// The table; `place` tells what stands in the columns of a printed row that is a row of the form, and whether
    /// that is sure.
    pub(super) fn write(&self, edition: Edition, place: impl Fn(&Row, usize) -> (Vec<Slot>, bool)) -> GridReading {
        let form = self.form;
        let regions: Vec<Range<usize>> =
            self.found.blocks.iter().map(|&block| self.blocks[block].region.clone()).collect();
        let whole = regions.first().map_or(0, |first| first.start)..regions.last().map_or(0, |last| last.end);
        let mut reading = GridReading {
            table: Table {
                kind: self.kind,
                cells: vec![None; form.rows.len() * form.columns.len()],
                rows: form
                    .rows
                    .iter()
                    .map(|row| if row.kind == RowKind::Value { RowFound::Missing } else { RowFound::Heading })
                    .collect(),
                extra: Vec::new(),
                trial: None,
                edition,
                source: self.stream.source(whole).unwrap_or(Source::START),
            },
            regions,
            doubts: Vec::new(),
            rivalled: false,
        };
        let (names, lost) = self.names();
        let mut unsure: Vec<(usize, Range<usize>)> = Vec::new();
        for (row, named) in self.found.rows.iter().zip(&names) {
            let Some(at) = named.row() else {
                reading.table.extra.extend(self.extra(row));
                continue;
            };
            let is_group = form.rows[at].kind != RowKind::Value;
            let inner = |row: usize| matches!(form.rows[at].kind, RowKind::Group { first, last } if (first.into()..=last.into()).contains(&row));
            let has_children = || names.iter().any(|named| named.row().is_some_and(inner));
            let (slots, sure) = place(row, at);
            let printed = slots.iter().filter(|slot| !matches!(slot, Slot::Absent)).count();
            if is_group && (row.is_blank(self.blocks) && has_children() || printed == 0) {
                continue;
            }
            let range = self.range(row);
            reading.table.rows[at] = self.row_found(row, *named);
            self.fill(at, slots, &range, &mut reading);
            if !sure {
                unsure.push((at, range));
            }
        }
        for (row, range) in self.stacked() {
            unsure.push((row, range.clone()));
            self.doubt_row(row, &range, &mut reading);
        }
        for &(row, ref range) in &lost {
            self.doubt_row(row, range, &mut reading);
        }
        // Cells that may have moved stand only if arithmetic agrees.
        let confirmed = self.kind == TableKind::Requests && all_hold(&reading.table);
        if !confirmed {
            for (row, range) in unsure {
                self.doubt_row(row, &range, &mut reading);
            }
        }
        reading
    }

    /// What every printed row is, and the rows of the form that may hide among rows of no label.
    fn names(&self) -> (Vec<Named>, Vec<(usize, Range<usize>)>) {
        let rows = &self.found.rows;
        let mut names: Vec<Named> = rows
            .iter()
            .map(|row| {
                let label = row.label.filter(|(label, _)| self.labels[*label].row.is_some());
                label.and_then(|(label, _)| self.labels[label].row).map_or(Named::No, Named::Own)
            })
            .collect();
        let mut lost: Vec<(usize, Range<usize>)> = Vec::new();
        rows::gaps(self.found, self.labels, |unnamed, missing| {
            let solid: Vec<usize> = unnamed.iter().copied().filter(|&row| !rows[row].is_blank(self.blocks)).collect();
            if solid.is_empty() {
                return;
            }
            let missing: Vec<usize> =
                missing.iter().copied().filter(|&label| !self.is_in_printed_group(label)).collect();
            // Figures beside a named row without any may be that row's.
            let torn = solid.iter().any(|&row| self.blank_neighbours(row).any(|row| rows[row].label.is_some()));
            let likeness = |row: usize, label: usize| rows::may_be(&rows[row], &self.labels[label]);
            let pairs = if torn { Vec::new() } else { pair(&solid, &missing, likeness) };
            for &(row, label) in &pairs {
                names[row] = self.labels[label].row.map_or(Named::No, Named::Other);
            }
            let first = solid.iter().find(|row| names[**row] == Named::No);
            if let Some(&row) = first {
                let open = missing.iter().filter(|label| !pairs.iter().any(|pair| pair.1 == **label));
                lost.extend(open.filter_map(|&label| Some((self.labels[label].row?, self.range(&rows[row])))));
            }
        });
        // Figures without a name may be those of a row beside them that has none.
        for at in (0..rows.len()).filter(|&at| names[at] == Named::No && !rows[at].is_blank(self.blocks)) {
            for beside in self.blank_neighbours(at) {
                let row = names[beside].row().filter(|&row| self.form.rows[row].kind == RowKind::Value);
                lost.extend(row.map(|row| (row, self.range(&rows[at]))));
            }
        }
        // A label that is printed twice with figures: nobody can say which of them are meant.
        for (row, _) in
            rows.iter().zip(names.clone()).filter(|(row, name)| *name == Named::No && !row.is_blank(self.blocks))
        {
            let text: Vec<char> = row.entries.iter().flat_map(|entry| entry.text.iter().copied()).collect();
            let twin = self.labels.iter().find(|label| text.len() >= 4 && likeness::likeness(&text, label) >= SURE);
            if let Some(at) = twin.and_then(|label| label.row)
                && names.iter().any(|name| name.row() == Some(at))
            {
                lost.push((at, self.range(row)));
            }
        }
        (names, lost)
    }

    /// The rows directly before and behind the one at `at` that have no figures and no word in their place.
    fn blank_neighbours(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let rows = &self.found.rows;
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        beside.filter(|&beside| rows.get(beside).is_some_and(|row| row.is_blank(self.blocks)))
    }

    /// Whether a label belongs to a group that is printed as one row with figures.
    fn is_in_printed_group(&self, label: usize) -> bool {
        let Some(row) = self.labels[label].row else { return false };
        let stands = |group: usize| {
            self.found.rows.iter().any(|printed| {
                printed.label.is_some_and(|(label, _)| self.labels[label].row == Some(group))
                    && !printed.is_blank(self.blocks)
            })
        };
        self.form.rows.iter().enumerate().any(|(group, spec)| {
            matches!(spec.kind, RowKind::Group { first, last } if (first.into()..=last.into()).contains(&row))
                && stands(group)
        })
    }

    /// Rows of the form whose labels stand together in one cell.
    fn stacked(&self) -> Vec<(usize, Range<usize>)> {
        let mut stacked = Vec::new();
        for row in &self.found.rows {
            for entry in row.entries.iter().filter(|entry| entry.text.len() >= 8) {
                let holds = |label: &&Label| {
                    let wording = &label.wordings[0];
                    wording.len() >= 4 && entry.text.windows(wording.len()).any(|window| window == wording.as_slice())
                };
                let held: Vec<usize> = self.labels.iter().filter(holds).filter_map(|label| label.row).collect();
                let values = held.iter().filter(|&&row| self.form.rows[row].kind == RowKind::Value).count();
                if values >= 2 {
                    stacked.extend(held.into_iter().map(|at| (at, self.range(row))));
                }
            }
        }
        stacked
    }

    fn row_found(&self, row: &Row, named: Named) -> RowFound {
        let place = rows::place(row);
        let source = self.stream.source(place.unwrap_or_else(|| self.range(row))).unwrap_or(Source::START);
        let is_own = row.label.is_some_and(|(_, likeness)| likeness >= SAME - 10);
        match named {
            Named::Own(_) if is_own => RowFound::Printed { source },
            _ => RowFound::Renamed { printed: row.words(), source },
        }
    }

    /// Writes the cells of a row.
    fn fill(&self, row: usize, slots: Vec<Slot>, range: &Range<usize>, reading: &mut GridReading) {
        let mut doubtful = Vec::new();
        for (slot, &column) in slots.into_iter().zip(self.form.rows[row].columns) {
            let at = CellRef::new(self.kind, row, usize::from(column));
            reading.table.cells[self.form.index(row, usize::from(column))] = match slot {
                Slot::Is(piece) => Some(cell(self.stream, &piece)),
                Slot::Absent => None,
                Slot::Doubt(place) => {
                    doubtful.push(at);
                    let place = if place.is_empty() { range.clone() } else { place };
                    Some(unreadable(self.stream, place))
                }
            };
        }
        if !doubtful.is_empty() {
            reading.doubts.push(self.doubt(self.form.rows[row].label, doubtful, range));
        }
    }

    /// Writes one more cell, at this row and column of the form in force, of a printed row.
    pub(super) fn put(
        &self,
        table: &mut Table,
        doubts: &mut Vec<Doubt>,
        printed: &Row,
        (row, column): (usize, usize),
        slot: Option<Slot>,
    ) {
        let at = CellRef::new(self.kind, row, column);
        table.cells[at.index()] = match slot {
            Some(Slot::Is(piece)) => Some(cell(self.stream, &piece)),
            Some(Slot::Doubt(place)) => {
                let place = if place.is_empty() { self.range(printed) } else { place };
                doubts.push(self.doubt(at.row_label(), vec![at], &place));
                Some(unreadable(self.stream, place))
            }
            Some(Slot::Absent) | None => None,
        };
    }

    /// Makes a whole row a doubt.
    fn doubt_row(&self, row: usize, range: &Range<usize>, reading: &mut GridReading) {
        if reading.doubts.iter().any(|doubt| {
            doubt.cells.len() == self.form.rows[row].columns.len()
                && doubt.cells.iter().all(|cell| usize::from(cell.row) == row)
        }) {
            return;
        }
        reading.doubts.retain(|doubt| doubt.cells.first().is_none_or(|cell| usize::from(cell.row) != row));
        let slots = self.form.rows[row].columns.iter().map(|_| Slot::Doubt(range.clone())).collect();
        self.fill(row, slots, range, reading);
    }

    fn doubt(&self, label: &str, cells: Vec<CellRef>, range: &Range<usize>) -> Doubt {
        Doubt {
            message: Wording::new(
                format!("“{label}”有 {} 格无法确定：合并了单元格，一格里不止一个数，或与各栏对不上", cells.len()),
                format!(
                    "“{label}”: {} cells cannot be told: merged, more than one figure in a cell, or no column fits",
                    cells.len()
                ),
            ),
            table: Some(self.kind),
            cells,
            source: self.stream.source(range.clone()).unwrap_or(Source::START),
        }
    }

    /// A row the form does not have, if anything stands in it.
    pub(super) fn extra(&self, row: &Row) -> Option<ExtraRow> {
        if row.is_blank(self.blocks) {
            return None;
        }
        let cells = row.entries.iter().flat_map(|entry| entry.cells(&self.blocks[entry.block]));
        let values = cells.map(|cell| self.stream.text(cell.range.clone())).collect();
        let source = self.stream.source(self.range(row)).unwrap_or(Source::START);
        Some(ExtraRow { label: row.words(), values, source })
    }

    /// The characters of a row: label and values, or where they would be.
    fn range(&self, row: &Row) -> Range<usize> {
        let cells = row.entries.iter().flat_map(|entry| entry.cells(&self.blocks[entry.block]));
        let values: Vec<Range<usize>> = cells
            .filter(|cell| cell.value.as_ref().is_none_or(|v| v.value != CellValue::Blank))
            .map(|cell| cell.range.clone())
            .collect();
        let labels = row.entries.iter().filter_map(|entry| entry.label.clone());
        let first = labels.clone().chain(values.iter().cloned()).map(|range| range.start).min();
        let last = labels.chain(values).map(|range| range.end).max();
        first.zip(last).map_or(0..0, |(first, last)| first..last.max(first + 1))
    }
}

/// Pairs rows of no label with labels of no row, in order: all of them where there are as many, else those whose
/// words agree.
fn pair(rows: &[usize], labels: &[usize], likeness: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    if rows.len() == labels.len() {
        return rows.iter().copied().zip(labels.iter().copied()).collect();
    }
    let mut pairs = Vec::new();
    let mut from = 0;
    for &row in rows {
        let fitting = (from..labels.len()).filter(|&at| likeness(row, labels[at]) >= 2);
        if let Some(at) = fitting.max_by_key(|&at| (likeness(row, labels[at]), std::cmp::Reverse(at))) {
            pairs.push((row, labels[at]));
            from = at + 1;
        }
    }
    pairs
}
