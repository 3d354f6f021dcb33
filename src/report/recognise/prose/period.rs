//! The statistics period, intact or with characters lost.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::{Captures, Regex};

use super::passage::Passage;
use crate::report::{Day, Period};

/// Two days with a word between them. The year takes up to six digits (202020年), month and day any
/// that fit, and 年, 月, 日 may be missing: exports lose them.
static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<y1>\d{5,6}年|\d{4}[年./-]?)\s?度?（?(?P<m1>\d{1,2})(?P<ms1>[月./-]?)(?P<d1>\d{0,2})(?P<ds1>[日号]?)",
        r"(?:起|开始)?[,，]?\s*(?:至|到|[-—–―－~～]{1,3})\s*(?:本|当|同)?年?",
        r"(?P<y2>\d{5,6}年|\d{4}[年./-]?)?度?(?P<m2>\d{1,2})(?P<ms2>[月./-]?)(?P<d2>\d{0,2})(?P<ds2>[日号]?)",
    ))
    .expect("a valid pattern")
});

/// Words that say a range of days is what the figures cover.
static STATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"统计|数据|期限|时限|截止|截至|时间段|周期|报告期|核定|本报告|本年度报告").expect("a valid pattern")
});

/// How far before the days the words may stand, in characters.
const REACH: usize = 40;

/// The period stated in the characters `within` of `passage`, and whether its own words say that it is one.
pub(super) fn find(passage: &Passage, within: Range<usize>) -> Option<(Period, bool)> {
    let text = passage.slice(within.clone());
    let offset = passage.byte(within.start);
    let mut plain = None;
    for found in RANGE.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let Some((from, to, damaged)) = days(&found) else { continue };
        // The paragraph may break off inside the second day: 至2022, 至12月3.
        if whole.end() == text.len() && found.name("ds2").is_none_or(|sign| sign.is_empty()) && breaks_off(&found) {
            continue;
        }
        let range = passage.char_at(offset + whole.start())..passage.char_at(offset + whole.end());
        let stated = STATED.is_match(passage.slice(range.start.saturating_sub(REACH)..range.start));
        let full_year = (from.month, from.day, to.month, to.day) == (1, 1, 12, 31);
        // Without such words only a whole year is taken for the period; campaigns have days as well.
        let Some(source) = passage.source(range) else { continue };
        let period = Period { from, to, damaged, source };
        if stated {
            return Some((period, true));
        }
        if full_year && plain.is_none() {
            plain = Some((period, false));
        }
    }
    plain
}

/// Whether the second day of a range that ends without a sign may have gone on: in words it always does.
fn breaks_off(found: &Captures<'_>) -> bool {
    let has = |name: &str, signs: &[char]| found.name(name).is_some_and(|part| part.as_str().ends_with(signs));
    has("y1", &['年']) || has("ms1", &['月']) || has("ms2", &['月'])
}

/// First and last day of a range, and whether characters are missing from either.
fn days(found: &Captures<'_>) -> Option<(Day, Day, bool)> {
    let (from, from_damaged) = day(found, ["y1", "m1", "ms1", "d1", "ds1"], None)?;
    let (to, to_damaged) = day(found, ["y2", "m2", "ms2", "d2", "ds2"], Some(from.year))?;
    Some((from, to, from_damaged || to_damaged))
}

/// One day of a range; a missing year is that of the other day.
fn day(found: &Captures<'_>, names: [&str; 5], other_year: Option<i32>) -> Option<(Day, bool)> {
    let [year, month, month_sign, day, day_sign] = names.map(|name| found.name(name).map_or("", |part| part.as_str()));
    // Digits alone are no day: 至2022 is the beginning of one.
    if year.is_empty() && month_sign.is_empty() && day_sign.is_empty() {
        return None;
    }
    let digits = year.trim_end_matches(['年', '.', '/', '-']);
    let year_sign = &year[digits.len()..];
    let number = match digits.get(..4) {
        Some(first) => first.parse().ok()?,
        None => other_year?,
    };
    if !(1900..=2100).contains(&number) {
        return None;
    }
    let in_words = year_sign == "年" || month_sign == "月" || !day_sign.is_empty();
    let mut damaged = digits.len() > 4;
    if in_words {
        damaged |= (year_sign != "年" && !year.is_empty()) || month_sign != "月";
    }
    let (month, day) = if !day.is_empty() {
        (month, day)
    } else if in_words && month_sign.is_empty() && month.len() == 2 {
        // 月 lost between two digits: 11日 is 1月1日.
        month.split_at(1)
    } else {
        return None;
    };
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    if !in_words && month_sign.is_empty() && !((1..=12).contains(&month) && (1..=31).contains(&day)) {
        // Four bare digits that are no day are the year of a date that goes on elsewhere.
        return None;
    }
    Some((Day { year: number, month, day }, damaged))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::recognise::stream::Stream;

    fn passage(text: &str) -> Passage {
        let stream = Stream::of(&crate::document::open(text.as_bytes()).expect("text"));
        let mut passage = Passage::default();
        for line in &stream.lines {
            passage.push_line(&stream.chars[line.clone()]);
        }
        passage
    }

    #[test]
    fn periods() {
        for (text, expected) in [
            ("统计时限为 2023年 1月 1日起至 2023年 12月 31日止。", Some(("2023-01-01", "2023-12-31", false))),
            ("所列数据的统计期限自2024年1月1日起，至2024年12月31\n日止。", Some(("2024-01-01", "2024-12-31", false))),
            ("统计周期为 2024 年 1 月 1 日至 12 月 31 日。", Some(("2024-01-01", "2024-12-31", false))),
            ("数据统计期为2023年度（1月1日至12月31日）。", Some(("2023-01-01", "2023-12-31", false))),
            ("统计期限为2023年1月1日至2023", None),
            ("统计时间：2023.1.1-2023.12.31", Some(("2023-01-01", "2023-12-31", false))),
            ("统计时间：2023-01-01 至 2023-12-31", Some(("2023-01-01", "2023-12-31", false))),
            ("统计期限：2023-1-1-2023-12-31", Some(("2023-01-01", "2023-12-31", false))),
            ("统计期限为20231月1日至202312月31日。", Some(("2023-01-01", "2023-12-31", true))),
            ("统计期限为2020 11日至202020年12月31日。", Some(("2020-01-01", "2020-12-31", true))),
            ("统计期限为2023年1月1日至2023年1231日。", Some(("2023-01-01", "2023-12-31", true))),
            ("统计期限为2023年2月30日至2023年13月32日。", Some(("2023-02-30", "2023-13-32", false))),
            ("统计期限为2022年1月1日—2022年12月31日。", Some(("2022-01-01", "2022-12-31", false))),
            ("统计期限为2023年1月1日至当年12月31日。", Some(("2023-01-01", "2023-12-31", false))),
            ("2023年1月1日至12月31日，我局依法公开。", Some(("2023-01-01", "2023-12-31", false))),
            ("统计期限自2022 年 1 月 1 日起至 2022\n年 12 月 31 日止。", Some(("2022-01-01", "2022-12-31", false))),
            ("统计期限自2022 年 1 月 1 日起至 2022", None),
            ("统计期限自2022年1月1日起至2022年12月3", None),
            ("统计期限自2022年1月1日起至12月", None),
            ("截至2023年12月31日，我局公开信息12条。", None),
            ("2023年5月15日至5月21日开展宣传周活动。", None),
            ("统计期限为本年度。", None),
        ] {
            let found = find(&passage(text), 0..usize::MAX)
                .map(|(period, _)| (period.from.to_string(), period.to.to_string(), period.damaged));
            let expected = expected.map(|(from, to, damaged)| (from.to_owned(), to.to_owned(), damaged));
            assert_eq!(found, expected, "{text}");
        }
    }
}
