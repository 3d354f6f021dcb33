//! INB001, INB002: who has not reported, and who has reported late.

use crate::finding::{Finding, Severity};
use crate::report::Source;
use crate::rule::{Campaign, Check, Manual, Raised, Rule, Scope, Standing, State, Whom};
use crate::rules::phrase::{list_en, list_zh};
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "INB001",
        name: "not-submitted",
        severity: Severity::Error,
        scope: Scope::Inbox,
        title: words("未报送年度报告", "no report was submitted"),
        manual: Manual {
            basis: words(
                "条例第四十九条：县级以上人民政府部门每年1月31日前报送并公布，县级以上地方人民政府3月31日前公布；本地通知另定日期的从其规定",
                "Regulations art. 49: departments by 31 January, governments by 31 March; the local notice may set an earlier day",
            ),
            condition: words(
                "报送单位名单上的单位，截止日已过还没有收到本年度的报告；截止日以前只列为待报送",
                "a unit of the roster has no report for the year when the day by which it is due has passed; until then it is awaited",
            ),
            example: "名单上有“青溪县教育局”，截止日为2025-01-20，到1月21日仍未收到",
            remedy: words(
                "催报；如果已经报送而名称对不上，在名单里加别名或手工对应；撤并的机关从名单删去或填“免报”",
                "remind the agency; where its report goes by another name, add an alias to the roster or match it by hand; \
                 take merged bodies off the roster or mark them exempt",
            ),
            exempt: "名单注明免报的单位；乡镇和街道没有法定日期，只按本地日期判断；文件无法识别但标题写明机关的，算已收到，由 INB004 处理。",
        },
        check: Check::Campaign(not_submitted),
    },
    Rule {
        code: "INB002",
        name: "submitted-late",
        severity: Severity::Warning,
        scope: Scope::Inbox,
        title: words("逾期报送", "submitted late"),
        manual: Manual {
            basis: words(
                "条例第四十九条：部门1月31日前，县级以上地方人民政府3月31日前；本地通知规定的日期",
                "Regulations art. 49: departments by 31 January, governments by 31 March; the day set by the local notice",
            ),
            condition: words(
                "第一次收到的日期晚于本地截止日为警告；县级以上部门晚于1月31日、县级以上政府晚于3月31日为错误",
                "first received after the local day: a warning; after 31 January (departments at county level and above) or \
                 31 March (governments): an error",
            ),
            example: "本地截止日为1月20日：部门1月25日收到为警告，2月3日收到为错误",
            remedy: words(
                "核对收到的日期；确属逾期的按本地规定处理，下一年提早提醒",
                "check when it arrived; where it is late, proceed by the local rules and remind earlier next year",
            ),
            exempt: "乡镇和街道逾期只是警告；退回后重报的以第一次收到为准。收到的日期是文件的修改时间，转存时改变了时间的请先核对；没有设定报告年度、又不是上一年度的报告，不对照法定日期。",
        },
        check: Check::Campaign(submitted_late),
    },
];

fn not_submitted(campaign: &Campaign<'_>) -> Vec<Raised> {
    let missing = campaign.standings().into_iter().filter(|standing| standing.state == State::Missing);
    missing.filter_map(|standing| raise_missing(campaign, &standing)).collect()
}

fn raise_missing(campaign: &Campaign<'_>, standing: &Standing) -> Option<Raised> {
    let unit = campaign.roster?.units.get(standing.unit)?;
    let due = standing.due?;
    let (of_zh, of_en) = campaign
        .year
        .map_or_else(|| ("年度".to_owned(), String::new()), |year| (format!("{year}年度的"), format!(" for {year}")));
    let other = campaign.members.iter().filter(|member| member.unit == Some(standing.unit));
    let other: Vec<String> =
        other.filter_map(|member| member.year.map(|year| format!("{} ({year})", member.path))).collect();
    let perhaps = campaign.members.iter().filter(|member| member.agency.is_none() && member.unit.is_none());
    let perhaps = perhaps.filter(|member| member.offered.contains(&standing.unit));
    let perhaps: Vec<String> = perhaps.map(|member| member.path.to_owned()).collect();
    let mut zh = format!("{}截止日为 {due}，没有收到{of_zh}报告", unit.agency);
    let mut en = format!("{}: due on {due}, no report{of_en} received", unit.agency);
    if !other.is_empty() {
        zh.push_str(&format!("；收到的是其他年度的：{}", list_zh(other.iter().cloned())));
        en.push_str(&format!("; received for other years: {}", list_en(other.into_iter())));
    }
    if !perhaps.is_empty() {
        zh.push_str(&format!("；从文件名看可能是它的、但认不出机关的：{}", list_zh(perhaps.iter().cloned())));
        en.push_str(&format!("; by its name this may be it: {}", list_en(perhaps.into_iter())));
    }
    let length = u32::try_from(unit.agency.chars().count()).unwrap_or(u32::MAX - 1);
    let at = Source { line: unit.line, column: 1, end_line: unit.line, end_column: 1 + length };
    let finding = Finding {
        at: Some(at),
        evidence: Some(unit.agency.clone()),
        ..Finding::new("INB001", Severity::Error, Wording::new(zh, en))
    };
    Some(Raised { whom: Whom::Unit(standing.unit), finding })
}

fn submitted_late(campaign: &Campaign<'_>) -> Vec<Raised> {
    campaign.standings().iter().filter_map(|standing| raise_late(campaign, standing)).collect()
}

fn raise_late(campaign: &Campaign<'_>, standing: &Standing) -> Option<Raised> {
    let unit = campaign.roster?.units.get(standing.unit).filter(|unit| unit.exempt.is_none())?;
    let index = standing.member?;
    let member = campaign.members.get(index)?;
    let day = campaign.zone.to_datetime(standing.first?).date();
    if !campaign.days_count && campaign.is_due_by_law(unit, standing.due) {
        return None;
    }
    let by_law = campaign.year.and_then(|year| unit.statutory(year)).filter(|&law| law < day);
    let (severity, due, zh, en) = match by_law {
        Some(law) => (Severity::Error, law, "条例第四十九条规定的", "the day of Regulations art. 49"),
        None => {
            let due = standing.due.filter(|&due| due < day)?;
            (Severity::Warning, due, "本地规定的", "the local day")
        }
    };
    let message =
        Wording::new(format!("{day} 收到，晚于{zh}截止日 {due}"), format!("received on {day}, after {due}, {en}"));
    let finding = Finding {
        expected: Some(due.to_string()),
        actual: Some(day.to_string()),
        at: member.digest.and_then(|digest| digest.title),
        ..Finding::new("INB002", severity, message)
    };
    Some(Raised { whom: Whom::Member(index), finding })
}
