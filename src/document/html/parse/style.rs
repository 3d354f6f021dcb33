//! What the looks of an element do to the text in it.

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
    /// Whether its text becomes invisible, or visible again.
    pub(super) invisible: Option<bool>,
    /// Whether its text becomes too small to be seen, or large enough.
    pub(super) tiny: Option<bool>,
    /// Whether nobody can say if it is shown.
    pub(super) doubtful: bool,
}

impl Effect {
    /// Whether it changes if text is seen, until an element within changes it back.
    pub(super) const fn is_veil(self) -> bool {
        self.invisible.is_some() || self.tiny.is_some()
    }
}

impl Parser {
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
        let is_read = self.takes == Hidden::Read && self.is_block();
        // What changes nothing is no effect.
        let change = |own: Option<bool>, outer: bool| own.filter(|own| *own != outer && !(*own && is_read));
        Effect {
            hidden: self.attributes.is_removed() && !is_read || struck,
            link: false,
            lines,
            level,
            invisible: change(self.attributes.is_invisible(), self.is_invisible()),
            tiny: change(self.attributes.is_tiny(), self.is_tiny()),
            doubtful: self.attributes.is_doubtful() && self.doubts == 0,
        }
    }

    /// Whether an element that is open makes text invisible.
    pub(super) fn is_invisible(&self) -> bool {
        self.veils > 0 && self.open.iter().rev().find_map(|open| open.effect.invisible) == Some(true)
    }

    /// Whether an element that is open makes text too small to be seen.
    fn is_tiny(&self) -> bool {
        self.veils > 0 && self.open.iter().rev().find_map(|open| open.effect.tiny) == Some(true)
    }

    /// Whether text that stands here is not seen.
    pub(super) fn is_veiled(&self) -> bool {
        self.is_invisible() || self.is_tiny()
    }

    fn is_block(&self) -> bool {
        !matches!(Tag::of(&self.name), Tag::Inline | Tag::Link)
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
