//! Pictures in shades of grey, in whole numbers: cut out, scaled, sheared upright.

/// A picture in shades of grey: 0 is black, 255 white.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grey {
    /// Its width, in pixels.
    pub width: usize,
    /// Its height.
    pub height: usize,
    /// Its pixels, row after row.
    pub pixels: Vec<u8>,
}

/// What lies outside of a picture.
const WHITE: u8 = 255;

/// A fraction of a pixel is a number of these.
const UNIT: i64 = 256;

/// Slopes are counted in so many pixels along.
pub(super) const ALONG: i64 = 4_096;

/// A box of pixels: the first and one past the last of its columns and rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) right: usize,
    pub(super) bottom: usize,
}

impl Span {
    /// How wide it is.
    pub(super) const fn width(&self) -> usize {
        self.right.saturating_sub(self.left)
    }

    /// How high it is.
    pub(super) const fn height(&self) -> usize {
        self.bottom.saturating_sub(self.top)
    }

    /// Whether they have pixels in common.
    pub(super) const fn meets(&self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// The smallest box around both.
    pub(super) fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// How much redder than anything else a stamp is, and in what ratio, in tenths.
const RED: (u8, u16) = (40, 13);

/// The shade of a colour. The red of a stamp counts by its red alone: it is bright, and what is written under the
/// stamp is dark.
pub(in crate::document) fn shade(red: u8, green: u8, blue: u8) -> u8 {
    let other = green.max(blue);
    if red.saturating_sub(other) > RED.0 && u16::from(red) * 10 > u16::from(other) * RED.1 {
        return red;
    }
    let sum = u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114;
    u8::try_from(sum / 1_000).unwrap_or(WHITE)
}

impl Grey {
    /// A white picture.
    #[must_use]
    pub fn white(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![WHITE; width * height] }
    }

    /// A row of pixels.
    pub(super) fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    /// The pixel at a place; white outside.
    pub(super) fn at(&self, x: i64, y: i64) -> u8 {
        match (usize::try_from(x), usize::try_from(y)) {
            (Ok(x), Ok(y)) if x < self.width && y < self.height => self.pixels[y * self.width + x],
            _ => WHITE,
        }
    }

    /// The shade at a place counted in [`UNIT`]s, between the four pixels around it.
    pub(in crate::document) fn between(&self, x: i64, y: i64) -> u8 {
        let (left, top) = (x.div_euclid(UNIT), y.div_euclid(UNIT));
        let (right, down) = (x.rem_euclid(UNIT), y.rem_euclid(UNIT));
        let mix = |a: u8, b: u8, part: i64| i64::from(a) * (UNIT - part) + i64::from(b) * part;
        let upper = mix(self.at(left, top), self.at(left + 1, top), right);
        let lower = mix(self.at(left, top + 1), self.at(left + 1, top + 1), right);
        u8::try_from((upper * (UNIT - down) + lower * down) / (UNIT * UNIT)).unwrap_or(WHITE)
    }

    /// The same picture in another size: mixed where it grows, averaged where it shrinks.
    #[must_use]
    pub fn scaled(&self, width: usize, height: usize) -> Self {
        if self.width == 0 || self.height == 0 {
            return Self::white(width, height);
        }
        let across = weights(self.width, width);
        let down = weights(self.height, height);
        let mut narrow = vec![0_u32; width * self.height];
        for y in 0..self.height {
            let row = self.row(y);
            for (x, (first, shares)) in across.iter().enumerate() {
                let sum: u32 =
                    shares.iter().zip(&row[*first..]).map(|(&share, &pixel)| u32::from(share) * u32::from(pixel)).sum();
                narrow[y * width + x] = sum;
            }
        }
        let mut pixels = Vec::with_capacity(width * height);
        for (first, shares) in &down {
            for x in 0..width {
                let sum: u64 = shares
                    .iter()
                    .enumerate()
                    .map(|(index, &share)| u64::from(share) * u64::from(narrow[(first + index) * width + x]))
                    .sum();
                pixels.push(u8::try_from((sum + (1 << 23)) >> 24).unwrap_or(WHITE));
            }
        }
        Self { width, height, pixels }
    }

    /// The picture turned by a small angle, so that what fell by `slope` pixels on [`ALONG`] is level.
    pub(super) fn levelled(&self, slope: i64) -> Self {
        if slope == 0 {
            return self.clone();
        }
        let signed = |length: usize| i64::try_from(length).unwrap_or(0);
        let (middle_x, middle_y) = (signed(self.width / 2), signed(self.height / 2));
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..signed(self.height) {
            for x in 0..signed(self.width) {
                let from_x = x * UNIT - ((y - middle_y) * slope * UNIT).div_euclid(ALONG);
                let from_y = y * UNIT + ((x - middle_x) * slope * UNIT).div_euclid(ALONG);
                pixels.push(self.between(from_x, from_y));
            }
        }
        Self { pixels, ..*self }
    }
}

/// For each of `to` places the first of `from` that it is made of, and the shares of it and those behind, of
/// which 4096 are the whole.
fn weights(from: usize, to: usize) -> Vec<(usize, Vec<u16>)> {
    const WHOLE: usize = 4_096;
    // In units of a `to`th of a pixel a place begins at `index * from`.
    let places = (0..to).map(|index| {
        let (begin, end) = if from >= to {
            (index * from, (index + 1) * from)
        } else {
            // A place as wide as a pixel, around the middle of its own.
            let middle = index * 2 * from + from;
            ((middle.saturating_sub(to)) / 2, (middle + to).min(2 * from * to) / 2)
        };
        let first = (begin / to).min(from - 1);
        let last = (end.max(begin + 1) - 1).div_euclid(to).clamp(first, from - 1);
        let span = (end - begin).max(1);
        let mut shares: Vec<u16> = (first..=last)
            .map(|pixel| {
                let part = end.min((pixel + 1) * to).saturating_sub(begin.max(pixel * to));
                u16::try_from(part * WHOLE / span).unwrap_or(0)
            })
            .collect();
        let given: usize = shares.iter().map(|&share| usize::from(share)).sum();
        if let Some(share) = shares.first_mut() {
            *share += u16::try_from(WHOLE.saturating_sub(given)).unwrap_or(0);
        }
        (first, shares)
    });
    places.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture from a drawing: `#` is black.
    fn drawn(rows: &[&str]) -> Grey {
        let pixels = rows.iter().flat_map(|row| row.bytes().map(|c| if c == b'#' { 0 } else { 255 })).collect();
        Grey { width: rows[0].len(), height: rows.len(), pixels }
    }

    #[test]
    fn scaling_keeps_what_is_there() {
        let picture = drawn(&["#...", "....", "..##", "..##"]);
        assert_eq!(picture.scaled(4, 4), picture);
        assert_eq!(picture.scaled(2, 2).pixels, [191, 255, 255, 0]);
        let large = picture.scaled(8, 8);
        assert_eq!((large.at(0, 0), large.at(7, 7), large.at(7, 0)), (0, 0, 255));
        for (width, height) in [(1, 1), (3, 5), (7, 2), (64, 64)] {
            assert_eq!(Grey::white(4, 4).scaled(width, height), Grey::white(width, height));
        }
    }

    #[test]
    fn a_stamp_is_bright_and_what_stands_under_it_dark() {
        assert_eq!([shade(0, 0, 0), shade(255, 255, 255), shade(100, 100, 100)], [0, 255, 100]);
        assert_eq!([shade(210, 40, 40), shade(120, 30, 25), shade(60, 10, 10)], [210, 120, 60]);
        assert_eq!(shade(120, 100, 90), 104, "brown paper");
    }

    #[test]
    fn a_falling_line_becomes_level() {
        let mut picture = Grey::white(400, 60);
        for x in 0..400 {
            let y = 20 + x / 20;
            picture.pixels[y * 400 + x] = 0;
            picture.pixels[(y + 1) * 400 + x] = 0;
        }
        let level = picture.levelled(4_096 / 20);
        let dark = |y: usize| level.row(y).iter().filter(|&&pixel| pixel < 128).count();
        let most = (0..60).map(dark).max().unwrap();
        assert!(most > 350, "{most}");
    }
}
