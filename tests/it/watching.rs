//! Watching under adverse conditions: whatever happens, in the end the list is what a fresh scan finds, each file in
//! the state in which it lies there. Where nothing else is said, the notifications alone must suffice for that.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use nianshen::intake::scan::{Filter, scan};
use nianshen::intake::watch::{Change, Mode, Options, Status, Watching, watch};
use nianshen::intake::{Stamp, printable_name};
use tempfile::TempDir;

/// Far longer than anything takes: whoever waits so long waits in vain.
const PATIENCE: Duration = Duration::from_secs(60);

const NEVER: Duration = Duration::from_secs(86_400);

/// What is known of a file.
#[derive(Clone, Debug, Default)]
struct Listed {
    /// The state in which it was complete, if it was.
    stamp: Option<Stamp>,
    /// Whether it is on the move.
    receiving: bool,
    /// How often it was complete.
    versions: usize,
}

/// An inbox, and the list that follows from what is told of it.
struct Inbox {
    root: PathBuf,
    watching: Watching,
    list: BTreeMap<String, Listed>,
    moves: Vec<(String, String)>,
    gone: Vec<String>,
    status: Status,
}

fn notified() -> Options {
    Options { settle: Duration::from_millis(50), reconcile: NEVER, ..Options::default() }
}

fn polling() -> Options {
    Options { poll: Some(Duration::from_millis(100)), ..notified() }
}

impl Inbox {
    fn new(root: &Path, options: Options) -> Self {
        let mut inbox = Self {
            root: root.to_owned(),
            watching: watch(root, options).unwrap(),
            list: BTreeMap::new(),
            moves: Vec::new(),
            gone: Vec::new(),
            status: Status::default(),
        };
        inbox.until("the first look", |inbox| inbox.status.listed);
        inbox
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn apply(&mut self, change: Change) {
        match change {
            Change::Stirred(submission) => self.list.entry(submission.name).or_default().receiving = true,
            Change::Settled(found) => {
                let file = self.list.get_mut(&found.submission.name).expect("a complete file was on the move before");
                assert!(file.receiving, "{} was complete twice", found.submission.name);
                *file = Listed { stamp: found.stamp, receiving: false, versions: file.versions + 1 };
            }
            Change::Moved { from, to } => {
                let file = self.list.remove(&from).expect("what moves is known");
                self.list.insert(to.name.clone(), file);
                self.moves.push((from, to.name));
            }
            Change::Gone { name } => {
                assert!(self.list.remove(&name).is_some(), "{name} was gone before");
                self.gone.push(name);
            }
            Change::Status(status) => self.status = status,
        }
    }

    fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        while !done(self) {
            let change = self.watching.changes.recv_timeout(PATIENCE);
            self.apply(change.unwrap_or_else(|_| panic!("{what}: {:?}\n{:?}", self.status, self.difference())));
        }
    }

    fn until_settled(&mut self, name: &str) -> Stamp {
        self.until(name, |inbox| inbox.list.get(name).is_some_and(|file| !file.receiving));
        self.list[name].stamp.unwrap()
    }

    /// Where the list is not what lies there.
    fn difference(&self) -> Vec<String> {
        let found = scan(&self.root, &Filter::default(), printable_name);
        let there: BTreeMap<&str, &Path> =
            found.iter().map(|found| (found.submission.name.as_str(), found.submission.path.as_path())).collect();
        let mut difference: Vec<String> = self
            .list
            .keys()
            .filter(|name| !there.contains_key(name.as_str()))
            .map(|name| format!("- {name}"))
            .collect();
        for (name, path) in there {
            let now = fs::metadata(path).map(|metadata| Stamp::of(&metadata)).ok();
            match self.list.get(name) {
                None => difference.push(format!("+ {name}")),
                Some(file) if file.receiving => difference.push(format!("… {name}")),
                Some(file) => {
                    let is_same = file
                        .stamp
                        .zip(now)
                        .is_some_and(|(one, two)| one.inode == two.inode && one.is_same_content(&two));
                    if !is_same {
                        difference.push(format!("~ {name}"));
                    }
                }
            }
        }
        difference
    }

    /// Waits until the list is what lies there; nothing moves there any more.
    fn until_agreed(&mut self) {
        loop {
            while let Ok(change) = self.watching.changes.try_recv() {
                self.apply(change);
            }
            let difference = self.difference();
            if difference.is_empty() {
                return;
            }
            let change = self.watching.changes.recv_timeout(PATIENCE);
            self.apply(change.unwrap_or_else(|_| panic!("{:?} {:?}", self.status, self.difference())));
        }
    }
}

/// Numbers without a pattern, the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Copies a file in by one of the ways in which that is done.
fn copy_in(root: &Path, name: &str, way: u64) -> std::io::Result<()> {
    let path = root.join(name);
    match way {
        0 => fs::write(path, name),
        1 => {
            let part = root.join(format!("{name}.part"));
            fs::write(&part, name)?;
            fs::rename(part, path)
        }
        2 => {
            let mut file = File::create(path)?;
            for piece in name.as_bytes().chunks(3) {
                file.write_all(piece)?;
                std::thread::yield_now();
            }
            file.set_modified(SystemTime::UNIX_EPOCH)
        }
        _ => {
            for piece in name.as_bytes().chunks(5) {
                OpenOptions::new().create(true).append(true).open(&path)?.write_all(piece)?;
            }
            Ok(())
        }
    }
}

/// Three writers copy files in while a fourth renames, moves and deletes what they bring. What one of them finds
/// taken away by another is no failure.
fn turmoil(root: &Path, files: u64) {
    let directories = ["", "甲", "甲/乙", "丙"];
    for directory in directories {
        fs::create_dir_all(root.join(directory)).unwrap();
    }
    let name = |writer: u64, number: u64, dice: &mut Dice| {
        let directory = directories[usize::try_from(dice.roll(4)).unwrap()];
        format!("{directory}/{writer}-{number}.txt")
    };
    std::thread::scope(|scope| {
        for writer in 0..3 {
            scope.spawn(move || {
                let (mut dice, mut ways) = (Dice(writer), Dice(writer + 10));
                for number in 0..files {
                    let _ = copy_in(root, &name(writer, number, &mut dice), ways.roll(4));
                }
            });
        }
        scope.spawn(move || {
            let mut dice = Dice(99);
            for number in 0..files * 2 {
                let pick = |dice: &mut Dice| {
                    let (writer, number) = (dice.roll(3), dice.roll(files));
                    root.join(name(writer, number, dice))
                };
                let (one, other) = (pick(&mut dice), pick(&mut dice));
                let _ = match dice.roll(4) {
                    0 => fs::remove_file(one),
                    1 => fs::rename(one, other),
                    2 => fs::rename(one, root.join(format!("改名{number}.txt"))),
                    _ if number % 20 == 0 => fs::rename(root.join("甲"), root.join("丁"))
                        .and_then(|()| fs::create_dir_all(root.join("甲/乙")))
                        .and_then(|()| fs::remove_dir_all(root.join("戊")).or(Ok(())))
                        .and_then(|()| fs::rename(root.join("丁"), root.join("戊"))),
                    _ => fs::write(one, "changed"),
                };
            }
        });
    });
}

#[test]
fn writers_and_renames_at_once_leave_nothing_out() {
    let directory = TempDir::new().unwrap();
    let mut inbox = Inbox::new(directory.path(), notified());
    turmoil(directory.path(), 1000);
    inbox.until_agreed();
    assert!(inbox.list.len() > 500, "{}", inbox.list.len());
    assert_eq!(inbox.status.missed, 0);
}

#[test]
fn polling_alone_leaves_nothing_out() {
    let directory = TempDir::new().unwrap();
    let mut inbox = Inbox::new(directory.path(), polling());
    turmoil(directory.path(), 500);
    inbox.until_agreed();
    assert!(matches!(inbox.status.mode, Mode::Polling { .. }) && inbox.status.problem.is_none());
}

#[test]
fn full_looks_in_the_midst_of_it_find_nothing_missed() {
    let directory = TempDir::new().unwrap();
    let options = Options { reconcile: Duration::from_millis(20), ..notified() };
    let mut inbox = Inbox::new(directory.path(), options);
    turmoil(directory.path(), 500);
    inbox.until_agreed();
    assert_eq!(inbox.status.missed, 0);
}

#[test]
fn a_storm_of_renames_keeps_what_is_known() {
    let directory = TempDir::new().unwrap();
    for name in ["a", "a/b"] {
        fs::create_dir(directory.path().join(name)).unwrap();
    }
    for number in 0..50 {
        fs::write(directory.path().join(format!("a/b/{number}.txt")), "x").unwrap();
    }
    let mut inbox = Inbox::new(directory.path(), notified());
    inbox.until_agreed();
    for round in 0..40 {
        let (from, to) = (format!("a/b{}", if round == 0 { String::new() } else { round.to_string() }), round + 1);
        fs::rename(inbox.path(&from), inbox.path(&format!("a/b{to}"))).unwrap();
        for number in 0..50 {
            let name = |round: i32| format!("a/b{to}/{}{number}.txt", "改".repeat(usize::try_from(round).unwrap() % 3));
            fs::rename(inbox.path(&name(round)), inbox.path(&name(round + 1))).unwrap();
        }
    }
    inbox.until_agreed();
    assert_eq!(inbox.list.len(), 50);
    assert!(inbox.list.keys().all(|name| name.starts_with("a/b40/改")));
    assert_eq!(inbox.gone, [""; 0], "no file was taken for a new one");
    assert_eq!(inbox.status.missed, 0);
}

#[test]
fn what_is_written_slowly_is_received_until_it_is_closed() {
    let directory = TempDir::new().unwrap();
    let mut inbox = Inbox::new(directory.path(), notified());
    let mut slow = File::create(inbox.path("slow.txt")).unwrap();
    for piece in 0..5 {
        slow.write_all(b"piece").unwrap();
        let written = Instant::now();
        // Others come and are complete meanwhile, by closing and by standing still: the pause is longer than that.
        let (closed, linked) = (format!("{piece}.txt"), format!("{piece}.md"));
        inbox.write(&closed, "whole");
        fs::hard_link(inbox.path(&closed), inbox.path(&linked)).unwrap();
        inbox.until_settled(&closed);
        inbox.until_settled(&linked);
        // A machine may be so slow that the writer seemed to have given up: then half a file is told, for now.
        let was_waited_for = inbox.list["slow.txt"].receiving && inbox.list["slow.txt"].versions == 0;
        assert!(was_waited_for || written.elapsed() > Duration::from_secs(2));
    }
    drop(slow);
    assert_eq!(inbox.until_settled("slow.txt").size, 25);
}

#[test]
fn half_a_file_is_never_the_last_word() {
    for options in [notified(), polling()] {
        let directory = TempDir::new().unwrap();
        let mut inbox = Inbox::new(directory.path(), options);
        let mut slow = File::create(inbox.path("slow.txt")).unwrap();
        slow.write_all(b"half").unwrap();
        assert_eq!(inbox.until_settled("slow.txt").size, 4, "for good, as it seems");
        slow.write_all(b" and half").unwrap();
        inbox.until("the rest", |inbox| inbox.list["slow.txt"].receiving);
        drop(slow);
        assert_eq!(inbox.until_settled("slow.txt").size, 13);
    }
}

#[test]
fn an_editor_that_saves_changes_one_file() {
    for options in [notified(), polling()] {
        let directory = TempDir::new().unwrap();
        let mut inbox = Inbox::new(directory.path(), options);
        inbox.write("a.docx", "one");
        inbox.until_settled("a.docx");
        inbox.write("4913", "");
        inbox.write("a.docx.kGhTzR", "two, by a library");
        fs::rename(inbox.path("a.docx.kGhTzR"), inbox.path("a.docx")).unwrap();
        inbox.until("the change", |inbox| inbox.list["a.docx"].stamp.is_some_and(|stamp| stamp.size == 17));
        fs::rename(inbox.path("a.docx"), inbox.path("a.docx~")).unwrap();
        inbox.write("a.docx", "three, with a backup");
        inbox.until("the change", |inbox| inbox.list["a.docx"].stamp.is_some_and(|stamp| stamp.size == 20));
        assert_eq!(inbox.list.len(), 1);
        assert!(inbox.moves.is_empty() && inbox.gone.is_empty(), "{:?} {:?}", inbox.moves, inbox.gone);
    }
}

#[test]
fn directories_move_in_and_out() {
    for options in [notified(), polling()] {
        let outer = TempDir::new().unwrap();
        let root = outer.path().join("inbox");
        let away = outer.path().join("away");
        fs::create_dir_all(away.join("deep")).unwrap();
        fs::create_dir(&root).unwrap();
        fs::write(away.join("deep/a.txt"), "a").unwrap();
        let mut inbox = Inbox::new(&root, options);
        fs::rename(&away, inbox.path("here")).unwrap();
        inbox.until_settled("here/deep/a.txt");
        // It is watched, and no more once it is gone.
        inbox.write("here/deep/b.txt", "b");
        inbox.until_settled("here/deep/b.txt");
        fs::rename(inbox.path("here"), &away).unwrap();
        fs::write(away.join("deep/c.txt"), "c").unwrap();
        inbox.until("the leave", |inbox| inbox.list.is_empty());
        fs::rename(&away, inbox.path("there")).unwrap();
        inbox.until_agreed();
        assert_eq!(inbox.list.len(), 3);
    }
}

#[test]
fn the_inbox_goes_and_comes_back_as_itself_and_as_another() {
    for options in [notified(), polling()] {
        let outer = TempDir::new().unwrap();
        let root = outer.path().join("parent/inbox");
        fs::create_dir_all(&root).unwrap();
        fs::write(root.join("a.txt"), "a").unwrap();
        let mut inbox = Inbox::new(&root, options);
        inbox.until_settled("a.txt");
        // Deleted and made anew so fast that nobody sees it missing, perhaps with the same number.
        for round in 0..10 {
            fs::remove_dir_all(&root).unwrap();
            fs::create_dir(&root).unwrap();
            let name = format!("{round}.txt");
            inbox.write(&name, &name);
            inbox.until_settled(&name);
        }
        inbox.until_agreed();
        // Its parent moves away and comes back: nothing was touched.
        let (parent, away) = (outer.path().join("parent"), outer.path().join("away"));
        let versions = inbox.list["9.txt"].versions;
        fs::rename(&parent, &away).unwrap();
        inbox.until("the loss", |inbox| inbox.status.mode == Mode::Away { reason: None });
        assert!(inbox.status.problem.is_some() && inbox.list.contains_key("9.txt"), "what was known is kept");
        fs::rename(&away, &parent).unwrap();
        inbox.until("the return", |inbox| inbox.status.problem.is_none());
        inbox.until_agreed();
        assert_eq!(inbox.list["9.txt"].versions, versions);
        // Another takes its place.
        fs::rename(&root, outer.path().join("old")).unwrap();
        fs::create_dir(&root).unwrap();
        inbox.write("other.txt", "other");
        inbox.until_agreed();
        assert_eq!(inbox.list.keys().collect::<Vec<_>>(), ["other.txt"]);
        inbox.write("last.txt", "last");
        inbox.until_settled("last.txt");
    }
}

#[test]
fn what_takes_the_place_of_another_is_known_for_what_it_is() {
    for options in [notified(), polling()] {
        let directory = TempDir::new().unwrap();
        let mut inbox = Inbox::new(directory.path(), options);
        inbox.write("a.txt", "a file");
        inbox.until_settled("a.txt");
        fs::remove_file(inbox.path("a.txt")).unwrap();
        fs::create_dir(inbox.path("a.txt")).unwrap();
        inbox.write("a.txt/b.txt", "in a directory");
        inbox.until_settled("a.txt/b.txt");
        fs::remove_dir_all(inbox.path("a.txt")).unwrap();
        inbox.write("a.txt", "a file again");
        inbox.until("the file", |inbox| {
            inbox.list.get("a.txt").is_some_and(|file| file.stamp.is_some_and(|stamp| stamp.size == 12))
        });
        inbox.until_agreed();
        assert_eq!(inbox.list.len(), 1);
    }
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_out_of_the_inbox() {
    use std::os::unix::fs::symlink;
    for options in [notified(), polling()] {
        let outer = TempDir::new().unwrap();
        let (root, outside) = (outer.path().join("inbox"), outer.path().join("outside"));
        for path in [&root.join("sub"), &outside] {
            fs::create_dir_all(path).unwrap();
            fs::write(path.join("a.txt"), "a").unwrap();
        }
        let mut inbox = Inbox::new(&root, options);
        inbox.until_settled("sub/a.txt");
        // A directory is replaced by a link to one that holds the same names.
        fs::rename(inbox.path("sub"), outer.path().join("gone")).unwrap();
        symlink(&outside, inbox.path("sub")).unwrap();
        inbox.until("the loss", |inbox| !inbox.list.contains_key("sub/a.txt"));
        symlink(outside.join("a.txt"), inbox.path("out.txt")).unwrap();
        inbox.until_settled("out.txt");
        // What a link within the inbox leads to is followed, and so are its changes.
        inbox.write("b.txt", "b");
        symlink(inbox.path("b.txt"), inbox.path("in.txt")).unwrap();
        inbox.until_settled("in.txt");
        inbox.write("b.txt", "longer");
        inbox.until("the change", |inbox| inbox.list["in.txt"].stamp.is_some_and(|stamp| stamp.size == 6));
        assert!(inbox.list.keys().all(|name| ["sub", "out.txt", "b.txt", "in.txt"].contains(&name.as_str())));
    }
}

#[test]
fn times_that_lie_and_touches_without_a_change() {
    for options in [notified(), polling()] {
        let directory = TempDir::new().unwrap();
        let mut inbox = Inbox::new(directory.path(), options);
        let day = Duration::from_secs(86_400);
        let times = [SystemTime::UNIX_EPOCH, SystemTime::now() - day * 400, SystemTime::now() + day * 400];
        for (number, time) in times.into_iter().enumerate() {
            let name = format!("{number}.txt");
            inbox.write(&name, "one");
            File::options().write(true).open(inbox.path(&name)).unwrap().set_modified(time).unwrap();
            inbox.until("the file", |inbox| {
                inbox
                    .list
                    .get(&name)
                    .is_some_and(|file| !file.receiving && file.stamp.is_some_and(|stamp| stamp.modified == time))
            });
            // As many bytes, and the same time as before.
            let before = inbox.list[&name].versions;
            let mut file = File::create(inbox.path(&name)).unwrap();
            file.write_all(b"two").unwrap();
            file.set_modified(time).unwrap();
            drop(file);
            inbox.until("the change", |inbox| inbox.list[&name].versions > before && !inbox.list[&name].receiving);
            // A clock set back, and a touch.
            for time in [time + day, time] {
                let before = inbox.list[&name].versions;
                File::options().write(true).open(inbox.path(&name)).unwrap().set_modified(time).unwrap();
                inbox.until("the touch", |inbox| inbox.list[&name].versions > before && !inbox.list[&name].receiving);
            }
        }
        inbox.until_agreed();
    }
}

#[test]
fn a_stamp_says_whether_it_can_be_relied_on() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.txt");
    fs::write(&path, "a").unwrap();
    let stamp = Stamp::of(&fs::metadata(&path).unwrap());
    let now = SystemTime::now();
    assert!(!stamp.is_firm(now), "changed a moment ago");
    assert!(stamp.is_firm(now + Duration::from_secs(10)));
    let future = Stamp { modified: now + Duration::from_secs(3600), ..stamp };
    assert!(!future.is_firm(now + Duration::from_secs(10)));
}

#[test]
fn a_file_is_read_only_as_it_was_seen() {
    use nianshen::intake::{Failure, read_found};
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.txt");
    fs::write(&path, "one").unwrap();
    let mut found = scan(directory.path(), &Filter::default(), printable_name).remove(0);
    found.stamp = Some(Stamp::of(&fs::metadata(&path).unwrap()));
    let content = read_found(&found).unwrap();
    assert_eq!((content.bytes.as_slice(), Some(content.stamp)), (b"one".as_slice(), found.stamp));
    // Another file with as many bytes in its place, by name or behind a link.
    fs::rename(&path, directory.path().join("b.txt")).unwrap();
    fs::write(&path, "two").unwrap();
    assert_eq!(read_found(&found), Err(Failure::Changing));
    fs::remove_file(&path).unwrap();
    assert_eq!(read_found(&found), Err(Failure::Vanished));
}
