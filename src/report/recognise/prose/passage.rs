//! A stretch of running text in which every character knows where it was read.

use std::ops::Range;

use crate::document::Source;
use crate::report::Sentence;
use crate::report::recognise::stream::Char;

/// Characters joined to running text: no blanks inside Chinese, no line limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Passage {
    /// The text.
    text: String,
    /// For each character, the byte of `text` it begins at.
    bytes: Vec<usize>,
    /// For each character, the line and column it was read from.
    origins: Vec<(u32, u32)>,
    /// For each character, whether a blank that was dropped, or a line limit, stood before it.
    gaps: Vec<bool>,
}

impl Passage {
    /// Appends the characters of one line: blanks go, save between two characters of other scripts.
    pub(super) fn push_line(&mut self, chars: &[Char]) {
        let mut blank: Option<Char> = None;
        let mut first = true;
        for &char in chars {
            if char.c == ' ' || char.c == '\t' {
                blank = blank.or(Some(char));
                continue;
            }
            let gap = first || blank.is_some();
            if let Some(blank) = blank.take()
                && !first
                && char.c.is_ascii_graphic()
                && self.text.ends_with(|c: char| c.is_ascii_graphic())
            {
                self.push(Char { c: ' ', ..blank }, true);
            }
            self.push(char, gap);
            first = false;
        }
    }

    fn push(&mut self, char: Char, gap: bool) {
        self.bytes.push(self.text.len());
        self.origins.push((char.line, char.column));
        self.gaps.push(gap);
        self.text.push(char.c);
    }

    /// The text.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Number of characters.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The text of the characters in `range`; what lies outside is left out.
    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        let start = self.byte(range.start);
        &self.text[start..self.byte(range.end).max(start)]
    }

    /// The byte at which the character at `index` begins; the end of the text for any index beyond.
    pub(super) fn byte(&self, index: usize) -> usize {
        self.bytes.get(index).copied().unwrap_or(self.text.len())
    }

    /// Index of the character that begins at `byte`.
    pub(super) fn char_at(&self, byte: usize) -> usize {
        self.bytes.partition_point(|&start| start < byte)
    }

    /// Whether a blank or a line limit stood before the character at `index`.
    pub(super) fn gap_before(&self, index: usize) -> bool {
        self.gaps.get(index).copied().unwrap_or(true)
    }

    /// Where the characters of `range` stand; `None` for an empty or outside range.
    pub(super) fn source(&self, range: Range<usize>) -> Option<Source> {
        let &(line, column) = self.origins.get(range.start)?;
        let &(end_line, end) = self.origins.get(range.end.checked_sub(1)?)?;
        Some(Source { line, column, end_line, end_column: end + 1 })
    }

    /// The characters of `range` as a sentence of `part`.
    pub(super) fn sentence(&self, range: Range<usize>, part: u8) -> Sentence {
        let end = range.end.min(self.len());
        let start = range.start.min(end);
        Sentence { part, text: self.slice(start..end).to_owned(), origins: self.origins[start..end].to_vec() }
    }
}
