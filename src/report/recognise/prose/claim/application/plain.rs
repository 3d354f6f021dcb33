//! Whether what is said of applications is said of all of them: 收到政府信息公开申请12件, and not 收到企业申请12件.
//!
//! What may stand around the verb and its number is listed here; anything else may restrict the statement to a kind of
//! applicant, a subject, a name, a stage of handling, and then it is no total.

use std::sync::LazyLock;

use crate::report::recognise::prose::claim::{Reporter, pattern};
use crate::text::pattern::Regex;

/// What may stand between the verb and the number, or the application, which it includes.
static OBJECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:政[府务]|信息|公开|依法|依规|依|申请公开|申请(?:量|数|件)?|有?效|事项|事件|案件|业务|件数|件|数量|总数|总量|数|量|",
        r"共计?|总共|总计|合计|累计|计|为|是|有|的|了|到|并|受理|办理|办结|答复|回复|处理|完成|按时|按期|均|已|",
        r"提出|提交|递交|报送|要求|获取|关于|有关|相关|任何|所有|全部|一[例件起宗]|各类(?:政府|信息|依)|各[种类个]|",
        // Applicants, of whom `are_all` says whether they are all there are.
        r"社会|各界|广大|公民|自然人|群众|公众|市民|居民|村民|民众|个人|人员?|法人|企业|企事业|单位|机构|其[他它](?:社会)?(?:组织|单位)|组织|来自|",
        // Channels; whether one alone is meant is another question.
        r"线上|线下|网上|网络|互联网|在线|网页|网站|信函|信件|来信|来电|来访|邮[寄件箱政]|快递|当面|现场|窗口|传真|电话|书面|口头|短信|电子|平台|系统|微信|",
        r"[、和或及等][其他它]*(?:形式|方式|渠道|途径)|任何(?:形式|方式|渠道|途径)|(?:各[种类个]?|不同|多种)(?:形式|方式|渠道|途径)|形式|方式|渠道|途径|通过|以|等|各种|不同|多种|",
        r"[我本](?:局|委|办|厅|院|镇|乡|街道?|县|市|区|单位|机关|部门|中心)|向|年度?|本年度?|全年|",
        r"和|或者?|及|以及|与|、|“|”|:|：)*$",
    ))
});
/// Words of which only some applications are: 各类申请 may be of any kind.
static MIXED: LazyLock<Regex> = LazyLock::new(|| pattern(r"各[种类](?:事项)?申请"));
/// To whom applications are addressed: whether that is the agency is another question.
static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| pattern(r"向[\p{Han}]{1,20}?(?:提出|提交|递交|申请)"));
static PERSONS: LazyLock<Regex> = LazyLock::new(|| pattern(r"公民|自然人|居民|村民|个人"));
static ORGANIZATIONS: LazyLock<Regex> = LazyLock::new(|| pattern(r"法人|企业|单位|机构|组织"));

/// What may stand behind the number: a point, or the application itself.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:有关|关于|相关)?(?:的?政[府务])?(?:信息)?(?:公开)?(?:的?依申请公开|的?申请)?(?:事项|件|案件|公开(?:政府)?信息)?(?:[之当]?中|$|[、和及与并]|均|全部|都|已|共|，|比|较|同比|按)",
    )
});
/// What may stand behind the application where none was received.
static BEHIND_NONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:公开)?(?:的?政[府务])?信?息?(?:的?申请)?的?(?:相关)?(?:工作|办理|受理)?(?:情况|情形|事项|件|内容|业务|案件|案例|需求|事宜|数量|要求|来信|来电|来访|电话|、)*(?:发生|产生|出现|存在)?(?:$|[、和及与或]|也[未无没])",
    )
});

/// What may stand between the author, or the beginning of the clause, and the verb.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:截[至止]到?|自|从|至|到|起|止|底|末|前|内|20\d\d年?度?|\d{1,2}月份?|\d{1,2}日|[—~-]|年度?|本年度?|全年?|今年|当年|年内|期间|报告期内?|统计期限?内?|统计|",
        r"关于|在|对|依申请公开|(?:政府)?信息公开|申请|工作|方面|情况|结转|上年度?|后|外|其中|暂时?|均|也|都|还|尚|目前|总?共计?|合计|总计|累计|分别|",
        r"因此|故|同时|此外|经统计|据统计|经查|行政机关|机关|各级|已|并|依法|依规|依|按时|按规定|登记|收到|接收|先后|全部|",
        r"线上|线下|网上|网络|信函|邮[寄件箱政]|当面|现场|传真|书面|电子|通过|等|形式|方式|渠道|途径|、|,| |是|“|”)*$",
    ))
});
static CHANNELS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:通过|利用|依托).{1,40}?(?:渠道|方式|途径|形式|平台|系统|邮箱|网站|网)"));
/// How names of bodies, and of areas, end.
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[局委厅院镇乡道府心门室区县市盟旗州省位署校]|机关|海关|公司|委员会|[协管]委?会|办事处|[我本政府县市区]办|[我本][站所队馆场园]",
    )
});
/// Words that leave a part of the agency, of its business or of the year.
static PARTIAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"其[他它余](?:股|科|处|单位|部门)|部分|个别|复议|诉讼|应诉|信访|建议|提案|咨询|投诉|举报|留言|热线|工单|涉及|属于|要求|申请人|同一",
    )
});
/// 不予受理, 未收到: not received.
static REFUSED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:不予?|未予?|没有?|拒绝|暂停|停止|无法|可|能|应|待|拟)$"));

/// Cases that are no applications: 行政复议新收2件.
static OTHER_CASE: LazyLock<Regex> = LazyLock::new(|| pattern(r"复议|诉讼|应诉|来信来访|人大代表|政协"));
/// Applications of others: 协办件6件，均已办结.
static PASSED_ON: LazyLock<Regex> = LazyLock::new(|| pattern(r"协[办助]|转办|交办|转交|代办|配合|测试|模拟"));
/// Words that say of which year all is told, and not since when: 截至2023年底，累计收到.
static YEARLY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"全年|[本今当]年|^(?:[^截自从至到]*[^截自从至到\d])?20\d\d年(?:度|$|[^底末\d])"));

/// Whether `between`, from the verb to the number or to the end of the application, restricts nothing.
pub(super) fn is_all(between: &str) -> bool {
    let between = ADDRESSED.replace_all(between, "");
    OBJECT.is_match(&between)
        && !MIXED.is_match(&between)
        && PERSONS.is_match(&between) == ORGANIZATIONS.is_match(&between)
}

/// Whether a number followed by `rest` stands for itself: 收到申请0件的股室有4个 counts something else.
pub(super) fn is_behind(rest: &str) -> bool {
    BEHIND.is_match(rest)
}

/// Whether an application followed by `rest` is what was not received: 未收到申请人补正材料 is about something else.
pub(super) fn is_behind_none(rest: &str) -> bool {
    BEHIND_NONE.is_match(rest)
}

/// Whether `before` names nobody but the author, or nobody, as the one who received.
pub(super) fn is_before(before: &str, reporter: &Reporter<'_>) -> bool {
    let agency = reporter.agency.filter(|agency| !agency.is_empty());
    let before = agency.map_or_else(|| before.to_owned(), |agency| before.replace(agency, ""));
    let before = CHANNELS.replace_all(&before, "");
    let tail = BODY.find_iter(&before).last().map_or(0, |body| body.end());
    BEFORE.is_match(&before[tail..]) && !PARTIAL.is_match(&before) && !REFUSED.is_match(&before)
}

/// Whether `text` speaks of what others have to answer.
pub(super) fn is_passed_on(text: &str) -> bool {
    PASSED_ON.is_match(text)
}

/// Whether `text` says that it speaks of one year.
pub(super) fn is_of_one_year(text: &str) -> bool {
    YEARLY.is_match(text)
}

/// Whether `text` speaks of cases that are no applications.
pub(super) fn is_other_case(text: &str) -> bool {
    OTHER_CASE.is_match(text)
}
