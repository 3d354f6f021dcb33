//! Rows that labels and counts have placed, but not beyond doubt: they stand only if arithmetic agrees.

use super::Reading as TableReading;
use super::assign::{Assignment, Slot};
use super::builder::Builder;
use super::labels::Found;
use super::readings::Readings;
use super::tokens::Value;
use crate::report::form::requests;
use crate::report::identity::{self, Assessment, Relation};
use crate::report::{Table, TableKind};

impl Builder<'_> {
    /// Rows that counts alone have placed, without a label of their own, and rows beside figures that could
    /// not be placed, stand only if arithmetic agrees. In a table where labels and figures are torn apart
    /// that goes for every row whose figures do not stand on the line of its label.
    pub(super) fn confirm(&self, assignment: &Assignment, reading: &mut TableReading) {
        let printed = |slot: &&Slot| !assignment.values[slot.row].is_empty();
        let first = |slot: &Slot| &self.tokens.values[assignment.values[slot.row][0]];
        let placed_by_count = |slot: &Slot| {
            let unlabelled = slot.label.is_none() && self.text_before(first(slot).after).chars().count() >= 2;
            !assignment.clear[slot.row] && !unlabelled
                || assignment.strays.contains(&slot.row)
                || self.is_headed(slot, first(slot))
        };
        let torn = self.slots.iter().filter(printed).filter(|slot| !assignment.clear[slot.row]).count()
            + assignment.strays.len()
            + assignment.extra.len()
            > 1
            || self.has_gap(assignment);
        let beside_label = |slot: &Slot| self.is_beside_label(slot, first(slot));
        let unsure: Vec<&Slot> = self
            .slots
            .iter()
            .filter(printed)
            .filter(|slot| {
                placed_by_count(slot)
                    || (torn || self.is_beside_extra(slot, assignment)) && !beside_label(slot)
                    || self.is_patched(slot, assignment, reading)
                    || self.runs_back(slot, assignment)
            })
            .collect();
        if unsure.is_empty() || self.kind == TableKind::Requests && all_hold(&reading.table) {
            return;
        }
        for slot in unsure {
            let values: Vec<&Value> =
                assignment.values[slot.row].iter().map(|&index| &self.tokens.values[index]).collect();
            reading.doubts.retain(|doubt| doubt.cells.first().is_none_or(|cell| usize::from(cell.row) != slot.row));
            self.fill(slot, &Readings::default(), &values, reading);
        }
    }

    /// Whether the figures that begin with `value` stand directly behind the label of `slot`, on its line.
    pub(super) fn is_beside_label(&self, slot: &Slot, value: &Value) -> bool {
        let on_line = |label: &Found| self.tokens.hans[label.span.end - 1].line == value.line;
        slot.label.as_ref().is_some_and(|label| on_line(label) && value.after == label.span.end)
    }

    /// Whether a label has no figures: they may have gone to its neighbour, and so on along the table.
    fn has_gap(&self, assignment: &Assignment) -> bool {
        let empty = |slot: &&Slot| {
            slot.children == 0
                && assignment.values[slot.row].is_empty()
                && slot.label.as_ref().is_some_and(|label| label.complete)
        };
        self.slots.iter().any(|slot| empty(&slot))
    }

    /// Whether figures of a row the form does not have stand directly before or behind the row's label, and
    /// not on the line of a label of their own: they may be the row's.
    fn is_beside_extra(&self, slot: &Slot, assignment: &Assignment) -> bool {
        let Some(label) = &slot.label else { return false };
        assignment.extra.iter().any(|run| {
            let value = &self.tokens.values[run.start];
            let own = value
                .after
                .checked_sub(1)
                .is_some_and(|han| self.tokens.hans[han].line == value.line && !self.labelled[han]);
            let between = if value.after >= label.span.end {
                label.span.end..value.after
            } else {
                value.after..label.span.start.max(value.after)
            };
            !own && !self.labelled[between].contains(&true)
        })
    }

    /// Whether a row is put together from several lines beside a row that has figures too many or too few,
    /// and does not add up: a figure may have been taken from the wrong line.
    fn is_patched(&self, slot: &Slot, assignment: &Assignment, reading: &TableReading) -> bool {
        let values = &assignment.values[slot.row];
        let line = |index: usize| self.tokens.values[index].line;
        if self.kind != TableKind::Requests || values.iter().all(|&index| line(index) == line(values[0])) {
            return false;
        }
        let odd = |row: Option<usize>| {
            row.and_then(|row| self.slots.get(row)).is_some_and(|other| {
                let values = &assignment.values[other.row];
                let celled = values.iter().any(|&index| self.tokens.values[index].celled);
                let uneven = other.children == 0 && !celled && values.len() != other.width;
                uneven || assignment.strays.contains(&other.row)
            })
        };
        let beside_odd = odd(slot.row.checked_sub(1)) || odd(Some(slot.row + 1)) || odd(Some(slot.row));
        let total = self.at(slot, requests::ALL);
        beside_odd
            && identity::identities(&reading.table)
                .iter()
                .filter(|identity| identity.relation == Relation::Applicants && identity.left == [total])
                .any(|identity| identity.assess(&reading.table) != Assessment::Holds)
    }

    /// Whether a row goes on in another line further left, in a table whose rows have a line each: pieces of
    /// neighbouring rows, as on a page that lies askew, may have come together.
    fn runs_back(&self, slot: &Slot, assignment: &Assignment) -> bool {
        let values = |row: usize| assignment.values[row].iter().map(|&index| &self.tokens.values[index]);
        let column = |value: &Value| {
            let start = self.stream.lines.get(value.line).map_or(0, |line| line.start.min(value.range.start));
            let before = &self.stream.chars[start..value.range.start];
            before.iter().map(|char| if char.c.is_ascii() { 1 } else { 2 }).sum::<usize>()
        };
        let back = values(slot.row)
            .zip(values(slot.row).skip(1))
            .any(|(left, right)| left.line != right.line && column(right) <= column(left));
        let in_one_line =
            |row: usize| values(row).all(|value| values(row).next().is_some_and(|v| v.line == value.line));
        let wide = || self.slots.iter().map(|slot| slot.row).filter(|&row| values(row).count() > 1);
        // Where a row is merely broken, its label stands before all of its figures.
        let above = |label: &Found| values(slot.row).any(|value| value.line < self.tokens.hans[label.span.start].line);
        back && slot.label.as_ref().is_some_and(above)
            && wide().filter(|&row| in_one_line(row)).count() * 2 > wide().count()
    }

    /// Whether the head of a column stands between a label and its figures: the table was read by columns.
    fn is_headed(&self, slot: &Slot, first: &Value) -> bool {
        let Some(label) = slot.label.as_ref().filter(|label| label.span.end < first.after) else { return false };
        let between: String = self.tokens.hans[label.span.end..first.after].iter().map(|han| han.c).collect();
        ["件数", "数量", "金额", "自然人", "商业企业"].iter().any(|head| between.contains(head))
    }
}

/// Whether every relation of the table can be judged and holds.
pub(super) fn all_hold(table: &Table) -> bool {
    identity::identities(table).iter().all(|identity| identity.assess(table) == Assessment::Holds)
}
