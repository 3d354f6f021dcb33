//! What is read over the screen: the keys, or the manual page of a rule.

use ratatui::buffer::Buffer;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use crate::rule::Rule;
use crate::text::{pad, screen, width};
use crate::tui::keys::{Binding, Context, bindings};
use crate::tui::layout;
use crate::tui::model::{Model, Page};
use crate::tui::wrap::wrap;

use super::findings::labelled;
use super::pen::{put, span};

pub(super) fn draw(model: &Model, buffer: &mut Buffer) {
    let Some(reader) = &model.reader else { return };
    let area = layout::reader(buffer.area);
    Clear.render(area, buffer);
    // A wide character cut in two by the edge would push the frame out of place.
    for y in area.top()..area.bottom() {
        if let Some(cell) = area.x.checked_sub(1).and_then(|x| buffer.cell_mut((x, y)))
            && width(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
        }
    }
    let title = match reader.page {
        Page::Help(_) => screen::HELP.get(model.lang).to_owned(),
        Page::Manual(rule) => format!("{} {}", screen::MANUAL.get(model.lang), rule.code),
        Page::History => screen::HISTORY.get(model.lang).to_owned(),
        Page::Progress => screen::PROGRESS.get(model.lang).to_owned(),
    };
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(model.theme.quiet())
        .title(span(format!(" {title} "), model.theme.title()));
    let inner = block.inner(area);
    block.render(area, buffer);
    let lines = lines(model);
    for (row, line) in lines.iter().skip(reader.scroll).take(inner.height as usize).enumerate() {
        put(buffer, inner, row, line);
    }
    if lines.len() > reader.scroll + inner.height as usize {
        let more = Line::from(span(" ↓ ", model.theme.accent()));
        let (_, corner) = layout::right(layout::bottom(area, 1).1, 5);
        put(buffer, corner, 0, &more);
    }
}

/// What is read, line by line; empty when nothing is.
pub(super) fn lines(model: &Model) -> Vec<Line<'static>> {
    let columns = (layout::reader(model.area).width as usize).saturating_sub(4);
    match model.reader.map(|reader| reader.page) {
        None => Vec::new(),
        Some(Page::Help(context)) => help(model, context, columns),
        Some(Page::Manual(rule)) => manual(model, rule, columns),
        Some(Page::History) => super::history::lines(model, columns),
        Some(Page::Progress) => super::progress::lines(model),
    }
}

/// The keys of `context` first, then those of every other one; then the signs of the tables.
fn help(model: &Model, context: Context, columns: usize) -> Vec<Line<'static>> {
    let (lang, theme) = (model.lang, model.theme);
    let mut lines = Vec::new();
    let others = Context::ALL.into_iter().filter(|other| *other != context);
    let mut told: Vec<*const Binding> = Vec::new();
    for context in std::iter::once(context).chain(others) {
        // What holds in several places is told once.
        let new: Vec<&Binding> =
            bindings(context).filter(|binding| !told.contains(&std::ptr::from_ref(*binding))).collect();
        told.extend(new.iter().map(|binding| std::ptr::from_ref(*binding)));
        if new.is_empty() {
            continue;
        }
        lines.push(Line::from(span(format!(" {}", context.words().get(lang)), theme.title())));
        let entries: Vec<(String, &str)> = new
            .into_iter()
            .map(|binding| {
                let keys: Vec<String> = binding.keys.iter().map(|key| key.label()).collect();
                (keys.join(" "), binding.words.get(lang))
            })
            .collect();
        let wide = entries.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0) + 2;
        let half = columns / 2;
        let per_row = if half >= wide + 22 { 2 } else { 1 };
        for row in entries.chunks(per_row) {
            let mut spans = Vec::new();
            for (keys, words) in row {
                spans.push(span(format!("   {}", pad(keys, wide)), theme.accent()));
                spans.push(span(pad(words, half.saturating_sub(wide + 3)), theme.text()));
            }
            lines.push(Line::from(spans));
        }
        lines.push(Line::default());
    }
    lines.extend(
        wrap(screen::LEGEND.get(lang), columns)
            .into_iter()
            .map(|line| Line::from(span(format!(" {line}"), theme.quiet()))),
    );
    lines
}

fn manual(model: &Model, rule: &'static Rule, columns: usize) -> Vec<Line<'static>> {
    let (lang, theme) = (model.lang, model.theme);
    let severity = theme.severity(rule.severity).patch(theme.strong());
    let mut lines = vec![
        Line::from(vec![
            span(format!(" {} {}  ", rule.severity.sign(), rule.severity.words().get(lang)), severity),
            span(rule.title.get(lang), theme.strong()),
        ]),
        Line::from(span(format!(" {}", rule.name), theme.quiet())),
        Line::default(),
    ];
    let manual = &rule.manual;
    let fields = [
        (screen::CONDITION, manual.condition.get(lang)),
        (screen::BASIS, manual.basis.get(lang)),
        (screen::REMEDY, manual.remedy.get(lang)),
        (screen::EXAMPLE, manual.example),
        (screen::EXEMPT, manual.exempt),
    ];
    for (name, text) in fields.into_iter().filter(|(_, text)| !text.is_empty()) {
        for line in labelled(model, name, text, theme.text(), columns) {
            let mut spans = vec![span(" ", theme.text())];
            spans.extend(line.spans);
            lines.push(Line::from(spans));
        }
        lines.push(Line::default());
    }
    lines
}
