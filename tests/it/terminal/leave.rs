//! The ways out, and the terminal afterwards.

use super::{Inbox, Start, Terminal};
use crate::program::unbalanced;

fn inbox() -> Inbox {
    Inbox::with(&[("坏.txt", &unbalanced())])
}

fn opened(inbox: &Inbox) -> Terminal {
    let mut terminal = Terminal::open(inbox.path());
    terminal.sees_line(&["不合格", "坏.txt"]);
    terminal.is_taken();
    terminal
}

/// Whether the bytes that give a terminal back are in `raw`.
fn gives_back(raw: &[u8]) -> bool {
    let has = |part: &[u8]| raw.windows(part.len()).any(|window| window == part);
    has(b"\x1b[?1049l") && has(b"\x1b[?25h") && has(b"\x1b[?2004l")
}

#[test]
fn q_ends_with_status_0_and_the_terminal_as_it_was() {
    let inbox = inbox();
    let mut terminal = opened(&inbox);
    terminal.press("<enter>");
    terminal.sees("到位置");
    terminal.press("q");
    terminal.sees("筛选");
    terminal.press("q");
    let status = terminal.ends();
    assert_eq!((status.exit_code(), status.signal()), (0, None));
    terminal.is_given_back();
    assert!(gives_back(&terminal.raw()));
}

#[test]
fn ctrl_c_ends_from_anywhere() {
    let inbox = inbox();
    for keys in [&[][..], &["/", "甲"], &["<enter>"], &["<enter>", "?"]] {
        let mut terminal = opened(&inbox);
        for key in keys {
            let before = terminal.screen();
            terminal.press(key);
            terminal.shows(key, |screen| screen != before);
        }
        terminal.press("<ctrl-c>");
        let status = terminal.ends();
        assert_eq!((status.exit_code(), status.signal()), (0, None), "{keys:?}");
        terminal.is_given_back();
    }
}

#[test]
fn a_signal_ends_it_as_the_signal_would_but_the_terminal_is_given_back() {
    let inbox = inbox();
    for (name, words) in [("TERM", "Terminated"), ("HUP", "Hangup"), ("INT", "Interrupt"), ("QUIT", "Quit")] {
        let mut terminal = opened(&inbox);
        terminal.signal(name);
        let status = terminal.ends();
        assert!(status.signal().is_some_and(|signal| signal.starts_with(words)), "{name}: {status:?}");
        terminal.is_given_back();
        assert!(gives_back(&terminal.raw()), "{name}");
    }
}

#[test]
fn it_can_be_stopped_and_continued() {
    let inbox = inbox();
    for by_key in [true, false] {
        let mut terminal = opened(&inbox);
        terminal.press("<enter>");
        terminal.sees("到位置");
        if by_key {
            terminal.press("<ctrl-z>");
        } else {
            terminal.signal("TSTP");
        }
        terminal.is_given_back();
        inbox.drop_in("后来.txt", unbalanced().as_bytes());
        // It may not have stopped yet: then the first one is lost on it.
        terminal.asked("the dashboard again", |terminal| {
            terminal.signal("CONT");
            terminal.is_raw() && terminal.screen().contains("到位置")
        });
        terminal.is_taken();
        terminal.press("q");
        terminal.sees("后来.txt");
        terminal.press("q");
        assert_eq!(terminal.ends().exit_code(), 0);
        terminal.is_given_back();
    }
}

#[test]
fn a_terminal_that_goes_away_ends_it() {
    let inbox = inbox();
    let mut terminal = opened(&inbox);
    terminal.hang_up();
    terminal.ends();
}

#[test]
fn what_cannot_be_watched_leaves_the_terminal_alone() {
    let inbox = inbox();
    let mut terminal = Start::new().open(&inbox.at("没有"));
    assert_eq!(terminal.ends().exit_code(), 2);
    terminal.sees("没有这个文件或目录");
    assert!(!terminal.raw().contains(&0x1b), "{}", terminal.screen());
    assert!(!terminal.is_raw());
}
