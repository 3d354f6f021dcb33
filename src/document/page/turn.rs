//! Quarter turns: of glyphs on a page, and of pages whose writing lies on its side.

use super::Page;
use super::ruling::{Axis, Ruling};
use crate::document::Rect;

/// A turn by quarters, clockwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::document) enum Turn {
    /// Not turned: written from left to right.
    #[default]
    None,
    /// Written downwards.
    Right,
    /// Upside down.
    Half,
    /// Written upwards.
    Left,
}

impl Turn {
    /// All turns.
    const ALL: [Self; 4] = [Self::None, Self::Right, Self::Half, Self::Left];

    /// Whether lines are parallel to the upper edge of the page.
    pub(in crate::document) const fn is_upright(self) -> bool {
        matches!(self, Self::None | Self::Half)
    }

    /// The turn that undoes this one.
    pub(super) const fn inverse(self) -> Self {
        match self {
            Self::Right => Self::Left,
            Self::Left => Self::Right,
            same => same,
        }
    }

    /// This turn, and then `other`.
    const fn and(self, other: Self) -> Self {
        Self::ALL[(self as usize + other as usize) % 4]
    }

    /// Where a point of a page of `size` lies when the page is turned.
    const fn point(self, (x, y): (i32, i32), (width, height): (i32, i32)) -> (i32, i32) {
        match self {
            Self::None => (x, y),
            Self::Right => (height - y, x),
            Self::Half => (width - x, height - y),
            Self::Left => (y, width - x),
        }
    }

    /// Where a box on a page of `size` lies when the page is turned.
    pub(super) fn of(self, area: Rect, size: (i32, i32)) -> Rect {
        let (a, b) = self.point((area.left, area.top), size);
        let (c, d) = self.point((area.right, area.bottom), size);
        Rect { left: a.min(c), top: b.min(d), right: a.max(c), bottom: b.max(d) }
    }

    /// The glyph on a page of `size`, turned with it.
    pub(super) fn glyph(self, glyph: super::Glyph, size: (i32, i32)) -> super::Glyph {
        super::Glyph {
            area: self.of(glyph.area, size),
            origin: self.point(glyph.origin, size),
            turn: glyph.turn.and(self),
            ..glyph
        }
    }
}

/// The page turned so that most of its writing is upright, and the turn that turns it back.
pub(super) fn upright(page: Page) -> (Page, Turn) {
    let count = |turn| page.glyphs.iter().filter(|glyph| glyph.turn == turn && !glyph.is_blank()).count();
    let usual = Turn::ALL.into_iter().rev().max_by_key(|&turn| count(turn)).unwrap_or_default();
    if usual == Turn::None || count(usual) == 0 {
        return (page, Turn::None);
    }
    let turn = usual.inverse();
    let old = (page.width, page.height);
    let (width, height) = if turn.is_upright() { old } else { (old.1, old.0) };
    let rulings = page.rulings.iter().map(|ruling| {
        let area = match ruling.axis {
            Axis::Horizontal => Rect { left: ruling.from, top: ruling.at, right: ruling.to, bottom: ruling.at },
            Axis::Vertical => Rect { left: ruling.at, top: ruling.from, right: ruling.at, bottom: ruling.to },
        };
        let area = turn.of(area, old);
        match (ruling.axis, turn.is_upright()) {
            (Axis::Horizontal, true) | (Axis::Vertical, false) => Ruling::horizontal(area.top, area.left, area.right),
            _ => Ruling::vertical(area.left, area.top, area.bottom),
        }
    });
    let turned = Page {
        width,
        height,
        rulings: rulings.collect(),
        glyphs: page.glyphs.iter().map(|glyph| turn.glyph(*glyph, old)).collect(),
        images: page.images.iter().map(|image| super::Image { area: turn.of(image.area, old), ..*image }).collect(),
        shapes: page.shapes,
        recognised: page.recognised,
        beyond: page.beyond.iter().map(|glyph| turn.of(*glyph, old)).collect(),
    };
    (turned, usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_and_its_inverse_change_nothing() {
        let area = Rect { left: 100, top: 200, right: 300, bottom: 250 };
        for turn in Turn::ALL {
            let size = (5_000, 8_000);
            let turned = if turn.is_upright() { size } else { (size.1, size.0) };
            assert_eq!(turn.inverse().of(turn.of(area, size), turned), area, "{turn:?}");
        }
    }
}
