//! Unpacking archives in memory: bytes in, members out, one after the other. Nothing touches a file system.
//!
//! An archive is looked through before its first member is handed out, so that one which is too large as a
//! whole is refused as a whole. Sizes that an archive declares are believed only as far as they are true.

mod gzip;
mod name;
mod package;
mod rar;
mod seven_zip;
mod tape;

use std::io::Read;
use std::ops::ControlFlow;

use crate::document::sniff::Archive;
use crate::text::{Wording, Words, words};

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Its path, `/`-separated, without anything that climbs; no other member has it. Empty where the archive
    /// gives none.
    pub(super) path: String,
    /// Its bytes, or why they cannot be had.
    pub(super) content: Result<Vec<u8>, Wording>,
}

/// Most members of an archive.
pub(super) const MEMBERS: usize = 2_000;

/// Largest member, in bytes: what is read of any file.
pub(super) const MEMBER: u64 = 128 << 20;

/// Most that the members of an archive hold together, in bytes.
pub(super) const TOTAL: u64 = 512 << 20;

/// How many times its own size an archive may hold …
const RATIO: u64 = 200;

/// … once it holds more than this.
const HARMLESS: u64 = 32 << 20;

/// The one who takes the members; [`ControlFlow::Break`] ends unpacking.
pub(super) type Taker<'a> = &'a mut dyn FnMut(Member) -> ControlFlow<()>;

/// Hands the members of the archive `bytes` to `take`, in their order.
///
/// # Errors
/// Why the archive as a whole, or what is left of it, cannot be unpacked.
pub(super) fn unpack(kind: Archive, bytes: &[u8], take: Taker<'_>) -> Result<(), Wording> {
    match kind {
        Archive::Zip => package::unpack(bytes, take),
        Archive::Tar => tape::unpack(&bytes, bytes.len() as u64, take),
        Archive::Gzip => gzip::unpack(bytes, take),
        Archive::SevenZip => seven_zip::unpack(bytes, take),
        Archive::Rar => rar::unpack(bytes, take),
    }
}

const BOMB: Words = words(
    "压缩包解开后过大（炸弹），未解开；请报送单位重新打包报送",
    "unpacked, the archive would be far too large (a bomb); it was not unpacked; ask for it to be packed again",
);
const CROWDED: Words = words(
    "压缩包内文件过多（上限 2000 个），未解开；请分开报送",
    "the archive holds more than 2,000 files; it was not unpacked; submit it in parts",
);
const DAMAGED: Words = words(
    "压缩包已损坏，解不开；请报送单位重新打包报送",
    "the archive is damaged and cannot be unpacked; ask for it to be packed again",
);
const DAMAGED_MEMBER: Words = words(
    "在压缩包里已损坏，解不开；请报送单位重新打包报送",
    "it is damaged within the archive and cannot be unpacked; ask for it to be packed again",
);
const ENCRYPTED_WHOLE: Words = words(
    "压缩包已加密，打不开；请报送单位去掉密码后重新报送",
    "the archive is encrypted and cannot be opened; ask for it without a password",
);
const ENCRYPTED: Words = words(
    "在压缩包里已加密，解不开；请报送单位去掉密码后重新报送",
    "it is encrypted within the archive; ask for it without a password",
);
const UNKNOWN_METHOD: Words = words(
    "压缩方式不支持，解不开；请解压后放入收件目录",
    "it is compressed by a method that is not supported; unpack it into the inbox",
);
const PART: Words = words(
    "是分卷压缩包的一卷，单独打不开；请合并解压后放入收件目录，或改用不分卷的压缩包报送",
    "one volume of an archive in several cannot be opened alone; unpack them together into the inbox, or submit one archive",
);
const NO_FILE: Words =
    words("是压缩包里的链接或设备，不是文件", "it is a link or a device within the archive, not a file");
const TOO_LARGE: Words =
    words("文件过大（上限 128 MiB），不是年度报告文本", "too large for the text of a report (the limit is 128 MiB)");

fn wording(words: Words) -> Wording {
    words.into()
}

/// Adds up what an archive holds, and says when it is too much.
#[derive(Debug)]
struct Tally {
    packed: u64,
    members: usize,
    unpacked: u64,
}

impl Tally {
    const fn new(packed: u64) -> Self {
        Self { packed, members: 0, unpacked: 0 }
    }

    /// Counts one more entry of `size` bytes.
    fn add(&mut self, size: u64) -> Result<(), Wording> {
        self.members += 1;
        self.unpacked = self.unpacked.saturating_add(size);
        if self.members > MEMBERS {
            return Err(wording(CROWDED));
        }
        if self.unpacked > TOTAL || self.unpacked > HARMLESS.max(self.packed.saturating_mul(RATIO)) {
            return Err(wording(BOMB));
        }
        Ok(())
    }
}

/// The content of a member that is said to have `size` bytes.
fn content(mut from: impl Read, size: u64) -> Result<Vec<u8>, Wording> {
    if size > MEMBER {
        return Err(wording(TOO_LARGE));
    }
    let mut bytes = Vec::new();
    let expected = usize::try_from(size).unwrap_or(usize::MAX);
    bytes.try_reserve_exact(expected.min(1 << 20)).map_err(|_| wording(TOO_LARGE))?;
    match from.by_ref().take(size + 1).read_to_end(&mut bytes) {
        Ok(read) if read as u64 == size => Ok(bytes),
        _ => Err(wording(DAMAGED_MEMBER)),
    }
}

#[cfg(test)]
mod tests;
