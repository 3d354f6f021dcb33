//! A character at its place.

use super::radical;
use super::turn::Turn;
use crate::document::Rect;

/// A character at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) struct Glyph {
    /// The character; U+FFFD where the file does not tell.
    pub(in crate::document) c: char,
    /// The box it takes: its advance, from about the highest to about the lowest stroke.
    pub(in crate::document) area: Rect,
    /// Where it stands on its baseline.
    pub(in crate::document) origin: (i32, i32),
    /// Size of its font.
    pub(in crate::document) size: i32,
    /// How it is turned on the page.
    pub(in crate::document) turn: Turn,
    /// Whether the next character stands below it rather than beside it.
    pub(in crate::document) vertical: bool,
    /// Whether it does not show.
    pub(in crate::document) hidden: bool,
}

impl Glyph {
    /// The glyphs that together write `text` in the box of `self`, side by side: of a ligature, or of a text that
    /// stands in the place of glyphs.
    pub(in crate::document) fn split(self, text: &str, put: &mut impl FnMut(Self)) {
        let chars = || text.chars().filter_map(radical::whole);
        let count = i32::try_from(chars().count()).unwrap_or(i32::MAX);
        let wide = self.turn.is_upright();
        for (index, c) in (0..).zip(chars()) {
            let mut glyph = Self { c, ..self };
            if count > 1 && wide {
                let part = self.area.width() / count;
                glyph.area.left = self.area.left + part * index;
                glyph.area.right = if index + 1 == count { self.area.right } else { glyph.area.left + part };
                glyph.origin.0 = glyph.area.left;
            } else if count > 1 {
                let part = self.area.height() / count;
                glyph.area.top = self.area.top + part * index;
                glyph.area.bottom = if index + 1 == count { self.area.bottom } else { glyph.area.top + part };
                glyph.origin.1 = glyph.area.top;
            }
            put(glyph);
        }
    }

    /// Whether it only makes room.
    pub(in crate::document) fn is_blank(&self) -> bool {
        self.c == ' '
    }

    /// Whether it can be part of a figure.
    pub(super) const fn is_numeric(&self) -> bool {
        matches!(self.c, '0'..='9' | '０'..='９' | '.' | ',' | '-' | '－' | '．' | '，' | '%' | '−')
    }

    /// Whether it is as wide as a Chinese character.
    pub(super) fn is_wide(&self) -> bool {
        is_wide(self.c)
    }

    /// The middle of its strokes.
    pub(super) const fn middle(&self) -> (i32, i32) {
        (i32::midpoint(self.area.left, self.area.right), i32::midpoint(self.area.top, self.area.bottom))
    }
}

/// Whether `c` takes the room of a Chinese character.
pub(super) fn is_wide(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(2)
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·' | '①'..='⑳' | '\u{fffd}')
}

/// `percent` hundredths of `size`.
pub(super) const fn percent(size: i32, percent: i32) -> i32 {
    size.saturating_mul(percent) / 100
}
