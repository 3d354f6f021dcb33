//! One audit after the other in the form asked for.

use std::io::{Result, Write as _};

use super::Format;
use crate::cli::output::Output;
use crate::export::json::{self, ReportEntry};
use crate::export::{Audited, Summary, csv, sarif, text};

/// Writes one audit after the other.
pub(super) struct Writer<'a> {
    format: Format,
    style: text::Style,
    out: &'a mut Output,
    summary: Summary,
    entries: Vec<ReportEntry>,
    log: Option<sarif::Log>,
}

impl<'a> Writer<'a> {
    /// Begins to write.
    pub(super) fn begin(format: Format, style: text::Style, out: &'a mut Output) -> Result<Self> {
        if format == Format::Csv {
            csv::header(style.lang, out)?;
        }
        Ok(Self { format, style, out, summary: Summary::default(), entries: Vec::new(), log: None })
    }

    /// Writes one audit.
    pub(super) fn add(&mut self, audited: Audited<'_>) -> Result<()> {
        self.summary.add(audited);
        match self.format {
            Format::Text => text::report(audited, self.style, self.out),
            Format::Json => {
                self.entries.push(ReportEntry::new(audited, self.style.lang));
                Ok(())
            }
            Format::Ndjson => {
                json::line(&ReportEntry::new(audited, self.style.lang), self.out)?;
                self.out.flush()
            }
            Format::Csv => csv::report(audited, self.style.lang, self.out),
            Format::Sarif => {
                let lang = self.style.lang;
                self.log.get_or_insert_with(|| sarif::Log::new(lang)).add(audited, lang);
                Ok(())
            }
        }
    }

    /// Writes what stands at the end.
    pub(super) fn end(self) -> Result<Summary> {
        match self.format {
            Format::Text if self.style.quiet => {}
            Format::Text => text::summary(&self.summary, self.style, self.out)?,
            Format::Json => json::pretty(&json::Check::new(self.summary, self.entries), self.out)?,
            Format::Sarif => {
                let log = self.log.unwrap_or_else(|| sarif::Log::new(self.style.lang));
                json::pretty(&log, self.out)?;
            }
            Format::Ndjson | Format::Csv => {}
        }
        Ok(self.summary)
    }
}
