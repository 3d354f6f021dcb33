//! Texts of a workbook whose parts look different: the library runs them together, digits above the line and what
//! is struck out included.

use std::collections::HashMap;

use crate::document::package::Fault;
use crate::document::raised::Level;
use crate::document::xml::{self, Element};

/// For each text of parts with such texts, as the library gives it, what it shows.
pub(super) type Shown = HashMap<String, String>;

/// Adds the texts of this part of the package: its shared strings, or a sheet with texts of its own.
///
/// # Errors
/// A [`Fault`] where the part is damaged.
pub(super) fn add(content: &[u8], shown: &mut Shown) -> Result<(), Fault> {
    // Hardly any workbook has them, and its sheets may be large.
    let mentions = |word: &[u8]| content.windows(word.len()).any(|window| window == word);
    if !(mentions(b"vertAlign") || mentions(b"strike"))
        || !(mentions(b"<si") || mentions(b":si") || mentions(b"inlineStr"))
    {
        return Ok(());
    }
    let source = xml::decode(content);
    texts(&xml::parse(&source, spaces)?, shown);
    Ok(())
}

fn spaces(uri: &str) -> &'static str {
    match uri {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        | "http://purl.oclc.org/ooxml/spreadsheetml/main" => "s",
        "http://www.w3.org/XML/1998/namespace" => "xml",
        "" => "",
        _ => "other",
    }
}

fn texts(parent: &Element, shown: &mut Shown) {
    for element in parent.elements().filter(|element| element.space == "s") {
        if !matches!(element.name, "si" | "is") {
            texts(element, shown);
            continue;
        }
        let (mut plain, mut own) = (String::new(), String::new());
        for run in element.elements().filter(|run| run.is("s", "r")) {
            let text: String = run.elements().filter(|text| text.is("s", "t")).map(Element::text).collect();
            let properties = run.child("rPr");
            let struck = properties.and_then(|properties| properties.child("strike"));
            let is_struck = struck.is_some_and(|struck| !matches!(struck.attribute("", "val"), Some("0" | "false")));
            let level = properties.and_then(|properties| properties.child("vertAlign"));
            let level = match level.and_then(|level| level.attribute("", "val")) {
                Some("superscript") => Level::Raised,
                Some("subscript") => Level::Lowered,
                _ => Level::Line,
            };
            plain.push_str(&text);
            if !is_struck {
                own.push_str(&level.set(&text));
            }
        }
        if element.child("r").is_none() {
            plain = element.elements().filter(|text| text.is("s", "t")).map(Element::text).collect();
            own.clone_from(&plain);
        }
        // The library says of no cell which of two alike it holds.
        let both = shown.get(&plain).filter(|other| **other != own).map(|other| format!("{other}[{own}]"));
        shown.insert(plain, both.unwrap_or(own));
    }
}
