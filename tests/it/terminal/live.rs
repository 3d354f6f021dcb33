//! What happens in the inbox is on the screen by itself.

use std::fs;

use super::{Inbox, Start, Terminal, generated, has_line};
use crate::archives::zipped;
use crate::generate::layout::Layout;
use crate::program::{balanced, sample, unbalanced};

const RECEIVED: [u32; 7] = [2, 1, 0, 0, 0, 0, 3];

#[test]
fn a_dropped_file_shows_its_agency_and_verdict_without_a_key() {
    let inbox = Inbox::with(&[]);
    let terminal = Terminal::open(inbox.path());
    terminal.sees("收件目录里还没有文件");
    let good = generated(Layout::RowPerLine, 7);
    inbox.drop_in("好.txt", &good.bytes);
    terminal.sees_line(&["合格", &good.agency.name, &good.year.to_string(), "好.txt"]);
    fs::write(inbox.at("坏.txt"), unbalanced()).unwrap();
    terminal.sees_line(&["不合格", "甲县医疗保障局", "坏.txt"]);
    terminal.sees("共 2 份");
}

#[test]
fn changes_renames_and_deletions_show() {
    let inbox = Inbox::with(&[("甲.txt", &unbalanced()), ("乙.txt", &sample("乙市民政局", RECEIVED))]);
    let terminal = Terminal::open(inbox.path());
    terminal.sees_line(&["不合格", "甲.txt"]);
    fs::write(inbox.at("甲.txt"), sample("丁县统计局", RECEIVED)).unwrap();
    terminal.shows("the new verdict", |screen| {
        has_line(screen, &["丁县统计局", "甲.txt"]) && !has_line(screen, &["不合格", "甲.txt"])
    });
    fs::rename(inbox.at("甲.txt"), inbox.at("改名.txt")).unwrap();
    terminal
        .shows("the new name", |screen| has_line(screen, &["丁县统计局", "改名.txt"]) && !screen.contains("甲.txt"));
    fs::remove_file(inbox.at("改名.txt")).unwrap();
    terminal.loses("丁县统计局");
    terminal.sees("共 1 份");
    fs::create_dir(inbox.at("四月")).unwrap();
    fs::rename(inbox.at("乙.txt"), inbox.at("四月/乙.txt")).unwrap();
    terminal.sees_line(&["乙市民政局", "四月/乙.txt"]);
}

#[test]
fn a_dropped_archive_shows_its_members() {
    let inbox = Inbox::with(&[]);
    let terminal = Terminal::open(inbox.path());
    let pdf: &[u8] = b"%PDF-1.7\nand nothing that belongs there";
    inbox.drop_in("全县.zip", &zipped(&[("甲.txt", balanced().as_bytes()), ("坏.pdf", pdf)]));
    terminal.sees_line(&["合格", "甲县医疗保障局", "全县.zip!甲.txt"]);
    terminal.sees_line(&["无法识别", "全县.zip!坏.pdf"]);
    terminal.sees("共 2 份");
    fs::remove_file(inbox.at("全县.zip")).unwrap();
    terminal.loses("全县.zip");
}

#[test]
fn the_cursor_stays_on_its_file_and_an_open_file_keeps_up() {
    let inbox =
        Inbox::with(&[("乙.txt", &sample("乙市民政局", RECEIVED)), ("丙.txt", &sample("丙市民政局", RECEIVED))]);
    let mut terminal = Terminal::open(inbox.path());
    terminal.sees_line(&["乙市民政局", "2023"]);
    terminal.sees_line(&["丙市民政局", "2023"]);
    terminal.press("G");
    terminal.sees_line(&["▌", "乙市民政局"]);
    inbox.drop_in("坏.txt", unbalanced().as_bytes());
    terminal.sees_line(&["不合格", "坏.txt"]);
    terminal.sees_line(&["▌", "乙市民政局"]);
    terminal.press("<enter>");
    terminal.sees("到位置");
    fs::write(inbox.at("乙.txt"), unbalanced()).unwrap();
    terminal.sees("REQ");
    fs::remove_file(inbox.at("乙.txt")).unwrap();
    terminal.sees("文件已不在收件目录中");
}

#[test]
fn keys_are_answered_while_a_thousand_files_arrive() {
    let inbox = Inbox::with(&[("坏.txt", &unbalanced())]);
    let mut terminal = Start::new().size(120, 40).open(inbox.path());
    terminal.sees_line(&["不合格", "坏.txt"]);
    let reports: Vec<Vec<u8>> = (0..10).map(|seed| generated(Layout::ALL[seed], seed as u64).bytes).collect();
    let directory = inbox.path().to_owned();
    let burst = std::thread::spawn(move || {
        for number in 0..1000 {
            fs::write(directory.join(format!("{number}.txt")), &reports[number % reports.len()]).unwrap();
        }
    });
    // Every key is seen to have done its work before the next one.
    for _ in 0..10 {
        terminal.press("?");
        terminal.sees("按键");
        terminal.press("q");
        terminal.sees("筛选");
        terminal.press("s");
        terminal.press("/");
        terminal.sees("确定");
        terminal.press("jxyl");
        terminal.sees("/ jxyl");
        terminal.press("<esc>");
        terminal.loses("确定");
    }
    burst.join().unwrap();
    // Ten reports arrived a hundred times each: the newest of each counts.
    terminal.sees("共 11 份 · 旧版 990");
    terminal.shows("nothing waiting", |screen| !screen.contains('…') && !screen.contains("待审 "));
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn without_notifications_it_looks_by_itself() {
    let inbox = Inbox::with(&[]);
    let terminal = Start::new().arguments(&["--poll", "100ms"]).open(inbox.path());
    terminal.sees("轮询中");
    inbox.drop_in("甲.txt", balanced().as_bytes());
    terminal.sees_line(&["甲县医疗保障局", "甲.txt"]);
}
