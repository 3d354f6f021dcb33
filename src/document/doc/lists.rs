//! Lists whose numbers the program writes ([MS-DOC] 2.4.6.3): patterns of nine levels each, and lists after them.

use std::collections::HashMap;

use super::number::{long, short, units};
use crate::document::numbering::{Change, LEVELS, Level, List, Numbering, Part, Pattern};

/// Size of the description of a pattern (2.9.147, LSTF), of a list (2.9.131, LFO), of a level (2.9.150, LVLF).
const PATTERN: usize = 28;
const LIST: usize = 16;
const LEVEL: usize = 28;

/// Lists that are read (2.6.2, sprmPIlfo).
const LISTS: u32 = 0x7fe;

/// The lists of a document, with the numbers that paragraphs call them by. Of the patterns the descriptions are
/// `length` bytes long; their levels lie behind. `None` where they are damaged.
pub(super) fn lists(patterns: &[u8], length: usize, lists: &[u8]) -> Option<Numbering> {
    let mut numbering = Numbering::default();
    if length == 0 || lists.is_empty() {
        return Some(numbering);
    }
    let mut numbers = HashMap::new();
    let count = u32::from(short(patterns, 0)?);
    let mut levels = patterns.get(length..)?;
    for number in 0..count {
        let pattern = patterns.get(2 + PATTERN * number as usize..)?.get(..PATTERN)?;
        let is_simple = pattern[26] & 1 == 1;
        let mut read = Pattern::new();
        for index in 0..if is_simple { 1 } else { LEVELS } {
            let (level, rest) = level(levels)?;
            read.insert(index, level);
            levels = rest;
        }
        numbers.entry(long(pattern, 0)?).or_insert(number);
        numbering.patterns.insert(number, read);
    }
    let count = long(lists, 0)?.min(LISTS);
    let mut changes = lists.get(4 + LIST * long(lists, 0)? as usize..)?;
    for index in 0..count {
        let list = lists.get(4 + LIST * index as usize..)?.get(..LIST)?;
        // 2.9.132, LFOData: four bytes that are not read, then what the list changes.
        changes = changes.get(4..)?;
        let mut read = HashMap::new();
        for _ in 0..list[12] {
            let (level, change, rest) = change(changes)?;
            read.insert(level, change);
            changes = rest;
        }
        if let Some(&pattern) = numbers.get(&long(list, 0)?) {
            numbering.lists.insert(index + 1, List { pattern, changes: read });
        }
    }
    Some(numbering)
}

/// A change of a level (2.9.133, LFOLVL), and what follows.
fn change(bytes: &[u8]) -> Option<(usize, Change, &[u8])> {
    let flags = long(bytes, 4)?;
    let start = (flags & 0x10 != 0).then_some(long(bytes, 0)?);
    let rest = &bytes[8..];
    let index = (flags & 0xf) as usize;
    if flags & 0x20 == 0 {
        return Some((index, Change { start, level: None }, rest));
    }
    let (level, rest) = level(rest)?;
    // Where both are changed, the level says where it begins.
    Some((index, Change { start: start.map(|_| level.start), level: Some(level) }, rest))
}

/// A level (2.9.149, LVL), and what follows.
fn level(bytes: &[u8]) -> Option<(Level, &[u8])> {
    let head = bytes.get(..LEVEL)?;
    let text = LEVEL + usize::from(head[24]) + usize::from(head[25]);
    let length = 2 * usize::from(short(bytes, text)?);
    let characters: Vec<u16> = units(bytes.get(text + 2..text + 2 + length)?).collect();
    let flags = head[5];
    let places: Vec<usize> =
        head[6..15].iter().map(|&place| usize::from(place)).take_while(|&place| place > 0).collect();
    let mut label = Vec::new();
    let mut plain = Vec::new();
    for (index, &unit) in characters.iter().enumerate() {
        if places.contains(&(index + 1)) && usize::from(unit) < LEVELS {
            label.extend(super::number::text(plain.drain(..)).chars().map(Part::Character));
            label.push(Part::Number(usize::from(unit)));
        } else {
            plain.push(unit);
        }
    }
    label.extend(super::number::text(plain).chars().map(Part::Character));
    let level = Level {
        start: long(head, 0)?,
        format: format(head[4]).to_owned(),
        label,
        is_apart: head[15] != 2,
        restart: (flags & 8 != 0).then_some(usize::from(head[26])),
        is_legal: flags & 4 != 0,
        style: None,
    };
    Some((level, &bytes[text + 2 + length..]))
}

/// The name in ECMA-376 of a form of numbers ([MS-OSHARED] 2.2.1.3, MSONFC).
fn format(number: u8) -> &'static str {
    match number {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        14 => "decimalFullWidth",
        16 => "chineseLegalSimplified",
        17 => "japaneseDigitalTenThousand",
        18 => "decimalEnclosedCircle",
        19 => "decimalFullWidth2",
        22 => "decimalZero",
        23 => "bullet",
        26 => "decimalEnclosedFullstop",
        27 => "decimalEnclosedParen",
        28 => "decimalEnclosedCircleChinese",
        29 => "ideographEnclosedCircle",
        30 => "ideographTraditional",
        31 => "ideographZodiac",
        33 => "taiwaneseCounting",
        34 => "ideographLegalTraditional",
        35 => "taiwaneseCountingThousand",
        36 => "taiwaneseDigital",
        37 => "chineseCounting",
        38 => "chineseLegalSimplified",
        39 => "chineseCountingThousand",
        57 => "numberInDash",
        255 => "none",
        _ => "decimal",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::numbering::Counters;

    /// A level that begins at `start`, with the form, the flags, and the text, in which a digit stands for the
    /// number of a level.
    fn level_of(start: u8, form: u8, flags: u8, text: &str) -> Vec<u8> {
        let mut head = [0; LEVEL];
        (head[0], head[4], head[5], head[15]) = (start, form, flags, 2);
        let places = text.chars().enumerate().filter(|(_, c)| c.is_ascii_digit());
        places.enumerate().for_each(|(at, (place, _))| head[6 + at] = u8::try_from(place + 1).unwrap());
        let units: Vec<u16> =
            text.encode_utf16().map(|unit| if (0x30..0x3a).contains(&unit) { unit - 0x30 } else { unit }).collect();
        let mut bytes = head.to_vec();
        bytes.extend(u16::try_from(units.len()).unwrap().to_le_bytes());
        bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        bytes
    }

    #[test]
    fn paragraphs_have_the_labels_of_their_levels() {
        let mut patterns = vec![2, 0];
        for (id, simple) in [(7_u8, 0), (9, 1)] {
            let mut pattern = [0; PATTERN];
            (pattern[0], pattern[26]) = (id, simple);
            patterns.extend(pattern);
        }
        let length = patterns.len();
        patterns.extend(level_of(1, 37, 0, "第0部分"));
        patterns.extend(level_of(1, 37, 0, "（1）"));
        patterns.extend(level_of(1, 0, 4, "0-1-2、"));
        (3..9).for_each(|_| patterns.extend(level_of(1, 23, 0, "·")));
        patterns.extend(level_of(3, 39, 0, "0、"));
        let mut all = vec![3, 0, 0, 0];
        for (id, changes) in [(7, 0), (9, 0), (9, 2)] {
            let mut list = [0; LIST];
            (list[0], list[12]) = (id, changes);
            all.extend(list);
        }
        all.extend([0xff; 12]);
        all.extend([[5, 0, 0, 0], [0x10, 0, 0, 0]].concat());
        all.extend([[1, 0, 0, 0], [0x21, 0, 0, 0]].concat());
        all.extend(level_of(1, 18, 0, "1"));
        let numbering = lists(&patterns, length, &all).expect("lists");
        let mut counters = Counters::default();
        let labels = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 4), (2, 0), (2, 0), (3, 0), (3, 1), (4, 0)];
        let labels = labels.map(|(list, level)| numbering.next(&mut counters, list, level).unwrap_or_default());
        let expected =
            ["第一部分", "（一）", "（二）", "1-2-1、", "第二部分", "（一）", "", "三、", "四、", "五、", "①", ""];
        assert_eq!(labels, expected);
        for end in 0..patterns.len() {
            assert!(lists(&patterns[..end], length, &all).is_none(), "{end}");
        }
        for end in 1..all.len() {
            assert!(lists(&patterns, length, &all[..end]).is_none(), "{end}");
        }
    }
}
