//! TXT: slips of the pen in the wording.

pub(super) mod citation;
mod doubling;
pub(super) mod outdated;
pub(super) mod placeholder;
pub(super) mod punctuation;
pub(super) mod typo;
pub(super) mod words_twice;

use crate::finding::{Finding, Severity};
use crate::report::Source;
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::phrase;
use crate::text::{Wording, words};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "TXT001",
        name: "doubled-character",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("重复的字", "a character is doubled"),
        manual: Manual {
            basis: words("公文文字应当准确；发布前应校对", "official texts must be accurate and are proof-read"),
            condition: words(
                "同一行中一个汉字误写了两次，既不是叠字，也不是两个词相接",
                "a Chinese character stands twice by mistake in one line: no reduplication, no meeting of two words",
            ),
            example: "城乡居民养老保险险种相近的政策——“保险|险种”是两个词，不提示；“养老保险险的政策”提示",
            remedy: words("删去多余的一个字", "strike one of the two"),
            exempt: "层层、人人、一一、扎扎实实等叠字；“公开|开展”“区|区政府”等两词相接；换行处相邻的同一个字。",
        },
        check: Check::Report(doubled_character),
    },
    Rule {
        code: "TXT003",
        name: "stray-fragment",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("标题后有多余的字", "a stray fragment after the title"),
        manual: Manual {
            basis: words("公文文字应当准确；发布前应校对", "official texts must be accurate and are proof-read"),
            condition: words(
                "标题下方单独成段的一两个字，重复标题的结尾",
                "a paragraph of one or two characters below the title repeats the title's end",
            ),
            example: "标题“……年度报告”的下一行只有一个“告”字",
            remedy: words("删去多余的字", "strike the stray characters"),
            exempt: "标题折行后的续行（“……年度报”下一行“告”）是标题的一部分，不提示。",
        },
        check: Check::Report(stray_fragment),
    },
];

fn doubled_character(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let mut findings = Vec::new();
    if let Some(title) = &report.title
        && is_one_line(title.source)
    {
        let chars: Vec<char> = title.text.chars().collect();
        findings.extend(doubling::find(&chars).map(|index| doubled(&chars, index, title.source, None)));
    }
    for sentence in &report.prose {
        let chars: Vec<char> = sentence.text.chars().collect();
        let adjacent = |index: usize| match (sentence.origins.get(index), sentence.origins.get(index + 1)) {
            (Some(first), Some(second)) => first.0 == second.0 && first.1 + 1 == second.1,
            _ => false,
        };
        findings.extend(doubling::find(&chars).filter(|&index| adjacent(index)).map(|index| {
            let part = Some(sentence.part).filter(|&part| part > 0);
            doubled(&chars, index, sentence.source(index..index + 2), part)
        }));
    }
    Assessment { findings, unassessed: Vec::new() }
}

const fn is_one_line(source: Source) -> bool {
    let Source { line, end_line, .. } = source;
    line == end_line
}

fn doubled(chars: &[char], index: usize, at: Source, part: Option<u8>) -> Finding {
    let text: String = chars.iter().collect();
    let c = chars[index];
    let evidence = phrase::excerpt(&text, index..index + 2, 12);
    Finding {
        part,
        at: Some(at),
        expected: Some(c.to_string()),
        actual: Some(format!("{c}{c}")),
        message: Wording::new(
            format!("“{c}”字重复：…{}…", phrase::excerpt(&text, index..index + 2, 6)),
            format!("the character “{c}” is doubled: …{}…", phrase::excerpt(&text, index..index + 2, 6)),
        ),
        evidence: Some(evidence),
        ..Finding::new("TXT001", Severity::Warning, Wording::default())
    }
}

fn stray_fragment(case: &Case<'_>) -> Assessment {
    let Some(title) = &case.report.title else { return Assessment::holds() };
    let stray = case.report.prose.iter().filter(|sentence| sentence.part == 0).find(|sentence| {
        let text = sentence.text.trim();
        (1..=2).contains(&text.chars().count()) && title.text.ends_with(text)
    });
    let Some(sentence) = stray else { return Assessment::holds() };
    let text = sentence.text.trim();
    Assessment::broken(Finding {
        at: Some(sentence.source(0..0)),
        actual: Some(text.to_owned()),
        evidence: Some(text.to_owned()),
        ..Finding::new(
            "TXT003",
            Severity::Warning,
            Wording::new(
                format!("标题之后多出“{text}”，与标题结尾重复"),
                format!("“{text}” stands alone after the title and repeats its end"),
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes, report};

    #[test]
    fn a_doubled_character_is_found_at_its_place() {
        let findings = report().saying(1, "对城乡居民医疗保险险相关政策进行公开。").findings();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].rule, "TXT001");
        assert_eq!(findings[0].actual.as_deref(), Some("险险"));
        let crate::report::Source { column, end_column, .. } = findings[0].at.unwrap();
        assert_eq!((column, end_column), (9, 11));
    }

    #[test]
    fn a_line_break_between_is_no_doubling() {
        let mut sample = report().saying(1, "居民医疗保险险相关政策。");
        let sentence = sample.report.prose.last_mut().unwrap();
        for origin in sentence.origins.iter_mut().skip(6) {
            *origin = (origin.0 + 1, origin.1 - 6);
        }
        assert_eq!(codes(&sample), [""; 0]);
    }

    #[test]
    fn a_stray_end_of_the_title() {
        assert_eq!(codes(&report().saying(0, "告")), ["TXT003"]);
        assert_eq!(codes(&report().saying(0, "局")), [""; 0]);
    }
}
