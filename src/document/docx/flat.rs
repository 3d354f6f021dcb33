//! A whole document in one XML file: WordprocessingML of Word 2003, and the package of later versions written out
//! as one file. Both are turned into what stands in the parts of a package.

use std::borrow::Cow;

use super::numbering;
use super::story::Story;
use super::style::Styles;
use super::{beside, spaces};
use crate::document::flow::{self, Piece};
use crate::document::package::Fault;
use crate::document::xml::{self, Element, Node};

/// Heads, feet and notes that are read at most.
const ALIKE: usize = 60;

/// The content of the document: its text, then what stands beside it.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Piece>, Fault> {
    let text = xml::decode(bytes);
    let mut root = xml::parse(&text, spaces)?;
    let mut parts: Vec<&Element> = Vec::new();
    if root.is("w", "wordDocument") {
        let mut notes = Vec::new();
        translate(&mut root, &mut notes);
        root.children.extend(notes.into_iter().map(Node::Element));
        parts.extend(root.elements());
        parts.push(&root);
    } else if root.is("pkg", "package") {
        parts.extend(root.elements().filter_map(|part| part.child("xmlData")?.elements().next()));
    }
    let find = |name: &str| parts.iter().find(|part| part.is("w", name)).copied();
    let styles = find("styles").map(Styles::of).unwrap_or_default();
    let numbering = find("numbering").map(|part| numbering::lists(part, &styles)).unwrap_or_default();
    let main = find("document").or_else(|| find("wordDocument")).ok_or(Fault::Damaged)?;
    let mut cells = flow::CELLS;
    let mut pieces = Story::read(main.child("body").ok_or(Fault::Damaged)?, &styles, &numbering, &mut cells)?;
    let mut seen: Vec<Vec<Piece>> = Vec::new();
    let is_beside = |part: &&&Element| part.space == "w" && BESIDE.contains(&part.name);
    for part in parts.iter().filter(is_beside).take(ALIKE) {
        let beside = beside(part, &styles, &numbering, &mut cells)?;
        if !seen.contains(&beside) {
            pieces.extend(beside.iter().cloned());
            seen.push(beside);
        }
    }
    Ok(pieces)
}

/// What stands beside the text: in a package parts of their own, in Word 2003 where they belong.
const BESIDE: [&str; 8] = ["footnotes", "endnotes", "footnote", "endnote", "hdr", "ftr", "header", "footer"];

/// Turns what Word 2003 writes into what later versions write for the same; heads, feet and notes go to `notes`.
fn translate<'a>(element: &mut Element<'a>, notes: &mut Vec<Element<'a>>) {
    let old = std::mem::take(&mut element.children);
    for node in old {
        let Node::Element(mut child) = node else {
            element.children.push(node);
            continue;
        };
        let is_removed = child.is("aml", "annotation") && child.attribute("w", "type") != Some("Word.Insertion");
        if is_removed {
            continue;
        }
        let label = child.is("w", "p").then(|| label(&child)).flatten();
        translate(&mut child, notes);
        if child.space == "w" && BESIDE.contains(&child.name) {
            if matches!(child.name, "hdr" | "ftr") {
                // On which pages it stands, not, as for a note, that it is only a rule.
                child.set("w", "type", Cow::Borrowed("normal"));
            }
            notes.push(child);
            continue;
        }
        let is_smart_tag = child.attribute("w", "st") == Some("on");
        (child.space, child.name) = match (child.space, child.name) {
            ("w", "vmerge") => ("w", "vMerge"),
            ("w", "hmerge") => ("w", "hMerge"),
            ("w", "hlink") => ("w", "hyperlink"),
            // Sections, changes and tags hold what they are about.
            ("wx" | "aml", _) => ("w", "customXml"),
            _ if is_smart_tag => ("w", "smartTag"),
            other => other,
        };
        if child.is("w", "t") {
            child.set("xml", "space", Cow::Borrowed("preserve"));
        }
        if let Some(label) = label {
            let behind = child.children.iter().position(|node| matches!(node, Node::Element(e) if e.is("w", "pPr")));
            child.children.insert(behind.map_or(0, |place| place + 1), Node::Element(run(label)));
        }
        element.children.push(Node::Element(child));
    }
}

/// The number that Word has set before a paragraph: it says so beside the list the paragraph belongs to.
fn label(paragraph: &Element) -> Option<String> {
    let list = paragraph.child("pPr")?.child("listPr")?;
    let label = list.elements().find(|element| element.is("wx", "t"))?.attribute("wx", "val")?.trim();
    // A bullet is no number.
    let is_number = label.chars().any(char::is_alphanumeric);
    let gap = if label.ends_with(|c: char| !c.is_ascii()) { "" } else { " " };
    is_number.then(|| format!("{label}{gap}"))
}

/// A run that holds `text`.
fn run(text: String) -> Element<'static> {
    let mut held = Element::new("w", "t");
    held.set("xml", "space", Cow::Borrowed("preserve"));
    held.children.push(Node::Text(Cow::Owned(text)));
    let mut run = Element::new("w", "r");
    run.children.push(Node::Element(held));
    run
}

#[cfg(test)]
mod tests {
    use super::super::open;
    use crate::document::{Block, Format, Role};

    const WORD_2003: [(&str, &str); 5] = [
        ("w", "http://schemas.microsoft.com/office/word/2003/wordml"),
        ("wx", "http://schemas.microsoft.com/office/word/2003/auxHint"),
        ("aml", "http://schemas.microsoft.com/aml/2001/core"),
        ("st1", "urn:schemas-microsoft-com:office:smarttags"),
        ("v", "urn:schemas-microsoft-com:vml"),
    ];

    fn file(root: &str, spaces: &[(&str, &str)], content: &str) -> Vec<u8> {
        let spaces: String = spaces.iter().map(|(prefix, uri)| format!(" xmlns:{prefix}=\"{uri}\"")).collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><?mso-application progid=\"Word.Document\"?>\
             <{root}{spaces} xml:space=\"preserve\">{content}</{root}>"
        )
        .into_bytes()
    }

    /// The lines; of tables the cells with their spans, of what is set aside the text in braces.
    fn lines(bytes: &[u8]) -> Vec<String> {
        let document = open(bytes).unwrap();
        assert_eq!(document.format, Format::WordXml);
        let written = document.blocks.into_iter().flat_map(|block| match block {
            Block::Line(line) if line.role == Role::Aside => vec![format!("{{{}}}", line.text)],
            Block::Line(line) => vec![line.text],
            Block::Table(grid) => {
                let cell = |cell: &crate::document::GridCell| {
                    format!("{}+{},{}+{} {}", cell.row, cell.row_span, cell.column, cell.column_span, cell.text)
                };
                grid.cells.iter().map(cell).collect()
            }
            Block::Picture(picture) => vec![format!("[{}]", picture.caption)],
        });
        written.collect()
    }

    #[test]
    fn word_2003_is_read() {
        let row = |cells: &str| format!("<w:tr>{cells}</w:tr>");
        let cell = |properties: &str, text: &str| {
            format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
        };
        let table = [
            row(&(cell("<w:vmerge w:val=\"restart\"/>", "甲") + &cell("<w:gridSpan w:val=\"2\"/>", "乙"))),
            row(&(cell("<w:vmerge/>", "") + &cell("", "1") + &cell("", "2"))),
        ]
        .concat();
        let body = format!(
            "<w:body><wx:sect>\
             <w:p><w:pPr><w:listPr><w:ilvl w:val=\"0\"/><wx:t wx:val=\"一、\"/></w:listPr></w:pPr><w:r><w:t>总体情况</w:t></w:r></w:p>\
             <w:p><w:r><w:t>截至</w:t></w:r><st1:chsdate w:st=\"on\"><w:r><w:t>2024年</w:t></w:r></st1:chsdate>\
             <w:r><w:t> 1</w:t></w:r><w:r><w:t> 2 </w:t></w:r>\
             <aml:annotation aml:id=\"1\" w:type=\"Word.Deletion\"><aml:content><w:r><w:delText>旧</w:delText></w:r></aml:content></aml:annotation>\
             <aml:annotation aml:id=\"2\" w:type=\"Word.Insertion\"><aml:content><w:r><w:t>新</w:t></w:r></aml:content></aml:annotation>\
             <aml:annotation aml:id=\"3\" w:type=\"Word.Comment\"><aml:content><w:p><w:r><w:t>批注</w:t></w:r></w:p></aml:content></aml:annotation>\
             <w:r><w:footnote><w:p><w:r><w:t>脚注</w:t></w:r></w:p></w:footnote></w:r></w:p>\
             <wx:sub-section><w:tbl>{table}</w:tbl></wx:sub-section>\
             <w:sectPr><w:hdr w:type=\"odd\"><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr></w:sectPr></wx:sect></w:body>"
        );
        let expected = [
            "一、总体情况",
            "截至2024年 1 2 新",
            "0+2,0+1 甲",
            "0+1,1+2 乙",
            "1+1,1+1 1",
            "1+1,2+1 2",
            "{脚注}",
            "{页眉}",
        ];
        assert_eq!(lines(&file("w:wordDocument", &WORD_2003, &body)), expected);
    }

    #[test]
    fn a_package_in_one_file_is_read() {
        let spaces = [
            ("pkg", "http://schemas.microsoft.com/office/2006/xmlPackage"),
            ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ];
        let part = |name: &str, content: &str| {
            format!("<pkg:part pkg:name=\"{name}\"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>")
        };
        let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        let content = part("/word/header1.xml", &format!("<w:hdr>{}</w:hdr>", paragraph("页眉")))
            + &part("/word/document.xml", &format!("<w:document><w:body>{}</w:body></w:document>", paragraph("正文")));
        assert_eq!(lines(&file("pkg:package", &spaces, &content)), ["正文", "{页眉}"]);
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for content in ["", "<w:body/>"] {
            let refusal = open(&file("w:wordDocument", &WORD_2003, content)).unwrap_err();
            assert_eq!(refusal.format, Some(Format::WordXml), "{content}");
        }
        let cut = file("w:wordDocument", &WORD_2003, "<w:body>");
        assert!(open(&cut[..cut.len() - 20]).is_err());
    }
}
