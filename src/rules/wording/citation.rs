//! TXT005: laws and notices cited with a wrong number, issuer or name.

mod article;

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::{Finding, Severity};
use crate::report::Sentence;
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::passage;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "TXT005",
    name: "bad-citation",
    severity: Severity::Warning,
    scope: Scope::File,
    title: words("法规、文件引用有误", "a law or notice is cited wrongly"),
    manual: Manual {
        basis: words(
            "政府信息公开条例（国务院令第711号）；国办公开办函〔2021〕30号；国办公开办函〔2019〕60号；国办函〔2020〕109号",
            "Regulations (State Council Order 711); 国办公开办函〔2021〕30号; 国办公开办函〔2019〕60号; 国办函〔2020〕109号",
        ),
        condition: words(
            "条例的令号不是711（2019年度起引用492号令），条号超出五十六条或者是2007年条例的条号；年度报告格式、有关事项、信息处理费办法的发文字号或年份、号数不对；法规名称写错",
            "the order number of the Regulations is not 711, since the reports for 2019 not 492 either; an article they do not have, or by its number of 2007; mark, year or number of a known notice is wrong; a law is misnamed",
        ),
        example: "《中华人民共和国政府信息公开条例》（国务院令第771号）",
        remedy: words("按登记的名称和字号改正", "cite the document by its registered name and number"),
        exempt: "〔〕［］（）等括号的写法；“国务院第711号令”等语序；地方政府自己的文号；写明是2007年条例的492号令；提取时丢了括号的。",
    },
    check: Check::Report(bad_citation),
}];

/// A document of the register.
struct Document {
    mark: &'static str,
    year: u32,
    number: u32,
    /// Words by which a citation means it.
    about: &'static str,
    /// A word without which its number in another year may be another document's.
    topic: &'static str,
}

static REGISTER: LazyLock<Vec<Document>> = LazyLock::new(|| {
    let lines = include_str!("citations.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let mark = words.next()?;
            let (year, number) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            Some(Document { mark, year, number, about: words.next()?, topic: words.next()? })
        })
        .collect()
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// The order of the State Council behind the name of the Regulations.
static ORDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"政府信息公开条例[》〉]?[^。；《》]{0,12}?国务院(?:令)?[^0-9。；《》]{0,4}(\d{2,4})\s*([号条令期])")
});

/// A document number: the issuer's mark, year and number, whatever the brackets.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(\p{Han}{2,10}?[函发令字]|\p{Han}{0,6}国办公开办)\s*[〔\[（【﹝［]\s*(\d{4})\s*[〕\]）】﹞］]\s*第?(\d{1,4})\s*号",
    )
});

/// Names that no law has.
const MISNAMED: [(&str, &str); 9] = [
    ("中华人民共和国信息公开条例", "中华人民共和国政府信息公开条例"),
    ("中华人民共和国政府信息公开法", "中华人民共和国政府信息公开条例"),
    ("中华人民共和国政务公开条例", "中华人民共和国政府信息公开条例"),
    ("中华人民共和国政务信息公开条例", "中华人民共和国政府信息公开条例"),
    ("中华人民共和国政府信息公开工作条例", "中华人民共和国政府信息公开条例"),
    ("中华人民共和国政府信息条例", "中华人民共和国政府信息公开条例"),
    ("中华人民共和国国家政府信息公开条例", "中华人民共和国政府信息公开条例"),
    ("中国政府信息公开条例", "中华人民共和国政府信息公开条例"),
    ("中华人民共和国保密法", "中华人民共和国保守国家秘密法"),
];

/// A wrong citation: its bytes, what should stand there; `None` for an article that there is not.
struct Wrong {
    range: Range<usize>,
    right: Option<String>,
}

fn bad_citation(case: &Case<'_>) -> Assessment {
    let mut findings: Vec<Finding> = Vec::new();
    // The Regulations of 2019 are in force since 15 May 2019; the report for that year is the first under them.
    let of_2019 = case.report.year.is_some_and(|year| year >= 2019);
    for sentence in &case.report.prose {
        let text = &sentence.text;
        let wrong = order(text, of_2019).into_iter().chain(article::articles(text, of_2019 && !tells_of_2007(text)));
        let wrong = wrong.chain(numbers(text)).chain(names(text));
        for wrong in wrong {
            let finding = finding(sentence, wrong);
            if !findings.iter().any(|known| known.actual == finding.actual) {
                findings.push(finding);
            }
        }
    }
    Assessment { findings, unassessed: Vec::new() }
}

fn finding(sentence: &Sentence, wrong: Wrong) -> Finding {
    let printed = sentence.text[wrong.range.clone()].to_owned();
    let right = wrong.right;
    let message = match &right {
        Some(right) => Wording::new(
            format!("引用有误：“{printed}”应为“{right}”"),
            format!("“{printed}” is cited wrongly; it is “{right}”"),
        ),
        None => Wording::new(
            format!("引用有误：条例共{}条，没有“{printed}”", article::last()),
            format!("“{printed}” is cited wrongly; the Regulations have {} articles", article::last()),
        ),
    };
    Finding {
        expected: right,
        actual: Some(printed),
        ..passage::finding("TXT005", Severity::Warning, sentence, wrong.range, message)
    }
}

/// Whether the text speaks of the Regulations before 2019, or of how they changed.
fn tells_of_2007(text: &str) -> bool {
    ["2007", "2008", "711", "原", "旧", "修订", "修改", "废止"].iter().any(|word| text.contains(word))
}

/// The order of the Regulations: 711, or 492 for those of 2007.
fn order(text: &str, of_2019: bool) -> Vec<Wrong> {
    let hits = ORDER.captures_iter(text).filter_map(|found| {
        let (digits, unit) = (found.get(1)?, found.get(2)?);
        let right = digits.as_str() == "711" || digits.as_str() == "492" && (!of_2019 || tells_of_2007(text));
        let named = unit.as_str() == "号" || unit.as_str() == "令";
        (!right || !named).then(|| Wrong { range: digits.start()..unit.end(), right: Some("711号".to_owned()) })
    });
    hits.collect()
}

/// Longest title behind a number, in characters.
const TITLE: usize = 40;

/// Document numbers that mean one of the register and are not its.
fn numbers(text: &str) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for found in NUMBER.captures_iter(text) {
        let (Some(mark), Some(whole)) = (found.get(1), found.get(0)) else { continue };
        let (year, number) = (found[2].parse().unwrap_or(0), found[3].parse().unwrap_or(0));
        let mark = mark_within(mark.as_str());
        let range = whole.start() + found[1].len() - mark.len()..whole.end();
        // The document is meant by what stands before its number: its title, nearest first.
        let before = &text[..range.start];
        let title = before.rfind('《').map_or("", |open| &before[open..]);
        let title = if title.contains('》') && !title.ends_with(['》', '（', '(', '，', '知', '的']) {
            ""
        } else {
            title
        };
        let titled = REGISTER.iter().find(|known| title.contains(known.about) && !title.contains(['省', '市', '县']));
        let numbered = REGISTER.iter().find(|known| (known.year, known.number) == (year, number));
        let central = mark.starts_with("国") || mark.contains("公开办函") || mark.contains("国办");
        // 国办公开办函〔2021〕31号《…年度报告格式》, …号规定的年度报告格式, and the very number in another year.
        let behind: String =
            text[range.end..].chars().take_while(|c| !"，。；、（）()".contains(*c)).take(TITLE).collect();
        let local = behind.contains(['省', '市', '县']);
        let titled = titled.or_else(|| {
            REGISTER.iter().filter(|known| known.mark == mark && !local).find(|known| {
                behind.contains(known.about)
                    || known.number == number && year.abs_diff(known.year) <= 3 && text.contains(known.topic)
            })
        });
        let meant = titled.or_else(|| numbered.filter(|known| mark != known.mark && looks_like(mark, known.mark)));
        let Some(known) = meant.filter(|_| central || looks_like(mark, "国办公开办函")) else { continue };
        if (mark, year, number) != (known.mark, known.year, known.number) {
            wrong.push(Wrong { range, right: Some(format!("{}〔{}〕{}号", known.mark, known.year, known.number)) });
        }
    }
    wrong
}

/// The issuer's mark at the end of `text`, without the words before it: 按照国办函, 格式的通知国办公开办函.
fn mark_within(text: &str) -> &str {
    let known = ["国办公开办函", "国办公开办", "国办公开办发", "国办函", "国办发", "国办字", "国发", "国函", "国令"];
    if let Some(mark) = known.into_iter().find(|mark| text.ends_with(mark)) {
        return &text[text.len() - mark.len()..];
    }
    let cuts = [
        "依照", "对照", "遵照", "参照", "执行", "落实", "以及", "的", "由", "通知", "办法", "格式", "根据", "按照",
        "依据", "文件", "关于", "印发", "要求", "规定", "和", "及", "、", "见", "按",
    ];
    let cut = cuts.iter().filter_map(|word| text.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
    if cut < text.len() { &text[cut..] } else { text }
}

/// Whether `mark` is a slip of the pen of `known`: 过半公开办函, 国办公开函 for 国办公开办函.
fn looks_like(mark: &str, known: &str) -> bool {
    if known == "国办函" {
        return ["国办发", "国发", "国函", "国办", "国办字", "国办公开办函"].contains(&mark);
    }
    let common = known.chars().filter(|c| mark.contains(*c)).count();
    mark.contains("公开") && common >= 4 || ["国办发", "国办函", "国发", "国函"].contains(&mark)
}

fn names(text: &str) -> Vec<Wrong> {
    let hit = |&(name, right): &(&str, &str)| {
        let at = text.find(&format!("《{name}》"))? + "《".len();
        Some(Wrong { range: at..at + name.len(), right: Some(right.to_owned()) })
    };
    MISNAMED.iter().filter_map(hit).collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes, report};

    #[test]
    fn citations() {
        for (text, right) in [
            ("《中华人民共和国政府信息公开条例》（国务院令第711号）", None),
            ("《中华人民共和国政府信息公开条例》（中华人民共和国国务院令第711号）", None),
            ("《政府信息公开条例》（国务院第711号令）", None),
            ("《政府信息公开条例》（国务院令第771号）", Some("711号")),
            ("《政府信息公开条例》（国务院令第711条）", Some("711号")),
            ("国办公开办函〔2021〕30号、国办公开办函[2021]30号、国办公开办函（2021）30号", None),
            ("过半公开办函〔2021〕30号", Some("国办公开办函〔2021〕30号")),
            ("《政府信息公开工作年度报告格式》（国办发〔2021〕30号）", Some("国办公开办函〔2021〕30号")),
            ("《政府信息公开工作年度报告格式》的通知（国办公开办函〔2022〕30号）", Some("国办公开办函〔2021〕30号")),
            ("《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）", None),
            ("《政府信息公开信息处理费管理办法》（国办发〔2020〕109号）", Some("国办函〔2020〕109号")),
            (
                "《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕190号）",
                Some("国办函〔2020〕109号"),
            ),
            ("《河南省政务公开工作要点》（豫政办〔2021〕30号）和青政办发〔2021〕30号", None),
            ("《中华人民共和国信息公开条例》", Some("中华人民共和国政府信息公开条例")),
            ("国办公开办函〔2019〕60号", None),
            ("云岭市水务局依照国办公开办函〔2021〕30号", None),
            ("国办公开办〔2019〕60号", Some("国办公开办函〔2019〕60号")),
            ("云岭市水务局依照国办公开函〔2021〕30号", Some("国办公开办函〔2021〕30号")),
        ] {
            let findings = report().saying(0, &format!("根据{text}编制。")).findings();
            let found: Vec<_> = findings.iter().filter_map(|finding| finding.expected.as_deref()).collect();
            assert_eq!(found.first().copied(), right, "{text}");
        }
        for (year, text, right) in [
            (2024, "依据《中华人民共和国政府信息公开条例》（国务院令第492号）编制。", Some("711号")),
            (2024, "依据2007年公布的《中华人民共和国政府信息公开条例》（国务院令第492号）制定的制度。", None),
            (2018, "依据《中华人民共和国政府信息公开条例》（国务院令第492号）编制。", None),
            (2024, "根据《中华人民共和国政府信息公开条例》第三十二条规定编制年度报告。", Some("第五十条")),
            (2024, "根据《条例》第三十一条，公布本年度报告。", Some("第四十九条")),
            (2024, "根据《条例》第三十二条征求第三方意见。", None),
            (2024, "根据《条例》第三十二条，依法征求第三方意见，结果写入年度报告。", None),
            (2024, "根据《中华人民共和国政府信息公开条例》第四十九条、第五十条规定编制年度报告。", None),
            (2024, "根据《中华人民共和国政府信息公开条例》第六十二条规定。", Some("56")),
            (2024, "根据《中华人民共和国政府信息公开条例》第四十九条和第65条规定。", Some("56")),
            (2024, "根据《中华人民共和国政府信息公开条例》第五十六条规定。", None),
            (2024, "根据《云岭省政府信息公开条例》第六十二条规定。", None),
            (2024, "根据《中华人民共和国行政处罚法》第六十二条规定。", None),
            (
                2024,
                "根据国办公开办函〔2021〕31号《中华人民共和国政府信息公开工作年度报告格式》编制。",
                Some("国办公开办函〔2021〕30号"),
            ),
            (2024, "按照国办公开办函〔2021〕13号规定的年度报告格式编制。", Some("国办公开办函〔2021〕30号")),
            (2024, "根据国办公开办函〔2022〕30号要求编制年度报告。", Some("国办公开办函〔2021〕30号")),
            (2024, "根据国办公开办函〔2022〕30号要求规范公开目录。", None),
            (2024, "根据国办公开办函〔2021〕30号要求编制年度报告。", None),
            (2024, "根据国办公开办函〔2023〕12号要求编制年度报告。", None),
            (2020, "根据国办公开办函〔2019〕60号要求编制年度报告。", None),
        ] {
            let findings = report().of_year(year).saying(0, text).findings();
            let found = findings.iter().find(|finding| finding.rule == "TXT005");
            let shown = found.map(|finding| finding.expected.clone().unwrap_or(finding.message.zh.clone()));
            assert_eq!(shown.is_some(), right.is_some(), "{text}: {shown:?}");
            assert!(shown.unwrap_or_default().contains(right.unwrap_or_default()), "{text}");
        }
        assert_eq!(codes(&report().saying(0, "根据国办公开办函202130号编制。")), [""; 0]);
    }
}
