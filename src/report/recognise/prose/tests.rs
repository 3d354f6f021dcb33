use std::ops::Range;

use super::*;
use crate::report::{HeadingWording, Topic};
use HeadingWording::{Absent, Different, Prescribed, Synonym};

/// Where tables begin and end, told by the words they begin with and the headings that follow: enough
/// for samples.
fn tables(stream: &Stream) -> Vec<Range<usize>> {
    let text: Vec<char> = stream.chars.iter().map(|char| char.c).collect();
    let at = |words: &str, from: usize| {
        let words: Vec<char> = words.chars().collect();
        (from..text.len().saturating_sub(words.len() - 1)).find(|&at| text[at..].starts_with(&words))
    };
    let mut tables = Vec::new();
    let mut from = 0;
    for (begin, ends) in [
        ("第二十条第", ["三、收到", "收到和处理政府信息公开申请情况", "三、依申请"]),
        ("（本列数据", ["四、政府信息", "政府信息公开行政复议", "四、行政"]),
        ("行政复议 行政诉讼", ["五、存在", "存在的主要问题", "五、主要"]),
    ] {
        let tabbed = begin.replace(' ', "\t\t\t\t\t");
        let Some(start) = at(begin, from).or_else(|| at(&tabbed, from)) else { continue };
        let end = ends.iter().filter_map(|end| at(end, start + 1)).min().unwrap_or(text.len());
        tables.push(start..end);
        from = end;
    }
    tables
}

fn report(text: &str) -> Report {
    let document = crate::document::open(text.as_bytes()).expect("text");
    let stream = Stream::of(&document);
    read(&stream, &tables(&stream))
}

#[test]
#[ignore]
fn dump() {
    let path = std::env::var("DUMP").expect("DUMP");
    let bytes = std::fs::read(path).expect("readable");
    for text in String::from_utf8_lossy(&bytes).split("\u{1}") {
        let r = report(text);
        println!(
            "################ title {:?}\nagency {:?} year {:?} period {:?}",
            r.title.map(|t| t.text),
            r.agency,
            r.year,
            r.period.map(|p| (p.from.to_string(), p.to.to_string(), p.damaged))
        );
        for p in &r.parts {
            println!("== {} {:?} {:?} {:?} line {:?}", p.number, p.ordinal, p.heading, p.wording, p.source.line());
            println!("   topics {:?}", p.topics.iter().map(|t| (t.topic, t.headed)).collect::<Vec<_>>());
            if std::env::var("FULL").is_ok() {
                println!("{}", p.text);
            }
        }
        for c in &r.claims {
            println!(
                "-- {:?} {}{} {:?} part {} «{}»",
                c.kind,
                if c.approximate { "~" } else { "" },
                c.value,
                c.unit,
                c.part,
                c.text
            );
        }
        if std::env::var("SENT").is_ok() {
            for s in &r.prose {
                println!("[{}] {}", s.part, s.text);
            }
        }
    }
}
