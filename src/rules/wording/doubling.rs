//! Which doubled characters are a slip.
//!
//! `XX` is right where the language doubles (层层, 扎扎实实), where two words meet (公开|开展), and where a name
//! ends in what the next word begins with (青溪县|县政府). Everything else is a slip. The words are data:
//! `words.txt` lists words that begin or end with a character that is often met in such a place.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that may meet; anything after `#` is a remark.
static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| list(include_str!("words.txt")));

/// Doubled characters that are right wherever they stand.
static DOUBLED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| list(include_str!("doubled.txt")));

fn list(text: &'static str) -> HashSet<&'static str> {
    text.lines().filter_map(|line| line.split('#').next()).flat_map(str::split_whitespace).collect()
}

/// Longest word that is looked up.
const LONGEST: usize = 4;

/// What a name of a place or a body ends in: the name itself is in no list of words.
const ENDS_OF_NAMES: &str = "省市州盟县区旗镇乡村局委办厅部处科室院所站校厂司会组队园";

/// What is counted: the number before it makes it a word.
const COUNTED: &str = "年月日件条个次项人元万家级场期名位篇天份起宗例号类户";

/// Figures as characters: 二〇二二.
const FIGURES: &str = "〇零一二三四五六七八九十";

/// The indices at which a doubled character begins that nothing explains.
pub(super) fn find(chars: &[char]) -> impl Iterator<Item = usize> {
    (1..chars.len()).map(|second| second - 1).filter(|&first| {
        let c = chars[first];
        c == chars[first + 1] && is_han(c) && (first == 0 || chars[first - 1] != c) && !is_right(chars, first)
    })
}

/// Whether something explains that the character at `first` stands twice.
fn is_right(chars: &[char], first: usize) -> bool {
    let c = chars[first];
    if FIGURES.contains(c) || is_in(&DOUBLED, &chars[first..first + 2]) {
        return true;
    }
    if is_doubled_pair(chars, first) || is_listed_around(chars, first) {
        return true;
    }
    let begins =
        (2..=LONGEST).any(|length| chars.get(first + 1..first + 1 + length).is_some_and(|word| is_in(&WORDS, word)));
    begins && (ends_word(chars, first) || ENDS_OF_NAMES.contains(c) || is_counted(chars, first))
}

/// 扎扎实实: two doubled characters after one another.
fn is_doubled_pair(chars: &[char], first: usize) -> bool {
    let pair = |at: usize| chars.get(at).is_some_and(|c| is_han(*c) && chars.get(at + 1) == Some(c));
    pair(first + 2) || (first >= 2 && pair(first - 2))
}

/// Whether a listed expression holds both characters (目的的).
fn is_listed_around(chars: &[char], first: usize) -> bool {
    (3..=LONGEST).any(|length| {
        (first.saturating_sub(length - 2)..=first)
            .filter_map(|start| chars.get(start..start + length))
            .any(|word| is_in(&DOUBLED, word))
    })
}

/// Whether a word ends with the character at `last`.
fn ends_word(chars: &[char], last: usize) -> bool {
    (2..=LONGEST).any(|length| (last + 1).checked_sub(length).is_some_and(|start| is_in(&WORDS, &chars[start..=last])))
}

/// Whether the character at `index` is counted by what stands before it: 2024年|年底.
fn is_counted(chars: &[char], index: usize) -> bool {
    COUNTED.contains(chars[index])
        && index.checked_sub(1).is_some_and(|before| {
            let c = chars[before];
            c.is_ascii_digit() || FIGURES.contains(c) || "百千万亿两每各本全当半几数多余".contains(c)
        })
}

/// Whether `c` is a Chinese character.
const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{323af}' | '〇')
}

fn is_in(words: &HashSet<&'static str>, chars: &[char]) -> bool {
    let word: String = chars.iter().collect();
    words.contains(word.as_str())
}
