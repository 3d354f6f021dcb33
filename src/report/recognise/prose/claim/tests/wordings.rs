//! Wordings met in real reports, told with sentences of our own.

use super::*;

pub(super) fn of(kinds: &'static [&'static str]) -> impl Fn(&str) -> bool {
    move |claim| kinds.iter().any(|kind| claim.starts_with(kind) || (*kind == ":" && claim.contains(':')))
}

/// Whether the agency says in `text` how many applications it received.
pub(super) fn counts_received(agency: &str, text: &str) -> bool {
    let sentence = Sentence {
        part: 1,
        text: text.to_owned(),
        origins: (1..).take(text.chars().count()).map(|column| (1, column)).collect(),
    };
    let setting = Setting { topics: vec![Topic::Requests], opens_paragraph: true };
    let reporter = Reporter { agency: Some(agency), year: Some(2023) };
    claims(&[sentence], &[setting], &reporter).iter().any(|claim| claim.kind == Received)
}

pub(super) fn check_these(cases: &[(&str, &[&str])], topics: &[Topic], about: impl Fn(&str) -> bool) {
    for (text, expected) in cases {
        let read: Vec<String> = all(text, 1, topics).into_iter().filter(|claim| about(claim)).collect();
        assert_eq!(read, *expected, "{text}");
    }
}

#[test]
fn totals() {
    check_these(
        &[
            // Places beside one another, in one paragraph; an item is no total.
            ("政府网站公开信息120条。同时，通过公众号公开信息310条。", &[]),
            ("通过县政府门户网站发布信息34篇、融媒体中心17篇。", &[]),
            ("在网站财政专栏公开信息13篇，在预决算栏目公开信息36篇。", &[]),
            ("通过水务APP主动公开信息102条。", &[]),
            ("通过服务号发布信息137条。", &[]),
            ("主动公开公告公示143条，动态类信息61条。", &[]),
            ("主动公开公文类政府信息42条。", &[]),
            ("及时公开重点领域政府信息240条。", &[]),
            ("其中通过服务系统公开事项25项；通过发布厅公开信息34条。", &[]),
            ("行政许可公开信息0条，累计公开信息85条。", &["proactive_total=85"]),
            ("通过不同渠道和方式公开信息217条，其中，网站125条，公众号92条。", &["proactive_total=217"]),
            ("通过政府网、公众号等形式主动公开信息87条，网站发布50条。", &["proactive_total=87"]),
            ("截至目前，我局通过青溪县政府网发布各类信息共98条。", &["proactive_total=98"]),
            ("全年公开政府信息2874项。", &["proactive_total=2874"]),
            ("共公开206条，其中主动公开信息数为206条。", &["proactive_total=206"]),
            ("目录系统累计主动公开政府信息4002条。2023年新增主动公开政府信息362条。", &["proactive_total=362"]),
            ("主动公开信息数：175条。主动公开信息分类：网站12条，平台163条。", &["proactive_total=175"]),
            ("上年情况如下。2022年主动公开信息数：175条。", &[]),
            ("在网站公开规章3件，预算文件6件。全年网站共发布各类信息4610条。", &["proactive_total=4610"]),
            ("在公众号公开政策3件。全年网站共发布各类信息4610条。", &[]),
            ("通过青溪政府在线主动公开机构职能、工作动态等政府信息58条。", &["proactive_total=58"]),
            ("通过县政府网站、爱青溪APP、统计网站公开信息91条。", &["proactive_total=91"]),
            ("通过网站等平台主动公开各类政府水务信息约2.5万条，其中网站600条。", &["proactive_total=~25000"]),
            ("及时公开通知公告63条，子站动态6条、法定主动公开信息105条。", &[]),
            ("2023年主动公开政府信息87条。截至2023年底，累计主动公开政府信息6462条。", &["proactive_total=87"]),
        ],
        &[Topic::ProactiveDisclosure],
        of(&["proactive"]),
    );
    check_these(
        &[("本年度共公开政府信息3030条。", &["proactive_total=3030"]), ("共受理依申请政府信息公开5件。", &[])],
        &[Topic::InformationManagement],
        of(&["proactive"]),
    );
}

#[test]
fn applications() {
    check_these(
        &[
            ("全年无依法申请公开件。", &["applications_received=0"]),
            ("全年依申请公开0件。", &["applications_received=0"]),
            ("2023年度依申请公开政务信息数3件，已按时办理。", &["applications_received=3"]),
            ("未接到书面方式的政府信息公开申请和网络方式的政府信息公开申请。", &["applications_received=0"]),
            ("未接到书面方式的政府信息公开申请。", &[]),
            ("主动公开政府信息6条，依申请公开0件。", &[]),
            ("未收到来信、来电、来访等申请公开政府信息。", &["applications_received=0"]),
            ("未收到群众依申请公开的来信、来电、来访。", &["applications_received=0"]),
            (
                "收到群众网上申请公开105件，快递17件，合计122件，上年结转11件。",
                &["applications_received=122", "applications_carried_in=11"],
            ),
            ("收到与政府信息公开申请相关的行政复议1件。", &[]),
            ("收到申请0件，0件转结2023年办结。", &["applications_received=0"]),
            ("收到申请1件，出具《政府信息公开申请答复书》1份。", &["applications_received=1"]),
            ("收到申请5件，另处理重复申请1件。", &["applications_received=5"]),
            (
                "收到申请9件，除4件转结2024年办理以外，均已答复。",
                &["applications_received=9", "applications_carried_out=4"],
            ),
        ],
        &[Topic::Requests],
        of(&["applications_received", "applications_carried", "applications_completed"]),
    );
}

#[test]
fn applications_after_a_list_of_something_else() {
    check_these(
        &[
            ("公开信息2条，其中其他文件2件，受理政府信息公开申请9件。", &["applications_received=9"]),
            ("收到政府信息公开申请9件。其中，收到企业的政府信息公开申请2件。", &["applications_received=9"]),
        ],
        &[],
        of(&["applications_received"]),
    );
}

#[test]
fn outcomes_and_lists() {
    check_these(
        &[
            (
                "办结申请47件，其中予以公开30件；部分予以公开7；不予公开10件。",
                &[
                    "47:30+7+10",
                    "applications_granted=30",
                    "applications_partially_granted=7",
                    "applications_denied=10",
                ],
            ),
            ("已办结件中属于同意公开9件，不予公开1件。", &["applications_granted=9", "applications_denied=1"]),
            // Outcomes in words of their own come before these, which are only the rest.
            (
                "收到申请8件，不属于本机关1件，材料不全4件，不予公开2件，无法提供1件。",
                &["applications_denied=2", "applications_unavailable=1"],
            ),
            ("主动公开政府信息6条，不予公开信息0条，依申请公开信息0条。", &[]),
            // Outcomes of what came in and of what was carried in.
            (
                "受理申请36件（其中自然人32件、企业4件），上年结转7件，予以公开3件、部分公开24件、无法提供12件、结转下年4件。",
                &[
                    "36:32+4",
                    "applications_granted=3",
                    "applications_partially_granted=24",
                    "applications_unavailable=12",
                ],
            ),
            (
                "新收申请317件，上年结转3件。其中，予以公开284件，部分公开18件，结转下年18件。",
                &["applications_granted=284", "applications_partially_granted=18"],
            ),
        ],
        &[Topic::Requests],
        of(&["applications_granted", "applications_part", "applications_den", "applications_un", ":"]),
    );
    check_these(
        &[
            ("主动公开信息50条。工作运行正常。在主动公开的信息中，政策10条，动态40条。", &["50:10+40"]),
            ("主动公开信息6条，不予公开0条。在主动公开的6条信息中，机构类1条、其他类5条。", &["6:1+5"]),
            (
                "制作信息30条，其中主动公开24条，依申请公开6条。在公开信息中，规划4条，许可11条，其他9条。",
                &["30:24+6", "24:4+11+9"],
            ),
            ("公开信息59条，内容涵盖政务30条、动态29条。", &["59:30+29"]),
            ("公开信息59条，内容涵盖民生、财政等领域，发布公告22条，更新栏目3条。", &[]),
            ("承办建议15件，其中主办4件；政协提案57件，其中主办11件。", &[]),
            ("发布动态165条，其中重点动态102条；发布法定信息1条，包括概况1条，以及预算信息2条。", &[]),
            // What is counted in another unit is no part, and the list no sum.
            ("公开信息148篇，其中报告25篇、数据11期、动态101篇。", &[]),
            ("公开信息102条，其中动态47条，目录54条，新设专栏6个，解读4条。", &[]),
            ("公开信息90条。其中，甲网30条，乙网60条。其中乙网60条，动态50条，公告10条。", &["90:30+60"]),
            // The same figure in another list is not the same part told again.
            ("公开信息20条，其中年报9条，动态11条。微博发布40条，其中原创11条，转发29条。", &["20:9+11", "40:11+29"]),
            // Remarks on a part, at length; another place; what the sentence does not count itself.
            (
                "公开信息91条，包括：统计分析54条，内容是工业、投资、消费、能源、建筑业等方面的经营状况分析；工作信息37条。",
                &["91:54+37"],
            ),
            ("公开信息91条，包括统计分析54条，进一步提升了全县统计工作的透明度和公信力，回复留言3条。", &[]),
            ("专栏公开信息47条，其中规章1件、解读15条；交通强国建设专栏，发布成效33条；公开进展6条。", &["47:1+15"]),
            (
                "公开信息1867条，其中人事28条，提案9条。通过网站及时发布预算决算，其中预算15条，决算15条。",
                &["1867:28+9"],
            ),
            ("公开信息292条，其中动态280条、预算9条、主动公开文件1条、年度报告2条。", &["292:280+9+1+2"]),
        ],
        &[Topic::ProactiveDisclosure],
        of(&[":"]),
    );
}

#[test]
fn whose_figures() {
    let read = counts_received;
    assert!(read("云岭经济开发区管理委员会", "全区共收到政府信息公开申请40件。"));
    assert!(read("云岭市公安局青溪区分局", "区公安分局依申请公开受理和办结6件。"));
    assert!(!read("云岭市公安局青溪区分局", "市公安局收到政府信息公开申请6件。"));
    assert!(read("云岭盟行政公署", "全盟各级行政机关共收到政府信息公开申请40件。"));
    assert!(!read("青溪县财政局", "全县共收到政府信息公开申请40件。"));
}
