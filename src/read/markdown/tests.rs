//! What `markdown` promises.

mod words;

use super::*;
use crate::read::paragraph::{Label, UNNUMBERED};
use crate::read::record::RecordKind;

fn body(source: &str) -> Body {
    parse(source, 1, Html::Escape, true).0
}

fn paragraphs(source: &str) -> Vec<String> {
    let body = body(source);
    body.paragraphs.iter().map(|paragraph| body.words(&paragraph.text).to_owned()).collect()
}

#[test]
fn paragraphs_list_items_and_quoted_paragraphs_count_and_nothing_else() {
    for (source, expect) in [
        ("# Head\n\nOne\ntwo.\n\nThree.", vec!["One two.", "Three."]),
        ("- a\n- b\n  - c\n", vec!["a", "b", "c"]),
        ("1. a\n\n   b\n\n2. c\n", vec!["a", "b", "c"]),
        ("> said\n>\n> more\n\nend", vec!["said", "more", "end"]),
        ("A[^1].\n\n[^1]: Note.\n\nB.", vec!["A.", "B."]),
        ("|a|b|\n|-|-|\n|c|d|\n\nText.", vec!["Text."]),
        ("第一段\n接着", vec!["第一段接着"]),
        ("*Emphatic* start", vec!["Emphatic start"]),
        ("- *a* b\n- `c`\n", vec!["a b", "c"]),
        ("verse one  \nverse two", vec!["verse one verse two"]),
        ("<!-- a remark -->\n\nText", vec!["Text"]),
    ] {
        assert_eq!(paragraphs(source), expect, "{source}");
    }
}

/// Writes a text's paragraphs as they are labelled and begin: `7 We agree`, `¶ Mr. President,`; counted ones with a
/// dot.
fn labelled(source: &str, numbering: Option<Numbering>) -> Vec<String> {
    let (body, _) = parse_numbered(source, 1, Html::Escape, true, numbering);
    let shown = body.paragraphs.iter().enumerate().map(|(at, paragraph)| {
        let label = match body.label(at as u32, &format!("{}.", at + 1)) {
            Label::Number { text, series } => text.to_string() + &"'".repeat(series as usize - 1),
            Label::Unnumbered { .. } => UNNUMBERED.to_owned(),
        };
        format!("{label} {}", body.words(&paragraph.text))
    });
    shown.collect()
}

#[test]
fn printed_numbers_are_labels_where_they_are_the_texts_own() {
    for (source, expect) in [
        ("1. a\n2. b\n\n# H\n\n3. c\n", vec!["1 a", "2 b", "3 c"]),
        ("22\\. The peoples\n\n23\\. of", vec!["22 The peoples", "23 of"]),
        ("x\n\ny\n\n1. a\n2. b\n", vec!["1. x", "2. y", "3. a", "4. b"]),
        // Within emphasis, in brackets, in other digits.
        ("**1.** a\n\n**2.** b", vec!["1 a", "2 b"]),
        ("**1. a** x\n\n*2* b", vec!["1 a x", "2 b"]),
        ("(1) a\n\n(2) b\n\n(3) c", vec!["1 a", "2 b", "3 c"]),
        ("١. نحن\n\n٢. نشكر", vec!["١ نحن", "٢ نشكر"]),
        ("[1](x.md). a\n\n[2](x.md). b", vec!["1. 1. a", "2. 2. b"]),
        // A part that begins again, and salutations.
        ("Mr. Chair,\n\nx\n\n1. a\n2. b\n", vec!["1. Mr. Chair,", "2. x", "3. a", "4. b"]),
        ("Mr. President,\n\n1. a\n2. b\n\n# H\n\n1. c\n", vec!["¶ Mr. President,", "1 a", "2 b", "1' c"]),
        ("1\\. a\n\n2\\. b\n\nPart II\n\n1\\. c\n\n2\\. d", vec!["1 a", "2 b", "¶ Part II", "1' c", "2' d"]),
        // A misprint, in words and in a list, which Markdown would count.
        ("7\\. a\n\n8\\. b\n\n8\\. c\n\n10\\. d", vec!["7 a", "8 b", "¶ c", "10 d"]),
        ("18. a\n91. b\n20. c\n21. d\n", vec!["18 a", "¶ b", "20 c", "21 d"]),
        ("5. a\n5. b\n5. c\n", vec!["5 a", "6 b", "7 c"]),
        // Points and quotations have their own.
        (
            "7\\. a:\n\n1. x\n2. y\n\n8\\. b\n\n> 3. q\n> 4. r\n\n9\\. c",
            vec!["7 a:", "¶ x", "¶ y", "8 b", "¶ q", "¶ r", "9 c"],
        ),
        ("1. a\n   1. x\n   2. y\n2. b\n\n   > 5. q\n3. c\n", vec!["1 a", "¶ x", "¶ y", "2 b", "¶ q", "3 c"]),
        // A quotation of several paragraphs has a mark at its beginning and one at its end.
        ("1\\. a: “q.\n\n5\\. r.\n\n6\\. s.”\n\n2\\. b\n\n3\\. c", vec!["1 a: “q.", "¶ r.", "¶ s.”", "2 b", "3 c"]),
        ("1\\. a: «q.\n\n2\\. r.\n\n3\\. s.»\n\n2\\. b\n\n3\\. c", vec!["1 a: «q.", "¶ r.", "¶ s.»", "2 b", "3 c"]),
        ("a: “1. q.\n\n2\\. r.\n\n3\\. s.\n\n4\\. t.”\n\nb", vec!["1. a: “1. q.", "2. r.", "3. s.", "4. t.”", "5. b"]),
        // One of the marks is a misprint.
        ("1\\. a “b\n\n2\\. c\n\n3\\. d” e\n\n4\\. f", vec!["1 a “b", "2 c", "3 d” e", "4 f"]),
        // Numbers of other forms, and on lines of their own.
        ("一、甲方同意。\n\n二、乙方同意。\n\n三、丙方同意。", vec!["一 甲方同意。", "二 乙方同意。", "三 丙方同意。"]),
        ("① 甲。\n\n② 乙。", vec!["① 甲。", "② 乙。"]),
        ("I. We agree.\n\nII. They agree.", vec!["I We agree.", "II They agree."]),
        ("V. Smith spoke.\n\nI. Jones spoke.", vec!["1. V. Smith spoke.", "2. I. Jones spoke."]),
        ("1\\. a\n\n2\\. b\n\n三、丙。\n\n3\\. d", vec!["1 a", "2 b", "¶ 三、丙。", "3 d"]),
        ("1.1 One.\n\n1.2 Two.", vec!["1. 1.1 One.", "2. 1.2 Two."]),
        ("1.\n\na\n\n2.\n\nb", vec!["1 a", "2 b"]),
        ("(1)\n\na\n\n(2)\n\nb", vec!["¶ (1)", "1 a", "¶ (2)", "2 b"]),
        // A single number is not the text's own.
        ("a\n\nb\n\n3\\)\n\nd", vec!["1. a", "2. b", "3. 3)", "4. d"]),
        // A record's numbers, on a third of what its scan has torn into paragraphs.
        ("41\\. a\n\nb\n\n42\\. c\n\nd\n\n43\\. e\n\nf", vec!["41 a", "¶ b", "42 c", "¶ d", "43 e", "¶ f"]),
    ] {
        assert_eq!(labelled(source, None), expect, "{source}");
    }
}

#[test]
fn it_is_reported_where_it_is_not_clear_whose_numbers_are() {
    for (source, line) in [
        ("1. a\n2. b\n3. c\n", None),
        // Three of eight, with other paragraphs between; and two.
        ("a\n\n1\\. b\n\nc\n\n2\\. d\n\ne\n\n3\\. f\n\ng\n\nh", Some(3)),
        ("1) a\n\nb\n\n2) c\n\nd\n\ne", Some(1)),
        ("一、甲方同意。\n\n我们同意。\n\n二、乙方同意。\n\n我们。\n\n谢谢。", Some(1)),
        ("1.1 One.\n\n1.2 Two.\n\n2.1 Three.", Some(1)),
        // A quotation at the end whose numbers continue those of the text.
        ("1\\. a\n\n2\\. b: “c.\n\n3\\. d.\n\n4\\. e.”", Some(1)),
        // Lists of points.
        ("a:\n\n1\\. b\n\n2\\. c\n\n3\\. d\n\ne\n\nf\n\ng\n\nh", None),
        ("a\n\n1. b\n2. c\n3. d\n\ne\n\nf\n\ng\n\nh", None),
        ("a) b\n\nb) c\n\n(i) d\n\n(ii) e", None),
        ("2.5 million.\n\n3.5 million.", None),
    ] {
        for numbering in [None, Some(Numbering::Counted)] {
            let (_, problems) = parse_numbered(source, 1, Html::Escape, true, numbering);
            let found = problems.iter().find(|problem| problem.code == Code::UnclearNumbering);
            assert_eq!(found.map(|found| found.line), line.filter(|_| numbering.is_none()), "{source}");
        }
    }
}

#[test]
fn front_matter_settles_whose_numbers_are_labels() {
    let source = "a\n\nb\n\n1\\. c\n\n1945\\. d";
    assert_eq!(labelled(source, None), ["1. a", "2. b", "3. 1. c", "4. 1945. d"]);
    assert_eq!(labelled("a\n\nb\n\n1\\. c", Some(Numbering::Printed)), ["¶ a", "¶ b", "1 c"]);
    assert_eq!(labelled("a\n\nb", Some(Numbering::Printed)), ["1. a", "2. b"]);
    // No excerpt begins with a number, whatever the labels are.
    assert_eq!(labelled("4\\. a\n\n5\\. b", Some(Numbering::Counted)), ["1. a", "2. b"]);
    assert_eq!(labelled("4. a\n5. b\n", Some(Numbering::Counted)), ["1. a", "2. b"]);
}

#[test]
fn a_tag_at_a_paragraphs_end_gives_it_topics_and_is_none_of_its_words() {
    for (source, words, tags) in [
        ("One. {topics=\"a, b-c\"}\n\nTwo.", vec!["One.", "Two."], vec![(0, "a", 1, 15), (0, "b-c", 1, 18)]),
        ("One\n{topics=\"a\"}\n\nTwo. {topics=b}\n", vec!["One", "Two."], vec![(0, "a", 2, 10), (1, "b", 4, 14)]),
        ("- *x* {topics=\"a\"}\n- y {topics=“a”}\n", vec!["x", "y"], vec![(0, "a", 1, 16), (1, "a", 2, 14)]),
        ("- x {topics=\"a\"}\n  - y\n", vec!["x", "y"], vec![(0, "a", 1, 14)]),
        ("> x {topics=\"a\"}", vec!["x"], vec![(0, "a", 1, 14)]),
        ("空间 {topics=\"a\"}", vec!["空间"], vec![(0, "a", 1, 13)]),
        ("“x” {topics=\"a\"}", vec!["“x”"], vec![(0, "a", 1, 14)]),
        ("x[^1] {topics=\"a\"}\n\n[^1]: n", vec!["x"], vec![(0, "a", 1, 16)]),
        ("https://a.org {topics=\"a\"}", vec!["https://a.org"], vec![(0, "a", 1, 24)]),
        ("x \\{topics=a}", vec!["x {topics=a}"], vec![]),
        ("x {topics}", vec!["x {topics}"], vec![]),
        ("x {a}", vec!["x {a}"], vec![]),
    ] {
        let body = body(source);
        let found: Vec<_> =
            body.tags.iter().map(|tag| (tag.paragraph, &*tag.topic.text, tag.topic.line, tag.topic.column)).collect();
        assert_eq!(found, tags, "{source}");
        assert_eq!(paragraphs(source), words, "{source}");
    }
}

#[test]
fn links_are_sorted_by_what_they_could_mean() {
    let relative = |path: &str, fragment: &str| Target::Relative { path: path.into(), fragment: Some(fragment.into()) };
    for (source, expect) in [
        ("[[a#p7|w]]", Target::Statement { id: "a".into(), fragment: Some("p7".into()) }),
        ("[[topic:ppwt]]", Target::Record { kind: RecordKind::Topic, name: "ppwt".into() }),
        ("[x](../a.md#p1)", relative("../a.md", "p1")),
        ("[x](/about/)", Target::Rooted("/about/".into())),
        ("[x](#a/\\b)", Target::Fragment("a/\\b".into())),
        ("<a@b.org>", Target::External("mailto:a@b.org".into())),
        ("[x](javascript:alert(1))", Target::Refused),
        // Browsers take a backslash for a slash, and what follows two of them for another host.
        ("[x](//evil.org)", Target::Refused),
        ("[x](/\\evil.org)", Target::Refused),
        ("[x](/\\\\evil.org)", Target::Refused),
        ("![x](/\\evil.org/i.png)", Target::Refused),
        ("[x](/a/\\evil.org)", Target::Refused),
        ("[x](../\\evil.org)", Target::Refused),
    ] {
        assert_eq!(body(source).links[0].target, expect, "{source}");
    }
}

#[test]
fn bare_urls_are_linked_as_written() {
    for (source, urls, text) in [
        ("See https://a.org/x--y_z. End", vec!["https://a.org/x--y_z"], "See https://a.org/x--y_z. End"),
        ("See (https://a.org/b).", vec!["https://a.org/b"], "See (https://a.org/b)."),
        (
            "https://a.org/x\\_y and \"https://b.org\"",
            vec!["https://a.org/x_y", "https://b.org"],
            "https://a.org/x_y and “https://b.org”",
        ),
        ("`https://a.org`", vec![], "https://a.org"),
        ("[w](https://a.org)", vec!["https://a.org"], "w"),
        ("it's https://a.org/b's -- so", vec!["https://a.org/b's"], "it’s https://a.org/b's – so"),
    ] {
        let body = body(source);
        let found: Vec<&str> = body
            .links
            .iter()
            .map(|link| match &link.target {
                Target::External(url) => &**url,
                _ => "?",
            })
            .collect();
        assert_eq!(found, urls, "{source}");
        assert_eq!(body.text.trim_end(), text);
    }
}

#[test]
fn footnotes_and_equal_headings_are_numbered_in_order_however_many() {
    let count = 3000;
    let marks: String = (0..count).rev().map(|n| format!("x[^{n}] ")).collect();
    let notes: String = (0..count).map(|n| format!("[^{n}]: n\n\n")).collect();
    let body = body(&format!("{marks}\n\n{notes}[^late]: never mentioned\n\n{}", "## Same\n\n".repeat(count)));
    let labels: Vec<&str> = body.footnotes.iter().map(|footnote| &*footnote.label).collect();
    assert_eq!((labels[0], labels[count - 1], labels[count]), ("2999", "0", "late"));
    let ids: Vec<&str> = body.headings.iter().map(|heading| &*heading.id).collect();
    assert_eq!((ids[0], ids[1], ids[count - 1]), ("same", "same-2", "same-3000"));
}

#[test]
fn anchors_of_headings_differ_from_each_other_and_from_the_pages_own() {
    for (source, expect) in [
        ("# A b\n\n# A b\n\n# Own {#mine}\n", &["a-b", "a-b-2", "mine"][..]),
        ("# P7\n\n# Pp\n", &["section-p7", "pp"]),
        ("# Fn-1\n\n# A {#fn-2}\n", &["section-fn-1", "section-fn-2"]),
        ("# Fnref-1\n\n# A {#fnref-1-2}\n\n# Fnref\n", &["section-fnref-1", "section-fnref-1-2", "fnref"]),
        ("# Page-top\n", &["section-page-top"]),
    ] {
        let ids: Vec<String> = body(source).headings.iter().map(|heading| heading.id.to_string()).collect();
        assert_eq!(ids, expect, "{source}");
    }
}

#[test]
fn footnotes_are_numbered_by_their_first_mention() {
    let body = body("[^b]: B.\n\nx[^a] y[^b] z[^a]\n\n[^a]: A.\n");
    let labels: Vec<_> = body.footnotes.iter().map(|f| (f.label.to_string(), f.mentions)).collect();
    assert_eq!(labels, [("a".into(), 2), ("b".into(), 1)]);
}

#[test]
fn raw_html_is_text_and_said_once() {
    let (body, problems) = parse("a <b>c</b>\n\n<div>\nd\n</div>\n", 5, Html::Escape, true);
    assert_eq!(body.words(&body.paragraphs[0].text), "a <b>c</b>");
    assert_eq!(body.words(&body.paragraphs[1].text), "<div> d </div>");
    assert_eq!(problems.iter().map(|p| (p.code, p.line, p.column)).collect::<Vec<_>>(), [(Code::EscapedHtml, 5, 3)]);
}

#[test]
fn what_is_opened_and_not_closed_is_reported() {
    for (source, code) in [
        ("```\na\n```\n\nb", None),
        ("~~~ text\na\n~~~~\n", None),
        ("> ```\n> a\n> ```\n\nb", None),
        ("- a\n\n  ```\n  b\n  ```\n", None),
        ("```\na\n\nb", Some(Code::UnclosedCode)),
        ("```", Some(Code::UnclosedCode)),
        ("a[^1]\n\n[^1]: b", None),
        ("a\\[^1] `[^2]` `[[`", None),
        ("a[^1] b", Some(Code::MissingFootnote)),
        ("[[a]] \\[[b", None),
        ("[[a", Some(Code::UnclosedLink)),
        ("[](a.md)", Some(Code::EmptyLink)),
        ("[![](a.jpg)](a.md)", None),
        ("[a]()", Some(Code::EmptyLink)),
        ("a {topics=b}", None),
        ("a \\{topics=b} `{topics=b}`", None),
        ("a {topics=b} c", Some(Code::StrayTag)),
        ("{topics=b}", Some(Code::StrayTag)),
        ("a {topics=\"\"}", Some(Code::StrayTag)),
        ("*a {topics=b}*", Some(Code::StrayTag)),
        ("|a|\n|-|\n|a {topics=b}|", Some(Code::StrayTag)),
        ("## a {topics=b}", Some(Code::StrayTag)),
    ] {
        let codes: Vec<Code> = parse(source, 1, Html::Escape, true).1.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, code.into_iter().collect::<Vec<_>>(), "{source:?}");
    }
}

#[test]
fn what_was_pasted_from_a_word_processor_is_reported() {
    for (source, code) in [
        ("State\tVote\nArvenia\tyes", Some(Code::PastedTable)),
        ("1.\tWe\n2.\tThey", None),
        ("45. A\tword\n\nnext\tword", None),
        ("said[1] so\n\n[1] A note", Some(Code::PastedNote)),
        ("said\\[1\\] so\n\n\\[1\\] A note", Some(Code::PastedNote)),
        ("said [1]\n\n[2] A note", None),
        ("[1] A list\n\n[2] of sources", None),
        ("a\n\n    b\n\n    c", Some(Code::IndentedCode)),
        ("- a\n\n    b", None),
        ("a\n    b", None),
        ("a[^1]\n\n[^1]: b\n\n[^1]: c", Some(Code::DuplicateFootnote)),
        ("他说**重点 **然后", Some(Code::LiteralEmphasis)),
        ("他说__重点__然后", Some(Code::LiteralEmphasis)),
        ("他说**重点**然后", None),
        ("他说**“重点”**然后", None),
        ("他说\\*\\*重点", None),
        ("2 ** 3 and `**字`", None),
        (" 3. a\n\n 4. b", None),
    ] {
        let codes: Vec<Code> = parse(source, 1, Html::Escape, true).1.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, code.into_iter().collect::<Vec<_>>(), "{source:?}");
    }
}

#[test]
fn a_single_tilde_strikes_nothing_out() {
    for (source, words, struck) in
        [("5~10 and 20~30", "5~10 and 20~30", 0), ("~~a~~ b", "a b", 1), ("~a~ ~~b~~", "~a~ b", 1)]
    {
        let body = body(source);
        let deleted = body.nodes.iter().filter(|node| matches!(node, Node::Open(Element::Strikethrough))).count();
        assert_eq!((body.text.trim_end(), deleted), (words, struck), "{source}");
    }
}

#[test]
fn words_without_a_column_are_put_into_the_last_cell() {
    let (body, problems) = parse("| a | b |\n|---|---|\n| c | d | e |\n| f |\n", 1, Html::Escape, true);
    assert_eq!(body.text.split_whitespace().collect::<Vec<_>>(), ["a", "b", "c", "d", "|", "e", "f"]);
    assert_eq!(problems.iter().map(|p| (p.code, p.line)).collect::<Vec<_>>(), [(Code::DroppedWords, 3)]);
}

#[test]
fn footnotes_are_found_whatever_the_case_of_their_label() {
    let body = body("a[^N]\n\n[^n]: b\n");
    assert_eq!(body.footnotes.iter().map(|note| note.mentions).collect::<Vec<_>>(), [1]);
}
