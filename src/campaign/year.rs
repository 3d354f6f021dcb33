//! Which year a campaign is about, where nobody said so.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Arrival;

/// The year before `today`, if any report is for it: a campaign that has just begun has few of them beside last year's.
/// Otherwise the year of most reports, of equals the later.
pub(super) fn shown(inbox: &[Arrival<'_>], today: Date) -> Option<i32> {
    let mut years: BTreeMap<i32, usize> = BTreeMap::new();
    for year in inbox.iter().filter(|arrival| arrival.digest.is_some()).filter_map(|arrival| arrival.year) {
        *years.entry(year).or_default() += 1;
    }
    let last = i32::from(today.year()) - 1;
    if years.contains_key(&last) {
        return Some(last);
    }
    years.into_iter().max_by_key(|&(year, count)| (count, year)).map(|(year, _)| year)
}
