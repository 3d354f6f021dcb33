//! Files made to do harm, each in its own way.

use std::fmt::Write as _;

use super::seeds::{pdf_of, word};
use crate::archives::zipped;

/// How deep is deep.
const DEEP: usize = 200_000;

pub(super) fn all() -> Vec<(&'static str, Vec<u8>)> {
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let in_word = |body: &str| word(&format!("<w:document xmlns:w=\"{space}\"><w:body>{body}</w:body></w:document>"));
    let nested = |open: &str, close: &str| format!("{}x{}", open.repeat(DEEP), close.repeat(DEEP));
    let page = |body: &str| format!("<!DOCTYPE html><html><body>{body}</body></html>").into_bytes();
    vec![
        ("a DOCX of nested tables", in_word(&nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"))),
        ("a DOCX of nested boxes", in_word(&nested("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"))),
        ("a DOCX with a bomb of entities", word(&entities("w:document"))),
        ("a DOCX with a file of somebody else", word(
            "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><w:document><w:body>&e;</w:body></w:document>",
        )),
        ("a DOCX with a span beyond all columns", in_word(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"4294967295\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>",
        )),
        ("a DOCX that unpacks to gigabytes", zipped(&[
            ("[Content_Types].xml", b"<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"),
            ("word/document.xml", &vec![b' '; 300 << 20]),
        ])),
        ("a DOCX of a million paragraphs", in_word(&"<w:p><w:r><w:t>a</w:t></w:r></w:p>".repeat(1_000_000))),
        ("an OFD that climbs", zipped(&[(
            "OFD.xml",
            b"<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:DocBody><ofd:DocRoot>../../../etc/passwd</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )])),
        ("an ODT with a row repeated for ever", zipped(&[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", repeated().as_bytes()),
        ])),
        ("a page of nested tables", page(&nested("<table><tr><td>", "</td></tr></table>"))),
        ("a page of nested blocks", page(&nested("<div>", "</div>"))),
        ("a page with huge spans", page(&format!(
            "<table>{}</table>",
            "<tr><td rowspan=\"65534\" colspan=\"65534\">x</td></tr>".repeat(1000),
        ))),
        ("a page of open tags", page(&"<b><i><a><td><tr><table><p><li>".repeat(20_000))),
        ("a PDF whose pages are their own children", pdf_of(&[
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 /Parent 2 0 R >>".to_owned(),
        ])),
        ("a PDF of references to themselves", pdf_of(&[
            "1 0 R".to_owned(),
            "3 0 R".to_owned(),
            "2 0 R".to_owned(),
        ])),
        ("a PDF of a million empty pages", pages()),
        ("a PDF of nested arrays", pdf_of(&[
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!("<< /Type /Pages /Kids {}{} >>", "[".repeat(DEEP), "]".repeat(DEEP)),
        ])),
        ("a PDF form that draws itself", form()),
        ("a ZIP of ZIPs", (0..40).fold(zipped(&[("a.txt", b"x")]), |inner, _| zipped(&[("a.zip", &inner)]))),
        ("nothing but a signature", b"PK\x03\x04".to_vec()),
        ("a compound file of nothing", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0xff; 4096]].concat()),
        ("an RTF of braces", [b"{\\rtf1".as_slice(), "{".repeat(DEEP * 4).as_bytes()].concat()),
    ]
}

/// A document of ten entities, each ten times the one before.
fn entities(root: &str) -> String {
    let mut text = format!("<!DOCTYPE {root} [<!ENTITY e0 \"0123456789\">");
    for level in 1..12 {
        let before = format!("&e{};", level - 1).repeat(10);
        write!(text, "<!ENTITY e{level} \"{before}\">").unwrap();
    }
    write!(text, "]><{root}>&e11;</{root}>").unwrap();
    text
}

fn repeated() -> String {
    "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
     xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
     xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body><office:text><table:table>\
     <table:table-row table:number-rows-repeated=\"1000000000\">\
     <table:table-cell table:number-columns-repeated=\"1000000000\"><text:p>x</text:p></table:table-cell>\
     </table:table-row></table:table></office:text></office:body></office:document-content>"
        .to_owned()
}

/// A tree of pages, each node the same ten children.
fn pages() -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned()];
    for level in 2..8 {
        let child = format!("{} 0 R ", level + 1).repeat(10);
        objects.push(format!("<< /Type /Pages /Kids [{child}] /Count 1000000 >>"));
    }
    objects.push("<< /Type /Page /MediaBox [0 0 595 842] >>".to_owned());
    pdf_of(&objects)
}

fn form() -> Vec<u8> {
    let stream =
        |head: &str, content: &str| format!("<< {head} /Length {} >>\nstream\n{content}\nendstream", content.len());
    pdf_of(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
            .to_owned(),
        stream("", "/X Do /X Do"),
        stream("/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 5 0 R >> >>", "/X Do /X Do"),
    ])
}
