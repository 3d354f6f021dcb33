//! How alike the prose of two reports is: by the shingles (three neighbouring characters) of their sentences, after
//! masking what must differ. Everything is counted in whole numbers: the same texts give the same answer everywhere.

mod mask;
mod parallel;

use super::{Digest, Topic};

pub use mask::{Names, masked};
pub use parallel::{Parallel, parallels, side_by_side};

/// Shorter prose, in characters after masking, is too little to be called a copy of another.
pub const LEAST: usize = 120;

/// How much of two texts is the same, as an exact fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Twice the shingles in common.
    pub common: usize,
    /// The shingles of both.
    pub whole: usize,
}

impl Share {
    /// Whether it is `numerator` of `denominator` or more. Of nothing, nothing is the same.
    #[must_use]
    pub const fn is_at_least(self, numerator: usize, denominator: usize) -> bool {
        self.whole > 0 && self.common * denominator >= self.whole * numerator
    }

    /// In hundredths, rounded down.
    #[must_use]
    pub fn percent(self) -> usize {
        (100 * self.common).checked_div(self.whole).unwrap_or_default()
    }

    /// Whether it is more than `other`.
    #[must_use]
    pub const fn exceeds(self, other: Self) -> bool {
        self.common * other.whole > other.common * self.whole
    }
}

/// A sentence as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Its index among the passages of its digest.
    pub passage: usize,
    /// Its characters after masking.
    pub masked: Vec<char>,
}

/// The sentences of `digest` that are compared: the preamble, headings, and what every report says in the same words
/// (fee, contact, period, legal basis) are left out.
#[must_use]
pub fn compared(digest: &Digest, names: &Names) -> Vec<Compared> {
    let own = digest.passages.iter().enumerate().filter(|(_, passage)| passage.part > 0 && !is_formula(&passage.text));
    own.map(|(passage, said)| Compared { passage, masked: masked(&said.text, names) })
        .filter(|sentence| !sentence.masked.is_empty())
        .collect()
}

/// Words of sentences that every report has and that nobody is expected to write anew.
const FORMULAS: [&str; 25] = [
    "处理费",
    "收费标准",
    "收费通知",
    "收取费用",
    "收取任何费用",
    "电话",
    "邮编",
    "邮政编码",
    "邮箱",
    "传真",
    "地址",
    "网址",
    "电子版",
    "统计期",
    "统计时",
    "统计的时间",
    "编制本报告",
    "编制本年度报告",
    "见下表",
    "如下表",
    "列表如下",
    "其他需要报告",
    "其他报告的事项",
    "其他报告事项",
    "《中华人民共和国政府信息公开条例》第五十条",
];

/// Longest heading of a topic of part one, in characters: （四）政府信息公开平台建设情况。
const HEADING: usize = 18;

/// Whether the sentence is a heading, or one that every report has and that nobody is expected to write anew.
#[must_use]
pub fn is_formula(text: &str) -> bool {
    FORMULAS.iter().any(|word| text.contains(word))
        || (text.chars().count() <= HEADING && Topic::ALL.iter().any(|topic| text.contains(topic.label())))
}

/// The shingles of the sentences, sorted, each once. None reaches over the end of a sentence, so that their order
/// does not matter.
#[must_use]
pub fn shingles<'a>(sentences: impl IntoIterator<Item = &'a [char]>) -> Vec<u64> {
    // Three characters of 21 bits each: no two shingles share a number.
    let packed = |three: &[char]| three.iter().fold(0_u64, |packed, &c| packed << 21 | u64::from(u32::from(c)));
    let mut shingles: Vec<u64> = sentences.into_iter().flat_map(|chars| chars.windows(3).map(packed)).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// How much of two sorted sets of shingles is the same.
#[must_use]
pub fn share(a: &[u64], b: &[u64]) -> Share {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(left), Some(right)) = (a.get(i), b.get(j)) {
        common += usize::from(left == right);
        i += usize::from(left <= right);
        j += usize::from(right <= left);
    }
    Share { common: 2 * common, whole: a.len() + b.len() }
}

/// How alike the prose of two reports is; `None` where either says too little to be compared.
#[must_use]
pub fn likeness(here: &Digest, there: &Digest, names: &Names) -> Option<Share> {
    let shingled = |digest: &Digest| {
        let sentences = compared(digest, names);
        let length: usize = sentences.iter().map(|sentence| sentence.masked.len()).sum();
        (length >= LEAST).then(|| shingles(sentences.iter().map(|sentence| sentence.masked.as_slice())))
    };
    Some(share(&shingled(here)?, &shingled(there)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn a_share_is_an_exact_fraction() {
        let of = |a: &str, b: &str| share(&shingles([chars(a).as_slice()]), &shingles([chars(b).as_slice()]));
        assert_eq!(of("公开信息", "公开信息"), Share { common: 4, whole: 4 });
        assert_eq!(of("公开信息", "公开文件"), Share { common: 0, whole: 4 });
        assert_eq!(of("公开信息栏目", "公开信息专栏"), Share { common: 4, whole: 8 });
        assert_eq!(of("公开", ""), Share { common: 0, whole: 0 });
        let (nine, less) = (Share { common: 18, whole: 20 }, Share { common: 17_998, whole: 20_000 });
        assert!(nine.is_at_least(9, 10) && !less.is_at_least(9, 10) && nine.exceeds(less));
        assert!(!Share { common: 0, whole: 0 }.is_at_least(0, 1));
        assert_eq!((less.percent(), nine.percent()), (89, 90));
    }

    #[test]
    fn formulas_are_known() {
        for (text, formula) in [
            ("本年度未收取信息处理费。", true),
            ("（四）政府信息公开平台建设情况。", true),
            ("联系电话：0000-6123456。", true),
            ("围绕主动公开的要求，逐项核对栏目并补齐缺少的文件。", false),
            ("全年组织业务培训3次。", false),
        ] {
            assert_eq!(is_formula(text), formula, "{text}");
        }
    }
}
