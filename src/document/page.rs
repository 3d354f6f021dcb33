//! Pages with glyphs and rulings at places: what PDF and OFD have in common, and how they become blocks.
//!
//! ```text
//! Page ──► turned upright ──► rulings ──► lattices ──► cells ─┐
//! glyphs,                     joined      cells of             ├──► blocks in reading order
//! rulings,                    pieces      ruled tables         │
//! images   ──────────────────► other glyphs ──► lines ─────────┘    (page numbers and running heads aside)
//! ```
//!
//! Geometry is in hundredths of a point, from the upper left corner of the page as it is shown.

mod aside;
mod cell;
mod glyph;
mod gutter;
mod line;
mod picture;
mod radical;
mod refuse;
mod ruling;
pub(super) mod scan;
pub(super) mod shape;
mod table;
mod turn;
mod zoom;

#[cfg(test)]
mod tests;

use super::{Anchor, Builder, GridCell, Place, Rect, Role};
use line::{Ruler, TextLine};
use table::Table;

pub(super) use glyph::Glyph;
pub(super) use refuse::{readable, recognised, scanned};
pub(super) use ruling::Ruling;
pub(super) use turn::Turn;

/// A page as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// Its width.
    pub(super) width: i32,
    /// Its height.
    pub(super) height: i32,
    /// What is written on it, in the order of the file.
    pub(super) glyphs: Vec<Glyph>,
    /// Lines parallel to its edges, in pieces as they were drawn.
    pub(super) rulings: Vec<Ruling>,
    /// Pictures.
    pub(super) images: Vec<Image>,
    /// How many shapes were drawn that are neither writing nor rulings.
    pub(super) shapes: usize,
    /// Boxes of characters that lie beyond its edges, where nobody sees them.
    pub(super) beyond: Vec<Rect>,
    /// Whether a recognition program read all that is on it from its picture.
    pub(super) recognised: bool,
}

/// A picture on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Image {
    /// The part of it that shows.
    pub(super) area: Rect,
    /// How many glyphs were written before it: if it is opaque it hides them.
    pub(super) after: usize,
    /// Whether nothing shows through.
    pub(super) opaque: bool,
}

/// What kind of page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// It has writing.
    Text,
    /// It is a picture, with no writing or next to none.
    Scan,
    /// It is a picture with the guesses of a recognition program hidden behind it.
    RecognisedScan,
    /// Its writing is drawn as shapes.
    Outlines,
    /// There is nothing on it.
    Empty,
}

/// A page with fewer glyphs than this beside a picture of the whole page is the picture: what a scanner or a
/// registry stamps on it is no text of its own.
const STAMP: usize = 60;

/// So many shapes without a glyph are writing turned into outlines.
const OUTLINES: usize = 100;

/// Pictures of a page, at most.
const MOST_IMAGES: usize = 2_000;

/// Pictures of the whole page that are looked behind, at most.
const MOST_SCANS: usize = 20;

impl Page {
    /// Settles which of the writing shows: what an opaque picture of the page covers does not. What is invisible
    /// on a page of drawn shapes says what these show: it counts as text. Elsewhere it is the guess of a program, or
    /// a second text behind the one that shows.
    pub(super) fn settle(&mut self) {
        let scans: Vec<Image> = self.images.iter().filter(|image| self.is_most_of(image.area)).copied().collect();
        let hidden = self.glyphs.iter().filter(|glyph| glyph.hidden).count();
        let drawn = self.shapes > OUTLINES && hidden * 2 > self.glyphs.len();
        if drawn && scans.is_empty() && !picture::joined(&self.images).into_iter().any(|area| self.is_most_of(area)) {
            for glyph in &mut self.glyphs {
                glyph.hidden = false;
            }
        }
        for image in scans.iter().filter(|image| image.opaque).take(MOST_SCANS) {
            for glyph in self.glyphs.iter_mut().take(image.after) {
                glyph.hidden |= glyph.area.is_within(image.area);
            }
        }
    }

    /// Adds a picture; more than there can be on a page of a report are not looked at.
    pub(super) fn picture(&mut self, image: Image) {
        if self.images.len() < MOST_IMAGES {
            self.images.push(image);
        }
    }

    /// What kind of page it is.
    pub(super) fn nature(&self) -> Nature {
        let visible = self.glyphs.iter().filter(|glyph| !glyph.hidden && !glyph.is_blank()).count();
        let hidden = self.glyphs.iter().filter(|glyph| glyph.hidden && !glyph.is_blank()).count();
        let covered = picture::joined(&self.images).into_iter().any(|area| self.is_most_of(area));
        match (visible, hidden) {
            (0..STAMP, STAMP..) => Nature::RecognisedScan,
            (0..STAMP, _) if covered => Nature::Scan,
            (0, _) if !self.images.is_empty() => Nature::Scan,
            (0, _) if self.shapes > OUTLINES => Nature::Outlines,
            (0, _) => Nature::Empty,
            _ => Nature::Text,
        }
    }

    /// Whether `area` takes half of the page or more.
    fn is_most_of(&self, area: Rect) -> bool {
        let page = i64::from(self.width) * i64::from(self.height);
        area.size() * 2 >= page && page > 0
    }
}

impl Rect {
    /// Its area, in squares of a hundredth of a point.
    pub(super) fn size(self) -> i64 {
        i64::from((self.right - self.left).max(0)) * i64::from((self.bottom - self.top).max(0))
    }

    /// Its width.
    pub(super) const fn width(self) -> i32 {
        self.right - self.left
    }

    /// Its height.
    pub(super) const fn height(self) -> i32 {
        self.bottom - self.top
    }

    /// Its middle.
    pub(super) const fn centre(self) -> (i32, i32) {
        (i32::midpoint(self.left, self.right), i32::midpoint(self.top, self.bottom))
    }

    /// Whether the point is in it or on its edge.
    pub(super) const fn holds(self, (x, y): (i32, i32)) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    /// Whether its middle lies within `other`.
    pub(super) const fn is_within(self, other: Self) -> bool {
        other.holds(self.centre())
    }

    /// Whether both touch or overlap when each is `by` larger on all sides.
    pub(super) const fn meets(self, other: Self, by: i32) -> bool {
        self.left - by <= other.right
            && other.left - by <= self.right
            && self.top - by <= other.bottom
            && other.top - by <= self.bottom
    }
}

/// A page on its way to blocks.
struct Sheet {
    /// Number of the page, from 1.
    number: u32,
    /// Size of the page, turned upright.
    size: (i32, i32),
    /// How the page must be turned back to be as it is shown.
    back: Turn,
    /// How many times larger than on the page everything is.
    zoom: i32,
    /// Whether a recognition program read it.
    recognised: bool,
    /// What is on it, in reading order.
    items: Vec<Item>,
}

impl Sheet {
    /// The lines that are part of the text.
    fn body(&self) -> impl Iterator<Item = &TextLine> {
        self.items.iter().filter_map(|item| match item {
            Item::Line { line, role: Role::Wrapped } => Some(line),
            _ => None,
        })
    }
}

/// Something on a page.
enum Item {
    Line { line: TextLine, role: Role },
    Table(Table),
    Picture { area: Rect, caption: &'static str, large: bool, page: bool },
}

impl Item {
    /// Items are read from top to bottom, then from left to right.
    const fn order(&self) -> (i32, i32) {
        match self {
            Self::Line { line, .. } => (line.baseline - line.size / 2, line.area.left),
            Self::Table(table) => (table.area.top, table.area.left),
            Self::Picture { area, .. } => (area.top, area.left),
        }
    }
}

/// Adds the pages to `builder`, block after block. Pages that a recognition program read are marked where others are
/// not; where all are, that is said by whoever calls.
pub(super) fn lay_out(pages: Vec<Page>, builder: &mut Builder) {
    let mut drafts: Vec<Draft> = Vec::new();
    for (number, page) in (1..).zip(pages) {
        let nature = page.nature();
        let (page, back) = turn::upright(page);
        let (page, zoom) = zoom::legible(page);
        for page in gutter::parted(page) {
            let scan = nature == Nature::RecognisedScan;
            let lattices = if scan { Vec::new() } else { table::lattices(&page.rulings) };
            drafts.push(Draft { number, back, zoom, page, nature, lattices });
        }
    }
    let mut found: Vec<Vec<table::Lattice>> =
        drafts.iter_mut().map(|draft| std::mem::take(&mut draft.lattices)).collect();
    let drawn: Vec<&[Glyph]> = drafts.iter().map(|draft| draft.page.glyphs.as_slice()).collect();
    table::settle(&mut found, &drawn);
    let mut sheets: Vec<Sheet> =
        drafts.into_iter().zip(found).map(|(draft, lattices)| sheet(Draft { lattices, ..draft })).collect();
    aside::mark(&mut sheets);
    let bodies: Vec<Vec<&TextLine>> = sheets.iter().map(|sheet| sheet.body().collect()).collect();
    let is_all = sheets.iter().all(|sheet| sheet.recognised);
    for (sheet, ruler) in sheets.iter().zip(Ruler::of_pages(&bodies)) {
        if sheet.recognised && !is_all {
            builder.recognised_page(sheet.number, |builder| {
                note(sheet.number, "扫描页，以下文字由 OCR 识读，须人核对", builder);
                write(sheet, ruler, builder);
                note(sheet.number, "OCR 识读到此", builder);
            });
        } else {
            write(sheet, ruler, builder);
        }
    }
}

/// A page made upright and legible, or one of two that share a sheet, before its writing is sorted.
struct Draft {
    number: u32,
    back: Turn,
    zoom: i32,
    page: Page,
    nature: Nature,
    lattices: Vec<table::Lattice>,
}

/// Sorts what is on a page into tables, lines and pictures.
fn sheet(draft: Draft) -> Sheet {
    let Draft { number, back, zoom, page, nature, lattices } = draft;
    let Page { width, height, glyphs, images, beyond, recognised, .. } = page;
    let mut items = Vec::new();
    let (own, others): (Vec<Glyph>, Vec<Glyph>) =
        glyphs.into_iter().partition(|glyph| glyph.hidden == (nature == Nature::RecognisedScan));
    // Before a scan nothing is written that it could be the ground of.
    let written: &[Glyph] = if nature == Nature::Text { &own } else { &[] };
    for (area, large) in picture::pictures(&images, written, (width, height)) {
        let (caption, page) = match nature {
            Nature::RecognisedScan => ("扫描页，文字由识别程序附加，未采用", true),
            Nature::Scan if large => ("扫描页", true),
            _ => ("", false),
        };
        let large = large || page || nature == Nature::Scan;
        items.push(Item::Picture { area, caption, large, page });
    }
    let (mut tables, rest) = table::fill(lattices, own);
    table::cut_off(&mut tables, &beyond, width);
    items.extend(tables.into_iter().map(Item::Table));
    // What a program guessed from a picture is shown, and read by nobody.
    let role = if nature == Nature::RecognisedScan { Role::Aside } else { Role::Wrapped };
    items.extend(line::lines(rest).into_iter().map(|line| Item::Line { line, role }));
    if nature == Nature::RecognisedScan {
        items.extend(line::lines(others).into_iter().map(|line| Item::Line { line, role: Role::Wrapped }));
    }
    items.sort_by_key(Item::order);
    Sheet { number, size: (width, height), back, zoom, recognised, items }
}

/// Writes a line of our own about a page, which is shown and read by nobody.
fn note(page: u32, said: &str, builder: &mut Builder) {
    let text = format!("〔第 {page} 页：{said}〕");
    let edges = vec![0; text.chars().count() + 1];
    builder.line(text, Role::Aside, Anchor::Page { page, top: 0, bottom: 0, edges });
}

/// Writes the blocks of a page.
fn write(sheet: &Sheet, ruler: Option<Ruler>, builder: &mut Builder) {
    let back = |area: Rect| zoom::shrunk(sheet.back.of(area, sheet.size), sheet.zoom);
    for item in &sheet.items {
        match item {
            Item::Line { line, role } => {
                let (text, edges) = line.against(ruler);
                let area = back(line.area);
                let edges = if sheet.back == Turn::None {
                    zoom::shrunk_edges(edges, sheet.zoom)
                } else {
                    spread(area, text.chars().count())
                };
                let anchor = Anchor::Page { page: sheet.number, top: area.top, bottom: area.bottom, edges };
                builder.line(text, *role, anchor);
            }
            Item::Table(table) => {
                let cells = table.cells.iter().map(|cell| GridCell {
                    row: cell.row,
                    column: cell.column,
                    row_span: cell.row_span,
                    column_span: cell.column_span,
                    text: cell.text.clone(),
                    place: Place::Page { page: sheet.number, area: back(cell.area) },
                    at: 0,
                });
                builder.table(cells.collect());
            }
            Item::Picture { area, caption, large, page } => {
                let place = Place::Page { page: sheet.number, area: back(*area) };
                if *page { builder.page(*caption, place) } else { builder.picture(*caption, place, *large) }
            }
        }
    }
}

/// Edges of the characters of a line that runs up or down the page as shown: its box in equal parts.
fn spread(area: Rect, count: usize) -> Vec<i32> {
    let count = i32::try_from(count).unwrap_or(i32::MAX).max(1);
    (0..=count).map(|index| area.left + (area.width() / count) * index).collect()
}
