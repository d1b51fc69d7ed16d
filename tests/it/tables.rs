//! The tables that a site exports -> the same site when they are imported again.

use std::fs;
use std::path::Path;

use crate::import::{plenary, put};
use crate::support::{demo, files_of};

/// Builds a site, imports the tables that it exports, and checks that no file of its content changes and nothing is
/// reported.
fn comes_back(at: &Path) {
    assert_ne!(plenary(at, &["build"]).status.code(), Some(3));
    let before = files_of(&at.join("content"));
    for table in ["statements.csv", "statements.json", "list.csv"] {
        let exported = match table {
            // The list for spreadsheets has a row for each language version.
            "list.csv" => plenary(at, &["list", "--format", "csv"]).stdout,
            _ => fs::read(at.join("public/data").join(table)).unwrap(),
        };
        put(at, table, &exported);
        let reported = plenary(at, &["import", table]);
        for (path, bytes) in files_of(&at.join("content")) {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            assert_eq!(text(&bytes), text(&before[&path]), "{path} after {table}");
        }
        assert_eq!(reported.status.code(), Some(0), "{table}: {reported:?}");
        assert!(String::from_utf8_lossy(&reported.stderr).contains("0 new, 0 updated"), "{reported:?}");
    }
}

#[test]
fn the_table_of_the_demonstration_comes_back_and_changes_nothing() {
    let site = tempfile::tempdir().unwrap();
    for (path, bytes) in demo() {
        put(site.path(), &path, &bytes);
    }
    comes_back(site.path());
}

#[test]
fn a_table_comes_back_however_its_statements_write_names() {
    let site = tempfile::tempdir().unwrap();
    let at = site.path();
    put(at, "site.toml", b"title = \"Test\"\nbase_url = \"https://example.org/\"\nlanguage = \"fr\"\n");
    put(at, "content/documents/rules.md", b"---\ntitle: Rules; part one\nsymbol: rules\n---\n");
    put(at, "content/documents/plan.md", b"---\ntitle: A plan\nsymbol: A/1\naliases: [the plan]\n---\n");
    put(at, "content/groups/friends.md", b"---\ntitle: Friends of Ports\naliases: [FoP]\n---\n");
    put(at, "content/speakers/jane-doe.md", b"---\ntitle: Jane Doe\naliases: [\"Amb. Doe\"]\n---\n");
    put(at, "content/delegations/xyz.md", b"---\ntitle: Arvenia\nsimulated: true\n---\n");
    for (name, front) in [
        (
            "a",
            "delegation: QQQ\nforum: nowhere\nreferences: [rules, the plan, Other paper]\non_behalf_of: [FoP, kz, AU]\n",
        ),
        (
            "b",
            "delegation: au\nspeaker: { as_printed: \"Amb. Doe\", role: Ambassador }\nsession: 079\nmeeting: \"1 | 2\"\n",
        ),
        (
            "c",
            "delegation: XYZ\nlanguage: en\non_behalf_of: [Some Group, friends]\ndate: 2019~\nsource: { url: \"https://example.org/a\" }\n",
        ),
        ("d", "delegation: Congo\nreferences: [A/1, rules]\ntopics: [Outer Space, C++]\nsimulated: false\n"),
    ] {
        let text =
            format!("---\ntitle: \"Text {name}; one\"\n{front}---\n\nThe harbour was closed. {{topics=\"ports\"}}\n");
        put(at, &format!("content/statements/{name}.md"), text.as_bytes());
    }
    comes_back(at);
    // A value that the site does not already have is questioned.
    put(at, "i.csv", b"id,delegation\na,Korea\nb,au\nc,QQQ\n");
    let reported = plenary(at, &["import", "i.csv", "--format", "json"]);
    let said = String::from_utf8_lossy(&reported.stderr).into_owned() + &String::from_utf8_lossy(&reported.stdout);
    assert!(said.contains("`Korea` may mean KOR or PRK") && said.contains("`QQQ` is not a known delegation"), "{said}");
    assert!(!said.contains("alpha-2"), "{said}");
}
