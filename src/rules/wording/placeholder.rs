//! TXT006: placeholders of a template left standing.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::{Finding, Severity};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::passage;
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[Rule {
    code: "TXT006",
    name: "placeholder",
    severity: Severity::Error,
    scope: Scope::File,
    title: words("模板占位符没有替换", "a placeholder of the template is left"),
    manual: Manual {
        basis: words("公文文字应当准确；发布前应校对", "official texts must be accurate and are proof-read"),
        condition: words(
            "文中有 XX、×× 代替的机关、数字、日期，或“（具体网址）”“请填写”之类的填写说明、连续下划线",
            "XX or ×× stands for a name, figure or date; an instruction such as （具体网址） or 请填写, or a rule to write on, is left",
        ),
        example: "本报告电子版可在XX县政府网站（具体网址）下载",
        remedy: words("填上实际内容", "fill in what is meant"),
        exempt: "“某某”“张XX”等隐去姓名的写法；引号、书名号内的举例；网址中的 xx（如 xxgk）。",
    },
    check: Check::Report(placeholder),
}];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// Crosses in place of a name or a figure, with what follows them.
static CROSSES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:[Xx]{2,6}|×{2,6}|X)(?:年|月|日|号|局|委|办|厅|县|市|区|省|州|镇|乡|街道|单位|部门|科室|中心|处|条|件|宗|起|个|次|篇|份|期|人|天|项|余|万|元|%|路|网)",
        r"|\*{2,6}(?:条|件|宗|个|次|篇|份|期|年|月|日)",
        r"|(?:共|公开|发布|收到|受理|办理|达|电话[:：]|邮编[:：]|地址[:：]|邮箱[:：]|传真[:：])(?:[Xx]{2,12}|×{2,12})",
    ))
});

/// What stands for a year, a number of a telephone or a count, wherever it stands.
static BLANKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"20(?:[Xx]{2}|×{2}|\d[Xx×])年",
        r"|(?:电话|热线|传真|号码)[^，。；\dXx×]{0,4}(?:[Xx]{3,4}|×{3,4})[-—－]?(?:[Xx]{6,8}|×{6,8})",
        r"|(?:信息|申请|公开|发布|收到|受理|办结|培训|会议|开展|举办|制发|解读|回复|费)[^，。；\dA-Za-z×]{0,4}(?:\s*(?:N|[Xx×])\s*|（\s*）)(?:条|件|次|篇|份|期|场|人次|元|万元)",
    ))
});

/// Instructions of a template.
static INSTRUCTIONS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        "（(?:具体|本单位|本机关|本部门|单位|机关|部门|请|填写|此处|插入|填)?(?:网址|填写|单位名称|机关名称|部门名称|具体网址|具体数字|具体内容|具体地址|电话号码|填数字|填具体数字|年份|内容略|待填|待补充)[^（）]{0,6}）",
        "|请(?:在此)?填写|（(?:此处|请)[^（）]{0,16}(?:填写|填报|插入|补充|删除)[^（）]{0,8}）|单击此处|点击(?:此处)?输入|[\\[【](?:请|待)(?:补充|填写|填|插入|核实)[^\\]】]{0,8}[\\]】]|(?:部分|此处|内容|数据|数字)待(?:补充|填写|核实)[。；）]|[\\[【](?:填|请|本)?(?:机关|单位|部门|数字|年份|电话|地址|网址|日期)(?:名称|全称|号码)?[\\]】]|_{3,}|﹏{3,}|＿{3,}",
    ))
});

/// Family names before crosses: a person is masked, not a template left.
const FAMILIES: &str = "张王李赵刘陈杨黄周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武莫孔向汤某";

fn placeholder(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let mut findings: Vec<Finding> = Vec::new();
    if let Some(title) = &report.title
        && let Some(found) = CROSSES.find(&title.text)
    {
        findings.push(Finding {
            at: Some(title.source),
            actual: Some(found.as_str().to_owned()),
            evidence: Some(title.text.clone()),
            ..Finding::new("TXT006", Severity::Error, message(found.as_str()))
        });
    }
    for sentence in &report.prose {
        let text = &sentence.text;
        let crosses = CROSSES.find_iter(text).filter(|found| {
            let before = text[..found.start()].chars().next_back();
            let masked = before.is_some_and(|c| {
                FAMILIES.contains(c) || c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '@' | '-')
            });
            // One X alone is a placeholder only where it stands for a name: X县X局.
            let single = found.as_str().chars().filter(|c| matches!(c, 'X' | 'x' | '×')).count() == 1;
            let named = found.as_str().ends_with(['局', '县', '市', '区', '镇', '乡'])
                && before.is_none_or(|c| "县市区，。；在由".contains(c));
            let goes_on = text[found.end()..]
                .starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '-' | '_'));
            !masked && !goes_on && (!single || named) && !passage::is_quoted(text, found.start())
        });
        // 申请人请填写申请表: that tells the applicant what to do, not the author.
        let to_applicants = |found: &str| found.contains("填写") && text.contains("申请");
        // （网址见附件）, （填写说明另附）: what is meant stands elsewhere.
        let elsewhere = |found: &str| ["见", "附", "略", "说明", "示例"].iter().any(|word| found.contains(word));
        let instructions = INSTRUCTIONS.find_iter(text).filter(|found| {
            let found = found.as_str();
            !to_applicants(found) && (!elsewhere(found) || found.contains("内容略"))
        });
        let others =
            instructions.chain(BLANKS.find_iter(text)).filter(|found| !passage::is_quoted(text, found.start()));
        for found in crosses.chain(others) {
            let printed = found.as_str().to_owned();
            if !findings.iter().any(|known| known.actual.as_ref() == Some(&printed)) {
                let message = message(&printed);
                findings.push(Finding {
                    actual: Some(printed),
                    ..passage::finding("TXT006", Severity::Error, sentence, found.range(), message)
                });
            }
        }
    }
    Assessment { findings, unassessed: Vec::new() }
}

fn message(printed: &str) -> Wording {
    Wording::new(format!("模板占位符“{printed}”没有替换"), format!("the placeholder “{printed}” is left"))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes_of, report};

    #[test]
    fn placeholders() {
        for text in [
            "XX县人民政府网站下载。",
            "共公开信息××条。",
            "本报告可在政府网站（具体网址）下载。",
            "联系电话：XXXXXXX。",
            "（此处请填写本单位情况）。",
            "请填写具体数字。",
            "全年收到申请____件。",
            "每周检查XX天。",
            "共公开信息***条。",
            "共公开信息[数字]条。",
            "由【单位名称】编制。",
            "20XX年，本单位主动公开。",
            "202X年，本单位主动公开。",
            "20××年，本单位主动公开。",
            "咨询电话：XXXX-XXXXXXX。",
            "主动公开信息（）条。",
            "全年组织培训N次。",
            "主动公开信息 X 条。",
            "收取信息处理费X元。",
            "【请补充】。",
            "本部分待补充。",
        ] {
            assert_eq!(codes_of("TXT", &report().saying(1, text)), ["TXT006"], "{text}");
        }
        for text in [
            "申请人张XX提出申请。",
            "填写示范样本一份（填写说明另附），下载地址公布在网站上（网址见附件）。",
            "公开20××级应急预案演练脚本，并对材料待补充的申请人作出告知。",
            "公布维生素N条目、X光机采购信息和5×8小时服务安排。",
            "网址http://www.example.gov.cn/xxgk下载。",
            "设置“XX局信息公开”专栏。",
            "对某某公司作出处罚。",
            "申请人可下载申请表，请填写后寄送。",
            "电子邮箱：xxgk@example.gov.cn。",
            "邮箱qxxxgk@example.gov.cn。",
            "身份证号为4101XXXX的申请人。",
            "提供7×24小时服务，电话138****0000的申请人【来源：本网】。",
        ] {
            assert_eq!(codes_of("TXT", &report().saying(1, text)), [""; 0], "{text}");
        }
    }
}
