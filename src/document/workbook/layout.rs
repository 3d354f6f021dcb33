//! What the XML of an XLSX file says about the looks of its sheets and the library does not tell: which rows and
//! columns are hidden.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::hidden::Hidden;
use crate::document::package::Fault;
use crate::document::xml;

/// What is hidden, part by part of the package, with what tells which sheet is which part.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// For each part that is a sheet and hides anything, by its name in small letters.
    parts: HashMap<String, Hidden>,
    /// For each sheet, by its name, the number of its relationship.
    sheets: HashMap<String, String>,
    /// For each relationship of the workbook, by its number, the end of the part's name in small letters.
    targets: HashMap<String, String>,
}

impl Layout {
    /// Adds what the part `name`, in small letters, says.
    ///
    /// # Errors
    /// A [`Fault`] where it is damaged.
    pub(super) fn add(&mut self, name: &str, content: &[u8]) -> Result<(), Fault> {
        let mentions = |word: &[u8]| content.windows(word.len()).any(|window| window == word);
        if name.ends_with("workbook.xml.rels") {
            each(content, |tag, name| {
                if let ("Relationship", Some(id), Some(target)) = (name, value(tag, "Id"), value(tag, "Target")) {
                    let target = target.to_ascii_lowercase();
                    self.targets.insert(id, target.trim_start_matches(['.', '/']).to_owned());
                }
            })
        } else if name.ends_with("workbook.xml") {
            each(content, |tag, name| {
                if let ("sheet", Some(name), Some(id)) = (name, value(tag, "name"), value(tag, "id")) {
                    self.sheets.insert(name, id);
                }
            })
        } else if name.ends_with(".xml") && mentions(b"sheetData") && mentions(b"hidden=") {
            let hidden = hidden(content)?;
            self.parts.insert(name.to_owned(), hidden);
            Ok(())
        } else {
            Ok(())
        }
    }

    /// What is hidden of the sheet `name`.
    pub(super) fn hidden(&self, name: &str) -> Hidden {
        let target = self.sheets.get(name).and_then(|id| self.targets.get(id));
        let is_part = |part: &&String| {
            let before = target.and_then(|target| part.strip_suffix(target.as_str()));
            before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let part = self.parts.keys().filter(is_part).min();
        part.and_then(|part| self.parts.get(part)).cloned().unwrap_or_default()
    }
}

/// The rows and columns that a sheet hides.
fn hidden(content: &[u8]) -> Result<Hidden, Fault> {
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    let mut next = 0;
    each(content, |tag, name| {
        let number = |name: &str| value(tag, name)?.trim().parse::<u32>().ok()?.checked_sub(1);
        let is_hidden = || value(tag, "hidden").is_some_and(|value| matches!(value.trim(), "1" | "true"));
        match name {
            "col" if is_hidden() => columns.extend(number("min").zip(number("max"))),
            "row" => {
                let row = number("r").unwrap_or(next);
                if is_hidden() {
                    rows.push((row, row));
                }
                next = row.saturating_add(1);
            }
            _ => {}
        }
    })?;
    Ok(Hidden { rows: rows.into_iter().collect(), columns: columns.into_iter().collect() })
}

/// Calls `see` with each tag that opens an element, and its name. Damage ends it: the library will come upon it too.
fn each(content: &[u8], mut see: impl FnMut(&BytesStart, &str)) -> Result<(), Fault> {
    let source = xml::decode(content);
    let mut reader = Reader::from_str(&source);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => see(&tag, tag.local_name().into_inner()),
            Ok(Event::DocType(_)) => return Err(Fault::Definitions),
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

/// The value of the attribute of this name, whatever its namespace.
fn value(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let attribute =
        attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
    attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
