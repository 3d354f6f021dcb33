//! The dashboard as the office's memory: decisions survive, and operators see each other.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Inbox, Start, Terminal};
use crate::program::{balanced, nianshen, sample, unbalanced};

const RECEIVED: [u32; 7] = [2, 1, 0, 0, 0, 0, 3];

/// A dashboard on `inbox` with its ledger at `ledger`.
fn open(inbox: &Inbox, ledger: &str, more: &[&'static str]) -> Terminal {
    let mut arguments = vec!["--lang", "zh", "--state", String::leak(ledger.to_owned())];
    arguments.extend(more);
    let mut start = Start::new();
    start.arguments = arguments;
    start.open(inbox.path())
}

/// A place for a ledger.
fn ledger(directory: &TempDir) -> String {
    directory.path().join("a.ledger").to_str().unwrap().to_owned()
}

#[test]
fn what_was_decided_survives_a_restart_until_the_figures_change() {
    let (inbox, state) = (Inbox::with(&[("甲.txt", &unbalanced())]), TempDir::new().unwrap());
    let ledger = ledger(&state);
    let mut terminal = open(&inbox, &ledger, &[]);
    terminal.sees_line(&["不合格", "甲县医疗保障局", "甲.txt"]);
    terminal.types("b");
    terminal.sees("退回 甲县医疗保障局");
    terminal.types("请核对表三<enter>");
    terminal.sees("已记录：甲县医疗保障局 退回");
    terminal.sees_line(&["甲县医疗保障局", "已退回"]);
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);

    let mut terminal = open(&inbox, &ledger, &[]);
    terminal.sees_line(&["不合格", "甲县医疗保障局", "已退回"]);
    // The same figures under another name are the same report.
    fs::rename(inbox.at("甲.txt"), inbox.at("乙.txt")).unwrap();
    terminal.sees_line(&["甲县医疗保障局", "乙.txt", "已退回"]);
    inbox.drop_in("乙.txt", balanced().as_bytes());
    terminal.sees_line(&["合格", "甲县医疗保障局", "待重审"]);
    terminal.types("H");
    terminal.sees("上次 ");
    terminal.sees("v2");
    terminal.sees("请核对表三");
    terminal.types("qp");
    terminal.sees_line(&["合格", "甲县医疗保障局", "已通过"]);
    terminal.types("u");
    terminal.sees_line(&["合格", "甲县医疗保障局", "待重审"]);
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    let verified =
        nianshen().args(["ledger", "verify", "--state", &ledger]).current_dir(inbox.path()).output().unwrap();
    assert!(verified.status.success(), "{verified:?}");
}

#[test]
fn findings_are_confirmed_and_dismissed_with_a_reason() {
    let (inbox, state) = (Inbox::with(&[("甲.txt", &unbalanced())]), TempDir::new().unwrap());
    let mut terminal = open(&inbox, &ledger(&state), &[]);
    terminal.sees_line(&["不合格", "甲.txt"]);
    terminal.types("<enter>");
    terminal.sees("到位置");
    terminal.types("d<enter>");
    terminal.sees("请写明理由");
    terminal.types("原件无误<enter>");
    terminal.sees("[排除问题]");
    terminal.sees("原件无误");
    terminal.types("u");
    terminal.loses("[排除问题]");
    terminal.types("c");
    terminal.sees("[确认问题]");
}

#[test]
fn operators_see_each_other() {
    let files = [("甲.txt", unbalanced()), ("乙.txt", sample("乙市民政局", RECEIVED))];
    let inbox = Inbox::with(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    let state = TempDir::new().unwrap();
    let ledger = ledger(&state);
    let (mut one, mut other) = (open(&inbox, &ledger, &[]), open(&inbox, &ledger, &[]));
    one.sees_line(&["不合格", "甲县医疗保障局"]);
    other.sees_line(&["不合格", "甲县医疗保障局"]);
    one.types("<enter>");
    one.sees("到位置");
    other.sees_line(&["甲县医疗保障局", "◐"]);
    one.types("q");
    one.sees("筛选");
    other.loses("◐");
    one.types("b<enter>");
    one.sees_line(&["甲县医疗保障局", "已退回"]);
    other.sees_line(&["甲县医疗保障局", "已退回"]);
    let mut reader = open(&inbox, &ledger, &["--read-only"]);
    reader.sees_line(&["甲县医疗保障局", "已退回"]);
    reader.types("p");
    reader.sees("只读方式打开");
    other.types("O");
    reader.loses("已退回");
    one.loses("已退回");
}

#[test]
fn who_has_not_reported_is_on_the_first_screen() {
    let inbox = Inbox::with(&[("甲.txt", &balanced())]);
    fs::write(
        inbox.at("roster.csv"),
        "机关,联系人,截止\n甲县医疗保障局,,\n甲县水利局,值班室 0000-6120002,2020-01-10\n甲县民政局,,2099-01-10\n",
    )
    .unwrap();
    let state = TempDir::new().unwrap();
    let terminal = open(&inbox, &ledger(&state), &[]);
    terminal.sees_line(&["合格", "甲县医疗保障局"]);
    terminal.sees_line(&["未报送", "甲县水利局", "逾期"]);
    terminal.sees_line(&["待报送", "甲县民政局", "还有"]);
    terminal.sees("共 3 家 · 已报 1 · 未到 2");
    inbox.drop_in("水利局.txt", sample("甲县水利局", RECEIVED).as_bytes());
    terminal.loses("未报送");
    terminal.sees("共 3 家 · 已报 2 · 未到 1");
}

#[test]
fn a_ledger_in_the_inbox_or_of_a_newer_program_is_refused() {
    let inbox = Inbox::with(&[("甲.txt", &balanced())]);
    let inside = inbox.at("a.ledger").to_str().unwrap().to_owned();
    let mut terminal = open(&inbox, &inside, &[]);
    terminal.sees("台账不能放在收件目录里");
    assert_eq!(terminal.ends().exit_code(), 2);
    assert!(!inbox.at("a.ledger").exists());
}

#[test]
fn last_years_report_is_remembered_when_its_file_has_gone() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/complete/青溪县数据局2024.txt");
    let last = fs::read_to_string(path).unwrap();
    let inbox = Inbox::with(&[("去年.txt", &last)]);
    let state = TempDir::new().unwrap();
    let ledger = ledger(&state);
    let mut terminal = open(&inbox, &ledger, &[]);
    terminal.sees_line(&["2024", "青溪县数据局", "去年.txt"]);
    inbox.drop_in("今年.txt", last.replace("2024", "2025").as_bytes());
    terminal.sees_line(&["2025", "今年.txt"]);
    terminal.sees("CAR004");
    fs::remove_file(inbox.at("去年.txt")).unwrap();
    terminal
        .shows("last year's report is remembered", |screen| !screen.contains("去年.txt") && screen.contains("CAR004"));
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    let terminal = open(&inbox, &ledger, &[]);
    terminal.sees_line(&["2025", "今年.txt"]);
    terminal.sees("CAR004");
}

#[test]
fn what_is_saved_over_an_earlier_version_is_another_version() {
    let inbox = Inbox::with(&[("甲.txt", &unbalanced())]);
    let state = TempDir::new().unwrap();
    let ledger = ledger(&state);
    let mut terminal = open(&inbox, &ledger, &[]);
    terminal.sees_line(&["不合格", "甲.txt"]);
    inbox.drop_in("甲.txt", balanced().as_bytes());
    terminal.sees_line(&["合格", "甲.txt"]);
    terminal.sees("INB003");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    let terminal = open(&inbox, &ledger, &[]);
    terminal.sees("INB003");
}

#[test]
fn what_comes_in_answer_to_a_return_is_seen_even_if_it_cannot_be_read() {
    let inbox = Inbox::with(&[("甲.txt", &unbalanced())]);
    fs::write(inbox.at("roster.csv"), "机关,截止\n甲县医疗保障局,2099-01-10\n").unwrap();
    let state = TempDir::new().unwrap();
    let mut terminal = open(&inbox, &ledger(&state), &[]);
    terminal.sees_line(&["不合格", "甲.txt"]);
    // A picture beside the report hides behind it.
    let picture = "甲县医疗保障局2023年政府信息公开工作年度报告\n详见附件。\n";
    inbox.drop_in("图.txt", picture.as_bytes());
    terminal.sees("其他文件 1");
    terminal.types("b<enter>");
    terminal.sees_line(&["甲.txt", "已退回"]);
    inbox.drop_in("答复.txt", picture.replace("附件", "附件扫描件").as_bytes());
    terminal.sees_line(&["无法识别", "答复.txt", "待重审"]);
    terminal.sees_line(&["甲.txt", "已退回"]);
}

#[test]
fn a_broken_roster_is_said_and_the_one_before_holds() {
    let inbox = Inbox::with(&[("甲.txt", &balanced())]);
    fs::write(inbox.at("roster.csv"), "机关\n甲县医疗保障局\n甲县水利局\n").unwrap();
    let state = TempDir::new().unwrap();
    let terminal = open(&inbox, &ledger(&state), &[]);
    terminal.sees_line(&["甲县水利局"]);
    fs::write(inbox.at("roster.csv"), "机关,月相\n甲县医疗保障局,\n").unwrap();
    terminal.sees("沿用原名单");
    terminal.sees_line(&["甲县水利局"]);
    fs::write(inbox.at("roster.csv"), "机关\n甲县医疗保障局\n").unwrap();
    terminal.loses("甲县水利局");
    terminal.loses("沿用原名单");
}

#[test]
fn what_was_assigned_by_hand_is_remembered_and_can_be_taken_back() {
    let inbox = Inbox::with(&[("甲.txt", &balanced())]);
    fs::write(inbox.at("roster.csv"), "机关,截止\n甲县健康保险中心,2099-01-10\n").unwrap();
    let state = TempDir::new().unwrap();
    let ledger = ledger(&state);
    let mut terminal = open(&inbox, &ledger, &[]);
    terminal.sees("ORG001");
    terminal.types("a");
    terminal.sees("归属");
    terminal.types("jkbx<enter>");
    terminal.loses("ORG001");
    terminal.sees("共 1 家 · 已报 1 · 未到 0");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    let mut terminal = open(&inbox, &ledger, &[]);
    terminal.sees("共 1 家 · 已报 1 · 未到 0");
    // It was decided in another run.
    terminal.types("u");
    terminal.sees("再按 u 撤销");
    terminal.types("u");
    terminal.sees("ORG001");
    terminal.sees("共 2 家 · 已报 1 · 未到 1");
}
