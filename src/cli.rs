//! The command line: what can be typed, and where everything is put together.

mod campaign;
mod check;
mod clock;
mod comparer;
mod crew;
mod decided;
mod dispatch;
mod failure;
mod filed;
mod help;
mod keys;
mod ledger;
mod log;
mod memory;
mod operator;
mod output;
mod registrar;
mod roster;
mod rules;
mod settings;
mod shell;
mod show;
mod watch;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use crossbeam_channel::{Receiver, Sender};

use crate::config::Config;
use crate::finding::Severity;
use crate::ledger::{Event, Request};
use crate::reader;
use crate::text::{Lang, Wording};
use failure::Failure;
use memory::Wish;
use settings::Settings;

/// Audits Chinese annual reports on open government information.
#[derive(Debug, Parser)]
#[command(name = "nianshen", version, max_term_width = 100, disable_help_subcommand = true, override_usage = USAGE)]
struct Line {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

const USAGE: &str = "nianshen [DIR]\n       nianshen <COMMAND> [OPTIONS]";

/// What can be done.
#[derive(Debug, Subcommand)]
enum Command {
    /// The dashboard: audits what lies in a directory, then whatever arrives or changes
    Watch(watch::Arguments),
    /// Audits files and directories, prints what is wrong, and ends
    Check(check::Arguments),
    /// What was understood of one file: title, parts, every cell, claims
    Show(show::Arguments),
    /// The catalogue of rules; with a code, its manual page
    Rules(rules::Arguments),
    /// The ledger of an inbox: verify, export, prune, backup
    Ledger(ledger::Arguments),
    /// Who must report: proposes a roster
    Roster(roster::Arguments),
    /// Prints a completion script for a shell
    Completions(shell::Arguments),
    /// Prints the manual page
    Man,
}

/// What every command understands.
#[derive(Debug, Args)]
struct Common {
    /// Language of messages [default: from LC_ALL, LC_MESSAGES, LANG]
    #[arg(long, global = true, display_order = 901, value_name = "LANG")]
    lang: Option<Language>,
    /// When to use colour
    #[arg(long, global = true, display_order = 902, value_name = "WHEN", default_value = "auto")]
    color: Colour,
    /// Configuration [default: nianshen.toml in the directory or above it]
    #[arg(long, global = true, display_order = 903, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A log on standard error; twice for more
    #[arg(short, long, global = true, display_order = 904, action = ArgAction::Count)]
    verbose: u8,
    /// Writes the log to a file
    #[arg(long, global = true, display_order = 905, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Only what is asked for: no summary, no remarks
    #[arg(short, long, global = true, display_order = 906)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Language {
    Zh,
    En,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

/// From which severity on the exit status tells of findings.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Threshold {
    Error,
    Warning,
    Note,
    Never,
}

impl Threshold {
    const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

/// How a command ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing to complain of.
    Clean,
    /// Findings at or above the threshold.
    Findings,
}

/// What holds for the whole run.
#[derive(Clone, Debug)]
struct Setting {
    lang: Lang,
    color: Colour,
    quiet: bool,
    config: Option<PathBuf>,
}

impl Setting {
    /// Whether output on standard output may be coloured.
    fn colours_stdout(&self) -> bool {
        match self.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                std::io::stdout().is_terminal()
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }
}

/// Runs the program. The first of `arguments` is its own name.
#[must_use]
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    if arguments.len() == 2 && arguments[1] == settings::READ {
        return reader::serve();
    }
    if arguments.len() == 3 && arguments[1] == settings::READ {
        return reader::serve_scans(&arguments[2]);
    }
    let lang = language(&arguments);
    crew::silence_worker_panics();
    let ended = parse(arguments, lang).and_then(|line| line.map_or(Ok(Outcome::Clean), |line| obey(line, lang)));
    match ended {
        Ok(Outcome::Clean) | Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(Failure::Explained(reason)) => {
            output::complain(reason.get(lang));
            ExitCode::from(2)
        }
    }
}

/// An inbox that is watched. Watching ends when this is dropped.
#[derive(Debug)]
pub struct Watched {
    /// What happens to it.
    pub events: Receiver<Event>,
    /// Where audits, histories and decisions can be asked for.
    pub requests: Sender<Request>,
}

/// Watches the inbox at `directory` and audits what arrives in it, with `program` (this program's file) to read
/// what is not plain text. What is decided and audited is written down in `ledger`; without one, nothing is.
///
/// # Errors
/// When watching cannot be started, or the ledger is not to be used.
pub fn watch_inbox(
    directory: &Path,
    config: Config,
    program: &Path,
    ledger: Option<&Path>,
) -> Result<Watched, Wording> {
    crew::silence_worker_panics();
    let poll = config.poll;
    let wish = ledger.map(|file| Wish { file: Some(file.to_owned()), read_only: false });
    match watch::open(
        directory,
        Settings::of(config, program.to_owned()),
        poll,
        wish.as_ref(),
        &campaign::Beside::default(),
    ) {
        Ok(office) => Ok(Watched { events: office.events, requests: office.requests }),
        Err(Failure::Explained(reason)) => Err(reason),
        Err(Failure::BrokenPipe) => Err(Wording::default()),
    }
}

/// `None` if clap has answered by itself (`--help`, `--version`).
fn parse(arguments: Vec<OsString>, lang: Lang) -> Result<Option<Line>, Failure> {
    let command = Line::command();
    let arguments = with_command(&command, arguments);
    let command = help::localised(command, lang);
    match command.try_get_matches_from(arguments).and_then(|matches| Line::from_arg_matches(&matches)) {
        Ok(line) => Ok(Some(line)),
        Err(error) if error.use_stderr() => Err(failure::usage(&error)),
        Err(error) => output::print(|out| {
            use std::io::Write as _;
            write!(out, "{}", error.render())
        })
        .map(|()| None),
    }
}

/// `nianshen DIR` is `nianshen watch DIR`: where no command stands, `watch` is put in front. `help COMMAND` is
/// `COMMAND --help`.
fn with_command(command: &clap::Command, mut arguments: Vec<OsString>) -> Vec<OsString> {
    let takes_value = |typed: &str| {
        command.get_arguments().any(|known| {
            known.get_action().takes_values()
                && known.get_long().is_some_and(|long| typed.strip_prefix("--") == Some(long))
        })
    };
    let mut rest = arguments.iter().skip(1);
    while let Some(argument) = rest.next() {
        match argument.to_str() {
            Some("-h" | "--help" | "-V" | "--version") => return arguments,
            Some("--") => break,
            Some(typed) if typed.len() > 1 && typed.starts_with('-') => {
                if takes_value(typed) {
                    rest.next();
                }
            }
            Some(typed) if command.find_subcommand(typed).is_some() => return arguments,
            Some("help") => {
                arguments.retain(|argument| argument != "help");
                arguments.push("--help".into());
                return arguments;
            }
            _ => break,
        }
    }
    arguments.insert(1.min(arguments.len()), "watch".into());
    arguments
}

fn obey(line: Line, lang: Lang) -> Result<Outcome, Failure> {
    let Common { color, config, quiet, verbose, log: file, .. } = line.common;
    log::start(verbose, file.as_deref(), matches!(line.command, Command::Watch(_)))?;
    let setting = Setting { lang, color, quiet, config };
    match line.command {
        Command::Watch(arguments) => watch::run(&arguments, &setting),
        Command::Check(arguments) => check::run(&arguments, &setting),
        Command::Show(arguments) => show::run(&arguments, &setting),
        Command::Rules(arguments) => rules::run(&arguments, &setting),
        Command::Roster(arguments) => roster::run(&arguments, &setting),
        Command::Ledger(arguments) => ledger::run(&arguments, &setting),
        Command::Completions(arguments) => shell::completions(&arguments, help::localised(Line::command(), lang)),
        Command::Man => shell::manual(help::localised(Line::command(), lang)),
    }
}

/// The language that `--lang` or else the environment asks for. It is needed before anything is parsed.
fn language(arguments: &[OsString]) -> Lang {
    let asked = arguments.iter().enumerate().find_map(|(index, argument)| match argument.to_str()? {
        "--lang" => arguments.get(index + 1)?.to_str(),
        typed => typed.strip_prefix("--lang="),
    });
    let locale = || {
        let mut set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(std::env::var_os);
        set.find(|value| !value.is_empty()).map(|value| value.to_string_lossy().into_owned())
    };
    match asked {
        Some("zh") => Lang::Zh,
        Some("en") => Lang::En,
        _ => Lang::of_locale(&locale().unwrap_or_default()),
    }
}
