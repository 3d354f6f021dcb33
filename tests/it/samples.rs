//! The samples a person can open: each file has the encoding and the verdict and breaks the rules that
//! stand in `samples.txt`, and each has an entry there.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use nianshen::audit::{Policy, audit};

/// What is expected of the files of a directory, by name.
fn expected(directory: &str) -> BTreeMap<String, String> {
    include_str!("samples.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.strip_prefix(directory)?.strip_prefix('/')?.split_once(" → "))
        .map(|(name, outcome)| (name.to_owned(), outcome.to_owned()))
        .collect()
}

/// Encoding, verdict and broken rules, each rule once.
fn outcome(bytes: &[u8]) -> String {
    let audit = audit(bytes, &Policy::default());
    let encoding = audit.file.and_then(|file| file.encoding).map(|encoding| serde_json::to_value(encoding).unwrap());
    let encoding = encoding.as_ref().and_then(|name| name.as_str()).unwrap_or("-");
    let mut outcome = format!("{encoding} {:?}", audit.verdict).to_lowercase();
    let mut codes: Vec<_> = audit.findings.iter().map(|finding| finding.rule).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        write!(outcome, " {code}").unwrap();
    }
    outcome
}

fn assert_as_expected(directory: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(directory);
    let found: BTreeMap<String, String> = fs::read_dir(path)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            (entry.file_name().into_string().unwrap(), outcome(&fs::read(entry.path()).unwrap()))
        })
        .collect();
    assert!(!found.is_empty());
    assert_eq!(found, expected(directory));
}

#[test]
fn the_inbox() {
    assert_as_expected("inbox");
}

#[test]
fn faultless_reports() {
    assert_as_expected("complete");
}

#[test]
fn damaged_files() {
    assert_as_expected("damaged");
}
