//! Reading the characters of a line: Chinese characters, numbers, marks; dates and ordinals passed over.

use std::ops::Range;

use super::super::stream::{Stream, is_han};
use super::cells;
use super::tokens::{Han, Tokens, Value, ValueKind};

/// Units that may follow a figure in a cell; longer ones first.
pub(super) const UNITS: [&str; 12] = ["万元", "人次", "亿元", "元", "件", "条", "宗", "个", "项", "份", "次", "起"];

/// Reads the characters of one line.
pub(super) struct Scanner<'a> {
    /// The characters of the line, or of a cell.
    pub(super) chars: &'a [char],
    /// Index in the stream of the first.
    pub(super) base: usize,
    /// Index of the line in the stream.
    pub(super) line: usize,
    /// Whether the line has explicit cells.
    pub(super) celled: bool,
}

impl Scanner<'_> {
    /// A value at `range` of the stream, behind `after` Chinese characters.
    pub(super) fn value(
        &self,
        kind: ValueKind,
        digits: String,
        unit: Option<&'static str>,
        range: Range<usize>,
        after: usize,
    ) -> Value {
        Value {
            kind,
            digits,
            unit,
            range,
            line: self.line,
            celled: self.celled,
            cell: 0,
            alone: false,
            glued: false,
            joins: false,
            after,
        }
    }

    fn at(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\n')
    }

    /// Whether what stands at `index` separates cells in running text.
    fn is_gap(&self, index: Option<usize>) -> bool {
        index.is_none_or(|index| matches!(self.at(index), ' ' | '\t' | '\n' | '|' | ',' | '"'))
    }

    /// Whether a cell may end before `index`: a gap, a label, or the ordinal of one.
    fn is_end(&self, index: usize) -> bool {
        self.is_gap(Some(index)) || is_han(self.at(index)) || self.at(index) == '（' || self.is_ordinal(index)
    }

    /// Whether a single digit with its point stands at `index`, before a label.
    fn is_ordinal(&self, index: usize) -> bool {
        let point = matches!(self.at(index + 1), '.' | '、' | '．');
        let label =
            (index + 2..index + 4).map(|k| self.at(k)).find(|c| *c != ' ').is_some_and(|c| is_han(c) || c == '“');
        self.at(index).is_ascii_digit() && point && label
    }

    /// Reads `range` of the characters into `tokens`.
    pub(super) fn scan(&self, range: Range<usize>, tokens: &mut Tokens, stream: &Stream) {
        let mut i = range.start;
        while i < range.end && !tokens.is_full() {
            let c = self.chars[i];
            let before = i.checked_sub(1).filter(|&b| b >= range.start);
            if let Some(end) = self.markup(i, range.end) {
                i = end;
                continue;
            }
            let negative = c == '-' && self.at(i + 1).is_ascii_digit() && self.is_gap(before);
            if c.is_ascii_digit() || negative && !self.is_ordinal(i + 1) {
                i = self.number(i, before, tokens);
            } else if let Some(end) = self.mark(i, before, range.end, stream, tokens.hans.last()) {
                // Three and more run together are marks of as many cells; two may be one long dash.
                let count = if end - i >= 3 && c != 'N' && c != 'n' { end - i } else { 1 };
                for n in 0..count {
                    let span = if count == 1 { i..end } else { i + n..i + n + 1 };
                    let span = self.base + span.start..self.base + span.end;
                    let mut value = self.value(ValueKind::Mark, String::new(), None, span, tokens.hans.len());
                    value.glued = count > 1;
                    tokens.values.push(value);
                }
                i = end;
            } else if let Some(end) = self.word(i, before, range.end, tokens) {
                let span = self.base + i..self.base + end;
                tokens.values.push(self.value(ValueKind::Word, String::new(), None, span, tokens.hans.len()));
                i = end;
            } else {
                if is_han(c) {
                    tokens.hans.push(Han {
                        c,
                        at: self.base + i,
                        line: self.line,
                        cell: 0,
                        ordinal: std::mem::take(&mut tokens.ordinal),
                        starts: before.is_none_or(|b| !is_han(self.at(b))),
                        ends: i + 1 >= range.end || !is_han(self.at(i + 1)),
                    });
                }
                i += 1;
            }
        }
    }

    /// The end of a line break or other tag, or of an address of the web, that begins at `i`.
    fn markup(&self, i: usize, end: usize) -> Option<usize> {
        let starts = |word: &str| word.chars().zip(i..).all(|(c, k)| self.at(k).eq_ignore_ascii_case(&c));
        if self.at(i) == '<' && (self.at(i + 1).is_ascii_alphabetic() || self.at(i + 1) == '/') {
            return (i..end.min(i + 40)).find(|&k| self.at(k) == '>').map(|k| k + 1);
        }
        if starts("http:") || starts("https:") || starts("www.") {
            return Some((i..end).find(|&k| self.is_gap(Some(k)) || is_han(self.at(k))).unwrap_or(end));
        }
        None
    }

    /// The end of a short word (若干) that stands between the figures of a row, where a figure belongs.
    fn word(&self, i: usize, before: Option<usize>, end: usize, tokens: &Tokens) -> Option<usize> {
        let stop = (i..end).find(|&k| !is_han(self.at(k))).unwrap_or(end);
        if !self.is_gap(before) || !self.is_gap(Some(stop)) || !cells::is_word(&self.chars[i..stop]) {
            return None;
        }
        let behind_figure = tokens.values.last().is_some_and(|v| v.line == self.line && v.after == tokens.hans.len());
        let next = (stop..end).map(|k| self.at(k)).find(|c| *c != ' ');
        (behind_figure && next.is_some_and(|c| c.is_ascii_digit())).then_some(stop)
    }

    /// The end of a not-applicable mark that begins at `i`.
    fn mark(&self, i: usize, before: Option<usize>, end: usize, stream: &Stream, last: Option<&Han>) -> Option<usize> {
        let c = self.at(i);
        let run = (i..end).take_while(|&k| self.at(k) == c).count();
        match c {
            '/' | '\\' => {
                let digit = |k: usize| self.at(k).is_ascii_digit();
                let in_date = before.is_some_and(digit) && digit(i + run);
                let stands = self.is_gap(before) || before.is_some_and(|b| digit(b) || is_han(self.at(b)));
                (stands && !in_date && (self.is_end(i + run) || digit(i + run))).then_some(i + run)
            }
            '-' | '─' => {
                let starts = self.is_gap(before)
                    || before.is_some_and(|b| is_han(self.at(b)) && (self.is_gap(Some(i + run)) || run >= 3));
                (starts && self.is_end(i + run) && run <= 15).then_some(i + run)
            }
            '—' | '–' | '―' | '−' => {
                let year = |at: usize| (at..at + 4).all(|k| self.at(k).is_ascii_digit());
                let between_years = before.is_some_and(|b| b >= 3 && year(b - 3)) && year(i + run);
                let digit = |at: Option<usize>| at.is_some_and(|at| self.at(at).is_ascii_digit());
                let starts = self.is_gap(before) || digit(before) || before.is_some_and(|b| is_han(self.at(b)));
                let ends = self.is_end(i + run) || digit(Some(i + run));
                (starts && ends && run <= 15 && !between_years).then_some(i + run)
            }
            'N' | 'n' => {
                let word: String = (i..end.min(i + 3)).map(|k| self.at(k).to_ascii_uppercase()).collect();
                (self.is_gap(before) && word == "N/A" && self.is_gap(Some(i + 3))).then_some(i + 3)
            }
            // 无 on a line of its own may also be the first character of a label cut to pieces (无法提供).
            '无' if self.is_gap(before) && self.is_gap(Some(i + 1)) => {
                let rest = &stream.chars[self.base + i + 1..];
                let next = rest.iter().map(|char| char.c).filter(|&c| is_han(c) || c.is_ascii_digit()).find(|_| true);
                let in_label = matches!(next, Some('法' | '正')) || last.is_some_and(|han| han.c == '四');
                (!in_label).then_some(i + 1)
            }
            _ => None,
        }
    }

    /// Reads the number at `i`, or skips it if it is no value; returns where to go on.
    fn number(&self, i: usize, before: Option<usize>, tokens: &mut Tokens) -> usize {
        if let Some(end) = cells::skip_date(self.chars, i) {
            return end;
        }
        if let Some(year) = self.glued_year(i) {
            let digits: String = self.chars[i..year].iter().collect();
            self.push_number(i, year, false, digits, None, true, tokens);
            return year;
        }
        let negative = self.at(i) == '-';
        let start = i + usize::from(negative);
        let mut end = start;
        while self.at(end).is_ascii_digit() {
            end += 1;
        }
        let mut digits: String = self.chars[start..end].iter().collect();
        // Thousands separators: groups of exactly three digits.
        if !digits.starts_with('0')
            && end - start <= 3
            && matches!(self.at(end), ',' | '，')
            && self.group_of_three(end + 1)
        {
            let mut next = end;
            while matches!(self.at(next), ',' | '，') && self.group_of_three(next + 1) {
                digits.extend(&self.chars[next + 1..next + 4]);
                next += 4;
            }
            end = next;
        }
        if self.at(end) == '.' && self.at(end + 1).is_ascii_digit() {
            let mut decimals = end + 1;
            while self.at(decimals).is_ascii_digit() {
                decimals += 1;
            }
            digits.extend(&self.chars[end..decimals]);
            end = decimals;
        }
        let previous = before.map_or('\n', |b| self.at(b));
        if matches!(previous, '第' | '〔' | '[' | '【' | '（' | '+' | ':' | '：' | '.' | '%')
            || previous.is_ascii_alphabetic()
        {
            return end;
        }
        if matches!(self.at(end), '%' | '％' | '号' | '页' | '时' | '点' | '版' | '楼' | '室' | '〕' | ']' | ':' | '：')
            || self.at(end).is_ascii_alphabetic()
            || (self.at(end) == '）' && previous == '（')
            || (self.at(end) == '-' && self.at(end + 1).is_ascii_digit())
        {
            return end;
        }
        // An ordinal: its point is followed by a label, or by nothing. Glued to the last value of the row
        // before (02.其他), only its last digit is the ordinal.
        let mut behind = end;
        while self.at(behind) == ' ' {
            behind += 1;
        }
        // 1）属于… and 1 属于… at the beginning of a line or cell.
        let begins = before.is_none_or(|b| self.chars[..=b].iter().all(|&c| c == ' ' || c == '（'));
        let loose = begins && end - start == 1 && self.at(start) != '0' && is_han(self.at(behind));
        let ordinal = digits.bytes().last().map_or(0, |digit| digit.wrapping_sub(b'0'));
        if loose && behind > end && !"一二三四五六七".contains(self.at(behind)) {
            tokens.ordinal = ordinal;
            return behind;
        }
        let apart = self.is_gap(before) || previous == '）';
        let single = end - start == 1 && (1..=8).contains(&ordinal);
        let closed = matches!(self.at(behind), '）' | '。' | ',' | '，' | ':' | '：') && apart && single;
        if matches!(self.at(behind), '.' | '、' | '．') || closed {
            let mut label = behind + 1;
            while self.at(label) == ' ' {
                label += 1;
            }
            let next = self.at(label);
            if is_han(next) || matches!(next, '\n' | '\t' | '|' | '“' | '"' | '<') {
                tokens.ordinal = ordinal;
                if end - start < 2 || digits.ends_with('.') || digits.rfind('.') == Some(digits.len() - 2) {
                    return behind + 1;
                }
                digits.pop();
                self.push_number(start, end - 1, negative, digits, None, true, tokens);
                return behind + 1;
            }
        }
        let unit = UNITS.iter().copied().find(|unit| unit.chars().zip(end..).all(|(c, k)| self.at(k) == c));
        let stop = end + unit.map_or(0, |unit| unit.chars().count());
        let glued = is_han(previous) || is_han(self.at(stop)) || previous == '/' || self.at(stop) == '/';
        self.push_number(start, stop, negative, digits, unit, glued, tokens);
        stop
    }

    /// Where the year begins that is glued to a figure (3164412022年), with `i` the figure's first digit.
    fn glued_year(&self, i: usize) -> Option<usize> {
        let end = (i..).find(|&k| !self.at(k).is_ascii_digit() && self.at(k) != '.')?;
        let year = end.checked_sub(4).filter(|&year| year > i)?;
        let digits = (year..end).all(|k| self.at(k).is_ascii_digit()) && self.at(year - 1).is_ascii_digit();
        let century = matches!((self.at(year), self.at(year + 1)), ('1', '9') | ('2', '0'));
        (digits && century && self.at(end) == '年').then_some(year)
    }

    fn group_of_three(&self, at: usize) -> bool {
        (at..at + 3).all(|k| self.at(k).is_ascii_digit()) && !self.at(at + 3).is_ascii_digit()
    }

    #[expect(clippy::too_many_arguments, reason = "one call each for a plain and a glued number")]
    fn push_number(
        &self,
        start: usize,
        end: usize,
        negative: bool,
        digits: String,
        unit: Option<&'static str>,
        glued: bool,
        tokens: &mut Tokens,
    ) {
        let start = start - usize::from(negative);
        let digits = if negative { format!("-{digits}") } else { digits };
        let range = self.base + start..self.base + end;
        let mut value = self.value(ValueKind::Number, digits, unit, range, tokens.hans.len());
        value.glued = glued;
        value.joins = is_han(self.at(end));
        tokens.values.push(value);
    }
}
