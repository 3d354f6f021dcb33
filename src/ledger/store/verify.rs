//! Whether the ledger is what was written.

use rusqlite::{Connection, OptionalExtension as _};

use super::audit::Packed;
use super::decision::{self, Decision};
use super::{Store, Trouble, TroubleKind, schema};
use crate::text::{Wording, printable};

impl Store {
    /// Everything that is wrong with the ledger: with the file, with what refers to what, with the seals of the
    /// decisions, with what was compressed.
    ///
    /// # Errors
    /// Why it could not be looked through. That it is damaged is told, not an error.
    pub fn verify(&self) -> Result<Vec<Wording>, Trouble> {
        let mut wrong = Vec::new();
        for check in [sound, complete, related, sealed, unpacked] {
            match self.read_at_once(check) {
                Ok(found) => wrong.extend(found),
                Err(trouble) if trouble.kind == TroubleKind::Damaged => {
                    // The same damage stands in the way of several checks.
                    if !wrong.contains(&trouble.wording) {
                        wrong.push(trouble.wording);
                    }
                }
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(wrong)
    }
}

/// The pages of the file and the types of what stands in them.
fn sound(connection: &Connection) -> rusqlite::Result<Vec<Wording>> {
    let mut check = connection.prepare("PRAGMA integrity_check")?;
    let lines: Vec<String> = check.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let wrong = lines.iter().filter(|line| *line != "ok").map(|line| {
        let line = printable(line);
        Wording::new(format!("文件结构：{line}"), format!("structure of the file: {line}"))
    });
    Ok(wrong.collect())
}

/// Tables, and what guards them.
fn complete(connection: &Connection) -> rusqlite::Result<Vec<Wording>> {
    let wrong = schema::deviations(connection)?.into_iter().map(|name| {
        Wording::new(
            format!("表结构：{name} 缺失或被改动"),
            format!("structure of the tables: {name} is missing or was changed"),
        )
    });
    Ok(wrong.collect())
}

fn related(connection: &Connection) -> rusqlite::Result<Vec<Wording>> {
    let mut check = connection.prepare("PRAGMA foreign_key_check")?;
    let wrong = check.query_map([], |row| {
        let (table, row, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let row = row.unwrap_or_default();
        let (table, parent) = (printable(&table), printable(&parent));
        Ok(Wording::new(
            format!("{table} 第 {row} 行所指的 {parent} 不存在"),
            format!("row {row} of {table} refers to a {parent} that does not exist"),
        ))
    })?;
    wrong.collect()
}

/// The decisions: numbered without a gap, each sealed behind the one before it, none cut off at the end.
fn sealed(connection: &Connection) -> rusqlite::Result<Vec<Wording>> {
    let mut wrong = Vec::new();
    let (mut expected, mut before) = (1, String::new());
    for decision in decision::since(connection, 0)? {
        wrong.extend(missing(expected, decision.id));
        if decision.seal != decision.seal_after(&before) {
            wrong.push(broken(&decision));
        }
        expected = decision.id + 1;
        before = decision.seal;
    }
    let last = "SELECT seq FROM sqlite_sequence WHERE name = 'decision'";
    let last: Option<i64> = connection.query_row(last, [], |row| row.get(0)).optional()?;
    wrong.extend(missing(expected, last.unwrap_or(0) + 1));
    Ok(wrong)
}

/// The decisions from `expected` up to before `found`.
fn missing(expected: i64, found: i64) -> Option<Wording> {
    let last = found - 1;
    match last - expected {
        ..0 => None,
        0 => Some(Wording::new(format!("缺少第 {last} 号决定"), format!("decision {last} is missing"))),
        _ => Some(Wording::new(
            format!("缺少第 {expected} 至 {last} 号决定"),
            format!("decisions {expected} to {last} are missing"),
        )),
    }
}

fn broken(decision: &Decision) -> Wording {
    let Decision { id, unit, operator, at, .. } = decision;
    let (agency, login) = (printable(&unit.agency), printable(&operator.login));
    Wording::new(
        format!("第 {id} 号决定（{agency}，{login}，{at}）与封存时不符，它或它之前的决定被改动过"),
        format!(
            "decision {id} ({agency}, {login}, {at}) is not what was sealed: it or what stands before it was changed"
        ),
    )
}

fn unpacked(connection: &Connection) -> rusqlite::Result<Vec<Wording>> {
    let mut wrong = Vec::new();
    let mut query = connection.prepare("SELECT length, body, id, content FROM audit WHERE body IS NOT NULL")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if Packed::read(row, 0)?.is_some_and(|packed| packed.unpack().is_err()) {
            let (id, content): (i64, String) = (row.get(2)?, row.get(3)?);
            let content = printable(&content);
            wrong.push(Wording::new(
                format!("第 {id} 号审核结果（内容 {content}）解不开"),
                format!("the result of audit {id} (content {content}) cannot be unpacked"),
            ));
        }
    }
    Ok(wrong)
}
