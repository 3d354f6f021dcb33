//! What was understood of one file, for a person: the facts, the parts, the three tables as the form draws
//! them, the claims and the doubts.

mod trial;

use std::io::{self, Write};

use super::{Ink, Style};
use crate::audit::{Audit, FileFacts, Format, Place, Places};
use crate::report::form::RowKind;
use crate::report::{Cell, CellRef, CellValue, ClaimKind, Edition, Report, Table, TableKind};
use crate::text::form;
use crate::text::{Lang, Words, pad, printable, privacy, truncate, width, words};

/// Columns for the label of a row.
const LABEL: usize = 40;

/// Columns for a text that is only to be recognised.
const EXCERPT: usize = 72;

/// Everything about one file.
///
/// # Errors
/// Those of `out`.
pub fn show(path: &str, audit: &Audit, style: Style, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", style.paint(Ink::Bold, path))?;
    if let Some(file) = &audit.file {
        facts(file, style, out)?;
    }
    let Some(report) = &audit.report else {
        for finding in &audit.findings {
            writeln!(out, "  {}", style.paint(Ink::Red, finding.message.get(style.lang)))?;
        }
        return Ok(());
    };
    let places = &audit.places;
    if let Some(notice) = report.recognised.notice() {
        writeln!(out, "  {}", style.paint(Ink::Yellow, notice.get(style.lang)))?;
    }
    head(report, places, style, out)?;
    parts(report, places, style, out)?;
    for kind in TableKind::ALL {
        table(kind, report.table(kind), places, style, out)?;
    }
    claims(report, places, style, out)?;
    doubts(report, places, style, out)
}

fn facts(file: &FileFacts, style: Style, out: &mut impl Write) -> io::Result<()> {
    let named = |value: Option<serde_json::Value>| value.and_then(|value| value.as_str().map(str::to_owned));
    let format = file.format.map_or("?", Format::name);
    let encoding = named(file.encoding.and_then(|encoding| serde_json::to_value(encoding).ok()));
    let encoding = encoding.map(|encoding| format!(", {encoding}")).unwrap_or_default();
    let bytes = file.bytes;
    let size = match style.lang {
        Lang::Zh => format!("{format}{encoding}, {bytes} 字节"),
        Lang::En => format!("{format}{encoding}, {bytes} bytes"),
    };
    line(words("文件", "file"), &size, None, style, out)?;
    line(words("BLAKE3", "blake3"), &file.hash, None, style, out)
}

fn head(report: &Report, places: &Places, style: Style, out: &mut impl Write) -> io::Result<()> {
    let title = report.title.as_ref();
    let period = report.period.as_ref();
    let none = style.word(NOT_FOUND);
    let year = report.year.map(|year| year.to_string());
    let stated = period.map(|period| format!("{} – {}", period.from, period.to));
    let edition = report.edition.map(|edition| {
        style.word(match edition {
            Edition::Form2021 => words("2021 年格式", "form of 2021"),
            Edition::Trial2019 => words("2019 年试行格式", "trial form of 2019"),
            Edition::Pre2019 => words("2019 年以前", "before 2019"),
        })
    });
    line(
        words("标题", "title"),
        title.map_or(none, |title| &title.text),
        title.map(|title| places.at(title.source)),
        style,
        out,
    )?;
    line(words("机关", "agency"), report.agency.as_deref().unwrap_or(none), None, style, out)?;
    line(words("年度", "year"), year.as_deref().unwrap_or(none), None, style, out)?;
    line(
        words("统计期限", "period"),
        stated.as_deref().unwrap_or(none),
        period.map(|period| places.at(period.source)),
        style,
        out,
    )?;
    line(words("格式", "edition"), edition.unwrap_or(none), None, style, out)
}

const NOT_FOUND: Words = words("未找到", "not found");

fn line(name: Words, text: &str, at: Option<Place>, style: Style, out: &mut impl Write) -> io::Result<()> {
    let name = pad(style.word(name), 10);
    writeln!(out, "  {}{}{}", style.paint(Ink::Faint, &name), printable(text), place(at, style))
}

fn place(at: Option<Place>, style: Style) -> String {
    let text = at.map(|at| format!("  {}", crate::text::place::code(at)));
    text.map(|text| style.paint(Ink::Faint, &text)).unwrap_or_default()
}

fn heading(text: &str, style: Style, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n{}", style.paint(Ink::Bold, text))
}

fn parts(report: &Report, places: &Places, style: Style, out: &mut impl Write) -> io::Result<()> {
    heading(style.word(words("各部分", "Parts")), style, out)?;
    if report.parts.is_empty() {
        return writeln!(out, "  {}", style.word(NOT_FOUND));
    }
    for part in &report.parts {
        let known = style.word(words("（无标题）", "(no heading)"));
        let heading = part.heading.as_deref().unwrap_or(known);
        let length = part.text.chars().filter(|c| !c.is_whitespace()).count();
        let length = match style.lang {
            Lang::Zh => format!("{length} 字"),
            Lang::En => format!("{length} characters"),
        };
        let (number, source) = (part.number, place(Some(places.at(part.source)), style));
        writeln!(out, "  {number}  {}  {length}{source}", pad(&printable(heading), 44))?;
        let topics: Vec<_> = part.topics.iter().map(|seen| style.word(form::topic(seen.topic))).collect();
        if !topics.is_empty() {
            writeln!(out, "     {}", topics.join(" · "))?;
        }
        if !part.text.trim().is_empty() {
            let text = part.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = truncate(&privacy::mask(&printable(&text)), EXCERPT).into_owned();
            writeln!(out, "     {}", style.paint(Ink::Faint, &text))?;
        }
    }
    Ok(())
}

fn table(
    kind: TableKind,
    table: Option<&Table>,
    places: &Places,
    style: Style,
    out: &mut impl Write,
) -> io::Result<()> {
    let name = match style.lang {
        Lang::Zh => format!("表：{}", form::table(kind).zh),
        Lang::En => format!("Table: {}", form::table(kind).en),
    };
    heading(&name, style, out)?;
    let Some(table) = table else { return writeln!(out, "  {}", style.word(NOT_FOUND)) };
    if let Some(cells) = &table.trial {
        trial::table(cells, places, style, out)?;
    }
    if table.follows_form_in_force() {
        prescribed(table, places, style, out)?;
    }
    for row in &table.extra {
        let values = row.values.join(" ");
        let extra = style.word(words("另有一行", "another row"));
        writeln!(
            out,
            "  {extra}: {}  {}{}",
            printable(&row.label),
            printable(&values),
            place(Some(places.at(row.source)), style)
        )?;
    }
    let plain = kind.cells().all(|at| table.figure(at).is_some());
    if !plain || table.trial.is_some() {
        let legend = words(
            "（ ）空白  （/）不适用标记  ? 无法确定  … 未印出",
            "( ) blank  (/) not-applicable mark  ? unclear  … not printed",
        );
        writeln!(out, "  {}", style.paint(Ink::Faint, style.word(legend)))?;
    }
    Ok(())
}

/// The rows and columns of the form in force.
fn prescribed(table: &Table, places: &Places, style: Style, out: &mut impl Write) -> io::Result<()> {
    let kind = table.kind;
    let prescribed = kind.form();
    let cell = |row: usize, column: usize| table.cell(CellRef::new(kind, row, column));
    let label = |column: usize| style.word(form::column(kind, column));
    let columns: Vec<usize> = (0..prescribed.columns.len())
        .map(|column| {
            let cells = (0..prescribed.rows.len()).filter_map(|row| cell(row, column)).map(|cell| width(&drawn(cell)));
            cells.chain([width(label(column))]).max().unwrap_or(0)
        })
        .collect();
    write!(out, "  {}", " ".repeat(LABEL))?;
    for (column, &wide) in columns.iter().enumerate() {
        write!(out, " │ {}", right(label(column), wide))?;
    }
    writeln!(
        out,
        "\n  {}{}",
        "─".repeat(LABEL),
        columns.iter().map(|wide| format!("─┼─{}", "─".repeat(*wide))).collect::<String>()
    )?;
    for (index, row) in prescribed.rows.iter().enumerate() {
        let printed = (0..prescribed.columns.len()).any(|column| cell(index, column).is_some());
        let indent = if row.id.contains('.') { "  " } else { "" };
        let mut line = format!("  {}", pad(&format!("{indent}{}", style.word(form::row(kind, index))), LABEL));
        if row.kind == RowKind::Value || printed {
            for (column, &wide) in columns.iter().enumerate() {
                let exists = row.columns.iter().any(|&own| usize::from(own) == column);
                let text = cell(index, column).map_or(if exists { "…" } else { "" }.into(), drawn);
                line.push_str(&format!(" │ {}", right(&text, wide)));
            }
        }
        let first = (0..prescribed.columns.len()).find_map(|column| cell(index, column));
        let at = place(first.map(|cell| places.at(cell.source)), style);
        writeln!(out, "{}{at}", line.trim_end())?;
    }
    Ok(())
}

/// A cell as it is drawn: zero, blank, a mark and unreadable text look different.
fn drawn(cell: &Cell) -> String {
    match cell.value {
        CellValue::Number(figure) => figure.to_string(),
        CellValue::Blank => "( )".to_owned(),
        CellValue::NotApplicable => format!("({})", truncate(&printable(&cell.raw), 8)),
        CellValue::Unreadable => format!("?{}", truncate(&printable(&cell.raw), 8)),
    }
}

fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

fn claims(report: &Report, places: &Places, style: Style, out: &mut impl Write) -> io::Result<()> {
    if report.claims.is_empty() {
        return Ok(());
    }
    heading(style.word(words("文中数字", "Claims in the prose")), style, out)?;
    for claim in &report.claims {
        let about = if claim.approximate() { "~" } else { "" };
        let unit = claim.unit.as_deref().unwrap_or_default();
        let value = format!("{about}{}{}", claim.value, printable(unit));
        let parts = claim.parts.iter().map(ToString::to_string).collect::<Vec<_>>();
        let name = pad(style.word(form::claim(claim.kind)), 24);
        let text = truncate(&privacy::mask(&printable(&claim.text)), EXCERPT).into_owned();
        writeln!(out, "  {name} {}{}", right(&value, 10), place(Some(places.at(claim.source)), style))?;
        writeln!(out, "    {}", style.paint(Ink::Faint, &text))?;
        if claim.kind == ClaimKind::Breakdown {
            let parts = truncate(&parts.join(" + "), EXCERPT).into_owned();
            writeln!(out, "    {}", style.paint(Ink::Faint, &parts))?;
        }
        writeln!(out, "    {}", style.paint(Ink::Faint, &printable(claim.reason.get(style.lang))))?;
    }
    Ok(())
}

fn doubts(report: &Report, places: &Places, style: Style, out: &mut impl Write) -> io::Result<()> {
    if report.doubts.is_empty() {
        return Ok(());
    }
    heading(style.word(words("存疑之处", "Doubts")), style, out)?;
    for doubt in &report.doubts {
        writeln!(
            out,
            "  ? {}{}",
            printable(doubt.message.get(style.lang)),
            place(Some(places.at(doubt.source)), style)
        )?;
    }
    Ok(())
}
