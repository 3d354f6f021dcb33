//! The columns of tables whose rows say where their cells are limited, or how many columns they span.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::flow::{COLUMNS, ROWS};

/// Limits of columns that lie closer than this are one, in twentieths of a point: about 2 mm.
pub(super) const CLOSE: i64 = 120;

/// The first column of a cell, and the one behind its last.
pub(super) type Span = (u16, u16);

/// A cell that stands in a table.
pub(super) struct Placed {
    /// Its row in the file, and its number in it.
    pub(super) source: (usize, usize),
    /// Its first row, from 0.
    pub(super) row: u16,
    /// Its first column, from 0.
    pub(super) column: u16,
    /// How many rows it spans.
    pub(super) row_span: u16,
    /// How many columns it spans.
    pub(super) column_span: u16,
}

/// The cells of rows of `columns`, without those that go on the cell above.
pub(super) fn place(columns: &[Vec<Span>], goes_on: impl Fn(usize, usize) -> bool) -> Vec<Placed> {
    let mut cells: Vec<Placed> = Vec::new();
    // The cells that reach down to the row before, by their columns.
    let mut above: HashMap<Span, usize> = HashMap::new();
    for (row, (number, line)) in (0..ROWS).zip(columns.iter().enumerate()) {
        let mut reaching = HashMap::new();
        for (index, &(column, end)) in line.iter().enumerate() {
            if column >= COLUMNS {
                break;
            }
            if let Some(&upper) = above.get(&(column, end)).filter(|_| goes_on(number, index)) {
                cells[upper].row_span += 1;
                reaching.insert((column, end), upper);
                continue;
            }
            reaching.insert((column, end), cells.len());
            let column_span = end.saturating_sub(column).max(1);
            cells.push(Placed { source: (number, index), row, column, row_span: 1, column_span });
        }
        above = reaching;
    }
    cells
}

/// The columns of rows whose cells are limited so.
pub(super) fn of_limits(rows: &[Vec<i64>]) -> Vec<Vec<Span>> {
    let mut all: Vec<i64> = rows.iter().flatten().copied().collect();
    all.sort_unstable();
    let mut columns: Vec<i64> = Vec::new();
    for limit in all {
        if columns.last().is_none_or(|&last| limit - last > CLOSE) {
            columns.push(limit);
        }
    }
    let column = |limit: i64| u16::try_from(columns.partition_point(|&start| start <= limit) - 1).unwrap_or(COLUMNS);
    let pairs = |limits: &Vec<i64>| limits.windows(2).map(|pair| (column(pair[0]), column(pair[1]))).collect();
    rows.iter().map(pairs).collect()
}

/// The columns without those that nobody sees: a limit that was dragged by a hair's breadth in one row makes a
/// column of the grid that no cell fills.
pub(super) fn without_slivers(columns: Vec<Vec<Span>>, position: impl Fn(u16) -> i64) -> Vec<Vec<Span>> {
    let filled: HashSet<Span> = columns.iter().flatten().copied().collect();
    let limits: BTreeSet<u16> = filled.iter().flat_map(|&(column, end)| [column, end]).collect();
    // For each limit the number of its column; limits that are one share it.
    let mut numbers: HashMap<u16, u16> = HashMap::new();
    let mut group: Vec<u16> = Vec::new();
    let mut number = 0;
    for limit in limits {
        let is_same = group.first().is_some_and(|&first| position(limit) - position(first) <= CLOSE)
            && group.iter().all(|&before| !filled.contains(&(before, limit)));
        if !is_same && !group.is_empty() {
            number += 1;
            group.clear();
        }
        group.push(limit);
        numbers.insert(limit, number);
    }
    let place = |limit: u16| numbers.get(&limit).copied().unwrap_or(limit);
    columns.into_iter().map(|row| row.into_iter().map(|(column, end)| (place(column), place(end))).collect()).collect()
}
