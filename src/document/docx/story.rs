//! A story: the text of the document, of a note, of a head or foot, in the order it is read.

use super::numbering;
use super::style::{NumberOf, Styles, switch, value};
use crate::document::flow::Piece;
use crate::document::numbering::{Counters, Numbering};
use crate::document::package::Fault;
use crate::document::xml::Element;

/// A story that is being read.
pub(super) struct Story<'s> {
    pub(super) styles: &'s Styles,
    numbering: &'s Numbering,
    counters: Counters,
    /// For each field that is open, whether its result has begun; `None` where the fields of the story do not
    /// close, and all that they hold is shown.
    pub(super) fields: Option<Vec<bool>>,
    /// Text that joins the paragraph that follows, because the mark between was deleted.
    carried: String,
    /// Cells that tables may still have.
    pub(super) cells: &'s mut usize,
}

impl<'s> Story<'s> {
    /// What the story under `root` holds.
    ///
    /// # Errors
    /// A [`Fault`] where its tables have too many cells.
    pub(super) fn read(
        root: &Element,
        styles: &'s Styles,
        numbering: &'s Numbering,
        cells: &'s mut usize,
    ) -> Result<Vec<Piece>, Fault> {
        let before = *cells;
        let counters = Counters::default();
        let mut story = Self { styles, numbering, counters, fields: Some(Vec::new()), carried: String::new(), cells };
        let mut pieces = Vec::new();
        story.apart(root, &mut pieces);
        if story.fields.as_ref().is_some_and(|fields| !fields.is_empty()) {
            pieces.clear();
            story.fields = None;
            story.counters = Counters::default();
            *story.cells = before;
            story.apart(root, &mut pieces);
        }
        if *story.cells == 0 { Err(Fault::Size) } else { Ok(pieces) }
    }

    /// Reads what `parent` holds apart from what stands around it: a cell, a box, a whole story.
    pub(super) fn apart(&mut self, parent: &Element, pieces: &mut Vec<Piece>) {
        let outside = std::mem::take(&mut self.carried);
        self.blocks(parent, pieces);
        let left = std::mem::replace(&mut self.carried, outside);
        if !left.is_empty() {
            pieces.push(Piece::Paragraph(left));
        }
    }

    /// Reads the paragraphs and tables in `parent`.
    fn blocks(&mut self, parent: &Element, pieces: &mut Vec<Piece>) {
        for element in parent.elements() {
            match (element.space, element.name) {
                ("w", "p") => self.paragraph(element, pieces),
                ("w", "tbl") => self.table(element, pieces),
                ("w", "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" | "moveTo") => {
                    self.blocks(element, pieces);
                }
                ("mc", "AlternateContent") => {
                    if let Some(chosen) = chosen(element) {
                        self.blocks(chosen, pieces);
                    }
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element, pieces: &mut Vec<Piece>) {
        let properties = paragraph.child("pPr");
        let style = value(properties, "pStyle");
        let mark = properties.and_then(|properties| properties.child("rPr"));
        let look = self.styles.look(style);
        let mut text = String::new();
        let mut beside = Vec::new();
        self.runs(paragraph, look, &mut text, &mut beside);
        let mut text = std::mem::take(&mut self.carried) + &text;
        let is_joined = mark.is_some_and(|mark| mark.child("del").is_some() || mark.child("moveFrom").is_some());
        let frame = properties.and_then(|properties| properties.child("framePr"));
        let is_drop_cap = frame.and_then(|frame| frame.attribute("w", "dropCap")).is_some_and(|cap| cap != "none");
        if is_joined || is_drop_cap {
            self.carried = text;
            pieces.append(&mut beside);
            return;
        }
        let is_nothing = text.is_empty() && switch(mark, "vanish").unwrap_or(look.is_hidden());
        if !is_nothing {
            let own = NumberOf::of(properties);
            if let Some(label) = numbering::label(self.numbering, &mut self.counters, own, style, self.styles) {
                text.insert_str(0, &label);
            }
            let is_contents = self.styles.is_contents(style);
            pieces.push(if is_contents { Piece::Aside(text) } else { Piece::Paragraph(text) });
        }
        pieces.append(&mut beside);
    }
}

/// The one alternative of an `AlternateContent` that is read: the first that holds anything a reader sees.
/// Which extensions it needs does not matter, because all that is read of them is text and pictures.
pub(super) fn chosen<'e, 'a>(alternatives: &'e Element<'a>) -> Option<&'e Element<'a>> {
    let one = |element: &&Element| element.is("mc", "Choice") || element.is("mc", "Fallback");
    let shown = |element: &&Element| one(element) && is_shown(element);
    alternatives.elements().find(shown).or_else(|| alternatives.elements().find(one))
}

/// Whether `element` holds text or a picture.
fn is_shown(element: &Element) -> bool {
    element.elements().any(|child| match (child.space, child.name) {
        ("w", "t") => !child.text().is_empty(),
        ("a", "blip") | ("v", "imagedata") | ("w", "sym" | "tbl") => true,
        _ => is_shown(child),
    })
}
