//! ORG: who reports, by the names in the text.

mod foreign;
mod own_words;

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::{Finding, Severity};
use crate::report::Sentence;
use crate::report::agency::{Agency, Kind, Level};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::passage;
use crate::text::{Wording, words};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "ORG002",
        name: "foreign-agency",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("写成了别的机关", "another body stands where the author should"),
        manual: Manual {
            basis: words(
                "条例第四十九条：各机关公布本机关的年度报告；国办公开办函〔2021〕30号（四）：内容不得雷同",
                "Regulations art. 49: each body reports on itself; 国办公开办函〔2021〕30号 (4)",
            ),
            condition: words(
                "应当是本机关的地方写的是别的机关：本机关制定的制度冠以上级机关名称；收到申请、公开信息、未收费、无其他事项等叙述的主语是别的机关；编制报告的、报告名称和落款中的是别的机关",
                "where the author should stand, another body does: in the name of the author's own rules, as the subject of its own work and figures, as who drew the report up, in its name or the signature",
            ),
            example: "区医疗保障局的报告写“制定《市医保局信息公开制度》”",
            remedy: words(
                "改为本机关；核对这一段是否照搬了上级或别的机关的文稿",
                "name the body itself; check whether the passage was copied from another body's report",
            ),
            exempt: "上级机关作为发文、部署、检查、平台的主体；“市政府办公室印发的通知”；政府报告中所列的部门和乡镇；政府报告由其办公机构落款的；网页上的发布机构；所属单位。",
        },
        check: Check::Report(foreign::foreign_agency),
    },
    Rule {
        code: "ORG003",
        name: "wrong-self-word",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("自称与机关不符", "the body calls itself something it is not"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号（四）：内容雷同、敷衍塞责的追究责任",
                "国办公开办函〔2021〕30号 (4): copied or perfunctory reports are answered for",
            ),
            condition: words(
                "局的报告自称“我镇”“我委”，区的报告自称“我县”，县的报告以“全市”统计自己的工作等",
                "a 局 calls itself 我镇, a 区 我县, or a county counts its own work as 全市",
            ),
            example: "县财政局的报告写“我镇主动公开信息45条”",
            remedy: words(
                "改为与机关名称相符的自称；核对是否照搬",
                "use the self-word of this body; check for copying",
            ),
            exempt: "县级市自称“我市”；“全市”“全省”指上级范围而不是统计本机关工作的；引号、书名号里的；名称中本来就带“委”“办”的。",
        },
        check: Check::Report(own_words::wrong_self_word),
    },
    Rule {
        code: "ORG004",
        name: "agency-name-inconsistent",
        severity: Severity::Note,
        scope: Scope::File,
        title: words("机关名称前后不一", "the agency's name varies"),
        manual: Manual {
            basis: words(
                "机关名称以“三定”规定为准；标题、正文、落款应当一致",
                "Title, text and signature give one name",
            ),
            condition: words(
                "正文引用的报告名称或落款与标题中的机关名称相近而不同；或者标题中的机关名称与上年报告不同",
                "the quoted title or the signature gives a name like that of the title, but not the same; or the title \
                 names the agency otherwise than last year's report",
            ),
            example: "标题为“青溪县数据局”，落款为“青溪县数字局”",
            remedy: words("统一为规范的机关全称", "use the body's full name throughout"),
            exempt: "简称（医保局与医疗保障局）；省去上级地名的；政府的报告由政府办公室落款的；机构更名另有说明的；名册中列为别名的。",
        },
        check: Check::Report(inconsistent_name),
    },
];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// Whether the characters of `short` occur in `long` in this order: 医保局 in 医疗保障局.
pub(super) fn abbreviates(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

/// A body as the text mentions it: by a full name, or by its level and a short name (市医保局).
struct Mention {
    agency: Agency,
    /// 市 of 市医保局.
    level: Option<char>,
}

impl Mention {
    fn of(name: &str) -> Option<Self> {
        let first = name.chars().next()?;
        let level = "省市县区州旗镇乡".contains(first)
            && !["市场", "市政", "市容", "区域", "乡村", "乡镇"].iter().any(|word| name.starts_with(word));
        let rest = if level { &name[first.len_utf8()..] } else { name };
        let agency = Agency::of(rest);
        let ends = ["局", "委", "委员会", "厅", "办公室", "办事处", "人民政府", "政府", "街道"];
        let named = ends.iter().any(|end| name.ends_with(end)) || !agency.places.is_empty();
        let complete = level || !agency.places.is_empty();
        let letters = name.chars().all(|c| c.is_alphabetic() && !c.is_ascii());
        (named && complete && letters && name.chars().count() <= 30)
            .then_some(Self { agency, level: level.then_some(first) })
    }

    /// Whether it is the body `own`, abbreviated or not; `None` where that cannot be told.
    fn is(&self, own: &Agency) -> Option<bool> {
        let (a, b) = (&self.agency, own);
        let government = |agency: &Agency| matches!(agency.kind, Kind::Government | Kind::GovernmentOffice);
        if government(a) && government(b) && self.places_fit(own) {
            return Some(true);
        }
        let same_body =
            a.body.is_empty() || b.body.is_empty() || abbreviates(&a.body, &b.body) || abbreviates(&b.body, &a.body);
        Some(same_body && self.places_fit(own))
    }

    fn places_fit(&self, own: &Agency) -> bool {
        if let Some(level) = self.level {
            return own.place().is_none_or(|place| place.name.ends_with(level))
                || (own.is_government() && self.agency.places.is_empty() && self.agency.body.is_empty());
        }
        let stem = |name: &str| name.chars().take(2).collect::<String>();
        match (self.agency.place(), own.place()) {
            (Some(a), Some(b)) => {
                let known = |name: &str| own.places.iter().any(|place| stem(&place.name) == stem(name));
                stem(&a.name) == stem(&b.name)
                    || (a.level < b.level && known(&a.name) && self.agency.body.is_empty())
                    || a.name.ends_with(b.name.as_str())
            }
            _ => true,
        }
    }
}

/// How alike two names are: characters in common, in hundredths of the longer.
fn likeness(a: &str, b: &str) -> usize {
    let common = a.chars().filter(|c| b.contains(*c)).count();
    100 * common / a.chars().count().max(b.chars().count()).max(1)
}

/// The name that the report's title gives where the text quotes or publishes it, or the signature, with the bytes it takes.
fn named(report_prose: &[Sentence]) -> impl Iterator<Item = (&Sentence, Range<usize>)> {
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
        pattern("《([^《》0-9年关于]{4,30}?)(?:20[0-9]{2})年?(?:度|年度)?政府信息公开(?:工作)?(?:年度)?(?:工作)?报告》")
    });
    static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?:现[将就把]|现(?:予以?|对外)?(?:公布|发布|公开)|特?编制)(?:了)?(\p{Han}{3,28}?(?:局|委员会|委|厅|办公室|办事处|人民政府|中心))",
            r"20\d\d年?(?:度|年度)?(?:政府信息公开|政务公开|信息公开)\p{Han}{0,8}?(?:报告|年报)",
        ))
    });
    static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:编制单位：)?(\p{Han}{2,24}(?:局|委员会|办公室|办事处|人民政府|管委会))(?:20\d\d年\d{1,2}月(?:\d{1,2}日)?)?$",
        )
    });
    let quoted = report_prose.iter().filter(|sentence| sentence.part <= 1).filter_map(|sentence| {
        let found = QUOTED.captures(&sentence.text).or_else(|| PUBLISHED.captures(&sentence.text))?;
        Some((sentence, found.get(1)?.range()))
    });
    let signed = report_prose.iter().rev().take(3).filter(|sentence| sentence.part == 6).filter_map(|sentence| {
        let found = SIGNATURE.captures(&sentence.text)?;
        Some((sentence, found.get(1)?.range()))
    });
    quoted.chain(signed)
}

/// Whether two bodies belong to different places of one level.
fn are_neighbours(a: &Agency, b: &Agency) -> bool {
    a.place().zip(b.place()).is_some_and(|(a, b)| a.level == b.level && a.name != b.name)
}

/// Whether it is the government's own office that signs: 党政综合办公室 of a township, 政务公开办公室 of a county.
fn is_office_of(mention: &Mention, own: &Agency) -> bool {
    let level = own.level();
    own.is_government()
        && mention.places_fit(own)
        && mention.agency.level().is_none_or(|found| Some(found) == level)
        && (level == Some(Level::Township)
            || ["办公", "政务", "信息"].iter().any(|word| mention.agency.body.contains(word)))
}

/// Whether a name differs from that of the author, and whether it is alike.
fn differs(name: &str, author: &str, own: &Agency) -> Option<bool> {
    let mention = Mention::of(name)?;
    let office = |agency: &Agency| matches!(agency.kind, Kind::Government | Kind::GovernmentOffice);
    if mention.is(own)?
        || abbreviates(name, author)
        || abbreviates(author, name)
        || (office(&mention.agency) && office(own) && !are_neighbours(&mention.agency, own))
        || is_office_of(&mention, own)
    {
        return None;
    }
    let body_alike = likeness(&mention.agency.body, &own.body) >= 60;
    Some(body_alike && mention.places_fit(own))
}

fn inconsistent_name(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(author) = report.agency.as_deref().filter(|_| report.title.is_some()) else {
        return Assessment::not_assessable(Wording::new("机关名称不明", "the agency is not known"));
    };
    let own = Agency::of(author);
    let found =
        named(&report.prose).find(|(sentence, at)| differs(&sentence.text[at.clone()], author, &own) == Some(true));
    let Some((sentence, at)) = found else { return Assessment::holds() };
    let name = sentence.text[at.clone()].to_owned();
    let message = Wording::new(
        format!("标题中的机关是“{author}”，这里写作“{name}”"),
        format!("the title says “{author}”, this passage “{name}”"),
    );
    Assessment::broken(Finding {
        expected: Some(author.to_owned()),
        actual: Some(name),
        ..passage::finding("ORG004", Severity::Note, sentence, at, message)
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes_of, report};

    #[test]
    fn one_name_throughout() {
        for (text, broken) in [
            ("青溪县数字局", true),
            ("青溪县数据管理局", false),
            ("青溪县数据局2025年1月15日", false),
            ("县数据局", false),
            ("数据局办公室", false),
            ("发布机构：青溪县数字局", false),
        ] {
            assert_eq!(codes_of("ORG", &report().saying(6, text)) == ["ORG004"], broken, "{text}");
        }
        let quoted = report().saying(0, "现公布《青溪县数字局2024年政府信息公开工作年度报告》。");
        assert_eq!(codes_of("ORG", &quoted), ["ORG004"]);
    }
}
