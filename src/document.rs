//! A file as text with places: what every format is turned into before anything is understood.
//!
//! `Document` is a sequence of [`Block`]s in reading order. A block keeps the characters as the file
//! has them; nothing is normalised here, so that every later reading can be traced to its place.

mod text;

use serde::{Serialize, Serializer};

/// A file, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What the bytes turned out to be.
    pub format: Format,
    /// How the characters were encoded, where the format leaves that open.
    pub encoding: Option<Encoding>,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// BLAKE3 of the bytes, hexadecimal.
    pub hash: String,
    /// The content, in reading order.
    pub blocks: Vec<Block>,
}

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A line of running text (in a text file: a line, without its terminator).
    Line(Line),
}

/// A line of a text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: u32,
    /// Its characters, without the line terminator.
    pub text: String,
}

/// The kinds of file that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Text,
}

/// The character encodings that are recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
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

/// The place of some characters in a document.
///
/// Serialised as the contract's `AT`; the end is for highlighting only and is not serialised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// In a text file: first character, and one past the last. Lines and columns count from 1,
    /// columns in characters.
    Text {
        /// Line of the first character.
        line: u32,
        /// Column of the first character.
        column: u32,
        /// Line of the last character.
        end_line: u32,
        /// Column after the last character.
        end_column: u32,
    },
}

impl Source {
    /// The line a person would look at first, where the format has lines.
    #[must_use]
    pub const fn line(&self) -> Option<u32> {
        match self {
            Self::Text { line, .. } => Some(*line),
        }
    }

    /// From the beginning of `self` to the end of `last`.
    #[must_use]
    pub const fn to(self, last: Self) -> Self {
        let Self::Text { line, column, .. } = self;
        let Self::Text { end_line, end_column, .. } = last;
        Self::Text { line, column, end_line, end_column }
    }
}

impl Serialize for Source {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        match self {
            Self::Text { line, column, .. } => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("line", line)?;
                map.serialize_entry("column", column)?;
                map.end()
            }
        }
    }
}

/// Why bytes could not be made into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The reason, for the operator.
    pub reason: crate::text::Wording,
}

/// Decodes `bytes`. Never panics; what is not text is refused with its reason.
///
/// # Errors
/// A [`Refusal`] for empty input, binary content, or an encoding that cannot be told.
pub fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    text::open(bytes)
}
