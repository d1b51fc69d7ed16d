//! Errors of the template engine -> problems at their places in the theme's files.

use std::error::Error as _;
use std::sync::Arc;

use tera::ErrorKind;

use super::TEMPLATES;
use crate::diagnostic::{Code, Diagnostic, Place};

const HELP: &str = "the manual's page on views lists what a template sees; `plenary view URL` prints it for a page";
const HELP_SHIPPED: &str = "a template of the site replaces one that this template extends: give it the same blocks and \
    components, or let it extend the built-in one (`{% extends \"default/…\" %}`)";

/// Returns the problems of an error, at least one; `theme` is the one named in site.toml.
pub fn template_problems(code: Code, error: &tera::Error, theme: &str) -> Vec<Diagnostic> {
    let file = |template: &str| Place::file(&file_of(template, theme));
    let (place, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            let (line, column) = (span.start_line as u32, span.start_col as u32 + 1);
            let place = Place { path: file_of(report.filename(), theme), line, column };
            (Some(place), report.message().to_owned())
        }
        ErrorKind::Msg(text) => {
            let found: Vec<Diagnostic> = reports(text)
                .map(|(message, template, line, column)| {
                    let place = Place { path: file_of(template, theme), line, column };
                    Diagnostic::new(code, place, message).help(if is_shipped(template) { HELP_SHIPPED } else { HELP })
                })
                .collect();
            if !found.is_empty() {
                return found;
            }
            let named = text.split('`').find(|word| word.starts_with("site/"));
            (named.map(file), text.clone())
        }
        ErrorKind::MissingParent { current, parent } => {
            (Some(file(current)), format!("it extends `{parent}`, which is not there"))
        }
        ErrorKind::CircularExtend { tpl, .. } => (Some(file(tpl)), "it extends itself, perhaps by others".to_owned()),
        ErrorKind::CircularInclude { tpl, .. } => (Some(file(tpl)), "it includes itself, perhaps by others".to_owned()),
        // The engine says of a failed write only that it failed; the reason is behind it: the page is too large.
        _ => match std::iter::successors(error.source(), |&behind| behind.source()).last() {
            Some(reason) => (None, reason.to_string()),
            None => (None, format!("a template is wrong: {error}")),
        },
    };
    vec![Diagnostic { place, ..Diagnostic::nowhere(code, message) }.help(HELP)]
}

fn is_shipped(template: &str) -> bool {
    template.starts_with("default/")
}

/// Returns the file of a template, from the engine's name for it; a template in the binary is named as such.
fn file_of(template: &str, theme: &str) -> Arc<str> {
    match template.strip_prefix("site/") {
        Some(name) => format!("themes/{theme}/{TEMPLATES}{name}").into(),
        None => format!("default theme: {TEMPLATES}{}", template.trim_start_matches("default/")).into(),
    }
}

/// Returns message, template, line and column of each error of a kind that the engine reports as text only: unknown
/// filters, functions, tests, components, blocks and included templates.
fn reports(text: &str) -> impl Iterator<Item = (&str, &str, u32, u32)> {
    text.split("\n\n").filter_map(|report| {
        let mut lines = report.lines();
        let message = lines.next()?.strip_prefix("error: ")?;
        let mut place = lines.next()?.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
        let (column, line) = (place.next()?.parse().ok()?, place.next()?.parse().ok()?);
        Some((message, place.next()?, line, column))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Returns what is wrong with a theme `own` of these templates over a default one.
    fn problems(templates: &[(&str, &str)]) -> Vec<String> {
        let mut all = BTreeMap::from([("default/base.html".to_owned(), "{% block main %}{% endblock %}".to_owned())]);
        all.extend(templates.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
        let error = super::super::build(&all, &super::super::Words::english()).unwrap_err();
        template_problems(Code::InvalidTemplate, &error, "own").iter().map(|problem| problem.human(None)).collect()
    }

    #[test]
    fn every_mistake_is_at_its_place_in_the_sites_file() {
        for (text, place, words) in [
            ("<p>\n  {{ title | uppper }}", "2:", "Unknown filter `uppper`"),
            ("{{ nothing() }}", "1:", "Unknown function `nothing`"),
            ("{% include \"gone.html\" %}", "1:", "Unknown template `gone.html`"),
            ("{% extends \"base.html\" %}\n\n{% block mian %}{% endblock %}", "3:", "Block `mian`"),
            ("{{ title", "1:", ""),
        ] {
            let found = problems(&[("site/topic.html", text)]);
            let begin = format!("themes/own/templates/topic.html:{place}");
            assert!(found.len() == 1 && found[0].starts_with(&begin) && found[0].contains(words), "{text}: {found:?}");
        }
        let found = problems(&[("site/topic.html", "{% extends \"bas.html\" %}")]);
        assert!(
            found[0].starts_with("themes/own/templates/topic.html: ") && found[0].contains("`bas.html`"),
            "{found:?}"
        );
    }

    #[test]
    fn all_mistakes_are_reported() {
        let found = problems(&[("site/a.html", "{{ a | b }}\n{{ c | d }}"), ("site/e.html", "{{ f() }}")]);
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn a_template_in_the_binary_is_named_as_such() {
        assert_eq!(&*file_of("default/base.html", "own"), "default theme: templates/base.html");
    }

    #[test]
    fn the_reason_for_a_failed_write_is_named() {
        struct Full;
        impl std::io::Write for Full {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("the page would be too large"))
            }

            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let mut tera = tera::Tera::default();
        tera.add_raw_template("site/a.html", "words").unwrap();
        let error = tera.render_to("site/a.html", &tera::Context::new(), Full).unwrap_err();
        let problems = template_problems(Code::FailedTemplate, &error, "a");
        assert_eq!(problems[0].message, "the page would be too large");
    }
}
