//! Every content that a submission ever had: v1, v2 and so on of an agency's report on a year.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Row, Transaction, named_params, params};

use super::audit::{self, AuditKey};
use super::column::{moment, timestamp};
use super::{Store, Trouble, UnitKey};

/// A content that a submission had or has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number in the ledger; later versions have larger ones.
    pub id: i64,
    /// Path of the submission, by the name it had last.
    pub path: String,
    /// Hash of its bytes.
    pub hash: String,
    /// When these bytes arrived, by the time of their file; where that is not known, when they were first seen.
    pub received: Timestamp,
    /// When these bytes were first seen there.
    pub first_seen: Timestamp,
    /// When they were last seen there.
    pub last_seen: Timestamp,
    /// Under which its latest audit is kept, unless that was pruned.
    pub key: AuditKey,
    /// The verdict of that audit, by its stable name.
    pub verdict: String,
    /// Whether it lies in the inbox as it was last seen.
    pub present: bool,
    /// The first version of the unit with the very same bytes, where that is an earlier one.
    pub repeats: Option<i64>,
}

impl Store {
    /// The newest version of each agency's report on a year, of those of which no version lies in the inbox.
    ///
    /// # Errors
    /// Why the ledger could not be read.
    pub fn remembered(&self) -> Result<Vec<Version>, Trouble> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT version.id, path, hash, first_seen, last_seen, content, name, rules, policy, verdict,
                        coalesce(received, first_seen)
                 FROM version JOIN audit ON audit.id = version.audit
                 WHERE agency IS NOT NULL AND body IS NOT NULL
                   AND version.id IN (SELECT max(id) FROM version GROUP BY agency, year)
                   AND NOT EXISTS (
                       SELECT 1 FROM version other
                       JOIN submission ON submission.version = other.id JOIN file ON file.id = submission.file
                       WHERE other.agency = version.agency AND other.year IS version.year AND file.gone IS NULL)
                 ORDER BY version.id",
            )?;
            query.query_map([], absent)?.collect()
        })
    }

    /// What lay before at the paths of what lies in the inbox, the earliest first.
    ///
    /// # Errors
    /// Why the ledger could not be read.
    pub fn overwritten(&self) -> Result<Vec<Version>, Trouble> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT version.id, version.path, hash, first_seen, last_seen, content, name, rules, policy, verdict,
                        coalesce(received, first_seen)
                 FROM version JOIN audit ON audit.id = version.audit
                 WHERE body IS NOT NULL AND agency IS NOT NULL
                   AND version.path IN (SELECT submission.path FROM submission
                                        JOIN file ON file.id = submission.file WHERE file.gone IS NULL)
                   AND version.id NOT IN (SELECT submission.version FROM submission)
                 ORDER BY version.id",
            )?;
            query.query_map([], absent)?.collect()
        })
    }

    /// Every version ever seen of an agency's report on a year, the earliest first.
    ///
    /// # Errors
    /// Why the ledger could not be read.
    pub fn versions(&self, unit: &UnitKey) -> Result<Vec<Version>, Trouble> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT version.id, path, hash, first_seen, last_seen, content, name, rules, policy, verdict,
                        coalesce(received, first_seen), EXISTS (SELECT 1 FROM submission JOIN file ON file.id = submission.file
                                WHERE submission.version = version.id AND file.gone IS NULL)
                 FROM version JOIN audit ON audit.id = version.audit
                 WHERE agency = ?1 AND year IS ?2 ORDER BY version.id",
            )?;
            let mut first: HashMap<String, i64> = HashMap::new();
            let version = |row: &Row<'_>| {
                let (id, hash): (i64, String) = (row.get(0)?, row.get(2)?);
                let earliest = *first.entry(hash.clone()).or_insert(id);
                Ok(Version {
                    id,
                    path: row.get(1)?,
                    hash,
                    received: timestamp(row, 10)?,
                    first_seen: timestamp(row, 3)?,
                    last_seen: timestamp(row, 4)?,
                    key: audit::key(row, 5)?,
                    verdict: row.get(9)?,
                    present: row.get(11)?,
                    repeats: (earliest != id).then_some(earliest),
                })
            };
            query.query_map(params![unit.agency, unit.year], version)?.collect()
        })
    }
}

/// A version that does not lie in the inbox.
fn absent(row: &Row<'_>) -> rusqlite::Result<Version> {
    Ok(Version {
        id: row.get(0)?,
        path: row.get(1)?,
        hash: row.get(2)?,
        received: timestamp(row, 10)?,
        first_seen: timestamp(row, 3)?,
        last_seen: timestamp(row, 4)?,
        key: audit::key(row, 5)?,
        verdict: row.get(9)?,
        present: false,
        repeats: None,
    })
}

/// A content seen at a path.
#[derive(Debug)]
pub(super) struct Sighting<'a> {
    pub(super) path: &'a str,
    pub(super) hash: &'a str,
    pub(super) unit: Option<&'a UnitKey>,
    pub(super) verdict: &'a str,
    pub(super) audit: i64,
    pub(super) received: Timestamp,
    pub(super) at: Timestamp,
}

/// The version that a submission of a file is of.
#[derive(Debug)]
pub(super) struct Current {
    pub(super) id: i64,
    pub(super) path: String,
    pub(super) hash: String,
}

/// The versions of what is listed for a file.
pub(super) fn of_file(transaction: &Transaction<'_>, file: i64) -> rusqlite::Result<Vec<Current>> {
    let mut query = transaction.prepare_cached(
        "SELECT version.id, submission.path, hash FROM submission
         JOIN version ON version.id = submission.version WHERE file = ?1",
    )?;
    let current = |row: &Row<'_>| Ok(Current { id: row.get(0)?, path: row.get(1)?, hash: row.get(2)? });
    query.query_map([file], current)?.collect()
}

/// A content never seen before at its path; tells its row.
pub(super) fn begin(transaction: &Transaction<'_>, sighting: &Sighting<'_>) -> rusqlite::Result<i64> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO version (path, hash, agency, year, verdict, audit, received, first_seen, last_seen)
         VALUES (:path, :hash, :agency, :year, :verdict, :audit, :received, :at, :at) RETURNING id",
    )?;
    let Sighting { path, hash, unit, verdict, audit, received, at } = *sighting;
    let parameters = named_params! {
        ":path": path, ":hash": hash, ":agency": unit.map(|unit| &unit.agency),
        ":year": unit.and_then(|unit| unit.year), ":verdict": verdict, ":audit": audit,
        ":received": moment(received), ":at": moment(at),
    };
    insert.query_row(parameters, |row| row.get(0))
}

/// A content seen again at its path, perhaps with another audit.
pub(super) fn again(transaction: &Transaction<'_>, id: i64, sighting: &Sighting<'_>) -> rusqlite::Result<()> {
    let mut update = transaction.prepare_cached(
        "UPDATE version SET agency = :agency, year = :year, verdict = :verdict, audit = :audit,
                            received = :received, last_seen = max(last_seen, :at) WHERE id = :id",
    )?;
    let Sighting { unit, verdict, audit, received, at, .. } = *sighting;
    let parameters = named_params! {
        ":id": id, ":agency": unit.map(|unit| &unit.agency), ":year": unit.and_then(|unit| unit.year),
        ":verdict": verdict, ":audit": audit, ":received": moment(received), ":at": moment(at),
    };
    update.execute(parameters).map(drop)
}
