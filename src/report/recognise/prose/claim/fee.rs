//! 信息处理费: what was charged for applications, and how it divides.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::{Clause, Reason, Stated, pattern};
use crate::report::recognise::prose::number::Number;
use crate::report::{Bound, Claim, ClaimKind, Figure, Sentence, Subject};
use crate::text::Wording;

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"信息(?:公开)?(?:信息)?处理费|信息公开[^，。]{0,6}费|(?:发出|开具|送达|制发)[^，。]{0,6}收费通知")
});
static NONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:未|没有|没|无|不曾|不存在)[^\d，。]{0,24}?(?:收费|处理费|费用|收取)|未(?:予)?收取"));
/// What was charged, or was to be: 实收 is less than the total of the notices where some did not pay.
static CHARGED: LazyLock<Regex> = LazyLock::new(|| pattern(r"收取|收费|金额|处理费|费用|实收|缴纳"));
/// The sum of what was charged, where the clause before says that something was.
static SUMMED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:合计|共计|总计|计|共|总额)"));
static LISTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:其中|分别[为是]|包括)"));
/// Prices, and what was paid of the amount.
static NO_PART: LazyLock<Regex> = LazyLock::new(|| pattern(r"每|标准|实收|实际|应收|减免|免收|另|共计|合计|总计"));

/// What a sentence says was charged.
pub(super) fn read(clauses: &[Clause], sentence: &Sentence) -> Option<Stated> {
    if !NAMED.is_match(&sentence.text) {
        return None;
    }
    let kind = ClaimKind::FeeCharged;
    let mut charged = false;
    for clause in clauses {
        let word = CHARGED.find(&clause.text).or_else(|| SUMMED.find(&clause.text).filter(|_| charged));
        charged |= CHARGED.is_match(&clause.text) && !NONE.is_match(&clause.text);
        let Some(word) = word else { continue };
        if let Some(number) = amounts(clause).next() {
            return Some(Stated::number(kind, clause, number, Subject::Unsaid, Reason::verb(word.as_str())));
        }
    }
    clauses.iter().find_map(|clause| {
        let none = NONE.find(&clause.text)?;
        let chars = clause.char_at(none.start())..clause.char_at(none.end());
        Some(Stated::none(kind, clause, chars, Subject::Unsaid, Reason::none(none.as_str())))
    })
}

/// The amounts that what was charged divides into, where each stands with the number of its applications: 其中甲1件200元，
/// 乙2件300元. A list of amounts alone is read as all lists are.
pub(super) fn split(clauses: &[Clause], sentence: &Sentence) -> Option<Claim> {
    if !NAMED.is_match(&sentence.text) {
        return None;
    }
    let from = clauses.iter().position(|clause| LISTED.is_match(&clause.text))?;
    let (before, listed) = clauses.split_at(from);
    // 总金额3460元，实际收取2180元，其中…: the nearest amount is the one that divides.
    let (clause, number) = before.iter().rev().find_map(|clause| Some((clause, amounts(clause).last()?)))?;
    let total = Stated::number(ClaimKind::Breakdown, clause, number, Subject::Unsaid, Reason::default());
    if total.bound != Bound::Exact || listed.iter().any(|clause| NO_PART.is_match(&clause.text)) {
        return None;
    }
    let parts: Vec<&Number> = listed.iter().flat_map(amounts).collect();
    let counted = listed.iter().flat_map(Clause::counts).filter(|number| number.unit == Some('件')).count();
    if parts.len() < 2 || counted != parts.len() || parts.iter().any(|part| part.bound != Bound::Exact) {
        return None;
    }
    let parts: Vec<Figure> = parts.iter().map(|part| part.value).collect();
    let reason = Wording::new(
        format!("列出 {} 元的 {} 个分项", total.value, parts.len()),
        format!("{} parts of {} yuan are listed", parts.len(), total.value),
    );
    Some(Claim { parts, reason, ..total.claim(sentence) })
}

/// The amounts of money in a clause.
fn amounts(clause: &Clause) -> impl Iterator<Item = &Number> {
    clause.counts().filter(|number| number.unit == Some('元'))
}
