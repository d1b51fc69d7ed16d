//! Documents with words that nobody sees -> drafts without them, and a report that lists them.

use plenary::import::mended::Reason;

use crate::letters::{WORDS, docx, doubts, left_out, paragraph, run};
use crate::office::odt_of;
use crate::support::drafted;

#[test]
fn invisible_words_are_left_out_and_reported() {
    let indented = "<w:p><w:pPr><w:ind w:left=\"-31000\"/></w:pPr><w:r><w:t>off the page</w:t></w:r></w:p>";
    let shaded = "<w:p><w:pPr><w:shd w:fill=\"000080\"/></w:pPr><w:r><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr><w:t>Seen on blue.</w:t></w:r></w:p>";
    let body = paragraph(&run("", WORDS))
        + &paragraph(&run("<w:color w:val=\"FFFFFF\"/>", "white on white"))
        + &paragraph(&run("<w:sz w:val=\"2\"/>", "one point high"))
        + indented
        + shaded;
    let of_word = drafted("a.docx", &docx(&body));
    let styles = r##"<o:styles xmlns:o="o" xmlns:s="s" xmlns:t="t" xmlns:f="f"><s:style s:name="White"><s:text-properties f:color="#ffffff"/></s:style>
        <s:style s:name="Point"><s:text-properties f:font-size="1pt"/></s:style>
        <s:style s:name="Far"><s:paragraph-properties f:margin-left="-60cm"/></s:style>
        <s:style s:name="Blue"><s:paragraph-properties f:background-color="#000080"/><s:text-properties f:color="#ffffff"/></s:style></o:styles>"##;
    let paragraphs =
        [("White", "white on white"), ("Point", "one point high"), ("Far", "off the page"), ("Blue", "Seen on blue.")];
    let paragraphs = paragraphs.map(|(style, words)| format!("<t:p t:style-name=\"{style}\">{words}</t:p>")).concat();
    let of_odt = drafted("a.odt", &odt_of(&format!("<t:p>{WORDS}</t:p>{paragraphs}"), &[("styles.xml", styles)]));
    let page = format!(
        "<html><style>.w {{ color: #fff }} .b {{ background: #000080 }}</style><main><p>{WORDS}</p><p class=w>white on white</p>
        <p style='font-size: 1pt'>one point high</p><p style='position: absolute; left: -9999px'>off the page</p>
        <div class=b><p class=w>Seen on blue.</p></div></main>"
    );
    for (format, drafted) in [("docx", of_word), ("odt", of_odt), ("html", drafted("a.html", page.as_bytes()))] {
        assert_eq!(drafted.draft.body, format!("{WORDS}\n\nSeen on blue.\n"), "{format}");
        let expect = ["white on white", "one point high", "off the page"].map(|words| (Reason::Hidden, words));
        assert_eq!(left_out(&drafted), expect, "{format}");
        assert!(doubts(&drafted).contains("there are hidden words"), "{format}");
    }
}
