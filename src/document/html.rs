//! A web page.
//!
//! ```text
//! bytes ──► charset ──► parse ──► tree ──► flow ──► chrome, headline ──► Document
//!           characters  tags     blocks   para-    what is the site's,
//!                                         graphs,  what is the title
//!                                         grids
//! ```

mod charset;
mod chrome;
mod flow;
mod grid;
mod headline;
mod layout;
mod list;
mod parse;
mod phrase;
mod sheet;
mod tag;
mod tree;
mod unhidden;

pub(super) use self::charset::by_label as encoding_by_label;
use self::chrome::Chrome;
use self::flow::{Piece, Table};
use self::parse::Hidden;
use self::tree::{Image, NODES, Tree};
use super::{Builder, Document, Encoding, Format, GridCell, Place, Refusal, Role};
use crate::text::Wording;

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where its encoding cannot be told, where it holds no text, or where it has no end.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    let refused = |refusal: Refusal| Refusal { format: Some(Format::Html), ..refusal };
    let (encoding, source) = super::encoding::decode(bytes, charset::declared(bytes)).map_err(refused)?;
    read(&source, Format::Html, Some(encoding))
}

/// Reads a page that came in a file of `format`, from bytes of which that file says they are `declared`.
pub(super) fn open_part(bytes: &[u8], declared: Option<Encoding>, format: Format) -> Result<Document, Refusal> {
    let refused = |refusal: Refusal| Refusal { format: Some(format), ..refusal };
    let declared = declared.or_else(|| charset::declared(bytes));
    let (encoding, source) = super::encoding::decode(bytes, declared).map_err(refused)?;
    read(&source, format, Some(encoding))
}

fn read(source: &str, format: Format, encoding: Option<Encoding>) -> Result<Document, Refusal> {
    let Some((tree, pieces, is_unhidden)) = take(source) else {
        return Err(Refusal::of(
            format,
            Wording::new(
                format!("网页过于庞杂（超过 {NODES} 个元素或行）；请报送单位重新报送"),
                format!("the page has more than {NODES} elements or lines; ask for it again"),
            ),
        ));
    };
    let shows_something = |piece: &Piece| match piece {
        Piece::Paragraph(_) => true,
        Piece::Table(table) => table.texts.iter().any(|text| !text.is_empty()),
        Piece::Picture { number, .. } => is_large(&tree.pictures[*number as usize]) == Some(true),
    };
    if !pieces.iter().any(shows_something) {
        return Err(Refusal::of(
            format,
            Wording::new(
                "网页里没有文字（内容可能由脚本生成，或在框架中）；请在浏览器中打开后全选复制到文本文件再报送",
                "there is no text in the page (a script or a frame may bring it); copy it from a browser into a text file",
            ),
        ));
    }
    let mut builder = build(&tree, &pieces);
    if is_unhidden {
        builder.paragraph("[网页中隐藏的内容也已读入：别处没有这些部分]", Role::Aside);
    }
    Ok(builder.finish(format, encoding))
}

/// The page as it is shown; with what it hides, where that is the only place of a part of the report: a script shows
/// it then, as with pages of tabs. `None` where there is too much of it.
fn take(source: &str) -> Option<(Tree, Vec<Piece>, bool)> {
    let take = |hidden| {
        let tree = parse::parse(source, hidden);
        let pieces = if tree.is_full { None } else { flow::pieces(&tree) }?;
        Some((tree, pieces))
    };
    let (tree, pieces) = take(Hidden::Dropped)?;
    if tree.hides
        && let Some((all, with_hidden)) = take(Hidden::Read)
        && unhidden::is_needed(&pieces, &with_hidden)
    {
        return Some((all, with_hidden, true));
    }
    Some((tree, pieces, false))
}

/// Puts the document together.
fn build(tree: &Tree, pieces: &[Piece]) -> Builder {
    let chrome = Chrome::of(tree, pieces);
    let asides = chrome.asides(pieces);
    let mut builder = Builder::default();
    if let Some(title) = headline::missing(tree, pieces, &asides) {
        builder.paragraph(&title, Role::Paragraph);
    }
    let mut table = 0;
    for (piece, aside) in pieces.iter().zip(asides) {
        match piece {
            Piece::Paragraph(paragraph) => {
                builder.paragraph(&paragraph.text, if aside { Role::Aside } else { Role::Paragraph });
            }
            Piece::Table(cells) => {
                if !cells.continued {
                    table = builder.next_table();
                }
                builder.table(grid_cells(cells, table));
            }
            Piece::Picture { number, node, cell } => {
                let image = &tree.pictures[*number as usize];
                let large = is_large(image).unwrap_or(!aside && chrome.is_inside(*node));
                if large || !aside && !image.caption.is_empty() && chrome.is_inside(*node) {
                    let place = match *cell {
                        Some((row, column)) => {
                            Place::Cell { table, row: u32::from(row) + 1, cell: u32::from(column) + 1 }
                        }
                        None => Place::Paragraph(builder.paragraphs().max(1)),
                    };
                    builder.picture(image.caption.as_str(), place, large);
                }
            }
        }
    }
    builder
}

/// The cells with their places in the file. Rows of the grid count from the first of this stretch, rows of the
/// place from the first of the table.
fn grid_cells(cells: &Table, table: u32) -> Vec<GridCell> {
    let first = cells.slots.first().map_or(0, |slot| slot.row);
    let cell = |(slot, text): (&grid::Slot, &String)| GridCell {
        row: slot.row - first,
        column: slot.column,
        row_span: slot.row_span,
        column_span: slot.column_span,
        text: text.clone(),
        place: Place::Cell { table, row: u32::from(slot.row) + 1, cell: u32::from(slot.column) + 1 },
        at: 0,
    };
    cells.slots.iter().zip(&cells.texts).map(cell).collect()
}

/// Narrower or lower, and a picture shows no table; in pixels.
const SMALL: u32 = 150;

/// Words in the address or the caption of pictures that are part of a site.
const ORNAMENTS: [&str; 20] = [
    "icon",
    "logo",
    "qrcode",
    "qr_",
    "ewm",
    "erweima",
    "weixin",
    "wechat",
    "share",
    "print",
    "blank",
    "spacer",
    "arrow",
    "btn",
    "button",
    "line",
    "bg_",
    "dian",
    "二维码",
    "图标",
];

/// Whether a picture is large enough to show a table, as far as the page tells.
fn is_large(image: &Image) -> Option<bool> {
    let known = [image.width, image.height].into_iter().flatten();
    if known.clone().any(|length| length < SMALL) {
        return Some(false);
    }
    let name = image.address.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    if ORNAMENTS.iter().any(|word| name.contains(word) || image.caption.contains(word)) {
        return Some(false);
    }
    known.clone().next().map(|_| true)
}

#[cfg(test)]
mod tests;
