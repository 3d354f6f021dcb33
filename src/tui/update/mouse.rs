//! The mouse, for those who use one: click selects, a second click opens, the wheel moves.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use crate::ledger::SortKey;
use crate::tui::keys::{Action, Context};
use crate::tui::layout;
use crate::tui::model::{Model, Tab};
use crate::tui::view;

pub(super) fn mouse(model: &mut Model, event: MouseEvent) {
    let context = model.context();
    match event.kind {
        MouseEventKind::ScrollUp => wheel(model, context, Action::Up),
        MouseEventKind::ScrollDown => wheel(model, context, Action::Down),
        MouseEventKind::Down(MouseButton::Left) => click(model, context, Position::new(event.column, event.row)),
        _ => {}
    }
}

fn wheel(model: &mut Model, context: Context, action: Action) {
    for _ in 0..3 {
        super::act(model, context, action);
    }
}

fn click(model: &mut Model, context: Context, at: Position) {
    model.notice = None;
    model.warned = None;
    match context {
        Context::Reader => model.reader = None,
        Context::Reason => {}
        Context::Home | Context::Typing => {
            let home = layout::home(model.area);
            if let Some(row) = row_of(home.list, at) {
                let index = model.home.offset + row;
                if index < model.home.rows.len() {
                    if model.home.at() == index {
                        super::home::open(model, Tab::default(), None);
                    } else {
                        model.home.select(index, home.list.height as usize);
                    }
                }
            } else if home.head.contains(at)
                && let Some(key) = view::column_at(model, at.x)
            {
                sort_by(model, key);
            }
        }
        Context::Findings | Context::Parts | Context::Table | Context::Source => {
            let detail = layout::detail(model.area, false);
            if detail.tabs.contains(at)
                && let Some(tab) = view::tab_at(model, at.x)
            {
                super::act(model, context, Action::Show(tab));
            } else if detail.title.contains(at) {
                super::act(model, context, Action::Back);
            } else if context == Context::Findings {
                let count = model.detail.as_ref().map_or(0, |open| open.items().count());
                let (list, _) = layout::findings(detail.body, count);
                if let (Some(row), Some(open)) = (row_of(list, at), &mut model.detail) {
                    let first = layout::centred(open.item, count, list.height as usize);
                    open.item = (first + row).min(count.saturating_sub(1));
                }
            }
        }
    }
}

fn sort_by(model: &mut Model, key: SortKey) {
    let order = &mut model.home.order;
    order.reversed = order.key == key && !order.reversed;
    order.key = key;
    super::home::refresh(model);
}

fn row_of(list: Rect, at: Position) -> Option<usize> {
    list.contains(at).then(|| usize::from(at.y - list.y))
}
