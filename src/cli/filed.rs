//! What the audits tell the registrar.

use std::sync::Arc;

use jiff::Timestamp;

use crate::audit::Audit;
use crate::intake::Stamp;
use crate::ledger::{Event, Summary};

/// One thing that happened to the inbox.
#[derive(Debug)]
pub(super) enum News {
    /// To be passed on as it is.
    Event(Event),
    /// A file was audited.
    Audited(Arc<Filed>),
    /// A file is gone; what was listed for it has been told.
    Gone(String),
    /// A file has another name; what is listed for it has been told.
    Renamed {
        /// Its old name.
        from: String,
        /// Its new name.
        to: String,
    },
    /// Files lie there as they are known.
    Seen(Vec<String>),
    /// Everything that lay there at the beginning has been audited.
    Complete,
}

/// A file that was audited.
#[derive(Debug)]
pub(super) struct Filed {
    /// Its name.
    pub(super) name: String,
    /// Its state when it was read, and BLAKE3 of its content; `None` if it could not be read.
    pub(super) seen: Option<(Stamp, String)>,
    /// Whether a file that still has this state is certain to have this content.
    pub(super) is_firm: bool,
    /// When its content arrived.
    pub(super) received: Timestamp,
    /// Itself, or the members of the archive it is.
    pub(super) listed: Vec<Listed>,
}

/// A submission in a file.
#[derive(Debug)]
pub(super) struct Listed {
    /// Its path.
    pub(super) path: String,
    /// Its audit in brief.
    pub(super) summary: Arc<Summary>,
    /// Its audit.
    pub(super) audit: Arc<Audit>,
}
