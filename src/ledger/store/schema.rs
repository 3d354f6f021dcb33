//! The tables, and how a file of an older program becomes one of this.

use rusqlite::{Connection, Transaction};

/// Marks a file as a ledger of ours (`NSLG`).
pub(super) const MARK: i32 = 0x4e53_4c47;

/// What each version adds to the one before it. What has been released is never edited.
const STEPS: [&str; 3] = [include_str!("schema/1.sql"), include_str!("schema/2.sql"), include_str!("schema/3.sql")];

/// The version that this program writes.
pub(super) const VERSION: i32 = 3;

const _: () = assert!(STEPS.len() == VERSION as usize);

/// What a file says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing stands in it yet.
    Empty,
    /// A ledger, of this version.
    Ledger(i32),
    /// A database of some other program.
    Foreign,
}

/// What the database says of itself.
pub(super) fn kind(connection: &Connection) -> rusqlite::Result<Kind> {
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let mark: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    Ok(match (mark, tables) {
        (MARK, _) => Kind::Ledger(version(connection)?),
        (0, 0) => Kind::Empty,
        _ => Kind::Foreign,
    })
}

/// The version the database is of.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings a database of an older version, 0 being an empty one, to this program's.
pub(super) fn migrate(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let from = usize::try_from(version(transaction)?).unwrap_or(0);
    for step in STEPS.iter().skip(from) {
        transaction.execute_batch(step)?;
    }
    transaction.execute_batch(&format!("PRAGMA application_id = {MARK}; PRAGMA user_version = {VERSION};"))
}

/// Everything that should stand in the schema and does not stand there as it should, by name.
pub(super) fn deviations(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut model = Connection::open_in_memory()?;
    let transaction = model.transaction()?;
    migrate(&transaction)?;
    transaction.commit()?;
    let entries = |connection: &Connection| -> rusqlite::Result<Vec<(String, Option<String>)>> {
        let mut entries = connection.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name")?;
        entries.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    let found = entries(connection)?;
    Ok(entries(&model)?.into_iter().filter(|entry| !found.contains(entry)).map(|(name, _)| name).collect())
}
