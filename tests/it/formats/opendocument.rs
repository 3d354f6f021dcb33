//! OpenDocument text and workbooks (ISO/IEC 26300), written by hand.

use super::content::{Content, Piece, Sheet};
use super::xml::{escape, package};
use crate::generate::rng::Rng;

const SPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";

/// A text.
pub(crate) fn text(content: &Content, rng: &mut Rng) -> Vec<u8> {
    let mut body = String::from(
        "<text:tracked-changes><text:changed-region text:id=\"c1\"><text:deletion><office:change-info><dc:creator>科员</dc:creator></office:change-info><text:p>全年收到申请999件。</text:p></text:deletion></text:changed-region></text:tracked-changes><text:sequence-decls/>",
    );
    for piece in &content.pieces {
        match piece {
            Piece::Title(text) => {
                body.push_str(&format!("<text:p text:style-name=\"Title\">{}</text:p>", inline(text, rng)));
            }
            Piece::Heading(text) => {
                body.push_str(&format!("<text:h text:outline-level=\"1\">{}</text:h>", inline(text, rng)));
            }
            Piece::Paragraph(text) => {
                body.push_str(&format!("<text:p><text:soft-page-break/>{}</text:p>", inline(text, rng)));
            }
            Piece::Table(sheet) => body.push_str(&table(sheet, &format!("表{}", sheet.part), rng, false)),
        }
    }
    file("application/vnd.oasis.opendocument.text", &format!("<office:text>{body}</office:text>"))
}

/// A workbook: the running text around the tables in sheets of its own, a paragraph a row.
pub(crate) fn workbook(content: &Content, rng: &mut Rng) -> Vec<u8> {
    let mut sheets = vec![String::new()];
    for piece in &content.pieces {
        match piece {
            Piece::Title(text) | Piece::Heading(text) | Piece::Paragraph(text) => {
                sheets.last_mut().unwrap().push_str(&format!(
                    "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"1023\"/></table:table-row>",
                    escape(text)
                ));
            }
            Piece::Table(sheet) => {
                let rows = table(sheet, "", rng, true);
                sheets.last_mut().unwrap().push_str(&rows);
                sheets.push(String::new());
            }
        }
    }
    let empty = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>";
    let sheets: String = (1..)
        .zip(&sheets)
        .map(|(number, rows)| format!("<table:table table:name=\"Sheet{number}\"><table:table-column table:number-columns-repeated=\"1024\"/>{rows}{empty}</table:table>"))
        .collect();
    file(
        "application/vnd.oasis.opendocument.spreadsheet",
        &format!("<office:spreadsheet>{sheets}</office:spreadsheet>"),
    )
}

fn file(kind: &str, body: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content {SPACES} office:version=\"1.3\"><office:automatic-styles/><office:body>{body}</office:body></office:document-content>"
    );
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
    );
    package(&[
        ("mimetype", kind.as_bytes()),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ])
}

/// Text with spans, blanks as elements, and notes of the kind nobody reads.
fn inline(text: &str, rng: &mut Rng) -> String {
    let middle = text.char_indices().nth(rng.below(text.chars().count() + 1)).map_or(text.len(), |(at, _)| at);
    let part = |text: &str| escape(text).replace(' ', "<text:s/>");
    format!(
        "{}<text:change text:change-id=\"c1\"/><text:span text:style-name=\"T1\">{}</text:span><text:bookmark text:name=\"b\"/>",
        part(&text[..middle]),
        part(&text[middle..])
    )
}

fn table(sheet: &Sheet, name: &str, rng: &mut Rng, rows_only: bool) -> String {
    let mut rows = String::new();
    for row in 0..sheet.rows {
        rows.push_str("<table:table-row>");
        for (cell, begins) in sheet.places(row) {
            if !begins {
                rows.push_str("<table:covered-table-cell/>");
                continue;
            }
            let mut attributes = String::new();
            if cell.column_span > 1 || cell.row_span > 1 {
                attributes = format!(
                    " table:number-columns-spanned=\"{}\" table:number-rows-spanned=\"{}\"",
                    cell.column_span, cell.row_span
                );
            }
            if rows_only {
                let number = cell.figure && !cell.text.is_empty() && cell.text.chars().all(|c| c.is_ascii_digit());
                if number {
                    attributes.push_str(&format!(" office:value-type=\"float\" office:value=\"{}\"", cell.text));
                } else if !cell.text.is_empty() {
                    attributes.push_str(" office:value-type=\"string\"");
                }
                let inside = if cell.text.is_empty() {
                    String::new()
                } else {
                    format!("<text:p>{}</text:p>", escape(&cell.text))
                };
                rows.push_str(&format!("<table:table-cell{attributes}>{inside}</table:table-cell>"));
            } else {
                rows.push_str(&format!(
                    "<table:table-cell{attributes}><text:p>{}</text:p></table:table-cell>",
                    inline(&cell.text, rng)
                ));
            }
        }
        rows.push_str("</table:table-row>");
    }
    if rows_only {
        return rows;
    }
    format!(
        "<table:table table:name=\"{name}\"><table:table-column table:number-columns-repeated=\"{}\"/>{rows}</table:table>",
        sheet.columns
    )
}
