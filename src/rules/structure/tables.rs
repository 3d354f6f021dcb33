//! STR007 and STR012: the tables of the form and their edition.

use super::announces_attachment;
use crate::finding::{Finding, Severity};
use crate::report::{Edition, Report, TableKind};
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope, Unassessed};
use crate::rules::{extent, phrase};
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "STR007",
        name: "missing-table",
        severity: Severity::Error,
        scope: Scope::Table,
        title: words("缺少规定的表格", "a table of the form is missing"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号 附件：第二、三、四部分各有一张表",
                "Annex of 国办公开办函〔2021〕30号: parts two, three and four each hold a table",
            ),
            condition: words(
                "该部分的文字可读，但没有规定的表格",
                "the part is readable text, but its table is not there",
            ),
            example: "第三部分只写“本年度未收到申请”，没有表格",
            remedy: words("补上规定的表格，没有的填 0", "add the table; write 0 where there is none"),
            exempt: "写明表格见附件、附图的，或文字到此中断的，不作判断；整个部分缺失由 STR001 处理。",
        },
        check: Check::Report(missing_table),
    },
    Rule {
        code: "STR012",
        name: "obsolete-form",
        severity: Severity::Warning,
        scope: Scope::Table,
        title: words("使用了旧格式的表格", "a table of an obsolete form"),
        manual: Manual {
            basis: words(
                "国办公开办函〔2021〕30号：2021年度报告起使用新格式，2019年试行格式停用",
                "国办公开办函〔2021〕30号 replaces the trial form of 2019 from the reports for 2021 on",
            ),
            condition: words(
                "2021年度及以后的报告使用了2019年试行格式或更早格式的表头",
                "a report for 2021 or later uses table headers of the 2019 trial form or an older one",
            ),
            example: "2023年度报告的表二有“对外公开总数量”一列",
            remedy: words("改用2021年格式的表格重新填报", "fill in the tables of the 2021 form"),
            exempt: "年度以标题为准，不看发布日期；2019、2020年度报告用试行格式是对的。",
        },
        check: Check::Report(obsolete_form),
    },
];

fn missing_table(case: &Case<'_>) -> Assessment {
    let mut answer = Assessment::holds();
    for kind in TableKind::ALL {
        let name = phrase::table(kind);
        let Some(part) = case.report.part(kind.part()).filter(|_| case.report.table(kind).is_none()) else { continue };
        let open = |zh: &str, en: &str| Unassessed {
            why: Wording::new(format!("{}：{zh}", name.zh), format!("{}: {en}", name.en)),
            cells: Vec::new(),
        };
        if extent::in_picture(case.report, kind.part()).is_some() {
            answer.unassessed.push(open("表是图片", "it is a picture"));
        } else if announces_attachment(&part.text) {
            answer.unassessed.push(open("写明见附件或图片", "announced as an attachment or a picture"));
        } else if case.report.doubts.iter().any(|doubt| doubt.table == Some(kind)) {
            answer.unassessed.push(open("有表格但不能识别", "something is there but could not be read"));
        } else if holds_figures(&part.text) {
            answer.unassessed.push(open("有数字但认不出表格", "there are figures, but no table can be made out"));
        } else if extent::is_cut_in(case.report, kind).is_some() {
            answer.unassessed.push(open("文字到此中断", "the text breaks off here"));
        } else if lost_its_tables(case.report) {
            answer
                .unassessed
                .push(open("标题下没有任何内容，表格可能是图片", "nothing under the heading; it may be a picture"));
        } else {
            let heading = phrase::part(kind.part());
            answer.findings.push(Finding {
                part: Some(kind.part()),
                table: Some(kind),
                at: Some(part.source),
                evidence: part.heading.clone(),
                ..Finding::new(
                    "STR007",
                    Severity::Error,
                    Wording::new(format!("“{}”没有规定的表格", heading.zh), format!("{} lacks its table", heading.en)),
                )
            });
        }
    }
    answer
}

/// Whether a part holds as many bare figures as only a table has: it is there, whatever became of its header.
fn holds_figures(text: &str) -> bool {
    let figure = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    text.split([' ', '\t', '|', '\n']).filter(|word| !word.is_empty()).filter(figure).count() >= 10
}

/// Whether the headings stand there without anything under them, in all three parts: the tables are pictures, or a
/// conversion lost them. An agency that leaves out its tables says so in words, or leaves out one.
pub(crate) fn lost_its_tables(report: &Report) -> bool {
    let end = extent::breaks_off(report);
    let is_behind = |part: u8| end.as_ref().is_some_and(|end| part >= end.part);
    let bare = |kind: TableKind| {
        report.table(kind).is_none() && report.part(kind.part()).is_some_and(|part| part.text.trim().is_empty())
    };
    TableKind::ALL.into_iter().all(|kind| bare(kind) || is_behind(kind.part()))
}

fn obsolete_form(case: &Case<'_>) -> Assessment {
    let report = case.report;
    let old: Vec<_> = TableKind::ALL
        .into_iter()
        .filter_map(|kind| report.table(kind))
        .filter(|table| table.edition != Edition::Form2021)
        .collect();
    let whole = report.edition.filter(|&edition| edition != Edition::Form2021);
    if old.is_empty() && whole.is_none() {
        return Assessment::holds();
    }
    let Some(year) = report.year.or_else(|| report.period.as_ref().map(|period| period.to.year)) else {
        return Assessment::not_assessable(Wording::new("报告年度不明", "the report year is not known"));
    };
    if year < 2021 {
        return Assessment::holds();
    }
    let broken = |edition: Edition, name: Option<TableKind>| {
        let (form_zh, form_en) = match edition {
            Edition::Trial2019 => ("2019年试行格式", "the 2019 trial form"),
            _ => ("2019年以前的格式", "a form older than 2019"),
        };
        let name = name.map_or(words("统计表", "the tables"), phrase::table);
        Wording::new(
            format!("{year}年度报告的{}用的是{form_zh}", name.zh),
            format!("{} of this report for {year}: the layout is that of {form_en}", name.en),
        )
    };
    let mut findings: Vec<Finding> = old
        .iter()
        .map(|table| Finding {
            part: Some(table.kind.part()),
            table: Some(table.kind),
            at: Some(table.source),
            ..Finding::new("STR012", Severity::Warning, broken(table.edition, Some(table.kind)))
        })
        .collect();
    if let (true, Some(edition)) = (findings.is_empty(), whole) {
        findings.push(Finding {
            at: report.title.as_ref().map(|title| title.source),
            ..Finding::new("STR012", Severity::Warning, broken(edition, None))
        });
    }
    Assessment { findings, unassessed: Vec::new() }
}

#[cfg(test)]
mod tests {
    use crate::report::{Edition, TableKind};
    use crate::rules::testing::{Sample, codes, report};

    #[test]
    fn a_table_that_is_not_there_is_an_error_unless_it_is_announced_elsewhere() {
        assert_eq!(codes(&report().without_table(TableKind::Disputes)), ["STR007"]);
        let announced = report().without_table(TableKind::Disputes).saying(4, "具体情况详见附件。");
        assert_eq!(codes(&announced), [""; 0]);
        let cut = report().without_table(TableKind::Disputes).without_part(5).without_part(6);
        assert_eq!(codes(&cut), [""; 0]);
        let lost = TableKind::ALL.into_iter().fold(report(), Sample::without_table);
        assert_eq!(codes(&lost), [""; 0]);
    }

    #[test]
    fn an_old_form_is_old_only_since_2021() {
        let mut sample = report();
        let table = sample.report.proactive_disclosure.as_mut().unwrap();
        table.edition = Edition::Trial2019;
        assert_eq!(codes(&sample), ["STR012"]);
        assert_eq!(codes(&sample.of_year(2020)), [""; 0]);
    }
}
