//! The binary format of Word 97 to 2003 ([MS-DOC]), which is also that of WPS.
//!
//! The format is read by a library; what it understood is put in order here. It tells no labels of lists.

use std::io::Cursor;
use std::panic::catch_unwind;

use office_oxide::DocumentFormat;
use office_oxide::ir::{DocumentIR, Element, HeaderFooter, Image, InlineContent, List, Table, VerticalAlign};

use super::compound::Compound;
use super::flow::{self, COLUMNS, Cell, LARGE, Piece, ROWS};
use super::package::Fault;
use super::raised::Level;
use super::{Document, Format, Refusal};
use crate::text::Wording;

/// How deep content may lie within content.
const DEPTH: usize = 32;

/// A picture of unknown size is taken for a large one from this many bytes on.
const PICTURE: usize = 60_000;

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where it is encrypted, damaged, or holds no text.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    if is_encrypted(bytes) {
        return Err(Fault::Encrypted.refusal(Format::Doc));
    }
    let owned = bytes.to_vec();
    // The library catches its own panics; should one come through, the file is no more than damaged.
    let read = catch_unwind(move || {
        office_oxide::Document::from_reader(Cursor::new(owned), DocumentFormat::Doc).map(|document| document.to_ir())
    });
    let read = read.ok().and_then(Result::ok).filter(|read| !read.metadata.text_truncated);
    let mut cells = flow::CELLS;
    let pieces = read.and_then(|read| pieces(&read, &mut cells)).ok_or_else(unread)?;
    flow::document(pieces, Format::Doc)
}

/// Whether the head of the text says that it is encrypted ([MS-DOC] 2.5.2, fEncrypted).
fn is_encrypted(bytes: &[u8]) -> bool {
    let head = Compound::open(bytes).and_then(|file| file.head("WordDocument"));
    head.and_then(|head| head.get(11)).is_some_and(|flags| flags & 1 == 1)
}

fn unread() -> Refusal {
    Refusal::of(
        Format::Doc,
        Wording::new(
            "DOC 文件不能完整读出，可能已损坏；请另存为 DOCX 或 PDF 后报送",
            "this DOC file cannot be read in full and may be damaged; save it as DOCX or PDF and submit that",
        ),
    )
}

/// The content; `None` where it has more cells than are read.
fn pieces(document: &DocumentIR, cells: &mut usize) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut edges: Vec<Piece> = Vec::new();
    for section in &document.sections {
        blocks(&section.elements, 0, cells, &mut pieces)?;
        let heads = [&section.header, &section.first_page_header, &section.even_page_header];
        let feet = [&section.footer, &section.first_page_footer, &section.even_page_footer];
        for edge in heads.into_iter().chain(feet).flatten() {
            let HeaderFooter { content, .. } = edge;
            let mut own = Vec::new();
            blocks(content, 0, cells, &mut own)?;
            let mut texts = Vec::new();
            flow::aside(own, &mut texts);
            edges.extend(texts.into_iter().filter(|text| !edges.contains(text)).collect::<Vec<_>>());
        }
    }
    // Notes come in between where their section ends; they belong behind all text.
    let (mut text, notes): (Vec<_>, Vec<_>) = pieces.into_iter().partition(|piece| !matches!(piece, Piece::Aside(_)));
    text.extend(notes);
    text.extend(edges);
    Some(text)
}

fn blocks(elements: &[Element], depth: usize, cells: &mut usize, pieces: &mut Vec<Piece>) -> Option<()> {
    if depth > DEPTH {
        return None;
    }
    for element in elements {
        match element {
            Element::Heading(heading) => pieces.push(Piece::Paragraph(words(&heading.content))),
            Element::Paragraph(paragraph) => pieces.push(Piece::Paragraph(words(&paragraph.content))),
            Element::Table(table) => pieces.push(Piece::Table(table_of(table, depth, cells)?)),
            Element::List(list) => items(list, depth, cells, pieces)?,
            Element::Image(image) => pieces.push(picture(image)),
            Element::TextBox(text) => blocks(&text.content, depth + 1, cells, pieces)?,
            Element::Footnote(note) | Element::Endnote(note) => {
                if note.marker.as_deref().is_some_and(|marker| marker.starts_with("Comment")) {
                    continue;
                }
                let mut own = Vec::new();
                blocks(&note.content, depth + 1, cells, &mut own)?;
                flow::aside(own, pieces);
            }
            _ => {}
        }
    }
    Some(())
}

/// The text of runs, without what is struck out.
fn words(content: &[InlineContent]) -> String {
    let mut text = String::new();
    for item in content {
        match item {
            InlineContent::Text(span) if !span.strikethrough => {
                let level = match span.vertical_align {
                    Some(VerticalAlign::Superscript) => Level::Raised,
                    Some(VerticalAlign::Subscript) => Level::Lowered,
                    _ => Level::Line,
                };
                text.push_str(&level.set(&span.text));
            }
            InlineContent::LineBreak => text.push('\n'),
            _ => {}
        }
    }
    text
}

fn items(list: &List, depth: usize, cells: &mut usize, pieces: &mut Vec<Piece>) -> Option<()> {
    if depth > DEPTH {
        return None;
    }
    for item in &list.items {
        blocks(&item.content, depth + 1, cells, pieces)?;
        if let Some(nested) = &item.nested {
            items(nested, depth + 1, cells, pieces)?;
        }
    }
    Some(())
}

/// The cells of a table, each at the first place of its row that no cell above reaches into.
fn table_of(table: &Table, depth: usize, cells: &mut usize) -> Option<Vec<Cell>> {
    let mut placed = Vec::new();
    // For each column the first row that is free.
    let mut free: Vec<u16> = Vec::new();
    for (row, line) in (0..ROWS).zip(&table.rows) {
        let mut column = 0;
        for cell in &line.cells {
            while free.get(column).is_some_and(|&free| free > row) {
                column += 1;
            }
            *cells = cells.checked_sub(1)?;
            let span = |span: u32, most: u16| u16::try_from(span).unwrap_or(most).clamp(1, most);
            let (row_span, column_span) = (span(cell.row_span, ROWS - row), span(cell.col_span, COLUMNS));
            let mut content = Vec::new();
            blocks(&cell.content, depth + 1, cells, &mut content)?;
            placed.push(Cell { row, column: u16::try_from(column).ok()?, row_span, column_span, content });
            let end = column + usize::from(column_span);
            free.resize(free.len().max(end), 0);
            free[column..end].fill(row + row_span);
            column = end;
        }
    }
    Some(placed)
}

fn picture(image: &Image) -> Piece {
    let caption = image.alt_text.as_deref().unwrap_or_default();
    let hundredths = |length: Option<u64>| i64::try_from(length? / 127).ok();
    let size = hundredths(image.display_width_emu).zip(hundredths(image.display_height_emu));
    let large = match size {
        Some((width, height)) if width > 0 && height > 0 => width >= LARGE.0 && height >= LARGE.1,
        _ => image.data.as_ref().is_some_and(|data| data.len() >= PICTURE),
    };
    Piece::Picture { caption: caption.split_whitespace().collect::<Vec<_>>().join(" "), large }
}
