//! What operators decided: a log that is only ever added to.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, named_params};

use super::column::{moment, timestamp};
use super::{Store, Trouble, TroubleKind, UnitKey};

/// What was decided. Stored by its name; a name that only a newer program knows is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DecisionKind {
    /// The report passes.
    Pass,
    /// It is returned for rectification.
    Return,
    /// It is taken up again.
    Reopen,
    /// A finding is right.
    Confirm,
    /// A finding is none.
    Dismiss,
    /// An earlier decision is taken back.
    Undo,
    /// A file belongs to a unit of the roster.
    Match,
    /// A remark.
    Note,
    /// Something a newer program knows.
    Unknown(String),
}

impl DecisionKind {
    /// Every kind this program knows.
    pub const ALL: [Self; 8] =
        [Self::Pass, Self::Return, Self::Reopen, Self::Confirm, Self::Dismiss, Self::Undo, Self::Match, Self::Note];

    /// The name it is stored by, which never changes.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Pass => "pass",
            Self::Return => "return",
            Self::Reopen => "reopen",
            Self::Confirm => "confirm",
            Self::Dismiss => "dismiss",
            Self::Undo => "undo",
            Self::Match => "match",
            Self::Note => "note",
            Self::Unknown(name) => name,
        }
    }

    /// The kind stored by `name`.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or_else(|| Self::Unknown(name.to_owned()))
    }
}

/// A finding, wherever in its file it moves.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FindingKey {
    /// Code of the rule.
    pub rule: String,
    /// Fingerprint of the finding.
    pub fingerprint: String,
}

/// Who decides.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Operator {
    /// Login name.
    pub login: String,
    /// Name of the machine.
    pub host: String,
    /// Which run of the program, where one person has several.
    pub session: String,
}

/// What tells one decision from another that says the same. A decision that is handed in again under its nonce, after
/// a failure that left open whether it was stored, is stored once.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nonce(String);

impl Nonce {
    /// A new one.
    #[must_use]
    pub fn random() -> Self {
        // Every state is seeded by the system; what is hashed with it does not matter.
        let word = || RandomState::new().hash_one(std::process::id());
        Self(format!("{:016x}{:016x}", word(), word()))
    }

    /// Its digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A decision to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDecision {
    /// What tells it from another that says the same.
    pub nonce: Nonce,
    /// On what.
    pub unit: UnitKey,
    /// On which submission.
    pub path: Option<String>,
    /// Hash of the version that the operator saw.
    pub hash: Option<String>,
    /// What it rests on: it holds for as long as that stays as it was.
    pub basis: Option<String>,
    /// What.
    pub kind: DecisionKind,
    /// On which finding, if on one.
    pub finding: Option<FindingKey>,
    /// Why.
    pub reason: Option<String>,
    /// Which earlier decision is taken back.
    pub undoes: Option<i64>,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub operator: Operator,
}

impl NewDecision {
    /// A decision with nothing but what every one has.
    #[must_use]
    pub fn new(unit: UnitKey, kind: DecisionKind, at: Timestamp, operator: Operator) -> Self {
        let nonce = Nonce::random();
        Self {
            nonce,
            unit,
            path: None,
            hash: None,
            basis: None,
            kind,
            finding: None,
            reason: None,
            undoes: None,
            at,
            operator,
        }
    }
}

/// A decision as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its number: 1, 2 and so on, in the order in which decisions were stored.
    pub id: i64,
    /// On what.
    pub unit: UnitKey,
    /// On which submission.
    pub path: Option<String>,
    /// Hash of the version that the operator saw.
    pub hash: Option<String>,
    /// What it rests on: it holds for as long as that stays as it was.
    pub basis: Option<String>,
    /// What.
    pub kind: DecisionKind,
    /// On which finding, if on one.
    pub finding: Option<FindingKey>,
    /// Why.
    pub reason: Option<String>,
    /// Which earlier decision is taken back.
    pub undoes: Option<i64>,
    /// When, to the microsecond.
    pub at: Timestamp,
    /// Who.
    pub operator: Operator,
    /// What tells it from another that says the same.
    pub nonce: Nonce,
    /// Hash of all this and of the seal before it.
    pub seal: String,
}

/// The columns of a decision as [`Decision::read`] takes them.
const COLUMNS: &str = "id, nonce, agency, year, path, hash, kind, rule, fingerprint, reason, undoes, at, login, host, session, seal, basis";

impl Store {
    /// Stores a decision. When this returns, it is on the disk. Under a nonce that is stored already, nothing is
    /// added and what stands there is told.
    ///
    /// # Errors
    /// Why it was not stored.
    pub fn decide(&mut self, new: &NewDecision) -> Result<Decision, Trouble> {
        if let Some(id) = new.undoes
            && self.decision(id)?.is_none()
        {
            return Err(Trouble::new(
                TroubleKind::Other,
                &self.path,
                format!("没有第 {id} 号决定，无从撤销"),
                format!("there is no decision {id} to undo"),
            ));
        }
        self.write(|transaction| match stored(transaction, &new.nonce)? {
            Some(decision) => Ok(decision),
            None => append(transaction, new),
        })
    }

    /// The decisions with a number above `id`, in their order; all of them for 0.
    ///
    /// # Errors
    /// Why the ledger could not be read.
    pub fn decisions_since(&self, id: i64) -> Result<Vec<Decision>, Trouble> {
        self.read(|connection| since(connection, id))
    }

    fn decision(&self, id: i64) -> Result<Option<Decision>, Trouble> {
        let query = format!("SELECT {COLUMNS} FROM decision WHERE id = ?1");
        self.read(|connection| connection.prepare_cached(&query)?.query_row([id], Decision::read).optional())
    }
}

/// The decisions with a number above `id`.
pub(super) fn since(connection: &Connection, id: i64) -> rusqlite::Result<Vec<Decision>> {
    let query = format!("SELECT {COLUMNS} FROM decision WHERE id > ?1 ORDER BY id");
    connection.prepare_cached(&query)?.query_map([id], Decision::read)?.collect()
}

fn stored(transaction: &Transaction<'_>, nonce: &Nonce) -> rusqlite::Result<Option<Decision>> {
    let query = format!("SELECT {COLUMNS} FROM decision WHERE nonce = ?1");
    transaction.prepare_cached(&query)?.query_row([&nonce.0], Decision::read).optional()
}

/// Adds a decision behind the last. Nobody else writes meanwhile.
fn append(transaction: &Transaction<'_>, new: &NewDecision) -> rusqlite::Result<Decision> {
    let last = "SELECT id, seal FROM decision ORDER BY id DESC LIMIT 1";
    let last = transaction.prepare_cached(last)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (last, before): (i64, String) = last.unwrap_or_default();
    let new = new.clone();
    let mut decision = Decision {
        id: last + 1,
        unit: new.unit,
        path: new.path,
        hash: new.hash,
        basis: new.basis,
        kind: new.kind,
        finding: new.finding,
        reason: new.reason,
        undoes: new.undoes,
        // As it will be read again.
        at: Timestamp::from_microsecond(moment(new.at)).unwrap_or(new.at),
        operator: new.operator,
        nonce: new.nonce,
        seal: String::new(),
    };
    decision.seal = decision.seal_after(&before);
    decision.write(transaction)?;
    Ok(decision)
}

impl Decision {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let rule: Option<String> = row.get(7)?;
        let finding = rule.map(|rule| Ok::<_, rusqlite::Error>(FindingKey { rule, fingerprint: row.get(8)? }));
        Ok(Self {
            id: row.get(0)?,
            nonce: Nonce(row.get(1)?),
            unit: UnitKey { agency: row.get(2)?, year: row.get(3)? },
            path: row.get(4)?,
            hash: row.get(5)?,
            kind: DecisionKind::named(&row.get::<_, String>(6)?),
            finding: finding.transpose()?,
            reason: row.get(9)?,
            undoes: row.get(10)?,
            at: timestamp(row, 11)?,
            operator: Operator { login: row.get(12)?, host: row.get(13)?, session: row.get(14)? },
            seal: row.get(15)?,
            basis: row.get(16)?,
        })
    }

    fn write(&self, transaction: &Transaction<'_>) -> rusqlite::Result<()> {
        let insert = format!(
            "INSERT INTO decision ({COLUMNS}) VALUES (:id, :nonce, :agency, :year, :path, :hash, :kind, :rule,
             :fingerprint, :reason, :undoes, :at, :login, :host, :session, :seal, :basis)"
        );
        let parameters = named_params! {
            ":id": self.id, ":nonce": self.nonce.0, ":agency": self.unit.agency, ":year": self.unit.year,
            ":path": self.path, ":hash": self.hash, ":kind": self.kind.name(),
            ":rule": self.finding.as_ref().map(|finding| &finding.rule),
            ":fingerprint": self.finding.as_ref().map(|finding| &finding.fingerprint),
            ":reason": self.reason, ":undoes": self.undoes, ":at": moment(self.at),
            ":login": self.operator.login, ":host": self.operator.host, ":session": self.operator.session,
            ":seal": self.seal, ":basis": self.basis,
        };
        transaction.prepare_cached(&insert)?.execute(parameters).map(drop)
    }

    /// The seal of this decision behind one with the seal `before`; the first stands behind an empty one.
    pub(super) fn seal_after(&self, before: &str) -> String {
        let number = |number: i64| Some(number.to_string());
        let finding = self.finding.as_ref();
        let fields: [Option<String>; 16] = [
            Some(before.to_owned()),
            number(self.id),
            Some(self.nonce.0.clone()),
            Some(self.unit.agency.clone()),
            self.unit.year.and_then(|year| number(year.into())),
            self.path.clone(),
            self.hash.clone(),
            Some(self.kind.name().to_owned()),
            finding.map(|finding| finding.rule.clone()),
            finding.map(|finding| finding.fingerprint.clone()),
            self.reason.clone(),
            self.undoes.and_then(number),
            number(moment(self.at)),
            Some(self.operator.login.clone()),
            Some(self.operator.host.clone()),
            Some(self.operator.session.clone()),
        ];
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"nianshen decision 1");
        for field in fields {
            // With its length, so that no two decisions are written alike.
            match field {
                None => hasher.update(&[0]),
                Some(text) => hasher.update(&[1]).update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes()),
            };
        }
        // Decisions of before there was one are sealed without.
        if let Some(basis) = &self.basis {
            hasher.update(&[2]).update(&(basis.len() as u64).to_le_bytes()).update(basis.as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}
