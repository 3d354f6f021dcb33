//! Watching the inbox. A notification of the file system means "look again", never "this happened":
//! what is true is what a look at the files shows. Every so often everything is looked at again,
//! and where notifications are not to be had the program looks by itself.

mod look;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, Sender, bounded, select, unbounded};

use super::filesystem::shared;
use super::notice::{Hint, Notice, Notices, Notifier, Open, Post, System, Trouble, notices};
use super::scan::{Filter, Found, Look, look};
use super::settle::{Settling, Step};
use super::status::Because;
pub use super::status::{FullLook, Mode, Status};
use super::{Failure, Stamp, Submission, printable_name};
use crate::text::Wording;

/// How the inbox is watched.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which files count as submissions.
    pub filter: Filter,
    /// How long a file must stand still before it is read.
    pub settle: Duration,
    /// How often to look, instead of relying on notifications.
    pub poll: Option<Duration>,
    /// How often everything is looked at again, notifications or not.
    pub reconcile: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            settle: Duration::from_millis(150),
            poll: None,
            reconcile: Duration::from_secs(60),
        }
    }
}

/// How often to look where notifications fail, unless something else is wished for.
const FALLBACK: Duration = Duration::from_secs(2);

/// How long a network file system may show a file as it was before.
const CACHED: Duration = Duration::from_secs(4);

/// How often to see whether the inbox itself is still there.
const HEARTBEAT: Duration = Duration::from_millis(500);

/// Notifications taken in before files are looked at.
const BATCH: usize = 4096;

/// What happens in the inbox. Every [`Change::Stirred`] is followed by [`Change::Settled`] or [`Change::Gone`] of
/// the file, under the name it has then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A file is new or has changed, and may not be complete: whatever is known of its content is out of date.
    Stirred(Submission),
    /// A file is complete: now it can be read.
    Settled(Found),
    /// A file goes by another name. If it was complete, it is so still, unless more is told.
    Moved {
        /// Its old name.
        from: String,
        /// What it is now.
        to: Submission,
    },
    /// A file is gone.
    Gone {
        /// Its name.
        name: String,
    },
    /// Watching itself.
    Status(Status),
}

/// A watched inbox. Watching ends when this is dropped.
#[derive(Debug)]
pub struct Watching {
    /// What happens, in order.
    pub changes: Receiver<Change>,
    _stop: Sender<Infallible>,
}

/// Begins to watch the directory `root`.
///
/// # Errors
/// When no thread can be started or the directory has no absolute path.
pub fn watch(root: &Path, options: Options) -> io::Result<Watching> {
    watch_with(root, options, Box::new(System::open))
}

fn watch_with(root: &Path, options: Options, open: Open) -> io::Result<Watching> {
    let root = std::path::absolute(root)?;
    let (send, changes) = unbounded();
    let (stop, stopped) = bounded(0);
    std::thread::Builder::new().name("watch".to_owned()).spawn(move || {
        Watch::new(root, options, send, open).run(&stopped);
    })?;
    Ok(Watching { changes, _stop: stop })
}

/// The directory that is watched, apart from others that may have its name at other times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Identity {
    inode: Option<(u64, u64)>,
    born: Option<SystemTime>,
}

struct Watch {
    root: PathBuf,
    options: Options,
    send: Sender<Change>,
    settling: Settling,
    /// Links to files of the inbox: nothing notifies of what happens at their other end.
    links: BTreeSet<PathBuf>,
    open: Open,
    notifier: Option<Box<dyn Notifier>>,
    post: Post,
    notices: Notices,
    /// Which directory the inbox is; `None` while it is not there.
    identity: Option<Identity>,
    /// Whether the next look at everything shows what should have been notified.
    accountable: bool,
    next_look: Instant,
    next_beat: Instant,
    next_attach: Instant,
    /// When what lay there at the start will have been told.
    listed: Option<Instant>,
    status: Status,
    told: Option<Status>,
    /// Whether anybody still listens.
    heard: bool,
}

impl Watch {
    fn new(root: PathBuf, options: Options, send: Sender<Change>, open: Open) -> Self {
        let (post, notices) = notices();
        let now = Instant::now();
        let settling = Settling::new(options.settle);
        Self {
            root,
            options,
            send,
            settling,
            links: BTreeSet::new(),
            open,
            notifier: None,
            post,
            notices,
            identity: None,
            accountable: false,
            next_look: now,
            next_beat: now,
            next_attach: now,
            listed: None,
            status: Status::default(),
            told: None,
            heard: true,
        }
    }

    fn run(&mut self, stopped: &Receiver<Infallible>) {
        while self.heard {
            let now = Instant::now();
            if now >= self.next_beat {
                self.beat(now);
            }
            if self.notices.take_lost() && self.notifier.is_some() {
                self.status.lost += 1;
                // Directories may have come, gone and moved: which are watched is not known any more.
                self.attach();
                self.accountable = true;
            }
            if now >= self.next_look {
                self.look_at_everything();
            }
            self.tick();
            self.tell_status();
            let due = self.settling.due().filter(|_| self.identity.is_some());
            let dates = [Some(self.next_look), Some(self.next_beat), self.listed, due];
            let wake = dates.into_iter().flatten().min().unwrap_or(now);
            select! {
                recv(stopped) -> _ => return,
                recv(self.notices.queue) -> first => if let Ok(first) = first { self.take(first) },
                default(wake.saturating_duration_since(Instant::now())) => {}
            }
        }
    }

    /// Whether the inbox is there. While it is not, nothing is known of its files.
    fn is_there(&mut self) -> bool {
        if self.identity.is_some() && !self.root.is_dir() {
            self.beat(Instant::now());
        }
        self.identity.is_some()
    }

    /// Sees whether the inbox is there and the same; watches it anew if need be.
    fn beat(&mut self, now: Instant) {
        self.next_beat = now + HEARTBEAT;
        match std::fs::metadata(&self.root) {
            Ok(metadata) if metadata.is_dir() => {
                let Stamp { inode, born, .. } = Stamp::of(&metadata);
                let identity = Some(Identity { inode, born });
                if identity != self.identity {
                    self.identity = identity;
                    self.attach();
                }
            }
            Ok(_) => self.lose(None),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                self.lose(None);
            }
            Err(error) => self.lose(Some(Failure::of(&error).reason())),
        }
    }

    /// The inbox is not there any more, or cannot be read.
    fn lose(&mut self, reason: Option<Wording>) {
        self.identity = None;
        self.notifier = None;
        self.status.mode = Mode::Away { reason };
    }

    /// Asks the file system for notifications; everything is to be looked at then.
    fn attach(&mut self) {
        self.notifier = None;
        self.accountable = false;
        self.next_look = Instant::now();
        self.next_attach = self.next_look + self.options.reconcile;
        self.status.mode = Mode::Notified;
        self.settling.wait_for(self.options.settle);
        if let Some(every) = self.options.poll {
            self.poll(every, Because::Asked);
        } else if let Some(name) = shared(&self.root) {
            self.poll(FALLBACK, Because::Shared(name));
        } else {
            match (self.open)(&self.root, self.post.clone()) {
                Ok(notifier) => self.notifier = Some(notifier),
                Err(trouble) => self.give_up(trouble),
            }
        }
    }

    /// Nothing notifies, or not enough.
    fn give_up(&mut self, trouble: Trouble) {
        tracing::warn!(?trouble, "no notifications");
        let because = match trouble {
            Trouble::Limit => Because::Limit,
            Trouble::Closed => Because::Refused("no access".to_owned()),
            Trouble::Refused(reason) => Because::Refused(reason),
        };
        self.poll(FALLBACK, because);
    }

    fn poll(&mut self, every: Duration, because: Because) {
        let settle = self.options.settle;
        self.settling.wait_for(match because {
            Because::Shared(_) => settle.max(CACHED),
            // Most likely because of a file system that is not known to be one of those.
            Because::Asked => settle.max(CACHED.min(every)),
            Because::Limit | Because::Refused(_) => settle,
        });
        self.notifier = None;
        self.status.mode = Mode::Polling { every, because };
    }

    /// Takes in notifications and looks at the files they are about.
    fn take(&mut self, first: Notice) {
        let mut dirty = BTreeMap::new();
        add(&mut dirty, std::iter::once(first).chain(self.notices.queue.try_iter().take(BATCH)));
        self.look_at(dirty);
    }

    /// Looks at the files that something is said to have happened to.
    fn look_at(&mut self, mut dirty: BTreeMap<PathBuf, Hint>) {
        if dirty.is_empty() || !self.is_there() {
            return;
        }
        self.status.last_event = Some(SystemTime::now());
        if let Some(hint) = dirty.remove(&self.root) {
            self.next_look = Instant::now();
            if hint == Hint::Fresh {
                // It was deleted or moved: what has its name now may be another.
                self.attach();
            }
        }
        let (there, gone): (Vec<_>, Vec<_>) =
            dirty.into_iter().partition(|(path, _)| std::fs::symlink_metadata(path).is_ok());
        let now = Instant::now();
        // First what is gone, so that it is known under its new name.
        for (path, _) in gone {
            self.miss_below(&path, now);
        }
        for (path, hint) in there {
            self.look_again(&path, hint);
        }
        self.look_at_links();
    }

    /// Looks again at what was on the move.
    fn tick(&mut self) {
        let now = Instant::now();
        if self.settling.due().is_some_and(|due| due <= now) && self.is_there() {
            let (root, filter) = (&self.root, &self.options.filter);
            let calm = self.notices.queue.is_empty();
            let steps = self.settling.tick(now, calm, |path| {
                path.strip_prefix(root).map_or(Look::Absent, |below| look(root, below, filter))
            });
            self.tell(steps);
        }
        if self.listed.is_some_and(|listed| listed <= now) {
            self.listed = None;
            self.status.listed = true;
        }
    }

    fn tell(&mut self, steps: Vec<Step>) {
        for step in steps {
            let change = match step {
                Step::Stirred(path) => Change::Stirred(self.submission(path)),
                Step::Settled(path, seen) => Change::Settled(Found {
                    submission: self.submission(path),
                    unfit: seen.unfit,
                    stamp: Some(seen.stamp),
                }),
                Step::Moved { from, to } => Change::Moved { from: self.name(&from), to: self.submission(to) },
                Step::Gone(path) => {
                    self.links.remove(&path);
                    Change::Gone { name: self.name(&path) }
                }
            };
            self.heard &= self.send.send(change).is_ok();
        }
    }

    fn tell_status(&mut self) {
        self.status.files = self.settling.len();
        self.status.problem = self.status.mode.problem();
        if self.told.as_ref() != Some(&self.status) {
            self.heard &= self.send.send(Change::Status(self.status.clone())).is_ok();
            self.told = Some(self.status.clone());
        }
    }

    fn name(&self, path: &Path) -> String {
        printable_name(path.strip_prefix(&self.root).unwrap_or(path))
    }

    fn submission(&self, path: PathBuf) -> Submission {
        Submission { name: self.name(&path), path }
    }
}

/// Gathers what is hinted at, path by path.
fn add(dirty: &mut BTreeMap<PathBuf, Hint>, notices: impl Iterator<Item = Notice>) {
    for notice in notices {
        if let Notice::Path(path, hint) = notice {
            dirty.entry(path).and_modify(|known| *known = known.then(hint)).or_insert(hint);
        }
    }
}

#[cfg(test)]
mod tests;
