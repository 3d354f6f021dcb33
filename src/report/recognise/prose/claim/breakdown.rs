//! A total with the parts it is said to be made of: 公开信息 37 条，其中政策文件 9 条，通知公告 16 条.
//!
//! A list is opened by 其中, 包括, 分别为 … or by a colon or a bracket right behind a number, goes on as long
//! as clauses count in the same unit, and ends with the sentence, with its bracket, or where the text speaks
//! of something else. The total is the number that the opening refers back to.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::{Clause, pattern};
use crate::report::recognise::prose::number::Number;
use crate::report::{Bound, Claim, ClaimKind, Figure, Sentence, Source, Subject};
use crate::text::Wording;

const UNITS: &str = "件条宗例起份个篇项则次";

/// Words that open a list.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:同时|主要)?(?:其中|包括|包含|含|分别[为是]|涵盖|主要有|内有|具体[为是]|即)(?:包括|包含|有|:|：)?|^在?[^\d]{0,16}(?:信息|申请|事项|件)[之当]?中",
    )
});
/// Outcomes of applications make a list without being announced.
static OUTCOME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[“‘「]?(?:同意公开|予以公开|部分公开|不予公开|无法提供|不予处理|其[他它]处理)"));
/// Words with which the text goes on to something else.
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:已|均|全部|共|累计|合计|总计|办结|答复|回复|上年|本年|全年|20\d\d年|同时|此外|另|目前|截[至止]|按时|依法|未|无|没有|较|比|同比|",
        r"引[发起]|发生|主动公开|我[局县市区镇乡街办委院]|开展|举办|召开|办理|收到|受理)",
    ))
});
static CARRIED: LazyLock<Regex> = LazyLock::new(|| pattern(r"结转|转结|转下|办结"));
static NEW: LazyLock<Regex> = LazyLock::new(|| pattern(r"新收|收到|受理"));
static PLACE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:通过|在|利用|依托|于)"));
/// A list that says of itself that it leaves something out.
static PARTIAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"主要|例如|重点"));

/// Clauses without a number longer than this are no label cut by a comma.
const LONGEST_LABEL: usize = 16;

/// A number that a list may refer back to.
#[derive(Clone, Debug)]
struct Total {
    value: Figure,
    bound: Bound,
    unit: Option<char>,
    source: Source,
    text: String,
    /// Whether it counts what was carried over, and is dealt with beside what came in.
    carried: bool,
}

/// A part of a list.
#[derive(Clone, Debug)]
struct Share {
    value: Figure,
    bound: Bound,
    label: String,
    percent: Option<(Figure, Source)>,
}

/// A list being read.
#[derive(Clone, Debug)]
struct List {
    totals: Vec<Total>,
    opening: String,
    depth: usize,
    placed: Option<bool>,
    partial: bool,
    parts: Vec<Share>,
    unit: Option<char>,
    /// The latest part, which a bracket behind it may take apart.
    latest: Option<Total>,
    /// Whether the text mixes parts and parts of parts.
    muddled: bool,
    /// Whether it takes apart a part of the list around it.
    nested: bool,
    text: String,
}

/// The lists of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Lists that are open, the innermost last.
    open: Vec<List>,
    /// Numbers since the last full stop.
    current: Vec<Total>,
    /// Numbers of the sentence before it.
    previous: Vec<Total>,
    /// Whether the last sentence ended with a full stop.
    ended: bool,
}

impl Lists {
    /// A new paragraph begins.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// The breakdowns that end in this sentence, with their percentages.
    pub(super) fn read(&mut self, clauses: &[Clause], sentence: &Sentence) -> Vec<Claim> {
        let mut claims = Vec::new();
        if std::mem::take(&mut self.ended) {
            self.previous = std::mem::take(&mut self.current);
        }
        let mut before: Option<&Clause> = None;
        for clause in clauses {
            while let Some(list) = self.open.pop_if(|list| clause.depth < list.depth) {
                claims.extend(list.claims(sentence.part));
            }
            self.clause(clause, before, sentence, &mut claims);
            before = Some(clause);
        }
        for list in self.open.iter_mut().filter(|list| !list.text.ends_with(&sentence.text)) {
            list.text.push_str(&sentence.text);
        }
        // A semicolon ends the lists within a list.
        while let Some(list) = self.open.pop_if(|list| list.nested) {
            claims.extend(list.claims(sentence.part));
        }
        if !sentence.text.ends_with(['；', ';']) {
            claims.extend(self.open.drain(..).rev().flat_map(|list| list.claims(sentence.part)));
            self.ended = true;
        }
        claims
    }

    fn clause(&mut self, clause: &Clause, before: Option<&Clause>, sentence: &Sentence, claims: &mut Vec<Claim>) {
        let text = clause.text.trim_start();
        let right_behind =
            before.is_some_and(|before| before.counts().last().is_some_and(|last| before.rest(last).is_empty()));
        let attached =
            right_behind && matches!(clause.opened, Some('：' | ':' | '（')) && clause.counts().next().is_some();
        let said = OPENING.find(text).map(|found| found.as_str());
        let outcome = OUTCOME.is_match(text) && self.open.is_empty();
        let mut opened = false;
        if attached || said.is_some() || outcome {
            let first = clause.counts().next().and_then(|number| number.unit);
            let totals = self.totals(attached);
            // 比2022年（31起）下降: a bracket with nothing but a number is no list.
            if !totals.is_empty() && (first.is_none() || totals.iter().any(|total| are_same(total.unit, first))) {
                let opening = said.map_or_else(|| clause.opened.map(String::from).unwrap_or_default(), str::to_owned);
                // 公众号30条，其中甲20条: what follows are parts of a part. Where they cannot be, the text mixes what
                // belongs together, and neither list is certain.
                if let Some(outer) = self.open.last_mut().filter(|_| !attached) {
                    let first = clause.counts().next().map(|number| number.value);
                    outer.muddled |= first.is_some_and(|first| totals.iter().all(|total| total.value < first));
                }
                let partial = PARTIAL.is_match(text);
                self.open.push(List {
                    totals,
                    opening,
                    depth: clause.depth,
                    placed: None,
                    partial,
                    parts: Vec::new(),
                    unit: None,
                    latest: None,
                    muddled: false,
                    nested: !self.open.is_empty() && !attached,
                    text: String::new(),
                });
                opened = true;
            }
        }
        while !opened
            && self.open.last().is_some_and(|list| list.ends_before(clause))
            && let Some(list) = self.open.pop()
        {
            let nested = list.nested;
            claims.extend(list.claims(sentence.part));
            if !nested {
                break;
            }
        }
        let total = |number: &Number| Total {
            value: number.value,
            bound: number.bound,
            unit: number.unit,
            source: sentence.source(clause.place(&number.chars)),
            text: sentence.text.clone(),
            carried: CARRIED.is_match(&clause.text),
        };
        match self.open.last_mut() {
            // What stands in a bracket of its own is no part.
            Some(list) if clause.depth > list.depth => {}
            Some(list) => {
                list.take(clause, sentence);
                list.latest = clause.counts().last().map(total).or_else(|| list.latest.take());
            }
            None if clause.depth == 0 => self.current.extend(clause.counts().map(total)),
            None => {}
        }
    }

    /// What a list that opens here may refer back to.
    fn totals(&self, attached: bool) -> Vec<Total> {
        if attached || !self.open.is_empty() {
            // A bracket behind a part, or 其中 behind it, lists the parts of that part.
            let nearest = self.open.last().map_or_else(|| self.current.last(), |list| list.latest.as_ref());
            return nearest.cloned().into_iter().collect();
        }
        if self.current.is_empty() { self.previous.clone() } else { self.current.clone() }
    }
}

impl List {
    /// Whether the list is over before `clause`.
    fn ends_before(&self, clause: &Clause) -> bool {
        let text = clause.text.trim_start();
        let Some(first) = clause.counts().next() else {
            let percentage = clause.numbers.iter().any(|number| number.percent) || text.starts_with('占');
            return !percentage && clause.text.chars().count() > LONGEST_LABEL;
        };
        let unlabelled = clause.label_before(first).trim().is_empty() && clause.rest(first).is_empty();
        let carried = CARRIED.is_match(text) && !self.parts.iter().any(|part| NEW.is_match(&part.label));
        let elsewhere = self.placed == Some(false) && PLACE.is_match(text);
        // Where the part makes the list add up, it is one, whatever it is called.
        let sum: Figure = self.parts.iter().map(|part| part.value).sum();
        let reaches =
            |sum: Figure| self.totals.iter().any(|total| are_same(total.unit, first.unit) && total.value == sum);
        let completes = !first.value.is_zero() && reaches(sum + first.value);
        // Where it adds up already, what follows counts something else, or is a part of a part.
        let complete = self.parts.len() > 1 && !first.value.is_zero() && reaches(sum);
        !self.parts.is_empty()
            && !completes
            && (complete || CLOSING.is_match(text) && !is_outcome_label(text) || carried || elsewhere || unlabelled)
    }

    /// Takes in the parts that stand in `clause`.
    fn take(&mut self, clause: &Clause, sentence: &Sentence) {
        let label = OPENING.replace(clause.text.trim_start(), "").into_owned();
        self.muddled |= label.contains("其中");
        if clause.counts().next().is_some() {
            self.placed.get_or_insert_with(|| PLACE.is_match(&label));
        }
        for number in &clause.numbers {
            let source = sentence.source(clause.place(&number.chars));
            if number.percent {
                let share = clause.label_before(number).contains('占');
                if let Some(part) = self.parts.last_mut().filter(|_| share) {
                    part.percent.get_or_insert((number.value, source));
                }
                continue;
            }
            let Some(unit) = number.unit.filter(|&unit| UNITS.contains(unit) || unit == '元') else { continue };
            if !is_same(*self.unit.get_or_insert(unit), unit) {
                continue;
            }
            // 不予公开的4件中2件: a whole with its own parts.
            self.muddled |= clause.rest(number).starts_with('中');
            let before = clause.label_before(number).trim_start_matches('、');
            // 三公经费5条、全年共接到投诉5件: the text has gone on to something else.
            if !self.parts.is_empty() && clause.label_before(number).starts_with('、') && CLOSING.is_match(before) {
                break;
            }
            let label = format!("{before}{}", clause.rest(number));
            self.parts.push(Share { value: number.value, bound: number.bound, label, percent: None });
        }
        self.partial |= clause.text.ends_with('等') || PARTIAL.is_match(&label);
    }

    /// The breakdown, if the list has parts and it is certain what they are parts of.
    fn claims(self, part: u8) -> Vec<Claim> {
        let parts: Vec<Figure> = self.parts.iter().map(|part| part.value).collect();
        let candidates: Vec<&Total> = self.totals.iter().filter(|total| are_same(total.unit, self.unit)).collect();
        let sum: Figure = parts.iter().sum();
        let all: Figure = candidates.iter().map(|total| total.value).sum();
        let money = self.unit == Some('元') && !self.text.contains("处理费");
        if parts.len() < 2 || money || self.muddled || (candidates.len() > 1 && all == sum) {
            return Vec::new();
        }
        let fits = candidates.iter().rfind(|total| total.value == sum);
        let nearest = candidates.iter().rfind(|total| total.value >= sum);
        let largest = candidates.iter().max_by_key(|total| total.value);
        let Some(total) = fits.or(nearest).or(largest) else { return Vec::new() };
        // 收到34件，上年结转2件 … 35 outcomes are outcomes of both.
        if total.value < sum && all >= sum && candidates.iter().any(|total| total.carried) {
            return Vec::new();
        }
        let bound = self.parts.iter().map(|part| part.bound).chain([total.bound]).max().unwrap_or_default();
        let text =
            if self.text.contains(&total.text) { self.text.clone() } else { format!("{}{}", total.text, self.text) };
        let claim = |kind, value, parts, unit: Option<char>, source| Claim {
            kind,
            value,
            parts,
            partial: self.partial,
            unit: unit.map(String::from),
            bound,
            subject: Subject::Unsaid,
            part,
            text: text.clone(),
            reason: Wording::new(
                format!("“{}”列出 {} 的 {} 个分项", self.opening, total.value, self.parts.len()),
                format!("“{}” lists {} parts of {}", self.opening, self.parts.len(), total.value),
            ),
            source,
        };
        let mut claims = vec![claim(ClaimKind::Breakdown, total.value, parts, self.unit, total.source)];
        for share in self.parts.iter().filter(|share| share.bound == Bound::Exact) {
            let Some((percent, source)) = share.percent else { continue };
            // Which of several numbers it is a percentage of is not said: the one that fits.
            let bases = candidates.iter().filter(|base| base.bound == Bound::Exact && base.value >= share.value);
            let distance = |base: &&&Total| {
                let exact = (share.value * Figure::ONE_HUNDRED).checked_div(base.value);
                exact.map_or(Figure::ONE_HUNDRED, |exact| (exact - percent).abs())
            };
            if let Some(base) = bases.min_by_key(distance) {
                claims.push(claim(ClaimKind::Percentage, percent, vec![share.value, base.value], None, source));
            }
        }
        claims
    }
}

/// Whether two units count the same things: 29 例 may be 25 件 and 4 件.
fn is_same(a: char, b: char) -> bool {
    a == b || ["件宗例起", "件条篇则份"].iter().any(|class| class.contains(a) && class.contains(b))
}

fn are_same(a: Option<char>, b: Option<char>) -> bool {
    a.zip(b).is_some_and(|(a, b)| is_same(a, b))
}

/// 办理 … 予以公开3件 and 答复公开3件 are parts all the same.
fn is_outcome_label(text: &str) -> bool {
    OUTCOME.is_match(text)
}
