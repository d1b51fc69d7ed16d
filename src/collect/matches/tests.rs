//! Updates against joins from scratch, and what is a match.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::config::Config;
use crate::read::{self, Content, Options};

fn statement(id: &str, delegation: &str, text: &str) -> Stamped<Statement> {
    let source = format!("---\ntitle: {id}\ndelegation: {delegation}\ndate: 2020\n---\n\n{text}\n");
    let read =
        read::read(&format!("content/statements/{id}.md").into(), source.as_bytes(), &Options::new(&Config::default()));
    match read.content {
        Some(Content::Statement(statement)) => statement,
        other => panic!("{other:?} {:?}", read.diagnostics),
    }
}

/// Brings matches up to date with statements of which the front matter says who speaks.
fn update(matches: &mut Matches, statements: &[Stamped<Statement>]) {
    let delegation = |statement: &Statement| {
        let name = statement.front.delegation.as_ref().map_or("", |delegation| &delegation.text);
        name.bytes().fold(0, |sum, byte| sum * 256 + u32::from(byte))
    };
    let texts: Vec<ComparedText<'_>> =
        statements.iter().map(|statement| ComparedText { statement, delegation: delegation(statement) }).collect();
    matches.update(&texts);
}

/// Writes all matches, whose paragraph shares which words with whose, and which paragraphs are courtesies.
fn described(matches: &Matches, statements: &[Stamped<Statement>]) -> Vec<String> {
    let of = |statement: &Stamped<Statement>| {
        let described = |one: &Match<'_>| {
            let words = one.statement.body.words(&one.words);
            let other_words = one.other.body.words(&one.other_words);
            let (id, other) = (&one.statement.id, &one.other.id);
            let (paragraph, other_paragraph) = (one.paragraph + 1, one.other_paragraph + 1);
            format!("{id} p{paragraph} {other} p{other_paragraph} {:?}: {words} | {other_words}", one.extent)
        };
        let courtesies = matches.courtesies(&statement.path).into_iter();
        let courtesies = courtesies.map(|at| format!("{} p{} is a courtesy", statement.id, at + 1));
        matches.of(&statement.path).iter().map(described).chain(courtesies).collect::<Vec<_>>()
    };
    statements.iter().flat_map(of).collect()
}

/// Returns the version of each statement with its matches and courtesies.
fn by_text(matches: &Matches, statements: &[Stamped<Statement>]) -> BTreeMap<String, (Option<u64>, Vec<String>)> {
    let of = |statement: &Stamped<Statement>| {
        let described = described(matches, std::slice::from_ref(statement));
        (statement.path.to_string(), (matches.version(&statement.path), described))
    };
    statements.iter().map(of).collect()
}

fn found(statements: &[Stamped<Statement>]) -> Vec<String> {
    let mut matches = Matches::default();
    update(&mut matches, statements);
    described(&matches, statements)
}

const PLACEMENT: &str = "The placement of weapons in outer space would endanger every single state which depends today \
                         on satellites for weather, navigation, communication and rescue";

#[test]
fn the_same_words_are_found_on_both_sides_as_whole_verbatim_or_changed() {
    let changed = PLACEMENT.replace("every single state", "each nation").replace("rescue", "trade");
    let around =
        format!("Mr. Chair, let me say it once more: {} – and that is why we are here.", PLACEMENT.to_lowercase());
    let statements = [
        statement("a", "XAA", PLACEMENT),
        statement("b", "XBB", &format!("We thank the Chair.\n\n{PLACEMENT}.")),
        statement("c", "XCC", &changed),
        statement("d", "XDD", &around),
        statement(
            "e",
            "XEE",
            "The weapons of the placement endanger outer states in which space would depend on every satellite",
        ),
    ];
    let described = found(&statements);
    let said = |begin: &str| described.iter().filter(|one| one.starts_with(begin)).count();
    assert_eq!(described.len(), 12, "{described:#?}");
    assert_eq!((said("a p1 b p2 Whole"), said("b p2 a p1 Whole")), (1, 1), "{described:#?}");
    assert_eq!((said("a p1 c p1 Changed"), said("c p1 a p1 Changed")), (1, 1), "{described:#?}");
    assert_eq!((said("a p1 d p1 Verbatim"), said("d p1 a p1 Verbatim")), (1, 1), "{described:#?}");
}

#[test]
fn a_reworded_paragraph_is_found_and_a_list_of_names_is_not() {
    let original = "The establishment of a zone free of nuclear weapons in the Middle East would strengthen the security of \
                    every State in the region, and we therefore call upon all parties concerned to take practical steps \
                    towards that goal without further delay, pending which they should refrain from producing such arms";
    let reworded = "The creation of a zone free of atomic weapons in the Middle East would strengthen the security of each \
                    State of the region. Hence we appeal to all parties concerned to take concrete steps towards that aim \
                    without any delay, and until then they should refrain from acquiring such weapons";
    let unrelated = "The security of small island States depends on the oceans: we call upon all parties to take the steps \
                     agreed at the conference in the region, without which the rising seas would take every village from \
                     those who live there, and which would strengthen the establishment of marine reserves";
    let of = |one: &str, other: &str| found(&[statement("a", "XAA", one), statement("b", "XBB", other)]).len();
    assert_eq!(of(original, reworded), 2);
    assert_eq!(of(original, unrelated), 0);
    let named = |begin: &str| {
        format!(
            "{begin} the Convention on Prohibitions or Restrictions on the Use of Certain Conventional Weapons Which May Be \
                 Deemed to Be Excessively Injurious or to Have Indiscriminate Effects"
        )
    };
    assert_eq!(of(&named("We have ratified"), &named("My country will soon accede to")), 0);
}

#[test]
fn what_most_delegations_say_and_other_versions_of_one_text_are_no_match() {
    let courtesy = "Allow me at the outset to congratulate you warmly upon your election as President of this important \
                    session and to assure you of the full support of my delegation throughout your demanding mandate";
    let say = |count: usize| -> Vec<Stamped<Statement>> {
        let said = |n: usize| statement(&format!("s{n}"), &format!("X{n:02}"), courtesy);
        (0..count).map(said).collect()
    };
    assert_eq!(found(&say(COURTESY)).len(), COURTESY * (COURTESY - 1));
    let described: Vec<String> = (0..=COURTESY).map(|n| format!("s{n} p1 is a courtesy")).collect();
    assert_eq!(found(&say(COURTESY + 1)), described);
    let more = |text: &str| [say(COURTESY + 1), vec![statement("t", "XTT", text)]].concat();
    let long = format!("{courtesy}. {PLACEMENT}, {}.", PLACEMENT.replace(' ', " un"));
    for (text, is_courtesy) in [(PLACEMENT, false), (&long, false), (&format!("Mr. Chair, {courtesy}."), true)] {
        assert_eq!(found(&more(text)).contains(&"t p1 is a courtesy".to_owned()), is_courtesy, "{text}");
    }
    // One delegation may say it in many statements, but not in any number.
    let again = |count: usize| -> Vec<_> { (0..count).map(|n| statement(&format!("s{n}"), "XAA", courtesy)).collect() };
    assert_eq!(found(&again(FORMULA)).len(), FORMULA * (FORMULA - 1));
    let described: Vec<String> = (0..=FORMULA).map(|n| format!("s{n} p1 is a courtesy")).collect();
    assert_eq!(found(&again(FORMULA + 1)), described);
    let versions = [statement("a", "XAA", PLACEMENT), statement("a.fr", "XAA", PLACEMENT)];
    assert_eq!(found(&versions), Vec::<String>::new());
}

#[test]
fn words_among_courtesies_are_found_if_they_are_enough_by_themselves() {
    let (before, after) = (
        "Allow me at the outset to congratulate you warmly upon your election as President of this important session and \
         to assure you of the full support of my delegation throughout your demanding mandate",
        "My delegation also wishes to thank your distinguished predecessor, whose skilful leadership guided the previous \
         session towards results that every Member has reason to welcome with deep satisfaction",
    );
    let courtesy = |n: usize| statement(&format!("s{n}"), &format!("X{n:02}"), &format!("{before}, {after}."));
    for (own, count) in [(PLACEMENT, 2), ("The placement of weapons in outer space would endanger every state", 0)] {
        let own = format!("{before}. {own}. {after}.");
        let said = [statement("t", "XTT", &own), statement("u", "XUU", &own)];
        let described = found(&[(0..=COURTESY).map(courtesy).collect(), said.to_vec()].concat());
        assert_eq!(described.iter().filter(|one| one.contains(" p1 Whole: ")).count(), count, "{described:#?}");
    }
}

#[test]
fn words_that_occur_a_second_time_do_not_part_a_match() {
    let words = |from: u32, to: u32| (from..to).map(|n| format!("word{n} ")).collect::<String>();
    let again: String = (1..10).map(|n| words(n * 12, n * 12 + 6)).collect();
    let statements = [
        statement("a", "XAA", &words(0, 120)),
        statement("b", "XBB", &format!("{}{}{again}", words(0, 120), words(200, 260))),
    ];
    assert!(found(&statements)[0].contains(&format!(": {} | ", words(0, 120).trim())), "{:?}", found(&statements));
}

#[test]
fn words_are_found_in_every_script() {
    for (text, (from, to)) in [
        (
            "Размещение оружия в космическом пространстве поставило бы под угрозу каждое государство, которое сегодня зависит \
             от спутников для прогнозов погоды, навигации, связи и спасения людей",
            ("каждое государство", "любую страну"),
        ),
        (
            "إن وضع الأسلحة في الفضاء الخارجي من شأنه أن يعرض للخطر كل دولة تعتمد اليوم على السواتل في التنبؤ بالطقس والملاحة \
             والاتصالات وإنقاذ الأرواح البشرية في البحار والصحارى",
            ("كل دولة", "جميع البلدان التي"),
        ),
        (
            "在外层空间部署武器将危及今天依赖卫星进行天气预报、导航、通信和救援的每一个国家的安全与人民的福祉",
            ("每一个国家", "所有民族"),
        ),
    ] {
        let edited = text.replace(from, to);
        assert_ne!(text, edited);
        let statements = [statement("a", "XAA", text), statement("b", "XBB", text), statement("c", "XCC", &edited)];
        let described = found(&statements);
        let count = |extent: &str| described.iter().filter(|one| one.contains(extent)).count();
        assert_eq!((count(" Whole:"), count(" Changed:")), (2, 4), "{described:#?}");
    }
}

#[test]
fn a_long_paragraph_is_one_match() {
    let words = |from: u32, to: u32| (from..to).map(|n| format!("word{} ", n * 7919 % 5003)).collect::<String>();
    let long = format!("{}. {}. {}.", words(0, 200), words(200, 400), words(400, 900));
    let statements = [
        statement("a", "XAA", &long),
        statement("b", "XBB", &long),
        statement("c", "XCC", &format!("{}. {long}", words(1000, 1300))),
    ];
    let described = found(&statements);
    assert_eq!(described.len(), 6, "{:?}", described.iter().map(|one| one.len()).collect::<Vec<_>>());
    assert!(described[0].starts_with("a p1 b p1 Whole"));
    assert!(
        described[1].starts_with("a p1 c p1 Changed") || described[1].starts_with("a p1 c p1 Verbatim"),
        "{}",
        &described[1][..40]
    );
}

/// Sentences of words that count, of which the texts of the test of updates are made.
fn sentence(number: u8) -> String {
    let word = |n: u32| format!("term{} ", (u32::from(number / 2) * 31 + n * 17) % 97);
    // Every second sentence is the one before with some words changed.
    let word = |n: u32| if number % 2 == 1 && n % 6 == 5 { format!("other{number} ") } else { word(n) };
    (0..15).map(word).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn an_update_equals_a_join_from_scratch(
        start in prop::collection::btree_map(0u8..26, (0u8..10, prop::collection::vec(0u8..8, 0..3)), 18..24),
        edits in prop::collection::vec(
            (0u8..26, prop::option::weighted(0.8, (0u8..10, prop::collection::vec(0u8..8, 0..3)))),
            50,
        ),
    ) {
        let make = |(key, (delegation, sentences)): (&u8, &(u8, Vec<u8>))| {
            let text: Vec<String> = sentences.iter().map(|number| sentence(*number)).collect();
            (*key, statement(&format!("s{key:02}"), &format!("X{delegation:02}"), &text.join("\n\n")))
        };
        let mut texts: BTreeMap<u8, Stamped<Statement>> = start.iter().map(make).collect();
        let mut kept = Matches::default();
        let mut statements: Vec<Stamped<Statement>> = texts.values().cloned().collect();
        update(&mut kept, &statements);
        for (key, text) in edits {
            match text {
                Some(text) => texts.extend([make((&key, &text))]),
                None => drop(texts.remove(&key)),
            }
            let known = by_text(&kept, &statements);
            statements = texts.values().cloned().collect();
            update(&mut kept, &statements);
            prop_assert_eq!(described(&kept, &statements), found(&statements));
            // Passages are gathered again only where the version is new.
            for (path, (version, described)) in by_text(&kept, &statements) {
                if known.get(&path).is_some_and(|known| known.0 == version) {
                    prop_assert_eq!(&known[&path].1, &described);
                }
            }
        }
    }
}
