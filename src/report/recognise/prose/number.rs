//! Numbers in running text: digits with separators, 万 and 亿, Chinese numerals, 余 and 近.

use std::ops::Range;

use crate::report::Bound;
use crate::report::figure::Figure;

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its characters, the unit included.
    pub(super) chars: Range<usize>,
    /// Its value.
    pub(super) value: Figure,
    /// The unit behind it, if it is one that things are counted in.
    pub(super) unit: Option<char>,
    /// How exact 余, 多, 近, 约 and the like leave it.
    pub(super) bound: Bound,
    /// Whether it is a percentage.
    pub(super) percent: bool,
}

/// What things are counted in. 条例, 项目 and the like are words of their own.
const UNITS: &str = "件条宗例起份个篇项则次封元";

/// The numbers of a text, in order.
pub(super) fn numbers(chars: &[char]) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let before = at.checked_sub(1).map(|before| chars[before]);
        let read = if chars[at].is_ascii_digit() {
            digits(chars, at)
        } else if is_numeral(chars[at]) {
            let end = at + chars[at..].iter().take_while(|&&c| is_numeral(c)).count();
            Some((chinese(&chars[at..end]), end))
        } else {
            at += 1;
            continue;
        };
        // After a letter, 第 or 〔 it is a name or an ordinal; 统一 and 进一步 are words.
        let named = before.is_some_and(|c| {
            c.is_ascii_alphabetic()
                || "第〔[".contains(c)
                || (!chars[at].is_ascii_digit() && "统唯进逐专之单同数几若万".contains(c))
        });
        let Some((value, end)) = read else { break };
        match value {
            Some(value) if !named => {
                let number = with_unit(chars, at..end, value);
                at = number.chars.end;
                numbers.push(number);
            }
            _ => at = end,
        }
    }
    numbers
}

/// Digits at `at` with thousands separators and decimals: value and end.
fn digits(chars: &[char], at: usize) -> Option<(Option<Figure>, usize)> {
    let run = |from: usize| chars[from.min(chars.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    let first = run(at);
    let mut end = at + first;
    let mut text: String = chars[at..end].iter().collect();
    while (1..=3).contains(&first) && chars.get(end) == Some(&',') && run(end + 1) == 3 {
        text.extend(&chars[end + 1..end + 4]);
        end += 4;
    }
    // 6 271条, with blanks: only before a word, and where nothing else is set apart by blanks.
    let blank = |index: usize| chars.get(index) == Some(&' ');
    if end == at + first && (1..=3).contains(&first) && chars[at] != '0' && !at.checked_sub(1).is_some_and(blank) {
        let mut last = end;
        while blank(last) && run(last + 1) == 3 {
            last += 4;
        }
        if chars.get(last).is_some_and(|&c| UNITS.contains(c) || "余多万".contains(c)) {
            text.extend(chars[end..last].iter().filter(|c| c.is_ascii_digit()));
            end = last;
        }
    }
    let decimals = run(end + 1);
    if chars.get(end) == Some(&'.') && decimals > 0 {
        text.extend(&chars[end..=end + decimals]);
        end += 1 + decimals;
    }
    // More digits than a figure can have are no figure.
    Some((text.parse().ok().filter(|_| text.len() <= 18), end))
}

/// Adds to the number in `range` what belongs to it: 万, 余, the unit.
fn with_unit(chars: &[char], range: Range<usize>, value: Figure) -> Number {
    let (before, decimal) =
        (chars[..range.start].iter().rev().take(3).rev().collect::<String>(), !value.fract().is_zero());
    let mut number = Number { chars: range, value, unit: None, bound: Bound::Exact, percent: false };
    while let Some(&c) = chars.get(number.chars.end) {
        let factor: u32 = match c {
            '余' | '多' | '几' => {
                number.bound = Bound::AtLeast;
                1
            }
            '百' => 100,
            '千' => 1000,
            '万' => 10_000,
            '亿' => 100_000_000,
            _ => break,
        };
        if decimal && factor > 1 && number.bound == Bound::Exact {
            number.bound = Bound::Rounded;
        }
        number.value = number.value.checked_mul(factor.into()).unwrap_or(number.value).normalize();
        number.chars.end += 1;
    }
    number.percent = chars.get(number.chars.end) == Some(&'%');
    let after = chars.get(number.chars.end + 1);
    if let Some(&unit) = chars.get(number.chars.end)
        && UNITS.contains(unit)
        && !matches!(
            (unit, after),
            ('条', Some('例'))
                | ('项', Some('目'))
                | ('次', Some('会' | '全'))
                | ('个', Some('月' | '人' | '方' | '部' | '工' | '小'))
        )
    {
        // 3万元 is what was counted, and not rounded.
        if unit == '元' && number.bound == Bound::Rounded {
            number.bound = Bound::Exact;
        }
        number.unit = Some(unit);
        number.chars.end += 1;
        // 89篇次 are counted as 89篇 are.
        number.chars.end += usize::from("件条篇".contains(unit) && after == Some(&'次'));
    }
    let behind: String = chars[number.chars.end..].iter().take(2).collect();
    if number.bound == Bound::Exact || number.bound == Bound::Rounded {
        number.bound = bound_by_words(&before, &behind).unwrap_or(number.bound);
    }
    number
}

/// The bound that the words right before and behind a number set.
fn bound_by_words(before: &str, behind: &str) -> Option<Bound> {
    if before.ends_with(['超', '逾']) || ["超过", "不少于", "至少", "突破"].iter().any(|word| before.ends_with(word))
    {
        return Some(Bound::AtLeast);
    }
    if ["以上", "有余"].contains(&behind) {
        return Some(Bound::AtLeast);
    }
    if before.ends_with('近') || ["不足", "不到", "不超过"].iter().any(|word| before.ends_with(word)) {
        return Some(Bound::AtMost);
    }
    (before.ends_with('约') && !before.ends_with("节约") || before.ends_with("大概") || behind == "左右")
        .then_some(Bound::About)
}

fn is_numeral(c: char) -> bool {
    "零〇一二两三四五六七八九十百千万亿".contains(c)
}

/// A Chinese numeral: 二十, 一千二百零三, 百. `None` if the characters are no number.
fn chinese(chars: &[char]) -> Option<Figure> {
    if chars.len() > 16 {
        return None;
    }
    let (mut total, mut section, mut digit): (u64, u64, Option<u64>) = (0, 0, None);
    for &c in chars {
        match c {
            '十' | '百' | '千' => {
                let unit = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                section += digit.take().unwrap_or(1) * unit;
            }
            '万' | '亿' => {
                section += digit.take().unwrap_or(0);
                let unit = if c == '万' { 10_000 } else { 100_000_000 };
                total = (total + section.max(1)).checked_mul(unit)?;
                section = 0;
            }
            _ => {
                let value = match c {
                    '两' => 2,
                    _ => "〇一二三四五六七八九".chars().zip(0..).find(|&(d, _)| d == c).map_or(0, |(_, value)| value),
                };
                // Two digits in a row, as in 二〇二三, are a year or a name.
                if digit.is_some_and(|digit| digit != 0) {
                    return None;
                }
                digit = Some(value);
            }
        }
    }
    Some((total + section + digit.unwrap_or(0)).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers() {
        use Bound::{About, AtLeast, AtMost, Exact, Rounded};
        for (text, value, unit, bound) in [
            ("105余条", "105", Some('条'), AtLeast),
            ("1,234件", "1234", Some('件'), Exact),
            ("12,345,678条", "12345678", Some('条'), Exact),
            ("6 271条", "6271", Some('条'), Exact),
            ("1 006 271件", "1006271", Some('件'), Exact),
            ("1.2万条", "12000", Some('条'), Rounded),
            ("18万余条", "180000", Some('条'), AtLeast),
            ("近300篇", "300", Some('篇'), AtMost),
            ("不足10件", "10", Some('件'), AtMost),
            ("约300篇", "300", Some('篇'), About),
            ("20件左右", "20", Some('件'), About),
            ("超过40条", "40", Some('条'), AtLeast),
            ("通过3件", "3", Some('件'), Exact),
            ("100条以上", "100", Some('条'), AtLeast),
            ("二十余件", "20", Some('件'), AtLeast),
            ("两件", "2", Some('件'), Exact),
            ("十二件", "12", Some('件'), Exact),
            ("百余条", "100", Some('条'), AtLeast),
            ("一千二百零三条", "1203", Some('条'), Exact),
            ("三万五千件", "35000", Some('件'), Exact),
            ("89篇次", "89", Some('篇'), Exact),
            ("98%", "98", None, Exact),
            ("7545.28万元", "75452800", Some('元'), Exact),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let found = numbers(&chars);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(
                (found[0].value.to_string().as_str(), found[0].unit, found[0].bound),
                (value, unit, bound),
                "{text}"
            );
            assert_eq!(found[0].percent, text.ends_with('%'), "{text}");
        }
    }

    #[test]
    fn leaves_names_alone() {
        for text in ["第二十条", "〔2021〕30", "统一条目", "二〇二三", "数十件", "99999999999999999999999"]
        {
            let chars: Vec<char> = text.chars().collect();
            assert!(numbers(&chars).iter().all(|number| number.unit.is_none()), "{text}");
        }
    }
}
