//! What an assignment of values to rows costs, in tenths. Only the proportions matter.

/// Values on the unusual side of their label.
pub(super) const OTHER_HABIT: u32 = 15;
/// Values in the middle of a wrapped label.
pub(super) const INSIDE: u32 = 2;
/// Values given to a row whose label is not there.
pub(super) const UNLABELLED: u32 = 25;
/// Values beyond another row's label.
pub(super) const CROSSING: u32 = 60;
/// A row with neither label nor values.
pub(super) const ROW_MISSING: u32 = 25;
/// A label without values.
pub(super) const ROW_BLANK: u32 = 40;
/// A row with too few values,
pub(super) const SHORT: u32 = 10;
/// and each that lacks.
pub(super) const SHORT_EACH: u32 = 3;
/// A row with too many values,
pub(super) const EXCESS: u32 = 10;
/// and each in excess.
pub(super) const EXCESS_EACH: u32 = 15;
/// Figures in the row of a group,
pub(super) const GROUP_FIGURES: u32 = 8;
/// and not directly behind its label.
pub(super) const GROUP_APART: u32 = 30;
/// A figure of a remark.
pub(super) const REMARK: u32 = 5;
/// A row the form does not have.
pub(super) const EXTRA_ROW: u32 = 12;
/// A number alone on its line that belongs nowhere.
pub(super) const LONE: u32 = 30;
/// Other values that belong nowhere.
pub(super) const STRAY: u32 = 60;
/// Out of the question.
pub(super) const NEVER: u32 = u32::MAX / 4;
