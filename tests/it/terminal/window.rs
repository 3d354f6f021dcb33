//! The window becomes another size, and colour is not wanted.

use super::{Inbox, Start, Terminal};
use crate::program::unbalanced;

#[test]
fn the_screen_follows_the_window() {
    let inbox = Inbox::with(&[("坏.txt", &unbalanced())]);
    let mut terminal = Terminal::open(inbox.path());
    terminal.sees_line(&["不合格", "坏.txt"]);
    let fits = |columns: usize, rows: usize, words: &'static str| {
        move |screen: &str| {
            screen.contains(words)
                && screen
                    .lines()
                    .nth(rows - 1)
                    .is_some_and(|last| last.contains("退出") && unicode_width::UnicodeWidthStr::width(last) <= columns)
        }
    };
    for (columns, rows) in [(80, 24), (200, 60), (60, 16)] {
        terminal.resize(columns, rows);
        terminal.shows(&format!("{columns}x{rows}"), fits(columns.into(), rows.into(), "甲县医疗保障局"));
    }
    terminal.resize(20, 5);
    terminal.sees("窗口太小");
    terminal.resize(80, 24);
    terminal.sees_line(&["不合格", "甲县医疗保障局"]);
    terminal.press("<enter>");
    terminal.press("4");
    terminal.sees("看原文");
    terminal.resize(20, 5);
    terminal.sees("窗口太小");
    terminal.resize(1, 1);
    terminal.resize(110, 32);
    terminal.sees("看原文");
    terminal.press("q");
    terminal.sees("筛选");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn the_screen_can_be_painted_anew() {
    let inbox = Inbox::with(&[("坏.txt", &unbalanced())]);
    let mut terminal = Terminal::open(inbox.path());
    terminal.sees_line(&["不合格", "坏.txt"]);
    // Something else wrote on the terminal.
    terminal.output.0.lock().unwrap().parser.process("\u{1b}[2J\u{1b}[5;5Hwrite: message from root".as_bytes());
    terminal.sees("message from root");
    terminal.press("<ctrl-l>");
    terminal.sees_line(&["不合格", "坏.txt"]);
    terminal.loses("message from root");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// The parameters of every `CSI … m` in `raw`.
fn styles(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw).into_owned();
    let sequences = text.split("\u{1b}[").skip(1);
    let ends = |sequence: &str| sequence.find(|c: char| ('@'..='~').contains(&c));
    sequences
        .filter_map(|sequence| Some((sequence, ends(sequence)?)))
        .filter(|(sequence, end)| sequence[*end..].starts_with('m'))
        .map(|(sequence, end)| sequence[..end].to_owned())
        .collect()
}

/// Whether parameters of a style set a colour other than the terminal's own.
fn is_colour(parameters: &str) -> bool {
    let sets =
        |code: &str| code.parse::<u8>().is_ok_and(|code| matches!(code, 30..=38 | 40..=48 | 58 | 90..=97 | 100..=107));
    parameters.split([';', ':']).next().is_some_and(sets)
}

#[test]
fn colour_can_be_declined() {
    let inbox = Inbox::with(&[("坏.txt", &unbalanced())]);
    for (start, coloured) in [
        (Start::new(), true),
        (Start::new().variable("NO_COLOR", "1"), false),
        (Start::new().arguments(&["--color", "never"]), false),
        (Start::new().variable("NO_COLOR", ""), true),
    ] {
        let mut terminal = start.open(inbox.path());
        terminal.sees_line(&["不合格", "坏.txt"]);
        terminal.press("n");
        terminal.sees("看原文");
        terminal.press("<enter>");
        terminal.sees("到单元格或问题");
        let styles = styles(&terminal.raw());
        assert!(!styles.is_empty(), "there is bold and reverse at least");
        assert_eq!(styles.iter().any(|style| is_colour(style)), coloured, "{styles:?}");
    }
}
