//! `check`: the headless audit.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::crew::{self, Input};
use super::failure::Failure;
use super::output::{self, Output};
use super::settings::{Choice, Settings};
use super::{Outcome, Setting, Threshold};
use crate::config::{Baseline, Draft};
use crate::export::json::{self, ReportEntry};
use crate::export::{Audited, Summary, csv, sarif, text};
use crate::intake::scan::{self, Found};
use crate::intake::{self, Submission};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Files and directories; - reads one report from standard input
    #[arg(value_name = "PATH", required_unless_present = "schema")]
    paths: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Writes to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Exit status 1 from this severity on
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: Threshold,
    #[command(flatten)]
    choice: Choice,
    /// Reports only what the baseline in FILE does not know
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    baseline: Option<PathBuf>,
    /// Writes the findings of this run to FILE as a baseline, and accepts them
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    /// Audits at the same time [default: one per processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Prints the JSON Schema of --format json instead
    #[arg(long)]
    schema: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Ndjson,
    Csv,
    Sarif,
}

pub(super) fn run(arguments: &Arguments, setting: &Setting) -> Result<Outcome, Failure> {
    let to = arguments.output.as_deref();
    let Some(first) = arguments.paths.first().filter(|_| !arguments.schema) else {
        let schema = json::schema::<json::Check>();
        return output::to(to, |out| json::pretty(&schema, out).map_err(|error| Failure::output(&error)))
            .map(|()| Outcome::Clean);
    };
    let start = if first == Path::new("-") { Path::new(".") } else { first };
    let settings = Settings::load(&arguments.choice, setting, start)?;
    let settings = settings.with_baseline(arguments.baseline.as_deref().map(Baseline::load).transpose()?);
    let mut draft = arguments.write_baseline.is_some().then(Draft::default);
    let inputs = collect(&arguments.paths, &settings)?;
    let jobs = arguments.jobs.map_or_else(crew::processors, usize::from).min(inputs.len().max(1));
    let style =
        text::Style { lang: setting.lang, colour: setting.colours_stdout() && to.is_none(), quiet: setting.quiet };
    let summary = output::to(to, |out| {
        let mut writer = Writer {
            format: arguments.format,
            style,
            out,
            summary: Summary::default(),
            entries: Vec::new(),
            log: None,
        };
        let failed = |error: std::io::Error| Failure::output(&error);
        writer.begin().map_err(failed)?;
        crew::in_order(&inputs, jobs, &settings, |examination| {
            examination.submissions.iter().try_for_each(|examined| {
                let audited = Audited { path: &examined.name, audit: &examined.audit, waived: examined.waived };
                if let Some(draft) = &mut draft {
                    draft.add(&examined.audit, &examined.name);
                }
                writer.add(audited).map_err(failed)
            })
        })?;
        writer.end().map_err(failed)
    })?;
    tracing::info!(files = summary.files, unreadable = summary.unreadable, jobs, "audited");
    if !setting.quiet {
        settings.unused_waivers().iter().for_each(|unused| output::complain(unused.get(setting.lang)));
    }
    if let Some(draft) = draft {
        output::to(arguments.write_baseline.as_deref(), |out| {
            draft.write(out).map_err(|error| Failure::output(&error))
        })?;
        return Ok(Outcome::Clean);
    }
    let reached = arguments.fail_on.severity().is_some_and(|severity| summary.reaches(severity));
    Ok(if reached { Outcome::Findings } else { Outcome::Clean })
}

/// The files that `paths` stand for, in the order of their names, each once.
fn collect(paths: &[PathBuf], settings: &Settings) -> Result<Vec<Input>, Failure> {
    let filter = settings.filter();
    let mut inputs = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            let name = "-".to_owned();
            inputs.push(match intake::read_from(std::io::stdin().lock()) {
                Ok(bytes) => Input::Bytes { name, bytes },
                Err(failure) => Input::File(Found {
                    submission: Submission { path: path.clone(), name },
                    unfit: Some(failure.reason()),
                    stamp: None,
                }),
            });
        } else if path.is_dir() {
            std::fs::read_dir(path).map_err(|error| Failure::missing(path, &error))?;
            let shown = if path == Path::new(".") { Path::new("") } else { path };
            let found = scan::scan(path, &filter, |below| intake::name(&shown.join(below)));
            inputs.extend(found.into_iter().map(Input::File));
        } else {
            intake::probe(path).map_err(|failure| Failure::unopened(path, &failure))?;
            let submission = Submission { path: path.clone(), name: intake::name(path) };
            inputs.push(Input::File(Found { submission, unfit: None, stamp: None }));
        }
    }
    inputs.sort_by(|one, other| one.name().cmp(other.name()));
    inputs.dedup_by(|one, other| one.name() == other.name());
    Ok(inputs)
}

/// Writes one audit after the other in the form asked for.
struct Writer<'a> {
    format: Format,
    style: text::Style,
    out: &'a mut Output,
    summary: Summary,
    entries: Vec<ReportEntry>,
    log: Option<sarif::Log>,
}

impl Writer<'_> {
    fn begin(&mut self) -> std::io::Result<()> {
        if self.format == Format::Csv { csv::header(self.style.lang, self.out) } else { Ok(()) }
    }

    fn add(&mut self, audited: Audited<'_>) -> std::io::Result<()> {
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

    fn end(self) -> std::io::Result<Summary> {
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
