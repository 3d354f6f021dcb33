//! The only writer of the model. It does no input and no output: what must be done outside comes back
//! as effects.

mod decide;
mod detail;
mod history;
mod home;
mod mouse;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use jiff::{SignedDuration, Timestamp};

use crate::ledger::{Event, Health};
use crate::rules;
use crate::text::{Lang, is_printable, screen};

use super::effect::Effect;
use super::keys::{Action, Context, Key, action};
use super::layout;
use super::message::Message;
use super::model::{Model, Page, Reader};

/// Takes in one message.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let mut effects = take(model, message);
    decide::attend(model);
    effects.extend(model.outbox.drain(..).map(Effect::Ask));
    effects
}

fn take(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => return hear(model, key),
        Message::Paste(text) if model.context() == Context::Typing => home::type_in(model, &text),
        Message::Paste(text) if model.context() == Context::Reason => decide::type_in(model, &text),
        Message::Paste(_) => {}
        Message::Mouse(event) => mouse::mouse(model, event),
        Message::Resize(width, height) => {
            model.area.width = width;
            model.area.height = height;
            home::refresh(model);
        }
        Message::Inbox(events) => return inbox(model, events),
        Message::InboxClosed => model.watched = false,
        Message::Tick(now) => tick(model, now),
    }
    Vec::new()
}

/// Takes in a key. While a submission is being fetched, keys wait for it: who types ahead means what he will see.
fn hear(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let is_plain = |c| event.code == KeyCode::Char(c) && event.modifiers.contains(KeyModifiers::CONTROL);
    if model.opening.is_none() || is_plain('c') || is_plain('z') {
        return press(model, event);
    }
    if event.code == KeyCode::Esc {
        model.opening = None;
        model.ahead.clear();
    } else if model.ahead.len() < AHEAD {
        model.ahead.push(event);
    }
    Vec::new()
}

/// The most keys that wait.
const AHEAD: usize = 64;

/// It is now `now`. What was said a while ago makes room for how things stand.
fn tick(model: &mut Model, now: Timestamp) {
    model.now = now;
    match (&model.notice, model.noticed) {
        (None, _) => model.noticed = None,
        (Some(_), None) => model.noticed = Some(now),
        (Some(_), Some(since)) if now.duration_since(since) > NOTICE => {
            model.notice = None;
            model.noticed = None;
            // What he was warned of is no longer before his eyes.
            model.warned = None;
        }
        _ => {}
    }
}

/// How long a word to the operator stands where no key is pressed.
const NOTICE: SignedDuration = SignedDuration::from_secs(15);

fn press(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    if event.kind == KeyEventKind::Release {
        return Vec::new();
    }
    // A terminal sends Escape and a key typed right behind it as that key with Alt; no key here has Alt.
    if event.modifiers.contains(KeyModifiers::ALT) && matches!(event.code, KeyCode::Char(_)) {
        let mut effects = Vec::new();
        if model.context() != Context::Home {
            effects = press(model, KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE));
        }
        effects.extend(press(model, KeyEvent { modifiers: event.modifiers.difference(KeyModifiers::ALT), ..event }));
        return effects;
    }
    model.notice = None;
    model.noticed = None;
    let context = model.context();
    let key = Key::of(event);
    let action = action(context, key);
    model.warned.take_if(|_| action != Some(Action::Undo));
    match (action, key) {
        (Some(action), _) => act(model, context, action),
        (None, Key { code: KeyCode::Char(c), ctrl: false }) if context == Context::Typing && is_printable(c) => {
            home::type_in(model, c.encode_utf8(&mut [0; 4]));
            Vec::new()
        }
        (None, Key { code: KeyCode::Char(c), ctrl: false }) if context == Context::Reason && is_printable(c) => {
            decide::type_in(model, c.encode_utf8(&mut [0; 4]));
            Vec::new()
        }
        (None, _) => Vec::new(),
    }
}

/// Does what a key or a click asks for.
fn act(model: &mut Model, context: Context, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit => return vec![Effect::Quit],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Repaint => return vec![Effect::Repaint],
        Action::Back if context == Context::Home => return vec![Effect::Quit],
        Action::Language => {
            model.lang = match model.lang {
                Lang::Zh => Lang::En,
                Lang::En => Lang::Zh,
            };
        }
        Action::Help if context == Context::Reader => model.reader = None,
        Action::Help => model.reader = Some(Reader { page: Page::Help(context), scroll: 0 }),
        Action::Manual => manual(model),
        Action::History => history::ask(model),
        Action::Pass
        | Action::Return
        | Action::Reopen
        | Action::Confirm
        | Action::Dismiss
        | Action::Undo
        | Action::Assign => decide::begin(model, action),
        Action::Progress => history::progress(model),
        action => match context {
            Context::Reason => decide::act(model, action),
            Context::Home => home::act(model, action),
            Context::Typing => home::edit(model, action),
            Context::Reader => read(model, action),
            Context::Findings | Context::Parts | Context::Table | Context::Source => detail::act(model, action),
        },
    }
    Vec::new()
}

/// Takes in what happened to the inbox.
fn inbox(model: &mut Model, events: Vec<Event>) -> Vec<Effect> {
    let mut listed = false;
    for event in events {
        listed |= !matches!(
            event,
            Event::Health(_) | Event::Opened { .. } | Event::History(_) | Event::Told(_) | Event::Unkept(_)
        );
        match &event {
            Event::Renamed { from, to } => {
                model.home.follow(from, to);
                if let Some(detail) = model.detail.as_mut().filter(|detail| *detail.path == **from) {
                    detail.path = to.as_str().into();
                }
            }
            Event::Removed { path } => {
                if let Some(detail) = model.detail.as_mut().filter(|detail| *detail.path == **path) {
                    detail.gone = true;
                }
            }
            Event::Opened { path, audit } => detail::opened(model, path, audit),
            Event::History(history) => history::show(model, history),
            Event::Told(words) => model.notice = Some(words.clone()),
            // What is wrong outranks what was done.
            Event::Health(Health { problem: Some(_), .. }) if model.prompt.is_none() => {
                model.notice = None;
            }
            Event::Decided(decisions) => decide::acknowledge(model, decisions),
            _ => {}
        }
        let again = match &event {
            Event::Audited { path, .. } => detail::is_open(model, path),
            Event::Compared(_) => model.detail.is_some(),
            _ => false,
        };
        model.ledger.apply(event);
        if again {
            detail::refresh(model);
        }
    }
    if listed {
        home::refresh(model);
        decide::offer(model);
    }
    let mut effects = Vec::new();
    while model.opening.is_none() && !model.ahead.is_empty() {
        let key = model.ahead.remove(0);
        effects.extend(press(model, key));
    }
    effects
}

/// Opens the manual page of the current item's rule.
fn manual(model: &mut Model) {
    let rule = model.detail.as_ref().and_then(|detail| detail.current()?.rule());
    match rule.and_then(rules::find) {
        Some(rule) => model.reader = Some(Reader { page: Page::Manual(rule), scroll: 0 }),
        None => model.notice = Some(screen::NO_MANUAL.into()),
    }
}

/// Moves in help or a manual page.
fn read(model: &mut Model, action: Action) {
    let total = super::view::reader_lines(model).len();
    let height = layout::reader(model.area).height.saturating_sub(2) as usize;
    let Some(reader) = &mut model.reader else { return };
    let last = total.saturating_sub(height);
    match action {
        Action::Up => reader.scroll = reader.scroll.saturating_sub(1),
        Action::Down => reader.scroll += 1,
        Action::PageUp => reader.scroll = reader.scroll.saturating_sub(height),
        Action::PageDown => reader.scroll += height,
        Action::First => reader.scroll = 0,
        Action::Last => reader.scroll = last,
        _ => model.reader = None,
    }
    if let Some(reader) = &mut model.reader {
        reader.scroll = reader.scroll.min(last);
    }
}
