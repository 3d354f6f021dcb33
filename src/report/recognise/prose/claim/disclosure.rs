//! Information disclosed proactively: the total of the year.

use std::sync::LazyLock;

use regex::Regex;

use super::scope::{self, Scope};
use super::{Clause, Reporter, Stated};
use crate::report::recognise::prose::sentence::Setting;
use crate::report::{Claim, ClaimKind, Sentence, Topic};

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

const UNITS: &str = "条件篇份个项则次";

static PROACTIVELY: LazyLock<Regex> = LazyLock::new(|| pattern(r"主动公开|主动公布|主动发布|主动向社会公[开布]"));
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| pattern(r"公开|发布|公布|公示|刊发|更新|上传"));
/// What is counted when it is not information as a whole.
static OTHER_THING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"微信|公众号|微博|抖音|视频|新媒体|依申请|申请|规范性|政策文件|解读|建议|提案|目录|指南|会议|预算|决算|培训|意见|处罚|许可|",
        r"[^各大]类信息|动态信息|增|减|同比|较|制度|栏目|专栏|平台|问题|期|招[标聘]|公告|通知",
    ))
});
/// Channels beside the agency's site: what they carry is no total.
static OTHER_PLACE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"微信|公众号|微博|抖音|视频|新媒体|头条|报纸|电视|公告栏"));
static INFORMATION: LazyLock<Regex> = LazyLock::new(|| pattern(r"信息"));

/// The totals read so far, the likeliest first.
#[derive(Debug, Default)]
pub(super) struct Totals {
    best: Option<(u8, Claim)>,
}

impl Totals {
    /// Looks for a total in a sentence.
    pub(super) fn read(&mut self, clauses: &[Clause], sentence: &Sentence, setting: &Setting, reporter: &Reporter<'_>) {
        if !matches!(sentence.part, 0..=2) {
            return;
        }
        let about = setting.topics.contains(&Topic::ProactiveDisclosure) || PROACTIVELY.is_match(&sentence.text);
        let other = !setting.topics.is_empty() && !setting.topics.contains(&Topic::ProactiveDisclosure);
        let mut scope = Scope::default();
        for clause in clauses {
            scope.advance(clause, reporter);
            if scope.subset || !scope.is_own_year() {
                continue;
            }
            let text = &clause.text;
            let (verb, weak) = match (PROACTIVELY.find(text), PUBLISHED.find_iter(text).last()) {
                (Some(verb), _) => (verb, 0),
                (None, Some(verb)) if about && !other => (verb, 2),
                _ => continue,
            };
            let Some((number, between)) = clause.number_after(verb.end(), 24) else { continue };
            if OTHER_THING.is_match(between)
                || OTHER_PLACE.is_match(&text[..verb.start()])
                || !number.unit.is_some_and(|unit| UNITS.contains(unit))
                || !scope::is_own_body(&text[..verb.start()], reporter)
            {
                continue;
            }
            let rest: String = text.chars().skip(number.chars.end).take(8).collect();
            let vague = u8::from(!INFORMATION.is_match(between) && !INFORMATION.is_match(&rest));
            let rank = weak + vague;
            if self.best.as_ref().is_none_or(|(known, _)| rank < *known) {
                let claim = Stated::number(ClaimKind::ProactiveTotal, clause, number).claim(sentence);
                self.best = Some((rank, claim));
            }
        }
    }

    /// The likeliest total.
    pub(super) fn best(self) -> Option<Claim> {
        self.best.map(|(_, claim)| claim)
    }
}
