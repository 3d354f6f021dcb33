//! 信息处理费: what was charged for applications.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::{Clause, Reason, Stated, pattern};
use crate::report::{ClaimKind, Sentence, Subject};

static NAMED: LazyLock<Regex> = LazyLock::new(|| pattern(r"信息(?:公开)?(?:信息)?处理费|信息公开[^，。]{0,6}费"));
static NONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:未|没有|没|无|不曾|不存在)[^\d，。]{0,24}?(?:收费|处理费|费用|收取)|未(?:予)?收取"));
/// What was charged, or was to be: 实收 is less than the total of the notices where some did not pay.
static CHARGED: LazyLock<Regex> = LazyLock::new(|| pattern(r"收取|收费|金额|处理费|费用|实收|缴纳"));

/// What a sentence says was charged.
pub(super) fn read(clauses: &[Clause], sentence: &Sentence) -> Option<Stated> {
    if !NAMED.is_match(&sentence.text) {
        return None;
    }
    let kind = ClaimKind::FeeCharged;
    for clause in clauses {
        let Some(word) = CHARGED.find(&clause.text) else { continue };
        let number = clause.counts().find(|number| number.unit == Some('元'));
        if let Some(number) = number {
            return Some(Stated::number(kind, clause, number, Subject::Unsaid, Reason::verb(word.as_str())));
        }
    }
    clauses.iter().find_map(|clause| {
        let none = NONE.find(&clause.text)?;
        let chars = clause.char_at(none.start())..clause.char_at(none.end());
        Some(Stated::none(kind, clause, chars, Subject::Unsaid, Reason::none(none.as_str())))
    })
}
