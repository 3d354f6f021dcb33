//! How like a label of the form the text of a cell is.

use super::super::labels::Label;

/// The text is the label, in one of its wordings.
pub(super) const SAME: u32 = 100;
/// It is evidently the label: with a note, or cut short.
pub(super) const SURE: u32 = 75;
/// It is likely the label.
pub(super) const LIKELY: u32 = 55;

/// Characters looked at.
const LONGEST: usize = 60;

/// How like `label` the Chinese characters `text` are, from 0 to [`SAME`].
pub(super) fn likeness(text: &[char], label: &Label) -> u32 {
    if text.is_empty() || text.len() > LONGEST {
        return 0;
    }
    label.wordings.iter().map(|wording| like(text, wording)).max().unwrap_or(0)
}

fn like(text: &[char], wording: &[char]) -> u32 {
    if text == wording {
        return SAME;
    }
    if wording.len() >= 4 && contains(text, wording) {
        // A note behind the label, or an ordinal lost before it.
        return if text.len() <= wording.len() + 14 { 90 } else { 0 };
    }
    if text.len() >= 4 && wording.starts_with(text) && (text.len() >= 6 || text.len() * 5 >= wording.len() * 2) {
        return 80;
    }
    let common = common(text, wording);
    if common < 3 {
        return 0;
    }
    let share = u32::try_from(2 * common * SAME as usize / (text.len() + wording.len())).unwrap_or(0);
    // Labels that share most of their characters and differ in a few are other labels.
    if share >= 80 { SURE + (share - 80) / 4 } else { share * 9 / 10 }
}

fn contains(text: &[char], part: &[char]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// Characters that both have in the same order: the length of the longest common subsequence, with a bit for each
/// character of `other`, of which no more than 128 are looked at (Hyyrö 2004).
fn common(one: &[char], other: &[char]) -> usize {
    let other = &other[..other.len().min(128)];
    let mut row = u128::MAX;
    for a in one {
        let same = other.iter().rev().fold(0, |bits: u128, b| bits << 1 | u128::from(a == b));
        row = row.wrapping_add(row & same) | (row & !same);
    }
    let within = u128::MAX.checked_shr(128 - u32::try_from(other.len()).unwrap_or(128)).unwrap_or(0);
    (!row & within).count_ones() as usize
}

/// Which label each of `texts` is, in order: the choice with the greatest likeness in which no label comes twice
/// and none before an earlier one.
pub(super) fn in_order(texts: &[(Vec<char>, u8)], labels: &[Label]) -> Vec<Option<(usize, u32)>> {
    let (n, m) = (texts.len(), labels.len());
    let score = |(text, ordinal): &(Vec<char>, u8), label: &Label| {
        let score = likeness(text, label);
        let agrees = *ordinal != 0 && *ordinal == label.ordinal;
        if score >= LIKELY { 2 * score + u32::from(agrees) } else { 0 }
    };
    let mut scores: Vec<Vec<u32>> =
        texts.iter().map(|text| labels.iter().map(|label| score(text, label)).collect()).collect();
    // What is surely one label is not likely another.
    for row in &mut scores {
        if row.iter().any(|&score| score >= 2 * SURE) {
            row.iter_mut().filter(|score| **score < 2 * SURE).for_each(|score| *score = 0);
        }
    }
    let mut best = vec![vec![0_u32; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let taken = if scores[i][j] > 0 { scores[i][j] + best[i + 1][j + 1] } else { 0 };
            best[i][j] = taken.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let mut chosen = vec![None; n];
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        if scores[i][j] > 0 && best[i][j] == scores[i][j] + best[i + 1][j + 1] {
            chosen[i] = Some((j, scores[i][j] / 2));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i][j + 1] {
            j += 1;
        } else {
            i += 1;
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::common;

    #[test]
    fn characters_in_the_same_order_are_counted() {
        let long = "行政".repeat(80);
        let cases = [
            ("", "", 0),
            ("", "予以公开", 0),
            ("予以公开", "", 0),
            ("予以公开", "予以公开", 4),
            ("部分公开", "予以公开", 2),
            ("公开予以", "予以公开", 2),
            ("不予公开的", "（三）不予公开", 4),
            ("一二一二", "二一二一", 3),
            (&long, &long, 128),
        ];
        for (one, other, expected) in cases {
            let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
            assert_eq!(common(&one, &other), expected, "{one:?} {other:?}");
        }
    }
}
