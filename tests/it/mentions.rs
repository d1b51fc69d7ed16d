//! Texts that name delegations, groups, forums and topics -> unobtrusive links to the pages that the site has of them.

use std::collections::BTreeSet;

use crate::support::{Built, TestSite};

/// Text by language, and the pages that it links to, in order.
const TEXTS: &[(&str, &str, &str)] = &[
    ("en", "Kazakhstan's partners are the Niger, Nigeria and the United States of America.", "kaz ner nga usa"),
    ("en", "Guinea, Papua New Guinea, Guinea-Bissau, Equatorial Guinea and the Gulf of Guinea.", "gin png gnb gnq"),
    ("en", "The Republic of Korea and the Democratic People’s Republic of Korea, not Korea.", "kor prk"),
    ("en", "The Congo is two states: the Republic of the Congo and the Democratic Republic of the Congo.", "cog cod"),
    ("en", "In Romania a Somali eats turkey, and a Nigerian comes from Malian Timbuktu.", "rou"),
    ("en", "Mr. Jordan and Michael Jordan met Chad Smith in Jordan, east of the Jordan River.", "jor"),
    ("en", "Jordan, Chad and Israel agree. As Georgia said in Atlanta, Georgia, we agree.", "jor tcd isr geo"),
    ("en", "Côte d'Ivoire, São Tomé and Príncipe, Türkiye, Turkey again and Viet Nam.", "civ stp tur vnm"),
    ("en", "The Group of 77 and China, the G77, the EU and NAM, but not eu or nam.", "g77 eu nam"),
    ("en", "The Group of 7, the European Union’s members, EU-led or not, and the UNEU.", "eu"),
    ("en", "The Security Council and the First Committee, first committee.", "unsc unga-c1"),
    ("en", "The South China Sea is no state; the Chair of Turkey speaks for China.", "tur chn"),
    ("en", "[France](https://example.org/), `Fiji` and *Peru* are named, and [[delegation:CHL]], Chile.", "per"),
    ("en", "The People’s Republic of China, not the Republic of China; KENYA AND THE UNITED STATES.", "chn ken usa"),
    ("en", "From Mexico City to Indo-China, and to Mexico and China.", "mex chn"),
    ("en", "{topics=\"Kenya\"} Peru, {topics=Chile, Peru} and {topics=Kenya", "per"),
    ("en", "Small Arms, small arms and smaller arms.", "arms"),
    ("fr", "L'Iran, l’Égypte, l'Egypte encore, la Côte d’Ivoire et le Royaume-Uni.", "irn egy civ gbr"),
    ("fr", "Le Niger et le Nigéria ; la Guinée, pas la Nouvelle-Guinée ; M. Maurice Durand.", "ner nga gin"),
    (
        "fr",
        "D'Haïti aux États-Unis d'Amérique, l'Union européenne et le Mouvement des pays non alignés.",
        "hti usa eu nam",
    ),
    ("fr", "Au nom de Jordan et Japan, Les armes légères.", "arms"),
    ("es", "La República de Corea y la República Popular Democrática de Corea; Corea.", "kor prk"),
    ("es", "Guinea, Guinea-Bissau, Guinea Ecuatorial y Nueva Guinea; Arabia Saudita; el Irán.", "gin gnb gnq sau irn"),
    ("es", "El Presidente Mauricio Prado, de Kazajstán, y la Unión Europea. El RU no.", "kaz eu"),
    ("ru", "Казахстана, Казахстаном и о Казахстане; казахстанский.", "kaz"),
    ("ru", "Из Российской Федерации в Южный Судан, не в Судан: о Южном Судане, о Судане.", "rus ssd sdn"),
    ("ru", "Между Республикой Корея и Корейской Народно-Демократической Республикой.", "kor prk"),
    ("ru", "Кроме того. Того, кто это сказал, нет; но делегация Того здесь.", "tgo"),
    ("ru", "КРОМЕ ТОГО, В КАЗАХСТАНЕ.", "kaz"),
    ("ru", "Соединенными Штатами, Коста-Рикой, Беларусью, Египтом, Перу и Чили.", "usa cri blr egy per chl"),
    ("ru", "В Совете Безопасности, от имени Группы 77 и Движения неприсоединения.", "unsc g77 nam"),
    ("ar", "والعراق وبالعراق وللعراق، ولبنان ومصر، والمصري والنظام مالي.", "irq lbn egy"),
    ("ar", "جمهورية كوريا وجمهورية كوريا الشعبية الديمقراطية، والنيجر ونيجيريا.", "kor prk ner nga"),
    ("ar", "من نهر الأردن إلى المملكة الأردنية الهاشمية، وجمهورية مالي، ومجلس الأمن.", "jor mli unsc"),
    ("zh", "发展中国家和中国一样，印度尼西亚不是印度。", "chn idn ind"),
    ("zh", "索马里与马里，几内亚比绍与几内亚湾，约旦河西岸。", "som mli gnb"),
    ("zh", "代表77国集团和中国，在安理会支持大韩民国。拉美国家。", "g77 unsc kor"),
    ("zh", "执法国际合作，法国同意。", "fra"),
    ("zh-Hant", "發展中國家和中國一樣，內蒙古與理查德不是國名，俄羅斯在安理會發言。", "chn rus unsc"),
];

/// Returns the targets of a page's unobtrusive links.
fn mentioned(built: &Built, path: &str) -> String {
    let page = built.file(path);
    let tags = page.split("<a href=\"/").skip(1).filter_map(|rest| rest.split_once("\" class=\"mention\">"));
    let codes = tags.filter_map(|(path, _)| path.trim_end_matches('/').rsplit('/').next());
    codes.collect::<Vec<_>>().join(" ")
}

#[test]
fn names_are_found_in_six_languages_and_what_only_looks_like_one_is_not() {
    let mut site = TestSite::new("-- site.toml --\nbase_url = \"https://example.org/\"\n");
    let known = "kaz ner nga usa gin png gnb gnq kor prk cog cod rou jor tcd isr geo civ stp tur vnm chn fra fji per chl \
        irn ken mex egy gbr hti sau rus ssd sdn tgo cri blr irq lbn mli idn ind som";
    for code in known.split(' ') {
        site.edit(&format!("content/delegations/{code}.md"), format!("---\ntitle: The one of {code}\n---\n"));
    }
    for (room, code) in
        [("groups", "g77"), ("groups", "nam"), ("delegations", "eu"), ("forums", "unga-c1"), ("forums", "unsc")]
    {
        site.edit(&format!("content/{room}/{code}.md"), format!("---\ntitle: The one of {code}\n---\n"));
    }
    site.edit("content/topics/arms.md", "---\ntitle: Small arms\ntitles: { fr: Armes légères }\n---\n".to_owned());
    for (at, (language, text, _)) in TEXTS.iter().enumerate() {
        let front = format!("title: A text\nlanguage: {language}\ndate: 2020\ndelegation: NOR");
        site.edit(&format!("content/statements/t-{at}.md"), format!("---\n{front}\n---\n\n{text}\n"));
    }
    let built = site.build();
    let wrong: Vec<String> = TEXTS
        .iter()
        .enumerate()
        .filter_map(|(at, (language, text, expect))| {
            let prefix = if *language == "en" { String::new() } else { format!("/{language}") };
            let found = mentioned(&built, &format!("{prefix}/statements/t-{at}/"));
            (found != *expect).then(|| format!("{text}\n  found  {found}\n  expect {expect}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const SITE: &str = r#"
-- site.toml --
title = "Test"
base_url = "https://example.org/"
-- content/delegations/xar.md --
---
title: Arvenia
titles: { fr: Arvénie }
aliases: [Old Arvenia]
formal: Republic of Arvenia
---

Arvenia knows Kazakhstan.
-- content/documents/treaty.md --
---
title: Treaty on Space Debris
symbol: CD/1839
---

-- content/topics/debris.md --
---
title: Space debris
---

-- content/statements/one.md --
---
title: One
date: 2021
delegation: KAZ
on_behalf_of: [NAM]
forum: unsc
---

## Arvenia

Kazakhstan, for the Non-Aligned Movement, tells the Security Council: the Republic of Arvenia, once Old Arvenia, is Arvenia.

Arvenia, Albania and the Treaty on Space Debris, on space
debris.
-- content/statements/one.fr.md --
---
title: Un
date: 2021
delegation: KAZ
---

L’Arvénie, Arvenia et Old Arvenia.
-- content/statements/two.md --
---
title: Two
date: 2022
delegation: XAR
---

Arvenia agrees with Kazakhstan.
"#;

fn site() -> TestSite {
    TestSite::new(SITE.trim_start())
}

#[test]
fn the_first_mention_in_a_paragraph_is_linked_but_not_what_the_head_already_links() {
    let built = site().build();
    let page = built.file("/statements/one/");
    let link = |path: &str, words: &str| format!("<a href=\"/{path}/\" class=\"mention\">{words}</a>");
    let first = format!(
        "Kazakhstan, for the Non-Aligned Movement, tells the Security Council: the {}, once Old Arvenia, is Arvenia.</p>",
        link("delegations/xar", "Republic of Arvenia")
    );
    assert!(page.contains(&first), "{page}");
    let document = "<a href=\"/documents/CD/1839/\">Treaty on Space Debris</a>";
    let (arvenia, debris) = (link("delegations/xar", "Arvenia"), link("topics/debris", "space\ndebris"));
    assert!(page.contains(&format!("{arvenia}, Albania and the {document}, on {debris}.</p>")), "{page}");
    assert!(page.contains(">Arvenia</h2>"));
    // In another language only its names are linked, and those without a language.
    assert_eq!(mentioned(&built, "/fr/statements/one/"), "xar");
    assert!(built.file("/fr/statements/one/").contains(&format!("L’{}", link("delegations/xar", "Arvénie"))));
    assert_eq!(mentioned(&built, "/statements/two/"), "kaz");
    assert_eq!(mentioned(&built, "/delegations/xar/"), "", "only statements' texts are searched");
}

#[test]
fn no_page_is_made_because_a_text_names_something() {
    let mut site = site();
    let paths =
        |site: &mut TestSite| -> BTreeSet<String> { site.build().pages.keys().map(|path| path.url()).collect() };
    let with = paths(&mut site);
    assert!(!with.contains("/delegations/alb/") && with.contains("/delegations/kaz/"), "{with:?}");
    site.edit("site.toml", "base_url = \"https://example.org/\"\nmentions = false\n".to_owned());
    // The table of the names in the texts is there only if there are any.
    let mut without = paths(&mut site);
    without.insert("/data/mentions.csv".to_owned());
    assert_eq!(without, with);
}

#[test]
fn mentions_are_off_for_a_site_a_record_or_a_statement() {
    let mut site = site();
    let one = "/statements/one/";
    assert_eq!(mentioned(&site.build(), one), "xar xar debris");
    let (record, off) = ("content/delegations/xar.md", "mentions: false\n");
    site.replace(record, "formal", "mentions: false\nformal");
    assert_eq!(mentioned(&site.build(), one), "debris");
    site.replace(record, off, "");
    let statement = "content/statements/one.md";
    site.replace(statement, "date", "mentions: false\ndate");
    let built = site.build();
    assert_eq!((mentioned(&built, one), mentioned(&built, "/statements/two/")), (String::new(), "kaz".into()));
    site.replace(statement, off, "");
    site.edit("site.toml", "base_url = \"https://example.org/\"\nmentions = false\n".to_owned());
    let built = site.build();
    assert_eq!(mentioned(&built, one) + &mentioned(&built, "/statements/two/"), "");
    assert!(built.file(one).contains("/documents/CD/1839/\">Treaty"), "a document is linked nevertheless");
}

#[test]
fn names_follow_records_and_a_name_of_two_means_neither() {
    let mut site = site();
    let one = "/statements/one/";
    site.edit("content/delegations/xbe.md", "---\ntitle: Albania\n---\n".to_owned());
    let built = site.build();
    assert!(
        built.file(one).contains("<a href=\"/delegations/xbe/\" class=\"mention\">Albania</a>"),
        "a record goes first"
    );
    site.edit("content/groups/both.md", "---\ntitle: Both\naliases: [Albania]\n---\n".to_owned());
    assert_eq!(mentioned(&site.build(), one), "xar xar debris");
    site.edit("content/delegations/xar.md", "---\ntitle: Elsewhere\n---\n".to_owned());
    assert_eq!(mentioned(&site.build(), one), "debris");
    // The first statement by a delegation gives it a page, so mentions in others link to it.
    site.remove("content/groups/both.md").remove("content/delegations/xbe.md");
    site.edit(
        "content/statements/three.md",
        "---\ntitle: Three\ndate: 2023\ndelegation: ALB\n---\n\nWords.\n".to_owned(),
    );
    assert_eq!(mentioned(&site.build(), one), "alb debris");
}
