//! Running the program from outside.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;

/// The file of the program: the one that was built with the tests, or another build of it, which
/// `NIANSHEN_PROGRAM` names.
pub(crate) fn program() -> &'static Path {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
        let other = std::env::var_os("NIANSHEN_PROGRAM").map(PathBuf::from);
        other.unwrap_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_nianshen")))
    });
    &PROGRAM
}

/// The program, in English, without anything of the surrounding environment that it listens to.
pub(crate) fn nianshen() -> Command {
    let mut command = Command::new(program());
    command.env("LC_ALL", "C").env_remove("NO_COLOR").env("TERM", "xterm");
    command
}

/// Runs `check` with `options` in `directory`.
pub(crate) fn check(directory: &Path, options: &[&str]) -> Output {
    nianshen().current_dir(directory).arg("check").args(options).output().unwrap()
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub(crate) fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The element of `reports` whose path ends with `name`.
pub(crate) fn report<'a>(document: &'a Value, name: &str) -> &'a Value {
    let reports = document["reports"].as_array().unwrap();
    reports.iter().find(|report| report["path"].as_str().unwrap().ends_with(name)).unwrap()
}

/// A report with the given figures of 本年新收: applicants and total. Everything else is 0.
pub(crate) fn sample(agency: &str, received: [u32; 7]) -> String {
    let zeros = "0 0 0 0 0 0 0";
    let line = |figures: [u32; 7]| figures.map(|figure| figure.to_string()).join(" ");
    let mut rows = vec![
        format!("一、本年新收政府信息公开申请数量 {}", line(received)),
        format!("二、上年结转政府信息公开申请数量 {zeros}"),
        format!("三、本年度办理结果 （一）予以公开 {}", line(received)),
        format!("（二）部分公开（区分处理的，只计这一情形，不计其他情形） {zeros}"),
        "（三）不予公开".to_owned(),
    ];
    let groups: [&[&str]; 4] = [
        &[
            "1.属于国家秘密",
            "2.其他法律行政法规禁止公开",
            "3.危及“三安全一稳定”",
            "4.保护第三方合法权益",
            "5.属于三类内部事务信息",
            "6.属于四类过程性信息",
            "7.属于行政执法案卷",
            "8.属于行政查询事项",
        ],
        &["1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"],
        &[
            "1.信访举报投诉类申请",
            "2.重复申请",
            "3.要求提供公开出版物",
            "4.无正当理由大量反复申请",
            "5.要求行政机关确认或重新出具已获取信息",
        ],
        &[
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "3.其他",
        ],
    ];
    for (index, group) in groups.into_iter().enumerate() {
        rows.extend(group.iter().map(|label| format!("{label} {zeros}")));
        rows.extend(["（四）无法提供", "（五）不予处理", "（六）其他处理"].get(index).map(ToString::to_string));
    }
    rows.push(format!("（七）总计 {}", line(received)));
    rows.push(format!("四、结转下年度继续办理 {zeros}"));
    let table = rows.join("\n");
    format!(
        "{agency}2023年政府信息公开工作年度报告

本报告的统计期限为2023年1月1日至2023年12月31日。地址：某路1号，电话：0000-0000000。
一、总体情况
（一）主动公开。2023年，{agency}主动公开政府信息20条。
（二）依申请公开。本年收到政府信息公开申请{}件。
（三）政府信息管理。专人管理，定期检查。
（四）政府信息公开平台建设。网站栏目运行正常。
（五）监督保障。组织了一次培训，无责任追究。
二、主动公开政府信息情况
第二十条第（一）项
信息内容 本年制发件数 本年废止件数 现行有效件数
规章 0 0 0
行政规范性文件 0 0 0
第二十条第（五）项
信息内容 本年处理决定数量
行政许可 0
第二十条第（六）项
信息内容 本年处理决定数量
行政处罚 0
行政强制 0
第二十条第（八）项
信息内容 本年收费金额（单位：万元）
行政事业性收费 0
三、收到和处理政府信息公开申请情况
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况
自然人 法人或其他组织 总计
商业企业 科研机构 社会公益组织 法律服务机构 其他
{table}
四、政府信息公开行政复议、行政诉讼情况
行政复议 行政诉讼
未经复议直接起诉 复议后起诉
结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计
0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
五、存在的主要问题及改进情况
存在的问题：公开内容不够丰富，更新不够及时。改进措施：加强学习，按时更新，细化责任分工。
六、其他需要报告的事项
本年度未收取信息处理费。
",
        received[6],
    )
}

/// A report in which everything ties out.
pub(crate) fn balanced() -> String {
    sample("甲县医疗保障局", [3, 1, 0, 0, 0, 0, 4])
}

/// A report whose 本年新收 does not add up: 3 + 1 is printed as 5.
pub(crate) fn unbalanced() -> String {
    balanced().replace("本年新收政府信息公开申请数量 3 1 0 0 0 0 4", "本年新收政府信息公开申请数量 3 1 0 0 0 0 5")
}
