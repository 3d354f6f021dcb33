//! Workers that are no readers at all: the shell, and what it says.

use std::ops::ControlFlow;

use super::*;
use crate::document::sniff::Archive;

/// Longer than anything takes.
const LONG: Duration = Duration::from_secs(60);

fn shell(script: &str) -> Program {
    Program { path: "/bin/sh".into(), arguments: ["-c", script].map(Into::into).to_vec() }
}

/// What becomes of a request to a worker that does this.
fn asked(script: &str, limit: Duration) -> Trouble {
    let mut worker = Worker::start(&shell(script), limit).unwrap();
    let trouble = worker.document(b"%PDF-").unwrap_err();
    assert!(worker.is_spent());
    trouble
}

#[test]
fn who_takes_too_long_is_ended() {
    let limit = Duration::from_millis(20);
    assert!(matches!(asked("sleep 1000", limit), Trouble::Late(_)));
    assert!(matches!(asked("exec sleep 1000", limit), Trouble::Late(_)));
    // It does not even take the file.
    let mut worker = Worker::start(&shell("exec sleep 1000"), limit).unwrap();
    assert!(matches!(worker.document(&vec![0; 1 << 20]), Err(Trouble::Late(_))));
}

#[test]
fn who_dies_is_known_to_have_died() {
    assert!(matches!(asked("exit 3", LONG), Trouble::Crash));
    assert!(matches!(asked("kill -9 $$", LONG), Trouble::Crash));
    assert!(matches!(asked("kill -11 $$", LONG), Trouble::Crash));
    assert!(matches!(asked("echo nonsense, much longer than a length would be", LONG), Trouble::Crash));
}

#[test]
fn who_runs_out_of_memory_says_so() {
    assert!(matches!(asked("echo memory allocation of 99 bytes failed >&2; kill -6 $$", LONG), Trouble::Memory));
}

#[test]
fn who_cannot_be_started_is_told() {
    let program = Program { path: "/nowhere/at/all".into(), arguments: Vec::new() };
    assert!(matches!(Worker::start(&program, LONG), Err(Trouble::Unstartable(_))));
}

#[test]
fn a_worker_lives_in_an_empty_environment_and_a_group_of_its_own() {
    let mut worker = Worker::start(&shell("env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD= >&2"), LONG).unwrap();
    let mut said = String::new();
    worker.said.read_to_string(&mut said).unwrap();
    assert_eq!(said, "MALLOC_ARENA_MAX=1\n");
    let mut worker = Worker::start(&shell("cut -d' ' -f 1,5 /proc/self/stat >&2; exec sleep 0"), LONG).unwrap();
    let mut said = String::new();
    worker.said.read_to_string(&mut said).unwrap();
    let own = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    assert_ne!(said.split_whitespace().nth(1), own.split_whitespace().nth(4));
}

#[test]
fn an_archive_that_breaks_off_is_trouble_after_its_members() {
    let mut spoken = Vec::new();
    Answer::Member("a.txt".to_owned(), Ok(())).write(&mut spoken).unwrap();
    super::super::message::write_bytes(b"one", &mut spoken).unwrap();
    let octal: String = spoken.iter().map(|byte| format!("\\{byte:03o}")).collect();
    let mut worker = Worker::start(&shell(&format!("head -c 9 > /dev/null; printf '{octal}'; exit 1")), LONG).unwrap();
    let mut members = Vec::new();
    let ended = worker.unpack(Request::Unpack(Archive::Zip), b"", &mut |member| {
        members.push(member);
        ControlFlow::Continue(())
    });
    assert!(matches!(ended, Err(Trouble::Crash)), "{ended:?}");
    assert_eq!(members.len(), 1);
    assert_eq!((members[0].path.as_str(), members[0].content.as_deref()), ("a.txt", Ok(b"one".as_slice())));
}
