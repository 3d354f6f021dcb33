//! ORG002: another body where the author should stand.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Mention, differs, named, pattern};
use crate::finding::{Finding, Severity};
use crate::report::Sentence;
use crate::report::agency::{Agency, Kind};
use crate::rule::{Assessment, Case};
use crate::rules::passage;
use crate::text::Wording;
use crate::text::pattern::Regex;

/// Where the author writes its own rules: 制定《市医保局…制度》.
static OWN_RULES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:制定|制订|修订|出台|完善|建立|健全)(?:并?(?:印发|实施|下发|执行|完善))?了?《(\p{Han}{3,30}?(?:局|委员会|委|厅|办公室|办))(?:\p{Han}{2,30})?(?:制度|办法|规定|方案|细则|流程|指南|目录|机制|规程)",
    )
});

/// What only the author says of itself.
static OWN_FIGURES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:^|[。；，,：:])(?:20\d\d年(?:度|全年)?[，,]?|本年度[，,]?|全年[，,]?|截至[^，]{0,14}，)?",
        r"(\p{Han}{2,28}?(?:局|委员会|厅|办公室|办事处|人民政府|街道))",
        r"(?:20\d\d年(?:度)?|本年度|全年|共|累计|均|暂|目前){0,3}[，,]?",
        r"(?:(?:收到|接到|受理)(?:政府)?(?:信息公开|依申请)[^，。；]{0,8}申请|(?:未|没有)(?:收到|接到|受理)(?:过)?(?:任何)?(?:政府)?(?:信息|依申请|关于)",
        r"|(?:未|没有)(?:产生|收取|发生)[^，。；]{0,14}(?:处理费|收费|费用)|(?:暂)?(?:无|没有)其他(?:需要)?报告)",
    ))
});

/// The words with which an application is said to be addressed.
static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "向((?:省|市|县|区)(?:人民)?政府(?:及|和|、)(?:省|市|县|区)?(?:人民)?政府办公[室厅])[^，。；]{0,8}(?:提出|提交|申请)",
    )
});

/// The zeal, the group of leaders and the published items that a body tells of itself: a department's by its full name.
static OWN_WORK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:^|[。；，,：:])(?:20\d\d年(?:度|全年)?[，,]?|本年度[，,]?|全年[，,]?|截至[^，]{0,14}，)?",
        r"(\p{Han}{3,28}?(?:局|委员会|厅))",
        r"(?:20\d\d年(?:度)?|本年度|全年|共|累计){0,3}[，,]?",
        r"(?:(?:通过[^，。；]{0,16}?)?(?:主动)?(?:公开|发布)(?:各类|政府|政务)*信息[^，。；]{0,6}\d|(?:及时|专门)?成立了?[^，。；]{0,6}(?:信息公开|政务公开)[^，。；]{0,6}领导小组",
        r"|(?:负责)?(?:编制|形成|撰写)(?:了|本)?20\d\d年?(?:度|年度)?\p{Han}{0,4}?(?:信息公开|政务公开)\p{Han}{0,8}?(?:报告|年报)",
        r"|(?:高度重视|(?:认真|深入|严格|全面|扎实|积极|切实)(?:学习)?(?:贯彻|落实|执行|推进|开展|做好))[^。；]{0,30}(?:条例|信息公开|政务公开))",
    ))
});

/// Who drew the report up.
static DRAWN_UP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^本(?:年度)?报告由(\p{Han}{4,28}?(?:局|委员会|厅))(?:负责)?(?:汇总|组织)?(?:编制|编写|编辑|起草|撰写|公布|发布)",
    )
});

pub(super) fn foreign_agency(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(author) = report.agency.as_deref() else {
        return Assessment::not_assessable(Wording::new("机关名称不明", "the agency is not known"));
    };
    let own = Agency::of(author);
    if own.places.is_empty() {
        return Assessment::not_assessable(Wording::new(
            "机关名称不全，无法比较",
            "the agency's name is incomplete and cannot be compared",
        ));
    }
    let mut findings: Vec<Finding> = Vec::new();
    let mut add = |sentence: &Sentence, at: Range<usize>, zh: &str, en: &str| {
        let name = sentence.text[at.clone()].to_owned();
        if findings.iter().any(|finding| finding.actual.as_ref() == Some(&name)) {
            return;
        }
        let message = Wording::new(
            format!("{zh}写的是“{name}”，不是本机关“{author}”"),
            format!("{en} names “{name}”, not this body, “{author}”"),
        );
        findings.push(Finding {
            expected: Some(author.to_owned()),
            actual: Some(name),
            ..passage::finding("ORG002", Severity::Warning, sentence, at, message)
        });
    };
    for sentence in &report.prose {
        let text = &sentence.text;
        for found in OWN_RULES.captures_iter(text) {
            let (Some(whole), Some(name)) = (found.get(0), found.get(1)) else { continue };
            if is_foreign(name.as_str(), &own) && !is_anothers(&text[..whole.start()]) {
                add(sentence, name.range(), "本机关制定的制度", "the title of the body's own rules");
            }
        }
        if !matches!(own.kind, Kind::Government | Kind::GovernmentOffice) {
            for found in OWN_FIGURES.captures_iter(text) {
                let Some(name) = found.get(1) else { continue };
                let at = subject(text, name.range());
                if is_foreign(&text[at.clone()], &own) {
                    add(sentence, at, "叙述本机关工作的主语", "where the body reports on itself the text");
                }
            }
            let work = OWN_WORK
                .captures_iter(text)
                .map(|found| (found, "叙述本机关工作的主语", "where the body reports on itself the text"));
            let drawn =
                DRAWN_UP.captures_iter(text).map(|found| (found, "编制本报告的", "as who drew the report up the text"));
            for (found, zh, en) in work.chain(drawn) {
                let Some(name) = found.get(1) else { continue };
                let at = subject(text, name.range());
                if !name.as_str().starts_with("其中") && is_foreign_department(&text[at.clone()], &own) {
                    add(sentence, at, zh, en);
                }
            }
            if let Some(found) = ADDRESSED.captures(text).and_then(|found| found.get(1)) {
                add(sentence, found.range(), "申请的对象", "as the addressee of applications the text");
            }
        }
    }
    for (sentence, at) in named(&report.prose) {
        if differs(&sentence.text[at.clone()], author, &own) == Some(false) {
            add(sentence, at, "报告名称或落款", "the quoted title or the signature");
        }
    }
    Assessment { findings, unassessed: Vec::new() }
}

/// The name of the body within `range`, without what stands before it.
fn subject(text: &str, range: Range<usize>) -> Range<usize> {
    let name = &text[range.clone()];
    let skip = ["其中", "目前", "由于", "我区", "我县", "我市", "同时", "另外", "此外", "对于", "关于"]
        .into_iter()
        .find(|word| name.starts_with(word))
        .map_or(0, str::len);
    range.start + skip..range.end
}

fn is_foreign(name: &str, own: &Agency) -> bool {
    Mention::of(name).and_then(|mention| mention.is(own)) == Some(false)
}

/// Whether `name` is the full name of another department, and not one above the author.
fn is_foreign_department(name: &str, own: &Agency) -> bool {
    let above = |agency: &Agency| {
        let (theirs, ours) = (agency.places.last(), own.places.last());
        theirs.zip(ours).is_none_or(|(theirs, ours)| theirs.level < ours.level)
    };
    is_foreign(name, own)
        && Mention::of(name).is_some_and(|mention| {
            // 县教育局 in the report of a county's bureau. A centre may speak so of the bureau above it.
            let bureau = ["局", "委员会", "厅", "办公室"].iter().any(|end| own.body.ends_with(end));
            let ours = bureau
                && own.place().is_some_and(|place| mention.level.is_some_and(|level| place.name.ends_with(level)));
            (mention.level.is_none() && !above(&mention.agency) || ours) && mention.agency.kind == Kind::Department
        })
}

/// Whether the clause before a document makes it somebody else's.
fn is_anothers(before: &str) -> bool {
    let clause = before.rsplit(['。', '；', '，', ',']).next().unwrap_or_default();
    [
        "按照", "根据", "落实", "贯彻", "执行", "依据", "遵照", "转发", "学习", "参照", "上级", "省", "市", "结合",
        "配合", "协助", "对照",
    ]
    .iter()
    .any(|word| clause.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes_of, report};

    #[test]
    fn another_body_in_the_authors_place() {
        let bureau = || report().issued_by("云岭市青溪区医疗保障局");
        for text in [
            "制定《市医保局信息公开主动公开制度》，依法公开信息。",
            "2024年，市医疗保障局未收到政府信息公开申请。",
            "青溪区财政局未收取信息处理费。",
            "本报告由青溪区财政局编制。",
            "石桥县水务局全年主动公开政府信息63条。",
            "石桥县水务局成立了政府信息公开工作领导小组。",
            "2024年，青溪区水务局深入贯彻落实《条例》。",
            "石桥县水务局高度重视政府信息公开工作。",
            "区教育局高度重视政府信息公开工作。",
            "区教育局全年通过政府网站公开信息63条。",
            "根据规定，石桥县水务局编制2024年政府信息公开工作年度报告。",
            "申请人可向市政府及市政府办公室提出申请。",
        ] {
            assert_eq!(codes_of("ORG", &bureau().saying(1, text)), ["ORG002"], "{text}");
        }
        for text in [
            "制定《区医保局信息公开制度》，依法公开信息。",
            "按照市医保局制定的《市医保局信息公开制度》开展工作。",
            "贯彻落实市政府办公室印发的通知，按市医保局要求报送信息。",
            "2024年，区医保局未收到政府信息公开申请。",
            "青溪区医疗保障局没有收取信息处理费。",
            "本报告由青溪区医疗保障局办公室编制。",
            "本报告由区医保局编制。",
            "青溪区医保局成立了政府信息公开工作领导小组。",
            "区政府成立了政府信息公开工作领导小组。",
            "云岭市医疗保障局成立了政府信息公开工作领导小组。",
            "云岭市财政局主动公开政府信息63条。",
            "市政务服务局高度重视政府信息公开工作。",
            "向青溪区财政局学习公开经验。",
            "区医保局目前存在的主要问题是栏目更新慢，下一步将改进。",
        ] {
            assert_eq!(codes_of("ORG", &bureau().saying(1, text)), [""; 0], "{text}");
        }
        let foreign = bureau().saying(0, "现发布《青溪区财政局2024年政府信息公开工作年度报告》。");
        assert_eq!(codes_of("ORG", &foreign), ["ORG002"]);
        let published = bureau().saying(0, "现公布石桥县水务局2024年政府信息公开工作年度报告。");
        assert_eq!(codes_of("ORG", &published), ["ORG002"]);
        for text in
            ["现公布青溪区医疗保障局2024年政府信息公开工作年度报告。", "现将我局2024年政府信息公开工作情况报告如下。"]
        {
            assert_eq!(codes_of("ORG", &bureau().saying(0, text)), [""; 0], "{text}");
        }
        let centre = report().issued_by("青溪县疾病预防控制中心").saying(1, "县卫生健康局高度重视政府信息公开工作。");
        assert_eq!(codes_of("ORG", &centre), [""; 0]);
        // A government names its bureaux.
        let government = report().issued_by("青溪县人民政府").saying(1, "2024年，县财政局未收到政府信息公开申请。");
        assert_eq!(codes_of("ORG", &government), [""; 0]);
        let government = report().issued_by("青溪县人民政府").saying(1, "青溪县水务局主动公开政府信息63条。");
        assert_eq!(codes_of("ORG", &government), [""; 0]);
    }

    #[test]
    fn the_signature() {
        for (agency, text, broken) in [
            ("青溪县桃源镇人民政府", "桃源镇党政综合办公室", false),
            ("青溪县桃源镇人民政府", "青溪县桃源镇党政办公室", false),
            ("青溪县桃源镇人民政府", "青溪县柳林镇人民政府", true),
            ("青溪县人民政府", "青溪县政务公开办公室", false),
            ("青溪县水务局", "发布机构：青溪县人民政府办公室", false),
            ("青溪县水务局", "青溪县财政局", true),
        ] {
            let sample = report().issued_by(agency).saying(6, text);
            assert_eq!(codes_of("ORG002", &sample) == ["ORG002"], broken, "{agency}: {text}");
        }
    }
}
