//! The name that was meant.

/// The name among `known` that is closest to `typed`, if any is close enough to be meant.
#[must_use]
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = typed.chars().count();
    let close = (length / 3).max(1);
    let known = known.into_iter().filter(|name| name.chars().count().abs_diff(length) <= close);
    let ranked = known.map(|name| (distance(typed, name), name)).filter(|&(far, _)| far <= close);
    ranked.min().map(|(_, name)| name)
}

/// Changes of single characters, neighbours swapped included, that make `one` into `other`.
#[must_use]
pub fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) =
        (one.to_lowercase().chars().collect(), other.to_lowercase().chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let change = rows[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
            let mut best = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        assert_eq!(nearest("slect", ["select", "ignore"]), Some("select"));
        assert_eq!(nearest("ingore", ["select", "ignore"]), Some("ignore"));
        assert_eq!(nearest("REQ03", ["REQ003", "DIS001"]), Some("REQ003"));
        assert_eq!(nearest("colour", ["select", "ignore"]), None);
    }
}
