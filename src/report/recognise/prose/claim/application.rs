//! Applications: received, carried in, completed, carried on.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::scope::{self, Scope};
use super::{Clause, Reason, Reporter, Stated, object, pattern};
use crate::report::recognise::prose::number::Number;
use crate::report::recognise::prose::sentence::Setting;
use crate::report::{ClaimKind, Subject, Topic};

/// Units that applications are counted in.
const UNITS: &str = "件宗例起条份个项封次";

/// Most characters between 未收到 and the application.
const FURTHEST: usize = 36;

/// Words that say nothing came.
static NONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:未|没有|没|不曾)(?:曾|能|有|再|新)?(?:收到|受理|接收到|接收|接到|收件|接受|产生|发生|出现|办理|涉及|存在)|",
        r"(?:无|没有|未有|零)(?:新增|新收|收到|受理|接到)?",
    ))
});
/// What may stand after the application when nothing but 无 or 没有 says that there was none; and before
/// it. 没有依申请公开专栏 says something else.
static PLAIN_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:公开)?(?:的?政[府务])?信?息?(?:的?申请)?的?(?:相关)?(?:工作|办理|受理)?(?:情况|情形|事项|件|内容|业务|案件|案例|需求|事宜|数量)?(?:发生|产生|出现|存在)?(?:$|[、和及与])",
    )
});
static PLAIN_BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:任何|依法|依规|一[例件起]|公民|法人|或者?|其他|其它|社会|组织|个人|单位|群众|人员?|相关|有关|关于|新增|政府|信息|向?我[局镇乡办委]|提出|提交|要求|的|和|、|及)*$",
    )
});
/// Words before a negation that make it a case imagined, or a matter of its own.
static IMAGINED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:如果?|若|凡|对|倘若|因)$"));
/// What may not stand between 未收到 and the application.
static NOT_BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"因|超|逾|违|误|正当|法定|复议|诉讼|投诉|举报|信访|按时|及时|答复|未|不|泄|事故|收费|偿|关于.*通知")
});

static RECEIVED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"收到|[年度共]收(?:政府|信息|依|公开)|受理|接收到|接收|接到|新收|收办|收件|收悉|新增|接受")
});
/// The number of applications said without a verb.
static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:依申请公开|信息公开)(?:政[府务]信息)?的?(?:申请|事项)?件?(?:总?数量?|总量)(?:共?[为是有]|共计?)?")
});
/// The same without a word for the number: 依申请公开0件. Only where nothing else is counted beside it.
static BARE_AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[我本][局镇乡办委县区市]|全年|本年度?|20\d\d年度?|共|累计|政府信息)*依申请公开(?:的?申请|事项)?件?(?:共|共计|为)?$",
    )
});
static NEW: LazyLock<Regex> = LazyLock::new(|| pattern(r"新收|本年度?(?:新|收|受)|新增|当年"));
static CARRIED_OUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:结转|转结|转)(?:至|到|入)?(?:下|次|明|翌|来)一?个?年度?|(?:下|次)一?年度?(?:(?:继续)?(?:办理|处理|答复)|结转)|(?:结转|转结|转)(?:至|到|入)?(?P<to>20\d\d)年",
    )
});
static CARRIED_IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:上一?年度?|去年|往年|前一年|20\d\d年度?)(?:未办结)?的?(?:结转|转入|转结|转办|遗留|延续)|结转自?(?:上一?年度?|去年|(?P<from>20\d\d)年)",
    )
});
static NO_CARRY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:无|没有|未有|不存在)[^0-9]{0,10}$"));
static COMPLETED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:办结|[办处]理完[毕成结]|答复完[毕成])了?"));
static HANDLED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:答复|回复|办理|处理)了?"));
/// Clauses whose 答复 or 办理 is something else: a class of results, or of other business.
static OTHER_BUSINESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"建议|提案|留言|工单|信件|来信|热线|咨询|投诉|信访|诉求|案件|举报|不予|部分公开|予以公开|同意|其他处理|无法|超期|逾期|延期|告知|复议|诉讼|率|未办|未答|正在|许可|处罚|补正|答复书|告知书|出具|发出|制作|重复|另处理",
    )
});
static ALL_COMPLETED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:全部|均|都|全|所有申请|已全部)[^未不无\d]{0,14}?(?:办结|[办处]理完[毕成结]|办理到位|答复完[毕成])")
});
/// What was carried over and is to be completed: 0件转结2024年办结.
static CARRIED_TO: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:结转|转结|转[至到入])(?:20\d\d|[下次明翌]一?)年?"));
/// What was due, or a clause that leaves something out.
static DUE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"到期|应[予当]?(?:答复|办结)|届满|除|其[他余]|剩余|其中|已受理的"));
static CHANGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"增|减|下降|同比|比上|较|率"));
static ADDED_UP: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:合计|共计|总计|总共|累计)"));
static OPENS_WITH_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:一?共计?|总共|总计|合计|累计|数量|总数)*[为是]?$"));

/// The figures on applications that a sentence states. `before`: whether the paragraph spoke of them
/// before this sentence.
pub(super) fn read(clauses: &[Clause], setting: &Setting, before: bool, reporter: &Reporter<'_>) -> Vec<Stated> {
    let mut reading = Reading {
        reporter,
        scope: Scope::default(),
        context: before || setting.topics.contains(&Topic::Requests),
        pending: false,
        other_business: false,
        channels: false,
        alone: clauses.iter().all(|clause| !["主动公开", "不予公开"].iter().any(|word| clause.text.contains(word))),
        stated: Vec::new(),
    };
    for clause in clauses {
        reading.scope.advance(clause, reporter);
        reading.clause(clause);
        reading.other_business |= OTHER_BUSINESS.is_match(&clause.text) && !clause.text.contains("依申请");
        reading.context |= object::is_subject(&clause.text);
    }
    reading.stated
}

/// A sentence on its way through its clauses.
struct Reading<'a> {
    reporter: &'a Reporter<'a>,
    scope: Scope,
    /// Whether the text is known to be about applications.
    context: bool,
    /// 收到 and its object have been read, but not yet how many.
    pending: bool,
    /// Other business has been spoken of in the sentence: what is all done may be that.
    other_business: bool,
    /// Whether what came through one channel has been counted.
    channels: bool,
    /// Whether the sentence counts nothing that was disclosed in another way.
    alone: bool,
    stated: Vec<Stated>,
}

impl Reading<'_> {
    /// The first statement of a kind counts.
    fn state(&mut self, stated: Stated) {
        if self.stated.iter().all(|known| known.kind != stated.kind) {
            self.stated.push(stated);
        }
    }

    fn clause(&mut self, clause: &Clause) {
        let pending = std::mem::take(&mut self.pending);
        if self.carried(clause) {
            return;
        }
        if !self.none(clause) {
            self.received(clause, pending);
        }
        self.completed(clause);
        self.all_completed(clause);
    }

    /// 上年结转, 结转下年. Says whether the clause is about either.
    fn carried(&mut self, clause: &Clause) -> bool {
        let text = &clause.text;
        let year =
            |found: Option<crate::text::pattern::Match<'_>>| found.and_then(|year| year.as_str().parse::<i32>().ok());
        let out = CARRIED_OUT
            .captures(text)
            .filter(|found| year(found.name("to")).is_none_or(|to| self.reporter.year.is_none_or(|own| to > own)));
        let (kind, found) = match (out, CARRIED_IN.captures(text)) {
            (Some(out), _) => (ClaimKind::ApplicationsCarriedOut, out),
            // 结转上年后新收到47件 counts what is new.
            (None, Some(carried_in)) if !is_before_new(text, &carried_in) => {
                (ClaimKind::ApplicationsCarriedIn, carried_in)
            }
            (None, Some(_)) => return false,
            (None, None) => return false,
        };
        let Some(found) = found.get(0) else { return false };
        if !(self.context || object::find(text, self.context).is_some()) || text.contains("资金") {
            return true;
        }
        let Some(subject) = scope::subject(&text[..found.start()], self.reporter) else { return true };
        let reason = Reason::verb(found.as_str()).of(self.object(text));
        let after = clause.number_after(found.end(), 24).or_else(|| clause.number_before(found.start(), 24));
        if let Some((number, _)) = after.filter(|(number, _)| number.unit.is_some_and(|unit| UNITS.contains(unit))) {
            self.state(Stated::number(kind, clause, number, subject, reason));
        } else if let Some(none) = NO_CARRY.find(&text[..found.start()]) {
            let reason = Reason::none(&text[none.start()..found.end()]);
            let chars = clause.char_at(none.start())..clause.char_at(found.end());
            self.state(Stated::none(kind, clause, chars, subject, reason));
        }
        true
    }

    /// 未收到, 无 … 申请. Says whether the clause says so, restricted or not.
    fn none(&mut self, clause: &Clause) -> bool {
        let text = &clause.text;
        for negation in NONE.find_iter(text) {
            let rest = &text[negation.end()..];
            let Some(object) = object::find(rest, self.context) else { continue };
            let (between, after) = (&rest[..object.start], &rest[object.end..]);
            let plain = negation.as_str().ends_with(['无', '零', '有']);
            let fits = if plain {
                PLAIN_BETWEEN.is_match(between) && PLAIN_AFTER.is_match(after)
            } else {
                between.chars().count() <= FURTHEST && !NOT_BETWEEN.is_match(between)
            };
            if !fits || IMAGINED.is_match(&text[..negation.start()]) {
                continue;
            }
            let subject = scope::subject(&text[..negation.start()], self.reporter);
            let whole = self.scope.is_own_year() && !self.scope.subset && !scope::is_one_channel(text);
            if let Some(subject) = subject.filter(|_| whole) {
                let chars = clause.char_at(negation.start())..clause.char_at(negation.end() + object.end);
                let reason = Reason::none(&text[negation.start()..negation.end() + object.end]);
                self.state(Stated::none(ClaimKind::ApplicationsReceived, clause, chars, subject, reason));
            }
            return true;
        }
        false
    }

    /// 收到 … 申请 12 件.
    fn received(&mut self, clause: &Clause, pending: bool) {
        let text = &clause.text;
        let Some(verb) = RECEIVED.find(text) else {
            // 依申请公开申请数为21件.
            if let Some(found) = AMOUNT.find(text)
                && self.scope.is_own_year()
                && !scope::is_one_channel(text)
                && let Some((number, between)) = clause.number_after(found.end(), 2)
                && between.is_empty()
                && is_counted(number)
                && let Some(subject) = scope::subject(&text[..found.start()], self.reporter)
            {
                let reason = Reason::verb(found.as_str());
                self.state(Stated::number(ClaimKind::ApplicationsReceived, clause, number, subject, reason));
                return;
            }
            let first = clause.counts().next().filter(|number| clause.rest(number).is_empty() && is_counted(number));
            if let Some(number) = first
                && self.alone
                && self.scope.is_own_year()
                && !self.scope.subset
                && BARE_AMOUNT.is_match(&text[..clause.byte_at(number.chars.start)])
            {
                let reason = Reason::verb("依申请公开");
                self.state(Stated::number(ClaimKind::ApplicationsReceived, clause, number, Subject::Unsaid, reason));
                return;
            }
            // 收到政府信息公开申请，共计12件.
            if (pending || (self.channels && ADDED_UP.is_match(text)))
                && let Some((number, between)) = clause.number_after(0, 6)
                && OPENS_WITH_NUMBER.is_match(between)
                && is_counted(number)
            {
                let reason = Reason::verb("收到");
                let kind = ClaimKind::ApplicationsReceived;
                self.state(Stated::number(kind, clause, number, Subject::Unsaid, reason));
            }
            return;
        };
        // 其中其他文件2件，受理申请9件: the list before was of other things.
        let elsewhere = !self.context && object::is_subject(text);
        let whole = self.scope.is_own_year()
            && (!self.scope.subset || NEW.is_match(text) || elsewhere)
            && !scope::is_one_channel(text)
            && scope::is_addressed_to_own_body(text, self.reporter);
        let object = self.object(text);
        // 收到网上申请105件，快递17件，合计122件: the channels are added up.
        self.channels |= object.is_some() && self.scope.is_own_year() && scope::is_one_channel(text);
        let Some(subject) = scope::subject(&text[..verb.start()], self.reporter).filter(|_| whole) else { return };
        let found = clause.number_after(verb.end(), 70).filter(|(number, _)| is_counted(number));
        let Some((number, between)) = found else {
            self.pending = object.is_some();
            return;
        };
        // 比上年新增3件 is no total.
        if CHANGE.is_match(between) || (verb.as_str() == "新增" && CHANGE.is_match(&text[..verb.start()])) {
            return;
        }
        let bare = self.context
            && OPENS_WITH_NUMBER.is_match(between.trim_start_matches('了'))
            && clause.rest(number).is_empty();
        // 受理政府信息公开1件, where applications are being spoken of.
        let short = self.context && between.ends_with("信息公开");
        if object.is_some() || bare || short {
            let reason = Reason::verb(verb.as_str()).of(object);
            self.state(Stated::number(ClaimKind::ApplicationsReceived, clause, number, subject, reason));
        }
    }

    /// 办结 12 件, 12 件均已办结, 依申请公开办理 0 件.
    fn completed(&mut self, clause: &Clause) {
        let text = &clause.text;
        if OTHER_BUSINESS.is_match(&text.replace("信息公开案件", ""))
            || !self.scope.is_own_year()
            || scope::is_one_channel(text)
            || CARRIED_TO.is_match(text)
        {
            return;
        }
        let object = self.object(text);
        if !(self.context || object.is_some()) {
            return;
        }
        // 收到依申请公开办理事项7件: nothing is said of having handled them, unless by 收到并办理.
        let handled = !self.scope.subset && (text.contains(['并', '及']) || !RECEIVED.is_match(text));
        let verb = COMPLETED.find(text).or_else(|| HANDLED.find(text).filter(|_| handled));
        let Some(verb) = verb else { return };
        let Some(subject) = scope::subject(&text[..verb.start()], self.reporter) else { return };
        // 办理 … 申请 5 件: what is handled may be described at length.
        let reach = if object.is_some() { 50 } else { 16 };
        let after = clause
            .number_after(verb.end(), reach)
            .filter(|(_, between)| !between.contains('中') && !CHANGE.is_match(between));
        let found = after.or_else(|| clause.number_before(verb.start(), 12));
        if let Some((number, _)) = found.filter(|(number, _)| is_counted(number)) {
            let reason = Reason::verb(verb.as_str()).of(object);
            self.state(Stated::number(ClaimKind::ApplicationsCompleted, clause, number, subject, reason));
        }
    }

    /// 均已办结, 全部办结: nothing is left. What was due (到期的) may be another matter.
    fn all_completed(&mut self, clause: &Clause) {
        let text = &clause.text;
        if !(self.context || object::find(text, self.context).is_some())
            || OTHER_BUSINESS.is_match(&text.replace("办结率", ""))
            || !self.scope.is_own_year()
            || self.scope.subset
            || self.other_business
        {
            return;
        }
        let Some(found) = ALL_COMPLETED.find(text).filter(|_| !DUE.is_match(text)) else { return };
        let Some(subject) = scope::subject(&text[..found.start()], self.reporter) else { return };
        let chars = clause.char_at(found.start())..clause.char_at(found.end());
        let reason = Reason::none(found.as_str());
        self.state(Stated::none(ClaimKind::ApplicationsAllCompleted, clause, chars, subject, reason));
    }

    /// The words of `text` that name an application for information.
    fn object<'t>(&self, text: &'t str) -> Option<&'t str> {
        object::find(text, self.context).map(|range| &text[range])
    }
}

/// Whether 结转上年 only says from when on something is counted.
fn is_before_new(text: &str, carried_in: &crate::text::pattern::Captures<'_>) -> bool {
    carried_in.get(0).is_some_and(|found| text[found.end()..].starts_with(['后', '外']))
}

/// Whether the number counts what applications are counted in.
fn is_counted(number: &Number) -> bool {
    number.unit.is_some_and(|unit| UNITS.contains(unit))
}
