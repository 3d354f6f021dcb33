//! What a page says about its encoding.

use encoding_rs::{GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::document::Encoding;

/// How far into a page the declaration is looked for. The standard says 1024; pages put it later.
const HEAD: usize = 16_384;

/// The encoding that a page declares: `<meta charset>`, `<meta http-equiv content>` or the XML declaration.
pub(super) fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let meta = head.match_indices("<meta").find_map(|(at, _)| {
        let tag = &head[at..];
        named(&tag[..tag.find('>').unwrap_or(tag.len())], "charset")
    });
    let xml = || head.trim_start().strip_prefix("<?xml").and_then(|rest| named(rest.split("?>").next()?, "encoding"));
    meta.or_else(xml)
}

/// The encoding behind `key=` in `text`.
fn named(text: &str, key: &str) -> Option<Encoding> {
    let rest = text.split_once(key)?.1.trim_start().strip_prefix('=')?;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':')).unwrap_or(rest.len());
    by_label(&rest[..end])
}

/// The encoding of that name.
pub(in crate::document) fn by_label(label: &str) -> Option<Encoding> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    match encoding {
        _ if encoding == UTF_8 => Some(Encoding::Utf8),
        _ if encoding == GBK || encoding == GB18030 => Some(Encoding::Gb18030),
        _ if encoding == UTF_16LE => Some(Encoding::Utf16Le),
        _ if encoding == UTF_16BE => Some(Encoding::Utf16Be),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_declares_its_encoding_in_three_ways() {
        let cases = [
            ("<meta charset=\"utf-8\">", Some(Encoding::Utf8)),
            ("<META charset=gb2312 />", Some(Encoding::Gb18030)),
            (
                "<meta name=a content=b><meta http-equiv=Content-Type content=\"text/html; charset=GBK\">",
                Some(Encoding::Gb18030),
            ),
            ("<meta content='text/html;charset = gb18030' http-equiv='Content-Type'>", Some(Encoding::Gb18030)),
            ("<?xml version=\"1.0\" encoding=\"GB2312\"?><html>", Some(Encoding::Gb18030)),
            ("<meta charset=\"big5\">", None),
            ("<meta charset=\"\">", None),
            ("<meta charset", None),
            ("<html>charset=utf-8", None),
        ];
        for (page, encoding) in cases {
            assert_eq!(declared(page.as_bytes()), encoding, "{page}");
        }
    }
}
