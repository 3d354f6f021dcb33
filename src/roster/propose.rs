//! A first roster out of the names that reports bear, for the operator to complete.

use std::collections::BTreeSet;

use super::column::COLUMNS;
use super::matching::{Index, Match};
use super::name::Name;
use super::read;
use super::value::{KINDS, LEVELS};
use super::{Roster, Unit, same_agencies};
use crate::report::agency::{Kind, Level, Place};
use crate::text::{Lang, is_printable};

/// The agencies with these names, each once, under the government of their place.
#[must_use]
pub fn propose<'n>(names: impl IntoIterator<Item = &'n str>) -> Roster {
    let is_plain = |name: &&str| name.chars().all(is_printable) && !name.starts_with(['=', '+', '-', '@']);
    let names: BTreeSet<String> = names.into_iter().filter(is_plain).map(|name| Name::of(name).text).collect();
    let names: Vec<Name> = names.iter().filter(|name| !name.is_empty()).map(|name| Name::of(name)).collect();
    let (placed, short): (Vec<Name>, Vec<Name>) = names.into_iter().partition(|name| !name.places.is_empty());
    let mut roster = Roster { name: String::new(), units: united(&placed) };
    // What names no place may be one of those that do.
    let index = Index::of(&roster, &[]);
    for name in short {
        match index.find(&name.text) {
            Match::Unit(unit) => roster.units[unit].aliases.push(name.text),
            _ => roster.units.push(Unit::named(&name.text)),
        }
    }
    read::complete(&mut roster);
    roster.units.sort_by_cached_key(|unit| {
        let name = encoding_rs::GB18030.encode(&unit.agency).0.into_owned();
        (unit.level.is_none(), unit.level, rank(unit.kind), name)
    });
    let places = Index::of(&roster, &[]).places();
    let parents: Vec<Option<usize>> = (0..roster.units.len()).map(|unit| parent(&roster, &places, unit)).collect();
    for (unit, parent) in roster.units.iter_mut().zip(parents) {
        unit.parent = parent;
    }
    for (unit, line) in roster.units.iter_mut().zip(2..) {
        unit.line = line;
    }
    roster
}

/// A unit for each agency; of its names the one that says most is its name, the others are aliases.
fn united(names: &[Name]) -> Vec<Unit> {
    let mut groups: Vec<Vec<&Name>> = Vec::new();
    for (name, number) in names.iter().zip(same_agencies(names.iter().map(Some))) {
        let Some(number) = number else { continue };
        if groups.len() <= number {
            groups.resize(number + 1, Vec::new());
        }
        groups[number].push(name);
    }
    let unit = |group: Vec<&Name>| {
        let full = *group.iter().max_by_key(|name| (name.places.len(), name.text.chars().count()))?;
        let others = group.iter().filter(|name| name.text != full.text);
        Some(Unit { aliases: others.map(|name| name.text.clone()).collect(), ..Unit::named(&full.text) })
    };
    groups.into_iter().filter_map(unit).collect()
}

const fn rank(kind: Option<Kind>) -> u8 {
    match kind {
        Some(Kind::Government) => 0,
        Some(Kind::GovernmentOffice) => 1,
        Some(Kind::Department) => 2,
        Some(Kind::ZoneCommittee) => 3,
        Some(Kind::Subdistrict) => 4,
        None => 5,
    }
}

/// The government of the nearest place in which the unit lies; where its name says nothing of it, the only one there is.
fn parent(roster: &Roster, places: &[Vec<Place>], unit: usize) -> Option<usize> {
    let governs = |other: usize| {
        let known = roster.units.get(other)?;
        let place = places.get(other)?.last()?;
        let above = known.kind == Some(Kind::Government) && place.level < Level::Zone && other != unit;
        above.then_some(place.name.as_str())
    };
    let governments: Vec<(usize, &str)> =
        (0..roster.units.len()).filter_map(|other| Some((other, governs(other)?))).collect();
    let own = places.get(unit)?;
    let around = own.iter().rev().find_map(|place| governments.iter().find(|(_, name)| *name == place.name));
    around.or_else(|| governments.first().filter(|_| governments.len() == 1 && own.is_empty())).map(|&(at, _)| at)
}

/// `roster` as a CSV file that spreadsheets open.
#[must_use]
pub fn written(roster: &Roster, lang: Lang) -> String {
    let of = |names: Option<&[&str]>| {
        let mut names = names.unwrap_or_default().iter();
        let word = match lang {
            Lang::Zh => names.next(),
            Lang::En => names.rfind(|name| name.is_ascii()),
        };
        (*word.unwrap_or(&"")).to_owned()
    };
    let mut rows: Vec<Vec<String>> = vec![COLUMNS.iter().map(|(_, names)| of(Some(names))).collect()];
    for unit in &roster.units {
        let level = LEVELS.iter().find(|(level, _)| Some(*level) == unit.level).map(|(_, names)| *names);
        let kind = KINDS.iter().find(|(kind, _)| Some(*kind) == unit.kind).map(|(_, names)| *names);
        let parent = unit.parent.and_then(|parent| roster.units.get(parent));
        rows.push(vec![
            unit.agency.clone(),
            unit.aliases.join("；"),
            of(level),
            of(kind),
            parent.map_or_else(String::new, |parent| parent.agency.clone()),
            unit.contact.clone().unwrap_or_default(),
            unit.due.map_or_else(String::new, |due| due.to_string()),
            unit.exempt.clone().unwrap_or_default(),
        ]);
    }
    let field = |field: &String| {
        if field.contains(['"', ',', '\n', '\r']) {
            format!("\"{}\"", field.replace('"', "\"\""))
        } else {
            field.clone()
        }
    };
    let mut text = "\u{feff}".to_owned();
    for row in rows {
        text.push_str(&row.iter().map(field).collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inbox_becomes_a_roster() {
        let roster = propose([
            "青溪县城关镇人民政府",
            "青溪县教育局",
            "云岭市青溪县教育局",
            "县财政局",
            "望江街道办事处",
            "青溪县人民政府办公室",
            "教育局",
            "青溪县人民政府",
            "=cmd()",
        ]);
        let line = |unit: &Unit| {
            let parent = unit.parent.map_or("-", |parent| roster.units[parent].agency.as_str());
            format!("{} [{}] {:?} {:?} {parent}", unit.agency, unit.aliases.join(" "), unit.level, unit.kind)
        };
        let lines: Vec<String> = roster.units.iter().map(line).collect();
        let expected = [
            "青溪县人民政府 [] Some(County) Some(Government) -",
            "青溪县人民政府办公室 [] Some(County) Some(GovernmentOffice) 青溪县人民政府",
            "县财政局 [] Some(County) Some(Department) 青溪县人民政府",
            "云岭市青溪县教育局 [青溪县教育局 教育局] Some(County) Some(Department) 青溪县人民政府",
            "青溪县城关镇人民政府 [] Some(Township) Some(Government) 青溪县人民政府",
            "望江街道办事处 [] Some(Township) Some(Subdistrict) 青溪县人民政府",
        ];
        assert_eq!(lines, expected);
        for lang in [Lang::Zh, Lang::En] {
            let again = super::super::parse(written(&roster, lang).as_bytes(), "").unwrap();
            assert_eq!(again, roster, "{lang:?}");
        }
    }
}
