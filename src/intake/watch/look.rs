//! Looking: at one path, at a directory, at everything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use super::super::filesystem::shared;
use super::super::notice::{Hint, Notifier, Trouble};
use super::super::scan::{Look, Unread, look, walk};
use super::super::settle::Seen;
use super::super::status::Because;
use super::{FALLBACK, FullLook, Mode, Watch, add};
use crate::text::Wording;

/// What a directory and those in it hold.
#[derive(Debug, Default)]
struct Listing {
    /// What counts.
    there: BTreeMap<PathBuf, Seen>,
    /// Of what is in these, or at these paths, nothing is known at the moment.
    unclear: Vec<PathBuf>,
    /// Why the inbox itself could not be read.
    unread: Option<Wording>,
    /// Why no more than this is notified of.
    trouble: Option<Trouble>,
    /// A file system on which others may write, met on the way.
    shared: Option<String>,
}

impl Watch {
    /// Looks at everything.
    pub(super) fn look_at_everything(&mut self) {
        let began = Instant::now();
        if self.is_there() {
            if self.notifier.is_none() && self.options.poll.is_none() && began >= self.next_attach {
                self.attach();
            }
            self.compare(began);
        }
        let every = match self.status.mode {
            Mode::Polling { every, .. } => every,
            _ => self.options.reconcile,
        };
        let now = Instant::now();
        self.next_look = now + every.max(now.saturating_duration_since(began) * 10);
    }

    /// Compares what is known with what is there.
    fn compare(&mut self, began: Instant) {
        let root = self.root.clone();
        let listing = self.list(&root);
        // It may have vanished meanwhile.
        if !self.is_there() {
            return;
        }
        if let Some(reason) = listing.unread {
            return self.lose(Some(reason));
        }
        if let Some(name) = listing.shared {
            self.poll(FALLBACK, Because::Shared(name));
        } else if let Some(trouble) = listing.trouble {
            self.give_up(trouble);
        }
        let is_clear = |path: &Path| !listing.unclear.iter().any(|unclear| path.starts_with(unclear));
        let gone: Vec<PathBuf> = self
            .settling
            .below(&root)
            .into_iter()
            .filter(|path| self.settling.has(path) && !listing.there.contains_key(path) && is_clear(path))
            .collect();
        let news = listing.there.iter().filter(|(path, seen)| self.settling.is_news(path, seen)).map(|(path, _)| path);
        let news: BTreeSet<PathBuf> = news.chain(&gone).cloned().collect();
        let (missed, dirty) = self.missed(&news);
        for path in gone {
            self.settling.miss(&path, began);
        }
        let now = Instant::now();
        for (path, seen) in listing.there {
            self.see(&path, seen, None, now);
        }
        self.status.missed += missed;
        self.status.last_look = Some(FullLook { at: SystemTime::now(), missed });
        self.accountable = self.notifier.is_some();
        if !self.status.listed && self.listed.is_none() {
            self.listed = self.settling.due().map_or(Some(now), |_| Some(now + self.settling.wait()));
        }
        self.look_at(dirty);
    }

    /// How much of the `news` that a look at everything found was not notified of, and what else was.
    fn missed(&mut self, news: &BTreeSet<PathBuf>) -> (usize, BTreeMap<PathBuf, Hint>) {
        let mut dirty = BTreeMap::new();
        if news.is_empty() || !self.accountable {
            return (0, dirty);
        }
        let is_certain = self.notifier.as_mut().is_some_and(|notifier| notifier.catch_up());
        if !is_certain {
            return (0, dirty);
        }
        add(&mut dirty, self.notices.queue.try_iter());
        // What a link leads to is notified of under its own name only.
        let is_told = |path: &Path| {
            self.links.contains(path)
                || path.ancestors().take_while(|&above| above != self.root).any(|above| dirty.contains_key(above))
        };
        let missed: Vec<_> = news.iter().filter(|path| !is_told(path)).collect();
        if !missed.is_empty() {
            tracing::warn!(count = missed.len(), first = ?missed[0], "changes without a notification");
        }
        (missed.len(), dirty)
    }

    /// Looks again at a path to which something happened.
    pub(super) fn look_again(&mut self, path: &Path, hint: Hint) {
        let now = Instant::now();
        let Ok(below) = path.strip_prefix(&self.root) else { return };
        match look(&self.root, below, &self.options.filter) {
            Look::There(seen) => self.see(path, seen, Some(hint), now),
            Look::Absent => self.settling.miss(path, now),
            Look::Unclear => {}
        }
        if !std::fs::symlink_metadata(path).is_ok_and(|data| data.is_dir()) {
            // Nothing can be in what is no directory (any more).
            for path in self.settling.below(path).into_iter().skip_while(|known| known == path) {
                self.settling.miss(&path, now);
            }
        } else if self.options.filter.enters(below) {
            let listing = self.list(path);
            if listing.trouble.is_some() || listing.shared.is_some() {
                // The look at everything will say what that means.
                self.next_look = now;
            }
            let is_clear = |path: &Path| !listing.unclear.iter().any(|unclear| path.starts_with(unclear));
            for known in self.settling.below(path) {
                if known != path && !listing.there.contains_key(&known) && is_clear(&known) {
                    self.settling.miss(&known, now);
                }
            }
            for (path, seen) in listing.there {
                self.see(&path, seen, None, now);
            }
        }
    }

    /// Nothing is at `path` any more.
    pub(super) fn miss_below(&mut self, path: &Path, now: Instant) {
        for path in self.settling.below(path) {
            self.settling.miss(&path, now);
        }
    }

    /// Looks at the links: what they lead to may have changed.
    pub(super) fn look_at_links(&mut self) {
        for path in self.links.clone() {
            let Ok(below) = path.strip_prefix(&self.root) else { continue };
            match look(&self.root, below, &self.options.filter) {
                Look::There(seen) => self.see(&path, seen, None, Instant::now()),
                Look::Absent => self.settling.miss(&path, Instant::now()),
                Look::Unclear => {}
            }
        }
    }

    fn see(&mut self, path: &Path, seen: Seen, hint: Option<Hint>, now: Instant) {
        if seen.linked {
            self.links.insert(path.to_owned());
        } else {
            self.links.remove(path);
        }
        let steps = self.settling.see(path, seen, hint, now);
        self.tell(steps);
    }

    /// What is in a directory of the inbox. It is watched before it is read: what comes later is notified of.
    fn list(&mut self, directory: &Path) -> Listing {
        let mut listing = Listing::default();
        let Ok(start) = directory.strip_prefix(&self.root) else { return listing };
        let (root, filter, notifier) = (&self.root, &self.options.filter, &mut self.notifier);
        let mut paths = Vec::new();
        let mut device = device(root);
        let enter = |below: &Path| {
            let path = root.join(below);
            let Some(notifier) = notifier.as_mut() else { return };
            let here = self::device(&path);
            if here != device {
                device = here;
                listing.shared = listing.shared.take().or_else(|| shared(&path));
            }
            watch(&mut **notifier, &path, &mut listing.trouble);
        };
        let unread = walk(root, start, filter, enter, |below, _| paths.push(below.to_owned()));
        for below in paths {
            match look(root, &below, filter) {
                Look::There(seen) => {
                    listing.there.insert(root.join(below), seen);
                }
                Look::Absent => {}
                Look::Unclear => listing.unclear.push(root.join(below)),
            }
        }
        for Unread { below, failure } in unread {
            if below.as_os_str().is_empty() {
                listing.unread = Some(failure.reason());
            }
            listing.unclear.push(root.join(below));
        }
        listing
    }
}

fn watch(notifier: &mut dyn Notifier, path: &Path, trouble: &mut Option<Trouble>) {
    match notifier.watch(path) {
        // What is gone, or may not be looked into, the reading will show.
        Ok(()) | Err(Trouble::Closed) => {}
        Err(met) => *trouble = trouble.take().or(Some(met)),
    }
}

#[cfg(unix)]
fn device(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).ok().map(|metadata| metadata.dev())
}

#[cfg(not(unix))]
fn device(_: &Path) -> Option<u64> {
    None
}
