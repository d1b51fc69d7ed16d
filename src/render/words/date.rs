//! A date -> its words in one language, from the entries of `[date]`.
//!
//! The patterns and the names of months are entries like all others, so a site can have its house style (the United
//! Nations write both names of a month in Arabic), and a site's file for a further language includes its dates.

use super::Words;
use crate::read::date::{Date, Point};

impl Words {
    /// Returns a date in words, no more precise than it is known: `17 October 2017`, `about 2018`, `between April 2016
    /// and March 2019`.
    pub fn date(&self, date: &Date) -> String {
        let from = self.point(date.from());
        match date.until() {
            None => from,
            Some(until) => self.say("date.interval", &[("from", from.into()), ("until", self.point(until).into())]),
        }
    }

    /// Returns a date in words below a heading that says its year: `17 October`. `None` if it says no more than that year.
    pub fn date_within_year(&self, date: &Date) -> Option<String> {
        let point = date.from();
        if date.until().is_some() || point.month.is_none() {
            let heading = self.say("date.year", &[("year", format!("{:04}", point.year).into())]);
            return Some(self.date(date)).filter(|words| *words != heading);
        }
        Some(self.told(point, false))
    }

    fn point(&self, point: Point) -> String {
        self.told(point, true)
    }

    fn told(&self, point: Point, with_year: bool) -> String {
        let year = format!("{:04}", point.year);
        let date = match (point.month, point.day) {
            (Some(month), Some(day)) => {
                // Many languages put the name of a month into the genitive after a day.
                let month = self.say(&format!("date.months.{month}"), &[]);
                let day = ("n", u32::from(day.unsigned_abs()).into());
                match with_year {
                    true => self.say("date.day", &[day, ("month", month.into()), ("year", year.into())]),
                    false => self.say("date.day-of-year", &[day, ("month", month.into())]),
                }
            }
            (Some(month), None) => {
                let month = self.say(&format!("date.months-alone.{month}"), &[]);
                match with_year {
                    true => self.say("date.month", &[("month", month.into()), ("year", year.into())]),
                    false => month,
                }
            }
            (None, _) => self.say("date.year", &[("year", year.into())]),
        };
        let date = if point.approximate { self.say("date.about", &[("date", date.into())]) } else { date };
        if point.uncertain { self.say("date.uncertain", &[("date", date.into())]) } else { date }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_shown_as_precisely_as_known() {
        let words = Words::of("en", &[], &mut Vec::new());
        for (edtf, expect) in [
            ("2017-10-17", "17 October 2017"),
            ("2017-10", "October 2017"),
            ("2017", "2017"),
            ("0044-03-15", "15 March 0044"),
            ("2018?", "2018 (uncertain)"),
            ("2018-05~", "about May 2018"),
            ("2018%", "about 2018 (uncertain)"),
            ("2016-04/2019-03", "between April 2016 and March 2019"),
        ] {
            assert_eq!(words.date(&Date::parse(edtf).unwrap()), expect);
        }
    }

    #[test]
    fn below_a_heading_with_its_year_a_date_does_not_repeat_it() {
        for (language, edtf, expect) in [
            ("en", "2017-10-17", Some("17 October")),
            ("en", "2017-10", Some("October")),
            ("en", "2018-05~", Some("about May")),
            ("en", "2017", None),
            ("en", "2018?", Some("2018 (uncertain)")),
            ("en", "2016-04/2019-03", Some("between April 2016 and March 2019")),
            ("fr", "2017-10-01", Some("1er octobre")),
            ("ru", "2017", None),
        ] {
            let words = Words::of(language, &[], &mut Vec::new());
            assert_eq!(words.date_within_year(&Date::parse(edtf).unwrap()).as_deref(), expect, "{language} {edtf}");
        }
    }
}
