//! GZIP: a compressed tape, or one compressed file.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::name::Names;
use super::tape::{self, Tape};
use super::{BOMB, DAMAGED, HARMLESS, Member, RATIO, TOTAL, Taker, Tally, content, wording};
use crate::document::sniff::{self, Archive, Kind};
use crate::text::Wording;

/// What is compressed, from its beginning, no more than an archive may hold.
struct Compressed<'a>(&'a [u8]);

impl Tape for Compressed<'_> {
    fn start(&self) -> impl Read {
        MultiGzDecoder::new(self.0).take(most(self.0))
    }
}

/// The most that `bytes` may hold.
fn most(bytes: &[u8]) -> u64 {
    TOTAL.min(HARMLESS.max((bytes.len() as u64).saturating_mul(RATIO)))
}

pub(super) fn unpack(bytes: &[u8], take: Taker<'_>) -> Result<(), Wording> {
    let damaged = |_| wording(DAMAGED);
    let whole = Compressed(bytes);
    // The size is known only at the end.
    let size = std::io::copy(&mut whole.start(), &mut std::io::sink()).map_err(damaged)?;
    if size >= most(bytes) {
        return Err(wording(BOMB));
    }
    let mut head = Vec::new();
    whole.start().take(sniff::TAR_HEAD).read_to_end(&mut head).map_err(damaged)?;
    if sniff::sniff(&head) == Kind::Archive(Archive::Tar) {
        return tape::unpack(&whole, bytes.len() as u64, take);
    }
    Tally::new(bytes.len() as u64).add(size)?;
    let decoder = MultiGzDecoder::new(bytes);
    let path = decoder.header().and_then(|header| header.filename()).map(|name| Names::default().give(name));
    // There is no other member to stop before.
    let _ = take(Member { path: path.unwrap_or_default(), content: content(whole.start(), size) });
    Ok(())
}
