//! Export, prune, backup.

use std::collections::BTreeSet;
use std::fs;
use std::thread;

use nianshen::ledger::store::{
    Access, DecisionKind, FindingKey, NewDecision, Pruned, Stopped, Store, Trouble, TroubleKind,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{at, file, key, note, open, operator, submission, unit};

#[test]
fn the_export_tells_everything_in_lines() {
    let directory = TempDir::new().unwrap();
    let mut store = open(&directory.path().join("a.ledger"));
    store.record(&[file("a.txt", "A", 1)]).unwrap();
    store.record(&[file("a.txt", "B", 2)]).unwrap();
    store.removed(&["a.txt".to_owned()], at(3)).unwrap();
    store.claim(&unit("青溪县民政局"), &operator("zhou"), at(9)).unwrap();
    let decided = store
        .decide(&NewDecision {
            finding: Some(FindingKey { rule: "REQ003".to_owned(), fingerprint: "f1".to_owned() }),
            ..NewDecision::new(unit("青溪县民政局"), DecisionKind::Confirm, at(4), operator("zhou"))
        })
        .unwrap();
    let mut out = Vec::new();
    store.export(&mut out).unwrap();
    let lines: Vec<Value> =
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let moment = |second| at(second).to_string();
    let audit =
        |content| json!({"content": content, "name": "", "rules": "rules 1", "policy": "policy 1", "kept": true});
    let version = |id, hash, seen| {
        json!({
            "record": "version", "id": id, "path": "a.txt", "hash": hash, "agency": "青溪县民政局", "year": 2023,
            "verdict": "compliant", "audit": audit(hash),
            "received": moment(seen - 1), "first_seen": moment(seen), "last_seen": moment(seen),
        })
    };
    let expected = [
        json!({
            "schema": 1, "ledger": 3, "tool": {"name": "nianshen", "version": env!("CARGO_PKG_VERSION")},
        }),
        json!({
            "record": "file", "path": "a.txt", "size": 7, "hash": "B", "first_seen": moment(1), "last_seen": moment(2),
            "received": moment(1), "gone": moment(3),
        }),
        json!({"record": "submission", "path": "a.txt", "file": "a.txt", "version": 2}),
        version(1, "A", 1),
        version(2, "B", 2),
        json!({
            "record": "claim", "agency": "青溪县民政局", "year": 2023, "login": "zhou", "host": "qingxi",
            "session": "1", "until": moment(9),
        }),
        json!({
            "record": "decision", "id": 1, "agency": "青溪县民政局", "year": 2023, "path": null, "hash": null, "basis": null,
            "kind": "confirm", "rule": "REQ003", "fingerprint": "f1", "reason": null, "undoes": null,
            "at": moment(4), "login": "zhou", "host": "qingxi", "session": "1",
            "nonce": decided.nonce.as_str(), "seal": decided.seal,
        }),
    ];
    assert_eq!(lines, expected);
}

#[test]
fn an_export_that_nobody_reads_stops() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let directory = TempDir::new().unwrap();
    let store = open(&directory.path().join("a.ledger"));
    let stopped = store.export(&mut Closed).unwrap_err();
    assert!(matches!(stopped, Stopped::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe));
    // And the ledger can still be used.
    store.export(&mut Vec::new()).unwrap();
}

#[test]
fn what_is_pruned_is_what_nobody_needs() {
    let directory = TempDir::new().unwrap();
    let mut store = open(&directory.path().join("a.ledger"));
    // Superseded long ago, superseded lately, present.
    for (content, seen) in [("old", 1), ("late", 50), ("present", 60)] {
        store.record(&[file("a.txt", content, seen)]).unwrap();
    }
    // Taken away long ago and lately.
    store.record(&[file("gone.txt", "gone", 1), file("left.txt", "left", 1)]).unwrap();
    store.removed(&["gone.txt".to_owned()], at(2)).unwrap();
    store.removed(&["left.txt".to_owned()], at(60)).unwrap();
    // Audited again by other rules: the result by the old ones is of no use.
    store.record(&[file("again.txt", "again", 1)]).unwrap();
    let mut again = file("again.txt", "again", 2);
    again.submissions[0].listed.key.rules = "rules 2".to_owned();
    let audited = again.submissions[0].listed.key.clone();
    store.record(&[again]).unwrap();
    store.claim(&unit("青溪县民政局"), &operator("zhou"), at(3)).unwrap();
    store.claim(&unit("青溪县民政局"), &operator("wu"), at(99)).unwrap();
    let decided = store.decide(&note("for ever")).unwrap();

    let pruned = store.prune(at(40)).unwrap();
    assert_eq!((pruned.files, pruned.audits, pruned.claims), (1, 3, 1));
    assert!(pruned.bytes > 0);
    for (key, kept) in [
        (key("old"), false),
        (key("late"), true),
        (key("present"), true),
        (key("gone"), false),
        (key("left"), true),
        (key("again"), false),
        (audited, true),
    ] {
        assert_eq!(store.audit(&key).unwrap().is_some(), kept, "{key:?}");
    }
    // That they were there stays known.
    let verdicts: Vec<(String, String)> = store
        .versions(&unit("青溪县民政局"))
        .unwrap()
        .into_iter()
        .map(|version| (version.hash, version.verdict))
        .collect();
    let hashes: Vec<&str> = verdicts.iter().map(|(hash, _)| hash.as_str()).collect();
    assert_eq!(hashes, ["old", "late", "present", "gone", "left", "again"]);
    assert_eq!(store.decisions_since(0).unwrap(), [decided]);
    assert_eq!(store.claims(at(0)).unwrap().len(), 1);
    assert_eq!(store.verify().unwrap(), []);
    assert_eq!(store.prune(at(40)).unwrap(), Pruned::default());
}

#[test]
fn what_is_pruned_gives_its_room_back() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let mut store = open(&path);
    let mut large = file("a.txt", "large", 1);
    // Not to be compressed by much.
    let noise = (0..100_000_u32).flat_map(|number| blake3::hash(&number.to_le_bytes()).as_bytes()[..8].to_vec());
    large.submissions[0].audit = Some(noise.collect());
    store.record(&[large]).unwrap();
    store.record(&[file("a.txt", "small", 2)]).unwrap();
    drop(store);
    let before = fs::metadata(&path).unwrap().len();
    open(&path).prune(at(40)).unwrap();
    let after = fs::metadata(&path).unwrap().len();
    assert!(after < before / 4, "{before} bytes before, {after} after");
}

#[test]
fn a_backup_is_whole_while_others_write() {
    let directory = TempDir::new().unwrap();
    let (path, copy) = (directory.path().join("a.ledger"), directory.path().join("copies/b.ledger"));
    fs::create_dir(copy.parent().unwrap()).unwrap();
    let mut reader = open(&path);
    reader.decide(&note("first")).unwrap();
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut store = open(&path);
            for number in 0..300 {
                store.decide(&note(&format!("{number}"))).unwrap();
                store.record(&[file("a.txt", &format!("content {number}"), number)]).unwrap();
            }
        });
        let mut copied = 0;
        loop {
            let last = writer.is_finished();
            reader.backup(&copy).unwrap();
            let store = Store::open(&copy, Access::ReadOnly).unwrap();
            assert_eq!(store.verify().unwrap(), []);
            let decisions = store.decisions_since(0).unwrap();
            assert!(decisions.len() >= copied);
            copied = decisions.len();
            assert_eq!(decisions, reader.decisions_since(0).unwrap()[..copied]);
            if last {
                break;
            }
        }
        assert_eq!(copied, 301);
    });
    let names: BTreeSet<_> =
        fs::read_dir(copy.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, BTreeSet::from(["b.ledger".into()]), "nothing but the copy");
    // A copy is a ledger like any other.
    let mut store = open(&copy);
    store.record(&[submission_file()]).unwrap();
    store.decide(&note("on the copy")).unwrap();
    assert_eq!(store.verify().unwrap(), []);
}

fn submission_file() -> nianshen::ledger::store::Recorded {
    let mut file = file("b.txt", "B", 1);
    file.submissions.push(submission("b.txt/2", "B 2"));
    file
}

#[test]
fn a_backup_replaces_nothing_but_a_backup() {
    let directory = TempDir::new().unwrap();
    let place = |name: &str| directory.path().join(name);
    let store = open(&place("a.ledger"));
    let _used = open(&place("used.ledger"));
    fs::write(place("report.txt"), "年度报告").unwrap();
    fs::create_dir(place("directory")).unwrap();
    fs::hard_link(place("a.ledger"), place("link.ledger")).unwrap();
    let before = fs::read_dir(directory.path()).unwrap().count();
    let cases = [
        ("a.ledger", "it is the ledger itself"),
        ("link.ledger", "it is the ledger itself"),
        ("used.ledger", "it is in use"),
        ("report.txt", "something else lies there"),
        ("directory", "something else lies there"),
        ("nowhere/b.ledger", "there is no such file"),
    ];
    for (name, said) in cases {
        let Trouble { kind, wording } = store.backup(&place(name)).unwrap_err();
        assert_eq!(kind, TroubleKind::Other, "{name}");
        assert!(wording.en.contains(said), "{name}: {}", wording.en);
    }
    assert_eq!(fs::read(place("report.txt")).unwrap(), "年度报告".as_bytes());
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), before);
    store.backup(&place("b.ledger")).unwrap();
    store.backup(&place("b.ledger")).unwrap();
}
