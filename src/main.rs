//! `nianshen`: arguments in, exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    nianshen::cli::run(std::env::args_os().collect())
}
