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
use kurbo::{Affine, BezPath, Rect as FloatRect};

use super::Failure;
use crate::document::page::scan::{Film, Grey, pixel, shade};
use crate::document::page::shape::hundredths;

/// Pictures of a page that are drawn, at most.
const MOST_IMAGES: usize = 2_000;

/// Hands the pictures of the pages that are `wanted`, by index, and their sizes in hundredths of a point to `each`, one
/// after the other.
pub(super) fn pictures(
    bytes: &[u8],
    wanted: &[usize],
    mut each: impl FnMut(usize, &Grey, (i32, i32)),
) -> Result<(), Failure> {
    let pdf = super::canvas::load(bytes, super::MOST_PAGES)?;
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let cache = InterpreterCache::new();
    for (index, page) in pdf.pages().iter().enumerate().filter(|(index, _)| wanted.contains(index)) {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let whole = FloatRect::new(0.0, 0.0, width, height);
        let look = |camera: &mut Camera| draw(page, &pdf, &cache, &settings, whole, camera);
        let mut camera = Camera { whole, film: None, largest: (0.0, 1.0), images: 0 };
        look(&mut camera);
        camera.film = Some(Film::new((width, height), camera.largest.1));
        camera.images = 0;
        look(&mut camera);
        if let Some(film) = camera.film {
            each(index, &film.develop(), (hundredths(width), hundredths(height)));
        }
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

/// Draws the pictures of a page.
struct Camera {
    whole: FloatRect,
    /// What they are drawn on; `None` while only looked at what there is.
    film: Option<Film>,
    /// Area of the largest picture on the page, and its own pixels on a point.
    largest: (f64, f64),
    images: usize,
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
        let Some(film) = &mut self.film else {
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
            film.expose(grey, props.transform * by);
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
            let of = |colour: &[u8]| shade(colour[0], colour[1], colour[2]);
            grey(rgb.width, rgb.height, rgb.data.chunks_exact(3).map(of).collect())
        }
    }
}

fn grey(width: u32, height: u32, pixels: Vec<u8>) -> Grey {
    Grey { width: width as usize, height: height as usize, pixels }
}
