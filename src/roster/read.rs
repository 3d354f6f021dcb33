//! From rows of text to a [`Roster`]. Strict, as the configuration is: a slip of the pen in it must not make an
//! agency vanish from the list of those that have not reported.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::column::{Column, column, columns};
use super::matching::Index;
use super::name::{self, Name};
use super::table::{self, Row};
use super::value::{Fault, KINDS, LEVELS, day, folded, one_of, suggest};
use super::{Roster, Unit};
use crate::report::agency::Level;
use crate::text::{Wording, printable};

/// Names of the file that is looked for in an inbox.
pub const FILE_NAMES: [&str; 2] = ["roster.csv", "roster.xlsx"];

/// Larger files are no roster.
const LIMIT: u64 = 16 << 20;

/// More units than any inbox has.
const MOST: usize = 50_000;

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
            Column::Own => {}
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

#[cfg(test)]
mod tests;
