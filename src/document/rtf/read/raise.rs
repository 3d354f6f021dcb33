//! Text above and below the line.

use super::Reader;
use crate::document::raised::Level;

/// The size of text of which nothing says it, in half-points.
pub(super) const SIZE: i32 = 24;

impl Reader {
    pub(super) fn set_level(&mut self, level: Level) {
        self.flush();
        self.group.level_of_text = level;
    }

    /// Raises the text by so many half-points.
    pub(super) fn raise(&mut self, by: i32) {
        let before = std::mem::replace(&mut self.group.raise, by);
        if before != 0 || by != 0 {
            self.set_level(Level::of(by, self.group.size));
        }
    }
}
