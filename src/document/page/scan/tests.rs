//! Pictures of pages that the tests draw, read by an eye that counts strokes.

use super::*;
use crate::document::{Block, Builder, Document, Format};

/// Sees as many strokes as there are, and calls so many the digit. More than nine, or a wide one, are a word.
struct Counter {
    characters: Vec<char>,
    /// How many strips were looked at.
    looked: usize,
}

impl Counter {
    fn new() -> Self {
        Self { characters: "\0年0123456789".chars().collect(), looked: 0 }
    }
}

impl Eye for Counter {
    fn look(&mut self, strip: &Grey) -> Option<Sight> {
        assert_eq!((strip.height, strip.width % 8), (HEIGHT, 0));
        self.looked += 1;
        let is_dark = |x: usize| (0..HEIGHT).any(|y| strip.pixels[y * strip.width + x] < 128);
        let classes = self.characters.len();
        let mut odds = Vec::new();
        let mut before = false;
        for x in 0..strip.width {
            let dark = is_dark(x);
            if dark && !before {
                let width = (x..strip.width).take_while(|&x| is_dark(x)).count();
                // A stroke is a digit by its breadth, in eighths of the height of the strip; a wide one is a word.
                let class = if width > 30 { 1 } else { 2 + (width / 3).min(9) };
                for class in [0, class] {
                    odds.extend((0..classes).map(|other| if other == class { 990 } else { 0 }));
                }
            }
            before = dark;
        }
        Some(Sight { classes, odds })
    }

    fn characters(&self) -> &[char] {
        &self.characters
    }
}

/// A sheet of 400 × 300 points, two pixels on a point.
const SIZE: (i32, i32) = (40_000, 30_000);

struct Drawing(Grey);

impl Drawing {
    fn new() -> Self {
        Self(Grey::white(800, 600))
    }

    fn fill(&mut self, (left, top, right, bottom): (usize, usize, usize, usize)) {
        for y in top..bottom {
            self.0.pixels[y * 800 + left..y * 800 + right].fill(10);
        }
    }

    /// Three rows of four cells, 150 × 60 pixels each.
    fn table(&mut self) {
        for row in 0..=3 {
            self.fill((100, 200 + row * 60, 702, 202 + row * 60));
        }
        for column in 0..=4 {
            self.fill((100 + column * 150, 200, 102 + column * 150, 382));
        }
    }

    /// A stroke as high as a digit in a cell.
    fn stroke(&mut self, row: usize, column: usize, breadth: usize) {
        let (left, top) = (160 + column * 150, 218 + row * 60);
        self.fill((left, top, left + breadth, top + 26));
    }

    /// By how much its lines are to fall, in pixels on 4096.
    fn askew(self, slope: i64) -> Grey {
        self.0.levelled(-slope)
    }
}

fn read(picture: &Grey) -> (Document, Page) {
    let mut eye = Counter::new();
    let page = Scanner::new(&mut eye).page(picture, SIZE);
    let mut builder = Builder::default().recognised();
    super::super::lay_out(vec![page.clone()], &mut builder);
    (builder.finish(Format::Pdf, None), page)
}

/// The texts of the first table, by row.
fn cells(document: &Document) -> Vec<Vec<String>> {
    let grid = document.blocks.iter().find_map(|block| if let Block::Table(grid) = block { Some(grid) } else { None });
    let grid = grid.expect("a table");
    let row = |row: u16| grid.cells.iter().filter(|cell| cell.row == row).map(|cell| cell.text.clone()).collect();
    (0..grid.rows).map(row).collect()
}

#[test]
fn a_ruled_table_in_a_picture_becomes_one_of_cells() {
    for slope in [0, 36, -50] {
        let mut drawing = Drawing::new();
        drawing.table();
        drawing.fill((160, 80, 260, 104));
        drawing.stroke(0, 0, 60);
        drawing.stroke(1, 2, 6);
        drawing.stroke(2, 3, 12);
        let (document, page) = read(&drawing.askew(slope));
        let cells = cells(&document);
        assert_eq!(cells.len(), 3, "{slope}");
        assert!(cells.iter().all(|row| row.len() == 4), "{slope}: {cells:?}");
        let written: Vec<(usize, usize)> = (0..3)
            .flat_map(|row| (0..4).map(move |column| (row, column)))
            .filter(|&(row, column)| !cells[row][column].is_empty())
            .collect();
        assert_eq!(written, [(0, 0), (1, 2), (2, 3)], "{slope}: {cells:?}");
        assert!(cells[1][2].chars().all(|c| c.is_ascii_digit()), "{slope}: {cells:?}");
        // The line above is no part of it, and stands where it was drawn.
        let line = page.glyphs.iter().find(|glyph| glyph.area.bottom < 9_000).expect("the line above");
        assert!((line.area.left - 8_000).abs() < 400 && (line.area.top - 4_000).abs() < 400, "{slope}: {line:?}");
    }
}

#[test]
fn an_empty_cell_is_not_looked_at_and_a_doubtful_one_is_not_guessed() {
    let mut drawing = Drawing::new();
    drawing.table();
    // Half as high as the digit beside it.
    drawing.fill((320, 284, 328, 296));
    drawing.stroke(1, 2, 8);
    let mut eye = Counter::new();
    let page = Scanner::new(&mut eye).page(&drawing.0, SIZE);
    assert_eq!(eye.looked, 3);
    let text: String = page.glyphs.iter().map(|glyph| glyph.c).collect();
    assert_eq!(text.matches('\u{fffd}').count(), 1, "{text}");
}

#[test]
fn a_blank_page_and_a_black_one_hold_nothing() {
    for shade in [255, 0] {
        let picture = Grey { width: 800, height: 600, pixels: vec![shade; 480_000] };
        let (_, page) = read(&picture);
        assert_eq!((page.glyphs.len(), page.rulings.len()), (0, 0), "{shade}");
    }
    let mut eye = Counter::new();
    assert_eq!(Scanner::new(&mut eye).page(&Grey::white(1, 1), SIZE).glyphs, []);
    assert_eq!(Scanner::new(&mut eye).page(&Grey::white(100, 100), (0, 0)).glyphs, []);
}
