//! The catalogue of rules, one file per family.
//!
//! Adding a rule: write its entry and its check into the file of its family, and the smallest report that
//! breaks it into `samples/rules/CODE.txt` (or another extension). Everything else (output, manual, configuration) follows from
//! the entry.

mod cells;
mod disputes;
pub(crate) mod extent;
mod fee;
mod inbox;
mod period;
mod phrase;
mod proactive;
pub(crate) mod prose;
pub(crate) mod relation;
mod requests;
mod structure;
#[cfg(test)]
mod testing;
mod wording;

use std::sync::LazyLock;

use crate::rule::{Assessment, Case, Check, Rule};

pub(crate) use phrase::part as part_name;
pub(crate) use structure::announces_attachment;
pub(crate) use structure::tables::lost_its_tables;

/// The families in the order of the catalogue.
static FAMILIES: [&[Rule]; 19] = [
    structure::parts::RULES,
    structure::overview::RULES,
    structure::tables::RULES,
    structure::title::RULES,
    period::RULES,
    proactive::RULES,
    requests::RULES,
    requests::notice::RULES,
    disputes::RULES,
    prose::requests::RULES,
    prose::outcomes::RULES,
    prose::documents::RULES,
    prose::lists::RULES,
    prose::itself::RULES,
    prose::vague::RULES,
    fee::RULES,
    fee::charge::RULES,
    wording::RULES,
    inbox::RULES,
];

static CATALOGUE: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let mut rules: Vec<&'static Rule> = FAMILIES.iter().copied().flatten().collect();
    let family = |rule: &Rule| FAMILIES.iter().position(|family| family[0].family() == rule.family());
    rules.sort_by_key(|rule| (family(rule), rule.code));
    rules
});

/// Every rule, in the order of the catalogue.
pub fn catalogue() -> impl Iterator<Item = &'static Rule> {
    CATALOGUE.iter().copied()
}

/// The rule with this code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Rule> {
    catalogue().find(|rule| rule.code == code)
}

/// What `rule` answers for `case`.
#[must_use]
pub fn assess(rule: &Rule, case: &Case<'_>) -> Assessment {
    match rule.check {
        Check::Report(check) => check(case),
        Check::Relation(relation) => relation::assess(rule, case, relation),
        Check::Intake => Assessment::holds(),
    }
}
