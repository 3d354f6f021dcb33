//! The table of part two on the trial form from its pieces, by its own rows and columns.

use super::super::readings::Piece;
use super::super::{labels, trial};
use super::block::{Block, Cell};
use super::columns::{self, Slot, joined, whole};
use super::entries::Entry;
use super::rows::{self, Row};
use super::table::Writer;
use super::{GridReading, proactive, value};
use crate::report::form::trial::{CHANGE, TRIAL, column_in_force, row_in_force};
use crate::report::recognise::stream::Stream;
use crate::report::{CellValue, Edition, TableKind};

/// Words of the header by which the columns of the trial form are known, in its order.
const HEADS: [&[&str]; 8] = [
    &["新制作"],
    &["新公开"],
    &["公开总"],
    &["上一年项目", "上年项目"],
    &["增减"],
    &["处理决定"],
    &["采购项目"],
    &["采购总", "采购金额", "总金额"],
];

/// The same for the columns of the form in force, which some reports have beside.
const IN_FORCE: [&[&str]; 5] = [&["制发"], &["废止"], &["有效"], &["处理决定"], &["收费金额"]];

/// Reads the table from `blocks`, which have headers of the trial form.
pub(super) fn read(stream: &Stream, blocks: &[Block]) -> Option<GridReading> {
    let kind = TableKind::ProactiveDisclosure;
    let labels = labels::labels(&TRIAL, None);
    let found = rows::find(blocks, kind, &labels, proactive::is_header, proactive::LEAST)?;
    let writer = Writer { stream, blocks, kind, form: &TRIAL, labels: &labels, found: &found };
    let read = writer.write(Edition::Trial2019, |row, at| {
        let own: Vec<&[&str]> = TRIAL.rows[at].columns.iter().map(|&column| HEADS[usize::from(column)]).collect();
        let (mut slots, sure) = place(blocks, row, &own, true);
        for (slot, _) in slots.iter_mut().zip(TRIAL.rows[at].columns).filter(|(_, column)| **column == CHANGE) {
            if let Slot::Is(Piece { value: CellValue::Unreadable, range, .. }) | Slot::Doubt(range) = slot
                && let Some(piece) = signed(stream, range.clone())
            {
                *slot = Slot::Is(piece);
            }
        }
        (slots, sure)
    });
    let mut table = trial::beside(read.table);
    let mut doubts: Vec<_> = read.doubts.into_iter().map(trial::in_force).collect();
    // What stands under headers of the form in force.
    let form = kind.form();
    for row in &found.rows {
        let Some((label, _)) = row.label else { continue };
        let Some((at, own)) = labels[label].row.and_then(|at| Some((at, row_in_force(at)?))) else { continue };
        let both = |column: u8| {
            let mut same = TRIAL.rows[at].columns.iter().filter_map(|&old| column_in_force(at, usize::from(old)));
            same.any(|same| same == usize::from(column))
        };
        for &column in form.rows[own].columns.iter().filter(|column| !both(**column)) {
            let (slots, _) = place(blocks, row, &[IN_FORCE[usize::from(column)]], false);
            writer.put(&mut table, &mut doubts, row, (own, usize::from(column)), slots.into_iter().next());
        }
    }
    Some(GridReading { table, regions: read.regions, doubts, rivalled: false })
}

/// What stands in `row` under the header cells that `heads` name; without any header, in this order if it is
/// `complete`.
fn place(blocks: &[Block], row: &Row, heads: &[&[&str]], complete: bool) -> (Vec<Slot>, bool) {
    joined(row.telling(blocks).into_iter().map(|entry| (under(&blocks[entry.block], entry, heads, complete), true)))
}

fn under(block: &Block, entry: &Entry, words: &[&[&str]], complete: bool) -> Vec<Slot> {
    let above = |cell: &&Cell| cell.rows.end <= entry.rows.start && proactive::is_header(cell);
    let cells: Vec<&Cell> = entry.cells(block).collect();
    let in_order = || cells.iter().map(|cell| columns::slot(cell, entry)).collect();
    let Some(header) = block.cells.iter().filter(above).map(|cell| cell.rows.start).max() else {
        if complete && cells.len() == words.len() {
            return in_order();
        }
        return vec![if complete { Slot::Doubt(whole(&cells)) } else { Slot::Absent }; words.len()];
    };
    let printed: Vec<&Cell> = block.beginning_in(header).filter(|cell| proactive::is_column(cell)).collect();
    let heads: Vec<Option<&Cell>> =
        words.iter().map(|words| printed.iter().find(|cell| cell.mentions(words)).copied()).collect();
    // As many cells as heads, in the same order, are their cells wherever the rulings stand.
    let starts: Vec<usize> = heads.iter().flatten().map(|head| head.columns.start).collect();
    let ordered = starts.windows(2).all(|pair| pair[0] < pair[1]);
    if printed.len() == words.len() && starts.len() == words.len() && ordered && cells.len() == words.len() {
        return in_order();
    }
    let place = |head: &Cell| {
        let mut here = cells.iter().filter(|cell| columns::overlap(&cell.columns, &head.columns));
        let solid: Vec<&&Cell> = here.clone().filter(|cell| !cell.is_blank()).collect();
        match (solid.as_slice(), here.next()) {
            ([cell], _) => {
                let over = printed.iter().filter(|head| columns::overlap(&cell.columns, &head.columns)).count();
                if over > 1 { Slot::Doubt(cell.range.clone()) } else { columns::slot(cell, entry) }
            }
            ([], Some(blank)) => columns::slot(blank, entry),
            _ => Slot::Doubt(whole(&cells)),
        }
    };
    heads.into_iter().map(|head| head.map_or(Slot::Absent, place)).collect()
}

/// A figure with its sign in words or strokes: 增3, 减少2, +4.
fn signed(stream: &Stream, range: std::ops::Range<usize>) -> Option<Piece> {
    let chars: Vec<char> = stream.chars[range.clone()].iter().map(|char| char.c).collect();
    let (length, negative) = trial::sign(&chars)?;
    let blanks = chars[length..].iter().take_while(|c| c.is_whitespace()).count();
    let piece = value::read(stream, range.start + length + blanks..range.end)?;
    let CellValue::Number(mut figure) = piece.value else { return None };
    if figure.is_sign_negative() {
        return None;
    }
    figure.set_sign_negative(negative && !figure.is_zero());
    Some(Piece { value: CellValue::Number(figure), range, ..piece })
}
