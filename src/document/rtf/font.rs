//! The encodings of text bytes: by the character set of the font, else by the code page of the file.

use std::borrow::Cow;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
    WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

/// The encoding of a character set (specification, "Font table"); `None` for the default set.
pub(super) fn of_charset(charset: i32) -> Option<&'static Encoding> {
    Some(match charset {
        // Symbols have no encoding; a bullet is one in either.
        0 | 2 => WINDOWS_1252,
        128 => SHIFT_JIS,
        129 | 130 => EUC_KR,
        134 => GB18030,
        136 => BIG5,
        161 => WINDOWS_1253,
        162 => WINDOWS_1254,
        163 => WINDOWS_1258,
        177 => WINDOWS_1255,
        178 => WINDOWS_1256,
        186 => WINDOWS_1257,
        204 => WINDOWS_1251,
        222 => WINDOWS_874,
        238 => WINDOWS_1250,
        _ => return None,
    })
}

/// The encoding of a code page.
pub(super) fn of_code_page(page: i32) -> Option<&'static Encoding> {
    Some(match page {
        936 | 54_936 => GB18030,
        950 => BIG5,
        932 => SHIFT_JIS,
        949 => EUC_KR,
        874 => WINDOWS_874,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        65_001 => encoding_rs::UTF_8,
        _ => return None,
    })
}

/// Decodes a run of text bytes. Writers set Chinese text in fonts of a western character set; two bytes and more
/// that are Chinese characters are taken for them.
pub(super) fn decode<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Cow<'a, str> {
    let is_western = encoding.is_single_byte();
    if is_western && bytes.len() >= 2 && bytes.iter().any(|byte| *byte >= 0x80) {
        let (text, broken) = GB18030.decode_without_bom_handling(bytes);
        let is_chinese = |c: char| {
            c.is_ascii()
                || matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{301f}' | '\u{ff00}'..='\u{ff5e}' | '\u{2014}'..='\u{2026}')
        };
        if !broken && text.chars().all(is_chinese) {
            return text;
        }
    }
    encoding.decode_without_bom_handling(bytes).0
}

/// Whether `bytes` end in the first half of a character.
pub(super) fn is_cut(bytes: &[u8], encoding: &'static Encoding) -> bool {
    if encoding.is_single_byte() || encoding == encoding_rs::UTF_8 {
        return false;
    }
    // Of two bytes each, but for ASCII: walk, since a second half may look like a first.
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        match (first, after) {
            (0x81.., [_, after @ ..]) => rest = after,
            (0x81.., []) => return true,
            _ => rest = after,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_by_their_font() {
        let chinese = GB18030.encode("政府").0.into_owned();
        assert_eq!(decode(&chinese, GB18030), "政府");
        assert_eq!(decode(&chinese, WINDOWS_1252), "政府");
        assert_eq!(decode(b"\x93", WINDOWS_1252), "“");
        assert_eq!(decode(b"caf\xe9", WINDOWS_1252), "café");
        assert!(is_cut(&chinese[..3], GB18030) && !is_cut(&chinese, GB18030) && !is_cut(b"\xd5", WINDOWS_1252));
    }
}
