//! From the text of a style sheet to its rules.

use super::Sheet;
use super::selector::split;

/// Deepest nesting of blocks that is read, and longest head of a rule, in bytes: one in another repeats its head.
const DEPTH: usize = 8;
/// See [`DEPTH`].
const LONGEST: usize = 16_000;

/// What browsers are known to do.
const SUPPORTED: [&str; 12] = [
    "display",
    "position",
    "visibility",
    "color",
    "font-size",
    "gap",
    "object-fit",
    "width",
    "height",
    "transform",
    "opacity",
    "flex",
];

/// Whether the rules in a block hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    No,
    Maybe,
    Yes,
}

impl Sheet {
    /// Reads what stands in a block of rules for `parent`, which is empty for the style sheet itself.
    pub(super) fn read(&mut self, text: &str, parent: &str, is_vague: bool, depth: usize) {
        let mut own = String::new();
        let mut rest = text;
        while let Some(open) = find(rest, '{') {
            // A statement without a block may precede the rule.
            let (before, head) = rest[..open].rsplit_once(';').unwrap_or(("", &rest[..open]));
            let behind = &rest[open + 1..];
            let end = end_of_block(behind);
            own.push_str(before);
            own.push(';');
            self.block(head.trim(), &behind[..end], parent, is_vague, depth);
            rest = behind.get(end + 1..).unwrap_or_default();
        }
        own.push_str(rest);
        if !parent.is_empty() {
            self.add_rule(parent, &own, is_vague);
        }
    }

    fn block(&mut self, head: &str, body: &str, parent: &str, is_vague: bool, depth: usize) {
        if depth >= DEPTH || head.len() > LONGEST {
            return;
        }
        if head.starts_with('@') {
            match holds(head) {
                Holds::No => {}
                holds => self.read(body, parent, is_vague || holds == Holds::Maybe, depth + 1),
            }
            return;
        }
        if let Some(head) = within(head, parent) {
            self.read(body, &head, is_vague, depth + 1);
        }
    }
}

/// The selectors of a rule within one for `parent`; `None` where they are too long.
fn within(head: &str, parent: &str) -> Option<String> {
    // A stray brace closes nothing.
    let head = head.trim_start_matches('}').trim_start();
    if parent.is_empty() {
        return Some(head.to_owned());
    }
    let list = |text| split(text, |c| c == ',').filter(|word| *word != ",").map(str::trim);
    let mut all = String::new();
    for outer in list(parent) {
        for inner in list(head) {
            let times = inner.matches('&').count().max(1);
            if all.len() + inner.len() + times.saturating_mul(outer.len()) > LONGEST {
                return None;
            }
            all += &if inner.contains('&') { inner.replace('&', outer) } else { format!("{outer} {inner}") };
            all.push(',');
        }
    }
    Some(all)
}

/// Whether what stands in the block of an at-rule holds on a screen.
fn holds(head: &str) -> Holds {
    let head = head.to_ascii_lowercase();
    let end = head[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-').map_or(head.len(), |end| end + 1);
    let (name, condition) = (&head[1..end], head[end..].trim());
    match name {
        "media" if matches!(condition, "" | "all" | "screen" | "only screen" | "only all") => Holds::Yes,
        "media" if condition.split(',').any(|medium| matches!(medium.trim(), "all" | "screen")) => Holds::Yes,
        "layer" => Holds::Yes,
        "supports" => {
            let asked = |word: &str| SUPPORTED.contains(&word.rsplit('(').next().unwrap_or_default().trim());
            let denied = condition.strip_prefix("not").filter(|rest| !rest.contains("and") && !rest.contains("or"));
            let condition = denied.unwrap_or(condition);
            let is_plain = !condition.contains("not") && !condition.contains("selector");
            let mut words = condition.match_indices(':').map(|(at, _)| &condition[..at]).peekable();
            let is_known = is_plain && words.peek().is_some() && words.all(asked);
            match (is_known, denied) {
                (false, _) => Holds::Maybe,
                (true, Some(_)) => Holds::No,
                (true, None) => Holds::Yes,
            }
        }
        _ => Holds::No,
    }
}

/// Where `sign` stands, not within quotes.
fn find(text: &str, sign: char) -> Option<usize> {
    unquoted(text).find(|(_, c)| *c == sign).map(|(at, _)| at)
}

/// Where the block ends that `text` begins in: its closing brace, blocks in it passed over.
fn end_of_block(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in unquoted(text) {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return at,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// The characters outside quotes; a quote that is not closed ends with its line.
fn unquoted(text: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut quote, mut escaped) = (None, false);
    text.char_indices().filter(move |(_, c)| {
        if std::mem::take(&mut escaped) {
            return false;
        }
        escaped = *c == '\\';
        match quote {
            Some(open) if open == *c || *c == '\n' => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(*c),
            None => return !escaped,
            Some(_) => {}
        }
        false
    })
}

pub(super) fn without_comments(text: &str) -> String {
    let text = text.replace("<!--", " ").replace("-->", " ");
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = behind.split_once("*/").map_or("", |(_, rest)| rest);
    }
    plain + rest
}
