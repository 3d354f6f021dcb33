//! Whether a statement covers all that the report is about: no other year, body, channel or subset.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::{Clause, Reporter, pattern};
use crate::report::Subject;

static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(20\d\d)年"));
static PREVIOUS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"去年|上一?年|往年|历年|以来|前年|上半年|下半年|季度|[^年\d]\d{1,2}月份?[，共未收]|近[两二三四五六七八九十几\d]+年|[两二三四五六七八九十]年(?:来|间|共)|20\d\d年?(?:[—–~～-]+|至|到)20\d\d年|十[二三四]五",
    )
});
/// One month of the year: 2023年12月收到, and not 截至2023年12月收到.
static ONE_MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"年\d{1,2}月份?(?:共|新)?(?:收到|收|受理)"));
static UNTIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"截[至止]|(?:[—–~～-]|至|[^收]到)(?:20\d\d年)?\d{1,2}月"));
/// A part of the year: 截至6月底, 自9月起, 春节期间, 系统上线前.
static PART_OF_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"截[至止]到?(?:20\d\d年)?(?:[1-9]|1[01])月|(?:自|从)(?:20\d\d年)?(?:[2-9]|1[0-2])月[^，至到]{0,6}(?:起|开始)|^(?:20\d\d年)?\d{1,2}月份?$|当[日天月季]|(?:^|[^告计度年])期间|[^\d日月底目]前$|以前|之前|(?:自|从)[^，\d]{2,12}(?:起|后)$",
    )
});
/// 除上述12件外，未收到申请: what is not excepted.
static EXCEPTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^除.*外$"));

/// 今年以来 is the year itself.
static THIS_YEAR_ON: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:今年|年初|本年度?|一年|20\d\d年度?)以来"));
/// Clauses that name another year only to compare with it or to count what it left behind.
static COMPARISON: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"较|相比|比[上去2]|同比|环比|增[加长幅]|减少|下降|结转|遗留|转[至到入下结办]"));
static SUBSET: LazyLock<Regex> = LazyLock::new(|| pattern(r"其中|包括|包含|分别为|另有|例如|(?:信息|申请)[之当]?中$"));
/// 网站包括部门专栏共计发布信息430条: what is included stands before the verb, and the figure counts all of it.
static INCLUSIVE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"包[括含][^\d]*(?:共计?|累计|合计|总计)[^\d]*(?:发布|公开)"));

/// Words that lead back to the whole.
static WHOLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:全年|20\d\d年)?(?:发布|公开|公布|收到|受理|办理)?(?:总?共|累计|合计|总计)"));

/// One channel only.
static CHANNEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"线上|线下|网上|网络|在线|网页|网站|信函|信件|来信|来电|来访|邮[寄件箱政]|当面|现场|窗口|传真|电话|书面|口头|短信|",
        r"平台|系统|微信|通过.{1,14}(?:渠道|方式|途径|栏目)",
    ))
});
/// Where a word for a channel is a part of what is counted: 依申请公开信件 are applications.
static IN_NAME: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:依申请公开|信息公开申请)(?:来信|信[件函]|邮件)"));
/// Words that make a list of channels all of them.
static ALL_CHANNELS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"等|各[类种个渠]|任何|均|多种|多渠道|所有|全部|一切|线上.{0,2}线下|线下.{0,2}线上|书面[^\d]{0,20}网[络上]|网[络上][^\d]{0,20}书面|网上.{0,2}网下|不同|任一",
    )
});

/// Bodies. 政府信息 and the like must be out of the way first.
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[\p{Han}]{0,14}?(?:政府办公[室厅]|政府办|政府|委员会|办公[室厅]|[^全]局|厅|街道(?:办事处)?|乡镇|镇|部门|单位|机关|办事处|中心|[^全]系统|村|社区|分局|支队)",
    )
});
static NOT_BODIES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:[在于经以]|通过|依托|利用)[\p{Han}“”《》‘’]{0,20}?(?:网站|官网|政府网|政务网|信息网|公开网|政府在线|平台|专栏|门户|系统)|[、和及与][\p{Han}“”]{2,16}?(?:网站|官网|公众号|门户|平台|专栏)|代表[省市县区州](?:人民)?政府|(?:部门|乡镇|镇街|街道|[及和、])+(?:专栏|子站|栏目)|政府信息|政务信息|政府(?:公报|报刊|信箱|热线|采购|工作)|政府网站|政府门户|政务公开|行政机关|公民|法人|其他组织|社会组织|单位和个人|单位或个人|任何单位|个人",
    )
});
static SELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:我|本|全|该|我们)(?:县|市|区|镇|乡|街道|省)?[\p{Han}]{0,8}$|^局$|^区镇$|^[年度月日]*(?:局|办|中心|机关|单位)$",
    )
});
/// The words by which an agency speaks of itself, whatever follows them.
static SAYS_SELF: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[我本该](?:局|县|市|区|镇|乡|街|办|委|院|厅|州|省|旗|中心|单位|机关|部门|级)"));
static SAYS_OWN_AREA: LazyLock<Regex> = LazyLock::new(|| pattern(r"[我本][省市县区州旗镇乡](?:$|[^政直机])"));
static WHOLE_AREA: LazyLock<Regex> = LazyLock::new(|| pattern(r"全[省市县区镇乡州盟旗]|各级|各地"));
static PASSED_ON: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"转办|转来|转交|交办|移交|转送|下属|所属|直属|二级|配合|协助"));

/// What the clauses of a sentence have said so far about the scope of the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// Another year is being spoken of.
    other_year: bool,
    /// Parts of a whole are being listed.
    pub(super) subset: bool,
    /// Something has been excepted from what follows.
    pub(super) excepted: bool,
}

impl Scope {
    /// At the beginning of a sentence that goes on with a list of parts, or does not.
    pub(super) fn listing(subset: bool) -> Self {
        Self { subset, ..Self::default() }
    }

    /// Takes in the next clause.
    pub(super) fn advance(&mut self, clause: &Clause, reporter: &Reporter<'_>) {
        if !COMPARISON.is_match(&clause.text) {
            let years = || YEAR.captures_iter(&clause.text).filter_map(|year| year[1].parse::<i32>().ok());
            if let Some(own) = reporter.year
                && years().next().is_some()
            {
                // 2022年和2023年分别为15件、12件: which is whose is not said.
                self.other_year = !years().all(|year| year == own);
            }
            self.other_year |= ONE_MONTH.is_match(&clause.text) && !UNTIL.is_match(&clause.text);
            self.other_year |= PART_OF_YEAR.is_match(&clause.text);
            self.other_year |= PREVIOUS.is_match(&THIS_YEAR_ON.replace_all(&clause.text, ""));
        }
        self.excepted |= EXCEPTED.is_match(&clause.text);
        let subset = SUBSET.is_match(&clause.text) && !INCLUSIVE.is_match(&clause.text);
        self.subset = subset || (self.subset && !WHOLE.is_match(&clause.text));
    }

    /// Whether what follows the beginning `before` of a clause speaks of the report's own year.
    pub(super) const fn is_own_year(&self) -> bool {
        !self.other_year
    }
}

/// Whether `clause` speaks of one channel only.
pub(super) fn is_one_channel(clause: &str) -> bool {
    let clause = IN_NAME.replace_all(clause, "");
    // 来信、来电、来访 are all there are.
    let named = CHANNEL.find_iter(&clause).count();
    (1..3).contains(&named) && !ALL_CHANNELS.is_match(&clause)
}

/// Whether the agency answers for an area: 开远市2025年… is a government whose name was cut short.
fn is_government(agency: &str) -> bool {
    let committee = agency.ends_with("管理委员会") || agency.ends_with("管委会");
    let office = agency.ends_with("行政公署") || agency.ends_with("行署");
    committee
        || office
        || agency.ends_with("政府")
        || agency.ends_with(['省', '市', '县', '区', '州', '旗', '盟', '镇', '乡'])
}

/// Whose figure it is, by what stands before the verb; `None` if it is another body's.
pub(super) fn subject(before: &str, reporter: &Reporter<'_>) -> Option<Subject> {
    let agency = reporter.agency.unwrap_or_default();
    if PASSED_ON.is_match(before) {
        return None;
    }
    if WHOLE_AREA.is_match(before) {
        return is_government(agency).then_some(Subject::Area);
    }
    let named = !agency.is_empty() && before.contains(agency);
    let subject = if named { before.replacen(agency, "", 1) } else { before.to_owned() };
    let subject = NOT_BODIES.replace_all(&subject, "");
    let mut found = if named { Subject::Agency } else { Subject::Unsaid };
    let mut joint = false;
    for body in BODY.find_iter(&subject) {
        let name = body.as_str().trim_start_matches(|c: char| {
            (joint && "及和与、".contains(c))
                || c.is_ascii_digit()
                || matches!(c, '年' | '度' | '由' | '向' | '对' | '共' | '在' | '中' | '的')
        });
        // 青溪县招商中心办公室 speaks for the centre; a government's office does not speak for the area.
        let office = named && ["办公室", "机关"].contains(&name) && !is_government(agency);
        if name.is_empty() || office {
            continue;
        }
        if !(SELF.is_match(name) || is_name_of(name, agency)) {
            // 县政府和县政府办公室: the office answers for both.
            let served = name.ends_with("政府") && agency.ends_with(['室', '厅']);
            if !(served && subject[body.end()..].starts_with(['及', '和', '与', '、'])) {
                return None;
            }
            joint = true;
            continue;
        }
        found = Subject::Agency;
    }
    if joint && found != Subject::Agency {
        return None;
    }
    // 我县 in the mouth of a government is the county.
    if is_government(agency) && SAYS_OWN_AREA.is_match(before) {
        found = Subject::Area;
    } else if SAYS_SELF.is_match(before) {
        found = Subject::Agency;
    }
    Some(found)
}

/// Whether the subject, which stands before the verb, is the reporting agency, or is left out.
pub(super) fn is_own_body(before: &str, reporter: &Reporter<'_>) -> bool {
    subject(before, reporter).is_some()
}

static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| pattern(r"向([\p{Han}]{2,20}?)(?:提出|递交|提交|申请)"));

/// Whether applications that name an addressee were addressed to the reporting agency.
pub(super) fn is_addressed_to_own_body(clause: &str, reporter: &Reporter<'_>) -> bool {
    ADDRESSED.captures(clause).is_none_or(|found| is_own_body(&found[1], reporter))
}

/// Whether `name` is the agency's name or an abbreviation of it.
fn is_name_of(name: &str, agency: &str) -> bool {
    // 青溪县财政局 may be called 县财政局, 柳林街道办事处 may be called 柳林街道, and time words may stand
    // before the name. 青溪县人民政府 is not 青溪县人民政府办公室.
    let office = name.ends_with("政府") && agency.ends_with(['室', '厅']);
    let within = agency.contains(name) && !office;
    // 区公安分局 of 云岭市公安局青溪区分局: the place may move.
    let branch = || name.ends_with("分局") && agency.ends_with("分局") && name.chars().all(|c| agency.contains(c));
    // 云岭市公安局 is not its branch 云岭市公安局青溪区分局.
    let parent = agency.ends_with("分局") && name.ends_with('局') && !name.ends_with("分局");
    // 柳林街道办事处 of 青溪区柳林街道.
    let street =
        || name.strip_suffix("办事处").is_some_and(|street| street.ends_with("街道") && agency.ends_with(street));
    // 青溪县政府 of a report that calls itself 青溪县2023年….
    let government =
        || ["人民政府", "政府"].iter().any(|end| name.strip_suffix(end).is_some_and(|place| agency.ends_with(place)));
    !agency.is_empty()
        && !parent
        && (within
            || street()
            || government()
            || name.ends_with(agency)
            || suffix_of(name, agency) >= 3
            || is_abbreviation(name, agency)
            || branch())
}

/// Whether `name` leaves out characters of `agency` and keeps its end: 县发改委 of 青溪县发展和改革委员会.
fn is_abbreviation(name: &str, agency: &str) -> bool {
    let end = |text: &str| {
        let text = text.strip_suffix("员会").or_else(|| text.strip_suffix("公室")).unwrap_or(text);
        text.strip_suffix("事处").unwrap_or(text).to_owned()
    };
    let (name, agency) = (end(name), end(agency));
    let mut rest = agency.chars();
    name.chars().count() >= 3
        && name.chars().last() == agency.chars().last()
        && name.chars().all(|c| rest.any(|other| other == c))
}

/// Number of characters that `name` and `agency` share at their ends, if the rest of `name` names no
/// other place.
fn suffix_of(name: &str, agency: &str) -> usize {
    let shared = name.chars().rev().zip(agency.chars().rev()).take_while(|(a, b)| a == b).count();
    let rest: String = name.chars().rev().skip(shared).collect();
    if rest.chars().any(|c| "省市县区镇乡州旗".contains(c)) { 0 } else { shared }
}
