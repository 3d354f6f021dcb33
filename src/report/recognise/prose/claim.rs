//! Figures stated in the prose.
//!
//! A small grammar: a sentence is cut into clauses, a clause into numbers with units, and the words
//! before and after a number say what it counts. Restricted statements (one channel, another body,
//! another year, a part of the whole) are left out: they are no totals. Each claim keeps the words it
//! was read by.

mod application;
mod breakdown;
mod clause;
mod disclosure;
mod dispute;
mod document;
mod fee;
mod growth;
mod object;
mod outcome;
mod reason;
mod scope;

use std::ops::Range;

use self::clause::Clause;
use self::reason::Reason;
use super::number::Number;
use super::sentence::Setting;
use crate::report::{Bound, Claim, ClaimKind, Figure, Sentence, Subject};

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
    let mut lists = breakdown::Lists::default();
    let mut disputes = dispute::Disputes::default();
    let mut documents = document::Documents::default();
    let mut growth = growth::Growth::default();
    let mut about_requests = false;
    for (sentence, setting) in sentences.iter().zip(settings) {
        if setting.opens_paragraph {
            about_requests = false;
            lists.forget();
            disputes.forget();
            documents.forget();
            growth.forget();
        }
        if sentence.origins.len() > LONGEST {
            continue;
        }
        let clauses = clause::clauses(sentence);
        let mut stated = application::read(&clauses, setting, about_requests, reporter);
        stated.extend(outcome::read(&clauses, setting, about_requests, reporter));
        about_requests |= object::is_subject(&sentence.text);
        stated.extend(disputes.read(&clauses, sentence, about_requests, reporter));
        stated.extend(documents.read(&clauses, sentence, reporter));
        stated.extend(fee::read(&clauses, sentence));
        claims.extend(stated.iter().map(|stated| stated.claim(sentence)));
        claims.extend(lists.read(&clauses, sentence));
        claims.extend(fee::split(&clauses, sentence));
        claims.extend(growth.read(&clauses, sentence, reporter));
        totals.read(&clauses, sentence, setting, reporter);
    }
    // Where the total stands among the applications depends on the text alone.
    claims.extend(totals.settle());
    claims.sort_by_key(|claim| (claim.source, claim.kind));
    claims
}

/// A pattern of this module: they are written here, and all of them are compiled by the tests.
fn pattern(pattern: &str) -> crate::text::pattern::Regex {
    crate::text::pattern::Regex::new(pattern).expect("a valid pattern")
}

/// A figure and what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stated {
    kind: ClaimKind,
    value: Figure,
    bound: Bound,
    unit: Option<char>,
    subject: Subject,
    reason: Reason,
    /// Its characters in the sentence.
    chars: Range<usize>,
}

impl Stated {
    /// The figure `number`, which stands in `clause`.
    fn number(kind: ClaimKind, clause: &Clause, number: &Number, subject: Subject, reason: Reason) -> Self {
        let chars = clause.place(&number.chars);
        Self { kind, value: number.value, bound: number.bound, unit: number.unit, subject, reason, chars }
    }

    /// Words in `clause` that say there was none.
    fn none(kind: ClaimKind, clause: &Clause, chars: Range<usize>, subject: Subject, reason: Reason) -> Self {
        let chars = clause.place(&chars);
        Self { kind, value: Figure::ZERO, bound: Bound::Exact, unit: None, subject, reason, chars }
    }

    fn claim(&self, sentence: &Sentence) -> Claim {
        Claim {
            kind: self.kind,
            value: self.value,
            parts: Vec::new(),
            partial: false,
            unit: self.unit.map(String::from),
            bound: self.bound,
            subject: self.subject,
            part: sentence.part,
            text: sentence.text.clone(),
            reason: self.reason.wording(self.subject, self.bound),
            source: sentence.source(self.chars.clone()),
        }
    }
}

#[cfg(test)]
mod tests;
