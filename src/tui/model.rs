//! Everything the dashboard knows. Only [`update`](super::update::update) writes it.

mod detail;
mod home;
mod marks;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::layout::Rect;

use crate::ledger::Ledger;
use crate::rule::Rule;
use crate::text::{Lang, Wording};

use super::Options;
use super::keys::Context;
use super::theme::Theme;

pub use detail::{Detail, Item, SourceCursor, Tab};
pub use home::Home;
pub use marks::{Mark, Marks, Role};

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
        }
    }

    /// Where the keyboard is.
    #[must_use]
    pub fn context(&self) -> Context {
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
