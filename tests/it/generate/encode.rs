//! From lines to bytes.

use super::rng::Rng;

/// Character encoding and byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf8Mark,
    Gb18030,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    pub(crate) fn draw(rng: &mut Rng) -> Self {
        *rng.pick(&[Self::Utf8, Self::Utf8, Self::Utf8, Self::Utf8Mark, Self::Gb18030, Self::Utf16Le, Self::Utf16Be])
    }

    pub(crate) fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf8Mark => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            Self::Gb18030 => encoding_rs::GB18030.encode(text).0.into_owned(),
            Self::Utf16Le => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
        }
    }
}
