//! Reading a table whose rows carry labels: the tables of parts two and three.

use std::ops::Range;

use super::Reading as TableReading;
use super::assign::{self, Habit, Slot};
use super::builder::Builder;
use super::labels::{self, Found};
use super::pages;
use super::tokens::{self, Tokens, Value};
use crate::report::TableKind;
use crate::report::form::{Form, RowKind, requests};
use crate::report::recognise::stream::Stream;

/// An assignment dearer than this follows no order of labels at all.
const SCRAMBLED: u32 = 600;

/// By how much values above their labels must be the cheaper explanation.
const OTHER_HABIT_GAIN: u32 = 40;

/// Reads the table of `kind` in `region` of the stream; `None` if hardly any of its labels are there.
pub(super) fn read(stream: &Stream, kind: TableKind, region: Range<usize>) -> Option<TableReading> {
    let tokens = tokens::tokenise(stream, region.clone());
    read_tokens(stream, kind.form(), region, tokens)
}

/// Reads the table of `form` from the `tokens` of `region`.
pub(super) fn read_tokens(
    stream: &Stream,
    form: &'static Form,
    region: Range<usize>,
    mut tokens: Tokens,
) -> Option<TableReading> {
    let kind = form.kind;
    let heading = (kind == TableKind::Requests).then_some((requests::FIRST_OUTCOME, "三、本年度办理结果"));
    let labels = labels::labels(form, heading);
    let found = labels::locate(&tokens.hans, &labels);
    let mut labelled = vec![false; tokens.hans.len()];
    for (label, found) in labels.iter().zip(&found) {
        if let Some(found) = found {
            labelled[found.span.clone()].copy_from_slice(&labels::own_characters(&tokens.hans, found, label));
        }
    }
    let by_row: Vec<Option<Found>> =
        labels.iter().zip(found).filter(|(label, _)| label.row.is_some()).map(|(_, found)| found).collect();
    if by_row.iter().flatten().count() < 2 {
        return None;
    }
    drop_remarks(&mut tokens, &labelled);
    let slots = slots(form, by_row);
    drop_ordinals(&mut tokens, &slots, form);
    if kind == TableKind::Requests {
        pages::between_rows(&mut tokens, form.columns.len());
    }
    let runs = tokens.runs(slots.iter().map(|slot| slot.width).max().unwrap_or(0));
    let behind = assign::assign(&tokens, &runs, &slots, &labelled, Habit::Behind);
    let assignment = if behind.cost == 0 {
        behind
    } else {
        let above = assign::assign(&tokens, &runs, &slots, &labelled, Habit::Above);
        // Above their labels, values stand so throughout; some above and some behind are a torn row.
        if !above.mixed && above.cost + OTHER_HABIT_GAIN < behind.cost { above } else { behind }
    };
    let builder = Builder { stream, kind, form, tokens: &tokens, slots: &slots, labelled: &labelled, region };
    if assignment.cost > SCRAMBLED && kind == TableKind::Requests {
        return Some(builder.scrambled());
    }
    Some(builder.build(&assignment))
}

/// A digit before a label that is the label's own ordinal, its point lost, where the values before it are
/// complete without it.
fn drop_ordinals(tokens: &mut Tokens, slots: &[Slot], form: &Form) {
    let ordinal_of = |han: usize| {
        let slot = slots.iter().find(|slot| slot.label.as_ref().is_some_and(|label| label.span.start == han))?;
        form.rows[slot.row].label.chars().next().filter(char::is_ascii_digit)
    };
    let width = form.columns.len();
    let surplus = |value: &Value| {
        tokens.values.iter().filter(|other| other.line == value.line && other.after == value.after).count() % width == 1
    };
    let keep: Vec<bool> = tokens
        .values
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let last = tokens.values.get(index + 1).is_none_or(|next| next.after != value.after);
            let on_line = tokens.hans.get(value.after).is_some_and(|han| han.line == value.line);
            let digit = value.digits.len() == 1 && value.digits.chars().next() == ordinal_of(value.after);
            !(last && on_line && digit && surplus(value))
        })
        .collect();
    let mut keep = keep.into_iter();
    tokens.values.retain(|_| keep.next().unwrap_or(true));
}

/// Figures in a footnote, a running header or a caption between the rows are no cells.
fn drop_remarks(tokens: &mut Tokens, labelled: &[bool]) {
    let hans = &tokens.hans;
    let on_line = |line: usize| {
        let start = hans.partition_point(|han| han.line < line);
        start..hans.partition_point(|han| han.line <= line)
    };
    let beside = |value: &Value| {
        let before = value.after.checked_sub(1).filter(|&han| hans[han].at + 1 == value.range.start);
        before.is_some_and(|han| !labelled[han])
    };
    let keep: Vec<bool> = tokens
        .values
        .iter()
        .map(|value| {
            let row =
                tokens.values.iter().filter(|other| other.line == value.line && other.after == value.after).count();
            if row >= 5 {
                return true;
            }
            let text = on_line(value.line);
            let foreign = !text.is_empty() && !labelled[text.clone()].contains(&true);
            let words = foreign && hans[text.clone()].iter().any(|han| !labels::GROUP_CHARACTERS.contains(han.c));
            let caption = words && text.len() >= 2 && row == 1;
            // Digits that directly follow a text which is no label belong to that text.
            !(foreign && text.len() >= 5 || caption || value.glued && row < 3 && beside(value))
        })
        .collect();
    let mut keep = keep.into_iter();
    tokens.values.retain(|_| keep.next().unwrap_or(true));
}

fn slots(form: &Form, by_row: Vec<Option<Found>>) -> Vec<Slot> {
    form.rows
        .iter()
        .zip(by_row)
        .enumerate()
        .map(|(row, (spec, label))| Slot {
            row,
            width: spec.columns.len(),
            children: match spec.kind {
                RowKind::Group { first, last } => usize::from(last - first) + 1,
                RowKind::Value => 0,
            },
            label,
        })
        .collect()
}
