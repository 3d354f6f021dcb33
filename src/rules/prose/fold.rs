//! Findings about the prose that follow from another one are folded under it.

use std::str::FromStr;

use crate::finding::Finding;
use crate::report::Figure;
use crate::report::form::requests;

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
    let slip = is_the_slip(root, finding);
    let same_claim = root.at.is_some() && root.at == finding.at;
    let figure = |rule: &str| matches!(rule, "NAR001" | "NAR002" | "NAR003");
    slip || match finding.rule {
        "NAR009" => (figure(root.rule) && root.evidence == finding.evidence) || completed_elsewhere(root, finding),
        "NAR011" => figure(root.rule) && same_claim,
        _ => false,
    }
}

/// Whether `root` says that what was completed is wrong, in the part that does not balance.
fn completed_elsewhere(root: &Finding, finding: &Finding) -> bool {
    root.rule == "NAR004" && root.part == finding.part && root.cell == Some(super::total(requests::TOTAL_HANDLED))
}

/// Whether the table's likely slip is the very figure that the prose has right, by itself or in the sum of its class.
fn is_the_slip(root: &Finding, finding: &Finding) -> bool {
    let Some(likely) = root.likely.as_ref().filter(|likely| finding.cells.contains(&likely.cell)) else { return false };
    if finding.actual.as_deref() == Some(likely.value.as_str()) {
        return true;
    }
    let figure = |text: Option<&str>| text.and_then(|text| Figure::from_str(text).ok());
    // The slip is a total, printed in the cell that the finding about the table is about.
    let printed = figure(root.actual.as_deref()).filter(|_| root.cell == Some(likely.cell));
    let (sum, told) = (figure(finding.expected.as_deref()), figure(finding.actual.as_deref()));
    let mended = || Some(sum? - printed? + figure(Some(&likely.value))?);
    finding.rule == "NAR004" && told.is_some() && mended() == told
}

#[cfg(test)]
mod tests {
    use super::fold;
    use crate::finding::{Finding, Likely, Severity};
    use crate::report::form::requests;
    use crate::report::{CellRef, Source, TableKind};
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

    #[test]
    fn a_wrong_number_completed_explains_what_does_not_balance() {
        for (row, folded) in [(requests::TOTAL_HANDLED, true), (2, false)] {
            let root = Finding {
                part: Some(1),
                cell: Some(CellRef::new(TableKind::Requests, row, 6)),
                ..Finding::new("NAR004", Severity::Warning, Wording::new("一", "one"))
            };
            let finding =
                Finding { part: Some(1), ..Finding::new("NAR009", Severity::Warning, Wording::new("一", "one")) };
            let mut findings = [root, finding];
            fold(&mut findings);
            assert_eq!(findings[1].under, folded.then_some(0), "{row}");
        }
    }

    #[test]
    fn a_slip_in_the_table_explains_what_the_prose_has_right() {
        let cell = |row| CellRef::new(TableKind::Requests, row, 6);
        // The table has 5 in a row of a class that adds up to 6; 4 is likely.
        let root = |actual: &str| Finding {
            likely: Some(Likely { cell: cell(11), value: "4".to_owned() }),
            cell: Some(cell(11)),
            actual: Some(actual.to_owned()),
            ..Finding::new("REQ003", Severity::Error, Wording::new("一", "one"))
        };
        for (rule, expected, told, folded) in [
            ("NAR004", "6", "5", true),
            ("NAR004", "6", "7", false),
            ("NAR003", "5", "4", true),
            ("NAR003", "5", "6", false),
        ] {
            let finding = Finding {
                cells: vec![cell(11), cell(12)],
                expected: Some(expected.to_owned()),
                actual: Some(told.to_owned()),
                ..Finding::new(rule, Severity::Warning, Wording::new("一", "one"))
            };
            let mut findings = [root("5"), finding];
            fold(&mut findings);
            assert_eq!(findings[1].under, folded.then_some(0), "{rule} {told}");
        }
    }
}
