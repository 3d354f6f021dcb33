//! The witnesses one by one, and small tables that only their agreement can read.

use super::super::stream::Stream;
use super::cells::{self, Split};
use super::tokens::{ValueKind, tokenise};
use super::{labels, read};
use crate::document;
use crate::report::form::{RowKind, requests};
use crate::report::{CellRef, CellValue, Figure, RowFound, Table, TableKind};

fn stream(text: &str) -> Stream {
    Stream::of(&document::open(text.as_bytes()).expect("text"))
}

/// The rows of the requests table with the figures of a small balanced report.
fn rows() -> Vec<(String, String)> {
    let form = TableKind::Requests.form();
    let figures = |row: usize| match row {
        requests::NEW_RECEIVED => "12 3 0 0 0 0 15",
        requests::CARRIED_IN => "2 0 0 0 0 0 2",
        2 => "7 1 0 0 0 0 8",
        14 => "4 2 0 0 0 0 6",
        requests::TOTAL_HANDLED => "11 3 0 0 0 0 14",
        requests::CARRIED_OUT => "3 0 0 0 0 0 3",
        _ => "0 0 0 0 0 0 0",
    };
    let values = form.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Value);
    values.map(|(row, spec)| (spec.label.to_owned(), figures(row).to_owned())).collect()
}

fn table(rows: &[(String, String)]) -> String {
    rows.iter().map(|(label, figures)| format!("{label} {figures}\n")).collect()
}

fn requests_of(text: &str) -> (Table, usize) {
    let tables = read(&stream(text));
    (tables.requests.expect("a table of requests"), tables.doubts.len())
}

fn row_of(table: &Table, row: usize) -> Vec<Option<CellValue>> {
    (0..7).map(|column| table.cell(CellRef::new(TableKind::Requests, row, column)).map(|cell| cell.value)).collect()
}

fn numbers(figures: &str) -> Vec<Option<CellValue>> {
    figures.split(' ').map(|figure| Some(CellValue::Number(figure.parse::<Figure>().expect("figure")))).collect()
}

#[test]
fn values_are_told_from_what_only_looks_like_them() {
    let cases = [
        ("行政许可 12", "12"),
        ("行政许可12", "12"),
        ("行政许可 1,234", "1234"),
        ("行政许可 １２", "12"),
        ("行政许可 160.5964万元", "160.5964"),
        ("行政许可 -3", "-3"),
        ("行政许可 /", "Mark"),
        ("行政许可 ——", "Mark"),
        ("行政许可 无", "Mark"),
        ("行政许可", ""),
        ("- 3 -", ""),
        ("第 3 页 共 5 页", ""),
        ("3 / 5", ""),
        ("截至2024年1月10日", ""),
        ("填报日期：2024-01-10 08:30", ""),
        ("第20条第(5)项", ""),
        ("电话：0000-1234567", ""),
        ("2.其他法律行政法规禁止公开", ""),
        ("0 0 0 2.其他法律行政法规禁止公开", "0 0 0"),
        ("00000002.其他法律行政法规禁止公开", "0000000"),
        ("0 0 若干 0", "0 0 Word 0"),
        ("（四）\n无\n法\n提供", ""),
    ];
    for (text, expected) in cases {
        let stream = stream(text);
        let tokens = tokenise(&stream, 0..stream.chars.len());
        let shown: Vec<String> = tokens
            .values
            .iter()
            .map(|value| match value.kind {
                ValueKind::Number => value.digits.clone(),
                kind => format!("{kind:?}"),
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{text}");
    }
}

#[test]
fn cells_keep_their_blanks() {
    let count = |line: &str| match cells::split(&line.chars().collect::<Vec<_>>(), false, line.starts_with('|')) {
        Split::Cells(cells) => cells.iter().filter(|cell| cell.range.is_empty()).count(),
        Split::Whole => 100,
        Split::Noise => 200,
    };
    let cases = [
        ("| a | 1 |  | 2 |", 1),
        ("a | 1 | | 2 | ", 2),
        ("\t\ta\t1\t\t2", 3),
        ("|---|---|", 200),
        ("a 1 2", 100),
        ("|||", 2),
    ];
    for (line, blanks) in cases {
        assert_eq!(count(line), blanks, "{line}");
    }
}

#[test]
fn labels_are_found_in_pieces_and_cut_short() {
    let form = TableKind::Requests.form();
    let list = labels::labels(form, None);
    let cases = [
        ("（二）部分公开（区分处理的，只计这一情\n形，不计其他情形）", 3, true),
        ("2.其他法律行政法规禁止公\n予公开\n开", 6, true),
        ("2.其他法律行政止公开", 6, false),
        ("属于国家秘密", 5, true),
        ("（七）合计", 27, true),
        ("2.逾期不缴费", 25, true),
    ];
    for (text, row, complete) in cases {
        let stream = stream(text);
        let tokens = tokenise(&stream, 0..stream.chars.len());
        let found = labels::locate(&tokens.hans, &list);
        let hits: Vec<usize> = (0..found.len()).filter(|&index| found[index].is_some()).collect();
        assert_eq!(hits, [row], "{text}");
        assert_eq!(found[row].as_ref().map(|found| found.complete), Some(complete), "{text}");
    }
}

#[test]
fn a_row_is_read_as_it_stands_even_where_it_is_wrong() {
    let mut rows = rows();
    rows[0].1 = "12 3 0 0 0 0 19".into();
    let (table, doubts) = requests_of(&table(&rows));
    assert_eq!(row_of(&table, requests::NEW_RECEIVED), numbers("12 3 0 0 0 0 19"));
    assert_eq!(doubts, 0);
}

#[test]
fn a_blank_that_left_no_trace_is_placed_by_arithmetic_or_not_at_all() {
    // Of 12 3 0 0 0 0 15 the 3 is gone: only one place fits every column.
    let mut told = rows();
    told[0].1 = "12 0 0 0 0 15".into();
    let (read, doubts) = requests_of(&table(&told));
    let mut expected = numbers("12 3 0 0 0 0 15");
    expected[1] = Some(CellValue::Blank);
    assert_eq!((row_of(&read, requests::NEW_RECEIVED), doubts), (expected, 0));
    // One of seven zeros is gone: no telling which.
    let mut untold = rows();
    untold[5].1 = "0 0 0 0 0 0".into();
    let (read, doubts) = requests_of(&table(&untold));
    assert_eq!((row_of(&read, 6), doubts), (vec![Some(CellValue::Unreadable); 7], 1));
    assert_eq!(row_of(&read, 7), numbers("0 0 0 0 0 0 0"));
}

#[test]
fn glued_digits_are_cut_only_where_everything_agrees() {
    let glued = |rows: &[(String, String)]| {
        rows.iter().map(|(label, figures)| format!("{label}{}", figures.replace(' ', ""))).collect::<String>()
    };
    let (read, doubts) = requests_of(&glued(&rows()));
    assert_eq!((row_of(&read, requests::NEW_RECEIVED), doubts), (numbers("12 3 0 0 0 0 15"), 0));
    // The same with one figure wrong: nothing fits, nothing is guessed.
    let mut wrong = rows();
    wrong[0].1 = "12 3 0 0 0 0 16".into();
    let (read, doubts) = requests_of(&glued(&wrong));
    assert_eq!(row_of(&read, requests::NEW_RECEIVED), vec![Some(CellValue::Unreadable); 7]);
    assert!(doubts > 0);
}

#[test]
fn missing_and_extra_rows_are_named() {
    let mut missing = rows();
    missing.remove(4);
    let (read, doubts) = requests_of(&table(&missing));
    assert_eq!((&read.rows[5], doubts), (&RowFound::Missing, 0));
    assert_eq!(row_of(&read, 5), vec![None; 7]);
    assert_eq!(row_of(&read, 6), numbers("0 0 0 0 0 0 0"));
    let mut extra = rows();
    extra.insert(12, ("9.另有规定的情形".into(), "1 0 0 0 0 0 1".into()));
    let (read, doubts) = requests_of(&table(&extra));
    assert_eq!(doubts, 0);
    assert_eq!(read.extra.iter().map(|row| row.label.as_str()).collect::<Vec<_>>(), ["另有规定的情形"]);
    assert_eq!(row_of(&read, 12), numbers("0 0 0 0 0 0 0"));
}

#[test]
fn a_collapsed_group_stands_in_its_own_row() {
    let mut collapsed = rows();
    collapsed.splice(20..23, [("（六）其他处理".to_owned(), "0 0 0 0 0 0 0".to_owned())]);
    let (read, doubts) = requests_of(&table(&collapsed));
    assert_eq!(doubts, 0);
    assert_eq!(row_of(&read, 23), numbers("0 0 0 0 0 0 0"));
    assert_eq!(row_of(&read, 26), vec![None; 7]);
    assert_eq!(row_of(&read, 27), numbers("11 3 0 0 0 0 14"));
}

#[test]
fn a_blank_total_between_bars_is_the_total() {
    // Two cells before the figures are the label's; the last cell of the row is empty.
    let cells = |(row, (label, figures)): (usize, &(String, String))| {
        let lead = if !(2..=22).contains(&row) { format!("{label} |  | ") } else { format!("本年度 | {label} | ") };
        format!("{lead} | {}\n", figures.replace(' ', " | "))
    };
    let mut rows = rows();
    rows[2].1 = "7 1 0 0 0 0 ".into();
    let (read, doubts) = requests_of(&rows.iter().enumerate().map(cells).collect::<String>());
    let mut expected = numbers("7 1 0 0 0 0 8");
    expected[6] = Some(CellValue::Blank);
    assert_eq!((row_of(&read, 2), doubts), (expected, 0));
}

#[test]
fn a_file_made_of_figures_is_read_no_further_than_a_table_goes() {
    // Each of these would take minutes if every figure were weighed against every other.
    let zeros = "0 ".repeat(200_000);
    for text in [
        format!("结果维持 结果纠正 尚未审结\n{zeros}"),
        format!("{}{zeros}", table(&rows()[..8])),
        format!("{}{}", table(&rows()[..8]), "0\n".repeat(50_000)),
        "一、本年新收政府信息公开申请数量 0 0 0 0 0 0 0 ".repeat(5_000),
    ] {
        let tables = read(&stream(&text));
        assert!(tables.disputes.is_none_or(|table| table.cells.iter().flatten().all(|cell| cell.raw.is_empty())));
    }
}

/// The table of requests as a spreadsheet exports it, every figure another; `""` where `blank` says so. `trimmed`:
/// without the separators at the ends of lines.
fn export(separator: &str, trimmed: bool, blank: impl Fn(usize, usize) -> bool) -> String {
    let form = TableKind::Requests.form();
    let head = [
        "勾稽关系|||申请人情况||||||",
        "|||自然人|法人或其他组织|||||总计",
        "||||商业企业|科研机构|社会公益组织|法律服务机构|其他|",
    ];
    let mut lines: Vec<Vec<String>> =
        head.iter().map(|line| line.split('|').map(ToOwned::to_owned).collect()).collect();
    for (row, spec) in form.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Value) {
        let mut cells = vec![String::new(); 3];
        let depth = match spec.label.chars().next() {
            Some('一' | '二' | '四') => 0,
            Some('（') => 1,
            _ => 2,
        };
        cells[depth] = spec.label.to_owned();
        let figure = |column: usize| if blank(row, column) { String::new() } else { figure(row, column).to_string() };
        cells.extend((0..7).map(figure));
        lines.push(cells);
    }
    let text = lines.iter().map(|cells| match separator {
        "|" => format!("| {} |\n", cells.join(" | ")),
        _ => {
            let line = cells.join(separator);
            let line = if trimmed { line.trim_end_matches(['\t', ',']) } else { &line };
            line.to_owned() + "\n"
        }
    });
    text.collect::<String>() + "四、政府信息公开行政复议、行政诉讼情况\n"
}

fn figure(row: usize, column: usize) -> usize {
    100 + row * 10 + column
}

#[test]
fn blanks_at_the_end_of_a_row_move_nothing() {
    type Blank = fn(usize, usize) -> bool;
    let cases: [(&str, Blank); 7] = [
        ("no blank", |_, _| false),
        ("the last column", |_, column| column == 6),
        ("the last two columns", |_, column| column >= 5),
        ("the first column", |_, column| column == 0),
        ("the end of the last row", |row, column| row == requests::CARRIED_OUT && column >= 5),
        ("the ends of the first rows", |row, column| row < 2 && column >= 4),
        ("here and there", |row, column| (row * 3 + column).is_multiple_of(5)),
    ];
    for (name, blank) in cases {
        for (separator, trimmed) in [("\t", false), ("\t", true), (",", false), (",", true), ("|", false)] {
            let text = export(separator, trimmed, blank);
            let (table, doubts) = requests_of(&text);
            for (row, spec) in TableKind::Requests.form().rows.iter().enumerate() {
                if spec.kind != RowKind::Value {
                    continue;
                }
                let expected = |column: usize| match blank(row, column) {
                    true => CellValue::Blank,
                    false => CellValue::Number(Figure::from(figure(row, column))),
                };
                let expected: Vec<_> = (0..7).map(|column| Some(expected(column))).collect();
                assert_eq!(row_of(&table, row), expected, "{name}, {separator:?}, trimmed: {trimmed}\n{text}");
            }
            assert_eq!(doubts, 0, "{name}, {separator:?}, trimmed: {trimmed}");
        }
    }
}

#[test]
fn a_row_that_is_cut_or_lost_a_cell_is_a_doubt() {
    let whole = export("\t", true, |_, _| false);
    let last = "四、结转下年度继续办理";
    let cut = whole[..whole.find(last).expect("the last row")].to_owned() + last + "\t\t\t331\t332\t333\t334";
    let lost = whole.replace("\t100\t101\t102\t103\t104\t105\t106\n", "\t1\t2\t3\t4\t5\t15\n");
    let row = |text: &str, row: usize| row_of(&requests_of(text).0, row);
    assert_eq!(row(&cut, requests::CARRIED_OUT), [Some(CellValue::Unreadable); 7]);
    assert_eq!(row(&lost, requests::NEW_RECEIVED), [Some(CellValue::Unreadable); 7]);
}

#[test]
fn a_word_in_place_of_a_figure_is_no_blank() {
    for (line, expected) in [
        ("行政处罚 若干", CellValue::Unreadable),
        ("行政处罚\t若干", CellValue::Unreadable),
        ("行政处罚", CellValue::Blank),
        ("行政处罚 ", CellValue::Blank),
    ] {
        let text = format!(
            "二、主动公开政府信息情况\n信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 0 0 0\n行政规范性文件 1 1 7\n\
             信息内容 本年处理决定数量\n行政许可 96\n{line}\n行政强制 24\n信息内容 本年收费金额（单位：万元）\n\
             行政事业性收费 12.5\n三、收到和处理政府信息公开申请情况\n"
        );
        let table = read(&stream(&text)).proactive_disclosure.expect("a table");
        let row = table.kind.form().rows.iter().position(|row| row.label.contains("处罚")).expect("a row");
        let column = usize::from(table.kind.form().rows[row].columns[0]);
        let cell = table.cell(CellRef::new(table.kind, row, column)).expect("a cell");
        assert_eq!((cell.value, cell.raw == "若干"), (expected, expected == CellValue::Unreadable), "{line:?}");
    }
}

#[test]
fn the_figures_of_another_year_are_never_mixed_in() {
    let mut last_year = rows();
    last_year[2].1 = "6 2 0 0 0 0 8".into();
    let both = |one: &[(String, String)], other: &[(String, String)]| {
        format!("{}五、存在的主要问题及改进情况\n附：上年度情况\n{}", table(one), table(other))
    };
    let (same, doubts) = requests_of(&both(&rows(), &rows()));
    assert_eq!((row_of(&same, 2), doubts), (numbers("7 1 0 0 0 0 8"), 0));
    for text in [both(&rows(), &last_year), both(&last_year, &rows())] {
        let (read, doubts) = requests_of(&text);
        let mut expected = numbers("0 0 0 0 0 0 8");
        expected[..2].fill(Some(CellValue::Unreadable));
        assert_eq!((row_of(&read, 2), doubts), (expected, 1), "{text}");
        assert_eq!(row_of(&read, requests::NEW_RECEIVED), numbers("12 3 0 0 0 0 15"));
    }
}

#[test]
fn a_row_that_runs_back_is_read_only_where_everything_agrees() {
    let line = |label: &str, figures: &str| {
        let figures: String = figures.split(' ').map(|figure| format!("{figure:>6}")).collect();
        let width: usize = label.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        format!("{label}{}{figures}\n", " ".repeat(80_usize.saturating_sub(width)))
    };
    // Of a page askew: the right half of a row stands above its left half.
    let askew = |total: &str| -> String {
        let rows = rows().into_iter().map(|(label, figures)| {
            if label.contains("本机关不掌握") {
                line(&" ".repeat(80 + 12), &format!("0 0 0 0 {total}")) + &line(&label, "4 2")
            } else {
                line(&label, &figures)
            }
        });
        rows.collect()
    };
    let row = |total: &str| row_of(&requests_of(&askew(total)).0, 14);
    let wrong = row("9");
    assert!(wrong.iter().all(|cell| *cell == Some(CellValue::Unreadable)), "{wrong:?}");
}
