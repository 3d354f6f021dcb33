//! The second witness: which run of values belongs to which row, by labels and counts.
//!
//! Values may stand after, inside, under or above the label they belong to. The cheapest assignment in
//! the form's order is found by dynamic programming, once for each habit (values behind the label, values
//! above it); where another assignment is nearly as cheap, the rows concerned are in doubt.

use std::ops::Range;

use super::cost::{
    CROSSING, EXCESS, EXCESS_EACH, EXTRA_ROW, GROUP_APART, GROUP_FIGURES, INSIDE, LONE, NEVER, OTHER_HABIT, REMARK,
    ROW_BLANK, ROW_MISSING, SHORT, SHORT_EACH, STRAY, UNLABELLED,
};
use super::labels::Found;
use super::labels::GROUP_CHARACTERS;
use super::tokens::{Tokens, Value, ValueKind};

/// A row as the assignment sees it.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// Row of the form.
    pub(super) row: usize,
    /// Values it takes.
    pub(super) width: usize,
    /// For a group: how many of the following slots are its children.
    pub(super) children: usize,
    /// Where its label stands.
    pub(super) label: Option<Found>,
}

/// What the assignment says.
#[derive(Clone, Debug, Default)]
pub(super) struct Assignment {
    /// For each slot its values, as indices of the tokens.
    pub(super) values: Vec<Vec<usize>>,
    /// Runs that belong to rows the form does not have.
    pub(super) extra: Vec<Range<usize>>,
    /// Slots beside which a run was left aside without a reason to be seen.
    pub(super) strays: Vec<usize>,
    /// For each slot, whether all its values stand at its own label and at no other.
    pub(super) clear: Vec<bool>,
    /// Whether some slot has values both above its label and behind it.
    pub(super) mixed: bool,
    /// Its cost, in tenths.
    pub(super) cost: u32,
}

/// Where values are printed relative to their label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// Behind or under the label.
    Behind,
    /// Above the label.
    Above,
}

/// Most values a row can be given before some are dropped again.
fn most(width: usize) -> usize {
    width * 2 + 2
}

/// Whether the digits of a run that touches text may be those of a whole row.
fn is_glued(values: &[Value], width: usize) -> bool {
    values.len() < width
        && values.iter().any(|value| value.glued)
        && values.iter().map(|value| value.digits.len().max(1)).sum::<usize>() >= width
}

struct Problem<'a> {
    tokens: &'a Tokens,
    runs: &'a [Range<usize>],
    slots: &'a [Slot],
    habit: Habit,
    /// Chinese characters matched by some label of the form.
    labelled: &'a [bool],
}

/// Why a run belongs to no row of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aside {
    /// A figure of a remark, or empty cells beside text.
    Remark,
    /// The figures of a row of its own.
    ExtraRow,
    /// No reason is to be seen.
    Stray,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Start,
    /// The run before this state was given to the slot of this state.
    Taken(usize),
    /// The run before this state was left aside.
    Aside(Aside),
    /// From the slot before, with so many values in it.
    Next(usize),
    /// From a collapsed group over its children.
    Collapsed(usize, usize),
}

/// Assigns `runs` to `slots`.
pub(super) fn assign(
    tokens: &Tokens,
    runs: &[Range<usize>],
    slots: &[Slot],
    labelled: &[bool],
    habit: Habit,
) -> Assignment {
    let problem = Problem { tokens, runs, slots, habit, labelled };
    problem.obvious().unwrap_or_else(|| problem.solve())
}

impl Problem<'_> {
    /// The usual case: every label is there and its values stand between it and the next label.
    fn obvious(&self) -> Option<Assignment> {
        if self.habit == Habit::Above {
            return None;
        }
        let mut values = vec![Vec::new(); self.slots.len()];
        let mut counts = vec![0; self.slots.len()];
        let mut slot: Option<usize> = None;
        for (run, range) in self.runs.iter().enumerate() {
            let at = self.tokens.values[range.start].after;
            let next = slot.map_or(0, |slot| slot + 1);
            for (index, candidate) in self.slots.iter().enumerate().skip(next) {
                match &candidate.label {
                    Some(label) if at >= label.span.end => slot = Some(index),
                    Some(_) => break,
                    None => {}
                }
            }
            let slot = slot?;
            counts[slot] += self.size(run, self.slots[slot].width);
            values[slot].extend(range.clone());
        }
        let usual = |(slot, count): (&Slot, usize)| match slot.children {
            0 => slot.label.is_some() && count == slot.width,
            _ => count == 0,
        };
        self.slots.iter().zip(counts).all(usual).then(|| Assignment {
            values,
            extra: Vec::new(),
            strays: Vec::new(),
            clear: vec![true; self.slots.len()],
            mixed: false,
            cost: 0,
        })
    }

    fn solve(&self) -> Assignment {
        let depth = self.slots.iter().map(|slot| most(slot.width)).max().unwrap_or(0) + 1;
        let rows = self.slots.len() + 1;
        let index = |slot: usize, count: usize| slot * depth + count;
        // cost[run][slot][count]; the slot after the last is the end.
        let mut cost = vec![vec![NEVER; rows * depth]; self.runs.len() + 1];
        let mut step = vec![vec![Step::Start; rows * depth]; self.runs.len() + 1];
        cost[0][index(0, 0)] = 0;
        for run in 0..=self.runs.len() {
            for slot in 0..self.slots.len() {
                // Leave the slot.
                for count in 0..=most(self.slots[slot].width) {
                    let here = cost[run][index(slot, count)];
                    if here >= NEVER {
                        continue;
                    }
                    let mut go = |to: usize, price: u32, how: Step| {
                        if here + price < cost[run][index(to, 0)] {
                            cost[run][index(to, 0)] = here + price;
                            step[run][index(to, 0)] = how;
                        }
                    };
                    go(slot + 1, self.leave(slot, count), Step::Next(count));
                    let children = self.slots[slot].children;
                    if children > 0
                        && count == self.slots[slot].width
                        && self.slots[slot + 1..=slot + children].iter().all(|child| child.label.is_none())
                    {
                        go(slot + children + 1, GROUP_FIGURES, Step::Collapsed(slot, count));
                    }
                }
            }
            if run == self.runs.len() {
                break;
            }
            for slot in 0..rows {
                let width = self.slots.get(slot).map_or(0, |slot| most(slot.width));
                for count in 0..=width {
                    let here = cost[run][index(slot, count)];
                    if here >= NEVER {
                        continue;
                    }
                    let (price, aside) = self.aside(run);
                    if here + price < cost[run + 1][index(slot, count)] {
                        cost[run + 1][index(slot, count)] = here + price;
                        step[run + 1][index(slot, count)] = Step::Aside(aside);
                    }
                    let Some(target) = self.slots.get(slot) else { continue };
                    let size = self.size(run, target.width);
                    if count + size <= most(target.width) {
                        let price = here + self.price(run, slot);
                        if price < cost[run + 1][index(slot, count + size)] {
                            cost[run + 1][index(slot, count + size)] = price;
                            step[run + 1][index(slot, count + size)] = Step::Taken(size);
                        }
                    }
                }
            }
        }
        let mut assignment = Assignment {
            values: vec![Vec::new(); self.slots.len()],
            extra: Vec::new(),
            strays: Vec::new(),
            clear: vec![true; self.slots.len()],
            mixed: false,
            cost: cost[self.runs.len()][index(self.slots.len(), 0)],
        };
        // Figures both above a label and behind it may be those of two rows.
        let mut sides: Vec<Option<bool>> = vec![None; self.slots.len()];
        let (mut run, mut slot, mut count) = (self.runs.len(), self.slots.len(), 0);
        loop {
            match step[run][index(slot, count)] {
                Step::Start => break,
                Step::Taken(size) => {
                    run -= 1;
                    count -= size;
                    assignment.clear[slot] &= self.price(run, slot) < UNLABELLED;
                    let above = self.is_above(run, slot);
                    let mixed = *sides[slot].get_or_insert(above) != above;
                    assignment.clear[slot] &= !mixed;
                    assignment.mixed |= mixed;
                    assignment.values[slot].splice(0..0, self.runs[run].clone());
                }
                Step::Aside(aside) => {
                    run -= 1;
                    match aside {
                        Aside::Remark => {}
                        Aside::ExtraRow => assignment.extra.insert(0, self.runs[run].clone()),
                        Aside::Stray => assignment.strays.push(slot.min(self.slots.len() - 1)),
                    }
                }
                Step::Next(before) => {
                    slot -= 1;
                    count = before;
                }
                Step::Collapsed(group, before) => {
                    slot = group;
                    count = before;
                }
            }
        }
        assignment
    }

    /// How many values a run counts for. Explicit blanks at its ends may be indentation.
    fn size(&self, run: usize, width: usize) -> usize {
        let values = &self.tokens.values[self.runs[run].clone()];
        let solid = |value: &Value| value.kind != ValueKind::Blank;
        let first = values.iter().position(solid).unwrap_or(0);
        let last = values.iter().rposition(solid).map_or(0, |last| last + 1);
        let span = last.saturating_sub(first);
        if values.len() > width && span <= width || is_glued(values, width) {
            width
        } else {
            values.len().min(most(width))
        }
    }

    fn leave(&self, slot: usize, count: usize) -> u32 {
        let Slot { width, children, label, .. } = &self.slots[slot];
        let tenths = |count: usize| u32::try_from(count).unwrap_or(u32::MAX / 64);
        match count {
            0 if *children > 0 => 0,
            0 if label.is_some() => ROW_BLANK,
            0 => ROW_MISSING,
            _ if count == *width => {
                if *children > 0 {
                    GROUP_FIGURES
                } else {
                    0
                }
            }
            _ if *children > 0 => ROW_BLANK + 10,
            _ if count < *width => SHORT + SHORT_EACH * tenths(width - count),
            _ => EXCESS + EXCESS_EACH * tenths(count - width),
        }
    }

    fn price(&self, run: usize, slot: usize) -> u32 {
        let first = &self.tokens.values[self.runs[run].start];
        let at = first.after;
        // A label of a group may stand in pieces anywhere among its rows, and is no limit.
        let limit = |s: &&Slot, beyond: fn(usize, &Found) -> bool| {
            s.children == 0 && s.label.as_ref().is_some_and(|label| beyond(at, label))
        };
        let crossings = self.slots[..slot].iter().filter(|s| limit(s, |at, label| at < label.span.end)).count()
            + self.slots[slot + 1..].iter().filter(|s| limit(s, |at, label| at > label.span.start)).count();
        // What stands behind a label on its own line is that label's.
        let crossings = crossings + usize::from(self.owner(first).is_some_and(|owner| owner != slot));
        let crossing = CROSSING * u32::try_from(crossings).unwrap_or(u32::MAX / 1024);
        let position = match &self.slots[slot].label {
            None => UNLABELLED,
            Some(label) if at >= label.span.end => match self.habit {
                Habit::Behind => 0,
                Habit::Above if self.same_line(label, first.line) => 0,
                Habit::Above => OTHER_HABIT,
            },
            Some(label) if at > label.span.start => INSIDE,
            Some(_) if self.habit == Habit::Above => 0,
            Some(_) => OTHER_HABIT,
        };
        // Figures behind a text of their own on the line are hardly those of another label.
        let foreign = match &self.slots[slot].label {
            Some(label)
                if (at <= label.span.start || at > label.span.end)
                    && !self.same_line(label, first.line)
                    && self.has_own_text(first) =>
            {
                UNLABELLED
            }
            // Nor, with another label's text between, those of a group.
            Some(label) if self.slots[slot].children > 0 && at < label.span.start => {
                let between = &self.labelled[at..label.span.start];
                if between.iter().filter(|labelled| !**labelled).count() >= 2 { UNLABELLED } else { 0 }
            }
            _ => 0,
        };
        // A group is printed with figures only where they follow its label.
        let follows = self.slots[slot].label.as_ref().is_some_and(|label| label.span.end == at);
        let apart = self.slots[slot].children > 0 && !follows;
        position + crossing + foreign + if apart { GROUP_APART } else { 0 }
    }

    /// Whether text that belongs to no label stands directly before `value` on its line.
    fn has_own_text(&self, value: &Value) -> bool {
        // Pieces of group labels stand anywhere.
        let before = self.tokens.hans[..value.after].iter().zip(&self.labelled[..value.after]).rev();
        let own = before.take_while(|(han, labelled)| !**labelled && han.line == value.line);
        let (count, foreign) = own
            .fold((0, false), |(count, foreign), (han, _)| (count + 1, foreign || !GROUP_CHARACTERS.contains(han.c)));
        count >= 2 && foreign
    }

    fn is_above(&self, run: usize, slot: usize) -> bool {
        let at = self.tokens.values[self.runs[run].start].after;
        self.slots[slot].label.as_ref().is_some_and(|label| at <= label.span.start)
    }

    /// The slot whose label stands directly before `value` on the same line.
    fn owner(&self, value: &Value) -> Option<usize> {
        let han = value.after.checked_sub(1)?;
        if self.tokens.hans[han].line != value.line || !self.labelled[han] {
            return None;
        }
        self.slots.iter().position(|slot| slot.label.as_ref().is_some_and(|label| label.span.contains(&han)))
    }

    fn same_line(&self, label: &Found, line: usize) -> bool {
        self.tokens.hans[label.span.end - 1].line == line
    }

    /// The price of leaving a run aside, and what it is then taken for.
    fn aside(&self, run: usize) -> (u32, Aside) {
        let values = &self.tokens.values[self.runs[run].clone()];
        let first = &values[0];
        let remark = match self.habit {
            Habit::Behind => self.remark_before(first.after),
            Habit::Above => self.remark_before(first.after).max(self.remark_behind(first.after)),
        };
        if values.iter().all(|value| value.kind == ValueKind::Blank) {
            return (if remark >= 2 { 0 } else { SHORT }, Aside::Remark);
        }
        match values.len() {
            1..=4 if remark >= 4 && !first.alone => (REMARK, Aside::Remark),
            // Behind other text a lone number is a page's, unless a row nearby is set on several lines.
            1 if first.alone && remark >= 4 && !self.has_lone_neighbour(run) => (REMARK, Aside::Remark),
            1 if first.alone => (LONE, Aside::Stray),
            5.. if remark >= 2 => (EXTRA_ROW, Aside::ExtraRow),
            _ => (STRAY, Aside::Stray),
        }
    }

    fn has_lone_neighbour(&self, run: usize) -> bool {
        let near = run.saturating_sub(2)..(run + 3).min(self.runs.len());
        near.filter(|&other| other != run).any(|other| {
            let range = &self.runs[other];
            range.len() == 1 && self.tokens.values[range.start].alone
        })
    }

    /// Length of the text from Chinese character `after` on that belongs to no label.
    fn remark_behind(&self, after: usize) -> usize {
        self.labelled[after..].iter().take_while(|labelled| !**labelled).count()
    }

    /// Length of the text before Chinese character `after` that belongs to no label.
    fn remark_before(&self, after: usize) -> usize {
        self.labelled[..after].iter().rev().take_while(|labelled| !**labelled).count()
    }
}
