//! The picture of a page while the pictures on it are drawn: what pages of PDF and OFD have in common.
//!
//! Places come as floats; they are rounded to pixels here.
#![allow(clippy::float_arithmetic, reason = "places come as floats and are rounded to pixels here")]

use kurbo::{Affine, Point, Rect as FloatRect};

use super::Grey;

/// Pixels of a picture of a page, at most: a sheet of A4 at 300 dots an inch, and a little more.
const MOST_PIXELS: f64 = 9_000_000.0;

/// Pixels on a point, at most: no scan of a report needs more than 300 dots an inch.
const FINEST: f64 = 300.0 / 72.0;

/// A picture within this of the scale of the page's is taken pixel for pixel.
const SAME_SCALE: f64 = 0.02;

/// A picture that is being drawn.
pub(in crate::document) struct Film {
    picture: Grey,
    /// Pixels on a point.
    scale: f64,
}

impl Film {
    /// A white one of a page of this size in points. `own` is the scale of the finest picture that matters.
    pub(in crate::document) fn new((width, height): (f64, f64), own: f64) -> Self {
        let fitting = (MOST_PIXELS / (width * height).max(1.0)).sqrt();
        let scale = own.min(FINEST).min(fitting);
        Self { picture: Grey::white(pixels(width * scale).max(1), pixels(height * scale).max(1)), scale }
    }

    /// Draws `image`; `place` says where its pixels lie on the page, in points.
    pub(in crate::document) fn expose(&mut self, image: Grey, place: Affine) {
        let own = 1.0 / place.determinant().abs().sqrt().max(1e-6);
        // Finer pictures are averaged first.
        let times = pixels((own / self.scale).floor()).max(1);
        let (image, place) = if times > 1 {
            let (width, height) = (image.width.div_ceil(times), image.height.div_ceil(times));
            let by = |old: usize, new: usize| pixel(old) / pixel(new.max(1));
            let shrunk = Affine::scale_non_uniform(by(image.width, width), by(image.height, height));
            (image.scaled(width, height), place * shrunk)
        } else {
            (image, place)
        };
        let onto = Affine::scale(self.scale) * place;
        let size = FloatRect::new(0.0, 0.0, pixel(image.width), pixel(image.height));
        let area = onto.transform_rect_bbox(size);
        let back = onto.inverse();
        if !area.is_finite() || !back.is_finite() || image.width == 0 || image.height == 0 {
            return;
        }
        let exact = (onto.determinant().abs().sqrt() - 1.0).abs() < SAME_SCALE;
        let rows = pixels(area.y0.floor())..pixels(area.y1.ceil()).min(self.picture.height);
        let columns = pixels(area.x0.floor())..pixels(area.x1.ceil()).min(self.picture.width);
        for y in rows {
            for x in columns.clone() {
                let from = back * Point::new(pixel(x) + 0.5, pixel(y) + 0.5);
                if !size.contains(from) {
                    continue;
                }
                self.picture.pixels[y * self.picture.width + x] = if exact {
                    image.pixels[pixels(from.y - 0.5).min(image.height - 1) * image.width
                        + pixels(from.x - 0.5).min(image.width - 1)]
                } else {
                    image.between(parts(from.x - 0.5), parts(from.y - 0.5))
                };
            }
        }
    }

    /// The picture.
    pub(in crate::document) fn develop(self) -> Grey {
        self.picture
    }
}

/// A length in pixels.
fn pixels(length: f64) -> usize {
    // The casts saturate, and what is not a number is 0.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let pixels = length.round().max(0.0) as usize;
    pixels
}

/// A place in a picture in parts of a pixel, of which 256 are a whole one.
fn parts(length: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation)]
    let parts = (length * 256.0).round().clamp(-1e12, 1e12) as i64;
    parts
}

/// A number of pixels as a length.
#[allow(clippy::cast_precision_loss)]
pub(in crate::document) const fn pixel(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_lie_where_they_are_drawn() {
        // Twenty pixels from (20, 30) on, and ten darker ones over their middle.
        let mut film = Film::new((60.0, 60.0), 1.0);
        let square = |side: usize, shade| Grey { width: side, height: side, pixels: vec![shade; side * side] };
        film.expose(square(20, 90), Affine::translate((20.0, 30.0)));
        film.expose(square(10, 10), Affine::translate((25.0, 35.0)));
        film.expose(square(10, 10), Affine::scale(0.0));
        let picture = film.develop();
        assert_eq!((picture.width, picture.height), (60, 60));
        assert_eq!([picture.at(21, 31), picture.at(30, 40), picture.at(39, 49), picture.at(10, 35)], [90, 10, 90, 255]);
    }

    #[test]
    fn a_page_is_no_finer_than_it_needs_to_be() {
        for (size, own, expected) in [((100.0, 100.0), 2.0, 200), ((72.0, 72.0), 50.0, 300), ((6e4, 6e4), 1.0, 3_000)] {
            assert_eq!(Film::new(size, own).develop().width, expected);
        }
    }
}
