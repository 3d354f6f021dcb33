//! Plain text: lines.

use super::encoding::decode;
use super::{Anchor, Builder, Document, Format, Refusal, Role};
use crate::text::Wording;

/// Most lines a text may have. A report with every cell on a line of its own has some hundreds.
const LINES: usize = 1_000_000;

/// Decodes a text file.
///
/// # Errors
/// A [`Refusal`] for empty input, binary content, or an encoding that cannot be told.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    if bytes.is_empty() {
        return Err(refusal("文件是空的；请报送单位重新报送", "the file is empty; ask for it again"));
    }
    let (encoding, text) = decode(bytes, None)?;
    if text.trim_matches(|c: char| c.is_whitespace() || c.is_control()).is_empty() {
        return Err(refusal("文件里没有文字；请报送单位重新报送", "there is no text in the file; ask for it again"));
    }
    if lines(&text).nth(LINES).is_some() {
        return Err(refusal(
            format!("文件过长（超过 {LINES} 行）；请报送单位重新报送"),
            format!("the file has more than {LINES} lines; ask for it again"),
        ));
    }
    let mut builder = Builder::default();
    for line in lines(&text) {
        builder.line(line, Role::Wrapped, Anchor::Line);
    }
    Ok(builder.finish(Format::Text, Some(encoding)))
}

/// The lines of `text`, ended by LF, CRLF or a lone CR.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.strip_suffix('\n')
        .unwrap_or(text)
        .split('\n')
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

fn refusal(zh: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::new(None, Wording::new(zh, en))
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;

    use super::super::Encoding;
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
        let cases: [(&[u8], &str); 4] = [
            (b"", "空"),
            (b" \n\t\n", "没有文字"),
            (&noise, ""),
            (b"\x83\x65\x83\x58\x83\x67\x82\xcc\x95\xb6\x8f\x91\x82\xc5\x82\xb7\x81\x42", ""),
        ];
        for (bytes, part) in cases {
            let refusal = open(bytes).expect_err("no text");
            assert!(refusal.reason.zh.contains(part), "{}", refusal.reason.zh);
        }
    }

    #[test]
    fn dirt_in_a_text_does_not_make_it_binary() {
        let dirty = SAMPLE.repeat(3).replacen("一、", "\0一、\u{1b}[31m", 1);
        assert!(open(dirty.as_bytes()).is_ok());
    }
}
