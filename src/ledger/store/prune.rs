//! Letting go of what nobody needs any more. A decision is never let go of.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};

use super::column::moment;
use super::{Store, Trouble};

/// What was let go of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Files that had been taken away.
    pub files: usize,
    /// Results of audits, of which at most the verdict remains.
    pub audits: usize,
    /// Claims that had lapsed.
    pub claims: usize,
    /// Bytes that the results took.
    pub bytes: u64,
}

/// Results that no submission needs: of versions last seen before a moment, or of none.
const SUPERSEDED: &str = "body IS NOT NULL AND recorded < ?1 AND NOT EXISTS (
    SELECT 1 FROM version WHERE version.audit = audit.id AND (
        version.last_seen >= ?1 OR EXISTS (SELECT 1 FROM submission WHERE submission.version = version.id)))";

impl Store {
    /// Lets go of files taken away before `before`, of results of audits that were superseded before it, and of
    /// claims that had lapsed by then. That there was a version, and its verdict, stays.
    ///
    /// # Errors
    /// Why nothing was let go of.
    pub fn prune(&mut self, before: Timestamp) -> Result<Pruned, Trouble> {
        let pruned = self.write(|transaction| prune(transaction, moment(before)))?;
        self.read(shrink)?;
        Ok(pruned)
    }
}

fn prune(transaction: &Transaction<'_>, before: i64) -> rusqlite::Result<Pruned> {
    let files = transaction.execute("DELETE FROM file WHERE gone < ?1", [before])?;
    let bytes: i64 = transaction.query_row(
        &format!("SELECT ifnull(sum(length(body)), 0) FROM audit WHERE {SUPERSEDED}"),
        [before],
        |row| row.get(0),
    )?;
    let audits =
        transaction.execute(&format!("UPDATE audit SET length = NULL, body = NULL WHERE {SUPERSEDED}"), [before])?;
    transaction.execute(
        "DELETE FROM audit WHERE body IS NULL
         AND NOT EXISTS (SELECT 1 FROM version WHERE version.audit = audit.id)",
        [],
    )?;
    let claims = transaction.execute("DELETE FROM claim WHERE until < ?1", [before])?;
    Ok(Pruned { files, audits, claims, bytes: bytes.cast_unsigned() })
}

/// Gives back to the disk what has become free. Where others are reading, a later time will do.
fn shrink(connection: &Connection) -> rusqlite::Result<()> {
    for step in ["PRAGMA incremental_vacuum", "PRAGMA wal_checkpoint(TRUNCATE)"] {
        let mut step = connection.prepare(step)?;
        let mut rows = step.query([])?;
        while rows.next()?.is_some() {}
    }
    Ok(())
}
