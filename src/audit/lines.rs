//! The lines of a file, kept as one text: a dashboard keeps those of thousands of files.

use std::ops::Index;

/// The lines of a file as text; line `n` is at index `n - 1`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Lines {
    text: Box<str>,
    /// Where each line ends in `text`.
    ends: Box<[usize]>,
}

impl Lines {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The line at `index`.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start..end])
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.len()).map(|index| &self[index])
    }
}

impl Index<usize> for Lines {
    type Output = str;

    fn index(&self, index: usize) -> &str {
        self.get(index).unwrap_or_default()
    }
}

impl<S: AsRef<str>> FromIterator<S> for Lines {
    fn from_iter<T: IntoIterator<Item = S>>(lines: T) -> Self {
        let mut text = String::new();
        let end = |line: S| {
            text.push_str(line.as_ref());
            text.len()
        };
        let ends = lines.into_iter().map(end).collect();
        Self { text: text.into(), ends }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_in_comes_out() {
        let written = ["标题", "", "一、总体情况", ""];
        let lines: Lines = written.iter().collect();
        assert_eq!(lines.iter().collect::<Vec<_>>(), written);
        assert_eq!((lines.len(), lines.get(2), lines.get(4)), (4, Some("一、总体情况"), None));
        assert!(Lines::default().is_empty());
    }
}
