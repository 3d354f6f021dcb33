//! PER005: the date of the signature.

use std::ops::Range;
use std::sync::LazyLock;

use super::exists;
use crate::finding::{Finding, Severity};
use crate::report::Day;
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::passage;
use crate::text::pattern::Regex;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "PER005",
    name: "issued-too-early",
    severity: Severity::Warning,
    scope: Scope::File,
    title: words("落款日期早于年度结束", "dated before the year had ended"),
    manual: Manual {
        basis: words(
            "条例第四十九条：每年公布上一年度的报告，统计到12月31日",
            "Regulations art. 49: last year's report; its figures run to 31 December",
        ),
        condition: words(
            "文末单独成段的落款日期早于报告年度12月31日，或日历上没有这一天",
            "the date at the end of the text lies before 31 December of the report year, or is no day of the calendar",
        ),
        example: "2024年度报告落款“2024年1月15日”",
        remedy: words("核对落款日期；多为年份没有改", "check the date; usually the year was not changed"),
        exempt: "网页模板上的日期、发布日期、浏览次数旁的日期；只有年月的落款按该月最后一天算。",
    },
    check: Check::Report(issued_too_early),
}];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?P<before>[^0-9，。；：:]{0,40}?)(?P<date>(?P<year>20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年",
        r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日)?)$",
    ))
});

/// What makes a date another than that of the signature.
static NO_SIGNATURE: LazyLock<Regex> = LazyLock::new(|| pattern("截[至止]|统计|发布|更新|有效|访问|浏览|来源"));

/// A date as signatures print it; `None` for the day where only the month is given.
fn date(text: &str) -> Option<(i32, u32, Option<u32>, Range<usize>)> {
    let found = DATE.captures(text).filter(|found| !NO_SIGNATURE.is_match(&found["before"]))?;
    let part = |name: &str| found.name(name).and_then(|part| number(part.as_str()));
    let day = match found.name("day") {
        Some(day) => Some(number(day.as_str())?),
        None => None,
    };
    Some((i32::try_from(part("year")?).ok()?, part("month")?, day, found.name("date")?.range()))
}

/// A number in digits, in Chinese digits one after the other, or below a hundred in words.
fn number(text: &str) -> Option<u32> {
    let digit = |c: char| match c {
        '○' | '零' => Some(0),
        _ => "〇一二三四五六七八九".chars().zip(0..).find(|&(digit, _)| digit == c).map(|(_, value)| value),
    };
    let row = |text: &str| text.chars().try_fold(0, |sum: u32, c| Some(sum * 10 + digit(c)?));
    text.parse().ok().or_else(|| match text.split_once('十') {
        Some((tens, ones)) => Some(if tens.is_empty() { 10 } else { row(tens)? * 10 } + row(ones)?),
        None => row(text),
    })
}

fn issued_too_early(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(own) = report.year else {
        return Assessment::not_assessable(Wording::new("报告年度不明", "the report year is not known"));
    };
    // The signature: among the last lines of the text.
    let last = report.prose.iter().rev().take(2);
    let dated = last
        .filter(|sentence| sentence.part == 6)
        .find_map(|sentence| date(&sentence.text).map(|(year, month, day, at)| (sentence, year, month, day, at)));
    let Some((sentence, year, month, day, at)) = dated else { return Assessment::holds() };
    let shown = sentence.text[at.clone()].to_owned();
    let end = Day { year: own, month: 12, day: 31 };
    // A month alone is over at its end.
    let signed = Day { year, month, day: day.unwrap_or(31) };
    let message = if !exists(Day { day: day.unwrap_or(1), ..signed }) {
        Wording::new(
            format!("落款日期“{shown}”不是有效日期"),
            format!("the signature is dated {signed}, which is no date"),
        )
    } else if signed < end && year >= own - 1 {
        Wording::new(
            format!("{own}年度报告的落款日期是{shown}，早于年度结束"),
            format!("this report for {own} is dated {signed}, before the year had ended"),
        )
    } else {
        return Assessment::holds();
    };
    Assessment::broken(Finding {
        expected: Some((own + 1).to_string()),
        actual: Some(shown),
        ..passage::finding("PER005", Severity::Warning, sentence, at, message)
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes, report};

    #[test]
    fn the_date_of_the_signature() {
        for (text, broken) in [
            ("2024年1月15日", true),
            ("青溪县数据局2024年1月15日", true),
            ("二〇二四年一月十二日", true),
            ("青溪县数据局二○二四年十二月三十日", true),
            ("2025年2月30日", true),
            ("二〇二五年一月三十二日", true),
            ("二〇二五年一月二十日", false),
            ("二零二四年十二月三十一日", false),
            ("二〇二五年一月", false),
            ("2025年2月", false),
            ("2025年1月15日", false),
            ("2024年12月31日", false),
            ("2024年12月", false),
            ("发布日期：2024年1月15日", false),
            ("以上数据统计截至2024年11月30日", false),
        ] {
            assert_eq!(codes(&report().saying(6, text)) == ["PER005"], broken, "{text}");
        }
    }
}
