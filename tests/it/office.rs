//! The readers of office documents against files that an office program wrote: `form.*` holds the three tables of
//! the form with merged, blank and marked cells, `nested.*` what people do to a text, `marks.*` what stands beside
//! figures and is none of them, `hidden.*` a sheet with rows and a column that are not shown. `slivers.*` is a report
//! whose table four is ruled a hair's breadth apart from row to row, and whose total in it is wrong. All were made from
//! sources of this project, by LibreOffice; `hidden.xlsx` by openpyxl.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use nianshen::audit::{Policy, audit};
use nianshen::document::{self, Block, Document, Format, Grid, GridCell, Role};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const FORM: [(&str, Format); 6] = [
    ("form.docx", Format::Docx),
    ("form.odt", Format::Odt),
    ("form.doc", Format::Doc),
    ("form.xlsx", Format::Xlsx),
    ("form.xls", Format::Xls),
    ("form.ods", Format::Ods),
];

const NESTED: [&str; 3] = ["nested.docx", "nested.odt", "nested.doc"];

fn bytes(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/office").join(name)).unwrap()
}

fn open(name: &str) -> Document {
    document::open(&bytes(name)).unwrap_or_else(|refusal| panic!("{name}: {}", refusal.reason.zh))
}

fn grids(document: &Document) -> Vec<&Grid> {
    document.blocks.iter().filter_map(|block| if let Block::Table(grid) = block { Some(grid) } else { None }).collect()
}

/// Row, column, spans and text of every cell.
fn cells(grid: &Grid) -> Vec<(u16, u16, u16, u16, &str)> {
    let cell = |cell: &'_ GridCell| (cell.row, cell.column, cell.row_span, cell.column_span);
    grid.cells.iter().map(|c| (cell(c), c.text.as_str())).map(|((r, c, rs, cs), text)| (r, c, rs, cs, text)).collect()
}

#[test]
fn every_format_gives_the_same_lines_and_cells() {
    let first = open(FORM[0].0);
    let sizes: Vec<_> = grids(&first).iter().map(|grid| (grid.rows, grid.columns, grid.cells.len())).collect();
    assert_eq!(sizes, [(14, 4, 30), (28, 10, 215), (4, 15, 34)]);
    for (name, format) in FORM {
        let document = open(name);
        assert_eq!(document.format, format);
        assert_eq!(document.lines(), first.lines(), "{name}");
        for (grid, own) in grids(&document).into_iter().zip(grids(&first)) {
            assert_eq!(cells(grid), cells(own), "{name}");
        }
    }
    let tables = grids(&first);
    let fee = tables[0].cells.last().unwrap();
    assert_eq!((fee.row, fee.column, fee.column_span, fee.text.as_str()), (13, 1, 3, "38.441094"));
    let outcomes = tables[1].cells.iter().find(|cell| cell.text == "三、本年度办理结果").unwrap();
    assert_eq!((outcomes.row, outcomes.column, outcomes.row_span), (5, 0, 22));
}

#[test]
fn what_people_do_to_a_text_comes_out_as_they_see_it() {
    let expected = [
        "年度报告",
        "一、总体情况",
        "正文   空格\t制表",
        "换行",
        "脚注之后",
        "二、主动公开政府信息情况",
        "（一）第一点",
        "（二）第二点",
        "隐藏后",
        "旧新增尾",
        "框后文字",
        "文本框内容",
        "链接网址文字",
        "| 甲 第二段 | 乙 |",
        "| | | 0 |",
        "| 1.序号 | / | 12 |",
        "| 嵌 内一 内二 | 5 | 6 |",
        "结尾",
        "脚注文字",
        "页眉文字",
    ];
    for name in NESTED {
        let document = open(name);
        // Columns stand under one another: how wide they are is not looked at.
        let narrow = |line: &str| {
            let row = line.starts_with('|').then(|| line.split_whitespace().collect::<Vec<_>>().join(" "));
            row.unwrap_or_else(|| line.to_owned()).replace("1. 序", "1.序")
        };
        let lines: Vec<String> = document.lines().iter().map(|line| narrow(line)).collect();
        assert_eq!(lines, expected, "{name}");
        let asides =
            document.blocks.iter().filter(|block| matches!(block, Block::Line(line) if line.role == Role::Aside));
        assert_eq!(asides.count(), 2, "{name}");
    }
}

#[test]
fn what_a_sheet_hides_is_noted_and_not_read() {
    for name in ["hidden.xlsx", "hidden.xls", "hidden.ods"] {
        let document = open(name);
        let expected = [
            "[工作表：表]",
            "[隐藏的行列：第4、6行，第B列]",
            "| 第二十条第（一）项 |",
            "| 信息内容 | 本年制发件数 | 现行有效件数 |",
            "| 规章 | 0 | 0 |",
            "| 行政规范性文件 | 2 | 5 |",
            "| 第二十条第（五）项 |",
            "| 行政许可 | 12 |",
            "[隐藏的工作表：数据字典]",
        ];
        let narrow = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(document.lines().iter().map(|line| narrow(line)).collect::<Vec<_>>(), expected, "{name}");
        let hidden = |block: &&Block| matches!(block, Block::Line(line) if line.role == Role::Hidden);
        assert_eq!(document.blocks.iter().filter(hidden).count(), 2, "{name}");
        // Places are those of the file: behind row 4 and column B.
        let grid = grids(&document)[0];
        let cell = grid.cells.iter().find(|cell| cell.text == "5").unwrap();
        assert_eq!(cell.place, nianshen::document::Place::Cell { table: 1, row: 5, cell: 4 }, "{name}");
    }
}

#[test]
fn what_stands_beside_a_figure_does_not_join_it() {
    let expected = [
        "白沙县水务局2024年政府信息公开工作年度报告",
        "一、总体情况",
        // Beside the figures: struck out, raised, struck out twice, lowered, hidden, deleted.
        "全年收到申请39¹件，撤回8₂件，办结42件。",
        "（一）机构建设",
        "（二）平台建设",
        "二、主动公开",
        "（一）制度",
        "第一部分 总则",
        "第二部分 附则",
        "第一条 条",
        "1.数",
        "1.1 数下",
        "1.2 数下二",
        "共3页，见网站。",
        "☑已办-甲\t乙",
        "丙",
        "注释之后",
        "前半后半",
        "框外文字",
        "框内文字",
        "| 事项 | 件数 | 备注 |",
        "| | 本年 | 上年 | 无 |",
        "| 1．许可 | 39 | 39¹ | 40₂ |",
        "| 2．处罚 | 15 | 42 | 57 |",
        "| 留下 | 内一 内二 内三 5 | 21 | 60 |",
        "| 合计 | 0 | | |",
        "结尾",
        "脚注文字",
    ];
    let first = open("marks.docx");
    for name in ["marks.docx", "marks.doc"] {
        let document = open(name);
        let narrow = |line: &String| {
            let row = line.starts_with('|').then(|| line.split_whitespace().collect::<Vec<_>>().join(" "));
            row.unwrap_or_else(|| line.clone())
        };
        assert_eq!(
            document.lines().iter().map(|line| narrow(&line.to_string())).collect::<Vec<_>>(),
            expected,
            "{name}"
        );
        assert_eq!(cells(grids(&document)[0]), cells(grids(&first)[0]), "{name}");
    }
    let merged = cells(grids(&first)[0]).into_iter().filter(|cell| (cell.2, cell.3) != (1, 1)).collect::<Vec<_>>();
    assert_eq!(merged, [(0, 0, 2, 1, "事项"), (0, 1, 1, 2, "件数"), (4, 2, 2, 1, "21")]);
}

#[test]
fn a_table_of_slivers_has_the_cells_that_people_see() {
    for name in ["slivers.docx", "slivers.doc"] {
        let audit = audit(&bytes(name), &Policy::default());
        let rules: Vec<_> = audit.findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, ["DIS001"], "{name}");
    }
    let [docx, doc] = ["slivers.docx", "slivers.doc"].map(open);
    for (grid, own) in grids(&doc).into_iter().zip(grids(&docx)) {
        assert_eq!(cells(grid), cells(own));
    }
    assert_eq!(grids(&doc).iter().map(|grid| grid.columns).collect::<Vec<_>>(), [4, 10, 15]);
}

#[test]
fn the_blank_form_of_an_office_gives_its_three_tables() {
    let Some(reports) = std::env::var_os("NIANSHEN_REPORTS").map(PathBuf::from) else {
        println!("NIANSHEN_REPORTS is not set: nothing is compared with published reports");
        return;
    };
    let document = document::open(&fs::read(reports.join("real/blank_form.docx")).unwrap()).unwrap();
    let tables = grids(&document);
    let sizes: Vec<_> = tables.iter().map(|grid| (grid.rows, grid.columns, grid.cells.len())).collect();
    assert_eq!(sizes, [(14, 4, 30), (28, 10, 215), (4, 15, 34)]);
    for (grid, area) in tables.iter().zip([14 * 4, 28 * 10, 4 * 15]) {
        let covered: u32 = grid.cells.iter().map(|cell| u32::from(cell.row_span) * u32::from(cell.column_span)).sum();
        assert_eq!(covered, area, "no place is left out and none is taken twice");
    }
    let spans = |part: &str| {
        let cell = tables[1].cells.iter().find(|cell| cell.text.contains(part)).unwrap();
        (cell.row, cell.column, cell.row_span, cell.column_span)
    };
    assert_eq!(spans("本列数据的勾稽关系"), (0, 0, 3, 3));
    assert_eq!(spans("法人或其他组织"), (1, 4, 1, 5));
    assert_eq!(spans("本年新收"), (3, 0, 1, 3));
    assert_eq!(spans("不予公开"), (7, 1, 8, 1));
    assert_eq!(spans("结转下年度"), (27, 0, 1, 3));
}

/// The same numbers every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    /// Some bytes changed, left out or doubled.
    fn damage(&mut self, bytes: &[u8]) -> Vec<u8> {
        const MARKS: &[u8] = b"<>/\"'=&;0123456789 \0\xff\x80";
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len());
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(5) {
                0 => drop(bytes.drain(at..end)),
                1 => {
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
                2 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                _ if at < bytes.len() => bytes[at] = MARKS[self.below(MARKS.len())],
                _ => {}
            }
        }
        if self.below(20) == 0 {
            bytes.truncate(self.below(bytes.len()));
        }
        bytes
    }
}

/// A package in which one part is damaged, and which is whole otherwise.
fn damage_part(package: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let victim = chance.below(archive.len());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        let is_main =
            ["document.xml", "content.xml", "sheet1.xml", "numbering.xml"].iter().any(|end| name.ends_with(end));
        if is_main || index == victim {
            content = chance.damage(&content);
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn no_reader_falls_over_a_damaged_file() {
    let mut chance = Chance(7);
    let rounds = std::env::var("NIANSHEN_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(40);
    for name in FORM.iter().map(|(name, _)| *name).chain(NESTED).chain(["marks.doc"]) {
        let whole = bytes(name);
        for _ in 0..rounds {
            let _ = document::open(&chance.damage(&whole));
            if whole.starts_with(b"PK") {
                let _ = document::open(&damage_part(&whole, &mut chance));
            }
        }
    }
}
