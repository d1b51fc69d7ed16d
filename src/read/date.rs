//! EDTF text -> `Date`: a day, a month, a year, one of them uncertain or approximate, or an interval.
//!
//! Source: Extended Date/Time Format (ISO 8601-2:2019), level 0 and the parts of level 1 that archives need.

use std::ops::RangeInclusive;

use crate::language::months;
use jiff::civil;

/// A date, no more precise than it is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    edtf: Box<str>,
    from: Point,
    /// The other end, for an interval.
    until: Option<Point>,
}

/// One end of a date, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// The year.
    pub year: i16,
    /// The month, from 1.
    pub month: Option<i8>,
    /// The day of the month.
    pub day: Option<i8>,
    /// `?`: the source is uncertain.
    pub uncertain: bool,
    /// `~`: the date is approximate.
    pub approximate: bool,
}

impl Date {
    /// Parses EDTF. Returns `None` for anything else, and for days that do not exist.
    pub fn parse(text: &str) -> Option<Date> {
        let (from, until) = match text.split_once('/') {
            Some((from, until)) => (Point::parse(from)?, Some(Point::parse(until)?)),
            None => (Point::parse(text)?, None),
        };
        let date = Date { edtf: text.into(), from, until };
        (date.earliest() <= date.latest()).then_some(date)
    }

    /// Returns in EDTF what a date in another form most likely means: `1 October 1996`, `October 1, 1996`, `1.10.1996`,
    /// `10/1984`, `2024/6/4`.
    pub fn guess(text: &str) -> Option<String> {
        Date::read_otherwise(text).map(|(edtf, _)| edtf)
    }

    /// Returns the same if the date has only one reading: its month is named, its year comes first, or one of its
    /// numbers cannot be a month.
    pub fn only_reading(text: &str) -> Option<String> {
        Date::read_otherwise(text).filter(|(_, is_sure)| *is_sure).map(|(edtf, _)| edtf)
    }

    /// Returns what to write instead of a text that is no date, if that can be said of it.
    pub fn advice(text: &str) -> Option<String> {
        if let Some((edtf, is_sure)) = Date::read_otherwise(text) {
            let other = edtf.split('-').collect::<Vec<_>>();
            let other = match other[..] {
                [year, month, day] if !is_sure && month != day => Some(format!("{year}-{day}-{month}")),
                _ => None,
            };
            return Some(match other.filter(|other| Date::parse(other).is_some()) {
                Some(other) => format!("write {edtf} if the day comes first, {other} if the month does"),
                None => format!("write {edtf}"),
            });
        }
        let (day, rest) = text.split_at_checked("2017-10-17".len())?;
        let is_numbers =
            day.split('-').map(str::len).eq([4, 2, 2]) && day.chars().all(|c| c.is_ascii_digit() || c == '-');
        match Date::parse(day) {
            Some(_) if rest.starts_with(['T', ' ', 't']) => Some(format!("write {day}: a date is a whole day")),
            None if rest.is_empty() && is_numbers => {
                let month = Some(&day[..7]).filter(|month| Date::parse(month).is_some());
                let month = month.map(|month| format!(", or {month} for the month")).unwrap_or_default();
                Some(format!("there is no day {day}; write a day that exists{month}"))
            }
            _ => None,
        }
    }

    /// Returns what a date in another form means, and whether that is the only reading.
    fn read_otherwise(text: &str) -> Option<(String, bool)> {
        let (mut year, mut month, mut numbers) = (None, None, Vec::new());
        let mut is_year_first = false;
        for part in text.split([' ', ',', '.', '/', '-']).filter(|part| !part.is_empty()) {
            let lower = part.to_lowercase();
            let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            match (
                months::ENGLISH.iter().position(|name| lower.len() > 2 && name.to_lowercase().starts_with(&lower)),
                digits,
            ) {
                (Some(at), _) if month.is_none() => month = Some(at + 1),
                (None, digits) if digits.len() == 4 && year.is_none() => {
                    is_year_first = month.is_none() && numbers.is_empty();
                    year = Some(digits.parse::<i16>().ok()?);
                }
                (None, digits) => numbers.push(digits.parse::<usize>().ok()?),
                _ => return None,
            }
        }
        let (month, day, is_sure) = match (month, &numbers[..]) {
            (Some(month), []) => (month, None, true),
            (Some(month), [day]) => (month, Some(*day), true),
            // `2008-9` may be an interval of two years.
            (None, [month]) => (*month, None, !is_year_first),
            (None, [month, day]) if is_year_first => (*month, Some(*day), true),
            // With full stops the day usually comes first, but not for everyone; with slashes the order is unknown.
            (None, [day, month]) if text.contains('.') => (*month, Some(*day), *day > 12),
            _ => return None,
        };
        let day = day.map(|day| format!("-{day:02}")).unwrap_or_default();
        let edtf = format!("{:04}-{month:02}{day}", year?);
        Date::parse(&edtf).map(|_| (edtf, is_sure))
    }

    /// Returns the text that the date was parsed from.
    pub fn edtf(&self) -> &str {
        &self.edtf
    }

    /// Returns the date; for an interval, its first end.
    pub fn from(&self) -> Point {
        self.from
    }

    /// Returns the other end of an interval.
    pub fn until(&self) -> Option<Point> {
        self.until
    }

    /// Returns the earliest day it can mean.
    pub fn earliest(&self) -> civil::Date {
        self.from.first_day()
    }

    /// Returns the latest day it can mean.
    pub fn latest(&self) -> civil::Date {
        let last = self.until.unwrap_or(self.from);
        match (last.month, last.day) {
            (None, _) => civil::date(last.year, 12, 31),
            (Some(_), None) => last.first_day().last_of_month(),
            (Some(_), Some(_)) => last.first_day(),
        }
    }

    /// Returns the known parts as `2017-10-17`, `2017-10` or `2017`; for an interval, those of its first end.
    pub fn known(&self) -> String {
        let Point { year, month, day, .. } = self.from;
        match (month, day) {
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            (None, _) => format!("{year:04}"),
        }
    }

    /// Returns whether it is a single known day.
    pub fn is_day(&self) -> bool {
        self.until.is_none() && self.from.day.is_some()
    }

    /// Returns whether it is an interval of two dates.
    pub fn is_interval(&self) -> bool {
        self.until.is_some()
    }

    /// Returns the first and last year that it touches.
    pub fn years(&self) -> (i16, i16) {
        (self.earliest().year(), self.latest().year())
    }

    /// Returns the years under which it is listed: all that it touches, but 21 at most, so that an interval such as
    /// 0001/9999 does not make thousands of lists.
    pub fn listed_years(&self) -> RangeInclusive<i16> {
        let (first, last) = self.years();
        first..=last.min(first.saturating_add(20))
    }

    /// Returns it in English words: "17 October 2017", "about 2018", "between April 2016 and March 2019".
    pub fn words(&self) -> String {
        match self.until {
            None => self.from.words(),
            Some(until) => format!("between {} and {}", self.from.words(), until.words()),
        }
    }
}

impl Point {
    fn parse(text: &str) -> Option<Point> {
        let bare = text.trim_end_matches(['?', '~', '%']);
        let marks = &text[bare.len()..];
        if marks.len() > 1 {
            return None;
        }
        let mut parts = bare.split('-');
        let mut number = |digits: usize| -> Option<Option<i16>> {
            let Some(part) = parts.next() else { return Some(None) };
            let fits = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| part.parse().ok())
        };
        let year = number(4)??;
        let month = number(2)?.map(|month| month as i8);
        let day = number(2)?.map(|day| day as i8);
        if parts.next().is_some() {
            return None;
        }
        civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Point { year, month, day, uncertain: marks.contains(['?', '%']), approximate: marks.contains(['~', '%']) })
    }

    fn first_day(self) -> civil::Date {
        civil::date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    fn words(self) -> String {
        let year = format!("{:04}", self.year);
        let name = |month: i8| months::ENGLISH[(month - 1) as usize];
        let words = match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{day} {} {year}", name(month)),
            (Some(month), None) => format!("{} {year}", name(month)),
            (None, _) => year,
        };
        let about = if self.approximate { "about " } else { "" };
        let sure = if self.uncertain { " (uncertain)" } else { "" };
        format!("{about}{words}{sure}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_shown_as_precisely_as_known() {
        for (edtf, words, earliest, latest) in [
            ("2017-10-17", "17 October 2017", "2017-10-17", "2017-10-17"),
            ("2017-10", "October 2017", "2017-10-01", "2017-10-31"),
            ("2016-02", "February 2016", "2016-02-01", "2016-02-29"),
            ("2017", "2017", "2017-01-01", "2017-12-31"),
            ("0044-03-15", "15 March 0044", "0044-03-15", "0044-03-15"),
            ("2018?", "2018 (uncertain)", "2018-01-01", "2018-12-31"),
            ("2018-05~", "about May 2018", "2018-05-01", "2018-05-31"),
            ("2018%", "about 2018 (uncertain)", "2018-01-01", "2018-12-31"),
            ("2016-04/2019-03", "between April 2016 and March 2019", "2016-04-01", "2019-03-31"),
        ] {
            let date = Date::parse(edtf).expect(edtf);
            assert_eq!(date.words(), words);
            assert_eq!(
                (date.earliest().to_string(), date.latest().to_string()),
                (earliest.into(), latest.into()),
                "{edtf}"
            );
        }
    }

    #[test]
    fn a_date_in_another_form_is_guessed_where_there_is_one_meaning() {
        for (text, edtf) in [
            ("1 October 1996", Some("1996-10-01")),
            ("October 1st, 1996", Some("1996-10-01")),
            ("Oct 1996", Some("1996-10")),
            ("10/1984", Some("1984-10")),
            ("17.10.2017", Some("2017-10-17")),
            ("10/12/2017", None),
            ("2017.10.12", Some("2017-10-12")),
            ("2017/3/4", Some("2017-03-04")),
            ("2017-1-1", Some("2017-01-01")),
            ("17-10-2017", None),
            ("2017-10-12-1", None),
            ("17/10", None),
            ("31 September 1948", None),
            ("yesterday", None),
            ("1948-09-31", None),
        ] {
            assert_eq!(Date::guess(text).as_deref(), edtf, "{text}");
        }
    }

    #[test]
    fn a_date_that_can_be_read_in_two_ways_is_not_corrected() {
        for (text, edtf) in [
            ("1 October 1996", Some("1996-10-01")),
            ("10/1984", Some("1984-10")),
            ("2017/3/4", Some("2017-03-04")),
            ("17.10.2017", Some("2017-10-17")),
            ("7.10.2017", None),
            ("7/10/2017", None),
            ("2008-9", None),
            ("2008/09", None),
            ("2008-2009", None),
        ] {
            assert_eq!(Date::only_reading(text).as_deref(), edtf, "{text}");
        }
    }

    #[test]
    fn what_to_write_instead_is_said_as_far_as_it_is_known() {
        for (text, expect) in [
            ("1 October 1996", Some("write 1996-10-01")),
            ("7.10.2017", Some("write 2017-10-07 if the day comes first, 2017-07-10 if the month does")),
            ("7.7.2017", Some("write 2017-07-07")),
            ("2024-06-04T10:00", Some("write 2024-06-04: a date is a whole day")),
            ("2024-02-30", Some("there is no day 2024-02-30; write a day that exists, or 2024-02 for the month")),
            ("2024-13-01", Some("there is no day 2024-13-01; write a day that exists")),
            ("tomorrow", None),
            ("einundzwanzigster Mai", None),
        ] {
            assert_eq!(Date::advice(text).as_deref(), expect, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for bad in [
            "",
            "17 October 2017",
            "2017-13",
            "2017-02-29",
            "17-10-2017",
            "2017-1-1",
            "2017-10-17T10:00",
            "2019/2018",
            "2017-10-17-1",
            "201",
            "2018??",
            "/2018",
            "2018/",
            "-2018",
            "２０１８",
        ] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }
}
