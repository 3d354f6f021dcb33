//! Colours: few, named, and never the only carrier of a meaning.
//!
//! Only the sixteen colours of the terminal are used, so that light and dark terminals both stay
//! legible. Without colour everything still differs by sign, weight or reversal.

use ratatui::style::{Color, Modifier, Style};

use crate::finding::{Severity, Verdict};
use crate::ledger::{Class, State};

/// The look of the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Whether colours may be used (`NO_COLOR`, `--color`).
    pub color: bool,
}

impl Theme {
    fn foreground(self, color: Color) -> Style {
        if self.color { Style::new().fg(color) } else { Style::new() }
    }

    /// Ordinary text.
    #[must_use]
    pub fn text(self) -> Style {
        Style::new()
    }

    /// What matters less: borders, labels, zeros.
    #[must_use]
    pub fn quiet(self) -> Style {
        if self.color { Style::new().fg(Color::DarkGray) } else { Style::new().add_modifier(Modifier::DIM) }
    }

    /// The one accent: where the operator is.
    #[must_use]
    pub fn accent(self) -> Style {
        self.foreground(Color::Cyan)
    }

    /// Headings.
    #[must_use]
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The name of what is on the screen.
    #[must_use]
    pub fn title(self) -> Style {
        self.accent().add_modifier(Modifier::BOLD)
    }

    /// A cursor on a cell or a tab.
    #[must_use]
    pub fn cursor(self) -> Style {
        self.accent().add_modifier(Modifier::REVERSED | Modifier::BOLD)
    }

    /// A passage of the source that something else refers to.
    #[must_use]
    pub fn highlight(self) -> Style {
        self.foreground(Color::Yellow).add_modifier(Modifier::REVERSED)
    }

    /// Something the operator should notice about watching.
    #[must_use]
    pub fn alarm(self) -> Style {
        self.foreground(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// A severity.
    #[must_use]
    pub fn severity(self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.foreground(Color::Red),
            Severity::Warning => self.foreground(Color::Yellow),
            Severity::Note => self.text(),
        }
    }

    /// What a row counts as.
    #[must_use]
    pub fn class(self, class: Class) -> Style {
        match class {
            Class::Judged(verdict) => self.verdict(Some(verdict)),
            Class::Waiting | Class::Awaited => self.quiet(),
        }
    }

    /// What operators decided on an agency.
    #[must_use]
    pub fn state(self, state: State) -> Style {
        match state {
            State::Returned => self.foreground(Color::Magenta),
            State::Reopened => self.foreground(Color::Yellow).add_modifier(Modifier::BOLD),
            State::Open => self.quiet(),
            State::Passed => self.foreground(Color::Green),
        }
    }

    /// A verdict; `None` is a file not yet audited.
    #[must_use]
    pub fn verdict(self, verdict: Option<Verdict>) -> Style {
        match verdict {
            Some(Verdict::Noncompliant) => self.foreground(Color::Red),
            Some(Verdict::Unreadable) => self.foreground(Color::Magenta),
            Some(Verdict::Questionable) => self.foreground(Color::Yellow),
            Some(Verdict::Compliant) => self.foreground(Color::Green),
            Some(Verdict::Missing) => self.text(),
            None => self.quiet(),
        }
    }
}
