//! Links and images of a body, and their targets -> anchors and images.

use std::borrow::Cow;

use super::Walk;
use crate::collect::links::Resolved;
use crate::read::body::Link;
use crate::render::html::escape::{attribute, encoded, text};

impl<'a> Walk<'a> {
    fn resolved(&self, index: u32) -> &'a Resolved {
        self.writer.links.get(index as usize).unwrap_or(&Resolved::Nothing)
    }

    pub(super) fn in_link(&self) -> bool {
        self.link_ends.contains(&"</a>")
    }

    /// Opens a link; returns the words to show in place of its own.
    pub(super) fn open_link(&mut self, index: u32) -> Option<&'a str> {
        let link = &self.writer.body.links[index as usize];
        let resolved = self.resolved(index);
        let end = match self.href(resolved) {
            _ if self.in_link() => "",
            Some(href) => {
                self.open_anchor(&href, matches!(resolved, Resolved::External(_)), link);
                "</a>"
            }
            None => {
                self.out.push_str("<span class=\"missing\">");
                "</span>"
            }
        };
        self.link_ends.push(end);
        match resolved {
            Resolved::Page { title, .. } if !link.own_words && !title.is_empty() => Some(title),
            _ => None,
        }
    }

    fn open_anchor(&mut self, href: &str, external: bool, link: &Link) {
        self.out.push_str("<a");
        attribute(&mut self.out, "href", href);
        if external {
            self.out.push_str(" rel=\"external\"");
        }
        if !link.title.is_empty() {
            attribute(&mut self.out, "title", &link.title);
        }
        self.out.push('>');
    }

    pub(super) fn close_link(&mut self) {
        self.out.push_str(self.link_ends.pop().unwrap_or_default());
    }

    /// Returns the URL of a link's target, not yet escaped.
    fn href(&self, resolved: &'a Resolved) -> Option<Cow<'a, str>> {
        let base = self.writer.base;
        Some(match resolved {
            Resolved::Page { key, fragment: None, .. } => key.path().href(base).into(),
            Resolved::Page { key, fragment: Some(fragment), .. } => {
                format!("{}#{}", key.path().href(base), encoded(fragment)).into()
            }
            Resolved::Rooted(url) => {
                let rest = url.trim_start_matches(['/', '\\']);
                format!("{base}{}", encoded(rest)).into()
            }
            Resolved::External(url) => encoded(url),
            Resolved::Here(fragment) => format!("#{}", encoded(fragment)).into(),
            Resolved::Nothing => return None,
        })
    }

    /// Writes an image of the site; one from elsewhere becomes a link, since no page makes requests to other servers.
    pub(super) fn image(&mut self, index: u32, alt: &str) {
        let link = &self.writer.body.links[index as usize];
        let resolved = self.resolved(index);
        match (resolved, self.href(resolved)) {
            (Resolved::Page { .. } | Resolved::Rooted(_), Some(source)) => {
                self.out.push_str("<img");
                attribute(&mut self.out, "src", &source);
                attribute(&mut self.out, "alt", alt);
                if !link.title.is_empty() {
                    attribute(&mut self.out, "title", &link.title);
                }
                self.out.push_str(" loading=\"lazy\">");
            }
            (Resolved::External(url), Some(href)) if !self.in_link() => {
                self.open_anchor(&href, true, link);
                text(&mut self.out, if alt.trim().is_empty() { url } else { alt });
                self.out.push_str("</a>");
            }
            _ => text(&mut self.out, alt),
        }
    }
}
