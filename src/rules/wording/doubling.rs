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

/// What names of places, bodies and things end in: the name itself is in no list of words.
const ENDS_OF_NAMES: &str =
    "省市州盟县区旗镇乡村局委办厅部处科室院所站校厂司会组队团园国病税法路河湖港股车证品馆库泉林气权罪军金费款票标源网";

/// What may follow a word that ends in it as a word of its own: 可以|以电子形式, 具有|有效期.
const WORDS_OF_THEIR_OWN: &str = "的以有为对是与和等将中";

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
    if FIGURES.contains(c) || is_doubled_pair(chars, first) || is_listed_around(chars, first) {
        return true;
    }
    let ends = ends_word(chars, first);
    // After 及|时 a second 时 is no 时时.
    if !ends && is_in(&DOUBLED, &chars[first..first + 2]) {
        return true;
    }
    if ends && WORDS_OF_THEIR_OWN.contains(c) {
        return true;
    }
    begins_word(chars, first + 1) && (ends || may_end_name(chars, first) || is_counted(chars, first))
}

/// What no name ends in before its last character: 通过|县县政府. A county has the name 和县.
const BEFORE_NO_NAME: &str = "的在由过从向对与及按至";

/// Words that make a word of their own with the site that follows: 门户|网网站.
const OF_SITES: [&str; 2] = ["门户", "官方"];

/// Whether a name may end with the character at `last`: before a government or a site, something of it must stand
/// there; 市市级 may be short for what was named before.
fn may_end_name(chars: &[char], last: usize) -> bool {
    let before: String = chars[last.saturating_sub(2)..last].iter().collect();
    let is_name = before.chars().next_back().is_some_and(|c| is_han(c) && !BEFORE_NO_NAME.contains(c));
    let is_site = chars[last] == '网' && chars.get(last + 2) == Some(&'站');
    let is_own = is_site || chars.get(last + 2..last + 4).is_some_and(|next| *next == ['政', '府']);
    ENDS_OF_NAMES.contains(chars[last]) && (is_name || !is_own) && !(is_site && OF_SITES.contains(&before.as_str()))
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

/// Whether a word begins with the character at `start`.
fn begins_word(chars: &[char], start: usize) -> bool {
    (2..=LONGEST).any(|length| chars.get(start..start + length).is_some_and(|word| is_in(&WORDS, word)))
}

/// Whether `word`, which `after` follows, begins a longer word.
pub(super) fn begins_longer_word(word: &str, after: &str) -> bool {
    let length = word.chars().count();
    let ends = after.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST.saturating_sub(length));
    ends.into_iter().any(|end| WORDS.contains(format!("{word}{}", &after[..end]).as_str()))
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
pub(super) const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{323af}' | '〇')
}

fn is_in(words: &HashSet<&'static str>, chars: &[char]) -> bool {
    let word: String = chars.iter().collect();
    words.contains(word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubled(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        find(&chars).map(|at| chars[at.saturating_sub(1)..chars.len().min(at + 3)].iter().collect()).collect()
    }

    #[test]
    fn slips() {
        for text in [
            "城镇居民医疗保险险相关政策",
            "公开的的内容",
            "政府信信息公开",
            "年度报告告如下",
            "主动公公开信息",
            "进一步步加强",
            "群众众满意",
            "青溪县县数据局",
            "工作作开展",
            "及时时回应",
            "我局局公开",
            "依申请请公开",
            "监督保障障机制",
            "的的信息",
            "通过县县政府网站公开",
            "，县县政府网站",
            "县县政府办公室",
            "在区区政府网站",
            "政府门户网网站",
            "在官方网网站发布",
        ] {
            assert_eq!(doubled(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn reduplications_and_words_that_meet() {
        for text in [
            "层层压实责任，人人有责，一一对应，扎扎实实，兢兢业业，踏踏实实，清清楚楚，认认真真，实实在在",
            "公开开展，公开开始，公开开设专栏，公开开通热线，信息息息相关，转变工作作风，主动动员，管理理念",
            "部门门户网站，青溪警网网站，依申请请示，单位位于，会议议定，发展展示，意见见效，电子子项，文件件数",
            "办理理由，为人人享有，是是非非，的的确确，中国国家，全国国民，湛河区区政府，青溪县县政府，云岭市市场监管",
            "和县县政府，和县县委，中国政府网网站",
            "全市市民，市市级，区区属，镇镇属，省省级，医院院长，县局局长，科科长，处处长，室室内，互联网网站",
            "监督督促，监督督查，监督督导，情况况且，数据据此，公告告知，申报报送，上报报告，汇报报告，通报报送",
            "服务务必，任务务实，研究究竟，解读读者，提高高度，提高高质量，提高高效，加强强化，保障障碍，建设设立",
            "建设设施，建设设备，完善善于，规范范围，领域域名，机关关于，机关关注，机关关心，机关关键，机关关系",
            "有关关系，群众众多，人民民主，人民民生，人民民政，居民民主，公民民主，地方方便，地方方案，地方方面",
            "官方方面，平台台账，后台台账，目标标准，目标标志，目标标注，指标标准，技术术语，学习习近平，实习习惯",
            "学会会议，协会会员，党委委员，卫健委委托，卫健委委员，教育育人，医院院内，法院院长，学校校长，学校校园",
            "公司司法，企业业务，企业业主，行业业务，专业业务，农业业务，商业业态，就业业务，物业业主，主要要求",
            "主要要素，重要要素，利用用户，利用用于，使用用户，费用用于，截至2023年年底，12月月底，目的的一部分",
            "二〇二二年，共有23人人均，法律法规规定，委员会会议，饮用水水源，管网水水质，青溪日报报业集团，中华人民共和国国务院，会同同级部门",
            "现将政府信息公开工作作如下报告，报刊、广播等等。",
            "津市市统计局，甘州区北街街道办事处，达拉特旗旗委，凉山州州级部门，云城城区人民政府，发布微信信息",
            "党组书记、主任任组长，副主任任副组长，消防大队队长、各股股长、各站站长和团团部，测评得分分别为92分",
            "回应群众投诉诉求，公布捐款款物、公租房房源，督查查实，政策策略，受理理赔，步步推进，信息化化解矛盾",
            "每周周五更新，安全全覆盖检查，线上上传，线下下发，消防防控，医院院务公开，来信信访，来电电话",
            "钉钉工作群，张婷婷，件件有回应，全面面向社会，会议议题，公司司机，积极参与与群众互动，可以以书面形式",
        ] {
            assert_eq!(doubled(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn every_listed_word_is_listed_once_and_short_enough_to_be_found() {
        let text = include_str!("words.txt");
        let words: Vec<&str> =
            text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect();
        assert_eq!(words.len(), WORDS.len());
        assert!(words.iter().all(|word| (2..=LONGEST).contains(&word.chars().count())));
    }
}
