//! Markdown as people write it -> Markdown whose words all survive parsing.
//!
//! CommonMark loses words in several ways: an unclosed HTML block swallows everything below it, a comment on a line of
//! words is shown with them, a note `[1]: A/RES/72/27` is read as a link definition, anything shaped like a tag is not
//! text (`<the President>`), and emphasis does not end between a quotation mark and a letter. This module edits such
//! places: it escapes a character, removes a comment, or inserts an invisible mark. The edits are few, so positions in
//! the edited text are cheap to map back to the original.

mod definitions;
mod emphasis;
mod html;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::config::Html;
use crate::diagnostic::Code;

/// Inserted between emphasis and punctuation so that the parser sees the emphasis, and removed again from its events.
/// Unicode reserves U+FDD0 for internal use, so no text contains it.
pub(super) const JOINT: char = '\u{fdd0}';

/// The maximum number of rounds of edits. An edit can uncover another problem in a part that was swallowed before, but
/// such chains are short.
const ROUNDS: usize = 12;

/// A text with its edits.
pub(super) struct Mended<'a> {
    pub(super) text: Cow<'a, str>,
    /// Bytes of the text where an offset begins, each with the byte of the original that it corresponds to.
    moved: Vec<(usize, usize)>,
    pub(super) found: Vec<Flaw>,
}

/// Something wrong, at a byte of the original.
pub(super) struct Flaw {
    pub(super) code: Code,
    pub(super) at: usize,
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// An edit at a byte of the original.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Splice {
    /// Removes this many bytes.
    Remove(usize),
    /// Inserts these characters before it.
    Insert(&'static str),
    /// Replaces the `<` here with an entity, because within an HTML block a backslash would be shown.
    Entity,
}

impl Mended<'_> {
    /// Returns the byte of the original that a byte of the text comes from.
    pub(super) fn original(&self, at: usize) -> usize {
        let after = self.moved.partition_point(|(from, _)| *from <= at);
        after.checked_sub(1).map_or(at, |index| self.moved[index].1 + (at - self.moved[index].0))
    }
}

/// Finds and makes the edits.
pub(super) fn mend(source: &str, options: Options, policy: Html) -> Mended<'_> {
    let mut mended = Mended { text: Cow::Borrowed(source), moved: Vec::new(), found: Vec::new() };
    if !may_need_it(source) {
        return mended;
    }
    let mut edits: BTreeMap<usize, Splice> = BTreeMap::new();
    // Each round parses the text with the edits so far; a round that finds nothing new ends it.
    for _ in 0..ROUNDS {
        let mut round = Round { text: &mended.text, policy, edits: Vec::new(), found: Vec::new() };
        round.scan(options);
        let known = edits.len();
        let Round { edits: new, found, .. } = round;
        for (at, edit) in new {
            edits.entry(mended.original(at)).or_insert(edit);
        }
        let found = found.into_iter().map(|found| Flaw { at: mended.original(found.at), ..found });
        let found: Vec<Flaw> = found.collect();
        mended.found.extend(found);
        if edits.len() == known {
            break;
        }
        (mended.text, mended.moved) = apply(source, &edits);
    }
    mended.found.sort_by_key(|found| found.at);
    mended
}

/// Returns whether a text might need edits. Most texts do not, and are not parsed for it.
fn may_need_it(source: &str) -> bool {
    let is_tag =
        |at: usize| source.as_bytes().get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || b"!?".contains(b));
    memchr::memchr_iter(b'<', source.as_bytes()).any(is_tag)
        || memchr::memmem::find(source.as_bytes(), b"]:").is_some()
        || emphasis::candidates(source).next().is_some()
}

/// Applies the edits, and returns the text and the map of its bytes to the original.
fn apply(source: &str, edits: &BTreeMap<usize, Splice>) -> (Cow<'static, str>, Vec<(usize, usize)>) {
    let mut text = String::with_capacity(source.len() + 4 * edits.len());
    let (mut moved, mut at) = (Vec::with_capacity(edits.len()), 0);
    for (&place, &edit) in edits.range(..source.len()) {
        // An edit inside a removed range has nothing left to change.
        if place < at {
            continue;
        }
        text.push_str(&source[at..place]);
        at = place;
        match edit {
            Splice::Remove(bytes) => at += bytes,
            Splice::Insert(mark) => text.push_str(mark),
            Splice::Entity => {
                text.push_str("&lt;");
                at += 1;
            }
        }
        moved.push((text.len(), at));
    }
    text.push_str(&source[at..]);
    (Cow::Owned(text), moved)
}

/// One round: the edits that a text needs, at bytes of this text.
struct Round<'t> {
    text: &'t str,
    policy: Html,
    edits: Vec<(usize, Splice)>,
    found: Vec<Flaw>,
}

/// The parts of a text that are not Markdown.
#[derive(Default)]
struct Layout {
    /// Code, in the text's order.
    code: Vec<Range<usize>>,
    /// Blocks of HTML, in the text's order.
    blocks: Vec<Range<usize>>,
    /// HTML within lines.
    inline: Vec<Range<usize>>,
    /// Asterisks that are shown as text, and those that emphasize what is already emphasized: the parser likely paired
    /// these wrongly.
    stars: BTreeSet<usize>,
}

impl Layout {
    /// Returns whether a byte is in code.
    fn is_code(&self, at: usize) -> bool {
        within(&self.code, at).is_some()
    }

    /// Returns the HTML block that a byte is in.
    fn block(&self, at: usize) -> Option<&Range<usize>> {
        within(&self.blocks, at)
    }
}

/// Returns the range that a byte is in; `ranges` are sorted.
fn within(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let after = ranges.partition_point(|range| range.start <= at);
    ranges[..after].last().filter(|range| at < range.end)
}

impl Round<'_> {
    fn scan(&mut self, options: Options) {
        let parser = Parser::new_ext(self.text, options);
        self.definitions(&parser);
        let mut layout = Layout::default();
        let mut in_block = false;
        let mut open: Vec<TagEnd> = Vec::new();
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => layout.code.push(range),
                Event::Start(Tag::HtmlBlock) => {
                    in_block = true;
                    layout.blocks.push(range);
                }
                Event::End(TagEnd::HtmlBlock) => in_block = false,
                Event::InlineHtml(_) if !in_block => layout.inline.push(range),
                // Asterisks left as text may have been meant as emphasis: `**“强调”**后`.
                Event::Text(text) if text.starts_with('*') && !in_block => _ = layout.stars.insert(range.start),
                Event::Start(tag @ (Tag::Strong | Tag::Emphasis)) => {
                    // Strong text inside strong text suggests that two pairs were matched the wrong way.
                    if open.contains(&tag.to_end()) {
                        layout.stars.extend([range.start, range.end - 1]);
                    }
                    open.push(tag.to_end());
                }
                Event::End(TagEnd::Strong | TagEnd::Emphasis) => _ = open.pop(),
                _ => {}
            }
        }
        // Definitions were found before code was: `[a]: b` in backticks needs no edit.
        self.edits.retain(|(at, _)| !layout.is_code(*at));
        self.comments(&layout);
        self.html(&layout);
        self.emphasis(&layout);
    }

    fn report(&mut self, code: Code, at: usize, message: String, help: &'static str) {
        self.found.push(Flaw { code, at, message, help });
    }
}

/// Returns the beginning of a text, to be quoted in a message.
fn quoted(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim_end();
    let mut words: String = line.chars().take(40).collect();
    if words.len() < line.len() {
        words.push('…');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(source: &str, policy: Html) -> (String, Vec<Code>) {
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_WIKILINKS;
        let mended = mend(source, options, policy);
        (mended.text.replace(JOINT, "|"), mended.found.iter().map(|found| found.code).collect())
    }

    #[test]
    fn comments_are_taken_out_wherever_words_are_next_to_them() {
        for (source, expect) in [
            ("<!-- r --> a", "a"),
            ("a <!-- r --> b", "a b"),
            ("<!-- r -->a", "a"),
            ("a<!-- r -->b", "ab"),
            ("<!-- r -->\n\na", "<!-- r -->\n\na"),
            ("<!-- r --> a <!-- s -->", "a "),
            ("<!-- r\n\ns --> a", "a"),
            ("a <!-- r\n\ns --> b", "a b"),
            ("# <!-- r --> a", "# a"),
            ("- <!-- r --> a", "- a"),
            ("| a <!-- r | s --> | b |\n|-|-|", "| a | b |\n|-|-|"),
            ("<div>\n<!-- r -->\na\n</div>", "<div>\na\n</div>"),
            ("`<!-- a -->` b", "`<!-- a -->` b"),
            ("```\n<!-- a --> b\n```", "```\n<!-- a --> b\n```"),
            ("\\<!-- a --> b", "\\<!-- a --> b"),
            ("<!-- r --->a", "a"),
            ("<!--> a", "a"),
        ] {
            assert_eq!(mended(source, Html::Sanitize), (expect.to_owned(), Vec::new()), "{source}");
        }
    }

    #[test]
    fn html_that_is_never_closed_is_text() {
        for source in [
            "<!-- a\n\nb",
            "<script>\n\nb",
            "<STYLE>\n\nb",
            "<pre>\n\nb",
            "<textarea>\n\nb",
            "<?a\n\nb",
            "<!A b\n\nb",
            "<![CDATA[\n\nb",
            "a <!-- b",
            "- <!-- a\n\nb",
            "<script>\n\n<style>\n\n<!-- a\n\nb",
        ] {
            for policy in [Html::Escape, Html::Sanitize, Html::Allow] {
                let (text, codes) = mended(source, policy);
                assert!(
                    !codes.is_empty() && codes.iter().all(|code| *code == Code::UnclosedHtml),
                    "{source}: {codes:?}"
                );
                assert_eq!(text.replace('\\', ""), source, "{source}");
                assert_eq!(text.matches("\\<").count(), source.matches('<').count(), "{source}");
            }
        }
        for source in ["<pre>\na\n\nb\n</pre>\nc", "<!-- a -->\n\nb", "<div>\n\na", "a <b>c"] {
            assert_eq!(mended(source, Html::Sanitize), (source.to_owned(), Vec::new()), "{source}");
        }
    }

    #[test]
    fn an_element_that_hides_its_content_and_is_never_closed_is_text() {
        for (source, policy, expect) in [
            ("<template>\na\n\nb", Html::Sanitize, "\\<template>\na\n\nb"),
            ("a <Template> b\n\nc", Html::Sanitize, "a \\<Template> b\n\nc"),
            ("<div>\n<template>\na\n</div>\n\nb", Html::Sanitize, "<div>\n&lt;template>\na\n</div>\n\nb"),
            ("<iframe src=\"/a/\">\n\nb", Html::Allow, "\\<iframe src=\"/a/\">\n\nb"),
            ("a <noscript> b\n\nc", Html::Allow, "a \\<noscript> b\n\nc"),
        ] {
            let (text, codes) = mended(source, policy);
            assert_eq!((text.as_str(), codes), (expect, vec![Code::UnclosedHtml]), "{source}");
        }
        for (source, policy) in [
            ("<template>\na\n\n</template>\n\nb", Html::Sanitize),
            ("<template-x>\na", Html::Allow),
            ("<video src=\"/a.mp4\">\n\nb\n\n</VIDEO>", Html::Allow),
            ("a <select> b", Html::Sanitize),
        ] {
            assert_eq!(mended(source, policy), (source.to_owned(), Vec::new()), "{source}");
        }
    }

    #[test]
    fn what_has_the_form_of_a_tag_and_is_none_is_text() {
        for (source, expect) in [
            ("We thank <the President> for it", "We thank \\<the President> for it"),
            ("<Applause>\n\na", "\\<Applause>\n\na"),
            ("<p>\n<Applause> a\n</p>", "<p>\n&lt;Applause> a\n</p>"),
            ("a <?b c?> d", "a \\<?b c?> d"),
            ("<![CDATA[a]]>", "\\<![CDATA[a]]>"),
        ] {
            let (text, codes) = mended(source, Html::Sanitize);
            assert_eq!((text.as_str(), codes), (expect, vec![Code::EscapedHtml]), "{source}");
            assert_eq!(mended(source, Html::Escape), (source.to_owned(), Vec::new()), "{source}");
        }
    }

    #[test]
    fn a_definition_that_leads_nowhere_is_text() {
        for (source, expect) in [
            ("a [1]\n\n[1]: A/RES/72/27", "a [1]\n\n\\[1]: A/RES/72/27"),
            ("[Applause]: prolonged", "\\[Applause]: prolonged"),
            ("> [a]: b \"c\"\n> [a]: d", "> \\[a]: b \"c\"\n> \\[a]: d"),
        ] {
            let (text, codes) = mended(source, Html::Escape);
            assert_eq!((text.as_str(), codes.first()), (expect, Some(&Code::DroppedWords)), "{source}");
        }
        for source in
            ["[a]: https://b.org", "[a]: b.md#p1", "[a]: /b/", "[a]: #b", "[^1]: a", "`[a]: b`", "[a]: <b c.pdf>"]
        {
            assert_eq!(mended(source, Html::Escape), (source.to_owned(), Vec::new()), "{source}");
        }
    }

    #[test]
    fn emphasis_ends_next_to_punctuation() {
        for (source, expect) in [
            ("**“强调”**后", "**“强调”|**后"),
            ("他说**“强调”**后", "他说**|“强调”|**后"),
            ("**（甲）**乙**（丙）**", "**（甲）|**乙**|（丙）**"),
            ("*「强调」*后", "*「强调」|*后"),
            ("**“강조”**는", "**“강조”|**는"),
            ("**甲**：（乙）**丙**", "**甲**：（乙）**丙**"),
            ("\\*\\*“甲”**乙", "\\*\\*“甲”|**乙"),
        ] {
            assert_eq!(mended(source, Html::Escape).0, expect, "{source}");
        }
    }

    #[test]
    fn places_lead_back_to_the_original() {
        let source = "<!-- r --> a\n\n<script>\n\nb <!-- c";
        let mended = mend(source, Options::empty(), Html::Escape);
        for word in ["a\n", "script", "b ", "!-- c"] {
            let at = mended.text.rfind(word).unwrap();
            assert_eq!(mended.original(at), source.rfind(word).unwrap(), "{word}");
        }
    }
}
