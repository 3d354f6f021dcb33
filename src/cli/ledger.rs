//! `ledger`: the upkeep of what the dashboard remembers.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::clock;
use super::failure::Failure;
use super::{Outcome, Setting, output};
use crate::config::Config;
use crate::ledger::store::{Access, Pruned, Stopped, Store, Trouble, TroubleKind};
use crate::text::{Wording, printable, screen};

/// Arguments of `ledger`.
#[derive(Debug, clap::Args)]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

/// What can be done with a ledger.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Looks whether the ledger is sound and no decision was changed
    Verify(Place),
    /// Writes out everything but the results of audits, as JSON lines
    Export {
        #[command(flatten)]
        place: Place,
        /// Writes to a file instead of standard output
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Lets go of what was superseded or taken away before a day; decisions stay
    Prune {
        #[command(flatten)]
        place: Place,
        /// The day (YYYY-MM-DD)
        #[arg(long, value_name = "DATE")]
        before: Date,
    },
    /// Copies the ledger, also while it is in use
    #[command(allow_missing_positional = true)]
    Backup {
        #[command(flatten)]
        place: Place,
        /// Where the copy goes; an earlier copy is replaced
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Which ledger.
#[derive(Debug, clap::Args)]
struct Place {
    /// The directory into which reports arrive
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// The ledger's file [default: that of DIR in the user's state directory]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::Explained(trouble.wording)
    }
}

pub(super) fn run(arguments: &Arguments, setting: &Setting) -> Result<Outcome, Failure> {
    match &arguments.action {
        Action::Verify(place) => verify(place, setting),
        Action::Export { place, output } => export(place, output.as_deref(), setting),
        Action::Prune { place, before } => prune(place, *before, setting),
        Action::Backup { place, file } => backup(place, file, setting),
    }
}

fn verify(place: &Place, setting: &Setting) -> Result<Outcome, Failure> {
    let path = place.path(setting)?;
    let looked = Store::open(&path, Access::ReadOnly).and_then(|store| {
        let decisions = store.decisions_since(0).map_or(0, |decisions| decisions.len());
        Ok((store.verify()?, decisions))
    });
    let (wrong, decisions) = match looked {
        Ok(looked) => looked,
        Err(trouble) if trouble.kind == TroubleKind::Damaged => (vec![trouble.wording], 0),
        Err(trouble) => return Err(trouble.into()),
    };
    let name = path.to_string_lossy();
    let shown = printable(&name);
    let sound = Wording::new(
        format!("{shown}：完好，有 {decisions} 项决定"),
        format!("{shown}: sound, with {decisions} decisions"),
    );
    let said = if wrong.is_empty() && !setting.quiet { vec![sound] } else { wrong.clone() };
    say(&said, setting)?;
    Ok(if wrong.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

fn export(place: &Place, file: Option<&Path>, setting: &Setting) -> Result<Outcome, Failure> {
    let path = place.path(setting)?;
    let store = Store::open(&path, Access::ReadOnly)?;
    if let Some(file) = file
        && file.canonicalize().is_ok_and(|file| path.canonicalize().is_ok_and(|path| path == file))
    {
        return Err(Failure::at(
            file,
            &Wording::new(
                "就是台账本身，不能覆盖；请另选文件",
                "it is the ledger itself and is not replaced; choose another file",
            ),
        ));
    }
    let told = |stopped| match stopped {
        Stopped::Ledger(trouble) => Failure::from(trouble),
        Stopped::Output(error) => Failure::output(&error),
    };
    output::to(file, |out| store.export(out).map_err(told)).map(|()| Outcome::Clean)
}

fn prune(place: &Place, before: Date, setting: &Setting) -> Result<Outcome, Failure> {
    let day = before.to_zoned(clock::zone()).map_err(|_| {
        Failure::new(
            format!("--before {before}：没有这一天；应如 2026-01-31"),
            format!("--before {before}: no such day; expected one such as 2026-01-31"),
        )
    })?;
    let Pruned { files, audits, claims, bytes } =
        Store::open(&place.path(setting)?, Access::ReadWrite)?.prune(day.timestamp())?;
    if !setting.quiet {
        let done = Wording::new(
            format!("清除已移走的文件 {files} 个、审核结果 {audits} 份（{bytes} 字节）、过期的占用 {claims} 项"),
            format!("let go of {files} files taken away, {audits} results of audits ({bytes} bytes), {claims} claims"),
        );
        say(&[done], setting)?;
    }
    Ok(Outcome::Clean)
}

fn backup(place: &Place, file: &Path, setting: &Setting) -> Result<Outcome, Failure> {
    let path = place.path(setting)?;
    if file != path && Store::is_inside(file, &place.dir) {
        return Err(Failure::at(file, &screen::LEDGER_IN_INBOX.into()));
    }
    Store::open(&path, Access::ReadOnly)?.backup(file)?;
    Ok(Outcome::Clean)
}

fn say(lines: &[Wording], setting: &Setting) -> Result<(), Failure> {
    use std::io::Write as _;
    output::print(|out| lines.iter().try_for_each(|line| writeln!(out, "{}", line.get(setting.lang))))
}

impl Place {
    /// The file of the ledger, which is there.
    fn path(&self, setting: &Setting) -> Result<PathBuf, Failure> {
        let file = setting.config.clone().or_else(|| Config::find(&self.dir));
        let configured = file.as_deref().map(Config::load).transpose()?.and_then(|config| config.ledger);
        let path = match self.state.as_ref().or(configured.as_ref()) {
            Some(path) => path.clone(),
            None => Store::default_path(&self.dir).ok_or_else(|| {
                Failure::at(
                    &self.dir,
                    &Wording::new(
                        "没有默认的台账位置；请用 --state 指明台账文件",
                        "it has no default place for a ledger; name the ledger's file with --state",
                    ),
                )
            })?,
        };
        if path.exists() {
            return Ok(path);
        }
        let missing = match &self.state {
            Some(_) => Wording::new("没有这个台账；请核对路径", "there is no such ledger; check the path"),
            None => {
                let dir = self.dir.to_string_lossy();
                let dir = printable(&dir);
                Wording::new(
                    format!("{dir} 还没有台账；请核对目录，或用 --state 指明台账文件"),
                    format!("{dir} has no ledger yet; check the directory, or name the ledger's file with --state"),
                )
            }
        };
        Err(Failure::at(&path, &missing))
    }
}
