//! How each unit of the roster stands in the campaign, and the totals a dashboard shows.

use jiff::civil::Date;
use jiff::{Timestamp, Unit as Span};

use super::{Campaign, Member};
use crate::report::agency::{Kind, Level};
use crate::roster::Unit;

/// Whether a unit has reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Nothing has arrived, and it is too late.
    Missing,
    /// Nothing has arrived yet; with the days that are left, where a day is set.
    Awaited {
        /// Days from today to the day by which it is due; 0 on that day.
        left: Option<i32>,
    },
    /// It has reported, after the day by which it was due.
    Late {
        /// By how many days.
        by: i32,
    },
    /// It has reported.
    Submitted,
    /// It need not report, and has not.
    Exempt,
}

/// How a unit stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The unit, by its index in the roster.
    pub unit: usize,
    /// Whether it has reported.
    pub state: State,
    /// The day by which it must.
    pub due: Option<Date>,
    /// The submission that counts, by its index among the members.
    pub member: Option<usize>,
    /// When its first version arrived.
    pub first: Option<Timestamp>,
}

/// Units by state. They add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All.
    pub units: usize,
    /// Still awaited.
    pub awaited: usize,
    /// Reported in time.
    pub submitted: usize,
    /// Reported late.
    pub late: usize,
    /// Not reported.
    pub missing: usize,
    /// Need not report.
    pub exempt: usize,
}

impl Count {
    fn add(&mut self, state: State) {
        self.units += 1;
        *match state {
            State::Missing => &mut self.missing,
            State::Awaited { .. } => &mut self.awaited,
            State::Late { .. } => &mut self.late,
            State::Submitted => &mut self.submitted,
            State::Exempt => &mut self.exempt,
        } += 1;
    }
}

/// How all units stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// All units.
    pub all: Count,
    /// By level and kind, the highest level first, in the order in which the roster names kinds of a level.
    pub by_kind: Vec<(Option<Level>, Option<Kind>, Count)>,
    /// Submissions that count for no unit of the roster; 0 without a roster.
    pub unexpected: usize,
}

impl Campaign<'_> {
    /// How each unit of the roster stands, in the order of the roster; empty without one.
    #[must_use]
    pub fn standings(&self) -> Vec<Standing> {
        let Some(roster) = self.roster else { return Vec::new() };
        let mut arrived: Vec<(Option<usize>, Option<Timestamp>)> = vec![(None, None); roster.units.len()];
        for (index, member) in self.members.iter().enumerate().filter(|(_, member)| self.is_of_this_year(member)) {
            let Some((counts, first)) = member.unit.and_then(|unit| arrived.get_mut(unit)) else { continue };
            if member.superseded_by.is_none() && counts.is_none_or(|other| self.members[other].year.is_none()) {
                *counts = Some(index);
            }
            *first = Some(first.map_or(member.received, |first| first.min(member.received)));
        }
        let units = roster.units.iter().zip(arrived).enumerate();
        units
            .map(|(unit, (known, (member, first)))| {
                let due = self.due.get(unit).copied().flatten();
                let state = self.state(known, due, first);
                Standing { unit, state, due, member, first }
            })
            .collect()
    }

    fn state(&self, unit: &Unit, due: Option<Date>, first: Option<Timestamp>) -> State {
        let is_exempt = unit.exempt.is_some();
        let Some(first) = first else {
            return match due {
                _ if is_exempt => State::Exempt,
                Some(due) if due < self.today => State::Missing,
                due => State::Awaited { left: due.map(|due| days(self.today, due)) },
            };
        };
        let day = self.zone.to_datetime(first).date();
        let can_be_late = !is_exempt && (self.days_count || !self.is_due_by_law(unit, due));
        match due.filter(|&due| due < day && can_be_late) {
            Some(due) => State::Late { by: days(due, day) },
            None => State::Submitted,
        }
    }

    /// Whether the day by which `unit` must report is the law's and not a local one.
    #[must_use]
    pub fn is_due_by_law(&self, unit: &Unit, due: Option<Date>) -> bool {
        due.is_none() || due == self.year.and_then(|year| unit.statutory(year))
    }

    /// The totals over all units, and by level and kind.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let mut totals = Totals { unexpected: self.unexpected().count(), ..Totals::default() };
        for standing in self.standings() {
            let Some(unit) = self.roster.and_then(|roster| roster.units.get(standing.unit)) else { continue };
            totals.all.add(standing.state);
            let own = totals.by_kind.iter().position(|&(level, kind, _)| (level, kind) == (unit.level, unit.kind));
            let own = own.unwrap_or_else(|| {
                totals.by_kind.push((unit.level, unit.kind, Count::default()));
                totals.by_kind.len() - 1
            });
            totals.by_kind[own].2.add(standing.state);
        }
        totals.by_kind.sort_by_key(|&(level, _, _)| (level.is_none(), level));
        totals
    }

    /// The reports of agencies that match no unit of the roster, with their index; none without a roster.
    pub fn unexpected(&self) -> impl Iterator<Item = (usize, &Member<'_>)> {
        let has_roster = self.roster.is_some();
        self.current().filter(move |(_, member)| {
            has_roster && member.unit.is_none() && member.agency.is_some() && self.is_of_this_year(member)
        })
    }
}

/// Days from `from` to `to`.
fn days(from: Date, to: Date) -> i32 {
    from.until((Span::Day, to)).map_or(0, |span| span.get_days())
}
