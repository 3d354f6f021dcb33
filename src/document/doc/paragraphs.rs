//! What is read of a paragraph ([MS-DOC] 2.6.2, paragraph properties): whether it stands in a table or ends a part
//! of one, and in which list it is.

use super::number::short;
use super::property::{Property, is_whole, properties};
use super::rows::Row;

/// The list of a paragraph, as far as it, or a style, says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    list: Option<u16>,
    level: Option<u8>,
}

/// What is read of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    /// The number of its style.
    pub(super) style: u16,
    /// What it says of its list.
    pub(super) list: Listed,
    /// Whether it is the large first letter of the next (sprmPDcs).
    pub(super) is_drop_cap: bool,
    /// Whether its mark ends a cell of a table in a table.
    pub(super) is_inner_cell: bool,
    /// Whether its mark ends a row of a table in a table.
    pub(super) is_inner_end: bool,
    /// Whether its mark ends a row of a table.
    pub(super) is_end: bool,
    /// How its row is divided, if it ends one.
    pub(super) row: Row,
    is_in_table: bool,
    depth: i32,
}

const HUGE: [u16; 2] = [0x6646, 0x6645]; // sprmPHugePapx
const TABLE: u16 = 0x646b; // sprmPTableProps

impl Listed {
    /// Takes what a property says.
    pub(super) fn take(&mut self, property: &Property) {
        match property.code {
            0x460b => self.list = Some(property.short()), // sprmPIlfo
            0x260a => self.level = Some(property.byte()), // sprmPIlvl
            _ => {}
        }
    }

    /// The number of the list, from 1, and the level, where this, or else `style`, puts the paragraph in one.
    pub(super) fn or(self, style: Self) -> Option<(u32, usize)> {
        // From 0x7ff on there are no lists, but paragraphs that are taken out of one.
        let list = self.list.or(style.list).filter(|list| (1..0x7ff).contains(list))?;
        Some((u32::from(list), usize::from(self.level.or(style.level).unwrap_or(0))))
    }
}

impl Paragraph {
    /// The paragraph with `own` properties, in a piece that changes them by `changes`. Some are kept in `data`.
    ///
    /// `None` where they are kept outside of it, or are more than `work` allows.
    pub(super) fn of(own: &[u8], changes: &[u8], data: &[u8], work: &mut usize) -> Option<Self> {
        let mut paragraph = Self { style: short(own, 0)?, ..Self::default() };
        let own = &own[2..];
        let kept = properties(own).find(|property| HUGE.contains(&property.code));
        let own = match kept {
            // 2.6.2: all properties are where this one says.
            Some(kept) => stored(data, kept.place()?, work)?,
            None => own,
        };
        for property in properties(own) {
            if property.code == TABLE {
                for property in properties(stored(data, property.place()?, work)?) {
                    paragraph.take(&property);
                }
            }
            paragraph.take(&property);
        }
        properties(changes).for_each(|property| paragraph.take(&property));
        Some(paragraph)
    }

    fn take(&mut self, property: &Property) {
        let is_on = property.byte() != 0;
        match property.code {
            0x4600 => self.style = property.short(),                            // sprmPIstd
            0x2416 => self.is_in_table = is_on,                                 // sprmPFInTable
            0x2417 => self.is_end = is_on,                                      // sprmPFTtp
            0x6649 => self.depth = number(property),                            // sprmPItap
            0x664a => self.depth = self.depth.saturating_add(number(property)), // sprmPDtap
            0x244b => self.is_inner_cell = is_on,                               // sprmPFInnerTableCell
            0x244c => self.is_inner_end = is_on,                                // sprmPFInnerTtp
            0x442c => self.is_drop_cap = property.byte() & 7 != 0,              // sprmPDcs
            code if code >> 10 & 7 == 5 => self.row.take(property),
            _ => self.list.take(property),
        }
    }

    /// In how many tables it stands.
    pub(super) fn depth(&self) -> usize {
        usize::try_from(self.depth).unwrap_or(0).max(usize::from(self.is_in_table))
    }
}

fn number(property: &Property) -> i32 {
    super::number::long(property.operand, 0).unwrap_or(0).cast_signed()
}

/// Properties in the data stream (2.9.216, PrcData).
fn stored<'a>(data: &'a [u8], at: usize, work: &mut usize) -> Option<&'a [u8]> {
    let length = usize::from(short(data, at)?);
    *work = work.checked_sub(length)?;
    data.get(at + 2..at + 2 + length).filter(|bytes| is_whole(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_may_be_kept_elsewhere() {
        let data = [0, 0, 3, 0, 0x16, 0x24, 1];
        let depth = |own: &[u8]| Paragraph::of(own, &[], &data, &mut 1_000).map(|paragraph| paragraph.depth());
        assert_eq!(depth(&[0, 0, 0x16, 0x24, 1]), Some(1));
        assert_eq!(depth(&[0, 0, 0x49, 0x66, 2, 0, 0, 0, 0x4a, 0x66, 1, 0, 0, 0]), Some(3));
        assert_eq!(depth(&[0, 0, 0x49, 0x66, 2, 0, 0, 0, 0x46, 0x66, 2, 0, 0, 0]), Some(1), "all of them");
        assert_eq!(depth(&[0, 0, 0x6b, 0x64, 2, 0, 0, 0, 0x49, 0x66, 2, 0, 0, 0]), Some(2), "those of tables");
        assert_eq!(depth(&[0, 0, 0x46, 0x66, 99, 0, 0, 0]), None);
        assert_eq!(depth(&[0]), None);
        let paragraph = Paragraph::of(&[7, 0, 0x16, 0x24, 1], &[0x16, 0x24, 0, 0x17, 0x24, 1], &data, &mut 0).unwrap();
        assert_eq!((paragraph.style, paragraph.depth(), paragraph.is_end), (7, 0, true), "the piece changes them");
    }

    #[test]
    fn lists_are_those_of_the_paragraph_or_of_its_style() {
        let listed = |list: u16, level: u8| Listed { list: Some(list), level: Some(level) };
        let silent = Listed::default();
        assert_eq!(listed(2, 1).or(listed(3, 4)), Some((2, 1)));
        assert_eq!(silent.or(listed(3, 4)), Some((3, 4)));
        assert_eq!(listed(0, 0).or(listed(3, 4)), None, "taken out of the list");
        assert_eq!(listed(0xf801, 0).or(listed(3, 4)), None);
        assert_eq!(Listed { list: Some(1), level: None }.or(silent), Some((1, 0)));
    }
}
