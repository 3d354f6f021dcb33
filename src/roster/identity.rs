//! Which names are those of one agency, where no roster says so.

use std::collections::HashMap;

use super::name::{Name, agree};
use crate::report::agency::Place;

/// A number for each name, the same for all names of one agency: the same body of the same place, however much of what
/// lies above that place they name.
#[must_use]
pub fn same_agencies<'n>(names: impl Iterator<Item = Option<&'n Name>>) -> Vec<Option<usize>> {
    let names: Vec<Option<&Name>> = names.collect();
    let mut namesakes: HashMap<(Option<&str>, &str), Vec<&Name>> = HashMap::new();
    for name in names.iter().flatten() {
        let same = namesakes.entry((name.place().map(|place| place.name.as_str()), &name.body)).or_default();
        if !same.iter().any(|other| other.places == name.places && other.level_word == name.level_word) {
            same.push(name);
        }
    }
    let mut numbers: HashMap<(String, &str), usize> = HashMap::new();
    names
        .into_iter()
        .map(|name| {
            let name = name?;
            let same = namesakes.get(&(name.place().map(|place| place.name.as_str()), name.body.as_str()))?;
            let next = numbers.len();
            Some(*numbers.entry((full_place(name, same), &name.body)).or_insert(next))
        })
        .collect()
}

/// The place of `name` in full: that of the one among its namesakes that names most, where all can be one body.
fn full_place(name: &Name, namesakes: &[&Name]) -> String {
    let joined = |places: &[Place]| places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join("/");
    let longest = namesakes.iter().max_by_key(|other| other.places.len());
    match longest.filter(|longest| namesakes.iter().all(|other| agree(&other.places, &longest.places))) {
        Some(longest) => joined(&longest.places),
        None => format!("{}{}", name.level_word.map_or(String::new(), String::from), joined(&name.places)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_agency_have_one_number() {
        let groups = |names: &[&str]| {
            let names: Vec<Name> = names.iter().map(|name| Name::of(name)).collect();
            same_agencies(names.iter().map(Some)).into_iter().map(Option::unwrap).collect::<Vec<_>>()
        };
        assert_eq!(groups(&["三门峡市陕州区医疗保障局", "陕州区医保局", "陕州区财政局"]), [0, 0, 1]);
        assert_eq!(groups(&["青溪县教育局", "青溪市教育局", "云岭市青溪县教育局"]), [0, 1, 0]);
        // Which of the two the short one is cannot be told.
        assert_eq!(groups(&["洛阳市西工区财政局", "郑州市西工区财政局", "西工区财政局"]), [0, 1, 2]);
        assert_eq!(groups(&["教育局", "县教育局", "青溪县教育局"]), [0, 1, 2]);
    }
}
