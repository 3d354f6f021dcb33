//! Applications: received, carried in, completed, carried on.

mod carried;
mod plain;

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::scope::{self, Scope};
use super::{Clause, Reason, Reporter, Stated, object, pattern};
use crate::report::recognise::prose::number::Number;
use crate::report::recognise::prose::sentence::Setting;
use crate::report::{ClaimKind, Figure, Subject, Topic};

/// Units that applications are counted in.
const UNITS: &str = "件宗例起条份个项封次";

/// Words that say nothing came.
static NONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:未|没有|没|不曾)(?:曾|能|有|再|新)?(?:收到|受理|接收到|接收|接到|收件|接受|产生|发生|出现|办理|涉及|存在)|",
        r"(?:无|没有|未有|零)(?:新增|新收|收到|受理|接到)?",
    ))
});
/// Words before a negation that make it a case imagined, or a matter of its own.
static IMAGINED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:如果?|若|凡|对|倘若|因)$"));
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
        r"^(?:[我本][局镇乡办委县区市]|全年|本年度?|20\d\d年度?|共|累计|政府信息)*依申请公开(?:的?申请|事项|(?:政[府务])?信息)?件?(?:共|共计|为)?$",
    )
});
static NEW: LazyLock<Regex> = LazyLock::new(|| pattern(r"新收|本年度?(?:新|收|受)|新增|当年"));
static COMPLETED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:办结|[办处]理完[毕成结]|答复完[毕成])了?"));
static HANDLED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:答复|回复|办理|处理|完成)了?"));
/// Clauses whose 答复 or 办理 is something else: a class of results, or of other business.
static OTHER_BUSINESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"建议|提案|留言|工单|信件|来信|热线|咨询|投诉|信访|诉求|案件|举报|不予|部分公开|予以公开|同意|其他处理|无法|超期|逾期|延期|告知|复议|诉讼|率|未办|未答|正在|许可|处罚|补正|答复书|告知书|出具|发出|制作|重复|另处理",
    )
});
/// Outcomes beside which 办结 is but one of several.
static DIVIDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"不掌握|不予|无法提供|重复申请|撤[销回]|不属于|不存在|另行制作|[其另][他外它]处理|部分公开|予以公开|同意公开",
    )
});
static ALL_COMPLETED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:(?:全部|均|都|全数|悉数|所有申请|已全部)[^未不无\d]{0,14}?|全)(?:办结|[办处]理完[毕成结]|办理到位|答复完[毕成])",
    )
});
/// What was carried over and is to be completed: 0件转结2024年办结.
static CARRIED_TO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:结转|转结|转接|顺延|转[至到入])(?:20\d\d|[下次明翌]一?)年?"));
/// What was due, or a clause that leaves something out.
static DUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"到期|应[予当]?(?:答复|办结)|(?:能够?|可[以]?|需要?|具备条件)的?(?:答复|办结|办理)|届满|除|其[他余]|剩余|其中|已受理的|平均|此前|以前|之前",
    )
});
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
        yearly: false,
        disputes: false,
        alone: clauses.iter().all(|clause| !["主动公开", "不予公开"].iter().any(|word| clause.text.contains(word))),
        stated: Vec::new(),
        tentative: Vec::new(),
        done: Vec::new(),
        unfinished: None,
    };
    for clause in clauses {
        reading.scope.advance(clause, reporter);
        reading.yearly |= plain::is_of_one_year(&clause.text);
        reading.clause(clause);
        reading.other_business |= plain::is_passed_on(&clause.text);
        reading.other_business |= OTHER_BUSINESS.is_match(&clause.text) && !clause.text.contains("依申请");
        reading.context |= object::is_subject(&clause.text);
        if DIVIDED.is_match(&clause.text) && clause.counts().next().is_some() {
            reading.tentative.retain(|(_, certain)| !certain);
        }
    }
    reading.balance()
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
    /// Whether the sentence has said that it speaks of one year.
    yearly: bool,
    /// Whether cases of dispute are being counted.
    disputes: bool,
    /// Whether the sentence counts nothing that was disclosed in another way.
    alone: bool,
    stated: Vec<Stated>,
    /// Parts of what came in that were completed, and whether the words say so beyond doubt.
    tentative: Vec<(Stated, bool)>,
    /// Every number of what was completed.
    done: Vec<Stated>,
    /// What the clause before says is not done yet.
    unfinished: Option<Stated>,
}

impl Reading<'_> {
    /// The first statement of a kind counts.
    fn state(&mut self, stated: Stated) {
        if stated.kind == ClaimKind::ApplicationsCompleted {
            self.done.push(stated.clone());
        }
        if self.stated.iter().all(|known| known.kind != stated.kind) {
            self.stated.push(stated);
        }
    }

    /// 依申请公开0件, 柳河镇依申请公开0件. What is counted as 信息 may be documents, unless the text is about applications.
    fn is_bare_amount(&self, before: &str) -> bool {
        let name = before.find("依申请公开").map_or("", |at| &before[..at]);
        let named =
            name.ends_with(['局', '委', '厅', '室', '办', '院', '处', '府', '镇', '乡', '道', '会', '部', '中', '心']);
        let own = named && scope::subject(name, self.reporter) == Some(Subject::Agency);
        let bare = if own { &before[name.len()..] } else { before };
        BARE_AMOUNT.is_match(bare) && (self.context || !bare.contains("公开信息") && !bare.contains("公开政"))
    }

    /// What is stated, with what was completed of it: 收到7件，其中6件按时答复，1件结转下年.
    fn balance(mut self) -> Vec<Stated> {
        let of = |kind: ClaimKind| self.stated.iter().find(|stated| stated.kind == kind).map(|stated| stated.value);
        let carried = |kind| of(kind).unwrap_or(Figure::ZERO);
        let taken_in = of(ClaimKind::ApplicationsReceived).map(|new| new + carried(ClaimKind::ApplicationsCarriedIn));
        let carried_out = carried(ClaimKind::ApplicationsCarriedOut);
        let balanced = |stated: &Stated| taken_in == Some(stated.value + carried_out);
        let completed = self.tentative.iter().find(|(stated, certain)| *certain || balanced(stated));
        if let Some((stated, _)) = completed.cloned() {
            self.state(stated);
        }
        // 办理19件，18件按期办结，1件结转下年: the first counts both, the second what was completed.
        let mut parts = self.done.into_iter().chain(self.tentative.into_iter().map(|(stated, _)| stated));
        let all = self.stated.iter_mut().find(|stated| stated.kind == ClaimKind::ApplicationsCompleted);
        if let Some(all) = all.filter(|_| !carried_out.is_zero())
            && let Some(part) = parts.find(|part| part.value + carried_out == all.value)
        {
            *all = part;
        }
        self.stated
    }

    fn clause(&mut self, clause: &Clause) {
        let pending = std::mem::take(&mut self.pending);
        // 行政复议新收2件，上年结转1件: what is carried over is of the disputes.
        self.disputes = object::find(&clause.text, self.context).is_none()
            && (self.disputes || plain::is_other_case(&clause.text) && clause.counts().next().is_some());
        if self.disputes {
            return;
        }
        // 1件正在办理中，结转至下年办理.
        if let Some(unfinished) = self.unfinished.take()
            && carried::is_carried_on(clause, self.reporter)
        {
            self.state(unfinished);
        }
        let open = carried::unfinished(clause).filter(|_| self.context && self.scope.is_own_year());
        self.unfinished = open.map(|number| {
            let reason = Reason::verb(clause.rest(&number));
            Stated::number(ClaimKind::ApplicationsCarriedOut, clause, &number, Subject::Unsaid, reason)
        });
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
        let Some(carried) = carried::read(clause, self.context, self.reporter) else { return false };
        // 收到申请92件、上年结转2件: a number of its own before the words.
        let taken = |chars: &Range<usize>| carried.iter().any(|stated| stated.chars == clause.place(chars));
        let new = RECEIVED.find(&clause.text).and_then(|verb| clause.number_after(verb.end(), 30));
        if !carried.is_empty() && new.is_some_and(|(number, _)| !taken(&number.chars)) {
            self.received(clause, false);
        }
        for stated in carried {
            self.state(stated);
        }
        true
    }

    /// 未收到, 无 … 申请. Says whether the clause says so, restricted or not.
    fn none(&mut self, clause: &Clause) -> bool {
        let text = &clause.text;
        for negation in NONE.find_iter(text) {
            let rest = &text[negation.end()..];
            let Some(object) = object::find(rest, self.context) else { continue };
            let before = &text[..negation.start()];
            if IMAGINED.is_match(before) || !plain::is_behind_none(&rest[object.end..]) {
                continue;
            }
            let whole = self.scope.is_own_year()
                && !(self.scope.subset || self.scope.excepted)
                && !scope::is_one_channel(text)
                && plain::is_all(&rest[..object.end])
                && plain::is_before(before, self.reporter);
            if let Some(subject) = scope::subject(before, self.reporter).filter(|_| whole) {
                let chars = clause.char_at(negation.start())..clause.char_at(negation.end() + object.end);
                let reason = Reason::none(&text[negation.start()..negation.end() + object.end]);
                self.state(Stated::none(ClaimKind::ApplicationsReceived, clause, chars, subject, reason));
            }
            // 收到申请12件、无重复申请: what came is said before.
            return !RECEIVED.is_match(before);
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
                && (!self.scope.subset || NEW.is_match(text))
                && !scope::is_one_channel(text)
                && plain::is_before(text[..found.start()].trim_end_matches("政府"), self.reporter)
                && let Some((number, between)) = clause.number_after(found.end(), 2)
                && between.is_empty()
                && is_counted(number)
                && plain::is_behind(clause.rest(number))
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
                && self.is_bare_amount(&text[..clause.byte_at(number.chars.start)])
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
        let before = &text[..verb.start()];
        let whole = self.scope.is_own_year()
            && (!self.scope.subset || NEW.is_match(text) || elsewhere)
            && !scope::is_one_channel(text)
            && (self.yearly || !text.contains("累计"))
            && plain::is_before(before, self.reporter)
            && scope::is_addressed_to_own_body(text, self.reporter);
        let object = self.object(text);
        // 收到网上申请105件，快递17件，合计122件: the channels are added up.
        self.channels |= object.is_some() && self.scope.is_own_year() && scope::is_one_channel(text);
        let Some(subject) = scope::subject(before, self.reporter).filter(|_| whole) else { return };
        let found = clause.number_after(verb.end(), 70).filter(|(number, _)| is_counted(number));
        let Some((number, between)) = found else {
            self.pending = object.is_some() && plain::is_all(&text[verb.end()..]);
            return;
        };
        // 15件次，经合并办理为12件: one application may be counted twice.
        let times = number.unit == Some('件') && clause.text[..clause.byte_at(number.chars.end)].ends_with('次');
        // 收到的1件: one that has been spoken of.
        if times || !plain::is_all(between) || !plain::is_behind(clause.rest(number)) || between == "的" {
            return;
        }
        // 比上年新增3件 is no total.
        if CHANGE.is_match(between) || (verb.as_str() == "新增" && CHANGE.is_match(before)) {
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
            || plain::is_passed_on(text)
        {
            return;
        }
        let object = self.object(text);
        // 办理占用城市道路申请件77件: applications for something else.
        if object.is_none() && (!self.context || text.replace("依申请", "").contains("申请")) {
            return;
        }
        // 收到依申请公开办理事项7件: nothing is said of having handled them, unless by 收到并办理.
        let handled = text.contains(['并', '及']) || !RECEIVED.is_match(text);
        let done = COMPLETED.find(text);
        let certain = done.is_some();
        let verb = done.or_else(|| HANDLED.find(text).filter(|_| handled));
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
            let stated = Stated::number(ClaimKind::ApplicationsCompleted, clause, number, subject, reason);
            // 其中2件已办结，6件本机关不掌握: what is completed of a whole may be but one outcome of several.
            if self.scope.subset {
                self.tentative.push((stated, certain));
            } else {
                self.state(stated);
            }
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
            || plain::is_passed_on(text)
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

/// Whether the number counts what applications are counted in.
fn is_counted(number: &Number) -> bool {
    number.unit.is_some_and(|unit| UNITS.contains(unit))
}
