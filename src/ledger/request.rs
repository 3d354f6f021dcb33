//! What the dashboard asks of whoever keeps the ledger.

use std::sync::Arc;

use super::store::{DecisionKind, FindingKey, UnitKey};

/// One thing to be done for the dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// The audit of the submission at this path, in full.
    Open(Arc<str>),
    /// Write a decision down.
    Decide(Box<Draft>),
    /// The versions of what lies at this path, and what changed between the last two: the agency whose decisions
    /// belong to it, and the names under which its versions were written down.
    History(UnitKey, Vec<UnitKey>),
    /// The operator works on this agency now; on none.
    Attend(Option<UnitKey>),
}

/// A decision as the operator made it; who and when are added where it is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The agency and year.
    pub unit: UnitKey,
    /// The submission it was made on.
    pub path: Arc<str>,
    /// BLAKE3 of that submission.
    pub hash: Option<String>,
    /// The figures it rests on.
    pub basis: Option<String>,
    /// What was decided.
    pub kind: DecisionKind,
    /// The finding it is about.
    pub finding: Option<FindingKey>,
    /// Why.
    pub reason: Option<String>,
    /// The decision it takes back.
    pub undoes: Option<i64>,
}
