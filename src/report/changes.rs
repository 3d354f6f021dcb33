//! What a later version of a report says otherwise than an earlier one: cell by cell, sentence by sentence.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::{CellRef, CellValue, Digest, Source};

/// What differs between two versions of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Cells that differ, in the form's order.
    pub cells: Vec<CellChange>,
    /// Sentences that differ, in the order they stand in; a removed one where it stood. One that only moved is none.
    pub sentences: Vec<SentenceChange>,
}

/// A cell that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellChange {
    /// Which cell.
    pub at: CellRef,
    /// What the earlier version printed; `None` if it printed no such cell.
    pub before: Option<CellValue>,
    /// What the later version prints; `None` if it prints no such cell.
    pub after: Option<CellValue>,
    /// Where it stood in the earlier version.
    pub stood: Option<Source>,
    /// Where it stands in the later version.
    pub stands: Option<Source>,
}

/// A sentence that differs: its index among the passages of each version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SentenceChange {
    /// In both, in other words.
    Changed {
        /// In the earlier version.
        before: usize,
        /// In the later version.
        after: usize,
    },
    /// Only in the later version.
    Added {
        /// In the later version.
        after: usize,
    },
    /// Only in the earlier version.
    Removed {
        /// In the earlier version.
        before: usize,
    },
}

impl Changes {
    /// Whether both versions say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.sentences.is_empty()
    }
}

/// What `new` says otherwise than `old`. Cells are compared by what they mean: 12 and 12.0 are one figure.
#[must_use]
pub fn changes(old: &Digest, new: &Digest) -> Changes {
    Changes { cells: cells(old, new), sentences: sentences(old, new) }
}

fn cells(old: &Digest, new: &Digest) -> Vec<CellChange> {
    let mut printed: BTreeMap<CellRef, CellChange> = BTreeMap::new();
    let nothing = |at| CellChange { at, before: None, after: None, stood: None, stands: None };
    for &(at, value, source) in &old.cells {
        let cell = printed.entry(at).or_insert_with(|| nothing(at));
        (cell.before, cell.stood) = (Some(value), Some(source));
    }
    for &(at, value, source) in &new.cells {
        let cell = printed.entry(at).or_insert_with(|| nothing(at));
        (cell.after, cell.stands) = (Some(value), Some(source));
    }
    printed.into_values().filter(|cell| cell.before != cell.after).collect()
}

/// Sentences without a counterpart are only paired as long as that takes no more comparisons than this.
const COMPARISONS: usize = 250_000;

fn sentences(old: &Digest, new: &Digest) -> Vec<SentenceChange> {
    let (removed, added) = unmatched(old, new);
    let pairs = if removed.len().saturating_mul(added.len()) <= COMPARISONS {
        let pieces = |digest: &Digest, indices: &[usize]| -> Vec<Vec<[char; 2]>> {
            indices.iter().map(|&index| pieces(&digest.passages[index].text)).collect()
        };
        align(&pieces(old, &removed), &pieces(new, &added))
    } else {
        Vec::new()
    };
    let mut changes = Vec::with_capacity(removed.len().max(added.len()));
    let (mut next_removed, mut next_added) = (0, 0);
    for (before, after) in
        pairs.into_iter().map(Some).chain([None]).map(|pair| pair.unwrap_or((removed.len(), added.len())))
    {
        changes.extend(removed[next_removed..before].iter().map(|&before| SentenceChange::Removed { before }));
        changes.extend(added[next_added..after].iter().map(|&after| SentenceChange::Added { after }));
        if let (Some(&old), Some(&new)) = (removed.get(before), added.get(after)) {
            changes.push(SentenceChange::Changed { before: old, after: new });
        }
        (next_removed, next_added) = (before + 1, after + 1);
    }
    changes
}

/// The sentences of each version that the other does not say in the same words.
fn unmatched(old: &Digest, new: &Digest) -> (Vec<usize>, Vec<usize>) {
    let mut said: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (index, passage) in old.passages.iter().enumerate() {
        said.entry(&passage.text).or_default().push_back(index);
    }
    let mut added = Vec::new();
    for (index, passage) in new.passages.iter().enumerate() {
        if said.get_mut(passage.text.as_str()).and_then(VecDeque::pop_front).is_none() {
            added.push(index);
        }
    }
    let mut removed: Vec<usize> = said.into_values().flatten().collect();
    removed.sort_unstable();
    (removed, added)
}

/// The pairs of neighbouring characters of `text`, sorted.
fn pieces(text: &str) -> Vec<[char; 2]> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut pieces: Vec<[char; 2]> = chars.windows(2).map(|pair| [pair[0], pair[1]]).collect();
    pieces.sort_unstable();
    pieces
}

/// How much two sentences have in common, in thousandths; nothing if it is less than half.
fn likeness(a: &[[char; 2]], b: &[[char; 2]]) -> usize {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(left), Some(right)) = (a.get(i), b.get(j)) {
        common += usize::from(left == right);
        i += usize::from(left <= right);
        j += usize::from(right <= left);
    }
    let thousandths = 2_000 * common / (a.len() + b.len()).max(1);
    if thousandths >= 500 { thousandths } else { 0 }
}

/// Pairs of indices of `old` and `new` that are alike, in order, as alike as possible altogether.
fn align(old: &[Vec<[char; 2]>], new: &[Vec<[char; 2]>]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let score: Vec<usize> =
        old.iter().flat_map(|before| new.iter().map(move |after| likeness(before, after))).collect();
    // `best[i][j]`: of the old ones from `i` and the new ones from `j` on.
    let mut best = vec![0; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let paired = score[i * new.len() + j];
            let together = if paired > 0 { paired + best[(i + 1) * width + j + 1] } else { 0 };
            best[i * width + j] = together.max(best[(i + 1) * width + j]).max(best[i * width + j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < old.len() && j < new.len() {
        let (here, paired) = (best[i * width + j], score[i * new.len() + j]);
        if paired > 0 && here == paired + best[(i + 1) * width + j + 1] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if here == best[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::{Figure, Passage, TableKind};
    use super::*;

    fn digest(sentences: &[&str], cells: &[(usize, CellValue)]) -> Digest {
        let place = |line| Source { line, column: 1, end_line: line, end_column: 2 };
        let passages = sentences.iter().zip(1..).map(|(text, line)| Passage {
            part: 1,
            text: (*text).to_owned(),
            source: place(line),
        });
        let cells = cells.iter().map(|&(row, value)| (CellRef::new(TableKind::Requests, row, 0), value, place(90)));
        Digest { passages: passages.collect(), cells: cells.collect(), ..Digest::default() }
    }

    #[test]
    fn cells_differ_by_what_they_mean() {
        let number = |units: i64, scale| CellValue::Number(Figure::new(units, scale));
        let old = digest(&[], &[(0, number(3, 0)), (1, number(10, 1)), (2, CellValue::Blank), (3, number(4, 0))]);
        let new = digest(&[], &[(0, number(5, 0)), (1, number(1, 0)), (2, number(0, 0)), (5, number(4, 0))]);
        let found: Vec<_> = changes(&old, &new).cells.iter().map(|c| (c.at.row, c.before, c.after)).collect();
        assert_eq!(
            found,
            [
                (0, Some(number(3, 0)), Some(number(5, 0))),
                (2, Some(CellValue::Blank), Some(number(0, 0))),
                (3, Some(number(4, 0)), None),
                (5, None, Some(number(4, 0))),
            ]
        );
        assert!(changes(&old, &old).is_empty());
    }

    #[test]
    fn sentences_are_changed_added_removed_or_only_moved() {
        use SentenceChange::{Added, Changed, Removed};
        let published = "全年公布政策文件与解读312条。";
        let trained = "组织了两次业务培训。";
        let opened = "在办事大厅设立查阅点。";
        for (old, new, expected) in [
            (vec![published, trained], vec![trained, published], vec![]),
            (vec![published], vec!["全年公布政策文件与解读321条。"], vec![Changed { before: 0, after: 0 }]),
            (vec![published, trained], vec![trained], vec![Removed { before: 0 }]),
            (vec![published], vec![opened, published, published], vec![Added { after: 0 }, Added { after: 2 }]),
            (vec![published], vec![opened], vec![Removed { before: 0 }, Added { after: 0 }]),
            (
                vec![trained, "公布文件8件。", opened],
                vec!["组织了三次业务培训。", opened, "公布文件9件。", "另设意见箱。"],
                vec![Changed { before: 0, after: 0 }, Changed { before: 1, after: 2 }, Added { after: 3 }],
            ),
        ] {
            let found = changes(&digest(&old, &[]), &digest(&new, &[])).sentences;
            assert_eq!(found, expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn very_long_reports_are_not_paired_but_every_sentence_is_told() {
        let old: Vec<String> = (0..600).map(|n| format!("旧的说法之{n}。")).collect();
        let new: Vec<String> = (0..600).map(|n| format!("新的说法之{n}。")).collect();
        let of = |texts: &[String]| digest(&texts.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
        assert_eq!(changes(&of(&old), &of(&new)).sentences.len(), 1_200);
    }
}
