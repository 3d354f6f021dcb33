//! 7Z. Files are compressed together in blocks, so a block is unpacked from its beginning to its end.

use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;

use sevenz_rust2::{Archive, ArchiveEntry, Block, BlockDecoder, EncoderMethod, Error, Password};

use super::name::Names;
use super::{
    CROWDED, DAMAGED, DAMAGED_MEMBER, ENCRYPTED, ENCRYPTED_WHOLE, MEMBERS, Member, NO_FILE, TOO_LARGE, Taker, Tally,
    UNKNOWN_METHOD, content, wording,
};
use crate::text::Wording;

pub(super) fn unpack(bytes: &[u8], take: Taker<'_>) -> Result<(), Wording> {
    if is_cut_off(bytes) {
        return Err(wording(DAMAGED));
    }
    let mut source = Cursor::new(bytes);
    let mut archive = Archive::read(&mut source, &Password::empty()).map_err(|error| why_closed(&error))?;
    // Directories count too: an archive of a million of them is no submission.
    if archive.files.len() > 2 * MEMBERS {
        return Err(wording(CROWDED));
    }
    archive.files.retain(|entry| !entry.is_directory && !entry.is_anti_item);
    let mut tally = Tally::new(bytes.len() as u64);
    for entry in &archive.files {
        tally.add(entry.size)?;
    }
    // The library takes the files of a block to follow each other, although empty ones may stand between them.
    let (files, empty): (Vec<_>, Vec<_>) = std::mem::take(&mut archive.files).into_iter().partition(|e| e.has_stream);
    archive.files = files;
    begin_blocks(&mut archive, &mut source)?;
    let mut names = Names::default();
    for block in 0..archive.blocks.len() {
        if unpack_block(&archive, block, &mut source, &mut names, take).is_break() {
            return Ok(());
        }
    }
    for entry in &empty {
        let content = if is_link(entry) { Err(wording(NO_FILE)) } else { Ok(Vec::new()) };
        if take(Member { path: path(&mut names, entry), content }).is_break() {
            break;
        }
    }
    Ok(())
}

/// Whether the list of files, which stands at the end, is not there in full.
fn is_cut_off(bytes: &[u8]) -> bool {
    /// Bytes before the packed files.
    const HEAD: u64 = 32;
    let number = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
    let (Some(offset), Some(size)) = (number(12), number(20)) else { return true };
    HEAD.saturating_add(offset).saturating_add(size) > bytes.len() as u64
}

/// Why an archive cannot even be listed.
fn why_closed(error: &Error) -> Wording {
    match error {
        Error::UnsupportedCompressionMethod(method) if method == EncoderMethod::AES256_SHA256.name() => {
            wording(ENCRYPTED_WHOLE)
        }
        Error::UnsupportedCompressionMethod(_) => wording(UNKNOWN_METHOD),
        _ => wording(DAMAGED),
    }
}

/// Tells the archive where the files of each block begin.
fn begin_blocks(archive: &mut Archive, source: &mut Cursor<&[u8]>) -> Result<(), Wording> {
    let password = Password::empty();
    let mut next = 0_usize;
    for block in 0..archive.blocks.len() {
        let count = BlockDecoder::new(1, block, archive, &password, source).entry_count();
        let first = archive.stream_map.block_first_file_index.get_mut(block).ok_or_else(|| wording(DAMAGED))?;
        *first = next;
        next = next.saturating_add(count);
    }
    if next == archive.files.len() { Ok(()) } else { Err(wording(DAMAGED)) }
}

/// Hands over the files of a block.
fn unpack_block(
    archive: &Archive,
    number: usize,
    source: &mut Cursor<&[u8]>,
    names: &mut Names,
    take: Taker<'_>,
) -> ControlFlow<()> {
    let password = Password::empty();
    let decoder = BlockDecoder::new(1, number, archive, &password, source);
    let first = archive.stream_map.block_first_file_index[number];
    let entries = &archive.files[first..first + decoder.entry_count()];
    let (mut delivered, mut broken, mut flow) = (0, false, ControlFlow::Continue(()));
    let mut deliver = |entry: &ArchiveEntry, content, delivered: &mut usize| {
        *delivered += 1;
        take(Member { path: path(names, entry), content })
    };
    let ended = if is_encrypted(&archive.blocks[number]) {
        Err(ENCRYPTED)
    } else {
        let read = decoder.for_each_entries(&mut |entry: &ArchiveEntry, from: &mut dyn Read| {
            let content = member(entry, from, &mut broken);
            flow = deliver(entry, content, &mut delivered);
            Ok(flow.is_continue())
        });
        read.map_err(|error| match error {
            Error::UnsupportedCompressionMethod(_) | Error::Unsupported(_) => UNKNOWN_METHOD,
            _ => DAMAGED_MEMBER,
        })
    };
    if let Err(reason) = ended {
        for entry in &entries[delivered..] {
            flow = deliver(entry, Err(wording(reason)), &mut delivered);
            if flow.is_break() {
                break;
            }
        }
    }
    flow
}

/// The content of a file, whose bytes come next from its block. Once `broken`, a block gives only what a checksum
/// vouches for.
fn member(entry: &ArchiveEntry, from: &mut dyn Read, broken: &mut bool) -> Result<Vec<u8>, Wording> {
    if *broken && !entry.has_crc {
        return Err(wording(DAMAGED_MEMBER));
    }
    let content = if is_link(entry) { Err(wording(NO_FILE)) } else { content(&mut *from, entry.size) };
    let refused = matches!(&content, Err(reason) if *reason == wording(NO_FILE) || *reason == wording(TOO_LARGE));
    if refused {
        // The next file begins where this one ends.
        *broken |= io::copy(from, &mut io::sink()).ok() != Some(entry.size);
    } else {
        *broken |= content.is_err();
    }
    content
}

fn path(names: &mut Names, entry: &ArchiveEntry) -> String {
    if entry.name.is_empty() { String::new() } else { names.give(entry.name.as_bytes()) }
}

fn is_encrypted(block: &Block) -> bool {
    block.coders.iter().any(|coder| coder.encoder_method_id() == EncoderMethod::ID_AES256_SHA256)
}

/// Whether the entry points to another file, by the attributes of Windows or of Unix.
const fn is_link(entry: &ArchiveEntry) -> bool {
    /// A reparse point of Windows.
    const REPARSE_POINT: u32 = 0x400;
    /// The upper half holds the mode of Unix.
    const UNIX: u32 = 0x8000;
    let attributes = entry.windows_attributes;
    let kind = (attributes >> 16) & 0o170_000;
    entry.has_windows_attributes
        && (attributes & REPARSE_POINT != 0 || attributes & UNIX != 0 && kind != 0 && kind != 0o100_000)
}

#[cfg(test)]
mod tests;
