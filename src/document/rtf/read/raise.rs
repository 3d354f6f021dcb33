//! Text above and below the line.

use super::Reader;
use crate::document::raised::Level;

/// The size of text of which nothing says it, in half-points.
pub(super) const SIZE: i32 = 24;

/// By how much text is raised of which it is not said, in half-points.
const BY: i32 = 6;

impl Reader {
    /// A word that raises or lowers the text, or says how large it is.
    pub(super) fn height(&mut self, word: &[u8], number: Option<i32>) {
        let on = number != Some(0);
        match word {
            b"super" if on => self.set_level(Level::Raised),
            b"sub" if on => self.set_level(Level::Lowered),
            b"up" => self.raise(number.unwrap_or(BY)),
            b"dn" => self.raise(number.unwrap_or(BY).saturating_neg()),
            b"fs" => {
                self.group.size = number.unwrap_or(SIZE);
                self.raise(self.group.raise);
            }
            _ => self.set_level(Level::Line),
        }
    }

    pub(super) fn set_level(&mut self, level: Level) {
        self.flush();
        self.group.level_of_text = level;
    }

    /// Raises the text by so many half-points.
    fn raise(&mut self, by: i32) {
        let before = std::mem::replace(&mut self.group.raise, by);
        if before != 0 || by != 0 {
            self.set_level(Level::of(by, self.group.size));
        }
    }
}
