//! Random Markdown -> every word of it is on the page, is named by a diagnostic, or is in a comment.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::config::Html;
use crate::read::body::{Body, Target};
use crate::read::markdown::parse;

/// The pieces of the grammar that can come between words, whole and broken. A `W` is a new word.
const PIECES: &[&str] = &[
    " W",
    " W",
    " W",
    "W.",
    "\n",
    "\n\n",
    "\n\n",
    "\n\nW W.\n\n",
    "  \nW",
    "\\\nW",
    "\t",
    "\tW",
    "\n\n    W W\n\n",
    "\n\n\tW\n",
    "\n# W",
    "\n## W {#w}",
    "\n## W {W}",
    "\n## W {.W}",
    "\n### W #",
    "\nW\n===",
    "\nW\n---\n",
    "\n- W",
    "\n  - W",
    "\n1. W",
    "\n7. W",
    "\n1) W",
    "\n> W",
    "\n> > W\n",
    "\n---\n",
    "*W*",
    "**W**",
    "**\u{201c}W\u{201d}**字",
    "*W",
    "**",
    "_W_",
    "__W",
    "~~W~~",
    "~W~",
    "`W`",
    "``W` W``",
    "`",
    "\n```\nW\n```\n",
    "\n```W W\nW\n```\n",
    "\n~~~\n",
    "[W](a.md)",
    "[W](https://example.org/W \"W\")",
    "[W](<W W>)",
    "[W][l]",
    "[l]",
    "[W][]",
    "[W]",
    "[",
    "]",
    "](W)",
    "![W](a.png)",
    "![W][l]",
    "[[W]]",
    "[[W|W]]",
    "[[W",
    "\n\n[l]: https://example.org/W\n",
    "\n\n[l]: W\n",
    "\n\n[W]: W\n",
    "\n\n[W]: https://example.org/ \"W\"\n",
    "\n\n[1]: A/W/1\n",
    "[1]",
    "\n\n[1] W\n",
    "[^1]",
    "[^W]",
    "\n\n[^1]: W\n",
    "\n\n[^1]: W\n\n    W\n",
    "\n\n[^W]: W\n",
    "<!-- W -->",
    "<!--W--> W",
    "\n<!-- W\n\nW -->\n",
    "\n<!-- W -->\n",
    "\n<!-- W\n",
    "<!-- W",
    "-->",
    "<b>W</b>",
    "<W>",
    "<W W>",
    "<the W>",
    "</W>",
    "\n<div>\nW\n</div>\n",
    "\n<div>\n\nW\n",
    "\n<W>\nW\n",
    "\n<pre>\nW\n\nW\n</pre>\n",
    "\n<pre>\n\nW\n",
    "\n<textarea>\nW\n",
    "\n<?W\nW\n",
    "\n<?W?>\n",
    "\n<!W W>\n",
    "\n<!W\n\n",
    "\n<![CDATA[W]]>\n",
    "\n<![CDATA[\nW\n",
    "<!W>",
    "<?W?>",
    "<![CDATA[W]]>",
    "\n\n| W | W |\n|---|---|\n| W | W |\n",
    "\n\n| W | W |\n|---|---|\n| W | W | W |\n",
    "\n\n|W|\n|-|\n|W|W|W\nW\n",
    "| W ",
    "https://example.org/W",
    "https://example.org/W，W",
    "<https://example.org/W>",
    "<W@example.org>",
    "\"W\"",
    "'W'",
    "\"",
    "'",
    "--",
    "...",
    "&amp;W",
    "&W;",
    "&copy;",
    "\\*W",
    "\\",
    "\\<W>",
    "{topics=\"W\"}",
    "{W}",
    "字W",
    "，W",
    "（W）",
];

/// Returns the Markdown that pieces make, with its words numbered.
fn markdown(pieces: &[usize]) -> (String, usize) {
    let mut text = String::from("W");
    text.extend(pieces.iter().map(|piece| PIECES[*piece]));
    let mut numbered = String::new();
    let mut count = 0;
    for part in text.split_inclusive('W') {
        match part.strip_suffix('W') {
            Some(before) => {
                numbered.push_str(before);
                numbered.push_str(&format!("word{count}x"));
                count += 1;
            }
            None => numbered.push_str(part),
        }
    }
    (numbered, count)
}

/// Returns all that a reader or a machine can find of a body: its words, where its links lead, and what is written as
/// it is.
fn shown(body: &Body) -> String {
    let mut all = body.text.to_string();
    for link in &body.links {
        all.push(' ');
        all.push_str(&link.title);
        let target = match &link.target {
            Target::External(url) | Target::Rooted(url) | Target::Fragment(url) => url,
            Target::Statement { id, .. } => id,
            Target::Record { name, .. } => name,
            Target::Relative { path, .. } => path,
            Target::Refused | Target::Nowhere => continue,
        };
        all.push(' ');
        all.push_str(target);
    }
    body.asides.iter().for_each(|aside| all.push_str(&format!(" {aside}")));
    body.tags.iter().for_each(|tag| all.push_str(&format!(" {}", tag.topic.text)));
    body.headings.iter().for_each(|heading| all.push_str(&format!(" {}", heading.id)));
    body.footnotes.iter().for_each(|note| all.push_str(&format!(" {}", note.label)));
    all
}

/// Returns the words in comments.
fn remarked(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("<!--") {
        let end = text[at + 2..].find("-->").map_or(text.len(), |end| at + 2 + end);
        found.extend(words(&text[at..end]));
    }
    found
}

fn words(text: &str) -> BTreeSet<String> {
    text.split("word").skip(1).filter_map(|rest| Some(format!("word{}x", rest.split_once('x')?.0))).collect()
}

fn check(pieces: &[usize]) -> Result<(), String> {
    let (text, count) = markdown(pieces);
    for policy in [Html::Escape, Html::Sanitize, Html::Allow] {
        let (body, problems) = parse(&text, 1, policy, true);
        let mut found = words(&shown(&body));
        found.extend(problems.iter().flat_map(|problem| words(&problem.message)));
        let remarks = remarked(&text);
        for word in (0..count).map(|n| format!("word{n}x")) {
            if !found.contains(&word) && !remarks.contains(&word) {
                return Err(format!("{word} is lost with {policy:?} in {text:?}: {:?}", body.text));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_is_on_the_page_or_named(pieces in prop::collection::vec(0..PIECES.len(), 0..14)) {
        prop_assert_eq!(check(&pieces), Ok(()));
    }
}
