//! The facts of one citation, complete, with the words of the interface already chosen.

use crate::read::date::Date;

/// Who is cited as the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// A person whose family and given names are known.
    Person {
        /// The family name.
        family: String,
        /// The given names.
        given: String,
    },
    /// A delegation, a group, or a person whose name is only known as a whole.
    Name(String),
}

/// Words of the interface that citations contain. Each is a whole phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Instead of a date: `n.d.`
    pub no_date: String,
    /// Before and after the number of a paragraph: `para. ` and nothing.
    pub paragraph: (String, String),
    /// The same as MLA abbreviates it: `par. `
    pub paragraph_in_mla: (String, String),
    /// Before and after the address of a page: `Available at ` and nothing.
    pub available_at: (String, String),
}

/// What is cited: a statement in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The key of entries: the statement's id, and the language of a version that is not the first.
    pub id: String,
    /// Absolute URL of the page.
    pub url: String,
    /// The title, as written.
    pub title: String,
    /// Language tag of the statement.
    pub language: String,
    /// Language tag of the interface, in which it is cited.
    pub cited_in: String,
    /// The speaker, otherwise the delegation, otherwise the groups spoken for. May be empty.
    pub authors: Vec<Author>,
    /// The delegation, if a speaker is the author.
    pub delegation: Option<String>,
    /// The kind of text: `Statement`.
    pub kind: String,
    /// What a citation must also mention: on whose behalf, that it is corrected, withdrawn, a draft or simulated.
    pub notes: Vec<String>,
    /// Forum, session and meeting in one text; empty if unknown.
    pub event: String,
    /// Symbol of the meeting's record.
    pub symbol: Option<String>,
    /// The place of the meeting.
    pub place: Option<String>,
    /// The date.
    pub date: Option<Date>,
    /// The date in words of the interface; empty without a date.
    pub date_words: String,
    /// The topics.
    pub keywords: Vec<String>,
    /// The summary.
    pub summary: Option<String>,
    /// The DOI.
    pub doi: Option<String>,
    /// Words of the interface.
    pub terms: Terms,
}

impl Record {
    /// Returns the kind with everything that must not get lost: styles print it, and so do programs that know no field
    /// for a withdrawn or simulated text. The delegation is in it unless the title names it or it is the author.
    pub fn genre(&self) -> String {
        let delegation = self.delegation.iter().filter(|name| !self.title.contains(name.as_str()));
        let parts = std::iter::once(&self.kind).chain(delegation).chain(&self.notes);
        parts.map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// Returns the event with the symbol of its record: `…, 16th meeting (A/C.1/72/PV.16)`.
    pub fn event_with_symbol(&self) -> String {
        match (&self.symbol, self.event.as_str()) {
            (None, event) => event.to_owned(),
            (Some(symbol), "") => symbol.clone(),
            (Some(symbol), event) => format!("{event} ({symbol})"),
        }
    }

    /// Returns whether it is cited in English, whose styles have their own rules for dates and punctuation.
    pub fn is_in_english(&self) -> bool {
        self.cited_in == "en" || self.cited_in.starts_with("en-")
    }
}

#[cfg(test)]
impl Record {
    /// Returns a record with everything in it, for tests.
    pub(super) fn sample() -> Record {
        let pair = |before: &str| (before.to_owned(), String::new());
        Record {
            id: "a".into(),
            url: "https://example.org/a/".into(),
            title: "On “space”".into(),
            language: "en".into(),
            cited_in: "en".into(),
            authors: vec![Author::Person { family: "Doe".into(), given: "Jane".into() }],
            delegation: Some("Arvenia".into()),
            kind: "Statement".into(),
            notes: Vec::new(),
            event: "First Committee, 72nd session".into(),
            symbol: Some("A/C.1/72/PV.16".into()),
            place: Some("New York".into()),
            date: Date::parse("2017-10-17"),
            date_words: "17 October 2017".into(),
            keywords: vec!["peace, war".into()],
            summary: None,
            doi: None,
            terms: Terms {
                no_date: "n.d.".into(),
                paragraph: pair("para. "),
                paragraph_in_mla: pair("par. "),
                available_at: pair("Available at "),
            },
        }
    }
}
