//! ZIP. Entries are taken from the central directory one by one, so that two of the same name are two.

use std::io::Cursor;

use zip::read::Config;
use zip::unstable::read::ZipIterable;
use zip::{CompressionMethod, ZipReadOptions};

use super::name::{Names, is_directory};
use super::{
    CROWDED, DAMAGED, DAMAGED_MEMBER, ENCRYPTED, MEMBERS, Member, NO_FILE, Taker, Tally, UNKNOWN_METHOD, content,
    wording,
};
use crate::text::Wording;

pub(super) fn unpack(bytes: &[u8], take: Taker<'_>) -> Result<(), Wording> {
    let damaged = |_| wording(DAMAGED);
    let mut archive = ZipIterable::try_new(Cursor::new(bytes), Config::default()).map_err(damaged)?;
    // Directories count too: an archive of a million of them is no submission.
    if archive.len() > 2 * MEMBERS {
        return Err(wording(CROWDED));
    }
    let mut tally = Tally::new(bytes.len() as u64);
    for entry in archive.files().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        if !is_directory(entry.name_raw()) {
            tally.add(entry.size())?;
        }
    }
    let mut names = Names::default();
    let mut reader = Cursor::new(bytes);
    for entry in archive.files().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        if is_directory(entry.name_raw()) {
            continue;
        }
        let path = names.give(entry.name_raw());
        let size = entry.size();
        let content = if entry.encrypted() {
            Err(wording(ENCRYPTED))
        } else if entry.is_symlink() {
            Err(wording(NO_FILE))
        } else if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            Err(wording(UNKNOWN_METHOD))
        } else {
            entry
                .with_reader(&mut reader, ZipReadOptions::new())
                .map_err(|_| wording(DAMAGED_MEMBER))
                .and_then(|file| content(file, size))
        };
        if take(Member { path, content }).is_break() {
            break;
        }
    }
    Ok(())
}
