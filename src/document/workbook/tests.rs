//! Sheets as people fill them.

use rust_xlsxwriter::{Format as Style, FormatScript, Formula, Workbook};

use super::open;
use crate::document::compound::tests::compound;
use crate::document::package::tests::pack;
use crate::document::{Anchor, Block, Document, Place};

fn workbook(fill: impl FnOnce(&mut Workbook) -> Result<(), rust_xlsxwriter::XlsxError>) -> Document {
    let mut workbook = Workbook::new();
    fill(&mut workbook).expect("a workbook");
    open(&workbook.save_to_buffer().expect("its bytes")).expect("a document")
}

fn lines(document: &Document) -> Vec<String> {
    let drawn = document.lines();
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Table(grid) => lines.extend((0..grid.rows).map(|row| {
                let cells = grid.cells.iter().filter(|cell| cell.row == row);
                cells.map(|cell| format!("| {} ", cell.text)).chain(["|".to_owned()]).collect::<String>()
            })),
            Block::Line(line) => lines.push(drawn[line.number as usize - 1].to_string()),
            Block::Picture(picture) => lines.push(drawn[picture.number as usize - 1].to_string()),
        }
    }
    lines
}

#[test]
fn headings_prose_and_tables_are_parted() {
    let style = Style::new();
    let document = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.merge_range(0, 0, 0, 3, "青溪县数据局2024年年度报告", &style)?;
        sheet.merge_range(1, 0, 1, 3, "一、总体情况", &style)?;
        sheet.merge_range(2, 0, 4, 3, "本年度主动公开信息。\n另起一行。", &style)?;
        sheet.write(5, 0, "二、主动公开政府信息情况")?;
        sheet.merge_range(6, 0, 6, 3, "第二十条第（一）项", &style)?;
        sheet.write_row(7, 0, ["信息内容", "制发", "废止", "有效"])?;
        sheet.write(8, 0, "规章")?;
        sheet.write(9, 0, "文件")?.write(9, 1, 3)?.write(9, 3, 38.441_094)?;
        sheet.merge_range(10, 0, 10, 3, "第二十条第（五）项", &style)?;
        sheet.write(11, 0, "许可")?;
        sheet.merge_range(11, 1, 11, 3, "", &style)?.write(11, 1, 5)?;
        sheet.write(13, 0, "六、其他")?;
        Ok(())
    });
    let expected = [
        "青溪县数据局2024年年度报告",
        "一、总体情况",
        "本年度主动公开信息。",
        "另起一行。",
        "二、主动公开政府信息情况",
        "| 第二十条第（一）项 |",
        "| 信息内容 | 制发 | 废止 | 有效 |",
        "| 规章 |  |  |  |",
        "| 文件 | 3 |  | 38.441094 |",
        "| 第二十条第（五）项 |",
        "| 许可 | 5 |",
        "六、其他",
    ];
    assert_eq!(lines(&document), expected);
    let Some(Block::Line(line)) = document.blocks.get(4) else { panic!("a heading") };
    assert_eq!(line.anchor, Anchor::Cell { table: 1, row: 6, cell: 1 });
    let table = |block: &Block| if let Block::Table(grid) = block { Some(grid.clone()) } else { None };
    let grid = document.blocks.iter().find_map(table).expect("a table");
    let blank = grid.cells.iter().find(|cell| cell.row == 3 && cell.column == 2).expect("a blank");
    assert_eq!((blank.text.as_str(), blank.place), ("", Place::Cell { table: 1, row: 10, cell: 3 }));
}

#[test]
fn rows_of_a_form_stay_in_their_table() {
    let style = Style::new();
    let document = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.merge_range(0, 0, 1, 2, "勾稽关系", &style)?.merge_range(0, 3, 0, 4, "申请人情况", &style)?;
        sheet.write(1, 3, "自然人")?.write(1, 4, "总计")?;
        sheet.merge_range(2, 0, 2, 2, "一、本年新收", &style)?;
        sheet.merge_range(3, 0, 3, 2, "二、上年结转", &style)?.write(3, 3, 0)?.write(3, 4, 0)?;
        sheet.merge_range(4, 0, 6, 0, "三、办理结果", &style)?;
        sheet.merge_range(4, 1, 4, 2, "（一）予以公开", &style)?;
        sheet.merge_range(5, 1, 6, 1, "（二）不予公开", &style)?.write(5, 2, "1.国家秘密")?;
        sheet.write(6, 2, "2.禁止公开")?.write(6, 4, "/")?;
        Ok(())
    });
    let expected = [
        "| 勾稽关系 | 申请人情况 |",
        "| 自然人 | 总计 |",
        "| 一、本年新收 |  |  |",
        "| 二、上年结转 | 0 | 0 |",
        "| 三、办理结果 | （一）予以公开 |  |  |",
        "| （二）不予公开 | 1.国家秘密 |  |  |",
        "| 2.禁止公开 |  | / |",
    ];
    assert_eq!(lines(&document), expected);
}

#[test]
fn values_are_shown_as_they_are() {
    let date = Style::new().set_num_format("yyyy-mm-dd");
    let document = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write(0, 0, 12)?.write(0, 1, 0.1 + 0.2)?.write(0, 2, "０５")?.write(0, 3, true)?;
        sheet.write(1, 0, Formula::new("=1+1").set_result("2"))?.write(
            1,
            1,
            Formula::new("=A1/0").set_result("#DIV/0!"),
        )?;
        sheet.write_with_format(1, 2, 45_657, &date)?.write(1, 3, -3)?;
        sheet.write(1_048_575, 16_383, "far")?;
        book.add_worksheet().set_name("藏")?.set_hidden(true).write(0, 0, "x")?;
        Ok(())
    });
    let expected = [
        "[工作表：Sheet1]",
        "| 12 | 0.3 | ０５ | TRUE |",
        "| 2 | #DIV/0! | 2024年12月31日 | -3 |",
        "far",
        "[隐藏的工作表：藏]",
    ];
    assert_eq!(lines(&document), expected);
}

#[test]
fn hidden_rows_and_columns_are_noted_and_not_read() {
    let style = Style::new();
    let document = workbook(|book| {
        let sheet = book.add_worksheet();
        // A merged area shows its text in what is left of it.
        sheet.merge_range(0, 0, 1, 3, "二、主动公开政府信息情况", &style)?;
        sheet.write_row(2, 0, ["信息内容", "旧", "制发", "有效"])?;
        sheet.write_row(3, 0, ["说明", "x", "y", "z"])?;
        sheet.write(4, 0, "规章")?.write(4, 1, 9)?.write(4, 2, 0)?.write(4, 3, 0)?;
        sheet.merge_range(5, 0, 6, 0, "文件", &style)?.write(5, 2, 7)?.write(6, 2, 3)?.write(6, 3, 4)?;
        for row in [0, 3, 5, 40] {
            sheet.set_row_hidden(row)?;
        }
        sheet.set_column_hidden(1)?.set_column_hidden(9)?;
        Ok(())
    });
    let expected = [
        "[隐藏的行列：第1、4、6行，第B列]",
        "二、主动公开政府信息情况",
        "| 信息内容 | 制发 | 有效 |",
        "| 规章 | 0 | 0 |",
        "| 文件 | 3 | 4 |",
    ];
    assert_eq!(lines(&document), expected);
    let Some(Block::Line(line)) = document.blocks.get(1) else { panic!("a heading") };
    assert_eq!(line.anchor, Anchor::Cell { table: 1, row: 2, cell: 1 });
    let Some(Block::Table(grid)) = document.blocks.last() else { panic!("a table") };
    assert_eq!(grid.cells.last().map(|cell| cell.place), Some(Place::Cell { table: 1, row: 7, cell: 4 }));
    // With all of it hidden, there is nothing.
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, 1).and_then(|sheet| sheet.set_row_hidden(0)).expect("a sheet");
    assert!(open(&book.save_to_buffer().expect("its bytes")).is_err());
}

#[test]
fn open_document_sheets_are_read_alike() {
    let spaces = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"";
    let content = format!(
        "<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name=\"表\">\
         <table:table-row><table:table-cell table:number-columns-spanned=\"3\"><text:p>第二十条</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated=\"2\"/>\
         <table:table-cell table:number-columns-repeated=\"16381\"/></table:table-row>\
         <table:table-row><table:table-cell><text:p>收费</text:p></table:table-cell><table:table-cell/><table:table-cell office:value-type=\"float\" office:value=\"38.441094\"><text:p>38.44</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048574\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let bytes =
        pack(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())]);
    assert_eq!(lines(&open(&bytes).expect("a document")), ["| 第二十条 |", "| 收费 |  | 38.441094 |"]);
}

#[test]
fn what_cannot_be_read_is_refused_with_its_reason() {
    let mut empty = Workbook::new();
    empty.add_worksheet();
    let types = b"<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";
    let cases = [
        (empty.save_to_buffer().expect("its bytes"), "没有看得见的内容"),
        (pack(&[("[Content_Types].xml", types), ("xl/workbook.xml", b"<!DOCTYPE a><a/>")]), "实体"),
        (pack(&[("[Content_Types].xml", types), ("xl/workbook.xml", b"<a>")]), "损坏"),
        (compound(&["Workbook"]), "损坏"),
    ];
    for (bytes, part) in cases {
        let refusal = open(&bytes).expect_err("refused");
        assert!(refusal.reason.zh.contains(part), "{}", refusal.reason.zh);
    }
}

#[test]
fn parts_of_a_text_that_look_different_are_told_apart() {
    let plain = Style::new();
    let raised = Style::new().set_font_script(FormatScript::Superscript);
    let struck = Style::new().set_font_strikethrough();
    let document = workbook(|book| {
        let sheet = book.add_worksheet();
        for row in 0..2 {
            sheet.write(row, 0, "行政许可")?;
            sheet.write_rich_string(row, 1, &[(&plain, "39"), (&raised, "1")])?;
            sheet.write_rich_string(row, 2, &[(&struck, "6"), (&plain, "60")])?;
            sheet.write(row, 3, 660)?;
        }
        Ok(())
    });
    assert_eq!(lines(&document), ["| 行政许可 | 39¹ | 60 | 660 |"; 2]);
    // Of two texts alike in all but their looks nobody can say which a cell holds.
    let document = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "行政许可")?;
        sheet.write_rich_string(0, 1, &[(&struck, "6"), (&plain, "60")])?;
        sheet.write(0, 2, "660")?;
        Ok(())
    });
    assert!(lines(&document).concat().contains("[660]"), "{:?}", lines(&document));
}
