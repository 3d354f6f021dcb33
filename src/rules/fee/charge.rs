//! FEE002: what was charged, and how it divides.

use std::str::FromStr;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::{Finding, Severity};
use crate::report::{Claim, ClaimKind, Figure, Report};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "FEE002",
    name: "fee-does-not-add-up",
    severity: Severity::Warning,
    scope: Scope::File,
    title: words("信息处理费的件数或分项不符", "the fee lacks its count, or its split does not add up"),
    manual: Manual {
        basis: words(
            "国办函〔2020〕109号：按件或者按量计收；通行做法是写明件数、总金额和实收金额",
            "国办函〔2020〕109号: charged by the request or by the page; in practice the count, the total and the revenue are stated",
        ),
        condition: words(
            "写明收取了信息处理费而没有写几件（或写 0 件），各单位、各件的金额之和不等于总金额，或实收多于应收总额",
            "an amount was charged but not for how many requests (or for none), the amounts listed do not add up to the total, or more was paid than charged",
        ),
        example: "第六部分写“共收取信息处理费 230 元”，没有写收费的件数",
        remedy: words("补写收费件数，核对金额", "add the number of requests charged and check the amounts"),
        exempt: "没有收取、收取 0 元的；件数写在相邻一句的。",
    },
    check: Check::Report(check),
}];

static COUNT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:[1-9]\d*|[一二两三四五六七八九十])\s*(?:[件份笔宗起次条例人页张]|个)").ok());
/// What was to be paid, and what was, in one sentence.
static PAID: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:总金额|总额|应收|应缴)[^\d，。；]{0,8}(?P<due>\d[\d,]*(?:\.\d+)?)元[^。；]{0,12}?(?:实收|实际收[取缴到]|实际缴纳|实缴)[^\d，。；]{0,8}(?P<paid>\d[\d,]*(?:\.\d+)?)元",
    )
    .ok()
});

fn check(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let mut answer = Assessment::holds();
    let charged = report.claims.iter().find(|claim| claim.kind == ClaimKind::FeeCharged && claim.value > Figure::ZERO);
    if let Some(claim) = charged.filter(|claim| !is_counted(report, claim)) {
        let amount = claim.value;
        let message = Wording::new(
            format!("写了收取信息处理费 {amount} 元，没有写收费的件数"),
            format!("a fee of {amount} yuan was charged, but not for how many requests"),
        );
        answer.findings.push(finding(claim, message, None));
    }
    answer.findings.extend(charged.and_then(overpaid));
    let split = |claim: &&Claim| claim.kind == ClaimKind::Breakdown && claim.unit.as_deref() == Some("元");
    for claim in report.claims.iter().filter(split).filter(|claim| !claim.approximate()) {
        let sum: Figure = claim.parts.iter().sum();
        let total = claim.value;
        if sum == total || (claim.partial && sum < total) {
            continue;
        }
        let list = claim.parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ");
        let message = Wording::new(
            format!("信息处理费各项 {list} = {sum} 元，与总金额 {total} 元不符"),
            format!("the amounts {list} = {sum} yuan differ from the total of {total} yuan"),
        );
        answer.findings.push(finding(claim, message, Some(sum.to_string())));
    }
    answer
}

/// More was paid than was due, as `claim`'s own sentence has it; what was due the year before may be paid late.
fn overpaid(claim: &Claim) -> Option<Finding> {
    if claim.text.contains("上年") || claim.text.contains("补缴") || claim.text.contains("上一年") {
        return None;
    }
    let found = PAID.as_ref()?.captures(&claim.text)?;
    let amount = |name| found.name(name).and_then(|amount| Figure::from_str(&amount.as_str().replace(',', "")).ok());
    let (due, paid) = (amount("due")?, amount("paid")?);
    (paid > due).then(|| {
        let message = Wording::new(
            format!("信息处理费实收 {paid} 元，多于应收总额 {due} 元"),
            format!("{paid} yuan were paid, more than the {due} yuan charged"),
        );
        Finding { actual: Some(paid.to_string()), ..finding(claim, message, Some(due.to_string())) }
    })
}

/// Whether the sentence of the amount, or the one before or behind it, counts what was charged.
fn is_counted(report: &Report, claim: &Claim) -> bool {
    let Some(pattern) = &*COUNT else { return true };
    let own = report.prose.iter().position(|sentence| sentence.text == claim.text);
    let Some(own) = own else { return pattern.is_match(&claim.text) };
    let near = report.prose.iter().enumerate().skip(own.saturating_sub(1)).take_while(|(index, _)| *index <= own + 1);
    near.into_iter().any(|(_, sentence)| pattern.is_match(&sentence.text))
}

fn finding(claim: &Claim, message: Wording, expected: Option<String>) -> Finding {
    Finding {
        part: Some(claim.part).filter(|&part| part > 0),
        at: Some(claim.source),
        evidence: Some(claim.text.clone()),
        actual: Some(claim.value.to_string()),
        expected,
        ..Finding::new("FEE002", Severity::Warning, message)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{codes, report};
    use crate::report::{ClaimKind, Figure};

    #[test]
    fn an_amount_needs_its_count() {
        let found = |text: &str| codes(&report().saying(6, text).stating(ClaimKind::FeeCharged, 230, text));
        assert_eq!(found("共收取信息处理费230元。"), ["FEE002"]);
        assert_eq!(found("对2件申请共收取信息处理费230元。"), [""; 0]);
        assert_eq!(codes(&report().stating(ClaimKind::FeeCharged, 0, "收取信息处理费0元。")), [""; 0]);
        assert_eq!(found("收取信息处理费0件，合计230元。"), ["FEE002"]);
        assert_eq!(found("收取信息处理费10件，合计230元。"), [""; 0]);
    }

    #[test]
    fn no_more_is_paid_than_is_due() {
        let found = |text: &str| codes(&report().saying(6, text).stating(ClaimKind::FeeCharged, 500, text));
        for (text, wrong) in [
            ("发出收费通知3件，总金额500元，实际收取600元。", true),
            ("发出收费通知3件，应收500元，实收500元。", false),
            ("发出收费通知3件，总金额1,500元，实收600元。", false),
            ("发出收费通知3件，总金额500元，实收600元（含补缴上年100元）。", false),
        ] {
            assert_eq!(found(text), if wrong { &["FEE002"][..] } else { &[] }, "{text}");
        }
    }

    #[test]
    fn a_split_adds_up() {
        let split = |parts: [i64; 3]| {
            let stated = report().stating(ClaimKind::Breakdown, 2230, "3件共2230元，其中甲880元。").but(|claim| {
                claim.unit = Some("元".to_owned());
                claim.parts = parts.map(Figure::from).to_vec();
            });
            codes(&stated)
        };
        assert_eq!(split([880, 1080, 270]), [""; 0]);
        assert_eq!(split([880, 1080, 280]), ["FEE002"]);
    }
}
