//! Watching an inbox: what arrives, changes, moves and goes is told, once each, and in order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use nianshen::cli::{Watched, watch_inbox};
use nianshen::config::Config;
use nianshen::finding::Verdict;
use nianshen::ledger::{Event, WatchMode};
use tempfile::TempDir;

use crate::archives::zipped;
use crate::program::{balanced, program, sample, unbalanced};

/// Far longer than anything takes: whoever waits so long waits in vain.
const PATIENCE: Duration = Duration::from_secs(60);

/// An inbox under watch, and what has been told of it.
struct Inbox {
    directory: TempDir,
    watched: Watched,
    verdicts: BTreeMap<String, Verdict>,
    removed: BTreeSet<String>,
    renamed: Vec<(String, String)>,
    mode: Option<WatchMode>,
    problem: bool,
    /// Who was said not to have reported, by the last and every earlier comparing.
    awaited: Option<BTreeSet<String>>,
}

impl Inbox {
    fn new(configuration: &str, files: &[(&str, String)]) -> Self {
        let directory = TempDir::new().unwrap();
        for (name, text) in files {
            fs::write(directory.path().join(name), text).unwrap();
        }
        let config = Config::parse(configuration, "nianshen.toml").unwrap();
        let watched = watch_inbox(&directory.path().join(""), config, program(), None).unwrap();
        Self {
            directory,
            watched,
            verdicts: BTreeMap::new(),
            removed: BTreeSet::new(),
            renamed: Vec::new(),
            mode: None,
            problem: false,
            awaited: None,
        }
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.directory.path().join(name), text).unwrap();
    }

    /// Takes in events until `done`.
    fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        while !done(self) {
            match self.watched.events.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{what} never came")) {
                Event::Audited { path, summary, .. } => {
                    self.removed.remove(&path);
                    self.verdicts.insert(path, summary.verdict);
                }
                Event::Removed { path } => {
                    self.verdicts.remove(&path);
                    self.removed.insert(path);
                }
                Event::Renamed { from, to } => {
                    if let Some(verdict) = self.verdicts.remove(&from) {
                        self.verdicts.insert(to.clone(), verdict);
                    }
                    self.renamed.push((from, to));
                }
                Event::Health(health) => {
                    self.mode = Some(health.mode);
                    self.problem = health.problem.is_some();
                }
                Event::Compared(comparison) => {
                    let awaited = comparison.expected.into_iter().map(|expected| expected.agency);
                    self.awaited.get_or_insert_default().extend(awaited);
                }
                _ => {}
            }
        }
    }

    fn until_verdict(&mut self, name: &str, verdict: Verdict) {
        self.until(name, |inbox| inbox.verdicts.get(name) == Some(&verdict));
    }

    fn until_files(&mut self, count: usize) {
        self.until("all files", |inbox| inbox.verdicts.len() == count);
    }
}

#[test]
fn what_lies_there_and_what_arrives_is_audited() {
    let mut inbox = Inbox::new("", &[("old.txt", balanced())]);
    inbox.until_files(1);
    inbox.write("new.txt", &unbalanced());
    inbox.until_verdict("new.txt", Verdict::Noncompliant);
    assert_eq!(inbox.mode, Some(WatchMode::Notified));
    fs::create_dir_all(inbox.directory.path().join("deep/er")).unwrap();
    inbox.write("deep/er/third.txt", &unbalanced());
    inbox.until_verdict("deep/er/third.txt", Verdict::Noncompliant);
}

#[test]
fn a_report_that_was_not_read_yet_is_not_missing() {
    let stems = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
    let agencies: Vec<String> = stems
        .iter()
        .flat_map(|first| stems[..6].iter().map(move |second| format!("青溪县{first}{second}镇人民政府")))
        .collect();
    let mut files: Vec<(String, String)> =
        agencies.iter().map(|agency| (format!("{agency}.txt"), sample(agency, [3, 1, 0, 0, 0, 0, 4]))).collect();
    files.push(("roster.csv".to_owned(), format!("机关\n{}\n青溪县水利局\n", agencies.join("\n"))));
    let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let mut inbox = Inbox::new("", &files);
    inbox.until("the comparing", |inbox| inbox.awaited.is_some());
    assert_eq!(inbox.verdicts.len(), agencies.len());
    assert_eq!(inbox.awaited, Some(BTreeSet::from(["青溪县水利局".to_owned()])));
}

#[test]
fn a_change_is_audited_anew() {
    let mut inbox = Inbox::new("", &[("a.txt", unbalanced())]);
    inbox.until_verdict("a.txt", Verdict::Noncompliant);
    inbox.write("a.txt", "");
    inbox.until_verdict("a.txt", Verdict::Unreadable);
    inbox.write("a.txt", &unbalanced());
    inbox.until_verdict("a.txt", Verdict::Noncompliant);
}

#[test]
fn a_rename_is_a_rename_and_a_deletion_a_deletion() {
    let mut inbox = Inbox::new("", &[("a.txt", unbalanced()), ("b.txt", unbalanced())]);
    inbox.until_files(2);
    let path = |name: &str| inbox.directory.path().join(name);
    fs::rename(path("a.txt"), path("c.txt")).unwrap();
    fs::remove_file(path("b.txt")).unwrap();
    inbox.until("the deletion", |inbox| inbox.removed.contains("b.txt"));
    inbox.until("the rename", |inbox| !inbox.renamed.is_empty());
    assert_eq!(inbox.renamed, [("a.txt".to_owned(), "c.txt".to_owned())]);
    assert_eq!(inbox.verdicts.keys().collect::<Vec<_>>(), ["c.txt"]);
}

#[test]
fn a_renamed_directory_takes_its_files_along() {
    let mut inbox = Inbox::new("", &[]);
    let path = |name: &str| inbox.directory.path().join(name);
    fs::create_dir(path("one")).unwrap();
    for number in 0..5 {
        fs::write(path("one").join(format!("{number}.txt")), unbalanced()).unwrap();
    }
    inbox.until_files(5);
    let path = |name: &str| inbox.directory.path().join(name);
    fs::rename(path("one"), path("two")).unwrap();
    inbox.until("the renames", |inbox| inbox.renamed.len() == 5);
    assert!(inbox.verdicts.keys().all(|name| name.starts_with("two/")));
    fs::remove_dir_all(inbox.directory.path().join("two")).unwrap();
    inbox.until("the deletions", |inbox| inbox.verdicts.is_empty());
}

#[test]
fn a_transfer_appears_when_it_is_complete() {
    let mut inbox = Inbox::new("", &[]);
    let path = |name: &str| inbox.directory.path().join(name);
    fs::write(path("a.txt.part"), unbalanced()).unwrap();
    fs::rename(path("a.txt.part"), path("a.txt")).unwrap();
    inbox.until_verdict("a.txt", Verdict::Noncompliant);
    assert_eq!(inbox.verdicts.len(), 1);
    assert!(inbox.renamed.is_empty());
}

#[test]
fn a_file_written_in_pieces_ends_up_with_the_verdict_of_the_whole() {
    let mut inbox = Inbox::new("", &[]);
    let text = unbalanced();
    let mut file = OpenOptions::new().create(true).append(true).open(inbox.directory.path().join("a.txt")).unwrap();
    for piece in text.as_bytes().chunks(text.len() / 50) {
        file.write_all(piece).unwrap();
        file.flush().unwrap();
        std::thread::yield_now();
    }
    drop(file);
    inbox.until_verdict("a.txt", Verdict::Noncompliant);
}

#[test]
fn a_burst_is_audited_to_the_last_file() {
    let mut inbox = Inbox::new("", &[]);
    for number in 0..1500 {
        inbox.write(&format!("{number}.txt"), "");
    }
    inbox.until_files(1500);
    assert!(inbox.verdicts.values().all(|&verdict| verdict == Verdict::Unreadable));
}

#[test]
fn what_is_renamed_before_it_is_read_is_audited_under_its_last_name() {
    let mut inbox = Inbox::new("", &[]);
    let path = |inbox: &Inbox, name: &str| inbox.directory.path().join(name);
    const FILES: usize = 300;
    for number in 0..FILES {
        inbox.write(&format!("a{number}.txt"), &unbalanced());
        fs::rename(path(&inbox, &format!("a{number}.txt")), path(&inbox, &format!("b{number}.txt"))).unwrap();
    }
    for (from, to) in [("b", "c"), ("c", "d")] {
        inbox.until("some verdicts", |inbox| !inbox.verdicts.is_empty());
        for number in 0..FILES {
            fs::rename(path(&inbox, &format!("{from}{number}.txt")), path(&inbox, &format!("{to}{number}.txt")))
                .unwrap();
        }
    }
    for number in (0..FILES).step_by(3) {
        fs::remove_file(path(&inbox, &format!("d{number}.txt"))).unwrap();
    }
    let left: Vec<String> =
        (0..FILES).filter(|number| number % 3 != 0).map(|number| format!("d{number}.txt")).collect();
    inbox.until("the verdicts of what is left", |inbox| {
        inbox.verdicts.len() == left.len() && left.iter().all(|name| inbox.verdicts.contains_key(name))
    });
    assert!(inbox.verdicts.values().all(|&verdict| verdict == Verdict::Noncompliant));
}

#[test]
fn without_notifications_the_program_looks_by_itself() {
    let mut inbox = Inbox::new("[inbox]\npoll = \"100ms\"\n", &[("a.txt", unbalanced())]);
    inbox.until_verdict("a.txt", Verdict::Noncompliant);
    assert_eq!(inbox.mode, Some(WatchMode::Polling));
    inbox.write("b.txt", &unbalanced());
    inbox.until_verdict("b.txt", Verdict::Noncompliant);
    let path = |name: &str| inbox.directory.path().join(name);
    fs::rename(path("b.txt"), path("c.txt")).unwrap();
    inbox.until("the rename", |inbox| !inbox.renamed.is_empty());
    inbox.write("a.txt", "");
    inbox.until_verdict("a.txt", Verdict::Unreadable);
    fs::remove_file(inbox.directory.path().join("a.txt")).unwrap();
    inbox.until("the deletion", |inbox| inbox.removed.contains("a.txt"));
    assert!(inbox.verdicts.contains_key("c.txt"));
}

#[test]
fn the_inbox_may_vanish_and_come_back() {
    let outer = TempDir::new().unwrap();
    let root = outer.path().join("inbox");
    fs::create_dir(&root).unwrap();
    fs::write(root.join("a.txt"), unbalanced()).unwrap();
    let mut inbox = Inbox::new("", &[]);
    inbox.watched = watch_inbox(&root, Config::default(), program(), None).unwrap();
    inbox.until_files(1);
    let away = outer.path().join("away");
    fs::rename(&root, &away).unwrap();
    inbox.until("word of the loss", |inbox| inbox.problem);
    assert!(inbox.verdicts.contains_key("a.txt"), "what was known is kept");
    fs::create_dir(&root).unwrap();
    fs::write(root.join("b.txt"), unbalanced()).unwrap();
    inbox.until("the recovery", |inbox| !inbox.problem && inbox.verdicts.contains_key("b.txt"));
    inbox.until("what is gone", |inbox| !inbox.verdicts.contains_key("a.txt"));
    fs::write(root.join("c.txt"), sample("乙县审计局", [0; 7])).unwrap();
    inbox.until("notifications", |inbox| inbox.verdicts.contains_key("c.txt"));
}

#[test]
fn what_is_no_file_is_never_opened() {
    let mut inbox = Inbox::new("", &[]);
    let path = inbox.directory.path().join("pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    inbox.until_verdict("pipe.txt", Verdict::Unreadable);
    inbox.write("good.txt", &unbalanced());
    inbox.until_verdict("good.txt", Verdict::Noncompliant);
}

#[test]
fn ignored_and_passing_files_are_never_told() {
    let mut inbox = Inbox::new("[inbox]\nignore = [\"old\"]\n", &[]);
    for name in [".hidden.txt", "~$a.docx", "a.tmp", "roster.csv", "b.txt.crdownload"] {
        inbox.write(name, "");
    }
    fs::create_dir(inbox.directory.path().join("old")).unwrap();
    inbox.write("old/a.txt", "");
    inbox.write("z.txt", "");
    inbox.until_files(1);
    assert!(inbox.verdicts.contains_key("z.txt"));
}

#[test]
fn names_are_safe_and_distinct() {
    use nianshen::intake::{name, printable_name};
    assert_eq!(printable_name(Path::new("a\u{1b}b.txt")), "a\\u{1b}b.txt");
    assert_eq!(name(Path::new("a/甲.txt")), "a/甲.txt");
}

#[test]
fn the_members_of_an_archive_come_change_move_and_go_with_it() {
    let mut inbox = Inbox::new("", &[]);
    let put = |inbox: &Inbox, files: &[(&str, &[u8])]| {
        let part = inbox.directory.path().join("甲.zip.part");
        fs::write(&part, zipped(files)).unwrap();
        fs::rename(part, inbox.directory.path().join("甲.zip")).unwrap();
    };
    let (good, bad) = (balanced(), unbalanced());
    put(&inbox, &[("a.txt", good.as_bytes()), ("b/b.txt", bad.as_bytes())]);
    inbox.until("the members", |inbox| inbox.verdicts.len() == 2);
    assert_eq!(inbox.verdicts["甲.zip!a.txt"], Verdict::Compliant);
    assert_eq!(inbox.verdicts["甲.zip!b/b.txt"], Verdict::Noncompliant);
    assert!(inbox.removed.contains("甲.zip"), "the archive itself is not listed");

    put(&inbox, &[("a.txt", bad.as_bytes()), ("c.txt", good.as_bytes())]);
    inbox.until("the new members", |inbox| {
        inbox.verdicts.get("甲.zip!a.txt") == Some(&Verdict::Noncompliant)
            && inbox.verdicts.contains_key("甲.zip!c.txt")
    });
    assert_eq!(inbox.verdicts.len(), 2, "{:?}", inbox.verdicts);

    let directory = inbox.directory.path().to_owned();
    fs::rename(directory.join("甲.zip"), directory.join("乙.zip")).unwrap();
    inbox.until("the new names", |inbox| {
        inbox.verdicts.keys().map(String::as_str).collect::<Vec<_>>() == ["乙.zip!a.txt", "乙.zip!c.txt"]
    });
    fs::write(directory.join("乙.zip"), b"PK\x03\x04 and no more").unwrap();
    inbox.until("the archive itself", |inbox| {
        inbox.verdicts.keys().map(String::as_str).collect::<Vec<_>>() == ["乙.zip"]
    });
    assert_eq!(inbox.verdicts["乙.zip"], Verdict::Unreadable);
    fs::remove_file(directory.join("乙.zip")).unwrap();
    inbox.until("nothing", |inbox| inbox.verdicts.is_empty());
}
