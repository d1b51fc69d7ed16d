//! A theme's own templates over the built-in ones -> every block of every kind of page can be extended.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use plenary::render::page::Kind;
use plenary::render::theme::default_files;

use crate::support::{TestSite, demo};

/// Returns the text of a built-in template.
fn shipped(template: &str) -> String {
    let files = default_files();
    let bytes = files.get(&format!("templates/{template}")).unwrap_or_else(|| panic!("there is no {template}"));
    String::from_utf8(bytes.clone()).unwrap()
}

/// Returns the names after each `before` in a template.
fn named(text: &str, before: &str) -> Vec<String> {
    let after = text.split(before).skip(1);
    after.map(|rest| rest.trim_start_matches('"').split([' ', '"', '%']).next().unwrap().to_owned()).collect()
}

/// Returns the blocks of a template: its own and those of the templates that it extends.
fn blocks(template: &str) -> BTreeSet<String> {
    let text = shipped(template);
    let mut blocks: BTreeSet<String> =
        ["{% block ", "{%- block "].iter().flat_map(|before| named(&text, before)).collect();
    blocks.extend(named(&text, "{% extends ").iter().flat_map(|parent| self::blocks(parent)));
    blocks
}

/// Returns a template that adds a word of its own to each of these blocks.
fn marking<'a>(template: &str, mark: &str, blocks: impl Iterator<Item = &'a String>) -> String {
    let mut text = format!("{{% extends \"default/{template}\" %}}\n");
    for block in blocks {
        let _ = writeln!(text, "{{% block {block} %}}{{{{ super() }}}} {mark}-{block} {{% endblock {block} %}}");
    }
    text
}

/// Returns the kinds of page that extend `base.html`, with their templates.
fn kinds() -> impl Iterator<Item = (Kind, String)> {
    let kinds = Kind::ALL.into_iter().filter(|kind| kind.has_template() && *kind != Kind::Redirect);
    kinds.map(|kind| (kind, format!("{}.html", kind.word())))
}

#[test]
fn what_a_site_adds_to_a_block_is_on_every_kind_of_page() {
    let mut site = TestSite::of(demo(), plenary::pipeline::Settings::default());
    site.edit("themes/default/templates/base.html", marking("base.html", "base", blocks("base.html").iter()));
    site.edit("themes/default/templates/list.html", marking("list.html", "list", blocks("list.html").iter()));
    for (kind, template) in kinds() {
        let text = marking(&template, kind.word(), blocks(&template).iter());
        site.edit(&format!("themes/default/templates/{template}"), text);
    }
    let built = site.build();
    for (kind, template) in kinds() {
        let pages: Vec<String> =
            built.pages.iter().filter(|(_, (of, _))| *of == kind).map(|(path, _)| path.url()).collect();
        // What the collection held before is in its repository, which a site in memory does not have.
        assert!(!pages.is_empty() || kind == Kind::Held, "the demonstration has a page of each kind, also {template}");
        let builds_on_list = shipped(&template).contains("{% extends \"list.html\" %}");
        for url in &pages {
            let page = built.file(url);
            let of_template = blocks(&template).into_iter().map(|block| format!("{}-{block}", kind.word()));
            let of_base = blocks("base.html").into_iter().map(|block| format!("base-{block}"));
            let of_list =
                blocks("list.html").into_iter().filter(|_| builds_on_list).map(|block| format!("list-{block}"));
            for mark in of_template.chain(of_base).chain(of_list) {
                assert!(page.contains(&format!(" {mark} ")), "{mark} is not on {url}");
            }
        }
    }
}

#[test]
fn a_page_that_has_moved_has_what_a_site_adds_to_the_head() {
    let mut site = TestSite::of(demo(), plenary::pipeline::Settings::default());
    let text =
        "{% extends \"default/redirect.html\" %}\n{% block head %}{{ super() }}<meta name=\"ours\">{% endblock head %}";
    site.edit("themes/default/templates/redirect.html", text);
    let built = site.build();
    let moved: Vec<String> =
        built.pages.iter().filter(|(_, (of, _))| *of == Kind::Redirect).map(|(path, _)| path.url()).collect();
    let pages = moved.iter().filter(|url| url.ends_with('/'));
    assert!(pages.clone().count() > 0 && pages.clone().all(|url| built.file(url).contains("<meta name=\"ours\">")));
}
