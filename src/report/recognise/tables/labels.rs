//! The first witness: which characters of a table belong to which label of the form.
//!
//! Long labels that occur once, in order, are anchors. Between anchors the characters are aligned with
//! the labels that are left by dynamic programming: characters may be inserted (a piece of a group label
//! in the middle of a wrapped label) or lost (a label cut short), never reordered.

use std::ops::Range;

use super::super::stream::is_han;
use super::tokens::Han;
use crate::report::form::{Form, RowKind};

/// The characters of the labels that head other rows; pieces of these may stand anywhere in the table.
pub(super) const GROUP_CHARACTERS: &str = "三本年度办理结果三不予公开四无法提供五不予处理六其他处理";

/// A label of the form as it may be printed.
#[derive(Clone, Debug)]
pub(super) struct Label {
    /// Row of the form; `None` for a heading over rows that has no figures on any form.
    pub(super) row: Option<usize>,
    /// Whether it heads other rows: it may then stand anywhere among them.
    pub(super) heads: bool,
    /// The digit before it on the form, or 0.
    pub(super) ordinal: u8,
    /// Its wordings: Chinese characters only.
    pub(super) wordings: Vec<Vec<char>>,
}

/// How a label was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Chinese characters of the stretch from its first to after its last matched one.
    pub(super) span: Range<usize>,
    /// Whether every character of one wording is there.
    pub(super) complete: bool,
    /// Characters matched.
    pub(super) matched: usize,
}

/// The labels of `form` in order. `heading` is a label without a row, to stand before the row given.
pub(super) fn labels(form: &Form, heading: Option<(usize, &str)>) -> Vec<Label> {
    let hans = |text: &str| -> Vec<char> { text.chars().filter(|&c| is_han(c)).collect() };
    let mut labels = Vec::new();
    for (index, row) in form.rows.iter().enumerate() {
        if let Some((_, text)) = heading.filter(|(before, _)| *before == index) {
            labels.push(Label { row: None, heads: true, ordinal: 0, wordings: vec![hans(text)] });
        }
        let mut wordings = Vec::new();
        for text in std::iter::once(&row.label).chain(row.aliases) {
            let full = hans(text);
            // An ordinal in Chinese numerals may be lost without the label being another.
            let bare = hans(without_ordinal(text));
            if bare.len() != full.len() && bare.len() >= 2 && row.kind == RowKind::Value {
                wordings.push(full);
                wordings.push(bare);
            } else {
                wordings.push(full);
            }
        }
        wordings.dedup();
        let digit = row.label.bytes().next().filter(u8::is_ascii_digit);
        let ordinal = digit.map_or(0, |digit| digit - b'0');
        labels.push(Label { row: Some(index), heads: row.kind != RowKind::Value, ordinal, wordings });
    }
    labels
}

fn without_ordinal(text: &str) -> &str {
    let text = text.trim_start_matches('（');
    let rest = text.trim_start_matches(['一', '二', '三', '四', '五', '六', '七']);
    if rest.starts_with(['、', '）']) { rest } else { text }
}

/// For each label, where it stands among `hans`, or `None`.
pub(super) fn locate(hans: &[Han], labels: &[Label]) -> Vec<Option<Found>> {
    let mut found: Vec<Option<Found>> = vec![None; labels.len()];
    let anchors = anchors(hans, labels);
    let mut label = 0;
    let mut start = 0;
    for (index, span) in anchors.into_iter().chain(std::iter::once((labels.len(), hans.len()..hans.len()))) {
        align(&hans[start..span.start], start, &labels[label..index], &mut found[label..index]);
        if index < labels.len() {
            let matched = span.len();
            start = span.end;
            found[index] = Some(Found { span, complete: true, matched });
            label = index + 1;
        }
    }
    found
}

/// Labels of five or more characters that occur exactly once, as the longest chain in order.
fn anchors(hans: &[Han], labels: &[Label]) -> Vec<(usize, Range<usize>)> {
    let text: Vec<char> = hans.iter().map(|han| han.c).collect();
    let mut hits: Vec<(usize, Range<usize>)> = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        // Only the form's own wording: a shorter one may be the beginning of it.
        let long = |wording: &&Vec<char>| wording.len() >= 5 && !label.heads;
        let hit = label.wordings.iter().take(1).filter(long).find_map(|wording| {
            let mut places = occurrences(&text, wording);
            let first = places.next()?;
            places.next().is_none().then(|| first..first + wording.len())
        });
        if let Some(span) = hit {
            hits.push((index, span));
        }
    }
    // Longest increasing chain; there are at most 30 hits.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(hits.len());
    for i in 0..hits.len() {
        let before = (0..i).filter(|&k| hits[k].1.end <= hits[i].1.start).max_by_key(|&k| (best[k].0, k));
        best.push((before.map_or(1, |k| best[k].0 + 1), before));
    }
    let mut chain = Vec::new();
    let mut at = (0..hits.len()).max_by_key(|&i| best[i].0);
    while let Some(i) = at {
        chain.push(hits[i].clone());
        at = best[i].1;
    }
    chain.reverse();
    chain
}

/// Which characters of a found label's span are the label's own: what was inserted between them is not.
pub(super) fn own_characters(hans: &[Han], found: &Found, label: &Label) -> Vec<bool> {
    let text: Vec<char> = hans[found.span.clone()].iter().map(|han| han.c).collect();
    let mut own = vec![text.len() == found.matched; text.len()];
    if text.len() == found.matched {
        return own;
    }
    // The longest common subsequence with the wording that shares most with the span.
    let table = |wording: &[char]| {
        let mut table = vec![vec![0_usize; wording.len() + 1]; text.len() + 1];
        for i in (0..text.len()).rev() {
            for j in (0..wording.len()).rev() {
                table[i][j] =
                    if text[i] == wording[j] { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
            }
        }
        table
    };
    let Some(wording) = label.wordings.iter().max_by_key(|wording| table(wording)[0][0]) else { return own };
    let table = table(wording);
    let (mut i, mut j) = (0, 0);
    while i < text.len() && j < wording.len() {
        if text[i] == wording[j] && table[i][j] == table[i + 1][j + 1] + 1 {
            own[i] = true;
            (i, j) = (i + 1, j + 1);
        } else if table[i + 1][j] >= table[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    own
}

/// Where `wording` occurs in `text`.
pub(super) fn occurrences<'a>(text: &'a [char], wording: &'a [char]) -> impl Iterator<Item = usize> + 'a {
    text.windows(wording.len().max(1)).enumerate().filter(move |(_, window)| *window == wording).map(|(i, _)| i)
}

/// More characters than this between two anchors are no table.
const LONGEST_STRETCH: usize = 3_000;

// Scores of the alignment, in hundredths of a matched character.
const MATCH: i32 = 100;
const CONTIGUOUS: i32 = 50;
const AT_LIMIT: i32 = 30;
const RIGHT_ORDINAL: i32 = 20;
const OPEN_LABEL: i32 = -90;
const GAP_IN_TEXT: i32 = -120;
const GAP_IN_LABEL: i32 = -110;
const LONGER_GAP_IN_TEXT: i32 = -4;
const LONGER_GAP_IN_LABEL: i32 = -12;
const LOST_BEGINNING: i32 = -150;

/// The best way to a state of the alignment of one label.
#[derive(Clone, Copy, Debug)]
struct Path {
    score: i32,
    /// Characters of the stretch that were left to the labels before.
    start: usize,
    /// First matched character.
    first: usize,
    matched: usize,
}

impl Path {
    const NONE: Self = Self { score: i32::MIN / 2, start: 0, first: 0, matched: 0 };

    const fn plus(self, score: i32) -> Self {
        Self { score: self.score + score, ..self }
    }

    const fn or(self, other: Self) -> Self {
        if other.score > self.score { other } else { self }
    }
}

/// How the best score of the first labels within the first characters came about.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// The last label is absent.
    Absent,
    /// The last character belongs to no label.
    Unmatched,
    /// The last label ends here; `lost` characters of it are missing.
    Label { path: Path, lost: usize },
}

/// Aligns `hans` (which begin at `offset` of the stretch) with `labels`, writing into `found`.
fn align(hans: &[Han], offset: usize, labels: &[Label], found: &mut [Option<Found>]) {
    if labels.is_empty() || hans.is_empty() {
        return;
    }
    let hans = &hans[..hans.len().min(LONGEST_STRETCH)];
    let mut best = vec![0_i32; hans.len() + 1];
    let mut steps: Vec<Vec<Step>> = Vec::with_capacity(labels.len());
    for label in labels {
        let mut next = best.clone();
        let mut how = vec![Step::Absent; hans.len() + 1];
        for wording in &label.wordings {
            one_label(hans, wording, label.ordinal, &best, |end, path, lost| {
                if path.score > next[end] {
                    next[end] = path.score;
                    how[end] = Step::Label { path, lost };
                }
            });
        }
        for i in 1..next.len() {
            // Of equals the first: what repeats a label comes after it.
            if next[i - 1] >= next[i] && next[i] > best[i] || next[i - 1] > next[i] {
                next[i] = next[i - 1];
                how[i] = Step::Unmatched;
            }
        }
        steps.push(how);
        best = next;
    }
    let mut end = hans.len();
    for k in (0..labels.len()).rev() {
        while let Step::Unmatched = steps[k][end] {
            end -= 1;
        }
        if let Step::Label { path, lost } = steps[k][end] {
            // A piece of a heading over rows says nothing, nor does a small piece of any label.
            let telling = path.matched >= 6 || path.matched >= 3 && path.matched * 5 >= (path.matched + lost) * 2;
            if lost == 0 || !labels[k].heads && telling {
                found[k] =
                    Some(Found { span: offset + path.first..offset + end, complete: lost == 0, matched: path.matched });
            }
            end = path.start;
        }
    }
}

/// Aligns one wording with every stretch of `hans`; `before[i]` is the score of what precedes it when it
/// begins at `i`. Reports the best path to every end.
fn one_label(hans: &[Han], wording: &[char], ordinal: u8, before: &[i32], mut report: impl FnMut(usize, Path, usize)) {
    let length = wording.len();
    let lost_cost = |count: usize| match count {
        0 => 0,
        #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "labels are short")]
        count => GAP_IN_LABEL + (count as i32 - 1) * LONGER_GAP_IN_LABEL,
    };
    // Labels differ in their beginnings and are cut short at their ends.
    let lost_beginning = |count: usize| match count {
        0 => 0,
        #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "labels are short")]
        count => LOST_BEGINNING * (count as i32 + 1),
    };
    // State after character j of the wording: it was just matched; or characters of the text, or of the
    // wording, were passed over since.
    let mut matched = vec![Path::NONE; length];
    let mut text_gap = vec![Path::NONE; length];
    let mut label_gap = vec![Path::NONE; length];
    for (i, han) in hans.iter().enumerate() {
        let old = matched.clone();
        let (old_text, old_label) = (text_gap.clone(), label_gap.clone());
        for j in 0..length {
            text_gap[j] =
                old[j].plus(GAP_IN_TEXT).or(old_label[j].plus(GAP_IN_TEXT)).or(old_text[j].plus(LONGER_GAP_IN_TEXT));
            matched[j] = Path::NONE;
            if wording[j] == han.c {
                let limit = match (j, han.ordinal) {
                    (0, 0) if han.starts => AT_LIMIT,
                    (0, printed) if printed == ordinal && ordinal != 0 => AT_LIMIT + RIGHT_ORDINAL,
                    _ => 0,
                };
                let begin =
                    Path { score: before[i] + OPEN_LABEL + lost_beginning(j) + limit, start: i, first: i, matched: 0 };
                let mut from = begin;
                if j > 0 {
                    from = from.or(old[j - 1].plus(CONTIGUOUS)).or(old_text[j - 1]).or(old_label[j - 1]);
                }
                matched[j] = Path { matched: from.matched + 1, ..from.plus(MATCH) };
                let limit = if j + 1 == length && han.ends { AT_LIMIT } else { 0 };
                let path = matched[j].plus(lost_cost(length - 1 - j) + limit);
                // A label of two characters (其他) is one only where no word goes on behind it.
                if length > 2 || han.ends {
                    report(i + 1, path, length - path.matched);
                }
            }
            label_gap[j] = if j == 0 {
                Path::NONE
            } else {
                matched[j - 1]
                    .plus(GAP_IN_LABEL)
                    .or(text_gap[j - 1].plus(GAP_IN_LABEL))
                    .or(label_gap[j - 1].plus(LONGER_GAP_IN_LABEL))
            };
        }
    }
}
