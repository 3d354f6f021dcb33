//! Archives made by another program, and tampered with.

use std::ops::ControlFlow;

use super::super::{BOMB, wording};
use super::*;

/// An archive of `tests/it/archives`.
macro_rules! archive {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/archives/", $name)).as_slice()
    };
}

fn unpacked(bytes: &[u8]) -> (Vec<String>, Result<(), Wording>) {
    super::super::tests::unpacked(crate::document::sniff::Archive::Rar, bytes)
}

const FILES: [&str; 3] = ["报送/甲.txt: 一", "报送/empty.txt: ", "c.txt: one"];

#[test]
fn members_come_in_their_order_whatever_the_version() {
    let link = "link.txt ✗ it is a link or a device within the archive, not a file";
    for (name, bytes, links) in [
        ("stored", archive!("stored.rar"), true),
        ("solid", archive!("solid.rar"), true),
        ("of version 4", archive!("old.rar"), false),
        ("solid, of version 3", archive!("old-solid.rar"), false),
    ] {
        let expected: Vec<String> = links.then_some(link).into_iter().chain(FILES).map(str::to_owned).collect();
        assert_eq!(unpacked(bytes), (expected, Ok(())), "{name}");
    }
}

#[test]
fn encrypted_ones_are_named() {
    let (members, ended) = unpacked(archive!("encrypted.rar"));
    let encrypted = |path: &str| format!("{path} ✗ {}", ENCRYPTED.en);
    assert_eq!(ended, Ok(()));
    assert_eq!(members[0], encrypted("报送/甲.txt"));
    assert_eq!(members.last(), Some(&encrypted("c.txt")));
    for closed in [archive!("encrypted-names.rar"), archive!("old-encrypted-names.rar")] {
        assert_eq!(unpacked(closed), (Vec::new(), Err(wording(ENCRYPTED_WHOLE))));
    }
}

#[test]
fn bombs_and_single_volumes_are_refused_before_anything_is_handed_out() {
    for (bytes, reason) in [(archive!("bomb.rar"), BOMB), (archive!("part.rar"), PART)] {
        assert_eq!(unpacked(bytes), (Vec::new(), Err(wording(reason))));
    }
}

#[test]
fn a_damaged_member_harms_no_other() {
    let mut bytes = archive!("stored.rar").to_vec();
    let at = bytes.windows(3).position(|window| window == "一".as_bytes()).unwrap();
    bytes[at] ^= 1;
    let (members, ended) = unpacked(&bytes);
    assert_eq!((&members[1], ended), (&format!("报送/甲.txt ✗ {}", DAMAGED_MEMBER.en), Ok(())));
    assert_eq!(members[2..], FILES[1..]);
}

#[test]
fn what_is_cut_off_is_damaged() {
    let bytes = archive!("stored.rar");
    for cut in [8, 20, bytes.len() / 2, bytes.len() - 20] {
        let (members, ended) = unpacked(&bytes[..cut]);
        let complains = ended.is_err() || members.iter().any(|member| member.contains("damaged"));
        assert!(complains, "{cut}: {members:?}");
    }
}

#[test]
fn nobody_who_has_enough_gets_more() {
    let mut taken = 0;
    let ended = unpack(archive!("solid.rar"), &mut |_| {
        taken += 1;
        if taken == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((taken, ended), (2, Ok(())));
}
