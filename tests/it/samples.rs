//! The samples a person can open: each file has the encoding and the verdict and breaks the rules that
//! stand in `samples.txt`, and each has an entry there.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use nianshen::audit::{Audit, Policy, audit_document};
use nianshen::reader::{File, Reader};

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
fn outcome(audit: &Audit) -> String {
    let encoding = audit.file.as_ref().and_then(|file| file.encoding);
    let encoding = encoding.map(|encoding| serde_json::to_value(encoding).unwrap());
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

/// What comes of a file, or of the members of the archive it is.
fn outcomes(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    let mut outcomes = Vec::new();
    let file = File { name, bytes, admits: &|_| true };
    Reader::in_process().open(file, &mut |opened| {
        let path = opened.member.map_or_else(|| name.to_owned(), |member| format!("{name}!{member}"));
        let audit = audit_document(&path, opened.fingerprint.as_ref(), opened.document, &Policy::default());
        outcomes.push((path, outcome(&audit)));
    });
    outcomes
}

fn assert_as_expected(directory: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(directory);
    let found: BTreeMap<String, String> = fs::read_dir(path)
        .unwrap()
        .map(Result::unwrap)
        // The roster of an inbox is no submission.
        .filter(|entry| entry.file_name() != "roster.csv")
        .flat_map(|entry| outcomes(&entry.file_name().into_string().unwrap(), &fs::read(entry.path()).unwrap()))
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
