//! The words of the interface: every text that readers see outside content comes from `words/`, in every language.

use std::collections::{BTreeMap, BTreeSet};

use plenary::render::page::Kind;

use crate::support::{Files, TestSite, demo, files_of, repository};

/// The languages in the binary, English first.
const LANGUAGES: [&str; 6] = ["en", "fr", "es", "ru", "ar", "zh"];

/// The plural categories of each language (CLDR), those that whole numbers have.
const CATEGORIES: [(&str, &[&str]); 6] = [
    ("en", &["one", "other"]),
    ("fr", &["one", "other"]),
    ("es", &["one", "other"]),
    ("ru", &["one", "few", "many", "other"]),
    ("ar", &["zero", "one", "two", "few", "many", "other"]),
    ("zh", &["other"]),
];

type Entries = BTreeMap<String, toml::Value>;

/// Returns the entries of a shipped file by their keys.
fn entries(language: &str) -> Entries {
    let text = std::fs::read_to_string(repository().join(format!("words/{language}.toml"))).unwrap();
    let mut entries = Entries::new();
    flatten("", &text.parse().unwrap(), &mut entries);
    entries
}

fn flatten(above: &str, table: &toml::Table, entries: &mut Entries) {
    for (name, value) in table {
        let key = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
        match value {
            toml::Value::Table(table) if !table.contains_key("other") => flatten(&key, table, entries),
            value => {
                entries.insert(key, value.clone());
            }
        }
    }
}

/// Returns the texts of an entry.
fn texts(entry: &toml::Value) -> Vec<&str> {
    match entry {
        toml::Value::Table(forms) => {
            forms.iter().filter(|(form, _)| *form != "by").filter_map(|(_, text)| text.as_str()).collect()
        }
        entry => vec![entry.as_str().unwrap()],
    }
}

/// Returns the placeholders of an entry but the number that decides its form.
fn placeholders(entry: &toml::Value) -> BTreeSet<String> {
    let names = |text: &str| -> Vec<String> {
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
    };
    texts(entry).into_iter().flat_map(names).filter(|name| name != "n").collect()
}

#[test]
fn every_language_has_every_entry_with_its_placeholders_and_plural_forms() {
    let english = entries("en");
    for language in LANGUAGES {
        let own = entries(language);
        let keys = |entries: &Entries| entries.keys().cloned().collect::<BTreeSet<_>>();
        let missing: Vec<_> = keys(&english).difference(&keys(&own)).cloned().collect();
        let strange: Vec<_> = keys(&own).difference(&keys(&english)).cloned().collect();
        assert!(missing.is_empty() && strange.is_empty(), "{language} lacks {missing:?} and has {strange:?}");
        let categories = CATEGORIES.iter().find(|(of, _)| *of == language).unwrap().1;
        for (key, entry) in &own {
            assert_eq!(placeholders(entry), placeholders(&english[key]), "{language}: {key}");
            assert_eq!(entry.is_table(), english[key].is_table(), "{language}: {key}");
            let Some(forms) = entry.as_table().filter(|forms| forms.len() > 1 && !forms.contains_key("by")) else {
                continue;
            };
            // An entry with one form does not say the number's noun.
            let exact = |form: &&String| form.parse::<u64>().is_ok();
            let lacks = categories.iter().filter(|category| !forms.contains_key(**category));
            let lacks: Vec<_> = lacks.filter(|_| !forms.keys().any(|form| exact(&form))).collect();
            assert!(lacks.is_empty(), "{language}: {key} has no forms {lacks:?}");
        }
    }
}

/// Returns the files in which entries are named: the templates and the views.
fn users() -> Vec<(String, String)> {
    let below = |folder: &str| {
        let files = files_of(&repository().join(folder)).into_iter();
        let text = |(path, bytes): (String, Vec<u8>)| {
            (format!("{folder}/{path}"), String::from_utf8_lossy(&bytes).into_owned())
        };
        files.map(text).collect::<Vec<_>>().into_iter()
    };
    let rust = below("src/render").chain(below("src/collect")).map(|(path, text)| {
        // Tests name entries that do not exist.
        let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        (path, text)
    });
    below("themes/default/templates").chain(rust).collect()
}

/// Returns the texts in quotes of any kind that have the form of a key, or of the beginning of one.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split(['"', '\'', '`']).map(|part| part.strip_suffix("{}").unwrap_or(part)).map(|part| {
        // In Rust, `format!("room.{room}")` names all entries of a table.
        part.split('{').next().unwrap_or_default()
    })
}

fn is_key(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let is_name =
        |part: &&str| part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b));
    parts.len() >= 2 && parts.iter().all(is_name) && !parts[0].is_empty()
}

#[test]
fn every_entry_is_used_and_every_entry_used_is_there() {
    let english = entries("en");
    let tables: BTreeSet<&str> = english.keys().filter_map(|key| key.split('.').next()).collect();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut unknown = BTreeSet::new();
    for (path, text) in users() {
        for name in named(&text).filter(|name| is_key(name)) {
            let table = name.split('.').next().unwrap_or_default();
            if !tables.contains(table) {
                continue;
            }
            // `("status." ~ status)` and `("note.added-" ~ unit)` name all entries that begin so.
            let below: Vec<&String> = match name.ends_with(['.', '-']) {
                true => english.keys().filter(|key| key.starts_with(name)).collect(),
                false => english.keys().filter(|key| *key == name).collect(),
            };
            let is_file = [".toml", ".html", ".xml", ".md", ".json"].iter().any(|end| name.ends_with(end));
            if below.is_empty() && !is_file {
                unknown.insert(format!("{path}: {name}"));
            }
            used.extend(below.into_iter().cloned());
        }
    }
    // The script of the search gets its table whole.
    used.extend(english.keys().filter(|key| key.starts_with("search-script.")).cloned());
    assert!(unknown.is_empty(), "no such entries: {unknown:#?}");
    let unused: Vec<&String> = english.keys().filter(|key| !used.contains(*key)).collect();
    assert!(unused.is_empty(), "nothing uses {unused:#?}");
}

/// Returns the texts between the tags of a page and in the attributes that people read or hear, without code.
fn seen(page: &str) -> Vec<String> {
    let mut seen = Vec::new();
    let mut rest = page;
    let mut hidden: Option<&str> = None;
    while let Some((text, after)) = rest.split_once('<') {
        let Some((tag, after)) = after.split_once('>') else { break };
        if hidden.is_none() && !text.trim().is_empty() {
            seen.push(unescaped(text.trim()));
        }
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        match hidden {
            None if ["script", "style", "code"].contains(&name) => hidden = Some(name),
            // The citation styles are of English manuals, the formats of programs.
            None if tag.contains("class=\"cite-text\"") => hidden = Some(name),
            Some(of) if tag.strip_prefix('/') == Some(of) => hidden = None,
            _ => {}
        }
        for attribute in ["aria-label=\"", "title=\"", "alt=\"", "placeholder=\"", "label=\""] {
            let value = tag.split_once(&format!(" {attribute}")).and_then(|(_, rest)| rest.split_once('"'));
            seen.extend(value.map(|(value, _)| unescaped(value)));
        }
        rest = after;
    }
    seen
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'");
    text.replace("&#39;", "'").replace("&amp;", "&")
}

/// Returns the pages of a site that have the form of HTML, by address.
fn pages(files: Files) -> Vec<(String, String)> {
    let built = TestSite::of(files, plenary::pipeline::Settings::default()).build();
    let html = built.pages.iter().filter_map(|(path, (_, bytes))| {
        let bytes = bytes.as_ref().unwrap_or_else(|problem| panic!("{}", problem.human(None)));
        let text = String::from_utf8(bytes.to_vec()).ok()?;
        text.starts_with("<!DOCTYPE").then(|| (path.url(), text))
    });
    html.collect()
}

/// Returns the demonstration in another language of the interface, without the menu and the words of its site.toml.
fn demo_in(language: &str, words: Option<String>) -> Files {
    let mut files = demo();
    files.retain(|path, _| !path.starts_with("words/"));
    let config = String::from_utf8(files["site.toml"].clone()).unwrap();
    let config =
        config.split("[[menu]]").next().unwrap().replace("language = \"en\"", &format!("language = \"{language}\""));
    files.insert("site.toml".into(), config.into_bytes());
    if let Some(words) = words {
        files.insert(format!("words/{language}.toml"), words.into_bytes());
    }
    files
}

/// The pseudo-language: English, each entry of which is in brackets.
fn pseudo() -> String {
    let mut out = String::new();
    let text = |text: &str| format!("\"⟦{}⟧\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    for (key, entry) in entries("en") {
        let key: Vec<String> = key.split('.').map(|part| format!("\"{part}\"")).collect();
        let value = match &entry {
            toml::Value::Table(forms) => {
                let forms = forms.iter().map(|(form, words)| match (form.as_str(), words.as_str().unwrap()) {
                    ("by", kind) => format!("by = \"{kind}\""),
                    (form, words) => format!("\"{form}\" = {}", text(words)),
                });
                format!("{{ {} }}", forms.collect::<Vec<_>>().join(", "))
            }
            entry => text(entry.as_str().unwrap()),
        };
        out.push_str(&format!("{} = {value}\n", key.join(".")));
    }
    out
}

/// Returns a text without everything in brackets, which may be nested. `depth` is how many are open: an entry
/// with markup in it is several texts.
fn outside_brackets(text: &str, depth: &mut usize) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '⟦' => *depth += 1,
            '⟧' => *depth = depth.saturating_sub(1),
            c if *depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Returns the content of the demonstration as one text: what people wrote, and the shipped names of states.
fn content() -> String {
    let mut content: String = demo()
        .into_iter()
        .filter(|(path, _)| path.ends_with(".md") || path == "site.toml")
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap() + "\n")
        .collect();
    // The parts of a speaker's name are keys of their own, and pages put them together; of a link they show the words.
    let part = |text: &str, key: &str| {
        let value = text.split_once(key).map_or("", |(_, value)| value);
        value.split([',', '}', '\n']).next().unwrap_or_default().trim().to_owned()
    };
    for (_, bytes) in demo().into_iter().filter(|(path, _)| path.ends_with(".md")) {
        let text = String::from_utf8(bytes).unwrap();
        content.push_str(&format!("{} {}\n", part(&text, "given:"), part(&text, "family:")));
        for (at, piece) in text.split("[[").enumerate() {
            content.push_str(piece.split_once('|').filter(|_| at > 0).map_or(piece, |(_, words)| words));
        }
    }
    for table in ["delegations.csv", "forums.csv", "groups.csv", "languages.csv"] {
        content.push_str(&std::fs::read_to_string(repository().join("src/shipped").join(table)).unwrap());
    }
    content
}

/// Returns the words of a text, in small letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1).map(str::to_lowercase)
}

/// Returns the words of a text with one space around each: neither marks nor Markdown distinguish two texts.
fn squeezed(text: &str) -> String {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

/// Returns whether a text is content: as a whole or, if it is a longer one that links or notes interrupt where it is
/// written, in half of its runs of three words.
fn is_content(text: &str, content: &str) -> bool {
    let whole = squeezed(text);
    let words: Vec<&str> = whole.split_whitespace().collect();
    let found = words.windows(3).filter(|run| content.contains(&format!(" {} ", run.join(" ")))).count();
    content.contains(&whole) || words.is_empty() || words.len() > 3 && found * 2 >= words.len() - 2
}

#[test]
fn whatever_is_not_content_comes_from_the_words_of_the_interface() {
    let content = squeezed(&content());
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for (url, page) in pages(demo_in("en", Some(pseudo()))) {
        let mut depth = 0;
        for text in seen(&page) {
            // A page that moved shows the address, and a citation has it.
            if text.starts_with('/') || text.starts_with("https://") {
                continue;
            }
            let outside = outside_brackets(&text, &mut depth);
            // A long text that the page cuts, or in which a link was put, is compared piece by piece.
            if outside.split(['…', '|', '–', '\n']).any(|piece| !is_content(piece, &content)) {
                found.entry(text).or_insert_with(|| url.clone());
            }
        }
    }
    assert!(found.is_empty(), "outside of the words of the interface: {found:#?}");
}

/// Returns the words on pages that the interface has in English and not in this language, each with a page; `content` has
/// the words that people wrote.
pub(crate) fn english_in(
    pages: &[(String, String)],
    language: &str,
    content: &BTreeSet<String>,
) -> BTreeMap<String, String> {
    let of = |language: &str| -> BTreeSet<String> {
        entries(language).values().flat_map(texts).flat_map(|text| words(text).collect::<Vec<_>>()).collect()
    };
    let (english, own) = (of("en"), of(language));
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for (url, page) in pages {
        let seen = seen(page).into_iter().filter(|text| !text.starts_with('/') && !text.starts_with("https://"));
        for word in seen.flat_map(|text| words(&text).collect::<Vec<_>>()) {
            if english.contains(&word) && !own.contains(&word) && !content.contains(&word) {
                found.entry(word).or_insert_with(|| url.clone());
            }
        }
    }
    found
}

#[test]
fn a_site_in_another_language_has_no_english_outside_its_content() {
    let content: BTreeSet<String> = words(&content()).collect();
    for language in ["fr", "ar"] {
        let pages = pages(demo_in(language, None));
        let found = english_in(&pages, language, &content);
        assert!(found.is_empty(), "{language}: {found:#?}");
        // The demonstration has every kind of page but earlier wordings, which need a history: `history.rs` has those.
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.has_template() && *kind != Kind::Held);
        for kind in kinds.map(Kind::word) {
            let is_of = |page: &str| {
                let body = page.split_once("<body").map_or("", |(_, body)| body.split('>').next().unwrap_or_default());
                body.split(['"', ' ']).any(|class| class == kind)
            };
            assert!(pages.iter().any(|(_, page)| is_of(page)), "no {kind} was looked at in {language}");
        }
    }
}

#[test]
fn a_site_in_several_languages_has_its_lists_in_each() {
    let mut files = demo_in("en", None);
    let config = String::from_utf8(files["site.toml"].clone()).unwrap() + "languages = [\"en\", \"ar\", \"fr\"]\n";
    files.insert("site.toml".into(), config.into_bytes());
    let built = TestSite::of(files, plenary::pipeline::Settings::default()).build();
    assert_eq!(built.dead_links(), [""; 0]);
    let list = built.file("/ar/topics/verification/");
    // The interface is Arabic, statements are in Arabic where they exist in it, and links stay in the language.
    assert!(list.contains("<html lang=\"ar\" dir=\"rtl\">"), "{list}");
    assert!(list.contains("href=\"/ar/statements/xqa-2024-verification/\""), "{list}");
    assert!(list.contains("href=\"/ar/delegations/"), "{list}");
    assert!(list.contains("hreflang=\"x-default\" href=\"https://plenary.example/topics/verification/\""), "{list}");
    assert!(
        built
            .file("/topics/verification/")
            .contains("hreflang=\"fr\" href=\"https://plenary.example/fr/topics/verification/\"")
    );
    let statement = built.file("/ar/statements/xqa-2024-verification/");
    assert!(
        statement.contains("<html lang=\"ar\" dir=\"rtl\">") && statement.contains("href=\"/ar/topics/"),
        "{statement}"
    );
    let english = built.file("/statements/xqa-2024-verification/");
    assert!(english.contains("<html lang=\"en\" dir=\"ltr\">") && !english.contains("href=\"/ar/topics/"), "{english}");
    // What is gathered from many texts is in each language as well, and the page for what is not there leads to each.
    assert!(list.contains("href=\"/ar/topics/verification/matrix/\""), "{list}");
    let position = built.file("/ar/delegations/xno/topics/verification/");
    assert!(
        position.contains("<html lang=\"ar\" dir=\"rtl\">") && position.contains("href=\"/ar/topics/verification/\"")
    );
    assert!(built.file("/404.html").contains("<a href=\"/ar/\" lang=\"ar\""));
    // What exists in French, the latest first; nothing does in this collection but the founding text.
    let home = built.file("/fr/");
    assert!(home.contains("<html lang=\"fr\" dir=\"ltr\">") && !home.contains("/ar/statements/"), "{home}");
}
