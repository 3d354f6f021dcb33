//! The ledger on disk: what lay in the inbox, what audits said of it, what operators decided.
//!
//! One file, SQLite with a write-ahead log, for one inbox; several programs may read and write it at once. The store
//! does not know what an audit looks like: it keeps what it is given, compressed, under the key it is given.
//!
//! - A decision is on the disk when [`Store::decide`] returns. Decisions are only ever added, and each is sealed with
//!   what stands before it, so that a later change shows ([`Store::verify`]).
//! - Whatever fails, fails whole: nothing is half stored, and the [`Trouble`] says what to do.
//! - No clock is read here; every moment is handed in.
//! - The file must lie on a disk of the machine that uses it. The write-ahead log rests on memory shared between the
//!   programs, so that a network file system used from several machines at once loses what was written.

mod audit;
mod backup;
mod claim;
mod column;
mod decision;
mod export;
mod known;
mod open;
mod place;
mod prune;
mod schema;
mod trouble;
mod verify;
mod version;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, Row, Transaction, TransactionBehavior};

pub use audit::{AuditKey, Cached};
pub use claim::Claim;
pub use decision::{Decision, DecisionKind, FindingKey, NewDecision, Nonce, Operator};
pub use export::Stopped;
pub use known::{KnownFile, Listed, Recorded, RecordedSubmission, Stamp};
use open::Sight;
pub use prune::Pruned;
pub use trouble::{Trouble, TroubleKind};
pub use version::Version;

/// What may be done with the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everything; the file is made where there is none.
    ReadWrite,
    /// Looking only.
    ReadOnly,
}

/// What is reported: an agency's report on a year.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitKey {
    /// Name of the agency.
    pub agency: String,
    /// Report year; `None` where it is not known.
    pub year: Option<i32>,
}

impl UnitKey {
    /// The unit in the columns `agency` and `year` of `row` from `column` on.
    fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Self>> {
        let agency: Option<String> = row.get(column)?;
        agency.map(|agency| Ok(Self { agency, year: row.get(column + 1)? })).transpose()
    }
}

/// One connection to the ledger of an inbox. Every thread opens its own.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    access: Access,
    sight: Sight,
    /// Which file it is: at its path another may come to lie.
    identity: Option<(u64, u64)>,
    /// What the database said when it was last asked for changes by others.
    seen: i64,
}

impl Store {
    /// Opens the ledger at `path`. For reading and writing, the file (for its owner alone) and its directories are
    /// made where there are none, and a file of an older program is brought to the form of this one.
    ///
    /// # Errors
    /// Why not; a file of a newer program, of another program or a damaged one is left as it is.
    pub fn open(path: &Path, access: Access) -> Result<Self, Trouble> {
        let path = std::path::absolute(path).map_err(|error| Trouble::of_system(path, &error))?;
        let (connection, sight) = match access {
            Access::ReadWrite => (open::writable(&path)?, Sight::Live),
            Access::ReadOnly => open::readable(&path)?,
        };
        let metadata = fs::metadata(&path).map_err(|error| Trouble::of_system(&path, &error))?;
        let identity = open::identity(&metadata);
        let mut store = Self { connection, path, access, sight, identity, seen: 0 };
        store.seen = store.read(data_version)?;
        Ok(store)
    }

    /// Where the ledger of `inbox` lies when nothing else is said: in the user's state directory, under a name that
    /// tells the inbox. `None` where the user has no such directory, or where it lies inside the inbox itself.
    #[must_use]
    pub fn default_path(inbox: &Path) -> Option<PathBuf> {
        place::default(inbox)
    }

    /// Whether a ledger at `path` would lie inside `inbox`, where those who submit could write to it.
    #[must_use]
    pub fn is_inside(path: &Path, inbox: &Path) -> bool {
        place::is_inside(path, inbox)
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What may be done with it.
    #[must_use]
    pub const fn access(&self) -> Access {
        self.access
    }

    /// From now on waits no longer than `patience` for others who keep it locked.
    pub fn hurry(&self, patience: Duration) {
        // If it cannot be set, the time before holds.
        let _ = self.connection.busy_timeout(patience);
    }

    /// Whether anyone else wrote to the ledger since this was last asked, or since it was opened.
    ///
    /// # Errors
    /// Why the ledger could not be read.
    pub fn has_changed(&mut self) -> Result<bool, Trouble> {
        if let Sight::Still(stamp) = self.sight {
            let now = open::Stamp::of(&self.path).map_err(|error| Trouble::of_system(&self.path, &error))?;
            if now == stamp {
                return Ok(false);
            }
            *self = Self::open(&self.path, self.access)?;
            return Ok(true);
        }
        self.check_identity()?;
        let now = self.read(data_version)?;
        Ok(std::mem::replace(&mut self.seen, now) != now)
    }

    /// Reads, seeing one state throughout.
    fn read<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Trouble> {
        read(&self.connection).map_err(|error| Trouble::of(&self.path, &error))
    }

    /// Reads with several queries, all of which see one state.
    fn read_at_once<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Trouble> {
        self.read(|connection| {
            let transaction = connection.unchecked_transaction()?;
            let value = read(&transaction)?;
            transaction.finish()?;
            Ok(value)
        })
    }

    /// Writes, all or nothing. What it wrote is on the disk when it returns.
    fn write<T>(&mut self, write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T, Trouble> {
        if self.access == Access::ReadOnly {
            return Err(Trouble::read_only(&self.path));
        }
        self.check_identity()?;
        let Self { connection, path, .. } = self;
        let told = |error: rusqlite::Error| Trouble::of(path, &error);
        if !connection.is_autocommit() {
            // What could not be undone when it failed.
            connection.execute_batch("ROLLBACK").map_err(told)?;
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(told)?;
        let version = schema::version(&transaction).map_err(told)?;
        if version > schema::VERSION {
            return Err(Trouble::newer(path, version, schema::VERSION));
        }
        let value = write(&transaction).map_err(told)?;
        transaction.commit().map_err(told)?;
        Ok(value)
    }

    /// What is written to a file that lies there no more is lost.
    fn check_identity(&self) -> Result<(), Trouble> {
        let lies_there = fs::metadata(&self.path).is_ok_and(|metadata| open::identity(&metadata) == self.identity);
        if lies_there {
            return Ok(());
        }
        Err(Trouble::new(
            TroubleKind::Other,
            &self.path,
            "文件已被移走或换成另一个，没有保存；请放回原处后重新启动",
            "the file was taken away or replaced by another, nothing was saved; put it back and start again",
        ))
    }
}

fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA data_version", [], |row| row.get(0))
}
