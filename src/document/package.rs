//! ZIP files, within bounds: the packages of Office and OFD documents, and archives of documents.
//!
//! Nothing of an entry is believed: neither its size nor how well it was packed. An entry is read up to what
//! [`Limits`] allow, all of them together too, and what goes beyond is a [`Fault`] that names the bound.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use encoding_rs::GB18030;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Format, Refusal};
use crate::text::{Wording, words};

/// How much a package may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Entries, directories included.
    pub entries: usize,
    /// Bytes of one entry, unpacked.
    pub entry: u64,
    /// Bytes of all entries read, unpacked.
    pub total: u64,
    /// How many times its packed size an entry may take, where it is larger than [`Limits::SMALL`].
    pub ratio: u64,
}

impl Limits {
    /// What a document holds at most.
    pub const DOCUMENT: Self = Self { entries: 10_000, entry: 64 << 20, total: 128 << 20, ratio: 200 };

    /// An entry that unpacks to no more than this is no bomb, however well it was packed.
    pub const SMALL: u64 = 8 << 20;
}

/// Why a package, or an entry of it, cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its directory or an entry is damaged or cut off.
    Damaged,
    /// It is protected by a password.
    Encrypted,
    /// It is packed by a method that is not known here.
    Method,
    /// It holds too many entries.
    Entries,
    /// It unpacks to too many bytes, or what it holds is too large or too deep.
    Size,
    /// Its XML defines a type or entities of its own.
    Definitions,
}

impl Fault {
    /// The refusal of a document whose package has this fault.
    #[must_use]
    pub fn refusal(self, format: Format) -> Refusal {
        Refusal::of(format, self.wording(format.name()))
    }

    /// The fault, said of a file that people call `name`.
    #[must_use]
    pub fn wording(self, name: &str) -> Wording {
        let fault = match self {
            Self::Damaged => words("文件已损坏或不完整；请重新报送", "is damaged or incomplete; submit it again"),
            Self::Encrypted => {
                words("文件有密码保护；请去掉密码后报送", "is protected by a password; remove it and submit again")
            }
            Self::Method => {
                words("文件的压缩方法不能识别；请重新保存后报送", "is packed by an unknown method; save it again")
            }
            Self::Entries => words("文件里的条目太多，不予打开", "holds too many entries and is not opened"),
            Self::Definitions => {
                words("文件里有自定义的 XML 实体，不予打开", "defines XML entities of its own and is not opened")
            }
            Self::Size => words("文件内容过大，不予打开", "holds too much and is not opened"),
        };
        Wording::new(format!("{name} {}", fault.zh), format!("this {name} file {}", fault.en))
    }
}

/// An entry of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, with `/` between the directories; it may climb (`../`) or begin with `/`.
    pub name: String,
    /// Whether it is a directory, a link, or anything else but a file.
    pub is_file: bool,
    /// Whether it needs a password.
    pub is_encrypted: bool,
    /// Its size, packed, as the package states it.
    pub packed: u64,
    /// Its size, unpacked, as the package states it; the truth shows when it is read.
    pub size: u64,
}

/// A ZIP file that has been opened.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    entries: Vec<Entry>,
    limits: Limits,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens `bytes`.
    ///
    /// # Errors
    /// A [`Fault`] where they are no ZIP file, a damaged one, or hold too many entries.
    pub fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, Fault> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
        if archive.len() > limits.entries {
            return Err(Fault::Entries);
        }
        let entry = |index| {
            let entry = archive.by_index_data(index).ok()?;
            Some(Entry {
                name: name(entry.name_raw()),
                is_file: entry.is_file(),
                is_encrypted: entry.encrypted(),
                packed: entry.compressed_size(),
                size: entry.size(),
            })
        };
        let entries = (0..archive.len()).map(entry).collect::<Option<Vec<_>>>().ok_or(Fault::Damaged)?;
        Ok(Self { archive, entries, limits, left: limits.total })
    }

    /// Its entries, in the order of its directory.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The names of its files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(|entry| entry.is_file).map(|entry| entry.name.as_str())
    }

    /// The content of the file of this name, `None` where there is none. A leading `/` does not matter, nor
    /// does the case of ASCII letters where no name is the same otherwise.
    ///
    /// # Errors
    /// A [`Fault`] where it cannot be unpacked or goes beyond the limits.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let name = name.trim_start_matches('/');
        let own = |entry: &Entry| entry.name.trim_start_matches('/') == name;
        let alike = |entry: &Entry| entry.name.trim_start_matches('/').eq_ignore_ascii_case(name);
        let found = self.entries.iter().position(own).or_else(|| self.entries.iter().position(alike));
        found.map(|index| self.read_at(index)).transpose()
    }

    /// The content of the entry at `index` of [`Self::entries`].
    ///
    /// # Errors
    /// A [`Fault`] where there is no such entry, it cannot be unpacked or goes beyond the limits.
    pub fn read_at(&mut self, index: usize) -> Result<Vec<u8>, Fault> {
        let entry = self.entries.get(index).ok_or(Fault::Damaged)?;
        if entry.is_encrypted {
            return Err(Fault::Encrypted);
        }
        let well_packed = entry.packed.saturating_mul(self.limits.ratio).max(Limits::SMALL);
        let limit = self.limits.entry.min(well_packed).min(self.left);
        let expected = entry.size.min(limit).min(1 << 20);
        let file = self.archive.by_index(index).map_err(|error| fault(&error))?;
        let mut content = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
        let outcome = file.take(limit.saturating_add(1)).read_to_end(&mut content);
        let length = content.len() as u64;
        self.left = self.left.saturating_sub(length);
        if length > limit {
            return Err(Fault::Size);
        }
        outcome.map_err(|_| Fault::Damaged)?;
        Ok(content)
    }
}

/// The name of an entry: UTF-8, or GB18030 where an old program packed it, with `/` for `\`.
fn name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => Cow::Borrowed(name),
        Err(_) => GB18030.decode_without_bom_handling(raw).0,
    };
    name.replace('\\', "/")
}

fn fault(error: &ZipError) -> Fault {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Fault::Encrypted,
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => Fault::Method,
        _ => Fault::Damaged,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// A package of these files.
    pub(crate) fn pack(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
            writer.write_all(content).expect("its content");
        }
        writer.finish().expect("a package").into_inner()
    }

    const LIMITS: Limits = Limits { entries: 3, entry: 16 << 20, total: 24 << 20, ratio: 200 };

    #[test]
    fn files_are_found_by_name() {
        let bytes = pack(&[("word\\document.xml", b"a"), ("[Content_Types].xml", b"b"), ("/rels/.rels", b"c")]);
        let mut package = Package::open(&bytes, LIMITS).expect("a package");
        assert_eq!(package.names().collect::<Vec<_>>(), ["word/document.xml", "[Content_Types].xml", "/rels/.rels"]);
        let cases = [
            ("word/document.xml", Some("a")),
            ("/[content_types].XML", Some("b")),
            ("rels/.rels", Some("c")),
            ("d", None),
        ];
        for (name, expected) in cases {
            assert_eq!(package.read(name), Ok(expected.map(|text| text.as_bytes().to_vec())), "{name}");
        }
    }

    #[test]
    fn what_goes_beyond_the_limits_is_refused() {
        let fill = |size: usize| vec![b' '; size];
        let large = fill(17 << 20);
        assert_eq!(open(&[("a", &large)]), Err(Fault::Size), "one entry");
        let bomb = fill(9 << 20);
        assert_eq!(open(&[("a", &bomb)]), Err(Fault::Size), "packed too well");
        let small = fill(8 << 20);
        let four = [("a", small.as_slice()), ("b", &small), ("c", &small), ("d", &small)];
        assert_eq!(open(&four[..3]), Ok(24 << 20));
        assert_eq!(open(&four), Err(Fault::Entries));
        let bytes = pack(&four[..3]);
        let mut package = Package::open(&bytes, Limits { total: 20 << 20, ..LIMITS }).expect("a package");
        assert!(package.read("a").is_ok() && package.read("b").is_ok());
        assert_eq!(package.read("c"), Err(Fault::Size), "all together");
    }

    fn open(files: &[(&str, &[u8])]) -> Result<usize, Fault> {
        let bytes = pack(files);
        let mut package = Package::open(&bytes, LIMITS)?;
        (0..files.len()).map(|index| package.read_at(index).map(|content| content.len())).sum()
    }

    #[test]
    fn names_of_old_programs_are_decoded() {
        assert_eq!(name("年报.docx".as_bytes()), "年报.docx");
        assert_eq!(name(&GB18030.encode("年报\\一.docx").0), "年报/一.docx");
    }

    #[test]
    fn damage_is_named() {
        let bytes = pack(&[("a", &b"text ".repeat(100)[..])]);
        assert_eq!(Package::open(&bytes[..bytes.len() - 10], LIMITS).err(), Some(Fault::Damaged));
        let mut changed = bytes.clone();
        changed[40] ^= 0x55;
        let mut package = Package::open(&changed, LIMITS).expect("the directory is whole");
        assert_eq!(package.read("a"), Err(Fault::Damaged));
    }
}
