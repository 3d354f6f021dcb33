//! Small tables with known cells.
//!
//! A row a line, cells between bars; `<` is covered by the cell to the left, `^` by the cell above, `;` breaks the
//! line in a cell.

use super::super::read;
use crate::document::{Anchor, Builder, Document, Format, GridCell, Place, Places, Role};
use crate::report::form::requests;
use crate::report::recognise::stream::Stream;
use crate::report::{CellRef, CellValue, Edition, RowFound, Table, TableKind};

fn cells(table: u32, text: &str) -> Vec<GridCell> {
    let mut cells: Vec<GridCell> = Vec::new();
    for (row, line) in (0_u16..).zip(text.trim().lines()) {
        for (column, cell) in (0_u16..).zip(line.split('|').map(str::trim)) {
            let covers = |known: &&mut GridCell| {
                known.row + known.row_span > row.saturating_sub(1)
                    && (known.column..known.column + known.column_span).contains(&column)
            };
            match cell {
                "<" => cells.last_mut().expect("a cell to the left").column_span += 1,
                "^" => {
                    let above = cells.iter_mut().filter(covers).last().expect("a cell above");
                    above.row_span = row + 1 - above.row;
                }
                text => cells.push(GridCell {
                    row,
                    column,
                    row_span: 1,
                    column_span: 1,
                    text: text.replace(';', "\n"),
                    place: Place::Cell { table, row: u32::from(row) + 1, cell: u32::from(column) + 1 },
                    at: 0,
                }),
            }
        }
    }
    cells
}

fn document(tables: &[&str]) -> Document {
    let mut builder = Builder::default();
    builder.line("三、收到和处理政府信息公开申请情况", Role::Paragraph, Anchor::Paragraph(1));
    for table in tables {
        let number = builder.next_table();
        builder.table(cells(number, table));
    }
    builder.finish(Format::Docx, None)
}

fn table(kind: TableKind, tables: &[&str]) -> (Table, usize) {
    let read = read(&Stream::of(&document(tables)));
    let doubts = read.doubts.len();
    (read.table(kind).expect("a table").clone(), doubts)
}

/// A row as it was read: figures, `_` for a blank, `/` for a mark, `?` for what is unreadable, `-` for no cell.
fn row(table: &Table, row: usize) -> String {
    let shown = table.kind.form().rows[row].columns.iter().map(|&column| {
        let cell = table.cell(CellRef::new(table.kind, row, usize::from(column)));
        cell.map_or_else(
            || "-".to_owned(),
            |cell| match cell.value {
                CellValue::Number(figure) => figure.to_string(),
                CellValue::Blank => "_".to_owned(),
                CellValue::NotApplicable => "/".to_owned(),
                CellValue::Unreadable => "?".to_owned(),
            },
        )
    });
    shown.collect::<Vec<_>>().join(" ")
}

const HEADER: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|<|<|申请人情况|<|<|<|<|<|<
^|^|^|自然人|法人或其他组织|<|<|<|<|总计
^|^|^|^|商业;企业|科研;机构|社会公益组织|法律服务机构|其他|^
";

const ROWS: &str = "一、本年新收政府信息公开申请数量|<|<|5|||/|0|0|7
二、上年结转政府信息公开申请数量|<|<|1,234|若干|1 2|2|0|0|0
三、本年度办理结果|（一）予以公开|<|３|0|0|0|0|0|3件
^|（三）不予;公开|1.属于国家秘密|0|0|0|0|0|0|0
^|^|2.其他法律行政法规禁止公开|1|<|0|0|0|0|1
^|（六）其他处理|<|2|0|0|0|0|0|2
^|（七）总计|<|9|0|0|0|0|0|9
四、结转下年度继续办理|<|<|0|0|0|0|0|0|0
";

#[test]
fn cells_are_read_as_they_stand() {
    let (table, doubts) = table(TableKind::Requests, &[&(HEADER.to_owned() + ROWS)]);
    let read = [0, 1, 2, 5, 6, 23, requests::TOTAL_HANDLED].map(|at| row(&table, at));
    let expected = [
        "5 _ _ / 0 0 7",
        "1234 ? ? 2 0 0 0",
        "3 0 0 0 0 0 3",
        "0 0 0 0 0 0 0",
        "? ? 0 0 0 0 1",
        "2 0 0 0 0 0 2",
        "9 0 0 0 0 0 9",
    ];
    assert_eq!(read, expected);
    // 若干 is certain, though no figure; two figures in a cell and a cell over two columns are doubts.
    assert_eq!(doubts, 2);
    assert_eq!(table.rows[24], RowFound::Missing);
    assert!(matches!(table.rows[23], RowFound::Printed { .. }));
}

#[test]
fn a_page_ends_in_a_row_and_its_columns_change() {
    let first = HEADER.to_owned() + "一、本年新收政府信息公开申请数量|<|<|5|0|0|0|0|0|5\n二、上年结转政府|<|<|||||||";
    let second = "信息公开申请数量|<|<|<|2|0|0|<|0|0|0|2
三、本年度办理结果|（一）予以公开|<|<|7|0|0|<|0|0|0|7
^|（三）不予公开|1.属于国家秘密|<|0|0|0|<|0|0|0|0
^|^|2.其他法律行政法规禁止公开|<|0|0|0|<|0|0|0|0";
    let (table, doubts) = table(TableKind::Requests, &[&first, second]);
    assert_eq!(
        [0, 1, 2, 5].map(|at| row(&table, at)),
        ["5 0 0 0 0 0 5", "2 0 0 0 0 0 2", "7 0 0 0 0 0 7", "0 0 0 0 0 0 0"]
    );
    assert_eq!(doubts, 0);
}

#[test]
fn half_a_label_that_would_do_for_the_whole_is_still_half_of_it() {
    let first = HEADER.to_owned()
        + "一、本年新收政府信息公开申请数量|<|<|5|0|0|0|0|0|5
二、上年结转政府信息公开申请数量|<|<|2|0|0|0|0|0|2
三、本年度办理结果|（五）不予处理|2.重复申请|0|0|0|0|0|0|0
^|^|3.要求提供公开出版物|0|0|0|0|0|0|0
^|^|4.无正当理由|0|0|0|1|8|0|9";
    let second = "三、本年度办理结果|（五）不予处理|大量反复申请|||||||
^|^|5.要求行政机关确认或重新出具已获取信息|3|0|0|0|0|0|3";
    let (table, doubts) = table(TableKind::Requests, &[&first, second]);
    assert_eq!([21, 22].map(|at| row(&table, at)), ["0 0 0 1 8 0 9", "3 0 0 0 0 0 3"]);
    assert_eq!((table.extra.len(), doubts), (0, 0));
}

#[test]
fn the_place_of_a_cell_is_its_own() {
    let document = document(&[&(HEADER.to_owned() + ROWS)]);
    let (places, read) = (Places::of(&document), read(&Stream::of(&document)));
    let table = read.requests.as_ref().expect("a table");
    let place = |column| places.at(table.cell(CellRef::new(TableKind::Requests, 0, column)).expect("a cell").source);
    for (column, cell) in [(0, 4), (1, 5), (2, 6), (6, 10)] {
        assert_eq!(place(column), Place::Cell { table: 1, row: 4, cell });
    }
}

const DISCLOSURE: &str = "第二十条第（一）项|<|<|<
信息内容|本年制发件数|本年废止件数|现行有效件数
规章|/|/|/
行政规范性文件|3|1|12
第二十条第（五）项|<|<|<
信息内容|本年处理决定数量|<|<
行政许可|550|<|<
第二十条第（六）项|<|<|<
信息内容|本年处理决定数量|<|<
行政处罚||41|
行政强制|1|2|
第二十条第（八）项|<|<|<
信息内容|本年收费金额（单位：万元）|<|<
行政事业性收费|38.441094|<|<
";

#[test]
fn rows_of_one_figure_take_it_wherever_it_stands() {
    let (table, doubts) = table(TableKind::ProactiveDisclosure, &[DISCLOSURE]);
    let read = [0, 1, 2, 3, 4, 5].map(|at| row(&table, at));
    assert_eq!(read, ["/ / /", "3 1 12", "550", "41", "?", "38.441094"]);
    assert_eq!(doubts, 1);
}

#[test]
fn the_trial_form_has_rows_and_columns_of_its_own() {
    let trial = DISCLOSURE.replace("本年制发件数", "本年新制作数量")
        + "第二十条第（九）项|<|<|<\n信息内容|采购项目数量|采购总金额|<\n政府集中采购|6|251000元|<";
    let (table, _) = table(TableKind::ProactiveDisclosure, &[&trial]);
    assert_eq!(table.edition, Edition::Trial2019);
    // The other heads are those of the form in force.
    assert_eq!(row(&table, 1), "- 1 12");
    let trial = table.trial.expect("cells of the trial form");
    let printed = |row, column| trial.cell(row, column).map(|cell| cell.raw.as_str());
    assert_eq!([printed(1, 0), printed(7, 6), printed(7, 7)], [Some("3"), Some("6"), Some("251000元")]);
}

#[test]
fn disputes_side_by_side_one_under_another_and_upright() {
    let names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    let groups = ["行政复议", "未经复议直接起诉", "复议后起诉"];
    let wide = |text: &str| format!("{text}|<|<|<|<");
    let beside = format!(
        "{}|{}|<|<|<|<|<\n{}|{}|{}\n{}|{}|{}\n10|1|0|0|0|0|0|0|0|0|5|0|0||0",
        wide("行政复议"),
        "行政诉讼|<|<|<|<".trim_end_matches("|<"),
        names.join("|"),
        wide(groups[1]),
        wide(groups[2]),
        "^|^|^|^|^",
        names.join("|"),
        names.join("|"),
    )
    .replacen("行政诉讼|<|<|<|<|<|<|<|<|<", "行政诉讼|<|<|<|<|<|<|<|<|<", 1);
    let block = |group: &str, figures: &str| format!("{}\n{}\n{figures}\n", wide(group), names.join("|"));
    let under = block(groups[0], "10|1|0|0|0") + &block(groups[1], "0|0|0|0|0") + &block(groups[2], "5|0|0||0");
    let figures = ["10", "1", "0", "0", "0", "0", "0", "0", "0", "0", "5", "0", "0", "", "0"];
    let upright: String = figures
        .iter()
        .enumerate()
        .map(|(at, figure)| format!("{}|{}|{figure}\n", if at % 5 == 0 { groups[at / 5] } else { "^" }, names[at % 5]))
        .collect();
    for text in [beside, under, upright] {
        let (table, doubts) = table(TableKind::Disputes, &[&text]);
        assert_eq!([0, 1, 2].map(|at| row(&table, at)), ["10 1 0 0 0", "0 0 0 0 0", "5 0 0 _ 0"], "{text}");
        assert_eq!(doubts, 0, "{text}");
    }
}

#[test]
fn other_tables_are_none_of_the_form() {
    let summary = "项目|数量\n行政处罚|312\n行政许可|15";
    let read = read(&Stream::of(&document(&[summary])));
    assert_eq!((read.proactive_disclosure, read.requests, read.disputes), (None, None, None));
}

#[test]
fn a_sheet_made_of_figures_is_no_table() {
    let line = ["1"; 40].join("|") + "\n";
    let read = read(&Stream::of(&document(&[&line.repeat(2_500)])));
    assert!(read.requests.is_none() && read.disputes.is_none());
}

#[test]
fn disputes_under_rulings_a_hairs_breadth_apart() {
    let names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    let figures = ["12", "7", "30", "1", "50", "0", "0", "0", "0", "0", "24", "25", "0", "21", "68"];
    // One column of the form takes two of the grid.
    let mut total: Vec<&str> = figures.to_vec();
    total.insert(5, "<");
    let wide = format!(
        "行政复议|<|<|<|<|行政诉讼{}\n{}|<|未经复议直接起诉|<|<|<|<|复议后起诉|<|<|<|<\n^|^|^|^|^|^|{}|{}\n{}",
        "|<".repeat(10),
        names.join("|"),
        names.join("|"),
        names.join("|"),
        total.join("|")
    );
    // The figures stand half a column to the right of their words.
    let double = |texts: &[&str]| texts.iter().map(|text| format!("{text}|<")).collect::<Vec<_>>().join("|");
    let moved = double(&figures).replacen("12|<", "12|<|<", 1);
    let moved = format!(
        "行政复议{}|行政诉讼{}\n{}|未经复议直接起诉{}|复议后起诉{}\n{}|{}|{}\n{}",
        "|<".repeat(9),
        "|<".repeat(19),
        double(&names),
        "|<".repeat(9),
        "|<".repeat(9),
        ["^"; 10].join("|"),
        double(&names),
        double(&names),
        moved.strip_suffix("|<").expect("two columns"),
    );
    // Merged cells of the header were parted.
    let parted = [
        format!("行政复议||||\n{}\n||||\n{}", names.join("|"), figures[..5].join("|")),
        format!(
            "行政诉讼|||||||||\n未经复议直接起诉|||||复议后起诉||||\n{}|{}\n{}",
            names.join("|"),
            names.join("|"),
            figures[5..].join("|")
        ),
    ];
    for tables in [vec![wide.as_str()], vec![&moved], parted.iter().map(String::as_str).collect()] {
        let (table, doubts) = table(TableKind::Disputes, &tables);
        let rows = [0, 1, 2].map(|at| row(&table, at));
        assert_eq!(rows, ["12 7 30 1 50", "0 0 0 0 0", "24 25 0 21 68"], "{tables:?}");
        assert_eq!(doubts, 0, "{tables:?}");
    }
    // One figure for two columns is the figure of neither.
    let merged = wide.replace("|12|7|", "|19|<|").replace("\n12|7|", "\n19|<|");
    assert_eq!(row(&table(TableKind::Disputes, &[&merged]).0, 0).split(' ').take(2).collect::<Vec<_>>(), ["?", "?"]);
}

#[test]
fn one_cell_for_two_columns_is_the_cell_of_neither() {
    let rows = "一、本年新收政府信息公开申请数量|<|<|5|0|0|2|0|0|7
二、上年结转政府信息公开申请数量|<|<|1||<|0|0|0|1
三、本年度办理结果|（一）予以公开|<|3|0 0|<|0|0|0|3
^|（二）部分公开|<||<|<|<|<|<|<
^|（七）总计|<|9|0|0|0|0|0|9
四、结转下年度继续办理|<|<|0|0|0|0|0|0|0
";
    let (table, _) = table(TableKind::Requests, &[&(HEADER.to_owned() + rows)]);
    // What was in the second cell is lost where two were merged; a row without any figure has lost none.
    let expected = [(0, "5 0 0 2 0 0 7"), (1, "1 ? ? 0 0 0 1"), (2, "3 ? ? 0 0 0 3"), (3, "_ _ _ _ _ _ _")];
    for (at, expected) in expected {
        assert_eq!(row(&table, at), expected, "row {at}");
    }
}

#[test]
fn rows_that_are_counted_or_end_early() {
    let rows = "一、本年新收政府信息公开申请数量|<|<|5|0|0|2|0|0|7
二、上年结转政府信息公开申请数量|<|<|1|0|0|2
三、本年度办理结果|（一）予以公开|<|3|0|0|0|0|3
^|（三）不予;公开|1.属于国家秘密|0|0|0|0|0|0|0
^|（七）总计|<|9|0|0|0|0|0|9
四、结转下年度继续办理|<|<|0|0|0|0|0|0|0
";
    let plain = HEADER.to_owned() + rows;
    let counted: String = (1..).zip(plain.lines()).map(|(number, line)| format!("{number}|{line}\n")).collect();
    for text in [plain, counted] {
        let (table, doubts) = table(TableKind::Requests, &[&text]);
        let read = [0, 1, 2, 5, requests::TOTAL_HANDLED].map(|at| row(&table, at));
        // The last figure of the third row is the sum of the others: a cell before it was lost.
        let expected = ["5 0 0 2 0 0 7", "1 0 0 2 _ _ _", "? ? ? ? ? ? ?", "0 0 0 0 0 0 0", "9 0 0 0 0 0 9"];
        assert_eq!(read, expected, "{text}");
        assert_eq!(doubts, 1, "{text}");
    }
}

#[test]
fn two_tables_of_a_kind_that_differ_are_a_doubt() {
    let last_year = DISCLOSURE.replace("550", "551").replace("3|1|12", "4|1|12");
    let left_empty = DISCLOSURE.replace("550", "").replace("3|1|12", "||").replace("|41|", "||");
    let left_empty = left_empty.replace("38.441094", "").replace("1|2|", "||");
    let own = ["/ / /", "3 1 12", "550", "41", "?", "38.441094"];
    let open = ["/ / /", "? 1 12", "?", "41", "?", "38.441094"];
    for (name, tables, expected) in [
        ("one", vec![DISCLOSURE], own),
        ("the same twice", vec![DISCLOSURE, DISCLOSURE], own),
        ("last year's behind", vec![DISCLOSURE, &last_year], open),
        ("last year's before", vec![&last_year, DISCLOSURE], open),
        ("a form left empty", vec![&left_empty, DISCLOSURE], own),
    ] {
        let (table, _) = table(TableKind::ProactiveDisclosure, &tables);
        assert_eq!([0, 1, 2, 3, 4, 5].map(|at| row(&table, at)), expected, "{name}");
    }
}

#[test]
fn a_heading_ends_a_table_whatever_stands_beside_it() {
    for heading in [
        "三、收到和处理政府信息公开申请情况|<|<|<",
        "三、收到和处理政府信息公开申请情况|||",
        "三、收到和处理政府信息公开申请情况||核对25|",
        "三、收到和处理政府信息公开申请情况|||25",
        "三、收到和处理政府信息公开申请情况　单位：件|||",
        "本机关全年没有制定新的规范性文件。|||",
    ] {
        let text = format!("{DISCLOSURE}{heading}\n\u{3000}|||\n");
        let stream = Stream::of(&document(&[&text]));
        let tables = read(&stream);
        let region = tables.regions.first().expect("a table").range.clone();
        let taken = stream.text(region);
        assert!(taken.contains("38.441094") && !taken.contains("收到和处理"), "{heading}");
        assert!(!taken.contains("全年"), "{heading}");
    }
}
