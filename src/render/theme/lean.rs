//! A script of the default theme -> the same without comments and indentation, which its readers have in the source.
//!
//! Half of a well documented module is comments, and a page with a search loads a dozen modules.

/// Returns the script without comments and indentation. Comments are those that have lines of their own, and those in
/// `/** … */`; no string or pattern of the shipped scripts has these signs.
pub(super) fn lean(script: &str) -> String {
    let mut rest = script;
    let mut code = String::with_capacity(script.len());
    while let Some((before, comment)) = rest.split_once("/**") {
        code.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after.strip_prefix(' ').unwrap_or(after));
    }
    code.push_str(rest);
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::theme::default_files;

    #[test]
    fn comments_and_indentation_are_left_out() {
        let script = "// What it does.\nimport a from \"./a.js\";\n\n/** Types.\n * @type {number} */\nlet b = 1; // kept\n\
                      class C {\n  /** @type {string} */ #d = /** @type {any} */ (\"//\");\n}\n";
        let expect = "import a from \"./a.js\";\nlet b = 1; // kept\nclass C {\n#d = (\"//\");\n}\n";
        assert_eq!(lean(script), expect);
    }

    #[test]
    fn no_shipped_script_has_text_over_several_lines_or_signs_of_comments_in_strings() {
        for (name, bytes) in default_files().iter().filter(|(name, _)| name.ends_with(".js")) {
            let script = String::from_utf8(bytes.clone()).unwrap();
            for line in lean(&script).lines() {
                assert_eq!(line.matches('`').count() % 2, 0, "{name}: {line}");
                assert!(!line.contains("/*") && !line.contains("*/"), "{name}: {line}");
            }
        }
    }
}
