//! Notifications of the file system: what they hint at, the queue in which they wait, and the system's watcher.
//!
//! Every directory is watched by itself, before it is read: the crate's own recursion adds a new directory's watch
//! some time after it told of it, gives up everything for one directory that cannot be watched, and forgets about
//! those that were moved while its queue ran over.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{EventKind, RecursiveMode, Watcher as _};

/// Notifications that wait at most; beyond, everything is looked at instead.
const QUEUE: usize = 1 << 16;

/// Whether each directory is watched by itself; elsewhere the system watches whole trees.
const BY_DIRECTORY: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// What a notification says has happened to a path. It is only a hint: what is true is what a look shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// Something about it changed.
    Touched,
    /// It came to be, or ceased to be.
    Fresh,
    /// It was written to, by somebody who will tell of closing it.
    Written,
    /// It was closed after writing, or renamed to this.
    Complete,
}

impl Hint {
    /// What is known of a path after `next` too.
    pub(super) const fn then(self, next: Self) -> Self {
        match next {
            Self::Touched => self,
            _ => next,
        }
    }
}

/// What comes out of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// Something happened to a path.
    Path(PathBuf, Hint),
    /// Something happened, and it is not known what.
    Lost,
}

/// The way into the queue.
#[derive(Clone, Debug)]
pub(super) struct Post {
    queue: Sender<Notice>,
    lost: Arc<AtomicBool>,
}

/// The queue's other end.
#[derive(Debug)]
pub(super) struct Notices {
    pub(super) queue: Receiver<Notice>,
    lost: Arc<AtomicBool>,
}

/// A queue of notifications.
pub(super) fn notices() -> (Post, Notices) {
    let (send, receive) = bounded(QUEUE);
    let lost = Arc::new(AtomicBool::new(false));
    (Post { queue: send, lost: Arc::clone(&lost) }, Notices { queue: receive, lost })
}

impl Post {
    /// Something happened to `path`.
    pub(super) fn path(&self, path: PathBuf, hint: Hint) {
        self.send(Notice::Path(path, hint));
    }

    /// Something happened, and it is not known what.
    pub(super) fn lost(&self) {
        self.send(Notice::Lost);
    }

    fn send(&self, notice: Notice) {
        if notice == Notice::Lost {
            self.lost.store(true, Ordering::Release);
        }
        if let Err(TrySendError::Full(_)) = self.queue.try_send(notice) {
            self.lost.store(true, Ordering::Release);
        }
    }

    /// The system says something.
    pub(super) fn event(&self, event: Result<notify::Event, notify::Error>) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                tracing::warn!(%error, "a notification failed");
                return self.lost();
            }
        };
        if event.need_rescan() {
            tracing::warn!("notifications were lost");
            self.lost();
        }
        let Some(hint) = hint(event.kind) else { return };
        let last = event.paths.len().saturating_sub(1);
        for (nth, path) in event.paths.into_iter().enumerate() {
            // Of the two names of a rename the first is the old one.
            self.path(path, if nth < last { Hint::Fresh } else { hint });
        }
    }
}

impl Notices {
    /// Whether anything was lost since this was last asked.
    pub(super) fn take_lost(&self) -> bool {
        self.lost.swap(false, Ordering::AcqRel)
    }
}

/// Our own reading is notified too; of all access only the end of somebody's writing matters.
fn hint(kind: EventKind) -> Option<Hint> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Hint::Complete),
        EventKind::Access(_) => None,
        EventKind::Create(_) | EventKind::Remove(_) => Some(Hint::Fresh),
        EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => Some(Hint::Complete),
        EventKind::Modify(ModifyKind::Name(_)) => Some(Hint::Fresh),
        EventKind::Modify(ModifyKind::Data(_)) if BY_DIRECTORY => Some(Hint::Written),
        EventKind::Modify(_) | EventKind::Any | EventKind::Other => Some(Hint::Touched),
    }
}

/// Why there are no notifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The system watches no more.
    Limit,
    /// There is nothing to watch, or it may not be looked into.
    Closed,
    /// The system says why not.
    Refused(String),
}

/// Something that notifies.
pub(super) trait Notifier: Send {
    /// Notifies of what happens in `directory` from now on.
    fn watch(&mut self, directory: &Path) -> Result<(), Trouble>;

    /// Waits until whatever happened so far is in the queue, and says whether that is certain.
    fn catch_up(&mut self) -> bool;
}

/// Begins to notify of an inbox.
pub(super) type Open = Box<dyn Fn(&Path, Post) -> Result<Box<dyn Notifier>, Trouble> + Send>;

/// The system's notifications.
pub(super) struct System {
    root: PathBuf,
    watcher: Option<notify::RecommendedWatcher>,
}

impl System {
    /// Begins to notify of what happens in `root`.
    pub(super) fn open(root: &Path, post: Post) -> Result<Box<dyn Notifier>, Trouble> {
        Self::open_with(root, move |event| post.event(event))
    }

    /// The same, with everything going to `take`.
    pub(super) fn open_with(
        root: &Path,
        take: impl FnMut(Result<notify::Event, notify::Error>) + Send + 'static,
    ) -> Result<Box<dyn Notifier>, Trouble> {
        let config = notify::Config::default().with_follow_symlinks(false);
        let watcher = notify::RecommendedWatcher::new(take, config).map_err(trouble)?;
        let mut system = Self { root: root.to_owned(), watcher: Some(watcher) };
        if BY_DIRECTORY {
            system.watch(root)?;
        } else {
            system.add(root, RecursiveMode::Recursive)?;
        }
        Ok(Box::new(system))
    }

    fn add(&mut self, path: &Path, mode: RecursiveMode) -> Result<(), Trouble> {
        let Some(watcher) = &mut self.watcher else { return Err(Trouble::Refused("no watcher".to_owned())) };
        // The crate panics where its thread has ended.
        catch_unwind(AssertUnwindSafe(|| watcher.watch(path, mode)))
            .map_err(|_| Trouble::Refused("the watcher has ended".to_owned()))?
            .map_err(trouble)
    }
}

impl Notifier for System {
    fn watch(&mut self, directory: &Path) -> Result<(), Trouble> {
        if BY_DIRECTORY { self.add(directory, RecursiveMode::NonRecursive) } else { Ok(()) }
    }

    /// The watcher's thread answers after it has emptied the system's queue, if that was not empty when it was asked;
    /// the first answer may overtake one round of that, the second cannot.
    fn catch_up(&mut self) -> bool {
        let root = self.root.clone();
        BY_DIRECTORY && self.watch(&root).is_ok() && self.watch(&root).is_ok()
    }
}

impl Drop for System {
    fn drop(&mut self) {
        let watcher = self.watcher.take();
        // As above: it panics where its thread has ended, and then there is nothing left to end.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(watcher)));
    }
}

fn trouble(error: notify::Error) -> Trouble {
    match error.kind {
        notify::ErrorKind::MaxFilesWatch => Trouble::Limit,
        notify::ErrorKind::PathNotFound => Trouble::Closed,
        notify::ErrorKind::Io(error) => match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory | std::io::ErrorKind::PermissionDenied => {
                Trouble::Closed
            }
            _ if is_limit(&error) => Trouble::Limit,
            _ => Trouble::Refused(error.to_string()),
        },
        _ => Trouble::Refused(error.to_string()),
    }
}

/// Whether the system gives out no more of what watching needs.
fn is_limit(error: &std::io::Error) -> bool {
    #[cfg(unix)]
    {
        matches!(error.raw_os_error(), Some(libc::EMFILE | libc::ENFILE | libc::ENOSPC))
    }
    #[cfg(not(unix))]
    {
        let _ = error;
        false
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, MetadataKind};

    use super::*;

    #[test]
    fn what_notifications_hint_at() {
        let name = |mode| EventKind::Modify(ModifyKind::Name(mode));
        let cases = [
            (EventKind::Access(AccessKind::Open(AccessMode::Any)), None),
            (EventKind::Access(AccessKind::Close(AccessMode::Read)), None),
            (EventKind::Access(AccessKind::Close(AccessMode::Write)), Some(Hint::Complete)),
            (EventKind::Create(CreateKind::File), Some(Hint::Fresh)),
            (name(RenameMode::From), Some(Hint::Fresh)),
            (name(RenameMode::To), Some(Hint::Complete)),
            (EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)), Some(Hint::Touched)),
            (EventKind::Other, Some(Hint::Touched)),
        ];
        for (kind, expected) in cases {
            assert_eq!(hint(kind), expected, "{kind:?}");
        }
        let written = hint(EventKind::Modify(ModifyKind::Data(DataChange::Any)));
        assert_eq!(written, Some(if BY_DIRECTORY { Hint::Written } else { Hint::Touched }));
        assert_eq!(Hint::Complete.then(Hint::Touched), Hint::Complete);
        assert_eq!(Hint::Complete.then(Hint::Written), Hint::Written);
    }

    #[test]
    fn a_full_queue_a_rescan_and_an_error_all_say_that_something_was_lost() {
        let (post, notices) = notices();
        assert!(!notices.take_lost());
        for _ in 0..=QUEUE {
            post.path(PathBuf::from("a"), Hint::Touched);
        }
        assert!(notices.take_lost() && !notices.take_lost());
        assert_eq!(notices.queue.try_iter().count(), QUEUE);

        let rescan = notify::Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        for event in [Ok(rescan), Err(notify::Error::generic("trouble"))] {
            post.event(event);
            assert!(notices.take_lost());
            assert_eq!(notices.queue.try_iter().collect::<Vec<_>>(), [Notice::Lost], "and whoever waits is woken");
        }
    }

    #[test]
    fn the_limit_of_watches_is_told_from_other_trouble() {
        let system = |number| notify::Error::io(std::io::Error::from_raw_os_error(number));
        assert_eq!(trouble(notify::Error::new(notify::ErrorKind::MaxFilesWatch)), Trouble::Limit);
        assert_eq!(trouble(notify::Error::path_not_found()), Trouble::Closed);
        #[cfg(unix)]
        {
            assert_eq!(trouble(system(libc::EMFILE)), Trouble::Limit);
            assert_eq!(trouble(system(libc::EACCES)), Trouble::Closed);
            assert!(matches!(trouble(system(libc::ENOSYS)), Trouble::Refused(_)));
        }
    }
}
