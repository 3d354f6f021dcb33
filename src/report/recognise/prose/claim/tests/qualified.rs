//! Statements that are restricted by a word, and are no totals; and their like that are.

use super::*;

fn check_these(cases: &[(&str, &[&str])], part: u8, topics: &[Topic], kinds: &[&str]) {
    for (text, expected) in cases {
        let about = |claim: &String| kinds.iter().any(|kind| claim.starts_with(kind));
        let read: Vec<String> = all(text, part, topics).into_iter().filter(about).collect();
        assert_eq!(read, *expected, "{text}");
    }
}

#[test]
fn disputes_over_something_else() {
    check_these(
        &[
            ("未发生因逾期答复引发的行政复议和行政诉讼。", &[]),
            ("未发生因信息公开不当引发的舆情、行政复议。", &[]),
            ("没有因主动公开引起的行政复议、行政诉讼。", &[]),
            ("全年办理因其他执法行为引起的行政复议15件、行政诉讼9件。", &[]),
            ("我局作为被告的行政诉讼案件共6件，其中信息公开类2件。", &[]),
            ("行政复议案件总数10件，其中政府信息公开类3件。", &[]),
            ("全年被提起行政诉讼1件（系政府采购投诉处理引起，与信息公开无关）。", &[]),
            ("依申请公开方面无行政复议纠错。", &[]),
            ("因政府信息公开申请答复引起行政复议3件。", &["reconsiderations=3"]),
            ("因申请人对信息公开答复不服而提起的行政复议3件。", &["reconsiderations=3"]),
            ("未发生由政府信息公开引起的行政复议。", &["reconsiderations=0"]),
        ],
        4,
        &[],
        &["reconsiderations", "litigations"],
    );
}

#[test]
fn decisions_and_documents_of_others() {
    check_these(
        &[
            ("移送行政处罚案件230件线索。", &[]),
            ("移送行政处罚2件。", &[]),
            ("协助办理行政许可12件、行政处罚3件。", &[]),
            ("办理行政许可12件、行政处罚3件（均由县综合执法局作出）。", &[]),
            ("行政处罚3件由县综合执法局作出。", &[]),
            ("参与制定行政规范性文件4件（牵头单位为县发改局等）。", &[]),
            ("会同县司法局制定行政规范性文件4件。", &[]),
            ("作出行政处罚3件（罚款由县财政局统一收缴）。", &["penalties=3"]),
            ("制定行政规范性文件4件（含修订1件）。", &["normative_documents_made=4"]),
        ],
        1,
        &[Topic::InformationManagement],
        &["norm", "pen", "lic", "comp"],
    );
}

#[test]
fn fees_and_their_split() {
    check_these(
        &[
            (
                "发出收费通知3件，共收取信息处理费500元，其中县住建局1件200元，县教育局2件400元。",
                &["fee_charged=500", "500:200+400"],
            ),
            ("收取信息处理费共计2件500元（其中按件1件200元、按量1件300元）。", &["fee_charged=500", "500:200+300"]),
            (
                "发出收费通知9件，总金额3460元，实际收取信息处理费4件1930元，其中甲市3件1500元，乙县1件430元。",
                &["fee_charged=3460", "1930:1500+430"],
            ),
            ("发出收费通知3件，总金额500元，实际收取600元。", &["fee_charged=500"]),
            ("2023年收取信息处理费0件，合计200元。", &["fee_charged=200"]),
            ("未收取信息处理费，培训经费合计200元。", &["fee_charged=0"]),
            ("收取信息处理费3件500元，其中10件以下每件100元。", &["fee_charged=500"]),
        ],
        6,
        &[],
        &["fee", "500:", "1930:"],
    );
}
