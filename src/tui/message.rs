//! What can happen to the dashboard.

use crossterm::event::{KeyEvent, MouseEvent};
use jiff::Timestamp;

use crate::ledger::Event;

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The mouse was used.
    Mouse(MouseEvent),
    /// The terminal has this size now, in columns and rows.
    Resize(u16, u16),
    /// These things happened to the inbox, in this order.
    Inbox(Vec<Event>),
    /// Nothing more will be heard of the inbox.
    InboxClosed,
    /// It is now this time.
    Tick(Timestamp),
}
