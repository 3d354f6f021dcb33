//! Numbers that the program generates before paragraphs (ECMA-376, 17.9): the label is text that a reader of
//! the page sees, so it is put before the paragraph's own.

use std::collections::{HashMap, HashSet};

use super::style::{NumberOf, Styles, switch, value};
use crate::document::numeral;
use crate::document::xml::Element;

/// Levels of a list.
const LEVELS: usize = 9;

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<u32, List>,
    patterns: HashMap<u32, Pattern>,
}

/// A list, after a pattern.
#[derive(Debug, Default)]
struct List {
    pattern: u32,
    changes: HashMap<usize, Change>,
}

/// What a list changes of a level of its pattern.
#[derive(Debug, Default)]
struct Change {
    start: Option<u32>,
    level: Option<Level>,
}

type Pattern = HashMap<usize, Level>;

/// How paragraphs of a level are numbered.
#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// Whether anything is set between the number and the text.
    is_apart: bool,
    /// The level, from 1, after which this one begins again; 0 never.
    restart: Option<usize>,
    /// Whether the numbers of the levels above are written in digits.
    is_legal: bool,
    /// The style whose paragraphs are of this level.
    style: Option<String>,
}

/// How far the lists have been counted.
#[derive(Debug, Default)]
pub(super) struct Counters {
    values: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Levels of lists that have begun where their list lets them begin.
    begun: HashSet<(u32, usize)>,
}

impl Numbering {
    /// The lists under `root`.
    pub(super) fn of(root: &Element, styles: &Styles) -> Self {
        let mut numbering = Self::default();
        let mut links = Vec::new();
        for element in root.elements().filter(|element| element.space == "w") {
            let number = |name: &str| element.attribute("w", name)?.trim().parse::<u32>().ok();
            match element.name {
                "abstractNum" => {
                    let Some(id) = number("abstractNumId") else { continue };
                    if let Some(style) = value(Some(element), "numStyleLink") {
                        links.push((id, style.to_owned()));
                    }
                    let levels = element.elements().filter(|child| child.is("w", "lvl"));
                    numbering.patterns.insert(id, levels.filter_map(Level::of).collect());
                }
                "num" => {
                    let pattern = value(Some(element), "abstractNumId").and_then(|id| id.trim().parse().ok());
                    let (Some(id), Some(pattern)) = (number("numId"), pattern) else { continue };
                    let changes = element.elements().filter(|child| child.is("w", "lvlOverride"));
                    numbering.lists.insert(id, List { pattern, changes: changes.filter_map(Change::of).collect() });
                }
                _ => {}
            }
        }
        for (id, style) in links {
            let list = styles.number(Some(&style)).0.list.and_then(|list| numbering.lists.get(&list));
            let pattern = list.and_then(|list| numbering.patterns.get(&list.pattern)).cloned();
            if let Some(pattern) = pattern.filter(|pattern| !pattern.is_empty()) {
                numbering.patterns.insert(id, pattern);
            }
        }
        numbering
    }

    /// The label of the next paragraph of the style `style` whose own properties say `own`.
    pub(super) fn label(
        &self,
        counters: &mut Counters,
        own: NumberOf,
        style: Option<&str>,
        styles: &Styles,
    ) -> Option<String> {
        let (by_style, by) = styles.number(style);
        let id = own.list.or(by_style.list).filter(|&id| id != 0)?;
        let list = self.lists.get(&id)?;
        let linked = || {
            let pattern = self.patterns.get(&list.pattern)?;
            let is_linked = |style: &str| pattern.iter().find(|(_, level)| level.style.as_deref() == Some(style));
            style.and_then(is_linked).or_else(|| by.and_then(is_linked)).map(|(index, _)| *index)
        };
        let index = own.level.or(by_style.level).or_else(linked).unwrap_or(0).min(LEVELS - 1);
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
        let mut text = level.text.chars().peekable();
        while let Some(c) = text.next() {
            let of = text.peek().and_then(|next| next.to_digit(10)).filter(|&of| c == '%' && of > 0);
            let Some(of) = of.map(|of| of as usize - 1).filter(|&of| of <= index) else {
                label.push(c);
                continue;
            };
            text.next();
            let format = if of == index { Some(level) } else { self.level(list, of) };
            let format = format.map_or("decimal", |level| level.format.as_str());
            let format = if level.is_legal && of != index { "decimal" } else { format };
            let number = if of == index { value } else { values[of].unwrap_or_else(|| self.start(list, of)) };
            label.push_str(&numeral::write(format, number));
        }
        label
    }
}

impl Level {
    fn of(element: &Element) -> Option<(usize, Self)> {
        let index = element.attribute("w", "ilvl")?.trim().parse::<usize>().ok().filter(|&index| index < LEVELS)?;
        let number = |name: &str| value(Some(element), name)?.trim().parse::<u32>().ok();
        let format = element.child("numFmt").or_else(|| element.descendant("w", "numFmt"));
        let level = Self {
            start: number("start").unwrap_or(0),
            format: format.and_then(|format| format.attribute("w", "val")).unwrap_or("decimal").to_owned(),
            text: value(Some(element), "lvlText").unwrap_or_default().to_owned(),
            is_apart: value(Some(element), "suff") != Some("nothing"),
            restart: number("lvlRestart").map(|level| level as usize),
            is_legal: switch(Some(element), "isLgl") == Some(true),
            style: value(Some(element), "pStyle").map(str::to_owned),
        };
        Some((index, level))
    }
}

impl Change {
    fn of(element: &Element) -> Option<(usize, Self)> {
        let index = element.attribute("w", "ilvl")?.trim().parse::<usize>().ok().filter(|&index| index < LEVELS)?;
        let start = value(Some(element), "startOverride").and_then(|start| start.trim().parse().ok());
        Some((index, Self { start, level: element.child("lvl").and_then(Level::of).map(|(_, level)| level) }))
    }
}
