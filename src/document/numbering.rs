//! Numbers that word processors generate before paragraphs: the label is text that a reader of the page sees, so
//! it is put before the paragraph's own.

use std::collections::{HashMap, HashSet};

use super::numeral;

/// Levels of a list.
pub(super) const LEVELS: usize = 9;

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Lists by their numbers.
    pub(super) lists: HashMap<u32, List>,
    /// What lists are made after.
    pub(super) patterns: HashMap<u32, Pattern>,
}

/// A list, after a pattern.
#[derive(Debug, Default)]
pub(super) struct List {
    /// Lists after the same pattern count on.
    pub(super) pattern: u32,
    /// What it changes, by level.
    pub(super) changes: HashMap<usize, Change>,
}

/// What a list changes of a level of its pattern.
#[derive(Debug, Default)]
pub(super) struct Change {
    /// Where it begins.
    pub(super) start: Option<u32>,
    /// Everything else.
    pub(super) level: Option<Level>,
}

/// Levels, from 0.
pub(super) type Pattern = HashMap<usize, Level>;

/// A part of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A character.
    Character(char),
    /// The number of a level, from 0.
    Number(usize),
}

/// How paragraphs of a level are numbered.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    /// Its first number.
    pub(super) start: u32,
    /// The form of its numbers, by its name in ECMA-376.
    pub(super) format: String,
    /// Its label.
    pub(super) label: Vec<Part>,
    /// Whether anything is set between the number and the text.
    pub(super) is_apart: bool,
    /// The level, from 1, after which this one begins again; 0 never.
    pub(super) restart: Option<usize>,
    /// Whether the numbers of the levels above are written in digits.
    pub(super) is_legal: bool,
    /// The style whose paragraphs are of this level.
    pub(super) style: Option<String>,
}

/// How far the lists have been counted.
#[derive(Debug, Default)]
pub(super) struct Counters {
    values: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Levels of lists that have begun where their list lets them begin.
    begun: HashSet<(u32, usize)>,
}

impl Numbering {
    /// The label of the next paragraph of the list `id` on the level `index`.
    pub(super) fn next(&self, counters: &mut Counters, id: u32, index: usize) -> Option<String> {
        let list = self.lists.get(&id)?;
        let index = index.min(LEVELS - 1);
        let level = self.level(list, index)?;
        let value = self.count(counters, id, list, index)?;
        let label = self.write(list, level, index, &counters.values[&list.pattern], value);
        if label.trim().is_empty() {
            return None;
        }
        let is_wide = label.ends_with(|c: char| !c.is_ascii());
        Some(if level.is_apart && !is_wide { label + " " } else { label })
    }

    fn level<'n>(&'n self, list: &'n List, index: usize) -> Option<&'n Level> {
        let changed = list.changes.get(&index).and_then(|change| change.level.as_ref());
        changed.or_else(|| self.patterns.get(&list.pattern)?.get(&index))
    }

    fn start(&self, list: &List, index: usize) -> u32 {
        let changed = list.changes.get(&index).and_then(|change| change.start);
        changed.or_else(|| self.level(list, index).map(|level| level.start)).unwrap_or(1)
    }

    /// Counts one paragraph of the level `index`; what lies below it begins again.
    fn count(&self, counters: &mut Counters, id: u32, list: &List, index: usize) -> Option<u32> {
        let values = counters.values.entry(list.pattern).or_default();
        let is_set = list.changes.get(&index).is_some_and(|change| change.start.is_some());
        let begins = is_set && counters.begun.insert((id, index));
        let value = match values[index] {
            Some(value) if !begins => value.checked_add(1)?,
            _ => self.start(list, index),
        };
        values[index] = Some(value);
        for (below, slot) in values.iter_mut().enumerate().skip(index + 1) {
            let restart = self.level(list, below).and_then(|level| level.restart);
            if restart.is_none_or(|after| index < after) {
                *slot = None;
            }
        }
        Some(value)
    }

    fn write(&self, list: &List, level: &Level, index: usize, values: &[Option<u32>; LEVELS], value: u32) -> String {
        if level.format == "bullet" {
            return String::new();
        }
        let mut label = String::new();
        for part in &level.label {
            let of = match *part {
                Part::Number(of) if of <= index => of,
                Part::Number(_) => continue,
                Part::Character(c) => {
                    label.push(c);
                    continue;
                }
            };
            let format = if of == index { Some(level) } else { self.level(list, of) };
            let format = format.map_or("decimal", |level| level.format.as_str());
            let format = if level.is_legal && of != index { "decimal" } else { format };
            let number = if of == index { value } else { values[of].unwrap_or_else(|| self.start(list, of)) };
            label.push_str(&numeral::write(format, number));
        }
        label
    }
}
