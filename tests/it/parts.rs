//! Parts in another order than the form's, and headings that share their line with the text.

use tempfile::TempDir;

use crate::program::{balanced, check, json};

/// The codes of the warnings and errors in `text`.
fn codes(text: &str) -> Vec<String> {
    let directory = TempDir::new().unwrap();
    std::fs::write(directory.path().join("a.txt"), text).unwrap();
    let document = json(&check(directory.path(), &["a.txt", "--format", "json", "--fail-on", "never"]));
    let findings = document["reports"][0]["findings"].as_array().unwrap();
    let weighty = findings.iter().filter(|finding| finding["severity"] != "note");
    let mut codes: Vec<String> = weighty.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect();
    codes.dedup();
    codes
}

/// A report whose parts stand in the order `order`.
fn in_order(order: [usize; 6]) -> String {
    let report = balanced();
    let starts = ["一、", "二、主动", "三、收到", "四、政府", "五、存在", "六、其他"].map(|heading| {
        report.match_indices(heading).map(|(at, _)| at).find(|&at| report[..at].ends_with('\n')).unwrap()
    });
    let part = |number: usize| &report[starts[number - 1]..starts.get(number).copied().unwrap_or(report.len())];
    let parts: String = order.map(part).concat();
    format!("{}{parts}", &report[..starts[0]])
}

#[test]
fn tables_are_found_where_their_part_stands() {
    assert_eq!(codes(&in_order([1, 2, 3, 4, 5, 6])), [""; 0]);
    for order in [[1, 3, 2, 4, 5, 6], [1, 2, 4, 3, 5, 6], [1, 4, 3, 2, 5, 6], [1, 3, 4, 2, 5, 6]] {
        assert_eq!(codes(&in_order(order)), ["STR003"], "{order:?}");
    }
}

#[test]
fn a_heading_may_share_its_line_with_the_text() {
    for (number, heading, text) in [
        (6, "六、其他需要报告的事项\n", "六、其他需要报告的事项："),
        (5, "五、存在的主要问题及改进情况\n", "五、存在的主要问题及改进情况："),
    ] {
        let report = balanced();
        assert!(report.contains(heading));
        assert_eq!(codes(&report.replace(heading, text)), [""; 0], "part {number}");
    }
}

#[test]
fn problems_and_measures_may_stand_in_a_table() {
    let sentences = "存在的问题：公开内容不够丰富，更新不够及时。改进措施：加强学习，按时更新，细化责任分工。";
    let table = "| 存在的主要问题 | 改进情况 |\n|---|---|\n| 办理流程不够熟悉 | 制作流程图并开展演练两次 |\n| 解读形式单一 | 增加图解和问答 |";
    let report = balanced();
    assert!(report.contains(sentences));
    assert_eq!(codes(&report.replace(sentences, table)), [""; 0]);
    assert_eq!(codes(&report.replace(sentences, "| 存在的主要问题 | 改进情况 |\n|---|---|\n| 无 | 无 |")), ["STR010"]);
}
