//! Several at once: threads, programs, programs that are killed.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use nianshen::ledger::store::{Access, Decision, Store};
use tempfile::TempDir;

use super::{at, file, note, open, operator, unit};

/// Where a test finds that it is a program of its own, started by itself, and which ledger it is to use.
pub(crate) const LEDGER: &str = "NIANSHEN_TEST_LEDGER";

/// The ledger, in a program started by [`again`].
pub(crate) fn ledger() -> Option<PathBuf> {
    std::env::var_os(LEDGER).map(PathBuf::from)
}

/// The arguments by which a test runs itself alone, saying what it says.
pub(crate) fn alone(test: &str) -> [&str; 5] {
    ["--exact", test, "--nocapture", "--test-threads", "1"]
}

/// The test called `test` as a program of its own on `ledger`.
pub(crate) fn again(test: &str, ledger: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(alone(test)).env(LEDGER, ledger).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Tells the program that started this one that a decision is stored.
pub(crate) fn acknowledge(decision: &Decision) {
    let reason = decision.reason.as_deref().unwrap_or_default();
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nstored {} {reason}", decision.id).unwrap();
    out.flush().unwrap();
}

/// Numbers and reasons of the decisions acknowledged in what a program said.
pub(crate) fn acknowledged(said: &str) -> Vec<(i64, String)> {
    let told = said.lines().filter_map(|line| line.strip_prefix("stored ")?.split_once(' '));
    told.map(|(id, reason)| (id.parse().unwrap(), reason.to_owned())).collect()
}

/// The ledger is sound and holds everything acknowledged.
pub(crate) fn assert_kept(ledger: &Path, acknowledged: &[(i64, String)]) {
    let store = Store::open(ledger, Access::ReadOnly).unwrap();
    assert_eq!(store.verify().unwrap(), []);
    let kept = store.decisions_since(0).unwrap().into_iter();
    let kept: BTreeSet<(i64, String)> = kept.map(|one| (one.id, one.reason.unwrap_or_default())).collect();
    let lost: Vec<_> = acknowledged.iter().filter(|one| !kept.contains(one)).collect();
    assert_eq!(lost, Vec::<&(i64, String)>::new());
}

#[test]
fn five_programs_decide_at_once_and_nothing_is_lost() {
    const EACH: usize = 200;
    if let Some(ledger) = ledger() {
        let mut store = open(&ledger);
        for number in 0..EACH {
            acknowledge(&store.decide(&note(&format!("{} {number}", std::process::id()))).unwrap());
        }
        return;
    }
    let directory = TempDir::new().unwrap();
    // Not even the file is there when all of them begin.
    let path = directory.path().join("state/a.ledger");
    let test = "store::crowd::five_programs_decide_at_once_and_nothing_is_lost";
    let start = || again(test, &path).spawn().unwrap();
    let children: Vec<Child> = (0..5).map(|_| start()).collect();
    let mut stored = Vec::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        stored.extend(acknowledged(&String::from_utf8(output.stdout).unwrap()));
    }
    assert_eq!(stored.len(), 5 * EACH);
    assert_kept(&path, &stored);
    assert_eq!(open(&path).decisions_since(0).unwrap().len(), 5 * EACH);
}

#[test]
fn a_program_killed_while_it_decides_loses_nothing_it_acknowledged() {
    if let Some(ledger) = ledger() {
        let mut store = open(&ledger);
        // Until it is killed; the bound is for the case that it is not.
        for number in 0..100_000 {
            store.record(&[file("a.txt", &format!("content {number}"), 1)]).unwrap();
            acknowledge(&store.decide(&note(&format!("{} {number}", std::process::id()))).unwrap());
        }
        return;
    }
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let test = "store::crowd::a_program_killed_while_it_decides_loses_nothing_it_acknowledged";
    let mut stored = Vec::new();
    for round in 1..=5 {
        let mut child = again(test, &path).spawn().unwrap();
        let mut said = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        while acknowledged(&said).len() < 7 * round {
            assert_ne!(out.read_line(&mut said).unwrap(), 0, "it ended by itself");
        }
        child.kill().unwrap();
        // What it had said by then counts too, but for a line cut short.
        let mut rest = Vec::new();
        std::io::Read::read_to_end(&mut out, &mut rest).unwrap();
        said.push_str(&String::from_utf8(rest).unwrap());
        child.wait().unwrap();
        let whole = said.rfind('\n').map_or("", |end| &said[..end]);
        stored.extend(acknowledged(whole));
        assert_kept(&path, &stored);
    }
    // At most one decision a round was stored and not acknowledged any more.
    let kept = open(&path).decisions_since(0).unwrap().len();
    assert!((stored.len()..=stored.len() + 5).contains(&kept), "{kept} kept, {} acknowledged", stored.len());
}

#[test]
fn threads_share_a_ledger_through_connections_of_their_own() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    thread::scope(|scope| {
        for name in ["a", "b", "c", "d"] {
            let path = &path;
            scope.spawn(move || {
                for number in 0..25 {
                    let mut store = open(path);
                    store.decide(&note(&format!("{name} {number}"))).unwrap();
                    store.record(&[file(&format!("{name}.txt"), &format!("{name} {number}"), number)]).unwrap();
                    store.claim(&unit("青溪县民政局"), &operator(name), at(number)).unwrap();
                    assert!(store.files().unwrap().iter().any(|file| file.path == format!("{name}.txt")));
                }
            });
        }
    });
    let store = open(&path);
    assert_eq!(store.verify().unwrap(), []);
    assert_eq!(store.decisions_since(0).unwrap().len(), 100);
    assert_eq!(store.files().unwrap().len(), 4);
    assert_eq!(store.versions(&unit("青溪县民政局")).unwrap().len(), 100);
    assert_eq!(store.claims(at(0)).unwrap().len(), 4);
}
