//! Office Open XML text, written by hand: what Word, WPS and hurried hands leave in it (ECMA-376, part 1).

use super::content::{Cell, Content, Piece, Sheet};
use super::xml::{escape, package};
use crate::generate::rng::Rng;

/// What is peculiar about a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Manner {
    Plain,
    /// The content type of a document with macros.
    Macros,
    /// Changes are tracked: what was deleted or moved away is still in the file.
    Tracked,
    /// Ordinals of headings and topics are generated.
    Numbered,
    /// Content controls, fields, smart tags, links around paragraphs, rows, cells and runs.
    Controls,
    /// The title in a text box, once drawn and once for older programs.
    Boxed,
    /// A grid of twice as many columns, and legacy marks of merging.
    FineGrid,
    /// Line breaks in titles and labels, cells of several paragraphs, tabs.
    Breaks,
    /// Digits of full width.
    FullWidth,
    /// Tables within a table that lays out the page.
    Nested,
    /// What Word leaves behind: revision marks of runs, spelling marks, bookmarks, hidden text, sections, and
    /// another name for the main part.
    Word,
    /// The namespaces of the strict standard.
    Strict,
    /// A grid with too few columns, floating tables, a byte order mark.
    Wps,
}

const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:v=\"urn:schemas-microsoft-com:vml\"";
const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

pub(crate) fn render(content: &Content, manner: Manner, rng: &mut Rng) -> Vec<u8> {
    let mut writer = Writer { manner, rng, change: 0 };
    let mut body = String::new();
    if manner == Manner::Boxed {
        body.push_str(&boxed(content));
    }
    for piece in &content.pieces {
        match piece {
            Piece::Title(_) if manner == Manner::Boxed => {}
            Piece::Title(text) => body.push_str(&writer.title(text)),
            Piece::Heading(text) => body.push_str(&writer.heading(text)),
            Piece::Paragraph(text) => body.push_str(&writer.paragraph(text)),
            Piece::Table(sheet) => body.push_str(&writer.table(sheet)),
        }
    }
    let document = format!(
        "{DECLARATION}<w:document {SPACES}><w:body>{body}<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>"
    );
    let document = match manner {
        Manner::Strict => document.replace(TRANSITIONAL, STRICT),
        Manner::Wps => format!("\u{feff}{document}"),
        _ => document,
    };
    let main_part = if manner == Manner::Word { "word/document2.xml" } else { "word/document.xml" };
    let root = ROOT.replace("word/document.xml", main_part);
    let relations = main_part.replace("word/", "word/_rels/") + ".rels";
    let header =
        format!("{DECLARATION}<w:hdr {SPACES}><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:hdr>", escape(&content.title()));
    let footer = format!(
        "{DECLARATION}<w:ftr {SPACES}><w:p><w:r><w:t>— </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t> —</w:t></w:r></w:p></w:ftr>"
    );
    let main = if manner == Manner::Macros {
        "application/vnd.ms-word.document.macroEnabled.main+xml"
    } else {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    };
    let types = CONTENT_TYPES.replace("{main}", main).replace("word/document.xml", main_part);
    let mut members: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        (main_part, document.as_bytes()),
        (&relations, RELATIONS.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
        ("word/numbering.xml", NUMBERING.as_bytes()),
        ("word/header1.xml", header.as_bytes()),
        ("word/footer1.xml", footer.as_bytes()),
    ];
    if manner == Manner::Macros {
        members.push(("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 no program"));
    }
    package(&members)
}

struct Writer<'a> {
    manner: Manner,
    rng: &'a mut Rng,
    /// Number of the last tracked change.
    change: usize,
}

fn text_run(text: &str) -> String {
    format!(
        "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\" w:eastAsia=\"仿宋_GB2312\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escape(text)
    )
}

/// The ordinal 一、 or （一） at the beginning, and the rest.
fn ordinal(text: &str) -> Option<(usize, &str)> {
    let numbers = "一二三四五六";
    let mut chars = text.chars();
    let (first, second, third) = (chars.next()?, chars.next()?, chars.next());
    if numbers.contains(first) && second == '、' {
        return Some((0, &text[first.len_utf8() + second.len_utf8()..]));
    }
    (first == '（' && numbers.contains(second) && third == Some('）')).then(|| (1, &text[9..]))
}

impl Writer<'_> {
    /// A change's attributes.
    fn mark(&mut self) -> String {
        self.change += 1;
        format!("w:id=\"{}\" w:author=\"科员\" w:date=\"2025-01-10T09:00:00Z\"", self.change)
    }

    /// Text in runs, as the manner has it.
    fn runs(&mut self, text: &str) -> String {
        match self.manner {
            Manner::Tracked if self.rng.chance(30) => {
                let (deleted, inserted) = (self.mark(), self.mark());
                let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
                let (kept, new) = text.split_at(middle);
                format!(
                    "{}<w:del {deleted}><w:r><w:delText>17</w:delText></w:r></w:del><w:ins {inserted}>{}</w:ins>",
                    text_run(kept),
                    text_run(new)
                )
            }
            Manner::Controls => self.controlled(text),
            Manner::Word => self.revised(text),
            Manner::FullWidth => text_run(&text.chars().map(full_width).collect::<String>()),
            _ => {
                // Word splits runs wherever the font, the language or the spelling changes.
                let split = self.rng.below(text.chars().count() + 1);
                let at = text.char_indices().nth(split).map_or(text.len(), |(at, _)| at);
                [&text[..at], &text[at..]].iter().filter(|part| !part.is_empty()).map(|part| text_run(part)).collect()
            }
        }
    }

    /// A run for every few characters, each with the mark of the session that wrote it.
    fn revised(&mut self, text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut runs = String::from("<w:bookmarkStart w:id=\"7\" w:name=\"_GoBack\"/><w:bookmarkEnd w:id=\"7\"/>");
        let mut start = 0;
        while start < chars.len() {
            let end = (start + 1 + self.rng.below(9)).min(chars.len());
            let part: String = chars[start..end].iter().collect();
            let before = *self.rng.pick(&["", "", "<w:lastRenderedPageBreak/>", "<w:softHyphen/>"]);
            runs.push_str(&format!(
                "<w:proofErr w:type=\"gramStart\"/><w:r w:rsidR=\"00AB12CD\" w:rsidRPr=\"00EF34AB\"><w:rPr><w:lang w:eastAsia=\"zh-CN\"/></w:rPr>{before}<w:t xml:space=\"preserve\">{}</w:t></w:r><w:proofErr w:type=\"gramEnd\"/>",
                escape(&part)
            ));
            start = end;
        }
        if self.rng.chance(10) {
            runs.push_str("<w:r><w:rPr><w:vanish/></w:rPr><w:t>98</w:t></w:r>");
        }
        runs
    }

    fn controlled(&mut self, text: &str) -> String {
        let run = text_run(text);
        match self.rng.below(5) {
            0 => format!(
                "<w:sdt><w:sdtPr><w:alias w:val=\"填写\"/><w:text/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"
            ),
            1 => format!("<w:smartTag w:uri=\"urn:x\" w:element=\"chsdate\">{run}</w:smartTag>"),
            2 => format!(
                "<w:hyperlink w:anchor=\"_Toc1\"><w:bookmarkStart w:id=\"1\" w:name=\"_Toc1\"/>{run}<w:bookmarkEnd w:id=\"1\"/></w:hyperlink>"
            ),
            3 => format!("<w:fldSimple w:instr=\" FORMTEXT \">{run}</w:fldSimple>"),
            _ => format!(
                "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> =SUM(LEFT) </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{run}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
            ),
        }
    }

    fn title(&mut self, text: &str) -> String {
        let inside = if self.manner == Manner::Breaks {
            // Where people break it: before the year, or before the name of the document.
            let year = text.find(|c: char| c.is_ascii_digit()).filter(|&at| at > 0);
            let (first, second) = text.split_at(year.or_else(|| text.find("政府信息公开")).unwrap_or(0));
            format!("{}<w:r><w:br/></w:r>{}", text_run(first), text_run(second))
        } else {
            self.runs(text)
        };
        format!("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{inside}</w:p>")
    }

    fn heading(&mut self, text: &str) -> String {
        if self.manner == Manner::Numbered
            && let Some((0, rest)) = ordinal(text)
        {
            return format!("<w:p><w:pPr><w:pStyle w:val=\"a1\"/></w:pPr>{}</w:p>", self.runs(rest));
        }
        format!("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>{}</w:p>", self.runs(text))
    }

    fn paragraph(&mut self, text: &str) -> String {
        if self.manner == Manner::Numbered
            && let Some((1, rest)) = ordinal(text)
        {
            return format!(
                "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}</w:p>",
                self.runs(rest)
            );
        }
        let paragraph = format!("<w:p><w:pPr><w:ind w:firstLineChars=\"200\"/></w:pPr>{}</w:p>", self.runs(text));
        match self.manner {
            Manner::Controls if self.rng.chance(30) => {
                format!("<w:sdt><w:sdtPr/><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>")
            }
            Manner::Tracked if self.rng.chance(30) => {
                let (paragraph_mark, moved, run) = (self.mark(), self.mark(), self.mark());
                // A paragraph deleted whole, and one moved away.
                format!(
                    "<w:p><w:pPr><w:rPr><w:del {paragraph_mark}/></w:rPr></w:pPr><w:del {run}><w:r><w:delText>全年收到申请999件。</w:delText></w:r></w:del></w:p><w:p><w:pPr><w:rPr><w:moveFrom {moved}/></w:rPr></w:pPr><w:moveFrom {moved}><w:r><w:t>全年收到申请888件。</w:t></w:r></w:moveFrom></w:p>{paragraph}"
                )
            }
            _ => paragraph,
        }
    }

    fn table(&mut self, sheet: &Sheet) -> String {
        let fine = if self.manner == Manner::FineGrid { 2 } else { 1 };
        let declared = if self.manner == Manner::Wps { sheet.columns - 1 } else { sheet.columns * fine };
        let grid = "<w:gridCol w:w=\"600\"/>".repeat(declared);
        let rows: String = (0..sheet.rows).map(|row| self.row(sheet, row, fine)).collect();
        let table = format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/>{BORDERS}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        );
        match self.manner {
            Manner::Wps => table.replace(
                "<w:tblPr>",
                "<w:tblPr><w:tblpPr w:leftFromText=\"180\" w:vertAnchor=\"text\" w:tblpX=\"1\"/>",
            ),
            // A section of its own, on its side.
            Manner::Word => format!(
                "{table}<w:p w:rsidR=\"00AB12CD\"><w:pPr><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/></w:sectPr></w:pPr></w:p>"
            ),
            Manner::Nested => format!(
                "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"9000\"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w=\"9000\"/></w:tcPr>{table}<w:p/></w:tc></w:tr></w:tbl><w:p/>"
            ),
            Manner::Controls => format!("<w:sdt><w:sdtPr/><w:sdtContent>{table}</w:sdtContent></w:sdt><w:p/>"),
            _ => format!("{table}<w:p/>"),
        }
    }

    fn row(&mut self, sheet: &Sheet, row: usize, fine: usize) -> String {
        let mut cells = String::new();
        for column in 0..sheet.columns {
            let cell = sheet.covering(row, column);
            // A merged cell is written once in each of its rows, at its first column.
            if cell.column == column {
                cells.push_str(&self.cell(cell, cell.row == row, fine));
            }
        }
        let row = format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>");
        match self.manner {
            Manner::Tracked if self.rng.chance(10) => {
                let mark = self.mark();
                let deleted: String = (0..sheet.columns)
                    .map(|_| {
                        format!(
                            "<w:tc><w:tcPr/><w:p><w:del {mark}><w:r><w:delText>9</w:delText></w:r></w:del></w:p></w:tc>"
                        )
                    })
                    .collect();
                // A row deleted whole, between two rows of the table: not where a merged cell would be cut by it.
                if sheet.cells.iter().all(|cell| cell.row_span == 1) {
                    return format!("<w:tr><w:trPr><w:del {mark}/></w:trPr>{deleted}</w:tr>{row}");
                }
                row
            }
            Manner::Controls if self.rng.chance(20) => {
                format!("<w:sdt><w:sdtPr/><w:sdtContent>{row}</w:sdtContent></w:sdt>")
            }
            _ => row,
        }
    }

    fn cell(&mut self, cell: &Cell, begins: bool, fine: usize) -> String {
        let span = cell.column_span * fine;
        let across = if span > 1 { format!("<w:gridSpan w:val=\"{span}\"/>") } else { String::new() };
        let down = match (cell.row_span > 1, begins) {
            (false, _) => "",
            (true, true) => "<w:vMerge w:val=\"restart\"/>",
            // The default of the attribute is "continue".
            (true, false) if fine == 2 => "<w:vMerge w:val=\"continue\"/>",
            (true, false) => "<w:vMerge/>",
        };
        let inside = if begins { self.cell_text(cell) } else { "<w:p/>".to_owned() };
        let tc = format!("<w:tc><w:tcPr><w:tcW w:w=\"600\" w:type=\"dxa\"/>{across}{down}</w:tcPr>{inside}</w:tc>");
        if self.manner == Manner::Controls && self.rng.chance(10) {
            return format!("<w:sdt><w:sdtPr/><w:sdtContent>{tc}</w:sdtContent></w:sdt>");
        }
        tc
    }

    fn cell_text(&mut self, cell: &Cell) -> String {
        let count = cell.text.chars().count();
        // The items of table two span the page: nobody breaks them.
        let wide = cell.column_span > 3;
        if self.manner == Manner::Breaks && !cell.figure && !wide && count > 4 {
            let at = cell.text.char_indices().nth(self.rng.between(2, count - 2)).map_or(0, |(at, _)| at);
            let (first, second) = cell.text.split_at(at);
            return if self.rng.chance(50) {
                format!("<w:p>{}<w:r><w:br/></w:r>{}</w:p>", text_run(first), text_run(second))
            } else {
                format!("<w:p>{}</w:p><w:p>{}</w:p>", text_run(first), text_run(second))
            };
        }
        if self.manner == Manner::Breaks && cell.figure {
            return format!("<w:p><w:r><w:tab/></w:r>{}</w:p><w:p/>", text_run(&cell.text));
        }
        if cell.text.is_empty() {
            return "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr></w:p>".to_owned();
        }
        format!("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p>", self.runs(&cell.text))
    }
}

fn full_width(c: char) -> char {
    if c.is_ascii_digit() { char::from_u32(u32::from(c) - 0x30 + 0xff10).unwrap() } else { c }
}

/// The title in a text box, twice: as a drawing, and in VML for those who do not know drawings.
fn boxed(content: &Content) -> String {
    let lines = content.pieces.iter().filter_map(|piece| match piece {
        Piece::Title(text) => Some(format!("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p>", text_run(text))),
        _ => None,
    });
    let lines: String = lines.collect();
    format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><wp:extent cx=\"5000000\" cy=\"900000\"/><a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp><wps:txbx><w:txbxContent>{lines}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{lines}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
}

const BORDERS: &str = "<w:tblBorders><w:top w:val=\"single\" w:sz=\"4\"/><w:left w:val=\"single\" w:sz=\"4\"/><w:bottom w:val=\"single\" w:sz=\"4\"/><w:right w:val=\"single\" w:sz=\"4\"/><w:insideH w:val=\"single\" w:sz=\"4\"/><w:insideV w:val=\"single\" w:sz=\"4\"/></w:tblBorders>";

const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/><Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/><Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/><Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/><Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/><Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/></Types>";

const ROOT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header1.xml\"/><Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/><Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" Target=\"numbering.xml\"/></Relationships>";

/// Style `a1` takes its number from list 1.
const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"a1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"a\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style></w:styles>";

const NUMBERING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"multilevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:pStyle w:val=\"a1\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%1、\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"（%2）\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
