//! Rows and columns that a sheet does not show: folded away, or left out by a filter. A print has none of them, and
//! so they are no part of what is submitted.

use super::sheet::{Area, Sheet};

/// The hidden rows and columns of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hidden {
    /// Its rows.
    pub(super) rows: Stretches,
    /// Its columns.
    pub(super) columns: Stretches,
}

impl Hidden {
    /// What the sheet shows: without hidden cells, its rows and columns counted as if nothing had been between them.
    /// A merged area shows its text in what is left of it.
    pub(super) fn shown(&self, sheet: &Sheet) -> Sheet {
        let mut shown = Sheet { cells: sheet.cells.clone(), merged: Vec::new(), ..sheet.clone() };
        for area in &sheet.merged {
            let rows = self.rows.shown(area.top, area.bottom);
            let columns = self.columns.shown(area.left, area.right);
            let text = shown.cells.remove(&(area.top, area.left));
            if let (Some((top, bottom)), Some((left, right))) = (rows, columns) {
                text.and_then(|text| shown.cells.insert((self.rows.real(top), self.columns.real(left)), text));
                shown.merged.push(Area { top, left, bottom, right });
            }
        }
        let place = |(row, column)| Some((self.rows.shown(row, row)?.0, self.columns.shown(column, column)?.0));
        let cells = std::mem::take(&mut shown.cells).into_iter();
        shown.cells = cells.filter_map(|(at, text)| Some((place(at)?, text))).collect();
        shown
    }

    /// The rows and columns of which content is hidden, in words.
    pub(super) fn told(&self, sheet: &Sheet) -> Option<String> {
        let of = |stretches: &Stretches, index: fn(&(u32, u32)) -> u32| {
            let mut of: Vec<(u32, u32)> = stretches.0.clone();
            of.retain(|(first, last)| sheet.cells.keys().any(|at| (*first..=*last).contains(&index(at))));
            of
        };
        let list = |of: Vec<(u32, u32)>, name: fn(u32) -> String| {
            let range = |(first, last): &(u32, u32)| match first == last {
                true => name(*first),
                false => format!("{}-{}", name(*first), name(*last)),
            };
            let more = if of.len() > LISTED { "等" } else { "" };
            of.iter().take(LISTED).map(range).collect::<Vec<_>>().join("、") + more
        };
        let rows = list(of(&self.rows, |at| at.0), |row| row.saturating_add(1).to_string());
        let columns = list(of(&self.columns, |at| at.1), letters);
        match (rows.is_empty(), columns.is_empty()) {
            (true, true) => None,
            (false, true) => Some(format!("第{rows}行")),
            (true, false) => Some(format!("第{columns}列")),
            (false, false) => Some(format!("第{rows}行，第{columns}列")),
        }
    }
}

/// How many stretches a note lists.
const LISTED: usize = 8;

/// The letters of a column.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column.saturating_add(1);
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Stretches of rows or columns, first and last of each, in order and apart from each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stretches(Vec<(u32, u32)>);

impl FromIterator<(u32, u32)> for Stretches {
    fn from_iter<I: IntoIterator<Item = (u32, u32)>>(stretches: I) -> Self {
        let mut sorted: Vec<(u32, u32)> = stretches.into_iter().filter(|(first, last)| first <= last).collect();
        sorted.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for (first, last) in sorted {
            match joined.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
                _ => joined.push((first, last)),
            }
        }
        Self(joined)
    }
}

impl Stretches {
    /// First and last of what is shown of the rows from `first` to `last`, as the shown ones are counted.
    fn shown(&self, first: u32, last: u32) -> Option<(u32, u32)> {
        let (before, through) = (self.shown_before(first), self.shown_before(last.saturating_add(1)));
        (before < through).then(|| (before, through - 1))
    }

    /// How many before this one are shown.
    fn shown_before(&self, end: u32) -> u32 {
        let hidden = self.0.iter().take_while(|(first, _)| *first < end);
        end - hidden.map(|(first, last)| end.min(last.saturating_add(1)) - first).sum::<u32>()
    }

    /// The number in the file of the shown one that is counted as `shown`.
    pub(super) fn real(&self, shown: u32) -> u32 {
        let mut real = shown;
        for (first, last) in self.0.iter().take_while(|(first, _)| *first != u32::MAX) {
            if *first > real {
                break;
            }
            real = real.saturating_add(last - first + 1);
        }
        real
    }
}

#[cfg(test)]
mod tests {
    use super::{Stretches, letters};

    #[test]
    fn what_is_shown_is_counted_without_what_is_hidden() {
        let hidden: Stretches = [(5, 6), (0, 0), (6, 8), (9, 9)].into_iter().collect();
        assert_eq!(hidden, Stretches(vec![(0, 0), (5, 9)]));
        let cases = [
            ((0, 0), None),
            ((1, 1), Some((0, 0))),
            ((4, 4), Some((3, 3))),
            ((5, 9), None),
            ((4, 10), Some((3, 4))),
            ((10, u32::MAX), Some((4, u32::MAX - 7))),
        ];
        for ((first, last), expected) in cases {
            assert_eq!(hidden.shown(first, last), expected, "{first}-{last}");
        }
        assert_eq!([0, 3, 4, 5].map(|shown| hidden.real(shown)), [1, 4, 10, 11]);
        let all: Stretches = [(0, u32::MAX)].into_iter().collect();
        assert_eq!(all.shown(0, 100), None);
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
