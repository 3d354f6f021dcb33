//! Opening the file: made for its owner alone, migrated forward, never touched when it is not ours.

use std::fs::{self, DirBuilder, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::schema::{self, Kind};
use super::trouble::{Trouble, TroubleKind};

/// How long another program is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opening and closing a file by other means than the database's own takes away the locks that this process holds
/// on it. So a new file is made by one thread at a time, and one that exists is opened by the database only.
static MAKING: Mutex<()> = Mutex::new(());

/// How the file is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// As it changes.
    Live,
    /// As if it could not change, as where nothing can be written beside it; it had this stamp.
    Still(Stamp),
}

/// What tells one state of the file from another from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    log: u64,
}

impl Stamp {
    /// The stamp of the file at `path` and of its log.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        Ok(Self { size: metadata.len(), modified: metadata.modified().ok(), log: log_size(path) })
    }
}

/// Which file it is, wherever it is moved to; `None` where the system does not say.
#[cfg(unix)]
pub(super) fn identity(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((metadata.dev(), metadata.ino()))
}

/// Which file it is, wherever it is moved to; `None` where the system does not say.
#[cfg(not(unix))]
pub(super) const fn identity(_: &Metadata) -> Option<(u64, u64)> {
    None
}

/// Opens for reading and writing; makes the file and its directories where there are none.
pub(super) fn writable(path: &Path) -> Result<Connection, Trouble> {
    let _alone = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    make(path)?;
    let told = |error: rusqlite::Error| Trouble::of(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(told)?;
    prepare(&connection).map_err(told)?;
    let kind = schema::kind(&connection).map_err(told)?;
    if connection.is_readonly("main").map_err(told)? {
        return Err(Trouble::read_only(path));
    }
    let empty = ours(path, kind)? == 0;
    if empty {
        connection.execute_batch("PRAGMA auto_vacuum = INCREMENTAL").map_err(told)?;
    }
    log_ahead(&connection).map_err(told)?;
    connection
        .execute_batch(
            "PRAGMA synchronous = EXTRA; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
             PRAGMA journal_size_limit = 67108864;",
        )
        .map_err(told)?;
    if kind != Kind::Ledger(schema::VERSION) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(told)?;
        // Another program may have been quicker.
        ours(path, schema::kind(&transaction).map_err(told)?)?;
        schema::migrate(&transaction).map_err(told)?;
        transaction.commit().map_err(told)?;
    }
    Ok(connection)
}

/// Opens for reading; where nothing can be written beside the file, as one that stands still.
pub(super) fn readable(path: &Path) -> Result<(Connection, Sight), Trouble> {
    regular(path, &fs::metadata(path).map_err(|error| Trouble::of_system(path, &error))?)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let told = |error: rusqlite::Error| Trouble::of(path, &error);
    let live = Connection::open_with_flags(path, flags).and_then(look);
    let (connection, kind, sight) = match live {
        Ok((connection, kind)) => (connection, kind, Sight::Live),
        Err(error) if is_unwritable(&error) => {
            let stamp = Stamp::of(path).map_err(|error| Trouble::of_system(path, &error))?;
            if stamp.log > 0 {
                return Err(Trouble::new(
                    TroubleKind::ReadOnly,
                    path,
                    "最近的改动还在 -wal 文件里，而所在目录不能写，无法一并读出；请核对目录权限，或先在能写的地方打开一次",
                    "its latest changes are still in the -wal file and cannot be read, as its directory is not writable; check the mode of the directory, or open it once where it can be written",
                ));
            }
            let flags = flags | OpenFlags::SQLITE_OPEN_URI;
            let opened = Connection::open_with_flags(unchanging(path), flags).and_then(look);
            let (connection, kind) = opened.map_err(told)?;
            (connection, kind, Sight::Still(stamp))
        }
        Err(error) => return Err(told(error)),
    };
    match ours(path, kind)? {
        schema::VERSION => {}
        version => {
            return Err(Trouble::new(
                TroubleKind::ReadOnly,
                path,
                format!("是较早的格式 {version}，要先升级到 {} 才能读；请用能写它的账户打开一次", schema::VERSION),
                format!(
                    "it has the older format {version} and must become {} first; open it once with an account that may write it",
                    schema::VERSION
                ),
            ));
        }
    }
    connection.execute_batch("PRAGMA query_only = ON").map_err(told)?;
    Ok((connection, sight))
}

/// What the file at `path` says of itself, without leaving anything beside it.
pub(super) fn peek(path: &Path) -> rusqlite::Result<Kind> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    schema::kind(&Connection::open_with_flags(unchanging(path), flags)?)
}

/// What holds for every connection.
fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON;")
}

fn look(connection: Connection) -> rusqlite::Result<(Connection, Kind)> {
    prepare(&connection)?;
    let kind = schema::kind(&connection)?;
    Ok((connection, kind))
}

/// The version of our own ledger, 0 for an empty file.
fn ours(path: &Path, kind: Kind) -> Result<i32, Trouble> {
    match kind {
        Kind::Empty => Ok(0),
        Kind::Ledger(version) if version > schema::VERSION => Err(Trouble::newer(path, version, schema::VERSION)),
        Kind::Ledger(version) => Ok(version),
        Kind::Foreign => Err(Trouble::new(
            TroubleKind::Other,
            path,
            "是别的程序的数据库，不是台账，没有改动；请另选文件",
            "it is the database of another program and was left alone; choose another file",
        )),
    }
}

/// Turns the write-ahead log on. Where several programs do so at once, all but one are told that it is busy without
/// having been made to wait.
fn log_ahead(connection: &Connection) -> rusqlite::Result<()> {
    const PAUSE: Duration = Duration::from_millis(20);
    let mut left = PATIENCE.as_millis() / PAUSE.as_millis();
    loop {
        let mode = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
        match mode {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && left > 0 => {
                left -= 1;
                std::thread::sleep(PAUSE);
            }
            // A file system that has no shared memory stays with the rollback journal, which is as safe.
            mode => return mode.map(drop),
        }
    }
}

/// Makes the file, empty and for its owner alone, where there is none.
fn make(path: &Path) -> Result<(), Trouble> {
    let told = |error: io::Error| Trouble::of_system(path, &error);
    match fs::metadata(path) {
        Ok(metadata) => return regular(path, &metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(told(error)),
    }
    let directory = path.parent().unwrap_or(Path::new("."));
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
        builder.mode(0o700);
        options.mode(0o600);
    }
    builder.create(directory).map_err(told)?;
    match options.open(path) {
        Ok(file) => file.sync_all().and_then(|()| sync(directory)).map_err(told),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(told(error)),
    }
}

fn regular(path: &Path, metadata: &Metadata) -> Result<(), Trouble> {
    if metadata.is_file() {
        return Ok(());
    }
    Err(Trouble::new(
        TroubleKind::Other,
        path,
        "不是普通文件，不能用作台账；请另选文件",
        "it is no regular file and cannot be a ledger; choose another file",
    ))
}

/// Makes sure that the entries of `directory` last.
pub(super) fn sync(directory: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(directory)?.sync_all() } else { Ok(()) }
}

/// Whether reading fails because something would have to be written first.
fn is_unwritable(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// Where the log of the ledger at `path` lies.
pub(super) fn log(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

fn log_size(path: &Path) -> u64 {
    fs::metadata(log(path)).map_or(0, |metadata| metadata.len())
}

/// The address by which the database takes a file for one that cannot change.
fn unchanging(path: &Path) -> String {
    let mut address = String::from(if cfg!(windows) { "file:///" } else { "file:" });
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => address.push(char::from(byte)),
            b':' | b'\\' if cfg!(windows) => address.push(if byte == b':' { ':' } else { '/' }),
            _ => address.push_str(&format!("%{byte:02x}")),
        }
    }
    address + "?immutable=1"
}
