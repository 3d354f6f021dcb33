//! The dashboard. Elm on top: messages come in, [`update`] writes the [`Model`], [`view`] draws it.
//! This file and `terminal` are the only impure ones: they own the terminal and the channels.

pub mod effect;
pub mod filter;
pub mod keys;
pub mod layout;
pub mod message;
pub mod model;
mod terminal;
pub mod theme;
mod update;
mod view;
mod wrap;

use std::io::{self, IsTerminal};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded, never, select_biased};
use crossterm::event::{self, Event as Input};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use crate::ledger::store::Operator;
use crate::ledger::{Event, Request};
use crate::text::{Lang, Wording, screen};

pub use effect::Effect;
pub use message::Message;
pub use model::Model;
pub use update::update;
pub use view::{cursor, view};

use terminal::Terminal;

/// How the dashboard is to look.
#[derive(Clone, Debug)]
pub struct Options {
    /// Language of the interface.
    pub lang: Lang,
    /// Whether colours may be used.
    pub color: bool,
    /// Name of the inbox as shown in the title.
    pub inbox: String,
    /// The time zone in which times are shown.
    pub zone: TimeZone,
    /// Who sits here.
    pub operator: Operator,
    /// Why nothing can be decided here, if so.
    pub undecidable: Option<Wording>,
}

/// The shortest time between two frames.
const FRAME: Duration = Duration::from_millis(33);
/// How often the clock is told.
const TICK: Duration = Duration::from_secs(20);
/// The most events of the inbox taken in at once: a key never waits for more than these.
const BATCH: usize = 256;

/// What the threads of input and signals say.
enum Outside {
    Input(Input),
    Signal(i32),
    /// The terminal is gone.
    Lost,
}

/// Runs the dashboard until the operator leaves it. `events` tells what happens to the inbox; `requests` goes to
/// whoever keeps the ledger.
///
/// # Errors
/// When the terminal cannot be set up or drawn on.
pub fn run(events: Receiver<Event>, requests: Sender<Request>, options: Options) -> anyhow::Result<()> {
    if !io::stdout().is_terminal() {
        anyhow::bail!(screen::NO_TERMINAL.get(options.lang));
    }
    let (sender, outside) = bounded(1024);
    watch_signals(sender.clone())?;
    let terminal = Terminal::enter()?;
    read_input(sender);
    let (width, height) = terminal.size()?;
    let model = Model::new(options, Timestamp::now(), width, height);
    Session { model, terminal, events, requests, outside }.run()
}

/// The model and all it is connected to.
struct Session {
    model: Model,
    terminal: Terminal,
    events: Receiver<Event>,
    requests: Sender<Request>,
    outside: Receiver<Outside>,
}

impl Session {
    fn run(mut self) -> anyhow::Result<()> {
        let mut drawn = Instant::now();
        let mut ticked = Instant::now();
        self.terminal.draw(&self.model)?;
        let mut changed = false;
        loop {
            let wait =
                if changed { FRAME.saturating_sub(drawn.elapsed()) } else { TICK.saturating_sub(ticked.elapsed()) };
            select_biased! {
                recv(self.outside) -> message => {
                    let Ok(message) = message else { return Ok(()) };
                    changed = true;
                    if self.outside(message)? {
                        return Ok(());
                    }
                }
                recv(self.events) -> event => {
                    changed = true;
                    self.inbox(event.ok())?;
                }
                default(wait) => {}
            }
            if ticked.elapsed() >= TICK {
                ticked = Instant::now();
                changed = true;
                self.tell(Message::Tick(Timestamp::now()))?;
            }
            if changed && drawn.elapsed() >= FRAME {
                self.terminal.draw(&self.model)?;
                drawn = Instant::now();
                changed = false;
            }
        }
    }

    /// Takes in the event that arrived and those that wait behind it.
    fn inbox(&mut self, first: Option<Event>) -> io::Result<()> {
        let Some(first) = first else {
            self.events = never();
            self.tell(Message::InboxClosed)?;
            return Ok(());
        };
        let batch = std::iter::once(first).chain(self.events.try_iter().take(BATCH - 1)).collect();
        self.tell(Message::Tick(Timestamp::now()))?;
        self.tell(Message::Inbox(batch)).map(drop)
    }

    /// Takes in what input or a signal says; whether the dashboard is to end.
    fn outside(&mut self, message: Outside) -> io::Result<bool> {
        match message {
            Outside::Lost => Ok(true),
            Outside::Signal(SIGTSTP) => self.terminal.suspend().map(|()| false),
            Outside::Signal(SIGCONT) => self.terminal.resume().map(|()| false),
            Outside::Signal(signal) => {
                self.terminal.leave();
                signal_hook::low_level::emulate_default_handler(signal).map(|()| true)
            }
            Outside::Input(input) => match input {
                Input::Key(key) => self.tell(Message::Key(key)),
                Input::Paste(text) => self.tell(Message::Paste(text)),
                Input::Mouse(mouse) => self.tell(Message::Mouse(mouse)),
                Input::Resize(width, height) => self.tell(Message::Resize(width, height)),
                Input::FocusGained | Input::FocusLost => Ok(false),
            },
        }
    }

    /// Gives the model a message and does what it asks for; whether the dashboard is to end.
    fn tell(&mut self, message: Message) -> io::Result<bool> {
        for effect in update(&mut self.model, message) {
            match effect {
                Effect::Quit => return Ok(true),
                Effect::Suspend => self.terminal.suspend()?,
                Effect::Repaint => self.terminal.repaint()?,
                // Where nobody keeps a ledger, nobody answers.
                Effect::Ask(request) => drop(self.requests.send(request)),
            }
        }
        Ok(false)
    }
}

/// Reads keys in a thread of its own: reading them cannot be waited for together with channels.
fn read_input(sender: Sender<Outside>) {
    thread::spawn(move || {
        loop {
            let message = event::read().map_or(Outside::Lost, Outside::Input);
            let lost = matches!(message, Outside::Lost);
            if sender.send(message).is_err() || lost {
                return;
            }
        }
    });
}

/// Waits for signals in a thread of its own and passes them on to where the terminal can be restored.
fn watch_signals(sender: Sender<Outside>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            if sender.send(Outside::Signal(signal)).is_err() {
                return;
            }
        }
    });
    Ok(())
}
