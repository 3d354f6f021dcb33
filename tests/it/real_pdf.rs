//! A report as a county published it, printed to PDF: every figure of its tables stands in the row it was printed in.
//!
//! It is not part of this repository: `NIANSHEN_REPORTS` names the directory, as in [`super::real`].

use std::fs;
use std::path::Path;

use nianshen::document::{self, Block, Grid, Place, Role};
use serde_json::Value;

/// The rows of the table of requests, by the names of the interchange format and a part of the printed label. The
/// printed form has one row for the last group.
const ROWS: [(&str, &str); 23] = [
    ("new_received", "一、本年新收"),
    ("carried_in", "二、上年结转"),
    ("granted", "（一）予以公开"),
    ("partially_granted", "（二）部分公开"),
    ("denied.state_secret", "1.属于国家秘密"),
    ("denied.prohibited_by_law", "2.其他法律行政"),
    ("denied.three_securities_one_stability", "3.危及"),
    ("denied.third_party_rights", "4.保护第三方"),
    ("denied.internal_affairs", "5.属于三类"),
    ("denied.process_information", "6.属于四类"),
    ("denied.enforcement_files", "7.属于行政执法案卷"),
    ("denied.administrative_inquiry", "8.属于行政查询"),
    ("unavailable.not_held", "1.本机关不掌握"),
    ("unavailable.requires_creation", "2.没有现成信息"),
    ("unavailable.still_unclear", "3.补正后"),
    ("not_processed.petition_or_complaint", "1.信访"),
    ("not_processed.duplicate", "2.重复申请"),
    ("not_processed.published_material", "3.要求提供公开出版物"),
    ("not_processed.excessive", "4.无正当理由"),
    ("not_processed.confirm_or_reissue", "5.要求行政机关"),
    ("other", "（六）其他处理"),
    ("total", "（七）总计"),
    ("carried_out", "四、结转下年度"),
];

const COLUMNS: [&str; 7] = [
    "natural_person",
    "enterprise",
    "research_institution",
    "public_welfare_organization",
    "legal_service_institution",
    "other",
    "total",
];

/// The texts of the cells that begin in each row.
fn rows(grid: &Grid) -> Vec<Vec<String>> {
    let row = |row| grid.cells.iter().filter(move |cell| cell.row == row);
    (0..grid.rows).map(|number| row(number).map(|cell| cell.text.replace('\n', "")).collect()).collect()
}

#[test]
fn the_tables_of_a_county() {
    let Some(directory) = std::env::var_os("NIANSHEN_REPORTS") else {
        eprintln!("NIANSHEN_REPORTS is not set: the PDF of a county is not tested");
        return;
    };
    let directory = Path::new(&directory).join("real");
    let truth: Value = serde_json::from_slice(&fs::read(directory.join("hongze_2023.truth.json")).unwrap()).unwrap();
    let document = document::open(&fs::read(directory.join("hongze_2023.pdf")).unwrap()).unwrap();
    let grids: Vec<&Grid> = document
        .blocks
        .iter()
        .filter_map(|block| if let Block::Table(grid) = block { Some(grid) } else { None })
        .collect();
    assert_eq!(grids.len(), 5, "tables two and three go on over a page");
    let rows: Vec<Vec<String>> = grids.iter().flat_map(|grid| rows(grid)).collect();
    for (id, label) in ROWS {
        let printed = &truth["tables"]["requests"][id];
        let expected: Vec<String> = COLUMNS.iter().map(|column| printed[column].to_string()).collect();
        let found = rows.iter().find(|row| row.iter().any(|text| text.contains(label)));
        let found = found.unwrap_or_else(|| panic!("no row {label}"));
        assert!(found.ends_with(&expected), "{label}: {found:?}");
    }
    for printed in truth["as_printed"]["table2"].as_array().unwrap() {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let expected: Vec<String> = printed.as_array().unwrap().iter().map(text).collect();
        assert!(rows.contains(&expected), "{expected:?}");
    }
    let outcomes = ["upheld", "corrected", "other", "pending", "total"];
    let groups = ["reconsideration", "litigation_direct", "litigation_after_reconsideration"];
    let printed = &truth["tables"]["disputes"];
    let figure = |group: &str, outcome: &str| printed[group][outcome].to_string();
    let expected: Vec<String> =
        groups.iter().flat_map(|group| outcomes.iter().map(|outcome| figure(group, outcome))).collect();
    assert_eq!(rows.last(), Some(&expected));

    let cells = grids.iter().flat_map(|grid| &grid.cells);
    assert!(cells.clone().all(|cell| matches!(cell.place, Place::Page { page: 2..=4, .. })));
    let lines = |wanted| {
        document.blocks.iter().filter_map(move |block| match block {
            Block::Line(line) if line.role == wanted => Some(line.text.trim().replace(' ', "")),
            _ => None,
        })
    };
    assert_eq!(lines(Role::Aside).collect::<Vec<_>>(), ["-1-", "-2-", "-3-", "-4-", "-5-"]);
    for heading in truth["headings"].as_array().unwrap() {
        assert_eq!(lines(Role::Wrapped).filter(|line| Some(line.as_str()) == heading.as_str()).count(), 1, "{heading}");
    }
}
