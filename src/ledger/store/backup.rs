//! A copy of the ledger as it stands at one moment, while others go on writing.

use std::ffi::OsString;
use std::fs::{self, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};

use super::schema::Kind;
use super::{Nonce, Store, Trouble, TroubleKind, open};

impl Store {
    /// Copies the ledger to `to`, where the copy appears complete or not at all. An earlier copy there is replaced;
    /// nothing else is.
    ///
    /// # Errors
    /// Why there is no copy.
    pub fn backup(&self, to: &Path) -> Result<(), Trouble> {
        let told = |error: &io::Error| Trouble::of_system(to, error);
        // A link stays a link: what it leads to is replaced.
        let to = &fs::canonicalize(to).or_else(|_| std::path::absolute(to)).map_err(|error| told(&error))?;
        self.check_place(to)?;
        let temporary = beside(to);
        let kept = self.copy(&temporary).and_then(|()| {
            let directory = to.parent().unwrap_or(Path::new("."));
            let kept = fs::rename(&temporary, to).and_then(|()| open::sync(directory));
            kept.map_err(|error| told(&error))
        });
        if kept.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        kept
    }

    /// Whether a copy may lie at `to`.
    fn check_place(&self, to: &Path) -> Result<(), Trouble> {
        let refused = |zh: &str, en: &str| Err(Trouble::new(TroubleKind::Other, to, zh, en));
        let metadata = fs::metadata(to).ok();
        let itself = metadata.as_ref().and_then(open::identity);
        if to == self.path || (itself.is_some() && itself == self.identity) {
            return refused(
                "就是台账本身，不能备份到自己；请另选文件",
                "it is the ledger itself and cannot be its own backup; choose another file",
            );
        }
        // What stands in a log would be taken for a part of the copy.
        if open::log(to).exists() {
            return refused(
                "正在使用，或旁边留有 -wal 文件，没有覆盖；请另选文件",
                "it is in use, or a -wal file lies beside it, so that it was not replaced; choose another file",
            );
        }
        let replaceable = |metadata: &Metadata| metadata.is_file() && matches!(open::peek(to), Ok(Kind::Ledger(_)));
        if metadata.is_some_and(|metadata| !replaceable(&metadata)) {
            return refused(
                "已有别的文件，没有覆盖；请另选文件",
                "something else lies there and was not replaced; choose another file",
            );
        }
        Ok(())
    }

    /// Copies the ledger to `to`, which does not exist.
    fn copy(&self, to: &Path) -> Result<(), Trouble> {
        let told = |error: io::Error| Trouble::of_system(to, &error);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(to).map_err(told)?;
        self.pages(to).map_err(|error| {
            // Whatever keeps others from the ledger is the ledger's; what cannot be written is the copy's.
            match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseCorrupt) => Trouble::of(&self.path, &error),
                _ => Trouble::of(to, &error),
            }
        })?;
        OpenOptions::new().write(true).open(to).and_then(|file| file.sync_all()).map_err(told)
    }

    /// All pages in one step: what others write meanwhile neither shows in the copy nor makes it begin again.
    fn pages(&self, to: &Path) -> rusqlite::Result<()> {
        let mut copy = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // Nobody sees it before it is complete.
        copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
        let step = Backup::new(&self.connection, &mut copy)?.step(-1)?;
        copy.close().map_err(|(_, error)| error)?;
        if step != StepResult::Done {
            return Err(rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), None));
        }
        // Without a log the copy is one file, wherever it is taken.
        let copy = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        copy.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0))?;
        copy.close().map_err(|(_, error)| error)
    }
}

/// A name beside `path` that nothing has.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", Nonce::random().as_str()));
    path.with_file_name(name)
}
