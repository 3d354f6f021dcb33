//! A stretch of the stream as Chinese characters (labels) and values (what may stand in a cell).
//!
//! Dates, ordinals, page numbers, telephone numbers and the like are no values. A line split by tabs,
//! pipes or (in an export) commas has explicit cells, so an empty one is a [`ValueKind::Blank`]; in
//! running text a blank leaves no trace here.

use std::ops::Range;

use super::super::stream::{Stream, is_han};
use super::cells::{self, LineCell};

/// A Chinese character of a label, a header or a remark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Han {
    /// The character.
    pub(super) c: char,
    /// Its index in the stream.
    pub(super) at: usize,
    /// Index of its line in the stream.
    pub(super) line: usize,
    /// Which cell of its line it stands in, from 0; 0 where the line has no explicit cells.
    pub(super) cell: usize,
    /// Whether something other than a Chinese character stands before it.
    pub(super) starts: bool,
    /// Whether something other than a Chinese character stands after it.
    pub(super) ends: bool,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueKind {
    /// A figure.
    Number,
    /// A mark for "does not apply".
    Mark,
    /// An explicit empty cell.
    Blank,
    /// A word where a figure belongs.
    Word,
}

/// Something that may stand in a cell.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// What it is.
    pub(super) kind: ValueKind,
    /// For a number its sign, digits and decimal point, thousands separators removed.
    pub(super) digits: String,
    /// A unit printed behind it.
    pub(super) unit: Option<&'static str>,
    /// Its characters in the stream, unit included; empty for a blank.
    pub(super) range: Range<usize>,
    /// Index of its line in the stream.
    pub(super) line: usize,
    /// Whether its line has explicit cells.
    pub(super) celled: bool,
    /// Which cell of its line it is, from 0; 0 where the line has no explicit cells.
    pub(super) cell: usize,
    /// Whether it stands alone on its line.
    pub(super) alone: bool,
    /// Whether it touches a Chinese character or another value.
    pub(super) glued: bool,
    /// Whether it touches a Chinese character behind it.
    pub(super) joins: bool,
    /// How many Chinese characters of the stretch stand before it.
    pub(super) after: usize,
}

/// The tokens of a stretch.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    /// Chinese characters in order.
    pub(super) hans: Vec<Han>,
    /// Values in order.
    pub(super) values: Vec<Value>,
}

impl Tokens {
    /// Takes out numbers that stand alone on a line between complete rows of `width`: page numbers. Beside a
    /// row that lacks a value such a number may be that value, and stays.
    pub(super) fn drop_page_numbers(&mut self, width: usize) {
        let mut rows: Vec<Range<usize>> = Vec::new();
        for (index, value) in self.values.iter().enumerate() {
            match rows.last_mut() {
                Some(row) if self.values[row.start].line == value.line => row.end = index + 1,
                _ => rows.push(index..index + 1),
            }
        }
        let complete = |row: Option<&Range<usize>>| row.is_none_or(|row| row.len() == width);
        let is_row = |row: &&Range<usize>| row.len() > 1;
        if rows.iter().filter(|row| row.len() == width).count() * 2 < rows.len() {
            return;
        }
        let mut stays = vec![true; self.values.len()];
        for (index, row) in rows.iter().enumerate() {
            let lone = row.len() == 1 && self.values[row.start].alone && !self.values[row.start].celled;
            let before = rows[..index].iter().rfind(is_row);
            let behind = rows[index + 1..].iter().find(is_row);
            stays[row.start] = !(lone && complete(before) && complete(behind));
        }
        let mut stays = stays.into_iter();
        self.values.retain(|_| stays.next().unwrap_or(true));
    }

    /// The values that stand between the same two Chinese characters on one line, as index ranges. Values
    /// that stand alone on consecutive lines are one range, as long as they may be one row of `width`.
    pub(super) fn runs(&self, width: usize) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (index, value) in self.values.iter().enumerate() {
            match runs.last_mut() {
                Some(run)
                    if self.values[run.start].after == value.after && self.values[run.start].line == value.line =>
                {
                    run.end = index + 1;
                }
                _ => runs.push(index..index + 1),
            }
        }
        let mut joined: Vec<Range<usize>> = Vec::new();
        let mut rest = runs.as_slice();
        while let Some(first) = rest.first() {
            let same =
                |run: &&Range<usize>| run.len() == 1 && self.values[run.start].after == self.values[first.start].after;
            let singles = rest.iter().take_while(same).count();
            let behind =
                rest.get(singles).is_some_and(|run| self.values[run.start].after == self.values[first.start].after);
            if (2..=width + 2).contains(&singles) && !behind {
                joined.push(first.start..rest[singles - 1].end);
                rest = &rest[singles..];
            } else {
                joined.push(first.clone());
                rest = &rest[1..];
            }
        }
        joined
    }
}

/// Units that may follow a figure in a cell; longer ones first.
const UNITS: [&str; 12] = ["万元", "人次", "亿元", "元", "件", "条", "宗", "个", "项", "份", "次", "起"];

/// Splits `range` of the stream into tokens.
pub(super) fn tokenise(stream: &Stream, range: Range<usize>) -> Tokens {
    let mut tokens = Tokens::default();
    if range.is_empty() {
        return tokens;
    }
    let comma_separated = is_export(stream);
    let first_line = stream.line_of(range.start);
    let mut last_line = first_line;
    for line in first_line..stream.lines.len() {
        let limits = stream.lines[line].clone();
        if limits.start >= range.end {
            break;
        }
        last_line = line + 1;
        let limits = limits.start.max(range.start)..limits.end.min(range.end);
        let chars: Vec<char> = stream.chars[limits.clone()].iter().map(|char| char.c).collect();
        let first = tokens.values.len();
        match cells::split(&chars, comma_separated) {
            cells::Split::Noise => {}
            cells::Split::Whole => Scanner { chars: &chars, base: limits.start, line, celled: false }.scan(
                0..chars.len(),
                &mut tokens,
                stream,
            ),
            cells::Split::Cells(list) => read_cells(&chars, limits.start, line, &list, &mut tokens, stream),
        }
        if let [only] = &mut tokens.values[first..] {
            only.alone = !chars.iter().any(|&c| is_han(c))
                || chars.iter().filter(|&&c| is_han(c)).count() <= 2 && { only.unit.is_some() };
        }
    }
    drop_loose(&mut tokens);
    cells_between_bars(&mut tokens, stream, first_line..last_line);
    tokens
}

/// Where a bar on a line of its own divides cells, two bars with nothing between them are a blank cell.
fn cells_between_bars(tokens: &mut Tokens, stream: &Stream, lines: Range<usize>) {
    let is_bar = |line: &usize| {
        let mut solid = stream.chars[stream.lines[*line].clone()].iter().filter(|char| !char.c.is_whitespace());
        solid.next().is_some_and(|char| char.c == '|') && solid.next().is_none()
    };
    let bars: Vec<usize> = lines.filter(is_bar).collect();
    if bars.len() < tokens.values.len() || bars.is_empty() {
        return;
    }
    tokens.values.iter_mut().for_each(|value| value.celled = true);
    for pair in bars.windows(2) {
        let hans = tokens.hans.partition_point(|han| han.line < pair[0]);
        let value = tokens.values.partition_point(|value| value.line <= pair[0]);
        let empty = tokens.hans.get(hans).is_none_or(|han| han.line > pair[1])
            && tokens.values.get(value).is_none_or(|value| value.line > pair[1]);
        if empty {
            let at = stream.lines[pair[1]].start;
            let blank = Value {
                kind: ValueKind::Blank,
                digits: String::new(),
                unit: None,
                range: at..at,
                line: pair[1],
                celled: true,
                cell: 0,
                alone: true,
                glued: false,
                joins: false,
                after: hans,
            };
            tokens.values.insert(value, blank);
        }
    }
}

/// In a table of explicit cells a number alone on a line without cells is a page number.
fn drop_loose(tokens: &mut Tokens) {
    let celled = tokens.values.iter().filter(|value| value.celled).count();
    if celled * 3 > tokens.values.len() * 2 {
        tokens.values.retain(|value| value.celled || !value.alone);
    }
}

/// Whether the file is a spreadsheet saved with commas between cells.
fn is_export(stream: &Stream) -> bool {
    let is_row = |line: &&Range<usize>| {
        let chars: Vec<char> = stream.chars[(*line).clone()].iter().map(|char| char.c).collect();
        chars.contains(&',') && cells::is_comma_separated(&chars)
    };
    stream.lines.iter().filter(is_row).take(6).count() == 6
}

/// Reads a line of explicit cells. Empty cells before the label are indentation, not values.
fn read_cells(chars: &[char], base: usize, line: usize, list: &[LineCell], tokens: &mut Tokens, stream: &Stream) {
    let scanner = Scanner { chars, base, line, celled: true };
    let has_text = list.iter().any(|cell| chars[cell.range.clone()].iter().any(|&c| is_han(c)));
    let mut open = !has_text;
    let first_value = tokens.values.len();
    let mut last_text: &[char] = &[];
    for (index, cell) in list.iter().enumerate() {
        let known = tokens.values.len();
        if cell.range.is_empty() {
            if open {
                let at = base + cell.separator;
                let blank = scanner.value(ValueKind::Blank, String::new(), None, at..at, tokens.hans.len());
                tokens.values.push(Value { cell: index, ..blank });
            }
            continue;
        }
        let values_before = tokens.values.len() > first_value
            && tokens.values[first_value..].iter().any(|value| value.kind != ValueKind::Blank);
        if values_before && cells::is_word(&chars[cell.range.clone()]) {
            let range = base + cell.range.start..base + cell.range.end;
            let word = scanner.value(ValueKind::Word, String::new(), None, range, tokens.hans.len());
            tokens.values.push(Value { cell: index, ..word });
            continue;
        }
        let hans_before = tokens.hans.len();
        let inner = &chars[cell.range.clone()];
        // An export repeats a merged cell in every column it spans.
        if inner == last_text {
            continue;
        }
        Scanner { chars: inner, base: base + cell.range.start, line, celled: true }.scan(
            0..inner.len(),
            tokens,
            stream,
        );
        if tokens.hans.len() > hans_before {
            last_text = inner;
            tokens.hans[hans_before..].iter_mut().for_each(|han| han.cell = index);
        }
        open |= tokens.hans.len() > hans_before || tokens.values.len() > first_value;
        tokens.values[known..].iter_mut().for_each(|value| value.cell = index);
    }
    let line_values = &tokens.values[first_value..];
    // A line without a label and without a figure is a rule between rows, not a row of blanks.
    if !has_text && line_values.iter().all(|value| value.kind == ValueKind::Blank) {
        tokens.values.truncate(first_value);
    }
}

/// Reads the characters of one line.
struct Scanner<'a> {
    chars: &'a [char],
    base: usize,
    line: usize,
    celled: bool,
}

impl Scanner<'_> {
    fn value(
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

    fn scan(&self, range: Range<usize>, tokens: &mut Tokens, stream: &Stream) {
        let mut i = range.start;
        while i < range.end {
            let c = self.chars[i];
            let before = i.checked_sub(1).filter(|&b| b >= range.start);
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
            } else {
                if is_han(c) {
                    tokens.hans.push(Han {
                        c,
                        at: self.base + i,
                        line: self.line,
                        cell: 0,
                        starts: before.is_none_or(|b| !is_han(self.at(b))),
                        ends: i + 1 >= range.end || !is_han(self.at(i + 1)),
                    });
                }
                i += 1;
            }
        }
    }

    /// The end of a not-applicable mark that begins at `i`.
    fn mark(&self, i: usize, before: Option<usize>, end: usize, stream: &Stream, last: Option<&Han>) -> Option<usize> {
        let c = self.at(i);
        let run = (i..end).take_while(|&k| self.at(k) == c).count();
        match c {
            '/' | '\\' => {
                let digit = |k: usize| self.at(k).is_ascii_digit();
                let in_date = before.is_some_and(digit) && digit(i + run);
                (!in_date).then_some(i + run)
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
        if matches!(self.at(behind), '.' | '、' | '．') {
            let mut label = behind + 1;
            while self.at(label) == ' ' {
                label += 1;
            }
            let next = self.at(label);
            if is_han(next) || matches!(next, '\n' | '\t' | '|' | '“' | '"') {
                if end - start < 2 || digits.contains('.') {
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
