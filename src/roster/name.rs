//! The name of a body reduced to what tells it from others: its places, and its field under one wording for all the
//! ways in which people write it (卫健委, 卫生健康委员会).

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

use crate::report::agency::{Agency, Kind, Level, Place};
use crate::text::nearest::distance;

/// A name taken apart for comparing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name after NFKC, without blanks.
    pub text: String,
    /// The places it names, the widest first.
    pub places: Vec<Place>,
    /// The body in the one wording that all its forms share.
    pub body: String,
    /// What kind of body it is.
    pub kind: Kind,
    /// Where it names no place: the word 省, 市, 区, 县 … it begins with (县教育局).
    pub level_word: Option<char>,
}

/// Words for levels before the name of a body that names no place.
const LEVEL_WORDS: [char; 6] = ['省', '市', '州', '县', '区', '旗'];

/// Words that begin like a word for a level and are none.
const NO_LEVEL_WORDS: [&str; 12] =
    ["市场", "市政", "市容", "市民", "区域", "区块", "区划", "州县", "市区", "省际", "县域", "旗舰"];

/// Stems of bodies: the short form and the full one, without 和.
static STEMS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("bodies.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .flat_map(|line| {
            let mut words = line.split_whitespace();
            let full = words.next().unwrap_or_default();
            words.map(move |short| (short, full))
        })
        .collect()
});

/// What the name of a body ends in.
const ENDINGS: [&str; 6] = ["局", "委", "办", "厅", "中心", "会"];

impl Name {
    /// Takes `name` apart.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let text = plain(name);
        let agency = Agency::of(&text);
        let (level_word, rest) =
            if agency.places.is_empty() { level_word(&agency.body) } else { (None, &*agency.body) };
        let body = body(&agency.places, rest);
        let kind = match body.as_str() {
            GOVERNMENT => Kind::Government,
            GOVERNMENT_OFFICE => Kind::GovernmentOffice,
            SUBDISTRICT => Kind::Subdistrict,
            _ => agency.kind,
        };
        Self { text, places: agency.places, body, kind, level_word }
    }

    /// Its last place.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.places.last()
    }

    /// Whether it stands for a township or a subdistrict: its last place is its name.
    #[must_use]
    pub fn is_township(&self) -> bool {
        self.place().is_some_and(|place| place.level == Level::Township)
    }

    /// The level that the word it begins with stands for.
    #[must_use]
    pub fn level_of_word(&self) -> Option<Level> {
        match self.level_word? {
            '省' => Some(Level::Province),
            '州' => Some(Level::Prefecture),
            '市' => Some(Level::City),
            _ => Some(Level::County),
        }
    }
}

/// The one wording of a government.
const GOVERNMENT: &str = "人民政府";
/// The one wording of the office of a government.
const GOVERNMENT_OFFICE: &str = "政府办";
/// The one wording of a subdistrict office.
const SUBDISTRICT: &str = "办事处";

/// `name` after NFKC, without blanks and quotation marks.
#[must_use]
pub(super) fn plain(name: &str) -> String {
    let is_kept = |c: &char| !c.is_whitespace() && !c.is_control() && !matches!(c, '“' | '”' | '"' | '《' | '》');
    name.nfkc().filter(is_kept).collect()
}

/// The word for a level that `body` begins with, and what follows it.
fn level_word(body: &str) -> (Option<char>, &str) {
    let Some(first) = body.chars().next().filter(|first| LEVEL_WORDS.contains(first)) else { return (None, body) };
    let rest = &body[first.len_utf8()..];
    let none = rest.chars().count() < 2 || NO_LEVEL_WORDS.iter().any(|word| body.starts_with(word));
    if none && !body.starts_with("市市") { (None, body) } else { (Some(first), rest) }
}

/// Whether two bodies may be one whose name is written wrong or has changed: without what bodies end in, the one holds
/// the other, or more than half of the characters are the same.
#[must_use]
pub(super) fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (stem(one).0, stem(other).0);
    let longest = one.chars().count().max(other.chars().count());
    let is_part = |part: &str, whole: &str| part.chars().count() > 1 && whole.contains(part);
    is_part(one, other) || is_part(other, one) || distance(one, other) * 2 < longest
}

/// What stands before the ending of a body, and the ending.
fn stem(body: &str) -> (&str, &str) {
    let ending = ENDINGS.into_iter().find_map(|ending| body.strip_suffix(ending).map(|stem| (stem, ending)));
    ending.unwrap_or((body, ""))
}

fn body(places: &[Place], body: &str) -> String {
    let place = places.last();
    let is_subdistrict = place.is_some_and(|place| place.level == Level::Township && place.name.ends_with("街道"));
    match body {
        "" | "办" | "办事处" | "街道办" | "街道办事处" | "人民政府" | "政府" if is_subdistrict => {
            return SUBDISTRICT.to_owned();
        }
        "" if place.is_some_and(|place| place.level == Level::Zone) => return "管委会".to_owned(),
        "" if place.is_some() => return GOVERNMENT.to_owned(),
        "人民政府" | "政府" => return GOVERNMENT.to_owned(),
        "人民政府办公室" | "人民政府办公厅" | "政府办公室" | "政府办公厅" | "人民政府办" | "政府办" | "府办" =>
        {
            return GOVERNMENT_OFFICE.to_owned();
        }
        _ => {}
    }
    let mut written = reduced(body);
    let (stem, ending) = stem(&written);
    if let Some((_, full)) = STEMS.iter().find(|(short, _)| *short == stem) {
        written = format!("{full}{ending}");
    }
    written
}

/// `text` with what people leave out left out, wherever it stands.
fn reduced(text: &str) -> String {
    let mut text: String = text.chars().filter(|c| !matches!(c, '和' | '与' | '及' | '、')).collect();
    for (long, short) in
        [("管理委员会", "管委会"), ("委员会", "委"), ("办公室", "办"), ("办公厅", "办"), ("监督管理", "监管")]
    {
        text = text.replace(long, short);
    }
    text
}

/// `text`, the name of a file, with every body in it in its one wording.
#[must_use]
pub(super) fn in_one_wording(text: &str) -> String {
    let mut text = reduced(&plain(text));
    for (short, full) in &*STEMS {
        for ending in ENDINGS {
            let (written, meant) = (format!("{short}{ending}"), format!("{full}{ending}"));
            if text.contains(&written) && !text.contains(&meant) {
                text = text.replace(&written, &meant);
            }
        }
    }
    text
}

/// Whether the places `one` and `other` can be those of one body: the last is the same, and of the places above it the
/// one names only what the other names too.
#[must_use]
pub(super) fn agree(one: &[Place], other: &[Place]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let (Some((last, above)), Some((same, others))) = (short.split_last(), long.split_last()) else { return false };
    let mut others = others.iter();
    last.name == same.name && above.iter().all(|place| others.any(|other| other.name == place.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_one_body_have_one_wording() {
        for forms in [
            &["青溪县卫生健康委员会", "青溪县卫健委", "青溪县卫生健康委", " 青溪县 卫健委 "][..],
            &["青溪县卫生健康局", "青溪县卫健局"],
            &["青溪县住房和城乡建设局", "青溪县住建局", "青溪县住房城乡建设局"],
            &["青溪县人力资源和社会保障局", "青溪县人社局"],
            &["青溪县发展和改革委员会", "青溪县发改委", "青溪县发展改革委"],
            &["青溪县市场监督管理局", "青溪县市场监管局", "青溪县市监局"],
            &["青溪县医疗保障局", "青溪县医保局"],
            &["青溪县人民政府办公室", "青溪县政府办公室", "青溪县政府办", "青溪县人民政府办"],
            &["青溪县柳河镇人民政府", "青溪县柳河镇", "青溪县柳河镇政府"],
            &["青溪县松坪乡", "青溪县松坪乡人民政府"],
            &["青溪县望江街道办事处", "青溪县望江街道", "青溪县望江街道办", "青溪县人民政府望江街道办事处"],
            &["青溪县信访局"],
            &["青溪经济开发区管理委员会", "青溪经济开发区管委会", "青溪经济开发区"],
            &["青溪县人民防空办公室", "青溪县人防办"],
        ] {
            let names: Vec<Name> = forms.iter().map(|form| Name::of(form)).collect();
            for name in &names {
                assert_eq!(
                    (&name.body, &name.places, name.kind),
                    (&names[0].body, &names[0].places, names[0].kind),
                    "{}",
                    name.text
                );
            }
        }
    }

    #[test]
    fn other_bodies_keep_other_wordings() {
        let bodies = [
            "卫生健康委员会",
            "卫生健康局",
            "教育局",
            "教育体育局",
            "交通运输局",
            "住房和城乡建设局",
            "自然资源局",
            "自然资源和规划局",
            "财政局",
            "审计局",
            "政务服务局",
            "人民政府",
            "人民政府办公室",
            "信访局",
            "统计局",
        ];
        for (index, one) in bodies.iter().enumerate() {
            for other in &bodies[index + 1..] {
                let name = |body: &str| Name::of(&format!("青溪县{body}")).body;
                assert_ne!(name(one), name(other), "{one} {other}");
            }
        }
    }

    #[test]
    fn a_word_for_the_level_is_no_place() {
        for (name, word, body) in [
            ("县教育局", Some('县'), "教育局"),
            ("市卫健委", Some('市'), "卫生健康委"),
            ("市市场监管局", Some('市'), "市场监管局"),
            ("市场监管局", None, "市场监管局"),
            ("县人民政府", Some('县'), "人民政府"),
            ("县政府办", Some('县'), "政府办"),
            ("教育局", None, "教育局"),
            ("区城管局", Some('区'), "城市管理局"),
        ] {
            let name = Name::of(name);
            assert_eq!((name.level_word, name.body.as_str()), (word, body), "{}", name.text);
        }
    }

    #[test]
    fn every_short_form_stands_for_one_stem() {
        for (index, (short, full)) in STEMS.iter().enumerate() {
            assert_ne!(short, full);
            assert!(!STEMS[index + 1..].iter().any(|(other, _)| other == short), "{short}");
            assert!(!STEMS.iter().any(|(other, _)| other == full), "{full} is itself a short form");
            assert_eq!(reduced(full), *full, "{full}");
        }
    }

    #[test]
    fn places_agree_where_one_names_more_above_the_last() {
        let places = |text: &str| Agency::of(text).places;
        for (one, other, expected) in [
            ("三门峡市陕州区财政局", "陕州区财政局", true),
            ("河南省三门峡市陕州区财政局", "河南省陕州区财政局", true),
            ("洛阳市西工区财政局", "郑州市西工区财政局", false),
            ("洛阳市财政局", "洛阳市西工区财政局", false),
            ("青溪县财政局", "青溪市财政局", false),
            ("财政局", "青溪县财政局", false),
        ] {
            assert_eq!(agree(&places(one), &places(other)), expected, "{one} {other}");
            assert_eq!(agree(&places(other), &places(one)), expected, "{other} {one}");
        }
    }
}
