//! Paragraphs whose words were said elsewhere: what is carried over, what is new, and the pages of passages.

use crate::support::{Built, TestSite, cards};

const COURTESY: &str = "Allow me at the outset to congratulate you warmly upon your election as Chair of this important \
    session and to assure you of the full support of my delegation.";
const COURTESY_FR: &str = "Permettez-moi d’abord de vous féliciter chaleureusement de votre élection à la présidence de \
    cette importante session et de vous assurer du plein appui de ma délégation.";
const CARRIED: &str = "We support the early start of negotiations on a legally binding instrument that would ban every \
    test that leaves fragments in orbit for decades.";
const CARRIED_FR: &str = "Nous appuyons l’ouverture rapide de négociations sur un instrument juridiquement contraignant \
    qui interdirait tout essai laissant des fragments en orbite pendant des décennies.";
const OLD: &str = "A register of launches, open to everybody, would build confidence among us all at a cost which nobody \
    would ever notice in any budget of theirs.";
const REWORDED: &str = "Were all rockets listed where each state can look them up, trust would grow between them, and for \
    hardly more money than is spent now.";
const OLD_FR: &str = "Un registre des lancements, ouvert à chacun, renforcerait la confiance entre nous tous pour un coût \
    que personne ne remarquerait dans aucun budget.";
const NEW: &str = "Kazakhstan offers the use of its observatory above Almaty, since 1957 the highest of the region, to \
    whoever counts what is left up there.";
const NEW_FR: &str = "Le Kazakhstan met son observatoire au-dessus d’Almaty, le plus haut de la région depuis 1957, à la \
    disposition de quiconque compte ce qui reste là-haut.";

fn add(site: &mut TestSite, file: &str, date: &str, delegation: &str, paragraphs: &[&str]) {
    let front = format!("title: The text {file}\ndate: {date}\ndelegation: {delegation}");
    let text = format!("---\n{front}\n---\n\n{}\n", paragraphs.join("\n\n"));
    site.edit(&format!("content/statements/{file}.md"), text);
}

/// Returns the numbers of the paragraphs that a statement's page calls carried over, and of those it calls new.
fn carried(built: &Built, url: &str) -> [Vec<String>; 2] {
    let view = built.view(url);
    ["carried", "new"].map(|which| {
        let numbers = view["carried"][which].as_array().unwrap();
        numbers.iter().map(number_of).collect()
    })
}

/// Formats a paragraph of such a list as the page does: `3 (quoted)`.
fn number_of(listed: &serde_json::Value) -> String {
    let quoted = if listed["quoted"] == true { " (quoted)" } else { "" };
    format!("{}{quoted}", listed["paragraph"]["number"].as_str().unwrap())
}

#[test]
fn no_version_calls_new_what_another_carries_over_nor_a_courtesy() {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"");
    add(&mut site, "a", "2020-10-01", "KAZ", &[CARRIED, OLD]);
    add(&mut site, "a.fr", "2020-10-01", "KAZ", &[CARRIED_FR, OLD_FR]);
    add(&mut site, "b", "2021-10-01", "KAZ", &[COURTESY, CARRIED, REWORDED, NEW]);
    let numbers = |built: &Built, url: &str| carried(built, url).map(|numbers| numbers.join(" "));
    assert_eq!(numbers(&site.build(), "/statements/b/"), ["2", "1 3 4"]);

    add(&mut site, "b.fr", "2021-10-01", "KAZ", &[COURTESY_FR, CARRIED_FR, OLD_FR, NEW_FR]);
    let built = site.build();
    assert_eq!(numbers(&built, "/statements/b/"), ["2", "1 4"]);
    assert_eq!(numbers(&built, "/fr/statements/b/"), ["2 3", "1 4"]);

    for (at, delegation) in ["FRA", "EGY", "CHN", "BRA", "IND", "ZAF", "NZL"].iter().enumerate() {
        add(&mut site, &format!("later-{at}"), "2022-10-01", delegation, &[COURTESY]);
    }
    assert_eq!(numbers(&site.build(), "/statements/b/"), ["2", "4"]);
}

#[test]
fn words_that_a_text_only_quotes_are_marked_and_never_new() {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"");
    add(&mut site, "a", "2020-10-01", "KAZ", &[CARRIED, REWORDED]);
    add(&mut site, "b", "2021-10-01", "FRA", &[&format!("> {CARRIED}"), &format!("> {OLD}"), NEW]);
    let built = site.build();
    assert_eq!(carried(&built, "/statements/b/").map(|numbers| numbers.join(", ")), ["1 (quoted)", "3"]);
    let passage = built.view("/passages/a/p1/");
    assert_eq!([&passage["leader"]["quoted"], &passage["followers"][0]["item"]["quoted"]], [false, true]);
}

/// Returns the URLs of the passages' pages.
fn passages(built: &Built) -> Vec<String> {
    built.pages.keys().map(|path| path.url()).filter(|url| url.starts_with("/passages/")).collect()
}

#[test]
fn a_passage_has_a_page_if_it_is_in_enough_statements() {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"");
    add(&mut site, "a", "2020-10-01", "KAZ", &[OLD, CARRIED, NEW, OLD]);
    assert_eq!(passages(&site.build()), [""; 0], "words repeated in one statement are not a passage");
    add(&mut site, "b", "2021-10-01", "KAZ", &[CARRIED, OLD]);
    add(&mut site, "c", "2022-10-01", "FRA", &[COURTESY, OLD]);
    for (least, pages) in [
        ("", &["/passages/", "/passages/a/p1/", "/passages/a/p2/"][..]),
        ("passages = 3", &["/passages/", "/passages/a/p1/"]),
        ("passages = 4", &[]),
        ("passages = 0", &[]),
    ] {
        let built = site.edit("site.toml", format!("title = \"Test\"\n{least}\n")).build();
        assert_eq!(passages(&built), pages, "{least}");
        assert_eq!(built.dead_links(), [""; 0], "{least}");
        let notes = built.file("/statements/c/").matches("Said elsewhere").count();
        assert!(notes > 0, "the note about other statements is next to a paragraph nevertheless");
    }
}

fn add_with(site: &mut TestSite, file: &str, front: &str, paragraphs: &[&str]) {
    let text = format!("---\ntitle: The text {file}\n{front}\n---\n\n{}\n", paragraphs.join("\n\n"));
    site.edit(&format!("content/statements/{file}.md"), text);
}

#[test]
fn simulated_words_do_not_count_with_real_ones() {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"");
    add_with(&mut site, "model-1", "date: 2018-05-01\ndelegation: XAA\nsimulated: true", &[CARRIED, OLD]);
    add_with(&mut site, "model-2", "date: 2022-05-01\ndelegation: XBB\nsimulated: true", &[CARRIED, NEW]);
    add(&mut site, "a", "2020-10-01", "KAZ", &[CARRIED, OLD]);
    add(&mut site, "b", "2021-10-01", "FRA", &[CARRIED]);
    let built = site.build();
    assert_eq!(passages(&built), ["/passages/", "/passages/a/p1/", "/passages/model-1/p1/"]);
    let passage = built.view("/passages/a/p1/");
    // A simulated text had the words before, so it is not claimed that nobody had.
    assert_eq!(passage["summary"], "In 2 statements by 2 delegations.");
    assert_eq!(passage["followers"].as_array().unwrap().len(), 1);
    let note = built.file("/statements/b/");
    assert!(note.contains("Said elsewhere by 1 delegation") && !note.contains("XAA</bdi> <a"), "{note}");
    // No real text calls words new that a simulated one had before, nor the other way round.
    assert_eq!(carried(&built, "/statements/b/").map(|numbers| numbers.join(" ")), ["1", ""]);
    assert!(built.view("/statements/a/")["carried"].is_null());
    assert_eq!(carried(&built, "/statements/model-2/").map(|numbers| numbers.join(" ")), ["1", "2"]);
    // If all texts are simulated, all are compared.
    for file in ["a", "b"] {
        site.replace(&format!("content/statements/{file}.md"), "date:", "simulated: true\ndate:");
    }
    let built = site.build();
    assert_eq!(
        built.view("/passages/model-1/p1/")["summary"],
        "In 4 statements by 4 delegations. Nobody in this collection said it before."
    );
}

#[test]
fn words_of_a_withdrawn_text_are_not_called_new() {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"");
    add(&mut site, "a", "2020-10-01", "KAZ", &[CARRIED]);
    add(&mut site, "b", "2021-10-01", "FRA", &[CARRIED]);
    let first = "Nobody in this collection said it before.";
    assert!(site.build().file("/passages/a/p1/").contains(first));
    for (date, is_first) in [("2019-01-01", false), ("2020", false), ("2021-01-01", true)] {
        add_with(&mut site, "gone", &format!("date: {date}\ndelegation: XAA\nstatus: withdrawn"), &[CARRIED]);
        let built = site.build();
        assert_eq!(built.file("/passages/a/p1/").contains(first), is_first, "{date}");
        assert_eq!(built.file("/statements/a/").contains("First said here"), is_first, "{date}");
        assert!(!built.file("/passages/a/p1/").contains("The text gone"));
        assert_eq!(built.view("/statements/a/")["carried"]["is_all_new"] == true, is_first, "{date}");
        assert!(built.view("/statements/gone/")["carried"].is_null(), "{date}");
    }
}

#[test]
fn a_passage_is_headed_by_the_words_that_all_share() {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"");
    add(&mut site, "a", "2020-10-01", "KAZ", &[&format!("{NEW} {CARRIED}")]);
    add(&mut site, "b", "2021-10-01", "FRA", &[CARRIED]);
    let built = site.build();
    let title = built.view("/passages/a/p1/")["title"].as_str().unwrap().to_owned();
    assert!(title.starts_with("“… We support the early start of negotiations"), "{title}");
    let row = built.view("/passages/")["passages"][0]["text"].as_str().unwrap().to_owned();
    assert!(row.starts_with("… We support the early start"), "{row}");
}

#[test]
fn words_that_are_struck_out_are_in_no_excerpt_and_no_passage() {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"\nbase_url = \"https://example.org/\"");
    let struck = CARRIED.replace("that would ban", "that ~~certainly~~ would ban");
    let struck = format!("As ~~practically all of~~ A/RES/72/27 says: {struck}");
    add(&mut site, "a", "2020-10-01", "KAZ", &[&struck, &format!("~~{OLD}~~")]);
    add(&mut site, "b", "2021-10-01", "FRA", &[&struck, &format!("~~{OLD}~~")]);
    let built = site.build();
    for url in ["/passages/a/p1/", "/delegations/kaz/", "/feed.xml", "/passages/", "/documents/A/RES/72/27/"] {
        assert!(built.file(url).contains("that would ban"), "{url}: {}", built.file(url));
        assert!(!built.file(url).contains("certainly") && !built.file(url).contains("practically"), "{url}");
    }
    assert!(built.file("/statements/a/").contains("<del>certainly</del>"));
}

#[test]
fn a_quotation_at_the_beginning_does_not_count_as_the_texts_own_words() {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"");
    add(&mut site, "a", "2020-10-01", "KAZ", &[&format!("> {OLD}"), NEW]);
    add(&mut site, "b", "2021-10-01", "KAZ", &[&format!("> {OLD}")]);
    let built = site.build();
    let view = built.view("/delegations/kaz/");
    let cards = cards(&view);
    let excerpts: Vec<&str> = cards.iter().map(|card| card["excerpt"].as_str().unwrap()).collect();
    assert!(excerpts[1].starts_with("Kazakhstan offers"), "{excerpts:?}");
    assert!(excerpts[0].starts_with("“A register of launches"), "{excerpts:?}");
}
