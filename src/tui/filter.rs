//! The filter over the list: words that all must match, in Chinese, pinyin or as a rule code.

use std::sync::LazyLock;

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::{PinyinData, PinyinNotation};

use crate::ledger::Submission;

const NOTATIONS: PinyinNotation = PinyinNotation::Ascii.union(PinyinNotation::AsciiFirstLetter);
static PINYIN: LazyLock<PinyinData> = LazyLock::new(|| PinyinData::new(NOTATIONS));

/// A filter as typed, ready to be applied.
#[derive(Debug, Default)]
pub struct Filter {
    text: String,
    terms: Vec<Term>,
}

#[derive(Debug)]
struct Term {
    /// Anywhere in agency, path or rule codes.
    anywhere: IbMatcher<'static>,
    /// At the beginning of a verdict: 合格 must not find 不合格.
    verdict: IbMatcher<'static>,
}

impl Filter {
    /// The filter that `text` describes.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let terms = text.split_whitespace().map(Term::new).collect();
        Self { text, terms }
    }

    /// The text as typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it lets everything through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether `name` is what it looks for.
    #[must_use]
    pub fn finds(&self, name: &str) -> bool {
        self.terms.iter().all(|term| term.anywhere.is_match(name))
    }

    /// Whether it lets `submission` through.
    #[must_use]
    pub fn keeps(&self, submission: &Submission) -> bool {
        self.terms.iter().all(|term| term.finds(submission))
    }
}

impl Term {
    fn new(term: &str) -> Self {
        let pinyin = || PinyinMatchConfig::builder(NOTATIONS).data(&PINYIN).build();
        Self {
            anywhere: IbMatcher::builder(term).is_pattern_partial(true).pinyin(pinyin()).build(),
            verdict: IbMatcher::builder(term).is_pattern_partial(true).starts_with(true).pinyin(pinyin()).build(),
        }
    }

    fn finds(&self, submission: &Submission) -> bool {
        self.anywhere.is_match(submission.haystack.as_str())
            || submission.verdict_words().iter().any(|word| !word.is_empty() && self.verdict.is_match(*word))
    }
}
