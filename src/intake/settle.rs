//! When a file has arrived completely: once its size and times have stood still for a while.
//!
//! Pure but for the clock readings it is handed: what was seen goes in, what that means comes out. A
//! name that vanishes is kept for as long as a file must stand still, so that a rename or a
//! replacement is told from a deletion.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::Stamp;
use crate::text::Wording;

/// A file as it was seen just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its state.
    pub stamp: Stamp,
    /// Why it cannot be a submission, where the directory itself already tells.
    pub unfit: Option<Wording>,
}

/// What the observations mean. Paths are as they were handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A file is new or has changed, and may not be complete.
    Stirred(PathBuf),
    /// A file stands still: now it can be read.
    Settled(PathBuf, Option<Wording>),
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

#[derive(Clone, Debug)]
struct Known {
    seen: Seen,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Still,
    /// Not yet known to stand still; unchanged since then.
    Moving(Instant),
    /// Not there since then; whether it stood still before.
    Missing(Instant, bool),
}

/// All files of an inbox, and which of them are still on the move.
#[derive(Clone, Debug)]
pub struct Settling {
    settle: Duration,
    known: BTreeMap<PathBuf, Known>,
    moving: BTreeSet<PathBuf>,
    missing: BTreeSet<PathBuf>,
}

impl Settling {
    /// An empty inbox whose files must stand still for `settle`.
    #[must_use]
    pub const fn new(settle: Duration) -> Self {
        Self { settle, known: BTreeMap::new(), moving: BTreeSet::new(), missing: BTreeSet::new() }
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len() - self.missing.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The known paths at or below `path`.
    #[must_use]
    pub fn below(&self, path: &Path) -> Vec<PathBuf> {
        let from = self.known.range::<Path, _>((std::ops::Bound::Included(path), std::ops::Bound::Unbounded));
        from.map(|(known, _)| known.clone()).take_while(|known| known.starts_with(path)).collect()
    }

    /// A file was seen. `notified`: something is said to have happened to it, so it is read again even
    /// if it looks the same. `rested`: it has not been touched for long, there is no need to wait.
    pub fn see(&mut self, path: &Path, seen: Seen, notified: bool, rested: bool, now: Instant) -> Vec<Step> {
        if let Some(known) = self.known.get_mut(path) {
            let changed = known.seen != seen;
            known.seen = seen;
            let before = known.state;
            known.state = match before {
                State::Moving(_) if changed => State::Moving(now),
                State::Moving(since) => State::Moving(since),
                State::Still | State::Missing(_, true) if !changed && !notified => State::Still,
                State::Still | State::Missing(..) => State::Moving(now),
            };
            let state = known.state;
            self.index(path, Some(state));
            let stirred = matches!(before, State::Still | State::Missing(..)) && state != State::Still;
            return if stirred { vec![Step::Stirred(path.to_owned())] } else { Vec::new() };
        }
        if let Some(from) = self.missing.iter().find(|from| self.known[*from].seen.stamp.is_same_file(&seen.stamp)) {
            let from = from.clone();
            let was_still = self.known.remove(&from).is_some_and(|old| matches!(old.state, State::Missing(_, true)));
            self.index(&from, None);
            let state = if was_still { State::Still } else { State::Moving(now) };
            self.insert(path, seen, state);
            return vec![Step::Moved { from, to: path.to_owned() }];
        }
        let stirred = Step::Stirred(path.to_owned());
        if rested {
            let settled = Step::Settled(path.to_owned(), seen.unfit.clone());
            self.insert(path, seen, State::Still);
            return vec![stirred, settled];
        }
        self.insert(path, seen, State::Moving(now));
        vec![stirred]
    }

    /// A file was looked for and is not there.
    pub fn miss(&mut self, path: &Path, now: Instant) {
        let Some(known) = self.known.get_mut(path) else { return };
        if !matches!(known.state, State::Missing(..)) {
            known.state = State::Missing(now, known.state == State::Still);
            let state = known.state;
            self.index(path, Some(state));
        }
    }

    /// When to call [`Settling::tick`] next; `None` while everything stands still.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        let since = self.moving.iter().chain(&self.missing).filter_map(|path| match self.known.get(path)?.state {
            State::Moving(since) | State::Missing(since, _) => Some(since),
            State::Still => None,
        });
        since.min().map(|since| since + self.settle)
    }

    /// Time has passed: looks again at what was on the move.
    pub fn tick(&mut self, now: Instant, look: impl Fn(&Path) -> Option<Seen>) -> Vec<Step> {
        let mut steps = Vec::new();
        let settle = self.settle;
        let is_due = |since: Instant| now.saturating_duration_since(since) >= settle;
        for path in self.moving.clone() {
            let Some(known) = self.known.get_mut(&path) else { continue };
            let State::Moving(since) = known.state else { continue };
            if !is_due(since) {
                continue;
            }
            match look(&path) {
                None => self.miss(&path, now),
                Some(seen) if seen == known.seen => {
                    known.state = State::Still;
                    let unfit = seen.unfit;
                    self.index(&path, Some(State::Still));
                    steps.push(Step::Settled(path, unfit));
                }
                Some(seen) => {
                    known.seen = seen;
                    known.state = State::Moving(now);
                }
            }
        }
        for path in self.missing.clone() {
            if let Some(State::Missing(since, _)) = self.known.get(&path).map(|known| known.state)
                && is_due(since)
            {
                self.known.remove(&path);
                self.index(&path, None);
                steps.push(Step::Gone(path));
            }
        }
        steps
    }

    fn insert(&mut self, path: &Path, seen: Seen, state: State) {
        self.known.insert(path.to_owned(), Known { seen, state });
        self.index(path, Some(state));
    }

    fn index(&mut self, path: &Path, state: Option<State>) {
        let mut mark = |set: fn(&mut Self) -> &mut BTreeSet<PathBuf>, wanted: bool| {
            if wanted {
                set(self).insert(path.to_owned());
            } else {
                set(self).remove(path);
            }
        };
        mark(|own| &mut own.moving, matches!(state, Some(State::Moving(_))));
        mark(|own| &mut own.missing, matches!(state, Some(State::Missing(..))));
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    const SETTLE: Duration = Duration::from_millis(100);

    fn seen(size: u64, inode: u64) -> Seen {
        let stamp = Stamp { size, modified: SystemTime::UNIX_EPOCH, changed: 0, inode: Some((1, inode)) };
        Seen { stamp, unfit: None }
    }

    #[test]
    fn a_growing_file_is_read_only_when_it_stands_still() {
        let (mut inbox, start, path) = (Settling::new(SETTLE), Instant::now(), Path::new("a"));
        assert_eq!(inbox.see(path, seen(1, 1), true, false, start), [Step::Stirred(path.into())]);
        assert_eq!(inbox.due(), Some(start + SETTLE));
        let later = start + SETTLE;
        assert_eq!(inbox.tick(later, |_| Some(seen(2, 1))), []);
        assert_eq!(inbox.tick(later + SETTLE / 2, |_| Some(seen(2, 1))), []);
        assert_eq!(inbox.tick(later + SETTLE, |_| Some(seen(2, 1))), [Step::Settled(path.into(), None)]);
        assert_eq!(inbox.due(), None);
    }

    #[test]
    fn a_notification_about_a_known_file_makes_it_read_again() {
        let (mut inbox, start, path) = (Settling::new(SETTLE), Instant::now(), Path::new("a"));
        inbox.see(path, seen(1, 1), false, true, start);
        assert_eq!(inbox.see(path, seen(1, 1), false, false, start), []);
        assert_eq!(inbox.see(path, seen(1, 1), true, false, start), [Step::Stirred(path.into())]);
    }

    #[test]
    fn a_rename_keeps_what_is_known() {
        let (mut inbox, start) = (Settling::new(SETTLE), Instant::now());
        let (from, to) = (Path::new("a"), Path::new("b"));
        inbox.see(from, seen(1, 1), false, true, start);
        inbox.miss(from, start);
        let moved = Step::Moved { from: from.into(), to: to.into() };
        assert_eq!(inbox.see(to, seen(1, 1), true, false, start), [moved]);
        assert_eq!(inbox.due(), None);
    }

    #[test]
    fn a_replaced_file_is_no_deletion_and_a_deleted_one_is() {
        let (mut inbox, start, path) = (Settling::new(SETTLE), Instant::now(), Path::new("a"));
        inbox.see(path, seen(1, 1), false, true, start);
        inbox.miss(path, start);
        assert_eq!(inbox.see(path, seen(3, 2), true, false, start), [Step::Stirred(path.into())]);
        inbox.miss(path, start);
        assert_eq!(inbox.tick(start + SETTLE, |_| None), [Step::Gone(path.into())]);
        assert!(inbox.is_empty());
    }
}
