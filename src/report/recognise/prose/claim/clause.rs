//! Sentences cut into clauses.

use std::ops::Range;

use crate::report::Sentence;
use crate::report::recognise::prose::number::{self, Number};

/// A clause: what stands between two marks of punctuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// Its text.
    pub(super) text: String,
    /// Where each of its characters stands in the sentence: a remark in brackets may be left out.
    places: Vec<usize>,
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
    /// Whether it begins the sentence, or follows a semicolon.
    pub(super) const fn begins_anew(&self) -> bool {
        matches!(self.opened, None | Some('；' | ';'))
    }

    /// The place in the sentence of the characters in `range`.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let at = |index: usize| self.places.get(index).copied();
        let start = at(range.start).unwrap_or(0);
        start..range.end.checked_sub(1).and_then(at).map_or(start, |last| last + 1)
    }

    /// Its first character in the sentence.
    pub(super) fn offset(&self) -> usize {
        self.places.first().copied().unwrap_or(0)
    }

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

    /// The number without a unit that follows `byte` and ends the clause, and the text between.
    pub(super) fn bare_number_after(&self, byte: usize) -> Option<(&Number, &str)> {
        let number = self.numbers.last().filter(|number| self.is_bare(number))?;
        let from = self.char_at(byte);
        (number.chars.start >= from).then(|| (number, self.between(byte, number.chars.start)))
    }

    /// Whether the number ends the clause without a unit, and is no year and no percentage.
    pub(super) fn is_bare(&self, number: &Number) -> bool {
        let label = self.label_before(number);
        number.unit.is_none()
            && !number.percent
            && self.rest(number).is_empty()
            && label.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !label.ends_with(['第', '号', '：', ':', '〔'])
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

/// Cuts `sentence` at its commas, colons and brackets, and before 以及 behind a number; a separator of thousands cuts
/// nothing, and a remark in brackets that counts nothing is passed over.
pub(super) fn clauses(sentence: &Sentence) -> Vec<Clause> {
    let chars: Vec<char> = sentence.text.chars().collect();
    let mut clauses = Vec::new();
    let (mut places, mut depth, mut opened) = (Vec::new(), 0, None);
    let mut at = 0;
    while at <= chars.len() {
        let mark = chars.get(at).copied();
        if mark == Some('（')
            && let Some(length) = remark(&chars[at..])
        {
            at += length;
            continue;
        }
        let and =
            chars[at.min(chars.len())..].starts_with(&['以', '及']) && at > 0 && "件条份宗例起".contains(chars[at - 1]);
        let cuts = match mark {
            None | Some('，' | '；' | '。' | '！' | '？' | '：' | ':' | ';' | '（' | '）') => true,
            Some(',') => !is_separator(&chars, at),
            Some(_) => and,
        };
        if !cuts {
            places.push(at);
            at += 1;
            continue;
        }
        if !places.is_empty() {
            let own: Vec<char> = places.iter().map(|&place| chars[place]).collect();
            let (text, numbers) = (own.iter().collect(), number::numbers(&own));
            clauses.push(Clause { text, places: std::mem::take(&mut places), numbers, opened, closed: mark, depth });
        }
        match mark {
            Some('（') => depth += 1,
            Some('）') => depth = depth.saturating_sub(1),
            _ => {}
        }
        opened = mark;
        at += 1;
    }
    clauses
}

/// Length of the bracketed remark that `chars` begins with, if it counts nothing.
fn remark(chars: &[char]) -> Option<usize> {
    let end = chars.iter().position(|&c| c == '）')?;
    let inside = &chars[1..end];
    let counts = inside.contains(&'（') || number::numbers(inside).iter().any(|number| number.unit.is_some());
    (!counts && end + 1 < chars.len()).then_some(end + 1)
}

/// Whether the comma at `at` separates thousands.
fn is_separator(chars: &[char], at: usize) -> bool {
    let digit = |index: usize| chars.get(index).is_some_and(char::is_ascii_digit);
    at > 0 && digit(at - 1) && (1..=3).all(|step| digit(at + step)) && !digit(at + 4)
}
