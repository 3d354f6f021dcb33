//! What lies in the inbox as it was last seen.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, named_params, params};

use super::audit::{self, AuditKey, Packed};
use super::column::{Nanoseconds, moment, number, timestamp};
use super::version::{self, Sighting};
use super::{Store, Trouble, UnitKey};

/// What tells one state of a file from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Size in bytes.
    pub size: u64,
    /// When its content was last written, in nanoseconds since 1970.
    pub modified: i128,
    /// When anything about it was last changed, in nanoseconds since 1970; 0 where the system does not say.
    pub changed: i128,
    /// Device and number of the file; `None` where the system has none.
    pub inode: Option<(u64, u64)>,
}

/// A file that lies in the inbox, as it was last seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFile {
    /// Path below the inbox.
    pub path: String,
    /// What it looked like from outside.
    pub stamp: Stamp,
    /// Hash of its bytes.
    pub hash: String,
    /// When a file was first seen at this path.
    pub first_seen: Timestamp,
    /// When it was last seen.
    pub last_seen: Timestamp,
    /// When its content arrived.
    pub received: Timestamp,
    /// What is listed for it, in order.
    pub submissions: Vec<Listed>,
}

/// What is listed for a file: itself, or a member of the archive it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Path below the inbox, for a member that of the archive and its own.
    pub path: String,
    /// Whose report it is, of which year; `None` where that could not be made out.
    pub unit: Option<UnitKey>,
    /// The verdict, by its stable name.
    pub verdict: String,
    /// Under which its audit is kept.
    pub key: AuditKey,
    /// What was recorded as its summary.
    pub summary: Vec<u8>,
}

/// A file to record, with everything that is listed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Path below the inbox.
    pub path: String,
    /// What it looked like from outside when it was read.
    pub stamp: Stamp,
    /// Hash of its bytes.
    pub hash: String,
    /// When its content arrived.
    pub received: Timestamp,
    /// When it was seen.
    pub seen: Timestamp,
    /// What is listed for it, in order.
    pub submissions: Vec<RecordedSubmission>,
}

/// What is to be listed for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedSubmission {
    /// What [`Store::files`] is to say of it.
    pub listed: Listed,
    /// The result of its audit; `None` where it is kept already.
    pub audit: Option<Vec<u8>>,
}

impl Store {
    /// Every file that lies in the inbox, by path.
    ///
    /// # Errors
    /// Why the ledger could not be read.
    pub fn files(&self) -> Result<Vec<KnownFile>, Trouble> {
        self.read_at_once(|connection| {
            let mut listed = listed(connection)?;
            let mut query = connection.prepare_cached(
                "SELECT path, size, modified, changed, device, inode, hash, first_seen, last_seen, received, id
                 FROM file WHERE gone IS NULL ORDER BY path",
            )?;
            let file = |row: &Row<'_>| {
                let inode = number(row, 4)?.zip(number(row, 5)?);
                let Nanoseconds(modified) = row.get(2)?;
                let Nanoseconds(changed) = row.get(3)?;
                Ok(KnownFile {
                    path: row.get(0)?,
                    stamp: Stamp { size: row.get::<_, i64>(1)?.cast_unsigned(), modified, changed, inode },
                    hash: row.get(6)?,
                    first_seen: timestamp(row, 7)?,
                    last_seen: timestamp(row, 8)?,
                    received: timestamp(row, 9)?,
                    submissions: listed.remove(&row.get(10)?).unwrap_or_default(),
                })
            };
            query.query_map([], file)?.collect()
        })
    }

    /// Records what was read and audited, all of it or nothing. Where the content of a submission is another than
    /// the last at its path, a new version begins.
    ///
    /// # Errors
    /// Why it was not recorded.
    pub fn record(&mut self, batch: &[Recorded]) -> Result<(), Trouble> {
        // Compressing takes its time: not while others wait.
        let packed: Vec<Vec<Option<Packed>>> = batch
            .iter()
            .map(|file| file.submissions.iter().map(|one| one.audit.as_deref().map(Packed::of)).collect())
            .collect();
        self.write(|transaction| {
            batch.iter().zip(&packed).try_for_each(|(file, packed)| record(transaction, file, packed))
        })
    }

    /// Files were seen as they were known. Paths never heard of are passed over.
    ///
    /// # Errors
    /// Why it was not recorded.
    pub fn seen(&mut self, paths: &[String], at: Timestamp) -> Result<(), Trouble> {
        self.write(|transaction| {
            let mut file = transaction.prepare_cached(
                "UPDATE file SET last_seen = max(last_seen, ?2) WHERE path = ?1 AND gone IS NULL RETURNING id",
            )?;
            let mut versions = transaction.prepare_cached(
                "UPDATE version SET last_seen = max(last_seen, ?2)
                 WHERE id IN (SELECT version FROM submission WHERE file = ?1)",
            )?;
            for path in paths {
                let id: Option<i64> = file.query_row(params![path, moment(at)], |row| row.get(0)).optional()?;
                if let Some(id) = id {
                    versions.execute(params![id, moment(at)])?;
                }
            }
            Ok(())
        })
    }

    /// Files lie in the inbox no more. What is known of them stays: they may come back.
    ///
    /// # Errors
    /// Why it was not recorded.
    pub fn removed(&mut self, paths: &[String], at: Timestamp) -> Result<(), Trouble> {
        self.write(|transaction| {
            let mut remove =
                transaction.prepare_cached("UPDATE file SET gone = ?2 WHERE path = ?1 AND gone IS NULL")?;
            paths.iter().try_for_each(|path| remove.execute(params![path, moment(at)]).map(drop))
        })
    }

    /// A file has another name now, with the same content; a file that had the new name is no more. Tells whether
    /// the old name was known.
    ///
    /// # Errors
    /// Why it was not recorded.
    pub fn renamed(&mut self, from: &str, to: &str, at: Timestamp) -> Result<bool, Trouble> {
        self.write(|transaction| {
            let id = "SELECT id FROM file WHERE path = ?1 AND gone IS NULL";
            let id: Option<i64> = transaction.query_row(id, [from], |row| row.get(0)).optional()?;
            let Some(id) = id else { return Ok(false) };
            if from == to {
                return Ok(true);
            }
            transaction.execute("DELETE FROM file WHERE path = ?1", [to])?;
            transaction.execute(
                "UPDATE file SET path = ?2, last_seen = max(last_seen, ?3) WHERE id = ?1",
                params![id, to, moment(at)],
            )?;
            let mut listed = transaction.prepare("SELECT ordinal, path, version FROM submission WHERE file = ?1")?;
            let listed: Vec<(i64, String, i64)> =
                listed.query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
            for (ordinal, path, version) in listed {
                let path = path.strip_prefix(from).map_or(path.clone(), |rest| format!("{to}{rest}"));
                let update = "UPDATE submission SET path = ?3 WHERE file = ?1 AND ordinal = ?2";
                transaction.execute(update, params![id, ordinal, path])?;
                let update = "UPDATE version SET path = ?2, last_seen = max(last_seen, ?3) WHERE id = ?1";
                transaction.execute(update, params![version, path, moment(at)])?;
            }
            Ok(true)
        })
    }
}

/// What is listed for the files that lie in the inbox, by the rows of those.
fn listed(connection: &Connection) -> rusqlite::Result<HashMap<i64, Vec<Listed>>> {
    let mut query = connection.prepare_cached(
        "SELECT submission.path, agency, year, verdict, content, name, rules, policy, summary, file
         FROM submission
         JOIN file ON file.id = submission.file
         JOIN version ON version.id = submission.version
         JOIN audit ON audit.id = version.audit
         WHERE gone IS NULL ORDER BY file, ordinal",
    )?;
    let mut listed: HashMap<i64, Vec<Listed>> = HashMap::new();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        listed.entry(row.get(9)?).or_default().push(Listed {
            path: row.get(0)?,
            unit: UnitKey::read(row, 1)?,
            verdict: row.get(3)?,
            key: audit::key(row, 4)?,
            summary: row.get(8)?,
        });
    }
    Ok(listed)
}

fn record(transaction: &Transaction<'_>, file: &Recorded, packed: &[Option<Packed>]) -> rusqlite::Result<()> {
    let id = keep(transaction, file)?;
    let before = version::of_file(transaction, id)?;
    transaction.prepare_cached("DELETE FROM submission WHERE file = ?1")?.execute([id])?;
    for ((ordinal, recorded), packed) in (0_i64..).zip(&file.submissions).zip(packed) {
        let Listed { path, unit, verdict, key, summary } = &recorded.listed;
        let audit = audit::keep(transaction, key, packed.as_ref(), file.seen)?;
        let (hash, unit, received, at) = (&key.content, unit.as_ref(), file.received, file.seen);
        let sighting = Sighting { path, hash, unit, verdict, audit, received, at };
        let known = before.iter().find(|known| known.path == *path && known.hash == key.content);
        let version = match known {
            Some(known) => version::again(transaction, known.id, &sighting).map(|()| known.id),
            None => version::begin(transaction, &sighting),
        }?;
        transaction
            .prepare_cached(
                "INSERT INTO submission (file, ordinal, path, version, summary) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![id, ordinal, path, version, summary])?;
    }
    Ok(())
}

/// Stores what a file looks like; tells its row.
fn keep(transaction: &Transaction<'_>, file: &Recorded) -> rusqlite::Result<i64> {
    let Stamp { size, modified, changed, inode } = file.stamp;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO file (path, size, modified, changed, device, inode, hash, first_seen, last_seen, received)
         VALUES (:path, :size, :modified, :changed, :device, :inode, :hash, :seen, :seen, :received)
         ON CONFLICT (path) DO UPDATE SET
             size = excluded.size, modified = excluded.modified, changed = excluded.changed,
             device = excluded.device, inode = excluded.inode, hash = excluded.hash,
             last_seen = max(last_seen, excluded.last_seen), received = excluded.received, gone = NULL
         RETURNING id",
    )?;
    insert.query_row(
        named_params! {
            ":path": file.path, ":size": size.cast_signed(),
            ":modified": modified.to_string(), ":changed": changed.to_string(),
            ":device": inode.map(|(device, _)| device.cast_signed()),
            ":inode": inode.map(|(_, number)| number.cast_signed()),
            ":hash": file.hash, ":seen": moment(file.seen), ":received": moment(file.received),
        },
        |row| row.get(0),
    )
}
