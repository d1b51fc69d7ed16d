//! The content of a paragraph of a Word document -> its words.

use super::body::{Body, DRAWINGS, NO_WORDS, NoteOf, drawn_form, words};
use super::fields::{self, Field, Made};
use super::styles::{In, Properties};
use crate::import::mended::Reason;
use crate::import::pages::ADD;
use crate::import::reading::formula;
use crate::import::reading::words::{Style, Words};
use crate::import::reading::xml::Element;

impl<'a> Body<'a> {
    /// Adds the words in a paragraph.
    pub(super) fn inline(&mut self, element: &'a Element, words: &mut Words) {
        for child in element.elements() {
            match child.name.as_str() {
                "r" => self.run(child, words),
                "hyperlink" => {
                    let since = words.place();
                    self.inline(child, words);
                    if let Some(url) = child.attribute("id").and_then(|id| self.around.links.get(id)) {
                        words.link(since, url);
                    }
                }
                // A field in its short form, whose result is its content.
                "fldSimple" => {
                    let since = words.place();
                    self.inline(child, words);
                    if let Some(url) = child.attribute("instr").and_then(fields::target) {
                        words.link(since, url);
                    }
                }
                "del" | "moveFrom" => self.leave_out(child, Reason::Deleted),
                "AlternateContent" => drawn_form(child).into_iter().for_each(|form| self.inline(form, words)),
                "oMath" | "oMathPara" => self.formula(child, Style::default(), words),
                "subDoc" => self.embedded_in_line(child),
                name if DRAWINGS.contains(&name) => self.drawing(child),
                name if NO_WORDS.contains(&name) => {}
                _ => {
                    self.unknown(child);
                    self.inline(child, words);
                }
            }
        }
    }

    fn embedded_in_line(&mut self, child: &'a Element) {
        // It ends the paragraph that it is in, so it is reported and not read.
        self.met.insert(child.attribute("id").unwrap_or_default());
        self.blocks.doubt("a text of another file is embedded here (w:subDoc) that is not in the draft", ADD);
    }

    fn run(&mut self, run: &'a Element, words: &mut Words) {
        let own = Properties::of(run);
        let style = run.child("rPr").and_then(|own| own.child("rStyle")).and_then(|style| style.attribute("val"));
        let within = In { run: style, ..self.within };
        let set = self.around.styles.set(&own, within);
        if self.around.styles.is_hidden(&own, within) {
            self.blocks.leave_out(&self::words(run), Reason::Hidden);
            // The marks of a field are often hidden themselves, but still count.
            return run.elements().for_each(|child| _ = self.of_field(child, words));
        }
        self.of_run(run, set, words);
    }

    fn of_run(&mut self, run: &'a Element, style: Style, words: &mut Words) {
        for child in run.elements() {
            if self.of_field(child, words) || self.is_in_command() {
                continue;
            }
            match child.name.as_str() {
                "t" => words.push(&child.own_text(), style),
                "tab" | "ptab" => words.push("\t", style),
                "br" if child.attribute("type").is_none_or(|of| of == "textWrapping") => words.break_line(),
                "cr" => words.break_line(),
                // A page or column break within a paragraph.
                "br" => words.push(" ", style),
                "noBreakHyphen" => words.push("\u{2011}", style),
                "softHyphen" => words.push("\u{ad}", style),
                "sym" => words.push(symbol(child), style),
                "footnoteReference" => self.mention(NoteOf::Foot, child, words),
                "endnoteReference" => self.mention(NoteOf::End, child, words),
                "AlternateContent" => drawn_form(child).into_iter().for_each(|form| self.of_run(form, style, words)),
                "ruby" => self.ruby(child, words),
                name if DRAWINGS.contains(&name) => self.drawing(child),
                name if NO_WORDS.contains(&name) => {}
                _ => {
                    self.unknown(child);
                    self.of_run(child, style, words);
                }
            }
        }
    }

    fn ruby(&mut self, ruby: &'a Element, words: &mut Words) {
        ruby.child("rubyBase").into_iter().for_each(|base| self.inline(base, words));
        ruby.child("rt").into_iter().for_each(|above| self.leave_out(above, Reason::ReadingAid));
    }

    /// Returns whether the command of a field is being read, of which nothing is shown.
    fn is_in_command(&self) -> bool {
        self.fields.iter().any(|field| field.since.is_none())
    }

    /// Follows the marks of a field; returns whether the element is one.
    fn of_field(&mut self, child: &'a Element, words: &mut Words) -> bool {
        match child.name.as_str() {
            "fldChar" => match child.attribute("fldCharType") {
                Some("begin") if self.around.fields.contains(&fields::address(child)) => {
                    self.fields.push(Field::new(child))
                }
                Some("separate") => {
                    let since = Some((self.paragraph, words.place()));
                    self.fields.iter_mut().last().into_iter().for_each(|field| field.since = since);
                }
                Some("end") => self.end_of_field(words),
                _ => {}
            },
            "instrText" => {
                if let Some(field) = self.fields.last_mut() {
                    field.command.push_str(&child.own_text());
                }
            }
            _ => return false,
        }
        true
    }

    fn end_of_field(&mut self, words: &mut Words) {
        let Some(field) = self.fields.pop() else { return };
        if self.is_in_command() {
            return;
        }
        // A link that ends in the paragraph where it began; a longer one has no form in Markdown.
        match (field.since, fields::target(&field.command)) {
            (Some((paragraph, since)), Some(url)) if paragraph == self.paragraph => words.link(since, url),
            (Some(_), _) => {}
            (None, _) => match field.made() {
                Made::Words(made) => words.push(&made, Style::default()),
                Made::Number => {
                    self.counted_by_fields += 1;
                    words.push(&format!("{}. ", self.counted_by_fields), Style::default());
                    self.blocks.doubt(
                        "paragraphs are numbered by fields (AUTONUM); the file does not say how their numbers look",
                        "compare the numbers of the draft with those of the original",
                    );
                }
                Made::Unknown(name) => self.blocks.doubt(
                    format!("the field `{name}` is computed by Word when it is shown; its result is not in the draft"),
                    "check the original, and add to the draft what it shows there",
                ),
            },
        }
    }

    /// Adds a formula, on one line.
    pub(super) fn formula(&mut self, element: &Element, style: Style, words: &mut Words) {
        let formula = formula::read(element);
        if !formula.is_plain {
            self.blocks.doubt(
                format!("there is a formula, written on one line in the draft: `{}`", formula.text),
                "compare it with the original, and write it so that it cannot be misread",
            );
        }
        words.push(&formula.text, style);
    }

    /// Records words directly in an unknown element.
    pub(super) fn unknown(&mut self, element: &Element) {
        let text = element.own_text();
        if !text.chars().any(char::is_alphanumeric) || matches!(element.name.as_str(), "fldData" | "binData" | "base64")
        {
            return;
        }
        self.blocks.leave_out(&text, Reason::Unknown);
        self.blocks.doubt(
            format!("there are words in an unknown element of the document (`{}`); they were left out", element.name),
            ADD,
        );
    }
}

/// Returns a character of a symbol font; only bullets are known.
fn symbol(element: &Element) -> &'static str {
    match element.attribute("char").unwrap_or_default().to_uppercase().as_str() {
        "F0B7" | "F0A7" | "F0D8" => "•",
        _ => "\u{fffd}",
    }
}
