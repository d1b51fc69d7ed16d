//! Edits of statements: their words, their front matter, their files.

use plenary::front::{FrontKey, Type, statement};

use super::words::{DATES, DELEGATIONS, DOCUMENTS, FORUMS, GROUPS, LANGUAGES, SPEAKERS, TOPICS};
use super::{World, cut, id_of, set};

impl World {
    /// Returns a line for a key of a statement.
    fn statement_line(&mut self, key: &str) -> String {
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
            "topics" if self.chance.once_in(6) => (*self.chance.pick(&["[]", ""])).to_owned(),
            "topics" => format!("[{}, {}]", self.name(TOPICS), self.name(TOPICS)),
            "references" => format!("[\"{}\", \"{}\"]", self.name(DOCUMENTS), self.name(DOCUMENTS)),
            "see_also" => format!("[{}]", self.id()),
            "superseded_by" => self.id(),
            "language" | "spoken_language" => (*self.chance.pick(&["en", "fr", "ar"])).to_owned(),
            "simulated" => "true".to_owned(),
            "aliases" => format!("[/old/{}/]", self.chance.below(9)),
            "source" if self.chance.once_in(2) => format!("{{ publisher: {}, file: words.txt }}", self.words(1)),
            "source" => format!("{{ publisher: {}, url: \"https://example.com/{}\" }}", self.words(1), self.words(1)),
            "rights" => format!("{{ holder: {}, license: CC0-1.0, note: {} }}", self.words(1), self.words(2)),
            "media" => {
                format!("[{{ kind: audio, url: \"https://example.com/{}\", start: \"00:01:00\" }}]", self.words(1))
            }
            "agenda_items" => format!("[{{ number: \"{}\", title: {} }}]", self.chance.below(9), self.words(1)),
            "changes" => format!("[{{ date: \"{}\", note: {} }}]", self.chance.pick(DATES), self.words(2)),
            "identifiers" => format!("{{ doi: \"10.1/{}\" }}", self.chance.below(9)),
            // Keys declared later need no line here if their type says everything.
            _ => match statement::ALL.iter().find(|known| known.name == key).map(|known| known.value) {
                Some(Type::Word(words)) => (*self.chance.pick(words)).to_owned(),
                Some(Type::Flag) => (*self.chance.pick(&["true", "false"])).to_owned(),
                Some(Type::Date) => format!("\"{}\"", self.chance.pick(DATES)),
                Some(Type::Number) => self.chance.below(9).to_string(),
                Some(Type::Free) => format!("{{ note: {}, number: {} }}", self.words(2), self.chance.below(9)),
                Some(Type::Url) => format!("\"https://example.com/{}\"", self.words(1)),
                _ => self.words(3),
            },
        };
        format!("{key}: {value}")
    }
}

pub(super) fn body(world: &mut World) {
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

pub(super) fn body_end(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let text = format!("{}\n{}.\n", world.text(&path), world.words(5));
    world.write(&path, text);
}

pub(super) fn title(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let line = world.statement_line("title");
    set(world, &path, "title", Some(line));
}

pub(super) fn topic(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let line = (!world.chance.once_in(4)).then(|| world.statement_line("topics"));
    set(world, &path, "topics", line);
}

pub(super) fn link(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let text = format!("{}\n{} {}.\n", world.text(&path), world.words(3), world.link());
    world.write(&path, text);
}

/// Keys that more than their own page depends on; they are edited more often.
const CONSEQUENTIAL: [FrontKey; 5] =
    [statement::DATE, statement::DELEGATION, statement::SPEAKER, statement::STATUS, statement::MENTIONS];

/// Returns the keys that are edited: all declared ones except the id, which the file name gives, and one undeclared.
fn keys() -> Vec<&'static str> {
    let declared = statement::ALL.iter().filter(|key| **key != statement::ID);
    declared.chain(&CONSEQUENTIAL).map(|key| key.name).chain(["no_such_key"]).collect()
}

pub(super) fn field(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let key = *world.chance.pick(&keys());
    let line = (!world.chance.once_in(3)).then(|| world.statement_line(key));
    set(world, &path, key, line);
}

pub(super) fn new(world: &mut World) {
    let number = world.named;
    world.named += 1;
    let mut lines = vec![world.statement_line("title")];
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
        // In a crowded site most statements say the same things.
        if world.chance.below(10) < if world.crowded { rarely.max(9) } else { rarely } {
            lines.push(world.statement_line(key));
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

pub(super) fn delete(world: &mut World) {
    let Some(path) = world.statement() else { return };
    world.delete(&path);
}

pub(super) fn rename(world: &mut World) {
    let Some(path) = world.statement() else { return };
    let id = id_of(&path);
    let to = match world.chance.below(3) {
        0 => format!("content/statements/moved/{}", path.rsplit('/').next().unwrap())
            .replace("/index.md", &format!("/{id}.md")),
        1 => path.replace(&id, &format!("{id}-x")),
        _ => format!("content/statements/{}.md", world.id()),
    };
    if let Some(bytes) = world.delete(&path) {
        world.reported.push_str(&format!("as {to}; "));
        world.files.insert(to, bytes);
    }
}

pub(super) fn version(world: &mut World) {
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
