//! The ledger on disk: what is recorded is found again, what is decided is never lost.

mod command;
mod crowd;
mod decision;
mod record;
mod refuse;
mod upkeep;
mod verify;

use std::path::Path;

use jiff::Timestamp;
use nianshen::ledger::store::{
    Access, AuditKey, DecisionKind, Listed, NewDecision, Operator, Recorded, RecordedSubmission, Stamp, Store, UnitKey,
};

/// Some moment; later ones for larger numbers.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

pub(crate) fn open(path: &Path) -> Store {
    Store::open(path, Access::ReadWrite).unwrap()
}

pub(crate) fn unit(agency: &str) -> UnitKey {
    UnitKey { agency: agency.to_owned(), year: Some(2023) }
}

pub(crate) fn operator(login: &str) -> Operator {
    Operator { login: login.to_owned(), host: "qingxi".to_owned(), session: "1".to_owned() }
}

/// A remark on 青溪县民政局.
pub(crate) fn note(reason: &str) -> NewDecision {
    let reason = Some(reason.to_owned());
    NewDecision { reason, ..NewDecision::new(unit("青溪县民政局"), DecisionKind::Note, at(0), operator("zhou")) }
}

pub(crate) fn key(content: &str) -> AuditKey {
    AuditKey {
        content: content.to_owned(),
        name: String::new(),
        rules: "rules 1".to_owned(),
        policy: "policy 1".to_owned(),
    }
}

/// What is listed at `path` with the given content: a compliant report of 青溪县民政局.
pub(crate) fn submission(path: &str, content: &str) -> RecordedSubmission {
    RecordedSubmission {
        listed: Listed {
            path: path.to_owned(),
            unit: Some(unit("青溪县民政局")),
            verdict: "compliant".to_owned(),
            key: key(content),
            summary: format!("summary of {content}").into_bytes(),
        },
        audit: Some(format!("audit of {content}").into_bytes()),
    }
}

/// A file that is one submission, seen at `seen`.
pub(crate) fn file(path: &str, content: &str, seen: i64) -> Recorded {
    Recorded {
        path: path.to_owned(),
        stamp: Stamp { size: 7, modified: 1_700_000_000_123_456_789, changed: 5, inode: Some((1, 2)) },
        hash: content.to_owned(),
        received: at(seen - 1),
        seen: at(seen),
        submissions: vec![submission(path, content)],
    }
}
