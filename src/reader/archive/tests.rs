//! Archives made by the libraries that read them, and tampered with.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

/// What came out, as `path: content`, without blanks at its end, or `path ✗ reason`.
pub(super) fn unpacked(kind: Archive, bytes: &[u8]) -> (Vec<String>, Result<(), Wording>) {
    let mut members = Vec::new();
    let ended = unpack(kind, bytes, &mut |member| {
        members.push(match member.content {
            Ok(bytes) => format!("{}: {}", member.path, String::from_utf8_lossy(&bytes).trim_end()),
            Err(reason) => format!("{} ✗ {}", member.path, reason.en),
        });
        ControlFlow::Continue(())
    });
    (members, ended)
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    packed(files, CompressionMethod::Deflated)
}

fn packed(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(method);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        if name.ends_with('/') {
            writer.add_directory(*name, SimpleFileOptions::default()).unwrap();
        } else {
            writer.start_file(*name, options).unwrap();
            writer.write_all(content).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

/// The same with one name written over another of the same length, in both places.
fn renamed(mut archive: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    for start in 0..archive.len() - from.len() {
        if archive[start..].starts_with(from) {
            archive[start..start + to.len()].copy_from_slice(to);
        }
    }
    archive
}

fn taped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_cksum();
        builder.append_data(&mut header, name, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzipped(content: &[u8], name: Option<&str>) -> Vec<u8> {
    let mut builder = flate2::GzBuilder::new();
    if let Some(name) = name {
        builder = builder.filename(name);
    }
    let mut encoder: GzEncoder<Vec<u8>> = builder.write(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn members_come_in_their_order() {
    let files: [(&str, &[u8]); 3] = [("b.txt", b"two"), ("2024/", b""), ("2024/a.txt", b"one")];
    let expected = (vec!["b.txt: two".to_owned(), "2024/a.txt: one".to_owned()], Ok(()));
    assert_eq!(unpacked(Archive::Zip, &zipped(&files)), expected);
    let tape = taped(&[files[0], files[2]]);
    assert_eq!(sniff(&tape), Archive::Tar);
    assert_eq!(unpacked(Archive::Tar, &tape), expected);
    assert_eq!(unpacked(Archive::Gzip, &gzipped(&tape, None)), expected);
}

fn sniff(bytes: &[u8]) -> Archive {
    match crate::document::sniff::sniff(bytes) {
        crate::document::sniff::Kind::Archive(kind) => kind,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_tape_that_begins_with_a_pdf_is_a_tape() {
    assert_eq!(sniff(&taped(&[("a.pdf", b"%PDF-1.7")])), Archive::Tar);
}

#[test]
fn one_compressed_file_is_its_only_member() {
    assert_eq!(unpacked(Archive::Gzip, &gzipped(b"one", Some("a.txt"))), (vec!["a.txt: one".to_owned()], Ok(())));
    assert_eq!(unpacked(Archive::Gzip, &gzipped(b"one", None)), (vec![": one".to_owned()], Ok(())));
}

#[test]
fn nothing_climbs_and_nobody_is_lost() {
    let archive = zipped(&[("xx/../../e.txt", b"1"), ("a.txt", b"2"), ("b.txt", b"3"), ("C:\\d.txt", b"4")]);
    let archive = renamed(archive, b"b.txt", b"a.txt");
    let expected = ["xx/e.txt: 1", "a.txt: 2", "a (2).txt: 3", "d.txt: 4"].map(str::to_owned);
    assert_eq!(unpacked(Archive::Zip, &archive), (expected.to_vec(), Ok(())));
}

#[test]
fn names_in_gbk_are_read() {
    let (name, _, _) = encoding_rs::GB18030.encode("教育局.txt");
    let stand_in = "x".repeat(name.len());
    let archive = renamed(zipped(&[(&stand_in, b"1")]), stand_in.as_bytes(), &name);
    assert_eq!(unpacked(Archive::Zip, &archive).0, ["教育局.txt: 1"]);
}

#[test]
fn a_damaged_member_harms_no_other() {
    let files: [(&str, &[u8]); 3] = [("a.txt", b"one one one"), ("b.txt", b"two"), ("c.txt", b"three")];
    let mut broken = packed(&files, CompressionMethod::Stored);
    let at = broken.windows(3).position(|window| window == b"two").unwrap();
    broken[at] ^= 1;
    let (members, ended) = unpacked(Archive::Zip, &broken);
    assert_eq!((members.len(), ended), (3, Ok(())));
    assert_eq!((members[0].as_str(), members[2].as_str()), ("a.txt: one one one", "c.txt: three"));
    assert!(members[1].contains("damaged"), "{}", members[1]);
}

#[test]
fn encrypted_members_and_unknown_methods_are_named() {
    // The general purpose flag and the method stand behind the signature and the version(s).
    let tampered = |offset: usize, value: u8| {
        let mut archive = zipped(&[("a.txt", b"one")]);
        for (signature, shift) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
            let at = archive.windows(4).position(|window| window == signature).unwrap();
            archive[at + shift + offset] = value;
        }
        unpacked(Archive::Zip, &archive).0
    };
    assert!(tampered(0, 1)[0].contains("encrypted"), "{:?}", tampered(0, 1));
    assert!(tampered(2, 98)[0].contains("method"), "{:?}", tampered(2, 98));
}

#[test]
fn links_are_no_files() {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Symlink);
    header.set_size(0);
    builder.append_link(&mut header, "report.txt", "/etc/passwd").unwrap();
    let (members, _) = unpacked(Archive::Tar, &builder.into_inner().unwrap());
    assert!(members[0].starts_with("report.txt ✗ it is a link"), "{members:?}");
}

#[test]
fn bombs_are_refused_before_anything_is_handed_out() {
    let zeros = vec![0; 48 << 20];
    let zip = zipped(&[("a.txt", b"one"), ("zeros.txt", &zeros)]);
    let tape = gzipped(&taped(&[("a.txt", b"one"), ("zeros.txt", &zeros)]), None);
    for (kind, archive) in [(Archive::Zip, zip), (Archive::Gzip, tape), (Archive::Gzip, gzipped(&zeros, None))] {
        let (members, ended) = unpacked(kind, &archive);
        assert_eq!((members.len(), ended), (0, Err(wording(BOMB))), "{kind:?}");
    }
}

#[test]
fn a_size_that_was_lied_about_gains_nothing() {
    let zeros = vec![b'0'; 1 << 20];
    let mut archive = zipped(&[("zeros.txt", &zeros)]);
    for (signature, shift) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let at = archive.windows(4).position(|window| window == signature).unwrap();
        archive[at + shift..at + shift + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let (members, _) = unpacked(Archive::Zip, &archive);
    assert!(members.iter().all(|member| member.len() < 300), "{members:?}");
}

#[test]
fn too_many_members_are_refused() {
    let names: Vec<String> = (0..=MEMBERS).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    for (kind, archive) in [(Archive::Zip, zipped(&files)), (Archive::Tar, taped(&files))] {
        assert_eq!(unpacked(kind, &archive), (Vec::new(), Err(wording(CROWDED))));
    }
}

#[test]
fn what_is_cut_off_is_damaged() {
    let zip = zipped(&[("a.txt", b"one"), ("b.txt", b"two")]);
    let gzip = gzipped(&taped(&[("a.txt", b"one")]), None);
    for (kind, archive) in [(Archive::Zip, zip), (Archive::Gzip, gzip)] {
        for cut in [4, archive.len() / 2, archive.len() - 1] {
            let (_, ended) = unpacked(kind, &archive[..cut]);
            assert_eq!(ended, Err(wording(DAMAGED)), "{kind:?} {cut}");
        }
    }
}

#[test]
fn whoever_takes_the_members_may_stop() {
    let archive = zipped(&[("a.txt", b"one"), ("b.txt", b"two")]);
    let mut taken = 0;
    let ended = unpack(Archive::Zip, &archive, &mut |_| {
        taken += 1;
        ControlFlow::Break(())
    });
    assert_eq!((taken, ended), (1, Ok(())));
}
