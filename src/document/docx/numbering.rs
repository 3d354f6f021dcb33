//! The lists of Office Open XML (ECMA-376, 17.9).

use crate::document::numbering::{Change, Counters, LEVELS, Level, List, Numbering, Part};
use crate::document::xml::Element;

use super::style::{NumberOf, Styles, switch, value};

/// The lists under `root`.
pub(super) fn lists(root: &Element, styles: &Styles) -> Numbering {
    let mut numbering = Numbering::default();
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
                numbering.patterns.insert(id, levels.filter_map(level).collect());
            }
            "num" => {
                let pattern = value(Some(element), "abstractNumId").and_then(|id| id.trim().parse().ok());
                let (Some(id), Some(pattern)) = (number("numId"), pattern) else { continue };
                let changes = element.elements().filter(|child| child.is("w", "lvlOverride"));
                numbering.lists.insert(id, List { pattern, changes: changes.filter_map(change).collect() });
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
    numbering: &Numbering,
    counters: &mut Counters,
    own: NumberOf,
    style: Option<&str>,
    styles: &Styles,
) -> Option<String> {
    let (by_style, by) = styles.number(style);
    let id = own.list.or(by_style.list).filter(|&id| id != 0)?;
    let list = numbering.lists.get(&id)?;
    let linked = || {
        let pattern = numbering.patterns.get(&list.pattern)?;
        let is_linked = |style: &str| pattern.iter().find(|(_, level)| level.style.as_deref() == Some(style));
        style.and_then(is_linked).or_else(|| by.and_then(is_linked)).map(|(index, _)| *index)
    };
    numbering.next(counters, id, own.level.or(by_style.level).or_else(linked).unwrap_or(0))
}

fn level(element: &Element) -> Option<(usize, Level)> {
    let index = element.attribute("w", "ilvl")?.trim().parse::<usize>().ok().filter(|&index| index < LEVELS)?;
    let number = |name: &str| value(Some(element), name)?.trim().parse::<u32>().ok();
    let format = element.child("numFmt").or_else(|| element.descendant("w", "numFmt"));
    let level = Level {
        start: number("start").unwrap_or(0),
        format: format.and_then(|format| format.attribute("w", "val")).unwrap_or("decimal").to_owned(),
        label: parts(value(Some(element), "lvlText").unwrap_or_default(), index),
        is_apart: value(Some(element), "suff") != Some("nothing"),
        restart: number("lvlRestart").map(|level| level as usize),
        is_legal: switch(Some(element), "isLgl") == Some(true),
        style: value(Some(element), "pStyle").map(str::to_owned),
    };
    Some((index, level))
}

/// The label of the level `index`, in which `%1` stands for the number of the first level.
fn parts(text: &str, index: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut text = text.chars().peekable();
    while let Some(c) = text.next() {
        let of = text.peek().and_then(|next| next.to_digit(10)).filter(|&of| c == '%' && of > 0);
        match of.map(|of| of as usize - 1).filter(|&of| of <= index) {
            Some(of) => {
                text.next();
                parts.push(Part::Number(of));
            }
            None => parts.push(Part::Character(c)),
        }
    }
    parts
}

fn change(element: &Element) -> Option<(usize, Change)> {
    let index = element.attribute("w", "ilvl")?.trim().parse::<usize>().ok().filter(|&index| index < LEVELS)?;
    let start = value(Some(element), "startOverride").and_then(|start| start.trim().parse().ok());
    Some((index, Change { start, level: element.child("lvl").and_then(level).map(|(_, level)| level) }))
}
