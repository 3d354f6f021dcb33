//! From rows of text to a [`Roster`]. Strict, as the configuration is: a slip of the pen in it must not make an
//! agency vanish from the list of those that have not reported.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::matching::Index;
use super::name::{self, Name};
use super::table::{self, Row};
use super::{Roster, Unit};
use crate::report::agency::{Kind, Level};
use crate::text::nearest::nearest;
use crate::text::{Wording, printable};

/// Names of the file that is looked for in an inbox.
pub const FILE_NAMES: [&str; 2] = ["roster.csv", "roster.xlsx"];

/// Larger files are no roster.
const LIMIT: u64 = 16 << 20;

/// More units than any inbox has.
const MOST: usize = 50_000;

/// A column of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Agency,
    Aliases,
    Level,
    Kind,
    Parent,
    Contact,
    Due,
    Exempt,
}

pub(super) const COLUMNS: [(Column, &[&str]); 8] = [
    (Column::Agency, &["机关", "单位名称", "机关名称", "单位", "agency"]),
    (Column::Aliases, &["别名", "简称", "aliases", "alias"]),
    (Column::Level, &["级别", "层级", "level"]),
    (Column::Kind, &["类型", "类别", "kind"]),
    (Column::Parent, &["上级", "上级机关", "parent"]),
    (Column::Contact, &["联系人", "电话", "联系电话", "联系方式", "contact"]),
    (Column::Due, &["截止", "截止日期", "due"]),
    (Column::Exempt, &["免报", "exempt"]),
];

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

/// The roster in the directory `dir`, if there is one.
///
/// # Errors
/// That there are two.
pub fn find_in(dir: &Path) -> Result<Option<PathBuf>, Wording> {
    let found: Vec<PathBuf> = FILE_NAMES.iter().map(|name| dir.join(name)).filter(|path| path.is_file()).collect();
    match &*found {
        [] => Ok(None),
        [only] => Ok(Some(only.clone())),
        _ => {
            let dir = dir.to_string_lossy();
            let (shown, names) = (printable(&dir), FILE_NAMES.join("、"));
            Err(Wording::new(
                format!("{shown}：同时有 {names}，不知以哪个为准；请只留一个或用 --roster 指明"),
                format!("{shown}: holds {}; keep one of them, or name it with --roster", FILE_NAMES.join(" and ")),
            ))
        }
    }
}

/// The roster in the file at `path`, which is shown as `name`.
///
/// # Errors
/// Why it cannot be read, or what is wrong with it and on which line.
pub fn load(path: &Path, name: &str) -> Result<Roster, Wording> {
    let shown = printable(name);
    let unreadable = |error: std::io::Error| {
        Wording::new(format!("{shown}：读不了名单：{error}"), format!("{shown}: cannot read the roster: {error}"))
    };
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() || metadata.len() > LIMIT {
        return Err(Wording::new(format!("{shown}：不是报送单位名单"), format!("{shown}: is not a roster")));
    }
    parse(&std::fs::read(path).map_err(unreadable)?, name)
}

/// The roster in `bytes`, which stand in the file shown as `name`.
///
/// # Errors
/// What is wrong with it, and on which line.
pub fn parse(bytes: &[u8], name: &str) -> Result<Roster, Wording> {
    let shown = printable(name);
    let at = |(line, fault): (Option<u32>, Wording)| {
        let place = line.map_or_else(|| shown.to_string(), |line| format!("{shown}:{line}"));
        Wording::new(format!("{place}：{}", printable(&fault.zh)), format!("{place}: {}", printable(&fault.en)))
    };
    let rows = table::rows(bytes, |field| column(field).is_some()).map_err(at)?;
    let units = units(&rows).map_err(|(line, fault)| at((Some(line), fault)))?;
    let mut roster = Roster { name: name.to_owned(), units };
    complete(&mut roster);
    Ok(roster)
}

/// What is wrong, and on which line.
type Fault = (u32, Wording);

fn units(rows: &[Row]) -> Result<Vec<Unit>, Fault> {
    let Some((head, rows)) = rows.split_first() else {
        return Err((1, Wording::new("名单是空的", "the roster is empty")));
    };
    let columns = columns(head)?;
    if rows.is_empty() {
        return Err((head.line, Wording::new("只有表头，没有单位", "no unit follows the header")));
    }
    if rows.len() > MOST {
        return Err((head.line, Wording::new("单位太多，不是名单", "too many units for a roster")));
    }
    let read: Vec<(Unit, Option<&str>)> = rows.iter().map(|row| unit(row, &columns)).collect::<Result<_, _>>()?;
    let mut lines: HashMap<String, (usize, u32)> = HashMap::new();
    for (index, (unit, _)) in read.iter().enumerate() {
        for written in std::iter::once(&unit.agency).chain(&unit.aliases) {
            if let Some((other, line)) = lines.insert(name::plain(written), (index, unit.line))
                && (other != index || *written == unit.agency)
            {
                return Err((
                    unit.line,
                    Wording::new(
                        format!("“{written}”重复，第 {line} 行已有"),
                        format!("{written} stands twice, first on line {line}"),
                    ),
                ));
            }
        }
    }
    let known: Vec<String> = read.iter().map(|(unit, _)| unit.agency.clone()).collect();
    let mut units = Vec::with_capacity(read.len());
    for (mut unit, parent) in read {
        if let Some(written) = parent {
            let Some(&(index, _)) = lines.get(&name::plain(written)) else {
                let near = suggest(written, known.iter().map(String::as_str));
                return Err((
                    unit.line,
                    Wording::new(
                        format!("名单里没有上级“{written}”{}", near.zh),
                        format!("the parent {written} is not in the roster{}", near.en),
                    ),
                ));
            };
            unit.parent = Some(index);
        }
        units.push(unit);
    }
    match cycle(&units) {
        Some(unit) => Err((
            unit.line,
            Wording::new(
                format!("“{}”的上级绕回到它自己", unit.agency),
                format!("the parents of {} lead back to itself", unit.agency),
            ),
        )),
        None => Ok(units),
    }
}

/// What stands in each column of the file.
fn columns(head: &Row) -> Result<Vec<Option<Column>>, Fault> {
    let mut columns: Vec<Option<Column>> = Vec::new();
    for (index, field) in head.fields.iter().enumerate() {
        if field.is_empty() {
            columns.push(None);
            continue;
        }
        let Some(found) = column(field) else {
            let near = suggest(&folded(field), COLUMNS.iter().flat_map(|(_, names)| names.iter().copied()));
            return Err((
                head.line,
                Wording::new(format!("没有“{field}”这一列{}", near.zh), format!("unknown column {field}{}", near.en)),
            ));
        };
        // 联系人 and 电话 are two halves of one thing.
        if found != Column::Contact && columns.contains(&Some(found)) {
            let first = columns.iter().position(|other| *other == Some(found)).and_then(|at| head.fields.get(at));
            let first = first.map_or("", String::as_str);
            return Err((
                head.line,
                Wording::new(
                    format!("第 {} 列“{field}”与“{first}”是同一列", index + 1),
                    format!("column {} ({field}) is the same as {first}", index + 1),
                ),
            ));
        }
        columns.push(Some(found));
    }
    if columns.contains(&Some(Column::Agency)) {
        return Ok(columns);
    }
    Err((
        head.line,
        Wording::new(
            "第一行应是表头，其中要有“机关”这一列",
            "the first line must be a header with a column agency (机关)",
        ),
    ))
}

fn unit<'r>(row: &'r Row, columns: &[Option<Column>]) -> Result<(Unit, Option<&'r str>), Fault> {
    let line = row.line;
    let mut unit = Unit { line, ..Unit::named("") };
    let mut parent = None;
    for (index, field) in row.fields.iter().enumerate().filter(|(_, field)| !field.is_empty()) {
        let Some(column) = columns.get(index).copied().flatten() else {
            return Err((
                line,
                Wording::new(
                    format!("第 {} 列“{field}”没有表头", index + 1),
                    format!("column {} ({field}) has no header", index + 1),
                ),
            ));
        };
        match column {
            Column::Agency => unit.agency.clone_from(field),
            Column::Aliases => {
                let names = field.split(['、', '；', ';', '|']).map(str::trim).filter(|name| !name.is_empty());
                unit.aliases = names.map(str::to_owned).collect();
            }
            Column::Level => unit.level = Some(one_of(line, field, &LEVELS, ("级别", "level"))?),
            Column::Kind => {
                unit.kind = Some(one_of(line, field, &KINDS, ("类型", "kind"))?);
                if field == "乡镇" {
                    unit.level = unit.level.or(Some(Level::Township));
                }
            }
            Column::Parent => parent = Some(field.as_str()),
            Column::Contact => match &mut unit.contact {
                Some(contact) => contact.push_str(&format!(" {field}")),
                none => *none = Some(field.clone()),
            },
            Column::Due => unit.due = Some(day(line, field)?),
            Column::Exempt => {
                let is_no = ["否", "不", "no", "false", "0"].contains(&folded(field).as_str());
                unit.exempt = Some(field.clone()).filter(|_| !is_no);
            }
        }
    }
    if unit.agency.is_empty() {
        return Err((line, Wording::new("缺少机关名称", "the name of the agency is missing")));
    }
    Ok((unit, parent))
}

/// The value that `field` names among `known`.
fn one_of<T: Copy>(line: u32, field: &str, known: &[(T, &[&str])], (zh, en): (&str, &str)) -> Result<T, Fault> {
    let written = folded(field);
    let found = known.iter().find(|(_, names)| names.contains(&written.as_str()));
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
fn day(line: u32, field: &str) -> Result<Date, Fault> {
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

/// Levels and kinds from the names, where the file does not say.
pub(super) fn complete(roster: &mut Roster) {
    let places = Index::of(roster, &[]).places();
    for (unit, places) in roster.units.iter_mut().zip(places) {
        let name = Name::of(&unit.agency);
        unit.kind = unit.kind.or(Some(name.kind));
        unit.level = unit.level.or_else(|| places.last().map(|place| place.level)).or_else(|| name.level_of_word());
    }
}

/// A unit whose parents lead back to itself.
fn cycle(units: &[Unit]) -> Option<&Unit> {
    // No way up that ends is longer than there are units.
    units.iter().find(|unit| {
        let mut next = unit.parent;
        for _ in 0..units.len() {
            match next {
                Some(parent) if std::ptr::eq(*unit, &raw const units[parent]) => return true,
                Some(parent) => next = units[parent].parent,
                None => return false,
            }
        }
        false
    })
}

fn column(field: &str) -> Option<Column> {
    let written = folded(field);
    COLUMNS.iter().find(|(_, names)| names.contains(&written.as_str())).map(|&(column, _)| column)
}

fn folded(text: &str) -> String {
    name::plain(text).to_lowercase().replace(['-', ' '], "_")
}

fn suggest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Wording {
    nearest(typed, known).map_or_else(Wording::default, |near| {
        Wording::new(format!("；是否指“{near}”？"), format!("; did you mean {near}?"))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(text: &str) -> Roster {
        parse(text.as_bytes(), "roster.csv").unwrap()
    }

    #[test]
    fn columns_stand_in_any_order_under_names_of_either_language() {
        let expected = read(
            "机关,简称,级别,类型,上级,联系人,电话,截止,免报\n青溪县人民政府,,县级,政府,,,,,\n\
                             青溪县教育局,教体局；教育局、县教育局,县,部门,青溪县人民政府,王某,0000-1,2025-01-20,\n",
        );
        let school = &expected.units[1];
        assert_eq!(school.aliases, ["教体局", "教育局", "县教育局"]);
        assert_eq!((school.level, school.kind), (Some(Level::County), Some(Kind::Department)));
        assert_eq!((school.parent, school.line), (Some(0), 3));
        assert_eq!((school.contact.as_deref(), school.due), (Some("王某 0000-1"), Some(date(2025, 1, 20))));
        for (name, text) in [
            (
                "english",
                "due,kind,agency,aliases,parent,contact,level\n,government,青溪县人民政府,,,,county\n\
                 2025/1/20,department,青溪县教育局,教体局|教育局|县教育局,青溪县人民政府,王某 0000-1,county\n",
            ),
            (
                "semicolons",
                "agency;aliases;parent;contact;due\r\n青溪县人民政府;;;;\r\n\
                 青溪县教育局;教体局、教育局、县教育局;青溪县人民政府;王某 0000-1;2025年1月20日\r\n",
            ),
            (
                "tabs",
                "单位名称\t别名\t上级\t联系方式\t截止日期\n青溪县人民政府\t\t\t\t\n\
                 青溪县教育局\t\"教体局;教育局;县教育局\"\t青溪县人民政府\t王某 0000-1\t2025.1.20\n",
            ),
        ] {
            assert_eq!(read(text), expected, "{name}");
        }
    }

    #[test]
    fn encodings_of_spreadsheets() {
        let text = "机关,联系电话\n青溪县教育局,0000-1\n";
        let expected = read(text);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let forms = [
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            encoding_rs::GB18030.encode(text).0.into_owned(),
            [b"\xff\xfe", &utf16[..]].concat(),
        ];
        for bytes in forms {
            assert_eq!(parse(&bytes, "roster.csv").unwrap(), expected);
        }
    }

    #[test]
    fn levels_and_kinds_follow_from_names_and_parents() {
        let roster = read(
            "机关,上级\n云岭市青溪县人民政府,\n教育局,云岭市青溪县人民政府\n县政府办,\n城关镇,\n望江街道办,\n\
             青溪经济开发区管委会,\n云岭市民政局,\n",
        );
        let found: Vec<_> = roster.units.iter().map(|unit| (unit.level.unwrap(), unit.kind.unwrap())).collect();
        let expected = [
            (Level::County, Kind::Government),
            (Level::County, Kind::Department),
            (Level::County, Kind::GovernmentOffice),
            (Level::Township, Kind::Government),
            (Level::Township, Kind::Subdistrict),
            (Level::Zone, Kind::ZoneCommittee),
            (Level::City, Kind::Department),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn exempt_is_whatever_is_not_denied() {
        let roster = read("机关,免报\n甲局,否\n乙局,\n丙局,是\n丁局,垂直管理\n戊局,no\n");
        let exempt: Vec<_> = roster.units.iter().map(|unit| unit.exempt.as_deref()).collect();
        assert_eq!(exempt, [None, None, Some("是"), Some("垂直管理"), None]);
    }

    #[test]
    fn a_mistake_is_named_with_its_line_and_the_nearest_name() {
        for (text, expected) in [
            ("", "roster.csv:1: the roster is empty"),
            ("机关\n", "roster.csv:1: no unit follows the header"),
            ("\n机关,级 别,类型,上级机关,电 话,载止\n", "roster.csv:2: unknown column 载止; did you mean 截止?"),
            ("agency,parrent\n甲局,\n", "roster.csv:1: unknown column parrent; did you mean parent?"),
            ("机关,单位\n甲局,乙局\n", "roster.csv:1: column 2 (单位) is the same as 机关"),
            ("电话\n1\n", "roster.csv:1: the first line must be a header with a column agency (机关)"),
            ("机关,电话\n甲局,1\n\n,2\n", "roster.csv:4: the name of the agency is missing"),
            ("机关\n甲局\n乙局\n甲 局\n", "roster.csv:4: 甲 局 stands twice, first on line 2"),
            ("机关,别名\n甲局,丙局\n乙局,丙局\n", "roster.csv:3: 丙局 stands twice, first on line 2"),
            (
                "机关,上级\n青溪县财政局,青溪县人名政府\n青溪县人民政府,\n",
                "roster.csv:2: the parent 青溪县人名政府 is not in the roster; did you mean 青溪县人民政府?",
            ),
            ("机关,上级\n甲局,乙局\n乙局,丙局\n丙局,甲局\n", "roster.csv:2: the parents of 甲局 lead back to itself"),
            ("机关,上级\n甲局,甲局\n", "roster.csv:2: the parents of 甲局 lead back to itself"),
            ("机关,截止\n甲局,2025-02-30\n", "roster.csv:2: 2025-02-30 is no date such as 2025-01-20"),
            ("机关,截止\n甲局,1月20日\n", "roster.csv:2: 1月20日 is no date such as 2025-01-20"),
            (
                "机关,级别\n甲局,县及\n",
                "roster.csv:2: unknown level 县及: province, prefecture, city, county, zone, township; did you mean 县?",
            ),
            (
                "机关,类型\n甲局,departement\n",
                "roster.csv:2: unknown kind departement: government, government_office, department, subdistrict, zone_committee; did you mean department?",
            ),
            ("机关\n甲局,1\n", "roster.csv:2: column 2 (1) has no header"),
        ] {
            let error = parse(text.as_bytes(), "roster.csv").unwrap_err();
            assert_eq!(error.en, expected);
            assert!(error.zh.starts_with("roster.csv:") && !error.zh.contains('\n'), "{}", error.zh);
        }
        for (bytes, expected) in [
            (
                &b"\xd0\xcf\x11\xe0\xa1\xb1"[..],
                "roster.csv: an old .xls workbook or an encrypted file; save it as .xlsx or CSV",
            ),
            (b"PK\x03\x04x", "roster.csv: not a workbook (.xlsx) that can be read: "),
            (b"agency\n\xff\xff\xff\n", "roster.csv:2: not text in UTF-8 or GB 18030"),
            (b"agency\nx\0y\n", "roster.csv:2: not text in UTF-8 or GB 18030"),
        ] {
            let error = parse(bytes, "roster.csv").unwrap_err();
            assert!(error.en.starts_with(expected), "{}", error.en);
        }
    }
}
