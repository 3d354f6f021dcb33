//! Where the tables stand in the stream, by words that only a table has.

use std::ops::Range;

use super::super::stream::{Stream, is_han};
use super::labels::occurrences;

/// The Chinese characters of a document in one string, with their places in the stream.
pub(super) struct HanText {
    /// The characters.
    pub(super) text: Vec<char>,
    /// Index in the stream of each.
    pub(super) at: Vec<usize>,
}

impl HanText {
    pub(super) fn of(stream: &Stream) -> Self {
        let (mut text, mut at) = (Vec::new(), Vec::new());
        for (index, char) in stream.chars.iter().enumerate() {
            if is_han(char.c) {
                text.push(char.c);
                at.push(index);
            }
        }
        Self { text, at }
    }

    /// Places, as indices of the characters here, of `word` within `range`.
    fn find(&self, word: &str, range: Range<usize>) -> Vec<usize> {
        let word: Vec<char> = word.chars().collect();
        let range = range.start.min(range.end)..range.end;
        occurrences(&self.text[range.clone()], &word).map(|i| i + range.start).collect()
    }

    fn first(&self, words: &[&str], range: &Range<usize>) -> Option<usize> {
        words.iter().filter_map(|word| self.find(word, range.clone()).first().copied()).min()
    }

    /// Index here of the first character at or behind `at` in the stream.
    fn behind(&self, at: usize) -> usize {
        self.at.partition_point(|&place| place < at)
    }
}

const REQUEST_HEADER: &str = "本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和申请人情况自然人法人或其他组织商业企业科研机构社会公益组织法律服务机构其他总计合计";
const DISPUTE_HEADER: &str = "行政复议行政诉讼未经复议直接起诉复议后起诉结果维持结果纠正其他结果尚未审结总计合计";

/// A file that repeats the words of a table more often than this is not read for the best place of all.
const MOST_HITS: usize = 1_000;

/// Most Chinese characters between two neighbouring row labels of the list below; running headers of
/// many short pages may stand between them.
const WIDEST_GAP: usize = 700;

/// Rough limits of the requests table, searched within the characters `among`: from its header to the dispute part,
/// or as far as it may reach.
pub(super) fn requests(stream: &Stream, hans: &HanText, among: Range<usize>) -> Option<Range<usize>> {
    let all = hans.behind(among.start)..hans.behind(among.end);
    // Row labels that do not occur in prose; the table is where several of them follow each other.
    const LABELS: [&str; 20] = [
        "本年新收政府信息公开申请",
        "上年结转政府信息公开申请",
        "区分处理的只计这一情形",
        "三不予公开",
        "属于国家秘密",
        "禁止公开",
        "危及三安全一稳定",
        "保护第三方合法权益",
        "属于三类内部事务信息",
        "属于四类过程性信息",
        "属于行政执法案卷",
        "属于行政查询事项",
        "四无法提供",
        "本机关不掌握相关政府信息",
        "没有现成信息需要另行制作",
        "补正后申请内容仍不明确",
        "五不予处理",
        "要求提供公开出版物",
        "六其他处理",
        "结转下年度继续办理",
    ];
    let mut hits: Vec<(usize, usize)> = Vec::new();
    for (order, label) in LABELS.iter().enumerate() {
        hits.extend(hans.find(label, all.clone()).into_iter().map(|at| (at, order)));
    }
    hits.sort_unstable();
    hits.truncate(MOST_HITS);
    let header = ["本列数据的勾稽关系", "申请人情况"];
    let headers: Vec<usize> = header.iter().flat_map(|word| hans.find(word, all.clone())).take(MOST_HITS).collect();
    // The longest chain in the form's order without a wide gap; of equals the last, since prose that names
    // a row stands before the table.
    let chain = |start: usize| {
        let (mut at, mut order) = hits[start];
        let mut count = 1;
        for &(next, next_order) in &hits[start + 1..] {
            if next > at + WIDEST_GAP {
                break;
            }
            at = next;
            if next_order > order {
                order = next_order;
                count += 1;
            }
        }
        (count, at)
    };
    let mut first = (0..hits.len()).max_by_key(|&start| (chain(start).0, start))?;
    while first + 1 < hits.len() && headers.iter().any(|header| (hits[first].0..hits[first + 1].0).contains(header)) {
        first += 1;
    }
    let (count, last) = chain(first);
    if count < 4 {
        return None;
    }
    let label = hits[first].0;
    let start = header_start(stream, hans, label, REQUEST_HEADER, &["本列数据的勾稽关系", "申请人情况"]);
    let start = start.max(among.start);
    // Group labels, footnotes and the last row's own characters may follow the last label that was found.
    let limit = (last + 400).min(all.end);
    let after = hans
        .first(
            &["行政复议", "存在的主要问题", "存在的问题", "其他需要报告", "主动公开政府信息情况", "本年制发件数"],
            &(last..limit),
        )
        .map_or(limit, |at| at);
    let end = hans.at.get(after).copied().unwrap_or(stream.chars.len()).min(among.end);
    Some(start..end)
}

/// Rough limits of the disputes table, searched within the characters `among`.
pub(super) fn disputes(stream: &Stream, hans: &HanText, among: Range<usize>) -> Option<Range<usize>> {
    let range = hans.behind(among.start)..hans.behind(among.end);
    let words = ["未经复议直接起诉", "结果维持", "结果结果其他尚未", "尚未审结", "结果纠正", "结果结果"];
    let known = hans.first(&words, &range).or_else(|| upright_header(stream, hans, &range));
    let known = known.filter(|at| range.contains(at));
    let Some(at) = known else {
        return headless_disputes(stream, hans, &range).filter(|found| found.end <= among.end);
    };
    let start =
        header_start(stream, hans, at, DISPUTE_HEADER, &["行政复议行政诉讼结", "行政复议行政诉讼未"]).max(among.start);
    let stop = [
        "存在的主要问题",
        "存在主要问题",
        "存在的问题",
        "存在问题",
        "主要问题",
        "其他需要报告",
        "其他报告",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请",
    ];
    let after = hans.first(&stop, &(at..range.end)).and_then(|after| hans.at.get(after));
    Some(start..after.copied().unwrap_or(among.end))
}

/// Without any header: fifteen figures, on a line or on several, behind the heading of the part.
fn headless_disputes(stream: &Stream, hans: &HanText, range: &Range<usize>) -> Option<Range<usize>> {
    let heading = hans.first(&["行政复议行政诉讼情况", "行政诉讼情况"], range)?;
    let first = stream.line_of(hans.at[heading]) + 1;
    let figures = |line: &Range<usize>| {
        let text = stream.text(line.clone());
        let words: Vec<&str> = text.split([' ', '\t', '|']).filter(|word| !word.is_empty()).collect();
        words.iter().all(|word| word.bytes().all(|b| b.is_ascii_digit())).then_some(words.len())
    };
    // Sentences may stand before and behind them.
    let counts: Vec<Option<usize>> = stream.lines.get(first..)?.iter().take(40).map(figures).collect();
    let start = counts.iter().position(|count| count.is_some_and(|count| count > 0))?;
    let mut last = start;
    let mut all = 0;
    for (index, count) in counts.iter().enumerate().skip(start) {
        let Some(count) = count else { break };
        all += count;
        if *count > 0 {
            last = index;
        }
    }
    (all == 15).then(|| stream.lines[first + start].start..stream.lines[first + last].end)
}

/// A header whose words are set upright, so that its lines cut across them (结 结 其 尚 / 果 果 他 未):
/// the first two lines in a row of nothing but its characters.
fn upright_header(stream: &Stream, hans: &HanText, range: &Range<usize>) -> Option<usize> {
    let first = stream.line_of(*hans.at.get(range.start)?);
    let is_header = |line: &Range<usize>| {
        let chars = &stream.chars[line.clone()];
        let count = chars.iter().filter(|char| is_han(char.c)).count();
        count >= 4
            && chars.iter().all(|char| char.c == ' ' || DISPUTE_HEADER.contains(char.c))
            && chars.iter().any(|char| matches!(char.c, '结' | '果' | '维' | '审'))
    };
    let solid = |line: &&Range<usize>| stream.chars[(*line).clone()].iter().any(|char| !char.c.is_whitespace());
    let lines: Vec<Range<usize>> = stream.lines.get(first..)?.iter().filter(solid).cloned().collect();
    let line = lines.windows(2).find(|pair| is_header(&pair[0]) && is_header(&pair[1]))?.first()?.start;
    Some(hans.behind(line))
}

/// Rough limits of the proactive table, searched within the characters `among`.
pub(super) fn proactive(stream: &Stream, hans: &HanText, among: Range<usize>) -> Option<Range<usize>> {
    const HEADER: [&str; 11] = [
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
        "本年处理决定数量",
        "处理决定数量",
        "本年收费金额",
        "信息内容",
        "本年新公开数量",
        "对外公开总数量",
        "上一年项目数量",
        "采购项目数量",
    ];
    const ROWS: [&str; 4] = ["行政规范性文件", "行政许可", "行政强制", "行政事业性收费"];
    let range = hans.behind(among.start)..hans.behind(among.end);
    let mut hits: Vec<usize> = HEADER.iter().flat_map(|word| hans.find(word, range.clone())).collect();
    // 信息内容 also occurs in sentences, where another word goes on.
    let goes_on = |at: usize| {
        let (last, next) = (hans.at[at + 3], hans.at.get(at + 4).copied());
        next == Some(last + 1) && stream.line_of(last) == stream.line_of(last + 1)
    };
    hits.retain(|&at| !(hans.text[at] == '信' && goes_on(at) && hans.text.get(at + 4) != Some(&'本')));
    hits.sort_unstable();
    hits.truncate(MOST_HITS);
    // A header word in prose stands alone; in the table others follow within a few characters.
    let start = hits.iter().copied().filter(|&hit| !is_in_prose(stream, hans, hit)).find(|&hit| {
        let near = hit..(hit + 60).min(range.end);
        let others = hits.iter().filter(|&&other| near.contains(&other)).count();
        let rows = ROWS.iter().filter(|row| !hans.find(row, near.start..(hit + 150).min(range.end)).is_empty()).count();
        others >= 2 && rows >= 1 || rows >= 3
    })?;
    // The first block may have lost its header.
    let rows_before = hans
        .find("规章", start.saturating_sub(30).max(range.start)..start)
        .into_iter()
        .find(|&at| !hans.find("规范性文件", at..(at + 10).min(start)).is_empty());
    let start = rows_before.unwrap_or(start);
    let before = start.saturating_sub(20).max(range.start)..start;
    let item = ["第二十条第一项", "第二十条"].iter().find_map(|word| hans.find(word, before.clone()).last().copied());
    let at = hans.at[item.unwrap_or(start)];
    let last = hans.find("行政事业性收费", start..(start + 500).min(range.end)).first().copied();
    // The trial form has one row more.
    let last = last.map(|last| {
        let procured = hans.find("政府集中采购", last..(last + 120).min(range.end));
        procured.first().copied().unwrap_or(last)
    });
    let reach = last.map_or(start + 300, |last| last + 60).min(range.end);
    let mut end = if reach == range.end { among.end } else { hans.at[reach] };
    let stop = ["收到和处理政府信息公开申请", "收到和处理", "本列数据", "政府信息公开行政复议"];
    if let Some(stop) = hans.first(&stop, &(start..reach)) {
        end = end.min(heading_start(stream, hans.at[stop]));
    }
    Some(line_or_char_start(stream, at, "第二十条信息内容本年制发件数项一")..end)
}

/// Whether the word at `hit` stands in sentences that use the words of the table: 制发件数2件，废止件数1件，现行有效件数22件。
fn is_in_prose(stream: &Stream, hans: &HanText, hit: usize) -> bool {
    let end = hans.at.get(hit + 40).copied().unwrap_or(stream.chars.len());
    let marks = |wanted: &str| stream.chars[hans.at[hit]..end].iter().filter(|char| wanted.contains(char.c)).count();
    marks("。") > 0 && marks("，；。、") > 2
}

/// Where a heading begins whose words begin at `at`: its ordinal (三、 or 3.) belongs to it.
fn heading_start(stream: &Stream, at: usize) -> usize {
    let line = stream.lines[stream.line_of(at)].start;
    let char = |index: usize| stream.chars[index].c;
    let mut start = at;
    while start > line && at - start < 6 && "一二三四五六七、. （）".contains(char(start - 1)) {
        start -= 1;
    }
    // A digit is the ordinal only where it stands by itself, with its point.
    let pointed = matches!(char(start), '.' | '、');
    let single = start > line && char(start - 1).is_ascii_digit();
    let alone = single && (start - 1 == line || char(start - 2) == ' ');
    if pointed && alone { start - 1 } else { start }
}

/// Where the header of a table begins whose first known words stand at `known`: whole lines of header
/// words before it, or on the same line the first of `anchors`.
fn header_start(stream: &Stream, hans: &HanText, known: usize, header: &str, anchors: &[&str]) -> usize {
    let at = hans.at[known];
    let mut start = line_or_char_start(stream, at, header);
    if let Some(anchor) = hans.first(anchors, &(known.saturating_sub(160)..known)) {
        let anchor = hans.at[anchor];
        if anchor < start {
            start = line_or_char_start(stream, anchor, header);
        }
    }
    while start > 0 && stream.chars[start - 1].c == '（' && stream.line_of(start - 1) == stream.line_of(start) {
        start -= 1;
    }
    let mut line = stream.line_of(start);
    if stream.lines[line].start != start {
        return start;
    }
    let mut begin = line;
    // At most the lines of a header that is cut into single characters.
    for _ in 0..160 {
        if line == 0 {
            break;
        }
        line -= 1;
        let chars = &stream.chars[stream.lines[line].clone()];
        let mut han = chars.iter().filter(|char| is_han(char.c)).peekable();
        let digits = chars.iter().any(|char| char.c.is_ascii_digit());
        if han.peek().is_some() {
            if digits || !han.all(|char| header.contains(char.c)) {
                break;
            }
            begin = line;
        } else if chars.split(|char| char.c == ' ').filter(|word| !word.is_empty()).count() >= 5 {
            // The figures of the first row, above its label.
            begin = line;
        }
    }
    stream.lines[begin].start
}

/// The start of the line of `at` if nothing but header words stands before it there, else `at` itself.
fn line_or_char_start(stream: &Stream, at: usize, header: &str) -> usize {
    let line = stream.lines[stream.line_of(at)].clone();
    let before = &stream.chars[line.start..at];
    if before.iter().all(|char| !is_han(char.c) && !char.c.is_ascii_digit() || header.contains(char.c)) {
        line.start
    } else {
        at
    }
}
