//! A file as text with places: what every format is turned into before anything is understood.
//!
//! A [`Document`] is a sequence of [`Block`]s in reading order, and at the same time a numbered sequence of
//! lines: the *rendering*, which a person can read and in which every [`Source`] is counted. A line of text
//! takes one line of it, a table one line for each of its rows, a picture one. Blocks keep the characters as
//! the file has them; nothing is normalised here, so that every later reading can be traced to its place.
//!
//! ```text
//! bytes ──► sniff ──► text, html, docx, pdf … ──► Document ──► rendering (lines) ──► Place
//!           what is    one reader a format        blocks       what a screen         where it stands
//!           it                                                 shows                 in the file
//! ```

mod build;
mod columns;
mod compound;
mod doc;
mod docx;
mod drawing;
mod encoding;
mod flow;
mod html;
mod image;
mod mht;
mod numbering;
mod numeral;
mod odt;
mod ofd;
pub mod package;
mod page;
mod pdf;
mod place;
mod raised;
mod recognised;
mod rtf;
pub mod sniff;
mod symbol;
mod text;
mod workbook;
mod xml;

use serde::{Deserialize, Serialize};

pub use build::Builder;
pub use page::scan::{Eye, Grey, HEIGHT, Sight};
pub use place::{Place, Places, Rect};
pub(crate) use raised::is_mark;
pub use recognised::{Recognised, RecognisedPage};

use crate::text::Wording;

/// A file, decoded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What the bytes turned out to be.
    pub format: Format,
    /// How the characters were encoded, where the format leaves that open.
    pub encoding: Option<Encoding>,
    /// What of it a recognition program read from pictures of pages.
    pub recognised: Recognised,
    /// The content, in reading order. [`Builder`] numbers the lines.
    pub blocks: Vec<Block>,
}

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A line of running text.
    Line(Line),
    /// A table with cells.
    Table(Grid),
    /// A picture.
    Picture(Picture),
}

/// A line of running text: in a text file and a PDF a line as it is broken there, elsewhere a whole paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number in the rendering, from 1.
    pub number: u32,
    /// Its characters, without the line terminator.
    pub text: String,
    /// What kind of line it is.
    pub role: Role,
    /// Where it stands in the file.
    pub anchor: Anchor,
}

/// What kind of line a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// A line as the file breaks it; a paragraph may go on in the next.
    Wrapped,
    /// A paragraph of its own, whole.
    Paragraph,
    /// No part of the report: a running head, a page number, the navigation of a web site. It is shown, and
    /// read by nobody.
    Aside,
    /// Stands for something that the file holds and does not show: hidden rows of a sheet. Read by nobody either.
    Hidden,
}

/// Where a line stands in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// It is that line of the file itself.
    Line,
    /// It is the paragraph of this number, from 1.
    Paragraph(u32),
    /// It is the text of a cell of a sheet, numbered as in [`Place::Cell`].
    Cell {
        /// Which sheet.
        table: u32,
        /// Row.
        row: u32,
        /// Column.
        cell: u32,
    },
    /// It stands on a page.
    Page {
        /// Number of the page, from 1.
        page: u32,
        /// Upper limit, in hundredths of a point from the upper edge of the page.
        top: i32,
        /// Lower limit.
        bottom: i32,
        /// For each character its left limit in hundredths of a point, and the right limit of the last:
        /// one more than there are characters.
        edges: Vec<i32>,
    },
}

/// A table with cells, each of them once, however many rows and columns it spans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// Line of the rendering that shows its first row; every row takes one.
    pub number: u32,
    /// How many rows it has.
    pub rows: u16,
    /// How many columns it has.
    pub columns: u16,
    /// Its cells, by row, then by column. No two overlap; where rows are ragged, places without a cell remain.
    pub cells: Vec<GridCell>,
}

/// A cell of a [`Grid`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridCell {
    /// Its first row, from 0.
    pub row: u16,
    /// Its first column, from 0.
    pub column: u16,
    /// How many rows it spans, at least 1.
    pub row_span: u16,
    /// How many columns it spans, at least 1.
    pub column_span: u16,
    /// Its characters; paragraphs and forced breaks are separated by a line feed.
    pub text: String,
    /// Where it stands in the file.
    pub place: Place,
    /// Column, from 1, of its first character in the line that shows its first row. [`Builder`] sets it.
    pub at: u32,
}

/// A picture among the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Line of the rendering that stands for it.
    pub number: u32,
    /// What the file says about it: an alternative text, a name; often empty.
    pub caption: String,
    /// Where it stands.
    pub place: Place,
    /// Whether it is large enough to show a page or a table, as far as the file tells. A logo or a seal is not.
    pub large: bool,
    /// Whether it is all that its page shows, or next to all: a page out of a scanner.
    pub page: bool,
}

/// The kinds of file that are read, or at least known by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// A web page with its parts in one file.
    Mht,
    /// Office Open XML text (Word 2007 and later, WPS).
    Docx,
    /// OpenDocument text.
    Odt,
    /// The binary format of Word 97 to 2003, and of WPS.
    Doc,
    /// A Word document as one XML file: of Word 2003, or a package written out.
    WordXml,
    /// Rich Text Format.
    Rtf,
    /// Portable Document Format.
    Pdf,
    /// Open Fixed-layout Document (GB/T 33190).
    Ofd,
    /// Office Open XML workbook.
    Xlsx,
    /// The binary workbook of Excel 97 to 2003, and of WPS.
    Xls,
    /// OpenDocument workbook.
    Ods,
    /// A picture: PNG, JPEG, TIFF, BMP, GIF, WEBP, HEIC, AVIF.
    Image,
}

/// The character encodings that are recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// GB18030, which contains GBK and GB2312.
    Gb18030,
    /// UTF-16, little endian.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, big endian.
    #[serde(rename = "utf-16be")]
    Utf16Be,
}

/// A stretch of a document's rendering: first character, and one past the last.
///
/// Lines and columns count from 1, columns in characters. In a text file the rendering is the file itself;
/// for the other formats [`Places`] tells where the stretch stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    /// Line of the first character.
    pub line: u32,
    /// Column of the first character.
    pub column: u32,
    /// Line of the last character.
    pub end_line: u32,
    /// Column after the last character.
    pub end_column: u32,
}

impl Source {
    /// The beginning of the document: the place of what has none.
    pub const START: Self = Self { line: 1, column: 1, end_line: 1, end_column: 1 };

    /// From the beginning of `self` to the end of `last`.
    #[must_use]
    pub const fn to(self, last: Self) -> Self {
        Self { line: self.line, column: self.column, end_line: last.end_line, end_column: last.end_column }
    }
}

/// What is known of a file's bytes, whatever they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3, hexadecimal.
    pub hash: String,
}

impl Fingerprint {
    /// Size and hash of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self { bytes: bytes.len() as u64, hash: blake3::hash(bytes).to_hex().to_string() }
    }
}

/// Why bytes could not be made into a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What the bytes are, where that much could be told.
    pub format: Option<Format>,
    /// The reason, for the operator.
    pub reason: Wording,
    /// Whether its pages are pictures, from which a recognition program could read.
    pub scan: bool,
}

impl Refusal {
    /// A file that cannot be read for `reason`, of a format that may not be known.
    #[must_use]
    pub const fn new(format: Option<Format>, reason: Wording) -> Self {
        Self { format, reason, scan: false }
    }

    /// A file of a known format that cannot be read for `reason`.
    #[must_use]
    pub const fn of(format: Format, reason: Wording) -> Self {
        Self::new(Some(format), reason)
    }

    /// The same for a file whose pages are pictures.
    #[must_use]
    pub fn of_scan(self) -> Self {
        Self { scan: true, ..self }
    }
}

/// Reads `bytes`, in this process and without limits: only for what is plain text or HTML, for a worker
/// process, and for tests. What cannot be read is refused with its reason.
///
/// # Errors
/// A [`Refusal`] for empty input, binary content, an encoding that cannot be told, and a file of a known
/// format that is encrypted, damaged, or holds no text.
pub fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    match sniff::sniff(bytes) {
        sniff::Kind::Document(Format::Text) => text::open(bytes),
        sniff::Kind::Document(Format::Html) => html::open(bytes),
        sniff::Kind::Document(Format::Mht) => mht::open(bytes),
        sniff::Kind::Document(Format::Docx | Format::WordXml) => docx::open(bytes),
        sniff::Kind::Document(Format::Odt) => odt::open(bytes),
        sniff::Kind::Document(Format::Doc) => doc::open(bytes),
        sniff::Kind::Document(Format::Rtf) => rtf::open(bytes),
        sniff::Kind::Document(Format::Pdf) => pdf::open(bytes),
        sniff::Kind::Document(Format::Ofd) => ofd::open(bytes),
        sniff::Kind::Document(Format::Xlsx | Format::Xls | Format::Ods) => workbook::open(bytes),
        sniff::Kind::Document(Format::Image) => Err(image::refusal(bytes)),
        kind @ (sniff::Kind::Archive(_) | sniff::Kind::Other(_)) => Err(Refusal::new(kind.format(), kind.unread())),
    }
}

/// Reads the scan `bytes`, which [`open`] refused as one or read only in part, its characters recognised by `eye`. In
/// this process and without limits.
///
/// # Errors
/// A [`Refusal`] where nothing could be read.
pub fn open_scan(bytes: &[u8], eye: &mut dyn Eye) -> Result<Document, Refusal> {
    match sniff::sniff(bytes) {
        sniff::Kind::Document(Format::Image) => image::open_scan(bytes, eye),
        sniff::Kind::Document(Format::Ofd) => ofd::open_scan(bytes, eye),
        _ => pdf::open_scan(bytes, eye),
    }
}
