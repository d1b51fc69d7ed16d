//! Documents whose letters are struck out, raised, hidden or numbered by their program -> what is in the draft, and
//! what is reported.

use plenary::import::item::{Drafted, Outcome};
use plenary::import::judging::Verdict;
use plenary::import::mended::Reason;

use crate::office::{docx_with, odt_of};
use crate::support::{drafted, imported, snapshot};

pub(crate) const WORDS: &str =
    "We came to this hall with the hope that the work which began in spring will be done before the snow.";

pub(crate) fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[] as &[(&str, &[u8])])
}

pub(crate) fn run(properties: &str, words: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

pub(crate) fn paragraph(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

pub(crate) fn doubts(drafted: &Drafted) -> String {
    drafted.doubts.iter().map(|doubt| format!("{}\n", doubt.message)).collect()
}

pub(crate) fn left_out(drafted: &Drafted) -> Vec<(Reason, &str)> {
    drafted.removals.iter().map(|removal| (removal.reason, removal.text.as_str())).collect()
}

/// Returns the last paragraph of the draft of a text with this paragraph, in each format that can express it.
fn last_paragraphs(word: &str, open: &str, page: &str) -> Vec<(&'static str, Drafted)> {
    let odt_styles = r#"<o:styles xmlns:o="o" xmlns:s="s" xmlns:t="t" xmlns:f="f"><s:style s:name="Out"><s:text-properties s:text-line-through-style="solid"/></s:style>
        <s:style s:name="Type"><s:text-properties s:text-line-through-type="double"/></s:style>
        <s:style s:name="In" s:parent-style-name="Out"><s:text-properties s:text-line-through-style="none"/></s:style>
        <s:style s:name="Up"><s:text-properties s:text-position="super 58%"/></s:style>
        <s:style s:name="Raised"><s:text-properties s:text-position="33% 58%"/></s:style>
        <s:style s:name="Down"><s:text-properties s:text-position="sub 58%"/></s:style></o:styles>"#;
    let of_word = docx(&format!("{}{}", paragraph(&run("", WORDS)), paragraph(word)));
    let of_odt = odt_of(&format!("<t:p>{WORDS}</t:p><t:p>{open}</t:p>"), &[("styles.xml", odt_styles)]);
    let of_page = format!(
        "<html><style>.gone {{ text-decoration: line-through }} .up {{ vertical-align: super }}</style><main><p>{WORDS}</p><p>{page}</p></main>"
    );
    vec![
        ("docx", drafted("a.docx", &of_word)),
        ("odt", drafted("a.odt", &of_odt)),
        ("html", drafted("a.html", of_page.as_bytes())),
    ]
}

#[test]
fn struck_out_words_are_struck_out_in_the_draft_and_reported() {
    let word = [
        run("", "We "),
        run("<w:strike/>", "cannot "),
        run("", "agree, nor "),
        run("<w:dstrike w:val=\"true\"/><w:b/>", "ever"),
        run("<w:strike w:val=\"0\"/>", " would."),
    ];
    let open = "We <t:span t:style-name=\"Out\">cannot </t:span>agree, nor <t:span t:style-name=\"Type\">ever</t:span><t:span t:style-name=\"In\"> would.</t:span>";
    let page = "We <del>cannot </del>agree, nor <span class=\"gone\">ever</span> would.";
    for (format, drafted) in last_paragraphs(&word.concat(), open, page) {
        let body = drafted.draft.body.replace("**", "");
        assert!(body.ends_with("\nWe ~~cannot~~ agree, nor ~~ever~~ would.\n"), "{format}: {body}");
        snapshot(&format!("letters-struck-out-{format}"), &doubts(&drafted));
    }
    let by_style = r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:default="1" w:styleId="N"/>
        <w:style w:type="paragraph" w:styleId="Old"><w:basedOn w:val="N"/><w:rPr><w:strike/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="Older"><w:basedOn w:val="Old"/></w:style>
        <w:style w:type="character" w:styleId="C"><w:rPr><w:dstrike/></w:rPr></w:style></w:styles>"#;
    let body = format!(
        "{}<w:p><w:pPr><w:pStyle w:val=\"Older\"/></w:pPr>{}{}</w:p>{}",
        paragraph(&run("", WORDS)),
        run("", "All of this"),
        run("<w:strike w:val=\"false\"/>", " but not that"),
        paragraph(&(run("", "And ") + &run("<w:rStyle w:val=\"C\"/>", "these"))),
    );
    let drafted = drafted("a.docx", &docx_with(&body, &[("word/styles.xml", by_style)]));
    assert!(
        drafted.draft.body.ends_with("\n~~All of this~~ but not that\n\nAnd ~~these~~\n"),
        "{}",
        drafted.draft.body
    );
}

#[test]
fn facts_about_a_text_are_not_taken_from_struck_out_words() {
    let body = [
        paragraph(&(run("", "Statement by the Republic of ") + &run("<w:strike/>", "Chile") + &run("", " Peru"))),
        paragraph(&(run("", "New York, ") + &run("<w:strike/>", "4 May 2023 ") + &run("", "5 June 2024"))),
        paragraph(&run("", WORDS)),
    ];
    let drafted = drafted("a.docx", &docx(&body.concat()));
    let value = |key: &str| drafted.known.get(key).map(|found| found.value.clone()).unwrap_or_default();
    assert_eq!((value("delegation").as_str(), value("date").as_str()), ("PER", "2024-06-05"));
}

#[test]
fn raised_and_lowered_numbers_stay_raised_and_lowered() {
    let up = "<w:vertAlign w:val=\"superscript\"/>";
    let word = [
        run("", "Some 4 x 10"),
        run(up, "-7"),
        run("", " g of CO"),
        run("<w:vertAlign w:val=\"subscript\"/>", "2"),
        run("", ", 9 km"),
        run("<w:position w:val=\"8\"/>", "2"),
        run("", ", the 4"),
        run(up, "th"),
        run("", " time.”"),
        run(up, "12"),
    ];
    let open = "Some 4 x 10<t:span t:style-name=\"Up\">-7</t:span> g of CO<t:span t:style-name=\"Down\">2</t:span>, 9 km<t:span t:style-name=\"Raised\">2</t:span>, the 4<t:span t:style-name=\"Up\">th</t:span> time.”<t:span t:style-name=\"Up\">12</t:span>";
    let page = "Some 4 x 10<sup>-7</sup> g of CO<sub>2</sub>, 9 km<span class=\"up\">2</span>, the 4<sup>th</sup> time.”<sup><a href=\"#n12\">12</a></sup>";
    for (format, drafted) in last_paragraphs(&word.concat(), open, page) {
        let body = &drafted.draft.body;
        assert!(body.ends_with("\nSome 4 x 10⁻⁷ g of CO₂, 9 km², the 4th time.”¹²\n"), "{format}: {body}");
    }
    // What no character can show is reported, and a text that is raised as a whole is not raised relative to anything.
    let body = paragraph(&run("", WORDS))
        + &paragraph(&(run("", "١٠") + &run(up, "٦")))
        + &paragraph(&run(up, "Room 4, New York"));
    let drafted = drafted("a.docx", &docx(&body));
    assert!(drafted.draft.body.ends_with("\nRoom 4, New York\n"), "{}", drafted.draft.body);
    snapshot("letters-raised", &doubts(&drafted));
}

#[test]
fn raised_and_lowered_letters_are_shown_or_reported() {
    let [up, down] = ["superscript", "subscript"].map(|at| format!("<w:vertAlign w:val=\"{at}\"/>"));
    let of_word = |text: &str, shift: &str, pieces: &[&str]| {
        let italic = |(i, piece): (usize, &&str)| run(&format!("{}{shift}", ["", "<w:i/>"][i % 2]), piece);
        run("", text) + &pieces.iter().enumerate().map(italic).collect::<String>() + &run("", " so")
    };
    for (text, raised, pieces, expect, reported) in [
        ("We keep the treaty", true, ["c", ""], "We keep the treatyᶜ so", ""),
        ("Of the 12", true, ["b", ""], "Of the 12ᵇ so", ""),
        ("It grows by 3", true, ["y", "-1"], "It grows by 3ʸ⁻¹ so", ""),
        ("It grows by 10", true, ["-", "4"], "It grows by 10⁻⁴ so", ""),
        ("On the 4", true, ["t", "h"], "On the 4t*h* so", ""),
        (
            "It is 5",
            true,
            ["q", ""],
            "It is 5q so",
            "`q` is raised or lowered in the original, and is level in the draft: `5q`",
        ),
        ("We set k", false, ["m,n", ""], "We set km,n so", ": `km,n`"),
        ("We set k", false, ["mn", ""], "We set kₘₙ so", ""),
    ] {
        let [first, second] = pieces;
        let (tag, style, shift) = if raised { ("sup", "Up", &up) } else { ("sub", "Down", &down) };
        let word = of_word(text, shift, &pieces);
        let open = format!("{text}<t:span t:style-name=\"{style}\">{first}<t:span>{second}</t:span></t:span> so");
        let page = format!("{text}<{tag}>{first}<i>{second}</i></{tag}> so");
        for (format, drafted) in last_paragraphs(&word, &open, &page) {
            let expect = if format == "odt" { expect.replace('*', "") } else { expect.to_owned() };
            assert!(drafted.draft.body.ends_with(&format!("\n{expect}\n")), "{format}: {}", drafted.draft.body);
            assert_eq!(doubts(&drafted).contains("raised or lowered"), !reported.is_empty(), "{format} {expect}");
            assert!(doubts(&drafted).contains(reported), "{format}: {}", doubts(&drafted));
            assert_eq!(drafted.judgement.verdict == Verdict::Ok, reported.is_empty(), "{format} {expect}");
        }
    }
    // Spanish and French raise the letters of their ordinals.
    let page = "<main><p>En la 15<sup>a</sup> sesión de la Comisión nos reunimos con la esperanza de que los trabajos que comenzaron en la primavera terminen antes del invierno.</main>";
    assert!(drafted("a.html", page.as_bytes()).draft.body.starts_with("En la 15a sesión"));
}

#[test]
fn collapsed_rows_are_hidden_words() {
    let row = |of: &str, words: &str| {
        format!(
            "<t:table-row {of}><t:table-cell><t:p>{words}</t:p></t:table-cell><t:table-cell><t:p>2</t:p></t:table-cell></t:table-row>"
        )
    };
    let rows = row("", "seen") + &row("t:visibility=\"collapse\"", "folded") + &row("", "last");
    let of_odt = drafted("a.odt", &odt_of(&format!("<t:p>{WORDS}</t:p><t:table>{rows}</t:table>"), &[]));
    let page = format!(
        "<main><p>{WORDS}<table><tr><td>seen<td>2<tr style=\"display:none\"><td>folded<td>2<tr><td>last<td>2</table></main>"
    );
    for (format, drafted) in [("odt", of_odt), ("html", drafted("a.html", page.as_bytes()))] {
        assert!(!drafted.draft.body.contains("folded"), "{}", drafted.draft.body);
        assert!(drafted.draft.body.contains("last"), "{}", drafted.draft.body);
        snapshot(&format!("letters-folded-{format}"), &doubts(&drafted));
    }
}

#[test]
fn formulas_do_not_become_other_numbers() {
    let t = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let power = format!("<m:oMath><m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup></m:oMath>", t("10"), t("8"));
    let half = format!("<m:oMath><m:f><m:num>{}</m:num><m:den>{}</m:den></m:f></m:oMath>", t("1"), t("2"));
    let body = paragraph(&run("", WORDS)) + &paragraph(&(run("", "About ") + &power + &run("", " of ") + &half));
    let of_word = drafted("a.docx", &docx(&body));
    let page = format!(
        "<main><p>{WORDS}<p>About <math><msup><mn>10</mn><mn>8</mn></msup></math> of <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></main>"
    );
    for (format, drafted) in [("docx", of_word), ("html", drafted("a.html", page.as_bytes()))] {
        assert!(drafted.draft.body.ends_with("\nAbout 10⁸ of 1/2\n"), "{}", drafted.draft.body);
        snapshot(&format!("letters-formula-{format}"), &doubts(&drafted));
    }
}

#[test]
fn words_hidden_by_a_style_are_left_out_and_reported() {
    let styles = r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="Memo"><w:rPr><w:vanish/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Memo"/></w:style>
        <w:style w:type="paragraph" w:styleId="Seen"><w:basedOn w:val="Memo"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style></w:styles>"#;
    let of =
        |style: &str, words: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run("", words));
    let body = paragraph(&run("", WORDS))
        + &of("Memo", "note to self")
        + &of("Sub", "and another")
        + &of("Seen", "Seen by all.");
    let of_word = drafted("a.docx", &docx_with(&body, &[("word/styles.xml", styles)]));
    let styles = r#"<o:styles xmlns:o="o" xmlns:s="s" xmlns:t="t"><s:style s:name="Memo"><s:text-properties t:display="none"/></s:style>
        <s:style s:name="Sub" s:parent-style-name="Memo"/><s:style s:name="Seen" s:parent-style-name="Sub"><s:text-properties t:display="true"/></s:style></o:styles>"#;
    let body = format!(
        "<t:p>{WORDS}</t:p><t:p t:style-name=\"Memo\">note to self</t:p><t:section t:display=\"none\"><t:p>and another</t:p></t:section><t:p t:style-name=\"Sub\"><t:span t:style-name=\"Seen\">Seen by all.</t:span></t:p>"
    );
    let of_odt = drafted("a.odt", &odt_of(&body, &[("styles.xml", styles)]));
    let page = format!(
        "<html><style>.memo {{ display: none }} .dim {{ visibility: hidden }} .dim b {{ visibility: visible }}</style>
        <main><p>{WORDS}</p><p class=memo>note to self</p><p class=dim>and another</p><p>Seen by all.</p></main>"
    );
    for (format, drafted) in [("docx", of_word), ("odt", of_odt), ("html", drafted("a.html", page.as_bytes()))] {
        assert_eq!(drafted.draft.body, format!("{WORDS}\n\nSeen by all.\n"), "{}", drafted.reader);
        let expect = [(Reason::Hidden, "note to self"), (Reason::Hidden, "and another")];
        assert_eq!(left_out(&drafted), expect, "{}", drafted.reader);
        snapshot(&format!("letters-hidden-{format}"), &doubts(&drafted));
    }
}

#[test]
fn texts_of_other_parts_are_read_in_place_or_reported() {
    let relation = |id: &str, kind: &str, target: &str, mode: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"x/{kind}\" Target=\"{target}\" {mode}/>")
    };
    let inner = docx(&paragraph(&run("<w:strike/>", "From a document.")));
    let body = [
        paragraph(&run("", WORDS)),
        "<w:altChunk r:id=\"h\"/><w:altChunk r:id=\"t\"/><w:altChunk r:id=\"d\"/><w:altChunk r:id=\"m\"/><w:subDoc r:id=\"s\"/>".to_owned(),
        paragraph("<w:r><w:drawing><a:graphicData><dgm:relIds r:dm=\"g\"/></a:graphicData></w:drawing></w:r>"),
        paragraph("<w:r><w:pict><v:shape><v:textpath string=\"CONFIDENTIAL\"/></v:shape></w:pict></w:r>"),
        paragraph("<w:r><w:object><o:OLEObject ProgID=\"Excel.Sheet.12\"/></w:object></w:r>"),
        paragraph(&run("", "The end.")),
        "<w:future>new words</w:future>".to_owned(),
    ];
    let relations = format!(
        "<Relationships>{}{}{}{}{}{}{}</Relationships>",
        relation("h", "aFChunk", "part.html", ""),
        relation("t", "aFChunk", "/word/part.txt", ""),
        relation("d", "aFChunk", "part.docx", ""),
        relation("m", "aFChunk", "part.mht", ""),
        relation("s", "subDocument", "chapter.docx", "TargetMode=\"External\""),
        relation("g", "diagramData", "diagrams/data1.xml", ""),
        relation("c", "comments", "notes.xml", ""),
    );
    let parts: [(&str, &[u8]); 7] = [
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/part.html", b"<p>From a <b>page</b>.</p>"),
        ("word/part.txt", b"From a plain text."),
        ("word/part.docx", &inner),
        ("word/part.mht", b"MIME-Version: 1.0"),
        ("word/diagrams/data1.xml", b"<dgm:m><a:p><a:r><a:t>Boxes and arrows</a:t></a:r></a:p></dgm:m>"),
        (
            "word/notes.xml",
            b"<w:comments><w:comment><w:p><w:r><w:t>Say this?</w:t></w:r></w:p></w:comment></w:comments>",
        ),
    ];
    let drafted = drafted("a.docx", &docx_with(&body.concat(), &parts));
    let expect = format!("{WORDS}\n\nFrom a **page**.\n\nFrom a plain text.\n\n~~From a document~~.\n\nThe end.\n");
    assert_eq!(drafted.draft.body, expect);
    snapshot("letters-other-parts", &doubts(&drafted));
    for said in [
        (Reason::Graphic, "Boxes and arrows"),
        (Reason::Box, "CONFIDENTIAL"),
        (Reason::Unknown, "new words"),
        (Reason::Comment, "Say this?"),
    ] {
        assert!(left_out(&drafted).contains(&said), "{said:?}: {:?}", left_out(&drafted));
    }
}

#[test]
fn fields_show_their_results_and_not_their_commands() {
    let field = |command: &str, words: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{command}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{words}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let nested = format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>{}<w:r><w:instrText> = 1 \"a\" \"b\"</w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        field("MERGEFIELD n", &run("", "SECRET")),
        run("", "shown"),
    );
    let simple =
        format!("<w:fldSimple w:instr=' HYPERLINK \"https://b.example/\" '>{}</w:fldSimple>", run("", "there"));
    let body = [
        paragraph(&run("", WORDS)),
        paragraph(
            &[
                nested,
                run("", ", see "),
                field("HYPERLINK \"https://a.example/\"", &run("", "here")),
                run("", " and "),
                simple,
            ]
            .concat(),
        ),
        paragraph(&[field("TOC \\o", ""), field("REF x", &run("", "annex 2"))].concat()),
        paragraph(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>EQ \\f(1;2)</w:instrText><w:fldChar w:fldCharType=\"end\"/></w:r>",
        ),
        paragraph(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>AUTONUM</w:instrText><w:fldChar w:fldCharType=\"end\"/><w:t>We go on.</w:t></w:r>",
        ),
    ];
    let drafted = drafted("a.docx", &docx(&body.concat()));
    let expect = format!(
        "{WORDS}\n\nshown, see [here](https://a.example/) and [there](https://b.example/)\n\nannex 2\n\n1\\. We go on.\n"
    );
    assert_eq!(drafted.draft.body, expect);
    snapshot("letters-fields", &doubts(&drafted));
}

#[test]
fn numbers_are_written_as_the_program_prints_them() {
    let level = |at: u8, format: &str, text: &str, more: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\">{}{}{}</w:abstractNum><w:num w:numId=\"4\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>",
        level(0, "upperRoman", "%1.", ""),
        level(1, "decimal", "%1.%2)", "<w:isLgl/><w:lvlRestart w:val=\"0\"/>"),
        level(2, "russianLower", "%3)", "<w:pStyle w:val=\"Third\"/>"),
    );
    let styles = r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="Third"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style></w:styles>"#;
    let of = |level: u8, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"4\"/></w:numPr></w:pPr>{}</w:p>",
            run("", words)
        )
    };
    let body = [
        of(0, WORDS),
        of(1, "One."),
        "<w:p><w:pPr><w:pStyle w:val=\"Third\"/></w:pPr><w:r><w:t>Third.</w:t></w:r></w:p>".to_owned(),
        of(0, ""),
        of(0, "Three."),
        of(1, "Goes on."),
    ];
    let parts = [("word/numbering.xml", numbering.as_bytes()), ("word/styles.xml", styles.as_bytes())];
    let drafted = drafted("a.docx", &docx_with(&body.concat(), &parts));
    assert_eq!(drafted.draft.body, format!("I. {WORDS}\n\n1.1) One.\n\nа) Third.\n\nIII. Three.\n\n3.2) Goes on.\n"));
    snapshot("letters-numbers", &doubts(&drafted));
}

#[test]
fn one_invalid_byte_is_reported_and_the_rest_is_not_affected() {
    let french = "Monsieur le Président, permettez-moi de vous féliciter de votre élection à la présidence de cette commission.\n";
    let mut bytes = french.repeat(3).into_bytes();
    bytes.insert(french.len() + 3, 0xe9);
    let drafted = drafted("a.txt", &bytes);
    assert!(drafted.draft.body.contains("féliciter de votre élection"), "{}", drafted.draft.body);
    assert_eq!(drafted.judgement.verdict, Verdict::Suspect);
    let doubt = drafted.doubts.iter().find(|doubt| doubt.message.contains("is not UTF-8")).unwrap();
    assert_eq!((doubt.line, doubt.column), (2, 4));
    let page = [b"<meta charset=utf-8><p>".as_slice(), &bytes].concat();
    let Outcome::Drafted(drafted) = imported("a.html", &page) else { panic!("no draft") };
    snapshot("letters-wrong-byte", &doubts(&drafted));
}
