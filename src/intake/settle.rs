//! When a file has arrived completely: when it was closed after writing or renamed in, else once its size and times
//! have stood still for a while.
//!
//! Pure but for the clock readings it is handed, which never run backwards: what was seen goes in, what that means
//! comes out. What the files themselves say of time is only compared, never believed. A name that vanishes is kept for
//! a moment, so that a rename or a replacement is told from a deletion.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::Stamp;
use super::notice::Hint;
use super::scan::Look;
use crate::text::Wording;

/// A file as it was seen just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its state.
    pub stamp: Stamp,
    /// Why it cannot be a submission, where the directory itself already tells.
    pub unfit: Option<Wording>,
    /// Whether it is a link that is followed: nothing notifies of what happens at its other end.
    pub linked: bool,
}

/// What the observations mean. Paths are as they were handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A file is new or has changed, and may not be complete.
    Stirred(PathBuf),
    /// A file is complete: now it can be read.
    Settled(PathBuf, Seen),
    /// A file goes by another name.
    Moved {
        /// Its old path.
        from: PathBuf,
        /// Its new path.
        to: PathBuf,
    },
    /// A file is gone.
    Gone(PathBuf),
}

/// How long a file that somebody still has open for writing must stand still to count as complete nevertheless.
const HELD: Duration = Duration::from_secs(3);

/// For how long a file that vanished may turn up under another name, at least and at most.
const GRACE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));

#[derive(Clone, Debug)]
struct Known {
    seen: Seen,
    state: State,
    /// When it was last told to be complete.
    settled: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Still,
    /// Not yet known to be complete; `open` if somebody writes who has not closed it. Looked at again when `due`.
    Moving {
        open: bool,
        due: Instant,
    },
    /// Not there; whether it stood still before. Given up when `due`.
    Missing {
        was_still: bool,
        due: Instant,
    },
}

/// All files of an inbox, and which of them are still on the move.
#[derive(Clone, Debug)]
pub(super) struct Settling {
    settle: Duration,
    known: BTreeMap<PathBuf, Known>,
    /// What is on the move or missing, by when to look at it again.
    waiting: BTreeSet<(Instant, PathBuf)>,
    /// What is missing, by the number of the file.
    missing: HashMap<(u64, u64), BTreeSet<PathBuf>>,
    missing_count: usize,
}

impl Settling {
    /// An empty inbox whose files must stand still for `settle`.
    pub(super) fn new(settle: Duration) -> Self {
        Self { settle, known: BTreeMap::new(), waiting: BTreeSet::new(), missing: HashMap::new(), missing_count: 0 }
    }

    /// From now on files must stand still for `settle`.
    pub(super) const fn wait_for(&mut self, settle: Duration) {
        self.settle = settle;
    }

    /// How long files must stand still.
    pub(super) const fn wait(&self) -> Duration {
        self.settle
    }

    /// How many files there are.
    pub(super) fn len(&self) -> usize {
        self.known.len() - self.missing_count
    }

    /// The known paths at or below `path`.
    pub(super) fn below(&self, path: &Path) -> Vec<PathBuf> {
        let from = self.known.range::<Path, _>((Bound::Included(path), Bound::Unbounded));
        from.map(|(known, _)| known.clone()).take_while(|known| known.starts_with(path)).collect()
    }

    /// Whether `seen` is news about the file at `path`, other than of its owner, rights or names.
    pub(super) fn is_news(&self, path: &Path, seen: &Seen) -> bool {
        self.known.get(path).is_none_or(|known| {
            let (before, now) = (&known.seen.stamp, &seen.stamp);
            matches!(known.state, State::Missing { .. }) || before.inode != now.inode || !before.is_same_content(now)
        })
    }

    /// Whether the file at `path` is believed to be there.
    pub(super) fn has(&self, path: &Path) -> bool {
        self.known.get(path).is_some_and(|known| !matches!(known.state, State::Missing { .. }))
    }

    /// A file was seen, because of a notification with this `hint` or without any.
    pub(super) fn see(&mut self, path: &Path, seen: Seen, hint: Option<Hint>, now: Instant) -> Vec<Step> {
        let Some(known) = self.known.get(path) else { return self.see_new(path, seen, hint, now) };
        let changed = known.seen != seen;
        let state = match (known.state, hint) {
            (State::Still | State::Missing { was_still: true, .. }, None) if !changed => State::Still,
            (State::Moving { .. }, None | Some(Hint::Touched)) if !changed => known.state,
            (State::Moving { open, .. }, None | Some(Hint::Touched)) => self.moving(open, now),
            (_, hint) => self.stirred(&seen, hint, known.settled, now),
        };
        let was_told = matches!(known.state, State::Moving { .. });
        let settled = known.settled;
        self.put(path, Known { seen, state, settled });
        if !was_told && state != State::Still { vec![Step::Stirred(path.to_owned())] } else { Vec::new() }
    }

    fn see_new(&mut self, path: &Path, seen: Seen, hint: Option<Hint>, now: Instant) -> Vec<Step> {
        let Some(from) = self.vanished(&seen.stamp) else {
            let state = self.stirred(&seen, hint, None, now);
            self.put(path, Known { seen, state, settled: None });
            return vec![Step::Stirred(path.to_owned())];
        };
        let old = self.remove(&from);
        let was_still = old.as_ref().is_some_and(|old| matches!(old.state, State::Missing { was_still: true, .. }));
        let is_unchanged =
            old.as_ref().is_some_and(|old| old.seen.stamp.is_same_content(&seen.stamp) && old.seen.unfit == seen.unfit);
        let settled = old.and_then(|old| old.settled);
        let state = if was_still && is_unchanged { State::Still } else { self.stirred(&seen, hint, settled, now) };
        self.put(path, Known { seen, state, settled });
        let mut steps = vec![Step::Moved { from, to: path.to_owned() }];
        if was_still && !is_unchanged {
            steps.push(Step::Stirred(path.to_owned()));
        }
        steps
    }

    /// The state of a file to which something happened.
    fn stirred(&self, seen: &Seen, hint: Option<Hint>, settled: Option<Instant>, now: Instant) -> State {
        let is_empty = seen.stamp.size == 0;
        match hint {
            // What was opened or truncated a moment ago is about to be written.
            Some(Hint::Written) => self.moving(true, now),
            Some(Hint::Fresh) if is_empty => self.moving(true, now),
            // Whoever closes it again and again is not done; and some create a file before they write it.
            Some(Hint::Complete)
                if !is_empty && settled.is_none_or(|at| now.saturating_duration_since(at) >= self.settle) =>
            {
                State::Moving { open: false, due: now }
            }
            _ => self.moving(false, now),
        }
    }

    fn moving(&self, open: bool, now: Instant) -> State {
        let wait = if open { self.settle.max(HELD) } else { self.settle };
        State::Moving { open, due: now + wait }
    }

    /// The file with `stamp`, if it is missing under another name.
    fn vanished(&self, stamp: &Stamp) -> Option<PathBuf> {
        let paths = self.missing.get(&stamp.inode?)?;
        paths.iter().find(|path| self.known.get(*path).is_some_and(|old| old.seen.stamp.is_same_file(stamp))).cloned()
    }

    /// A file was looked for and is not there.
    pub(super) fn miss(&mut self, path: &Path, now: Instant) {
        let Some(known) = self.known.get(path).filter(|known| !matches!(known.state, State::Missing { .. })) else {
            return;
        };
        let (was_still, due) = (known.state == State::Still, now + self.grace());
        let known = Known { state: State::Missing { was_still, due }, ..known.clone() };
        self.put(path, known);
    }

    fn grace(&self) -> Duration {
        self.settle.clamp(GRACE.0, GRACE.1)
    }

    /// When to call [`Settling::tick`] next; `None` while everything stands still.
    pub(super) fn due(&self) -> Option<Instant> {
        self.waiting.first().map(|&(due, _)| due)
    }

    /// Time has passed: looks again at what was on the move. What is missing is given up only if it is `calm`: no
    /// notification waits that may tell where it is.
    pub(super) fn tick(&mut self, now: Instant, calm: bool, look: impl Fn(&Path) -> Look) -> Vec<Step> {
        let mut steps = Vec::new();
        let due: Vec<PathBuf> =
            self.waiting.iter().take_while(|(due, _)| *due <= now).map(|(_, path)| path.clone()).collect();
        for path in due {
            let Some(known) = self.known.get(&path) else { continue };
            let (mut known, found) = (known.clone(), look(&path));
            match (known.state, found) {
                (State::Still, _) => continue,
                (State::Missing { was_still, .. }, Look::Unclear) => {
                    known.state = State::Missing { was_still, due: now + self.grace() };
                }
                (State::Missing { was_still, .. }, Look::Absent) if !calm => {
                    known.state = State::Missing { was_still, due: now + self.grace() };
                }
                (State::Missing { .. }, Look::Absent) => {
                    self.remove(&path);
                    steps.push(Step::Gone(path));
                    continue;
                }
                (State::Missing { .. }, Look::There(seen)) => {
                    steps.extend(self.see(&path, seen, None, now));
                    continue;
                }
                (State::Moving { .. }, Look::Absent) => {
                    self.miss(&path, now);
                    continue;
                }
                (State::Moving { open, .. }, Look::Unclear) => known.state = self.moving(open, now),
                (State::Moving { .. }, Look::There(seen)) if seen == known.seen => {
                    known.state = State::Still;
                    known.settled = Some(now);
                    steps.push(Step::Settled(path.clone(), seen));
                }
                (State::Moving { open, .. }, Look::There(seen)) => {
                    known.seen = seen;
                    known.state = self.moving(open, now);
                }
            }
            self.put(&path, known);
        }
        steps
    }

    fn put(&mut self, path: &Path, known: Known) {
        self.remove(path);
        match known.state {
            State::Still => {}
            State::Moving { due, .. } => {
                self.waiting.insert((due, path.to_owned()));
            }
            State::Missing { due, .. } => {
                self.waiting.insert((due, path.to_owned()));
                self.missing_count += 1;
                if let Some(inode) = known.seen.stamp.inode {
                    self.missing.entry(inode).or_default().insert(path.to_owned());
                }
            }
        }
        self.known.insert(path.to_owned(), known);
    }

    fn remove(&mut self, path: &Path) -> Option<Known> {
        let known = self.known.remove(path)?;
        match known.state {
            State::Still => {}
            State::Moving { due, .. } => {
                self.waiting.remove(&(due, path.to_owned()));
            }
            State::Missing { due, .. } => {
                self.waiting.remove(&(due, path.to_owned()));
                self.missing_count -= 1;
                if let Some(inode) = known.seen.stamp.inode
                    && let Some(paths) = self.missing.get_mut(&inode)
                {
                    paths.remove(path);
                    if paths.is_empty() {
                        self.missing.remove(&inode);
                    }
                }
            }
        }
        Some(known)
    }
}

#[cfg(test)]
mod tests;
