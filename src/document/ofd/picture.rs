//! Pages of an OFD that are pictures: where these lie in the package, and what is recognised on them.
#![allow(clippy::float_arithmetic, reason = "places come as floats")]

use std::collections::BTreeMap;

use kurbo::Affine;

use super::{Leaf, all, child, part, path, tree, value};
use crate::document::package::{Limits, Package};
use crate::document::page::scan::{Eye, Film, Grey, Scanner, pixel};
use crate::document::page::{self, Page};
use crate::document::{Document, Format, Refusal, image};
use crate::text::Wording;

/// Pages that are read from their pictures, at most: reading one takes seconds.
const MOST_SCANNED: usize = 40;

/// The document of these pages, those that are pictures recognised by `eye`.
///
/// # Errors
/// A [`Refusal`] where there are too many, or nothing was recognised.
pub(super) fn recognised(bytes: &[u8], leaves: Vec<Leaf>, eye: &mut dyn Eye) -> Result<Document, Refusal> {
    let (mut pages, leaves): (Vec<Page>, Vec<Leaf>) =
        leaves.into_iter().map(|mut leaf| (std::mem::take(&mut leaf.page), leaf)).unzip();
    let scanned = page::scanned(&pages);
    if scanned.len() > MOST_SCANNED {
        return Err(Refusal::of(
            Format::Ofd,
            Wording::new(
                format!("OFD 扫描页超过 {MOST_SCANNED} 页，不像年度报告；请报送单位重新报送"),
                format!("the OFD has over {MOST_SCANNED} scanned pages, too many for a report; ask for it again"),
            ),
        ));
    }
    let mut package = Package::open(bytes, Limits::DOCUMENT).map_err(|fault| fault.refusal(Format::Ofd))?;
    let mut scanner = Scanner::new(eye);
    let mut known: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for index in scanned {
        let (Some(page), Some(leaf)) = (pages.get_mut(index), leaves.get(index)) else { continue };
        let shared = known.entry(leaf.document.clone()).or_insert_with(|| of_document(&mut package, &leaf.document));
        let own = of_page(&mut package, &leaf.place);
        let size = (page.width, page.height);
        let picture = exposed(&mut package, leaf, &[&own, shared], size);
        *page = scanner.page(&picture, size);
    }
    page::recognised(pages, Format::Ofd)
}

/// The picture of a page: the pictures on it where they lie.
fn exposed(package: &mut Package<'_>, leaf: &Leaf, resources: &[&BTreeMap<String, String>], size: (i32, i32)) -> Grey {
    let size = (f64::from(size.0) / 100.0, f64::from(size.1) / 100.0);
    let mut film: Option<Film> = None;
    for drawn in &leaf.pictures {
        let Some(place) = resources.iter().find_map(|known| known.get(&drawn.resource)) else { continue };
        let Some(image) = package.read(place).ok().flatten().and_then(|bytes| image::decoded(&bytes)) else { continue };
        let (width, height) = (pixel(image.width), pixel(image.height));
        let place = drawn.place * Affine::scale_non_uniform(1.0 / width, 1.0 / height);
        if !place.is_finite() {
            continue;
        }
        // The first one sets how fine the picture is: of a scan there is but one.
        let own = 1.0 / place.determinant().abs().sqrt().max(1e-6);
        film.get_or_insert_with(|| Film::new(size, own)).expose(image, place);
    }
    film.map_or_else(|| Grey::white(2, 2), Film::develop)
}

/// The pictures that all pages of the document described at `place` share: the part of each, by its number.
fn of_document(package: &mut Package<'_>, place: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let Ok(text) = part(package, place) else { return found };
    let Ok(document) = tree(&text) else { return found };
    let common = child(&document, "CommonData");
    for name in ["PublicRes", "DocumentRes"] {
        for listed in common.into_iter().flat_map(|common| all(common, name)) {
            media(package, place, &listed.text(), &mut found);
        }
    }
    found
}

/// The pictures of the page at `place` alone.
fn of_page(package: &mut Package<'_>, place: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let Ok(text) = part(package, place) else { return found };
    let Ok(page) = tree(&text) else { return found };
    for listed in all(&page, "PageRes") {
        media(package, place, &listed.text(), &mut found);
    }
    found
}

/// Adds the pictures that the list `listed`, as the part at `base` names it, has.
fn media(package: &mut Package<'_>, base: &str, listed: &str, found: &mut BTreeMap<String, String>) {
    let Ok(place) = path(base, listed) else { return };
    let Ok(text) = part(package, &place) else { return };
    let Ok(list) = tree(&text) else { return };
    let directory = value(&list, "BaseLoc").unwrap_or_default().trim().trim_end_matches('/').to_owned();
    for medium in all(&list, "MultiMedias").flat_map(|media| all(media, "MultiMedia")) {
        let (Some(id), Some(file)) = (value(medium, "ID"), child(medium, "MediaFile")) else { continue };
        let file = file.text();
        let file = file.trim();
        let own =
            if file.starts_with('/') || directory.is_empty() { file.to_owned() } else { format!("{directory}/{file}") };
        if let Ok(own) = path(&place, &own) {
            found.insert(id.trim().to_owned(), own);
        }
    }
}
