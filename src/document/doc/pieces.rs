//! The text: characters at their positions, put together from pieces of the stream ([MS-DOC] 2.4.1, retrieving
//! text). A document that was saved fast has many pieces, in any order.

use super::number::{short, size};
use super::property::single;

/// A piece of the text (2.8.35, PlcPcd).
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its first character.
    pub(super) first: usize,
    /// One past its last.
    pub(super) end: usize,
    /// Where its first character is in the stream.
    pub(super) at: usize,
    /// Bytes a character takes: 1 or 2.
    pub(super) width: usize,
    modifiers: Modifiers,
}

/// The properties that a piece changes (2.9.214, Prm).
#[derive(Clone, Debug)]
enum Modifiers {
    Own(Vec<u8>),
    /// A number in the list of those that are too long for a piece.
    Listed(usize),
}

/// The text of a document.
pub(super) struct Text<'a> {
    /// UTF-16, all parts of the document in a row.
    pub(super) units: Vec<u16>,
    pieces: Vec<Piece>,
    listed: Vec<&'a [u8]>,
}

impl<'a> Text<'a> {
    /// The first `length` characters of the text of the stream `document` whose pieces `clx` tells (2.9.38, Clx).
    /// `None` where it is not whole.
    pub(super) fn of(document: &[u8], clx: &'a [u8], length: usize) -> Option<Self> {
        let mut rest = clx;
        let mut listed = Vec::new();
        while let [1, after @ ..] = rest {
            let end = 2 + usize::from(short(after, 0)?);
            listed.push(after.get(2..end)?);
            rest = &after[end..];
        }
        let [2, after @ ..] = rest else { return None };
        let table = after.get(4..size(after, 0)?.checked_add(4)?)?;
        let count = table.len().checked_sub(4)? / 12;
        let mut text = Self { units: Vec::with_capacity(length), pieces: Vec::with_capacity(count), listed };
        for index in 0..count {
            let (first, end) = (size(table, 4 * index)?, size(table, 4 * index + 4)?);
            if first != text.units.len() || end < first {
                return None;
            }
            if end == first {
                continue;
            }
            let descriptor = 4 * (count + 1) + 8 * index;
            text.add(document, first..end.min(length), table.get(descriptor..descriptor + 8)?)?;
            if end >= length {
                break;
            }
        }
        (text.units.len() >= length).then_some(text)
    }

    /// Adds a piece (2.9.177, Pcd).
    fn add(&mut self, document: &[u8], range: std::ops::Range<usize>, descriptor: &[u8]) -> Option<()> {
        let place = size(descriptor, 2)?;
        let is_compressed = place & 1 << 30 != 0;
        let place = place & ((1 << 30) - 1);
        let (at, width) = if is_compressed { (place / 2, 1) } else { (place, 2) };
        let bytes = document.get(at..at.checked_add(range.len() * width)?)?;
        if is_compressed {
            self.units.extend(bytes.iter().map(|&byte| character(byte)));
        } else {
            self.units.extend(super::number::units(bytes));
        }
        let [low, high] = short(descriptor, 6)?.to_le_bytes();
        let modifiers = if low & 1 == 0 {
            Modifiers::Own(single(low >> 1, high))
        } else {
            Modifiers::Listed(usize::from(u16::from_le_bytes([low, high]) >> 1))
        };
        self.pieces.push(Piece { first: range.start, end: range.end, at, width, modifiers });
        Some(())
    }

    /// The piece in which the character `position` is.
    pub(super) fn piece(&self, position: usize) -> Option<&Piece> {
        let index = self.pieces.partition_point(|piece| piece.end <= position);
        self.pieces.get(index)
    }

    /// The properties that a piece changes.
    pub(super) fn modifiers<'t>(&'t self, piece: &'t Piece) -> Option<&'t [u8]> {
        match &piece.modifiers {
            Modifiers::Own(bytes) => Some(bytes),
            Modifiers::Listed(index) => self.listed.get(*index).copied(),
        }
    }
}

impl Piece {
    /// Where the character `position` of the piece is in the stream.
    pub(super) fn place(&self, position: usize) -> usize {
        self.at + (position - self.first) * self.width
    }

    /// The first character of the piece that does not lie before `place` in the stream.
    pub(super) fn position(&self, place: usize) -> usize {
        let before = place.saturating_sub(self.at).div_ceil(self.width);
        self.end.min(self.first + before)
    }
}

/// The character that a byte of a compressed piece stands for (2.9.73, FcCompressed).
fn character(byte: u8) -> u16 {
    const OTHERS: [u16; 32] = [
        0x80, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d, 0x8e,
        0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153,
        0x9d, 0x9e, 0x0178,
    ];
    let index = usize::from(byte).wrapping_sub(0x80);
    OTHERS.get(index).copied().unwrap_or_else(|| u16::from(byte))
}

#[cfg(test)]
mod tests {
    use super::Text;

    /// Pieces of these ends, places and modifiers.
    fn clx(pieces: &[(u32, u32, u16)], listed: &[u8]) -> Vec<u8> {
        let mut table = 0_u32.to_le_bytes().to_vec();
        table.extend(pieces.iter().flat_map(|piece| piece.0.to_le_bytes()));
        for (_, place, modifier) in pieces {
            table.extend([0, 0]);
            table.extend(place.to_le_bytes());
            table.extend(modifier.to_le_bytes());
        }
        let mut bytes = vec![1];
        bytes.extend(u16::try_from(listed.len()).unwrap().to_le_bytes());
        bytes.extend(listed);
        bytes.push(2);
        bytes.extend(u32::try_from(table.len()).unwrap().to_le_bytes());
        bytes.extend(table);
        bytes
    }

    #[test]
    fn text_is_put_together_from_its_pieces() {
        let stream: Vec<u8> = "年报".encode_utf16().flat_map(u16::to_le_bytes).chain(*b"ab\x93\x94").collect();
        let compressed = |at: u32| (2 * at) | (1 << 30);
        let pieces = [(2, compressed(6), 0), (4, 0, 1), (5, compressed(4), 0x57 << 1 | 1 << 8)];
        let clx = clx(&pieces, &[0x37, 0x08, 1]);
        let text = Text::of(&stream, &clx, 5).expect("text");
        assert_eq!(super::super::number::text(text.units.iter().copied()), "“”年报a");
        let modifiers = |position| text.modifiers(text.piece(position).unwrap()).unwrap();
        assert_eq!((modifiers(1), modifiers(3), modifiers(4)), (&[][..], &[0x37, 8, 1][..], &[0x37, 8, 1][..]));
        let piece = text.piece(3).unwrap();
        assert_eq!((piece.place(3), piece.position(2), piece.position(3), piece.position(99)), (2, 3, 4, 4));
        assert!(Text::of(&stream, &clx, 6).is_none(), "fewer characters than the head says");
        for end in 0..clx.len() {
            assert!(Text::of(&stream, &clx[..end], 5).is_none(), "{end}");
        }
    }

    #[test]
    fn pieces_beyond_the_stream_are_damage() {
        for pieces in [[(2, 2, 0)], [(0, 0, 0)], [(1, u32::MAX >> 2, 0)]] {
            assert!(Text::of(b"abcd", &clx(&pieces, &[]), 1).is_none() == (pieces[0].0 != 2), "{pieces:?}");
        }
        assert!(Text::of(b"abcd", &clx(&[(2, 2, 0)], &[]), 2).is_none());
    }
}
