mod families;
mod qualified;
mod wordings;

use super::*;
use crate::report::Topic;
use ClaimKind::{
    ApplicationsCarriedIn as CarriedIn, ApplicationsCarriedOut as CarriedOut, ApplicationsCompleted as Completed,
    ApplicationsReceived as Received, ProactiveTotal as Total,
};

/// What these tests are about; the other kinds have tests of their own.
const KINDS: [ClaimKind; 5] = [Received, CarriedIn, Completed, CarriedOut, Total];

fn read(text: &str, topics: &[Topic]) -> Vec<(ClaimKind, String)> {
    let sentence = Sentence {
        part: 1,
        text: text.to_owned(),
        origins: (1..).take(text.chars().count()).map(|column| (1, column)).collect(),
    };
    let setting = Setting { topics: topics.to_vec(), opens_paragraph: true };
    let reporter = Reporter { agency: Some("青溪县财政局"), year: Some(2023) };
    let claims = claims(&[sentence], &[setting], &reporter);
    let shown = |claim: &Claim| format!("{}{}", if claim.approximate() { "~" } else { "" }, claim.value);
    claims.iter().filter(|claim| KINDS.contains(&claim.kind)).map(|claim| (claim.kind, shown(claim))).collect()
}

/// Everything read from a text of one or more sentences in one paragraph, as `kind=value`.
fn all(text: &str, part: u8, topics: &[Topic]) -> Vec<String> {
    let mut start = 1;
    let mut sentences = Vec::new();
    for piece in text.split_inclusive(['。', '；']) {
        let count = u32::try_from(piece.chars().count()).unwrap();
        let origins = (start..start + count).map(|column| (1, column)).collect();
        sentences.push(Sentence { part, text: piece.to_owned(), origins });
        start += count;
    }
    let setting = |index| Setting { topics: topics.to_vec(), opens_paragraph: index == 0 };
    let settings: Vec<Setting> = (0..sentences.len()).map(setting).collect();
    let reporter = Reporter { agency: Some("青溪县财政局"), year: Some(2023) };
    let shown = |claim: &Claim| {
        let about = if claim.approximate() { "~" } else { "" };
        let parts: Vec<String> = claim.parts.iter().map(ToString::to_string).collect();
        match claim.kind {
            ClaimKind::Breakdown => format!("{}:{}", claim.value, parts.join("+")),
            ClaimKind::Percentage => format!("{}={}%", parts.join("/"), claim.value),
            ClaimKind::YearOnYear => format!("{}→{}%", parts.join("←"), claim.value),
            kind => format!("{}={about}{}", kind.id(), claim.value),
        }
    };
    claims(&sentences, &settings, &reporter).iter().map(shown).collect()
}

fn check(cases: &[(&str, &[(ClaimKind, &str)])], topics: &[Topic]) {
    for (text, expected) in cases {
        let expected: Vec<_> = expected.iter().map(|&(kind, value)| (kind, value.to_owned())).collect();
        assert_eq!(read(text, topics), expected, "{text}");
    }
}

#[test]
fn none_received() {
    check(
        &[
            ("我局2023年度未受理依申请公开政府信息。", &[(Received, "0")]),
            ("本年度未收到相关政府信息公开的申请。", &[(Received, "0")]),
            ("2023年，我局未接到政府信息公开申请，无依申请公开情况。", &[(Received, "0")]),
            ("全年没有收到公民、法人和其他组织提出的政府信息公开申请。", &[(Received, "0")]),
            ("未收到信函、传真、网络等任何形式的政府信息公开申请。", &[(Received, "0")]),
            ("2023年共收到依申请公开申请0件。", &[(Received, "0")]),
            ("本年度无政府信息公开申请。", &[(Received, "0")]),
            ("未收到政府信息公开申请和行政复议、诉讼。", &[(Received, "0")]),
            ("全年零申请。", &[(Received, "0")]),
            ("我局暂无公民、法人或其他组织要求公开政府信息的申请。", &[(Received, "0")]),
            ("本年度没有依申请公开事项。", &[(Received, "0")]),
            ("2023年无人申请公开政府信息，无申请。", &[(Received, "0")]),
            ("2023年，园区没有收到公开申请。", &[(Received, "0")]),
            (
                "2023年共接收政府信息公开申请0件，全年没有发生因政府信息公开申请行政复议和提起行政诉讼的情况。",
                &[(Received, "0")],
            ),
            (
                "全年新收政府信息公开申请数量0件，上年结转政府信息公开申请数量0件。",
                &[(Received, "0"), (CarriedIn, "0")],
            ),
        ],
        &[Topic::Requests],
    );
}

#[test]
fn restricted_statements_are_no_totals() {
    check(
        &[
            ("线上未收到政府信息公开申请。", &[]),
            ("全年未收到信函申请。", &[]),
            ("通过网站收到政府信息公开申请3件。", &[]),
            ("2022年收到政府信息公开申请5件。", &[]),
            ("2022年，我局收到政府信息公开申请5件。", &[]),
            ("区政府收到政府信息公开申请17件。", &[]),
            ("县教育局收到政府信息公开申请5件。", &[]),
            ("全县共收到政府信息公开申请50件。", &[]),
            ("未收到行政复议申请。", &[]),
            ("未发生因政府信息公开申请引起的行政复议、行政诉讼。", &[]),
            ("收到行政复议申请3件。", &[]),
            ("未收到因政府信息公开被申请行政复议的案件。", &[]),
            ("全年办理行政许可申请120件。", &[]),
            ("收到政府信息公开行政复议申请2件。", &[]),
            ("未收到政府信息公开行政复议申请。", &[]),
            ("对无法受理的申请及时告知。", &[]),
            ("没有依申请公开专栏。", &[]),
            ("未发生依申请公开工作失误。", &[]),
            ("没有超期答复的依申请公开申请。", &[]),
            ("如未收到申请材料，不予受理。", &[]),
            ("我局所属单位未收到政府信息公开申请。", &[]),
            ("政府信息公开申请比上年新增3件。", &[]),
            ("受理公民、法人和其他组织向市政府办公室提出的政府信息公开申请5件。", &[]),
            ("未收到依申请公开行政复议、行政诉讼案件。", &[]),
            ("信息公开类行政复议1起，正在办理中。", &[]),
            ("共办理网民留言47件，已全部办结。", &[]),
        ],
        &[Topic::Requests],
    );
}

#[test]
fn figures_on_applications() {
    check(
        &[
            (
                "收到申请464件，上年结转3件，办结441件，结转下年26件。",
                &[(Received, "464"), (CarriedIn, "3"), (Completed, "441"), (CarriedOut, "26")],
            ),
            ("2023年，我局共受理政府信息公开申请1,234件，均已按时办结。", &[(Received, "1234")]),
            ("青溪县财政局全年共收到依申请公开12件。", &[(Received, "12")]),
            ("县财政局收到政府信息公开申请二十余件。", &[(Received, "~20")]),
            ("收到政府信息公开申请，共计12件，已全部答复。", &[(Received, "12")]),
            ("全年共收到12件，12件均已办结。", &[(Received, "12"), (Completed, "12")]),
            ("受理并办结依申请公开12件。", &[(Received, "12"), (Completed, "12")]),
            ("全年依申请公开办理0件。", &[(Completed, "0")]),
            (
                "共办理政府信息公开申请15件，其中新收12件，上年结转3件。",
                &[(Completed, "15"), (Received, "12"), (CarriedIn, "3")],
            ),
            (
                "2023年收到政府信息公开申请12件，较2022年增加3件，办结10件，2件结转至2024年继续办理。",
                &[(Received, "12"), (Completed, "10"), (CarriedOut, "2")],
            ),
            ("本年新收政府信息公开申请34件，上年度结转政府信息公开申请2件。", &[(Received, "34"), (CarriedIn, "2")]),
            (
                "其中予以公开9件，不予公开答复2件，无法提供10件，其他处理14件，转下一年度办理答复的有1件。",
                &[(CarriedOut, "1")],
            ),
            ("无上年结转申请。", &[(CarriedIn, "0")]),
            (
                "全年收政府信息公开申请464件，结转上年度政府信息公开申请3件，本年度办结441件，剩余26件结转下年度办理。",
                &[(Received, "464"), (CarriedIn, "3"), (Completed, "441"), (CarriedOut, "26")],
            ),
            (
                "共收到依申请公开办理事项7件，其中，6件均按时限答复，1件结转下年办理。",
                &[(Received, "7"), (Completed, "6"), (CarriedOut, "1")],
            ),
            (
                "财政局共收到信息公开申请22起，比2022年（31起）下降29%，答复22起。",
                &[(Received, "22"), (Completed, "22")],
            ),
            (
                "全年共收到依申请公开308件，上年结转1件，法定期限内予以答复306件，结转下年3件。",
                &[(Received, "308"), (CarriedIn, "1"), (Completed, "306"), (CarriedOut, "3")],
            ),
            (
                "本局共收到政府信息依申请公开件15件，除2件结转2024年继续办理，其他13件均按时答复。",
                &[(Received, "15"), (CarriedOut, "2"), (Completed, "13")],
            ),
            ("通过线上、线下等渠道共收到政府信息公开申请3宗。", &[(Received, "3")]),
        ],
        &[Topic::Requests],
    );
}

#[test]
fn proactive_totals() {
    check(
        &[
            ("2023年，我单位在县政府网站主动公开信息37条，其中政策文件9条，通知公告16条。", &[(Total, "37")]),
            ("全年发布共105余条。", &[(Total, "~105")]),
            ("2023年，我局在县政府网站发布、转发各类信息20余条。", &[(Total, "~20")]),
            ("全年主动公开政府信息1.2万条。", &[(Total, "~12000")]),
            ("微信公众号发布信息300条。", &[]),
            ("2022年主动公开信息30条。", &[]),
            ("制定主动公开制度3项。", &[]),
        ],
        &[Topic::ProactiveDisclosure],
    );
}

/// Of what is read from each text, what these tests are about is exactly this.
fn check_all(cases: &[(&str, &[&str])], part: u8, topics: &[Topic], about: fn(&str) -> bool) {
    for (text, expected) in cases {
        let read: Vec<String> = all(text, part, topics).into_iter().filter(|claim| about(claim)).collect();
        assert_eq!(read, *expected, "{text}");
    }
}

#[test]
fn breakdowns() {
    check_all(
        &[
            ("全年公开信息37条，其中政策文件9条，通知公告16条，其他信息12条。", &["37:9+16+12"]),
            ("公开信息37条。其中，政策文件9条、通知公告16条。", &["37:9+16"]),
            ("主动公开政府信息总数15条：工作动态9条，预算决算6条。", &["15:9+6"]),
            ("公开信息21条，包括：机构信息6条；财政信息5条；其他10条。", &["21:6+5+10"]),
            ("收到申请14件（其中信函申请10件，网络申请4件），已办结12件，2件结转下年。", &["14:10+4"]),
            ("受理申请5件。“同意公开”3件，“部分公开”0件，“不予公开”2件。", &["5:3+0+2"]),
            // What makes the list add up is a part, whatever it is called; what follows is not.
            ("公开信息8条，其中机构职能3条，回复留言5条，办理建议4条。", &["8:3+5"]),
            ("公开信息560条，其中网站268条，其他方式292条，规范性文件1件。", &["560:268+292"]),
            // Parts of parts.
            ("公开信息50条，其中机构信息20条，内有领导成员12条、内设机构8条；工作信息30条。", &["50:20+30", "20:12+8"]),
            ("公开信息41条，其中机构信息22条，概况1条、其中领导13条、内设机构8条；其他19条。", &[]),
            (
                "发布信息108条，其中网站89篇次（文字解读48篇次、图文解读41篇次），公众号19条。",
                &["108:89+19", "89:48+41"],
            ),
            // Not a list: a comparison, another channel, outcomes of what came in and what was carried in.
            ("收到申请22件，比2022年（31件）下降29%。", &[]),
            ("收到申请3件，上年结转1件，其中网络申请3件，信函申请1件。", &[]),
            // Parts of nothing are parts of what came in.
            ("收到申请5件，上年结转0件，其中予以公开0件，部分公开0件。", &["5:0+0"]),
            ("收到申请0件，上年结转0件，其中予以公开0件，部分公开0件。", &["0:0+0"]),
            ("网站公开信息20条，其中动态9条，公告11条；通过公众号发布信息46条。", &["20:9+11"]),
        ],
        1,
        &[],
        |claim| claim.contains(':'),
    );
}

#[test]
fn percentages_are_of_the_total_that_fits() {
    check_all(
        &[
            (
                "收到申请1046件，其中网络申请862件，占比82.4%；信函申请184件，占17.6%。",
                &["862/1046=82.4%", "184/1046=17.6%"],
            ),
            ("收到申请8件，其中网络申请5件，信函申请3件，办结率100%。", &[]),
        ],
        1,
        &[Topic::Requests],
        |claim| claim.contains('%'),
    );
}

#[test]
fn changes_from_last_years_figure() {
    check_all(
        &[
            ("收到申请464件，同比增长12%，上年413件。", &["464←413→12%"]),
            ("收到申请22起，比2022年（31起）下降29%，答复22起。", &["22←31→-29%"]),
            ("收到申请464件，较2022年的413件增长12.35%。", &["464←413→12.35%"]),
            ("2022年收到申请413件。2023年收到申请464件，同比增长12.3%。", &["464←413→12.3%"]),
            ("收到申请464件，比上年增加51件，增长12.3%。", &["464←413→12.3%"]),
            // The base is not stated, is another year's, another unit's, or was carried over.
            ("收到申请464件，同比增长12%。", &[]),
            ("收到申请464件，上年结转413件，同比增长12%。", &[]),
            ("2020年收到申请413件。2023年收到申请464件，同比增长12.3%。", &[]),
            ("上年公开信息413条。收到申请464件，同比增长12%。", &[]),
            ("收到申请464件，上年413件，办结率提高12%。", &[]),
            ("收到申请464件，上年413件，环比增长12%。", &[]),
            ("收到申请464件，上年413件，同比增长近12%。", &[]),
        ],
        1,
        &[Topic::Requests],
        |claim| claim.contains('→'),
    );
}

#[test]
fn outcomes() {
    check_all(
        &[
            (
                "办结申请18件，其中予以公开6件，部分公开2件，不予公开的5件，无法提供4件，不予处理0件，其他处理1件。",
                &[
                    "applications_granted=6",
                    "applications_partially_granted=2",
                    "applications_denied=5",
                    "applications_unavailable=4",
                    "applications_not_processed=0",
                    "applications_other=1",
                ],
            ),
            ("予以公开及部分公开258件。", &[]),
            ("因本机关不掌握无法提供4件。", &[]),
            // Documents by how they may be disclosed.
            ("主动公开36件、依申请公开436件、不予公开43件。", &[]),
            ("收到申请3件，均已按时办结。", &["applications_all_completed=0"]),
            ("收到申请3件，到期的均已办结。", &[]),
            ("收到申请3件，均已按时答复。", &[]),
            ("办理建议3件，均已办结。", &[]),
        ],
        1,
        &[Topic::Requests],
        |claim| !["received", "proactive", "completed=18", ":"].iter().any(|word| claim.contains(word)),
    );
}

#[test]
fn disputes() {
    check_all(
        &[
            ("因政府信息公开引起的行政复议案件9件，行政诉讼3件。", &["reconsiderations=9", "litigations=3"]),
            ("未发生因政府信息公开申请引起的行政复议、行政诉讼。", &["reconsiderations=0", "litigations=0"]),
            ("发生1起有关政府信息公开的行政复议案件。", &["reconsiderations=1"]),
            ("政府信息公开行政复议备案134件。", &[]),
            ("全年办理行政复议案件45件。", &[]),
            ("政府信息公开行政复议7件，其中维持5件。", &["reconsiderations=7"]),
            ("2022年因政府信息公开引起行政复议2件。", &[]),
        ],
        1,
        &[],
        |claim| claim.starts_with("rec") || claim.starts_with("lit"),
    );
}

#[test]
fn documents_and_decisions() {
    check_all(
        &[
            (
                "制发行政规范性文件12件，废止3件，现行有效件数25件。",
                &["normative_documents_made=12", "normative_documents_repealed=3", "normative_documents_in_force=25"],
            ),
            ("制定政策文件9件。", &[]),
            ("规范性文件失效2件。", &[]),
            ("公开规范性文件类信息2条。", &[]),
            ("作出行政处罚决定57件，办理行政许可120件。", &["penalties=57", "licences=120"]),
            ("公开信息37条，其中政策文件36条，行政处罚决定书1条。", &["penalties=1"]),
            ("公开行政许可信息3567条。", &[]),
            ("受理行政许可申请30件。", &[]),
        ],
        1,
        &[Topic::InformationManagement],
        |claim| ["norm", "pen", "lic", "comp"].iter().any(|kind| claim.starts_with(kind)),
    );
}

#[test]
fn fees() {
    check_all(
        &[
            ("本年度没有收取信息处理费。", &["fee_charged=0"]),
            ("收取信息处理费0元。", &["fee_charged=0"]),
            (
                "共3件，收取信息处理费2230元，其中甲880元，乙1080元，丙270元。",
                &["fee_charged=2230", "2230:880+1080+270"],
            ),
            ("行政事业性收费7545.28万元。", &[]),
        ],
        6,
        &[],
        |_| true,
    );
}

#[test]
fn totals_of_one_place_among_several() {
    check(
        &[
            ("通过政府网站公开信息115条，通过微信公众号公开信息104条。", &[]),
            ("网站发布信息208条、微信公众号发布信息196条。", &[]),
            ("通过政府网站主动公开信息115条。", &[(Total, "115")]),
            ("通过政府网站、微信公众号等平台主动公开信息115条。", &[(Total, "115")]),
            ("主动公开政府信息总数171条。", &[(Total, "171")]),
            ("主动公开工作动态、办事指南等各类信息48条。", &[(Total, "48")]),
            ("主动公开机构职能信息3条。", &[]),
            ("公开基础信息135条，水利信息81条，合计共216条。", &[(Total, "216")]),
            ("我局信息主动公开292条。", &[(Total, "292")]),
        ],
        &[Topic::ProactiveDisclosure],
    );
}

#[test]
fn every_claim_says_why() {
    let sentence = Sentence {
        part: 1,
        text: "我局收到政府信息公开申请20余件。".to_owned(),
        origins: (1..17).map(|column| (1, column)).collect(),
    };
    let setting = Setting { topics: vec![Topic::Requests], opens_paragraph: true };
    let reporter = Reporter { agency: Some("青溪县财政局"), year: Some(2023) };
    let claims = claims(&[sentence], &[setting], &reporter);
    assert_eq!(claims[0].reason.zh, "依据“收到”；对象“信息公开申请”；主体为本机关；不少于此数");
    assert_eq!((claims[0].subject, claims[0].bound), (Subject::Agency, Bound::AtLeast));
}
