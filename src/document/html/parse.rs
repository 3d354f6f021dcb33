//! From the source of a page to its tree, by the rules browsers follow where tags are missing, crossed or
//! misplaced (HTML Standard, "Tree construction"), as far as they concern blocks and tables.
//!
//! One rule is our own: cells outside any table open one. Browsers run such cells together, and two figures
//! would become one.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::list::Counter;
use super::tag::{Attributes, Group, Tag};
use super::tree::{Id, Image, Kind, LINE, PARAGRAPH, Tree, is_blank};

/// Deepest nesting that is kept. What lies deeper is read as if it lay there.
const DEPTH: usize = 256;

/// Names that say an element belongs to the site and not to the article.
const CHROME: [&str; 26] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "position",
    "location",
    "header",
    "footer",
    "foot",
    "copyright",
    "sidebar",
    "share",
    "bdshare",
    "bdsharebuttonbox",
    "related",
    "pager",
    "prev",
    "friendlink",
    "links",
    "toolbar",
    "banner",
    "topbar",
];

/// Reads the source of a page.
pub(super) fn parse(source: &str) -> Tree {
    let mut parser = Parser { tree: Tree::new(), open: Vec::new(), ..Parser::new() };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        parser.take(&event);
        None
    });
    emitter.naively_switch_states(true);
    let mut tokens = Tokenizer::new_with_emitter(source, emitter);
    while tokens.next().is_some() {}
    drop(tokens);
    parser.tree
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

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Effect {
    hidden: bool,
    link: bool,
    lines: bool,
}

#[derive(Debug)]
struct Parser {
    tree: Tree,
    open: Vec<Open>,
    /// How many open elements have which effect.
    hidden: u32,
    links: u32,
    lines: u32,
    /// Blocks that are open but were too deep to be kept.
    overflow: u32,
    /// The tag that is being read.
    name: Vec<u8>,
    attributes: Attributes,
    wants_value: bool,
}

impl Parser {
    fn new() -> Self {
        Self {
            tree: Tree::new(),
            open: Vec::new(),
            hidden: 0,
            links: 0,
            lines: 0,
            overflow: 0,
            name: Vec::new(),
            attributes: Attributes::default(),
            wants_value: false,
        }
    }

    fn take(&mut self, event: &CallbackEvent<'_>) {
        if self.tree.is_full {
            return;
        }
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
        self.links += u32::from(effect.link);
        self.lines += u32::from(effect.lines);
        let name = self.name.as_slice().into();
        self.open.push(Open { tag, name, node, nested: 0, counter: None, effect, implied: false });
    }

    /// Closes the element at `index`, and with it all that are open in it.
    fn close(&mut self, index: usize) {
        while self.open.len() > index {
            self.remove(self.open.len() - 1);
        }
    }

    /// Takes one element out of the open ones.
    fn remove(&mut self, index: usize) {
        let open = self.open.remove(index);
        self.hidden -= u32::from(open.effect.hidden);
        self.links -= u32::from(open.effect.link);
        self.lines -= u32::from(open.effect.lines);
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
            let in_title = self.open.last().is_some_and(|open| open.tag == Tag::Title) && self.hidden == 1;
            if in_title && self.tree.title.is_empty() {
                self.tree.title = text.chars().take(500).collect();
            }
            return;
        }
        let says_nothing = |c| is_blank(c) || matches!(c, LINE | PARAGRAPH);
        if text.chars().all(says_nothing) && self.open.last().is_some_and(|open| open.tag.holds_only_parts()) {
            return;
        }
        let node = self.place();
        if self.lines > 0 {
            let text: String = text.replace("\r\n", "\n").replace(['\n', '\r'], LINE.encode_utf8(&mut [0; 4]));
            self.tree.add_text(node, &text, self.links > 0);
        } else {
            self.tree.add_text(node, text, self.links > 0);
        }
    }

    fn start(&mut self, self_closing: bool) {
        let tag = Tag::of(&self.name);
        if !matches!(tag, Tag::Inline | Tag::Link) && !tag.is_table_part() && !self.in_table() {
            self.tree.lines += usize::from(!matches!(
                tag,
                Tag::Meta | Tag::Title | Tag::Dropped | Tag::Void | Tag::Image | Tag::Frameless
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
            Tag::Meta => self.meta(),
            Tag::Inline => self.start_inline(),
            Tag::Dropped | Tag::Void | Tag::Frameless => {}
        }
    }

    fn in_table(&self) -> bool {
        self.innermost(|open| open.tag == Tag::Table).is_some()
    }

    /// The effect of the element that is being opened.
    fn effect(&self) -> Effect {
        let lines = self.attributes.keeps_lines()
            || matches!(self.name.as_slice(), b"pre" | b"xmp" | b"listing" | b"plaintext");
        Effect { hidden: self.attributes.is_hidden(), link: false, lines }
    }

    fn close_paragraph(&mut self) {
        if let Some(index) = self.within_cell(|open| open.tag == Tag::Paragraph) {
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

    /// Whether the element that is being opened calls itself a part of the site.
    fn is_chrome(&self) -> bool {
        let role = self.attributes.get("role").unwrap_or_default();
        let by_name = match self.name.as_slice() {
            b"nav" | b"aside" => true,
            b"header" | b"footer" => self.innermost(|open| matches!(&*open.name, b"article" | b"main")).is_none(),
            b"article" | b"main" | b"form" => return false,
            _ => false,
        };
        by_name
            || matches!(role, "navigation" | "banner" | "contentinfo" | "search" | "complementary")
            || self.attributes.is_called(&CHROME)
    }

    fn start_table(&mut self, implied: bool) {
        self.close_paragraph();
        let innermost = self.innermost(|open| open.tag.is_table_part());
        if innermost.is_some_and(|index| self.open[index].tag.holds_only_parts())
            && let Some(table) = self.innermost(|open| open.tag == Tag::Table)
        {
            self.close(table);
        }
        let effect = self.effect();
        let parent = self.node();
        let node = if self.hidden == 0 && !effect.hidden && self.open.len() < DEPTH {
            self.tree.add(parent, Kind::BLOCK);
            let border = self.attributes.style("border").is_some_and(|border| !border.starts_with(['0', 'n']));
            self.tree.add(parent, Kind::Table { border })
        } else {
            parent
        };
        let depth = self.open.len();
        self.push(Tag::Table, node, effect);
        if let Some(open) = self.open.get_mut(depth) {
            open.implied = implied;
        }
    }

    /// The open table that a part belongs to; cells without one open one.
    fn table(&mut self) -> usize {
        if let Some(table) = self.innermost(|open| open.tag == Tag::Table) {
            return table;
        }
        let attributes = std::mem::take(&mut self.attributes);
        self.start_table(true);
        self.attributes = attributes;
        self.open.len().saturating_sub(1)
    }

    fn start_caption(&mut self) {
        let Some(table) = self.innermost(|open| open.tag == Tag::Table) else { return };
        self.close(table + 1);
        let parent = self.place();
        let effect = self.effect();
        let node = if self.hidden == 0 && !effect.hidden { self.tree.add(parent, Kind::BLOCK) } else { parent };
        self.push(Tag::Caption, node, effect);
    }

    fn start_group(&mut self, group: Group) {
        let table = self.table();
        self.close(table + 1);
        self.start_part(Tag::Group(group), Kind::Group(group));
    }

    fn start_row(&mut self) {
        let table = self.table();
        let group = self.innermost(|open| matches!(open.tag, Tag::Group(_))).filter(|group| *group > table);
        self.close(group.unwrap_or(table) + 1);
        self.start_part(Tag::Row, Kind::Row);
    }

    fn start_cell(&mut self) {
        let table = self.table();
        let row = self.innermost(|open| open.tag == Tag::Row).filter(|row| *row > table);
        if let Some(row) = row {
            self.close(row + 1);
        } else {
            let attributes = std::mem::take(&mut self.attributes);
            self.start_row();
            self.attributes = attributes;
        }
        let span = |name, least: u32, most: u32| {
            let span = self.attributes.number(name).filter(|span| *span >= least).unwrap_or(1);
            u16::try_from(span.min(most)).unwrap_or(1)
        };
        // The limits are those of the standard; 0 rows are all that are left in the group.
        let kind = Kind::Cell { rows: span("rowspan", 0, 65_534), columns: span("colspan", 1, 1_000) };
        self.start_part(Tag::Cell, kind);
    }

    fn start_part(&mut self, tag: Tag, kind: Kind) {
        let effect = self.effect();
        let parent = self.node();
        let is_in_place = match self.tree.kind(parent) {
            Kind::Table { .. } => matches!(kind, Kind::Group(_) | Kind::Row),
            Kind::Group(_) => kind == Kind::Row,
            Kind::Row => matches!(kind, Kind::Cell { .. }),
            _ => false,
        };
        let is_shown = is_in_place && self.hidden == 0 && !self.attributes.is_removed() && self.open.len() < DEPTH;
        let node = if is_shown { self.tree.add(parent, kind) } else { parent };
        self.push(tag, node, effect);
    }

    fn start_link(&mut self) {
        self.end_inline(b"a");
        let effect = Effect { link: self.attributes.get("href").is_some_and(|href| !href.is_empty()), ..self.effect() };
        let node = self.place();
        self.push(Tag::Inline, node, effect);
    }

    fn start_inline(&mut self) {
        if self.attributes.style("display").as_deref() == Some("block") {
            self.start_block(Tag::Block);
            return;
        }
        if self.nest() {
            return;
        }
        let effect = self.effect();
        if effect != Effect::default() {
            let node = self.place();
            self.push(Tag::Inline, node, effect);
        }
    }

    fn start_hidden(&mut self, tag: Tag) {
        if !self.nest() {
            let node = self.node();
            self.push(tag, node, Effect { hidden: true, ..Effect::default() });
        }
    }

    /// Counts the element that is being opened in an open one of its name, so that their ends are told apart.
    fn nest(&mut self) -> bool {
        let same = self.within_cell(|open| open.tag == Tag::Inline && *open.name == *self.name);
        if let Some(index) = same {
            self.open[index].nested += 1;
        }
        same.is_some()
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

    /// Ends a part of the innermost table.
    fn end_part(&mut self, tag: Tag) {
        let Some(table) = self.innermost(|open| open.tag == Tag::Table) else { return };
        let is_same = |open: &Open| match tag {
            Tag::Group(_) => matches!(open.tag, Tag::Group(_)),
            _ => open.tag == tag,
        };
        if let Some(index) = self.innermost(is_same).filter(|index| *index >= table) {
            self.close(index);
        }
    }

    /// Ends an element within a line, wherever the blocks between began.
    fn end_inline(&mut self, name: &[u8]) {
        let Some(index) = self.within_cell(|open| open.tag == Tag::Inline && *open.name == *name) else { return };
        if self.open[index].nested > 0 {
            self.open[index].nested -= 1;
        } else {
            self.remove(index);
        }
    }

    fn image(&mut self) {
        if self.hidden > 0 || self.attributes.is_hidden() {
            return;
        }
        let text = |name| self.attributes.get(name).filter(|value| !value.is_empty());
        let caption: String = text("alt").or_else(|| text("title")).unwrap_or_default().chars().take(200).collect();
        let address = text("src").filter(|address| !address.starts_with("data:")).unwrap_or_default().to_owned();
        self.add_picture(caption, address);
    }

    /// A document in a frame is not text of this page; where it is one, it is shown as a picture would be.
    fn frame(&mut self) {
        let source = self.attributes.get("src").or_else(|| self.attributes.get("data")).unwrap_or_default();
        let lower = source.to_ascii_lowercase();
        let is_document = [".pdf", ".doc", ".docx", ".wps", ".ofd", ".xls", ".xlsx"].iter().any(|end| {
            lower.match_indices(end).any(|(at, _)| !lower[at + end.len()..].starts_with(|c: char| c.is_alphanumeric()))
        });
        if is_document && self.hidden == 0 && !self.attributes.is_hidden() {
            let path = source.split(['?', '#']).next().unwrap_or_default();
            let name = path.rsplit('/').next().unwrap_or_default();
            let caption = self.attributes.get("title").filter(|title| !title.is_empty()).unwrap_or(name).to_owned();
            self.add_picture(caption, String::new());
        }
        if self.name != b"embed" {
            self.start_hidden(Tag::Inline);
        }
    }

    fn add_picture(&mut self, caption: String, address: String) {
        let (width, height) = (self.attributes.pixels("width"), self.attributes.pixels("height"));
        let Ok(number) = u32::try_from(self.tree.pictures.len()) else { return };
        self.tree.pictures.push(Image { caption, address, width, height, link: self.links > 0 });
        let node = self.place();
        self.tree.add(node, Kind::Picture(number));
    }

    fn meta(&mut self) {
        let is_title = self.attributes.get("name").is_some_and(|name| name.eq_ignore_ascii_case("ArticleTitle"));
        if let (true, Some(content)) = (is_title, self.attributes.get("content")) {
            self.tree.headline = content.chars().take(500).collect();
        }
    }
}
