//! Lists: how far they have been counted, and which list goes on with which.

use std::collections::HashMap;

use super::style::{LEVELS, ListStyle, Styles, label};
use crate::document::xml::Element;

/// Numbers of the levels of a list.
type Values = [Option<u32>; LEVELS];

/// The lists of a story.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// How far each list was counted, by its name and by that of its style.
    by_name: HashMap<String, Values>,
    by_style: HashMap<String, Values>,
    /// How far the headings outside of lists were counted.
    outline: Values,
}

/// A list that is being read.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    name: Option<String>,
    style: String,
    values: Values,
}

impl Lists {
    /// The list that `element` begins, or goes on with.
    pub(super) fn begin(&self, element: &Element) -> List {
        let style = element.attribute("text", "style-name").unwrap_or_default().to_owned();
        let goes_on = element.attribute("text", "continue-numbering") == Some("true");
        let named = element.attribute("text", "continue-list").and_then(|name| self.by_name.get(name));
        let values = named.or_else(|| self.by_style.get(&style).filter(|_| goes_on)).copied().unwrap_or_default();
        List { name: element.attribute("xml", "id").map(str::to_owned), style, values }
    }

    /// Remembers how far `list` was counted.
    pub(super) fn end(&mut self, list: List) {
        if let Some(name) = list.name {
            self.by_name.insert(name, list.values);
        }
        self.by_style.insert(list.style, list.values);
    }

    /// The label of a heading outside of lists.
    pub(super) fn heading(&mut self, level: usize, styles: &Styles) -> Option<String> {
        count(&mut self.outline, level, None, &styles.outline)
    }
}

impl List {
    /// The label of the next item of the level `index`, in the style `style` or that of the whole list.
    pub(super) fn label(
        &mut self,
        index: usize,
        style: Option<&str>,
        start: Option<u32>,
        styles: &Styles,
    ) -> Option<String> {
        let style = styles.list(style.unwrap_or(&self.style))?;
        count(&mut self.values, index, start, style)
    }
}

/// Counts one paragraph of the level `index`; what lies below begins again.
fn count(values: &mut Values, index: usize, start: Option<u32>, style: &ListStyle) -> Option<String> {
    let first = style.get(&index)?.start;
    let slot = values.get_mut(index)?;
    *slot = Some(start.unwrap_or_else(|| slot.map_or(first, |value| value.saturating_add(1))));
    values[index + 1..].fill(None);
    label(style, index, values)
}
