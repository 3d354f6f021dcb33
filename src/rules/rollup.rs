//! SUM: a government's figures against those of the units that the roster puts under it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::phrase;
use crate::finding::{Finding, Severity};
use crate::report::agency::{Agency, Kind};
use crate::report::{CellRef, CellValue, Digest, Edition, Figure, TableKind};
use crate::roster::Unit;
use crate::rule::{Campaign, Check, Manual, Raised, Rule, Scope, Whom};
use crate::text::pattern::Regex;
use crate::text::{Wording, words};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "SUM001",
        name: "roll-up-differs",
        severity: Severity::Warning,
        scope: Scope::Agencies,
        title: words("汇总数与成员单位之和不符", "the roll-up is not the sum of its members"),
        manual: Manual {
            basis: words(
                "条例第四十九条、第五十条：政府的年度报告反映本行政区域（含政府办公室自身）的情况；汇总关系以名册的上级栏为准",
                "Regulations art. 49 and 50: a government reports on its area, its own office included; the roster says who belongs to it",
            ),
            condition: words(
                "名册上的成员单位（免报的除外）同年报告都已收到，而政府报告的某格不等于各成员该格之和；每张表一条，列出每格和各成员的份额",
                "all members on the roster, exempt ones aside, have reported for the year, and a cell of the government's \
                 report is not the sum of theirs; one finding a table, with each cell and each member's share",
            ),
            example: "县政府报告新收 312 件，60 个成员单位合计 311 件",
            remedy: words(
                "逐单位核对份额：有无漏加、重加（转送的申请）、汇总后成员又改数的",
                "go through the shares: a member left out, an application counted twice, a figure changed after the roll-up",
            ),
            exempt: "成员不齐或有格读不清的不判；规章一行是政府自己的，不汇总；收费金额按政府报告的小数位四舍五入后比较；只报本级的。",
        },
        check: Check::Campaign(differs),
    },
    Rule {
        code: "SUM002",
        name: "member-exceeds-government",
        severity: Severity::Warning,
        scope: Scope::Agencies,
        title: words("成员单位的数比汇总数还大", "a member's figure exceeds the roll-up"),
        manual: Manual {
            basis: words(
                "汇总数包含每个成员单位的数，不会小于其中任何一个",
                "A roll-up contains each of its members' figures and cannot be less than any",
            ),
            condition: words(
                "成员不齐、不能比较总和时，某个成员单位的一格大于政府报告的同一格",
                "where the sum cannot be compared, a member's cell is larger than the government's",
            ),
            example: "县公安局行政处罚 980 件，县政府报告行政处罚 890 件",
            remedy: words("核对政府报告是否汇总了该单位", "check whether the member was rolled up"),
            exempt: "已按 SUM001 提出的格；规章一行；政府报告写明只统计本级的。",
        },
        check: Check::Campaign(exceeds),
    },
];

/// A report that rolls up others.
struct RollUp<'a> {
    /// Its index among the members of the campaign.
    index: usize,
    digest: &'a Digest,
    /// Whether its unit is a government: that has its own office among its members, others have their own figures.
    is_government: bool,
    /// The units that are rolled up, with their report of the year.
    members: Vec<(String, Option<&'a Digest>)>,
}

/// The reports of `campaign` that roll up others, in the order of the roster.
fn roll_ups<'a>(campaign: &'a Campaign<'a>) -> Vec<RollUp<'a>> {
    let Some(roster) = campaign.roster else { return Vec::new() };
    let mut reports: BTreeMap<(usize, i32), (usize, &Digest)> = BTreeMap::new();
    for (index, member) in campaign.current() {
        if let (Some(unit), Some(digest)) = (member.unit, member.digest)
            && let Some(year) = digest.year
        {
            reports.entry((unit, year)).or_insert((index, digest));
        }
    }
    let mut children: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, unit) in roster.units.iter().enumerate() {
        if let (Some(parent), None) = (unit.parent, &unit.exempt) {
            children.entry(parent).or_default().push(index);
        }
    }
    reports
        .iter()
        .filter(|((unit, _), _)| children.contains_key(unit))
        .filter(|(_, (_, digest))| !counts_itself_only(digest))
        .filter_map(|(&(unit, year), &(index, digest))| {
            let head = roster.units.get(unit)?;
            let members = children.get(&unit)?.iter().map(|&child| {
                (short_name(&roster.units[child], head), reports.get(&(child, year)).map(|&(_, digest)| digest))
            });
            Some(RollUp { index, digest, is_government: is_government(head), members: members.collect() })
        })
        .collect()
}

fn is_government(unit: &Unit) -> bool {
    unit.kind.unwrap_or_else(|| Agency::of(&unit.agency).kind) == Kind::Government
}

/// The name of a member without the places that it shares with its government.
fn short_name(member: &Unit, head: &Unit) -> String {
    let places: String = Agency::of(&head.agency).places.iter().map(|place| place.name.as_str()).collect();
    let name = member.agency.as_str();
    let short =
        name.strip_prefix(places.as_str()).filter(|rest| rest.chars().count() > 1 && !rest.starts_with("人民政府"));
    short.unwrap_or(name).to_owned()
}

/// Words with which a report says what it counts: its own office alone.
static OWN_OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "(?:数据|统计|口径|范围)[^，。；]{0,16}(?:为|是|系|仅|只|限于)[^，。；]{0,12}本级|(?:仅|只)(?:统计|包括|包含|含|反映)[^，。；]{0,12}本级",
    )
    .expect("a valid pattern")
});

/// Whether a report says that it counts its own office alone.
fn counts_itself_only(digest: &Digest) -> bool {
    let others = ["汇总", "部门", "乡镇", "各单位", "所属", "下属"];
    digest
        .passages
        .iter()
        .map(|passage| passage.text.as_str())
        .any(|text| OWN_OFFICE.is_match(text) && !others.iter().any(|word| text.contains(word)))
}

impl RollUp<'_> {
    fn members_read(&self) -> impl Iterator<Item = (&str, &Digest)> {
        self.members.iter().filter_map(|(name, digest)| Some((name.as_str(), (*digest)?)))
    }

    /// The cells of a table that roll up; none where the members use another form.
    fn cells(&self, kind: TableKind) -> Vec<CellRef> {
        let is_of_this_form = |digest: &Digest| digest.edition == Some(Edition::Form2021);
        let all = is_of_this_form(self.digest) && self.members_read().all(|(_, digest)| is_of_this_form(digest));
        if kind == TableKind::ProactiveDisclosure {
            // 规章 are the government's own.
            return if all { kind.cells().filter(|at| at.row > 0).collect() } else { Vec::new() };
        }
        kind.cells().collect()
    }

    /// What the members' cells come to beside the government's.
    fn judge(&self, at: CellRef) -> Judged<'_> {
        let Some(whole) = self.digest.figure(at).filter(|_| self.is_government) else { return Judged::Open };
        let (mut sum, mut shares, mut is_open) = (Figure::ZERO, Vec::new(), false);
        for (name, digest) in &self.members {
            match digest.and_then(|digest| digest.value(at)) {
                Some(CellValue::Number(figure)) => {
                    let Some(more) = sum.checked_add(figure) else { return Judged::Open };
                    sum = more;
                    if !figure.is_zero() {
                        shares.push((name.as_str(), figure));
                    }
                }
                Some(CellValue::Blank | CellValue::NotApplicable) => is_open = true,
                Some(CellValue::Unreadable) | None => return Judged::Open,
            }
        }
        // 12.35 is what a government makes of 12.346.
        let half_up = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        if sum == whole || sum.round_dp_with_strategy(whole.scale(), half_up) == whole {
            return Judged::Holds;
        }
        if is_open {
            return Judged::Open;
        }
        shares.sort_by_key(|&(_, figure)| Reverse(figure));
        Judged::Differs(Gap { at, whole, sum, shares })
    }
}

/// What a cell of a roll-up comes to.
enum Judged<'a> {
    Holds,
    Open,
    Differs(Gap<'a>),
}

/// A cell that is not the sum of the members'.
struct Gap<'a> {
    at: CellRef,
    whole: Figure,
    sum: Figure,
    /// What each member has that has any, the largest first.
    shares: Vec<(&'a str, Figure)>,
}

impl Gap<'_> {
    fn difference(&self) -> Figure {
        self.whole.checked_sub(self.sum).map_or(Figure::ZERO, |gap| gap.abs())
    }

    /// The members' shares as a sum.
    fn spelled(&self, members: usize) -> String {
        let terms: Vec<String> = self.shares.iter().map(|(name, figure)| format!("{name} {figure}")).collect();
        let nothing = members - self.shares.len();
        let rest = if nothing > 0 { format!("（0 × {nothing}）") } else { String::new() };
        format!("{} = {}{rest}", self.sum, if terms.is_empty() { "0".to_owned() } else { terms.join(" + ") })
    }
}

fn differs(campaign: &Campaign<'_>) -> Vec<Raised> {
    let mut raised = Vec::new();
    for roll_up in roll_ups(campaign) {
        for kind in TableKind::ALL {
            let cells = roll_up.cells(kind).into_iter();
            let gaps: Vec<Gap<'_>> = cells
                .filter_map(|at| if let Judged::Differs(gap) = roll_up.judge(at) { Some(gap) } else { None })
                .collect();
            if let Some(finding) = gap_finding(&roll_up, kind, &gaps) {
                raised.push(Raised { whom: Whom::Member(roll_up.index), finding });
            }
        }
    }
    raised
}

fn gap_finding(roll_up: &RollUp<'_>, kind: TableKind, gaps: &[Gap<'_>]) -> Option<Finding> {
    let first = gaps.first()?;
    let members = roll_up.members.len();
    let told_zh = gaps
        .iter()
        .map(|gap| format!("{} {}（合计 {}，差 {}）", phrase::cell_zh(gap.at), gap.whole, gap.sum, gap.difference()));
    let told_en = gaps.iter().map(|gap| {
        format!("{} {} (members {}, off by {})", phrase::cell_en(gap.at), gap.whole, gap.sum, gap.difference())
    });
    let shares = |list: fn(Vec<String>) -> String| {
        list(first.shares.iter().map(|(name, figure)| format!("{name} {figure}")).collect())
    };
    let (shares_zh, shares_en) = if gaps.len() == 1 && !first.shares.is_empty() {
        (
            format!("；各成员：{}", shares(|names| phrase::list_zh(names.into_iter()))),
            format!("; members: {}", shares(|names| phrase::list_en(names.into_iter()))),
        )
    } else {
        (String::new(), String::new())
    };
    let table = phrase::table(kind);
    let message = Wording::new(
        format!(
            "{}有 {} 格不等于 {members} 个成员单位之和：{}{shares_zh}",
            table.zh,
            gaps.len(),
            phrase::list_zh(told_zh)
        ),
        format!(
            "{}: {} cell(s) are not the sum of the {members} members: {}{shares_en}",
            table.en,
            gaps.len(),
            phrase::list_en(told_en)
        ),
    );
    let spelled: Vec<String> =
        gaps.iter().map(|gap| format!("{}：{}", phrase::cell_zh(gap.at), gap.spelled(members))).collect();
    Some(Finding {
        part: Some(kind.part()),
        table: Some(kind),
        cell: Some(first.at),
        cells: gaps.iter().map(|gap| gap.at).collect(),
        expected: Some(first.sum.to_string()),
        actual: Some(first.whole.to_string()),
        at: roll_up.digest.source(first.at),
        evidence: Some(spelled.join("；")),
        ..Finding::new("SUM001", Severity::Warning, message)
    })
}

fn exceeds(campaign: &Campaign<'_>) -> Vec<Raised> {
    let mut raised = Vec::new();
    for roll_up in roll_ups(campaign) {
        for kind in TableKind::ALL {
            if let Some(finding) = excess_finding(&roll_up, kind) {
                raised.push(Raised { whom: Whom::Member(roll_up.index), finding });
            }
        }
    }
    raised
}

fn excess_finding(roll_up: &RollUp<'_>, kind: TableKind) -> Option<Finding> {
    let mut larger: Vec<(CellRef, Figure, &str, Figure)> = Vec::new();
    for at in roll_up.cells(kind) {
        let Some(whole) = roll_up.digest.figure(at) else { continue };
        if !matches!(roll_up.judge(at), Judged::Open) {
            continue;
        }
        let own = roll_up.members_read().filter_map(|(name, digest)| Some((name, digest.figure(at)?)));
        let largest = own.filter(|(_, figure)| *figure > whole).max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
        larger.extend(largest.map(|(name, figure)| (at, whole, name, figure)));
    }
    let &(first, whole, _, figure) = larger.first()?;
    let table = phrase::table(kind);
    let told_zh =
        larger.iter().map(|(at, whole, name, figure)| format!("{} {whole}（{name} {figure}）", phrase::cell_zh(*at)));
    let told_en =
        larger.iter().map(|(at, whole, name, figure)| format!("{} {whole} ({name} {figure})", phrase::cell_en(*at)));
    let message = Wording::new(
        format!("{}的汇总数比成员单位的还小：{}", table.zh, phrase::list_zh(told_zh)),
        format!("{}: the roll-up is less than a member's figure: {}", table.en, phrase::list_en(told_en)),
    );
    Some(Finding {
        part: Some(kind.part()),
        table: Some(kind),
        cell: Some(first),
        cells: larger.iter().map(|&(at, ..)| at).collect(),
        expected: Some(format!("≥ {figure}")),
        actual: Some(whole.to_string()),
        at: roll_up.digest.source(first),
        ..Finding::new("SUM002", Severity::Warning, message)
    })
}
