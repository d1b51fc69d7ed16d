//! Command lines -> everything that is printed, as snapshots.

use super::*;
use crate::support::snapshot;

/// Runs a command line in a folder, and returns it with its exit code and output. What differs from run to run, or with
/// the number of the theme's pages, is replaced by a word.
pub(super) fn transcript(folder: &Path, arguments: &[&str]) -> String {
    let output = plenary(folder, arguments);
    let mut text = format!("$ plenary {}\n{}{}", arguments.join(" "), out(&output), err(&output));
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let _ = writeln!(text, "(exit code {})\n", code(&output));
    // If the temporary folder is behind a link, its resolved name is printed.
    let resolved = folder.canonicalize().unwrap();
    for folder in [resolved.as_path(), folder] {
        text = text.replace(&*folder.to_string_lossy(), "<site>");
    }
    text.split_inclusive('\n').map(steady).collect()
}

/// Returns a line with times and numbers of pages and files replaced.
fn steady(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let steady = (0..words.len()).map(|at| {
        let next = words.get(at + 1).map_or("", |next| next.trim_end_matches([':', ',', '\n']));
        let is_time = at > 0 && words[at - 1] == "in" && matches!(next, "s" | "ms");
        match words[at].parse::<f64>() {
            Ok(_) if is_time => "<time>",
            Ok(_) if matches!(next, "pages" | "files" | "unchanged") => "<n>",
            _ => words[at],
        }
    });
    steady.collect::<Vec<_>>().join(" ")
}

/// Returns the commands that the help of a command lists.
fn commands(help: &str) -> Vec<&str> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect()
}

#[test]
fn the_help_of_every_command_is_as_it_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let help = |command: &[&str]| transcript(folder.path(), &[command, &["--help"]].concat());
    let first = help(&[]);
    let mut all = first.clone();
    for command in commands(&first) {
        let its = help(&[command]);
        all.push_str(&its);
        for inner in commands(&its) {
            all.push_str(&help(&[command, inner]));
        }
    }
    assert!(all.contains("$ plenary theme eject --help\n"), "{all}");
    snapshot("cli-help", &all);
}

#[test]
fn what_each_command_prints_at_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut said = String::new();
    let mut run = |arguments: &[&str]| said.push_str(&transcript(folder.path(), arguments));
    put(&folder, "README.md", "mine");
    for arguments in [
        &["init"][..],
        &["init"],
        &["init", "--ci", "github"],
        &["check"],
        &["build"],
        &["build"],
        &["lock", "--dry-run"],
        &["lock"],
        &["lock"],
        &["new", "xaa-2024-a", "--date", "2024-06-04"],
        &["new", "xaa-2024-a", "--date", "2024-06-04"],
        &["new", "xaa-2024-a", "--language", "fr", "--quiet"],
        &["new", "a", "--delegation", "Kazakhstan", "--forum", "First Committee"],
        &["view", "/statements/xaa-2024-exampel/"],
        &["lock", "--restart"],
        &["lock", "--restart", "nowhere"],
        &["lock", "--restart", "xaa-2024-example"],
        &["lock", "nowhere"],
        &["review"],
        &["man", "bild"],
        &["bild"],
        &["build", "--as-of", "2024"],
        &["build", "--base-url", "example.org"],
        &["new", "a", "--date", "yesterday"],
        &["--jobs", "0", "check"],
        &["--site", "elsewhere", "check"],
        &["build", "--output", "."],
        &["build", "--output", "content/out"],
        &["build", "--output", "site.toml"],
        &["import", "nowhere.pdf"],
    ] {
        run(arguments);
    }
    snapshot("cli-endings", &said);
}

#[test]
fn what_is_reported_about_problems_and_texts_left_out() {
    let site = new_site();
    put(&site, "content/statements/a.md", WARNED);
    put(&site, "content/statements/b.md", "---\ntitle: B\ndate: 2024-01-01\nembargo: 2090-05-01\n---\n\nWords.\n");
    put(&site, "content/statements/c.md", "---\ntitle: C\ndelegation: QQQ\nstatus: draft\n---\n\nSee [[d]].\n");
    let mut said = String::new();
    let mut run = |arguments: &[&str]| said.push_str(&transcript(site.path(), arguments));
    for arguments in
        [&["check"][..], &["check", "--format", "json"], &["check", "--format", "github"], &["build", "--strict"]]
    {
        run(arguments);
    }
    put(&site, "content/index.md", WRONG);
    for arguments in [&["build"][..], &["build", "--format", "json"]] {
        run(arguments);
    }
    snapshot("cli-problems", &said);
}

#[test]
fn without_a_site_it_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let commands =
        [&["build"][..], &["check"], &["serve"], &["new", "a"], &["view", "/"], &["theme", "eject"], &["lock"]];
    let said = commands.map(|command| transcript(folder.path(), command)).concat();
    assert_eq!(said.matches("(exit code 2)").count(), commands.len(), "{said}");
    snapshot("cli-no-site", &said);
}
