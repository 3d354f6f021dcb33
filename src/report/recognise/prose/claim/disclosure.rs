//! Information disclosed proactively: the total of the year.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::scope::{self, Scope};
use super::{Clause, Reason, Reporter, Stated, pattern};
use crate::report::recognise::prose::number::Number;
use crate::report::recognise::prose::sentence::Setting;
use crate::report::{Bound, Claim, ClaimKind, Sentence, Subject, Topic};

const UNITS: &str = "条件篇份则";

static PROACTIVELY: LazyLock<Regex> = LazyLock::new(|| pattern(r"主动公开|主动公布|主动发布|主动.{0,4}向社会公[开布]"));
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| pattern(r"公开|发布|公布|公示|刊发|更新|上传"));
/// Words of quantity between what is counted and its number.
static QUANTITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:总数|总量|总计|共计|合计|累计|数量|共有?|达到?|约|近|超过?|[为是了计数有]|\d+年度?|全年|本年度?)*[:：]?$",
    )
});
/// What makes 信息 all of it, and not one kind of it.
static GENERAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|^[相有]关|政府|政务|党政|公开|发布|各[类种项]|等[相有]关|等|方面|主动|更新|类别?的|全部|转[发载])(?:各[类种项])?(?:公开|政[府务]|工作|的)?$",
    )
});
/// 各类政府水务信息: all that an agency publishes is of its field.
static OWN_FIELD: LazyLock<Regex> = LazyLock::new(|| pattern(r"^各[类种项](?:政[府务])[\p{Han}]{2,6}$"));
static TOTAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"总数|总量|总计|共计|合计|累计|共"));
/// Where it was published, if said.
static CHANNEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"网站|网页|官网|门户|政[府务]网|政府在线|平台|融媒|新媒体|微信|公众号|服务号|订阅号|微博|抖音|渠道|方式|头条|APP|客户端|小程序|",
        r"学习强国|专栏|栏目|[\p{Han}]网(?:[和、及上]|同步|共|主动|累计|发布|公[开布])",
    ))
});
/// Channels beside the agency's site: what they carry is no total.
static OTHER_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"微信|公众号|服务号|订阅号|微博|抖音|视频|媒体|头条|报纸|电视|公[告示]栏|热线|信箱|APP|客户端|小程序|学习强国",
    )
});
/// A list of channels that stands for all of them.
static ALL_PLACES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"不同(?:渠道|平台|方式|途径)|线上.{0,2}线下|等(?:平台|渠道|媒[体介]|方式|形式|载体|网站|途径|多)|各[类种](?:平台|渠道|媒体|方式|载体|途径)|多种(?:渠道|平台|媒体|载体|途径)|多渠道|网[^\d]{0,12}[、和及与][^\d]{0,16}(?:微信|公众号|媒体|APP)|(?:微信|公众号|媒体|APP)[^\d]{0,8}[、和及与][^\d]{0,12}网",
    )
});
/// The count of what was disclosed proactively, even where it is one of several counts.
static COUNT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"主动公开(?:政府|政务)?信息的?(?:总?数量?|条数|总量)(?:共?[为是有计]|共计)?$"));
/// Words that make 累计 count the year.
static THIS_YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"全年|本年|今年|年度[^报]|20\d\d年(?:[^底末1-9]|1月1日)|12月31日"));
/// A noun in which a verb of publishing stands: 公告公示143条.
static NOUN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:公告|通知|[批规][前后划]|结果|[及和与、])$"));
/// What all of it is said to be, in so many words.
static ALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"共|累计|合计|全年|年度|本年"));
/// A clause that carries a number of publications in a place of its own.
static PUBLICATION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"公开|发布|公布|更新|编发|推送|刊发|推文|发稿|转[发载]"));

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

/// A clause that counts what was published in one place.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Which paragraph, which sentence, and which clause of it.
    at: (usize, usize, usize),
    /// Whether it is no site: an account, an application.
    account: bool,
}

impl Place {
    fn of(clause: &Clause, at: (usize, usize, usize)) -> Self {
        Self { at, account: OTHER_PLACE.is_match(&clause.text) }
    }
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
        let (mut channel, mut other_place) = (false, false);
        for (index, clause) in clauses.iter().enumerate() {
            scope.advance(clause, reporter);
            let text = &clause.text;
            channel |= CHANNEL.is_match(text);
            other_place |= OTHER_PLACE.is_match(text);
            // 网站公开97条，公众号321条: the verb is left out.
            let elliptic = index > 0 && !self.places.is_empty() && names_place_only(clause);
            if !scope.subset && (is_beside(clause) || elliptic) {
                let at = (self.flow, self.sentence, clause.offset());
                self.places.push(Place::of(clause, at));
                // 网站发布信息208条、公众号发布信息196条: two places in one clause.
                let rest = clause.counts().next().map_or("", |first| clause.rest(first));
                if clause.counts().nth(1).is_some() && (CHANNEL.is_match(rest) || OTHER_PLACE.is_match(rest)) {
                    self.places.push(Place { at: (at.0, at.1, at.2 + 1), account: true });
                }
            }
            if !scope.is_own_year() || clause.depth > 0 {
                continue;
            }
            for number in clause.counts().filter(|number| is_counted(clause, number)) {
                let counted = COUNT.is_match(clause.label_before(number));
                let Some(found) = Found::read(clause, number).filter(|_| counted || !scope.subset) else { continue };
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
                let before = other_place && !clauses[..=index].iter().any(|clause| clause.text.contains("网站"));
                let elsewhere =
                    before || OTHER_PLACE.is_match(&text[..found.verb.0]) || OTHER_PLACE.is_match(&found.head);
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
                let one_place = (channel && !everywhere && !counted).then(|| Place::of(clause, at));
                let before = &text[..clause.byte_at(number.chars.start)];
                let all_kinds = found.general && !elsewhere && TOTAL.is_match(before);
                self.candidates.push(Candidate { rank, claim: stated.claim(sentence), one_place, all_kinds });
            }
        }
        self.counted_behind_colon(clauses, sentence, reporter);
        self.listing = scope.subset && sentence.text.ends_with(['；', ';']);
        self.sum(clauses, sentence, about && !other);
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
        if !about || !clauses.iter().any(|clause| PUBLISHED.is_match(&clause.text)) {
            return;
        }
        for (index, clause) in clauses.iter().enumerate().skip(2) {
            let [number] = clause.numbers.as_slice() else { continue };
            let parts: Vec<&Number> =
                clauses[..index].iter().flat_map(Clause::counts).filter(|part| part.unit == number.unit).collect();
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

/// Whether the clause counts what was published in a place of its own.
fn is_beside(clause: &Clause) -> bool {
    static SUBSET: LazyLock<Regex> = LazyLock::new(|| pattern(r"其中|包括|包含"));
    clause.depth == 0
        && (CHANNEL.is_match(&clause.text) || OTHER_PLACE.is_match(&clause.text) || clause.text.contains("融媒"))
        && PUBLICATION.is_match(&clause.text)
        && !SUBSET.is_match(&clause.text)
        && clause.counts().any(|number| number.unit.is_some_and(|unit| UNITS.contains(unit)))
}

/// Whether the clause is the name of a place and a number, and nothing else.
fn names_place_only(clause: &Clause) -> bool {
    let [number] = clause.numbers.as_slice() else { return false };
    let label = clause.label_before(number);
    number.unit.is_some_and(|unit| UNITS.contains(unit))
        && clause.depth == 0
        && OTHER_PLACE.is_match(label)
        && label.chars().count() <= 10
        && clause.rest(number).is_empty()
}

/// A number with the verb of publishing before it.
struct Found {
    /// The byte before which the subject stands.
    subject_end: usize,
    /// The bytes of the verb.
    verb: (usize, usize),
    /// Whether the clause says 主动公开.
    strong: bool,
    /// Whether it does not say what is counted.
    vague: bool,
    /// Whether it says that all kinds are counted.
    general: bool,
    /// What stands between verb and number.
    head: String,
}

impl Found {
    fn read(clause: &Clause, number: &Number) -> Option<Self> {
        let text = &clause.text;
        let end = clause.byte_at(number.chars.start);
        let before = clause.numbers.iter().rfind(|other| other.chars.end <= number.chars.start && other.unit.is_some());
        let start = before.map_or(0, |other| clause.byte_at(other.chars.end));
        let is_noun = |found: &crate::text::pattern::Match<'_>| {
            matches!(found.as_str(), "公示" | "公布" | "更新") && NOUN.is_match(&text[start..start + found.start()])
        };
        let verb = PUBLISHED.find_iter(&text[start..end]).filter(|found| !is_noun(found)).last()?;
        // 依申请公开42件, 不予公开43件: what was asked for. 法定主动公开信息105条 are one item of the catalogue.
        if text[..start + verb.start()].ends_with("法定主动") {
            return None;
        }
        if ["申请", "不予", "部分", "予以"].iter().any(|word| text[..start + verb.start()].ends_with(word)) {
            return None;
        }
        let subject_end = PUBLISHED.find(text).map_or(start, |first| first.start());
        let verb = (start + verb.start(), start + verb.end());
        let strong = PROACTIVELY.is_match(&text[..end]);
        let between = &text[verb.1..end];
        let head = &between[..QUANTITY.find(between).map_or(between.len(), |found| found.start())];
        let rest = clause.rest(number);
        let (counts_information, vague) = if head.is_empty() {
            let noun = text[..verb.0].trim_end_matches("主动");
            let noun_before = noun[..QUANTITY.find(noun).map_or(noun.len(), |found| found.start())].ends_with("信息");
            let noun_behind = ["信息", "政府信息", "政务信息", "各类信息"].iter().any(|noun| rest.starts_with(noun));
            (rest.is_empty() || rest.starts_with('、') || noun_behind, !(noun_before || noun_behind))
        } else if let Some(kind) = head.strip_suffix("信息") {
            // 公文类政府信息 are one kind of it.
            let kinds = kind.trim_end_matches("政府").trim_end_matches("政务");
            let one_kind = kind.contains("重点领域")
                || kinds.ends_with('类') && !["各类", "类别类", "等类"].iter().any(|all| kinds.ends_with(all));
            let own_field = strong && OWN_FIELD.is_match(kind);
            ((GENERAL.is_match(kind) || own_field) && !one_kind, false)
        } else {
            let whole = head.ends_with('等') && head.contains("信息");
            (whole, false)
        };
        let general = head.starts_with("各类") || head.starts_with("各项");
        counts_information.then(|| Self { subject_end, verb, strong, vague, general, head: between.to_owned() })
    }
}
