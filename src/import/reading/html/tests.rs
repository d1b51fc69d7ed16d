//! Pages -> their lines, case by case.

use super::*;

fn lines(page: &str) -> Vec<(Option<Kind>, String)> {
    let pages = read(page.as_bytes()).unwrap();
    pages.lines().map(|line| (line.kind, line.text.clone())).collect()
}

fn line(kind: Kind, text: &str) -> (Option<Kind>, String) {
    (Some(kind), text.to_owned())
}

const TEXT: &str = "We have come to this hall in the hope that what was begun in the spring will be ended soon.";

#[test]
fn the_article_is_read_without_the_page_around_it() {
    let article = format!("<h2>Statement</h2><p>{TEXT}</p><p>{TEXT}</p>");
    let heading = [line(Kind::Heading(2), "Statement"), line(Kind::Paragraph, TEXT), line(Kind::Paragraph, TEXT)];
    let menu = "<ul class=menu><li><a href=/>Home</a><li><a href=/a>All news of the ministry</a></ul>";
    for page in [
        format!("<title>T</title>{article}"),
        format!("<body><nav>{menu}</nav><main><article>{article}</article></main><footer>Contact us</footer>"),
        format!(
            "<body><div>{menu}</div><div id=x><div>{article}<script>var a = 1;</script></div></div><div>Imprint</div>"
        ),
        format!("<body><div role=main>{article}<aside>See also</aside><div class='share buttons'>Share</div></div>"),
        format!("<body><header>The ministry</header><font>{article}</font><footer>Imprint</footer>"),
    ] {
        assert_eq!(lines(&page), heading, "{page}");
    }
    let page = format!("<body><nav>{menu}</nav><main>{article}</main>");
    let left_out = read(page.as_bytes()).unwrap().left_out;
    assert_eq!(left_out.iter().map(|out| out.text.as_str()).collect::<Vec<_>>(), ["Home All news of the ministry"]);
}

#[test]
fn words_that_are_shown_only_without_scripts_are_listed() {
    let page = format!(
        "<body><main><p>{TEXT}</p><noscript><p>Read <b>this</b>.</p></noscript></main><noscript>Turn scripts on.</noscript>"
    );
    assert_eq!(lines(&page), [line(Kind::Paragraph, TEXT)]);
    let left_out = read(page.as_bytes()).unwrap().left_out;
    let left_out: Vec<_> = left_out.iter().map(|out| (out.text.as_str(), out.reason)).collect();
    assert_eq!(left_out, [("Turn scripts on.", Reason::WebPage), ("Read this.", Reason::WebPage)]);
}

#[test]
fn blocks_keep_their_kind() {
    let page =
        "<body><p>One <b>strong</b>, one<br>\n two.</p>loose<ol start=3><li>third<li><p>fourth</p><p>more</p></ol>
        <ul><li>a<ul><li>b</ul><li>c</ul><blockquote><p>said</p></blockquote><p hidden>secret</p><p>A &amp; <q>B</q></p>
        <pre>x\ny</pre>";
    use Kind::{Item, Paragraph, Quotation};
    let plain = |text: &str| (None, text.to_owned());
    let expect = [
        plain(""),
        plain("One strong, one"),
        plain("two."),
        plain(""),
        line(Paragraph, "loose"),
        line(Paragraph, "3. third"),
        line(Paragraph, "4. fourth"),
        line(Paragraph, "more"),
        line(Item(0), "a"),
        line(Item(1), "b"),
        line(Item(0), "c"),
        line(Quotation, "said"),
        line(Paragraph, "A & “B”"),
        plain(""),
        plain("x"),
        plain("y"),
        plain(""),
    ];
    assert_eq!(lines(page), expect);
}

#[test]
fn a_page_is_decoded_in_the_encoding_that_it_declares() {
    let page = "<meta charset=\"iso-8859-2\"><p>Děkuji, pane předsedo.";
    let bytes = encoding_rs::ISO_8859_2.encode(page).0;
    assert_eq!(read(&bytes).unwrap().lines().next().unwrap().text, "Děkuji, pane předsedo.");
}

#[test]
fn pages_that_would_take_too_long_are_refused() {
    let attributes: String = (0..2000).map(|i| format!(" a{i}=1")).collect();
    let fonts: String = (0..190).map(|i| format!("<font size={i}>")).collect();
    for page in [
        "<div>".repeat(100_000),
        fonts + &"<p>x".repeat(10_000),
        format!("<div{attributes}>"),
        format!("<div {}>", "a/".repeat(2000)),
        format!("<div {}>", "a='b'c".repeat(2000)),
    ] {
        let refused = read(format!("{page}words").as_bytes()).map_err(|refused| refused.message);
        assert!(refused.as_ref().is_err_and(|message| message.contains("more tags")), "{page:.40}: {refused:?}");
    }
    assert_eq!(lines(&("<table>".repeat(10_000) + "words")), [line(Kind::Paragraph, "words")]);
    let picture = format!("<p>{}</p><img src=\"data:{}\" alt='{}'>", TEXT, "x/".repeat(9000), "a word ".repeat(9000));
    assert_eq!(lines(&picture), [line(Kind::Paragraph, TEXT)]);
}
