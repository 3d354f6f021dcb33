//! 同比: a percentage of change where both the figure and last year's are stated.
//!
//! 收到464件，同比增长12%，上年413件; 较2022年（31起）下降29%; 增加51件，增长12.3%. Where last year's figure is not stated
//! nothing is said: what the percentage is taken of is then unknown.

use std::sync::LazyLock;

use super::{Clause, Reporter, object, pattern};
use crate::report::recognise::prose::number::Number;
use crate::report::{Bound, Claim, ClaimKind, Figure, Sentence, Subject};
use crate::text::Wording;
use crate::text::pattern::Regex;

/// A change, right before its percentage.
static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<up>增长|增加|上升|提高|提升|增幅|上涨|多)?(?P<down>下降|减少|降低|回落|降幅|下滑)?(?:了|率|幅度|为|达到?|[:：])*$",
    )
});
/// Words that make a number one of the year before.
static BEFORE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:上一?年度?|去年|上年度?同期|去年同期|(?P<year>20\d\d)年度?)(?:同期|全年)?"));
/// What was left over, or compared only.
static NOT_BASE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"结转|转结|遗留|转入|转办|增[加长幅]|减少|下降|上升|[较比][^\d]*$"));
/// A number of change: 增加51件, 减少3件.
static STEP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:(?P<up>增加|增长|多|新增)|(?P<down>减少|下降|少))(?:了|申请|信息|数量|为)*$"));
/// Comparison with the year before.
static COMPARED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"同比|(?:[较比与]|相比|对比)[^，]{0,4}(?:上一?年|去年|同期|20\d\d年)"));
/// Comparison with what is not the year before.
static OTHERWISE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"环比|上[个半]|季度|月|翻|率(?:同比|较上?去?年)?(?:增|上升|提|下降|降)"));

/// A number that a percentage of change may be about.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Candidate {
    value: Figure,
    unit: char,
    /// Whether its clause speaks of applications for information.
    applications: bool,
}

/// What a paragraph has said of this year and the year before.
#[derive(Debug, Default)]
pub(super) struct Growth {
    bases: Vec<Candidate>,
}

/// A percentage of change with the numbers of its sentence.
struct Change {
    percent: Figure,
    source: crate::report::Source,
    /// The numbers before it, the nearest last.
    currents: Vec<Candidate>,
    /// Whether the sentence itself says that it is a comparison with the year before.
    compared: bool,
    /// What it changed by, if said: 增加51件.
    step: Option<(Figure, char)>,
}

impl Growth {
    /// A new paragraph begins.
    pub(super) fn forget(&mut self) {
        self.bases.clear();
    }

    /// The percentages of change in `sentence` whose base is known.
    pub(super) fn read(&mut self, clauses: &[Clause], sentence: &Sentence, reporter: &Reporter<'_>) -> Vec<Claim> {
        let mut changes: Vec<Change> = Vec::new();
        let mut currents: Vec<Candidate> = Vec::new();
        let (mut compared, mut step, mut about) = (false, None, false);
        for (index, clause) in clauses.iter().enumerate() {
            about |= object::is_subject(&clause.text);
            compared |= COMPARED.is_match(&clause.text);
            for number in &clause.numbers {
                let label = prefix(clause, number);
                if number.percent {
                    let sign =
                        sign(&CHANGED, label).filter(|_| number.bound == Bound::Exact && !OTHERWISE.is_match(label));
                    changes.extend(sign.map(|sign| Change {
                        percent: number.value * sign,
                        source: sentence.source(clause.place(&number.chars)),
                        currents: currents.clone(),
                        compared,
                        step: step.take(),
                    }));
                    continue;
                }
                let Some(unit) = number.unit.filter(|_| number.bound == Bound::Exact) else { continue };
                let candidate = Candidate { value: number.value, unit, applications: about };
                if let Some(sign) = sign(&STEP, label).filter(|_| compared) {
                    step = Some((candidate.value * sign, unit));
                } else if is_base(clauses, index, label, reporter) {
                    self.bases.push(candidate);
                } else if clause.depth == 0 && !NOT_BASE.is_match(label) {
                    currents.push(candidate);
                }
            }
        }
        changes.into_iter().filter_map(|change| self.claim(&change, sentence)).collect()
    }

    fn claim(&self, change: &Change, sentence: &Sentence) -> Option<Claim> {
        let stepped = change.step.into_iter().flat_map(|(step, unit)| {
            let nearest = change.currents.iter().rev().filter(move |current| current.unit == unit);
            nearest.map(move |current| (current.value, current.value - step))
        });
        let stated = self.bases.iter().flat_map(|base| {
            let comparable =
                move |current: &&Candidate| current.unit == base.unit && current.applications == base.applications;
            change.currents.iter().rev().filter(comparable).map(|current| (current.value, base.value))
        });
        if !change.compared && self.bases.is_empty() {
            return None;
        }
        // Which of several numbers it is about is not said: those that fit.
        let distance = |&(current, base): &(Figure, Figure)| {
            let exact = ((current - base) * Figure::ONE_HUNDRED).checked_div(base);
            exact.map_or(Figure::MAX, |exact| (exact - change.percent).abs())
        };
        let (current, base) = stepped.chain(stated).filter(|&(_, base)| base > Figure::ZERO).min_by_key(distance)?;
        Some(Claim {
            kind: ClaimKind::YearOnYear,
            value: change.percent,
            parts: vec![current, base],
            partial: false,
            unit: None,
            bound: Bound::Exact,
            subject: Subject::Unsaid,
            part: sentence.part,
            text: sentence.text.clone(),
            reason: Wording::new(
                format!("本年 {current}，上年 {base}，文字写明了变化的百分比"),
                format!("{current} this year and {base} last year, with a percentage of change"),
            ),
            source: change.source,
        })
    }
}

/// What stands before the number, back to what was counted before it; a year between is a part of it.
fn prefix<'a>(clause: &'a Clause, number: &Number) -> &'a str {
    let counted = |other: &&Number| (other.unit.is_some() || other.percent) && other.chars.end <= number.chars.start;
    let start = clause.numbers.iter().rfind(counted).map_or(0, |other| clause.byte_at(other.chars.end));
    &clause.text[start..clause.byte_at(number.chars.start)]
}

/// Whether a change is upwards or downwards, by the words right before its number.
fn sign(words: &Regex, label: &str) -> Option<Figure> {
    let found = words.captures(label)?;
    match (found.name("up").is_some(), found.name("down").is_some()) {
        (true, false) => Some(Figure::ONE),
        (false, true) => Some(Figure::NEGATIVE_ONE),
        _ => None,
    }
}

/// Whether a number with `label` before it, in the clause at `index`, is the year before's.
fn is_base(clauses: &[Clause], index: usize, label: &str, reporter: &Reporter<'_>) -> bool {
    let clause = &clauses[index];
    let is_year_before = |text: &str| {
        BEFORE.captures_iter(text).last().is_some_and(|found| {
            let year = found.name("year").and_then(|year| year.as_str().parse::<i32>().ok());
            year.is_none_or(|year| reporter.year.is_some_and(|own| year == own - 1))
        })
    };
    // 较2022年（31起）下降29%: the number in brackets is what is compared with.
    let in_brackets = clause.opened == Some('（') && label.is_empty();
    let text = if in_brackets { index.checked_sub(1).map_or("", |before| &clauses[before].text) } else { label };
    is_year_before(text)
        && (in_brackets && text.ends_with(['年', '度', '期']) || !NOT_BASE.is_match(text))
        && !text.contains("结转")
}
