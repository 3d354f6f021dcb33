//! Reports that a recognition program read from pictures of pages: whatever is found in them may be its mistake, so
//! it never makes an agency noncompliant (INB008).

use super::{Audit, no_report};
use crate::finding::{Finding, Severity};
use crate::report::Source;
use crate::text::Wording;

/// Rules that rest on single characters of the text: recognition gets these wrong first.
const OF_CHARACTERS: [&str; 2] = ["TXT", "PRV"];

/// Makes a finding no more than it can be where the text was recognised.
pub fn weaken(finding: &mut Finding) {
    let rests_on_characters = OF_CHARACTERS.iter().any(|family| finding.rule.starts_with(family));
    let most = if rests_on_characters { Severity::Note } else { Severity::Warning };
    finding.severity = finding.severity.min(most);
}

/// That the report was recognised.
pub(super) fn told(lines: &[&str]) -> Finding {
    let first = (1..).zip(lines).find(|(_, text)| !text.trim().is_empty());
    let at = first.map(|(line, text)| {
        let end_column = 1 + u32::try_from(text.chars().count()).unwrap_or(u32::MAX - 1);
        Source { line, column: 1, end_line: line, end_column }
    });
    let message = Wording::new(
        "扫描件，文字由光学字符识别读出（OCR 识读），须人核对：没有等式证实的数字不作判断，发现的问题只作提示，不定为不合格",
        "a scan, read by text recognition (OCR) and to be checked by a person: figures that no equation confirms are not \
         judged, and nothing found makes it noncompliant",
    );
    Finding { at, ..Finding::new("INB008", Severity::Warning, message) }
}

impl Audit {
    /// Whether its report was read by a recognition program.
    #[must_use]
    pub fn is_recognised(&self) -> bool {
        self.report.as_ref().is_some_and(|report| report.recognised && no_report::told(report, &self.lines).is_none())
    }
}
