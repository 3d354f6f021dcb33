//! An invented inbox, built by hand: what the screens show must not depend on how reports are read.

use jiff::Timestamp;
use nianshen::audit::{Audit, Unassessed, refused};
use nianshen::finding::{Finding, Likely, Severity, Verdict};
use nianshen::ledger::store::{Decision, NewDecision, Operator};
use nianshen::ledger::{Event, Health, WatchMode};
use nianshen::report::form::{RowKind, requests};
use nianshen::report::{
    Cell, CellRef, CellValue, Day, Doubt, Edition, Figure, HeadingWording, Part, Period, Report, RowFound, Source,
    Table, TableKind, Title, Topic, TopicSeen,
};
use nianshen::text::Wording;

/// The morning everything happened on.
pub(crate) fn at(minute: i64, second: i64) -> Timestamp {
    Timestamp::from_second(1_705_280_400 + minute * 60 + second).expect("a time")
}

/// Lines of a file being written.
#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn add(&mut self, text: impl Into<String>) -> Source {
        let text = text.into();
        let line = u32::try_from(self.0.len()).expect("few lines") + 1;
        let end = u32::try_from(text.chars().count()).expect("short lines") + 1;
        self.0.push(text);
        Source { line, column: 1, end_line: line, end_column: end }
    }

    /// A line of a label and the cells after it, with the place of each cell.
    fn cells(&mut self, label: &str, raw: &[&str]) -> (Source, Vec<Source>) {
        let line = u32::try_from(self.0.len()).expect("few lines") + 1;
        let mut text = label.to_owned();
        let mut places = Vec::new();
        for raw in raw {
            text.push(' ');
            let column = u32::try_from(text.chars().count()).expect("short lines") + 1;
            text.push_str(raw);
            let end_column = column + u32::try_from(raw.chars().count()).expect("short cells");
            places.push(Source { line, column, end_line: line, end_column });
        }
        (self.add(text), places)
    }
}

fn cell(raw: &str, source: Source) -> Cell {
    let value = match raw {
        "" => CellValue::Blank,
        "/" => CellValue::NotApplicable,
        raw => raw.parse::<Figure>().map_or(CellValue::Unreadable, CellValue::Number),
    };
    Cell { raw: raw.to_owned(), value, unit: None, source }
}

/// The table of `kind` whose cell at (row, column) is what `raw` says; `None` is not printed.
fn table(lines: &mut Lines, kind: TableKind, raw: impl Fn(usize, usize) -> Option<&'static str>) -> Table {
    let form = kind.form();
    let first = lines.add(form.columns.iter().map(|column| column.label).collect::<Vec<_>>().join(" "));
    let mut cells = vec![None; form.rows.len() * form.columns.len()];
    let mut rows = Vec::new();
    let mut last = first;
    for (row, declared) in form.rows.iter().enumerate() {
        let printed: Vec<(usize, &str)> = declared
            .columns
            .iter()
            .filter(|_| declared.kind == RowKind::Value)
            .filter_map(|&column| Some((column as usize, raw(row, column as usize)?)))
            .collect();
        if printed.is_empty() {
            rows.push(if declared.kind == RowKind::Value { RowFound::Missing } else { RowFound::Heading });
            continue;
        }
        let texts: Vec<&str> = printed.iter().map(|(_, text)| *text).collect();
        let (source, places) = lines.cells(declared.label, &texts);
        for ((column, text), place) in printed.iter().zip(places) {
            cells[CellRef::new(kind, row, *column).index()] = Some(cell(text, place));
        }
        rows.push(RowFound::Printed { source });
        last = source;
    }
    Table { kind, cells, rows, extra: Vec::new(), edition: Edition::Form2021, trial: None, source: first.to(last) }
}

/// A report with all its 200 cells; `raw` says what stands in those that are not 0.
fn report(
    agency: &str,
    year: i32,
    raw: impl Fn(TableKind, usize, usize) -> Option<Option<&'static str>>,
) -> (Report, Vec<String>) {
    let mut lines = Lines::default();
    let text = format!("{agency}{year}年政府信息公开工作年度报告");
    let title = lines.add(text.clone());
    let period = lines.add(format!("本报告统计期限为{year}年1月1日至{year}年12月31日。"));
    let prose = [
        "2023年，青溪县医疗保障局认真贯彻《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，主动公开政府信息126条。本年新收政府信息公开申请3件，上年结转1件，均已依法办理。",
        "全年制发行政规范性文件2件，废止1件，均在部门网站公开。",
        "收到自然人提出的申请3件，予以公开2件，部分公开1件。",
        "本年度未发生因政府信息公开引起的行政复议和行政诉讼。",
        "存在的问题：一是公开内容的时效性有待加强；二是政策解读的形式较为单一。改进措施：完善发布审核流程，丰富图解、视频等解读形式。",
        "本年度未收取政府信息公开信息处理费。",
    ];
    let headings = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ];
    let mut report = Report {
        edition: Some(Edition::Form2021),
        title: Some(Title { text, source: title }),
        agency: Some(agency.to_owned()),
        year: Some(year),
        period: Some(Period {
            from: Day { year, month: 1, day: 1 },
            to: Day { year, month: 12, day: 31 },
            damaged: false,
            source: period,
        }),
        ..Report::default()
    };
    for (number, (heading, text)) in (1..).zip(headings.into_iter().zip(prose)) {
        let source = lines.add(heading);
        let body = lines.add(format!("　　{text}"));
        let topics = Topic::ALL.into_iter().filter(|topic| *topic != Topic::Platform);
        let topics = topics.map(|topic| TopicSeen { topic, headed: topic != Topic::Supervision, source: body });
        report.parts.push(Part {
            number,
            ordinal: Some(number),
            heading: Some(heading.to_owned()),
            wording: HeadingWording::Prescribed,
            source,
            text: text.replace("2023", &year.to_string()).replace("青溪县医疗保障局", agency),
            topics: if number == 1 { topics.collect() } else { Vec::new() },
        });
        let kind = TableKind::ALL.into_iter().find(|kind| kind.part() == number);
        let table = kind.map(|kind| table(&mut lines, kind, |row, column| raw(kind, row, column).unwrap_or(Some("0"))));
        match number {
            2 => report.proactive_disclosure = table,
            3 => report.requests = table,
            4 => report.disputes = table,
            _ => {}
        }
    }
    (report, lines.0)
}

fn audit(report: (Report, Vec<String>), verdict: Verdict, findings: Vec<Finding>) -> Audit {
    let (report, lines) = report;
    Audit {
        file: None,
        report: Some(report),
        verdict,
        findings,
        unassessed: Vec::new(),
        lines: lines.into_iter().collect(),
        places: Default::default(),
    }
}

const fn asked(row: usize, column: usize) -> CellRef {
    CellRef::new(TableKind::Requests, row, column)
}

/// The report everything goes wrong in: a column that does not balance with its likely slip, blanks, an
/// unreadable cell, a row that is not printed, a finding in the prose.
pub(crate) fn broken() -> Audit {
    let raw = |kind, row, column| match (kind, row, column) {
        (TableKind::ProactiveDisclosure, 0, _) => Some(Some("/")),
        (TableKind::ProactiveDisclosure, 1, 0) => Some(Some("2")),
        (TableKind::ProactiveDisclosure, 1, 1) => Some(Some("1")),
        (TableKind::ProactiveDisclosure, 1, 2) => Some(Some("17")),
        (TableKind::ProactiveDisclosure, 2, _) => Some(Some("1286")),
        (TableKind::ProactiveDisclosure, 4, _) => Some(Some("")),
        (TableKind::ProactiveDisclosure, 5, _) => Some(Some("38.441094")),
        (TableKind::Requests, 0, 0 | 6) => Some(Some("3")),
        (TableKind::Requests, 1, 0 | 6) => Some(Some("1")),
        (TableKind::Requests, 2, 0 | 6) => Some(Some("2")),
        (TableKind::Requests, 3, 0 | 6) => Some(Some("1")),
        (TableKind::Requests, 14, 0) => Some(Some("1")),
        (TableKind::Requests, 14, 6) => Some(Some("1")),
        (TableKind::Requests, 27, 0) => Some(Some("3")),
        (TableKind::Requests, 27, 6) => Some(Some("4")),
        (TableKind::Requests, 7, 3) => Some(Some("O")),
        (TableKind::Requests, 22, _) => Some(None),
        _ => None,
    };
    let (report, lines) = report("青溪县医疗保障局", 2023, raw);
    let place = |at: CellRef| report.cell(at).map(|cell| cell.source);
    let total = asked(requests::TOTAL_HANDLED, 0);
    let likely = Some(Likely { cell: total, value: "4".to_owned() });
    let balance = Finding {
        part: Some(3),
        table: Some(TableKind::Requests),
        cell: Some(total),
        cells: vec![asked(0, 0), asked(1, 0), total, asked(28, 0)],
        expected: Some("4".to_owned()),
        actual: Some("3".to_owned()),
        likely: likely.clone(),
        at: place(total),
        evidence: Some("（七）总计 3 0 0 0 0 0 4".to_owned()),
        ..Finding::new(
            "REQ001",
            Severity::Error,
            Wording::new(
                "“自然人”列不平衡：一 3 + 二 1 = 4，三(七) 3 + 四 0 = 3，差 1",
                "column natural person does not balance: new 3 + carried in 1 = 4, handled 3 + carried out 0 = 3, off by 1",
            ),
        )
    };
    let sum = Finding {
        part: Some(3),
        table: Some(TableKind::Requests),
        cell: Some(total),
        cells: vec![asked(2, 0), asked(3, 0), asked(14, 0), total],
        expected: Some("4".to_owned()),
        actual: Some("3".to_owned()),
        likely: likely.clone(),
        at: place(total),
        under: Some(0),
        ..Finding::new(
            "REQ002",
            Severity::Error,
            Wording::new(
                "“自然人”列办理结果之和为 4，三(七)总计为 3",
                "outcomes of natural persons add up to 4, total handled is 3",
            ),
        )
    };
    let row = Finding {
        part: Some(3),
        table: Some(TableKind::Requests),
        cell: Some(asked(requests::TOTAL_HANDLED, 6)),
        cells: vec![total, asked(27, 6)],
        expected: Some("3".to_owned()),
        actual: Some("4".to_owned()),
        likely,
        at: place(asked(27, 6)),
        under: Some(0),
        ..Finding::new(
            "REQ003",
            Severity::Error,
            Wording::new(
                "“（七）总计”行各申请人之和为 3，总计为 4",
                "applicants of total handled add up to 3, the total is 4",
            ),
        )
    };
    let missing = Finding {
        part: Some(3),
        table: Some(TableKind::Requests),
        cells: (0..7).map(|column| asked(22, column)).collect(),
        at: place(asked(21, 0)),
        ..Finding::new(
            "REQ005",
            Severity::Warning,
            Wording::new(
                "表中缺少一行：5.要求行政机关确认或重新出具已获取信息",
                "a row of the form is missing: 5 confirm or reissue",
            ),
        )
    };
    let marks = Finding {
        part: Some(2),
        table: Some(TableKind::ProactiveDisclosure),
        cells: [(0, 0), (0, 1), (0, 2), (4, 3)]
            .map(|(row, column)| CellRef::new(TableKind::ProactiveDisclosure, row, column))
            .to_vec(),
        at: place(CellRef::new(TableKind::ProactiveDisclosure, 0, 0)),
        ..Finding::new(
            "PRO002",
            Severity::Warning,
            Wording::new(
                "表中有 1 格空白、3 格填“/”；零应填 0",
                "1 blank cell and 3 cells marked /; zero is written 0",
            ),
        )
    };
    let topic = Finding {
        part: Some(1),
        at: report.part(1).map(|part| part.source),
        ..Finding::new(
            "STR005",
            Severity::Warning,
            Wording::new("总体情况未涉及“平台建设”", "the overview says nothing of platforms"),
        )
    };
    let contact = Finding::new(
        "STR009",
        Severity::Note,
        Wording::new("全文没有联系电话、地址或邮箱", "there is no phone number, address or mailbox"),
    );
    let unreadable = asked(7, 3);
    let doubt = Doubt {
        message: Wording::new("“社会公益组织”格印作“O”，不是数字", "the cell reads “O”, which is no figure"),
        table: Some(TableKind::Requests),
        cells: vec![unreadable],
        source: place(unreadable).expect("it is printed"),
    };
    let unassessed = Unassessed {
        rule: "REQ002",
        why: Wording::new("“社会公益组织”列有无法识别的单元格", "the column has an unreadable cell"),
        cells: vec![unreadable],
    };
    let findings = vec![balance, sum, row, missing, marks, topic, contact];
    let report = Report { doubts: vec![doubt], ..report };
    Audit { unassessed: vec![unassessed], ..audit((report, lines), Verdict::Noncompliant, findings) }
}

fn questionable(agency: &str) -> Audit {
    let report = report(agency, 2023, |_, _, _| None);
    let at = report.0.part(6).map(|part| part.source);
    let fee = Finding {
        part: Some(6),
        at,
        evidence: Some("六、其他需要报告的事项".to_owned()),
        ..Finding::new(
            "FEE001",
            Severity::Warning,
            Wording::new("全文没有说明信息处理费收取情况", "nothing is said about information processing fees"),
        )
    };
    audit(report, Verdict::Questionable, vec![fee])
}

fn compliant(agency: &str) -> Audit {
    audit(report(agency, 2023, |_, _, _| None), Verdict::Compliant, Vec::new())
}

/// An operator.
pub(crate) fn operator(login: &str) -> Operator {
    Operator { login: login.to_owned(), host: "gongkai".to_owned(), session: format!("session of {login}") }
}

/// A decision as the ledger hands it on.
pub(crate) fn written(new: &NewDecision, id: i64) -> Decision {
    let new = new.clone();
    Decision {
        id,
        unit: new.unit,
        path: new.path,
        hash: new.hash,
        basis: new.basis,
        kind: new.kind,
        finding: new.finding,
        reason: new.reason,
        undoes: new.undoes,
        at: new.at,
        operator: new.operator,
        nonce: new.nonce,
        seal: String::new(),
    }
}

/// What arrives in the invented inbox.
pub(crate) fn events() -> Vec<Event> {
    let audited = |path: &str, minute, audit| Event::audited(path, at(minute, 12), audit);
    let wrong_year = Finding {
        expected: Some("2023".to_owned()),
        actual: Some("2022".to_owned()),
        ..Finding::new(
            "PER001",
            Severity::Error,
            Wording::new("标题为 2022 年，应报 2023 年", "the title says 2022, due is 2023"),
        )
    };
    vec![
        audited("2023-青溪县医疗保障局.txt", 1, broken()),
        audited("2023-云岭市民政局.txt", 2, questionable("云岭市民政局")),
        audited("乡镇/2023-青溪县白石镇人民政府.txt", 3, compliant("青溪县白石镇人民政府")),
        audited("2023-云岭市发展和改革委员会.txt", 4, compliant("云岭市发展和改革委员会")),
        audited("2022-青溪县水利局.txt", 5, {
            audit(report("青溪县水利局", 2022, |_, _, _| None), Verdict::Noncompliant, vec![wrong_year])
        }),
        audited("扫描件.txt", 6, refused(&Wording::new("文件是空的", "the file is empty"))),
        audited("乡镇/2023-青溪县柳河街道办事处.txt", 7, questionable("青溪县柳河街道办事处")),
        audited("2023-青溪县教育体育局\u{1b}[31m.txt", 8, compliant("青溪县教育体育局\u{1b}[31m")),
        Event::Discovered { path: "2023-青溪县财政局.txt".to_owned() },
        Event::Health(Health {
            mode: WatchMode::Notified,
            how: Wording::default(),
            looked: None,
            last_event: Some(at(8, 12)),
            queued: 1,
            scanned: 9,
            found: 9,
            problem: None,
        }),
    ]
}

/// Watching an inbox in which nothing happens.
pub(crate) fn quiet() -> Health {
    Health {
        mode: WatchMode::Polling,
        how: Wording::default(),
        looked: None,
        last_event: None,
        queued: 0,
        scanned: 0,
        found: 0,
        problem: None,
    }
}

/// A first scan under way, with something wrong about it.
pub(crate) fn scanning() -> Health {
    let problem = Some(Wording::new("子目录 乙 无法打开", "cannot open the directory 乙"));
    Health {
        mode: WatchMode::Polling,
        how: Wording::default(),
        looked: None,
        last_event: Some(at(9, 30)),
        queued: 60,
        scanned: 40,
        found: 100,
        problem,
    }
}
