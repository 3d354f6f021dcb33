//! The reports of an inbox that are alike, found without comparing all pairs.
//!
//! Two sets of which nine tenths are the same must share some of their rarest elements: if the elements of all sets
//! are put in one order, the rarest first, a prefix of a set of known length holds at least [`WITNESSES`] elements
//! of the same prefix of every set like it. Only sets that do are compared, element by element, so that nothing is
//! missed and nothing is estimated. Sets that are already known to belong together are not compared again: that
//! keeps a thousand copies of one text from costing a million comparisons.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::report::likeness::Share;

/// The prose of one report.
#[derive(Clone, Debug)]
pub(super) struct Prose<'a> {
    /// The body it comes from: what one body says twice is not compared.
    body: &'a str,
    /// Its shingles, sorted, each once; empty if it is not compared.
    shingles: Vec<u64>,
}

impl<'a> Prose<'a> {
    pub(super) fn new(body: &'a str, shingles: Vec<u64>) -> Self {
        Self { body, shingles }
    }
}

/// What was found for one report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// The report most like it among those it was compared with.
    pub(super) nearest: usize,
    /// How alike.
    pub(super) share: Share,
    /// How many other bodies are like it, or like one that is.
    pub(super) others: usize,
}

/// How many elements two prefixes must share before the sets are compared.
const WITNESSES: usize = 12;

/// With how many of its own group a set is compared, to find the nearest.
const COMPARED: u32 = 16;

/// Numerator and denominator of the share from which two sets are alike.
const ALIKE: (usize, usize) = (9, 10);

/// For every set the one most like it, if nine tenths of both are the same. Sets of one body are not compared.
pub(super) fn join(prose: Vec<Prose<'_>>) -> Vec<Option<Match>> {
    let bodies: Vec<&str> = prose.iter().map(|prose| prose.body).collect();
    let sets = Ranked::of(prose);
    let mut search = Search::new(&bodies, &sets);
    for index in 0..sets.len() {
        search.place(index);
    }
    search.matches()
}

/// Spreads shingles; they hold no secret and come from no adversary that could gain by slowing this down: the cost
/// of a collision is a longer probe.
#[derive(Clone, Copy, Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 =
            (self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(27).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    }
}

/// A set with its elements by rank, the rarest first. Elements no other set has are only counted.
#[derive(Clone, Debug)]
struct Ranked {
    /// Elements that other sets have too, ascending.
    ranks: Vec<u32>,
    /// How many elements it has altogether.
    size: usize,
    /// How many of `ranks` stand in the prefix.
    prefix: usize,
}

impl Ranked {
    fn of(prose: Vec<Prose<'_>>) -> Vec<Self> {
        let mut holders: HashMap<u64, u32, BuildHasherDefault<Spread>> = HashMap::default();
        for shingle in prose.iter().flat_map(|prose| &prose.shingles) {
            *holders.entry(*shingle).or_default() += 1;
        }
        let mut order: Vec<(u32, u64)> =
            holders.iter().filter(|&(_, &count)| count > 1).map(|(&shingle, &count)| (count, shingle)).collect();
        order.sort_unstable();
        holders.clear();
        holders.extend(order.iter().zip(0..).map(|(&(_, shingle), rank)| (shingle, rank)));
        drop(order);
        let ranked = |prose: Prose<'_>| {
            let size = prose.shingles.len();
            let mut ranks: Vec<u32> =
                prose.shingles.iter().filter_map(|shingle| holders.get(shingle).copied()).collect();
            ranks.sort_unstable();
            // Of nine tenths of both, 2c ≥ 0.9 (a + b) and b ≥ c, follows c ≥ 9/11 a.
            let shared = (9 * size).div_ceil(11);
            let alone = size - ranks.len();
            let prefix = (size + WITNESSES - shared).saturating_sub(alone).min(ranks.len());
            Self { ranks, size, prefix }
        };
        prose.into_iter().map(ranked).collect()
    }

    /// Elements that a set like this one must share with it at the least.
    fn witnesses(&self) -> usize {
        WITNESSES.min((9 * self.size).div_ceil(11)).max(1)
    }
}

/// The search: sets are placed one after the other, each into the group of those it is like.
struct Search<'a> {
    bodies: &'a [&'a str],
    sets: &'a [Ranked],
    /// Where the holders of a rank begin in `holders`.
    starts: Vec<u32>,
    /// How many of them have been placed.
    placed: Vec<u32>,
    holders: Vec<u32>,
    /// The group all holders of a rank belonged to when they were placed; `MIXED` if they did not.
    group_of: Vec<u32>,
    /// Groups as trees: every set points towards the first of its group.
    parent: Vec<u32>,
    compared: Vec<u32>,
    best: Vec<Option<(Share, usize)>>,
    /// How many elements of the prefix a set shares with the one being placed.
    hits: Vec<u32>,
}

const NOBODY: u32 = u32::MAX;
const MIXED: u32 = u32::MAX - 1;

impl<'a> Search<'a> {
    fn new(bodies: &'a [&'a str], sets: &'a [Ranked]) -> Self {
        let ranks = sets.iter().filter_map(|set| set.ranks.last()).max().map_or(0, |&last| last as usize + 1);
        let mut counts = vec![0_u32; ranks];
        for &rank in sets.iter().flat_map(|set| &set.ranks[..set.prefix]) {
            counts[rank as usize] += 1;
        }
        let mut total = 0;
        let mut starts = Vec::with_capacity(ranks);
        for count in counts {
            starts.push(total);
            total += count;
        }
        Self {
            bodies,
            sets,
            starts,
            placed: vec![0; ranks],
            holders: vec![0; total as usize],
            group_of: vec![NOBODY; ranks],
            parent: (0..).take(sets.len()).collect(),
            compared: vec![0; sets.len()],
            best: vec![None; sets.len()],
            hits: vec![0; sets.len()],
        }
    }

    fn group(&mut self, index: usize) -> usize {
        let mut at = index;
        while self.parent[at] as usize != at {
            let up = self.parent[self.parent[at] as usize];
            self.parent[at] = up;
            at = up as usize;
        }
        at
    }

    /// Compares the set with those placed before that may be like it, and places it.
    fn place(&mut self, index: usize) {
        let sets = self.sets;
        let set = &sets[index];
        let mut touched: Vec<u32> = Vec::new();
        for &rank in &set.ranks[..set.prefix] {
            let rank = rank as usize;
            let group = self.group_of[rank];
            if group < MIXED && self.compared[index] >= COMPARED && self.group(group as usize) == self.group(index) {
                continue;
            }
            let start = self.starts[rank] as usize;
            for at in start..start + self.placed[rank] as usize {
                let other = self.holders[at] as usize;
                if self.hits[other] == 0 {
                    touched.push(self.holders[at]);
                }
                self.hits[other] += 1;
                if self.hits[other] as usize == set.witnesses().min(sets[other].witnesses()) {
                    self.compare(index, other);
                }
            }
        }
        for other in touched {
            self.hits[other as usize] = 0;
        }
        let group = u32::try_from(self.group(index)).unwrap_or(NOBODY);
        for &rank in &set.ranks[..set.prefix] {
            let rank = rank as usize;
            let at = self.starts[rank] + self.placed[rank];
            self.holders[at as usize] = u32::try_from(index).unwrap_or(NOBODY);
            self.placed[rank] += 1;
            let known = self.group_of[rank];
            let same = known == NOBODY || (known < MIXED && self.group(known as usize) == group as usize);
            self.group_of[rank] = if same { group } else { MIXED };
        }
    }

    fn compare(&mut self, one: usize, two: usize) {
        let (a, b) = (self.bodies[one], self.bodies[two]);
        // 青溪县数据局 and 云岭市青溪县数据局 are one body.
        if a.ends_with(b) || b.ends_with(a) {
            return;
        }
        let (first, second) = (self.group(one), self.group(two));
        if first == second && self.compared[one] >= COMPARED {
            return;
        }
        let Some(share) = alike(&self.sets[one], &self.sets[two]) else { return };
        for (set, other) in [(one, two), (two, one)] {
            self.compared[set] += 1;
            if self.best[set].is_none_or(|(best, _)| share.exceeds(best)) {
                self.best[set] = Some((share, other));
            }
        }
        let (low, high) = (first.min(second), first.max(second));
        self.parent[high] = u32::try_from(low).unwrap_or(NOBODY);
    }

    fn matches(mut self) -> Vec<Option<Match>> {
        let mut groups: HashMap<usize, Vec<&str>> = HashMap::new();
        for index in 0..self.sets.len() {
            if self.best[index].is_some() {
                let group = self.group(index);
                groups.entry(group).or_default().push(self.bodies[index]);
            }
        }
        for bodies in groups.values_mut() {
            bodies.sort_unstable();
            bodies.dedup();
        }
        (0..self.sets.len())
            .map(|index| {
                let (share, nearest) = self.best[index]?;
                let others = groups.get(&self.group(index)).map_or(0, |bodies| bodies.len().saturating_sub(1));
                Some(Match { nearest, share, others })
            })
            .collect()
    }
}

/// How alike two sets are, if they are alike; gives up as soon as they cannot be.
fn alike(one: &Ranked, two: &Ranked) -> Option<Share> {
    let whole = one.size + two.size;
    // Of `whole` elements at most a tenth may be without a counterpart.
    let allowed = whole * (ALIKE.1 - ALIKE.0) / ALIKE.1;
    let mut lonely = whole - one.ranks.len() - two.ranks.len();
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.ranks.get(i), two.ranks.get(j)) {
        if left == right {
            common += 2;
        } else {
            lonely += 1;
            if lonely > allowed {
                return None;
            }
        }
        i += usize::from(left <= right);
        j += usize::from(right <= left);
    }
    Some(Share { common, whole }).filter(|share| share.is_at_least(ALIKE.0, ALIKE.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::likeness::share;

    /// A small seeded source of choices.
    struct Choices(u64);

    impl Choices {
        fn below(&mut self, bound: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % bound
        }
    }

    /// Texts of which some are others with a few elements exchanged, about as many as make the difference.
    fn texts(choices: &mut Choices, count: usize, pool: u64) -> Vec<Vec<u64>> {
        let mut texts: Vec<Vec<u64>> = Vec::new();
        for _ in 0..count {
            let mut text: Vec<u64> = match texts.len() {
                known if known > 0 && choices.below(3) > 0 => {
                    let origin = usize::try_from(choices.below(known as u64)).unwrap();
                    texts[origin].clone()
                }
                _ => (0..20 + choices.below(180)).map(|_| choices.below(pool)).collect(),
            };
            let exchanged = choices.below(2 + text.len() as u64 / 6);
            for _ in 0..exchanged {
                let at = usize::try_from(choices.below(text.len() as u64)).unwrap();
                text[at] = choices.below(pool);
            }
            text.sort_unstable();
            text.dedup();
            texts.push(text);
        }
        texts
    }

    /// The groups by comparing all pairs.
    fn all_pairs(texts: &[Vec<u64>]) -> Vec<Option<usize>> {
        let mut group: Vec<usize> = (0..texts.len()).collect();
        let mut is_alike = vec![false; texts.len()];
        for i in 0..texts.len() {
            for j in 0..i {
                if share(&texts[i], &texts[j]).is_at_least(9, 10) {
                    (is_alike[i], is_alike[j]) = (true, true);
                    let (from, to) = (group[i], group[j]);
                    group.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
                }
            }
        }
        (0..texts.len())
            .map(|i| is_alike[i].then(|| group.iter().filter(|other| **other == group[i]).count() - 1))
            .collect()
    }

    #[test]
    fn nothing_is_missed_and_nothing_is_made_up() {
        for seed in 0..60 {
            let mut choices = Choices(seed);
            let pool = 150 + choices.below(2_000);
            let texts = texts(&mut choices, 60, pool);
            let bodies: Vec<String> = (0..texts.len()).map(|index| format!("{index:03}号")).collect();
            let prose: Vec<Prose<'_>> =
                texts.iter().zip(&bodies).map(|(text, body)| Prose::new(body, text.clone())).collect();
            let found = join(prose);
            let groups: Vec<Option<usize>> = found.iter().map(|found| found.map(|found| found.others)).collect();
            assert_eq!(groups, all_pairs(&texts), "seed {seed}");
            for (index, found) in found.iter().enumerate() {
                if let Some(found) = found {
                    assert_eq!(found.share, share(&texts[index], &texts[found.nearest]), "seed {seed}, {index}");
                }
            }
        }
    }

    #[test]
    fn one_body_is_not_compared_with_itself() {
        let text: Vec<u64> = (0..200).collect();
        let of = |bodies: &[&str]| {
            let prose: Vec<Prose<'_>> = bodies.iter().map(|body| Prose::new(body, text.clone())).collect();
            join(prose).iter().map(|found| found.map(|found| (found.nearest, found.others))).collect::<Vec<_>>()
        };
        assert_eq!(of(&["青溪县数据局", "青溪县数据局"]), [None, None]);
        assert_eq!(of(&["云岭市青溪县数据局", "青溪县数据局"]), [None, None]);
        assert_eq!(of(&["青溪县数据局", "青溪县民政局"]), [Some((1, 1)), Some((0, 1))]);
    }

    #[test]
    fn a_thousand_copies_are_one_group() {
        let bodies: Vec<String> = (0..1_000).map(|index| format!("{index:04}号")).collect();
        let text = |index: u64| (0..300).map(|at| if at == index % 300 { 10_000 + index } else { at }).collect();
        let prose: Vec<Prose<'_>> = bodies.iter().zip(0..).map(|(body, index)| Prose::new(body, text(index))).collect();
        assert!(join(prose).iter().all(|found| found.is_some_and(|found| found.others == 999)));
    }
}
