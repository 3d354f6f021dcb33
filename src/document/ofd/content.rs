//! What a page of an OFD draws, as glyphs, rulings and pictures at places.
#![allow(clippy::float_arithmetic, reason = "places come as floats and are rounded here")]

use kurbo::{Affine, Point, Rect as FloatRect, Vec2};

use super::numbers::{Area, MILLIMETRE, distances, list, matrix, outline};
use super::{Failure, all, child, value};
use crate::document::page::shape::{self, hundredths, rounded};
use crate::document::page::{Glyph, Image, Page};
use crate::document::xml::Element;

/// Glyphs of a page, at most.
const MOST_GLYPHS: usize = 200_000;

/// Line width where a path does not say, in millimetres.
const LINE_WIDTH: f64 = 0.353;

/// How glyphs look.
#[derive(Clone, Copy)]
struct Look {
    size: f64,
    vertical: bool,
    hidden: bool,
}

/// Whether a text does not show, as the text behind a scan.
fn is_invisible(object: &Element<'_>) -> bool {
    let clear = |element: &Element<'_>| value(element, "Alpha").is_some_and(|alpha| alpha.trim() == "0");
    let unfilled = value(object, "Fill") == Some("false") && value(object, "Stroke") != Some("true");
    unfilled || clear(object) || child(object, "FillColor").is_some_and(clear)
}

/// A page while it is drawn.
pub(super) struct Canvas {
    page: Page,
    /// From millimetres of the file to points of the page.
    whole: Affine,
    sheet: FloatRect,
    pictures: Vec<Drawn>,
}

/// A picture that is drawn.
pub(super) struct Drawn {
    /// The number of the resource.
    pub(super) resource: String,
    /// Where the square of the length one that it fills lies on the page, in points.
    pub(super) place: Affine,
}

/// Pictures of a page that are drawn, at most.
const MOST_PICTURES: usize = 200;

impl Canvas {
    /// An empty page of this size.
    pub(super) fn of(area: Area) -> Self {
        let whole = Affine::scale(MILLIMETRE) * Affine::translate((-area.x, -area.y));
        let sheet = whole.transform_rect_bbox(area.rect());
        let page = Page { width: hundredths(sheet.width()), height: hundredths(sheet.height()), ..Page::default() };
        Self { page, whole, sheet, pictures: Vec::new() }
    }

    /// Draws the content of a page or of a template.
    pub(super) fn draw(&mut self, page: &Element<'_>) -> Result<(), Failure> {
        for layer in child(page, "Content").into_iter().flat_map(|content| all(content, "Layer")) {
            self.block(layer)?;
        }
        Ok(())
    }

    /// The page that was drawn, and the pictures on it.
    pub(super) fn finish(self) -> (Page, Vec<Drawn>) {
        let mut page = self.page;
        page.settle();
        (page, self.pictures)
    }

    fn block(&mut self, block: &Element<'_>) -> Result<(), Failure> {
        for object in block.elements() {
            if value(object, "Visible") == Some("false") {
                continue;
            }
            match object.name {
                "TextObject" => self.text(object)?,
                "PathObject" => self.path(object),
                "ImageObject" => self.image(object),
                // Depth is bounded by that of the XML.
                "PageBlock" => self.block(object)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// From the space of an object to the page, and the box it is confined to.
    fn place(&self, object: &Element<'_>) -> Option<(Affine, FloatRect)> {
        let boundary = Area::of(value(object, "Boundary")?).map(Area::rect).or_else(|| {
            // A straight line has no height.
            match list(value(object, "Boundary")?)[..] {
                [x, y, width, height] => Some(FloatRect::new(x, y, x + width.max(0.0), y + height.max(0.0))),
                _ => None,
            }
        })?;
        let own = value(object, "CTM").and_then(matrix).unwrap_or(Affine::IDENTITY);
        let place = self.whole * Affine::translate((boundary.x0, boundary.y0)) * own;
        Some((place, self.whole.transform_rect_bbox(boundary)))
    }

    fn text(&mut self, object: &Element<'_>) -> Result<(), Failure> {
        let Some((place, _)) = self.place(object) else { return Ok(()) };
        let number = |name: &str| value(object, name).and_then(|text| list(text).first().copied());
        let size = number("Size").unwrap_or(0.0);
        let stretch = number("HScale").filter(|&scale| scale > 0.0).unwrap_or(1.0);
        let turned = Affine::rotate(number("CharDirection").unwrap_or(0.0).to_radians());
        let downwards = matches!(number("ReadDirection"), Some(90.0 | 270.0));
        let hidden = is_invisible(object);
        // Where the font has no code for a glyph, the text says ¤.
        let lacks_codes = child(object, "CGTransform").is_some();
        let mut start = Point::ZERO;
        for code in all(object, "TextCode") {
            let at = |name: &str| value(code, name).and_then(|text| list(text).first().copied());
            start = Point::new(at("X").unwrap_or(start.x), at("Y").unwrap_or(start.y));
            let text: Vec<char> = code.text().chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
            let steps = |name: &str| value(code, name).map(|list| distances(list, text.len()));
            let (across, down) = (steps("DeltaX"), steps("DeltaY"));
            let vertical = across.is_none() && down.is_some() || downwards && across.as_ref().is_none_or(Vec::is_empty);
            let mut pen = start;
            for (index, &c) in text.iter().enumerate() {
                let usual =
                    size * stretch * if unicode_width::UnicodeWidthChar::width(c) == Some(1) { 0.5 } else { 1.0 };
                let step = across.as_ref().and_then(|steps| steps.get(index)).copied();
                let advance = step.filter(|&step| step > 0.0 && step < usual).unwrap_or(usual);
                let c = if c == '¤' && lacks_codes { char::REPLACEMENT_CHARACTER } else { c };
                self.glyph(
                    c,
                    place * Affine::translate(pen.to_vec2()) * turned,
                    advance,
                    Look { size, vertical, hidden },
                )?;
                let fallen = down.as_ref().and_then(|steps| steps.get(index)).copied();
                pen += match (step, fallen) {
                    (None, None) if vertical => Vec2::new(0.0, size),
                    (None, None) => Vec2::new(usual, 0.0),
                    (step, fallen) => Vec2::new(step.unwrap_or(0.0), fallen.unwrap_or(0.0)),
                };
            }
        }
        Ok(())
    }

    fn glyph(&mut self, c: char, place: Affine, advance: f64, look: Look) -> Result<(), Failure> {
        let origin = place * Point::ZERO;
        let along = place * Point::new(1.0, 0.0) - origin;
        let up = (place * Point::new(0.0, -1.0) - origin) * look.size;
        let Some(drawn) = shape::glyph(origin, along, up, advance * along.length(), self.sheet) else { return Ok(()) };
        let drawn = Glyph { vertical: look.vertical, hidden: look.hidden, ..drawn };
        let glyphs = &mut self.page.glyphs;
        drawn.split(c.encode_utf8(&mut [0; 4]), &mut |glyph| glyphs.push(glyph));
        if self.page.glyphs.len() > MOST_GLYPHS { Err(Failure::TooMuch) } else { Ok(()) }
    }

    fn path(&mut self, object: &Element<'_>) {
        let Some((place, _)) = self.place(object) else { return };
        let Some(data) = child(object, "AbbreviatedData").map(Element::text) else { return };
        let path = outline(&data);
        let is = |name: &str, usual: bool| value(object, name).map_or(usual, |text| text.trim() == "true");
        let mut rulings = Vec::new();
        if is("Fill", false) {
            self.page.shapes += shape::filled(&path, place, &mut rulings);
        }
        if is("Stroke", true) {
            let width = value(object, "LineWidth").and_then(|text| list(text).first().copied()).unwrap_or(LINE_WIDTH);
            self.page.shapes += shape::stroked(&path, place, width, &mut rulings);
        }
        let sheet = rounded(self.sheet);
        self.page.rulings.extend(rulings.into_iter().filter_map(|ruling| shape::within(ruling, sheet)));
    }

    fn image(&mut self, object: &Element<'_>) {
        let Some((place, boundary)) = self.place(object) else { return };
        if let Some(resource) = value(object, "ResourceID").filter(|_| self.pictures.len() < MOST_PICTURES) {
            let own = value(object, "CTM").and_then(matrix).filter(|own| *own != Affine::IDENTITY);
            // Without a matrix it fills its box.
            let fills = || {
                Affine::translate((boundary.x0, boundary.y0))
                    * Affine::scale_non_uniform(boundary.width(), boundary.height())
            };
            let place = if own.is_some() { place } else { fills() };
            self.pictures.push(Drawn { resource: resource.trim().to_owned(), place });
        }
        let area = rounded(boundary.intersect(self.sheet));
        match shape::thin(area) {
            Some(ruling) => self.page.rulings.push(ruling),
            None => self.page.picture(Image { area, after: self.page.glyphs.len(), opaque: true }),
        }
    }
}
