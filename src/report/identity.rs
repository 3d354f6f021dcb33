//! The relations that tie the cells of a table together, as data, and their evaluation.
//!
//! R1: in each column of the requests table 一 + 二 = 三(七) + 四 (printed in the form's own header).
//! R2: in each column 三(七) is the sum of the outcomes. R3: in each row 总计 is the sum of the six
//! applicants. R4: in each block of the disputes table 总计 is the sum of its four results.
//!
//! An identity with an unreadable, unprinted or ambiguous term is *not assessable*, never broken.

use super::form::{RowKind, requests};
use super::{CellRef, CellValue, Figure, Table, TableKind};

/// Which relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// 一 + 二 = 三(七) + 四, by column.
    Balance,
    /// 三(七) = outcomes, by column.
    Outcomes,
    /// 总计 = applicants, by row.
    Applicants,
    /// 总计 = results, by block.
    Results,
}

/// One equation: the sum of `left` equals the sum of `right`. `left` holds the total or totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Which relation it is an instance of.
    pub relation: Relation,
    /// Terms on the left.
    pub left: Vec<CellRef>,
    /// Terms on the right.
    pub right: Vec<CellRef>,
}

/// What an identity comes to in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assessment {
    /// Both sides are equal.
    Holds,
    /// They differ.
    Broken {
        /// Sum of the left side.
        left: Figure,
        /// Sum of the right side.
        right: Figure,
    },
    /// It cannot be judged; the cells that stand in the way.
    NotAssessable(Vec<CellRef>),
}

impl Identity {
    /// Every cell of it.
    pub fn cells(&self) -> impl Iterator<Item = CellRef> {
        self.left.iter().chain(&self.right).copied()
    }

    /// Evaluates it over `table`.
    ///
    /// A blank or a not-applicable mark is read as nothing (0) only where the other figures already make
    /// the equation hold; otherwise it stands in the way. A cell that is not printed or not readable
    /// always stands in the way.
    #[must_use]
    pub fn assess(&self, table: &Table) -> Assessment {
        let mut open = Vec::new();
        let mut unreadable = false;
        let mut sum = |cells: &[CellRef]| {
            let mut total = Some(Figure::ZERO);
            for &at in cells {
                match table.cell(at).map(|cell| cell.value) {
                    Some(CellValue::Number(figure)) => total = total.and_then(|t| t.checked_add(figure)),
                    Some(CellValue::Blank | CellValue::NotApplicable) => open.push(at),
                    Some(CellValue::Unreadable) | None => {
                        unreadable = true;
                        open.push(at);
                    }
                }
            }
            total
        };
        let (left, right) = (sum(&self.left), sum(&self.right));
        match (left, right) {
            (Some(left), Some(right)) if !unreadable && left == right => Assessment::Holds,
            (Some(left), Some(right)) if open.is_empty() => Assessment::Broken { left, right },
            _ => Assessment::NotAssessable(open),
        }
    }
}

/// The identities of `table`, in the form's order. A group that the table prints as one row with its
/// children left out stands for them; a printed subtotal beside its children adds nothing.
#[must_use]
pub fn identities(table: &Table) -> Vec<Identity> {
    let kind = table.kind;
    let at = |row, column| CellRef::new(kind, row, column);
    let form = kind.form();
    match kind {
        TableKind::ProactiveDisclosure => Vec::new(),
        TableKind::Disputes => (0..form.rows.len())
            .map(|row| Identity {
                relation: Relation::Results,
                left: vec![at(row, 4)],
                right: (0..4).map(|column| at(row, column)).collect(),
            })
            .collect(),
        TableKind::Requests => {
            let outcomes = outcome_rows(table);
            let columns = 0..form.columns.len();
            let balance = columns.clone().map(|c| Identity {
                relation: Relation::Balance,
                left: vec![at(requests::NEW_RECEIVED, c), at(requests::CARRIED_IN, c)],
                right: vec![at(requests::TOTAL_HANDLED, c), at(requests::CARRIED_OUT, c)],
            });
            let sums = columns.map(|c| Identity {
                relation: Relation::Outcomes,
                left: vec![at(requests::TOTAL_HANDLED, c)],
                right: outcomes.iter().map(|&row| at(row, c)).collect(),
            });
            let rows = (0..form.rows.len())
                .filter(|&row| form.rows[row].kind == RowKind::Value || is_printed(table, row))
                .map(|row| Identity {
                    relation: Relation::Applicants,
                    left: vec![at(row, requests::ALL)],
                    right: (0..requests::ALL).map(|c| at(row, c)).collect(),
                });
            balance.chain(sums).chain(rows).collect()
        }
    }
}

/// The rows of the requests table that add up to the total handled.
fn outcome_rows(table: &Table) -> Vec<usize> {
    let rows = TableKind::Requests.form().rows;
    let mut outcomes = Vec::new();
    let mut row = requests::FIRST_OUTCOME;
    while row <= requests::LAST_OUTCOME {
        if let RowKind::Group { first, last } = rows[row].kind {
            let (first, last) = (first as usize, last as usize);
            if is_printed(table, row) && !(first..=last).any(|child| is_printed(table, child)) {
                outcomes.push(row);
                row = last + 1;
                continue;
            }
        } else {
            outcomes.push(row);
        }
        row += 1;
    }
    outcomes
}

fn is_printed(table: &Table, row: usize) -> bool {
    table.cell(CellRef::new(table.kind, row, 0)).is_some()
}
