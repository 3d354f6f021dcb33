//! Archives through the whole program: their members are submissions.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::program::{balanced, check, code, json, nianshen, sample, stderr, stdout, unbalanced};

/// A ZIP of these files.
pub(crate) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Path and verdict of each report, in the order of the output.
fn verdicts(document: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let reports = document["reports"].as_array().unwrap();
    reports.iter().map(|report| (text(&report["path"]), text(&report["verdict"]))).collect()
}

/// A directory with text, an archive and files that are meant to do harm.
fn mixed() -> TempDir {
    let directory = TempDir::new().unwrap();
    let other = sample("乙市民政局", [2, 1, 0, 0, 0, 0, 3]);
    let inner = zipped(&[("丙.txt", other.as_bytes())]);
    let archive = zipped(&[
        ("报送/甲.txt", balanced().as_bytes()),
        ("报送/坏.txt", unbalanced().as_bytes()),
        ("内.zip", &inner),
        ("../../climbs.txt", balanced().as_bytes()),
        ("bad.pdf", b"%PDF-1.7\nand nothing that belongs there"),
        (".hidden.txt", b"x"),
        ("__MACOSX/._甲.txt", b"x"),
        ("报送/~$甲.docx", b"x"),
        ("Thumbs.db", b"x"),
    ]);
    let (last, empty) = (balanced(), zipped(&[]));
    let bomb = zipped(&[("bomb.txt", &vec![b'0'; 48 << 20])]);
    let files: [(&str, &[u8]); 5] = [
        ("全县.zip", &archive),
        ("炸弹.zip", &bomb),
        ("断.zip", &archive[..archive.len() / 2]),
        ("空.zip", &empty),
        ("末.txt", last.as_bytes()),
    ];
    for (name, content) in files {
        fs::write(directory.path().join(name), content).unwrap();
    }
    directory
}

#[test]
fn members_are_reports_of_their_own() {
    let directory = mixed();
    let output = check(directory.path(), &["--format", "json", "."]);
    let document = json(&output);
    let seen = verdicts(&document);
    let expected = [
        ("全县.zip!bad.pdf", "unreadable"),
        ("全县.zip!climbs.txt", "compliant"),
        ("全县.zip!内.zip!丙.txt", "compliant"),
        ("全县.zip!报送/坏.txt", "noncompliant"),
        ("全县.zip!报送/甲.txt", "compliant"),
        ("断.zip", "unreadable"),
        ("末.txt", "compliant"),
        ("炸弹.zip", "unreadable"),
        ("空.zip", "unreadable"),
    ];
    let expected = expected.map(|(path, verdict)| (path.to_owned(), verdict.to_owned()));
    assert_eq!(seen, expected);
    assert_eq!(document["summary"]["files"], 9);
    assert_eq!(code(&output), 1);
    for jobs in ["1", "4"] {
        let again = check(directory.path(), &["--format", "json", "--jobs", jobs, "."]);
        assert_eq!(stdout(&again), stdout(&output), "{jobs} jobs");
    }
    let inside: Vec<_> = fs::read_dir(directory.path()).unwrap().collect();
    assert_eq!(inside.len(), 5, "nothing was unpacked");
}

#[test]
fn globs_speak_of_archives_and_of_members() {
    let directory = mixed();
    fs::write(
        directory.path().join("nianshen.toml"),
        "[inbox]\ninclude = [\"*.zip\"]\nignore = [\"报送/坏.txt\", \"断.zip\"]\n",
    )
    .unwrap();
    let seen = verdicts(&json(&check(directory.path(), &["--format", "json", "."])));
    let paths: Vec<&str> = seen.iter().map(|(path, _)| path.as_str()).collect();
    let members = ["bad.pdf", "climbs.txt", "内.zip!丙.txt", "报送/甲.txt"].map(|member| format!("全县.zip!{member}"));
    let expected: Vec<&str> = members.iter().map(String::as_str).chain(["炸弹.zip", "空.zip"]).collect();
    assert_eq!(paths, expected);
}

fn show(directory: &Path, file: &str) -> std::process::Output {
    nianshen().current_dir(directory).args(["show", "--format", "json", file]).output().unwrap()
}

#[test]
fn show_takes_one_member() {
    let directory = mixed();
    let output = show(directory.path(), "全县.zip!内.zip!丙.txt");
    assert_eq!(json(&output)["file"]["path"], "全县.zip!内.zip!丙.txt");
    assert_eq!(json(&output)["agency"], "乙市民政局");
    let output = show(directory.path(), "全县.zip");
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("the archive holds 5 files; name one, as '全县.zip!报送/甲.txt'"),
        "{}",
        stderr(&output)
    );
    assert_eq!(stderr(&output).lines().count(), 1);
    let output = show(directory.path(), "全县.zip!nobody.txt");
    assert_eq!(code(&output), 2, "{}", stderr(&output));
    fs::write(directory.path().join("one.zip"), zipped(&[("甲.txt", balanced().as_bytes())])).unwrap();
    assert_eq!(json(&show(directory.path(), "one.zip"))["file"]["path"], "one.zip!甲.txt");
    assert_eq!(code(&show(directory.path(), "空.zip")), 0);
}

#[test]
fn archives_of_rar_are_looked_into() {
    let archives = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/archives");
    let directory = TempDir::new().unwrap();
    for name in ["solid.rar", "encrypted-names.rar", "part.rar"] {
        fs::copy(archives.join(name), directory.path().join(name)).unwrap();
    }
    let document = json(&check(directory.path(), &["--format", "json", "--lang", "en", "."]));
    let message = |index: usize| document["reports"][index]["findings"][0]["message"].as_str().unwrap();
    for (index, (path, words)) in [
        ("encrypted-names.rar", "the archive is encrypted"),
        ("part.rar", "one volume of an archive"),
        ("solid.rar!c.txt", "report"),
        ("solid.rar!link.txt", "a link"),
        ("solid.rar!报送/empty.txt", "empty"),
        ("solid.rar!报送/甲.txt", "report"),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(verdicts(&document)[index], (path.to_owned(), "unreadable".to_owned()));
        assert!(message(index).contains(words), "{path}: {}", message(index));
    }
}

#[test]
fn archives_of_7_zip_are_looked_into() {
    let archives = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/archives");
    let directory = TempDir::new().unwrap();
    for name in ["solid.7z", "encrypted.7z", "encrypted-names.7z", "bomb.7z"] {
        fs::copy(archives.join(name), directory.path().join(name)).unwrap();
    }
    let document = json(&check(directory.path(), &["--format", "json", "--lang", "en", "."]));
    let paths: Vec<String> = verdicts(&document).into_iter().map(|(path, _)| path).collect();
    let members = ["c.txt", "link.txt", "报送/2024/b.txt", "报送/a.txt", "报送/empty.txt"];
    let mut expected: Vec<String> =
        ["bomb.7z", "encrypted-names.7z", "encrypted.7z!c.txt", "encrypted.7z!报送/a.txt"].map(str::to_owned).into();
    expected.extend(members.map(|member| format!("solid.7z!{member}")));
    assert_eq!(paths, expected);
    let message = |index: usize| document["reports"][index]["findings"][0]["message"].as_str().unwrap().to_owned();
    for (index, words) in [(0, "a bomb"), (1, "the archive is encrypted"), (2, "encrypted within"), (5, "a link")] {
        assert!(message(index).contains(words), "{}", message(index));
    }
}

#[test]
fn a_wrong_extension_is_noted() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("甲.pdf"), balanced()).unwrap();
    fs::write(directory.path().join("甲.zip"), zipped(&[("乙.docx", balanced().as_bytes())])).unwrap();
    let document = json(&check(directory.path(), &["--format", "json", "."]));
    for report in document["reports"].as_array().unwrap() {
        assert_eq!(report["verdict"], "compliant");
        assert_eq!(report["findings"][0]["rule"], "INB007", "{report}");
    }
    let document = json(&check(directory.path(), &["--format", "json", "--ignore", "INB", "."]));
    assert_eq!(document["summary"]["findings"]["note"], 0);
}

#[test]
fn the_reading_side_of_the_program_is_nobodys_command() {
    for arguments in [vec!["--help"], vec!["completions", "bash"], vec!["man"]] {
        let output = nianshen().args(&arguments).output().unwrap();
        assert!(!stdout(&output).contains("__read"), "{arguments:?}");
    }
    // Nobody asks: it ends.
    let output = nianshen().arg("__read").output().unwrap();
    assert_eq!((code(&output), stdout(&output).as_str(), stderr(&output).as_str()), (0, "", ""));
}
