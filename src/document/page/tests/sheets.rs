//! Sheets with two pages, small print, and more than they hold.

use super::*;

#[test]
fn two_pages_on_a_sheet_are_read_one_after_the_other() {
    let lines = |page: Page, x: i32, text: &str| {
        (0..10).fold(page, |page, line| page.write(x, 9000 + line * 2000, 1000, &format!("{text}{line}行上写着文字")))
    };
    let sheet = || Page { width: SIZE.1, height: SIZE.0, ..Page::default() };
    let two = lines(lines(sheet(), 5000, "左"), SIZE.1 / 2 + 5000, "右");
    let read = shown(vec![two.clone()]);
    assert_eq!(read.len(), 20);
    assert_eq!((read[9].as_str(), read[10].as_str()), ("左9行上写着文字", "右0行上写着文字"));
    // A line across the middle makes it one page.
    let one = two.across(&[40_000], 5000, SIZE.1 - 5000).write(SIZE.1 / 2 - 5000, 50_000, 1000, "横贯全页的一行文字");
    assert_eq!(shown(vec![one])[0].matches('行').count(), 2);
}

#[test]
fn a_small_page_is_read_like_a_large_one() {
    let sheet = |size: i32| {
        let at = |number: i32| number * size / 1000;
        let xs = [at(6000), at(20_000), at(26_000), at(32_000)];
        let ys = [at(10_000), at(12_000), at(14_000)];
        let row = |page: Page, y: i32, texts: [&str; 3]| {
            texts.iter().zip(xs).fold(page, |page, (text, x)| page.write(x + at(300), y, size, text))
        };
        let page = Page { width: at(SIZE.0), height: at(SIZE.1), ..Page::default() }.grid(&xs, &ys);
        row(row(page, at(11_500), ["行政许可", "12", "3"]), at(13_500), ["行政处罚", "0", "45"])
    };
    let large = shown(vec![sheet(1000)]);
    assert_eq!(large, ["0,0=行政许可 0,1=12 0,2=3 1,0=行政处罚 1,1=0 1,2=45"]);
    for size in [500, 350, 240] {
        assert_eq!(shown(vec![sheet(size)]), large, "{size}");
        let placed = document(vec![sheet(size)]);
        let Block::Table(grid) = &placed.blocks[0] else { panic!("a table") };
        let Place::Page { area, .. } = &grid.cells[0].place else { panic!("on a page") };
        assert!(area.right < SIZE.0 * size / 1000 && area.left >= 6 * size, "{area:?}");
    }
}

#[test]
fn what_lies_beyond_the_edge_is_not_called_empty() {
    let (right, ys) = (SIZE.0, [10_000, 12_000, 14_000]);
    let cut = |beyond: Vec<Rect>| {
        let page = page().grid(&[6000, 20_000, 40_000, right], &ys);
        let page = page.write(6300, 11_500, 1000, "行政许可").write(20_300, 11_500, 1000, "12");
        let page = page.write(6300, 13_500, 1000, "行政处罚").write(20_300, 13_500, 1000, "0");
        Page { beyond, ..page }
    };
    let glyph = |y: i32| Rect { left: right + 500, top: y - 900, right: right + 1000, bottom: y + 100 };
    assert_eq!(shown(vec![cut(vec![])]), ["0,0=行政许可 0,1=12 0,2= 1,0=行政处罚 1,1=0 1,2="]);
    assert_eq!(shown(vec![cut(vec![glyph(11_500)])]), ["0,0=行政许可 0,1=12 0,2=\u{fffd} 1,0=行政处罚 1,1=0 1,2="]);
    assert!(readable(&[cut(vec![glyph(11_500); 99])], Format::Pdf).is_ok());
    let refused = readable(&[cut(vec![glyph(11_500); 100])], Format::Pdf).expect_err("too much is lost");
    assert!(refused.reason.zh.contains("页面边界之外"));
}
