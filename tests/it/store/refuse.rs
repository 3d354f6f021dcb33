//! What the ledger cannot do it says in one line, and leaves everything as it is.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use nianshen::ledger::store::{Access, DecisionKind, Store, Trouble, TroubleKind};
use rusqlite::Connection;
use tempfile::TempDir;

use super::crowd::{LEDGER, acknowledge, acknowledged, again, alone, assert_kept, ledger};
use super::{at, file, key, note, open, operator, unit};

/// The tables of version 1, with what a program of that time wrote. Never to be edited.
const VERSION_1: &str = include_str!("version-1.sql");

fn refused(path: &Path, access: Access) -> Trouble {
    Store::open(path, access).unwrap_err()
}

fn sql(path: &Path, batch: &str) {
    Connection::open(path).unwrap().execute_batch(batch).unwrap();
}

#[test]
fn a_ledger_of_version_1_is_brought_forward() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("old.ledger");
    sql(&path, VERSION_1);
    let trouble = refused(&path, Access::ReadOnly);
    assert_eq!(trouble.kind, TroubleKind::ReadOnly);
    assert!(trouble.wording.en.contains("has the older format 1 and must become 3 first"), "{trouble}");

    let mut store = open(&path);
    assert_eq!(store.verify().unwrap(), []);
    let decisions = store.decisions_since(0).unwrap();
    let kinds: Vec<&DecisionKind> = decisions.iter().map(|decision| &decision.kind).collect();
    assert_eq!(kinds, [&DecisionKind::Return, &DecisionKind::Dismiss, &DecisionKind::Undo]);
    assert_eq!(decisions[1].reason.as_deref(), Some("原件无误"));
    let files = store.files().unwrap();
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["all.zip", "民政局.txt"]);
    assert_eq!(files[0].submissions.len(), 2);
    let versions = store.versions(&unit("青溪县民政局")).unwrap();
    assert_eq!(versions.len(), 4);
    // What lies there arrived when its file says; of what went before nothing but its first sight is known.
    assert_eq!(versions.iter().map(|version| version.received).collect::<Vec<_>>(), [at(0), at(1), at(0), at(1)]);
    assert_eq!(store.audit(&versions[0].key).unwrap().unwrap(), b"audit of A");

    // And it goes on as any other.
    store.claim(&unit("青溪县民政局"), &operator("zhou"), at(9)).unwrap();
    assert_eq!(store.claims(at(0)).unwrap().len(), 1);
    store.decide(&note("later")).unwrap();
    assert_eq!(store.verify().unwrap(), []);
}

#[test]
fn what_is_no_ledger_of_ours_is_left_as_it_is() {
    type Make = fn(&Path);
    let cases: [(&str, Make, TroubleKind, &str); 5] = [
        (
            "newer",
            |path| {
                drop(open(path));
                sql(path, "PRAGMA user_version = 9");
            },
            TroubleKind::Newer,
            "a newer program wrote it (format 9, this one knows up to 3), it was left alone; upgrade nianshen",
        ),
        (
            "foreign",
            |path| sql(path, "CREATE TABLE t (x); INSERT INTO t VALUES (1)"),
            TroubleKind::Other,
            "it is the database of another program and was left alone; choose another file",
        ),
        (
            "text",
            |path| fs::write(path, "青溪县民政局2023年政府信息公开工作年度报告\n".repeat(100)).unwrap(),
            TroubleKind::Damaged,
            "the file is damaged (file is not a database); restore a backup and keep this file",
        ),
        (
            "half",
            |path| {
                open(path).record(&[file("a.txt", "A", 1)]).unwrap();
                let bytes = fs::read(path).unwrap();
                fs::write(path, [&bytes[..4000], &[0x5a; 3000]].concat()).unwrap();
            },
            TroubleKind::Damaged,
            "restore a backup and keep this file",
        ),
        (
            "directory",
            |path| fs::create_dir(path).unwrap(),
            TroubleKind::Other,
            "it is no regular file and cannot be a ledger; choose another file",
        ),
    ];
    for (name, make, kind, said) in cases {
        let directory = TempDir::new().unwrap();
        let path = directory.path().join(name);
        make(&path);
        let before = fs::read(&path).ok();
        for access in [Access::ReadWrite, Access::ReadOnly] {
            let trouble = refused(&path, access);
            let Trouble { wording, .. } = &trouble;
            assert_eq!(trouble.kind, kind, "{name}: {trouble}");
            assert!(wording.en.starts_with(&format!("ledger {}: ", path.display())), "{trouble}");
            assert!(wording.en.ends_with(said), "{trouble}");
            assert!(wording.zh.starts_with("台账 ") && !wording.zh.contains('\n'), "{}", wording.zh);
        }
        assert_eq!(fs::read(&path).ok(), before, "{name}");
    }
}

#[test]
fn a_file_that_is_not_there_is_made_for_its_owner_alone_and_only_for_writing() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("some/where/a.ledger");
    assert_eq!(refused(&path, Access::ReadOnly).kind, TroubleKind::Other);
    assert!(!path.exists());
    let mut store = open(&path);
    store.decide(&note("")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        assert_eq!(mode(path.parent().unwrap().parent().unwrap()), 0o700);
        for entry in fs::read_dir(path.parent().unwrap()).unwrap() {
            let entry = entry.unwrap().path();
            assert_eq!(mode(&entry), 0o600, "{}", entry.display());
        }
    }
}

#[test]
fn a_newer_program_that_comes_meanwhile_is_noticed() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let mut store = open(&path);
    store.decide(&note("before")).unwrap();
    sql(&path, "PRAGMA user_version = 9");
    assert_eq!(store.decide(&note("after")).unwrap_err().kind, TroubleKind::Newer);
    assert_eq!(store.decisions_since(0).unwrap().len(), 1);
}

#[test]
fn nothing_is_written_to_a_file_that_was_taken_away() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let mut store = open(&path);
    store.decide(&note("before")).unwrap();
    let elsewhere = directory.path().join("b.ledger");
    fs::rename(&path, &elsewhere).unwrap();
    for replaced in [false, true] {
        if replaced {
            fs::write(&path, "").unwrap();
        }
        let trouble = store.decide(&note("after")).unwrap_err();
        assert!(trouble.wording.en.contains("was taken away or replaced"), "{trouble}");
        assert!(store.has_changed().is_err());
    }
    fs::rename(&elsewhere, &path).unwrap();
    store.decide(&note("after")).unwrap();
    assert_eq!(store.decisions_since(0).unwrap().len(), 2);
}

#[test]
fn a_locked_ledger_is_waited_for() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let mut store = open(&path);
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    // What is stored can be read all the while.
    assert_eq!(store.decisions_since(0).unwrap(), []);
    let trouble = store.decide(&note("too early")).unwrap_err();
    assert_eq!(trouble.kind, TroubleKind::Busy);
    other.execute_batch("ROLLBACK").unwrap();
    store.decide(&note("now")).unwrap();
    assert_eq!(store.decisions_since(0).unwrap().len(), 1);
}

#[test]
fn looking_only_changes_nothing() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let mut writer = open(&path);
    writer.record(&[file("a.txt", "A", 1)]).unwrap();
    let mut store = Store::open(&path, Access::ReadOnly).unwrap();
    let paths = ["a.txt".to_owned()];
    let troubles = [
        store.decide(&note("")).unwrap_err(),
        store.record(&[file("b.txt", "B", 1)]).unwrap_err(),
        store.seen(&paths, at(5)).unwrap_err(),
        store.removed(&paths, at(5)).unwrap_err(),
        store.renamed("a.txt", "b.txt", at(5)).unwrap_err(),
        store.claim(&unit("青溪县民政局"), &operator("zhou"), at(5)).unwrap_err(),
        store.release(&unit("青溪县民政局"), &operator("zhou")).unwrap_err(),
        store.prune(at(5)).unwrap_err(),
    ];
    for trouble in troubles {
        assert_eq!(trouble.kind, TroubleKind::ReadOnly);
        assert!(trouble.wording.en.contains("it can be read but not written, nothing was saved"), "{trouble}");
    }
    assert_eq!(store.audit(&key("A")).unwrap().unwrap(), b"audit of A");
    assert_eq!(store.files().unwrap(), writer.files().unwrap());
}

/// What `output` said, of a program that ended well.
fn said(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// What the test called `test` says, run by an account that modes bind, on a ledger in `directory`, which is its
/// own. `None` where there is no such account.
#[cfg(unix)]
fn as_somebody(directory: &Path, test: &str) -> Option<Output> {
    use std::os::unix::process::CommandExt as _;
    const NOBODY: u32 = 65_534;

    let mut command = again(test, &directory.join("a.ledger"));
    // No mode of a file stops root.
    if rustix::process::geteuid().is_root() {
        for entry in fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).chain([directory.to_owned()]) {
            std::os::unix::fs::chown(entry, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        command.uid(NOBODY).gid(NOBODY);
    }
    command.output().ok()
}

#[cfg(unix)]
#[test]
fn where_nothing_may_be_written_the_ledger_is_read() {
    use std::os::unix::fs::PermissionsExt as _;

    if let Some(path) = ledger() {
        assert_eq!(refused(&path, Access::ReadWrite).kind, TroubleKind::ReadOnly);
        let mut store = Store::open(&path, Access::ReadOnly).unwrap();
        assert_eq!(store.decide(&note("")).unwrap_err().kind, TroubleKind::ReadOnly);
        println!("\nread {}", store.decisions_since(0).unwrap().len());
        return;
    }
    let directory = TempDir::new().unwrap();
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let path = directory.path().join("a.ledger");
    open(&path).decide(&note("")).unwrap();
    // Nobody writes; then one does, and what was written last stands in the log.
    let mut writer = None;
    for decisions in [1, 2] {
        let entries: Vec<_> = fs::read_dir(directory.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.iter().for_each(|entry| set(entry, 0o444));
        set(directory.path(), 0o555);
        let output = as_somebody(directory.path(), "store::refuse::where_nothing_may_be_written_the_ledger_is_read");
        set(directory.path(), 0o755);
        let Some(output) = output else {
            eprintln!("skipped: no other account may run this test");
            return;
        };
        assert!(said(&output).contains(&format!("\nread {decisions}\n")), "{}", said(&output));
        entries.iter().for_each(|entry| set(entry, 0o644));
        writer.get_or_insert_with(|| open(&path)).decide(&note("")).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn what_stands_still_is_looked_at_again_once_it_moves() {
    use std::os::unix::fs::PermissionsExt as _;

    if let Some(path) = ledger() {
        let set = |mode| fs::set_permissions(path.parent().unwrap(), fs::Permissions::from_mode(mode)).unwrap();
        open(&path).decide(&note("")).unwrap();
        set(0o555);
        let mut store = Store::open(&path, Access::ReadOnly).unwrap();
        assert!(!store.has_changed().unwrap());
        set(0o755);
        open(&path).decide(&note("")).unwrap();
        assert!(store.has_changed().unwrap());
        assert_eq!(store.decisions_since(0).unwrap().len(), 2);
        // From now on it is looked at as it changes.
        assert!(!store.has_changed().unwrap());
        open(&path).decide(&note("")).unwrap();
        assert!(store.has_changed().unwrap());

        // A log that cannot be read makes the file half of what is known.
        let mut writer = open(&path);
        writer.decide(&note("")).unwrap();
        let copy = path.with_file_name("copy");
        fs::create_dir(&copy).unwrap();
        for end in ["", "-wal"] {
            let name = format!("a.ledger{end}");
            fs::copy(path.with_file_name(&name), copy.join(&name)).unwrap();
        }
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o555)).unwrap();
        let trouble = refused(&copy.join("a.ledger"), Access::ReadOnly);
        assert_eq!(trouble.kind, TroubleKind::ReadOnly);
        assert!(trouble.wording.en.contains("its latest changes are still in the -wal file"), "{trouble}");
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
        println!("\nlooked");
        return;
    }
    let directory = TempDir::new().unwrap();
    let test = "store::refuse::what_stands_still_is_looked_at_again_once_it_moves";
    let Some(output) = as_somebody(directory.path(), test) else {
        eprintln!("skipped: no other account may run this test");
        return;
    };
    assert!(said(&output).contains("\nlooked\n"), "{}", said(&output));
}

/// Decides until nothing more can be written, twice; tells why.
fn fill(path: &Path) -> (Vec<(i64, String)>, Trouble) {
    let mut store = open(path);
    let before = store.decisions_since(0).unwrap().len();
    let mut stored = Vec::new();
    let full = loop {
        let reason = format!("{} {}", stored.len(), "字".repeat(300));
        match store.decide(&note(&reason)) {
            Ok(decision) => stored.push((decision.id, reason)),
            Err(trouble) => break trouble,
        }
        assert!(stored.len() < 100_000, "it never gets full");
    };
    let again = store.decide(&note(&"字".repeat(3000))).unwrap_err();
    assert_eq!(again.kind, full.kind);
    assert_eq!(store.decisions_since(0).unwrap().len(), before + stored.len());
    (stored, full)
}

fn assert_full(trouble: &Trouble) {
    assert_eq!(trouble.kind, TroubleKind::Full, "{trouble}");
    assert!(trouble.wording.en.ends_with("is full, nothing was saved; free some space and try again"), "{trouble}");
}

#[cfg(unix)]
#[test]
fn where_files_may_not_grow_nothing_acknowledged_is_lost() {
    if let Some(path) = ledger() {
        let (_, trouble) = fill(&path);
        assert_full(&trouble);
        for decision in Store::open(&path, Access::ReadOnly).unwrap().decisions_since(0).unwrap() {
            acknowledge(&decision);
        }
        return;
    }
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    open(&path).decide(&note("first")).unwrap();
    let test = "store::refuse::where_files_may_not_grow_nothing_acknowledged_is_lost";
    let mut limited = Command::new("sh");
    let (program, limit) = (std::env::current_exe().unwrap(), "trap '' XFSZ; ulimit -f 800; exec \"$@\"");
    limited.args(["-c", limit, "sh"]).arg(program).args(alone(test)).env(LEDGER, &path);
    let output = limited.output().unwrap();
    let stored = acknowledged(&said(&output));
    assert!(stored.len() > 10, "{}", stored.len());
    assert_kept(&path, &stored);
    open(&path).decide(&note("when there is room again")).unwrap();
    assert_kept(&path, &stored);
}

/// A small file system of its own; gone when dropped.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let directory = TempDir::new().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=600k", "tmpfs"]).arg(directory.path());
        mount.output().is_ok_and(|output| output.status.success()).then(|| Self(directory))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

#[test]
fn on_a_full_disk_nothing_acknowledged_is_lost() {
    let Some(disk) = SmallDisk::mount() else {
        eprintln!("skipped: this test may not mount a small disk");
        return;
    };
    let path = disk.0.path().join("a.ledger");
    let ballast = disk.0.path().join("ballast");
    fs::write(&ballast, vec![0; 100_000]).unwrap();
    let (stored, trouble) = fill(&path);
    assert_full(&trouble);
    assert!(stored.len() > 10, "{}", stored.len());
    assert_kept(&path, &stored);
    let trouble = open(&path).backup(&disk.0.path().join("backup.ledger")).unwrap_err();
    assert_full(&trouble);
    assert!(!disk.0.path().join("backup.ledger").exists());
    fs::remove_file(ballast).unwrap();
    open(&path).decide(&note("when there is room again")).unwrap();
    assert_kept(&path, &stored);
}
