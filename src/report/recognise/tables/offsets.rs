//! Where the columns stand on lines of explicit cells.
//!
//! Every line counts its cells from its beginning, and a label that spans columns leaves empty cells behind it.
//! Which cell is the first column's is told by the header, or by what the rows together leave possible: behind
//! the label, before every figure, and with room for all columns. Never by where the last figure stands, because
//! the last column may be blank.

use super::layout::RowView;
use super::readings;
use super::tokens::{Value, ValueKind};
use crate::report::Figure;

/// What a table of explicit cells says of its columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Offsets {
    width: usize,
    /// Cells that may be the first column's, by nearly all rows.
    common: Vec<usize>,
    /// The same by the rows whose label stands in this cell of its line, where these stand otherwise.
    by_depth: Vec<(usize, Vec<usize>)>,
    /// Whether empty cells at the ends of lines were cut off.
    trimmed: bool,
    /// Whether nearly every row has a cell for every column, and no more.
    whole: bool,
}

/// Where a row has its columns.
#[derive(Clone, Debug)]
pub(super) enum Place<'a> {
    /// Nothing is known of explicit cells.
    Unknown,
    /// It does not stand as the others do.
    Astray,
    /// Its values by column, `None` for a cell that was cut off; one for each way it may stand.
    At(Vec<Vec<Option<&'a Value>>>),
}

impl Offsets {
    /// Learns from the rows of `width` columns. `head` is the cell of the first column by the header.
    pub(super) fn learn(rows: &[&RowView<'_>], width: usize, head: Option<usize>, trimmed: bool) -> Self {
        let rows: Vec<&&RowView<'_>> =
            rows.iter().filter(|row| row.depth.is_some() && solid(row).next().is_some()).collect();
        if width < 2 || rows.len() < 2 {
            return Self { width, trimmed, ..Self::default() };
        }
        let end = rows.iter().filter_map(|row| row.values.last()).map(|value| value.cell + 1).max().unwrap_or(0);
        let possible = |rows: &[&&RowView<'_>]| -> Vec<usize> {
            let count = |first: usize| rows.iter().filter(|row| allows(row, first, width)).count();
            let all = (1..=end).filter(|&first| rows.len() > 1 && count(first) * 5 >= rows.len() * 4);
            // Lines that keep their empty cells have one for every column.
            let whole = |first: &usize| trimmed || first + width <= end;
            all.filter(whole).collect()
        };
        let mut common = possible(&rows);
        if let Some(head) = head.filter(|head| common.contains(head)) {
            common = vec![head];
        }
        let mut depths: Vec<usize> = rows.iter().filter_map(|row| row.depth).collect();
        depths.sort_unstable();
        depths.dedup();
        let of_depth = |depth: usize| {
            let same: Vec<&&RowView<'_>> = rows.iter().filter(|row| row.depth == Some(depth)).copied().collect();
            let own = possible(&same);
            let apart = !own.is_empty() && !own.iter().any(|first| common.contains(first));
            let shifted = if let [first] = common[..] { shifted(&rows, &same, first, width) } else { None };
            (depth, shifted.unwrap_or(if apart { own } else { Vec::new() }))
        };
        let whole = rows.iter().filter(|row| row.values.len() == width).count() * 5 >= rows.len() * 4;
        Self { width, by_depth: depths.into_iter().map(of_depth).collect(), common, trimmed, whole }
    }

    /// Where `row` has its columns.
    pub(super) fn place<'a>(&self, row: &RowView<'a>) -> Place<'a> {
        let Some(depth) = row.depth.filter(|_| self.width >= 2) else { return Place::Unknown };
        let allowed = |firsts: &[usize]| -> Vec<usize> {
            firsts.iter().copied().filter(|&first| allows(row, first, self.width)).collect()
        };
        let own = self.by_depth.iter().find(|(known, _)| *known == depth).map(|(_, firsts)| allowed(firsts));
        let mut firsts = own.filter(|own| !own.is_empty()).unwrap_or_else(|| allowed(&self.common));
        // Nearly every row has a cell for every column and no more: none stands behind a label.
        let is_whole = row.values.len() == self.width;
        if is_whole && (firsts.is_empty() || self.whole && firsts.contains(&(depth + 1))) {
            firsts = allowed(&[depth + 1]);
        }
        if firsts.is_empty() {
            return if self.common.is_empty() { Place::Unknown } else { Place::Astray };
        }
        let ways: Option<Vec<_>> = firsts.into_iter().map(|first| self.columns(row, first)).collect();
        ways.map_or(Place::Astray, Place::At)
    }

    /// The values of `row` by column, where the first column is at cell `first`.
    fn columns<'a>(&self, row: &RowView<'a>, first: usize) -> Option<Vec<Option<&'a Value>>> {
        let end = row.values.last()?.cell + 1;
        let is_short = end < first + self.width;
        if is_short && (!self.trimmed || row.is_last || ends_in_sum(row)) {
            return None;
        }
        let column = |cell: usize| {
            let mut here = row.values.iter().filter(|value| value.cell == cell);
            match (here.next(), here.next()) {
                (Some(value), None) => Some(Some(*value)),
                (None, _) if cell >= end => Some(None),
                _ => None,
            }
        };
        (first..first + self.width).map(column).collect()
    }
}

fn solid<'r, 'a>(row: &'r RowView<'a>) -> impl Iterator<Item = &'r &'a Value> {
    row.values.iter().filter(|value| value.kind != ValueKind::Blank)
}

/// Whether the first column of `row` may be at cell `first`: behind its label, all figures in its columns.
fn allows(row: &RowView<'_>, first: usize, width: usize) -> bool {
    row.depth.is_some_and(|depth| depth < first) && solid(row).all(|value| (first..first + width).contains(&value.cell))
}

/// Where the rows of one depth, `same`, may stand one cell before the others, whose first column is at `first`: a
/// word processor drops one of the places that a wide label covers, and ends the line with an empty cell. Then none
/// of them has a total where nearly all others have theirs. They do stand so, if the totals they then have are right.
fn shifted(rows: &[&&RowView<'_>], same: &[&&RowView<'_>], first: usize, width: usize) -> Option<Vec<usize>> {
    let last = first + width - 1;
    let ends = |row: &RowView<'_>| solid(row).any(|value| value.cell == last);
    let others: Vec<&&&RowView<'_>> = rows.iter().filter(|row| row.depth != same[0].depth).collect();
    let have = others.iter().filter(|row| ends(row)).count();
    let before = |row: &&&RowView<'_>| {
        let kept = row.values.iter().any(|value| value.cell == last && value.kind == ValueKind::Blank);
        let total = solid(row).any(|value| value.cell == last - 1);
        kept && total && allows(row, first - 1, width)
    };
    if others.is_empty() || have * 5 < others.len() * 4 || !same.iter().all(before) {
        return None;
    }
    let right = |row: &&&RowView<'_>| {
        let sum = |own: bool| -> Option<Figure> {
            let here = solid(row).filter(|value| (value.cell == last - 1) == own);
            here.map(|value| readings::piece(value)?.value.number()).sum()
        };
        sum(true).is_some() && sum(true) == sum(false)
    };
    Some(if same.iter().all(right) { vec![first - 1] } else { vec![first - 1, first] })
}

/// Whether the last figure of a row is the sum of those before it: then it is hardly any other than the total, and
/// a cell before it was lost rather than cut off behind it.
fn ends_in_sum(row: &RowView<'_>) -> bool {
    let figures: Option<Vec<_>> = solid(row).map(|value| readings::piece(value)?.value.number()).collect();
    let Some(figures) = figures else { return false };
    figures
        .split_last()
        .is_some_and(|(total, parts)| !parts.is_empty() && !total.is_zero() && parts.iter().sum::<Figure>() == *total)
}
