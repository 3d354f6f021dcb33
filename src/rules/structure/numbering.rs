//! STR011 and STR013: what the report says of its own parts, and the ordinals inside them.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::{Finding, Severity};
use crate::report::Sentence;
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::{extent, passage};
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "STR011",
        name: "announced-parts",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("所称部分数与实际不符", "the number of parts announced is not the number there"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号 附件：年度报告由六个部分组成",
                "Annex of 国办公开办函〔2021〕30号: the report has six parts",
            ),
            condition: words(
                "前言称“由几个部分组成”，数目与所列名称的个数或正文的部分数不同",
                "the number of parts announced differs from the parts listed or from those present",
            ),
            example: "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况、其他需要报告的事项等六个部分组成（只列五个，且没有“等”时提示）",
            remedy: words("按六个部分补齐所列名称，改正数目", "list all six parts and correct the number"),
            exempt: "列举后有“等”字而列得少的；行政复议、行政诉讼算作两项的；列有认不出的名称的；正文确实缺一个部分的，由 STR001、STR002 说。",
        },
        check: Check::Report(announced_parts),
    },
    Rule {
        code: "STR013",
        name: "broken-numbering",
        severity: Severity::Note,
        scope: Scope::File,
        title: words("序号跳号、重号或不全", "ordinals are skipped, repeated or broken"),
        manual: Manual {
            basis: words(
                "公文层次序数：一、（一）1.（1）（GB/T 9704—2012 7.3.3）",
                "Ordinals of official texts: 一、（一）1.（1） (GB/T 9704—2012, 7.3.3)",
            ),
            condition: words(
                "（一）（二）之间跳号或重号；小标题序号丢了括号；有“一是”没有“二是”，或“一是、三是”",
                "（一）（二） skip or repeat a number; ordinals lost their brackets; 一是 without 二是, or 一是 and 三是",
            ),
            example: "“一主动公开情况。……二依申请公开情况。”；“一是加强网站建设。”之后没有“二是”",
            remedy: words(
                "补上括号，改正序号；只有一点的不用“一是”",
                "restore brackets and numbers; a single point needs no 一是",
            ),
            exempt: "1. 2. 3. 的列表（网页编辑器会自动编号）；PDF、OFD 提取时丢失的括号；“唯一是”“统一是”。",
        },
        check: Check::Report(broken_numbering),
    },
];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| pattern("([二三四五六七八九]|[2-9])(?:个|大|个大)?(?:主要)?部分"));

/// What comes before the number where the parts are the report's: 网站包括三个部分 is something else.
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        "本(?:年度)?(?:工作)?(?:报告|年报)[^。]*$|全文[^。]*$",
        "|^[^网平栏]*(?:[^作]|公开工作)(?:报告|年报)[^。、]{0,40}(?:由|包括|包含|共|分|内容)[^网平栏。]*$",
        "|^(?:主要)?(?:内容|由|包括)[^网平栏]*$",
    ))
});

/// The six parts as a sentence that lists them names them.
static NAMED: LazyLock<[Regex; 6]> = LazyLock::new(|| {
    [
        pattern("(?:工作)?(?:总体|总的|基本)(?:工作)?情况|概述|概况"),
        pattern("(?:政府信息)?主动公开(?:政府信息|信息)?(?:工作)?的?情况"),
        pattern(
            "(?:收到[和及与]?处理|收到|受理|办理)?(?:政府信息(?:公开)?(?:依?申请|依申请公开)|依申请公开(?:政府信息)?|信息公开申请)(?:公开)?(?:的?受理|办理|处理|工作)?(?:的?情况)?",
        ),
        pattern(concat!(
            "(?:因?政府信息公开(?:工作)?)?(?:被申请|引起的?|申请)?行政复议(?:情况)?",
            "(?:[、和及与,，或以]{0,2}(?:被?提起)?(?:政府信息公开)?行政诉讼)?的?(?:情况)?",
        )),
        pattern(
            "(?:政府信息公开(?:工作)?)?(?:中)?(?:工作)?(?:存在的?)?(?:主要)?(?:困难和|不足和)?问题(?:[及和与、]?(?:其)?(?:改进|整改|下一步)(?:工作)?(?:情况|措施|打算|计划|方向|意见)?)?",
        ),
        pattern("(?:其他|其它)?(?:需要?|应当?)?(?:报告|说明)的?(?:其他|其它|有关)?(?:事项|情况)|其他事项"),
    ]
});

fn numeral(text: &str) -> usize {
    "〇一二三四五六七八九十".chars().position(|c| text.starts_with(c)).or_else(|| text.parse().ok()).unwrap_or(0)
}

fn announced_parts(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let said = report.prose.iter().filter(|sentence| matches!(sentence.part, 0 | 1 | 6)).find_map(|sentence| {
        let found = ANNOUNCED.captures(&sentence.text)?;
        let whole = found.get(0)?;
        let about = ABOUT.is_match(&sentence.text[..whole.start()]);
        let ordinal = sentence.text[..whole.start()].ends_with('第');
        (about && !ordinal).then(|| (sentence, whole.range(), numeral(&found[1])))
    });
    let Some((sentence, at, announced)) = said else { return Assessment::holds() };
    let mut text = sentence.text.clone();
    let mut listed = 0;
    for name in NAMED.iter() {
        if let Some(found) = name.find(&text).map(|found| found.range()) {
            listed += 1;
            text.replace_range(found, "〓");
        }
    }
    // Only a list all of whose names are known can be counted.
    let rest = text.find('〓').zip(text.rfind('〓')).map_or("", |(first, last)| &text[first..last]);
    let foreign =
        rest.split(['〓', '、', '，', ',', '；']).any(|item| item.chars().filter(|c| c.is_alphabetic()).count() > 3);
    let open = sentence.text.contains('等');
    let double = usize::from(sentence.text.contains("行政复议") && sentence.text.contains("行政诉讼"));
    let fits = (listed..=listed + double).contains(&announced) || (open && listed < announced);
    let miscounted = listed >= 2 && !foreign && !fits;
    let present = (1..=6u8).filter(|&number| report.part(number).is_some()).count();
    // A part that is not there is what STR001 and STR002 say.
    let in_two = double > 0 && announced == 7;
    let misfit = present == 6 && announced != 6 && !miscounted && !in_two;
    let message = if miscounted {
        Wording::new(
            format!("报告称有{announced}个部分，列出的是{listed}个"),
            format!("{announced} parts are announced, {listed} are listed"),
        )
    } else if misfit {
        Wording::new(
            format!("报告称有{announced}个部分，正文有{present}个"),
            format!("{announced} parts are announced, {present} are there"),
        )
    } else {
        return Assessment::holds();
    };
    let actual = if miscounted { listed } else { present };
    Assessment::broken(Finding {
        expected: Some(actual.to_string()),
        actual: Some(announced.to_string()),
        ..passage::finding("STR011", Severity::Warning, sentence, at, message)
    })
}

static BRACKETED: LazyLock<Regex> = LazyLock::new(|| pattern("^（([一二三四五六七八九十])）[^项款条]"));
static LOST: LazyLock<Regex> =
    LazyLock::new(|| pattern("^([一二三四五六七])(?:政府信息|主动公开|依申请|信息管理|公开平台|平台建设|监督保障)"));
static LEAD: LazyLock<Regex> = LazyLock::new(|| pattern("(?:^|[。；：，,;:、！）”])([一二三四五六七八九十])(?:是|要)"));

fn broken_numbering(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let mut findings = Vec::new();
    let end = extent::breaks_off(report).map(|end| end.part);
    for part in 0..=6u8 {
        let sentences: Vec<&Sentence> = report.prose.iter().filter(|sentence| sentence.part == part).collect();
        findings.extend(bracketed(&sentences));
        if !case.extracted {
            findings.extend(lost_brackets(&sentences));
        }
        findings.extend(leads(&sentences, end == Some(part)));
    }
    Assessment { findings, unassessed: Vec::new() }
}

/// （一）（二）（四）, （一）（二）（二）.
fn bracketed(sentences: &[&Sentence]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut last = 0;
    for sentence in sentences {
        let Some(found) = BRACKETED.captures(&sentence.text) else { continue };
        let number = numeral(&found[1]);
        let at = 0.."（一）".len();
        if number != 1 && last > 0 && number != last + 1 {
            let (was, is) = (ordinal(last), ordinal(number));
            let message = if number > last {
                Wording::new(
                    format!("序号从（{was}）跳到（{is}），缺（{}）", ordinal(last + 1)),
                    format!("the ordinals jump from {last} to {number}"),
                )
            } else {
                Wording::new(
                    format!("序号（{is}）重复，前面已到（{was}）"),
                    format!("the ordinal {number} comes again after {last}"),
                )
            };
            findings.push(Finding {
                expected: Some(format!("（{}）", ordinal(last + 1))),
                actual: Some(format!("（{is}）")),
                ..passage::finding("STR013", Severity::Note, sentence, at, message)
            });
        }
        last = number;
    }
    findings
}

/// 一主动公开情况。 in place of （一）主动公开情况。
fn lost_brackets(sentences: &[&Sentence]) -> Option<Finding> {
    let bare: Vec<&&Sentence> = sentences.iter().filter(|sentence| LOST.is_match(&sentence.text)).collect();
    let (first, _) = bare.split_first().filter(|(_, others)| !others.is_empty())?;
    let mark = first.text.chars().next()?;
    let opening: String = first.text.chars().take(6).collect();
    let message = Wording::new(
        format!("小标题的序号丢了括号：“{opening}…”等 {} 处", bare.len()),
        format!("{} ordinals have lost their brackets: “{opening}…”", bare.len()),
    );
    Some(Finding {
        expected: Some(format!("（{mark}）")),
        actual: Some(mark.to_string()),
        ..passage::finding("STR013", Severity::Note, first, 0..mark.len_utf8(), message)
    })
}

/// A lead `一是` and how far its row has come.
struct Row<'a> {
    sentence: &'a Sentence,
    at: std::ops::Range<usize>,
    last: usize,
}

/// 一是 without 二是; 一是, 三是. `open`: the text breaks off in this part.
fn leads(sentences: &[&Sentence], open: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut row: Option<Row<'_>> = None;
    let lonely = |row: &Row<'_>| {
        passage::finding(
            "STR013",
            Severity::Note,
            row.sentence,
            row.at.clone(),
            Wording::new("有“一是”，没有“二是”", "there is a first point (一是) and no second"),
        )
    };
    for sentence in sentences {
        for found in LEAD.captures_iter(&sentence.text) {
            let Some(mark) = found.get(1) else { continue };
            let number = numeral(mark.as_str());
            let at = mark.start()..mark.end() + "是".len();
            if number == 1 {
                findings.extend(row.as_ref().filter(|row| row.last == 1).map(lonely));
                row = Some(Row { sentence, at, last: 1 });
                continue;
            }
            let Some(row) = &mut row else { continue };
            if number > row.last + 1 {
                let message = Wording::new(
                    format!("“{}是”之后是“{}是”", ordinal(row.last), ordinal(number)),
                    format!("point {} is followed by point {number}", row.last),
                );
                findings.push(passage::finding("STR013", Severity::Note, sentence, at, message));
            }
            row.last = number;
        }
    }
    findings.extend(row.as_ref().filter(|row| row.last == 1 && !open).map(lonely));
    findings
}

fn ordinal(number: usize) -> char {
    "〇一二三四五六七八九十".chars().nth(number).unwrap_or('十')
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes_of, report};

    #[test]
    fn announced_and_listed() {
        let list = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况";
        for (text, broken) in [
            (format!("本报告由{list}、其他需要报告的事项六个部分组成。"), false),
            (format!("本报告由{list}、其他需要报告的事项七个部分组成。"), false),
            (format!("本报告包括{list}等六部分。"), false),
            ("本报告共分六个部分。".to_owned(), false),
            ("本报告由总体情况、主动公开政府信息情况、存在的主要问题及改进情况六个部分组成。".to_owned(), true),
            ("本报告由五个部分组成。".to_owned(), true),
            ("本报告第二部分为表格。".to_owned(), false),
            ("我局网站包括政务公开、办事服务、互动交流三个部分。".to_owned(), false),
            ("专栏包括指南、目录、年报三个部分。".to_owned(), false),
            ("公开目录包括机构职能、政策文件、财政预决算三个部分。".to_owned(), false),
            ("政府工作报告分为三个部分，已在网站公开。".to_owned(), false),
        ] {
            assert_eq!(codes_of("STR", &report().saying(0, &text)) == ["STR011"], broken, "{text}");
        }
    }

    #[test]
    fn ordinals() {
        for (texts, broken) in [
            (&["（一）主动公开。", "（二）依申请公开。", "（四）平台建设。"][..], true),
            (&["（一）主动公开。", "（二）依申请公开。", "（二）平台建设。"], true),
            (&["（一）问题。", "（二）改进。", "（一）其他。"], false),
            (&["一主动公开情况。", "二依申请公开情况。"], true),
            (&["一是加强网站建设。", "栏目按时更新。"], true),
            (&["一是加强建设；三是开展培训。"], true),
            (&["一是加强建设；二是开展培训；三是抓好考核。", "公开平台统一是基础。"], false),
            (&["一是加强建设；", "二要开展培训。"], false),
        ] {
            let sample = texts.iter().fold(report(), |sample, text| sample.saying(1, text));
            assert_eq!(codes_of("STR", &sample) == ["STR013"], broken, "{texts:?} {:?}", codes_of("STR", &sample));
        }
        let lost = report().saying(1, "一主动公开情况。").saying(1, "二依申请公开情况。").extracted();
        assert_eq!(codes_of("STR", &lost), [""; 0]);
    }
}
