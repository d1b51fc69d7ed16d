//! Texts whose characters only look like those of a phrase, a name or a symbol -> they mean the same.

use crate::support::TestSite;

/// Language, phrase as its record has it, text as its author has it.
const PHRASES: &[(&str, &str, &str)] = &[
    ("en", "children's rights", "We speak of children’s rights."),
    ("en", "children’s rights", "We speak of children's rights."),
    ("en", "\"killer robots\"", "They are called \"killer robots\" here."),
    ("en", "“killer robots”", "They are called «killer robots» here."),
    ("en", "cease-fire", "The cease\u{2010}fire must hold."),
    ("en", "no-first-use", "A policy of no–first–use is due."),
    ("en", "arms race", "The arms\u{202f}race goes on."),
    ("en", "arms race", "The arms  race goes on."),
    ("en", "arms race", "The arms\nrace goes on."),
    ("en", "arms -- all of them", "The arms -- all of them -- are due."),
    ("en", "arms... and more", "The arms... and more."),
    ("fr", "manoeuvres", "Ces manœuvres cessent."),
    ("en", "verification", "Its verifi\u{ad}cation is due."),
    ("en", "verification", "Its verifi\u{2060}cation is due."),
    ("fr", "l'arme nucléaire", "Nous refusons l’arme\u{a0}nucléaire."),
    ("fr", "pays non-alignés", "Les pays non\u{2011}alignés le disent."),
    ("ar", "نزع السلاح", "نؤيد نزعَ الســلاح."),
    ("ar", "الأسلحة النووية", "نرفض الاسلحة النّووية."),
    ("he", "נשק גרעיני", "נגד נֶשֶׁק גַּרְעִינִי."),
    ("tr", "silahsızlanma", "SİLAHSIZLANMA ve İstanbul."),
    ("ru", "вооружённые силы", "Вооруженные\u{a0}силы."),
    ("zh", "1540号", "第１５４０号决议。"),
];

#[test]
fn a_phrase_is_found_in_whatever_characters_it_is_written() {
    let mut literal = "-- site.toml --\ntitle = \"S\"\n".to_owned();
    for (at, (language, phrase, text)) in PHRASES.iter().enumerate() {
        literal += &format!(
            "-- content/topics/t-{at}.md --\n---\ntitle: T {at}\nmatch:\n  {language}: ['{}']\n---\n",
            phrase.replace('\'', "''")
        );
        literal += &format!(
            "-- content/statements/s-{at}.md --\n---\ntitle: S {at}\ndate: 2024\nlanguage: {language}\n---\n{text}\n"
        );
    }
    let built = TestSite::new(&literal).build();
    for (at, (_, phrase, text)) in PHRASES.iter().enumerate() {
        let page = built.file(&format!("/topics/t-{at}/"));
        assert!(page.contains(&format!("/statements/s-{at}/")), "{phrase:?} is not found in {text:?}");
    }
}

#[test]
fn documents_and_names_are_linked_in_whatever_characters_they_are_written_and_shown_as_they_are() {
    let text = "S/RES/2231\u{a0}(2015), resolution 2231\u{202f}(2015), S/RES/2231 (2015); A/RES/ES\u{2011}10/19 and \
                resolution ES–10/19; A/C.1/72/L.\u{2060}3; Guinea\u{2011}Bissau, Côte d‘Ivoire, the Women’s  \
                Charter, the WC\u{2011}1, of Saudi\u{a0}Ara\u{ad}bia, in 72/27—not.";
    let mut literal = "-- site.toml --\ntitle = \"S\"\nbase_url = \"https://example.org/\"\n".to_owned();
    for code in ["GNB", "CIV", "SAU"] {
        literal += &format!(
            "-- content/statements/{}.md --\n---\ntitle: A\ndate: 2024\ndelegation: {code}\n---\nA.\n",
            code.to_lowercase()
        );
    }
    literal += "-- content/documents/wc.md --\n---\ntitle: Women's Charter\nsymbol: WC-1\n---\n";
    literal += &format!(
        "-- content/statements/a.md --\n---\ntitle: B\ndate: 2024\ndelegation: PER\nreferences: [\"S/RES/2231\u{a0}(2015)\", \"wc\u{2011}1\"]\n---\n{text}\n"
    );
    let built = TestSite::new(&literal).build();
    assert_eq!(built.diagnostics(), [""; 0]);
    let page = built.file("/statements/a/");
    for (words, url) in [
        ("S/RES/2231\u{a0}(2015)", "/documents/S/RES/2231_2015/"),
        ("2231\u{202f}(2015)", "/documents/S/RES/2231_2015/"),
        ("S/RES/2231 (2015)", "/documents/S/RES/2231_2015/"),
        ("A/RES/ES\u{2011}10/19", "/documents/A/RES/ES-10/19/"),
        ("ES–10/19", "/documents/A/RES/ES-10/19/"),
        ("A/C.1/72/L.\u{2060}3", "/documents/A/C.1/72/L.3/"),
        ("Guinea\u{2011}Bissau", "/delegations/gnb/"),
        ("Côte d‘Ivoire", "/delegations/civ/"),
        ("Women’s  Charter", "/documents/WC-1/"),
        ("Saudi\u{a0}Ara\u{ad}bia", "/delegations/sau/"),
    ] {
        let link = page
            .split("<a href=\"")
            .find(|link| link.split_once('>').is_some_and(|(_, rest)| rest.starts_with(&format!("{words}</a>"))));
        assert!(link.is_some_and(|link| link.starts_with(url)), "{words:?} does not lead to {url}: {link:?}\n{page}");
    }
    let of_document: Vec<String> =
        built.pages.keys().map(|path| path.url()).filter(|url| url.contains("2231")).collect();
    assert!(of_document.iter().all(|url| url.starts_with("/documents/S/RES/2231_2015/")), "{of_document:?}");
}

#[test]
fn names_in_front_matter_are_known_in_whatever_characters_they_are_written() {
    let built = TestSite::new(
        "-- site.toml --\ntitle = \"S\"\nbase_url = \"https://example.org/\"\n\
         -- content/topics/rights.md --\n---\ntitle: Women's rights\naliases: [\"the rights of women's kind\"]\n---\n\
         -- content/groups/nineteen.md --\n---\ntitle: Group of 19\naliases: [\"G-19\"]\n---\n\
         -- content/speakers/doe.md --\n---\ntitle: Jane O'Doe\n---\n\
         -- content/statements/a.md --\n---\ntitle: A\ndate: 2024\ndelegation: KAZ\u{200b}\n\
         topics: [\"the rights of women’s\u{a0}kind\"]\non_behalf_of: [\"G\u{2011}19\"]\n\
         speaker: { as_printed: \"JANE O’DOE\" }\n---\nA.\n",
    )
    .build();
    assert_eq!(built.diagnostics(), [""; 0]);
    for page in ["/topics/rights/", "/groups/nineteen/", "/delegations/kaz/", "/speakers/doe/"] {
        assert!(built.file(page).contains("/statements/a/"), "{page}");
    }
}
