//! What is applied for: applications for information among all the other applications of an office.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::pattern;

/// An application for government information, said in full.
const IN_FULL: &str = concat!(
    r"(?:依申请公开|依申请|信息公开的?(?:有效)?申请|信息依?申请公开|公开申请|申请公开|申请.{0,4}信息公开|申请.{0,6}政府信息|",
    r"公开.{0,8}信息的?申请|信息公开案件|信息.{0,4}公开.{0,6}申请)",
);
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| pattern(IN_FULL));

/// 申请 alone, of the kind that is meant when the text is about information.
static BARE: LazyLock<Regex> = LazyLock::new(|| pattern(r"申请"));
/// What stands before 申请 when it is an application for something else.
static OTHER_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:复议|诉讼|许可|听证|执行|仲裁|赔偿|救助|补[助贴]|低保|贷款|入党|专利|商标|被|项目|审批|资金|登记|认定|鉴定|裁决|信访|资质|道路|挖掘|占用|施工|用地|建房|落户|户口|准入|执业|住房|租房|入学|转学|公证|援助|调解|备案|变更|注销|报名|工伤|证照|报销|停车|保障|优待|业务|采购)的?$",
    )
});
/// What stands after it then.
static OTHER_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:公开)?(?:政府信息)?(?:工作)?(?:有关|相关)?(?:的|被|而)?(?:引[发起]|导致|产生|提起)?的?(?:行政)?(?:复议|诉讼|投诉|举报|收费|费用|表|人(?:$|[^提的])|者|材料|点|窗口|流程|渠道|条件|异议|纠纷|超期|逾期|答复|培训|失误|差错|错误|问题|违规|泄密|(?:办理|受理|工作)?[不未])",
    )
});

/// Whether a text speaks of applications for information.
pub(super) fn is_subject(text: &str) -> bool {
    SUBJECT.is_match(text)
}

/// The bytes of `text` that name an application for information, if any do; a bare 申请 counts where the
/// text around is known to be about them (`context`).
pub(super) fn find(text: &str, context: bool) -> Option<Range<usize>> {
    let fits = |found: &Range<usize>| {
        !OTHER_BEFORE.is_match(&text[..found.start]) && !OTHER_AFTER.is_match(&text[found.end..])
    };
    let other = |found: &Range<usize>| ["复议", "诉讼", "投诉"].iter().any(|word| text[found.clone()].contains(word));
    let in_full = SUBJECT.find_iter(text).map(|found| found.range()).find(|found| fits(found) && !other(found));
    in_full.or_else(|| BARE.find_iter(text).map(|found| found.range()).filter(|_| context).find(fits))
}
