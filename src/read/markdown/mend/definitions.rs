//! Link definitions that lead nowhere -> the edits that show them as text.
//!
//! A note below a text looks like one: `[1]: A/RES/72/27`.

use std::collections::BTreeSet;

use pulldown_cmark::Parser;

use super::{Round, Splice, quoted};
use crate::diagnostic::Code;
use crate::read::markdown::targets::is_address;

impl Round<'_> {
    pub(super) fn definitions(&mut self, parser: &Parser<'_>) {
        let mut labels: BTreeSet<String> = BTreeSet::new();
        for (_, definition) in parser.reference_definitions().iter() {
            let text = &self.text[definition.span.clone()];
            // Whatever is in angle brackets was meant as an address.
            let is_bracketed = text.split_once("]:").is_some_and(|(_, rest)| rest.trim_start().starts_with('<'));
            if !is_bracketed && !is_address(&definition.dest) {
                labels.extend(label(text.trim_start()));
            }
        }
        if labels.is_empty() {
            return;
        }
        // The parser reports only the first definition of a label, so all lines are searched for further ones.
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let bare = line.trim_start_matches([' ', '\t', '>', '-', '+', '*']);
            if label(bare).is_some_and(|label| labels.contains(&label)) {
                let at = start + line.len() - bare.len();
                let message = format!(
                    "`{}` is not a link definition, because it leads nowhere, so it is shown as text",
                    quoted(bare)
                );
                let help = "to make a footnote, write [^1] in the text and [^1]: before the note; to show the brackets, \
                            write \\[";
                self.report(Code::DroppedWords, at, message, help);
                self.edits.push((at, Splice::Insert("\\")));
            }
            start += line.len();
        }
    }
}

/// Returns the label of the definition at the beginning of a line, in lower case.
fn label(line: &str) -> Option<String> {
    let (label, _) = line.strip_prefix('[')?.split_once("]:")?;
    (!label.starts_with('^') && !label.contains(['[', ']'])).then(|| label.trim().to_lowercase())
}
