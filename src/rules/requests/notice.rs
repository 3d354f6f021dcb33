//! REQ008: requests closed for an unpaid fee, while part six denies any charge.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::KIND;
use crate::finding::{Finding, Severity};
use crate::report::form::requests;
use crate::report::{CellRef, Figure};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::cells;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "REQ008",
    name: "fee-row-without-notice",
    severity: Severity::Warning,
    scope: Scope::File,
    title: words(
        "有逾期未缴费的申请，文字却称没有收费通知",
        "requests closed for an unpaid fee, but no notice was sent",
    ),
    manual: Manual {
        basis: words(
            "国办函〔2020〕109号：先发收费通知，申请人逾期未缴费的，才不再处理其申请",
            "国办函〔2020〕109号: a request is closed for an unpaid fee only after a notice of the fee",
        ),
        condition: words(
            "表三（六）2 逾期未缴费总计大于 0，而文字称没有发出收费通知、没有产生信息处理费",
            "row （六）2 of table 3 is above 0 while the prose says that no notice was sent or no fee arose",
        ),
        example: "表三逾期未缴费 2，第六部分写“本年度未发出收费通知”",
        remedy: words(
            "写明发出收费通知的件数和金额，或改正表三",
            "state the notices and the amount, or correct table 3",
        ),
        exempt: "发了通知而申请人未缴、实收 0 元的，不算；只说“没有收取”的，不算。",
    },
    check: Check::Report(check),
}];

static DENIED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:未|没有|没|无)(?:发出|发放|下达|制发|送达|出具|开具)[^，。；]{0,10}(?:收费|缴费)?通知|",
        r"(?:收费|缴费)通知书?[^，。；]{0,4}[^\d]0[份件张]|",
        r"(?:未|没有|没)(?:产生|发生)[^，。；]{0,12}(?:处理费|收费|费用)",
    ))
    .ok()
});

fn check(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let at = CellRef::new(KIND, requests::FEE_NOT_PAID_IN_TIME, requests::ALL);
    let count = report.cell(at).and_then(|cell| cell.value.number());
    let in_doubt = cells::doubted(report, KIND).contains(&at);
    // A total that its own row contradicts (REQ003) proves nothing.
    let applicants = (0..requests::ALL)
        .map(|column| CellRef::new(KIND, requests::FEE_NOT_PAID_IN_TIME, column))
        .map(|at| report.cell(at).and_then(|cell| cell.value.number()))
        .sum::<Option<Figure>>();
    let contradicted = |count: Figure| applicants.is_some_and(|sum| sum != count);
    let Some(count) = count.filter(|count| *count > Figure::ZERO && !in_doubt && !contradicted(*count)) else {
        return Assessment::holds();
    };
    let denied = |text: &str| DENIED.as_ref().and_then(|pattern| pattern.find(text)).map(|found| found.range());
    let Some((sentence, range)) = report.prose.iter().find_map(|sentence| Some((sentence, denied(&sentence.text)?)))
    else {
        return Assessment::holds();
    };
    Assessment::broken(Finding {
        part: Some(sentence.part).filter(|&part| part > 0),
        table: Some(KIND),
        cell: Some(at),
        cells: vec![at],
        expected: Some("0".to_owned()),
        actual: Some(count.to_string()),
        at: Some(sentence.source_of_bytes(range)),
        evidence: Some(sentence.text.clone()),
        ..Finding::new(
            "REQ008",
            Severity::Warning,
            Wording::new(
                format!("表三有 {count} 件申请因逾期未缴费不再处理，文字却称没有发出收费通知或没有产生费用"),
                format!(
                    "table 3 closes {count} request(s) for an unpaid fee; the prose says no notice was sent or no fee arose"
                ),
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{codes, report};
    use super::{CellRef, KIND, requests};

    #[test]
    fn a_notice_may_stay_unpaid() {
        let at = |column| CellRef::new(KIND, requests::FEE_NOT_PAID_IN_TIME, column);
        let with = || report().without_fee().with(at(0), "1").with(at(requests::ALL), "1");
        let found = |text: &str| codes(&with().saying(6, text)).contains(&"REQ008");
        assert!(found("本年度未发出收费通知。"));
        assert!(found("本年度没有产生信息处理费。"));
        assert!(!found("发出收费通知1份，申请人逾期未缴，实收信息处理费0元。"));
        assert!(!found("本年度没有收取信息处理费。"));
        assert!(
            !codes(&report().without_fee().saying(6, "本年度未发出收费通知，未收取信息处理费。")).contains(&"REQ008")
        );
    }
}
