//! The cells of a table on its grid: the algorithm "forming a table" of the HTML Standard, with two departures.
//! Where cells would overlap the later one is cut short, and a table beyond any bounds has no grid.

use super::tag::Group;
use super::tree::{Id, Kind, Tree};

/// Most rows and columns a grid may have.
const ROWS: usize = 10_000;
const COLUMNS: usize = 2_000;

/// From so many columns on, those are cut off in which no cell begins: a heading may be said to span a thousand.
const WIDE: usize = 64;

/// A cell and where it lies; all from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// The cell.
    pub(super) cell: Id,
    /// Its first row.
    pub(super) row: u16,
    /// Its first column.
    pub(super) column: u16,
    /// How many rows it takes.
    pub(super) row_span: u16,
    /// How many columns it takes.
    pub(super) column_span: u16,
}

/// The rows of a table in the order in which they are shown, group by group.
pub(super) fn groups(tree: &Tree, table: Id) -> Vec<Vec<Id>> {
    let mut groups: Vec<(Group, Vec<Id>)> = Vec::new();
    let mut is_loose = false;
    for id in tree.children(table) {
        match tree.kind(id) {
            Kind::Group(group) => {
                groups.push((group, tree.children(id).collect()));
                is_loose = false;
            }
            Kind::Row if is_loose => groups.last_mut().into_iter().for_each(|(_, rows)| rows.push(id)),
            Kind::Row => {
                groups.push((Group::Body, vec![id]));
                is_loose = true;
            }
            _ => {}
        }
    }
    groups.sort_by_key(|(group, _)| *group);
    groups.into_iter().map(|(_, rows)| rows).collect()
}

/// The cells of a table on its grid; `None` where it is too large for one.
pub(super) fn form(tree: &Tree, table: Id) -> Option<Vec<Slot>> {
    let groups = groups(tree, table);
    if groups.iter().map(Vec::len).sum::<usize>() > ROWS {
        return None;
    }
    let mut slots = Vec::new();
    let mut row = 0;
    for rows in groups {
        // For each column, how many rows from here on are taken.
        let mut taken: Vec<usize> = Vec::new();
        for (index, id) in rows.iter().enumerate() {
            let left = rows.len() - index;
            let mut column = 0;
            for cell in tree.children(*id) {
                let Kind::Cell { rows, columns } = tree.kind(cell) else { continue };
                while taken.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                let row_span = if rows == 0 { left } else { usize::from(rows).min(left) };
                let mut end = column;
                while end < column + usize::from(columns) && taken.get(end).is_none_or(|rows| *rows == 0) {
                    end += 1;
                }
                if end > COLUMNS {
                    return None;
                }
                taken.resize(taken.len().max(end), 0);
                taken[column..end].fill(row_span);
                slots.push(Slot {
                    cell,
                    row: u16::try_from(row).ok()?,
                    column: u16::try_from(column).ok()?,
                    row_span: u16::try_from(row_span).ok()?,
                    column_span: u16::try_from(end - column).ok()?,
                });
                column = end;
            }
            for rows in &mut taken {
                *rows = rows.saturating_sub(1);
            }
            row += 1;
        }
    }
    cut(&mut slots);
    Some(slots)
}

/// Cuts off columns of a wide grid in which no cell begins.
fn cut(slots: &mut [Slot]) {
    let end = slots.iter().map(|slot| usize::from(slot.column) + usize::from(slot.column_span)).max().unwrap_or(0);
    if end > WIDE {
        let last = slots.iter().map(|slot| slot.column).max().unwrap_or(0);
        for slot in slots {
            slot.column_span = slot.column_span.min(last - slot.column + 1);
        }
    }
}
