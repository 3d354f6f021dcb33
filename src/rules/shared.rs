//! DUP: prose that several bodies share.

mod join;

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::similar::{Side, evidence, longest};
use crate::finding::{Finding, Severity};
use crate::report::Digest;
use crate::report::likeness::{Compared, LEAST, Names, compared, parallels, shingles};
use crate::rule::{Campaign, Check, Manual, Raised, Rule, Scope, Whom};
use crate::text::{Wording, words};
use join::{Match, Prose};

pub(super) static RULES: &[Rule] = &[Rule {
    code: "DUP001",
    name: "prose-shared",
    severity: Severity::Warning,
    scope: Scope::Agencies,
    title: words("与别的机关文字雷同", "another body's prose"),
    manual: Manual {
        basis: words(
            "国办公开办函〔2021〕30号（四）：内容雷同、敷衍塞责的追究责任",
            "国办公开办函〔2021〕30号 (4): copied or perfunctory reports are answered for",
        ),
        condition: words(
            "略去数字、年份和所有机关、地方名称后，文字与另一机关的报告九成以上相同（按三字片段计）",
            "with figures, years and all names masked, nine tenths or more of the prose are those of another body's \
             report, by runs of three characters",
        ),
        example: "两个局的报告只换了机关名称和数字",
        remedy: words(
            "各机关写自己的工作、问题和措施；先查明谁抄了谁",
            "each body writes of its own work, problems and measures; find out first who copied from whom",
        ),
        exempt: "过半数机关（至少 8 个）共有的句子视为统一模板，不计；标题、表格、前言、联系方式、信息处理费等固定文字不计；\
                 余下不足 120 字的不比；同一机关的两年报告见 CAR004。",
    },
    check: Check::Campaign(shared),
}];

/// A sentence said by more than half of the bodies is a template; in an inbox of less than this many, none is.
const TEMPLATE: usize = 8;

/// A report as it is compared.
struct Entry<'a> {
    /// Its index among the members of the campaign.
    index: usize,
    /// The body it comes from.
    body: String,
    digest: &'a Digest,
    sentences: Vec<Compared>,
}

fn shared(campaign: &Campaign<'_>) -> Vec<Raised> {
    let entries = entries(campaign);
    let prose: Vec<Prose<'_>> =
        entries.iter().map(|entry| Prose::new(&entry.body, prose_of(&entry.sentences))).collect();
    let matches = join::join(&prose);
    let found = entries.iter().zip(matches).filter_map(|(entry, found)| Some((entry, found?)));
    found
        .map(|(entry, found)| Raised {
            whom: Whom::Member(entry.index),
            finding: finding(entry, &entries[found.nearest], &found),
        })
        .collect()
}

/// The shingles of a report, or none if it says too little.
fn prose_of(sentences: &[Compared]) -> Vec<u64> {
    let length: usize = sentences.iter().map(|sentence| sentence.masked.len()).sum();
    if length < LEAST { Vec::new() } else { shingles(sentences.iter().map(|sentence| sentence.masked.as_slice())) }
}

/// The reports whose body is known, without the sentences of a template, ordered by body: what is found does not
/// depend on the order in which they came.
fn entries<'a>(campaign: &'a Campaign<'a>) -> Vec<Entry<'a>> {
    let body = |unit: Option<usize>, digest: &Digest| {
        let listed = unit.and_then(|unit| campaign.roster?.units.get(unit)).map(|unit| unit.agency.clone());
        listed.or_else(|| digest.agency.clone())
    };
    let known: Vec<(usize, String, &Digest)> = campaign
        .current()
        .filter_map(|(index, member)| {
            let digest = member.digest?;
            Some((index, body(member.unit, digest)?, digest))
        })
        .collect();
    let listed = campaign.roster.into_iter().flat_map(|roster| &roster.units).map(|unit| unit.agency.as_str());
    let titled = known.iter().filter_map(|(_, _, digest)| digest.agency.as_deref());
    let all: BTreeSet<&str> = listed.chain(titled).collect();
    let names = Names::of(all);
    let mut entries: Vec<Entry<'_>> = known
        .into_iter()
        .map(|(index, body, digest)| Entry { index, body, digest, sentences: compared(digest, &names) })
        .collect();
    entries.sort_by(|a, b| {
        let path = |entry: &Entry<'_>| campaign.members[entry.index].path;
        (&a.body, a.digest.year, path(a)).cmp(&(&b.body, b.digest.year, path(b)))
    });
    leave_out_template(&mut entries);
    entries
}

fn sign(sentence: &Compared) -> u64 {
    let mut hasher = DefaultHasher::new();
    sentence.masked.hash(&mut hasher);
    hasher.finish()
}

/// Leaves out the sentences that most bodies say.
fn leave_out_template(entries: &mut [Entry<'_>]) {
    // How many bodies say a sentence, and which said it last: the entries of a body stand together.
    let mut said: HashMap<u64, (usize, usize)> = HashMap::new();
    let mut bodies = 0;
    for index in 0..entries.len() {
        bodies += usize::from(index == 0 || entries[index - 1].body != entries[index].body);
        for sentence in &entries[index].sentences {
            let (count, last) = said.entry(sign(sentence)).or_default();
            *count += usize::from(*last != bodies);
            *last = bodies;
        }
    }
    let is_template = |sentence: &Compared| {
        said.get(&sign(sentence)).is_some_and(|&(count, _)| count >= TEMPLATE && count * 2 > bodies)
    };
    for entry in entries {
        entry.sentences.retain(|sentence| !is_template(sentence));
    }
}

fn finding(entry: &Entry<'_>, other: &Entry<'_>, found: &Match) -> Finding {
    let percent = found.share.percent();
    let sentences = longest(entry.digest, &parallels(&entry.sentences, &other.sentences));
    let first = sentences.first().and_then(|&(sentence, _)| entry.digest.passages.get(sentence));
    let (more_zh, more_en) = match found.others {
        0 | 1 => (String::new(), String::new()),
        others => (format!("；与之雷同的机关共 {others} 个"), format!("; {others} other bodies share it")),
    };
    let message = Wording::new(
        format!("文字与“{}”的报告 {percent}% 相同（数字、名称和多数机关共有的句子不计）{more_zh}", other.body),
        format!(
            "{percent}% of the prose is that of “{}”, figures, names and sentences of most bodies aside{more_en}",
            other.body
        ),
    );
    Finding {
        part: first.map(|passage| passage.part),
        actual: Some(format!("{} {percent}%", other.body)),
        at: first.map(|passage| passage.source),
        evidence: evidence(
            &Side { name: &entry.body, digest: entry.digest },
            &Side { name: &other.body, digest: other.digest },
            &sentences,
        ),
        ..Finding::new("DUP001", Severity::Warning, message)
    }
}
