//! STR001 to STR004: the six parts, their order and their headings.

use super::SIX_PARTS;
use crate::finding::{Finding, Severity};
use crate::report::{HeadingWording, Part, Report, TableKind, Title};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope, Unassessed};
use crate::rules::{extent, phrase};
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "STR001",
        name: "missing-part",
        severity: Severity::Error,
        scope: Scope::File,
        title: words("缺少法定部分", "a statutory part is missing"),
        manual: Manual {
            basis: SIX_PARTS,
            condition: words(
                "第二至第六部分中有一个部分，按标题、序号和内容都找不到",
                "one of the parts two to six is found neither by heading nor by number nor by content",
            ),
            example: "全文没有“四、政府信息公开行政复议、行政诉讼情况”，也没有复议诉讼表",
            remedy: words(
                "补写缺少的部分；没有发生的事项也要写明“无”并保留表格",
                "add the missing part; where nothing happened, say so and keep the table",
            ),
            exempt: "标题或序号丢失而内容仍在的，由 STR004 提示；整份报告是图片或附件的，或文字中途断掉的，由 INB004 处理。",
        },
        check: Check::Report(missing_part),
    },
    Rule {
        code: "STR002",
        name: "missing-overview",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("缺少“总体情况”", "the overview is missing"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号 附件，第一部分（格式要求，条例本身没有此项）",
                "Annex of 国办公开办函〔2021〕30号, part one (a matter of format, not of the Regulations)",
            ),
            condition: words("找不到第一部分“总体情况”", "part one, the overview, is not found"),
            example: "报告从“一、主动公开政府信息情况”开始",
            remedy: words("补写“一、总体情况”，分五个方面说明", "add part one with its five topics"),
            exempt: "没有标题、但前言之后直接分方面叙述的，视为已有总体情况。",
        },
        check: Check::Report(missing_overview),
    },
    Rule {
        code: "STR003",
        name: "parts-out-of-order",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("部分顺序或序号错误", "parts out of order or numbered twice"),
        manual: Manual {
            basis: SIX_PARTS,
            condition: words(
                "六个部分的先后与格式不符，同一部分出现两次，两个部分用了同一序号，或者六个部分之后又从头开始另一份报告",
                "the parts stand in another order, one stands twice, two carry the same number, or another report begins behind them",
            ),
            example: "“四、存在的主要问题及改进情况”之前已有“四、政府信息公开行政复议、行政诉讼情况”",
            remedy: words("按统一格式调整顺序、改正序号", "restore the order and the numbers of the form"),
            exempt: "表三中的“一、二、三、四”是表格行，不是部分标题；缺少部分由 STR001 处理。",
        },
        check: Check::Report(out_of_order),
    },
    Rule {
        code: "STR004",
        name: "heading-wording",
        severity: Severity::Note,
        scope: Scope::File,
        title: words("部分标题与格式不一致", "a heading differs from the form"),
        manual: Manual {
            basis: SIX_PARTS,
            condition: words(
                "标题去掉空格、统一标点后仍与规定文字不同，或标题丢失",
                "a heading differs from the prescribed one after normalising, or is lost",
            ),
            example: "“五、问题与打算”",
            remedy: words("改用统一格式的标题", "use the heading of the form"),
            exempt: "常见同义标题（如“存在的问题及改进情况”“其他报告事项”）不提示。",
        },
        check: Check::Report(heading_wording),
    },
];

fn missing_part(case: &Case<'_>) -> Assessment {
    let end = extent::breaks_off(case.report);
    let is_behind = |number: u8| end.as_ref().is_some_and(|end| number > end.part);
    let missing = (2..=6).filter(|&number| case.report.part(number).is_none() && !is_there(case.report, number));
    let is_pictured = |number: u8| extent::in_picture(case.report, number).is_some();
    let (pictured, missing): (Vec<u8>, Vec<u8>) =
        missing.filter(|&number| !is_behind(number)).partition(|&number| is_pictured(number));
    let findings = missing.into_iter().map(|number| {
        let name = phrase::part(number);
        Finding {
            part: Some(number),
            at: before(case.report, number),
            expected: Some(name.zh.to_owned()),
            ..Finding::new(
                "STR001",
                Severity::Error,
                Wording::new(format!("找不到“{}”", name.zh), format!("{} is found nowhere", name.en)),
            )
        }
    });
    let pictured = pictured.into_iter().map(|number| {
        let name = phrase::part(number);
        let why = Wording::new(format!("“{}”可能在图片里", name.zh), format!("{} may be in a picture", name.en));
        Unassessed { why, cells: Vec::new() }
    });
    let unassessed = end.iter().flat_map(|end| end.unassessed().unassessed).chain(pictured).collect();
    Assessment { findings: findings.collect(), unassessed }
}

/// Whether a part without a recognisable heading is there all the same: by its table, or for part six by its
/// words in a sentence that does not merely list the parts.
fn is_there(report: &Report, number: u8) -> bool {
    let words = ["其他需要报告的事项", "其他报告的事项", "其他报告事项", "其他需要报告事项"];
    let lists = |text: &str| text.contains("部分") || text.contains("总体情况");
    TableKind::ALL.into_iter().any(|kind| kind.part() == number && report.table(kind).is_some())
        || number == 6
            && report.prose.iter().any(|sentence| {
                sentence.part >= 4 && !lists(&sentence.text) && words.iter().any(|word| sentence.text.contains(word))
            })
}

/// Where a missing part would be looked for: at the nearest part before it, else at the title.
fn before(report: &Report, number: u8) -> Option<crate::report::Source> {
    let earlier = report.parts.iter().filter(|part| part.number < number).max_by_key(|part| part.number);
    earlier.map(|part| part.source).or_else(|| report.title.as_ref().map(|title| title.source))
}

fn missing_overview(case: &Case<'_>) -> Assessment {
    if case.report.part(1).is_some() {
        return Assessment::holds();
    }
    let first = case.report.parts.first().map(|part| part.source);
    Assessment::broken(Finding {
        part: Some(1),
        at: case.report.title.as_ref().map(|title| title.source).or(first),
        expected: Some(phrase::part(1).zh.to_owned()),
        ..Finding::new(
            "STR002",
            Severity::Warning,
            Wording::new("找不到“一、总体情况”", "part 1 (overview) is not found"),
        )
    })
}

fn out_of_order(case: &Case<'_>) -> Assessment {
    let parts = &case.report.parts;
    let broken = |part: &Part, message: Wording| Finding {
        part: Some(part.number),
        at: Some(part.source),
        evidence: part.heading.clone(),
        ..Finding::new("STR003", Severity::Warning, message)
    };
    let mut findings: Vec<Finding> = case.report.sequel.iter().map(sequel).collect();
    let kept = in_order(parts);
    for (index, part) in parts.iter().enumerate() {
        let name = phrase::part(part.number);
        let earlier = &parts[..index];
        let is_kept = kept.contains(&index);
        let before = earlier.iter().enumerate().find(|(at, other)| kept.contains(at) && other.number > part.number);
        if earlier.iter().any(|other| other.number == part.number) {
            findings.push(broken(
                part,
                Wording::new(format!("“{}”出现了两次", name.zh), format!("{} stands twice", name.en)),
            ));
        } else if let Some((_, later)) = before.filter(|_| !is_kept) {
            let other = phrase::part(later.number);
            findings.push(broken(
                part,
                Wording::new(
                    format!("“{}”排在“{}”之后", name.zh, other.zh),
                    format!("{} stands after {}", name.en, other.en),
                ),
            ));
        } else if !is_kept {
            // The first that it stands before although it belongs behind.
            let behind = parts
                .iter()
                .enumerate()
                .skip(index)
                .find(|(at, other)| kept.contains(at) && other.number < part.number);
            let other = behind.map_or(name, |(_, other)| phrase::part(other.number));
            findings.push(broken(
                part,
                Wording::new(
                    format!("“{}”排在“{}”之前", name.zh, other.zh),
                    format!("{} stands before {}", name.en, other.en),
                ),
            ));
        } else if let Some(ordinal) = part.ordinal
            && earlier.iter().any(|other| other.ordinal == Some(ordinal))
        {
            let heading = part.heading.as_deref().unwrap_or(name.zh);
            findings.push(broken(
                part,
                Wording::new(
                    format!("序号“{}”用了两次，第二次在“{heading}”", ordinal_zh(ordinal)),
                    format!("the number {ordinal} is used twice, the second time in “{heading}”"),
                ),
            ));
        }
    }
    Assessment { findings, unassessed: Vec::new() }
}

/// The most parts that stand in the form's order, by their indices: the others are those out of place. Of several
/// ways the one that keeps what stands first.
fn in_order(parts: &[Part]) -> Vec<usize> {
    let mut best: Vec<Vec<usize>> = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let longest = (0..index).filter(|&before| parts[before].number < part.number).map(|before| &best[before]);
        let longest = longest.fold(None, |longest: Option<&Vec<usize>>, own| {
            if longest.is_some_and(|longest| longest.len() >= own.len()) { longest } else { Some(own) }
        });
        let mut own = longest.cloned().unwrap_or_default();
        own.push(index);
        best.push(own);
    }
    best.into_iter().reduce(|longest, own| if own.len() > longest.len() { own } else { longest }).unwrap_or_default()
}

/// That the numbers of the parts begin anew: a second report.
fn sequel(begins: &Title) -> Finding {
    Finding {
        at: Some(begins.source),
        evidence: Some(begins.text.clone()),
        ..Finding::new(
            "STR003",
            Severity::Warning,
            Wording::new(
                format!("从“{}”起又是一份报告，没有审核；一个文件只报送一份", begins.text),
                format!("another report begins at “{}” and is not audited; one file holds one report", begins.text),
            ),
        )
    }
}

const fn ordinal_zh(ordinal: u8) -> &'static str {
    match ordinal {
        1 => "一",
        2 => "二",
        3 => "三",
        4 => "四",
        5 => "五",
        6 => "六",
        7 => "七",
        8 => "八",
        9 => "九",
        _ => "十",
    }
}

/// The heading `name` where it is printed with an ordinal in brackets: （一）总体情况.
fn bracketed<'a>(report: &'a Report, name: &str) -> Option<&'a str> {
    let (ordinal, words) = name.split_once('、')?;
    let is_it = |line: &&str| {
        let rest = line.strip_prefix(['（', '(']).and_then(|rest| rest.strip_prefix(ordinal));
        let rest = rest.and_then(|rest| rest.strip_prefix(['）', ')']));
        rest.is_some_and(|rest| rest.trim_matches(|c: char| !c.is_alphanumeric()) == words)
    };
    let sentences = report.prose.iter().map(|sentence| sentence.text.as_str());
    let lines = report.parts.iter().flat_map(|part| part.text.lines());
    sentences.chain(lines).map(str::trim).find(is_it)
}

fn heading_wording(case: &Case<'_>) -> Assessment {
    // A heading in which the text breaks off is not worded otherwise.
    let end = extent::breaks_off(case.report);
    let is_cut = |part: &Part| part.text.is_empty() && end.as_ref().is_some_and(|end| end.part == part.number);
    let findings = case.report.parts.iter().filter(|part| !is_cut(part)).filter_map(|part| {
        let name = phrase::part(part.number);
        let message = match (&part.heading, part.wording) {
            (Some(heading), HeadingWording::Different) => Wording::new(
                format!("标题“{heading}”与格式不一致，应为“{}”", name.zh),
                format!("the heading “{heading}” is not the form's “{}”", name.zh),
            ),
            (_, HeadingWording::Absent) => match bracketed(case.report, name.zh) {
                Some(printed) => Wording::new(
                    format!("标题“{printed}”的序号与格式不一致，应为“{}”", name.zh),
                    format!("the heading “{printed}” is numbered otherwise than the form's “{}”", name.zh),
                ),
                None => Wording::new(
                    format!("“{}”没有标题，按内容识别", name.zh),
                    format!("{} has no heading; it was known by its content", name.en),
                ),
            },
            _ => return None,
        };
        Some(Finding {
            part: Some(part.number),
            at: Some(part.source),
            expected: Some(name.zh.to_owned()),
            actual: part.heading.clone(),
            evidence: part.heading.clone(),
            ..Finding::new("STR004", Severity::Note, message)
        })
    });
    Assessment { findings: findings.collect(), unassessed: Vec::new() }
}

#[cfg(test)]
mod tests {
    use crate::report::HeadingWording;
    use crate::rules::testing::{codes, report};

    #[test]
    fn a_missing_part_is_one_error_and_its_table_no_second_one() {
        assert_eq!(codes(&report().without_part(4)), ["STR001"]);
        assert_eq!(codes(&report().without_part(6)), ["STR001"]);
        assert_eq!(codes(&report().without_part(1)), ["STR002"]);
    }

    #[test]
    fn order_and_numbers() {
        let mut swapped = report();
        swapped.report.parts.swap(4, 5);
        assert_eq!(codes(&swapped), ["STR003"]);
        let mut twice = report();
        twice.report.parts[4].ordinal = Some(4);
        assert_eq!(codes(&twice), ["STR003"]);
    }

    #[test]
    fn only_what_is_out_of_place_is_told() {
        let cases: [(&[usize], &[&str]); 5] = [
            (&[6, 1, 2, 3, 4, 5], &["“六、其他需要报告的事项”排在“一、总体情况”之前"]),
            (&[2, 3, 4, 5, 6, 1], &["“一、总体情况”排在“二、主动公开政府信息情况”之后"]),
            (&[1, 2, 3, 4, 6, 5], &["“五、存在的主要问题及改进情况”排在“六、其他需要报告的事项”之后"]),
            (&[1, 5, 2, 3, 4, 6], &["“五、存在的主要问题及改进情况”排在“二、主动公开政府信息情况”之前"]),
            (&[1, 2, 3, 4, 5, 6], &[]),
        ];
        for (order, expected) in cases {
            let mut sample = report();
            let parts = sample.report.parts.clone();
            sample.report.parts = order.iter().map(|number| parts[number - 1].clone()).collect();
            let findings = sample.findings();
            let told: Vec<_> = findings.iter().filter(|finding| finding.rule == "STR003").collect();
            assert_eq!(told.iter().map(|finding| &*finding.message.zh).collect::<Vec<_>>(), expected, "{order:?}");
        }
    }

    #[test]
    fn headings() {
        let mut sample = report();
        sample.report.parts[4].wording = HeadingWording::Different;
        sample.report.parts[4].heading = Some("五、问题与打算".to_owned());
        sample.report.parts[5].wording = HeadingWording::Synonym;
        assert_eq!(codes(&sample), ["STR004"]);
    }

    #[test]
    fn a_heading_numbered_in_brackets_is_not_called_missing() {
        for (line, said) in [("（一）总体情况", "序号"), ("总的情况是好的", "没有标题")] {
            let mut sample = report().saying(0, line);
            sample.report.parts[0].wording = HeadingWording::Absent;
            sample.report.parts[0].heading = None;
            let findings = sample.findings();
            let found = findings.iter().find(|finding| finding.rule == "STR004").map(|finding| &finding.message.zh);
            assert!(found.is_some_and(|message| message.contains(said)), "{line}: {found:?}");
        }
    }
}
