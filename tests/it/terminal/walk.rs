//! The way down from the list to the character in the file, and the filter.

use super::{Inbox, Start, Terminal, generated};
use crate::generate::layout::Layout;
use crate::program::{sample, unbalanced};

#[test]
fn from_the_list_to_the_line_in_the_file_and_back() {
    let inbox = Inbox::with(&[("坏.txt", &unbalanced())]);
    let good = generated(Layout::Tabs, 1);
    inbox.drop_in("好.txt", &good.bytes);
    let mut terminal = Terminal::open(inbox.path());
    terminal.sees_line(&["甲县医疗保障局", "不合格", "2023", "坏.txt"]);
    terminal.sees_line(&[&good.agency.name, &good.year.to_string(), "好.txt"]);
    terminal.press("<enter>");
    terminal.sees("到位置");
    terminal.sees("REQ");
    terminal.press("<enter>");
    terminal.sees("看原文");
    let cell = "一、本年新收政府信息公开申请数量 · 总计  5";
    terminal.sees(cell);
    terminal.press("<enter>");
    terminal.sees("到单元格或问题");
    terminal.loses(cell);
    terminal.sees("一、本年新收政府信息公开申请数量");
    terminal.press("<enter>");
    terminal.sees(cell);
    terminal.press("<esc>");
    terminal.sees("筛选");
    terminal.sees("好.txt");
}

#[test]
fn the_same_way_in_english() {
    let inbox = Inbox::with(&[("bad.txt", &unbalanced())]);
    let mut terminal = Start::new().arguments(&["--lang", "en"]).size(80, 24).open(inbox.path());
    terminal.sees("watching");
    terminal.sees_line(&["noncompliant", "甲县医疗保障局"]);
    terminal.press("<enter>");
    terminal.sees("go to place");
    terminal.press("4");
    terminal.sees("off by 1");
    terminal.press("<enter>");
    terminal.sees("go to cell");
    terminal.press("q");
    terminal.sees("filter");
    terminal.press("L");
    terminal.sees("筛选");
    terminal.sees_line(&["不合格", "甲县医疗保障局"]);
}

#[test]
fn every_tab_shows_and_the_next_finding_is_one_key_away() {
    let inbox = Inbox::with(&[("坏.txt", &unbalanced())]);
    let mut terminal = Terminal::open(inbox.path());
    terminal.sees_line(&["不合格", "坏.txt"]);
    terminal.press("n");
    terminal.sees("看原文");
    for (key, sign) in [
        ("2", "（一）主动公开。2023年"),
        ("3", "行政规范性文件"),
        ("4", "自然人"),
        ("5", "复议后起诉"),
        ("6", "行政复议 行政诉讼"),
        ("1", "到位置"),
    ] {
        terminal.press(key);
        terminal.sees(sign);
    }
    terminal.press("m");
    terminal.sees("规则说明");
    terminal.press("q");
    terminal.sees("到位置");
    terminal.press("?");
    terminal.sees("按键");
    terminal.press("q");
    terminal.sees("到位置");
}

#[test]
fn the_filter_takes_initials_of_pinyin() {
    let received = [1, 0, 0, 0, 0, 0, 1];
    let inbox = Inbox::with(&[
        ("一.txt", &sample("新乡县财政局", received)),
        ("二.txt", &sample("利通区水务局", received)),
        ("三.txt", &sample("岚浦市民政局", received)),
    ]);
    let mut terminal = Terminal::open(inbox.path());
    for name in ["新乡县财政局", "利通区水务局", "岚浦市民政局"] {
        terminal.sees(name);
    }
    terminal.press("/");
    terminal.sees("拼音");
    terminal.press("xxx");
    terminal.shows("新乡县 alone", |screen| screen.contains("新乡县财政局") && !screen.contains("利通区"));
    terminal.sees("1/3");
    terminal.press("<esc>");
    terminal.sees("利通区水务局");
    terminal.press("/");
    terminal.press("ltq");
    terminal.shows("利通区 alone", |screen| screen.contains("利通区水务局") && !screen.contains("新乡县"));
    terminal.press("<enter>");
    terminal.loses("确定");
    terminal.press("<enter>");
    terminal.sees("到位置");
    terminal.sees("利通区水务局");
}
