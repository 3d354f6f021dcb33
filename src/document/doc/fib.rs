//! The head of a document, which says where everything is ([MS-DOC] 2.5.1, Fib).

use super::number::{short, size};

/// Where `FibRgFcLcb97` begins: behind `FibBase`, `FibRgW97` and `FibRgLw97`, whose sizes are the same in all versions.
const PLACES: usize = 154;

/// Characters a document may have. Reports have some ten thousand.
const CHARACTERS: usize = 8 << 20;

/// What the table stream holds, by its number in `FibRgFcLcb97` (2.5.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Stshf, the style sheet.
    Styles = 1,
    /// PlcfBteChpx, the pages that tell how characters look.
    Characters = 12,
    /// PlcfBtePapx, the pages that tell how paragraphs are.
    Paragraphs = 13,
    /// SttbfFfn, the fonts.
    Fonts = 15,
    /// Clx, the pieces of the text.
    Pieces = 33,
    /// PlcSpaMom, where in the main text drawings hang.
    Anchors = 40,
    /// DggInfo, the drawings.
    Drawings = 50,
    /// PlcftxbxTxt, the boxes of text of the main text.
    Boxes = 56,
    /// PlfLst, the patterns of lists.
    Patterns = 73,
    /// PlfLfo, the lists.
    Lists = 74,
}

/// A version of the format that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is protected by a password.
    Encrypted,
    /// It is of Word 6 or 95, or older.
    Old,
    /// It is none, or damaged.
    Damaged,
}

/// The parts of the text that are read, by their places in it (2.3). The fourth, comments, is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The main text.
    Main = 0,
    /// Footnotes.
    Footnotes = 1,
    /// Heads and feet of pages.
    Headers = 2,
    /// Endnotes.
    Endnotes = 4,
    /// Boxes of text in the main text.
    Boxes = 5,
    /// Boxes of text in heads and feet.
    HeaderBoxes = 6,
}

/// Where the counts of characters of the parts are.
const COUNTS: [usize; 7] = [76, 80, 84, 92, 96, 100, 104];

/// The head of a document.
pub(super) struct Fib<'a> {
    head: &'a [u8],
    /// The name of the table stream.
    pub(super) table: &'static str,
    counts: [usize; 7],
}

impl<'a> Fib<'a> {
    /// The head at the beginning of the stream `WordDocument`.
    ///
    /// # Errors
    /// A [`Fault`] where what follows cannot be read.
    pub(super) fn of(head: &'a [u8]) -> Result<Self, Fault> {
        let kind = short(head, 0).ok_or(Fault::Damaged)?;
        let version = short(head, 2).ok_or(Fault::Damaged)?;
        let flags = short(head, 10).ok_or(Fault::Damaged)?;
        // nFib is 0xC1 from Word 97 on, with a few that differ by one (2.5.2); 101 to 105 in Word 6 and 95.
        if kind != 0xa5ec || version < 0xc0 {
            let is_old = matches!(kind, 0xa5db | 0xa5dc | 0xa5ec | 0xa697 | 0xa698 | 0xa699) && version < 0xc0;
            return Err(if is_old { Fault::Old } else { Fault::Damaged });
        }
        if flags & 0x100 != 0 {
            return Err(Fault::Encrypted);
        }
        let table = if flags & 0x200 != 0 { "1Table" } else { "0Table" };
        let mut counts = [0; 7];
        let mut total = 0_usize;
        for (count, at) in counts.iter_mut().zip(COUNTS) {
            *count = size(head, at).ok_or(Fault::Damaged)?;
            total = total.saturating_add(*count);
        }
        // csw and cslw: what lies before the places is as long as it always is.
        let is_whole = short(head, 32) == Some(14) && short(head, 62).is_some_and(|count| count >= 22);
        if !is_whole || total > CHARACTERS {
            return Err(Fault::Damaged);
        }
        Ok(Self { head, table, counts })
    }

    /// What lies in the table stream at `place`: nothing where the document has none.
    ///
    /// `None` where it reaches beyond the stream.
    pub(super) fn part<'t>(&self, table: &'t [u8], place: Place) -> Option<&'t [u8]> {
        self.from(table, place).and_then(|(bytes, length)| bytes.get(..length))
    }

    /// What lies in the table stream from `place` on, and how much of it is said to belong to it.
    pub(super) fn from<'t>(&self, table: &'t [u8], place: Place) -> Option<(&'t [u8], usize)> {
        let at = PLACES + 8 * place as usize;
        let (start, length) = (size(self.head, at)?, size(self.head, at + 4)?);
        if length == 0 {
            return Some((&[], 0));
        }
        Some((table.get(start..)?, length))
    }

    /// From which character to which a part of the text reaches.
    pub(super) fn range(&self, part: Part) -> std::ops::Range<usize> {
        let start = self.counts[..part as usize].iter().sum::<usize>();
        start..start + self.counts[part as usize]
    }

    /// How many characters there are. One more, which ends parts beside the main text, belongs to none.
    pub(super) fn characters(&self) -> usize {
        self.counts.iter().sum()
    }
}
