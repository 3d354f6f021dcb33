//! Open Fixed-layout Document (GB/T 33190-2016).
//!
//! ```text
//! OFD.xml ──► Doc_0/Document.xml ──► Pages/Page_0/Content.xml ─┐
//! one body    areas, templates,      layers of objects          ├──► Page ──► page::lay_out ──► blocks
//! a document  list of pages      ──► templates of pages       ──┘
//! ```
//!
//! Pages of all documents of a package follow each other. Annotations, attachments and seals lie in files of their
//! own, which are not opened. Nothing outside the package is looked at. Pictures are looked for only where characters are
//! to be recognised in them.

mod content;
mod numbers;
mod picture;
#[cfg(test)]
mod tests;

use super::package::{Fault, Limits, Package};
use super::page::scan::Eye;
use super::page::{self, Page};
use super::xml::{self, Element};
use super::{Builder, Document, Format, Refusal};
use crate::text::Wording;
use numbers::Area;

/// No report has more pages.
const MOST_PAGES: usize = 300;

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where it is encrypted, damaged, or holds no text.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    let pages: Vec<Page> = read(bytes).map_err(Failure::refusal)?.into_iter().map(|leaf| leaf.page).collect();
    page::readable(&pages, Format::Ofd)?;
    let mut builder = Builder::default();
    page::lay_out(pages, &mut builder);
    Ok(builder.finish(Format::Ofd, None))
}

/// Reads a file of which pages are pictures, their characters recognised by `eye`. Pages of text are read as ever.
///
/// # Errors
/// A [`Refusal`] where it cannot be opened, or nothing was recognised.
pub(super) fn open_scan(bytes: &[u8], eye: &mut dyn Eye) -> Result<Document, Refusal> {
    let leaves = read(bytes).map_err(Failure::refusal)?;
    picture::recognised(bytes, leaves, eye)
}

impl Failure {
    fn refusal(self) -> Refusal {
        match self {
            Self::Package(fault) => fault.refusal(Format::Ofd),
            Self::Climbs => refusal(
                "OFD 引用了文件包以外的内容，不予打开；请报送单位重新报送",
                "the OFD file refers to something outside itself and is not opened; ask for it again",
            ),
            Self::Incomplete => refusal(
                "OFD 文件已损坏或不完整，读不出页面；请报送单位重新报送",
                "the OFD file is damaged or incomplete and has no readable page; ask for it again",
            ),
            Self::TooMuch => refusal(
                "OFD 内容过多，不像年度报告；请报送单位重新报送",
                "the OFD file holds too much for a report; ask for it again",
            ),
        }
    }
}

fn refusal(zh: &'static str, en: &'static str) -> Refusal {
    Refusal::of(Format::Ofd, Wording::new(zh, en))
}

/// Why a file gives no pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    /// The package itself.
    Package(Fault),
    /// A path in it leads out of it.
    Climbs,
    /// A part of it is missing, or there are no pages.
    Incomplete,
    /// More pages or glyphs than any report has.
    TooMuch,
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Package(fault)
    }
}

/// A page as it was drawn.
struct Leaf {
    page: Page,
    /// The pictures on it.
    pictures: Vec<content::Drawn>,
    /// The part that describes the document it belongs to.
    document: String,
    /// The part it is itself.
    place: String,
}

/// The pages of all documents of the package.
fn read(bytes: &[u8]) -> Result<Vec<Leaf>, Failure> {
    let mut package = Package::open(bytes, Limits::DOCUMENT)?;
    let root = part(&mut package, "OFD.xml")?;
    let root = tree(&root)?;
    let mut pages = Vec::new();
    for body in all(&root, "DocBody") {
        let Some(place) = child(body, "DocRoot").map(Element::text) else { continue };
        document(&mut package, &path("", &place)?, &mut pages)?;
    }
    if pages.is_empty() { Err(Failure::Incomplete) } else { Ok(pages) }
}

/// Adds the pages of the document described at `place`.
fn document(package: &mut Package<'_>, place: &str, pages: &mut Vec<Leaf>) -> Result<(), Failure> {
    let text = part(package, place)?;
    let document = tree(&text)?;
    let common = child(&document, "CommonData");
    let usual = common.and_then(|common| child(common, "PageArea")).and_then(area);
    let mut templates: Vec<(String, String)> = Vec::new();
    for template in common.into_iter().flat_map(|common| all(common, "TemplatePage")) {
        if let (Some(id), Some(own)) = (value(template, "ID"), value(template, "BaseLoc")) {
            templates.push((id.to_owned(), path(place, own)?));
        }
    }
    let listed = child(&document, "Pages").ok_or(Failure::Incomplete)?;
    for entry in all(listed, "Page") {
        if pages.len() >= MOST_PAGES {
            return Err(Failure::TooMuch);
        }
        let own = value(entry, "BaseLoc").ok_or(Failure::Incomplete)?;
        let at = path(place, own)?;
        let text = part(package, &at)?;
        let content = tree(&text)?;
        let area = child(&content, "Area").and_then(area).or(usual).unwrap_or(Area::A4);
        let mut canvas = content::Canvas::of(area);
        // What a template shows lies behind the page or before it; its place in the reading is by geometry alone.
        for used in all(&content, "Template") {
            let id = value(used, "TemplateID");
            let Some((_, place)) = templates.iter().find(|(own, _)| Some(own.as_str()) == id) else { continue };
            let text = part(package, place)?;
            canvas.draw(&tree(&text)?)?;
        }
        canvas.draw(&content)?;
        let (page, pictures) = canvas.finish();
        pages.push(Leaf { page, pictures, document: place.to_owned(), place: at });
    }
    Ok(())
}

/// The box of a page: the sheet as a whole.
fn area(area: &Element<'_>) -> Option<Area> {
    Area::of(&child(area, "PhysicalBox")?.text())
}

/// The characters of the part at `place`.
fn part(package: &mut Package<'_>, place: &str) -> Result<String, Failure> {
    let bytes = package.read(place)?.ok_or(Failure::Incomplete)?;
    Ok(xml::decode(&bytes).into_owned())
}

/// The root element of a part.
fn tree(text: &str) -> Result<Element<'_>, Failure> {
    Ok(xml::parse(text, |_| "")?)
}

/// The elements of this name in `element`. There is one namespace, and files that leave it out.
fn all<'t, 'a>(element: &'t Element<'a>, name: &'t str) -> impl Iterator<Item = &'t Element<'a>> {
    element.elements().filter(move |child| child.name == name)
}

/// The first element of this name in `element`.
fn child<'t, 'a>(element: &'t Element<'a>, name: &'t str) -> Option<&'t Element<'a>> {
    all(element, name).next()
}

/// The value of an attribute.
fn value<'t>(element: &'t Element<'_>, name: &str) -> Option<&'t str> {
    element.attribute("", name)
}

/// The place `own` in the package, as the part at `base` names it: relative to its directory, or from the root of
/// the package where it begins with `/`.
fn path(base: &str, own: &str) -> Result<String, Failure> {
    let own = own.trim().replace('\\', "/");
    let directory = base.rsplit_once('/').map_or("", |(directory, _)| directory);
    let mut steps: Vec<&str> = Vec::new();
    let from = if own.starts_with('/') { "" } else { directory };
    for step in from.split('/').chain(own.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop().ok_or(Failure::Climbs)?;
            }
            step => steps.push(step),
        }
    }
    if own.contains("://") { Err(Failure::Climbs) } else { Ok(steps.join("/")) }
}
