//! Everything but the tables: title, agency, year, period, parts, topics, sentences, claims.
//!
//! ```text
//!  stream ──► borders, lines ──► title (taken out) ──► paragraphs ──► outline ──► topics, sentences ──► claims
//! ```

mod border;
mod claim;
mod heading;
mod lines;
mod number;
mod outline;
mod paragraph;
mod passage;
mod period;
mod sentence;
mod title;
mod topic;

use std::ops::Range;

use self::outline::Start;
use self::paragraph::Block;
use self::passage::Passage;
use super::stream::Stream;
use super::tables::Region;
use crate::report::{Part, Period, Report};

/// Reads the running text of a document into a report that has no tables yet. `tables` are the ranges
/// of the stream that belong to tables.
pub(crate) fn read(stream: &Stream, tables: &[Region]) -> Report {
    let mut pieces = lines::pieces(stream, &border::settle(stream, tables));
    lines::drop_page_heads(stream, &mut pieces);
    let title = title::find(stream, &pieces);
    if let Some(title) = &title {
        lines::take_out(stream, &mut pieces, &title.range, &title.title.text);
    }
    let blocks = paragraph::blocks(stream, &pieces);
    let starts = outline::starts(&blocks);
    let slices = slices(&blocks, &starts);

    let period = period(&slices);
    let quoted = slices.iter().filter(|slice| slice.part <= 1).find_map(|slice| title::quoted(slice.text()));
    let agency = title.as_ref().and_then(|title| title.agency.clone());
    let agency = agency.or_else(|| quoted.as_ref().and_then(|quoted| quoted.agency.clone()));
    let year = title.as_ref().and_then(|title| title.year);
    let year = year.or_else(|| period.as_ref().map(|period| period.from.year));
    let year = year.or_else(|| quoted.as_ref().and_then(|quoted| quoted.year));

    let parts = starts.iter().map(|start| part(stream, &blocks, start, &slices)).collect();
    let (prose, settings) = sentence::sentences(&slices);
    let claims = claim::claims(&prose, &settings, &claim::Reporter { agency: agency.as_deref(), year });
    Report { title: title.map(|title| title.title), agency, year, period, parts, prose, claims, ..Report::default() }
}

/// Whether `text` is the heading of a part under its number, with nothing behind it but a unit or a remark.
pub(crate) fn opens_part(text: &str) -> bool {
    opened_part(text).is_some()
}

/// Whether `text`, without blanks, is the title of a report that names its agency and its year.
pub(super) fn is_title(text: &str) -> bool {
    title::is_whole(text)
}

/// The part of which `text` is the heading; see [`opens_part`].
pub(super) fn opened_part(text: &str) -> Option<u8> {
    let text: String = text.chars().take(2 * heading::LONGEST).filter(|c| !c.is_whitespace()).collect();
    let ordinal = heading::ordinal(&text).filter(|ordinal| ordinal.chinese && ordinal.number <= 6)?;
    let body = &text[ordinal.bytes..];
    let (number, _, length) = heading::known_at_start(body)?;
    let rest: String = body.chars().skip(length).collect();
    let is_alone = rest.is_empty() || rest.starts_with("单位") || rest.starts_with(|c: char| !c.is_alphanumeric());
    is_alone.then_some(number)
}

/// A stretch of running text that belongs to one part.
#[derive(Clone, Debug)]
struct Slice<'a> {
    /// The part; 0 before part one.
    part: u8,
    /// The paragraph.
    passage: &'a Passage,
    /// The characters of it that are meant.
    range: Range<usize>,
}

impl Slice<'_> {
    fn text(&self) -> &str {
        self.passage.slice(self.range.clone())
    }
}

/// Cuts the paragraphs at the headings and leaves the headings out.
fn slices<'a>(blocks: &'a [Block], starts: &[Start]) -> Vec<Slice<'a>> {
    let mut slices = Vec::new();
    let mut starts = starts.iter().peekable();
    let mut part = 0;
    for (index, block) in blocks.iter().enumerate() {
        let mut from = 0;
        while let Some(start) = starts.next_if(|start| start.block <= index) {
            if let Block::Paragraph(passage) = block {
                push(&mut slices, part, passage, from..start.heading.start);
            }
            (part, from) = (start.number, start.heading.end);
        }
        if let Block::Paragraph(passage) = block {
            push(&mut slices, part, passage, from..passage.len());
        }
    }
    slices
}

/// Adds a slice, without the punctuation a heading leaves behind; nothing if no text is left.
fn push<'a>(slices: &mut Vec<Slice<'a>>, part: u8, passage: &'a Passage, range: Range<usize>) {
    let text = passage.slice(range.clone());
    let left_behind = |c: &char| !c.is_alphanumeric() && !matches!(c, '（' | '《' | '“' | '【' | '〔' | '"');
    let skip = if range.start > 0 { text.chars().take_while(left_behind).count() } else { 0 };
    if text.chars().any(char::is_alphanumeric) {
        slices.push(Slice { part, passage, range: range.start + skip..range.end });
    }
}

/// The statistics period: as its own words say, or else the first whole year named before part two or
/// in part six.
fn period(slices: &[Slice<'_>]) -> Option<Period> {
    let mut plain = None;
    for slice in slices {
        match period::find(slice.passage, slice.range.clone()) {
            Some((period, true)) => return Some(period),
            Some((period, false)) if matches!(slice.part, 0 | 1 | 6) => plain = plain.or(Some(period)),
            _ => {}
        }
    }
    plain
}

/// The part that begins at `start`.
fn part(stream: &Stream, blocks: &[Block], start: &Start, slices: &[Slice<'_>]) -> Part {
    let own: Vec<&Slice<'_>> = slices.iter().filter(|slice| slice.part == start.number).collect();
    let text = own.iter().map(|slice| slice.text()).collect::<Vec<_>>().join("\n");
    let topics = if start.number == 1 {
        topic::topics(&own.iter().map(|slice| (slice.passage, slice.range.clone())).collect::<Vec<_>>())
    } else {
        Vec::new()
    };
    let (heading, source) = match &blocks[start.block] {
        Block::Paragraph(passage) if start.heading.is_empty() => (None, passage.source(0..passage.len())),
        Block::Paragraph(passage) => {
            (Some(passage.slice(start.heading.clone()).to_owned()), passage.source(start.heading.clone()))
        }
        Block::Table { range, .. } => (None, stream.source(range.clone())),
    };
    Part {
        number: start.number,
        ordinal: start.ordinal,
        heading,
        wording: start.wording,
        source: source.unwrap_or(crate::report::Source::START),
        text,
        topics,
    }
}

#[cfg(test)]
mod tests;
