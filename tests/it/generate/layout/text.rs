//! Running text: wrapping, paragraphs, and the report put together.

use super::{Line, TableLines, Zone};
use crate::generate::prose::Prose;
use crate::generate::rng::Rng;

/// How running text is broken into lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProseStyle {
    /// A paragraph a line, as browsers and word processors copy it.
    Paragraphs,
    /// Broken at the right margin, as PDF text layers have it.
    Wrapped,
}

/// Breaks `text` into lines of at most `width` characters. Latin words and figures stay whole, and no
/// line begins with a closing mark.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut lines = Vec::new();
    let mut start = 0;
    while chars.len() - start > width {
        let mut end = start + width;
        while end > start + 1 && is_inseparable(chars[end - 1], chars[end]) {
            end -= 1;
        }
        if end == start + 1 {
            end = start + width;
        }
        lines.push(chars[start..end].iter().collect::<String>().trim().to_owned());
        start = end;
    }
    lines.push(chars[start..].iter().collect::<String>().trim().to_owned());
    lines
}

/// Breaks a label that spans several rows into the lines of its narrow cell. The ordinal stays whole.
pub(super) fn pieces(label: &str, width: usize) -> Vec<String> {
    if width > 2 {
        return wrap(label, width);
    }
    let (ordinal, rest) = label.split_at(label.char_indices().nth(3).map_or(label.len(), |(at, _)| at));
    let mut lines = vec![ordinal.to_owned()];
    lines.extend(wrap(rest, width));
    lines
}

fn is_inseparable(before: char, after: char) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '@');
    "，。、；：？！）》”〕".contains(after) || "（《“〔".contains(before) || (latin(before) && latin(after))
}

/// Puts a blank between figures and Chinese, as some writers and most PDF exports do.
fn space_figures(text: &str) -> String {
    let mut spaced = String::new();
    let mut last = None;
    for c in text.chars() {
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        if last.is_some_and(|last: char| (is_han(last) && c.is_ascii_digit()) || (last.is_ascii_digit() && is_han(c))) {
            spaced.push(' ');
        }
        spaced.push(c);
        last = Some(c);
    }
    spaced
}

/// Puts title, headings, prose and tables in order.
pub(super) fn assemble(
    style: ProseStyle,
    title: &[String],
    prose: &Prose,
    tables: TableLines,
    rng: &mut Rng,
) -> Vec<Line> {
    let mut page = Page {
        lines: Vec::new(),
        width: (style == ProseStyle::Wrapped).then(|| rng.between(28, 42)),
        spaced: rng.chance(25),
        indented: style == ProseStyle::Paragraphs && rng.chance(30),
        gaps: rng.chance(50),
    };
    if style == ProseStyle::Paragraphs && rng.chance(15) {
        page.chrome(rng, title);
    }
    page.title(title);
    page.gap();
    page.paragraphs(&prose.preamble);
    let mut tables = tables.into_iter();
    for part in 0..6_u8 {
        let index = usize::from(part);
        page.gap();
        page.push(Zone::Heading, prose.headings[index].clone());
        page.gap();
        page.paragraphs(&prose.parts[index]);
        if (1..=3).contains(&part) {
            page.gap();
            for line in tables.next().unwrap() {
                page.push(Zone::Table(part + 1), line);
            }
            page.gap();
            page.paragraphs(&prose.after_table[index - 1]);
        }
    }
    page.lines
}

/// A report in the making.
struct Page {
    lines: Vec<Line>,
    width: Option<usize>,
    spaced: bool,
    indented: bool,
    gaps: bool,
}

impl Page {
    fn push(&mut self, zone: Zone, text: String) {
        self.lines.push(Line { zone, text });
    }

    fn gap(&mut self) {
        if self.gaps {
            self.push(Zone::Text, String::new());
        }
    }

    /// What a site sets around a page.
    fn chrome(&mut self, rng: &mut Rng, title: &[String]) {
        let lines = [
            "首页 > 政务公开 > 政府信息公开年报".to_owned(),
            "索引号：A0100-2000-0017　　发布机构：办公室".to_owned(),
            "字号：[大] [中] [小]　　浏览次数：128".to_owned(),
            format!("当前位置：首页 >> {}", title.concat()),
        ];
        for line in lines {
            if rng.chance(60) {
                self.push(Zone::Title, line);
            }
        }
    }

    fn title(&mut self, title: &[String]) {
        for line in title {
            for piece in self.width.map_or_else(|| vec![line.clone()], |width| wrap(line, width.min(24))) {
                self.push(Zone::Title, piece);
            }
        }
    }

    fn paragraphs(&mut self, paragraphs: &[String]) {
        for paragraph in paragraphs {
            let paragraph = if self.spaced { space_figures(paragraph) } else { paragraph.clone() };
            match self.width {
                Some(width) => {
                    for line in wrap(&paragraph, width) {
                        self.push(Zone::Text, line);
                    }
                    self.gap();
                }
                None if self.indented => self.push(Zone::Text, format!("\u{3000}\u{3000}{paragraph}")),
                None => {
                    self.push(Zone::Text, paragraph);
                    self.gap();
                }
            }
        }
    }
}

/// Sets a blank line between the lines of running text; tables see to themselves.
pub(super) fn spread(lines: Vec<Line>) -> Vec<Line> {
    let mut spread = Vec::new();
    for line in lines {
        let zone = line.zone;
        let blank = line.text.is_empty();
        spread.push(line);
        if !matches!(zone, Zone::Table(_)) && !blank {
            spread.push(Line { zone: Zone::Text, text: String::new() });
        }
    }
    spread
}
