//! The passages two reports have in common, side by side.

use std::collections::HashMap;
use std::ops::Range;

use super::{Compared, Names, Share, compared, share, shingles};
use crate::report::Digest;

/// A passage that two reports have in common: a run of sentences in each, alike one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parallel {
    /// Its sentences in one report, by index among the passages.
    pub here: Vec<usize>,
    /// Their counterparts in the other, in the same order.
    pub there: Vec<usize>,
    /// Its length in characters after masking.
    pub length: usize,
}

impl Parallel {
    /// The lines it takes in `digest`, the one this names with `here`: first and last, both included.
    #[must_use]
    pub fn lines_here(&self, digest: &Digest) -> Range<u32> {
        lines(digest, &self.here)
    }

    /// The lines it takes in the other.
    #[must_use]
    pub fn lines_there(&self, digest: &Digest) -> Range<u32> {
        lines(digest, &self.there)
    }
}

/// From the first line to the one behind the last.
fn lines(digest: &Digest, sentences: &[usize]) -> Range<u32> {
    let sources = || sentences.iter().filter_map(|&index| digest.passages.get(index)).map(|passage| passage.source);
    let start = sources().map(|source| source.line).min().unwrap_or(1);
    start..sources().map(|source| source.end_line).max().unwrap_or(start) + 1
}

/// The passages of `here` that stand alike in `there`, in the order of `here`; the names of both are masked.
#[must_use]
pub fn side_by_side(here: &Digest, there: &Digest) -> Vec<Parallel> {
    let names = Names::of(here.agency.as_deref().into_iter().chain(there.agency.as_deref()));
    parallels(&compared(here, &names), &compared(there, &names))
}

/// A sentence whose shingles are held by more sentences than this is found by others.
const COMMON: usize = 40;

/// The passages of `here` that stand alike in `there`, in the order of `here`.
#[must_use]
pub fn parallels(here: &[Compared], there: &[Compared]) -> Vec<Parallel> {
    let other = Sentences::of(there);
    let mut found: Vec<Parallel> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for (index, sentence) in here.iter().enumerate() {
        let expected = last.map_or(0, |(_, there)| there + 1);
        let Some(counterpart) = other.like(&sentence.masked, expected) else { continue };
        let (one, two) = (sentence.passage, there[counterpart].passage);
        match found.last_mut() {
            Some(run) if last == Some((index.wrapping_sub(1), counterpart.wrapping_sub(1))) => {
                run.here.push(one);
                run.there.push(two);
                run.length += sentence.masked.len();
            }
            _ => found.push(Parallel { here: vec![one], there: vec![two], length: sentence.masked.len() }),
        }
        last = Some((index, counterpart));
    }
    found
}

/// The sentences of one report, to be found by their words.
struct Sentences<'a> {
    by_text: HashMap<&'a [char], Vec<usize>>,
    shingles: Vec<Vec<u64>>,
    holders: HashMap<u64, Vec<usize>>,
}

impl<'a> Sentences<'a> {
    fn of(sentences: &'a [Compared]) -> Self {
        let mut by_text: HashMap<&[char], Vec<usize>> = HashMap::new();
        let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
        let shingles: Vec<Vec<u64>> = sentences.iter().map(|sentence| shingles([sentence.masked.as_slice()])).collect();
        for (index, sentence) in sentences.iter().enumerate() {
            by_text.entry(&sentence.masked).or_default().push(index);
            for &shingle in &shingles[index] {
                let holders = holders.entry(shingle).or_default();
                if holders.len() <= COMMON {
                    holders.push(index);
                }
            }
        }
        Self { by_text, shingles, holders }
    }

    /// The sentence most like `masked`: eight tenths the same at least; of equals the one nearest to `expected`.
    fn like(&self, masked: &[char], expected: usize) -> Option<usize> {
        let distance = |index: usize| index.abs_diff(expected);
        if let Some(equal) = self.by_text.get(masked) {
            return equal.iter().copied().min_by_key(|&index| distance(index));
        }
        let own = shingles([masked]);
        let mut hits: HashMap<usize, usize> = HashMap::new();
        for shingle in &own {
            let holders = self.holders.get(shingle).filter(|holders| holders.len() <= COMMON);
            for &holder in holders.into_iter().flatten() {
                *hits.entry(holder).or_default() += 1;
            }
        }
        let mut best: Option<(Share, usize)> = None;
        let mut candidates: Vec<usize> =
            hits.into_iter().filter(|&(_, hits)| hits * 4 >= own.len()).map(|(at, _)| at).collect();
        candidates.sort_unstable_by_key(|&index| (distance(index), index));
        for index in candidates {
            let share = share(&own, &self.shingles[index]);
            if share.is_at_least(8, 10) && best.is_none_or(|(best, _)| share.exceeds(best)) {
                best = Some((share, index));
            }
        }
        best.map(|(_, index)| index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Passage, Source};

    fn digest(agency: &str, sentences: &[&str]) -> Digest {
        let passages = sentences.iter().zip(1..).map(|(text, line)| Passage {
            part: 1,
            text: (*text).to_owned(),
            source: Source { line: line * 10, column: 1, end_line: line * 10 + 1, end_column: 5 },
        });
        Digest { agency: Some(agency.to_owned()), passages: passages.collect(), ..Digest::default() }
    }

    #[test]
    fn runs_of_sentences_alike_stand_side_by_side() {
        let first = "青溪县数据局在办事大厅设置查阅点，安排两名工作人员引导群众查阅文件。";
        let second = "全年公布政策文件与图表解读312条，比上年多46条。";
        let own = "组织窗口人员学习答复文书的写法。";
        let here =
            digest("青溪县数据局", &[first, second, own, "按季度检查链接是否可用，失效的当天修复完毕并登记在册。"]);
        let there = digest(
            "松坪县民政局",
            &[
                "今年的重点是旧档案的整理。",
                "松坪县民政局在办事大厅设置查阅点，安排两名工作人员引导群众查阅文件。",
                "全年公布政策文件与图表解读58条，比上年多3条。",
                "按月检查链接是否可用，失效的当天修复完毕并登记在册。",
            ],
        );
        let found = side_by_side(&here, &there);
        let places: Vec<_> = found.iter().map(|run| (run.here.clone(), run.there.clone())).collect();
        assert_eq!(places, [(vec![0, 1], vec![1, 2]), (vec![3], vec![3])]);
        assert_eq!((found[0].lines_here(&here), found[0].lines_there(&there)), (10..22, 20..32));
        assert_eq!(side_by_side(&here, &digest("", &[])), []);
    }
}
