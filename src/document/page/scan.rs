//! A page from its picture: ink, the slope it lies at, rulings, and what stands in each cell and on each line.
//!
//! ```text
//! picture ──► ink ──► slope ──► levelled ──► rulings ──► cells ──► strips ──► an Eye ──► glyphs ─┐
//!                               picture      wiped out   lines                                    ├──► Page
//!                                              └──────────────────────────────────────► rulings ─┘
//! ```
//!
//! From there it is a page like any other. A figure is taken only where several witnesses agree: the odds, the
//! number of shapes, and a second look; otherwise U+FFFD stands in its place, and the cell is unreadable.

mod eye;
mod figure;
mod film;
mod grey;
mod ink;
mod lines;
mod rulings;
mod skew;
#[cfg(test)]
mod tests;

use super::table::{Lattice, lattices};
use super::{Glyph, Page, Ruling, Turn, ruling::Axis};
use crate::document::Rect;

pub use eye::{Eye, HEIGHT, Sight};
pub(in crate::document) use film::{Film, pixel};
pub use grey::Grey;
pub(in crate::document) use grey::shade;

use eye::{Figures, Seen};
use grey::Span;
use ink::Ink;
use lines::Row;
use rulings::{Scale, Stroke};

/// How far the surroundings go against which ink is dark, in tenths of a point.
const AROUND: usize = 120;

/// Higher than this no line of writing is, in tenths of a point: a seal, a picture.
const HIGHEST: usize = 500;

/// Lower and narrower than this it is no writing either, in tenths of a point.
const LOWEST: usize = 25;

/// A gap so wide, in percent of the height of a line, parts what stands beside each other.
const PARTS: usize = 170;

/// How certain a character of running text must be, in thousandths, to be taken for what it seems.
const CERTAIN: u16 = 300;

/// The share of a strip that a line of text takes, in pixels of [`HEIGHT`].
const LINE: usize = 38;

/// Strips wider than this are looked at in pieces, so that none takes more memory than others, in pixels.
const WIDEST: usize = 1_600;

/// Reads pictures of pages.
pub(in crate::document) struct Scanner<'e> {
    eye: &'e mut dyn Eye,
    figures: Figures,
}

impl std::fmt::Debug for Scanner<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scanner").finish_non_exhaustive()
    }
}

impl<'e> Scanner<'e> {
    /// One that looks with `eye`.
    pub(in crate::document) fn new(eye: &'e mut dyn Eye) -> Self {
        let figures = Figures::among(eye.characters());
        Self { eye, figures }
    }

    /// The page of this size, in hundredths of a point, that `picture` shows.
    pub(in crate::document) fn page(&mut self, picture: &Grey, (width, height): (i32, i32)) -> Page {
        let mut page = Page { width, height, recognised: true, ..Page::default() };
        let on_page = usize::try_from(width).unwrap_or(0);
        if on_page == 0 || picture.width < 2 || picture.height < 2 {
            return page;
        }
        let sheet = Sheet::of(picture, (width, height), Scale { pixels: picture.width * 10_000 / on_page });
        page.rulings = sheet.rulings();
        self.read(sheet, &mut page);
        page
    }

    fn read(&mut self, mut sheet: Sheet, page: &mut Page) {
        let mut tables = lattices(&page.rulings);
        // Of a frame around everything, what stands in its tables has been read before.
        tables.sort_by_key(|table| table.area().size());
        let cells: Vec<Vec<Row>> = tables
            .iter()
            .flat_map(Lattice::frames)
            .map(|area| {
                let span = sheet.inside(area);
                let rows = lines::rows(&sheet.ink, span, sheet.scale, true);
                sheet.ink.wipe(span);
                rows
            })
            .collect();
        let size = figure::usual_height(cells.iter().filter(|rows| rows.len() == 1).flatten());
        for mut rows in cells {
            let ink = rows.iter().map(|row| row.area).reduce(Span::around);
            let before = page.glyphs.len();
            match rows.pop() {
                Some(row) if rows.is_empty() => self.cell(&sheet, row, size, &mut page.glyphs),
                last => rows.into_iter().chain(last).for_each(|row| self.line(&sheet, row, &mut page.glyphs)),
            }
            // A cell with ink is not blank, whether that can be read or not; dust is lower than any figure.
            if let Some(ink) = ink.filter(|ink| page.glyphs.len() == before && ink.height() * 3 >= size.max(1)) {
                sheet.write(&char::REPLACEMENT_CHARACTER.to_string(), ink, &mut page.glyphs);
            }
        }
        let all = Span { left: 0, top: 0, right: sheet.ink.width, bottom: sheet.ink.height };
        for row in lines::rows(&sheet.ink, all, sheet.scale, false) {
            self.line(&sheet, row, &mut page.glyphs);
        }
    }

    /// Reads the one line of a cell: a figure, or words.
    fn cell(&mut self, sheet: &Sheet, row: Row, size: usize, glyphs: &mut Vec<Glyph>) {
        if row.area.height() > sheet.scale.tenths(HIGHEST) {
            return;
        }
        let strip = sheet.strip(&row, figure::SIZE, size.max(row.area.height()));
        let Some(sight) = self.eye.look(&strip) else { return };
        let words = sight.text(self.eye.characters());
        if figure::is_words(&words) {
            return self.line(sheet, row, glyphs);
        }
        let seen = sight.figure(&self.figures);
        let text = figure::settled(&seen, &row, size).or_else(|| {
            let again = self.eye.look(&figure::repeated(&strip))?.figure(&self.figures);
            figure::settled_again(&seen, &again, &row, size)
        });
        let text = text.unwrap_or_else(|| char::REPLACEMENT_CHARACTER.to_string());
        sheet.write(&text, row.area, glyphs);
    }

    /// Reads a line of text.
    fn line(&mut self, sheet: &Sheet, row: Row, glyphs: &mut Vec<Glyph>) {
        let (lowest, highest) = (sheet.scale.tenths(LOWEST), sheet.scale.tenths(HIGHEST));
        if row.area.height() > highest || row.area.height() < lowest && row.area.width() < lowest {
            return;
        }
        let height = row.area.height().max(lowest);
        for part in row.parted((height * PARTS / 100).max(lowest)) {
            for piece in broken(part, height) {
                let strip = sheet.strip(&piece, LINE, height);
                let Some(sight) = self.eye.look(&strip) else { continue };
                let text: String = sight
                    .text(self.eye.characters())
                    .iter()
                    .map(|seen: &Seen| if seen.odds < CERTAIN { char::REPLACEMENT_CHARACTER } else { seen.c })
                    .filter(|c| !c.is_whitespace())
                    .collect();
                sheet.write(&text, piece.area, glyphs);
            }
        }
    }
}

/// A line in pieces that are not too wide for one look, cut between its shapes.
fn broken(row: Row, height: usize) -> Vec<Row> {
    let most = WIDEST * height / LINE;
    let mut parts: Vec<Row> = Vec::new();
    for piece in row.pieces {
        match parts.last_mut() {
            Some(part) if piece.right <= part.area.left + most || piece.left < part.area.right => {
                part.area = part.area.around(piece);
                part.pieces.push(piece);
            }
            _ => parts.push(Row { area: piece, pieces: vec![piece] }),
        }
    }
    parts
}

/// A levelled picture of a page.
struct Sheet {
    picture: Grey,
    ink: Ink,
    strokes: Vec<Stroke>,
    scale: Scale,
    /// The size of the page, in hundredths of a point.
    size: (i32, i32),
}

impl Sheet {
    fn of(picture: &Grey, size: (i32, i32), scale: Scale) -> Self {
        let around = scale.tenths(AROUND);
        let picture = picture.levelled(skew::slope(&Ink::of(picture, around)));
        let mut ink = Ink::of(&picture, around);
        let strokes = rulings::find(&picture, &ink, scale);
        rulings::wipe(&mut ink, &strokes, scale);
        Self { picture, ink, strokes, scale, size }
    }

    /// A place across or down the picture, in hundredths of a point.
    fn place(&self, pixels: usize) -> i32 {
        let hundredths = pixels.saturating_mul(10_000) / self.scale.pixels.max(1);
        i32::try_from(hundredths).unwrap_or(i32::MAX / 4).min(self.size.0.max(self.size.1).saturating_mul(2))
    }

    fn area(&self, span: Span) -> Rect {
        Rect {
            left: self.place(span.left),
            top: self.place(span.top),
            right: self.place(span.right),
            bottom: self.place(span.bottom),
        }
    }

    fn pixels(&self, place: i32) -> usize {
        usize::try_from(place).unwrap_or(0) * self.scale.pixels / 10_000
    }

    fn rulings(&self) -> Vec<Ruling> {
        let ruling = |stroke: &Stroke| {
            let area = self.area(stroke.area);
            match stroke.axis {
                Axis::Horizontal => Ruling::horizontal(i32::midpoint(area.top, area.bottom), area.left, area.right),
                Axis::Vertical => Ruling::vertical(i32::midpoint(area.left, area.right), area.top, area.bottom),
            }
        };
        self.strokes.iter().map(ruling).collect()
    }

    /// The pixels between the rulings around `area`.
    fn inside(&self, area: Rect) -> Span {
        let edge = self.scale.tenths(9);
        Span {
            left: self.pixels(area.left) + edge,
            top: self.pixels(area.top) + edge,
            right: self.pixels(area.right).saturating_sub(edge).min(self.ink.width),
            bottom: self.pixels(area.bottom).saturating_sub(edge).min(self.ink.height),
        }
    }

    /// What is to be looked at of a line: its pieces of ink and nothing beside them, so that what is `height` high in
    /// the picture takes `size` pixels of the strip.
    fn strip(&self, row: &Row, size: usize, height: usize) -> Grey {
        let fringe = self.scale.tenths(4);
        let height = height.max(1);
        // So many pixels of the picture make the height of the strip, and a margin of a third of a line on the sides.
        let whole = height * HEIGHT / size;
        let side = whole / 3;
        let (width, top) = (row.area.width() + 2 * side, (row.area.top + row.area.bottom) / 2);
        let top = i64::try_from(top).unwrap_or(0) - i64::try_from(whole / 2).unwrap_or(0);
        let left = i64::try_from(row.area.left).unwrap_or(0) - i64::try_from(side).unwrap_or(0);
        let mut strip = Grey::white(width, whole);
        let signed = |length: usize| i64::try_from(length).unwrap_or(0);
        for piece in &row.pieces {
            for y in piece.top.saturating_sub(fringe)..piece.bottom + fringe {
                for x in piece.left.saturating_sub(fringe)..piece.right + fringe {
                    let (to_x, to_y) = (signed(x) - left, signed(y) - top);
                    if let (Ok(to_x), Ok(to_y)) = (usize::try_from(to_x), usize::try_from(to_y))
                        && to_x < width
                        && to_y < whole
                    {
                        strip.pixels[to_y * width + to_x] = self.picture.at(signed(x), signed(y));
                    }
                }
            }
        }
        let to = (width * HEIGHT / whole).max(1);
        strip.scaled(to.next_multiple_of(8), HEIGHT)
    }

    /// Puts the characters of `text` side by side into `area`.
    fn write(&self, text: &str, area: Span, glyphs: &mut Vec<Glyph>) {
        let place = self.area(area);
        if text.is_empty() {
            return;
        }
        let glyph = Glyph {
            c: ' ',
            area: place,
            origin: (place.left, place.bottom),
            size: place.height().max(100),
            turn: Turn::None,
            vertical: false,
            hidden: false,
        };
        glyph.split(text, &mut |glyph| glyphs.push(glyph));
    }
}
