//! The full name of an agency taken apart: the places it belongs to, the level it stands on, and what kind of
//! body it is.

use std::collections::HashMap;
use std::sync::LazyLock;

/// An agency by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// The places, the widest first: 三门峡市, 陕州区.
    pub places: Vec<Place>,
    /// What follows the last place: 医疗保障局, 人民政府.
    pub body: String,
    /// What kind of body it is.
    pub kind: Kind,
}

/// A place in the name of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its name with its ending: 陕州区.
    pub name: String,
    /// Its level.
    pub level: Level,
}

/// Levels of administration, the highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 省, 自治区, 直辖市.
    Province,
    /// 设区的市, 自治州, 盟, 地区.
    Prefecture,
    /// A 市 of which the name does not say whether it is one of prefecture or of county level.
    City,
    /// 县, 市辖区, 旗, 县级市.
    County,
    /// 开发区, 高新区 and the like: no level of its own in law.
    Zone,
    /// 乡, 镇, 街道.
    Township,
}

/// Kinds of bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 人民政府.
    Government,
    /// 人民政府办公厅, 办公室.
    GovernmentOffice,
    /// 局, 委员会, 厅, 办公室, 中心: a body of one field.
    Department,
    /// 街道办事处.
    Subdistrict,
    /// 管理委员会 of a zone.
    ZoneCommittee,
}

/// Endings of places with their level; longer ones first.
const ENDINGS: [(&str, Level); 20] = [
    ("特别行政区", Level::Province),
    ("自治区", Level::Province),
    ("自治州", Level::Prefecture),
    ("自治县", Level::County),
    ("自治旗", Level::County),
    ("开发区", Level::Zone),
    ("高新区", Level::Zone),
    ("产业园", Level::Zone),
    ("工业园", Level::Zone),
    ("街道", Level::Township),
    ("地区", Level::Prefecture),
    ("省", Level::Province),
    ("州", Level::Prefecture),
    ("盟", Level::Prefecture),
    ("市", Level::City),
    ("县", Level::County),
    ("旗", Level::County),
    ("区", Level::County),
    ("镇", Level::Township),
    ("乡", Level::Township),
];

/// What the name of a zone ends in where it does not say 开发区.
const ZONES: [&str; 12] = [
    "园区",
    "新区",
    "示范区",
    "度假区",
    "保税区",
    "管理区",
    "产业区",
    "合作区",
    "试验区",
    "经开区",
    "集聚区",
    "工业区",
];

/// Words that end like a place and are none, and words that no place holds.
const NO_PLACES: [&str; 17] = [
    "和城乡",
    "乡镇",
    "社区",
    "景区",
    "库区",
    "牧区",
    "灾区",
    "超市",
    "门市",
    "局",
    "委",
    "厅",
    "服务",
    "发展",
    "政府",
    "监督",
    "规划",
];

/// Words that begin the name of a body.
const BODY_STARTS: [&str; 13] =
    ["人民政府", "住房", "市场", "城市", "城乡", "城镇", "乡村", "区域", "市政", "市容", "乡镇", "州县", "社区"];

/// Longest name of a place, in characters.
const LONGEST_PLACE: usize = 12;

static CITIES: LazyLock<HashMap<&'static str, Level>> = LazyLock::new(|| {
    let lines = include_str!("cities.txt").lines().filter(|line| !line.starts_with('#'));
    let named = |line: &'static str| {
        let (level, names) = match line.strip_prefix('=') {
            Some(names) => (Level::Province, names),
            None => (Level::Prefecture, line),
        };
        names.split_whitespace().map(move |name| (name, level))
    };
    lines.flat_map(named).collect()
});

impl Agency {
    /// Takes `name` apart. Every name has a body or a place; which level an unknown 市 has stays open.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let mut rest = name.trim();
        let mut places: Vec<Place> = Vec::new();
        while let Some((place, after)) = first_place(rest) {
            if after.is_empty() && places.is_empty() && place.name.chars().count() < 2 {
                break;
            }
            places.push(place);
            rest = after;
        }
        settle(&mut places);
        // 青溪县人民政府望江街道办事处: the government is whose office it is.
        if let Some(after) = rest.strip_prefix("人民政府")
            && let Some((place, after)) = first_place(after)
        {
            places.push(place);
            rest = after;
        }
        let kind = kind(&places, rest);
        Self { places, body: rest.to_owned(), kind }
    }

    /// The level it stands on: that of its last place; `None` where it names none.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        self.places.last().map(|place| place.level)
    }

    /// Its last place.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.places.last()
    }

    /// Whether it is a 人民政府 of any level.
    #[must_use]
    pub fn is_government(&self) -> bool {
        self.kind == Kind::Government
    }

    /// Whether it belongs to 北京, 天津, 上海 or 重庆.
    #[must_use]
    pub fn is_of_municipality(&self) -> bool {
        self.places.first().is_some_and(|place| place.level == Level::Province && place.name.ends_with('市'))
    }
}

/// The place that `text` begins with, and what follows it.
fn first_place(text: &str) -> Option<(Place, &str)> {
    if BODY_STARTS.iter().any(|start| text.starts_with(start) && !text.starts_with("市市")) {
        return None;
    }
    let chars: Vec<(usize, char)> = text.char_indices().take(LONGEST_PLACE).collect();
    // The shortest beginning that ends like a place; a longer ending at the same place wins (自治县 before 县).
    (1..chars.len()).find_map(|last| {
        let end = chars[last].0 + chars[last].1.len_utf8();
        let (name, after) = text.split_at(end);
        let (ending, mut level) = ENDINGS.into_iter().find(|(ending, _)| name.ends_with(ending))?;
        let stem = &name[..name.len() - ending.len()];
        let stem_length = stem.chars().count();
        // 市南区, 滑县, 郊区: one character is enough for a few only.
        let long_enough = stem_length >= 2 || (stem_length == 1 && (ending == "县" || "城郊矿".contains(stem)));
        // 常州市, 阳新县城关: the place goes on.
        let goes_on = ending == "州" && after.starts_with(['市', '区', '县', '路', '湾'])
            || ending == "镇" && after.starts_with(['市', '区', '县'])
            || ending == "乡" && after.starts_with(['市', '县', '区'])
            || ending == "旗" && after.starts_with(['镇', '县'])
            || ending == "市" && after.starts_with("区人民")
            || ending == "县" && after.starts_with('区') && !after.starts_with("区域")
            || ending.ends_with('园') && after.starts_with('区')
            || ending == "盟" && after.starts_with('县');
        if !long_enough || goes_on || NO_PLACES.iter().any(|word| name.contains(word)) {
            return None;
        }
        if level == Level::County && ZONES.iter().any(|zone| name.ends_with(zone)) {
            level = Level::Zone;
        }
        Some((Place { name: name.to_owned(), level }, after))
    })
}

/// Settles what a 市 is, by the list and by what stands around it.
fn settle(places: &mut [Place]) {
    for index in 0..places.len() {
        if places[index].level != Level::City {
            continue;
        }
        let stem = places[index].name.trim_end_matches('市');
        let below_prefecture = index > 0 && places[index - 1].level == Level::Prefecture;
        let above_county = places.get(index + 1).is_some_and(|next| matches!(next.level, Level::County | Level::City));
        places[index].level = match CITIES.get(stem) {
            _ if below_prefecture => Level::County,
            Some(&level) => level,
            None if above_county => Level::Prefecture,
            None => Level::City,
        };
    }
}

fn kind(places: &[Place], body: &str) -> Kind {
    let township = places.last().map(|place| (place.level == Level::Township, place.name.ends_with("街道")));
    match (body, township) {
        ("人民政府" | "政府", Some((_, false)) | None) => Kind::Government,
        ("人民政府" | "政府", Some((_, true))) => Kind::Subdistrict,
        ("", Some((true, true))) => Kind::Subdistrict,
        ("", Some((_, _))) if places.last().is_some_and(|place| place.level == Level::Zone) => Kind::ZoneCommittee,
        ("", Some(_)) => Kind::Government,
        _ if body.ends_with("办事处") => Kind::Subdistrict,
        _ if body.ends_with("管理委员会") || body.ends_with("管委会") => Kind::ZoneCommittee,
        _ if body.starts_with("人民政府办公") || body.starts_with("政府办公") || body.ends_with("政府办") => {
            Kind::GovernmentOffice
        }
        _ => Kind::Department,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_taken_apart() {
        use Kind::{Department, Government, GovernmentOffice, Subdistrict, ZoneCommittee};
        use Level::{City, County, Prefecture, Province, Township, Zone};
        for (name, places, levels, body, kind) in [
            ("三门峡市陕州区医疗保障局", "三门峡市 陕州区", vec![Prefecture, County], "医疗保障局", Department),
            ("青溪县人民政府", "青溪县", vec![County], "人民政府", Government),
            ("青溪县人民政府办公室", "青溪县", vec![County], "人民政府办公室", GovernmentOffice),
            (
                "云岭市青溪区望江街道办事处",
                "云岭市 青溪区 望江街道",
                vec![Prefecture, County, Township],
                "办事处",
                Subdistrict,
            ),
            ("青溪县人民政府望江街道办事处", "青溪县 望江街道", vec![County, Township], "办事处", Subdistrict),
            ("青溪县城关镇人民政府", "青溪县 城关镇", vec![County, Township], "人民政府", Government),
            ("松坪乡", "松坪乡", vec![Township], "", Government),
            ("青岛市市南区财政局", "青岛市 市南区", vec![Prefecture, County], "财政局", Department),
            ("云岭市市场监督管理局", "云岭市", vec![City], "市场监督管理局", Department),
            ("云岭市住房和城乡建设局", "云岭市", vec![City], "住房和城乡建设局", Department),
            ("青溪县乡村振兴局", "青溪县", vec![County], "乡村振兴局", Department),
            ("上海市人民政府办公厅", "上海市", vec![Province], "人民政府办公厅", GovernmentOffice),
            ("楚雄彝族自治州人民政府", "楚雄彝族自治州", vec![Prefecture], "人民政府", Government),
            ("甘孜州康定市教育局", "甘孜州 康定市", vec![Prefecture, County], "教育局", Department),
            ("常州市新北区水利局", "常州市 新北区", vec![Prefecture, County], "水利局", Department),
            ("景德镇市昌江区人民政府", "景德镇市 昌江区", vec![Prefecture, County], "人民政府", Government),
            ("新乡市卫滨区教育体育局", "新乡市 卫滨区", vec![Prefecture, County], "教育体育局", Department),
            ("平顶山市湛河区民政局", "平顶山市 湛河区", vec![Prefecture, County], "民政局", Department),
            ("云岭经济技术开发区管理委员会", "云岭经济技术开发区", vec![Zone], "管理委员会", ZoneCommittee),
            ("宜城市市场监督管理局", "宜城市", vec![City], "市场监督管理局", Department),
            ("和县城乡规划局", "和县", vec![County], "城乡规划局", Department),
            ("三明市沙县区财政局", "三明市 沙县区", vec![Prefecture, County], "财政局", Department),
            ("晋城市城区人民政府", "晋城市 城区", vec![Prefecture, County], "人民政府", Government),
            ("云岭工业园区管理委员会", "云岭工业园区", vec![Zone], "管理委员会", ZoneCommittee),
            ("滑县城市管理局", "滑县", vec![County], "城市管理局", Department),
            ("河南省财政厅", "河南省", vec![Province], "财政厅", Department),
            ("地方志办公室", "", vec![], "地方志办公室", Department),
        ] {
            let agency = Agency::of(name);
            let names: Vec<&str> = agency.places.iter().map(|place| place.name.as_str()).collect();
            assert_eq!(names.join(" "), places, "{name}");
            let found: Vec<Level> = agency.places.iter().map(|place| place.level).collect();
            assert_eq!((found, agency.body.as_str(), agency.kind), (levels, body, kind), "{name}");
        }
    }

    #[test]
    fn every_city_is_listed_once() {
        let words = include_str!("cities.txt").lines().filter(|line| !line.starts_with('#'));
        let count = words.flat_map(str::split_whitespace).filter(|word| *word != "=").count();
        assert_eq!(count, CITIES.len());
    }
}
