//! Where things stand on the screen: pure arithmetic, shared by `update` and `view`.

use ratatui::layout::Rect;

/// The smallest screen that is drawn on.
pub const SMALLEST: (u16, u16) = (40, 10);

/// Whether `area` is too small to draw on.
#[must_use]
pub const fn is_too_small(area: Rect) -> bool {
    area.width < SMALLEST.0 || area.height < SMALLEST.1
}

/// The list of agencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HomeLayout {
    /// Name of the program and of the inbox.
    pub title: Rect,
    /// Totals.
    pub totals: Rect,
    /// The line that shows the totals as lengths.
    pub gauge: Rect,
    /// Heads of the columns.
    pub head: Rect,
    /// The rows.
    pub list: Rect,
    /// The findings of the selected row; empty when there is no room.
    pub preview: Rect,
    /// Health, filter, notices.
    pub status: Rect,
    /// Keys.
    pub footer: Rect,
}

/// Divides `area` for the list of agencies.
#[must_use]
pub fn home(area: Rect) -> HomeLayout {
    let (title, rest) = top(area, 1);
    let (totals, rest) = top(rest, 1);
    let (gauge, rest) = top(rest, 1);
    let (rest, footer) = bottom(rest, 1);
    let (rest, status) = bottom(rest, 1);
    let (rest, preview) = if area.width >= 150 && rest.height >= 8 {
        right(rest, rest.width * 2 / 5)
    } else if rest.height >= 17 {
        bottom(rest, (rest.height / 3).clamp(6, 14))
    } else {
        bottom(rest, 0)
    };
    let (head, list) = top(rest, 1);
    HomeLayout { title, totals, gauge, head, list, preview, status, footer }
}

/// A submission opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DetailLayout {
    /// Agency, year, verdict.
    pub title: Rect,
    /// The tabs.
    pub tabs: Rect,
    /// What the tab shows.
    pub body: Rect,
    /// The source beside a table; empty when there is no room.
    pub beside: Rect,
    /// The current finding, notices, health.
    pub status: Rect,
    /// Keys.
    pub footer: Rect,
}

/// Divides `area` for an opened submission; `split` asks for the source beside the body.
#[must_use]
pub fn detail(area: Rect, split: bool) -> DetailLayout {
    let (title, rest) = top(area, 1);
    let (tabs, rest) = top(rest, 2);
    let (rest, footer) = bottom(rest, 1);
    let (rest, status) = bottom(rest, 1);
    let (body, beside) = if split && rest.width >= 150 { right(rest, rest.width - 100) } else { bottom(rest, 0) };
    DetailLayout { title, tabs, body, beside, status, footer }
}

/// The findings: the list of so many, and below or beside it the selected one in full. Below, the list takes
/// no more than it needs.
#[must_use]
pub fn findings(body: Rect, count: usize) -> (Rect, Rect) {
    if body.width >= 110 {
        let (list, detail) = right(body, body.width / 2);
        (list, detail)
    } else {
        let needed = u16::try_from(count).unwrap_or(u16::MAX);
        bottom(body, body.height.saturating_sub(needed.min((body.height * 2 / 5).max(3))))
    }
}

/// The parts: the outline and the text of the selected part.
#[must_use]
pub fn parts(body: Rect) -> (Rect, Rect) {
    let outline = if body.width >= 100 { 44 } else { (body.width / 3).max(20) };
    right(body, body.width.saturating_sub(outline))
}

/// A table: the grid and what is said about the cell under the cursor.
#[must_use]
pub fn table(body: Rect) -> (Rect, Rect) {
    bottom(body, if body.height >= 14 { 6 } else { 3 })
}

/// The box of help or of a manual page.
#[must_use]
pub fn reader(area: Rect) -> Rect {
    let width = area.width.saturating_sub(4).min(96);
    let height = area.height.saturating_sub(2);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// Over the line on which a question stands: a heading and so many answers, as far as they take no more than half.
#[must_use]
pub fn offer(area: Rect, answers: usize) -> Rect {
    let (above, _) = bottom(area, 2);
    let height = u16::try_from(answers).unwrap_or(u16::MAX).saturating_add(1).min(above.height / 2).min(9);
    bottom(above, height).1
}

/// The first of `total` rows to show so that `selected` stands about the middle of `height`.
#[must_use]
pub fn centred(selected: usize, total: usize, height: usize) -> usize {
    selected.saturating_sub(height / 2).min(total.saturating_sub(height))
}

/// The smallest move of `offset` that brings `selected` into `height` rows.
#[must_use]
pub fn scrolled(offset: usize, selected: usize, total: usize, height: usize) -> usize {
    let lowest = (selected + 1).saturating_sub(height);
    offset.clamp(lowest, selected.max(lowest)).min(total.saturating_sub(height))
}

/// Cuts `height` rows off the top.
#[must_use]
pub fn top(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    (Rect { height, ..area }, Rect { y: area.y + height, height: area.height - height, ..area })
}

/// Cuts `height` rows off the bottom: the rest, then the cut.
#[must_use]
pub fn bottom(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    (Rect { height: area.height - height, ..area }, Rect { y: area.bottom() - height, height, ..area })
}

/// Cuts `width` columns off the right: the rest, then the cut.
#[must_use]
pub fn right(area: Rect, width: u16) -> (Rect, Rect) {
    let width = width.min(area.width);
    (Rect { width: area.width - width, ..area }, Rect { x: area.right() - width, width, ..area })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_can_be_divided() {
        for width in 0..220 {
            for height in 0..70 {
                let area = Rect::new(0, 0, width, height);
                let home = home(area);
                let detail = detail(area, true);
                for part in
                    [home.list, home.preview, home.footer, detail.body, detail.beside, reader(area), offer(area, 5)]
                {
                    assert_eq!(part.intersection(area), part, "{width}×{height}");
                }
                let _ = (findings(detail.body, 7), parts(detail.body), table(detail.body));
            }
        }
    }

    #[test]
    fn scrolling_moves_no_further_than_needed() {
        assert_eq!(scrolled(0, 3, 20, 5), 0);
        assert_eq!(scrolled(0, 5, 20, 5), 1);
        assert_eq!(scrolled(10, 4, 20, 5), 4);
        assert_eq!(scrolled(10, 2, 3, 5), 0);
    }
}
