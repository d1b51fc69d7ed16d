//! `plenary lock`, and what becomes of the numbers that it locks.

use std::fs::read_to_string;

use super::*;

const FIRST: &str = "The first words of this invented text thank all who prepared the meeting.";
const SECOND: &str = "Its second paragraph asks for a register that every delegation may read.";
const THIRD: &str = "And the third one pledges whatever support the chair may need.";

/// The same in French, with one more paragraph.
const FRENCH: [&str; 4] = [
    "Les premiers mots de ce texte inventé remercient tous ceux qui ont préparé la réunion.",
    "En 1967, 115 États ont fait ce que nul autre texte ne dit ici.",
    "Son deuxième paragraphe demande un registre que toute délégation puisse lire.",
    "Et le troisième promet tout le soutien dont la présidence peut avoir besoin.",
];

fn text(paragraphs: &[&str]) -> String {
    format!("---\ntitle: A\nsimulated: true\n---\n\n{}\n", paragraphs.join("\n\n"))
}

#[test]
fn locked_numbers_stay_with_their_words() {
    let site = new_site();
    put(&site, "content/statements/a.md", &text(&[FIRST, SECOND, THIRD]));
    put(&site, "content/statements/b.md", &text(&["See [[a#p2]]."]));
    let output = plenary(site.path(), &["lock", "--dry-run"]);
    assert!(out(&output).contains("locks/a.en.lock") && !site.path().join("locks").exists());
    assert_eq!(code(&plenary(site.path(), &["lock"])), 0);
    assert_eq!(out(&plenary(site.path(), &["lock"])), "", "what is kept is not written again");

    put(&site, "content/statements/a.md", &text(&["These words came later than all others.", SECOND, FIRST]));
    crate::support::snapshot("cli-lock-outdated", &wording::transcript(site.path(), &["check"]));
    assert_eq!(code(&plenary(site.path(), &["build"])), 0);
    let page = read_to_string(site.path().join("public/statements/a/index.html")).unwrap();
    for expect in [
        "id=\"p0a\"",
        "id=\"p3\"",
        "href=\"#p2\"><span>2</span></a> Its second",
        "href=\"#p1\"><span>1</span></a> The first",
    ] {
        assert!(page.contains(expect), "{expect}");
    }
    let note = page.find("class=\"notes\"").or_else(|| page.find("Linked from")).unwrap();
    assert!(
        page.find("Its second").unwrap() < note && note < page.find("The first words").unwrap(),
        "the note is beside p2"
    );

    assert_eq!(out(&plenary(site.path(), &["lock", "a"])), "locks/a.en.lock\n");
    assert!(!err(&plenary(site.path(), &["check"])).contains("outdated-lock"));
}

#[test]
fn a_later_paragraph_does_not_stop_a_hosts_build() {
    let site = new_site();
    let text = |paragraphs: &[&str]| {
        let front = "title: A\nsimulated: true\ndate: 2024-06-04\ndelegation: XAA";
        format!("---\n{front}\n---\n\n{}\n", paragraphs.join("\n\n"))
    };
    put(&site, "content/statements/a.md", &text(&[FIRST, THIRD]));
    assert_eq!(code(&plenary(site.path(), &["lock"])), 0);
    assert_eq!(code(&plenary(site.path(), &["build", "--strict"])), 0);
    put(&site, "content/statements/a.md", &text(&[FIRST, SECOND]));
    put(&site, "content/statements/b.md", &text(&[THIRD]));
    for command in ["build", "check"] {
        let output = plenary(site.path(), &[command, "--strict"]);
        assert_eq!(code(&output), 0, "{}", err(&output));
        let said = wording::transcript(site.path(), &[command, "--strict"]);
        crate::support::snapshot(&format!("cli-lock-strict-{command}"), &said);
    }
    let page = read_to_string(site.path().join("public/statements/a/index.html")).unwrap();
    assert!(page.contains("id=\"p2a\"") && page.contains("id=\"p2\""), "{page}");
}

/// Returns the numbers and states of a lock.
fn states(site: &TempDir, lock: &str) -> String {
    let lock = read_to_string(site.path().join("locks").join(lock)).unwrap();
    let lines = lock.lines().skip(1).map(|line| line.splitn(3, ' ').take(2).collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join(", ")
}

#[test]
fn numbers_start_again_while_a_text_is_not_published() {
    let site = new_site();
    let draft =
        |more: &str, paragraphs: &[&str]| text(paragraphs).replacen("title: A\n", &format!("title: A\n{more}"), 1);
    put(&site, "content/statements/a.md", &text(&["ARVENIA", "4 JUNE 2024", FIRST, SECOND]));
    put(&site, "content/statements/b.md", &text(&[THIRD]));
    assert_eq!(code(&plenary(site.path(), &["lock"])), 0);
    put(&site, "content/statements/a.md", &text(&[FIRST, SECOND]));
    assert_eq!(code(&plenary(site.path(), &["lock", "a"])), 0);
    assert_eq!(states(&site, "a.en.lock"), "1 gone, 2 gone, 3 live, 4 live");

    let output = plenary(site.path(), &["lock", "--restart", "a"]);
    assert_eq!(code(&output), 2);
    assert_eq!(states(&site, "a.en.lock"), "1 gone, 2 gone, 3 live, 4 live");
    assert_eq!(code(&plenary(site.path(), &["lock", "--restart"])), 2, "it needs an id");
    let output = plenary(site.path(), &["lock", "--restart", "nowhere"]);
    assert_eq!(code(&output), 2, "{}", err(&output));

    for (more, as_of) in [("status: draft\n", "2024-06-04"), ("embargo: 2024-06-05\n", "2024-06-04")] {
        put(&site, "content/statements/a.md", &text(&["ARVENIA", FIRST, SECOND]));
        assert_eq!(code(&plenary(site.path(), &["lock", "a", "--restart", "--force"])), 0);
        put(&site, "content/statements/a.md", &draft(more, &[FIRST, SECOND]));
        let other = read_to_string(site.path().join("locks/b.en.lock")).unwrap();
        let output = plenary(site.path(), &["lock", "--restart", "a", "--as-of", as_of]);
        assert_eq!((code(&output), out(&output)), (0, "locks/a.en.lock\n".into()), "{}", err(&output));
        assert_eq!(states(&site, "a.en.lock"), "1 live, 2 live", "{more}");
        assert_eq!(read_to_string(site.path().join("locks/b.en.lock")).unwrap(), other);
    }
    let output = plenary(site.path(), &["lock", "--restart", "a", "--as-of", "2024-06-05"]);
    assert_eq!(code(&output), 2, "the embargo is over: {}", err(&output));
    assert!(err(&output).contains("ends on 2024-06-05") && !err(&output).contains("is published"), "{}", err(&output));
}

#[test]
fn a_renamed_text_gets_no_second_set_of_numbers() {
    let site = new_site();
    put(&site, "content/statements/a.md", &text(&["A paragraph that was taken out.", FIRST, SECOND, THIRD]));
    put(&site, "content/statements/b.md", &text(&[THIRD]));
    assert_eq!(code(&plenary(site.path(), &["lock"])), 0);
    fs::remove_file(site.path().join("content/statements/a.md")).unwrap();
    put(&site, "content/statements/c.md", &text(&[FIRST, SECOND, THIRD]));
    put(&site, "content/statements/d.md", &text(&["These are the words of another text, and of no lock."]));
    for arguments in [&["lock"][..], &["lock", "c"], &["lock", "--dry-run"]] {
        let output = plenary(site.path(), arguments);
        assert_eq!(code(&output), 2, "{}", err(&output));
        for reported in ["no lock was written", "locks/a.en.lock", "content/statements/c.md", "to `locks/c.en.lock`"] {
            assert!(err(&output).contains(reported), "{reported}: {}", err(&output));
        }
        assert!(!site.path().join("locks/c.en.lock").exists() && !site.path().join("locks/d.en.lock").exists());
    }
    assert_eq!(out(&plenary(site.path(), &["lock", "d"])), "locks/d.en.lock\n", "others are not held up");

    // Its language was changed as well.
    fs::rename(site.path().join("content/statements/c.md"), site.path().join("content/statements/c.fr.md")).unwrap();
    assert!(err(&plenary(site.path(), &["lock"])).contains("to `locks/c.fr.lock`"));
    fs::rename(site.path().join("locks/a.en.lock"), site.path().join("locks/c.fr.lock")).unwrap();
    assert_eq!(code(&plenary(site.path(), &["lock"])), 0);
    assert_eq!(states(&site, "c.fr.lock"), "1 gone, 2 live, 3 live, 4 live");
}

#[test]
fn a_resolved_conflict_is_not_an_error() {
    let site = new_site();
    put(&site, "content/statements/a.md", &text(&[FIRST, SECOND]));
    assert_eq!(code(&plenary(site.path(), &["lock"])), 0);
    let lock = read_to_string(site.path().join("locks/a.en.lock")).unwrap();
    let line = lock.lines().last().unwrap();
    let conflict = lock.replace(line, &format!("<<<<<<< HEAD\n{line}\n=======\n{line}\n>>>>>>> other"));
    put(&site, "locks/a.en.lock", &conflict);
    assert_eq!(code(&plenary(site.path(), &["check"])), 1);
    let output = plenary(site.path(), &["lock"]);
    assert_eq!((code(&output), out(&output)), (0, "locks/a.en.lock\n".into()), "{}", err(&output));
    assert!(!err(&output).contains("error"), "{}", err(&output));
    assert_eq!(read_to_string(site.path().join("locks/a.en.lock")).unwrap(), lock);
    assert_eq!(code(&plenary(site.path(), &["check"])), 0);

    // One of the two remains.
    put(&site, "locks/a.en.lock", &conflict);
    put(&site, "content/statements/b.md", "---\ntitle: [\n---\n\nText.\n");
    let output = plenary(site.path(), &["lock"]);
    assert!(code(&output) == 1 && err(&output).contains("1 error, "), "{}", err(&output));
}

#[test]
fn an_unreadable_lock_file_is_not_overwritten() {
    let site = new_site();
    put(&site, "content/statements/a.md", &text(&[FIRST]));
    put(&site, "locks/a.en.lock", "7 live\n");
    let output = plenary(site.path(), &["lock"]);
    assert_eq!(code(&output), 2, "{}", err(&output));
    crate::support::snapshot("cli-lock-invalid", &wording::transcript(site.path(), &["lock"]));
    assert_eq!(read_to_string(site.path().join("locks/a.en.lock")).unwrap(), "7 live\n");
    let output = plenary(site.path(), &["lock", "b"]);
    assert_eq!(code(&output), 2, "{}", err(&output));
}

#[test]
fn a_language_version_shares_the_numbers_of_the_one_that_has_them() {
    let site = new_site();
    let second = "Its second paragraph asks for a register that every delegation may read at any hour of the day, and that \
                  the secretariat corrects whenever a launch was put off.";
    let french = [
        "Les premiers mots de ce texte inventé remercient tous ceux qui ont préparé la réunion.",
        "Et le troisième promet tout le soutien dont la présidence peut avoir besoin.",
    ];
    put(&site, "content/statements/a.md", &text(&[FIRST, second, THIRD]));
    assert_eq!(out(&plenary(site.path(), &["lock", "a"])), "locks/a.en.lock\n");
    put(&site, "content/statements/a.fr.md", &text(&french));
    let german = [
        "Die ersten Worte dieses erfundenen Textes danken allen, die die Sitzung vorbereitet haben. Sein zweiter Absatz \
         bittet um ein Register, das jede Delegation zu jeder Stunde des Tages lesen kann und das das Sekretariat \
         berichtigt, wenn ein Start verschoben wurde.",
        "Und der dritte sagt jede Unterstützung zu, die der Vorsitz brauchen mag.",
    ];
    put(&site, "content/statements/a.de.md", &text(&german));
    assert_eq!(out(&plenary(site.path(), &["lock", "a"])), "locks/a.de.lock\nlocks/a.fr.lock\n");
    let numbers = |language: &str| -> Vec<String> {
        let lock = read_to_string(site.path().join(format!("locks/a.{language}.lock"))).unwrap();
        let lines = lock.lines().skip(1).map(|line| line.splitn(3, ' ').take(2).collect::<Vec<_>>().join(" "));
        lines.collect()
    };
    assert_eq!(numbers("fr"), ["1 live", "3 live"]);
    assert_eq!(numbers("de"), ["2 in:1", "1 live", "3 live"]);
    assert_eq!(out(&plenary(site.path(), &["lock", "a"])), "");

    // A version keeps what it has, even if the main one is numbered again.
    put(&site, "content/statements/a.md", &text(&[FIRST, "This one was put in later than all others.", second, THIRD]));
    assert_eq!(out(&plenary(site.path(), &["lock", "a"])), "locks/a.en.lock\n");
    assert_eq!(code(&plenary(site.path(), &["build"])), 0);
    let page = read_to_string(site.path().join("public/de/statements/a/index.html")).unwrap();
    assert!(page.contains("id=\"p2\"") && page.contains("id=\"p1\"") && page.contains("id=\"p3\""), "{page}");
}

#[test]
fn a_number_of_one_version_is_never_another_paragraph_of_another() {
    let site = new_site();
    let late = "In 2024 the number of objects has passed 36,000, which nobody here had foreseen.";
    put(&site, "content/statements/a.md", &text(&[FIRST, SECOND, THIRD]));
    put(&site, "content/statements/a.fr.md", &text(&FRENCH));
    assert_eq!(out(&plenary(site.path(), &["lock", "a"])), "locks/a.en.lock\nlocks/a.fr.lock\n");
    let numbers = |language: &str| -> Vec<String> {
        let lock = read_to_string(site.path().join(format!("locks/a.{language}.lock"))).unwrap();
        lock.lines().skip(1).map(|line| line.split(' ').next().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers("fr"), ["1", "1a", "2", "3"]);

    put(&site, "content/statements/a.md", &text(&[FIRST, late, SECOND, THIRD]));
    assert!(err(&plenary(site.path(), &["check"])).contains("paragraph 1b is new"));
    assert_eq!(out(&plenary(site.path(), &["lock", "a"])), "locks/a.en.lock\n");
    assert_eq!(numbers("en"), ["1", "1b", "2", "3"]);

    // Its translation comes later, and is the same paragraph.
    let late = "En 2024, le nombre des objets a passé 36,000, ce que nul ici n’avait prévu.";
    put(&site, "content/statements/a.fr.md", &text(&[FRENCH[0], FRENCH[1], late, FRENCH[2], FRENCH[3]]));
    assert_eq!(out(&plenary(site.path(), &["lock", "a"])), "locks/a.fr.lock\n");
    assert_eq!(numbers("fr"), ["1", "1a", "1b", "2", "3"]);
    assert!(!err(&plenary(site.path(), &["check"])).contains("unlike-paragraphs"));
}

#[test]
fn numbers_of_a_deleted_version_are_not_given_again() {
    let site = new_site();
    put(&site, "content/statements/a.md", &text(&[FIRST, SECOND, THIRD]));
    put(&site, "content/statements/a.fr.md", &text(&FRENCH));
    assert_eq!(code(&plenary(site.path(), &["lock", "a"])), 0);
    assert!(read_to_string(site.path().join("locks/a.fr.lock")).unwrap().contains("\n1a live "));

    fs::remove_file(site.path().join("content/statements/a.fr.md")).unwrap();
    assert!(!err(&plenary(site.path(), &["check"])).contains("stray-lock"), "its file should be kept");
    put(&site, "content/statements/a.md", &text(&[FIRST, "This one came later than all others.", SECOND, THIRD]));
    assert!(err(&plenary(site.path(), &["check"])).contains("paragraph 1b is new"));

    // It may have belonged to another version.
    put(&site, "content/statements/a.de.md", &text(&["Ein anderer Text."]));
    assert!(err(&plenary(site.path(), &["check"])).contains("stray-lock"));
    assert_eq!(code(&plenary(site.path(), &["lock", "a"])), 0);
    assert!(!err(&plenary(site.path(), &["check"])).contains("stray-lock"));
}
