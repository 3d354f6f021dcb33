//! TXT008: half-width punctuation in Chinese prose, and marks that lack their partner.

use crate::finding::{Finding, Severity};
use crate::report::{Report, Sentence};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::wording::doubling::is_han;
use crate::rules::{extent, passage};
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "TXT008",
    name: "punctuation",
    severity: Severity::Note,
    scope: Scope::File,
    title: words("标点不规范", "irregular punctuation"),
    manual: Manual {
        basis: words("GB/T 15834—2011 标点符号用法", "GB/T 15834—2011, General rules for punctuation"),
        condition: words(
            "汉字之间用了半角的逗号、分号、冒号、问号，或书名号、引号、括号不成对；全文合为一条",
            "half-width , ; : ? between Chinese characters, or 《》“”（） unpaired; one finding for the report",
        ),
        example: "2024年,我局主动公开信息12条",
        remedy: words("改为全角标点，补上缺的一半", "use full-width marks; add the missing partner"),
        exempt: "数字、网址、英文旁的半角标点；从 PDF、OFD 提取的文字，以及全文没有一个全角逗号的转换文本；网页上方的来源、作者等行；半角括号。",
    },
    check: Check::Report(punctuation),
}];

const HALF_WIDTH: &str = ",;:?";
const PAIRS: [(char, char); 3] = [('《', '》'), ('“', '”'), ('（', '）')];

/// Something irregular at a byte of a sentence.
struct Spot<'a> {
    sentence: &'a Sentence,
    at: usize,
    mark: char,
}

fn punctuation(case: &Case<'_>) -> Assessment {
    if case.extracted {
        return Assessment::not_assessable(Wording::new(
            "文字是从版式文件提取的，标点不可靠",
            "the text was extracted from pages: its punctuation is not reliable",
        ));
    }
    let half: Vec<Spot<'_>> = case.report.prose.iter().flat_map(half_width).collect();
    // Without a single full-width mark the text went through a conversion; nobody writes like that.
    let full = case.report.prose.iter().any(|sentence| sentence.text.contains(['，', '；', '：', '？']));
    if !half.is_empty() && !full {
        return Assessment::not_assessable(Wording::new(
            "全文没有一个全角逗号，标点应是转换造成的",
            "there is no full-width comma at all: the punctuation is that of a conversion",
        ));
    }
    let lonely = unpaired(case.report);
    let Some(first) = half.first().or_else(|| lonely.first()) else { return Assessment::holds() };
    let mut zh = Vec::new();
    let mut en = Vec::new();
    if !half.is_empty() {
        zh.push(format!("半角标点 {} 处", half.len()));
        en.push(format!("{} half-width mark(s)", half.len()));
    }
    for (open, close) in PAIRS {
        let count = lonely.iter().filter(|spot| spot.mark == open || spot.mark == close).count();
        if count > 0 {
            zh.push(format!("{open}{close}不成对 {count} 处"));
            en.push(format!("{count} unpaired {open}{close}"));
        }
    }
    let at = first.at..first.at + first.mark.len_utf8();
    Assessment::broken(Finding {
        actual: Some(first.mark.to_string()),
        ..passage::finding(
            "TXT008",
            Severity::Note,
            first.sentence,
            at,
            Wording::new(format!("标点不规范：{}", zh.join("、")), format!("irregular punctuation: {}", en.join(", "))),
        )
    })
}

/// Half-width marks between Chinese characters.
fn half_width(sentence: &Sentence) -> Vec<Spot<'_>> {
    // 来源:某局 作者:某某: what a site prints above the text.
    if sentence.part == 0 && !sentence.text.contains(['。', '，']) {
        return Vec::new();
    }
    let chars: Vec<(usize, char)> = sentence.text.char_indices().collect();
    let chinese = |index: Option<usize>| {
        let neighbour = index.and_then(|index| chars.get(index)).map(|(_, c)| *c);
        neighbour.is_some_and(|c| is_han(c) || "》”）。".contains(c))
    };
    (0..chars.len())
        .filter(|&index| HALF_WIDTH.contains(chars[index].1))
        .filter(|&index| {
            chinese(index.checked_sub(1))
                && chars.get(index + 1).is_some_and(|(_, c)| is_han(*c) || "《“（".contains(*c))
        })
        .map(|index| Spot { sentence, at: chars[index].0, mark: chars[index].1 })
        .collect()
}

/// Marks without a partner in their part. Marks of a part are matched across sentences, for a quotation may hold some.
fn unpaired(report: &Report) -> Vec<Spot<'_>> {
    let mut lonely = Vec::new();
    let end = extent::breaks_off(report).map(|end| end.part);
    for part in (0..=6u8).filter(|&part| end != Some(part)) {
        for (open, close) in PAIRS {
            let mut opened: Vec<Spot<'_>> = Vec::new();
            for sentence in report.prose.iter().filter(|sentence| sentence.part == part) {
                for (at, c) in sentence.text.char_indices() {
                    let spot = Spot { sentence, at, mark: c };
                    if c == open {
                        opened.push(spot);
                    } else if c == close && opened.pop().is_none() && !is_list_mark(&sentence.text, at) {
                        lonely.push(spot);
                    }
                }
            }
            lonely.extend(opened);
        }
    }
    lonely
}

/// Whether the bracket at the byte `at` only follows an ordinal: 1）, 一）.
fn is_list_mark(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    text[at..].starts_with('）')
        && before.next().is_some_and(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c))
        && before.next().is_none_or(|c| !c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes, report};

    #[test]
    fn marks() {
        for (text, broken) in [
            ("2024年,我局主动公开信息12条。", true),
            ("按照《条例要求公开。", true),
            ("按照“先审后发的程序公开。", true),
            ("公开信息1,234条，时间10:30，网址http://example.gov.cn。", false),
            ("1）公开信息；2）回应关切。", false),
            ("按照《条例》（以下简称“条例”）公开。", false),
        ] {
            assert_eq!(codes(&report().saying(1, text)) == ["TXT008"], broken, "{text}");
        }
        assert_eq!(codes(&report().saying(1, "2024年,我局主动公开信息12条。").extracted()), [""; 0]);
    }
}
