//! Until when a unit must report: by the local notice, else by law.

use jiff::civil::{Date, date};

use super::{Roster, Unit};
use crate::report::agency::{Kind, Level};
use crate::text::{Wording, printable};

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

    /// The local date for `unit` and its report for `year`: that of the roster, else that of its kind, else that for
    /// all. A day on which the year had not ended cannot be meant.
    #[must_use]
    fn local(&self, unit: &Unit, year: Option<i32>) -> Option<Date> {
        let own = match (unit.kind, unit.level) {
            (Some(Kind::Subdistrict), _) => self.subdistrict,
            (Some(Kind::Government), Some(Level::Township)) => self.township,
            (Some(Kind::Government), _) => self.government,
            _ => self.department,
        };
        let days = [unit.due, own, self.default].into_iter().flatten();
        days.into_iter().find(|&day| year.is_none_or(|year| !is_early(day, year)))
    }

    /// The day by which `unit` must hand in its report for `year`: the local date, else the law's.
    #[must_use]
    pub fn due(&self, unit: &Unit, year: Option<i32>) -> Option<Date> {
        self.local(unit, year).or_else(|| unit.statutory(year?))
    }

    /// The first of these days on which `year` had not ended.
    #[must_use]
    pub fn early(&self, year: i32) -> Option<Date> {
        let days = [self.default, self.department, self.government, self.township, self.subdistrict];
        days.into_iter().flatten().find(|&day| is_early(day, year))
    }

    /// What is wrong with the days by which reports for `year` are due, here and in `roster`: one line for each of
    /// both.
    #[must_use]
    pub fn doubts(&self, roster: &Roster, year: i32) -> Vec<Wording> {
        let mut doubts = Vec::new();
        if let Some(day) = self.early(year) {
            doubts.push(Wording::new(
                format!("[campaign] due：截止日 {day} 时 {year} 年还没有结束，不作数；请改正"),
                format!("[campaign] due: on {day} the year {year} had not ended; the day does not count, correct it"),
            ));
        }
        let dated = roster.units.iter().filter_map(|unit| Some((unit, unit.due?)));
        let (early, late): (Vec<_>, Vec<_>) = dated
            .filter(|&(_, day)| is_early(day, year) || i32::from(day.year()) > year + 2)
            .partition(|&(_, day)| is_early(day, year));
        for (found, zh, en) in [
            (early, "还没有结束，不作数；请改正", "had not ended; the day does not count, correct it"),
            (late, "早已结束；请核对", "is long past; check it"),
        ] {
            let Some(&(unit, day)) = found.first() else { continue };
            let place = format!("{}:{}", printable(&roster.name), unit.line);
            let name = printable(&unit.agency);
            let (more_zh, more_en) = match found.len() - 1 {
                0 => (String::new(), String::new()),
                more => (format!("（另有 {more} 家）"), format!(" (and {more} more)")),
            };
            doubts.push(Wording::new(
                format!("{place}：{name}的截止日 {day} 时 {year} 年{zh}{more_zh}"),
                format!("{place}: {name} is due on {day}, when the year {year} {en}{more_en}"),
            ));
        }
        doubts
    }
}

/// Whether `year` had not ended on `day`.
fn is_early(day: Date, year: i32) -> bool {
    i32::from(day.year()) <= year
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

    #[test]
    fn a_day_on_which_the_year_had_not_ended_does_not_count_and_is_named() {
        let unit = |agency: &str, line, due: Option<Date>| Unit {
            due,
            line,
            kind: Some(Kind::Department),
            level: Some(Level::County),
            ..Unit::named(agency)
        };
        let roster = Roster {
            name: "roster.csv".to_owned(),
            units: vec![
                unit("甲局", 2, Some(date(2023, 1, 20))),
                unit("乙局", 3, Some(date(2024, 1, 20))),
                unit("丙局", 4, Some(date(2023, 12, 31))),
                unit("丁局", 5, Some(date(2042, 1, 20))),
                unit("戊局", 6, None),
            ],
        };
        let typo = Deadlines::all(date(2023, 1, 15));
        let due = |deadlines: &Deadlines| roster.units.iter().map(|unit| deadlines.due(unit, Some(2023))).collect();
        let law = Some(date(2024, 1, 31));
        let expected: Vec<_> = vec![law, Some(date(2024, 1, 20)), law, Some(date(2042, 1, 20)), law];
        assert_eq!((due(&Deadlines::default()), due(&typo)), (expected.clone(), expected));
        let told: Vec<String> = typo.doubts(&roster, 2023).into_iter().map(|doubt| doubt.en).collect();
        assert_eq!(
            told,
            [
                "[campaign] due: on 2023-01-15 the year 2023 had not ended; the day does not count, correct it",
                "roster.csv:2: 甲局 is due on 2023-01-20, when the year 2023 had not ended; the day does not count, \
                 correct it (and 1 more)",
                "roster.csv:5: 丁局 is due on 2042-01-20, when the year 2023 is long past; check it",
            ]
        );
        assert_eq!(Deadlines::all(date(2023, 1, 15)).doubts(&roster, 2022).len(), 1);
    }
}
