//! Tests of the rules on the table of part three.

use crate::finding::Finding;
use crate::report::form::{RowKind, requests};
use crate::report::{CellRef, CellValue, Doubt, ExtraRow, Figure, RowFound, TableKind};
use crate::rules::relation::fold;
use crate::rules::testing::{Sample, codes, report};
use crate::text::Wording;

fn at(row: usize, column: usize) -> CellRef {
    CellRef::new(TableKind::Requests, row, column)
}

fn folded(sample: &Sample) -> Vec<Finding> {
    let mut findings = sample.findings();
    fold(&sample.report, &mut findings);
    findings
}

#[test]
fn a_faultless_report_breaks_nothing() {
    assert_eq!(codes(&report()), [""; 0]);
}

#[test]
fn every_single_slip_is_named_and_has_one_root() {
    for cell in TableKind::Requests.cells() {
        let sample = report();
        let printed = sample.report.requests.as_ref().unwrap().figure(cell).unwrap();
        let sample = sample.with(cell, &(printed + Figure::from(7)).to_string());
        let findings = folded(&sample);
        assert!(findings.iter().any(|finding| finding.rule == "REQ003" && finding.cells.contains(&cell)), "{cell:?}");
        assert_eq!(findings.iter().filter(|finding| finding.under.is_none()).count(), 1, "{cell:?}");
        for finding in &findings {
            let likely = finding.likely.as_ref().unwrap();
            assert_eq!((likely.cell, likely.value.as_str()), (cell, printed.to_string().as_str()));
        }
    }
}

#[test]
fn the_balance_is_spelled_out() {
    // Natural persons: 2 received, 1 carried in, 2 handled, 1 carried out.
    let findings = report().with(at(requests::CARRIED_OUT, 0), "0").findings();
    let balance = findings.iter().find(|finding| finding.rule == "REQ001").unwrap();
    assert_eq!(balance.message.zh, "自然人列不平衡：一 2 + 二 1 = 3，三(七) 2 + 四 0 = 2，差 1");
    assert_eq!((balance.expected.as_deref(), balance.actual.as_deref()), (Some("3"), Some("2")));
    let row = findings.iter().find(|finding| finding.rule == "REQ003").unwrap();
    assert_eq!(row.message.zh, "“结转下年度继续办理”行总计不符：六类申请人之和 = 0，总计 1，差 1");
}

#[test]
fn two_slips_have_two_roots_and_no_likely_cell() {
    let findings = folded(&report().with(at(5, 0), "2").with(at(14, 2), "4"));
    let roots: Vec<_> = findings.iter().filter(|finding| finding.under.is_none()).collect();
    assert_eq!(roots.iter().map(|root| root.rule).collect::<Vec<_>>(), ["REQ003", "REQ003"]);
    assert!(findings.iter().all(|finding| finding.likely.is_none()));
}

#[test]
fn what_is_in_doubt_is_not_judged() {
    let mut sample = report().with(at(requests::CARRIED_OUT, 0), "9");
    let source = sample.report.requests.as_ref().unwrap().source;
    sample.report.doubts.push(Doubt {
        message: Wording::new("两种读法", "two readings"),
        table: Some(TableKind::Requests),
        cells: vec![at(requests::CARRIED_OUT, 0)],
        source,
    });
    assert_eq!(codes(&sample), ["REQ004"]);
}

#[test]
fn a_blank_beside_a_figure_is_not_judged() {
    let sample = report().with_value(at(2, 0), "", CellValue::Blank);
    assert_eq!(codes(&sample), ["REQ006"]);
}

#[test]
fn text_and_fractions_are_no_counts() {
    assert_eq!(codes(&report().with_value(at(5, 0), "若干", CellValue::Unreadable)), ["REQ007"]);
    let noted = report().with_unit(at(2, 0), "1", "件").findings();
    assert_eq!(noted.len(), 1);
    assert_eq!(noted[0].severity, crate::finding::Severity::Note);
    assert!(codes(&report().with(at(5, 0), "-1")).contains(&"REQ007"));
}

#[test]
fn missing_renamed_and_added_rows() {
    let sample = report().without_row(TableKind::Requests, 9);
    assert_eq!(codes(&sample), ["REQ005"]);
    let mut sample = report();
    let table = sample.report.requests.as_mut().unwrap();
    table.rows[9] = RowFound::Renamed { printed: "内部信息".to_owned(), source: table.source };
    assert_eq!(codes(&sample), ["REQ005"]);
    let mut sample = report().with(at(requests::TOTAL_HANDLED, 0), "3").with(at(requests::TOTAL_HANDLED, 6), "4");
    let sample_table = sample.report.requests.as_mut().unwrap();
    sample_table.extra.push(ExtraRow {
        label: "9.属于工作秘密".to_owned(),
        values: ["1", "0", "0", "0", "0", "0", "1"].map(str::to_owned).to_vec(),
        source: sample_table.source,
    });
    assert!(!codes(&sample).contains(&"REQ002"));
    assert!(codes(&sample).contains(&"REQ005"));
}

#[test]
fn a_group_printed_as_one_row_is_one_finding() {
    let mut sample = report();
    let RowKind::Group { first, last } = TableKind::Requests.form().rows[23].kind else { panic!("a group") };
    for row in first..=last {
        sample = sample.without_row(TableKind::Requests, row as usize);
    }
    let table = sample.report.requests.as_mut().unwrap();
    let zero = table.cell(at(2, 3)).unwrap().clone();
    for column in 0..7 {
        table.cells[at(23, column).index()] = Some(zero.clone());
    }
    assert_eq!(codes(&sample), ["REQ005"]);
}
