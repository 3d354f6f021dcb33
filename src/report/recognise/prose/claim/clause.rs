//! Sentences cut into clauses.

use crate::report::Sentence;
use crate::report::recognise::prose::number::{self, Number};

/// A clause: what stands between two commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// Its text.
    pub(super) text: String,
    /// Its first character in the sentence.
    pub(super) offset: usize,
    /// Its numbers, counted in characters of the clause.
    pub(super) numbers: Vec<Number>,
}

impl Clause {
    /// Index of the character that begins at, or after, `byte`.
    pub(super) fn char_at(&self, byte: usize) -> usize {
        self.text[..byte].chars().count()
    }

    /// The first number with a unit that begins at most `reach` characters after `byte`, and the text
    /// between.
    pub(super) fn number_after(&self, byte: usize, reach: usize) -> Option<(&Number, &str)> {
        let from = self.char_at(byte);
        let number = self.numbers.iter().find(|number| number.chars.start >= from && number.unit.is_some())?;
        let between = self.between(byte, number.chars.start);
        (number.chars.start - from <= reach).then_some((number, between))
    }

    /// The last number with a unit that ends at most `reach` characters before `byte`, and the text
    /// between.
    pub(super) fn number_before(&self, byte: usize, reach: usize) -> Option<(&Number, &str)> {
        let until = self.char_at(byte);
        let number = self.numbers.iter().rfind(|number| number.chars.end <= until && number.unit.is_some())?;
        let start = self.text.char_indices().nth(number.chars.end).map_or(self.text.len(), |(start, _)| start);
        (until - number.chars.end <= reach).then(|| (number, &self.text[start..byte]))
    }

    fn between(&self, byte: usize, end: usize) -> &str {
        let end = self.text.char_indices().nth(end).map_or(self.text.len(), |(end, _)| end);
        &self.text[byte..end]
    }
}

/// Cuts `sentence` at its commas, colons and brackets; a separator of thousands cuts nothing.
pub(super) fn clauses(sentence: &Sentence) -> Vec<Clause> {
    let chars: Vec<char> = sentence.text.chars().collect();
    let mut clauses = Vec::new();
    let mut start = 0;
    for at in 0..=chars.len() {
        let cuts = match chars.get(at) {
            None | Some('，' | '；' | '。' | '！' | '？' | '：' | ':' | ';' | '（' | '）') => true,
            Some(',') => !is_separator(&chars, at),
            Some(_) => false,
        };
        if cuts {
            if start < at {
                let text: String = chars[start..at].iter().collect();
                clauses.push(Clause { text, offset: start, numbers: number::numbers(&chars[start..at]) });
            }
            start = at + 1;
        }
    }
    clauses
}

/// Whether the comma at `at` separates thousands.
fn is_separator(chars: &[char], at: usize) -> bool {
    let digit = |index: usize| chars.get(index).is_some_and(char::is_ascii_digit);
    at > 0 && digit(at - 1) && (1..=3).all(|step| digit(at + step)) && !digit(at + 4)
}
