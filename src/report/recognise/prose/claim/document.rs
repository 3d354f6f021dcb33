//! Normative documents made, repealed and in force; decisions on licences, penalties and compulsory measures.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::scope::{self, Scope};
use super::{Clause, Reason, Reporter, Stated, pattern};
use crate::report::{ClaimKind, Sentence};

/// 政策文件 and 文件 alone are something else.
static DOCUMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"规范性文件"));
static OTHER_DOCUMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"政策性?文件|党[内委]|审[查核]|备案|解读|转发|意见|征[求集]|清理规范性|公开规范性|草案|上级|类|栏|占|率|参与|协助|配合|会签|会同|联合|代拟|起草|报请|牵头|以[\p{Han}]{2,12}名义",
    )
});
static MADE: LazyLock<Regex> = LazyLock::new(|| pattern(r"制发|制定|出台|印发|新制|制作|新发布"));
static REPEALED: LazyLock<Regex> = LazyLock::new(|| pattern(r"废止"));
static IN_FORCE: LazyLock<Regex> = LazyLock::new(|| pattern(r"现行有效|继续有效"));
/// What may stand between the word and its number.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:了|的|并公开|并公布|行政|规范性|文件|件数|数量|总数|共计?|为|是|有|:|：|政府|部门|县|市|区|本级)*$")
});

static DECISION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"行政(?:(?P<penalty>处罚)|(?P<licence>许可)|(?P<compulsion>强制(?:措施|执行)?))(?:决定书?|处理决定|处理|事项|案件|措施)*",
    )
});
/// What is counted when it is no decision.
static NO_DECISION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"申请|事项清单|信息|类|目录|清单|栏|权力|权责|依据|流程|指南|累计?公[示开]|增|减|同比|保留|取消|移送|移交|线索|协助|协办|配合|参与|咨询|评查|核查|抽查|修复|文书|案例|由[^，。]{2,20}(?:作出|实施|办理)",
    )
});
static BY_OTHERS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"（[^）]{0,6}由[^）我本]{2,20}(?:作出|实施|办理|牵头|查处)[^）]*）"));
static DECIDED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:了|的|数量|总数|件数|共计?|合计|为|是|有|决定|书|:|：)*$"));

/// What the paragraph has said so far.
#[derive(Debug, Default)]
pub(super) struct Documents {
    /// Whether normative documents are being spoken of.
    about_documents: bool,
}

impl Documents {
    /// A new paragraph begins.
    pub(super) const fn forget(&mut self) {
        self.about_documents = false;
    }

    /// The documents and decisions that a sentence states.
    pub(super) fn read(&mut self, clauses: &[Clause], sentence: &Sentence, reporter: &Reporter<'_>) -> Vec<Stated> {
        let mut scope = Scope::default();
        let mut stated = Vec::new();
        self.about_documents = false;
        // 行政处罚3件（由县综合执法局作出）: a remark in brackets belongs to the whole sentence.
        let of_others = BY_OTHERS.is_match(&sentence.text);
        for clause in clauses {
            scope.advance(clause, reporter);
            if DOCUMENT.is_match(&clause.text) {
                self.about_documents = !OTHER_DOCUMENT.is_match(&clause.text);
            }
            if !scope.is_own_year() {
                continue;
            }
            if self.about_documents && clause.depth == 0 {
                stated.extend(documents(clause, reporter));
            }
            // 其中行政处罚决定书1条 are decisions, wherever they are listed.
            if !of_others && (!scope.subset || clause.text.contains("决定")) {
                stated.extend(decisions(clause, reporter));
            }
        }
        stated.dedup_by_key(|known| known.kind);
        stated
    }
}

fn documents(clause: &Clause, reporter: &Reporter<'_>) -> Option<Stated> {
    let text = &clause.text;
    let kinds = [
        (&REPEALED, ClaimKind::NormativeDocumentsRepealed),
        (&IN_FORCE, ClaimKind::NormativeDocumentsInForce),
        (&MADE, ClaimKind::NormativeDocumentsMade),
    ];
    let mut named = kinds.iter().filter_map(|(word, kind)| Some((word.find(text)?, *kind)));
    let (word, kind) = named.next()?;
    // 制定、废止规范性文件3件 says two things at once.
    if named.next().is_some() {
        return None;
    }
    let subject = scope::subject(&text[..word.start()], reporter)?;
    let after = clause.number_after(word.end(), 16).filter(|(_, between)| BETWEEN.is_match(between));
    let before = || clause.number_before(word.start(), 4).filter(|(_, between)| between.is_empty());
    let (number, _) = after.or_else(before)?;
    let counted = number.unit.is_some_and(|unit| "件份部个".contains(unit));
    counted.then(|| Stated::number(kind, clause, number, subject, Reason::verb(word.as_str()).of(Some("规范性文件"))))
}

fn decisions(clause: &Clause, reporter: &Reporter<'_>) -> Option<Stated> {
    let text = &clause.text;
    let found = DECISION.captures(text)?;
    let word = found.get(0)?;
    let kind = if found.name("penalty").is_some() {
        ClaimKind::Penalties
    } else if found.name("licence").is_some() {
        ClaimKind::Licences
    } else {
        ClaimKind::CompulsoryMeasures
    };
    if NO_DECISION.is_match(text) {
        return None;
    }
    let subject = scope::subject(&text[..word.start()], reporter)?;
    let (number, between) = clause.number_after(word.end(), 10)?;
    (DECIDED.is_match(between) && number.unit.is_some_and(|unit| "件宗起例个份条".contains(unit)))
        .then(|| Stated::number(kind, clause, number, subject, Reason::verb(word.as_str())))
}
