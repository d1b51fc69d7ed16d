//! Edits of records: adding, removing, front matter, introductions.

use super::words::{DATES, DELEGATIONS, FORUMS, NAMES, TOPICS};
use super::{World, set, text};

/// The folders of records.
pub(super) const FOLDERS: &[&str] = &["topics", "delegations", "forums", "groups", "documents", "speakers"];

/// Returns the slugs of records that a folder may have.
pub(super) fn slugs(folder: &str) -> &'static [&'static str] {
    match folder {
        "topics" => &["debris", "verification", "weapons", "launches", "treaty"],
        "delegations" => &["kaz", "xaa", "xbb"],
        "forums" => &["mcos", "unga-c1"],
        "groups" => &["nam", "oog"],
        "documents" => &["ppwt", "treaty-text"],
        _ => &["jane-doe", "ivan-petrov"],
    }
}

impl World {
    /// Returns a line for each key that a record of this folder can have.
    fn record_lines(&mut self, folder: &str, slug: &str) -> Vec<String> {
        let mut lines = vec![
            format!("title: \"{} {slug}\"", self.words(1)),
            format!("titles: {{ fr: \"{}\", ar: \"{}\" }}", self.name(NAMES), self.words(2)),
            format!(
                "aliases: [\"{} {slug}\", \"{}\", /was/{}/]",
                self.words(1),
                self.name(NAMES),
                self.chance.below(9)
            ),
            "mentions: false".into(),
            "simulated: true".into(),
        ];
        let dates = [*self.chance.pick(DATES), *self.chance.pick(DATES)];
        match folder {
            "topics" => {
                lines.push(format!("match: {{ en: [{}, {}] }}", self.words(1), self.words(2)));
                lines.push("rule_counts: true".into());
                let (one, other) = (self.name(DELEGATIONS), *self.chance.pick(&DELEGATIONS[1..]));
                // In a crowded site one delegation says nearly everything, so it is set beside each of the others: of most,
                // there is nothing to set beside it.
                let beside_all = || DELEGATIONS[1..].iter().map(|other| format!("[{}, {other}]", DELEGATIONS[0]));
                let pairs =
                    if self.crowded { beside_all().collect::<Vec<_>>().join(", ") } else { "[KAZ, XAA]".into() };
                lines.push(format!("compare: [[{one}, {other}], {pairs}]"));
                lines.push(format!("since: \"{}\"", dates[0]));
                lines.push(format!("broader: {}", self.name(TOPICS)));
                lines.push(format!("definition: {}", self.words(5)));
                lines.push(format!("uri: https://example.com/{}", self.words(1)));
            }
            "delegations" => {
                lines.push(format!("formal: {}", self.words(3)));
                lines.push(format!("kind: {}", self.chance.pick(&["state", "observer", "organisation"])));
                lines.push(format!("regional_group: {}", self.words(1)));
                lines.push(format!("m49: \"{}\"", 100 + self.chance.below(900)));
                lines.push(format!("from: \"{}\"", dates[0]));
                lines.push(format!("until: \"{}\"", dates[1]));
            }
            "forums" => {
                lines.push(format!("short: {}", self.words(1)));
                lines.push(format!("place: {}", self.words(1)));
                lines.push(format!("parent: {}", self.name(FORUMS)));
                let (title, [from, until]) = (self.words(2), dates);
                lines.push(format!(
                    "sessions: [{{ session: \"1\", title: {title}, from: \"{from}\", until: \"{until}\" }}, \"2\"]"
                ));
            }
            "groups" => {
                let (first, second) = (self.name(DELEGATIONS), self.name(DELEGATIONS));
                lines.push(format!("members: [{{ delegation: {first}, from: \"{}\" }}, {second}]", dates[0]));
            }
            "documents" => {
                lines.push(format!("symbol: \"{}\"", if slug == "treaty-text" { "X/2" } else { "X/1" }));
                lines.push(format!("url: https://example.com/{}", self.words(1)));
                lines.push(format!("date: \"{}\"", dates[0]));
            }
            _ => {
                lines.push(format!("family: {}", self.words(1)));
                lines.push(format!("given: {}", self.words(1)));
                lines.push(format!("as_printed: Ambassador {}", self.words(1)));
                lines.push(format!("role: {}", self.words(2)));
                lines.push(format!("id: https://example.com/{}", self.words(1)));
                lines.push(format!("delegation: {}", self.name(DELEGATIONS)));
            }
        }
        lines
    }

    /// Writes a record with some of its possible keys.
    pub(crate) fn new_record(&mut self, folder: &str, slug: &str) {
        let mut front = self.record_lines(folder, slug);
        front.retain(|line| line.starts_with("title:") || self.chance.once_in(2));
        let body = format!("{}\n\nSee [[{}]].", self.paragraph(), self.id());
        self.write(&format!("content/{folder}/{slug}.md"), format!("---\n{}\n---\n\n{body}\n", front.join("\n")));
    }
}

/// Returns a record's path, whether it exists or not.
pub(super) fn any_record(world: &mut World) -> (&'static str, &'static str, String) {
    let folder = *world.chance.pick(FOLDERS);
    let slug = world.name(slugs(folder));
    (folder, slug, format!("content/{folder}/{slug}.md"))
}

pub(super) fn record(world: &mut World) {
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

pub(super) fn record_text(world: &mut World) {
    let (_, _, path) = any_record(world);
    if world.files.contains_key(&path) {
        text(world, &path);
    }
}

pub(super) fn record_come_or_gone(world: &mut World) {
    let (folder, slug, path) = any_record(world);
    if world.files.contains_key(&path) {
        world.delete(&path);
    } else {
        world.new_record(folder, slug);
    }
}
