//! What bytes are, by their content: the name of a file says what somebody hoped it to be.

mod container;
mod markup;

use super::{Format, compound, image};
use crate::text::Wording;

/// What bytes turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A document of this format.
    Document(Format),
    /// An archive of documents.
    Archive(Archive),
    /// Something that is known and no document, such as a program.
    Other(&'static str),
}

/// Archives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archive {
    /// ZIP.
    Zip,
    /// A tar archive.
    Tar,
    /// Anything compressed by gzip, usually a tar archive.
    Gzip,
    /// 7-Zip.
    SevenZip,
    /// RAR, of any version.
    Rar,
}

impl Kind {
    /// The format of a document.
    #[must_use]
    pub const fn format(self) -> Option<Format> {
        match self {
            Self::Document(format) => Some(format),
            Self::Archive(_) | Self::Other(_) => None,
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document(format) => format.name(),
            Self::Archive(Archive::Zip) => "ZIP",
            Self::Archive(Archive::Tar) => "TAR",
            Self::Archive(Archive::Gzip) => "GZIP",
            Self::Archive(Archive::SevenZip) => "7Z",
            Self::Archive(Archive::Rar) => "RAR",
            Self::Other(name) => name,
        }
    }

    /// Why it is not read.
    pub(super) fn unread(self) -> Wording {
        let name = self.name();
        Wording::new(
            format!("这是 {name} 文件，不能审核；请报送 Word、PDF、网页或文本文件"),
            format!("this is a {name} file, which cannot be audited; submit a Word, PDF, HTML or text file"),
        )
    }
}

impl Format {
    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "TXT",
            Self::Html => "HTML",
            Self::Mht => "MHT",
            Self::Docx => "DOCX",
            Self::Odt => "ODT",
            Self::Doc => "DOC",
            Self::WordXml => "Word XML",
            Self::Rtf => "RTF",
            Self::Pdf => "PDF",
            Self::Ofd => "OFD",
            Self::Xlsx => "XLSX",
            Self::Xls => "XLS",
            Self::Ods => "ODS",
            Self::Image => "图片",
        }
    }
}

/// Signatures at the very beginning of a file.
const SIGNATURES: [(&[u8], Kind); 11] = [
    (b"{\\rtf", Kind::Document(Format::Rtf)),
    (b"Rar!\x1a\x07", Kind::Archive(Archive::Rar)),
    (b"7z\xbc\xaf\x27\x1c", Kind::Archive(Archive::SevenZip)),
    (b"\x1f\x8b\x08", Kind::Archive(Archive::Gzip)),
    (b"\x7fELF", Kind::Other("ELF")),
    (b"MZ\x90\0", Kind::Other("EXE")),
    (b"SQLite format 3\0", Kind::Other("SQLite")),
    (b"RIFF", Kind::Other("RIFF")),
    (b"BZh", Kind::Other("BZIP2")),
    (b"\xfd7zXZ\0", Kind::Other("XZ")),
    (b"\x28\xb5\x2f\xfd", Kind::Other("ZSTD")),
];

/// How far into a file the head of a PDF may stand (PDF 1.7, annex H, note 13).
const PDF_HEAD: usize = 1024;

/// What `bytes` are. What has no signature and is no markup is text.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Kind {
    if image::Kind::of(bytes).is_some() {
        return Kind::Document(Format::Image);
    }
    if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return *kind;
    }
    // Before a PDF: the first member of an archive may be one, and stands near enough to the beginning.
    if is_tar(bytes) {
        return Kind::Archive(Archive::Tar);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return container::zip(bytes);
    }
    let head = &bytes[..bytes.len().min(PDF_HEAD)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Kind::Document(Format::Pdf);
    }
    if compound::is_compound(bytes) {
        return container::compound(bytes);
    }
    if bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Kind::Document(Format::Rtf);
    }
    markup::sniff(bytes).unwrap_or(Kind::Document(Format::Text))
}

/// How many bytes it takes to tell a tar archive.
pub const TAR_HEAD: u64 = 512;

/// Where the header of a tar archive has its checksum.
const TAR_CHECKSUM: std::ops::Range<usize> = 148..156;

/// Whether the first header of a tar archive, of whatever dialect, stands there: its checksum tells.
fn is_tar(bytes: &[u8]) -> bool {
    let Some((header, _)) = bytes.split_first_chunk::<512>() else { return false };
    let written = std::str::from_utf8(&header[TAR_CHECKSUM]).unwrap_or_default();
    let written = u32::from_str_radix(written.trim_matches(['\0', ' ']), 8);
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    let own: u32 = header[TAR_CHECKSUM].iter().map(|&byte| u32::from(byte)).sum();
    header[0] != 0 && written == Ok(sum - own + 8 * u32::from(b' '))
}
