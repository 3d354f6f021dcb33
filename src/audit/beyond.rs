//! An audit and what lies beyond its file: what other reports are compared with, and what comparing found.

use super::quotation::quote;
use super::recognised::weaken_all;
use super::{Audit, Policy, arrange, no_report};
use crate::finding::{Finding, Severity, Verdict};
use crate::report::Digest;
use crate::rule::Scope;
use crate::rules;

impl Audit {
    /// What of the report is compared with other reports; `None` if the file is no report. To be taken before
    /// [`slim`](Self::slim) lets go of the sentences.
    #[must_use]
    pub fn digest(&self) -> Option<Digest> {
        let report = self.report.as_ref().filter(|report| no_report::told(report, &self.lines).is_none())?;
        Some(Digest::of(report))
    }

    /// Adds what rules beyond one file found, as `policy` has it, and draws the verdict anew.
    pub fn attach(&mut self, findings: Vec<Finding>, policy: &Policy) {
        let raised: Vec<Finding> = findings.into_iter().filter_map(|finding| policy.adopt(finding)).collect();
        if !raised.is_empty() {
            self.add(raised);
        }
    }

    /// The audit together with what rules beyond one file found.
    #[must_use]
    pub fn with_raised(&self, raised: &[Finding]) -> Self {
        let mut all = self.clone();
        all.add(raised.to_vec());
        all
    }

    fn add(&mut self, mut raised: Vec<Finding>) {
        raised.iter_mut().for_each(|finding| quote(finding, &self.lines));
        if self.is_recognised()
            && let Some(report) = &self.report
        {
            weaken_all(&mut raised, report);
        }
        self.verdict = verdict_with(self.verdict, &raised);
        self.findings.extend(raised);
        self.findings = arrange(std::mem::take(&mut self.findings));
    }
}

/// The verdict once what rules beyond one file found is added to `own`. What could not be read stays so whenever it
/// arrived.
#[must_use]
pub fn verdict_with(own: Verdict, raised: &[Finding]) -> Verdict {
    let of_inbox = |code| rules::find(code).is_some_and(|rule| rule.scope == Scope::Inbox);
    let counts = raised.iter().filter(|finding| own != Verdict::Unreadable || !of_inbox(finding.rule));
    match (own, counts.map(|finding| finding.severity).max()) {
        (Verdict::Missing, _) => Verdict::Missing,
        (_, Some(Severity::Error)) => Verdict::Noncompliant,
        (Verdict::Compliant, Some(Severity::Warning)) => Verdict::Questionable,
        (own, _) => own,
    }
}
