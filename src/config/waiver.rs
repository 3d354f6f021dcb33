//! Findings that an office has accepted.

use globset::GlobSet;
use jiff::civil::Date;

use crate::audit::Audit;
use crate::finding::{Severity, Verdict};
use crate::report::TableKind;

/// One accepted kind of finding.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// Code or family of the rules it covers.
    pub rule: String,
    /// The agency it covers; all where unset.
    pub agency: Option<String>,
    /// The files it covers; all where unset.
    pub path: Option<GlobSet>,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub holder: Option<String>,
    /// The last day it holds.
    pub until: Option<Date>,
}

impl Waiver {
    /// Whether it covers findings of the rule `code` about `agency`, in the file called `path`.
    #[must_use]
    pub fn covers(&self, code: &str, agency: Option<&str>, path: &str, today: Date) -> bool {
        code.starts_with(&self.rule)
            && self.until.is_none_or(|until| today <= until)
            && self.agency.as_deref().is_none_or(|own| agency == Some(own))
            && self.path.as_ref().is_none_or(|globs| globs.is_match(path))
    }
}

/// Leaves out the findings of `audit` that one of `waivers` covers, and counts them; `used` learns of each waiver,
/// by its index, that covered one. Consequences of a waived finding stay; they stand on their own then.
#[must_use]
pub fn apply(
    waivers: &[Waiver],
    mut audit: Audit,
    path: &str,
    today: Date,
    mut used: impl FnMut(usize),
) -> (Audit, usize) {
    let agency = audit.report.as_ref().and_then(|report| report.agency.as_deref());
    let mut kept = vec![true; audit.findings.len()];
    for (finding, kept) in audit.findings.iter().zip(&mut kept) {
        for (index, waiver) in waivers.iter().enumerate() {
            if waiver.covers(finding.rule, agency, path, today) {
                *kept = false;
                used(index);
            }
        }
    }
    let waived = kept.iter().filter(|&&kept| !kept).count();
    if waived > 0 {
        retain(&mut audit, &kept);
    }
    (audit, waived)
}

/// Keeps the findings that `kept` marks and draws the verdict anew.
pub fn retain(audit: &mut Audit, kept: &[bool]) {
    let mut place = 0;
    let places: Vec<Option<usize>> = kept
        .iter()
        .map(|&kept| {
            place += usize::from(kept);
            kept.then(|| place - 1)
        })
        .collect();
    let mut marks = kept.iter();
    audit.findings.retain(|_| marks.next().copied().unwrap_or(true));
    for finding in &mut audit.findings {
        finding.under = finding.under.and_then(|root| places.get(root).copied().flatten());
    }
    let has_table = |kind| audit.report.as_ref().is_some_and(|report| report.table(kind).is_some());
    if audit.verdict != Verdict::Unreadable {
        audit.verdict = match audit.findings.iter().map(|finding| finding.severity).max() {
            Some(Severity::Error) => Verdict::Noncompliant,
            _ if !TableKind::ALL.into_iter().all(has_table) => Verdict::Unreadable,
            Some(Severity::Warning) => Verdict::Questionable,
            Some(Severity::Note) | None => Verdict::Compliant,
        };
    }
}
