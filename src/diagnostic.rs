//! Problems of the content as values: severity, place, code, message, help.

pub mod edit;
mod known;
mod suggest;

use std::fmt::Write as _;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use edit::Edit;
pub use known::Known;
pub use suggest::{did_you_mean, nearest, only_near};

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Prevents the site from being published.
    Error,
    /// Prevents the site from being published only with `--strict`.
    Warning,
}

/// A place in a file of the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Path relative to the site's folder, separated by `/`.
    pub path: Arc<str>,
    /// Line, from 1; 0 for the file as a whole.
    pub line: u32,
    /// Column in characters, from 1; 0 for the file as a whole.
    pub column: u32,
}

impl Place {
    /// Creates the place of a file as a whole.
    pub fn file(path: &Arc<str>) -> Place {
        Place { path: Arc::clone(path), line: 0, column: 0 }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line == 0 {
            write!(f, "{}", self.path)
        } else {
            write!(f, "{}:{}:{}", self.path, self.line, self.column)
        }
    }
}

/// Declares the codes, each with its severity and a sentence for the manual.
macro_rules! codes {
    ($($name:ident $text:literal $severity:ident $meaning:literal)*) => {
        /// The kind of a problem, whose word never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code { $(#[doc = $meaning] $name,)* }

        impl Code {
            /// Every code, in the order of the manual.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// Returns the word that users see and search for.
            pub fn word(self) -> &'static str {
                match self { $(Code::$name => $text),* }
            }

            /// Returns the severity of a problem of this kind.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity),* }
            }

            /// Returns what the code means, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => $meaning),* }
            }
        }
    };
}

codes! {
    UnreadableFile "unreadable-file" Error "The file or folder could not be read from the disk."
    NotUtf8 "not-utf8" Error "The file is not UTF-8 text."
    NameNotUtf8 "name-not-utf8" Error "The name of a file is not UTF-8, so it cannot have a URL."
    SymbolicLink "symbolic-link" Warning "A symbolic link, a pipe or a socket is skipped."
    FileTooLarge "file-too-large" Error "A text file is larger than 32 MiB."
    LfsPointer "lfs-pointer" Error "The file is a Git LFS pointer whose target has not been fetched."
    EmptyFile "empty-file" Error "The file is empty."
    MissingFrontMatter "missing-front-matter" Error "The file does not start with front matter between `---` lines."
    UnclosedFrontMatter "unclosed-front-matter" Error "The closing `---` of the front matter is missing."
    MergeConflict "merge-conflict" Error "The file has an unresolved merge conflict."
    InvalidLock "invalid-lock" Error "A line of a lock file cannot be parsed."
    OutdatedLock "outdated-lock" Warning "A text has paragraphs that are not in its lock file yet, or has lost some that are."
    UnlikeParagraphs "unlike-paragraphs" Warning "Two language versions have different paragraphs under the same number."
    StrayLock "stray-lock" Warning "A lock file has no matching statement."
    ControlCharacter "control-character" Warning "A text contains a character that no page can contain."
    StrayDirection "stray-direction" Warning "An invisible mark changes the direction of the text that follows it."
    MisnamedText "misnamed-text" Error "The name of a Markdown file does not end in `.md`."
    BackupFile "backup-file" Warning "A copy that an editor or a merge left behind is not published."
    InvalidYaml "invalid-yaml" Error "The front matter is not valid YAML."
    CutValue "cut-value" Warning "A value in the front matter is cut off by a `#` that may not be meant as a comment."
    DuplicateKey "duplicate-key" Error "The front matter has the same key twice."
    UnknownKey "unknown-key" Warning "The front matter has a key that Plenary does not know."
    UnclearPublication "unclear-publication" Error "It is not clear whether a text may be published, so it is kept back."
    WithheldFile "withheld-file" Warning "A file is published that may belong to a text that is kept back."
    ActiveFile "active-file" Warning "A file could act when a reader opens it (scripts, macros, commands), so it is not published."
    MissingTitle "missing-title" Error "The required `title` is missing."
    WrongType "wrong-type" Error "A value in the front matter has the wrong type."
    InvalidDate "invalid-date" Error "A date is not EDTF: a day, month, year, `2018?`, `2018~` or an interval."
    InvalidValue "invalid-value" Error "A value is not one of those that the key allows."
    InvalidId "invalid-id" Error "A file name cannot be an id: lower-case letters a-z, digits and hyphens."
    DifferentId "different-id" Error "The `id` in the front matter differs from the file name."
    DuplicateId "duplicate-id" Error "Two files are the same statement or record in the same language."
    UnevenVersions "uneven-versions" Warning "One language version of a statement is a draft or under embargo, and another is not."
    ContradictingVersions "contradicting-versions" Warning "A language version contradicts the file that it inherits from."
    MissingDelegation "missing-delegation" Warning "A statement names no delegation."
    MissingDate "missing-date" Warning "A statement has no date, so it is left out of feeds and of previous and next links."
    LongInterval "long-interval" Warning "A date spans more years than a statement is listed under."
    MissingForum "missing-forum" Warning "A statement has a session or a meeting, but no forum."
    MissingText "missing-text" Warning "A statement has front matter, but no text."
    UnknownDelegation "unknown-delegation" Warning "A delegation's code is not built in and has no record."
    UnknownForum "unknown-forum" Warning "A forum's code is not built in and has no record."
    UnknownGroup "unknown-group" Warning "`on_behalf_of` names neither a known group nor a known delegation."
    SimilarTopic "similar-topic" Warning "There are no topic records, and a topic of one statement has nearly the same name as a topic of others."
    UnknownTopic "unknown-topic" Warning "A topic has no record, though the collection keeps records of its topics."
    NothingToCompare "nothing-to-compare" Warning "A topic's record names two delegations to compare, but there is nothing to set side by side."
    UnknownSpeaker "unknown-speaker" Warning "`speaker` is a slug that has no speaker record."
    AmbiguousCode "ambiguous-code" Warning "A two-letter code belongs to both an organisation and a state."
    AmbiguousSpeaker "ambiguous-speaker" Warning "Two people have the same name."
    SimilarSpeaker "similar-speaker" Warning "A speaker's name is probably a different spelling of another one in the same delegation."
    UnknownStatement "unknown-statement" Warning "`see_also` or `superseded_by` names no statement."
    UnlikelySession "unlikely-session" Warning "The date of a statement is not in its session."
    UnlikelyDelegation "unlikely-delegation" Warning "A delegation did not exist on the date of its statement."
    UnlikelyMeeting "unlikely-meeting" Warning "The symbol of the meeting's record belongs to another forum, session or meeting."
    ImpossibleSymbol "impossible-symbol" Warning "A statement refers to a document that is newer than the statement."
    DuplicateText "duplicate-text" Warning "Two statements have exactly the same text."
    UnknownTarget "unknown-target" Error "A link has no target in the collection."
    AmbiguousTarget "ambiguous-target" Error "A link has more than one possible target."
    UnknownParagraph "unknown-paragraph" Error "A link leads to a paragraph that its target does not have."
    UnsafeLink "unsafe-link" Error "The scheme of a link is not http, https, mailto or tel."
    EmptyLink "empty-link" Error "A link has no words or no target."
    UnclosedLink "unclosed-link" Warning "`[[` does not start a link and is shown as text."
    StrayTag "stray-tag" Warning "Topics in braces are not at the end of a statement's paragraph."
    MissingFootnote "missing-footnote" Warning "A footnote reference has no definition."
    DuplicateFootnote "duplicate-footnote" Warning "A footnote is defined twice."
    PastedNote "pasted-note" Warning "A note is numbered in brackets, as in word processors, and is not a footnote."
    PastedTable "pasted-table" Warning "Lines with tabs are one paragraph, not a table."
    LiteralEmphasis "literal-emphasis" Warning "Emphasis marks are shown as text."
    UnclearNumbering "unclear-numbering" Warning "It is not clear whether the numbers before paragraphs are the text's own."
    DroppedWords "dropped-words" Warning "Words are in a place where Markdown does not show them."
    IndentedCode "indented-code" Warning "A text is shown as code because it is indented."
    UnclosedHtml "unclosed-html" Error "A comment or an element of raw HTML is never closed."
    UnclosedCode "unclosed-code" Warning "A code block is never closed."
    EscapedHtml "escaped-html" Warning "Raw HTML is shown as text, because site.toml does not allow it."
    SameUrl "same-url" Error "Two pages or files would have the same URL."
    MisspeltFolder "misspelt-folder" Warning "The name of a folder is similar to one that Plenary reads."
    ReservedUrl "reserved-url" Error "A plain page or file has a URL that is reserved for Plenary's own pages."
    InvalidUrl "invalid-url" Error "A name cannot be part of a URL and of a path on every system."
    InvalidConfig "invalid-config" Error "site.toml is not valid."
    MissingBaseUrl "missing-base-url" Warning "`base_url` is not set, so there are no feeds and no sitemap."
    NoHistory "no-history" Warning "The history of texts is enabled, but git does not have it."
    NewerSite "newer-site" Warning "site.toml was written for a newer version of Plenary."
    UnknownTheme "unknown-theme" Error "The folder of the theme does not exist."
    UnusedThemeFile "unused-theme-file" Warning "A file in the theme has no effect."
    InvalidWords "invalid-words" Error "A file in `words/` is not valid."
    UnknownWords "unknown-words" Warning "An entry or a file in `words/` has no effect."
    MissingWords "missing-words" Warning "A language of the site lacks words of the interface."
    InvalidTemplate "invalid-template" Error "A template of the theme cannot be parsed."
    FailedTemplate "failed-template" Error "A template failed while a page was rendered."
    UnreadableOriginal "unreadable-original" Error "Import: a file could not be read, so no draft was made."
    FailedWordCheck "failed-word-check" Error "Import: a draft would have differed from the words of its original, so it was not written."
    UnreadableText "unreadable-text" Error "Import: a file has no readable text, so a stub was made instead."
    SuspectText "suspect-text" Warning "Import: part of a text may be missing."
    UnsureText "unsure-text" Warning "Import: a line was left unchanged, because its meaning is uncertain."
    UnsureField "unsure-field" Warning "Import: a field of a text is uncertain."
    ChangedOriginal "changed-original" Warning "Import: an original has changed, but its statement was edited."
    DuplicateOriginal "duplicate-original" Warning "Import: the same file, or another with the same words, was submitted twice."
    SimilarStatement "similar-statement" Warning "Import: a text is likely a version or a translation of another."
    WrongIndex "wrong-index" Error "Import: a row of an index, or a value in it, cannot be used."
    UnknownColumn "unknown-column" Warning "Import: a column of an index is not a statement key."
    DeadLink "dead-link" Warning "`check --external`: a link to another site leads nowhere."
    MovedLink "moved-link" Warning "`check --external`: what a link to another site leads to has moved for good."
    TooManyFiles "too-many-files" Warning "The site has more files than some hosts accept."
}

/// A problem. It is cached with the value in which it was found, and reported in every build that uses that value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Where it is, if that is known.
    pub place: Option<Place>,
    /// The kind of problem.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places involved, such as the file that has the same URL.
    pub related: Box<[Place]>,
    /// The edits that `plenary check --fix` applies, where exactly one remedy is safe.
    pub edits: Box<[Edit]>,
}

impl Diagnostic {
    /// Creates a problem at a place.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic { place: Some(place), ..Diagnostic::nowhere(code, message) }
    }

    /// Creates a problem without a known place.
    pub fn nowhere(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { place: None, code, message: message.into(), help: None, related: [].into(), edits: [].into() }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Diagnostic {
        Diagnostic { help: Some(help.into()), ..self }
    }

    /// Adds what to do about it, if anything.
    #[must_use]
    pub fn maybe_help(self, help: Option<String>) -> Diagnostic {
        Diagnostic { help, ..self }
    }

    /// Adds another place that is involved.
    #[must_use]
    pub fn related(mut self, place: Place) -> Diagnostic {
        self.related = self.related.into_iter().chain([place]).collect();
        self
    }

    /// Adds the edit that replaces `from` at its place with `to`, if there is one safe remedy.
    #[must_use]
    pub fn remedy(mut self, from: &str, to: Option<&str>) -> Diagnostic {
        let edit = self.place.clone().zip(to).map(|(place, to)| Edit::new(place, from, to));
        self.edits = self.edits.into_iter().chain(edit).collect();
        self
    }

    /// Returns its severity.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Formats the problem for people: the message, the line with a caret under the column, other places, and the help.
    /// `line` is the text of the line, if it is available.
    pub fn human(&self, line: Option<&str>) -> String {
        let severity = match self.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut out = String::new();
        if let Some(place) = &self.place {
            let _ = write!(out, "{place}: ");
        }
        let _ = write!(out, "{severity}[{}]: {}", self.code.word(), self.message);
        if let (Some(place), Some(line)) =
            (&self.place, line.filter(|line| line.len() <= LONGEST_LINE && !line.trim().is_empty()))
        {
            out.push('\n');
            out.push_str(&excerpt(place, line));
        }
        for place in &self.related {
            let _ = write!(out, "\n  see: {place}");
        }
        if let Some(help) = &self.help {
            let _ = write!(out, "\n  help: {help}");
        }
        out
    }

    /// Formats the problem as a JSON object on one line.
    pub fn json(&self) -> String {
        let place = self.place.as_ref();
        let edits = self.edits.iter().map(|Edit { place, from, to }| {
            serde_json::json!({"path": place.path, "line": place.line, "column": place.column, "from": from, "to": to})
        });
        serde_json::json!({
            "severity": self.severity(), "code": self.code.word(), "message": self.message, "help": self.help,
            "path": place.map(|place| &*place.path), "line": place.map(|place| place.line), "column": place.map(|place| place.column),
            "related": self.related, "edits": edits.collect::<Vec<_>>(),
        })
        .to_string()
    }
}

/// The length of the longest line of which an excerpt is shown, in bytes. Finding a column takes time linear in the
/// line's length, for each problem on it.
const LONGEST_LINE: usize = 1 << 16;

/// How many characters of a long line are shown before and after the column.
const AROUND: usize = 60;

/// Returns the line with a caret under its column. A long line, such as a whole speech, is cut around the column.
fn excerpt(place: &Place, line: &str) -> String {
    let at = (place.column.max(1) - 1) as usize;
    let start = at.saturating_sub(AROUND);
    // The width of a tab depends on the terminal, so it is shown as a space to keep the caret in line.
    let line = || line.chars().skip(start).map(|c| if c.is_control() { ' ' } else { c });
    let shown: String = line().take(2 * AROUND).collect();
    let before: String = line().take(at - start).collect();
    let number = place.line.to_string();
    let indent = " ".repeat(number.len());
    let caret = " ".repeat(unicode_width::UnicodeWidthStr::width(before.as_str()));
    format!("  {number} | {}\n  {indent} | {caret}^", shown.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_reads_as_place_code_message_caret_help() {
        let place = Place { path: "content/a.md".into(), line: 3, column: 8 };
        let problem = Diagnostic::new(Code::UnknownKey, place, "unknown key `titel`").help("did you mean `title`?");
        assert_eq!(
            problem.human(Some("x: y   titel: A")),
            "content/a.md:3:8: warning[unknown-key]: unknown key `titel`\n  3 | x: y   titel: A\n    |        ^\n  help: did you mean `title`?"
        );
    }

    #[test]
    fn the_caret_is_under_its_column_after_tabs_and_wide_characters() {
        for (line, column, expect) in
            [("\t\ttitle", 3, "  1 |   title\n    |   ^"), ("外层: x", 5, "  1 | 外层: x\n    |       ^")]
        {
            let place = Place { path: "a.md".into(), line: 1, column };
            assert_eq!(excerpt(&place, line), expect);
        }
    }

    #[test]
    fn codes_are_words_and_all_differ() {
        let mut words: Vec<&str> = Code::ALL.iter().map(|code| code.word()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Code::ALL.len());
        assert!(
            words.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
        );
    }
}
