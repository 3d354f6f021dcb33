//! Crawlers' text: line breaks and cell borders are gone.

use super::rows::{join, spanning};
use super::{Line, TableLines, Zone};
use crate::generate::form::{APPLICANTS, OUTCOMES, RULE_NOTE};
use crate::generate::rng::Rng;
use crate::generate::tables::Tables;

/// The tables, each one piece of text; `between` separates the figures of a row.
pub(super) fn render(tables: &Tables, rng: &mut Rng, between: &str) -> TableLines {
    let after_label = if !between.is_empty() && rng.chance(40) { " " } else { "" };
    let mut two = String::new();
    for block in &tables.two {
        two.push_str(&block.item);
        two.push_str("信息内容");
        two.push_str(&block.columns.concat());
        for (_, label, cells) in &block.rows {
            two.push_str(&format!("{label}{after_label}{}", join(cells, between)));
        }
    }
    let mut three = format!("{RULE_NOTE}申请人情况自然人法人或其他组织");
    let labels: Vec<&str> = APPLICANTS.iter().map(|&(_, label)| label).collect();
    three.push_str(if rng.chance(50) { "总计" } else { "" });
    let complete = three.ends_with("总计");
    three.push_str(&labels[1..if complete { 6 } else { 7 }].concat());
    let blank_before_total = rng.chance(50);
    for (index, row) in tables.three.iter().enumerate() {
        three.push_str(&spanning(&tables.three, index).concat());
        let before = if blank_before_total && row.label.starts_with('（') && row.group.is_none() { " " } else { "" };
        three.push_str(&format!("{}{after_label}{}{before}", row.label, join(&row.cells, between)));
    }
    let outcomes = OUTCOMES.map(|(_, label)| label).concat();
    let four = format!(
        "行政复议行政诉讼{outcomes}未经复议直接起诉复议后起诉{outcomes}{outcomes}{after_label}{}",
        join(&tables.four, between)
    );
    [vec![two], vec![three], vec![four]]
}

/// Joins the report into one line.
pub(super) fn join_lines(lines: &[Line], rng: &mut Rng) -> Vec<Line> {
    let gap = if rng.chance(50) { " " } else { "" };
    let mut text = String::new();
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        text.push_str(&line.text);
        let keeps_apart = matches!(line.zone, Zone::Title | Zone::Heading);
        text.push_str(if keeps_apart { " " } else { gap });
    }
    vec![Line { zone: Zone::Text, text }]
}
