//! The report of the following year: it carries on what the first carried out, its stock rolls on, its prose is new.

use super::Draft;
use super::figures::Figures;
use super::form::{CARRIED_IN, CARRIED_OUT, NEW, TOTAL};
use super::layout::{self, Layout};
use super::noise::Noise;
use super::prose::Prose;
use super::rng::Rng;
use super::tables::Tables;

/// The row of what was granted: where there is more to carry in than was handled, this much more was granted.
const GRANTED: usize = 2;

impl Draft {
    /// What the same agency reports a year later.
    pub(crate) fn sequel(&self) -> Self {
        let rng = self.rng.fork("sequel");
        let year = self.year + 1;
        let figures = following(&self.figures, &mut rng.fork("figures"));
        let prose = Prose::draw(&mut rng.fork("prose"), &self.agency, year, &figures);
        let mut next = Self { year, figures, prose, rng, ..self.clone() };
        next.retell();
        next
    }

    /// Writes title and tables anew after a change of the year or the figures.
    pub(crate) fn retell(&mut self) {
        self.title = vec![format!("{}{}年政府信息公开工作年度报告", self.agency.name, self.year)];
        self.tables = Tables::of(&self.figures);
        self.mutated.expected = self.tables.expected();
    }

    /// As a text file, a row of a table on each line.
    pub(crate) fn text(&self) -> String {
        let mut tables = self.tables.clone();
        let rendered =
            layout::render(Layout::RowPerLine, &self.title, &self.prose, &mut tables, Noise::Quiet, &self.rng);
        rendered.lines.iter().map(|line| line.text.clone() + "\n").collect()
    }
}

/// Figures of the year after `before`.
fn following(before: &Figures, rng: &mut Rng) -> Figures {
    let mut next = before.clone();
    let mut near = |count: usize| count * rng.between(60, 150) / 100;
    for (row, old) in next.stock.iter_mut().zip(&before.stock) {
        let made = near(old[0]);
        let repealed = near(old[1]).min(old[2] + made);
        *row = [made, repealed, old[2] + made - repealed];
    }
    next.decisions = before.decisions.map(&mut near);
    next.fees = fee(&before.fees, &mut near);
    for column in 0..6 {
        let mut handled = 0;
        for row in GRANTED..TOTAL {
            next.requests[row][column] = near(before.requests[row][column]);
            handled += next.requests[row][column];
        }
        let carried_in = before.requests[CARRIED_OUT][column];
        let carried_out = near(carried_in);
        let lacking = carried_in.saturating_sub(handled + carried_out);
        next.requests[GRANTED][column] += lacking;
        next.requests[TOTAL][column] = handled + lacking;
        next.requests[CARRIED_IN][column] = carried_in;
        next.requests[CARRIED_OUT][column] = carried_out;
        next.requests[NEW][column] = handled + lacking + carried_out - carried_in;
    }
    for row in &mut next.requests {
        row[6] = row[..6].iter().sum();
    }
    for block in &mut next.disputes {
        for cell in &mut block[..4] {
            *cell = near(*cell);
        }
        block[4] = block[..4].iter().sum();
    }
    next
}

/// A fee near `before`, with as many decimals.
fn fee(before: &str, near: &mut impl FnMut(usize) -> usize) -> String {
    let decimals = before.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let digits: usize = before.replace('.', "").parse().unwrap();
    let mut text = format!("{:0width$}", near(digits), width = decimals + 1);
    if decimals > 0 {
        text.insert(text.len() - decimals, '.');
    }
    text
}
