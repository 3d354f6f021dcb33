//! What a title names: the agency and the year, taken apart from the name of the document.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::report::recognise::stream::is_han;

/// Agency and year as a title, or a title quoted in a sentence, names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::report::recognise::prose) struct Naming {
    /// The agency.
    pub(in crate::report::recognise::prose) agency: Option<String>,
    /// The year.
    pub(in crate::report::recognise::prose) year: Option<i32>,
}

/// The name of the document itself. 年度 and the year move about in it.
const DOCUMENT: &str = concat!(
    r"(?:政府信息公开|政务信息公开|政务公开|信息公开)(?:工作)?(?:的|情况)?(?:(?:20\d\d|二[〇○零]..)年?)?(?:度|年度)?",
    r"(?:政府信息公开)?(?:工作)?(?:情况)?的?(?:年度|年)?(?:工作)?(?:报告(?:报告)?|年报)",
);

/// Finds the name of the document.
pub(super) static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(DOCUMENT).expect("a valid pattern"));

/// What may stand before the name of the document: a mark of the site, the agency, the year, in any order.
static NAMING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[《“]?(?:[【\[][^】\]]{1,8}[】\]])?(?:(?:文字|图文|政策)?(?:解读|图解|图文)[：:]|一张?图(?:读懂|看懂|了解)[：:]?)?",
        r"(?:关于(?:报送|上报|呈报|公布|发布|印发|公开)?)?",
        // A year that is none is still no part of the agency's name: 202年, 20224年, 2O24年.
        r"(?:(?P<first>(?:20|19)\d\d|二[〇○零][一二三四五六七八九〇○零]{2})年?(?:度|年度)?|[0-9][0-9Oo]{1,6}年度?)?(?:关于)?",
        r"(?P<agency>(?:[^年〔〕]|[青少老]年|年度(?:目标)?(?:责任)?考核){2,50}?)??",
        r"(?:关于(?:报送|上报|呈报|公布|发布|印发|公开)?)?[《“]?",
        r"(?:(?P<last>(?:20|19)\d\d|二[〇○零][一二三四五六七八九〇○零]{2})年?(?:度|年度)?(?:1月?[-—至]12月份?)?",
        r"|[0-9][0-9Oo]{1,6}年度?)?(?:的|法定)?$",
    ))
    .expect("a valid pattern")
});

static YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"20\d\d|二[〇○零][一二三四五六七八九〇○零]{2}").expect("a valid pattern"));

/// Whether `text` holds words that no agency's name contains but sentences and the furniture of sites do.
pub(super) fn is_foreign(text: &str) -> bool {
    FOREIGN.is_match(&OWN_WORDS.replace_all(text, "〇"))
}

/// Words in the names of bodies that sentences use otherwise.
static OWN_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("机构编制|规划编制|编制(?:委员会|委|办|研究)|发布(?:中心|厅)|公布[镇乡]|根据地|指南针")
        .expect("a valid pattern")
});

/// The number of a hotline, which is part of the name of its centre.
static HOTLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("1[12][0-9]{1,3}(?:政务|便民|市民|热线|公共|急救|指挥|社会|智慧)").expect("a valid pattern")
});

static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"根据|按照|依据|依照|公布|发布|现将|要求|做好|编制|如下|首页|位置|索引|来源|日期|时间|浏览|打印|字体|字号|分享|登录|",
        r"正文|附件|栏目|目录|指南|通知|公告|年度报告|年报|以来|深入|贯彻|落实|认真|我|本[局县市区镇乡办委单机年报]|^关于|^各|情况",
    ))
    .expect("a valid pattern")
});

/// Endings of the names of bodies that report.
pub(super) const BODY_ENDINGS: &str = "局委办厅府室会院中心站处所区镇乡街道队署社馆校司部县市省州旗盟团";

/// What a title is quoted after: 现公布《…》, 特编制….
static OPENS_QUOTATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"《|现将|(?:公布|发布|编制|制定|公开|通报)(?:了|完成)?").expect("a valid pattern"));

/// Agency and year of a title quoted in running text: 现公布《…年度报告》.
pub(in crate::report::recognise::prose) fn quoted(text: &str) -> Option<Naming> {
    NAME.find_iter(text).find_map(|name| {
        let start = text[..name.start()].char_indices().rev().nth(60).map_or(0, |(at, _)| at);
        let opening = OPENS_QUOTATION.find_iter(&text[start..name.start()]).last()?;
        let (mark, rest) = (opening.as_str(), &text[name.end()..]);
        let closed = if mark == "《" {
            rest.starts_with('》')
        } else {
            rest.starts_with(['。', '，', '；', ',', '.', '予', '如', '公'])
        };
        let naming = take_apart(&text[start + opening.end()..name.start()])?;
        (closed && naming.agency.is_some()).then_some(naming)
    })
}

/// What stands before the name of the document, taken apart; `None` if it is no beginning of a title.
pub(super) fn take_apart(text: &str) -> Option<Naming> {
    let found = NAMING.captures(text)?;
    let year = found.name("first").or(found.name("last")).and_then(|year| year_of(year.as_str()));
    let agency = found.name("agency").map(|agency| without_short_name(agency.as_str()));
    let agency = match agency.map(|agency| agency.trim_matches(['的', ' ', '-', '—', '·'])) {
        None | Some("") => None,
        Some(agency) if is_agency(agency) => Some(whole(agency)),
        Some(_) => return None,
    };
    Some(Naming { agency, year })
}

/// （县应急局）青溪县应急管理局: how the site calls the body, before its name.
fn without_short_name(agency: &str) -> &str {
    let behind = agency.strip_prefix('（').and_then(|rest| rest.split_once('）')).map(|(_, behind)| behind);
    behind.filter(|name| name.chars().count() > 3).unwrap_or(agency)
}

/// 政府信息公开 after 人民政府 is often printed with one 政府 only.
fn whole(agency: &str) -> String {
    if agency.ends_with("人民") { format!("{agency}政府") } else { agency.to_owned() }
}

fn is_agency(text: &str) -> bool {
    let text = &*HOTLINE.replace_all(text, "热线");
    let count = text.chars().count();
    (2..=40).contains(&count)
        && text.chars().all(|c| is_han(c) || matches!(c, '（' | '）' | '、' | '·' | '“' | '”' | '—' | '-'))
        && !is_foreign(text)
}

/// Words in the names of bodies that hold the sign of a place and name none.
static NO_PLACES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "市场|市政|市容|市民|城市|都市|城乡|乡村|乡建|乡镇|城镇|区域|社区|园区|片区|地区|州际|省际|县域|镇域|自治区?",
    )
    .expect("a valid pattern")
});

/// Whether a name looks complete: it has a place and ends like a body. 市场监督管理局 and 乡建设局 have none: what stands in the
/// line above belongs to them.
pub(super) fn is_complete(agency: &str) -> bool {
    let bare = NO_PLACES.replace_all(agency, "〇");
    let places = bare.chars().rev().skip(1).collect::<Vec<_>>().into_iter().rev().skip(1);
    let placed = places.into_iter().any(|c| "省市县区州旗盟镇乡".contains(c)) || agency.contains("自治区");
    agency.chars().count() > 3 && placed && agency.ends_with(|c| BODY_ENDINGS.contains(c))
}

/// Whether a line is the whole name of a body, and not the beginning of one that the next line goes on with.
pub(super) fn is_whole_body(line: &str) -> bool {
    const ENDINGS: [&str; 10] = ["局", "委员会", "办公室", "办公厅", "政府", "办事处", "管委会", "厅", "网", "中心"];
    let bare = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '年' | '度'));
    ENDINGS.iter().any(|end| bare.ends_with(end)) && bare.chars().count() > 3
}

/// What is left of a name on a line of its own when the line above broke off within the name: 局, 员会, 府办公室.
pub(super) fn is_fragment(name: &str) -> bool {
    let count = name.chars().count();
    (1..=12).contains(&count) && name.chars().all(is_han) && name.ends_with(|c| BODY_ENDINGS.contains(c))
}

/// The first year that `text` names.
pub(super) fn year_in(text: &str) -> Option<i32> {
    YEAR.find(text).and_then(|year| year_of(year.as_str()))
}

/// A year in digits or in Chinese.
fn year_of(text: &str) -> Option<i32> {
    text.parse().ok().or_else(|| {
        text.chars().try_fold(0, |year, c| {
            let digit =
                "〇一二三四五六七八九".chars().position(|d| d == c || (d == '〇' && matches!(c, '○' | '零')))?;
            Some(year * 10 + i32::try_from(digit).ok()?)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_titles() {
        assert_eq!(
            quoted("现发布《青溪县财政局2023年政府信息公开工作年度报告》，请监督。"),
            Some(Naming { agency: Some("青溪县财政局".into()), year: Some(2023) })
        );
        assert_eq!(
            quoted("根据规定，特编制云岭市地方志办公室2023年政府信息公开工作年度报告。"),
            Some(Naming { agency: Some("云岭市地方志办公室".into()), year: Some(2023) })
        );
        assert_eq!(
            quoted("现将青溪县人民政府2023年政府信息公开工作年度报告予以公开。")
                .and_then(|naming| naming.agency)
                .as_deref(),
            Some("青溪县人民政府")
        );
        assert_eq!(quoted("现编制我单位2023年政府信息公开工作年度报告。"), None);
        assert_eq!(quoted("根据《关于做好2023年政府信息公开工作年度报告编制工作的通知》"), None);
    }
}
