//! PER: the report year and the statistics period.

pub(super) mod outlook;
pub(super) mod signature;
pub(super) mod stale;
mod stated;

use std::sync::LazyLock;

use crate::finding::{Finding, Severity};
use crate::report::{Day, Period, Report};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::passage;
use crate::text::pattern::Regex;
use crate::text::{Wording, words};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "PER001",
        name: "year-mismatch",
        severity: Severity::Error,
        scope: Scope::File,
        title: words("年度不一致", "the years do not agree"),
        manual: Manual {
            basis: words(
                "条例第四十九条：报告的是上一年度的工作",
                "Regulations art. 49: the report is on the year before",
            ),
            condition: words(
                "标题的年度与统计期限的年度不同，或与本次报送的年度（配置 campaign.year）不同；正文通篇是另一年度的为警告",
                "the title's year differs from the period's, or from the campaign's year in the configuration; from that of the whole text: a warning",
            ),
            example: "标题为2024年，统计期限为2023年1月1日至12月31日",
            remedy: words(
                "核对报告年度；如果沿用了上年文稿，逐处改正后重新核对数据",
                "check the report year; where last year's text was reused, correct it and check the figures again",
            ),
            exempt: "发布日期（如2025年1月发布）不是报告年度。",
        },
        check: Check::Report(year_mismatch),
    },
    Rule {
        code: "PER002",
        name: "bad-period",
        severity: Severity::Error,
        scope: Scope::File,
        title: words("统计期限不是完整年度", "the period is not the calendar year"),
        manual: Manual {
            basis: words(
                "条例第四十九条：报告上一年度，即1月1日至12月31日",
                "Regulations art. 49: the year before, from 1 January to 31 December",
            ),
            condition: words(
                "统计期限不是同一年的1月1日至12月31日，或日期不存在；转换时丢字的为提示",
                "the period is not 1 January to 31 December of one year, or a date does not exist; lost characters: a note",
            ),
            example: "2024年1月1日至2024年11月30日",
            remedy: words("改为报告年度1月1日至12月31日，并核对数据口径", "state the whole year and check the figures"),
            exempt: "“20231月1日”之类转换中丢失“年”“月”的，只提示。",
        },
        check: Check::Report(bad_period),
    },
];

fn year_mismatch(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let title = report.title.as_ref();
    let period = report.period.as_ref().filter(|period| !period.damaged);
    // Where the two ends lie in different years, the period itself is at fault: PER002.
    let stated = period.filter(|period| period.from.year == period.to.year && exists(period.to));
    let mut findings = Vec::new();
    let disagree = |year: i32, other: i32| {
        Wording::new(
            format!("标题为{year}年，统计期限为{other}年"),
            format!("the title says {year}, the statistics period {other}"),
        )
    };
    if let (Some(year), Some(period)) = (report.year, stated)
        && year != period.to.year
    {
        findings.push(Finding {
            at: Some(period.source),
            expected: Some(year.to_string()),
            actual: Some(period.to.year.to_string()),
            ..Finding::new("PER001", Severity::Error, disagree(year, period.to.year))
        });
    }
    if let (Some(year), Some(stated)) = (report.year, stated::find(report))
        && year != stated.year
        // Figures may be counted some days into the next year.
        && stated.end.is_none_or(|end| end.year < year || (end.month, end.day) == (12, 31))
    {
        findings.push(Finding {
            expected: Some(year.to_string()),
            actual: Some(stated.year.to_string()),
            ..passage::finding("PER001", Severity::Error, stated.sentence, stated.at, disagree(year, stated.year))
        });
    }
    if let (true, Some(year), Some(told)) = (findings.is_empty(), report.year, stale::of_the_whole_text(report)) {
        let message = Wording::new(
            format!("标题为{year}年，正文通篇写的是{told}年"),
            format!("the title says {year}; all of the text tells of {told}"),
        );
        findings.push(Finding {
            at: title.map(|title| title.source),
            expected: Some(told.to_string()),
            actual: Some(year.to_string()),
            ..Finding::new("PER001", Severity::Warning, message)
        });
    }
    let own = report.year.map(|year| (year, title.map(|title| title.source)));
    let own = own.or_else(|| stated.map(|period| (period.to.year, Some(period.source))));
    if let (Some((year, at)), Some(wanted)) = (own, case.campaign_year)
        && year != wanted
    {
        findings.push(Finding {
            at,
            expected: Some(wanted.to_string()),
            actual: Some(year.to_string()),
            ..Finding::new(
                "PER001",
                Severity::Error,
                Wording::new(
                    format!("报送的是{year}年度报告，本次应报{wanted}年度"),
                    format!("this is a report for {year}; the campaign is for {wanted}"),
                ),
            )
        });
    }
    Assessment { findings, unassessed: Vec::new() }
}

/// Whether `text` is a year of a report with its 年.
pub(super) fn is_year(text: &str) -> bool {
    let number = text.trim_end_matches('年');
    number.len() == 4 && number.parse::<u32>().is_ok_and(|year| (1990..2100).contains(&year))
}

/// A year in the statement of the period that is none: 自202年1月1日起, 至20224年12月31日.
fn no_year(report: &Report) -> Option<Finding> {
    static STATED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:统计|数据核定)(?:期限|时限|期间|周期|时间段|时间点|时间|截止|截至|期)[^。；]{0,40}")
            .expect("a valid pattern")
    });
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new("[0-9][0-9Oo]{2,9}年").expect("a valid pattern"));
    report.prose.iter().find_map(|sentence| {
        let stated = STATED.find(&sentence.text)?;
        let found = NUMBER.find_iter(stated.as_str()).find(|found| !is_year(found.as_str()))?;
        let at = stated.start() + found.start()..stated.start() + found.end();
        let message = Wording::new(
            format!("统计期限中的“{}”不是有效年份", found.as_str()),
            format!("“{}” in the statistics period is no year", found.as_str()),
        );
        Some(Finding {
            expected: report.year.map(|year| format!("{year}-01-01/{year}-12-31")),
            actual: Some(found.as_str().to_owned()),
            ..passage::finding("PER002", Severity::Error, sentence, at, message)
        })
    })
}

fn bad_period(case: &Case<'_>) -> Assessment {
    if let Some(finding) = no_year(case.report) {
        return Assessment::broken(finding);
    }
    let Some(period) = &case.report.period else { return bad_end(case.report) };
    let Period { from, to, damaged, source } = *period;
    let (severity, message) = if damaged {
        (
            Severity::Note,
            Wording::new(
                format!("统计期限的日期有缺字，读作{}至{}", zh(from), zh(to)),
                format!("the dates of the period have lost characters; read as {from} to {to}"),
            ),
        )
    } else if let Some(day) = [from, to].into_iter().find(|&day| !exists(day)) {
        (
            Severity::Error,
            Wording::new(
                format!("统计期限中的“{}”不是有效日期", zh(day)),
                format!("{day} in the statistics period is no date"),
            ),
        )
    } else if from.year != to.year || (from.month, from.day) != (1, 1) || (to.month, to.day) != (12, 31) {
        (
            Severity::Error,
            Wording::new(
                format!("统计期限为{}至{}，应为一个年度的1月1日至12月31日", zh(from), zh(to)),
                format!("the period runs from {from} to {to}, not from 1 January to 31 December of one year"),
            ),
        )
    } else {
        return Assessment::holds();
    };
    let year = case.report.year.unwrap_or(to.year);
    Assessment::broken(Finding {
        at: Some(source),
        expected: Some(format!("{year}-01-01/{year}-12-31")),
        actual: Some(format!("{from}/{to}")),
        ..Finding::new("PER002", severity, message)
    })
}

/// A period of which only the end is stated: before that of the year, it leaves out what came after.
fn bad_end(report: &Report) -> Assessment {
    let Some((stated, end)) = stated::find(report).and_then(|stated| stated.end.map(|end| (stated, end))) else {
        return Assessment::holds();
    };
    let message = if !exists(end) {
        Wording::new(
            format!("统计截止日期“{}”不是有效日期", zh(end)),
            format!("{end}, the end of the statistics period, is no date"),
        )
    } else if report.year == Some(end.year) && (end.month, end.day) != (12, 31) {
        Wording::new(
            format!("统计截止{}，应为{}年12月31日", zh(end), end.year),
            format!("the statistics period ends on {end}, not on 31 December {}", end.year),
        )
    } else {
        return Assessment::holds();
    };
    Assessment::broken(Finding {
        expected: Some(format!("{}-12-31", report.year.unwrap_or(end.year))),
        actual: Some(end.to_string()),
        ..passage::finding("PER002", Severity::Error, stated.sentence, stated.at, message)
    })
}

/// Whether the day is one of a calendar that a report can speak of.
fn exists(day: Day) -> bool {
    let Day { year, month, day } = day;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1990..2100).contains(&year) && (1..=length).contains(&day)
}

fn zh(day: Day) -> String {
    format!("{}年{}月{}日", day.year, day.month, day.day)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes, report};
    use crate::finding::Severity;

    #[test]
    fn the_title_and_the_period_must_name_one_year() {
        assert_eq!(codes(&report().over((2023, 1, 1), (2023, 12, 31))), ["PER001"]);
        assert_eq!(codes(&report().in_campaign(2023)), ["PER001"]);
        assert_eq!(codes(&report().in_campaign(2024)), [""; 0]);
    }

    #[test]
    fn a_period_stated_as_a_year_or_by_its_end() {
        for (text, found) in [
            ("统计期限：2023年度。", Some("PER001")),
            ("本报告所列数据的统计期限为2023年全年。", Some("PER001")),
            ("数据统计截止时间为2023年12月31日。", Some("PER001")),
            ("数据统计截止2024年11月30日。", Some("PER002")),
            ("所列数据统计截至2024年11月31日。", Some("PER002")),
            ("统计期限：2024年度。", None),
            ("数据统计截止2024年12月31日。", None),
            ("数据统计截止2025年1月10日。", None),
            ("微博粉丝数统计截至2024年11月30日。", None),
            ("统计年鉴2023年度，已经出版。", None),
        ] {
            let mut sample = report().saying(0, text);
            sample.report.period = None;
            let codes = codes(&sample).into_iter().find(|code| code.starts_with("PER"));
            assert_eq!(codes, found, "{text}");
        }
    }

    #[test]
    fn a_year_of_the_period_that_is_none() {
        for (text, number) in [
            ("统计期限自202年1月1日起至2024年12月31日止。", Some("202年")),
            ("统计期限自2024年1月1日起至20224年12月31日止。", Some("20224年")),
            ("本报告所列数据的统计期限为2O24年1月1日至12月31日。", Some("2O24年")),
            ("统计期限自22024年1月1日起。", Some("22024年")),
            ("统计期限自2024年1月1日起至2024年12月31日止。", None),
            ("统计期限为1年，自2024年1月1日起。", None),
            ("统计期限自20241月1日起。", None),
        ] {
            let findings = report().saying(0, text).findings();
            let found = findings.iter().find(|finding| finding.rule == "PER002");
            assert_eq!(found.and_then(|finding| finding.actual.as_deref()), number, "{text}");
        }
    }

    #[test]
    fn a_period_is_a_calendar_year() {
        assert_eq!(codes(&report().over((2024, 1, 1), (2024, 11, 30))), ["PER002"]);
        assert_eq!(codes(&report().over((2023, 1, 1), (2024, 12, 31))), ["PER002"]);
        assert_eq!(codes(&report().over((2024, 1, 1), (202_024, 12, 31))), ["PER002"]);
        assert_eq!(codes(&report().over((2024, 1, 1), (2024, 2, 30))), ["PER002"]);
        let mut damaged = report().over((2024, 1, 1), (2024, 12, 31));
        damaged.report.period.as_mut().unwrap().damaged = true;
        let findings = damaged.findings();
        assert_eq!((findings[0].rule, findings[0].severity), ("PER002", Severity::Note));
    }
}
