use std::time::SystemTime;

use super::*;

const SETTLE: Duration = Duration::from_millis(150);

fn seen(size: u64, inode: u64) -> Seen {
    let born = SystemTime::UNIX_EPOCH + Duration::from_secs(inode);
    let stamp = Stamp { size, modified: SystemTime::UNIX_EPOCH, changed: 0, inode: Some((1, inode)), born: Some(born) };
    Seen { stamp, unfit: None, linked: false }
}

fn stirred(path: &str) -> Step {
    Step::Stirred(path.into())
}

fn settled(path: &str, seen: Seen) -> Step {
    Step::Settled(path.into(), seen)
}

/// An inbox in which the file `a` of 1 byte has been complete for long.
fn settled_inbox(start: Instant) -> Settling {
    let mut inbox = Settling::new(SETTLE);
    inbox.see(Path::new("a"), seen(1, 1), None, start);
    let later = start + SETTLE;
    assert_eq!(inbox.tick(later, true, |_| Look::There(seen(1, 1))), [settled("a", seen(1, 1))]);
    inbox
}

#[test]
fn a_growing_file_is_complete_only_when_it_stands_still() {
    let (mut inbox, start, path) = (Settling::new(SETTLE), Instant::now(), Path::new("a"));
    assert_eq!(inbox.see(path, seen(1, 1), None, start), [stirred("a")]);
    assert_eq!(inbox.due(), Some(start + SETTLE));
    let later = start + SETTLE;
    assert_eq!(inbox.tick(later, true, |_| Look::There(seen(2, 1))), []);
    assert_eq!(inbox.tick(later + SETTLE / 2, true, |_| Look::There(seen(2, 1))), []);
    assert_eq!(inbox.tick(later + SETTLE, true, |_| Look::There(seen(2, 1))), [settled("a", seen(2, 1))]);
    assert_eq!(inbox.due(), None);
}

#[test]
fn how_long_to_wait_depends_on_what_is_said() {
    let cases = [
        (Some(Hint::Complete), 5, Duration::ZERO),
        (Some(Hint::Complete), 0, SETTLE),
        (Some(Hint::Written), 5, HELD),
        (Some(Hint::Fresh), 0, HELD),
        (Some(Hint::Fresh), 5, SETTLE),
        (Some(Hint::Touched), 5, SETTLE),
        (None, 5, SETTLE),
    ];
    for (hint, size, wait) in cases {
        let (mut inbox, start) = (Settling::new(SETTLE), Instant::now());
        inbox.see(Path::new("a"), seen(size, 1), hint, start);
        assert_eq!(inbox.due(), Some(start + wait), "{hint:?} {size}");
    }
}

#[test]
fn a_writer_that_pauses_is_waited_for_and_one_that_closes_is_not() {
    let (mut inbox, start, path) = (Settling::new(SETTLE), Instant::now(), Path::new("a"));
    inbox.see(path, seen(0, 1), Some(Hint::Fresh), start);
    inbox.see(path, seen(1, 1), Some(Hint::Written), start);
    assert_eq!(inbox.tick(start + HELD / 2, true, |_| Look::There(seen(1, 1))), [], "a pause longer than settle");
    // Its owner or rights say nothing of the writer.
    inbox.see(path, seen(1, 1), Some(Hint::Touched), start + HELD / 2);
    assert_eq!(inbox.due(), Some(start + HELD));
    let pause = start + HELD;
    assert_eq!(inbox.tick(pause, true, |_| Look::There(seen(1, 1))), [settled("a", seen(1, 1))], "given up");
    assert_eq!(inbox.see(path, seen(2, 1), Some(Hint::Written), pause + HELD), [stirred("a")], "half was not final");
    inbox.see(path, seen(2, 1), Some(Hint::Complete), pause + HELD);
    assert_eq!(inbox.tick(pause + HELD, true, |_| Look::There(seen(2, 1))), [settled("a", seen(2, 1))]);
}

#[test]
fn who_closes_again_and_again_is_not_done() {
    let start = Instant::now();
    let mut inbox = settled_inbox(start);
    let closed = start + SETTLE + SETTLE / 3;
    assert_eq!(inbox.see(Path::new("a"), seen(2, 1), Some(Hint::Complete), closed), [stirred("a")]);
    assert_eq!(inbox.due(), Some(closed + SETTLE));
}

#[test]
fn a_notification_about_a_known_file_makes_it_read_again() {
    let start = Instant::now();
    let (mut inbox, path) = (settled_inbox(start), Path::new("a"));
    let later = start + SETTLE * 3;
    assert_eq!(inbox.see(path, seen(1, 1), None, later), []);
    assert_eq!(inbox.see(path, seen(1, 1), Some(Hint::Touched), later), [stirred("a")]);
}

#[test]
fn a_rename_keeps_what_is_known() {
    let start = Instant::now();
    for (now_seen, also) in [(seen(1, 1), None), (seen(2, 1), Some(stirred("b")))] {
        let mut inbox = settled_inbox(start);
        inbox.miss(Path::new("a"), start + SETTLE);
        let mut expected = vec![Step::Moved { from: "a".into(), to: "b".into() }];
        expected.extend(also);
        let steps = inbox.see(Path::new("b"), now_seen, Some(Hint::Complete), start + SETTLE * 2);
        assert_eq!(steps, expected);
        assert_eq!(inbox.len(), 1);
    }
}

#[test]
fn the_number_of_a_deleted_file_may_be_given_to_another() {
    let start = Instant::now();
    let mut inbox = settled_inbox(start);
    inbox.miss(Path::new("a"), start + SETTLE);
    let mut other = seen(1, 1);
    other.stamp.born = Some(SystemTime::UNIX_EPOCH);
    assert_eq!(inbox.see(Path::new("b"), other, Some(Hint::Complete), start + SETTLE), [stirred("b")]);
    // Where nobody knows when files came to be, the content decides.
    let mut unborn = seen(1, 1);
    unborn.stamp.born = None;
    let other_content = Seen { stamp: Stamp { size: 7, ..unborn.stamp }, unfit: None, linked: false };
    assert!(unborn.stamp.is_same_file(&unborn.stamp) && !unborn.stamp.is_same_file(&other_content.stamp));
}

#[test]
fn a_replaced_file_is_no_deletion_and_a_deleted_one_is() {
    let start = Instant::now();
    let (mut inbox, path) = (settled_inbox(start), Path::new("a"));
    let later = start + SETTLE;
    inbox.miss(path, later);
    assert_eq!(inbox.see(path, seen(3, 2), Some(Hint::Complete), later), [stirred("a")]);
    inbox.miss(path, later);
    assert_eq!(inbox.tick(later + SETTLE, false, |_| Look::Absent), [], "a notification may tell where it is");
    assert_eq!(inbox.tick(later + SETTLE * 2, true, |_| Look::Unclear), [], "the system does not say");
    assert_eq!(inbox.tick(later + SETTLE * 3, true, |_| Look::Absent), [Step::Gone("a".into())]);
    assert_eq!(inbox.len(), 0);
    assert_eq!(inbox.due(), None);
}

#[test]
fn what_files_say_of_time_is_never_believed() {
    let day = Duration::from_secs(86_400);
    let times = [SystemTime::UNIX_EPOCH, SystemTime::now() - day, SystemTime::now() + day * 365];
    for modified in times {
        let (mut inbox, start) = (Settling::new(SETTLE), Instant::now());
        let file = Seen { stamp: Stamp { modified, ..seen(1, 1).stamp }, unfit: None, linked: false };
        assert_eq!(inbox.see(Path::new("a"), file.clone(), None, start), [stirred("a")]);
        assert_eq!(inbox.due(), Some(start + SETTLE), "{modified:?}");
        assert_eq!(inbox.tick(start + SETTLE, true, |_| Look::There(file.clone())), [settled("a", file.clone())]);
        // A clock set back: the same size, an earlier time.
        let earlier = Seen {
            stamp: Stamp { modified: modified - Duration::from_secs(3600), ..file.stamp },
            unfit: None,
            linked: false,
        };
        assert_eq!(inbox.see(Path::new("a"), earlier, None, start + SETTLE), [stirred("a")]);
    }
}

#[test]
fn thousands_of_renames_are_paired_by_number() {
    let (mut inbox, start) = (Settling::new(SETTLE), Instant::now());
    let path = |directory: &str, number: u64| PathBuf::from(format!("{directory}/{number}"));
    for number in 0..20_000 {
        inbox.see(&path("old", number), seen(1, number), None, start);
        inbox.miss(&path("old", number), start);
    }
    for number in 0..20_000 {
        let steps = inbox.see(&path("new", number), seen(1, number), None, start);
        assert_eq!(steps, [Step::Moved { from: path("old", number), to: path("new", number) }]);
    }
    assert_eq!(inbox.len(), 20_000);
}
