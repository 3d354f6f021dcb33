//! A document as one stream of normalised characters, each with the place it was read from.
//!
//! Normalised means: compatibility forms unified (NFKC: full-width digits and letters, compatibility
//! ideographs, enclosed numerals such as ㈠), round brackets full-width, control characters and zero-width
//! characters dropped. Blanks, tabs and line limits stay: tables need them. Other punctuation stays as
//! written, so that a quotation reads like the original.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::document::{Block, Document, Source};
use crate::text::is_printable;

/// A normalised character and its origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Char {
    /// The character.
    pub(crate) c: char,
    /// Line of the file, from 1.
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
}

impl Stream {
    /// Normalises `document`.
    pub(crate) fn of(document: &Document) -> Self {
        let mut stream = Self::default();
        for block in &document.blocks {
            let Block::Line(line) = block;
            let start = stream.chars.len();
            for (c, column) in line.text.chars().zip(1..) {
                let origin = |c| Char { c, line: line.number, column };
                match c {
                    '(' | '（' => stream.chars.push(origin('（')),
                    ')' | '）' => stream.chars.push(origin('）')),
                    '\t' | ' '..='~' => stream.chars.push(origin(c)),
                    // Circled numbers mark notes; as plain digits they could be taken for figures.
                    '①'..='⑳' => stream.chars.push(origin(c)),
                    '，' | '：' | '；' | '！' | '？' | '…' | '～' => stream.chars.push(origin(c)),
                    _ if c.is_whitespace() => stream.chars.push(origin(' ')),
                    _ if !is_printable(c) => {}
                    _ => stream.chars.extend(std::iter::once(c).nfkc().map(|c| match c {
                        '(' => origin('（'),
                        ')' => origin('）'),
                        c => origin(c),
                    })),
                }
            }
            stream.lines.push(start..stream.chars.len());
        }
        stream
    }

    /// The text of `range`.
    pub(crate) fn text(&self, range: Range<usize>) -> String {
        self.chars[range].iter().map(|char| char.c).collect()
    }

    /// Where the characters of `range` stand; `None` for an empty range.
    pub(crate) fn source(&self, range: Range<usize>) -> Option<Source> {
        let first = self.chars.get(range.start)?;
        let last = self.chars.get(range.end.checked_sub(1)?)?;
        Some(Source::Text { line: first.line, column: first.column, end_line: last.line, end_column: last.column + 1 })
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
