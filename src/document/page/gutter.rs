//! Two pages side by side on one sheet.

use super::Page;
use super::ruling::Axis;
use crate::document::Rect;

/// Half of the band about the middle of a sheet that nothing crosses, in percent of its width.
const GUTTER: i32 = 2;

/// Fewer glyphs than this are no page.
const WRITTEN: usize = 60;

/// The two pages that share a sheet, left before right; each keeps its place on the sheet. Any other page as it is.
pub(super) fn parted(page: Page) -> Vec<Page> {
    if page.width <= page.height {
        return vec![page];
    }
    let middle = page.width / 2;
    let band = page.width / 100 * GUTTER;
    let (from, to) = (middle - band, middle + band);
    let crosses = |area: Rect| area.left < to && area.right > from;
    let solid = || page.glyphs.iter().filter(|glyph| !glyph.is_blank() && !glyph.hidden);
    let ruled = page.rulings.iter().any(|ruling| match ruling.axis {
        Axis::Horizontal => ruling.from < to && ruling.to > from,
        // A line down the middle may part the pages.
        Axis::Vertical => false,
    });
    let left = solid().filter(|glyph| glyph.area.right <= from).count();
    let right = solid().filter(|glyph| glyph.area.left >= to).count();
    if ruled || solid().any(|glyph| crosses(glyph.area)) || left < WRITTEN || right < WRITTEN {
        return vec![page];
    }
    let half = |is_left: bool| {
        let mut half = page.clone();
        half.glyphs.retain(|glyph| (glyph.middle().0 < middle) == is_left);
        half.rulings.retain(|ruling| match ruling.axis {
            Axis::Horizontal => (i32::midpoint(ruling.from, ruling.to) < middle) == is_left,
            Axis::Vertical => (ruling.at < middle) == is_left && (ruling.at - middle).abs() > band,
        });
        half.images.retain(|image| (image.area.centre().0 < middle) == is_left);
        half
    };
    vec![half(true), half(false)]
}
