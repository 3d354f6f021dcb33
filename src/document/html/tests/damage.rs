//! Files that are damaged, hold no text or grow without end, of all formats that are read by way of markup.

use super::*;

/// Numbers that look random and are the same every time.
fn random(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap()
}

#[test]
fn damaged_files_are_read_or_refused() {
    let cells = "<tr><td rowspan=2 colspan='3'><p>规章<br>a</p><td>0<td style='display:none'>1</tr>";
    let page = format!(
        "<!DOCTYPE html><meta charset=utf-8><title>年报-县</title><body><ol><li value=3>一<a href='x'>二</a></ol><div class=nav>\
         <table border=1><thead>{cells}</thead>{cells}<caption>表<table>{cells}</table></table></div><p>{PROSE}<img src=a width=9>"
    );
    let mht = format!(
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n\n--b\nContent-Type: text/html; charset=utf-8\n\
         Content-Transfer-Encoding: quoted-printable\n\n{}\n--b--",
        page.replace('=', "=3D")
    );
    let rtf = "{\\rtf1\\ansi\\ansicpg936\\uc1{\\fonttbl{\\f0\\fcharset134 a;}}{\\header h\\par}\\trowd\\trleft0\\clvmgf\\cellx900\\clvmrg\
               \\cellx1800\\pard\\intbl\\itap2 x\\nestcell{\\*\\nesttableprops\\trowd\\cellx9\\nestrow}\\'d5\\'fe\\cell\\u25919?\\cell\\row\
               {\\pict\\bin2 }}}{\\*\\shpinst{\\shptxt t}}\\pard a\\line\\par}";
    let mut state = 7;
    for sample in [page.as_bytes(), mht.as_bytes(), rtf.as_bytes(), &encoding_rs::GB18030.encode(&page).0] {
        for _ in 0..400 {
            let mut bytes = sample.to_vec();
            for _ in 0..=random(&mut state) % 12 {
                let at = random(&mut state) % bytes.len().max(1);
                let other = random(&mut state) % sample.len();
                match random(&mut state) % 5 {
                    0 => bytes.truncate(at.max(8)),
                    1 => bytes[at] = u8::try_from(random(&mut state) % 256).unwrap(),
                    2 => drop(bytes.drain(at..(at + other % 40).min(bytes.len()))),
                    3 => drop(bytes.splice(at..at, sample[other..].iter().take(60).copied())),
                    _ => bytes.insert(at, b"<>{}\\'\"=&/"[other % 10]),
                }
                if bytes.is_empty() {
                    break;
                }
            }
            if let Ok(document) = crate::document::open(&bytes) {
                let places = crate::document::Places::of(&document);
                for (line, number) in document.lines().iter().zip(1..) {
                    let end_column = u32::try_from(line.chars().count()).unwrap() + 1;
                    let _ =
                        places.at(crate::document::Source { line: number, column: 1, end_line: number, end_column });
                }
                for block in &document.blocks {
                    if let Block::Table(grid) = block {
                        assert_no_overlap(grid);
                    }
                }
            }
        }
    }
}

fn assert_no_overlap(grid: &crate::document::Grid) {
    let mut taken = std::collections::HashSet::new();
    for cell in &grid.cells {
        assert!(cell.row + cell.row_span <= grid.rows && cell.column + cell.column_span <= grid.columns);
        for row in cell.row..cell.row + cell.row_span {
            for column in cell.column..cell.column + cell.column_span {
                assert!(taken.insert((row, column)), "{grid:?}");
            }
        }
    }
}

#[test]
fn pages_without_text_are_refused() {
    for source in [
        "<html><body></body></html>",
        "<div><img src=logo.png></div>",
        "<script>1</script>",
        "<frameset><frame src=a></frameset>",
        "<table><tr><td></table>",
    ] {
        let refusal = open(source.as_bytes()).expect_err(source);
        assert_eq!(refusal.format, Some(Format::Html), "{source}");
    }
}

#[test]
fn monstrous_pages_have_an_end() {
    let times = |text: &str, count: usize| text.repeat(count);
    let sources = [
        times("<div>", 20_000) + "一",
        times("<b>", 20_000) + "一" + &times("</i>", 20_000),
        times("<span hidden>", 20_000) + &times("</span>", 20_000) + "一",
        times("<table><tr><td>", 5_000) + "一",
        times("<table>", 20_000) + "一",
        times("<p>", 20_000) + "一",
        times("</p>", 20_000) + "一",
        times("<ol><li>", 5_000) + "一",
        times("<td>", 20_000) + "一",
        times("<a href=x>", 20_000) + "一",
        format!("<table>{}<tr><td>一</table>", times("<tr><td rowspan=65534 colspan=1000>", 500)),
        format!("<p>{}</p>一", times("\u{a0}", 100_000)),
        format!("<img src='data:{}'>一", times("A", 1_000_000)),
    ];
    for source in sources {
        let start: String = source.chars().take(30).collect();
        assert!(open(source.as_bytes()).is_ok_and(|document| !document.blocks.is_empty()), "{start}");
    }
    let cells = format!("<table><tr>{}</table>", times("<td>", NODES));
    assert!(open(cells.as_bytes()).is_err());
}
