//! What may stand in a field of a roster: a level, a kind, a day.

use jiff::civil::Date;

use super::name;
use crate::report::agency::{Kind, Level};
use crate::text::Wording;
use crate::text::nearest::nearest;

/// What is wrong, and on which line.
pub(super) type Fault = (u32, Wording);

pub(super) const LEVELS: [(Level, &[&str]); 6] = [
    (Level::Province, &["省级", "省", "自治区", "直辖市", "province"]),
    (Level::Prefecture, &["市级", "地级", "地市级", "设区的市", "自治州", "prefecture"]),
    (Level::City, &["市", "city"]),
    (Level::County, &["县级", "县区级", "区县级", "县", "区", "县级市", "county"]),
    (Level::Zone, &["开发区", "zone"]),
    (Level::Township, &["乡级", "乡镇级", "乡镇", "乡", "镇", "街道", "township"]),
];

pub(super) const KINDS: [(Kind, &[&str]); 5] = [
    (Kind::Government, &["政府", "人民政府", "乡镇", "government"]),
    (Kind::GovernmentOffice, &["政府办", "政府办公室", "办公室", "government_office"]),
    (Kind::Department, &["部门", "局", "委", "department"]),
    (Kind::Subdistrict, &["街道", "街道办事处", "subdistrict"]),
    (Kind::ZoneCommittee, &["管委会", "管理委员会", "zone_committee"]),
];

/// The value that `field` names among `known`.
pub(super) fn one_of<T: Copy>(
    line: u32,
    field: &str,
    known: &[(T, &[&str])],
    (zh, en): (&str, &str),
) -> Result<T, Fault> {
    let written = folded(field);
    let found = known.iter().find(|(_, names)| names.iter().any(|name| folded(name) == written));
    found.map(|&(value, _)| value).ok_or_else(|| {
        let near = suggest(&written, known.iter().flat_map(|(_, names)| names.iter().copied()));
        let all: Vec<&str> = known.iter().filter_map(|(_, names)| names.first().copied()).collect();
        let english: Vec<&str> = known.iter().filter_map(|(_, names)| names.last().copied()).collect();
        (
            line,
            Wording::new(
                format!("没有“{field}”这一{zh}，可用{}{}", all.join("、"), near.zh),
                format!("unknown {en} {field}: {}{}", english.join(", "), near.en),
            ),
        )
    })
}

/// A day as people write it: 2025-01-20, 2025/1/20, 2025年1月20日.
pub(super) fn day(line: u32, field: &str) -> Result<Date, Fault> {
    let written = field.replace(['年', '月', '/', '.'], "-").replace('日', "");
    let mut numbers = written.split('-').map(|number| number.trim().parse::<i16>().ok());
    let (year, month, day) = (numbers.next().flatten(), numbers.next().flatten(), numbers.next().flatten());
    let small = |number: Option<i16>| i8::try_from(number?).ok();
    let whole = year.filter(|year| (2000..=2100).contains(year)).zip(small(month)).zip(small(day));
    let date = whole.and_then(|((year, month), day)| Date::new(year, month, day).ok());
    date.filter(|_| numbers.next().is_none()).ok_or_else(|| {
        (
            line,
            Wording::new(
                format!("“{field}”不是日期，应如 2025-01-20"),
                format!("{field} is no date such as 2025-01-20"),
            ),
        )
    })
}

/// `text` as names are compared: Due date, due-date and due_date are one.
pub(super) fn folded(text: &str) -> String {
    name::plain(text).to_lowercase().replace(['-', '_'], "")
}

/// The name that was meant, as a question, if any is close enough.
pub(super) fn suggest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Wording {
    nearest(typed, known).map_or_else(Wording::default, |near| {
        Wording::new(format!("；是否指“{near}”？"), format!("; did you mean {near}?"))
    })
}
