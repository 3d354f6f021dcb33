//! Office Open XML text (ECMA-376): what Word 2007 and later and WPS write.
//!
//! Parts are found by their relationships and told by their content types, names by namespace, also those of
//! the strict variant. What is read is the text as it stands when all changes are accepted.

mod flat;
mod numbering;
mod paragraph;
mod parts;
mod picture;
mod story;
mod style;
mod table;

use super::flow::{self, Piece};
use super::numbering::Numbering;
use super::package::{Fault, Limits, Package};
use super::{Document, Format, Refusal};
use crate::document::xml::{self, Element};
use crate::text::Wording;
use parts::Parts;
use story::Story;
use style::Styles;

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where it is encrypted, damaged, or holds no text.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    if super::compound::is_compound(bytes) {
        return Err(encrypted());
    }
    if !bytes.starts_with(b"PK") {
        let pieces = flat::read(bytes).map_err(|fault| fault.refusal(Format::WordXml))?;
        return flow::document(pieces, Format::WordXml);
    }
    let pieces = read(bytes).map_err(|fault| fault.refusal(Format::Docx))?;
    flow::document(pieces, Format::Docx)
}

/// An Office document in an encrypted package: a compound file in which nothing tells DOCX from XLSX.
fn encrypted() -> Refusal {
    Refusal::of(
        Format::Docx,
        Wording::new(
            "这是有密码保护的 Office 文件（DOCX 或 XLSX）；请去掉密码后报送",
            "this Office file (DOCX or XLSX) is protected by a password; remove it and submit again",
        ),
    )
}

/// The namespaces of the parts that are read, in both variants of the standard.
fn spaces(uri: &str) -> &'static str {
    match uri {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main"
        | "http://schemas.microsoft.com/office/word/2003/wordml" => "w",
        "http://schemas.microsoft.com/office/word/2003/auxHint" => "wx",
        "http://schemas.microsoft.com/aml/2001/core" => "aml",
        "http://schemas.microsoft.com/office/2006/xmlPackage" => "pkg",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        | "http://purl.oclc.org/ooxml/officeDocument/relationships" => "r",
        "http://schemas.openxmlformats.org/package/2006/relationships" => "rel",
        "http://schemas.openxmlformats.org/package/2006/content-types" => "ct",
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => "mc",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
        | "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing" => "wp",
        "http://schemas.openxmlformats.org/drawingml/2006/main" | "http://purl.oclc.org/ooxml/drawingml/main" => "a",
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => "m",
        "urn:schemas-microsoft-com:vml" => "v",
        "urn:schemas-microsoft-com:office:office" => "o",
        "http://schemas.microsoft.com/office/word/2010/wordml" => "w14",
        "http://www.w3.org/XML/1998/namespace" => "xml",
        "" => "",
        _ => "other",
    }
}

/// The content of the document: its text, then what stands beside it.
fn read(bytes: &[u8]) -> Result<Vec<Piece>, Fault> {
    let mut parts = Parts::open(Package::open(bytes, Limits::DOCUMENT)?)?;
    let main = parts.main()?;
    let styles = match parts.related(&main, "styles")?.into_iter().next() {
        Some(part) => with(&part, |root| Ok(Styles::of(root)))?,
        None => Styles::default(),
    };
    let numbering = match parts.related(&main, "numbering")?.into_iter().next() {
        Some(part) => with(&part, |root| Ok(numbering::lists(root, &styles)))?,
        None => Numbering::default(),
    };
    let content = parts.read(&main)?.ok_or(Fault::Damaged)?;
    let mut cells = flow::CELLS;
    let mut pieces = with(&content, |root| {
        let body = root.child("body").filter(|_| root.is("w", "document")).ok_or(Fault::Damaged)?;
        Story::read(body, &styles, &numbering, &mut cells)
    })?;
    for kind in ["footnotes", "endnotes", "header", "footer"] {
        let mut seen: Vec<Vec<Piece>> = Vec::new();
        for part in parts.related(&main, kind)? {
            let beside = with(&part, |root| beside(root, &styles, &numbering, &mut cells))?;
            if !seen.contains(&beside) {
                pieces.extend(beside.iter().cloned());
                seen.push(beside);
            }
        }
    }
    Ok(pieces)
}

/// Notes, or the head or foot of the pages: paragraphs that are no part of the report.
fn beside(root: &Element, styles: &Styles, numbering: &Numbering, cells: &mut usize) -> Result<Vec<Piece>, Fault> {
    let mut pieces = Vec::new();
    let is_note = |element: &&Element| matches!(element.name, "footnote" | "endnote") && element.space == "w";
    let notes: Vec<&Element> = root.elements().filter(is_note).collect();
    let is_mark = |note: &&Element| note.attribute("w", "type").is_some_and(|kind| kind != "normal");
    for story in if notes.is_empty() { vec![root] } else { notes } {
        if !is_mark(&story) {
            pieces.extend(Story::read(story, styles, numbering, cells)?);
        }
    }
    let mut texts = Vec::new();
    flow::aside(pieces, &mut texts);
    Ok(texts)
}

/// What `read` makes of the root of the part whose bytes these are.
fn with<T>(part: &[u8], read: impl FnOnce(&Element) -> Result<T, Fault>) -> Result<T, Fault> {
    let text = xml::decode(part);
    read(&xml::parse(&text, spaces)?)
}

#[cfg(test)]
mod tests;
