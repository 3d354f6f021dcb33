//! A faultless report built by hand, and the ways in which a test may spoil it.

use std::str::FromStr;

use crate::finding::Finding;
use crate::report::agency::Agency;
use crate::report::form::{RowKind, requests};
use crate::report::{
    Bound, Cell, CellRef, CellValue, Claim, ClaimKind, Day, Edition, Figure, HeadingWording, Part, Period, Report,
    RowFound, Sentence, Source, Subject, Table, TableKind, Title, Topic, TopicSeen,
};
use crate::rule::Case;
use crate::rules::{assess, catalogue, phrase};
use crate::text::Wording;

/// A report under test.
pub(super) struct Sample {
    /// The report; tests may spoil it as they like.
    pub(super) report: Report,
    campaign_year: Option<i32>,
    extracted: bool,
    confusions: Vec<(String, String)>,
}

/// A faultless report: 3 requests received, 1 carried in, 3 handled, 1 carried out.
pub(super) fn report() -> Sample {
    let source = place(1, 1, 10);
    let part = |number: u8| Part {
        number,
        ordinal: Some(number),
        heading: Some(phrase::part(number).zh.to_owned()),
        wording: HeadingWording::Prescribed,
        source: place(u32::from(number) * 10, 1, 10),
        text: String::new(),
        topics: if number == 1 {
            Topic::ALL.map(|topic| TopicSeen { topic, headed: true, source }).to_vec()
        } else {
            Vec::new()
        },
    };
    let mut report = Report {
        edition: Some(Edition::Form2021),
        parts: (1..=6).map(part).collect(),
        proactive_disclosure: Some(table(TableKind::ProactiveDisclosure)),
        requests: Some(table(TableKind::Requests)),
        disputes: Some(table(TableKind::Disputes)),
        ..Report::default()
    };
    for (row, enterprise, natural) in
        [(requests::NEW_RECEIVED, 1, 2), (requests::CARRIED_IN, 0, 1), (2, 1, 1), (3, 0, 1)]
    {
        set(&mut report, row, natural, enterprise);
    }
    set(&mut report, requests::TOTAL_HANDLED, 2, 1);
    set(&mut report, requests::CARRIED_OUT, 1, 0);
    Sample { report, campaign_year: None, extracted: false, confusions: Vec::new() }
        .titled("青溪县数据局2024年政府信息公开工作年度报告")
        .over((2024, 1, 1), (2024, 12, 31))
        .saying(1, "本机关全年通过政府网站发布信息，安排专人更新栏目，对发布的内容先审后发。")
        .saying(5, "栏目更新不够及时，下一步将明确更新时限，到期提醒，由办公室每月检查一次。")
        .saying(6, "本年度未产生信息处理费。")
        .saying(6, "联系电话：0000-6123456。")
}

fn set(report: &mut Report, row: usize, natural: u32, enterprise: u32) {
    for (column, value) in [(0, natural), (1, enterprise), (requests::ALL, natural + enterprise)] {
        let at = CellRef::new(TableKind::Requests, row, column);
        *cell(report, at) = number(&value.to_string(), place(100 + u32::from(at.row), 1, 2));
    }
}

fn cell(report: &mut Report, at: CellRef) -> &mut Cell {
    let table = match at.table {
        TableKind::ProactiveDisclosure => &mut report.proactive_disclosure,
        TableKind::Requests => &mut report.requests,
        TableKind::Disputes => &mut report.disputes,
    };
    table.as_mut().unwrap().cells[at.index()].as_mut().unwrap()
}

fn number(raw: &str, source: Source) -> Cell {
    let value = CellValue::Number(Figure::from_str(raw).unwrap());
    Cell { raw: raw.to_owned(), value, unit: None, source }
}

fn table(kind: TableKind) -> Table {
    let form = kind.form();
    let mut cells = vec![None; form.rows.len() * form.columns.len()];
    for at in kind.cells() {
        cells[at.index()] = Some(number("0", place(100 + u32::from(at.row), 1 + u32::from(at.column) * 2, 1)));
    }
    let source = place(100, 1, 20);
    let rows = form
        .rows
        .iter()
        .map(|row| if row.kind == RowKind::Value { RowFound::Printed { source } } else { RowFound::Heading })
        .collect();
    Table { kind, cells, rows, extra: Vec::new(), edition: Edition::Form2021, trial: None, source }
}

fn place(line: u32, column: u32, length: u32) -> Source {
    Source { line, column, end_line: line, end_column: column + length }
}

/// The codes of what is found in `sample`, in the order of the catalogue.
pub(super) fn codes(sample: &Sample) -> Vec<&'static str> {
    sample.findings().iter().map(|finding| finding.rule).collect()
}

/// The same, of the rules of one family only: what else a sentence lacks is no matter.
pub(super) fn codes_of(family: &str, sample: &Sample) -> Vec<&'static str> {
    codes(sample).into_iter().filter(|code| code.starts_with(family)).collect()
}

impl Sample {
    /// Everything all rules find.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let case = Case {
            report: &self.report,
            lines: &[],
            extracted: self.extracted,
            campaign_year: self.campaign_year,
            confusions: &self.confusions,
        };
        catalogue().flat_map(|rule| assess(rule, &case).findings).collect()
    }

    /// With another figure in a cell.
    pub(super) fn with(mut self, at: CellRef, raw: &str) -> Self {
        let cell = cell(&mut self.report, at);
        *cell = number(raw, cell.source);
        self
    }

    /// With something else than a figure in a cell.
    pub(super) fn with_value(mut self, at: CellRef, raw: &str, value: CellValue) -> Self {
        let cell = cell(&mut self.report, at);
        *cell = Cell { raw: raw.to_owned(), value, unit: None, source: cell.source };
        self
    }

    /// With a unit printed beside the figure of a cell.
    pub(super) fn with_unit(mut self, at: CellRef, raw: &str, unit: &str) -> Self {
        self = self.with(at, raw);
        let cell = cell(&mut self.report, at);
        cell.raw = format!("{raw}{unit}");
        cell.unit = Some(unit.to_owned());
        self
    }

    /// Without a row of a table.
    pub(super) fn without_row(mut self, kind: TableKind, row: usize) -> Self {
        let table = match kind {
            TableKind::ProactiveDisclosure => &mut self.report.proactive_disclosure,
            TableKind::Requests => &mut self.report.requests,
            TableKind::Disputes => &mut self.report.disputes,
        };
        let table = table.as_mut().unwrap();
        table.rows[row] = RowFound::Missing;
        for column in 0..kind.form().columns.len() {
            table.cells[CellRef::new(kind, row, column).index()] = None;
        }
        self
    }

    /// Without a table.
    pub(super) fn without_table(mut self, kind: TableKind) -> Self {
        match kind {
            TableKind::ProactiveDisclosure => self.report.proactive_disclosure = None,
            TableKind::Requests => self.report.requests = None,
            TableKind::Disputes => self.report.disputes = None,
        }
        self
    }

    /// With nothing but zeros in the table of requests.
    pub(super) fn without_requests(mut self) -> Self {
        self.report.requests = Some(table(TableKind::Requests));
        self
    }

    /// Without a part, its prose and its table.
    pub(super) fn without_part(mut self, number: u8) -> Self {
        self.report.parts.retain(|part| part.number != number);
        self.report.prose.retain(|sentence| sentence.part != number);
        for kind in TableKind::ALL.into_iter().filter(|kind| kind.part() == number) {
            self = self.without_table(kind);
        }
        if number == 6 { self.saying(5, "联系电话：0000-6123456。") } else { self }
    }

    /// With nothing but this text in a part.
    pub(super) fn with_part_text(mut self, number: u8, text: &str) -> Self {
        self.report.prose.retain(|sentence| sentence.part != number);
        if let Some(part) = self.report.parts.iter_mut().find(|part| part.number == number) {
            part.text.clear();
        }
        self.saying(number, text)
    }

    /// With one more sentence in a part.
    pub(super) fn saying(mut self, part: u8, text: &str) -> Self {
        let line = 500 + u32::try_from(self.report.prose.len()).unwrap();
        let origins = (1..).take(text.chars().count()).map(|column| (line, column)).collect();
        self.report.prose.push(Sentence { part, text: text.to_owned(), origins });
        if let Some(part) = self.report.parts.iter_mut().find(|other| other.number == part) {
            part.text.push_str(text);
        }
        self
    }

    fn forgetting(mut self, word: &str) -> Self {
        self.report.prose.retain(|sentence| !sentence.text.contains(word));
        for part in &mut self.report.parts {
            let said = self.report.prose.iter().filter(|sentence| sentence.part == part.number);
            part.text = said.map(|sentence| sentence.text.as_str()).collect();
        }
        self
    }

    /// Without the sentence that gives a telephone number.
    pub(super) fn without_contact(self) -> Self {
        self.forgetting("电话")
    }

    /// Without the sentence on the fee.
    pub(super) fn without_fee(self) -> Self {
        self.forgetting("处理费")
    }

    /// With another title.
    pub(super) fn titled(mut self, text: &str) -> Self {
        self.report.title = Some(Title { text: text.to_owned(), source: place(1, 1, 20) });
        self.report.agency = Some("青溪县数据局".to_owned());
        self.report.year = Some(2024);
        self
    }

    /// From another agency; a government says what governments must.
    pub(super) fn issued_by(mut self, agency: &str) -> Self {
        self.report.agency = Some(agency.to_owned());
        if Agency::of(agency).is_government() {
            self = self.saying(1, "全年开展工作考核和社会评议，未发生责任追究情形。");
        }
        self
    }

    /// Without the sentence on what governments must.
    pub(super) fn without_duties(self) -> Self {
        self.forgetting("社会评议")
    }

    /// For another year.
    pub(super) fn of_year(mut self, year: i32) -> Self {
        self.report.year = Some(year);
        self.over((year, 1, 1), (year, 12, 31))
    }

    /// In a campaign for this year.
    pub(super) fn in_campaign(mut self, year: i32) -> Self {
        self.campaign_year = Some(year);
        self
    }

    /// As extracted from pages.
    pub(super) fn extracted(mut self) -> Self {
        self.extracted = true;
        self
    }

    /// With a confusion from the configuration.
    pub(super) fn confusing(mut self, wrong: &str, right: &str) -> Self {
        self.confusions.push((wrong.to_owned(), right.to_owned()));
        self
    }

    /// With another statistics period.
    pub(super) fn over(mut self, from: (i32, u32, u32), to: (i32, u32, u32)) -> Self {
        let day = |(year, month, day)| Day { year, month, day };
        let source = place(3, 1, 20);
        self.report.period = Some(Period { from: day(from), to: day(to), damaged: false, source });
        self
    }

    /// With a statement on applications received.
    pub(super) fn claiming(self, value: i64, text: &str) -> Self {
        self.stating(ClaimKind::ApplicationsReceived, value, text)
    }

    /// With a figure stated in the prose.
    pub(super) fn stating(mut self, kind: ClaimKind, value: i64, text: &str) -> Self {
        self.report.claims.push(Claim {
            kind,
            value: Figure::from(value),
            parts: Vec::new(),
            partial: false,
            unit: Some("件".to_owned()),
            bound: Bound::Exact,
            subject: Subject::Unsaid,
            part: 1,
            text: text.to_owned(),
            reason: Wording::new("测试", "test"),
            source: place(12, 1, 10),
        });
        self
    }

    /// With a change to the claim stated last.
    pub(super) fn but(mut self, change: impl FnOnce(&mut Claim)) -> Self {
        change(self.report.claims.last_mut().unwrap());
        self
    }
}
