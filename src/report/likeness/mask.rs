//! What must differ from year to year and from body to body is masked: figures, names, and what a body calls itself.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::report::agency::Agency;

/// Stands for a figure.
const FIGURE: char = '0';
/// Stands for the name of a body or place.
const NAME: char = '某';
/// Stands for what a body calls itself or its area.
const OWN: char = '我';

/// Names of bodies and places that are masked.
#[derive(Clone, Debug, Default)]
pub struct Names {
    names: HashSet<Vec<char>>,
    /// How long the names are that begin with a character, longest first: a prefecture's thousands begin alike.
    lengths: HashMap<char, Vec<usize>>,
}

/// Endings of places, longer ones first: without one, a name has a stem.
const ENDINGS: [&str; 12] = ["自治区", "自治州", "自治县", "街道", "地区", "省", "市", "州", "县", "区", "镇", "乡"];

impl Names {
    /// The names by which `agencies` and their places may be called.
    pub fn of<'a>(agencies: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names: Vec<String> = Vec::new();
        for name in agencies {
            let agency = Agency::of(name);
            names.push(name.trim().to_owned());
            for (index, place) in agency.places.iter().enumerate() {
                let chain: String = agency.places[index..].iter().map(|place| place.name.as_str()).collect();
                names.push(format!("{chain}{}", agency.body));
                names.push(chain);
                names.push(place.name.clone());
                let stem = ENDINGS.iter().find_map(|ending| place.name.strip_suffix(ending));
                names.extend(stem.filter(|stem| stem.chars().count() >= 2).map(ToOwned::to_owned));
            }
            if agency.body.chars().count() > 2 {
                names.push(agency.body);
            }
        }
        let letters = |name: String| -> Vec<char> { name.chars().filter(|c| c.is_alphanumeric()).collect() };
        let names: HashSet<Vec<char>> = names.into_iter().map(letters).filter(|name| name.len() > 1).collect();
        let mut lengths: HashMap<char, BTreeSet<usize>> = HashMap::new();
        for name in &names {
            lengths.entry(name[0]).or_default().insert(name.len());
        }
        let lengths = lengths.into_iter().map(|(first, lengths)| (first, lengths.into_iter().rev().collect()));
        Self { lengths: lengths.collect(), names }
    }

    /// Length of the longest name that `chars` begins with.
    fn length_at(&self, chars: &[char]) -> Option<usize> {
        let lengths = self.lengths.get(chars.first()?)?;
        lengths.iter().copied().find(|&length| chars.get(..length).is_some_and(|name| self.names.contains(name)))
    }
}

/// What follows 我, 本 or 全 where a body speaks of itself or its area.
const OWN_ENDS: [&str; 25] = [
    "机关", "单位", "街道", "中心", "部门", "地区", "系统", "省", "市", "县", "区", "州", "旗", "镇", "乡", "局", "委",
    "办", "厅", "院", "校", "站", "处", "队", "园",
];

/// Length of a self-word, or of the short name of a government (县政府办公室), at the beginning of `chars`.
fn own_at(chars: &[char]) -> Option<usize> {
    let starts = |from: usize, word: &str| word.chars().enumerate().all(|(at, c)| chars.get(from + at) == Some(&c));
    match chars.first()? {
        '我' | '本' | '全' => {
            let end = OWN_ENDS.iter().find(|end| starts(1, end))?;
            Some(1 + end.chars().count())
        }
        '省' | '市' | '县' | '区' | '州' | '旗' | '镇' | '乡' => {
            let offices =
                ["人民政府办公室", "人民政府办公厅", "政府办公室", "政府办公厅", "人民政府", "政府办", "政府"];
            let office = offices.iter().find(|office| starts(1, office))?;
            // 市政府信息公开 speaks of 政府信息.
            let length = 1 + office.chars().count();
            let goes_on = office.ends_with("政府") && chars[length..].starts_with(&['信', '息']);
            (!goes_on).then_some(length)
        }
        _ => None,
    }
}

/// The letters and figures of `text`: a run of figures is one sign whatever it says, a name or a self-word another.
#[must_use]
pub fn masked(text: &str, names: &Names) -> Vec<char> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut masked = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let (sign, length) = if c.is_ascii_digit() {
            (FIGURE, chars[at..].iter().take_while(|c| c.is_ascii_digit()).count())
        } else if let Some(length) = names.length_at(&chars[at..]) {
            (NAME, length)
        } else if let Some(length) = own_at(&chars[at..]) {
            (OWN, length)
        } else {
            (c, 1)
        };
        if sign == c || masked.last() != Some(&sign) {
            masked.push(sign);
        }
        at += length;
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_names_and_self_words_are_masked() {
        let names = Names::of(["云岭市青溪县医疗保障局", "松坪镇人民政府"]);
        for (text, expected) in [
            ("2024年，青溪县医疗保障局公开信息1,234条。", "0年某公开信息0条"),
            ("2023年，云岭市青溪县医疗保障局公开信息86.5条", "0年某公开信息0条"),
            ("松坪镇公开信息3条", "某公开信息0条"),
            ("我局、本机关和全县的政府信息", "我和我的政府信息"),
            ("县政府办公室转发市政府信息公开的通知", "我转发市政府信息公开的通知"),
            ("医疗保障局组织培训", "某组织培训"),
            ("医保宣传", "医保宣传"),
        ] {
            let found: String = masked(text, &names).into_iter().collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
