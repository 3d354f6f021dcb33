//! PDF, painted by a writer library: fonts as Chinese producers use them, rulings as they draw them.

mod font;
mod type3;

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};

use super::page::{Area, Design, Page, Run};
use crate::generate::rng::Rng;
use font::Face;
pub(crate) use font::Font;

/// How pages are painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Paint {
    pub(crate) font: Font,
    /// Rulings as thin filled boxes, not as strokes.
    pub(crate) boxes: bool,
    /// Every character shown by itself.
    pub(crate) single: bool,
    /// Digits and Latin in a font of their own.
    pub(crate) mixed: bool,
    /// Pages turned by 90 degrees, and shown turned back.
    pub(crate) turned: bool,
    /// The runs of a page in no particular order.
    pub(crate) shuffled: bool,
}

impl Paint {
    pub(crate) const fn with(font: Font) -> Self {
        Self { font, boxes: false, single: false, mixed: false, turned: false, shuffled: false }
    }
}

/// Points of hundredths of a point.
#[allow(clippy::float_arithmetic, reason = "the writer takes floating-point numbers")]
#[allow(clippy::cast_precision_loss, reason = "lengths on a page are small")]
fn points(hundredths: i32) -> f32 {
    hundredths as f32 / 100.0
}

pub(crate) fn render(pages: &[Page], design: Design, paint: Paint, rng: &mut Rng) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let (catalog, tree) = (Ref::new(1), Ref::new(2));
    pdf.catalog(catalog).pages(tree);
    let faces = font::write(&mut pdf, paint, pages);
    let first = 100;
    let page_refs: Vec<Ref> = (0..).step_by(2).map(|index| Ref::new(first + index)).take(pages.len()).collect();
    pdf.pages(tree).kids(page_refs.iter().copied()).count(i32::try_from(pages.len()).unwrap());
    for (page, &id) in pages.iter().zip(&page_refs) {
        let stream = Ref::new(id.get() + 1);
        let (width, height) = (points(design.width), points(design.height));
        let mut written = pdf.page(id);
        written.parent(tree).contents(stream);
        if paint.turned {
            written.media_box(Rect::new(0.0, 0.0, height, width)).rotate(90);
        } else {
            written.media_box(Rect::new(0.0, 0.0, width, height));
        }
        let mut resources = written.resources();
        let mut fonts = resources.fonts();
        for face in &faces {
            fonts.pair(Name(face.name.as_bytes()), face.id);
        }
        fonts.finish();
        resources.finish();
        written.finish();
        let painted = Painter { design, paint, faces: &faces, content: Content::new() }.page(page, rng);
        pdf.stream(stream, &painted);
    }
    pdf.finish()
}

struct Painter<'a> {
    design: Design,
    paint: Paint,
    faces: &'a [Face],
    content: Content,
}

impl<'a> Painter<'a> {
    fn page(mut self, page: &Page, rng: &mut Rng) -> Vec<u8> {
        if self.paint.turned {
            // What is shown at (x, y) stands at (height - y, x).
            self.content.transform([0.0, 1.0, -1.0, 0.0, points(self.design.height), 0.0]);
        }
        let mut runs: Vec<&Run> = page.runs.iter().collect();
        if self.paint.shuffled {
            for last in (1..runs.len()).rev() {
                runs.swap(last, rng.below(last + 1));
            }
        }
        self.content.set_line_width(0.5);
        for rule in &page.rules {
            self.rule(*rule);
        }
        for run in runs {
            self.run(run);
        }
        self.content.finish().into_vec()
    }

    fn rule(&mut self, rule: Area) {
        let up = |y: i32| self.design.height - y;
        if self.paint.boxes {
            let (width, height) = (rule.right - rule.left, rule.bottom - rule.top);
            let bottom = up(rule.bottom);
            self.content.rect(points(rule.left), points(bottom), points(width.max(48)), points(height.max(48)));
            self.content.fill_nonzero();
        } else {
            let (top, bottom) = (up(rule.top), up(rule.bottom));
            self.content.move_to(points(rule.left), points(top)).line_to(points(rule.right), points(bottom)).stroke();
        }
    }

    fn run(&mut self, run: &Run) {
        let mut left = run.left;
        let mut rest = run.text.as_str();
        while let Some(first) = rest.chars().next() {
            let face = self.face(first);
            let alike = |c: char| self.face(c).name == face.name;
            let end = if self.paint.single {
                first.len_utf8()
            } else {
                rest.char_indices().find(|&(_, c)| !alike(c)).map_or(rest.len(), |(at, _)| at)
            };
            let (text, after) = rest.split_at(end);
            let codes = face.encode(text);
            let x = points(left);
            let y = points(self.design.height - run.baseline);
            let (name, size) = (&face.name, points(run.size));
            self.content.begin_text().set_font(Name(name.as_bytes()), size);
            self.content.set_text_matrix([1.0, 0.0, 0.0, 1.0, x, y]).show(Str(&codes)).end_text();
            left += Run { text: text.to_owned(), ..run.clone() }.width();
            rest = after;
        }
    }

    fn face(&self, c: char) -> &'a Face {
        let latin = self.paint.mixed && c.is_ascii();
        let faces: &'a [Face] = self.faces;
        let own = faces.iter().filter(|face| face.has(c));
        if latin { own.max_by_key(|face| face.id).unwrap() } else { own.min_by_key(|face| face.id).unwrap() }
    }
}
