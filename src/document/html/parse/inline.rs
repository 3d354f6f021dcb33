//! Elements within a line.

use super::super::tag::Tag;
use super::{DEPTH, Effect, Parser};

impl Parser {
    pub(super) fn start_inline(&mut self) {
        if self.attributes.style("display").as_deref() == Some("block") {
            self.start_block(Tag::Block);
            return;
        }
        if self.sheet.is_empty() && self.nest() {
            return;
        }
        let effect = self.effect();
        if effect != Effect::default() && self.open.len() < DEPTH {
            let node = self.place();
            self.push(Tag::Inline, node, effect);
        } else {
            self.descend_plainly();
        }
    }

    /// Counts the element that is being opened in an open one of its name, so that their ends are told apart.
    pub(super) fn nest(&mut self) -> bool {
        if self.inlines == 0 {
            return false;
        }
        let same = self.within_cell(|open| open.tag == Tag::Inline && *open.name == *self.name);
        if let Some(index) = same {
            self.open[index].nested += 1;
        }
        same.is_some()
    }

    /// Ends an element within a line, wherever the blocks between began.
    pub(super) fn end_inline(&mut self, name: &[u8]) {
        if self.ascend_plainly(name) {
            return;
        }
        if self.inlines == 0 {
            return;
        }
        let Some(index) = self.within_cell(|open| open.tag == Tag::Inline && *open.name == *name) else { return };
        if self.open[index].nested > 0 {
            self.open[index].nested -= 1;
        } else {
            self.remove(index);
        }
    }
}
