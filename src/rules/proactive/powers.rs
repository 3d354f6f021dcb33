//! PRO003 to PRO005: what table two says of the powers of the body.

use std::sync::LazyLock;

use super::trial;
use crate::finding::{Finding, Severity};
use crate::report::agency::{Agency, Kind, Level};
use crate::report::{CellRef, Edition, Figure, Report, Table, TableKind};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::rules::phrase;
use crate::text::pattern::Regex;
use crate::text::{Wording, words};

const KIND: TableKind = TableKind::ProactiveDisclosure;
const RULES_ROW: usize = 0;
const DOCUMENTS_ROW: usize = 1;
const LICENSING_ROW: usize = 2;
const PENALTIES_ROW: usize = 3;
const MADE: usize = 0;
const REPEALED: usize = 1;
const IN_FORCE: usize = 2;
const DECISIONS: usize = 3;

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "PRO003",
        name: "no-rule-making-power",
        severity: Severity::Error,
        scope: Scope::Table,
        title: words("没有规章制定权而规章数不为零", "rules counted by a body that cannot make any"),
        manual: Manual {
            basis: words(
                "立法法第九十一条、第九十三条：规章由国务院部门、省级政府和设区的市、自治州政府制定",
                "Legislation Law arts. 91 and 93: ministries, provinces, cities with districts and autonomous prefectures make 规章",
            ),
            condition: words(
                "县级及以下机关、街道办事处、管委会和市级部门的“规章”行有不为零的数；级别不能确定的为警告",
                "the row 规章 is not zero for a body of county level or below, or a city's department; a warning where the level is unsure",
            ),
            example: "镇人民政府的报告 规章 现行有效件数 6",
            remedy: words(
                "规章行改为 0；如属行政规范性文件，填入下一行",
                "write 0 in the row 规章; normative documents belong in the row below",
            ),
            exempt: "省、自治区、直辖市的机关，设区的市和自治州的人民政府（名称看不出级别、正文提到所辖各县区的市在内），国务院部门；不能确定的单元格不作判断。",
        },
        check: Check::Report(no_power),
    },
    Rule {
        code: "PRO004",
        name: "negative-opening-stock",
        severity: Severity::Warning,
        scope: Scope::Table,
        title: words("推算的年初存量为负", "the stock at the year's beginning comes out negative"),
        manual: Manual {
            basis: words(
                "表二各列的含义：年末现行有效 = 年初现行有效 + 本年制发 − 本年废止",
                "The meaning of the columns: in force at the end = in force at the beginning + made − repealed",
            ),
            condition: words(
                "规章或行政规范性文件行：现行有效件数 + 本年废止件数 < 本年制发件数",
                "in a row of documents, in force + repealed is less than made this year",
            ),
            example: "行政规范性文件 制发 5、废止 0、现行有效 2",
            remedy: words(
                "核对文件清理台账，改正三个数中写错的一个",
                "check the list of documents and correct the wrong figure",
            ),
            exempt: "当年制发、当年失效的文件会造成同样的结果，请在文字中说明；2019年试行格式的列含义不同，不作判断。",
        },
        check: Check::Report(negative_stock),
    },
    Rule {
        code: "PRO005",
        name: "idle-enforcement-body",
        severity: Severity::Note,
        scope: Scope::Table,
        title: words("执法机关许可、处罚全为零", "an enforcement body counts no licence and no penalty"),
        manual: Manual {
            basis: words(
                "条例第二十条第（五）（六）项；表二统计全部决定，不论是否公开",
                "Regulations art. 20 (5) and (6); the table counts all decisions, published or not",
            ),
            condition: words(
                "公安、市场监管、交通运输、生态环境、应急管理、综合执法等机关的行政许可和行政处罚都是 0",
                "a body such as police, market supervision, transport or environment has 0 licences and 0 penalties",
            ),
            example: "县市场监督管理局 行政许可 0、行政处罚 0",
            remedy: words(
                "核对是否漏填；职权已划转的请在文字中说明",
                "check whether figures were left out; say so where powers were moved",
            ),
            exempt: "正文说明职权划转、由综合执法或审批局承担的；管委会、分局等派出机构。",
        },
        check: Check::Report(idle),
    },
];

/// The figure of a cell that nothing is in doubt about.
fn certain(report: &Report, table: &Table, row: usize, column: usize) -> Option<Figure> {
    let at = CellRef::new(KIND, row, column);
    let doubted = report.doubts.iter().any(|doubt| doubt.table == Some(KIND) && doubt.cells.contains(&at));
    table.figure(at).filter(|_| !doubted)
}

fn finding(code: &'static str, severity: Severity, table: &Table, cells: &[CellRef], message: Wording) -> Finding {
    Finding {
        part: Some(KIND.part()),
        table: Some(KIND),
        cell: cells.first().copied(),
        cells: cells.to_vec(),
        at: cells.first().map_or(Some(table.source), |&at| table.cell(at).map(|cell| cell.source)),
        ..Finding::new(code, severity, message)
    }
}

/// Whether `agency` may make 规章; `Err` with the severity where it may not, or probably not.
fn power(agency: &Agency) -> Result<(), Severity> {
    let Some(level) = agency.level() else { return Ok(()) };
    match (level, agency.kind) {
        _ if agency.is_of_municipality() && level == Level::Province => Ok(()),
        (Level::Province, _) | (Level::Prefecture, Kind::Government) => Ok(()),
        // 地区 and 盟 have offices and no power, but their names do not settle it; an office may count for its government.
        (Level::Prefecture, Kind::GovernmentOffice) | (Level::City, Kind::Government | Kind::GovernmentOffice) => {
            Err(Severity::Warning)
        }
        (Level::Prefecture | Level::City, Kind::Department) => Err(Severity::Error),
        (Level::Zone | Level::Prefecture | Level::City, _) => Err(Severity::Warning),
        (Level::County | Level::Township, _) => Err(Severity::Error),
    }
}

/// Counties below a city: 各县（市、区）, 12个县区.
static OVER_COUNTIES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"县[（(](?:市、?)?区[)）]|县[（(]区、?市[)）]|[各个]县(?:市)?区|[各个]区县|县（市）区|市县两级|区县（市）|\d个(?:县|区县|县区)|市辖区")
        .expect("a valid pattern")
});

fn no_power(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(table) = report.table(KIND) else { return Assessment::holds() };
    let Some(name) = report.agency.as_deref() else {
        return Assessment::not_assessable(Wording::new("机关名称不明", "the agency is not known"));
    };
    let agency = Agency::of(name);
    let Err(severity) = power(&agency) else { return Assessment::holds() };
    // A 市 that the list of cities does not know and that speaks of its counties is one of prefecture level.
    let over_counties = || report.prose.iter().any(|sentence| OVER_COUNTIES.is_match(&sentence.text));
    if agency.level() == Some(Level::City) && severity == Severity::Warning && over_counties() {
        return Assessment::holds();
    }
    let counted: Vec<(CellRef, Figure)> = [IN_FORCE, MADE, REPEALED]
        .into_iter()
        .filter_map(|column| Some((CellRef::new(KIND, RULES_ROW, column), certain(report, table, RULES_ROW, column)?)))
        .filter(|(_, figure)| *figure > Figure::ZERO)
        .collect();
    if counted.is_empty() {
        return no_power_on_trial_form(report, table, name, severity);
    }
    let zh: Vec<String> = counted.iter().map(|(at, figure)| format!("{} {figure}", phrase::column(*at))).collect();
    let en: Vec<String> = counted.iter().map(|(at, figure)| format!("{} {figure}", phrase::column_en(*at))).collect();
    let (may_zh, may_en) = match severity {
        Severity::Error => ("没有规章制定权", "cannot make rules (规章)"),
        _ => ("未必有规章制定权", "may not have the power to make rules (规章)"),
    };
    let cells: Vec<CellRef> = counted.iter().map(|&(at, _)| at).collect();
    Assessment::broken(Finding {
        expected: Some("0".to_owned()),
        actual: Some(counted[0].1.to_string()),
        ..finding(
            "PRO003",
            severity,
            table,
            &cells,
            Wording::new(
                format!("“{name}”{may_zh}，“规章”行填了{}", zh.join("、")),
                format!("“{name}” {may_en}; the row has {}", en.join(", ")),
            ),
        )
    })
}

/// The same of a table on the trial form: rules made are an error, rules published may be those of others.
fn no_power_on_trial_form(report: &Report, table: &Table, name: &str, severity: Severity) -> Assessment {
    let counted = trial::rules(report, table);
    let Some(&(_, first, _)) = counted.first() else { return Assessment::holds() };
    let made = counted.iter().any(|&(.., made)| made);
    let (severity, may_zh, may_en) = match severity {
        Severity::Error if made => (severity, "没有规章制定权", "cannot make rules (规章)"),
        Severity::Error => (Severity::Warning, "没有规章制定权", "cannot make rules (规章)"),
        _ => (severity, "未必有规章制定权", "may not have the power to make rules (规章)"),
    };
    let said: Vec<String> = counted.iter().map(|(column, figure, _)| format!("{column} {figure}")).collect();
    let said = said.join("、");
    Assessment::broken(Finding {
        expected: Some("0".to_owned()),
        actual: Some(first.to_string()),
        ..finding(
            "PRO003",
            severity,
            table,
            &[],
            Wording::new(
                format!("“{name}”{may_zh}，“规章”行填了{said}"),
                format!("“{name}” {may_en}; the row has {said}"),
            ),
        )
    })
}

fn negative_stock(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let Some(table) = report.table(KIND).filter(|table| table.edition == Edition::Form2021) else {
        return Assessment::holds();
    };
    let findings = [RULES_ROW, DOCUMENTS_ROW].into_iter().filter_map(|row| {
        let figure = |column| certain(report, table, row, column);
        let (made, repealed, in_force) = (figure(MADE)?, figure(REPEALED)?, figure(IN_FORCE)?);
        let opening = in_force.checked_add(repealed)?.checked_sub(made)?;
        if opening >= Figure::ZERO {
            return None;
        }
        let cells = [IN_FORCE, MADE, REPEALED].map(|column| CellRef::new(KIND, row, column));
        let name = phrase::row(cells[0]);
        Some(finding(
            "PRO004",
            Severity::Warning,
            table,
            &cells,
            Wording::new(
                format!("“{name}”年初存量为负：现行有效 {in_force} + 废止 {repealed} − 制发 {made} = {opening}"),
                format!(
                    "“{}”: in force {in_force} + repealed {repealed} − made {made} = {opening} at the year's beginning",
                    phrase::row_en(cells[0])
                ),
            ),
        ))
    });
    Assessment { findings: findings.collect(), unassessed: Vec::new() }
}

/// Names of bodies whose business is enforcement.
const ENFORCING: [&str; 9] = [
    "公安局",
    "市场监督管理局",
    "市场监管局",
    "交通运输局",
    "生态环境局",
    "应急管理局",
    "综合行政执法局",
    "综合执法局",
    "城市管理局",
];

/// Words by which a report says that the powers are elsewhere.
const MOVED: [&str; 9] =
    ["综合执法", "综合行政执法", "审批局", "审批服务局", "划转", "划入", "移交", "相对集中", "统一行使"];

fn idle(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let (Some(table), Some(name)) = (report.table(KIND), report.agency.as_deref()) else { return Assessment::holds() };
    let agency = Agency::of(name);
    let enforces = ENFORCING.contains(&agency.body.as_str());
    let moved = report.prose.iter().any(|sentence| {
        let text = sentence.text.replace(name, "").replace(&agency.body, "");
        MOVED.iter().any(|word| text.contains(word))
    });
    let zero = |row| certain(report, table, row, DECISIONS).is_some_and(|figure| figure.is_zero());
    if !enforces || moved || !zero(LICENSING_ROW) || !zero(PENALTIES_ROW) {
        return Assessment::holds();
    }
    let cells = [PENALTIES_ROW, LICENSING_ROW].map(|row| CellRef::new(KIND, row, DECISIONS));
    Assessment::broken(finding(
        "PRO005",
        Severity::Note,
        table,
        &cells,
        Wording::new(
            format!("“{name}”是执法任务重的机关，行政许可和行政处罚都是 0"),
            format!("“{name}” enforces much, yet counts 0 licences and 0 penalties"),
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{codes, report};

    fn at(row: usize, column: usize) -> CellRef {
        CellRef::new(KIND, row, column)
    }

    #[test]
    fn who_may_make_rules() {
        for (name, severity) in [
            ("青溪县城关镇人民政府", Some(Severity::Error)),
            ("青溪县卫生健康局", Some(Severity::Error)),
            ("云岭市青溪区人民政府", Some(Severity::Error)),
            ("洛阳市财政局", Some(Severity::Error)),
            ("云岭市财政局", Some(Severity::Error)),
            ("云岭市人民政府", Some(Severity::Warning)),
            ("洛阳市人民政府办公室", Some(Severity::Warning)),
            ("云岭经济技术开发区管理委员会", Some(Severity::Warning)),
            ("洛阳市人民政府", None),
            ("楚雄彝族自治州人民政府", None),
            ("河南省财政厅", None),
            ("上海市人民政府办公厅", None),
            ("北京市海淀区人民政府", Some(Severity::Error)),
        ] {
            let findings = report().issued_by(name).with(at(RULES_ROW, IN_FORCE), "6").findings();
            let found = findings.iter().find(|finding| finding.rule == "PRO003").map(|finding| finding.severity);
            assert_eq!(found, severity, "{name}");
        }
        // A city above counties says so.
        for (name, text, severity) in [
            ("云岭市人民政府", "各县（市、区）政府网站集约到市级平台。", None),
            ("云岭市人民政府", "全市3个县区的政府信息公开情况一并统计。", None),
            ("云岭市人民政府", "指导全市12个乡镇、街道公开信息。", Some(Severity::Warning)),
            ("青溪县人民政府", "学习各县（市、区）的做法。", Some(Severity::Error)),
        ] {
            let sample = report().issued_by(name).with(at(RULES_ROW, IN_FORCE), "6").saying(1, text);
            let findings = sample.findings();
            let found = findings.iter().find(|finding| finding.rule == "PRO003").map(|finding| finding.severity);
            assert_eq!(found, severity, "{name}: {text}");
        }
    }

    #[test]
    fn a_stock_below_nothing() {
        let sample = report().with(at(DOCUMENTS_ROW, MADE), "5").with(at(DOCUMENTS_ROW, IN_FORCE), "2");
        let findings = sample.findings();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].message.zh, "“行政规范性文件”年初存量为负：现行有效 2 + 废止 0 − 制发 5 = -3");
        let repealed = report()
            .with(at(DOCUMENTS_ROW, MADE), "5")
            .with(at(DOCUMENTS_ROW, REPEALED), "3")
            .with(at(DOCUMENTS_ROW, IN_FORCE), "2");
        assert_eq!(codes(&repealed), [""; 0]);
    }

    #[test]
    fn bodies_that_enforce() {
        let police = || report().issued_by("青溪县公安局");
        assert_eq!(codes(&police()), ["PRO005"]);
        assert_eq!(codes(&police().with(at(PENALTIES_ROW, DECISIONS), "3")), [""; 0]);
        assert_eq!(codes(&police().saying(2, "行政处罚权已划转。")), [""; 0]);
        assert_eq!(codes(&report().issued_by("青溪县财政局")), [""; 0]);
    }
}
