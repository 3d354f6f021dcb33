//! Single property modifiers ([MS-DOC] 2.2.5): codes with operands, one after the other.

use super::number::short;

/// A modifier (2.2.5.2, Prl).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Property<'a> {
    /// What it modifies.
    pub(super) code: u16,
    /// Its operand, without the length where it has one.
    pub(super) operand: &'a [u8],
    /// How many bytes it takes in all.
    length: usize,
}

impl Property<'_> {
    /// The first byte of the operand.
    pub(super) fn byte(&self) -> u8 {
        self.operand.first().copied().unwrap_or(0)
    }

    /// The operand as a number of 16 bits.
    pub(super) fn short(&self) -> u16 {
        short(self.operand, 0).unwrap_or(0)
    }

    /// The operand as a place in a stream.
    pub(super) fn place(&self) -> Option<usize> {
        super::number::size(self.operand, 0)
    }
}

/// sprmTDefTable and its predecessor: their length has 16 bits.
const TABLES: [u16; 2] = [0xd608, 0xd606];

/// sprmPChgTabs, which may be longer than its length can say.
const TABS: u16 = 0xc615;

/// The modifiers in `bytes`. What follows the last whole one is padding.
pub(super) fn properties(bytes: &[u8]) -> impl Iterator<Item = Property<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let code = short(rest, 0)?;
        let after = &rest[2..];
        // 2.2.5.1: the upper three bits tell the size of the operand.
        let (skip, length) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            _ if TABLES.contains(&code) => (2, usize::from(short(after, 0)?).checked_sub(1)?),
            _ if code == TABS && *after.first()? == 255 => {
                let deleted = usize::from(*after.get(1)?);
                let added = usize::from(*after.get(2 + 4 * deleted)?);
                (1, 2 + 4 * deleted + 3 * added)
            }
            _ => (1, usize::from(*after.first()?)),
        };
        let operand = after.get(skip..skip + length)?;
        rest = &after[skip + length..];
        Some(Property { code, operand, length: 2 + skip + length })
    })
}

/// Whether `bytes` are modifiers to their end, but for padding.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let mut rest = bytes.len();
    properties(bytes).for_each(|property| rest -= property.length);
    rest < 2
}

/// The modifier that a piece carries by itself (2.9.215, Prm0), as it would be written; nothing where it is none
/// that changes what is read.
pub(super) fn single(index: u8, value: u8) -> Vec<u8> {
    let code: u16 = match index {
        0x0c => 0x260a, // sprmPIlvl
        0x18 => 0x2416, // sprmPFInTable
        0x19 => 0x2417, // sprmPFTtp
        0x41 => 0x0800, // sprmCFRMarkDel
        0x47 => 0x0806, // sprmCFData
        0x4b => 0x080a, // sprmCFOle2
        0x53 => 0x2a33, // sprmCPlain
        0x57 => 0x0837, // sprmCFStrike
        0x5c => 0x083c, // sprmCFVanish
        0x68 => 0x2a48, // sprmCIss
        0x73 => 0x2a53, // sprmCFDStrike
        0x75 => 0x0855, // sprmCFSpec
        _ => return Vec::new(),
    };
    let [low, high] = code.to_le_bytes();
    vec![low, high, value]
}

#[cfg(test)]
mod tests {
    use super::{is_whole, properties};

    #[test]
    fn operands_are_as_long_as_their_codes_say() {
        let codes = |bytes: &[u8]| {
            let shown = properties(bytes).map(|property| format!("{:04x}:{}", property.code, property.operand.len()));
            (shown.collect::<Vec<_>>().join(" "), is_whole(bytes))
        };
        let cases: [(&[u8], &str, bool); 8] = [
            (&[0x37, 0x08, 1, 0x16, 0x24, 1], "0837:1 2416:1", true),
            (&[0x0b, 0x46, 1, 0, 0x49, 0x66, 1, 0, 0, 0], "460b:2 6649:4", true),
            (&[0x2b, 0xd6, 2, 1, 3, 0x01, 0x96, 0, 0], "d62b:2 9601:2", true),
            (&[0x08, 0xd6, 4, 0, 9, 9, 9, 0x37, 0x08, 1], "d608:3 0837:1", true),
            (&[0x15, 0xc6, 255, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0x37, 0x08, 1], "c615:9 0837:1", true),
            // Padding, and operands that are cut off.
            (&[0x37, 0x08, 1, 0], "0837:1", true),
            (&[0x37, 0x08, 1, 0x49, 0x66, 1], "0837:1", false),
            (&[0x08, 0xd6, 0, 0, 1], "", false),
        ];
        for (bytes, expected, whole) in cases {
            assert_eq!(codes(bytes), (expected.to_owned(), whole), "{bytes:?}");
        }
    }
}
