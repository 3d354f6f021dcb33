//! The table of the trial form in the layouts that reports have, with and without known cells.

use super::super::super::stream::Stream;
use super::super::read;
use crate::document::{self, Anchor, Builder, Document, Format, GridCell, Place};
use crate::report::form::trial::TRIAL;
use crate::report::{Cell, CellRef, CellValue, Edition, RowFound, Table, TableKind};

const KIND: TableKind = TableKind::ProactiveDisclosure;

/// What the tables here print, row by row, and what it means.
const FIGURES: [(&str, &str); 8] = [
    ("2 1 40", "2 1 40"),
    ("13 12 168", "13 12 168"),
    ("27 -3 1205", "27 -3 1205"),
    ("9 +2 316", "9 2 316"),
    ("41 0 77", "41 0 77"),
    ("5 1 6", "5 1 6"),
    ("8 -1", "8 -1"),
    ("14 302.55万元", "14 302.55"),
];

const ITEMS: [(&str, std::ops::Range<usize>); 5] = [
    ("第二十条第（一）项", 0..2),
    ("第二十条第（五）项", 2..4),
    ("第二十条第（六）项", 4..6),
    ("第二十条第（八）项", 6..7),
    ("第二十条第（九）项", 7..8),
];

/// One row of the table as a list of its cells.
fn lines(figures: [&str; 8]) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    for (item, rows) in ITEMS {
        lines.push(vec![item.to_owned()]);
        let columns = TRIAL.rows[rows.start].columns;
        let heads = columns.iter().map(|&column| TRIAL.columns[usize::from(column)].label.to_owned());
        lines.push(std::iter::once("信息内容".to_owned()).chain(heads).collect());
        for row in rows {
            let cells = figures[row].split(' ').map(|figure| figure.replace('_', ""));
            lines.push(std::iter::once(TRIAL.rows[row].label.to_owned()).chain(cells).collect());
        }
    }
    lines
}

fn printed() -> Vec<Vec<String>> {
    lines(FIGURES.map(|(printed, _)| printed))
}

fn report(table: &str) -> String {
    format!(
        "青溪县水务局2020年政府信息公开工作年度报告\n一、总体情况\n我局依法公开信息。\n二、主动公开政府信息情况\n{table}\n\
         三、收到和处理政府信息公开申请情况\n我局没有收到申请。\n"
    )
}

fn text(table: &str) -> Document {
    document::open(report(table).as_bytes()).expect("text")
}

fn read_table(document: &Document) -> (Table, Vec<String>) {
    let read = read(&Stream::of(document));
    let doubts = read.doubts.iter().map(|doubt| doubt.message.zh.clone()).collect();
    (read.proactive_disclosure.expect("a table of part two"), doubts)
}

fn shown(cell: Option<&Cell>) -> String {
    match cell.map(|cell| cell.value) {
        Some(CellValue::Number(figure)) => figure.to_string(),
        Some(CellValue::Blank) => "_".to_owned(),
        Some(CellValue::NotApplicable) => "/".to_owned(),
        Some(CellValue::Unreadable) => "?".to_owned(),
        None => "-".to_owned(),
    }
}

/// Its rows by the trial form: figures, `_` for a blank, `/` for a mark, `?` for what is unreadable, `-` for no cell.
fn rows(table: &Table) -> Vec<String> {
    let trial = table.trial.as_ref().expect("cells of the trial form");
    let row = |(row, spec): (usize, &crate::report::form::Row)| {
        let cells = spec.columns.iter().map(|&column| shown(trial.cell(row, usize::from(column))));
        cells.collect::<Vec<_>>().join(" ")
    };
    TRIAL.rows.iter().enumerate().map(row).collect()
}

fn joined(between: &str) -> String {
    printed().iter().map(|line| line.join(between) + "\n").collect()
}

fn piped() -> String {
    let row = |line: &Vec<String>| {
        let dangling = "|".repeat(4_usize.saturating_sub(line.len()));
        format!("| {} |{dangling}\n", line.join(" | "))
    };
    printed().iter().map(row).collect()
}

fn cell_per_line() -> String {
    printed().iter().flatten().map(|cell| cell.clone() + "\n").collect()
}

#[test]
fn running_text_in_the_usual_layouts() {
    let layouts = [
        ("blanks", joined(" ")),
        ("wide blanks", joined("      ")),
        ("tabs", joined("\t")),
        ("pipes", piped()),
        ("cell per line", cell_per_line()),
        ("cells apart", cell_per_line().replace('\n', "\n\n")),
        ("heads broken", joined(" ").replace("新制作数量", "新\n制作数量").replace("上一年项目", "上一年\n项目")),
        ("label broken", joined(" ").replace("其他对外管理服务事项", "其他对外管理\n服务事项")),
        (
            "heads gone astray",
            cell_per_line().replace("本年增/减", "本年增\n/减").replace("采购总金额", "采购\n总金额"),
        ),
        ("one line", joined(" ").replace('\n', " ")),
    ];
    let meant = FIGURES.map(|(_, meant)| meant);
    for (name, table) in layouts {
        let (table, doubts) = read_table(&text(&table));
        assert_eq!((rows(&table).as_slice(), doubts.as_slice()), (&meant.map(String::from)[..], &[][..]), "{name}");
        assert_eq!((table.edition, table.extra.len()), (Edition::Trial2019, 0), "{name}");
        let decisions = [2, 3, 4].map(|row| shown(table.cell(CellRef::new(KIND, row, 3))));
        assert_eq!(decisions, ["1205", "77", "6"], "{name}");
        let others = [0, 1].map(|row| table.cell(CellRef::new(KIND, row, 0)).is_none());
        assert!(others[0] && others[1] && table.cell(CellRef::new(KIND, 5, 4)).is_none(), "{name}");
        let trial = table.trial.as_ref().expect("cells");
        assert!(trial.rows.iter().all(|found| matches!(found, RowFound::Printed { .. })), "{name}: {:?}", trial.rows);
        let cell = |row, column| trial.cell(row, column).expect("a cell");
        assert_eq!((cell(3, 4).raw.as_str(), cell(7, 7).raw.as_str()), ("+2", "302.55万元"), "{name}");
        assert_eq!(cell(7, 7).unit.as_deref(), Some("万元"), "{name}");
    }
}

#[test]
fn signs_before_a_change() {
    for (printed, meant) in
        [("增3", "3"), ("减3", "-3"), ("增加12", "12"), ("减少12", "-12"), ("↑4", "4"), ("↓4", "-4"), ("−5", "-5")]
    {
        let mut figures = FIGURES.map(|(printed, _)| printed);
        let row = format!("27 {printed} 1205");
        figures[2] = &row;
        let flat: String = lines(figures).iter().map(|line| line.join(" ") + "\n").collect();
        for document in [text(&flat), grid(&lines(figures))] {
            let (table, doubts) = read_table(&document);
            assert_eq!((rows(&table)[2].as_str(), doubts.len()), (format!("27 {meant} 1205").as_str(), 0), "{printed}");
            let trial = table.trial.as_ref().expect("cells");
            assert_eq!(trial.cell(2, 4).expect("a cell").raw, printed);
        }
    }
}

#[test]
fn a_lost_cell_of_running_text_is_a_doubt() {
    let mut figures = FIGURES.map(|(printed, _)| printed);
    figures[4] = "41 77";
    let flat: String = lines(figures).iter().map(|line| line.join(" ") + "\n").collect();
    let (table, doubts) = read_table(&text(&flat));
    assert_eq!(rows(&table)[4], "? ? ?");
    assert_eq!(doubts.len(), 1, "{doubts:?}");
    assert!(doubts[0].contains("行政处罚"), "{doubts:?}");
    assert_eq!(rows(&table)[5], "5 1 6");
}

#[test]
fn blank_cells_between_bars_are_blank() {
    let mut figures = FIGURES.map(|(printed, _)| printed);
    figures[3] = "_ _ _";
    figures[5] = "5 _ 6";
    let piped: String = lines(figures).iter().map(|line| format!("| {} |\n", line.join(" | "))).collect();
    for document in [text(&piped), grid(&lines(figures))] {
        let (table, doubts) = read_table(&document);
        assert_eq!((rows(&table)[3].as_str(), rows(&table)[5].as_str(), doubts.len()), ("_ _ _", "5 _ 6", 0));
    }
}

/// The lines as a table of known cells, the last cell of a short line spread over the rest.
fn grid(lines: &[Vec<String>]) -> Document {
    let mut cells = Vec::new();
    for (row, line) in (0_u16..).zip(lines) {
        let mut column = 0;
        for (at, text) in line.iter().enumerate() {
            let span = if at + 1 == line.len() { 4 - column } else { 1 };
            let place = Place::Cell { table: 1, row: u32::from(row) + 1, cell: u32::from(column) + 1 };
            cells.push(GridCell { row, column, row_span: 1, column_span: span, text: text.clone(), place, at: 0 });
            column += span;
        }
    }
    let mut builder = Builder::default();
    builder.line("二、主动公开政府信息情况", document::Role::Paragraph, Anchor::Paragraph(1));
    builder.next_table();
    builder.table(cells);
    builder.finish(Format::Docx, None)
}

#[test]
fn known_cells() {
    let (table, doubts) = read_table(&grid(&printed()));
    assert_eq!(rows(&table), FIGURES.map(|(_, meant)| meant));
    assert_eq!((doubts, table.extra.len(), table.edition), (Vec::new(), 0, Edition::Trial2019));
    let decisions = [2, 3, 4].map(|row| shown(table.cell(CellRef::new(KIND, row, 3))));
    assert_eq!(decisions, ["1205", "77", "6"]);
}

/// The lines of a report that has the header of the trial form over rules and documents only.
fn mixed() -> Vec<Vec<String>> {
    let mut lines = lines(FIGURES.map(|(printed, _)| printed));
    lines.truncate(4);
    for (item, row, head, figure) in [
        ("第二十条第（五）项", "行政许可", "本年处理决定数量", "1205"),
        ("第二十条第（六）项", "行政处罚", "本年处理决定数量", "77"),
        ("", "行政强制", "", "6"),
        ("第二十条第（八）项", "行政事业性收费", "本年收费金额（单位：万元）", "38.41"),
    ] {
        if !item.is_empty() {
            lines.push(vec![item.to_owned()]);
            lines.push(vec!["信息内容".to_owned(), head.to_owned()]);
        }
        lines.push(vec![row.to_owned(), figure.to_owned()]);
    }
    lines
}

#[test]
fn figures_without_gaps_are_right_or_in_doubt() {
    let glued: String = printed().iter().map(|line| line.concat() + "\n").collect();
    let rows_above: String = printed()
        .iter()
        .map(
            |line| {
                if line.len() > 1 { format!("{}\n{}\n", line[1..].join(" "), line[0]) } else { line.join("") + "\n" }
            },
        )
        .collect();
    for text_of in [glued, rows_above] {
        let (table, doubts) = read_table(&text(&text_of));
        for (read, (_, meant)) in rows(&table).iter().zip(FIGURES) {
            let certain = |(read, meant): (&str, &str)| read == meant || read == "?";
            assert!(read.split(' ').zip(meant.split(' ')).all(certain), "{read}, not {meant}: {doubts:?}\n{text_of}");
        }
        assert!(!doubts.is_empty() || rows(&table) == FIGURES.map(|(_, meant)| meant), "{text_of}");
    }
}

#[test]
fn two_forms_mixed() {
    let flat: String = mixed().iter().map(|line| line.join(" ") + "\n").collect();
    for document in [text(&flat), grid(&mixed())] {
        let (table, doubts) = read_table(&document);
        assert_eq!(
            rows(&table),
            ["2 1 40", "13 12 168", "- - 1205", "- - -", "- - 77", "- - 6", "- -", "- -"],
            "{doubts:?}"
        );
        let form = KIND.form();
        let own = |row: usize| {
            form.rows[row].columns.iter().map(|&at| shown(table.cell(CellRef::new(KIND, row, at.into())))).collect()
        };
        let own: Vec<Vec<String>> = (0..6).map(own).collect();
        assert_eq!(own[2..], [["1205"], ["77"], ["6"], ["38.41"]], "{doubts:?}");
        assert_eq!((own[0].as_slice(), doubts.len()), (&["-", "-", "-"].map(String::from)[..], 0), "{doubts:?}");
    }
}
