//! A formula (Office Math or MathML) -> its symbols on one line, so that no power or fraction becomes another number.

use super::raised::{self, Shift};
use super::xml::{Element, Node};

/// A formula on one line, and whether it has only powers and indices, which plain characters can show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Formula {
    /// The formula in plain characters.
    pub text: String,
    /// Whether nothing but powers and indices was in it.
    pub is_plain: bool,
}

/// Reads a formula.
pub(super) fn read(element: &Element) -> Formula {
    let mut formula = Formula { text: String::new(), is_plain: true };
    formula.add(element);
    formula.text = formula.text.split_whitespace().collect::<Vec<_>>().join(" ");
    formula
}

impl Formula {
    fn add(&mut self, element: &Element) {
        let child = |name| element.child(name);
        let at = |at| element.elements().filter(|of| !of.name.ends_with("Pr")).nth(at);
        match element.name.as_str() {
            "sSup" => self.shifted(child("e"), None, child("sup")),
            "sSub" => self.shifted(child("e"), child("sub"), None),
            "sSubSup" => self.shifted(child("e"), child("sub"), child("sup")),
            "msup" => self.shifted(at(0), None, at(1)),
            "msub" => self.shifted(at(0), at(1), None),
            "msubsup" => self.shifted(at(0), at(1), at(2)),
            "f" => self.fraction(child("num"), child("den")),
            "mfrac" => self.fraction(at(0), at(1)),
            "rad" => self.root(child("deg"), child("e").into_iter()),
            "mroot" => self.root(at(1), at(0).into_iter()),
            "msqrt" => self.root(None, element.elements()),
            "d" => self.delimited(element),
            "annotation" | "annotation-xml" => {}
            name if name.ends_with("Pr") => {}
            name => {
                self.is_plain &= FLAT.contains(&name);
                for node in &element.children {
                    match node {
                        Node::Text(text) => self.text.push_str(text),
                        Node::Element(child) => self.add(child),
                    }
                }
            }
        }
    }

    fn part(&mut self, part: Option<&Element>) -> String {
        let outer = std::mem::take(&mut self.text);
        if let Some(part) = part {
            self.add(part);
        }
        std::mem::replace(&mut self.text, outer).trim().to_owned()
    }

    fn shifted(&mut self, base: Option<&Element>, lowered: Option<&Element>, raised: Option<&Element>) {
        let base = self.part(base);
        self.text.push_str(&base);
        for (part, shift, sign) in [(lowered, Shift::Lowered, '_'), (raised, Shift::Raised, '^')] {
            let text = self.part(part);
            if text.is_empty() {
                continue;
            }
            let shown = raised::shifted(&text, shift)
                .filter(|shown| shown.chars().all(|c| !c.is_ascii() && !c.is_alphabetic()));
            self.is_plain &= shown.is_some();
            self.text.push_str(&shown.unwrap_or_else(|| format!("{sign}{}", enclosed(&text))));
        }
    }

    fn fraction(&mut self, above: Option<&Element>, below: Option<&Element>) {
        let (above, below) = (self.part(above), self.part(below));
        self.text.push_str(&format!("{}/{}", enclosed(&above), enclosed(&below)));
        self.is_plain = false;
    }

    fn root<'a>(&mut self, degree: Option<&Element>, of: impl Iterator<Item = &'a Element>) {
        let degree = self.part(degree);
        let of: String = of.map(|part| self.part(Some(part))).collect();
        let degree = raised::shifted(&degree, Shift::Raised).unwrap_or(degree);
        self.text.push_str(&format!("{degree}√{}", enclosed(&of)));
        self.is_plain = false;
    }

    fn delimited(&mut self, element: &Element) {
        let sign = |name, other: &str| {
            let own = element.child("dPr").and_then(|of| of.child(name)).and_then(|of| of.attribute("val"));
            own.unwrap_or(other).to_owned()
        };
        self.text.push_str(&sign("begChr", "("));
        for (i, part) in element.elements().filter(|of| of.name == "e").enumerate() {
            if i > 0 {
                self.text.push_str(&sign("sepChr", "|"));
            }
            self.add(part);
        }
        self.text.push_str(&sign("endChr", ")"));
    }
}

/// Elements whose parts follow each other on the line.
const FLAT: &[&str] = &[
    "oMath",
    "oMathPara",
    "r",
    "t",
    "e",
    "num",
    "den",
    "sub",
    "sup",
    "deg",
    "math",
    "semantics",
    "mrow",
    "mn",
    "mi",
    "mo",
    "mtext",
    "mspace",
    "mstyle",
];

/// Returns a part in brackets if its meaning would change without them.
fn enclosed(text: &str) -> String {
    if text.chars().all(char::is_alphanumeric) { text.to_owned() } else { format!("({text})") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reading::xml;

    #[test]
    fn formulas_fit_on_one_line_without_becoming_other_numbers() {
        let t = |text: &str| format!("<r><t>{text}</t></r>");
        for (formula, text, plain) in [
            (format!("<oMath><sSup><e>{}</e><sup>{}</sup></sSup></oMath>", t("10"), t("-6")), "10⁻⁶", true),
            (format!("<oMath><sSub><e>{}</e><sub>{}</sub></sSub>{}</oMath>", t("H"), t("2"), t("O")), "H₂O", true),
            (format!("<oMath><f><num>{}</num><den>{}</den></f></oMath>", t("1"), t("12")), "1/12", false),
            (format!("<oMath><f><num>{}</num><den>{}</den></f></oMath>", t("a+1"), t("b")), "(a+1)/b", false),
            (format!("<oMath><sSup><e>{}</e><sup>{}</sup></sSup></oMath>", t("2"), t("x+1")), "2^(x+1)", false),
            (format!("<oMath><rad><deg/><e>{}</e></rad></oMath>", t("16")), "√16", false),
            (
                "<math><mrow><msup><mn>10</mn><mn>6</mn></msup><mo>+</mo><mn>1</mn></mrow></math>".to_owned(),
                "10⁶+1",
                true,
            ),
            ("<math><mfrac><mn>3</mn><mn>4</mn></mfrac></math>".to_owned(), "3/4", false),
        ] {
            let read = read(&xml::parse(formula.as_bytes()).unwrap());
            assert_eq!((read.text.as_str(), read.is_plain), (text, plain), "{formula}");
        }
    }
}
