//! Watching the inbox. A notification of the file system means "look again", never "this happened":
//! what is true is what a look at the files shows. Every so often everything is looked at again,
//! and where notifications are not to be had the program looks by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, Sender, bounded, select, unbounded};
use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecursiveMode, Watcher as _};

use super::scan::{Filter, Found, look, scan, scan_below};
use super::settle::{Seen, Settling, Step};
use super::{Stamp, Submission, printable_name};
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

/// How often to see whether the inbox itself is still there.
const HEARTBEAT: Duration = Duration::from_millis(500);

/// Notifications taken in before files are looked at.
const BATCH: usize = 4096;

/// What happens in the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A file is new or has changed, and may not be complete.
    Stirred(Submission),
    /// A file stands still: now it can be read.
    Settled(Found),
    /// A file goes by another name.
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

/// How watching goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Whether the file system notifies; otherwise the program looks by itself.
    pub notified: bool,
    /// When something was last noticed.
    pub last_event: Option<SystemTime>,
    /// Files in the inbox.
    pub files: usize,
    /// Whether everything that lay there at the start has been listed.
    pub listed: bool,
    /// What is wrong, if anything.
    pub problem: Option<Wording>,
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
    let root = std::path::absolute(root)?;
    let (send, changes) = unbounded();
    let (stop, stopped) = bounded(0);
    std::thread::Builder::new().name("watch".to_owned()).spawn(move || {
        Watch::new(root, options, send).run(&stopped);
    })?;
    Ok(Watching { changes, _stop: stop })
}

type Notified = Result<notify::Event, notify::Error>;

struct Watch {
    root: PathBuf,
    options: Options,
    send: Sender<Change>,
    settling: Settling,
    /// Directories that just appeared: files may have come into them before they were watched.
    again: BTreeMap<PathBuf, Instant>,
    watcher: Option<notify::RecommendedWatcher>,
    notify: Sender<Notified>,
    notified: Receiver<Notified>,
    /// Device and number of the inbox; `None` while it is not there.
    identity: Option<(u64, u64)>,
    next_scan: Instant,
    next_beat: Instant,
    next_attach: Instant,
    status: Status,
    told: Option<Status>,
    /// Whether anybody still listens.
    heard: bool,
}

impl Watch {
    fn new(root: PathBuf, options: Options, send: Sender<Change>) -> Self {
        let (notify, notified) = unbounded();
        let now = Instant::now();
        let settling = Settling::new(options.settle);
        Self {
            root,
            options,
            send,
            settling,
            again: BTreeMap::new(),
            watcher: None,
            notify,
            notified,
            identity: None,
            next_scan: now,
            next_beat: now,
            next_attach: now,
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
            if now >= self.next_scan {
                self.reconcile();
            }
            let again: Vec<_> = self.again.iter().filter(|&(_, &at)| at <= now).map(|(path, _)| path.clone()).collect();
            for path in again {
                self.again.remove(&path);
                self.look_below(&path);
            }
            if self.is_there() && self.settling.due().is_some_and(|due| due <= now) {
                let (root, filter) = (&self.root, &self.options.filter);
                let steps = self.settling.tick(now, |path| see(root, path, filter));
                self.tell(steps);
            }
            self.tell_status();
            let due = [self.settling.due().filter(|_| self.identity.is_some()), self.again.values().min().copied()];
            let wake = due.into_iter().flatten().chain([self.next_scan, self.next_beat]).min().unwrap_or(now);
            select! {
                recv(stopped) -> _ => return,
                recv(self.notified) -> first => if let Ok(first) = first { self.take(first) },
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
        let metadata = std::fs::metadata(&self.root).ok().filter(std::fs::Metadata::is_dir);
        let identity = metadata.map(|metadata| Stamp::of(&metadata).inode.unwrap_or_default());
        if identity == self.identity && identity.is_some() {
            return;
        }
        self.identity = identity;
        if identity.is_some() {
            self.attach();
            self.next_scan = now;
        } else {
            self.watcher = None;
            self.status.problem = Some(Wording::new(
                "收件目录不见了，恢复后会自动继续",
                "the inbox has disappeared; watching goes on when it is back",
            ));
        }
    }

    /// Asks the file system for notifications.
    fn attach(&mut self) {
        self.watcher = None;
        self.status.problem = None;
        self.next_attach = Instant::now() + self.options.reconcile;
        if self.options.poll.is_none() {
            let notify = self.notify.clone();
            let handler = move |event| {
                // Nobody listens once watching has ended.
                let _ = notify.send(event);
            };
            let config = notify::Config::default().with_follow_symlinks(false);
            let attached = notify::RecommendedWatcher::new(handler, config)
                .and_then(|mut watcher| watcher.watch(&self.root, RecursiveMode::Recursive).map(|()| watcher));
            match attached {
                Ok(watcher) => self.watcher = Some(watcher),
                Err(error) => {
                    tracing::warn!(%error, "no notifications");
                    self.status.problem = Some(no_notifications(&error));
                }
            }
        }
        self.status.notified = self.watcher.is_some();
    }

    /// Takes in notifications and looks at the files they are about.
    fn take(&mut self, first: Notified) {
        let mut dirty = BTreeSet::new();
        let mut rescan = false;
        for notified in std::iter::once(first).chain(self.notified.try_iter().take(BATCH)) {
            match notified {
                Ok(event) => {
                    rescan |= event.need_rescan();
                    if is_relevant(event.kind) {
                        dirty.extend(event.paths);
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "a notification failed");
                    rescan = true;
                }
            }
        }
        if dirty.is_empty() && !rescan {
            return;
        }
        self.status.last_event = Some(SystemTime::now());
        if !self.is_there() {
            return;
        }
        if rescan || dirty.contains(&self.root) {
            self.next_scan = Instant::now();
        }
        let (there, gone): (Vec<_>, Vec<_>) =
            dirty.into_iter().partition(|path| std::fs::symlink_metadata(path).is_ok());
        let now = Instant::now();
        for path in gone {
            for path in self.settling.below(&path) {
                self.settling.miss(&path, now);
            }
        }
        for path in there {
            if path == self.root {
                continue;
            }
            if std::fs::symlink_metadata(&path).is_ok_and(|data| data.is_dir()) {
                self.look_below(&path);
                self.again.insert(path, now + self.options.settle);
            } else if let Some(seen) = see(&self.root, &path, &self.options.filter) {
                let steps = self.settling.see(&path, seen, true, false, now);
                self.tell(steps);
            }
        }
    }

    /// Looks at everything in a directory of the inbox.
    fn look_below(&mut self, directory: &Path) {
        let Ok(below) = directory.strip_prefix(&self.root) else { return };
        if self.options.filter.enters(below) {
            let found = scan_below(&self.root, below, &self.options.filter, printable_name);
            self.see_all(found);
        }
    }

    /// Looks at everything.
    fn reconcile(&mut self) {
        let began = Instant::now();
        if self.is_there() {
            if self.watcher.is_none() && self.options.poll.is_none() && began >= self.next_attach {
                self.attach();
            }
            let found = scan(&self.root, &self.options.filter, printable_name);
            let there: BTreeSet<&Path> = found.iter().map(|found| found.submission.path.as_path()).collect();
            // The inbox may have vanished meanwhile.
            if !there.is_empty() || self.root.is_dir() {
                for path in self.settling.below(&self.root) {
                    if !there.contains(path.as_path()) {
                        self.settling.miss(&path, began);
                    }
                }
                self.see_all(found);
                self.status.listed = true;
            }
        }
        let every = match (&self.watcher, self.options.poll) {
            (Some(_), _) => self.options.reconcile,
            (None, Some(poll)) => poll,
            (None, None) => FALLBACK,
        };
        let now = Instant::now();
        self.next_scan = now + every.max(now.saturating_duration_since(began) * 10);
    }

    fn see_all(&mut self, found: Vec<Found>) {
        let (now, clock) = (Instant::now(), SystemTime::now());
        for Found { submission, unfit, .. } in found {
            let Some(stamp) = stamp(&submission.path) else { continue };
            let age = clock.duration_since(stamp.modified).unwrap_or_default();
            let rested = age > self.options.settle;
            let steps = self.settling.see(&submission.path, Seen { stamp, unfit }, false, rested, now);
            self.tell(steps);
        }
    }

    fn tell(&mut self, steps: Vec<Step>) {
        for step in steps {
            let change = match step {
                Step::Stirred(path) => Change::Stirred(self.submission(path)),
                Step::Settled(path, unfit) => {
                    Change::Settled(Found { stamp: stamp(&path), submission: self.submission(path), unfit })
                }
                Step::Moved { from, to } => Change::Moved { from: self.name(&from), to: self.submission(to) },
                Step::Gone(path) => Change::Gone { name: self.name(&path) },
            };
            self.heard &= self.send.send(change).is_ok();
        }
    }

    fn tell_status(&mut self) {
        self.status.files = self.settling.len();
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

/// Our own reading is notified too; of all access only the end of somebody's writing matters.
const fn is_relevant(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(AccessKind::Close(AccessMode::Write))) || !matches!(kind, EventKind::Access(_))
}

fn see(root: &Path, path: &Path, filter: &Filter) -> Option<Seen> {
    let unfit = look(root, path.strip_prefix(root).ok()?, filter)?.unfit;
    Some(Seen { stamp: stamp(path)?, unfit })
}

/// The state of the file at `path`; of the link itself where it leads nowhere.
fn stamp(path: &Path) -> Option<Stamp> {
    std::fs::metadata(path).or_else(|_| std::fs::symlink_metadata(path)).ok().map(|metadata| Stamp::of(&metadata))
}

fn no_notifications(error: &notify::Error) -> Wording {
    match error.kind {
        notify::ErrorKind::MaxFilesWatch => Wording::new(
            "系统的监视数量已用尽，改为定时查看",
            "the system's limit of watches is reached; looking every few seconds instead",
        ),
        _ => Wording::new(
            "文件系统不提供变更通知，改为定时查看",
            "the file system gives no notifications; looking every few seconds instead",
        ),
    }
}
