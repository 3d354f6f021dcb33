#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::*;

/// Far longer than anything takes: whoever waits so long waits in vain.
const PATIENCE: Duration = Duration::from_secs(60);

const NEVER: Duration = Duration::from_secs(86_400);

/// An inbox watched by means of our own, and what was told of it.
struct Inbox {
    directory: TempDir,
    watching: Watching,
    settled: BTreeSet<String>,
    status: Status,
}

impl Inbox {
    fn new(directory: TempDir, reconcile: Duration, open: Open) -> Self {
        let options = Options { reconcile, ..Options::default() };
        let watching = watch_with(directory.path(), options, open).unwrap();
        let mut inbox = Self { directory, watching, settled: BTreeSet::new(), status: Status::default() };
        inbox.until("the first look", |inbox| inbox.status.last_look.is_some() && inbox.status.listed);
        inbox
    }

    fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        while !done(self) {
            match self.watching.changes.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{what}: {:?}", self.status)) {
                Change::Settled(found) => {
                    self.settled.insert(found.submission.name);
                }
                Change::Gone { name } => {
                    self.settled.remove(&name);
                }
                Change::Status(status) => self.status = status,
                Change::Stirred(_) | Change::Moved { .. } => {}
            }
        }
    }

    fn write(&self, name: &str) {
        fs::write(self.directory.path().join(name), name).unwrap();
    }
}

/// A notifier that says nothing by itself, and what it is handed can be played by the test.
#[derive(Clone, Default)]
struct Script {
    post: Arc<Mutex<Option<Post>>>,
    /// What it tells only when it is asked whether all is told.
    late: Arc<Mutex<Vec<PathBuf>>>,
    /// How many directories it watches at most.
    limit: Arc<Mutex<Option<usize>>>,
    /// Whether it opens at all.
    refuses: Arc<AtomicBool>,
}

struct Scripted {
    script: Script,
    watched: BTreeSet<PathBuf>,
}

impl Script {
    fn open(&self) -> Open {
        let script = self.clone();
        Box::new(move |_, post| {
            if script.refuses.load(Ordering::SeqCst) {
                return Err(Trouble::Limit);
            }
            *script.post.lock().unwrap() = Some(post);
            Ok(Box::new(Scripted { script: script.clone(), watched: BTreeSet::new() }))
        })
    }

    fn post(&self) -> Post {
        self.post.lock().unwrap().clone().unwrap()
    }
}

impl Notifier for Scripted {
    fn watch(&mut self, directory: &Path) -> Result<(), Trouble> {
        self.watched.insert(directory.to_owned());
        let limit = *self.script.limit.lock().unwrap();
        if limit.is_some_and(|limit| self.watched.len() > limit) { Err(Trouble::Limit) } else { Ok(()) }
    }

    fn catch_up(&mut self) -> bool {
        for path in self.script.late.lock().unwrap().drain(..) {
            self.script.post().path(path, Hint::Complete);
        }
        true
    }
}

#[test]
fn a_look_at_everything_finds_what_was_not_notified_of_and_says_so() {
    let script = Script::default();
    let mut inbox = Inbox::new(TempDir::new().unwrap(), Duration::from_millis(100), script.open());
    inbox.write("a.txt");
    inbox.write("b.txt");
    inbox.until("both files", |inbox| inbox.settled.len() == 2);
    assert_eq!(inbox.status.missed, 2);
    fs::remove_file(inbox.directory.path().join("a.txt")).unwrap();
    inbox.until("the deletion", |inbox| inbox.settled.len() == 1);
    inbox.until("a look without news", |inbox| inbox.status.last_look.is_some_and(|look| look.missed == 0));
    assert_eq!(inbox.status.missed, 3);
    assert!(inbox.status.mode.is_notified() && inbox.status.look_wording().unwrap().zh.contains('3'));
}

#[test]
fn a_notification_that_is_still_on_its_way_is_not_missed() {
    let script = Script::default();
    let mut inbox = Inbox::new(TempDir::new().unwrap(), Duration::from_millis(100), script.open());
    let before = inbox.status.last_look;
    let directory = inbox.directory.path().join("来件");
    // Told before it happens: whenever the look comes, the notification is there once it is asked for.
    script.late.lock().unwrap().push(directory.clone());
    let staged = TempDir::new_in(inbox.directory.path().parent().unwrap()).unwrap();
    fs::write(staged.path().join("a.txt"), "a").unwrap();
    fs::rename(staged.path(), &directory).unwrap();
    inbox.until("the file", |inbox| inbox.settled.contains("来件/a.txt"));
    inbox.until("a later look", |inbox| inbox.status.last_look != before);
    assert_eq!(inbox.status.missed, 0);
}

#[test]
fn lost_notifications_are_made_up_for_at_once() {
    let script = Script::default();
    let mut inbox = Inbox::new(TempDir::new().unwrap(), NEVER, script.open());
    for lost in 1..=3 {
        let name = format!("{lost}.txt");
        inbox.write(&name);
        script.post().lost();
        inbox.until("the file", |inbox| inbox.settled.contains(&name));
        assert_eq!((inbox.status.lost, inbox.status.missed), (lost, lost));
    }
}

#[test]
fn where_the_system_watches_no_more_the_program_looks_until_it_does_again() {
    let script = Script::default();
    *script.limit.lock().unwrap() = Some(2);
    let directory = TempDir::new().unwrap();
    for name in ["one", "two"] {
        fs::create_dir(directory.path().join(name)).unwrap();
    }
    let mut inbox = Inbox::new(directory, Duration::from_millis(100), script.open());
    assert_eq!(inbox.status.mode, Mode::Polling { every: FALLBACK, because: Because::Limit });
    assert!(inbox.status.problem.is_some());
    inbox.write("two/a.txt");
    inbox.until("the file", |inbox| inbox.settled.contains("two/a.txt"));
    assert_eq!(inbox.status.missed, 0, "who looks by himself misses nothing");

    *script.limit.lock().unwrap() = None;
    inbox.until("notifications", |inbox| inbox.status.mode.is_notified());
    assert_eq!(inbox.status.problem, None);
    fs::create_dir(inbox.directory.path().join("three")).unwrap();
    *script.limit.lock().unwrap() = Some(3);
    script.post().path(inbox.directory.path().join("three"), Hint::Fresh);
    inbox.until("the limit", |inbox| inbox.status.problem.is_some());
    script.refuses.store(true, Ordering::SeqCst);
    inbox.write("three/b.txt");
    inbox.until("the file", |inbox| inbox.settled.contains("three/b.txt"));
}

/// The queue of the system itself runs over while nobody reads it.
#[cfg(target_os = "linux")]
#[test]
fn when_the_queue_of_the_system_runs_over_everything_is_looked_at() {
    let limit = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").unwrap();
    // Each file makes three events or more.
    let files = limit.trim().parse::<usize>().unwrap() / 3 + 1000;
    let gate = Arc::new(Mutex::new(()));
    let open: Open = {
        let gate = Arc::clone(&gate);
        Box::new(move |root, post| {
            let gate = Arc::clone(&gate);
            System::open_with(root, move |event| {
                drop(gate.lock());
                post.event(event);
            })
        })
    };
    let directory = TempDir::new().unwrap();
    fs::create_dir(directory.path().join("old")).unwrap();
    let mut inbox = Inbox::new(directory, NEVER, open);
    let stopped = gate.lock().unwrap();
    for number in 0..files {
        fs::write(inbox.directory.path().join(format!("{number}.txt")), "x").unwrap();
    }
    // What comes last is certainly lost: also that a directory has another name, and must be watched under it.
    fs::rename(inbox.directory.path().join("old"), inbox.directory.path().join("new")).unwrap();
    drop(stopped);
    inbox.until("all files", |inbox| inbox.settled.len() == files);
    assert!(inbox.status.lost > 0);
    inbox.write("new/a.txt");
    inbox.until("notifications", |inbox| inbox.settled.contains("new/a.txt"));
}
