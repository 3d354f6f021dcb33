//! A line of text being typed: the one editor behind every prompt.

use unicode_width::UnicodeWidthChar as _;

use crate::text::is_printable;
use crate::tui::keys::Action;

/// A line of text with a cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editor {
    text: String,
    /// The byte before which the next character comes.
    at: usize,
}

/// Longest text, in characters.
const LONGEST: usize = 400;

/// What a word is made of: Ctrl-W takes characters of one kind away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Blank,
    Letter,
    Wide,
    Mark,
}

impl Editor {
    /// What was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the cursor, and what behind it.
    #[must_use]
    pub fn split(&self) -> (&str, &str) {
        self.text.split_at(self.at)
    }

    /// Puts `typed` in at the cursor, as far as there is room.
    pub fn insert(&mut self, typed: &str) {
        let room = LONGEST.saturating_sub(self.text.chars().count());
        // Lines that were pasted stay apart.
        let spaced = typed.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
        let typed: String = spaced.filter(|&c| is_printable(c)).take(room).collect();
        self.text.insert_str(self.at, &typed);
        self.at += typed.len();
    }

    /// Moves or takes away as a key asks; whether the text is another now.
    pub fn act(&mut self, action: Action) -> bool {
        match action {
            Action::Left => self.at = self.before(),
            Action::Right => self.at = self.behind(),
            Action::First => self.at = 0,
            Action::Last => self.at = self.text.len(),
            Action::Erase => return self.remove(self.before(), self.at),
            Action::EraseNext => return self.remove(self.at, self.behind()),
            Action::EraseWord => return self.remove(self.word(), self.at),
            Action::Clear => return self.remove(0, self.text.len()),
            _ => {}
        }
        false
    }

    fn remove(&mut self, from: usize, to: usize) -> bool {
        self.text.replace_range(from..to, "");
        self.at = from;
        from < to
    }

    /// Where the character before the cursor begins; marks that stand on it belong to it.
    fn before(&self) -> usize {
        let begins = |&(_, c): &(usize, char)| !is_on_another(c);
        self.text[..self.at].char_indices().rev().find(begins).map_or(0, |(at, _)| at)
    }

    /// Where the character behind the cursor ends.
    fn behind(&self) -> usize {
        let next = self.text[self.at..].char_indices().skip(1).find(|&(_, c)| !is_on_another(c));
        next.map_or(self.text.len(), |(at, _)| self.at + at)
    }

    /// Where the word before the cursor begins: characters of one kind, and the blanks behind them.
    fn word(&self) -> usize {
        let before = self.text[..self.at].trim_end();
        let Some(last) = before.chars().rfind(|&c| !is_on_another(c)).map(kind) else { return 0 };
        let other = before.char_indices().rev().find(|&(_, c)| !is_on_another(c) && kind(c) != last);
        let Some((at, c)) = other else { return 0 };
        let end = at + c.len_utf8();
        // Marks on the character that stays.
        end + before[end..].chars().take_while(|&c| is_on_another(c)).map(char::len_utf8).sum::<usize>()
    }
}

fn kind(c: char) -> Kind {
    match c {
        c if c.is_whitespace() => Kind::Blank,
        c if c.is_alphanumeric() && c.width() == Some(2) => Kind::Wide,
        c if c.is_alphanumeric() || c == '_' => Kind::Letter,
        _ => Kind::Mark,
    }
}

/// Whether a character takes no room of its own.
fn is_on_another(c: char) -> bool {
    c.width() == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` with the cursor at `|`.
    fn editor(text: &str) -> Editor {
        let at = text.find('|').unwrap();
        Editor { text: text.replace('|', ""), at }
    }

    fn shown(editor: &Editor) -> String {
        let (before, behind) = editor.split();
        format!("{before}|{behind}")
    }

    #[test]
    fn the_cursor_goes_over_characters_and_takes_them_away() {
        use Action::{Clear, Erase, EraseNext, EraseWord, First, Last, Left, Right};
        for (text, action, expected) in [
            ("核对|表三", Left, "核|对表三"),
            ("|核对", Left, "|核对"),
            ("核|对", Right, "核对|"),
            ("核对|", Right, "核对|"),
            ("e\u{301}|x", Left, "|e\u{301}x"),
            ("|e\u{301}x", Right, "e\u{301}|x"),
            ("核|对", First, "|核对"),
            ("核|对", Last, "核对|"),
            ("核对|表三", Erase, "核|表三"),
            ("e\u{301}|x", Erase, "|x"),
            ("|核对", Erase, "|核对"),
            ("核|对表", EraseNext, "核|表"),
            ("核对|", EraseNext, "核对|"),
            ("see table 3|", EraseWord, "see table |"),
            ("see table |3", EraseWord, "see |3"),
            ("请核对表三，谢谢abc|", EraseWord, "请核对表三，谢谢|"),
            ("请核对表三，谢谢|。", EraseWord, "请核对表三，|。"),
            ("请核对表三，|谢谢", EraseWord, "请核对表三|谢谢"),
            ("请核对  |表", EraseWord, "|表"),
            ("  |", EraseWord, "|"),
            ("核|对", Clear, "|"),
        ] {
            let mut edited = editor(text);
            let changed = edited.act(action);
            assert_eq!(shown(&edited), expected, "{text} {action:?}");
            assert_eq!(changed, text.replace('|', "") != expected.replace('|', ""), "{text} {action:?}");
        }
    }

    #[test]
    fn what_is_typed_goes_in_at_the_cursor() {
        let mut edited = editor("请核|表三");
        edited.insert("对\u{1b}一\n下");
        assert_eq!(shown(&edited), "请核对一 下|表三");
        edited.insert(&"长".repeat(1000));
        assert_eq!(edited.text().chars().count(), LONGEST);
    }
}
