//! What the dashboard asks of the world.

use crate::ledger::Request;

/// One thing to be done outside the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Leave the dashboard.
    Quit,
    /// Give the terminal back to the shell until it is continued.
    Suspend,
    /// Paint everything anew.
    Repaint,
    /// Ask whoever keeps the ledger.
    Ask(Request),
}
