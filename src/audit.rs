//! `audit`: the one function that `check` and `watch` share. Bytes in, [`Audit`] out; it cannot fail.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::document::{Document, Fingerprint, Refusal};
pub use crate::document::{Encoding, Format, Place, Places};
use crate::finding::{Finding, Severity, Verdict, code};
use crate::report::{CellRef, Report, Source, TableKind};
use crate::rule::{Case, Rule};
use crate::rules;
use crate::text::Wording;

mod beyond;
mod extension;
mod lines;
mod no_report;
mod partial;
mod quotation;
mod recognised;
mod rehearsal;

pub use beyond::verdict_with;
pub use lines::Lines;
pub use recognised::weaken;
pub(crate) use rehearsal::rehearse;

/// Everything known about one submitted file after its audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// What the bytes turned out to be; `None` if there were none to be read.
    pub file: Option<FileFacts>,
    /// The report, if one could be made out.
    pub report: Option<Report>,
    /// The verdict.
    pub verdict: Verdict,
    /// Findings: worst first, root causes before their consequences, then by place.
    pub findings: Vec<Finding>,
    /// What could not be judged, by rule.
    pub unassessed: Vec<Unassessed>,
    /// The lines of the file's rendering, for a source pane; line `n` is at index `n - 1`.
    pub lines: Lines,
    /// Where those lines stand in the file.
    pub places: Places,
}

/// Facts about the file itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// Format by content, where it could be told.
    pub format: Option<Format>,
    /// Character encoding, where there is one.
    pub encoding: Option<Encoding>,
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3 of the content, hexadecimal.
    pub hash: String,
}

/// A rule that could not be judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unassessed {
    /// Code of the rule.
    #[serde(deserialize_with = "code::interned")]
    pub rule: code::Code,
    /// Why not.
    pub why: Wording,
    /// The cells that stand in the way.
    pub cells: Vec<CellRef>,
}

/// What the operator's configuration changes about an audit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The campaign's report year.
    pub year: Option<i32>,
    /// Codes or families to apply; empty means all.
    pub select: Vec<String>,
    /// Codes or families to leave out.
    pub ignore: Vec<String>,
    /// Severity by code.
    pub severity: Vec<(String, Severity)>,
    /// Further wrong wordings and their corrections for TXT004.
    pub confusions: Vec<(String, String)>,
}

impl Policy {
    /// Whether `rule` is selected and not left out.
    #[must_use]
    pub fn applies(&self, rule: &Rule) -> bool {
        let named = |names: &[String]| names.iter().any(|name| name == rule.code || name == rule.family());
        (self.select.is_empty() || named(&self.select)) && !named(&self.ignore)
    }

    /// The severity the configuration orders for `rule`; the last word counts.
    #[must_use]
    pub fn severity_of(&self, rule: &Rule) -> Option<Severity> {
        self.severity.iter().rev().find(|(code, _)| code == rule.code).map(|&(_, severity)| severity)
    }

    /// `finding` with the severity that is ordered for its rule; `None` if that is not applied.
    #[must_use]
    pub fn adopt(&self, finding: Finding) -> Option<Finding> {
        let rule = rules::find(finding.rule).filter(|rule| self.applies(rule))?;
        let severity = self.severity_of(rule).unwrap_or(finding.severity);
        Some(Finding { severity, ..finding })
    }
}

impl Audit {
    /// Number of findings of `severity`; consequences folded under a root cause count too.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Lets go of what only the rules look at: the sentences with the place of each character, and the
    /// claims. For whoever keeps thousands of audits; everything a dashboard shows is still there.
    pub fn slim(&mut self) {
        if let Some(report) = &mut self.report {
            report.prose = Vec::new();
            report.claims = Vec::new();
            for part in &mut report.parts {
                part.text.shrink_to_fit();
            }
        }
        self.findings.shrink_to_fit();
        self.unassessed.shrink_to_fit();
    }
}

/// Reads and audits one file in this process. Deterministic: the same bytes and policy give the same result.
#[must_use]
pub fn audit(bytes: &[u8], policy: &Policy) -> Audit {
    audit_file("", bytes, policy)
}

/// The same for a file whose name is known.
#[must_use]
pub fn audit_file(name: &str, bytes: &[u8], policy: &Policy) -> Audit {
    audit_document(name, Some(&Fingerprint::of(bytes)), crate::document::open(bytes), policy)
}

/// Audits what a reader made of the file called `name`; its bytes may not even have been there to be read.
#[must_use]
pub fn audit_document(
    name: &str,
    fingerprint: Option<&Fingerprint>,
    opened: Result<Document, Refusal>,
    policy: &Policy,
) -> Audit {
    let facts = |format, encoding| {
        fingerprint.map(|known| FileFacts { format, encoding, bytes: known.bytes, hash: known.hash.clone() })
    };
    let misnamed = |format| extension::wrong(name, format).and_then(|finding| policy.adopt(finding));
    let document = match opened {
        Ok(document) => document,
        Err(refusal) => {
            let mut audit = Audit { file: facts(refusal.format, None), ..refused(&refusal.reason) };
            audit.findings.extend(refusal.format.and_then(misnamed));
            return audit;
        }
    };
    let report = crate::report::recognise::recognise(&document);
    let lines: Lines = document.lines().into_iter().collect();
    let misnamed = misnamed(document.format);
    let mut answer = match no_report::told(&report, &lines) {
        Some((why, at)) => Answer::no_report(why, at.or_else(|| no_report::first_line(&lines)), misnamed, policy),
        None => Answer::of(&report, &lines, document.format, misnamed, policy),
    };
    for finding in &mut answer.findings {
        quotation::quote(finding, &lines);
    }
    Audit {
        file: facts(Some(document.format), document.encoding),
        report: Some(report),
        verdict: answer.verdict,
        findings: answer.findings,
        unassessed: answer.unassessed,
        lines,
        places: Places::of(&document),
    }
}

/// The audit of a file that could not be read at all (rule INB004).
#[must_use]
pub fn refused(reason: &Wording) -> Audit {
    Audit {
        file: None,
        report: None,
        verdict: Verdict::Unreadable,
        findings: vec![Finding::new("INB004", Severity::Error, reason.clone())],
        unassessed: Vec::new(),
        lines: Lines::default(),
        places: Places::default(),
    }
}

/// What the rules say of a report.
struct Answer {
    verdict: Verdict,
    findings: Vec<Finding>,
    unassessed: Vec<Unassessed>,
}

impl Answer {
    fn no_report(why: Wording, at: Option<Source>, misnamed: Option<Finding>, policy: &Policy) -> Self {
        let finding = policy.adopt(Finding { at, ..Finding::new("INB004", Severity::Error, why) });
        let findings = finding.into_iter().chain(misnamed).collect();
        Self { verdict: Verdict::Unreadable, findings, unassessed: Vec::new() }
    }

    fn of(report: &Report, lines: &Lines, format: Format, misnamed: Option<Finding>, policy: &Policy) -> Self {
        let lines: Vec<&str> = lines.iter().collect();
        let case = Case {
            report,
            lines: &lines,
            extracted: matches!(format, Format::Pdf | Format::Ofd | Format::Image),
            campaign_year: policy.year,
            confusions: &policy.confusions,
        };
        let mut unread = TableKind::ALL.iter().any(|&kind| report.table(kind).is_none());
        let mut findings = Vec::from_iter(misnamed);
        let mut unassessed = Vec::new();
        for rule in rules::catalogue() {
            let answer = rules::assess(rule, &case);
            unread |= UNREADABLE.contains(&rule.code) && !answer.findings.is_empty();
            if !policy.applies(rule) {
                continue;
            }
            let ordered = policy.severity_of(rule);
            findings.extend(answer.findings.into_iter().map(|finding| {
                let severity = ordered.unwrap_or(finding.severity);
                Finding { severity, ..finding }
            }));
            unassessed.extend(answer.unassessed.into_iter().map(|open| Unassessed {
                rule: rule.code,
                why: open.why,
                cells: open.cells,
            }));
        }
        rules::fold(report, &mut findings);
        if report.recognised.is_any() {
            findings.extend(policy.adopt(recognised::told(&report.recognised, case.lines)));
            recognised::weaken_all(&mut findings, report);
        }
        let unread_parts = partial::incomplete(report);
        let unread_pages = partial::scanned(report, &unread_parts);
        findings.extend(unread_pages.into_iter().filter_map(|finding| policy.adopt(finding)));
        let verdict = verdict(&findings, unread || !unread_parts.is_empty() || partial::hides_rows(report));
        findings.extend(unread_parts.into_iter().filter_map(|finding| policy.adopt(finding)));
        recognised::weaken_all(&mut findings, report);
        Self { verdict, findings: arrange(findings), unassessed }
    }
}

/// The rules that say a table of the form could not be read.
const UNREADABLE: [&str; 2] = ["REQ004", "DIS002"];

fn verdict(findings: &[Finding], unread: bool) -> Verdict {
    let worst = findings.iter().map(|finding| finding.severity).max();
    match worst {
        Some(Severity::Error) => Verdict::Noncompliant,
        _ if unread => Verdict::Unreadable,
        Some(Severity::Warning) => Verdict::Questionable,
        _ => Verdict::Compliant,
    }
}

/// Sorts findings: worst first, then by place; every consequence directly after its root cause.
fn arrange(findings: Vec<Finding>) -> Vec<Finding> {
    let key = |index: usize| {
        let finding: &Finding = &findings[index];
        (Reverse(finding.severity), finding.part.unwrap_or(0), finding.at, finding.rule, finding.cell, index)
    };
    let sorted = |under: Option<usize>| {
        let mut indices: Vec<usize> = (0..findings.len()).filter(|&index| findings[index].under == under).collect();
        indices.sort_by_key(|&index| key(index));
        indices
    };
    let mut order: Vec<(usize, Option<usize>)> = Vec::with_capacity(findings.len());
    for root in sorted(None) {
        let place = order.len();
        order.push((root, None));
        order.extend(sorted(Some(root)).into_iter().map(|index| (index, Some(place))));
    }
    let mut taken: Vec<Option<Finding>> = findings.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|(index, under)| taken[index].take().map(|finding| Finding { under, ..finding }))
        .collect()
}

#[cfg(test)]
mod tests;
