//! TAR, of any of its dialects, plain or from a decompressor.

use std::io::Read;

use super::name::Names;
use super::{CROWDED, DAMAGED, MEMBERS, Member, NO_FILE, Taker, Tally, content, wording};
use crate::text::Wording;

/// Unpacks the tape that `tape` gives, each time from its beginning; the file has `packed` bytes.
pub(super) fn unpack<T: Tape>(tape: &T, packed: u64, take: Taker<'_>) -> Result<(), Wording> {
    let damaged = |_| wording(DAMAGED);
    let mut tally = Tally::new(packed);
    let mut entries = 0;
    for entry in tar::Archive::new(tape.start()).entries().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        entries += 1;
        if entries > 2 * MEMBERS {
            return Err(wording(CROWDED));
        }
        if !entry.header().entry_type().is_dir() {
            tally.add(entry.size())?;
        }
    }
    let mut names = Names::default();
    for entry in tar::Archive::new(tape.start()).entries().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        let kind = entry.header().entry_type();
        if kind.is_dir() || kind.is_pax_global_extensions() {
            continue;
        }
        let path = names.give(&entry.path_bytes());
        let size = entry.size();
        let plain = kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse();
        let content = if plain { content(entry, size) } else { Err(wording(NO_FILE)) };
        if take(Member { path, content }).is_break() {
            break;
        }
    }
    Ok(())
}

/// Something that can be read from its beginning more than once.
pub(super) trait Tape {
    /// Its bytes, from the beginning.
    fn start(&self) -> impl Read;
}

impl Tape for &[u8] {
    fn start(&self) -> impl Read {
        *self
    }
}
