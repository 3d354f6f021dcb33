//! A document whose streams have been opened: its text, and what is looked up for it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::characters::{Look, Styled};
use super::drawings::{self, Drawings};
use super::fib::{Fib, Part, Place};
use super::fonts::fonts;
use super::lists::lists;
use super::number::{long, size};
use super::pages::{Kind, Pages};
use super::paragraphs::Paragraph;
use super::pieces::Text;
use super::property::is_whole;
use super::story::{Story, sign};
use super::styles::Styles;
use crate::document::flow::{CELLS, Piece};
use crate::document::numbering::Numbering;

/// Paragraphs that are read.
const PARAGRAPHS: usize = 200_000;

/// Bytes of properties that are read, each as often as it applies. Documents of a hundred pages have some hundred
/// thousand.
const WORK: usize = 16 << 20;

/// Size of the description of a box of text (2.9.83, FTXBXS).
const BOX: usize = 22;

/// A document.
pub(super) struct Source<'a> {
    pub(super) text: Text<'a>,
    pub(super) styles: Styles,
    pub(super) fonts: Vec<String>,
    pub(super) numbering: Numbering,
    /// Cells that tables may still have.
    pub(super) cells: usize,
    characters: Pages<'a>,
    paragraphs: Pages<'a>,
    data: &'a [u8],
    drawings: Drawings,
    /// The boxes of text that have not been read, by the drawing they are part of, in their order.
    boxes: BTreeMap<u32, Vec<Range<usize>>>,
    /// Where the main text ends.
    main: usize,
    /// Paragraphs that may still be read.
    left: usize,
    /// Bytes of properties that may still be read.
    work: usize,
}

impl<'a> Source<'a> {
    /// The document with the head `fib` and these streams; `None` where it is damaged.
    pub(super) fn open(fib: &Fib, document: &'a [u8], table: &'a [u8], data: &'a [u8]) -> Option<Self> {
        let part = |place| fib.part(table, place);
        let text = Text::of(document, part(Place::Pieces)?, fib.characters())?;
        let (patterns, length) = fib.from(table, Place::Patterns)?;
        let drawings = Drawings::of(part(Place::Anchors)?, part(Place::Drawings)?);
        let boxes = boxes(part(Place::Boxes)?, fib.range(Part::Boxes), &drawings)?;
        Some(Self {
            text,
            // It says itself how many styles there are; how long it is said to be has been seen to be less.
            styles: Styles::of(fib.from(table, Place::Styles)?.0)?,
            fonts: fonts(part(Place::Fonts)?),
            numbering: lists(patterns, length, part(Place::Lists)?)?,
            cells: CELLS,
            characters: Pages::of(document, part(Place::Characters)?, Kind::Characters)?,
            paragraphs: Pages::of(document, part(Place::Paragraphs)?, Kind::Paragraphs)?,
            data,
            drawings,
            boxes,
            main: fib.range(Part::Main).end,
            left: PARAGRAPHS,
            work: WORK,
        })
    }

    /// One past the mark of the paragraph in which the character `start` is, or `limit`.
    ///
    /// The character that breaks a page also ends a section, and then a paragraph: the pages tell.
    pub(super) fn end_of_paragraph(&self, start: usize, limit: usize) -> Option<usize> {
        for position in start..limit {
            match *self.text.units.get(position)? {
                sign::PARAGRAPH | sign::CELL => return Some(position + 1),
                sign::PAGE => {
                    let piece = self.text.piece(position)?;
                    let place = piece.place(position);
                    if self.paragraphs.find(place)?.end <= place + piece.width {
                        return Some(position + 1);
                    }
                }
                _ => {}
            }
        }
        Some(limit)
    }

    /// The paragraph whose mark is the character `last`.
    pub(super) fn paragraph(&mut self, last: usize) -> Option<Paragraph> {
        self.left = self.left.checked_sub(1)?;
        let piece = self.text.piece(last)?;
        let run = self.paragraphs.find(piece.place(last))?;
        let changes = self.text.modifiers(piece)?;
        charge(&mut self.work, &[run.properties.get(2..)?, changes])?;
        Paragraph::of(run.properties, changes, self.data, &mut self.work)
    }

    /// How the character `start` of a paragraph of the style `style` looks, and up to which all look so.
    pub(super) fn look(&mut self, start: usize, end: usize, style: u16) -> Option<(usize, Look)> {
        let piece = self.text.piece(start)?;
        let run = self.characters.find(piece.place(start))?;
        let changes = self.text.modifiers(piece)?;
        charge(&mut self.work, &[run.properties, changes])?;
        let look = Look::of(run.properties, changes, Styled { styles: &self.styles, paragraph: style });
        Some((piece.position(run.end).min(piece.end).min(end), look))
    }

    /// The picture that a character stands for, if it says where it is.
    pub(super) fn picture(&self, look: Look) -> Option<Piece> {
        look.picture.map(|place| drawings::inline(self.data, place))
    }

    /// The drawing that hangs on the character `position`: a picture, and the text of its boxes.
    pub(super) fn drawing(&mut self, position: usize) -> Option<Vec<Piece>> {
        // Boxes are told of the main text only, so none is within another.
        let Some(number) = self.drawings.at(position).filter(|_| position < self.main) else { return Some(Vec::new()) };
        let mut content: Vec<Piece> = self.drawings.picture(position).into_iter().collect();
        for range in self.boxes.remove(&number).unwrap_or_default() {
            content.extend(self.box_of_text(range)?);
        }
        Some(content)
    }

    /// The text of boxes that hang nowhere.
    pub(super) fn rest(&mut self) -> Option<Vec<Piece>> {
        let mut content = Vec::new();
        for range in std::mem::take(&mut self.boxes).into_values().flatten() {
            content.extend(self.box_of_text(range)?);
        }
        Some(content)
    }

    fn box_of_text(&mut self, range: Range<usize>) -> Option<Vec<Piece>> {
        let mut content = Story::read(self, range)?;
        // A mark of its own ends every box.
        if matches!(content.last(), Some(Piece::Paragraph(text)) if text.is_empty()) {
            content.pop();
        }
        Some(content)
    }
}

/// Counts properties that are going to be read against `work`; `None` where they are too many, or damaged: what says
/// that a digit is struck out could be lost.
fn charge(work: &mut usize, properties: &[&[u8]]) -> Option<()> {
    *work = work.checked_sub(properties.iter().map(|bytes| bytes.len()).sum())?;
    properties.iter().all(|bytes| is_whole(bytes)).then_some(())
}

/// The boxes of text that `table` tells (2.8.32, PlcftxbxTxt), by the drawing they are part of; their text lies in
/// `all`. `None` where they overlap.
fn boxes(table: &[u8], all: Range<usize>, drawings: &Drawings) -> Option<BTreeMap<u32, Vec<Range<usize>>>> {
    let count = table.len().saturating_sub(4) / (4 + BOX);
    let mut boxes: BTreeMap<u32, Vec<Range<usize>>> = BTreeMap::new();
    let mut last = all.start;
    for index in 0..count {
        let start = all.start.checked_add(size(table, 4 * index)?)?;
        let end = all.start.checked_add(size(table, 4 * index + 4)?)?.min(all.end);
        if start >= end {
            continue;
        }
        if start < last {
            return None;
        }
        last = end;
        let shape = long(table, 4 * (count + 1) + BOX * index + 14)?;
        boxes.entry(drawings.group(shape)).or_default().push(start..end);
    }
    Some(boxes)
}
