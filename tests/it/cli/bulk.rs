//! Commands on many statements: which texts they choose, what they change, and what they leave as it is.

use super::{code, err, new_site, out, plenary, put};
use tempfile::TempDir;

const PORTS: &str = "---\ntitle: On ports\ndate: 2017-10-17\ndelegation: XAA  # from the letterhead\ntopics: [\"ports\", roads]\nstatus: draft  # delete this line to publish\n---\n\nPorts are gates.\n";
const ROADS: &str = "---\ntitle: On roads\ndate: 2018-10-17\ndelegation: XAA\nstatus: draft\nimport: { suspect: A page is missing. }\n---\n\nRoads lead on.\n";
const FRENCH: &str = "---\ntitle: Sur les ports\nstatus: draft\n---\n\nLes ports sont des portes.\n";

/// Returns a site with a published statement and three drafts, one of them a language version.
fn site() -> TempDir {
    let site = new_site();
    put(&site, "content/statements/2017/ports.md", PORTS);
    put(&site, "content/statements/2017/ports.fr.md", FRENCH);
    put(&site, "content/statements/2018/roads.md", ROADS);
    site
}

fn get(site: &TempDir, path: &str) -> String {
    std::fs::read_to_string(site.path().join(path)).unwrap()
}

#[test]
fn texts_are_listed_by_what_they_say_and_inherit() {
    let site = site();
    let paths = |arguments: &[&str]| {
        let output = plenary(site.path(), &[&["list", "--format", "paths"], arguments].concat());
        assert_eq!(code(&output), 0, "{}", err(&output));
        out(&output).lines().map(|path| path.rsplit('/').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&[]).len(), 4);
    assert_eq!(paths(&["--where", "date=2017"]), ["ports.fr.md", "ports.md"]);
    assert_eq!(paths(&["--where", "status=draft", "--where", "topics="]), ["roads.md"]);
    assert_eq!(paths(&["content/statements/2018"]), ["roads.md"]);
    assert_eq!(paths(&["ports", "--where", "language=fr"]), ["ports.fr.md"]);
    let wrong = plenary(site.path(), &["list", "port"]);
    assert!(code(&wrong) == 2 && err(&wrong).contains("did you mean `ports`?"), "{}", err(&wrong));
    let table = plenary(site.path(), &["list", "--format", "csv", "ports"]);
    assert!(
        out(&table).starts_with("\u{feff}file,id,language,title,date,delegation,topics,status\n"),
        "{}",
        out(&table)
    );
    let objects = out(&plenary(site.path(), &["list", "--format", "json", "--columns", "id,topics", "ports"]));
    assert_eq!(objects.lines().next(), Some(r#"{"id":"ports","topics":["ports","roads"]}"#));
}

#[test]
fn keys_are_set_in_many_files_and_everything_else_stays() {
    let site = site();
    let arguments = ["set", "delegation=KAZ", "topics+=debris", "topics-=roads", "--where", "date=2017"];
    let dry = plenary(site.path(), &[&arguments[..], &["--dry-run"]].concat());
    assert_eq!(code(&dry), 0, "{}", err(&dry));
    assert!(out(&dry).contains("-delegation: XAA  # from the letterhead\n"), "{}", out(&dry));
    assert_eq!(get(&site, "content/statements/2017/ports.md"), PORTS, "a dry run writes nothing");
    let done = plenary(site.path(), &arguments);
    assert_eq!((code(&done), out(&done).as_str()), (0, "content/statements/2017/ports.md\n"), "{}", err(&done));
    let expected = PORTS.replace("XAA  #", "KAZ  #").replace("[\"ports\", roads]", "[\"ports\", debris]");
    assert_eq!(get(&site, "content/statements/2017/ports.md"), expected);
    assert_eq!(get(&site, "content/statements/2017/ports.fr.md"), FRENCH, "it inherits");
    let again = plenary(site.path(), &arguments);
    assert_eq!((code(&again), out(&again).as_str()), (0, ""), "{}", err(&again));
}

#[test]
fn nothing_is_set_if_a_file_would_become_invalid() {
    let site = site();
    let wrong = plenary(site.path(), &["set", "place=Rome", "date=soon", "--all"]);
    assert_eq!((code(&wrong), out(&wrong).as_str()), (1, ""));
    assert!(err(&wrong).contains("invalid-date") && err(&wrong).contains("nothing was written"), "{}", err(&wrong));
    for arguments in [&["set", "plaec=Rome", "--all"][..], &["set", "place=Rome"], &["set", "ports"], &["publish"]] {
        let wrong = plenary(site.path(), arguments);
        assert_eq!((code(&wrong), out(&wrong).as_str()), (2, ""), "{arguments:?}");
    }
    assert_eq!(get(&site, "content/statements/2017/ports.md"), PORTS);
}

#[test]
fn drafts_are_published_unless_something_is_left_to_decide() {
    let site = site();
    let done = plenary(site.path(), &["publish", "--all"]);
    assert_eq!(code(&done), 1, "{}", err(&done));
    assert_eq!(out(&done), "content/statements/2017/ports.fr.md\ncontent/statements/2017/ports.md\n");
    assert!(err(&done).contains("skipped content/statements/2018/roads.md: part of its text may be missing"));
    assert!(err(&done).contains("1 already published"), "{}", err(&done));
    let expected = PORTS.replace("status: draft  # delete this line to publish\n", "");
    assert_eq!(get(&site, "content/statements/2017/ports.md"), expected);
    let forced = plenary(site.path(), &["publish", "--force", "roads"]);
    assert_eq!(code(&forced), 0, "{}", err(&forced));
    assert_eq!(get(&site, "content/statements/2018/roads.md"), ROADS.replace("status: draft\n", ""));
}

#[test]
fn the_search_takes_the_same_conditions() {
    let site = site();
    plenary(site.path(), &["publish", "--force", "--all"]);
    let found = |condition: &str| {
        let output =
            plenary(site.path(), &["search", "ports", "OR", "roads", "--format", "json", "--where", condition]);
        assert_eq!(code(&output), 0, "{}", err(&output));
        out(&output).lines().filter(|line| !line.contains("xaa-2024")).count()
    };
    for (condition, expect) in [
        ("delegation=XAA", 2),
        ("year=2017", 1),
        ("date<2018", 1),
        ("topics!=", 1),
        ("title~roads", 1),
        ("topic=ports", 1),
    ] {
        assert_eq!(found(condition), expect, "{condition}");
    }
}

/// A site whose topic is mentioned in every way: in lists, tags, links and records.
fn site_of_topics() -> TempDir {
    let site = new_site();
    put(&site, "content/topics/transparency.md", "---\ntitle: Transparency\n---\n");
    put(
        &site,
        "content/topics/junk.md",
        "---\ntitle: Space junk\nmatch:\n  en: [space junk]\n---\n\nSee [roads](../statements/roads/index.md).\n",
    );
    put(&site, "content/topics/debris.md", "---\ntitle: Debris\n# keep this\nmatch:\n  en: [debris]\n---\n");
    put(&site, "content/topics/paint.md", "---\ntitle: Flakes of paint\nbroader: junk  # why\n---\n");
    let ports = "---\ntitle: On ports\ndate: 2017-10-17\ndelegation: XAA\ntopics: [junk, \"debris\"]  # both\nsee_also: [roads]\n---\n\nPorts [are](roads/index.md#p1). {topics=\"junk\"}\n\nSee [[topic:junk]], [[roads#p1]] and [it](../topics/junk.md).\n";
    put(&site, "content/statements/ports.md", ports);
    put(
        &site,
        "content/statements/roads/index.md",
        "---\ntitle: On roads\ndate: 2018\ndelegation: XAA\ntopics:\n  - Junk # why\n---\n\nRoads.\n",
    );
    put(&site, "content/statements/roads/index.fr.md", "---\ntitle: Sur les routes\n---\n\nRoutes.\n");
    put(&site, "content/statements/roads/original.txt", "Roads.\n");
    put(&site, "content/about.md", "---\ntitle: About\nlist:\n  topic: junk\n---\n\nAll.\n");
    site
}

/// Returns where the redirect at a URL leads, in a site that was built; empty if there is none.
fn target_of(site: &TempDir, url: &str) -> String {
    let page = get(site, &format!("public{url}index.html"));
    let target = page.split("http-equiv=\"refresh\"").nth(1).and_then(|rest| rest.split("url=").nth(1));
    target.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

#[test]
fn a_topic_is_renamed_and_merged_everywhere() {
    let site = site_of_topics();
    let before = crate::support::files_of(site.path());
    let dry = plenary(site.path(), &["rename", "topic", "junk", "debris", "--dry-run"]);
    assert_eq!(code(&dry), 0, "{}", err(&dry));
    assert!(out(&dry).contains("-broader: junk  # why\n+broader: debris  # why\n"), "{}", out(&dry));
    assert_eq!(crate::support::files_of(site.path()), before);
    let done = plenary(site.path(), &["rename", "topic", "junk", "debris"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
    assert!(!site.path().join("content/topics/junk.md").exists());
    let record = get(&site, "content/topics/debris.md");
    assert!(
        record.contains("# keep this\n") && record.contains("Space junk") && record.contains("/topics/junk/"),
        "{record}"
    );
    let ports = get(&site, "content/statements/ports.md");
    assert!(ports.contains("topics: [\"debris\"]  # both\n"), "{ports}");
    assert!(ports.contains("{topics=\"debris\"}") && ports.contains("[[topic:debris]]"), "{ports}");
    assert!(ports.contains("[it](../topics/debris.md)"), "{ports}");
    assert!(get(&site, "content/statements/roads/index.md").contains("  - debris # why\n"));
    assert!(get(&site, "content/about.md").contains("  topic: debris\n"));
    let built = plenary(site.path(), &["build", "--strict"]);
    assert_eq!(code(&built), 0, "{}", err(&built));
    assert_eq!(target_of(&site, "/topics/junk/"), "/topics/debris/");
    assert_eq!(target_of(&site, "/topics/junk/matrix/"), "/topics/debris/matrix/");
    assert_eq!(target_of(&site, "/delegations/xaa/topics/junk/"), "/delegations/xaa/topics/debris/");
}

#[test]
fn a_statement_gets_another_id_with_its_versions_its_folder_and_its_locks() {
    let site = site_of_topics();
    assert_eq!(code(&plenary(site.path(), &["lock"])), 0);
    let done = plenary(site.path(), &["rename", "statement", "roads", "xaa-roads"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
    let files: Vec<String> = crate::support::files_of(site.path()).into_keys().collect();
    for file in [
        "content/statements/xaa-roads/index.md",
        "content/statements/xaa-roads/index.fr.md",
        "content/statements/xaa-roads/original.txt",
        "locks/xaa-roads.en.lock",
        "locks/xaa-roads.fr.lock",
    ] {
        assert!(files.iter().any(|path| path == file), "{file}: {files:?}");
    }
    assert!(!files.iter().any(|path| path.contains("/roads/") || path.starts_with("locks/roads")), "{files:?}");
    let ports = get(&site, "content/statements/ports.md");
    assert!(ports.contains("see_also: [xaa-roads]") && ports.contains("[[xaa-roads#p1]]"), "{ports}");
    assert!(ports.contains("(xaa-roads/index.md#p1)"), "{ports}");
    let built = plenary(site.path(), &["build", "--strict"]);
    assert_eq!(code(&built), 0, "{}", err(&built));
    assert_eq!(target_of(&site, "/statements/roads/"), "/statements/xaa-roads/");
    assert_eq!(target_of(&site, "/fr/statements/roads/"), "/fr/statements/xaa-roads/");
    let taken = plenary(site.path(), &["rename", "statement", "ports", "xaa-roads"]);
    assert!(code(&taken) == 2 && err(&taken).contains("never merged"), "{}", err(&taken));
}

#[test]
fn a_code_is_corrected_in_statements_and_records() {
    let site = site_of_topics();
    put(&site, "content/groups/g.md", "---\ntitle: G\nmembers:\n  - delegation: XAA\n    from: 2001  # c\n---\n");
    let done = plenary(site.path(), &["rename", "delegation", "XAA", "XAB"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
    assert!(get(&site, "content/groups/g.md").contains("  - delegation: XAB\n    from: 2001  # c\n"));
    assert!(get(&site, "content/delegations/xab.md").contains("aliases: [\"/delegations/xaa/\"]"));
    assert_eq!(code(&plenary(site.path(), &["build", "--strict"])), 0);
    assert_eq!(target_of(&site, "/delegations/xaa/topics/junk/"), "/delegations/xab/topics/junk/");
    let shipped = plenary(site.path(), &["rename", "delegation", "XAB", "KAZ"]);
    assert_eq!(code(&shipped), 0, "{}", err(&shipped));
    let unknown = plenary(site.path(), &["rename", "topic", "junkk", "waste"]);
    assert!(code(&unknown) == 2 && err(&unknown).contains("did you mean `junk`?"), "{}", err(&unknown));
}

#[test]
fn topics_by_rule_are_accepted_and_texts_without_any_are_judged() {
    let site = site_of_topics();
    put(
        &site,
        "content/statements/new.md",
        "---\ntitle: New\ndate: 2020\ndelegation: XAA\n---\n\nThere is debris, and more space junk.\n",
    );
    put(&site, "content/statements/other.md", "---\ntitle: Other\ndate: 2020\ndelegation: XAA\n---\n\nGood morning.\n");
    let done = plenary(site.path(), &["topics", "accept", "--where", "year=2020", "--judged"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
    assert!(get(&site, "content/statements/new.md").contains("\ntopics: [debris, junk]\n"));
    assert!(get(&site, "content/statements/other.md").contains("\ntopics: []\n"));
    let again = plenary(site.path(), &["topics", "accept", "--where", "year=2020", "--judged"]);
    assert_eq!((code(&again), out(&again).as_str()), (0, ""), "{}", err(&again));
}

#[test]
fn what_a_person_has_read_is_marked_and_published() {
    let site = site();
    let marked = plenary(site.path(), &["review", "--mark", "--where", "status=draft"]);
    assert_eq!(code(&marked), 1, "{}", err(&marked));
    assert!(err(&marked).contains("skipped content/statements/2018/roads.md: part of its text"), "{}", err(&marked));
    assert!(get(&site, "content/statements/2017/ports.md").contains("\nreviewed: 2"));
    let published = plenary(site.path(), &["publish", "--reviewed"]);
    assert_eq!(code(&published), 0, "{}", err(&published));
    assert_eq!(out(&published).lines().count(), 2);
    assert_eq!(code(&plenary(site.path(), &["check", "--strict"])), 0);
}

#[test]
fn a_record_of_every_kind_is_made_to_fill_in() {
    let site = new_site();
    put(&site, "content/topics/transparency.md", "---\ntitle: Transparency\n---\n");
    for (kind, name, file) in [
        ("topic", "debris", "content/topics/debris.md"),
        ("delegation", "XAC", "content/delegations/xac.md"),
        ("forum", "xof", "content/forums/xof.md"),
        ("group", "xgg", "content/groups/xgg.md"),
        ("document", "A/RES/72/27", "content/documents/a-res-72-27.md"),
        ("speaker", "Ada Example", "content/speakers/ada-example.md"),
    ] {
        let made = plenary(site.path(), &["new", kind, name]);
        assert_eq!((code(&made), out(&made)), (0, format!("{file}\n")), "{}", err(&made));
        assert_eq!(code(&plenary(site.path(), &["new", kind, name])), 2, "{kind}");
    }
    let checked = plenary(site.path(), &["check", "--strict"]);
    assert_eq!(code(&checked), 0, "{}", err(&checked));
}
