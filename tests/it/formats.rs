//! The same report in every format gives the same 200 cells, the same parts and the same findings as its text form,
//! and every cell at its place.
//!
//! `NIANSHEN_CASES` sets the number of reports, `NIANSHEN_SEED` replays one seed, `NIANSHEN_FAILURES` names a directory
//! for the simplest failing file of each shape and its text form.

mod archive;
mod compare;
mod complete;
mod content;
mod docx;
mod docx_library;
mod fixtures;
mod html;
mod mht;
mod ofd;
mod opendocument;
mod page;
mod pdf;
mod rtf;
mod shape;
mod trial;
mod workbook;
mod xml;

use std::collections::BTreeMap;

use compare::{Promise, faults};
use content::Content;
use docx::Manner as Docx;
use html::Manner as Html;
use mht::Carried;
use ofd::Spacing;
use pdf::{Font, Paint};
use rtf::Chinese;
use shape::{Shape, plain};
use workbook::Manner as Book;

use crate::generate::Recipe;
use crate::generate::encode::Encoding;
use crate::generate::layout::Layout;
use crate::generate::mutate::Mutation;

/// What is done to the tables of the report of a seed.
const MUTATIONS: [Mutation; 12] = [
    Mutation::Nothing,
    Mutation::ChangeFigure,
    Mutation::Blank,
    Mutation::Mark,
    Mutation::DeleteRow,
    Mutation::CollapseGroup,
    Mutation::MarkedRow,
    Mutation::BlankColumns,
    Mutation::ExtraRow,
    Mutation::RenameRow,
    Mutation::Unit,
    Mutation::Nothing,
];

fn recipe(seed: u64) -> Recipe {
    // The layout only names the stream of choices: the text form is not that of the generator.
    Recipe::new(Layout::Tabs, seed).mutation(MUTATIONS[usize::try_from(seed % 12).unwrap()])
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// The promise, for a shape.
///
/// # Panics
/// If it is not kept for a seed; with what was not kept how often, and how to run it again.
fn same_as_text(shape: Shape) {
    let seeds =
        number("NIANSHEN_SEED").map_or_else(|| 0..number("NIANSHEN_CASES").unwrap_or(12), |seed| seed..seed + 1);
    let count = seeds.end - seeds.start;
    let mut failed: BTreeMap<Promise, Vec<(u64, String)>> = BTreeMap::new();
    for seed in seeds {
        let (written, faults) = faults(shape, recipe(seed));
        if let (Some(directory), false) = (std::env::var_os("NIANSHEN_FAILURES"), faults.is_empty()) {
            let directory = std::path::Path::new(&directory);
            let name: String = format!("{shape:?}").chars().filter(char::is_ascii_alphanumeric).take(40).collect();
            std::fs::write(directory.join(format!("{name}-{seed}.{}", shape.extension())), &written.bytes).unwrap();
            std::fs::write(directory.join(format!("{seed}.txt")), Content::of(&recipe(seed).draft()).text()).unwrap();
        }
        for (promise, fault) in faults {
            failed.entry(promise).or_default().push((seed, fault));
        }
    }
    let mut summary = String::new();
    for (promise, faults) in &failed {
        summary.push_str(&format!("  {promise:?}: {} of {count}\n", faults.len()));
        for (seed, fault) in faults.iter().take(4) {
            summary.push_str(&format!("    seed {seed}, {:?}: {fault}\n", recipe(*seed).mutation));
        }
    }
    assert!(failed.is_empty(), "{shape:?}\n{summary}");
}

macro_rules! shapes {
    ($($name:ident: $shape:expr),* $(,)?) => {$(
        #[test]
        fn $name() {
            same_as_text($shape);
        }
    )*};
}

shapes! {
    html_clean: Shape::Html(Html::Clean),
    html_of_word: Shape::Html(Html::Word),
    html_of_wps: Shape::Html(Html::Wps),
    html_without_end_tags: Shape::Html(Html::Loose),
    html_of_cut_tables: Shape::Html(Html::Cut),
    html_of_one_table: Shape::Html(Html::Joined),
    html_laid_out_by_tables: Shape::Html(Html::Layout),
    html_in_a_site: Shape::Html(Html::Site),
    html_in_gb18030: Shape::HtmlIn(Encoding::Gb18030),
    html_in_utf16: Shape::HtmlIn(Encoding::Utf16Le),
    mht_quoted: Shape::Mht(Carried::Quoted),
    mht_base64: Shape::Mht(Carried::Base64),
    docx_plain: Shape::Docx(Docx::Plain),
    docx_with_macros: Shape::Docx(Docx::Macros),
    docx_with_tracked_changes: Shape::Docx(Docx::Tracked),
    docx_with_generated_ordinals: Shape::Docx(Docx::Numbered),
    docx_with_controls: Shape::Docx(Docx::Controls),
    docx_with_a_text_box: Shape::Docx(Docx::Boxed),
    docx_with_a_fine_grid: Shape::Docx(Docx::FineGrid),
    docx_with_breaks: Shape::Docx(Docx::Breaks),
    docx_with_full_width_digits: Shape::Docx(Docx::FullWidth),
    docx_with_nested_tables: Shape::Docx(Docx::Nested),
    docx_of_word: Shape::Docx(Docx::Word),
    docx_of_the_strict_standard: Shape::Docx(Docx::Strict),
    docx_of_wps: Shape::Docx(Docx::Wps),
    docx_of_a_library: Shape::DocxLibrary,
    odt: Shape::Odt,
    ods: Shape::Ods,
    xlsx_of_one_sheet: Shape::Xlsx(Book::OneSheet),
    xlsx_of_several_sheets: Shape::Xlsx(Book::Sheets),
    xlsx_of_text: Shape::Xlsx(Book::Text),
    rtf_of_bytes: Shape::Rtf(Chinese::Bytes),
    rtf_of_code_points: Shape::Rtf(Chinese::Points),
    pdf_in_ucs2: Shape::Pdf(plain(Font::UniGb)),
    pdf_in_gbk: Shape::Pdf(Paint { boxes: true, ..plain(Font::Gbk) }),
    pdf_in_proportional_gbk: Shape::Pdf(Paint { shuffled: true, ..plain(Font::GbkProportional) }),
    pdf_with_identity_numbers: Shape::Pdf(plain(Font::Identity)),
    pdf_with_an_embedded_font: Shape::Pdf(Paint { boxes: true, ..plain(Font::Embedded) }),
    pdf_of_drawn_glyphs: Shape::Pdf(plain(Font::Type3)),
    pdf_of_single_characters: Shape::Pdf(Paint { single: true, boxes: true, ..plain(Font::Identity) }),
    pdf_with_digits_in_another_font: Shape::Pdf(Paint { mixed: true, ..plain(Font::UniGb) }),
    pdf_of_turned_pages: Shape::Pdf(Paint { turned: true, ..plain(Font::Gbk) }),
    pdf_without_rulings: Shape::PdfUnruled(plain(Font::Embedded)),
    pdf_without_rulings_of_single_characters: Shape::PdfUnruled(Paint { single: true, ..plain(Font::UniGb) }),
    ofd_with_distances: Shape::Ofd(Spacing::Each),
    ofd_with_counted_distances: Shape::Ofd(Spacing::Counted),
    ofd_of_single_characters: Shape::Ofd(Spacing::Single),
}
