use super::*;
use crate::document::Block;

/// The blocks of a file, one a line: `P` paragraph, `A` aside, `I` picture, `T` table with `row,column` and, where
/// a cell spans more than one place, `+rows×columns`.
fn shown(source: &str) -> Vec<String> {
    let document = open(source.as_bytes()).unwrap_or_else(|refusal| panic!("{source}: {refusal:?}"));
    assert_eq!((document.format, document.encoding), (Format::Rtf, None));
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Line(line) => {
                let mark = if line.role == Role::Aside { "A" } else { "P" };
                lines.push(format!("{mark} {}", line.text));
            }
            Block::Picture(picture) => lines.push(format!("I {}", picture.large)),
            Block::Table(grid) => {
                let cells = grid.cells.iter().map(|cell| {
                    let spans = if (cell.row_span, cell.column_span) == (1, 1) {
                        String::new()
                    } else {
                        format!("+{}×{}", cell.row_span, cell.column_span)
                    };
                    format!("{},{}{spans}={}", cell.row, cell.column, cell.text.replace('\n', "/"))
                });
                lines.push(format!("T {}", cells.collect::<Vec<_>>().join(" ")));
            }
        }
    }
    lines
}

fn check(cases: &[(&str, &[&str])]) {
    for (source, expected) in cases {
        let file = format!(
            "{{\\rtf1\\ansi\\ansicpg936\\deff0{{\\fonttbl{{\\f0\\fcharset134 SimSun;}}{{\\f1\\fcharset0 Times;}}{{\\f2\\fcharset2 Symbol;}}}}{source}}}"
        );
        assert_eq!(shown(&file), *expected, "{source}");
    }
}

#[test]
fn characters_are_decoded_by_font_code_page_and_number() {
    check(&[
        ("\\'d5\\'fe\\'b8\\'ae\\par", &["P 政府"]),
        ("\\f1 \\'d5\\'fe\\'b8\\'ae 2023\\par", &["P 政府 2023"]),
        ("\\f1 a\\'93b\\'94\\par", &["P a“b”"]),
        ("\\f9 \\'d5\\'fe\\par", &["P 政"]),
        // Halves of a character parted by formatting and groups.
        ("\\'d5\\b \\'fe\\b0 {\\'b8}{\\'ae}\\par", &["P 政府"]),
        ("\\loch\\f1\\hich\\af1\\dbch\\af0 \\'d5\\'fe\\loch\\f1 2023\\par", &["P 政2023"]),
        ("\\rtlch\\af1 \\ltrch\\f0 \\'d5\\'fe\\par", &["P 政"]),
        ("\\u25919?\\u24220?\\par", &["P 政府"]),
        ("\\uc2\\u25919\\'d5\\'fe\\u24220\\'b8\\'ae\\par", &["P 政府"]),
        ("\\uc0\\u25919\\u24220 a\\par", &["P 政府a"]),
        ("\\u-230\\'a3\\par", &["P \u{ff1a}"]),
        ("\\u-10179?\\u-8704?\\par", &["P \u{1f600}"]),
        ("\\u8220\\ldblquote a\\u8221\\rdblquote\\par", &["P “a”"]),
        ("\\u25919\\par \\u24220\\par", &["P 政", "P 府"]),
        ("{\\uc3\\u25919???}\\u24220?\\par", &["P 政府"]),
        ("\\emdash\\~\\_\\-\\{\\}\\\\\\bullet a\\par", &["P —\u{a0}-{}\\•a"]),
        ("{\\f2 \\'b7}\\tab a\\par", &["P ·\ta"]),
        ("a\r\nb\\\nc\\par", &["P ab", "P c"]),
        ("a\\line b\\par\\par c", &["P a", "P b", "P c"]),
    ]);
    assert_eq!(shown("{\\rtf1\\ansi\\deflangfe2052 \\'d5\\'fe\\par}"), ["P 政"]);
    assert_eq!(shown("{\\rtf1\\ansi \\'d5\\'fe\\'b8\\'ae\\par}"), ["P 政府"]);
}

#[test]
fn what_is_not_text_is_left_out() {
    check(&[
        ("{\\colortbl;\\red0;}{\\stylesheet{\\s0 Normal;}}{\\info{\\title t}}{\\*\\generator W;}a\\par", &["P a"]),
        ("a{\\v b}c{\\deleted d}\\v e\\v0 f\\par", &["P acf"]),
        ("a\\v b\\plain c\\par", &["P ac"]),
        ("{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt a}}b\\par", &["P ab"]),
        ("{\\listtext 1.\\tab}a{\\*\\bkmkstart x}b\\par", &["P 1.\tab"]),
        ("{\\*\\pn{\\pntxtb (}}a\\par", &["P a"]),
        ("{\\upr{a}{\\*\\ud{\\u25919?}}}b\\par", &["P 政b"]),
        ("{\\header\\pard h\\par}{\\footer\\pard - \\chpgn  -\\par}a\\par", &["P a", "A h", "A -  -"]),
        ("a{\\footnote n}b\\par", &["P ab", "A n"]),
        ("{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv y}}{\\shptxt t\\par}}{\\shprslt u}}a\\par", &["P t", "P a"]),
        ("{\\*\\shppict{\\pict\\picwgoal9000\\pichgoal9000 ffd8}}{\\nonshppict{\\pict 00}}a\\par", &["P a", "I true"]),
        ("{\\pict\\picwgoal300\\pichgoal300 ffd8}a\\par", &["P a", "I false"]),
        ("{\\pict\\bin5 }}}}}a}b\\par", &["P b", "I true"]),
        ("{\\object\\objemb{\\*\\objdata 0105}{\\result{a}}}\\par", &["P a"]),
    ]);
}

/// A row with these right edges, in which `*` stands before an edge whose cell goes on from above, `<` before one
/// whose cell goes on from the one before.
fn row(edges: &str, cells: &str) -> String {
    let defined = edges.split(' ').map(|edge| {
        let flag = if edge.starts_with('*') {
            "\\clvmrg"
        } else if edge.starts_with('<') {
            "\\clmrg"
        } else {
            "\\clvmgf\\clmgf"
        };
        format!("{flag}\\cellx{}", edge.trim_start_matches(['*', '<']))
    });
    let text = cells.split('|').map(|cell| format!("{cell}\\cell "));
    format!("\\trowd\\trleft0{}\\pard\\intbl {}\\row", defined.collect::<String>(), text.collect::<String>())
}

#[test]
fn columns_are_the_stretches_between_edges() {
    let cases: [(String, &[&str]); 9] = [
        (row("1000 2000", "a|b") + &row("1000 2000", "c|d"), &["T 0,0=a 0,1=b 1,0=c 1,1=d"]),
        (row("1000 3000", "a|b") + &row("1010 2000 2990", "c|d|e"), &["T 0,0=a 0,1+1×2=b 1,0=c 1,1=d 1,2=e"]),
        (
            row("1000 2000", "a|b") + &row("*1000 2000", "|c") + &row("*1000 2000", "|d"),
            &["T 0,0+3×1=a 0,1=b 1,1=c 2,1=d"],
        ),
        (row("1000 <2000 3000", "a||b") + &row("1000 2000 3000", "c|d|e"), &["T 0,0+1×2=a 0,2=b 1,0=c 1,1=d 1,2=e"]),
        (row("*1000 2000", "a|b"), &["T 0,0=a 0,1=b"]),
        // Fewer cells than defined, and more.
        (row("1000 2000 3000", "a|b"), &["T 0,0=a 0,1=b 0,2="]),
        (row("1000", "a|b"), &["T 0,0=a 0,1=b"]),
        // Rows part where text stands between.
        (
            row("1000 2000", "a|b") + "\\pard t\\par " + &row("1000 2000", "c|d"),
            &["T 0,0=a 0,1=b", "P t", "T 0,0=c 0,1=d"],
        ),
        // Rows that differ by the padding of their cells.
        (
            row("1000 2000", "a|b") + &row("1000 2000", "c|d").replace("\\trleft0", "\\trleft-108"),
            &["T 0,0=a 0,1=b 1,0=c 1,1=d"],
        ),
    ];
    for (source, expected) in cases {
        check(&[(&source, expected)]);
    }
}

#[test]
fn cells_hold_paragraphs_and_tables() {
    check(&[
        ("\\trowd\\cellx1000\\cellx2000\\pard\\intbl a\\par b\\cell c\\line d\\cell\\row", &["T 0,0=a/b 0,1=c/d"]),
        ("\\trowd\\cellx1000\\cellx2000 a\\par b\\cell c\\par d\\cell\\row", &["P a", "T 0,0=b 0,1=c/d"]),
        ("\\pard\\intbl a\\cell b\\cell\\trowd\\cellx1000\\cellx2000\\row\\pard c", &["T 0,0=a 0,1=b", "P c"]),
        (
            "\\trowd\\cellx1000\\cellx3000\\pard\\intbl a\\cell b\\cell\\row\\intbl c\\cell d\\cell\\row",
            &["T 0,0=a 0,1=b 1,0=c 1,1=d"],
        ),
        ("\\trowd\\cellx1000\\cellx2000\\intbl /\\cell \\cell\\row", &["T 0,0=/ 0,1="]),
        // A table in a cell among figures is text of the cell; one of more figures is a table of its own.
        (
            "\\trowd\\cellx1000\\cellx2000\\cellx3000\\pard\\intbl a\\cell b\\cell \\pard\\intbl\\itap2 x\\nestcell y\\nestcell\
             {\\*\\nesttableprops\\trowd\\cellx2500\\cellx3000\\nestrow}{\\nonesttables\\par}\\pard\\intbl\\itap1 z\\cell\\row\
             \\intbl c\\cell d\\cell e\\cell\\row",
            &["T 0,0=a 0,1=b 0,2=x/y/z 1,0=c 1,1=d 1,2=e"],
        ),
        (
            "\\trowd\\cellx1000\\cellx3000\\pard\\intbl a\\cell\\pard\\intbl\\itap2 x\\nestcell y\\nestcell\
             {\\*\\nesttableprops\\trowd\\cellx2500\\cellx3000\\nestrow}\\pard\\intbl\\itap1\\cell\\row",
            &["P a", "T 0,0=x 0,1=y"],
        ),
        // The file ends in a row.
        ("\\trowd\\cellx1000\\cellx2000\\intbl a\\cell b", &["T 0,0=a 0,1=b"]),
    ]);
}

#[test]
fn files_without_end_have_one() {
    let sources = [
        "{\\rtf1 ".to_owned() + &"{".repeat(100_000) + "a",
        "{\\rtf1 a".to_owned() + &"}".repeat(100_000),
        "{\\rtf1 a\\trowd".to_owned() + &"\\cellx1".repeat(100_000) + "b\\cell\\row",
        "{\\rtf1 a".to_owned() + &"\\trowd\\cellx-2147483648\\cellx2147483647 b\\cell c\\cell\\row".repeat(2_000),
        "{\\rtf1 a".to_owned() + &"\\itap9999 b\\nestcell".repeat(2_000),
        "{\\rtf1 a\\par\\u".to_owned(),
        "{\\rtf1 a\\bin99999999999".to_owned(),
    ];
    for source in sources {
        assert!(open(source.as_bytes()).is_ok(), "{}", &source[..source.len().min(60)]);
    }
    assert!(open(("{\\rtf1 ".to_owned() + &"\\cell".repeat(200_000)).as_bytes()).is_err());
    for empty in ["{\\rtf1}", "{\\rtf1\\par\\par}", "{\\rtf", ""] {
        assert!(open(empty.as_bytes()).is_err());
    }
}
