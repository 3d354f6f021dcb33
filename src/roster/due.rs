//! Until when a unit must report: by the local notice, else by law.

use jiff::civil::{Date, date};

use super::Unit;
use crate::report::agency::{Kind, Level};

/// The days by which reports are due by the local notice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deadlines {
    /// For every kind of body that has none of its own.
    pub default: Option<Date>,
    /// For departments, offices of governments and committees of zones.
    pub department: Option<Date>,
    /// For governments of county level and above.
    pub government: Option<Date>,
    /// For governments of townships.
    pub township: Option<Date>,
    /// For subdistrict offices.
    pub subdistrict: Option<Date>,
}

impl Deadlines {
    /// The same day for everyone.
    #[must_use]
    pub fn all(day: Date) -> Self {
        Self { default: Some(day), ..Self::default() }
    }

    /// The local date for `unit`: that of the roster, else that of its kind, else that for all.
    #[must_use]
    pub fn local(&self, unit: &Unit) -> Option<Date> {
        let own = match (unit.kind, unit.level) {
            (Some(Kind::Subdistrict), _) => self.subdistrict,
            (Some(Kind::Government), Some(Level::Township)) => self.township,
            (Some(Kind::Government), _) => self.government,
            _ => self.department,
        };
        unit.due.or(own).or(self.default)
    }

    /// The day by which `unit` must hand in its report for `year`: the local date, else the law's.
    #[must_use]
    pub fn due(&self, unit: &Unit, year: Option<i32>) -> Option<Date> {
        self.local(unit).or_else(|| unit.statutory(year?))
    }
}

impl Unit {
    /// The day by which the law wants its report for `year` (条例第四十九条): 31 January for departments at county
    /// level and above, 31 March for governments. The law names no day for townships, subdistricts and zones.
    #[must_use]
    pub fn statutory(&self, year: i32) -> Option<Date> {
        let following = i16::try_from(year).ok()?.checked_add(1).filter(|year| (1..9999).contains(year))?;
        match (self.kind?, self.level) {
            (_, Some(Level::Township | Level::Zone))
            | (Kind::Subdistrict | Kind::ZoneCommittee, _)
            | (Kind::Government, None) => None,
            (Kind::Government, Some(_)) => Some(date(following, 3, 31)),
            (Kind::Department | Kind::GovernmentOffice, _) => Some(date(following, 1, 31)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(kind: Option<Kind>, level: Option<Level>) -> Unit {
        Unit { kind, level, ..Unit::named("甲") }
    }

    #[test]
    fn the_law_names_a_day_for_governments_and_departments_only() {
        use Kind::{Department, Government, GovernmentOffice, Subdistrict, ZoneCommittee};
        use Level::{City, County, Prefecture, Township, Zone};
        for (kind, level, expected) in [
            (Some(Department), Some(County), Some(date(2025, 1, 31))),
            (Some(Department), None, Some(date(2025, 1, 31))),
            (Some(GovernmentOffice), Some(Prefecture), Some(date(2025, 1, 31))),
            (Some(Government), Some(County), Some(date(2025, 3, 31))),
            (Some(Government), Some(City), Some(date(2025, 3, 31))),
            (Some(Government), Some(Township), None),
            (Some(Government), None, None),
            (Some(Subdistrict), Some(Township), None),
            (Some(ZoneCommittee), Some(Zone), None),
            (Some(Department), Some(Zone), None),
            (None, Some(County), None),
        ] {
            assert_eq!(unit(kind, level).statutory(2024), expected, "{kind:?} {level:?}");
        }
        assert_eq!(unit(Some(Department), Some(County)).statutory(i32::MAX), None);
    }

    #[test]
    fn the_roster_goes_before_the_notice_and_the_notice_before_the_law() {
        let notice = Deadlines {
            default: Some(date(2025, 1, 20)),
            township: Some(date(2025, 1, 15)),
            government: Some(date(2025, 2, 28)),
            ..Deadlines::default()
        };
        let department = unit(Some(Kind::Department), Some(Level::County));
        let township = unit(Some(Kind::Government), Some(Level::Township));
        let government = unit(Some(Kind::Government), Some(Level::County));
        let own = Unit { due: Some(date(2025, 1, 10)), ..township.clone() };
        for (deadlines, unit, expected) in [
            (&notice, &department, Some(date(2025, 1, 20))),
            (&notice, &township, Some(date(2025, 1, 15))),
            (&notice, &government, Some(date(2025, 2, 28))),
            (&notice, &own, Some(date(2025, 1, 10))),
            (&Deadlines::default(), &department, Some(date(2025, 1, 31))),
            (&Deadlines::default(), &government, Some(date(2025, 3, 31))),
            (&Deadlines::default(), &township, None),
        ] {
            assert_eq!(deadlines.due(unit, Some(2024)), expected, "{unit:?}");
        }
        assert_eq!(Deadlines::default().due(&department, None), None);
    }
}
