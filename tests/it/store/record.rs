//! What lay in the inbox, and which contents there were.

use nianshen::ledger::store::{Access, AuditKey, Listed, Recorded, Stamp, Store, UnitKey, Version};
use tempfile::TempDir;

use super::{at, file, key, open, submission, unit};

#[test]
fn what_is_recorded_is_found_again() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let stamps = [
        Stamp { size: 0, modified: 0, changed: 0, inode: None },
        Stamp { size: 1 << 40, modified: -1, changed: i128::MAX, inode: Some((0, 0)) },
        Stamp { size: 9, modified: i128::from(i64::MAX) + 1, changed: i128::MIN, inode: Some((7, u64::MAX)) },
    ];
    let recorded: Vec<Recorded> = stamps
        .into_iter()
        .enumerate()
        .map(|(index, stamp)| Recorded { stamp, ..file(&format!("{index}.txt"), &format!("hash {index}"), 10) })
        .collect();
    open(&path).record(&recorded).unwrap();

    let store = Store::open(&path, Access::ReadOnly).unwrap();
    let known = store.files().unwrap();
    assert_eq!(known.len(), recorded.len());
    for (known, recorded) in known.iter().zip(&recorded) {
        assert_eq!((&known.path, &known.hash, known.stamp), (&recorded.path, &recorded.hash, recorded.stamp));
        assert_eq!((known.first_seen, known.last_seen, known.received), (at(10), at(10), at(9)));
        let listed: Vec<&Listed> = recorded.submissions.iter().map(|one| &one.listed).collect();
        assert_eq!(known.submissions.iter().collect::<Vec<_>>(), listed);
        assert_eq!(store.audit(&known.submissions[0].key).unwrap(), recorded.submissions[0].audit);
    }
}

#[test]
fn members_of_an_archive_keep_their_order_and_what_is_not_known_stays_so() {
    let directory = TempDir::new().unwrap();
    let mut store = open(&directory.path().join("a.ledger"));
    let mut archive = file("all.zip", "zip", 1);
    archive.submissions =
        ["b", "a", "c"].map(|name| submission(&format!("all.zip/{name}.txt"), &format!("hash {name}"))).into();
    archive.submissions[1].listed.unit = None;
    archive.submissions[2].listed.unit = Some(UnitKey { agency: "青溪县".to_owned(), year: None });
    let empty = Recorded { submissions: Vec::new(), ..file("empty.zip", "nothing", 1) };
    store.record(&[archive.clone(), empty]).unwrap();

    let files = store.files().unwrap();
    let listed: Vec<Listed> = archive.submissions.iter().map(|one| one.listed.clone()).collect();
    assert_eq!(files[0].submissions, listed);
    assert_eq!(files[1].submissions, []);

    // Fewer members: what is gone from the archive is listed no more.
    archive.hash = "zip 2".to_owned();
    archive.submissions.remove(0);
    store.record(&[archive]).unwrap();
    assert_eq!(store.files().unwrap()[0].submissions, listed[1..]);
    let nameless = store.versions(&UnitKey { agency: "青溪县".to_owned(), year: None }).unwrap();
    assert_eq!(nameless.len(), 1);
}

#[test]
fn the_same_bytes_need_no_second_audit() {
    let directory = TempDir::new().unwrap();
    let mut store = open(&directory.path().join("a.ledger"));
    assert_eq!(store.find_audit(&key("bytes")).unwrap(), None);
    store.record(&[file("a.txt", "bytes", 1)]).unwrap();

    let cached = store.find_audit(&key("bytes")).unwrap().unwrap();
    assert_eq!((cached.unit, cached.verdict.as_str()), (Some(unit("青溪县民政局")), "compliant"));
    assert_eq!((cached.summary, cached.audit.clone()), (b"summary of bytes".to_vec(), b"audit of bytes".to_vec()));
    let base = key("bytes");
    let differing = [
        AuditKey { content: "other bytes".to_owned(), ..base.clone() },
        AuditKey { name: "other name".to_owned(), ..base.clone() },
        AuditKey { rules: "rules 2".to_owned(), ..base.clone() },
        AuditKey { policy: "policy 2".to_owned(), ..base },
    ];
    for other in differing {
        assert_eq!((store.find_audit(&other).unwrap(), store.audit(&other).unwrap()), (None, None), "{other:?}");
    }

    // Recorded again without its result, which is kept already.
    let mut copy = file("b.txt", "bytes", 2);
    copy.submissions[0].audit = None;
    store.record(&[copy]).unwrap();
    assert_eq!(store.audit(&key("bytes")).unwrap(), Some(cached.audit));
}

/// The versions of 青溪县民政局 as path, content, first and last seen, whether present, which they repeat.
fn versions(store: &Store) -> Vec<(String, String, i64, i64, bool, Option<i64>)> {
    let second = |moment: jiff::Timestamp| moment.as_second() - at(0).as_second();
    let told = |version: Version| {
        let Version { path, hash, first_seen, last_seen, present, repeats, .. } = version;
        (path, hash, second(first_seen), second(last_seen), present, repeats)
    };
    store.versions(&unit("青溪县民政局")).unwrap().into_iter().map(told).collect()
}

#[test]
fn a_version_arrived_when_its_file_says() {
    let directory = TempDir::new().unwrap();
    let mut store = open(&directory.path().join("a.ledger"));
    let recorded = |content: &str, received| Recorded { received: at(received), ..file("a.txt", content, 50) };
    store.record(&[recorded("A", 10)]).unwrap();
    store.record(&[recorded("B", 20)]).unwrap();
    store.record(&[recorded("B", 30)]).unwrap();
    let received = |versions: Vec<Version>| versions.iter().map(|version| version.received).collect::<Vec<_>>();
    assert_eq!(received(store.versions(&unit("青溪县民政局")).unwrap()), [at(10), at(30)]);
    assert_eq!(received(store.overwritten().unwrap()), [at(10)]);
    store.removed(&["a.txt".to_owned()], at(60)).unwrap();
    assert_eq!(received(store.remembered().unwrap()), [at(30)]);
}

fn version(
    path: &str,
    hash: &str,
    seen: (i64, i64),
    present: bool,
    repeats: Option<i64>,
) -> (String, String, i64, i64, bool, Option<i64>) {
    (path.to_owned(), hash.to_owned(), seen.0, seen.1, present, repeats)
}

#[test]
fn every_new_content_is_a_version_and_identical_bytes_are_recognised() {
    let directory = TempDir::new().unwrap();
    let mut store = open(&directory.path().join("a.ledger"));
    for (content, seen) in [("A", 1), ("A", 2), ("B", 3), ("A", 4)] {
        store.record(&[file("a.txt", content, seen)]).unwrap();
    }
    store.record(&[file("copy.txt", "A", 5)]).unwrap();
    store.seen(&["copy.txt".to_owned(), "unheard of".to_owned()], at(6)).unwrap();
    assert_eq!(
        versions(&store),
        [
            version("a.txt", "A", (1, 2), false, None),
            version("a.txt", "B", (3, 3), false, None),
            version("a.txt", "A", (4, 4), true, Some(1)),
            version("copy.txt", "A", (5, 6), true, Some(1)),
        ]
    );
}

#[test]
fn another_audit_of_the_same_bytes_is_no_version() {
    let directory = TempDir::new().unwrap();
    let mut store = open(&directory.path().join("a.ledger"));
    store.record(&[file("a.txt", "A", 1)]).unwrap();
    let mut again = file("a.txt", "A", 2);
    again.submissions[0].listed.key.rules = "rules 2".to_owned();
    again.submissions[0].listed.verdict = "noncompliant".to_owned();
    store.record(&[again.clone()]).unwrap();
    let versions = store.versions(&unit("青溪县民政局")).unwrap();
    assert_eq!(versions.len(), 1);
    assert_eq!((&versions[0].key, versions[0].verdict.as_str()), (&again.submissions[0].listed.key, "noncompliant"));
}

#[test]
fn a_file_that_comes_back_is_the_one_it_was() {
    let directory = TempDir::new().unwrap();
    let mut store = open(&directory.path().join("a.ledger"));
    store.record(&[file("a.txt", "A", 1), file("b.txt", "B", 1)]).unwrap();
    store.removed(&["a.txt".to_owned(), "unheard of".to_owned()], at(2)).unwrap();
    assert_eq!(store.files().unwrap().iter().map(|file| &file.path).collect::<Vec<_>>(), ["b.txt"]);
    assert_eq!(versions(&store)[0], version("a.txt", "A", (1, 1), false, None));
    store.record(&[file("a.txt", "A", 3)]).unwrap();
    assert_eq!(
        versions(&store),
        [version("a.txt", "A", (1, 3), true, None), version("b.txt", "B", (1, 1), true, None)]
    );
    assert_eq!(store.files().unwrap()[0].first_seen, at(1));
}

#[test]
fn a_clock_set_back_makes_nothing_older() {
    let directory = TempDir::new().unwrap();
    let mut store = open(&directory.path().join("a.ledger"));
    store.record(&[file("a.txt", "A", 100)]).unwrap();
    store.record(&[file("a.txt", "A", 50)]).unwrap();
    store.seen(&["a.txt".to_owned()], at(60)).unwrap();
    assert_eq!(versions(&store), [version("a.txt", "A", (100, 100), true, None)]);
    assert_eq!(store.files().unwrap()[0].last_seen, at(100));
}

#[test]
fn a_renamed_file_keeps_its_history() {
    let directory = TempDir::new().unwrap();
    let mut store = open(&directory.path().join("a.ledger"));
    let mut archive = file("a.zip", "zip", 1);
    archive.submissions = vec![submission("a.zip/x.txt", "A")];
    store.record(&[archive, file("old.txt", "O", 1), file("b.zip", "B", 1)]).unwrap();

    assert!(!store.renamed("unheard of", "c.zip", at(2)).unwrap());
    assert!(store.renamed("a.zip", "b.zip", at(2)).unwrap());
    assert!(store.renamed("old.txt", "old.txt", at(2)).unwrap());
    let listed: Vec<(String, Vec<String>)> = store
        .files()
        .unwrap()
        .into_iter()
        .map(|file| (file.path, file.submissions.into_iter().map(|listed| listed.path).collect()))
        .collect();
    assert_eq!(
        listed,
        [("b.zip".to_owned(), vec!["b.zip/x.txt".to_owned()]), ("old.txt".to_owned(), vec!["old.txt".to_owned()])]
    );
    assert_eq!(
        versions(&store),
        [
            version("b.zip/x.txt", "A", (1, 2), true, None),
            version("old.txt", "O", (1, 1), true, None),
            version("b.zip", "B", (1, 1), false, None),
        ]
    );
    // The old name is free: what arrives under it is new, even with the old content.
    store.record(&[file("a.zip", "A", 3)]).unwrap();
    assert_eq!(versions(&store)[3], version("a.zip", "A", (3, 3), true, Some(1)));
}

#[test]
fn ten_thousand_submissions_are_recorded_and_listed() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let all: Vec<Recorded> = (0..10_000)
        .map(|number| {
            let mut recorded = file(&format!("{number:05}.txt"), &format!("content {number}"), 1);
            recorded.submissions[0].audit = Some(format!("finding {number} ").repeat(100).into_bytes());
            recorded
        })
        .collect();
    let mut store = open(&path);
    for batch in all.chunks(500) {
        store.record(batch).unwrap();
    }
    drop(store);
    let store = open(&path);
    let files = store.files().unwrap();
    assert_eq!(files.len(), all.len());
    for (known, recorded) in files.iter().zip(&all) {
        assert_eq!((&known.path, &known.submissions[0]), (&recorded.path, &recorded.submissions[0].listed));
    }
    assert_eq!(store.audit(&files[9_999].submissions[0].key).unwrap(), all[9_999].submissions[0].audit);
    assert_eq!(store.versions(&unit("青溪县民政局")).unwrap().len(), all.len());
    assert_eq!(store.verify().unwrap(), []);
}
