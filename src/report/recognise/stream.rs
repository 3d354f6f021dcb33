//! A document as one stream of normalised characters, each with the place it was read from.
//!
//! Normalised means: compatibility forms unified (NFKC: full-width digits and letters, compatibility
//! ideographs, enclosed numerals such as ㈠), round brackets full-width, control characters and zero-width
//! characters dropped. Blanks, tabs and line limits stay: tables need them. Other punctuation stays as
//! written, so that a quotation reads like the original.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::document::{Anchor, Block, Document, Format, Grid, Role, Source, is_mark};
use crate::text::is_printable;

/// A normalised character and its origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Char {
    /// The character.
    pub(crate) c: char,
    /// Line of the document's rendering, from 1.
    pub(crate) line: u32,
    /// Column in that line, in characters, from 1.
    pub(crate) column: u32,
}

/// The characters of a document with its line limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stream {
    /// All characters, line after line, without line terminators.
    pub(crate) chars: Vec<Char>,
    /// For each line, the range of its characters in `chars`; an empty line has an empty range.
    pub(crate) lines: Vec<Range<usize>>,
    /// For each line, what it is.
    pub(crate) kinds: Vec<LineKind>,
    /// The tables whose cells are known, in order.
    pub(crate) sheets: Vec<Sheet>,
}

/// A table whose cells are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// Whether it was drawn on a page.
    pub(crate) is_page: bool,
    /// Index of the line of its first row.
    pub(crate) line: usize,
    /// How many rows it has.
    pub(crate) rows: usize,
    /// How many columns it has.
    pub(crate) columns: usize,
    /// Its cells, by row, then by column.
    pub(crate) cells: Vec<SheetCell>,
}

/// A cell of a [`Sheet`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SheetCell {
    /// The rows it spans, from 0.
    pub(crate) rows: Range<usize>,
    /// The columns it spans, from 0.
    pub(crate) columns: Range<usize>,
    /// Its characters in the stream, surrounding blanks left out; of an empty cell an empty range where it stands.
    pub(crate) range: Range<usize>,
    /// Where a paragraph of it ends, or its line is broken on purpose: characters of the stream.
    pub(crate) breaks: Vec<usize>,
}

/// What a line of the stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// A line as the file breaks it.
    Wrapped,
    /// A paragraph, or its first line where it holds forced line breaks.
    Paragraph,
    /// A line of the same paragraph behind a forced break.
    Broken,
    /// A row of a table whose cells are known.
    Row,
    /// Nothing that is read: its range is empty.
    Aside,
}

impl Stream {
    /// Normalises `document`.
    pub(crate) fn of(document: &Document) -> Self {
        let mut stream = Self::default();
        let mut paragraph = None;
        for block in &document.blocks {
            match block {
                Block::Line(line) => {
                    let (text, kind) = match line.role {
                        Role::Wrapped => (line.text.as_str(), LineKind::Wrapped),
                        Role::Paragraph => {
                            let own = if let Anchor::Paragraph(number) = line.anchor { Some(number) } else { None };
                            let goes_on = own.is_some() && own == std::mem::replace(&mut paragraph, own);
                            (line.text.as_str(), if goes_on { LineKind::Broken } else { LineKind::Paragraph })
                        }
                        Role::Aside | Role::Hidden => ("", LineKind::Aside),
                    };
                    stream.push(text, line.number, kind);
                }
                Block::Picture(picture) => stream.push("", picture.number, LineKind::Aside),
                Block::Table(grid) => {
                    let line = stream.lines.len();
                    for (row, number) in grid.rendering().iter().zip(grid.number..) {
                        stream.push(row, number, LineKind::Row);
                    }
                    let is_page = matches!(document.format, Format::Pdf | Format::Ofd | Format::Image);
                    let sheet = Sheet { is_page, ..stream.sheet(grid, line) };
                    stream.sheets.push(sheet);
                }
            }
        }
        stream
    }

    /// Appends a line of the rendering.
    fn push(&mut self, text: &str, number: u32, kind: LineKind) {
        let start = self.chars.len();
        for (c, column) in text.chars().zip(1..) {
            let origin = |c| Char { c, line: number, column };
            match c {
                '(' | '（' => self.chars.push(origin('（')),
                ')' | '）' => self.chars.push(origin('）')),
                '\t' | ' '..='~' => self.chars.push(origin(c)),
                // Circled and raised numbers mark notes; as plain digits they could be taken for figures.
                '①'..='⑳' => self.chars.push(origin(c)),
                _ if is_mark(c) => self.chars.push(origin(c)),
                '，' | '：' | '；' | '！' | '？' | '…' | '～' => self.chars.push(origin(c)),
                _ if c.is_whitespace() => self.chars.push(origin(' ')),
                _ if !is_printable(c) => {}
                _ => self.chars.extend(std::iter::once(c).nfkc().map(|c| match c {
                    '(' => origin('（'),
                    ')' => origin('）'),
                    c => origin(c),
                })),
            }
        }
        self.lines.push(start..self.chars.len());
        self.kinds.push(kind);
    }

    /// The cells of `grid`, whose first row is the line at index `line`.
    fn sheet(&self, grid: &Grid, line: usize) -> Sheet {
        let cells = grid.cells.iter().filter_map(|cell| {
            let limits = self.lines.get(line + usize::from(cell.row))?.clone();
            let chars = &self.chars[limits.clone()];
            let place = |column: u32| limits.start + chars.partition_point(|char| char.column < column);
            let count = u32::try_from(cell.text.chars().count()).unwrap_or(u32::MAX / 2);
            let mut range = place(cell.at)..place(cell.at.saturating_add(count));
            let is_blank = |index: usize| self.chars[index].c.is_whitespace();
            while !range.is_empty() && is_blank(range.end - 1) {
                range.end -= 1;
            }
            while !range.is_empty() && is_blank(range.start) {
                range.start += 1;
            }
            let breaks = cell.text.chars().zip(cell.at..).filter(|(c, _)| *c == '\n').map(|(_, at)| place(at));
            Some(SheetCell {
                rows: usize::from(cell.row)..usize::from(cell.row) + usize::from(cell.row_span.max(1)),
                columns: usize::from(cell.column)..usize::from(cell.column) + usize::from(cell.column_span.max(1)),
                breaks: breaks.filter(|at| range.contains(at)).collect(),
                range,
            })
        });
        Sheet {
            is_page: false,
            line,
            rows: usize::from(grid.rows),
            columns: usize::from(grid.columns),
            cells: cells.collect(),
        }
    }

    /// The text of `range`.
    pub(crate) fn text(&self, range: Range<usize>) -> String {
        self.chars[range].iter().map(|char| char.c).collect()
    }

    /// Where the characters of `range` stand; `None` for an empty range.
    pub(crate) fn source(&self, range: Range<usize>) -> Option<Source> {
        let first = self.chars.get(range.start)?;
        let last = self.chars.get(range.end.checked_sub(1)?)?;
        Some(Source { line: first.line, column: first.column, end_line: last.line, end_column: last.column + 1 })
    }

    /// Index of the line that holds the character at `index`.
    pub(crate) fn line_of(&self, index: usize) -> usize {
        self.lines.partition_point(|line| line.end <= index)
    }
}

/// Whether `c` is a Chinese character.
pub(crate) const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{323af}' | '〇')
}
