//! The title: found among the first lines, joined where it is broken, taken apart into agency and year.

mod naming;

use std::ops::Range;

use self::naming::{BODY_ENDINGS, NAME, Naming, is_complete, is_foreign, is_fragment, is_whole_body, take_apart};
use super::heading;
use super::lines::Piece;
use crate::report::Title;
use crate::report::recognise::stream::Stream;

pub(super) use self::naming::quoted;

/// The title and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// As printed.
    pub(super) title: Title,
    /// The agency it names.
    pub(super) agency: Option<String>,
    /// The year it names.
    pub(super) year: Option<i32>,
    /// Its characters in the stream.
    pub(super) range: Range<usize>,
}

/// Lines and characters at the beginning among which a title is looked for.
const LINES: usize = 300;
const CHARACTERS: usize = 12_000;

/// Finds the title.
pub(super) fn find(stream: &Stream, pieces: &[Piece]) -> Option<Found> {
    let opening = Opening::of(stream, pieces);
    let mut best: Option<(u8, Range<usize>, Naming)> = None;
    for name in NAME.find_iter(&opening.text) {
        let core = opening.core_of(name.range());
        let Some((start, naming)) = opening.start_of(&core) else { continue };
        let Some(end) = opening.end_of(start, core.end) else { continue };
        // The year may also stand in the name of the document, or in brackets behind it.
        let within = || naming::year_in(opening.slice(core.start..end));
        let naming = Naming { year: naming.year.or_else(within), ..naming };
        // The site's menu may wrap 政府信息公开 and 年度报告 into neighbouring lines.
        if naming == Naming::default() && opening.lines_in(start..end) > 1 {
            continue;
        }
        let alone = opening.chars[start].line_start && opening.ends_line(end);
        let score = 4 * u8::from(naming.agency.is_some()) + 2 * u8::from(naming.year.is_some()) + u8::from(alone);
        if best.as_ref().is_none_or(|(known, ..)| score > *known) {
            best = Some((score, start..end, naming));
        }
    }
    let (_, chars, naming) = best?;
    let range = opening.chars[chars.start].at..opening.chars[chars.end - 1].at + 1;
    let title = Title { text: opening.slice(chars).to_owned(), source: stream.source(range.clone())? };
    Some(Found { title, agency: naming.agency, year: naming.year, range })
}

/// Whether `text`, a line without blanks, is a title and nothing else, with agency and year or with one of them.
pub(super) fn is_whole(text: &str) -> bool {
    text.chars().count() <= 80
        && !text.contains(['。', '，', '；'])
        && NAME.find_iter(text).any(|name| {
            let rest = text[name.end()..].trim_matches(|c: char| !c.is_alphanumeric());
            let naming = take_apart(&text[..name.start()]);
            let within = || naming::year_in(name.as_str());
            rest.is_empty()
                && naming.is_some_and(|naming| naming.agency.is_some() || naming.year.or_else(within).is_some())
        })
}

/// A character of the opening.
#[derive(Clone, Copy, Debug)]
struct Character {
    at: usize,
    byte: usize,
    line_start: bool,
    gap: bool,
}

/// The first lines of a document without blanks.
#[derive(Debug, Default)]
struct Opening {
    text: String,
    chars: Vec<Character>,
}

impl Opening {
    /// The lines up to the first part, or as many as are worth a look.
    fn of(stream: &Stream, pieces: &[Piece]) -> Self {
        let mut opening = Self::default();
        for piece in pieces.iter().take(LINES) {
            let Piece::Line(line) = piece else { continue };
            let before = opening.text.len();
            let mut line_start = true;
            let mut gap = true;
            for at in line.range.clone().take(CHARACTERS.saturating_sub(opening.chars.len())) {
                let c = stream.chars[at].c;
                if matches!(c, ' ' | '\t') {
                    gap = true;
                    continue;
                }
                opening.chars.push(Character { at, byte: opening.text.len(), line_start, gap });
                opening.text.push(c);
                line_start = false;
                gap = false;
            }
            let text = &opening.text[before..];
            let is_first_part =
                heading::ordinal(text).is_some_and(|ordinal| heading::known_at_start(&text[ordinal.bytes..]).is_some());
            if is_first_part || opening.chars.len() >= CHARACTERS {
                break;
            }
        }
        opening
    }

    fn char_at(&self, byte: usize) -> usize {
        self.chars.partition_point(|char| char.byte < byte)
    }

    /// The characters of the name of the document; a 报告 that begins the next line is no part of it.
    fn core_of(&self, bytes: Range<usize>) -> Range<usize> {
        let core = self.char_at(bytes.start)..self.char_at(bytes.end);
        let doubled = self.text[bytes].ends_with("报告报告") && self.chars[core.end - 2].line_start;
        core.start..core.end - if doubled { 2 } else { 0 }
    }

    fn slice(&self, range: Range<usize>) -> &str {
        let byte = |index: usize| self.chars.get(index).map_or(self.text.len(), |char| char.byte);
        &self.text[byte(range.start)..byte(range.end)]
    }

    /// Beginning of the line that holds the character at `index`, at most 60 characters back.
    fn line_start(&self, index: usize) -> Option<usize> {
        (index.saturating_sub(60)..=index).rev().find(|&at| self.chars[at].line_start)
    }

    /// The line above the one that begins at `start`: where it begins, and its text.
    fn line_above(&self, start: usize) -> Option<(usize, &str)> {
        let above = start.checked_sub(1).and_then(|last| self.line_start(last))?;
        Some((above, self.slice(above..start)))
    }

    fn ends_line(&self, end: usize) -> bool {
        self.chars.get(end).is_none_or(|char| char.line_start)
    }

    fn lines_in(&self, range: Range<usize>) -> usize {
        self.chars[range].iter().filter(|char| char.line_start).count()
    }

    /// Where the title that names the document at `core` begins, and what it names.
    fn start_of(&self, core: &Range<usize>) -> Option<(usize, Naming)> {
        if let Some(start) = self.line_start(core.start)
            && let Some(naming) = take_apart(self.slice(start..core.start))
        {
            return Some(self.reach_back(start, core.start, naming));
        }
        // 青溪县医疗保障 | 局2023年…: too little is left on the line to be a name.
        if let Some(start) = self.line_start(core.start)
            && let Some((above, line)) = self.line_above(start)
            && self.slice(start..core.start).starts_with(|c| BODY_ENDINGS.contains(c))
            && !is_foreign(line)
            && let Some(naming) = take_apart(self.slice(above..core.start))
            && naming.agency.is_some()
        {
            return Some(self.reach_back(above, core.start, naming));
        }
        // Everything on one line, as crawlers have it: the title begins after a blank or a mark.
        let furthest = core.start.saturating_sub(60);
        let mut best = None;
        for at in (furthest..=core.start).rev() {
            let before = self.slice(at.saturating_sub(1)..at);
            if !(self.chars[at].gap || before.ends_with(['>', '|', '】', '/', '＞', '»'])) {
                continue;
            }
            match take_apart(self.slice(at..core.start)) {
                Some(naming) if naming.agency.as_deref().is_some_and(is_complete) => return Some((at, naming)),
                Some(naming) if naming != Naming::default() => best = Some((at, naming)),
                _ => {}
            }
        }
        best
    }

    /// Takes in the lines above that belong to the title.
    fn reach_back(&self, mut start: usize, core: usize, mut naming: Naming) -> (usize, Naming) {
        for _ in 0..2 {
            let Some((above, line)) = self.line_above(start) else { break };
            // The body's other name on a line of its own, below the one it reports under.
            if naming.agency.is_none() && line.starts_with('（') && line.ends_with('）') {
                let Some((above, name)) = self.line_above(above) else { break };
                let joined = take_apart(&format!("{name}{}", self.slice(start..core)));
                let Some(joined) = joined.filter(|joined| joined.agency.as_deref().is_some_and(is_complete)) else {
                    break;
                };
                return (above, joined);
            }
            let incomplete = match &naming.agency {
                None => true,
                Some(agency) if is_complete(agency) => false,
                // 青溪县人民政府 | 办公室: the name may go on. 青溪县人民政府 | 财政局: the site's name, and a name.
                Some(agency) if is_whole_body(line) => ["办", "办公室", "办公厅"].contains(&agency.as_str()),
                Some(agency) => {
                    agency.chars().count() <= 3
                        || line.ends_with(|c| "省市县区州旗盟镇乡".contains(c))
                        || is_fragment(agency)
                }
            };
            if !incomplete || is_foreign(line) || line.contains("公开") || heading::ordinal(line).is_some() {
                break;
            }
            let Some(joined) = take_apart(self.slice(above..core)) else { break };
            let gains = joined.agency.as_deref().is_some_and(|agency| agency.ends_with(|c| BODY_ENDINGS.contains(c)))
                || (joined.year.is_some() && naming.year.is_none());
            if !gains {
                break;
            }
            (start, naming) = (above, joined);
        }
        (start, naming)
    }

    /// Where a title that begins at `start` and whose name of the document ends at `end` ends; `None` if the sentence
    /// goes on.
    fn end_of(&self, start: usize, end: usize) -> Option<usize> {
        let line_end = (end..self.chars.len().min(end + 14))
            .find(|&at| self.chars[at].line_start)
            .unwrap_or_else(|| if self.chars.len() <= end + 14 { self.chars.len() } else { end });
        let rest = self.slice(end..line_end);
        if rest.starts_with('（') && rest.ends_with('）') {
            return Some(line_end);
        }
        // 《…年度报告》 on a line of its own, and the letter that sends it: 关于报送…年度报告的报告.
        let title = self.slice(start..end);
        let closes = [("《", "》"), ("“", "”"), ("关于", "的报告"), ("关于", "的函")]
            .into_iter()
            .any(|(opening, closing)| rest == closing && title.contains(opening));
        if closes && self.ends_line(line_end) {
            return Some(line_end);
        }
        let next = if self.ends_line(end) { None } else { self.slice(end..end + 1).chars().next() };
        let goes_on = next.is_some_and(|c| {
            matches!(c, '》' | '”' | '，' | '。' | '、' | '；' | '：' | ',' | ';' | ':' | '.')
                || "的和及与编已全中由予内如包共分应进等".contains(c)
        });
        (!goes_on).then_some(end)
    }
}

#[cfg(test)]
mod tests;
