//! Packages written by hand, each with things that documents do.

use super::open;
use crate::document::package::tests::pack;
use crate::document::{Block, Document};

const SPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
     xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
     xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
     xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
     xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" \
     xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\"";

fn package(styles: &str, body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let common = format!(
        "<office:document-styles {SPACES}><office:master-styles><style:master-page><style:header><text:p>页眉</text:p>\
         </style:header></style:master-page></office:master-styles></office:document-styles>"
    );
    pack(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("styles.xml", common.as_bytes()),
    ])
}

fn document(styles: &str, body: &str) -> Document {
    open(&package(styles, body)).expect("a document")
}

fn lines(styles: &str, body: &str) -> String {
    document(styles, body).lines().join("⏎")
}

#[test]
fn the_text_of_paragraphs_is_what_a_reader_sees() {
    let hidden = "<style:style style:name=\"H\"><style:text-properties text:display=\"none\"/></style:style>";
    let cases = [
        ("<text:p> a\n  b<text:s text:c=\"2\"/>c<text:tab/>d<text:line-break/>e</text:p>", "a b  c\td⏎e⏎页眉"),
        ("<text:p>a<text:span text:style-name=\"H\">x</text:span><text:span>b</text:span></text:p>", "ab⏎页眉"),
        (
            "<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note>b</text:p><text:p>c</text:p>",
            "ab⏎c⏎注⏎页眉",
        ),
        ("<text:tracked-changes><text:p>x</text:p></text:tracked-changes><text:p>a<text:change/></text:p>", "a⏎页眉"),
        (
            "<text:section text:display=\"none\"><text:p>x</text:p></text:section><text:section><text:p>a</text:p></text:section>",
            "a⏎页眉",
        ),
        ("<text:p><draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>a</text:p>", "a⏎框⏎页眉"),
        (
            "<text:p>a<draw:frame svg:width=\"17cm\" svg:height=\"10cm\"><draw:image/><svg:desc>图</svg:desc></draw:frame></text:p>",
            "a⏎[图片：图]⏎页眉",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(lines(hidden, body), expected, "{body}");
    }
}

#[test]
fn what_is_hidden_or_struck_out_is_inherited() {
    let style = |name: &str, parent: &str, text: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:parent-style-name=\"{parent}\"><style:text-properties {text}/></style:style>"
        )
    };
    let styles = [
        style("Hidden", "Standard", "text:display=\"none\""),
        style("P1", "Hidden", "fo:color=\"#000000\""),
        style("P2", "Hidden", "text:display=\"true\""),
        style("Struck", "Standard", "style:text-line-through-style=\"solid\""),
        style("T1", "Struck", "fo:color=\"#000000\""),
        style("T2", "Struck", "style:text-line-through-style=\"none\" style:text-line-through-type=\"none\""),
    ]
    .concat();
    let body = "<text:p text:style-name=\"P1\">x</text:p><text:p text:style-name=\"P2\">a</text:p>\
         <text:p><text:span text:style-name=\"T1\">x</text:span><text:span text:style-name=\"T2\">b</text:span></text:p>";
    // A hidden paragraph leaves its place.
    assert_eq!(lines(&styles, body), "⏎a⏎b⏎页眉");
}

#[test]
fn lists_are_counted() {
    let styles = "<text:list-style style:name=\"L\">\
         <text:list-level-style-number text:level=\"1\" style:num-format=\"一, 二, 三, ...\" style:num-suffix=\"、\"/>\
         <text:list-level-style-number text:level=\"2\" style:num-format=\"1\" text:display-levels=\"2\" style:num-suffix=\".\"/></text:list-style>";
    let item = |words: &str| format!("<text:list-item><text:p>{words}</text:p></text:list-item>");
    let body = format!(
        "<text:list text:style-name=\"L\">{}<text:list-item><text:p>乙</text:p><text:p>续</text:p><text:list>{}</text:list></text:list-item></text:list>\
         <text:p>间</text:p><text:list text:style-name=\"L\" text:continue-numbering=\"true\">{}</text:list>\
         <text:list text:style-name=\"L\">{}</text:list>",
        item("甲"),
        item("子"),
        item("丙"),
        item("重"),
    );
    let outline = "<text:outline-style style:name=\"O\"><text:outline-level-style text:level=\"1\" style:num-format=\"一\" style:num-suffix=\"、\"/>\
         </text:outline-style><style:style style:name=\"N\" style:list-style-name=\"\"/><style:style style:name=\"M\" style:parent-style-name=\"N\"/>";
    let headings =
        "<text:h>甲</text:h><text:h text:style-name=\"M\">二、乙</text:h><text:h text:outline-level=\"1\">丙</text:h>";
    assert_eq!(lines(outline, headings), "一、甲⏎二、乙⏎二、丙⏎页眉");
    assert_eq!(lines(styles, &body), "一、甲⏎二、乙⏎续⏎二.1. 子⏎间⏎三、丙⏎一、重⏎页眉");
}

#[test]
fn cells_that_are_repeated_or_spanned_keep_their_places() {
    let body = "<table:table><table:table-header-rows><table:table-row>\
         <table:table-cell table:number-rows-spanned=\"2\"><text:p>a</text:p></table:table-cell>\
         <table:table-cell table:number-columns-spanned=\"2\"><text:p>b</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>\
         <table:table-row><table:covered-table-cell/><table:table-cell table:number-columns-repeated=\"2\"><text:p>0</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"2\"><table:table-cell><text:p>c</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"2\"/></table:table-row>\
         <table:table-row table:visibility=\"collapse\"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>";
    let found = document("", body);
    let Some(Block::Table(grid)) = found.blocks.first() else { panic!("a table") };
    let cells: Vec<_> =
        grid.cells.iter().map(|c| (c.row, c.column, c.row_span, c.column_span, c.text.as_str())).collect();
    let expected = [
        (0, 0, 2, 1, "a"),
        (0, 1, 1, 2, "b"),
        (1, 1, 1, 1, "0"),
        (1, 2, 1, 1, "0"),
        (2, 0, 1, 1, "c"),
        (2, 1, 1, 1, ""),
        (2, 2, 1, 1, ""),
        (3, 0, 1, 1, "c"),
        (3, 1, 1, 1, ""),
        (3, 2, 1, 1, ""),
    ];
    assert_eq!(cells, expected);
}

#[test]
fn repetition_without_end_is_bounded() {
    let huge = "<table:table><table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell \
         table:number-columns-repeated=\"4000000000\" table:number-rows-spanned=\"4000000000\"><text:p>0</text:p></table:table-cell></table:table-row></table:table>";
    let found = document("", huge);
    let Some(Block::Table(grid)) = found.blocks.first() else { panic!("a table") };
    assert!(grid.cells.len() <= 100_000);
}

#[test]
fn what_cannot_be_read_is_refused_with_its_reason() {
    let manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let cases = [
        (pack(&[("content.xml", b"\x01\x02"), ("META-INF/manifest.xml", manifest)]), "密码"),
        (pack(&[("content.xml", b"<a>")]), "损坏"),
        (pack(&[("mimetype", b"x")]), "损坏"),
        (package("", "<text:p/>"), "没有文字"),
    ];
    for (bytes, part) in cases {
        let refusal = open(&bytes).expect_err("refused");
        assert!(refusal.reason.zh.contains(part), "{}", refusal.reason.zh);
    }
}
