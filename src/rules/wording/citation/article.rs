//! Articles of the Regulations that they do not have, or that said something else before 2019.

use std::sync::LazyLock;

use super::{Wrong, pattern};
use crate::text::pattern::Regex;

/// What is known of the articles.
struct Articles {
    /// How many there are.
    last: u32,
    /// The article of 2007, words that follow it, the article in force.
    moved: Vec<(u32, &'static str, &'static str)>,
}

static ARTICLES: LazyLock<Articles> = LazyLock::new(|| {
    let mut lines = include_str!("../articles.txt").lines().filter(|line| !line.starts_with('#'));
    let last = lines.next().and_then(|line| line.parse().ok()).unwrap_or(u32::MAX);
    let moved = lines.filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?.parse().ok()?, words.next()?, words.next()?))
    });
    Articles { last, moved: moved.collect() }
});

/// The Regulations with the articles cited. Those of a province have a place in their name.
static CITED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:(?:中华人民共和国|[《〈])政府信息公开条例[》〉]?(?:[（(][^（）()]{0,40}[）)])?|《条例》)的?",
        r"((?:(?:和|及|、|，)?第(?:[一二三四五六七八九十百]{1,6}|\d{1,3})条(?:第.{1,3}款)?(?:第.{1,5}项)?)+)",
    ))
});

static ARTICLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"第([一二三四五六七八九十百]{1,6}|\d{1,3})条"));

/// Characters behind an article within which stands what it is cited for.
const REACH: usize = 24;

/// Articles in `text` that are cited wrongly; those that moved, where the Regulations of 2019 are in force.
pub(super) fn articles(text: &str, of_2019: bool) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for cited in CITED.captures_iter(text).filter_map(|found| found.get(1)) {
        // 第三十二条规定编制年度报告; 第三十一条，公布本年度报告: in this clause or the next.
        let clauses = text[cited.end()..].split('。').next().unwrap_or_default().split('，').take(2);
        let behind: String = clauses.collect::<String>().chars().take(REACH).collect();
        for article in ARTICLE.captures_iter(cited.as_str()) {
            let (Some(whole), Some(number)) = (article.get(0), article.get(1).and_then(|n| number(n.as_str()))) else {
                continue;
            };
            let range = cited.start() + whole.start()..cited.start() + whole.end();
            if number > ARTICLES.last {
                wrong.push(Wrong { range, right: None });
                continue;
            }
            let moved = ARTICLES.moved.iter().find(|(old, words, _)| *old == number && behind.contains(words));
            if let Some((.., right)) = moved.filter(|_| of_2019) {
                wrong.push(Wrong { range, right: Some((*right).to_owned()) });
            }
        }
    }
    wrong
}

/// The number of articles, for a message.
pub(super) fn last() -> u32 {
    ARTICLES.last
}

/// A number below a thousand, in digits or in Chinese.
fn number(text: &str) -> Option<u32> {
    let read = || {
        let (mut sum, mut digit) = (0, None);
        for c in text.chars() {
            match c {
                '十' => sum += digit.take().unwrap_or(1) * 10,
                '百' => sum += digit.take().unwrap_or(1) * 100,
                _ => digit = Some("〇一二三四五六七八九".chars().zip(0..).find(|&(known, _)| known == c)?.1),
            }
        }
        Some(sum + digit.unwrap_or(0))
    };
    text.parse().ok().or_else(read)
}
