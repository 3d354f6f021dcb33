//! `watch`: the headless audit.
use super::failure::Failure;
use super::{Outcome, Setting};
/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    dir: std::path::PathBuf,
}
pub(super) fn run(_arguments: &Arguments, _setting: &Setting) -> Result<Outcome, Failure> {
    Ok(Outcome::Clean)
}
