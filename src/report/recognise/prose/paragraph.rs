//! From lines to paragraphs: wrapped lines are joined, whatever stands between them on the page.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::heading;
use super::lines::{Flow, Line, Piece};
use super::passage::Passage;
use crate::report::TableKind;
use crate::report::recognise::stream::Stream;

/// What follows what in a report, lines joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph of running text.
    Paragraph(Passage),
    /// A table, of this kind if that could be told.
    Table {
        /// Which table.
        kind: Option<TableKind>,
        /// Its characters in the stream.
        range: Range<usize>,
    },
}

/// Joins the lines among `pieces` to paragraphs.
pub(super) fn blocks(stream: &Stream, pieces: &[Piece]) -> Vec<Block> {
    let page = Page::of(stream, pieces);
    let mut blocks: Vec<Block> = Vec::new();
    let mut previous: Option<&Line> = None;
    for piece in pieces {
        match piece {
            Piece::Table { kind, range } => {
                previous = None;
                match blocks.last_mut() {
                    // One table may come in several pieces.
                    Some(Block::Table { kind: last, range: whole }) if last == kind || kind.is_none() => {
                        whole.end = range.end;
                    }
                    _ => blocks.push(Block::Table { kind: *kind, range: range.clone() }),
                }
            }
            Piece::Line(line) => {
                let chars = &stream.chars[line.range.clone()];
                match (previous, blocks.last_mut()) {
                    (Some(last), Some(Block::Paragraph(passage))) if page.joins(stream, last, line, passage) => {
                        passage.push_line(chars);
                    }
                    _ => {
                        let mut passage = Passage::default();
                        passage.push_line(chars);
                        blocks.push(Block::Paragraph(passage));
                    }
                }
                previous = Some(line);
            }
        }
    }
    blocks
}

/// How the text of a document is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Page {
    /// Width at which lines are wrapped, if they are.
    wrap: Option<usize>,
    /// Whether empty lines stand between the lines of one paragraph.
    spaced: bool,
    /// Smallest indentation of a full line.
    indent: usize,
}

/// Narrower lines tell nothing about the width of the page.
const NARROWEST: usize = 24;

/// What stands after a figure and never opens a paragraph.
const UNITS: [char; 14] = ['年', '月', '日', '件', '条', '篇', '次', '项', '份', '个', '号', '余', '万', '%'];

static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:第?[一二三四五六七八九十]{1,3}(?:[、.．丶]|部分)|（[一二三四五六七八九十\d]{1,3}）[^项款条、至和及，]",
        r"|\d{1,2}、|\d{1,2}[.．](?:[^\d]|20\d\d年))",
    ))
    .expect("a valid pattern")
});

impl Page {
    fn of(stream: &Stream, pieces: &[Piece]) -> Self {
        let mut open: Vec<(&Line, bool)> = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            if let Piece::Line(line) = piece
                && line.flow == Flow::Wrapped
                && line.width >= NARROWEST
                && !ends_closed(stream, line)
                && !is_marked(&opening(stream, line))
            {
                let followed_by_blank = matches!(pieces.get(index + 1), Some(Piece::Line(next)) if next.after_blank);
                open.push((line, followed_by_blank));
            }
        }
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for (line, _) in &open {
            *counts.entry(line.width / 4).or_default() += 1;
        }
        // The widest of the most frequent widths; neighbours count, for lines are ragged.
        let near =
            |bucket: usize| (bucket.saturating_sub(1)..=bucket + 1).filter_map(|b| counts.get(&b)).sum::<usize>();
        let Some(usual) = counts.keys().copied().max_by_key(|&bucket| (near(bucket), bucket)) else {
            return Self { wrap: None, spaced: false, indent: 0 };
        };
        let full: Vec<_> = open.iter().filter(|(line, _)| line.width / 4 + 1 >= usual).collect();
        let wrapped = near(usual) >= 3 && near(usual) * 2 >= open.len();
        let spaced = full.iter().filter(|(_, blank)| *blank).count() * 2 > full.len();
        let indent = full.iter().map(|(line, _)| line.indent).min().unwrap_or(0);
        Self { wrap: wrapped.then_some(usual * 4 + 2), spaced, indent }
    }

    /// Whether `next` carries on the paragraph that `last` is the latest line of.
    fn joins(&self, stream: &Stream, last: &Line, next: &Line, so_far: &Passage) -> bool {
        if next.flow == Flow::Beside {
            return true;
        }
        let next_text = opening(stream, next);
        let head_only = so_far.len() <= heading::LONGEST + 6;
        if head_only && heading::is_broken(so_far.as_str(), &next_text) {
            return true;
        }
        if next.flow == Flow::Whole {
            return false;
        }
        if MARKER.is_match(&next_text) && !so_far.as_str().ends_with('第') {
            return false;
        }
        if head_only && is_heading(so_far.as_str()) {
            return false;
        }
        // A figure and its unit are never two paragraphs.
        if so_far.as_str().ends_with(|c: char| c.is_ascii_digit()) && next_text.starts_with(UNITS) {
            return true;
        }
        // Nor does a paragraph end with a comma.
        if so_far.as_str().ends_with('，') && last.width >= NARROWEST {
            return true;
        }
        let closed = ends_closed(stream, last);
        if closed && is_heading(&next_text) {
            return false;
        }
        let Some(wrap) = self.wrap else {
            // Every line is a paragraph, unless it evidently breaks off.
            return !closed && last.width >= 40 && !next.after_blank;
        };
        if next.indent > self.indent + 1 && next.indent > last.indent.max(1) {
            return !closed && last.width + 12 >= wrap && next.indent < 8;
        }
        if closed {
            last.width + 4 >= wrap && last.width <= wrap + 8 && (self.spaced || !next.after_blank)
        } else {
            last.width * 4 >= wrap * 3
        }
    }
}

/// Whether a paragraph that is `text` so far is the complete heading of a part.
fn is_heading(text: &str) -> bool {
    let text = &text[heading::ordinal(text).map_or(0, |ordinal| ordinal.bytes)..];
    heading::known_at_start(text).is_some_and(|(.., length)| length == text.chars().count())
}

/// Whether the line ends where a sentence or a lead does.
fn ends_closed(stream: &Stream, line: &Line) -> bool {
    let mut end = stream.chars[line.range.clone()].iter().rev().map(|char| char.c);
    match end.next() {
        Some('。' | '！' | '？' | '；' | '：' | ':' | ';') => true,
        Some('”' | '）' | '》' | '"') => matches!(end.next(), Some('。' | '！' | '？')),
        _ => false,
    }
}

/// Whether a line with this beginning opens a paragraph, whatever stands before it.
fn is_marked(text: &str) -> bool {
    MARKER.is_match(text) || is_heading(text)
}

/// The first characters of a line, blanks left out.
fn opening(stream: &Stream, line: &Line) -> String {
    let chars = &stream.chars[line.range.clone()];
    chars.iter().map(|char| char.c).filter(|c| !matches!(c, ' ' | '\t')).take(heading::LONGEST).collect()
}
