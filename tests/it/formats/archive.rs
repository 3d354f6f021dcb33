//! Archives of reports.

use std::io::Cursor;

use flate2::Compression;
use flate2::write::GzEncoder;

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
