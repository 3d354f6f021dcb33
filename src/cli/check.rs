//! `check`: the headless audit.

mod compare;
mod writer;

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::campaign::{self, Beside};
use super::crew::{self, Input};
use super::decided::Decided;
use super::failure::Failure;
use super::output::{self, Output};
use super::settings::{Choice, Settings};
use super::{Outcome, Setting, Threshold};
use crate::campaign::{Arrival, Matches};
use crate::config::{Baseline, Draft};
use crate::export::{Audited, Summary, json, text};
use crate::intake::scan::Found;
use crate::intake::{self, Submission};
use crate::roster::Roster;
use crate::rule::Check;
use crate::rules;
use compare::Kept;
use writer::Writer;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Files and directories; - reads one report from standard input
    #[arg(value_name = "PATH", required_unless_present = "schema")]
    paths: Vec<PathBuf>,
    /// Form of the output. Where reports are compared with each other, with a roster or with last year's, all is written
    /// after the last audit; else (with --select REQ, for example) ndjson is written as each audit ends
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
    #[command(flatten)]
    beside: Beside,
    /// The dashboard's ledger, whose assignments to units of the roster and returns hold here too; it is only looked at
    /// [default: the one that the configuration names]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
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
    let known = Known::gather(arguments, &settings)?;
    let inputs = known.without(collect(&arguments.paths, &settings)?);
    let jobs = arguments.jobs().min(inputs.len().max(1));
    let style =
        text::Style { lang: setting.lang, colour: setting.colours_stdout() && to.is_none(), quiet: setting.quiet };
    let summary = output::to(to, |out| {
        let run = Run { format: arguments.format, style, jobs, inputs: &inputs, settings: &settings };
        if compares(&settings) { run.compared(&known, draft.as_mut(), out) } else { run.streamed(draft.as_mut(), out) }
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
        } else {
            inputs.extend(campaign::below(path, &filter)?);
        }
    }
    inputs.sort_by(|one, other| one.name().cmp(other.name()));
    inputs.dedup_by(|one, other| one.name() == other.name());
    Ok(inputs)
}

impl Arguments {
    fn jobs(&self) -> usize {
        self.jobs.map_or_else(crew::processors, usize::from)
    }

    /// The ledger that was named; that of the configuration if it is there already.
    fn ledger(&self, settings: &Settings) -> Option<PathBuf> {
        let configured = || settings.config().ledger.clone().filter(|path| path.exists());
        self.state.clone().or_else(configured)
    }
}

/// Whether any rule that looks at more than one file is asked for.
fn compares(settings: &Settings) -> bool {
    rules::catalogue().any(|rule| matches!(rule.check, Check::Campaign(_)) && settings.policy().applies(rule))
}

/// What is known beyond the files to be checked.
struct Known {
    roster: Option<(PathBuf, Roster)>,
    /// Whether whoever is on the roster must be among the files: not so where single files are checked.
    wants_all: bool,
    previous: Option<PathBuf>,
    archive: Vec<campaign::Archived>,
    /// The directories that are checked: paths in the ledger lie below one of them.
    directories: Vec<PathBuf>,
    decided: Decided,
}

impl Known {
    fn gather(arguments: &Arguments, settings: &Settings) -> Result<Self, Failure> {
        let directories: Vec<&Path> =
            arguments.paths.iter().map(PathBuf::as_path).filter(|path| path.is_dir()).collect();
        let roster = campaign::roster(&arguments.beside, settings, &directories)?;
        let wants_all = arguments.beside.roster.is_some() || !directories.is_empty();
        let configured = || settings.config().previous.as_deref().map(campaign::from_here);
        let previous = arguments.beside.previous.clone().or_else(configured);
        let archive = match previous.as_ref().filter(|_| compares(settings)) {
            Some(path) => campaign::archive(path, arguments.jobs(), settings)?,
            None => Vec::new(),
        };
        let decided = match arguments.ledger(settings).filter(|_| compares(settings)) {
            Some(path) => Decided::read(&path)?,
            None => Decided::default(),
        };
        let directories = directories.into_iter().map(Path::to_owned).collect();
        Ok(Self { roster, wants_all, previous, archive, directories, decided })
    }

    /// Whose submissions are by the word of an operator. The ledger's paths lie below the directories that are checked.
    fn matches(&self, inbox: &[Arrival<'_>]) -> Matches {
        let mut matches = self.decided.matches(inbox.iter().map(|arrival| (arrival.path, arrival.hash)));
        for directory in &self.directories {
            let shown = if directory == Path::new(".") { Path::new("") } else { directory };
            let below = matches.clone().into_iter().map(|(name, unit)| (intake::name(&shown.join(name)), unit));
            let below: Matches = below.collect();
            matches.extend(below);
        }
        matches
    }

    /// `inputs` without what is known already: the roster, and last year's reports where they lie below the inbox.
    fn without(&self, inputs: Vec<Input>) -> Vec<Input> {
        let whole = |path: &PathBuf| path.canonicalize().ok();
        let roster = self.roster.as_ref().and_then(|(path, _)| whole(path));
        let previous = self.previous.as_ref().and_then(whole);
        if roster.is_none() && previous.is_none() {
            return inputs;
        }
        let is_known = |input: &Input| {
            let Input::File(found) = input else { return false };
            let Some(path) = whole(&found.submission.path) else { return false };
            roster.as_ref() == Some(&path) || previous.as_ref().is_some_and(|previous| path.starts_with(previous))
        };
        inputs.into_iter().filter(|input| !is_known(input)).collect()
    }
}

/// One run over its files.
struct Run<'r> {
    format: Format,
    style: text::Style,
    jobs: usize,
    inputs: &'r [Input],
    settings: &'r Settings,
}

impl Run<'_> {
    /// Writes every audit as it ends.
    fn streamed(&self, mut draft: Option<&mut Draft>, out: &mut Output) -> Result<Summary, Failure> {
        let failed = |error: std::io::Error| Failure::output(&error);
        let mut writer = Writer::begin(self.format, self.style, out).map_err(failed)?;
        crew::in_order(self.inputs, self.jobs, self.settings, |examination| {
            examination.submissions.iter().try_for_each(|examined| {
                let audited = Audited { path: &examined.name, audit: &examined.audit, waived: examined.waived };
                if let Some(draft) = &mut draft {
                    draft.add(&examined.audit, &examined.name);
                }
                writer.add(audited).map_err(failed)
            })
        })?;
        writer.end().map_err(failed)
    }

    /// Compares the reports with each other, the roster and last year's when all are audited, then writes.
    fn compared(&self, known: &Known, mut draft: Option<&mut Draft>, out: &mut Output) -> Result<Summary, Failure> {
        let failed = |error: std::io::Error| Failure::output(&error);
        let mut kept: Vec<Kept> = Vec::new();
        crew::in_order(self.inputs, self.jobs, self.settings, |examination| {
            let received = examination.received();
            let submissions = examination.submissions.into_iter();
            kept.extend(submissions.map(|examined| Kept::of(examined, received)));
            Ok::<(), Failure>(())
        })?;
        let (missing, doubts) = compare::compare(&mut kept, known, self.settings);
        let missing = missing.into_iter().filter(|_| known.wants_all);
        if !self.style.quiet {
            doubts.iter().for_each(|doubt| output::complain(doubt.get(self.style.lang)));
        }
        let mut writer = Writer::begin(self.format, self.style, out).map_err(failed)?;
        for Kept { name, audit, waived, .. } in kept.into_iter().chain(missing) {
            if let Some(draft) = &mut draft {
                draft.add(&audit, &name);
            }
            writer.add(Audited { path: &name, audit: &audit, waived }).map_err(failed)?;
        }
        writer.end().map_err(failed)
    }
}
