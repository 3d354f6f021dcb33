//! A web page saved with its parts in one file (RFC 2557): the page is found, decoded and read as one.

use std::borrow::Cow;

use super::{Document, Encoding, Format, Refusal, html};
use crate::text::Wording;

/// Deepest nesting of parts in parts.
const DEPTH: usize = 5;

/// Most parts that are looked at.
const PARTS: usize = 10_000;

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where there is no page in it, or the page is none that can be read.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut parts = Vec::new();
    let whole = Part::of(bytes);
    whole.leaves(DEPTH, &mut parts);
    let start = whole.parameter("start");
    let is_start = |part: &&Part<'_>| start.is_some() && part.field("content-id") == start.as_deref();
    let of_type = |wanted: &'static str| parts.iter().find(move |part| part.media_type().eq_ignore_ascii_case(wanted));
    let page = parts.iter().find(is_start).filter(|part| part.media_type().to_ascii_lowercase().contains("html"));
    let page = page.or_else(|| of_type("text/html")).or_else(|| of_type("application/xhtml+xml"));
    let Some(page) = page.or_else(|| of_type("text/plain")) else {
        return Err(Refusal::of(
            Format::Mht,
            Wording::new(
                "文件里没有网页；请在浏览器中重新保存后报送",
                "there is no page in the file; save it again from a browser",
            ),
        ));
    };
    html::open_part(&page.decoded(), page.encoding(), Format::Mht)
}

/// A part of a message: the fields of its head, and its body (RFC 2045).
struct Part<'a> {
    fields: Vec<(String, String)>,
    body: &'a [u8],
}

impl<'a> Part<'a> {
    /// Reads head and body.
    fn of(bytes: &'a [u8]) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut rest = bytes.trim_ascii_start();
        while !rest.is_empty() {
            let end = rest.iter().position(|&byte| byte == b'\n').map_or(rest.len(), |at| at + 1);
            let line = String::from_utf8_lossy(rest[..end].trim_ascii_end()).into_owned();
            rest = &rest[end..];
            if line.is_empty() {
                break;
            }
            match (line.starts_with([' ', '\t']), fields.last_mut(), line.split_once(':')) {
                (true, Some((_, value)), _) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (_, _, Some((name, value))) => {
                    fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
                _ => {}
            }
        }
        Self { fields, body: rest }
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn media_type(&self) -> &str {
        self.field("content-type").and_then(|value| value.split(';').next()).unwrap_or("text/plain").trim()
    }

    /// A parameter of the content type.
    fn parameter(&self, name: &str) -> Option<String> {
        let value = self.field("content-type")?;
        let mut rest = value.split_once(';')?.1;
        loop {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let (value, next) = match after.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => after.split_once(';').unwrap_or((after, "")),
            };
            if key.trim_matches(|c: char| c.is_whitespace() || c == ';').eq_ignore_ascii_case(name) {
                return Some(value.trim().to_owned());
            }
            rest = next;
        }
    }

    fn encoding(&self) -> Option<Encoding> {
        html::encoding_by_label(&self.parameter("charset")?)
    }

    /// The parts that have no parts themselves.
    fn leaves(self: &Part<'a>, depth: usize, leaves: &mut Vec<Part<'a>>) {
        let boundary = self.parameter("boundary").filter(|boundary| !boundary.is_empty());
        let is_multipart = self.media_type().to_ascii_lowercase().starts_with("multipart/");
        let Some(boundary) = boundary.filter(|_| is_multipart && depth > 0) else {
            leaves.push(Part { fields: self.fields.clone(), body: self.body });
            return;
        };
        for body in split(self.body, boundary.as_bytes()) {
            if leaves.len() >= PARTS {
                return;
            }
            Part::of(body).leaves(depth - 1, leaves);
        }
    }

    /// The body as it was before it was made fit for mail.
    fn decoded(&self) -> Cow<'a, [u8]> {
        let encoding = self.field("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
        match encoding.trim() {
            "base64" => Cow::Owned(base64(self.body)),
            "quoted-printable" => Cow::Owned(quoted_printable(self.body)),
            _ => Cow::Borrowed(self.body),
        }
    }
}

/// The stretches between the lines that begin with two hyphens and `boundary`.
fn split<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let (mut at, mut start) = (0, None);
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let mark = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary));
        let rest = mark.map(<[u8]>::trim_ascii_end);
        if matches!(rest, Some(b"" | b"--")) {
            if let Some(start) = start {
                parts.push(&body[start..at]);
            }
            start = (rest == Some(b"")).then_some(at + line.len());
            if parts.len() >= PARTS {
                return parts;
            }
        }
        at += line.len();
    }
    parts.extend(start.map(|start| &body[start..]));
    parts
}

fn base64(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for &byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 & 0xff_ffff | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}

fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'=' {
            bytes.push(*first);
            continue;
        }
        if let [high, low, after @ ..] = rest
            && let (Some(high), Some(low)) = (digit(high), digit(low))
        {
            bytes.push(high << 4 | low);
            rest = after;
            continue;
        }
        // At the end of a line it says that the line goes on; blanks may have crept in behind it.
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        match rest.get(blanks) {
            Some(b'\n') => rest = &rest[blanks + 1..],
            None => rest = &[],
            Some(_) => bytes.push(b'='),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;

    use super::super::Block;
    use super::*;

    const PAGE: &str = "<html><body><p>青溪县数据局2024年政府信息公开工作年度报告</p><p>一、总体情况</p>\
                        <table><tr><td>规章<td>0<td>=1</table></body></html>";

    fn quoted(bytes: &[u8]) -> String {
        let mut text = String::new();
        for (index, byte) in bytes.iter().enumerate() {
            if byte.is_ascii_alphanumeric() || b"<>/".contains(byte) {
                text.push(char::from(*byte));
            } else {
                text.push_str(&format!("={byte:02X}"));
            }
            if index % 20 == 19 {
                text.push_str("=\r\n");
            }
        }
        text
    }

    fn base64_of(bytes: &[u8]) -> String {
        const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for chunk in bytes.chunks(3) {
            let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
            for place in 0..4 {
                let digit = char::from(DIGITS[(bits >> (18 - 6 * place) & 63) as usize]);
                text.push(if place > chunk.len() { '=' } else { digit });
            }
            if text.len() % 77 == 76 {
                text.push('\n');
            }
        }
        text
    }

    fn related(parameters: &str, parts: &[(&str, &str)]) -> Vec<u8> {
        let mut text = format!(
            "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?=E5=B9=B4?=\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related;\r\n\ttype=\"text/html\";{parameters}\r\n\tboundary=\"----=_Next\"\r\n\r\n\r\n"
        );
        for (head, body) in parts {
            text.push_str(&format!("------=_Next\r\n{head}\r\n\r\n{body}\r\n"));
        }
        text.push_str("------=_Next--\r\n");
        text.into_bytes()
    }

    #[test]
    fn the_page_is_found_however_it_is_wrapped() {
        let gb = GB18030.encode(PAGE).0.into_owned();
        let picture = ("Content-Type: image/png\r\nContent-Transfer-Encoding: base64", "iVBORw0KGgo=");
        let page = quoted(PAGE.as_bytes());
        let gb_page = quoted(&gb);
        let base = base64_of(PAGE.as_bytes());
        let utf8 = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable";
        let gb2312 = "Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=\"gb2312\"";
        let cases: Vec<(&str, Vec<u8>, Encoding)> = vec![
            ("quoted-printable", related("", &[(utf8, &page), picture]), Encoding::Utf8),
            ("gb2312", related("", &[picture, (gb2312, &gb_page)]), Encoding::Gb18030),
            (
                "base64",
                related("", &[("Content-Type: text/html\r\nContent-Transfer-Encoding: base64", &base)]),
                Encoding::Utf8,
            ),
            (
                "start",
                related(
                    "\r\n\tstart=\"<main@x>\";",
                    &[("Content-Type: text/html", "<p>框架</p>"), (&format!("Content-ID: <main@x>\r\n{utf8}"), &page)],
                ),
                Encoding::Utf8,
            ),
            (
                "nested",
                related(
                    "",
                    &[(
                        "Content-Type: multipart/alternative; boundary=in",
                        &format!("--in\r\n{utf8}\r\n\r\n{page}\r\n--in--"),
                    )],
                ),
                Encoding::Utf8,
            ),
            ("alone", format!("MIME-Version: 1.0\r\n{utf8}\r\n\r\n{page}").into_bytes(), Encoding::Utf8),
        ];
        let plain = html::open_part(PAGE.as_bytes(), None, Format::Mht).expect("page").blocks;
        assert_eq!(plain.iter().filter(|block| matches!(block, Block::Table(_))).count(), 1);
        for (name, bytes, encoding) in cases {
            let document = super::super::open(&bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
            assert_eq!((document.format, document.encoding), (Format::Mht, Some(encoding)), "{name}");
            assert_eq!(document.blocks, plain, "{name}");
        }
    }

    #[test]
    fn without_a_page_it_is_refused() {
        let picture = ("Content-Type: image/png\r\nContent-Transfer-Encoding: base64", "iVBORw0KGgo=");
        for bytes in [related("", &[picture]), related("", &[])] {
            let refusal = open(&bytes).expect_err("no page");
            assert!(refusal.format == Some(Format::Mht) && refusal.reason.zh.contains("没有"), "{refusal:?}");
        }
    }

    #[test]
    fn transfer_encodings() {
        assert_eq!(quoted_printable(b"a=3D=\r\nb= \r\nc=4"), b"a=bc=4");
        assert_eq!(quoted_printable(b"x="), b"x");
        assert_eq!(base64(b"YWJj\r\nZGU="), b"abcde");
        assert_eq!(base64(b""), b"");
    }
}
