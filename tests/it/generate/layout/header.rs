//! Column headers in running text: as the form has them, cut by narrow cells, glued or reworded.

use super::{TableLines, rows};
use crate::generate::form::{OUTCOMES, RULE_NOTE};
use crate::generate::rng::Rng;
use crate::generate::tables::Tables;

fn own(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|&line| line.to_owned()).collect()
}

/// The header of table three, a header row a line.
pub(super) fn requests(rng: &mut Rng) -> Vec<String> {
    match rng.below(5) {
        0 => vec![
            format!("{RULE_NOTE} 申请人情况"),
            "自然人 法人或其他组织 总计".to_owned(),
            "商业企业 科研机构 社会公益组织 法律服务机构 其他".to_owned(),
        ],
        1 => vec![
            format!("{RULE_NOTE} 申请人情况 总计"),
            "自然人 法人或其他组织".to_owned(),
            "商业企业 科研机构 社会公益组织 法律服务机构 其他".to_owned(),
        ],
        2 => vec![
            RULE_NOTE.to_owned(),
            "申请人情况".to_owned(),
            "自然人".to_owned(),
            "法人或其他组织".to_owned(),
            "总计".to_owned(),
            "商业企业".to_owned(),
            "科研机构".to_owned(),
            "社会公益组织".to_owned(),
            "法律服务机构".to_owned(),
            "其他".to_owned(),
        ],
        3 => vec![format!("{RULE_NOTE} 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计")],
        _ => vec![
            "申请人情况".to_owned(),
            RULE_NOTE.to_owned(),
            "自然人 法人或其他组织 总计".to_owned(),
            "商业企业 科研机构 社会公益组织 法律服务机构 其他".to_owned(),
        ],
    }
}

/// The header of table three as narrow cells of a PDF cut it.
pub(super) fn requests_cut(rng: &mut Rng) -> Vec<String> {
    let note = super::text::wrap(RULE_NOTE, *rng.pick(&[19, 23, 24, 28]));
    let mut lines = note;
    lines.extend(match rng.below(5) {
        0 => own(&[
            "",
            "申请人情况",
            "",
            "自然",
            "人",
            "",
            "法人或其他组织",
            "",
            "总计商业",
            "企业",
            "",
            "科研",
            "机构",
            "",
            "社会",
            "公益",
            "组织",
            "",
            "法律",
            "服务",
            "机构",
            "",
            "其他",
            "",
        ]),
        1 => own(&[
            "申请人情况",
            "自然",
            "人",
            "法人或其他组织",
            "总计商业",
            "企业",
            "科研",
            "机构",
            "社会公",
            "益组织",
            "法律服",
            "务机构",
            "其他",
        ]),
        2 => own(&[
            "申请人情况",
            "自然",
            "法人或其他组织",
            "总计",
            "人",
            "商业 科研 社会公 法律服 其他",
            "企业 机构 益组织 务机构",
        ]),
        3 => own(&[
            "申请人情况",
            "法人或其他组织",
            "自然人 总",
            "商业 科研 社会公益 法律服务 其 计",
            "企业 机构 组织 机构 他",
        ]),
        _ => own(&[
            "申请人情况",
            "",
            "自然",
            "",
            "人",
            "",
            "法人或其他组织",
            "",
            "商业",
            "企业",
            "",
            "科研",
            "机构",
            "",
            "社会公益组织",
            "",
            "法律服务",
            "机构",
            "",
            "其他",
            "",
            "总",
            "",
            "计",
            "",
        ]),
    });
    lines
}

/// The header of table four, a header row a line.
pub(super) fn disputes(rng: &mut Rng) -> Vec<String> {
    let labels = OUTCOMES.map(|(_, label)| label).join(" ");
    let thrice = format!("{labels} {labels} {labels}");
    match rng.below(4) {
        0 => vec![
            "行政复议 行政诉讼".to_owned(),
            format!("{labels} 未经复议直接起诉 复议后起诉"),
            format!("{labels} {labels}"),
        ],
        1 => vec!["行政复议 行政诉讼".to_owned(), "未经复议直接起诉 复议后起诉".to_owned(), thrice],
        2 => vec!["行政复议 行政诉讼 未经复议直接起诉 复议后起诉".to_owned(), thrice],
        _ => vec![
            "行政复议".to_owned(),
            "行政诉讼".to_owned(),
            labels.clone(),
            "未经复议直接起诉".to_owned(),
            "复议后起诉".to_owned(),
            labels.clone(),
            labels,
        ],
    }
}

/// The header of table four as narrow cells of a PDF cut it.
pub(super) fn disputes_cut(rng: &mut Rng) -> Vec<String> {
    let apart = |gap: bool, total: &[&str]| {
        let mut block = Vec::new();
        for label in ["结果 维持", "结果 纠正", "其他 结果", "尚未 审结"] {
            block.extend(label.split(' ').map(ToOwned::to_owned));
            if gap {
                block.push(String::new());
            }
        }
        block.extend(own(total));
        block
    };
    match rng.below(3) {
        0 => {
            let mut lines = own(&["行政复议 行政诉讼", ""]);
            lines.extend(apart(true, &["总计"]));
            lines.extend(own(&["未经复议直接起诉 复议后起诉", ""]));
            lines.extend(apart(true, &["总计"]));
            lines.extend(apart(true, &["总计", ""]));
            lines
        }
        1 => {
            let upper = "结果 结果 其他 尚未";
            let lower = "维持 纠正 结果 审结";
            vec![
                "行政复议 行政诉讼".to_owned(),
                format!("{upper} 未经复议直接起诉 复议后起诉"),
                format!("总计 {upper} 总计 {upper} 总计"),
                format!("{lower} {lower} {lower}"),
            ]
        }
        _ => {
            let mut lines = own(&["行政复议", "行政诉讼"]);
            lines.extend(apart(false, &["总", "计"]));
            lines.push("未经复议直接起诉".to_owned());
            lines.extend(apart(false, &["总计"]));
            lines.push("复议后起诉".to_owned());
            lines.extend(apart(false, &["总", "计"]));
            lines
        }
    }
}

/// Rows a line under headers that are glued, cut or worded otherwise, with other brackets and words in
/// the labels too.
pub(super) fn glued(tables: &mut Tables, rng: &mut Rng) -> TableLines {
    let total = *rng.pick(&["合计", "总 计", "总计", "共计"]);
    let half_width = rng.chance(50);
    for row in &mut tables.three {
        if row.id == Some("total") {
            row.label = format!("（七）{total}");
        }
        for text in [Some(&mut row.label), row.group.as_mut(), row.results.as_mut()].into_iter().flatten() {
            if half_width {
                *text = text.replace('（', "(").replace('）', ")").replace('，', ",");
            }
        }
    }
    for block in &mut tables.two {
        match rng.below(3) {
            0 => block.item = block.item.replace('（', "(").replace('）', ")"),
            1 => block.item = block.item.replacen('条', "条 ", 1),
            _ => {}
        }
    }
    let mut lines = rows::render(tables, rng, rows::Groups::draw);
    // The first row may be gone.
    let is_row = |line: &String| line.contains("一、本年") || line.contains("二、上年");
    let first_row = lines[1].iter().position(is_row).unwrap_or(0);
    let header = match rng.below(4) {
        0 => {
            own(&[RULE_NOTE, "申请人情况", "自然人法人或其他组织", "总计商业企业科研机构社会公益组织法律服务机构其他"])
                .into_iter()
                .map(|line| line.replace("总计", total))
                .collect()
        }
        1 => vec![
            format!("{RULE_NOTE}申请人情况"),
            format!("自然人 法人或其他组织 {total}商业"),
            "企业 科研机构 社会公益组织 法律服务机构 其他".to_owned(),
        ],
        2 => vec![
            "（本列数据的勾稽关系为：第一项加第二项申请人情况".to_owned(),
            "之和，等于第三项加第四项之和）法人或其他组织".to_owned(),
            format!("自然人{total}"),
            "商业企科研机社会公法律服".to_owned(),
            "其他".to_owned(),
            "业构益组织务机构".to_owned(),
        ],
        _ => vec![format!(
            "{RULE_NOTE}申请人情况自然人法人或其他组织{total}商业企业科研机构社会公益组织法律服务机构其他"
        )],
    };
    lines[1].splice(..first_row, header);
    let blocks = ["结果维持", "结果纠正", "其他结果", "尚未审结", total];
    let figures = lines[2].pop().unwrap();
    lines[2] = vec![
        "行政复议行政诉讼".to_owned(),
        "未经复议直接起诉复议后起诉".to_owned(),
        blocks.concat().repeat(3),
        figures,
    ];
    lines
}
