//! The workbooks of OpenDocument.

use super::hidden::Hidden;
use super::number::stored;
use super::sheet::{Area, Sheet};
use super::{CELLS, UNCOUNTED, empty};
use crate::document::flow::Piece;
use crate::document::odt::{Story, Styles, is_encrypted, spaces};
use crate::document::package::{Fault, Limits, Package};
use crate::document::xml::{self, Element};

/// How often a cell or a row with content is repeated at most.
const REPEATED: u32 = 1_000;

/// The sheets of the file.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let mut package = Package::open(bytes, Limits::DOCUMENT)?;
    if is_encrypted(&mut package)? {
        return Err(Fault::Encrypted);
    }
    let content = package.read("content.xml")?.ok_or(Fault::Damaged)?;
    let content = xml::decode(&content);
    let root = xml::parse(&content, spaces)?;
    let book = root.descendant("office", "body").and_then(|body| body.child("spreadsheet")).ok_or(Fault::Damaged)?;
    let styles = Styles::of(&[&root]);
    let hidden = hidden(&root);
    let mut left = CELLS;
    let mut sheets = Vec::new();
    for table in book.elements().filter(|element| element.is("table", "table")) {
        let name = table.attribute("table", "name").unwrap_or_default();
        let style = table.attribute("table", "style-name");
        let mut sheet = empty(name, style.is_some_and(|style| hidden.contains(&style)));
        let mut row = 0;
        rows(table, &mut sheet, &mut row, &styles, &mut left)?;
        let (mut rows, mut columns) = (Vec::new(), Vec::new());
        unseen(table, "row", &mut 0, &mut rows);
        unseen(table, "column", &mut 0, &mut columns);
        sheet.hidden = Hidden { rows: rows.into_iter().collect(), columns: columns.into_iter().collect() };
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// The styles of tables that are not shown.
fn hidden<'e>(root: &'e Element) -> Vec<&'e str> {
    let styles = root.child("automatic-styles").into_iter().flat_map(Element::elements);
    let is_hidden = |style: &&Element| {
        let properties = style.child("table-properties");
        properties.and_then(|properties| properties.attribute("table", "display")) == Some("false")
    };
    styles.filter(is_hidden).filter_map(|style| style.attribute("style", "name")).collect()
}

fn rows(parent: &Element, sheet: &mut Sheet, row: &mut u32, styles: &Styles, left: &mut usize) -> Result<(), Fault> {
    for element in parent.elements().filter(|element| element.space == "table") {
        match element.name {
            "table-row" => {
                let again = times(element, "number-rows-repeated");
                for next in 0..again.min(REPEATED) {
                    if !cells(element, sheet, row.saturating_add(next), styles, left)? {
                        break;
                    }
                }
                *row = row.saturating_add(again);
            }
            "table-rows" | "table-header-rows" | "table-row-group" => rows(element, sheet, row, styles, left)?,
            _ => {}
        }
    }
    Ok(())
}

/// Adds the rows, or columns, that are folded away or left out by a filter. A group may be folded as a whole.
fn unseen(parent: &Element, what: &str, next: &mut u32, found: &mut Vec<(u32, u32)>) {
    let first = *next;
    for element in parent.elements().filter(|element| element.space == "table") {
        let name = element.name.strip_prefix("table-").unwrap_or_default();
        let name = name.strip_prefix("header-").unwrap_or(name);
        if name == what {
            let again = times(element, &format!("number-{what}s-repeated"));
            if element.attribute("table", "visibility").is_some_and(|how| how != "visible") {
                found.push((*next, next.saturating_add(again - 1)));
            }
            *next = next.saturating_add(again);
        } else if matches!(name.strip_prefix(what), Some("s" | "-group")) {
            unseen(element, what, next, found);
        }
    }
    let is_folded = parent.name.ends_with("-group") && parent.attribute("table", "display") == Some("false");
    if is_folded && *next > first {
        found.push((first, *next - 1));
    }
}

/// Adds the cells of a row; whether it has any content.
fn cells(line: &Element, sheet: &mut Sheet, row: u32, styles: &Styles, left: &mut usize) -> Result<bool, Fault> {
    let mut column: u32 = 0;
    let mut is_something = false;
    for cell in line.elements().filter(|element| element.space == "table") {
        let again = times(cell, "number-columns-repeated");
        if cell.name == "table-cell" {
            let text = text(cell, styles)?;
            let (down, across) = (times(cell, "number-rows-spanned"), times(cell, "number-columns-spanned"));
            if down > 1 || across > 1 {
                is_something = true;
                let (bottom, right) = (row.saturating_add(down - 1), column.saturating_add(across - 1));
                sheet.merged.push(Area { top: row, left: column, bottom, right });
            }
            for next in 0..if text.is_empty() { 0 } else { again.min(REPEATED) } {
                is_something = true;
                *left = left.checked_sub(1 + text.len() / 1_024).ok_or(Fault::Size)?;
                sheet.cells.insert((row, column.saturating_add(next)), text.clone());
            }
        }
        if matches!(cell.name, "table-cell" | "covered-table-cell") {
            column = column.saturating_add(again);
        }
    }
    Ok(is_something)
}

/// What a cell shows; of a number what is stored, which may have more decimals than are shown.
fn text(cell: &Element, styles: &Styles) -> Result<String, Fault> {
    let value = match cell.attribute("office", "value-type") {
        Some("float" | "currency") => cell.attribute("office", "value").and_then(stored),
        _ => None,
    };
    if let Some(value) = value {
        return Ok(value);
    }
    let mut lines = Vec::new();
    for piece in Story::read(cell, styles)? {
        if let Piece::Paragraph(text) = piece {
            lines.push(text);
        }
    }
    let text = lines.join("\n");
    let is_open = cell.attribute("table", "formula").is_some() && cell.attribute("office", "value-type").is_none();
    Ok(if is_open && text.is_empty() { UNCOUNTED.to_owned() } else { text })
}

/// A count of at least 1.
fn times(element: &Element, name: &str) -> u32 {
    let count = element.attribute("table", name).and_then(|count| count.trim().parse::<u32>().ok());
    count.unwrap_or(1).max(1)
}
