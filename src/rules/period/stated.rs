//! The statistics period where it is stated otherwise than by its two days: as a year, or by its end alone.

use std::ops::Range;
use std::sync::LazyLock;

use crate::report::{Day, Report, Sentence};
use crate::text::pattern::Regex;

/// A period stated in words.
pub(super) struct Stated<'a> {
    /// Its year.
    pub(super) year: i32,
    /// Its last day, where only that is given.
    pub(super) end: Option<Day>,
    /// Where it stands.
    pub(super) sentence: &'a Sentence,
    /// The bytes of the statement.
    pub(super) at: Range<usize>,
}

/// What the figures of the report are called. The count of a platform's visitors has an end of its own.
const FIGURES: &str = concat!(
    r"(?:^|[。；，（(])(?:(?:本|该)?(?:年度)?报告)?(?:中|内)?(?:所列|所有|所用|各项|以上|上述|相关|有关|的)*",
    r"(?:(?:数据|信息)的?)?统计(?:数据)?的?",
);

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:期限|时限|期间|周期|时间|时段|年度)[：:为是]{0,2}(20\d\d)年度?(?:全年)?(?:$|[，。；、（(])")
});

static END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:(?:期限|时限|期间|周期|时间)[：:为是]{0,2})?(?:截[至止])(?:时间|日期|期|日|到|至|于)?[：:为是]{0,2}(20\d\d)年(\d{1,2})月(\d{1,2})日",
    )
});

fn pattern(rest: &str) -> Regex {
    Regex::new(&format!("{FIGURES}{rest}")).expect("a valid pattern")
}

/// The first statement, where no period is stated by its two days.
pub(super) fn find(report: &Report) -> Option<Stated<'_>> {
    if report.period.is_some() {
        return None;
    }
    report.prose.iter().filter(|sentence| matches!(sentence.part, 0 | 1 | 6)).find_map(|sentence| {
        let text = &sentence.text;
        let year = YEAR.captures(text).and_then(|found| {
            let digits = found.get(1)?;
            Some((digits.as_str().parse().ok()?, None, digits.start()..digits.end() + "年".len()))
        });
        let end = || {
            let found = END.captures(text)?;
            let [year, month, day] = [1, 2, 3].map(|group| found.get(group));
            let (year, month, day) = (year?, month?, day?);
            let range = year.start()..day.end() + "日".len();
            let number = year.as_str().parse().ok()?;
            let last = Day { year: number, month: month.as_str().parse().ok()?, day: day.as_str().parse().ok()? };
            Some((number, Some(last), range))
        };
        let (year, end, at) = year.or_else(end)?;
        Some(Stated { year, end, sentence, at })
    })
}
