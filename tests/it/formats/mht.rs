//! Web pages in one file with their parts (RFC 2557), as browsers and Word save them.

use crate::generate::encode::Encoding;

/// How the page within is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Carried {
    /// Quoted-printable UTF-8, as browsers do.
    Quoted,
    /// Base64 GB18030, as WPS does.
    Base64,
}

const BOUNDARY: &str = "----=_NextPart_000_0000_01DA0000.00000000";

pub(crate) fn render(page: &str, carried: Carried) -> Vec<u8> {
    let (charset, transfer, body) = match carried {
        Carried::Quoted => ("utf-8", "quoted-printable", quoted(page.as_bytes())),
        Carried::Base64 => ("gb2312", "base64", base64(&super::html::encode(page, Encoding::Gb18030))),
    };
    let image = base64(b"\x89PNG\r\n\x1a\n not really");
    format!(
        "From: <Saved by a browser>\r\nSubject: =?utf-8?B?5bm05oql?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"{BOUNDARY}\"\r\n\r\nThis is a multi-part message in MIME format.\r\n\r\n--{BOUNDARY}\r\nContent-Type: text/html;\r\n\tcharset=\"{charset}\"\r\nContent-Transfer-Encoding: {transfer}\r\nContent-Location: http://www.example.gov.cn/nb/1.html\r\n\r\n{body}\r\n--{BOUNDARY}\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: http://www.example.gov.cn/nb/qr.png\r\n\r\n{image}\r\n--{BOUNDARY}--\r\n"
    )
    .into_bytes()
}

/// Quoted-printable, RFC 2045, section 6.7: no line is longer than 76 characters.
fn quoted(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut line = 0;
    for &byte in bytes {
        if byte == b'\n' {
            text.push_str("\r\n");
            line = 0;
            continue;
        }
        let piece = if matches!(byte, b'!'..=b'<' | b'>'..=b'~' | b' ') {
            char::from(byte).to_string()
        } else {
            format!("={byte:02X}")
        };
        if line + piece.len() > 75 {
            text.push_str("=\r\n");
            line = 0;
        }
        line += piece.len();
        text.push_str(&piece);
    }
    text
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (index, group) in bytes.chunks(3).enumerate() {
        if index > 0 && index % 19 == 0 {
            text.push_str("\r\n");
        }
        let bits = (0..3).fold(0, |bits, at| bits << 8 | usize::from(group.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let letter = LETTERS[bits >> (18 - 6 * at) & 63];
            text.push(if at > group.len() { '=' } else { char::from(letter) });
        }
    }
    text
}
