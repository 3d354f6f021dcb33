//! The list of agencies: which rows, in which order, and where the operator is.

use std::collections::HashMap;
use std::sync::Arc;

use crate::ledger::{Ledger, Order, Submission};
use crate::tui::filter::Filter;
use crate::tui::layout::scrolled;

use super::Editor;

/// The state of the list.
#[derive(Debug, Default)]
pub struct Home {
    /// The order of the rows.
    pub order: Order,
    /// What is let through.
    pub filter: Filter,
    /// What of the filter was typed, with the cursor in it.
    pub editor: Editor,
    /// Whether the filter is being typed.
    pub typing: bool,
    /// Whether versions are shown that a newer one stands for.
    pub older: bool,
    /// The paths shown, in order.
    pub rows: Vec<Arc<str>>,
    /// What most names of agencies in these rows begin with; empty where most share nothing.
    pub shared: String,
    /// How many there would be without the filter.
    pub count: usize,
    /// The path the operator stands on. The row may move; he stays on his file.
    pub selected: Option<Arc<str>>,
    /// First row on the screen.
    pub offset: usize,
    /// Where the selected row was when it was last seen, for when it disappears.
    at: usize,
    /// Whether the operator chose a row; until then he stands on the first, whichever that is.
    chosen: bool,
}

impl Home {
    /// Index of the selected row.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Puts the rows in order again after the ledger, the order or the filter changed.
    pub fn refresh(&mut self, ledger: &Ledger, height: usize) {
        let shown = |submission: &Submission| self.older || submission.standing.superseded_by.is_none();
        self.count = ledger.iter().filter(|submission| shown(submission)).count();
        self.rows = ledger.ordered(self.order, |submission| shown(submission) && self.filter.keeps(submission));
        self.shared = shared(self.rows.iter().filter_map(|path| ledger.get(path)?.agency()));
        let found = self
            .selected
            .as_ref()
            .filter(|_| self.chosen)
            .and_then(|path| self.rows.iter().position(|row| row == path));
        match found {
            Some(at) => self.at = at,
            None if self.chosen => self.at = self.at.min(self.rows.len().saturating_sub(1)),
            None => self.at = 0,
        }
        self.selected = self.rows.get(self.at).cloned();
        self.show(height);
    }

    /// Selects the row at `index`, or the last.
    pub fn select(&mut self, index: usize, height: usize) {
        self.at = index.min(self.rows.len().saturating_sub(1));
        self.selected = self.rows.get(self.at).cloned();
        self.chosen = true;
        self.show(height);
    }

    /// Follows a file to its new name.
    pub fn follow(&mut self, from: &str, to: &str) {
        if self.selected.as_deref() == Some(from) {
            self.selected = Some(to.into());
        }
    }

    /// Brings the selected row onto the screen of `height` rows.
    pub fn show(&mut self, height: usize) {
        self.offset = scrolled(self.offset, self.at, self.rows.len(), height);
    }

    /// Forgets the choice: until the next one the first row is the selected one.
    pub const fn start_over(&mut self) {
        self.chosen = false;
    }
}

/// Longest beginning that is looked for, in characters.
const BEGINNING: usize = 12;

/// The longest beginning that more than half of `names` share, and a character at least remains of.
fn shared<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut all = 0;
    for name in names {
        all += 1;
        for (at, _) in name.char_indices().skip(2).take(BEGINNING) {
            *counts.entry(&name[..at]).or_default() += 1;
        }
    }
    let most = counts.into_iter().filter(|&(_, count)| count > 2 && 2 * count > all);
    most.map(|(beginning, _)| beginning).max_by_key(|beginning| beginning.len()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::shared;

    #[test]
    fn what_most_names_begin_with() {
        for (names, expected) in [
            (&["青溪县教育局", "青溪县公安局", "云岭市民政局", "青溪县人民政府"][..], "青溪县"),
            (
                &["青溪县人民政府望江街道办事处", "青溪县人民政府城南街道办事处", "青溪县人民政府城北街道办事处"],
                "青溪县人民政府",
            ),
            (&["青溪县教育局", "青溪县公安局"], ""),
            (&["青溪县教育局", "白石县公安局", "云岭市民政局"], ""),
            (&[], ""),
        ] {
            assert_eq!(shared(names.iter().copied()), expected, "{names:?}");
        }
    }
}
