//! An audit and what lies beyond its file: what other reports are compared with, and what comparing found.

use super::{Audit, Policy, arrange, no_report, quote};
use crate::finding::{Finding, Severity, Verdict};
use crate::report::Digest;
use crate::rule::Scope;
use crate::rules;

impl Audit {
    /// What of the report is compared with other reports; `None` if the file is no report. To be taken before
    /// [`slim`](Self::slim) lets go of the sentences.
    #[must_use]
    pub fn digest(&self) -> Option<Digest> {
        let report = self.report.as_ref().filter(|report| no_report(report, &self.lines).is_none())?;
        Some(Digest::of(report))
    }

    /// Adds what rules beyond one file found, as `policy` has it, and draws the verdict anew. What could not be read
    /// stays so whenever it arrived.
    pub fn attach(&mut self, findings: Vec<Finding>, policy: &Policy) {
        let mut added: Vec<Finding> = findings.into_iter().filter_map(|finding| policy.adopt(finding)).collect();
        if added.is_empty() {
            return;
        }
        added.iter_mut().for_each(|finding| quote(finding, &self.lines));
        let of_inbox = |code| rules::find(code).is_some_and(|rule| rule.scope == Scope::Inbox);
        let worst = added
            .iter()
            .filter(|finding| self.verdict != Verdict::Unreadable || !of_inbox(finding.rule))
            .map(|finding| finding.severity)
            .max();
        self.verdict = match (self.verdict, worst) {
            (Verdict::Missing, _) => Verdict::Missing,
            (_, Some(Severity::Error)) => Verdict::Noncompliant,
            (Verdict::Compliant, Some(Severity::Warning)) => Verdict::Questionable,
            (verdict, _) => verdict,
        };
        self.findings.extend(added);
        self.findings = arrange(std::mem::take(&mut self.findings));
    }
}
