//! Draws the model. It changes nothing, reads no clock and knows no file.
//!
//! ```text
//!  年审 samples/inbox                                  ← title
//!  ✗ 不合格 3   ? 无法识别 1   ! 存疑 5   ✓ 合格 3       ← totals
//!  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  ← the same as lengths
//!  结论 ▾      机关          年度 错误 警告 文件   到达
//! ▌✗ 不合格    …                                       ← list
//!  ── 机关 ──────────────────────────────────────────
//!   ✗ REQ003 …                                         ← preview
//!  ● 监视中 · 最近变动 09:41:12                          ← status
//!  ↵ 打开  / 筛选  s 排序                               ← footer
//! ```

mod blocks;
mod cell;
mod detail;
mod findings;
mod history;
mod home;
mod offer;
mod panel;
mod parts;
mod pen;
mod progress;
mod reader;
mod requests;
mod source;
mod status;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::text::{Line, Span};

use crate::ledger::SortKey;
use crate::text::{self, screen};

use super::layout;
use super::model::{Model, Tab};

/// Draws the model on `buffer`.
pub fn view(model: &Model, buffer: &mut Buffer) {
    let area = buffer.area;
    if layout::is_too_small(area) {
        let words = text::truncate(screen::TOO_SMALL.get(model.lang), area.width as usize).into_owned();
        pen::put(buffer, area, 0, &Line::from(Span::styled(words, model.theme.strong())));
        return;
    }
    match &model.detail {
        Some(open) => detail::draw(model, open, buffer),
        None => home::draw(model, buffer),
    }
    if model.reader.is_some() {
        reader::draw(model, buffer);
    }
    if let Some(prompt) = &model.prompt {
        offer::draw(model, prompt, buffer);
    }
}

/// Where the terminal's own cursor belongs, so that an input method opens at the right place.
#[must_use]
pub fn cursor(model: &Model) -> Option<Position> {
    if layout::is_too_small(model.area) {
        return None;
    }
    if let Some(prompt) = &model.prompt {
        let typed = status::asked(model, prompt, model.area.width as usize).1;
        let at = if model.detail.is_some() {
            layout::detail(model.area, false).status
        } else {
            layout::home(model.area).status
        };
        let column = u16::try_from(typed).unwrap_or(u16::MAX).min(at.width.saturating_sub(1));
        return Some(Position::new(at.x + column, at.y));
    }
    if model.detail.is_some() || !model.home.typing || model.reader.is_some() {
        return None;
    }
    let status = layout::home(model.area).status;
    let shown = screen::position(model.home.rows.len(), model.home.count);
    let typed = status::filter(model, (status.width as usize).saturating_sub(text::width(&shown) + 1)).1;
    let column = u16::try_from(typed).unwrap_or(u16::MAX).min(status.width.saturating_sub(1));
    Some(Position::new(status.x + column, status.y))
}

/// The lines of what is being read over the screen; empty when nothing is.
#[must_use]
pub(super) fn reader_lines(model: &Model) -> Vec<Line<'static>> {
    reader::lines(model)
}

/// How many rows the text of the shown part takes.
#[must_use]
pub(super) fn part_rows(model: &Model) -> usize {
    parts::rows(model)
}

/// The column of the list whose head stands at `x`.
#[must_use]
pub(super) fn column_at(model: &Model, x: u16) -> Option<SortKey> {
    home::column_at(model, x)
}

/// The tab whose label stands at `x`.
#[must_use]
pub(super) fn tab_at(model: &Model, x: u16) -> Option<Tab> {
    detail::tab_at(model, x)
}
