//! Commands that only read -> what they print.

use super::*;

#[test]
fn view_and_explain_take_a_url_however_it_is_written() {
    let site = new_site();
    let urls = [
        "/statements/xaa-2024-example/",
        "statements/xaa-2024-example",
        "https://example.org/statements/xaa-2024-example/#p2",
    ];
    for url in urls {
        let output = plenary(site.path(), &["view", url]);
        assert_eq!(code(&output), 0, "{}", err(&output));
        let view: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
        assert_eq!(view["page"]["url"], "/statements/xaa-2024-example/");
        let output = plenary(site.path(), &["explain", url]);
        assert!(out(&output).contains("  content/statements/2024/xaa-2024-example.md\n"), "{}", out(&output));
    }
    let output = plenary(site.path(), &["view", "/statements/xaa-2024-exampel/"]);
    assert_eq!(code(&output), 2, "{}", err(&output));
}

#[test]
fn every_command_can_include_drafts_and_embargoed_texts() {
    let site = new_site();
    put(&site, "content/statements/draft.md", "---\ntitle: A\nstatus: draft\n---\n\nWords.\n");
    for (arguments, expect) in [(&["check"][..], "(1 statement)"), (&["check", "--drafts"], "(2 statements)")] {
        let said = err(&plenary(site.path(), arguments));
        assert!(said.contains(expect), "{arguments:?}: {said}");
    }
    for command in ["view", "explain"] {
        for (flags, expect) in [(&[][..], 2), (&["--drafts"], 0), (&["--drafts", "--as-of", "2024-06-04"], 0)] {
            let arguments = [&[command, "/statements/draft/"], flags].concat();
            assert_eq!(code(&plenary(site.path(), &arguments)), expect, "{arguments:?}");
        }
    }
}

#[test]
fn explain_marks_the_parts_that_differ_from_a_commit() {
    let site = new_site();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        let done = Command::new("git").current_dir(site.path()).args(identity).args(arguments).output().unwrap();
        assert!(done.status.success(), "{}", err(&done));
    };
    let changed = |url: &str, since: &[&str]| -> Vec<String> {
        let output = plenary(site.path(), &[&["explain", url], since].concat());
        assert_eq!(code(&output), 0, "{}", err(&output));
        let lines = out(&output);
        let parts = lines.lines().filter(|line| line.ends_with("  changed"));
        parts.map(|line| line.split(' ').next().unwrap().to_owned()).collect()
    };
    let (statement, topics) = ("/statements/xaa-2024-example/", "/topics/");
    assert!(err(&plenary(site.path(), &["explain", statement])).contains("Cannot tell what has changed: git says"));
    git(&["init", "--quiet"]);
    assert!(err(&plenary(site.path(), &["explain", statement])).contains("the repository has no such commit"));
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "first"]);
    assert_eq!(changed(statement, &[]), [""; 0]);
    let file = site.path().join("content/statements/2024/xaa-2024-example.md");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\nAnother paragraph.\n")).unwrap();
    assert_eq!(changed(statement, &[]), ["statement"]);
    assert_eq!(changed(topics, &[]), [""; 0]);
    git(&["commit", "--quiet", "--all", "--message", "second"]);
    assert_eq!(changed(statement, &[]), [""; 0]);
    assert_eq!(changed(statement, &["--since", "HEAD~1"]), ["statement"]);
    put(&site, "themes/default/templates/index.html", "{{ page.title }}");
    assert_eq!(changed(topics, &[]), ["theme"]);
}

#[test]
fn completions_and_man_pages_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, words) in [
        (&["completions", "bash"][..], "--base-url"),
        (&["completions", "fish"], "dry-run"),
        (&["man"], "explain"),
        (&["man", "build"], "dry\\-run"),
        (&["man", "theme", "eject"], "force"),
    ] {
        let output = plenary(folder.path(), arguments);
        assert_eq!(code(&output), 0, "{}", err(&output));
        assert!(out(&output).contains(words), "{arguments:?}: {}", out(&output));
    }
}

/// A draft as people leave it: no date, an unknown delegation, a link to a text that does not exist yet.
const UNFINISHED: &str = "---\ntitle: A\ndelegation: QQQ\nstatus: draft\n---\n\nSee [[not-written-yet]].\n";

#[test]
fn problems_of_texts_left_out_are_reported_and_stop_nothing() {
    let site = new_site();
    put(&site, "content/statements/unfinished.md", UNFINISHED);
    let later = UNFINISHED.replace("status: draft", "embargo: 2090-05-01");
    put(&site, "content/statements/later.md", &later);
    for arguments in [&["check", "--strict"][..], &["build", "--strict"], &["build"]] {
        let output = plenary(site.path(), arguments);
        assert_eq!(code(&output), 0, "{arguments:?}: {}", err(&output));
    }
    crate::support::snapshot("cli-left-out", &wording::transcript(site.path(), &["check", "--strict"]));
    for arguments in [&["check", "--drafts"][..], &["build", "--drafts"], &["build", "--as-of", "2090-05-01"]] {
        let output = plenary(site.path(), arguments);
        assert_eq!(code(&output), 1, "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn each_build_names_what_it_leaves_out_and_until_when() {
    let site = new_site();
    put(&site, "content/statements/a.md", "---\ntitle: A\ndate: 2024-01-01\nstatus: draft\n---\n\nWords.\n");
    put(&site, "content/statements/b.md", "---\ntitle: B\ndate: 2024-01-01\nembargo: 2090-05-01\n---\n\nWords.\n");
    for command in ["build", "check"] {
        let said = wording::transcript(site.path(), &[command]);
        crate::support::snapshot(&format!("cli-left-out-{command}"), &said);
    }
    let said = err(&plenary(site.path(), &["build", "--drafts", "--as-of", "2090-05-01"]));
    assert!(!said.contains("Left out"), "{said}");
    let last = out(&plenary(site.path(), &["build", "--format", "json"]));
    let object: serde_json::Value = serde_json::from_str(last.lines().last().unwrap()).unwrap();
    assert_eq!(
        object["left_out"],
        serde_json::json!([
            {"path": "content/statements/a.md", "id": "a", "reason": "draft"},
            {"path": "content/statements/b.md", "id": "b", "reason": "embargo", "until": "2090-05-01"},
        ])
    );
}

#[test]
fn commands_that_only_need_the_configuration_report_what_is_wrong_in_it() {
    let site = new_site();
    put(&site, "site.toml", "title = \"A\"\nlanguage = \"english!\"\n");
    put(&site, "a.txt", "Words of a delegation.\n");
    let commands = [&["new", "one"][..], &["review"], &["import", "a.txt", "--dry-run"]];
    let said = commands.map(|arguments| wording::transcript(site.path(), arguments)).concat();
    assert_eq!(said.matches("site.toml:2:").count(), commands.len(), "{said}");
    crate::support::snapshot("cli-configuration", &said);
}
