//! ORG001: who reports without being on the roster.

use crate::finding::{Finding, Severity};
use crate::rule::{Campaign, Check, Manual, Member, Raised, Rule, Scope, Whom};
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "ORG001",
    name: "not-on-roster",
    severity: Severity::Error,
    scope: Scope::Inbox,
    title: words("机关不在报送单位名单上", "the agency is not on the roster"),
    manual: Manual {
        basis: words(
            "本次报送的单位名单（roster.csv）；条例第四十九条",
            "the roster of this campaign (roster.csv); Regulations art. 49",
        ),
        condition: words(
            "标题中的机关对不上名单里的任何单位，有名称很接近的（同名而地名不同，或只差几个字）一并提出；可能是其中几个、不能确定是哪个的，为警告",
            "the agency of the title matches no unit of the roster; a name that is really near (the same body of another place, or a few \
             characters apart) is told. Where it may be one of \
             several: a warning",
        ),
        example: "标题为“白石县教育局”，名单里只有“青溪县教育局”",
        remedy: words(
            "名称写错的请报送单位改正；更名、简称的在名单里加别名；送错地方的退回；应当报送的补进名单",
            "have a wrong name corrected; add renamed bodies and short names to the roster as aliases; send back what \
             was meant for others; add who must report",
        ),
        exempt: "全称、别名，增减省、市前缀，卫健委与卫生健康委员会、乡镇与乡镇人民政府之类同一机关的写法；认不出机关的文件；其他年度的报告。县与市的同名机关不算同一个。",
    },
    check: Check::Campaign(not_on_roster),
}];

fn not_on_roster(campaign: &Campaign<'_>) -> Vec<Raised> {
    campaign.unexpected().filter_map(|(index, member)| raise(campaign, index, member)).collect()
}

fn raise(campaign: &Campaign<'_>, index: usize, member: &Member<'_>) -> Option<Raised> {
    let (agency, roster) = (member.agency?, campaign.roster?);
    let offered = member.offered.iter().filter_map(|&unit| roster.units.get(unit));
    let offered: Vec<&str> = offered.map(|unit| unit.agency.as_str()).collect();
    let quoted =
        |names: &[&str], between: &str| names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(between);
    let (severity, message) = match &*offered {
        [] => (
            Severity::Error,
            Wording::new(format!("“{agency}”不在报送单位名单上"), format!("{agency} is not on the roster")),
        ),
        [near] => (
            Severity::Error,
            Wording::new(
                format!("“{agency}”不在报送单位名单上，名称最接近的是“{near}”"),
                format!("{agency} is not on the roster; the nearest name is “{near}”"),
            ),
        ),
        several if member.ambiguous => (
            Severity::Warning,
            Wording::new(
                format!("“{agency}”可能是名单里的{}，不能确定是哪个", quoted(several, "、")),
                format!("{agency} may be any of {} on the roster", quoted(several, ", ")),
            ),
        ),
        several => (
            Severity::Error,
            Wording::new(
                format!("“{agency}”不在报送单位名单上，名称接近的有{}", quoted(several, "、")),
                format!("{agency} is not on the roster; near to it are {}", quoted(several, ", ")),
            ),
        ),
    };
    let finding = Finding {
        actual: Some(agency.to_owned()),
        at: member.digest.and_then(|digest| digest.title),
        ..Finding::new("ORG001", severity, message)
    };
    Some(Raised { whom: Whom::Member(index), finding })
}
