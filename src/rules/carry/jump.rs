//! CAR006, CAR007: figures of another order than last year's.

use super::{Pair, pairs};
use crate::finding::{Finding, Severity};
use crate::report::form::{RowKind, requests};
use crate::report::{CellRef, Edition, Figure, TableKind};
use crate::rule::{Campaign, Check, Manual, Raised, Rule, Scope};
use crate::rules::phrase;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "CAR006",
        name: "implausible-jump",
        severity: Severity::Note,
        scope: Scope::Years,
        title: words("与上年相差悬殊", "far from last year's figure"),
        manual: Manual {
            basis: words(
                "条例第五十条：报告的数据应当真实；相邻两年通常在一个数量级",
                "Regulations art. 50: the figures must be true; neighbouring years are usually of one order",
            ),
            condition: words(
                "两年都不小于 20 而相差五倍以上，或者从 100 以上变为 0",
                "both years are 20 or more and one is over five times the other, or 100 and more became 0",
            ),
            example: "行政处罚上年 1200，本年 130",
            remedy: words(
                "核对是否多写、漏写一位或者填错栏；确有原因的在第一部分说明",
                "check for a digit too many or too few or a wrong column; where there is a reason, say so in part 1",
            ),
            exempt: "小数目；收费金额（见 CAR007）；上年结转（见 CAR001）；两年格式不同的栏。",
        },
        check: Check::Campaign(jumps),
    },
    Rule {
        code: "CAR007",
        name: "fee-unit-slip",
        severity: Severity::Warning,
        scope: Scope::Years,
        title: words("收费金额疑似错把元当万元", "the fee seems to be in another unit than last year's"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号附件表二：收费金额单位为万元",
                "Annex to 国办公开办函〔2021〕30号: the fee is given in units of 10,000 yuan",
            ),
            condition: words(
                "收费金额约为上年的一万倍或者一万分之一（五千至两万倍）",
                "the fee is about 10,000 times last year's or a 10,000th of it (5,000 to 20,000 times)",
            ),
            example: "上年 12.5，本年 130000",
            remedy: words("把元换算成万元再填", "convert yuan to units of 10,000 yuan"),
            exempt: "任一年为 0 的；两年格式不同的。",
        },
        check: Check::Campaign(unit_slips),
    },
];

/// The counts that are compared.
fn counts(pair: &Pair<'_>, kind: TableKind) -> Vec<CellRef> {
    match kind {
        TableKind::ProactiveDisclosure if pair.is_of_one_form() => {
            kind.cells().filter(|at| !kind.form().columns[usize::from(at.column)].decimal).collect()
        }
        TableKind::ProactiveDisclosure => Vec::new(),
        TableKind::Requests => {
            let rows = kind.form().rows.iter().enumerate();
            rows.filter(|(index, row)| row.kind == RowKind::Value && *index != requests::CARRIED_IN)
                .map(|(index, _)| CellRef::new(kind, index, requests::ALL))
                .collect()
        }
        TableKind::Disputes => (0..kind.form().rows.len()).map(|row| CellRef::new(kind, row, 4)).collect(),
    }
}

fn is_jump(now: Figure, before: Figure) -> bool {
    let (twenty, hundred) = (Figure::from(20), Figure::from(100));
    let over = |a: Figure, b: Figure| b.checked_mul(Figure::from(5)).is_some_and(|five| a > five);
    (now >= twenty && before >= twenty && (over(now, before) || over(before, now)))
        || (before >= hundred && now.is_zero())
}

fn jumps(campaign: &Campaign<'_>) -> Vec<Raised> {
    let raise = |pair: Pair<'_>| -> Vec<Raised> {
        if pair.before.edition == Some(Edition::Pre2019) {
            return Vec::new();
        }
        TableKind::ALL.into_iter().filter_map(|kind| Some(pair.raise(jump(&pair, kind)?))).collect()
    };
    pairs(campaign).flat_map(raise).collect()
}

/// One finding for a table: one slip shows in several of its figures.
fn jump(pair: &Pair<'_>, kind: TableKind) -> Option<Finding> {
    let found: Vec<(CellRef, Figure, Figure)> = counts(pair, kind)
        .into_iter()
        .filter_map(|at| pair.figures(at).map(|(now, before)| (at, now, before)))
        .filter(|&(_, now, before)| is_jump(now, before))
        .collect();
    let &(first, now, _) = found.first()?;
    let list_zh = found.iter().map(|(at, now, before)| format!("{} {before} → {now}", phrase::cell_zh(*at)));
    let list_en = found.iter().map(|(at, now, before)| format!("{}: {before} → {now}", phrase::cell_en(*at)));
    let table = phrase::table(kind);
    let message = Wording::new(
        format!("{}与上年相差悬殊：{}", table.zh, phrase::list_zh(list_zh)),
        format!("{} is far from last year's: {}", table.en, phrase::list_en(list_en)),
    );
    Some(Finding {
        part: Some(kind.part()),
        table: Some(kind),
        cell: Some(first),
        cells: found.iter().map(|&(at, _, _)| at).collect(),
        actual: Some(now.to_string()),
        at: pair.now.source(first),
        ..Finding::new("CAR006", Severity::Note, message)
    })
}

fn unit_slips(campaign: &Campaign<'_>) -> Vec<Raised> {
    pairs(campaign).filter_map(|pair| Some(pair.raise(unit_slip(&pair)?))).collect()
}

fn unit_slip(pair: &Pair<'_>) -> Option<Finding> {
    let kind = TableKind::ProactiveDisclosure;
    let at = CellRef::new(kind, 5, 4);
    let (now, before) = pair.figures(at).filter(|_| pair.is_of_one_form())?;
    let about = |large: Figure, small: Figure| {
        let times = |factor: u32| small.checked_mul(Figure::from(factor));
        small > Figure::ZERO
            && times(5_000).is_some_and(|least| large >= least)
            && times(20_000).is_some_and(|most| large <= most)
    };
    let (zh, en) = if about(now, before) {
        ("约为其一万倍，疑似以元填报", "about 10,000 times as much; it seems to be in yuan")
    } else if about(before, now) {
        ("约为其一万分之一，两年中有一年疑似以元填报", "about a 10,000th of it; one of the two seems to be in yuan")
    } else {
        return None;
    };
    let message = Wording::new(
        format!("收费金额 {now} 万元，上年 {before} 万元，{zh}"),
        format!("the fee is {now} (10,000 yuan), last year's {before}: {en}"),
    );
    Some(Finding {
        part: Some(kind.part()),
        table: Some(kind),
        cell: Some(at),
        cells: vec![at],
        actual: Some(now.to_string()),
        at: pair.now.source(at),
        ..Finding::new("CAR007", Severity::Warning, message)
    })
}
