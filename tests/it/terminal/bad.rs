//! Bad input: each file is listed with a clear reason, the others are as they would be alone, and no
//! control character of a file or its name reaches the terminal.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use super::{Inbox, Start, Terminal};
use crate::program::{balanced, json, nianshen, report, unbalanced};

/// Names of the files in [`bad_inbox`] with the reason given for each, in Chinese and in English.
const BAD: [(&str, &str, &str); 8] = [
    ("k1空.txt", "文件是空的", "empty"),
    ("k2目录.txt", "目录", "directory"),
    ("k3管道.txt", "命名管道", "named pipe"),
    ("k4无权.txt", "没有读取权限", "no permission"),
    ("k5噪声.txt", "过大", "too large"),
    ("k6程序.txt", "ELF", "ELF"),
    ("k7乱码.txt", "不是文本", "not text"),
    ("k8杂音.txt", "不是文本", "not text"),
];

/// One file of every bad kind beside one report in order and one that is not.
fn bad_inbox() -> Inbox {
    let inbox =
        Inbox::with(&[("坏.txt", &unbalanced()), ("好.txt", &balanced().replace("甲县", "丁县")), (BAD[0].0, "")]);
    fs::create_dir(inbox.at(BAD[1].0)).unwrap();
    assert!(Command::new("mkfifo").arg(inbox.at(BAD[2].0)).status().unwrap().success());
    fs::write(inbox.at(BAD[3].0), balanced()).unwrap();
    fs::set_permissions(inbox.at(BAD[3].0), fs::Permissions::from_mode(0o000)).unwrap();
    fs::File::create(inbox.at(BAD[4].0)).unwrap().set_len(200 << 20).unwrap();
    fs::write(inbox.at(BAD[5].0), fs::read("/bin/sh").unwrap()).unwrap();
    // A mixture of two encodings, and bytes that are none.
    let mut mixed = balanced().into_bytes();
    mixed.truncate(900);
    mixed.extend([0xff, 0xfe, 0x80, 0xc3, 0x28, 0xa0, 0xa1, 0xff].repeat(200));
    fs::write(inbox.at(BAD[6].0), mixed).unwrap();
    let mut noise = crate::generate::rng::Rng::new(5);
    let bytes: Vec<u8> = (0..200_000).map(|_| u8::try_from(noise.below(256)).unwrap()).collect();
    fs::write(inbox.at(BAD[7].0), bytes).unwrap();
    inbox
}

/// The program with its arguments so that permissions count, even for the superuser; `None` where
/// that cannot be had.
fn bound_by_permissions(inbox: &Inbox) -> Option<Vec<String>> {
    let program = vec![env!("CARGO_BIN_EXE_nianshen").to_owned()];
    if fs::File::open(inbox.at(BAD[3].0)).is_err() {
        return Some(program);
    }
    let bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"].map(str::to_owned);
    let works = Command::new(&bound[0]).arg(&bound[1]).arg("true").output().is_ok_and(|run| run.status.success());
    works.then(|| bound.into_iter().chain(program).collect())
}

#[test]
fn check_lists_each_with_its_reason() {
    let inbox = bad_inbox();
    let bound = bound_by_permissions(&inbox);
    let program = bound.clone().unwrap_or_else(|| vec![env!("CARGO_BIN_EXE_nianshen").to_owned()]);
    let output = Command::new(&program[0])
        .args(&program[1..])
        .args(["check", ".", "--format", "json", "--lang", "en"])
        .current_dir(inbox.path())
        .output()
        .unwrap();
    let document = json(&output);
    assert_eq!(document["reports"].as_array().unwrap().len(), BAD.len() + 2);
    for (index, (name, _, reason)) in BAD.into_iter().enumerate().filter(|(index, _)| *index != 3 || bound.is_some()) {
        let entry = report(&document, name);
        assert_eq!(entry["verdict"], "unreadable", "{index} {entry}");
        assert_eq!(entry["findings"][0]["rule"], "INB004", "{entry}");
        assert!(entry["findings"][0]["message"].as_str().unwrap().contains(reason), "{entry}");
    }
    for name in ["好.txt", "坏.txt"] {
        let alone = nianshen().current_dir(inbox.path()).args(["check", name, "--format", "json"]).output().unwrap();
        assert_eq!(report(&document, name), report(&json(&alone), name));
    }
}

#[test]
fn the_dashboard_lists_each_with_its_reason() {
    let inbox = bad_inbox();
    let bound = bound_by_permissions(&inbox);
    let mut start = Start::new();
    start.program = bound.clone().unwrap_or(start.program);
    let mut terminal = start.open(inbox.path());
    terminal.sees_line(&["不合格", "甲县医疗保障局", "坏.txt"]);
    terminal.sees_line(&["2023", "丁县医疗保障局", "好.txt"]);
    terminal.sees("共 10 份");
    for (index, (name, reason, _)) in BAD.into_iter().enumerate().filter(|(index, _)| *index != 3 || bound.is_some()) {
        terminal.sees_line(&["无法识别", name]);
        terminal.press("/");
        terminal.sees("确定");
        terminal.press(&name[..2]);
        terminal.sees("1/10");
        terminal.press("<enter>");
        terminal.loses("确定");
        terminal.press("<enter>");
        terminal.sees("到位置");
        terminal.sees("INB004");
        terminal.sees(reason);
        for tab in ["2", "3", "4", "5", "6"] {
            let before = terminal.screen();
            terminal.press(tab);
            terminal.shows(&format!("tab {tab} of file {index}"), |screen| screen != before);
        }
        terminal.press("q");
        terminal.sees("筛选");
        terminal.press("<esc>");
        terminal.sees("坏.txt");
    }
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// Every control character of `raw` that the dashboard has no use for, with what follows it. It writes
/// CSI sequences of a few kinds and nothing else.
fn strangers(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8(raw.to_vec()).expect("it writes UTF-8");
    let mut strangers = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| !nianshen::text::is_printable(*c)) {
        let rest: String = text[at..].chars().take(24).collect();
        let parameters =
            rest.strip_prefix("\u{1b}[").map(|rest| rest.trim_start_matches(|c: char| "0123456789;?".contains(c)));
        let is_ours = parameters.is_some_and(|rest| rest.starts_with(['H', 'm', 'h', 'l', 'J', 'K']));
        if c != '\u{1b}' || !is_ours {
            strangers.push(rest);
        }
    }
    strangers
}

#[test]
fn no_control_character_of_a_file_or_its_name_reaches_the_terminal() {
    let evil = "\u{1b}[31;7m\u{1b}]0;owned\u{7}\u{1b}c\u{1b}[?1049l\u{1b}[5n\u{9b}2J\u{8}\0\u{202e}\u{200f}";
    let text = unbalanced()
        .replace("甲县", &format!("甲{evil}县"))
        .replace("自然人", &format!("自{evil}然人"))
        .replace("（一）予以公开 ", &format!("（一）予以公开 {evil}"));
    let inbox = Inbox::with(&[("好.txt", &balanced().replace("甲县", "丁县"))]);
    let names: [&[u8]; 4] = [
        b"k1\x1b[2Jescape\x1b]0;owned\x07.txt",
        b"k2line\nbreak\r.txt",
        b"k3not\xffutf8\x9b2J.txt",
        b"k4\xe2\x80\xaetxt.exe.txt",
    ];
    for name in names {
        fs::write(inbox.path().join(OsStr::from_bytes(name)), &text).unwrap();
    }
    fs::write(inbox.at("k5\u{1b}[31m空.txt"), "").unwrap();
    fs::write(inbox.at("k6零.txt"), format!("{}\0{evil}", balanced())).unwrap();
    for lang in ["zh", "en"] {
        let mut start = Start::new().size(160, 50);
        start.arguments = vec!["--lang", lang];
        let mut terminal = start.open(inbox.path());
        for name in ["k1", "k2", "k3", "k4", "k5", "k6"] {
            terminal.sees(&format!(" {name}"));
        }
        terminal.sees_line(&["丁县医疗保障局", "好.txt"]);
        for name in ["k1", "k2", "k3", "k4", "k5", "k6"] {
            visit(&mut terminal, name);
        }
        terminal.press("q");
        assert_eq!(terminal.ends().exit_code(), 0);
        terminal.is_given_back();
        assert_eq!(strangers(&terminal.raw()), Vec::<String>::new(), "{lang}");
    }
}

/// Opens the file that the filter `name` finds, shows all there is of it, and comes back.
fn visit(terminal: &mut Terminal, name: &str) {
    terminal.press("/");
    terminal.press(name);
    terminal.sees(&format!("/ {name}"));
    terminal.press("<enter>");
    terminal.sees("1/7");
    terminal.press("<enter>");
    terminal.loses("筛选");
    terminal.loses("filter");
    for tab in ["2", "3", "4", "5", "6", "1"] {
        let before = terminal.screen();
        terminal.press(tab);
        terminal.shows(tab, |screen| screen != before);
        assert!(terminal.screen().lines().flat_map(str::chars).all(|c| !c.is_control()), "{name} {tab}");
    }
    terminal.press("q");
    terminal.sees("1/7");
    terminal.press("<esc>");
    terminal.sees("好.txt");
}
