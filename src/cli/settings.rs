//! The configuration and the options of a run, put together.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;

use super::Setting;
use super::clock;
use super::failure::Failure;
use crate::audit::{self, Audit, Policy};
use crate::config::{self, Baseline, Config};
use crate::finding::Finding;
use crate::intake::scan::Filter;
use crate::reader::{Program, Reader};
use crate::rules;
use crate::text::{Wording, printable};

/// The options that choose among the rules.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Choice {
    /// Only these rules: codes or families, separated by commas (REQ, DIS001)
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    select: Vec<String>,
    /// All but these rules: codes or families, separated by commas
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The campaign's report year
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(i32).range(2008..=2100))]
    year: Option<i32>,
}

/// What holds for every audit of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    config: Config,
    today: Date,
    /// Which waivers covered something.
    used: Arc<[AtomicBool]>,
    baseline: Option<Arc<Baseline>>,
    /// How the processes that read files are started.
    program: Option<Program>,
}

impl Settings {
    /// The configuration that holds for `start`, with what was chosen on the command line on top.
    pub(super) fn load(choice: &Choice, setting: &Setting, start: &Path) -> Result<Self, Failure> {
        let path = setting.config.clone().or_else(|| Config::find(start));
        let mut config = path.as_deref().map(Config::load).transpose()?.unwrap_or_default();
        let codes = |typed: &[String]| {
            let typed = typed.iter().map(|code| code.trim()).filter(|code| !code.is_empty());
            typed.map(|code| config::code(code, true)).collect::<Result<Vec<_>, _>>()
        };
        let (select, ignore) = (codes(&choice.select)?, codes(&choice.ignore)?);
        if !select.is_empty() {
            config.policy.select = select;
        }
        config.policy.ignore.extend(ignore);
        config.policy.year = choice.year.or(config.policy.year);
        if let Some(model) = &config.model {
            std::fs::File::open(model).map_err(|error| Failure::missing(model, &error))?;
        }
        Ok(Self::of(config, own_program()))
    }

    /// What was configured, and nothing else. Files are read by `program`.
    pub(super) fn of(config: Config, program: PathBuf) -> Self {
        let used = config.waivers.iter().map(|_| AtomicBool::new(false)).collect();
        let program = Some(Program { path: program, arguments: vec![READ.into()] });
        Self { config, today: clock::today(), used, baseline: None, program }
    }

    /// Something to open files with, for one thread.
    pub(super) fn reader(&self) -> Reader {
        let reader = self.program.clone().map_or_else(Reader::in_process, Reader::new);
        let reader = reader.with_office(self.config.office.clone()).with_model(self.config.model.clone());
        reader.with_meanwhile(audit::rehearse)
    }

    /// What an audit rests on besides the file and the program. BLAKE3, hexadecimal.
    pub(super) fn fingerprint(&self) -> String {
        let expires = self.config.waivers.iter().any(|waiver| waiver.until.is_some());
        let today = expires.then_some(self.today);
        let model = self.config.model.as_deref().map(content);
        let words = format!("{}\n{:?}\n{today:?}\n{model:?}", self.config.written, self.config.policy);
        blake3::hash(words.as_bytes()).to_hex()[..32].to_owned()
    }

    /// What was configured.
    pub(super) const fn config(&self) -> &Config {
        &self.config
    }

    /// What the audit itself applies.
    pub(super) const fn policy(&self) -> &Policy {
        &self.config.policy
    }

    /// Today.
    pub(super) const fn today(&self) -> Date {
        self.today
    }

    /// What holds for reports that are only compared with: nothing of this campaign.
    pub(super) fn for_archive(&self) -> Self {
        let config =
            Config { ignore: self.config.ignore.clone(), office: self.config.office.clone(), ..Config::default() };
        Self { config, today: self.today, used: Arc::default(), baseline: None, program: self.program.clone() }
    }

    /// Which files count as submissions.
    pub(super) fn filter(&self) -> Filter {
        Filter { include: self.config.include.clone(), ignore: self.config.ignore.clone() }
    }

    /// Applies the choice of rules to whatever they do not say themselves (that a file is no readable
    /// report), and leaves out what waivers cover in the file called `name`. Counts the latter.
    pub(super) fn apply(&self, mut audit: Audit, name: &str) -> (Audit, usize) {
        let policy = self.policy();
        let rule = |finding: &Finding| rules::find(finding.rule);
        let kept: Vec<bool> =
            audit.findings.iter().map(|finding| rule(finding).is_none_or(|rule| policy.applies(rule))).collect();
        if kept.contains(&false) {
            config::retain(&mut audit, &kept);
        }
        for finding in audit.findings.iter_mut().filter(|finding| finding.rule == UNREADABLE) {
            let ordered = rule(finding).and_then(|rule| policy.severity_of(rule));
            finding.severity = ordered.unwrap_or(finding.severity);
        }
        audit.weaken();
        let used = |index: usize| self.used[index].store(true, Ordering::Relaxed);
        let (mut audit, mut waived) = config::waive(&self.config.waivers, audit, name, self.today, used);
        if let Some(baseline) = &self.baseline {
            let agency = audit.report.as_ref().and_then(|report| report.agency.as_deref()).unwrap_or(name);
            let news = baseline.news(&audit.findings, agency);
            waived += news.iter().filter(|&&new| !new).count();
            if news.contains(&false) {
                config::retain(&mut audit, &news);
            }
        }
        (audit, waived)
    }

    /// Those of `findings` about `agency`, in the file called `name`, that neither a waiver nor the baseline covers, with
    /// the number of the others.
    pub(super) fn accept(&self, findings: Vec<Finding>, agency: Option<&str>, name: &str) -> (Vec<Finding>, usize) {
        let count = findings.len();
        let is_waived = |finding: &Finding| {
            let waivers = self.config.waivers.iter().zip(&*self.used);
            let covering = waivers.filter(|(waiver, _)| waiver.covers(finding.rule, agency, name, self.today));
            covering.inspect(|(_, used)| used.store(true, Ordering::Relaxed)).count() > 0
        };
        let mut open: Vec<Finding> = findings.into_iter().filter(|finding| !is_waived(finding)).collect();
        if let Some(baseline) = &self.baseline {
            let mut news = baseline.news(&open, agency.unwrap_or(name)).into_iter();
            open.retain(|_| news.next().unwrap_or(true));
        }
        let covered = count - open.len();
        (open, covered)
    }

    /// The same run, with only what `baseline` does not know reported.
    pub(super) fn with_baseline(self, baseline: Option<Baseline>) -> Self {
        Self { baseline: baseline.map(Arc::new), ..self }
    }

    /// The waivers that have covered nothing so far, and why.
    pub(super) fn unused_waivers(&self) -> Vec<Wording> {
        let waivers = self.config.waivers.iter().zip(&*self.used);
        let unused = waivers.filter(|(_, used)| !used.load(Ordering::Relaxed)).map(|(waiver, _)| {
            let whom = waiver.agency.as_deref().unwrap_or("path");
            let (rule, reason) = (&waiver.rule, printable(&waiver.reason));
            let whom = printable(whom);
            match waiver.until.filter(|until| *until < self.today) {
                Some(until) => Wording::new(
                    format!("豁免 {rule}（{whom}：{reason}）已于 {until} 到期，请删去或续期"),
                    format!("the waiver of {rule} ({whom}: {reason}) ended on {until}; remove or renew it"),
                ),
                None => Wording::new(
                    format!("豁免 {rule}（{whom}：{reason}）没有用上，请核对或删去"),
                    format!("the waiver of {rule} ({whom}: {reason}) covered nothing; check or remove it"),
                ),
            }
        });
        unused.collect()
    }
}

/// BLAKE3 of the content of a file, hexadecimal; empty where it cannot be read.
fn content(file: &Path) -> String {
    std::fs::read(file).map_or_else(|_| String::new(), |bytes| blake3::hash(&bytes).to_hex().to_string())
}

/// The argument by which this program is started to read files for itself; with a recognition model behind it, to
/// read scans. It stands in no help.
pub(super) const READ: &str = "__read";

/// The file of this program. What the system remembers of it stays the same when a newer program takes its
/// place: both sides of a pipe must speak the same language.
pub(super) fn own_program() -> PathBuf {
    let remembered = Path::new("/proc/self/exe");
    if remembered.exists() {
        return remembered.to_owned();
    }
    // If even this is not to be had, starting it will say so.
    std::env::current_exe().unwrap_or_else(|_| "nianshen".into())
}

/// The rule that is raised where files are opened, not by a check.
const UNREADABLE: &str = "INB004";
