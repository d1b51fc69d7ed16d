//! A seed -> a small site and a series of edits to it, as people make them on purpose and by mistake.
//!
//! Everything that a page can depend on must be able to change here independently: the oracle cannot guard what no edit
//! touches. Front matter has one key per line, so that an edit of a key is an edit of a line.

mod chance;
mod mistakes;
mod records;
mod site;
mod statements;
mod words;

use crate::support::Files;
use chance::Chance;
use mistakes::{break_front_matter, mend, undo};
use records::{FOLDERS, record, record_come_or_gone, record_text, slugs};
use site::{beside, config, interface_words, lock, plain_page, theme};
use statements::{body, body_end, delete, field, link, new, rename, title, topic, version};

/// A kind of edit: its name, and how it is made.
type Edit = (&'static str, fn(&mut World));

/// What is done to a site: the kinds of edit, which the oracle counts.
const EDITS: &[Edit] = &[
    ("body", body),
    ("body end", body_end),
    ("title", title),
    ("topic", topic),
    ("link", link),
    ("field", field),
    ("field", field),
    ("new", new),
    ("delete", delete),
    ("rename", rename),
    ("version", version),
    ("record", record),
    ("record text", record_text),
    ("record come or gone", record_come_or_gone),
    ("plain page", plain_page),
    ("beside", beside),
    ("lock", lock),
    ("lock", lock),
    ("theme", theme),
    ("interface words", interface_words),
    ("config", config),
    ("config", config),
    ("break", break_front_matter),
    ("mend", mend),
    ("undo", undo),
];

/// Edits of a crowded site: mostly those that change few pages.
const CROWDED: &[Edit] = &[
    ("body", body),
    ("title", title),
    ("topic", topic),
    ("link", link),
    ("field", field),
    ("field", field),
    ("field", field),
    ("new", new),
    ("delete", delete),
    ("rename", rename),
    ("version", version),
    ("record", record),
    ("record", record),
    ("record", record),
    ("record text", record_text),
    ("record text", record_text),
    ("record text", record_text),
    ("record come or gone", record_come_or_gone),
    ("plain page", plain_page),
    ("beside", beside),
    ("lock", lock),
    ("lock", lock),
    ("config", config),
];

/// Returns the names of all kinds of edit.
pub(crate) fn kinds() -> impl Iterator<Item = &'static str> {
    EDITS.iter().map(|(kind, _)| *kind)
}

/// A site that is being edited.
pub(crate) struct World {
    pub files: Files,
    pub chance: Chance,
    /// What the last edit did, for the report.
    pub reported: String,
    broken: Vec<(String, Vec<u8>)>,
    /// The site as it was some edits ago.
    earlier: Files,
    named: usize,
    /// With it, the first item of every list of names is drawn more often than not, so that lists grow long, and edits
    /// that change all pages at once are rare.
    crowded: bool,
}

impl World {
    /// Starts with these files.
    pub(crate) fn of(files: Files, seed: u64) -> World {
        World {
            earlier: files.clone(),
            files,
            chance: Chance::new(seed),
            reported: String::new(),
            broken: Vec::new(),
            named: 0,
            crowded: false,
        }
    }

    /// Starts with a site of about `statements` statements and a few records of each kind.
    pub(crate) fn new(statements: usize, seed: u64) -> World {
        World::of(Files::new(), seed).begin(statements, 6)
    }

    /// Starts with a site whose statements are mostly about the same topic, so that its lists have several pages.
    pub(crate) fn crowded(statements: usize, seed: u64) -> World {
        World { crowded: true, ..World::of(Files::new(), seed) }.begin(statements, 2)
    }

    /// Adds statements.
    pub(crate) fn grow(mut self, statements: usize) -> World {
        for _ in 0..statements {
            new(&mut self);
        }
        self.earlier = self.files.clone();
        self
    }

    fn begin(mut self, statements: usize, page_size: usize) -> World {
        let theme = if self.crowded { "default" } else { "own" };
        let config = format!(
            "title = \"Test\"\nbase_url = \"https://example.org/a/\"\npage_size = {page_size}\nfeed_size = 5\nrelated = 3\ntheme = \"{theme}\"\noutputs.markdown = true\noutputs.corpus = true\noutputs.akoma_ntoso = true\n"
        );
        self.write("themes/own/assets/own.css", "p { margin: 0 }\n".into());
        self.write("site.toml", config);
        self.write("content/index.md", "---\ntitle: Home\n---\n\nWords of welcome, with [[topic:debris]], [[s-1]], [[s-2]], [[s-3]], [[delegation:KAZ]], [[speaker:jane-doe]].\n".into());
        self.write(
            "content/about.md",
            "---\ntitle: About\n---\n\nSee [[s-1]] and [the third](statements/s-2.md#p1).\n".into(),
        );
        for folder in FOLDERS {
            for slug in slugs(folder) {
                if !self.chance.once_in(4) {
                    self.new_record(folder, slug);
                }
            }
        }
        self.grow(statements)
    }

    /// Does one random edit, and returns its kind.
    pub(crate) fn edit(&mut self) -> &'static str {
        if self.chance.once_in(5) {
            self.earlier = self.files.clone();
        }
        let choice = if self.crowded { CROWDED } else { EDITS };
        let (kind, edit) = *self.chance.pick(choice);
        self.reported.clear();
        edit(self);
        kind
    }

    fn write(&mut self, path: &str, text: String) {
        self.reported.push_str(&format!("write {path}; "));
        self.files.insert(path.to_owned(), text.into_bytes());
    }

    fn delete(&mut self, path: &str) -> Option<Vec<u8>> {
        self.reported.push_str(&format!("delete {path}; "));
        self.files.remove(path)
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8_lossy(&self.files[path]).into_owned()
    }

    fn paths(&self, start: &str, end: &str) -> Vec<String> {
        self.files.keys().filter(|path| path.starts_with(start) && path.ends_with(end)).cloned().collect()
    }

    /// Returns the path of a random statement, if there is one.
    fn statement(&mut self) -> Option<String> {
        let paths = self.paths("content/statements/", ".md");
        (!paths.is_empty()).then(|| self.chance.pick(&paths).clone())
    }

    /// Returns the id of a random statement, or of none.
    fn id(&mut self) -> String {
        match self.statement() {
            Some(path) if !self.chance.once_in(12) => id_of(&path),
            _ => "no-such".into(),
        }
    }
}

fn id_of(path: &str) -> String {
    let stem = path.trim_end_matches("/index.md").rsplit('/').next().unwrap();
    stem.split('.').next().unwrap().to_owned()
}

/// Cuts a file into front matter and text; a broken one is all text.
fn cut(text: &str) -> (String, String) {
    match text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((front, body)) => (front.to_owned(), body.to_owned()),
        None => (String::new(), text.to_owned()),
    }
}

/// Sets or drops the line of a key.
fn set(world: &mut World, path: &str, key: &str, line: Option<String>) {
    let (front, body) = cut(&world.text(path));
    if front.is_empty() {
        return;
    }
    let mut lines: Vec<String> =
        front.lines().filter(|old| !old.starts_with(&format!("{key}:"))).map(str::to_owned).collect();
    lines.extend(line);
    world.reported.push_str(&format!("{key} in "));
    world.write(path, format!("---\n{}\n---\n{body}", lines.join("\n")));
}

/// Rewrites the text of a record or page, or adds some words to it.
fn text(world: &mut World, path: &str) {
    let (front, body) = cut(&world.text(path));
    let body = match world.chance.below(4) {
        0 => world.paragraph(),
        1 => format!("See [[{}]].", world.id()),
        2 => format!("See {}.", world.link()),
        _ => format!("{}\n{}.", body.trim(), world.words(2)),
    };
    world.write(path, format!("---\n{front}\n---\n\n{body}\n"));
}
