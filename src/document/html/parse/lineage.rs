//! What the element that is being read lies in, with the elements that leave no other trace: selectors ask for it.

use std::rc::Rc;

use super::super::sheet::Named;
use super::super::tag::{Attributes, Tag};
use super::Parser;

/// Most elements that are kept.
const LONGEST: usize = 600;

/// The elements that are open, the outermost first: `html` and `body` are, whether written or not.
#[derive(Debug)]
pub(super) struct Lineage {
    kept: Vec<Ancestor>,
    /// The element that is being opened, and how many of those kept it lies in.
    next: (Rc<Called>, usize),
}

#[derive(Debug)]
struct Ancestor {
    called: Rc<Called>,
    /// How many elements were open with it, among those that the parser keeps.
    depth: usize,
    /// Whether the parser keeps it.
    is_open: bool,
    /// Its children so far, and the last of them.
    children: u32,
    last: Option<Rc<Called>>,
}

/// An element as selectors see it.
#[derive(Debug, Default)]
struct Called {
    name: Box<[u8]>,
    attributes: Attributes,
    index: u32,
    previous: Option<(Box<[u8]>, Attributes)>,
}

impl Called {
    fn named(&self) -> Named<'_> {
        let previous = self.previous.as_ref().map(|(name, attributes)| (&**name, attributes));
        Named { element: &self.name, attributes: &self.attributes, index: self.index, previous }
    }
}

impl Ancestor {
    fn new(called: Rc<Called>, depth: usize, is_open: bool) -> Self {
        Self { called, depth, is_open, children: 0, last: None }
    }
}

impl Default for Lineage {
    fn default() -> Self {
        let root = |name: &[u8]| {
            let called = Called { name: name.into(), index: 1, ..Called::default() };
            Ancestor::new(Rc::new(called), 0, false)
        };
        Self { kept: vec![root(b"html"), root(b"body")], next: Default::default() }
    }
}

impl Lineage {
    /// Closes the elements of the parser from `index` on, with what is in them.
    pub(super) fn close(&mut self, index: usize) {
        let left = self.kept.iter().rposition(|own| own.depth <= index).map_or(0, |at| at + 1);
        self.kept.truncate(left);
    }

    /// Takes the element at `index` of the parser out; what is in it goes on.
    pub(super) fn remove(&mut self, index: usize) {
        self.kept.retain(|own| !(own.is_open && own.depth == index + 1));
        for own in self.kept.iter_mut().filter(|own| own.depth > index) {
            own.depth -= 1;
        }
    }

    fn add(&mut self, ancestor: Ancestor) {
        if self.kept.len() < LONGEST {
            self.kept.push(ancestor);
        }
    }

    /// How many of the elements kept one of the name `name` lies in, those left out whose end it implies.
    fn outer(&self, name: &[u8]) -> usize {
        let tag = Tag::of(name);
        let of = |own: &Ancestor| Tag::of(&own.called.name);
        let table = self.kept.iter().rposition(|own| of(own) == Tag::Table).unwrap_or(0);
        let part = self.kept.iter().rposition(|own| of(own).is_table_part()).unwrap_or(0);
        let in_table = |is: fn(Tag) -> bool| self.kept.iter().rposition(|own| is(of(own))).unwrap_or(0).max(table) + 1;
        let before = |is: &dyn Fn(Tag) -> bool| {
            let found = self.kept[part..].iter().rposition(|own| is(of(own)));
            found.map_or(self.kept.len(), |at| part + at)
        };
        match tag {
            Tag::Frameless => usize::from(name == b"body"),
            Tag::Cell if table > 0 => in_table(|tag| matches!(tag, Tag::Row | Tag::Group(_))),
            Tag::Row if table > 0 => in_table(|tag| matches!(tag, Tag::Group(_))),
            Tag::Group(_) | Tag::Caption if table > 0 => table + 1,
            Tag::Item => {
                let at = before(&|tag| matches!(tag, Tag::Item | Tag::List(_)));
                let closes = self.kept.get(at).is_some_and(|own| of(own) == Tag::Item);
                if closes { at } else { before(&|tag| tag == Tag::Paragraph) }
            }
            Tag::Paragraph | Tag::Heading(_) | Tag::List(_) | Tag::Block | Tag::Table => {
                before(&|tag| tag == Tag::Paragraph)
            }
            _ => self.kept.len(),
        }
    }

    /// The elements that `own` lies in, those among them that stand in no source.
    fn named<'a>(&'a self, own: &[u8], implied: &'a [Called; 2]) -> Vec<Named<'a>> {
        let [group, row] = implied;
        let mut all: Vec<Named> = Vec::with_capacity(self.next.1 + 2);
        let ends_in = |all: &[Named], name: &[u8]| all.last().is_some_and(|own| own.element == name);
        for ancestor in &self.kept[..self.next.1] {
            if &*ancestor.called.name == b"tr" && ends_in(&all, b"table") {
                all.push(group.named());
            }
            all.push(ancestor.called.named());
        }
        let own = Tag::of(own);
        if matches!(own, Tag::Row | Tag::Cell) && ends_in(&all, b"table") {
            all.push(group.named());
        }
        if own == Tag::Cell && !ends_in(&all, b"tr") {
            all.push(row.named());
        }
        all
    }
}

impl Parser {
    /// Gives the element that is being opened what the style sheets say of it.
    pub(super) fn declare(&mut self) {
        let outer = self.lineage.outer(&self.name);
        let parent = outer.checked_sub(1).and_then(|at| self.lineage.kept.get_mut(at));
        let mut called =
            Called { name: self.name.as_slice().into(), attributes: self.attributes.plain(), ..Called::default() };
        // Rows and cells may have parents that stand in no source; what is in the head is no child of the body.
        let is_known = match Tag::of(&self.name) {
            Tag::Row => parent.as_ref().is_some_and(|parent| &*parent.called.name != b"table"),
            Tag::Cell => parent.as_ref().is_some_and(|parent| &*parent.called.name == b"tr"),
            Tag::Meta | Tag::Title => false,
            _ => !matches!(self.name.as_slice(), b"link" | b"base"),
        };
        if let Some(parent) = parent.filter(|_| is_known) {
            parent.children += 1;
            called.index = parent.children;
            called.previous = parent.last.as_ref().map(|last| (last.name.clone(), last.attributes.clone()));
        }
        let called = Rc::new(called);
        if let Some(parent) = outer.checked_sub(1).and_then(|at| self.lineage.kept.get_mut(at)) {
            parent.last = Some(Rc::clone(&called));
        }
        if Tag::of(&self.name) == Tag::Frameless && self.name != b"head" {
            let root = Ancestor::new(Rc::clone(&called), 0, false);
            self.lineage.kept[outer.min(1)] = root;
        }
        self.lineage.next = (Rc::clone(&called), outer);
        let implied = [b"tbody".as_slice(), b"tr"].map(|name| Called { name: name.into(), ..Called::default() });
        let lineage = &self.lineage;
        let declared = self.sheet.declared(called.named(), || lineage.named(&called.name, &implied));
        self.attributes.declare(declared);
    }

    /// Goes on within the element that was opened last.
    pub(super) fn descend(&mut self, tag: Tag) {
        if self.sheet.is_empty() {
            return;
        }
        let mut called = Rc::clone(&self.lineage.next.0);
        let implied: &[u8] = match tag {
            Tag::Table => b"table",
            Tag::Row => b"tr",
            _ => &called.name,
        };
        if *implied != *called.name {
            called = Rc::new(Called { name: implied.into(), ..Called::default() });
        }
        self.lineage.add(Ancestor::new(called, self.open.len(), true));
    }

    /// Goes on within an element that has no effect on what is in it.
    pub(super) fn descend_plainly(&mut self) {
        if !self.sheet.is_empty() {
            let called = Rc::clone(&self.lineage.next.0);
            self.lineage.add(Ancestor::new(called, self.open.len(), false));
        }
    }

    /// Ends the innermost element of that name if it is one without effect.
    pub(super) fn ascend_plainly(&mut self, name: &[u8]) -> bool {
        let part = self.innermost(|open| open.tag.is_table_part()).map_or(0, |index| index + 1);
        let kept = &self.lineage.kept;
        let found = kept.iter().rposition(|own| own.depth >= part && *own.called.name == *name);
        let plain = found.filter(|at| *at > 1 && !kept[*at].is_open);
        if let Some(at) = plain {
            self.lineage.kept.remove(at);
        }
        plain.is_some()
    }
}
