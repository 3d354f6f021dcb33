//! Text for people: the findings grouped by report, each with the line it stands in.

mod quote;
mod show;

use std::io::{self, Write};

use super::{Audited, Summary, manual, rule_name};
use crate::audit::Audit;
use crate::finding::{Finding, Severity, Verdict};
use crate::report::Report;
use crate::text::{Lang, Words, form, printable, words};

pub use show::show;

/// How text is put out.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Language of messages.
    pub lang: Lang,
    /// Whether to colour.
    pub colour: bool,
    /// Whether to leave out what is in order.
    pub quiet: bool,
}

/// Colours, as terminals know them.
#[derive(Clone, Copy, Debug)]
enum Ink {
    Red,
    Yellow,
    Blue,
    Green,
    Magenta,
    Bold,
    Faint,
}

impl Ink {
    const fn code(self) -> &'static str {
        match self {
            Self::Red => "31",
            Self::Yellow => "33",
            Self::Blue => "34",
            Self::Green => "32",
            Self::Magenta => "35",
            Self::Bold => "1",
            Self::Faint => "2",
        }
    }

    const fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Red,
            Severity::Warning => Self::Yellow,
            Severity::Note => Self::Blue,
        }
    }

    const fn of_verdict(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Noncompliant => Self::Red,
            Verdict::Unreadable => Self::Magenta,
            Verdict::Questionable | Verdict::Missing => Self::Yellow,
            Verdict::Compliant => Self::Green,
        }
    }
}

impl Style {
    /// `text`, safe for a terminal, in the colour of `ink` where colours are wanted.
    fn paint(self, ink: Ink, text: &str) -> String {
        let text = printable(text);
        if self.colour { format!("\u{1b}[{}m{text}\u{1b}[0m", ink.code()) } else { text.into_owned() }
    }

    fn word(self, words: Words) -> &'static str {
        words.get(self.lang)
    }
}

/// One file with its findings.
///
/// # Errors
/// Those of `out`.
pub fn report(audited: Audited<'_>, style: Style, out: &mut impl Write) -> io::Result<()> {
    let audit = audited.audit;
    if style.quiet && audit.findings.is_empty() {
        return Ok(());
    }
    let verdict = audit.verdict;
    let sign =
        style.paint(Ink::of_verdict(verdict), &format!("{} {}", verdict.sign(), verdict.words().get(style.lang)));
    write!(out, "{sign}  {}", style.paint(Ink::Bold, audited.path))?;
    if let Some(report) = &audit.report {
        if let Some(agency) = &report.agency {
            write!(out, "  {}", printable(agency))?;
        }
        if let Some(year) = report.year {
            write!(out, "  {year}")?;
        }
    }
    if audited.waived > 0 {
        let waived = match style.lang {
            Lang::Zh => format!("（另有 {} 项已豁免）", audited.waived),
            Lang::En => format!(" ({} waived)", audited.waived),
        };
        write!(out, "{}", style.paint(Ink::Faint, &waived))?;
    }
    writeln!(out)?;
    for (index, found) in audit.findings.iter().enumerate() {
        if found.under.is_none() {
            finding(audit, found, false, style, out)?;
            for under in audit.findings.iter().filter(|other| other.under == Some(index)) {
                finding(audit, under, true, style, out)?;
            }
        }
    }
    if audit.findings.is_empty() { Ok(()) } else { writeln!(out) }
}

fn finding(audit: &Audit, finding: &Finding, consequence: bool, style: Style, out: &mut impl Write) -> io::Result<()> {
    let (first, indent) = if consequence { ("    └ ", "      ") } else { ("  ", "    ") };
    let severity = format!("{} {}", finding.severity.sign(), finding.severity.words().get(style.lang));
    writeln!(
        out,
        "{first}{} {} {}",
        style.paint(Ink::of_severity(finding.severity), &severity),
        style.paint(Ink::Bold, finding.rule),
        printable(finding.message.get(style.lang)),
    )?;
    if !consequence {
        let place = place(finding, style.lang);
        if !place.is_empty() {
            writeln!(out, "{indent}{}", style.paint(Ink::Faint, &place))?;
        }
        match finding.at {
            Some(at) => {
                quote::quote(&audit.lines, &audit.places, at, Ink::of_severity(finding.severity), indent, style, out)?;
            }
            None => {
                if let Some(evidence) = &finding.evidence {
                    writeln!(out, "{indent}{}", printable(&crate::text::truncate(evidence, 96)))?;
                }
            }
        }
    }
    figures(audit.report.as_ref(), finding, indent, style, out)?;
    let help = manual(finding.rule, |page| page.remedy, style.lang).filter(|_| !consequence && !style.quiet);
    if let Some(help) = help {
        let name = style.paint(Ink::Faint, rule_name(finding.rule));
        writeln!(out, "{indent}{}{} [{name}]", style.word(words("改法：", "help: ")), printable(help))?;
    }
    Ok(())
}

/// Expected and actual value, and the likely slip.
fn figures(
    report: Option<&Report>,
    finding: &Finding,
    indent: &str,
    style: Style,
    out: &mut impl Write,
) -> io::Result<()> {
    if let (Some(expected), Some(actual)) = (&finding.expected, &finding.actual) {
        let (expected, actual) = (printable(expected), printable(actual));
        let line = match style.lang {
            Lang::Zh => format!("应为 {expected}，实为 {actual}"),
            Lang::En => format!("expected {expected}, found {actual}"),
        };
        writeln!(out, "{indent}{line}")?;
    }
    let Some(likely) = &finding.likely else { return Ok(()) };
    let (cell, value) = (form::cell(likely.cell), printable(&likely.value));
    let printed = report.and_then(|report| report.cell(likely.cell)).map_or(String::new(), |cell| cell.raw.clone());
    let printed = printable(&printed);
    let cell = cell.get(style.lang);
    let line = match style.lang {
        Lang::Zh => format!("疑似笔误：{cell} 的 {printed} 应为 {value}，改后全部勾稽关系成立"),
        Lang::En => format!("likely slip: {cell} is {printed}; with {value} all relations hold"),
    };
    writeln!(out, "{indent}{}", style.paint(Ink::Bold, &line))
}

/// Where a finding stands, in the words of the form.
fn place(finding: &Finding, lang: Lang) -> String {
    let mut steps = Vec::new();
    if let Some(part) = finding.part.filter(|part| (1..=6).contains(part)) {
        steps.push(form::part(part).get(lang).to_owned());
    }
    if let Some(cell) = finding.cell {
        steps.push(form::cell(cell).get(lang).to_owned());
    }
    steps.join(" · ")
}

/// The numbers of the run.
///
/// # Errors
/// Those of `out`.
pub fn summary(summary: &Summary, style: Style, out: &mut impl Write) -> io::Result<()> {
    let Summary { files, compliant, questionable, noncompliant, unreadable, missing, findings, waived, .. } = *summary;
    let verdicts = [
        (Verdict::Noncompliant, noncompliant),
        (Verdict::Unreadable, unreadable),
        (Verdict::Questionable, questionable),
        (Verdict::Compliant, compliant),
    ];
    // Whether anyone is missing is known with a roster only.
    let missing = Some((Verdict::Missing, missing)).filter(|&(_, count)| count > 0);
    let verdicts = verdicts.into_iter().chain(missing);
    let verdicts: Vec<String> =
        verdicts.map(|(verdict, count)| tally(verdict.words(), count, Ink::of_verdict(verdict), style)).collect();
    let verdicts = verdicts.join(" · ");
    let severities =
        [(Severity::Error, findings.error), (Severity::Warning, findings.warning), (Severity::Note, findings.note)];
    let severities = severities
        .map(|(severity, count)| tally(severity.words(), count, Ink::of_severity(severity), style))
        .join(" · ");
    match style.lang {
        Lang::Zh => writeln!(out, "共 {files} 个文件：{verdicts}")?,
        Lang::En => writeln!(out, "{files} {}: {verdicts}", if files == 1 { "file" } else { "files" })?,
    }
    match style.lang {
        Lang::Zh if waived > 0 => writeln!(out, "问题：{severities}；已豁免 {waived}"),
        Lang::Zh => writeln!(out, "问题：{severities}"),
        Lang::En if waived > 0 => writeln!(out, "findings: {severities}; {waived} waived"),
        Lang::En => writeln!(out, "findings: {severities}"),
    }
}

fn tally(words: Words, count: usize, ink: Ink, style: Style) -> String {
    let text = format!("{} {count}", words.get(style.lang));
    if count > 0 { style.paint(ink, &text) } else { text }
}
