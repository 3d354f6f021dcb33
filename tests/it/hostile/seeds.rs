//! Files of every format to begin from: small ones made here, and whatever lies among the fixtures.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::archives::zipped;
use crate::program::balanced;

/// All of them, by name.
pub(super) fn all() -> Vec<(String, Vec<u8>)> {
    let mut seeds = built();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for directory in
        ["tests/it/fixtures", "tests/it/office", "tests/it/archives", "samples/complete", "samples/damaged"]
    {
        collect(&root.join(directory), &mut seeds);
    }
    // Real reports, where there are any beside the project.
    if let Some(reports) = std::env::var_os("NIANSHEN_REPORTS") {
        collect(&Path::new(&reports).join("real"), &mut seeds);
    }
    seeds
}

fn collect(directory: &Path, seeds: &mut Vec<(String, Vec<u8>)>) {
    let Ok(entries) = fs::read_dir(directory) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, seeds);
        } else if let Ok(bytes) = fs::read(&path) {
            seeds.push((path.file_name().unwrap().to_string_lossy().into_owned(), bytes));
        }
    }
}

/// The small ones.
pub(super) fn built() -> Vec<(String, Vec<u8>)> {
    let archive = zipped(&[("a.docx", &docx()), ("b.txt", balanced().as_bytes())]);
    [
        ("html", html().into_bytes()),
        ("mht", mht().into_bytes()),
        ("docx", docx()),
        ("xml", word_xml().into_bytes()),
        ("odt", odt()),
        ("pdf", pdf()),
        ("zip", archive),
    ]
    .map(|(name, bytes)| (format!("seed.{name}"), bytes))
    .into()
}

/// The report as paragraphs, and a table of its figures.
fn body(paragraph: [&str; 2], table: [&str; 2], row: [&str; 2], cell: [&str; 2]) -> String {
    let mut body = String::new();
    for line in balanced().lines() {
        write!(body, "{}{line}{}", paragraph[0], paragraph[1]).unwrap();
    }
    body.push_str(table[0]);
    for line in balanced().lines().filter(|line| line.ends_with(" 0 0")) {
        body.push_str(row[0]);
        for word in line.split(' ') {
            write!(body, "{}{word}{}", cell[0], cell[1]).unwrap();
        }
        body.push_str(row[1]);
    }
    body.push_str(table[1]);
    body
}

pub(super) fn html() -> String {
    let body = body(["<p>", "</p>\n"], ["<table>", "</table>"], ["<tr>", "</tr>\n"], ["<td colspan=\"1\">", "</td>"]);
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>年度报告</title></head><body>{body}</body></html>"
    )
}

fn mht() -> String {
    let page = html();
    format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"--b\"\r\n\r\n----b\r\n\
         Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: 8bit\r\n\
         Content-Location: file:///a.htm\r\n\r\n{page}\r\n----b--\r\n"
    )
}

pub(super) fn docx() -> Vec<u8> {
    let text = |open: &'static str, close: &'static str| [open, close];
    let body = body(
        text("<w:p><w:r><w:t>", "</w:t></w:r></w:p>"),
        text("<w:tbl>", "</w:tbl>"),
        text("<w:tr>", "</w:tr>"),
        text("<w:tc><w:tcPr><w:gridSpan w:val=\"1\"/></w:tcPr><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:tc>"),
    );
    word(&format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    ))
}

/// The same as Word 2003 writes it.
fn word_xml() -> String {
    let body = body(
        ["<w:p><w:r><w:t>", "</w:t></w:r></w:p>"],
        ["<w:tbl>", "</w:tbl>"],
        ["<w:tr>", "</w:tr>"],
        ["<w:tc><w:tcPr><w:vmerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:tc>"],
    );
    format!(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument \
         xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\" \
         xmlns:wx=\"http://schemas.microsoft.com/office/word/2003/auxHint\"><w:body><wx:sect>{body}</wx:sect></w:body>\
         </w:wordDocument>"
    )
}

/// A DOCX whose main part is `document`.
pub(super) fn word(document: &str) -> Vec<u8> {
    const TYPES: &str = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Override PartName=\"/word/document.xml\" \
        ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    const RELATIONS: &str = "<?xml version=\"1.0\"?>\
        <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
        Target=\"word/document.xml\"/></Relationships>";
    zipped(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

fn odt() -> Vec<u8> {
    let body = body(
        ["<text:p>", "</text:p>"],
        ["<table:table>", "</table:table>"],
        ["<table:table-row>", "</table:table-row>"],
        ["<table:table-cell table:number-columns-spanned=\"1\"><text:p>", "</text:p></table:table-cell>"],
    );
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body><office:text>{body}</office:text>\
         </office:body></office:document-content>"
    );
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

/// Objects of a PDF, put together with their table of places.
pub(super) fn pdf_of(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        write!(file, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let table = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).unwrap();
    file.into_bytes()
}

/// A page of Latin letters between ruled lines.
fn pdf() -> Vec<u8> {
    let mut content = String::from("BT /F1 10 Tf 14 TL 72 770 Td\n");
    for line in 0..40 {
        writeln!(content, "(Annual report line {line} of figures 1 2 3) Tj T*").unwrap();
    }
    content.push_str("ET\n72 100 m 500 100 l S 72 200 m 500 200 l S 72 100 m 72 200 l S\n");
    pdf_of(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}endstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ])
}
