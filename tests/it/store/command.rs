//! `nianshen ledger` as a script sees it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use nianshen::ledger::store::Store;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::program::{code, nianshen, stderr, stdout};

use super::{file, note, open};

/// An inbox with a ledger at its default place.
struct Office {
    root: TempDir,
    ledger: PathBuf,
}

impl Office {
    fn new() -> Self {
        let root = TempDir::new().unwrap();
        fs::create_dir(root.path().join("inbox")).unwrap();
        // The default place rests on the environment, which the program is given and this test is not.
        let said = ledger(root.path(), &["verify", "inbox"]);
        let said = stderr(&said);
        let path = said.strip_prefix("nianshen: ").and_then(|said| said.split_once(".ledger: ")).unwrap().0;
        let path = PathBuf::from(format!("{path}.ledger"));
        assert!(path.starts_with(root.path().join("state/nianshen")), "{}", path.display());
        let mut store = open(&path);
        store.record(&[file("a.txt", "A", 1)]).unwrap();
        store.record(&[file("a.txt", "B", 2)]).unwrap();
        store.decide(&note("one")).unwrap();
        Self { root, ledger: path }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        ledger(self.root.path(), arguments)
    }
}

fn ledger(root: &Path, arguments: &[&str]) -> Output {
    let mut command = nianshen();
    command.current_dir(root).env("XDG_STATE_HOME", root.join("state")).env("TZ", "UTC");
    command.arg("ledger").args(arguments).output().unwrap()
}

#[test]
fn a_sound_ledger_is_status_0_and_a_changed_one_status_1() {
    let office = Office::new();
    let output = office.run(&["verify", "inbox"]);
    assert_eq!((code(&output), stderr(&output)), (0, String::new()));
    assert_eq!(stdout(&output), format!("{}: sound, with 1 decisions\n", office.ledger.display()));
    assert_eq!(stdout(&office.run(&["verify", "inbox", "--quiet"])), "");

    let change = "DROP TRIGGER decision_is_not_changed; UPDATE decision SET reason = 'two'";
    Connection::open(&office.ledger).unwrap().execute_batch(change).unwrap();
    let output = office.run(&["verify", "--state", office.ledger.to_str().unwrap(), "--lang", "zh"]);
    assert_eq!((code(&output), stderr(&output)), (1, String::new()));
    assert_eq!(
        stdout(&output),
        "表结构：decision_is_not_changed 缺失或被改动\n\
         第 1 号决定（青溪县民政局，zhou，2023-11-14T22:13:20Z）与封存时不符，它或它之前的决定被改动过\n"
    );

    fs::write(&office.ledger, "no ledger at all ".repeat(100)).unwrap();
    let output = office.run(&["verify", "inbox"]);
    assert_eq!((code(&output), stderr(&output)), (1, String::new()));
    assert!(stdout(&output).contains("the file is damaged (file is not a database)"), "{}", stdout(&output));
}

#[test]
fn what_cannot_run_is_status_2_with_one_clear_line() {
    let office = Office::new();
    let root = office.root.path();
    let state = office.ledger.to_str().unwrap();
    fs::write(root.join("report.txt"), "年度报告").unwrap();
    fs::create_dir(root.join("empty")).unwrap();
    let cases: [(&[&str], &str); 10] = [
        (&["verify", "empty"], "empty has no ledger yet"),
        (&["prune", "empty", "--before", "2026-01-01"], "empty has no ledger yet"),
        (&["verify", "--state", "nowhere.ledger"], "there is no such ledger; check the path"),
        (&["verify", "/"], "it has no default place for a ledger; name the ledger's file with --state"),
        (&["export", "inbox", "--output", "no/such/place.jsonl"], "cannot be written"),
        (&["export", "inbox", "--output", state], "it is the ledger itself"),
        (&["backup", "inbox", "report.txt"], "something else lies there and was not replaced"),
        (&["backup", "--state", state, state], "it is the ledger itself"),
        (&["prune", "inbox"], "--before <DATE>"),
        (&["prune", "inbox", "--before", "2026-02-30"], "2026-02-30"),
    ];
    for (arguments, said) in cases {
        let output = office.run(arguments);
        assert_eq!((code(&output), stdout(&output).as_str()), (2, ""), "{arguments:?}");
        let complaint = stderr(&output);
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
        assert!(complaint.starts_with("nianshen: ") && complaint.contains(said), "{complaint}");
    }
    assert!(!root.join("nowhere.ledger").exists());
}

#[test]
fn export_prune_and_backup_do_what_they_say() {
    let office = Office::new();
    let root = office.root.path();
    let output = office.run(&["export", "inbox"]);
    assert_eq!((code(&output), stderr(&output)), (0, String::new()));
    let printed = stdout(&output);
    assert!(printed.starts_with("{\"ledger\":3,\"schema\":1"), "{printed}");
    assert_eq!(code(&office.run(&["export", "inbox", "--output", "all.jsonl"])), 0);
    assert_eq!(fs::read_to_string(root.join("all.jsonl")).unwrap(), printed);

    assert_eq!(stdout(&office.run(&["backup", "inbox", "copy.ledger"])), "");
    let copy = Store::open(&root.join("copy.ledger"), nianshen::ledger::store::Access::ReadOnly).unwrap();
    assert_eq!(copy.decisions_since(0).unwrap().len(), 1);
    // Without a directory it is the one the program stands in.
    let mut here = nianshen();
    here.current_dir(root.join("inbox")).env("XDG_STATE_HOME", root.join("state"));
    let output = here.args(["ledger", "backup", "../copy 2.ledger"]).output().unwrap();
    assert_eq!((code(&output), stderr(&output)), (0, String::new()));
    assert!(root.join("copy 2.ledger").exists());

    let output = office.run(&["prune", "inbox", "--before", "2030-01-01"]);
    let said = stdout(&output);
    assert!(said.starts_with("let go of 0 files taken away, 1 results of audits ("), "{said}");
    let store = open(&office.ledger);
    assert_eq!(store.audit(&super::key("A")).unwrap(), None);
    assert!(store.audit(&super::key("B")).unwrap().is_some());
}

#[test]
fn the_help_speaks_both_languages() {
    let root = TempDir::new().unwrap();
    let text = |arguments: &[&str]| stdout(&ledger(root.path(), arguments));
    for action in ["verify", "export", "prune", "backup"] {
        assert!(text(&["--help"]).contains(action));
        let (en, zh) = (text(&[action, "--help"]), text(&[action, "--help", "--lang", "zh"]));
        assert!(en.contains("The directory into which reports arrive") && en.contains("--state <FILE>"), "{en}");
        assert!(zh.contains("报告送达的目录") && zh.contains("用法："), "{zh}");
        assert!(!zh.contains("The "), "{zh}");
    }
    assert!(text(&["--help", "--lang", "zh"]).contains("核验台账"));
}
