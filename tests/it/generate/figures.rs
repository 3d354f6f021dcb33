//! Balanced figures for the three tables.

use super::form::{CARRIED_IN, CARRIED_OUT, FIRST_RESULT, LAST_RESULT, NEW, TOTAL};
use super::rng::Rng;

/// How much business the agency had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// Nothing but zeros in tables three and four.
    Idle,
    /// A handful of applications.
    Sparse,
    /// Tens.
    Medium,
    /// Thousands.
    Large,
}

impl Size {
    pub(crate) fn draw(rng: &mut Rng) -> Self {
        *rng.pick(&[Self::Idle, Self::Sparse, Self::Sparse, Self::Medium, Self::Medium, Self::Large])
    }
}

/// The truth of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figures {
    /// 规章 and 行政规范性文件: 制发, 废止, 现行有效.
    pub(crate) stock: [[usize; 3]; 2],
    /// 许可, 处罚, 强制.
    pub(crate) decisions: [usize; 3],
    /// Fees as printed, with 0 to 6 decimals.
    pub(crate) fees: String,
    /// Table of part three, row by row.
    pub(crate) requests: [[usize; 7]; 25],
    /// Table of part four, block by block.
    pub(crate) disputes: [[usize; 5]; 3],
}

impl Figures {
    /// Figures that satisfy every relation of the form.
    pub(crate) fn draw(rng: &mut Rng, size: Size, makes_rules: bool) -> Self {
        let mut stock = [[0; 3]; 2];
        for (kind, row) in stock.iter_mut().enumerate() {
            if (kind == 1 || makes_rules) && size != Size::Idle {
                let (made, repealed, kept) = (rng.skewed(30), rng.skewed(12), rng.skewed(200));
                *row = [made, repealed, made + kept];
            }
        }
        let most = match size {
            Size::Idle => 3,
            Size::Sparse => 60,
            Size::Medium => 2_000,
            Size::Large => 9_000_000,
        };
        Self {
            stock,
            decisions: [0; 3].map(|_| if rng.chance(30) { 0 } else { rng.skewed(most) }),
            fees: fees(rng, size),
            requests: requests(rng, size),
            disputes: disputes(rng, size),
        }
    }

    /// Whether R1 to R4 hold.
    pub(crate) fn is_balanced(&self) -> bool {
        let r = &self.requests;
        let columns = (0..7).all(|c| {
            let handled: usize = (FIRST_RESULT..=LAST_RESULT).map(|row| r[row][c]).sum();
            r[TOTAL][c] == handled && r[NEW][c] + r[CARRIED_IN][c] == r[TOTAL][c] + r[CARRIED_OUT][c]
        });
        let rows = r.iter().all(|row| row[..6].iter().sum::<usize>() == row[6]);
        columns && rows && self.disputes.iter().all(|block| block[..4].iter().sum::<usize>() == block[4])
    }
}

fn fees(rng: &mut Rng, size: Size) -> String {
    if size == Size::Idle || rng.chance(35) {
        return if rng.chance(85) { "0".to_owned() } else { "0.00".to_owned() };
    }
    let whole = if size == Size::Large { rng.skewed(400_000) } else { rng.skewed(900) };
    let mut text = whole.to_string();
    let places = rng.below(7);
    if places > 0 {
        text.push('.');
        for _ in 0..places {
            text.push(char::from(b'0' + u8::try_from(rng.below(10)).unwrap()));
        }
    }
    text
}

fn requests(rng: &mut Rng, size: Size) -> [[usize; 7]; 25] {
    let mut table = [[0; 7]; 25];
    if size == Size::Idle {
        return table;
    }
    for c in 0..6 {
        // Citizens ask most; institutes and law firms hardly ever do.
        let (applicant_present, most) = match (size, c) {
            (Size::Sparse, 0) => (90, 3),
            (Size::Sparse, _) => (20, 2),
            (Size::Medium, 0) => (100, 40),
            (Size::Medium, 1) => (70, 9),
            (Size::Medium, _) => (40, 4),
            (_, 0) => (100, 2_500),
            (_, 1) => (95, 300),
            (_, _) => (75, 40),
        };
        if !rng.chance(applicant_present) {
            continue;
        }
        let row_present = if size == Size::Sparse { 12 } else { 55 };
        let mut handled = 0;
        for row in table.iter_mut().take(LAST_RESULT + 1).skip(FIRST_RESULT) {
            if rng.chance(row_present) {
                row[c] = rng.skewed(most);
                handled += row[c];
            }
        }
        let carried_out = if rng.chance(50) { rng.skewed(most) } else { 0 };
        let carried_in = if rng.chance(50) { rng.below((handled + carried_out).min(most) + 1) } else { 0 };
        table[TOTAL][c] = handled;
        table[CARRIED_OUT][c] = carried_out;
        table[CARRIED_IN][c] = carried_in;
        table[NEW][c] = handled + carried_out - carried_in;
    }
    for row in &mut table {
        row[6] = row[..6].iter().sum();
    }
    table
}

fn disputes(rng: &mut Rng, size: Size) -> [[usize; 5]; 3] {
    let (present, most) = match size {
        Size::Idle => (0, 0),
        Size::Sparse => (15, 2),
        Size::Medium => (40, 8),
        Size::Large => (80, 120),
    };
    [[0; 5]; 3].map(|mut block| {
        for cell in &mut block[..4] {
            if rng.chance(present) {
                *cell = rng.skewed(most);
            }
        }
        block[4] = block[..4].iter().sum();
        block
    })
}
