//! Findings about the prose that follow from another one are folded under it.

use crate::finding::Finding;

/// Folds what follows under its root cause: sets `under` of a finding of the prose where a slip in the table explains it,
/// or another finding about the same figure. Indices are those of `findings`.
pub(crate) fn fold(findings: &mut [Finding]) {
    for index in 0..findings.len() {
        if findings[index].under.is_some() || !findings[index].rule.starts_with("NAR") {
            continue;
        }
        let root = (0..findings.len()).find(|&root| root != index && explains(&findings[root], &findings[index]));
        // A consequence may not be worse than its cause, or it would be lost from sight.
        if let Some(root) = root.filter(|&root| findings[root].severity >= findings[index].severity) {
            findings[index].under = Some(findings[root].under.unwrap_or(root));
        }
    }
}

/// Whether `root` is why `finding` is there.
fn explains(root: &Finding, finding: &Finding) -> bool {
    // The table's likely slip is the very figure that the prose has right.
    let slip = root.likely.as_ref().is_some_and(|likely| {
        finding.cells.contains(&likely.cell) && finding.actual.as_deref() == Some(likely.value.as_str())
    });
    let same_claim = root.at.is_some() && root.at == finding.at;
    let figure = |rule: &str| matches!(rule, "NAR001" | "NAR002" | "NAR003");
    slip || match finding.rule {
        "NAR009" => figure(root.rule) && root.evidence == finding.evidence,
        "NAR011" => figure(root.rule) && same_claim,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::fold;
    use crate::finding::{Finding, Severity};
    use crate::report::Source;
    use crate::text::Wording;

    #[test]
    fn a_wrong_figure_explains_what_it_unbalances() {
        let finding = |rule, severity| Finding {
            at: Some(Source::START),
            evidence: Some("收到申请5件，办结3件，结转下年1件。".to_owned()),
            ..Finding::new(rule, severity, Wording::new("一", "one"))
        };
        let mut findings = [finding("NAR009", Severity::Warning), finding("NAR001", Severity::Error)];
        fold(&mut findings);
        assert_eq!((findings[0].under, findings[1].under), (Some(1), None));
    }
}
