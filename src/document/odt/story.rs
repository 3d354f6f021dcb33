//! A story: the text of the document, of a note, of a head or foot, in the order it is read.

use super::list::{List, Lists};
use super::style::Styles;
use crate::document::flow::{self, LARGE, Piece};
use crate::document::package::Fault;
use crate::document::raised::Level;
use crate::document::xml::{Element, Node};

/// Blanks that one `text:s` may stand for.
const BLANKS: usize = 1_000;

/// A story that is being read.
pub(in crate::document) struct Story<'s> {
    styles: &'s Styles,
    lists: Lists,
    /// The label that the next paragraph bears.
    label: Option<String>,
    /// Notes, in their order.
    notes: Vec<Piece>,
    /// Where the text that is being read stands.
    height: Level,
    /// Cells that tables may still have.
    pub(super) cells: usize,
}

/// A list within which blocks are read, and the level they are of.
struct Within<'l> {
    list: &'l mut List,
    level: usize,
    style: Option<&'l str>,
}

impl<'s> Story<'s> {
    /// What the story under `root` holds.
    ///
    /// # Errors
    /// A [`Fault`] where its tables have too many cells.
    pub(in crate::document) fn read(root: &Element, styles: &'s Styles) -> Result<Vec<Piece>, Fault> {
        let lists = Lists::default();
        let mut story = Self { styles, lists, label: None, notes: Vec::new(), height: Level::Line, cells: flow::CELLS };
        let mut pieces = Vec::new();
        story.blocks(root, &mut pieces);
        pieces.append(&mut story.notes);
        if story.cells == 0 { Err(Fault::Size) } else { Ok(pieces) }
    }

    /// Reads the paragraphs, lists and tables in `parent`.
    pub(super) fn blocks(&mut self, parent: &Element, pieces: &mut Vec<Piece>) {
        for element in parent.elements() {
            self.block(element, pieces);
        }
    }

    fn block(&mut self, element: &Element, pieces: &mut Vec<Piece>) {
        match (element.space, element.name) {
            ("text", "p") => self.paragraph(element, pieces),
            ("text", "h") => {
                let is_outlined = element.attribute("text", "is-list-header") != Some("true")
                    && self.styles.is_outlined(element.attribute("text", "style-name"));
                if self.label.is_none() && is_outlined {
                    let level = element.attribute("text", "outline-level").and_then(|level| level.parse().ok());
                    let level = level.unwrap_or(1_usize).saturating_sub(1);
                    self.label = self.lists.heading(level, self.styles);
                }
                self.paragraph(element, pieces);
            }
            ("text", "list") => {
                let mut list = self.lists.begin(element);
                self.items(element, Within { list: &mut list, level: 0, style: None }, pieces);
                self.lists.end(list);
            }
            ("table", "table") => self.table(element, pieces),
            ("text", "section") if element.attribute("text", "display") != Some("none") => self.blocks(element, pieces),
            ("text", "numbered-paragraph" | "index-title") => self.blocks(element, pieces),
            (
                "text",
                "table-of-content" | "illustration-index" | "table-index" | "object-index" | "user-index"
                | "alphabetical-index" | "bibliography",
            ) => {
                let mut entries = Vec::new();
                if let Some(body) = element.child("index-body") {
                    self.blocks(body, &mut entries);
                }
                flow::aside(entries, pieces);
            }
            ("draw", _) => self.drawing(element, pieces),
            _ => {}
        }
    }

    fn items(&mut self, element: &Element, within: Within, pieces: &mut Vec<Piece>) {
        let Within { list, level, style } = within;
        for item in element.elements().filter(|item| item.space == "text") {
            let mut is_counted = item.name == "list-header";
            for block in item.elements() {
                if block.is("text", "list") {
                    let style = block.attribute("text", "style-name").or(style);
                    self.items(block, Within { list, level: level + 1, style }, pieces);
                    continue;
                }
                if !std::mem::replace(&mut is_counted, true) {
                    let start = item.attribute("text", "start-value").and_then(|start| start.parse().ok());
                    self.label = list.label(level, style, start, self.styles);
                }
                self.block(block, pieces);
                self.label = None;
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element, pieces: &mut Vec<Piece>) {
        let label = self.label.take();
        let mut beside = Vec::new();
        let mut text = String::new();
        if !self.styles.is_hidden(paragraph.attribute("text", "style-name")) {
            self.inline(paragraph, &mut text, &mut beside);
        } else if paragraph.children.is_empty() {
            return;
        }
        pieces.push(Piece::Paragraph(label.unwrap_or_default() + &text));
        pieces.append(&mut beside);
    }

    fn inline(&mut self, parent: &Element, text: &mut String, beside: &mut Vec<Piece>) {
        for node in &parent.children {
            let element = match node {
                Node::Text(words) => {
                    collapse(&self.height.set(words), text);
                    continue;
                }
                Node::Element(element) => element,
            };
            match (element.space, element.name) {
                ("text", "s") => {
                    let count = element.attribute("text", "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                    text.extend(std::iter::repeat_n(' ', BLANKS.min(count)));
                }
                ("text", "tab") => text.push('\t'),
                ("text", "line-break") => text.push('\n'),
                ("text", "note") => {
                    let mut note = Vec::new();
                    if let Some(body) = element.child("note-body") {
                        self.blocks(body, &mut note);
                    }
                    flow::aside(note, &mut self.notes);
                }
                ("text", "ruby") => {
                    if let Some(base) = element.child("ruby-base") {
                        self.inline(base, text, beside);
                    }
                }
                ("text", "number" | "tracked-changes") | ("office", "annotation") => {}
                ("text", "hidden-text") if element.attribute("text", "is-hidden") != Some("false") => {}
                ("text", "span") if self.styles.is_hidden(element.attribute("text", "style-name")) => {}
                ("text", "span") => {
                    let outer = self.height;
                    let own = self.styles.height(element.attribute("text", "style-name"));
                    self.height = own.unwrap_or(outer);
                    self.inline(element, text, beside);
                    self.height = outer;
                }
                ("text", _) => self.inline(element, text, beside),
                ("draw", "a") => self.inline(element, text, beside),
                ("draw", _) => self.drawing(element, beside),
                _ => {}
            }
        }
    }

    /// A frame or a shape: a box of text, a picture, or several of them.
    fn drawing(&mut self, drawing: &Element, beside: &mut Vec<Piece>) {
        if let Some(content) = drawing.child("text-box") {
            return self.blocks(content, beside);
        }
        if drawing.child("image").is_some() || drawing.child("object").is_some() {
            let length = |name| drawing.attribute("svg", name).and_then(hundredths).unwrap_or(0);
            let words = drawing.elements().filter(|element| element.space == "svg");
            let caption = words.map(Element::text).find(|words| !words.trim().is_empty()).unwrap_or_default();
            let caption = caption.split_whitespace().collect::<Vec<_>>().join(" ");
            beside.push(Piece::Picture { caption, large: length("width") >= LARGE.0 && length("height") >= LARGE.1 });
            return;
        }
        for element in drawing.elements() {
            match element.space {
                "draw" => self.drawing(element, beside),
                _ => self.block(element, beside),
            }
        }
    }
}

/// Adds text whose white space counts as one blank (OpenDocument 1.3, 6.1.2).
fn collapse(words: &str, text: &mut String) {
    for c in words.chars() {
        let is_blank = matches!(c, ' ' | '\t' | '\n' | '\r');
        if !is_blank {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with([' ', '\t', '\n']) {
            text.push(' ');
        }
    }
}

/// A length such as `14.99cm`, in hundredths of a point.
fn hundredths(length: &str) -> Option<i64> {
    let (number, unit) = [("cm", 2_835), ("mm", 283), ("in", 7_200), ("pt", 100), ("px", 75)]
        .into_iter()
        .find_map(|(unit, hundredths)| length.strip_suffix(unit).map(|number| (number, hundredths)))?;
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let tenth = part.chars().next().and_then(|digit| digit.to_digit(10)).map_or(0, i64::from);
    Some(whole.trim().parse::<i64>().ok()?.saturating_mul(10).saturating_add(tenth).saturating_mul(unit) / 10)
}
