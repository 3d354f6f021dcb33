//! `nianshen.toml`: what an office sets for itself.
//!
//! Reading is strict: an unknown key, an unknown code or a bad value ends the run with the file, the
//! line and the nearest valid name, so that a slip of the pen never silently changes a verdict.

mod baseline;
mod read;
mod waiver;

use std::path::{Path, PathBuf};
use std::time::Duration;

use globset::GlobSet;

use crate::audit::Policy;
use crate::roster::Deadlines;
use crate::text::{Wording, printable};

pub use crate::text::nearest::nearest;
pub use baseline::{Baseline, Draft};
pub use read::{code, duration};
pub use waiver::{Waiver, apply as waive, retain};

/// Name of the file that is looked for.
pub const FILE_NAME: &str = "nianshen.toml";

/// Larger files are no configuration.
const LIMIT: u64 = 1 << 20;

/// Everything that can be configured.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Rules, severities, report year, further confusions.
    pub policy: Policy,
    /// The days by which reports are due by the local notice.
    pub due: Deadlines,
    /// The file that lists who must report.
    pub roster: Option<PathBuf>,
    /// Where last year's reports lie.
    pub previous: Option<PathBuf>,
    /// Where set, only files below the inbox that match are submissions.
    pub include: Option<GlobSet>,
    /// Files below the inbox that are no submissions.
    pub ignore: GlobSet,
    /// How long a file must stand still before it is read.
    pub settle: Option<Duration>,
    /// How often to look again instead of relying on notifications.
    pub poll: Option<Duration>,
    /// An office program that turns into DOCX what cannot be read otherwise.
    pub office: Option<PathBuf>,
    /// A model that recognises characters in scans, and where it is named.
    pub model: Option<PathBuf>,
    /// Findings that are accepted.
    pub waivers: Vec<Waiver>,
    /// Days an agency has to correct a report that was returned to it.
    pub correction: Option<i64>,
    /// The ledger's file, where it is another than the inbox's own.
    pub ledger: Option<PathBuf>,
    /// BLAKE3 of the file as it is written, hexadecimal; empty without one.
    pub written: String,
}

impl Config {
    /// The configuration in `text`, which stands in the file called `name`.
    ///
    /// # Errors
    /// What is wrong with it, and on which line.
    pub fn parse(text: &str, name: &str) -> Result<Self, Wording> {
        let written = blake3::hash(text.as_bytes()).to_hex().to_string();
        read::read(text, &printable(name)).map(|config| Self { written, ..config })
    }

    /// The configuration in the file at `path`.
    ///
    /// # Errors
    /// Why it cannot be read, or what is wrong with it.
    pub fn load(path: &Path) -> Result<Self, Wording> {
        let name = path.to_string_lossy();
        let shown = printable(&name);
        let failed = |zh: String, en: String| Wording::new(format!("{shown}：{zh}"), format!("{shown}: {en}"));
        let unreadable = |error: std::io::Error| {
            failed(format!("读不了配置：{error}"), format!("cannot read the configuration: {error}"))
        };
        let metadata = std::fs::metadata(path).map_err(unreadable)?;
        if !metadata.is_file() || metadata.len() > LIMIT {
            return Err(failed("不是配置文件".to_owned(), "is not a configuration file".to_owned()));
        }
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
            Wording::new(format!("{shown}:{line}：不是 UTF-8 文本"), format!("{shown}:{line}: not UTF-8 text"))
        })?;
        let mut config = Self::parse(text.strip_prefix('\u{feff}').unwrap_or(text), &name)?;
        // What it names lies where it lies itself, wherever the program is started.
        let directory = path.parent().unwrap_or(Path::new(""));
        for named in config.roster.iter_mut().chain(&mut config.previous).chain(&mut config.model) {
            *named = directory.join(&*named);
        }
        Ok(config)
    }

    /// The file that holds for `start` (a file or a directory): in its directory or the nearest above.
    #[must_use]
    pub fn find(start: &Path) -> Option<PathBuf> {
        let start = std::fs::canonicalize(start).ok()?;
        start.ancestors().map(|directory| directory.join(FILE_NAME)).find(|path| path.is_file())
    }
}
