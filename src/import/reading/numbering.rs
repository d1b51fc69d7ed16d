//! Levels of a list, and how far each has been counted -> the labels that office programs print before paragraphs.

mod written;

use written::written;
pub(super) use written::{Format, Ideographs};

/// A level of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Level {
    /// How its numbers are written.
    pub format: Format,
    /// Its first number.
    pub start: u32,
    /// What is printed, with `%1` for the number of the first level: `%1.%2)`.
    pub template: String,
    /// Number of levels, counted from the first, of which one must occur for this one to restart; `None` for any level
    /// above it.
    pub restart: Option<usize>,
    /// Whether numbers of all levels are printed in digits here, whatever their own format.
    pub is_legal: bool,
    /// Whether its numbers are counted but not shown.
    pub is_hidden: bool,
}

impl Default for Level {
    fn default() -> Level {
        let format = Format::Decimal;
        Level { format, start: 1, template: "%1.".to_owned(), restart: None, is_legal: false, is_hidden: false }
    }
}

/// What is printed before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// A bullet.
    Bullet,
    /// A number with everything around it; it may be empty.
    Words(String),
}

/// How far each level of a list has been counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Counters(Vec<Option<u32>>);

impl Counters {
    /// Gives the next paragraph of a level this number.
    pub(super) fn restart(&mut self, level: usize, at: u32) {
        self.0.resize(self.0.len().max(level + 1), None);
        self.0[level] = at.checked_sub(1);
        self.0.truncate(level + 1);
    }

    /// Counts a paragraph and returns its label; `None` if the list has no such level.
    pub(super) fn next(&mut self, levels: &[Level], level: usize) -> Option<Label> {
        let own = levels.get(level)?;
        self.0.resize(self.0.len().max(level + 1), None);
        // Levels below this one start again, unless they are set to continue.
        for (below, number) in self.0.iter_mut().enumerate().skip(level + 1) {
            let goes_on = levels.get(below).and_then(|below| below.restart).is_some_and(|above| level >= above);
            *number = number.filter(|_| goes_on);
        }
        self.0[level] = Some(self.0[level].map_or(own.start, |number| number.saturating_add(1)));
        if own.is_hidden {
            return Some(Label::Words(String::new()));
        }
        if own.format == Format::Bullet {
            return Some(Label::Bullet);
        }
        // Fill the template: each `%n` is the current number of level n, in that level's format.
        let mut label = String::new();
        let mut template = own.template.chars().peekable();
        while let Some(c) = template.next() {
            match template.peek().and_then(|digit| digit.to_digit(10)) {
                Some(digit) if c == '%' && digit > 0 => {
                    template.next();
                    let at = digit as usize - 1;
                    if let Some(of) = levels.get(at) {
                        let number = self.0.get(at).copied().flatten().unwrap_or(of.start);
                        let is_number = !matches!(of.format, Format::Bullet | Format::None);
                        let format = if own.is_legal && is_number { Format::Decimal } else { of.format };
                        label.push_str(&written(number, format));
                    }
                }
                _ => label.push(c),
            }
        }
        Some(Label::Words(label.trim().to_owned()))
    }

    /// Counts a paragraph backwards, from the start of the level.
    pub(super) fn previous(&mut self, levels: &[Level], level: usize) -> Option<Label> {
        let own = levels.get(level)?;
        let number = self.0.get(level).copied().flatten();
        let next = number.map_or(own.start, |number| number.saturating_sub(1));
        self.restart(level, next);
        if next == 0 {
            // No number comes before the first.
            self.0[level] = None;
            return Some(Label::Words("0.".to_owned()));
        }
        self.next(levels, level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(format: Format, template: &str) -> Level {
        Level { format, template: template.into(), ..Level::default() }
    }

    fn words(text: &str) -> Label {
        Label::Words(text.into())
    }

    fn counted(levels: &[Level], at: &[usize]) -> Vec<Label> {
        let mut counters = Counters::default();
        at.iter().map(|at| counters.next(levels, *at).unwrap()).collect()
    }

    #[test]
    fn levels_are_counted_within_the_level_above() {
        let levels = [
            level(Format::Decimal, "%1."),
            level(Format::Letter { upper: false }, "%1.(%2)"),
            level(Format::Bullet, ""),
        ];
        let mut counters = Counters::default();
        let mut labels = Vec::new();
        for at in [0, 0, 1, 1, 2, 0, 1] {
            labels.push(counters.next(&levels, at).unwrap());
        }
        let expect =
            [words("1."), words("2."), words("2.(a)"), words("2.(b)"), Label::Bullet, words("3."), words("3.(a)")];
        assert_eq!(labels, expect);
        counters.restart(0, 9);
        assert_eq!(counters.next(&levels, 0), Some(words("9.")));
        assert_eq!(counters.next(&levels, 3), None);
        assert_eq!(Counters::default().next(&levels, 1), Some(words("1.(a)")));
    }

    #[test]
    fn levels_restart_and_are_printed_as_declared() {
        let roman = Format::Roman { upper: true };
        let goes_on = Level { restart: Some(0), ..level(Format::Decimal, "%2.") };
        let levels = [level(roman, "%1."), goes_on];
        assert_eq!(counted(&levels, &[0, 1, 0, 1]), ["I.", "1.", "II.", "2."].map(words));
        // A third level that restarts only with the first.
        let third = Level { restart: Some(1), ..level(Format::Decimal, "%3)") };
        let levels = [level(roman, "%1."), level(Format::Decimal, "%2."), third];
        let labels = counted(&levels, &[0, 1, 2, 1, 2, 0, 1, 2]);
        assert_eq!(labels, ["I.", "1.", "1)", "2.", "2)", "II.", "1.", "1)"].map(words));
        let legal = Level { is_legal: true, ..level(Format::Letter { upper: false }, "%1.%2") };
        let hidden = Level { is_hidden: true, ..level(Format::Decimal, "%3.") };
        assert_eq!(counted(&[level(roman, "%1."), legal, hidden], &[0, 1, 2]), ["I.", "1.1", ""].map(words));
    }

    #[test]
    fn a_list_is_counted_backwards() {
        let levels = [Level { start: 2, ..Level::default() }];
        let mut counters = Counters::default();
        let labels: Vec<_> = (0..3).map(|_| counters.previous(&levels, 0).unwrap()).collect();
        assert_eq!(labels, ["2.", "1.", "0."].map(words));
    }
}
