//! What can happen to an office: the program is killed while reports pour in, several decide at once, the disk fills
//! up, the inbox disappears. In the end the ledger is what a fresh audit of the inbox says, plus every decision that
//! was acknowledged on a screen.
//!
//! `NIANSHEN_FAULTS` sets the number of files, and has the program killed ten times; `NIANSHEN_PROGRAM` names an
//! optimised build of it, without which 5,000 files take long.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::{Inbox, PATIENCE, Start, Terminal, has_line};
use crate::generate::Recipe;
use crate::generate::layout::Layout;
use crate::generate::mutate::Mutation;
use crate::program::{check, code, json, nianshen, sample, stderr, unbalanced};

/// The dashboard on `inbox` with its ledger at `ledger`.
fn open(inbox: &Path, ledger: &Path) -> Terminal {
    let mut start = Start::new();
    start.arguments = vec!["--lang", "zh", "--state", String::leak(ledger.to_str().unwrap().to_owned())];
    start.open(inbox)
}

/// `nianshen ledger ACTION` on `ledger`.
fn upkeep(action: &str, ledger: &Path) -> Output {
    let mut command = nianshen();
    command.args(["ledger", action, "--state"]).arg(ledger).current_dir(ledger.parent().unwrap()).output().unwrap()
}

/// Files by path, with the hash of their bytes, and submissions by path, with the verdict of the file alone.
type Lying = (BTreeMap<String, String>, BTreeMap<String, String>);

/// What the ledger says lies in the inbox, and the reasons of all decisions.
fn exported(ledger: &Path) -> (Lying, BTreeSet<String>) {
    let output = upkeep("export", ledger);
    assert!(output.status.success(), "{}", stderr(&output));
    let lines: Vec<Value> =
        output.stdout.split(|&byte| byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    let records = |kind: &'static str| lines.iter().filter(move |line| line["record"] == kind);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let files: BTreeMap<String, String> = records("file")
        .filter(|file| file["gone"].is_null())
        .map(|file| (text(&file["path"]), text(&file["hash"])))
        .collect();
    let verdicts: BTreeMap<i64, String> =
        records("version").map(|version| (version["id"].as_i64().unwrap(), text(&version["verdict"]))).collect();
    let submissions = records("submission")
        .filter(|submission| files.contains_key(&text(&submission["file"])))
        .map(|submission| (text(&submission["path"]), verdicts[&submission["version"].as_i64().unwrap()].clone()))
        .collect();
    let reasons = records("decision").filter_map(|decision| decision["reason"].as_str().map(ToOwned::to_owned));
    ((files, submissions), reasons.collect())
}

/// What a fresh audit says of the inbox.
fn audited(inbox: &Path) -> Lying {
    let output = check(inbox, &[".", "--format", "json", "--ignore", "INB,DUP,CAR,SUM,ORG", "--fail-on", "never"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let document = json(&output);
    let text = |value: &Value| value.as_str().unwrap().trim_start_matches("./").to_owned();
    let reports = document["reports"].as_array().unwrap().iter();
    let submissions: BTreeMap<String, String> =
        reports.map(|report| (text(&report["path"]), text(&report["verdict"]))).collect();
    let hash = |path: &String| blake3::hash(&fs::read(inbox.join(path)).unwrap()).to_hex().to_string();
    (submissions.keys().map(|path| (path.clone(), hash(path))).collect(), submissions)
}

/// Waits until the ledger says of the inbox what a fresh audit says; the ledger is sound, and has these reasons.
fn comes_to(fresh: &Lying, ledger: &Path, acknowledged: &[String]) {
    let deadline = Instant::now() + PATIENCE;
    let reasons = loop {
        let (kept, reasons) = exported(ledger);
        if kept == *fresh {
            break reasons;
        }
        if Instant::now() > deadline {
            let differ = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| -> Vec<_> {
                one.iter().filter(|(path, what)| other.get(*path) != Some(what)).map(|(path, _)| path.clone()).collect()
            };
            let (files, verdicts) = (differ(&fresh.0, &kept.0), differ(&fresh.1, &kept.1));
            let more = differ(&kept.0, &fresh.0);
            panic!("not in the ledger: {files:?}; with another verdict: {verdicts:?}; only in the ledger: {more:?}");
        }
        // The program may be about to write it.
        thread::sleep(Duration::from_millis(50));
    };
    let lost: Vec<&String> = acknowledged.iter().filter(|reason| !reasons.contains(*reason)).collect();
    assert!(lost.is_empty(), "acknowledged, and not in the ledger: {lost:?}");
    is_sound(ledger);
}

fn is_sound(ledger: &Path) {
    let verified = upkeep("verify", ledger);
    assert_eq!(code(&verified), 0, "{}{}", String::from_utf8_lossy(&verified.stdout), stderr(&verified));
}

/// Decides on the first noncompliant report, as soon as there is one, up to the reason.
fn begin(terminal: &mut Terminal, key: &str, reason: &str) {
    let question = if key == "b" { "附言" } else { "通过的理由" };
    let refusals = ["没有选中的报告", "等待审核", "还没有收到"];
    let refused = |screen: &str| refusals.iter().any(|refusal| screen.contains(refusal));
    loop {
        terminal.shows("a report to decide on", |screen| has_line(screen, &["▌", "不合格"]));
        terminal.press(key);
        terminal.shows("the question", |screen| screen.contains(question) || refused(screen));
        if terminal.screen().contains(question) {
            break;
        }
        // It was gone when the key came.
        terminal.press("g");
        terminal.shows("no refusal", |screen| !refused(screen));
    }
    terminal.types(reason);
    terminal.sees(reason);
}

/// Decides, and waits until the screen says that it is written down.
fn decide(terminal: &mut Terminal, key: &str, reason: &str) {
    begin(terminal, key, reason);
    terminal.press("<enter>");
    terminal.sees("已记录");
}

/// How many files the screen counts, older versions too.
fn counted(screen: &str) -> Option<usize> {
    let number = |mark: &str| {
        let rest = &screen[screen.find(mark)? + mark.len()..];
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<usize>().ok()
    };
    Some(number("共 ")? + number("旧版 ").unwrap_or(0) + number("其他文件 ").unwrap_or(0))
}

/// Waits until the screen has `files` files and says of none that it waits.
fn rests(terminal: &Terminal, files: usize) {
    terminal.shows(&format!("{files} files and none waiting"), |screen| {
        counted(screen) == Some(files) && !["待审 ", "审核 "].iter().any(|waiting| screen.contains(waiting))
    });
}

/// How many files the writers may have begun with.
#[derive(Default)]
struct Gate {
    allowed: Mutex<usize>,
    opened: Condvar,
}

impl Gate {
    fn open(&self, allowed: usize) {
        *self.allowed.lock().unwrap() = allowed;
        self.opened.notify_all();
    }

    fn pass(&self, number: usize) {
        drop(self.opened.wait_while(self.allowed.lock().unwrap(), |allowed| *allowed <= number).unwrap());
    }
}

/// The report that is dropped in as the file `number`: every other one has a figure that is wrong.
fn report(number: usize) -> Vec<u8> {
    let recipe = Recipe::new(Layout::ALL[number % Layout::ALL.len()], number as u64);
    let mutation = if number.is_multiple_of(2) { Mutation::ChangeFigure } else { Mutation::Nothing };
    recipe.mutation(mutation).sample().bytes
}

/// Writes in pieces, as a slow connection does.
fn write_slowly(path: &Path, bytes: &[u8], pause: Duration) {
    let mut file = File::create(path).unwrap();
    for piece in bytes.chunks(bytes.len() / 3 + 1) {
        file.write_all(piece).unwrap();
        thread::sleep(pause);
    }
}

/// One who copies reports into the inbox, each in one of the ways in which that is done.
struct Writer {
    inbox: PathBuf,
    /// What is renamed to something, or deleted, when others have come meanwhile.
    later: Vec<(PathBuf, Option<PathBuf>)>,
}

impl Writer {
    fn submit(&mut self, number: usize) {
        let bytes = report(number);
        let directory = self.inbox.join(format!("第{}批", number % 7));
        fs::create_dir_all(&directory).unwrap();
        let path = directory.join(format!("{number}.txt"));
        match number % 9 {
            0 => fs::write(path, bytes).unwrap(),
            1 => write_slowly(&path, &bytes, Duration::from_millis(if number.is_multiple_of(4) { 200 } else { 10 })),
            2 => {
                let passing = directory.join(format!("{number}.txt.part"));
                write_slowly(&passing, &bytes, Duration::from_millis(5));
                fs::rename(passing, path).unwrap();
            }
            3 => {
                fs::write(&path, bytes).unwrap();
                self.later.push((path, Some(directory.join(format!("{number}改.txt")))));
            }
            4 => {
                fs::write(&path, bytes).unwrap();
                self.later.push((path, None));
            }
            5 => {
                fs::write(&path, report(number + 1)).unwrap();
                fs::write(path, bytes).unwrap();
            }
            6 => {
                let mut at = path;
                fs::write(&at, bytes).unwrap();
                for step in 0..6 {
                    let next = self.inbox.join(format!("第{}批/{number}步{step}.txt", (number + step) % 7));
                    fs::create_dir_all(next.parent().unwrap()).unwrap();
                    fs::rename(&at, &next).unwrap();
                    at = next;
                }
            }
            7 => {
                let passing = self.inbox.join(format!("暂存{number}"));
                fs::create_dir(&passing).unwrap();
                fs::write(passing.join("报告.txt"), bytes).unwrap();
                fs::rename(passing, self.inbox.join(format!("第{number}件"))).unwrap();
            }
            _ => {
                // Written and deleted before anybody can have looked, then written again.
                fs::write(&path, "半份").unwrap();
                fs::remove_file(&path).unwrap();
                fs::write(path, bytes).unwrap();
            }
        }
        if self.later.len() > 2 {
            self.catch_up(1);
        }
    }

    fn catch_up(&mut self, count: usize) {
        for (path, to) in self.later.drain(..count) {
            match to {
                Some(to) => fs::rename(path, to).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
        }
    }
}

#[test]
fn everything_survives_being_killed() {
    const WRITERS: usize = 4;
    let asked = std::env::var("NIANSHEN_FAULTS").ok().map(|files| files.parse::<usize>().unwrap());
    let (files, kills) = asked.map_or((240, 4), |files| (files, 10));
    let (directory, state) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (inbox, ledger) = (directory.path(), state.path().join("a.ledger"));
    let gate = Arc::new(Gate::default());
    let writers: Vec<_> = (0..WRITERS)
        .map(|which| {
            let (gate, mut writer) = (Arc::clone(&gate), Writer { inbox: inbox.to_owned(), later: Vec::new() });
            thread::spawn(move || {
                for number in (which..files).step_by(WRITERS) {
                    gate.pass(number);
                    writer.submit(number);
                }
                writer.catch_up(writer.later.len());
            })
        })
        .collect();
    let mut acknowledged = Vec::new();
    for round in 0..kills {
        gate.open(files * (2 * round + 1) / (2 * kills));
        let mut terminal = open(inbox, &ledger);
        terminal.sees("筛选");
        terminal.types("/不合格<enter>");
        for (number, key) in ["b", "p", "b"].into_iter().enumerate() {
            let reason = format!("第{round}轮第{number}号");
            decide(&mut terminal, key, &reason);
            acknowledged.push(reason);
        }
        gate.open(files * (2 * round + 2) / (2 * kills));
        if round % 2 == 1 {
            // Nobody is told what becomes of this one.
            begin(&mut terminal, "b", &format!("第{round}轮末"));
            terminal.press("<enter>");
        }
        terminal.signal("KILL");
        terminal.ends();
        is_sound(&ledger);
    }
    for writer in writers {
        writer.join().unwrap();
    }
    let mut terminal = open(inbox, &ledger);
    let fresh = audited(inbox);
    rests(&terminal, fresh.0.len());
    comes_to(&fresh, &ledger, &acknowledged);
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    comes_to(&fresh, &ledger, &acknowledged);
}

#[test]
fn five_at_once_lose_nothing() {
    const AGENCIES: [&str; 5] = ["甲县统计局", "乙县民政局", "丙县司法局", "丁县水务局", "戊县教育局"];
    let (inbox, state) = (Inbox::with(&[]), TempDir::new().unwrap());
    let ledger = state.path().join("a.ledger");
    for (agency, applicants) in AGENCIES.into_iter().zip(2..) {
        let text = sample(agency, [applicants, 0, 0, 0, 0, 0, applicants + 1]);
        fs::write(inbox.at(&format!("{agency}.txt")), text).unwrap();
    }
    let mut terminals: Vec<Terminal> = (0..5).map(|_| open(inbox.path(), &ledger)).collect();
    for terminal in &terminals {
        rests(terminal, AGENCIES.len());
    }
    let deciding = |(who, terminal): (usize, &mut Terminal)| {
        let mut acknowledged = Vec::new();
        for step in 0..AGENCIES.len() {
            let agency = AGENCIES[(who + step) % AGENCIES.len()];
            terminal.types(&format!("/\u{15}{agency}<enter>"));
            terminal.shows("one row", |screen| {
                AGENCIES.into_iter().all(|other| has_line(screen, &["不合格", other]) == (agency == other))
            });
            let reason = format!("{who}号第{step}次");
            decide(terminal, "b", &reason);
            acknowledged.push(reason);
        }
        terminal.types("/\u{15}<enter>");
        acknowledged
    };
    let acknowledged: Vec<String> = thread::scope(|scope| {
        let decided: Vec<_> = terminals.iter_mut().enumerate().map(|one| scope.spawn(move || deciding(one))).collect();
        decided.into_iter().flat_map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(acknowledged.len(), 25);
    comes_to(&audited(inbox.path()), &ledger, &acknowledged);
    for (who, terminal) in terminals.iter_mut().enumerate() {
        for agency in AGENCIES {
            terminal.sees_line(&[agency, "已退回"]);
        }
        // What all five said of one agency is on every screen.
        terminal.types(&format!("/{}<enter>H", AGENCIES[who]));
        terminal.shows("five reasons", |screen| {
            (0..5).all(|other| screen.contains(&format!("{other}号第{}次", (who + 5 - other) % 5)))
        });
    }
}

/// A small disk of its own; `None` where none can be had.
struct Disk {
    directory: TempDir,
}

impl Disk {
    fn mount() -> Option<Self> {
        let directory = TempDir::new().unwrap();
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m", "none"]).arg(directory.path()).output();
        mounted.is_ok_and(|mounted| mounted.status.success()).then_some(Self { directory })
    }

    fn at(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Leaves no byte free.
    fn fill(&self) {
        let mut filler = File::create(self.at("filler")).unwrap();
        while filler.write_all(&[0; 4096]).is_ok() {}
    }

    fn free(&self) {
        fs::remove_file(self.at("filler")).unwrap();
    }

    /// From now on nothing can be written to it.
    fn freeze(&self) {
        let frozen = Command::new("mount").args(["-o", "remount,ro"]).arg(self.directory.path()).output().unwrap();
        assert!(frozen.status.success(), "{}", stderr(&frozen));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.directory.path()).output();
    }
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let Some(disk) = Disk::mount() else {
        println!("no small disk can be mounted here: nothing is tested");
        return;
    };
    let texts = ["甲县统计局", "乙县民政局", "丙县司法局"].map(|agency| sample(agency, [2, 0, 0, 0, 0, 0, 3]));
    let inbox = Inbox::with(&[("甲.txt", &texts[0]), ("乙.txt", &texts[1]), ("旧.txt", &unbalanced())]);
    let ledger = disk.at("a.ledger");
    let mut terminal = open(inbox.path(), &ledger);
    rests(&terminal, 3);
    let choose = |terminal: &mut Terminal, agency: &str| {
        terminal.types(&format!("/\u{15}{agency}<enter>"));
        terminal.sees_line(&["▌", "不合格", agency]);
    };
    choose(&mut terminal, "甲县");
    decide(&mut terminal, "b", "满之前");
    terminal.sees_line(&["甲县", "已退回"]);

    disk.fill();
    choose(&mut terminal, "乙县");
    begin(&mut terminal, "b", "满的时候");
    terminal.press("<enter>");
    terminal.sees("没有记录，请重试");
    terminal.sees("磁盘或配额已满");
    assert!(!terminal.screen().contains("已记录") && !terminal.screen().contains("已退回"));
    // What comes, changes and goes meanwhile is shown, and the screen says that it is not kept.
    inbox.drop_in("丙.txt", texts[2].as_bytes());
    fs::remove_file(inbox.at("旧.txt")).unwrap();
    fs::rename(inbox.at("甲.txt"), inbox.at("甲改.txt")).unwrap();
    terminal.types("/\u{15}<enter>");
    rests(&terminal, 3);
    terminal.sees_line(&["丙县", "丙.txt"]);
    terminal.sees_line(&["甲县", "甲改.txt", "已退回"]);
    terminal.sees("磁盘或配额已满");
    let (_, reasons) = exported(&ledger);
    assert_eq!(reasons, BTreeSet::from(["满之前".to_owned()]));

    disk.free();
    choose(&mut terminal, "乙县");
    decide(&mut terminal, "b", "腾出之后");
    terminal.sees_line(&["乙县", "已退回"]);
    // Nothing that could not be written down then is forgotten now.
    comes_to(&audited(inbox.path()), &ledger, &["满之前".to_owned(), "腾出之后".to_owned()]);
    terminal.types("/\u{15}<enter>");
    terminal.loses("磁盘或配额已满");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);

    // A disk that can only be read.
    disk.freeze();
    let mut terminal = open(inbox.path(), &ledger);
    rests(&terminal, 3);
    terminal.sees_line(&["乙县", "已退回"]);
    choose(&mut terminal, "丙县");
    terminal.press("b");
    terminal.shows("why not", |screen| has_line(screen, &["台账", "a.ledger", "文件系统是只读的", "--state"]));
    assert!(!terminal.screen().contains("附言") && !terminal.screen().contains("已记录"));
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    comes_to(&audited(inbox.path()), &ledger, &["满之前".to_owned(), "腾出之后".to_owned()]);
}

#[test]
fn an_inbox_that_disappears_takes_no_decision_with_it() {
    let (directory, state) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (inbox, ledger) = (directory.path().join("收件"), state.path().join("a.ledger"));
    let texts = ["甲县统计局", "乙县民政局"].map(|agency| sample(agency, [2, 0, 0, 0, 0, 0, 3]));
    let create = || {
        fs::create_dir(&inbox).unwrap();
        for (name, text) in ["甲.txt", "乙.txt"].iter().zip(&texts) {
            fs::write(inbox.join(name), text).unwrap();
        }
    };
    create();
    let mut terminal = open(&inbox, &ledger);
    rests(&terminal, 2);
    let choose = |terminal: &mut Terminal, agency: &str| {
        terminal.types(&format!("/\u{15}{agency}<enter>"));
        terminal.sees_line(&["▌", "不合格", agency]);
    };
    choose(&mut terminal, "甲县");
    decide(&mut terminal, "b", "消失之前");
    terminal.types("/\u{15}<enter>");

    fs::rename(&inbox, directory.path().join("别处")).unwrap();
    terminal.sees("收件目录不见了");
    // Its reports are still on the screen, and can be decided on.
    choose(&mut terminal, "乙县");
    decide(&mut terminal, "b", "消失之时");
    terminal.types("/\u{15}<enter>");
    fs::rename(directory.path().join("别处"), &inbox).unwrap();
    terminal.loses("收件目录不见了");
    rests(&terminal, 2);

    fs::remove_dir_all(&inbox).unwrap();
    terminal.sees("收件目录不见了");
    create();
    terminal.loses("收件目录不见了");
    rests(&terminal, 2);
    for agency in ["甲县", "乙县"] {
        terminal.sees_line(&["不合格", agency, "已退回"]);
    }
    let acknowledged = ["消失之前", "消失之时"].map(ToOwned::to_owned);
    comes_to(&audited(&inbox), &ledger, &acknowledged);
    terminal.signal("KILL");
    terminal.ends();
    let terminal = open(&inbox, &ledger);
    rests(&terminal, 2);
    for agency in ["甲县", "乙县"] {
        terminal.sees_line(&["不合格", agency, "已退回"]);
    }
    comes_to(&audited(&inbox), &ledger, &acknowledged);
}
