//! Running text cut into sentences, each with what the text around it is about.

use super::{Slice, topic};
use crate::report::recognise::stream::is_han;
use crate::report::{Sentence, Topic};

/// What the text around a sentence is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Setting {
    /// The topics of the latest heading or lead before it.
    pub(super) topics: Vec<Topic>,
    /// Whether it begins a paragraph.
    pub(super) opens_paragraph: bool,
}

/// Cuts `slices` into sentences; the settings stand at the same indices.
pub(super) fn sentences(slices: &[Slice<'_>]) -> (Vec<Sentence>, Vec<Setting>) {
    let mut sentences = Vec::new();
    let mut settings = Vec::new();
    let mut part = 0;
    let mut topics: Vec<Topic> = Vec::new();
    for slice in slices {
        if slice.part != part {
            part = slice.part;
            topics = of_part(part);
        }
        let mut marks = topic::marks(slice.passage, slice.range.clone()).into_iter().peekable();
        let mut start = slice.range.start;
        let mut before = ' ';
        let mut bracket = 0;
        let mut chars = slice.text().chars().zip(slice.range.start..).peekable();
        while let Some((c, at)) = chars.next() {
            if c == '（' && at >= bracket {
                bracket = at + bracketed(slice.passage.slice(at..slice.range.end));
            }
            let semicolon = c == '；' || (c == ';' && is_han(before));
            let full = matches!(c, '。' | '！' | '？') || (matches!(c, '!' | '?') && is_han(before));
            let ends = full || (semicolon && at >= bracket);
            before = c;
            let closes = chars.peek().is_some_and(|(next, _)| matches!(next, '”' | '’' | '）' | '》' | '」' | '』'));
            let last = chars.peek().is_none();
            let after_end = matches!(c, '”' | '’' | '）' | '》' | '」' | '』')
                && slice.passage.slice(start..at).ends_with(['。', '！', '？']);
            if !(last || ((ends || after_end) && !closes)) {
                continue;
            }
            if part == 1 {
                while let Some(mark) = marks.next_if(|mark| mark.chars.start <= at) {
                    topics = mark.topics;
                }
            }
            if slice.passage.slice(start..at + 1).chars().any(char::is_alphanumeric) {
                sentences.push(slice.passage.sentence(start..at + 1, part));
                settings.push(Setting { topics: topics.clone(), opens_paragraph: start == slice.range.start });
            }
            start = at + 1;
        }
    }
    (sentences, settings)
}

/// Most characters in a bracket that a semicolon does not cut.
const LONGEST_BRACKET: usize = 300;

/// Length of the bracket that `text` begins with; 0 if it is not closed before the sentence ends.
fn bracketed(text: &str) -> usize {
    let mut depth = 0;
    for (index, c) in text.chars().take(LONGEST_BRACKET).enumerate() {
        match c {
            '（' => depth += 1,
            '）' => depth -= 1,
            '。' => return 0,
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    0
}

/// What a part is about as a whole.
fn of_part(part: u8) -> Vec<Topic> {
    match part {
        2 => vec![Topic::ProactiveDisclosure],
        3 => vec![Topic::Requests],
        _ => Vec::new(),
    }
}
