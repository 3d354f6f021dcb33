//! Every screen of the dashboard, in both languages and two sizes, over an invented inbox.

pub(crate) mod inbox;
mod office;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use nianshen::ledger::{Event, Request};
use nianshen::text::Lang;
use nianshen::tui::{Effect, Message, Model, Options, update, view};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// A dashboard in which `events` have happened.
pub(crate) fn dashboard(lang: Lang, (width, height): (u16, u16), events: Vec<Event>) -> Model {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(8));
    let operator = inbox::operator("li");
    let options = Options { lang, color: true, inbox: "samples/inbox".to_owned(), zone, operator, undecidable: None };
    let mut model = Model::new(options, inbox::at(10, 0), width, height);
    update(&mut model, Message::Inbox(events));
    model
}

/// Presses keys: each character is one, words in `<…>` are named keys.
pub(crate) fn press(model: &mut Model, keys: &str) {
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let (code, length) = match rest.strip_prefix('<').and_then(|named| named.split_once('>')) {
            Some((name, _)) => (named(name), name.len() + 2),
            None => (KeyCode::Char(c), c.len_utf8()),
        };
        rest = &rest[length..];
        update(model, Message::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }
}

fn named(name: &str) -> KeyCode {
    match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "backspace" => KeyCode::Backspace,
        name => panic!("no key is called {name}"),
    }
}

/// What the model looks like.
pub(crate) fn draw(model: &Model) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, model.area.width, model.area.height));
    view(model, &mut buffer);
    buffer
}

/// The characters of a screen; the cell behind a wide character is no character.
pub(crate) fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += u16::try_from(symbol.width()).expect("a cell is narrow").max(1);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The screens, each with the keys that lead to it.
pub(crate) const SCREENS: &[(&str, &str)] = &[
    ("home", ""),
    ("home-sorted", "sj"),
    ("home-filtered", "/qxx"),
    ("home-no-match", "/zzz"),
    ("findings", "<enter>"),
    ("findings-doubt", "<enter>GG<up>"),
    ("text", "<enter>2"),
    ("text-three", "<enter>2ll"),
    ("table-two", "<enter>3"),
    ("table-three", "<enter>4"),
    ("table-three-top", "<enter>4gl"),
    ("table-four", "<enter>5"),
    ("source", "<enter>4<enter>"),
    ("following", "nnnn"),
    ("unreadable", "/REQ<esc>jj<enter>"),
    ("help", "?"),
];

#[test]
fn screens_look_as_they_did() {
    for (lang, tongue) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        for size in [(80, 24), (120, 36)] {
            for (name, keys) in SCREENS {
                let mut model = dashboard(lang, size, inbox::events());
                press(&mut model, keys);
                let snapshot = format!("{name}-{tongue}-{}x{}", size.0, size.1);
                insta::assert_snapshot!(snapshot, text(&draw(&model)));
            }
        }
    }
}

/// The screens of an office at work, each with the keys that lead to it.
const OFFICE: &[(&str, &str)] = &[
    ("office", ""),
    ("office-awaited", "G"),
    ("office-reason", "b请核对"),
    ("office-assign", "a<tab>"),
    ("office-said", "<enter>"),
    ("office-history", "H"),
    ("office-progress", "t"),
];

#[test]
fn an_office_at_work_looks_as_it_did() {
    for (lang, tongue) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        for size in [(80, 24), (120, 36)] {
            for (name, keys) in OFFICE {
                let mut model = dashboard(lang, size, office::events());
                press(&mut model, keys);
                if keys.contains('H') {
                    update(&mut model, Message::Inbox(vec![office::history()]));
                }
                let snapshot = format!("{name}-{tongue}-{}x{}", size.0, size.1);
                insta::assert_snapshot!(snapshot, text(&draw(&model)));
            }
        }
    }
}

/// Where the terminal's cursor is, and the line it is on.
fn cursor_line(model: &Model) -> (usize, String) {
    let at = nianshen::tui::cursor(model).expect("something is being typed");
    let screen = text(&draw(model));
    (at.x.into(), screen.lines().nth(at.y.into()).expect("it is on the screen").to_owned())
}

#[test]
fn what_is_typed_can_be_mended_in_the_middle_and_scrolls() {
    for (begin, before) in [("b", " 退回 青溪县医疗保障局，附言（可空）："), ("/", " / ")] {
        let mut model = dashboard(Lang::Zh, (80, 24), office::events());
        press(&mut model, &format!("{begin}请核表三<left><left>对"));
        let (at, line) = cursor_line(&model);
        assert!(line.starts_with(&format!("{before}请核对表三")), "{line}");
        assert_eq!(at, before.width() + "请核对".width());
        // The cursor stands on what comes next, in the buffer too.
        press(&mut model, "<end>");
        press(&mut model, &"长".repeat(100));
        press(&mut model, "末");
        let (at, line) = cursor_line(&model);
        let shown: String = line.chars().skip_while(|c| !"长末".contains(*c)).collect();
        assert!(shown.starts_with('长') && shown.contains('末') && !line.contains("请核"), "{line}");
        assert!((60..80).contains(&at), "{at}");
        press(&mut model, "<home>");
        let (at, line) = cursor_line(&model);
        assert!(line.starts_with(&format!("{before}请核对表三长长")) && !line.contains('末'), "{line}");
        assert_eq!(at, before.width());
        update(&mut model, Message::Key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL)));
        press(&mut model, "核对 表三");
        update(&mut model, Message::Key(KeyEvent::new(KeyCode::Char('w'), KeyModifiers::CONTROL)));
        let (_, line) = cursor_line(&model);
        assert!(line.starts_with(&format!("{before}核对")) && !line.contains("表三"), "{line}");
    }
}

#[test]
fn units_of_the_roster_are_offered_and_chosen() {
    let assigned = |keys: &str| {
        let mut model = dashboard(Lang::Zh, (80, 24), office::events());
        press(&mut model, keys);
        let screen = text(&draw(&model));
        let enter = Message::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE));
        let unit = update(&mut model, enter).into_iter().find_map(|effect| match effect {
            Effect::Ask(Request::Decide(draft)) => draft.reason,
            _ => None,
        });
        (screen, unit)
    };
    for (keys, unit) in [
        ("a", None),
        ("a<tab>", Some("青溪县农业农村局")),
        ("a<tab><tab>", Some("青溪县统计局")),
        ("a<up>", Some("青溪县统计局")),
        ("a<down><down><down>", Some("青溪县农业农村局")),
        ("atj", Some("青溪县统计局")),
        ("a农村<tab>", Some("青溪县农业农村局")),
        ("a青溪县统计局", Some("青溪县统计局")),
        ("aqxx", None),
        // Another text is another choice.
        ("a<tab>t", Some("青溪县统计局")),
        ("azzz<tab>", None),
    ] {
        let (screen, found) = assigned(keys);
        assert_eq!(found.as_deref(), unit, "{keys}:\n{screen}");
    }
    let (screen, _) = assigned("atj");
    assert!(screen.contains("青溪县统计局\n") && !screen.contains("\n 青溪县农业农村局"), "{screen}");
}

#[test]
fn an_empty_inbox_says_what_to_do() {
    for (lang, tongue) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let model = dashboard(lang, (80, 24), vec![Event::Health(inbox::quiet())]);
        insta::assert_snapshot!(format!("empty-{tongue}"), text(&draw(&model)));
    }
}

#[test]
fn a_scan_shows_how_far_it_is() {
    for (lang, tongue) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let mut events = inbox::events();
        events.push(Event::Health(inbox::scanning()));
        let model = dashboard(lang, (100, 12), events);
        insta::assert_snapshot!(format!("scanning-{tongue}"), text(&draw(&model)));
    }
}

#[test]
fn a_wide_screen_shows_the_source_beside_the_table() {
    let mut model = dashboard(Lang::Zh, (200, 60), inbox::events());
    insta::assert_snapshot!("home-zh-200x60", text(&draw(&model)));
    press(&mut model, "n");
    insta::assert_snapshot!("table-three-zh-200x60", text(&draw(&model)));
}

#[test]
fn a_tiny_screen_asks_for_more_room() {
    for (_, keys) in SCREENS {
        let mut model = dashboard(Lang::Zh, (100, 30), inbox::events());
        press(&mut model, keys);
        for width in (0..60).step_by(3).chain([79, 100, 149, 150, 220]) {
            for height in (0..20).chain([37, 70]) {
                update(&mut model, Message::Resize(width, height));
                draw(&model);
            }
        }
    }
    let model = dashboard(Lang::Zh, (20, 5), inbox::events());
    assert!(text(&draw(&model)).starts_with("窗口太小"));
}

#[test]
fn no_control_character_reaches_the_screen() {
    for (name, keys) in SCREENS {
        for open in ["", "jjjjjjj"] {
            let mut model = dashboard(Lang::Zh, (200, 60), inbox::events());
            press(&mut model, open);
            press(&mut model, keys);
            let screen = text(&draw(&model));
            assert!(screen.lines().flat_map(str::chars).all(|c| !c.is_control()), "{name}");
        }
    }
}

#[test]
fn without_colour_nothing_is_coloured() {
    for (name, keys) in SCREENS {
        let mut model = dashboard(Lang::Zh, (120, 36), inbox::events());
        model.theme.color = false;
        press(&mut model, keys);
        for cell in draw(&model).content() {
            assert_eq!((cell.fg, cell.bg), (ratatui::style::Color::Reset, ratatui::style::Color::Reset), "{name}");
        }
    }
}
