//! The history of an agency: its versions, what the newest changed, and what was decided when by whom.
//!
//! ```text
//!  版本
//!   v1  01-12 09:31  ✗ 不合格  错误 4  乡镇/水利局.txt
//!   v2  01-13 10:02  ! 存疑    警告 1  乡镇/水利局(2).txt
//!  上次 4 项：已改 3，未改 1，新增 0
//!   ✓ REQ003 …
//!   ✗ FEE001 …
//!  改动的数字
//!   （一）予以公开 · 自然人   13 → 31
//!  决定
//!   01-12 11:00  li  退回：请核对表三
//! ```

use jiff::Timestamp;
use ratatui::text::{Line, Span};

use crate::finding::{Finding, Severity};
use crate::ledger::{Edition, History, Step};
use crate::report::CellValue;
use crate::text::{form, pad, printable, privacy, screen};
use crate::tui::model::Model;
use crate::tui::wrap::wrap;

use super::pen::span;

/// Longest list of changed cells or sentences.
const SHOWN: usize = 60;

pub(super) fn lines(model: &Model, columns: usize) -> Vec<Line<'static>> {
    let Some(history) = model.history.as_deref() else { return Vec::new() };
    let mut page = Page { model, columns, lines: Vec::new() };
    if let Some(unit) = &history.unit {
        let year = unit.year.map(|year| format!(" {year}")).unwrap_or_default();
        page.plain(format!(" {}{year}", printable(&unit.agency)), model.theme.title());
        page.blank();
    }
    page.versions(history);
    if let Some(step) = &history.step {
        page.step(step);
    }
    page.decisions(history);
    page.lines
}

struct Page<'a> {
    model: &'a Model,
    columns: usize,
    lines: Vec<Line<'static>>,
}

impl Page<'_> {
    fn plain(&mut self, text: String, style: ratatui::style::Style) {
        self.lines.push(Line::from(span(text, style)));
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    fn heading(&mut self, words: crate::text::Words) {
        let words = words.get(self.model.lang);
        self.plain(format!(" {words}"), self.model.theme.title());
    }

    /// Text that may take several lines, behind a sign.
    fn item(&mut self, sign: &str, style: ratatui::style::Style, text: &str) {
        for (row, line) in wrap(text, self.columns.saturating_sub(6)).into_iter().enumerate() {
            let sign = if row == 0 { sign } else { "" };
            let spans = vec![span(format!("   {}", pad(sign, 2)), style), span(line, self.model.theme.text())];
            self.lines.push(Line::from(spans));
        }
    }

    fn when(&self, time: Timestamp) -> String {
        time.to_zoned(self.model.zone.clone()).strftime("%m-%d %H:%M").to_string()
    }

    fn versions(&mut self, history: &History) {
        self.heading(screen::VERSIONS);
        for (at, edition) in history.versions.iter().enumerate() {
            let line = self.version(at + 1, edition);
            self.lines.push(line);
        }
        self.blank();
    }

    fn version(&self, number: usize, edition: &Edition) -> Line<'static> {
        let (lang, theme) = (self.model.lang, self.model.theme);
        let mut spans = vec![
            span(format!("   v{number:<3}"), theme.strong()),
            span(format!("{}  ", self.when(edition.at)), theme.quiet()),
        ];
        if let Some(summary) = &edition.summary {
            let verdict = summary.verdict;
            let words = pad(verdict.words().get(lang), 13);
            spans.push(span(format!("{} {words} ", verdict.sign()), theme.verdict(Some(verdict))));
            for severity in [Severity::Error, Severity::Warning] {
                let count = format!("{}{:<3}", severity.sign(), summary.count(severity));
                spans.push(span(count, theme.severity(severity)));
            }
        }
        spans.push(Span::raw(" "));
        spans.push(span(printable(&edition.path).into_owned(), theme.text()));
        let remark = match edition.repeats {
            Some(same) => screen::same_as(same),
            None if !edition.present => screen::GONE_NOW.into(),
            None => return Line::from(spans),
        };
        spans.push(span(format!("  {}", remark.get(lang)), theme.quiet()));
        Line::from(spans)
    }

    fn step(&mut self, step: &Step) {
        let (lang, theme) = (self.model.lang, self.model.theme);
        let told = screen::step(step.corrected.len(), step.left.len(), step.added.len());
        self.plain(format!(" {}", told.get(lang)), theme.title());
        let told = |finding: &Finding| format!("{}  {}", finding.rule, printable(finding.message.get(lang)));
        for finding in &step.corrected {
            self.item("✓", theme.verdict(Some(crate::finding::Verdict::Compliant)), &told(finding));
        }
        for finding in &step.left {
            self.item(finding.severity.sign(), theme.severity(finding.severity), &told(finding));
        }
        for finding in &step.added {
            self.item("+", theme.severity(finding.severity), &told(finding));
        }
        self.blank();
        let cells = &step.cells;
        if !cells.is_empty() {
            self.heading(screen::CHANGED_CELLS);
            for change in cells.iter().take(SHOWN) {
                let name = form::cell(change.at);
                let told = format!("{}   {} → {}", name.get(lang), self.value(change.before), self.value(change.after));
                self.item("", theme.text(), &told);
            }
            self.rest(cells.len());
            self.blank();
        }
        if !step.sentences.is_empty() {
            self.heading(screen::CHANGED_TEXT);
            for (before, after) in step.sentences.iter().take(SHOWN) {
                if let Some(before) = before {
                    self.item("−", theme.quiet(), &printable(&privacy::mask(before)));
                }
                if let Some(after) = after {
                    self.item("+", theme.accent(), &printable(&privacy::mask(after)));
                }
            }
            self.rest(step.sentences.len());
            self.blank();
        }
    }

    fn rest(&mut self, count: usize) {
        if count > SHOWN {
            let more = screen::more(count - SHOWN);
            self.plain(format!("   {}", more.get(self.model.lang)), self.model.theme.quiet());
        }
    }

    fn value(&self, value: Option<CellValue>) -> String {
        let words = match value {
            Some(CellValue::Number(figure)) => return figure.to_string(),
            Some(CellValue::Blank) => screen::BLANK,
            Some(CellValue::NotApplicable) => screen::NOT_APPLICABLE,
            Some(CellValue::Unreadable) => screen::UNREADABLE,
            None => screen::NOT_PRINTED,
        };
        words.get(self.model.lang).to_owned()
    }

    fn decisions(&mut self, history: &History) {
        let (lang, theme) = (self.model.lang, self.model.theme);
        self.heading(screen::DECISIONS);
        let log = history.unit.as_ref().map(|unit| self.model.ledger.dispositions.log(unit)).unwrap_or_default();
        if log.is_empty() {
            self.item("", theme.quiet(), screen::NO_DECISIONS.get(lang));
        }
        let undone: Vec<i64> = log.iter().filter_map(|decision| decision.undoes).collect();
        for decision in log {
            let rule = decision.finding.as_ref().map(|finding| format!(" {}", printable(&finding.rule)));
            let reason =
                decision.reason.as_ref().map(|reason| format!("{}{}", screen::COLON.get(lang), printable(reason)));
            let undoes = decision.undoes.map(|id| format!(" #{id}"));
            let told = format!(
                "#{} {}  {}@{}  {}{}{}{}",
                decision.id,
                self.when(decision.at),
                printable(&decision.operator.login),
                printable(&decision.operator.host),
                screen::kind(&decision.kind).get(lang),
                undoes.unwrap_or_default(),
                rule.unwrap_or_default(),
                reason.unwrap_or_default(),
            );
            let sign = if undone.contains(&decision.id) { "✕" } else { "" };
            self.item(sign, theme.quiet(), &told);
        }
    }
}
