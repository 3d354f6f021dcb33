//! The inbox as it stands: which files arrived, when, and what their latest audit says.

mod order;
pub mod store;
mod submission;
mod tally;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::audit::Audit;
use crate::text::Wording;

pub use order::{Order, SortKey};
pub use submission::Submission;
pub use tally::Tally;

/// Something that happened to the inbox, as the audit workers report it.
#[derive(Clone, Debug)]
pub enum Event {
    /// A file was seen and waits for its audit.
    Discovered {
        /// Path below the inbox, `/`-separated, as it may be shown.
        path: String,
    },
    /// A file was audited, for the first time or again.
    Audited {
        /// Path below the inbox.
        path: String,
        /// When its content arrived (modification time of the file).
        received: Timestamp,
        /// What was found.
        audit: Arc<Audit>,
    },
    /// A file is gone.
    Removed {
        /// Path below the inbox.
        path: String,
    },
    /// A file has another name now, with the same content.
    Renamed {
        /// Old path below the inbox.
        from: String,
        /// New path below the inbox.
        to: String,
    },
    /// How watching goes.
    Health(Health),
}

/// How watching goes: the health line of the dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// How changes are noticed.
    pub mode: WatchMode,
    /// When the last change was noticed.
    pub last_event: Option<Timestamp>,
    /// Files waiting for their audit.
    pub queued: usize,
    /// Files audited since the start of the current scan.
    pub scanned: usize,
    /// Files the current scan has found.
    pub found: usize,
    /// What is wrong with watching, if anything.
    pub problem: Option<Wording>,
}

/// How changes of the inbox are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchMode {
    /// Notifications of the file system.
    Notified,
    /// Looking again every so often.
    Polling,
}

/// The list of submissions, kept up to date by [`Ledger::apply`].
#[derive(Debug, Default)]
pub struct Ledger {
    submissions: BTreeMap<Arc<str>, Submission>,
    health: Option<Health>,
}

impl Ledger {
    /// Takes in something that happened. Events about files never heard of are no error: a
    /// notification may be lost, doubled or late.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::Discovered { path } => {
                let path: Arc<str> = path.into();
                let seen = self.submissions.entry(Arc::clone(&path)).or_insert_with(|| Submission::waiting(path));
                seen.pending = true;
            }
            Event::Audited { path, received, audit } => {
                let path: Arc<str> = path.into();
                self.submissions.insert(Arc::clone(&path), Submission::audited(path, received, audit));
            }
            Event::Removed { path } => {
                self.submissions.remove(path.as_str());
            }
            Event::Renamed { from, to } => {
                if let Some(submission) = self.submissions.remove(from.as_str()) {
                    let to: Arc<str> = to.into();
                    self.submissions.insert(Arc::clone(&to), submission.renamed(to));
                }
            }
            Event::Health(health) => self.health = Some(health),
        }
    }

    /// The submission at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Submission> {
        self.submissions.get(path)
    }

    /// Every submission, by path.
    pub fn iter(&self) -> impl Iterator<Item = &Submission> {
        self.submissions.values()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.submissions.len()
    }

    /// Whether nothing has arrived.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.submissions.is_empty()
    }

    /// How watching goes; `None` until the first word of it.
    #[must_use]
    pub const fn health(&self) -> Option<&Health> {
        self.health.as_ref()
    }

    /// Submissions by verdict.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::of(self.iter())
    }

    /// The paths of the submissions that `keep` lets through, in `order`.
    pub fn ordered(&self, order: Order, keep: impl Fn(&Submission) -> bool) -> Vec<Arc<str>> {
        let mut kept: Vec<&Submission> = self.iter().filter(|submission| keep(submission)).collect();
        kept.sort_by(|a, b| order.compare(a, b));
        kept.into_iter().map(|submission| Arc::clone(&submission.path)).collect()
    }
}
