//! The log: on standard error with `-v`, in a file with `--log`. The dashboard's terminal is never
//! written on.

use std::fs::OpenOptions;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::Mutex;

use tracing::level_filters::LevelFilter;

use super::failure::Failure;
use crate::text::Wording;

/// Begins to log as asked; without a wish nothing is logged. `dashboard`: the terminal is in use.
pub(super) fn start(verbose: u8, file: Option<&Path>, dashboard: bool) -> Result<(), Failure> {
    let level = match verbose {
        0 | 1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let log = tracing_subscriber::fmt().with_max_level(level).with_ansi(false).with_target(false);
    // Only the first log of a process counts.
    if let Some(path) = file {
        let file = OpenOptions::new().create(true).append(true).open(path).map_err(|error| {
            Failure::at(
                path,
                &Wording::new(format!("日志写不进去：{error}"), format!("the log cannot be written: {error}")),
            )
        })?;
        let _ = log.with_writer(Mutex::new(file)).try_init();
    } else if verbose > 0 && !(dashboard && io::stderr().is_terminal()) {
        let _ = log.with_writer(io::stderr).try_init();
    }
    Ok(())
}
