//! The invented inbox with operators at work on it and a roster behind it.

use std::sync::Arc;

use jiff::civil::date;
use nianshen::finding::{Finding, Severity};
use nianshen::ledger::store::{Claim, DecisionKind, NewDecision, UnitKey};
use nianshen::ledger::{Comparison, Edition, Event, Expected, History, Standing, Step, Summary, key_of};
use nianshen::report::agency::{Kind, Level};
use nianshen::report::changes::CellChange;
use nianshen::report::{CellRef, CellValue, TableKind};
use nianshen::rule::{Count, Totals};
use nianshen::text::Wording;

use super::inbox::{at, broken, operator, written};

fn unit(agency: &str) -> UnitKey {
    UnitKey { agency: agency.to_owned(), year: Some(2023) }
}

fn expected(agency: &str, line: u32, days_left: i64, findings: Vec<Finding>) -> Expected {
    Expected {
        agency: agency.to_owned(),
        year: Some(2023),
        at: format!("roster.csv:{line}").into(),
        due: Some(date(2024, 1, 20)),
        days_left: Some(days_left),
        contact: Some("办公室 0000-6120002".to_owned()),
        is_missing: days_left < 0,
        findings,
    }
}

/// Who has reported.
fn totals() -> Totals {
    let department = Count { units: 9, awaited: 1, submitted: 6, late: 0, missing: 1, exempt: 1 };
    let township = Count { units: 2, submitted: 1, late: 1, ..Count::default() };
    let all = Count { units: 11, awaited: 1, submitted: 7, late: 1, missing: 1, exempt: 1 };
    let by_kind = vec![
        (Some(Level::County), Some(Kind::Department), department),
        (Some(Level::Township), Some(Kind::Government), township),
    ];
    Totals { all, by_kind, unexpected: 0 }
}

/// What happened so far: the invented inbox, the roster, decisions, somebody at work.
pub(super) fn events() -> Vec<Event> {
    let missing = Finding::new(
        "INB001",
        Severity::Error,
        Wording::new("截止 2024-01-12，没有收到报告", "due on 2024-01-12, nothing has been received"),
    );
    let older = Standing { superseded_by: Some("2023-云岭市民政局.txt".into()), ..Standing::default() };
    let comparison = Comparison {
        standings: vec![(Arc::from("乡镇/2023-青溪县柳河街道办事处.txt"), older)],
        expected: vec![expected("青溪县农业农村局", 7, -3, vec![missing]), expected("青溪县统计局", 9, 5, Vec::new())],
        problem: None,
        units: ["青溪县农业农村局", "青溪县统计局"].map(Arc::from).to_vec(),
        totals: Some(totals()),
    };
    let decided = |id, agency: &str, kind, login: &str| {
        written(&NewDecision::new(unit(agency), kind, at(9, id), operator(login)), id)
    };
    let agency = unit("青溪县医疗保障局");
    let audit = broken();
    let mut dismissed = decided(3, "青溪县医疗保障局", DecisionKind::Dismiss, "wang");
    dismissed.finding = Some(key_of(&agency, &audit.findings[3]));
    dismissed.reason = Some("该行已并入其他".to_owned());
    let mut confirmed = decided(4, "青溪县医疗保障局", DecisionKind::Confirm, "li");
    confirmed.finding = Some(key_of(&agency, &audit.findings[0]));
    let decisions = vec![
        decided(1, "云岭市民政局", DecisionKind::Return, "wang"),
        decided(2, "云岭市发展和改革委员会", DecisionKind::Pass, "li"),
        dismissed,
        confirmed,
    ];
    let claim = Claim { unit: unit("青溪县白石镇人民政府"), operator: operator("wang"), until: at(20, 0) };
    let mut events = super::inbox::events();
    events.extend([Event::Compared(comparison), Event::Decided(decisions), Event::Claimed(vec![claim])]);
    events
}

/// The history of the broken report: it was worse before.
pub(super) fn history() -> Event {
    let audit = broken();
    let edition = |minute, present| Edition {
        path: "2023-青溪县医疗保障局.txt".to_owned(),
        at: at(minute, 0),
        summary: Some(Arc::new(Summary::of(&audit))),
        repeats: None,
        present,
    };
    let step = Step {
        corrected: vec![audit.findings[5].clone()],
        left: audit.findings[..3].to_vec(),
        added: vec![audit.findings[4].clone()],
        cells: vec![CellChange {
            at: CellRef::new(TableKind::Requests, 2, 0),
            before: Some(CellValue::Number(13.into())),
            after: Some(CellValue::Number(31.into())),
            stood: None,
            stands: None,
        }],
        sentences: vec![(Some("全年受理申请13件。".to_owned()), Some("全年受理申请31件。".to_owned()))],
    };
    Event::History(Box::new(History {
        unit: Some(unit("青溪县医疗保障局")),
        versions: vec![edition(-90, false), edition(1, true)],
        step: Some(step),
    }))
}
