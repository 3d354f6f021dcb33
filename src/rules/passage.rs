//! Findings about a passage of the running text: its place, its quotation, what stands in quotation marks.

use std::ops::Range;

use super::phrase;
use crate::finding::{Finding, Severity};
use crate::report::Sentence;
use crate::text::Wording;

/// Characters quoted on each side of a passage.
const AROUND: usize = 24;

/// A finding at the bytes `range` of a sentence, which it quotes with what stands around it.
pub(super) fn finding(
    rule: &'static str,
    severity: Severity,
    sentence: &Sentence,
    range: Range<usize>,
    message: Wording,
) -> Finding {
    let start = sentence.text[..range.start].chars().count();
    let end = start + sentence.text[range.clone()].chars().count();
    Finding {
        part: Some(sentence.part).filter(|&part| part > 0),
        at: Some(sentence.source_of_bytes(range)),
        evidence: Some(phrase::excerpt(&sentence.text, start..end, AROUND)),
        ..Finding::new(rule, severity, message)
    }
}

/// Whether the byte `at` of `text` stands within 《》.
pub(super) fn is_in_title(text: &str, at: usize) -> bool {
    within(text, at, '《', '》')
}

/// Whether the byte `at` of `text` stands within quotation marks or 《》.
pub(super) fn is_quoted(text: &str, at: usize) -> bool {
    is_in_title(text, at) || within(text, at, '“', '”') || within(text, at, '「', '」')
}

fn within(text: &str, at: usize, open: char, close: char) -> bool {
    let opened = text[..at].rfind(open);
    let closed = text[..at].rfind(close);
    opened.is_some_and(|opened| closed.is_none_or(|closed| closed < opened)) && text[at..].contains(close)
}
