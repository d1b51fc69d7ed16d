//! The theme: the default templates in the binary, which a site can override, and the settings that they get.

mod bounded;
mod brand;
mod lean;
mod problems;
mod unused;

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_embed::RustEmbed;
use tera::{Context, Tera, Value};

use super::formats::FeedFormat;
use super::language::{Languages, direction};
use super::menu::{Link, Title};
use super::picture;
use super::view::{SiteView, VERSION};
use super::words::{self, Words};
use crate::config::{Config, FILE, MenuItem};
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::path::SitePath;
use crate::render::policy::POLICY;
use crate::sources::{Source, Sources};
use crate::stamp::Stamp;
use bounded::Bounded;

pub use problems::template_problems;

/// The default theme, in the binary.
#[derive(RustEmbed)]
#[folder = "themes/default"]
struct Default;

/// Returns the files of the default theme, with their bytes, sorted by path.
pub fn default_files() -> BTreeMap<String, Vec<u8>> {
    Default::iter().filter_map(|name| Default::get(&name).map(|file| (name.to_string(), file.data.to_vec()))).collect()
}

/// Templates ready to render, and the files they need.
pub struct Theme {
    /// The interface in each language of the site, its own language first.
    interfaces: Vec<Interface>,
    /// The stamp of all templates and words, of the settings that they get, and of the program's version.
    pub stamp: Stamp,
    /// The settings of site.toml.
    pub config: Arc<Config>,
    /// The languages' own names.
    pub languages: Languages,
    /// Files of `assets/`, each with the path at which it is published.
    pub assets: Vec<(SitePath, Source)>,
}

/// The interface in one language.
struct Interface {
    /// The language as site.toml names it; the words are in another language if this one has none.
    language: String,
    words: Arc<Words>,
    /// The templates, with the words of this language as filters.
    tera: Tera,
}

/// Folder of a theme's templates, and of the files that are copied.
const TEMPLATES: &str = "templates/";
const ASSETS: &str = "assets/";

/// The icon among the theme's files, which is drawn in the site's colour.
const ICON: &str = "favicon.svg";

impl Theme {
    /// Returns the stamp of everything that a theme depends on.
    pub fn stamp_of(config: &Config, menu: &[Link], sources: &Sources) -> Stamp {
        let own = format!("themes/{}/", config.theme);
        let files = sources.themes.iter().filter(|source| source.path.starts_with(&own)).chain(&sources.words);
        let files: Vec<(&str, Stamp)> = files.map(|source| (&*source.path, source.stamp)).collect();
        Stamp::of(&(files, config, menu, env!("CARGO_PKG_VERSION"), VERSION))
    }

    /// Returns the problem of a theme that does not exist. It is not kept with the theme, since the suggested name
    /// depends on the other themes, which the theme's stamp does not cover.
    pub fn unknown(config: &Config, sources: &[Source]) -> Option<Diagnostic> {
        let there = sources.iter().filter_map(|source| source.path.strip_prefix("themes/")?.split('/').next());
        if config.theme == "default" || there.clone().any(|name| name == config.theme) {
            return None;
        }
        let help = did_you_mean(&config.theme, there.chain(["default"])).unwrap_or_else(|| {
            "make it with the files that differ from the default theme, or set theme = \"default\"".to_owned()
        });
        let message = format!("the folder `themes/{}/` is not there, or empty", config.theme);
        Some(Diagnostic::new(Code::UnknownTheme, Place::file(&FILE.into()), message).help(help))
    }

    /// Loads the default theme, and the site's own on top of it.
    pub fn load(config: &Arc<Config>, menu: &[Link], sources: &Sources, out: &mut Vec<Diagnostic>) -> Theme {
        let own = format!("themes/{}/", config.theme);
        let mut shipped: BTreeMap<String, String> = BTreeMap::new();
        let mut assets: BTreeMap<String, Source> = BTreeMap::new();
        for (name, bytes) in default_files() {
            if let Some(template) = name.strip_prefix(TEMPLATES) {
                shipped.insert(format!("default/{template}"), String::from_utf8_lossy(&bytes).into_owned());
            } else if let Some(asset) = name.strip_prefix(ASSETS) {
                // Without a search no page loads its scripts.
                if asset.starts_with("search/") && !config.search.enabled {
                    continue;
                }
                let mut bytes = lean::published(&name, bytes);
                if asset == ICON && !config.accent.is_empty() {
                    bytes = String::from_utf8_lossy(&bytes).replace(picture::COLOUR, &config.accent).into_bytes();
                }
                assets.insert(asset.to_owned(), Source::in_memory(&format!("default theme: {name}"), bytes));
            }
        }
        // A theme may have its own file with this name.
        if let Some(css) = brand::style_sheet(config) {
            assets.insert(brand::NAME.to_owned(), Source::in_memory("site.toml: the brand", css.into_bytes()));
        }
        let files: Vec<&Source> = sources.themes.iter().filter(|source| source.path.starts_with(&own)).collect();
        let mut templates: BTreeMap<String, String> = BTreeMap::new();
        for source in &files {
            let name = &source.path[own.len()..];
            if let Some(template) = name.strip_prefix(TEMPLATES) {
                match source.load().map(|bytes| String::from_utf8(bytes.into_owned())) {
                    Ok(Ok(text)) => {
                        templates.insert(format!("site/{template}"), text);
                    }
                    Ok(Err(_)) => out.push(
                        Diagnostic::new(Code::NotUtf8, Place::file(&source.path), "the template is not UTF-8")
                            .help("save it as UTF-8"),
                    ),
                    Err(error) => out.push(source.unreadable(&error)),
                }
            } else if let Some(asset) = name.strip_prefix(ASSETS) {
                // A copy of a shipped file is published as the shipped one, so that `theme eject` changes nothing.
                let shipped = Default::get(name).map(|file| file.data);
                if !shipped.is_some_and(|bytes| source.load().is_ok_and(|own| *own == *bytes)) {
                    assets.insert(asset.to_owned(), (*source).clone());
                }
            }
        }
        unused::find(&own, &files, &templates, out);
        let mut problems = Vec::new();
        let interfaces =
            Words::load(config, &sources.words, &sources.themes, out).into_iter().map(|(language, words)| {
                let mut tera = build(shipped.iter().chain(&templates), &words).unwrap_or_else(|error| {
                    problems = template_problems(Code::InvalidTemplate, &error, &config.theme);
                    // The default theme alone still shows the content; a test ensures that it parses.
                    build(&shipped, &words).unwrap_or_default()
                });
                tera.global_context().insert("site", &site_view(config, menu, &language, &words));
                Interface { language, words, tera }
            });
        let interfaces = interfaces.collect();
        // These problems are the same in all languages.
        out.extend(problems);
        let stamp = Theme::stamp_of(config, menu, sources);
        let assets = assets.into_iter().filter_map(|(name, source)| match SitePath::parse(&name) {
            Ok(path) => Some((path, source)),
            Err(wrong) => {
                out.push(crate::collect::places::invalid_url(&source.path, &wrong));
                None
            }
        });
        let assets = assets.collect();
        Theme { interfaces, stamp, config: Arc::clone(config), languages: Languages::load(), assets }
    }

    /// Returns the words of a language of the site; for any other language, those of the site's own.
    pub fn words(&self, language: &str) -> &Arc<Words> {
        &self.interface(language).words
    }

    fn interface(&self, language: &str) -> &Interface {
        self.interfaces.iter().find(|interface| interface.language == language).unwrap_or(&self.interfaces[0])
    }

    /// Renders a template with a view, in a language of the site.
    ///
    /// # Errors
    /// If the template fails, or the page exceeds the largest size.
    pub fn render(&self, language: &str, template: &str, context: &Context) -> Result<Vec<u8>, tera::Error> {
        let mut page = Bounded::new();
        self.interface(language).tera.render_to(template, context, &mut page)?;
        Ok(page.into_bytes())
    }
}

fn build<'a>(
    templates: impl IntoIterator<Item = (&'a String, &'a String)>,
    words: &Arc<Words>,
) -> Result<Tera, tera::Error> {
    let mut tera = Tera::default();
    words::register(&mut tera, words);
    tera.set_fallback_prefixes(["site/", "default/"])?;
    tera.add_raw_templates(templates)?;
    Ok(tera)
}

fn site_view(config: &Config, menu: &[Link], language: &str, words: &Words) -> SiteView {
    let base = config.base_path();
    let home = if language == config.language { base.clone() } else { format!("{base}{language}/") };
    let item = |link: &Link| {
        let (title, url) = match &link.title {
            Title::Own(title) => (title.clone(), link.url.clone()),
            Title::Room(room) => (words.say(&format!("room.{room}"), &[]), format!("{home}{room}/")),
        };
        MenuItem { title, url }
    };
    let feed = |format: FeedFormat| {
        let has_it = !config.base_url.is_empty() && config.outputs.has_feed(format.name());
        has_it.then(|| format!("{base}{}", format.file()))
    };
    let file = |path: &str| path.strip_prefix('/').map(|path| format!("{base}{path}"));
    SiteView {
        feed: feed(FeedFormat::Atom),
        json_feed: feed(FeedFormat::Json),
        logo: file(&config.logo),
        // Other sites need an absolute URL.
        image: file(&config.image)
            .or_else(|| picture::is_drawn(config).then(|| format!("{base}{}", picture::FILE)))
            .filter(|_| !config.base_url.is_empty())
            .map(|path| format!("{}{path}", config.origin())),
        brand: brand::style_sheet(config).map(|_| format!("{base}{}", brand::NAME)),
        footer: config.footer.clone(),
        title: config.title.clone(),
        description: config.description.clone(),
        language: words.language.clone(),
        direction: words.direction,
        text_language: config.language.clone(),
        text_direction: direction(&config.language),
        search: config.search.enabled.then(|| format!("{home}search/")),
        menu: menu.iter().map(item).collect(),
        base,
        home,
        extra: Value::from_serializable(&config.extra.0),
        preview: config.preview,
        policy: POLICY,
        generator: format!("Plenary {} (views {VERSION})", env!("CARGO_PKG_VERSION")),
    }
}
