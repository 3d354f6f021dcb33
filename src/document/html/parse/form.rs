//! Forms that were filled in.

use super::Parser;

impl Parser {
    /// A field of a form in a table: what it was filled in with, where that may be a figure.
    pub(super) fn input(&mut self) {
        let is_text = self
            .attributes
            .get("type")
            .is_none_or(|kind| ["", "text", "number", "tel"].iter().any(|own| kind.eq_ignore_ascii_case(own)));
        let Some(value) = self.attributes.get("value").filter(|_| is_text && self.in_table()) else { return };
        let is_figure =
            value.contains(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | '/' | '-' | '—' | '无'));
        if is_figure && value.len() <= 40 && !self.attributes.is_hidden() {
            let value = format!(" {value} ");
            self.text(&value);
        }
    }
}
