//! Everything the dashboard knows. Only [`update`](super::update::update) writes it.

mod detail;
mod editor;
mod home;
mod marks;
mod prompt;
mod spot;

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::layout::Rect;

use std::sync::Arc;

use crate::ledger::store::{Operator, UnitKey};
use crate::ledger::{History, Ledger, Request};
use crate::rule::Rule;
use crate::text::{Lang, Wording};

use super::Options;
use super::keys::Context;
use super::theme::Theme;

pub use detail::{Detail, Item, SourceCursor, Tab};
pub use editor::Editor;
pub use home::Home;
pub use marks::{Mark, Marks, Role};
pub use prompt::{Prompt, Question};
pub use spot::Spot;

/// The state of the dashboard.
#[derive(Debug)]
pub struct Model {
    /// Language of the interface.
    pub lang: Lang,
    /// Colours.
    pub theme: Theme,
    /// Name of the inbox as shown.
    pub inbox: String,
    /// The time zone times are shown in.
    pub zone: TimeZone,
    /// The time, as last told.
    pub now: Timestamp,
    /// The screen.
    pub area: Rect,
    /// The submissions.
    pub ledger: Ledger,
    /// Whether more may be heard of the inbox.
    pub watched: bool,
    /// The list of agencies.
    pub home: Home,
    /// The opened submission.
    pub detail: Option<Detail>,
    /// What lies over everything else.
    pub reader: Option<Reader>,
    /// A word to the operator, until the next key.
    pub notice: Option<Wording>,
    /// When that word was first seen to stand there.
    pub noticed: Option<Timestamp>,
    /// The operator at this dashboard: his login and what tells this dashboard from his others.
    pub operator: Operator,
    /// Why nothing can be decided here, if so.
    pub undecidable: Option<Wording>,
    /// A reason being typed.
    pub prompt: Option<Prompt>,
    /// The decision of another dashboard of which the operator was told that the same key takes it back.
    pub warned: Option<i64>,
    /// The history that was asked for.
    pub history: Option<Box<History>>,
    /// A submission that was asked for and has not come yet.
    pub opening: Option<Opening>,
    /// Keys that wait for it.
    pub ahead: Vec<KeyEvent>,
    /// What is to be asked of whoever keeps the ledger.
    pub outbox: Vec<Request>,
    /// The agency this operator is known to work on.
    pub attended: Option<UnitKey>,
}

/// A submission that is about to be opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Its path.
    pub path: Arc<str>,
    /// The tab to open it at.
    pub tab: Tab,
    /// Whether to go to its first finding (`true`), its last, or to none.
    pub begin: Option<bool>,
}

/// A text that lies over the screen.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// What is read.
    pub page: Page,
    /// First line shown.
    pub scroll: usize,
}

/// What can be read over the screen.
#[derive(Clone, Copy, Debug)]
pub enum Page {
    /// The keys, those of this context first.
    Help(Context),
    /// The manual page of a rule.
    Manual(&'static Rule),
    /// The history of an agency.
    History,
    /// Who has reported, by level and kind.
    Progress,
}

impl Model {
    /// The state at the start: an empty inbox on a screen of `width` by `height`.
    #[must_use]
    pub fn new(options: Options, now: Timestamp, width: u16, height: u16) -> Self {
        Self {
            lang: options.lang,
            theme: Theme { color: options.color },
            inbox: options.inbox,
            zone: options.zone,
            now,
            area: Rect::new(0, 0, width, height),
            ledger: Ledger::default(),
            watched: true,
            home: Home::default(),
            detail: None,
            reader: None,
            notice: None,
            noticed: None,
            operator: options.operator,
            undecidable: options.undecidable,
            prompt: None,
            warned: None,
            history: None,
            opening: None,
            ahead: Vec::new(),
            outbox: Vec::new(),
            attended: None,
        }
    }

    /// Where the keyboard is.
    #[must_use]
    pub fn context(&self) -> Context {
        if self.prompt.is_some() {
            return Context::Reason;
        }
        if self.reader.is_some() {
            return Context::Reader;
        }
        match &self.detail {
            Some(detail) => match detail.tab {
                Tab::Findings => Context::Findings,
                Tab::Parts => Context::Parts,
                Tab::Proactive | Tab::Requests | Tab::Disputes => Context::Table,
                Tab::Source => Context::Source,
            },
            None if self.home.typing => Context::Typing,
            None => Context::Home,
        }
    }

    /// A time of day, or a date when it was on another day.
    #[must_use]
    pub fn clock(&self, time: Timestamp) -> String {
        let local = time.to_zoned(self.zone.clone());
        let today = self.now.to_zoned(self.zone.clone()).date();
        let pattern = if local.date() == today { "%H:%M:%S" } else { "%Y-%m-%d" };
        local.strftime(pattern).to_string()
    }
}
