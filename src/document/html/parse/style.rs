//! What the looks of an element do to the text in it.

use super::super::sheet::Named;
use super::super::tag::Tag;
use super::Parser;
use crate::document::raised::Level;

/// How to take what a page hides as a whole: blocks, tables, and parts of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) enum Hidden {
    /// It is not read.
    #[default]
    Dropped,
    /// It is read: a script may show it.
    Read,
}

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Effect {
    pub(super) hidden: bool,
    pub(super) link: bool,
    pub(super) lines: bool,
    pub(super) level: Option<Level>,
}

impl Parser {
    /// Gives the element that is being opened what the style sheets say of it.
    pub(super) fn declare(&mut self) {
        let name = std::mem::take(&mut self.name);
        let outer: Vec<Named> = self
            .open
            .iter()
            .map(|open| Named { element: &open.name, classes: &open.called.0, id: &open.called.1 })
            .collect();
        let declared = self.sheet.declared(self.attributes.named(&name), &outer);
        self.attributes.declare(declared);
        self.name = name;
    }

    /// The effect of the element that is being opened.
    pub(super) fn effect(&self) -> Effect {
        let lines = self.attributes.keeps_lines()
            || matches!(self.name.as_slice(), b"pre" | b"xmp" | b"listing" | b"plaintext" | b"textarea");
        let level = self.attributes.level().or(match self.name.as_slice() {
            b"sup" => Some(Level::Raised),
            b"sub" => Some(Level::Lowered),
            _ => None,
        });
        let struck = matches!(self.name.as_slice(), b"s" | b"strike") || self.attributes.is_struck();
        Effect { hidden: self.hides() || struck, link: false, lines, level }
    }

    /// Whether what is in the element that is being opened is not to be read.
    fn hides(&self) -> bool {
        let is_block = !matches!(Tag::of(&self.name), Tag::Inline | Tag::Link);
        self.attributes.is_hidden() && !(is_block && self.takes == Hidden::Read)
    }

    /// Opens an element of which nothing is read.
    pub(super) fn start_hidden(&mut self, tag: Tag) {
        if !self.nest() {
            let node = self.node();
            self.push(tag, node, Effect { hidden: true, ..Effect::default() });
        }
    }

    pub(super) fn start_link(&mut self) {
        self.end_inline(b"a");
        let effect = Effect { link: self.attributes.get("href").is_some_and(|href| !href.is_empty()), ..self.effect() };
        let node = self.place();
        self.push(Tag::Inline, node, effect);
    }
}
