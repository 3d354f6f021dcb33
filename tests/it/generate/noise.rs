//! What pages and footnotes put between the lines of a table.

use super::layout::{Line, Zone};
use super::rng::Rng;

/// What disturbs the reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noise {
    /// Nothing.
    Quiet,
    /// Page numbers, running heads and page breaks, through the whole report.
    Pages,
    /// Dated notes inside the tables.
    Notes,
    /// Both.
    Everything,
}

/// What page breaks can leave in a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pages {
    /// Nothing.
    None,
    /// Page numbers with something around them.
    Marked,
    /// Also bare page numbers.
    Any,
}

/// Sets page breaks and notes between the lines. `title` gives the running head and the year.
pub(super) fn disturb(lines: Vec<Line>, noise: Noise, allowed: Pages, title: &[String], rng: &mut Rng) -> Vec<Line> {
    let pages = allowed != Pages::None && matches!(noise, Noise::Pages | Noise::Everything);
    let notes = matches!(noise, Noise::Notes | Noise::Everything);
    let lines = if notes { with_notes(&lines, title, rng) } else { lines };
    if pages { with_pages(lines, allowed, title, rng) } else { lines }
}

/// The number on a page.
#[derive(Clone, Copy)]
enum Folio {
    Dashes,
    LongDashes,
    Words,
    Bare,
    OfTotal,
    None,
}

impl Folio {
    fn print(self, page: usize, pages: usize) -> Option<String> {
        match self {
            Self::Dashes => Some(format!("- {page} -")),
            Self::LongDashes => Some(format!("— {page} —")),
            Self::Words => Some(format!("第{page}页")),
            Self::Bare => Some(page.to_string()),
            Self::OfTotal => Some(format!("{page} / {pages}")),
            Self::None => None,
        }
    }
}

fn with_pages(lines: Vec<Line>, allowed: Pages, title: &[String], rng: &mut Rng) -> Vec<Line> {
    let length = rng.between(9, 32);
    let pages = lines.len().div_ceil(length);
    let bare = if allowed == Pages::Any { Folio::Bare } else { Folio::Words };
    let folios = [Folio::Dashes, Folio::Dashes, Folio::LongDashes, Folio::Words, bare, Folio::OfTotal, Folio::None];
    let folio = *rng.pick(&folios);
    let head = matches!(folio, Folio::None) || rng.chance(30);
    let form_feed = rng.chance(40);
    let gap = rng.chance(40);
    let mut disturbed = Vec::new();
    for (index, mut line) in lines.into_iter().enumerate() {
        if index > 0 && index.is_multiple_of(length) {
            let zone = line.zone;
            let mut put = |text: String| disturbed.push(Line { zone, text });
            if gap {
                put(String::new());
            }
            if let Some(text) = folio.print(index / length, pages) {
                put(text);
            }
            if gap {
                put(String::new());
            }
            let feed = if form_feed { "\u{c}" } else { "" };
            if head {
                put(format!("{feed}{}", title.concat()));
            } else {
                line.text.insert_str(0, feed);
            }
        }
        disturbed.push(line);
    }
    disturbed
}

fn with_notes(lines: &[Line], title: &[String], rng: &mut Rng) -> Vec<Line> {
    let year: usize = title.concat().split(|c: char| !c.is_ascii_digit()).find_map(|part| part.parse().ok()).unwrap();
    let next = year + 1;
    let notes = [
        format!("注：数据截至{next}年1月10日。"),
        format!("（统计时间：{next}-01-10）"),
        format!("制表日期：{next}年1月12日"),
        format!("注：本表数据统计时间为{year}年1月1日至{year}年12月31日"),
        format!("填报日期：{next}/1/15"),
        format!("备注：数据更新于{next}.01.08"),
    ];
    let mut disturbed = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        disturbed.push(line.clone());
        let inside = matches!(line.zone, Zone::Table(_));
        let last = lines.get(index + 1).is_none_or(|next| next.zone != line.zone);
        if inside && rng.chance(if last { 40 } else { 4 }) {
            disturbed.push(Line { zone: line.zone, text: rng.pick(&notes).clone() });
        }
    }
    disturbed
}
