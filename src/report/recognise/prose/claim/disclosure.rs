//! Information disclosed proactively: the total of the year.

mod found;
mod place;

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use self::found::Found;
use self::place::{
    ALL_PLACES, BY, CHANNEL, OTHER_PLACE, PUBLICATION, Place, is_beside, names_account, names_place_only,
};
use super::scope::{self, Scope};
use super::{Clause, Reason, Reporter, Stated, pattern};
use crate::report::recognise::prose::number::Number;
use crate::report::recognise::prose::sentence::Setting;
use crate::report::{Bound, Claim, ClaimKind, Figure, Sentence, Subject, Topic};

const UNITS: &str = "条件篇份则";

static PROACTIVELY: LazyLock<Regex> = LazyLock::new(|| pattern(r"主动公开|主动公布|主动发布|主动.{0,4}向社会公[开布]"));
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| pattern(r"公开|发布|公布|公示|刊发|更新|上传|推送"));
static TOTAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"总数|总量|总计|共计|合计|累计|共"));
/// The count of what was disclosed proactively, even where it is one of several counts.
static COUNT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"主动公开(?:政府|政务)?信息的?(?:总?数量?|条数|总量)(?:共?[为是有计]|共计)?$"));
/// Words that make 累计 count the year.
static THIS_YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"全年|本年|今年|年度[^报]|20\d\d年(?:[^底末1-9]|1月1日)|12月31日"));
/// What all of it is said to be, in so many words.
static ALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"共|累计|合计|总计|总数|全年|年度|本年"));

/// A number that may be the total.
#[derive(Debug)]
struct Candidate {
    /// The less, the likelier.
    rank: u8,
    claim: Claim,
    /// Where it counts what was published in one place: that place.
    one_place: Option<Place>,
    /// Whether it says that it counts all kinds of what the site carries.
    all_kinds: bool,
}

/// The totals read so far.
#[derive(Debug, Default)]
pub(super) struct Totals {
    candidates: Vec<Candidate>,
    /// Clauses that count what was published in one place or another.
    places: Vec<Place>,
    /// Number of paragraphs, and of sentences, so far.
    flow: usize,
    sentence: usize,
    /// Whether the paragraph speaks of the year.
    this_year: bool,
    /// Whether the sentence goes on with a list that the one before it, which ended with a semicolon, began.
    listing: bool,
    /// What that list has counted so far.
    listed: Figure,
    /// Whether it lists places.
    listed_places: bool,
    /// The numbers of the text since its last full stop.
    since: Vec<Number>,
}

impl Totals {
    /// Looks for totals in a sentence.
    pub(super) fn read(&mut self, clauses: &[Clause], sentence: &Sentence, setting: &Setting, reporter: &Reporter<'_>) {
        if !matches!(sentence.part, 0..=2) {
            return;
        }
        self.flow += usize::from(setting.opens_paragraph);
        self.this_year = (self.this_year && !setting.opens_paragraph) || THIS_YEAR.is_match(&sentence.text);
        self.sentence += 1;
        let said =
            || sentence.text.contains("公开") || (sentence.text.contains("信息") && ALL.is_match(&sentence.text));
        let untold = setting.topics.is_empty() && said();
        let about =
            untold || setting.topics.contains(&Topic::ProactiveDisclosure) || PROACTIVELY.is_match(&sentence.text);
        let other = !setting.topics.is_empty() && !setting.topics.contains(&Topic::ProactiveDisclosure);
        let mut scope = Scope::listing(self.listing);
        let (mut by_channel, mut by_account, mut account) = (false, false, false);
        for (index, clause) in clauses.iter().enumerate() {
            scope.advance(clause, reporter);
            // 网站发布53篇，其中动态53篇；公众号发布158条: what the list has no room for is no part of it.
            scope.subset &= !self.is_beyond_list(clause, scope.subset);
            let text = &clause.text;
            // What a clause says that counts nothing itself holds for the next; what it counts is its own.
            let uncounted = clause.counts().next().is_none();
            by_channel |= uncounted && CHANNEL.is_match(text) && BY.is_match(text);
            by_account |= uncounted && OTHER_PLACE.is_match(text);
            let channel = by_channel || (!uncounted && CHANNEL.is_match(text));
            let other_place = by_account || (!uncounted && OTHER_PLACE.is_match(text));
            // 网站公开97条，公众号321条: the verb is left out.
            let elliptic = index > 0 && !self.places.is_empty() && names_place_only(clause);
            // 通过公众号发布图文，内容有动态、会议等共30篇: the number comes later.
            let belated = account
                && clause.counts().next().is_some_and(|number| {
                    let label = clause.label_before(number);
                    TOTAL.is_match(label) || PUBLICATION.is_match(label)
                });
            account = names_account(clause) || (account && !belated);
            if belated || (!scope.subset && (is_beside(clause) || elliptic)) {
                let at = (self.flow, self.sentence, clause.offset());
                self.places.push(Place::of(clause, at));
                // 网站发布信息208条、公众号发布信息196条: two places in one clause.
                let rest = clause.counts().next().map_or("", |first| clause.rest(first));
                if clause.counts().nth(1).is_some() && (CHANNEL.is_match(rest) || OTHER_PLACE.is_match(rest)) {
                    self.places.push(Place { at: (at.0, at.1, at.2 + 1), account: true });
                }
            }
            let listed: Figure = clause.counts().filter(|_| clause.depth == 0).map(|number| number.value).sum();
            if scope.subset && self.listed.is_zero() {
                self.listed_places = CHANNEL.is_match(text) || OTHER_PLACE.is_match(text);
            }
            self.listed = if scope.subset { self.listed + listed } else { Figure::ZERO };
            if !scope.is_own_year() || clause.depth > 0 {
                continue;
            }
            for number in clause.counts().filter(|number| is_counted(clause, number)) {
                let counted = COUNT.is_match(clause.label_before(number));
                let Some(found) = Found::read(clause, number, reporter).filter(|_| counted || !scope.subset) else {
                    continue;
                };
                // 政策公开17条 does not say that this is all; 发布共105条 does.
                let unsaid = found.vague && !TOTAL.is_match(&found.head);
                // 本年度共公开政府信息3030条 says so wherever it stands.
                let before = &text[..clause.byte_at(number.chars.start)];
                let stray = other && !found.vague && !channel && ALL.is_match(before) && !before.contains("申请");
                if !found.strong && !stray && (!about || other || unsaid) {
                    continue;
                }
                // 行政许可公开信息0条 is one item of a list.
                if number.value.is_zero() && !found.strong {
                    continue;
                }
                let Some(subject) = scope::subject(&text[..found.subject_end], reporter) else { continue };
                // 通过多种渠道 says nothing of a clause that names a place of its own.
                let own_place = CHANNEL.is_match(&text[..found.verb.0]) && !ALL_PLACES.is_match(text);
                let everywhere = !own_place && clauses[..=index].iter().any(|clause| ALL_PLACES.is_match(&clause.text));
                let account = other_place && !clauses[..=index].iter().any(|clause| clause.text.contains("网站"));
                let elsewhere =
                    account || OTHER_PLACE.is_match(&text[..found.verb.0]) || OTHER_PLACE.is_match(&found.head);
                if elsewhere && !everywhere {
                    continue;
                }
                // 截至2019年底累计公开64627条 may count from the beginning: what is said of the year goes before.
                let ever = text.contains("累计")
                    && (!self.this_year || ["截至", "截止"].iter().any(|word| sentence.text.contains(word)));
                let rank = u8::from(ever)
                    + u8::from(stray && !found.strong) * 8
                    + u8::from(!found.strong) * 4
                    + u8::from(found.vague) * 2
                    + u8::from(channel && !everywhere)
                    + u8::from(!found.strong && !TOTAL.is_match(&text[..clause.byte_at(number.chars.start)]));
                let reason = Reason::verb(&text[found.verb.0..found.verb.1]).of(Some("信息").filter(|_| !found.vague));
                let stated = Stated::number(ClaimKind::ProactiveTotal, clause, number, subject, reason);
                let at = (self.flow, self.sentence, clause.offset());
                let accounts = OTHER_PLACE.is_match(before) && !before.contains('网');
                let one_place = (channel && (!everywhere || accounts) && !counted).then(|| Place::of(clause, at));
                let all_kinds = found.general && !elsewhere && TOTAL.is_match(before);
                self.candidates.push(Candidate { rank, claim: stated.claim(sentence), one_place, all_kinds });
            }
        }
        self.counted_behind_colon(clauses, sentence, reporter);
        let ended = !sentence.text.ends_with(['；', ';']);
        self.listing = scope.subset && !ended && !self.listed.is_zero();
        self.sum(clauses, sentence, about && !other);
        self.since.extend(clauses.iter().flat_map(Clause::counts).cloned());
        if ended {
            self.since.clear();
        }
    }

    /// Whether a place is counted, after a semicolon, that the list of the sentence before has no room for, or that
    /// stands beside a list of other things.
    fn is_beyond_list(&self, clause: &Clause, subset: bool) -> bool {
        let open = |place: Place| self.listing || subset && !self.listed.is_zero() && place.at.1 == self.sentence;
        let total = self.candidates.last().filter(|last| last.one_place.is_some_and(open));
        let room = total.map(|total| total.claim.value - self.listed);
        let beyond = |number: &Number| room.is_some_and(|room| number.value > room);
        is_beside(clause)
            && clause.counts().next().is_some_and(|number| beyond(number) || total.is_some() && !self.listed_places)
    }

    /// 主动公开信息数：175条.
    fn counted_behind_colon(&mut self, clauses: &[Clause], sentence: &Sentence, reporter: &Reporter<'_>) {
        let mut scope = Scope::default();
        for (head, clause) in clauses.iter().zip(clauses.iter().skip(1)) {
            scope.advance(head, reporter);
            let colon = matches!(clause.opened, Some('：' | ':')) && scope.is_own_year() && !scope.subset;
            let Some(found) = COUNT.find(&head.text).filter(|_| colon) else { continue };
            let Some(number) = clause.counts().next().filter(|number| is_counted(clause, number)) else { continue };
            let Some(subject) = scope::subject(&head.text[..found.start()], reporter) else { continue };
            if clause.label_before(number).trim().is_empty() {
                let reason = Reason::verb(found.as_str());
                let stated = Stated::number(ClaimKind::ProactiveTotal, clause, number, subject, reason);
                let claim = stated.claim(sentence);
                self.candidates.push(Candidate { rank: 0, claim, one_place: None, all_kinds: true });
            }
        }
    }

    /// 公开甲类信息135条，乙类81条，合计216条.
    fn sum(&mut self, clauses: &[Clause], sentence: &Sentence, about: bool) {
        static SUM: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"^(?:以上)?(?:合计|共计|总计)(?:共|为)?(?:公开|发布)?(?:各类)?(?:政府|政务)?(?:信息)?$")
        });
        if !about {
            return;
        }
        for (index, clause) in clauses.iter().enumerate() {
            let [number] = clause.numbers.as_slice() else { continue };
            let before = self.since.iter().chain(clauses[..index].iter().flat_map(Clause::counts));
            let parts: Vec<&Number> = before.filter(|part| part.unit == number.unit).collect();
            let adds_up =
                parts.len() > 1 && parts.iter().map(|part| part.value).sum::<crate::report::Figure>() == number.value;
            if adds_up && SUM.is_match(clause.label_before(number)) {
                let reason = Reason::verb(clause.label_before(number));
                let stated = Stated::number(ClaimKind::ProactiveTotal, clause, number, Subject::Unsaid, reason);
                let claim = stated.claim(sentence);
                self.candidates.push(Candidate { rank: 0, claim, one_place: None, all_kinds: true });
            }
        }
    }

    /// The likeliest total, and with it whatever else is said to be the same thing in so many words.
    pub(super) fn settle(mut self) -> Vec<Claim> {
        // 网站公开9条，公众号发布7条: neither is the total.
        // 网站公开规章13件，网站共发布各类信息4610条: the same site counted again, in part.
        let counts_besides = |candidate: &Candidate, other: &Place| other.account || !candidate.all_kinds;
        let is_one_of_several = |candidate: &Candidate| {
            candidate.one_place.is_some_and(|place| {
                let mut beside = self.places.iter().filter(|other| other.at.0 == place.at.0 && other.at != place.at);
                beside.any(|other| counts_besides(candidate, other))
            })
        };
        self.candidates.retain(|candidate| !is_one_of_several(candidate));
        let Some(least) = self.candidates.iter().map(|candidate| candidate.rank).min() else { return Vec::new() };
        let mut settled: Vec<Claim> = Vec::new();
        for candidate in self.candidates.into_iter().filter(|candidate| candidate.rank == least) {
            let again = settled.iter().any(|known| known.value == candidate.claim.value);
            let certain = least == 0 && candidate.claim.bound == Bound::Exact;
            if settled.is_empty() || (certain && !again) {
                settled.push(candidate.claim);
            }
        }
        settled
    }
}

/// Whether the number counts what information is counted in.
fn is_counted(clause: &Clause, number: &Number) -> bool {
    let items = || number.unit == Some('项') && clause.label_before(number).ends_with("信息");
    number.unit.is_some_and(|unit| UNITS.contains(unit)) || items()
}
