//! The page as a tree of what stands on lines of its own: blocks, tables and their parts, text, pictures.
//!
//! Elements within a line leave no trace, so that a number split over five of them stays one number. Breaks are
//! characters of the text: [`LINE`] and [`PARAGRAPH`].

/// A forced line break in a text.
pub(super) const LINE: char = '\u{2028}';

/// A limit of paragraphs in a text, where an element that would be one could not be kept.
pub(super) const PARAGRAPH: char = '\u{2029}';

/// Most nodes a page may have. A large page has some ten thousand.
pub(super) const NODES: usize = 500_000;

use super::list::Marker;
use super::tag::Group;

/// Index of a node; 0 is the root, and stands for "none" in links to children and neighbours.
pub(super) type Id = usize;

/// A page.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// All text, in the order of the source.
    text: String,
    /// The pictures.
    pub(super) pictures: Vec<Image>,
    /// The title in the head of the page.
    pub(super) title: String,
    /// The title of the article, as the head of the page declares it.
    pub(super) headline: String,
    /// How many elements outside tables make lines of their own, `<br>` included.
    pub(super) lines: usize,
    /// Whether more nodes were wanted than are allowed.
    pub(super) is_full: bool,
    /// Whether blocks, tables or parts of them are hidden.
    pub(super) hides: bool,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    kind: Kind,
    parent: u32,
    first: u32,
    last: u32,
    next: u32,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text, from byte to byte.
    Text {
        start: u32,
        end: u32,
        /// Whether it is the text of a link.
        link: bool,
    },
    /// The picture of that number.
    Picture(u32),
    /// A block of text and other blocks.
    Block {
        /// 1 to 6 for a heading.
        heading: u8,
        /// Whether its name says that it belongs to the site and not to the article.
        chrome: bool,
        /// The mark of an item of a numbered list.
        marker: Option<Marker>,
    },
    /// A table. What stands in it but in no cell is in the block just before.
    Table {
        /// Whether it is drawn with a border.
        border: bool,
    },
    /// A group of rows.
    Group(Group),
    /// A row.
    Row,
    /// A cell, with its spans.
    Cell { rows: u16, columns: u16 },
}

impl Kind {
    /// A block without a meaning.
    pub(super) const BLOCK: Self = Self::Block { heading: 0, chrome: false, marker: None };
}

/// A picture of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Image {
    /// Alternative text or title.
    pub(super) caption: String,
    /// The end of its address.
    pub(super) address: String,
    /// Width in pixels, where given.
    pub(super) width: Option<u32>,
    /// Height in pixels, where given.
    pub(super) height: Option<u32>,
    /// Whether it stands in a link.
    pub(super) link: bool,
}

impl Default for Tree {
    /// A page without content.
    fn default() -> Self {
        let root = Node { kind: Kind::BLOCK, parent: 0, first: 0, last: 0, next: 0 };
        Self {
            nodes: vec![root],
            text: String::new(),
            pictures: Vec::new(),
            title: String::new(),
            headline: String::new(),
            lines: 0,
            is_full: false,
            hides: false,
        }
    }
}

impl Tree {
    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What a node is.
    pub(super) fn kind(&self, id: Id) -> Kind {
        self.nodes[id].kind
    }

    /// The node it stands in. It always has a smaller number.
    pub(super) fn parent(&self, id: Id) -> Id {
        self.nodes[id].parent as Id
    }

    /// The nodes in it, in reading order.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let existing = |id: u32| if id == 0 { None } else { Some(id as Id) };
        let first = existing(self.nodes[id].first);
        std::iter::successors(first, move |&id| existing(self.nodes[id].next))
    }

    /// The characters of a text.
    pub(super) fn text(&self, start: u32, end: u32) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Adds a node at the end of `parent`. A full tree gives the parent instead.
    pub(super) fn add(&mut self, parent: Id, kind: Kind) -> Id {
        let id = self.nodes.len();
        let (Ok(number), Ok(up), true) = (u32::try_from(id), u32::try_from(parent), id < NODES) else {
            self.is_full = true;
            return parent;
        };
        self.nodes.push(Node { kind, parent: up, first: 0, last: 0, next: 0 });
        let last = self.nodes[parent].last;
        if last == 0 {
            self.nodes[parent].first = number;
        } else {
            self.nodes[last as Id].next = number;
        }
        self.nodes[parent].last = number;
        id
    }

    /// Adds text at the end of `parent`. Blanks that follow no text are dropped.
    pub(super) fn add_text(&mut self, parent: Id, text: &str, is_link: bool) {
        let (Ok(start), Ok(end)) = (u32::try_from(self.text.len()), u32::try_from(self.text.len() + text.len())) else {
            self.is_full = true;
            return;
        };
        let last = self.nodes[parent].last as Id;
        match &mut self.nodes[last].kind {
            Kind::Text { end: own, link, .. } if last != 0 && *own == start && *link == is_link => *own = end,
            Kind::Text { .. } | Kind::Picture(_) => _ = self.add(parent, Kind::Text { start, end, link: is_link }),
            _ if text.chars().all(is_blank) => return,
            _ => _ = self.add(parent, Kind::Text { start, end, link: is_link }),
        }
        self.text.push_str(text);
    }
}

/// Whether `c` is one of the blanks that the source of a page may use freely.
pub(super) const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}
