//! What the dashboard asks of the world.

/// One thing to be done outside the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Leave the dashboard.
    Quit,
    /// Give the terminal back to the shell until it is continued.
    Suspend,
    /// Paint everything anew.
    Repaint,
}
