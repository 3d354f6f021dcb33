//! Applications by the outcome of their handling: 予以公开 9 件, 不予公开 2 件.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::scope::{self, Scope};
use super::{Clause, Reason, Reporter, Stated, object, pattern};
use crate::report::recognise::prose::sentence::Setting;
use crate::report::{ClaimKind, Topic};

/// Units that applications are counted in.
const UNITS: &str = "件宗例起条份个";

static OUTCOME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<denied>不予公开|不同意公开)|(?P<partial>部分(?:予以|同意|准予)?公开)|(?P<unavailable>无法提供)|(?P<unprocessed>不予处理)|",
        r"(?P<other>其[他它]处理|作其[他它]处理)|(?P<granted>予以公开|同意公开|准予公开|全部公开)",
    ))
});
/// What may stand between the outcome and its number.
static BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[”’」]?(?:答复|处理|信息|政府信息|申请|情形|数量|的|有|共|计|为|了|类|：|、)*$"));
static BELONGS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"属于?(?:同意公开|予以公开|部分公开|不予公开|无法提供|不予处理|其[他它]处理)"));
/// Single rows of a class and what is no outcome of applications.
static ROWS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"因|由于|属于|国家秘密|不掌握|另行制作|不明确|重复|信访|第三方|处罚|许可|建议|提案|占|主动公开")
});

/// The outcomes that a sentence states.
pub(super) fn read(clauses: &[Clause], setting: &Setting, before: bool, reporter: &Reporter<'_>) -> Vec<Stated> {
    let mut context = before || setting.topics.contains(&Topic::Requests);
    let mut scope = Scope::default();
    let mut stated: Vec<Stated> = Vec::new();
    let proactive = clauses.iter().any(|clause| clause.text.contains("主动公开") && clause.counts().next().is_some());
    for clause in clauses {
        scope.advance(clause, reporter);
        context |= object::is_subject(&clause.text);
        // 已办结件中属于同意公开9件 is no single row of the form.
        let rows = ROWS.is_match(&BELONGS.replace_all(&clause.text, ""));
        if !context || !scope.is_own_year() || rows || scope::is_one_channel(&clause.text) {
            continue;
        }
        for found in OUTCOME.captures_iter(&clause.text) {
            let Some(word) = found.get(0) else { continue };
            let before = &clause.text[..word.start()];
            // 予以公开及部分公开258件: two classes in one figure.
            let merged =
                before.ends_with(['及', '和', '或', '与', '、']) && !before.contains(|c: char| c.is_ascii_digit());
            // 部分公开67，占4.61%: the unit may be left out where others have it.
            let bare =
                || clause.bare_number_after(word.end()).filter(|(_, between)| between.is_empty() && word.start() == 0);
            let Some((number, between)) = clause.number_after(word.end(), 10).or_else(bare) else { continue };
            let counts = BETWEEN.is_match(between) && number.unit.is_none_or(|unit| UNITS.contains(unit));
            // 主动公开信息6条，不予公开信息0条: what there is, by how it may be disclosed.
            let kinds = between.contains("信息") && proactive;
            if merged || kinds || !counts || stated.iter().any(|known| known.kind == kind(&found)) {
                continue;
            }
            let Some(subject) = scope::subject(before, reporter) else { continue };
            stated.push(Stated::number(kind(&found), clause, number, subject, Reason::verb(word.as_str())));
        }
    }
    stated
}

fn kind(found: &crate::text::pattern::Captures<'_>) -> ClaimKind {
    let named = |name: &str| found.name(name).is_some();
    match () {
        () if named("denied") => ClaimKind::ApplicationsDenied,
        () if named("partial") => ClaimKind::ApplicationsPartiallyGranted,
        () if named("unavailable") => ClaimKind::ApplicationsUnavailable,
        () if named("unprocessed") => ClaimKind::ApplicationsNotProcessed,
        () if named("other") => ClaimKind::ApplicationsOther,
        () => ClaimKind::ApplicationsGranted,
    }
}
