//! The title: found among the first lines, joined where it is broken, taken apart into agency and year.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::heading;
use super::lines::Piece;
use crate::report::Title;
use crate::report::recognise::stream::{Stream, is_han};

/// The title and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// As printed.
    pub(super) title: Title,
    /// The agency it names.
    pub(super) agency: Option<String>,
    /// The year it names.
    pub(super) year: Option<i32>,
    /// Its characters in the stream.
    pub(super) range: Range<usize>,
}

/// Agency and year as a title, or a title quoted in a sentence, names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Naming {
    /// The agency.
    pub(super) agency: Option<String>,
    /// The year.
    pub(super) year: Option<i32>,
}

/// The name of the document itself. 年度 and the year move about in it.
const DOCUMENT: &str = concat!(
    r"(?:政府信息公开|政务信息公开|政务公开|信息公开)(?:工作)?(?:的|情况)?(?:(?:20\d\d|二[〇○零]..)年?)?(?:度|年度)?",
    r"(?:政府信息公开)?(?:工作)?(?:情况)?的?(?:年度|年)?(?:工作)?(?:报告(?:报告)?|年报)",
);

static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(DOCUMENT).expect("a valid pattern"));

/// What may stand before the name of the document: a mark of the site, the agency, the year, in any order.
static NAMING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[【\[][^】\]]{1,8}[】\]])?(?:(?:文字|图文|政策)?(?:解读|图解|图文)[：:])?(?:关于)?",
        r"(?:(?P<first>(?:20|19)\d\d|二[〇○零][一二三四五六七八九〇○零]{2})年?(?:度|年度)?)?(?:关于)?",
        r"(?P<agency>[^年〔〕]{2,50}?)??(?:关于)?",
        r"(?:(?P<last>(?:20|19)\d\d|二[〇○零][一二三四五六七八九〇○零]{2})年?(?:度|年度)?)?的?$",
    ))
    .expect("a valid pattern")
});

static YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"20\d\d|二[〇○零][一二三四五六七八九〇○零]{2}").expect("a valid pattern"));

/// Words that no agency's name contains but sentences and the furniture of sites do.
static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"根据|按照|依据|依照|公布|发布|现将|要求|做好|编制|如下|首页|位置|索引|来源|日期|时间|浏览|打印|字体|字号|分享|登录|",
        r"正文|附件|栏目|目录|指南|通知|公告|年度报告|年报|以来|深入|贯彻|落实|认真|我|本[局县市区镇乡办委单机年报]|^关于|^各|情况",
    ))
    .expect("a valid pattern")
});

/// Endings of the names of bodies that report.
const BODY_ENDINGS: &str = "局委办厅府室会院中心站处所区镇乡街道队署社馆校司部县市省州旗盟团";

/// Lines and characters at the beginning among which a title is looked for.
const LINES: usize = 300;
const CHARACTERS: usize = 12_000;

/// Finds the title.
pub(super) fn find(stream: &Stream, pieces: &[Piece]) -> Option<Found> {
    let opening = Opening::of(stream, pieces);
    let mut best: Option<(u8, Range<usize>, Naming)> = None;
    for name in NAME.find_iter(&opening.text) {
        let core = opening.char_at(name.start())..opening.char_at(name.end());
        let Some((start, naming)) = opening.start_of(&core) else { continue };
        let Some(end) = opening.end_of(core.end) else { continue };
        // The year may also stand in the name of the document, or in brackets behind it.
        let within = || YEAR.find(opening.slice(core.start..end)).and_then(|year| year_of(year.as_str()));
        let naming = Naming { year: naming.year.or_else(within), ..naming };
        // The site's menu may wrap 政府信息公开 and 年度报告 into neighbouring lines.
        if naming == Naming::default() && opening.lines_in(start..end) > 1 {
            continue;
        }
        let alone = opening.chars[start].line_start && opening.ends_line(end);
        let score = 4 * u8::from(naming.agency.is_some()) + 2 * u8::from(naming.year.is_some()) + u8::from(alone);
        if best.as_ref().is_none_or(|(known, ..)| score > *known) {
            best = Some((score, start..end, naming));
        }
    }
    let (_, chars, naming) = best?;
    let range = opening.chars[chars.start].at..opening.chars[chars.end - 1].at + 1;
    let title = Title { text: opening.slice(chars).to_owned(), source: stream.source(range.clone())? };
    Some(Found { title, agency: naming.agency, year: naming.year, range })
}

/// What a title is quoted after: 现公布《…》, 特编制….
static OPENS_QUOTATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"《|(?:公布|发布|编制|制定|公开|通报)(?:了|完成)?").expect("a valid pattern"));

/// Agency and year of a title quoted in running text: 现公布《…年度报告》.
pub(super) fn quoted(text: &str) -> Option<Naming> {
    NAME.find_iter(text).find_map(|name| {
        let start = text[..name.start()].char_indices().rev().nth(60).map_or(0, |(at, _)| at);
        let opening = OPENS_QUOTATION.find_iter(&text[start..name.start()]).last()?;
        let (mark, rest) = (opening.as_str(), &text[name.end()..]);
        let closed =
            if mark == "《" { rest.starts_with('》') } else { rest.starts_with(['。', '，', '；', ',', '.']) };
        let naming = take_apart(&text[start + opening.end()..name.start()])?;
        (closed && naming.agency.is_some()).then_some(naming)
    })
}

/// What stands before the name of the document, taken apart; `None` if it is no beginning of a title.
fn take_apart(text: &str) -> Option<Naming> {
    let found = NAMING.captures(text)?;
    let year = found.name("first").or(found.name("last")).and_then(|year| year_of(year.as_str()));
    let agency = match found.name("agency").map(|agency| agency.as_str().trim_matches(['的', ' ', '-', '—', '·'])) {
        None | Some("") => None,
        Some(agency) if is_agency(agency) => Some(whole(agency)),
        Some(_) => return None,
    };
    Some(Naming { agency, year })
}

/// 政府信息公开 after 人民政府 is often printed with one 政府 only.
fn whole(agency: &str) -> String {
    if agency.ends_with("人民") { format!("{agency}政府") } else { agency.to_owned() }
}

fn is_agency(text: &str) -> bool {
    let count = text.chars().count();
    (2..=40).contains(&count)
        && text.chars().all(|c| is_han(c) || matches!(c, '（' | '）' | '、' | '·' | '“' | '”' | '—' | '-'))
        && !FOREIGN.is_match(text)
}

/// Whether a name looks complete: it has a place and ends like a body.
fn is_complete(agency: &str) -> bool {
    let places = agency.chars().rev().skip(1).any(|c| "省市县区州旗盟镇乡".contains(c));
    agency.chars().count() > 3 && places && agency.ends_with(|c| BODY_ENDINGS.contains(c))
}

/// A year in digits or in Chinese.
fn year_of(text: &str) -> Option<i32> {
    text.parse().ok().or_else(|| {
        text.chars().try_fold(0, |year, c| {
            let digit =
                "〇一二三四五六七八九".chars().position(|d| d == c || (d == '〇' && matches!(c, '○' | '零')))?;
            Some(year * 10 + i32::try_from(digit).ok()?)
        })
    })
}

/// A character of the opening.
#[derive(Clone, Copy, Debug)]
struct Character {
    at: usize,
    byte: usize,
    line_start: bool,
    gap: bool,
}

/// The first lines of a document without blanks.
#[derive(Debug, Default)]
struct Opening {
    text: String,
    chars: Vec<Character>,
}

impl Opening {
    /// The lines up to the first part, or as many as are worth a look.
    fn of(stream: &Stream, pieces: &[Piece]) -> Self {
        let mut opening = Self::default();
        for piece in pieces.iter().take(LINES) {
            let Piece::Line(line) = piece else { continue };
            let before = opening.text.len();
            let mut line_start = true;
            let mut gap = true;
            for at in line.range.clone().take(CHARACTERS.saturating_sub(opening.chars.len())) {
                let c = stream.chars[at].c;
                if matches!(c, ' ' | '\t') {
                    gap = true;
                    continue;
                }
                opening.chars.push(Character { at, byte: opening.text.len(), line_start, gap });
                opening.text.push(c);
                line_start = false;
                gap = false;
            }
            let text = &opening.text[before..];
            let is_first_part =
                heading::ordinal(text).is_some_and(|ordinal| heading::known_at_start(&text[ordinal.bytes..]).is_some());
            if is_first_part || opening.chars.len() >= CHARACTERS {
                break;
            }
        }
        opening
    }

    fn char_at(&self, byte: usize) -> usize {
        self.chars.partition_point(|char| char.byte < byte)
    }

    fn slice(&self, range: Range<usize>) -> &str {
        let byte = |index: usize| self.chars.get(index).map_or(self.text.len(), |char| char.byte);
        &self.text[byte(range.start)..byte(range.end)]
    }

    /// Beginning of the line that holds the character at `index`, at most 60 characters back.
    fn line_start(&self, index: usize) -> Option<usize> {
        (index.saturating_sub(60)..=index).rev().find(|&at| self.chars[at].line_start)
    }

    fn ends_line(&self, end: usize) -> bool {
        self.chars.get(end).is_none_or(|char| char.line_start)
    }

    fn lines_in(&self, range: Range<usize>) -> usize {
        self.chars[range].iter().filter(|char| char.line_start).count()
    }

    /// Where the title that names the document at `core` begins, and what it names.
    fn start_of(&self, core: &Range<usize>) -> Option<(usize, Naming)> {
        if let Some(start) = self.line_start(core.start)
            && let Some(naming) = take_apart(self.slice(start..core.start))
        {
            return Some(self.reach_back(start, core.start, naming));
        }
        // Everything on one line, as crawlers have it: the title begins after a blank or a mark.
        let furthest = core.start.saturating_sub(60);
        let mut best = None;
        for at in (furthest..=core.start).rev() {
            let before = self.slice(at.saturating_sub(1)..at);
            if !(self.chars[at].gap || before.ends_with(['>', '|', '】', '/', '＞', '»'])) {
                continue;
            }
            match take_apart(self.slice(at..core.start)) {
                Some(naming) if naming.agency.as_deref().is_some_and(is_complete) => return Some((at, naming)),
                Some(naming) if naming != Naming::default() => best = Some((at, naming)),
                _ => {}
            }
        }
        best
    }

    /// Takes in the lines above that belong to the title.
    fn reach_back(&self, mut start: usize, core: usize, mut naming: Naming) -> (usize, Naming) {
        for _ in 0..2 {
            let Some(above) = start.checked_sub(1).and_then(|last| self.line_start(last)) else { break };
            let line = self.slice(above..start);
            let incomplete = match &naming.agency {
                None => true,
                Some(agency) => {
                    agency.chars().count() <= 3
                        || (!is_complete(agency) && line.ends_with(|c| "省市县区州旗盟镇乡".contains(c)))
                }
            };
            if !incomplete || FOREIGN.is_match(line) || heading::ordinal(line).is_some() {
                break;
            }
            let Some(joined) = take_apart(self.slice(above..core)) else { break };
            let gains = joined.agency.as_deref().is_some_and(|agency| agency.ends_with(|c| BODY_ENDINGS.contains(c)))
                || (joined.year.is_some() && naming.year.is_none());
            if !gains {
                break;
            }
            (start, naming) = (above, joined);
        }
        (start, naming)
    }

    /// Where a title whose name of the document ends at `end` ends; `None` if the sentence goes on.
    fn end_of(&self, end: usize) -> Option<usize> {
        let line_end = (end..self.chars.len().min(end + 14))
            .find(|&at| self.chars[at].line_start)
            .unwrap_or_else(|| if self.chars.len() <= end + 14 { self.chars.len() } else { end });
        let rest = self.slice(end..line_end);
        if rest.starts_with('（') && rest.ends_with('）') {
            return Some(line_end);
        }
        let next = if self.ends_line(end) { None } else { self.slice(end..end + 1).chars().next() };
        let goes_on = next.is_some_and(|c| {
            matches!(c, '》' | '”' | '，' | '。' | '、' | '；' | '：' | ',' | ';' | ':' | '.')
                || "的和及与编已全中由予内如包共分应进等".contains(c)
        });
        (!goes_on).then_some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::pieces;
    use super::*;
    use crate::document;

    fn title_of(text: &str) -> Option<(String, Option<String>, Option<i32>)> {
        let document = document::open(text.as_bytes()).ok()?;
        let stream = Stream::of(&document);
        let found = find(&stream, &pieces(&stream, &[]))?;
        Some((found.title.text, found.agency, found.year))
    }

    #[test]
    fn agency_and_year() {
        for (text, title, agency, year) in [
            (
                "青溪县财政局2023年政府信息公开工作年度报告\n一、总体情况",
                "青溪县财政局2023年政府信息公开工作年度报告",
                "青溪县财政局",
                2023,
            ),
            (
                "云岭市青溪区医疗保障局2023年政府信息公开\n工作年度报告\n\n一、总体情况",
                "云岭市青溪区医疗保障局2023年政府信息公开工作年度报告",
                "云岭市青溪区医疗保障局",
                2023,
            ),
            (
                "云岭市青溪区\n医疗保障局2023年政府信息公开工作年度报告",
                "云岭市青溪区医疗保障局2023年政府信息公开工作年度报告",
                "云岭市青溪区医疗保障局",
                2023,
            ),
            (
                "青溪区医疗保障局2024年政府信息公开工作年度报\n告\n\n一、总体情况",
                "青溪区医疗保障局2024年政府信息公开工作年度报告",
                "青溪区医疗保障局",
                2024,
            ),
            (
                "青溪区医疗保障局 2024 年政府信息公开工作年度报告\n\n告\n\n一、总体情况",
                "青溪区医疗保障局2024年政府信息公开工作年度报告",
                "青溪区医疗保障局",
                2024,
            ),
            (
                "\n青溪区医疗保障局\n2023 年政府信息公开工作年度报告\n\n根据",
                "青溪区医疗保障局2023年政府信息公开工作年度报告",
                "青溪区医疗保障局",
                2023,
            ),
            (
                "2022年云岭市市场监管局政府信息公开工作年度报告",
                "2022年云岭市市场监管局政府信息公开工作年度报告",
                "云岭市市场监管局",
                2022,
            ),
            (
                "云岭市公安局2024年度政府信息公开工作报告",
                "云岭市公安局2024年度政府信息公开工作报告",
                "云岭市公安局",
                2024,
            ),
            (
                "【图文】云岭市审计局2022年度政府信息公开工作年度报告",
                "【图文】云岭市审计局2022年度政府信息公开工作年度报告",
                "云岭市审计局",
                2022,
            ),
            (
                "青溪县人民政府2023年政府信息公开年度报告",
                "青溪县人民政府2023年政府信息公开年度报告",
                "青溪县人民政府",
                2023,
            ),
            (
                "2023年青溪县人民政府信息公开工作年度报告",
                "2023年青溪县人民政府信息公开工作年度报告",
                "青溪县人民政府",
                2023,
            ),
            (
                "首页 > 政务公开 > 政府信息公开年报\n索引号：001/2024-1 发布日期：2024-01-20\n青溪县财政局2023年政府信息公开工作年度报告\n字号：大 中 小",
                "青溪县财政局2023年政府信息公开工作年度报告",
                "青溪县财政局",
                2023,
            ),
            (
                "青溪县财政局2023年政府信息公开工作年度报告 一、总体情况 2023年，我局",
                "青溪县财政局2023年政府信息公开工作年度报告",
                "青溪县财政局",
                2023,
            ),
            (
                "青溪县财政局2023年政府信息公开工作年度报告一、总体情况",
                "青溪县财政局2023年政府信息公开工作年度报告",
                "青溪县财政局",
                2023,
            ),
            (
                "正文\n2024 年云岭市科委政府信息公开工作\n年度报告\n根据",
                "2024年云岭市科委政府信息公开工作年度报告",
                "云岭市科委",
                2024,
            ),
            (
                "青溪县财政局政府信息公开工作年度报告（2023年）\n",
                "青溪县财政局政府信息公开工作年度报告（2023年）",
                "青溪县财政局",
                2023,
            ),
            (
                "青溪县财政局关于2023年度政府信息公开工作情况的报告\n",
                "青溪县财政局关于2023年度政府信息公开工作情况的报告",
                "青溪县财政局",
                2023,
            ),
            (
                "青溪县财政局\n二〇二三年政府信息公开工作年度报告\n",
                "青溪县财政局二〇二三年政府信息公开工作年度报告",
                "青溪县财政局",
                2023,
            ),
        ] {
            assert_eq!(title_of(text), Some((title.into(), Some(agency.into()), Some(year))), "{text}");
        }
    }

    #[test]
    fn incomplete_titles() {
        assert_eq!(
            title_of("2023年政府信息公开工作年度报告\n\n一、总体情况"),
            Some(("2023年政府信息公开工作年度报告".into(), None, Some(2023)))
        );
        assert_eq!(
            title_of("政府信息公开工作年度报告\n一、总体情况"),
            Some(("政府信息公开工作年度报告".into(), None, None))
        );
    }

    #[test]
    fn no_title() {
        for text in [
            "一、总体情况\n2023年，我局依法公开。",
            "根据要求，现发布《青溪县财政局2023年政府信息公开工作年度报告》。\n一、总体情况",
            "现公布\n青溪县财政局2023年政府信息公开工作年度报告，请监督。",
            "政府信息公开\n年度报告\n一、总体情况",
            "根据《关于做好2023年度政府信息公开\n工作年度报告编制和发布工作的通知》要求",
            "",
        ] {
            assert_eq!(title_of(text), None, "{text}");
        }
    }

    #[test]
    fn quoted_titles() {
        assert_eq!(
            quoted("现发布《青溪县财政局2023年政府信息公开工作年度报告》，请监督。"),
            Some(Naming { agency: Some("青溪县财政局".into()), year: Some(2023) })
        );
        assert_eq!(
            quoted("根据规定，特编制云岭市地方志办公室2023年政府信息公开工作年度报告。"),
            Some(Naming { agency: Some("云岭市地方志办公室".into()), year: Some(2023) })
        );
        assert_eq!(quoted("现编制我单位2023年政府信息公开工作年度报告。"), None);
        assert_eq!(quoted("根据《关于做好2023年政府信息公开工作年度报告编制工作的通知》"), None);
    }
}
