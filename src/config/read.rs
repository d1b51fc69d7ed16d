//! The text of site.toml -> the configuration, and everything that is wrong with it.

use std::collections::BTreeMap;

use super::colour::{on_dark, on_light};
use super::keys::Keys;
use super::values::{Wrong, base_url, language, menu_url, picture, template, version, words};
use super::{ActiveFiles, Config, Extra, FILE, Html, MenuItem, TextSize};
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};

/// Reads the text of site.toml. A wrong key keeps its default, so that everything else can still be checked.
pub fn read(text: &str) -> (Config, Vec<Diagnostic>) {
    let mut config = Config::default();
    let mut keys = match Keys::parse(text) {
        Ok(keys) => keys,
        Err(problem) => return (config, vec![problem]),
    };
    let (base_place, version_place) = (keys.place_of("base_url"), keys.place_of("plenary"));
    keys.text("title", &mut config.title, words);
    keys.text("description", &mut config.description, |_| Ok(()));
    keys.text("base_url", &mut config.base_url, base_url);
    keys.text("language", &mut config.language, language);
    keys.texts("languages", &mut config.languages, language);
    keys.text("theme", &mut config.theme, words);
    let mut word = String::new();
    keys.text("html", &mut word, |text| html(text).map(|_| ()));
    config.html = html(&word).unwrap_or_default();
    let mut word = String::new();
    keys.text("active_files", &mut word, |text| active_files(text).map(|_| ()));
    config.active_files = active_files(&word).unwrap_or_default();
    keys.flag("smart_punctuation", &mut config.smart_punctuation);
    keys.number("page_size", &mut config.page_size, 1);
    keys.number("feed_size", &mut config.feed_size, 1);
    keys.number("related", &mut config.related, 0);
    keys.number("passages", &mut config.passages, 0);
    keys.flag("mentions", &mut config.mentions);
    keys.text("edit_url", &mut config.edit_url, |url| template(url, "{path}", "https://example.org/edit/main/{path}"));
    keys.text("document_url", &mut config.document_url, |url| {
        template(url, "{symbol}", "https://docs.un.org/en/{symbol}")
    });
    keys.text("logo", &mut config.logo, picture);
    keys.text("image", &mut config.image, picture);
    keys.text("accent", &mut config.accent, on_light);
    keys.text("accent_dark", &mut config.accent_dark, on_dark);
    let mut word = String::new();
    keys.text("text_size", &mut word, |text| choice(text, TEXT_SIZES).map(|_| ()));
    config.text_size = choice(&word, TEXT_SIZES).unwrap_or_default();
    keys.text("footer", &mut config.footer, words);
    keys.text("plenary", &mut config.plenary, version);
    if keys.take_table("extra") {
        config.extra = Extra(extra(text));
    }
    let links = keys.tables("menu");
    let (search, outputs) = (keys.table("search"), keys.table("outputs"));
    let (history, deploy) = (keys.table("history"), keys.table("deploy"));
    let known = keys.known.clone();
    let mut diagnostics = Vec::new();
    if let Some(mut keys) = search {
        keys.flag("enabled", &mut config.search.enabled);
        let weights = &mut config.search.weights;
        keys.number("title", &mut weights.title, 0);
        keys.number("facts", &mut weights.facts, 0);
        keys.number("headings", &mut weights.headings, 0);
        keys.number("greetings", &mut weights.greetings, 0);
        keys.number("inflected", &mut weights.inflected, 0);
        diagnostics.extend(keys.finish(&known));
    }
    if let Some(mut keys) = outputs {
        let outputs = &mut config.outputs;
        keys.flag("markdown", &mut outputs.markdown);
        keys.flag("corpus", &mut outputs.corpus);
        keys.flag("akoma_ntoso", &mut outputs.akoma_ntoso);
        keys.texts("tables", &mut outputs.tables, |text| one_of(text, &TABLES));
        keys.texts("formats", &mut outputs.formats, |text| one_of(text, &FORMATS));
        keys.texts("feeds", &mut outputs.feeds, |text| one_of(text, &FEEDS));
        // Unlike the others, an empty list means none: these files are many.
        let mut citations = Vec::new();
        keys.texts("citations", &mut citations, |text| one_of(text, &LISTS));
        if keys.has("citations") {
            outputs.citations = citations;
        }
        diagnostics.extend(keys.finish(&known));
    }
    if let Some(mut keys) = history {
        keys.flag("texts", &mut config.history.texts);
        keys.flag("added", &mut config.history.added);
        diagnostics.extend(keys.finish(&known));
    }
    if let Some(mut keys) = deploy {
        keys.text("to", &mut config.deploy.to, words);
        keys.text("endpoint", &mut config.deploy.endpoint, base_url);
        keys.text("region", &mut config.deploy.region, words);
        diagnostics.extend(keys.finish(&known));
    }
    for link in links {
        config.menu.extend(menu_item(link, &known, &mut diagnostics));
    }
    diagnostics.extend(keys.finish(&[]));

    if config.base_url.is_empty() && diagnostics.iter().all(|problem| problem.place != base_place) {
        diagnostics.push(missing_base_url(base_place, &config));
    }
    if let Some(place) = version_place.filter(|_| is_newer(&config.plenary, env!("CARGO_PKG_VERSION"))) {
        let message =
            format!("the site was written for Plenary {}, but this is {}", config.plenary, env!("CARGO_PKG_VERSION"));
        let help = "install the newer version, or correct `plenary` in site.toml";
        diagnostics.push(Diagnostic::new(Code::NewerSite, place, message).help(help));
    }
    (config, diagnostics)
}

/// The tables below `/data/`, as `tables` names them.
pub const TABLES: [&str; 5] = ["statements", "paragraphs", "passages", "citations", "mentions"];

/// The formats of the table of statements, as `formats` names them.
pub const FORMATS: [&str; 3] = ["csv", "json", "jsonl"];

/// The formats of feeds, as `feeds` names them.
const FEEDS: [&str; 2] = ["atom", "json"];

/// The kinds of lists, as `citations` names them.
const LISTS: [&str; 8] = ["topics", "delegations", "forums", "sessions", "meetings", "groups", "speakers", "years"];

/// Accepts one of these words.
fn one_of(text: &str, words: &[&'static str]) -> Result<(), Wrong> {
    if words.contains(&text) {
        return Ok(());
    }
    let all = words.join("`, `");
    let help = did_you_mean(text, words.iter().copied()).unwrap_or_else(|| format!("the words here are `{all}`"));
    Err(Wrong { what: "is not known here".to_owned(), help })
}

/// Returns the place of each link in the menu, by its `url`.
pub fn menu_places(text: &str) -> BTreeMap<String, Place> {
    let mut places = BTreeMap::new();
    for mut link in Keys::parse(text).map(|mut keys| keys.tables("menu")).unwrap_or_default() {
        let (place, mut said) = (link.place_of("url"), String::new());
        link.text("url", &mut said, |_| Ok(()));
        if let Some(place) = place {
            places.entry(said).or_insert(place);
        }
    }
    places
}

fn missing_base_url(place: Option<Place>, config: &Config) -> Diagnostic {
    let message = "`base_url` is not set, so no feeds and no sitemap are made";
    let help = if config.extra.0.contains_key("base_url") {
        "it is below `[extra]`; move the line above the first line in brackets"
    } else {
        "set it to where the site will be published: base_url = \"https://example.org/\""
    };
    Diagnostic::new(Code::MissingBaseUrl, place.unwrap_or_else(|| Place::file(&FILE.into())), message).help(help)
}

/// The values of `html`, the default first.
const HTML: [(&str, Html); 3] = [("escape", Html::Escape), ("sanitize", Html::Sanitize), ("allow", Html::Allow)];

fn html(text: &str) -> Result<Html, Wrong> {
    choice(text, HTML)
}

/// The values of `active_files`, the default first.
const ACTIVE_FILES: [(&str, ActiveFiles); 3] =
    [("ask", ActiveFiles::Ask), ("withhold", ActiveFiles::Withhold), ("allow", ActiveFiles::Allow)];

fn active_files(text: &str) -> Result<ActiveFiles, Wrong> {
    choice(text, ACTIVE_FILES)
}

/// The values of `text_size`, the default first.
const TEXT_SIZES: [(&str, TextSize); 3] =
    [("normal", TextSize::Normal), ("small", TextSize::Small), ("large", TextSize::Large)];

/// Returns the one of three values that a word chooses; the first is the default.
fn choice<T: Copy>(text: &str, words: [(&str, T); 3]) -> Result<T, Wrong> {
    let found = words.iter().find(|(word, _)| *word == text);
    found.map(|(_, chosen)| *chosen).ok_or_else(|| {
        let [first, second, third] = words.map(|(word, _)| word);
        Wrong {
            what: format!("must be `{first}`, `{second}` or `{third}`"),
            help: did_you_mean(text, [first, second, third])
                .unwrap_or_else(|| format!("delete the key to use the default, `{first}`")),
        }
    })
}

/// Returns the table `[extra]` in the form that templates see.
fn extra(text: &str) -> toml::Table {
    let whole = toml::from_str::<toml::Table>(text).unwrap_or_default();
    match whole.get("extra") {
        Some(toml::Value::Table(extra)) => extra.clone(),
        _ => toml::Table::new(),
    }
}

/// Reads a link of the menu. An incomplete one is reported and left out.
fn menu_item(mut keys: Keys<'_>, above: &[&str], out: &mut Vec<Diagnostic>) -> Option<MenuItem> {
    for key in ["title", "url"].into_iter().filter(|key| keys.place_of(key).is_none()) {
        let message = format!("a menu link has no `{key}`");
        let help = "write both below `[[menu]]`: title = \"About\" and url = \"/about/\"";
        out.push(Diagnostic::new(Code::InvalidConfig, keys.place(), message).help(help));
    }
    let (mut title, mut url) = (String::new(), String::new());
    keys.text("title", &mut title, words);
    keys.text("url", &mut url, menu_url);
    out.extend(keys.finish(above));
    (!title.is_empty() && !url.is_empty()).then_some(MenuItem { title, url })
}

/// Returns whether version `a` (`1`, `1.2` or `1.2.3`) is later than version `b`.
fn is_newer(a: &str, b: &str) -> bool {
    let parts = |text: &str| -> Vec<u32> { text.split('.').map_while(|part| part.parse().ok()).collect() };
    let (a, b) = (parts(a), parts(b));
    a.as_slice() > &b[..a.len().min(b.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns place, message and help of each problem, in the order of the places.
    fn problems(text: &str) -> Vec<String> {
        let mut found = read(text).1;
        found.sort();
        let line = |problem: &Diagnostic| {
            let place = problem.place.as_ref().unwrap();
            format!("{}:{} {} | {}", place.line, place.column, problem.message, problem.help.as_deref().unwrap())
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn problems_are_reported_in_plain_words_where_they_are() {
        for (text, expect) in [
            ("base_ur = \"\"", "1:1 unknown key `base_ur` | did you mean `base_url`?"),
            ("title = 42", "1:9 `title` must be text, but this is a number | put it in double quotes: title = \"42\""),
            ("title = \" \"", "1:9 `title` is empty | write it, or delete the key to use the default"),
            (
                "theme = [\"a\"]",
                "1:9 `theme` must be text, but this is a list | write a single text in double quotes: theme = \"…\"",
            ),
            (
                "page_size = 0",
                "1:13 `page_size` must be a whole number, 1 or more, but this is less | delete the key to use the default, 50",
            ),
            (
                "related = \"5\"",
                "1:11 `related` must be a whole number, 0 or more, but this is text | write it without quotes: related = 5",
            ),
            (
                "smart_punctuation = \"no\"",
                "1:21 `smart_punctuation` must be `true` or `false`, but this is text | write it without quotes: smart_punctuation = true",
            ),
            ("html = \"sanitise\"", "1:8 `html` must be `escape`, `sanitize` or `allow` | did you mean `sanitize`?"),
            (
                "language = \"english\"",
                "1:12 `language` is not a language tag (BCP 47) | write a tag such as `en`, `fr`, `ar` or `zh-Hans`",
            ),
            (
                "plenary = \"abc\"",
                concat!("1:11 `plenary` is not a version of Plenary | write it as \"", env!("CARGO_PKG_VERSION"), "\""),
            ),
            (
                "text_size = \"huge\"",
                "1:13 `text_size` must be `normal`, `small` or `large` | delete the key to use the default, `normal`",
            ),
            (
                "logo = \"logo.svg\"",
                "1:8 `logo` is not a path within the site | put the file into `static/`, and start the path with a slash: /logo.svg",
            ),
            (
                "accent = \"#ffcc00\"",
                "1:10 `accent` is too pale to read: its contrast on #fdf1c3 is 1.3:1, and text needs 4.5:1 | choose `#846a00`, the nearest darker shade that can be read, or one that is darker still",
            ),
            (
                "extra = 1",
                "1:9 `extra` must be a table, but this is a number | write `[extra]` on a line of its own, and its keys below",
            ),
            (
                "menu = [\"/a/\"]",
                "1:9 `menu` must be a list of links, but this is text | write `[[menu]]`, and below it `title = \"…\"` and `url = \"…\"`",
            ),
            (
                "[[menu]]\ntitle = \"A\"\nurl = \"/a/\"\ndescription = \"x\"",
                "4:1 `description` is below `[[menu]]`, so it is read as part of that link | move the line above the first `[[menu]]`",
            ),
            (
                "[[menu]]\ntitle = \"A\"",
                "1:1 a menu link has no `url` | write both below `[[menu]]`: title = \"About\" and url = \"/about/\"",
            ),
        ] {
            let found = problems(&format!("{text}\n"));
            assert!(found.iter().any(|found| found == expect), "{text}: {found:#?}");
            // The only other problem is the missing `base_url`.
            assert_eq!(found.len(), 2, "{text}: {found:#?}");
        }
    }

    #[test]
    fn invalid_toml_is_reported_where_it_breaks() {
        for (text, place, help) in [
            ("title = \"A\"\ntitle = \"B\"", "2:1", "give the key once"),
            ("title = A statement", "1:9", "text in double quotes"),
        ] {
            let found = problems(text);
            assert!(found.len() == 1 && found[0].starts_with(place) && found[0].contains(help), "{found:?}");
        }
    }

    #[test]
    fn one_wrong_key_leaves_the_others() {
        let (config, problems) = read("title = \"A\"\nbase_url = \"example.org\"\npage_size = 7\nfeed_size = 0\n");
        assert_eq!((config.title.as_str(), config.base_url.as_str()), ("A", ""));
        assert_eq!((config.page_size, config.feed_size, problems.len()), (7, 20, 2));
    }

    #[test]
    fn a_base_url_that_slipped_below_a_bracket_is_found() {
        let found = problems("[extra]\nbase_url = \"https://example.org/\"\ncontact = \"a\"\n");
        assert!(found.len() == 1 && found[0].contains("it is below `[extra]`"), "{found:?}");
    }

    #[test]
    fn a_menu_link_is_found_by_its_url() {
        let text = "[[menu]]\ntitle = \"A\"\nurl = \"/a/\"\n\n[[menu]]\nurl = \"/b/\"\ntitle = \"B\"\n";
        let line = |url: &str| menu_places(text).get(url).map(|place| place.line);
        assert_eq!((line("/a/"), line("/b/"), line("/c/"), read(text).0.menu.len()), (Some(3), Some(6), None, 2));
    }

    #[test]
    fn versions_compare_by_their_parts() {
        for (a, b, newer) in
            [("0.2", "0.1.0", true), ("0.1", "0.1.3", false), ("1", "0.9.9", true), ("", "0.1.0", false)]
        {
            assert_eq!(is_newer(a, b), newer, "{a} {b}");
        }
    }
}
