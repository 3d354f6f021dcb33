//! The ledger as JSON lines, for whatever else is to be done with it.
//!
//! The first line tells the form: `{"schema": 1, "tool": {"name", "version"}, "ledger": 3}`. Every other line has a
//! `record`, which says what it is:
//!
//! - `file`: `path`, `size`, `hash`, `first_seen`, `last_seen`, `received`, `gone` (when it was taken away, or null)
//! - `submission`: `path`, `file` (path of the file it stands in), `version` (id)
//! - `version`: `id`, `path`, `hash`, `agency`, `year`, `verdict`, `audit` (`content`, `name`, `rules`, `policy`, and
//!   `kept`: whether its result is still there), `received`, `first_seen`, `last_seen`
//! - `decision`: `id`, `agency`, `year`, `path`, `hash`, `basis`, `kind`, `rule`, `fingerprint`, `reason`, `undoes`, `at`,
//!   `login`, `host`, `session`, `nonce`, `seal`
//! - `claim`: `agency`, `year`, `login`, `host`, `session`, `until`, lapsed ones too
//!
//! Moments are in UTC (RFC 3339); what is not known is null.

use std::io::{self, Write};

use rusqlite::{Connection, Row};
use serde_json::{Value, json};

use super::column::timestamp;
use super::{Store, Trouble, UnitKey, audit, decision, schema};

/// Why the ledger was not written out to its end.
#[derive(Debug)]
pub enum Stopped {
    /// It could not be read.
    Ledger(Trouble),
    /// The output could not be written.
    Output(io::Error),
}

/// The same, before it is known where.
enum Stop {
    Database(rusqlite::Error),
    Output(io::Error),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Store {
    /// Writes everything but the results of audits to `out`, as it stood at one moment.
    ///
    /// # Errors
    /// What could not be read or written.
    pub fn export(&self, out: &mut impl Write) -> Result<(), Stopped> {
        lines(&self.connection, out).map_err(|stop| match stop {
            Stop::Database(error) => Stopped::Ledger(Trouble::of(&self.path, &error)),
            Stop::Output(error) => Stopped::Output(error),
        })
    }
}

/// One kind of line: its query, and what it makes of a row.
type Kind = (&'static str, fn(&Row<'_>) -> rusqlite::Result<Value>);

const KINDS: [Kind; 4] = [
    ("SELECT path, size, hash, first_seen, last_seen, received, gone FROM file ORDER BY path", file),
    (
        "SELECT submission.path, file.path, version FROM submission JOIN file ON file.id = file
         ORDER BY file.path, ordinal",
        submission,
    ),
    (
        "SELECT version.id, path, hash, agency, year, verdict, content, name, rules, policy, body IS NOT NULL,
                first_seen, last_seen, coalesce(received, first_seen)
         FROM version JOIN audit ON audit.id = audit ORDER BY version.id",
        version,
    ),
    ("SELECT agency, year, login, host, session, until FROM claim ORDER BY agency, year, login, host, session", claim),
];

fn lines(connection: &Connection, out: &mut impl Write) -> Result<(), Stop> {
    let transaction = connection.unchecked_transaction()?;
    let tool = json!({ "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") });
    line(out, &json!({ "schema": 1, "tool": tool, "ledger": schema::VERSION }))?;
    for (query, record) in KINDS {
        let mut query = transaction.prepare(query)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            line(out, &record(row)?)?;
        }
    }
    for decision in decision::since(&transaction, 0)? {
        line(out, &decided(&decision))?;
    }
    transaction.finish()?;
    Ok(())
}

fn line(out: &mut impl Write, value: &Value) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    timestamp(row, column).map(|at| at.to_string())
}

fn file(row: &Row<'_>) -> rusqlite::Result<Value> {
    let gone = row.get::<_, Option<i64>>(6)?.map(|_| moment(row, 6)).transpose()?;
    Ok(json!({
        "record": "file", "path": row.get::<_, String>(0)?, "size": row.get::<_, i64>(1)?,
        "hash": row.get::<_, String>(2)?, "first_seen": moment(row, 3)?, "last_seen": moment(row, 4)?,
        "received": moment(row, 5)?, "gone": gone,
    }))
}

fn submission(row: &Row<'_>) -> rusqlite::Result<Value> {
    Ok(json!({
        "record": "submission", "path": row.get::<_, String>(0)?, "file": row.get::<_, String>(1)?,
        "version": row.get::<_, i64>(2)?,
    }))
}

fn version(row: &Row<'_>) -> rusqlite::Result<Value> {
    let unit = UnitKey::read(row, 3)?;
    let key = audit::key(row, 6)?;
    Ok(json!({
        "record": "version", "id": row.get::<_, i64>(0)?, "path": row.get::<_, String>(1)?,
        "hash": row.get::<_, String>(2)?, "agency": unit.as_ref().map(|unit| &unit.agency),
        "year": unit.as_ref().and_then(|unit| unit.year), "verdict": row.get::<_, String>(5)?,
        "audit": {
            "content": key.content, "name": key.name, "rules": key.rules, "policy": key.policy,
            "kept": row.get::<_, bool>(10)?,
        },
        "received": moment(row, 13)?, "first_seen": moment(row, 11)?, "last_seen": moment(row, 12)?,
    }))
}

fn claim(row: &Row<'_>) -> rusqlite::Result<Value> {
    Ok(json!({
        "record": "claim", "agency": row.get::<_, String>(0)?, "year": row.get::<_, Option<i32>>(1)?,
        "login": row.get::<_, String>(2)?, "host": row.get::<_, String>(3)?, "session": row.get::<_, String>(4)?,
        "until": moment(row, 5)?,
    }))
}

fn decided(decision: &super::Decision) -> Value {
    json!({
        "record": "decision", "id": decision.id, "agency": decision.unit.agency, "year": decision.unit.year,
        "path": decision.path, "hash": decision.hash, "basis": decision.basis, "kind": decision.kind.name(),
        "rule": decision.finding.as_ref().map(|finding| &finding.rule),
        "fingerprint": decision.finding.as_ref().map(|finding| &finding.fingerprint),
        "reason": decision.reason, "undoes": decision.undoes, "at": decision.at.to_string(),
        "login": decision.operator.login, "host": decision.operator.host, "session": decision.operator.session,
        "nonce": decision.nonce.as_str(), "seal": decision.seal,
    })
}
