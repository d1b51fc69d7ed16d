//! The HTML that `html` makes from Markdown.

use super::*;
use crate::key::Key;
use crate::path::SitePath;
use crate::read::markdown::parse;
use crate::render::words::Words;

fn page(path: &str, fragment: Option<&str>, title: &str) -> Resolved {
    let key = Key::placed(SitePath::parse(path).unwrap());
    Resolved::Page { key, fragment: fragment.map(Into::into), title: title.into() }
}

fn html(source: &str, links: &[Resolved], policy: config::Html, noted: &[u32]) -> Html {
    let body = parse(source, 1, policy, false).0;
    assert!(links.is_empty() || links.len() == body.links.len(), "{source}: {:?}", body.links);
    let (numbers, words) = (Some(Numbers::COUNTED), &Words::english());
    let writer = Writer { body: &body, links, anchors: &[], base: "/x/", policy, numbers, words };
    writer.write(&|n| noted.contains(&n))
}

/// Returns the content of the first paragraph.
fn inside(source: &str, links: &[Resolved]) -> String {
    let html = html(source, links, config::Html::Escape, &[]).opening;
    let start = "<p id=\"p1\"><a class=\"number\" href=\"#p1\"><span>1</span></a> ";
    html.strip_prefix(start).unwrap_or(&html).trim_end().trim_end_matches("</p>").to_owned()
}

#[test]
fn blocks() {
    for (source, expect) in [
        ("A\nb  \nc", "<p id=\"p1\"><a class=\"number\" href=\"#p1\"><span>1</span></a> A\nb<br>\nc</p>\n"),
        ("# A\n\n###### B", "<h2 id=\"a\">A</h2>\n<h6 id=\"b\">B</h6>\n"),
        ("## A\n\n### B", "<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>\n"),
        (
            "- a\n- *b*",
            "<ul>\n<li id=\"p1\"><a class=\"number\" href=\"#p1\"><span>1</span></a> a</li>\n\
                <li id=\"p2\"><a class=\"number\" href=\"#p2\"><span>2</span></a> <em>b</em></li>\n</ul>\n",
        ),
        (
            "5. a\n\n   b",
            "<ol start=\"5\">\n<li><p id=\"p1\"><a class=\"number\" href=\"#p1\"><span>1</span></a> a</p>\n\
                <p id=\"p2\"><a class=\"number\" href=\"#p2\"><span>2</span></a> b</p>\n</li>\n</ol>\n",
        ),
        (
            "7\\. a\n\nb\n\n9\\. c",
            "<p id=\"p1\"><a class=\"number\" href=\"#p1\"><span>7</span></a> a</p>\n\
                <p id=\"p2\"><a class=\"number\" href=\"#p2\"><span>¶</span></a> b</p>\n<p id=\"p3\"><a class=\"number\" href=\"#p3\"><span>9</span></a> c</p>\n",
        ),
        (
            "> q",
            "<blockquote>\n<p id=\"p1\"><a class=\"number\" href=\"#p1\"><span>1</span></a> q</p>\n</blockquote>\n",
        ),
        ("```rust x\na < b\n```", "<pre><code class=\"language-rust\">a &lt; b\n</code></pre>\n"),
        ("```\"><script>\nx\n```", "<pre><code class=\"language-&quot;&gt;&lt;script&gt;\">x\n</code></pre>\n"),
        ("---", "<hr>\n"),
        (
            "|a|b|\n|:-|-:|\n|c|`d`|",
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table 1\"><table>\n\
                <thead><tr><th scope=\"col\" class=\"start\">a</th><th scope=\"col\" class=\"end\">b</th></tr></thead>\n<tbody>\n\
                <tr><td class=\"start\">c</td><td class=\"end\"><code>d</code></td></tr>\n</tbody>\n</table></div>\n",
        ),
    ] {
        assert_eq!(html(source, &[], config::Html::Escape, &[]).opening, expect, "{source}");
    }
}

#[test]
fn links_and_images() {
    let external = |url: &str| Resolved::External(url.into());
    let rooted = |url: &str| Resolved::Rooted(url.into());
    for (source, links, expect) in [
        ("[[a#p2]]", vec![page("s/a/", Some("p2"), "A & B")], "<a href=\"/x/s/a/#p2\">A &amp; B</a>"),
        ("[[a|own]]", vec![page("s/a/", None, "A")], "<a href=\"/x/s/a/\">own</a>"),
        ("[[a]] b", vec![Resolved::Nothing], "<span class=\"missing\">a</span> b"),
        (
            "[w](y \"\\\"><script>\")",
            vec![page("y/", None, "")],
            "<a href=\"/x/y/\" title=\"&quot;&gt;&lt;script&gt;\">w</a>",
        ),
        ("[w](y)", vec![page("y/", Some("\"><script>"), "")], "<a href=\"/x/y/#%22%3E%3Cscript%3E\">w</a>"),
        ("[w](#y)", vec![Resolved::Here("\" onclick=\"x".into())], "<a href=\"#%22%20onclick=%22x\">w</a>"),
        (
            "[w](https://b.org)",
            vec![external("https://b.org/?a=1&b=\"é%20'")],
            "<a href=\"https://b.org/?a=1&amp;b=%22é%20&#39;\" rel=\"external\">w</a>",
        ),
        ("[w](/about/)", vec![rooted("/about/?x#y")], "<a href=\"/x/about/?x#y\">w</a>"),
        ("[w](/about/)", vec![rooted("/\\evil.org")], "<a href=\"/x/evil.org\">w</a>"),
        (
            "![a *\"b\"><script>*](i.png \"T\\\"\")",
            vec![page("i.png", None, "")],
            "<img src=\"/x/i.png\" alt=\"a &quot;b&quot;&gt;&lt;script&gt;\" title=\"T&quot;\" loading=\"lazy\">",
        ),
        (
            "![a](https://b.org/i.png)",
            vec![external("https://b.org/i.png")],
            "<a href=\"https://b.org/i.png\" rel=\"external\">a</a>",
        ),
        ("![a<b](i.png)", vec![Resolved::Nothing], "a&lt;b"),
        (
            "[![a](https://b.org/i) t](/c/)",
            vec![rooted("/c/"), external("https://b.org/i")],
            "<a href=\"/x/c/\">a t</a>",
        ),
    ] {
        assert_eq!(inside(source, &links), expect, "{source}");
    }
}

#[test]
fn footnotes_are_gathered_in_the_order_of_their_numbers() {
    let made =
        html("[^b]: B.\n\nx[^a] y[^b] z[^a]\n\n[^a]: A.\n\n    - i\n\n[^c]: C.\n", &[], config::Html::Escape, &[]);
    assert!(made.opening.contains("x<sup class=\"footnote\"><a id=\"fnref-1\" href=\"#fn-1\">1</a></sup> y"));
    assert!(made.opening.contains("z<sup class=\"footnote\"><a id=\"fnref-1-2\" href=\"#fn-1\">1</a></sup>"));
    let back = |id| format!(" <a href=\"#{id}\" class=\"back\" aria-label=\"Back to the text\">↩</a>");
    let (a, again, b) = (back("fnref-1"), back("fnref-1-2"), back("fnref-2"));
    let expect = format!(
        "<ol class=\"footnotes\">\n<li id=\"fn-1\"><p>A.</p>\n<ul>\n<li>i</li>\n</ul>\n{a}{again}</li>\n\
             <li id=\"fn-2\"><p>B.{b}</p>\n</li>\n<li id=\"fn-3\"><p>C.</p>\n</li>\n</ol>\n"
    );
    assert_eq!(made.footnotes, expect);
}

#[test]
fn sections_begin_with_the_blocks_that_hold_noted_paragraphs() {
    let source = "a\n\n- b\n- c\n\n# H\n\nd\n\ne\n";
    let made = html(source, &[], config::Html::Escape, &[1, 2, 4]);
    assert!(made.opening.ends_with("a</p>\n") && made.sections.len() == 2);
    let [list, last] = &made.sections[..] else { unreachable!() };
    assert_eq!((&list.paragraphs[..], &last.paragraphs[..]), (&[1, 2][..], &[4][..]));
    assert!(list.html.starts_with("<ul>") && list.html.ends_with("</ul>\n"));
    assert!(list.rest.starts_with("<h2 id=\"h\">") && list.rest.ends_with("d</p>\n") && last.rest.is_empty());
    let whole = html(source, &[], config::Html::Escape, &[]);
    assert_eq!(whole.opening, format!("{}{}{}{}", made.opening, list.html, list.rest, last.html));
    assert!(whole.sections.is_empty());
}

#[test]
fn paragraphs_of_introductions_have_no_anchors() {
    let body = parse("a\n\n- b", 1, config::Html::Escape, false).0;
    let (policy, words) = (config::Html::Escape, &Words::english());
    let writer = Writer { body: &body, links: &[], anchors: &[], base: "/", policy, numbers: None, words };
    assert_eq!(writer.write(&|_| false).opening, "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n");
}

#[test]
fn raw_html_is_escaped_cleaned_or_passed() {
    let source = "a <b onclick=x>c</b>";
    let made = |policy| html(source, &[], policy, &[]).opening;
    assert!(made(config::Html::Escape).contains("a &lt;b onclick=x&gt;c&lt;/b&gt;"));
    assert!(made(config::Html::Allow).contains(source));
    assert!(made(config::Html::Sanitize).contains("a <b>c</b>"));
}

#[test]
fn cleaning_keeps_what_is_ours() {
    let source = "# H\n\nA *b* ~~d~~ [w](/c/ \"t\") [e](https://e.org) ![i](/i.png)[^1] [[m]]\n\n```rust\nx\n```\n\n\
            3. i\n\n|a|b|\n|:-|-|\n|c|d|\n\n[^1]: N.\n";
    let rooted = |url: &str| Resolved::Rooted(url.into());
    let e = Resolved::External("https://e.org".into());
    let links = [rooted("/c/"), e, rooted("/i.png"), Resolved::Nothing];
    let plain = html(source, &links, config::Html::Sanitize, &[]);
    let cleaned = html(&format!("{source}\n<wbr>\n"), &links, config::Html::Sanitize, &[]);
    // The parser sets no order of attributes.
    let sorted = |html: &str| {
        let mut words: Vec<String> = html.replace(['<', '>'], " ").split_whitespace().map(str::to_owned).collect();
        words.retain(|word| word != "wbr");
        words.sort();
        words
    };
    assert_eq!(sorted(&cleaned.opening), sorted(&plain.opening));
    assert_eq!(sorted(&cleaned.footnotes), sorted(&plain.footnotes));
}

#[test]
fn unclosed_raw_html_breaks_and_swallows_nothing() {
    for (source, gone) in [
        ("<div class=\"number evil\" id=\"search\">\n\na\n\nend", "evil"),
        ("<div id=\"search\">\n\na\n\nend", "search"),
        ("</div></main>\n\na\n\nend", "main"),
        ("a <script> b\n\nend", "script"),
        ("> <!-- a\n\na\n\nend", "<!--"),
        ("<div title=\"\n\na \"q\"\n\nend", "title"),
        ("a <textarea> b\n\nend", "textarea"),
        ("a <img src=\"https://e.org/i.png\" onerror=x>\n\nend", "e.org"),
        ("a <a href=\"javascript:x\">w</a>\n\nend", "javascript"),
    ] {
        let made = html(source, &[], config::Html::Sanitize, &[0]);
        let all = format!("{}{}{}", made.opening, made.sections[0].html, made.sections[0].rest);
        assert!(!all.contains(gone) && all.contains('a') && all.contains("end</p>"), "{source}: {all}");
        for fragment in [&made.opening, &made.sections[0].html, &made.sections[0].rest] {
            assert_eq!(fragment.matches("<div").count(), fragment.matches("</div>").count(), "{source}");
        }
    }
}
