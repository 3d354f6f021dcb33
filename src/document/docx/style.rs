//! What styles say about paragraphs and runs that changes the text: numbers, hidden text, tables of contents.

use std::collections::HashMap;

use crate::document::raised::Level;
use crate::document::xml::Element;

/// How far styles may be based on each other.
const CHAIN: usize = 32;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    paragraph: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    /// Its name as people see it, in lower case.
    name: String,
    based_on: Option<String>,
    number: NumberOf,
    look: Look,
}

/// What a run, or a style, says of how its text is shown; `None` where it does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    hidden: Option<bool>,
    struck: Option<bool>,
    level: Option<Level>,
    /// By how many half-points it is raised, and how large it is.
    raise: Option<i32>,
    size: Option<i32>,
}

/// The size of text of which nothing says it, in half-points.
const SIZE: i32 = 21;

impl Look {
    /// What the properties of a run say.
    pub(super) fn of(properties: Option<&Element>) -> Self {
        let level = value(properties, "vertAlign").map(|level| match level {
            "superscript" => Level::Raised,
            "subscript" => Level::Lowered,
            _ => Level::Line,
        });
        let struck = switch(properties, "strike");
        let struck = if struck == Some(true) { struck } else { switch(properties, "dstrike").or(struck) };
        let number = |name| value(properties, name).and_then(|number| number.trim().parse().ok());
        Self { hidden: switch(properties, "vanish"), struck, level, raise: number("position"), size: number("sz") }
    }

    /// This, and what `outer` says where this is silent.
    pub(super) fn or(self, outer: Self) -> Self {
        Self {
            hidden: self.hidden.or(outer.hidden),
            struck: self.struck.or(outer.struck),
            level: self.level.or(outer.level),
            raise: self.raise.or(outer.raise),
            size: self.size.or(outer.size),
        }
    }

    /// Whether the text is hidden.
    pub(super) fn is_hidden(self) -> bool {
        self.hidden == Some(true)
    }

    /// Whether the text is no part of the report: hidden, or struck out.
    pub(super) fn is_out(self) -> bool {
        self.is_hidden() || self.struck == Some(true)
    }

    /// Where the text stands.
    pub(super) fn level(self) -> Level {
        let moved = || Level::of(self.raise.unwrap_or(0), self.size.unwrap_or(SIZE));
        self.level.filter(|level| *level != Level::Line).unwrap_or_else(moved)
    }
}

/// The list a paragraph belongs to, as far as a paragraph or a style says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberOf {
    /// The list; 0 is none.
    pub(super) list: Option<u32>,
    /// The level in it, from 0.
    pub(super) level: Option<usize>,
}

impl NumberOf {
    /// What the properties of a paragraph say.
    pub(super) fn of(properties: Option<&Element>) -> Self {
        let number = properties.and_then(|properties| properties.child("numPr"));
        let value = |name: &str| number?.child(name)?.attribute("w", "val")?.trim().parse::<i64>().ok();
        // A negative list or level is none.
        let list = value("numId").map(|list| u32::try_from(list).unwrap_or(0));
        Self { list, level: value("ilvl").and_then(|level| usize::try_from(level).ok()) }
    }
}

/// Whether the switch `name` is on; `None` where it is not mentioned.
pub(super) fn switch(properties: Option<&Element>, name: &str) -> Option<bool> {
    let element = properties?.child(name)?;
    Some(!matches!(element.attribute("w", "val"), Some("0" | "false" | "off")))
}

/// The value of the setting `name`.
pub(super) fn value<'e>(properties: Option<&'e Element>, name: &str) -> Option<&'e str> {
    properties?.child(name)?.attribute("w", "val")
}

impl Styles {
    /// The styles under `root`.
    pub(super) fn of(root: &Element) -> Self {
        let mut styles = Self::default();
        for style in root.elements().filter(|element| element.is("w", "style")) {
            let Some(id) = style.attribute("w", "styleId") else { continue };
            let is_default = matches!(style.attribute("w", "default"), Some("1" | "true" | "on"));
            if is_default && style.attribute("w", "type") == Some("paragraph") {
                styles.paragraph = Some(id.to_owned());
            }
            let read = Style {
                name: value(Some(style), "name").unwrap_or_default().to_lowercase(),
                based_on: value(Some(style), "basedOn").map(str::to_owned),
                number: NumberOf::of(style.child("pPr")),
                look: Look::of(style.child("rPr")),
            };
            styles.styles.insert(id.to_owned(), read);
        }
        styles
    }

    /// The style `id` and those it is based on, the nearest first.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let find = |id: &'s str| self.styles.get(id).map(|style| (id, style));
        let first = id.or(self.paragraph.as_deref()).and_then(find);
        std::iter::successors(first, move |(_, style)| find(style.based_on.as_deref()?)).take(CHAIN)
    }

    /// The list of the paragraphs of the style `id`, and the style that says so.
    pub(super) fn number<'s>(&'s self, id: Option<&'s str>) -> (NumberOf, Option<&'s str>) {
        let mut found = NumberOf::default();
        let mut by = None;
        for (id, style) in self.chain(id) {
            if found.list.is_none() && style.number.list.is_some() {
                (found.list, by) = (style.number.list, Some(id));
            }
            found.level = found.level.or(style.number.level);
        }
        (found, by)
    }

    /// How text of the style `id` is shown.
    pub(super) fn look(&self, id: Option<&str>) -> Look {
        self.chain(id).fold(Look::default(), |look, (_, style)| look.or(style.look))
    }

    /// Whether paragraphs of the style `id` are entries of a table of contents.
    pub(super) fn is_contents(&self, id: Option<&str>) -> bool {
        id.and_then(|id| self.styles.get(id)).is_some_and(|style| style.name.starts_with("toc "))
    }
}
