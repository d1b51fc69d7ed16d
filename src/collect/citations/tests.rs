//! Updates against joins from scratch, and what is cut out of a paragraph.

use proptest::prelude::*;

use super::*;
use crate::read::paragraph::Label;

/// What a text cites: documents by number, the delegation and the year.
type Cited = (Vec<u8>, u8, u8);
type Texts = BTreeMap<u8, Cited>;

fn update(citations: &mut Citations, texts: &Texts) {
    let kept: Vec<(String, &Cited)> = texts.iter().map(|(key, text)| (format!("{key:03}"), text)).collect();
    let asked: Vec<CitingText<'_>> = kept.iter().map(|(id, text)| CitingText { id, stamp: Stamp::of(text) }).collect();
    citations.update(&asked, |at| {
        let (id, (documents, delegation, year)) = &kept[at];
        let mut documents = documents.clone();
        documents.sort_unstable();
        documents.dedup();
        let citation = |document: u8| Citation {
            title: id.as_str().into(),
            key: Key::statement(id, None).unwrap(),
            language: "en".into(),
            delegation: (*delegation > 0).then(|| Ref { title: format!("D{delegation}").into(), key: None }),
            date: Date::parse(&format!("20{year:02}")),
            simulated: false,
            paragraphs: vec![Citing { paragraph: Some(paragraph(document)), extract: "words".into() }],
        };
        let document = |number: u8| Key::document(&number.to_string(), &number.to_string()).unwrap();
        documents.into_iter().map(|number| (document(number), citation(number))).collect()
    });
}

fn paragraph(number: u8) -> ParagraphRef {
    let number: Box<str> = number.to_string().into();
    ParagraphRef { number: number.clone(), label: Label::Number { text: number, series: 1 } }
}

fn text() -> impl Strategy<Value = Cited> {
    (prop::collection::vec(0u8..30, 0..6), 0u8..5, 0u8..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn an_update_equals_a_join_from_scratch(
        start in prop::collection::btree_map(any::<u8>(), text(), 0..60),
        edits in prop::collection::vec((any::<u8>(), prop::option::of(text())), 50),
    ) {
        let mut texts = start;
        let mut citations = Citations::default();
        update(&mut citations, &texts);
        for (key, text) in edits {
            match text {
                Some(text) => texts.insert(key, text),
                None => texts.remove(&key),
            };
            update(&mut citations, &texts);
            let mut scratch = Citations::default();
            update(&mut scratch, &texts);
            prop_assert_eq!(citations.all(), scratch.all());
        }
    }
}

#[test]
fn an_extract_is_the_paragraph_or_the_words_around_the_citation() {
    let long = format!("{}A/RES/72/27{}", "before ".repeat(100), " after".repeat(100));
    let at = long.find("A/RES").unwrap();
    let cut = extract(&long, at);
    assert!(cut.starts_with("…before") && cut.ends_with("after…") && cut.contains(" A/RES/72/27 "), "{cut}");
    assert!((EXTRACT - 20..=EXTRACT + 2).contains(&cut.chars().count()), "{}", cut.chars().count());
    assert!(extract(&long, 0).starts_with("before"));
    assert!(extract(&long, long.len() - 1).ends_with("after"));
    assert_eq!(extract("short words ", 3), "short words");
    let unspaced = "文".repeat(1000);
    assert_eq!(extract(&unspaced, 1500).chars().count(), EXTRACT + 2);
}
