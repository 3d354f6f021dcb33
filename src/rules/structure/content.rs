//! STR006, STR010 and STR014: whether the parts say anything.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::SIX_PARTS;
use crate::finding::{Finding, Severity};
use crate::report::agency::Agency;
use crate::report::{Edition, Part, Report, TableKind};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::{extent, phrase};
use crate::text::{Wording, Words, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "STR006",
        name: "missing-government-duties",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("政府报告缺考核、评议或追责情况", "a government does not report on assessment and accountability"),
        manual: Manual {
            basis: words(
                "条例第五十条第一款第（四）项：各级人民政府的年度报告还应当包括工作考核、社会评议和责任追究结果情况",
                "Regulations art. 50 (4): governments also report the results of assessment, public evaluation and accountability",
            ),
            condition: words(
                "编制机关是一级人民政府（含乡镇），全文没有提到工作考核、社会评议、责任追究中的一项或几项",
                "the issuer is a people's government, townships included, and one of the three is spoken of nowhere",
            ),
            example: "镇人民政府的“监督保障”只写了组织培训，没有写考核、评议和追责",
            remedy: words(
                "在“监督保障”中写明工作考核、社会评议的结果；没有责任追究的写明“无责任追究情形”",
                "state the results under 监督保障; where nobody was held to account, say so",
            ),
            exempt: "局、办公室、街道办事处、管委会没有这项义务；“未发生责任追究”算已写；同义说法（绩效考评、满意度测评、问责）算已写。",
        },
        check: Check::Report(missing_duties),
    },
    Rule {
        code: "STR010",
        name: "empty-part",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("有的部分没有实质内容", "a part says nothing"),
        manual: Manual {
            basis: SIX_PARTS,
            condition: words(
                "第五部分缺问题或缺改进措施；任一部分没有内容，或第一、五部分只写了“无”或不足 30 字",
                "part five lacks a problem or a measure; a part is empty; part one or five says 无 or less than 30 characters",
            ),
            example: "五、存在的主要问题及改进情况 —— 无",
            remedy: words(
                "写明存在的主要问题和对应的改进情况；其他部分补足内容",
                "name the main problems and what is done about each; fill in the other parts",
            ),
            exempt: "第六部分可以很短；只有表格的第二、三、四部分不算空；一句话可以同时写问题和措施；文字中断的不作判断。",
        },
        check: Check::Report(empty_part),
    },
    Rule {
        code: "STR014",
        name: "boilerplate-only",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("总体情况全是套话", "the overview is boilerplate only"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号 （四）：内容雷同、敷衍塞责的，依照条例第四十七条追究责任",
                "国办公开办函〔2021〕30号 (4): copied or perfunctory reports are answered for under art. 47 of the Regulations",
            ),
            condition: words(
                "第一部分没有机关名称或自称、没有报告年度、没有一个数字",
                "part one names neither the agency nor itself nor the year, and holds no figure",
            ),
            example: "认真贯彻落实上级要求，不断提高公开水平，切实保障群众知情权。",
            remedy: words(
                "写本机关本年度做了什么：公开了多少、收到多少申请、建了哪些栏目",
                "say what this body did this year, with figures",
            ),
            exempt: "写了“我局”“本单位”“全镇”、年份或任何数字的，都不算。",
        },
        check: Check::Report(boilerplate),
    },
];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// What a government owes beyond others, and the words by which it is addressed.
static DUTIES: LazyLock<[(Words, Regex); 3]> = LazyLock::new(|| {
    [
        (words("工作考核", "assessment"), pattern("考核|考评|绩效|评比|纳入.{0,8}(?:目标|评价)|量化打分")),
        (words("社会评议", "public evaluation"), pattern("评议|测评|评价|满意度|第三方评估|征求.{0,6}意见|社会监督")),
        (words("责任追究", "accountability"), pattern("追究|追责|问责|责任倒查|责任到人|过错责任|处分")),
    ]
});

fn missing_duties(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(agency) = report.agency.as_deref() else {
        return Assessment::not_assessable(Wording::new("机关名称不明", "the agency is not known"));
    };
    if !Agency::of(agency).is_government() || is_older(report) {
        return Assessment::holds();
    }
    if let Some(end) = extent::breaks_off(report) {
        return end.unassessed();
    }
    let said = |words: &Regex| report.prose.iter().any(|sentence| words.is_match(&sentence.text));
    let missing: Vec<Words> = DUTIES.iter().filter(|(_, words)| !said(words)).map(|&(name, _)| name).collect();
    if missing.is_empty() {
        return Assessment::holds();
    }
    let zh: Vec<_> = missing.iter().map(|name| name.zh).collect();
    let en: Vec<_> = missing.iter().map(|name| name.en).collect();
    let topic = report.part(1).map(|part| {
        let supervision = part.topics.iter().find(|seen| seen.topic == crate::report::Topic::Supervision);
        supervision.map_or(part.source, |seen| seen.source)
    });
    Assessment::broken(Finding {
        part: Some(1),
        at: topic.or_else(|| report.title.as_ref().map(|title| title.source)),
        expected: Some("工作考核、社会评议、责任追究".to_owned()),
        ..Finding::new(
            "STR006",
            Severity::Warning,
            Wording::new(
                format!("“{agency}”是一级政府，报告没有写{}的情况", zh.join("、")),
                format!("“{agency}” is a government; its report does not speak of {}", en.join(", ")),
            ),
        )
    })
}

/// Whether the report is one under the Regulations of 2007: those of 2019 ask for the duties since the report for 2019.
fn is_older(report: &Report) -> bool {
    report.edition == Some(Edition::Pre2019) || report.year.is_some_and(|year| year < 2019)
}

/// Words that name a problem, once those are struck that only look like one, and words that name what is done about it.
static PROBLEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "问题|短板|薄弱|有待|差距|还有.{0,4}距离|困难|需|亟待|单一|滞后|有限|瓶颈|偏[窄少弱低慢]|倾向|[不缺少慢弱难低差欠未仍尚]|没有",
    )
});
static NO_PROBLEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern("不断|不折不扣|不仅|不但|不忘|不懈|不公开|不少|必不可少|未来|尚德|难得|差异化|低保|少年|少数民族")
});
static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        "下一步|下步|今后|接下来|改进|整改|措施|举措|将|加强|强化|提升|提高|完善|健全|加大|优化|深化|推进|拓宽|丰富|继续|争取|努力",
        "|做好|落实|细化|扩大|创新|充实|对策|[我们局镇办委]会[把将在对]|已(?:经|建立|制定|安排|明确|增设|配备|开展|组织)",
        "|每(?:季度?|月|周)|按(?:月|季|周)|定期|已于|拟[^，。；]{0,8}[名个项次]|归并|引入|招录|修订|聘请|增聘|新?开通|组织[^，。；]{0,10}[次场期]",
        "|轮训|以考促学|边学边改|坚持|完成[^，。；]{0,6}(?:整合|归并|更新|改造)",
    ))
});

/// What is done, told as what is needed: 需通过培训提升, 需增加人手.
static NEEDED: LazyLock<Regex> = LazyLock::new(|| pattern("(?:需|应)要?(?:通过|借助|依托|增加|采取)"));

/// What is wanting, told with the words of a measure: 有待加强, 需进一步完善, 不够规范.
static WANTING: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?:有待|需要?|亟待|不够|不太|未能|没有|缺乏|滞后于?)[^，。；]{0,10}"));

/// Shortest text that says something, in characters.
const SHORTEST: usize = 30;

/// Texts that say nothing whatever their length.
fn is_nothing(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    matches!(bare.as_str(), "" | "无" | "暂无" | "没有" | "略" | "无此情况" | "无相关情况" | "本年度无" | "无相关内容")
}

fn empty_part(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let end = extent::breaks_off(report);
    let mut answer = Assessment::holds();
    let lost = super::tables::lost_its_tables(report);
    for part in &report.parts {
        let open = end.as_ref().is_some_and(|end| part.number >= end.part) || super::announces_attachment(&part.text);
        let tabular = TableKind::ALL.into_iter().find(|kind| kind.part() == part.number);
        // Parts two to four are their tables: one that is not there is what STR007 says.
        if open || lost || tabular.is_some() {
            continue;
        }
        let message = match part.number {
            5 => of_problems(&with_tables(case, part)),
            6 => part.text.trim().is_empty().then(|| says_nothing(part)),
            _ => is_short(part).then(|| says_nothing(part)),
        };
        answer.findings.extend(message.map(|message| Finding {
            part: Some(part.number),
            at: Some(part.source),
            evidence:
                Some(part.text.trim().to_owned()).filter(|text| !text.is_empty()).or_else(|| part.heading.clone()),
            ..Finding::new("STR010", Severity::Warning, message)
        }));
    }
    if let Some(end) = end {
        answer.unassessed = end.unassessed().unassessed;
    }
    answer
}

/// A part with what stands in a table of its own: problems and measures side by side.
fn with_tables<'p>(case: &Case<'_>, part: &'p Part) -> Cow<'p, Part> {
    let lines = case.report.parts.iter().map(|part| part.source.line);
    let (from, to) = (part.source.end_line, lines.filter(|&line| line > part.source.line).min());
    let between = to.and_then(|to| case.lines.get(from as usize..(to as usize).checked_sub(1)?));
    let Some(between) = between.filter(|_| is_short(part)) else { return Cow::Borrowed(part) };
    Cow::Owned(Part { text: between.join("\n").replace(['|', '-', ' '], ""), ..part.clone() })
}

fn is_short(part: &Part) -> bool {
    let said = part.text.chars().filter(|c| !c.is_whitespace()).count();
    said < SHORTEST || is_nothing(&part.text)
}

/// What is wrong with part five.
fn of_problems(part: &Part) -> Option<Wording> {
    if is_short(part) {
        return Some(says_nothing(part));
    }
    let name = phrase::part(5);
    let measured = NEEDED.is_match(&part.text) || MEASURE.is_match(&WANTING.replace_all(&part.text, ""));
    match (PROBLEM.is_match(&NO_PROBLEM.replace_all(&part.text, "")), measured) {
        (true, true) => None,
        (false, _) => {
            Some(Wording::new(format!("“{}”没有写存在的问题", name.zh), format!("{} names no problem", name.en)))
        }
        (_, false) => {
            Some(Wording::new(format!("“{}”没有写改进措施", name.zh), format!("{} names no measure", name.en)))
        }
    }
}

fn says_nothing(part: &Part) -> Wording {
    let name = phrase::part(part.number);
    let said: String = part.text.split_whitespace().collect();
    let count = said.chars().count();
    match count {
        0 => Wording::new(format!("“{}”没有内容", name.zh), format!("{} is empty", name.en)),
        _ if is_nothing(&said) => {
            Wording::new(format!("“{}”只写了“{said}”", name.zh), format!("{} says nothing but “{said}”", name.en))
        }
        _ => Wording::new(
            format!("“{}”只有 {count} 字，没有实质内容", name.zh),
            format!("{} has {count} characters only", name.en),
        ),
    }
}

/// A self-word, a year or a figure: what a text that says something of its own has.
static OWN_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\d|(?:[局委办镇乡院厅所站队]|街道|中心)(?:党组|党委|党工委|机关|领导|班子|办公室|党政办|各科室|内设)|[我本全该][^，。；]{0,2}?[局县市区镇乡州省旗办委厅院中心处站单位机关系统级街道部门校社会队所盟]|两|[二三四五六七八九十]+[次件条项场个]",
    )
});

/// Whether the text has a short form of the agency's name: 区政务服务办 of 青溪区人民政府政务服务办公室.
fn is_called_short(text: &str, name: &str) -> bool {
    static SHORT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\p{Han}{2,10}?(?:局|委|办|厅|中心|街道|镇|乡|院|站|队)"));
    let abbreviates = |short: &str| {
        let mut rest = name.chars();
        short.chars().all(|c| rest.any(|other| other == c))
    };
    // 县政府办 may stand before the name's own words: any ending of three characters or more will do.
    SHORT.find_iter(text).any(|found| {
        let starts = found.as_str().char_indices().map(|(start, _)| &found.as_str()[start..]);
        starts.filter(|short| short.chars().count() >= 3).any(abbreviates)
    })
}

/// Whether part one could be anyone's (STR014).
pub(in crate::rules) fn is_boilerplate(case: &Case<'_>) -> bool {
    !boilerplate(case).findings.is_empty()
}

fn boilerplate(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(part) = report.part(1) else {
        return Assessment::not_assessable(Wording::new("找不到第一部分", "part one is not found"));
    };
    if let Some(end) = extent::breaks_off(report).filter(|end| end.part == 1) {
        return end.unassessed();
    }
    let named = report.agency.as_deref().is_some_and(|name| {
        let agency = Agency::of(name);
        part.text.contains(name)
            || (!agency.body.is_empty() && part.text.contains(&agency.body))
            || agency.place().is_some_and(|place| part.text.contains(&place.name))
            || is_called_short(&part.text, name)
    });
    // A part that is next to empty is what STR010 says.
    if named || is_short(part) || OWN_WORDS.is_match(&part.text) || super::announces_attachment(&part.text) {
        return Assessment::holds();
    }
    Assessment::broken(Finding {
        part: Some(1),
        at: Some(part.source),
        evidence: Some(part.text.trim().to_owned()),
        ..Finding::new(
            "STR014",
            Severity::Warning,
            Wording::new(
                "总体情况没有机关名称、年度和任何数字，全是套话",
                "the overview names no agency and no year and holds no figure: boilerplate only",
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes, report};

    #[test]
    fn what_a_government_owes() {
        let town =
            || report().titled("青溪县城关镇人民政府2024年政府信息公开工作年度报告").issued_by("青溪县城关镇人民政府");
        assert_eq!(codes(&town()), [""; 0]);
        assert_eq!(codes(&town().without_duties()), ["STR006"]);
        for body in ["青溪县财政局", "青溪县望江街道办事处", "青溪县人民政府办公室", "云岭经济开发区管理委员会"]
        {
            assert_eq!(codes(&report().issued_by(body)), [""; 0], "{body}");
        }
    }

    #[test]
    fn part_five_names_problems_and_measures() {
        for (text, broken) in [
            ("无。", true),
            ("存在的主要问题是公开的内容还比较单薄，形式比较老旧，栏目也很少有人去看一看。", true),
            ("公开工作开展顺利，各项任务圆满完成，群众对我局的各项公开都非常认可，反映很好。", true),
            ("公开的内容不够全面，下一步将按照目录逐项补充，并安排专人负责更新各个栏目。", false),
            ("针对去年栏目更新慢的问题，我局已建立更新台账，各栏目现在都能按时更新。", false),
            ("问题：个别科室认识不到位，报送信息不主动。对策：每季度通报报送数量，与评优挂钩。", false),
            ("两个股室合并后栏目重复、内容更新不同步，已于六月底归并栏目，删去空白栏目三个。", false),
            ("公开的形式不够活泼，专职人员偏少。针对这些不足，来年拟招录文员一名，引入制图软件。", false),
            ("一是公开意识有待增强，需通过培训解决；二是渠道有待拓宽，需借助新的媒体发力。", false),
            ("工作虽有成效，但离群众满意还有距离，我们坚持边学边改，文件发布前先听听意见。", false),
        ] {
            let found = codes(&report().with_part_text(5, text));
            assert_eq!(found == ["STR010"], broken, "{text} {found:?}");
        }
    }

    #[test]
    fn an_overview_that_could_be_anyones() {
        let text = "认真贯彻落实上级部署，不断提高公开水平，切实保障群众知情权、参与权和监督权，取得了良好成效。";
        assert_eq!(codes(&report().with_part_text(1, text)), ["STR014"]);
        assert_eq!(codes(&report().with_part_text(1, &format!("我局{text}"))), [""; 0]);
        assert_eq!(codes(&report().with_part_text(1, &format!("2024年，{text}"))), [""; 0]);
        for own in ["县数据局高度重视。", "局党组多次研究。", "局领导带头落实。"] {
            assert_eq!(codes(&report().with_part_text(1, &format!("{own}{text}"))), [""; 0], "{own}");
        }
        for others in ["县政府办多次指导。", "落实县委要求。"] {
            assert_eq!(codes(&report().with_part_text(1, &format!("{others}{text}"))), ["STR014"], "{others}");
        }
        assert_eq!(codes(&report().with_part_text(1, "无")), ["STR010"]);
    }
}
