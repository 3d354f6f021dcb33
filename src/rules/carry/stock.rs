//! CAR002, CAR003: the stock of rules and normative documents rolls on from last year's.

use super::{Pair, pairs};
use crate::finding::{Finding, Severity};
use crate::report::{CellRef, Figure, TableKind};
use crate::rule::{Campaign, Check, Manual, Raised, Rule, Scope};
use crate::rules::phrase;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "CAR002",
        name: "stock-does-not-roll",
        severity: Severity::Warning,
        scope: Scope::Years,
        title: words("现行有效件数与上年接不上", "the stock does not follow from last year's"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号附件表二各栏的含义：现行有效＝上年现行有效＋本年制发－本年废止",
                "What the columns of table 2 mean: in force = last year's in force + made − repealed",
            ),
            condition: words(
                "规章或者行政规范性文件的现行有效件数，不等于上年报告的现行有效件数加本年制发件数减本年废止件数",
                "rules or normative documents in force differ from last year's plus those made less those repealed",
            ),
            example: "上年现行有效 6，本年制发 1、废止 0，现行有效填 9",
            remedy: words(
                "逐件核对文件目录；有失效、划转或者上年数据更正的，在第一部分写明",
                "check the list of documents; where some expired, moved or last year's figure was corrected, say so in part 1",
            ),
            exempt: "报告写明有文件失效、清理而现行有效偏少的；写明上年数据更正、补录、划转的；任一年用旧格式的；已按 CAR003 提出的。",
        },
        check: Check::Campaign(does_not_roll),
    },
    Rule {
        code: "CAR003",
        name: "repealed-more-than-existed",
        severity: Severity::Warning,
        scope: Scope::Years,
        title: words("废止的比有过的还多", "more were repealed than existed"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号附件表二：废止的只能是上年有效的和本年制发的",
                "Table 2: only what was in force or was made this year can be repealed",
            ),
            condition: words(
                "本年废止件数大于上年报告的现行有效件数加本年制发件数",
                "more are repealed than last year's report had in force and this year made",
            ),
            example: "上年现行有效 3，本年制发 1，废止填 5",
            remedy: words(
                "核对废止件数，不要把失效的、联合发文由别的机关废止的算进来；上年数据有误的先更正",
                "check what was repealed; leave out what merely expired or others repealed; correct last year's figure if it is wrong",
            ),
            exempt: "报告写明上年数据更正、补录、划转的；任一年用旧格式的；任一格读不清的。",
        },
        check: Check::Campaign(repealed_too_many),
    },
];

const KIND: TableKind = TableKind::ProactiveDisclosure;

/// A row of the stock with this year's figures and last year's stock.
struct Stock {
    row: usize,
    before: Figure,
    made: Figure,
    repealed: Figure,
    in_force: Option<Figure>,
}

impl Stock {
    fn cell(&self, column: usize) -> CellRef {
        CellRef::new(KIND, self.row, column)
    }

    /// What there was to repeal.
    fn existed(&self) -> Option<Figure> {
        self.before.checked_add(self.made)
    }

    fn repeals_too_many(&self) -> bool {
        self.existed().is_some_and(|existed| self.repealed > existed)
    }
}

/// The rows that can be judged.
fn stocks<'a>(pair: &'a Pair<'_>) -> impl Iterator<Item = Stock> + 'a {
    let rows = if pair.is_of_one_form() { 0..2 } else { 0..0 };
    rows.filter_map(|row| {
        let now = |column| pair.now.figure(CellRef::new(KIND, row, column));
        let before = pair.before.figure(CellRef::new(KIND, row, 2))?;
        Some(Stock { row, before, made: now(0)?, repealed: now(1)?, in_force: now(2) })
    })
}

/// Words that say why a stock is smaller than made and repealed alone would leave it.
const EXPIRED: [&str; 5] = ["失效", "清理", "到期", "不再执行", "停止执行"];

/// Words that say that last year's figure was no good, or that documents changed hands.
const CORRECTED: [&str; 8] = ["更正", "修正", "补录", "重新核定", "重新认定", "口径", "划转", "移交"];

/// Whether the report says of its documents one of `words`.
fn says_of_documents(pair: &Pair<'_>, words: &[&str]) -> bool {
    pair.now.passages.iter().map(|passage| passage.text.as_str()).any(|text| {
        (text.contains("规范性文件") || text.contains("规章")) && words.iter().any(|word| text.contains(word))
    })
}

fn does_not_roll(campaign: &Campaign<'_>) -> Vec<Raised> {
    let raise = |pair: Pair<'_>| -> Vec<Raised> {
        stocks(&pair).filter_map(|stock| Some(pair.raise(gap(&pair, &stock)?))).collect()
    };
    pairs(campaign).flat_map(raise).collect()
}

fn gap(pair: &Pair<'_>, stock: &Stock) -> Option<Finding> {
    let in_force = stock.in_force?;
    let expected = stock.existed()?.checked_sub(stock.repealed)?;
    if in_force == expected
        || stock.repeals_too_many()
        || (in_force < expected && says_of_documents(pair, &EXPIRED))
        || says_of_documents(pair, &CORRECTED)
    {
        return None;
    }
    let Stock { before, made, repealed, .. } = stock;
    let at = stock.cell(2);
    let message = Wording::new(
        format!(
            "{}现行有效 {in_force}，按上年现行有效 {before} + 制发 {made} - 废止 {repealed} 应为 {expected}",
            phrase::row(at)
        ),
        format!(
            "{} in force: {in_force}; last year's {before} + {made} made - {repealed} repealed = {expected}",
            phrase::row_en(at)
        ),
    );
    Some(Finding {
        cells: (0..3).map(|column| stock.cell(column)).collect(),
        expected: Some(expected.to_string()),
        actual: Some(in_force.to_string()),
        ..finding("CAR002", pair, at, message)
    })
}

fn repealed_too_many(campaign: &Campaign<'_>) -> Vec<Raised> {
    let raise = |pair: Pair<'_>| -> Vec<Raised> {
        let too_many = stocks(&pair).filter(Stock::repeals_too_many);
        too_many.filter_map(|stock| Some(pair.raise(excess(&pair, &stock)?))).collect()
    };
    pairs(campaign).flat_map(raise).collect()
}

fn excess(pair: &Pair<'_>, stock: &Stock) -> Option<Finding> {
    if says_of_documents(pair, &CORRECTED) {
        return None;
    }
    let Stock { before, made, repealed, .. } = stock;
    let at = stock.cell(1);
    let message = Wording::new(
        format!("{}废止 {repealed}，而上年现行有效只有 {before}，本年制发 {made}", phrase::row(at)),
        format!("{} repealed: {repealed}; last year had {before} in force and {made} were made", phrase::row_en(at)),
    );
    Some(Finding {
        cells: vec![stock.cell(0), at],
        expected: stock.existed().map(|existed| format!("≤ {existed}")),
        actual: Some(repealed.to_string()),
        ..finding("CAR003", pair, at, message)
    })
}

fn finding(rule: &'static str, pair: &Pair<'_>, at: CellRef, message: Wording) -> Finding {
    Finding {
        part: Some(KIND.part()),
        table: Some(KIND),
        cell: Some(at),
        at: pair.now.source(at),
        ..Finding::new(rule, Severity::Warning, message)
    }
}
