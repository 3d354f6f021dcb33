//! Whose each submission is, which of several counts, and which is last year's.

use std::collections::HashMap;

use super::{Arrival, Terms};
use crate::finding::Verdict;
use crate::roster::{Index, Match, Name, same_agencies, usual_place};
use crate::rule::{Member, Previous};

/// Whose a submission is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Whose {
    /// That of a unit of the roster.
    Unit(usize),
    /// That of an agency outside it, by a number of its own.
    Agency(usize),
}

/// A submission with what is known of whose it is.
struct Owned<'s, 'a> {
    arrival: &'s Arrival<'a>,
    whose: Option<Whose>,
    offered: Vec<usize>,
    ambiguous: bool,
}

/// The members of the campaign for `year`.
pub(super) fn members<'a>(
    inbox: &[Arrival<'a>],
    archive: &[Arrival<'a>],
    terms: &Terms<'_>,
    year: Option<i32>,
) -> Vec<Member<'a>> {
    let mut inbox: Vec<&Arrival<'a>> = inbox.iter().collect();
    inbox.sort_by_key(|arrival| (arrival.path, arrival.received, arrival.hash));
    let mut owned = owners(inbox.iter().copied().chain(archive), terms);
    let archived = owned.split_off(inbox.len());

    let counting = counting(&owned, |arrival| arrival.year.or(year));
    let earlier = counting_of_years(owned.iter().chain(&archived));
    let member = |(index, own): (usize, &Owned<'_, 'a>)| {
        let arrival = own.arrival;
        let before = arrival.year.or(year).and_then(|year| year.checked_sub(1));
        let previous = own
            .whose
            .zip(before)
            .and_then(|key| earlier.get(&key))
            .filter(|_| arrival.digest.is_some_and(|digest| !digest.recognised));
        let counts = own.whose.and_then(|whose| counting.get(&(whose, arrival.year.or(year)))).copied();
        Member {
            path: arrival.path,
            hash: arrival.hash,
            received: arrival.received,
            verdict: arrival.verdict,
            agency: arrival.agency,
            year: arrival.year,
            digest: arrival.digest,
            findings: arrival.findings,
            returned: arrival.returned,
            unit: match own.whose {
                Some(Whose::Unit(unit)) => Some(unit),
                _ => None,
            },
            offered: own.offered.clone(),
            ambiguous: own.ambiguous,
            superseded_by: counts.filter(|&counts| counts != index),
            previous: previous.and_then(|last| Some(Previous { path: last.path, digest: last.digest? })),
        }
    };
    owned.iter().enumerate().map(member).collect()
}

/// How well a submission stands for its agency: one that can be read before one that cannot, the newest of them.
fn rank<'s>(arrival: &'s Arrival<'_>) -> impl Ord + use<'s> {
    let readable = match (arrival.digest, arrival.verdict) {
        (None, _) => 0,
        (Some(digest), _) if digest.recognised => 1,
        (Some(_), Verdict::Unreadable) => 1,
        (Some(_), _) => 2,
    };
    (readable, arrival.received, arrival.path, arrival.hash)
}

/// The submission that counts, by its index, for every agency and year.
fn counting<'a, K: Copy + Eq + std::hash::Hash>(
    owned: &[Owned<'_, 'a>],
    year: impl Fn(&Arrival<'a>) -> K,
) -> HashMap<(Whose, K), usize> {
    let mut counting: HashMap<(Whose, K), usize> = HashMap::new();
    for (index, own) in owned.iter().enumerate() {
        let Some(whose) = own.whose else { continue };
        let counts = counting.entry((whose, year(own.arrival))).or_insert(index);
        if rank(own.arrival) > rank(owned[*counts].arrival) {
            *counts = index;
        }
    }
    counting
}

/// The report that counts for every agency and year that a title names.
fn counting_of_years<'s, 'a: 's>(
    owned: impl Iterator<Item = &'s Owned<'s, 'a>>,
) -> HashMap<(Whose, i32), &'s Arrival<'a>> {
    let mut counting: HashMap<(Whose, i32), &'s Arrival<'a>> = HashMap::new();
    for own in owned.filter(|own| own.arrival.digest.is_some_and(|digest| !digest.recognised)) {
        let Some(key) = own.whose.zip(own.arrival.year) else { continue };
        let counts = counting.entry(key).or_insert(own.arrival);
        if rank(own.arrival) > rank(counts) {
            *counts = own.arrival;
        }
    }
    counting
}

/// Whose each of `arrivals` is: by the word of an operator, by the roster, else by its name.
fn owners<'s, 'a>(arrivals: impl Iterator<Item = &'s Arrival<'a>>, terms: &Terms<'_>) -> Vec<Owned<'s, 'a>> {
    let arrivals: Vec<&Arrival<'a>> = arrivals.collect();
    let names: Vec<Option<Name>> = arrivals.iter().map(|arrival| arrival.agency.map(Name::of)).collect();
    let home = usual_place(names.iter().flatten()).unwrap_or_default();
    let index = terms.roster.map(|roster| Index::of(roster, &home));
    // One look-up for each name, however many files bear it.
    let mut looked_up: HashMap<&str, Match> = HashMap::new();
    let mut owned = Vec::with_capacity(arrivals.len());
    for (&arrival, name) in arrivals.iter().zip(&names) {
        let Some(index) = &index else {
            owned.push(Owned { arrival, whose: None, offered: Vec::new(), ambiguous: false });
            continue;
        };
        let by_word = terms.matches.get(arrival.path).or_else(|| terms.matches.get(arrival.agency?));
        let found = by_word.and_then(|unit| index.named(unit)).map_or_else(
            || match name {
                Some(name) => looked_up
                    .entry(arrival.agency.unwrap_or_default())
                    .or_insert_with(|| index.find(&name.text))
                    .clone(),
                None => Match::Offered(index.in_file_name(arrival.path)),
            },
            Match::Unit,
        );
        owned.push(match found {
            Match::Unit(unit) => {
                Owned { arrival, whose: Some(Whose::Unit(unit)), offered: Vec::new(), ambiguous: false }
            }
            Match::Offered(offered) => Owned { arrival, whose: None, offered, ambiguous: false },
            Match::Ambiguous(offered) => Owned { arrival, whose: None, offered, ambiguous: true },
        });
    }
    let numbers =
        same_agencies(owned.iter().zip(&names).map(|(own, name)| name.as_ref().filter(|_| own.whose.is_none())));
    for (own, number) in owned.iter_mut().zip(numbers) {
        own.whose = own.whose.or(number.map(Whose::Agency));
    }
    owned
}
