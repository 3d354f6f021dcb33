//! From the source of a page to its tree, by the rules browsers follow where tags are missing, crossed or
//! misplaced (HTML Standard, "Tree construction"), as far as they concern blocks and tables.
//!
//! One rule is our own: cells outside any table open one. Browsers run such cells together, and two figures
//! would become one.

mod chrome;
mod form;
mod inline;
mod lineage;
mod picture;
mod style;
mod table;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use self::form::Choice;
use self::lineage::Lineage;
use self::style::Effect;
pub(super) use self::style::Hidden;
use super::list::Counter;
use super::sheet::Sheet;
use super::tag::{Attributes, Tag};
use super::tree::{Id, Kind, LINE, PARAGRAPH, Tree, is_blank};

/// Deepest nesting that is kept. What lies deeper is read as if it lay there.
const DEPTH: usize = 256;

/// Reads the source of a page.
pub(super) fn parse(source: &str, hidden: Hidden) -> Tree {
    let (tree, sheet) = run(source, hidden, Sheet::default());
    if sheet.is_empty() || tree.is_full { tree } else { run(source, hidden, sheet).0 }
}

/// Reads the source, with what a style sheet says; gives the style sheets in it.
fn run(source: &str, takes: Hidden, sheet: Sheet) -> (Tree, Sheet) {
    let mut parser = Parser { takes, sheet, ..Parser::default() };
    // The first event that is handed on ends it all.
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| {
        parser.take(&event);
        parser.tree.is_full.then_some(())
    });
    emitter.naively_switch_states(true);
    let _ = Tokenizer::new_with_emitter(source, emitter).next();
    (parser.tree, parser.found)
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    tag: Tag,
    name: Box<[u8]>,
    /// Where its content goes.
    node: Id,
    /// How many elements of the same name are open in it that leave no trace of their own.
    nested: u32,
    /// For a list, the numbers of its items.
    counter: Option<Counter>,
    effect: Effect,
    /// A table that stands in no source: cells without one.
    implied: bool,
}

#[derive(Debug, Default)]
struct Parser {
    tree: Tree,
    open: Vec<Open>,
    /// How many open elements have which effect.
    hidden: u32,
    veils: u32,
    doubts: u32,
    links: u32,
    lines: u32,
    /// How many open elements are tables, paragraphs, and within a line.
    tables: u32,
    paragraphs: u32,
    inlines: u32,
    others: u32,
    /// Blocks that are open but were too deep to be kept.
    overflow: u32,
    /// The tag that is being read.
    name: Vec<u8>,
    attributes: Attributes,
    wants_value: bool,
    /// How what is hidden is taken.
    takes: Hidden,
    /// What the style sheets of the page say, and what was found of them.
    sheet: Sheet,
    found: Sheet,
    /// What the element that is being read lies in, where there are style sheets.
    lineage: Lineage,
    /// Whether the style sheet that is being read is for other media than a screen.
    prints: bool,
    /// The field with options that is being read.
    choice: Option<Choice>,
}

impl Parser {
    fn take(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.name.clear();
                self.name.extend_from_slice(name);
                self.attributes.clear();
                self.wants_value = false;
            }
            CallbackEvent::AttributeName { name } => self.wants_value = self.attributes.begin(name),
            CallbackEvent::AttributeValue { value } if self.wants_value => self.attributes.give(value),
            CallbackEvent::CloseStartTag { self_closing } => self.start(*self_closing),
            CallbackEvent::EndTag { name } => {
                let name = name.to_vec();
                self.end(&name);
            }
            CallbackEvent::String { value } => self.text(&String::from_utf8_lossy(value)),
            _ => {}
        }
    }

    /// The node that takes content now.
    fn node(&self) -> Id {
        self.open.last().map_or(0, |open| open.node)
    }

    /// Opens an element. Where it would be too deep, its content goes on where it stands.
    fn push(&mut self, tag: Tag, node: Id, effect: Effect) {
        if self.open.len() >= DEPTH {
            if tag == Tag::Block || tag == Tag::Paragraph {
                self.overflow += 1;
            }
            self.text(&PARAGRAPH.to_string());
            return;
        }
        self.hidden += u32::from(effect.hidden);
        self.tree.hides |= effect.hidden && tag != Tag::Inline && tag != Tag::Title;
        self.tree.hides |= effect.invisible == Some(true) && tag != Tag::Inline;
        self.veils += u32::from(effect.is_veil());
        self.doubts += u32::from(effect.doubtful);
        self.links += u32::from(effect.link);
        self.lines += u32::from(effect.lines);
        *self.count(tag) += 1;
        let name = self.name.as_slice().into();
        self.open.push(Open { tag, name, node, nested: 0, counter: None, effect, implied: false });
        self.descend(tag);
    }

    /// Closes the element at `index`, and with it all that are open in it.
    fn close(&mut self, index: usize) {
        self.lineage.close(index);
        while self.open.len() > index {
            self.remove(self.open.len() - 1);
        }
    }

    /// Takes one element out of the open ones.
    fn remove(&mut self, index: usize) {
        let open = self.open.remove(index);
        self.lineage.remove(index);
        self.veils -= u32::from(open.effect.is_veil());
        self.doubts -= u32::from(open.effect.doubtful);
        self.hidden -= u32::from(open.effect.hidden);
        self.links -= u32::from(open.effect.link);
        self.lines -= u32::from(open.effect.lines);
        *self.count(open.tag) -= 1;
    }

    /// How many elements of a kind are open.
    const fn count(&mut self, tag: Tag) -> &mut u32 {
        match tag {
            Tag::Table => &mut self.tables,
            Tag::Paragraph => &mut self.paragraphs,
            Tag::Inline => &mut self.inlines,
            _ => &mut self.others,
        }
    }

    /// The innermost open element for which `is` holds.
    fn innermost(&self, is: impl Fn(&Open) -> bool) -> Option<usize> {
        self.open.iter().rposition(is)
    }

    /// The innermost open element for which `is` holds, not beyond the limits of a cell or a table.
    fn within_cell(&self, is: impl Fn(&Open) -> bool) -> Option<usize> {
        let index = self.innermost(|open| open.tag.is_table_part() || is(open))?;
        is(&self.open[index]).then_some(index)
    }

    /// The node for content that stands here: before the table, where it stands in one but in no cell.
    fn place(&mut self) -> Id {
        let Some(open) = self.open.iter().rfind(|open| open.tag != Tag::Inline) else { return 0 };
        if !open.tag.holds_only_parts() {
            return self.node();
        }
        let Some(table) = self.innermost(|open| open.tag == Tag::Table) else { return self.node() };
        if self.open[table].implied {
            self.close(table);
            return self.node();
        }
        // The block for it was made just before the table.
        match self.tree.kind(self.open[table].node) {
            Kind::Table { .. } => self.open[table].node - 1,
            _ => self.open[table].node,
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            self.option(text);
            if self.open.last().is_some_and(|open| &*open.name == b"style") && self.hidden == 1 && !self.prints {
                self.found.add(text);
            }
            let in_title = self.open.last().is_some_and(|open| open.tag == Tag::Title) && self.hidden == 1;
            if in_title && self.tree.title.is_empty() {
                self.tree.title = text.chars().take(500).collect();
            }
            return;
        }
        if self.is_veiled() {
            return;
        }
        // The source of a page, in a field for editing it.
        if text.contains("</") && self.open.last().is_some_and(|open| &*open.name == b"textarea") {
            return;
        }
        let says_nothing = |c| is_blank(c) || matches!(c, LINE | PARAGRAPH);
        if text.chars().all(says_nothing) && self.open.last().is_some_and(|open| open.tag.holds_only_parts()) {
            return;
        }
        let node = self.place();
        let level = self.open.iter().rev().find_map(|open| open.effect.level).unwrap_or_default();
        let mut text = level.set(text);
        if self.doubts > 0 && self.in_table() && text.contains(|c: char| c.is_numeric()) {
            // Nobody can say here whether these figures are shown.
            text.to_mut().push('\u{fffd}');
        }
        let text = &*text;
        if self.lines > 0 {
            let text: String = text.replace("\r\n", "\n").replace(['\n', '\r'], LINE.encode_utf8(&mut [0; 4]));
            self.tree.add_text(node, &text, self.links > 0);
        } else {
            self.tree.add_text(node, text, self.links > 0);
        }
    }

    fn start(&mut self, self_closing: bool) {
        let tag = Tag::of(&self.name);
        if self.name == b"style" {
            let media = self.attributes.get("media").unwrap_or_default().to_ascii_lowercase();
            self.prints = !matches!(media.as_str(), "" | "all" | "screen");
        }
        if !self.sheet.is_empty() {
            self.declare();
        }
        if self.choice.is_some() && self.name == b"option" {
            return self.start_option();
        }
        if !matches!(tag, Tag::Inline | Tag::Link) && !tag.is_table_part() && !self.in_table() {
            self.tree.lines += usize::from(!matches!(
                tag,
                Tag::Meta | Tag::Title | Tag::Dropped | Tag::Choice | Tag::Void | Tag::Image | Tag::Frameless
            ));
        }
        match tag {
            Tag::Paragraph | Tag::Heading(_) | Tag::List(_) | Tag::Item | Tag::Block => self.start_block(tag),
            Tag::Table => self.start_table(false),
            Tag::Caption => self.start_caption(),
            Tag::Group(group) => self.start_group(group),
            Tag::Row => self.start_row(),
            Tag::Cell => self.start_cell(),
            Tag::Break => self.text(LINE.encode_utf8(&mut [0; 4])),
            Tag::Rule => self.text(PARAGRAPH.encode_utf8(&mut [0; 4])),
            Tag::Image => self.image(),
            Tag::Frame => self.frame(),
            Tag::Link => self.start_link(),
            Tag::Dropped if !self_closing || self.name != b"svg" => self.start_hidden(Tag::Inline),
            Tag::Title => self.start_hidden(Tag::Title),
            Tag::Choice => self.start_choice(),
            Tag::Meta => self.meta(),
            Tag::Inline => self.start_inline(),
            Tag::Void if self.name == b"input" => self.input(),
            Tag::Dropped | Tag::Void | Tag::Frameless => {}
        }
    }

    fn in_table(&self) -> bool {
        self.tables > 0
    }

    fn close_paragraph(&mut self) {
        if self.paragraphs > 0
            && let Some(index) = self.within_cell(|open| open.tag == Tag::Paragraph)
        {
            self.close(index);
        }
    }

    fn start_block(&mut self, tag: Tag) {
        self.close_paragraph();
        if tag == Tag::Item
            && let Some(index) = self.within_cell(|open| matches!(open.tag, Tag::Item | Tag::List(_)))
            && self.open[index].tag == Tag::Item
        {
            self.close(index);
        }
        if matches!(tag, Tag::Heading(_)) && self.open.last().is_some_and(|open| matches!(open.tag, Tag::Heading(_))) {
            self.close(self.open.len() - 1);
        }
        if self.links > 0 {
            // A link around blocks is a page made clickable, and no sign of navigation.
            for open in &mut self.open {
                open.effect.link = false;
            }
            self.links = 0;
        }
        let effect = self.effect();
        let parent = self.place();
        let is_shown = self.hidden == 0 && !effect.hidden && self.open.len() < DEPTH;
        let node = if is_shown && self.attributes.style("display").as_deref() != Some("inline") {
            let heading = if let Tag::Heading(level) = tag { level } else { 0 };
            let marker = if tag == Tag::Item { self.marker() } else { None };
            self.tree.add(parent, Kind::Block { heading, chrome: self.is_chrome(), marker })
        } else {
            parent
        };
        let depth = self.open.len();
        self.push(tag, node, effect);
        if let (Tag::List(is_numbered), Some(open)) = (tag, self.open.get_mut(depth)) {
            open.counter = Some(Counter::of(is_numbered, &self.attributes));
        }
    }

    /// The mark of the item that is being opened.
    fn marker(&mut self) -> Option<super::list::Marker> {
        let list = self.within_cell(|open| matches!(open.tag, Tag::List(_)))?;
        let value = self.attributes.number("value");
        self.open[list].counter.as_mut()?.next(value)
    }

    fn end(&mut self, name: &[u8]) {
        let tag = Tag::of(name);
        match tag {
            Tag::Block | Tag::Paragraph if self.overflow > 0 && self.open.len() >= DEPTH => {
                self.overflow -= 1;
                self.text(PARAGRAPH.encode_utf8(&mut [0; 4]));
            }
            Tag::Heading(_) => self.end_block(|open| matches!(open.tag, Tag::Heading(_))),
            Tag::Paragraph | Tag::List(_) | Tag::Item | Tag::Block => self.end_block(|open| *open.name == *name),
            Tag::Table | Tag::Caption | Tag::Group(_) | Tag::Row | Tag::Cell => self.end_part(tag),
            Tag::Break => self.text(LINE.encode_utf8(&mut [0; 4])),
            Tag::Inline if self.within_cell(|open| open.tag == Tag::Block && *open.name == *name).is_some() => {
                self.end_block(|open| *open.name == *name);
            }
            Tag::Inline | Tag::Link | Tag::Dropped | Tag::Frame => self.end_inline(name),
            Tag::Choice => self.end_choice(),
            Tag::Title => {
                if let Some(index) = self.innermost(|open| open.tag == Tag::Title) {
                    self.close(index);
                }
            }
            _ => {}
        }
    }

    fn end_block(&mut self, is: impl Fn(&Open) -> bool) {
        match self.within_cell(is) {
            Some(index) => self.close(index),
            None => self.text(PARAGRAPH.encode_utf8(&mut [0; 4])),
        }
    }
}
