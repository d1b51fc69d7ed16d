//! A script or a style sheet of the default theme -> the same without comments and needless white space.
//!
//! Half of a well documented module is comments, and a page with a search loads a dozen modules. Every page waits for
//! the style sheet.

/// Returns a file of the theme as it is published.
pub(super) fn published(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    match name.rsplit_once('.') {
        Some((_, "js")) => lean(&String::from_utf8_lossy(&bytes)).into_bytes(),
        Some((_, "css")) => lean_css(&String::from_utf8_lossy(&bytes)).into_bytes(),
        _ => bytes,
    }
}

/// Returns the script without comments and indentation. Only comments on separate lines and `/** … */` are removed; no
/// string or pattern in the shipped scripts contains these signs.
fn lean(script: &str) -> String {
    let mut rest = script;
    let mut code = String::with_capacity(script.len());
    while let Some((before, comment)) = rest.split_once("/**") {
        code.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after.strip_prefix(' ').unwrap_or(after));
    }
    code.push_str(rest);
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    // A line break can be dropped where the statement continues, unless a comment could hide the rest.
    let goes_on = |line: &str| line.ends_with(['{', ';', ',']) && !line.contains("//");
    lines.flat_map(|line| [line, if goes_on(line) { "" } else { "\n" }]).collect()
}

/// Returns the style sheet without comments and without spaces that mean nothing, a rule to a line. No string of the
/// shipped sheets has any of these signs next to a space, and none of its selectors a colon before one.
fn lean_css(css: &str) -> String {
    let mut rest = css;
    let mut code = String::with_capacity(css.len());
    while let Some((before, comment)) = rest.split_once("/*") {
        code.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    let mut lean: String = code.lines().map(str::trim).collect();
    for (long, short) in CSS_SPACES {
        lean = lean.replace(long, short);
    }
    lean.replace('}', "}\n").replace("}\n}", "}}")
}

/// Spaces in a style sheet that mean nothing. Spaces around `+` and `-` matter in `calc()`, and so do those before a
/// colon.
const CSS_SPACES: &[(&str, &str)] =
    &[(": ", ":"), (", ", ","), ("; ", ";"), ("{ ", "{"), (" {", "{"), (" }", "}"), (" > ", ">"), (";}", "}")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::theme::default_files;

    #[test]
    fn comments_and_indentation_are_left_out() {
        let script = "// What it does.\nimport a from \"./a.js\";\n\n/** Types.\n * @type {number} */\nlet b = 1; // kept\n\
                      class C {\n  /** @type {string} */ #d = /** @type {any} */ (\"//\");\n}\n";
        let expect = "import a from \"./a.js\";let b = 1; // kept\nclass C {#d = (\"//\");\n}\n";
        assert_eq!(lean(script), expect);
    }

    #[test]
    fn a_style_sheet_keeps_the_spaces_that_mean_something() {
        let css = "/* Tokens */\n:root {\n\t--a: 1px; --b: calc(1rem + var(--a));\n}\n\
                   p > a :is(b, i)::before { content: \" ·\" / \"\"; }\n@media (min-width: 40em) {\n\tp { margin: 0 auto; }\n}\n";
        let expect = ":root{--a:1px;--b:calc(1rem + var(--a))}\np>a :is(b,i)::before{content:\" ·\" / \"\"}\n\
                      @media (min-width:40em){p{margin:0 auto}}\n";
        assert_eq!(lean_css(css), expect);
    }

    #[test]
    fn the_shipped_style_sheets_have_no_string_that_would_change_and_are_small() {
        for (name, bytes) in default_files().iter().filter(|(name, _)| name.ends_with(".css")) {
            let sheet = String::from_utf8(bytes.clone()).unwrap();
            for string in sheet.split('"').skip(1).step_by(2) {
                let is_kept = CSS_SPACES.iter().all(|(long, _)| !string.contains(long));
                assert!(is_kept && !string.contains(['{', '}', '\n']), "{name}: {string}");
            }
            let size = lean_css(&sheet).len();
            assert!(size <= 40_000, "{name}: {size} bytes, of which every page waits for all");
        }
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
