//! TXT004: likely slips of the pen, from a list that is data and that the configuration can extend.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::{Finding, Severity};
use crate::report::{Sentence, Source};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::phrase;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "TXT004",
    name: "likely-typo",
    severity: Severity::Warning,
    scope: Scope::File,
    title: words("疑似错别字", "a likely slip of the pen"),
    manual: Manual {
        basis: words("公文文字应当准确；发布前应校对", "official texts must be accurate and are proof-read"),
        condition: words(
            "文字中有易错词表里的写法；词表可在配置 [rules.txt004] 中增加",
            "the text holds an entry of the list of confusions; [rules.txt004] of the configuration adds to it",
        ),
        example: "重点关注公开信息的时效信（应为“时效性”）",
        remedy: words("对照建议改正；不是错字的可在配置中豁免", "correct it as suggested; waive it where it is right"),
        exempt: "词表只收几乎总是写错的；“规划范围”“时效信息”等恰好含有这几个字的不提示；两可的用法（截止、作好）不收。",
    },
    check: Check::Report(likely_typo),
}];

/// An entry of the list.
#[derive(Debug, PartialEq, Eq)]
struct Confusion {
    wrong: &'static str,
    right: &'static str,
    /// What makes it right after all.
    contexts: Vec<&'static str>,
}

static LIST: LazyLock<Vec<Confusion>> = LazyLock::new(|| {
    let entries = include_str!("confusions.txt").lines().filter(|line| !line.starts_with('#'));
    let read = |line: &'static str| {
        let (entry, contexts) = line.split_once('!').unwrap_or((line, ""));
        let (wrong, right) = entry.trim().split_once(' ')?;
        Some(Confusion { wrong, right: right.trim(), contexts: contexts.split_whitespace().collect() })
    };
    entries.filter_map(read).collect()
});

/// Finds the entries; where one begins another, the longer.
static WRONG: LazyLock<Regex> = LazyLock::new(|| {
    let mut words: Vec<String> = LIST.iter().map(|entry| regex::escape(entry.wrong)).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    Regex::new(&words.join("|")).expect("a valid pattern")
});

impl Confusion {
    /// Whether one of the contexts makes the word at the byte `at` of `text` right.
    fn is_right(&self, text: &str, at: usize) -> bool {
        self.contexts.iter().any(|context| {
            if !context.contains(self.wrong) {
                return text.contains(context);
            }
            context.match_indices(self.wrong).any(|(before, _)| {
                at.checked_sub(before)
                    .is_some_and(|start| text.get(start..).is_some_and(|rest| rest.starts_with(context)))
            })
        })
    }
}

/// Wrong words in `text`: what is meant, and the bytes of what is written.
fn find<'a>(text: &'a str, further: &'a [(String, String)]) -> Vec<(&'a str, Range<usize>)> {
    let mut found: Vec<(&str, Range<usize>)> = Vec::new();
    let mut from = 0;
    while let Some(hit) = WRONG.find_at(text, from) {
        let entry = LIST.iter().find(|entry| entry.wrong == hit.as_str());
        match entry.filter(|entry| !entry.is_right(text, hit.start())) {
            Some(entry) => {
                found.push((entry.right, hit.range()));
                from = hit.end();
            }
            // What is right as one word may overlap another that is wrong.
            None => from = hit.start() + text[hit.start()..].chars().next().map_or(1, char::len_utf8),
        }
    }
    for (wrong, right) in further.iter().filter(|(wrong, _)| !wrong.is_empty()) {
        // 时效信 = 时效信息: what is already written as meant is no slip.
        let meant = |at: usize| {
            right.match_indices(wrong.as_str()).any(|(before, _)| {
                at.checked_sub(before)
                    .is_some_and(|start| text.get(start..).is_some_and(|rest| rest.starts_with(right.as_str())))
            })
        };
        let hits = text.match_indices(wrong.as_str()).filter(|&(at, _)| !meant(at));
        let hits = hits.map(|(at, _)| (right.as_str(), at..at + wrong.len()));
        let known =
            |range: &Range<usize>| found.iter().any(|(_, other)| other.start < range.end && range.start < other.end);
        let new: Vec<_> = hits.filter(|(_, range)| !known(range)).collect();
        found.extend(new);
    }
    found.sort_by_key(|(_, range)| range.start);
    found
}

/// The text of the report in pieces: title, headings, sentences.
fn pieces<'a>(case: &Case<'a>) -> impl Iterator<Item = (u8, &'a str, Place<'a>)> {
    let report = case.report;
    let title = report.title.iter().map(|title| (0, title.text.as_str(), Place::Whole(title.source)));
    let headings =
        report.parts.iter().filter_map(|part| Some((part.number, part.heading.as_deref()?, Place::Whole(part.source))));
    let sentences =
        report.prose.iter().map(|sentence| (sentence.part, sentence.text.as_str(), Place::Within(sentence)));
    title.chain(headings).chain(sentences)
}

/// Where a piece stands.
enum Place<'a> {
    /// As a whole: its characters have no places of their own.
    Whole(Source),
    /// In a sentence.
    Within(&'a Sentence),
}

fn likely_typo(case: &Case<'_>) -> Assessment {
    let mut findings: Vec<(String, usize, Finding)> = Vec::new();
    for (part, text, place) in pieces(case) {
        for (right, range) in find(text, case.confusions) {
            let wrong = text[range.clone()].to_owned();
            if let Some((_, count, _)) = findings.iter_mut().find(|(known, ..)| *known == wrong) {
                *count += 1;
                continue;
            }
            let start = text[..range.start].chars().count();
            let end = start + wrong.chars().count();
            let at = match place {
                Place::Whole(source) => source,
                Place::Within(sentence) => sentence.source(start..end),
            };
            let finding = Finding {
                part: Some(part).filter(|&part| part > 0),
                at: Some(at),
                expected: Some(right.to_owned()),
                actual: Some(wrong.clone()),
                evidence: Some(phrase::excerpt(text, start..end, 24)),
                ..Finding::new("TXT004", Severity::Warning, Wording::default())
            };
            findings.push((wrong, 1, finding));
        }
    }
    let worded = findings.into_iter().map(|(wrong, count, finding)| {
        let right = finding.expected.clone().unwrap_or_default();
        let (times, times_en) = match count {
            1 => (String::new(), String::new()),
            count => (format!("（共 {count} 处）"), format!(" ({count} times)")),
        };
        let message = Wording::new(
            format!("“{wrong}”疑为“{right}”{times}"),
            format!("“{wrong}” is probably “{right}”{times_en}"),
        );
        Finding { message, ..finding }
    });
    Assessment { findings: worded.collect(), unassessed: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{codes, report};

    #[test]
    fn the_list_is_well_formed() {
        assert!(LIST.len() >= 300, "{}", LIST.len());
        let mut seen = std::collections::HashSet::new();
        let mut bad = Vec::new();
        for entry in LIST.iter() {
            assert!(seen.insert(entry.wrong), "{} twice", entry.wrong);
            assert!(!entry.right.is_empty() && !entry.right.contains(' '), "{}", entry.wrong);
            // What is meant, and what makes it right, must not be found wrong itself; what is wrong must be found.
            let contexts = entry.contexts.iter().filter(|context| context.contains(entry.wrong));
            let silent = contexts.chain([&entry.right]).all(|text| find(text, &[]).is_empty());
            if !silent || find(entry.wrong, &[]).is_empty() {
                bad.push(entry.wrong);
            }
        }
        assert_eq!(bad, [""; 0]);
    }

    #[test]
    fn slips_and_what_only_looks_like_one() {
        for (text, wrong) in [
            ("重点关注公开信息的时效信。", Some("时效信")),
            ("在人民政官网公开信息。", Some("人民政官网")),
            ("纳入课室年终目标考核。", Some("课室")),
            ("按照时效信息的要求，在规划范围内公开。", None),
            ("政府信息公开平台建设。", None),
            ("（四）府信息公开平台建设。", Some("府信息公开")),
            ("畅通受理渠。", Some("受理渠")),
            ("学校课室采光达标。", None),
            ("规范以申请公开工作。", Some("以申请公开")),
            ("做好政府信心公开工作。", Some("信心公开")),
            ("不与公开2件，予已公开5件。", Some("不与公开")),
            ("以习进平新时代中国特色社会主义思想为指导。", Some("习进平")),
            ("进一部规范公开。", Some("进一部")),
            ("接转下年度继续办理。", Some("接转下年度")),
            ("公民可以申请公开政府信息，同一申请公开一次。", None),
            ("组织学习进平台操作，引进一部设备，进一部门一策。", None),
            ("给予已公开信息的链接，不与公开工作挂钩。", None),
            ("统一按排名公布，乡村镇兴办的企业学习近乎完成。", None),
        ] {
            let findings = report().saying(1, text).findings();
            let found =
                findings.iter().find(|finding| finding.rule == "TXT004").and_then(|finding| finding.actual.as_deref());
            assert_eq!(found, wrong, "{text}");
        }
    }

    #[test]
    fn the_configuration_adds_to_it() {
        let sample = report().saying(1, "公开模范有序，示模范。");
        assert_eq!(codes(&sample), [""; 0]);
        assert_eq!(codes(&sample.confusing("公开模范", "公开规范")), ["TXT004"]);
    }
}
