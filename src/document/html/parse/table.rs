//! Tables: their parts open and close each other, whatever tags are missing between.

use super::super::tag::{Group, Tag};
use super::super::tree::Kind;
use super::{DEPTH, Hidden, Open, Parser};

impl Parser {
    pub(super) fn start_table(&mut self, implied: bool) {
        self.close_paragraph();
        let innermost = self.innermost(|open| open.tag.is_table_part());
        if innermost.is_some_and(|index| self.open[index].tag.holds_only_parts())
            && let Some(table) = self.innermost(|open| open.tag == Tag::Table)
        {
            self.close(table);
        }
        let mut effect = self.effect();
        // A table without text is none.
        effect.hidden |= effect.invisible.unwrap_or_else(|| self.is_invisible());
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

    pub(super) fn start_caption(&mut self) {
        let Some(table) = self.innermost(|open| open.tag == Tag::Table) else { return };
        self.close(table + 1);
        let parent = self.place();
        let effect = self.effect();
        let node = if self.hidden == 0 && !effect.hidden { self.tree.add(parent, Kind::BLOCK) } else { parent };
        self.push(Tag::Caption, node, effect);
    }

    pub(super) fn start_group(&mut self, group: Group) {
        let table = self.table();
        self.close(table + 1);
        self.start_part(Tag::Group(group), Kind::Group(group));
    }

    pub(super) fn start_row(&mut self) {
        let table = self.table();
        let group = self.innermost(|open| matches!(open.tag, Tag::Group(_))).filter(|group| *group > table);
        self.close(group.unwrap_or(table) + 1);
        self.start_part(Tag::Row, Kind::Row);
    }

    pub(super) fn start_cell(&mut self) {
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
        let is_shown = is_in_place && self.hidden == 0 && !self.removes(tag) && self.open.len() < DEPTH;
        let node = if is_shown { self.tree.add(parent, kind) } else { parent };
        self.push(tag, node, effect);
    }

    /// Whether the part that is being opened takes no place.
    fn removes(&self, tag: Tag) -> bool {
        let is_collapsed = || self.attributes.style("visibility").is_some_and(|value| value == "collapse");
        let is_removed = self.attributes.is_removed() || matches!(tag, Tag::Row | Tag::Group(_)) && is_collapsed();
        is_removed && self.takes == Hidden::Dropped
    }

    /// Ends a part of the innermost table.
    pub(super) fn end_part(&mut self, tag: Tag) {
        let Some(table) = self.innermost(|open| open.tag == Tag::Table) else { return };
        let is_same = |open: &Open| match tag {
            Tag::Group(_) => matches!(open.tag, Tag::Group(_)),
            _ => open.tag == tag,
        };
        if let Some(index) = self.innermost(is_same).filter(|index| *index >= table) {
            self.close(index);
        }
    }
}
