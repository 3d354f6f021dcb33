//! The third witness: arithmetic. It decides between readings, it never changes one.
//!
//! A row with one reading is taken as it stands, right or wrong: finding it wrong is the rules' business.
//! Where a row has several, those are kept that fit every relation of the table, jointly over all such
//! rows. If the fitting ones agree on a cell, the cell is read; otherwise it is in doubt.

use super::readings::{Reading, Readings};
use crate::report::{CellValue, Figure};

/// An equation over whole rows, column by column: the sum of `left` equals the sum of `right`.
#[derive(Clone, Debug)]
pub(super) struct ColumnRelation {
    /// Rows on the left.
    pub(super) left: Vec<usize>,
    /// Rows on the right.
    pub(super) right: Vec<usize>,
}

/// Steps after which the search gives up and everything undecided stays a doubt.
const BUDGET: usize = 40_000;

/// For each row, which of its readings remain possible. Rows without readings do not take part; a
/// relation over one of them decides nothing.
pub(super) fn decide(rows: &[Readings], relations: &[ColumnRelation]) -> Vec<Vec<usize>> {
    let open: Vec<usize> = (0..rows.len()).filter(|&row| rows[row].is_open()).collect();
    let mut remaining: Vec<Vec<usize>> = rows.iter().map(|row| (0..row.list.len()).collect()).collect();
    if open.is_empty() {
        return remaining;
    }
    // What each reading comes to, a single blank filled with what the row's own total leaves for it.
    let figures: Vec<Vec<Option<Vec<Figure>>>> =
        rows.iter().map(|row| row.list.iter().map(completed).collect()).collect();
    let fitting: Vec<Vec<usize>> = (0..rows.len())
        .map(|row| match rows[row].is_open() {
            false => remaining[row].clone(),
            true => (0..rows[row].list.len()).filter(|&reading| figures[row][reading].is_some()).collect(),
        })
        .collect();
    let usable: Vec<&ColumnRelation> = relations
        .iter()
        .filter(|relation| {
            relation.left.iter().chain(&relation.right).all(|&row| {
                !fitting[row].is_empty() && fitting[row].iter().all(|&reading| figures[row][reading].is_some())
            })
        })
        .collect();
    // A row on which no usable relation bears has no third witness.
    let judged = |row: usize| usable.iter().any(|r| r.left.contains(&row) || r.right.contains(&row));
    let variables: Vec<usize> = order(&open, &usable).into_iter().filter(|&row| judged(row)).collect();
    // Without a second witness a way to cut digits apart is no reading.
    for &row in open.iter().filter(|&&row| rows[row].cut) {
        if !variables.contains(&row) {
            remaining[row].clear();
        }
    }
    let mut search = Search {
        figures: &figures,
        fitting: &fitting,
        relations: &usable,
        variables: &variables,
        chosen: fitting.iter().map(|list| list.first().copied().unwrap_or(0)).collect(),
        seen: vec![Vec::new(); rows.len()],
        budget: BUDGET,
    };
    search.run(0);
    for &row in &variables {
        if search.budget > 0 && !search.seen[row].is_empty() {
            remaining[row] = std::mem::take(&mut search.seen[row]);
            remaining[row].sort_unstable();
        } else if rows[row].cut {
            remaining[row].clear();
        }
    }
    remaining
}

/// The figures of a reading whose total is the sum of its parts; one blank is given what is left for it.
/// `None` if the row's own relation does not hold or cannot be judged. The last cell is the total.
fn completed(reading: &Reading) -> Option<Vec<Figure>> {
    let (total, parts) = reading.split_last()?;
    let mut sum = Figure::ZERO;
    let mut open = None;
    let mut figures = Vec::with_capacity(reading.len());
    for (index, piece) in parts.iter().enumerate() {
        match piece.value {
            CellValue::Number(figure) => sum = sum.checked_add(figure)?,
            CellValue::Blank | CellValue::NotApplicable if open.is_none() => open = Some(index),
            _ => return None,
        }
        figures.push(piece.value.number().unwrap_or_default());
    }
    match (total.value, open) {
        (CellValue::Number(total), None) => {
            figures.push(total);
            (sum == total).then_some(figures)
        }
        (CellValue::Number(total), Some(index)) => {
            let left = total.checked_sub(sum)?;
            figures[index] = left;
            figures.push(total);
            (left >= Figure::ZERO).then_some(figures)
        }
        (CellValue::Blank | CellValue::NotApplicable, None) => {
            figures.push(sum);
            Some(figures)
        }
        _ => None,
    }
}

/// The open rows, those of short relations first, so that sums are known early.
fn order(open: &[usize], relations: &[&ColumnRelation]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut by_length: Vec<&&ColumnRelation> = relations.iter().collect();
    by_length.sort_by_key(|relation| relation.left.len() + relation.right.len());
    for relation in by_length {
        for &row in relation.left.iter().chain(&relation.right) {
            if open.contains(&row) && !order.contains(&row) {
                order.push(row);
            }
        }
    }
    order
}

struct Search<'a> {
    figures: &'a [Vec<Option<Vec<Figure>>>],
    fitting: &'a [Vec<usize>],
    relations: &'a [&'a ColumnRelation],
    variables: &'a [usize],
    chosen: Vec<usize>,
    seen: Vec<Vec<usize>>,
    budget: usize,
}

impl Search<'_> {
    fn run(&mut self, depth: usize) {
        if self.budget == 0 {
            return;
        }
        self.budget -= 1;
        if !self.possible(depth) {
            return;
        }
        let Some(&row) = self.variables.get(depth) else {
            for &row in self.variables {
                if !self.seen[row].contains(&self.chosen[row]) {
                    self.seen[row].push(self.chosen[row]);
                }
            }
            return;
        };
        for &reading in &self.fitting[row] {
            self.chosen[row] = reading;
            self.run(depth + 1);
        }
    }

    /// Whether the relations can still hold when the variables from `depth` on are open. Figures are never
    /// negative in a reading that fits, so a partial sum beyond a known side is a dead end.
    fn possible(&self, depth: usize) -> bool {
        let undecided = &self.variables[depth..];
        self.relations.iter().all(|relation| {
            let left_open = relation.left.iter().any(|row| undecided.contains(row));
            let right_open = relation.right.iter().any(|row| undecided.contains(row));
            let (left, right) = (self.sum(&relation.left, undecided), self.sum(&relation.right, undecided));
            left.iter().zip(&right).all(|(left, right)| match (left_open, right_open) {
                (false, false) => left == right,
                (false, true) => left >= right,
                (true, false) => right >= left,
                (true, true) => true,
            })
        })
    }

    fn sum(&self, rows: &[usize], undecided: &[usize]) -> Vec<Figure> {
        let mut total: Vec<Figure> = Vec::new();
        for row in rows.iter().filter(|row| !undecided.contains(row)) {
            let Some(figures) = &self.figures[*row][self.chosen[*row]] else { continue };
            if total.is_empty() {
                total.clone_from(figures);
            } else {
                for (sum, figure) in total.iter_mut().zip(figures) {
                    *sum = sum.saturating_add(*figure);
                }
            }
        }
        if total.is_empty() { vec![Figure::ZERO; 7] } else { total }
    }
}
