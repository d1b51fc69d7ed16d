//! The source code -> circles among the files of a room: files of which none can be understood without the others.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{files_of, repository};

/// The rooms in which not even a file and the folder of its name need each other. In all rooms, other files do not.
const ROOMS: &[&str] = &["compare", "import"];

/// The names that modules re-export, each with the module that it comes from.
type Exports = BTreeMap<(Module, String), Module>;

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

/// Returns the module that a path leads to, seen from another; nothing if it leads out of the room. A name that a module
/// re-exports leads to where it comes from.
fn target(path: &str, own: &Module, modules: &BTreeMap<Module, String>, exports: &Exports) -> Option<Module> {
    let mut parts: Vec<&str> = path.split("::").map(str::trim).collect();
    // A path that does not begin with `crate` is below this module or one above it, or leads to another crate.
    let mut from = if parts[0] == "crate" { Vec::new() } else { own.clone() };
    while matches!(parts.first(), Some(&"crate" | &"self" | &"super")) {
        if parts.remove(0) == "super" {
            from.pop();
        }
    }
    from.extend(parts.iter().map(|part| (*part).to_owned()));
    let found = (1..=from.len()).rev().map(|length| from[..length].to_vec()).find(|path| modules.contains_key(path))?;
    let name = from.get(found.len()).cloned().unwrap_or_default();
    Some(exports.get(&(found.clone(), name)).cloned().unwrap_or(found))
}

/// Returns the code of a file: without its tests and comments, and without indentation.
fn code_of(text: &str) -> String {
    let code = text.split("mod tests {").next().unwrap();
    let lines = code.lines().map(|line| line.trim_start_matches(' ')).filter(|line| !line.starts_with("//"));
    lines.fold(String::new(), |code, line| code + line + "\n")
}

/// Returns the trees of the `use` items of a file; of those only that re-export, if asked.
fn uses(code: &str, only_exports: bool) -> Vec<&str> {
    let of_line = |at: usize| {
        let item = code[at..].trim_start();
        let seen = ["pub(super) ", "pub(crate) ", "pub "].iter().find_map(|seen| item.strip_prefix(seen));
        if seen.is_none() && only_exports {
            return None;
        }
        seen.unwrap_or(item).split(';').next().unwrap_or_default().strip_prefix("use ")
    };
    code.match_indices('\n').map(|(at, _)| at).chain([0]).filter_map(of_line).collect()
}

/// Returns what the modules re-export.
fn exports(modules: &BTreeMap<Module, String>) -> Exports {
    let mut all = Exports::new();
    for (own, text) in modules {
        let code = code_of(text);
        for path in uses(&code, true).into_iter().flat_map(paths) {
            let name = path.rsplit("::").next().unwrap_or_default().trim().to_owned();
            all.extend(target(&path, own, modules, &Exports::new()).map(|from| ((own.clone(), name), from)));
        }
    }
    all
}

/// Returns the modules that a file needs: those it declares, and those that it names. Tests are passed over.
fn needs(own: &Module, text: &str, modules: &BTreeMap<Module, String>, exports: &Exports) -> BTreeSet<Module> {
    let code = code_of(text);
    let declared = code.lines().filter_map(|line| line.trim_start_matches("pub").trim_start().strip_prefix("mod "));
    let mut found: BTreeSet<Module> =
        declared.filter_map(|name| target(name.trim_end_matches(';'), own, modules, &Exports::new())).collect();
    let named = uses(&code, false).into_iter().flat_map(paths);
    found.extend(named.filter_map(|path| target(&path, own, modules, exports)));
    for (at, _) in code.match_indices("crate::").chain(code.match_indices("super::")) {
        let path: String = code[at..].chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
        // Braces are handled above, and the second `super` of two belongs to the first.
        let is_part = code[..at].ends_with([':', '$', '_']) || code[..at].ends_with(char::is_alphanumeric);
        if !is_part && !path.ends_with(':') {
            found.extend(target(&path, own, modules, exports));
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

/// Returns the circles among files, by their paths below `src/`; unless `strict`, a file and the folder of its name may
/// need each other.
fn circles_of(files: &[(&str, &str)], strict: bool) -> BTreeMap<Module, BTreeSet<Module>> {
    let modules: BTreeMap<Module, String> =
        files.iter().map(|(file, text)| (module_of(file), (*text).to_owned())).collect();
    let exports = exports(&modules);
    let graph = modules.iter().map(|(own, text)| {
        let mut needs = needs(own, text, &modules, &exports);
        needs.retain(|need| strict || !need.starts_with(own) && !own.starts_with(need));
        (own.clone(), needs)
    });
    circles(graph.collect())
}

#[test]
fn files_of_a_room_need_each_other_in_one_direction() {
    let is_test = |path: &str| path.ends_with("/tests.rs") || path.contains("/tests/");
    let is_door = |path: &str| matches!(path, "lib.rs" | "main.rs");
    let files = files_of(&repository().join("src")).into_iter();
    let files = files.filter(|(path, _)| path.ends_with(".rs") && !is_test(path) && !is_door(path));
    let files: Vec<(String, String)> = files.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect();
    let of_room = |room: Option<&str>| -> Vec<(&str, &str)> {
        let is_in = |path: &str| {
            room.is_none_or(|room| path.strip_prefix(room).is_some_and(|rest| rest.starts_with(['/', '.'])))
        };
        files.iter().filter(|(path, _)| is_in(path)).map(|(path, text)| (path.as_str(), text.as_str())).collect()
    };
    let mut found = circles_of(&of_room(None), false);
    for room in ROOMS {
        assert!(of_room(Some(room)).len() > 1, "no room `{room}`");
        found.extend(circles_of(&of_room(Some(room)), true));
    }
    let wrong: Vec<String> = found
        .into_iter()
        .map(|(module, needs)| {
            let needs: Vec<String> = needs.iter().map(|need| need.join("::")).collect();
            format!("{} needs {}", module.join("::"), needs.join(", "))
        })
        .collect();
    assert!(wrong.is_empty(), "move what they share into a file below them:\n{}", wrong.join("\n"));
}

#[test]
fn circles_are_found_however_paths_are_written() {
    let circle = |strict: bool, a: &str, b: &str| {
        let room = "mod a;\npub mod b;\npub use a::A;";
        let files = [("room/mod.rs", room), ("room/a.rs", a), ("room/b/mod.rs", b), ("room/c.rs", "")];
        circles_of(&files, strict).into_keys().map(|module| module.join("::")).collect::<Vec<_>>()
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
        assert_eq!(circle(true, a, b), expect, "{a} {b}");
    }
    // What the folder re-exports leads to where it comes from, and so there is a circle although neither names the other.
    assert_eq!(circle(false, "use super::b::B;", "use super::A;"), both);
    assert_eq!(circle(false, "use super::c;", "use crate::room::Shared;"), Vec::<String>::new());
}
