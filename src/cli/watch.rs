//! `watch`: the dashboard on an inbox.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::campaign::Beside;
use super::clock;
use super::comparer;
use super::crew;
use super::dispatch;
use super::failure::Failure;
use super::keys::Keys;
use super::memory::{Memory, Wish};
use super::operator::operator;
use super::registrar::Registrar;
use super::settings::{Choice, Settings};
use super::{Outcome, Setting};
use crate::config;
use crate::intake::{printable_name, watch};
use crate::ledger::store::Operator;
use crate::ledger::{Event, Request};
use crate::text::Wording;
use crate::tui;

/// Arguments of `watch`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The directory into which reports arrive
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Looks every so often (2s) instead of relying on notifications of the file system
    #[arg(long, value_name = "DURATION")]
    poll: Option<String>,
    /// The ledger's file [default: that of DIR in the user's state directory]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Only looks: nothing is decided or written down
    #[arg(long)]
    read_only: bool,
    #[command(flatten)]
    choice: Choice,
    #[command(flatten)]
    beside: Beside,
}

pub(super) fn run(arguments: &Arguments, setting: &Setting) -> Result<Outcome, Failure> {
    let dir = &arguments.dir;
    let metadata = std::fs::metadata(dir).map_err(|error| Failure::missing(dir, &error))?;
    if !metadata.is_dir() {
        return Err(Failure::at(
            dir,
            &Wording::new(
                "不是目录；单个文件请用 nianshen check",
                "not a directory; for a single file use nianshen check",
            ),
        ));
    }
    std::fs::read_dir(dir).map_err(|error| Failure::missing(dir, &error))?;
    let settings = Settings::load(&arguments.choice, setting, dir)?;
    let poll = arguments.poll.as_deref().map(poll).transpose()?.or(settings.config().poll);
    if !(std::io::stdout().is_terminal() && std::io::stdin().is_terminal()) {
        return Err(Failure::new(
            "看板需要终端；在脚本里请用 nianshen check",
            "the dashboard needs a terminal; in scripts use nianshen check",
        ));
    }
    let file = arguments.state.clone().or_else(|| settings.config().ledger.clone());
    let wish = Wish { file, read_only: arguments.read_only };
    show(open(dir, settings, poll, Some(&wish), &arguments.beside)?, dir, setting)
}

/// A watched inbox.
pub(super) struct Office {
    /// What happens to it.
    pub(super) events: Receiver<Event>,
    /// What the dashboard asks for.
    pub(super) requests: Sender<Request>,
    /// Who sits here.
    pub(super) operator: Operator,
    /// Why nothing can be decided, if so.
    pub(super) undecidable: Option<Wording>,
    /// Closes when nothing more can be asked for and everything is written down.
    written: Receiver<Infallible>,
}

/// Begins to watch and audit; what happens comes out of the channel.
pub(super) fn open(
    dir: &Path,
    settings: Settings,
    poll: Option<Duration>,
    wish: Option<&Wish>,
    beside: &Beside,
) -> Result<Office, Failure> {
    let defaults = watch::Options::default();
    let options = watch::Options {
        filter: settings.filter(),
        settle: settings.config().settle.unwrap_or(defaults.settle),
        poll,
        ..defaults
    };
    let unstartable = |error: std::io::Error| {
        Failure::new(format!("无法开始监视：{error}"), format!("watching cannot be started: {error}"))
    };
    let operator = operator();
    let mut memory = Memory::open(wish, dir, Keys::new(&settings), operator.clone())?;
    let known = memory.known();
    let undecidable = memory.limits();
    let settings = Arc::new(settings);
    let (send_news, news) = unbounded();
    let (send_events, events) = unbounded();
    let (send_requests, requests) = unbounded();
    let (send_compared, compared) = unbounded();
    comparer::start(compared, &settings, dir, beside, memory.archive(), memory.earlier(), send_events.clone())?;
    let registrar = Registrar {
        memory,
        news,
        requests,
        events: send_events,
        compared: send_compared,
        attended: None,
        owed: VecDeque::new(),
        heard: true,
        unkept: None,
    };
    let watching = watch::watch(dir, options).map_err(unstartable)?;
    dispatch::start(watching, &settings, crew::processors(), known, send_news).map_err(unstartable)?;
    let (working, written) = bounded(0);
    let work = move || {
        registrar.run();
        drop(working);
    };
    std::thread::Builder::new().name("registrar".to_owned()).spawn(work).map_err(unstartable)?;
    Ok(Office { events, requests: send_requests, operator, undecidable, written })
}

/// How long leaving waits for what is still written down.
const LEAVING: Duration = Duration::from_secs(2);

/// Opens the dashboard.
fn show(office: Office, dir: &Path, setting: &Setting) -> Result<Outcome, Failure> {
    let full = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let options = tui::Options {
        lang: setting.lang,
        color: setting.colours_stdout(),
        inbox: printable_name(full.file_name().map_or(&full, Path::new)),
        zone: clock::zone(),
        operator: office.operator,
        undecidable: office.undecidable,
    };
    let ended = tui::run(office.events, office.requests, options);
    // The others see at once that nobody works on anything here. Nobody waits for a disk that does not answer, nor ever
    // for those who watch and read the inbox.
    let _ = office.written.recv_timeout(LEAVING);
    ended
        .map(|()| Outcome::Clean)
        .map_err(|error| Failure::new(format!("看板出错：{error:#}"), format!("the dashboard failed: {error:#}")))
}

fn poll(typed: &str) -> Result<Duration, Failure> {
    let bounds = Duration::from_millis(100)..=Duration::from_secs(3600);
    config::duration(typed).filter(|duration| bounds.contains(duration)).ok_or_else(|| {
        let shown = crate::text::printable(typed);
        Failure::new(
            format!("--poll {shown}：应是 100ms 至 1h 的时长，如 2s"),
            format!("--poll {shown}: expected a duration from 100ms to 1h, such as 2s"),
        )
    })
}
