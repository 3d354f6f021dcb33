//! The one table of keys: dispatch, footer and help are made from it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::text::{Words, words};

use super::model::Tab;

/// Where the keyboard is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// The list of agencies.
    Home,
    /// The words of the filter are being typed.
    Typing,
    /// The findings of a submission.
    Findings,
    /// Its parts.
    Parts,
    /// One of its tables.
    Table,
    /// Its source.
    Source,
    /// Help or a manual page.
    Reader,
    /// A reason is being typed.
    Reason,
}

impl Context {
    /// All.
    pub const ALL: [Self; 8] =
        [Self::Home, Self::Typing, Self::Findings, Self::Parts, Self::Table, Self::Source, Self::Reader, Self::Reason];

    /// Its heading in the help.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Home => words("列表", "List"),
            Self::Typing => words("筛选", "Filter"),
            Self::Findings => words("问题", "Findings"),
            Self::Parts => words("正文", "Text"),
            Self::Table => words("表格", "Tables"),
            Self::Source => words("原文", "Source"),
            Self::Reader => words("说明", "Reading"),
            Self::Reason => words("填写理由", "Reason"),
        }
    }
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// One up.
    Up,
    /// One down.
    Down,
    /// One to the left: previous column, part, cell.
    Left,
    /// One to the right.
    Right,
    /// One screen up.
    PageUp,
    /// One screen down.
    PageDown,
    /// To the beginning.
    First,
    /// To the end.
    Last,
    /// Into what is selected.
    Open,
    /// To the source of what is selected.
    ShowSource,
    /// To the next finding and its place.
    NextFinding,
    /// To the previous finding and its place.
    PreviousFinding,
    /// To the likely slip.
    LikelySlip,
    /// To the next submission of the list.
    NextSubmission,
    /// To the previous submission of the list.
    PreviousSubmission,
    /// To the next tab.
    NextTab,
    /// To the previous tab.
    PreviousTab,
    /// To this tab.
    Show(Tab),
    /// Begin to type a filter.
    Filter,
    /// Keep the filter as typed.
    Accept,
    /// Take the character before the cursor away.
    Erase,
    /// Take the character behind the cursor away.
    EraseNext,
    /// Take the word before the cursor away.
    EraseWord,
    /// Empty what was typed.
    Clear,
    /// Sort by the next column.
    SortNext,
    /// Sort by the previous column.
    SortPrevious,
    /// Turn the order round.
    Reverse,
    /// Pass the agency.
    Pass,
    /// Return the report for rectification.
    Return,
    /// Take the agency up again.
    Reopen,
    /// Confirm the current finding.
    Confirm,
    /// Dismiss the current finding.
    Dismiss,
    /// Take the last decision back.
    Undo,
    /// The agency's versions and decisions.
    History,
    /// Say to which unit of the roster a report belongs.
    Assign,
    /// Who has reported and who has not, by level and kind.
    Progress,
    /// Show or hide the versions that a newer one stands for.
    Older,
    /// The manual page of the current finding's rule.
    Manual,
    /// The keys.
    Help,
    /// The other language.
    Language,
    /// One step back; at the list: leave.
    Back,
    /// One step back; at the list: drop the filter.
    Escape,
    /// Paint anew.
    Repaint,
    /// To the shell and back.
    Suspend,
    /// Leave at once.
    Quit,
}

/// A key with what must be held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Whether Ctrl is held down.
    pub ctrl: bool,
}

impl Key {
    /// The key of an event. Shift is already in the character, or in `BackTab`.
    #[must_use]
    pub const fn of(event: KeyEvent) -> Self {
        Self { code: event.code, ctrl: event.modifiers.contains(KeyModifiers::CONTROL) }
    }

    /// How it is written in footer and help.
    #[must_use]
    pub fn label(self) -> String {
        let name = match self.code {
            KeyCode::Up => "↑".to_owned(),
            KeyCode::Down => "↓".to_owned(),
            KeyCode::Left => "←".to_owned(),
            KeyCode::Right => "→".to_owned(),
            KeyCode::Enter => "↵".to_owned(),
            KeyCode::Esc => "Esc".to_owned(),
            KeyCode::Tab => "Tab".to_owned(),
            KeyCode::BackTab => "S-Tab".to_owned(),
            KeyCode::Backspace => "⌫".to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            KeyCode::PageDown => "PgDn".to_owned(),
            KeyCode::Home => "Home".to_owned(),
            KeyCode::End => "End".to_owned(),
            KeyCode::Delete => "Del".to_owned(),
            KeyCode::Char(' ') => "Space".to_owned(),
            KeyCode::Char(c) if self.ctrl => c.to_ascii_uppercase().to_string(),
            KeyCode::Char(c) => c.to_string(),
            KeyCode::F(number) => format!("F{number}"),
            _ => String::new(),
        };
        if self.ctrl { format!("^{name}") } else { name }
    }
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it holds.
    pub contexts: &'static [Context],
    /// Its keys; the first is the one that is shown.
    pub keys: &'static [Key],
    /// What it does.
    pub action: Action,
    /// What it does, in words.
    pub words: Words,
    /// Whether the footer shows it.
    pub footer: bool,
}

const fn plain(code: KeyCode) -> Key {
    Key { code, ctrl: false }
}

const fn char(c: char) -> Key {
    plain(KeyCode::Char(c))
}

const fn ctrl(c: char) -> Key {
    Key { code: KeyCode::Char(c), ctrl: true }
}

const fn bind(
    contexts: &'static [Context],
    keys: &'static [Key],
    action: Action,
    footer: bool,
    zh: &'static str,
    en: &'static str,
) -> Binding {
    Binding { contexts, keys, action, words: words(zh, en), footer }
}

use Context::{Findings, Home, Parts, Reader, Reason, Source, Table, Typing};

const READING: &[Context] = &[Home, Findings, Parts, Table, Source, Reader];
const INSIDE: &[Context] = &[Findings, Parts, Table, Source];
const SCREENS: &[Context] = &[Home, Findings, Parts, Table, Source];
const EDITING: &[Context] = &[Typing, Reason];
const ANYWHERE: &[Context] = &[Home, Typing, Findings, Parts, Table, Source, Reader, Reason];

/// The table. Within one context the footer shows the bindings in this order.
pub const BINDINGS: &[Binding] = &[
    bind(&[Home], &[plain(KeyCode::Enter), plain(KeyCode::Right), char('l')], Action::Open, true, "打开", "open"),
    bind(
        &[Findings],
        &[plain(KeyCode::Enter), plain(KeyCode::Right), char('l')],
        Action::Open,
        true,
        "到位置",
        "go to place",
    ),
    bind(&[Table, Parts], &[plain(KeyCode::Enter)], Action::Open, true, "看原文", "source"),
    bind(&[Source], &[plain(KeyCode::Enter)], Action::Open, true, "到单元格或问题", "go to cell or finding"),
    bind(&[Typing], &[plain(KeyCode::Enter)], Action::Accept, true, "确定", "keep"),
    bind(&[Typing], &[plain(KeyCode::Esc)], Action::Escape, true, "清除", "clear"),
    bind(&[Home], &[char('/')], Action::Filter, true, "筛选", "filter"),
    bind(&[Reason], &[plain(KeyCode::Enter)], Action::Accept, true, "确定", "decide"),
    bind(&[Reason], &[plain(KeyCode::Esc)], Action::Escape, true, "放弃", "leave it"),
    bind(
        &[Reason],
        &[plain(KeyCode::Down), plain(KeyCode::Tab)],
        Action::Down,
        false,
        "下一个单位（归属时）",
        "the next unit, where one is asked for",
    ),
    bind(
        &[Reason],
        &[plain(KeyCode::Up), plain(KeyCode::BackTab)],
        Action::Up,
        false,
        "上一个单位（归属时）",
        "the unit before",
    ),
    bind(EDITING, &[plain(KeyCode::Left), ctrl('b')], Action::Left, false, "左移一字", "one character to the left"),
    bind(EDITING, &[plain(KeyCode::Right), ctrl('f')], Action::Right, false, "右移一字", "one character to the right"),
    bind(EDITING, &[plain(KeyCode::Home), ctrl('a')], Action::First, false, "到行首", "to the beginning"),
    bind(EDITING, &[plain(KeyCode::End), ctrl('e')], Action::Last, false, "到行尾", "to the end"),
    bind(EDITING, &[plain(KeyCode::Backspace), ctrl('h')], Action::Erase, false, "删前一字", "erase"),
    bind(EDITING, &[plain(KeyCode::Delete), ctrl('d')], Action::EraseNext, false, "删后一字", "erase the next"),
    bind(EDITING, &[ctrl('w')], Action::EraseWord, false, "删前一词", "erase the word before"),
    bind(EDITING, &[ctrl('u')], Action::Clear, false, "清空", "empty"),
    bind(&[Home], &[char('p')], Action::Pass, true, "通过", "pass"),
    bind(&[Home], &[char('b')], Action::Return, true, "退回", "return"),
    bind(&[Home], &[char('s')], Action::SortNext, true, "排序", "sort"),
    bind(&[Home], &[char('S')], Action::SortPrevious, false, "按前一列排序", "sort by the column before"),
    bind(&[Home], &[char('r')], Action::Reverse, true, "倒序", "reverse"),
    bind(SCREENS, &[char('n')], Action::NextFinding, true, "下一问题", "next finding"),
    bind(SCREENS, &[char('N')], Action::PreviousFinding, false, "上一问题", "previous finding"),
    bind(&[Findings], &[char('c')], Action::Confirm, true, "确认", "confirm"),
    bind(&[Findings], &[char('d')], Action::Dismiss, true, "排除", "dismiss"),
    bind(&[Parts, Table, Source], &[char('c')], Action::Confirm, false, "确认问题", "confirm the finding"),
    bind(&[Parts, Table, Source], &[char('d')], Action::Dismiss, false, "排除问题", "dismiss the finding"),
    bind(INSIDE, &[char('p')], Action::Pass, false, "通过", "pass"),
    bind(INSIDE, &[char('b')], Action::Return, false, "退回", "return"),
    bind(SCREENS, &[char('O')], Action::Reopen, false, "重新审核", "reopen"),
    bind(SCREENS, &[char('u')], Action::Undo, false, "撤销决定", "undo the last decision"),
    bind(SCREENS, &[char('H')], Action::History, true, "履历", "history"),
    bind(&[Home], &[char('t')], Action::Progress, false, "报送进度", "progress of reporting"),
    bind(SCREENS, &[char('a')], Action::Assign, false, "归属到名单单位", "assign to a unit of the roster"),
    bind(
        &[Home],
        &[char('v')],
        Action::Older,
        false,
        "显示或隐藏旧版和其他文件",
        "show or hide older versions and files beside reports",
    ),
    bind(INSIDE, &[char('x')], Action::LikelySlip, false, "到疑误处", "to the likely slip"),
    bind(INSIDE, &[char('m')], Action::Manual, true, "规则", "rule"),
    bind(&[Findings, Table, Parts], &[char('o')], Action::ShowSource, false, "看原文", "show in the source"),
    bind(INSIDE, &[plain(KeyCode::Tab)], Action::NextTab, true, "换页", "next tab"),
    bind(INSIDE, &[plain(KeyCode::BackTab)], Action::PreviousTab, false, "前一页", "previous tab"),
    bind(INSIDE, &[char('1')], Action::Show(Tab::Findings), false, "问题", "findings"),
    bind(INSIDE, &[char('2')], Action::Show(Tab::Parts), false, "正文", "text"),
    bind(INSIDE, &[char('3')], Action::Show(Tab::Proactive), false, "表二", "table of part two"),
    bind(INSIDE, &[char('4')], Action::Show(Tab::Requests), false, "表三", "table of part three"),
    bind(INSIDE, &[char('5')], Action::Show(Tab::Disputes), false, "表四", "table of part four"),
    bind(INSIDE, &[char('6')], Action::Show(Tab::Source), false, "原文", "source"),
    bind(INSIDE, &[char(']')], Action::NextSubmission, false, "下一份", "next submission"),
    bind(INSIDE, &[char('[')], Action::PreviousSubmission, false, "上一份", "previous submission"),
    bind(READING, &[plain(KeyCode::Up), char('k')], Action::Up, false, "上", "up"),
    bind(READING, &[plain(KeyCode::Down), char('j')], Action::Down, false, "下", "down"),
    bind(&[Typing], &[plain(KeyCode::Up)], Action::Up, false, "上", "up"),
    bind(&[Typing], &[plain(KeyCode::Down)], Action::Down, false, "下", "down"),
    bind(&[Table, Source], &[plain(KeyCode::Left), char('h')], Action::Left, false, "左", "left"),
    bind(&[Table, Source], &[plain(KeyCode::Right), char('l')], Action::Right, false, "右", "right"),
    bind(&[Parts], &[plain(KeyCode::Left), char('h')], Action::Left, false, "前一部分", "previous part"),
    bind(&[Parts], &[plain(KeyCode::Right), char('l')], Action::Right, false, "后一部分", "next part"),
    bind(READING, &[plain(KeyCode::PageUp), ctrl('b'), ctrl('u')], Action::PageUp, false, "上一屏", "one screen up"),
    bind(
        READING,
        &[plain(KeyCode::PageDown), char(' '), ctrl('f'), ctrl('d')],
        Action::PageDown,
        false,
        "下一屏",
        "one screen down",
    ),
    bind(READING, &[plain(KeyCode::Home), char('g')], Action::First, false, "到头", "to the beginning"),
    bind(READING, &[plain(KeyCode::End), char('G')], Action::Last, false, "到尾", "to the end"),
    bind(ANYWHERE, &[ctrl('l')], Action::Repaint, false, "重画", "repaint"),
    bind(READING, &[char('L')], Action::Language, true, "English", "中文"),
    bind(READING, &[char('?'), plain(KeyCode::F(1))], Action::Help, true, "帮助", "help"),
    bind(&[Home], &[char('q')], Action::Back, true, "退出", "quit"),
    bind(&[Home], &[plain(KeyCode::Esc)], Action::Escape, false, "清除筛选", "drop the filter"),
    bind(INSIDE, &[char('q'), plain(KeyCode::Esc), plain(KeyCode::Backspace)], Action::Back, true, "返回", "back"),
    bind(&[Findings], &[plain(KeyCode::Left), char('h')], Action::Back, false, "返回", "back"),
    bind(
        &[Reader],
        &[char('q'), plain(KeyCode::Esc), plain(KeyCode::Enter), char('m')],
        Action::Back,
        true,
        "返回",
        "back",
    ),
    bind(ANYWHERE, &[ctrl('z')], Action::Suspend, false, "暂停，回到命令行", "to the shell; fg comes back"),
    bind(ANYWHERE, &[ctrl('c')], Action::Quit, false, "立即退出", "leave at once"),
];

/// What `key` does in `context`.
#[must_use]
pub fn action(context: Context, key: Key) -> Option<Action> {
    bindings(context).find(|binding| binding.keys.contains(&key)).map(|binding| binding.action)
}

/// The bindings that hold in `context`.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.contexts.contains(&context))
}

#[cfg(test)]
mod tests;
