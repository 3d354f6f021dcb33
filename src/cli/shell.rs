//! `completions` and `man`.

use std::io::Write as _;

use clap_complete::Shell;

use super::failure::Failure;
use super::{Outcome, output};

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn completions(arguments: &Arguments, mut command: clap::Command) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "nianshen", &mut script);
    output::print(|out| out.write_all(&script)).map(|()| Outcome::Clean)
}

pub(super) fn manual(command: clap::Command) -> Result<Outcome, Failure> {
    let page = clap_mangen::Man::new(command);
    output::print(|out| page.render(out)).map(|()| Outcome::Clean)
}
