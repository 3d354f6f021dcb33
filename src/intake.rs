//! The inbox as a place where files arrive: which of them are submissions, when one has arrived
//! completely, and its bytes. What is in a file is not known here.
//!
//! A file is looked at before it is opened: what is no regular file (a pipe, a socket, a device) is never
//! opened, and opening never waits. What cannot be read is refused with its reason, as any other
//! file that is no report.

mod filesystem;
mod names;
mod notice;
pub mod scan;
pub mod settle;
pub mod status;
pub mod watch;

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use self::scan::Found;
use crate::text::{Wording, is_printable};

/// The largest file that is read, in bytes. A report as text has some 10 kB; a scan, or an archive of the reports
/// of a county, can be larger by far.
pub const LIMIT: u64 = 128 << 20;

/// A file as it lies in the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Where it lies.
    pub path: PathBuf,
    /// How it is called: [`name`] of its path below the inbox, or as the operator typed it.
    pub name: String,
}

/// What tells one state of a file from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Size in bytes.
    pub size: u64,
    /// When its content was last written.
    pub modified: SystemTime,
    /// When anything about it was last changed, in nanoseconds; 0 where the system does not say.
    pub changed: i128,
    /// Device and number of the file; `None` where the system has none.
    pub inode: Option<(u64, u64)>,
    /// When the file came to be; `None` where the system does not say.
    pub born: Option<SystemTime>,
}

/// A later change may leave the same times as long as no more than this has passed since: file systems count in
/// steps of up to two seconds.
const COARSE: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp in `metadata`.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let (changed, inode) = {
            use std::os::unix::fs::MetadataExt as _;
            let changed = i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec());
            (changed, Some((metadata.dev(), metadata.ino())))
        };
        #[cfg(not(unix))]
        let (changed, inode) = (0, None);
        let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        Self { size: metadata.len(), modified, changed, inode, born: metadata.created().ok() }
    }

    /// Whether `other` is the same file, perhaps under another name, perhaps changed. The number of a file is given
    /// away again once it is deleted: where it is not known when files came to be, only unchanged ones are the same.
    #[must_use]
    pub fn is_same_file(&self, other: &Self) -> bool {
        let is_same = self.born.is_some() && self.born == other.born;
        self.inode.is_some()
            && self.inode == other.inode
            && (is_same || (self.born.is_none() && other.born.is_none() && self.is_same_content(other)))
    }

    /// Whether size and time of the content are the same.
    #[must_use]
    pub fn is_same_content(&self, other: &Self) -> bool {
        (self.size, self.modified) == (other.size, other.modified)
    }

    /// Whether a file that still has this stamp is certain to have the content it had at `read`. It is not if it was
    /// changed just before, or in the future: then a later change may show the same times.
    #[must_use]
    pub fn is_firm(&self, read: SystemTime) -> bool {
        let nanos = self.changed.max(0);
        let seconds = u64::try_from(nanos / 1_000_000_000).unwrap_or(u64::MAX);
        let Some(changed) = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)) else { return false };
        [self.modified, changed].into_iter().all(|time| read.duration_since(time).is_ok_and(|age| age > COARSE))
    }
}

/// The content of a file and when it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When they were last written.
    pub modified: SystemTime,
    /// The state of the file with these bytes.
    pub stamp: Stamp,
}

/// Why a file gave no content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There is no such file (any more).
    Vanished,
    /// It may not be opened.
    Denied(Wording),
    /// It was written to while it was read.
    Changing,
    /// It is not for reading.
    Unfit(Wording),
}

impl Failure {
    /// The reason, for the operator.
    #[must_use]
    pub fn reason(&self) -> Wording {
        match self {
            Self::Vanished => Wording::new("文件不存在或已被移走", "the file does not exist or was taken away"),
            Self::Changing => Wording::new(
                "读取时文件正在变化，请在写完后再审",
                "it changed while it was read; audit it once it is complete",
            ),
            Self::Denied(reason) | Self::Unfit(reason) => reason.clone(),
        }
    }

    /// The failure behind an error of the system.
    #[must_use]
    pub fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Vanished,
            io::ErrorKind::PermissionDenied => {
                Self::Denied(Wording::new("没有读取权限，请核对文件权限", "no permission to read it; check its mode"))
            }
            _ => Self::Unfit(Wording::new(format!("读取失败：{error}"), format!("cannot be read: {error}"))),
        }
    }
}

/// Reads the file at `path`, if it is a regular file of at most [`LIMIT`] bytes that does not change
/// meanwhile.
///
/// # Errors
/// The reason why not.
pub fn read(path: &Path) -> Result<Content, Failure> {
    read_if(path, |_| true)
}

/// Reads a file that was found, as [`read`] does. Where it was seen to be complete, what has come in its place since
/// is not read, wherever a link may lead: another look will follow.
///
/// # Errors
/// The reason why not.
pub fn read_found(found: &Found) -> Result<Content, Failure> {
    read_if(&found.submission.path, |stamp| {
        found.stamp.is_none_or(|seen| seen.inode == stamp.inode && seen.is_same_content(stamp))
    })
}

fn read_if(path: &Path, is_expected: impl Fn(&Stamp) -> bool) -> Result<Content, Failure> {
    let before = std::fs::metadata(path).map_err(|error| Failure::of(&error))?;
    regular(&before)?;
    let mut file = open(path).map_err(|error| Failure::of(&error))?;
    let metadata = file.metadata().map_err(|error| Failure::of(&error))?;
    regular(&metadata)?;
    let stamp = Stamp::of(&metadata);
    if !is_expected(&stamp) {
        return Err(Failure::Changing);
    }
    if stamp.size > LIMIT {
        return Err(too_large(stamp.size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(stamp.size).unwrap_or(0));
    (&mut file).take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| Failure::of(&error))?;
    let read = bytes.len() as u64;
    if read > LIMIT {
        return Err(too_large(read));
    }
    let after = Stamp::of(&file.metadata().map_err(|error| Failure::of(&error))?);
    if read != stamp.size || (after.size, after.modified) != (stamp.size, stamp.modified) {
        return Err(Failure::Changing);
    }
    Ok(Content { bytes, modified: stamp.modified, stamp })
}

/// Looks whether the file at `path` is there and may be opened; what is no regular file is not opened.
///
/// # Errors
/// The reason why it cannot be opened.
pub fn probe(path: &Path) -> Result<(), Failure> {
    let metadata = std::fs::metadata(path).map_err(|error| Failure::of(&error))?;
    if metadata.is_file() { open(path).map(drop).map_err(|error| Failure::of(&error)) } else { Ok(()) }
}

/// Reads a report from `input`, at most [`LIMIT`] bytes.
///
/// # Errors
/// The reason why not.
pub fn read_from(input: impl Read) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    input.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| Failure::of(&error))?;
    if bytes.len() as u64 > LIMIT { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// `path` as it is called in output: separated by `/`, bytes that are no characters as `\xNN`.
#[must_use]
pub fn name(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        name.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
    }
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}

/// [`name`] with everything that must not reach a terminal written as `\u{…}`, so that two files never
/// go by one name on the screen.
#[must_use]
pub fn printable_name(path: &Path) -> String {
    let escape = |c: char| if is_printable(c) { c.to_string() } else { c.escape_unicode().to_string() };
    name(path).chars().map(escape).collect()
}

fn regular(metadata: &Metadata) -> Result<(), Failure> {
    let kind = metadata.file_type();
    if kind.is_file() {
        return Ok(());
    }
    if kind.is_dir() {
        return Err(Failure::Unfit(Wording::new("是目录，不是文件", "it is a directory, not a file")));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return Err(Failure::Unfit(Wording::new("是命名管道，不是文件", "it is a named pipe, not a file")));
        }
        if kind.is_socket() {
            return Err(Failure::Unfit(Wording::new("是套接字，不是文件", "it is a socket, not a file")));
        }
    }
    Err(Failure::Unfit(Wording::new("是设备，不是普通文件", "it is a device, not a regular file")))
}

/// Opens for reading without ever waiting, even if a pipe took the file's place a moment ago.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    options.open(path)
}

fn too_large(size: u64) -> Failure {
    let (size, limit) = (size >> 20, LIMIT >> 20);
    Failure::Unfit(Wording::new(
        format!("文件过大（{size} MiB，上限 {limit} MiB），不是年度报告"),
        format!("too large ({size} MiB, the limit is {limit} MiB) for a report"),
    ))
}
