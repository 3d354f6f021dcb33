//! Forms that were filled in.

use super::super::tag::Tag;
use super::{Effect, Parser};

/// The options of a field that is being read.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// What the chosen one says: the one marked so, else the first.
    text: String,
    /// How many options there were.
    options: usize,
    is_marked: bool,
    /// Whether the option that is open is, so far, the chosen one.
    is_open: bool,
}

impl Parser {
    /// A field of a form in a table: what it was filled in with, where that may be a figure.
    pub(super) fn input(&mut self) {
        let is_text = self
            .attributes
            .get("type")
            .is_none_or(|kind| ["", "text", "number", "tel"].iter().any(|own| kind.eq_ignore_ascii_case(own)));
        let Some(value) = self.attributes.get("value").filter(|_| is_text && self.in_table()) else { return };
        if !self.attributes.is_hidden() {
            let value = value.to_owned();
            self.field(&value);
        }
    }

    /// What a field shows.
    fn field(&mut self, value: &str) {
        let is_figure =
            value.contains(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | '/' | '-' | '—' | '无'));
        if is_figure && value.len() <= 40 {
            self.text(&format!(" {value} "));
        }
    }

    /// A field with options: one of them is seen.
    pub(super) fn start_choice(&mut self) {
        let is_shown = self.hidden == 0 && self.in_table() && !self.attributes.is_hidden();
        let depth = self.open.len();
        let node = self.node();
        self.push(Tag::Inline, node, Effect { hidden: true, ..Effect::default() });
        if is_shown && self.open.len() > depth {
            self.choice = Some(Choice::default());
        }
    }

    pub(super) fn start_option(&mut self) {
        let is_marked = self.attributes.get("selected").is_some();
        let Some(choice) = &mut self.choice else { return };
        choice.is_open = choice.options == 0 || is_marked;
        choice.options += 1;
        if choice.is_open {
            choice.text.clear();
            choice.is_marked |= is_marked;
        }
    }

    /// Text within a field with options.
    pub(super) fn option(&mut self, text: &str) {
        if let Some(choice) = self.choice.as_mut().filter(|choice| choice.is_open) {
            choice.text.push_str(text);
        }
    }

    pub(super) fn end_choice(&mut self) {
        self.end_inline(b"select");
        if let Some(choice) = self.choice.take() {
            self.field(choice.text.trim());
        }
    }
}
