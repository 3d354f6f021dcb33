//! Decisions and claims.

use nianshen::ledger::store::{
    Access, Claim, Decision, DecisionKind, FindingKey, NewDecision, Nonce, Store, TroubleKind, UnitKey,
};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{at, note, open, operator, unit};

/// What was decided is what is told.
fn assert_same(decision: &Decision, new: &NewDecision) {
    assert_eq!(
        (&decision.nonce, &decision.unit, &decision.path, &decision.hash, &decision.kind, &decision.finding),
        (&new.nonce, &new.unit, &new.path, &new.hash, &new.kind, &new.finding)
    );
    assert_eq!(
        (&decision.reason, decision.undoes, decision.at, &decision.operator),
        (&new.reason, new.undoes, new.at, &new.operator)
    );
}

#[test]
fn decisions_are_kept_in_their_order_with_everything_they_say() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let mut store = open(&path);
    let finding = FindingKey { rule: "REQ003".to_owned(), fingerprint: "f1".to_owned() };
    let mut news: Vec<NewDecision> = DecisionKind::ALL
        .into_iter()
        .map(|kind| NewDecision::new(unit("青溪县民政局"), kind, at(1), operator("zhou")))
        .collect();
    news[0].unit.year = None;
    news[3].path = Some("乡镇/a.txt".to_owned());
    news[3].hash = Some("abc".to_owned());
    news[3].finding = Some(finding);
    news[4].reason = Some("原件第 3 页\n已核对 \u{0} '".to_owned());
    news[5].undoes = Some(5);
    let decided: Vec<Decision> = news.iter().map(|new| store.decide(new).unwrap()).collect();
    for (number, (decision, new)) in (1..).zip(decided.iter().zip(&news)) {
        assert_eq!(decision.id, number);
        assert_same(decision, new);
    }
    let store = Store::open(&path, Access::ReadOnly).unwrap();
    assert_eq!(store.decisions_since(0).unwrap(), decided);
    assert_eq!(store.decisions_since(6).unwrap(), decided[6..]);
    assert_eq!(store.decisions_since(99).unwrap(), []);
    assert_eq!(store.verify().unwrap(), []);
}

#[test]
fn two_decisions_on_one_finding_are_both_kept() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let (mut one, mut other) = (open(&path), open(&path));
    let finding = Some(FindingKey { rule: "REQ003".to_owned(), fingerprint: "f1".to_owned() });
    let new = |kind, login| NewDecision {
        finding: finding.clone(),
        ..NewDecision::new(unit("青溪县民政局"), kind, at(1), operator(login))
    };
    one.decide(&new(DecisionKind::Confirm, "zhou")).unwrap();
    other.decide(&new(DecisionKind::Dismiss, "wu")).unwrap();
    let told: Vec<(DecisionKind, String)> =
        one.decisions_since(0).unwrap().into_iter().map(|decision| (decision.kind, decision.operator.login)).collect();
    assert_eq!(told, [(DecisionKind::Confirm, "zhou".to_owned()), (DecisionKind::Dismiss, "wu".to_owned())]);
}

#[test]
fn a_decision_handed_in_twice_is_stored_once() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let new = note("once");
    let first = open(&path).decide(&new).unwrap();
    assert_eq!(open(&path).decide(&new).unwrap(), first);
    // The same words once more are another decision.
    let second = open(&path).decide(&NewDecision { nonce: Nonce::random(), ..new }).unwrap();
    assert_eq!(open(&path).decisions_since(0).unwrap(), [first, second]);
}

#[test]
fn what_never_was_cannot_be_undone() {
    let directory = TempDir::new().unwrap();
    let mut store = open(&directory.path().join("a.ledger"));
    let trouble = store.decide(&NewDecision { undoes: Some(7), ..note("") }).unwrap_err();
    assert_eq!(trouble.kind, TroubleKind::Other);
    assert!(trouble.wording.en.ends_with("there is no decision 7 to undo"), "{}", trouble.wording.en);
    assert_eq!(store.decisions_since(0).unwrap(), []);
}

#[test]
fn a_kind_of_a_newer_program_is_kept() {
    let directory = TempDir::new().unwrap();
    let mut store = open(&directory.path().join("a.ledger"));
    let kind = DecisionKind::named("escalate");
    assert_eq!(kind, DecisionKind::Unknown("escalate".to_owned()));
    store.decide(&NewDecision::new(unit("青溪县民政局"), kind.clone(), at(1), operator("zhou"))).unwrap();
    assert_eq!(store.decisions_since(0).unwrap()[0].kind, kind);
    assert_eq!(store.verify().unwrap(), []);
}

#[test]
fn the_file_itself_refuses_to_change_a_decision() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let decided = open(&path).decide(&note("as it was")).unwrap();
    let raw = Connection::open(&path).unwrap();
    for change in ["UPDATE decision SET reason = 'another'", "DELETE FROM decision"] {
        let refused = raw.execute(change, []).unwrap_err().to_string();
        assert!(refused.starts_with("a decision is never"), "{refused}");
    }
    assert_eq!(open(&path).decisions_since(0).unwrap(), [decided]);
}

#[test]
fn each_sees_that_another_wrote() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let mut one = open(&path);
    let mut other = Store::open(&path, Access::ReadOnly).unwrap();
    assert!(!one.has_changed().unwrap() && !other.has_changed().unwrap());
    one.decide(&note("")).unwrap();
    assert!(!one.has_changed().unwrap(), "one's own word is no news");
    assert!(other.has_changed().unwrap());
    assert!(!other.has_changed().unwrap(), "told once");
}

#[test]
fn claims_are_everybodys_to_see_and_lapse() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a.ledger");
    let (mut one, mut other) = (open(&path), open(&path));
    let claim = |agency, login, until| Claim { unit: unit(agency), operator: operator(login), until: at(until) };
    let timeless = UnitKey { agency: "青溪县教育局".to_owned(), year: None };
    one.claim(&unit("青溪县民政局"), &operator("zhou"), at(10)).unwrap();
    one.claim(&timeless, &operator("zhou"), at(10)).unwrap();
    one.claim(&timeless, &operator("zhou"), at(20)).unwrap();
    other.claim(&unit("青溪县民政局"), &operator("wu"), at(15)).unwrap();
    let timeless = Claim { unit: timeless, operator: operator("zhou"), until: at(20) };
    let (zhou, wu) = (claim("青溪县民政局", "zhou", 10), claim("青溪县民政局", "wu", 15));
    for (now, standing) in [
        (9, vec![timeless.clone(), wu.clone(), zhou]),
        (10, vec![timeless.clone(), wu]),
        (15, vec![timeless]),
        (20, vec![]),
    ] {
        let mut claims = other.claims(at(now)).unwrap();
        claims.sort_by_key(|claim| (claim.until != at(20), claim.operator.login.clone()));
        assert_eq!(claims, standing, "at {now}");
    }
    other.release(&unit("青溪县民政局"), &operator("wu")).unwrap();
    let left: Vec<String> = one.claims(at(0)).unwrap().into_iter().map(|claim| claim.operator.login).collect();
    assert_eq!(left, ["zhou", "zhou"]);
}
