//! Whole reports, all invented.

use proptest::prelude::*;

use super::*;
use crate::document;
use crate::report::{ClaimKind, HeadingWording, Topic};
use HeadingWording::{Absent, Different, Prescribed, Synonym};

/// Tables as samples have them: between the marks ⟦ and ⟧, which are taken out.
fn marked(text: &str) -> (Stream, Vec<Region>) {
    let plain: String = text.chars().filter(|c| !matches!(c, '⟦' | '⟧')).collect();
    let stream = Stream::of(&document::open(plain.as_bytes()).expect("text"));
    let (mut tables, mut start, mut at) = (Vec::new(), 0, 0);
    for c in text.chars() {
        match c {
            '⟦' => start = at,
            '⟧' => tables.push(Region { range: start..at, piece_of: None }),
            '\n' | '\r' => {}
            _ => at += 1,
        }
    }
    (stream, tables)
}

fn report(text: &str) -> Report {
    let (stream, tables) = marked(text);
    read(&stream, &tables)
}

const HEADINGS: [&str; 6] = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
];
const TABLES: [&str; 3] = [
    "⟦第二十条第（一）项\n信息内容 本年制发件数\n规章 0 0 0⟧",
    "⟦申请人情况\n一、本年新收政府信息公开申请数量 0 0 0 0 0 0 0\n四、结转下年度继续办理 0 0 0 0 0 0 0⟧",
    "⟦行政复议 行政诉讼\n结果维持 尚未审结\n0 0 0 0 0 0 0 0 0 0 0 0 0 0 0⟧",
];
const BODIES: [&str; 3] = [
    "2023年，我局依法公开。\n（一）主动公开。全年主动公开信息12条。\n（二）依申请公开。全年未收到政府信息公开申请。\n（三）政府信息管理。严格审核。\n（四）平台建设。办好专栏。\n（五）监督保障。开展培训。",
    "存在问题：人手不足。下一步加强培训。",
    "本年度未收取信息处理费。数据统计期限为2023年1月1日至2023年12月31日。",
];

/// A report under `headings`; an empty heading leaves its line out.
fn sample(headings: [&str; 6]) -> String {
    let bodies = [BODIES[0], TABLES[0], TABLES[1], TABLES[2], BODIES[1], BODIES[2]];
    let mut text = "青溪县财政局2023年政府信息公开工作年度报告\n\n".to_owned();
    for (heading, body) in headings.iter().zip(bodies) {
        if !heading.is_empty() {
            text.push_str(heading);
            text.push('\n');
        }
        text.push_str(body);
        text.push('\n');
    }
    text
}

fn outline(report: &Report) -> Vec<(u8, Option<u8>, HeadingWording)> {
    report.parts.iter().map(|part| (part.number, part.ordinal, part.wording)).collect()
}

/// What every sample above must yield, whatever its layout.
fn assert_understood(report: &Report, layout: &str) {
    assert_eq!(report.agency.as_deref(), Some("青溪县财政局"), "{layout}");
    assert_eq!(report.year, Some(2023), "{layout}");
    let period = report.period.as_ref().expect("a period");
    assert_eq!(
        (period.from.to_string(), period.to.to_string()),
        ("2023-01-01".into(), "2023-12-31".into()),
        "{layout}"
    );
    let topics: Vec<_> =
        report.part(1).expect("part one").topics.iter().map(|seen| (seen.topic, seen.headed)).collect();
    assert_eq!(topics, Topic::ALL.map(|topic| (topic, true)), "{layout}");
    let claims: Vec<_> = report.claims.iter().map(|claim| (claim.kind, claim.value.to_string())).collect();
    let expected =
        [(ClaimKind::ProactiveTotal, "12"), (ClaimKind::ApplicationsReceived, "0"), (ClaimKind::FeeCharged, "0")];
    let expected = expected.map(|(kind, value)| (kind, value.to_owned()));
    assert_eq!(claims, expected, "{layout}");
    for (number, text) in [(2, ""), (3, ""), (4, ""), (5, BODIES[1]), (6, BODIES[2])] {
        assert_eq!(report.part(number).map(|part| part.text.as_str()), Some(text), "{layout}, part {number}");
    }
}

#[test]
fn layouts() {
    let plain = sample(HEADINGS);
    let prescribed: Vec<_> = (1..=6).map(|number| (number, Some(number), Prescribed)).collect();
    for (layout, text) in [
        ("plain", plain.clone()),
        ("one line", plain.replace('\n', "")),
        ("one line, blanks", plain.replace('\n', "  ")),
        ("blank lines", plain.replace('\n', "\n\n")),
        ("indented", plain.replace('\n', "\n　　")),
        ("carriage returns", plain.replace('\n', "\r\n")),
        ("page numbers", plain.replace("\n三", "\n- 3 -\n三").replace("\n五", "\n\n第 4 页 共 5 页\n五")),
        ("half-width", plain.replace('（', "(").replace('）', ") ")),
        ("marked up", plain.replace("\n一", "\n## 一").replace("\n五", "\n**五")),
    ] {
        let report = report(&text);
        assert_understood(&report, layout);
        assert_eq!(outline(&report), prescribed, "{layout}");
        assert_eq!(report.parts[3].heading.as_deref(), Some(HEADINGS[3]), "{layout}");
    }
}

#[test]
fn headings() {
    let without_numbers = HEADINGS.map(|heading| heading.split_once('、').map_or(heading, |(_, rest)| rest));
    let arabic = without_numbers.map(|heading| format!("1. {heading}"));
    for (headings, expected) in [
        (without_numbers, [(None, Prescribed); 6]),
        (arabic.each_ref().map(String::as_str), [(Some(1), Prescribed); 6]),
        ([""; 6], [(None, Absent); 6]),
        (
            [
                "一、2023年政务公开总体情况",
                "二、政府信息主动公开情况",
                "三、收到和处理信息公开申请的有关情况",
                "四、政府信息公开行政复议和行政诉讼情况",
                "五、主要问题和改进措施",
                "六、其他报告事项",
            ],
            [
                (Some(1), Different),
                (Some(2), Synonym),
                (Some(3), Different),
                (Some(4), Synonym),
                (Some(5), Synonym),
                (Some(6), Synonym),
            ],
        ),
        (
            [
                HEADINGS[0],
                HEADINGS[1],
                HEADINGS[2],
                "四、政府信息公开行政复议、行政诉\n讼情况",
                "四、存在的主要问题及\n改进情况",
                HEADINGS[5],
            ],
            [1, 2, 3, 4, 4, 6].map(|ordinal| (Some(ordinal), Prescribed)),
        ),
    ] {
        let report = report(&sample(headings));
        let found: Vec<_> = report.parts.iter().map(|part| (part.ordinal, part.wording)).collect();
        assert_eq!(found, expected, "{headings:?}");
        assert_eq!(report.parts.iter().map(|part| part.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6], "{headings:?}");
    }
}

#[test]
fn an_announced_list_is_no_outline() {
    let list = "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议\n行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项等六个部分组成。";
    let numbered = "本报告包括一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况。";
    for text in [
        sample(HEADINGS).replace("\n\n一、", &format!("\n\n{list}\n一、")),
        sample(HEADINGS).replace("\n\n一、", &format!("\n\n{numbered}\n一、")),
        sample(HEADINGS).replace("\n\n一、", &format!("\n\n{}\n一、", HEADINGS.join("\n"))),
        sample(HEADINGS).replace("本年度未收取", &format!("{list}本年度未收取")),
    ] {
        let report = report(&text);
        let numbers: Vec<_> = report.parts.iter().map(|part| part.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6], "{text}");
        assert!(report.part(5).is_some_and(|part| part.text == BODIES[1]), "{text}");
    }
}

#[test]
fn missing_and_moved_parts() {
    let without = |number: usize| {
        let mut text = sample(HEADINGS);
        let start = text.find(HEADINGS[number - 1]).expect("heading");
        let end = HEADINGS.get(number).and_then(|next| text.find(next)).unwrap_or(text.len());
        text.replace_range(start..end, "");
        report(&text).parts.iter().map(|part| part.number).collect::<Vec<_>>()
    };
    assert_eq!(without(2), [1, 3, 4, 5, 6]);
    assert_eq!(without(3), [1, 2, 4, 5, 6]);
    assert_eq!(without(5), [1, 2, 3, 4, 6]);
    assert_eq!(without(6), [1, 2, 3, 4, 5]);

    let text = sample(HEADINGS);
    let (five, six) = (text.find(HEADINGS[4]).expect("five"), text.find(HEADINGS[5]).expect("six"));
    let moved = format!("{}{}{}", &text[..five], &text[six..], &text[five..six]);
    assert_eq!(report(&moved).parts.iter().map(|part| part.number).collect::<Vec<_>>(), [1, 2, 3, 4, 6, 5]);
}

#[test]
fn a_heading_beyond_the_six_belongs_to_the_running_part() {
    let text = sample(HEADINGS)
        .replace("（一）主动公开。", "二、工作机制保障\n健全机制。\n三、主动公开工作情况\n")
        .replace("（二）依申请公开。", "四、政府信息公开申请情况\n");
    let report = report(&text);
    assert_eq!(outline(&report), (1..=6).map(|number| (number, Some(number), Prescribed)).collect::<Vec<_>>());
    let part = report.part(1).expect("part one");
    assert!(part.text.contains("二、工作机制保障\n健全机制。"));
    let headed: Vec<_> = part.topics.iter().filter(|seen| seen.headed).map(|seen| seen.topic).collect();
    assert_eq!(headed, Topic::ALL);
}

#[test]
fn wrapped_lines_are_joined() {
    let text = "一、总体情况\n\n我局高度重视政府信息公开工作，认真落实县委、县政府的部署，不断拓宽政\n\n府信息公开的领域和范围，努力提高公开的水平。我局坚持以公开为常态、不\n\n公开为例外，及时发布群众关心的信息，主动接受社会监督，取得了较好效果。\n\n一是抓培训。 2023 年 共培训 3 次，邮 编 ： 123456 ，共有 20 人参加，效果\n\n良好。\n\n（二）依申请公开。无。\n";
    let report = report(text);
    let part = report.part(1).expect("part one");
    assert!(part.text.contains("不断拓宽政府信息公开的领域和范围"), "{}", part.text);
    assert!(part.text.contains("以公开为常态、不公开为例外"), "{}", part.text);
    assert!(part.text.contains("2023年共培训3次，邮编：123456，共有20人参加，效果良好。\n（二）"), "{}", part.text);
}

#[test]
fn what_stands_before_part_one() {
    let text = "首页 > 公开\n青溪县财政局2023年政府信息公开工作年度报\n告\n\n告\n\n根据要求，编制本报告。\n一、总体情况\n依法公开。\n";
    let report = report(text);
    let before: Vec<_> = report.prose.iter().filter(|sentence| sentence.part == 0).map(|s| s.text.as_str()).collect();
    assert_eq!(before, ["首页>公开", "告", "根据要求，编制本报告。"]);
    assert_eq!(report.title.map(|title| title.text).as_deref(), Some("青溪县财政局2023年政府信息公开工作年度报告"));
}

#[test]
fn heads_of_pages_are_no_text() {
    let body: Vec<String> = (0..40).map(|number| format!("第{number}次会议研究了公开工作。")).collect();
    let pages: Vec<String> = body.chunks(10).map(|page| format!("青溪县财政局年度报告\n{}", page.join("\n"))).collect();
    let report = report(&format!("一、总体情况\n{}\n", pages.join("\n- 1 -\n")));
    let heads = report.prose.iter().filter(|sentence| sentence.text.contains("青溪县")).count();
    assert_eq!((heads, report.prose.len()), (1, 41));
}

#[test]
fn a_topic_is_no_part() {
    let text = sample([HEADINGS[0], "", "", HEADINGS[3], HEADINGS[4], HEADINGS[5]])
        .replace("（一）主动公开。", "政府信息主动公开情况\n")
        .replace("（二）依申请公开。", "依申请公开政府信息情况\n");
    let (stream, _) = marked(&text.replace(TABLES[0], "").replace(TABLES[1], ""));
    let report = read(&stream, &[]);
    let numbers: Vec<_> = report.parts.iter().map(|part| part.number).collect();
    assert_eq!(numbers, [1, 4, 5, 6]);
}

#[test]
fn without_a_title() {
    let text = "根据规定，现公布《青溪县财政局2023年政府信息公开工作年度报告》。\n一、总体情况\n依法公开。\n";
    let report = report(text);
    assert_eq!((report.title, report.agency.as_deref(), report.year), (None, Some("青溪县财政局"), Some(2023)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(2024), ..ProptestConfig::default() })]

    /// Whatever stands in the file: no panic, and every character of a sentence comes from its place.
    #[test]
    fn any_text_is_survived(
        words in proptest::collection::vec(prop::sample::select(vec![
            "一、", "（一）", "1.", "总体情况", "主动公开", "政府信息公开", "工作年度报告", "青溪县财政局", "2023年", "1月1日", "至",
            "12月31日", "统计期限", "未收到", "申请", "12件", "1,234", "万", "余", "。", "；", "，", "\n", " ", "\t", "|", "0", "㈠", "《", "》",
            "行政复议", "存在的主要问题及改进情况", "其他需要报告的事项", "上年结转", "办结", "其中", "a", "é", "－", "〇", "\u{20000}",
        ]), 0..60),
        cuts in proptest::collection::vec((0_usize..200, 0_usize..200), 0..4),
    ) {
        let text = format!("政{}", words.concat());
        let stream = Stream::of(&document::open(text.as_bytes()).expect("text"));
        let tables: Vec<_> = cuts.into_iter().map(|(start, length)| Region { range: start..start + length, piece_of: None }).collect();
        let report = read(&stream, &tables);
        for sentence in &report.prose {
            prop_assert_eq!(sentence.text.chars().count(), sentence.origins.len());
            for (c, &(line, column)) in sentence.text.chars().zip(&sentence.origins) {
                let origin = stream.chars.iter().any(|char| {
                    (char.line, char.column) == (line, column) && (char.c == c || (c == ' ' && char.c == '\t'))
                });
                prop_assert!(origin, "{} is not at {}:{}", c, line, column);
            }
        }
    }
}

#[test]
fn a_heading_of_a_part_may_have_a_unit_beside_it() {
    for (text, expected) in [
        ("三、收到和处理政府信息公开申请情况", true),
        ("三、收到和处理政府信息公开申请情况　单位：件", true),
        ("三、收到和处理 政府信息公开申请情况（单位：件）", true),
        ("三、本年度办理结果", false),
        ("四、结转下年度继续办理", false),
        ("（三）不予公开", false),
        ("收到和处理政府信息公开申请情况", false),
        ("", false),
    ] {
        assert_eq!(opens_part(text), expected, "{text}");
    }
}
