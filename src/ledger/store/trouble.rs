//! Why the ledger could not be read or written, as the operator reads it.

use std::fmt;
use std::io;
use std::path::Path;

use rusqlite::{Error, ErrorCode, ffi};

use crate::text::{Wording, printable};

/// What kind of trouble it is: what the program can do about it differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TroubleKind {
    /// Another program keeps it locked: trying again may help.
    Busy,
    /// Disk or quota are full.
    Full,
    /// It may be read, not written.
    ReadOnly,
    /// A newer program wrote it.
    Newer,
    /// It is no ledger any more.
    Damaged,
    /// Anything else.
    Other,
}

/// Why the ledger could not be read or written: what, where, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What kind it is.
    pub kind: TroubleKind,
    /// One line for the operator.
    pub wording: Wording,
}

impl Trouble {
    /// A trouble with the ledger at `path`.
    pub(super) fn new(kind: TroubleKind, path: &Path, zh: impl fmt::Display, en: impl fmt::Display) -> Self {
        let name = path.to_string_lossy();
        let shown = printable(&name);
        Self { kind, wording: Wording::new(format!("台账 {shown}：{zh}"), format!("ledger {shown}: {en}")) }
    }

    /// Only reading is possible.
    pub(super) fn read_only(path: &Path) -> Self {
        if is_on_read_only(path) {
            return Self::new(
                TroubleKind::ReadOnly,
                path,
                "所在的文件系统是只读的，审核结果和决定都不会保存；请用 --state 另指一个能写的文件",
                "it lies on a read-only file system, neither audits nor decisions are kept; name a file that can be written with --state",
            );
        }
        Self::new(
            TroubleKind::ReadOnly,
            path,
            "只能读，不能写，没有保存；请核对文件和所在目录的权限",
            "it can be read but not written, nothing was saved; check the modes of the file and its directory",
        )
    }

    /// A newer program wrote it.
    pub(super) fn newer(path: &Path, found: i32, known: i32) -> Self {
        Self::new(
            TroubleKind::Newer,
            path,
            format!("由更新版本的程序写成（格式 {found}，本程序只认到 {known}），没有打开；请升级 nianshen"),
            format!(
                "a newer program wrote it (format {found}, this one knows up to {known}), it was left alone; upgrade nianshen"
            ),
        )
    }

    /// What stands in it cannot be so.
    pub(super) fn damaged(path: &Path, detail: &str) -> Self {
        let detail = printable(detail);
        Self::new(
            TroubleKind::Damaged,
            path,
            format!("文件已损坏（{detail}）；请用备份恢复，并保留这个文件"),
            format!("the file is damaged ({detail}); restore a backup and keep this file"),
        )
    }

    /// The trouble behind an error of the system.
    pub(super) fn of_system(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Self::full(path),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::read_only(path),
            io::ErrorKind::NotFound => {
                Self::new(TroubleKind::Other, path, "没有这个文件；请核对路径", "there is no such file; check the path")
            }
            _ => Self::new(TroubleKind::Other, path, format!("无法读写：{error}"), format!("cannot be used: {error}")),
        }
    }

    /// The trouble behind an error of the database.
    pub(super) fn of(path: &Path, error: &Error) -> Self {
        let Some(code) = error.sqlite_error_code() else {
            return match error {
                Error::FromSqlConversionFailure(..)
                | Error::IntegralValueOutOfRange(..)
                | Error::InvalidColumnType(..)
                | Error::Utf8Error(..) => Self::damaged(path, &error.to_string()),
                _ => Self::other(path, error),
            };
        };
        let extended = error.sqlite_extended_error_code().unwrap_or_default();
        match code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::new(
                TroubleKind::Busy,
                path,
                "被别的程序占用，等了 10 秒仍未放开，没有保存；请稍后再试",
                "another program has kept it locked for 10 seconds, nothing was saved; try again shortly",
            ),
            ErrorCode::DiskFull => Self::full(path),
            // An exceeded quota or file size is reported as no more than a write that failed.
            ErrorCode::SystemIoFailure if FAILED_WRITES.contains(&extended) => Self::full(path),
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::read_only(path),
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::damaged(path, &error.to_string()),
            // Nothing can be made beside it there.
            ErrorCode::CannotOpen if is_on_read_only(path) => Self::read_only(path),
            ErrorCode::CannotOpen => Self::new(
                TroubleKind::Other,
                path,
                "打不开；请核对路径和权限",
                "cannot be opened; check the path and the permissions",
            ),
            _ => Self::other(path, error),
        }
    }

    fn full(path: &Path) -> Self {
        Self::new(
            TroubleKind::Full,
            path,
            "磁盘或配额已满，写不进去，没有保存；请腾出空间后再试",
            "the disk or the quota is full, nothing was saved; free some space and try again",
        )
    }

    fn other(path: &Path, error: &Error) -> Self {
        let text = error.to_string();
        let detail = printable(&text);
        Self::new(TroubleKind::Other, path, format!("读写出错：{detail}"), format!("cannot be used: {detail}"))
    }
}

/// Whether the file at `path`, or the nearest directory above it that is there, lies on a file system that is mounted
/// for reading only.
#[cfg(unix)]
fn is_on_read_only(path: &Path) -> bool {
    use rustix::fs::{StatVfsMountFlags, statvfs};
    let there = path.ancestors().find_map(|place| statvfs(place).ok());
    there.is_some_and(|system| system.f_flag.contains(StatVfsMountFlags::RDONLY))
}

/// Elsewhere nothing is known of it.
#[cfg(not(unix))]
const fn is_on_read_only(_: &Path) -> bool {
    false
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.wording.en)
    }
}

impl std::error::Error for Trouble {}

/// Writes that failed although the disk answers.
const FAILED_WRITES: [i32; 2] = [ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_SHMSIZE];
