//! Which unit of the roster an agency is: by its full name, an alias, or the same body of the same place written
//! another way. What could be two units is none; both are offered instead.

use std::collections::{BTreeSet, HashMap};

use super::name::{self, Name};
use super::{Roster, Unit};
use crate::report::agency::{Level, Place};

/// Units offered where none is certain.
const OFFERED: usize = 3;

/// The units of a roster, to be found by name.
#[derive(Clone, Debug, Default)]
pub struct Index {
    names: HashMap<String, usize>,
    /// By the body in its one wording: the unit, the places it stands for, the word for its level.
    bodies: HashMap<String, Vec<Known>>,
    units: Vec<Vec<Name>>,
}

/// A name of a unit.
#[derive(Clone, Debug)]
struct Known {
    unit: usize,
    places: Vec<Place>,
    level_word: Option<char>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// The unit, by its index.
    Unit(usize),
    /// It can be each of these.
    Ambiguous(Vec<usize>),
    /// None; those whose names are like its own, likeliest first, perhaps none.
    Offered(Vec<usize>),
}

impl Index {
    /// The index of `roster`. Where its names say nothing of the place, the place is `home`, or that of most of them.
    #[must_use]
    pub fn of(roster: &Roster, home: &[Place]) -> Self {
        let units: Vec<Vec<Name>> = roster.units.iter().map(names).collect();
        let own = usual_place(units.iter().filter_map(|names| names.first()));
        let home = own.as_deref().unwrap_or(home);
        let mut index = Self::default();
        for (unit, names) in units.iter().enumerate() {
            for name in names {
                index.names.entry(name.text.clone()).or_insert(unit);
                let (parent, depth) = (roster.units[unit].parent, roster.units.len());
                let places = standing_in(name, &above(&units, &roster.units, parent, depth, home));
                let known = Known { unit, places, level_word: name.level_word };
                index.bodies.entry(name.body.clone()).or_default().push(known);
            }
        }
        index.units = units;
        index
    }

    /// The places that each unit stands for, the widest first.
    pub(super) fn places(&self) -> Vec<Vec<Place>> {
        let mut places = vec![Vec::new(); self.units.len()];
        for known in self.bodies.values().flatten() {
            let own = &mut places[known.unit];
            if own.len() < known.places.len() {
                own.clone_from(&known.places);
            }
        }
        places
    }

    /// The unit that calls itself `agency`.
    #[must_use]
    pub fn find(&self, agency: &str) -> Match {
        let name = Name::of(agency);
        if let Some(&unit) = self.names.get(&name.text) {
            return Match::Unit(unit);
        }
        let same_body = self.bodies.get(&name.body).map_or(&[][..], Vec::as_slice);
        let likely: BTreeSet<usize> =
            same_body.iter().filter(|known| known.can_be(&name)).map(|known| known.unit).collect();
        match likely.len() {
            1 => likely.first().map_or_else(|| Match::Offered(Vec::new()), |&unit| Match::Unit(unit)),
            0 => Match::Offered(self.similar(&name)),
            _ => Match::Ambiguous(likely.into_iter().take(OFFERED).collect()),
        }
    }

    /// The unit with exactly this name or alias.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<usize> {
        self.names.get(&name::plain(name)).copied()
    }

    /// The units that the name of the file at `path` speaks of; a name that any sender may give a file is never
    /// more than an offer.
    #[must_use]
    pub fn in_file_name(&self, path: &str) -> Vec<usize> {
        let file = path.rsplit(['/', '!']).next().unwrap_or(path);
        let (plain, reworded) = (name::plain(file), name::in_one_wording(file));
        let mut longest = 0;
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for (unit, names) in self.units.iter().enumerate() {
            for name in names {
                let own = name.place().filter(|_| name.is_township()).map(|place| place.name.as_str());
                let body = Some(name.body.as_str()).filter(|body| own.is_none() && *body != "人民政府");
                let spoken = [Some(name.text.as_str()), own, body].into_iter().flatten();
                let spoken = spoken.filter(|text| text.chars().count() > 2);
                let best = spoken.filter(|text| plain.contains(text) || reworded.contains(text)).map(str::len).max();
                let Some(length) = best.filter(|&length| length >= longest) else { continue };
                if length > longest {
                    longest = length;
                    found.clear();
                }
                found.insert(unit);
            }
        }
        found.into_iter().take(OFFERED).collect()
    }

    /// The units whose names come nearest to `name`: the same body of another place, or one that differs by a few
    /// characters. That two are a 局 of one place makes them no nearer.
    fn similar(&self, name: &Name) -> Vec<usize> {
        let mut offered: Vec<usize> = Vec::new();
        let is_everywhere = name.body == "人民政府" || name.body == "办事处";
        let last = |places: &[Place]| places.last().map(|place| place.name.clone());
        for known in self.bodies.get(&name.body).into_iter().flatten() {
            let alike = !is_everywhere || name.place().is_some() && last(&known.places) == last(&name.places);
            if alike && !offered.contains(&known.unit) {
                offered.push(known.unit);
            }
        }
        let texts = self.units.iter().flatten().filter(|other| name::is_near(&other.body, &name.body));
        let texts = texts.map(|name| name.text.as_str());
        let near = crate::text::nearest::nearest(&name.text, texts).and_then(|text| self.names.get(text));
        offered.extend(near.filter(|unit| !offered.contains(unit)));
        offered.truncate(OFFERED);
        offered
    }
}

impl Known {
    /// Whether the unit that goes by this name, and whose body has that of `name`, can be the body that calls itself
    /// `name`.
    fn can_be(&self, name: &Name) -> bool {
        let own = self.places.last();
        match (name.place(), own) {
            (Some(_), Some(_)) => name::agree(&name.places, &self.places),
            // Any township has a 人民政府: without a place that name says nothing.
            (None, Some(own)) => {
                own.level != Level::Township && name.level_word.is_none_or(|word| own.name.ends_with(word))
            }
            (Some(place), None) => {
                place.level != Level::Township && self.level_word.is_none_or(|word| place.name.ends_with(word))
            }
            (None, None) => match (self.level_word, name.level_word) {
                (Some(one), Some(other)) => one == other,
                _ => true,
            },
        }
    }
}

/// The name of `unit` and its aliases.
fn names(unit: &Unit) -> Vec<Name> {
    std::iter::once(&unit.agency).chain(&unit.aliases).map(|name| Name::of(name)).collect()
}

/// The places in which a unit under `parent` lies: those of the nearest unit above that names any, else `home`.
fn above(units: &[Vec<Name>], roster: &[Unit], parent: Option<usize>, depth: usize, home: &[Place]) -> Vec<Place> {
    let mut next = parent;
    for _ in 0..depth {
        let Some(unit) = next else { break };
        let places = units[unit].first().map_or(&[][..], |name| &name.places);
        if !places.is_empty() {
            return standing_at(places, home);
        }
        next = roster[unit].parent;
    }
    home.to_vec()
}

/// The places that `name` stands for, where it lies in `outer`.
fn standing_in(name: &Name, outer: &[Place]) -> Vec<Place> {
    if name.places.is_empty() {
        let fits = |place: &&Place| name.level_word.is_none_or(|word| place.name.ends_with(word));
        let end = outer.iter().rposition(|place| fits(&place)).map_or(0, |last| last + 1);
        return outer[..end].to_vec();
    }
    standing_at(&name.places, outer)
}

/// `places` with what `outer` names above them.
fn standing_at(places: &[Place], outer: &[Place]) -> Vec<Place> {
    let Some(first) = places.first() else { return outer.to_vec() };
    let above = match outer.iter().position(|place| place.name == first.name) {
        Some(same) => &outer[..same],
        None if outer.iter().all(|place| place.level < first.level) => outer,
        None => &[],
    };
    above.iter().chain(places).cloned().collect()
}

/// The place, with those above it, of most of `names`; townships and places below do not count.
pub(crate) fn usual_place<'a>(names: impl Iterator<Item = &'a Name>) -> Option<Vec<Place>> {
    let mut chains: HashMap<&str, (usize, &[Place])> = HashMap::new();
    for name in names {
        let end = name.places.iter().rposition(|place| place.level < Level::Zone).map_or(0, |last| last + 1);
        let chain = &name.places[..end];
        let Some(last) = chain.last() else { continue };
        let (count, longest) = chains.entry(&last.name).or_insert((0, chain));
        *count += 1;
        if chain.len() > longest.len() {
            *longest = chain;
        }
    }
    let most = chains.into_iter().max_by_key(|&(name, (count, _))| (count, std::cmp::Reverse(name)));
    most.map(|(_, (_, chain))| chain.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roster(units: &[&str]) -> Roster {
        let unit = |line: &&str| {
            let mut names = line.split('|');
            let unit = Unit::named(names.next().unwrap());
            Unit { aliases: names.map(str::to_owned).collect(), ..unit }
        };
        Roster { name: "roster.csv".to_owned(), units: units.iter().map(unit).collect() }
    }

    /// What is found for each agency: the unit's name, `??` with those it may be, or `?` with those like it.
    fn assert_found(units: &[&str], cases: &[(&str, &str)]) {
        let roster = roster(units);
        let index = Index::of(&roster, &[]);
        for (agency, expected) in cases {
            let name = |unit: &usize| roster.units[*unit].agency.as_str();
            let found = match index.find(agency) {
                Match::Unit(unit) => name(&unit).to_owned(),
                Match::Ambiguous(units) => format!("??{}", units.iter().map(name).collect::<Vec<_>>().join(" ")),
                Match::Offered(units) => format!("?{}", units.iter().map(name).collect::<Vec<_>>().join(" ")),
            };
            assert_eq!(found, *expected, "{agency}");
        }
    }

    #[test]
    fn one_county() {
        let units = [
            "青溪县人民政府",
            "青溪县人民政府办公室",
            "青溪县教育局",
            "青溪县卫生健康委员会",
            "青溪县数据局|青溪县大数据中心",
            "青溪县城关镇人民政府",
            "青溪县望江街道办事处",
            "青溪县松坪乡人民政府",
        ];
        assert_found(
            &units,
            &[
                ("青溪县教育局", "青溪县教育局"),
                ("青溪县 教育局", "青溪县教育局"),
                ("云岭市青溪县教育局", "青溪县教育局"),
                ("教育局", "青溪县教育局"),
                ("县教育局", "青溪县教育局"),
                ("青溪县卫健委", "青溪县卫生健康委员会"),
                ("青溪县大数据中心", "青溪县数据局"),
                ("云岭市青溪县大数据中心", "青溪县数据局"),
                ("青溪县人民政府", "青溪县人民政府"),
                ("青溪县", "青溪县人民政府"),
                ("县政府办", "青溪县人民政府办公室"),
                ("城关镇", "青溪县城关镇人民政府"),
                ("城关镇人民政府", "青溪县城关镇人民政府"),
                ("望江街道办", "青溪县望江街道办事处"),
                ("青溪县人民政府望江街道办事处", "青溪县望江街道办事处"),
                ("松坪乡人民政府", "青溪县松坪乡人民政府"),
                // Another place, another level, another body.
                ("白石县教育局", "?青溪县教育局"),
                ("青溪市教育局", "?青溪县教育局"),
                ("市教育局", "?青溪县教育局"),
                ("云岭市教育局", "?青溪县教育局"),
                ("青溪县教育体育局", "?青溪县教育局"),
                ("白石县城关镇人民政府", "?青溪县城关镇人民政府"),
                ("松坪镇人民政府", "?"),
                ("青溪县粮食局", "?"),
                ("青溪县监察局", "?"),
                ("人民政府", "青溪县人民政府"),
                ("某某中学", "?"),
            ],
        );
    }

    #[test]
    fn what_may_be_two_units_is_none() {
        let units = ["云岭市教育局", "青溪县教育局", "云岭市人民政府", "青溪县城关镇人民政府", "白石县城关镇人民政府"];
        assert_found(
            &units,
            &[
                ("教育局", "??云岭市教育局 青溪县教育局"),
                ("县教育局", "青溪县教育局"),
                ("市教育局", "云岭市教育局"),
                ("云岭市青溪县教育局", "青溪县教育局"),
                ("城关镇", "??青溪县城关镇人民政府 白石县城关镇人民政府"),
                ("云岭市白石县城关镇人民政府", "白石县城关镇人民政府"),
            ],
        );
    }

    #[test]
    fn a_roster_of_short_names_lies_where_its_units_lie() {
        let units = ["青溪县人民政府", "教育局", "县财政局", "城关镇"];
        assert_found(
            &units,
            &[
                ("青溪县教育局", "教育局"),
                ("白石县教育局", "?教育局"),
                ("云岭市青溪县财政局", "县财政局"),
                ("青溪县城关镇人民政府", "城关镇"),
                ("白石县城关镇人民政府", "?城关镇"),
            ],
        );
        let roster = roster(&["教育局", "财政局"]);
        let index = Index::of(&roster, &Name::of("青溪县").places);
        assert_eq!(index.find("青溪县教育局"), Match::Unit(0));
        assert_eq!(index.find("白石县教育局"), Match::Offered(vec![0]));
    }

    #[test]
    fn the_name_of_a_file_is_an_offer() {
        let roster = roster(&[
            "青溪县人民政府",
            "青溪县人民政府办公室",
            "青溪县市场监督管理局",
            "青溪县住房和城乡建设局",
            "青溪县柳河镇人民政府",
        ]);
        let index = Index::of(&roster, &[]);
        for (path, expected) in [
            ("a/市场监管局年报（扫描）.pdf", &[2][..]),
            ("住建局.pdf", &[3]),
            ("青溪县人民政府办公室2024.pdf", &[1]),
            ("青溪县人民政府2024.pdf", &[0]),
            ("柳河镇 报送.pdf", &[4]),
            ("年报.zip!柳河镇.pdf", &[4]),
            ("扫描件1.pdf", &[]),
        ] {
            assert_eq!(index.in_file_name(path), expected, "{path}");
        }
    }
}
