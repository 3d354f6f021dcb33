//! How findings quote what two reports have in common.

use super::phrase;
use crate::report::Digest;
use crate::report::likeness::Parallel;

/// How many sentences are quoted.
const QUOTED: usize = 3;

/// How much of a sentence is quoted, in characters.
const LENGTH: usize = 40;

/// A report beside another: how it is called in a quotation, and what it says.
pub(super) struct Side<'a> {
    /// Its year or its agency.
    pub(super) name: &'a str,
    /// What it says.
    pub(super) digest: &'a Digest,
}

impl Side<'_> {
    /// The sentence with the line it begins in: 2024:12“…”.
    fn quote(&self, sentence: usize) -> Option<String> {
        let said = self.digest.passages.get(sentence)?;
        let cut = phrase::excerpt(&said.text, 0..LENGTH, 0);
        let more = if cut.len() < said.text.len() { "…" } else { "" };
        Some(format!("{}:{}“{cut}{more}”", self.name, said.source.line))
    }
}

/// The longest sentences of `here` that the passages hold, each with its counterpart, the longest first.
pub(super) fn longest(here: &Digest, passages: &[Parallel]) -> Vec<(usize, usize)> {
    let pairs = passages.iter().flat_map(|run| run.here.iter().copied().zip(run.there.iter().copied()));
    let length = |sentence: usize| here.passages.get(sentence).map_or(0, |passage| passage.text.chars().count());
    let mut pairs: Vec<(usize, usize)> = pairs.collect();
    pairs.sort_by_key(|&(sentence, _)| (std::cmp::Reverse(length(sentence)), sentence));
    pairs.truncate(QUOTED);
    pairs
}

/// The sentences, each from both sides.
pub(super) fn evidence(here: &Side<'_>, there: &Side<'_>, pairs: &[(usize, usize)]) -> Option<String> {
    let both = pairs.iter().filter_map(|&(one, two)| Some(format!("{} = {}", here.quote(one)?, there.quote(two)?)));
    let quoted: Vec<String> = both.collect();
    (!quoted.is_empty()).then(|| quoted.join("；"))
}
