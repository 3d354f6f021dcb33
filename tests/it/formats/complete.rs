//! The faultless report of `samples/complete`, as content that the renderers can write.

use super::content::{Content, Piece, sheets};
use crate::generate::figures::Figures;
use crate::generate::form::HEADINGS;
use crate::generate::rng::Rng;
use crate::generate::tables::Tables;

/// The text form.
pub(crate) const TEXT: &str = include_str!("../../../samples/complete/青溪县数据局2024.txt");

/// Its title, headings, paragraphs and tables.
pub(crate) fn content() -> Content {
    let mut sheets = sheets(&Tables::of(&figures()), &mut Rng::new(1)).into_iter();
    let mut pieces = Vec::new();
    let mut part = 0;
    for (number, line) in TEXT.lines().enumerate() {
        if HEADINGS.contains(&line) {
            part += 1;
            pieces.push(Piece::Heading(line.to_owned()));
            if (2..=4).contains(&part) {
                pieces.extend(sheets.next().map(Piece::Table));
            }
        } else if number == 0 {
            pieces.push(Piece::Title(line.to_owned()));
        } else if !(2..=4).contains(&part) {
            pieces.push(Piece::Paragraph(line.to_owned()));
        }
    }
    Content { pieces }
}

/// The figures behind the labels, in the order of the form.
fn figures() -> Figures {
    let rows: Vec<Vec<&str>> = TEXT
        .lines()
        .skip_while(|line| *line != HEADINGS[1])
        .take_while(|line| *line != HEADINGS[4])
        .map(|line| line.split(' ').skip_while(|word| !word.chars().all(|c| c.is_ascii_digit() || c == '.')).collect())
        .filter(|row: &Vec<&str>| !row.is_empty())
        .collect();
    let numbers = |row: usize| rows[row].iter().map(|text| text.parse().unwrap()).collect::<Vec<usize>>();
    let disputes = numbers(31);
    Figures {
        stock: [0, 1].map(|row| numbers(row).try_into().unwrap()),
        decisions: [2, 3, 4].map(|row| numbers(row)[0]),
        fees: rows[5][0].to_owned(),
        requests: std::array::from_fn(|row| numbers(6 + row).try_into().unwrap()),
        disputes: [0, 5, 10].map(|at| disputes[at..at + 5].try_into().unwrap()),
    }
}

#[test]
fn the_content_says_what_the_text_says() {
    let without_blanks = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut figures = without_blanks(&content().text());
    let mut text = without_blanks(TEXT);
    for part in ["申请人情况", "总计"] {
        // The header of table three is read row by row in one and column by column in the other.
        figures = figures.replace(part, "");
        text = text.replace(part, "");
    }
    assert_eq!(figures.len(), text.len());
    assert!(figures.ends_with(&text[text.find("五、存在").unwrap()..]));
}

/// With `NIANSHEN_DUMP` set to a directory, writes the report there in every format that is written by hand.
#[test]
fn the_report_can_be_written_again() {
    use super::{docx, html, mht, ofd, opendocument, page, pdf, rtf, workbook};
    let Ok(directory) = std::env::var("NIANSHEN_DUMP") else { return };
    let content = content();
    let mut rng = Rng::new(2024);
    let page = html::render(&content, html::Manner::Clean, &mut rng);
    let design = page::Design::draw(&mut rng);
    let pages = page::lay_out(&content, design);
    let files = [
        ("html", page.clone().into_bytes()),
        ("site.html", html::render(&content, html::Manner::Site, &mut rng).into_bytes()),
        ("mht", mht::render(&page, mht::Carried::Quoted)),
        ("docx", docx::render(&content, docx::Manner::Plain, &mut rng)),
        ("odt", opendocument::text(&content, &mut rng)),
        ("ods", opendocument::workbook(&content, &mut rng)),
        ("xlsx", workbook::render(&content, workbook::Manner::Sheets)),
        ("rtf", rtf::render(&content, rtf::Chinese::Bytes)),
        ("pdf", pdf::render(&pages, design, pdf::Paint::with(pdf::Font::UniGb), &mut rng)),
        ("ofd", ofd::render(&pages, design, ofd::Spacing::Counted)),
    ];
    std::fs::create_dir_all(&directory).unwrap();
    for (extension, bytes) in files {
        std::fs::write(format!("{directory}/complete.{extension}"), bytes).unwrap();
    }
}
