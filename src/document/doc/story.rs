//! A part of the text: its paragraphs and the tables in which they stand ([MS-DOC] 2.4.2 to 2.4.5).

use std::ops::Range;

use super::characters::Look;
use super::source::Source;
use super::tables::{Mark, Tables};
use crate::document::flow::Piece;
use crate::document::numbering::Counters;
use crate::document::symbol;

/// Characters with a meaning of their own (2.4.1, and 2.6.1, sprmCFSpec).
pub(super) mod sign {
    pub(in crate::document::doc) const PICTURE: u16 = 0x01;
    pub(in crate::document::doc) const CELL: u16 = 0x07;
    pub(in crate::document::doc) const DRAWING: u16 = 0x08;
    pub(in crate::document::doc) const TAB: u16 = 0x09;
    pub(in crate::document::doc) const LINE: u16 = 0x0b;
    pub(in crate::document::doc) const PAGE: u16 = 0x0c;
    pub(in crate::document::doc) const PARAGRAPH: u16 = 0x0d;
    pub(in crate::document::doc) const COLUMN: u16 = 0x0e;
    pub(in crate::document::doc) const FIELD: u16 = 0x13;
    pub(in crate::document::doc) const RESULT: u16 = 0x14;
    pub(in crate::document::doc) const FIELD_END: u16 = 0x15;
    pub(in crate::document::doc) const HYPHEN: u16 = 0x1e;
}

/// A part of the text that is being read.
pub(super) struct Story<'r, 's> {
    source: &'r mut Source<'s>,
    counters: Counters,
    /// For each field that is open, whether its result has begun; `None` where the fields of the part do not close,
    /// and all that they hold is shown.
    fields: Option<Vec<bool>>,
    /// Text that joins the paragraph that follows, because the mark between was deleted, and in how many tables.
    carried: (String, usize),
    tables: Tables,
}

impl<'r, 's> Story<'r, 's> {
    /// What the characters of `range` hold; `None` where they are damaged, or more than any report has.
    pub(super) fn read(source: &'r mut Source<'s>, range: Range<usize>) -> Option<Vec<Piece>> {
        let fields = closes(source.text.units.get(range.clone())?).then(Vec::new);
        let (counters, tables) = (Counters::default(), Tables::default());
        let mut story = Self { source, counters, fields, carried: (String::new(), 0), tables };
        let mut start = range.start;
        while start < range.end {
            let end = story.source.end_of_paragraph(start, range.end)?;
            story.paragraph(start..end)?;
            start = end;
        }
        story.drop_carried()?;
        story.tables.finish(&mut story.source.cells)
    }

    fn paragraph(&mut self, range: Range<usize>) -> Option<()> {
        let last = range.end - 1;
        let paragraph = self.source.paragraph(last)?;
        let depth = paragraph.depth();
        if self.carried.1 != depth {
            self.drop_carried()?;
        }
        let unit = *self.source.text.units.get(last)?;
        let is_mark = matches!(unit, sign::PARAGRAPH | sign::CELL | sign::PAGE);
        let mut text = std::mem::take(&mut self.carried.0);
        let mut beside = Vec::new();
        let mut look = Look::default();
        let mut start = range.start;
        while start < range.end {
            let end;
            (end, look) = self.source.look(start, range.end, paragraph.style)?;
            let shown = if end == range.end && is_mark { end - 1 } else { end };
            self.run(start..shown, look, &mut text, &mut beside)?;
            start = end;
        }
        let mark = match unit {
            sign::CELL if paragraph.is_end => Mark::Row(paragraph.row),
            sign::PARAGRAPH if paragraph.is_inner_end => Mark::Row(paragraph.row),
            sign::CELL if depth > 0 => Mark::Cell,
            sign::PARAGRAPH if paragraph.is_inner_cell => Mark::Cell,
            _ => Mark::Paragraph,
        };
        // The mark looks as the last run does, which it ends.
        let is_deleted = is_mark && look.is_deleted();
        let mut content = Vec::new();
        match mark {
            Mark::Paragraph if is_deleted || paragraph.is_drop_cap => self.carried = (text, depth),
            // The mark of a row has no text.
            Mark::Row(_) if text.is_empty() && is_deleted => {
                self.tables.leave_out(depth);
                return Some(());
            }
            Mark::Row(_) if text.is_empty() => {}
            _ if text.is_empty() && look.is_hidden() => {}
            _ => {
                let listed = paragraph.list.or(self.source.styles.list(paragraph.style));
                let next = |(list, level)| self.source.numbering.next(&mut self.counters, list, level);
                text.insert_str(0, &listed.and_then(next).unwrap_or_default());
                let is_contents = self.source.styles.is_contents(paragraph.style);
                content.push(if is_contents { Piece::Aside(text) } else { Piece::Paragraph(text) });
            }
        }
        content.append(&mut beside);
        self.tables.add(content, depth, mark, &mut self.source.cells)
    }

    /// Ends the text that was to join what follows.
    fn drop_carried(&mut self) -> Option<()> {
        let (text, depth) = std::mem::take(&mut self.carried);
        if text.is_empty() {
            return Some(());
        }
        self.tables.add(vec![Piece::Paragraph(text)], depth, Mark::Paragraph, &mut self.source.cells)
    }

    /// Adds the characters of `range`, which all look the same, and to `beside` what hangs on them.
    fn run(&mut self, range: Range<usize>, look: Look, text: &mut String, beside: &mut Vec<Piece>) -> Option<()> {
        let mut plain: Vec<u16> = Vec::new();
        for position in range {
            let unit = *self.source.text.units.get(position)?;
            if let Some(fields) = &mut self.fields {
                match unit {
                    sign::FIELD => fields.push(false),
                    sign::RESULT => fields.last_mut().into_iter().for_each(|is_result| *is_result = true),
                    sign::FIELD_END => drop(fields.pop()),
                    _ => {}
                }
            }
            let is_shown = self.fields.as_ref().is_none_or(|fields| fields.iter().all(|&is_result| is_result));
            if unit == sign::DRAWING && look.is_special {
                let content = self.source.drawing(position)?;
                if is_shown && !look.is_out() {
                    beside.extend(content);
                }
            }
            if !is_shown || look.is_out() {
                continue;
            }
            match unit {
                sign::PICTURE if look.is_special && !look.is_data => beside.extend(self.source.picture(look)),
                sign::TAB => plain.push(unit),
                sign::LINE | sign::PAGE | sign::COLUMN => plain.push(u16::from(b'\n')),
                sign::HYPHEN => plain.push(u16::from(b'-')),
                0..0x20 => {}
                _ => {
                    // Signs of a symbol font are written as characters for private use, too.
                    let sign = (0xf000..0xf100).contains(&unit).then_some((look.font, unit));
                    let Some((font, code)) = look.symbol.filter(|_| look.is_special).or(sign) else {
                        plain.push(unit);
                        continue;
                    };
                    let name = self.source.fonts.get(usize::from(font)).map_or("", String::as_str);
                    plain.extend(symbol::character(name, u32::from(code)).encode_utf16(&mut [0; 2]).iter());
                }
            }
        }
        text.push_str(&look.level().set(&super::number::text(plain)));
        Some(())
    }
}

/// Whether every field that begins also ends.
fn closes(units: &[u16]) -> bool {
    let depth = units.iter().fold(0_usize, |depth, &unit| match unit {
        sign::FIELD => depth + 1,
        sign::FIELD_END => depth.saturating_sub(1),
        _ => depth,
    });
    depth == 0
}
