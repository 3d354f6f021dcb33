//! Pictures, and documents in frames.

use super::super::tag::Tag;
use super::super::tree::{Image, Kind};
use super::Parser;

impl Parser {
    pub(super) fn image(&mut self) {
        if self.hidden > 0 || self.is_veiled() || self.attributes.is_hidden() {
            return;
        }
        let text = |name| self.attributes.get(name).filter(|value| !value.is_empty());
        let caption: String = text("alt").or_else(|| text("title")).unwrap_or_default().chars().take(200).collect();
        let address = text("src").filter(|address| !address.starts_with("data:")).unwrap_or_default().to_owned();
        self.add_picture(caption, address);
    }

    /// A document in a frame is not text of this page; where it is one, it is shown as a picture would be.
    pub(super) fn frame(&mut self) {
        let source = self.attributes.get("src").or_else(|| self.attributes.get("data")).unwrap_or_default();
        let lower = source.to_ascii_lowercase();
        let is_document = [".pdf", ".doc", ".docx", ".wps", ".ofd", ".xls", ".xlsx"].iter().any(|end| {
            lower.match_indices(end).any(|(at, _)| !lower[at + end.len()..].starts_with(|c: char| c.is_alphanumeric()))
        });
        if is_document && self.hidden == 0 && !self.attributes.is_hidden() {
            let path = source.split(['?', '#']).next().unwrap_or_default();
            let name = path.rsplit('/').next().unwrap_or_default();
            let caption = self.attributes.get("title").filter(|title| !title.is_empty()).unwrap_or(name).to_owned();
            self.add_picture(caption, String::new());
        }
        if self.name != b"embed" {
            self.start_hidden(Tag::Inline);
        }
    }

    fn add_picture(&mut self, caption: String, address: String) {
        let (width, height) = (self.attributes.pixels("width"), self.attributes.pixels("height"));
        let Ok(number) = u32::try_from(self.tree.pictures.len()) else { return };
        self.tree.pictures.push(Image { caption, address, width, height, link: self.links > 0 });
        let node = self.place();
        self.tree.add(node, Kind::Picture(number));
    }
}
