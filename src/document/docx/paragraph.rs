//! The text of a paragraph: its runs, without what was deleted, is hidden or struck out, or only instructs a field.

use super::story::{Story, chosen};
use super::style::{Look, value};
use crate::document::flow::Piece;
use crate::document::symbol;
use crate::document::xml::{Element, Node};

impl Story<'_> {
    /// Adds the text of the runs in `parent`, and to `beside` the pictures and boxes that hang on them.
    pub(super) fn runs(&mut self, parent: &Element, look: Look, text: &mut String, beside: &mut Vec<Piece>) {
        for element in parent.elements() {
            match (element.space, element.name) {
                ("w", "r") => {
                    let properties = element.child("rPr");
                    let by_style = value(properties, "rStyle").map(|style| self.styles.look(Some(style)));
                    let look = Look::of(properties).or(by_style.unwrap_or_default()).or(look);
                    self.run(element, look, text, beside);
                }
                (
                    "w",
                    "hyperlink" | "smartTag" | "customXml" | "sdt" | "sdtContent" | "ins" | "moveTo" | "fldSimple"
                    | "dir" | "bdo" | "rubyBase",
                ) => self.runs(element, look, text, beside),
                ("mc", "AlternateContent") => {
                    if let Some(chosen) = chosen(element) {
                        self.runs(chosen, look, text, beside);
                    }
                }
                ("m", "oMath" | "oMathPara") if !look.is_out() && self.is_shown() => formula(element, text),
                _ => {}
            }
        }
    }

    fn run(&mut self, run: &Element, look: Look, text: &mut String, beside: &mut Vec<Piece>) {
        for element in run.elements() {
            if element.is("w", "fldChar") {
                self.field(element.attribute("w", "fldCharType"));
                continue;
            }
            if look.is_out() || !self.is_shown() {
                continue;
            }
            match (element.space, element.name) {
                ("w", "t") => {
                    let own = element.text();
                    let is_kept = element.attribute("xml", "space") == Some("preserve");
                    let own = if is_kept { &own } else { own.trim_matches([' ', '\t', '\n', '\r']) };
                    text.push_str(&look.level().set(own));
                }
                ("w", "tab" | "ptab") => text.push('\t'),
                ("w", "br" | "cr") => text.push('\n'),
                ("w", "noBreakHyphen") => text.push('-'),
                ("w", "sym") => text.push(sign(element)),
                ("w", "ruby") => {
                    if let Some(base) = element.child("rubyBase") {
                        self.runs(base, look, text, beside);
                    }
                }
                ("w", "drawing" | "pict" | "object") => self.drawing(element, beside),
                ("mc", "AlternateContent") => {
                    if let Some(chosen) = chosen(element) {
                        self.run(chosen, look, text, beside);
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether text stands in the result of every field that is open.
    fn is_shown(&self) -> bool {
        self.fields.as_ref().is_none_or(|fields| fields.iter().all(|&is_result| is_result))
    }

    fn field(&mut self, kind: Option<&str>) {
        let Some(fields) = &mut self.fields else { return };
        match kind {
            Some("begin") => fields.push(false),
            Some("separate") => {
                if let Some(field) = fields.last_mut() {
                    *field = true;
                }
            }
            Some("end") => {
                fields.pop();
            }
            _ => {}
        }
    }
}

/// The character that a `w:sym` stands for.
fn sign(symbol: &Element) -> char {
    let code = symbol.attribute("w", "char").and_then(|code| u32::from_str_radix(code, 16).ok()).unwrap_or(0xfffd);
    symbol::character(symbol.attribute("w", "font").unwrap_or_default(), code)
}

/// The characters of a formula; of a fraction above and below with a stroke between.
fn formula(parent: &Element, text: &mut String) {
    for element in parent.elements() {
        match (element.space, element.name) {
            ("m", "t") => text.extend(element.children.iter().filter_map(|node| match node {
                Node::Text(text) => Some(text.as_ref()),
                Node::Element(_) => None,
            })),
            ("m", "den") => {
                text.push('/');
                formula(element, text);
            }
            _ => formula(element, text),
        }
    }
}
