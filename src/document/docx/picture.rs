//! Drawings: pictures by their size and description, boxes of text by their content.

use super::story::Story;
use crate::document::flow::{LARGE, Piece};
use crate::document::xml::Element;

/// Hundredths of a point in a length of DrawingML, which counts 12 700 to a point.
const EMU: i64 = 127;

impl Story<'_> {
    /// What a drawing holds, after what is in `beside` already.
    pub(super) fn drawing(&mut self, drawing: &Element, beside: &mut Vec<Piece>) {
        for element in drawing.elements() {
            match (element.space, element.name) {
                ("wp", "inline" | "anchor") => {
                    beside.extend(picture(element));
                    self.drawing(element, beside);
                }
                ("v", _) if element.child("imagedata").is_some() => {
                    let is_object = drawing.elements().find(|object| object.is("o", "OLEObject"));
                    let program = is_object.and_then(|object| object.attribute("", "ProgID"));
                    beside.push(shape(element, program));
                    self.drawing(element, beside);
                }
                ("w", "txbxContent") => self.apart(element, beside),
                ("mc", "AlternateContent") => {
                    if let Some(chosen) = super::story::chosen(element) {
                        self.drawing(chosen, beside);
                    }
                }
                _ => self.drawing(element, beside),
            }
        }
    }
}

/// The picture in an `inline` or `anchor`, where it holds one and not only shapes.
fn picture(frame: &Element) -> Option<Piece> {
    let is_foreign = |uri: &str| uri.ends_with("/chart") || uri.ends_with("/diagram") || uri.ends_with("/chartex");
    let foreign =
        frame.descendant("a", "graphicData").and_then(|data| data.attribute("", "uri")).is_some_and(is_foreign);
    if !foreign && frame.descendant("a", "blip").is_none() {
        return None;
    }
    let extent = frame.child("extent");
    let length = |name| extent?.attribute("", name)?.trim().parse::<i64>().ok().map(|length| length / EMU);
    let size = (length("cx").unwrap_or(0), length("cy").unwrap_or(0));
    let words = frame.child("docPr");
    let word = |name| words?.attribute("", name).filter(|words| !words.trim().is_empty());
    let caption = word("descr").or_else(|| word("title")).unwrap_or_default();
    Some(Piece::Picture { caption: line(caption), large: is_large(size) })
}

/// The picture in a shape of VML, or the face of an embedded object of `program`.
fn shape(shape: &Element, program: Option<&str>) -> Piece {
    let style = shape.attribute("", "style").unwrap_or_default();
    let setting =
        |name: &str| style.split(';').filter_map(|setting| setting.split_once(':')).find(|(key, _)| key.trim() == name);
    let length = |name| setting(name).and_then(|(_, value)| length(value.trim())).unwrap_or(0);
    let title = shape.child("imagedata").and_then(|data| data.attribute("o", "title"));
    let caption = shape.attribute("", "alt").or(title).filter(|words| !words.trim().is_empty()).or(program);
    Piece::Picture { caption: line(caption.unwrap_or_default()), large: is_large((length("width"), length("height"))) }
}

fn line(caption: &str) -> String {
    caption.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A length as VML writes it, such as `415.3pt` or `5.5in`, in hundredths of a point.
fn length(value: &str) -> Option<i64> {
    let (number, hundredths) = [("pt", 100), ("in", 7_200), ("cm", 2_835), ("mm", 283), ("px", 75), ("", 75)]
        .iter()
        .find_map(|(unit, hundredths)| value.strip_suffix(unit).map(|number| (number, hundredths)))?;
    let whole = number.split('.').next()?.trim().parse::<i64>().ok()?;
    Some(whole.saturating_mul(*hundredths))
}

const fn is_large(size: (i64, i64)) -> bool {
    size.0 >= LARGE.0 && size.1 >= LARGE.1
}
