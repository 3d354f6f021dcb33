//! The pictures of a page.

use super::{Glyph, Image};
use crate::document::Rect;

/// Pictures smaller than this on either side are ornaments.
const SMALLEST: i32 = 800;

/// A picture lower than this shows no table, however wide it is.
const LOW: i32 = 3_600;

/// A picture behind so many glyphs is the ground they stand on.
const GROUND: usize = 30;

/// Pictures that touch are strips of one.
const TOUCH: i32 = 150;

/// The boxes of pictures, strips of one picture joined.
pub(super) fn joined(images: &[Image]) -> Vec<Rect> {
    let mut areas: Vec<Rect> = Vec::new();
    for image in images {
        let mut area = image.area;
        // A strip may close the gap between two groups.
        while let Some(index) = areas.iter().position(|other| other.meets(area, TOUCH)) {
            area = area.around(areas.swap_remove(index));
        }
        areas.push(area);
    }
    areas
}

/// The pictures worth mention, and whether each is large enough to show a page or a table.
pub(super) fn pictures(images: &[Image], glyphs: &[Glyph], (width, height): (i32, i32)) -> Vec<(Rect, bool)> {
    let page = Rect { left: 0, top: 0, right: width, bottom: height };
    let mut pictures = Vec::new();
    for area in joined(images) {
        if area.width() < SMALLEST || area.height() < SMALLEST {
            continue;
        }
        let written = glyphs.iter().filter(|glyph| !glyph.is_blank() && glyph.area.is_within(area)).count();
        if written >= GROUND {
            continue;
        }
        let wide = area.width() > width / 3 && area.height() >= LOW;
        pictures.push((area, wide || area.size() * 8 >= page.size()));
    }
    pictures
}
