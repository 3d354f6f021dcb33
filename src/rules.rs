//! The catalogue of rules, one file per family.
//!
//! Adding a rule: write its entry and its check into the file of its family, and the smallest report that
//! breaks it into `samples/rules/CODE.txt` (or another extension). Everything else (output, manual, configuration) follows from
//! the entry.

mod agency;
mod carry;
mod cells;
mod disputes;
pub(crate) mod extent;
mod fee;
mod inbox;
mod passage;
mod period;
mod phrase;
mod privacy;
mod proactive;
pub(crate) mod prose;
pub(crate) mod relation;
mod requests;
mod rollup;
mod shared;
mod similar;
mod structure;
#[cfg(test)]
mod testing;
mod wording;

use std::sync::LazyLock;

use crate::finding::Finding;
use crate::report::Report;
use crate::rule::{Assessment, Campaign, Case, Check, Raised, Rule};

pub(crate) use phrase::part as part_name;
pub(crate) use structure::announces_attachment;
pub(crate) use structure::tables::lost_its_tables;

/// The families in the order of the catalogue.
static FAMILIES: [&[Rule]; 45] = [
    structure::parts::RULES,
    structure::overview::RULES,
    structure::content::RULES,
    structure::numbering::RULES,
    structure::tables::RULES,
    structure::title::RULES,
    period::RULES,
    period::stale::RULES,
    period::outlook::RULES,
    period::signature::RULES,
    agency::RULES,
    proactive::RULES,
    proactive::powers::RULES,
    requests::RULES,
    requests::notice::RULES,
    disputes::RULES,
    disputes::direct::RULES,
    prose::requests::RULES,
    prose::outcomes::RULES,
    prose::documents::RULES,
    prose::lists::RULES,
    prose::itself::RULES,
    prose::vague::RULES,
    fee::RULES,
    fee::charge::RULES,
    fee::terms::RULES,
    wording::RULES,
    wording::words_twice::RULES,
    wording::typo::RULES,
    wording::citation::RULES,
    wording::placeholder::RULES,
    wording::outdated::RULES,
    wording::punctuation::RULES,
    privacy::RULES,
    carry::RULES,
    carry::stock::RULES,
    carry::prose::RULES,
    carry::figures::RULES,
    carry::jump::RULES,
    rollup::RULES,
    shared::RULES,
    inbox::RULES,
    inbox::missing::RULES,
    inbox::versions::RULES,
    inbox::unexpected::RULES,
];

static CATALOGUE: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let mut rules: Vec<&'static Rule> = FAMILIES.iter().copied().flatten().collect();
    let family = |rule: &Rule| FAMILIES.iter().position(|family| family[0].family() == rule.family());
    rules.sort_by_cached_key(|rule| (family(rule), rule.code));
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

/// Folds consequences under their root causes: sets `under` of every finding that another one explains. Indices are
/// those of `findings`.
pub(crate) fn fold(report: &Report, findings: &mut [Finding]) {
    relation::fold(report, findings);
    structure::fold(findings);
    prose::fold(findings);
}

/// What `rule` answers for `case`.
#[must_use]
pub fn assess(rule: &Rule, case: &Case<'_>) -> Assessment {
    match rule.check {
        Check::Report(check) => check(case),
        Check::Relation(relation) => relation::assess(rule, case, relation),
        Check::Campaign(_) | Check::Intake => Assessment::holds(),
    }
}

/// What the rules beyond one file find in `campaign`, in the order of the catalogue.
#[must_use]
pub fn compare(campaign: &Campaign<'_>) -> Vec<Raised> {
    let asked = catalogue().filter_map(|rule| match rule.check {
        Check::Campaign(check) => Some(check),
        _ => None,
    });
    // One that looks at one report also looks at last year's.
    asked.chain([carry::name::differs as fn(&Campaign<'_>) -> Vec<Raised>]).flat_map(|check| check(campaign)).collect()
}
