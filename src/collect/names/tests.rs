//! Names as they are written -> what they are known by.

use super::*;
use crate::shipped;

#[test]
fn the_record_to_make_would_be_found() {
    for (kind, name, expect) in [
        (RecordKind::Topic, "Outer Space", "make a record: content/topics/outer-space.md"),
        (RecordKind::Topic, "Космос", "make a record: content/topics/a-name.md with `aliases: [\"Космос\"]`"),
        (RecordKind::Speaker, "N. Roe", "make a record: content/speakers/n-roe.md with `aliases: [\"N. Roe\"]`"),
        (RecordKind::Document, "A/1", "make a record: content/documents/a-1.md with `symbol: A/1`"),
    ] {
        assert_eq!(make_a_record(kind, name), expect);
    }
}

#[test]
fn a_name_in_words_leads_to_its_code() {
    let tables = Tables::load();
    let names = Names::new(&tables, &[], &mut Vec::new());
    for (kind, word, meant) in [
        (RecordKind::Delegation, "Kazakhstan", Some("KAZ")),
        (RecordKind::Delegation, "kazakstan", Some("KAZ")),
        (RecordKind::Delegation, "Russia", Some("RUS")),
        // Former names of states, and names used elsewhere.
        (RecordKind::Delegation, "Swaziland", Some("SWZ")),
        (RecordKind::Delegation, "Côte d'Ivoire", Some("CIV")),
        (RecordKind::Delegation, "Ivory coast", Some("CIV")),
        (RecordKind::Delegation, "Holland", Some("NLD")),
        // Codes of other lists, which resemble those of other states.
        (RecordKind::Delegation, "GER", Some("DEU")),
        (RecordKind::Delegation, "SUI", Some("CHE")),
        (RecordKind::Delegation, "ROK", Some("KOR")),
        (RecordKind::Delegation, "DRC", Some("COD")),
        (RecordKind::Delegation, "KAS", None),
        (RecordKind::Delegation, "ENG", None),
        (RecordKind::Delegation, "BUR", None),
        // A name as similar to one as to another.
        (RecordKind::Delegation, "Nigera", None),
        (RecordKind::Group, "African group", Some("african-group")),
        (RecordKind::Forum, "Arms Trade Treaty", Some("att-csp")),
        (RecordKind::Delegation, "Exampland", None),
        (RecordKind::Delegation, "HKG", None),
        (RecordKind::Delegation, "GU", None),
        (RecordKind::Delegation, "ZQ", None),
    ] {
        let help = meant.map(|meant| format!("did you mean `{meant}`?"));
        assert_eq!(names.nearest(kind, word), help, "{word}");
    }
}

#[test]
fn a_name_of_two_states_is_taken_for_neither() {
    let tables = Tables::load();
    let names = Names::new(&tables, &[], &mut Vec::new());
    let kind = RecordKind::Delegation;
    for (word, code, advice) in [
        ("Congo", None, "did you mean `COG` or `COD`?"),
        (" the congo", None, "did you mean `COG` or `COD`?"),
        ("Korea", None, "did you mean `KOR` or `PRK`?"),
        ("Democratic Republic of the Congo", Some("COD"), "did you mean `COD`?"),
        ("Republic of Korea", Some("KOR"), "did you mean `KOR`?"),
    ] {
        assert_eq!(names.code_of(kind, word).as_deref(), code, "{word}");
        assert_eq!(names.advice(kind, word), advice, "{word}");
    }
}

#[test]
fn a_name_is_corrected_only_where_there_is_no_doubt() {
    let tables = Tables::load();
    let names = Names::new(&tables, &[], &mut Vec::new());
    for (kind, word, code) in [
        (RecordKind::Delegation, "Kazakhstan", Some("KAZ")),
        (RecordKind::Delegation, "kazakstan", None),
        (RecordKind::Delegation, "KAS", None),
        (RecordKind::Delegation, "Congo", None),
        (RecordKind::Delegation, "Korea", None),
        (RecordKind::Forum, "Arms Trade Treaty", Some("att-csp")),
        (RecordKind::Group, "African group", Some("african-group")),
        (RecordKind::Group, "African grup", None),
    ] {
        assert_eq!(names.remedy(kind, word).as_deref(), code, "{word}");
    }
}

#[test]
fn a_state_is_known_by_its_alpha_2_code_and_no_code_is_taken_for_another() {
    let tables = Tables::load();
    let names = Names::new(&tables, &[], &mut Vec::new());
    let kind = RecordKind::Delegation;
    let mut known = 0;
    for shipped::Codes { alpha2, alpha3 } in shipped::codes() {
        let (alpha2, alpha3) = (&*alpha2, &*alpha3);
        if alpha2 == "AU" {
            continue;
        }
        for written in [alpha2.to_owned(), alpha2.to_lowercase(), format!(" {alpha2}\u{a0}")] {
            assert_eq!(*names.key(kind, &written), *alpha3.to_lowercase(), "{written}");
        }
        assert_eq!(shipped::alpha3(alpha2), Some(alpha3));
        if names.knows(kind, &names.key(kind, alpha2)) {
            known += 1;
            assert_eq!(names.code_of(kind, alpha2).as_deref(), Some(alpha3));
        } else {
            assert_eq!(names.code_of(kind, alpha2), None, "{alpha2}");
            for code in [alpha2, alpha3] {
                let record = format!("make a record: content/delegations/{}.md", alpha3.to_lowercase());
                assert_eq!(names.advice(kind, code), record);
            }
        }
    }
    // 193 members and 2 observers, without Australia, and with `UK` in addition to `GB`.
    assert_eq!(known, 195);
    assert_eq!((&*names.key(kind, "AU"), names.state_with_same_code("AU").as_deref()), ("au", Some("AUS")));
    assert_eq!(
        (shipped::alpha3("AU"), names.state_with_same_code("EU"), names.state_with_same_code("US")),
        (None, None, None)
    );
}

#[test]
fn signs_distinguish_names_and_punctuation_does_not() {
    for (name, expect) in [
        ("C++", true),
        ("C#", true),
        ("Q&A", true),
        ("€ zone", true),
        ("Outer Space (general)", false),
        ("Women’s rights – a/b, c.d", false),
        ("核武器、导弹", false),
        ("हिन्दी", false),
    ] {
        assert_eq!(has_signs(name), expect, "{name}");
    }
}
