//! Exact figures: counts and the fee amount, never floating point.

use rust_decimal::Decimal;

/// A reported figure, exact, with the decimal places it was printed with.
pub type Figure = Decimal;

/// What stands in a cell. Zero, blank, a not-applicable mark and unreadable text are four different
/// things all the way to the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum CellValue {
    /// A figure.
    Number(Figure),
    /// Nothing stands there.
    Blank,
    /// A mark for "does not apply": `/`, `—`, `-`, `无`.
    NotApplicable,
    /// Something stands there that could not be read or placed with certainty.
    Unreadable,
}

impl CellValue {
    /// The figure, if there is one.
    #[must_use]
    pub const fn number(self) -> Option<Figure> {
        match self {
            Self::Number(figure) => Some(figure),
            _ => None,
        }
    }
}
