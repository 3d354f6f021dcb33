//! Files and archives, opened in this process, and with workers that fail.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// An archive of these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What is opened, as `member: format` or `member ✗ reason`.
fn opened(reader: &mut Reader, name: &str, bytes: &[u8]) -> Vec<String> {
    let admits = |member: &str| !member.contains("hidden");
    let mut seen = Vec::new();
    reader.open(File { name, bytes, admits: &admits }, &mut |opened| {
        let member = opened.member.unwrap_or_else(|| "-".to_owned());
        seen.push(match opened.document {
            Ok(document) => format!("{member}: {}", document.format.name()),
            Err(refusal) => format!("{member} ✗ {}", refusal.reason.en),
        });
    });
    seen
}

fn here(name: &str, bytes: &[u8]) -> Vec<String> {
    opened(&mut Reader::in_process(), name, bytes)
}

const TEXT: &[u8] = "一、总体情况".as_bytes();

#[test]
fn a_file_is_itself() {
    assert_eq!(here("a.txt", TEXT), ["-: TXT"]);
    assert!(here("a.txt", b"")[0].starts_with("- ✗"));
}

#[test]
fn archives_lie_in_archives() {
    let third = zipped(&[("c.txt", TEXT)]);
    let second = zipped(&[("b.txt", TEXT), ("c.zip", &third)]);
    let first = zipped(&[("a.txt", TEXT), ("d/b.zip", &second), ("hidden.txt", TEXT)]);
    assert_eq!(here("a.zip", &first), ["a.txt: TXT", "d/b.zip!b.txt: TXT", "d/b.zip!c.zip!c.txt: TXT"]);
    let above = zipped(&[("a.zip", &first)]);
    let seen = here("above.zip", &above);
    assert_eq!(seen[..2], ["a.zip!a.txt: TXT", "a.zip!d/b.zip!b.txt: TXT"]);
    assert!(seen[2].starts_with("a.zip!d/b.zip!c.zip ✗ archives are nested"), "{seen:?}");
}

#[test]
fn what_cannot_be_unpacked_stands_for_itself() {
    let rar = b"Rar!\x1a\x07\x01\0and so on";
    assert!(here("a.rar", rar)[0].starts_with("- ✗ the archive is damaged"));
    assert!(here("a.zip", &zipped(&[("b.rar", rar)]))[0].starts_with("b.rar ✗ the archive is damaged"));
    assert!(here("a.zip", &zipped(&[("hidden.txt", TEXT)]))[0].starts_with("- ✗ there is no file"));
    assert!(here("a.zip", &zipped(&[]))[0].starts_with("- ✗ there is no file"));
    assert!(here("a.zip", b"PK\x03\x04 and no more")[0].starts_with("- ✗ the archive is damaged"));
}

#[test]
fn a_compressed_file_without_a_name_has_that_of_its_archive() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(TEXT).unwrap();
    let bytes = encoder.finish().unwrap();
    assert_eq!(here("2024/a.txt.GZ", &bytes), ["a.txt: TXT"]);
    assert_eq!(here("a", &bytes), ["a: TXT"]);
}

#[test]
fn far_too_much_text_is_no_report() {
    let text = "字".repeat(super::TEXT / 3 + 1);
    assert!(here("a.txt", text.as_bytes())[0].starts_with("- ✗ far too much text"));
}

#[cfg(unix)]
mod workers {
    use super::*;

    fn shell(script: &str) -> Reader {
        Reader::new(Program { path: "/bin/sh".into(), arguments: ["-c", script].map(Into::into).to_vec() })
    }

    #[test]
    fn text_needs_no_worker() {
        let mut reader = shell("exit 1");
        assert_eq!(opened(&mut reader, "a.txt", TEXT), ["-: TXT"]);
        assert!(opened(&mut reader, "a.pdf", b"%PDF-1.4")[0].starts_with("- ✗ reading it failed"));
        assert_eq!(opened(&mut reader, "a.txt", TEXT), ["-: TXT"], "the next file is read");
    }

    #[test]
    fn time_is_up_once_and_for_all() {
        let mut reader = shell("exec sleep 1000").with_time(Duration::from_millis(20));
        assert!(opened(&mut reader, "a.pdf", b"%PDF-1.4")[0].starts_with("- ✗ reading it took more than"));
        assert!(opened(&mut reader, "a.zip", &zipped(&[("a.txt", TEXT)]))[0].starts_with("- ✗ reading it took more"));
    }

    #[test]
    fn without_the_program_nothing_is_read_that_needs_it() {
        let mut reader = Reader::new(Program { path: "/nowhere/at/all".into(), arguments: Vec::new() });
        assert!(opened(&mut reader, "a.pdf", b"%PDF-1.4")[0].contains("cannot be started"));
        assert_eq!(opened(&mut reader, "a.txt", TEXT), ["-: TXT"]);
    }
}
