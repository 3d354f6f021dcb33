//! Packages written by hand, each with one thing that documents do.

use super::open;
use crate::document::compound::tests::compound;
use crate::document::package::tests::pack;
use crate::document::{Block, Document, Grid, Role};

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The root of a part, with the namespaces that are used here.
fn part(root: &str, content: &str) -> String {
    let spaces = [
        ("w", TRANSITIONAL),
        ("r", RELATION),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
        ("v", "urn:schemas-microsoft-com:vml"),
    ];
    let spaces: String = spaces.iter().map(|(prefix, uri)| format!(" xmlns:{prefix}=\"{uri}\"")).collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{root}{spaces}>{content}</w:{root}>")
}

fn relations(entries: &[(&str, &str)]) -> String {
    let entry = |(kind, target): &(&str, &str)| {
        format!("<Relationship Id=\"r\" Type=\"{RELATION}/{kind}\" Target=\"{target}\"/>")
    };
    let entries: String = entries.iter().map(entry).collect();
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{entries}</Relationships>"
    )
}

/// A document with this body and these parts beside it, each with its kind, root and content.
fn package(body: &str, beside: &[(&str, &str, &str)]) -> Vec<u8> {
    let document = part("document", &format!("<w:body>{body}<w:sectPr/></w:body>"));
    let main = relations(&[("officeDocument", "/word/document.xml")]);
    let names: Vec<String> = (0..beside.len()).map(|index| format!("part{index}.xml")).collect();
    let kinds: Vec<(&str, &str)> = beside.iter().zip(&names).map(|((kind, ..), name)| (*kind, name.as_str())).collect();
    let related = relations(&kinds);
    let contents: Vec<String> = beside.iter().map(|(_, root, content)| part(root, content)).collect();
    let paths: Vec<String> = names.iter().map(|name| format!("word/{name}")).collect();
    let mut files: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", main.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", related.as_bytes()),
    ];
    files.extend(paths.iter().zip(&contents).map(|(path, content)| (path.as_str(), content.as_bytes())));
    pack(&files)
}

fn document(body: &str, beside: &[(&str, &str, &str)]) -> Document {
    open(&package(body, beside)).expect("a document")
}

/// The lines of the rendering; what is set aside in braces.
fn lines(document: &Document) -> Vec<String> {
    let aside = |number: usize| {
        document.blocks.iter().any(
            |block| matches!(block, Block::Line(line) if line.role == Role::Aside && line.number as usize == number),
        )
    };
    let shown = document.lines();
    shown
        .iter()
        .zip(1..)
        .map(|(line, number)| if aside(number) { format!("{{{line}}}") } else { line.to_string() })
        .collect()
}

fn text(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn paragraph(words: &str) -> String {
    format!("<w:p>{}</w:p>", text(words))
}

fn cell(properties: &str, words: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(words))
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn table(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.concat())
}

fn grid(document: &Document) -> &Grid {
    fn table(block: &Block) -> Option<&Grid> {
        if let Block::Table(grid) = block { Some(grid) } else { None }
    }
    document.blocks.iter().find_map(table).expect("a table")
}

/// Row, column, spans and text of every cell.
fn cells(document: &Document) -> Vec<(u16, u16, u16, u16, &str)> {
    grid(document).cells.iter().map(|c| (c.row, c.column, c.row_span, c.column_span, c.text.as_str())).collect()
}

#[test]
fn the_text_of_runs_is_what_a_reader_sees() {
    let field = |instruction: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{result}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let cases: Vec<(String, &str)> = vec![
        (format!("{}<w:r><w:tab/><w:t xml:space=\"preserve\"> b</w:t><w:br/><w:t>c</w:t></w:r>", text("a")), "a\t b⏎c"),
        ("<w:r><w:t>\n  a\n </w:t><w:noBreakHyphen/><w:softHyphen/><w:t>b</w:t></w:r>".into(), "a-b"),
        ("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:sym w:font=\"X\" w:char=\"F041\"/></w:r>".into(), "☑\u{fffd}"),
        (format!("{}{}", text("a"), field("PAGE ", &text("7"))), "a7"),
        (field(&format!("IF {}", "x"), &field("REF y", &text("b"))), "b"),
        (format!("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{}", text("unclosed")), "unclosed"),
        (format!("<w:fldSimple w:instr=\"DATE\">{}</w:fldSimple>", text("2024")), "2024"),
        (format!("<w:hyperlink r:id=\"x\">{}</w:hyperlink>", text("link")), "link"),
        (format!("<w:ins>{}</w:ins><w:del><w:r><w:delText>b</w:delText><w:t>c</w:t></w:r></w:del>", text("a")), "a"),
        (format!("<w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo>", text("from"), text("to")), "to"),
        ("<w:r><w:t>39</w:t></w:r><w:r><w:rPr><w:position w:val=\"6\"/><w:sz w:val=\"14\"/></w:rPr><w:t>1</w:t></w:r>".into(), "39¹"),
        ("<w:r><w:t>39</w:t></w:r><w:r><w:rPr><w:position w:val=\"-8\"/></w:rPr><w:t>1</w:t></w:r>".into(), "39₁"),
        ("<w:r><w:rPr><w:position w:val=\"6\"/></w:rPr><w:t>39</w:t></w:r>".into(), "39"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>a</w:t></w:r>".into(), "a"),
        (format!("<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>", text("a")), "a"),
        (format!("<w:smartTag><w:customXml>{}</w:customXml></w:smartTag>", text("a")), "a"),
        ("<w:r><w:footnoteReference w:id=\"2\"/><w:t>12</w:t><w:commentReference w:id=\"0\"/></w:r>".into(), "12"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>".into(), "拼"),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>".into(), "1/2"),
    ];
    for (runs, expected) in cases {
        let body = format!("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{runs}</w:p>");
        assert_eq!(lines(&document(&body, &[])).join("⏎"), expected, "{runs}");
    }
}

#[test]
fn paragraphs_whose_mark_is_deleted_join() {
    let deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    let body =
        format!("<w:p>{deleted}{}</w:p>{}<w:p>{deleted}<w:del/></w:p>{}", text("一"), paragraph("二"), paragraph("三"));
    assert_eq!(lines(&document(&body, &[])), ["一二", "三"]);
    let cap = format!("<w:p><w:pPr><w:framePr w:dropCap=\"drop\"/></w:pPr>{}</w:p>{}", text("本"), paragraph("年度"));
    assert_eq!(lines(&document(&cap, &[])), ["本年度"]);
}

#[test]
fn boxes_of_text_stand_once_behind_their_paragraph() {
    let inside = format!("<w:txbxContent>{}</w:txbxContent>", paragraph("框"));
    let choice = format!(
        "<mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><a:graphic><wps:txbx>{inside}</wps:txbx></a:graphic></wp:anchor></w:drawing></mc:Choice>"
    );
    let fallback =
        format!("<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>");
    let empty = "<mc:Choice Requires=\"cx\"><w:drawing/></mc:Choice>";
    for alternatives in [format!("{choice}{fallback}"), format!("{empty}{fallback}"), choice.clone()] {
        let body = format!(
            "<w:p><w:r><mc:AlternateContent>{alternatives}</mc:AlternateContent></w:r>{}</w:p>{}",
            text("a"),
            paragraph("b")
        );
        assert_eq!(lines(&document(&body, &[])), ["a", "框", "b"]);
    }
}

#[test]
fn pictures_are_told_by_size_and_words() {
    let picture = |cx: u32, cy: u32| {
        format!(
            "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"{cx}\" cy=\"{cy}\"/><wp:docPr name=\"图片 1\" descr=\"表格\n截图\"/>\
             <a:graphic><a:graphicData uri=\"p\"><a:blip/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )
    };
    let shape = "<w:p><w:r><w:pict><v:shape style=\"width:415.3pt;height:200pt\"><v:imagedata r:id=\"x\"/></v:shape></w:pict></w:r></w:p>";
    let line = "<w:p><w:r><w:drawing><wp:inline><a:graphic/></wp:inline></w:drawing></w:r></w:p>";
    let found = document(&[&picture(5_000_000, 3_000_000), &picture(900_000, 900_000), shape, line].concat(), &[]);
    let pictures: Vec<_> = found
        .blocks
        .iter()
        .filter_map(|block| {
            if let Block::Picture(picture) = block { Some((picture.caption.as_str(), picture.large)) } else { None }
        })
        .collect();
    assert_eq!(pictures, [("表格 截图", true), ("表格 截图", false), ("", true)]);
}

#[test]
fn generated_numbers_are_read() {
    let level = |index: u32, format: &str, text: &str, more: &str| {
        format!(
            "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = [
        "<w:abstractNum w:abstractNumId=\"0\">".to_owned(),
        level(0, "chineseCounting", "%1、", "<w:pStyle w:val=\"H\"/>"),
        level(1, "chineseCountingThousand", "（%2）", ""),
        level(2, "decimal", "%2.%3", "<w:isLgl/>"),
        "</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">".to_owned(),
        level(0, "bullet", "\u{f0b7}", ""),
        level(1, "decimal", "第%2条", "<w:suff w:val=\"nothing\"/>"),
        "</w:abstractNum>".to_owned(),
        "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>".to_owned(),
        "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>".to_owned(),
        "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>".to_owned(),
    ]
    .concat();
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"H\"><w:name w:val=\"标题\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"K\"><w:basedOn w:val=\"H\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"T\"><w:name w:val=\"toc 1\"/></w:style>\
                  <w:style w:type=\"character\" w:styleId=\"V\"><w:rPr><w:vanish/></w:rPr></w:style>";
    let numbered = |list: u32, level: u32, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{}</w:p>",
            text(words)
        )
    };
    let styled = |style: &str, more: &str, words: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>{}</w:p>", text(words))
    };
    let hidden = "<w:p><w:r><w:rPr><w:rStyle w:val=\"V\"/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>y</w:t></w:r></w:p>";
    let body = [
        styled("T", "", "总体情况\t1"),
        styled("H", "", "总体情况"),
        numbered(1, 1, "甲"),
        numbered(1, 2, "子"),
        numbered(1, 1, "乙"),
        styled("K", "", "主动公开"),
        numbered(1, 1, "丙"),
        numbered(2, 0, "点"),
        numbered(2, 1, "条"),
        styled("H", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>", "无号"),
        numbered(3, 0, "五"),
        styled("H", "", "六"),
        numbered(9, 0, "没有"),
        hidden.to_owned(),
    ]
    .concat();
    let found = document(&body, &[("numbering", "numbering", &numbering), ("styles", "styles", styles)]);
    let expected = [
        "{总体情况\t1}",
        "一、总体情况",
        "（一）甲",
        "1.1 子",
        "（二）乙",
        "二、主动公开",
        "（一）丙",
        "点",
        "第1条条",
        "无号",
        "五、五",
        "六、六",
        "没有",
        "y",
    ];
    assert_eq!(lines(&found), expected);
}

#[test]
fn merged_cells_keep_their_places() {
    let span = |n: u32| format!("<w:gridSpan w:val=\"{n}\"/>");
    let (start, on) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let rows = [
        row(&[cell(&format!("{}{start}", span(2)), "a"), cell(&span(3), "b")]),
        row(&[cell(&format!("{}{on}", span(2)), ""), cell("", "c"), cell("", ""), cell("", "e")]),
        row(&[
            cell("<w:hMerge w:val=\"restart\"/>", "f"),
            cell("<w:hMerge w:val=\"continue\"/>", ""),
            cell("", "/"),
            cell(&span(2), "0"),
        ]),
        format!("<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}</w:tr>", cell(&span(4), "g")),
    ];
    let expected = [
        (0, 0, 2, 2, "a"),
        (0, 2, 1, 3, "b"),
        (1, 2, 1, 1, "c"),
        (1, 3, 1, 1, ""),
        (1, 4, 1, 1, "e"),
        (2, 0, 1, 2, "f"),
        (2, 2, 1, 1, "/"),
        (2, 3, 1, 2, "0"),
        (3, 1, 1, 4, "g"),
    ];
    assert_eq!(cells(&document(&table(&rows), &[])), expected);
}

#[test]
fn tables_are_read_as_they_stand_when_changes_are_accepted() {
    let rows = [
        row(&[cell("", "a"), cell("<w:cellDel/>", "gone"), cell("", "b")]),
        format!("<w:tr><w:trPr><w:del/></w:trPr>{}{}</w:tr>", cell("", "x"), cell("", "y")),
        format!("<w:tr><w:trPr><w:hidden/></w:trPr>{}{}</w:tr>", cell("", "x"), cell("", "y")),
        format!(
            "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
            row(&[cell("", "1"), format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", cell("", "2"))])
        ),
    ];
    let expected = [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2")];
    assert_eq!(cells(&document(&table(&rows), &[])), expected);
}

#[test]
fn widths_tell_the_columns_where_spans_were_left_out() {
    let wide = |width: u32, words: &str| cell(&format!("<w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"), words);
    let rows = [
        row(&[wide(3_000, "a"), wide(2_000, "b")]),
        row(&[wide(1_000, "c"), wide(2_010, "d"), wide(1_000, "e"), wide(990, "f")]),
    ];
    let expected = [
        (0, 0, 1, 2, "a"),
        (0, 2, 1, 2, "b"),
        (1, 0, 1, 1, "c"),
        (1, 1, 1, 1, "d"),
        (1, 2, 1, 1, "e"),
        (1, 3, 1, 1, "f"),
    ];
    assert_eq!(cells(&document(&table(&rows), &[])), expected);
    let ragged =
        [row(&[wide(1_000, "a"), wide(1_000, "b"), wide(1_000, "c")]), row(&[wide(1_000, "d"), wide(1_000, "e")])];
    let places: Vec<_> = cells(&document(&table(&ragged), &[])).iter().map(|c| (c.0, c.1, c.3)).collect();
    assert_eq!(places, [(0, 0, 1), (0, 1, 1), (0, 2, 1), (1, 0, 1), (1, 1, 1)]);
}

#[test]
fn columns_that_nobody_sees_do_not_count() {
    let span = |n: u32| format!("<w:gridSpan w:val=\"{n}\"/>");
    let grid: String =
        [1_000, 0, 1_000, 40, 1_000].iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let rows = [
        row(&[cell("", "a"), cell(&span(2), "b"), cell(&span(2), "c")]),
        row(&[cell(&span(2), "d"), cell(&span(2), "e"), cell("", "f")]),
    ];
    let body = format!("<w:tbl><w:tblGrid>{grid}</w:tblGrid>{}</w:tbl>", rows.concat());
    let expected = [(0, 0, "a"), (0, 1, "b"), (0, 2, "c"), (1, 0, "d"), (1, 1, "e"), (1, 2, "f")];
    let found = document(&body, &[]);
    let places: Vec<_> = cells(&found).iter().map(|c| (c.0, c.1, c.4)).collect();
    assert_eq!(places, expected);
    assert!(cells(&found).iter().all(|c| (c.2, c.3) == (1, 1)));
}

#[test]
fn what_stands_beside_the_text_is_set_aside_at_its_end() {
    let notes = format!(
        "<w:footnote w:type=\"separator\" w:id=\"-1\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote>",
        paragraph("线"),
        paragraph("注")
    );
    let head = paragraph("页眉");
    let beside = [
        ("footnotes", "footnotes", notes.as_str()),
        ("header", "hdr", head.as_str()),
        ("header", "hdr", head.as_str()),
    ];
    assert_eq!(lines(&document(&paragraph("正文"), &beside)), ["正文", "{注}", "{页眉}"]);
}

#[test]
fn the_main_part_is_found_by_its_relationship_and_told_by_namespace() {
    let document =
        format!("<x:document xmlns:x=\"{STRICT}\"><x:body><x:p><x:r><x:t>严格</x:t></x:r></x:p></x:body></x:document>");
    let strict = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" \
                  Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"a/b.xml\"/></Relationships>";
    let bytes = pack(&[("_rels/.rels", strict.as_bytes()), ("a/b.xml", document.as_bytes())]);
    assert_eq!(lines(&open(&bytes).expect("a document")), ["严格"]);
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/a/b.xml\" \
                 ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let bytes = pack(&[("[Content_Types].xml", types.as_bytes()), ("a/b.xml", document.as_bytes())]);
    assert_eq!(lines(&open(&bytes).expect("relationships are lost")), ["严格"]);
}

#[test]
fn what_cannot_be_read_is_refused_with_its_reason() {
    let good = package(&paragraph("正文"), &[]);
    let entities = "<!DOCTYPE w:document [<!ENTITY a \"b\">]><w:document/>";
    let with = |target: &str, content: &str| {
        let relations = relations(&[("officeDocument", target)]);
        pack(&[("_rels/.rels", relations.as_bytes()), ("word/document.xml", content.as_bytes())])
    };
    let deep =
        format!("{}{}{}", "<w:sdt><w:sdtContent>".repeat(200), paragraph("x"), "</w:sdtContent></w:sdt>".repeat(200));
    let cases = [
        (good[..good.len() - 30].to_vec(), "损坏"),
        (with("word/document.xml", entities), "实体"),
        (with("../document.xml", ""), "损坏"),
        (with("word/document.xml", "<w:document"), "损坏"),
        (package("<w:p/>", &[]), "没有文字"),
        (package(&deep, &[]), "过大"),
        (compound(&["EncryptedPackage", "EncryptionInfo"]), "密码"),
    ];
    for (bytes, part) in cases {
        let refusal = open(&bytes).expect_err("refused");
        assert!(refusal.reason.zh.contains(part), "{}", refusal.reason.zh);
    }
}
