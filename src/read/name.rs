//! The path of a file below `content/` -> what the file is.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::CONTENT;
use super::record::RecordKind;
use crate::config::is_language;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::path::{SitePath, slug};

/// What a Markdown file is, according to its path.
pub(super) enum Name {
    Statement { id: Box<str>, language: Option<Box<str>> },
    Record { kind: RecordKind, slug: Box<str> },
    Page { segments: Box<[Box<str>]>, language: Option<Box<str>> },
}

impl Name {
    pub(super) fn of(path: &Arc<str>, diagnostics: &mut Vec<Diagnostic>) -> Option<Name> {
        let inner = path.strip_prefix(CONTENT).unwrap_or(path);
        let inner = inner.strip_suffix(".md").unwrap_or(inner);
        let mut segments: Vec<&str> = inner.split('/').collect();
        let file = segments.pop().unwrap_or_default();
        let (stem, language) = match file.split_once('.') {
            Some((stem, language)) => (stem, Some(language)),
            None => (file, None),
        };
        let room = segments.first().copied().unwrap_or_default();
        // `a/index.md` is named after its folder.
        let is_index = stem == "index" && !segments.is_empty();
        let id = if is_index { segments.last().copied().unwrap_or_default() } else { stem };
        let mut wrong = |what: &str, help: String| {
            diagnostics.push(Diagnostic::new(Code::InvalidId, Place::file(path), what.to_owned()).help(help));
            None
        };
        if let Some(language) = language.filter(|language| !is_language(language)) {
            let what = format!("`{language}` in the file name is not a language");
            return wrong(
                &what,
                "name a language version <id>.<language>.md, such as a.fr.md; replace other dots with hyphens".into(),
            );
        }
        // Ids are only checked in the folders of statements and records; plain pages may have any name that a URL can
        // have.
        let is_room = room == "statements" || RecordKind::of_folder(room).is_some();
        if is_room && id == room && is_index {
            let what = format!("`content/{room}/index.md` is not read: Plenary makes the page /{room}/ itself");
            return wrong(&what, "move the text to a plain page, such as content/about.md".into());
        }
        if is_room && let Err(why) = check_id(id) {
            let better = suggested_id(id);
            let help = match (is_index, language) {
                (true, _) => format!("rename the folder, for example to {better}"),
                (false, Some(language)) => format!("rename the file, for example to {better}.{language}.md"),
                (false, None) => format!("rename the file, for example to {better}.md"),
            };
            return wrong(&format!("`{id}` cannot be an id: {why}"), help);
        }
        let language: Option<Box<str>> = language.map(Into::into);
        if room == "statements" {
            return Some(Name::Statement { id: id.into(), language });
        }
        if let Some(kind) = RecordKind::of_folder(room) {
            if language.is_some() {
                let what = "a record has no language versions yet";
                return wrong(what, "put the names in other languages under `titles:`".into());
            }
            return Some(Name::Record { kind, slug: id.into() });
        }
        if stem != "index" {
            segments.push(stem);
        }
        Some(Name::Page { segments: segments.into_iter().map(Into::into).collect(), language })
    }
}

/// Returns the id of the statement that a path is a version of, and the language that its name has; `None` for a path
/// that cannot be one.
pub fn of_statement(path: &str) -> Option<(Box<str>, Option<Box<str>>)> {
    if !path.ends_with(".md") {
        return None;
    }
    match Name::of(&path.into(), &mut Vec::new())? {
        Name::Statement { id, language } => Some((id, language)),
        _ => None,
    }
}

/// Returns whether the name of a Markdown file has a language, as in `a.fr.md`.
pub fn has_language(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.strip_suffix(".md").is_some_and(|stem| stem.contains('.'))
}

/// Returns whether a text can be an id.
pub fn is_id(text: &str) -> bool {
    check_id(text).is_ok()
}

/// Checks that a text can be an id.
///
/// # Errors
///
/// Returns why it cannot.
pub fn check_id(text: &str) -> Result<(), String> {
    if !text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Err("only a-z, 0-9 and hyphens can".into());
    }
    if text.bytes().all(|b| b == b'-') {
        return Err("it has no letter and no digit".into());
    }
    SitePath::page(&[text]).map(|_| ()).map_err(|wrong| format!("it is {wrong}"))
}

/// Returns an id that is close to a text.
pub fn suggested_id(text: &str) -> String {
    // `é` becomes `e`.
    let plain: String = text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let plain: String = slug(&plain).chars().map(|c| if c.is_ascii() { c } else { '-' }).collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let id = words.join("-");
    match () {
        () if is_id(&id) => id,
        () if id.is_empty() => "a-name".into(),
        () => format!("{id}-1"),
    }
}

/// Extensions of Markdown files in other programs, and `.MD`.
const OTHER_ENDINGS: &[&str] = &["md", "markdown", "mdown", "mkdn", "mkd", "mdwn", "mdx"];

/// Extensions of copies that editors and merges leave behind.
const BACKUP_ENDINGS: &[&str] = &["bak", "orig", "rej", "old", "save", "tmp"];

/// Returns the problem of a file that is not read as a text, but must not be published as it is either.
pub fn unpublished(path: &Arc<str>) -> Option<Diagnostic> {
    let file = path.rsplit('/').next().unwrap_or(path);
    let lower = file.to_lowercase();
    let (stem, ending) = lower.rsplit_once('.')?;
    if BACKUP_ENDINGS.contains(&ending) || stem.contains(".md.") || stem.ends_with(".md") || ending.ends_with('~') {
        let message = format!("`{file}` looks like a backup, so it is not published");
        return Some(
            Diagnostic::new(Code::BackupFile, Place::file(path), message)
                .help("delete it, or rename it if readers should have it"),
        );
    }
    OTHER_ENDINGS.contains(&ending).then(|| {
        let message = format!("`{file}` is not read, because its name does not end in `.md`");
        let better = format!("{}.md", &file[..file.len() - ending.len() - 1]);
        Diagnostic::new(Code::MisnamedText, Place::file(path), message).help(format!("rename the file to {better}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_cannot_be_ids_are_reported_with_one_that_can() {
        for (path, message, help) in [
            ("statements/erklärung.md", "only a-z", "to erklarung.md"),
            ("statements/Erklärung.de.md", "only a-z", "to erklarung.de.md"),
            ("statements/My Folder/index.md", "only a-z", "the folder, for example to my-folder"),
            ("statements/con.md", "Windows", "to con-1.md"),
            ("topics/nul.md", "Windows", "to nul-1.md"),
            ("statements/-.md", "no letter", "to a-name.md"),
            ("statements/Речь.md", "only a-z", "to a-name.md"),
            ("statements/a.aux.md", "not a language", "name a language version"),
            ("statements/a.v2.md", "not a language", "replace other dots with hyphens"),
            ("topics/index.md", "Plenary makes the page /topics/", "a plain page"),
            ("topics/a.fr.md", "no language versions", "titles"),
        ] {
            let mut problems = Vec::new();
            assert!(Name::of(&format!("content/{path}").into(), &mut problems).is_none(), "{path}");
            let [problem] = &problems[..] else { panic!("{path}: {problems:?}") };
            assert!(problem.message.contains(message), "{problem:?}");
            assert!(problem.help.as_ref().is_some_and(|words| words.contains(help)), "{problem:?}");
        }
    }

    #[test]
    fn texts_by_another_name_and_backups_are_not_published() {
        for (file, code) in [
            ("a.MD", Some(Code::MisnamedText)),
            ("a.fr.Markdown", Some(Code::MisnamedText)),
            ("a.mkd", Some(Code::MisnamedText)),
            ("a.md.bak", Some(Code::BackupFile)),
            ("a.MD.txt", Some(Code::BackupFile)),
            ("a.pdf.orig", Some(Code::BackupFile)),
            ("notes.txt~", Some(Code::BackupFile)),
            ("a.pdf", None),
            ("mp3", None),
        ] {
            assert_eq!(unpublished(&format!("content/{file}").into()).map(|problem| problem.code), code, "{file}");
        }
    }
}
