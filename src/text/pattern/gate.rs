//! Words of which every match of a pattern holds one.

mod facts;
mod source;

use std::ops::Range;

pub(super) use facts::Chars;

/// More words than these are not worth looking for one by one.
const MOST: usize = 1024;

/// What a text must hold.
#[derive(Debug)]
pub(super) struct Gate {
    /// The words in order of their first characters, then of their alternatives.
    words: Vec<Word>,
    /// The first characters of the words, by their last twelve bits.
    first: Box<[u64; 64]>,
    /// What the pattern matches, in its order; empty if that is not known.
    alternatives: Vec<Alternative>,
    /// Whether every one of the alternatives has words.
    closed: bool,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    first: char,
    /// Its place among the words as they stand in the pattern.
    place: usize,
    alternative: usize,
    text: Box<str>,
}

/// One of the things that a pattern matches.
#[derive(Debug)]
struct Alternative {
    /// Where it stands in the source.
    range: Range<usize>,
    /// Whether every match holds one of its words.
    closed: bool,
    /// Whether it is nothing but its word.
    exact: bool,
    /// With what its matches begin, if that is known.
    starts: Option<Chars>,
}

/// What may match a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admitted {
    /// An alternative that is nothing but a word does.
    Match,
    /// The alternatives whose bits are set may.
    Some(u64),
}

/// What stands behind the flag for a source with blanks.
pub(super) fn body(source: &str) -> &str {
    source.strip_prefix("(?x)").unwrap_or(source)
}

impl Gate {
    /// The gate of the pattern `source`.
    pub(super) fn of(source: &str) -> Self {
        let found = source::alternatives(source).unwrap_or_default();
        let mut gate = Self { words: Vec::new(), first: Box::new([0; 64]), alternatives: Vec::new(), closed: false };
        for (number, found) in found.into_iter().enumerate() {
            let words = found.words.filter(|words| gate.words.len() + words.len() <= MOST);
            let closed = words.is_some();
            for text in words.into_iter().flatten() {
                let Some(first) = text.chars().next() else { continue };
                let (place, bit) = bit(first);
                gate.first[place] |= bit;
                let place = gate.words.len();
                gate.words.push(Word { first, place, alternative: number, text: text.into() });
            }
            let (range, exact, starts) = (found.range, closed && found.plain, found.starts);
            gate.alternatives.push(Alternative { range, closed, exact, starts });
        }
        gate.closed = !gate.alternatives.is_empty() && gate.alternatives.iter().all(|one| one.closed);
        gate.words.sort_unstable();
        gate
    }

    /// Whether the gate knows all there is to the pattern.
    pub(super) fn is_exact(&self) -> bool {
        self.closed && self.alternatives.iter().all(|one| one.exact)
    }

    /// Whether `text` may hold a match.
    pub(super) fn admits(&self, text: &str) -> bool {
        !self.closed || self.find_at(text, 0).is_some()
    }

    /// Where one of several alternatives stands in the source, and with what its matches begin.
    pub(super) fn alternative(&self, number: usize) -> (Range<usize>, Option<Chars>) {
        let one = &self.alternatives[number];
        (one.range.clone(), one.starts)
    }

    /// With what the matches of the pattern begin, if that is known.
    pub(super) fn starts(&self) -> Option<Chars> {
        self.alternatives.iter().map(|one| one.starts).reduce(|all, one| Some(all?.with(one?)))?
    }

    /// How many alternatives there are, as far as they are told apart.
    pub(super) fn len(&self) -> usize {
        self.alternatives.len()
    }

    /// What of several alternatives `text` may match; `None` if there are not several, or too many.
    pub(super) fn admitted(&self, text: &str) -> Option<Admitted> {
        if !(2..=64).contains(&self.alternatives.len()) {
            return None;
        }
        let always = self.alternatives.iter().enumerate().filter(|(_, one)| !one.closed);
        let mut admitted = always.fold(0, |bits, (number, _)| bits | 1 << number);
        for (at, c) in text.char_indices() {
            let (place, bit) = bit(c);
            if self.first[place] & bit == 0 {
                continue;
            }
            for word in self.beginning(c).filter(|word| text[at..].starts_with(&*word.text)) {
                if self.alternatives[word.alternative].exact {
                    return Some(Admitted::Match);
                }
                admitted |= 1 << word.alternative;
            }
        }
        Some(Admitted::Some(admitted))
    }

    /// The first place from the byte `start` on where one of the words stands; of several the first alternative.
    pub(super) fn find_at(&self, text: &str, start: usize) -> Option<(usize, usize)> {
        text.get(start..)?.char_indices().find_map(|(at, c)| {
            let (place, bit) = bit(c);
            let at = start + at;
            let word = (self.first[place] & bit != 0)
                .then(|| self.beginning(c).find(|word| text[at..].starts_with(&*word.text)))??;
            Some((at, at + word.text.len()))
        })
    }

    /// The words that begin with `c`.
    fn beginning(&self, c: char) -> impl Iterator<Item = &Word> {
        let from = self.words.partition_point(|word| word.first < c);
        self.words[from..].iter().take_while(move |word| word.first == c)
    }
}

const fn bit(c: char) -> (usize, u64) {
    let low = c as u32 & 0xfff;
    ((low >> 6) as usize, 1 << (low & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_the_words_is_refused() {
        let gate = Gate::of("行政(?:复议|诉讼)");
        for (text, admitted) in [("行政复议0件", true), ("诉讼", false), ("行、政", false), ("", false), ("行政", true)]
        {
            assert_eq!(gate.admits(text), admitted, "{text}");
        }
        for source in [".*", "复议|(?:诉讼)?", "(?i)icp"] {
            assert!(Gate::of(source).admits(""), "{source}");
        }
    }

    #[test]
    fn only_alternatives_whose_words_are_there_may_match() {
        let gate = Gate::of("复议|诉讼.{2}件|审[理查]");
        for (text, admitted) in [
            ("行政复议", Admitted::Match),
            ("行政诉讼", Admitted::Some(2)),
            ("诉讼与审查", Admitted::Some(6)),
            ("", Admitted::Some(0)),
        ] {
            assert_eq!(gate.admitted(text), Some(admitted), "{text}");
        }
        assert_eq!(Gate::of("诉讼|.{2}").admitted(""), Some(Admitted::Some(2)));
        assert_eq!(Gate::of("诉讼.").admitted("诉讼"), None);
        assert_eq!(Gate::of("(?i)a|b").admitted("a"), None);
    }

    #[test]
    fn a_pattern_of_words_is_known_entirely() {
        let gate = Gate::of("公开|公开信息|信|开信息");
        assert!(gate.is_exact());
        assert_eq!((gate.find_at("不公开信息", 0), gate.find_at("不公开信息", 6)), (Some((3, 9)), Some((6, 15))));
        for source in ["公开?", "公[开告]", "公开$", "公.", r"公\d", "公{2}", "", "公|"] {
            assert!(!Gate::of(source).is_exact(), "{source}");
        }
        assert!(Gate::of(r"a\.b").is_exact());
        assert!(Gate::of("(?:公开)").is_exact());
    }
}
