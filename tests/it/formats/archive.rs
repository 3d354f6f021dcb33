//! Archives of reports: each member is read as if it lay in the inbox by itself.

use std::io::Cursor;

use flate2::Compression;
use flate2::write::GzEncoder;
use nianshen::document;
use nianshen::reader::{File, Reader};

use super::docx::Manner as Docx;
use super::html::Manner as Html;
use super::pdf::Font;
use super::shape::{Shape, plain};
use super::workbook::Manner as Book;

/// A ZIP file without compression whose names are in GBK, as Windows writes them. The writer library
/// knows only UTF-8, so this is written by hand.
pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut directory = Vec::new();
    for (name, bytes) in members {
        let name = encoding_rs::GBK.encode(name).0.into_owned();
        let offset = u32::try_from(file.len()).unwrap();
        let size = u32::try_from(bytes.len()).unwrap();
        let mut common = Vec::new();
        // Version, flags, method, time, date.
        common.extend([20_u16, 0, 0, 0, 0x5a21].into_iter().flat_map(u16::to_le_bytes));
        common.extend([checksum(bytes), size, size].into_iter().flat_map(u32::to_le_bytes));
        common.extend([u16::try_from(name.len()).unwrap(), 0].into_iter().flat_map(u16::to_le_bytes));
        file.extend(b"PK\x03\x04");
        file.extend(&common);
        file.extend(&name);
        file.extend(*bytes);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&common);
        // Comment, disk, internal and external attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(&name);
    }
    let start = u32::try_from(file.len()).unwrap();
    let count = u16::try_from(members.len()).unwrap();
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend([count, count].into_iter().flat_map(u16::to_le_bytes));
    file.extend([u32::try_from(directory.len()).unwrap(), start].into_iter().flat_map(u32::to_le_bytes));
    file.extend([0; 2]);
    file
}

/// The check sum of a ZIP member.
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}

/// A tar archive, compressed by gzip.
pub(crate) fn tar_gz(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, Cursor::new(bytes)).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

/// The members of an archive with what was made of each.
fn opened(name: &str, bytes: &[u8]) -> Vec<(Option<String>, Result<document::Document, document::Refusal>)> {
    let mut members = Vec::new();
    let file = File { name, bytes, admits: &|_| true };
    Reader::in_process().open(file, &mut |opened| members.push((opened.member, opened.document)));
    members.sort_by(|a, b| a.0.cmp(&b.0));
    members
}

#[test]
fn members_are_read_like_files() {
    let shapes = [
        ("报送/文件.docx", Shape::Docx(Docx::Plain)),
        ("报送/表格.xlsx", Shape::Xlsx(Book::OneSheet)),
        ("报送/打印稿.pdf", Shape::Pdf(plain(Font::Gbk))),
        ("网页.html", Shape::Html(Html::Clean)),
    ];
    let mut files: Vec<(&str, Vec<u8>)> = (0..)
        .zip(shapes)
        .map(|(seed, (name, shape))| (name, shape.write(&super::recipe(seed).draft()).bytes))
        .collect();
    files.push(("文字稿.txt", super::Content::of(&super::recipe(4).draft()).text().into_bytes()));
    files.sort();
    let members: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let alone: Vec<_> = members.iter().map(|(name, bytes)| (Some((*name).to_owned()), document::open(bytes))).collect();
    assert_eq!(opened("年报.zip", &zip(&members)), alone);
    assert_eq!(opened("年报.tar.gz", &tar_gz(&members)), alone);
    let nested = zip(&[("外层.zip", &zip(&members))]);
    let names: Vec<_> = opened("年报.zip", &nested).into_iter().map(|(member, _)| member.unwrap()).collect();
    assert_eq!(names, members.iter().map(|(name, _)| format!("外层.zip!{name}")).collect::<Vec<_>>());
}
