//! A clean collection with 25 planted faults -> each is reported once, at its line, with what to do, and nothing else is.

use plenary::diagnostic::Diagnostic;

use crate::support::TestSite;

/// A fault: the file, the right text in it, the wrong text, and what is to be reported in which line.
type Fault = (&'static str, &'static str, &'static str, &'static str, u32);

/// Every statement has each of these lines; a fault changes one.
const FAULTS: [Fault; 25] = [
    ("01", "delegation: KAZ", "delegation: KAX", "unknown-delegation", 4),
    ("02", "topics: [debris]", "topics: [debriss]", "unknown-topic", 7),
    ("03", "forum: unga-c1", "forum: unga-c99", "unknown-forum", 5),
    ("04", "on_behalf_of: river-group", "on_behalf_of: river-grup", "unknown-group", 8),
    ("05", "speaker: { given: Jorinde, family: Exampleson }", "speaker: jorinde-exampel", "unknown-speaker", 9),
    (
        "06",
        "speaker: { given: Jorinde, family: Exampleson }",
        "speaker: { given: Jorinde, family: Exampelson }",
        "similar-speaker",
        9,
    ),
    ("07", "session: 72", "session: 71", "unlikely-session", 6),
    ("08", "delegation: KAZ", "delegation: SUN", "unlikely-delegation", 4),
    ("09", "meeting_symbol: A/C.1/72/PV.16", "meeting_symbol: A/C.3/72/PV.16", "unlikely-meeting", 10),
    ("10", "references: [A/RES/71/27]", "references: [A/RES/75/27]", "impossible-symbol", 11),
    ("11", "See also [[s12#p1]].", "See also [[s99#p1]].", "unknown-target", 20),
    ("12", "See also [[s13#p1]].", "See also [[s13#p77]].", "unknown-paragraph", 20),
    ("13", "see_also: [s14]", "see_also: [s41x]", "unknown-statement", 12),
    ("14", "date: 2017-10-17\n", "", "missing-date", 2),
    ("15", "delegation: KAZ\n", "", "missing-delegation", 2),
    ("16", "forum: unga-c1\n", "", "missing-forum", 5),
    ("17", "date: 2017-10-17", "date: 2017-13-17", "invalid-date", 3),
    ("18", "type: statement", "tipe: statement", "unknown-key", 13),
    ("19", "text_status: as-delivered", "text_status: as-delivred", "invalid-value", 14),
    ("20", "A note.[^a]", "A note.[^b]", "missing-footnote", 22),
    ("21", "It ends here. {topics=debris}", "It ends {topics=debris} here.", "stray-tag", 24),
    (
        "22",
        "source: { url: \"https://example.org/a\" }",
        "source: { url: \"ftp://example.org/a\" }",
        "invalid-value",
        15,
    ),
    ("23", "[a link](https://example.org/)", "[a link](javascript:void)", "unsafe-link", 20),
    ("24", "[^a]: The note.", "[^a]: The note.\n\n[^a]: The note again.", "duplicate-footnote", 28),
    ("25", "title: Statement 25", "title: [Statement 25]", "wrong-type", 2),
];

fn collection() -> TestSite {
    let records = "\
-- site.toml --
title = \"Test\"
base_url = \"https://example.org/\"
-- content/topics/debris.md --
---
title: Debris
---
-- content/groups/river-group.md --
---
title: River Group
members: [KAZ, KGZ]
---
";
    let mut site = TestSite::new(records);
    for number in 1..=25 {
        let next = number % 25 + 1;
        // No two texts are alike.
        let word = char::from(b'a' + number as u8 - 1).to_string().repeat(4);
        // A wrong session would contradict the meeting's symbol as well, and a group stands for a missing delegation.
        let meeting = if number == 7 { "place: New York" } else { "meeting_symbol: A/C.1/72/PV.16" };
        // For the Soviet Union somebody else spoke.
        let given = if number == 8 { "Milo" } else { "Jorinde" };
        let group = if number == 15 { "place: New York" } else { "on_behalf_of: river-group" };
        site.edit(
            &format!("content/statements/s{number:02}.md"),
            format!(
                "---\ntitle: Statement {number:02}\ndate: 2017-10-17\ndelegation: KAZ\nforum: unga-c1\nsession: 72\n\
                 topics: [debris]\n{group}\nspeaker: {{ given: {given}, family: Exampleson }}\n\
                 {meeting}\nreferences: [A/RES/71/27]\nsee_also: [s{next:02}]\n\
                 type: statement\ntext_status: as-delivered\nsource: {{ url: \"https://example.org/a\" }}\n---\n\n\
                 We {word} about {word}.\n\nSee also [[s{next:02}#p1]]. This is [a link](https://example.org/).\n\n\
                 A note.[^a]\n\nIt ends here. {{topics=debris}}\n\n[^a]: The note.\n"
            ),
        );
    }
    site
}

fn found(problem: &Diagnostic) -> (String, &'static str, u32) {
    let place = problem.place.as_ref().expect("a planted fault is in a file");
    (place.path.to_string(), problem.code.word(), place.line)
}

#[test]
fn each_of_25_planted_faults_is_found_once() {
    let mut site = collection();
    let clean: Vec<String> = site.build().site.diagnostics.iter().map(|problem| problem.human(None)).collect();
    assert!(clean.is_empty(), "the collection has no fault yet:\n{}", clean.join("\n"));

    let file = |number: &str| format!("content/statements/s{number}.md");
    for (number, right, wrong, ..) in FAULTS {
        site.replace(&file(number), right, wrong);
    }
    let built = site.build();
    let mut expect: Vec<_> = FAULTS.iter().map(|(number, _, _, code, line)| (file(number), *code, *line)).collect();
    expect.sort_unstable();
    let mut all: Vec<_> = built.site.diagnostics.iter().map(found).collect();
    all.sort_unstable();
    assert_eq!(all, expect);
    for problem in &built.site.diagnostics {
        assert!(problem.help.is_some(), "{}", problem.human(None));
    }
}
