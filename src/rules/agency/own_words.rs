//! ORG003: what a body calls itself, against its kind and level.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::{Finding, Severity};
use crate::report::Sentence;
use crate::report::agency::{Agency, Kind, Level};
use crate::rule::{Assessment, Case};
use crate::rules::passage;
use crate::text::Wording;

/// 我局, 我镇, 全县: a self-word, not followed by what makes it another word (我市|场, 全区|域).
static SELF_WORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("我(?:局|委|办|镇|乡|街道|县|区|市)|全(?:镇|乡|县|区|市)").expect("a valid pattern"));

/// What the body did itself, told with a figure: then the word before it is the body's own.
static OWN_WORK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[^，。；]{0,14}(?:共|累计|主动)?(?:公开|发布|公布)[^，。；]{0,16}\d",
        r"|^[^，。；]{0,10}(?:共|未|没有|新)?(?:收到|受理|接到)[^，。；]{0,6}(?:政府信息公开|依申请公开)",
    ))
    .expect("a valid pattern")
});

pub(super) fn wrong_self_word(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(author) = report.agency.as_deref() else {
        return Assessment::not_assessable(Wording::new("机关名称不明", "the agency is not known"));
    };
    let own = Agency::of(author);
    let mut wrong: Vec<(&str, &Sentence, Range<usize>, usize)> = Vec::new();
    for sentence in &report.prose {
        for found in SELF_WORD.find_iter(&sentence.text) {
            let rest = &sentence.text[found.end()..];
            let cut = ["场", "域", "块", "间", "级", "容", "政", "面", "村", "镇", "理", "直"]
                .iter()
                .any(|c| rest.starts_with(c));
            let joined = sentence.text[..found.start()].ends_with(['自', '安', '健', '齐', '完', '周', '向']);
            if cut
                || joined
                || passage::is_quoted(&sentence.text, found.start())
                || fits(found.as_str(), author, &own, rest)
            {
                continue;
            }
            match wrong.iter_mut().find(|(word, ..)| *word == found.as_str()) {
                Some((.., count)) => *count += 1,
                None => wrong.push((found.as_str(), sentence, found.range(), 1)),
            }
        }
    }
    let findings = wrong.into_iter().map(|(word, sentence, at, count)| {
        let times = if count > 1 { format!("（共 {count} 处）") } else { String::new() };
        let times_en = if count > 1 { format!(" ({count} times)") } else { String::new() };
        Finding {
            actual: Some(word.to_owned()),
            ..passage::finding(
                "ORG003",
                Severity::Warning,
                sentence,
                at,
                Wording::new(
                    format!("“{author}”的报告自称“{word}”{times}"),
                    format!("the report of “{author}” calls itself “{word}”{times_en}"),
                ),
            )
        }
    });
    Assessment { findings: findings.collect(), unassessed: Vec::new() }
}

/// Whether `word` may stand in a report of `own`, before `rest`.
fn fits(word: &str, author: &str, own: &Agency, rest: &str) -> bool {
    let (kind, level) = (own.kind, own.level());
    if level.is_none() || own.places.iter().any(|place| place.level == Level::Zone) || kind == Kind::ZoneCommittee {
        return true;
    }
    let unit = &word["我".len()..];
    let of_area = own.places.iter().rev().find(|place| place.level != Level::Township);
    match unit {
        "局" => author.contains('局'),
        "委" => author.contains('委') || matches!(kind, Kind::Government | Kind::Subdistrict),
        "办" => author.contains('办') || kind == Kind::Government || author.contains("中心"),
        "镇" | "乡" => {
            let is_township =
                own.places.iter().any(|place| place.level == Level::Township && place.name.ends_with(unit));
            // Whoever is above a township counts 全镇 only as one of several.
            is_township || (word.starts_with('全') && level != Some(Level::Township))
        }
        "街道" => own.places.iter().any(|place| place.name.ends_with("街道")) || author.contains("街道"),
        "县" => match of_area {
            Some(place) => place.name.ends_with('县') || !matches!(place.level, Level::County) && !is_own(word, rest),
            None => true,
        },
        // 市 and 区 also name what stands above: only a count of the body's own work makes them its own.
        "区" => of_area.is_none_or(|place| place.name.ends_with('区')) || !is_own(word, rest),
        _ => {
            own.places.iter().any(|place| place.name.ends_with('市') && Some(place) == of_area)
                || of_area.is_none()
                || !is_own(word, rest)
        }
    }
}

fn is_own(word: &str, rest: &str) -> bool {
    word.starts_with(['我', '全']) && OWN_WORK.is_match(rest)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes, report};

    #[test]
    fn self_words() {
        for (agency, text, broken) in [
            ("青溪县财政局", "我镇按时更新栏目。", true),
            ("青溪县财政局", "我委按时更新栏目。", true),
            ("青溪县财政局", "我县财政预算全部公开。", false),
            ("青溪县财政局", "落实全市财政工作会议精神，全市共有六个县。", false),
            ("青溪县财政局", "全市共主动公开政府信息126条。", true),
            ("青溪县财政局", "全市场准入，全区域覆盖。", false),
            ("青溪区财政局", "我县财政预算全部公开。", true),
            ("云岭市财政局", "我市财政预算全部公开，全市公开信息12条。", false),
            ("青溪县城关镇人民政府", "我镇按时更新栏目，我县统一平台。", false),
            ("青溪县城关镇人民政府", "我局按时更新栏目。", true),
            ("青溪县松坪乡人民政府", "我镇按时更新栏目。", true),
            ("青溪县发展和改革委员会", "我委按时更新栏目。", false),
            ("青溪县望江街道办事处", "我办、我街道按时更新栏目。", false),
            ("云岭经济技术开发区管理委员会", "我区、我委按时更新栏目。", false),
            ("青溪县财政局", "“我镇有事”专栏按时更新。", false),
        ] {
            let found = codes(&report().issued_by(agency).saying(2, text));
            assert_eq!(found.contains(&"ORG003"), broken, "{agency} {text}");
        }
    }
}
