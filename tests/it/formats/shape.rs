//! The shapes in which the same report is written, one name for each.

use std::collections::HashMap;

use super::content::{Content, Piece, Sheet};
use super::docx::{self, Manner as Docx};
use super::html::{self, Manner as Html};
use super::ofd::{self, Spacing};
use super::page::{self, Design, Page};
use super::pdf::{self, Font, Paint};
use super::workbook::{self, Manner as Book};
use super::{docx_library, mht, opendocument, rtf};
use crate::generate::Draft;
use crate::generate::encode::Encoding;
use crate::generate::rng::Rng;
use crate::generate::tables::Key;

/// A format, and what is peculiar about the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Html(Html),
    HtmlIn(Encoding),
    Mht(mht::Carried),
    Docx(Docx),
    DocxLibrary,
    Odt,
    Ods,
    Xlsx(Book),
    Rtf(rtf::Chinese),
    /// Tables with ruling lines.
    Pdf(Paint),
    /// Tables without.
    PdfUnruled(Paint),
    Ofd(Spacing),
}

/// A file, and where in it every cell stands.
pub(crate) struct Written {
    pub(crate) bytes: Vec<u8>,
    pub(crate) stands: Stands,
}

/// Where cells stand.
pub(crate) enum Stands {
    /// Somewhere in a table: which row and column the file gives it is nobody's business.
    InSomeCell,
    /// Table, row and column, from 1.
    InCells(HashMap<Key, (u32, u32, u32)>),
    /// On pages.
    OnPages(Vec<Page>),
}

impl Shape {
    pub(crate) fn write(self, draft: &Draft) -> Written {
        let content = Content::of(draft);
        let mut rng = draft.rng.fork(&format!("{self:?}"));
        let in_order = |bytes| Written { bytes, stands: Stands::InCells(in_order(&content)) };
        match self {
            Self::Html(manner) => {
                let bytes = html::render(&content, manner, &mut rng).into_bytes();
                if matches!(manner, Html::Cut | Html::Joined | Html::Layout | Html::Site) {
                    return Written { bytes, stands: Stands::InSomeCell };
                }
                in_order(bytes)
            }
            Self::HtmlIn(encoding) => in_order(html::encode(&html::render(&content, Html::Clean, &mut rng), encoding)),
            Self::Mht(carried) => in_order(mht::render(&html::render(&content, Html::Clean, &mut rng), carried)),
            Self::Docx(manner) => {
                let bytes = docx::render(&content, manner, &mut rng);
                if matches!(manner, Docx::FineGrid | Docx::Nested | Docx::Tracked) {
                    return Written { bytes, stands: Stands::InSomeCell };
                }
                in_order(bytes)
            }
            Self::DocxLibrary => in_order(docx_library::render(&content)),
            Self::Odt => in_order(opendocument::text(&content, &mut rng)),
            Self::Ods => Written {
                bytes: opendocument::workbook(&content, &mut rng),
                stands: Stands::InCells(in_sheets(&content, true)),
            },
            Self::Xlsx(manner) => Written {
                bytes: workbook::render(&content, manner),
                stands: Stands::InCells(in_sheets(&content, manner == Book::Sheets)),
            },
            Self::Rtf(chinese) => in_order(rtf::render(&content, chinese)),
            Self::Pdf(paint) => on_pages(&content, paint, true, &mut rng),
            Self::PdfUnruled(paint) => on_pages(&content, paint, false, &mut rng),
            Self::Ofd(spacing) => {
                let design = Design::draw(&mut rng);
                let pages = page::lay_out(&content, design);
                let bytes = ofd::render(&pages, design, spacing);
                Written { bytes, stands: Stands::OnPages(pages) }
            }
        }
    }

    /// Whether figures are printed in other characters than the model has.
    pub(crate) const fn dresses(self) -> bool {
        matches!(self, Self::Docx(Docx::FullWidth))
    }

    /// Whether a blank cell can be seen as such. Without ruling lines it cannot: the cells of its row may be doubts.
    pub(crate) const fn shows_blanks(self) -> bool {
        !matches!(self, Self::PdfUnruled(_))
    }

    /// Rules whose findings may differ from those of the text form, because the format does not show what they
    /// look at.
    pub(crate) const fn may_differ(self) -> &'static [&'static str] {
        &[]
    }

    /// Its extension.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Html(_) | Self::HtmlIn(_) => "html",
            Self::Mht(_) => "mht",
            Self::Docx(Docx::Macros) => "docm",
            Self::Docx(_) | Self::DocxLibrary => "docx",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Xlsx(_) => "xlsx",
            Self::Rtf(_) => "rtf",
            Self::Pdf(_) | Self::PdfUnruled(_) => "pdf",
            Self::Ofd(_) => "ofd",
        }
    }
}

fn on_pages(content: &Content, paint: Paint, ruled: bool, rng: &mut Rng) -> Written {
    let design = Design { ruled, ..Design::draw(rng) };
    let design = if paint.turned { design.sideways() } else { design };
    let pages = page::lay_out(content, design);
    let bytes = pdf::render(&pages, design, paint, rng);
    Written { bytes, stands: Stands::OnPages(pages) }
}

/// The plainest paint of a font.
pub(crate) const fn plain(font: Font) -> Paint {
    Paint::with(font)
}

fn one(number: usize) -> u32 {
    u32::try_from(number + 1).unwrap()
}

fn keys(sheet: &Sheet) -> impl Iterator<Item = (Key, usize, usize)> {
    sheet.cells.iter().filter_map(|cell| Some((cell.key?, cell.row, cell.column)))
}

/// The tables in order.
fn in_order(content: &Content) -> HashMap<Key, (u32, u32, u32)> {
    let tables = content.sheets().enumerate();
    let cells = tables.flat_map(|(table, sheet)| {
        keys(sheet).map(move |(key, row, column)| (key, (one(table), one(row), one(column))))
    });
    cells.collect()
}

/// Every paragraph a row, and, where `apart`, a new sheet behind each table.
fn in_sheets(content: &Content, apart: bool) -> HashMap<Key, (u32, u32, u32)> {
    let (mut table, mut top) = (0, 0);
    let mut cells = HashMap::new();
    for piece in &content.pieces {
        let Piece::Table(sheet) = piece else {
            top += 1;
            continue;
        };
        cells.extend(keys(sheet).map(|(key, row, column)| (key, (one(table), one(top + row), one(column)))));
        top += sheet.rows;
        if apart {
            (table, top) = (table + 1, 0);
        }
    }
    cells
}
