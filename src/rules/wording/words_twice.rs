//! TXT002: a word of two to six characters that stands twice.

use std::ops::Range;

use super::doubling;
use crate::finding::{Finding, Severity};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::passage;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "TXT002",
    name: "doubled-word",
    severity: Severity::Warning,
    scope: Scope::File,
    title: words("重复的词", "a word is doubled"),
    manual: Manual {
        basis: words("公文文字应当准确；发布前应校对", "official texts must be accurate and are proof-read"),
        condition: words(
            "同一行中二至六个字的词连写了两遍",
            "a word of two to six characters stands twice in a row, on one line",
        ),
        example: "做好民意征集民意征集工作",
        remedy: words("删去多余的一个词", "strike one of the two"),
        exempt: "研究研究、讨论讨论等动词重叠；一件一件、一步一步；“信息公开工作|工作人员”等两词相接；换行处重复的页眉。",
    },
    check: Check::Report(doubled_word),
}];

/// Verbs that the language doubles, and doubled expressions.
const DOUBLED: [&str; 16] = [
    "研究", "讨论", "商量", "学习", "交流", "考虑", "打听", "了解", "认识", "体会", "休息", "整理", "收拾", "总结",
    "比较", "某某",
];

/// What follows a word of two characters where it begins a longer word: 工作|工作人员, 服务|服务中心.
const GOES_ON: [(&str, &[&str]); 22] = [
    ("保障", &["机制", "体系", "制度", "措施", "局", "对象", "能力", "水平", "工作", "群众", "公众"]),
    (
        "工作",
        &[
            "人员", "机构", "机制", "制度", "者", "小组", "组", "领导", "要点", "部署", "部门", "日", "方案", "计划",
            "责任", "流程", "规范", "规则", "规程", "报告", "经费", "年度", "任务", "动态", "信息", "专班", "主管",
            "的", "平台", "队伍", "会议",
        ],
    ),
    (
        "服务",
        &[
            "中心", "大厅", "对象", "平台", "事项", "指南", "质量", "水平", "局", "窗口", "站", "群众", "企业", "管理",
            "能力", "体系", "热线", "于", "发展",
        ],
    ),
    (
        "公开",
        &[
            "率", "栏", "日", "目录", "平台", "专栏", "渠道", "属性", "指南", "内容", "形式", "方式", "情况", "事项",
            "范围", "制度", "度", "力度", "时限", "透明", "发布", "各", "政府", "政务",
        ],
    ),
    (
        "管理",
        &[
            "局",
            "办法",
            "制度",
            "人员",
            "部门",
            "工作",
            "水平",
            "委员会",
            "方面",
            "体制",
            "机制",
            "规定",
            "条例",
            "措施",
        ],
    ),
    (
        "信息",
        &[
            "管理", "化", "中心", "员", "系统", "发布", "平台", "技术", "内容", "资源", "共享", "安全", "质量", "目录",
            "报送", "处理", "更新",
        ],
    ),
    ("部门", &["预算", "决算", "职责", "职能", "网站", "规章", "信息", "联动", "协同", "动态", "文件"]),
    (
        "社会",
        &[
            "保障", "公众", "各界", "组织", "发展", "治理", "稳定", "监督", "评议", "关切", "关注", "救助", "公益",
            "事业", "保险", "信用",
        ],
    ),
    ("建设", &["局", "单位", "项目", "用地", "工程", "工作", "情况", "规划", "方面", "和", "领域"]),
    ("监督", &["检查", "管理", "员", "电话", "保障", "考核", "评议", "机制", "执法", "渠道"]),
    ("政策", &["解读", "文件", "法规", "咨询", "宣传", "措施", "落实", "性", "问答", "信息", "依据"]),
    ("行政", &["机关", "许可", "处罚", "复议", "诉讼", "执法", "审批", "部门", "规范性", "强制", "管理", "区划"]),
    ("政府", &["信息", "网站", "门户", "部门", "公报", "工作", "采购", "办公", "职能", "规章", "购买"]),
    ("发展", &["和改革", "改革", "规划", "战略", "环境", "研究", "中心", "计划"]),
    ("领导", &["小组", "班子", "干部", "机构", "责任", "重视", "分工", "机制", "同志", "信息", "简历"]),
    ("群众", &["路线", "工作", "性", "团体", "诉求"]),
    ("制度", &["化", "建设", "体系", "机制", "规定"]),
    ("规范", &["性文件", "化", "性", "有序", "管理", "运行", "开展", "了"]),
    ("企业", &["家", "和", "群众", "法人", "开办", "服务", "登记"]),
    ("报告", &["制度", "年度", "单位", "义务", "事项"]),
    ("培训", &["班", "会", "工作", "计划", "活动", "内容"]),
    ("文件", &["精神", "要求", "解读", "起草", "制发", "库", "资料"]),
];

/// The bytes of the words of `text` that stand twice, both together.
fn find(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let byte = |index: usize| chars.get(index).map_or(text.len(), |(byte, _)| *byte);
    let mut found = Vec::new();
    let mut at = 0;
    while at + 4 <= chars.len() {
        let hit = (2..=6).rev().find(|&length| {
            let same = |index: usize| chars.get(index + length).is_some_and(|(_, c)| *c == chars[index].1);
            // 务服务服|务: the same row may be cut at other places, and one lawful reading is enough.
            let shifts = (at..).take_while(|&index| same(index)).count().saturating_sub(length - 1);
            let slip = |start: usize| {
                let (first, second) = (byte(start), byte(start + length));
                is_slip(&text[first..second], &text[byte(start + 2 * length)..], &text[..first])
            };
            shifts > 0 && (at..at + shifts).all(slip)
        });
        match hit {
            Some(length) => {
                found.push(byte(at)..byte(at + 2 * length));
                at += 2 * length;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether `word`, standing twice between `before` and `after`, is a slip.
fn is_slip(word: &str, after: &str, before: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let plain = letters.iter().all(|&c| doubling::is_han(c)) && letters.iter().any(|&c| c != letters[0]);
    // 一件一件, 一步一步; not 进一步进一步.
    let figure = |c: &char| "一二三四五六七八九十〇零百千两几".contains(*c);
    let counted = letters.first().is_some_and(figure) || (letters.len() == 2 && letters.iter().any(figure));
    // 层层层层, 公开公开公开: a row of three is something else.
    let row = after.starts_with(word) || before.ends_with(word);
    if !plain || counted || row || DOUBLED.contains(&word) {
        return false;
    }
    if letters.len() > 2 {
        // 区政府|区政府办, 委员会|委员会办公室: a name meets what belongs to it.
        let of_government =
            ["办公", "办", "网", "工作", "部门", "职能", "信息"].iter().any(|next| after.starts_with(next));
        let of_body = word.ends_with("委员会") || word.ends_with(['局', '镇', '县']);
        return !of_body && (!of_government || !word.ends_with("政府"));
    }
    // 区区, 部分部: names of places and bodies meet what belongs to them.
    if "省市县区州旗镇乡村局".contains(letters[1]) || "省市县区州旗镇乡村局".contains(letters[0]) {
        return false;
    }
    // 大队|大队长: the second begins a longer word.
    if doubling::begins_longer_word(word, after) {
        return false;
    }
    let goes_on = GOES_ON.iter().find(|(known, _)| *known == word).map(|(_, next)| *next);
    goes_on.is_none_or(|next| !next.iter().any(|next| after.starts_with(next)))
}

fn doubled_word(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let mut findings = Vec::new();
    let message = |twice: &str| {
        let word: String = twice.chars().take(twice.chars().count() / 2).collect();
        (Wording::new(format!("“{word}”重复"), format!("the word “{word}” is doubled")), word)
    };
    if let Some(title) = &report.title {
        let crate::report::Source { line, end_line, .. } = title.source;
        for range in find(&title.text).into_iter().filter(|_| line == end_line) {
            let (message, word) = message(&title.text[range.clone()]);
            findings.push(Finding {
                at: Some(title.source),
                expected: Some(word),
                actual: Some(title.text[range].to_owned()),
                evidence: Some(title.text.clone()),
                ..Finding::new("TXT002", Severity::Warning, message)
            });
        }
    }
    // What a site prints above the text is no prose: 关怀版 无障碍 无障碍.
    let prose = report.prose.iter().filter(|sentence| sentence.part > 0 || sentence.text.contains(['。', '，', ',']));
    for sentence in prose {
        for range in find(&sentence.text) {
            let crate::report::Source { line, end_line, .. } = sentence.source_of_bytes(range.clone());
            if line != end_line {
                continue;
            }
            let twice = sentence.text[range.clone()].to_owned();
            let (message, word) = message(&twice);
            findings.push(Finding {
                expected: Some(word),
                actual: Some(twice),
                ..passage::finding("TXT002", Severity::Warning, sentence, range, message)
            });
        }
    }
    Assessment { findings, unassessed: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubled_words() {
        for text in [
            "做好民意征集民意征集工作",
            "科技计划资金资金分配",
            "年度报告报告如下",
            "有关情况情况如下",
            "主动公开主动公开政府信息",
            "进一步进一步规范",
            "推进政府信息信息公开",
            "做好信息公开公开工作",
            "群众群众满意",
        ] {
            assert_eq!(find(text).len(), 1, "{text}");
        }
        for text in [
            "做好政府信息公开工作工作人员培训",
            "研究研究再说",
            "一件一件落实，一步一步推进",
            "区政府区政府办共同发布",
            "政务服务服务中心",
            "2023年2023年",
            "公开公开率",
            "交警大队大队长参加培训",
            "组织新闻发布发布会",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
