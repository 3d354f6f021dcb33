//! The units of the roster that are offered while it is asked to which one a report belongs.

use ratatui::buffer::Buffer;
use ratatui::text::Line;

use crate::text::{pad, printable, screen, truncate};
use crate::tui::layout;
use crate::tui::model::{Model, Prompt};

use super::pen::{put, rule, span};

pub(super) fn draw(model: &Model, prompt: &Prompt, buffer: &mut Buffer) {
    let area = layout::offer(buffer.area, prompt.units.len());
    if prompt.units.is_empty() || area.height < 2 {
        return;
    }
    let (theme, columns) = (model.theme, area.width as usize);
    let count = screen::position(prompt.chosen.map_or(0, |at| at + 1), prompt.units.len());
    let heading = vec![span(screen::UNITS.get(model.lang), theme.strong()), span(format!("  {count}"), theme.quiet())];
    put(buffer, area, 0, &rule(heading, columns, theme.quiet()));
    let rows = area.height as usize - 1;
    let first = layout::centred(prompt.chosen.unwrap_or(0), prompt.units.len(), rows);
    for (row, (at, unit)) in prompt.units.iter().enumerate().skip(first).take(rows).enumerate() {
        let (sign, style) = if prompt.chosen == Some(at) { ("▌", theme.title()) } else { (" ", theme.text()) };
        let name = printable(unit);
        let name = pad(&truncate(&name, columns.saturating_sub(2)), columns.saturating_sub(1));
        put(buffer, area, row + 1, &Line::from(vec![span(sign, theme.accent()), span(name, style)]));
    }
}
