//! Archives made by 7-Zip, and tampered with.

use super::super::{BOMB, wording};
use super::*;

/// An archive of `tests/it/archives`.
macro_rules! archive {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/archives/", $name)).as_slice()
    };
}

fn unpacked(bytes: &[u8]) -> (Vec<String>, Result<(), Wording>) {
    super::super::tests::unpacked(crate::document::sniff::Archive::SevenZip, bytes)
}

/// The same once the bytes at `at` are others, and the checksums of the lists agree with that.
fn tampered(bytes: &[u8], at: usize, other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at..at + other.len()].copy_from_slice(other);
    let number = |at: usize| usize::try_from(u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())).unwrap();
    let list = 32 + number(12);
    let sum = |bytes: &[u8]| {
        let mut sum = flate2::Crc::new();
        sum.update(bytes);
        sum.sum().to_le_bytes()
    };
    let of_list = sum(&bytes[list..list + number(20)]);
    bytes[28..32].copy_from_slice(&of_list);
    let of_head = sum(&bytes[12..32]);
    bytes[8..12].copy_from_slice(&of_head);
    bytes
}

fn place(bytes: &[u8], of: &[u8]) -> usize {
    bytes.windows(of.len()).position(|window| window == of).unwrap()
}

#[test]
fn members_come_in_their_order() {
    let (members, ended) = unpacked(archive!("solid.7z"));
    let expected = [
        "c.txt: one",
        "link.txt ✗ it is a link or a device within the archive, not a file",
        "报送/2024/b.txt: 二二",
        "报送/a.txt: 一",
        "报送/empty.txt: ",
    ];
    assert_eq!((members, ended), (expected.map(str::to_owned).to_vec(), Ok(())));
    for (name, bytes) in [("each by itself", archive!("stored.7z")), ("filtered", archive!("bcj2.7z"))] {
        let (members, ended) = unpacked(bytes);
        assert_eq!(ended, Ok(()), "{name}");
        for expected in ["c.txt: one", "报送/a.txt: 一"] {
            assert!(members.iter().any(|member| member == expected), "{name}: {members:?}");
        }
    }
}

#[test]
fn what_is_encrypted_is_said_to_be() {
    let (members, ended) = unpacked(archive!("encrypted.7z"));
    assert_eq!((members.len(), ended), (2, Ok(())));
    for (member, name) in members.iter().zip(["c.txt", "报送/a.txt"]) {
        assert_eq!(*member, format!("{name} ✗ {}", ENCRYPTED.en));
    }
    assert_eq!(unpacked(archive!("encrypted-names.7z")), (Vec::new(), Err(wording(ENCRYPTED_WHOLE))));
}

#[test]
fn a_method_that_is_not_supported_is_named() {
    assert_eq!(unpacked(archive!("ppmd.7z")), (vec![format!("c.txt ✗ {}", UNKNOWN_METHOD.en)], Ok(())));
}

#[test]
fn too_much_and_too_many_are_refused_before_anything_is_handed_out() {
    assert_eq!(unpacked(archive!("bomb.7z")), (Vec::new(), Err(wording(BOMB))));
    assert_eq!(unpacked(archive!("crowd.7z")), (Vec::new(), Err(wording(CROWDED))));
}

#[test]
fn what_is_cut_off_is_damaged() {
    let bytes = archive!("solid.7z");
    for cut in [6, 31, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(unpacked(&bytes[..cut]), (Vec::new(), Err(wording(DAMAGED))), "{cut}");
    }
}

#[test]
fn a_damaged_member_harms_no_other() {
    let bytes = archive!("stored.7z");
    let (members, ended) = unpacked(&tampered(bytes, place(bytes, b"one"), b"0ne"));
    let expected = [format!("c.txt ✗ {}", DAMAGED_MEMBER.en), "报送/2024/b.txt: 二二".into(), "报送/a.txt: 一".into()];
    assert_eq!((members, ended), (expected.to_vec(), Ok(())));
}

#[test]
fn nothing_climbs_and_nobody_is_lost() {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let bytes = archive!("stored.7z");
    let climbing = tampered(bytes, place(bytes, &wide("报送/a.txt")), &wide("../../ct"));
    assert_eq!(unpacked(&climbing).0, ["c.txt: one", "报送/2024/b.txt: 二二", "ct: 一"]);
    let twice = tampered(bytes, place(bytes, &wide("报送/a.txt")), &wide("///c.txt"));
    assert_eq!(unpacked(&twice).0, ["c.txt: one", "报送/2024/b.txt: 二二", "c (2).txt: 一"]);
}

#[test]
fn whoever_takes_the_members_may_stop() {
    for (bytes, all) in [(archive!("solid.7z"), 5), (archive!("stored.7z"), 3), (archive!("encrypted.7z"), 2)] {
        for wanted in 1..=all {
            let mut taken = 0;
            let ended = unpack(bytes, &mut |_| {
                taken += 1;
                if taken == wanted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            assert_eq!((taken, ended), (wanted, Ok(())));
        }
    }
}
