//! Writing the cells of a table from its assignment, with a doubt for whatever the witnesses dispute.

use std::ops::Range;

use super::Reading as TableReading;
use super::assign::{Assignment, Slot};
use super::labels::Found;
use super::layout::{Frame, Layout, RowView};
use super::readings::{self, Piece, Reading, Readings};
use super::referee::{self, ColumnRelation};
use super::tokens::{Tokens, Value};
use crate::report::form::{Form, requests};
use crate::report::recognise::stream::Stream;
use crate::report::{CellRef, CellValue, Doubt, ExtraRow, RowFound, Source, Table, TableKind};
use crate::text::Wording;

/// What is known of a table before its cells are written.
pub(super) struct Builder<'a> {
    pub(super) stream: &'a Stream,
    pub(super) kind: TableKind,
    pub(super) form: &'static Form,
    pub(super) tokens: &'a Tokens,
    pub(super) slots: &'a [Slot],
    pub(super) labelled: &'a [bool],
    pub(super) region: Range<usize>,
}

impl Builder<'_> {
    pub(super) fn build(&self, assignment: &Assignment) -> TableReading {
        let views: Vec<RowView<'_>> = assignment.values.iter().map(|indices| self.view(indices)).collect();
        let layouts = self.layouts(&views);
        let mut rows: Vec<Readings> = views
            .iter()
            .zip(self.slots)
            .map(|(view, slot)| {
                let layout = layouts.iter().find(|(width, _)| *width == slot.width);
                layout.map_or_else(Readings::default, |(_, layout)| readings::readings(view, slot.width, layout))
            })
            .collect();
        let remaining = match self.kind {
            TableKind::Requests => referee::decide(&rows, &self.relations(&rows)),
            _ => rows
                .iter()
                .map(|row| if row.cut && row.width() > 1 { 0..0 } else { 0..row.list.len() }.collect())
                .collect(),
        };
        for (row, remaining) in rows.iter_mut().zip(&remaining) {
            // What arithmetic has ruled out altogether is still named in the doubt.
            row.ruled_out = remaining.is_empty();
            if !remaining.is_empty() {
                row.list = remaining.iter().map(|&index| row.list[index].clone()).collect();
            }
        }
        let mut reading = self.empty();
        for (slot, row) in self.slots.iter().zip(&rows) {
            let values = &views[slot.row].values;
            reading.table.rows.push(self.row_found(slot, values));
            if values.is_empty() {
                if slot.children == 0
                    && let Some(label) = slot.label.as_ref().filter(|label| label.complete)
                {
                    self.blank_row(slot, label, assignment, &mut reading);
                }
                continue;
            }
            self.fill(slot, row, values, &mut reading);
        }
        for run in &assignment.extra {
            reading.table.extra.push(self.extra_row(run));
        }
        self.confirm(assignment, &mut reading);
        self.limit(assignment, &mut reading);
        reading
    }

    pub(super) fn empty(&self) -> TableReading {
        let table = Table {
            kind: self.kind,
            cells: vec![None; self.form.rows.len() * self.form.columns.len()],
            rows: Vec::with_capacity(self.form.rows.len()),
            extra: Vec::new(),
            trial: None,
            edition: super::edition::of(self.kind, &self.tokens.hans.iter().map(|han| han.c).collect::<Vec<_>>()),
            source: self.stream.source(self.region.clone()).unwrap_or(Source::START),
        };
        TableReading { table, region: self.region.clone(), doubts: Vec::new() }
    }

    fn view(&self, indices: &[usize]) -> RowView<'_> {
        let values: Vec<&Value> = indices.iter().map(|&index| &self.tokens.values[index]).collect();
        let column = |at: usize| super::layout::screen_column(self.stream, at);
        let label = values.first().and_then(|value| value.after.checked_sub(1)).map(|han| self.tokens.hans[han]);
        let first_line = values.first().map(|value| value.line);
        let on_one_line = values.iter().all(|value| value.celled && Some(value.line) == first_line);
        RowView {
            depth: label.filter(|han| on_one_line && Some(han.line) == first_line).map(|han| han.cell),
            left: values.iter().map(|value| column(value.range.start)).collect(),
            right: values.iter().map(|value| column(value.range.end)).collect(),
            unbroken: self.is_unbroken(&values),
            is_last: values.last().is_some_and(|value| {
                self.stream.chars[self.stream.lines[value.line].end..].iter().all(|char| char.c.is_whitespace())
            }),
            values,
        }
    }

    /// Whether nothing but empty lines stands between the values.
    fn is_unbroken(&self, values: &[&Value]) -> bool {
        values.windows(2).all(|pair| {
            (pair[0].line + 1..pair[1].line).all(|line| {
                self.stream.chars[self.stream.lines[line].clone()].iter().all(|char| char.c.is_whitespace())
            })
        })
    }

    /// What the complete rows teach, for each width of row.
    fn layouts(&self, views: &[RowView<'_>]) -> Vec<(usize, Layout)> {
        let mut widths: Vec<usize> = self.slots.iter().map(|slot| slot.width).collect();
        widths.sort_unstable();
        widths.dedup();
        let trimmed = super::head::is_trimmed(self.stream, &self.region);
        widths
            .into_iter()
            .map(|width| {
                let same = || self.slots.iter().zip(views).filter(move |(slot, _)| slot.width == width);
                let frame = Frame { head: super::head::first_cell(self.tokens, self.slots, width), trimmed };
                (width, Layout::learn(&same().map(|(_, view)| view).collect::<Vec<_>>(), width, frame))
            })
            .collect()
    }

    /// The column relations of the requests table over the rows that are printed.
    fn relations(&self, rows: &[Readings]) -> Vec<ColumnRelation> {
        let printed = |row: usize| !rows[row].list.is_empty();
        let mut outcomes = Vec::new();
        for slot in &self.slots[requests::FIRST_OUTCOME..=requests::LAST_OUTCOME] {
            if slot.children > 0 {
                let children = slot.row + 1..=slot.row + slot.children;
                if printed(slot.row) && !children.clone().any(printed) {
                    outcomes.push(slot.row);
                } else {
                    outcomes.extend(children);
                }
            } else if !outcomes.contains(&slot.row)
                && !self.slots.iter().any(|g| (g.row + 1..=g.row + g.children).contains(&slot.row))
            {
                outcomes.push(slot.row);
            }
        }
        vec![
            ColumnRelation {
                left: vec![requests::NEW_RECEIVED, requests::CARRIED_IN],
                right: vec![requests::TOTAL_HANDLED, requests::CARRIED_OUT],
            },
            ColumnRelation { left: vec![requests::TOTAL_HANDLED], right: outcomes },
        ]
    }

    pub(super) fn at(&self, slot: &Slot, cell: usize) -> CellRef {
        CellRef::new(self.kind, slot.row, usize::from(self.form.rows[slot.row].columns[cell]))
    }

    /// Its index among the cells of the form that is read.
    fn index(&self, at: CellRef) -> usize {
        self.form.index(usize::from(at.row), usize::from(at.column))
    }

    /// Writes the cells of a row: those on which all remaining readings agree, the others as unreadable.
    pub(super) fn fill(&self, slot: &Slot, row: &Readings, values: &[&Value], reading: &mut TableReading) {
        let whole = values[0].range.start.min(values[values.len() - 1].range.start)
            ..values.iter().map(|value| value.range.end).max().unwrap_or(0);
        let mut doubtful = Vec::new();
        for cell in 0..slot.width {
            let at = self.at(slot, cell);
            let piece = row.list.first().map(|first| &first[cell]);
            let agreed =
                piece.filter(|piece| !row.ruled_out && row.list.iter().all(|other| other[cell].value == piece.value));
            reading.table.cells[self.index(at)] = Some(match agreed {
                Some(piece) => super::cell(self.stream, piece),
                None => {
                    doubtful.push(at);
                    super::unreadable(self.stream, whole.clone())
                }
            });
        }
        if !doubtful.is_empty() {
            reading.doubts.push(Doubt {
                message: doubt_message(self.form.rows[slot.row].label, values.len(), slot.width, &row.list),
                table: Some(self.kind),
                cells: doubtful,
                source: self.stream.source(whole).unwrap_or(Source::START),
            });
        }
    }

    /// A row with a label and nothing behind it. Where every other row is complete its cells are blank;
    /// otherwise its figures may be among those that were given to another row.
    fn blank_row(&self, slot: &Slot, label: &Found, assignment: &Assignment, reading: &mut TableReading) {
        let end = self.tokens.hans[label.span.end - 1].at + 1;
        if let Some(word) = self.word_behind(label) {
            for cell in 0..slot.width {
                let piece = Piece { value: CellValue::Unreadable, range: word.clone(), unit: None };
                reading.table.cells[self.index(self.at(slot, cell))] = Some(super::cell(self.stream, &piece));
            }
            return;
        }
        let in_order = |other: &Slot| {
            let values = &assignment.values[other.row];
            let celled = values.iter().any(|&index| self.tokens.values[index].celled);
            let whole =
                |&index: &usize| values.len() == other.width && self.is_beside_label(other, &self.tokens.values[index]);
            assignment.clear[other.row] && (celled || values.first().is_none_or(whole))
        };
        let only_blank_rows =
            assignment.strays.is_empty() && assignment.extra.is_empty() && self.slots.iter().all(in_order);
        let cells = (0..slot.width).map(|cell| self.at(slot, cell));
        // Where the text ends with the label, its figures may have stood behind.
        let is_last =
            self.stream.chars[end.min(self.stream.chars.len())..].iter().all(|char| !char.c.is_alphanumeric());
        if only_blank_rows && !is_last {
            for at in cells {
                let piece = Piece { value: CellValue::Blank, range: end..end, unit: None };
                reading.table.cells[self.index(at)] = Some(super::cell(self.stream, &piece));
            }
            return;
        }
        let start = self.tokens.hans[label.span.start].at;
        for at in cells.clone() {
            reading.table.cells[self.index(at)] = Some(super::unreadable(self.stream, start..end));
        }
        reading.doubts.push(Doubt {
            message: doubt_message(self.form.rows[slot.row].label, 0, slot.width, &[]),
            table: Some(self.kind),
            cells: cells.collect(),
            source: self.stream.source(start..end).unwrap_or(Source::START),
        });
    }

    /// A short word (若干) that ends the line of a label, apart from it: what stands in place of its figures.
    fn word_behind(&self, label: &Found) -> Option<Range<usize>> {
        let last = self.tokens.hans[label.span.end - 1];
        let line = self.stream.lines[last.line].clone();
        let is_gap = |c: char| c.is_whitespace() || matches!(c, ',' | '"') || super::cells::is_bar(c);
        let behind = last.at + 1..line.end;
        let solid = |at: &usize| !is_gap(self.stream.chars[*at].c);
        let (start, end) = (behind.clone().find(solid)?, behind.clone().rfind(solid)? + 1);
        let chars: Vec<char> = self.stream.chars[start..end].iter().map(|char| char.c).collect();
        let unlabelled = || {
            let from = label.span.end;
            (from..self.tokens.hans.len())
                .take_while(|&han| self.tokens.hans[han].at < end)
                .all(|han| !self.labelled[han])
        };
        (start > behind.start && super::cells::is_word(&chars) && unlabelled()).then_some(start..end)
    }

    pub(super) fn row_found(&self, slot: &Slot, values: &[&Value]) -> RowFound {
        // A piece of a label without figures is a piece of some other text.
        let label = slot.label.as_ref().filter(|label| label.complete || !values.is_empty());
        let Some(label) = label else {
            let Some(first) = values.first() else {
                return if slot.children > 0 { RowFound::Heading } else { RowFound::Missing };
            };
            let printed = self.text_before(first.after);
            let source = self.stream.source(first.range.clone()).unwrap_or(Source::START);
            return RowFound::Renamed { printed, source };
        };
        if slot.children > 0 && values.is_empty() {
            return RowFound::Heading;
        }
        let (first, last) = (self.tokens.hans[label.span.start].at, self.tokens.hans[label.span.end - 1].at);
        let source = self.stream.source(first..last + 1).unwrap_or(Source::START);
        if label.complete {
            RowFound::Printed { source }
        } else {
            let printed = self.tokens.hans[label.span.clone()].iter().map(|han| han.c).collect();
            RowFound::Renamed { printed, source }
        }
    }

    /// The text directly before Chinese character `after` that belongs to no label.
    pub(super) fn text_before(&self, after: usize) -> String {
        let start = self.labelled[..after].iter().rposition(|labelled| *labelled).map_or(0, |last| last + 1);
        let start = start.max(after.saturating_sub(40));
        self.tokens.hans[start..after].iter().map(|han| han.c).collect()
    }

    fn extra_row(&self, run: &Range<usize>) -> ExtraRow {
        let values = &self.tokens.values[run.clone()];
        ExtraRow {
            label: self.text_before(values[0].after),
            values: values.iter().map(|value| self.stream.text(value.range.clone())).collect(),
            source: self
                .stream
                .source(values[0].range.start..values[values.len() - 1].range.end.max(values[0].range.start + 1))
                .unwrap_or(Source::START),
        }
    }

    /// The region ends where the last row ends; what follows is prose again.
    fn limit(&self, assignment: &Assignment, reading: &mut TableReading) {
        let used = assignment.values.iter().flatten().map(|&index| self.tokens.values[index].range.end).max();
        let label = self.slots.iter().filter_map(|slot| slot.label.as_ref()).map(|label| label.span.end).max();
        let label = label.map(|end| self.tokens.hans[end - 1].at + 1);
        if let Some(end) = used.max(label) {
            reading.region.end = end.clamp(self.region.start, self.region.end);
            reading.table.source = self.stream.source(reading.region.clone()).unwrap_or(Source::START);
        }
    }
}

/// Why a row is in doubt, with the first two readings.
pub(super) fn doubt_message(label: &str, found: usize, width: usize, list: &[Reading]) -> Wording {
    let shown: Vec<String> = list.iter().take(2).map(show).collect();
    let (zh, en) = match shown.as_slice() {
        [] => (String::from("，无法对应到各栏"), String::from("; they could not be assigned to columns")),
        [only] => (format!("，只能读作 {only}"), format!("; the only reading is {only}")),
        [one, other, ..] => (
            format!("，可读作 {one}，也可读作 {other}，共 {} 种", list.len()),
            format!("; it may read {one} or {other}, {} readings in all", list.len()),
        ),
    };
    Wording::new(
        format!("“{label}”读到 {found} 个数，应有 {width} 个{zh}"),
        format!("“{label}”: {found} figures read, {width} expected{en}"),
    )
}

fn show(reading: &Reading) -> String {
    let cell = |piece: &Piece| match piece.value {
        CellValue::Number(figure) => figure.to_string(),
        CellValue::Blank => String::from("␣"),
        CellValue::NotApplicable => String::from("/"),
        CellValue::Unreadable => String::from("?"),
    };
    reading.iter().map(cell).collect::<Vec<_>>().join(" ")
}
