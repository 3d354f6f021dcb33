//! What belongs to the site and not to the article: the way to the page, buttons, other articles, the foot.
//!
//! Three witnesses: where a line stands (outside the block that holds nearly all sentences and figures), what it
//! says (the words of buttons and feet), and whether it is made of links. A sentence is never set aside for where
//! it stands, and a line in doubt stays.

use super::flow::{Paragraph, Piece, Table};
use super::phrase;
use super::tree::{Id, Kind, Tree};

/// Which pieces belong to the site.
pub(super) struct Chrome<'a> {
    tree: &'a Tree,
    /// For each node, whether it is in the block of the article; all are where none could be made out.
    inside: Vec<bool>,
    /// For each node, whether it is in a block whose name says that it belongs to the site.
    named: Vec<bool>,
    /// Whether there is an article at all.
    has_article: bool,
    /// Whether a heading is the title of a report.
    has_headline: bool,
}

impl<'a> Chrome<'a> {
    /// Looks at the whole page.
    pub(super) fn of(tree: &'a Tree, pieces: &[Piece]) -> Self {
        let mut weights = vec![0_usize; tree.len()];
        let mut lines = vec![0_usize; tree.len()];
        for piece in pieces {
            match piece {
                Piece::Paragraph(paragraph) if is_sentence(paragraph) => {
                    lines[paragraph.node] += paragraph.text.split('\n').count();
                    weights[paragraph.node] += paragraph.text.chars().count();
                }
                Piece::Table(table) if is_figures(table) => {
                    weights[table.node] += table.texts.iter().map(|text| text.chars().count()).sum::<usize>();
                }
                _ => {}
            }
        }
        for id in (1..tree.len()).rev() {
            weights[tree.parent(id)] += weights[id];
        }
        let main = main(tree, &weights, &lines);
        let mut inside = vec![main == 0; tree.len()];
        let mut named = vec![false; tree.len()];
        for id in 1..tree.len() {
            let parent = tree.parent(id);
            inside[id] = id == main || inside[parent];
            let is_named = matches!(tree.kind(id), Kind::Block { chrome: true, .. });
            // A name that covers a good part of the article is a slip of its author.
            named[id] = named[parent] || is_named && weights[id] * 2 <= weights[0] && !(weights[0] == 0 && main == id);
        }
        let is_headline =
            |piece: &Piece| matches!(piece, Piece::Paragraph(p) if p.heading > 0 && phrase::is_title(&p.text));
        let has_headline = pieces.iter().any(is_headline);
        Self { tree, inside, named, has_article: weights[0] > 0, has_headline }
    }

    /// Whether a node lies in the block of the article.
    pub(super) fn is_inside(&self, node: Id) -> bool {
        self.inside[node] && !self.named[node]
    }

    /// Which of `pieces` belong to the site.
    pub(super) fn asides(&self, pieces: &[Piece]) -> Vec<bool> {
        let mut asides: Vec<bool> = pieces.iter().map(|piece| self.is_aside(piece)).collect();
        self.lists_of_links(pieces, &mut asides);
        asides
    }

    fn is_aside(&self, piece: &Piece) -> bool {
        match piece {
            Piece::Paragraph(paragraph) => self.is_line_aside(paragraph),
            Piece::Table(_) => false,
            Piece::Picture { number, node, .. } => {
                let link = self.tree.pictures.get(*number as usize).is_some_and(|picture| picture.link);
                !self.is_inside(*node) && link
            }
        }
    }

    fn is_line_aside(&self, paragraph: &Paragraph) -> bool {
        let text = paragraph.text.as_str();
        let inside = self.is_inside(paragraph.node);
        let is_title = phrase::is_title(text) && (paragraph.heading > 0 || !self.has_headline && !is_link(paragraph));
        if paragraph.heading > 0 && (is_title || phrase::is_numbered(text)) {
            return false;
        }
        if phrase::is_of_site(text) {
            return true;
        }
        if inside {
            return self.has_article && is_link(paragraph) && phrase::is_attachment(text);
        }
        if phrase::is_note_of_page(text) {
            return true;
        }
        let stays = is_title || is_sentence(paragraph) || phrase::is_numbered(text) || phrase::is_date(text);
        self.has_article && !stays || is_link(paragraph) && !is_sentence(paragraph)
    }

    /// Three links and more, one under the other, lead to other pages wherever they stand.
    fn lists_of_links(&self, pieces: &[Piece], asides: &mut [bool]) {
        let is_linked = |piece: &Piece| matches!(piece, Piece::Paragraph(p) if is_link(p) && p.heading == 0 && !phrase::is_numbered(&p.text));
        let mut start = 0;
        for run in pieces.chunk_by(|a, b| is_linked(a) == is_linked(b)) {
            if self.has_article && run.len() >= 3 && is_linked(&run[0]) {
                asides[start..start + run.len()].fill(true);
            }
            start += run.len();
        }
    }
}

/// The innermost block that holds nearly all sentences and figures; 0 where it is the whole page. A block that is
/// only a paragraph itself does not count; `lines` is how many lines of sentences stand directly in each.
fn main(tree: &Tree, weights: &[usize], lines: &[usize]) -> Id {
    let mut main = 0;
    let holds_nearly_all = |id: &Id| weights[*id] * 100 >= weights[0] * 95;
    while let Some(next) = tree.children(main).find(holds_nearly_all).filter(|_| weights[0] > 0) {
        let is_block = match tree.kind(next) {
            Kind::Block { .. } | Kind::Cell { .. } => {
                lines[next] >= 3 || tree.children(next).any(|child| weights[child] > 0)
            }
            // A table is one thing, unless it arranges the page.
            _ => arranges(tree, weights, next),
        };
        if !is_block {
            break;
        }
        main = next;
    }
    main
}

/// Whether `id` is a table or a part of one whose weight lies in its cells: one that arranges the page.
fn arranges(tree: &Tree, weights: &[usize], id: Id) -> bool {
    let is_part = matches!(tree.kind(id), Kind::Table { .. } | Kind::Group(_) | Kind::Row);
    is_part && tree.children(id).map(|child| weights[child]).sum::<usize>() * 100 >= weights[0] * 95
}

/// Whether a paragraph is running text.
fn is_sentence(paragraph: &Paragraph) -> bool {
    let length = paragraph.text.chars().filter(|c| !c.is_whitespace()).count();
    let plain = length.saturating_sub(paragraph.linked);
    let has = |marks: &[char]| paragraph.text.contains(marks);
    plain >= 25 && has(&['。', '；']) || plain >= 50 && has(&['，', ','])
}

/// Whether a table holds figures: at least four cells do.
fn is_figures(table: &Table) -> bool {
    let is_figure = |text: &&String| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    table.texts.iter().filter(is_figure).nth(3).is_some()
}

/// Whether a paragraph is a link, and nothing much besides.
fn is_link(paragraph: &Paragraph) -> bool {
    let length = paragraph.text.chars().filter(|c| !c.is_whitespace()).count();
    length <= 100 && paragraph.linked * 10 >= length * 8
}
