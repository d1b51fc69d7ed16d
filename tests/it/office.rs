//! Office documents and web pages as they are submitted -> drafts. They are made here, part by part, so that one text
//! exists in every format.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use plenary::import::item::Outcome;
use plenary::import::mended::Reason;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{drafted, imported};

fn refusal(name: &str, bytes: &[u8]) -> String {
    match imported(name, bytes) {
        Outcome::Unreadable(why) => why.message,
        other => panic!("{name}: {other:?}"),
    }
}

pub(crate) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A block of a text that is made in several formats.
enum Block {
    Heading(&'static str),
    /// Words before, in and after emphasis, and the text of a footnote at the end.
    Paragraph([&'static str; 3], Option<&'static str>),
    Bullet(&'static str),
    Numbered(&'static str),
}

const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:styleId="H"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="Base"><w:name w:val="Base"/><w:rPr><w:i/></w:rPr></w:style>
    <w:style w:styleId="Slanted"><w:name w:val="Slanted"/><w:basedOn w:val="Base"/></w:style></w:styles>"#;
const NUMBERING: &str = r#"<w:numbering xmlns:w="w">
    <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>
    <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;

/// Returns a document with this body and more parts; a part given here replaces the usual one.
pub(crate) fn docx_with(body: &str, more: &[(&str, impl AsRef<[u8]>)]) -> Vec<u8> {
    let document = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let more: Vec<(&str, &[u8])> = more.iter().map(|(name, bytes)| (*name, bytes.as_ref())).collect();
    for (name, bytes) in [&[("word/document.xml", document.as_bytes())], &more[..]].concat() {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(crate) fn docx_of(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    let parts =
        [("word/document.xml", document.as_str()), ("word/styles.xml", STYLES), ("word/numbering.xml", NUMBERING)];
    archive(&[&parts, more].concat())
}

fn docx(text: &[Block], rtl: bool) -> Vec<u8> {
    let (mut body, mut notes) = (String::new(), String::new());
    let on = if rtl { "<w:rtl/>" } else { "" };
    let run = |text: &str, properties: &str| {
        format!("<w:r><w:rPr>{on}{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    for (id, block) in text.iter().enumerate() {
        let (properties, runs) = match block {
            Block::Heading(words) => ("<w:pStyle w:val=\"H\"/>", run(words, "<w:b/>")),
            Block::Bullet(words) => ("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>", run(words, "")),
            Block::Numbered(words) => {
                ("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>", run(words, ""))
            }
            Block::Paragraph([before, within, after], note) => {
                let reference = note.map_or_else(String::new, |note| {
                    let _ = write!(notes, "<w:footnote w:id=\"{id}\"><w:p>{}</w:p></w:footnote>", run(note, ""));
                    format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>")
                });
                let within = run(within, "<w:rStyle w:val=\"Slanted\"/>");
                ("", format!("{}{within}{}{reference}", run(before, ""), run(after, "")))
            }
        };
        let _ = write!(body, "<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>");
    }
    let notes = format!("<w:footnotes xmlns:w=\"w\">{notes}</w:footnotes>");
    docx_of(&body, &[("word/footnotes.xml", &notes)])
}

const AUTOMATIC: &str = r#"<o:automatic-styles><s:style s:name="T1"><s:text-properties f:font-style="italic"/></s:style>
    <t:list-style s:name="L1"><t:list-level-style-bullet t:level="1"/><t:list-level-style-bullet t:level="2"/></t:list-style>
    <t:list-style s:name="L2"><t:list-level-style-number s:num-format="1" s:num-suffix="." t:start-value="5"/></t:list-style>
    </o:automatic-styles>"#;

pub(crate) fn odt_of(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let names = r#"xmlns:o="o" xmlns:t="t" xmlns:s="s" xmlns:f="f" xmlns:d="d""#;
    let content =
        format!("<o:document-content {names}>{AUTOMATIC}<o:body><o:text>{body}</o:text></o:body></o:document-content>");
    archive(&[&[("content.xml", content.as_str())], more].concat())
}

fn odt(text: &[Block]) -> Vec<u8> {
    let mut body = String::new();
    let list = |style: &str, words: &str| {
        format!(
            "<t:list t:style-name=\"{style}\" t:continue-numbering=\"true\"><t:list-item><t:p>{words}</t:p></t:list-item></t:list>"
        )
    };
    for block in text {
        let block = match block {
            Block::Heading(words) => format!("<t:h t:outline-level=\"1\">{words}</t:h>"),
            Block::Bullet(words) => list("L1", words),
            Block::Numbered(words) => list("L2", words),
            Block::Paragraph([before, within, after], note) => {
                let note = note.map_or_else(String::new, |note| {
                    format!("<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>{note}</t:p></t:note-body></t:note>")
                });
                format!("<t:p>{before}<t:span t:style-name=\"T1\">{within}</t:span>{after}{note}</t:p>")
            }
        };
        body.push_str(&block);
    }
    odt_of(&body, &[])
}

fn html(text: &[Block]) -> Vec<u8> {
    let mut body = String::new();
    for block in text {
        let _ = match block {
            Block::Heading(words) => writeln!(body, "<h1>{words}</h1>"),
            Block::Bullet(words) => writeln!(body, "<ul><li>{words}</ul>"),
            Block::Numbered(words) => writeln!(body, "<ol start=5><li>{words}</ol>"),
            Block::Paragraph([before, within, after], _) => writeln!(body, "<p>{before}<em>{within}</em>{after}</p>"),
        };
    }
    format!("<!doctype html><title>Statement</title><nav>Home</nav><main>{body}</main>").into_bytes()
}

const ENGLISH: &[Block] = &[
    Block::Heading("Outer space"),
    Block::Paragraph(
        ["We have come to this hall in the ", "firm hope", " that what was begun, will be ended."],
        Some("See A/RES/72/27."),
    ),
    Block::Bullet("to do one thing"),
    Block::Bullet("to do another"),
    Block::Numbered("It will not be easy, for those who began it are no longer among us."),
    Block::Paragraph(["Those who wish to come with us ", "on that way", ", we thank."], Some("All of them.")),
];

const ARABIC: &[Block] = &[
    Block::Heading("الفضاء الخارجي"),
    Block::Paragraph(
        ["لقد جئنا إلى هذه القاعة ", "على أمل", " أن ينتهي ما بدأ في الربيع، قبل أن يسقط الثلج."],
        Some("انظر القرار ٧٢."),
    ),
    Block::Bullet("أن نفعل شيئا واحدا"),
    Block::Bullet("أن نفعل شيئا آخر"),
    Block::Paragraph(["نشكر كل من يرغب في ", "أن يأتي", " معنا على هذا الطريق."], None),
];

#[test]
fn one_text_in_several_formats_has_one_draft() {
    let english = "## Outer space\n\nWe have come to this hall in the *firm hope* that what was begun, will be ended.[^1]\n\n\
        - to do one thing\n- to do another\n\n5\\. It will not be easy, for those who began it are no longer among us.\n\n\
        Those who wish to come with us *on that way*, we thank.[^2]\n\n[^1]: See A/RES/72/27.\n\n[^2]: All of them.\n";
    assert_eq!(drafted("a.docx", &docx(ENGLISH, false)).draft.body, english);
    assert_eq!(drafted("a.odt", &odt(ENGLISH)).draft.body, english);
    let bare = english.split("\n[^1]: ").next().unwrap().replace("[^1]", "").replace("[^2]", "");
    assert_eq!(drafted("a.html", &html(ENGLISH)).draft.body, bare);
}

#[test]
fn a_right_to_left_text_has_one_draft_in_several_formats() {
    let word = drafted("a.docx", &docx(ARABIC, true)).draft.body;
    assert!(word.starts_with("## الفضاء الخارجي\n\nلقد جئنا إلى هذه القاعة *على أمل* أن ينتهي"), "{word}");
    assert!(word.contains("الثلج.[^1]\n\n- أن نفعل شيئا واحدا\n- "), "{word}");
    assert_eq!(drafted("a.odt", &odt(ARABIC)).draft.body, word);
    let bare = word.split("\n[^1]: ").next().unwrap().replace("[^1]", "");
    assert_eq!(drafted("a.html", &html(ARABIC)).draft.body, bare);
}

#[test]
fn tables_links_and_nested_lists_are_kept() {
    let body = "See [our site](https://a.example/b%28c%29), or that one.\n\n| Year | Votes, 10 % |\n|---|---|\n| 2001 | a\\|b |\n| | three |\n\n\
        - one\n  - within\n- two\n";
    let p = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let row = |cells: [&str; 2]| format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", p(cells[0]), p(cells[1]));
    let item = |level: u8, words: &str| {
        let list = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>");
        format!("<w:p><w:pPr>{list}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let link =
        |id: &str, words: &str| format!("<w:hyperlink r:id=\"{id}\"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>");
    let docx = format!(
        "<w:p><w:r><w:t xml:space=\"preserve\">See </w:t></w:r>{}<w:r><w:t>, or </w:t></w:r>{}<w:r><w:t>.</w:t></w:r></w:p>\
         <w:tbl>{}{}{}</w:tbl>{}{}{}",
        link("r1", "our site"),
        link("r2", "that one"),
        row(["Year", "Votes, 10 %"]),
        row(["2001", "a|b"]),
        row(["", "three"]),
        item(0, "one"),
        item(1, "within"),
        item(0, "two"),
    );
    let links = r#"<Relationships><Relationship Id="r1" Type="x/hyperlink" Target="https://a.example/b(c)"/>
        <Relationship Id="r2" Type="x/hyperlink" Target="javascript:alert(1)"/></Relationships>"#;
    let of_docx = drafted("a.docx", &docx_of(&docx, &[("word/_rels/document.xml.rels", links)])).draft.body;
    assert_eq!(of_docx, body);
    let odt = r#"<t:p>See <t:a x:href="https://a.example/b(c)">our site</t:a>, or <t:a x:href="file:///etc">that one</t:a>.</t:p>
        <d:table><d:table-row><d:table-cell><t:p>Year</t:p></d:table-cell><d:table-cell><t:p>Votes, 10 %</t:p></d:table-cell></d:table-row>
        <d:table-row><d:table-cell><t:p>2001</t:p></d:table-cell><d:table-cell><t:p>a|b</t:p></d:table-cell></d:table-row>
        <d:table-row><d:table-cell/><d:table-cell><t:p>three</t:p></d:table-cell></d:table-row></d:table>
        <t:list t:style-name="L1"><t:list-item><t:p>one</t:p><t:list><t:list-item><t:p>within</t:p></t:list-item></t:list></t:list-item>
        <t:list-item><t:p>two</t:p></t:list-item></t:list>"#;
    assert_eq!(drafted("a.odt", &odt_of(odt, &[])).draft.body, body);
    let html = r#"<main><p>See <a href="https://a.example/b(c)">our site</a>, or <a href="/that">that one</a>.</p>
        <table><tr><th>Year<th>Votes, 10 %<tr><td>2001<td><p>a|b</p><tr><td><td>three</table>
        <ul><li>one<ul><li>within</ul><li>two</ul></main>"#;
    assert_eq!(drafted("a.html", html.as_bytes()).draft.body, body);
    // A table that only lays out a page is not a table.
    let frame =
        r#"<main><p>Here it is.</p><table><tr><td>Menu<td><h1>Title</h1><p>One.</p><tr><td>x<td>y</table></main>"#;
    let frame = drafted("a.html", frame.as_bytes());
    assert_eq!(frame.draft.body, "Here it is.\n\nMenu\n\n## Title\n\nOne.\n\nx\n\ny\n");
    assert!(frame.doubts.iter().any(|doubt| doubt.message.contains("there is a table")), "{:?}", frame.doubts);
}

const WORDS: &str = "We have come to this hall in the hope that what was begun in the spring will be ended before the first snow falls on us.";

/// Returns the body of a draft, and what was left out of it with the reasons.
fn body_and_left_out(name: &str, bytes: &[u8]) -> (String, Vec<(Reason, String)>) {
    let drafted = drafted(name, bytes);
    let left_out = drafted.removals.into_iter().map(|removal| (removal.reason, removal.text)).collect();
    (drafted.draft.body, left_out)
}

#[test]
fn what_does_not_belong_to_the_text_is_left_out_and_reported() {
    let expect = format!("{WORDS} More words. Joined to these.\n");
    let left_out = [
        (Reason::Deleted, "deleted"),
        (Reason::Hidden, "hidden"),
        (Reason::Box, "in a box"),
        (Reason::HeadOrFoot, "Mission 1"),
        (Reason::HeadMatter, "Check against delivery"),
    ];
    let left_out = left_out.map(|(reason, text)| (reason, text.to_owned())).to_vec();
    let word = format!(
        r#"<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>{WORDS}</w:t></w:r><w:del w:id="2"><w:r><w:delText>deleted</w:delText></w:r></w:del>
        <w:ins w:id="3"><w:r><w:t xml:space="preserve"> More words.</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>
        <w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r><w:r><w:t xml:space="preserve"> Joined to these.</w:t></w:r>
        <w:r><m:AlternateContent><m:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent></w:drawing></m:Choice>
        <m:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent></w:pict></m:Fallback></m:AlternateContent></w:r></w:p>"#
    );
    let header = r#"<w:hdr xmlns:w="w"><w:p><w:r><w:t>Mission</w:t></w:r><w:r><w:tab/><w:t>1</w:t></w:r></w:p><w:p><w:r><w:t>Check against delivery</w:t></w:r></w:p></w:hdr>"#;
    let bytes = docx_of(&word, &[("word/header1.xml", header), ("word/header2.xml", header)]);
    assert_eq!(body_and_left_out("a.docx", &bytes), (expect.clone(), left_out.clone()));

    let styles = r#"<o:styles xmlns:o="o" xmlns:s="s" xmlns:t="t"><s:style s:name="H"><s:text-properties t:display="none"/></s:style>
        <s:master-page><s:header><t:p>Mission<t:tab/>1</t:p><t:p>Check against delivery</t:p></s:header></s:master-page></o:styles>"#;
    let text = format!(
        r#"<t:tracked-changes><t:changed-region><t:deletion><t:p>deleted</t:p></t:deletion></t:changed-region></t:tracked-changes>
        <t:p>{WORDS}<t:change t:change-id="1"/><t:change-start/> More words.<t:change-end/><t:span t:style-name="H">hidden</t:span> Joined to
        these.<d:frame><d:text-box><t:p>in a box</t:p></d:text-box></d:frame><o:annotation><t:p>a note</t:p></o:annotation></t:p>"#
    );
    let bytes = odt_of(&text, &[("styles.xml", styles)]);
    // The words of a comment are attached where it is made.
    let mut left_out = left_out;
    left_out.insert(3, (Reason::Comment, "a note".to_owned()));
    assert_eq!(body_and_left_out("a.odt", &bytes), (expect, left_out));
}

#[test]
fn a_note_is_read_once_however_often_it_is_referenced() {
    let note = r#"<w:footnotes xmlns:w="w"><w:footnote w:id="1"><w:p><w:r><w:t>Round</w:t><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote></w:footnotes>"#;
    let body = format!(
        r#"<w:p><w:r><w:t>{WORDS}</w:t><w:footnoteReference w:id="1"/><w:t> Again</w:t><w:footnoteReference w:id="1"/><w:footnoteReference w:id="7"/></w:r></w:p>"#
    );
    let body = drafted("a.docx", &docx_of(&body, &[("word/footnotes.xml", note)])).draft.body;
    assert_eq!(body, format!("{WORDS}[^1] Again[^1]\n\n[^1]: Round\n"));
}

#[test]
fn lines_broken_by_hand_are_judged_like_those_of_a_plain_text() {
    let lines = ["A winter morning", "The second of October", WORDS, WORDS];
    let broken = lines.map(|line| format!("<w:r><w:t>{line}</w:t></w:r>")).join("<w:r><w:br/></w:r>");
    let bytes = docx_of(&format!("<w:p>{broken}</w:p>"), &[]);
    assert_eq!(drafted("a.docx", &bytes).draft.body, format!("{}\n", lines.join("\n\n")));
}

#[test]
fn documents_that_are_attacks_are_refused_with_the_reason() {
    let paragraph = format!("<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>");
    let bomb = "<!DOCTYPE a [<!ENTITY b 'bbbb'>]><w:document><w:body>&b;</w:body></w:document>";
    let deep = format!("<w:document>{}{}</w:document>", "<w:p>".repeat(5000), "</w:p>".repeat(5000));
    let spaces = " ".repeat(90 << 20);
    let whole = docx_of(&paragraph, &[]);
    for (name, bytes, message) in [
        ("macros.docx", docx_of(&paragraph, &[("word/vbaProject.bin", "x")]), "macros"),
        ("macros.docm", docx_of(&paragraph, &[("word/vbaProject.bin", "x")]), "macros"),
        ("macros.odt", odt_of("<t:p>A</t:p>", &[("Basic/Standard/Module1.xml", "<x/>")]), "macros"),
        (
            "locked.odt",
            odt_of("<t:p>A</t:p>", &[("META-INF/manifest.xml", "<m><e><encryption-data/></e></m>")]),
            "encrypted",
        ),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "encrypted"),
        ("entities.docx", archive(&[("word/document.xml", bomb)]), "document type"),
        ("deep.docx", archive(&[("word/document.xml", &deep)]), "deeper"),
        ("bomb.docx", archive(&[("word/document.xml", &spaces)]), "90 MiB together"),
        ("truncated.docx", whole[..whole.len() / 2].to_vec(), "damaged"),
        ("none.docx", b"plain words".to_vec(), "damaged"),
        ("other.docx", archive(&[("a.txt", "words")]), "no document"),
        ("empty.docx", docx_of("<w:p/>", &[]), "no words"),
        ("empty.html", b"<p></p><script>var a = 1;</script>".to_vec(), "no words"),
    ] {
        let said = refusal(name, &bytes);
        assert!(said.contains(message), "{name}: {said}");
    }
}
