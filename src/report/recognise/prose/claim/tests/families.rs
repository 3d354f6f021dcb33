//! Families of wordings: lists across semicolons and brackets, places beside one another, parts that balance.

use super::wordings::{check_these, counts_received, of};
use super::*;

#[test]
fn parts_completed_and_carried() {
    check_these(
        &[
            // What is completed of a whole is said where the rest was carried on.
            (
                "共受理申请19件，其中18件已在法定期限内予以答复，1件结转至2024年度办理；予以公开18件。",
                &["applications_received=19", "applications_completed=18", "applications_carried_out=1"],
            ),
            (
                "收到申请9条，其中7条已经按时限回复，2条转接到2024年答复。",
                &["applications_received=9", "applications_completed=7", "applications_carried_out=2"],
            ),
            (
                "累计办理依申请公开信息合计19件，18件按期限答复办结，1件结转到2024年度办理。",
                &["applications_completed=18", "applications_carried_out=1"],
            ),
            (
                "累计办理依申请公开信息合计19件，其中18件按期限答复，1件结转到2024年度办理。",
                &["applications_completed=18", "applications_carried_out=1"],
            ),
            ("2023年，财政局依申请公开信息0条。", &["applications_received=0"]),
            ("2023年，教育局依申请公开信息0条。", &[]),
            ("共收到申请公开件92件、上一年度结转2件。", &["applications_received=92", "applications_carried_in=2"]),
            ("办理依申请公开事项6件，均已答复。", &["applications_completed=6"]),
            ("办理占用城市道路申请件77件。", &[]),
            ("收到申请9件，其中7件已经按时回复。", &["applications_received=9"]),
            ("收到申请10件，其中2件均按程序办结，6件本机关不掌握，重复申请2件。", &["applications_received=10"]),
            ("受理申请36件，其中按期办结36件。", &["applications_received=36", "applications_completed=36"]),
            ("受理申请0件，已完成0件。", &["applications_received=0", "applications_completed=0"]),
            // Both at once.
            (
                "无2022年结转申请和结转2024年继续办理事项。",
                &["applications_carried_in=0", "applications_carried_out=0"],
            ),
            ("上年结转3件、结转下年2件。", &["applications_carried_in=3", "applications_carried_out=2"]),
            ("上年结转、结转下年申请均为0件。", &["applications_carried_in=0", "applications_carried_out=0"]),
            ("无上年和下年结转申请。", &["applications_carried_in=0", "applications_carried_out=0"]),
            ("未收到政府信息公开申请信件。", &["applications_received=0"]),
            ("2023年结转2024年办理3件。", &["applications_carried_out=3"]),
        ],
        &[Topic::Requests],
        of(&["applications_received", "applications_carried", "applications_completed"]),
    );
}

#[test]
fn lists_that_are_not_announced() {
    check_these(
        &[
            ("收到申请6件，2件为网络申请，4件为信函申请。", &["6:2+4"]),
            ("收到申请7件，2件为网络申请，4件为信函申请。", &[]),
            ("收到申请32件，办结30件。从申请方式看，网络申请24件，占75%；信函申请8件，占25%。", &["32:24+8"]),
            ("收到申请32件，办结30件。从申请方式看，网络申请24件，信函申请6件。", &["30:24+6"]),
            ("收到申请32件，办结30件。从申请方式看，网络申请20件，信函申请6件。", &[]),
        ],
        &[Topic::Requests],
        of(&[":"]),
    );
    check_these(&[("收到申请32件。从内容看，土地类24件，其他类8件。", &["32:24+8"])], &[Topic::Requests], of(&[":"]));
}

#[test]
fn lists_and_what_interrupts_them() {
    check_these(
        &[
            // 一次会议 is no count; what a heading announces.
            ("办理建议提案22件，其中：七届一次会议建议5件、一次会议提案1件、二次会议建议16件。", &["22:5+1+16"]),
            ("公开信息8条，主要类别：机构概况3条，人事信息5条。", &["8:3+5"]),
            // People, clicks and links between the parts.
            ("公开信息79条，其中网站发布12条，公众号发布59条，阅读量17231人次，县报发布8条。", &["79:12+59+8"]),
            (
                "公开信息70条，其中文件14条，招标信息3条，并已链接至“青溪县公共资源交易平台”，重点领域53条。",
                &["70:14+3+53"],
            ),
            (
                "公开信息85条，其中部门文件27条，行政许可23条，按时公开部门预决算等信息30条，依法公开处罚5条。",
                &["85:27+23+30+5"],
            ),
            (
                "公开信息900条。其中概况类328条、动态301条，按时更新“法律援助”等20个专题，发布解读信息25条。",
                &["900:328+301"],
            ),
            // Several totals, and more than any of them; what became of some; an object of its own.
            ("网站公开信息754条，新媒体公开信息2808条。其中，公众号1205条、微博12984条。", &[]),
            ("公众号发布信息1930条，累计阅读148万人次。其中被省级媒体采用379条，市级媒体采用301条。", &[]),
            ("公众号发布信息1816条；在报刊电视积极开展宣传报道，其中省级媒体213篇、市级媒体157篇。", &[]),
            // Outcomes of what came in and of what was carried in, though some add up to what came in.
            ("收到申请7件，上年结转1件；予以公开3件，无法提供4件，结转下年1件。", &[]),
            // Parts with a total of their own; what is passed on is no part.
            (
                "目录和专栏共公开188条。其中目录中公开年报1条，机构4条，文件97条，共发布102条；专栏发布86条。",
                &["102:1+4+97"],
            ),
            ("网站发布信息1802条，其中动态200条，公告300条；转发时政要闻153条。", &["1802:200+300"]),
            // A list without numbers is over at the semicolon.
            ("网站公开信息952条，包含招生、招聘等信息；通过公众号公开信息580条，通过微博公开445条。", &[]),
        ],
        &[Topic::ProactiveDisclosure],
        of(&[":"]),
    );
}

#[test]
fn totals_and_the_places_beside_them() {
    check_these(
        &[
            // What stands behind the semicolon is no part of the list, and the site's count no total.
            ("网站发布信息53篇，其中动态43篇、财政10篇；公众号发布信息158条。", &[]),
            ("通过网站主动公开信息10526条。其中概况类328条，动态301条；通过公众号发布信息540条。", &[]),
            ("网站公开信息952条，包含招生、招聘等信息；通过公众号公开信息580条。", &[]),
            ("网站公开信息218条，其中治理109条，招投标公开6条，通过公众号发布信息995条。", &[]),
            ("在公众号公开动态80余条，全年公开政府信息23条。", &["proactive_total=23"]),
            ("主动公开要闻、视频新闻、公示公告等信息1254条。", &["proactive_total=1254"]),
            ("主动公开政府信息工作139条。", &["proactive_total=139"]),
            ("网站公开督察信息69条，环境质量现状信息公开12条。", &[]),
            ("主动公开信息497条，其中网站发布165条；公众号发布332条。", &["proactive_total=497"]),
            ("通过网站公开信息114条。依托公众号，发布各类信息360条。", &[]),
            ("通过网站公开信息111条。通过公众号发布图文信息，内容有动态、会议等共30篇。", &[]),
            ("通过网站发布信息70余件，利用公众号、APP等媒体发布各类信息260余件。", &[]),
            ("通过网站主动公开信息571条。公众号全年共推出589条图文。", &[]),
            // What the press wrote is nothing that the agency published beside its site.
            ("通过网站主动公开信息2405条。在主流媒体发布原创报道2966篇。", &["proactive_total=2405"]),
            ("通过网站、公众号等平台共推送文件、公告等各类信息773条。", &["proactive_total=773"]),
            ("推进提案办理结果信息公开400余条。", &[]),
            // A channel that is spoken of and carries nothing.
            (
                "我局优化了网站栏目，主动公开信息共373条，通过网站发布93条、通过公众号发布280条。",
                &["proactive_total=373"],
            ),
            // Of the agency's own field, and of a kind.
            ("全年主动公开各类财政信息1112条。", &["proactive_total=1112"]),
            ("全年公开预算、动态等财政信息240篇。", &["proactive_total=240"]),
            ("全年主动公开各类水利信息12条。", &[]),
            ("主动公开财政信息63条。", &["proactive_total=63"]),
            ("主动公开财政信息63条；预算文件3条。", &[]),
            ("网站的部门动态信息发布49篇。", &[]),
            ("机构职能类信息1条，其他应当主动公开的政府信息3条。", &[]),
            // A site by its name, and a list of places that are all of them.
            ("网站公开信息1150条。在“中国·青溪”公开政府信息221条。", &[]),
            ("网站发布信息1330条。同时借助公众号“青溪”，全年发布信息392条。", &[]),
            (
                "我局通过电子显示屏、公开栏、电视节目和微信公众号定期发布信息，2023年累计发布各类信息共1631条。",
                &["proactive_total=1631"],
            ),
            // Names of sites within quotation marks, of others' sites; what a site includes.
            ("通过《青溪县人民政府网》发布各类信息85条。", &["proactive_total=85"]),
            ("我局通过县政府网站、云岭市科技局官网等方式向社会公布各类政府信息110条。", &["proactive_total=110"]),
            ("县政府门户网包括部门及乡镇专栏共计发布各类信息4308条。", &["proactive_total=4308"]),
            ("在青溪县财政局官网发布各类政务信息总计1270条。", &["proactive_total=1270"]),
            // Added up over semicolons.
            ("网站公开信息5条；公众号公开10条；共计15条。", &["proactive_total=15"]),
            ("网站公开信息5条；公众号公开10条；共计16条。", &[]),
        ],
        &[Topic::ProactiveDisclosure],
        of(&["proactive"]),
    );
}

#[test]
fn whose_site_and_whose_office() {
    let read = counts_received;
    assert!(read("云岭市人民政府办公室", "市政府及市政府办公室共受理政府信息公开申请21件。"));
    assert!(!read("云岭市人民政府办公室", "市政府共受理政府信息公开申请21件。"));
    assert!(!read("云岭市人民政府办公室", "市政府及市财政局共受理政府信息公开申请21件。"));
    assert!(read("云岭市青溪区柳林街道", "柳林街道办事处收到政府信息公开申请3件。"));
    assert!(!read("云岭市青溪区柳林街道", "松坪街道办事处收到政府信息公开申请3件。"));
    assert!(read("青溪县", "青溪县人民政府收到政府信息公开申请3件。"));
    assert!(read("云岭市柳河镇人民政府", "区镇全年收到政府信息公开申请3件。"));
}

#[test]
fn disputes_not_reconsidered_first() {
    check_these(
        &[
            ("政府信息公开行政诉讼案1件，未经复议直接起诉。", &["litigations=1"]),
            ("政府信息公开行政诉讼案1件，未经行政复议直接起诉。", &["litigations=1"]),
        ],
        &[],
        of(&["rec", "lit"]),
    );
}

#[test]
fn a_paragraph_takes_apart_what_the_one_above_counted() {
    let sentence = |text: &str, line| Sentence {
        part: 1,
        text: text.to_owned(),
        origins: (1..).take(text.chars().count()).map(|column| (line, column)).collect(),
    };
    let breakdown = |second: &str| {
        let sentences = [sentence("2023年，累计公开政府信息44条。", 1), sentence(second, 2)];
        let setting = || Setting { topics: vec![Topic::ProactiveDisclosure], opens_paragraph: true };
        let reporter = Reporter { agency: Some("青溪县财政局"), year: Some(2023) };
        let claims = claims(&sentences, &[setting(), setting()], &reporter);
        claims.iter().any(|claim| claim.kind == ClaimKind::Breakdown)
    };
    assert!(breakdown("从公开渠道来看，网站公开信息2条，现场公开42条。"));
    assert!(!breakdown("从公开渠道来看，网站公开信息2条，现场公开40条。"));
    assert!(!breakdown("其中，网站公开信息2条，现场公开42条。"));
}

#[test]
fn what_goes_by_a_name_of_its_own() {
    check_these(
        &[
            // Kinds that 公开 or 热点 names, and what is the agency's own.
            ("通过局网站发布通知56条、公告68条、预决算公开信息11条。", &[]),
            ("全年发布执法公开信息19条。", &[]),
            ("全年通过局网站发布热点信息等130余条。", &[]),
            ("全年通过局网站公开动态、公告信息等130条。", &["proactive_total=130"]),
            ("通过网站、公众号和各类媒体主动公开本部门信息314条。", &["proactive_total=314"]),
        ],
        &[Topic::ProactiveDisclosure],
        of(&["proactive"]),
    );
    check_these(
        &[
            // The same in every place is no part of it; what is told without a word for parts must add up.
            ("公开信息58条，其中网站公开58条，公众号公开58条，公开栏公开58条。", &[]),
            ("公开信息58条，内容涉及动态41条，公告17条。", &["58:41+17"]),
            ("公开信息58条，内容涉及动态41条，公告12条。", &[]),
        ],
        &[Topic::ProactiveDisclosure],
        of(&[":"]),
    );
    check_these(
        &[
            // What is not done is carried on.
            (
                "已办结7件，2件正在办理中，结转至2024年继续办理。",
                &["applications_completed=7", "applications_carried_out=2"],
            ),
            ("已办结7件，剩余2件尚未办结，转下年度办理。", &["applications_completed=7", "applications_carried_out=2"]),
            ("已办结7件，2件正在办理中。", &["applications_completed=7"]),
            (
                "已办结7件，2件正在办理中，无结转下年度办理。",
                &["applications_completed=7", "applications_carried_out=0"],
            ),
            // Another body's.
            ("全年配合县政府办答复依申请公开4件。", &[]),
        ],
        &[Topic::Requests],
        of(&["applications_completed", "applications_carried"]),
    );
}
