//! The inbox as it stands: which files arrived, when, and what their latest audit says.

use std::sync::Arc;

use jiff::Timestamp;

use crate::audit::Audit;
use crate::text::Wording;

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
