//! Reports that a recognition program read from pictures of pages, all of them or some pages: what is found there may
//! be its mistake, so it never makes an agency noncompliant (INB008). What rests on pages of text alone still may.

use super::{Audit, no_report};
use crate::document::Recognised;
use crate::finding::{Finding, Severity};
use crate::report::{Report, Source};
use crate::text::Wording;

/// Rules that rest on single characters of the text: recognition gets these wrong first.
const OF_CHARACTERS: [&str; 2] = ["TXT", "PRV"];

/// Rules that rest on the place they name, and on nothing that may stand elsewhere.
const OF_THEIR_PLACE: [&str; 4] = ["PER002", "TXT006", "PRV001", "PRV003"];

/// Rules that rest on the cells they name.
const OF_THEIR_CELLS: [&str; 6] = ["REQ001", "REQ002", "REQ003", "REQ007", "PRO001", "DIS001"];

/// Rules that rest on the cells they name, if any, on the words at their place, and on whose report it is.
const OF_THE_TITLE: [&str; 5] = ["PRO003", "NAR001", "NAR002", "ORG001", "CAR001"];

/// Makes a finding no more than it can be where the text was recognised.
pub fn weaken(finding: &mut Finding) {
    let rests_on_characters = OF_CHARACTERS.iter().any(|family| finding.rule.starts_with(family));
    let most = if rests_on_characters { Severity::Note } else { Severity::Warning };
    finding.severity = finding.severity.min(most);
}

/// Makes those of `findings` no more than they can be that rest on what was recognised of `report`, or may.
pub(super) fn weaken_all(findings: &mut [Finding], report: &Report) {
    if report.recognised.is_any() {
        findings.iter_mut().filter(|finding| !rests_on_text(finding, report)).for_each(weaken);
    }
}

/// Whether all that `finding` rests on stands on pages of text. What only was not found may stand on another one.
fn rests_on_text(finding: &Finding, report: &Report) -> bool {
    let is_text = |source: Source| !report.recognised.touches(source);
    let cells = || finding.cells.iter().chain(&finding.cell);
    let has_cells = cells().next().is_some();
    let stands_in_text =
        finding.at.is_none_or(is_text) && cells().all(|at| report.cell(*at).is_some_and(|cell| is_text(cell.source)));
    let is_whole = match finding.rule {
        rule if OF_THEIR_PLACE.contains(&rule) => finding.at.is_some(),
        rule if OF_THEIR_CELLS.contains(&rule) => finding.at.is_some() && has_cells,
        rule if OF_THE_TITLE.contains(&rule) => report.title.as_ref().is_some_and(|title| is_text(title.source)),
        _ => false,
    };
    stands_in_text && is_whole
}

/// That the report, or some of its pages, was recognised.
pub(super) fn told(recognised: &Recognised, lines: &[&str]) -> Finding {
    let is_first = |(line, text): &(u32, &&str)| recognised.holds(*line) && !text.trim().is_empty();
    let first = (1..).zip(lines).find(is_first);
    let at = first.map(|(line, text)| {
        let end_column = 1 + u32::try_from(text.chars().count()).unwrap_or(u32::MAX - 1);
        Source { line, column: 1, end_line: line, end_column }
    });
    let pages = recognised.pages();
    let message = if pages.is_empty() {
        Wording::new(
            "扫描件，文字由光学字符识别读出（OCR 识读），须人核对：没有等式证实的数字不作判断，发现的问题只作提示，不定为不合格",
            "a scan, read by text recognition (OCR) and to be checked by a person: figures that no equation confirms are \
             not judged, and nothing found makes it noncompliant",
        )
    } else {
        let listed = |between: &str| pages.iter().map(u32::to_string).collect::<Vec<_>>().join(between);
        Wording::new(
            format!(
                "第 {} 页是扫描页，文字由光学字符识别读出（OCR 识读），须人核对：其中没有等式证实的数字不作判断，\
                 据以发现的问题只作提示，不定为不合格",
                listed("、")
            ),
            format!(
                "page {} scanned, read by text recognition (OCR) and to be checked by a person: figures there that no \
                 equation confirms are not judged, and nothing that rests on them makes it noncompliant",
                listed(", ")
            ),
        )
    };
    Finding { at, ..Finding::new("INB008", Severity::Warning, message) }
}

impl Audit {
    /// Whether its report, or a page of it, was read by a recognition program.
    #[must_use]
    pub fn is_recognised(&self) -> bool {
        let report = self.report.as_ref();
        report.is_some_and(|report| report.recognised.is_any() && no_report::told(report, &self.lines).is_none())
    }

    /// Makes those of its findings no more than they can be that rest on what was recognised.
    pub fn weaken(&mut self) {
        if !self.is_recognised() {
            return;
        }
        if let Some(report) = &self.report {
            weaken_all(&mut self.findings, report);
        }
    }
}
