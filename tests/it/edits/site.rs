//! Edits of what surrounds statements and records: plain pages, files, the theme, site.toml.

use plenary::pipeline::{Pipeline, Settings};
use plenary::read::lock::{self, Lock};
use plenary::render::parts::Parts;
use plenary::sources::Sources;

use super::World;

pub(super) fn plain_page(world: &mut World) {
    let path =
        *world.chance.pick(&["content/index.md", "content/about.md", "content/notes/a.md", "content/notes/index.md"]);
    if world.chance.once_in(6) {
        world.delete(path);
        return;
    }
    if world.files.contains_key(path) && world.chance.once_in(2) {
        super::text(world, path);
        return;
    }
    let (title, block) = (world.words(2), world.paragraph());
    let more = match world.chance.below(6) {
        0 => format!("description: {}\n", world.words(4)),
        1 => format!("aliases: [/was/{}/]\n", world.chance.below(9)),
        2 => "language: ar\n".to_owned(),
        3 => format!("list: {{ most: {} }}\n", world.chance.below(4)),
        4 => format!("list: {{ year: {} }}\n", 2015 + world.chance.below(6)),
        _ => String::new(),
    };
    world.write(path, format!("---\ntitle: {title}\n{more}---\n\n{block}\n"));
}

pub(super) fn beside(world: &mut World) {
    if world.chance.once_in(2) && original(world) {
        return;
    }
    let Some(statement) = world.statement() else { return };
    let folder = statement.rsplit_once('/').unwrap().0;
    let path = match world.chance.below(4) {
        0 => "static/note.txt".to_owned(),
        // A file of the site's own replaces the theme's.
        3 => "static/style.css".to_owned(),
        1 if world.chance.once_in(3) => "content/notes/page.html".to_owned(),
        1 => "content/notes/table.csv".to_owned(),
        _ => format!("{folder}/words.txt"),
    };
    if world.chance.once_in(3) {
        world.delete(&path);
    } else {
        let text = world.words(3);
        let script = if world.chance.once_in(2) { "<script>" } else { "" };
        world.write(&path, format!("{script}{text}"));
        if path.ends_with("/words.txt") && world.chance.once_in(2) {
            super::set(world, &statement, "source", Some("source: { file: words.txt }".to_owned()));
        }
    }
}

/// Adds or removes the original that a statement names, and changes nothing else.
fn original(world: &mut World) -> bool {
    let named = |path: &String| world.text(path).contains("file: words.txt");
    let statements: Vec<String> = world.paths("content/statements/", ".md").into_iter().filter(named).collect();
    if statements.is_empty() {
        return false;
    }
    let statement = world.chance.pick(&statements).clone();
    let path = format!("{}/words.txt", statement.rsplit_once('/').unwrap().0);
    if world.files.contains_key(&path) {
        world.delete(&path);
    } else {
        let text = world.words(3);
        world.write(&path, text);
    }
    true
}

/// Locks the numbers of a text's paragraphs, as `plenary lock` does; or deletes the lock, damages it, or removes a line.
pub(super) fn lock(world: &mut World) {
    let site = Pipeline::new(Settings::default()).run(&Sources::from_map(&world.files));
    let statements = site.pages.iter().filter_map(|page| match &page.parts {
        Parts::StatementParts(parts) => Some(parts),
        _ => None,
    });
    let statements: Vec<_> = statements.collect();
    if statements.is_empty() {
        return;
    }
    let parts = *world.chance.pick(&statements);
    let path = lock::path(&parts.statement.id, &parts.statement.language);
    let before = world.files.get(&path).cloned().unwrap_or_default();
    let before = Lock::read(&path.as_str().into(), &before, &mut Vec::new());
    let mut lock = parts.numbers.lock(&before, &parts.statement.body);
    match world.chance.below(8) {
        0 => {
            world.delete(&path);
        }
        1 => world.write(&path, format!("no line of a lock\n{}", lock.text())),
        2 if !lock.lines.is_empty() => {
            let at = world.chance.below(lock.lines.len());
            lock.lines.remove(at);
            world.write(&path, lock.text());
        }
        _ => world.write(&path, lock.text()),
    }
}

const THEME: &[&str] = &[
    "themes/own/templates/statement.html",
    "themes/own/templates/topic.html",
    "themes/own/templates/list.html",
    "themes/own/templates/home.html",
    "themes/own/templates/base.html",
    "themes/own/assets/own.css",
    "themes/own/assets/style.css",
    "themes/default/templates/page.html",
    "themes/default/assets/own.css",
];

pub(super) fn theme(world: &mut World) {
    let path = *world.chance.pick(THEME);
    if world.chance.once_in(3) {
        world.delete(path);
        return;
    }
    let text = match (path.rsplit_once("templates/"), world.chance.below(8)) {
        (None, _) => format!("p {{ content: \"{}\" }}", world.words(1)),
        (_, 0) => "<p>{{ never.closed".to_owned(),
        (_, 1) => "<p>{{ page.no_such_field }}</p>".to_owned(),
        (_, 2) => format!("<!doctype html><title>{{{{ page.title }}}}</title><p>{}", world.words(3)),
        (Some((_, name)), _) => format!(
            "{{% extends \"default/{name}\" %}}{{% block content %}}<p>{}</p>{{{{ super() }}}}{{% endblock content %}}",
            world.words(3)
        ),
    };
    world.write(path, text);
}

/// Writes or deletes the site's own words of the interface, some of them as nobody should.
pub(super) fn interface_words(world: &mut World) {
    let path = *world.chance.pick(&["words/en.toml", "words/en.toml", "words/fr.toml", "words/ar.toml"]);
    if world.chance.once_in(3) {
        world.delete(path);
        return;
    }
    let word = world.words(1);
    let text = match world.chance.below(6) {
        0 => format!("[statement]\nabout = \"{word}\"\n"),
        1 => format!("[count]\nstatements = {{ one = \"{{n}} {word}\", other = \"{{n}} {word}s\" }}\n"),
        2 => format!("[room]\nstatements = \"{word}\"\ntopics = \"{word} too\"\n"),
        3 => format!("[positions]\nnothing = \"{word}\"\n[position]\nhow = \"{word}\"\n"),
        4 => format!("[no-such]\nentry = \"{word}\"\n"),
        _ => "[base\n".to_owned(),
    };
    world.write(path, text);
}

pub(super) fn config(world: &mut World) {
    let lines = [
        format!("title = \"{}\"", world.words(2)),
        format!("description = \"{}\"", world.words(4)),
        format!("base_url = \"https://example.org/{}\"", world.chance.pick(&["", "a/", "b/c/"])),
        "base_url = \"\"".into(),
        format!("page_size = {}", 3 + world.chance.below(6)),
        format!("feed_size = {}", 2 + world.chance.below(6)),
        format!("related = {}", world.chance.below(5)),
        format!("passages = {}", world.chance.below(5)),
        format!("mentions = {}", world.chance.once_in(2)),
        format!("outputs.markdown = {}", world.chance.once_in(2)),
        format!("outputs.akoma_ntoso = {}", world.chance.once_in(2)),
        format!("outputs.citations = {}", world.chance.pick(&["[]", "[\"topics\", \"forums\"]"])),
        format!("outputs.feeds = {}", world.chance.pick(&["[]", "[\"json\"]"])),
        format!("outputs.tables = {}", world.chance.pick(&["[]", "[\"statements\", \"mentions\"]"])),
        format!("search.title = {}", 100 * world.chance.below(6)),
        format!("language = \"{}\"", world.chance.pick(&["en", "en", "fr", "ar"])),
        format!(
            "languages = [{}]",
            world.chance.pick(&["\"en\"", "\"en\", \"fr\"", "\"en\", \"fr\", \"ar\"", "\"fr\", \"zh\""])
        ),
        format!("active_files = \"{}\"", world.chance.pick(&["ask", "withhold", "allow"])),
        format!("html = \"{}\"", world.chance.pick(&["escape", "sanitize", "allow"])),
        format!("smart_punctuation = {}", world.chance.once_in(2)),
        format!("theme = \"{}\"", world.chance.pick(&["own", "default", "own", "none-such"])),
        format!("edit_url = \"https://example.com/{}/{{path}}\"", world.words(1)),
        format!("document_url = \"https://example.com/{}/{{symbol}}\"", world.words(1)),
        format!("menu = [{{ title = \"{}\", url = \"/about/\" }}]", world.words(1)),
        format!("plenary = \"{}\"", world.chance.pick(&["0.1", "99"])),
        format!("extra = {{ word = \"{}\" }}", world.words(1)),
        "no_such_key = 1".into(),
    ];
    let line = world.chance.pick(&lines).clone();
    let key = line.split(" =").next().unwrap();
    let old = world.files.get("site.toml").map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let mut kept: Vec<&str> =
        old.lines().filter(|old| !old.starts_with(&format!("{key} =")) && !old.starts_with("no_such_key")).collect();
    if !world.chance.once_in(5) {
        kept.push(&line);
    }
    let text = kept.join("\n") + "\n";
    world.reported.push_str(&format!("{line} in "));
    world.write("site.toml", text);
}
