//! One list of parts being read, and the breakdown it makes.

use std::sync::LazyLock;

use super::{CARRIED, Clause, NEW, OPENING, PARTIAL, is_outcome_label, pattern};
use crate::report::{Bound, Claim, ClaimKind, Figure, Sentence, Source, Subject};
use crate::text::Wording;
use crate::text::pattern::Regex;

const UNITS: &str = "件条宗例起份个篇项则次";
/// What is counted besides, and never adds up with it.
const OTHER_UNITS: [char; 8] = ['期', '人', '场', '家', '部', '张', '幅', '批'];
/// Words with which the text goes on to something else.
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:已|均|全部|共|累计|合计|总计|办结|答复|回复|上年|本年|全年|20\d\d年|同时|此外|另|目前|截[至止]|按时[^公发]|依法[^公发]|未|无|没有|较|比|同比|",
        r"引[发起]|发生|主动公开|我[局县市区镇乡街办委院]|开展|举办|召开|办理|收到|受理)",
    ))
});
static PLACE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:通过|在|利用|依托|于)"));
/// The name of another place, from which on the text counts anew.
static OTHER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:网站|专栏|平台|公众号|微博|抖音号?|视频号)$"));
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:发布|公开|更新|推送|刊发|编发|转[发载])"));

/// Clauses without a number longer than this are no label cut by a comma.
const LONGEST_LABEL: usize = 16;

/// A number that a list may refer back to.
#[derive(Clone, Debug)]
pub(super) struct Total {
    pub(super) value: Figure,
    pub(super) bound: Bound,
    pub(super) unit: Option<char>,
    pub(super) source: Source,
    pub(super) text: String,
    /// Whether it counts what was carried over, and is dealt with beside what came in.
    pub(super) carried: bool,
    /// Whether it counts what came in the year before.
    pub(super) from_before: bool,
    /// Whether it counts cases of dispute, which the outcomes of applications are no parts of.
    pub(super) dispute: bool,
    /// Whether it counts what came in and nothing else.
    pub(super) received: bool,
    /// Whether it is a part of a list itself: what adds up to it, and nothing else, takes it apart.
    pub(super) part: bool,
}

/// A part of a list.
#[derive(Clone, Debug)]
pub(super) struct Share {
    pub(super) value: Figure,
    pub(super) bound: Bound,
    pub(super) label: String,
    pub(super) percent: Option<(Figure, Source)>,
}

/// A list being read.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub(super) totals: Vec<Total>,
    pub(super) opening: String,
    pub(super) depth: usize,
    pub(super) placed: Option<bool>,
    pub(super) partial: bool,
    pub(super) parts: Vec<Share>,
    pub(super) unit: Option<char>,
    /// The latest part, which a bracket behind it may take apart.
    pub(super) latest: Option<Total>,
    /// Whether the text mixes parts and parts of parts.
    pub(super) muddled: bool,
    /// Whether it may take apart something else than the totals before it, unless it adds up.
    pub(super) unsure: bool,
    /// Whether something counted in another unit has been passed over, and whether the list has gone on behind it.
    pub(super) loose: bool,
    pub(super) goes_on_loose: bool,
    /// Whether it takes apart a part of the list around it.
    pub(super) nested: bool,
    /// Whether a part has just been remarked upon at length: what follows is a part only where it makes the list add up.
    pub(super) remarked: bool,
    pub(super) text: String,
}

impl List {
    /// The parts added up.
    pub(super) fn sum(&self) -> Figure {
        self.parts.iter().map(|part| part.value).sum()
    }

    /// Whether the parts add up to what they are parts of.
    pub(super) fn adds_up(&self) -> bool {
        let sum = self.sum();
        self.totals.iter().any(|total| are_same(total.unit, self.unit) && total.value == sum)
    }

    /// Whether its latest part has been remarked upon at length.
    pub(super) const fn is_remarked(&self) -> bool {
        self.remarked
    }

    /// Whether the list is over before `clause`.
    pub(super) fn ends_before(&mut self, clause: &Clause) -> bool {
        let text = clause.text.trim_start();
        let Some(first) = clause.counts().next() else {
            // 发布规章1件；交通专栏，发布33条: the text goes on to another place.
            if !self.parts.is_empty() && self.placed == Some(false) && clause.begins_anew() && OTHER.is_match(text) {
                return true;
            }
            let percentage = clause.numbers.iter().any(|number| number.percent) || text.starts_with('占');
            let long = !percentage && clause.text.chars().count() > LONGEST_LABEL;
            self.remarked |= long && !self.parts.is_empty();
            return long && self.parts.is_empty();
        };
        let unlabelled = clause.label_before(first).trim().is_empty() && clause.rest(first).is_empty();
        let carried = CARRIED.is_match(text) && !self.parts.iter().any(|part| NEW.is_match(&part.label));
        let elsewhere = self.placed == Some(false) && PLACE.is_match(text);
        // Where the part makes the list add up, it is one, whatever it is called.
        let sum = self.sum();
        let reaches =
            |sum: Figure| self.totals.iter().any(|total| are_same(total.unit, first.unit) && total.value == sum);
        let completes = !first.value.is_zero() && reaches(sum + first.value);
        // Where it adds up already, what follows counts something else, or is a part of a part.
        let and = text.starts_with("以及") || text.starts_with('另');
        let remarked = std::mem::take(&mut self.remarked);
        let complete = (self.parts.len() > 1 || and) && !first.value.is_zero() && reaches(sum);
        // 承办建议15件，其中主办4件；提案57件，其中主办11件: a number beyond the total after a semicolon is another total.
        let beyond = clause.begins_anew()
            && self.totals.iter().all(|total| !are_same(total.unit, first.unit) || total.value < first.value);
        // …，其中动态102条；发布公告1条: where the parts are not told with a verb, one opens something new.
        let anew = clause.begins_anew()
            && PUBLISHED.is_match(text)
            && self.parts.first().is_some_and(|part| !PUBLISHED.is_match(part.label.trim()));
        !self.parts.is_empty()
            && !completes
            && (complete
                || beyond
                || remarked
                || anew
                || CLOSING.is_match(text) && !is_outcome_label(text)
                || carried
                || elsewhere
                || unlabelled)
    }

    /// Takes in the parts that stand in `clause`.
    pub(super) fn take(&mut self, clause: &Clause, sentence: &Sentence) {
        let opening = if self.parts.is_empty() { OPENING.find(&clause.text).map_or(0, |found| found.end()) } else { 0 };
        let within = clause.char_at(opening);
        let label = OPENING.replace(clause.text.trim_start(), "").into_owned();
        self.muddled |= label.contains("其中");
        if clause.counts().next().is_some() {
            self.placed.get_or_insert_with(|| PLACE.is_match(&label));
        }
        for number in clause.numbers.iter().filter(|number| number.chars.start >= within) {
            // 政策25篇、数据11期: what is counted in another unit is left out of the sum.
            let other = |unit: char| self.unit.is_some_and(|own| !is_same(own, unit)) && unit != '元';
            let uncounted = number.unit.is_none() && clause.rest(number).starts_with(OTHER_UNITS);
            self.loose |= uncounted || (number.unit.is_some_and(other) && !self.parts.is_empty());
            let source = sentence.source(clause.place(&number.chars));
            if number.percent {
                let share = clause.label_before(number).contains('占');
                if let Some(part) = self.parts.last_mut().filter(|_| share) {
                    part.percent.get_or_insert((number.value, source));
                }
                continue;
            }
            // 部分公开67，占4.61%: the unit may be left out where others have it.
            let bare = self.unit.filter(|_| !self.parts.is_empty() && clause.is_bare(number));
            let Some(unit) = number.unit.or(bare).filter(|&unit| UNITS.contains(unit) || unit == '元') else {
                continue;
            };
            if !is_same(*self.unit.get_or_insert(unit), unit) {
                continue;
            }
            // 不予公开的4件中2件: a whole with its own parts.
            self.muddled |= clause.rest(number).starts_with('中');
            let before = clause.label_before(number).trim_start_matches('、');
            // 三公经费5条、全年共接到投诉5件: the text has gone on to something else, unless it makes the list add up.
            let rest = clause.counts().filter(|other| other.chars.start >= number.chars.start);
            let rest: Figure = rest
                .filter(|other| other.unit.is_some_and(|unit| is_same(self.unit.unwrap_or(unit), unit)))
                .map(|other| other.value)
                .sum();
            let so_far = self.sum();
            let adds_up = self.totals.iter().any(|total| total.value == so_far + rest);
            if !adds_up
                && !self.parts.is_empty()
                && clause.label_before(number).starts_with('、')
                && CLOSING.is_match(before)
                && !is_outcome_label(before)
            {
                break;
            }
            let label = format!("{before}{}", clause.rest(number));
            // 被省级媒体采用9条: what became of some of it, and no part beside others.
            self.muddled |= before.trim_start_matches("其中").starts_with('被');
            self.goes_on_loose |= self.loose;
            self.parts.push(Share { value: number.value, bound: number.bound, label, percent: None });
        }
        self.partial |= clause.text.ends_with('等') || PARTIAL.is_match(&label);
    }

    /// The breakdown, if the list has parts and it is certain what they are parts of.
    pub(super) fn claims(self, part: u8) -> Vec<Claim> {
        let parts: Vec<Figure> = self.parts.iter().map(|part| part.value).collect();
        let candidates: Vec<&Total> = self.totals.iter().filter(|total| are_same(total.unit, self.unit)).collect();
        let sum: Figure = parts.iter().sum();
        let all: Figure = candidates.iter().filter(|total| !total.part).map(|total| total.value).sum();
        let money = self.unit == Some('元') && !self.text.contains("处理费");
        // 收到317件，上年结转3件。其中予以公开184件，…: outcomes that add up to neither are outcomes of both.
        let outcomes = self.parts.iter().filter(|part| is_outcome_label(part.label.trim())).count() > 1;
        let both = outcomes && candidates.iter().any(|total| total.from_before && !total.value.is_zero());
        // 网站754条，新媒体2808条。其中微信1205条，微博12984条: more than any of several totals takes none of them apart.
        let own = candidates.iter().filter(|total| !total.part);
        let ambiguous = own.clone().count() > 1 && own.clone().all(|total| total.value < sum && !total.carried);
        if parts.len() < 2
            || ambiguous
            || (both && candidates.iter().all(|total| total.value != sum || total.received))
            || money
            || self.muddled
            || ((self.unsure || self.goes_on_loose) && !self.adds_up())
            || (candidates.iter().filter(|total| !total.part).count() > 1 && all == sum && !sum.is_zero())
        {
            return Vec::new();
        }
        // 收到5件，上年结转0件，其中予以公开0件: parts of nothing are parts of what came in, and not of the nearest zero.
        let aside = |total: &Total| total.carried || (total.dispute && !self.text.contains("维持"));
        let candidates: Vec<&Total> = match candidates.iter().copied().filter(|total| !aside(total)).collect::<Vec<_>>()
        {
            own if sum.is_zero() && !own.is_empty() => own,
            _ => candidates,
        };
        let bases = candidates.clone();
        let fits = candidates.iter().rfind(|total| total.value == sum && !(total.part && sum.is_zero()));
        let candidates: Vec<&Total> = candidates.iter().copied().filter(|total| !total.part).collect();
        let nearest = candidates.iter().rfind(|total| total.value >= sum);
        let largest = candidates.iter().max_by_key(|total| total.value);
        let Some(total) = fits.or(nearest).or(largest) else { return Vec::new() };
        // 公开73条，其中网站73条，公众号73条: all of it in each place, and no parts.
        if !total.value.is_zero() && parts.iter().filter(|part| **part == total.value).count() > 1 {
            return Vec::new();
        }
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
            let bases = bases.iter().filter(|base| base.bound == Bound::Exact && base.value >= share.value);
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
pub(super) fn is_same(a: char, b: char) -> bool {
    a == b || ["件宗例起", "件条篇则份"].iter().any(|class| class.contains(a) && class.contains(b))
}

pub(super) fn are_same(a: Option<char>, b: Option<char>) -> bool {
    a.zip(b).is_some_and(|(a, b)| is_same(a, b))
}
