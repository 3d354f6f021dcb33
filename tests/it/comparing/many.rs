//! A large inbox: some have copied, all use a template, and nothing else is alike.

use std::collections::BTreeSet;

use nianshen::report::{Digest, Edition, Passage, Source};
use nianshen::rule::Whom;

use super::{File, Inbox};
use crate::generate::rng::Rng;

/// How many reports; ten thousand with `NIANSHEN_INBOX=10000`.
fn reports() -> usize {
    std::env::var("NIANSHEN_INBOX").ok().and_then(|count| count.parse().ok()).unwrap_or(600)
}

/// Sentences of made-up words: a few come often, most hardly ever.
fn sentence(rng: &mut Rng) -> String {
    let word = |rng: &mut Rng| -> String {
        let rank = rng.skewed(1_999).min(rng.below(2_000));
        [rank / 45, 50 + rank % 45]
            .iter()
            .map(|&at| char::from_u32(0x4e00 + 7 * u32::try_from(at).unwrap()).unwrap())
            .collect()
    };
    (0..14).map(|_| word(rng)).collect::<String>() + "。"
}

fn prose(rng: &mut Rng) -> Vec<String> {
    (0..60).map(|_| sentence(rng)).collect()
}

/// The same prose with three sentences of its own: nine tenths and more are the same.
fn copy(original: &[String], rng: &mut Rng) -> Vec<String> {
    let mut copy = original.to_vec();
    for _ in 0..3 {
        let at = rng.below(copy.len());
        copy[at] = sentence(rng);
    }
    copy
}

fn digest(name: &str, sentences: &[String]) -> Digest {
    let place = |line| Source { line, column: 1, end_line: line, end_column: 2 };
    let passages =
        sentences.iter().zip(1..).map(|(text, line)| Passage { part: 1, text: text.clone(), source: place(line) });
    Digest {
        agency: Some(name.to_owned()),
        year: Some(2024),
        edition: Some(Edition::Form2021),
        passages: passages.collect(),
        ..Digest::default()
    }
}

#[test]
fn copies_are_found_in_a_large_inbox() {
    let rng = Rng::new(2024);
    let template: Vec<String> = prose(&mut rng.fork("template")).into_iter().take(20).collect();
    let popular = prose(&mut rng.fork("popular"));
    let mut files: Vec<File> = Vec::new();
    let mut copied: BTreeSet<usize> = BTreeSet::new();
    let mut last = Vec::new();
    for index in 0..reports() {
        let mut own = rng.fork(&format!("report {index}"));
        let mut said = match index % 20 {
            // A text that a tenth of the inbox has.
            0 | 10 => copy(&popular, &mut own),
            // A text that two have.
            7 => copy(&last, &mut own),
            _ => prose(&mut own),
        };
        if [0, 6, 7, 10].contains(&(index % 20)) {
            copied.insert(index);
        }
        last.clone_from(&said);
        said.extend(template.iter().cloned());
        files.push(File::new(&format!("{index}.txt"), digest(&format!("第{index}号局"), &said)));
    }
    let raised = Inbox::of(files).raised();
    let found: BTreeSet<usize> = raised
        .iter()
        .filter_map(|raised| if let Whom::Member(index) = raised.whom { Some(index) } else { None })
        .collect();
    assert_eq!(found, copied);
    assert_eq!(raised.len(), copied.len(), "each is told once");
    let group = reports() / 10 - 1;
    assert!(raised[0].finding.message.zh.contains(&format!("共 {group} 个")), "{}", raised[0].finding.message.zh);
}
