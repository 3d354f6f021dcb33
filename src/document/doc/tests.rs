//! Documents drawn byte by byte: each paragraph with pages of its own for how it looks.

use super::*;
use crate::document::flow::Cell;

/// Where the text begins in the stream.
const TEXT: usize = 0x800;

const PAGE: usize = 512;

/// A paragraph: runs of text with their properties, and the properties of its own.
#[derive(Clone, Debug, Default)]
struct Drawn {
    runs: Vec<(String, Vec<u8>)>,
    properties: Vec<u8>,
}

/// A document that is being drawn.
#[derive(Clone, Debug, Default)]
struct Drawing {
    paragraphs: Vec<Drawn>,
    /// Characters of the parts behind the main text, as the head counts them.
    counts: [usize; 7],
    version: u16,
    flags: u16,
}

fn one(text: &str, properties: &[u8]) -> Drawn {
    Drawn { runs: vec![(text.to_owned(), Vec::new())], properties: properties.to_vec() }
}

fn runs(runs: &[(&str, &[u8])]) -> Drawn {
    let runs = runs.iter().map(|(text, look)| ((*text).to_owned(), look.to_vec())).collect();
    Drawn { runs, properties: Vec::new() }
}

fn put(bytes: &mut [u8], at: usize, what: &[u8]) {
    bytes[at..at + what.len()].copy_from_slice(what);
}

fn number(number: usize) -> [u8; 4] {
    u32::try_from(number).expect("small").to_le_bytes()
}

impl Drawing {
    fn of(paragraphs: Vec<Drawn>) -> Self {
        Self { paragraphs, counts: [0; 7], version: 0xc1, flags: 0x200 }
    }

    /// The streams of the document and of its tables.
    fn streams(&self) -> (Vec<u8>, Vec<u8>) {
        let units = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let mut text = Vec::new();
        let (mut characters, mut paragraphs) = (Vec::new(), Vec::new());
        let mut places = vec![TEXT];
        for paragraph in &self.paragraphs {
            let start = TEXT + text.len();
            let mut page = [0; PAGE];
            let count = paragraph.runs.len();
            let mut free = PAGE - 2;
            put(&mut page, 0, &number(start));
            for (index, (run, look)) in paragraph.runs.iter().enumerate() {
                text.extend(units(run));
                put(&mut page, 4 * index + 4, &number(TEXT + text.len()));
                free -= (look.len() + 2) / 2 * 2;
                page[4 * (count + 1) + index] = u8::try_from(free / 2).expect("a byte");
                page[free] = u8::try_from(look.len()).expect("short");
                put(&mut page, free + 1, look);
            }
            page[PAGE - 1] = u8::try_from(count).expect("few");
            characters.push(page);
            let end = TEXT + text.len();
            let mut page = [0; PAGE];
            put(&mut page, 0, &[number(start), number(end)].concat());
            // The style, the properties, and one byte more where they would not be of an even length.
            let mut own = vec![0, 0];
            own.extend(&paragraph.properties);
            own.resize(own.len().next_multiple_of(2), 0);
            page[8] = 50;
            page[101] = u8::try_from(own.len() / 2).expect("short");
            put(&mut page, 102, &own);
            page[PAGE - 1] = 1;
            paragraphs.push(page);
            places.push(end);
        }
        let first = (TEXT + text.len()).div_ceil(PAGE);
        let mut document = vec![0; first * PAGE];
        put(&mut document, 0, &[0xa5ec_u16.to_le_bytes(), self.version.to_le_bytes()].concat());
        put(&mut document, 10, &self.flags.to_le_bytes());
        document[32] = 14;
        document[62] = 22;
        put(&mut document, TEXT, &text);
        document.extend(characters.iter().chain(&paragraphs).flatten());
        let total = text.len() / 2;
        let beside = self.counts[1..].iter().sum::<usize>();
        let main = if beside > 0 { total - beside - 1 } else { total };
        for (at, count) in [76, 80, 84, 92, 96, 100, 104].iter().zip([&[main], &self.counts[1..]].concat()) {
            put(&mut document, *at, &number(count));
        }
        let mut table = Vec::new();
        let mut add = |place: usize, bytes: Vec<u8>| {
            put(&mut document, 154 + 8 * place, &[number(table.len()), number(bytes.len())].concat());
            table.extend(bytes);
        };
        let plc = |first: usize| {
            let pages = (0..places.len() - 1).map(|page| number(first + page));
            places.iter().map(|&place| number(place)).chain(pages).flatten().collect::<Vec<u8>>()
        };
        add(12, plc(first));
        add(13, plc(first + characters.len()));
        let piece = [&[0, 0][..], &number(TEXT), &[0, 0]].concat();
        add(33, [&[2][..], &number(16), &number(0), &number(total), &piece].concat());
        (document, table)
    }

    fn read(&self) -> Result<Vec<Piece>, Fault> {
        let (document, table) = self.streams();
        super::content(&document, |_| Some(table.clone()), &[])
    }

    /// Paragraphs as lines, `-` before those that are no part of the report; tables as `row,column+spans=text`.
    fn lines(&self) -> Vec<String> {
        shown(&self.read().expect("a document"))
    }
}

fn shown(pieces: &[Piece]) -> Vec<String> {
    let show = |piece: &Piece| match piece {
        Piece::Paragraph(text) => text.clone(),
        Piece::Aside(text) => format!("- {text}"),
        Piece::Picture { .. } => "picture".to_owned(),
        Piece::Table(cells) => cells.iter().map(cell).collect::<Vec<_>>().join(" "),
    };
    pieces.iter().map(show).collect()
}

fn cell(cell: &Cell) -> String {
    let Cell { row, column, row_span, column_span, content } = cell;
    let spans = if (*row_span, *column_span) == (1, 1) { String::new() } else { format!("+{row_span}x{column_span}") };
    format!("{row},{column}{spans}=[{}]", shown(content).join("/"))
}

const IN_TABLE: [u8; 3] = [0x16, 0x24, 1];

/// The end of a row of cells with these edges and flags.
fn row(edges: &[i16], flags: &[u16]) -> Drawn {
    let mut operand = vec![u8::try_from(edges.len() - 1).expect("few")];
    operand.extend(edges.iter().flat_map(|edge| edge.to_le_bytes()));
    operand.extend(flags.iter().flat_map(|flags| [&flags.to_le_bytes()[..], &[0; 18]].concat()));
    let length = u16::try_from(operand.len() + 1).expect("short").to_le_bytes();
    one("\u{7}", &[&IN_TABLE[..], &[0x17, 0x24, 1, 0x08, 0xd6], &length, &operand].concat())
}

fn cells(texts: &[&str]) -> Vec<Drawn> {
    texts.iter().map(|text| one(&format!("{text}\u{7}"), &IN_TABLE)).collect()
}

#[test]
fn text_is_what_a_reader_sees() {
    const OUT: &[u8] = &[0x37, 0x08, 1];
    const SPECIAL: &[u8] = &[0x55, 0x08, 1];
    const RAISED: &[u8] = &[0x48, 0x2a, 1];
    const DELETED: &[u8] = &[0x00, 0x08, 1];
    const SIGN: &[u8] = &[0x55, 0x08, 1, 0x09, 0x6a, 0, 0, 0x41, 0];
    let cases: [(Drawn, &[&str]); 12] = [
        (runs(&[("受理", &[]), ("12", OUT), ("39", &[]), ("1", RAISED), ("件\r", &[])]), &["受理39¹件"]),
        (runs(&[("39\r", OUT)]), &[""]),
        (one("共\u{13} IF \u{13}PAGE\u{14}2\u{15} = 1 \u{14}是\u{15}页\r", &[]), &["共是页"]),
        (one("共\u{13}SEQ\u{15}页\r", &[]), &["共页"]),
        // A field that does not end is none.
        (one("共\u{13}=1+2\u{14}3页\r", &[]), &["共=1+23页"]),
        (runs(&[("甲\u{2}\u{5}\u{3}", SPECIAL), ("乙\r", &[])]), &["甲乙"]),
        (one("甲\u{b}乙\u{e}丙\u{1e}丁\u{1f}戊\u{a0}己\t庚\r", &[]), &["甲\n乙\n丙-丁戊\u{a0}己\t庚"]),
        (runs(&[("(", SIGN), ("甲\r", &[])]), &["A甲"]),
        (runs(&[("\u{f0fe}甲\r", &[])]), &["\u{fffd}甲"]),
        (runs(&[("(甲)\r", SPECIAL)]), &["(甲)"]),
        (runs(&[("甲\r", &[]), ("乙", &[]), ("\r", DELETED)]), &["甲", "乙"]),
        (one("\u{1}\u{8}甲\r", &[]), &["甲"]),
    ];
    for (paragraph, expected) in cases {
        assert_eq!(Drawing::of(vec![paragraph.clone()]).lines(), expected, "{paragraph:?}");
    }
}

#[test]
fn paragraphs_join_where_their_mark_was_deleted() {
    let deleted = |text: &str| runs(&[(text, &[]), ("\r", &[0x00, 0x08, 1])]);
    let lines = Drawing::of(vec![deleted("甲"), deleted("乙"), one("丙\r", &[])]).lines();
    assert_eq!(lines, ["甲乙丙"]);
    // A large first letter is a paragraph of its own.
    assert_eq!(Drawing::of(vec![one("全\r", &[0x2c, 0x44, 0x31, 0]), one("年\r", &[])]).lines(), ["全年"]);
    // Not into a table.
    let table = [vec![deleted("2024")], cells(&["12", "3"]), vec![row(&[0, 900, 1800], &[])]].concat();
    assert_eq!(Drawing::of(table).lines(), ["2024", "0,0=[12] 0,1=[3]"]);
    // A page breaks within a paragraph, or ends it with its section.
    let section = vec![one("甲\u{c}乙\r", &[]), one("丙\u{c}", &[]), one("丁\r", &[])];
    assert_eq!(Drawing::of(section).lines(), ["甲\n乙", "丙", "丁"]);
    let hidden = runs(&[("\r", &[0x3c, 0x08, 1])]);
    assert_eq!(Drawing::of(vec![hidden, one("甲\r", &[])]).lines(), ["甲"]);
}

#[test]
fn cells_stand_between_their_edges() {
    let table = [
        cells(&["事项", "件数", ""]),
        vec![row(&[0, 2000, 4000, 6000], &[0x60, 2, 1])],
        cells(&["", "本年", "上年"]),
        vec![row(&[0, 2010, 3990, 6000], &[0x20, 0, 0])],
        cells(&["合计", "7"]),
        vec![row(&[-8, 2000, 6000], &[])],
    ]
    .concat();
    let lines = Drawing::of([table, vec![one("尾\r", &[])]].concat()).lines();
    let table = "0,0+2x1=[事项] 0,1+1x2=[件数] 1,1=[本年] 1,2=[上年] 2,0=[合计] 2,1+1x2=[7]";
    assert_eq!(lines, [table, "尾"]);
    // One row has more cells than it says: none is placed by edges.
    let table =
        [cells(&["甲", "乙"]), vec![row(&[0, 9, 18], &[])], cells(&["丙", "丁", "戊"]), vec![row(&[0, 18], &[])]];
    assert_eq!(Drawing::of(table.concat()).lines(), ["0,0=[甲] 0,1=[乙] 1,0=[丙] 1,1=[丁] 1,2=[戊]"]);
    // Cells without width, blank or not.
    let table = [
        cells(&["", "甲", "", "乙", "9"]),
        vec![row(&[0, 0, 900, 900, 1800, 1800], &[])],
        cells(&["8", "丙", "丁"]),
        vec![row(&[0, 0, 900, 1800], &[])],
    ];
    assert_eq!(Drawing::of(table.concat()).lines(), ["0,0=[甲] 0,1=[乙/9] 1,0=[8/丙] 1,1=[丁]"]);
    // A row that was deleted, and paragraphs in a cell.
    let mut gone = row(&[0, 900, 1800], &[]);
    gone.runs[0].1 = vec![0x00, 0x08, 1];
    let table =
        [cells(&["", ""]), vec![gone, one("甲\r", &IN_TABLE)], cells(&["乙", "3"]), vec![row(&[0, 900, 1800], &[])]];
    assert_eq!(Drawing::of(table.concat()).lines(), ["0,0=[甲/乙] 0,1=[3]"]);
}

#[test]
fn tables_stand_in_tables() {
    let at = |depth: u8| [&IN_TABLE[..], &[0x49, 0x66, depth, 0, 0, 0]].concat();
    let inner = |text: &str| one(&format!("{text}\r"), &[&at(2)[..], &[0x4b, 0x24, 1]].concat());
    let mut end = row(&[0, 400, 800], &[]);
    end.runs[0].0 = "\r".to_owned();
    end.properties = [&at(2)[..], &[0x4b, 0x24, 1, 0x4c, 0x24, 1], &end.properties[6..]].concat();
    let table = vec![
        one("甲\r", &at(1)),
        inner("内一"),
        inner("内二"),
        end,
        one("\u{7}", &at(1)),
        one("乙\u{7}", &at(1)),
        row(&[0, 1000, 2000], &[]),
    ];
    assert_eq!(Drawing::of(table).lines(), ["0,0=[甲/0,0=[内一] 0,1=[内二]/] 0,1=[乙]"]);
    let deep = |depth: u8| Drawing::of(vec![one("甲\r", &at(depth)), one("乙\r", &[])]);
    assert_eq!(deep(2).lines(), ["0,0=[0,0=[甲]]", "乙"]);
    assert_eq!(deep(200).read(), Err(Fault::Damaged));
}

#[test]
fn notes_and_heads_are_set_aside_and_comments_are_not_read() {
    let texts = ["正文\r", "脚注\r", "页眉\r", "页眉\r", "批注\r", "尾注\r", "框内\r", "\r"];
    let mut drawing = Drawing::of(texts.map(|text| one(text, &[])).to_vec());
    drawing.counts = [0, 3, 6, 3, 3, 0, 3];
    assert_eq!(drawing.lines(), ["正文", "- 脚注", "- 尾注", "- 页眉", "- 框内"]);
}

#[test]
fn older_versions_and_protected_files_are_not_read() {
    let drawing = Drawing::of(vec![one("甲\r", &[])]);
    let of = |version, flags| Drawing { version, flags, ..drawing.clone() }.read();
    assert_eq!(of(0x65, 0x200), Err(Fault::Old));
    assert_eq!(of(0x68, 0x300), Err(Fault::Old));
    assert_eq!(of(0xc1, 0x300), Err(Fault::Encrypted));
    assert_eq!(of(0xc1, 0x8300), Err(Fault::Encrypted));
    for version in [0xc0, 0xc1, 0xc2, 0xd9, 0x101, 0x10c, 0x112] {
        assert!(of(version, 0x200).is_ok());
    }
    for fault in [Fault::Old, Fault::Encrypted, Fault::Damaged] {
        let refusal = refusal(fault);
        assert_eq!(refusal.reason.zh.contains("密码"), fault == Fault::Encrypted);
        assert_eq!(refusal.reason.zh.contains("Word 95"), fault == Fault::Old);
    }
}

#[test]
fn properties_that_are_cut_off_are_damage() {
    let look = |own: &[u8]| Drawing::of(vec![runs(&[("39", own), ("件\r", &[])])]).read().is_ok();
    assert!(look(&[0x37, 0x08, 1]) && look(&[0x37, 0x08, 1, 0]));
    assert!(!look(&[0x03, 0x6a, 0, 0x37, 0x08]), "whether it is struck out cannot be told");
}

#[test]
fn damage_is_refused_or_read_and_never_more() {
    let table = [cells(&["甲", "乙"]), vec![row(&[0, 900, 1800], &[2, 1])], vec![one("\u{13}A\u{14}B\u{15}\r", &[])]];
    let (document, table) = Drawing::of(table.concat()).streams();
    let read = |document: &[u8], table: &[u8]| super::content(document, |_| Some(table.to_vec()), &[]);
    assert!(read(&document, &table).is_ok());
    for end in 0..table.len() {
        assert_eq!(read(&document, &table[..end]).err(), Some(Fault::Damaged), "{end}");
    }
    for (at, stream) in (0..document.len()).map(|at| (at, true)).chain((0..table.len()).map(|at| (at, false))) {
        for value in [0, 1, 0x7f, 0x80, 0xff] {
            let (mut document, mut table) = (document.clone(), table.clone());
            let byte = if stream { &mut document[at] } else { &mut table[at] };
            if *byte == value || (stream && at >= TEXT && *byte == 0) {
                continue;
            }
            *byte = value;
            let _ = read(&document, &table);
        }
    }
}

/// A text of one character again and again, in pieces of which each is changed by `changes`, with one page for all
/// of its characters and one for all of its paragraphs.
fn repeated(character: u8, count: usize, pieces: usize, changes: &[u8]) -> Result<Vec<Piece>, Fault> {
    let (mut document, _) = Drawing::of(vec![one("\r", &[])]).streams();
    document.truncate(TEXT);
    document.resize(TEXT + count, character);
    document.resize(document.len().next_multiple_of(PAGE), 0);
    let first = document.len() / PAGE;
    put(&mut document, 76, &number(count));
    let mut page = [0; PAGE];
    put(&mut page, 0, &[number(TEXT), number(TEXT + count)].concat());
    page[PAGE - 1] = 1;
    document.extend([page, page].concat());
    let each = count / pieces;
    let mut clx = vec![1];
    clx.extend(u16::try_from(changes.len()).expect("short").to_le_bytes());
    clx.extend(changes);
    clx.push(2);
    clx.extend(number(4 * (pieces + 1) + 8 * pieces));
    clx.extend((0..pieces).map(|piece| piece * each).chain([count]).flat_map(number));
    for piece in 0..pieces {
        let place = (2 * (TEXT + piece * each)) | (1 << 30);
        clx.extend([&[0, 0][..], &number(place), &[1, 0]].concat());
    }
    let plc = |page: usize| [number(TEXT), number(TEXT + count), number(page)].concat();
    let parts = [(12, plc(first)), (13, plc(first + 1)), (33, clx)];
    let mut table = Vec::new();
    for (place, bytes) in parts {
        put(&mut document, 154 + 8 * place, &[number(table.len()), number(bytes.len())].concat());
        table.extend(bytes);
    }
    super::content(&document, |_| Some(table.clone()), &[])
}

#[test]
fn more_than_any_report_has_is_refused() {
    let struck = [0x37, 0x08, 1];
    let read =
        |character, count, pieces, changes: &[u8]| repeated(character, count, pieces, changes).map(|all| all.len());
    assert_eq!(read(b'\r', 20_000, 1, &[]), Ok(20_000));
    assert_eq!(read(b'a', 20_000, 20_000, &struck), Ok(1));
    assert_eq!(read(b'\r', 200_001, 1, &[]), Err(Fault::Damaged), "paragraphs");
    assert_eq!(read(b'\x07', 120_000, 1, &[0x16, 0x24, 1]), Err(Fault::Damaged), "cells");
    assert_eq!(read(b'a', (8 << 20) + 1, 1, &[]), Err(Fault::Damaged), "characters");
    assert_eq!(read(b'a', 20_000, 20_000, &struck.repeat(10_000)), Err(Fault::Damaged), "properties");
}
