//! The inbox as it stands: which files arrived, when, and what their latest audit says.

mod disposition;
mod history;
pub mod kept;
mod order;
mod request;
mod standing;
pub mod store;
mod submission;
mod summary;
mod tally;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use crate::audit::Audit;
use crate::rule::Totals;
use crate::text::Wording;

use store::{Claim, Decision, UnitKey};

pub use disposition::{Disposition, Dispositions, State, key_of};
pub use history::{Edition, History, Step};
pub use order::{Order, SortKey};
pub use request::{Draft, Request};
pub use standing::{Comparison, Expected, Standing};
pub use submission::Submission;
pub use summary::Summary;
pub use tally::{Class, Tally};

/// Something that happened to the inbox, as the audit workers report it.
#[derive(Clone, Debug)]
pub enum Event {
    /// A file was seen and is still arriving.
    Discovered {
        /// Path below the inbox, `/`-separated, as it may be shown.
        path: String,
    },
    /// A file has arrived and waits for its audit.
    Queued {
        /// Path below the inbox.
        path: String,
    },
    /// A file was audited, for the first time or again.
    Audited {
        /// Path below the inbox.
        path: String,
        /// When its content arrived (modification time of the file).
        received: Timestamp,
        /// What was found, in brief.
        summary: Arc<Summary>,
        /// What was found, in full, unless it is kept elsewhere and can be asked for.
        audit: Option<Arc<Audit>>,
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
    /// The whole inbox was compared.
    Compared(Comparison),
    /// Operators decided, in this order.
    Decided(Vec<Decision>),
    /// Who works on what now.
    Claimed(Vec<Claim>),
    /// An audit that was asked for.
    Opened {
        /// Path below the inbox.
        path: String,
        /// The audit in full, or why it cannot be had.
        audit: Result<Arc<Audit>, Wording>,
    },
    /// The history of an agency that was asked for.
    History(Box<History>),
    /// Something could not be kept, or can be again (`None`).
    Unkept(Option<Wording>),
    /// A word to the operator.
    Told(Wording),
}

/// How watching goes: the health line of the dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// How changes are noticed.
    pub mode: WatchMode,
    /// The same in words, with the reason.
    pub how: Wording,
    /// What the last look at everything showed.
    pub looked: Option<Wording>,
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
    /// What operators decided.
    pub dispositions: Dispositions,
    /// Who works on what.
    claims: Vec<Claim>,
    /// Why something cannot be kept, if so.
    unkept: Option<Wording>,
    /// The names of all units of the roster.
    units: Vec<Arc<str>>,
    /// How many units have reported.
    totals: Option<Totals>,
    /// What is wrong with the roster.
    roster_problem: Option<Wording>,
}

impl Event {
    /// That the file at `path` was audited, with the audit in full.
    #[must_use]
    pub fn audited(path: impl Into<String>, received: Timestamp, audit: Audit) -> Self {
        Self::Audited {
            path: path.into(),
            received,
            summary: Arc::new(Summary::of(&audit)),
            audit: Some(Arc::new(audit)),
        }
    }
}

impl Ledger {
    /// Takes in something that happened. Events about files never heard of are no error: a
    /// notification may be lost, doubled or late.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::Discovered { path } => self.waits(path, true),
            Event::Queued { path } => self.waits(path, false),
            Event::Audited { path, received, summary, audit } => {
                let path: Arc<str> = path.into();
                let standing = self.submissions.get(&path).map(|known| known.standing.clone()).unwrap_or_default();
                let mut submission = Submission::audited(Arc::clone(&path), received, summary, audit, standing);
                submission.decided_as = self.decided_as(&submission);
                self.submissions.insert(path, submission);
            }
            Event::Removed { path } => {
                self.submissions.remove(path.as_str());
            }
            Event::Renamed { from, to } => {
                if let Some(submission) = self.submissions.remove(from.as_str()) {
                    let to: Arc<str> = to.into();
                    let mut submission = submission.renamed(Arc::clone(&to));
                    submission.decided_as = self.decided_as(&submission);
                    self.submissions.insert(to, submission);
                }
            }
            Event::Health(health) => self.health = Some(health),
            Event::Compared(comparison) => self.compared(comparison),
            Event::Decided(decisions) => decisions.into_iter().for_each(|decision| self.dispositions.take(decision)),
            Event::Claimed(claims) => self.claims = claims,
            Event::Unkept(why) => self.unkept = why,
            Event::Opened { .. } | Event::History(_) | Event::Told(_) => {}
        }
    }

    /// The path under which decisions about `submission` are kept: where its content was decided on under another name
    /// that no other file has now, that one.
    fn decided_as(&self, submission: &Submission) -> Arc<str> {
        let hash = submission.summary.as_ref().and_then(|summary| summary.hash.as_deref());
        let before = hash.and_then(|hash| self.dispositions.path_of(hash));
        let before = before.filter(|path| !self.submissions.contains_key(*path));
        before.map_or_else(|| Arc::clone(&submission.path), Arc::from)
    }

    fn waits(&mut self, path: String, receiving: bool) {
        let path: Arc<str> = path.into();
        let seen = self.submissions.entry(Arc::clone(&path)).or_insert_with(|| Submission::waiting(path));
        seen.pending = true;
        seen.receiving = receiving;
    }

    /// Takes in where everything stands among the others.
    fn compared(&mut self, comparison: Comparison) {
        let mut standings: BTreeMap<Arc<str>, Standing> = comparison.standings.into_iter().collect();
        self.submissions.retain(|_, submission| submission.expected.is_none());
        for submission in self.submissions.values_mut() {
            submission.place(standings.remove(&submission.path).unwrap_or_default());
        }
        for expected in comparison.expected {
            self.submissions.insert(Arc::clone(&expected.at), Submission::expected(expected));
        }
        self.units = comparison.units;
        self.totals = comparison.totals;
        self.roster_problem = comparison.problem;
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

    /// Why something cannot be kept, if so.
    #[must_use]
    pub const fn unkept(&self) -> Option<&Wording> {
        self.unkept.as_ref()
    }

    /// Who works on `unit` now.
    pub fn claims_on<'a>(&'a self, unit: &'a UnitKey) -> impl Iterator<Item = &'a Claim> {
        self.claims.iter().filter(move |claim| claim.unit == *unit)
    }

    /// The names under which the versions of the report of `unit` are known: its own, and what their titles say.
    #[must_use]
    pub fn names_of(&self, unit: &UnitKey) -> Vec<UnitKey> {
        let own = self.iter().filter(|submission| submission.unit() == *unit).map(Submission::own_unit);
        let names: BTreeSet<UnitKey> = own.chain([unit.clone()]).collect();
        names.into_iter().collect()
    }

    /// Whether nobody works on anything.
    #[must_use]
    pub const fn is_unattended(&self) -> bool {
        self.claims.is_empty()
    }

    /// What is wrong with the roster as it lies there now, if anything.
    #[must_use]
    pub const fn roster_problem(&self) -> Option<&Wording> {
        self.roster_problem.as_ref()
    }

    /// The names of all units of the roster, in its order.
    #[must_use]
    pub fn units(&self) -> &[Arc<str>] {
        &self.units
    }

    /// How many units of the roster have reported, by level and kind; `None` without a roster.
    #[must_use]
    pub const fn totals(&self) -> Option<&Totals> {
        self.totals.as_ref()
    }

    /// What counts, by verdict: of several versions the newest.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::of(self.iter())
    }

    /// The paths of the submissions that `keep` lets through, in `order`.
    pub fn ordered(&self, order: Order, keep: impl Fn(&Submission) -> bool) -> Vec<Arc<str>> {
        let kept = self.iter().filter(|submission| keep(submission));
        let mut kept: Vec<(State, &Submission)> = match order.key {
            SortKey::Handling => kept.map(|kept| (self.dispositions.of(kept).state, kept)).collect(),
            _ => kept.map(|kept| (State::Open, kept)).collect(),
        };
        kept.sort_by(|a, b| order.compare(*a, *b));
        kept.into_iter().map(|(_, submission)| submission).map(|submission| Arc::clone(&submission.path)).collect()
    }
}
