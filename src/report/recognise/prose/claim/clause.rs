//! Sentences cut into clauses.

use crate::report::Sentence;
use crate::report::recognise::prose::number::{self, Number};

/// A clause: what stands between two marks of punctuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// Its text.
    pub(super) text: String,
    /// Its first character in the sentence.
    pub(super) offset: usize,
    /// Its numbers, counted in characters of the clause.
    pub(super) numbers: Vec<Number>,
    /// The mark before it; `None` at the beginning of the sentence.
    pub(super) opened: Option<char>,
    /// The mark behind it; `None` where the sentence breaks off.
    pub(super) closed: Option<char>,
    /// How many brackets it stands in.
    pub(super) depth: usize,
}

impl Clause {
    /// Index of the character that begins at, or after, `byte`.
    pub(super) fn char_at(&self, byte: usize) -> usize {
        self.text[..byte].chars().count()
    }

    /// The byte at which the character of this index begins.
    pub(super) fn byte_at(&self, index: usize) -> usize {
        self.text.char_indices().nth(index).map_or(self.text.len(), |(start, _)| start)
    }

    /// The numbers with a unit.
    pub(super) fn counts(&self) -> impl DoubleEndedIterator<Item = &Number> {
        self.numbers.iter().filter(|number| number.unit.is_some())
    }

    /// The first number with a unit that begins at most `reach` characters after `byte`, and the text
    /// between.
    pub(super) fn number_after(&self, byte: usize, reach: usize) -> Option<(&Number, &str)> {
        let from = self.char_at(byte);
        let number = self.counts().find(|number| number.chars.start >= from)?;
        let between = self.between(byte, number.chars.start);
        (number.chars.start - from <= reach).then_some((number, between))
    }

    /// The last number with a unit that ends at most `reach` characters before `byte`, and the text
    /// between.
    pub(super) fn number_before(&self, byte: usize, reach: usize) -> Option<(&Number, &str)> {
        let until = self.char_at(byte);
        let number = self.counts().rfind(|number| number.chars.end <= until)?;
        (until - number.chars.end <= reach).then(|| (number, &self.text[self.byte_at(number.chars.end)..byte]))
    }

    /// What stands before the number, back to the number before it.
    pub(super) fn label_before(&self, number: &Number) -> &str {
        let before = self.numbers.iter().rfind(|other| other.chars.end <= number.chars.start);
        let start = before.map_or(0, |other| self.byte_at(other.chars.end));
        &self.text[start..self.byte_at(number.chars.start)]
    }

    /// What stands behind the number.
    pub(super) fn rest(&self, number: &Number) -> &str {
        &self.text[self.byte_at(number.chars.end)..]
    }

    fn between(&self, byte: usize, end: usize) -> &str {
        &self.text[byte..self.byte_at(end)]
    }
}

/// Cuts `sentence` at its commas, colons and brackets; a separator of thousands cuts nothing.
pub(super) fn clauses(sentence: &Sentence) -> Vec<Clause> {
    let chars: Vec<char> = sentence.text.chars().collect();
    let mut clauses = Vec::new();
    let (mut start, mut depth, mut opened) = (0, 0, None);
    for at in 0..=chars.len() {
        let mark = chars.get(at).copied();
        let cuts = match mark {
            None | Some('，' | '；' | '。' | '！' | '？' | '：' | ':' | ';' | '（' | '）') => true,
            Some(',') => !is_separator(&chars, at),
            Some(_) => false,
        };
        if !cuts {
            continue;
        }
        if start < at {
            let text: String = chars[start..at].iter().collect();
            let numbers = number::numbers(&chars[start..at]);
            clauses.push(Clause { text, offset: start, numbers, opened, closed: mark, depth });
        }
        match mark {
            Some('（') => depth += 1,
            Some('）') => depth = depth.saturating_sub(1),
            _ => {}
        }
        (start, opened) = (at + 1, mark);
    }
    clauses
}

/// Whether the comma at `at` separates thousands.
fn is_separator(chars: &[char], at: usize) -> bool {
    let digit = |index: usize| chars.get(index).is_some_and(char::is_ascii_digit);
    at > 0 && digit(at - 1) && (1..=3).all(|step| digit(at + step)) && !digit(at + 4)
}
