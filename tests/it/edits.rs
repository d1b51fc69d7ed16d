//! A seed -> a small site and a row of edits to it, such as people make, and such as they make by mistake.
//!
//! Everything that a page can depend on must be able to change here without all else changing: what no edit touches,
//! the oracle cannot guard. Front matter is written one key a line, so that an edit of a key is an edit of a line.

use crate::support::Files;

/// A row of numbers that look like chance (SplitMix64, Steele et al. 2014), the same for one seed everywhere.
#[derive(Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// Returns one of them.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Is true once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

const WORDS: &[&str] = &[
    "outer",
    "space",
    "security",
    "treaty",
    "debris",
    "orbit",
    "weapons",
    "verification",
    "launch",
    "notification",
    "transparency",
    "confidence",
    "committee",
    "delegation",
    "proposal",
    "satellite",
    "missile",
    "altitude",
    "fragments",
    "commercial",
    "operators",
    "registration",
    "conduct",
    "responsible",
    "peaceful",
    "purposes",
    "armed",
    "attack",
    "resolution",
    "consensus",
    "session",
    "states",
    "parties",
    "legally",
    "binding",
    "instrument",
    "measures",
    "tests",
];
const SHARED: &[&str] = &[
    "We reaffirm that outer space shall be used exclusively for peaceful purposes and for the benefit of all nations.",
    "No state should be the first to place weapons of any kind in orbit around the Earth or on celestial bodies.",
    "A ban that cannot be verified is a promise and nothing more than a promise, however solemnly it may be given.",
];
const TOPICS: &[&str] = &["debris", "verification", "weapons", "launches", "treaty", "unrecorded", "Unrecorded"];
const DELEGATIONS: &[&str] = &["KAZ", "FRA", "XAA", "XBB", "XCC"];
const FORUMS: &[&str] = &["mcos", "unga-c1", "panel"];
const SPEAKERS: &[&str] = &["jane-doe", "ivan-petrov", "nobody-known"];
const DOCUMENTS: &[&str] = &["A/RES/72/27", "PPWT", "ppwt", "X/1", "X/9", "x/9", "treaty-text"];
const GROUPS: &[&str] = &["nam", "oog"];
const LANGUAGES: &[&str] = &["fr", "ar"];
const DATES: &[&str] = &[
    "2021",
    "2021-06",
    "2021-06-09",
    "2022-03-01",
    "2022-10-17",
    "2022~",
    "2023-01-01/2023-02-01",
    "2023-10-17",
    "2024?",
];
const THEME: &[&str] = &[
    "themes/own/templates/statement.html",
    "themes/own/templates/topic.html",
    "themes/own/templates/home.html",
    "themes/own/assets/own.css",
    "themes/own/assets/style.css",
];

/// A kind of edit: its name, and how it is made.
pub type Edit = (&'static str, fn(&mut World));

/// What is done to a site: the kinds of edit, each of which the oracle counts.
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
    ("theme", theme),
    ("config", config),
    ("break", break_front_matter),
    ("mend", mend),
    ("undo", undo),
];

/// Edits of a crowded site: those that change few pages.
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
];

/// A site while it is edited.
pub struct World {
    pub files: Files,
    pub chance: Chance,
    /// What the last edit did, for the report.
    pub told: String,
    broken: Vec<(String, Vec<u8>)>,
    /// The site as it was some edits ago.
    earlier: Files,
    named: usize,
    /// With it the first of every list of names is drawn more often than not, so that lists grow long, and what
    /// changes all pages at once is left alone.
    crowded: bool,
}

impl World {
    /// Begins with these files.
    pub fn of(files: Files, seed: u64) -> World {
        World {
            earlier: files.clone(),
            files,
            chance: Chance::new(seed),
            told: String::new(),
            broken: Vec::new(),
            named: 0,
            crowded: false,
        }
    }

    /// Begins with a site of about `statements` statements and a few records of each kind.
    pub fn new(statements: usize, seed: u64) -> World {
        World::of(Files::new(), seed).begin(statements, 6)
    }

    /// Begins with a site in which most statements are about the same: its lists have several pages.
    pub fn crowded(statements: usize, seed: u64) -> World {
        World { crowded: true, ..World::of(Files::new(), seed) }.begin(statements, 2)
    }

    fn begin(self, statements: usize, page_size: usize) -> World {
        let mut world = self;
        let theme = if world.crowded { "default" } else { "own" };
        let config = format!(
            "title = \"Test\"\nbase_url = \"https://example.org/a/\"\npage_size = {page_size}\nfeed_size = 5\nrelated = 3\ntheme = \"{theme}\"\n"
        );
        world.write("themes/own/assets/own.css", "p { margin: 0 }\n".into());
        world.write("site.toml", config);
        world.write("content/index.md", "---\ntitle: Home\n---\n\nWords of welcome, with [[topic:debris]], [[s-1]], [[s-2]], [[s-3]], [[delegation:KAZ]], [[speaker:jane-doe]].\n".into());
        world.write(
            "content/about.md",
            "---\ntitle: About\n---\n\nSee [[s-1]] and [the third](statements/s-2.md#p1).\n".into(),
        );
        for folder in ["topics", "delegations", "forums", "groups", "documents", "speakers"] {
            for slug in slugs(folder) {
                if !world.chance.once_in(4) {
                    world.new_record(folder, slug);
                }
            }
        }
        for _ in 0..statements {
            new(&mut world);
        }
        world.earlier = world.files.clone();
        world
    }

    /// Does one edit, chosen by chance, and returns its kind.
    pub fn edit(&mut self) -> &'static str {
        if self.chance.once_in(5) {
            self.earlier = self.files.clone();
        }
        let choice = if self.crowded { CROWDED } else { EDITS };
        let (kind, edit) = *self.chance.pick(choice);
        self.told.clear();
        edit(self);
        kind
    }

    fn write(&mut self, path: &str, text: String) {
        self.told.push_str(&format!("write {path}; "));
        self.files.insert(path.to_owned(), text.into_bytes());
    }

    fn delete(&mut self, path: &str) -> Option<Vec<u8>> {
        self.told.push_str(&format!("delete {path}; "));
        self.files.remove(path)
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8_lossy(&self.files[path]).into_owned()
    }

    fn paths(&self, start: &str, end: &str) -> Vec<String> {
        self.files.keys().filter(|path| path.starts_with(start) && path.ends_with(end)).cloned().collect()
    }

    /// Returns the path of some statement, if there is one.
    fn statement(&mut self) -> Option<String> {
        let paths = self.paths("content/statements/", ".md");
        (!paths.is_empty()).then(|| self.chance.pick(&paths).clone())
    }

    /// Returns the id of some statement, or of none.
    fn id(&mut self) -> String {
        match self.statement() {
            Some(path) if !self.chance.once_in(12) => id_of(&path),
            _ => "no-such".into(),
        }
    }

    /// Returns one of these names, and in a crowded site mostly the first.
    fn name(&mut self, of: &[&'static str]) -> &'static str {
        if self.crowded && !self.chance.once_in(5) { of[0] } else { self.chance.pick::<&str>(of) }
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| *self.chance.pick(WORDS)).collect::<Vec<_>>().join(" ")
    }

    fn paragraph(&mut self) -> String {
        let count = 8 + self.chance.below(30);
        match self.chance.below(12) {
            0 => format!("## {}", self.words(2)),
            1 => format!("- {}\n- {}", self.words(4), self.words(5)),
            2 => format!("> {}", self.words(9)),
            3 => format!("| a | b |\n|---|---|\n| {} | 1 |", self.words(2)),
            4 => format!("{}[^1]\n\n[^1]: {}", self.words(5), self.words(4)),
            5 | 6 => (*self.chance.pick(SHARED)).to_owned(),
            7 | 8 => format!("{} {} {}.", self.words(6), self.link(), self.words(6)),
            _ => format!("{}.", self.words(count)),
        }
    }

    fn link(&mut self) -> String {
        match self.chance.below(12) {
            0 => format!("[[topic:{}]]", self.name(TOPICS)),
            1 => format!("[[delegation:{}]]", self.name(DELEGATIONS)),
            2 => format!("[[speaker:{}]]", self.name(SPEAKERS)),
            3 => format!("[[{}#p1|{}]]", self.id(), self.words(2)),
            4 => format!("[{}](../about.md)", self.words(2)),
            7 => format!("[[group:{}]]", self.name(GROUPS)),
            8 => format!("[[document:{}]]", self.name(DOCUMENTS)),
            9 => format!("[{}](../../about.md)", self.words(2)),
            5 => format!("[{}](https://example.com/{})", self.words(2), self.words(1)),
            6 => format!("[[forum:{}]]", self.name(FORUMS)),
            _ => format!("[[{}]]", self.id()),
        }
    }

    /// Returns a line for a key of a statement.
    fn line(&mut self, key: &str) -> String {
        let value = match key {
            "title" => format!("\"{}\"", self.words(4)),
            "date" | "embargo" => format!("\"{}\"", self.chance.pick(DATES)),
            "delegation" => self.name(DELEGATIONS).to_owned(),
            "on_behalf_of" => format!("[{}]", self.name(GROUPS)),
            "speaker" => match self.chance.below(3) {
                0 => {
                    format!("{{ family: {}, given: Ana, role: {} }}", self.chance.pick(&["Doe", "Roe"]), self.words(1))
                }
                _ => self.name(SPEAKERS).to_owned(),
            },
            "forum" => self.name(FORUMS).to_owned(),
            "session" | "meeting" => self.name(&["1", "2", "3"]).to_owned(),
            "speaking_order" => format!("{}", 1 + self.chance.below(3)),
            "meeting_symbol" => format!("X/PV.{}", self.chance.below(9)),
            "topics" => format!("[{}, {}]", self.name(TOPICS), self.name(TOPICS)),
            "references" => format!("[\"{}\", \"{}\"]", self.name(DOCUMENTS), self.name(DOCUMENTS)),
            "see_also" => format!("[{}]", self.id()),
            "superseded_by" => self.id(),
            "status" => (*self.chance.pick(&["published", "corrected", "draft", "withdrawn"])).to_owned(),
            "type" => (*self.chance.pick(&["speech", "letter", "statement"])).to_owned(),
            "text_status" => (*self.chance.pick(&["as-delivered", "excerpt"])).to_owned(),
            "spoken_language" => (*self.chance.pick(&["en", "fr"])).to_owned(),
            "simulated" => "true".to_owned(),
            "aliases" => format!("[/old/{}/]", self.chance.below(9)),
            "source" => format!("{{ publisher: {}, url: \"https://example.com/{}\" }}", self.words(1), self.words(1)),
            "rights" => format!("{{ holder: {} }}", self.words(1)),
            "media" => format!("[\"https://example.com/{}\"]", self.words(1)),
            "agenda_items" => format!("[{{ number: \"{}\", title: {} }}]", self.chance.below(9), self.words(1)),
            "changes" => format!("[{{ date: 2024-01-01, note: {} }}]", self.words(2)),
            "identifiers" => format!("{{ doi: \"10.1/{}\" }}", self.chance.below(9)),
            _ => self.words(3),
        };
        format!("{key}: {value}")
    }

    fn record_lines(&mut self, folder: &str, slug: &str) -> Vec<String> {
        let mut lines =
            vec![format!("title: \"{} {slug}\"", self.words(1)), format!("titles: {{ fr: \"{}\" }}", self.words(2))];
        match folder {
            "topics" => {
                lines.push(format!("match: {{ en: [{}, {}] }}", self.words(1), self.words(2)));
                lines.push(format!("broader: {}", self.name(TOPICS)));
                lines.push(format!("definition: {}", self.words(5)));
            }
            "delegations" => lines.push(format!("formal: {}", self.words(3))),
            "forums" => {
                lines.push(format!("short: {}", self.words(1)));
                lines.push(format!("sessions: [{{ session: \"1\", title: {} }}, \"2\"]", self.words(2)));
            }
            "groups" => lines.push(format!("members: [{}, {}]", self.name(DELEGATIONS), self.name(DELEGATIONS))),
            "documents" => lines.push(format!("symbol: \"{}\"", if slug == "treaty-text" { "X/2" } else { "X/1" })),
            _ => {
                lines.push(format!("family: {}\ngiven: {}", self.words(1), self.words(1)));
                lines.push(format!("delegation: {}", self.name(DELEGATIONS)));
            }
        }
        if self.chance.once_in(4) {
            lines.push("simulated: true".into());
        }
        if self.chance.once_in(6) {
            lines.push(format!("aliases: [/was/{}/]", self.chance.below(9)));
        }
        lines
    }

    fn new_record(&mut self, folder: &str, slug: &str) {
        let front = self.record_lines(folder, slug).join("\n");
        let body = format!("{}\n\nSee [[{}]].", self.paragraph(), self.id());
        self.write(&format!("content/{folder}/{slug}.md"), format!("---\n{front}\n---\n\n{body}\n"));
    }
}

/// Returns the slugs of records that a folder may have.
fn slugs(folder: &str) -> &'static [&'static str] {
    match folder {
        "topics" => &["debris", "verification", "weapons", "launches", "treaty"],
        "delegations" => &["kaz", "xaa", "xbb"],
        "forums" => &["mcos", "unga-c1"],
        "groups" => &["nam", "oog"],
        "documents" => &["ppwt", "treaty-text"],
        _ => &["jane-doe", "ivan-petrov"],
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
    world.told.push_str(&format!("{key} in "));
    world.write(path, format!("---\n{}\n---\n{body}", lines.join("\n")));
}

fn body(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let text = world.text(&path);
    let (front, body) = cut(&text);
    if front.is_empty() {
        return;
    }
    let mut blocks: Vec<String> = body.trim().split("\n\n").map(str::to_owned).collect();
    let at = world.chance.below(blocks.len());
    match world.chance.below(3) {
        0 => blocks.insert(at, world.paragraph()),
        1 if blocks.len() > 1 => drop(blocks.remove(at)),
        _ => blocks[at] = world.paragraph(),
    }
    world.write(&path, format!("---\n{front}\n---\n\n{}\n", blocks.join("\n\n")));
}

fn body_end(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let text = format!("{}\n{}.\n", world.text(&path), world.words(5));
    world.write(&path, text);
}

fn title(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let line = world.line("title");
    set(world, &path, "title", Some(line));
}

fn topic(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let line = (!world.chance.once_in(4)).then(|| world.line("topics"));
    set(world, &path, "topics", line);
}

fn link(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let text = format!("{}\n{} {}.\n", world.text(&path), world.words(3), world.link());
    world.write(&path, text);
}

fn field(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let keys = [
        "date",
        "date",
        "delegation",
        "delegation",
        "on_behalf_of",
        "speaker",
        "speaker",
        "forum",
        "session",
        "meeting",
        "meeting_symbol",
        "speaking_order",
        "references",
        "see_also",
        "superseded_by",
        "status",
        "status",
        "type",
        "text_status",
        "spoken_language",
        "simulated",
        "aliases",
        "source",
        "rights",
        "media",
        "agenda_items",
        "changes",
        "identifiers",
        "summary",
        "summary",
        "cluster",
        "place",
        "embargo",
        "status_note",
        "no_such_key",
    ];
    let key = *world.chance.pick(&keys);
    let line = (!world.chance.once_in(3)).then(|| world.line(key));
    set(world, &path, key, line);
}

fn new(world: &mut World) {
    let number = world.named;
    world.named += 1;
    let mut lines = vec![world.line("title")];
    for (key, rarely) in [
        ("date", 9),
        ("delegation", 9),
        ("forum", 2),
        ("session", 2),
        ("meeting", 2),
        ("topics", 5),
        ("speaker", 3),
        ("references", 3),
        ("on_behalf_of", 1),
        ("type", 3),
        ("see_also", 1),
        ("status_note", 1),
    ] {
        // In a crowded site most statements say most things.
        if world.chance.below(10) < if world.crowded { rarely.max(9) } else { rarely } {
            lines.push(world.line(key));
        }
    }
    let blocks: Vec<String> = (0..=world.chance.below(5)).map(|_| world.paragraph()).collect();
    let path = match world.chance.below(4) {
        0 => format!("content/statements/{number}/s-{number}.md"),
        1 => format!("content/statements/s-{number}/index.md"),
        _ => format!("content/statements/s-{number}.md"),
    };
    world.write(&path, format!("---\n{}\n---\n\n{}\n", lines.join("\n"), blocks.join("\n\n")));
}

fn delete(world: &mut World) {
    let Some(path) = world.statement() else { return };
    world.delete(&path);
}

fn rename(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let id = id_of(&path);
    let to = match world.chance.below(3) {
        0 => format!("content/statements/moved/{}", path.rsplit('/').next().unwrap())
            .replace("/index.md", &format!("/{id}.md")),
        1 => path.replace(&id, &format!("{id}-x")),
        _ => format!("content/statements/{}.md", world.id()),
    };
    if let Some(bytes) = world.delete(&path) {
        world.told.push_str(&format!("as {to}; "));
        world.files.insert(to, bytes);
    }
}

fn version(world: &mut World) {
    let Some(path) = world.statement() else { return };
    if path.matches('.').count() > 1 {
        world.delete(&path);
        return;
    }
    let language = *world.chance.pick(LANGUAGES);
    let text = world.text(&path);
    let text = format!("{text}\n{}.\n", world.words(6));
    world.write(&path.replace(".md", &format!(".{language}.md")), text);
}

/// A record's path, whether it is there or not.
fn any_record(world: &mut World) -> (&'static str, &'static str, String) {
    let folder = *world.chance.pick(&["topics", "delegations", "forums", "groups", "documents", "speakers"]);
    let slug = world.name(slugs(folder));
    (folder, slug, format!("content/{folder}/{slug}.md"))
}

fn record(world: &mut World) {
    let (folder, slug, path) = any_record(world);
    if world.files.contains_key(&path) {
        let line = world.record_lines(folder, slug);
        let line = world.chance.pick(&line).clone();
        let key = line.split(':').next().unwrap().to_owned();
        let line = (key == "title" || !world.chance.once_in(5)).then_some(line);
        set(world, &path, &key, line);
    } else {
        world.new_record(folder, slug);
    }
}

fn record_text(world: &mut World) {
    let (_, _, path) = any_record(world);
    if world.files.contains_key(&path) {
        text(world, &path);
    }
}

/// Writes the text of a record or page anew, or adds some words to it.
fn text(world: &mut World, path: &str) {
    let (front, body) = cut(&world.text(path));
    let body = match world.chance.below(3) {
        0 => world.paragraph(),
        1 => format!("See [[{}]].", world.id()),
        _ => format!("{}\n{}.", body.trim(), world.words(2)),
    };
    world.write(path, format!("---\n{front}\n---\n\n{body}\n"));
}

fn record_come_or_gone(world: &mut World) {
    let (folder, slug, path) = any_record(world);
    if world.files.contains_key(&path) {
        world.delete(&path);
    } else {
        world.new_record(folder, slug);
    }
}

fn plain_page(world: &mut World) {
    let path =
        *world.chance.pick(&["content/index.md", "content/about.md", "content/notes/a.md", "content/notes/index.md"]);
    if world.chance.once_in(4) {
        world.delete(path);
        return;
    }
    if world.files.contains_key(path) && world.chance.once_in(2) {
        text(world, path);
        return;
    }
    let (title, block) = (world.words(2), world.paragraph());
    world.write(path, format!("---\ntitle: {title}\n---\n\n{block}\n"));
}

fn beside(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let folder = path.rsplit_once('/').unwrap().0;
    let path = match world.chance.below(3) {
        0 => "static/note.txt".to_owned(),
        1 => "content/notes/table.csv".to_owned(),
        _ => format!("{folder}/words.txt"),
    };
    if world.chance.once_in(3) {
        world.delete(&path);
    } else {
        let text = world.words(3);
        world.write(&path, text);
    }
}

fn theme(world: &mut World) {
    let path = *world.chance.pick(THEME);
    if world.chance.once_in(3) {
        world.delete(path);
    } else if path.ends_with(".html") {
        let text = match world.chance.below(6) {
            0 => "<p>{{ never.closed".to_owned(),
            1 => "<p>{{ page.no_such_field }}</p>".to_owned(),
            _ => format!("<!doctype html><title>{{{{ page.title }}}}</title><p>{}", world.words(3)),
        };
        world.write(path, text);
    } else {
        let text = format!("p {{ content: \"{}\" }}", world.words(1));
        world.write(path, text);
    }
}

fn config(world: &mut World) {
    let lines = [
        format!("title = \"{}\"", world.words(2)),
        format!("description = \"{}\"", world.words(4)),
        format!("base_url = \"https://example.org/{}\"", world.chance.pick(&["", "a/", "b/c/"])),
        "base_url = \"\"".into(),
        format!("page_size = {}", 3 + world.chance.below(6)),
        format!("feed_size = {}", 2 + world.chance.below(6)),
        format!("related = {}", world.chance.below(5)),
        format!("language = \"{}\"", world.chance.pick(&["en", "en", "fr"])),
        format!("html = \"{}\"", world.chance.pick(&["escape", "sanitize"])),
        format!("smart_punctuation = {}", world.chance.once_in(2)),
        format!("theme = \"{}\"", world.chance.pick(&["own", "default", "own", "none-such"])),
        "edit_url = \"https://example.com/edit/{path}\"".into(),
        "document_url = \"https://example.com/{symbol}\"".into(),
        format!("menu = [{{ title = \"{}\", url = \"/about/\" }}]", world.words(1)),
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
    world.told.push_str(&format!("{line} in "));
    world.write("site.toml", text);
}

fn break_front_matter(world: &mut World) {
    let path = if world.chance.once_in(3) { any_record(world).2 } else { world.statement().unwrap_or_default() };
    let Some(bytes) = world.files.get(&path).cloned() else { return };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    world.broken.push((path.clone(), bytes));
    let broken = match world.chance.below(7) {
        0 => text.replacen("---\n", "", 1),
        1 => text.replacen("\n---\n", "\n", 1),
        2 => text.replacen("title:", "title: [", 1),
        3 => text.replacen("title:", "title: a\ntitle:", 1),
        4 => text.replacen("title:", "titel:", 1),
        5 => String::new(),
        _ => text.replacen("---\n", "---\ndate: yesterday\n", 1),
    };
    world.write(&path, broken);
    if world.chance.once_in(7) {
        world.files.insert(path, b"---\ntitle: \xff\n---\n".to_vec());
    }
}

fn mend(world: &mut World) {
    if world.broken.is_empty() {
        return;
    }
    let at = world.chance.below(world.broken.len());
    let (path, bytes) = world.broken.remove(at);
    world.told.push_str(&format!("mend {path}; "));
    world.files.insert(path, bytes);
}

/// Brings one file back to what it was some edits ago, or all of them.
fn undo(world: &mut World) {
    if world.chance.once_in(6) {
        world.told.push_str("everything; ");
        world.files = world.earlier.clone();
        return;
    }
    let paths: Vec<String> =
        world.earlier.keys().filter(|path| world.files.get(*path) != world.earlier.get(*path)).cloned().collect();
    if !paths.is_empty() {
        let path = world.chance.pick(&paths).clone();
        world.told.push_str(&format!("{path}; "));
        let bytes = world.earlier[&path].clone();
        world.files.insert(path, bytes);
    }
}
