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
                &[(Received, "7"), (CarriedOut, "1")],
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
