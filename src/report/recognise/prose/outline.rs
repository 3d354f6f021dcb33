//! Where the six parts stand: by heading, by number, or by content.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::heading::{self, Ordinal};
use super::paragraph::Block;
use super::passage::Passage;
use super::topic;
use crate::report::{HeadingWording, TableKind};

/// A heading, or the place where a part without one begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// Which part begins.
    pub(super) number: u8,
    /// The block it begins in.
    pub(super) block: usize,
    /// The characters of the heading in that block; empty without a heading.
    pub(super) heading: Range<usize>,
    /// The ordinal printed.
    pub(super) ordinal: Option<u8>,
    /// How far the heading follows the form.
    pub(super) wording: HeadingWording,
}

/// Something that may be the heading of a part.
#[derive(Clone, Debug)]
struct Candidate {
    number: u8,
    block: usize,
    chars: Range<usize>,
    ordinal: Option<Ordinal>,
    wording: HeadingWording,
    /// Nothing else stands in its paragraph.
    alone: bool,
    /// The part's own table follows.
    table: bool,
}

impl Candidate {
    fn position(&self) -> (usize, usize) {
        (self.block, self.chars.start)
    }

    /// Whether it is a heading wherever it stands. Others count only where the order asks for them.
    fn is_firm(&self) -> bool {
        let chinese = self.ordinal.is_some_and(|ordinal| ordinal.chinese);
        self.wording != HeadingWording::Different
            && (chinese || self.table || (self.alone && !matches!(self.number, 2..=4)))
    }

    /// Whether it may be a heading where the order asks for one. Without a Chinese ordinal the topics of
    /// part one are worded like the parts that hold a table.
    fn is_plausible(&self) -> bool {
        self.ordinal.is_some_and(|ordinal| ordinal.chinese) || self.table || !matches!(self.number, 2..=4)
    }

    fn score(&self) -> u32 {
        let wording = match self.wording {
            HeadingWording::Prescribed => 6,
            HeadingWording::Synonym => 4,
            _ => 0,
        };
        let ordinal = match self.ordinal {
            Some(ordinal) => 4 * u32::from(ordinal.chinese) + 2 * u32::from(ordinal.number == self.number),
            None => 1,
        };
        wording + ordinal + 2 * u32::from(self.alone) + 5 * u32::from(self.table)
    }
}

/// Finds the parts, in the order they stand.
pub(super) fn starts(blocks: &[Block]) -> Vec<Start> {
    let candidates = candidates(blocks);
    let mut chosen: Vec<Candidate> = Vec::new();
    for number in 1..=6 {
        chosen.extend(best(candidates.iter().filter(|c| c.number == number && c.is_firm())).cloned());
    }
    let firm = chosen.clone();
    for number in (1..=6).filter(|&number| firm.iter().all(|c| c.number != number)) {
        let after = firm.iter().filter(|c| c.number < number).map(Candidate::position).max();
        let before = firm.iter().filter(|c| c.number > number).map(Candidate::position).min();
        let fits = |c: &&Candidate| {
            c.number == number
                && c.is_plausible()
                && after.is_none_or(|after| c.position() > after)
                && before.is_none_or(|before| c.position() < before)
        };
        chosen.extend(best(candidates.iter().filter(fits)).cloned());
    }
    let mut starts: Vec<Start> = chosen
        .into_iter()
        .map(|candidate| Start {
            number: candidate.number,
            block: candidate.block,
            heading: candidate.chars,
            ordinal: candidate.ordinal.map(|ordinal| ordinal.number),
            wording: candidate.wording,
        })
        .collect();
    starts.sort_by_key(|start| (start.block, start.heading.start));
    by_content(blocks, &mut starts);
    starts
}

/// The likeliest of some candidates; the first among equals.
fn best<'a>(candidates: impl Iterator<Item = &'a Candidate>) -> Option<&'a Candidate> {
    candidates.fold(None, |best: Option<&Candidate>, candidate| match best {
        Some(best) if best.score() >= candidate.score() => Some(best),
        _ => Some(candidate),
    })
}

fn candidates(blocks: &[Block]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let Block::Paragraph(passage) = block else { continue };
        let from = candidates.len();
        alone(passage, index, &mut candidates);
        if candidates.len() == from {
            inline(passage, index, &mut candidates);
            before_table(passage, blocks, index, &mut candidates);
            after_table(passage, blocks, index, &mut candidates);
        }
        for candidate in &mut candidates[from..] {
            let at_end = candidate.chars.end == passage.len();
            let next = blocks[index + 1..].iter().take(if at_end { 4 } else { 2 });
            // The table may follow a filler sentence, but not another heading.
            candidate.table = kind_of(candidate.number).is_some_and(|own| {
                next.take_while(|block| !is_heading_block(block))
                    .any(|block| matches!(block, Block::Table { kind: Some(kind), .. } if *kind == own))
            });
        }
    }
    without_contents(&candidates)
}

fn is_heading_block(block: &Block) -> bool {
    let Block::Paragraph(passage) = block else { return false };
    passage.len() <= heading::LONGEST
        && heading::ordinal(passage.as_str())
            .is_some_and(|ordinal| heading::known_at_start(&passage.as_str()[ordinal.bytes..]).is_some())
}

/// The table that belongs to part `number`.
fn kind_of(number: u8) -> Option<TableKind> {
    TableKind::ALL.into_iter().find(|kind| kind.part() == number)
}

/// A heading with nothing else in its paragraph.
fn alone(passage: &Passage, block: usize, candidates: &mut Vec<Candidate>) {
    let text = passage.as_str();
    // （一） and the like number topics, never parts.
    if passage.len() > heading::LONGEST + 6 || text.starts_with('（') {
        return;
    }
    let ordinal = heading::ordinal(text);
    let body = &text[ordinal.map_or(0, |ordinal| ordinal.bytes)..];
    let body = heading::without_unit(body);
    let trimmed = body.trim_end_matches(|c: char| !c.is_alphanumeric());
    // A sentence that ends like one is no heading, whatever words it has.
    if body.contains(['，', ',']) || (body.len() > trimmed.len() && ordinal.is_none() && body.ends_with(['。', '；']))
    {
        return;
    }
    // 六、其他需要报告的事项：本机关未收取信息处理费: the text begins on the line of its heading.
    if ordinal.is_some() && goes_on(body) {
        return;
    }
    let Some((number, wording)) = heading::classify(body) else { return };
    if wording == HeadingWording::Different && ordinal.is_none() && trimmed.chars().count() > 20 {
        return;
    }
    let end = passage.char_at(ordinal.map_or(0, |ordinal| ordinal.bytes) + trimmed.len());
    candidates.push(Candidate { number, block, chars: 0..end, ordinal, wording, alone: true, table: false });
}

/// Whether a known heading at the beginning of `body` is followed by a colon and more.
fn goes_on(body: &str) -> bool {
    let Some((_, _, length)) = heading::known_at_start(body) else { return false };
    let rest: String = body.chars().skip(length).collect();
    let more = rest.strip_prefix(['：', ':', '。']).unwrap_or_default();
    more.chars().any(char::is_alphanumeric)
}

static ORDINALS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[一二三四五六七八九十]{1,3}[、.．丶]|第[一二三四五六七八九十]部分[、:：]?|[1-9][、.．]")
        .expect("a valid pattern")
});

/// Headings followed by text, or in the middle of a paragraph, as when everything stands on one line.
fn inline(passage: &Passage, block: usize, candidates: &mut Vec<Candidate>) {
    let text = passage.as_str();
    for found in ORDINALS.find_iter(text) {
        let Some(ordinal) = heading::ordinal(&text[found.start()..]) else { continue };
        let start = passage.char_at(found.start());
        let body = passage.char_at(found.end());
        let rest = &text[found.end()..];
        let opens =
            start == 0 || passage.gap_before(start) || text[..found.start()].ends_with(['。', '！', '？', '；']);
        if !ordinal.chinese && !opens {
            continue;
        }
        let known = heading::known_at_start(rest).filter(|&(.., length)| !is_listed(passage, body + length));
        if let Some((number, wording, length)) = known {
            let chars = start..body + length;
            candidates.push(Candidate {
                number,
                block,
                chars,
                ordinal: Some(ordinal),
                wording,
                alone: false,
                table: false,
            });
        } else if opens && ordinal.chinese {
            let gap = (body + 1..=body + heading::LONGEST).find(|&at| passage.gap_before(at));
            let Some(end) = gap else { continue };
            let line = passage.slice(body..end);
            if line.contains(['，', '。', '；', '：', '、', ',']) {
                continue;
            }
            if let Some((number, wording)) = heading::classify(line) {
                let chars = start..end.min(passage.len());
                candidates.push(Candidate {
                    number,
                    block,
                    chars,
                    ordinal: Some(ordinal),
                    wording,
                    alone: false,
                    table: false,
                });
            }
        }
    }
}

static LIST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[、；，,;和及与等]|以及|组成|构成|共?[五六七567]个?(?:部分|方面))").expect("a valid pattern")
});

/// Whether a list goes on at `at`: 一、总体情况；二、主动公开…
fn is_listed(passage: &Passage, at: usize) -> bool {
    LIST.is_match(passage.slice(at..at + 6))
}

/// A heading without a number at the end of a paragraph, right before its table.
fn before_table(passage: &Passage, blocks: &[Block], block: usize, candidates: &mut Vec<Candidate>) {
    let Some(Block::Table { kind: Some(kind), .. }) = blocks.get(block + 1) else { return };
    let Some((wording, length)) = heading::known_at_end(passage.as_str(), kind.part()) else { return };
    let chars = passage.len() - length..passage.len();
    if candidates.last().is_none_or(|last| last.block != block || last.chars.end < chars.start) {
        let number = kind.part();
        candidates.push(Candidate { number, block, chars, ordinal: None, wording, alone: false, table: true });
    }
}

/// A heading without a number at the beginning of a paragraph, right after a table.
fn after_table(passage: &Passage, blocks: &[Block], block: usize, candidates: &mut Vec<Candidate>) {
    let follows = block.checked_sub(1).is_some_and(|previous| matches!(blocks[previous], Block::Table { .. }));
    if !follows {
        return;
    }
    if let Some((number, HeadingWording::Prescribed, length)) = heading::known_at_start(passage.as_str())
        && !is_listed(passage, length)
        && number > 4
    {
        let (wording, chars) = (HeadingWording::Prescribed, 0..length);
        candidates.push(Candidate { number, block, chars, ordinal: None, wording, alone: true, table: false });
    }
}

/// Leaves out a table of contents: headings in a row with nothing between them that all come again.
fn without_contents(candidates: &[Candidate]) -> Vec<Candidate> {
    let mut last_of = [None; 7];
    for (index, candidate) in candidates.iter().enumerate() {
        last_of[usize::from(candidate.number)] = Some(index);
    }
    let follows = |a: &Candidate, b: &Candidate| {
        let near =
            (a.alone && b.alone && b.block == a.block + 1) || (a.block == b.block && a.chars.end + 1 >= b.chars.start);
        near && a.number < b.number
    };
    let mut kept = Vec::with_capacity(candidates.len());
    let mut start = 0;
    while start < candidates.len() {
        let mut end = start + 1;
        while end < candidates.len() && follows(&candidates[end - 1], &candidates[end]) {
            end += 1;
        }
        let run = &candidates[start..end];
        let comes_again = |c: &Candidate| last_of[usize::from(c.number)].is_some_and(|last| last >= end);
        if run.len() < 4 || !run.iter().all(comes_again) {
            kept.extend_from_slice(run);
        }
        start = end;
    }
    kept
}

static PROBLEMS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"存在.{0,12}(?:问题|不足)|主要问题|(?:问题|不足)[：:]|(?:不够|有待|仍需|欠缺|薄弱|不足).*(?:下一步|改进|今后|将)").expect("a valid pattern")
});

static OTHER_MATTERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"信息(?:公开)?处理费|[无没有].{0,4}其[他它].{0,4}(?:报告|说明)").expect("a valid pattern")
});

/// Adds the parts that have no heading but whose content is there.
fn by_content(blocks: &[Block], starts: &mut Vec<Start>) {
    for kind in TableKind::ALL {
        if starts.iter().all(|start| start.number != kind.part()) {
            let block =
                blocks.iter().position(|block| matches!(block, Block::Table { kind: Some(k), .. } if *k == kind));
            add(starts, kind.part(), block);
        }
    }
    let last_table_part = starts.iter().filter(|start| (2..=4).contains(&start.number)).map(|start| start.block).max();
    let last_table = blocks.iter().rposition(|block| matches!(block, Block::Table { .. }));
    if let Some(from) = last_table_part.max(last_table) {
        for (number, words) in [(5, &PROBLEMS), (6, &OTHER_MATTERS)] {
            if starts.iter().all(|start| start.number != number) {
                let from =
                    starts.iter().find(|start| start.number == 5 && number == 6).map_or(from, |start| start.block);
                let until = starts.iter().filter(|start| start.block > from).map(|start| start.block).min();
                let block = (from + 1..until.unwrap_or(blocks.len()))
                    .find(|&at| matches!(&blocks[at], Block::Paragraph(passage) if words.is_match(passage.as_str())));
                add(starts, number, block);
            }
        }
    }
    if starts.iter().all(|start| start.number != 1) {
        let until = starts.first().map_or(blocks.len(), |start| start.block);
        add(starts, 1, topic::first_block(&blocks[..until]));
    }
}

fn add(starts: &mut Vec<Start>, number: u8, block: Option<usize>) {
    if let Some(block) = block {
        starts.push(Start { number, block, heading: 0..0, ordinal: None, wording: HeadingWording::Absent });
        starts.sort_by_key(|start| (start.block, start.heading.start));
    }
}
