//! Command lines -> exit codes, files and output, as scripts and people see them.

mod bulk;
mod day;
mod deploying;
mod external;
mod fixing;
mod folders;
mod locking;
mod looking;
mod previewing;
mod rebuilding;
mod verifying;
mod wording;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Runs the program in a folder.
fn plenary(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
    command.current_dir(folder).args(arguments).env_remove("GITHUB_WORKSPACE").env_remove("NO_COLOR");
    command
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Returns the folder of a new site.
fn new_site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = plenary(folder.path(), &["init"]);
    assert_eq!(code(&made), 0, "{}", err(&made));
    folder
}

fn put(folder: &TempDir, path: &str, text: &str) {
    let file = folder.path().join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// A statement with a warning (an unknown delegation) and no error.
const WARNED: &str = "---\ntitle: A\ndate: 2024-01-01\ndelegation: QQQ\n---\n\nWords.\n";
/// A page with an error: a link without a target.
const WRONG: &str = "---\ntitle: B\n---\n\nSee [[nowhere-at-all]].\n";

#[test]
fn a_new_site_checks_and_builds_strictly() {
    let site = new_site();
    for arguments in [&["check", "--strict"][..], &["build", "--strict"]] {
        let output = plenary(site.path(), arguments);
        assert_eq!((code(&output), out(&output).as_str()), (0, ""), "{}", err(&output));
    }
    assert!(site.path().join("public/statements/xaa-2024-example/index.html").is_file());
    let again = plenary(site.path(), &["build"]);
    assert!(err(&again).contains(": 0 files written, 0 removed, "), "{}", err(&again));
    assert_eq!(err(&plenary(site.path(), &["build", "--quiet"])), "");
}

#[test]
fn init_refuses_a_site_and_keeps_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    put(&folder, "README.md", "mine");
    let made = plenary(folder.path(), &["init", ".", "--ci", "github"]);
    assert_eq!(code(&made), 0);
    assert!(err(&made).contains("kept README.md"), "{}", err(&made));
    assert_eq!(fs::read_to_string(folder.path().join("README.md")).unwrap(), "mine");
    assert!(folder.path().join(".github/workflows/publish.yml").is_file());
    let again = plenary(folder.path(), &["init"]);
    assert_eq!((code(&again), out(&again).as_str()), (2, ""));
}

#[test]
fn init_adds_a_hosts_file_to_a_site_and_overwrites_none() {
    let site = new_site();
    let before = crate::support::files_of(site.path());
    let added = plenary(site.path(), &["init", "--ci", "gitlab"]);
    assert_eq!((code(&added), out(&added).as_str()), (0, ".gitlab-ci.yml\n"), "{}", err(&added));
    let mut after = crate::support::files_of(site.path());
    assert!(after.remove(".gitlab-ci.yml").is_some());
    assert_eq!(after, before);
    put(&site, ".gitlab-ci.yml", "mine");
    for folder in ["content", "content/statements"] {
        let inside = plenary(site.path(), &["init", folder]);
        assert_eq!((code(&inside), out(&inside).as_str()), (2, ""), "{folder}");
    }
    let again = plenary(site.path(), &["init", "--ci", "gitlab"]);
    assert_eq!((code(&again), out(&again).as_str()), (2, ""));
    assert_eq!(fs::read_to_string(site.path().join(".gitlab-ci.yml")).unwrap(), "mine");
}

#[test]
fn every_hosts_file_is_written() {
    for (host, file) in [("gitlab", ".gitlab-ci.yml"), ("netlify", "netlify.toml"), ("cloudflare", "wrangler.toml")] {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(code(&plenary(folder.path(), &["init", "deep/site", "--ci", host])), 0);
        assert!(folder.path().join("deep/site").join(file).is_file(), "{host}");
    }
}

#[test]
fn wrong_use_is_exit_code_2() {
    let site = new_site();
    put(&site, "full/mine.txt", "mine");
    for arguments in [
        &["bild"][..],
        &[],
        &["build", "--as-of", "2024"],
        &["build", "--base-url", "example.org"],
        &["new", "Not An Id"],
        &["new", "index"],
        &["new", "a", "--date", "yesterday"],
        &["view", "/nowhere/"],
        &["view", "/sitemap.xml"],
        &["--jobs", "0", "check"],
        &["--site", "elsewhere", "check"],
        &["build", "--output", "."],
        &["build", "--output", "content/out"],
        &["build", "--output", "site.toml"],
        &["build", "--output", "site.toml/below"],
        &["build", "--output", "full"],
        &["build", "--base-url", "https://ann:secret@example.org/"],
        &["explain", "/", "--since", "no-such-commit"],
        &["man", "bild"],
        &["init", "site.toml/below"],
    ] {
        let output = plenary(site.path(), arguments);
        assert_eq!((code(&output), out(&output).as_str()), (2, ""), "{arguments:?}");
        assert!(!err(&output).is_empty(), "{arguments:?}");
    }
    // An unusable folder is reported before problems of the content.
    put(&site, "content/wrong.md", WRONG);
    assert_eq!(code(&plenary(site.path(), &["build", "--output", "content/out"])), 2);
    assert_eq!(code(&plenary(site.path(), &["--help"])), 0);
    assert_eq!(code(&plenary(site.path(), &["--jobs", "1", "check"])), 1);
}

#[test]
fn the_nearest_site_above_is_the_one() {
    let outer = new_site();
    assert_eq!(code(&plenary(outer.path(), &["init", "content/inner"])), 0);
    let deep = outer.path().join("content/inner/content/statements");
    let made = plenary(&deep, &["new", "deep-one"]);
    assert_eq!(code(&made), 0, "{}", err(&made));
    assert!(deep.join("deep-one.md").is_file());
    assert!(Path::new(out(&made).trim()).is_file(), "the path printed leads to the file: {}", out(&made));
    let inner = outer.path().join("content/inner").canonicalize().unwrap();
    let said = err(&plenary(&deep, &["build"]));
    let place = format!(" of {0}/ into {0}/public/ in ", inner.display());
    assert!(said.lines().last().unwrap().contains(&place), "{said}");
}

#[test]
fn errors_keep_the_published_folder_as_it_was() {
    let site = new_site();
    assert_eq!(code(&plenary(site.path(), &["build"])), 0);
    let home = site.path().join("public/index.html");
    let before = fs::read(&home).unwrap();
    put(&site, "content/index.md", WRONG);
    let output = plenary(site.path(), &["build"]);
    assert_eq!(code(&output), 1);
    assert_eq!(fs::read(&home).unwrap(), before);
    assert_eq!(code(&plenary(site.path(), &["check"])), 1);
}

#[test]
fn warnings_count_only_when_strict() {
    let site = new_site();
    put(&site, "content/statements/a.md", WARNED);
    for (arguments, expect) in
        [(["build", "--dry-run"], 0), (["check", "--quiet"], 0), (["build", "--strict"], 1), (["check", "--strict"], 1)]
    {
        let output = plenary(site.path(), &arguments);
        assert_eq!(code(&output), expect, "{arguments:?}");
        assert!(err(&output).contains("warning[unknown-delegation]"), "{}", err(&output));
    }
    assert!(!site.path().join("public").exists());
}

#[test]
fn a_dry_run_writes_nothing_and_lists_what_would_be_done() {
    let site = new_site();
    let output = plenary(site.path(), &["build", "--dry-run"]);
    assert_eq!(code(&output), 0);
    assert!(out(&output).contains("write /statements/xaa-2024-example/\n"), "{}", out(&output));
    assert!(!site.path().join("public").exists() && !site.path().join(".plenary").exists());
    assert_eq!(code(&plenary(site.path(), &["build"])), 0);
    fs::remove_file(site.path().join("content/about.md")).unwrap();
    put(&site, "content/index.md", "---\ntitle: Home\n---\n\nWords.\n");
    let output = plenary(site.path(), &["build", "--dry-run"]);
    assert!(out(&output).contains("remove about/index.html\n"), "{}", out(&output));
    assert!(site.path().join("public/about/index.html").is_file());
}

#[test]
fn json_is_one_object_a_line_and_the_result_comes_last() {
    let site = new_site();
    put(&site, "content/statements/a.md", WARNED);
    for (arguments, key) in [(&["build"][..], "built"), (&["build", "--dry-run"], "write"), (&["check"], "checked")] {
        let output = plenary(site.path(), &[arguments, &["--format", "json"]].concat());
        assert_eq!((code(&output), err(&output).as_str()), (0, ""));
        let lines: Vec<serde_json::Value> =
            out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let (last, problems) = lines.split_last().unwrap();
        assert!(
            !problems.is_empty() && problems.iter().all(|problem| problem["severity"] == "warning"),
            "{problems:?}"
        );
        assert!(last.get(key).is_some() && last["warnings"] == problems.len(), "{last}");
    }
    put(&site, "content/b.md", WRONG);
    let output = plenary(site.path(), &["build", "--format", "json"]);
    let last: serde_json::Value = serde_json::from_str(out(&output).lines().last().unwrap()).unwrap();
    assert_eq!((code(&output), &last["built"], &last["errors"]), (1, &false.into(), &1.into()));
}

#[test]
fn a_workflow_gets_annotations_with_paths_from_the_repository() {
    let repository = tempfile::tempdir().unwrap();
    assert_eq!(code(&plenary(repository.path(), &["init", "site"])), 0);
    put(&repository, "site/content/b.md", WRONG);
    let output = command(repository.path(), &["--site", "site", "check", "--format", "github"])
        .env("GITHUB_WORKSPACE", repository.path())
        .output()
        .unwrap();
    assert_eq!(code(&output), 1);
    assert!(out(&output).starts_with("::error file=site/content/b.md,line=5,col="), "{}", out(&output));
    assert!(out(&output).contains(",title=unknown-target::"));
}

#[test]
fn there_is_no_colour_without_a_terminal() {
    let site = new_site();
    put(&site, "content/b.md", WRONG);
    for no_color in ["", "1"] {
        let output = command(site.path(), &["check"]).env("NO_COLOR", no_color).output().unwrap();
        assert!(!err(&output).contains('\u{1b}'), "{}", err(&output));
    }
}

#[test]
fn an_invalid_id_is_refused_with_a_reason_and_a_valid_one() {
    let site = new_site();
    let said = ["con", "-", "Ä b"].map(|id| wording::transcript(site.path(), &["new", "--", id])).concat();
    assert_eq!(said.matches("(exit code 2)").count(), 3, "{said}");
    crate::support::snapshot("cli-ids", &said);
}

#[test]
fn a_new_statement_can_be_read_and_is_never_written_over() {
    let site = new_site();
    let arguments =
        ["new", "no-2024-a", "--delegation", "NOR", "--date", "2024-06-04", "--title", "\"A\": #1", "--language", "en"];
    let made = plenary(site.path(), &arguments);
    assert_eq!((code(&made), out(&made).as_str()), (0, "content/statements/2024/no-2024-a.md\n"), "{}", err(&made));
    let file = site.path().join("content/statements/2024/no-2024-a.md");
    let text = fs::read_to_string(&file).unwrap();
    for again in [&["new", "no-2024-a"][..], &["new", "no-2024-a", "--date", "2023"], &arguments] {
        let output = plenary(site.path(), again);
        assert_eq!(code(&output), 2);
    }
    let french = plenary(site.path(), &["new", "no-2024-a", "--language", "fr"]);
    assert_eq!(out(&french), "content/statements/2024/no-2024-a.fr.md\n", "{}", err(&french));
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    let built = plenary(site.path(), &["build", "--strict", "--drafts"]);
    assert_eq!(code(&built), 0, "{}", err(&built));
    assert!(site.path().join("public/fr/statements/no-2024-a/index.html").is_file());
}

#[test]
fn an_ejected_theme_builds_the_same_site_and_edits_are_kept() {
    let site = new_site();
    assert_eq!(code(&plenary(site.path(), &["build"])), 0);
    let first = plenary(site.path(), &["theme", "eject"]);
    assert_eq!(code(&first), 0, "{}", err(&first));
    assert!(out(&first).contains("themes/default/templates/statement.html\n"), "{}", out(&first));
    let built = plenary(site.path(), &["build"]);
    assert!(err(&built).contains(": 0 files written"), "{}", err(&built));
    let home = site.path().join("themes/default/templates/home.html");
    let shipped = fs::read_to_string(&home).unwrap();
    fs::write(&home, "mine").unwrap();
    let again = plenary(site.path(), &["theme", "eject"]);
    assert_eq!((code(&again), out(&again).as_str()), (0, ""));
    assert!(err(&again).contains("kept themes/default/templates/home.html"), "{}", err(&again));
    assert_eq!(fs::read_to_string(&home).unwrap(), "mine");
    let forced = plenary(site.path(), &["theme", "eject", "--force"]);
    assert_eq!(out(&forced), "themes/default/templates/home.html\n");
    assert_eq!(fs::read_to_string(&home).unwrap(), shipped);
}

#[test]
fn a_template_that_fails_is_an_error_of_the_content() {
    let site = new_site();
    put(&site, "themes/default/templates/topic.html", "{{ no_such_thing.at_all }}");
    for command in ["check", "build"] {
        let output = plenary(site.path(), &[command]);
        assert_eq!(code(&output), 1, "{}", err(&output));
        assert!(err(&output).contains("error[failed-template]"), "{}", err(&output));
    }
    assert!(!site.path().join("public/index.html").exists());
}

#[test]
fn the_output_goes_where_it_is_asked_to_go() {
    let site = new_site();
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = elsewhere.path().join("out");
    let output =
        plenary(site.path(), &["build", "--base-url", "https://a.org/b/", "--output", folder.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(fs::read_to_string(folder.join("sitemap.xml")).unwrap().contains("https://a.org/b/topics/"));
    assert!(!site.path().join("public").exists());
    for wrong in ["/dev/null", ".plenary", ".git", ".git/hooks"] {
        let refused = plenary(site.path(), &["build", "--output", wrong]);
        assert_eq!(code(&refused), 2, "{wrong}: {}", err(&refused));
    }
}

#[test]
fn the_result_is_the_last_line_of_a_large_site_too() {
    let site = new_site();
    for number in 0..1000 {
        put(&site, &format!("static/{number}.txt"), "");
    }
    let said = err(&plenary(site.path(), &["build"]));
    let lines: Vec<&str> = said.lines().collect();
    let [.., kinds, result] = lines[..] else { panic!("{said}") };
    assert!(kinds.starts_with("Files by kind: 10"), "{said}");
    assert!(result.starts_with("Built ") && result.contains(" into public/ in "), "{said}");
}

#[test]
fn a_new_statement_knows_names_and_asks_about_what_it_does_not_know() {
    let site = new_site();
    let made = plenary(site.path(), &["new", "a", "--delegation", "Kazakhstan", "--forum", "First Committee"]);
    assert_eq!(code(&made), 0, "{}", err(&made));
    let text = fs::read_to_string(site.path().join("content/statements/a.md")).unwrap();
    assert!(text.contains("title: \"Statement by Kazakhstan\"\n") && text.contains("delegation: KAZ\n"), "{text}");
    let said = ["KAS", "Kazakstan", "Russia", "QQQQQ"].map(|delegation| {
        let arguments = ["new", &delegation.to_lowercase(), "--delegation", delegation, "--quiet"];
        wording::transcript(site.path(), &arguments)
    });
    assert_eq!(said.concat().matches("(exit code 0)").count(), said.len(), "{said:?}");
    crate::support::snapshot("cli-new-delegations", &said.concat());
}

/// A template for all pages that uses a variable that does not exist.
const MISTAKEN: &str =
    "{% extends \"default/base.html\" %}\n{% block footer %}{{ page.nothing.at_all }}{% endblock footer %}\n";

#[test]
fn a_mistake_in_a_template_is_reported_once_at_its_place() {
    let site = new_site();
    put(&site, "themes/default/templates/base.html", MISTAKEN);
    let output = plenary(site.path(), &["check"]);
    let said = err(&output);
    assert_eq!((code(&output), said.matches("failed-template").count()), (1, 1), "{said}");
    crate::support::snapshot("cli-template", &wording::transcript(site.path(), &["check"]));
}
