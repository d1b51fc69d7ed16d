//! An id -> a statement's file to fill in.

mod record;

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use plenary::collect::names::{Names, Tables};
use plenary::config::Config;
use plenary::edit::{self, Made, quoted, scalar};
use plenary::read::date::Date;
use plenary::read::record::RecordKind;
use plenary::read::survey::{self, records};
use plenary::read::{self, Content};
use plenary::sources::{Source, Sources};

use super::arguments::New;
use super::report::{Tally, report_in_order};
use super::screen::{data, print_message};
use super::{Failure, Outcome};

/// The folder of all statements.
const STATEMENTS: &str = "content/statements/";

/// What to do with a new file.
const NEXT: &str = "\
Next: fill it in; a line that begins with `#` is ignored until you delete the `#`.
  plenary serve --drafts --open     shows it while you write
  plenary check --drafts            says what is wrong
It is published when you delete the line `status: draft`.";

/// Writes the file and prints its path.
pub(crate) fn run(arguments: &New, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let id = match &arguments.words[..] {
        [kind, name] => return record::run(kind, name, arguments, folder, quiet),
        words => words.first().map_or("", String::as_str),
    };
    check_id(id)?;
    let sources = Sources::scan(folder);
    let (config, problems) = survey::config(&sources);
    report_in_order(&problems, folder, Tally::of(&problems));
    let versions: Vec<(&Source, Option<&str>)> =
        sources.content.iter().filter_map(|source| version_of(source, id)).collect();
    let path = match versions.as_slice() {
        [] => first_path(id, arguments),
        versions => version_path(id, arguments, versions, &config)?,
    };
    let file = folder.join(&path);
    let kinds = [RecordKind::Delegation, RecordKind::Forum];
    let (tables, records) = (Tables::load(), records(&sources, &config, &kinds));
    let mut notes = Vec::new();
    let names = Names::new(&tables, &records, &mut Vec::new());
    let resolved = New {
        delegation: code(&names, RecordKind::Delegation, arguments.delegation.as_deref(), &mut notes),
        forum: code(&names, RecordKind::Forum, arguments.forum.as_deref(), &mut notes),
        ..arguments.clone()
    };
    let text = match versions.first() {
        None => statement(&resolved, &names),
        Some(_) => version(&resolved),
    };
    if edit::create(&file, text.as_bytes())? == Made::Kept {
        return Err(Failure::Usage(format!("{} already exists and was left unchanged", file.display())));
    }
    let shown = file.strip_prefix(".").unwrap_or(&file);
    data(&shown.display().to_string())?;
    for note in &notes {
        print_message(note);
    }
    if !quiet {
        print_message(NEXT);
    }
    Ok(Outcome::Done)
}

fn check_id(id: &str) -> Result<(), Failure> {
    if id == "index" {
        return Err(Failure::Usage(
            "`index` cannot be an id: a file of this name is named after its folder".to_owned(),
        ));
    }
    let near = read::name::suggested_id(id);
    read::name::check_id(id).map_err(|why| Failure::Usage(format!("`{id}` cannot be an id: {why}; perhaps `{near}`")))
}

/// Returns the source and its language as its name has it, if it is a version of the statement `id`.
fn version_of<'a>(source: &'a Source, id: &str) -> Option<(&'a Source, Option<&'a str>)> {
    let name = source.path.strip_prefix(STATEMENTS)?.strip_suffix(".md")?;
    let (above, file) = name.rsplit_once('/').unwrap_or(("", name));
    let (stem, language) = file.split_once('.').map_or((file, None), |(stem, language)| (stem, Some(language)));
    let own = if stem == "index" { above.rsplit('/').next().unwrap_or_default() } else { stem };
    (own == id).then_some((source, language))
}

/// Returns the path of a new statement: in the folder of its year, if it has one.
fn first_path(id: &str, arguments: &New) -> String {
    match arguments.date.as_ref().map(Date::years) {
        Some((first, last)) if first == last => format!("{STATEMENTS}{first:04}/{id}.md"),
        _ => format!("{STATEMENTS}{id}.md"),
    }
}

/// Returns the path of another language version of a statement: next to the first.
fn version_path(
    id: &str,
    arguments: &New,
    versions: &[(&Source, Option<&str>)],
    config: &Config,
) -> Result<String, Failure> {
    let paths: Vec<&str> = versions.iter().map(|(source, _)| &*source.path).collect();
    let known = paths.join(", ");
    let Some(language) = &arguments.language else {
        let help = format!("choose another id, or add a language version: `plenary new {id} --language fr`");
        return Err(Failure::Usage(format!("the statement `{id}` already exists ({known}); {help}")));
    };
    for (source, of_name) in versions {
        let of_text = if of_name.is_none() { language_of(source, config)? } else { None };
        if of_name.or(of_text.as_deref()) == Some(language) {
            let path = &source.path;
            return Err(Failure::Usage(format!(
                "the statement `{id}` already exists in the language `{language}` ({path})"
            )));
        }
    }
    let (above, file) = paths[0].rsplit_once('/').unwrap_or(("", paths[0]));
    let stem = file.split('.').next().unwrap_or(id);
    Ok(format!("{above}/{stem}.{language}.md"))
}

/// Returns the language of a file whose name has none.
fn language_of(source: &Source, config: &Config) -> Result<Option<String>, Failure> {
    let path: Arc<str> = Arc::clone(&source.path);
    Ok(match read::read(&path, &load(source)?, &read::Options::new(config)).content {
        Some(Content::Statement(statement)) => Some(statement.language.to_string()),
        _ => None,
    })
}

fn load(source: &Source) -> anyhow::Result<Vec<u8>> {
    source.load().map(Cow::into_owned).with_context(|| format!("cannot read {}", source.path))
}

/// Returns the code for a word, which is a code itself or a name. An unknown word is kept and added to the notes.
fn code(names: &Names<'_>, kind: RecordKind, word: Option<&str>, notes: &mut Vec<String>) -> Option<String> {
    let word = word?.trim();
    if let Some(code) = names.code_of(kind, word) {
        if code != word {
            notes.push(format!("{word} is written as its code, `{code}`"));
        }
        if let Some((message, help)) = names.doubt(word).filter(|_| kind == RecordKind::Delegation) {
            notes.push(format!("{message}; {help}"));
        }
        return Some(code);
    }
    let noun = if kind == RecordKind::Forum { "forum" } else { "delegation" };
    let record = format!("content/{}/{}.md", kind.folder(), names.key(kind, word));
    let help = names.nearest(kind, word).map_or_else(String::new, |help| format!(" ({help})"));
    notes.push(format!("`{word}` is not a known {noun}{help}; if it is right, make {record} with its `title`"));
    Some(word.to_owned())
}

/// Returns a statement's text with every key that most statements have; those not known yet are comments.
fn statement(arguments: &New, names: &Names<'_>) -> String {
    let title = arguments.title.clone().unwrap_or_else(|| match &arguments.delegation {
        Some(delegation) => {
            let key = names.key(RecordKind::Delegation, delegation);
            format!("Statement by {}", names.title(RecordKind::Delegation, &key, delegation))
        }
        None => "A statement without a title".to_owned(),
    });
    let known = |key: &str, value: Option<String>, example: &str| match value {
        Some(value) => format!("{key}: {value}\n"),
        None => format!("# {key}: {example}\n"),
    };
    let date = arguments.date.as_ref().map(|date| date.edtf().to_owned());
    let keys = [
        format!("title: {}\n", quoted(&title)),
        known("date", date, "2024-06-04            # as exactly as the source says: 2024-06, 2024, 2024?, 2016/2019"),
        known("delegation", arguments.delegation.as_deref().map(scalar), "KAZ             # who speaks: a code"),
        known("forum", arguments.forum.as_deref().map(scalar), "cd                   # the body spoken in: a code"),
        known("language", arguments.language.clone(), "en                # of this text"),
    ];
    format!("---\n{}{REST}", keys.concat())
}

/// What follows the keys that the command line can give.
const REST: &str = "\
# type: statement             # general-debate, joint-statement, explanation-of-vote, right-of-reply, letter, …
# speaker: { given: Ada, family: Example, role: Permanent Representative }
# session: 79
# meeting: 3
# topics: [outer-space]
# text_status: as-delivered   # check-against-delivery, verbatim-record, …
# source: { url: \"https://example.org/statement.pdf\", retrieved: 2024-06-10 }
status: draft                 # delete this line to publish
---

<!-- Put the text here in place of this comment, word for word. A blank line ends a paragraph. -->
";

/// Returns the text of another language version, which inherits what it does not state from the first.
fn version(arguments: &New) -> String {
    let title = arguments.title.as_deref().unwrap_or("The title in this language");
    let mut keys = vec![format!("title: {}", quoted(title))];
    for (key, value) in [
        ("date", arguments.date.as_ref().map(|date| date.edtf().to_owned())),
        ("delegation", arguments.delegation.as_deref().map(scalar)),
        ("forum", arguments.forum.as_deref().map(scalar)),
    ] {
        keys.extend(value.map(|value| format!("{key}: {value}")));
    }
    format!("---\n{}\n{VERSION_REST}", keys.join("\n"))
}

/// What follows the title of a language version.
const VERSION_REST: &str = "\
# What is not stated here is as in the first language: who, when, where, on what.
# translation_kind: official  # unofficial, interpretation, machine
status: draft                 # delete this line to publish
---

The text in this language, paragraph for paragraph.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_known_by_its_file_or_its_folder() {
        for (path, expect) in [
            ("content/statements/2021/a.md", Some(None)),
            ("content/statements/a.fr.md", Some(Some("fr"))),
            ("content/statements/2021/a/index.md", Some(None)),
            ("content/statements/a/index.fr.md", Some(Some("fr"))),
            ("content/statements/b.md", None),
            ("content/statements/a.pdf", None),
            ("content/topics/a.md", None),
        ] {
            let source = Source::in_memory(path, *b"");
            assert_eq!(version_of(&source, "a").map(|(_, language)| language), expect, "{path}");
        }
    }
}
