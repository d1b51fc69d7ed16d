//! The files of a site's theme -> those that have no effect.

use std::collections::BTreeMap;

use super::{ASSETS, TEMPLATES, default_files};
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::sources::Source;

/// Reports files outside `templates/` and `assets/`, and templates that nothing uses. `own` is the theme's folder,
/// `templates` are its own templates, by the engine's names.
pub(super) fn find(own: &str, files: &[&Source], templates: &BTreeMap<String, String>, out: &mut Vec<Diagnostic>) {
    let shipped = default_files();
    for source in files {
        let name = &source.path[own.len()..];
        let problem = match name.strip_prefix(TEMPLATES) {
            None if name.starts_with(ASSETS) || is_about_the_theme(name) => continue,
            None => {
                let rooms = [ASSETS, TEMPLATES];
                let room = rooms.into_iter().find(|room| shipped.contains_key(&format!("{room}{name}")));
                let help = room.map_or_else(
                    || "templates are in its folder `templates/`, files to copy to the site in `assets/`".to_owned(),
                    |room| format!("move it to `{own}{room}{name}`"),
                );
                ("the file has no effect: it is neither in `templates/` nor in `assets/`", help)
            }
            Some(template) => {
                if shipped.contains_key(name) || is_asked_for(template, templates) {
                    continue;
                }
                let known = shipped.keys().filter_map(|name| name.strip_prefix(TEMPLATES));
                let help = did_you_mean(template, known).unwrap_or_else(|| {
                    "the manual's page on themes lists the template of each kind of page".to_owned()
                });
                ("the template has no effect: no page is made with it, and no template names it", help)
            }
        };
        let (message, help) = problem;
        out.push(Diagnostic::new(Code::UnusedThemeFile, Place::file(&source.path), message).help(help));
    }
}

/// Returns whether a file is for people who use the theme: a README, a licence.
fn is_about_the_theme(name: &str) -> bool {
    ["README", "LICENSE", "LICENCE", "CHANGELOG"].iter().any(|about| name.to_ascii_uppercase().starts_with(about))
}

/// Returns whether another template names this one, or it holds components, which are available everywhere.
fn is_asked_for(template: &str, templates: &BTreeMap<String, String>) -> bool {
    let own = templates.get(&format!("site/{template}")).map(String::as_str).unwrap_or_default();
    let is_named = |text: &String| {
        let quoted = ['"', '\'', '`'].map(|quote| format!("{quote}{template}{quote}"));
        quoted.iter().any(|name| text.contains(name.as_str()))
    };
    own.contains("{% component") || own.contains("{%- component") || templates.values().any(is_named)
}
