//! PER003 to PER005: years that belong to another report.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::{Finding, Severity};
use crate::report::{Day, Sentence, Source};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::passage;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "PER003",
        name: "stale-year",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("正文写的是别的年度", "the prose reports on another year"),
        manual: Manual {
            basis: words(
                "条例第四十九条：报告的是上一年度的工作；国办公开办函〔2021〕30号（四）：内容不得雷同",
                "Regulations art. 49: the report is on the year before; 国办公开办函〔2021〕30号 (4)",
            ),
            condition: words(
                "以本机关为主语、叙述本机关公开、申请、收费等工作的句子，年份不是报告年度",
                "a sentence on what this body did for disclosure names another year than the report's",
            ),
            example: "2024年度报告中写“2023年，我局主动公开信息45条”",
            remedy: words(
                "核对是否沿用了上年文稿；改正年份并重新核对该句的数字",
                "check whether last year's text was reused; correct the year and the figures of the sentence",
            ),
            exempt: "与往年比较的句子；法规、文件、规划的名称和文号；某年印发、修订、施行、成立；次年预算和上年决算；改进上年问题的说明。",
        },
        check: Check::Report(stale_year),
    },
    Rule {
        code: "PER004",
        name: "stale-outlook",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("下一步打算写的年份不对", "the outlook names a wrong year"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号 附件，第五部分：改进情况写报告年度和下一年度",
                "Annex of 国办公开办函〔2021〕30号, part five: what is improved this year and the next",
            ),
            condition: words(
                "第五部分的打算写的年份既不是报告年度，也不是下一年度；写成报告年度的为提示",
                "the outlook of part five names a year that is neither the report's nor the next; the report's own: a note",
            ),
            example: "2024年度报告第五部分写“2023年，我局将加强培训”",
            remedy: words(
                "改为下一年度，并核对打算是否沿用了上年文稿",
                "name the next year; check whether the text was reused",
            ),
            exempt: "“到2030年”“2035年远景目标”之类的期限；规划、方案的名称。",
        },
        check: Check::Report(stale_outlook),
    },
    Rule {
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
                "文末单独成段的落款日期早于报告年度12月31日",
                "the date at the end of the text lies before 31 December of the report year",
            ),
            example: "2024年度报告落款“2024年1月15日”",
            remedy: words("核对落款日期；多为年份没有改", "check the date; usually the year was not changed"),
            exempt: "网页模板上的日期、发布日期、浏览次数旁的日期；只有年月的落款按该月最后一天算。",
        },
        check: Check::Report(issued_too_early),
    },
];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// A year that opens a clause.
static YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[。；：，,;:、（）]|截至|截止到?|情况)(?:在|于|自|从)?((?:19|20)\d\d)年"));

/// What a body reports of its own work on disclosure: a figure, or none.
static OWN_WORK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:公开|发布|公布|更新|上传|推送|收到|受理|接到|办理|办结|答复|处理|制发|制定|举办|组织|开展|召开|回应|收取|产生|发出)",
        r"[^，。；]{0,24}?(?:\d|[零一二三四五六七八九十百]+[余多]?)(?:余|多)?(?:条|件|篇|份|次|期|个|场|宗|起|项|例|元|人次)",
        r"|(?:未|没有|无)(?:收到|接到|受理|产生|发生|收取|因|出现)[^。；]{0,20}(?:申请|处理费|复议|诉讼|收费|费用)",
        r"|(?:未|没有|无)[^，。；]{0,6}(?:依申请公开|信息处理费|行政复议)",
    ))
});

/// The body itself as the subject.
static SELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern("[我本全][局县市区镇乡州省旗办委厅院处中心站单位机关系统街道部门校]|[局镇乡委办厅府会处院心]|共|累计|全年")
});

/// What makes another year lawful in a sentence.
static LAWFUL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        "同比|相比|比较|较[上去前]|[上去前]年|与.{0,12}(?:年|期)(?:相比|比)|增长|增加了|减少|下降|上升|提高到|比20|较20|年以来|以来|至今|历年|近[几三五两]年",
        "|成立|建成|挂牌|组建|印发|出台|实施|施行|修订|颁布|通过|签订|启动|起|决算|预算|规划|计划|要点|方案|通知|意见|报告|结转|遗留|转办",
        "|上年|上一年|往年|整改|存在的?问题|工业总产值|年鉴|审计|收支|届|考核结果|考核中|年初|之前|以前|已于|任务",
    ))
});

/// The year whose four digits `found` holds, and their place with 年.
fn year_at(text: &str, found: &crate::text::pattern::Captures<'_>) -> Option<(i32, Range<usize>)> {
    let digits = found.get(1)?;
    let year = digits.as_str().parse().ok()?;
    let end = digits.end() + "年".len();
    (!passage::is_quoted(text, digits.start())).then_some((year, digits.start()..end))
}

fn stale_year(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(own) = report.year else {
        return Assessment::not_assessable(Wording::new("报告年度不明", "the report year is not known"));
    };
    let period = report.period.as_ref().map(|period| period.source);
    let mut findings = Vec::new();
    for (index, sentence) in report.prose.iter().enumerate().filter(|(_, sentence)| sentence.part != 5) {
        let text = &sentence.text;
        let states_period = period.is_some_and(|at| touches(sentence, at)) || text.contains("统计");
        let names_own = text.contains(&own.to_string());
        if states_period || names_own || LAWFUL.is_match(text) || text.contains('〔') {
            continue;
        }
        let stale = YEAR.captures_iter(text).find_map(|found| {
            let (year, at) = year_at(text, &found)?;
            let rest = &text[at.end..];
            let works = OWN_WORK.is_match(rest) && SELF.is_match(rest);
            // The sentence before may have compared with that year.
            let compared = index.checked_sub(1).map(|before| &report.prose[before].text).is_some_and(|before| {
                (before.contains(&own.to_string()) || before.contains("本年"))
                    && before.contains(&year.to_string())
                    && LAWFUL.is_match(before)
            });
            (works && year != own && !compared && (own - 6..=own + 1).contains(&year)).then_some((year, at))
        });
        if let Some((year, at)) = stale {
            findings.push(Finding {
                expected: Some(own.to_string()),
                actual: Some(year.to_string()),
                ..passage::finding(
                    "PER003",
                    Severity::Warning,
                    sentence,
                    at,
                    Wording::new(
                        format!("{own}年度报告的这一句写的是{year}年的工作"),
                        format!("this is a report for {own}; the sentence speaks of {year}"),
                    ),
                )
            });
        }
    }
    Assessment { findings, unassessed: Vec::new() }
}

/// Whether `at` lies on a line the sentence was read from.
fn touches(sentence: &Sentence, at: Source) -> bool {
    let Source { line, end_line, .. } = at;
    sentence.origins.iter().any(|(own, _)| (line..=end_line).contains(own))
}

/// What a year opens when it is the year of an outlook.
static OUTLOOK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        "^(?:度|全年)?[，,]?(?:[^，。；]{0,16}[，,])?[^，。；]{0,24}?(?:将|要|计划|拟|继续)",
        "|^(?:度)?的?(?:工作)?(?:打算|计划|思路|重点|安排)",
    ))
});

/// Words that say the text turns to what comes next.
static NEXT: LazyLock<Regex> =
    LazyLock::new(|| pattern("下一步|下步|今后|接下来|改进(?:措施|方向|打算)|整改措施|工作打算|下一阶段"));

static LAWFUL_AHEAD: LazyLock<Regex> =
    LazyLock::new(|| pattern("针对|上年|去年|以来|整改情况|修订|印发|实施的|到20|远景|规划"));

fn stale_outlook(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(own) = report.year else {
        return Assessment::not_assessable(Wording::new("报告年度不明", "the report year is not known"));
    };
    let mut findings = Vec::new();
    let mut turned = false;
    for sentence in report.prose.iter().filter(|sentence| sentence.part == 5) {
        let text = &sentence.text;
        for found in YEAR.captures_iter(text) {
            let Some((year, at)) = year_at(text, &found) else { continue };
            let rest = &text[at.end..];
            let ahead = OUTLOOK.is_match(rest) && !rest.starts_with(['底', '末', '前', '初', '至', '以']);
            // The report year itself looks ahead only where the text has turned to what is next.
            let before = turned || NEXT.is_match(&text[..at.start]);
            let past = text[at.start..].contains(['了', '已', '虽', '但']);
            let severity = match year - own {
                0 if before && !past && takes_up_work(rest) => Severity::Note,
                -6..=-1 | 2..=5 if ahead && !LAWFUL_AHEAD.is_match(text) => Severity::Warning,
                _ => continue,
            };
            findings.push(Finding {
                expected: Some((own + 1).to_string()),
                actual: Some(year.to_string()),
                ..passage::finding(
                    "PER004",
                    severity,
                    sentence,
                    at,
                    Wording::new(
                        format!("{own}年度报告的打算写的是{year}年，应为{}年", own + 1),
                        format!("the outlook of this report for {own} names {year}, not {}", own + 1),
                    ),
                )
            });
        }
        turned |= NEXT.is_match(text);
    }
    Assessment { findings, unassessed: Vec::new() }
}

/// Whether what follows a year tells of work to be done.
fn takes_up_work(rest: &str) -> bool {
    static WORK: LazyLock<Regex> =
        LazyLock::new(|| pattern("^(?:度)?[，,]?[^，。；]{0,12}?(?:将|要|拟|计划|加大|加强|继续|进一步|着力|重点)"));
    WORK.is_match(rest)
}

static DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?P<before>[^0-9，。；：:]{0,40})(20\d\d)年(\d{1,2})月(?:(\d{1,2})日)?$"));
/// What makes a date another than that of the signature.
static NO_SIGNATURE: LazyLock<Regex> = LazyLock::new(|| pattern("截[至止]|统计|发布|更新|有效|访问|浏览|来源"));

fn issued_too_early(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(own) = report.year else {
        return Assessment::not_assessable(Wording::new("报告年度不明", "the report year is not known"));
    };
    // The signature: among the last lines of the text.
    let last = report.prose.iter().rev().take(2);
    let dated = last.filter(|sentence| sentence.part == 6).find_map(|sentence| {
        let found = DATE.captures(&sentence.text).filter(|found| !NO_SIGNATURE.is_match(&found["before"]))?;
        let part = |index: usize| found.get(index).and_then(|part| part.as_str().parse::<u32>().ok());
        let day = Day { year: i32::try_from(part(2)?).ok()?, month: part(3)?, day: part(4).unwrap_or(31) };
        let start = found.get(2)?.start();
        Some((sentence, day, start..sentence.text.len()))
    });
    let Some((sentence, day, at)) = dated else { return Assessment::holds() };
    let end = Day { year: own, month: 12, day: 31 };
    if day >= end || day.year < own - 1 {
        return Assessment::holds();
    }
    let shown = sentence.text[at.clone()].to_owned();
    Assessment::broken(Finding {
        expected: Some((own + 1).to_string()),
        actual: Some(shown.clone()),
        ..passage::finding(
            "PER005",
            Severity::Warning,
            sentence,
            at,
            Wording::new(
                format!("{own}年度报告的落款日期是{shown}，早于年度结束"),
                format!("this report for {own} is dated {day}, before the year had ended"),
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes, report};

    #[test]
    fn sentences_of_another_year() {
        for text in [
            "2023年，我局主动公开政府信息45条。",
            "2023年度，我局未收到政府信息公开申请。",
            "截至2023年12月31日，我局共公开政府信息45条。",
            "我局高度重视公开工作，2022年共发布信息12条。",
        ] {
            assert_eq!(codes(&report().saying(1, text)), ["PER003"], "{text}");
        }
        for text in [
            "2024年，我局主动公开政府信息45条。",
            "2023年公开信息45条，2024年公开信息50条。",
            "与2023年相比，我局公开信息增加12条。",
            "根据2019年修订的条例，我局制定制度3项。",
            "按时公开2025年部门预算和2023年部门决算12个。",
            "落实《2023年政务公开工作要点》，公开信息12条。",
            "深入学习贯彻党的二十大精神。",
            "2023年结转的申请2件，已经办结。",
        ] {
            assert_eq!(codes(&report().saying(1, text)), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_outlook() {
        for (text, broken) in [
            ("2023年，我局将进一步加强培训。", true),
            ("2022年，将从以下方面改进工作。", true),
            ("下一步，2024年我局加大公开力度。", true),
            ("2025年，我局将进一步加强培训。", false),
            ("2024年，我局公开工作取得了成效，但还要提高质量。", false),
            ("针对2023年存在的问题，要继续整改。", false),
            ("到2030年，将建成统一平台。", false),
        ] {
            assert_eq!(codes(&report().saying(5, text)) == ["PER004"], broken, "{text}");
        }
    }

    #[test]
    fn the_date_of_the_signature() {
        for (text, broken) in [
            ("2024年1月15日", true),
            ("青溪县数据局2024年1月15日", true),
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
