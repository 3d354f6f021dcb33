//! The pages of a PDF as pictures: only the pictures on them are drawn, for that is what a scan consists of.
//!
//! The library speaks in floats; they are rounded to pixels here.
#![allow(clippy::float_arithmetic, reason = "places come as floats and are rounded to pixels here")]

use hayro_interpret::font::GlyphRun;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache,
    InterpreterSettings, LumaData, RenderContent, SoftMask, TransformExt, interpret_page,
};
use hayro_syntax::page::Page as PdfPage;
use kurbo::{Affine, BezPath, Point, Rect as FloatRect};

use super::Failure;
use crate::document::page::scan::Grey;
use crate::document::page::shape::hundredths;

/// Pixels of a picture of a page, at most: a sheet of A4 at 300 dots an inch, and a little more.
const MOST_PIXELS: f64 = 9_000_000.0;

/// Pixels on a point, at most: no scan of a report needs more than 300 dots an inch.
const FINEST: f64 = 300.0 / 72.0;

/// A picture within this of the scale of the page's is taken pixel for pixel.
const SAME_SCALE: f64 = 0.02;

/// Pictures of a page that are drawn, at most.
const MOST_IMAGES: usize = 2_000;

/// Hands the picture of each page and its size in hundredths of a point to `each`, one after the other.
pub(super) fn pictures(bytes: &[u8], most: usize, mut each: impl FnMut(&Grey, (i32, i32))) -> Result<(), Failure> {
    let pdf = super::canvas::load(bytes, most)?;
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let whole = FloatRect::new(0.0, 0.0, width, height);
        let look = |camera: &mut Camera| draw(page, &pdf, &cache, &settings, whole, camera);
        let mut camera = Camera { whole, scale: None, largest: (0.0, 1.0), images: 0, picture: Grey::white(0, 0) };
        look(&mut camera);
        let fitting = (MOST_PIXELS / (width * height).max(1.0)).sqrt();
        let scale = camera.largest.1.min(FINEST).min(fitting);
        camera.scale = Some(scale);
        camera.images = 0;
        camera.picture = Grey::white(pixels(width * scale).max(1), pixels(height * scale).max(1));
        look(&mut camera);
        each(&camera.picture, (hundredths(width), hundredths(height)));
    }
    Ok(())
}

fn draw<'a>(
    page: &'a PdfPage<'a>,
    pdf: &'a hayro_syntax::Pdf,
    cache: &'a InterpreterCache<'a>,
    settings: &InterpreterSettings,
    whole: FloatRect,
    camera: &mut Camera,
) {
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, whole, cache, pdf.xref(), settings.clone());
    interpret_page(page, &mut context, camera);
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

/// Draws the pictures of a page.
struct Camera {
    whole: FloatRect,
    /// Pixels on a point; `None` while only looked at what there is.
    scale: Option<f64>,
    /// Area of the largest picture on the page, and its own pixels on a point.
    largest: (f64, f64),
    images: usize,
    picture: Grey,
}

impl Camera {
    /// Draws `image`, `place` says where its pixels lie on the page, into the picture.
    fn expose(&mut self, image: Grey, place: Affine, scale: f64) {
        let own = 1.0 / place.determinant().abs().sqrt().max(1e-6);
        // Finer pictures are averaged first.
        let times = pixels((own / scale).floor()).max(1);
        let (image, place) = if times > 1 {
            let (width, height) = (image.width.div_ceil(times), image.height.div_ceil(times));
            let by = |old: usize, new: usize| pixel(old) / pixel(new.max(1));
            let shrunk = Affine::scale_non_uniform(by(image.width, width), by(image.height, height));
            (image.scaled(width, height), place * shrunk)
        } else {
            (image, place)
        };
        let onto = Affine::scale(scale) * place;
        let size = FloatRect::new(0.0, 0.0, pixel(image.width), pixel(image.height));
        let area = onto.transform_rect_bbox(size);
        let back = onto.inverse();
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
}

/// A number of pixels as a length.
#[allow(clippy::cast_precision_loss)]
const fn pixel(count: usize) -> f64 {
    count as f64
}

impl<'a> Device<'a> for Camera {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.images += 1;
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let shown = props.transform.transform_rect_bbox(FloatRect::new(0.0, 0.0, width, height));
        let shown = shown.intersect(self.whole);
        if shown.is_zero_area() || self.images > MOST_IMAGES || !props.transform.is_finite() {
            return;
        }
        let Some(scale) = self.scale else {
            let own = 1.0 / props.transform.determinant().abs().sqrt().max(1e-6);
            if shown.area() > self.largest.0 {
                self.largest = (shown.area(), own);
            }
            return;
        };
        let mut taken = None;
        match &image {
            Image::Raster(raster) => raster.with_rgba(|data, _| taken = Some(shades(data)), None),
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, _| {
                    let pixels = mask.data.iter().map(|covered| 255 - covered).collect();
                    taken = Some(grey(mask.width, mask.height, pixels));
                },
                None,
            ),
        }
        let taken = taken.filter(|grey| grey.width > 0 && grey.height > 0);
        if let Some(grey) = taken.filter(|grey| grey.pixels.len() == grey.width * grey.height) {
            // It may have been decoded in another size than it says.
            let by = Affine::scale_non_uniform(width / pixel(grey.width), height / pixel(grey.height));
            self.expose(grey, props.transform * by, scale);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// A picture in shades of grey.
fn shades(data: ImageData) -> Grey {
    match data {
        ImageData::Luma(LumaData { data, width, height, .. }) => grey(width, height, data),
        ImageData::Rgb(rgb) => {
            let shade = |colour: &[u8]| match *colour {
                [red, green, blue] => {
                    let sum = u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114;
                    u8::try_from(sum / 1_000).unwrap_or(255)
                }
                _ => 255,
            };
            grey(rgb.width, rgb.height, rgb.data.chunks_exact(3).map(shade).collect())
        }
    }
}

fn grey(width: u32, height: u32, pixels: Vec<u8>) -> Grey {
    Grey { width: width as usize, height: height as usize, pixels }
}
