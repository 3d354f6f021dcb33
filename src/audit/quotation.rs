//! What is quoted of a report beside a finding: never what a screen would obey, never what must not be published.

use std::borrow::Cow;

use super::Lines;
use crate::finding::Finding;
use crate::report::Source;
use crate::rule::Rule;
use crate::rules;
use crate::text::{printable, privacy};

/// Longest quotation, in characters.
pub(super) const QUOTED: usize = 120;

/// The same where passages of two reports stand beside each other, or the shares of many.
const COMPARED: usize = 4_000;

/// Quotes the line a finding stands in, where the rule quoted nothing; makes every quotation printable and masks
/// personal data in it.
pub(super) fn quote(finding: &mut Finding, lines: &Lines) {
    if finding.evidence.is_none() {
        finding.evidence = finding.at.and_then(|at| surroundings(at, lines)).filter(|text| !text.is_empty());
    }
    if let Some(evidence) = &mut finding.evidence {
        let compares = |rule: &Rule| matches!(rule.scope, crate::rule::Scope::Years | crate::rule::Scope::Agencies);
        let most = if rules::find(finding.rule).is_some_and(compares) { COMPARED } else { QUOTED };
        let cut: String = evidence.chars().take(most).collect();
        *evidence = privacy::mask(&printable(&cut)).into_owned();
    }
    let figures = finding.expected.iter_mut().chain(&mut finding.actual);
    for text in [&mut finding.message.zh, &mut finding.message.en].into_iter().chain(figures) {
        if let Cow::Owned(clean) = printable(text) {
            *text = clean;
        }
        if let Cow::Owned(masked) = privacy::mask(text) {
            *text = masked;
        }
    }
}

/// The line in which the place lies; of a line longer than a quotation, what lies around the place.
pub(super) fn surroundings(at: Source, lines: &Lines) -> Option<String> {
    let Source { line, column, .. } = at;
    let line = lines.get((line as usize).checked_sub(1)?)?.trim_end();
    let length = line.chars().count();
    let start = (column as usize).saturating_sub(QUOTED / 3).min(length.saturating_sub(QUOTED));
    let cut: String = line.chars().skip(start).take(QUOTED).collect();
    Some(cut.trim().to_owned())
}
