//! Pages put together by hand.

mod sheets;

use super::*;
use crate::document::{Block, Document, Format, Recognised, RecognisedPage};

/// A sheet of A4.
const SIZE: (i32, i32) = (59_500, 84_200);

/// A page to write on.
fn page() -> Page {
    Page { width: SIZE.0, height: SIZE.1, ..Page::default() }
}

/// The glyph of `c` that stands at the point: as wide as its size, or half as wide for what is narrow.
fn glyph(c: char, (x, y): (i32, i32), size: i32) -> Glyph {
    let advance = if glyph::is_wide(c) { size } else { size / 2 };
    let area = Rect { left: x, top: y - size * 88 / 100, right: x + advance, bottom: y + size * 12 / 100 };
    Glyph { c, area, origin: (x, y), size, turn: Turn::None, vertical: false, hidden: false }
}

impl Page {
    /// Writes `text` from the point on, every glyph beside the last.
    fn write(mut self, x: i32, y: i32, size: i32, text: &str) -> Self {
        let mut x = x;
        for c in text.chars() {
            let glyph = glyph(c, (x, y), size);
            x = glyph.area.right;
            glyph.split(c.encode_utf8(&mut [0; 4]), &mut |glyph| self.glyphs.push(glyph));
        }
        self
    }

    /// Draws horizontal lines.
    fn across(mut self, ys: &[i32], from: i32, to: i32) -> Self {
        self.rulings.extend(ys.iter().map(|&y| Ruling::horizontal(y, from, to)));
        self
    }

    /// Draws vertical lines.
    fn down(mut self, xs: &[i32], from: i32, to: i32) -> Self {
        self.rulings.extend(xs.iter().map(|&x| Ruling::vertical(x, from, to)));
        self
    }

    /// Draws every line of a table.
    fn grid(self, xs: &[i32], ys: &[i32]) -> Self {
        let (left, right) = (xs[0], *xs.last().expect("columns"));
        let (top, bottom) = (ys[0], *ys.last().expect("rows"));
        self.across(ys, left, right).down(xs, top, bottom)
    }
}

fn document(pages: Vec<Page>) -> Document {
    let mut builder = Builder::default();
    lay_out(pages, &mut builder);
    builder.finish(Format::Pdf, None)
}

/// The document as text: lines as they are, asides after `~`, cells with place and spans, pictures as `#`.
fn shown(pages: Vec<Page>) -> Vec<String> {
    let mut shown = Vec::new();
    for block in document(pages).blocks {
        match block {
            Block::Line(line) if line.role == Role::Aside => shown.push(format!("~{}", line.text.trim())),
            Block::Line(line) => shown.push(line.text),
            Block::Picture(picture) => shown.push(if picture.large { "##" } else { "#" }.to_owned()),
            Block::Table(grid) => {
                let cell = |cell: &GridCell| {
                    let spans = if (cell.row_span, cell.column_span) == (1, 1) {
                        String::new()
                    } else {
                        format!("({}x{})", cell.row_span, cell.column_span)
                    };
                    format!("{},{}{spans}={}", cell.row, cell.column, cell.text.replace('\n', "/"))
                };
                shown.push(grid.cells.iter().map(cell).collect::<Vec<_>>().join(" "));
            }
        }
    }
    shown
}

#[test]
fn room_becomes_blanks() {
    let cases: [(&str, Page, &[&str]); 8] = [
        (
            "indentation",
            page().write(9000, 10_000, 1000, "　　第一行").write(9000, 12_000, 1000, "第二行"),
            &["    第一行", "第二行"],
        ),
        ("a gap of half a character", page().write(0, 9000, 1000, "总").write(1500, 9000, 1000, "计"), &["总计"]),
        ("a gap of two characters", page().write(0, 9000, 1000, "总").write(3000, 9000, 1000, "计"), &["总    计"]),
        ("columns of figures", page().write(0, 9000, 1000, "12").write(3000, 9000, 1000, "3"), &["12    3"]),
        ("letters apart", page().write(0, 9000, 1000, "a").write(750, 9000, 1000, "b"), &["a b"]),
        ("digits of one figure", page().write(0, 9000, 1000, "1").write(550, 9000, 1000, "2"), &["12"]),
        ("a blank that is written", page().write(0, 9000, 1000, "2023 年"), &["2023 年"]),
        (
            "columns below each other",
            page()
                .write(0, 9000, 1000, "行政许可")
                .write(9000, 9000, 1000, "37")
                .write(0, 11_000, 1000, "罚")
                .write(9000, 11_000, 1000, "5"),
            &["行政许可          37", "罚                5"],
        ),
    ];
    for (name, page, expected) in cases {
        assert_eq!(shown(vec![page]), expected, "{name}");
    }
}

#[test]
fn lines_are_what_stands_at_one_height() {
    let raised = page().write(0, 9000, 1200, "面积5米").write(4200, 8600, 700, "2").write(4600, 9000, 1200, "。");
    assert_eq!(shown(vec![raised]), ["面积5米2。"]);
    let between = page().write(0, 9000, 1200, "标签的上半").write(9000, 9900, 1200, "7").write(0, 10_800, 1200, "下半");
    assert_eq!(shown(vec![between]).len(), 3, "figures beside a wrapped label are a line of their own");
    let bold = page().write(0, 9000, 1200, "标题100").write(20, 9000, 1200, "标题100");
    assert_eq!(shown(vec![bold]), ["标题100"]);
}

#[test]
fn characters_keep_their_edges() {
    let document = document(vec![page().write(9000, 10_000, 1000, "　　一2")]);
    let Block::Line(line) = &document.blocks[0] else { panic!("a line") };
    let Anchor::Page { page, top, bottom, edges } = &line.anchor else { panic!("on a page") };
    assert_eq!((*page, *top, *bottom), (1, 9120, 10_120));
    assert_eq!((line.text.as_str(), edges.as_slice()), ("一2", [11_000, 12_000, 12_500].as_slice()));
}

/// Limits of three columns and of three rows.
const XS: [i32; 4] = [10_000, 20_000, 26_000, 32_000];
const YS: [i32; 4] = [10_000, 12_000, 14_000, 16_000];

/// A page with six figures and labels in three rows.
fn filled(page: Page) -> Page {
    page.write(10_500, 11_400, 1000, "信息内容")
        .write(21_000, 11_400, 1000, "件数")
        .write(27_000, 11_400, 1000, "总计")
        .write(10_500, 13_400, 1000, "规章")
        .write(22_000, 13_400, 1000, "1")
        .write(28_000, 13_400, 1000, "23")
        .write(10_500, 15_400, 1000, "文件")
        .write(22_000, 15_400, 1000, "0")
        .write(28_000, 15_400, 1000, "456")
}

const FILLED: &str = "0,0=信息内容 0,1=件数 0,2=总计 1,0=规章 1,1=1 1,2=23 2,0=文件 2,1=0 2,2=456";

#[test]
fn rulings_make_tables_however_they_are_drawn() {
    let pieces = |page: Page| {
        YS.iter().fold(page.down(&XS, YS[0], YS[3]), |page, &y| {
            XS.windows(2).fold(page, |page, x| page.across(&[y], x[0], x[1]))
        })
    };
    let dashed = |page: Page| {
        (0..55).fold(page.down(&XS, YS[0], YS[3]), |page, index| {
            page.across(&YS, XS[0] + index * 400, XS[0] + index * 400 + 200)
        })
    };
    let frames = |page: Page| {
        XS.windows(2).fold(page, |page, x| {
            YS.windows(2).fold(page, |page, y| page.grid(&[x[0] + 100, x[1] - 100], &[y[0] + 100, y[1] - 100]))
        })
    };
    let double = YS.iter().fold(page().grid(&XS, &YS), |page, &y| page.across(&[y + 200], XS[0], XS[3]));
    let cases = [
        ("whole", page().grid(&XS, &YS)),
        ("in pieces", pieces(page())),
        ("dashed", dashed(page())),
        ("a frame for every cell", frames(page())),
        ("double", double),
        ("without borders left and right", page().across(&YS, XS[0], XS[3]).down(&XS[1..3], YS[0], YS[3])),
        ("without borders above and below", page().across(&YS[1..3], XS[0], XS[3]).down(&XS, YS[0], YS[3])),
        ("a hair short", page().across(&YS, XS[0] + 200, XS[3] - 200).down(&XS, YS[0] + 200, YS[3] - 200)),
    ];
    for (name, page) in cases {
        assert_eq!(shown(vec![filled(page)]), [FILLED], "{name}");
    }
}

#[test]
fn cells_span_where_no_ruling_parts_them() {
    let page = page()
        .across(&[YS[0], YS[3]], XS[0], XS[3])
        .across(&[YS[1]], XS[0], XS[3])
        .across(&[YS[2]], XS[1], XS[3])
        .down(&[XS[0], XS[3]], YS[0], YS[3])
        .down(&[XS[1], XS[2]], YS[1], YS[3])
        .write(15_000, 11_400, 1000, "第二十条")
        .write(12_000, 14_400, 1000, "规章")
        .write(22_000, 13_400, 1000, "1")
        .write(22_000, 15_400, 1000, "2");
    assert_eq!(shown(vec![page]), ["0,0(1x3)=第二十条 1,0(2x1)=规章 1,1=1 1,2= 2,1=2 2,2="]);
}

#[test]
fn every_cell_has_its_place() {
    let document = document(vec![filled(page().grid(&XS, &YS)).write(0, 20_000, 1000, "文")]);
    let Block::Table(grid) = &document.blocks[0] else { panic!("a table") };
    let area = |left, top, right, bottom| Place::Page { page: 1, area: Rect { left, top, right, bottom } };
    assert_eq!(grid.cells[5].place, area(28_000, 12_520, 29_000, 13_520));
    let empty = shown(vec![page().grid(&XS, &YS).write(10_500, 11_400, 1000, "甲").write(22_000, 15_400, 1000, "乙")]);
    assert_eq!(empty, ["0,0=甲 0,1= 0,2= 1,0= 1,1= 1,2= 2,0= 2,1=乙 2,2="]);
}

#[test]
fn figures_stay_whole() {
    let wide = page()
        .grid(&XS, &YS)
        .write(10_500, 11_400, 1000, "甲")
        .write(24_200, 13_400, 1000, "12345")
        .write(28_000, 15_400, 1000, "6");
    assert!(shown(vec![wide])[0].contains("1,1=12345 1,2= "), "wider than its cell");
    let narrow = [10_000, 20_000, 23_000, 32_000];
    let broken = page()
        .grid(&narrow, &[10_000, 14_000, 18_000])
        .write(10_500, 11_400, 1000, "甲")
        .write(20_300, 11_400, 1000, "7730")
        .write(20_300, 12_800, 1000, ".28")
        .write(10_500, 16_000, 1000, "乙")
        .write(23_300, 15_400, 1000, "4")
        .write(23_300, 16_800, 1000, "5");
    assert_eq!(shown(vec![broken]), ["0,0=甲 0,1=7730.28 0,2= 1,0=乙 1,1= 1,2=4/5"], "broken, and two figures");
}

#[test]
fn cells_are_read_in_the_direction_they_are_written() {
    let tall =
        |page: Page| page.grid(&[10_000, 13_000, 30_000], &[10_000, 22_000, 24_000]).write(14_000, 11_400, 1000, "乙");
    let stacked = "办理结果".chars().zip(0..).fold(tall(page()), |page, (c, index)| {
        page.write(11_000, 12_000 + index * 1500, 1000, c.encode_utf8(&mut [0; 4]))
    });
    let rest = " 0,1=乙 1,0= 1,1=";
    assert_eq!(shown(vec![stacked]), [format!("0,0=办理结果{rest}")]);
    let mut vertical = tall(page());
    for (column, text) in ["本年度", "结果"].iter().enumerate() {
        for (index, c) in (0..).zip(text.chars()) {
            let x = 11_600 - i32::try_from(column).expect("small") * 1100;
            vertical.glyphs.push(Glyph { vertical: true, ..glyph(c, (x, 12_000 + index * 1000), 1000) });
        }
    }
    assert_eq!(shown(vec![vertical]), [format!("0,0=本年度/结果{rest}")]);
    for turn in [Turn::Right, Turn::Left] {
        let mut page = tall(page()).write(14_000, 20_000, 1000, "横排的文字占多数");
        for (index, c) in (0..).zip("办理12".chars()) {
            let y = if turn == Turn::Right { 12_000 + index * 1000 } else { 18_000 - index * 1000 };
            let upright = glyph(c, (11_000, y), 1000);
            page.glyphs.push(Glyph { turn, origin: (11_500, y), ..upright });
        }
        assert!(shown(vec![page])[0].starts_with("0,0=办理12 "), "{turn:?}");
    }
}

#[test]
fn rules_and_frames_are_no_tables() {
    let text = |page: Page| page.write(12_000, 13_000, 1000, "文字");
    let cases = [
        ("an underline", page().across(&[13_200], 12_000, 14_000)),
        ("a red line below the head", page().across(&[9_000, 9_300], 5_000, 55_000)),
        ("a frame around a text", page().grid(&[10_000, 40_000], &[10_000, 16_000])),
        ("a table without anything in it", page().grid(&[20_000, 30_000, 40_000], &[30_000, 35_000, 40_000])),
    ];
    for (name, page) in cases {
        assert_eq!(shown(vec![text(page)]), ["文字"], "{name}");
    }
}

#[test]
fn a_table_goes_on_over_the_limit_of_pages() {
    let first = filled(page().grid(&XS, &YS));
    let second = || page().write(10_500, 11_400, 1000, "行政强制").write(28_000, 11_400, 1000, "9");
    let piece = second().grid(&[XS[0], XS[2], XS[3]], &[10_000, 12_000]);
    assert_eq!(shown(vec![first.clone(), piece.clone()]), [FILLED, "0,0=行政强制 0,1=9"]);
    assert_eq!(shown(vec![piece]).len(), 1, "alone it is no table");
    let elsewhere = second().grid(&[XS[0] + 2000, XS[2], XS[3] + 4000], &[10_000, 12_000]);
    assert_eq!(shown(vec![first, elsewhere])[1].split_whitespace().count(), 2, "of another width neither");
}

#[test]
fn page_numbers_and_running_heads_stand_aside() {
    let text = |page: Page| page.write(9000, 40_000, 1000, "正文");
    let numbered = |number: &str| text(page()).write(29_000, 80_000, 900, number);
    assert_eq!(shown(vec![numbered("— 1 —")]), ["正文", "~— 1 —"]);
    assert_eq!(shown(vec![numbered("1"), numbered("2")]), ["正文", "~1", "正文", "~2"]);
    assert_eq!(shown(vec![numbered("7"), numbered("8")]), ["正文", "~7", "正文", "~8"]);
    assert_eq!(shown(vec![numbered("57")])[1].trim(), "57", "a figure at the foot of the page");
    let headed = |number: &str| text(page()).write(9000, 5_000, 900, "青溪县年报 第").write(18_000, 5_000, 900, number);
    assert_eq!(shown(vec![headed("1"), headed("2")]).iter().filter(|line| line.starts_with('~')).count(), 2);
    assert!(shown(vec![headed("1"), headed("5")]).iter().all(|line| !line.starts_with('~')), "counts otherwise");
    let body = |page: Page| page.write(9000, 40_000, 1000, "行政许可 3").write(9000, 42_000, 1000, "同一行");
    assert!(shown(vec![body(page()), body(page())]).iter().all(|line| !line.starts_with('~')), "not in a margin");
}

#[test]
fn pages_on_their_side_are_read_upright_and_keep_their_places() {
    // Written upwards on a sheet that is shown upright.
    let upright = filled(Page { width: SIZE.1, height: SIZE.0, ..page() }.grid(&XS, &YS));
    let rest = upright.clone().write(9000, 30_000, 1000, "文字");
    let glyphs = rest.glyphs.iter().map(|glyph| Turn::Left.glyph(*glyph, (SIZE.1, SIZE.0))).collect();
    let rulings = YS.iter().map(|&y| Ruling::vertical(y, SIZE.1 - XS[3], SIZE.1 - XS[0]));
    let rulings = rulings.chain(XS.iter().map(|&x| Ruling::horizontal(SIZE.1 - x, YS[0], YS[3]))).collect();
    let turned = Page { glyphs, rulings, ..page() };
    assert_eq!(shown(vec![turned.clone()]), [FILLED, "文字"]);
    let document = document(vec![turned]);
    let Block::Table(grid) = &document.blocks[0] else { panic!("a table") };
    let place = Rect { left: 12_520, top: SIZE.1 - 29_000, right: 13_520, bottom: SIZE.1 - 28_000 };
    assert_eq!(grid.cells[5].place, Place::Page { page: 1, area: place });
    let Block::Line(line) = &document.blocks[1] else { panic!("a line") };
    let Anchor::Page { edges, .. } = &line.anchor else { panic!("on a page") };
    assert_eq!(edges.len(), line.text.chars().count() + 1);
}

#[test]
fn pictures_are_large_or_small() {
    let image = |left, top, right, bottom| Image { area: Rect { left, top, right, bottom }, after: 0, opaque: true };
    let with = |images: Vec<Image>| shown(vec![Page { images, ..page() }.write(9000, 8_000, 1000, "文字")]);
    assert_eq!(with(vec![image(40_000, 60_000, 52_000, 72_000)]), ["文字", "#"], "a seal");
    assert_eq!(with(vec![image(10_000, 20_000, 45_000, 50_000)]), ["文字", "##"], "a table");
    let strips = (0..10).map(|index| image(10_000, 20_000 + index * 1000, 45_000, 21_000 + index * 1000)).collect();
    assert_eq!(with(strips), ["文字", "##"], "in strips");
    assert_eq!(with(vec![image(10_000, 20_000, 10_500, 50_000)]), ["文字"], "an ornament");
    let ground = vec![image(0, 0, SIZE.0, SIZE.1)];
    let written = (0..10).fold(page(), |page, line| page.write(9000, 9000 + line * 2000, 1000, "文字写在底图上"));
    assert_eq!(shown(vec![Page { images: ground, ..written }]).len(), 10, "the ground of a page");
}

#[test]
fn pages_that_were_recognised_are_marked_among_others() {
    let text = page().write(9000, 8_000, 1000, "这是文字页");
    let read = Page { recognised: true, ..page().write(9000, 8_000, 1000, "这是识读的页") };
    let document = document(vec![text.clone(), read.clone(), text]);
    let Recognised::Pages(pages) = &document.recognised else { panic!("{:?}", document.recognised) };
    assert_eq!(pages[..], [RecognisedPage { page: 2, first: 2, last: 4 }]);
    let lines = document.lines();
    assert!(
        lines[1].contains("第 2 页：扫描页") && lines[2] == "这是识读的页" && lines[3].contains("到此"),
        "{lines:?}"
    );
    assert!(document.recognised.holds(3) && !document.recognised.holds(5));
    // All of it: nothing tells one page from another.
    let next = Page { recognised: true, ..page().write(9000, 20_000, 1000, "后面一页也是") };
    assert_eq!(shown(vec![read, next]), ["这是识读的页", "后面一页也是"]);
}

#[test]
fn pages_are_told_by_what_they_show() {
    let scan = Image { area: Rect { left: 0, top: 0, right: SIZE.0, bottom: SIZE.1 }, after: 0, opaque: true };
    let text = (0..10).fold(page(), |page, line| page.write(9000, 9000 + line * 2000, 1000, "这一页上写着文字"));
    let covered = |after| {
        let mut page = Page { images: vec![Image { after, ..scan }], ..text.clone() };
        page.settle();
        page
    };
    let cases = [
        ("nothing", page(), Nature::Empty),
        ("text", text.clone(), Nature::Text),
        ("a scan", Page { images: vec![scan], ..page() }, Nature::Scan),
        ("a scan with a stamp", Page { images: vec![scan], ..page() }.write(9000, 9000, 900, "扫描件"), Nature::Scan),
        ("text on a ground", covered(0), Nature::Text),
        ("text behind a scan", covered(usize::MAX), Nature::RecognisedScan),
        ("outlines", Page { shapes: 500, ..page() }, Nature::Outlines),
    ];
    for (name, page, expected) in cases {
        assert_eq!(page.nature(), expected, "{name}");
    }
    let mut invisible = text.clone();
    invisible.glyphs.iter_mut().for_each(|glyph| glyph.hidden = true);
    let mut behind = Page { images: vec![Image { opaque: false, ..scan }], ..invisible.clone() };
    behind.settle();
    assert_eq!(behind.nature(), Nature::RecognisedScan, "invisible text over a scan");
    let settled = |mut page: Page| {
        page.settle();
        page.nature()
    };
    assert_eq!(settled(invisible.clone()), Nature::RecognisedScan, "invisible text over nothing");
    assert_eq!(settled(Page { shapes: 500, ..invisible }), Nature::Text, "invisible text over shapes");
    assert!(readable(&[text.clone(), page()], Format::Pdf).is_ok());
    let refused = |page: Page| readable(&[page], Format::Ofd).expect_err("no text").reason.zh;
    assert!(refused(Page { images: vec![scan], ..page() }).contains("扫描件或图片 OFD"));
    assert!(refused(covered(usize::MAX)).contains("带识别文字层的扫描件"));
    assert!(refused(page()).contains("没有文字"));
    let mut unknown = text.clone();
    for glyph in &mut unknown.glyphs {
        glyph.c = '\u{fffd}';
    }
    assert!(refused(unknown).contains("字体无法还原为文字"));
    let among = shown(vec![text.clone(), covered(usize::MAX)]);
    assert_eq!(among.iter().filter(|line| line.starts_with('~')).count(), 10, "text behind a scan stands aside");
    assert!(among.iter().any(|line| line == "##"));
}

#[test]
fn figures_printed_over_each_other_are_not_one_figure() {
    // 99 over 100, a quarter of a character further right.
    let over = page().write(0, 9000, 1000, "100").write(250, 9000, 1000, "99");
    let text = shown(vec![over]).remove(0);
    assert!(!text.contains("19090") && text.contains("  "), "{text}");
    let same_place = shown(vec![page().write(0, 9000, 1000, "12").write(0, 9000, 1000, "34")]).remove(0);
    assert!(same_place.contains("  "), "{same_place}");
}
