//! A report laid out on pages: where every character and every ruling line stands. PDF and OFD are painted from
//! it, and the places that a reader names are held against it.
//!
//! All lengths are hundredths of a point, from the upper left corner of the page.

mod table;
mod wrap;

use super::content::{Content, Piece};
use crate::generate::rng::Rng;
use crate::generate::tables::Key;

pub(crate) use wrap::advance;

/// How a report is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Design {
    pub(crate) width: i32,
    pub(crate) height: i32,
    /// Whether tables have ruling lines.
    pub(crate) ruled: bool,
    /// Whether the header rows of a table stand again where it goes on on another page.
    pub(crate) repeats_headers: bool,
    /// Whether every page bears the title at its head.
    pub(crate) running_title: bool,
    /// Space before the title, so that page breaks fall elsewhere.
    pub(crate) drop: i32,
    pub(crate) folio: Folio,
    /// Whether the text of a cell stands in the middle of its height.
    pub(crate) centred: bool,
}

/// The number of a page as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folio {
    Dashes,
    Bare,
    OfTotal,
}

/// A box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
}

/// Characters on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) left: i32,
    pub(crate) baseline: i32,
    pub(crate) size: i32,
}

/// A cell of the form, where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) key: Key,
    /// The whole cell.
    pub(crate) cell: Area,
    /// Its characters, if there are any.
    pub(crate) glyphs: Option<Area>,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) runs: Vec<Run>,
    /// The edges of cells, as ruling lines: from, to.
    pub(crate) rules: Vec<Area>,
    pub(crate) cells: Vec<Placed>,
}

const MARGIN: i32 = pt(72);

/// Hundredths of so many points.
const fn pt(points: i32) -> i32 {
    points * 100
}

impl Design {
    /// A4, upright, with ruled tables.
    pub(crate) fn draw(rng: &mut Rng) -> Self {
        Self {
            width: pt(595),
            height: pt(842),
            ruled: true,
            repeats_headers: rng.chance(40),
            running_title: rng.chance(30),
            drop: i32::try_from(rng.below(400)).unwrap() * pt(1),
            folio: *rng.pick(&[Folio::Dashes, Folio::Bare, Folio::OfTotal]),
            centred: rng.chance(80),
        }
    }

    /// The same on its side.
    pub(crate) const fn sideways(self) -> Self {
        Self { width: self.height, height: self.width, ..self }
    }
}

impl Run {
    pub(crate) fn width(&self) -> i32 {
        wrap::width(&self.text, self.size)
    }

    pub(crate) fn area(&self) -> Area {
        Area {
            left: self.left,
            top: self.baseline - self.size * 4 / 5,
            right: self.left + self.width(),
            bottom: self.baseline + self.size / 10,
        }
    }
}

impl Area {
    pub(crate) const fn holds(self, x: i32, y: i32) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    pub(crate) const fn centre(self) -> (i32, i32) {
        (i32::midpoint(self.left, self.right), i32::midpoint(self.top, self.bottom))
    }

    const fn around(self, other: Self) -> Self {
        const fn less(a: i32, b: i32) -> i32 {
            if a < b { a } else { b }
        }
        Self {
            left: less(self.left, other.left),
            top: less(self.top, other.top),
            right: -less(-self.right, -other.right),
            bottom: -less(-self.bottom, -other.bottom),
        }
    }
}

/// Lays the report out.
pub(crate) fn lay_out(content: &Content, design: Design) -> Vec<Page> {
    let mut composer = Composer { design, pages: vec![Page::default()], y: MARGIN + design.drop };
    for piece in &content.pieces {
        match piece {
            Piece::Title(text) => composer.lines(text, pt(20), 0, true),
            Piece::Heading(text) | Piece::Paragraph(text) => composer.lines(text, pt(14), 2, false),
            Piece::Table(sheet) => table::set(&mut composer, sheet),
        }
    }
    let title = content.title();
    let count = composer.pages.len();
    for (number, page) in (1..).zip(&mut composer.pages) {
        if design.running_title {
            page.runs.insert(0, centred(&title, pt(9), design.width, MARGIN / 2));
        }
        let folio = match design.folio {
            Folio::Dashes => format!("- {number} -"),
            Folio::Bare => number.to_string(),
            Folio::OfTotal => format!("第 {number} 页 共 {count} 页"),
        };
        page.runs.push(centred(&folio, pt(9), design.width, design.height - MARGIN / 2));
    }
    composer.pages
}

fn centred(text: &str, size: i32, page: i32, baseline: i32) -> Run {
    let left = (page - wrap::width(text, size)) / 2;
    Run { text: text.to_owned(), left, baseline, size }
}

/// Pages in the making.
struct Composer {
    design: Design,
    pages: Vec<Page>,
    /// How far down the last page is filled.
    y: i32,
}

impl Composer {
    const fn bottom(&self) -> i32 {
        self.design.height - MARGIN
    }

    const fn measure(&self) -> i32 {
        self.design.width - 2 * MARGIN
    }

    fn page(&mut self) -> &mut Page {
        self.pages.last_mut().unwrap()
    }

    fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = MARGIN;
    }

    /// A paragraph.
    fn lines(&mut self, text: &str, size: i32, indent: i32, in_the_middle: bool) {
        let leading = size * 3 / 2;
        let first_measure = self.measure() - indent * size;
        for (index, line) in wrap::lines(text, size, first_measure, self.measure()).into_iter().enumerate() {
            if self.y + leading > self.bottom() {
                self.turn();
            }
            let baseline = self.y + size;
            let mut run = centred(&line, size, self.design.width, baseline);
            if !in_the_middle {
                run.left = MARGIN + if index == 0 { indent * size } else { 0 };
            }
            self.page().runs.push(run);
            self.y += leading;
        }
    }
}
