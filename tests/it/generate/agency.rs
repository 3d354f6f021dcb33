//! Agencies that do not exist.

use super::rng::Rng;

/// An invented agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Agency {
    /// Its full name.
    pub(crate) name: String,
    /// What it calls itself: 我局, 我镇 …
    pub(crate) own: &'static str,
    /// The body its place belongs to, for addresses and sites.
    pub(crate) place: String,
    /// Whether it is a 人民政府, which owes three more statements.
    pub(crate) government: bool,
    /// Whether it may make 规章.
    pub(crate) makes_rules: bool,
    /// What its business is about.
    pub(crate) field: &'static str,
}

const FIRST: [&str; 18] =
    ["云", "栖", "澜", "槐", "梧", "岚", "鹤", "荻", "杏", "棠", "沅", "浔", "砚", "黛", "苇", "柘", "棹", "邈"];
const SECOND: [&str; 12] = ["浦", "穗", "榆", "汀", "渠", "漪", "溯", "茗", "岫", "皋", "屿", "垣"];

/// Names of bureaux with their business.
const BUREAUX: [(&str, &str); 14] = [
    ("医疗保障局", "医疗保障"),
    ("卫生健康局", "卫生健康"),
    ("教育体育局", "教育体育"),
    ("交通运输局", "交通运输"),
    ("市场监督管理局", "市场监管"),
    ("自然资源局", "自然资源"),
    ("农业农村局", "农业农村"),
    ("民政局", "民政服务"),
    ("水务局", "水务管理"),
    ("文化和旅游局", "文化旅游"),
    ("退役军人事务局", "退役军人服务"),
    ("应急管理局", "应急管理"),
    ("司法局", "法律服务"),
    ("统计局", "统计调查"),
];

impl Agency {
    pub(crate) fn draw(rng: &mut Rng) -> Self {
        let name = |rng: &mut Rng| format!("{}{}", rng.pick(&FIRST), rng.pick(&SECOND));
        let seat = name(rng);
        let (level, own_level) = *rng.pick(&[("县", "我县"), ("区", "我区"), ("市", "我市")]);
        let place = format!("{seat}{level}");
        let below = name(rng);
        let general = "民生服务";
        let body = |name: String, own, government, field| Self {
            name,
            own,
            place: place.clone(),
            government,
            makes_rules: false,
            field,
        };
        match rng.below(12) {
            0..=3 => {
                let (bureau, field) = *rng.pick(&BUREAUX);
                body(format!("{place}{bureau}"), "我局", false, field)
            }
            4 => body(format!("{place}{below}镇人民政府"), "我镇", true, general),
            5 => body(format!("{place}{below}乡人民政府"), "我乡", true, general),
            6 => body(format!("{place}{below}街道办事处"), "我街道", false, general),
            7 => body(format!("{place}人民政府"), own_level, true, general),
            8 => body(format!("{place}人民政府办公室"), "我办", false, "政务运行"),
            9 => body(format!("{place}行政审批服务中心"), "我中心", false, "审批服务"),
            10 => body(format!("{place}发展和改革委员会"), "我委", false, "经济发展"),
            _ => Self {
                name: format!("{seat}自治州人民政府"),
                own: "我州",
                place: format!("{seat}自治州"),
                government: true,
                makes_rules: true,
                field: general,
            },
        }
    }
}
