//! Running a property over many seeds and reporting the simplest failure.

use super::compare::Reading;
use crate::generate::Recipe;
use crate::generate::layout::Layout;

/// Reports per layout and property.
pub(super) fn cases() -> u64 {
    std::env::var("NIANSHEN_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(40)
}

/// Runs `property` on the reports that `recipe` makes, a `share`th of the usual number.
///
/// # Panics
/// If it fails for a seed; with the number of failures, the simplest one, and how to run it again.
pub(super) fn for_each_seed(
    layout: Layout,
    share: u64,
    recipe: impl Fn(Layout, u64) -> Recipe,
    property: impl Fn(&Reading) -> Result<(), String>,
) {
    let replayed = std::env::var("NIANSHEN_SEED").ok().and_then(|text| text.parse().ok());
    let seeds = replayed.map_or_else(|| 0..(cases() / share).max(1), |seed| seed..seed + 1);
    let count = seeds.end - seeds.start;
    let mut failures: Vec<(Recipe, String)> = Vec::new();
    for seed in seeds {
        let recipe = recipe(layout, seed);
        if let Err(message) = property(&Reading::of(recipe)) {
            failures.push((recipe, message));
        }
    }
    if failures.is_empty() {
        return;
    }
    let (recipe, reading, message) = simplest(&failures, &property);
    let mut summary = String::new();
    for (recipe, message) in failures.iter().take(12) {
        summary.push_str(&format!("  seed {}: {message}\n", recipe.seed));
    }
    if let Ok(directory) = std::env::var("NIANSHEN_FAILURES") {
        let name = format!("{directory}/{layout:?}-{:?}-{:?}-{}.txt", recipe.mutation, recipe.noise, recipe.seed);
        std::fs::write(name, &reading.sample.bytes).unwrap();
    }
    panic!(
        "{layout:?}: {} of {count} reports fail\n{summary}simplest (NIANSHEN_SEED={}): {recipe:?}\n  changed: {}\n  {message}\n",
        failures.len(),
        recipe.seed,
        reading.sample.mutated.what,
    );
}

/// The simplest variant of the failing recipes that still fails.
fn simplest(
    failures: &[(Recipe, String)],
    property: &impl Fn(&Reading) -> Result<(), String>,
) -> (Recipe, Reading, String) {
    let attempts = failures.iter().take(5).flat_map(|(recipe, _)| recipe.simpler()).chain([failures[0].0]);
    let mut failing = attempts.map(Reading::of).filter_map(|reading| {
        let message = property(&reading).err()?;
        Some((reading.recipe, reading, message))
    });
    failing.next().expect("the recipe that failed fails again")
}
