//! Where something was published: the agency's site, an account, all places together.

use std::sync::LazyLock;

use super::UNITS;
use crate::report::recognise::prose::claim::{Clause, pattern};
use crate::text::pattern::Regex;

/// Where it was published, if said.
pub(super) static CHANNEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"网站|网页|官网|门户|政[府务]网|政府在线|平台|融媒|新媒体|微信|公众号|服务号|订阅号|微博|抖音|渠道|方式|头条|APP|客户端|小程序|",
        r"学习强国|专栏|栏目|信息公开目录[^信，]{0,4}公开|在[“《][^”》]{2,16}[”》]上?(?:主动)?(?:公开|发布)|[\p{Han}]网(?:[和、及上]|同步|共|主动|累计|发布|公[开布])",
    ))
});
/// Words that make a channel the way by which something was published: 优化了网站栏目 says nothing of that.
pub(super) static BY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"通过|依托|利用|借助|运用|以.{2,16}为|在[\p{Han}“”]{0,16}(?:网|栏|平台|号)"));
/// Channels beside the agency's site: what they carry is no total.
pub(super) static OTHER_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"微信|公众号|服务号|订阅号|微博|抖音|[微短]视频|视频号|媒体|头条|报纸|电视|公[告示]栏|热线|信箱|APP|客户端|小程序|学习强国|快手|两微|双微|报刊|日报|广播|电台|LED|显示屏|宣传[栏册单页]|展板|党务公开平台",
    )
});
/// A list of channels that stands for all of them.
pub(super) static ALL_PLACES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"不同(?:渠道|平台|方式|途径)|线上.{0,2}线下|等(?:平台|渠道|媒[体介]|方式|形式|载体|网站|途径|多)|各[类种](?:平台|渠道|媒体|方式|载体|途径)|多种(?:渠道|平台|媒体|载体|途径)|多渠道|(?:[\p{Han}“”]{2,}、){2,}[\p{Han}“”]{2,}[和及与][\p{Han}“”]{0,12}(?:微信|公众号|微博|媒体|APP)|网[^\d]{0,12}[、和及与][^\d]{0,16}(?:微信|公众号|媒体|APP)|(?:微信|公众号|媒体|APP)[^\d]{0,8}[、和及与][^\d]{0,12}网",
    )
});
/// A clause that carries a number of publications in a place of its own.
pub(super) static PUBLICATION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"公开|发布|公布|更新|编发|推送|推出|制作|刊[发登]|播发|推文|发稿|转[发载]"));

/// A clause that counts what was published in one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Which paragraph, which sentence, and which clause of it.
    pub(super) at: (usize, usize, usize),
    /// Whether it is no site: an account, an application.
    pub(super) account: bool,
}

impl Place {
    pub(super) fn of(clause: &Clause, at: (usize, usize, usize)) -> Self {
        Self { at, account: OTHER_PLACE.is_match(&clause.text) }
    }
}

/// Whether the clause counts what was published in a place of its own.
pub(super) fn is_beside(clause: &Clause) -> bool {
    static SUBSET: LazyLock<Regex> = LazyLock::new(|| pattern(r"其中|包括|包含"));
    clause.depth == 0
        && (CHANNEL.is_match(&clause.text) || OTHER_PLACE.is_match(&clause.text) || clause.text.contains("融媒"))
        && PUBLICATION.is_match(&clause.text)
        && !SUBSET.is_match(&clause.text)
        && !is_press(&clause.text)
        && clause.counts().any(|number| number.unit.is_some_and(|unit| UNITS.contains(unit)))
}

/// Whether it counts what the press wrote, which is no publication of the agency's own: 在主流媒体发布报道92篇.
fn is_press(text: &str) -> bool {
    static PRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"报道|稿件|上稿|新闻稿"));
    static OWN: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"微信|公众号|微博|抖音|APP|头条|客户端|小程序|快手|官网|门户"));
    PRESS.is_match(text) && text.contains("媒体") && !OWN.is_match(text)
}

/// Whether the clause names an account, and no site, as what carries something that it does not count itself.
pub(super) fn names_account(clause: &Clause) -> bool {
    let text = &clause.text;
    let only = OTHER_PLACE.is_match(text) && !text.contains('网') && !ALL_PLACES.is_match(text);
    only && (PUBLICATION.is_match(text) || BY.is_match(text)) && clause.counts().next().is_none()
}

/// Whether the clause is the name of a place and a number, and nothing else.
pub(super) fn names_place_only(clause: &Clause) -> bool {
    let [number] = clause.numbers.as_slice() else { return false };
    let label = clause.label_before(number);
    number.unit.is_some_and(|unit| UNITS.contains(unit))
        && clause.depth == 0
        && OTHER_PLACE.is_match(label)
        && label.chars().count() <= 10
        && clause.rest(number).is_empty()
}
