//! Whatever is done to the file behind the program's back shows.

use std::fs;

use nianshen::ledger::store::{Access, Store, TroubleKind};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{file, note, open};

#[test]
fn tampering_shows() {
    const OPEN: &str = "DROP TRIGGER decision_is_not_changed; DROP TRIGGER decision_is_not_deleted;";
    const CLOSE: &str = "\
CREATE TRIGGER decision_is_not_changed BEFORE UPDATE ON decision
BEGIN SELECT raise(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER decision_is_not_deleted BEFORE DELETE ON decision
BEGIN SELECT raise(ABORT, 'a decision is never deleted'); END;";
    let decisions = |change: &str| format!("{OPEN} {change}; {CLOSE}");
    let sealed = |id: u8| {
        format!(
            "decision {id} (青溪县民政局, zhou, 2023-11-14T22:13:20Z) is not what was sealed: \
             it or what stands before it was changed"
        )
    };
    let cases: Vec<(String, Vec<String>)> = vec![
        (decisions("SELECT 1"), vec![]),
        (decisions("UPDATE decision SET reason = 'x' WHERE id = 2"), vec![sealed(2)]),
        (decisions("UPDATE decision SET login = 'zhou' WHERE id = 4"), vec![]),
        (decisions("UPDATE decision SET path = '' WHERE id = 1"), vec![sealed(1)]),
        (decisions("UPDATE decision SET seal = 'x' WHERE id = 2"), vec![sealed(2), sealed(3)]),
        (decisions("DELETE FROM decision WHERE id = 2"), vec!["decision 2 is missing".to_owned(), sealed(3)]),
        (decisions("DELETE FROM decision WHERE id >= 3"), vec!["decisions 3 to 4 are missing".to_owned()]),
        (decisions("DELETE FROM decision"), vec!["decisions 1 to 4 are missing".to_owned()]),
        (
            decisions(
                "INSERT INTO decision SELECT 5, 'n', agency, year, path, hash, kind, rule, fingerprint, reason,
                 undoes, at, login, host, session, seal, basis FROM decision WHERE id = 4",
            ),
            vec![sealed(5)],
        ),
        (
            "DROP TRIGGER decision_is_not_deleted".to_owned(),
            vec!["structure of the tables: decision_is_not_deleted is missing or was changed".to_owned()],
        ),
        (
            "DROP INDEX version_unit".to_owned(),
            vec!["structure of the tables: version_unit is missing or was changed".to_owned()],
        ),
        (
            "UPDATE audit SET body = x'00' WHERE id = 1".to_owned(),
            vec!["the result of audit 1 (content A) cannot be unpacked".to_owned()],
        ),
        (
            "UPDATE audit SET length = length + 1 WHERE id = 1".to_owned(),
            vec!["the result of audit 1 (content A) cannot be unpacked".to_owned()],
        ),
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM version".to_owned(),
            vec!["row 1 of submission refers to a version that does not exist".to_owned()],
        ),
    ];
    for (change, expected) in cases {
        let directory = TempDir::new().unwrap();
        let path = directory.path().join("a.ledger");
        let mut store = open(&path);
        for reason in ["one", "two", "three", "four"] {
            store.decide(&note(reason)).unwrap();
        }
        store.record(&[file("a.txt", "A", 1)]).unwrap();
        assert_eq!(store.verify().unwrap(), []);
        Connection::open(&path).unwrap().execute_batch(&change).unwrap();
        let found: Vec<String> = store.verify().unwrap().into_iter().map(|wording| wording.en).collect();
        assert_eq!(found, expected, "{change}");
    }
}

#[test]
fn damaged_pages_show() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let mut store = open(&path);
    for number in 0..500 {
        store.decide(&note(&format!("reason {number}"))).unwrap();
    }
    drop(store);
    let mut bytes = fs::read(&path).unwrap();
    // Everything but what the file says of itself and of its tables.
    bytes[10 * 4096..].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    let store = Store::open(&path, Access::ReadOnly).unwrap();
    let found = store.verify().unwrap();
    assert!(!found.is_empty());
    assert_eq!(store.decisions_since(0).unwrap_err().kind, TroubleKind::Damaged);
}
