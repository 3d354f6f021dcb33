//! Drawings: pictures within the text ([MS-DOC] 2.9.192, PICF) and those that float above it (2.8.37, PlcfSpa), with
//! what [MS-ODRAW] says of their shapes.

use std::collections::HashMap;

use super::number::{long, short, signed, size, text, units};
use crate::document::flow::{LARGE, Piece};

/// How deep groups of shapes may lie within each other.
const DEPTH: usize = 16;

/// Size of an anchor (2.9.253, Spa).
const ANCHOR: usize = 26;

/// Hundredths of a point in a twentieth.
const TWENTIETH: i64 = 5;

/// A shape (2.2.14, OfficeArtSpContainer).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shape {
    /// The outermost group in which it is; itself, where it is in none.
    group: u32,
    is_picture: bool,
    caption: String,
}

/// The drawings of the main text.
#[derive(Debug, Default)]
pub(super) struct Drawings {
    /// Number and size of the drawing, by the character where it hangs.
    anchors: HashMap<usize, (u32, (i64, i64))>,
    shapes: HashMap<u32, Shape>,
    /// Of each group the first picture in it.
    pictures: HashMap<u32, String>,
}

impl Drawings {
    /// The drawings that hang where `anchors` says, of the shapes in `art`.
    pub(super) fn of(anchors: &[u8], art: &[u8]) -> Self {
        let mut drawings = Self::default();
        let count = anchors.len().saturating_sub(4) / (4 + ANCHOR);
        for index in 0..count {
            let at = 4 * (count + 1) + ANCHOR * index;
            let side = |side: usize| long(anchors, at + 4 + 4 * side).map(|side| i64::from(side.cast_signed()));
            let (Some(position), Some(number)) = (size(anchors, 4 * index), long(anchors, at)) else { break };
            let (Some(left), Some(top), Some(right), Some(bottom)) = (side(0), side(1), side(2), side(3)) else {
                break;
            };
            let size = ((right - left) * TWENTIETH, (bottom - top) * TWENTIETH);
            drawings.anchors.insert(position, (number, size));
        }
        // 2.9.172, OfficeArtContent: what all drawings share, then each drawing behind a byte.
        let mut rest = art;
        while let Some((record, after)) = record(rest) {
            if record.kind == 0xf002 {
                drawings.container(record.content, None, DEPTH);
            }
            rest = after.get(1..).unwrap_or_default();
        }
        for shape in drawings.shapes.values().filter(|shape| shape.is_picture) {
            let caption = drawings.pictures.entry(shape.group).or_default();
            // The same whatever the order of the shapes.
            if caption.is_empty() || (!shape.caption.is_empty() && shape.caption < *caption) {
                caption.clone_from(&shape.caption);
            }
        }
        drawings
    }

    /// The number of the drawing that hangs on the character `position`.
    pub(super) fn at(&self, position: usize) -> Option<u32> {
        self.anchors.get(&position).map(|anchor| anchor.0)
    }

    /// The drawing of which the shape `number` is part.
    pub(super) fn group(&self, number: u32) -> u32 {
        self.shapes.get(&number).map_or(number, |shape| shape.group)
    }

    /// The picture that hangs on the character `position`, if it is one. A drawing of which nothing is known may
    /// be one.
    pub(super) fn picture(&self, position: usize) -> Option<Piece> {
        let (number, size) = *self.anchors.get(&position)?;
        let caption = match self.pictures.get(&number) {
            Some(caption) => caption.clone(),
            None if self.shapes.contains_key(&number) => return None,
            None => String::new(),
        };
        Some(Piece::Picture { caption, large: is_large(size) })
    }

    /// Reads a drawing, or a group of shapes.
    fn container(&mut self, content: &[u8], group: Option<u32>, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let mut group = group;
        let mut rest = content;
        while let Some((record, after)) = record(rest) {
            match record.kind {
                // OfficeArtSpgrContainer. The first shape in it is the group itself.
                0xf003 => self.container(record.content, group, depth),
                0xf004 => {
                    if let Some((number, flags, mut shape)) = shape(record.content) {
                        // The outermost of all, and what a group is deleted to, is none.
                        let is_all = flags & 4 != 0;
                        if flags & 1 != 0 && !is_all && group.is_none() {
                            group = Some(number);
                        }
                        shape.group = group.unwrap_or(number);
                        self.shapes.insert(number, shape);
                    }
                }
                _ => {}
            }
            rest = after;
        }
    }
}

/// A record ([MS-ODRAW] 2.2.1).
struct Record<'a> {
    instance: u16,
    kind: u16,
    content: &'a [u8],
}

/// The first record of `bytes`, and what follows it.
fn record(bytes: &[u8]) -> Option<(Record<'_>, &[u8])> {
    let end = size(bytes, 4)?.checked_add(8)?;
    let content = bytes.get(8..end)?;
    Some((Record { instance: short(bytes, 0)? >> 4, kind: short(bytes, 2)?, content }, &bytes[end..]))
}

/// A shape with its number and its flags.
fn shape(content: &[u8]) -> Option<(u32, u32, Shape)> {
    let mut shape = Shape::default();
    let mut found = None;
    let mut rest = content;
    while let Some((record, after)) = record(rest) {
        match record.kind {
            0xf00a => {
                found = Some((long(record.content, 0)?, long(record.content, 4)?));
                // msosptPictureFrame
                shape.is_picture |= record.instance == 75;
            }
            0xf00b => options(&record, &mut shape),
            _ => {}
        }
        rest = after;
    }
    found.map(|(number, flags)| (number, flags, shape))
}

/// Reads the properties of a shape (2.2.9, OfficeArtFOPT): what they refer to follows them, in order.
fn options(record: &Record, shape: &mut Shape) {
    let mut beyond = 6 * usize::from(record.instance);
    for index in 0..usize::from(record.instance) {
        let (Some(code), Some(value)) = (short(record.content, 6 * index), size(record.content, 6 * index + 2)) else {
            return;
        };
        if code & 0x8000 == 0 {
            // pib: a picture fills the shape.
            shape.is_picture |= code & 0x3fff == 0x104 && value != 0;
            continue;
        }
        let Some(content) = beyond.checked_add(value).and_then(|end| record.content.get(beyond..end)) else { return };
        if code & 0x3fff == 0x381 {
            // wzDescription
            let words = text(units(content).take_while(|&unit| unit != 0));
            shape.caption = words.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        beyond += value;
    }
}

/// The picture at `place` of the stream `data`; of unknown size, where it is not there.
pub(super) fn inline(data: &[u8], place: usize) -> Piece {
    let read = || {
        let picture = data.get(place..)?;
        let head = usize::from(short(picture, 4)?);
        let whole = picture.get(..size(picture, 0)?).unwrap_or(picture);
        // Wanted width and height, and by how many thousandths they are scaled.
        let side = |wanted: usize| {
            let scale = i64::from(short(picture, wanted + 4)?);
            Some(i64::from(signed(picture, wanted)?) * scale / 1_000 * TWENTIETH)
        };
        // The name of a linked picture stands before its shape.
        let name = if short(picture, 6)? == 0x66 { 1 + usize::from(*picture.get(head)?) } else { 0 };
        let shape = whole.get(head + name..).and_then(record).and_then(|(record, _)| shape(record.content));
        let caption = shape.map(|(_, _, shape)| shape.caption).unwrap_or_default();
        Some(Piece::Picture { caption, large: is_large((side(28)?, side(30)?)) })
    };
    read().unwrap_or(Piece::Picture { caption: String::new(), large: true })
}

const fn is_large(size: (i64, i64)) -> bool {
    size.0 >= LARGE.0 && size.1 >= LARGE.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record_of(instance: u16, kind: u16, content: &[u8]) -> Vec<u8> {
        let mut bytes = (instance << 4 | 0xf).to_le_bytes().to_vec();
        bytes.extend(kind.to_le_bytes());
        bytes.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        bytes.extend_from_slice(content);
        bytes
    }

    fn shape_of(number: u32, kind: u16, flags: u32, options: &[u8]) -> Vec<u8> {
        let head = record_of(kind, 0xf00a, &[number.to_le_bytes(), flags.to_le_bytes()].concat());
        let count = u16::from(!options.is_empty());
        record_of(0, 0xf004, &[head, record_of(count, 0xf00b, options)].concat())
    }

    fn art() -> Vec<u8> {
        let described: Vec<u8> = "表 三".encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        let described = [vec![0x81, 0xc3, 8, 0, 0, 0], described].concat();
        let group = record_of(
            0,
            0xf003,
            &[shape_of(20, 0, 1, &[]), shape_of(21, 202, 2, &[]), shape_of(22, 75, 2, &described)].concat(),
        );
        let all =
            [shape_of(1, 0, 5, &[]), shape_of(10, 202, 0, &[]), shape_of(11, 1, 0, &[0x04, 0x41, 1, 0, 0, 0]), group];
        let drawing = record_of(0, 0xf002, &record_of(0, 0xf003, &all.concat()));
        [record_of(0, 0xf000, &[]), vec![0], drawing].concat()
    }

    fn anchors(anchors: &[(u32, u32, [i32; 4])]) -> Vec<u8> {
        let mut bytes: Vec<u8> = anchors.iter().map(|anchor| anchor.0).chain([99]).flat_map(u32::to_le_bytes).collect();
        for (_, number, sides) in anchors {
            bytes.extend(number.to_le_bytes());
            bytes.extend(sides.iter().flat_map(|side| side.to_le_bytes()));
            bytes.extend([0; 6]);
        }
        bytes
    }

    #[test]
    fn drawings_are_pictures_boxes_or_groups_of_them() {
        let wide = [0, 0, 6_000, 3_000];
        let anchors = anchors(&[(3, 10, wide), (5, 11, [0, 0, 90, 90]), (7, 20, wide), (9, 77, wide)]);
        let drawings = Drawings::of(&anchors, &art());
        let picture = |caption: &str, large| Some(Piece::Picture { caption: caption.to_owned(), large });
        assert_eq!(drawings.picture(3), None, "a box of text");
        assert_eq!(drawings.picture(5), picture("", false));
        assert_eq!(drawings.picture(7), picture("表 三", true), "in a group");
        assert_eq!(drawings.picture(9), picture("", true), "of which nothing is known");
        assert_eq!((drawings.at(7), drawings.group(21), drawings.group(10), drawings.at(8)), (Some(20), 20, 10, None));
        for end in 0..art().len() {
            let _ = Drawings::of(&anchors, &art()[..end]);
        }
    }

    #[test]
    fn pictures_in_the_text_are_as_large_as_they_are_scaled() {
        let picture = |wanted: [i16; 2], scale: [u16; 2]| {
            let mut bytes = vec![0; 68];
            (bytes[0], bytes[4]) = (68, 68);
            for (at, side) in
                [(28, wanted[0].cast_unsigned()), (30, wanted[1].cast_unsigned()), (32, scale[0]), (34, scale[1])]
            {
                bytes[at..at + 2].copy_from_slice(&side.to_le_bytes());
            }
            inline(&bytes, 0)
        };
        let large = |piece| matches!(piece, Piece::Picture { large: true, .. });
        assert!(large(picture([6_000, 3_000], [1_000, 1_000])));
        assert!(!large(picture([6_000, 3_000], [500, 1_000])));
        assert!(large(picture([600, 300], [10_000, 10_000])));
        assert!(large(inline(&[], 7)), "of unknown size");
    }
}
