//! What the dashboard does with keys and events, without a terminal.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use nianshen::finding::Verdict;
use nianshen::ledger::store::{DecisionKind, NewDecision, Operator, UnitKey};
use nianshen::ledger::{Class, Comparison, Event, Request, SortKey, Standing, State, Summary};
use nianshen::report::TableKind;
use nianshen::text::Lang;
use nianshen::tui::model::Tab;
use nianshen::tui::{Effect, Message, Model, update};
use proptest::prelude::*;

use crate::screens::inbox::{self, at, broken, events};
use crate::screens::{dashboard, draw, press, text};

fn open() -> Model {
    dashboard(Lang::Zh, (100, 30), events())
}

fn selected(model: &Model) -> &str {
    model.home.selected.as_deref().expect("a row is selected")
}

fn shown(model: &Model) -> Vec<&str> {
    model.home.rows.iter().map(|path| model.ledger.get(path).expect("it is listed").name()).collect()
}

/// An operator has decided on an agency.
fn decide(model: &mut Model, agency: &str, kind: DecisionKind) {
    let unit = UnitKey { agency: agency.to_owned(), year: Some(2023) };
    let new = NewDecision::new(unit, kind, at(9, 0), inbox::operator("wang"));
    update(model, Message::Inbox(vec![Event::Decided(vec![inbox::written(&new, 1)])]));
}

#[test]
fn undo_takes_back_what_was_decided_here_and_asks_before_it_takes_back_what_was_not() {
    let decision = |id, session: &str| {
        let unit = UnitKey { agency: "青溪县医疗保障局".to_owned(), year: Some(2023) };
        let operator = Operator { session: session.to_owned(), ..inbox::operator("li") };
        inbox::written(&NewDecision::new(unit, DecisionKind::Return, at(9, 0), operator), id)
    };
    let own = inbox::operator("li").session;
    let undone = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Ask(Request::Decide(draft)) => draft.undoes,
            _ => None,
        })
    };
    let u = || Message::Key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::NONE));
    let decided = |sessions: &[(i64, &str)]| {
        let mut model = open();
        let decisions = sessions.iter().map(|&(id, session)| decision(id, session)).collect();
        update(&mut model, Message::Inbox(vec![Event::Decided(decisions)]));
        model
    };
    let mut model = decided(&[(1, &own), (2, "another window")]);
    assert_eq!(undone(&update(&mut model, u())), Some(1));
    let mut model = decided(&[(2, "another window")]);
    assert_eq!(undone(&update(&mut model, u())), None);
    let notice = model.notice.clone().expect("it is told whose it is").en;
    assert!(notice.contains("decision 2") && notice.contains("li@gongkai"), "{notice}");
    press(&mut model, "<down><up>");
    assert_eq!(undone(&update(&mut model, u())), None, "another key was pressed");
    assert_eq!(undone(&update(&mut model, u())), Some(2));
}

#[test]
fn a_decision_on_a_file_without_an_agency_follows_it_to_another_name() {
    let mut model = open();
    let path = "扫描件.txt";
    let mut summary = (**model.ledger.get(path).and_then(|scan| scan.summary.as_ref()).expect("listed")).clone();
    summary.hash = Some("ab".repeat(32));
    let audited = |path: &str| Event::Audited {
        path: path.to_owned(),
        received: at(6, 0),
        summary: Arc::new(summary.clone()),
        audit: None,
    };
    let unit = UnitKey { agency: path.to_owned(), year: None };
    let new = NewDecision {
        path: Some(path.to_owned()),
        hash: summary.hash.clone(),
        ..NewDecision::new(unit, DecisionKind::Return, at(9, 0), inbox::operator("li"))
    };
    let decided = Event::Decided(vec![inbox::written(&new, 1)]);
    let state = |model: &Model, path: &str| {
        let submission = model.ledger.get(path).expect("it is listed");
        model.ledger.dispositions.of(submission).state
    };
    let renamed = Event::Renamed { from: path.to_owned(), to: "审计局.txt".to_owned() };
    update(&mut model, Message::Inbox(vec![audited(path), decided.clone(), renamed]));
    assert_eq!(state(&model, "审计局.txt"), State::Returned);
    // After a restart nothing is known of its old name but the decision.
    let mut model = dashboard(Lang::Zh, (100, 30), vec![decided, audited("审计局.txt")]);
    assert_eq!(state(&model, "审计局.txt"), State::Returned);
    // A copy beside what was decided on is a file of its own.
    update(&mut model, Message::Inbox(vec![audited(path), audited("副本.txt")]));
    assert_eq!(state(&model, "副本.txt"), State::Open);
}

#[test]
fn what_is_no_report_is_no_older_version_of_the_one_it_lies_beside() {
    let mut model = open();
    let behind = |path: &str| {
        let standing = Standing { superseded_by: Some("2023-云岭市民政局.txt".into()), ..Standing::default() };
        (Arc::from(path), standing)
    };
    let standings = vec![behind("扫描件.txt"), behind("2023-云岭市发展和改革委员会.txt")];
    let comparison = Comparison { standings, ..Comparison::default() };
    update(&mut model, Message::Inbox(vec![Event::Compared(comparison)]));
    let tally = model.ledger.tally();
    assert_eq!((tally.superseded, tally.beside, tally.files), (1, 1, 7));
    let screen = text(&draw(&model));
    assert!(screen.contains("旧版 1 · 其他文件 1") && !screen.contains("扫描件.txt"), "{screen}");
    press(&mut model, "v");
    let screen = text(&draw(&model));
    let row = |name: &str| screen.lines().find(|line| line.contains(name)).expect("it is listed").to_owned();
    assert!(row("扫描件.txt").contains("其他文件"), "{screen}");
    assert!(row("云岭市发展和改革委员会").contains("旧版"), "{screen}");
}

/// A screen of so many columns on which an agency is returned, another passed.
fn narrow(lang: Lang, columns: u16) -> String {
    let mut model = dashboard(lang, (columns, 12), events());
    decide(&mut model, "青溪县医疗保障局", DecisionKind::Return);
    text(&draw(&model))
}

#[test]
fn a_narrow_screen_tells_who_it_is_and_what_was_decided() {
    for lang in [Lang::Zh, Lang::En] {
        for columns in [40, 47, 48, 59, 60, 63, 64, 71, 72, 79] {
            let screen = narrow(lang, columns);
            let row = screen.lines().find(|line| line.contains("医疗保障局"));
            let row = row.unwrap_or_else(|| panic!("{columns} columns:\n{screen}"));
            assert!(row.contains('✗') && row.contains('↩'), "{columns} columns:\n{screen}");
        }
    }
    assert!(narrow(Lang::Zh, 100).contains("青溪县医疗保障局"));
}

#[test]
fn the_worst_comes_first() {
    let model = open();
    let verdicts: Vec<Option<Verdict>> = model
        .home
        .rows
        .iter()
        .map(|path| model.ledger.get(path).and_then(nianshen::ledger::Submission::verdict))
        .collect();
    let mut sorted = verdicts.clone();
    sorted.sort_by_key(|verdict| (verdict.is_none(), *verdict));
    assert_eq!(verdicts, sorted);
    assert_eq!(selected(&model), "2023-青溪县医疗保障局.txt");
}

#[test]
fn totals_add_up() {
    let tally = open().ledger.tally();
    let parts = Class::ALL.map(|class| tally.count(class));
    assert_eq!((parts.iter().sum::<usize>(), tally.rows, tally.files), (9, 9, 9));
}

#[test]
fn every_column_sorts_and_turns_round() {
    let mut model = open();
    decide(&mut model, "云岭市民政局", DecisionKind::Pass);
    for key in SortKey::ALL.into_iter().skip(1) {
        press(&mut model, "s");
        assert_eq!(model.home.order.key, key);
        let forward = model.home.rows.clone();
        press(&mut model, "r");
        assert_ne!(model.home.rows, forward, "{key:?}");
    }
    press(&mut model, "s");
    assert_eq!(model.home.order.key, SortKey::Verdict);
}

#[test]
fn the_cursor_stays_on_its_file() {
    let mut model = open();
    press(&mut model, "jjj");
    let path = selected(&model).to_owned();
    for number in 0..50 {
        let event = Event::audited(format!("{number}.txt"), at(9, number), broken());
        update(&mut model, Message::Inbox(vec![event]));
        assert_eq!(selected(&model), path);
    }
    let rows = usize::from(nianshen::tui::layout::home(model.area).list.height);
    assert!((model.home.offset..model.home.offset + rows).contains(&model.home.at()), "it is on the screen");
    update(&mut model, Message::Inbox(vec![Event::Renamed { from: path, to: "改名.txt".to_owned() }]));
    assert_eq!(selected(&model), "改名.txt");
    let before = model.home.at();
    update(&mut model, Message::Inbox(vec![Event::Removed { path: "改名.txt".to_owned() }]));
    assert_eq!(model.home.at(), before);
    assert_ne!(selected(&model), "改名.txt");
}

#[test]
fn who_has_chosen_nothing_stays_at_the_worst() {
    let mut model = dashboard(Lang::Zh, (100, 30), vec![Event::Discovered { path: "乙.txt".to_owned() }]);
    update(&mut model, Message::Inbox(vec![Event::audited("甲.txt", at(1, 1), broken())]));
    assert_eq!(selected(&model), "甲.txt");
}

#[test]
fn the_filter_knows_chinese_pinyin_verdicts_and_codes() {
    for (typed, found) in [
        ("水利", &["青溪县水利局"][..]),
        ("ylsmzj", &["云岭市民政局"]),
        ("yunling minzheng", &["云岭市民政局"]),
        ("REQ001", &["青溪县医疗保障局"]),
        ("req001", &["青溪县医疗保障局"]),
        ("不合格 qxxsl", &["青溪县水利局"]),
        ("unreadable", &["扫描件.txt"]),
        ("扫描", &["扫描件.txt"]),
    ] {
        let mut model = open();
        press(&mut model, &format!("/{typed}"));
        assert_eq!(shown(&model), found, "{typed}");
        press(&mut model, "<enter>");
        assert_eq!(shown(&model), found, "{typed} is kept");
        press(&mut model, "<esc>");
        assert_eq!(model.home.rows.len(), 9);
    }
    let mut model = open();
    press(&mut model, "/合格");
    assert_eq!(model.home.rows.len(), 3, "不合格 is not 合格");
    press(&mut model, "<backspace><backspace>q");
    assert!(model.home.typing, "q is a letter here");
}

#[test]
fn a_key_right_behind_escape_is_both() {
    // A terminal that receives Escape and ? in one go sends them as Alt-?.
    let alt = |c| Message::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::ALT));
    let mut model = open();
    press(&mut model, "/水利");
    update(&mut model, alt('?'));
    assert!(!model.home.typing && model.reader.is_some(), "the filter is left, help is open");
    update(&mut model, alt('s'));
    assert!(model.reader.is_none(), "help is left");
}

#[test]
fn a_finding_is_one_key_away_from_anywhere() {
    let mut model = open();
    press(&mut model, "<enter>n");
    let detail = model.detail.as_ref().expect("opened");
    assert_eq!((detail.tab, detail.item), (Tab::Requests, 0));
    assert_eq!(detail.cell(TableKind::Requests).row_id(), "total");
    press(&mut model, "nnn");
    let detail = model.detail.as_ref().expect("open");
    assert_eq!(detail.cell(TableKind::Requests).row_id(), "not_processed.confirm_or_reissue");
    press(&mut model, "n");
    assert_eq!(model.detail.as_ref().map(|detail| detail.tab), Some(Tab::Proactive));
    press(&mut model, "n");
    let detail = model.detail.as_ref().expect("open");
    assert_eq!((detail.tab, detail.cursor.line), (Tab::Source, 3));
    press(&mut model, "NN");
    assert_eq!(model.detail.as_ref().map(|detail| detail.item), Some(3));
    press(&mut model, "nnnn");
    assert_eq!(model.detail.as_ref().map(|detail| detail.item), Some(0), "past the last comes the first");
    assert!(model.notice.is_some());
}

#[test]
fn agencies_sort_by_pinyin() {
    let mut model = open();
    press(&mut model, "s");
    assert_eq!(shown(&model)[..3], ["2023-青溪县财政局.txt", "青溪县白石镇人民政府", "青溪县教育体育局\u{1b}[31m"]);
}

#[test]
fn the_likely_slip_is_one_key_away() {
    let mut model = open();
    press(&mut model, "<enter>3x");
    let detail = model.detail.as_ref().expect("open");
    assert_eq!((detail.tab, detail.cell(TableKind::Requests).row_id()), (Tab::Requests, "total"));
}

#[test]
fn a_cell_leads_to_its_source_and_back() {
    let mut model = open();
    press(&mut model, "<enter>");
    let printed = model.detail.as_ref().expect("open").printed.clone();
    assert_eq!(printed.len(), 200 - 7);
    for (source, cell) in printed.into_iter().filter(|(source, _)| source.line != 12) {
        let detail = model.detail.as_mut().expect("open");
        detail.cells[cell.table as usize] = cell;
        detail.tab = Tab::of(cell.table);
        press(&mut model, "<enter>");
        let detail = model.detail.as_ref().expect("open");
        assert_eq!((detail.tab, detail.focus), (Tab::Source, Some(source)));
        press(&mut model, "<enter>");
        let detail = model.detail.as_ref().expect("open");
        assert_eq!((detail.tab, detail.cell(cell.table)), (Tab::of(cell.table), cell));
    }
}

#[test]
fn the_line_cursor_finds_the_cells_of_its_line() {
    let mut model = open();
    press(&mut model, "<enter>6g");
    press(&mut model, &"j".repeat(16));
    let detail = model.detail.as_ref().expect("open");
    assert_eq!(
        detail.cell_here().map(|cell| (cell.row_id(), cell.column_id())),
        Some(("new_received", "natural_person"))
    );
    press(&mut model, "ll<enter>");
    let cell = model.detail.as_ref().expect("open").cell(TableKind::Requests);
    assert_eq!((cell.row_id(), cell.column_id()), ("new_received", "research_institution"));
}

#[test]
fn a_line_of_prose_leads_to_its_finding() {
    let mut model = open();
    press(&mut model, "<enter>6gjj<enter>");
    let detail = model.detail.as_ref().expect("open");
    assert_eq!(
        (detail.tab, detail.current().and_then(nianshen::tui::model::Item::rule)),
        (Tab::Findings, Some("STR005"))
    );
}

#[test]
fn an_open_file_keeps_up_with_the_inbox() {
    let mut model = open();
    press(&mut model, "<enter>4");
    let path = selected(&model).to_owned();
    let audit = nianshen::audit::refused(&nianshen::text::Wording::new("空", "empty"));
    update(&mut model, Message::Inbox(vec![Event::audited(path.clone(), at(9, 0), audit)]));
    draw(&model);
    assert_eq!(model.detail.as_ref().map(|detail| detail.audit.verdict), Some(Verdict::Unreadable));
    update(&mut model, Message::Inbox(vec![Event::Removed { path }]));
    assert!(model.detail.as_ref().is_some_and(|detail| detail.gone));
    draw(&model);
    press(&mut model, "q");
    assert!(model.detail.is_none());
}

#[test]
fn leaving_goes_one_step_at_a_time() {
    let mut model = open();
    press(&mut model, "<enter>4?");
    press(&mut model, "q");
    assert!(model.reader.is_none() && model.detail.is_some());
    press(&mut model, "<esc>");
    assert!(model.detail.is_none());
    let q = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
    assert_eq!(update(&mut model, Message::Key(q)), [Effect::Quit]);
    let ctrl_z = KeyEvent::new(KeyCode::Char('z'), KeyModifiers::CONTROL);
    assert_eq!(update(&mut model, Message::Key(ctrl_z)), [Effect::Suspend]);
}

#[test]
fn ten_thousand_files_are_no_burden() {
    let audit = Arc::new(broken());
    let summary = Arc::new(Summary::of(&audit));
    let event = |number| Event::Audited {
        path: format!("{number}/2023-青溪县医疗保障局.txt"),
        received: at(1, 0),
        summary: Arc::clone(&summary),
        audit: Some(Arc::clone(&audit)),
    };
    let mut model = dashboard(Lang::Zh, (120, 36), (0..10_000).map(event).collect());
    let start = Instant::now();
    press(&mut model, "s");
    press(&mut model, "/ylbzj");
    update(&mut model, Message::Inbox((0..256).map(event).collect()));
    draw(&model);
    assert_eq!(model.home.rows.len(), 10_000);
    // Generous: this is an unoptimised build on a machine that does other things as well.
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

/// A key that means something somewhere.
fn key() -> impl Strategy<Value = KeyEvent> {
    let keys: Vec<KeyEvent> = nianshen::tui::keys::BINDINGS
        .iter()
        .flat_map(|binding| binding.keys)
        .map(|key| KeyEvent::new(key.code, if key.ctrl { KeyModifiers::CONTROL } else { KeyModifiers::NONE }))
        .collect();
    prop::sample::select(keys)
}

/// Anything that can happen.
fn message() -> impl Strategy<Value = Message> {
    let event = prop::sample::select(events());
    let removed = prop::sample::select(events()).prop_map(|event| match event {
        Event::Audited { path, .. } => Event::Removed { path },
        event => event,
    });
    prop_oneof![
        20 => key().prop_map(Message::Key),
        1 => "[a-z医疗]{1,3}".prop_map(Message::Paste),
        1 => (0..130u16, 0..45u16).prop_map(|(width, height)| Message::Resize(width, height)),
        2 => event.prop_map(|event| Message::Inbox(vec![event])),
        1 => removed.prop_map(|event| Message::Inbox(vec![event])),
        1 => Just(Message::InboxClosed),
        1 => Just(Message::Tick(inbox::at(11, 0))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(2024), ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_can_happen_panics(messages in prop::collection::vec(message(), 1..60)) {
        let mut model = open();
        for message in messages {
            update(&mut model, message);
            draw(&model);
            let rows = model.home.rows.len();
            prop_assert!(rows == 0 || model.home.at() < rows);
        }
    }
}
