//! From bytes to characters.
//!
//! UTF-8, GB18030 (which contains GBK and GB2312) and UTF-16 are read, with or without a byte order mark. An
//! encoding is accepted only when the text it gives looks like Chinese; what a file declares about itself
//! decides only where its characters leave the question open, because pages lie about it.

use std::borrow::Cow;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{Encoding, Refusal};
use crate::text::Wording;

/// Words that every annual report contains; they tell a right decoding from a wrong one.
const TELLTALES: [&str; 3] = ["政府", "公开", "信息"];

/// Decodes `bytes`, of which the file itself says they are `declared`.
///
/// # Errors
/// A [`Refusal`] for binary content, or an encoding that cannot be told.
pub(super) fn decode(bytes: &[u8], declared: Option<Encoding>) -> Result<(Encoding, Cow<'_, str>), Refusal> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Ok((Encoding::Utf8, String::from_utf8_lossy(rest)));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Ok((Encoding::Utf16Le, UTF_16LE.decode_without_bom_handling(rest).0));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Ok((Encoding::Utf16Be, UTF_16BE.decode_without_bom_handling(rest).0));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        let reader = if encoding == Encoding::Utf16Le { UTF_16LE } else { UTF_16BE };
        let text = reader.decode_without_bom_handling(bytes).0;
        if is_plausible(&text) || text.contains("</") {
            return Ok((encoding, text));
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return if is_binary(text) { Err(binary()) } else { Ok((Encoding::Utf8, Cow::Borrowed(text))) };
    }
    let lossy = String::from_utf8_lossy(bytes);
    if is_plausible(&lossy) {
        return Ok((Encoding::Utf8, lossy));
    }
    let (chinese, _) = GB18030.decode_without_bom_handling(bytes);
    if is_plausible(&chinese) {
        return Ok((Encoding::Gb18030, chinese));
    }
    let could_be = |text: &str| hardly_broken(text) && !is_binary(text);
    match declared {
        Some(Encoding::Gb18030) if could_be(&chinese) => return Ok((Encoding::Gb18030, chinese)),
        Some(Encoding::Utf8) if could_be(&lossy) => return Ok((Encoding::Utf8, lossy)),
        _ => {}
    }
    if is_binary(&chinese) || is_binary(&lossy) {
        return Err(binary());
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Allow);
    if (guess == encoding_rs::GBK || guess == GB18030) && !chinese.contains('\u{fffd}') {
        return Ok((Encoding::Gb18030, chinese));
    }
    Err(refusal(
        format!("文字编码无法识别（可能是 {}）；请另存为 UTF-8 后报送", guess.name()),
        format!("the character encoding is unknown (perhaps {}); save it as UTF-8", guess.name()),
    ))
}

/// The byte order of UTF-16 without a byte order mark: in one of them nearly every unit is Chinese,
/// punctuation or ASCII.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let looks_right = |read: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().take(4_000).map(|pair| read(*pair));
        let (mut usual, mut han, mut markup, mut all) = (0_usize, 0_usize, 0_usize, 0_usize);
        for unit in units {
            all += 1;
            let is_han = (0x4e00..=0x9fff).contains(&unit);
            han += usize::from(is_han);
            markup += usize::from(matches!(unit, 0x3c | 0x3e));
            let is_usual = is_han
                || matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0x2010..=0x203f | 0x3000..=0x303f | 0xff00..=0xffef);
            usual += usize::from(is_usual);
        }
        // The head of a web page may be free of Chinese for long, but not of angle brackets.
        (han * 10 >= all || markup * 50 >= all) && usual * 100 >= all * 97
    };
    match (looks_right(u16::from_le_bytes), looks_right(u16::from_be_bytes)) {
        (true, false) => Some(Encoding::Utf16Le),
        (false, true) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Whether a decoding gives a report: its words are there and hardly a character is broken.
fn is_plausible(text: &str) -> bool {
    hardly_broken(text) && TELLTALES.iter().any(|word| text.contains(word)) && !is_binary(text)
}

/// Whether hardly a character is broken.
fn hardly_broken(text: &str) -> bool {
    let broken = text.chars().filter(|&c| c == '\u{fffd}').count();
    broken * 100 <= text.chars().count()
}

/// Whether control characters abound. A few, even NULs, are dirt in a text.
fn is_binary(text: &str) -> bool {
    let is_dirt = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}') || c == '\u{fffd}';
    let sample = text.chars().take(100_000);
    let (mut dirt, mut all) = (0_usize, 0_usize);
    for c in sample {
        all += 1;
        dirt += usize::from(is_dirt(c));
    }
    dirt * 20 > all
}

fn binary() -> Refusal {
    refusal("内容不是文本（二进制数据）；请报送单位重新报送", "the content is not text (binary data); ask for it again")
}

fn refusal(zh: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::new(None, Wording::new(zh, en))
}
