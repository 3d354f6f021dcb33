//! A part of NAR001: 共办理申请5件, which counts what was taken up.

use std::sync::LazyLock;

use super::requests::{COUNTED, RECOUNTED, counts_otherwise, says};
use super::{broken, certain, exact, is_own_level, total};
use crate::finding::{Finding, Severity};
use crate::report::{ClaimKind, Report};
use crate::text::Wording;
use crate::text::pattern::Regex;

/// What was taken up of applications, without a word that restricts it.
static TAKEN_UP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:总?共|累计|合计)(?:办理|处理)(?:了|依申请公开|政[府务]信息公开|信息公开|的?申请|事项|共|计|件)*\d+[件宗起条](?:[^次]|$)")
        .ok()
});

/// 共办理申请5件: taken up may mean what came in, with or without what was carried in, or what was completed, of this
/// year's or in all.
pub(super) fn differs(report: &Report) -> Option<Finding> {
    let [new, carried, handled] = COUNTED.map(|row| certain(report, total(row)));
    let (new, carried, handled) = (new?, carried?, handled?);
    let claim = exact(report, ClaimKind::ApplicationsCompleted).find(|claim| {
        says(&TAKEN_UP, &claim.text)
            && !says(&RECOUNTED, &claim.text)
            && ["“办理", "“处理"].iter().any(|verb| claim.reason.zh.contains(verb))
    })?;
    let value = claim.value;
    let known = [new, new + carried, handled].contains(&value) || (handled - carried <= value && value <= new);
    if known || is_own_level(report, claim) || counts_otherwise(report) {
        return None;
    }
    let message = Wording::new(
        format!("文字写办理申请 {value} 件，表三新收 {new}、上年结转 {carried}、办理总计 {handled}，都不相符"),
        format!(
            "the prose says {value} requests were taken up; table 3 has {new} received, {carried} carried in, {handled} handled"
        ),
    );
    let finding = broken("NAR001", Severity::Warning, claim, &COUNTED.map(total), message);
    Some(Finding { expected: Some(handled.to_string()), ..finding })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{codes, report};
    use crate::report::ClaimKind;

    // The report of `testing` has 3 received, 1 carried in, 3 handled, 1 carried out.

    #[test]
    fn what_was_taken_up() {
        let taken_up = |value, text: &str| {
            let sample = report().stating(ClaimKind::ApplicationsCompleted, value, text);
            codes(&sample.but(|claim| claim.reason.zh = "依据“办理”".to_owned()))
        };
        for value in [2, 3, 4] {
            assert_eq!(taken_up(value, "全年共办理政府信息公开申请2件。"), [""; 0], "{value}");
        }
        for value in [1, 5] {
            assert_eq!(taken_up(value, "全年共办理政府信息公开申请5件。"), ["NAR001"], "{value}");
            assert_eq!(taken_up(value, "全年办理涉企申请5件。"), [""; 0], "{value}");
            assert_eq!(taken_up(value, "全年共办理政府信息公开申请5件次。"), [""; 0], "{value}");
        }
    }
}
