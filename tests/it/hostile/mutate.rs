//! Damage of every kind, the same for the same number.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::generate::rng::Rng;

/// Figures that lengths and offsets are never meant to have.
const EXTREME: [u64; 8] =
    [0, 1, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_ffff, 0x7fff_ffff_ffff_ffff, 0xffff_ffff_ffff_ffff];

/// Characters that mean something in some format.
const MEANINGFUL: &[u8] = b"<>/\"'&;()[]{}\\|%#=\0\xff0123456789-R";

/// `bytes`, damaged; a package usually in one of its members, with its structure whole.
pub(super) fn mutate(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    if bytes.starts_with(b"PK") && rng.below(4) > 0 {
        repacked(bytes, rng).unwrap_or_else(|| damaged(bytes, rng))
    } else if bytes.starts_with(b"7z\xbc\xaf") && rng.below(4) > 0 {
        resealed(damaged(bytes, rng))
    } else {
        damaged(bytes, rng)
    }
}

/// A package with one member damaged, doubled, renamed or left out.
fn repacked(bytes: &[u8], rng: &mut Rng) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let victim = rng.below(archive.len().max(1));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).ok()?;
        let mut name = member.name().ok()?.into_owned();
        let mut content = Vec::new();
        member.read_to_end(&mut content).ok()?;
        if index == victim {
            match rng.below(8) {
                0 => continue,
                1 => name = format!("../../{name}"),
                2 => content.clear(),
                _ => content = damaged(&content, rng),
            }
        }
        let method = if rng.below(8) == 0 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(name, SimpleFileOptions::default().compression_method(method)).ok()?;
        writer.write_all(&content).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// A 7Z archive whose checksums agree with what became of it, as far as it still says where they stand.
fn resealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let number = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap());
    if bytes.len() < 32 {
        return bytes;
    }
    let sum = |bytes: &[u8]| {
        let mut sum = flate2::Crc::new();
        sum.update(bytes);
        sum.sum().to_le_bytes()
    };
    let list = (number(12).saturating_add(32), number(12).saturating_add(32).saturating_add(number(20)));
    let list = usize::try_from(list.0).and_then(|from| Ok(from..usize::try_from(list.1)?));
    if let Some(of_list) = list.ok().and_then(|list| bytes.get(list)).map(sum) {
        bytes[28..32].copy_from_slice(&of_list);
    }
    let of_head = sum(&bytes[12..32]);
    bytes[8..12].copy_from_slice(&of_head);
    bytes
}

/// Bytes with up to eight wounds.
fn damaged(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=rng.below(8) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.below(bytes.len());
        let longest = 1 << rng.below(12);
        let length = 1 + rng.below((bytes.len() - at).min(longest));
        let other = rng.below(bytes.len());
        match rng.below(9) {
            0 => bytes[at] ^= 1 << rng.below(8),
            1 => bytes[at] = MEANINGFUL[rng.below(MEANINGFUL.len())],
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..at + length)),
            4 => {
                let block = bytes[at..at + length].to_vec();
                for _ in 0..=rng.below(64) {
                    bytes.splice(other..other, block.iter().copied());
                }
            }
            5 => {
                let block = bytes[at..at + length].to_vec();
                let end = (other + length).min(bytes.len());
                bytes[other..end].copy_from_slice(&block[..end - other]);
            }
            6 => {
                let figure = EXTREME[rng.below(EXTREME.len())];
                let figure = if rng.below(2) == 0 { figure.to_le_bytes() } else { figure.to_be_bytes() };
                let end = (at + (1 << rng.below(4))).min(bytes.len());
                bytes[at..end].copy_from_slice(&figure[..end - at]);
            }
            7 => {
                // A number as it is written: 9999999999 for what stood there.
                let digits = bytes[at..].iter().position(u8::is_ascii_digit).map_or(at, |digit| at + digit);
                let figure = EXTREME[rng.below(EXTREME.len())].to_string();
                bytes.splice(digits..(digits + 1).min(bytes.len()), figure.bytes());
            }
            _ => bytes[at..at + length].fill(MEANINGFUL[rng.below(MEANINGFUL.len())]),
        }
        bytes.truncate(4 << 20);
    }
    bytes
}
