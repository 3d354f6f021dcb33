//! What a run knows beyond its files: who must report, and last year's reports.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::crew::{self, Examined, Input};
use super::failure::Failure;
use super::settings::Settings;
use crate::campaign::Arrival;
use crate::intake::scan::{self, Filter, Found};
use crate::intake::{self, Submission};
use crate::ledger::Summary;
use crate::roster::{self, Roster};

/// The options that name what lies beside the reports.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Beside {
    /// Who must report [default: roster.csv or roster.xlsx in a directory that is checked]
    #[arg(long, value_name = "FILE")]
    pub(super) roster: Option<PathBuf>,
    /// Last year's reports, to be compared with: a directory or a file
    #[arg(long, value_name = "PATH")]
    pub(super) previous: Option<PathBuf>,
}

/// A report of last year: what is compared, and no more.
#[derive(Debug)]
pub(super) struct Archived {
    name: String,
    received: Timestamp,
    summary: Summary,
}

impl Archived {
    /// The report called `name`.
    pub(super) const fn new(name: String, received: Timestamp, summary: Summary) -> Self {
        Self { name, received, summary }
    }

    fn of(examined: Examined, received: Timestamp) -> Self {
        Self::new(examined.name, received, examined.summary)
    }

    /// The same as the comparison wants it.
    pub(super) fn arrival(&self) -> Arrival<'_> {
        arrival(&self.name, self.received, &self.summary)
    }
}

/// A submission as the comparison wants it.
pub(super) fn arrival<'a>(path: &'a str, received: Timestamp, summary: &'a Summary) -> Arrival<'a> {
    Arrival {
        path,
        hash: summary.hash.as_deref(),
        received,
        verdict: summary.verdict,
        agency: summary.digest.agency.as_deref(),
        year: summary.digest.year,
        digest: summary.is_report.then_some(&summary.digest),
        findings: &summary.findings,
        returned: None,
    }
}

/// The roster: that of the option, of the configuration, or the one in one of `directories`; with its path.
pub(super) fn roster(
    beside: &Beside,
    settings: &Settings,
    directories: &[&Path],
) -> Result<Option<(PathBuf, Roster)>, Failure> {
    let named = beside.roster.clone().or_else(|| settings.config().roster.as_deref().map(from_here));
    let path = match named {
        Some(path) => Some(path),
        None => {
            let mut found: Option<PathBuf> = None;
            for directory in directories {
                let Some(other) = roster::find_in(directory)? else { continue };
                if let Some(first) =
                    found.as_ref().filter(|first| first.canonicalize().ok() != other.canonicalize().ok())
                {
                    let (first, other) = (intake::printable_name(first), intake::printable_name(&other));
                    return Err(Failure::new(
                        format!("有两份名单 {first} 和 {other}，请用 --roster 指明一份"),
                        format!("two rosters, {first} and {other}; name one with --roster"),
                    ));
                }
                found = Some(other);
            }
            found
        }
    };
    let Some(path) = path else { return Ok(None) };
    let shown = path.strip_prefix("./").unwrap_or(&path);
    let roster = roster::load(&path, &intake::name(shown))?;
    Ok(Some((path, roster)))
}

/// `path`, which the configuration names, as a person here would type it.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(std::fs::canonicalize);
    let below = here.ok().and_then(|here| path.strip_prefix(here).ok()).filter(|below| !below.as_os_str().is_empty());
    below.unwrap_or(path).to_owned()
}

/// Last year's reports: those that the option or the configuration names.
pub(super) fn archive(path: &Path, jobs: usize, settings: &Settings) -> Result<Vec<Archived>, Failure> {
    let inputs = below(path, &Filter { include: None, ignore: settings.config().ignore.clone() })?;
    let (jobs, settings) = (jobs.min(inputs.len().max(1)), settings.for_archive());
    let mut archived = Vec::new();
    crew::in_order(&inputs, jobs, &settings, |examination| {
        let received = examination.received();
        let submissions = examination.submissions.into_iter();
        archived.extend(submissions.map(|examined| Archived::of(examined, received)));
        Ok::<(), Failure>(())
    })?;
    Ok(archived)
}

/// The files that `path` stands for: itself, or those in the directory it is.
pub(super) fn below(path: &Path, filter: &Filter) -> Result<Vec<Input>, Failure> {
    if path.is_dir() {
        std::fs::read_dir(path).map_err(|error| Failure::missing(path, &error))?;
        let shown = if path == Path::new(".") { Path::new("") } else { path };
        let found = scan::scan(path, filter, |below| intake::name(&shown.join(below)));
        return Ok(found.into_iter().map(Input::File).collect());
    }
    intake::probe(path).map_err(|failure| Failure::unopened(path, &failure))?;
    let submission = Submission { path: path.to_owned(), name: intake::name(path) };
    Ok(vec![Input::File(Found { submission, unfit: None, stamp: None })])
}
