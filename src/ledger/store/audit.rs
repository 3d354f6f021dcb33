//! Results of audits, by everything they rest on.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{OptionalExtension as _, Row, Transaction, named_params};

use super::column::{moment, unfit};
use super::{Store, Trouble, UnitKey};

/// Everything that the result of an audit rests on. The store compares it and does not interpret it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AuditKey {
    /// Hash of the bytes.
    pub content: String,
    /// What the result owes to the name of the file; empty where nothing.
    pub name: String,
    /// Version of the rules.
    pub rules: String,
    /// Fingerprint of the policy.
    pub policy: String,
}

/// What is known of bytes that were audited before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cached {
    /// Whose report it is, of which year.
    pub unit: Option<UnitKey>,
    /// The verdict, by its stable name.
    pub verdict: String,
    /// What was recorded as its summary.
    pub summary: Vec<u8>,
    /// The result.
    pub audit: Vec<u8>,
}

/// The result of an audit as it is stored.
#[derive(Debug)]
pub(super) struct Packed {
    length: i64,
    body: Vec<u8>,
}

/// The largest result that is unpacked. What claims to be larger is damaged.
const LIMIT: u64 = 256 << 20;

impl Packed {
    pub(super) fn of(audit: &[u8]) -> Self {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        // Writing into memory does not fail.
        let body = encoder.write_all(audit).and_then(|()| encoder.finish()).unwrap_or_default();
        Self { length: i64::try_from(audit.len()).unwrap_or(i64::MAX), body }
    }

    /// The columns `length` and `body` of `row`, from `column` on; `None` where the body was pruned.
    pub(super) fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Self>> {
        let body: Option<Vec<u8>> = row.get(column + 1)?;
        body.map(|body| Ok(Self { length: row.get::<_, Option<i64>>(column)?.unwrap_or(-1), body })).transpose()
    }

    /// The result itself. The checksum in it tells whether it is what was stored.
    pub(super) fn unpack(&self) -> io::Result<Vec<u8>> {
        let mut audit = Vec::new();
        ZlibDecoder::new(self.body.as_slice()).take(LIMIT).read_to_end(&mut audit)?;
        if i64::try_from(audit.len()) == Ok(self.length) { Ok(audit) } else { Err(io::ErrorKind::InvalidData.into()) }
    }
}

impl Store {
    /// The result of the audit with this key; `None` where there was none or where it was pruned.
    ///
    /// # Errors
    /// Why the ledger could not be read.
    pub fn audit(&self, key: &AuditKey) -> Result<Option<Vec<u8>>, Trouble> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT length, body FROM audit
                 WHERE content = ?1 AND name = ?2 AND rules = ?3 AND policy = ?4",
            )?;
            query.query_row(parameters(key), |row| unpacked(row, 0)).optional().map(Option::flatten)
        })
    }

    /// What is known of bytes with this key, under whatever path they were audited: they need not be audited again.
    ///
    /// # Errors
    /// Why the ledger could not be read.
    pub fn find_audit(&self, key: &AuditKey) -> Result<Option<Cached>, Trouble> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT length, body, version.agency, version.year, version.verdict, submission.summary
                 FROM audit
                 JOIN version ON version.audit = audit.id
                 JOIN submission ON submission.version = version.id
                 WHERE content = ?1 AND name = ?2 AND rules = ?3 AND policy = ?4 AND body IS NOT NULL
                 ORDER BY version.id, submission.file, submission.ordinal LIMIT 1",
            )?;
            let cached = |row: &Row<'_>| {
                let Some(audit) = unpacked(row, 0)? else { return Ok(None) };
                Ok(Some(Cached { unit: UnitKey::read(row, 2)?, verdict: row.get(4)?, summary: row.get(5)?, audit }))
            };
            query.query_row(parameters(key), cached).optional().map(Option::flatten)
        })
    }
}

/// Stores the result of an audit, or that there was one; tells its row.
pub(super) fn keep(
    transaction: &Transaction<'_>,
    key: &AuditKey,
    packed: Option<&Packed>,
    at: Timestamp,
) -> rusqlite::Result<i64> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO audit (content, name, rules, policy, recorded, length, body)
         VALUES (:content, :name, :rules, :policy, :recorded, :length, :body)
         ON CONFLICT (content, name, rules, policy) DO UPDATE SET
             recorded = max(recorded, excluded.recorded),
             length = ifnull(excluded.length, length),
             body = ifnull(excluded.body, body)
         RETURNING id",
    )?;
    insert.query_row(
        named_params! {
            ":content": key.content, ":name": key.name, ":rules": key.rules, ":policy": key.policy,
            ":recorded": moment(at),
            ":length": packed.map(|packed| packed.length),
            ":body": packed.map(|packed| &packed.body),
        },
        |row| row.get(0),
    )
}

/// The key in the columns of `row` from `column` on.
pub(super) fn key(row: &Row<'_>, column: usize) -> rusqlite::Result<AuditKey> {
    Ok(AuditKey {
        content: row.get(column)?,
        name: row.get(column + 1)?,
        rules: row.get(column + 2)?,
        policy: row.get(column + 3)?,
    })
}

fn parameters(key: &AuditKey) -> [&str; 4] {
    [&key.content, &key.name, &key.rules, &key.policy]
}

fn unpacked(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Vec<u8>>> {
    let packed = Packed::read(row, column)?;
    packed.map(|packed| packed.unpack().map_err(|error| unfit(column + 1, Type::Blob, error))).transpose()
}
