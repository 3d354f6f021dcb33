//! A number with the verb of publishing before it, and what it counts.

use std::sync::LazyLock;

use super::{PROACTIVELY, PUBLISHED};
use crate::report::recognise::prose::claim::{Clause, Reporter, pattern};
use crate::report::recognise::prose::number::Number;
use crate::text::pattern::Regex;

/// Words of quantity between what is counted and its number.
static QUANTITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:总数|总量|总计|共计|合计|累计|数量|共有?|达到?|约|近|超过?|[为是了计数有]|\d+年度?|全年|本年度?)*[:：]?$",
    )
});
/// What makes 信息 all of it, and not one kind of it.
static GENERAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|^[相有]关|政府|政务|党政|公开|发布|各[类种项]|等[相有]关|等|方面|主动|更新|类别?的|全部|转[发载])(?:各[类种项])?(?:公开|政[府务]|工作|的)?$",
    )
});
/// 各类政府水务信息: all that an agency publishes is of its field.
static OWN_FIELD: LazyLock<Regex> = LazyLock::new(|| pattern(r"^各[类种项](?:政[府务])[\p{Han}]{2,6}$"));
/// 各类财政信息 of a 财政局, …等市场监管信息 of a 市场监督管理局.
static FIELD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:各[类种项]|等)([\p{Han}]{2,6})$"));
/// What makes 信息 all of it, where the verb comes behind it.
static GENERAL_NOUN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[局委厅办府镇乡道院心处室会部站台年月日度]|政府|政务|各[类种项]|相关|有关|全部|公开的?|发布的?|等|共|计|工作)信息$",
    )
});
static OTHERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"其[他它](?:依法|法定|应当?|需要?|予以)*主动$"));
/// A noun in which a verb of publishing stands: 公告公示143条.
static NOUN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:公告|通知|[批规][前后划]|结果|[及和与、])$"));

/// A field in the name of which 公开 stands: 预决算公开信息11条.
static NAMED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:预算|决算|经费|采购|执法|随机、?一)$"));
/// What makes 信息 that of the agency as a whole.
static OWN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[本我全](?:部门|单位|机关|[局委厅办院镇乡街县市区])(?:道)?(?:的|政[府务]|工作)?$"));

/// A number with the verb of publishing before it.
pub(super) struct Found {
    /// The byte before which the subject stands.
    pub(super) subject_end: usize,
    /// The bytes of the verb.
    pub(super) verb: (usize, usize),
    /// Whether the clause says 主动公开.
    pub(super) strong: bool,
    /// Whether it does not say what is counted.
    pub(super) vague: bool,
    /// Whether it says that all kinds are counted.
    pub(super) general: bool,
    /// What stands between verb and number.
    pub(super) head: String,
}

impl Found {
    pub(super) fn read(clause: &Clause, number: &Number, reporter: &Reporter<'_>) -> Option<Self> {
        let text = &clause.text;
        let end = clause.byte_at(number.chars.start);
        let before = clause.numbers.iter().rfind(|other| other.chars.end <= number.chars.start && other.unit.is_some());
        let start = before.map_or(0, |other| clause.byte_at(other.chars.end));
        let is_noun = |found: &crate::text::pattern::Match<'_>| {
            let before = &text[start..start + found.start()];
            matches!(found.as_str(), "公示" | "公布" | "更新") && NOUN.is_match(before)
                || found.as_str() == "公开" && NAMED.is_match(before) && text[start + found.end()..].starts_with("信息")
        };
        let verb = PUBLISHED.find_iter(&text[start..end]).filter(|found| !is_noun(found)).last()?;
        // 依申请公开42件, 不予公开43件: what was asked for. 法定主动公开信息105条 are one item of the catalogue.
        if text[..start + verb.start()].ends_with("法定主动") {
            return None;
        }
        if ["申请", "不予", "部分", "予以"].iter().any(|word| text[..start + verb.start()].ends_with(word)) {
            return None;
        }
        // 其他应当主动公开的信息3条 are the rest of a list.
        if OTHERS.is_match(&text[..start + verb.start()]) {
            return None;
        }
        let subject_end = PUBLISHED.find(text).map_or(start, |first| first.start());
        let verb = (start + verb.start(), start + verb.end());
        let strong = PROACTIVELY.is_match(&text[..end]);
        let between = &text[verb.1..end];
        let head = &between[..QUANTITY.find(between).map_or(between.len(), |found| found.start())];
        let rest = clause.rest(number);
        let (counts_information, vague) = if head.is_empty() {
            let noun = text[..verb.0].trim_end_matches("主动");
            let noun = &noun[..QUANTITY.find(noun).map_or(noun.len(), |found| found.start())];
            // 部门动态信息发布49篇, 环境质量信息公开12条: one kind of it.
            if noun.ends_with("信息") && !GENERAL_NOUN.is_match(noun) {
                return None;
            }
            let noun_before = noun.ends_with("信息");
            let noun_behind = ["信息", "政府信息", "政务信息", "各类信息"].iter().any(|noun| rest.starts_with(noun));
            (rest.is_empty() || rest.starts_with('、') || noun_behind, !(noun_before || noun_behind))
        } else if let Some(kind) = head.strip_suffix("信息").or_else(|| head.strip_suffix("信息工作")) {
            // 公文类政府信息 are one kind of it.
            let kinds = kind.trim_end_matches("政府").trim_end_matches("政务");
            let one_kind = kind.contains("重点领域")
                || kind.strip_suffix("公开").is_some_and(|field| NAMED.is_match(field))
                || kinds.ends_with('类') && !["各类", "类别类", "等类"].iter().any(|all| kinds.ends_with(all));
            let field = FIELD.captures(kind).and_then(|found| found.get(1)).map(|field| field.as_str());
            let agency = reporter.agency.unwrap_or_default();
            let named = field.is_some_and(|field| is_field_of(field, agency));
            // 主动公开司法行政信息63条 of a 司法局.
            let begins = || agency.contains(&kind.chars().take(2).collect::<String>());
            let last = clause.closed.is_none_or(|mark| mark == '。');
            let bare = last
                && strong
                && rest.is_empty()
                && clause.counts().count() == 1
                && (2..=4).contains(&kind.chars().count())
                && (begins() || is_field_of(kind, agency));
            let own_field = (strong && OWN_FIELD.is_match(kind)) || named || bare;
            ((GENERAL.is_match(kind) || OWN.is_match(kind) || own_field) && !one_kind, false)
        } else {
            // 热点信息等220条 are one kind of it.
            let alone =
                head.strip_suffix("信息等").is_some_and(|kind| !kind.contains(['、', '，']) && !GENERAL.is_match(kind));
            let whole = head.ends_with('等') && head.contains("信息") && !alone;
            (whole, false)
        };
        let general = head.starts_with("各类") || head.starts_with("各项");
        counts_information.then(|| Self { subject_end, verb, strong, vague, general, head: between.to_owned() })
    }
}

/// Whether `field` is what `agency` is about: its characters stand in the name in the same order.
fn is_field_of(field: &str, agency: &str) -> bool {
    let mut rest = agency.chars();
    field.chars().all(|c| rest.any(|other| other == c))
}
