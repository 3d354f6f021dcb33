//! `rules`: the catalogue and its manual pages.

use std::io::Write as _;

use super::failure::Failure;
use super::{Outcome, Setting, output};
use crate::rules;
use crate::text::{Lang, pad, width};

/// Arguments of `rules`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Code of a rule, such as REQ003
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments, setting: &Setting) -> Result<Outcome, Failure> {
    match &arguments.code {
        None => list(setting.lang),
        Some(code) => page(code, setting.lang),
    }
    .map(|()| Outcome::Clean)
}

fn list(lang: Lang) -> Result<(), Failure> {
    let rules: Vec<_> = rules::catalogue().collect();
    let names = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let severities = rules.iter().map(|rule| width(rule.severity.words().get(lang))).max().unwrap_or(0);
    output::print(|out| {
        for rule in &rules {
            let severity = pad(rule.severity.words().get(lang), severities);
            writeln!(out, "{}  {severity}  {}  {}", rule.code, pad(rule.name, names), rule.title.get(lang))?;
        }
        Ok(())
    })
}

fn page(code: &str, lang: Lang) -> Result<(), Failure> {
    let typed = code.to_ascii_uppercase();
    let Some(rule) = rules::find(&typed) else {
        let near = crate::config::nearest(&typed, rules::catalogue().map(|rule| rule.code));
        let (zh, en) =
            near.map_or_else(Default::default, |near| (format!("；是否指 {near}"), format!("; did you mean {near}")));
        let shown = crate::text::printable(code);
        return Err(Failure::new(
            format!("没有规则 {shown}{zh}；全部规则见 nianshen rules"),
            format!("no rule {shown}{en}; nianshen rules lists them all"),
        ));
    };
    let manual = &rule.manual;
    let zh = lang == Lang::Zh;
    let heads = if zh {
        ["依据", "条件", "示例", "怎么改", "不管"]
    } else {
        ["Basis", "Broken when", "Example", "How to correct", "Not flagged"]
    };
    let bodies =
        [manual.basis.get(lang), manual.condition.get(lang), manual.example, manual.remedy.get(lang), manual.exempt];
    output::print(|out| {
        writeln!(out, "{}  {}  {}", rule.code, rule.name, rule.severity.words().get(lang))?;
        writeln!(out, "{}", rule.title.get(lang))?;
        for (head, body) in heads.into_iter().zip(bodies).filter(|(_, body)| !body.is_empty()) {
            writeln!(out, "\n{head}")?;
            for line in body.lines() {
                writeln!(out, "  {}", line.trim_end())?;
            }
        }
        Ok(())
    })
}
