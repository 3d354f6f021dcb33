//! Who is at work on what (正在审). A claim binds nobody; it is there to be seen, and lapses by itself.

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};

use super::column::{moment, timestamp};
use super::{Operator, Store, Trouble, UnitKey};

/// An operator is at work on an agency's report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// On what.
    pub unit: UnitKey,
    /// Who.
    pub operator: Operator,
    /// When it lapses.
    pub until: Timestamp,
}

impl Store {
    /// Says that `operator` is at work on `unit` until `until`; said again, the later word counts.
    ///
    /// # Errors
    /// Why it was not stored.
    pub fn claim(&mut self, unit: &UnitKey, operator: &Operator, until: Timestamp) -> Result<(), Trouble> {
        self.write(|transaction| {
            withdraw(transaction, unit, operator)?;
            let insert =
                "INSERT INTO claim (agency, year, login, host, session, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let Operator { login, host, session } = operator;
            let parameters = params![unit.agency, unit.year, login, host, session, moment(until)];
            transaction.prepare_cached(insert)?.execute(parameters).map(drop)
        })
    }

    /// Says that `operator` is at work on `unit` no more.
    ///
    /// # Errors
    /// Why it was not stored.
    pub fn release(&mut self, unit: &UnitKey, operator: &Operator) -> Result<(), Trouble> {
        self.write(|transaction| withdraw(transaction, unit, operator))
    }

    /// The claims that have not lapsed by `now`, everybody's.
    ///
    /// # Errors
    /// Why the ledger could not be read.
    pub fn claims(&self, now: Timestamp) -> Result<Vec<Claim>, Trouble> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT agency, year, login, host, session, until FROM claim WHERE until > ?1
                 ORDER BY agency, year, login, host, session",
            )?;
            let claim = |row: &Row<'_>| {
                Ok(Claim {
                    unit: UnitKey { agency: row.get(0)?, year: row.get(1)? },
                    operator: Operator { login: row.get(2)?, host: row.get(3)?, session: row.get(4)? },
                    until: timestamp(row, 5)?,
                })
            };
            query.query_map([moment(now)], claim)?.collect()
        })
    }
}

fn withdraw(transaction: &Transaction<'_>, unit: &UnitKey, operator: &Operator) -> rusqlite::Result<()> {
    let delete = "DELETE FROM claim WHERE agency = ?1 AND year IS ?2 AND login = ?3 AND host = ?4 AND session = ?5";
    let Operator { login, host, session } = operator;
    transaction.prepare_cached(delete)?.execute(params![unit.agency, unit.year, login, host, session]).map(drop)
}
