//! Reconsideration and litigation over disclosure: 行政复议 1 件, 未发生行政诉讼.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::scope::{self, Scope};
use super::{Clause, Reason, Reporter, Stated, object, pattern};
use crate::report::{ClaimKind, Sentence};

/// Units that cases are counted in.
const UNITS: &str = "件宗例起个次";

static CASE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?P<reconsideration>复议)|(?P<litigation>诉讼)"));
/// Disputes over disclosure, and not of the agency's whole business.
static DISCLOSURE: LazyLock<Regex> = LazyLock::new(|| pattern(r"信息公开|依申请|公开政府信息|公开信息|政务公开"));
/// Not the cases themselves: filings, results, rules, the work of a reconsideration authority.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"备案|维持|撤销|纠正|驳回|审结|胜诉|败诉|撤诉|审理中|制度|机制|案例|培训|应诉|代理|办理行政|受理行政|审理行政|渠道|权利|途径|告知|法律顾问|共同被告|率|纠错",
    )
});
/// Cases over something else, or over one kind of dispute only: 因逾期答复引发的行政复议.
static OTHER_CAUSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"其[他它](?:行政|执法|原因|行为|业务|事项)|执法行为|(?:处罚|许可|征收|拆迁|采购|劳动|工伤|土地|房屋|强制|登记|赔偿|履职)[\p{Han}]{0,3}(?:类|引|案|的|行政)",
    )
});
/// What a dispute was over, where it is said.
static CAUSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:因|由于?)(?P<cause>[\p{Han}]{1,24}?)(?:而|所|被)*(?:引[发起]|产生|导致|造成|提起|发生)")
});
/// Words for disclosure as a whole.
static WHOLE_CAUSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:政[府务]|信息|公开|依申请|依法|申请人?|办理|处理|复议|诉讼|提起|涉及|县|市|区|省|受理|答复|回复|工作|事项|问题|行为|行政|机关|我|本|局|委|办|厅|镇|乡|街道?|县|市|区|单位|的|有关|相关|所|不服|对|及|和|、|而|被|向|公民|法人|其他组织|个人|未|没有)*$",
    )
});
/// A count of all cases, of which those over disclosure are told as a part; or a remark that they are over something else.
static AMONG: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"其中[^，。；]{0,12}(?:信息公开|依申请)[^，。；]{0,8}\d|与[^，。；]{0,8}信息公开[^，。；]{0,4}无关|不涉及[^，。；]{0,4}信息公开|(?:非|不属于?)(?:因|政府)*信息公开",
    )
});
/// Words that say there was none, before the dispute.
static NONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:未|没有|没|无|未曾|不存在|未有)(?:发生|产生|出现|收到|引[发起]|涉及|被|因|存在|有|提起)?")
});
static HAPPENED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"引[发起]|发生|产生|被|提起|涉及|收到|导致|出现|共|有|^[^\d]{0,10}(?:复议|诉讼)"));
/// What may stand between the dispute and its number.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:案件?|申请|数量|数|总数|共计?|为|的|有|各|情况|事项|、|和|或|及|与|行政|复议|诉讼)*$")
});
/// What may stand between a number and its dispute: 发生1起有关政府信息公开的行政复议案件.
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:因|的|有关|关于|涉及|由|政府|政务|信息|公开|工作|申请|依|被|引[发起]|产生|提起|行政)*$")
});

/// What the paragraph has said so far.
#[derive(Debug, Default)]
pub(super) struct Disputes {
    /// Whether disputes over disclosure are being spoken of.
    about_disclosure: bool,
}

impl Disputes {
    /// A new paragraph begins.
    pub(super) const fn forget(&mut self) {
        self.about_disclosure = false;
    }

    /// The cases that a sentence states.
    pub(super) fn read(
        &mut self,
        clauses: &[Clause],
        sentence: &Sentence,
        about_requests: bool,
        reporter: &Reporter<'_>,
    ) -> Vec<Stated> {
        self.about_disclosure |= about_requests || sentence.part == 4 || DISCLOSURE.is_match(&sentence.text);
        // 行政复议总数10件，其中政府信息公开类3件: the first counts all there were.
        if AMONG.is_match(&sentence.text) {
            return Vec::new();
        }
        let mut scope = Scope::default();
        let mut stated: Vec<Stated> = Vec::new();
        let mut none_before = false;
        for clause in clauses {
            scope.advance(clause, reporter);
            let text = &clause.text;
            let none_here = NONE.find(text);
            let usable = self.about_disclosure
                && scope.is_own_year()
                && !scope.subset
                && !OTHER.is_match(text)
                && !is_of_other_cause(text);
            for found in CASE.captures_iter(text).filter(|_| usable) {
                let Some(word) = found.get(0) else { continue };
                let kind = if found.name("litigation").is_some() {
                    ClaimKind::Litigations
                } else {
                    ClaimKind::Reconsiderations
                };
                // 未经复议直接起诉 says nothing of how many there were.
                let without = text[..word.start()].ends_with("未经") || text[..word.start()].ends_with("未经行政");
                if without || stated.iter().any(|known| known.kind == kind) || text[word.end()..].starts_with("法") {
                    continue;
                }
                let Some(subject) = scope::subject(&subject_of(&text[..word.start()]), reporter) else { continue };
                let said = if let Some(number) = number(clause, word.range()) {
                    Stated::number(kind, clause, number, subject, Reason::verb(word.as_str()))
                } else if clause.counts().next().is_none()
                    && (none_here.is_some_and(|none| none.start() < word.start()) || none_before)
                {
                    let start = none_here.map_or(0, |none| none.start());
                    let start = if start < word.start() { start } else { 0 };
                    let reason = Reason::none(&text[start..word.end()]);
                    Stated::none(kind, clause, clause.char_at(start)..clause.char_at(word.end()), subject, reason)
                } else {
                    continue;
                };
                stated.push(said);
            }
            // 未发生行政复议，行政诉讼: the second clause goes on with the first.
            none_before = (none_here.is_some() || none_before) && clause.counts().next().is_none();
        }
        stated
    }
}

/// The number of the dispute named at `word`, behind it or before it.
fn number(clause: &Clause, word: Range<usize>) -> Option<&crate::report::recognise::prose::number::Number> {
    let fits =
        |number: &crate::report::recognise::prose::number::Number| number.unit.is_some_and(|unit| UNITS.contains(unit));
    if !HAPPENED.is_match(&clause.text) {
        return None;
    }
    let after = clause.number_after(word.end, 14).filter(|(number, between)| fits(number) && BETWEEN.is_match(between));
    if let Some((number, _)) = after {
        return Some(number);
    }
    let before = clause.number_before(word.start, 24)?;
    (fits(before.0) && ABOUT.is_match(before.1)).then_some(before.0)
}

/// Whether `text` says what its disputes were over, and that is not disclosure as a whole.
fn is_of_other_cause(text: &str) -> bool {
    OTHER_CAUSE.is_match(text)
        || CAUSE
            .captures_iter(text)
            .any(|found| !WHOLE_CAUSE.is_match(found.name("cause").map_or("", |cause| cause.as_str())))
}

/// What stands before the dispute, without the words that say what it is about.
fn subject_of(before: &str) -> String {
    let about = before.find(['因', '未', '无', '没']).unwrap_or(before.len());
    let before = &before[..about];
    object::find(before, false).map_or_else(|| before.to_owned(), |range| before[..range.start].to_owned())
}
