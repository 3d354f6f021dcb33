//! `roster`: a first list of who must report, out of what has arrived.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::campaign::below;
use super::failure::Failure;
use super::settings::{Choice, Settings};
use super::{Outcome, Setting, crew, output};
use crate::roster;
use crate::text::Wording;

/// Arguments of `roster`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Proposes a roster from the reports in a directory
    Init(Init),
}

#[derive(Debug, clap::Args)]
struct Init {
    /// The directory with the reports
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Writes to a file instead of standard output; one that is there is kept
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replaces a file that is there
    #[arg(long, requires = "output")]
    force: bool,
}

pub(super) fn run(arguments: &Arguments, setting: &Setting) -> Result<Outcome, Failure> {
    match &arguments.action {
        Action::Init(arguments) => init(arguments, setting).map(|()| Outcome::Clean),
    }
}

fn init(arguments: &Init, setting: &Setting) -> Result<(), Failure> {
    let to = arguments.output.as_deref();
    let kept = to.filter(|path| path.is_file() && !arguments.force);
    if let Some(path) = kept {
        let (zh, en) = ("已经存在；要替换它请加 --force", "is there already; --force replaces it");
        return Err(Failure::at(path, &Wording::new(zh, en)));
    }
    let agencies = agencies(&arguments.dir, setting)?;
    let named: Vec<&str> = agencies.iter().flatten().map(String::as_str).collect();
    let proposed = roster::propose(named.iter().copied());
    let text = roster::written(&proposed, setting.lang);
    output::to(to, |out| out.write_all(text.as_bytes()).map_err(|error| Failure::output(&error)))?;
    if !setting.quiet {
        let (units, nameless) = (proposed.units.len(), agencies.len() - named.len());
        let mut told = Wording::new(
            format!("从 {} 份报告列出 {units} 个单位，请补上还没有报送的单位", named.len()),
            format!("{units} units from {} reports; add those that have not reported yet", named.len()),
        );
        if nameless > 0 {
            told.zh.push_str(&format!("；另有 {nameless} 个文件认不出机关"));
            told.en.push_str(&format!("; {nameless} more files name no agency"));
        }
        output::complain(told.get(setting.lang));
    }
    Ok(())
}

/// The agencies of the files in `dir`; `None` for a file that is no report or names none.
fn agencies(dir: &Path, setting: &Setting) -> Result<Vec<Option<String>>, Failure> {
    if !dir.is_dir() {
        std::fs::metadata(dir).map_err(|error| Failure::missing(dir, &error))?;
        return Err(Failure::at(dir, &Wording::new("不是目录", "not a directory")));
    }
    let settings = Settings::load(&Choice::default(), setting, dir)?;
    let inputs = below(dir, &settings.filter())?;
    let mut agencies = Vec::new();
    crew::in_order(&inputs, crew::processors().min(inputs.len().max(1)), &settings, |examination| {
        let submissions = examination.submissions.into_iter();
        agencies
            .extend(submissions.map(|examined| examined.summary.digest.agency.filter(|_| examined.summary.is_report)));
        Ok::<(), Failure>(())
    })?;
    Ok(agencies)
}
