//! The prescribed form, written down a second time, so that the reader and its tests do not share a
//! mistake. Nothing here is taken from `nianshen`'s own declaration.

/// Keys of the three tables.
pub(crate) const TWO: &str = "proactive_disclosure";
pub(crate) const THREE: &str = "requests";
pub(crate) const FOUR: &str = "disputes";

/// A row of figures of the table of part three.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestRow {
    pub(crate) id: &'static str,
    pub(crate) label: &'static str,
    /// Whether it stands under 三、本年度办理结果.
    pub(crate) result: bool,
    /// The group it stands under, as an index into [`GROUPS`].
    pub(crate) group: Option<usize>,
}

const fn plain(id: &'static str, label: &'static str) -> RequestRow {
    RequestRow { id, label, result: false, group: None }
}

const fn result(id: &'static str, label: &'static str) -> RequestRow {
    RequestRow { id, label, result: true, group: None }
}

const fn child(group: usize, id: &'static str, label: &'static str) -> RequestRow {
    RequestRow { id, label, result: true, group: Some(group) }
}

pub(crate) const RESULTS_LABEL: &str = "三、本年度办理结果";

/// Key and label of the four groups.
pub(crate) const GROUPS: [(&str, &str); 4] = [
    ("denied", "（三）不予公开"),
    ("unavailable", "（四）无法提供"),
    ("not_processed", "（五）不予处理"),
    ("other", "（六）其他处理"),
];

pub(crate) const REQUEST_ROWS: [RequestRow; 25] = [
    plain("new_received", "一、本年新收政府信息公开申请数量"),
    plain("carried_in", "二、上年结转政府信息公开申请数量"),
    result("granted", "（一）予以公开"),
    result("partially_granted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    child(0, "denied.state_secret", "1.属于国家秘密"),
    child(0, "denied.prohibited_by_law", "2.其他法律行政法规禁止公开"),
    child(0, "denied.three_securities_one_stability", "3.危及“三安全一稳定”"),
    child(0, "denied.third_party_rights", "4.保护第三方合法权益"),
    child(0, "denied.internal_affairs", "5.属于三类内部事务信息"),
    child(0, "denied.process_information", "6.属于四类过程性信息"),
    child(0, "denied.enforcement_files", "7.属于行政执法案卷"),
    child(0, "denied.administrative_inquiry", "8.属于行政查询事项"),
    child(1, "unavailable.not_held", "1.本机关不掌握相关政府信息"),
    child(1, "unavailable.requires_creation", "2.没有现成信息需要另行制作"),
    child(1, "unavailable.still_unclear", "3.补正后申请内容仍不明确"),
    child(2, "not_processed.petition_or_complaint", "1.信访举报投诉类申请"),
    child(2, "not_processed.duplicate", "2.重复申请"),
    child(2, "not_processed.published_material", "3.要求提供公开出版物"),
    child(2, "not_processed.excessive", "4.无正当理由大量反复申请"),
    child(2, "not_processed.confirm_or_reissue", "5.要求行政机关确认或重新出具已获取信息"),
    child(3, "other.not_corrected_in_time", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    child(3, "other.fee_not_paid_in_time", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    child(3, "other.other", "3.其他"),
    result("total", "（七）总计"),
    plain("carried_out", "四、结转下年度继续办理"),
];

/// Positions in [`REQUEST_ROWS`].
pub(crate) const NEW: usize = 0;
pub(crate) const CARRIED_IN: usize = 1;
pub(crate) const FIRST_RESULT: usize = 2;
pub(crate) const LAST_RESULT: usize = 22;
pub(crate) const TOTAL: usize = 23;
pub(crate) const CARRIED_OUT: usize = 24;

/// Key and label of the columns of the table of part three.
pub(crate) const APPLICANTS: [(&str, &str); 7] = [
    ("natural_person", "自然人"),
    ("enterprise", "商业企业"),
    ("research_institution", "科研机构"),
    ("public_welfare_organization", "社会公益组织"),
    ("legal_service_institution", "法律服务机构"),
    ("other", "其他"),
    ("total", "总计"),
];

pub(crate) const RULE_NOTE: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";

/// One block of the table of part two.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DisclosureBlock {
    pub(crate) item: &'static str,
    /// Key and label of its columns.
    pub(crate) columns: &'static [(&'static str, &'static str)],
    /// Key and label of its rows.
    pub(crate) rows: &'static [(&'static str, &'static str)],
}

const DECISIONS: &[(&str, &str)] = &[("decisions", "本年处理决定数量")];

pub(crate) const DISCLOSURE: [DisclosureBlock; 4] = [
    DisclosureBlock {
        item: "第二十条第（一）项",
        columns: &[("made", "本年制发件数"), ("repealed", "本年废止件数"), ("in_force", "现行有效件数")],
        rows: &[("government_rules", "规章"), ("normative_documents", "行政规范性文件")],
    },
    DisclosureBlock { item: "第二十条第（五）项", columns: DECISIONS, rows: &[("licensing", "行政许可")] },
    DisclosureBlock {
        item: "第二十条第（六）项",
        columns: DECISIONS,
        rows: &[("penalties", "行政处罚"), ("compulsory_measures", "行政强制")],
    },
    DisclosureBlock {
        item: "第二十条第（八）项",
        columns: &[("amount", "本年收费金额（单位：万元）")],
        rows: &[("fees", "行政事业性收费")],
    },
];

/// Keys of the three blocks of the table of part four.
pub(crate) const DISPUTE_BLOCKS: [&str; 3] =
    ["reconsideration", "litigation_direct", "litigation_after_reconsideration"];

/// Key and label of the columns within a block.
pub(crate) const OUTCOMES: [(&str, &str); 5] = [
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
];

pub(crate) const HEADINGS: [&str; 6] = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
];
