//! Keys -> their addresses, and their order.

use super::*;

fn url(key: Result<Key, String>) -> String {
    key.map_or_else(|wrong| wrong, |key| key.path().url())
}

#[test]
fn every_thing_has_the_address_that_the_manual_promises() {
    let record = |kind, name| Key::record(kind, name).unwrap();
    let (kaz, debris) = (record(RecordKind::Delegation, "kaz"), record(RecordKind::Topic, "debris"));
    let forum = record(RecordKind::Forum, "unga-c1");
    let session = Key::session(&forum, "72").unwrap();
    let french = Key::statement("kaz-2017", Some("fr")).unwrap();
    for (key, expect) in [
        (Ok(Key::home()), "/"),
        (Key::statement("kaz-2017", None), "/statements/kaz-2017/"),
        (Ok(french.clone()), "/fr/statements/kaz-2017/"),
        (Ok(Key::statements()), "/statements/"),
        (Key::year(2017), "/years/2017/"),
        (Ok(kaz.clone()), "/delegations/kaz/"),
        (Key::document("a/res/72/27", "A/RES/72/27"), "/documents/A/RES/72/27/"),
        (Ok(session.clone()), "/forums/unga-c1/72/"),
        (Key::meeting(&forum, Some(&session), "16"), "/forums/unga-c1/72/16/"),
        (Key::meeting(&forum, None, "16"), "/forums/unga-c1/meetings/16/"),
        (Key::position(&kaz, &debris), "/delegations/kaz/topics/debris/"),
        (Key::extracts(&debris, &session), "/topics/debris/unga-c1/72/"),
        (Key::matrix(&debris, None), "/topics/debris/matrix/"),
        (Key::matrix(&debris, Some(1990)), "/topics/debris/matrix/1990s/"),
        (Key::passage(&french, "p7"), "/fr/passages/kaz-2017/p7/"),
    ] {
        assert_eq!(url(key), expect);
    }
    assert!(Key::record(RecordKind::Topic, "a/b").is_err());
    assert!(Key::session(&forum, "..").is_err());
}

#[test]
fn keys_are_equal_and_sorted_by_their_address() {
    let topic = |name| Key::record(RecordKind::Topic, name).unwrap();
    assert_eq!(topic("debris"), topic("debris"));
    assert!(topic("arms") < topic("debris"));
    let mut map = KeyMap::default();
    map.insert(topic("debris"), 1);
    assert_eq!(map.get(&topic("debris")), Some(&1));
    assert_eq!(map.get(&topic("arms")), None);
}
