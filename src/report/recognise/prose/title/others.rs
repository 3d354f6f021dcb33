//! Titles of other years beside the report's own: sites list them above it or below.

use super::{Candidate, Opening};
use crate::report::recognise::prose::heading;
use crate::text::pattern::Regex;
use std::sync::LazyLock;

/// The titles that stand with the one at `best` before the text begins, in order, that one first; none but that one
/// where they all name the same year.
pub(super) fn with<'a>(opening: &Opening, found: &'a [Candidate], best: usize) -> Vec<&'a Candidate> {
    let first = &found[best];
    let mut titles = vec![first];
    let is_like = |other: &Candidate| other.score == first.score && other.naming.year.is_some() && other.is_alone();
    for other in found[best + 1..].iter().filter(|_| is_like(first)).filter(|other| is_like(other)) {
        let end = titles.last().map_or(first.chars.end, |title| title.chars.end);
        let between = opening.lines(end..other.chars.start.max(end));
        if between.iter().any(|line| begins_text(line, first.naming.agency.as_deref())) {
            break;
        }
        titles.push(other);
    }
    if titles.iter().all(|title| title.naming.year == first.naming.year) {
        titles.truncate(1);
    }
    titles
}

/// Which of `titles` is the report's own: the last, below the list. Only where the years go down from the first to the
/// last may the list stand below its title; the year of the period tells.
pub(super) fn own(titles: &[&Candidate], period: impl FnOnce() -> Option<i32>) -> usize {
    let last = titles.len() - 1;
    let goes_down = titles.windows(2).all(|pair| pair[0].naming.year >= pair[1].naming.year);
    if !goes_down {
        return last;
    }
    match period() {
        Some(year) if titles[last].naming.year == Some(year) => last,
        _ => 0,
    }
}

/// Whether the text, or the foot of a cover, stands in `line`: no list goes on behind it.
fn begins_text(line: &str, agency: Option<&str>) -> bool {
    static COVER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:目[录次]|(?:20\d\d|二[〇○零Oo0一二三四五六七八九]{3})年[0-9一二三四五六七八九十]{1,3}月(?:[0-9一二三四五六七八九十]{1,3}日)?)$")
            .expect("a valid pattern")
    });
    line.contains(['，', '。']) || agency == Some(line) || COVER.is_match(line) || heading::ordinal(line).is_some()
}
