//! How the six part headings are worded: as prescribed, in a known synonym, or by key words only.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::report::HeadingWording;

/// The wordings of one part's heading.
pub(super) struct Wordings {
    /// Number of the part.
    pub(super) number: u8,
    /// As the form has it, without ordinal and punctuation.
    prescribed: &'static str,
    /// Other wordings that pass silently, without punctuation.
    synonyms: &'static [&'static str],
}

/// The six parts. Punctuation inside a heading is ignored when wordings are compared.
const WORDINGS: [Wordings; 6] = [
    Wordings {
        number: 1,
        prescribed: "总体情况",
        synonyms: &[
            "政府信息公开总体情况",
            "政府信息公开工作总体情况",
            "政务公开总体情况",
            "工作总体情况",
            "总体工作情况",
            "总体概况",
        ],
    },
    Wordings {
        number: 2,
        prescribed: "主动公开政府信息情况",
        synonyms: &[
            "主动公开政府信息的情况",
            "政府信息主动公开情况",
            "主动公开政府信息工作情况",
            "行政机关主动公开政府信息情况",
        ],
    },
    Wordings {
        number: 3,
        prescribed: "收到和处理政府信息公开申请情况",
        synonyms: &[
            "收到和处理政府信息公开申请的情况",
            "收到和处理政府信息公开情况",
            "收到和处理政府信息依申请公开情况",
            "收到和处理政府信息公开申请工作情况",
            "行政机关收到和处理政府信息公开申请情况",
            "依申请公开政府信息情况",
        ],
    },
    Wordings {
        number: 4,
        prescribed: "政府信息公开行政复议行政诉讼情况",
        synonyms: &[
            "政府信息公开行政复议和行政诉讼情况",
            "政府信息公开行政复议及行政诉讼情况",
            "政府信息公开行政复议与行政诉讼情况",
            "政府信息公开工作行政复议行政诉讼情况",
            "政府信息公开复议诉讼情况",
            "行政复议行政诉讼情况",
            "行政复议和行政诉讼情况",
            "因政府信息公开工作被申请行政复议提起行政诉讼情况",
            "因政府信息公开工作被申请行政复议提起行政诉讼的情况",
            "因政府信息公开工作被申请行政复议和提起行政诉讼情况",
            "因政府信息公开被申请行政复议提起行政诉讼情况",
        ],
    },
    Wordings {
        number: 5,
        prescribed: "存在的主要问题及改进情况",
        synonyms: &[
            "存在问题及改进情况",
            "存在的问题及改进情况",
            "存在主要问题及改进情况",
            "存在的主要问题和改进情况",
            "存在的问题和改进情况",
            "主要问题及改进情况",
            "主要问题和改进情况",
            "主要问题和改进措施",
            "主要问题及改进措施",
            "存在的主要问题及改进措施",
            "存在的主要问题和改进措施",
            "存在问题及改进措施",
            "存在的问题及改进措施",
            "政府信息公开工作存在的主要问题及改进情况",
            "政府信息公开工作存在的问题及改进情况",
        ],
    },
    Wordings {
        number: 6,
        prescribed: "其他需要报告的事项",
        synonyms: &[
            "其他报告的事项",
            "其他报告事项",
            "其他需要报告事项",
            "其他需报告的事项",
            "其他需要报告的情况",
            "其他需要说明的事项",
            "其它需要报告的事项",
            "需要报告的其他事项",
        ],
    },
];

/// Words that betray a part although its heading is worded otherwise; the first that fits counts.
static KEY_WORDS: LazyLock<[(u8, Regex); 6]> = LazyLock::new(|| {
    [
        (4, r"复议|诉讼"),
        (6, r"其[他它].{0,8}(?:事项|报告|说明|情况)|^(?:附则|附件说明|需要说明的(?:事项|问题))$"),
        (5, r"问题|不足|改进|困难"),
        (3, r"申请"),
        (2, r"主动公开"),
        (1, r"总体|^概述$|^概况$|基本情况|工作概[况述]"),
    ]
    .map(|(number, pattern)| (number, Regex::new(pattern).expect("a valid pattern")))
});

/// Most characters a heading may have, its ordinal aside.
pub(super) const LONGEST: usize = 36;

static ORDINAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:第?(?P<chinese>[一二三四五六七八九十]{1,3})(?:[、.．,，:：丶﹑]|部分[、:：]?)|第?(?P<arabic>\d{1,2})(?:[、.．]|部分[、:：]?))",
    )
    .expect("a valid pattern")
});

/// An ordinal as headings of parts carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ordinal {
    /// Its number.
    pub(super) number: u8,
    /// Whether it is written in Chinese, as the form has it.
    pub(super) chinese: bool,
    /// Bytes it takes at the beginning of the text.
    pub(super) bytes: usize,
}

/// The ordinal that `text` begins with: `四、`, `第四部分`, `4.`.
pub(super) fn ordinal(text: &str) -> Option<Ordinal> {
    let found = ORDINAL.captures(text)?;
    let bytes = found.get(0)?.end();
    match (found.name("chinese"), found.name("arabic")) {
        (Some(chinese), _) => Some(Ordinal { number: chinese_number(chinese.as_str())?, chinese: true, bytes }),
        (_, Some(arabic)) => Some(Ordinal { number: arabic.as_str().parse().ok()?, chinese: false, bytes }),
        _ => None,
    }
}

/// 一 to 九十九.
fn chinese_number(text: &str) -> Option<u8> {
    let digit = |c| "一二三四五六七八九".chars().zip(1..).find(|&(digit, _)| digit == c).map(|(_, value)| value);
    match text.split_once('十') {
        None => text.chars().try_fold(0, |_, c| digit(c)),
        Some((tens, ones)) => {
            let tens: u8 = if tens.is_empty() { 1 } else { digit(tens.chars().next()?)? };
            let ones = if ones.is_empty() { 0 } else { digit(ones.chars().next()?)? };
            Some(tens * 10 + ones)
        }
    }
}

/// Whether `c` may stand in or after a heading without being part of its wording.
fn is_silent(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Whether the wording `expected` stands at the beginning of `text`, punctuation ignored; gives the
/// number of characters of `text` it takes.
fn begins_with(text: &str, expected: &str) -> Option<usize> {
    let mut expected = expected.chars().peekable();
    for (index, c) in text.chars().enumerate() {
        match expected.peek() {
            None => return Some(index),
            Some(&next) if next == c => {
                expected.next();
            }
            // A heading does not run across the end of a sentence.
            Some(_) if is_silent(c) && index > 0 && !matches!(c, '。' | '；' | '：') => {}
            Some(_) => return None,
        }
    }
    expected.peek().is_none().then(|| text.chars().count())
}

/// The known wording at the beginning of `text`: part, wording and number of characters. The longest
/// fitting wording counts.
pub(super) fn known_at_start(text: &str) -> Option<(u8, HeadingWording, usize)> {
    let text = head(text, LONGEST);
    WORDINGS
        .iter()
        .flat_map(|wordings| {
            std::iter::once((wordings.number, HeadingWording::Prescribed, wordings.prescribed))
                .chain(wordings.synonyms.iter().map(|&synonym| (wordings.number, HeadingWording::Synonym, synonym)))
        })
        .filter_map(|(number, wording, expected)| Some((number, wording, begins_with(text, expected)?)))
        .max_by_key(|&(_, wording, length)| (length, wording == HeadingWording::Prescribed))
}

/// The number of characters that a known wording of part `number` takes at the end of `text`.
pub(super) fn known_at_end(text: &str, number: u8) -> Option<(HeadingWording, usize)> {
    let wordings = WORDINGS.iter().find(|wordings| wordings.number == number)?;
    let tail_start = text.char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at);
    std::iter::once((HeadingWording::Prescribed, wordings.prescribed))
        .chain(wordings.synonyms.iter().map(|&synonym| (HeadingWording::Synonym, synonym)))
        .filter_map(|(wording, expected)| Some((wording, ends_with(&text[tail_start..], expected)?)))
        .max_by_key(|&(_, length)| length)
}

/// Whether the wording `expected` stands at the end of `text`, punctuation ignored; gives the number
/// of characters it takes.
fn ends_with(text: &str, expected: &str) -> Option<usize> {
    let mut expected = expected.chars().rev().peekable();
    for (index, c) in text.chars().rev().enumerate() {
        match expected.peek() {
            None => return Some(index),
            Some(&next) if next == c => {
                expected.next();
            }
            Some(_) if is_silent(c) => {}
            Some(_) => return None,
        }
    }
    expected.peek().is_none().then(|| text.chars().count())
}

/// The part whose heading `line` (without ordinal) is, judged as a line of its own.
pub(super) fn classify(line: &str) -> Option<(u8, HeadingWording)> {
    let line = line.trim_end_matches(is_silent);
    if line.is_empty() || line.chars().count() > LONGEST {
        return None;
    }
    if let Some((number, wording, length)) = known_at_start(line)
        && length == line.chars().count()
    {
        return Some((number, wording));
    }
    KEY_WORDS.iter().find(|(_, words)| words.is_match(line)).map(|&(number, _)| (number, HeadingWording::Different))
}

static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[（(]?单位[:：](?:件|条|个|宗|份|万元|元)[/、，件万元]*[）)]?$").expect("a valid pattern")
});

/// `line` without the unit of the table below it, which may stand at the end of its heading: 单位：件.
pub(super) fn without_unit(line: &str) -> &str {
    UNIT.find(line).map_or(line, |found| &line[..found.start()])
}

/// Whether `next` carries on the known heading that `line` (ordinal included) breaks off in.
pub(super) fn is_broken(line: &str, next: &str) -> bool {
    let line = &line[ordinal(line).map_or(0, |ordinal| ordinal.bytes)..];
    let length = line.chars().count();
    if !(3..LONGEST).contains(&length) {
        return false;
    }
    let joined = format!("{line}{}", head(next, LONGEST));
    known_at_start(&joined).is_some_and(|(.., reach)| reach > length)
        && known_at_start(line).is_none_or(|(.., reach)| reach < length)
}

/// The first `count` characters of `text`.
pub(super) fn head(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use HeadingWording::{Different, Prescribed, Synonym};

    #[test]
    fn ordinals() {
        for (text, expected) in [
            ("四、情况", Some((4, true, 6))),
            ("十二、情况", Some((12, true, 9))),
            ("第三部分 情况", Some((3, true, 12))),
            ("1. 总体情况", Some((1, false, 2))),
            ("（一）主动公开", None),
            ("一主动公开", None),
            ("", None),
        ] {
            let found = ordinal(text).map(|ordinal| (ordinal.number, ordinal.chinese, ordinal.bytes));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn wordings() {
        for (line, expected) in [
            ("总体情况", Some((1, Prescribed))),
            ("总体情况：", Some((1, Prescribed))),
            ("2023年政务公开总体情况", Some((1, Different))),
            ("概述", Some((1, Different))),
            ("政府信息公开行政复议、行政诉讼情况", Some((4, Prescribed))),
            ("政府信息公开行政复议和行政诉讼情况", Some((4, Synonym))),
            ("因政府信息公开申请行政复议情况", Some((4, Different))),
            ("主要问题和改进措施", Some((5, Synonym))),
            ("其他报告事项", Some((6, Synonym))),
            ("工作机制保障", None),
            ("", None),
        ] {
            assert_eq!(classify(line), expected, "{line}");
        }
    }

    #[test]
    fn units() {
        for (line, expected) in [
            ("收到和处理政府信息公开申请情况单位：件", "收到和处理政府信息公开申请情况"),
            ("主动公开政府信息情况（单位：件、万元）", "主动公开政府信息情况"),
            ("各单位：情况", "各单位：情况"),
            ("总体情况", "总体情况"),
        ] {
            assert_eq!(without_unit(line), expected);
        }
    }

    #[test]
    fn broken_headings() {
        assert!(is_broken("四、政府信息公开行政复议、行政诉", "讼情况"));
        assert!(is_broken("存在的主要问题及", "改进情况"));
        assert!(!is_broken("一、总体情况", "2023年，我局"));
        assert!(!is_broken("五、存在的主要问题及改进情况", "一是人手不足。"));
    }
}
