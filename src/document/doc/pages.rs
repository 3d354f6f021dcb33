//! Formatted disk pages ([MS-DOC] 2.9.33 ChpxFkp, 2.9.175 PapxFkp): how the text looks from one place in the stream
//! to the next. They are looked up where they lie, so that no file can make more of them than it holds.

use super::number::{short, size};

/// Size of a page.
const PAGE: usize = 512;

/// The pages of one kind, with the places from which they count (2.8.5 PlcBteChpx, 2.8.6 PlcBtePapx).
pub(super) struct Pages<'a> {
    document: &'a [u8],
    table: &'a [u8],
    count: usize,
    kind: Kind,
}

/// What pages tell of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Characters.
    Characters,
    /// Paragraphs.
    Paragraphs,
}

/// A stretch of the stream with the same properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run<'a> {
    /// Where it ends.
    pub(super) end: usize,
    /// Its properties: of a paragraph with the number of its style before them.
    pub(super) properties: &'a [u8],
}

impl<'a> Pages<'a> {
    /// The pages of the stream `document` that `table` names; `None` where they are not in order.
    pub(super) fn of(document: &'a [u8], table: &'a [u8], kind: Kind) -> Option<Self> {
        let count = table.len().checked_sub(4)? / 8;
        let places = (0..=count).map(|index| size(table, 4 * index));
        places.is_sorted().then_some(Self { document, table, count, kind })
    }

    /// The run in which the place `at` of the stream lies. Behind the last, characters look like any: a program may
    /// leave out what it has nothing to say of.
    pub(super) fn find(&self, at: usize) -> Option<Run<'a>> {
        if self.kind == Kind::Characters && at >= size(self.table, 4 * self.count)? {
            return Some(Run { end: usize::MAX, properties: &[] });
        }
        let page = search(self.table, self.count, at)?;
        let number = size(self.table, 4 * (self.count + 1 + page))? & 0x3f_ffff;
        let start = number.checked_mul(PAGE)?;
        let page = self.document.get(start..start.checked_add(PAGE)?)?;
        let count = usize::from(page[PAGE - 1]);
        let index = search(page, count, at)?;
        let end = size(page, 4 * (index + 1))?;
        let offsets = 4 * (count + 1);
        let properties = match self.kind {
            Kind::Characters => match usize::from(*page.get(offsets + index)?) {
                0 => &[],
                offset => {
                    let length = usize::from(*page.get(2 * offset)?);
                    page.get(2 * offset + 1..2 * offset + 1 + length)?
                }
            },
            // 2.9.24, BxPap: an offset and twelve bytes that are not read.
            Kind::Paragraphs => match 2 * usize::from(*page.get(offsets + 13 * index)?) {
                0 => &[0, 0],
                offset => match usize::from(*page.get(offset)?) {
                    0 => {
                        let length = 2 * usize::from(*page.get(offset + 1)?);
                        page.get(offset + 2..offset + 2 + length)?
                    }
                    length => page.get(offset + 1..offset + 2 * length)?,
                },
            },
        };
        (self.kind == Kind::Characters || short(properties, 0).is_some()).then_some(Run { end, properties })
    }
}

/// The index of the stretch in which `at` lies, of `count` that begin and end at the numbers in `bytes`.
fn search(bytes: &[u8], count: usize, at: usize) -> Option<usize> {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if size(bytes, 4 * (middle + 1))? <= at { low = middle + 1 } else { high = middle }
    }
    let is_within = low < count && size(bytes, 4 * low)? <= at && at < size(bytes, 4 * (low + 1))?;
    is_within.then_some(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(places: &[u32], rest: &[(usize, &[u8])]) -> Vec<u8> {
        let mut page = vec![0; PAGE];
        for (index, place) in places.iter().enumerate() {
            page[4 * index..4 * index + 4].copy_from_slice(&place.to_le_bytes());
        }
        for (at, bytes) in rest {
            page[*at..at + bytes.len()].copy_from_slice(bytes);
        }
        page[PAGE - 1] = u8::try_from(places.len() - 1).unwrap();
        page
    }

    fn table(places: &[u32], pages: &[u32]) -> Vec<u8> {
        places.iter().chain(pages).flat_map(|number| number.to_le_bytes()).collect()
    }

    #[test]
    fn properties_are_found_by_their_place_in_the_stream() {
        let characters = page(&[10, 20, 30], &[(12, &[0, 100]), (200, &[3, 0x37, 0x08, 1])]);
        let table = table(&[10, 30], &[0]);
        let pages = Pages::of(&characters, &table, Kind::Characters).expect("pages");
        assert_eq!(pages.find(10), Some(Run { end: 20, properties: &[] }));
        assert_eq!(pages.find(29), Some(Run { end: 30, properties: &[0x37, 0x08, 1] }));
        assert_eq!(pages.find(9), None);
        assert_eq!(pages.find(30), Some(Run { end: usize::MAX, properties: &[] }));
    }

    #[test]
    fn paragraphs_have_their_style_first() {
        let rest: [(usize, &[u8]); 5] =
            [(16, &[0]), (29, &[100]), (42, &[110]), (200, &[2, 5, 0, 7]), (220, &[0, 2, 6, 0, 8, 9])];
        let paragraphs = page(&[0, 2, 4, 6], &rest);
        let table = table(&[0, 6], &[0]);
        let pages = Pages::of(&paragraphs, &table, Kind::Paragraphs).expect("pages");
        let properties = |at| pages.find(at).map(|run| run.properties);
        assert_eq!(properties(1), Some(&[0, 0][..]));
        assert_eq!(properties(2), Some(&[5, 0, 7][..]));
        assert_eq!(properties(5), Some(&[6, 0, 8, 9][..]));
    }

    #[test]
    fn damaged_pages_are_not_found() {
        let bytes = page(&[10, 20, 5], &[(12, &[255, 255])]);
        assert!(Pages::of(&bytes, &table(&[30, 10], &[0]), Kind::Characters).is_none());
        let table = table(&[0, 1000], &[0]);
        let pages = Pages::of(&bytes, &table, Kind::Characters).expect("pages");
        for at in 0..1100 {
            assert!(pages.find(at).is_none_or(|run| run.end > at));
        }
        assert!(Pages::of(&bytes, &[], Kind::Characters).is_none());
    }
}
