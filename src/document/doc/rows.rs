//! How a row of a table is divided ([MS-DOC] 2.6.3, table properties): where its cells end, and which are merged.

use super::number::{short, signed};
use super::property::Property;

/// Cells a row may have (2.9.321).
const CELLS: usize = 63;

/// Size of the description of a cell (2.9.314, TC80).
const CELL: usize = 20;

/// How a row is divided. Where it says nothing, there are no cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Where its cells begin and end, in twentieths of a point: one more than there are cells.
    edges: Vec<i64>,
    cells: Vec<Merge>,
    /// Half of the room between two cells.
    gap: i64,
    is_wrong: bool,
}

/// How a cell is merged with those around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Merge {
    /// horzMerge: 0 where it is not.
    across: u8,
    /// vertMerge: 1 where it goes on the cell above, 3 where others go on it.
    down: u8,
}

/// A cell of a row: those of the text from `first` to before `end`, of which only the first is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Divided {
    pub(super) first: usize,
    pub(super) end: usize,
    /// Where it begins and ends.
    pub(super) limits: (i64, i64),
    /// Whether it goes on the cell above.
    pub(super) goes_on: bool,
}

impl Row {
    /// Takes what a property says.
    pub(super) fn take(&mut self, property: &Property) {
        let operand = property.operand;
        // 2.9.125, ItcFirstLim: from one cell to before another.
        let first = usize::from(property.byte());
        let end = usize::from(operand.get(1).copied().unwrap_or(0)).min(self.cells.len());
        let third = short(operand, 2).map(i64::from).unwrap_or(0);
        match property.code {
            0xd608 => *self = Self::defined(operand, self.gap).unwrap_or(Self { is_wrong: true, ..Self::default() }),
            0x9601 => {
                // sprmTDxaLeft
                let left = i64::from(signed(operand, 0).unwrap_or(0)) - self.gap;
                let moved = left - self.edges.first().copied().unwrap_or(0);
                self.edges.iter_mut().for_each(|edge| *edge += moved);
                if self.edges.is_empty() {
                    self.edges.push(left);
                }
            }
            0x9602 => self.gap = i64::from(signed(operand, 0).unwrap_or(0)), // sprmTDxaGapHalf
            0x7621 => self.insert(first, usize::from(operand.get(1).copied().unwrap_or(0)), third),
            0x5622 if first < end => {
                // sprmTDelete
                let width = self.edges[end] - self.edges[first];
                self.edges.drain(first + 1..=end);
                self.edges[first + 1..].iter_mut().for_each(|edge| *edge -= width);
                self.cells.drain(first..end);
            }
            0x7623 => {
                // sprmTDxaCol
                for cell in first..end {
                    let moved = third - (self.edges[cell + 1] - self.edges[cell]);
                    self.edges[cell + 1..].iter_mut().for_each(|edge| *edge += moved);
                }
            }
            // sprmTMerge, sprmTSplit
            0x5624 => (first..end).for_each(|cell| self.cells[cell].across = if cell == first { 2 } else { 1 }),
            0x5625 => (first..end).for_each(|cell| self.cells[cell].across = 0),
            0xd62b => {
                // sprmTVertMerge
                if let (Some(cell), Some(&down)) = (self.cells.get_mut(first), operand.get(1)) {
                    cell.down = down;
                }
            }
            _ => {}
        }
    }

    /// sprmTDefTable (2.9.321, TDefTableOperand).
    fn defined(operand: &[u8], gap: i64) -> Option<Self> {
        let count = usize::from(*operand.first()?);
        if count > CELLS {
            return None;
        }
        let edges: Vec<i64> =
            (0..=count).map(|index| signed(operand, 1 + 2 * index).map(i64::from)).collect::<Option<_>>()?;
        let cells = (0..count).map(|index| {
            // 2.9.317, TCGRF. Cells that are not described are like any.
            let flags = short(operand, 1 + 2 * (count + 1) + CELL * index).unwrap_or(0);
            let [low, _] = flags.to_le_bytes();
            Merge { across: low & 3, down: low >> 5 & 3 }
        });
        Some(Self { edges, cells: cells.collect(), gap, is_wrong: false })
    }

    /// sprmTInsert (2.9.324, TInsertOperand).
    fn insert(&mut self, first: usize, count: usize, width: i64) {
        if first.max(self.cells.len()) + count > CELLS {
            self.is_wrong = true;
            return;
        }
        if self.edges.is_empty() {
            self.edges.push(-self.gap);
        }
        // Where the row is shorter, it is filled up with cells like the new ones.
        let first_new = first.min(self.cells.len());
        let count = count + first - first_new;
        for _ in 0..count {
            self.cells.insert(first_new, Merge::default());
            self.edges.insert(first_new + 1, self.edges[first_new]);
        }
        for cell in first_new..first_new + count {
            self.edges[cell + 1..].iter_mut().for_each(|edge| *edge += width);
        }
    }

    /// The cells, where there are as many as the text has, and none ends before it begins.
    pub(super) fn divided(&self, count: usize) -> Option<Vec<Divided>> {
        let is_wide = self.edges.first() < self.edges.last();
        let is_right = !self.is_wrong && self.cells.len() == count && is_wide && self.edges.is_sorted();
        is_right.then(|| self.merged(|edge| self.edges[edge]))
    }

    /// The cells of a row with so many in the text, each as wide as any.
    pub(super) fn counted(&self, count: usize) -> Vec<Divided> {
        let mut row = Self { cells: self.cells.clone(), ..Self::default() };
        row.cells.resize(count, Merge::default());
        row.merged(|edge| i64::try_from(edge).unwrap_or(i64::MAX).saturating_mul(1_000))
    }

    /// The cells that are shown. In a merged set the first says one thing of itself and the others another; which
    /// is which, the documentation of 1997 and that of today tell differently: 1 and 2, or 2 and 1.
    fn merged(&self, edge: impl Fn(usize) -> i64) -> Vec<Divided> {
        let mut shown: Vec<Divided> = Vec::new();
        let mut set = 0;
        for (index, cell) in self.cells.iter().enumerate() {
            let joins = set != 0 && cell.across != 0 && cell.across != 3 && (set == 3 || cell.across != set);
            match shown.last_mut().filter(|_| joins) {
                Some(first) => (first.end, first.limits.1) = (index + 1, edge(index + 1)),
                None => {
                    set = cell.across;
                    let limits = (edge(index), edge(index + 1));
                    shown.push(Divided { first: index, end: index + 1, limits, goes_on: cell.down == 1 });
                }
            }
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::super::property::properties;
    use super::*;

    /// A definition of cells with these edges and flags.
    fn definition(edges: &[i16], flags: &[u16]) -> Vec<u8> {
        let mut operand = vec![u8::try_from(edges.len() - 1).unwrap()];
        operand.extend(edges.iter().flat_map(|edge| edge.to_le_bytes()));
        for flags in flags {
            operand.extend(flags.to_le_bytes());
            operand.extend([0; CELL - 2]);
        }
        let length = u16::try_from(operand.len() + 1).unwrap();
        [vec![0x08, 0xd6], length.to_le_bytes().to_vec(), operand].concat()
    }

    /// First and last cell, limits, and `^` where it goes on the cell above.
    fn shown(bytes: &[u8], count: usize) -> Option<Vec<String>> {
        let mut row = Row::default();
        properties(bytes).for_each(|property| row.take(&property));
        let show = |cell: &Divided| {
            let up = if cell.goes_on { "^" } else { "" };
            format!("{}-{} {}-{}{up}", cell.first, cell.end, cell.limits.0, cell.limits.1)
        };
        row.divided(count).map(|cells| cells.iter().map(show).collect())
    }

    #[test]
    fn rows_are_divided_as_they_are_defined_and_changed() {
        let three = definition(&[-100, 900, 1900, 2900], &[]);
        let then = |change: &[u8]| [&three[..], change].concat();
        let cases: [(Vec<u8>, usize, &[&str]); 12] = [
            (three.clone(), 3, &["0-1 -100-900", "1-2 900-1900", "2-3 1900-2900"]),
            (definition(&[0, 10, 20, 30], &[0x20, 0x60, 0x20]), 3, &["0-1 0-10^", "1-2 10-20", "2-3 20-30^"]),
            (definition(&[0, 10, 20, 30], &[1, 2, 2]), 3, &["0-3 0-30"]),
            (definition(&[0, 10, 20, 30], &[2, 1, 0]), 3, &["0-2 0-20", "2-3 20-30"]),
            (definition(&[0, 10, 20, 30], &[3, 1, 3]), 3, &["0-2 0-20", "2-3 20-30"]),
            (definition(&[0, 10, 20, 30, 40], &[1, 2, 1, 2]), 4, &["0-2 0-20", "2-4 20-40"]),
            (then(&[0x24, 0x56, 1, 3]), 3, &["0-1 -100-900", "1-3 900-2900"]),
            (
                then(&[0x24, 0x56, 0, 3, 0x25, 0x56, 0, 3, 0x2b, 0xd6, 2, 2, 1]),
                3,
                &["0-1 -100-900", "1-2 900-1900", "2-3 1900-2900^"],
            ),
            (then(&[0x22, 0x56, 1, 2]), 2, &["0-1 -100-900", "1-2 900-1900"]),
            (then(&[0x23, 0x76, 0, 2, 0xf4, 1]), 3, &["0-1 -100-400", "1-2 400-900", "2-3 900-1900"]),
            (then(&[0x02, 0x96, 50, 0, 0x01, 0x96, 0xc8, 0]), 3, &["0-1 150-1150", "1-2 1150-2150", "2-3 2150-3150"]),
            (vec![0x21, 0x76, 0, 2, 100, 0, 0x21, 0x76, 1, 1, 30, 0], 3, &["0-1 0-100", "1-2 100-130", "2-3 130-230"]),
        ];
        for (bytes, count, expected) in cases {
            assert_eq!(
                shown(&bytes, count).as_deref(),
                Some(&expected.iter().map(ToString::to_string).collect::<Vec<_>>()[..])
            );
        }
    }

    #[test]
    fn rows_that_do_not_fit_are_counted() {
        let wrong = [
            (definition(&[0, 10], &[]), 2),
            (definition(&[10, 0], &[]), 1),
            (definition(&[10, 10], &[]), 1),
            (vec![0x08, 0xd6, 3, 0, 64, 0], 1),
            (vec![0x08, 0xd6, 3, 0, 2, 0], 2),
            (vec![0x21, 0x76, 60, 200, 1, 0], 260),
            (vec![0x22, 0x56, 0, 9, 0x24, 0x56, 5, 9, 0x23, 0x76, 5, 9, 0, 0], 1),
            (Vec::new(), 1),
        ];
        for (bytes, count) in wrong {
            assert_eq!(shown(&bytes, count), None, "{bytes:?}");
        }
        let limits = Row::default().counted(2).iter().map(|cell| cell.limits).collect::<Vec<_>>();
        assert_eq!(limits, [(0, 1000), (1000, 2000)]);
    }
}
