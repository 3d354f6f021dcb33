use super::*;

/// Patterns of every kind, and what they find in [`TEXT`].
const TEXT: &str = "本年新收政府信息公开申请１2件，上年结转0件；行政复议3件、行政诉讼0件。";

fn all(source: &str) -> Vec<&'static str> {
    Regex::new(source).unwrap().find_iter(TEXT).map(|found| found.as_str()).collect()
}

#[test]
fn the_engines_agree_from_the_first_text_to_the_last() {
    for (source, expected) in [
        (r"\d+件", vec!["１2件", "0件", "3件", "0件"]),
        (r"行政(?:复议|诉讼)", vec!["行政复议", "行政诉讼"]),
        (r"\p{Han}{2}收", vec!["年新收"]),
        (r"(?i)PDF|结转", vec!["结转"]),
        (r"信访", vec![]),
        (r"[^\d，；。、]{0,3}$", vec![""]),
    ] {
        let pattern = Regex::new(source).unwrap();
        // Long enough for the full engine to take over.
        for _ in 0..=LIGHT / TEXT.len() + 1 {
            let found: Vec<&str> = pattern.find_iter(TEXT).map(|found| found.as_str()).collect();
            assert_eq!(found, expected, "{source}");
        }
        assert_eq!(all(source), expected);
    }
}

#[test]
fn the_full_engine_takes_over() {
    let pattern = Regex::new("复议").unwrap();
    assert!(matches!(pattern.engine("信访"), Engine::None));
    assert!(matches!(pattern.engine("复议"), Engine::Light(_)));
    let long = "复议".repeat(LIGHT);
    assert!(matches!(pattern.engine(&long), Engine::Light(_)));
    assert!(matches!(pattern.engine("复议"), Engine::Full(_)));
    assert!(matches!(pattern.engine("信访"), Engine::Full(_)));
}

#[test]
fn groups_are_found_by_number_and_by_name() {
    let pattern = Regex::new(r"(?P<what>复议|诉讼)(\d)(余)?件").unwrap();
    let found = pattern.captures(TEXT).unwrap();
    assert_eq!((&found["what"], &found[2], found.get(3)), ("复议", "3", None));
    assert_eq!(found.name("what").map(|what| what.range()), Some(found.get(1).unwrap().range()));
    assert_eq!(found.name("nobody"), None);
    let kinds: Vec<String> = pattern.captures_iter(TEXT).map(|found| found["what"].to_owned()).collect();
    assert_eq!(kinds, ["复议", "诉讼"]);
    assert!(pattern.captures("信访").is_none());
}

#[test]
fn matches_are_replaced() {
    let pattern = Regex::new("行政").unwrap();
    assert_eq!(pattern.replace("行政复议、行政诉讼", ""), "复议、行政诉讼");
    assert_eq!(pattern.replace_all("行政复议、行政诉讼", "-"), "-复议、-诉讼");
    assert!(matches!(pattern.replace_all("信访", "-"), Cow::Borrowed("信访")));
}

#[test]
fn an_invalid_pattern_is_an_error() {
    assert!(Regex::new("(").is_err());
}
