//! A second report in the same file: last year's under this year's, a town's under its district's.
//!
//! It begins with a title or with part one, has headings of further parts behind that, and both it and what stands
//! before it hold tables of the form. It is not read: each figure of a report must be its own.

use std::borrow::Cow;

use super::prose;
use crate::document::{Block, Document, Role, Source};
use crate::report::Doubt;
use crate::text::Wording;

/// A further report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sequel {
    /// The block it begins with.
    block: usize,
    /// Its first line.
    pub(super) source: Source,
    /// Its first words.
    pub(super) text: String,
}

impl Sequel {
    /// That it was not read.
    pub(super) fn doubt(&self) -> Doubt {
        let message = Wording::new(
            format!("从“{}”起又是一份报告，没有读", self.text),
            format!("another report begins at “{}” and was not read", self.text),
        );
        Doubt { message, table: None, cells: Vec::new(), source: self.source }
    }
}

/// What each table of the form has, and hardly any sentence.
const TABLES: [&str; 3] = ["第二十条第", "本年新收", "未经复议直接起"];

/// How many lines a title may stand above part one, with a preamble between.
const PREAMBLE: usize = 15;

/// The first report of the document, and the one that follows it.
pub(super) fn part(document: &Document) -> (Cow<'_, Document>, Option<Sequel>) {
    let Some(sequel) = find(document) else { return (Cow::Borrowed(document), None) };
    let blocks = document.blocks[..sequel.block].to_vec();
    (Cow::Owned(Document { blocks, ..document.clone() }), Some(sequel))
}

fn find(document: &Document) -> Option<Sequel> {
    let texts: Vec<String> = document.blocks.iter().map(text).collect();
    let parts: Vec<(usize, u8)> =
        texts.iter().enumerate().filter_map(|(at, text)| Some((at, prose::opened_part(text)?))).collect();
    let firsts = parts.iter().filter(|(_, number)| *number == 1).skip(1);
    firsts.map(|&(at, _)| at).find_map(|first| {
        let before = parts.iter().filter(|&&(at, number)| at < first && number > 1).count();
        let behind = parts.iter().filter(|&&(at, number)| at > first && number > 1).count();
        let tables =
            |texts: &[String]| TABLES.iter().filter(|word| texts.iter().any(|text| text.contains(*word))).count();
        if before < 2 || behind < 2 || tables(&texts[..first]) < 2 || tables(&texts[first..]) < 2 {
            return None;
        }
        let last = parts.iter().rfind(|&&(at, _)| at < first).map_or(0, |&(at, _)| at + 1);
        let reach = last.max(first.saturating_sub(PREAMBLE));
        // A title may be broken anywhere, over two or three lines.
        let lines = |at: usize| {
            let lines: Vec<&str> =
                texts[at..first].iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            (1..=lines.len().min(3)).any(|count| prose::is_title(&lines[..count].concat()))
        };
        let title = (reach..first).rev().find(|&at| !texts[at].is_empty() && lines(at));
        // The name of the agency on a line of its own, above the year and the name of the document.
        let block = title.map_or(first, |title| {
            let above = (last..title).rev().find(|&at| !texts[at].is_empty());
            above.filter(|&at| lines(at)).unwrap_or(title)
        });
        let Block::Line(line) = &document.blocks[block] else { return None };
        let length = u32::try_from(line.text.chars().count()).unwrap_or(u32::MAX - 1);
        let source = Source { line: line.number, column: 1, end_line: line.number, end_column: length + 1 };
        Some(Sequel { block, source, text: texts[block].clone() })
    })
}

/// The characters of a block, blanks left out; nothing where nobody reads it.
fn text(block: &Block) -> String {
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    match block {
        Block::Line(line) if !matches!(line.role, Role::Aside | Role::Hidden) => solid(&line.text),
        Block::Table(grid) => grid.cells.iter().map(|cell| solid(&cell.text) + "|").collect(),
        _ => String::new(),
    }
}
