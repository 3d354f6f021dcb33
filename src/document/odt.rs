//! OpenDocument text (ISO/IEC 26300): what LibreOffice writes, and WPS on request.

mod list;
mod story;
mod style;
mod table;

use super::flow::{self, Piece};
use super::package::{Fault, Limits, Package};
use super::xml::{self, Element};
use super::{Document, Format, Refusal};
pub(super) use story::Story;
pub(super) use style::Styles;

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where it is encrypted, damaged, or holds no text.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    let pieces = read(bytes).map_err(|fault| fault.refusal(Format::Odt))?;
    flow::document(pieces, Format::Odt)
}

/// Whether the manifest of a package says that what it holds is encrypted.
pub(super) fn is_encrypted(package: &mut Package) -> Result<bool, Fault> {
    let Some(bytes) = package.read("META-INF/manifest.xml")? else { return Ok(false) };
    Ok(xml::decode(&bytes).contains("encryption-data"))
}

/// The namespaces of the parts that are read, of texts and of workbooks.
pub(super) fn spaces(uri: &str) -> &'static str {
    match uri {
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0" => "office",
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0" => "text",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0" => "table",
        // LibreOffice writes so the tables in shapes.
        "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" => "table",
        "urn:oasis:names:tc:opendocument:xmlns:style:1.0" => "style",
        "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" => "draw",
        "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" => "svg",
        "http://www.w3.org/XML/1998/namespace" => "xml",
        "" => "",
        _ => "other",
    }
}

/// The content of the document, and at its end what stands beside it.
fn read(bytes: &[u8]) -> Result<Vec<Piece>, Fault> {
    let mut package = Package::open(bytes, Limits::DOCUMENT)?;
    if is_encrypted(&mut package)? {
        return Err(Fault::Encrypted);
    }
    let content = package.read("content.xml")?.ok_or(Fault::Damaged)?;
    let content = xml::decode(&content);
    let content = xml::parse(&content, spaces)?;
    let common = package.read("styles.xml")?.unwrap_or_else(|| b"<none/>".to_vec());
    let common = xml::decode(&common);
    let common = xml::parse(&common, spaces)?;
    let styles = Styles::of(&[&common, &content]);
    let text = content.descendant("office", "body").and_then(|body| body.child("text")).ok_or(Fault::Damaged)?;
    let mut pieces = Story::read(text, &styles)?;
    for edge in edges(&common) {
        let mut texts = Vec::new();
        flow::aside(Story::read(edge, &styles)?, &mut texts);
        pieces.append(&mut texts);
    }
    Ok(pieces)
}

/// The heads and feet of the pages.
fn edges<'e, 'a>(common: &'e Element<'a>) -> Vec<&'e Element<'a>> {
    let pages = common.descendant("office", "master-styles").into_iter().flat_map(Element::elements);
    let is_edge = |element: &&Element| element.space == "style" && matches!(element.name, "header" | "footer");
    pages.flat_map(Element::elements).filter(is_edge).collect()
}

#[cfg(test)]
mod tests;
