//! The five topics of part one: by their headings, by lead words, or by the words of the text.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::paragraph::Block;
use super::passage::Passage;
use crate::report::{Topic, TopicSeen};

/// Where the text turns to another matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The first character of the heading or lead, in its passage.
    pub(super) chars: Range<usize>,
    /// The topics it names; none for a heading about something else.
    pub(super) topics: Vec<Topic>,
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// Words by which a heading names its topic.
static NAMED: LazyLock<[(Topic, Regex); 5]> = LazyLock::new(|| {
    [
        (Topic::ProactiveDisclosure, pattern(r"主动公[开布]|公开政府信息情况")),
        (Topic::Requests, pattern(r"依申请|申请公开|公开.{0,4}申请|申请.{0,4}(?:办理|处理|答复)|回应.{0,4}诉求")),
        (
            Topic::InformationManagement,
            pattern(r"信息.{0,4}管理|公开.{0,4}管理|信息资源|信息.{0,4}(?:规范|审[核查])|规范.{0,4}信息|保密审查"),
        ),
        (Topic::Platform, pattern(r"平台|载体|渠道|阵地|网站.{0,4}建设|新媒体")),
        (Topic::Supervision, pattern(r"监督|保障|考核|评议|责任追究")),
    ]
});

/// Words that show a topic is treated although it has no heading.
static TREATED: LazyLock<[(Topic, Regex); 5]> = LazyLock::new(|| {
    [
        (
            Topic::ProactiveDisclosure,
            pattern(r"主动公[开布]|主动向社会公[开布]|(?:公开|发布|公布).{0,12}信息.{0,8}\d+余?[条件篇]"),
        ),
        (
            Topic::Requests,
            pattern(r"依申请公?开?|信息公开.{0,4}申请|申请.{0,6}公开|(?:收到|受理|接到|办理).{0,16}申请"),
        ),
        (
            Topic::InformationManagement,
            pattern(
                r"信息(?:公开)?的?(?:规范)?管理|保密审查|三审三校|审核.{0,6}发布|先审后发|公开属性|动态调整|清理.{0,8}文件|文件.{0,8}清理",
            ),
        ),
        (
            Topic::Platform,
            pattern(
                r"平台.{0,6}(?:建设|作用|管理|维护)|公开.{0,4}(?:平台|载体|阵地)|网站.{0,6}(?:建设|改版|维护|升级)|(?:栏目|专栏|专区).{0,6}(?:建设|设置|调整|优化)|新媒体|公众号|微博",
            ),
        ),
        (Topic::Supervision, pattern(r"监督|考核|评议|责任追究|保障机制|业务培训|问责")),
    ]
});

/// An ordinal as topics carry it, brackets perhaps lost; `一是` opens a lead as well.
static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:（[一二三四五六七八九十\d]{1,3}）[、.．，:：]?|[一二三四五六七八九十]{1,2}[、.．丶)）]|\d{1,2}[、.．)）]",
        r"|第[一二三四五六七八九十][，、])",
    ))
});

/// The ordinal without its brackets, or the lead `一是`.
static BARE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[一二三四五六七八九十](?:是|要)?"));

/// How unnumbered lead words end.
static LEAD_END: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:情况|方面|工作|建设|保障|管理|公开|机制|监督|落实)$"));

/// Most characters a heading or lead may have.
const LONGEST: usize = 30;

/// What a heading is about.
fn named(phrase: &str) -> Vec<Topic> {
    NAMED.iter().filter(|(_, words)| words.is_match(phrase)).map(|&(topic, _)| topic).collect()
}

/// The headings and leads in the characters `range` of `passage`.
pub(super) fn marks(passage: &Passage, range: Range<usize>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let (mut opens, mut after_colon) = (true, false);
    let text = passage.slice(range.clone());
    for (c, at) in text.chars().zip(range.start..) {
        if (opens || after_colon || passage.gap_before(at))
            && let Some(mark) = mark_at(passage, at..range.end, at == range.start, opens)
        {
            marks.push(mark);
        }
        opens = matches!(c, '。' | '；' | '！' | '？');
        after_colon = matches!(c, '：' | ':');
    }
    marks
}

/// The heading or lead that begins at the start of `range`, if there is one. `first`: at the start of a
/// paragraph; `opens`: a sentence begins here.
fn mark_at(passage: &Passage, range: Range<usize>, first: bool, opens: bool) -> Option<Mark> {
    let window = passage.slice(range.start..range.end.min(range.start + LONGEST + 8));
    let (marker, bare) = match MARKER.find(window) {
        Some(marker) => (marker.end(), false),
        None => (BARE.find(window).filter(|_| opens).map_or(0, |bare| bare.end()), true),
    };
    if bare && !opens {
        return None;
    }
    let body = range.start + window[..marker].chars().count();
    let (end, stop) = phrase_end(passage, body..range.end);
    let phrase = passage.slice(body..end);
    if phrase.is_empty() || end - body > LONGEST {
        return None;
    }
    let topics = named(phrase);
    let chars = range.start..end;
    if !bare {
        // 1. 2. 3. also number what belongs to one topic; only （一） and 一、 turn to another matter.
        let turns = !window.starts_with(|c: char| c.is_ascii_digit());
        return (turns || !topics.is_empty()).then_some(Mark { chars, topics });
    }
    let titled = matches!(stop, Stop::Sentence | Stop::Colon | Stop::End);
    let is_lead = if marker > 0 && !window[..marker].ends_with(['是', '要']) {
        titled
    } else if marker > 0 {
        first
    } else {
        first && titled && LEAD_END.is_match(phrase)
    };
    (is_lead && !topics.is_empty()).then_some(Mark { chars, topics })
}

/// What a phrase ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// 。 or another end of a sentence.
    Sentence,
    /// A colon.
    Colon,
    /// A comma.
    Comma,
    /// A blank, or the end of the paragraph.
    End,
}

/// Where the phrase at the start of `range` ends, and at what.
fn phrase_end(passage: &Passage, range: Range<usize>) -> (usize, Stop) {
    let limit = range.end.min(range.start + LONGEST + 2);
    for (c, at) in passage.slice(range.start..limit).chars().zip(range.start..) {
        let stop = match c {
            '。' | '；' | '！' | '？' => Stop::Sentence,
            '：' | ':' => Stop::Colon,
            '，' | ',' => Stop::Comma,
            _ => continue,
        };
        return (at, stop);
    }
    (limit, Stop::End)
}

/// The topics of part one, whose paragraphs are `slices`, in the form's order.
pub(super) fn topics(slices: &[(&Passage, Range<usize>)]) -> Vec<TopicSeen> {
    let mut seen: [Option<TopicSeen>; 5] = [None; 5];
    for (passage, range) in slices {
        for mark in marks(passage, range.clone()) {
            let Some(source) = passage.source(mark.chars.clone()) else { continue };
            for topic in mark.topics {
                seen[topic as usize].get_or_insert(TopicSeen { topic, headed: true, source });
            }
        }
    }
    for (topic, words) in TREATED.iter() {
        if seen[*topic as usize].is_none() {
            seen[*topic as usize] = slices.iter().find_map(|(passage, range)| {
                let text = passage.slice(range.clone());
                let found = words.find_iter(text).find(|found| !is_announced(text, found.start()))?;
                let start = range.start + text[..found.start()].chars().count();
                let end = start + found.as_str().chars().count();
                Some(TopicSeen { topic: *topic, headed: false, source: passage.source(start..end)? })
            });
        }
    }
    seen.into_iter().flatten().collect()
}

/// Whether the sentence around `byte` only lists the parts of the report (本报告包括总体情况、主动公开…).
fn is_announced(text: &str, byte: usize) -> bool {
    let start = text[..byte].rfind(['。', '；']).map_or(0, |end| end);
    let end = text[byte..].find('。').map_or(text.len(), |end| byte + end);
    let sentence = &text[start..end];
    ["总体情况", "行政复议", "主要问题"].iter().filter(|word| sentence.contains(**word)).count() > 1
}

/// The paragraph in which part one begins when it has no heading: that of the first topic heading, or
/// where the text itself treats two topics or more.
pub(super) fn first_block(blocks: &[Block]) -> Option<usize> {
    // A preamble that lists the parts treats none of the topics.
    let parts = ["主动公开政府信息情况", "收到和处理", "行政复议", "主要问题", "其他需要报告"];
    let lists = |passage: &Passage| parts.iter().filter(|part| passage.as_str().contains(**part)).count() >= 3;
    let paragraphs = || {
        blocks.iter().enumerate().filter_map(|(index, block)| match block {
            Block::Paragraph(passage) if !lists(passage) => Some((index, passage)),
            _ => None,
        })
    };
    let headed = paragraphs().find(|(_, passage)| {
        marks(passage, 0..passage.len()).iter().any(|mark| mark.chars.start == 0 && !mark.topics.is_empty())
    });
    if let Some((index, _)) = headed {
        return Some(index);
    }
    let treated = |(_, words): &&(Topic, Regex)| paragraphs().any(|(_, passage)| words.is_match(passage.as_str()));
    if TREATED.iter().filter(treated).count() < 2 {
        return None;
    }
    paragraphs()
        .find(|(_, passage)| TREATED.iter().any(|(_, words)| words.is_match(passage.as_str())))
        .map(|(index, _)| index)
}
