//! The generator itself: its figures balance, its names are the reader's, its reports can be looked at.

use std::collections::BTreeSet;
use std::fs;

use nianshen::report::form::{RowKind, TableKind};

use super::compare::key_of;
use super::run::cases;
use crate::generate::Recipe;
use crate::generate::layout::Layout;
use crate::generate::mutate::Mutation;
use crate::generate::noise::Noise;
use crate::generate::tables::{Expect, Key};

#[test]
fn figures_balance() {
    for layout in Layout::ALL {
        for seed in 0..cases() {
            let sample = Recipe::new(layout, seed).sample();
            assert!(sample.figures.is_balanced(), "{layout:?} {seed}");
            let numbers = sample.mutated.expected.values().filter(|expect| matches!(expect, Expect::Number(_))).count();
            assert_eq!(numbers, 200);
        }
    }
}

#[test]
fn both_declarations_of_the_form_have_the_same_cells() {
    let sample = Recipe::new(Layout::RowPerLine, 0).sample();
    let written: BTreeSet<Key> =
        sample.mutated.expected.iter().filter(|(_, expect)| **expect != Expect::Absent).map(|(key, _)| *key).collect();
    let read: BTreeSet<Key> = TableKind::ALL.into_iter().flat_map(TableKind::cells).map(key_of).collect();
    assert_eq!(written, read);
    let groups = TableKind::Requests.form().rows.iter().filter(|row| row.kind != RowKind::Value);
    assert!(groups.into_iter().all(|row| sample.mutated.expected.contains_key(&("requests", row.id, "total"))));
}

#[test]
fn the_same_seed_gives_the_same_report() {
    for layout in Layout::ALL {
        let recipe = Recipe::new(layout, 7).noise(Noise::Everything).mutation(Mutation::Mark);
        assert_eq!(recipe.sample().bytes, recipe.sample().bytes);
    }
}

/// With `NIANSHEN_DUMP` set to a directory, writes reports of every layout there, the truth beside each.
#[test]
fn reports_can_be_looked_at() {
    let Ok(directory) = std::env::var("NIANSHEN_DUMP") else { return };
    for layout in Layout::ALL {
        for seed in 0..cases().min(20) {
            let noise = if seed % 4 == 3 { Noise::Everything } else { Noise::Quiet };
            let sample = Recipe::new(layout, seed).noise(noise).sample();
            let stem = format!("{directory}/{layout:?}-{seed:02}");
            fs::create_dir_all(&directory).unwrap();
            fs::write(format!("{stem}.txt"), &sample.text).unwrap();
            fs::write(format!("{stem}.bytes"), &sample.bytes).unwrap();
            let cells: serde_json::Map<String, serde_json::Value> = sample
                .mutated
                .expected
                .iter()
                .filter_map(|((table, row, column), expect)| match expect {
                    Expect::Number(text) => Some((format!("{table}/{row}/{column}"), text.clone().into())),
                    _ => None,
                })
                .collect();
            let truth = serde_json::json!({"agency": sample.agency.name, "year": sample.year, "cells": cells});
            fs::write(format!("{stem}.json"), serde_json::to_string_pretty(&truth).unwrap()).unwrap();
        }
    }
}
