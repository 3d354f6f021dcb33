//! The binary format of Word 97 to 2003, which is also that of WPS ([MS-DOC]; the sections named are those of it).
//!
//! ```text
//! compound ──► fib ──► pieces ─────► story ──────► tables ──► Document
//! streams      where   characters,   paragraphs,   rows,
//!              all is  by place      fields        cells
//!                         ▲             ▲
//!                       pages ──► characters, paragraphs, styles, lists
//!                       how the text looks, from place to place
//! ```
//!
//! Every part is bounded: no table is followed further than it is long, properties are looked up where they lie, and
//! how much of them is read in all is limited. What is not whole is refused, and nothing is made up for it.

mod characters;
mod drawings;
mod fib;
mod fonts;
mod lists;
mod number;
mod pages;
mod paragraphs;
mod pieces;
mod property;
mod rows;
mod source;
mod story;
mod styles;
mod tables;

use std::collections::HashSet;

use super::compound::Compound;
use super::flow::{self, Piece};
use super::{Document, Format, Refusal, package};
use crate::text::Wording;
use fib::{Fault, Fib, Part};
use source::Source;
use story::Story;

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where it is encrypted, of an older version, damaged, or holds no text.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    let pieces = read(bytes).map_err(refusal)?;
    flow::document(pieces, Format::Doc)
}

fn refusal(fault: Fault) -> Refusal {
    let reason = match fault {
        Fault::Encrypted => return package::Fault::Encrypted.refusal(Format::Doc),
        Fault::Old => Wording::new(
            "这是 Word 95 或更早版本的 DOC 文件，不能读取；请用 Word 或 WPS 另存为 DOCX 后报送",
            "this DOC file is of Word 95 or older and is not read; save it as DOCX in Word or WPS and submit that",
        ),
        Fault::Damaged => Wording::new(
            "DOC 文件不能完整读出，可能已损坏；请另存为 DOCX 或 PDF 后报送",
            "this DOC file cannot be read in full and may be damaged; save it as DOCX or PDF and submit that",
        ),
    };
    Refusal::of(Format::Doc, reason)
}

/// The content: the main text, then what stands beside it.
fn read(bytes: &[u8]) -> Result<Vec<Piece>, Fault> {
    let file = Compound::open(bytes).ok_or(Fault::Damaged)?;
    let document = file.stream("WordDocument").ok_or(Fault::Damaged)?;
    let data = file.stream("Data").unwrap_or_default();
    content(&document, |name| file.stream(name), &data)
}

/// The content of these streams, of which `table` finds the one of the tables.
fn content(document: &[u8], table: impl Fn(&str) -> Option<Vec<u8>>, data: &[u8]) -> Result<Vec<Piece>, Fault> {
    let fib = Fib::of(document)?;
    let table = table(fib.table).ok_or(Fault::Damaged)?;
    let mut source = Source::open(&fib, document, &table, data).ok_or(Fault::Damaged)?;
    parts(&fib, &mut source).ok_or(Fault::Damaged)
}

/// The parts of the text that are read (2.3); comments are not.
fn parts(fib: &Fib, source: &mut Source) -> Option<Vec<Piece>> {
    let mut pieces = Story::read(source, fib.range(Part::Main))?;
    pieces.extend(source.rest()?);
    let mut beside = |part| {
        let mut texts = Vec::new();
        flow::aside(Story::read(source, fib.range(part))?, &mut texts);
        Some(texts)
    };
    for part in [Part::Footnotes, Part::Endnotes] {
        pieces.extend(beside(part)?);
    }
    // Every section has heads and feet, most of them the same.
    let mut seen = HashSet::new();
    for part in [Part::Headers, Part::HeaderBoxes] {
        let texts = beside(part)?.into_iter();
        pieces.extend(texts.filter(|piece| match piece {
            Piece::Aside(text) => seen.insert(text.clone()),
            _ => true,
        }));
    }
    Some(pieces)
}

#[cfg(test)]
mod tests;
