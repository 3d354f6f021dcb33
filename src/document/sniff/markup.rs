//! Source for a program that looks like text: web pages, alone or with their parts, and what is neither.

use std::borrow::Cow;

use super::Kind;
use crate::document::encoding::utf16_without_mark;
use crate::document::{Encoding, Format};

/// How far into a file a declaration may stand.
const HEAD: usize = 8_192;

/// More closing tags than this are no slip of a text.
const TAGS: usize = 20;

/// Elements a page, or a piece of one, may begin with. `<br>` and `<b>` are not among them: they occur as slips.
const OPENINGS: [&[u8]; 30] = [
    b"html", b"head", b"body", b"meta", b"title", b"link", b"style", b"script", b"base", b"table", b"tbody", b"tr",
    b"div", b"p", b"span", b"font", b"center", b"form", b"section", b"article", b"main", b"header", b"nav", b"ul",
    b"ol", b"h1", b"h2", b"h3", b"h4", b"strong",
];

/// What `bytes` without a signature are, if they are source of some kind; `None` for plain text.
pub(super) fn sniff(bytes: &[u8]) -> Option<Kind> {
    let ascii = ascii(bytes);
    let body = skip_preliminaries(&ascii);
    let head = &body[..body.len().min(HEAD)];
    if is_mime(head) {
        return Some(Kind::Document(Format::Mht));
    }
    if body.starts_with(b"<?xml") || body.starts_with(b"<?mso-application") {
        return Some(xml(head));
    }
    if begins(body, b"<!doctype html") || opens_page(body) {
        return Some(Kind::Document(Format::Html));
    }
    let inner = body.strip_prefix(b"{").or_else(|| body.strip_prefix(b"[")).map(<[u8]>::trim_ascii_start);
    let quoted = inner.is_some_and(|inner| inner.starts_with(b"\"") || inner.starts_with(b"{"));
    if quoted && matches!(body.trim_ascii_end().last(), Some(b'}' | b']')) {
        return Some(Kind::Other("JSON"));
    }
    let mut closing = body.windows(3).filter(|w| w.starts_with(b"</") && w[2].is_ascii_alphabetic());
    closing.nth(TAGS).map(|_| Kind::Document(Format::Html))
}

/// The bytes, of UTF-16 those of its ASCII characters. In GB18030 no byte of a longer character is one of the
/// signs that matter here.
fn ascii(bytes: &[u8]) -> Cow<'_, [u8]> {
    let encoding = match bytes {
        [0xff, 0xfe, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16Be),
        _ if bytes.iter().take(HEAD).any(|&byte| byte == 0) => utf16_without_mark(bytes),
        _ => None,
    };
    let read: fn([u8; 2]) -> u16 = match encoding {
        Some(Encoding::Utf16Le) => u16::from_le_bytes,
        Some(Encoding::Utf16Be) => u16::from_be_bytes,
        _ => return Cow::Borrowed(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
    };
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| read(*pair)).filter(|unit| *unit != 0xfeff);
    units.map(|unit| u8::try_from(unit).ok().filter(u8::is_ascii).unwrap_or(b'?')).collect::<Vec<_>>().into()
}

/// Cuts off blanks and comments.
fn skip_preliminaries(mut text: &[u8]) -> &[u8] {
    loop {
        text = text.trim_ascii_start();
        let Some(comment) = text.strip_prefix(b"<!--") else { return text };
        let Some(end) = comment.windows(3).position(|w| w == b"-->") else { return text };
        text = &comment[end + 3..];
    }
}

fn begins(text: &[u8], lower: &[u8]) -> bool {
    text.get(..lower.len()).is_some_and(|start| start.eq_ignore_ascii_case(lower))
}

fn contains(text: &[u8], lower: &[u8]) -> bool {
    text.windows(lower.len()).any(|window| window.eq_ignore_ascii_case(lower))
}

/// Whether `text` begins with a tag of a page.
fn opens_page(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"<") else { return false };
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let ends = matches!(rest.get(length), Some(byte) if byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    ends && OPENINGS.iter().any(|name| rest[..length].eq_ignore_ascii_case(name))
}

/// What an XML file is.
fn xml(head: &[u8]) -> Kind {
    if contains(head, b"<html") {
        return Kind::Document(Format::Html);
    }
    let is_word = contains(head, b"Word.Document") || contains(head, b"/word/2003/wordml");
    if is_word { Kind::Document(Format::WordXml) } else { Kind::Other("XML") }
}

/// Whether `head` is the head of a message with parts (RFC 2045): fields, among them its type.
fn is_mime(head: &[u8]) -> bool {
    let mut fields = 0;
    for line in head.split(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return false;
        }
        if fields > 0 && line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|&byte| byte == b':') else { return false };
        if colon == 0 || !line[..colon].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-') {
            return false;
        }
        if begins(line, b"mime-version:")
            || begins(line, b"content-type:") && (contains(line, b"multipart/") || contains(line, b"text/html"))
        {
            return true;
        }
        fields += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "青溪县数据局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn a_page_is_known_by_its_content() {
        let html = Some(Kind::Document(Format::Html));
        let cases: [(&str, Option<Kind>); 22] = [
            ("\n<!DOCTYPE html><html><body>青溪</body></html>", html),
            ("<HTML xmlns:o=\"urn:schemas-microsoft-com:office:office\">", html),
            ("<!-- saved from url=(0030)http://www.example.gov.cn/ -->\n<html>", html),
            ("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\"><html>", html),
            ("<p style='text-align:center'>青溪县</p>", html),
            ("<table border=1><tr><td>0</table>", html),
            ("<title>年报</title>", html),
            ("<?xml version=\"1.0\"?><w>青溪</w>", Some(Kind::Other("XML"))),
            (
                "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Word.Document\"?><w:wordDocument>",
                Some(Kind::Document(Format::WordXml)),
            ),
            ("{\"title\": \"青溪\"}", Some(Kind::Other("JSON"))),
            ("[{\"title\": \"青溪\"}]", Some(Kind::Other("JSON"))),
            ("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", Some(Kind::Document(Format::Mht))),
            (
                "From: <Saved by Blink>\nSubject: a\nContent-Type: multipart/related;\n",
                Some(Kind::Document(Format::Mht)),
            ),
            ("From: =?gb2312?B?x+DPqA==?=\n\t=?x?=\nMime-Version: 1.0\n", Some(Kind::Document(Format::Mht))),
            ("From: 青溪县\n\nMime-Version: 1.0\n", None),
            ("[图文]青溪县", None),
            ("[1] 青溪县", None),
            ("<www.example.gov.cn>", None),
            ("<br>青溪县<br>", None),
            ("<《条例》>", None),
            ("<pre-2019>", None),
            ("", None),
        ];
        for (text, kind) in cases {
            assert_eq!(sniff(text.as_bytes()), kind, "{text}");
        }
    }

    #[test]
    fn a_text_with_stray_tags_stays_a_text() {
        for slip in ["网址：<www.example.gov.cn>", "0<br>0", "</td>", "a < b </b>"] {
            assert_eq!(sniff(format!("{TEXT}{slip}").as_bytes()), None, "{slip}");
        }
        let page = format!("{TEXT}{}", "<td>0</td>".repeat(30));
        assert_eq!(sniff(page.as_bytes()), Some(Kind::Document(Format::Html)));
    }

    #[test]
    fn the_encoding_makes_no_difference() {
        let page = format!("<html><head><title>a</title></head><body>{TEXT}</body></html>");
        let utf16 = |to_bytes: fn(u16) -> [u8; 2]| page.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>();
        let (le, be) = (utf16(u16::to_le_bytes), utf16(u16::to_be_bytes));
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            marked(b"\xef\xbb\xbf", page.as_bytes()),
            encoding_rs::GB18030.encode(&page).0.into_owned(),
            marked(b"\xff\xfe", &le),
            marked(b"\xfe\xff", &be),
            le,
            be,
        ] {
            assert_eq!(sniff(&bytes), Some(Kind::Document(Format::Html)), "{:?}", &bytes[..8]);
        }
    }
}
