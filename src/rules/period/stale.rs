//! PER003: sentences that tell of another year.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::{Finding, Severity};
use crate::report::{Report, Sentence, Source};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::passage;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "PER003",
    name: "stale-year",
    severity: Severity::Warning,
    scope: Scope::File,
    title: words("正文写的是别的年度", "the prose reports on another year"),
    manual: Manual {
        basis: words(
            "条例第四十九条：报告的是上一年度的工作；国办公开办函〔2021〕30号（四）：内容不得雷同",
            "Regulations art. 49: the report is on the year before; 国办公开办函〔2021〕30号 (4)",
        ),
        condition: words(
            "以本机关为主语、叙述本机关公开、申请、收费等工作的句子，或者前言中的报告名称，年份不是报告年度",
            "a sentence on what this body did for disclosure, or the report's name in the preamble, has another year",
        ),
        example: "2024年度报告中写“2023年，我局主动公开信息45条”",
        remedy: words(
            "核对是否沿用了上年文稿；改正年份并重新核对该句的数字",
            "check whether last year's text was reused; correct the year and the figures of the sentence",
        ),
        exempt: "与往年比较的句子；法规、文件、规划的名称和文号；某年印发、修订、施行、成立；次年预算和上年决算；改进上年问题的说明；正文通篇是另一年度的，由 PER001 提示一次。",
    },
    check: Check::Report(stale_year),
}];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// A year that opens a clause.
pub(super) static YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[。；：，,;:、（）]|截至|截止到?|情况)(?:在|于|自|从)?((?:19|20)\d\d)年"));

/// A year behind the body itself: 本机关2023年.
static YEAR_OF_SELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"[我本][局县市区镇乡州省旗办委厅院处中心站单位机关系统街道部门校]{1,2}((?:19|20)\d\d)年")
});

/// What a body reports of its own work on disclosure: a figure, or none.
static OWN_WORK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<verb>公开|发布|公布|更新|上传|推送|收到|受理|接到|办理|办结|答复|处理|制发|制定|举办|组织|开展|召开|回应|收取|产生|发出)",
        r"[^，。；]{0,24}?(?:\d|[零一二三四五六七八九十百]+[余多]?)(?:余|多)?(?:条|件|篇|份|次|期|个|场|宗|起|项|例|元|人次)",
        r"|(?:未|没有|无)(?:收到|接到|受理|产生|发生|收取|因|出现)[^。；]{0,20}(?:申请|处理费|复议|诉讼|收费|费用)",
        r"|(?:未|没有|无)[^，。；]{0,6}(?:依申请公开|信息处理费|行政复议|责任追究|需要报告)",
    ))
});

/// The body itself as the subject.
static SELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern("[我本全][局县市区镇乡州省旗办委厅院处中心站单位机关系统街道部门校]|[局镇乡委办厅府会处院心]|共|累计|全年")
});

/// What stands between a year and the subject: 在县委的领导下.
static ADVERBIAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern("^(?:度|全年)?[，,]?(?:(?:在|按照|根据|依据|围绕)[^。；]{0,60}?(?:下|要求|精神|部署|规定|主线|目标)[，,])?")
});

/// The self-word of a body.
static SELF_WORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern("^[我本全](?:局|县|市|区|镇|乡|州|省|旗|办|委|厅|院|处|中心|站|单位|机关|系统|街道|部门|校|年度)")
});

/// What a body says of its zeal for disclosure, behind its name; and what it says without a name.
static ZEAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        "^(?:的)?(?:[^，。；：]{0,12}?[，,：:]?)?(?:始终|持续|继续|进一步|严格|认真|深入|全面|扎实|积极|切实|不断|大力|着力)?",
        "(?:高度重视|贯彻|落实|执行|加强|强化|推进|推动|规范|完善|健全|优化|深化|做好|抓好|坚持|履行|开展)",
        "[^。；]{0,40}(?:条例|公开|网站|平台|栏目|专栏|新媒体|公众号|三审|保密审查)",
    ))
});
static ZEAL_ALONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^(?:认真|深入|扎实|严格|积极|切实|全面)(?:学习)?(?:贯彻|落实|推进|执行|开展|做好|抓好|履行)[^。；]{0,40}(?:条例|信息公开|政务公开)",
    )
});

/// What compares with another year, or goes on from it, whatever else the sentence says.
static COMPARED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        "同比|相比|比较|较[上去前]|[上去前]年|与.{0,12}(?:年|期)(?:相比|比)|增长|增加了|减少|下降|上升|提高到|比20|较20",
        "|以来|至今|历年|近[几三五两]年|结转|遗留|转办|未办结|往年|年鉴|年初|之前|以前|已于|届|考核结果|考核中|工业总产值|审计|收支",
    ))
});

/// What happened once and is told of in later years too.
static EVENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        "成立|建成|挂牌|组建|转隶|合并|印发|出台|修订|颁布|施行|签订|启动|首次|试点|荣获|评为|命名|列为|上线|开通",
        "|(?:正式|开始|颁布|公布|年)实施|(?:审议|讨论|会议|表决|验收|评审|考核|研究)通过|通过了?《",
    ))
});

/// What the year belongs to, where it is not the time of the sentence: 2023年政务公开工作要点, 2023年收到的申请, 2023年起.
static OF_SOMETHING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^度?[^，。；：我本未没无]{0,24}?(?:要点|计划|规划|方案|预算|决算|报告|年报|通知|意见|任务|项目|工程|指标|台账|整改|存在的)",
        r"|^(?:度|\d{1,2}月)?(?:\d{1,2}日)?[^，。；：]{0,16}?(?:收到|受理|公开|发布|制定|形成|产生|办理|建立|反馈|指出)的",
        r"|^(?:\d{1,2}月)?(?:\d{1,2}日)?[以]?[起前]",
    ))
});

/// The beginning of the year after, in which the report is written, and what is to come.
static AHEAD: LazyLock<Regex> = LazyLock::new(|| pattern(r"^0?[1-6]月|^初|^第?一季度|将|拟|计划|预计|力争"));

/// What needs no subject: 2023年，共收到…, 2023年度没有….
static BARE: LazyLock<Regex> =
    LazyLock::new(|| pattern("^(?:度|全年)?[，,]?(?:共|累计|先后|组织|积极|未|没有|无|收到|开展|举办|召开|公开|发布)"));

/// The name of the report where the preamble gives it.
static REPORTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<lead>现[将就把]|现(?:予以?|对外)?(?:公布|发布|公开)|特?编制)(?P<who>[^，。；〈〉0-9]{0,40}?)",
        r"(?P<year>20\d\d)年?(?:度|年度)?[^，。；《》]{0,6}?(?:政府信息公开|政务公开|信息公开)[^，。；《》]{0,12}?(?:报告|年报)",
    ))
});

/// The same where the report follows: 本局2023年政府信息公开工作情况报告如下.
static FOLLOWS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?P<lead>)(?P<who>[^，。；〈〉0-9]{2,40}?)(?P<year>20\d\d)年?(?:度|年度)?",
        r"[^，。；《》]{0,6}?(?:政府信息公开|政务公开|信息公开)[^，。；《》]{0,12}?(?:报告|年报)(?:公布|报告)?如下",
    ))
});

/// The overview of part five told as that of another year.
static PROBLEMS: LazyLock<Regex> = LazyLock::new(|| {
    pattern("^[^。；]{0,30}存在(?:以下|如下|着?一些|着?一定|的主要)?[^，。；]{0,6}(?:问题|不足|差距)")
});
static MENDED: LazyLock<Regex> = LazyLock::new(|| pattern("整改|改进|解决|针对|已|上年|上一年|去年|对照"));

/// The year whose four digits `found` holds, and their place with 年.
pub(super) fn year_at(text: &str, found: &crate::text::pattern::Captures<'_>) -> Option<(i32, Range<usize>)> {
    let digits = found.get(1)?;
    let year = digits.as_str().parse().ok()?;
    let end = digits.end() + "年".len();
    (!passage::is_quoted(text, digits.start())).then_some((year, digits.start()..end))
}

/// A year that a sentence tells of.
struct Told {
    year: i32,
    at: Range<usize>,
    /// What was done: 收到 of 收到申请3件.
    verb: String,
}

/// The years of which `text` tells what the author did.
fn told<'a>(text: &'a str, author: Option<&'a str>) -> impl Iterator<Item = Told> + 'a {
    let opening = YEAR.captures_iter(text).filter_map(|found| Some((year_at(text, &found)?, false)));
    let own = YEAR_OF_SELF.captures_iter(text).filter_map(|found| Some((year_at(text, &found)?, true)));
    let named = author.into_iter().flat_map(|author| text.match_indices(author)).filter_map(|(start, name)| {
        let digits = start + name.len();
        let year: i32 = text.get(digits..digits + 4)?.parse().ok()?;
        let whole = digits..digits + 4 + "年".len();
        (text.get(whole.clone())?.ends_with('年') && !passage::is_quoted(text, digits)).then_some(((year, whole), true))
    });
    opening.chain(own).chain(named).filter_map(move |((year, at), subject)| {
        let rest = &text[at.end..];
        if OF_SOMETHING.is_match(rest) || text[..at.start].ends_with("根据") {
            return None;
        }
        if let Some(found) = OWN_WORK.captures(rest)
            && let Some(whole) = found.get(0)
            && (subject || SELF.is_match(rest) || BARE.is_match(rest))
            && !EVENT.is_match(&rest[..whole.end()])
        {
            let verb = found.name("verb").map_or(String::new(), |verb| verb.as_str().to_owned());
            return Some(Told { year, at, verb });
        }
        let behind = &rest[ADVERBIAL.find(rest).map_or(0, |found| found.end())..];
        let named = SELF_WORD.find(behind).map(|found| found.end());
        let named = named.or_else(|| author.filter(|name| behind.starts_with(name)).map(str::len));
        let named = named.or(subject.then_some(0));
        let zealous = match named {
            Some(length) => ZEAL.is_match(&behind[length..]),
            None => rest.starts_with(['，', '度']) && ZEAL_ALONE.is_match(behind),
        };
        let clause = rest.split('。').next().unwrap_or_default();
        (zealous && !EVENT.is_match(clause)).then_some(Told { year, at, verb: String::new() })
    })
}

/// The sentences that tell of another year than that of the report.
fn stale(report: &Report, own: i32) -> Vec<(&Sentence, i32, Range<usize>)> {
    let period = report.period.as_ref().map(|period| period.source);
    let author = report.agency.as_deref();
    let mut stale = Vec::new();
    for (index, sentence) in report.prose.iter().enumerate() {
        let text = &sentence.text;
        if let Some((year, at)) = reported(sentence, author).filter(|&(year, _)| year != own) {
            stale.push((sentence, year, at));
            continue;
        }
        let states_period = period.is_some_and(|at| touches(sentence, at)) || text.contains("统计");
        let names_own = names(text, own);
        if states_period || names_own || COMPARED.is_match(text) || text.contains('〔') {
            continue;
        }
        if sentence.part == 5 {
            stale.extend(
                problems(text).filter(|(year, _)| (own - 6..own).contains(year)).map(|(y, at)| (sentence, y, at)),
            );
            continue;
        }
        let found = told(text, author).find(|told| {
            let lawful = told.year > own && AHEAD.is_match(&text[told.at.end..]);
            told.year != own
                && (own - 6..=own + 1).contains(&told.year)
                && !lawful
                && !is_compared(&report.prose, index, told, own)
        });
        stale.extend(found.map(|told| (sentence, told.year, told.at)));
    }
    stale
}

/// Whether `text` speaks of the report's own year.
fn names(text: &str, own: i32) -> bool {
    text.contains(&own.to_string()) || text.contains("本年") || text.contains("今年")
}

/// Whether a sentence beside that at `index` tells the same of the report's own year, or compares with the year.
fn is_compared(prose: &[Sentence], index: usize, told: &Told, own: i32) -> bool {
    let beside = |other: &Sentence, first: &Sentence| {
        let text = &other.text;
        let same = !told.verb.is_empty() && text.contains(told.verb.as_str());
        names(text, own) && (first.text.ends_with(['；', ';']) || same)
            || text.contains(&told.year.to_string()) && COMPARED.is_match(text)
    };
    let before = index.checked_sub(1).and_then(|before| prose.get(before));
    let after = prose.get(index + 1);
    before.is_some_and(|other| beside(other, other)) || after.is_some_and(|other| beside(other, &prose[index]))
}

/// The year of the report's name where the sentence publishes it: 现公布本局2023年度报告.
fn reported(sentence: &Sentence, author: Option<&str>) -> Option<(i32, Range<usize>)> {
    let text = &sentence.text;
    let published = REPORTED.captures(text);
    let announced = published.is_none();
    let found = published.or_else(|| FOLLOWS.captures(text)).filter(|_| sentence.part <= 1)?;
    let (lead, who, year) = (found.name("lead")?, found.name("who")?.as_str(), found.name("year")?);
    let past = ["已", "了", "按时", "及时", "做好", "通知", "完成"].iter().any(|word| text.contains(word));
    if !announced && !lead.as_str().starts_with('现') && (sentence.part > 0 || past) {
        return None;
    }
    let who = who.trim_start_matches(['《', '了']);
    let own = who.is_empty() || SELF_WORD.is_match(who) || author.is_some_and(|author| who.starts_with(author));
    let range = year.start()..year.start() + found.get(0)?.as_str()[year.start() - found.get(0)?.start()..].len();
    own.then_some((year.as_str().parse().ok()?, range))
}

/// The year whose problems a sentence of part five announces, where it does not go on to say how they were mended.
fn problems(text: &str) -> impl Iterator<Item = (i32, Range<usize>)> {
    YEAR.captures_iter(text).filter_map(|found| year_at(text, &found)).filter(|(_, at)| {
        let behind = text[at.end..].trim_start_matches(['度', '，', ',']);
        SELF_WORD.is_match(behind) && PROBLEMS.is_match(behind) && !MENDED.is_match(text)
    })
}

/// The year that the whole text tells of, where that is another than the title's and nothing speaks for the title's.
pub(super) fn of_the_whole_text(report: &Report) -> Option<i32> {
    let own = report.year?;
    let stale = stale(report, own);
    let (_, year, _) = *stale.first()?;
    let one = stale.len() >= 2 && stale.iter().all(|&(_, other, _)| other == year);
    let period_is_own = report.period.as_ref().is_some_and(|period| period.to.year == own);
    let tells_of_own = |sentence: &Sentence| {
        let text = &sentence.text;
        let opens = || YEAR.captures_iter(text).filter_map(|found| year_at(text, &found)).any(|(year, _)| year == own);
        !COMPARED.is_match(text) && (opens() || told(text, report.agency.as_deref()).any(|told| told.year == own))
            || reported(sentence, report.agency.as_deref()).is_some_and(|(year, _)| year == own)
    };
    (one && !period_is_own && !report.prose.iter().any(tells_of_own)).then_some(year)
}

fn stale_year(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(own) = report.year else {
        return Assessment::not_assessable(Wording::new("报告年度不明", "the report year is not known"));
    };
    // Where all of the text is another year's, it is the title that is wrong: PER001 says so once.
    if of_the_whole_text(report).is_some() {
        return Assessment::holds();
    }
    let findings = stale(report, own).into_iter().map(|(sentence, year, at)| Finding {
        expected: Some(own.to_string()),
        actual: Some(year.to_string()),
        ..passage::finding(
            "PER003",
            Severity::Warning,
            sentence,
            at,
            Wording::new(
                format!("{own}年度报告的这一句写的是{year}年的工作"),
                format!("this is a report for {own}; the sentence speaks of {year}"),
            ),
        )
    });
    Assessment { findings: findings.collect(), unassessed: Vec::new() }
}

/// Whether `at` lies on a line the sentence was read from.
fn touches(sentence: &Sentence, at: Source) -> bool {
    let Source { line, end_line, .. } = at;
    sentence.origins.iter().any(|(own, _)| (line..=end_line).contains(own))
}

#[cfg(test)]
mod tests;
