//! The source code -> circles among the files of a room: files of which none can be understood without the others.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{files_of, repository};

/// The rooms that have no circle.
const ROOMS: &[&str] = &["compare", "import"];

/// A module as the parts of its path: `import`, `reading`, `pdf`.
type Module = Vec<String>;

/// Returns the module of a file below `src/`.
fn module_of(file: &str) -> Module {
    let path = file.strip_suffix("/mod.rs").or(file.strip_suffix(".rs")).unwrap();
    path.split('/').map(str::to_owned).collect()
}

/// Returns the paths in the tree of a `use`, one for each name in its braces.
fn paths(tree: &str) -> Vec<String> {
    let Some((before, rest)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let inner = rest.rsplit_once('}').map_or(rest, |(inner, _)| inner);
    let mut depth = 0;
    let branches = inner.split(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    let branches = branches.filter(|branch| !branch.trim().is_empty());
    branches.flat_map(paths).map(|path| format!("{}{path}", before.trim())).collect()
}

/// Returns the module that a path leads to, seen from another; `None` if it leads out of the room.
fn target(path: &str, own: &Module, modules: &BTreeMap<Module, String>) -> Option<Module> {
    let mut parts: Vec<&str> = path.split("::").map(str::trim).collect();
    // A path that does not begin with `crate` is below this module or one above it, or leads to another crate.
    let mut from = if parts[0] == "crate" { Vec::new() } else { own.clone() };
    while matches!(parts.first(), Some(&"crate" | &"self" | &"super")) {
        if parts.remove(0) == "super" {
            from.pop();
        }
    }
    from.extend(parts.iter().map(|part| (*part).to_owned()));
    (1..=from.len()).rev().map(|length| from[..length].to_vec()).find(|path| modules.contains_key(path))
}

/// Returns the modules that a file needs: those it declares and those it names. Tests are skipped.
fn needs(own: &Module, text: &str, modules: &BTreeMap<Module, String>) -> BTreeSet<Module> {
    let code = text.split("mod tests {").next().unwrap();
    let lines = code.lines().map(|line| line.trim_start_matches(' ')).filter(|line| !line.starts_with("//"));
    let code = lines.fold(String::new(), |code, line| code + line + "\n");
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices('\n').chain([(0, "")]) {
        let item = code[at..].trim_start();
        let item =
            ["pub(super) ", "pub(crate) ", "pub "].iter().find_map(|seen| item.strip_prefix(seen)).unwrap_or(item);
        let item = item.split(';').next().unwrap_or_default();
        if let Some(name) = item.strip_prefix("mod ") {
            found.extend(target(name, own, modules));
        } else if let Some(tree) = item.strip_prefix("use ") {
            found.extend(paths(tree).iter().filter_map(|path| target(path, own, modules)));
        }
    }
    for (at, _) in code.match_indices("crate::").chain(code.match_indices("super::")) {
        let path: String = code[at..].chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
        // Braces are handled above, and the second `super` of two belongs to the first.
        let is_part = code[..at].ends_with([':', '$', '_']) || code[..at].ends_with(char::is_alphanumeric);
        if !is_part && !path.ends_with(':') {
            found.extend(target(&path, own, modules));
        }
    }
    found.remove(own);
    found
}

/// Returns what remains after repeatedly removing files that need none of the others, and files that none of the others
/// needs.
fn circles(mut graph: BTreeMap<Module, BTreeSet<Module>>) -> BTreeMap<Module, BTreeSet<Module>> {
    loop {
        let needed: BTreeSet<Module> = graph.values().flatten().cloned().collect();
        let before = graph.len();
        graph.retain(|module, needs| !needs.is_empty() && needed.contains(module));
        let left: BTreeSet<Module> = graph.keys().cloned().collect();
        for needs in graph.values_mut() {
            needs.retain(|need| left.contains(need));
        }
        if graph.len() == before {
            return graph;
        }
    }
}

/// Returns the circles among the files of a room, by their paths below `src/`.
fn circles_of(files: &[(&str, &str)]) -> BTreeMap<Module, BTreeSet<Module>> {
    let modules: BTreeMap<Module, String> =
        files.iter().map(|(file, text)| (module_of(file), (*text).to_owned())).collect();
    circles(modules.iter().map(|(own, text)| (own.clone(), needs(own, text, &modules))).collect())
}

#[test]
fn files_of_a_room_need_each_other_in_one_direction() {
    let mut wrong = Vec::new();
    for room in ROOMS {
        let files = files_of(&repository().join("src"));
        let of_room = |path: &str| path.starts_with(&format!("{room}/")) || path == format!("{room}.rs");
        let is_test = |path: &str| path.ends_with("/tests.rs") || path.contains("/tests/");
        let files = files.into_iter().filter(|(path, _)| of_room(path) && path.ends_with(".rs") && !is_test(path));
        let files: Vec<(String, String)> =
            files.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert!(files.len() > 1, "no room `{room}`");
        wrong.extend(circles_of(&files).into_iter().map(|(module, needs)| {
            let needs: Vec<String> = needs.iter().map(|need| need.join("::")).collect();
            format!("{} needs {}", module.join("::"), needs.join(", "))
        }));
    }
    assert!(wrong.is_empty(), "move what they share into a file below them:\n{}", wrong.join("\n"));
}

#[test]
fn circles_are_found_however_paths_are_written() {
    let circle = |a: &str, b: &str| {
        let files = [("room/mod.rs", "mod a;\npub mod b;"), ("room/a.rs", a), ("room/b/mod.rs", b), ("room/c.rs", "")];
        circles_of(&files).into_keys().map(|module| module.join("::")).collect::<Vec<_>>()
    };
    let both = ["room::a", "room::b"];
    for (a, b, expect) in [
        ("use super::b::B;", "use super::c;", &[][..]),
        ("use super::b::B;", "use super::a::A;", &both),
        ("use crate::{other, room::b::{self, B}};", "pub(super) use super::a;", &both),
        ("use super::{\n    b::B,\n    c,\n};", "fn b() -> super::a::A {}", &both),
        ("use super::b::B;", "// use super::a::A;\n#[cfg(test)]\nmod tests {\n    use super::a;\n}", &[]),
        ("use super::c;", "use crate::room::Shared;", &["room", "room::b"]),
    ] {
        assert_eq!(circle(a, b), expect, "{a} {b}");
    }
}
