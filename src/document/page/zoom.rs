//! Pages in print too small for distances in points: several pages on a sheet, sheets fitted to a page.

use super::{Image, Page};
use crate::document::Rect;
use crate::document::page::ruling::Ruling;

/// Distances in points are those of writing of about this size.
const USUAL: i32 = 900;

/// Smaller writing is looked at enlarged.
const SMALL: i32 = 600;

/// The page enlarged a whole number of times, if most of its writing is small; and how many times.
pub(super) fn legible(page: Page) -> (Page, i32) {
    let mut sizes: Vec<i32> =
        page.glyphs.iter().filter(|glyph| !glyph.is_blank()).map(|glyph| glyph.size.max(1)).collect();
    sizes.sort_unstable();
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(USUAL);
    if usual >= SMALL {
        return (page, 1);
    }
    let zoom = (USUAL + usual - 1) / usual.max(100);
    let large = |length: i32| length.saturating_mul(zoom);
    let area = |area: Rect| Rect {
        left: large(area.left),
        top: large(area.top),
        right: large(area.right),
        bottom: large(area.bottom),
    };
    let mut page = Page { width: large(page.width), height: large(page.height), ..page };
    for glyph in &mut page.glyphs {
        glyph.area = area(glyph.area);
        glyph.origin = (large(glyph.origin.0), large(glyph.origin.1));
        glyph.size = large(glyph.size);
    }
    for ruling in &mut page.rulings {
        *ruling = Ruling { at: large(ruling.at), from: large(ruling.from), to: large(ruling.to), ..*ruling };
    }
    for image in &mut page.images {
        *image = Image { area: area(image.area), ..*image };
    }
    page.beyond.iter_mut().for_each(|glyph| *glyph = area(*glyph));
    (page, zoom)
}

/// A box of a page that was enlarged, as it is on the page.
pub(super) const fn shrunk(area: Rect, zoom: i32) -> Rect {
    Rect { left: area.left / zoom, top: area.top / zoom, right: area.right / zoom, bottom: area.bottom / zoom }
}

/// The edges of characters of a page that was enlarged, as they are on the page.
pub(super) fn shrunk_edges(edges: Vec<i32>, zoom: i32) -> Vec<i32> {
    edges.into_iter().map(|edge| edge / zoom).collect()
}
