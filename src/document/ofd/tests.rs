//! Packages written for the purpose.

use super::*;
use crate::document::package::tests::pack;
use crate::document::{Anchor, Block, Role};

const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

/// A package with pages of these objects.
fn file(pages: &[&str]) -> Vec<u8> {
    with(pages, "", "")
}

/// The same with more in the common data of the document, and in each page before its content.
fn with(pages: &[&str], common: &str, before: &str) -> Vec<u8> {
    let listed: String = (0..pages.len())
        .map(|index| format!("<ofd:Page ID=\"{index}\" BaseLoc=\"Pages/Page_{index}/Content.xml\"/>"))
        .collect();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea>\
         <ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData>\
         <ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    );
    let mut files = vec![
        ("OFD.xml".to_owned(), root("Doc_0/Document.xml")),
        ("Doc_0/Document.xml".to_owned(), document),
        ("Doc_0/Tpls/Tpl_0/Content.xml".to_owned(), page("", &text(20, 280, 4, "", "页脚"))),
    ];
    for (index, objects) in pages.iter().enumerate() {
        files.push((format!("Doc_0/Pages/Page_{index}/Content.xml"), page(before, objects)));
    }
    packed(&files)
}

fn packed(files: &[(String, String)]) -> Vec<u8> {
    pack(&files.iter().map(|(name, content)| (name.as_str(), content.as_bytes())).collect::<Vec<_>>())
}

fn root(document: &str) -> String {
    format!(
        "<ofd:OFD {SPACE} Version=\"1.1\" DocType=\"OFD\"><ofd:DocBody><ofd:DocRoot>{document}</ofd:DocRoot>\
         </ofd:DocBody></ofd:OFD>"
    )
}

fn page(before: &str, objects: &str) -> String {
    format!(
        "<ofd:Page {SPACE}>{before}<ofd:Content><ofd:Layer Type=\"Body\">{objects}</ofd:Layer></ofd:Content></ofd:Page>"
    )
}

/// A text in a box at the point, with more attributes of its code.
fn text(x: i32, y: i32, size: i32, code: &str, text: &str) -> String {
    object(
        &format!("{x} {y} 100 {size}"),
        size,
        "",
        &format!("<ofd:TextCode X=\"0\" Y=\"{size}\" {code}>{text}</ofd:TextCode>"),
    )
}

fn object(boundary: &str, size: i32, more: &str, codes: &str) -> String {
    format!("<ofd:TextObject Boundary=\"{boundary}\" Font=\"1\" Size=\"{size}\" {more}>{codes}</ofd:TextObject>")
}

fn line(boundary: &str, data: &str) -> String {
    format!(
        "<ofd:PathObject Boundary=\"{boundary}\"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )
}

fn lines(bytes: &[u8]) -> Vec<String> {
    let document = open(bytes).unwrap_or_else(|refusal| panic!("{}", refusal.reason.zh));
    let lines = document.blocks.into_iter().filter_map(|block| match block {
        Block::Line(line) if line.role == Role::Wrapped => Some(line.text),
        _ => None,
    });
    lines.collect()
}

fn reason(bytes: &[u8]) -> String {
    open(bytes).expect_err("a refusal").reason.zh.to_string()
}

#[test]
fn characters_stand_where_their_distances_say() {
    let cases = [
        ("one by one", text(20, 20, 5, "DeltaX=\"5 5 5\"", "政府公开"), "政府公开"),
        ("counted", text(20, 20, 5, "DeltaX=\"g 3 5\"", "政府公开"), "政府公开"),
        ("mixed", text(20, 20, 5, "DeltaX=\"g 2 2.5 20 2.5\"", "123 4"), "123        4"),
        ("wide apart", text(20, 20, 5, "DeltaX=\"5 15 5\"", "政府公开"), "政府    公开"),
        ("without distances", text(20, 20, 5, "", "政府2024"), "政府2024"),
        ("too few distances", text(20, 20, 5, "DeltaX=\"5\"", "政府公开"), "政府公开"),
        (
            "scaled",
            object(
                "20 20 90 9",
                1,
                "CTM=\"5 0 0 5 0 0\"",
                "<ofd:TextCode X=\"0\" Y=\"1\" DeltaX=\"1 1 1\">政府公开</ofd:TextCode>",
            ),
            "政府公开",
        ),
        (
            "two codes, the second on the line of the first",
            object(
                "20 20 90 9",
                5,
                "",
                "<ofd:TextCode X=\"0\" Y=\"5\" DeltaX=\"5\">政府</ofd:TextCode><ofd:TextCode X=\"10\" DeltaX=\"5\">公开</ofd:TextCode>",
            ),
            "政府公开",
        ),
        ("special characters", text(20, 20, 5, "DeltaX=\"5 5\"", "甲&lt;&#x4e59;"), "甲  <乙"),
    ];
    for (name, object, expected) in cases {
        let found = lines(&file(&[&object]));
        assert_eq!(found.join("/").replace("  <", "<"), expected.replace("  <", "<"), "{name}");
    }
}

#[test]
fn places_are_in_points() {
    let document = open(&file(&[&text(20, 30, 10, "", "政")])).expect("a document");
    let Block::Line(line) = &document.blocks[0] else { panic!("a line") };
    let Anchor::Page { page, edges, top, bottom } = &line.anchor else { panic!("on a page") };
    // 20 mm and 30 mm to the right; the baseline at 40 mm, 8.8 mm of the glyph above it.
    assert_eq!((*page, edges.as_slice(), *top, *bottom), (1, [5669, 8504].as_slice(), 8844, 11_679));
}

#[test]
fn paths_are_rulings() {
    let stroked: String = [20, 30, 40]
        .into_iter()
        .map(|y| {
            line(&format!("20 {y} 80 0"), "M 0 0 L 80 0")
                + &line(&format!("{} 20 0 20", 20 + (y - 20) * 4), "M 0 0 L 0 20")
        })
        .collect();
    let boxed =
        "<ofd:PathObject Boundary=\"20 20 80 20\"><ofd:AbbreviatedData>M 0 0 L 80 0 L 80 20 L 0 20 C M 0 10 L 80 10 \
                 M 40 0 B 40 5 40 10 40 20 L 40 0</ofd:AbbreviatedData></ofd:PathObject>"
            .to_owned();
    let cells = [(25, 22, "甲"), (65, 22, "1"), (25, 32, "乙"), (65, 32, "22")];
    let cells: String = cells.into_iter().map(|(x, y, content)| text(x, y, 5, "", content)).collect();
    for rules in [stroked, boxed] {
        let document = open(&file(&[&format!("<ofd:PageBlock>{rules}</ofd:PageBlock>{cells}")])).expect("a document");
        let Block::Table(grid) = &document.blocks[0] else { panic!("{:?}", document.blocks) };
        assert_eq!(grid.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>(), ["甲", "1", "乙", "22"]);
    }
}

#[test]
fn templates_are_drawn_and_what_is_hidden_is_not() {
    let common = "<ofd:TemplatePage ID=\"7\" BaseLoc=\"Tpls/Tpl_0/Content.xml\"/>";
    let used = "<ofd:Template TemplateID=\"7\" ZOrder=\"Background\"/>";
    let body =
        text(20, 100, 5, "", "正文") + &text(20, 150, 5, "", "看不见").replace("Font=", "Visible=\"false\" Font=");
    assert_eq!(lines(&with(&[&body], common, used)), ["正文", "页脚"]);
    assert_eq!(lines(&with(&[&body], common, "")), ["正文"]);
    let clear = text(20, 150, 2, "", &"识别出来的文字".repeat(9)).replace("Font=", "Alpha=\"0\" Font=");
    let scan = "<ofd:ImageObject Boundary=\"0 0 210 297\" ResourceID=\"9\"/>";
    assert!(reason(&file(&[&(scan.to_owned() + &clear)])).contains("带识别文字层的扫描件"));
}

#[test]
fn writing_may_run_downwards_or_on_its_side() {
    let down = object(
        "20 20 9 90",
        5,
        "ReadDirection=\"90\"",
        "<ofd:TextCode X=\"0\" Y=\"5\" DeltaY=\"5 5\">办理果</ofd:TextCode>",
    );
    assert_eq!(lines(&file(&[&(down + &text(60, 200, 5, "", "横排的正文"))])), ["办理果", "横排的正文"]);
    let turned = object(
        "20 20 90 90",
        5,
        "CTM=\"0 1 -1 0 0 0\"",
        "<ofd:TextCode X=\"0\" Y=\"0\" DeltaX=\"5 5\">转过来</ofd:TextCode>",
    );
    assert_eq!(lines(&file(&[&turned])), ["转过来"]);
}

#[test]
fn a_font_without_codes_is_unknown() {
    let glyphs = "<ofd:CGTransform CodePosition=\"0\" CodeCount=\"2\" GlyphCount=\"2\"><ofd:Glyphs>3 4</ofd:Glyphs></ofd:CGTransform>";
    let unknown = object("20 20 90 9", 5, "", &format!("{glyphs}<ofd:TextCode X=\"0\" Y=\"5\">¤¤</ofd:TextCode>"));
    assert!(reason(&file(&[&unknown])).contains("字体无法还原为文字"));
}

#[test]
fn pictures_and_scans_are_seen() {
    let image =
        |boundary: &str| format!("<ofd:ImageObject Boundary=\"{boundary}\" CTM=\"1 0 0 1 0 0\" ResourceID=\"9\"/>");
    assert!(reason(&file(&[&image("0 0 210 297")])).contains("扫描件或图片 OFD"));
    let beside = text(20, 20, 5, "", "正文") + &image("20 60 150 120");
    let document = open(&file(&[&beside])).expect("a document");
    assert!(document.blocks.iter().any(|block| matches!(block, Block::Picture(picture) if picture.large)));
}

#[test]
fn several_documents_follow_each_other() {
    let content = |words: &str| page("", &text(20, 20, 5, "", words));
    let document = |place: &str| format!("<Document><Pages><Page ID=\"1\" BaseLoc=\"{place}\"/></Pages></Document>");
    let bodies = "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody><DocBody><DocRoot>/Doc_1/Document.xml\
                  </DocRoot></DocBody></OFD>";
    let files = [
        ("OFD.xml", bodies.to_owned()),
        ("Doc_0/Document.xml", document("Content.xml")),
        ("Doc_0/Content.xml", content("前一份")),
        ("Doc_1/Document.xml", document("../Doc_1/./Content.xml")),
        ("Doc_1/Content.xml", content("后一份")),
    ];
    let bytes = packed(&files.map(|(name, content)| (name.to_owned(), content)));
    assert_eq!(lines(&bytes), ["前一份", "后一份"]);
}

#[test]
fn what_is_no_document_is_refused() {
    let climbing = [("OFD.xml".to_owned(), root("../../etc/passwd"))];
    assert!(reason(&packed(&climbing)).contains("文件包以外"));
    let fetched = [("OFD.xml".to_owned(), root("http://example.org/Document.xml"))];
    assert!(reason(&packed(&fetched)).contains("文件包以外"));
    let missing = [("OFD.xml".to_owned(), root("Doc_0/Document.xml"))];
    assert!(reason(&packed(&missing)).contains("已损坏或不完整"));
    assert!(reason(&packed(&[("OFD.xml".to_owned(), "<OFD/>".to_owned())])).contains("已损坏或不完整"));
    let entities = "<!DOCTYPE OFD [<!ENTITY a 'b'>]><OFD>&a;</OFD>".to_owned();
    assert!(reason(&packed(&[("OFD.xml".to_owned(), entities)])).contains("OFD"));
    assert!(reason(b"PK\x03\x04 and nothing").contains("OFD"));
    assert!(reason(&file(&[""])).contains("没有文字"));
    let endless = text(20, 20, 5, "DeltaX=\"g 99999999999 5\"", "政府");
    assert_eq!(lines(&file(&[&endless])), ["政府"]);
    assert!(reason(&file(&vec![""; MOST_PAGES + 1])).contains("内容过多"));
}

#[test]
fn changed_parts_never_cause_a_panic() {
    let whole =
        text(20, 20, 5, "DeltaX=\"g 3 5\"", "政府公开") + &line("20 30 80 0", "M 0 0 L 80 0 A 1 1 0 0 1 5 5 Q 1 2 3 4");
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % below as u64).expect("small")
    };
    for _ in 0..1000 {
        let mut objects = whole.clone().into_bytes();
        for _ in 0..=next(3) {
            let at = next(objects.len());
            objects[at] = b"0123456789-. gMLBAC\"<>e"[next(23)];
        }
        _ = open(&file(&[&String::from_utf8_lossy(&objects)]));
    }
}
