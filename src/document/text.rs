//! Plain text: encodings and lines.
//!
//! UTF-8, GB18030 (which contains GBK and GB2312) and UTF-16 are read, with or without a byte order mark.
//! An encoding is accepted only when the text it gives looks like Chinese; nothing is guessed from the
//! name of the file.

use std::borrow::Cow;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{Anchor, Builder, Document, Encoding, Format, Refusal, Role};
use crate::text::Wording;

/// Signatures of files that are no text, with the names people know them by.
const SIGNATURES: [(&[u8], &str); 12] = [
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "DOCX/XLSX/OFD/ZIP"),
    (b"\xd0\xcf\x11\xe0", "DOC/XLS/WPS"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x7fELF", "ELF"),
];

/// Words that every annual report contains; they tell a right decoding from a wrong one.
const TELLTALES: [&str; 3] = ["政府", "公开", "信息"];

/// Decodes a text file.
///
/// # Errors
/// A [`Refusal`] for empty input, binary content, or an encoding that cannot be told.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    if bytes.is_empty() {
        return Err(refusal("文件是空的；请报送单位重新报送", "the file is empty; ask for it again"));
    }
    let (encoding, text) = decode(bytes)?;
    if let Some(name) = markup(&text) {
        return Err(refusal(
            format!("这是 {name} 源代码，不是文字；请用浏览器打开后另存为文本，或报送 Word、PDF 文件"),
            format!("this is {name} source, not text; save it as text from a browser, or submit a document"),
        ));
    }
    if text.trim_matches(|c: char| c.is_whitespace() || c.is_control()).is_empty() {
        return Err(refusal("文件里没有文字；请报送单位重新报送", "there is no text in the file; ask for it again"));
    }
    let mut builder = Builder::default();
    for line in lines(&text) {
        builder.line(line, Role::Wrapped, Anchor::Line);
    }
    Ok(builder.finish(Format::Text, Some(encoding)))
}

/// How files begin that are source for a program and no text for people.
const OPENINGS: [(&str, &str); 14] = [
    ("<!doctype html", "HTML"),
    ("<html", "HTML"),
    ("<head", "HTML"),
    ("<body", "HTML"),
    ("<meta", "HTML"),
    ("<table", "HTML"),
    ("<div", "HTML"),
    ("<p>", "HTML"),
    ("<p ", "HTML"),
    ("<?xml", "XML"),
    ("<?mso-application", "XML"),
    ("mime-version:", "MHT"),
    ("from: <saved by", "MHT"),
    ("content-type: multipart/", "MHT"),
];

/// More closing tags than this are no slip of a text.
const TAGS: usize = 20;

/// The name of the markup that `text` is, if it is any.
fn markup(text: &str) -> Option<&'static str> {
    let body = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let opening: String = body.chars().take(40).map(|c| c.to_ascii_lowercase()).collect();
    if let Some((_, name)) = OPENINGS.iter().find(|(begins, _)| opening.starts_with(begins)) {
        return Some(name);
    }
    let inner = body.strip_prefix(['{', '[']).map(str::trim_start);
    if inner.is_some_and(|inner| inner.starts_with(['"', '{'])) && body.trim_end().ends_with(['}', ']']) {
        return Some("JSON");
    }
    let tags = text.match_indices("</").filter(|(at, _)| text[at + 2..].starts_with(|c: char| c.is_ascii_alphabetic()));
    (tags.take(TAGS + 1).count() > TAGS).then_some("HTML")
}

/// The lines of `text`, ended by LF, CRLF or a lone CR.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.strip_suffix('\n')
        .unwrap_or(text)
        .split('\n')
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

fn decode(bytes: &[u8]) -> Result<(Encoding, Cow<'_, str>), Refusal> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Ok((Encoding::Utf8, String::from_utf8_lossy(rest)));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Ok((Encoding::Utf16Le, UTF_16LE.decode_without_bom_handling(rest).0));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Ok((Encoding::Utf16Be, UTF_16BE.decode_without_bom_handling(rest).0));
    }
    if let Some((_, name)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature))
        && !(*name == "BMP" && std::str::from_utf8(bytes).is_ok())
    {
        return Err(refusal(
            format!("这是 {name} 文件，不是文本；请另存为文本后报送"),
            format!("this is a {name} file, not text; save it as text and submit that"),
        ));
    }
    if let Some(found) = utf16_without_mark(bytes) {
        return Ok(found);
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

/// UTF-16 without a byte order mark: in one byte order nearly every unit is Chinese, punctuation or ASCII.
fn utf16_without_mark(bytes: &[u8]) -> Option<(Encoding, Cow<'_, str>)> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let share = |read: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().take(4_000).map(|pair| read(*pair));
        let (mut usual, mut han, mut all) = (0_usize, 0_usize, 0_usize);
        for unit in units {
            all += 1;
            let is_han = (0x4e00..=0x9fff).contains(&unit);
            han += usize::from(is_han);
            let is_usual = is_han
                || matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0x2010..=0x203f | 0x3000..=0x303f | 0xff00..=0xffef);
            usual += usize::from(is_usual);
        }
        han * 10 >= all && usual * 100 >= all * 97
    };
    let (encoding, text) = match (share(u16::from_le_bytes), share(u16::from_be_bytes)) {
        (true, false) => (Encoding::Utf16Le, UTF_16LE.decode_without_bom_handling(bytes).0),
        (false, true) => (Encoding::Utf16Be, UTF_16BE.decode_without_bom_handling(bytes).0),
        _ => return None,
    };
    is_plausible(&text).then_some((encoding, text))
}

/// Whether a decoding gives a report: its words are there and hardly a character is broken.
fn is_plausible(text: &str) -> bool {
    let broken = text.chars().filter(|&c| c == '\u{fffd}').count();
    broken * 100 <= text.chars().count() && TELLTALES.iter().any(|word| text.contains(word)) && !is_binary(text)
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
    Refusal { format: None, reason: Wording::new(zh, en) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "青溪县数据局2024年政府信息公开工作年度报告\n一、总体情况\n";

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_lines() {
        let gb = GB18030.encode(SAMPLE).0.into_owned();
        let le = utf16(SAMPLE, u16::to_le_bytes);
        let be = utf16(SAMPLE, u16::to_be_bytes);
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        let cases = [
            (SAMPLE.as_bytes().to_vec(), Encoding::Utf8),
            (marked(b"\xef\xbb\xbf", SAMPLE.as_bytes()), Encoding::Utf8),
            (gb, Encoding::Gb18030),
            (marked(b"\xff\xfe", &le), Encoding::Utf16Le),
            (marked(b"\xfe\xff", &be), Encoding::Utf16Be),
            (le, Encoding::Utf16Le),
            (be, Encoding::Utf16Be),
            (SAMPLE.replace('\n', "\r\n").into_bytes(), Encoding::Utf8),
            (SAMPLE.replace('\n', "\r").into_bytes(), Encoding::Utf8),
        ];
        let plain = open(SAMPLE.as_bytes()).expect("text").blocks;
        for (bytes, encoding) in cases {
            let document = open(&bytes).expect("text");
            assert_eq!(document.encoding, Some(encoding));
            assert_eq!(document.blocks[..2], plain[..2], "{encoding:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_reason() {
        let noise: Vec<u8> = (0..5_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let cases: [(&[u8], &str); 5] = [
            (b"", "空"),
            (b" \n\t\n", "没有文字"),
            (b"%PDF-1.7 ...", "PDF"),
            (&noise, ""),
            (b"\x83\x65\x83\x58\x83\x67\x82\xcc\x95\xb6\x8f\x91\x82\xc5\x82\xb7\x81\x42", ""),
        ];
        for (bytes, part) in cases {
            let refusal = open(bytes).expect_err("no text");
            assert!(refusal.reason.zh.contains(part), "{}", refusal.reason.zh);
        }
    }

    #[test]
    fn source_of_a_page_is_no_text() {
        let cells = "<td>0</td>".repeat(30);
        let cases = [
            (format!("\n<!DOCTYPE html><html><body>{SAMPLE}</body></html>"), "HTML"),
            (format!("<?xml version=\"1.0\"?><w>{SAMPLE}</w>"), "XML"),
            (format!("MIME-Version: 1.0\nContent-Type: multipart/related\n\n{SAMPLE}"), "MHT"),
            (format!("{{\"title\": \"{}\"}}", SAMPLE.trim()), "JSON"),
            (format!("{SAMPLE}{cells}"), "HTML"),
        ];
        for (text, name) in cases {
            let refusal = open(text.as_bytes()).expect_err("markup");
            assert!(refusal.reason.zh.contains(name), "{text}");
        }
        for text in
            [format!("[图文]{SAMPLE}"), format!("{SAMPLE}网址：<www.example.gov.cn>"), format!("{SAMPLE}0<br>0")]
        {
            assert!(open(text.as_bytes()).is_ok(), "{text}");
        }
    }

    #[test]
    fn dirt_in_a_text_does_not_make_it_binary() {
        let dirty = SAMPLE.repeat(3).replacen("一、", "\0一、\u{1b}[31m", 1);
        assert!(open(dirty.as_bytes()).is_ok());
    }
}
