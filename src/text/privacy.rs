//! Personal data in a line of text: identity numbers, mobile numbers, bank cards, mailboxes named by a number.
//!
//! What the rules find here is what exports and screens mask: a finding must not publish the number a second time.

use std::borrow::Cow;
use std::ops::Range;

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    /// An identity number whose checksum holds (GB 11643).
    Identity,
    /// A mobile number that is not given as a contact of the office.
    Mobile,
    /// A card number that passes Luhn and begins like one.
    BankCard,
    /// The number of a QQ mailbox.
    Mailbox,
}

/// Something personal, and which characters of the line it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Personal,
    /// Its characters, counted from 0.
    pub chars: Range<usize>,
}

/// Digits that stand together.
struct Group {
    chars: Range<usize>,
    digits: String,
}

/// Words by which a line gives the office's own contact.
const CONTACT: [&str; 11] =
    ["电话", "联系", "热线", "传真", "邮编", "地址", "咨询", "监督举报", "办公时间", "受理机构", "值班"];

/// Who is no office.
const PRIVATE: [&str; 14] = [
    "申请人",
    "投诉人",
    "举报人",
    "当事人",
    "信访人",
    "反映人",
    "村民",
    "居民",
    "市民",
    "户主",
    "低保户",
    "贫困户",
    "患者",
    "残疾人",
];

/// Words between a person's name and a number of theirs.
const LABELS: [&str; 9] = ["联系电话", "联系方式", "手机号码", "手机号", "电话号码", "电话", "手机", "号码", "联系"];

/// Labels of the form's tables: figures beside them, glued to one another by an export, are no numbers of persons.
const FORM: [&str; 20] = [
    "第二十条第",
    "本年制发",
    "规范性文件",
    "处理决定数量",
    "收费金额",
    "行政事业性收费",
    "申请数量",
    "予以公开",
    "属于国家秘密",
    "属于三类",
    "属于四类",
    "属于行政",
    "保护第三方",
    "本机关不掌握",
    "没有现成信息",
    "补正后",
    "类申请",
    "逾期不补正",
    "逾期未按",
    "结果维持",
];

/// How far around a number its labels are looked for, in characters.
const BESIDE: usize = 24;

/// Whether the characters in `range` stand in a table of the form.
fn is_in_form(chars: &[char], range: &Range<usize>) -> bool {
    let around = range.start.saturating_sub(BESIDE)..(range.end + BESIDE).min(chars.len());
    let around: String = chars[around].iter().collect();
    FORM.iter().any(|label| around.contains(label))
}

/// Whether the number at `at` is given as that of a person who is named before it: 申请人李某，电话….
fn is_of_person(chars: &[char], at: usize) -> bool {
    let before: String = chars[at.saturating_sub(BESIDE)..at].iter().collect();
    let Some(name) = PRIVATE
        .iter()
        .filter_map(|word| Some(&before[before.rfind(word)? + word.len()..]))
        .min_by_key(|name| name.len())
    else {
        return false;
    };
    let mark = |c: char| !c.is_alphabetic();
    let mut name = name.trim_end_matches(mark);
    while let Some(shorter) = LABELS.iter().find_map(|label| name.strip_suffix(label)) {
        name = shorter.trim_end_matches(mark);
    }
    let name: Vec<char> = name.trim_start_matches(mark).chars().collect();
    (2..=4).contains(&name.len()) && !name.iter().any(|c| "可请将拨致咨询如有需向的在".contains(*c))
}

/// Personal data in `line`, in the order in which they stand.
#[must_use]
pub fn find(line: &str) -> Vec<Found> {
    if line.bytes().filter(u8::is_ascii_digit).count() < 5 && !line.contains(is_wide_digit) {
        return Vec::new();
    }
    let chars: Vec<char> = line.chars().map(narrow).collect();
    let groups = groups(&chars);
    let is_contact = CONTACT.iter().any(|word| line.contains(word));
    let mut found: Vec<Found> = Vec::new();
    let mut first = 0;
    while first < groups.len() {
        let hit = (1..=5.min(groups.len() - first)).find_map(|count| {
            let window = &groups[first..first + count];
            let joined = window.windows(2).all(|pair| pair[0].chars.end + 1 == pair[1].chars.start);
            let range = window[0].chars.start..window[count - 1].chars.end;
            let kind = (joined && may_be_personal(window)).then(|| kind_of(&chars, window, &range)).flatten()?;
            if kind != Personal::Mailbox && is_in_form(&chars, &range) {
                return None;
            }
            Some((kind, range, count))
        });
        match hit {
            Some((Personal::Mobile, chars_of, count)) if is_contact && !is_of_person(&chars, chars_of.start) => {
                first += count;
            }
            Some((kind, chars, count)) => {
                found.push(Found { kind, chars });
                first += count;
            }
            None => first += 1,
        }
    }
    found
}

/// `text` with the middle of every number that [`find`] finds in one of its lines replaced by `*`. It keeps its length.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return mask_line(text);
    }
    let lines: Vec<Cow<'_, str>> = text.split('\n').map(mask_line).collect();
    if lines.iter().all(|line| matches!(line, Cow::Borrowed(_))) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(lines.join("\n"))
    }
}

fn mask_line(line: &str) -> Cow<'_, str> {
    let found = find(line);
    if found.is_empty() {
        return Cow::Borrowed(line);
    }
    let hidden = |found: &Found| {
        let (head, tail) = match found.kind {
            Personal::Identity | Personal::BankCard => (6, 4),
            Personal::Mobile => (3, 4),
            Personal::Mailbox => (2, 2),
        };
        found.chars.start + head..found.chars.end.saturating_sub(tail)
    };
    let hidden: Vec<Range<usize>> = found.iter().map(hidden).collect();
    let shown = |(at, c): (usize, char)| {
        let hide = hidden.iter().any(|range| range.contains(&at)) && c.is_alphanumeric();
        if hide { '*' } else { c }
    };
    Cow::Owned(line.chars().enumerate().map(shown).collect())
}

/// Digits as printed in full width.
const fn is_wide_digit(c: char) -> bool {
    matches!(c, '０'..='９')
}

fn narrow(c: char) -> char {
    if is_wide_digit(c) { char::from_u32(c as u32 - '０' as u32 + u32::from(b'0')).unwrap_or(c) } else { c }
}

/// The groups of digits of a line; an X that ends an identity number belongs to its group.
fn groups(chars: &[char]) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut start = at;
        while at < chars.len() && chars[at].is_ascii_digit() {
            at += 1;
        }
        // The code of the country before a mobile number.
        if at - start == 13 && chars[start..].starts_with(&['8', '6', '1']) && chars[..start].ends_with(&['+']) {
            start += 2;
        }
        let ends_in_x = matches!(chars.get(at), Some('X' | 'x' | 'Ｘ' | 'ｘ')) && matches!(at - start, 4 | 17);
        at += usize::from(ends_in_x);
        let mut digits: String = chars[start..at].iter().filter(|c| c.is_ascii_digit()).collect();
        if ends_in_x {
            digits.push('X');
        }
        groups.push(Group { chars: start..at, digits });
    }
    groups
}

/// Whether the groups of a window are as long as those of something personal: so are few of the many figures in a
/// report.
fn may_be_personal(window: &[Group]) -> bool {
    let length = |at: usize| window[at].digits.len();
    match window.len() {
        1 => length(0) >= 5,
        2 => (length(0), length(1)) == (6, 13),
        3 => matches!((length(0), length(1), length(2)), (6, 8, 4) | (3, 4, 4)),
        _ => window[..4].iter().all(|group| group.digits.len() == 4),
    }
}

/// What the groups of a window are together.
fn kind_of(chars: &[char], window: &[Group], range: &Range<usize>) -> Option<Personal> {
    let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '_' | '=' | '&' | '%' | '?' | '*');
    let before = range.start.checked_sub(1).map(|at| chars[at]);
    let abroad = chars[..range.start].ends_with(&['+', '8', '6']);
    if !abroad && before.is_some_and(joins) {
        return None;
    }
    let after: String = chars[range.end..].iter().take(7).collect();
    let number: String = window.iter().map(|group| group.digits.as_str()).collect();
    let lengths: Vec<usize> = window.iter().map(|group| group.digits.len()).collect();
    if after.to_ascii_lowercase().starts_with("@qq.com") {
        return (window.len() == 1 && (5..=11).contains(&number.len())).then_some(Personal::Mailbox);
    }
    let separated = window.windows(2).all(|pair| matches!(chars[pair[0].chars.end], ' ' | '-' | '\u{a0}'));
    if after.starts_with(|c: char| joins(c) && c != '.' || c == '@') || !separated {
        return None;
    }
    match lengths.as_slice() {
        [18] | [6, 8, 4] if is_identity(&number) => Some(Personal::Identity),
        [11] | [3, 4, 4] if is_mobile(&number) => Some(Personal::Mobile),
        [16..=19] | [4, 4, 4, 4] | [4, 4, 4, 4, 1..=3] | [6, 13] if is_card(&number) => Some(Personal::BankCard),
        _ => None,
    }
}

/// Whether region, birthday and checksum of an identity number are right.
fn is_identity(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let bytes = number.as_bytes();
    let value = |range: Range<usize>| number.get(range).and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
    let born = (1900..=2099).contains(&value(6..10)) && (1..=12).contains(&value(10..12));
    let region = matches!(value(0..2), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83);
    let sum: u32 = WEIGHTS.iter().zip(bytes).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    bytes.len() == 18 && region && born && (1..=31).contains(&value(12..14)) && bytes[17] == CHECKS[(sum % 11) as usize]
}

fn is_mobile(number: &str) -> bool {
    matches!(number.as_bytes(), [b'1', b'3'..=b'9', ..]) && !number.ends_with("0000000")
}

/// Whether a number passes Luhn and begins like the cards of a known issuer.
fn is_card(number: &str) -> bool {
    let issued = ["62", "9558", "6858", "60"].iter().any(|prefix| number.starts_with(prefix))
        || (number.len() == 16 && ["4", "51", "52", "53", "54", "55"].iter().any(|prefix| number.starts_with(prefix)));
    let digit = |(place, c): (usize, char)| {
        let value = c.to_digit(10).unwrap_or(0);
        if place % 2 == 0 { value } else { value * 2 / 10 + value * 2 % 10 }
    };
    let sum: u32 = number.chars().rev().enumerate().map(digit).sum();
    let varied = number.chars().skip(6).any(|c| c != '0');
    issued && varied && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a line, and the line masked.
    fn masked(line: &str) -> (Vec<Personal>, String) {
        (find(line).into_iter().map(|found| found.kind).collect(), mask(line).into_owned())
    }

    #[test]
    fn identity_numbers_are_those_whose_checksum_holds() {
        let (found, line) = masked("张某，身份证号110101199003077758，已发放");
        assert_eq!((found, line.as_str()), (vec![Personal::Identity], "张某，身份证号110101********7758，已发放"));
        assert_eq!(masked("110101199003077741").0, []);
        assert_eq!(masked("编号110101199003077757").0, []);
        // A unified social credit code, and a number that goes on.
        assert_eq!(masked("统一社会信用代码11410100005252055X").0, []);
        assert_eq!(masked("1101011990030777581").0, []);
    }

    #[test]
    fn mobile_numbers_but_not_those_of_the_office() {
        assert_eq!(masked("王某13900001234"), (vec![Personal::Mobile], "王某139****1234".to_owned()));
        for line in
            ["申请人李某，电话13900001234", "村民赵某某（联系电话：139 0000 1234）", "申请人王某电话+8613900001234"]
        {
            assert_eq!(masked(line).0, [Personal::Mobile], "{line}");
        }
        assert_eq!(masked("王某 139 0000 1234"), (vec![Personal::Mobile], "王某 139 **** 1234".to_owned()));
        for line in [
            "5.属于三类内部事务信息16000001516.属于四类过程性信息",
            "联系电话：13900001234",
            "方便申请人咨询，联系电话13900001234",
            "申请人可拨打电话13900001234",
            "值班手机：13900001234（24小时）",
            "共发布信息12345678901条，其中13900001234567",
            "0 0 0 0 1 3 0",
            "12345热线",
        ] {
            assert_eq!(masked(line), (Vec::new(), line.to_owned()), "{line}");
        }
    }

    #[test]
    fn card_numbers_pass_luhn_and_begin_like_one() {
        let (found, line) = masked("卡号6222021234567890128。");
        assert_eq!((found, line.as_str()), (vec![Personal::BankCard], "卡号622202*********0128。"));
        assert_eq!(masked("卡号6222021234567890123。").0, []);
        assert_eq!(masked("索引号1234567890123452").0, []);
    }

    #[test]
    fn mailboxes_named_by_a_number() {
        let (found, line) = masked("电子邮箱：1316458144@qq.com");
        assert_eq!((found, line.as_str()), (vec![Personal::Mailbox], "电子邮箱：13******44@qq.com"));
        assert_eq!(masked("邮箱xxgk2019@163.com").0, []);
    }
}
