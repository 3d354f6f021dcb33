//! How characters look, as far as that changes the text ([MS-DOC] 2.6.1, character properties).

use super::property::{Property, properties};
use super::styles::Styles;
use crate::document::raised::Level;

/// What styles say of characters; `None` where they do not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    struck: Option<bool>,
    struck_twice: Option<bool>,
    hidden: Option<bool>,
    deleted: Option<bool>,
    level: Option<Level>,
    /// How far it is raised, lowered where negative, and its size; in half points.
    raise: Option<i16>,
    size: Option<u16>,
}

/// The size of characters of which none is said, in half points.
const SIZE: u16 = 20;

/// How a character looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// What it shares with styles.
    said: Said,
    /// Whether it is no text, but stands for something (sprmCFSpec).
    pub(super) is_special: bool,
    /// Whether what it stands for is data of a form field (sprmCFData).
    pub(super) is_data: bool,
    /// Where in the data stream its picture is (sprmCPicLocation).
    pub(super) picture: Option<usize>,
    /// The font and the code of the symbol that it stands for (sprmCSymbol).
    pub(super) symbol: Option<(u16, u16)>,
    /// Its font (sprmCRgFtc0), by which signs without a code of their own are told.
    pub(super) font: u16,
}

/// Which styles a character is in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Styled<'s> {
    pub(super) styles: &'s Styles,
    pub(super) paragraph: u16,
}

const STYLE: u16 = 0x4a30; // sprmCIstd
const PLAIN: u16 = 0x2a33; // sprmCPlain

impl Said {
    /// This, and what `outer` says where this is silent.
    pub(super) fn or(self, outer: Self) -> Self {
        Self {
            struck: self.struck.or(outer.struck),
            struck_twice: self.struck_twice.or(outer.struck_twice),
            hidden: self.hidden.or(outer.hidden),
            deleted: self.deleted.or(outer.deleted),
            level: self.level.or(outer.level),
            raise: self.raise.or(outer.raise),
            size: self.size.or(outer.size),
        }
    }

    /// Takes what a property says over what `style` says.
    pub(super) fn take(&mut self, property: &Property, style: Self) {
        // 2.9.327, ToggleOperand: on, off, as the style, or the contrary.
        let toggled = |of_style: Option<bool>| match property.byte() {
            0 => Some(false),
            1 => Some(true),
            0x80 => of_style,
            0x81 => Some(!of_style.unwrap_or(false)),
            _ => Some(true),
        };
        match property.code {
            0x0800 => self.deleted = toggled(style.deleted), // sprmCFRMarkDel
            0x0837 => self.struck = toggled(style.struck),   // sprmCFStrike
            0x2a53 => self.struck_twice = toggled(style.struck_twice), // sprmCFDStrike
            0x083c => self.hidden = toggled(style.hidden),   // sprmCFVanish
            0x4845 => self.raise = Some(property.short().cast_signed()), // sprmCHpsPos
            0x4a43 => self.size = Some(property.short()),    // sprmCHps
            0x2a48 => {
                // sprmCIss
                self.level = Some(match property.byte() {
                    1 => Level::Raised,
                    2 => Level::Lowered,
                    _ => Level::Line,
                });
            }
            _ => {}
        }
    }
}

impl Look {
    /// The look of characters with `own` properties, in a piece that changes them by `changes`.
    pub(super) fn of(own: &[u8], changes: &[u8], styled: Styled) -> Self {
        let all = || properties(own).chain(properties(changes));
        let outer = styled.styles.characters(styled.paragraph);
        let style = all().filter(|property| property.code == STYLE).last().map(|property| property.short());
        let style = style.map_or(outer, |style| styled.styles.characters(style).or(outer));
        let mut look = Self { said: style, ..Self::default() };
        for property in all() {
            match property.code {
                PLAIN => look.said = style,
                0x0855 => look.is_special = property.byte() != 0, // sprmCFSpec
                0x0806 => look.is_data = property.byte() != 0,    // sprmCFData
                0x6a03 => look.picture = property.place(),        // sprmCPicLocation
                0x4a4f => look.font = property.short(),           // sprmCRgFtc0
                0x6a09 => {
                    // sprmCSymbol
                    let code = super::number::short(property.operand, 2);
                    look.symbol = code.map(|code| (property.short(), code));
                    look.is_special = true;
                }
                _ => look.said.take(&property, style),
            }
        }
        look
    }

    /// Whether the text is no part of the report: hidden, struck out, or deleted while changes were tracked.
    pub(super) fn is_out(self) -> bool {
        self.is_hidden() || self.is_deleted() || self.said.struck == Some(true) || self.said.struck_twice == Some(true)
    }

    /// Whether the text is hidden.
    pub(super) fn is_hidden(self) -> bool {
        self.said.hidden == Some(true)
    }

    /// Whether the text was deleted.
    pub(super) fn is_deleted(self) -> bool {
        self.said.deleted == Some(true)
    }

    /// Where the text stands.
    pub(super) fn level(self) -> Level {
        let Said { level, raise, size, .. } = self.said;
        let moved = || Level::of(raise.unwrap_or(0).into(), size.unwrap_or(SIZE).into());
        level.filter(|level| *level != Level::Line).unwrap_or_else(moved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_relative_to_the_style() {
        let struck = Said { struck: Some(true), ..Said::default() };
        let styles = Styles::with(&[struck, Said::default()]);
        let look = |style, own: &[u8]| Look::of(own, &[], Styled { styles: &styles, paragraph: style });
        // In a style that strikes out: nothing said, off, on, as the style, against it.
        let of_style = [&[][..], &[0], &[1], &[0x80], &[0x81]].map(|value| {
            let own: Vec<u8> = if value.is_empty() { Vec::new() } else { [&[0x37, 0x08], value].concat() };
            (look(0, &own).is_out(), look(1, &own).is_out())
        });
        assert_eq!(of_style, [(true, false), (false, false), (true, true), (true, false), (false, true)]);
        // A style of characters over that of the paragraph, and what is said beside it.
        assert!(look(1, &[0x30, 0x4a, 0, 0]).is_out());
        assert!(!look(1, &[0x30, 0x4a, 0, 0, 0x37, 0x08, 0x81]).is_out());
        assert!(!look(1, &[0x37, 0x08, 1, 0x33, 0x2a, 0]).is_out(), "plain again");
    }

    #[test]
    fn what_is_hidden_deleted_or_struck_out_is_no_text() {
        let styles = Styles::default();
        let look = |own: &[u8], changes: &[u8]| Look::of(own, changes, Styled { styles: &styles, paragraph: 0 });
        for code in [[0x37, 0x08], [0x53, 0x2a], [0x3c, 0x08], [0x00, 0x08]] {
            let own = [&code[..], &[1]].concat();
            assert!(look(&own, &[]).is_out() && look(&[], &own).is_out());
            assert!(!look(&own, &[&code[..], &[0]].concat()).is_out(), "a piece has the last word");
        }
        assert!(!look(&[0x01, 0x08, 1], &[]).is_out(), "inserted text is text");
        let levels = [0, 1, 2].map(|iss| look(&[0x48, 0x2a, iss], &[]).level());
        assert_eq!(levels, [Level::Line, Level::Raised, Level::Lowered]);
        // Moved within the line, by half points, and beyond it; the last of a smaller size.
        let moved = [[6, 0, 20], [7, 0, 20], [0xf9, 0xff, 20], [4, 0, 12]]
            .map(|[low, high, size]| look(&[0x45, 0x48, low, high, 0x43, 0x4a, size, 0], &[]).level());
        assert_eq!(moved, [Level::Line, Level::Raised, Level::Lowered, Level::Raised]);
        assert_eq!(look(&[0x09, 0x6a, 2, 0, 0xfe, 0xf0], &[]).symbol, Some((2, 0xf0fe)));
    }
}
