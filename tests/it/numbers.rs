//! What links call a paragraph -> what the page they lead to shows before it.

use std::collections::BTreeSet;

use plenary::path::SitePath;

use crate::support::{Built, TestSite, repository};

/// A link to a paragraph, and what it is called there.
#[derive(Debug)]
struct Named {
    page: String,
    href: String,
    /// The number, or `¶` for one that is called unnumbered or by its first words.
    called: String,
}

/// Returns text without its tags.
fn plain(html: &str) -> String {
    // What only the eye gets repeats what screen readers say in full.
    let mut heard = String::new();
    let mut pieces = html.split("<span aria-hidden=\"true\">");
    heard.extend(pieces.next());
    heard.extend(pieces.map(|piece| piece.split_once("</span>").map_or("", |(_, after)| after)));
    let parts = heard.split('<').enumerate();
    parts.map(|(at, part)| if at == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) }).collect()
}

/// Returns what words call a paragraph: `7` for "KAZ, paragraph 7, quoted".
fn called(words: &str) -> Option<String> {
    // A note calls it by its sign.
    if let Some((_, after)) = words.split_once("¶ ") {
        return Some(after.chars().take_while(|c| c.is_alphanumeric()).collect());
    }
    let lower = words.to_lowercase();
    let (before, after) = lower.split_once("paragraph ")?;
    if before.ends_with("unnumbered ") || after.starts_with('“') {
        return Some("¶".to_owned());
    }
    Some(after.chars().take_while(|c| c.is_alphanumeric()).collect())
}

/// Returns every link to a paragraph for which a page has a name, except links written in the text itself.
fn named(built: &Built) -> Vec<Named> {
    let mut all = Vec::new();
    for page in built.pages.keys().filter(|path| path.file().ends_with(".html")) {
        // What a passage says about a paragraph is on a line of its own below the link.
        let html = built.file(&page.url()).replace("</p>\n<p class=\"detail\" lang", " <span");
        let mut in_list = false;
        for piece in html.split("<a ").skip(1) {
            let (attributes, rest) = piece.split_once('>').unwrap();
            let (words, after) = rest.split_once("</a>").unwrap();
            let after = ["</li>", "</p>", "<p ", "<blockquote", "</dd>"]
                .iter()
                .fold(after, |after, end| after.split_once(end).map_or(after, |(before, _)| before));
            let href = attributes.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
            let is_list = in_list;
            in_list = in_list && !rest.contains("</dd>") || plain(after).trim_start().starts_with("Paragraph");
            // The list of what is carried over begins in the words before its first link.
            let begins_list = html.contains(&format!("Paragraphs <a {attributes}>"))
                || html.contains(&format!("<dd>Paragraph <a {attributes}>"));
            in_list |= begins_list && !rest.contains("</dd>");
            let Some((_, fragment)) = href.split_once("#p") else { continue };
            let is_own = attributes.contains("class=\"number\"") && !words.contains("class=\"whose\"");
            // The marked words of an extract lead to their paragraph without calling it anything.
            if is_own || words.starts_with("<mark>") || !fragment.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let (words, after) = (plain(words), plain(after));
            let is_listed = (is_list || begins_list) && href.starts_with('#');
            let called = match called(&words).or_else(|| called(&after)) {
                Some(called) => called,
                None if is_listed && words.starts_with('“') => "¶".to_owned(),
                None if is_listed => words.clone(),
                None => continue,
            };
            all.push(Named { page: page.url(), href: href.to_owned(), called });
        }
    }
    all
}

/// Returns what a page shows before the paragraph with an anchor.
fn shown<'a>(html: &'a str, anchor: &str) -> Option<&'a str> {
    let (_, after) = html.split_once(&format!(" id=\"{anchor}\""))?;
    let (_, number) = after.split_once(&format!("<a class=\"number\" href=\"#{anchor}\"><span>"))?;
    Some(number.split_once("</span>")?.0)
}

/// Follows every link and returns the kinds of pages they are on, and links that name a paragraph differently from its
/// page.
fn follow(built: &Built) -> (BTreeSet<String>, Vec<String>) {
    let base = built.site.config.base_path();
    let (mut kinds, mut wrong) = (BTreeSet::new(), Vec::new());
    for Named { page, href, called } in named(built) {
        let (url, anchor) = href.split_once('#').unwrap();
        let to = if url.is_empty() { page.clone() } else { format!("/{}", url.strip_prefix(&base).unwrap()) };
        let shown = shown(built.file(&to), anchor);
        let (kind, _) = &built.pages[&SitePath::parse(&page).unwrap()];
        kinds.insert(format!("{kind:?}"));
        if shown != Some(&*called) {
            wrong.push(format!("{page}: {href} is called {called:?}, and its page shows {shown:?}"));
        }
    }
    (kinds, wrong)
}

const TREATY: &str = "We support the early start of negotiations on a legally binding instrument that would ban every \
    test that leaves fragments in orbit for decades.";
const REGISTER: &str = "A register of launches, open to everybody, would build confidence among us all at a cost which \
    nobody would ever notice in any budget of theirs, as A/RES/72/27 says.";
const NOTICE: &str = "Notice of every launch should be given to the Secretariat a month before the day on which it is \
    planned, so that whoever flies there can keep out of the way.";
const FRAGMENTS: &str = "Fragments of satellites that were shot down for a trial go round the Earth for longer than those \
    who ordered the trial will be remembered for it.";
const OWN: &str = "My own country has counted them since the spring, and invites whoever wishes to count along.";

/// A site whose texts print numbers, each in another way.
fn printed() -> TestSite {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"\nbase_url = \"https://example.org/x/\"");
    site.edit(
        "content/topics/debris.md",
        "---\ntitle: Debris\nmatch: { en: [fragments, register of launches] }\n---\n",
    );
    let mut add = |file: &str, date: &str, more: &str, body: String| {
        let front = format!("title: The text {file}\ndate: {date}\ntopics: [debris]\nforum: unga-c1\n{more}");
        site.edit(&format!("content/statements/{file}.md"), format!("---\n{front}---\n\n{body}\n"));
    };
    // A salutation without a number, so that anchors and numbers differ.
    let kaz = "delegation: KAZ\nsession: 74\n";
    add("a", "2019-10-01", kaz, format!("Mr. President,\n\n22\\. {TREATY}\n\n23\\. {REGISTER}\n\n24\\. {OWN}"));
    // Numbers in emphasis, a misprint, list items, a quotation.
    add(
        "b",
        "2020-10-01",
        "delegation: KAZ\nsession: 75\n",
        format!(
            "Mr. President,\n\n**7.** {NOTICE}\n\n**8.** {TREATY} See [[a#p2]].\n\n**8.** {FRAGMENTS}\n\n**10.** We \
             propose:\n\n1. {REGISTER}\n2. Nothing else.\n\n**11.** As was said:\n\n> 4. {OWN}\n\n**12.** Thank you."
        ),
    );
    // Two parts.
    add(
        "c",
        "2021-10-01",
        "delegation: FRA\nsession: 76\n",
        format!(
            "Madam Chair,\n\n# One\n\n1. {NOTICE}\n2. {OWN}\n\nIn short: [[a#p3]], [[b#p4]].\n\n# Two\n\n1. {TREATY}\n2. \
             {FRAGMENTS}\n3. {REGISTER}\n"
        ),
    );
    // Counted, although it prints numbers; and a version next to another.
    add(
        "d",
        "2022-10-01",
        "delegation: FRA\nsession: 77\nnumbering: counted\n",
        format!("{OWN}\n\n22\\. {TREATY}\n\n23\\. {REGISTER}\n\n24\\. {NOTICE}"),
    );
    add(
        "d.fr",
        "2022-10-01",
        "delegation: FRA\nsession: 77\n",
        format!("5\\. Un.\n\n6\\. {OWN}\n\nTrois.\n\n7\\. Quatre."),
    );
    site
}

#[test]
fn every_link_calls_a_paragraph_what_its_page_shows() {
    let built = printed().build();
    let (kinds, wrong) = follow(&built);
    assert!(wrong.is_empty(), "{wrong:#?}");
    let expected = ["Comparison", "Document", "Extracts", "Passage", "Position", "Statement"];
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    // Not all of them are called unnumbered.
    let called: BTreeSet<String> = named(&built).into_iter().map(|named| named.called).collect();
    assert!(["22", "8", "1", "2", "¶"].iter().all(|wanted| called.contains(*wanted)), "{called:?}");
}

#[test]
fn every_link_of_the_demonstration_calls_a_paragraph_what_its_page_shows() {
    let mut files = crate::support::files_of(&repository().join("content"));
    let locks = crate::support::files_of(&repository().join("locks"));
    files = files.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    files.extend(locks.into_iter().map(|(path, bytes)| (format!("locks/{path}"), bytes)));
    files.insert("site.toml".into(), std::fs::read(repository().join("site.toml")).unwrap());
    let mut site = TestSite::of(files, plenary::pipeline::Settings::default());
    // A later paragraph has a letter.
    let before = "content/statements/2024/xar-2024-debris.md";
    let text = String::from_utf8(site.files[before].clone()).unwrap();
    let at = text.match_indices("\n\n").nth(3).unwrap().0;
    site.edit(before, format!("{}\n\n{REGISTER}{}", &text[..at], &text[at..]));
    let built = site.build();
    let (kinds, wrong) = follow(&built);
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(kinds.len() > 5, "{kinds:?}");
    let called: BTreeSet<String> = named(&built).into_iter().map(|named| named.called).collect();
    assert!(called.iter().any(|called| called.ends_with(char::is_alphabetic)), "{called:?}");
}

#[test]
fn a_number_that_is_counted_and_printed_is_shown_once() {
    for body in [
        // Numbers in words, of a list, on lines of their own; three of eight.
        "1\\) One.\n\nTwo.\n\n3\\) Three.\n\nFour.\n\n5\\) Five.\n\nSix.\n\nSeven.\n\nEight.",
        "1) One.\n\nTwo.\n\n3) Three.\n\nFour.\n\n5) Five.\n\nSix.\n\nSeven.\n\nEight.",
        "One.\n\nTwo.\n\n3)\n\nThree.\n\nFour.\n\n5)\n\nFive.\n\nSix.\n\nSeven.\n\nEight.",
        "1. One.\n2. Two.\n3. Three.\n\nFour.\n\nFive.\n\nSix.\n\nSeven.\n\nEight.",
    ] {
        let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"\nbase_url = \"https://example.org/\"");
        site.edit("content/statements/a.md", format!("---\ntitle: A\ndate: 2024-01-01\n---\n\n{body}\n"));
        let built = site.build();
        let html = built.file("/statements/a/");
        let shown = |at: usize| {
            let (_, paragraph) = html.split_once(&format!(" id=\"p{at}\"")).unwrap();
            let end = paragraph.find("</p>").into_iter().chain(paragraph.find("</li>")).min().unwrap();
            plain(&format!("<p{}", &paragraph[..end])).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let words = ["One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight."];
        for (at, words) in words.iter().enumerate() {
            assert_eq!(shown(at + 1), format!("{} {words}", at + 1), "{body}");
        }
        let lists = html.matches("<ol").count();
        assert_eq!(html.matches("<ol class=\"numbered\"").count(), lists, "no list shows its own: {body}");
    }
}

/// Returns the items of a page's first list in its text as a browser shows them: its own number, the label, the words.
fn items(html: &str) -> Vec<String> {
    let text = html.split_once("<div class=\"text\"").unwrap().1;
    let list = text.split_once("<ol").unwrap().1.split_once("</ol>").unwrap().0;
    let (attributes, items) = list.split_once('>').unwrap();
    let number = |attributes: &str, name: &str| {
        let (_, value) = attributes.split_once(&format!(" {name}=\""))?;
        value.split('"').next()?.parse::<u32>().ok()
    };
    let mut next = number(attributes, "start").unwrap_or(1);
    let items = items.split("<li").skip(1).map(|item| {
        let (attributes, words) = item.split_once('>').unwrap();
        let own = number(attributes, "value").unwrap_or(next);
        next = own + 1;
        let own = if list.starts_with(" class=\"numbered\"") { String::new() } else { format!("[{own}]") };
        format!("{own} {}", plain(words)).split_whitespace().collect::<Vec<_>>().join(" ")
    });
    items.collect()
}

#[test]
fn a_list_shows_each_number_of_its_source_once() {
    for (front, body, expect) in [
        // An empty line between two items makes a paragraph of each.
        ("", "1. One.\n\n2. Two.\n\n3. Three.", "1 One.|2 Two.|3 Three."),
        ("", "7. One.\n8. Two.\n8. Three.\n10. Four.", "7 One.|8 Two.|¶ 8. Three.|10 Four."),
        ("", "7. One.\n\n8. Two.\n\n8. Three.\n\n10. Four.", "7 One.|8 Two.|¶ 8. Three.|10 Four."),
        ("", "92. One.\n\n23. Two.\n\n24. Three.\n\n25. Four.", "¶ 92. One.|23 Two.|24 Three.|25 Four."),
        (
            "",
            "7. One.\n\n8. Two.\n\n9. It says:\n\n1. Three.\n\n2. Four.",
            "7 One.|8 Two.|9 It says:|¶ 1. Three.|¶ 2. Four.",
        ),
        (
            "numbering: counted\n",
            "7. One.\n8. Two.\n8. Three.\n10. Four.",
            "[7] 1 One.|[8] 2 Two.|[8] 3 Three.|[10] 4 Four.",
        ),
        ("numbering: counted\n", "7. One.\n\n9. Two.\n\n10. Three.", "[7] 1 One.|[9] 2 Two.|[10] 3 Three."),
        // Years are no numbers of paragraphs, and stay years.
        ("", "1990. One.\n\n1995. Two.\n\n1996. Three.", "[1990] 1 One.|[1995] 2 Two.|[1996] 3 Three."),
        // An author who writes the same number before each item lets Markdown count.
        ("", "1. One.\n1. Two.\n1. Three.", "1 One.|2 Two.|3 Three."),
    ] {
        let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"\nbase_url = \"https://example.org/\"");
        site.edit("content/statements/a.md", format!("---\ntitle: A\ndate: 2024-01-01\n{front}---\n\n{body}\n"));
        assert_eq!(items(site.build().file("/statements/a/")).join("|"), expect, "{body}");
    }
}

#[test]
fn a_number_on_a_line_of_its_own_is_that_of_the_paragraph_after_it() {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"\nbase_url = \"https://example.org/\"");
    let body = "Madam Chair,\n\n7\\.\n\nOne.\n\n8\\.\n\nTwo.\n\n(9)\n\nThree.";
    site.edit("content/statements/a.md", format!("---\ntitle: A\ndate: 2024-01-01\n---\n\n{body}\n"));
    let built = site.build();
    let html = built.file("/statements/a/");
    for (anchor, number, next, words) in
        [("p2", "7", "p3", "One."), ("p4", "8", "p5", "Two."), ("p6", "9", "p7", "Three.")]
    {
        let expect = format!(
            "<span id=\"{anchor}\"></span>\n<p id=\"{next}\"><a class=\"number\" href=\"#{next}\"><span>{number}</span></a> {words}"
        );
        assert!(html.contains(&expect), "{expect}: {html}");
    }
}

#[test]
fn a_paragraph_that_is_only_its_number_is_shown_with_it_once() {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"\nbase_url = \"https://example.org/\"");
    for (number, shown) in [("3\\)", ""), ("**3\\.**", ""), ("5\\)", "5)")] {
        let body = format!("One.\n\nTwo.\n\n{number}\n\nFour.");
        site.edit("content/statements/a.md", format!("---\ntitle: A\ndate: 2024-01-01\n---\n\n{body}\n"));
        let built = site.build();
        let html = built.file("/statements/a/");
        let expect = format!("<p id=\"p3\"><a class=\"number\" href=\"#p3\"><span>3</span></a> {shown}</p>");
        assert!(html.contains(&expect), "{expect}: {html}");
    }
}

#[test]
fn a_number_is_shown_once_and_not_in_quoted_words() {
    let built = printed().build();
    let starts = |html: &str, number: &str| plain(html).trim_start().starts_with(number);
    let b = built.file("/statements/b/");
    for (anchor, expect) in [
        ("p2", "7 Notice of"),
        ("p3", "8 We support"),
        // A misprint is kept in the words.
        ("p4", "¶ 8. Fragments"),
        ("p5", "10 We propose"),
        ("p6", "¶ A register"),
        ("p8", "11 As was"),
        ("p9", "¶ My own"),
        ("p10", "12 Thank you"),
    ] {
        let (_, paragraph) = b.split_once(&format!(" id=\"{anchor}\"")).unwrap();
        let words = plain(&format!("<p{}", paragraph.split_once("</p>").unwrap().0));
        assert!(words.replace('\n', " ").starts_with(expect), "{anchor}: {words}");
    }
    assert!(b.contains("<ol start=\"4\">\n<li id=\"p9\">"), "so do quotations: {b}");
    assert!(b.contains("<ol>\n<li id=\"p6\">"), "points show their own numbers: {b}");
    let d = built.file("/statements/d/");
    assert!(d.contains("<p id=\"p2\"><a class=\"number\" href=\"#p2\"><span>2</span></a> 22. We support"), "{d}");
    for (path, (_, bytes)) in &built.pages {
        let Ok(bytes) = bytes else { continue };
        let text = String::from_utf8_lossy(bytes);
        let quoted = text.split("<blockquote").skip(1).map(|quoted| quoted.split_once('>').unwrap().1);
        let titles = text.split("<h1").skip(1).chain(text.split("<summary").skip(1));
        let excerpts = text.split("class=\"card-excerpt\"").skip(1);
        let tagged = titles.chain(excerpts).map(|rest| rest.split_once('>').unwrap().1);
        for words in quoted.filter(|_| !path.url().contains("/statements/")).chain(tagged) {
            let words = words.trim_start_matches(['“', '\n']);
            assert!(
                !["22.", "23.", "7.", "8.", "1."].iter().any(|number| starts(words, number)),
                "{path}: {words:.80}"
            );
        }
    }
}
