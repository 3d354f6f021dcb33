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

/// What the rule `code` says of `text`.
fn findings(text: &str, code: &str) -> Vec<String> {
    let directory = TempDir::new().unwrap();
    std::fs::write(directory.path().join("a.txt"), text).unwrap();
    let document = json(&check(directory.path(), &["--lang", "zh", "a.txt", "--format", "json", "--fail-on", "never"]));
    let findings = document["reports"][0]["findings"].as_array().unwrap();
    let own = findings.iter().filter(|finding| finding["rule"] == code);
    own.map(|finding| finding["message"].as_str().unwrap().to_owned()).collect()
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
fn a_displaced_part_is_one_finding() {
    let text = in_order([6, 1, 2, 3, 4, 5]);
    assert_eq!(findings(&text, "STR003").len(), 1, "{:?}", findings(&text, "STR003"));
}

#[test]
fn a_second_report_is_noticed_and_not_read() {
    let report = balanced();
    let title = report.lines().next().unwrap();
    // The other has tables and sentences of its own that would not agree with the first.
    let other = report.replace(title, &title.replace("2023", "2022")).replace("2023", "2022");
    let other = other.replace(" 1 ", " 2 ").replace("未收取", "收取了");
    let body = other.split_once('\n').unwrap().1;
    let (agency, rest) = title.split_once("2023").unwrap();
    let cases = [
        ("its title", format!("{report}\n{other}"), title.replace("2023", "2022")),
        ("a title of two lines", format!("{report}\n{agency}\n2022{rest}\n{body}"), agency.to_owned()),
        (
            "a title broken within a word",
            format!("{report}\n{}", other.replacen("年度报告", "年度\n报告", 1)),
            title.replace("2023", "2022").replace("报告", ""),
        ),
        ("no title", format!("{report}\n{}", &other[other.find("一、总体").unwrap()..]), "一、总体情况".to_owned()),
    ];
    for (name, text, begins) in cases {
        assert_eq!(codes(&text), ["STR003"], "{name}");
        let told = findings(&text, "STR003");
        assert!(told.len() == 1 && told[0].contains(&format!("从“{begins}”起又是一份报告")), "{name}: {told:?}");
    }
    // Not so for a list of the parts at the beginning, or tables once more at the end.
    let contents: String = report
        .lines()
        .filter(|line| ["一、总", "二、主", "三、收", "四、政", "五、存", "六、其"].iter().any(|h| line.starts_with(h)))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(codes(&report.replacen("一、总体情况", &format!("{contents}一、总体情况"), 1)), [""; 0]);
}

#[test]
fn a_preamble_that_lists_the_parts_is_no_overview() {
    let report = balanced();
    let (start, end) = (report.find("一、总体情况").unwrap(), report.find("二、主动").unwrap());
    let preamble = "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分组成。\n";
    let text = format!("{}{preamble}{}", &report[..start], &report[end..]);
    assert_eq!(findings(&text, "STR005"), [""; 0]);
    assert_eq!(findings(&text, "STR002").len(), 1);
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
