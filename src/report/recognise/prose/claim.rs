//! Figures stated in the prose.
//!
//! A small grammar: a sentence is cut into clauses, a clause into numbers with units, and the words
//! before and after a number say what it counts. Restricted statements (one channel, another body,
//! another year, a part of the whole) are left out: they are no totals.

mod application;
mod clause;
mod disclosure;
mod scope;

use std::ops::Range;

use self::clause::Clause;
use super::number::Number;
use super::sentence::Setting;
use crate::report::{Claim, ClaimKind, Sentence};

/// Who reports, and on which year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reporter<'a> {
    /// The agency's name.
    pub(super) agency: Option<&'a str>,
    /// The year reported on.
    pub(super) year: Option<i32>,
}

/// Longer sentences are no sentences but text without punctuation; nothing certain can be said of them.
const LONGEST: usize = 1500;

/// The figures stated in `sentences`; `settings` stand at the same indices.
pub(super) fn claims(sentences: &[Sentence], settings: &[Setting], reporter: &Reporter<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut totals = disclosure::Totals::default();
    let mut about_requests = false;
    for (sentence, setting) in sentences.iter().zip(settings) {
        if setting.opens_paragraph {
            about_requests = false;
        }
        if sentence.origins.len() > LONGEST {
            continue;
        }
        let clauses = clause::clauses(sentence);
        let stated = application::read(&clauses, setting, about_requests, reporter);
        about_requests |= application::is_subject(&sentence.text);
        claims.extend(stated.iter().map(|stated| stated.claim(sentence)));
        totals.read(&clauses, sentence, setting, reporter);
    }
    // Where the total stands among the applications depends on the text alone.
    claims.extend(totals.best());
    claims.sort_by_key(|claim| (claim.source, claim.kind));
    claims
}

/// A figure and what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stated {
    kind: ClaimKind,
    /// The number; `None` for words that say there was none.
    number: Option<Number>,
    /// Its characters in the sentence.
    chars: Range<usize>,
}

impl Stated {
    /// The figure `number`, which stands in `clause`.
    fn number(kind: ClaimKind, clause: &Clause, number: &Number) -> Self {
        let offset = clause.offset;
        Self { kind, number: Some(number.clone()), chars: offset + number.chars.start..offset + number.chars.end }
    }

    /// Words in `clause` that say there was none.
    fn none(kind: ClaimKind, clause: &Clause, chars: Range<usize>) -> Self {
        Self { kind, number: None, chars: clause.offset + chars.start..clause.offset + chars.end }
    }

    fn claim(&self, sentence: &Sentence) -> Claim {
        Claim {
            kind: self.kind,
            value: self.number.as_ref().map(|number| number.value).unwrap_or_default(),
            parts: Vec::new(),
            unit: self.number.as_ref().and_then(|number| number.unit).map(String::from),
            approximate: self.number.as_ref().is_some_and(|number| number.approximate),
            part: sentence.part,
            text: sentence.text.clone(),
            source: sentence.source(self.chars.clone()),
        }
    }
}

#[cfg(test)]
mod tests;
