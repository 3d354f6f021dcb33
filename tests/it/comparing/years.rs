//! Two years of generated agencies: every injected break is named, and nothing else.

use nianshen::report::Digest;

use super::{Inbox, read};
use crate::generate::form::{CARRIED_IN, CARRIED_OUT, NEW};
use crate::generate::layout::Layout;
use crate::generate::{Draft, Recipe};

/// How many agencies.
fn agencies() -> u64 {
    std::env::var("NIANSHEN_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(24)
}

/// Two reports in a row.
struct Years {
    before: Draft,
    now: Draft,
}

impl Years {
    fn draw(seed: u64) -> Self {
        let mut before = Recipe::new(Layout::RowPerLine, 70_000 + seed).draft();
        before.retell();
        let now = before.sequel();
        Self { before, now }
    }

    fn inbox(&self) -> Inbox {
        let year = |draft: &Draft| -> Digest { read(&draft.text()) };
        Inbox::years(year(&self.now), year(&self.before))
    }

    /// Whether a count changes by more than five times, by what the generator knows.
    fn jumps(&self) -> usize {
        let is_jump = |now: usize, before: usize| {
            (now.min(before) >= 20 && (now > 5 * before || before > 5 * now)) || (before >= 100 && now == 0)
        };
        let (now, before) = (&self.now.figures, &self.before.figures);
        let any = |pairs: Vec<(usize, usize)>| usize::from(pairs.into_iter().any(|(now, before)| is_jump(now, before)));
        let stock = now.stock.iter().flatten().zip(before.stock.iter().flatten());
        let decisions = now.decisions.iter().zip(&before.decisions);
        any(stock.chain(decisions).map(|(&now, &before)| (now, before)).collect())
            + any((0..25)
                .filter(|&row| row != CARRIED_IN)
                .map(|row| (now.requests[row][6], before.requests[row][6]))
                .collect())
            + any((0..3).map(|block| (now.disputes[block][4], before.disputes[block][4])).collect())
    }

    /// The codes found, jumps left out: those are held against the generator's own count.
    fn found(&self, what: &str) -> Vec<&'static str> {
        let mut codes = self.inbox().codes();
        let jumps = codes.iter().filter(|code| **code == "CAR006").count();
        assert_eq!(jumps, self.jumps(), "{what}: {}", self.now.text());
        codes.retain(|code| *code != "CAR006");
        codes
    }
}

/// A way to spoil the second year, and what must be found; `None` if these agencies give no occasion.
type Break = fn(&mut Years) -> Option<&'static str>;

/// One application more is carried in than was carried out, and one less received: the table balances.
fn another_carry_over(years: &mut Years) -> Option<&'static str> {
    let requests = &mut years.now.figures.requests;
    let column = (0..6).find(|&column| requests[NEW][column] > 0)?;
    for column in [column, 6] {
        requests[CARRIED_IN][column] += 1;
        requests[NEW][column] -= 1;
    }
    Some("CAR001")
}

/// The carried applications change hands between two applicants.
fn another_applicant(years: &mut Years) -> Option<&'static str> {
    let requests = &mut years.now.figures.requests;
    let from = (0..6).find(|&column| requests[CARRIED_IN][column] > 0)?;
    let to = (0..6).find(|&column| column != from && requests[NEW][column] > 0)?;
    requests[CARRIED_IN][from] -= 1;
    requests[NEW][from] += 1;
    requests[CARRIED_IN][to] += 1;
    requests[NEW][to] -= 1;
    Some("CAR001")
}

fn another_stock(years: &mut Years) -> Option<&'static str> {
    let row = &mut years.now.figures.stock[1];
    (row[2] > 0).then(|| row[2] += 1 + row[2] / 3)?;
    Some("CAR002")
}

fn too_many_repealed(years: &mut Years) -> Option<&'static str> {
    let before = years.before.figures.stock[1][2];
    let row = &mut years.now.figures.stock[1];
    (before > 0).then(|| row[1] = before + row[0] + 1)?;
    Some("CAR003")
}

/// Last year's prose, each figure but the years another, and one word.
fn recycled(years: &mut Years) -> Option<&'static str> {
    let year = years.before.year;
    let retold = |text: &mut String| {
        let mut told = String::new();
        let mut digits = String::new();
        for c in text.chars().chain(['\n']) {
            if c.is_ascii_digit() {
                digits.push(c);
                continue;
            }
            match digits.parse::<usize>() {
                Ok(number) if number == year || number == year + 1 => told += &(number + 1).to_string(),
                Ok(number) if "条件次份".contains(c) => told += &(number + 7).to_string(),
                _ => told += &digits,
            }
            digits.clear();
            told.push(c);
        }
        told.pop();
        *text = told.replace("群众", "公众");
    };
    let mut prose = years.before.prose.clone();
    prose.parts.iter_mut().flatten().chain(&mut prose.preamble).for_each(retold);
    years.now.prose = prose;
    Some("CAR004")
}

/// A sentence with figures in both years, in other words; `shift` tells them apart.
fn accounts(years: &mut Years, shift: usize) {
    let year = years.now.year;
    let (a, b, c) = (120 + year % 7, 1_040 + year % 11, 63 + year % 5);
    years.before.prose.parts[0]
        .push(format!("在{}的网站上登出政策文件{a}条，处理留言{b}件，编发简报{c}期。", year - 1));
    let (a, b, c) = (a + shift, b + shift, c + shift);
    years.now.prose.parts[0].push(format!("网民来信来电{b}件都有回音，上网的政策文件{a}条，另有简报{c}期送到社区。"));
}

fn the_same_figures(years: &mut Years) -> Option<&'static str> {
    accounts(years, 0);
    Some("CAR005")
}

fn in_yuan(years: &mut Years) -> Option<&'static str> {
    let fee = &years.now.figures.fees;
    let shifted: usize = fee.split('.').next().unwrap().parse().unwrap();
    (shifted >= 10).then(|| years.now.figures.fees = format!("{}", shifted * 10_000))?;
    Some("CAR007")
}

const BREAKS: [(&str, Break); 7] = [
    ("carry-over", another_carry_over),
    ("applicant", another_applicant),
    ("stock", another_stock),
    ("repealed", too_many_repealed),
    ("prose", recycled),
    ("figures", the_same_figures),
    ("fee", in_yuan),
];

#[test]
fn two_years_that_carry_over_are_faultless() {
    for seed in 0..agencies() {
        let mut years = Years::draw(seed);
        assert!(years.now.figures.is_balanced());
        assert_eq!(years.now.figures.requests[CARRIED_IN], years.before.figures.requests[CARRIED_OUT]);
        accounts(&mut years, 17);
        assert_eq!(years.found("faultless"), [""; 0], "{}\n{}", years.before.text(), years.now.text());
    }
}

#[test]
fn every_injected_break_is_named() {
    for (what, inject) in BREAKS {
        let mut injected = 0;
        for seed in 0..agencies() {
            let mut years = Years::draw(seed);
            let Some(code) = inject(&mut years) else { continue };
            years.now.retell();
            injected += 1;
            assert_eq!(years.found(what), [code], "{what} {seed}\n{}\n{}", years.before.text(), years.now.text());
        }
        assert!(injected * 4 > agencies(), "{what} was injected {injected} times");
    }
}
