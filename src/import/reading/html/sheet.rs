//! A style sheet -> its rules: for which elements they are, and what they say.

/// The properties that are used.
const PROPERTIES: &[&str] = &[
    "display",
    "visibility",
    "opacity",
    "font-size",
    "color",
    "background",
    "background-color",
    "background-image",
    "background-clip",
    "-webkit-background-clip",
    "position",
    "left",
    "right",
    "top",
    "bottom",
    "text-indent",
    "margin-left",
    "margin-top",
    "clip",
    "clip-path",
    "-webkit-clip-path",
    "width",
    "height",
    "overflow",
    "overflow-x",
    "overflow-y",
    "transform",
    "text-decoration",
    "text-decoration-line",
    "vertical-align",
    "list-style",
    "list-style-type",
];

/// A name, classes and an id, all of which an element must have.
#[derive(Debug, Default)]
pub(super) struct Compound {
    pub(super) name: Option<String>,
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    /// Whether it must be the direct parent's child, rather than any descendant.
    pub(super) is_child: bool,
}

#[derive(Debug)]
pub(super) struct Rule {
    pub(super) selector: Vec<Compound>,
    /// Specificity: ids, classes, names. Of equally specific rules, the last one wins.
    pub(super) weight: (usize, usize, usize),
    pub(super) declarations: Vec<Declaration>,
}

#[derive(Clone, Debug)]
pub(super) struct Declaration {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) is_important: bool,
}

/// Returns the rules of a sheet that set a property that is used.
pub(super) fn rules(sheet: &str) -> Vec<Rule> {
    let sheet = without_comments(sheet);
    let mut rules = Vec::new();
    let mut rest = sheet.as_str();
    while let Some(at) = rest.find(['{', ';', '}']) {
        let head = rest[..at].trim();
        let is_at_rule = head.starts_with('@');
        match rest.as_bytes()[at] {
            b'{' => {
                let (block, after) = block(&rest[at + 1..]);
                let declarations = if is_at_rule { Vec::new() } else { declarations(block) };
                if !declarations.is_empty() {
                    rules.extend(head.split(',').filter_map(|selector| {
                        let selector = compounds(selector)?;
                        let weight = weight(&selector);
                        Some(Rule { selector, weight, declarations: declarations.clone() })
                    }));
                }
                rest = after;
            }
            _ => rest = &rest[at + 1..],
        }
    }
    rules
}

fn without_comments(sheet: &str) -> String {
    let mut out = String::new();
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

/// Splits a text at the end of the block that it begins in.
fn block(text: &str) -> (&str, &str) {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return (&text[..at], &text[at + 1..]),
            '}' => depth -= 1,
            _ => {}
        }
    }
    (text, "")
}

pub(super) fn declarations(block: &str) -> Vec<Declaration> {
    let declaration = |text: &str| {
        let (name, value) = text.split_once(':')?;
        let (name, value) = (name.trim().to_lowercase(), value.trim().to_lowercase());
        let important = value.split_once('!').filter(|(_, mark)| mark.trim() == "important");
        let (value, is_important) = important.map_or((value.as_str(), false), |(value, _)| (value.trim(), true));
        PROPERTIES.contains(&name.as_str()).then(|| Declaration { name, value: value.to_owned(), is_important })
    };
    block.split(';').filter_map(declaration).collect()
}

/// Parses a selector; `None` if it has a part that is not supported.
fn compounds(selector: &str) -> Option<Vec<Compound>> {
    let spaced = selector.replace('>', " > ");
    let mut compounds = Vec::new();
    let mut is_child = false;
    for word in spaced.split_whitespace() {
        if word == ">" {
            is_child = !compounds.is_empty();
            continue;
        }
        compounds.push(Compound { is_child: std::mem::take(&mut is_child), ..compound(word)? });
    }
    (!compounds.is_empty() && !is_child).then_some(compounds)
}

fn compound(word: &str) -> Option<Compound> {
    let is_named = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut compound = Compound::default();
    let mut rest = word.strip_prefix('*').unwrap_or(word);
    if rest.starts_with(is_named) {
        let end = rest.find(|c| !is_named(c)).unwrap_or(rest.len());
        compound.name = Some(rest[..end].to_lowercase());
        rest = &rest[end..];
    }
    while let Some(mark) = rest.chars().next() {
        let end = rest[1..].find(|c| !is_named(c)).map_or(rest.len(), |end| end + 1);
        let name = rest.get(1..end).filter(|name| !name.is_empty())?.to_owned();
        match mark {
            '.' => compound.classes.push(name),
            '#' => compound.id = Some(name),
            _ => return None,
        }
        rest = &rest[end..];
    }
    Some(compound)
}

fn weight(selector: &[Compound]) -> (usize, usize, usize) {
    let ids = selector.iter().filter(|of| of.id.is_some()).count();
    let classes = selector.iter().map(|of| of.classes.len()).sum();
    (ids, classes, selector.iter().filter(|of| of.name.is_some()).count())
}
