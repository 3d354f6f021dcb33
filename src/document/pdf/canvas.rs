//! What a PDF draws, as glyphs, rulings and pictures at places.
//!
//! The library speaks in floats; they are rounded to hundredths of a point as soon as a place on the page is known.
#![allow(clippy::float_arithmetic, reason = "places come as floats and are rounded here")]

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image as PdfImage, ImageDrawProps, InterpreterCache,
    InterpreterSettings, InterpreterWarning, RenderContent, SoftMask, TransformExt, interpret_page,
};
use hayro_syntax::object::{Dict, String as PdfString};
use hayro_syntax::page::Page as PdfPage;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use kurbo::{Affine, BezPath, Point, Rect as FloatRect, Shape, Vec2};

use super::fonts::Fonts;
use super::{Failure, skew};
use crate::document::Rect;
use crate::document::page::shape::{self, hundredths, rounded};
use crate::document::page::{Glyph, Image, Page, Ruling};

/// Drawing operations of a file, at most: a form that draws forms that draw forms has no other bound.
const MOST_OPERATIONS: usize = 1_000_000;

/// What a clipping path costs of them: every form sets one, and takes longer than a line.
const FORM: usize = 6;

/// Glyphs of a file, at most.
const MOST_GLYPHS: usize = 1_500_000;

/// Pieces of paths of a file, at most.
const MOST_PIECES: usize = 2_000_000;

/// Carried by the unwinding that stops a drawing which has used up its share; no panic, so nothing is printed.
pub(super) struct Spent;

/// What is left of the bounds above.
struct Budget {
    operations: usize,
    glyphs: usize,
    pieces: usize,
}

impl Budget {
    /// Takes `count` from `left`, and stops everything where there is not so much.
    fn take(left: &mut usize, count: usize) {
        match left.checked_sub(count) {
            Some(rest) => *left = rest,
            None => resume_unwind(Box::new(Spent)),
        }
    }
}

/// The file, with no more than `most` pages.
pub(super) fn load(bytes: &[u8], most: usize) -> Result<Pdf, Failure> {
    if is_cut_off(bytes) {
        return Err(Failure::Damaged);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Failure::Password,
        LoadPdfError::Decryption(_) => Failure::Cipher,
        LoadPdfError::Invalid => Failure::Damaged,
    })?;
    match pdf.pages().len() {
        0 => Err(Failure::Damaged),
        count if count > most => Err(Failure::TooMuch),
        _ => Ok(pdf),
    }
}

/// The pages of a file.
pub(super) fn pages(bytes: &[u8], most: usize) -> Result<Vec<Page>, Failure> {
    let pdf = load(bytes, most)?;
    let count = pdf.pages().len();
    // Annotations are remarks about a page, except in a form, whose fields hold what was filled in.
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let is_form = catalog.is_some_and(|catalog| catalog.contains_key(b"AcroForm"));
    let render_content = if is_form { RenderContent::all() } else { RenderContent::PAGE };
    // A font that the library cannot load is shown in another one, character by character wrong.
    let unloaded = Arc::new(AtomicBool::new(false));
    let noted = Arc::clone(&unloaded);
    let warning_sink = Arc::new(move |warning| {
        noted.fetch_or(matches!(warning, InterpreterWarning::UnsupportedFont), Ordering::Relaxed);
    });
    let settings = InterpreterSettings { render_content, warning_sink, ..InterpreterSettings::default() };
    let cache = InterpreterCache::new();
    let fonts = Fonts::of(&pdf);
    let mut budget = Budget { operations: MOST_OPERATIONS, glyphs: MOST_GLYPHS, pieces: MOST_PIECES };
    let mut pages = Vec::with_capacity(count);
    for page in pdf.pages().iter() {
        if is_incomplete(page) {
            return Err(Failure::Damaged);
        }
        let upright = page.initial_transform(true).to_kurbo();
        let mut draw = |transform: Affine| {
            let (width, height) = page.render_dimensions();
            let (width, height) = (f64::from(width), f64::from(height));
            let whole = FloatRect::new(0.0, 0.0, width, height);
            let mut context = Context::new(transform, whole, &cache, pdf.xref(), settings.clone());
            let mut canvas = Canvas {
                page: Page { width: hundredths(width), height: hundredths(height), ..Page::default() },
                whole,
                fonts: &fonts,
                clips: Vec::new(),
                marks: Vec::new(),
                slopes: Vec::new(),
                budget: &mut budget,
            };
            interpret_page(page, &mut context, &mut canvas);
            (canvas.page, skew::angle(canvas.slopes), whole.center())
        };
        let (mut drawn, askew, centre) = draw(upright);
        if let Some(angle) = askew {
            (drawn, ..) = draw(Affine::rotate_about(-angle, centre) * upright);
        }
        drawn.settle();
        pages.push(drawn);
    }
    if unloaded.load(Ordering::Relaxed) { Err(Failure::Font) } else { Ok(pages) }
}

/// Whether a part of the page is gone: its content, or a font. A page without content is just blank.
fn is_incomplete(page: &PdfPage<'_>) -> bool {
    let fonts = &page.resources().fonts;
    page.raw().get_ref(b"Contents").is_some() && page.page_stream().is_none()
        || fonts.keys().any(|name| fonts.get::<Dict<'_>>(name.as_ref()).is_none())
}

/// Whether the end of the file is gone: behind the last place where a reader is told to start, objects follow, or
/// there is no such place.
fn is_cut_off(bytes: &[u8]) -> bool {
    let last = |mark: &[u8]| bytes.windows(mark.len()).rposition(|window| window == mark);
    match (last(b"startxref"), last(b" obj")) {
        (Some(start), Some(object)) => start < object,
        (start, _) => start.is_none(),
    }
}

/// A page while it is drawn.
struct Canvas<'c, 'a> {
    page: Page,
    whole: FloatRect,
    fonts: &'c Fonts<'a>,
    /// The boxes of the clipping paths in force.
    clips: Vec<FloatRect>,
    /// The marked contents that are open: for those that say what text they stand for, it and their first glyph.
    marks: Vec<Option<(String, usize)>>,
    /// How far the lines of writing rise or fall, glyph by glyph.
    slopes: Vec<f64>,
    budget: &'c mut Budget,
}

/// The longest text that stands in the place of marked glyphs; a longer one describes a figure.
const LONGEST_ACTUAL_TEXT: usize = 200;

impl Canvas<'_, '_> {
    /// What shows of `area`.
    fn clipped(&self, area: FloatRect) -> FloatRect {
        area.intersect(self.clips.last().copied().unwrap_or(self.whole))
    }

    fn clip(&mut self, area: FloatRect) {
        Budget::take(&mut self.budget.operations, FORM);
        let area = self.clipped(area);
        self.clips.push(area);
    }

    /// Adds a glyph. `limit` is where the next one of its run begins.
    fn glyph(&mut self, glyph: &PdfGlyph<'_>, place: Affine, limit: Option<Point>, vertical: bool, hidden: bool) {
        let [a, b, c, d, x, y] = place.as_coeffs();
        let (along, up) = (Vec2::new(a, b) * 1000.0, Vec2::new(c, d) * 1000.0);
        let (origin, width) = (Point::new(x, y), along.length());
        let mut advance = if vertical { width } else { width * f64::from(width_of(glyph)) / 1000.0 };
        // The width of a font that is not embedded is not the width it was set with.
        if let Some(limit) = limit.filter(|_| !vertical) {
            let step = (limit - origin).dot(along) / width;
            if step > 0.0 && step < advance {
                advance = step;
            }
        }
        let Some(drawn) = shape::glyph(origin, along, up, advance, self.whole) else {
            let around = self.whole.inflate(self.whole.width(), self.whole.height());
            let beyond = shape::glyph(origin, along, up, advance, around).filter(|_| !hidden);
            let says = |text: Option<String>| text.is_some_and(|text| !text.trim().is_empty());
            if let Some(beyond) = beyond.filter(|_| says(self.fonts.text(glyph))) {
                Budget::take(&mut self.budget.glyphs, 1);
                self.page.beyond.push(beyond.area);
            }
            return;
        };
        let drawn = Glyph { vertical, hidden, ..drawn };
        self.slopes.extend(skew::slope(along).filter(|_| self.slopes.len() < skew::MOST));
        let text = self.fonts.text(glyph);
        let before = self.page.glyphs.len();
        let glyphs = &mut self.page.glyphs;
        drawn.split(text.as_deref().unwrap_or("\u{fffd}"), &mut |glyph| glyphs.push(glyph));
        Budget::take(&mut self.budget.glyphs, self.page.glyphs.len() - before + 1);
    }

    /// Puts the text that marked content says it stands for in the place of its glyphs, if these are one line.
    fn replace(&mut self, text: &str, from: usize) {
        let Some(marked) = self.page.glyphs.get(from..).filter(|marked| !marked.is_empty()) else { return };
        let first = marked[0];
        let level = |glyph: &Glyph| if first.turn.is_upright() { glyph.origin.1 } else { glyph.origin.0 };
        let one_line = marked
            .iter()
            .all(|glyph| glyph.turn == first.turn && (level(glyph) - level(&first)).abs() * 2 < first.size);
        if !one_line || first.vertical {
            return;
        }
        let wanted: Vec<char> = text.chars().filter(|c| !c.is_control()).collect();
        if wanted.len() == marked.len() {
            for (glyph, c) in self.page.glyphs[from..].iter_mut().zip(wanted) {
                glyph.c = if c.is_whitespace() { ' ' } else { c };
            }
            return;
        }
        let Some(area) = marked.iter().map(|glyph| glyph.area).reduce(Rect::around) else { return };
        let drawn = Glyph { area, ..first };
        self.page.glyphs.truncate(from);
        let glyphs = &mut self.page.glyphs;
        drawn.split(&wanted.into_iter().collect::<String>(), &mut |glyph| glyphs.push(glyph));
    }
}

/// The advance of a glyph, in thousandths of its size.
fn width_of(glyph: &PdfGlyph<'_>) -> f32 {
    let width = match glyph {
        PdfGlyph::Outline(glyph) => glyph.advance_width(),
        PdfGlyph::Type3(glyph) => glyph.advance_width(),
    };
    width.filter(|width| width.is_finite()).unwrap_or(500.0).clamp(0.0, 4000.0)
}

impl<'a> Device<'a> for Canvas<'_, 'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        Budget::take(&mut self.budget.operations, 1);
        Budget::take(&mut self.budget.pieces, path.elements().len());
        let clip = rounded(self.clips.last().copied().unwrap_or(self.whole));
        let mut found: Vec<Ruling> = Vec::new();
        let shapes = match mode {
            DrawMode::Fill(_) => shape::filled(path, props.transform, &mut found),
            DrawMode::Stroke(stroke) => shape::stroked(path, props.transform, f64::from(stroke.line_width), &mut found),
            DrawMode::FillAndStroke(_, stroke) => {
                shape::filled(path, props.transform, &mut found)
                    + shape::stroked(path, props.transform, f64::from(stroke.line_width), &mut found)
            }
            DrawMode::Invisible => 0,
        };
        self.page.shapes += shapes;
        self.page.rulings.extend(found.into_iter().filter_map(|ruling| shape::within(ruling, clip)));
    }

    fn push_clip_path(&mut self, path: &ClipPath) {
        self.clip(path.path.bounding_box());
    }

    fn push_clip_rect(&mut self, area: &FloatRect) {
        self.clip(*area);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        Budget::take(&mut self.budget.operations, 1);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        Budget::take(&mut self.budget.operations, 1);
        let vertical = run.writing_mode() == hayro_interpret::hayro_cmap::WritingMode::Vertical;
        let hidden = matches!(mode, DrawMode::Invisible);
        let glyphs = run.glyphs();
        for (index, glyph) in glyphs.iter().enumerate() {
            let place = props.transform * glyph.transform();
            let limit = glyphs.get(index + 1).map(|next| props.transform * next.transform() * Point::ZERO);
            self.glyph(glyph, place, limit, vertical, hidden);
        }
    }

    fn draw_image(&mut self, image: PdfImage<'a, '_>, props: ImageDrawProps<'a>) {
        Budget::take(&mut self.budget.operations, 1);
        let size = FloatRect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let area = rounded(self.clipped(props.transform.transform_rect_bbox(size)));
        if let Some(ruling) = shape::thin(area) {
            self.page.rulings.push(ruling);
        } else if area.left < area.right && area.top < area.bottom {
            let opaque = match &image {
                PdfImage::Raster(raster) => {
                    let dict = raster.stream().dict();
                    !dict.contains_key(b"SMask") && !dict.contains_key(b"Mask")
                }
                PdfImage::Stencil(_) => false,
            };
            self.page.picture(Image { area, after: self.page.glyphs.len(), opaque });
        }
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let text = properties.and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText"));
        let text = text.map(|text| super::fonts::text_string(text.as_bytes()));
        let text = text.filter(|text| text.chars().count() <= LONGEST_ACTUAL_TEXT);
        self.marks.push(text.map(|text| (text, self.page.glyphs.len())));
    }

    fn end_marked_content(&mut self) {
        if let Some(Some((text, from))) = self.marks.pop() {
            self.replace(&text, from);
        }
    }
}
